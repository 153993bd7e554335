//! Lists, objects and enums on their way into serde, each fault with the path of the place where it stands.

use alloc::{
    borrow::{Cow, ToOwned},
    collections::BTreeSet,
    string::String,
};

use serde::de::{DeserializeSeed, EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor};

use super::{
    Dialect, Error, Expected,
    names::{camel_eq, is_camel, snake_of},
    reader::{Key, Reader},
};
use crate::refusal::{Code, Fault};

/// The items of a list.
pub(super) struct Items<'a, 'de> {
    reader: &'a mut Reader<'de>,
    index: usize,
    ended: bool,
}

impl<'a, 'de> Items<'a, 'de> {
    pub(super) fn new(reader: &'a mut Reader<'de>) -> Self {
        Self { reader, index: 0, ended: false }
    }

    fn more(&mut self) -> Result<bool, Error> {
        if self.ended {
            return Ok(false);
        }
        if self.index == 0 {
            self.ended = self.reader.scan.take(b']');
        } else if self.reader.scan.take(b']') {
            self.ended = true;
        } else {
            self.reader.scan.need(b',')?;
            if self.reader.scan.peek() == Some(b']') {
                return Err(self.reader.scan.syntax());
            }
        }
        Ok(!self.ended)
    }

    /// The visitor has taken what it wanted: the list must end here.
    pub(super) fn finish(mut self, length: Option<usize>) -> Result<(), Error> {
        if self.more()? {
            return Err(Fault::new(Code::WireListLength).with("expected", length.unwrap_or(self.index)).into());
        }
        Ok(())
    }
}

impl<'de> SeqAccess<'de> for &mut Items<'_, 'de> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Error> {
        if !self.more()? {
            return Ok(None);
        }
        let index = self.index;
        let value = seed.deserialize(&mut *self.reader).map_err(|error| error.at_index(index))?;
        self.index += 1;
        Ok(Some(value))
    }
}

/// The fields of an object, or the entries of a map.
pub(super) struct Fields<'a, 'de> {
    reader: &'a mut Reader<'de>,
    /// The names of a struct's fields; none for a map.
    known: Option<&'static [&'static str]>,
    /// Keys of a map that were read; a struct's visitor finds its own duplicates.
    seen: BTreeSet<String>,
    key: Cow<'static, str>,
    first: bool,
}

impl<'a, 'de> Fields<'a, 'de> {
    pub(super) fn new(reader: &'a mut Reader<'de>, known: Option<&'static [&'static str]>, first: bool) -> Self {
        Self { reader, known, seen: BTreeSet::new(), key: Cow::Borrowed(""), first }
    }

    /// The canonical spelling of a key for paths, and whether it is a field (or any key of a map).
    fn canonical(&self, given: &str) -> (Cow<'static, str>, bool) {
        let node = self.reader.scan.dialect == Dialect::Node;
        let Some(known) = self.known else {
            return (Cow::Owned(given.to_owned()), true);
        };
        let hit = known.iter().find(|name| if node { camel_eq(name, given) } else { **name == given });
        match hit {
            Some(name) => (Cow::Borrowed(name), true),
            None if node && is_camel(given) => (Cow::Owned(snake_of(given)), false),
            None => (Cow::Owned(given.to_owned()), false),
        }
    }
}

impl<'de> MapAccess<'de> for Fields<'_, 'de> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Error> {
        let scan = &mut self.reader.scan;
        if scan.take(b'}') {
            return Ok(None);
        }
        if !self.first {
            scan.need(b',')?;
        }
        self.first = false;
        if scan.peek() != Some(b'"') {
            return Err(scan.syntax());
        }
        let given = scan.string()?;
        let known;
        (self.key, known) = self.canonical(&given);
        if self.known.is_none() && !self.seen.insert(self.key.clone().into_owned()) {
            return Err(Error::new(Code::WireFieldDuplicate).at(&self.key));
        }
        self.reader.scan.need(b':')?;
        // serde must not know a snake_case name in the camelCase dialect; no field has the empty name.
        let name = if known { &self.key } else { "" };
        let key = seed.deserialize(Key(name)).map_err(|error| error.at(&self.key))?;
        Ok(Some(key))
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Error> {
        seed.deserialize(&mut *self.reader).map_err(|error| error.at(&self.key))
    }
}

/// The two forms of an enum: a text, or an object.
pub(super) enum EnumForm<'a, 'de> {
    Unit(Cow<'de, str>),
    Data { reader: &'a mut Reader<'de>, choices: &'static [&'static str] },
}

impl<'a, 'de> EnumAccess<'de> for EnumForm<'a, 'de> {
    type Error = Error;
    type Variant = VariantForm<'a, 'de>;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self::Variant), Error> {
        match self {
            Self::Unit(name) => Ok((seed.deserialize(Key(&name))?, VariantForm::Unit)),
            Self::Data { reader, choices } => {
                if reader.scan.peek() != Some(b'"') {
                    return Err(if reader.scan.peek() == Some(b'}') {
                        Error::variant(choices, "object")
                    } else {
                        reader.scan.syntax()
                    });
                }
                let key = reader.scan.string()?;
                reader.scan.need(b':')?;
                let name = if reader.scan.dialect == Dialect::Node {
                    if key != "kind" || reader.scan.peek() != Some(b'"') {
                        return Err(Error::variant(choices, "object"));
                    }
                    reader.scan.string()?
                } else {
                    key
                };
                let variant = seed.deserialize(Key(&name))?;
                Ok((variant, VariantForm::Data { reader, name, choices }))
            }
        }
    }
}

/// What stands behind a variant's name.
pub(super) enum VariantForm<'a, 'de> {
    Unit,
    Data { reader: &'a mut Reader<'de>, name: Cow<'de, str>, choices: &'static [&'static str] },
}

impl<'de> VariantForm<'_, 'de> {
    /// Every choice of the enum.
    const fn choices(&self) -> &'static [&'static str] {
        match self {
            Self::Unit => &[],
            Self::Data { choices, .. } => choices,
        }
    }

    /// Reads what the variant holds; `kind` or the one key has been taken.
    fn content<T>(
        self,
        node: impl FnOnce(&mut Reader<'de>) -> Result<T, Error>,
        canonical: impl FnOnce(&mut Reader<'de>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let Self::Data { reader, name, choices } = self else {
            return Err(Error::expected(Expected::Object, "text"));
        };
        if reader.scan.dialect == Dialect::Node {
            return node(reader).map_err(|error| error.at(&name));
        }
        let value = canonical(reader).map_err(|error| error.at(&name))?;
        if !reader.scan.take(b'}') {
            // A second key: the object names more than one choice.
            return Err(if reader.scan.peek() == Some(b',') {
                Error::variant(choices, "object")
            } else {
                reader.scan.syntax()
            });
        }
        Ok(value)
    }
}

impl<'de> VariantAccess<'de> for VariantForm<'_, 'de> {
    type Error = Error;

    fn unit_variant(self) -> Result<(), Error> {
        match self {
            Self::Unit => Ok(()),
            Self::Data { .. } => Err(Error::expected(Expected::Text, "object")),
        }
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Error> {
        let choices = self.choices();
        let cell = core::cell::Cell::new(Some(seed));
        let take = || cell.take().ok_or_else(|| Error::new(Code::Internal));
        self.content(
            |reader| {
                reader.scan.need(b',')?;
                if reader.scan.peek() != Some(b'"') || reader.scan.string()? != "value" {
                    return Err(Error::variant(choices, "object"));
                }
                reader.scan.need(b':')?;
                let value = take()?.deserialize(&mut *reader)?;
                reader.scan.need(b'}')?;
                Ok(value)
            },
            |reader| take()?.deserialize(reader),
        )
    }

    fn tuple_variant<V: Visitor<'de>>(self, _length: usize, _visitor: V) -> Result<V::Value, Error> {
        Err(Error::new(Code::WireUnsupported))
    }

    fn struct_variant<V: Visitor<'de>>(self, fields: &'static [&'static str], visitor: V) -> Result<V::Value, Error> {
        let cell = core::cell::Cell::new(Some(visitor));
        let take = || cell.take().ok_or_else(|| Error::new(Code::Internal));
        self.content(
            |reader| {
                // In canonical form the fields stand one level deeper: the limit counts that level here too.
                reader.scan.enter(1)?;
                let value = take()?.visit_map(Fields::new(reader, Some(fields), false))?;
                reader.scan.leave(1);
                Ok(value)
            },
            |reader| serde::Deserializer::deserialize_struct(reader, "", fields, take()?),
        )
    }
}
