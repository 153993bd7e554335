//! Stored formats: what is kept for years says what it is and in which version it was written (law 14).
//!
//! A stored document is `{"format":"rule_set","version":1,"content":{…}}`, in that order. A newer core reads every
//! version that was ever released: the type's [`Stored::read_version`] takes old content and brings it up to date. A
//! version that is newer than the core is refused, not guessed at.

use alloc::string::String;
use core::{fmt, marker::PhantomData};

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{DeserializeSeed, MapAccess, Visitor},
    ser::SerializeStruct as _,
};

use super::{Dialect, Reader, custom, to_json};
use crate::refusal::{Code, Fault, Refusal};

/// A type that hosts keep: its name, its version, and how its older versions are read.
pub trait Stored: Serialize + Sized {
    /// The permanent name of the format.
    const FORMAT: &'static str;
    /// The version that is written now; the first is 1.
    const VERSION: i64;

    /// Reads the content of a version from 1 to [`Stored::VERSION`].
    ///
    /// # Errors
    /// Those of the type.
    fn read_version<'de, D: Deserializer<'de>>(version: i64, content: D) -> Result<Self, D::Error>;
}

/// Writes a stored document.
///
/// # Errors
/// As [`to_json`].
pub fn to_stored<T: Stored>(value: &T) -> Result<String, Refusal> {
    to_json(&Envelope(value))
}

/// Reads a stored document of any released version.
///
/// # Errors
/// `wire.stored.format` when it is another format, `wire.stored.version` when it is newer than this core or no version;
/// everything that reading the content can refuse, with paths inside `/content`.
pub fn from_stored<T: Stored>(text: &[u8]) -> Result<T, Refusal> {
    let mut reader = Reader::new(text, Dialect::Canonical)?;
    let value = reader.deserialize_struct("Stored", FIELDS, EnvelopeVisitor(PhantomData))?;
    reader.end()?;
    Ok(value)
}

const FIELDS: &[&str] = &["format", "version", "content"];

struct Envelope<'a, T>(&'a T);

impl<T: Stored> Serialize for Envelope<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("Stored", 3)?;
        fields.serialize_field("format", T::FORMAT)?;
        fields.serialize_field("version", &T::VERSION)?;
        fields.serialize_field("content", self.0)?;
        fields.end()
    }
}

struct EnvelopeVisitor<T>(PhantomData<T>);

impl<'de, T: Stored> Visitor<'de> for EnvelopeVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a stored document")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<T, A::Error> {
        // What it is and how old stand first, so that the content is read once, as what it is.
        expect(&mut fields, "format")?;
        if fields.next_value::<String>()? != T::FORMAT {
            return Err(custom(Fault::new(Code::WireStoredFormat).with("expected", T::FORMAT).at("format")));
        }
        expect(&mut fields, "version")?;
        let version = fields.next_value::<i64>()?;
        if !(1..=T::VERSION).contains(&version) {
            return Err(custom(Fault::new(Code::WireStoredVersion).with("newest", T::VERSION).at("version")));
        }
        expect(&mut fields, "content")?;
        let value = fields.next_value_seed(Content { version, of: PhantomData })?;
        match fields.next_key::<Name>()? {
            None => Ok(value),
            Some(Name(extra)) => Err(custom(Fault::new(Code::WireFieldDuplicate).at(&extra))),
        }
    }
}

/// Takes the next key, which must be `wanted`.
fn expect<'de, A: MapAccess<'de>>(fields: &mut A, wanted: &'static str) -> Result<(), A::Error> {
    match fields.next_key::<Name>()? {
        Some(Name(name)) if name == wanted => Ok(()),
        _ => Err(custom(Fault::new(Code::WireFieldMissing).with("field", wanted).at(wanted))),
    }
}

/// One of the three fields.
struct Name(String);

impl<'de> Deserialize<'de> for Name {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct NameVisitor;
        impl Visitor<'_> for NameVisitor {
            type Value = Name;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a field")
            }

            fn visit_str<E: serde::de::Error>(self, name: &str) -> Result<Name, E> {
                if FIELDS.contains(&name) { Ok(Name(name.into())) } else { Err(E::unknown_field(name, FIELDS)) }
            }
        }
        deserializer.deserialize_identifier(NameVisitor)
    }
}

/// The content, read as the version that it says it is.
struct Content<T> {
    version: i64,
    of: PhantomData<T>,
}

impl<'de, T: Stored> DeserializeSeed<'de> for Content<T> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        T::read_version(self.version, deserializer)
    }
}

/// Declares a type whose only version so far is the one that is written now.
macro_rules! stored_first_version {
    ($($type:ty = $format:literal),* $(,)?) => { $(
        impl $crate::wire::Stored for $type {
            const FORMAT: &'static str = $format;
            const VERSION: i64 = 1;

            fn read_version<'de, D: serde::Deserializer<'de>>(_version: i64, content: D) -> Result<Self, D::Error> {
                serde::Deserialize::deserialize(content)
            }
        }
    )* };
}
pub(crate) use stored_first_version;

/// Formats whose later versions only added fields that may be absent: every version is read alike, and an older core
/// refuses the newer one by its number.
macro_rules! stored_with_more_fields {
    ($($type:ty = $format:literal, $version:literal),* $(,)?) => { $(
        impl $crate::wire::Stored for $type {
            const FORMAT: &'static str = $format;
            const VERSION: i64 = $version;

            fn read_version<'de, D: serde::Deserializer<'de>>(_version: i64, content: D) -> Result<Self, D::Error> {
                serde::Deserialize::deserialize(content)
            }
        }
    )* };
}
pub(crate) use stored_with_more_fields;
