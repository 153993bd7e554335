//! The strict reader: a serde deserializer over JSON text.

use alloc::borrow::Cow;

use serde::de::{Deserializer, Error as _, Visitor, value::StrDeserializer};

use super::{
    DATE, DECIMAL, Dialect, ENGINE, Error, Expected, ID, SCALAR, Tagged,
    access::{EnumForm, Fields, Items},
    scan::{Number, Scan, depth_error, integer_range},
};
use crate::refusal::Code;

/// Reads values from one JSON document; used as `&mut Reader`.
///
/// ```
/// use crm_core::wire::{Dialect, Reader};
/// use serde::Deserialize;
///
/// let mut reader = Reader::new(b"[1, 2]", Dialect::Canonical)?;
/// let numbers = Vec::<i64>::deserialize(&mut reader)?;
/// reader.end()?;
/// assert_eq!(numbers, [1, 2]);
/// # Ok::<(), crm_core::wire::Error>(())
/// ```
pub struct Reader<'de> {
    pub(super) scan: Scan<'de>,
}

impl<'de> Reader<'de> {
    /// A reader at the start of a document.
    ///
    /// # Errors
    /// `wire.size` and `wire.utf8`.
    pub fn new(text: &'de [u8], dialect: Dialect) -> Result<Self, Error> {
        Ok(Self { scan: Scan::new(text, dialect)? })
    }

    /// Checks that nothing but white space is left.
    ///
    /// # Errors
    /// `wire.syntax` at the first byte too many.
    pub fn end(&mut self) -> Result<(), Error> {
        if self.scan.peek().is_none() { Ok(()) } else { Err(self.scan.syntax()) }
    }

    fn text(&mut self, expected: Expected) -> Result<Cow<'de, str>, Error> {
        if self.scan.peek() == Some(b'"') { self.scan.string() } else { Err(self.scan.mismatch(expected)) }
    }

    fn visit_text<V: Visitor<'de>>(&mut self, expected: Expected, visitor: V) -> Result<V::Value, Error> {
        match self.text(expected)? {
            Cow::Borrowed(text) => visitor.visit_borrowed_str(text),
            Cow::Owned(text) => visitor.visit_string(text),
        }
    }

    fn integer<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, Error> {
        match self.scan.peek() {
            Some(b'-' | b'0'..=b'9') => match self.scan.number()? {
                Number::Integer(value) => visitor.visit_i64(value),
                Number::TooLarge => Err(integer_range()),
                Number::Float => Err(Error::expected(Expected::Integer, "float")),
            },
            _ => Err(self.scan.mismatch(Expected::Integer)),
        }
    }

    fn scalar<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, Error> {
        if let Some(text) = self.scan.native("decimal")? {
            return visitor.visit_enum(Tagged::decimal(&text));
        }
        if let Some(text) = self.scan.native("date")? {
            return visitor.visit_enum(Tagged::date(&text));
        }
        match self.scan.peek() {
            Some(b'"') => self.visit_text(Expected::Text, visitor),
            Some(b't') => self.scan.word("true").and_then(|()| visitor.visit_bool(true)),
            Some(b'f') => self.scan.word("false").and_then(|()| visitor.visit_bool(false)),
            Some(b'n') => self.scan.word("null").and_then(|()| visitor.visit_unit()),
            Some(b'-' | b'0'..=b'9') => match self.scan.number()? {
                Number::Integer(value) => visitor.visit_i64(value),
                Number::TooLarge => Err(integer_range()),
                Number::Float => visitor.visit_enum(Tagged::foreign("float")),
            },
            Some(b'{' | b'[') => Err(self.scan.mismatch(Expected::Scalar)),
            _ => match self.scan.found()? {
                "surrogate" => Err(Error::new(Code::WireTextSurrogate)),
                "depth" => Err(depth_error()),
                "integer" => Err(integer_range()),
                word => visitor.visit_enum(Tagged::foreign(word)),
            },
        }
    }

    /// The place of an engine among those that were handed over with the call, `~engine"0"`.
    fn engine<V: Visitor<'de>>(&mut self, kind: &'static str, visitor: V) -> Result<V::Value, Error> {
        match self.scan.native("engine")?.and_then(|place| place.parse().ok()) {
            Some(place) => visitor.visit_i64(place),
            None => Err(self.scan.mismatch_with(|found| Error::engine(kind, found))),
        }
    }

    fn list<V: Visitor<'de>>(&mut self, length: Option<usize>, visitor: V) -> Result<V::Value, Error> {
        if self.scan.peek() != Some(b'[') {
            return Err(self.scan.mismatch(Expected::List));
        }
        self.scan.need(b'[')?;
        self.scan.enter(1)?;
        let mut items = Items::new(self);
        let value = visitor.visit_seq(&mut items)?;
        items.finish(length)?;
        self.scan.leave(1);
        Ok(value)
    }

    fn object<V: Visitor<'de>>(
        &mut self,
        fields: Option<&'static [&'static str]>,
        visitor: V,
    ) -> Result<V::Value, Error> {
        if self.scan.peek() != Some(b'{') {
            return Err(self.scan.mismatch(Expected::Object));
        }
        self.scan.need(b'{')?;
        self.scan.enter(1)?;
        let value = visitor.visit_map(Fields::new(self, fields, true))?;
        self.scan.leave(1);
        Ok(value)
    }
}

/// A text in the place of a native value: the refusal names what was expected there.
struct Leaf<'a, 'de> {
    reader: &'a mut Reader<'de>,
    expected: Expected,
}

impl<'de> Deserializer<'de> for Leaf<'_, 'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let word = match self.expected {
            Expected::Decimal => "decimal",
            Expected::Date => "date",
            _ => return self.reader.visit_text(self.expected, visitor),
        };
        match self.reader.scan.native(word)? {
            Some(text) => visitor.visit_str(&text),
            None => self.reader.visit_text(self.expected, visitor),
        }
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

impl<'de> Deserializer<'de> for &mut Reader<'de> {
    type Error = Error;

    unsupported! {
        deserialize_any deserialize_ignored_any deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i128
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 deserialize_u128 deserialize_f32
        deserialize_f64 deserialize_char deserialize_bytes deserialize_byte_buf
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.scan.peek() {
            Some(b't') => self.scan.word("true").and_then(|()| visitor.visit_bool(true)),
            Some(b'f') => self.scan.word("false").and_then(|()| visitor.visit_bool(false)),
            _ => Err(self.scan.mismatch(Expected::Boolean)),
        }
    }

    fn deserialize_i64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.integer(visitor)
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
        if self.scan.peek() == Some(b'n') {
            self.scan.word("null")?;
            visitor.visit_none()
        } else {
            visitor.visit_some(self)
        }
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.scan.peek() == Some(b'n') {
            self.scan.word("null")?;
            visitor.visit_unit()
        } else {
            Err(self.scan.mismatch(Expected::Null))
        }
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
        self.object(None, visitor)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.object(Some(fields), visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        choices: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        match self.scan.peek() {
            Some(b'"') => {
                let name = self.scan.string()?;
                visitor.visit_enum(EnumForm::Unit(name))
            }
            Some(b'{') => {
                self.scan.need(b'{')?;
                self.scan.enter(1)?;
                let value = visitor.visit_enum(EnumForm::Data { reader: self, choices })?;
                self.scan.leave(1);
                Ok(value)
            }
            _ => Err(self.scan.mismatch_with(|found| Error::variant(choices, found))),
        }
    }
}

/// The key of a map or a field, as serde wants to see it.
pub(super) struct Key<'a>(pub(super) &'a str);

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
        Err(Error::custom(""))
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _length: usize, _visitor: V) -> Result<V::Value, Error> {
        Err(Error::custom(""))
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _length: usize,
        _visitor: V,
    ) -> Result<V::Value, Error> {
        Err(Error::custom(""))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _fields: &'static [&'static str],
        _visitor: V,
    ) -> Result<V::Value, Error> {
        Err(Error::custom(""))
    }
}
