//! A small Chinese book (示例账册) for demonstrations and tests: sound policy years, faults planted among them, and what
//! must come out.
//!
//! The same seed gives the same bytes. The truth is added up here from what was written, without the core.

mod customers;
mod faults;
mod random;
mod truth;
mod write;

pub use truth::{PlantedRow, Truth};
pub use write::{AS_OF, BookFiles, CLAIMS, MAP, POLICIES, generate, map_text};
