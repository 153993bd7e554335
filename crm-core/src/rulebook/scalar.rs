//! A single value as a host hands it over, before anybody knows which type it should have.

use alloc::{borrow::ToOwned, string::String};
use core::fmt;

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{EnumAccess, VariantAccess, Visitor},
};

use crate::{
    calendar::Date,
    money::Decimal,
    wire::{self, SCALAR},
};

/// One value of any kind: what a fact or a limit is before it is read against its declared type.
///
/// JSON says decimals and dates as texts; Python hands them over natively. Both become the same [`super::Value`] when
/// the declaration is known.
///
/// ```
/// use crm_core::{rulebook::Scalar, wire};
///
/// assert_eq!(wire::from_json::<Scalar>(b"5")?, Scalar::Integer(5));
/// assert_eq!(wire::to_json(&Scalar::Text("CN-15".into()))?, r#""CN-15""#);
/// assert_eq!(wire::from_json::<Scalar>(b"[5]").unwrap_err().code().as_str(), "wire.scalar.expected");
/// # Ok::<(), crm_core::refusal::Refusal>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub enum Scalar {
    /// No value.
    Null,
    /// True or false.
    Boolean(bool),
    /// A whole number.
    Integer(i64),
    /// A text; also a decimal or a date from a host without such types.
    Text(String),
    /// A decimal from a host that has them.
    Decimal(Decimal),
    /// A date from a host that has them.
    Date(Date),
    /// What no fact can be (`float`, `nan`, `datetime`, …): refused when the value is used.
    Foreign(&'static str),
}

impl Scalar {
    /// The word of ADR 2 for what stands here.
    #[must_use]
    pub fn found(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Boolean(_) => "boolean",
            Self::Integer(_) => "integer",
            Self::Text(_) => "text",
            Self::Decimal(_) => "decimal",
            Self::Date(_) => "date",
            Self::Foreign(word) => word,
        }
    }
}

/// The value may be a person's: only its kind is shown.
impl fmt::Debug for Scalar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Scalar({})", self.found())
    }
}

impl From<&str> for Scalar {
    fn from(value: &str) -> Self {
        Self::Text(value.to_owned())
    }
}

impl From<i64> for Scalar {
    fn from(value: i64) -> Self {
        Self::Integer(value)
    }
}

impl From<bool> for Scalar {
    fn from(value: bool) -> Self {
        Self::Boolean(value)
    }
}

impl From<Decimal> for Scalar {
    fn from(value: Decimal) -> Self {
        Self::Decimal(value)
    }
}

impl From<Date> for Scalar {
    fn from(value: Date) -> Self {
        Self::Date(value)
    }
}

impl Serialize for Scalar {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Boolean(value) => serializer.serialize_bool(*value),
            Self::Integer(value) => serializer.serialize_i64(*value),
            Self::Text(value) => serializer.serialize_str(value),
            Self::Decimal(value) => value.serialize(serializer),
            Self::Date(value) => value.serialize(serializer),
            Self::Foreign(_) => Err(serde::ser::Error::custom("")),
        }
    }
}

impl<'de> Deserialize<'de> for Scalar {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(SCALAR, ScalarVisitor)
    }
}

/// The words of ADR 2 that a reader may hand over as `foreign`.
const FOREIGN: &[&str] = &[
    "float",
    "nan",
    "datetime",
    "function",
    "map",
    "undefined",
    "bigint",
    "symbol",
    "bytes",
    "engine",
    "list",
    "object",
];

struct ScalarVisitor;

impl<'de> Visitor<'de> for ScalarVisitor {
    type Value = Scalar;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a single value")
    }

    fn visit_unit<E>(self) -> Result<Scalar, E> {
        Ok(Scalar::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Scalar, E> {
        Ok(Scalar::Boolean(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Scalar, E> {
        Ok(Scalar::Integer(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<Scalar, E> {
        Ok(Scalar::Text(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Scalar, E> {
        Ok(Scalar::Text(value))
    }

    fn visit_enum<A: EnumAccess<'de>>(self, data: A) -> Result<Scalar, A::Error> {
        let (tag, content): (String, _) = data.variant()?;
        let text: String = content.newtype_variant()?;
        match tag.as_str() {
            "decimal" => Decimal::parse(&text).map(Scalar::Decimal).map_err(wire::custom),
            "date" => Date::parse(&text).map(Scalar::Date).map_err(wire::custom),
            _ => Ok(Scalar::Foreign(FOREIGN.iter().find(|word| **word == text).copied().unwrap_or("other"))),
        }
    }
}
