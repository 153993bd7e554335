//! Age in completed years.

use serde::{Deserialize, Serialize};

use super::{Date, EndOfMonth};
use crate::refusal::{Code, Refusal};

/// On which day a year of age is complete (周岁).
///
/// Whoever was born on 29 February has the birthday on 28 February of a common year (民法典 art. 202: where the
/// corresponding day is missing, the last day of the month).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AgeConvention {
    /// On the birthday itself: the usual insurance age (投保年龄).
    BirthdayCounts,
    /// On the day after the birthday: the rule of Chinese courts (从生日的第二天起算).
    DayAfterBirthday,
}

impl AgeConvention {
    /// The age in completed years on the day `on` of somebody born on `birth`.
    ///
    /// # Errors
    /// `calendar.age.before_birth` when `on` is before `birth`.
    ///
    /// ```
    /// use crm_core::calendar::{AgeConvention, Date};
    /// use crm_core::refusal::Code;
    ///
    /// let (birth, sixth) = (Date::parse("2008-07-11")?, Date::parse("2014-07-11")?);
    /// assert_eq!(AgeConvention::BirthdayCounts.completed_years(birth, sixth)?, 6);
    /// assert_eq!(AgeConvention::DayAfterBirthday.completed_years(birth, sixth)?, 5);
    /// let refused = AgeConvention::BirthdayCounts.completed_years(sixth, birth).unwrap_err();
    /// assert_eq!(refused.code(), Code::CalendarAgeBeforeBirth);
    /// # Ok::<(), crm_core::refusal::Refusal>(())
    /// ```
    pub fn completed_years(self, birth: Date, on: Date) -> Result<i64, Refusal> {
        if on < birth {
            return Err(Refusal::new(Code::CalendarAgeBeforeBirth));
        }
        let years = i64::from(on.year()) - i64::from(birth.year());
        let birthday = birth.plus_months(years * 12, EndOfMonth::Clamp)?;
        let complete = match self {
            Self::BirthdayCounts => on >= birthday,
            // On the day of birth itself nobody is minus one year old.
            Self::DayAfterBirthday => on > birthday || years == 0,
        };
        Ok(if complete { years } else { years - 1 })
    }
}
