//! Dates without a time of day, half-open periods, month arithmetic and day counts (日期与期间).
//!
//! Nothing here knows what day it is: every date comes in as an argument.

mod age;
mod count;
mod date;
mod month;
mod period;

pub use age::AgeConvention;
pub use count::{DayCount, DayFraction};
pub use date::Date;
pub use month::EndOfMonth;
pub use period::Period;
