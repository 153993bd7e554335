//! CSV as insurers' systems write it: read row by row in bounded memory, every faulty row told apart from its neighbours.
//!
//! The reader is our own because of two things that a general reader does not do: a quote that is never closed costs one
//! row, not the rest of the file; and a row without an end costs no memory beyond [`MAX_ROW_BYTES`].

mod lines;
mod rows;

pub use lines::{Line, Lines, decode};
pub use rows::{Row, Rows};

/// Longest row, in bytes of the file.
pub const MAX_ROW_BYTES: usize = 64 * 1024;
/// Longest value of one column, in bytes of UTF-8.
pub const MAX_VALUE_BYTES: usize = 1024;
