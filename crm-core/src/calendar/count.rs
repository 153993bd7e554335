//! Day counts: which part of a term has passed.

use serde::{Deserialize, Serialize};

use super::{Date, Period};
use crate::refusal::{Code, Refusal};

/// How the days of a term are counted when a premium is earned or returned by days (按日计算).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DayCount {
    /// Days passed over the days of the term itself (已经过天数/保险期间天数): a term that holds a 29 February has 366.
    /// The rule of 交强险条款 art. 17 and of leap-aware daily earning.
    ActualTerm,
    /// Days passed over 365, whatever the term. A term of 366 days ends at 366/365, more than one.
    #[serde(rename = "actual_365")]
    Actual365,
}

/// An exact part of a term: `days` of `of_days`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DayFraction {
    /// Days passed.
    pub days: i64,
    /// Days of the whole.
    pub of_days: i64,
}

impl DayFraction {
    /// What is left: `of_days − days` of `of_days`.
    ///
    /// # Errors
    /// `calendar.period.outside` when the days lie outside the whole, e.g. 366 of 365.
    pub fn remaining(self) -> Result<Self, Refusal> {
        if self.of_days < 1 || self.days < 0 || self.days > self.of_days {
            return Err(Refusal::new(Code::CalendarPeriodOutside));
        }
        Ok(Self { days: self.of_days - self.days, of_days: self.of_days })
    }
}

impl DayCount {
    /// The part of `term` that has passed when `until` begins: nothing at its start, all of it at its end.
    ///
    /// # Errors
    /// `calendar.period.outside` before the start or after the end.
    ///
    /// ```
    /// use crm_core::calendar::{Date, DayCount, DayFraction, Period};
    /// use crm_core::refusal::Code;
    ///
    /// let term = Period::new(Date::parse("2021-01-01")?, Date::parse("2022-01-01")?)?;
    /// let passed = DayCount::ActualTerm.fraction(&term, Date::parse("2021-07-01")?)?;
    /// assert_eq!(passed, DayFraction { days: 181, of_days: 365 });
    /// let refused = DayCount::ActualTerm.fraction(&term, Date::parse("2022-01-02")?).unwrap_err();
    /// assert_eq!(refused.code(), Code::CalendarPeriodOutside);
    /// # Ok::<(), crm_core::refusal::Refusal>(())
    /// ```
    pub fn fraction(self, term: &Period, until: Date) -> Result<DayFraction, Refusal> {
        if until < term.start() || until > term.end() {
            return Err(Refusal::new(Code::CalendarPeriodOutside));
        }
        let of_days = match self {
            Self::ActualTerm => term.days(),
            Self::Actual365 => 365,
        };
        Ok(DayFraction { days: term.start().days_until(until), of_days })
    }
}
