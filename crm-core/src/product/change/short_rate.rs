//! Short-rate tables (短期费率表): which part of a year's premium belongs to part of a year.

use alloc::{string::String, vec::Vec};

use serde::{Deserialize, Serialize};

use crate::{
    calendar::{Date, EndOfMonth, Period},
    money::{Decimal, Money, RoundingMode},
    product::reckoning::{Figure, Reckoning},
    refusal::{Code, Fault, Refusal},
    rulebook::{Operation, Trace},
};

/// Most rows of a short-rate table: one a day of three years.
pub const MAX_SHORT_RATE_ROWS: usize = 1_100;

/// A short-rate table (短期费率表).
///
/// It serves both ways: what a policy of part of a year costs, and what is kept of a year's premium when the policy ends
/// after part of it. Of a premium for another term than a year it keeps the per cent of the time passed over the per cent
/// of the term.
///
/// ```
/// use crm_core::calendar::{Date, Period};
/// use crm_core::money::{Currency, Money, RoundingMode};
/// use crm_core::product::china_refunds;
/// use crm_core::refusal::Code;
///
/// let mut table = china_refunds::short_period_table()?;
/// let term = Period::new(Date::parse("2026-03-01")?, Date::parse("2026-06-06")?)?;
/// let annual = Money::from_minor(95_000, Currency::CNY);
/// let short = table.premium(annual, term, RoundingMode::HalfUp)?;
/// assert_eq!((short.percent.to_string(), short.premium.to_string()), ("40".into(), "CNY 380.00".into()));
///
/// table.rows.swap(0, 1);
/// assert_eq!(table.premium(annual, term, RoundingMode::HalfUp).unwrap_err().code(), Code::ProductShortRateOrder);
/// # Ok::<(), crm_core::refusal::Refusal>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ShortRateTable {
    /// The name, in snake_case.
    pub name: String,
    /// What it is called, in English.
    pub title: String,
    /// What it is called, in Chinese (名称).
    pub title_zh: String,
    /// Who says so, and how sure it is.
    pub source: String,
    /// The rows, each for a longer time and no fewer per cent than the one before.
    pub rows: Vec<ShortRateRow>,
    /// The per cent beyond the last row; none where the table ends: what lies beyond is then refused.
    pub beyond: Option<Decimal>,
}

/// A row of a short-rate table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ShortRateRow {
    /// Up to which time, inclusive.
    pub up_to: ElapsedTime,
    /// The per cent of the year's premium, 0 to 100.
    pub percent: Decimal,
}

/// A length of time from the first day of cover on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum ElapsedTime {
    /// So many days.
    Days {
        /// How many.
        days: i64,
    },
    /// So many months; a started month counts whole (不足一个月的按一个月计算).
    Months {
        /// How many.
        months: i64,
    },
}

impl ElapsedTime {
    /// Whether the time from `start` up to `until` is no longer than this.
    fn reaches(self, start: Date, until: Date) -> Result<bool, Refusal> {
        Ok(match self {
            Self::Days { days } => start.days_until(until) <= days,
            Self::Months { months } => until <= start.plus_months(months, EndOfMonth::Clamp)?,
        })
    }

    /// Whether this is longer than another, whatever the months.
    const fn surely_after(self, other: Self) -> bool {
        match (self, other) {
            (Self::Days { days }, Self::Days { days: other }) => days > other,
            (Self::Months { months }, Self::Months { months: other }) => months > other,
            // A month has 28 to 31 days.
            (Self::Days { days }, Self::Months { months }) => days > months.saturating_mul(31),
            (Self::Months { months }, Self::Days { days }) => months.saturating_mul(28) > days,
        }
    }
}

/// What a policy of part of a year costs, with its reasons.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ShortTermPremium {
    /// The premium of a whole year.
    pub annual: Money,
    /// The term.
    pub term: Period,
    /// The name of the table.
    pub table: String,
    /// Who says so.
    pub source: String,
    /// The per cent of the term.
    pub percent: Decimal,
    /// The premium of the term.
    pub premium: Money,
    /// The steps to it.
    pub trace: Trace,
}

impl ShortRateTable {
    /// What is wrong with the table, every fault at once.
    pub(super) fn faults(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        if self.source.trim().is_empty() {
            faults.push(Fault::new(Code::RulebookSourceMissing).at("source"));
        }
        if self.rows.is_empty() || self.rows.len() > MAX_SHORT_RATE_ROWS {
            faults.push(Fault::new(Code::ProductShortRateRows).with("limit", MAX_SHORT_RATE_ROWS).at("rows"));
            return faults;
        }
        let allowed = |percent: Decimal| !percent.is_negative() && percent <= Decimal::from(100);
        let mut before: Option<ShortRateRow> = None;
        for (index, row) in self.rows.iter().enumerate() {
            let (ElapsedTime::Days { days: length } | ElapsedTime::Months { months: length }) = row.up_to;
            if length < 1 || before.is_some_and(|before| !row.up_to.surely_after(before.up_to)) {
                faults.push(Fault::new(Code::ProductShortRateOrder).at("up_to").at_index(index).at("rows"));
            }
            if !allowed(row.percent) || before.is_some_and(|before| row.percent < before.percent) {
                faults.push(Fault::new(Code::ProductShortRatePercent).at("percent").at_index(index).at("rows"));
            }
            before = Some(*row);
        }
        if let (Some(beyond), Some(last)) = (self.beyond, before)
            && (!allowed(beyond) || beyond < last.percent)
        {
            faults.push(Fault::new(Code::ProductShortRatePercent).at("beyond"));
        }
        faults
    }

    /// The per cent for the time from `start` up to but not including `until`; 0 for no time.
    ///
    /// # Errors
    /// `product.short_rate.outside` beyond the last row of a table that ends there; the faults of the table itself:
    /// `product.short_rate.rows`, `.order`, `.percent`, `rulebook.source.missing`.
    pub fn percent(&self, start: Date, until: Date) -> Result<Decimal, Refusal> {
        Refusal::unless_empty(self.faults())?;
        if until <= start {
            return Ok(Decimal::ZERO);
        }
        for row in &self.rows {
            if row.up_to.reaches(start, until)? {
                return Ok(row.percent);
            }
        }
        self.beyond.ok_or_else(|| Fault::new(Code::ProductShortRateOutside).with_name("table", &self.name).into())
    }

    /// What a policy of this term costs when a year costs `annual`, rounded once to the minor unit.
    ///
    /// # Errors
    /// As [`ShortRateTable::percent`]; `money.amount.range`.
    pub fn premium(&self, annual: Money, term: Period, rounding: RoundingMode) -> Result<ShortTermPremium, Refusal> {
        let percent = self.percent(term.start(), term.end())?;
        let mut reckoning = Reckoning::default();
        let year = reckoning.amount(annual);
        let exact = reckoning.percent(year, percent)?;
        let (_, premium) = reckoning.round(exact, annual.currency(), rounding)?;
        let (table, source) = (self.name.clone(), self.source.clone());
        Ok(ShortTermPremium { annual, term, table, source, percent, premium, trace: reckoning.into_trace() })
    }

    /// What is kept of a premium for `period` when it ends at `until`.
    pub(super) fn kept(
        &self,
        reckoning: &mut Reckoning,
        premium: Figure,
        period: &Period,
        until: Date,
    ) -> Result<Figure, Refusal> {
        let passed = self.percent(period.start(), until)?;
        let whole = self.percent(period.start(), period.end())?;
        let passed = reckoning.factor(passed);
        let whole = reckoning.factor(whole);
        let times = reckoning.combine(Operation::Multiply, premium, passed)?;
        reckoning.combine(Operation::Divide, times, whole)
    }
}
