//! Identifiers and codes: short texts that stand for something.

use alloc::{string::String, sync::Arc};
use core::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::{
    refusal::{Code, Fault, Refusal},
    wire,
};

/// Longest identifier, in bytes of UTF-8.
pub const MAX_ID_BYTES: usize = 128;
/// Longest code of a channel, risk type or coverage, in bytes of UTF-8.
pub const MAX_CODE_BYTES: usize = 64;

macro_rules! identifier {
    ($( $(#[$doc:meta])* $name:ident; )*) => { $(
        $(#[$doc])*
        ///
        /// 1 to 128 bytes of UTF-8 without control characters and without spaces at its ends. `Debug` does not show it:
        /// the number of a policy or a customer leads to a person.
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Arc<str>);

        impl $name {
            /// Takes the host's own identifier.
            ///
            /// # Errors
            /// `portfolio.id.invalid`.
            pub fn new(text: &str) -> Result<Self, Refusal> {
                if is_plain(text, MAX_ID_BYTES) {
                    return Ok(Self(Arc::from(text)));
                }
                Err(Fault::new(Code::PortfolioIdInvalid).with("limit", MAX_ID_BYTES).into())
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
                let text = deserializer.deserialize_newtype_struct(wire::ID, IdText)?;
                Self::new(&text).map_err(wire::custom)
            }
        }
    )* };
}

identifier! {
    /// The number of a policy (保单号): each policy year of a renewed policy has its own.
    PolicyId;
    /// The code of a customer (投保人代码) in the host's system.
    CustomerId;
    /// The number of an endorsement (批单号).
    EndorsementId;
    /// The number of a receipt or of a refund (收付款凭证号).
    ReceiptId;
    /// The number of a claims case (立案号 / 报案号).
    ClaimId;
    /// The number of a cost entry (费用单号).
    CostId;
    /// The number of a complaint (投诉编号).
    ComplaintId;
}

struct IdText;

impl<'de> de::Visitor<'de> for IdText {
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

/// The fault of a code that is empty, too long or not plain text; `None` when it is fine.
pub(super) fn code_fault(text: &str) -> Option<Fault> {
    (!is_plain(text, MAX_CODE_BYTES)).then(|| Fault::new(Code::PortfolioCodeInvalid).with("limit", MAX_CODE_BYTES))
}

fn is_plain(text: &str, limit: usize) -> bool {
    !text.is_empty() && text.len() <= limit && text.trim() == text && !text.chars().any(char::is_control)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
mod tests {
    use super::*;
    use alloc::format;

    #[test]
    fn identifiers_are_short_plain_text() {
        for text in ["1", "PDAA202537010000012345", "C-0042/2025", "张", &"x".repeat(128)] {
            assert_eq!(PolicyId::new(text).unwrap().as_str(), text);
        }
        for text in ["", " ", "a ", "\tb", "a\nb", "a\u{0}", &"x".repeat(129), &"保".repeat(43)] {
            assert_eq!(CustomerId::new(text).unwrap_err().code(), Code::PortfolioIdInvalid, "{text:?}");
        }
    }

    #[test]
    fn identifiers_are_not_shown() {
        assert_eq!(format!("{:?}", PolicyId::new("planted-secret").unwrap()), "PolicyId(***)");
    }

    #[test]
    fn identifiers_cross_as_text() {
        let id: CustomerId = wire::from_json(b"\"C-0042\"").unwrap();
        assert_eq!(wire::to_json(&id).unwrap(), "\"C-0042\"");
        assert_eq!(wire::from_json::<CustomerId>(b"\"\"").unwrap_err().code(), Code::PortfolioIdInvalid);
    }
}
