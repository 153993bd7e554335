//! Figures that can be absent, and why.

use serde::{Deserialize, Serialize};

use crate::{
    money::{Decimal, Rounding, RoundingMode, Unrounded, batch},
    refusal::Refusal,
};

/// Places to which a ratio is told apart from a threshold.
pub(super) const COMPARED_PLACES: u32 = 12;

/// A figure of two sums, or why there is none. A denominator of nothing gives neither 0 nor 100.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Proportion {
    /// The figure.
    Known {
        /// Rounded as the parameters say; the unit is the figure's own (per cent, per year).
        value: Decimal,
    },
    /// The figure has no meaning.
    Absent {
        /// Why.
        reason: Absence,
    },
}

/// Why a figure is absent (无此指标的原因).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Absence {
    /// No premium has been earned (无满期保费).
    NothingEarned,
    /// No premium has been collected (无实收保费).
    NothingCollected,
    /// No premium was written in the window (期内无签单保费).
    NothingWritten,
    /// No premium was written in the window before (上期无签单保费).
    NothingBefore,
    /// No day of cover has passed (无承保天数).
    NoCover,
    /// The result of all together is not above zero (总盈利不为正).
    NoProfit,
    /// Nothing was spent (无费用).
    NothingSpent,
    /// No customer to take a share of (无客户).
    NoCustomers,
    /// No earlier state to compare with was handed in (无前期数据).
    NoEarlierState,
    /// Nobody of this kind (无此类客户).
    NobodySuch,
}

impl Proportion {
    /// `part` / `whole` × `times`, rounded once; absent for the reason when the whole is not above zero.
    pub(super) fn of(
        part: i128,
        whole: i128,
        times: i64,
        rounding: Rounding,
        reason: Absence,
    ) -> Result<Self, Refusal> {
        if whole <= 0 {
            return Ok(Self::Absent { reason });
        }
        let value = match narrow(part, whole, times, rounding) {
            Some(value) => value,
            None => exact(part, whole, times, rounding)?,
        };
        Ok(Self::Known { value })
    }

    /// `part` / `whole` × `times` as conditions compare it; none when the whole is not above zero. The exact figure where
    /// it ends within [`COMPARED_PLACES`] places; otherwise cut there toward minus infinity with a 5 behind: so it stands to
    /// every threshold of so many places as the exact figure does. Figures of 8 × 10¹⁵ and more have fewer places.
    pub(super) fn compared(part: i128, whole: i128, times: i64) -> Option<Decimal> {
        let numerator = part.checked_mul(i128::from(times))?;
        let at = |place: u32| {
            let wide = numerator.checked_mul(10_i128.checked_pow(place)?)?;
            let (cut, rest) = (wide.checked_div_euclid(whole)?, wide.checked_rem_euclid(whole)?);
            if rest == 0 {
                return Decimal::from_parts(cut, place).ok();
            }
            Decimal::from_parts(cut.checked_mul(10)?.checked_add(5)?, place + 1).ok()
        };
        if whole <= 0 { None } else { [COMPARED_PLACES, 8, 4, 0].into_iter().find_map(at) }
    }

    /// The figure, when there is one.
    #[must_use]
    pub const fn value(&self) -> Option<Decimal> {
        match self {
            Self::Known { value } => Some(*value),
            Self::Absent { .. } => None,
        }
    }
}

fn exact(part: i128, whole: i128, times: i64, rounding: Rounding) -> Result<Decimal, Refusal> {
    Ok(Unrounded::ratio(part, whole)?.times(times)?.round(rounding)?.after)
}

/// The same in 64 bits for the rounding that most books have; none where that does not go.
fn narrow(part: i128, whole: i128, times: i64, rounding: Rounding) -> Option<Decimal> {
    if rounding.mode != RoundingMode::HalfUp {
        return None;
    }
    let place = u32::try_from(rounding.place).ok()?;
    let times = times.checked_mul(10_i64.checked_pow(place)?)?;
    let rounded = batch::share(i64::try_from(part).ok()?, times, i64::try_from(whole).ok()?)?;
    Decimal::from_parts(i128::from(rounded), place).ok()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_goes_in_64_bits_is_the_exact_figure(
            part in prop_oneof![-900..900_i64, any::<i64>()],
            whole in prop_oneof![1..900_i64, 1..i64::MAX],
            times in prop_oneof![Just(100_i64), Just(365)],
            place in 0..6_i64,
        ) {
            let rounding = Rounding { mode: RoundingMode::HalfUp, place };
            let exact = exact(part.into(), whole.into(), times, rounding).ok();
            // Beyond 64 bits there is no answer here, and the exact one stands.
            if let Some(found) = narrow(part.into(), whole.into(), times, rounding) {
                prop_assert_eq!(Some((found.mantissa(), found.scale())), exact.map(|exact| (exact.mantissa(), exact.scale())));
            } else {
                prop_assert!(exact.is_none_or(|exact| i64::try_from(exact.mantissa()).is_err()));
            }
        }
    }

    proptest! {
        #[test]
        fn what_is_compared_stands_to_thresholds_as_the_exact_figure_does(
            part in prop_oneof![-900..900_i64, any::<i64>()],
            whole in prop_oneof![1..900_i64, 1..i64::MAX],
            near in -2..3_i64,
            place in 0..5_u32,
        ) {
            let compared = Proportion::compared(part.into(), whole.into(), 100).unwrap();
            let exact = Unrounded::ratio(part.into(), whole.into()).unwrap().times(100).unwrap();
            // A threshold about the figure.
            let cut = exact.round(Rounding { mode: RoundingMode::Down, place: i64::from(place) }).unwrap().after;
            prop_assume!(cut.mantissa().abs() < 1 << 80);
            let threshold = Decimal::from_parts(cut.mantissa() + i128::from(near), place).unwrap();
            prop_assert_eq!(Unrounded::from(compared).cmp(&threshold.into()), exact.cmp(&threshold.into()));
        }
    }

    #[test]
    fn a_ratio_that_rounds_to_a_threshold_is_not_at_it() {
        // 20.00004 %.
        let (part, whole) = (2_000_004, 10_000_000);
        let twenty = Decimal::from_parts(20, 0).unwrap();
        assert!(Proportion::compared(part, whole, 100).unwrap() > twenty);
        let rounding = Rounding { mode: RoundingMode::HalfUp, place: 4 };
        assert_eq!(exact(part, whole, 100, rounding).unwrap(), twenty, "the mutant that compares what is shown");
        assert_eq!(Proportion::compared(1, 0, 100), None);
        assert!(Proportion::compared(i128::from(i64::MAX), 1, 100).is_some());
    }

    #[test]
    fn other_roundings_are_left_to_the_exact_number() {
        assert_eq!(narrow(1, 3, 100, Rounding { mode: RoundingMode::Up, place: 4 }), None);
        assert_eq!(narrow(1, 3, 100, Rounding { mode: RoundingMode::HalfUp, place: -1 }), None);
    }
}
