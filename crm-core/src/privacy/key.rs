//! Keyed digests: the same person found across branches without showing the data.

use alloc::string::String;
use core::fmt;

use hmac::{Hmac, KeyInit as _, Mac as _};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use sha2::Sha256;

use crate::{
    refusal::{Code, Fault, Refusal},
    wire,
};

/// Shortest key: the strength of the digest.
const MIN_KEY: usize = 32;
/// Before every text, so that a digest made here is none of another use of the key.
const PURPOSE: &[u8] = b"crm-core matching 1\0";

/// A secret key for digests (匹配密钥). The host keeps it; whoever lacks it can neither make nor guess a digest.
pub struct MatchingKey(Hmac<Sha256>);

/// A keyed digest of a normalised text, 64 hexadecimal digits: equal when the texts are equal (匹配摘要).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MatchingDigest(String);

impl MatchingKey {
    /// A key of at least 32 bytes of good randomness, made by the host.
    ///
    /// # Errors
    /// `privacy.key.short`.
    ///
    /// ```
    /// use crm_core::privacy::MatchingKey;
    ///
    /// let key = MatchingKey::new(&[7; 32])?;
    /// let digest = key.digest("document", "11010519491231002X");
    /// assert_eq!(digest, key.digest("document", "11010519491231002X"));
    /// assert_ne!(digest, key.digest("phone", "11010519491231002X"));
    /// assert_eq!(MatchingKey::new(b"secret").unwrap_err().code().as_str(), "privacy.key.short");
    /// # Ok::<(), crm_core::refusal::Refusal>(())
    /// ```
    pub fn new(key: &[u8]) -> Result<Self, Refusal> {
        let short = || Fault::new(Code::PrivacyKeyShort).with("minimum", MIN_KEY);
        if key.len() < MIN_KEY {
            return Err(short().into());
        }
        Hmac::new_from_slice(key).map(Self).map_err(|_| short().into())
    }

    /// The digest of a text of one kind (`document`, `phone`, …). Equal texts of different kinds differ.
    #[must_use]
    pub fn digest(&self, kind: &str, text: &str) -> MatchingDigest {
        let mut mac = self.0.clone();
        mac.update(PURPOSE);
        // The length keeps ("ab", "c") and ("a", "bc") apart.
        mac.update(&u64::try_from(kind.len()).unwrap_or(u64::MAX).to_be_bytes());
        mac.update(kind.as_bytes());
        mac.update(text.as_bytes());
        let mut out = String::with_capacity(64);
        for byte in mac.finalize().into_bytes() {
            for half in [byte >> 4, byte & 15] {
                out.push(char::from_digit(u32::from(half), 16).unwrap_or('0'));
            }
        }
        MatchingDigest(out)
    }
}

/// Nothing of the key is shown.
impl fmt::Debug for MatchingKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MatchingKey(…)")
    }
}

impl MatchingDigest {
    /// The 64 hexadecimal digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// A digest as the host stored it.
    ///
    /// # Errors
    /// `privacy.digest.invalid`.
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        let right = text.len() == 64 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        if right { Ok(Self(text.into())) } else { Err(Refusal::new(Code::PrivacyDigestInvalid)) }
    }
}

/// A digest tells nothing without the key; it may be shown.
impl fmt::Debug for MatchingDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Serialize for MatchingDigest {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_newtype_struct(wire::ID, &self.0)
    }
}

impl<'de> Deserialize<'de> for MatchingDigest {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> de::Visitor<'de> for Visitor {
            type Value = MatchingDigest;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a digest")
            }

            fn visit_newtype_struct<D: Deserializer<'de>>(self, inner: D) -> Result<MatchingDigest, D::Error> {
                MatchingDigest::parse(&String::deserialize(inner)?).map_err(wire::custom)
            }
        }
        deserializer.deserialize_newtype_struct(wire::ID, Visitor)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn is_hmac_sha_256() {
        // Worked out with Python's hmac module over the same bytes.
        let digest = MatchingKey::new(&[7; 32]).unwrap().digest("document", "11010519491231002X");
        assert_eq!(digest.as_str(), "97f7b85a90ea359f8f80c7a8dc538f764a31c92db7c1bcd62b1487685655602b");
        assert_eq!(MatchingDigest::parse(digest.as_str()), Ok(digest));
    }

    #[test]
    fn what_is_no_digest_is_refused() {
        for text in ["", "12", &"G".repeat(64), &"A".repeat(64)] {
            assert_eq!(MatchingDigest::parse(text).unwrap_err().code(), Code::PrivacyDigestInvalid);
        }
        let refusal = wire::from_json::<MatchingDigest>(b"\"12\"").unwrap_err();
        assert_eq!(refusal.code(), Code::PrivacyDigestInvalid);
        assert_eq!(MatchingKey::new(&[7; 31]).unwrap_err().code(), Code::PrivacyKeyShort);
    }
}
