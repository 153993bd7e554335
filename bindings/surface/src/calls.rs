//! Functions that cross. The first param is the record in which paths start; every other one stands under its name.

use crm_core::calendar::{Date, EndOfMonth};
use crm_core::refusal::Refusal;

/// The version of the library, e.g. `0.1.0`.
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}

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
