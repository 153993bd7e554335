//! A day of the calendar.

use core::{fmt, str::FromStr};

use chrono::{Datelike as _, NaiveDate};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::{
    refusal::{Code, Refusal},
    wire,
};

/// 9999-12-31, counted from 0001-01-01 as day 1.
const LAST_DAY: i64 = 3_652_059;
/// 1970-01-01 in the same count.
const EPOCH_DAY: i64 = 719_163;

/// A day of the Gregorian calendar between 0001-01-01 and 9999-12-31, without time or zone (日期).
///
/// On the wire and in text it is `YYYY-MM-DD` and nothing else: a date-time given for a date is refused, because cutting
/// its time off would hide a zone error of one day.
///
/// ```
/// use crm_core::calendar::Date;
/// use crm_core::refusal::Code;
///
/// let start = Date::parse("2026-03-01")?;
/// assert_eq!(start.plus_days(-1)?.to_string(), "2026-02-28");
/// assert_eq!(Date::parse("2026-02-29").unwrap_err().code(), Code::CalendarDateInvalid);
/// assert_eq!(Date::parse("2026-03-01T00:00:00Z").unwrap_err().code(), Code::CalendarDateInvalid);
/// # Ok::<(), crm_core::refusal::Refusal>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(NaiveDate);

impl Date {
    /// The first day, 0001-01-01.
    pub const MIN: Self = Self(match NaiveDate::from_ymd_opt(1, 1, 1) {
        Some(date) => date,
        None => NaiveDate::MIN,
    });
    /// The last day, 9999-12-31.
    pub const MAX: Self = Self(match NaiveDate::from_ymd_opt(9999, 12, 31) {
        Some(date) => date,
        None => NaiveDate::MAX,
    });

    /// The day `year`-`month`-`day`.
    ///
    /// # Errors
    /// `calendar.date.invalid` when there is no such day between the years 1 and 9999.
    pub fn new(year: i32, month: u32, day: u32) -> Result<Self, Refusal> {
        Self::from_ymd(year, month, day).ok_or_else(|| Refusal::new(Code::CalendarDateInvalid))
    }

    /// The day `year`-`month`-`day` where a constant is needed; `None` where [`Date::new`] refuses.
    ///
    /// ```
    /// use crm_core::calendar::Date;
    ///
    /// const IN_FORCE: Option<Date> = Date::from_ymd(2008, 2, 1);
    /// assert_eq!(IN_FORCE, Date::parse("2008-02-01").ok());
    /// assert_eq!(Date::from_ymd(0, 1, 1), None);
    /// ```
    #[must_use]
    pub const fn from_ymd(year: i32, month: u32, day: u32) -> Option<Self> {
        if year < 1 || year > 9999 {
            return None;
        }
        match NaiveDate::from_ymd_opt(year, month, day) {
            Some(date) => Some(Self(date)),
            None => None,
        }
    }

    /// Reads `YYYY-MM-DD`: ten ASCII characters, nothing before or after.
    ///
    /// # Errors
    /// `calendar.date.invalid`.
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        read(text).ok_or_else(|| Refusal::new(Code::CalendarDateInvalid))
    }

    /// The year, 1 to 9999.
    #[must_use]
    pub fn year(self) -> i32 {
        self.0.year()
    }

    /// The month, 1 to 12.
    #[must_use]
    pub fn month(self) -> u32 {
        self.0.month()
    }

    /// The day of the month, 1 to 31.
    #[must_use]
    pub fn day(self) -> u32 {
        self.0.day()
    }

    /// The number of days of this date's month, 28 to 31.
    #[must_use]
    pub fn days_in_month(self) -> u32 {
        days_in_month(self.year(), self.month())
    }

    /// Days since 1970-01-01 (negative before), as Arrow's `date32` counts them.
    #[must_use]
    pub fn epoch_days(self) -> i64 {
        self.day_number() - EPOCH_DAY
    }

    /// The day that is `days` after 1970-01-01.
    ///
    /// # Errors
    /// `calendar.date.range`.
    pub fn from_epoch_days(days: i64) -> Result<Self, Refusal> {
        days.checked_add(EPOCH_DAY).and_then(from_day_number).ok_or_else(|| Refusal::new(Code::CalendarDateRange))
    }

    /// The date `days` later (earlier when negative).
    ///
    /// # Errors
    /// `calendar.date.range` outside the years 1 to 9999.
    pub fn plus_days(self, days: i64) -> Result<Self, Refusal> {
        self.day_number()
            .checked_add(days)
            .and_then(from_day_number)
            .ok_or_else(|| Refusal::new(Code::CalendarDateRange))
    }

    /// The number of days from this date to `later`; negative when `later` is earlier.
    ///
    /// ```
    /// use crm_core::calendar::Date;
    ///
    /// let (start, end) = (Date::parse("2024-01-01")?, Date::parse("2025-01-01")?);
    /// assert_eq!(start.days_until(end), 366);
    /// assert_eq!(end.days_until(start), -366);
    /// # Ok::<(), crm_core::refusal::Refusal>(())
    /// ```
    #[must_use]
    pub fn days_until(self, later: Self) -> i64 {
        later.day_number() - self.day_number()
    }

    /// The date inside, for code that speaks `chrono`.
    #[must_use]
    pub fn to_chrono(self) -> NaiveDate {
        self.0
    }

    fn day_number(self) -> i64 {
        i64::from(self.0.num_days_from_ce())
    }

    fn text(self) -> DateText {
        DateText::of(self.year(), self.month(), self.day())
    }
}

impl TryFrom<NaiveDate> for Date {
    type Error = Refusal;

    fn try_from(date: NaiveDate) -> Result<Self, Refusal> {
        Self::new(date.year(), date.month(), date.day())
    }
}

impl FromStr for Date {
    type Err = Refusal;

    fn from_str(text: &str) -> Result<Self, Refusal> {
        Self::parse(text)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.text().as_str())
    }
}

impl fmt::Debug for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_newtype_struct(wire::DATE, self.text().as_str())
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(wire::DATE, DateVisitor)
    }
}

struct DateVisitor;

impl<'de> de::Visitor<'de> for DateVisitor {
    type Value = Date;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a date YYYY-MM-DD")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<Date, D::Error> {
        deserializer.deserialize_str(self)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Date, E> {
        Date::parse(text).map_err(wire::custom)
    }
}

/// The ten characters of a date, on the stack.
struct DateText([u8; 10]);

impl DateText {
    fn of(year: i32, month: u32, day: u32) -> Self {
        let year = year.unsigned_abs();
        let digit = |value: u32, unit: u32| b"0123456789".get((value / unit % 10) as usize).copied().unwrap_or(b'0');
        Self([
            digit(year, 1000),
            digit(year, 100),
            digit(year, 10),
            digit(year, 1),
            b'-',
            digit(month, 10),
            digit(month, 1),
            b'-',
            digit(day, 10),
            digit(day, 1),
        ])
    }

    fn as_str(&self) -> &str {
        core::str::from_utf8(&self.0).unwrap_or_default()
    }
}

fn read(text: &str) -> Option<Date> {
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = text.as_bytes() else {
        return None;
    };
    let digits = |bytes: &[u8]| {
        bytes.iter().try_fold(0_u32, |value, byte| byte.is_ascii_digit().then(|| value * 10 + u32::from(byte - b'0')))
    };
    let year = digits(&[*y1, *y2, *y3, *y4])?;
    Date::from_ymd(i32::try_from(year).ok()?, digits(&[*m1, *m2])?, digits(&[*d1, *d2])?)
}

fn from_day_number(day: i64) -> Option<Date> {
    if !(1..=LAST_DAY).contains(&day) {
        return None;
    }
    NaiveDate::from_num_days_from_ce_opt(i32::try_from(day).ok()?).map(Date)
}

pub(super) const fn days_in_month(year: i32, month: u32) -> u32 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]
mod tests {
    use super::*;
    use alloc::string::ToString as _;

    #[test]
    fn only_one_form_is_read() {
        for text in [
            "",
            "2026-3-1",
            "2026-03-1",
            " 2026-03-01",
            "2026-03-01 ",
            "20260301",
            "2026/03/01",
            "2026-13-01",
            "2026-00-10",
            "2026-01-00",
            "0000-01-01",
            "-001-01-01",
            "+026-01-01",
            "2026-03-01T00:00",
            "２026-03-01",
            "2100-02-29",
            "2026-04-31",
            "202a-01-01",
            "99999-01-01",
        ] {
            assert_eq!(Date::parse(text).unwrap_err().code(), Code::CalendarDateInvalid, "{text}");
        }
        for text in ["0001-01-01", "9999-12-31", "2000-02-29", "2024-02-29"] {
            assert_eq!(Date::parse(text).unwrap().to_string(), text);
        }
    }

    #[test]
    fn the_calendar_has_two_ends() {
        assert_eq!(Date::MIN.to_string(), "0001-01-01");
        assert_eq!(Date::MAX.to_string(), "9999-12-31");
        assert_eq!(Date::MIN.plus_days(LAST_DAY - 1).unwrap(), Date::MAX);
        for refused in [
            Date::MAX.plus_days(1),
            Date::MIN.plus_days(-1),
            Date::MIN.plus_days(i64::MAX),
            Date::MAX.plus_days(i64::MIN),
            Date::from_epoch_days(i64::MAX),
        ] {
            assert_eq!(refused.unwrap_err().code(), Code::CalendarDateRange);
        }
        assert_eq!(Date::from_epoch_days(0).unwrap().to_string(), "1970-01-01");
    }

    #[test]
    fn months_are_as_long_as_chrono_says() {
        for year in [1, 1900, 2000, 2023, 2024, 9999] {
            for month in 1..=12 {
                let first = Date::new(year, month, 1).unwrap();
                assert!(Date::from_ymd(year, month, first.days_in_month()).is_some());
                assert!(Date::from_ymd(year, month, first.days_in_month() + 1).is_none());
            }
        }
    }
}
