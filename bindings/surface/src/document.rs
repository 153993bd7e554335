//! A record that stands in a document by itself, as the only argument of a load.

use crm_core::refusal::Refusal;
use crm_core::wire::{Dialect, Error, Reader};
use serde::de::{DeserializeSeed, Deserializer, SeqAccess, Visitor};

use crate::generated::Engine;
use crate::given::With;
use crate::{dispatch, guard::guard};

/// Loads an engine from a document of canonical JSON; sizes and positions in refusals are those of the document.
pub(crate) fn load(op: &str, document: &[u8]) -> Result<Engine, Refusal> {
    guard(|| {
        let mut reader = Reader::new(document, Dialect::Canonical)?;
        let engine = dispatch::load(op, Only(&mut reader), &With::engines(&[]))?;
        reader.end()?;
        Ok(engine)
    })
}

/// A list of arguments with one item: the whole document.
struct Only<'a, 'de>(&'a mut Reader<'de>);

impl<'de> Deserializer<'de> for Only<'_, 'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_seq(OnlyItem(Some(self.0)))
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

struct OnlyItem<'a, 'de>(Option<&'a mut Reader<'de>>);

impl<'de> SeqAccess<'de> for OnlyItem<'_, 'de> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Error> {
        self.0.take().map(|reader| seed.deserialize(reader)).transpose()
    }
}
