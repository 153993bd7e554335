//! Figures that can be absent, and why.

use serde::{Deserialize, Serialize};

use crate::{
    money::{Decimal, Rounding, Unrounded},
    refusal::Refusal,
};

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
        Ok(Self::Known { value: Unrounded::ratio(part, whole)?.times(times)?.round(rounding)?.after })
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
