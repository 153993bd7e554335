//! Every code of money, and the wire of its types.

use std::collections::BTreeSet;

use crm_core::{
    calendar::Date,
    money::{
        Currency, Decimal, ExchangeRate, MAX_PARTS, Money, RateUse, RemainderIn, Rounded, RoundedMoney, Rounding,
        RoundingMode, Unrounded, batch,
    },
    refusal::{Code, Refusal},
    wire::{self, Dialect},
};
use serde::{Serialize, de::DeserializeOwned};

const CENTS: Rounding = Rounding { mode: RoundingMode::HalfUp, place: 2 };

fn decimal(text: &str) -> Decimal {
    Decimal::parse(text).unwrap()
}

fn yuan(minor: i64) -> Money {
    Money::from_minor(minor, Currency::CNY)
}

fn rate(from: Currency, to: Currency, rate: &str) -> ExchangeRate {
    ExchangeRate { from, to, rate: decimal(rate), on: Date::new(2024, 1, 2).unwrap(), source: "ECB".into() }
}

fn refused<T: std::fmt::Debug>(result: Result<T, Refusal>) -> (Code, String) {
    let refusal = result.unwrap_err();
    (refusal.code(), refusal.path().to_string())
}

#[test]
fn every_code_of_money_is_produced() {
    use Code::*;
    let euro_to_yuan = rate(Currency::EUR, Currency::CNY, "7.8305");
    let largest = Unrounded::from(decimal("79228162514264337593543950335"));
    let both_wrong = rate(Currency::CNY, Currency::CNY, "-1");
    let negative = [decimal("1"), decimal("-1"), decimal("2"), decimal("-0.5")];
    let table = [
        (MoneyCurrencyUnknown, "", refused(Currency::parse("RMB"))),
        (MoneyCurrencyMixed, "", refused(yuan(1).plus(Money::from_minor(1, Currency::USD)))),
        (MoneyCurrencyMixed, "", refused(yuan(1).minus(Money::from_minor(1, Currency::USD)))),
        (MoneyCurrencyMixed, "", refused(yuan(1).compare(Money::from_minor(1, Currency::USD)))),
        (MoneyCurrencyMixed, "/1", refused(Money::sum(Currency::CNY, [yuan(1), Money::zero(Currency::USD)]))),
        (MoneyCurrencyMixed, "", refused(yuan(100).convert(&euro_to_yuan, CENTS))),
        (MoneyCurrencyMixed, "", refused(Money::zero(Currency::EUR).convert_inverse(&euro_to_yuan, CENTS))),
        (MoneyAmountPrecision, "", refused(Money::new(decimal("1.000"), Currency::CNY))),
        (MoneyAmountPrecision, "", refused(Money::new(decimal("1.5"), Currency::JPY))),
        (
            MoneyRoundingPlace,
            "/place",
            refused(Unrounded::ONE.into_money(Currency::CNY, Rounding { mode: RoundingMode::Up, place: 3 })),
        ),
        (MoneyAmountRange, "", refused(Money::new(decimal("92233720368547758.08"), Currency::CNY))),
        (MoneyAmountRange, "", refused(Money::new(decimal("79228162514264337593543950335"), Currency::CLF))),
        (MoneyAmountRange, "", refused(yuan(i64::MAX).plus(yuan(1)))),
        (MoneyAmountRange, "", refused(yuan(i64::MIN).minus(yuan(1)))),
        (MoneyAmountRange, "", refused(yuan(i64::MIN).negated())),
        (MoneyAmountRange, "", refused(yuan(i64::MIN).abs())),
        (MoneyAmountRange, "", refused(yuan(i64::MAX).times(2))),
        (MoneyAmountRange, "", refused(Money::sum(Currency::CNY, [yuan(i64::MAX), yuan(1)]))),
        (MoneyAmountRange, "", refused(yuan(i64::MAX).multiply(decimal("1.1"), RoundingMode::Down))),
        (MoneyAmountRange, "/2", refused(batch::multiply_by(&[1, 2, i64::MAX], decimal("2"), RoundingMode::Up))),
        (MoneyAmountRange, "", refused(largest.into_money(Currency::CNY, CENTS))),
        (MoneyExactRange, "", refused(largest.times(largest))),
        (MoneyExactRange, "", refused(largest.round(CENTS))),
        (MoneyExactRange, "", refused(Unrounded::ratio(i128::MIN, 1))),
        // −2¹²⁷ fits in 128 bits but has no counterpart above zero.
        (MoneyExactRange, "", refused(Unrounded::ratio(-(1 << 126), 1).and_then(|number| number.times(2)))),
        (MoneyExactRange, "", refused(Unrounded::ratio(-i128::MAX, 1).and_then(|number| number.minus(1)))),
        (MoneyExactRange, "/weights", refused(yuan(1).allocate(&[decimal("1e28"), decimal("1e-28")]))),
        (MoneyExactEndless, "", refused(Unrounded::ratio(1, 3).unwrap().to_decimal())),
        (MoneyExactEndless, "", refused(Unrounded::ratio(1, 1 << 100).unwrap().to_decimal())),
        (MoneyDivisionZero, "", refused(Unrounded::ONE.divided_by(0))),
        (MoneyDivisionZero, "", refused(Unrounded::ratio(1, 0))),
        (MoneyRoundingPlace, "/place", refused(Unrounded::ONE.round(Rounding { place: 29, ..CENTS }))),
        (MoneyRoundingPlace, "/place", refused(Unrounded::ONE.round(Rounding { place: i64::MIN, ..CENTS }))),
        (MoneySplitParts, "", refused(yuan(1).split(0))),
        (MoneySplitParts, "", refused(yuan(1).split(MAX_PARTS + 1))),
        (MoneySplitParts, "", refused(yuan(1).instalments(i64::MIN, RemainderIn::Last))),
        (MoneySplitParts, "", refused(yuan(1).allocate(&vec![Decimal::ONE; 1_000_001]))),
        (MoneySplitWeights, "", refused(yuan(1).allocate(&[]))),
        (MoneySplitWeights, "", refused(yuan(1).allocate(&[Decimal::ZERO; 3]))),
        (MoneySplitWeightNegative, "/1", refused(yuan(1).allocate(&negative))),
        (MoneyRateNotPositive, "/rate", refused(yuan(1).convert(&rate(Currency::CNY, Currency::USD, "0"), CENTS))),
        (MoneyRateSameCurrency, "/to", refused(yuan(1).convert(&both_wrong, CENTS))),
        (MoneyBatchLength, "", refused(batch::multiply_rows(&[1], &[], RoundingMode::Up))),
    ];
    let mut seen = BTreeSet::new();
    for (index, (code, path, found)) in table.iter().enumerate() {
        assert_eq!((code, *path), (&found.0, found.1.as_str()), "row {index}");
        seen.insert(code.as_str());
    }
    let all: BTreeSet<&str> =
        Code::ALL.iter().map(|code| code.as_str()).filter(|code| code.starts_with("money.")).collect();
    assert_eq!(seen, all);
}

#[test]
fn every_fault_is_reported_at_once() {
    let weights = ["1", "-1", "2", "-0.5"].map(decimal);
    let paths: Vec<String> =
        yuan(1).allocate(&weights).unwrap_err().faults().iter().map(|fault| fault.path().to_string()).collect();
    assert_eq!(paths, ["/1", "/3"]);
    let refusal = yuan(1).convert(&rate(Currency::CNY, Currency::CNY, "-1"), CENTS).unwrap_err();
    assert_eq!(refusal.faults().len(), 2);
}

#[track_caller]
fn crosses<T: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug>(value: &T, canonical: &str) {
    assert_eq!(wire::to_json(value).unwrap(), canonical);
    assert_eq!(&wire::from_json::<T>(canonical.as_bytes()).unwrap(), value);
    let node = wire::write(value, Dialect::Node).unwrap();
    assert_eq!(&wire::read::<T>(node.as_bytes(), Dialect::Node).unwrap(), value);
}

#[test]
fn each_type_crosses_the_wire() {
    crosses(&decimal("-0.50"), r#""-0.50""#);
    crosses(&Currency::CNY, r#""CNY""#);
    crosses(&yuan(1230), r#"{"amount":"12.30","currency":"CNY"}"#);
    crosses(&Money::from_minor(-5, Currency::JPY), r#"{"amount":"-5","currency":"JPY"}"#);
    crosses(&Money::from_minor(i64::MIN, Currency::CLF), r#"{"amount":"-922337203685477.5808","currency":"CLF"}"#);
    crosses(&CENTS, r#"{"mode":"half_up","place":2}"#);
    crosses(&RemainderIn::Last, r#""last""#);
    crosses(&RateUse::Inverse, r#""inverse""#);
    let rounded = Unrounded::ratio(100, 3).unwrap().into_money(Currency::CNY, CENTS).unwrap();
    crosses::<RoundedMoney>(
        &rounded,
        r#"{"money":{"amount":"33.33","currency":"CNY"},"rounding":{"before":"100/3","after":"33.33","mode":"half_up","place":2}}"#,
    );
    crosses::<Rounded>(&rounded.rounding, r#"{"before":"100/3","after":"33.33","mode":"half_up","place":2}"#);
    let back = yuan(78_313).convert_inverse(&rate(Currency::EUR, Currency::CNY, "7.8305"), CENTS).unwrap();
    crosses(
        &back,
        r#"{"original":{"amount":"783.13","currency":"CNY"},"converted":{"amount":"100.01","currency":"EUR"},"rate":{"from":"EUR","to":"CNY","rate":"7.8305","on":"2024-01-02","source":"ECB"},"rate_use":"inverse","rounding":{"before":"156626/1566.1","after":"100.01","mode":"half_up","place":2}}"#
            .replace("156626/1566.1", "1566260/15661")
            .as_str(),
    );
}

#[test]
fn what_the_wire_refuses() {
    let money = |text: &str| refused(wire::from_json::<Money>(text.as_bytes()));
    for (text, code, path) in [
        (r#"{"amount":"12.345","currency":"CNY"}"#, Code::MoneyAmountPrecision, "/amount"),
        (r#"{"amount":"1E+17","currency":"CNY"}"#, Code::MoneyAmountRange, "/amount"),
        (r#"{"amount":"1E+200000000","currency":"CNY"}"#, Code::WireDecimalRange, "/amount"),
        (r#"{"amount":"NaN","currency":"CNY"}"#, Code::WireDecimalInvalid, "/amount"),
        (r#"{"amount":12.3,"currency":"CNY"}"#, Code::WireDecimalExpected, "/amount"),
        (r#"{"amount":12,"currency":"CNY"}"#, Code::WireDecimalExpected, "/amount"),
        (r#"{"amount":"12","currency":"RMB"}"#, Code::MoneyCurrencyUnknown, "/currency"),
        (r#"{"amount":"12","currency":"cny"}"#, Code::MoneyCurrencyUnknown, "/currency"),
        (r#"{"amount":"12"}"#, Code::WireFieldMissing, "/currency"),
        (r#"{"amount":"12","currency":"CNY","unit":1}"#, Code::WireFieldUnknown, "/unit"),
        (r#""CNY 12.00""#, Code::WireObjectExpected, ""),
    ] {
        assert_eq!(money(text), (code, path.to_owned()), "{text}");
    }
    let rounding = |text: &str| refused(wire::from_json::<Rounding>(text.as_bytes()));
    assert_eq!(rounding(r#"{"mode":"bankers","place":2}"#), (Code::WireVariantUnknown, "/mode".to_owned()));
    assert_eq!(rounding(r#"{"mode":"up","place":2.0}"#).0, Code::WireIntegerExpected);
}

#[test]
fn zero_has_no_sign() {
    let negative_zero = -rust_decimal::Decimal::ZERO;
    assert!(negative_zero.is_sign_negative());
    let back = rust_decimal::Decimal::from(Decimal::from(negative_zero));
    assert!(!back.is_sign_negative());
    for text in ["-0", "-0.00", "-0E+5"] {
        assert!(!rust_decimal::Decimal::from(decimal(text)).is_sign_negative(), "{text}");
    }
    let rounded = Unrounded::from(decimal("-0.4")).round(Rounding::whole(RoundingMode::HalfUp)).unwrap();
    assert!(!rust_decimal::Decimal::from(rounded.after).is_sign_negative());
}

#[test]
fn amounts_are_shown_with_their_currency() {
    for (money, text) in [
        (yuan(47_500), "CNY 475.00"),
        (yuan(-5), "CNY -0.05"),
        (Money::zero(Currency::JPY), "JPY 0"),
        (Money::from_minor(1, Currency::KWD), "KWD 0.001"),
    ] {
        assert_eq!(money.to_string(), text);
        assert_eq!(format!("{money:?}"), text);
    }
}

/// The table in the documentation of `RoundingMode`.
#[test]
fn each_mode_as_documented() {
    use RoundingMode::{Ceiling, Down, Floor, HalfEven, HalfUp, Up};
    for (mode, row) in [
        (HalfUp, ["3", "-3", "2", "4", "-2"]),
        (HalfEven, ["2", "-2", "2", "4", "-2"]),
        (Up, ["3", "-3", "3", "4", "-3"]),
        (Down, ["2", "-2", "2", "3", "-2"]),
        (Ceiling, ["3", "-2", "3", "4", "-2"]),
        (Floor, ["2", "-3", "2", "3", "-3"]),
    ] {
        for (number, expected) in ["2.5", "-2.5", "2.4", "3.5", "-2.1"].iter().zip(row) {
            let rounded = Unrounded::from(decimal(number)).round(Rounding::whole(mode)).unwrap();
            assert_eq!(rounded.after.to_string(), expected, "{mode:?} {number}");
        }
    }
}
