//! The serde error of every reader and writer: a refusal, carried through serde without loss.
//!
//! serde lets a type's own check speak only through `de::Error::custom(impl Display)`. [`custom`] writes the refusal in
//! a private notation which [`Error`] reads back, so that code, path and params survive; a foreign deserializer shows
//! the notation as text, without personal data.

use alloc::{borrow::Cow, format, string::ToString, vec::Vec};
use core::fmt::{self, Write as _};

use serde::{de, ser};

use crate::refusal::{Code, Fault, Param, ParamKind, Path, Refusal};

/// Starts a carried refusal; a control character can't stand in a name, a param or a path.
const START: char = '\u{1}';
/// Between the parts of a fault.
const PART: char = '\u{2}';
/// Between faults.
const NEXT: char = '\u{3}';

/// A refusal on its way through serde.
#[derive(Clone, PartialEq, Eq)]
pub struct Error(Refusal);

/// What a reader expected where it found something else: one code each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    /// A whole number.
    Integer,
    /// A decimal.
    Decimal,
    /// A date.
    Date,
    /// A text.
    Text,
    /// True or false.
    Boolean,
    /// A list.
    List,
    /// An object.
    Object,
    /// A single value of any kind.
    Scalar,
    /// Nothing.
    Null,
}

impl Expected {
    /// The code for "this was expected".
    #[must_use]
    pub const fn code(self) -> Code {
        match self {
            Self::Integer => Code::WireIntegerExpected,
            Self::Decimal => Code::WireDecimalExpected,
            Self::Date => Code::WireDateExpected,
            Self::Text => Code::WireTextExpected,
            Self::Boolean => Code::WireBooleanExpected,
            Self::List => Code::WireListExpected,
            Self::Object => Code::WireObjectExpected,
            Self::Scalar => Code::WireScalarExpected,
            Self::Null => Code::WireNullExpected,
        }
    }
}

impl Error {
    /// A fault of this code, without params, at the place where it is raised.
    #[must_use]
    pub fn new(code: Code) -> Self {
        Self(Refusal::new(code))
    }

    /// `expected` was expected; `found` is one of the words of ADR 2 (`integer`, `float`, `nan`, …).
    #[must_use]
    pub fn expected(expected: Expected, found: &'static str) -> Self {
        Self(Fault::new(expected.code()).with("found", found).into())
    }

    /// One of an enum's variants was expected.
    #[must_use]
    pub fn variant(choices: &'static [&'static str], found: &'static str) -> Self {
        let expected = Param::Text(list_of(choices));
        Self(Fault::new(Code::WireVariantExpected).with("expected", expected).with("found", found).into())
    }

    /// A loaded engine of this kind was expected.
    #[must_use]
    pub fn engine(expected: &'static str, found: &'static str) -> Self {
        Self(Fault::new(Code::WireEngineExpected).with("expected", expected).with("found", found).into())
    }

    /// The same error one field up.
    #[must_use]
    pub fn at(self, name: &str) -> Self {
        Self(self.0.at(name))
    }

    /// The same error one list up.
    #[must_use]
    pub fn at_index(self, index: usize) -> Self {
        Self(self.0.at_index(index))
    }

    /// The refusal inside.
    #[must_use]
    pub fn into_refusal(self) -> Refusal {
        self.0
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Self(refusal)
    }
}

impl From<Fault> for Error {
    fn from(fault: Fault) -> Self {
        Self(fault.into())
    }
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        error.0
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl core::error::Error for Error {}

/// Turns a refusal of a type's own check into the error of whatever serde format is reading or writing it.
pub fn custom<E: de::Error>(refusal: impl Into<Refusal>) -> E {
    E::custom(Carried(refusal.into()))
}

struct Carried(Refusal);

impl fmt::Display for Carried {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, fault) in self.0.faults().iter().enumerate() {
            f.write_char(if index == 0 { START } else { NEXT })?;
            write!(f, "{}{PART}{}", fault.code(), fault.path())?;
            for (name, value) in fault.params() {
                write!(f, "{PART}{name}={value}")?;
            }
        }
        Ok(())
    }
}

fn uncarry(text: &str) -> Option<Refusal> {
    let faults = text.strip_prefix(START)?.split(NEXT).map(uncarry_fault).collect::<Option<Vec<_>>>()?;
    Refusal::from_faults(faults)
}

fn uncarry_fault(text: &str) -> Option<Fault> {
    let mut parts = text.split(PART);
    let code = Code::from_text(parts.next()?)?;
    let mut fault = Fault::new(code).within(Path::from_pointer(parts.next()?));
    for part in parts {
        let (name, value) = part.split_once('=')?;
        let (name, kind) = *code.params().iter().find(|(declared, _)| *declared == name)?;
        fault = fault.with(
            name,
            match kind {
                ParamKind::Integer => Param::Integer(value.parse().ok()?),
                ParamKind::Text => Param::Text(Cow::Owned(value.to_string())),
            },
        );
    }
    Some(fault)
}

fn list_of(names: &'static [&'static str]) -> Cow<'static, str> {
    match names {
        [] => Cow::Borrowed("-"),
        [one] => Cow::Borrowed(one),
        many => Cow::Owned(many.join(", ")),
    }
}

/// The word of ADR 2 for what serde found.
fn found(unexpected: &de::Unexpected<'_>) -> &'static str {
    match unexpected {
        de::Unexpected::Bool(_) => "boolean",
        de::Unexpected::Unsigned(_) | de::Unexpected::Signed(_) => "integer",
        de::Unexpected::Float(_) => "float",
        de::Unexpected::Char(_) | de::Unexpected::Str(_) => "text",
        de::Unexpected::Bytes(_) => "bytes",
        de::Unexpected::Unit | de::Unexpected::Option => "null",
        de::Unexpected::Seq => "list",
        de::Unexpected::Map | de::Unexpected::NewtypeStruct => "object",
        _ => "other",
    }
}

impl de::Error for Error {
    fn custom<T: fmt::Display>(message: T) -> Self {
        // A message that is not ours may repeat the caller's value: it is dropped.
        Self(uncarry(&message.to_string()).unwrap_or_else(|| Refusal::new(Code::WireUnsupported)))
    }

    fn invalid_type(unexpected: de::Unexpected<'_>, _expected: &dyn de::Expected) -> Self {
        // Every reader checks the kind before it calls a visitor, so only a struct or enum can still be surprised.
        Self::expected(Expected::Object, found(&unexpected))
    }

    fn invalid_value(_unexpected: de::Unexpected<'_>, _expected: &dyn de::Expected) -> Self {
        Self(Fault::new(Code::WireIntegerRange).with("min", super::INTEGER_MIN).with("max", super::INTEGER_MAX).into())
    }

    fn invalid_length(_length: usize, expected: &dyn de::Expected) -> Self {
        // serde only tells the length in words: "struct X with 3 elements", "tuple struct …".
        let words = format!("{expected}");
        let count = words.split(' ').find_map(|word| word.parse::<i64>().ok()).unwrap_or(0);
        Self(Fault::new(Code::WireListLength).with("expected", count).into())
    }

    fn unknown_variant(_variant: &str, expected: &'static [&'static str]) -> Self {
        Self(Fault::new(Code::WireVariantUnknown).with("expected", Param::Text(list_of(expected))).into())
    }

    fn unknown_field(_field: &str, expected: &'static [&'static str]) -> Self {
        Self(Fault::new(Code::WireFieldUnknown).with("expected", Param::Text(list_of(expected))).into())
    }

    fn missing_field(field: &'static str) -> Self {
        Self(Fault::new(Code::WireFieldMissing).with("field", field).at(field).into())
    }

    fn duplicate_field(field: &'static str) -> Self {
        Self(Fault::new(Code::WireFieldDuplicate).at(field).into())
    }
}

impl ser::Error for Error {
    fn custom<T: fmt::Display>(message: T) -> Self {
        <Self as de::Error>::custom(message)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::refusal::Lang;
    use alloc::string::String;

    #[test]
    fn a_refusal_survives_serde() {
        let refusal = Refusal::from_faults(alloc::vec![
            Fault::new(Code::WireDepth).with("limit", 128_i64).at_index(2).at("rules"),
            Fault::new(Code::WireFieldUnknown).with("expected", "a, b=c").at("x"),
        ])
        .unwrap();
        let error: Error = custom(refusal.clone());
        assert_eq!(error.into_refusal(), refusal);
    }

    #[test]
    fn a_foreign_message_is_dropped() {
        let error = <Error as de::Error>::custom("bad value 张三 13812345678");
        let shown = String::from(&*error.into_refusal().text(Lang::En));
        assert!(!shown.contains("张三") && !shown.contains("138"), "{shown}");
    }
}
