//! Traces: how an answer came about, step by step.

use alloc::{format, string::String, vec::Vec};

use serde::{Deserialize, Serialize};

use super::{Comparison, KnownValue, Value, value::in_words};
use crate::{
    money::{Decimal, ExchangeRate, Money, RoundingMode},
    refusal::Lang,
};

/// An answer with its reasons.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Explained<T> {
    /// The answer.
    pub value: T,
    /// How it came about.
    pub trace: Trace,
}

/// The steps to an answer, in the order in which they were taken. A step names earlier ones by their number, counted
/// from 0. The last step is the answer.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Trace {
    /// The steps.
    pub steps: Vec<Step>,
}

/// One step. `passed` is absent where a fact that the test needs is not known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Step {
    /// A fact was looked at.
    Fact {
        /// Its name.
        name: String,
        /// Its value; absent when it is not known or hidden.
        value: Option<Value>,
        /// Whether the value is personal data and therefore left out.
        hidden: bool,
    },
    /// A dated value was looked up.
    Parameter {
        /// The value with source and validity.
        known: KnownValue,
    },
    /// A value that the rule itself states.
    Constant {
        /// The value.
        value: Value,
    },
    /// Two values were compared.
    Compare {
        /// The step with the left value.
        left: i64,
        /// How they were compared.
        is: Comparison,
        /// The step with the right value.
        right: i64,
        /// The outcome.
        passed: Option<bool>,
    },
    /// A value was looked for in a list.
    OneOf {
        /// The step with the value.
        left: i64,
        /// The list.
        values: Vec<Value>,
        /// The outcome.
        passed: Option<bool>,
    },
    /// A value was looked for in a half-open range.
    Within {
        /// The step with the value.
        left: i64,
        /// The first value inside; absent for no bound.
        from: Option<Value>,
        /// The first value outside; absent for no bound.
        until: Option<Value>,
        /// The outcome.
        passed: Option<bool>,
    },
    /// A text was held against a pattern.
    Matches {
        /// The step with the text.
        left: i64,
        /// The pattern.
        pattern: String,
        /// The outcome.
        passed: Option<bool>,
    },
    /// It was asked whether a fact is known.
    Known {
        /// The step with the fact.
        left: i64,
        /// The outcome.
        passed: bool,
    },
    /// All tests together.
    All {
        /// The steps of the tests.
        of: Vec<i64>,
        /// The outcome.
        passed: Option<bool>,
    },
    /// Any of the tests.
    Any {
        /// The steps of the tests.
        of: Vec<i64>,
        /// The outcome.
        passed: Option<bool>,
    },
    /// The opposite of a test.
    Not {
        /// The step of the test.
        of: i64,
        /// The outcome.
        passed: Option<bool>,
    },
    /// An amount that was handed in.
    Amount {
        /// The amount.
        amount: Money,
    },
    /// A factor that was handed in.
    Factor {
        /// The factor.
        factor: Decimal,
    },
    /// An exchange rate that was handed in.
    Rate {
        /// The rate with its day and source.
        rate: ExchangeRate,
    },
    /// Two figures were combined exactly.
    Calculate {
        /// How.
        operation: Operation,
        /// The step with the left figure.
        left: i64,
        /// The step with the right figure.
        right: i64,
        /// The exact result: a decimal, or `numerator/denominator` where it is none.
        exact: String,
    },
    /// A figure was rounded.
    Round {
        /// The step with the figure.
        of: i64,
        /// How.
        mode: RoundingMode,
        /// Digits kept after the point; negative for tens, hundreds….
        place: i64,
        /// The rounded figure.
        result: Decimal,
    },
}

/// An exact operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Operation {
    /// Left plus right.
    Add,
    /// Left minus right.
    Subtract,
    /// Left times right.
    Multiply,
    /// Left divided by right.
    Divide,
}

impl Operation {
    const fn sign(self) -> &'static str {
        match self {
            Self::Add => "+",
            Self::Subtract => "−",
            Self::Multiply => "×",
            Self::Divide => "÷",
        }
    }
}

impl Trace {
    /// Adds a step and gives its number.
    pub(super) fn push(&mut self, step: Step) -> i64 {
        self.steps.push(step);
        i64::try_from(self.steps.len()).map_or(i64::MAX, |count| count - 1)
    }

    /// One line a step, in the order in which the steps were taken.
    ///
    /// ```
    /// use crm_core::money::{Currency, Decimal, Money, Rounding, RoundingMode};
    /// use crm_core::{refusal::Lang, rulebook::explained_product};
    ///
    /// let base = Money::from_minor(95_000, Currency::CNY);
    /// let cents = Rounding::minor_unit(RoundingMode::HalfUp, Currency::CNY);
    /// let premium = explained_product(base, Decimal::parse("0.85")?, cents)?;
    /// assert_eq!(premium.trace.text(Lang::En), [
    ///     "#0 amount CNY 950.00",
    ///     "#1 factor 0.85",
    ///     "#2 #0 × #1 = 807.5",
    ///     "#3 #2 rounded half up to 2 decimals = 807.50",
    /// ]);
    /// # Ok::<(), crm_core::refusal::Refusal>(())
    /// ```
    #[must_use]
    pub fn text(&self, lang: Lang) -> Vec<String> {
        self.steps.iter().enumerate().map(|(number, step)| format!("#{number} {}", step.text(lang))).collect()
    }
}

impl Step {
    /// The step in words.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        let zh = lang == Lang::Zh;
        let pick = |en: &'static str, zh_text: &'static str| if zh { zh_text } else { en };
        let outcome = |passed: Option<bool>| match passed {
            Some(true) => pick("yes", "是"),
            Some(false) => pick("no", "否"),
            None => pick("not known", "未知"),
        };
        let bound =
            |value: &Option<Value>| value.as_ref().map_or_else(|| String::from("…"), |value| format!("{value}"));
        let numbers = |of: &[i64]| of.iter().map(|number| format!("#{number}")).collect::<Vec<_>>().join(", ");
        match self {
            Self::Fact { name, hidden: true, .. } => format!("{name} = {}", pick("(hidden)", "（已隐藏）")),
            Self::Fact { name, value: Some(value), .. } => format!("{name} = {value}"),
            Self::Fact { name, value: None, .. } => format!("{name}: {}", pick("not known", "未知")),
            Self::Parameter { known } => {
                // "70.5%" but "3 years".
                let unit = match known.unit.as_deref() {
                    Some(unit) if unit.starts_with(char::is_alphabetic) => format!(" {unit}"),
                    Some(unit) => String::from(unit),
                    None => String::new(),
                };
                let since = pick("since", "自");
                let stale = if known.stale { pick(", not checked for this day", "，该日未经核对") } else { "" };
                format!("{} = {}{unit} ({}, {since} {}{stale})", known.name, known.value, known.source, known.from)
            }
            Self::Constant { value } => format!("{value}"),
            Self::Compare { left, is, right, passed } => {
                format!("#{left} {} #{right}: {}", is.sign(), outcome(*passed))
            }
            Self::OneOf { left, values, passed } => format!("#{left} ∈ {{{}}}: {}", in_words(values), outcome(*passed)),
            Self::Within { left, from, until, passed } => {
                format!("#{left} ∈ [{}, {}): {}", bound(from), bound(until), outcome(*passed))
            }
            Self::Matches { left, pattern, passed } => format!("#{left} ~ {pattern}: {}", outcome(*passed)),
            Self::Known { left, passed } => format!("#{left} {}: {}", pick("known", "已知"), outcome(Some(*passed))),
            Self::All { of, passed } => format!("{} {}: {}", pick("all of", "全部"), numbers(of), outcome(*passed)),
            Self::Any { of, passed } => format!("{} {}: {}", pick("any of", "任一"), numbers(of), outcome(*passed)),
            Self::Not { of, passed } => format!("{} #{of}: {}", pick("not", "非"), outcome(*passed)),
            Self::Amount { amount } => format!("{} {amount}", pick("amount", "金额")),
            Self::Factor { factor } => format!("{} {factor}", pick("factor", "系数")),
            Self::Rate { rate } => {
                let ExchangeRate { from, to, rate, on, source } = rate;
                format!("{} 1 {from} = {rate} {to} ({source}, {on})", pick("rate", "汇率"))
            }
            Self::Calculate { operation, left, right, exact } => {
                format!("#{left} {} #{right} = {exact}", operation.sign())
            }
            Self::Round { of, mode, place, result } => {
                let mode = rounding_in_words(*mode, zh);
                match (zh, *place) {
                    (true, 0) => format!("#{of} {mode}至整数 = {result}"),
                    (true, 1..) => format!("#{of} {mode}至 {place} 位小数 = {result}"),
                    (true, _) => format!("#{of} {mode}至 10^{} = {result}", place.unsigned_abs()),
                    (false, 0) => format!("#{of} rounded {mode} to a whole number = {result}"),
                    (false, 1) => format!("#{of} rounded {mode} to 1 decimal = {result}"),
                    (false, 2..) => format!("#{of} rounded {mode} to {place} decimals = {result}"),
                    (false, _) => {
                        format!("#{of} rounded {mode} to multiples of 10^{} = {result}", place.unsigned_abs())
                    }
                }
            }
        }
    }
}

pub(crate) const fn rounding_in_words(mode: RoundingMode, zh: bool) -> &'static str {
    match (mode, zh) {
        (RoundingMode::HalfUp, false) => "half up",
        (RoundingMode::HalfUp, true) => "四舍五入",
        (RoundingMode::HalfEven, false) => "half to even",
        (RoundingMode::HalfEven, true) => "四舍六入五成双",
        (RoundingMode::Up, false) => "up",
        (RoundingMode::Up, true) => "进一",
        (RoundingMode::Down, false) => "down",
        (RoundingMode::Down, true) => "截尾",
        (RoundingMode::Ceiling, false) => "toward plus infinity",
        (RoundingMode::Ceiling, true) => "向正无穷",
        (RoundingMode::Floor, false) => "toward minus infinity",
        (RoundingMode::Floor, true) => "向负无穷",
    }
}
