//! Chains of exact steps with a rounding at their end: how they are made, what they give, what they should give.

use std::fmt::Write as _;

use crm_core::{
    money::{Decimal, Rounded, Rounding, RoundingMode, Unrounded},
    refusal::{Code, Refusal},
};
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One as _, Signed as _, Zero as _};

#[derive(Debug, Clone)]
pub struct Chain {
    pub start: Operand,
    pub steps: Vec<(char, Operand)>,
    pub rounding: Rounding,
}

#[derive(Debug, Clone)]
pub enum Operand {
    Decimal(Decimal),
    Ratio(i128, i128),
}

impl Operand {
    pub fn text(&self) -> String {
        match self {
            Self::Decimal(decimal) => decimal.to_string(),
            Self::Ratio(numerator, denominator) => format!("{numerator}/{denominator}"),
        }
    }

    pub fn exact(&self) -> Unrounded {
        match self {
            Self::Decimal(decimal) => Unrounded::from(*decimal),
            Self::Ratio(numerator, denominator) => Unrounded::ratio(*numerator, *denominator).unwrap(),
        }
    }

    pub fn model(&self) -> BigRational {
        number(&self.text())
    }
}

/// What a chain gives.
pub type Outcome = Result<Rounded, Code>;

/// The core's answer.
pub fn core_answer(chain: &Chain) -> Outcome {
    let run = || -> Result<Rounded, Refusal> {
        let mut number = chain.start.exact();
        for (operator, operand) in &chain.steps {
            number = match operator {
                '+' => number.plus(operand.exact()),
                '-' => number.minus(operand.exact()),
                '*' => number.times(operand.exact()),
                _ => number.divided_by(operand.exact()),
            }?;
        }
        number.round(chain.rounding)
    };
    run().map_err(|refusal| refusal.code())
}

/// A model of a chain; `touch` sees each number in between, `round` gives units of the place.
pub fn model_answer(
    chain: &Chain,
    touch: impl Fn(BigRational) -> BigRational,
    round: impl Fn(&BigRational, Rounding) -> BigInt,
) -> Outcome {
    let mut exact = chain.start.model();
    for (operator, operand) in &chain.steps {
        let operand = operand.model();
        exact = touch(match operator {
            '+' => exact + operand,
            '-' => exact - operand,
            '*' => exact * operand,
            _ if operand.is_zero() => return Err(Code::MoneyDivisionZero),
            _ => exact / operand,
        });
        let largest = BigInt::from(i128::MAX);
        if exact.numer().abs() > largest || *exact.denom() > largest {
            return Err(Code::MoneyExactRange);
        }
    }
    let units = round(&exact, chain.rounding);
    let place = chain.rounding.place;
    let mantissa = if place < 0 { units * ten_to(-place) } else { units };
    let mantissa = i128::try_from(mantissa).map_err(|_| Code::MoneyExactRange)?;
    let after =
        Decimal::from_parts(mantissa, u32::try_from(place.max(0)).unwrap()).map_err(|_| Code::MoneyExactRange)?;
    Ok(Rounded { before: exact.to_string(), after, mode: chain.rounding.mode, place })
}

/// Units of the place, written from the definitions of the modes over floor and ceiling.
pub fn model_round(number: &BigRational, rounding: Rounding) -> BigInt {
    let scaled = scaled(number, rounding.place);
    let (floor, ceiling) = (scaled.floor().to_integer(), scaled.ceil().to_integer());
    let away = if scaled.is_negative() { &floor } else { &ceiling };
    let from_floor = (&scaled - BigRational::from(floor.clone())) * BigInt::from(2);
    let nearest = |tie: &BigInt| match from_floor.cmp(&BigRational::one()) {
        std::cmp::Ordering::Less => floor.clone(),
        std::cmp::Ordering::Greater => ceiling.clone(),
        std::cmp::Ordering::Equal => tie.clone(),
    };
    match rounding.mode {
        RoundingMode::Floor => floor,
        RoundingMode::Ceiling => ceiling,
        RoundingMode::Up => away.clone(),
        RoundingMode::Down => scaled.trunc().to_integer(),
        RoundingMode::HalfUp => nearest(away),
        RoundingMode::HalfEven => nearest(if &floor % 2 == BigInt::zero() { &floor } else { &ceiling }),
    }
}

pub fn scaled(number: &BigRational, place: i64) -> BigRational {
    if place < 0 { number / ten_to(-place) } else { number * ten_to(place) }
}

pub fn ten_to(power: i64) -> BigInt {
    BigInt::from(10).pow(u32::try_from(power).unwrap())
}

/// The number that a text says: `-1.50` or `7/40`.
pub fn number(text: &str) -> BigRational {
    if let Some((numerator, denominator)) = text.split_once('/') {
        return BigRational::new(numerator.parse().unwrap(), denominator.parse().unwrap());
    }
    let digits = text.split_once('.').map_or(0, |(_, digits)| digits.len());
    BigRational::new(text.replace('.', "").parse().unwrap(), ten_to(i64::try_from(digits).unwrap()))
}

/// `Ok` when both say the same number, to the digit.
pub fn same(found: &Outcome, expected: &Outcome) -> bool {
    match (found, expected) {
        (Ok(found), Ok(expected)) => {
            number(&found.before) == number(&expected.before)
                && found.after.to_string() == expected.after.to_string()
                && (found.mode, found.place) == (expected.mode, expected.place)
        }
        (Err(found), Err(expected)) => found == expected,
        _ => false,
    }
}

/// A line for `fractions_check.py`.
pub fn line(chain: &Chain, outcome: &Outcome) -> String {
    let mut line = chain.start.text();
    for (operator, operand) in &chain.steps {
        write!(line, " {operator} {}", operand.text()).unwrap();
    }
    let mode = serde_name(chain.rounding.mode);
    write!(line, " ; {mode} {}", chain.rounding.place).unwrap();
    match outcome {
        Ok(rounded) => writeln!(line, " = {} {}", rounded.before, rounded.after).unwrap(),
        Err(code) => writeln!(line, " ! {code}").unwrap(),
    }
    line
}

fn serde_name(mode: RoundingMode) -> String {
    crm_core::wire::to_json(&mode).unwrap().replace('"', "")
}

/// A generator of chains: the same seed gives the same chains everywhere.
pub struct Chains(u64);

impl Chains {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// SplitMix64.
    fn next_number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut number = self.0;
        number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        number ^ (number >> 31)
    }

    fn below(&mut self, limit: u64) -> i128 {
        i128::from(self.next_number() % limit)
    }

    fn wide(&mut self) -> i128 {
        let bits = (i128::from(self.next_number()) << 64) | i128::from(self.next_number());
        // Every length of number, not only the longest.
        bits.checked_abs().unwrap_or(1) >> self.below(127)
    }

    fn operand(&mut self) -> Operand {
        let sign = if self.below(3) == 0 { -1 } else { 1 };
        let decimal = |mantissa: i128, scale: i128| {
            Operand::Decimal(Decimal::from_parts(sign * mantissa, u32::try_from(scale).unwrap()).unwrap())
        };
        match self.below(20) {
            // Rates and amounts as a tariff has them.
            0..=8 => decimal(self.below(1_000_000), self.below(5)),
            // What lands exactly between two places.
            9..=12 => decimal([5, 25, 125, 15, 75][self.below(5) as usize], self.below(5)),
            // Parts of a term.
            13..=15 => Operand::Ratio(sign * self.below(732), self.below(731) + 1),
            16 => decimal(self.wide() >> 31, self.below(29)),
            17 => Operand::Ratio(sign * self.wide(), self.wide().max(1)),
            18 => decimal([0, 1, 10, (1 << 96) - 1][self.below(4) as usize], self.below(29)),
            _ => Operand::Ratio(
                sign * [i128::MAX, i128::MAX - 1, 1][self.below(3) as usize],
                [i128::MAX, 1, 1 << 126][self.below(3) as usize],
            ),
        }
    }
}

impl Iterator for Chains {
    type Item = Chain;

    fn next(&mut self) -> Option<Chain> {
        use RoundingMode::{Ceiling, Down, Floor, HalfEven, HalfUp, Up};
        let start = self.operand();
        let steps = (0..self.below(8))
            .map(|_| {
                let operator = ['+', '-', '*', '*', '/'][self.below(5) as usize];
                (operator, self.operand())
            })
            .collect();
        let mode = [HalfUp, HalfEven, Up, Down, Ceiling, Floor][self.below(6) as usize];
        let place = if self.below(4) == 0 { self.below(57) - 28 } else { self.below(5) - 1 };
        Some(Chain { start, steps, rounding: Rounding { mode, place: i64::try_from(place).unwrap() } })
    }
}
