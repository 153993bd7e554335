//! Identifiers of the host: opaque to the core, never shown by `Debug`.

use alloc::{string::String, sync::Arc};
use core::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::{
    refusal::{Code, Fault, Refusal},
    wire,
};

/// Longest identifier, in bytes of UTF-8.
const MAX_BYTES: usize = 128;

macro_rules! identifier {
    ($( $(#[$doc:meta])* $name:ident; )*) => { $(
        $(#[$doc])*
        ///
        /// 1 to 128 bytes of UTF-8 without control characters and without spaces at its ends. `Debug` does not show it:
        /// it leads to a person.
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Arc<str>);

        impl $name {
            /// Takes the host's own identifier.
            ///
            /// # Errors
            /// `party.id.invalid`.
            pub fn new(text: &str) -> Result<Self, Refusal> {
                if is_plain(text) {
                    return Ok(Self(Arc::from(text)));
                }
                Err(Fault::new(Code::PartyIdInvalid).with("limit", MAX_BYTES).into())
            }

            /// The identifier as the host gave it.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = Refusal;

            fn from_str(text: &str) -> Result<Self, Refusal> {
                Self::new(text)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(***)"))
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_newtype_struct(wire::ID, self.as_str())
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = deserializer.deserialize_newtype_struct(wire::ID, IdentifierText)?;
                Self::new(&text).map_err(wire::custom)
            }
        }
    )* };
}

identifier! {
    /// A person or organisation in the host's system (当事人编号).
    PartyId;
    /// A vehicle or another insured object (标的编号).
    ObjectId;
    /// One repair or one cover of an object (维修或承保记录编号).
    ObjectEntryId;
    /// A household (家庭编号).
    HouseholdId;
    /// Whoever changed a record: a person on the staff or a program (操作人).
    EditorId;
    /// The code of an attribute (属性代码): generated, never changed, never used again.
    AttributeCode;
}

struct IdentifierText;

impl<'de> de::Visitor<'de> for IdentifierText {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an identifier")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<String, D::Error> {
        deserializer.deserialize_str(self)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<String, E> {
        Ok(String::from(text))
    }
}

fn is_plain(text: &str) -> bool {
    !text.is_empty() && text.len() <= MAX_BYTES && text.trim() == text && !text.chars().any(char::is_control)
}
