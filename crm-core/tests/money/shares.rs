//! Law 1: no cent is lost.

use crm_core::money::{Currency, Decimal, Money, RemainderIn};
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{Signed as _, Zero as _};
use proptest::{prelude::*, test_runner::TestRunner};

use super::{chain::number, times};

fn runner() -> TestRunner {
    TestRunner::new(ProptestConfig { cases: 2_000 * times() as u32, failure_persistence: None, ..Default::default() })
}

fn minors(parts: &[Money]) -> Vec<i64> {
    parts.iter().map(Money::minor).collect()
}

fn total(parts: &[i64]) -> i128 {
    parts.iter().copied().map(i128::from).sum()
}

fn amounts() -> impl Strategy<Value = i64> {
    prop_oneof![-1_000_i64..1_000, any::<i64>(), Just(i64::MAX), Just(i64::MIN), Just(0)]
}

fn weights() -> impl Strategy<Value = Vec<Decimal>> {
    let weight = prop_oneof![
        3 => (0_i128..5, 0_u32..1),
        3 => (0_i128..1_000_000, 0_u32..7),
        1 => (0_i128..(1 << 90), Just(20_u32)),
    ];
    let weight = weight.prop_map(|(mantissa, scale)| Decimal::from_parts(mantissa, scale).unwrap());
    prop::collection::vec(weight, 1..12)
        .prop_filter("a weight above zero", |weights| weights.iter().any(|weight| !weight.is_zero()))
}

type Allocate = fn(i64, &[Decimal]) -> Vec<i64>;

/// The parts add up; each is its exact share with less than one unit more or less; who got a unit lost the larger
/// fraction or, of equal ones, stands earlier; zero gets zero; a negative amount mirrors the positive one.
fn allocations_add_up(allocate: Allocate) -> Result<(), String> {
    let law = |amount: i64, weights: &[Decimal]| {
        let parts = allocate(amount, weights);
        prop_assert_eq!(parts.len(), weights.len());
        prop_assert_eq!(total(&parts), i128::from(amount));
        let weights_exact: Vec<BigRational> = weights.iter().map(|weight| number(&weight.to_string())).collect();
        let whole = weights_exact.iter().fold(BigRational::zero(), |sum, weight| sum + weight);
        let size = BigRational::from(BigInt::from(amount).abs());
        let mut fractions = Vec::new();
        for (part, weight) in parts.iter().zip(&weights_exact) {
            let share = &size * weight / &whole;
            let part = BigRational::from(BigInt::from(*part).abs());
            prop_assert!(!weight.is_zero() || part.is_zero());
            let extra = &part - share.trunc();
            prop_assert!(extra.is_zero() || extra == BigRational::from(BigInt::from(1)));
            fractions.push((share.fract(), !extra.is_zero()));
        }
        for (index, (fraction, extra)) in fractions.iter().enumerate() {
            for (other, other_extra) in &fractions[index + 1..] {
                prop_assert!(!other_extra || *extra || other > fraction, "a later part came first");
                prop_assert!(!extra || *other_extra || fraction >= other, "a smaller fraction came first");
            }
        }
        if let Some(mirrored) = amount.checked_neg() {
            let mirror: Vec<i64> = allocate(mirrored, weights).iter().map(|part| -part).collect();
            prop_assert_eq!(mirror, parts);
        }
        Ok(())
    };
    runner().run(&(amounts(), weights()), |(amount, weights)| law(amount, &weights)).map_err(|error| error.to_string())
}

#[test]
fn no_cent_is_lost_in_allocations() {
    allocations_add_up(|amount, weights| minors(&Money::from_minor(amount, Currency::CNY).allocate(weights).unwrap()))
        .unwrap();
}

/// Exact shares of the mutants, small enough for 128 bits or not at all.
fn exact_shares(amount: i64, weights: &[Decimal]) -> Vec<BigRational> {
    let weights: Vec<BigRational> = weights.iter().map(|weight| number(&weight.to_string())).collect();
    let whole = weights.iter().fold(BigRational::zero(), |sum, weight| sum + weight);
    weights.iter().map(|weight| weight / &whole * BigInt::from(amount)).collect()
}

fn small(number: &BigRational) -> i64 {
    i64::try_from(number.to_integer()).unwrap_or(i64::MAX)
}

#[test]
fn no_cent_is_lost_catches_wrong_allocations() {
    let rounds_each: Allocate =
        |amount, weights| exact_shares(amount, weights).iter().map(|share| small(&share.round())).collect();
    let rest_to_the_last: Allocate = |amount, weights| {
        let mut parts: Vec<i64> = exact_shares(amount, weights).iter().map(|share| small(&share.trunc())).collect();
        let rest = i128::from(amount) - total(&parts);
        *parts.last_mut().unwrap() += rest as i64;
        parts
    };
    let later_first: Allocate = |amount, weights| {
        let turned: Vec<Decimal> = weights.iter().rev().copied().collect();
        let mut parts = minors(&Money::from_minor(amount, Currency::CNY).allocate(&turned).unwrap());
        parts.reverse();
        parts
    };
    let floors_below_zero: Allocate = |amount, weights| {
        let mut parts: Vec<i64> = exact_shares(amount, weights).iter().map(|share| small(&share.floor())).collect();
        let mut rest = i128::from(amount) - total(&parts);
        for (part, weight) in parts.iter_mut().zip(weights) {
            if rest > 0 && !weight.is_zero() {
                *part += 1;
                rest -= 1;
            }
        }
        parts
    };
    for (name, mutant) in [
        ("rounds each share", rounds_each),
        ("the rest to the last", rest_to_the_last),
        ("later parts first", later_first),
        ("floors below zero", floors_below_zero),
    ] {
        assert!(allocations_add_up(mutant).is_err(), "{name} was not caught");
    }
}

type Split = fn(i64, i64) -> Vec<i64>;

/// Equal parts add up, differ by one unit at most, the larger ones first.
fn splits_add_up(split: Split) -> Result<(), String> {
    let law = |amount: i64, count: i64| {
        let parts = split(amount, count);
        prop_assert_eq!(parts.len(), usize::try_from(count).unwrap());
        prop_assert_eq!(total(&parts), i128::from(amount));
        let sizes: Vec<u64> = parts.iter().map(|part| part.unsigned_abs()).collect();
        prop_assert!(sizes.is_sorted_by(|earlier, later| earlier >= later));
        prop_assert!(sizes[0] - sizes[sizes.len() - 1] <= 1);
        prop_assert!(parts.iter().all(|part| part.signum() * amount.signum() >= 0));
        Ok(())
    };
    runner().run(&(amounts(), 1_i64..400), |(amount, count)| law(amount, count)).map_err(|error| error.to_string())
}

/// Instalments add up; all but the odd one are the exact share cut toward zero.
fn instalments_add_up(instalments: fn(i64, i64, RemainderIn) -> Vec<i64>) -> Result<(), String> {
    let law = |amount: i64, count: i64, remainder: RemainderIn| {
        let parts = instalments(amount, count, remainder);
        prop_assert_eq!(total(&parts), i128::from(amount));
        let odd = if remainder == RemainderIn::First { 0 } else { parts.len() - 1 };
        for (index, part) in parts.iter().enumerate() {
            prop_assert!(index == odd || *part == amount / count);
            prop_assert!(part.signum() * amount.signum() >= 0, "an instalment changed sign");
        }
        Ok(())
    };
    let remainders = prop::sample::select(vec![RemainderIn::First, RemainderIn::Last]);
    runner()
        .run(&(amounts(), 1_i64..400, remainders), |(amount, count, remainder)| law(amount, count, remainder))
        .map_err(|error| error.to_string())
}

#[test]
fn no_cent_is_lost_in_splits() {
    splits_add_up(|amount, count| minors(&Money::from_minor(amount, Currency::JPY).split(count).unwrap())).unwrap();
    instalments_add_up(|amount, count, remainder| {
        minors(&Money::from_minor(amount, Currency::JPY).instalments(count, remainder).unwrap())
    })
    .unwrap();
}

#[test]
fn no_cent_is_lost_catches_wrong_splits() {
    let rounds_each: Split = |amount, count| {
        let part = (amount as i128 * 2 + i128::from(count)).div_euclid(2 * i128::from(count));
        vec![part as i64; count as usize]
    };
    let later_first: Split = |amount, count| {
        let mut parts = minors(&Money::from_minor(amount, Currency::JPY).split(count).unwrap());
        parts.reverse();
        parts
    };
    assert!(splits_add_up(rounds_each).is_err());
    assert!(splits_add_up(later_first).is_err());
    // The equal share rounded up drives the last instalment below zero (OCA/account-payment#924).
    assert!(
        instalments_add_up(|amount, count, _| {
            let share = amount / count + amount.signum();
            let mut parts = vec![share; count as usize];
            parts[count as usize - 1] = amount.wrapping_sub(share.wrapping_mul(count - 1));
            parts
        })
        .is_err()
    );
}
