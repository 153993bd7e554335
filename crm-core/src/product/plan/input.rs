//! Inputs as whole numbers: what a plan depends on, bounded, so that a table over it can be proven and indexed.

use alloc::{collections::BTreeMap, string::String, vec::Vec};

use crate::{
    calendar::Date,
    money::{Decimal, Unrounded},
    refusal::{Code, Fault},
    rulebook::{FactDeclaration, Scalar, Value, ValueType},
};

/// Furthest point from zero: neighbours and distances of points still are whole numbers of 64 bits.
const MAX_POINT: i64 = 1_000_000_000_000_000_000;

/// An input whose allowed values are the whole numbers from `low` to `high`: its *points*.
///
/// A choice is its place in the list, a decimal the number without its point, a day the days since 1970, false 0 and
/// true 1.
#[derive(Debug, Clone)]
pub(super) struct Input {
    pub(super) name: String,
    pub(super) value_type: ValueType,
    pub(super) low: i64,
    pub(super) high: i64,
    /// Digits after the point of a decimal.
    pub(super) digits: u32,
    pub(super) choices: Vec<String>,
    points: BTreeMap<String, i64>,
}

impl Input {
    /// Types a declaration; none where its points can't be told.
    pub(super) fn check(declaration: &FactDeclaration, faults: &mut Vec<Fault>) -> Option<Self> {
        let value_type = declaration.value_type;
        if declaration.personal {
            faults.push(Fault::new(Code::ProductInputPersonal).at("personal"));
        }
        let mut input = Self {
            name: declaration.name.clone(),
            value_type,
            low: 0,
            high: 0,
            digits: 0,
            choices: Vec::new(),
            points: BTreeMap::new(),
        };
        let unbounded = || Fault::new(Code::ProductInputUnbounded).with("type", value_type.as_str());
        match value_type {
            ValueType::Boolean => input.high = 1,
            ValueType::Text => {
                if declaration.choices.is_empty() {
                    faults.push(unbounded().at("choices"));
                    return None;
                }
                for (index, choice) in declaration.choices.iter().enumerate() {
                    if input.points.insert(choice.clone(), to_point(index)).is_some() {
                        let fault = Fault::new(Code::RulebookNameTwice).with_name("name", choice);
                        faults.push(fault.at_index(index).at("choices"));
                    }
                }
                input.choices.clone_from(&declaration.choices);
                input.high = to_point(declaration.choices.len()) - 1;
            }
            ValueType::Integer | ValueType::Decimal | ValueType::Date => {
                let bounds = [("minimum", &declaration.minimum), ("maximum", &declaration.maximum)];
                let mut typed = Vec::with_capacity(2);
                for (field, bound) in bounds {
                    match bound.as_ref().filter(|bound| **bound != Scalar::Null) {
                        // A bound of the wrong type was told where the declaration was read.
                        Some(scalar) => typed.extend(value_type.read(scalar).ok()),
                        None => faults.push(unbounded().at(field)),
                    }
                }
                let [low, high] = typed.as_slice() else { return None };
                if let (Value::Decimal(low), Value::Decimal(high)) = (low, high) {
                    input.digits = low.scale().max(high.scale());
                }
                let (Some(low), Some(high)) = (input.scaled(low), input.scaled(high)) else {
                    faults.push(Fault::new(Code::ProductInputWide).at("maximum"));
                    return None;
                };
                (input.low, input.high) = (low, high);
                if low > high {
                    return None;
                }
            }
        }
        Some(input)
    }

    /// The point of a value of the right type, inside or outside the bounds; none with too many digits.
    fn scaled(&self, value: &Value) -> Option<i64> {
        let point = match value {
            Value::Text(text) => self.points.get(text).copied(),
            Value::Integer(value) => Some(*value),
            Value::Date(day) => Some(day.epoch_days()),
            Value::Boolean(value) => Some(i64::from(*value)),
            Value::Decimal(value) => {
                let value = value.without_trailing_zeros();
                let missing = self.digits.checked_sub(value.scale())?;
                let point = 10_i128.checked_pow(missing)?.checked_mul(value.mantissa())?;
                i64::try_from(point).ok()
            }
        };
        point.filter(|point| point.unsigned_abs() <= MAX_POINT.unsigned_abs())
    }

    /// The point of a value that the declaration allows.
    pub(super) fn point(&self, value: &Value) -> Result<i64, Fault> {
        self.scaled(value).ok_or_else(|| Fault::new(Code::ProductInputDigits).with("digits", i64::from(self.digits)))
    }

    /// The first point that is not below a bound; points beyond what can be held are cut.
    pub(super) fn ceiling(&self, bound: &Value) -> i64 {
        match bound {
            Value::Decimal(value) => {
                let exact = scaled_ratio(value, self.digits);
                exact.map_or(if value.is_negative() { self.low } else { self.high + 1 }, |(whole, rest)| {
                    whole + i64::from(rest)
                })
            }
            Value::Integer(value) if *value < self.low => self.low,
            value => self.scaled(value).unwrap_or(self.high + 1),
        }
    }

    /// Whether exactly this value is a point.
    pub(super) fn exactly(&self, value: &Value) -> Option<i64> {
        self.scaled(value)
    }

    /// The value of a point.
    pub(super) fn value(&self, point: i64) -> Value {
        match self.value_type {
            ValueType::Text => {
                let choice = usize::try_from(point).ok().and_then(|index| self.choices.get(index));
                Value::Text(choice.cloned().unwrap_or_default())
            }
            ValueType::Integer => Value::Integer(point),
            ValueType::Decimal => {
                Value::Decimal(Decimal::from_parts(i128::from(point), self.digits).unwrap_or_default())
            }
            ValueType::Date => Value::Date(Date::from_epoch_days(point).unwrap_or(Date::MAX)),
            ValueType::Boolean => Value::Boolean(point != 0),
        }
    }

    /// The point in words: `age = 18`.
    pub(super) fn shown(&self, point: i64) -> String {
        alloc::format!("{} = {}", self.name, self.value(point))
    }

    /// Whether a calculation can use it.
    pub(super) const fn is_number(&self) -> bool {
        matches!(self.value_type, ValueType::Integer | ValueType::Decimal)
    }

    /// Whether it can be interpolated along.
    pub(super) const fn has_distance(&self) -> bool {
        self.is_number() || matches!(self.value_type, ValueType::Date)
    }

    /// How many points there are.
    pub(super) const fn width(&self) -> u64 {
        self.high.abs_diff(self.low) + 1
    }

    /// The point of a text, for callers that intern on their own.
    pub(super) fn choice(&self, text: &str) -> Option<i64> {
        self.points.get(text).copied()
    }
}

/// `value` × 10^digits cut toward minus infinity, and whether something was cut.
fn scaled_ratio(value: &Decimal, digits: u32) -> Option<(i64, bool)> {
    let value = value.without_trailing_zeros();
    let (whole, rest) = if let Some(missing) = digits.checked_sub(value.scale()) {
        (10_i128.checked_pow(missing)?.checked_mul(value.mantissa())?, false)
    } else {
        let unit = 10_i128.checked_pow(value.scale() - digits)?;
        (value.mantissa().div_euclid(unit), value.mantissa().rem_euclid(unit) != 0)
    };
    let whole = i64::try_from(whole).ok().filter(|whole| whole.unsigned_abs() <= MAX_POINT.unsigned_abs())?;
    Some((whole, rest))
}

fn to_point(index: usize) -> i64 {
    i64::try_from(index).unwrap_or(MAX_POINT)
}

/// The number that a value stands for.
pub(super) fn number(value: &Value) -> Option<Unrounded> {
    match value {
        Value::Integer(value) => Some(Unrounded::from(*value)),
        Value::Decimal(value) => Some(Unrounded::from(*value)),
        Value::Text(_) | Value::Date(_) | Value::Boolean(_) => None,
    }
}
