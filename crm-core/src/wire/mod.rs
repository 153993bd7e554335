//! Canonical JSON: one strict reader and writer, with paths, codes and limits.
//!
//! Everything that crosses into or out of the core goes through serde with [`Error`] as its error, so that a refusal
//! keeps its code, path and params whatever the reader is: JSON text (here), Python objects (in the binding).
//! `deserialize_any` is refused by every reader; it is the tripwire for serde features that the wire does not allow.

mod error;

pub use error::{Error, Expected, custom};

/// The smallest integer of the wire, −(2⁵³−1): what every language of the bindings holds exactly.
pub const INTEGER_MIN: i64 = -9_007_199_254_740_991;
/// The largest integer of the wire, 2⁵³−1.
pub const INTEGER_MAX: i64 = 9_007_199_254_740_991;
