//! Lists, mappings, dataclasses and enums on their way into serde, each fault with the path of its place.

use std::{borrow::Cow, collections::HashSet};

use crm_core::{
    refusal::{Code, Fault},
    wire::{Error, Expected},
};
use pyo3::{
    prelude::*,
    types::{PyDict, PyIterator, PyList, PyString, PyTuple},
};
use serde::de::{DeserializeSeed, EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor};

use super::{Key, Reader, found};
use crate::classes::{FieldName, Record};

/// The items of a list or tuple. The list is asked for its length again at each step: the caller's code may change it.
pub(super) struct Items<'s, 'py> {
    reader: Reader<'s, 'py>,
    depth: usize,
    index: usize,
}

impl<'s, 'py> Items<'s, 'py> {
    pub(super) fn new(reader: Reader<'s, 'py>, depth: usize) -> Self {
        Self { reader, depth, index: 0 }
    }

    fn item(&self) -> Option<Bound<'py, PyAny>> {
        let value = &self.reader.value;
        match value.cast::<PyList>() {
            Ok(list) => list.get_item(self.index).ok(),
            Err(_) => value.cast::<PyTuple>().ok()?.get_item(self.index).ok(),
        }
    }

    fn length(&self) -> usize {
        let value = &self.reader.value;
        match value.cast::<PyList>() {
            Ok(list) => list.len(),
            Err(_) => value.cast::<PyTuple>().map_or(0, |tuple| tuple.len()),
        }
    }

    /// The visitor has taken what it wanted: the list must end here.
    pub(super) fn finish(self, length: Option<usize>) -> Result<(), Error> {
        if self.index < self.length() {
            return Err(Fault::new(Code::WireListLength).with("expected", length.unwrap_or(self.index)).into());
        }
        Ok(())
    }
}

impl<'de> SeqAccess<'de> for &mut Items<'_, '_> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Error> {
        if self.index >= self.length() {
            return Ok(None);
        }
        let Some(item) = self.item() else { return Ok(None) };
        let index = self.index;
        self.reader.scope.spend(1)?;
        let value = seed.deserialize(self.reader.inner(item, self.depth)).map_err(|error| error.at_index(index))?;
        self.index += 1;
        Ok(Some(value))
    }
}

/// The fields of a generated dataclass.
pub(super) struct Attributes<'a, 's, 'py> {
    reader: &'a Reader<'s, 'py>,
    depth: usize,
    fields: std::slice::Iter<'a, FieldName>,
    current: Option<&'a FieldName>,
}

impl<'a, 's, 'py> Attributes<'a, 's, 'py> {
    pub(super) fn new(reader: &'a Reader<'s, 'py>, fields: &'a [FieldName], depth: usize) -> Self {
        Self { reader, depth, fields: fields.iter(), current: None }
    }
}

impl<'de> MapAccess<'de> for Attributes<'_, '_, '_> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Error> {
        self.current = self.fields.next();
        let Some(field) = self.current else { return Ok(None) };
        self.reader.scope.spend(field.wire.len() + 3)?;
        seed.deserialize(Key(&field.wire)).map(Some).map_err(|error| error.at(&field.wire))
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Error> {
        let Some(field) = self.current else { return Err(Error::new(Code::Internal)) };
        let value = &self.reader.value;
        // Only a dataclass made without its own __init__ lacks a slot.
        let inner = value.getattr(field.attribute.bind(value.py())).map_err(|_| {
            Error::from(Fault::new(Code::WireFieldMissing).with_name("field", &field.wire).at(&field.wire))
        })?;
        seed.deserialize(self.reader.inner(inner, self.depth)).map_err(|error| error.at(&field.wire))
    }
}

/// Where the keys of a mapping come from.
enum Keys<'py> {
    /// A dict: a copy of its keys, because the caller's code may change it meanwhile.
    Dict { dict: Bound<'py, PyDict>, keys: Bound<'py, PyList>, next: usize },
    /// A mapping of the caller's own making.
    Other(Bound<'py, PyIterator>),
}

/// The fields of an object, or the entries of a map.
pub(super) struct Keyed<'s, 'py> {
    reader: Reader<'s, 'py>,
    depth: usize,
    keys: Keys<'py>,
    /// Keys of a map that were read; a struct's visitor finds its own duplicates.
    seen: Option<HashSet<String>>,
    key: Option<Bound<'py, PyAny>>,
}

impl<'s, 'py> Keyed<'s, 'py> {
    pub(super) fn new(reader: &Reader<'s, 'py>, known: bool, depth: usize) -> Result<Self, Error> {
        let value = &reader.value;
        let keys = match value.cast::<PyDict>() {
            Ok(dict) => Keys::Dict { dict: dict.clone(), keys: dict.keys(), next: 0 },
            Err(_) => {
                Keys::Other(value.try_iter().map_err(|error| reader.scope.raised(value.py(), error, Expected::Object))?)
            }
        };
        let seen = if known { None } else { Some(HashSet::new()) };
        Ok(Self { reader: reader.inner(value.clone(), reader.depth), depth, keys, seen, key: None })
    }

    fn raised(&self, error: PyErr) -> Error {
        self.reader.scope.raised(self.reader.value.py(), error, Expected::Object)
    }

    fn next_key(&mut self) -> Result<Option<Bound<'py, PyAny>>, Error> {
        let key = match &mut self.keys {
            Keys::Dict { keys, next, .. } => {
                let key = keys.get_item(*next).ok();
                *next += 1;
                key
            }
            Keys::Other(keys) => keys.next().transpose().map_err(|error| self.raised(error))?,
        };
        self.key.clone_from(&key);
        Ok(key)
    }

    fn value(&self, key: &Bound<'py, PyAny>) -> Result<Bound<'py, PyAny>, Error> {
        let value = match &self.keys {
            Keys::Dict { dict, .. } => dict.get_item(key).map_err(|error| self.raised(error))?,
            Keys::Other(_) => Some(self.reader.value.get_item(key).map_err(|error| self.raised(error))?),
        };
        value.ok_or_else(|| Error::expected(Expected::Object, "other"))
    }

    /// The key as it stands in canonical JSON.
    fn name<'k>(&self, key: &'k Bound<'py, PyAny>) -> Result<Cow<'k, str>, Error> {
        let classes = self.reader.scope.classes;
        if let Ok(text) = key.cast::<PyString>() {
            return self.reader.text(text).map(Cow::Borrowed);
        }
        if found::is_date(classes, key) {
            return found::date_text(classes, key).map(Cow::Owned);
        }
        Err(Error::expected(Expected::Object, "map"))
    }
}

impl<'de> MapAccess<'de> for Keyed<'_, '_> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Error> {
        let Some(key) = self.next_key()? else { return Ok(None) };
        let name = self.name(&key)?;
        if let Some(seen) = &mut self.seen
            && !seen.insert(name.clone().into_owned())
        {
            return Err(Error::new(Code::WireFieldDuplicate).at(&name));
        }
        seed.deserialize(Key(&name)).map(Some).map_err(|error| error.at(&name))
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Error> {
        let Some(key) = self.key.take() else { return Err(Error::new(Code::Internal)) };
        let result = self.value(&key).and_then(|value| seed.deserialize(self.reader.inner(value, self.depth)));
        result.map_err(|error| match self.name(&key) {
            Ok(name) => error.at(&name),
            Err(_) => error,
        })
    }
}

/// The forms of an enum: a text, an object with one key, or the dataclass of a variant.
pub(super) enum EnumForm<'a, 's, 'py> {
    Unit(&'a str),
    Keyed(Keyed<'s, 'py>, &'static [&'static str]),
    Record {
        reader: Reader<'s, 'py>,
        variant: &'a str,
        record: &'a Record,
    },
    /// A typed value, whose type Python shows.
    Native {
        reader: Reader<'s, 'py>,
        tag: &'static str,
    },
}

impl<'de, 'a, 's, 'py> EnumAccess<'de> for EnumForm<'a, 's, 'py> {
    type Error = Error;
    type Variant = VariantForm<'a, 's, 'py>;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self::Variant), Error> {
        match self {
            Self::Unit(name) => Ok((seed.deserialize(Key(name))?, VariantForm::Unit)),
            Self::Keyed(mut keyed, choices) => {
                let key = keyed.next_key()?.ok_or_else(|| Error::variant(choices, "object"))?;
                let name = match key.cast::<PyString>() {
                    Ok(text) => keyed.reader.text(text)?.to_owned(),
                    Err(_) => return Err(Error::variant(choices, "map")),
                };
                let variant = seed.deserialize(Key(&name))?;
                Ok((variant, VariantForm::Keyed { keyed, key, name, choices }))
            }
            Self::Record { reader, variant, record } => {
                Ok((seed.deserialize(Key(variant))?, VariantForm::Record { reader, variant, record }))
            }
            Self::Native { reader, tag } => Ok((seed.deserialize(Key(tag))?, VariantForm::Native { reader, tag })),
        }
    }
}

/// What stands behind a variant's name.
pub(super) enum VariantForm<'a, 's, 'py> {
    Unit,
    Keyed { keyed: Keyed<'s, 'py>, key: Bound<'py, PyAny>, name: String, choices: &'static [&'static str] },
    Record { reader: Reader<'s, 'py>, variant: &'a str, record: &'a Record },
    Native { reader: Reader<'s, 'py>, tag: &'static str },
}

impl<'s, 'py> VariantForm<'_, 's, 'py> {
    /// Reads what an object with one key holds.
    fn content<T>(
        mut keyed: Keyed<'s, 'py>,
        key: &Bound<'py, PyAny>,
        name: &str,
        choices: &'static [&'static str],
        read: impl FnOnce(Reader<'s, 'py>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let value = keyed.value(key)?;
        let depth = keyed.depth;
        let content = read(keyed.reader.inner(value, depth)).map_err(|error| error.at(name))?;
        if keyed.next_key()?.is_some() {
            // A second key: the object names more than one choice.
            return Err(Error::variant(choices, "object"));
        }
        Ok(content)
    }
}

impl<'de> VariantAccess<'de> for VariantForm<'_, '_, '_> {
    type Error = Error;

    fn unit_variant(self) -> Result<(), Error> {
        match self {
            Self::Unit => Ok(()),
            Self::Keyed { .. } | Self::Record { .. } => Err(Error::expected(Expected::Text, "object")),
            Self::Native { .. } => Err(Error::new(Code::WireUnsupported)),
        }
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Error> {
        match self {
            Self::Keyed { keyed, key, name, choices } => {
                Self::content(keyed, &key, &name, choices, |reader| seed.deserialize(reader))
            }
            Self::Unit => Err(Error::expected(Expected::Object, "text")),
            Self::Native { reader, tag } => seed.deserialize(reader).map_err(|error| error.at(tag)),
            Self::Record { .. } => Err(Error::new(Code::WireUnsupported)),
        }
    }

    fn tuple_variant<V: Visitor<'de>>(self, _length: usize, _visitor: V) -> Result<V::Value, Error> {
        Err(Error::new(Code::WireUnsupported))
    }

    fn struct_variant<V: Visitor<'de>>(self, fields: &'static [&'static str], visitor: V) -> Result<V::Value, Error> {
        match self {
            Self::Unit => Err(Error::expected(Expected::Object, "text")),
            Self::Native { .. } => Err(Error::new(Code::WireUnsupported)),
            Self::Keyed { keyed, key, name, choices } => Self::content(keyed, &key, &name, choices, |reader| {
                serde::Deserializer::deserialize_struct(reader, "", fields, visitor)
            }),
            Self::Record { reader, variant, record } => {
                let fields = reader
                    .deeper()
                    .and_then(|depth| visitor.visit_map(Attributes::new(&reader, &record.fields, depth)));
                fields.map_err(|error| error.at(variant))
            }
        }
    }
}
