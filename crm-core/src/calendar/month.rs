//! Months: what happens to the 31st in a month of 30 days.

use serde::{Deserialize, Serialize};

use super::{Date, date::days_in_month};
use crate::refusal::{Code, Refusal};

/// What month arithmetic does where the day does not exist in the month it arrives at.
///
/// | from | + 1 month | `clamp` | `stick` | `refuse` |
/// |---|---|---|---|---|
/// | 2026-01-15 | | 2026-02-15 | 2026-02-15 | 2026-02-15 |
/// | 2026-01-31 | | 2026-02-28 | 2026-02-28 | refused |
/// | 2026-02-28 | | 2026-03-28 | 2026-03-31 | 2026-03-28 |
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EndOfMonth {
    /// The last day of the shorter month is taken (没有对应日的，以月末日为准). The usual rule for policy terms, due dates and
    /// legal periods: 民法典 art. 202. Count every due date from the first one, not from the one before it: 31 January
    /// + 1 month + 1 month is 28 March, 31 January + 2 months is 31 March.
    Clamp,
    /// A month's last day stays a month's last day (月末对月末), as on month-end accounts; other days as in `clamp`.
    Stick,
    /// A day that does not exist is refused with `calendar.month.no_day`.
    Refuse,
}

impl Date {
    /// The date `months` later (earlier when negative); `mode` says what a month without this day does.
    ///
    /// # Errors
    /// `calendar.date.range` outside the years 1 to 9999; `calendar.month.no_day` with [`EndOfMonth::Refuse`].
    ///
    /// ```
    /// use crm_core::calendar::{Date, EndOfMonth};
    /// use crm_core::refusal::Code;
    ///
    /// let start = Date::parse("2026-01-31")?;
    /// assert_eq!(start.plus_months(1, EndOfMonth::Clamp)?.to_string(), "2026-02-28");
    /// assert_eq!(start.plus_months(12, EndOfMonth::Clamp)?.to_string(), "2027-01-31");
    /// let refused = start.plus_months(1, EndOfMonth::Refuse).unwrap_err();
    /// assert_eq!(refused.code(), Code::CalendarMonthNoDay);
    /// # Ok::<(), crm_core::refusal::Refusal>(())
    /// ```
    pub fn plus_months(self, months: i64, mode: EndOfMonth) -> Result<Self, Refusal> {
        let out_of_range = || Refusal::new(Code::CalendarDateRange);
        let month_number = i64::from(self.year()) * 12 + i64::from(self.month()) - 1;
        let target = month_number.checked_add(months).ok_or_else(out_of_range)?;
        let year = i32::try_from(target.div_euclid(12)).map_err(|_| out_of_range())?;
        let month = u32::try_from(target.rem_euclid(12)).map_err(|_| out_of_range())? + 1;
        let last = days_in_month(year, month);
        let day = match mode {
            EndOfMonth::Stick if self.day() == self.days_in_month() => last,
            EndOfMonth::Refuse if self.day() > last => return Err(Refusal::new(Code::CalendarMonthNoDay)),
            _ => self.day().min(last),
        };
        Self::from_ymd(year, month, day).ok_or_else(out_of_range)
    }

    /// How many whole months have passed from this date to `later` (满月数): the greatest `n` for which
    /// `self.plus_months(n)` is not after `later`. A date before this one gives a negative number.
    ///
    /// # Errors
    /// As [`Date::plus_months`].
    pub fn completed_months(self, later: Self, mode: EndOfMonth) -> Result<i64, Refusal> {
        let months = (i64::from(later.year()) - i64::from(self.year())) * 12 + i64::from(later.month())
            - i64::from(self.month());
        Ok(if self.plus_months(months, mode)? > later { months - 1 } else { months })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]
mod tests {
    use super::*;
    use alloc::string::ToString as _;

    fn date(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    #[test]
    fn the_table_in_the_documentation() {
        let rows = [
            ("2026-01-15", "2026-02-15", "2026-02-15", Some("2026-02-15")),
            ("2026-01-31", "2026-02-28", "2026-02-28", None),
            ("2026-02-28", "2026-03-28", "2026-03-31", Some("2026-03-28")),
            ("2024-02-28", "2024-03-28", "2024-03-28", Some("2024-03-28")),
        ];
        for (from, clamp, stick, refuse) in rows {
            assert_eq!(date(from).plus_months(1, EndOfMonth::Clamp).unwrap().to_string(), clamp);
            assert_eq!(date(from).plus_months(1, EndOfMonth::Stick).unwrap().to_string(), stick);
            match (date(from).plus_months(1, EndOfMonth::Refuse), refuse) {
                (Ok(found), Some(expected)) => assert_eq!(found.to_string(), expected),
                (Err(refusal), None) => assert_eq!(refusal.code(), Code::CalendarMonthNoDay),
                (found, expected) => panic!("{found:?} instead of {expected:?}"),
            }
        }
    }

    #[test]
    fn leaving_the_calendar_is_refused() {
        for months in [i64::MAX, i64::MIN, 12, -12 * 10_000] {
            let refusal = Date::MAX.plus_months(months, EndOfMonth::Clamp).unwrap_err();
            assert_eq!(refusal.code(), Code::CalendarDateRange, "{months}");
        }
    }

    #[test]
    fn a_month_is_complete_on_its_day() {
        let from = date("2026-01-31");
        for (to, months) in
            [("2026-01-31", 0), ("2026-02-27", 0), ("2026-02-28", 1), ("2026-03-30", 1), ("2026-03-31", 2)]
        {
            assert_eq!(from.completed_months(date(to), EndOfMonth::Clamp).unwrap(), months, "{to}");
        }
        assert_eq!(from.completed_months(date("2026-01-30"), EndOfMonth::Clamp).unwrap(), -1);
    }
}
