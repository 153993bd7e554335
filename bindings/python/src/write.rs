//! The writer: a serde serializer to Python objects: frozen dataclasses, enum members, `Decimal`, `date`, tuples.

use crm_core::{
    refusal::{Code, Fault},
    wire::{DATE, DECIMAL, Error, INTEGER_MAX, INTEGER_MIN},
};
use pyo3::{
    ffi,
    prelude::*,
    types::{PyBool, PyDict, PyInt, PyString, PyTuple},
};
use serde::ser::{self, Impossible, Serialize, Serializer};

use crate::classes::{Classes, FieldName, Record};

/// Writes one value as a Python object.
#[derive(Clone, Copy)]
pub(crate) struct Writer<'py> {
    py: Python<'py>,
    classes: &'static Classes,
}

type Object<'py> = Bound<'py, PyAny>;

impl<'py> Writer<'py> {
    pub(crate) fn new(py: Python<'py>, classes: &'static Classes) -> Self {
        Self { py, classes }
    }

    fn fields(self, record: Option<&'static Record>) -> Result<Fields<'py>, Error> {
        // A class that the generated package does not have: package and library are of different versions.
        let record = record.ok_or_else(internal)?;
        let object = self.classes.allocate.bind(self.py).call1((&record.class,)).map_err(|_| internal())?;
        Ok(Fields { writer: self, object, names: record.fields.iter() })
    }
}

fn internal() -> Error {
    Error::new(Code::Internal)
}

fn integer_range() -> Error {
    Fault::new(Code::WireIntegerRange).with("min", INTEGER_MIN).with("max", INTEGER_MAX).into()
}

/// Sets a slot of a frozen dataclass, as its own `__init__` does with `object.__setattr__`, without the call.
fn set_slot(object: &Object<'_>, name: &Bound<'_, PyString>, value: &Object<'_>) -> Result<(), Error> {
    // SAFETY: three live objects while attached to the interpreter; the function is `object.__setattr__` itself.
    #[allow(unsafe_code)]
    let status = unsafe { ffi::PyObject_GenericSetAttr(object.as_ptr(), name.as_ptr(), value.as_ptr()) };
    if status == 0 {
        return Ok(());
    }
    drop(PyErr::take(object.py()));
    Err(internal())
}

macro_rules! unsupported {
    ($($method:ident($kind:ty))*) => { $(
        fn $method(self, _value: $kind) -> Result<Object<'py>, Error> {
            Err(Error::new(Code::WireUnsupported))
        }
    )* };
}

impl<'py> Serializer for Writer<'py> {
    type Ok = Object<'py>;
    type Error = Error;
    type SerializeSeq = Items<'py>;
    type SerializeTuple = Items<'py>;
    type SerializeTupleStruct = Items<'py>;
    type SerializeTupleVariant = Impossible<Object<'py>, Error>;
    type SerializeMap = Entries<'py>;
    type SerializeStruct = Fields<'py>;
    type SerializeStructVariant = Fields<'py>;

    unsupported! {
        serialize_i8(i8) serialize_i16(i16) serialize_i32(i32) serialize_i128(i128)
        serialize_u8(u8) serialize_u16(u16) serialize_u32(u32) serialize_u64(u64) serialize_u128(u128)
        serialize_f32(f32) serialize_f64(f64) serialize_char(char) serialize_bytes(&[u8])
    }

    fn serialize_bool(self, value: bool) -> Result<Object<'py>, Error> {
        Ok(PyBool::new(self.py, value).to_owned().into_any())
    }

    fn serialize_i64(self, value: i64) -> Result<Object<'py>, Error> {
        if !(INTEGER_MIN..=INTEGER_MAX).contains(&value) {
            return Err(integer_range());
        }
        Ok(PyInt::new(self.py, value).into_any())
    }

    fn serialize_str(self, text: &str) -> Result<Object<'py>, Error> {
        Ok(PyString::new(self.py, text).into_any())
    }

    fn serialize_none(self) -> Result<Object<'py>, Error> {
        Ok(self.py.None().into_bound(self.py))
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Object<'py>, Error> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<Object<'py>, Error> {
        self.serialize_none()
    }

    fn serialize_unit_struct(self, _name: &'static str) -> Result<Object<'py>, Error> {
        self.serialize_none()
    }

    fn serialize_unit_variant(
        self,
        name: &'static str,
        _index: u32,
        variant: &'static str,
    ) -> Result<Object<'py>, Error> {
        let member = self.classes.choice(name, variant).ok_or_else(internal)?;
        Ok(member.bind(self.py).clone())
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        value: &T,
    ) -> Result<Object<'py>, Error> {
        let text = value.serialize(self)?;
        let native = match name {
            DECIMAL => self.classes.decimal.bind(self.py).call1((text,)),
            DATE => self.classes.date_parse.bind(self.py).call1((text,)),
            _ => return Ok(text),
        };
        native.map_err(|_| internal())
    }

    /// A typed value (`{"decimal":"1.50"}`) is the value itself: Python tells a `Decimal` from a `str`.
    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _name: &'static str,
        _index: u32,
        _variant: &'static str,
        value: &T,
    ) -> Result<Object<'py>, Error> {
        value.serialize(self)
    }

    fn serialize_seq(self, length: Option<usize>) -> Result<Items<'py>, Error> {
        Ok(Items { writer: self, items: Vec::with_capacity(length.unwrap_or(0)) })
    }

    fn serialize_tuple(self, length: usize) -> Result<Items<'py>, Error> {
        self.serialize_seq(Some(length))
    }

    fn serialize_tuple_struct(self, _name: &'static str, length: usize) -> Result<Items<'py>, Error> {
        self.serialize_seq(Some(length))
    }

    fn serialize_tuple_variant(
        self,
        _name: &'static str,
        _index: u32,
        _variant: &'static str,
        _length: usize,
    ) -> Result<Self::SerializeTupleVariant, Error> {
        Err(Error::new(Code::WireUnsupported))
    }

    fn serialize_map(self, _length: Option<usize>) -> Result<Entries<'py>, Error> {
        Ok(Entries { writer: self, entries: PyDict::new(self.py), key: None })
    }

    fn serialize_struct(self, name: &'static str, _length: usize) -> Result<Fields<'py>, Error> {
        self.fields(self.classes.record(name))
    }

    fn serialize_struct_variant(
        self,
        name: &'static str,
        index: u32,
        variant: &'static str,
        _length: usize,
    ) -> Result<Fields<'py>, Error> {
        self.fields(self.classes.variant(name, index, variant))
    }
}

/// A list on its way to a tuple.
pub(crate) struct Items<'py> {
    writer: Writer<'py>,
    items: Vec<Object<'py>>,
}

macro_rules! sequence {
    ($($trait:ident :: $method:ident)*) => { $(
        impl<'py> ser::$trait for Items<'py> {
            type Ok = Object<'py>;
            type Error = Error;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
                self.items.push(value.serialize(self.writer)?);
                Ok(())
            }

            fn end(self) -> Result<Object<'py>, Error> {
                PyTuple::new(self.writer.py, self.items).map(Bound::into_any).map_err(|_| internal())
            }
        }
    )* };
}

sequence! { SerializeSeq::serialize_element SerializeTuple::serialize_element SerializeTupleStruct::serialize_field }

/// A map on its way to a dict.
pub(crate) struct Entries<'py> {
    writer: Writer<'py>,
    entries: Bound<'py, PyDict>,
    key: Option<Object<'py>>,
}

impl<'py> ser::SerializeMap for Entries<'py> {
    type Ok = Object<'py>;
    type Error = Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Error> {
        self.key = Some(key.serialize(self.writer)?);
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        let key = self.key.take().ok_or_else(internal)?;
        self.entries.set_item(key, value.serialize(self.writer)?).map_err(|_| internal())
    }

    fn end(self) -> Result<Object<'py>, Error> {
        Ok(self.entries.into_any())
    }
}

/// The fields of a dataclass that is being made.
pub(crate) struct Fields<'py> {
    writer: Writer<'py>,
    object: Object<'py>,
    names: std::slice::Iter<'static, FieldName>,
}

impl<'py> Fields<'py> {
    fn set<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), Error> {
        let field = self.names.next().filter(|field| field.wire == name).ok_or_else(internal)?;
        let value = value.serialize(self.writer)?;
        set_slot(&self.object, field.attribute.bind(self.writer.py), &value)
    }

    fn finish(mut self) -> Result<Object<'py>, Error> {
        if self.names.next().is_some() { Err(internal()) } else { Ok(self.object) }
    }
}

macro_rules! fields {
    ($($trait:ident)*) => { $(
        impl<'py> ser::$trait for Fields<'py> {
            type Ok = Object<'py>;
            type Error = Error;

            fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), Error> {
                self.set(name, value)
            }

            fn end(self) -> Result<Object<'py>, Error> {
                self.finish()
            }
        }
    )* };
}

fields! { SerializeStruct SerializeStructVariant }
