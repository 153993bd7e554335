//! What facts depend on besides the rows.

use serde::{Deserialize, Serialize};

use crate::{
    calendar::{Date, EndOfMonth},
    money::{Currency, Rounding, RoundingMode},
    refusal::Refusal,
};

/// What facts depend on besides the rows; stands in every report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FactParameters {
    /// The day of the review (统计日期): it has passed when the figures are taken, and rows dated later do not count.
    pub as_of: Date,
    /// The one currency of the book (币种).
    pub currency: Currency,
    /// Months up to the day of the review that "in the window" means (统计区间); the window before it is as long.
    pub window_months: i64,
    /// A policy in force that ends within so many days and is not renewed is expiring (即将到期).
    pub expiring_within_days: i64,
    /// Premium not received so many days after the start of cover is overdue (逾期应收).
    pub overdue_after_days: i64,
    /// Cover that stops for more than so many days begins anew: clean years count from there (脱保天数).
    pub cover_gap_days: i64,
    /// How ratios in per cent and frequencies are rounded.
    pub ratio_rounding: Rounding,
}

impl FactParameters {
    /// A window of 12 months, expiring within 60 days, overdue after 30, a gap in cover of 90 days; ratios half up to
    /// four places. These are this library's own starting values; a segment model states its own as dated data.
    #[must_use]
    pub const fn new(as_of: Date, currency: Currency) -> Self {
        Self {
            as_of,
            currency,
            window_months: 12,
            expiring_within_days: 60,
            overdue_after_days: 30,
            cover_gap_days: 90,
            ratio_rounding: Rounding { mode: RoundingMode::HalfUp, place: 4 },
        }
    }
}

/// The days that the parameters stand for.
pub(super) struct Days {
    pub(super) as_of: Date,
    /// The day after the review: what has passed when it begins is earned.
    pub(super) until: Date,
    /// Rows after this day are in the window.
    pub(super) window_after: Date,
    /// Rows after this day and not in the window are in the window before.
    pub(super) prior_after: Date,
    /// The last end of cover that is expiring.
    pub(super) expiring_until: Date,
    /// Cover that started before this day should be paid.
    pub(super) overdue_before: Date,
}

impl Days {
    pub(super) fn of(parameters: &FactParameters) -> Result<Self, Refusal> {
        let as_of = parameters.as_of;
        let back = |months: i64| as_of.plus_months(months.saturating_neg(), EndOfMonth::Clamp);
        Ok(Self {
            as_of,
            until: as_of.plus_days(1)?,
            window_after: back(parameters.window_months)?,
            prior_after: back(parameters.window_months.saturating_mul(2))?,
            expiring_until: as_of.plus_days(parameters.expiring_within_days)?,
            overdue_before: as_of.plus_days(parameters.overdue_after_days.saturating_neg())?,
        })
    }
}
