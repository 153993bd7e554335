//! Days, months and ages (日期).

use crm_core::calendar::{AgeConvention, Date, DayCount, DayFraction, EndOfMonth, Period};
use crm_core::refusal::Refusal;

/// The date `months` later (earlier when negative); `end_of_month` says what happens to a day that the month arrived at
/// does not have (按月推算日期).
///
/// `2026-01-31` and one month: `2026-02-28` with `clamp` and `stick`, refused with `refuse`.
///
/// # Errors
/// `calendar.date.range` outside the years 1 to 9999; `calendar.month.no_day` with `refuse`.
pub fn add_months(date: Date, months: i64, end_of_month: EndOfMonth) -> Result<Date, Refusal> {
    date.plus_months(months, end_of_month)
}

/// The number of days from `start` to `end`, the end not counted (起止日之间的天数); negative when `end` is earlier.
///
/// `2024-01-01` to `2025-01-01` is 366.
pub fn days_between(start: Date, end: Date) -> i64 {
    start.days_until(end)
}

/// The age in completed years on the day `on` of somebody born on `birth` (周岁).
///
/// Born on `2008-07-11`, on `2014-07-11`: 6 with `birthday_counts`, 5 with `day_after_birthday`.
///
/// # Errors
/// `calendar.age.before_birth` when `on` is before `birth`.
pub fn age(birth: Date, on: Date, convention: AgeConvention) -> Result<i64, Refusal> {
    convention.completed_years(birth, on)
}

/// The days that two periods have in common, nothing when there are none (期间重叠部分). Periods that only touch share no day.
pub fn overlap(first: Period, second: Period) -> Option<Period> {
    first.overlap(&second)
}

/// The period of so many months from `start` on, e.g. 12 for a year's cover (按月推算期间).
///
/// # Errors
/// Those of `add_months`; `calendar.period.empty` for less than one month.
pub fn months_from(start: Date, months: i64, end_of_month: EndOfMonth) -> Result<Period, Refusal> {
    Period::months_from(start, months, end_of_month)
}

/// The completed months from `start` to `end` (整月数).
///
/// # Errors
/// Those of `add_months`.
pub fn completed_months(start: Date, end: Date, end_of_month: EndOfMonth) -> Result<i64, Refusal> {
    start.completed_months(end, end_of_month)
}

/// The part of a term that has passed when `until` begins: nothing at its start, all of it at its end (已经过天数).
///
/// # Errors
/// `calendar.period.outside` at `/until` before the start or after the end of the term.
pub fn passed_of(term: Period, until: Date, count: DayCount) -> Result<DayFraction, Refusal> {
    count.fraction(&term, until).map_err(|refusal| refusal.at("until"))
}

/// The part of a term that is left when `until` begins: all of it at its start, nothing at its end (未经过天数).
///
/// # Errors
/// `calendar.period.outside` at `/until` before the start or after the end of the term, and, with `actual_365`, when more
/// than 365 days have passed.
pub fn remaining_of(term: Period, until: Date, count: DayCount) -> Result<DayFraction, Refusal> {
    count.fraction(&term, until).and_then(DayFraction::remaining).map_err(|refusal| refusal.at("until"))
}

/// The months of a term that have begun by a day of it, counted from its start (已开始的月数).
///
/// In a term from `2026-03-01`: 1 on `2026-03-31`, 2 on `2026-04-01`.
///
/// # Errors
/// `calendar.period.outside` at `/date` when the day is not inside the term.
pub fn started_months(term: Period, date: Date) -> Result<i64, Refusal> {
    term.started_months(date).map_err(|refusal| refusal.at("date"))
}
