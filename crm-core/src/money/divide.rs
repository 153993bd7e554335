//! A whole number divided by a fixed unit and rounded, many times: the last step of a compiled calculation.
//!
//! Says what [`Unrounded::round`](super::Unrounded::round) says for `number / unit` to a whole number, a test compares
//! them; a division by a number of 64 bits becomes a multiplication by its reciprocal.

use super::{RoundingMode, rounding::Rest};

/// A unit by which is divided, and how is rounded.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RoundedDivision {
    unit: u128,
    mode: RoundingMode,
    /// The unit without its factors of two, where it has at most 64 bits.
    odd: Option<Reciprocal>,
    /// Its factors of two.
    twos: u32,
}

#[derive(Debug, Clone, Copy)]
struct Reciprocal {
    divisor: u64,
    /// ⌊2^(64 + shift) ÷ divisor⌋.
    factor: u64,
    shift: u32,
}

impl Reciprocal {
    fn of(divisor: u128) -> Option<Self> {
        let divisor = u64::try_from(divisor).ok().filter(|divisor| *divisor > 1)?;
        let shift = divisor.ilog2();
        // The divisor is at least 2^shift, so the factor has at most 64 bits, unless it is 2^shift itself.
        let factor = u64::try_from((1_u128 << (64 + shift)) / u128::from(divisor)).ok()?;
        Some(Self { divisor, factor, shift })
    }

    /// Quotient and rest.
    #[inline]
    fn divide(&self, number: u64) -> (u64, u64) {
        let guess = ((u128::from(number) * u128::from(self.factor)) >> 64) as u64 >> self.shift;
        // The factor was cut by less than one, so the guess is the quotient or one less.
        let rest = number.wrapping_sub(guess.wrapping_mul(self.divisor));
        if rest >= self.divisor { (guess.wrapping_add(1), rest.wrapping_sub(self.divisor)) } else { (guess, rest) }
    }
}

impl RoundedDivision {
    /// `None` for a unit that is not positive.
    pub(crate) fn by(unit: i128, mode: RoundingMode) -> Option<Self> {
        let unit = u128::try_from(unit).ok().filter(|unit| *unit > 0)?;
        let twos = unit.trailing_zeros();
        Some(Self { unit, mode, odd: Reciprocal::of(unit >> twos), twos })
    }

    /// The number divided by the unit, rounded.
    #[inline]
    pub(crate) fn wide(&self, number: i128) -> i128 {
        let size = number.unsigned_abs();
        let (quotient, rest) = match (&self.odd, u64::try_from(size >> self.twos)) {
            (Some(odd), Ok(narrow)) => {
                let (quotient, rest) = odd.divide(narrow);
                let cut = size & ((1_u128 << self.twos) - 1);
                (u128::from(quotient), (u128::from(rest) << self.twos) | cut)
            }
            _ => (size / self.unit, size % self.unit),
        };
        let negative = number < 0;
        let up = self.mode.goes_up(negative, quotient % 2 == 1, Rest::of(rest, self.unit));
        let rounded = (quotient + u128::from(up)) as i128;
        if negative { -rounded } else { rounded }
    }

    /// The number divided by the unit, rounded.
    #[inline]
    pub(crate) fn narrow(&self, number: i64) -> i64 {
        let size = number.unsigned_abs();
        let Ok(unit) = u64::try_from(self.unit) else { return self.wide(i128::from(number)) as i64 };
        let (quotient, rest) = match &self.odd {
            Some(odd) => {
                let (quotient, rest) = odd.divide(size >> self.twos);
                (quotient, (rest << self.twos) | (size & ((1_u64 << self.twos) - 1)))
            }
            None => (size / unit, size % unit),
        };
        let up = self.mode.goes_up(number < 0, quotient % 2 == 1, Rest::of(rest, unit));
        let rounded = (quotient + u64::from(up)) as i64;
        if number < 0 { rounded.wrapping_neg() } else { rounded }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]
mod tests {
    use super::*;
    use crate::money::{Rounding, Unrounded};
    use proptest::prelude::*;

    const MODES: [RoundingMode; 6] = [
        RoundingMode::HalfUp,
        RoundingMode::HalfEven,
        RoundingMode::Up,
        RoundingMode::Down,
        RoundingMode::Ceiling,
        RoundingMode::Floor,
    ];

    fn exact(number: i128, unit: i128, mode: RoundingMode) -> i128 {
        let rounding = Rounding { mode, place: 0 };
        Unrounded::ratio(number, unit).unwrap().round(rounding).unwrap().after.mantissa()
    }

    fn units() -> impl Strategy<Value = i128> {
        let bits = (0_u32..90).prop_flat_map(|bits| 1_i128..=(1_i128 << bits));
        prop_oneof![bits, (0_u32..27).prop_map(|power| 10_i128.pow(power)), (0_u32..90).prop_map(|bits| 1_i128 << bits)]
    }

    proptest! {
        /// Law 2: the fast division says what the exact number says.
        #[test]
        fn divides_as_the_exact_number(
            unit in units(), times in 0_i64..1000, halves in 0_u8..4, bits in 0_u32..94, seed in any::<i128>(), mode in 0_usize..6,
        ) {
            let random = seed >> (127 - bits);
            let near = unit.saturating_mul(i128::from(times)).saturating_add(unit * i128::from(halves) / 2);
            for number in [random, -random, near, -near, near.saturating_sub(1), near.saturating_add(1)] {
                let mode = MODES[mode];
                prop_assume!(number.unsigned_abs() < 1 << 95);
                let division = RoundedDivision::by(unit, mode).unwrap();
                prop_assert_eq!(division.wide(number), exact(number, unit, mode), "{} / {}", number, unit);
                if let Ok(narrow) = i64::try_from(number) {
                    prop_assert_eq!(i128::from(division.narrow(narrow)), exact(number, unit, mode));
                }
            }
        }
    }

    #[test]
    fn the_law_catches_adding_half() {
        let wrong = |number: i128, unit: i128| (number + unit / 2) / unit;
        assert_ne!(wrong(-15, 10), exact(-15, 10, RoundingMode::HalfUp));
        assert_eq!(RoundedDivision::by(10, RoundingMode::HalfUp).unwrap().wide(-15), -2);
        assert!(RoundedDivision::by(0, RoundingMode::Up).is_none());
    }
}
