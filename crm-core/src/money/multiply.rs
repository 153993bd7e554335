//! An amount times a factor, rounded once to the minor unit: the step that rating does most often.
//!
//! Says the same as [`Unrounded`](super::Unrounded) wherever that does not refuse, a test compares them; this form stays in
//! 64 bits while it can, and has room where an exact number in between would not fit.

use super::{Decimal, Money, Rate, RoundingMode, amount::out_of_range, decimal::MAX_SCALE, rounding::Rest, wide::Wide};
use crate::refusal::Refusal;

/// Powers of ten of a `u64`.
const POWERS: [u64; 20] = {
    let mut powers = [1_u64; 20];
    let mut rest: &mut [u64] = &mut powers;
    let mut power = 1_u64;
    while let [first, tail @ ..] = rest {
        *first = power;
        power = power.wrapping_mul(10);
        rest = tail;
    }
    powers
};

/// A factor made ready for many multiplications.
#[derive(Debug, Clone, Copy)]
pub(super) struct Factor {
    mantissa: i128,
    scale: u32,
    /// Mantissa and 10ˢᶜᵃˡᵉ where both fit in 64 bits.
    narrow: Option<(i64, u64)>,
}

impl Factor {
    #[inline]
    pub(super) fn of(by: &Decimal) -> Self {
        let (mantissa, scale) = (by.mantissa(), by.scale());
        let narrow = match (i64::try_from(mantissa), POWERS.get(scale as usize)) {
            (Ok(mantissa), Some(unit)) => Some((mantissa, *unit)),
            _ => None,
        };
        Self { mantissa, scale, narrow }
    }

    /// `minor` times the factor, rounded to a whole number; `None` beyond 64 bits.
    #[inline]
    pub(super) fn apply(&self, minor: i64, mode: RoundingMode) -> Option<i64> {
        if let Some((mantissa, unit)) = self.narrow {
            if let Some(product) = minor.checked_mul(mantissa) {
                let size = product.unsigned_abs();
                let (quotient, rest) = (size / unit, size % unit);
                let up = mode.goes_up(product < 0, quotient % 2 == 1, Rest::of(rest, unit));
                return signed(product < 0, u128::from(quotient) + u128::from(up));
            }
            let product = i128::from(minor) * i128::from(mantissa);
            let (size, unit) = (product.unsigned_abs(), u128::from(unit));
            let (quotient, rest) = (size / unit, size % unit);
            let up = mode.goes_up(product < 0, quotient % 2 == 1, Rest::of(rest, unit));
            return signed(product < 0, quotient + u128::from(up));
        }
        self.apply_wide(minor, mode)
    }

    #[cold]
    fn apply_wide(&self, minor: i64, mode: RoundingMode) -> Option<i64> {
        let unit = 10_u128.pow(self.scale.min(MAX_SCALE));
        let negative = (minor < 0) != (self.mantissa < 0);
        let product = Wide::product(u128::from(minor.unsigned_abs()), self.mantissa.unsigned_abs());
        let (quotient, rest) = product.divided_by(unit);
        let quotient = quotient.narrow()?;
        let up = mode.goes_up(negative, quotient % 2 == 1, Rest::of(rest, unit));
        signed(negative, quotient.checked_add(u128::from(up))?)
    }
}

#[inline]
fn signed(negative: bool, size: u128) -> Option<i64> {
    let size = i128::try_from(size).ok()?;
    i64::try_from(if negative { -size } else { size }).ok()
}

impl Money {
    /// The amount times a factor, rounded once to the currency's minor unit.
    ///
    /// For the amount alone, where speed counts. Where the figure is to be explained, work in
    /// [`Unrounded`](super::Unrounded), whose rounding comes with its record; both give the same amount
    /// wherever the exact one does not refuse: an exact number in between may be too long although its rounding is not.
    ///
    /// # Errors
    /// `money.amount.range`.
    ///
    /// ```
    /// use crm_core::money::{Currency, Decimal, Money, RoundingMode};
    /// use crm_core::refusal::Code;
    ///
    /// let premium = Money::from_minor(95_005, Currency::CNY);
    /// let half = Decimal::parse("0.50")?;
    /// assert_eq!(premium.multiply(half, RoundingMode::HalfUp)?.to_string(), "CNY 475.03");
    /// assert_eq!(premium.multiply(half, RoundingMode::HalfEven)?.to_string(), "CNY 475.02");
    ///
    /// let refused = premium.multiply(Decimal::parse("1E+20")?, RoundingMode::Down).unwrap_err();
    /// assert_eq!(refused.code(), Code::MoneyAmountRange);
    /// # Ok::<(), crm_core::refusal::Refusal>(())
    /// ```
    #[inline]
    pub fn multiply(&self, by: Rate, mode: RoundingMode) -> Result<Self, Refusal> {
        match Factor::of(&by).apply(self.minor(), mode) {
            Some(minor) => Ok(Self::from_minor(minor, self.currency())),
            None => Err(out_of_range()),
        }
    }
}
