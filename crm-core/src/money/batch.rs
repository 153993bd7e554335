//! Multiplying and rounding whole columns of minor units.
//!
//! Each row gives what [`Money::multiply`](super::Money::multiply) gives for it alone. A refusal names the row in its path.

use alloc::vec::Vec;

use super::{Rate, RoundingMode, amount::out_of_range, multiply::Factor};
use crate::refusal::{Code, Fault, Refusal};

/// Every amount (whole minor units) times one factor, each rounded to a whole minor unit.
///
/// # Errors
/// `money.amount.range` at the row's index.
///
/// ```
/// use crm_core::money::{Decimal, RoundingMode, batch};
///
/// let half = Decimal::parse("0.5")?;
/// assert_eq!(batch::multiply_by(&[95_000, 3, -3], half, RoundingMode::HalfUp)?, [47_500, 2, -2]);
/// assert_eq!(batch::multiply_by(&[1, i64::MAX], 2.into(), RoundingMode::Up).unwrap_err().path().as_str(), "/1");
/// # Ok::<(), crm_core::refusal::Refusal>(())
/// ```
pub fn multiply_by(amounts: &[i64], by: Rate, mode: RoundingMode) -> Result<Vec<i64>, Refusal> {
    let factor = Factor::of(&by);
    collect(amounts.iter().map(|amount| factor.apply(*amount, mode)), amounts.len())
}

/// Every amount (whole minor units) times the factor of its own row, each rounded to a whole minor unit.
///
/// # Errors
/// `money.batch.length` when there are not as many factors as amounts; `money.amount.range` at the row's index.
///
/// ```
/// use crm_core::money::{Decimal, RoundingMode, batch};
/// use crm_core::refusal::Code;
///
/// let factors = [Decimal::parse("0.85")?, Decimal::parse("1.1")?];
/// assert_eq!(batch::multiply_rows(&[100, 205], &factors, RoundingMode::HalfUp)?, [85, 226]);
/// let refused = batch::multiply_rows(&[100], &factors, RoundingMode::HalfUp).unwrap_err();
/// assert_eq!(refused.code(), Code::MoneyBatchLength);
/// # Ok::<(), crm_core::refusal::Refusal>(())
/// ```
pub fn multiply_rows(amounts: &[i64], by: &[Rate], mode: RoundingMode) -> Result<Vec<i64>, Refusal> {
    if amounts.len() != by.len() {
        return Err(Fault::new(Code::MoneyBatchLength).with("expected", amounts.len()).with("found", by.len()).into());
    }
    collect(amounts.iter().zip(by).map(|(amount, by)| Factor::of(by).apply(*amount, mode)), amounts.len())
}

fn collect(rows: impl Iterator<Item = Option<i64>>, count: usize) -> Result<Vec<i64>, Refusal> {
    let mut out = Vec::with_capacity(count);
    for (index, row) in rows.enumerate() {
        match row {
            Some(amount) => out.push(amount),
            None => return Err(out_of_range().at_index(index)),
        }
    }
    Ok(out)
}
