//! Conditions as they run: every name resolved, every value typed.

use alloc::{
    boxed::Box,
    collections::{BTreeMap, BTreeSet},
    string::String,
    vec::Vec,
};
use core::cmp::Ordering;

use super::{
    Comparison, Condition, KnownValue, Operand, Scalar, Step, Trace, Value, ValueType,
    dated::Dated,
    fact::{Declared, Known, length_fault},
};
use crate::{
    calendar::Date,
    refusal::{Code, Fault, MAX_FAULTS, Refusal},
    wire::MAX_DEPTH,
};

/// Longest pattern, in characters.
pub(crate) const MAX_PATTERN: usize = 256;

/// A condition whose names exist and whose values have the types of their facts.
#[derive(Debug, Clone)]
pub(crate) enum Typed {
    All(Vec<Typed>),
    Any(Vec<Typed>),
    Not(Box<Typed>),
    Compare { fact: Fact, is: Comparison, to: To },
    OneOf { fact: Fact, values: Vec<Value> },
    Within { fact: Fact, from: Option<Value>, until: Option<Value> },
    Matches { fact: Fact, pattern: String },
    Known { fact: Fact },
}

/// A fact that a condition names.
#[derive(Debug, Clone)]
pub(crate) struct Fact {
    pub(crate) name: String,
    personal: bool,
}

#[derive(Debug, Clone)]
pub(crate) enum To {
    Value(Value),
    Parameter(String),
}

/// What conditions may name.
pub(crate) struct Names<'a> {
    pub(crate) facts: &'a BTreeMap<String, Declared>,
    pub(crate) parameters: &'a BTreeMap<String, Dated>,
}

/// How many tests and values a condition has, counted no further than `limit`.
pub(crate) fn size_of(condition: &Condition, limit: usize) -> usize {
    let mut open = alloc::vec![condition];
    let mut size = 0_usize;
    while let Some(condition) = open.pop() {
        size += match condition {
            Condition::All { of } | Condition::Any { of } => {
                open.extend(of);
                1
            }
            Condition::Not { of } => {
                open.push(of);
                1
            }
            Condition::OneOf { values, .. } => 1 + values.len(),
            _ => 1,
        };
        if size > limit {
            break;
        }
    }
    size
}

impl Typed {
    /// Types a condition; `None` and faults where it can't be.
    pub(crate) fn check(condition: &Condition, names: &Names<'_>) -> Result<Self, Vec<Fault>> {
        Self::check_at(condition, names, 1)
    }

    fn check_at(condition: &Condition, names: &Names<'_>, depth: usize) -> Result<Self, Vec<Fault>> {
        // A tree that was built in Rust has not met the reader's limit.
        if depth > MAX_DEPTH {
            return Err(alloc::vec![Fault::new(Code::WireDepth).with("limit", MAX_DEPTH)]);
        }
        let within = |variant: &'static str| move |faults| put_before(faults, variant);
        match condition {
            Condition::All { of } => several(of, names, depth).map(Self::All).map_err(within("all")),
            Condition::Any { of } => several(of, names, depth).map(Self::Any).map_err(within("any")),
            Condition::Not { of } => Self::check_at(of, names, depth + 1)
                .map(|test| Self::Not(Box::new(test)))
                .map_err(|faults| put_before(put_before(faults, "of"), "not")),
            Condition::Compare { fact, is, to } => compare(fact, *is, to, names).map_err(within("compare")),
            Condition::OneOf { fact, values } => one_of(fact, values, names).map_err(within("one_of")),
            Condition::Within { fact, from, until } => range(fact, from, until, names).map_err(within("within")),
            Condition::Matches { fact, pattern } => {
                let matches = named(fact, names).and_then(|(fact, declared)| {
                    text_only(declared.value_type)?;
                    if pattern.chars().count() > MAX_PATTERN {
                        let fault = Fault::new(Code::RulebookPatternTooLong).with("limit", MAX_PATTERN);
                        return Err(alloc::vec![fault.at("pattern")]);
                    }
                    Ok(Self::Matches { fact, pattern: pattern.clone() })
                });
                matches.map_err(within("matches"))
            }
            Condition::Known { fact } => {
                named(fact, names).map(|(fact, _)| Self::Known { fact }).map_err(within("known"))
            }
        }
    }

    /// Runs the condition; gives the number of its step and the outcome, absent where a fact is not known.
    pub(crate) fn run(&self, asked: &Asked<'_>, trace: &mut Trace) -> Result<(i64, Option<bool>), Refusal> {
        let (step, passed) = match self {
            Self::All(tests) => {
                let (of, outcomes) = run_each(tests, asked, trace)?;
                let passed = all(outcomes);
                (Step::All { of, passed }, passed)
            }
            Self::Any(tests) => {
                let (of, outcomes) = run_each(tests, asked, trace)?;
                let passed = any(outcomes);
                (Step::Any { of, passed }, passed)
            }
            Self::Not(test) => {
                let (of, outcome) = test.run(asked, trace)?;
                let passed = outcome.map(|passed| !passed);
                (Step::Not { of, passed }, passed)
            }
            Self::Compare { fact, is, to } => {
                let left = asked.fact(fact, trace);
                let right_value = match to {
                    To::Value(value) => {
                        trace.push(Step::Constant { value: value.clone() });
                        value.clone()
                    }
                    To::Parameter(name) => {
                        let known = asked.parameter(name)?;
                        let value = known.value.clone();
                        trace.push(Step::Parameter { known });
                        value
                    }
                };
                let passed = asked.value(fact).map(|value| value.seen().compares(*is, right_value.seen()));
                (Step::Compare { left, is: *is, right: left + 1, passed }, passed)
            }
            Self::OneOf { fact, values } => {
                let left = asked.fact(fact, trace);
                let passed = asked.value(fact).map(|value| value.seen().is_one_of(values));
                (Step::OneOf { left, values: values.clone(), passed }, passed)
            }
            Self::Within { fact, from, until } => {
                let left = asked.fact(fact, trace);
                let passed = asked.value(fact).map(|value| value.seen().lies_within(from.as_ref(), until.as_ref()));
                (Step::Within { left, from: from.clone(), until: until.clone(), passed }, passed)
            }
            Self::Matches { fact, pattern } => {
                let left = asked.fact(fact, trace);
                let passed = asked.value(fact).map(|value| value.seen().fits(pattern));
                (Step::Matches { left, pattern: pattern.clone(), passed }, passed)
            }
            Self::Known { fact } => {
                let left = asked.fact(fact, trace);
                let passed = asked.value(fact).is_some();
                (Step::Known { left, passed }, Some(passed))
            }
        };
        Ok((trace.push(step), passed))
    }

    /// The facts that the condition names and that are not known.
    pub(crate) fn missing(&self, known: &Known, into: &mut BTreeSet<String>) {
        match self {
            Self::All(tests) | Self::Any(tests) => tests.iter().for_each(|test| test.missing(known, into)),
            Self::Not(test) => test.missing(known, into),
            Self::Known { .. } => {}
            Self::Compare { fact, .. }
            | Self::OneOf { fact, .. }
            | Self::Within { fact, .. }
            | Self::Matches { fact, .. } => {
                if !known.contains_key(&fact.name) {
                    into.insert(fact.name.clone());
                }
            }
        }
    }
}

/// What is asked: facts and a day.
pub(crate) struct Asked<'a> {
    pub(crate) known: &'a Known,
    pub(crate) parameters: &'a BTreeMap<String, Dated>,
    pub(crate) on: Date,
}

impl Asked<'_> {
    fn value(&self, fact: &Fact) -> Option<&Value> {
        self.known.get(&fact.name)
    }

    fn fact(&self, fact: &Fact, trace: &mut Trace) -> i64 {
        let value = self.value(fact);
        let hidden = fact.personal && value.is_some();
        let shown = if hidden { None } else { value.cloned() };
        trace.push(Step::Fact { name: fact.name.clone(), value: shown, hidden })
    }

    fn parameter(&self, name: &str) -> Result<KnownValue, Refusal> {
        self.parameters.get(name).ok_or_else(|| Refusal::new(Code::Internal))?.at(self.on)
    }
}

fn put_before(faults: Vec<Fault>, name: &str) -> Vec<Fault> {
    faults.into_iter().map(|fault| fault.at(name)).collect()
}

fn several(of: &[Condition], names: &Names<'_>, depth: usize) -> Result<Vec<Typed>, Vec<Fault>> {
    if of.is_empty() {
        return Err(alloc::vec![Fault::new(Code::RulebookConditionEmpty).at("of")]);
    }
    let mut faults = Vec::new();
    let mut tests = Vec::with_capacity(of.len());
    for (index, condition) in of.iter().enumerate() {
        if faults.len() > MAX_FAULTS {
            break;
        }
        match Typed::check_at(condition, names, depth + 1) {
            Ok(test) => tests.push(test),
            Err(found) => faults.extend(found.into_iter().map(|fault| fault.at_index(index).at("of"))),
        }
    }
    if faults.is_empty() { Ok(tests) } else { Err(faults) }
}

fn named<'a>(name: &str, names: &Names<'a>) -> Result<(Fact, &'a Declared), Vec<Fault>> {
    match names.facts.get(name) {
        Some(declared) => Ok((Fact { name: name.into(), personal: declared.personal }, declared)),
        None => Err(alloc::vec![Fault::new(Code::RulebookFactUndeclared).with_name("name", name).at("fact")]),
    }
}

fn text_only(value_type: ValueType) -> Result<(), Vec<Fault>> {
    if value_type == ValueType::Text {
        return Ok(());
    }
    Err(alloc::vec![Fault::new(Code::RulebookPatternType).with("type", value_type.as_str()).at("fact")])
}

fn ordered(value_type: ValueType, field: &str) -> Result<(), Vec<Fault>> {
    if matches!(value_type, ValueType::Text | ValueType::Boolean) {
        return Err(alloc::vec![Fault::new(Code::RulebookOrder).with("type", value_type.as_str()).at(field)]);
    }
    Ok(())
}

fn typed_value(declared: &Declared, scalar: &Scalar, field: &str) -> Result<Value, Vec<Fault>> {
    if let Scalar::Text(text) = scalar
        && let Some(fault) = length_fault(text)
    {
        return Err(alloc::vec![fault.at(field)]);
    }
    declared.value_type.read(scalar).map_err(|refusal| refusal.at(field).into_faults())
}

fn compare(fact: &str, is: Comparison, to: &Operand, names: &Names<'_>) -> Result<Typed, Vec<Fault>> {
    let (fact, declared) = named(fact, names)?;
    if is.needs_order() {
        ordered(declared.value_type, "is")?;
    }
    let to = match to {
        Operand::Value { value } => {
            let at = |refusal: Refusal| refusal.at("value").at("value").at("to").into_faults();
            let value = declared.read(value).map_err(at)?;
            To::Value(value)
        }
        Operand::Parameter { name } => {
            let at = |fault: Fault| alloc::vec![fault.at("name").at("parameter").at("to")];
            let parameter = names
                .parameters
                .get(name)
                .ok_or_else(|| at(Fault::new(Code::RulebookParameterUndeclared).with_name("name", name)))?;
            if parameter.value_type != declared.value_type {
                return Err(at(Fault::new(Code::RulebookTypeDiffers)
                    .with("fact", declared.value_type.as_str())
                    .with("parameter", parameter.value_type.as_str())));
            }
            if let (Some(fact), Some(unit)) = (&declared.unit, &parameter.unit)
                && fact != unit
            {
                let fault =
                    Fault::new(Code::RulebookUnitDiffers).with("fact", fact.clone()).with("parameter", unit.clone());
                return Err(at(fault));
            }
            To::Parameter(name.clone())
        }
    };
    Ok(Typed::Compare { fact, is, to })
}

fn one_of(fact: &str, values: &[Scalar], names: &Names<'_>) -> Result<Typed, Vec<Fault>> {
    let (fact, declared) = named(fact, names)?;
    if values.is_empty() {
        return Err(alloc::vec![Fault::new(Code::RulebookConditionEmpty).at("values")]);
    }
    let mut faults = Vec::new();
    let mut typed = Vec::with_capacity(values.len());
    for (index, scalar) in values.iter().enumerate() {
        if faults.len() > MAX_FAULTS {
            break;
        }
        match declared.read(scalar) {
            Ok(value) => typed.push(value),
            Err(refusal) => faults.extend(refusal.at_index(index).at("values").into_faults()),
        }
    }
    if faults.is_empty() { Ok(Typed::OneOf { fact, values: typed }) } else { Err(faults) }
}

fn range(fact: &str, from: &Option<Scalar>, until: &Option<Scalar>, names: &Names<'_>) -> Result<Typed, Vec<Fault>> {
    let (fact, declared) = named(fact, names)?;
    ordered(declared.value_type, "fact")?;
    let from = from.as_ref().map(|scalar| typed_value(declared, scalar, "from")).transpose()?;
    let until = until.as_ref().map(|scalar| typed_value(declared, scalar, "until")).transpose()?;
    match (&from, &until) {
        (None, None) => Err(alloc::vec![Fault::new(Code::RulebookConditionEmpty)]),
        (Some(low), Some(high)) if low.order(high) != Some(Ordering::Less) => {
            Err(alloc::vec![Fault::new(Code::RulebookRangeEmpty).at("until")])
        }
        _ => Ok(Typed::Within { fact, from, until }),
    }
}

type Outcomes = (Vec<i64>, Vec<Option<bool>>);

fn run_each(tests: &[Typed], asked: &Asked<'_>, trace: &mut Trace) -> Result<Outcomes, Refusal> {
    let mut numbers = Vec::with_capacity(tests.len());
    let mut outcomes = Vec::with_capacity(tests.len());
    for test in tests {
        let (number, outcome) = test.run(asked, trace)?;
        numbers.push(number);
        outcomes.push(outcome);
    }
    Ok((numbers, outcomes))
}

/// A failed test decides, then an undecided one.
pub(crate) fn all(outcomes: impl IntoIterator<Item = Option<bool>>) -> Option<bool> {
    let mut passed = Some(true);
    for outcome in outcomes {
        match outcome {
            Some(false) => return Some(false),
            None => passed = None,
            Some(true) => {}
        }
    }
    passed
}

/// A passed test decides, then an undecided one.
pub(crate) fn any(outcomes: impl IntoIterator<Item = Option<bool>>) -> Option<bool> {
    all(outcomes.into_iter().map(|outcome| outcome.map(|passed| !passed))).map(|none| !none)
}
