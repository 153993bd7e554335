//! Multiplying an amount by a factor and rounding it half up to the cent, beside the bare arithmetic.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use crm_benches::{Group, seeded};
use crm_core::money::{Currency, Decimal, Money, Rounding, RoundingMode, Unrounded, batch};
use rust_decimal::RoundingStrategy;

const ROWS: usize = 1_000_000;

fn main() -> Result<(), String> {
    // Premiums in cents and factors with three decimals: 50.00 to 8999.99 times 0.500 to 2.499.
    let (amounts, factors) = (seeded(1, ROWS, 5_000, 900_000), seeded(2, ROWS, 500, 2_500));
    let currency = Currency::CNY;
    let money: Vec<Money> = amounts.iter().map(|minor| Money::from_minor(*minor, currency)).collect();
    let decimals: Vec<Decimal> =
        factors.iter().map(|factor| Decimal::from_parts(i128::from(*factor), 3).expect("three decimals")).collect();
    let wide: Vec<(i128, i128)> = amounts.iter().zip(&factors).map(|(a, b)| (i128::from(*a), i128::from(*b))).collect();
    let foreign: Vec<(rust_decimal::Decimal, rust_decimal::Decimal)> = amounts
        .iter()
        .zip(&factors)
        .map(|(a, b)| (rust_decimal::Decimal::new(*a, 2), rust_decimal::Decimal::new(*b, 3)))
        .collect();
    let cents = Rounding::minor_unit(RoundingMode::HalfUp, currency);
    let pairs = || money.iter().zip(&decimals);

    Group::new("money: multiply and round, a row", ROWS)
        .with("floor: i64", || {
            let rows: Vec<i64> = amounts.iter().zip(&factors).map(|(a, b)| (a * b + 500) / 1000).collect();
            rows.iter().sum()
        })
        .with("floor: i128", || {
            let rows: Vec<i64> =
                wide.iter().map(|(a, b)| i64::try_from((a * b + 500) / 1000).expect("small")).collect();
            rows.iter().sum()
        })
        .with("floor: rust_decimal", || {
            let away = RoundingStrategy::MidpointAwayFromZero;
            let rows: Vec<rust_decimal::Decimal> =
                foreign.iter().map(|(a, b)| (a * b).round_dp_with_strategy(2, away)).collect();
            let total: rust_decimal::Decimal = rows.iter().sum();
            i64::try_from(total.mantissa()).expect("small")
        })
        .with("crm-core: batch::multiply_rows", || {
            batch::multiply_rows(&amounts, &decimals, RoundingMode::HalfUp).expect("in range").iter().sum()
        })
        .with("crm-core: Money::multiply", || {
            let rows: Vec<Money> =
                pairs().map(|(a, b)| a.multiply(*b, RoundingMode::HalfUp).expect("in range")).collect();
            rows.iter().map(Money::minor).sum()
        })
        .with("crm-core: Unrounded with a record of the rounding", || {
            let exact = |(a, b): (&Money, &Decimal)| {
                let product = Unrounded::from(*a).times(*b).expect("in range");
                product.into_money(currency, cents).expect("in range").money
            };
            let rows: Vec<Money> = pairs().map(exact).collect();
            rows.iter().map(Money::minor).sum()
        })
        .run()
}
