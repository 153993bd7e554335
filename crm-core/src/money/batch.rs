//! Multiplying and rounding whole columns of minor units.
//!
//! Each row gives what [`Money::multiply`](super::Money::multiply) gives for it alone. A refusal names the row in its path.
//! Shares of whole numbers round half up as [`Unrounded`](super::Unrounded) does; a test compares them.

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

/// `part` × `times` ÷ `whole`, rounded half up (away from zero) to a whole number; none beyond 2⁶³ and for a whole that is
/// not above zero. What [`Unrounded`](super::Unrounded) gives for it, without its way through a reduced fraction.
#[inline]
pub(crate) fn share(part: i64, times: i64, whole: i64) -> Option<i64> {
    if whole <= 0 {
        return None;
    }
    let narrow = || {
        let twice = part.checked_mul(times)?.checked_mul(2)?;
        let (size, below) = (twice.checked_abs()?.checked_add(whole)?, whole.checked_mul(2)?);
        let rounded = size / below;
        Some(if twice < 0 { -rounded } else { rounded })
    };
    narrow().or_else(|| {
        // 2⁶³ × 2⁶³ × 2 has 128 bits with its sign only for the lowest numbers of all.
        let twice = i128::from(part).checked_mul(i128::from(times))?.checked_mul(2)?;
        let rounded = twice.checked_abs()?.checked_add(i128::from(whole))? / (i128::from(whole) * 2);
        i64::try_from(if twice < 0 { -rounded } else { rounded }).ok()
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
mod tests {
    use super::*;
    use crate::money::{Rounding, Unrounded};
    use alloc::string::{String, ToString as _};
    use proptest::{
        prelude::*,
        test_runner::{Config, TestCaseResult, TestRunner},
    };

    type Share = fn(i64, i64, i64) -> Option<i64>;

    fn numbers() -> impl Strategy<Value = (i64, i64, i64)> {
        let number = || prop_oneof![-9..9_i64, -2_000_000..2_000_000_i64, any::<i64>(), Just(i64::MAX), Just(i64::MIN)];
        // Halves on both sides of zero come up among few.
        prop_oneof![(number(), number(), number()), (-99..99_i64, 1..3_i64, 1..3_i64)]
    }

    /// Law 2: what rounds beside the exact number rounds as it does.
    fn law_2_a_share_is_rounded_as_the_exact_number(share: Share) -> impl Fn((i64, i64, i64)) -> TestCaseResult {
        move |(part, times, whole)| {
            let exact = || {
                let ratio = Unrounded::ratio(i128::from(part), i128::from(whole)).ok()?;
                let rounded = ratio.times(times).ok()?.round(Rounding::whole(RoundingMode::HalfUp)).ok()?;
                i64::try_from(rounded.after.mantissa()).ok()
            };
            prop_assert_eq!(share(part, times, whole), exact().filter(|_| whole > 0));
            Ok(())
        }
    }

    fn run(share: Share) -> Result<(), String> {
        let mut runner = TestRunner::new(Config { failure_persistence: None, ..Config::default() });
        runner.run(&numbers(), law_2_a_share_is_rounded_as_the_exact_number(share)).map_err(|fault| fault.to_string())
    }

    #[test]
    fn a_share_is_rounded_as_the_exact_number() {
        run(share).unwrap();
        assert_eq!((share(1, 1, 2), share(-1, 1, 2), share(1, 1, 0)), (Some(1), Some(-1), None));
    }

    #[test]
    fn a_share_is_rounded_as_the_exact_number_catches_other_roundings() {
        let mutants: [Share; 2] = [
            // Half up towards the larger number, below zero too.
            |part, times, whole| {
                let twice = i128::from(part).checked_mul(i128::from(times))?.checked_mul(2)?;
                let below = i128::from(whole).checked_mul(2).filter(|_| whole > 0)?;
                i64::try_from((twice + i128::from(whole)).div_euclid(below)).ok()
            },
            // Cuts off what does not divide.
            |part, times, whole| {
                let product = i128::from(part) * i128::from(times);
                (whole > 0).then(|| i64::try_from(product / i128::from(whole)).ok()).flatten()
            },
        ];
        for mutant in mutants {
            assert!(run(mutant).is_err());
        }
    }
}
