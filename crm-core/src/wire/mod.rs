//! Canonical JSON: one strict reader and writer, with paths, codes and limits.
//!
//! Everything that crosses into or out of the core goes through serde with [`Error`] as its error, so that a refusal
//! keeps its code, path and params whatever the reader is: JSON text (here), Python objects (in the binding).
//! `deserialize_any` is refused by every reader; it is the tripwire for serde features that the wire does not allow.
//!
//! # Native values
//! A type that a host language holds natively goes through serde as a newtype of a reserved name: [`DECIMAL`],
//! [`DATE`], [`ID`] (each with a text inside), [`ENGINE`] and [`SCALAR`]. A reader that meets `SCALAR` calls the visitor with what
//! it finds: `visit_str`, `visit_i64`, `visit_bool`, `visit_unit`, and, for what JSON can't say, `visit_enum` with
//! [`Tagged`] (`decimal`, `date`, or `foreign` with the word of ADR 2).
//!
//! ```
//! use crm_core::{calendar::Date, wire};
//!
//! let day: Date = wire::from_json(br#""2026-02-28""#)?;
//! assert_eq!(wire::to_json(&day)?, r#""2026-02-28""#);
//!
//! let refusal = wire::from_json::<Date>(b"20260228").unwrap_err();
//! assert_eq!(refusal.code().as_str(), "wire.date.expected");
//! # Ok::<(), crm_core::refusal::Refusal>(())
//! ```

mod access;
mod error;
mod identifier;
mod names;
mod reader;
mod scan;
mod stored;
mod tagged;
mod writer;

use alloc::string::String;

use serde::{Serialize, de::DeserializeOwned};

pub use error::{Error, Expected, custom};
pub(crate) use identifier::{identifier, is_plain, read_identifier};
pub use names::{camel_eq, camel_of, snake_of};
pub use reader::Reader;
pub use stored::{Stored, from_stored, to_stored};
pub(crate) use stored::{stored_first_version, stored_with_more_fields};
pub use tagged::Tagged;
pub use writer::Writer;

use crate::refusal::Refusal;

/// The newtype name of an exact decimal; its text inside.
pub const DECIMAL: &str = "$crm::Decimal";
/// The newtype name of a day; `YYYY-MM-DD` inside.
pub const DATE: &str = "$crm::Date";
/// The newtype name of an identifier; its text inside.
pub const ID: &str = "$crm::Id";
/// The newtype name of a value whose type is declared elsewhere.
pub const SCALAR: &str = "$crm::Scalar";
/// Begins the newtype name of a loaded engine that is handed over as an argument; its kind follows. Inside is its place
/// among the engines of the call.
pub const ENGINE: &str = "$crm::Engine::";

/// The smallest integer of the wire, −(2⁵³−1): what every language of the bindings holds exactly.
pub const INTEGER_MIN: i64 = -9_007_199_254_740_991;
/// The largest integer of the wire, 2⁵³−1.
pub const INTEGER_MAX: i64 = 9_007_199_254_740_991;

/// Deepest nesting, counted in canonical form.
pub const MAX_DEPTH: usize = 128;
/// Largest document, in bytes.
pub const MAX_BYTES: usize = 64 * 1024 * 1024;
/// Longest text, in bytes of UTF-8.
pub const MAX_TEXT: usize = 1024 * 1024;

/// How values are written as text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// Canonical JSON: what is stored, hashed and compared.
    Canonical,
    /// camelCase fields and `kind`, with foreign tokens: what JavaScript hands over.
    Node,
    /// Canonical JSON with foreign tokens: what the JVM hands over.
    Jvm,
}

/// Reads a value from canonical JSON.
///
/// # Errors
/// `wire.*` with the path of the fault, or the refusal of a type's own check.
pub fn from_json<T: DeserializeOwned>(text: &[u8]) -> Result<T, Refusal> {
    read(text, Dialect::Canonical)
}

/// Reads a value from text in a dialect.
///
/// # Errors
/// As [`from_json`].
pub fn read<T: DeserializeOwned>(text: &[u8], dialect: Dialect) -> Result<T, Refusal> {
    let mut reader = Reader::new(text, dialect)?;
    let value = T::deserialize(&mut reader)?;
    reader.end()?;
    Ok(value)
}

/// Writes a value as canonical JSON.
///
/// # Errors
/// `wire.unsupported` for a type outside the conventions of the wire, `wire.integer.range` for a number beyond 2⁵³−1.
pub fn to_json<T: Serialize + ?Sized>(value: &T) -> Result<String, Refusal> {
    write(value, Dialect::Canonical)
}

/// Writes a value in a dialect.
///
/// # Errors
/// As [`to_json`].
pub fn write<T: Serialize + ?Sized>(value: &T, dialect: Dialect) -> Result<String, Refusal> {
    let mut writer = Writer::new(dialect);
    value.serialize(&mut writer)?;
    Ok(writer.into_text())
}
