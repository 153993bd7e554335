//! The reader: a serde deserializer over Python objects, equal to the reader of canonical JSON in codes and paths.
//!
//! No method of a caller's object is called except where the object is a `Mapping` of the caller's own making; its
//! exceptions become refusals. Subclasses of `str`, `int`, `dict`, `list`, `Decimal` and `date` are read through their
//! base class, so that what is checked is what is stored.

mod access;
mod found;

use std::cell::{Cell, RefCell};

use crm_core::{
    refusal::{Code, Fault},
    wire::{
        DATE, DECIMAL, ENGINE, Error, Expected, ID, INTEGER_MAX, INTEGER_MIN, MAX_BYTES, MAX_DEPTH, SCALAR, Tagged,
    },
};
use pyo3::{
    exceptions::PyException,
    prelude::*,
    types::{PyBool, PyDict, PyInt, PyList, PyString, PyTuple},
};
use serde::de::{Deserializer, Visitor, value::StrDeserializer};

use self::access::{Attributes, EnumForm, Items, Keyed};
use crate::{Handle, classes::Classes, given};

/// The enum of typed values (`{"decimal":"1.50"}`), which Python writes as the value itself.
const VALUE: &str = "Value";

/// What one call's readers share.
pub(crate) struct Scope<'e, 'py> {
    pub(crate) classes: &'static Classes,
    /// The engines among the arguments.
    engines: &'e [Bound<'py, Handle>],
    /// Bytes that the canonical form of what was read would have at least.
    spent: Cell<usize>,
    /// An exception that is none of the reader's business, such as `KeyboardInterrupt`: it goes on after the refusal.
    interrupt: RefCell<Option<PyErr>>,
}

impl<'e, 'py> Scope<'e, 'py> {
    pub(crate) fn new(classes: &'static Classes, engines: &'e [Bound<'py, Handle>]) -> Self {
        Self { classes, engines, spent: Cell::new(0), interrupt: RefCell::new(None) }
    }

    /// The interrupt that was held back.
    pub(crate) fn take_interrupt(&self) -> Option<PyErr> {
        self.interrupt.borrow_mut().take()
    }

    /// A caller's object raised where `expected` was expected.
    fn raised(&self, py: Python<'_>, error: PyErr, expected: Expected) -> Error {
        if !error.is_instance_of::<PyException>(py) {
            self.interrupt.borrow_mut().get_or_insert(error);
        }
        Error::expected(expected, "other")
    }

    /// Counts towards the size of a document, so that no endless object is read for ever.
    fn spend(&self, bytes: usize) -> Result<(), Error> {
        let spent = self.spent.get().saturating_add(bytes);
        self.spent.set(spent);
        if spent > MAX_BYTES { Err(Fault::new(Code::WireSize).with("limit", MAX_BYTES).into()) } else { Ok(()) }
    }
}

/// Reads one Python object.
pub(crate) struct Reader<'s, 'py> {
    scope: &'s Scope<'s, 'py>,
    value: Bound<'py, PyAny>,
    /// Lists and objects around this value, counted in canonical form.
    depth: usize,
}

impl<'s, 'py> Reader<'s, 'py> {
    /// A reader of the arguments of a call.
    pub(crate) fn new(scope: &'s Scope<'s, 'py>, value: Bound<'py, PyAny>) -> Self {
        Self { scope, value, depth: 0 }
    }

    fn inner(&self, value: Bound<'py, PyAny>, depth: usize) -> Self {
        Self { scope: self.scope, value, depth }
    }

    fn deeper(&self) -> Result<usize, Error> {
        let depth = self.depth + 1;
        if depth > MAX_DEPTH { Err(found::depth_error()) } else { Ok(depth) }
    }

    fn mismatch(&self, expected: Expected) -> Error {
        self.mismatch_with(|found| Error::expected(expected, found))
    }

    /// The same, for what needs more than its name to be told.
    fn mismatch_with(&self, refused: impl FnOnce(&'static str) -> Error) -> Error {
        found::mismatch(self.scope.classes, &self.value, refused)
    }

    fn visit_text<'de, V: Visitor<'de>>(&self, expected: Expected, visitor: V) -> Result<V::Value, Error> {
        match self.value.cast::<PyString>() {
            Ok(text) => visitor.visit_str(self.text(text)?),
            Err(_) => Err(self.mismatch(expected)),
        }
    }

    fn text<'t>(&self, text: &'t Bound<'py, PyString>) -> Result<&'t str, Error> {
        let text = found::text(text)?;
        self.scope.spend(text.len() + 3)?;
        Ok(text)
    }

    fn whole(&self, number: &Bound<'py, PyInt>) -> Result<i64, Error> {
        self.scope.spend(2)?;
        match number.extract::<i64>() {
            Ok(value) if (INTEGER_MIN..=INTEGER_MAX).contains(&value) => Ok(value),
            _ => Err(found::integer_range()),
        }
    }

    fn list<'de, V: Visitor<'de>>(self, length: Option<usize>, visitor: V) -> Result<V::Value, Error> {
        if !self.value.is_instance_of::<PyList>() && !self.value.is_instance_of::<PyTuple>() {
            return Err(self.mismatch(Expected::List));
        }
        let depth = self.deeper()?;
        self.scope.spend(2)?;
        let mut items = Items::new(self, depth);
        let value = visitor.visit_seq(&mut items)?;
        items.finish(length)?;
        Ok(value)
    }

    /// A dict or another mapping: the fields of a struct (`known`) or the entries of a map.
    fn mapping<'de, V: Visitor<'de>>(self, known: bool, visitor: V) -> Result<V::Value, Error> {
        let depth = self.deeper()?;
        self.scope.spend(2)?;
        visitor.visit_map(Keyed::new(&self, known, depth)?)
    }

    fn is_mapping(&self) -> bool {
        self.value.is_instance_of::<PyDict>() || found::is_mapping(self.scope.classes, &self.value)
    }

    /// The place of an engine among those of the call.
    fn engine<'de, V: Visitor<'de>>(&self, kind: &'static str, visitor: V) -> Result<V::Value, Error> {
        self.scope.spend(2)?;
        let handle = given::is_engine(self.scope.classes, &self.value).then(|| given::handle(&self.value)).flatten();
        let place = handle.and_then(|handle| self.scope.engines.iter().position(|engine| engine.is(&handle)));
        match place.and_then(|place| i64::try_from(place).ok()) {
            Some(place) => visitor.visit_i64(place),
            None => Err(self.mismatch_with(|found| Error::engine(kind, found))),
        }
    }

    /// The text of a native decimal or date, or of the text that stands for it.
    fn leaf<'de, V: Visitor<'de>>(&self, expected: Expected, visitor: V) -> Result<V::Value, Error> {
        let classes = self.scope.classes;
        if self.value.is_instance_of::<PyString>() {
            return self.visit_text(expected, visitor);
        }
        self.scope.spend(2)?;
        match expected {
            Expected::Decimal if found::is_decimal(classes, &self.value) => {
                visitor.visit_str(&found::decimal_text(classes, &self.value)?)
            }
            Expected::Date if found::is_date(classes, &self.value) => {
                visitor.visit_str(&found::date_text(classes, &self.value)?)
            }
            _ => Err(self.mismatch(expected)),
        }
    }

    fn scalar<'de, V: Visitor<'de>>(&self, visitor: V) -> Result<V::Value, Error> {
        let classes = self.scope.classes;
        if self.value.is_instance_of::<PyString>() {
            return self.visit_text(Expected::Text, visitor);
        }
        if let Ok(value) = self.value.cast::<PyBool>() {
            return visitor.visit_bool(value.is_true());
        }
        if let Ok(number) = self.value.cast::<PyInt>() {
            return visitor.visit_i64(self.whole(number)?);
        }
        if self.value.is_none() {
            return visitor.visit_unit();
        }
        if found::is_decimal(classes, &self.value) {
            return visitor.visit_enum(Tagged::decimal(&found::decimal_text(classes, &self.value)?));
        }
        if found::is_date(classes, &self.value) {
            return visitor.visit_enum(Tagged::date(&found::date_text(classes, &self.value)?));
        }
        match found::word(classes, &self.value) {
            "list" | "object" => Err(self.mismatch(Expected::Scalar)),
            word => visitor.visit_enum(Tagged::foreign(word)),
        }
    }
}

/// A native value inside its reserved newtype: the refusal names what was expected there.
struct Leaf<'s, 'py> {
    reader: Reader<'s, 'py>,
    expected: Expected,
}

impl<'de> Deserializer<'de> for Leaf<'_, '_> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.reader.leaf(self.expected, visitor)
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

macro_rules! unsupported {
    ($($method:ident)*) => { $(
        fn $method<V: Visitor<'de>>(self, _visitor: V) -> Result<V::Value, Error> {
            Err(Error::new(Code::WireUnsupported))
        }
    )* };
}

impl<'de> Deserializer<'de> for Reader<'_, '_> {
    type Error = Error;

    unsupported! {
        deserialize_any deserialize_ignored_any deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i128
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 deserialize_u128 deserialize_f32
        deserialize_f64 deserialize_char deserialize_bytes deserialize_byte_buf
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.value.cast::<PyBool>() {
            Ok(value) => visitor.visit_bool(value.is_true()),
            Err(_) => Err(self.mismatch(Expected::Boolean)),
        }
    }

    fn deserialize_i64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        // In Python a bool is an int.
        match self.value.cast::<PyInt>() {
            Ok(number) if !self.value.is_instance_of::<PyBool>() => visitor.visit_i64(self.whole(number)?),
            _ => Err(self.mismatch(Expected::Integer)),
        }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.visit_text(Expected::Text, visitor)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.visit_text(Expected::Text, visitor)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.visit_text(Expected::Text, visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.value.is_none() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.value.is_none() { visitor.visit_unit() } else { Err(self.mismatch(Expected::Null)) }
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(self, _name: &'static str, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_unit(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, name: &'static str, visitor: V) -> Result<V::Value, Error> {
        let expected = match name {
            SCALAR => return self.scalar(visitor),
            DECIMAL => Expected::Decimal,
            DATE => Expected::Date,
            ID => Expected::Text,
            _ => match name.strip_prefix(ENGINE) {
                Some(kind) => return self.engine(kind, visitor),
                None => return visitor.visit_newtype_struct(self),
            },
        };
        visitor.visit_newtype_struct(Leaf { reader: self, expected })
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.list(None, visitor)
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, length: usize, visitor: V) -> Result<V::Value, Error> {
        self.list(Some(length), visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        length: usize,
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.list(Some(length), visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.is_mapping() { self.mapping(false, visitor) } else { Err(self.mismatch(Expected::Object)) }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        _fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        if self.value.is_exact_instance_of::<PyDict>() {
            return self.mapping(true, visitor);
        }
        if let Some(record) = self.scope.classes.record(name)
            && record.class.is(self.value.get_type())
        {
            let depth = self.deeper()?;
            self.scope.spend(2)?;
            return visitor.visit_map(Attributes::new(&self, &record.fields, depth));
        }
        if self.is_mapping() { self.mapping(true, visitor) } else { Err(self.mismatch(Expected::Object)) }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        choices: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        if name == VALUE
            && let Some(tag) = found::value_tag(self.scope.classes, &self.value)
        {
            let depth = self.deeper()?;
            return visitor.visit_enum(EnumForm::Native { reader: self.inner(self.value.clone(), depth), tag });
        }
        if let Ok(text) = self.value.cast::<PyString>() {
            return visitor.visit_enum(EnumForm::Unit(self.text(text)?));
        }
        if let Some((variant, record)) = self.scope.classes.variant_of(name, &self.value) {
            // In canonical form the fields stand in an object of their own.
            let depth = self.deeper()?;
            return visitor.visit_enum(EnumForm::Record {
                reader: self.inner(self.value.clone(), depth),
                variant,
                record,
            });
        }
        if self.is_mapping() {
            let depth = self.deeper()?;
            self.scope.spend(2)?;
            return visitor.visit_enum(EnumForm::Keyed(Keyed::new(&self, true, depth)?, choices));
        }
        Err(self.mismatch_with(|found| Error::variant(choices, found)))
    }
}

/// The key of a map or a field, or the name of a variant, as serde wants to see it.
struct Key<'a>(&'a str);

impl<'de> Deserializer<'de> for Key<'_> {
    type Error = Error;

    unsupported! {
        deserialize_any deserialize_ignored_any deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64
        deserialize_i128 deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 deserialize_u128
        deserialize_f32 deserialize_f64 deserialize_char deserialize_bytes deserialize_byte_buf deserialize_bool
        deserialize_option deserialize_unit deserialize_seq deserialize_map
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_str(self.0)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_str(self.0)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_str(self.0)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _name: &'static str, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_enum(StrDeserializer::<Error>::new(self.0))
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(self, _name: &'static str, _visitor: V) -> Result<V::Value, Error> {
        Err(Error::new(Code::WireUnsupported))
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _length: usize, _visitor: V) -> Result<V::Value, Error> {
        Err(Error::new(Code::WireUnsupported))
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _length: usize,
        _visitor: V,
    ) -> Result<V::Value, Error> {
        Err(Error::new(Code::WireUnsupported))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _fields: &'static [&'static str],
        _visitor: V,
    ) -> Result<V::Value, Error> {
        Err(Error::new(Code::WireUnsupported))
    }
}
