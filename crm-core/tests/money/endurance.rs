//! Law 13: it does not fall over.

use crm_core::{
    calendar::{AgeConvention, Date, DayCount, DayFraction, EndOfMonth, Period},
    money::{
        Conversion, Currency, Decimal, ExchangeRate, Money, RemainderIn, RoundedMoney, Rounding, RoundingMode,
        Unrounded, batch,
    },
    refusal::Code,
    wire,
};
use proptest::{prelude::*, test_runner::TestRunner};

use super::times;

fn runner(cases: u32) -> TestRunner {
    TestRunner::new(ProptestConfig { cases: cases * times() as u32, failure_persistence: None, ..Default::default() })
}

fn texts() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "-?[0-9]{0,40}(\\.[0-9]{0,40})?([eE][+-]?[0-9]{0,12})?",
        "[0-9]{1,5}-[0-9]{1,3}-[0-9]{1,3}(T.*)?",
        "[-+0-9.eE_,  ٣五NaInf]{0,20}",
        "[A-Z¥￥]{0,4}",
    ]
}

/// Whether a reader takes any text without a panic.
fn survives_any_text(read: fn(&str)) -> Result<(), String> {
    runner(5_000)
        .run(&texts(), |text| {
            read(&text);
            Ok(())
        })
        .map_err(|error| error.to_string())
}

#[test]
fn no_text_makes_a_reader_panic() {
    survives_any_text(|text| {
        let _ = (Decimal::parse(text), Date::parse(text), Currency::parse(text));
        let quoted = wire::to_json(&text.to_owned()).unwrap();
        for read in [read_as::<Decimal>, read_as::<Date>, read_as::<Currency>, read_as::<Money>, read_as::<Period>] {
            read(text);
            read(&quoted);
        }
        for field in ["amount", "currency"] {
            read_as::<Money>(&format!(r#"{{"amount":"1","currency":"CNY","{field}":{quoted}}}"#));
        }
        read_as::<Money>(&format!(r#"{{"amount":{quoted},"currency":"CNY"}}"#));
        read_as::<ExchangeRate>(text);
        read_as::<Conversion>(text);
        read_as::<RoundedMoney>(text);
        read_as::<DayFraction>(text);
    })
    .unwrap();
}

fn read_as<T: serde::de::DeserializeOwned>(text: &str) {
    let _ = wire::from_json::<T>(text.as_bytes());
}

#[test]
fn no_text_makes_a_reader_panic_catches_a_cut_in_a_character() {
    assert!(
        survives_any_text(|text| {
            let _ = text.len() > 1 && text[1..].is_empty();
        })
        .is_err()
    );
    assert!(
        survives_any_text(|text| {
            let _ = text.bytes().fold(0_i64, |sum, byte| sum * 10 + i64::from(byte));
        })
        .is_err()
    );
}

const EDGES: [i64; 9] = [i64::MIN, i64::MIN + 1, -101, -1, 0, 1, 99, i64::MAX - 1, i64::MAX];

fn edge() -> impl Strategy<Value = i64> {
    prop_oneof![prop::sample::select(EDGES.to_vec()), any::<i64>()]
}

fn extreme_decimal() -> impl Strategy<Value = Decimal> {
    let mantissas = vec![0_i128, 1, -1, (1 << 96) - 1, 1 - (1 << 96), i128::from(i64::MAX), i128::from(i64::MIN)];
    (prop::sample::select(mantissas), prop_oneof![Just(0_u32), Just(28), 0_u32..29])
        .prop_map(|(mantissa, scale)| Decimal::from_parts(mantissa, scale).unwrap())
}

fn extreme_exact() -> impl Strategy<Value = Unrounded> {
    let edges = vec![i128::MAX, -i128::MAX, 1, -1, 1 << 126, 10_i128.pow(38)];
    prop_oneof![
        extreme_decimal().prop_map(Unrounded::from),
        (prop::sample::select(edges.clone()), prop::sample::select(edges))
            .prop_map(|(numerator, denominator)| Unrounded::ratio(numerator, denominator).unwrap()),
        (any::<i128>(), any::<i128>()).prop_filter_map("a fraction", |(numerator, denominator)| Unrounded::ratio(
            numerator,
            denominator
        )
        .ok()),
    ]
}

fn modes() -> impl Strategy<Value = RoundingMode> {
    use RoundingMode::{Ceiling, Down, Floor, HalfEven, HalfUp, Up};
    prop::sample::select(vec![HalfUp, HalfEven, Up, Down, Ceiling, Floor])
}

type Arithmetic = fn(Money, Money, Decimal, RoundingMode);

/// Whether arithmetic on the ends of every range answers or refuses, but does not panic.
fn survives_extremes(arithmetic: Arithmetic) -> Result<(), String> {
    let input = (edge(), edge(), extreme_decimal(), modes());
    runner(5_000)
        .run(&input, |(first, second, decimal, mode)| {
            arithmetic(
                Money::from_minor(first, Currency::CNY),
                Money::from_minor(second, Currency::CNY),
                decimal,
                mode,
            );
            Ok(())
        })
        .map_err(|error| error.to_string())
}

#[test]
fn no_amount_makes_arithmetic_panic() {
    survives_extremes(|first, second, decimal, mode| {
        let _ = (first.plus(second), first.minus(second), first.negated(), first.abs(), first.times(second.minor()));
        let _ = (Money::sum(Currency::CNY, [first, second, first]), first.multiply(decimal, mode));
        let _ = batch::multiply_rows(&[first.minor(), second.minor()], &[decimal, decimal], mode);
        let _ = (first.allocate(&[decimal, Decimal::ONE, decimal]), first.split(second.minor() % 100));
        let _ = first.instalments(second.minor() % 100, RemainderIn::First);
        let _ = Money::new(decimal, Currency::CLF);
        let rate = ExchangeRate {
            from: Currency::CNY,
            to: Currency::CLF,
            rate: decimal,
            on: Date::MAX,
            source: String::new(),
        };
        let _ = first.convert(&rate, Rounding { mode, place: second.minor() % 40 });
        let _ = Money::from_minor(first.minor(), Currency::CLF).convert_inverse(&rate, Rounding { mode, place: 4 });
    })
    .unwrap();
}

#[test]
fn no_amount_makes_arithmetic_panic_catches_plain_operators() {
    let unchecked: [Arithmetic; 3] = [
        |first, second, _, _| {
            std::hint::black_box(first.minor() + second.minor());
        },
        |first, second, _, _| {
            std::hint::black_box(first.minor() / second.minor());
        },
        |first, _, decimal, _| {
            std::hint::black_box(i128::from(first.minor()) * decimal.mantissa());
        },
    ];
    for mutant in unchecked {
        assert!(survives_extremes(mutant).is_err());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 5_000 * times() as u32, failure_persistence: None, ..Default::default() })]

    #[test]
    fn no_number_makes_exact_steps_panic(
        a in extreme_exact(), b in extreme_exact(), mode in modes(), place in prop_oneof![-28_i64..29, edge()],
    ) {
        for result in [a.plus(b), a.minus(b), a.times(b), a.divided_by(b)].into_iter().flatten() {
            let rounding = Rounding { mode, place };
            let _ = (result.round(rounding), result.into_money(Currency::CNY, rounding), result.to_decimal());
            let _ = (result.to_string(), result.abs(), result.negated(), result.numerator(), result.denominator());
        }
        let _ = (a.cmp(&b), a == b);
    }

    #[test]
    fn no_date_makes_the_calendar_panic(days in -800_000_i64..3_100_000, by in edge(), other in 0_i64..2_900_000) {
        let (Ok(date), Ok(other)) = (Date::from_epoch_days(days), Date::from_epoch_days(other)) else { return Ok(()) };
        let _ = (date.plus_days(by), date.days_until(other), Date::from_epoch_days(by));
        for mode in [EndOfMonth::Clamp, EndOfMonth::Stick, EndOfMonth::Refuse] {
            let _ = (date.plus_months(by, mode), date.completed_months(other, mode), Period::months_from(date, by, mode));
        }
        for convention in [AgeConvention::BirthdayCounts, AgeConvention::DayAfterBirthday] {
            let _ = convention.completed_years(date, other);
        }
        if let Ok(period) = Period::new(date, other) {
            let _ = (period.started_months(date), DayCount::Actual365.fraction(&period, other));
        }
        let _ = Unrounded::try_from(DayFraction { days: by, of_days: days }).is_ok();
        let _ = DayFraction { days: by, of_days: days }.remaining();
    }
}

#[test]
fn long_and_wide_numbers_cost_nothing() {
    let megabytes = "0".repeat(10 << 20);
    let refused = |text: &str| Decimal::parse(text).unwrap_err().code();
    assert_eq!(Decimal::parse(&format!("{megabytes}7")).unwrap().to_string(), "7");
    assert_eq!(refused(&format!("1{megabytes}")), Code::WireDecimalRange);
    assert_eq!(refused(&format!("0.{megabytes}1")), Code::WireDecimalRange);
    assert_eq!(refused(&format!("1e{megabytes}9999999999")), Code::WireDecimalRange);
    assert_eq!(Decimal::parse(&format!("1e{megabytes}2")).unwrap().to_string(), "100");
    for exponent in ["200000000", "-200000000", "9223372036854775808", "-99999999999999999999999", "29", "-29"] {
        assert_eq!(refused(&format!("1E{exponent}")), Code::WireDecimalRange, "{exponent}");
    }
}

#[test]
fn what_is_and_what_is_no_decimal() {
    for (text, shown) in [
        ("0", "0"),
        ("-0", "0"),
        ("-0.00", "0.00"),
        ("007.50", "7.50"),
        ("1E+3", "1000"),
        ("1.50e1", "15.0"),
        ("125E-2", "1.25"),
        ("0E+999999999", "0"),
        ("79228162514264337593543950335", "79228162514264337593543950335"),
        ("1E+28", "10000000000000000000000000000"),
        ("0.0000000000000000000000000001", "0.0000000000000000000000000001"),
        ("-7.9228162514264337593543950335", "-7.9228162514264337593543950335"),
    ] {
        assert_eq!(Decimal::parse(text).unwrap().to_string(), shown, "{text}");
    }
    for text in [
        "", "-", "+1", " 1", "1 ", "1,000", "1_000", ".5", "5.", "1.2.3", "1e", "1e+", "1e1.5", "0x10", "NaN", "inf",
        "--1", "１２", "1\u{0}", "1e5e5", "e5", "-.5", "1.e5",
    ] {
        assert_eq!(Decimal::parse(text).unwrap_err().code(), Code::WireDecimalInvalid, "{text}");
    }
    for text in ["79228162514264337593543950336", "1E+29", "0.00000000000000000000000000001", "8E+28", "1.0E-28"] {
        assert_eq!(Decimal::parse(text).unwrap_err().code(), Code::WireDecimalRange, "{text}");
    }
}
