//! Typed values of facts and parameters, and how a host's value becomes one.

use alloc::string::String;
use core::{cmp::Ordering, fmt};

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{EnumAccess, VariantAccess, Visitor},
};

use super::Scalar;
use crate::{
    calendar::Date,
    money::Decimal,
    refusal::Refusal,
    wire::{Error, Expected},
};

/// The type of a fact or a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ValueType {
    /// A text or a code.
    Text,
    /// A whole number.
    Integer,
    /// An exact decimal.
    Decimal,
    /// A day.
    Date,
    /// True or false.
    Boolean,
}

impl ValueType {
    /// The name on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Integer => "integer",
            Self::Decimal => "decimal",
            Self::Date => "date",
            Self::Boolean => "boolean",
        }
    }

    /// Reads a host's value as this type.
    ///
    /// # Errors
    /// `wire.<type>.expected` with what was found; `wire.decimal.invalid`, `wire.decimal.range`, `calendar.date.invalid`.
    pub fn read(self, scalar: &Scalar) -> Result<Value, Refusal> {
        let expected = match (self, scalar) {
            (Self::Text, Scalar::Text(text)) => return Ok(Value::Text(text.clone())),
            (Self::Integer, Scalar::Integer(value)) => return Ok(Value::Integer(*value)),
            (Self::Decimal, Scalar::Decimal(value)) => return Ok(Value::Decimal(*value)),
            (Self::Decimal, Scalar::Text(text)) => return Decimal::parse(text).map(Value::Decimal),
            (Self::Date, Scalar::Date(value)) => return Ok(Value::Date(*value)),
            (Self::Date, Scalar::Text(text)) => return Date::parse(text).map(Value::Date),
            (Self::Boolean, Scalar::Boolean(value)) => return Ok(Value::Boolean(*value)),
            (Self::Text, _) => Expected::Text,
            (Self::Integer, _) => Expected::Integer,
            (Self::Decimal, _) => Expected::Decimal,
            (Self::Date, _) => Expected::Date,
            (Self::Boolean, _) => Expected::Boolean,
        };
        Err(Error::expected(expected, scalar.found()).into_refusal())
    }
}

impl fmt::Display for ValueType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A typed value. On the wire it says its type: `{"decimal":"1.50"}`; in Python it is the native value.
#[derive(Clone, PartialEq, Eq)]
pub enum Value {
    /// A text or a code.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// An exact decimal.
    Decimal(Decimal),
    /// A day.
    Date(Date),
    /// True or false.
    Boolean(bool),
}

impl Value {
    /// The type of the value.
    #[must_use]
    pub fn value_type(&self) -> ValueType {
        match self {
            Self::Text(_) => ValueType::Text,
            Self::Integer(_) => ValueType::Integer,
            Self::Decimal(_) => ValueType::Decimal,
            Self::Date(_) => ValueType::Date,
            Self::Boolean(_) => ValueType::Boolean,
        }
    }

    /// The order of two values of one type; none for different types, for true and false, and for texts that differ
    /// (codes have no order).
    #[must_use]
    pub fn order(&self, other: &Self) -> Option<Ordering> {
        self.seen().order(other.seen())
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(value) => f.write_str(value),
            Self::Integer(value) => write!(f, "{value}"),
            Self::Decimal(value) => write!(f, "{value}"),
            Self::Date(value) => write!(f, "{value}"),
            Self::Boolean(value) => write!(f, "{value}"),
        }
    }
}

/// The value may be a person's: only its type is shown.
impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Value({})", self.value_type())
    }
}

const NAME: &str = "Value";
const TAGS: &[&str] = &["text", "integer", "decimal", "date", "boolean"];

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(value) => serializer.serialize_newtype_variant(NAME, 0, "text", value),
            Self::Integer(value) => serializer.serialize_newtype_variant(NAME, 1, "integer", value),
            Self::Decimal(value) => serializer.serialize_newtype_variant(NAME, 2, "decimal", value),
            Self::Date(value) => serializer.serialize_newtype_variant(NAME, 3, "date", value),
            Self::Boolean(value) => serializer.serialize_newtype_variant(NAME, 4, "boolean", value),
        }
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ValueVisitor;
        impl<'de> Visitor<'de> for ValueVisitor {
            type Value = Value;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a tagged value")
            }

            fn visit_enum<A: EnumAccess<'de>>(self, data: A) -> Result<Value, A::Error> {
                let (tag, content): (ValueType, _) = data.variant()?;
                match tag {
                    ValueType::Text => content.newtype_variant().map(Value::Text),
                    ValueType::Integer => content.newtype_variant().map(Value::Integer),
                    ValueType::Decimal => content.newtype_variant().map(Value::Decimal),
                    ValueType::Date => content.newtype_variant().map(Value::Date),
                    ValueType::Boolean => content.newtype_variant().map(Value::Boolean),
                }
            }
        }
        deserializer.deserialize_enum(NAME, TAGS, ValueVisitor)
    }
}

/// Values in words, for a sentence: `5, 7, 9`.
pub(super) fn in_words(values: &[Value]) -> String {
    use core::fmt::Write as _;
    let mut out = String::new();
    for (index, value) in values.iter().enumerate() {
        // Writing to a String cannot fail.
        _ = write!(out, "{}{value}", if index == 0 { "" } else { ", " });
    }
    out
}
