//! Products of 256 bits: what an exact step needs between two numbers of 128.

use core::cmp::Ordering;

/// An unsigned number of 256 bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Wide {
    high: u128,
    low: u128,
}

const HALF: u32 = 64;
const LOW_HALF: u128 = (1 << HALF) - 1;

impl Wide {
    /// The whole product.
    pub(super) fn product(a: u128, b: u128) -> Self {
        let (a_high, a_low) = (a >> HALF, a & LOW_HALF);
        let (b_high, b_low) = (b >> HALF, b & LOW_HALF);
        let low = a_low * b_low;
        let (middle, carried) = (a_high * b_low).overflowing_add(a_low * b_high);
        let (low, carry) = low.overflowing_add(middle << HALF);
        let high = a_high * b_high + (middle >> HALF) + (u128::from(carried) << HALF) + u128::from(carry);
        Self { high, low }
    }

    /// The sum; `None` beyond 256 bits.
    pub(super) fn plus(self, other: Self) -> Option<Self> {
        let (low, carry) = self.low.overflowing_add(other.low);
        let high = self.high.checked_add(other.high)?.checked_add(u128::from(carry))?;
        Some(Self { high, low })
    }

    /// The difference; `None` below zero.
    pub(super) fn minus(self, other: Self) -> Option<Self> {
        let (low, borrow) = self.low.overflowing_sub(other.low);
        let high = self.high.checked_sub(other.high)?.checked_sub(u128::from(borrow))?;
        Some(Self { high, low })
    }

    /// Quotient and rest; dividing by zero gives all of it as the rest.
    pub(super) fn divided_by(self, divisor: u128) -> (Self, u128) {
        if divisor == 0 {
            return (Self { high: 0, low: 0 }, self.low);
        }
        if self.high == 0 {
            return (Self { high: 0, low: self.low / divisor }, self.low % divisor);
        }
        let mut rest = self.high % divisor;
        let mut low = 0_u128;
        for bit in (0..u128::BITS).rev() {
            let carried = rest >> (u128::BITS - 1) == 1;
            rest = (rest << 1) | ((self.low >> bit) & 1);
            if carried || rest >= divisor {
                rest = rest.wrapping_sub(divisor);
                low |= 1 << bit;
            }
        }
        (Self { high: self.high / divisor, low }, rest)
    }

    /// The number when it has at most 128 bits.
    pub(super) fn narrow(self) -> Option<u128> {
        (self.high == 0).then_some(self.low)
    }
}

impl PartialOrd for Wide {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Wide {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.high, self.low).cmp(&(other.high, other.low))
    }
}

/// The greatest common divisor; `gcd(0, n)` is `n`.
pub(super) fn gcd(a: u128, b: u128) -> u128 {
    if a == 0 || b == 0 {
        return a | b;
    }
    let shift = (a | b).trailing_zeros();
    let mut a = a >> a.trailing_zeros();
    let mut b = b >> b.trailing_zeros();
    while a != b {
        if a < b {
            (a, b) = (b, a);
        }
        a -= b;
        a >>= a.trailing_zeros();
    }
    a << shift
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_product_divides_back(a in any::<u128>(), b in 1_u128.., rest in any::<u128>()) {
            let rest = rest % b;
            let whole = Wide::product(a, b).plus(Wide { high: 0, low: rest }).unwrap();
            prop_assert_eq!(whole.divided_by(b), (Wide { high: 0, low: a }, rest));
            prop_assert_eq!(whole.minus(Wide::product(a, b)).unwrap().narrow(), Some(rest));
        }

        #[test]
        fn the_greatest_common_divisor(a in 1_u128.., b in 1_u128.., factor in 1_u128..1000) {
            let (a, b) = (a / 1000 + 1, b / 1000 + 1);
            let divisor = gcd(a, b);
            prop_assert_eq!((a % divisor, b % divisor), (0, 0));
            prop_assert_eq!(gcd(a / divisor, b / divisor), 1);
            prop_assert_eq!(gcd(a * factor, b * factor), divisor * factor);
        }
    }

    #[test]
    fn the_ends() {
        assert_eq!(Wide::product(u128::MAX, u128::MAX), Wide { high: u128::MAX - 1, low: 1 });
        assert_eq!(Wide::product(u128::MAX, u128::MAX).divided_by(u128::MAX).0.narrow(), Some(u128::MAX));
        assert_eq!((gcd(0, 7), gcd(7, 0), gcd(12, 18)), (7, 7, 6));
        assert!(Wide::product(2, 3) < Wide::product(u128::MAX, 2));
    }
}
