//! The writer: a serde serializer to JSON text.

use alloc::string::String;
use core::fmt::Write as _;

use serde::ser::{self, Serialize, Serializer};

use super::{Dialect, Error, INTEGER_MAX, INTEGER_MIN, names::camel_of, scan::integer_range};
use crate::refusal::Code;

/// Writes values as text; used as `&mut Writer`.
///
/// ```
/// use crm_core::wire::{Dialect, Writer};
/// use serde::Serialize;
///
/// let mut writer = Writer::new(Dialect::Canonical);
/// ["保费", "a\nb"].serialize(&mut writer)?;
/// assert_eq!(writer.into_text(), r#"["保费","a\nb"]"#);
/// # Ok::<(), crm_core::wire::Error>(())
/// ```
pub struct Writer {
    out: String,
    dialect: Dialect,
}

impl Writer {
    /// An empty text.
    #[must_use]
    pub fn new(dialect: Dialect) -> Self {
        Self { out: String::with_capacity(128), dialect }
    }

    /// What was written.
    #[must_use]
    pub fn into_text(self) -> String {
        self.out
    }

    fn string(&mut self, text: &str) {
        self.out.push('"');
        let mut from = 0;
        for (at, byte) in text.bytes().enumerate() {
            if byte >= 0x20 && byte != b'"' && byte != b'\\' {
                continue;
            }
            self.out.push_str(text.get(from..at).unwrap_or_default());
            from = at + 1;
            match byte {
                b'"' => self.out.push_str("\\\""),
                b'\\' => self.out.push_str("\\\\"),
                b'\n' => self.out.push_str("\\n"),
                b'\r' => self.out.push_str("\\r"),
                b'\t' => self.out.push_str("\\t"),
                0x08 => self.out.push_str("\\b"),
                0x0C => self.out.push_str("\\f"),
                // Writing to a String cannot fail.
                _ => _ = write!(self.out, "\\u{byte:04x}"),
            }
        }
        self.out.push_str(text.get(from..).unwrap_or_default());
        self.out.push('"');
    }

    fn field_name(&mut self, name: &'static str) {
        if self.dialect == Dialect::Node && name.contains('_') {
            self.string(&camel_of(name));
        } else {
            self.string(name);
        }
        self.out.push(':');
    }
}

const fn unsupported<T>() -> Result<T, Code> {
    Err(Code::WireUnsupported)
}

macro_rules! unsupported {
    ($($method:ident($ty:ty))*) => { $(
        fn $method(self, _value: $ty) -> Result<(), Error> {
            unsupported().map_err(Error::new)
        }
    )* };
}

/// A list, map, struct or variant being written.
pub struct Compound<'a> {
    writer: &'a mut Writer,
    first: bool,
    close: &'static str,
}

impl Compound<'_> {
    fn comma(&mut self) {
        if !self.first {
            self.writer.out.push(',');
        }
        self.first = false;
    }
}

impl<'a> Serializer for &'a mut Writer {
    type Ok = ();
    type Error = Error;
    type SerializeSeq = Compound<'a>;
    type SerializeTuple = Compound<'a>;
    type SerializeTupleStruct = Compound<'a>;
    type SerializeTupleVariant = ser::Impossible<(), Error>;
    type SerializeMap = Compound<'a>;
    type SerializeStruct = Compound<'a>;
    type SerializeStructVariant = Compound<'a>;

    unsupported! {
        serialize_i8(i8) serialize_i16(i16) serialize_i32(i32) serialize_i128(i128)
        serialize_u8(u8) serialize_u16(u16) serialize_u32(u32) serialize_u64(u64) serialize_u128(u128)
        serialize_f32(f32) serialize_f64(f64) serialize_char(char) serialize_bytes(&[u8])
    }

    fn serialize_bool(self, value: bool) -> Result<(), Error> {
        self.out.push_str(if value { "true" } else { "false" });
        Ok(())
    }

    fn serialize_i64(self, value: i64) -> Result<(), Error> {
        if !(INTEGER_MIN..=INTEGER_MAX).contains(&value) {
            return Err(integer_range());
        }
        _ = write!(self.out, "{value}");
        Ok(())
    }

    fn serialize_str(self, text: &str) -> Result<(), Error> {
        self.string(text);
        Ok(())
    }

    fn serialize_none(self) -> Result<(), Error> {
        self.out.push_str("null");
        Ok(())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Error> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Error> {
        self.serialize_none()
    }

    fn serialize_unit_struct(self, _name: &'static str) -> Result<(), Error> {
        self.serialize_none()
    }

    fn serialize_unit_variant(self, _name: &'static str, _index: u32, variant: &'static str) -> Result<(), Error> {
        self.string(variant);
        Ok(())
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _name: &'static str, value: &T) -> Result<(), Error> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _name: &'static str,
        _index: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<(), Error> {
        if self.dialect == Dialect::Node {
            self.out.push_str("{\"kind\":");
            self.string(variant);
            self.out.push_str(",\"value\":");
        } else {
            self.out.push('{');
            self.string(variant);
            self.out.push(':');
        }
        value.serialize(&mut *self)?;
        self.out.push('}');
        Ok(())
    }

    fn serialize_seq(self, _length: Option<usize>) -> Result<Compound<'a>, Error> {
        self.out.push('[');
        Ok(Compound { writer: self, first: true, close: "]" })
    }

    fn serialize_tuple(self, length: usize) -> Result<Compound<'a>, Error> {
        self.serialize_seq(Some(length))
    }

    fn serialize_tuple_struct(self, _name: &'static str, length: usize) -> Result<Compound<'a>, Error> {
        self.serialize_seq(Some(length))
    }

    fn serialize_tuple_variant(
        self,
        _name: &'static str,
        _index: u32,
        _variant: &'static str,
        _length: usize,
    ) -> Result<ser::Impossible<(), Error>, Error> {
        unsupported().map_err(Error::new)
    }

    fn serialize_map(self, _length: Option<usize>) -> Result<Compound<'a>, Error> {
        self.out.push('{');
        Ok(Compound { writer: self, first: true, close: "}" })
    }

    fn serialize_struct(self, _name: &'static str, _length: usize) -> Result<Compound<'a>, Error> {
        self.serialize_map(None)
    }

    fn serialize_struct_variant(
        self,
        _name: &'static str,
        _index: u32,
        variant: &'static str,
        _length: usize,
    ) -> Result<Compound<'a>, Error> {
        if self.dialect == Dialect::Node {
            self.out.push_str("{\"kind\":");
            self.string(variant);
            return Ok(Compound { writer: self, first: false, close: "}" });
        }
        self.out.push('{');
        self.string(variant);
        self.out.push_str(":{");
        Ok(Compound { writer: self, first: true, close: "}}" })
    }
}

macro_rules! sequence {
    ($($trait:ident :: $method:ident)*) => { $(
        impl ser::$trait for Compound<'_> {
            type Ok = ();
            type Error = Error;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
                self.comma();
                value.serialize(&mut *self.writer)
            }

            fn end(self) -> Result<(), Error> {
                self.writer.out.push_str(self.close);
                Ok(())
            }
        }
    )* };
}

sequence! { SerializeSeq::serialize_element SerializeTuple::serialize_element SerializeTupleStruct::serialize_field }

macro_rules! fields {
    ($($trait:ident)*) => { $(
        impl ser::$trait for Compound<'_> {
            type Ok = ();
            type Error = Error;

            fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), Error> {
                self.comma();
                self.writer.field_name(name);
                value.serialize(&mut *self.writer)
            }

            fn end(self) -> Result<(), Error> {
                self.writer.out.push_str(self.close);
                Ok(())
            }
        }
    )* };
}

fields! { SerializeStruct SerializeStructVariant }

impl ser::SerializeMap for Compound<'_> {
    type Ok = ();
    type Error = Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Error> {
        self.comma();
        let before = self.writer.out.len();
        key.serialize(&mut *self.writer)?;
        // Keys are texts: whatever wrote something else is no key.
        if self.writer.out.as_bytes().get(before) != Some(&b'"') {
            return unsupported().map_err(Error::new);
        }
        self.writer.out.push(':');
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        value.serialize(&mut *self.writer)
    }

    fn end(self) -> Result<(), Error> {
        self.writer.out.push_str(self.close);
        Ok(())
    }
}
