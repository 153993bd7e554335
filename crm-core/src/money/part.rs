//! A part of an amount, given as a fraction of whole numbers, rounded once: what unearned premium of a whole book needs.
//!
//! Says the same as [`Unrounded`](super::Unrounded), a test compares them; this form leaves no record and stays in 128 bits.

use super::{Money, RoundingMode, amount::out_of_range, rounding::Rest};
use crate::refusal::{Code, Refusal};

impl Money {
    /// `numerator` / `denominator` of the amount, rounded once to the currency's minor unit.
    ///
    /// For the amount alone, where speed counts; where the figure is to be explained, work in
    /// [`Unrounded`](super::Unrounded).
    ///
    /// # Errors
    /// `money.division.zero`, `money.amount.range`.
    ///
    /// ```
    /// use crm_core::money::{Currency, Money, RoundingMode};
    /// use crm_core::refusal::Code;
    ///
    /// let premium = Money::from_minor(365_000, Currency::CNY);
    /// assert_eq!(premium.part(182, 366, RoundingMode::HalfUp)?.to_string(), "CNY 1815.03");
    /// let refused = premium.part(1, 0, RoundingMode::HalfUp).unwrap_err();
    /// assert_eq!(refused.code(), Code::MoneyDivisionZero);
    /// # Ok::<(), crm_core::refusal::Refusal>(())
    /// ```
    #[inline]
    pub fn part(&self, numerator: i64, denominator: i64, mode: RoundingMode) -> Result<Self, Refusal> {
        if denominator == 0 {
            return Err(Refusal::new(Code::MoneyDivisionZero));
        }
        let product = i128::from(self.minor()) * i128::from(numerator);
        let negative = (product < 0) != (denominator < 0);
        let (size, unit) = (product.unsigned_abs(), u128::from(denominator.unsigned_abs()));
        // Most products fit in 64 bits, where a division costs a tenth.
        let (quotient, rest) = match (u64::try_from(size), u64::try_from(unit)) {
            (Ok(size), Ok(unit)) => (u128::from(size / unit), u128::from(size % unit)),
            _ => (size / unit, size % unit),
        };
        let up = mode.goes_up(negative, quotient % 2 == 1, Rest::of(rest, unit));
        let size = i128::try_from(quotient + u128::from(up)).map_err(|_| out_of_range())?;
        Self::from_wide(if negative { -size } else { size }, self.currency())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::money::{Currency, Rounding, Unrounded};

    #[test]
    fn says_what_the_exact_number_says() {
        let modes = [
            RoundingMode::HalfUp,
            RoundingMode::HalfEven,
            RoundingMode::Up,
            RoundingMode::Down,
            RoundingMode::Ceiling,
            RoundingMode::Floor,
        ];
        for minor in [0, 1, -1, 5, 95_005, -95_005, i64::MAX, i64::MIN] {
            for (numerator, denominator) in
                [(1, 2), (-1, 2), (1, -2), (0, 7), (181, 365), (1, i64::MAX), (3, 3), (1, i64::MIN)]
            {
                for mode in modes {
                    let amount = Money::from_minor(minor, Currency::CNY);
                    let exact = Unrounded::from(amount)
                        .times(Unrounded::ratio(numerator.into(), denominator.into()).unwrap())
                        .unwrap();
                    let rounded = exact.into_money(Currency::CNY, Rounding::minor_unit(mode, Currency::CNY));
                    assert_eq!(
                        amount.part(numerator, denominator, mode),
                        rounded.map(|rounded| rounded.money),
                        "{minor} {numerator}/{denominator} {mode:?}"
                    );
                }
            }
        }
    }

    #[test]
    fn what_is_too_large_is_refused() {
        let refused = Money::from_minor(i64::MAX, Currency::CNY).part(3, 2, RoundingMode::Down).unwrap_err();
        assert_eq!(refused.code(), Code::MoneyAmountRange);
    }
}
