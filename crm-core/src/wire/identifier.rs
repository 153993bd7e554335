//! Identifiers and codes of the host: short texts that stand for something, opaque to the core.
//!
//! A room declares its own with [`identifier!`], one newtype for each kind, and says which texts it takes; how they are
//! held, shown and written is the same for all.

use alloc::string::String;
use core::{fmt, marker::PhantomData, str::FromStr};

use serde::{Deserializer, de};

use crate::refusal::Refusal;

/// Declares identifiers: `Name = check, shown;` or `Name = check, hidden;`.
///
/// `check` takes the text and gives the fault, if there is one. `Debug` shows a code that belongs to the host's own
/// organisation (`shown`) and hides what leads to a person (`hidden`).
macro_rules! identifier {
    ($( $(#[$doc:meta])* $name:ident = $check:path, $debug:ident; )*) => { $(
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(alloc::sync::Arc<str>);

        impl $name {
            /// Takes the host's own text.
            ///
            /// # Errors
            /// The one code of its room for a text that is empty, too long or not plain: `party.id.invalid`,
            /// `access.code.invalid`, `ledger.id.invalid`, `ledger.code.invalid` or `portfolio.id.invalid`.
            pub fn new(text: &str) -> Result<Self, $crate::refusal::Refusal> {
                match $check(text) {
                    None => Ok(Self(alloc::sync::Arc::from(text))),
                    Some(fault) => Err(fault.into()),
                }
            }

            /// The text as the host gave it.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl core::str::FromStr for $name {
            type Err = $crate::refusal::Refusal;

            fn from_str(text: &str) -> Result<Self, $crate::refusal::Refusal> {
                Self::new(text)
            }
        }

        impl core::fmt::Debug for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                $crate::wire::identifier!(@$debug self, f, $name)
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_newtype_struct($crate::wire::ID, self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::wire::read_identifier(deserializer)
            }
        }
    )* };
    (@shown $self:ident, $f:ident, $name:ident) => { write!($f, concat!(stringify!($name), "({})"), $self.0) };
    (@hidden $self:ident, $f:ident, $name:ident) => { $f.write_str(concat!(stringify!($name), "(***)")) };
}
pub(crate) use identifier;

/// Whether a text can stand for something: 1 to `limit` bytes of UTF-8 without control characters, without invisible
/// ones and without spaces at its ends.
pub(crate) fn is_plain(text: &str, limit: usize) -> bool {
    let shown = |letter: char| !letter.is_control() && !is_invisible(letter);
    !text.is_empty() && text.len() <= limit && text.trim() == text && text.chars().all(shown)
}

/// Characters without a picture of their own: with them two identifiers could look alike and differ.
fn is_invisible(letter: char) -> bool {
    matches!(letter,
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180B}'..='\u{180F}'
        | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{3164}'
        | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E0FFF}')
}

/// Reads an identifier from a text.
pub(crate) fn read_identifier<'de, T, D>(deserializer: D) -> Result<T, D::Error>
where
    T: FromStr<Err = Refusal>,
    D: Deserializer<'de>,
{
    deserializer.deserialize_newtype_struct(super::ID, IdentifierText(PhantomData))
}

struct IdentifierText<T>(PhantomData<T>);

impl<'de, T: FromStr<Err = Refusal>> de::Visitor<'de> for IdentifierText<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an identifier")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        deserializer.deserialize_str(self)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<T, E> {
        T::from_str(text).map_err(super::custom)
    }

    fn visit_string<E: de::Error>(self, text: String) -> Result<T, E> {
        self.visit_str(&text)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::{
        refusal::{Code, Fault},
        wire,
    };
    use alloc::{borrow::ToOwned as _, format};

    fn short(text: &str) -> Option<Fault> {
        (!is_plain(text, 128)).then(|| Fault::new(Code::PartyIdInvalid).with("limit", 128_usize))
    }

    identifier! {
        /// Shown.
        Desk = short, shown;
        /// Not shown.
        Person = short, hidden;
    }

    #[test]
    fn what_is_short_and_plain_is_taken() {
        for text in ["1", "op-17", "CN-11/03", "王", "保单 1/批 2", &"x".repeat(128)] {
            assert_eq!(Person::new(text).unwrap().as_str(), text);
        }
        let refused = ["", " ", "a ", "\u{3000}a", "a\nb", "\u{0}", "a\u{200B}b", "a\u{FEFF}", "\u{3164}"];
        for text in refused.map(|text: &str| text.to_owned()).into_iter().chain(["x".repeat(129), "保".repeat(43)]) {
            assert_eq!(Person::new(&text).unwrap_err().code(), Code::PartyIdInvalid, "{text:?}");
        }
    }

    #[test]
    fn what_leads_to_a_person_is_not_shown() {
        assert_eq!(
            format!("{:?} {:?}", Desk::new("d-1").unwrap(), Person::new("planted").unwrap()),
            "Desk(d-1) Person(***)"
        );
    }

    #[test]
    fn identifiers_cross_as_text() {
        let person: Person = wire::from_json(b"\"C-0042\"").unwrap();
        assert_eq!(wire::to_json(&person).unwrap(), "\"C-0042\"");
        assert_eq!(wire::from_json::<Person>(b"\"\"").unwrap_err().code(), Code::PartyIdInvalid);
        assert_eq!(wire::from_json::<Person>(b"12").unwrap_err().code(), Code::WireTextExpected);
    }
}
