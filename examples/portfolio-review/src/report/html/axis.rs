//! Where exact numbers lie along a length: whole-number arithmetic from the figures to the drawing.

use crm_core::money::Decimal;

/// Positions are in parts of ten thousand of the length, so that a drawing fits every width.
pub(super) const WHOLE: i64 = 10_000;
/// Up to here a number times [`WHOLE`] has room in 128 bits.
const ROOM: u128 = 10_u128.pow(30);

/// An axis from a round number at or below the smallest to a round number at or above the largest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Axis {
    low: i128,
    high: i128,
    step: i128,
    places: u32,
}

impl Axis {
    /// An axis for bars: zero lies on it, or their lengths would lie.
    pub(super) fn of(numbers: impl Iterator<Item = Decimal> + Clone) -> Self {
        Self::from_zero(numbers, true)
    }

    /// An axis for bars without round numbers beside them: it ends where they end.
    pub(super) fn tight(numbers: impl Iterator<Item = Decimal> + Clone) -> Self {
        let round = Self::of(numbers.clone());
        let ends =
            |most: fn(i128, i128) -> i128| numbers.clone().map(|number| units(number, round.places)).fold(0, most);
        let (low, high) = (ends(i128::min), ends(i128::max));
        if low == high { round } else { Self { low, high, ..round } }
    }

    /// An axis for lines, which show how something goes: from a round number below the smallest.
    pub(super) fn of_lines(numbers: impl Iterator<Item = Decimal> + Clone) -> Self {
        let first = numbers.clone().next();
        let alike = numbers.clone().all(|number| Some(number) == first);
        Self::from_zero(numbers, alike)
    }

    fn from_zero(numbers: impl Iterator<Item = Decimal> + Clone, zero: bool) -> Self {
        let places = places(numbers.clone());
        let all = || numbers.clone().map(|number| units(number, places)).chain(zero.then_some(0));
        let mut smallest = all().min().unwrap_or_default();
        let mut largest = all().max().unwrap_or_default();
        // Numbers that differ by less than can be drawn.
        if smallest == largest {
            smallest = smallest.min(0);
            largest = largest.max(0);
        }
        if smallest == largest {
            largest = 10_i128.pow(places);
        }
        let step = round_step((largest - smallest) / 4);
        // Toward minus and toward plus infinity.
        let low = smallest.div_euclid(step) * step;
        let high = -(-largest).div_euclid(step) * step;
        Self { low, high, step, places }
    }

    /// Where a number lies: 0 at the low end, [`WHOLE`] at the high end.
    pub(super) fn at(&self, number: Decimal) -> i64 {
        let above = units(number, self.places).clamp(self.low, self.high) - self.low;
        i64::try_from(above * i128::from(WHOLE) / (self.high - self.low)).unwrap_or_default()
    }

    /// Where zero lies.
    pub(super) fn zero(&self) -> i64 {
        self.at(Decimal::ZERO)
    }

    /// The round numbers on it, from the low end.
    pub(super) fn ticks(&self) -> Vec<Decimal> {
        let mut out = Vec::new();
        let mut tick = self.low;
        while tick <= self.high {
            out.extend(Decimal::from_parts(tick, self.places));
            tick += self.step;
        }
        out
    }
}

/// The most digits after the point with which every number has room. Where a number has more, the drawing leaves them
/// out: they are far below what can be seen.
fn places(numbers: impl Iterator<Item = Decimal> + Clone) -> u32 {
    let most = numbers.clone().map(|number| number.scale()).max().unwrap_or_default();
    let largest = numbers.map(|number| number.mantissa().unsigned_abs() / 10_u128.pow(number.scale())).max();
    let largest = largest.unwrap_or_default() + 1;
    (0..=most)
        .rev()
        .find(|places| largest.checked_mul(10_u128.pow(*places)).is_some_and(|all| all <= ROOM))
        .unwrap_or(0)
}

fn units(number: Decimal, places: u32) -> i128 {
    let (mantissa, scale) = (number.mantissa(), number.scale());
    if scale <= places {
        mantissa.saturating_mul(10_i128.pow(places - scale))
    } else {
        mantissa / 10_i128.pow(scale - places)
    }
}

/// The smallest of 1, 2, 5, 10, 20, … that is not below.
fn round_step(least: i128) -> i128 {
    let mut ten = 1_i128;
    loop {
        for times in [1, 2, 5] {
            if ten * times >= least {
                return ten * times;
            }
        }
        ten *= 10;
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn of(texts: &[&str]) -> Axis {
        let numbers: Vec<Decimal> = texts.iter().map(|text| Decimal::parse(text).unwrap()).collect();
        Axis::of(numbers.into_iter())
    }

    fn ticks(texts: &[&str]) -> Vec<String> {
        of(texts).ticks().iter().map(|tick| tick.without_trailing_zeros().to_string()).collect()
    }

    #[test]
    fn ends_are_round_and_zero_is_on_the_axis() {
        assert_eq!(ticks(&["48.6106", "97.2"]), ["0", "50", "100"]);
        assert_eq!(ticks(&["33344038.88"]), ["0", "10000000", "20000000", "30000000", "40000000"]);
        assert_eq!(ticks(&["-30", "70"]), ["-50", "0", "50", "100"]);
        assert_eq!(ticks(&["-3"]), ["-3", "-2", "-1", "0"]);
    }

    #[test]
    fn lines_use_their_room() {
        let axis = |texts: &[&str]| {
            let numbers: Vec<Decimal> = texts.iter().map(|text| Decimal::parse(text).unwrap()).collect();
            let ticks = Axis::of_lines(numbers.into_iter()).ticks();
            ticks.iter().map(|tick| tick.without_trailing_zeros().to_string()).collect::<Vec<_>>()
        };
        assert_eq!(axis(&["48.61", "97.2"]), ["40", "60", "80", "100"]);
        assert_eq!(axis(&["48.61", "48.61"]), ["0", "20", "40", "60"]);
        assert_eq!(axis(&[]), ["0", "1"]);
    }

    #[test]
    fn nothing_and_zeros_have_an_axis_too() {
        assert_eq!(ticks(&[]), ["0", "1"]);
        assert_eq!(ticks(&["0.00", "0.00"]), ["0", "0.5", "1"]);
        assert_eq!(of(&["0.00"]).zero(), 0);
    }

    #[test]
    fn the_largest_decimals_have_room() {
        let axis = of(&["79228162514264337593543950335", "0.0000000000000000000000000001"]);
        assert!(axis.at(Decimal::parse("79228162514264337593543950335").unwrap()) > 0);
        assert_eq!(axis.at(Decimal::parse("0.0000000000000000000000000001").unwrap()), 0);
    }

    proptest! {
        #[test]
        fn positions_keep_the_order_and_stay_inside(
            numbers in prop::collection::vec((any::<i64>(), 0_u32..12), 1..9),
        ) {
            let mut numbers: Vec<Decimal> =
                numbers.into_iter().map(|(m, s)| Decimal::from_parts(i128::from(m), s).unwrap()).collect();
            let axis = Axis::of(numbers.iter().copied());
            numbers.sort();
            let at: Vec<i64> = numbers.iter().map(|number| axis.at(*number)).collect();
            prop_assert!(at.windows(2).all(|pair| pair[0] <= pair[1]));
            prop_assert!(at.iter().all(|at| (0..=WHOLE).contains(at)));
            prop_assert!(axis.ticks().len() <= 8);
        }
    }
}
