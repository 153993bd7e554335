//! The laws of the calendar, each against a model that counts day by day, and its wire, codes and cases.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use std::collections::BTreeSet;

use crm_core::{
    calendar::{AgeConvention, Date, DayCount, DayFraction, EndOfMonth, Period},
    money::Unrounded,
    refusal::{Code, Refusal},
    wire,
};
use proptest::{prelude::*, test_runner::TestRunner};

fn runner() -> TestRunner {
    let times: u32 = std::env::var("CRM_LAWS").ok().and_then(|times| times.parse().ok()).unwrap_or(1);
    TestRunner::new(ProptestConfig { cases: 3_000 * times, failure_persistence: None, ..Default::default() })
}

fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

/// Days around the ends of months and leap years more often than others.
fn dates() -> impl Strategy<Value = Date> {
    let near_month_end = (1890_i32..2110, 1_u32..13, -3_i64..3)
        .prop_map(|(year, month, off)| Date::new(year, month, 1).unwrap().plus_days(off).unwrap());
    prop_oneof![near_month_end, (-60_000_i64..60_000).prop_map(|days| Date::from_epoch_days(days).unwrap())]
}

// ---- a model that knows only how long each month is

type Ymd = (i32, u32, u32);

fn ymd(date: Date) -> Ymd {
    (date.year(), date.month(), date.day())
}

fn is_leap(year: i32) -> bool {
    (year % 4 == 0 && year % 100 != 0) || year % 400 == 0
}

fn length(year: i32, month: u32) -> u32 {
    [31, if is_leap(year) { 29 } else { 28 }, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month as usize - 1]
}

fn next(date: Ymd) -> Ymd {
    let (year, month, day) = date;
    if day < length(year, month) {
        (year, month, day + 1)
    } else if month < 12 {
        (year, month + 1, 1)
    } else {
        (year + 1, 1, 1)
    }
}

fn previous_month(date: Ymd) -> (i32, u32) {
    if date.1 == 1 { (date.0 - 1, 12) } else { (date.0, date.1 - 1) }
}

// ---- months

type PlusMonths = fn(Date, i64, EndOfMonth) -> Result<Date, Refusal>;

/// Month by month to the target month; then the day, the last one where it is missing or where month ends stick.
fn months_go_by_the_rule(plus_months: PlusMonths) -> Result<(), String> {
    let modes = prop::sample::select(vec![EndOfMonth::Clamp, EndOfMonth::Stick, EndOfMonth::Refuse]);
    let law = |from: Date, months: i64, mode: EndOfMonth| {
        let (mut year, mut month) = (from.year(), from.month());
        for _ in 0..months.abs() {
            (year, month) = if months < 0 {
                previous_month((year, month, 1))
            } else {
                let last = length(year, month);
                let (year, month, _) = next((year, month, last));
                (year, month)
            };
        }
        let last = length(year, month);
        let at_end = from.day() == length(from.year(), from.month());
        let found = plus_months(from, months, mode).map(ymd);
        match mode {
            EndOfMonth::Refuse if from.day() > last => {
                prop_assert_eq!(found.unwrap_err().code(), Code::CalendarMonthNoDay);
            }
            EndOfMonth::Stick if at_end => prop_assert_eq!(found.unwrap(), (year, month, last)),
            _ => prop_assert_eq!(found.unwrap(), (year, month, from.day().min(last))),
        }
        Ok(())
    };
    runner()
        .run(&(dates(), -300_i64..300, modes), |(from, months, mode)| law(from, months, mode))
        .map_err(|error| error.to_string())
}

#[test]
fn months_are_added_by_the_rule() {
    months_go_by_the_rule(|from, months, mode| from.plus_months(months, mode)).unwrap();
}

#[test]
fn months_are_added_by_the_rule_catches_drift_and_overflow() {
    // Adding one month at a time loses the 31st for good.
    let drifts: PlusMonths =
        |from, months, mode| (0..months.abs()).try_fold(from, |date, _| date.plus_months(months.signum(), mode));
    // 31 January + 1 month is 3 March, as some date libraries say.
    let overflows: PlusMonths = |from, months, mode| {
        let first = from.plus_days(1 - i64::from(from.day()))?.plus_months(months, mode)?;
        first.plus_days(i64::from(from.day()) - 1)
    };
    let thirty_days: PlusMonths = |from, months, _| from.plus_days(months * 30);
    for mutant in [drifts, overflows, thirty_days] {
        assert!(months_go_by_the_rule(mutant).is_err());
    }
}

/// The number of whole months is the greatest whose date is not after the later one.
fn completed_months_are_the_most(completed: fn(Date, Date) -> i64) -> Result<(), String> {
    runner()
        .run(&(dates(), dates()), |(from, to)| {
            let months = completed(from, to);
            prop_assert!(from.plus_months(months, EndOfMonth::Clamp).unwrap() <= to);
            prop_assert!(from.plus_months(months + 1, EndOfMonth::Clamp).unwrap() > to);
            Ok(())
        })
        .map_err(|error| error.to_string())
}

#[test]
fn completed_months_are_the_most_that_fit() {
    completed_months_are_the_most(|from, to| from.completed_months(to, EndOfMonth::Clamp).unwrap()).unwrap();
    let by_day_of_month = |from: Date, to: Date| {
        let months = i64::from((to.year() - from.year()) * 12) + i64::from(to.month()) - i64::from(from.month());
        if to.day() < from.day() { months - 1 } else { months }
    };
    assert!(completed_months_are_the_most(by_day_of_month).is_err());
}

// ---- days

/// Counting days agrees with walking from day to day.
fn days_are_walked(days_until: fn(Date, Date) -> i64) -> Result<(), String> {
    runner()
        .run(&(dates(), 0_i64..1_500), |(from, count)| {
            let walked = (0..count).fold(ymd(from), |date, _| next(date));
            let to = Date::new(walked.0, walked.1, walked.2).unwrap();
            prop_assert_eq!(from.plus_days(count).unwrap(), to);
            prop_assert_eq!(to.plus_days(-count).unwrap(), from);
            prop_assert_eq!((days_until(from, to), days_until(to, from)), (count, -count));
            Ok(())
        })
        .map_err(|error| error.to_string())
}

#[test]
fn days_are_counted_as_they_are_walked() {
    days_are_walked(Date::days_until).unwrap();
    let both_ends = |from: Date, to: Date| from.days_until(to) + 1;
    let without_leap_days = |from: Date, to: Date| {
        let number = |date: Date| {
            let before: u32 = (1..date.month()).map(|month| length(2023, month)).sum();
            i64::from(date.year()) * 365 + i64::from(before + date.day())
        };
        number(to) - number(from)
    };
    for mutant in [both_ends, without_leap_days] {
        assert!(days_are_walked(mutant).is_err());
    }
}

/// The common days of two periods are those that lie in both.
fn overlaps_are_common_days(overlap: fn(&Period, &Period) -> Option<Period>) -> Result<(), String> {
    runner()
        .run(&(0_i64..40, 1_i64..40, 0_i64..40, 1_i64..40), |(start, length, other_start, other_length)| {
            let at = |days| Date::from_epoch_days(20_000 + days).unwrap();
            let first = Period::new(at(start), at(start + length)).unwrap();
            let second = Period::new(at(other_start), at(other_start + other_length)).unwrap();
            let common: Vec<Date> =
                (0..90).map(at).filter(|date| first.contains(*date) && second.contains(*date)).collect();
            let found = overlap(&first, &second);
            prop_assert_eq!(found.map_or(0, |period| period.days()), i64::try_from(common.len()).unwrap());
            prop_assert_eq!(found.map(|period| period.start()), common.first().copied());
            Ok(())
        })
        .map_err(|error| error.to_string())
}

#[test]
fn an_overlap_is_the_common_days() {
    overlaps_are_common_days(Period::overlap).unwrap();
    let closed_ends = |first: &Period, second: &Period| {
        let (start, end) = (first.start().max(second.start()), first.end().min(second.end()));
        (start <= end).then(|| Period::new(start, end.plus_days(1).unwrap()).unwrap())
    };
    assert!(overlaps_are_common_days(closed_ends).is_err());
}

// ---- age

/// A year of age is complete on each birthday (or the day after); 29 February's is the 28th of a common year.
fn ages_go_by_birthdays(age: fn(AgeConvention, Date, Date) -> i64) -> Result<(), String> {
    let conventions = prop::sample::select(vec![AgeConvention::BirthdayCounts, AgeConvention::DayAfterBirthday]);
    let law = |birth: Date, days: i64, convention: AgeConvention| {
        let on = birth.plus_days(days).unwrap();
        let mut years = 0;
        for year in birth.year() + 1..=on.year() {
            let birthday = (year, birth.month(), birth.day().min(length(year, birth.month())));
            let complete = if convention == AgeConvention::BirthdayCounts { birthday } else { next(birthday) };
            years += i64::from(ymd(on) >= complete);
        }
        prop_assert_eq!(age(convention, birth, on), years);
        Ok(())
    };
    runner()
        .run(&(dates(), 0_i64..40_000, conventions), |(birth, days, convention)| law(birth, days, convention))
        .map_err(|error| error.to_string())
}

#[test]
fn age_goes_by_birthdays() {
    let core = |convention: AgeConvention, birth, on| convention.completed_years(birth, on).unwrap();
    ages_go_by_birthdays(core).unwrap();
    let by_days = |_, birth: Date, on| birth.days_until(on) / 365;
    let by_years = |_, birth: Date, on: Date| i64::from(on.year() - birth.year());
    let birthday_always = |_, birth, on| AgeConvention::BirthdayCounts.completed_years(birth, on).unwrap();
    for mutant in [by_days as fn(AgeConvention, Date, Date) -> i64, by_years, birthday_always] {
        assert!(ages_go_by_birthdays(mutant).is_err());
    }
}

/// hutool, IdcardUtilTest: holders of 321083197812162119 on 2017-04-10 and of 321083200807112111 on the sixth birthday.
#[test]
fn published_ages() {
    let age = |convention: AgeConvention, birth, on| convention.completed_years(day(birth), day(on)).unwrap();
    for convention in [AgeConvention::BirthdayCounts, AgeConvention::DayAfterBirthday] {
        assert_eq!(age(convention, "1978-12-16", "2017-04-10"), 38);
    }
    assert_eq!(age(AgeConvention::DayAfterBirthday, "2008-07-11", "2014-07-11"), 5);
    assert_eq!(age(AgeConvention::DayAfterBirthday, "2008-07-11", "2014-07-12"), 6);
    assert_eq!(age(AgeConvention::BirthdayCounts, "2008-07-11", "2014-07-11"), 6);
    assert_eq!(age(AgeConvention::DayAfterBirthday, "2008-07-11", "2008-07-11"), 0);
}

/// Unearned premium by days: 3650 from 2023-07-01 for a year that holds a leap day, at 2024-01-01: 182 of 366 days left.
#[test]
fn a_leap_term_counts_its_own_days() {
    let term = Period::months_from(day("2023-07-01"), 12, EndOfMonth::Clamp).unwrap();
    let left = DayCount::ActualTerm.fraction(&term, day("2024-01-01")).unwrap().remaining().unwrap();
    assert_eq!(left, DayFraction { days: 182, of_days: 366 });
    let at_end = DayCount::ActualTerm.fraction(&term, term.end()).unwrap().remaining().unwrap();
    assert_eq!(at_end, DayFraction { days: 0, of_days: 366 });
    let passed = DayCount::Actual365.fraction(&term, term.end()).unwrap();
    assert_eq!(passed, DayFraction { days: 366, of_days: 365 });
    assert_eq!(Unrounded::try_from(left).unwrap(), Unrounded::ratio(91, 183).unwrap());
}

// ---- codes and wire

fn refused<T: std::fmt::Debug>(result: Result<T, Refusal>) -> (Code, String) {
    let refusal = result.unwrap_err();
    (refusal.code(), refusal.path().to_string())
}

#[test]
fn every_code_of_the_calendar_is_produced() {
    use Code::{
        CalendarAgeBeforeBirth, CalendarDateInvalid, CalendarDateRange, CalendarMonthNoDay, CalendarPeriodEmpty,
        CalendarPeriodOutside,
    };
    let term = Period::new(day("2026-01-01"), day("2027-01-01")).unwrap();
    let later = day("2027-01-02");
    let table = [
        (CalendarDateInvalid, refused(Date::parse("2026-02-30"))),
        (CalendarDateInvalid, refused(Date::new(10_000, 1, 1))),
        (CalendarDateInvalid, refused(Date::new(2026, u32::MAX, 1))),
        (CalendarDateRange, refused(Date::MAX.plus_days(1))),
        (CalendarDateRange, refused(Date::MIN.plus_months(-1, EndOfMonth::Stick))),
        (CalendarMonthNoDay, refused(day("2026-01-31").plus_months(1, EndOfMonth::Refuse))),
        (CalendarPeriodEmpty, refused(Period::new(later, later))),
        (CalendarPeriodEmpty, refused(Period::months_from(later, 0, EndOfMonth::Clamp))),
        (CalendarPeriodOutside, refused(DayCount::ActualTerm.fraction(&term, later))),
        (CalendarPeriodOutside, refused(term.started_months(term.end()))),
        (CalendarPeriodOutside, refused(DayFraction { days: 366, of_days: 365 }.remaining())),
        (CalendarAgeBeforeBirth, refused(AgeConvention::BirthdayCounts.completed_years(later, day("2027-01-01")))),
    ];
    let mut seen = BTreeSet::new();
    for (code, found) in table {
        assert_eq!(found, (code, String::new()));
        seen.insert(code.as_str());
    }
    let all: BTreeSet<&str> =
        Code::ALL.iter().map(|code| code.as_str()).filter(|code| code.starts_with("calendar.")).collect();
    assert_eq!(seen, all);
}

#[test]
fn dates_and_periods_cross_the_wire() {
    let text = r#"{"start":"2026-03-01","end":"2027-03-01"}"#;
    let term: Period = wire::from_json(text.as_bytes()).unwrap();
    assert_eq!(term, Period::months_from(day("2026-03-01"), 12, EndOfMonth::Clamp).unwrap());
    assert_eq!(wire::to_json(&term).unwrap(), text);
    assert_eq!(wire::to_json(&DayCount::Actual365).unwrap(), r#""actual_365""#);
    assert_eq!(wire::to_json(&AgeConvention::DayAfterBirthday).unwrap(), r#""day_after_birthday""#);
    assert_eq!(wire::to_json(&EndOfMonth::Stick).unwrap(), r#""stick""#);
    for (text, code, path) in [
        (r#"{"start":"2027-03-01","end":"2026-03-01"}"#, Code::CalendarPeriodEmpty, ""),
        (r#"{"start":"2026-03-01T00:00:00","end":"2027-03-01"}"#, Code::CalendarDateInvalid, "/start"),
        (r#"{"start":20260301,"end":"2027-03-01"}"#, Code::WireDateExpected, "/start"),
        (r#"{"start":"2026-03-01"}"#, Code::WireFieldMissing, "/end"),
        (r#"{"start":"2026-03-01","end":"2027-03-01","days":365}"#, Code::WireFieldUnknown, "/days"),
    ] {
        assert_eq!(refused(wire::from_json::<Period>(text.as_bytes())), (code, path.to_owned()), "{text}");
    }
}
