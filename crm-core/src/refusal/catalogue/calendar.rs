//! Codes of the calendar.

/// Adds its codes to those gathered so far.
macro_rules! calendar_codes {
    ($rest:tt { $($before:tt)* }) => { gather! { $rest { $($before)*

        /// Not a day of the calendar.
        CalendarDateInvalid = "calendar.date.invalid" ()
            "This is not a day of the calendar between the years 1 and 9999; write it as YYYY-MM-DD without a time."
            "不是公元 1 年至 9999 年之间的有效日期；请写成 YYYY-MM-DD，不带时间。";
        /// A result outside the calendar.
        CalendarDateRange = "calendar.date.range" ()
            "The date would lie outside the years 1 to 9999."
            "计算结果超出公元 1 年至 9999 年。";
        /// A period that is empty or runs backwards.
        CalendarPeriodEmpty = "calendar.period.empty" ()
            "The period must start before it ends; the end is the first day after it."
            "期间的起始日必须早于终止日；终止日为期间结束后的第一天。";
        /// A day that the counting can't place.
        CalendarPeriodOutside = "calendar.period.outside" ()
            "The date lies outside the period."
            "日期不在期间之内。";
        /// A day that its month does not have.
        CalendarMonthNoDay = "calendar.month.no_day" ()
            "The month arrived at does not have this day, and the rule refuses to take another; choose another day or another end-of-month rule."
            "目标月份没有对应日，且规则不允许取其他日期；请改选日期或月末规则。";
        /// An age before birth.
        CalendarAgeBeforeBirth = "calendar.age.before_birth" ()
            "The day for the age lies before the date of birth; correct one of them."
            "计算年龄的日期早于出生日期，请更正其一。";
    } } };
}
