//! Laws 6 and 7 over small books, an independent count beside them, and mutants that the laws must catch.

use alloc::{
    collections::{BTreeMap, BTreeSet},
    format,
    string::{String, ToString as _},
    vec,
    vec::Vec,
};

use proptest::{
    prelude::*,
    test_runner::{TestCaseResult, TestRunner},
};

use super::{Book, BookParameters, BookSummary, Figure, PolicyId, PolicyTerm, Ratio, RatioAbsence, Warning};
use crate::{
    calendar::Date,
    money::{Currency, Money, Rounding, RoundingMode},
    party::PartyId,
    refusal::Code,
};

pub(super) fn day(year: i32, month: u32, day: u32) -> Date {
    Date::new(year, month, day).unwrap()
}

pub(super) fn cny(minor: i64) -> Money {
    Money::from_minor(minor, Currency::CNY)
}

/// A sound policy year that starts on the first day of `year`.
pub(super) fn term(id: &str, customer: &str, year: i32) -> PolicyTerm {
    PolicyTerm {
        id: PolicyId::new(id).unwrap(),
        customer: PartyId::new(customer).unwrap(),
        inception: day(year, 1, 1),
        start: day(year, 1, 1),
        end: day(year + 1, 1, 1),
        lapsed_on: None,
        birth: None,
        licensed_on: None,
        channel: "agent".to_string(),
        risk_type: "private_car".to_string(),
        coverages: vec!["third_party".to_string()],
        premium: cny(47_500),
        claims_cost: cny(0),
        claims: 0,
    }
}

fn parameters() -> BookParameters {
    BookParameters::new(day(2025, 12, 31), Currency::CNY)
}

pub(super) fn book_of(rows: impl IntoIterator<Item = PolicyTerm>) -> Book {
    let mut book = Book::new(parameters());
    for row in rows {
        // The laws look at what refused rows leave behind.
        drop(book.add(row));
    }
    book
}

fn some_row() -> impl Strategy<Value = PolicyTerm> {
    let who = (0..12_u32, 0..6_u32, 2021..2027_i32);
    let what = (0..3_usize, 0..3_usize, -5_000..90_000_i64, -2_000..90_000_i64, -1..4_i64);
    let odd = (0..40_u32, 0..40_u32, 0..40_u32);
    (who, what, odd).prop_map(|((id, customer, year), (channel, risk, premium, cost, claims), (a, b, c))| {
        let mut row = term(&format!("P{id}"), &format!("C{customer}"), year);
        row.channel = ["agent", "broker", ""][channel].to_string();
        row.risk_type = ["car", "truck", "motorbike"][risk].to_string();
        row.premium = if a == 0 { Money::from_minor(premium, Currency::USD) } else { cny(premium) };
        row.claims_cost = Money::from_minor(cost, row.premium.currency());
        row.claims = claims;
        row.inception = day(if b == 0 { year + 1 } else { 2020 }, 1, 1);
        row.licensed_on = (b == 1).then(|| day(2021, 1, 1));
        row.lapsed_on = (c < 8).then(|| day(2021 + i32::try_from(c % 4).unwrap(), 6, 1));
        row
    })
}

/// Rows in which a repeated id repeats the whole row: the law speaks of the same row loaded twice.
fn rows_with_copies() -> impl Strategy<Value = Vec<PolicyTerm>> {
    prop::collection::vec(some_row(), 0..40).prop_map(|rows| {
        let mut first: BTreeMap<PolicyId, PolicyTerm> = BTreeMap::new();
        rows.into_iter().map(|row| first.entry(row.id.clone()).or_insert(row).clone()).collect()
    })
}

/// Each row with the part that it goes to, and the order in which parts are merged.
fn a_split() -> impl Strategy<Value = (Vec<PolicyTerm>, Vec<usize>, Vec<usize>)> {
    rows_with_copies().prop_flat_map(|rows| {
        let parts = prop::collection::vec(0..5_usize, rows.len());
        (Just(rows), parts, Just(vec![0, 1, 2, 3, 4]).prop_shuffle())
    })
}

fn parts_of(rows: &[PolicyTerm], parts: &[usize]) -> Vec<Book> {
    (0..5)
        .map(|part| book_of(rows.iter().zip(parts).filter(|(_, of)| **of == part).map(|(row, _)| row.clone())))
        .collect()
}

fn merged(parts: &[Book], order: &[usize]) -> BookSummary {
    let mut whole = Book::new(parameters());
    for index in order {
        whole.merge(parts[*index].clone()).unwrap();
    }
    whole.summary().unwrap()
}

type Merge = fn(&[Book], &[usize]) -> BookSummary;

fn law_parts_make_the_whole(merge: Merge) -> impl Fn((Vec<PolicyTerm>, Vec<usize>, Vec<usize>)) -> TestCaseResult {
    move |(rows, parts, order)| {
        let whole = book_of(rows.clone()).summary().unwrap();
        prop_assert_eq!(merge(&parts_of(&rows, &parts), &order), whole);
        Ok(())
    }
}

#[test]
fn the_parts_make_the_whole() {
    TestRunner::default().run(&a_split(), law_parts_make_the_whole(merged)).unwrap();
}

#[test]
fn a_mutant_that_adds_customers_is_caught() {
    // Adds the customers of the parts; a customer with rows in two parts counts twice.
    let mutant: Merge = |parts, order| {
        let mut summary = merged(parts, order);
        summary.customers = parts.iter().map(|part| part.summary().unwrap().customers).sum();
        summary
    };
    assert!(TestRunner::default().run(&a_split(), law_parts_make_the_whole(mutant)).is_err());
}

#[test]
fn a_mutant_that_adds_renewals_is_caught() {
    // Adds the renewals of the parts; a customer whose years lie in two parts is lost.
    let mutant: Merge = |parts, order| {
        let mut summary = merged(parts, order);
        for (year, count) in &mut summary.renewals {
            let of = |part: &Book| part.summary().unwrap().renewals.get(year).map_or(0, |count| count.renewed);
            count.renewed = parts.iter().map(of).sum();
        }
        summary
    };
    assert!(TestRunner::default().run(&a_split(), law_parts_make_the_whole(mutant)).is_err());
}

/// What a duplicate may change: only the count of duplicates.
fn without_left_out(mut summary: BookSummary) -> BookSummary {
    summary.left_out.clear();
    summary.rows_in = summary.totals.rows;
    summary
}

type Load = fn(Vec<PolicyTerm>) -> BookSummary;

fn law_once_is_enough(load: Load) -> impl Fn(Vec<PolicyTerm>) -> TestCaseResult {
    move |rows| {
        let once = without_left_out(load(rows.clone()));
        let twice = without_left_out(load(rows.iter().chain(&rows).cloned().collect()));
        prop_assert_eq!(twice, once);
        Ok(())
    }
}

#[test]
fn once_is_enough() {
    TestRunner::default()
        .run(&rows_with_copies(), law_once_is_enough(|rows| book_of(rows).summary().unwrap()))
        .unwrap();
}

#[test]
fn a_mutant_that_takes_every_row_is_caught() {
    // Gives each row an id of its own, as a loader does that has no key.
    let mutant: Load = |rows| {
        let own = rows.into_iter().enumerate().map(|(index, mut row)| {
            row.id = PolicyId::new(&format!("{}#{index}", row.id.as_str())).unwrap();
            row
        });
        book_of(own).summary().unwrap()
    };
    assert!(TestRunner::default().run(&rows_with_copies(), law_once_is_enough(mutant)).is_err());
}

#[test]
fn a_mutant_that_takes_the_last_amount_too_is_caught() {
    // Recognises the row and adds its premium once more.
    let mutant: Load = |rows| {
        let all: i64 = rows.iter().filter(|row| row.check().is_ok()).map(|row| row.premium.minor()).sum();
        let mut summary = book_of(rows).summary().unwrap();
        summary.totals.premium = cny(all);
        summary
    };
    assert!(TestRunner::default().run(&rows_with_copies(), law_once_is_enough(mutant)).is_err());
}

/// The figures counted again, one by one, over the used rows only.
fn counted_again(rows: &[&PolicyTerm]) -> BTreeMap<String, i128> {
    let mut out = BTreeMap::new();
    let mut put = |name: &str, value: i128| *out.entry(name.to_string()).or_insert(0) += value;
    let there = |customer: &PartyId, year| rows.iter().any(|row| row.customer == *customer && row.start.year() == year);
    let years: BTreeSet<i32> = rows.iter().map(|row| row.start.year()).collect();
    for (index, row) in rows.iter().enumerate() {
        put("rows", 1);
        put("premium", i128::from(row.premium.minor()));
        put("cost", i128::from(row.claims_cost.minor()));
        put(&format!("risk {}", row.risk_type), 1);
        put(&format!("channel {}", row.channel), i128::from(row.premium.minor()));
        if rows.iter().take(index).all(|before| before.customer != row.customer) {
            put("customers", 1);
        }
        let year = row.start.year();
        let first =
            rows.iter().take(index).all(|before| (&before.customer, before.start.year()) != (&row.customer, year));
        if first && years.contains(&(year + 1)) {
            put(&format!("due {year}"), 1);
            put(&format!("renewed {year}"), i128::from(there(&row.customer, year + 1)));
        }
        put("w1", i128::from(row.inception > row.start));
        put("w2", i128::from(row.licensed_on.is_some_and(|day| day > row.inception)));
        put("w3", i128::from(row.lapsed_on.is_some_and(|day| day < row.start)));
    }
    out
}

fn as_counted(summary: &BookSummary) -> BTreeMap<String, i128> {
    let mut out = BTreeMap::new();
    if summary.totals.rows == 0 {
        return out;
    }
    let mut put = |name: String, value: i64| out.insert(name, i128::from(value));
    put("rows".into(), summary.totals.rows);
    put("premium".into(), summary.totals.premium.minor());
    put("cost".into(), summary.totals.claims_cost.minor());
    put("customers".into(), summary.customers);
    for (code, totals) in &summary.by_risk_type {
        put(format!("risk {code}"), totals.rows);
    }
    for (code, totals) in &summary.by_channel {
        put(format!("channel {code}"), totals.premium.minor());
    }
    for (year, count) in &summary.renewals {
        put(format!("due {year}"), count.due);
        put(format!("renewed {year}"), count.renewed);
    }
    for (name, warning) in [("w1", Warning::ALL[0]), ("w2", Warning::ALL[1]), ("w3", Warning::ALL[2])] {
        put(name.into(), summary.warnings[warning.code().as_str()]);
    }
    out
}

proptest! {
    #[test]
    fn the_summary_is_what_counting_again_gives(rows in prop::collection::vec(some_row(), 0..60)) {
        let book = book_of(rows.clone());
        let used: Vec<&PolicyTerm> = book.terms().collect();
        let summary = book.summary().unwrap();
        prop_assert_eq!(as_counted(&summary), counted_again(&used));
    }

    #[test]
    fn rows_in_are_rows_used_and_rows_left_out(rows in prop::collection::vec(some_row(), 0..60)) {
        let summary = book_of(rows.clone()).summary().unwrap();
        prop_assert_eq!(summary.rows_in, i64::try_from(rows.len()).unwrap());
        prop_assert_eq!(summary.totals.rows + summary.left_out.values().sum::<i64>(), summary.rows_in);
    }

    #[test]
    fn rows_behind_add_up_to_their_figure(rows in prop::collection::vec(some_row(), 0..60)) {
        let book = book_of(rows);
        let summary = book.summary().unwrap();
        let sum = |figure: Figure| {
            let rows = book.rows_behind(&figure);
            (i64::try_from(rows.len()).unwrap(), rows.iter().map(|row| row.premium.minor()).sum::<i64>())
        };
        prop_assert_eq!(sum(Figure::Book {}), (summary.totals.rows, summary.totals.premium.minor()));
        for (code, totals) in &summary.by_risk_type {
            let behind = sum(Figure::RiskType { code: code.clone() });
            prop_assert_eq!(behind, (totals.rows, totals.premium.minor()));
        }
        for (code, totals) in &summary.by_channel {
            let behind = sum(Figure::Channel { code: code.clone() });
            prop_assert_eq!(behind, (totals.rows, totals.premium.minor()));
        }
        for warning in Warning::ALL {
            prop_assert_eq!(sum(Figure::Warned { warning }).0, summary.warnings[warning.code().as_str()]);
        }
        let customers = |figure: Figure| {
            book.rows_behind(&figure).iter().map(|row| row.customer.clone()).collect::<BTreeSet<_>>().len()
        };
        for (year, count) in &summary.renewals {
            let year: i64 = year.parse().unwrap();
            prop_assert_eq!(customers(Figure::Due { year }), usize::try_from(count.due).unwrap());
            prop_assert_eq!(customers(Figure::Renewed { year }), usize::try_from(count.renewed).unwrap());
            let left = usize::try_from(count.due - count.renewed).unwrap();
            prop_assert_eq!(customers(Figure::NotRenewed { year }), left);
        }
    }
}

#[test]
fn each_row_is_refused_with_its_code() {
    let mut book = book_of([term("P1", "C1", 2025)]);
    let mut add = |row: PolicyTerm| {
        let refusal = book.add(row).unwrap_err();
        (refusal.code(), refusal.path().to_string())
    };
    assert_eq!(add(term("P1", "C1", 2025)), (Code::PortfolioRowDuplicate, "/id".to_string()));
    assert_eq!(add(term("P1", "C2", 2025)), (Code::PortfolioRowConflict, "/id".to_string()));
    assert_eq!(add(term("P2", "C1", 2026)), (Code::PortfolioRowAfterAsOf, "/start".to_string()));
    let mut dollars = term("P3", "C1", 2025);
    dollars.premium = Money::from_minor(1, Currency::USD);
    dollars.claims_cost = dollars.premium;
    assert_eq!(add(dollars), (Code::MoneyCurrencyMixed, "/premium".to_string()));
    let summary = book.summary().unwrap();
    assert_eq!((summary.rows_in, summary.totals.rows), (5, 1));
    assert_eq!(summary.left_out.len(), 4);
}

#[test]
fn a_row_that_starts_on_the_day_of_the_review_counts() {
    let mut row = term("P1", "C1", 2025);
    row.start = day(2025, 12, 31);
    assert_eq!(book_of([row]).rows(), 1);
}

#[test]
fn books_of_different_parameters_do_not_merge() {
    let mut book = book_of([term("P1", "C1", 2025)]);
    let other = Book::new(BookParameters::new(day(2024, 12, 31), Currency::CNY));
    assert_eq!(book.merge(other).unwrap_err().code(), Code::PortfolioBooksDifferent);
}

#[test]
fn a_merge_with_a_conflict_changes_nothing() {
    let mut book = book_of([term("P1", "C1", 2025)]);
    let before = book.clone();
    let other = book_of([term("P0", "C0", 2025), term("P1", "C2", 2025)]);
    assert_eq!(book.merge(other).unwrap_err().code(), Code::PortfolioRowConflict);
    assert_eq!(book, before);
}

#[test]
fn a_ratio_without_premium_is_absent_and_says_why() {
    let mut row = term("P1", "C1", 2025);
    row.premium = cny(0);
    let absent = Ratio::Absent { reason: RatioAbsence::NoPremium };
    assert_eq!(book_of([row]).summary().unwrap().totals.loss_ratio, absent);
    assert_eq!(book_of([]).summary().unwrap().totals.loss_ratio, absent);
}

#[test]
fn a_total_beyond_all_amounts_is_refused_in_any_order() {
    let row = |id: &str, minor| {
        let mut row = term(id, "C1", 2025);
        row.premium = cny(minor);
        row
    };
    let (a, b, c) = (row("P1", i64::MAX), row("P2", i64::MAX), row("P3", -i64::MAX));
    assert_eq!(book_of([a.clone(), b.clone()]).summary().unwrap_err().code(), Code::MoneyAmountRange);
    // A sum that fits is not refused because of a part that does not.
    assert_eq!(book_of([a, b, c]).summary().unwrap().totals.premium, cny(i64::MAX));
}

#[test]
fn a_rounding_that_there_is_not_is_refused() {
    let parameters =
        BookParameters { ratio_rounding: Rounding { mode: RoundingMode::HalfUp, place: 99 }, ..parameters() };
    let mut book = Book::new(parameters);
    book.add(term("P1", "C1", 2025)).unwrap();
    assert_eq!(book.summary().unwrap_err().code(), Code::MoneyRoundingPlace);
}

#[test]
fn a_summary_crosses_the_wire() {
    let summary = book_of([term("P1", "C1", 2024), term("P2", "C1", 2025)]).summary().unwrap();
    let json = crate::wire::to_json(&summary).unwrap();
    assert!(
        json.contains(r#""renewals":{"2024":{"due":1,"renewed":1,"rate":{"known":{"percent":"100.0000"}}}}"#),
        "{json}"
    );
    assert_eq!(crate::wire::from_json::<BookSummary>(json.as_bytes()).unwrap(), summary);
}
