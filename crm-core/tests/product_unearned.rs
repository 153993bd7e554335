//! Unearned premium: laws over generated policies, and a book that says what its rows say.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use crm_core::{
    calendar::{Date, EndOfMonth, Period},
    money::{Currency, Decimal, Money, RoundingMode},
    product::{UnearnedBasis, UnearnedColumns, UnearnedMethod, UnearnedPremium},
    refusal::Code,
    rulebook::{Step, Value},
    wire,
};
use num_bigint::BigInt;
use num_rational::BigRational;
use proptest::prelude::*;

const METHODS: [UnearnedMethod; 8] = [
    UnearnedMethod::Daily365,
    UnearnedMethod::DailyActual,
    UnearnedMethod::TwentyFourths,
    UnearnedMethod::Twelfths,
    UnearnedMethod::Eighths,
    UnearnedMethod::Fourths,
    UnearnedMethod::Half,
    UnearnedMethod::RuleOf78,
];

const fn basis(method: UnearnedMethod) -> UnearnedBasis {
    UnearnedBasis { method, rounding: RoundingMode::HalfUp }
}

fn day(days: i64) -> Date {
    Date::from_epoch_days(days).unwrap()
}

/// Whole years, whole months, and days alone; from 1 day to 11 years.
fn terms() -> impl Strategy<Value = Period> {
    let start = (10_957_i64..25_000).prop_map(day);
    (
        start,
        prop_oneof![
            (1_i64..11).prop_map(|years| (years * 12, 0)),
            (1_i64..40).prop_map(|months| (months, 0)),
            (0_i64..1).prop_flat_map(|_| (Just(0_i64), 1_i64..900))
        ],
    )
        .prop_map(|(start, (months, days))| {
            let end = start.plus_months(months, EndOfMonth::Clamp).unwrap().plus_days(days).unwrap();
            Period::new(start, end).unwrap()
        })
}

fn methods() -> impl Strategy<Value = UnearnedMethod> {
    prop::sample::select(METHODS.to_vec())
}

/// Earned and unearned make the premium; nothing is unearned twice: over time it only goes down, from all to nothing.
fn no_cent_is_lost(
    of: impl Fn(Money, Period, Date) -> (Money, Money),
    premium: Money,
    term: Period,
) -> Result<(), String> {
    let mut before: Option<Money> = None;
    for on in [-40, -1, 0, 1, 2, 15, 31, 58, 59, 60, 90, 181, 182, 183, 359, 364, 365, 366, 400, 700]
        .map(|days| term.start().plus_days(days).unwrap())
        .into_iter()
        .chain([term.end().plus_days(-1).unwrap(), term.end(), term.end().plus_days(31).unwrap()])
    {
        let (unearned, earned) = of(premium, term, on);
        if unearned.plus(earned).unwrap() != premium {
            return Err(format!("{on}: {unearned} + {earned}"));
        }
        if on <= term.start() && unearned != premium || on >= term.end() && !unearned.is_zero() {
            return Err(format!("{on}: {unearned} outside the term"));
        }
        if unearned.is_negative() || unearned.minor() > premium.minor() {
            return Err(format!("{on}: {unearned} out of bounds"));
        }
        if on < term.end() && before.is_some_and(|before| before.minor() < unearned.minor()) {
            return Err(format!("{on}: grew to {unearned}"));
        }
        before = (on < term.end()).then_some(unearned);
    }
    Ok(())
}

proptest! {
    #[test]
    fn law_1_earned_and_unearned_make_the_premium(minor in 0_i64..100_000_000, term in terms(), method in methods()) {
        let of = |premium, term, on| {
            let UnearnedPremium { unearned, earned, .. } = basis(method).of(premium, term, on).unwrap();
            (unearned, earned)
        };
        prop_assert_eq!(no_cent_is_lost(of, Money::from_minor(minor, Currency::CNY), term), Ok(()));
    }

    #[test]
    fn law_3_unearned_premium_explains_itself(minor in -100_000_000_i64..100_000_000, term in terms(), method in methods(), after in -10_i64..1000) {
        let on = term.start().plus_days(after).unwrap();
        let answer = basis(method).of(Money::from_minor(minor, Currency::JPY), term, on).unwrap();
        prop_assert_eq!(answer.trace.replay().unwrap(), Value::Decimal(answer.unearned.amount()));
        let json = wire::to_json(&answer).unwrap();
        prop_assert_eq!(wire::from_json::<UnearnedPremium>(json.as_bytes()).unwrap(), answer);
    }

    /// The column gives what each row gives, the sums are those of the rows.
    #[test]
    fn a_book_is_the_sum_of_its_policies(rows in prop::collection::vec((any::<i32>(), 0_usize..3, terms()), 0..20), method in methods(), on in 10_000_i64..26_000) {
        let on = day(on);
        let currencies: Vec<_> = rows.iter().map(|row| [Currency::CNY, Currency::USD, Currency::JPY][row.1]).collect();
        let premiums: Vec<i64> = rows.iter().map(|row| row.0.into()).collect();
        let starts: Vec<i32> = rows.iter().map(|row| row.2.start().epoch_days() as i32).collect();
        let ends: Vec<i32> = rows.iter().map(|row| row.2.end().epoch_days() as i32).collect();
        let columns = UnearnedColumns { premiums: &premiums, currencies: &currencies, starts: &starts, ends: &ends };
        let book = columns.at(on, basis(method)).unwrap();
        prop_assert!(book.refused.is_empty());
        for currency in [Currency::CNY, Currency::USD, Currency::JPY] {
            let (mut premium, mut unearned, mut policies) = (0, 0, 0);
            for (index, row) in rows.iter().enumerate().filter(|(index, _)| currencies[*index] == currency) {
                let one = basis(method).of(Money::from_minor(premiums[index], currency), row.2, on).unwrap();
                prop_assert_eq!(book.unearned[index], Some(one.unearned.minor()));
                premium += premiums[index];
                unearned += one.unearned.minor();
                policies += 1;
            }
            let total = book.totals.iter().find(|total| total.premium.currency() == currency);
            prop_assert_eq!(total.is_some(), policies > 0);
            if let Some(total) = total {
                prop_assert_eq!((total.policies, total.premium.minor(), total.unearned.minor()), (policies, premium, unearned));
                prop_assert_eq!(total.earned, total.premium.minus(total.unearned).unwrap());
            }
        }
    }
}

/// Rounding both sides, or asking the end as if it were inside, breaks the law.
#[test]
fn law_1_of_unearned_premium_catches_its_mutants() {
    let term = Period::new(Date::parse("2024-01-01").unwrap(), Date::parse("2025-01-01").unwrap()).unwrap();
    let premium = Money::from_minor(100_001, Currency::CNY);
    let part = |on: Date| (on.days_until(term.end()).clamp(0, 366), 366);
    let both_rounded = |premium: Money, _, on| {
        let (left, of) = part(on);
        (
            premium.part(left, of, RoundingMode::HalfUp).unwrap(),
            premium.part(of - left, of, RoundingMode::HalfUp).unwrap(),
        )
    };
    assert!(no_cent_is_lost(both_rounded, premium, term).is_err());
    // 366 days left of 365 is more than was paid.
    let uncapped = |premium: Money, _, on| {
        let unearned = premium.part(part(on).0, 365, RoundingMode::HalfUp).unwrap();
        (unearned, premium.minus(unearned).unwrap())
    };
    assert!(no_cent_is_lost(uncapped, premium, term).is_err());
    let right = |premium: Money, _, on| {
        let (left, of) = part(on);
        let unearned = premium.part(left, of, RoundingMode::HalfUp).unwrap();
        (unearned, premium.minus(unearned).unwrap())
    };
    assert_eq!(no_cent_is_lost(right, premium, term), Ok(()));
}

/// Twelve policies, one a month: the methods by months as sums of fractions that textbooks print.
#[test]
fn a_year_of_policies_as_textbooks_sum_it() {
    let on = Date::parse("2024-01-01").unwrap();
    let sum = |method: UnearnedMethod, months: &[u32]| {
        months.iter().fold(BigRational::from_integer(0.into()), |sum, month| {
            let start = Date::new(2023, *month, 15).unwrap();
            let term = Period::months_from(start, 12, EndOfMonth::Clamp).unwrap();
            let part = method.part(&term, on).unwrap();
            sum + BigRational::new(BigInt::from(part.left), BigInt::from(part.of))
        })
    };
    let all: Vec<u32> = (1..=12).collect();
    let fraction = |n: i64, d: i64| BigRational::new(n.into(), d.into());
    // 1/24 + 3/24 + … + 23/24 = 144/24; 1/12: 0/12 + … + 11/12 = 66/12.
    assert_eq!(sum(UnearnedMethod::TwentyFourths, &all), fraction(144, 24));
    assert_eq!(sum(UnearnedMethod::Twelfths, &all), fraction(66, 12));
    assert_eq!(sum(UnearnedMethod::Eighths, &[1, 4, 7, 10]), fraction(1 + 3 + 5 + 7, 8));
    assert_eq!(sum(UnearnedMethod::Fourths, &[1, 12]), fraction(1 + 3, 4));
    assert_eq!(sum(UnearnedMethod::Half, &all), fraction(12, 2));
}

#[test]
fn a_leap_year_costs_no_day() {
    let term = Period::new(Date::parse("2024-01-01").unwrap(), Date::parse("2025-01-01").unwrap()).unwrap();
    let premium = Money::from_minor(365_000, Currency::CNY);
    let at = |method, on: &str| basis(method).of(premium, term, Date::parse(on).unwrap()).unwrap().unearned.minor();
    assert_eq!(at(UnearnedMethod::Daily365, "2024-01-02"), 365_000);
    assert_eq!(at(UnearnedMethod::Daily365, "2024-01-03"), 364_000);
    assert_eq!(at(UnearnedMethod::Daily365, "2024-12-31"), 1_000);
    assert_eq!(at(UnearnedMethod::DailyActual, "2024-01-02"), 364_003);
    assert_eq!(at(UnearnedMethod::DailyActual, "2024-12-31"), 997);
}

#[test]
fn a_bad_row_stands_beside_the_good_ones() {
    let columns = UnearnedColumns {
        premiums: &[100, 100, 100],
        currencies: &[Currency::CNY; 3],
        starts: &[20_000, 20_000, i32::MAX],
        ends: &[20_000, 20_100, i32::MAX],
    };
    let book = columns.at(day(20_050), basis(UnearnedMethod::DailyActual)).unwrap();
    assert_eq!(book.unearned, [None, Some(50), None]);
    let refused: Vec<_> =
        book.refused.iter().map(|row| (row.row, row.refusal.code(), row.refusal.path().to_string())).collect();
    assert_eq!(
        refused,
        [(0, Code::CalendarPeriodEmpty, "/0".to_owned()), (2, Code::CalendarDateRange, "/2".to_owned())]
    );
    assert_eq!(book.totals[0].policies, 1);

    let short = UnearnedColumns { ends: &[20_100], ..columns };
    assert_eq!(short.at(day(0), basis(UnearnedMethod::Half)).unwrap_err().code(), Code::ProductUnearnedColumns);
    let large = UnearnedColumns {
        premiums: &[i64::MAX, i64::MAX],
        currencies: &[Currency::CNY; 2],
        starts: &[0, 0],
        ends: &[365, 365],
    };
    assert_eq!(large.at(day(0), basis(UnearnedMethod::Half)).unwrap_err().code(), Code::MoneyAmountRange);
}

#[test]
fn the_trace_names_premium_part_and_rounding() {
    let term = Period::new(Date::parse("2023-07-01").unwrap(), Date::parse("2024-07-01").unwrap()).unwrap();
    let premium = Money::new(Decimal::parse("3650").unwrap(), Currency::CNY).unwrap();
    let answer = basis(UnearnedMethod::DailyActual).of(premium, term, Date::parse("2024-01-01").unwrap()).unwrap();
    assert_eq!(answer.unearned.to_string(), "CNY 1815.03");
    assert!(matches!(answer.trace.steps.first(), Some(Step::Amount { .. })));
    assert!(matches!(answer.trace.steps.last(), Some(Step::Round { mode: RoundingMode::HalfUp, place: 2, .. })));
}
