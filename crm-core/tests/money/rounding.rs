//! Law 2: nothing rounds unseen.

use std::{
    io::{BufWriter, Write as _},
    process::{Command, Stdio},
};

use crm_core::money::{Currency, Decimal, Money, Rounding, RoundingMode, Unrounded, batch};
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::Signed as _;
use proptest::{prelude::*, test_runner::TestRunner};

use super::{
    chain::{Chain, Chains, Outcome, core_answer, line, model_answer, model_round, number, same, scaled, ten_to},
    times,
};

type Answer = fn(&Chain) -> Outcome;

/// Whether every chain gives what the model says: the exact number before, the decimal after, or the same refusal.
fn chains_agree(count: usize, answer: impl Fn(&Chain) -> Outcome) -> Result<(), String> {
    for chain in Chains::new(20_260_301).take(count) {
        let (found, expected) = (answer(&chain), model_answer(&chain, |number| number, model_round));
        if !same(&found, &expected) {
            return Err(format!("{}found {found:?}\nmodel {expected:?}", line(&chain, &found)));
        }
    }
    Ok(())
}

#[test]
fn nothing_rounds_unseen() {
    chains_agree(100_000 * times(), core_answer).unwrap();
}

#[test]
fn the_chains_reach_every_outcome() {
    let outcomes: Vec<Outcome> = Chains::new(20_260_301).take(10_000).map(|chain| core_answer(&chain)).collect();
    let refused = |code| outcomes.iter().filter(|outcome| outcome.as_ref().is_err_and(|found| *found == code)).count();
    let rounded =
        outcomes.iter().flatten().filter(|rounded| number(&rounded.before) != number(&rounded.after.to_string()));
    assert!(rounded.count() > 3_000);
    assert!(refused(crm_core::refusal::Code::MoneyExactRange) > 300);
    assert!(refused(crm_core::refusal::Code::MoneyDivisionZero) > 30);
}

/// Each number in between is cut to 28 digits after the point, as a decimal type without our care does.
fn cuts_in_between(chain: &Chain) -> Outcome {
    let cut = |number: BigRational| BigRational::new(scaled(&number, 28).round().to_integer(), ten_to(28));
    model_answer(chain, cut, model_round)
}

/// Rounds each step instead of the result.
fn rounds_each_step(chain: &Chain) -> Outcome {
    let place = chain.rounding.place;
    let step = |number: BigRational| {
        let units = BigRational::from(model_round(&number, chain.rounding));
        if place < 0 { units * ten_to(-place) } else { units / ten_to(place) }
    };
    model_answer(chain, step, model_round)
}

/// Half up as `floor(x + 0.5)`: wrong below zero.
fn half_up_by_floor(chain: &Chain) -> Outcome {
    model_answer(
        chain,
        |number| number,
        |number, rounding| match rounding.mode {
            RoundingMode::HalfUp => (scaled(number, rounding.place)
                + BigRational::new(BigInt::from(1), BigInt::from(2)))
            .floor()
            .to_integer(),
            _ => model_round(number, rounding),
        },
    )
}

/// Half even where half up was asked, the silent default of many decimal types.
fn always_half_even(chain: &Chain) -> Outcome {
    model_answer(
        chain,
        |number| number,
        |number, rounding| match rounding.mode {
            RoundingMode::HalfUp => model_round(number, Rounding { mode: RoundingMode::HalfEven, ..rounding }),
            _ => model_round(number, rounding),
        },
    )
}

/// Gives up where a step has more than 64 bits, although its result fits.
fn refuses_too_early(chain: &Chain) -> Outcome {
    let mut largest = BigInt::from(0);
    for (_, operand) in &chain.steps {
        largest = largest.max(operand.model().numer().abs());
    }
    if largest > BigInt::from(u64::MAX) { Err(crm_core::refusal::Code::MoneyExactRange) } else { core_answer(chain) }
}

#[test]
fn nothing_rounds_unseen_catches_hidden_roundings() {
    let mutants: [(&str, Answer); 5] = [
        ("cuts in between", cuts_in_between),
        ("rounds each step", rounds_each_step),
        ("half up by floor", half_up_by_floor),
        ("always half even", always_half_even),
        ("refuses too early", refuses_too_early),
    ];
    for (name, mutant) in mutants {
        assert!(chains_agree(100_000, mutant).is_err(), "{name} was not caught");
    }
}

/// What `fractions_check.py` says to the answers to so many chains: whether it agreed, and its words. `None` without
/// Python.
fn python_says(count: usize, answer: Answer) -> Option<(bool, String)> {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/laws/fractions_check.py");
    let spawned =
        Command::new("python3").arg(script).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let mut child = spawned.ok()?;
    let mut input = BufWriter::with_capacity(1 << 16, child.stdin.take().unwrap());
    // Python computes while the next chains are made.
    let writer = std::thread::spawn(move || {
        for chain in Chains::new(7).take(count) {
            // Python stops reading at the first wrong line.
            if input.write_all(line(&chain, &answer(&chain)).as_bytes()).is_err() {
                break;
            }
        }
    });
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    let words = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    Some((output.status.success(), words))
}

/// Says aloud that a test did not look. Not `eprintln!`, which is swallowed when a test passes.
fn skipped() {
    std::io::stderr().write_all(b"skipped: python3 is missing, fractions were not compared\n").unwrap();
}

#[test]
fn python_fractions_agree() {
    let count = 1_000_000 * times();
    match python_says(count, core_answer) {
        Some((agreed, words)) => assert!(agreed && words.trim() == format!("ok {count}"), "{words}"),
        None => skipped(),
    }
}

#[test]
fn python_fractions_catch_hidden_roundings() {
    for mutant in [cuts_in_between as Answer, half_up_by_floor, always_half_even] {
        match python_says(50_000, mutant) {
            Some((agreed, words)) => assert!(!agreed && words.starts_with("wrong:"), "{words}"),
            None => skipped(),
        }
    }
}

type Multiply = fn(i64, Decimal, RoundingMode) -> Option<i64>;

fn modes() -> impl Strategy<Value = RoundingMode> {
    use RoundingMode::{Ceiling, Down, Floor, HalfEven, HalfUp, Up};
    prop::sample::select(vec![HalfUp, HalfEven, Up, Down, Ceiling, Floor])
}

fn factors() -> impl Strategy<Value = Decimal> {
    prop_oneof![
        4 => (-100_000_i128..100_000, 0_u32..7),
        2 => (any::<i64>().prop_map(i128::from), 0_u32..29),
        1 => ((-(1_i128 << 96) + 1)..(1_i128 << 96), 0_u32..29),
        2 => (prop::sample::select(vec![5_i128, -5, 25, 15, 0]), 0_u32..4),
    ]
    .prop_map(|(mantissa, scale)| Decimal::from_parts(mantissa, scale).unwrap())
}

/// Whether a fast multiplication says what the readable way over `Unrounded` says.
fn fast_path_agrees(multiply: Multiply) -> Result<(), String> {
    let amounts = prop_oneof![-1_000_000_i64..1_000_000, any::<i64>()];
    let mut runner = TestRunner::new(ProptestConfig {
        cases: 20_000 * times() as u32,
        failure_persistence: None,
        ..Default::default()
    });
    runner
        .run(&(amounts, factors(), modes()), |(minor, by, mode)| {
            let exact = Unrounded::from(Money::from_minor(minor, Currency::CNY)).times(by);
            let rounding = Rounding::minor_unit(mode, Currency::CNY);
            // Where even the readable way has no room, the fast one has nothing to agree with.
            let Ok(exact) = exact else { return Ok(()) };
            let expected = exact.into_money(Currency::CNY, rounding).ok().map(|rounded| rounded.money.minor());
            prop_assert_eq!(multiply(minor, by, mode), expected);
            Ok(())
        })
        .map_err(|error| error.to_string())
}

#[test]
fn the_fast_path_says_what_the_exact_one_says() {
    fast_path_agrees(|minor, by, mode| {
        Money::from_minor(minor, Currency::CNY).multiply(by, mode).ok().map(|money| money.minor())
    })
    .unwrap();
    fast_path_agrees(|minor, by, mode| batch::multiply_by(&[minor], by, mode).ok().map(|rows| rows[0])).unwrap();
    fast_path_agrees(|minor, by, mode| batch::multiply_rows(&[minor], &[by], mode).ok().map(|rows| rows[0])).unwrap();
}

/// The exact number in between has more digits than fit, its rounding is small: the fast path answers, the exact one
/// refuses with its code.
#[test]
fn the_fast_path_has_room_where_the_exact_one_refuses() {
    let amount = Money::from_minor(i64::MAX, Currency::CNY);
    let long = Decimal::parse("0.7922816251426433759354395033").unwrap();
    let exact = Unrounded::from(amount).times(long);
    assert_eq!(exact.unwrap_err().code(), crm_core::refusal::Code::MoneyExactRange);
    let product = number(&amount.amount().to_string()) * number("0.7922816251426433759354395033");
    let cents = model_round(&product, Rounding::minor_unit(RoundingMode::HalfUp, Currency::CNY));
    assert_eq!(BigInt::from(amount.multiply(long, RoundingMode::HalfUp).unwrap().minor()), cents);
}

#[test]
fn the_fast_path_law_catches_adding_half() {
    let adds_half: Multiply = |minor, by, _| {
        let unit = 10_i128.checked_pow(by.scale())?;
        i64::try_from((i128::from(minor).checked_mul(by.mantissa())? + unit / 2) / unit).ok()
    };
    assert!(fast_path_agrees(adds_half).is_err());
}

proptest! {
    #[test]
    fn decimals_compare_by_value(a in factors(), b in factors()) {
        let (left, right) = (number(&a.to_string()), number(&b.to_string()));
        prop_assert_eq!(a.cmp(&b), left.cmp(&right));
        prop_assert_eq!(Unrounded::from(a).cmp(&Unrounded::from(b)), left.cmp(&right));
    }

    #[test]
    fn equal_decimals_hash_alike(mantissa in -1_000_000_i128..1_000_000, scale in 0_u32..10, zeros in 0_u32..10) {
        use std::hash::BuildHasher as _;
        let state = std::hash::RandomState::new();
        let short = Decimal::from_parts(mantissa, scale).unwrap();
        let long = Decimal::from_parts(mantissa * 10_i128.pow(zeros), scale + zeros).unwrap();
        prop_assert_eq!(short, long);
        prop_assert_eq!(state.hash_one(short), state.hash_one(long));
        prop_assert_eq!(state.hash_one(Unrounded::from(short)), state.hash_one(Unrounded::from(long)));
    }

    #[test]
    fn a_decimal_reads_what_it_wrote(decimal in factors()) {
        let again = Decimal::parse(&decimal.to_string()).unwrap();
        prop_assert_eq!((again.mantissa(), again.scale()), (decimal.mantissa(), decimal.scale()));
    }
}
