//! Roundings: mode, place, and the record that each leaves.

use alloc::string::String;
use core::cmp::Ordering;

use serde::{Deserialize, Serialize};

use super::{Currency, Decimal, Money};
use crate::refusal::{Code, Fault, Refusal};

/// The last place after the point to which can be rounded, and as far before it.
pub const MAX_PLACE: i64 = 28;

/// Which neighbour a number is rounded to (舍入方式).
///
/// | | 2.5 | −2.5 | 2.4 | 3.5 | −2.1 |
/// |---|---|---|---|---|---|
/// | `half_up` | 3 | −3 | 2 | 4 | −2 |
/// | `half_even` | 2 | −2 | 2 | 4 | −2 |
/// | `up` | 3 | −3 | 3 | 4 | −3 |
/// | `down` | 2 | −2 | 2 | 3 | −2 |
/// | `ceiling` | 3 | −2 | 3 | 4 | −2 |
/// | `floor` | 2 | −3 | 2 | 3 | −3 |
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RoundingMode {
    /// To the nearest; a half away from zero (四舍五入).
    HalfUp,
    /// To the nearest; a half to the even neighbour (四舍六入五成双).
    HalfEven,
    /// Away from zero (进一).
    Up,
    /// Toward zero (截尾).
    Down,
    /// Toward plus infinity.
    Ceiling,
    /// Toward minus infinity.
    Floor,
}

impl RoundingMode {
    /// Whether the magnitude goes up by one: `rest` of `unit` was cut off a number of this sign and last digit.
    #[inline]
    pub(super) fn goes_up(self, negative: bool, odd: bool, rest: Rest) -> bool {
        match self {
            Self::HalfUp => rest >= Rest::Half,
            Self::HalfEven => rest > Rest::Half || (rest == Rest::Half && odd),
            Self::Up => rest > Rest::None,
            Self::Down => false,
            Self::Ceiling => rest > Rest::None && !negative,
            Self::Floor => rest > Rest::None && negative,
        }
    }
}

/// How much was cut off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rest {
    None,
    BelowHalf,
    Half,
    AboveHalf,
}

impl Rest {
    /// `rest` of `unit`, with `rest < unit`.
    #[inline]
    pub(super) fn of<N: Copy + Ord + Default + core::ops::Sub<Output = N>>(rest: N, unit: N) -> Self {
        if rest == N::default() {
            return Self::None;
        }
        match rest.cmp(&(unit - rest)) {
            Ordering::Less => Self::BelowHalf,
            Ordering::Equal => Self::Half,
            Ordering::Greater => Self::AboveHalf,
        }
    }
}

/// A rounding as a rule states it: how, and to which place.
///
/// ```
/// use crm_core::money::{Currency, Rounding, RoundingMode, Unrounded};
/// use crm_core::refusal::Code;
///
/// let third = Unrounded::ratio(100, 3)?;
/// let cents = third.round(Rounding { mode: RoundingMode::HalfUp, place: 2 })?;
/// assert_eq!((cents.before.as_str(), cents.after.to_string().as_str()), ("100/3", "33.33"));
/// let tens = third.round(Rounding { mode: RoundingMode::Up, place: -1 })?;
/// assert_eq!(tens.after.to_string(), "40");
/// let refused = third.round(Rounding { mode: RoundingMode::Up, place: 29 }).unwrap_err();
/// assert_eq!(refused.code(), Code::MoneyRoundingPlace);
/// # Ok::<(), crm_core::refusal::Refusal>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rounding {
    /// Which neighbour.
    pub mode: RoundingMode,
    /// Digits after the point: 2 for cents, 0 for whole units, −1 for tens; from −28 to 28.
    pub place: i64,
}

impl Rounding {
    /// To whole units: 元.
    #[must_use]
    pub const fn whole(mode: RoundingMode) -> Self {
        Self { mode, place: 0 }
    }

    /// To the minor unit of a currency: 分 for CNY.
    #[must_use]
    pub const fn minor_unit(mode: RoundingMode, currency: Currency) -> Self {
        Self { mode, place: currency.digits() as i64 }
    }

    pub(super) fn checked_place(self) -> Result<i32, Refusal> {
        match i32::try_from(self.place) {
            Ok(place) if (-MAX_PLACE..=MAX_PLACE).contains(&self.place) => Ok(place),
            _ => Err(Fault::new(Code::MoneyRoundingPlace)
                .with("min", -MAX_PLACE)
                .with("max", MAX_PLACE)
                .at("place")
                .into()),
        }
    }
}

/// One rounding as it happened; stands in the trace of the figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rounded {
    /// The exact number before: a decimal (`12.345`) or, where that would not end, a reduced fraction (`100/3`).
    pub before: String,
    /// The number after.
    pub after: Decimal,
    /// Which neighbour was taken.
    pub mode: RoundingMode,
    /// Digits after the point that were kept.
    pub place: i64,
}

/// An amount and the rounding that made it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoundedMoney {
    /// The amount.
    pub money: Money,
    /// How it came about.
    pub rounding: Rounded,
}
