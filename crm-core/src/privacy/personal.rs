//! Sensitivity classes and the text that does not show itself.

use alloc::{borrow::ToOwned, string::String};
use core::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::wire;

/// The newtype name under which a personal text is written: a reader of JSON sees a text, a masked view sees what it is.
pub(super) const PERSONAL: &str = "$crm::Personal";

/// How sensitive a field is (敏感级别).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sensitivity {
    /// Anybody may see it: product names, published tariffs.
    Public,
    /// The company's own: figures, codes, agreements.
    Internal,
    /// Tells something about a person: name, phone, address, plate (个人信息).
    Personal,
    /// Could harm a person when it leaks: document and card numbers, health, children under 14 (敏感个人信息).
    Sensitive,
}

/// A personal text: a name, a document number, a phone.
///
/// `Debug` shows that there is something, not what; there is no `Display`. Whoever needs the text says so by
/// [`Personal::reveal`]. On the wire it is a plain text.
///
/// ```
/// use crm_core::privacy::Personal;
///
/// let name = Personal::from("张三");
/// assert_eq!(format!("{name:?}"), "Personal(…)");
/// assert_eq!(name.reveal(), "张三");
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Personal(String);

impl Personal {
    /// The text itself.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl From<String> for Personal {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl From<&str> for Personal {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl fmt::Debug for Personal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Personal(…)")
    }
}

impl Serialize for Personal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_newtype_struct(PERSONAL, &self.0)
    }
}

impl<'de> Deserialize<'de> for Personal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> de::Visitor<'de> for Visitor {
            type Value = Personal;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text")
            }

            fn visit_newtype_struct<D: Deserializer<'de>>(self, inner: D) -> Result<Personal, D::Error> {
                String::deserialize(inner).map(Personal)
            }
        }
        deserializer.deserialize_newtype_struct(wire::ID, Visitor)
    }
}
