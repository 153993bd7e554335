//! Unearned premium (未到期责任准备金): how much of a premium belongs to the time after a day.
//!
//! One policy with its trace ([`UnearnedBasis::of`]) and a whole book on columns ([`UnearnedColumns`]); both give the
//! same cents.

mod book;
mod method;

pub use book::{RefusedRow, UnearnedColumns, UnearnedRows, UnearnedTotal};
pub use method::{UnearnedBasis, UnearnedMethod, UnearnedPart, UnearnedPremium};
