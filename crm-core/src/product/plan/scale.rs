//! What is known of a number before any risk is: its denominator, its bounds, where it stands.

use super::program::{Register, Second};
use crate::money::{Decimal, Unrounded};

/// A number over a denominator that is known beforehand, between two bounds.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scaled {
    pub(super) place: Place,
    pub(super) denominator: i128,
    pub(super) low: i128,
    pub(super) high: i128,
}

/// Where a number stands.
#[derive(Debug, Clone, Copy)]
pub(super) enum Place {
    /// It is always `low`.
    Constant,
    Narrow(Register),
    Wide(Register),
    /// In a column at the rows of a register.
    Cell {
        rows: Register,
        column: usize,
        wide: bool,
    },
}

/// What is known of a running amount.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shape {
    /// A number that the value is a whole multiple of one over; none where it may be any fraction.
    pub(super) denominator: Option<i128>,
    /// How it is worked out; none where only the model can.
    pub(super) scaled: Option<Scaled>,
}

impl Shape {
    pub(super) const UNKNOWN: Self = Self { denominator: None, scaled: None };

    pub(super) const fn of(scaled: Scaled) -> Self {
        Self { denominator: Some(scaled.denominator), scaled: Some(scaled) }
    }

    pub(super) fn constant(value: Unrounded) -> Self {
        let (number, denominator) = (value.numerator(), value.denominator());
        Self::of(Scaled { place: Place::Constant, denominator, low: number, high: number })
    }

    pub(super) fn decimal(value: Decimal) -> Self {
        Self::constant(Unrounded::from(value))
    }

    /// The value where it is always the same.
    pub(super) fn fixed(&self) -> Option<Unrounded> {
        let scaled = self.scaled.filter(|scaled| matches!(scaled.place, Place::Constant))?;
        Unrounded::ratio(scaled.low, scaled.denominator).ok()
    }

    /// Whether the value never has more digits after the point than these.
    pub(super) fn ends_after(&self, digits: u32) -> bool {
        let power = 10_i128.checked_pow(digits);
        self.denominator.zip(power).is_some_and(|(denominator, power)| power % denominator == 0)
    }
}

impl Scaled {
    pub(super) const fn fits_narrow(low: i128, high: i128) -> bool {
        // The smallest number of 64 bits is left out, so that a sign can be changed.
        low > i64::MIN as i128 && high <= i64::MAX as i128
    }

    pub(super) const fn is_narrow(&self) -> bool {
        Self::fits_narrow(self.low, self.high)
    }

    /// As a second operand.
    pub(super) const fn second(&self) -> Second {
        match self.place {
            Place::Constant => Second::Constant(self.low),
            Place::Narrow(register) | Place::Wide(register) => Second::Register(register),
            Place::Cell { rows, column, .. } => Second::Cell { rows, column },
        }
    }
}

/// The bounds of a product.
pub(super) fn product(first: &Scaled, second: &Scaled) -> Option<(i128, i128)> {
    let mut bounds: Option<(i128, i128)> = None;
    for one in [first.low, first.high] {
        for other in [second.low, second.high] {
            let corner = one.checked_mul(other)?;
            bounds = Some(bounds.map_or((corner, corner), |(low, high)| (low.min(corner), high.max(corner))));
        }
    }
    bounds.filter(|(low, _)| *low != i128::MIN)
}

/// The least common multiple.
pub(super) fn common(first: i128, second: i128) -> Option<i128> {
    (first / divisor(first, second)).checked_mul(second)
}

/// The greatest common divisor of two numbers of which the second is positive.
pub(super) fn divisor(first: i128, second: i128) -> i128 {
    let (mut one, mut other) = (first.unsigned_abs(), second.unsigned_abs());
    while other != 0 {
        (one, other) = (other, one % other);
    }
    i128::try_from(one).unwrap_or(1).max(1)
}
