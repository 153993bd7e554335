//! What codes and figures are called in both languages: facts with their units, groups, channels, kinds of rows, parameters.
//!
//! A host's own code that has no words here stays as it is.

mod codes;
mod facts;
mod groups;
mod parameters;

pub use codes::{channel, choice, group_of_policies, line, table};
pub use facts::{FactWords, value as fact_value};
pub use groups::{meaning, name};
pub use parameters::{parameter, source};

use crm_core::money::{Decimal, Rounding, RoundingMode, Unrounded};

/// A number with two places, half up, for reading; as it is where it has fewer. The exact one stands where it is needed.
#[must_use]
pub fn two_places(number: Decimal) -> Decimal {
    if number.scale() <= 2 {
        return number;
    }
    let rounding = Rounding { mode: RoundingMode::HalfUp, place: 2 };
    Unrounded::from(number).round(rounding).map_or(number, |rounded| rounded.after)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_rounded_once_for_reading() {
        for (exact, read) in [
            ("48.6106", "48.61"),
            ("0.005", "0.01"),
            ("-0.005", "-0.01"),
            ("100.0000", "100.00"),
            ("7", "7"),
            ("1.5", "1.5"),
        ] {
            assert_eq!(
                Decimal::parse(exact).map(|exact| two_places(exact).to_string()),
                Ok(read.to_owned()),
                "{exact}"
            );
        }
    }
}
