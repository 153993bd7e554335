//! Half-open periods.

use core::fmt;

use serde::{Deserialize, Deserializer, Serialize};

use super::{Date, EndOfMonth};
use crate::{
    refusal::{Code, Refusal},
    wire,
};

/// A period from `start` up to but not including `end` (期间，含起始日、不含终止日); never empty.
///
/// A year's cover from 1 March 2026 is `2026-03-01`..`2027-03-01`: the end is the first day without cover, so periods
/// that follow each other share a date and neither overlap nor leave a gap. A printed "last day of cover" is one day earlier.
///
/// ```
/// use crm_core::calendar::{Date, Period};
/// use crm_core::refusal::Code;
///
/// let (start, end) = (Date::parse("2026-03-01")?, Date::parse("2027-03-01")?);
/// let term = Period::new(start, end)?;
/// assert_eq!(term.days(), 365);
/// assert!(term.contains(start) && !term.contains(end));
/// assert_eq!(Period::new(end, start).unwrap_err().code(), Code::CalendarPeriodEmpty);
/// # Ok::<(), crm_core::refusal::Refusal>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Period {
    start: Date,
    end: Date,
}

/// What stands on the wire.
#[derive(Deserialize)]
#[serde(rename = "Period", deny_unknown_fields)]
struct PeriodForm {
    start: Date,
    end: Date,
}

impl Period {
    /// The period from `start` up to but not including `end`.
    ///
    /// # Errors
    /// `calendar.period.empty` when the start is not before the end.
    pub fn new(start: Date, end: Date) -> Result<Self, Refusal> {
        if start < end { Ok(Self { start, end }) } else { Err(Refusal::new(Code::CalendarPeriodEmpty)) }
    }

    /// The period of so many months from `start` on, e.g. 12 for a year's cover.
    ///
    /// # Errors
    /// As [`Date::plus_months`], and `calendar.period.empty` for less than one month.
    pub fn months_from(start: Date, months: i64, mode: EndOfMonth) -> Result<Self, Refusal> {
        Self::new(start, start.plus_months(months, mode)?)
    }

    /// The first day inside.
    #[must_use]
    pub const fn start(&self) -> Date {
        self.start
    }

    /// The first day after.
    #[must_use]
    pub const fn end(&self) -> Date {
        self.end
    }

    /// The number of days inside, at least 1.
    #[must_use]
    pub fn days(&self) -> i64 {
        self.start.days_until(self.end)
    }

    /// Whether the day lies inside; the end does not.
    #[must_use]
    pub fn contains(&self, date: Date) -> bool {
        self.start <= date && date < self.end
    }

    /// The days that both periods have, `None` when there are none. Periods that only touch share no day.
    ///
    /// ```
    /// use crm_core::calendar::{Date, Period};
    ///
    /// let day = |text: &str| Date::parse(text);
    /// let first = Period::new(day("2026-01-01")?, day("2026-07-01")?)?;
    /// let second = Period::new(day("2026-06-01")?, day("2027-01-01")?)?;
    /// assert_eq!(first.overlap(&second).map(|both| both.days()), Some(30));
    /// # Ok::<(), crm_core::refusal::Refusal>(())
    /// ```
    #[must_use]
    pub fn overlap(&self, other: &Self) -> Option<Self> {
        Self::new(self.start.max(other.start), self.end.min(other.end)).ok()
    }

    /// How many months have been started at `date`, a started month counting whole (不足一个月的按一个月计算), as
    /// short-period tables count. The start itself has started the first month; whole months are counted with
    /// [`EndOfMonth::Clamp`].
    ///
    /// # Errors
    /// `calendar.period.outside` when the day is not inside.
    ///
    /// ```
    /// use crm_core::calendar::{Date, Period};
    ///
    /// let term = Period::new(Date::parse("2026-03-01")?, Date::parse("2027-03-01")?)?;
    /// assert_eq!(term.started_months(Date::parse("2026-03-31")?)?, 1);
    /// assert_eq!(term.started_months(Date::parse("2026-04-01")?)?, 2);
    /// # Ok::<(), crm_core::refusal::Refusal>(())
    /// ```
    pub fn started_months(&self, date: Date) -> Result<i64, Refusal> {
        if !self.contains(date) {
            return Err(Refusal::new(Code::CalendarPeriodOutside));
        }
        Ok(self.start.completed_months(date, EndOfMonth::Clamp)? + 1)
    }
}

impl<'de> Deserialize<'de> for Period {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let form = PeriodForm::deserialize(deserializer)?;
        Self::new(form.start, form.end).map_err(wire::custom)
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

impl fmt::Debug for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
