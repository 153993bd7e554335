//! Worked examples from public sources that take several steps; single ones stand in `tests/cases`.

use crm_core::{
    calendar::{Date, DayCount, Period},
    money::{Currency, Decimal, Money, RemainderIn, Rounding, RoundingMode, Unrounded},
    refusal::Code,
};

const CENTS: Rounding = Rounding { mode: RoundingMode::HalfUp, place: 2 };

fn usd(text: &str) -> Money {
    Money::new(Decimal::parse(text).unwrap(), Currency::USD).unwrap()
}

fn to_cents(exact: Unrounded) -> String {
    exact.into_money(Currency::USD, CENTS).unwrap().money.amount().to_string()
}

/// Socotra documentation, proration: 1000 for 2021, split on 1 July.
#[test]
fn bases_of_proration() {
    let day = |text| Date::parse(text).unwrap();
    let term = Period::new(day("2021-01-01"), day("2022-01-01")).unwrap();
    let days = DayCount::ActualTerm.fraction(&term, day("2021-07-01")).unwrap();
    let premium = Unrounded::from(1000);
    assert_eq!(to_cents(premium.times(Unrounded::try_from(days).unwrap()).unwrap()), "495.89");
    let months = term.started_months(day("2021-07-01")).unwrap() - 1;
    assert_eq!(to_cents(premium.times(months).unwrap().divided_by(12).unwrap()), "500.00");
}

/// Socotra plugin reference: 567 + 52.45 + 10 + 17.01 in 12 instalments, the remainder last or first.
#[test]
fn instalment_remainder() {
    let charges = ["567", "52.45", "10", "17.01"].map(usd);
    let total = Money::sum(Currency::USD, charges).unwrap();
    assert_eq!(total, usd("646.46"));
    let last = total.instalments(12, RemainderIn::Last).unwrap();
    assert!(last[..11].iter().all(|part| *part == usd("53.87")));
    assert_eq!(last[11], usd("53.89"));
    let mut first = total.instalments(12, RemainderIn::First).unwrap();
    first.reverse();
    assert_eq!(first, last);
}

/// beancount takes −200.00 + 200.011 as balanced; here the second amount is no amount of the currency.
#[test]
fn no_tolerance_for_a_fraction_of_a_cent() {
    let refusal = Money::new(Decimal::parse("200.011").unwrap(), Currency::USD).unwrap_err();
    assert_eq!(refusal.code(), Code::MoneyAmountPrecision);
    assert!(!usd("-200.00").plus(usd("200.01")).unwrap().is_zero());
}

/// erpnext#26951: thirds of 30,000 become 10,000.20 / 9,999.90 there.
#[test]
fn thirds_of_thirty_thousand() {
    let third = usd("10000.00");
    assert_eq!(usd("30000").split(3).unwrap(), [third; 3]);
    assert_eq!(usd("30000").allocate(&[Decimal::ONE; 3]).unwrap(), [third; 3]);
    // Percentages as people key them: the cents follow the keyed figures and still add up.
    let keyed = ["33.33", "33.33", "33.34"].map(|percent| Decimal::parse(percent).unwrap());
    assert_eq!(usd("30000").allocate(&keyed).unwrap(), [usd("9999.00"), usd("9999.00"), usd("10002.00")]);
}

/// odoo#37896: rounding each line and rounding the total differ by a cent; here it is a choice that is seen.
#[test]
fn per_line_and_total_rounding_are_both_named() {
    let tax = Decimal::parse("0.06").unwrap();
    let line = Unrounded::from(usd("0.75")).times(tax).unwrap();
    let per_line: Vec<Money> =
        [line; 3].iter().map(|tax| tax.into_money(Currency::USD, CENTS).unwrap().money).collect();
    assert_eq!(Money::sum(Currency::USD, per_line).unwrap(), usd("0.15"));
    assert_eq!(to_cents(line.times(3).unwrap()), "0.14");
}
