//! Whole books as columns: plain slices in, plain vectors out, for the adapters of column formats.
//!
//! Amounts are minor units of one currency, days are counted from 1970-01-01, customers and policies are numbered from 0
//! without gaps. Rows of a policy that was signed after the review do not count, as in [`Facts`](super::Facts); a law
//! holds the two equal.

mod blocks;
mod facts;
mod groups;
mod order;
mod segments;
mod whole;

pub use facts::{ClaimColumns, EndorsementColumns, FactColumns, PolicyColumns, ReceiptColumns, fact_columns};
pub use groups::{CustomerColumns, GroupColumn, GroupMark};
pub use order::at_ranks;
pub use segments::{ActivityBits, LossColumns, SaleColumns, SegmentColumns, segment_columns};

use crate::refusal::{Code, Fault, Refusal};

/// What stands for a ratio whose denominator is not above zero.
pub const NO_RATIO: i64 = i64::MIN;

/// Refuses columns of one table that have different lengths.
fn one_length(lengths: &[usize]) -> Result<(), Refusal> {
    if lengths.windows(2).all(|pair| pair.first() == pair.last()) {
        return Ok(());
    }
    Err(Refusal::new(Code::PortfolioColumnsLength))
}

/// A row that names somebody beyond the last.
#[cold]
fn beyond(row: usize) -> Refusal {
    Fault::new(Code::PortfolioColumnsCustomer).with("row", row).into()
}

#[cold]
fn too_large() -> Refusal {
    Refusal::new(Code::MoneyAmountRange)
}
