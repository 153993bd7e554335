//! What facts depend on besides the rows.

use serde::{Deserialize, Serialize};

use crate::{
    calendar::{Date, EndOfMonth},
    money::{Currency, Rounding, RoundingMode},
    refusal::{Code, Fault, Refusal},
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
    /// Years up to the day of the review over which [`loss_ratio_years`](super::CustomerFacts::loss_ratio_years) is taken.
    pub ratio_years: i64,
    /// Whether claims that ended without a payment (rejected, withdrawn, nil) count among the claims and end clean years.
    pub nil_claims_count: bool,
    /// How ratios in per cent and frequencies are rounded where they are shown. Conditions compare the exact ratio.
    pub ratio_rounding: Rounding,
}

impl FactParameters {
    /// A window of 12 months, expiring within 60 days, overdue after 30, a gap in cover of 90 days, loss ratios over 3
    /// years, claims without a payment not counted; ratios half up to four places. These are this library's own starting values; a segment model states its own as dated data.
    #[must_use]
    pub const fn new(as_of: Date, currency: Currency) -> Self {
        Self {
            as_of,
            currency,
            window_months: 12,
            expiring_within_days: 60,
            overdue_after_days: 30,
            cover_gap_days: 90,
            ratio_years: 3,
            nil_claims_count: false,
            ratio_rounding: Rounding { mode: RoundingMode::HalfUp, place: 4 },
        }
    }

    /// Every fault of the parameters at once.
    ///
    /// # Errors
    /// `portfolio.parameter.range` at `/window_months` and `/ratio_years` below 1, and at the three numbers of days below
    /// 0.
    ///
    /// ```
    /// use crm_core::{calendar::Date, money::Currency, portfolio::FactParameters};
    ///
    /// let mut parameters = FactParameters::new(Date::parse("2025-12-31")?, Currency::CNY);
    /// parameters.check()?;
    /// parameters.window_months = 0;
    /// let refused = parameters.check().unwrap_err();
    /// assert_eq!((refused.code().as_str(), refused.path().as_str()), ("portfolio.parameter.range", "/window_months"));
    /// # Ok::<(), crm_core::refusal::Refusal>(())
    /// ```
    pub fn check(&self) -> Result<(), Refusal> {
        let fault = |(name, value, min): (&str, i64, i64)| {
            (value < min).then(|| Fault::new(Code::PortfolioParameterRange).with("min", min).at(name))
        };
        let [window, expiring, overdue, gap, years] = WHOLE_PARAMETERS;
        let values = [
            (window, self.window_months),
            (expiring, self.expiring_within_days),
            (overdue, self.overdue_after_days),
            (gap, self.cover_gap_days),
            (years, self.ratio_years),
        ];
        let faults = values.into_iter().filter_map(|((name, min), value)| fault((name, value, min))).collect();
        Refusal::unless_empty(faults)
    }
}

/// The whole numbers among the parameters, each with the smallest that it can be.
pub(in crate::portfolio) const WHOLE_PARAMETERS: [(&str, i64); 5] = [
    ("window_months", 1),
    ("expiring_within_days", 0),
    ("overdue_after_days", 0),
    ("cover_gap_days", 0),
    ("ratio_years", 1),
];

/// The days that the parameters stand for.
pub(super) struct Days {
    pub(super) as_of: Date,
    /// The day after the review: what has passed when it begins is earned.
    pub(super) until: Date,
    /// Rows after this day are in the window.
    pub(super) window_after: Date,
    /// The first day of the window: what has passed when it begins was earned before.
    pub(super) window_from: Date,
    /// Rows after this day are in the years of the loss ratio, which begin on the next.
    pub(super) years_after: Date,
    pub(super) years_from: Date,
    /// Whether claims without a payment count.
    pub(super) nil_claims_count: bool,
    /// Rows after this day and not in the window are in the window before.
    pub(super) prior_after: Date,
    /// The last end of cover that is expiring.
    pub(super) expiring_until: Date,
    /// Cover that started before this day should be paid.
    pub(super) overdue_before: Date,
}

impl Days {
    pub(super) fn of(parameters: &FactParameters) -> Result<Self, Refusal> {
        parameters.check()?;
        let as_of = parameters.as_of;
        let back = |months: i64| as_of.plus_months(months.saturating_neg(), EndOfMonth::Clamp);
        let (window_after, years_after) =
            (back(parameters.window_months)?, back(parameters.ratio_years.saturating_mul(12))?);
        Ok(Self {
            as_of,
            until: as_of.plus_days(1)?,
            window_after,
            window_from: window_after.plus_days(1)?,
            years_after,
            years_from: years_after.plus_days(1)?,
            nil_claims_count: parameters.nil_claims_count,
            prior_after: back(parameters.window_months.saturating_mul(2))?,
            expiring_until: as_of.plus_days(parameters.expiring_within_days)?,
            overdue_before: as_of.plus_days(parameters.overdue_after_days.saturating_neg())?,
        })
    }
}
