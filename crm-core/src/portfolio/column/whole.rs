//! Whole numbers: ratios that may be absent, and years between two days.

use super::NO_RATIO;
use crate::{money::batch::share, portfolio::cover::plain_day, refusal::Refusal};

/// A share of a whole that may be nothing.
#[inline]
pub(super) fn ratio(part: i64, times: i64, whole: i64) -> Result<i64, Refusal> {
    if whole <= 0 {
        return Ok(NO_RATIO);
    }
    share(part, times, whole).ok_or_else(super::too_large)
}

/// A day in the calendar: year, and month and day as one number that orders as they do.
#[derive(Clone, Copy)]
pub(super) struct Civil {
    year: i64,
    month_day: i64,
}

impl Civil {
    /// Reads a day number. Years begin in March inside, so that a leap day is a year's last (Howard Hinnant,
    /// *chrono-Compatible Low-Level Date Algorithms*).
    #[inline]
    pub(super) fn of(day: i32) -> Self {
        let day = i64::from(day) + 719_468;
        let era = day.div_euclid(146_097);
        let of_era = day.rem_euclid(146_097);
        let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year + year / 4 - year / 100);
        let march_month = (5 * of_year + 2) / 153;
        let day = of_year - (153 * march_month + 2) / 5 + 1;
        let month = if march_month < 10 { march_month + 3 } else { march_month - 9 };
        Self { year: year + era * 400 + i64::from(month <= 2), month_day: month * 100 + day }
    }

    /// As [`plain_day`].
    pub(super) fn plain_day(self) -> i64 {
        plain_day(self.year, self.month_day / 100, self.month_day % 100)
    }

    /// Completed years from an earlier day to this one: complete on the anniversary, and for the 29th of February on the
    /// 28th of a common year. Nothing for a later day.
    #[inline]
    pub(super) fn years_since(self, earlier: Self) -> i32 {
        let leap = self.year % 4 == 0 && (self.year % 100 != 0 || self.year % 400 == 0);
        let anniversary = if earlier.month_day == 229 && !leap { 228 } else { earlier.month_day };
        let years = self.year - earlier.year - i64::from(self.month_day < anniversary);
        i32::try_from(years.max(0)).unwrap_or(i32::MAX)
    }
}
