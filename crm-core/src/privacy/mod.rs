//! Personal data: how sensitive a field is, how it is shown, and how it is matched without being shown (个人信息保护).
//!
//! - [`Sensitivity`] classes follow the Personal Information Protection Law (个人信息保护法 art. 28).
//! - [`Personal`] holds a personal text whose `Debug` shows nothing and which has no `Display`: it can't slip into a
//!   log line or a panic text (law 10).
//! - [`Mask`] is a masked view: repeating it changes nothing, and a short value never shows all of itself, except the
//!   beginning of a plate. The law fixes no pattern; these are the ones in common use.
//! - [`FieldTable`] says of each field of a record how sensitive it is; its [`view`](FieldTable::view) shows what a
//!   [`Clearance`] allows. What has no line is not shown to anybody.
//! - [`MatchingKey`] makes keyed digests by which branches find the same person without showing each other the data.

mod clearance;
mod field;
mod key;
mod mask;
mod personal;
mod proof;
mod tree;
mod view;

pub use clearance::{Clearance, Showing};
pub use field::{FieldClass, FieldTable};
pub use key::{MatchingDigest, MatchingKey};
pub use mask::Mask;
pub(crate) use mask::PLATE_PROVINCES;
pub use personal::{Personal, Sensitivity};
pub use tree::FIELDS;
pub use view::MaskedView;
