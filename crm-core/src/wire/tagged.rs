//! A scalar that JSON can't say, handed to a visitor as a variant with a text.

use serde::de::{self, DeserializeSeed, EnumAccess, Unexpected, VariantAccess, Visitor, value::StrDeserializer};

use super::Error;

/// A tag and a text for `Visitor::visit_enum`: `decimal` and `date` from hosts that have them natively, `foreign` with
/// a word of ADR 2 for what no scalar can hold.
///
/// Readers of host objects use it where they meet the newtype name [`super::SCALAR`].
#[derive(Debug, Clone, Copy)]
pub struct Tagged<'a> {
    tag: &'static str,
    text: &'a str,
}

impl<'a> Tagged<'a> {
    /// An exact decimal, in the notation of the wire.
    #[must_use]
    pub const fn decimal(text: &'a str) -> Self {
        Self { tag: "decimal", text }
    }

    /// A day, as `YYYY-MM-DD`.
    #[must_use]
    pub const fn date(text: &'a str) -> Self {
        Self { tag: "date", text }
    }

    /// A value that is no scalar: `float`, `nan`, `datetime`, `list`, `object`, ….
    #[must_use]
    pub const fn foreign(word: &'a str) -> Self {
        Self { tag: "foreign", text: word }
    }
}

impl<'de> EnumAccess<'de> for Tagged<'_> {
    type Error = Error;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self), Error> {
        Ok((seed.deserialize(StrDeserializer::<Error>::new(self.tag))?, self))
    }
}

impl<'de> VariantAccess<'de> for Tagged<'_> {
    type Error = Error;

    fn unit_variant(self) -> Result<(), Error> {
        Err(de::Error::invalid_type(Unexpected::NewtypeVariant, &"a unit variant"))
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Error> {
        seed.deserialize(StrDeserializer::<Error>::new(self.text))
    }

    fn tuple_variant<V: Visitor<'de>>(self, _len: usize, _visitor: V) -> Result<V::Value, Error> {
        Err(de::Error::invalid_type(Unexpected::NewtypeVariant, &"a tuple variant"))
    }

    fn struct_variant<V: Visitor<'de>>(self, _fields: &'static [&'static str], _visitor: V) -> Result<V::Value, Error> {
        Err(de::Error::invalid_type(Unexpected::NewtypeVariant, &"a struct variant"))
    }
}
