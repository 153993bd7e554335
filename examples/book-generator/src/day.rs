//! Days: a calendar of its own, so that a fault of the core's calendar cannot hide in a book made with it.

use std::fmt::Write as _;

/// A day, counted from 1970-01-01.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Day(i64);

impl Day {
    /// A day of the Gregorian calendar; a day behind the month's end runs into the next month.
    ///
    /// Howard Hinnant, "chrono-compatible low-level date algorithms": years begin in March.
    #[must_use]
    pub const fn new(year: i64, month: i64, day: i64) -> Self {
        let year = if month <= 2 { year - 1 } else { year };
        let era = year.div_euclid(400);
        let year_of_era = year.rem_euclid(400);
        let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        Self(era * 146_097 + day_of_era - 719_468)
    }

    /// Year, month and day.
    #[must_use]
    pub const fn parts(self) -> (i64, i64, i64) {
        let shifted = self.0 + 719_468;
        let era = shifted.div_euclid(146_097);
        let day_of_era = shifted.rem_euclid(146_097);
        let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let from_march = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * from_march + 2) / 5 + 1;
        let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
        let year = year_of_era + era * 400 + if month <= 2 { 1 } else { 0 };
        (year, month, day)
    }

    /// The year.
    #[must_use]
    pub const fn year(self) -> i64 {
        self.parts().0
    }

    /// So many days later.
    #[must_use]
    pub const fn plus(self, days: i64) -> Self {
        Self(self.0 + days)
    }

    /// Days from another day to this one.
    #[must_use]
    pub const fn since(self, other: Self) -> i64 {
        self.0 - other.0
    }

    /// Days since 1970-01-01.
    #[must_use]
    pub const fn number(self) -> i64 {
        self.0
    }

    /// The same day so many years later; for 29 February the 28th where there is no 29th.
    #[must_use]
    pub const fn years_later(self, years: i64) -> Self {
        let (year, month, day) = self.parts();
        let target = year + years;
        let leap = target % 4 == 0 && (target % 100 != 0 || target % 400 == 0);
        let day = if month == 2 && day == 29 && !leap { 28 } else { day };
        Self::new(target, month, day)
    }

    /// Reads `YYYY-MM-DD`.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let mut parts = text.split('-').map(|part| part.parse::<i64>().ok());
        let day = Self::new(parts.next()??, parts.next()??, parts.next()??);
        (day.to_string() == text).then_some(day)
    }

    /// Writes `YYYY-MM-DD`.
    pub fn write(self, out: &mut String) {
        let (year, month, day) = self.parts();
        // A String takes every text.
        let _ = write!(out, "{year:04}-{month:02}-{day:02}");
    }
}

impl std::fmt::Display for Day {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut text = String::new();
        self.write(&mut text);
        f.write_str(&text)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn days_are_those_of_the_core() {
        for number in (-40_000..40_000).step_by(7) {
            let day = Day(number);
            let (year, month, of_month) = day.parts();
            assert_eq!(Day::new(year, month, of_month), day);
            assert_eq!(crm_core::calendar::Date::parse(&day.to_string()).unwrap().to_string(), day.to_string());
            assert_eq!(Day::read(&day.to_string()), Some(day));
        }
    }

    #[test]
    fn anniversaries() {
        assert_eq!(Day::new(2024, 2, 29).years_later(1), Day::new(2025, 2, 28));
        assert_eq!(Day::new(2024, 2, 29).years_later(4), Day::new(2028, 2, 29));
        assert_eq!(Day::new(2021, 12, 31).years_later(1).since(Day::new(2021, 12, 31)), 365);
        assert_eq!(Day::read("2023-02-30"), None);
    }
}
