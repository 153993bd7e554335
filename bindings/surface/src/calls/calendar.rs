//! Days, months and ages (日期).

use crm_core::calendar::{AgeConvention, Date, EndOfMonth, Period};
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
