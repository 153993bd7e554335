//! Rules made ready for one day and for many who are asked: facts by place instead of by name, dated values looked up
//! once, no trace. [`RuleSet::evaluate`] says the same with its reasons; a law holds the two equal.

use alloc::{
    boxed::Box,
    collections::{BTreeMap, BTreeSet},
    string::String,
    vec::Vec,
};

use super::{
    Comparison, KnownValue, RuleSet, Scalar, Seen, Value,
    fact::{Known, read_facts},
    typed::{Fact, To, Typed, all, any},
};
use crate::{calendar::Date, refusal::Refusal};

/// The rules of a set as of a day.
#[derive(Debug, Clone)]
pub(crate) struct Compiled {
    facts: Vec<String>,
    rules: Vec<Test>,
}

/// A fact is named by its place in [`Compiled::facts`].
#[derive(Debug, Clone)]
enum Test {
    All(Vec<Test>),
    Any(Vec<Test>),
    Not(Box<Test>),
    Compare { fact: usize, is: Comparison, to: Value },
    OneOf { fact: usize, values: Vec<Value> },
    Within { fact: usize, from: Option<Value>, until: Option<Value> },
    Matches { fact: usize, pattern: String },
    Known { fact: usize },
}

impl RuleSet {
    /// Makes the rules ready for a day.
    ///
    /// # Errors
    /// `rulebook.dated.outside` for a parameter that a rule names and that has no value on the day.
    pub(crate) fn compile(&self, on: Date) -> Result<Compiled, Refusal> {
        let mut facts = Vec::new();
        let rules =
            self.rules.iter().map(|rule| self.test(&rule.on(on)?.1, on, &mut facts)).collect::<Result<_, _>>()?;
        Ok(Compiled { facts, rules })
    }

    /// Reads a host's values of facts by their declarations.
    ///
    /// # Errors
    /// Those of [`RuleSet::evaluate`] at a fact.
    pub(crate) fn read(&self, given: &BTreeMap<String, Scalar>) -> Result<Known, Refusal> {
        read_facts(&self.facts, given)
    }

    fn test(&self, typed: &Typed, on: Date, facts: &mut Vec<String>) -> Result<Test, Refusal> {
        let mut place = |fact: &Fact| {
            facts.iter().position(|name| *name == fact.name).unwrap_or_else(|| {
                facts.push(fact.name.clone());
                facts.len() - 1
            })
        };
        Ok(match typed {
            Typed::All(tests) => Test::All(self.each(tests, on, facts)?),
            Typed::Any(tests) => Test::Any(self.each(tests, on, facts)?),
            Typed::Not(test) => Test::Not(Box::new(self.test(test, on, facts)?)),
            Typed::Compare { fact, is, to } => {
                let to = match to {
                    To::Value(value) => value.clone(),
                    To::Parameter(name) => {
                        let KnownValue { value, .. } = self.parameter(name, on)?;
                        value
                    }
                };
                Test::Compare { fact: place(fact), is: *is, to }
            }
            Typed::OneOf { fact, values } => Test::OneOf { fact: place(fact), values: values.clone() },
            Typed::Within { fact, from, until } => {
                Test::Within { fact: place(fact), from: from.clone(), until: until.clone() }
            }
            Typed::Matches { fact, pattern } => Test::Matches { fact: place(fact), pattern: pattern.clone() },
            Typed::Known { fact } => Test::Known { fact: place(fact) },
        })
    }

    fn each(&self, tests: &[Typed], on: Date, facts: &mut Vec<String>) -> Result<Vec<Test>, Refusal> {
        tests.iter().map(|test| self.test(test, on, facts)).collect()
    }
}

impl Compiled {
    /// The facts that its rules name, each once: what [`Compiled::ask`] wants, in this order.
    pub(crate) fn facts(&self) -> &[String] {
        &self.facts
    }

    /// Whether each rule holds, in their order; none where that depends on a fact that is not known. The facts have the
    /// types of their declarations.
    pub(crate) fn ask<'a>(&'a self, known: &'a [Option<Seen<'a>>]) -> impl Iterator<Item = Option<bool>> + 'a {
        self.rules.iter().map(|rule| rule.passes(known))
    }

    /// The facts that a rule names and that are not known, by name, but for those of which it only asks whether they are.
    pub(crate) fn missing(&self, rule: usize, known: &[Option<Seen<'_>>]) -> Vec<String> {
        let mut missing = BTreeSet::new();
        if let Some(rule) = self.rules.get(rule) {
            rule.missing(known, &mut missing);
        }
        let mut names: Vec<String> = missing.into_iter().filter_map(|fact| self.facts.get(fact).cloned()).collect();
        names.sort_unstable();
        names
    }
}

impl Test {
    fn passes(&self, known: &[Option<Seen<'_>>]) -> Option<bool> {
        let seen = |fact: &usize| known.get(*fact).copied().flatten();
        match self {
            Self::All(tests) => all(tests.iter().map(|test| test.passes(known))),
            Self::Any(tests) => any(tests.iter().map(|test| test.passes(known))),
            Self::Not(test) => test.passes(known).map(|passed| !passed),
            Self::Compare { fact, is, to } => seen(fact).map(|value| value.compares(*is, to.seen())),
            Self::OneOf { fact, values } => seen(fact).map(|value| value.is_one_of(values)),
            Self::Within { fact, from, until } => {
                seen(fact).map(|value| value.lies_within(from.as_ref(), until.as_ref()))
            }
            Self::Matches { fact, pattern } => seen(fact).map(|value| value.fits(pattern)),
            Self::Known { fact } => Some(seen(fact).is_some()),
        }
    }

    fn missing(&self, known: &[Option<Seen<'_>>], into: &mut BTreeSet<usize>) {
        match self {
            Self::All(tests) | Self::Any(tests) => tests.iter().for_each(|test| test.missing(known, into)),
            Self::Not(test) => test.missing(known, into),
            Self::Known { .. } => {}
            Self::Compare { fact, .. }
            | Self::OneOf { fact, .. }
            | Self::Within { fact, .. }
            | Self::Matches { fact, .. } => {
                if known.get(*fact).copied().flatten().is_none() {
                    into.insert(*fact);
                }
            }
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
mod tests {
    use super::*;
    use crate::{
        money::Decimal,
        refusal::{Code, Fault},
        rulebook::{Condition, DatedValue, FactDeclaration, Operand, Parameter, Rule, RuleSetSpec, ValueType},
    };
    use alloc::string::ToString as _;
    use proptest::{
        prelude::*,
        test_runner::{Config, TestCaseResult, TestRunner},
    };

    const FACTS: [(&str, ValueType); 5] = [
        ("count", ValueType::Integer),
        ("share", ValueType::Decimal),
        ("code", ValueType::Text),
        ("since", ValueType::Date),
        ("filed", ValueType::Boolean),
    ];

    fn day(number: i64) -> Date {
        Date::from_epoch_days(20_000 + number).unwrap()
    }

    /// A few values of each type, so that they meet.
    fn value(fact: usize, number: i64) -> Scalar {
        match FACTS[fact].1 {
            ValueType::Integer => Scalar::Integer(number),
            ValueType::Decimal => Scalar::Decimal(Decimal::from_parts(i128::from(number) * 5, 1).unwrap()),
            ValueType::Text => ["a", "ab", "abc", "b"][usize::try_from(number).unwrap()].into(),
            ValueType::Date => Scalar::Date(day(number)),
            ValueType::Boolean => Scalar::Boolean(number > 1),
        }
    }

    fn a_test() -> impl Strategy<Value = Condition> {
        let is = [
            Comparison::Equal,
            Comparison::NotEqual,
            Comparison::LessThan,
            Comparison::AtMost,
            Comparison::AtLeast,
            Comparison::MoreThan,
        ];
        let numbers = (0..FACTS.len(), 0..6_usize, 0..4_i64, 0..4_i64, 0..5_usize);
        numbers.prop_map(move |(of, sign, low, high, kind)| {
            let fact = FACTS[of].0.to_string();
            let ordered = !matches!(FACTS[of].1, ValueType::Text | ValueType::Boolean);
            let is = is[if ordered { sign } else { sign % 2 }];
            match kind {
                0 if of == 0 => Condition::Compare { fact, is, to: Operand::Parameter { name: "limit".into() } },
                1 => Condition::OneOf { fact, values: [value(of, low), value(of, high)].into() },
                2 if ordered && low < high => {
                    Condition::Within { fact, from: Some(value(of, low)), until: Some(value(of, high)) }
                }
                2 if of == 2 => Condition::Matches { fact, pattern: ["a*", "?b", "*", "b"][sign % 4].into() },
                3 => Condition::Known { fact },
                _ => Condition::Compare { fact, is, to: Operand::Value { value: value(of, low) } },
            }
        })
    }

    fn a_condition() -> impl Strategy<Value = Condition> {
        a_test().prop_recursive(3, 10, 3, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 1..4).prop_map(|of| Condition::All { of }),
                prop::collection::vec(inner.clone(), 1..4).prop_map(|of| Condition::Any { of }),
                inner.prop_map(|of| Condition::Not { of: Box::new(of) }),
            ]
        })
    }

    fn rules(when: &[Condition]) -> RuleSet {
        let facts = FACTS.iter().map(|(name, value_type)| FactDeclaration {
            name: (*name).into(),
            value_type: *value_type,
            unit: None,
            meaning: "x".into(),
            meaning_zh: "x".into(),
            personal: false,
            choices: Vec::new(),
            minimum: None,
            maximum: None,
        });
        let dated = |number: i64| DatedValue {
            value: Scalar::Integer(number),
            from: day(number),
            until: Some(day(number + 1)),
            source: "x".into(),
        };
        let limit = Parameter {
            name: "limit".into(),
            value_type: ValueType::Integer,
            unit: None,
            values: [dated(1), dated(2)].into(),
            checked_until: day(2),
        };
        let rule = |(number, when): (i64, &Condition)| Rule {
            name: alloc::format!("rule_{number}"),
            text: "x".into(),
            text_zh: "x".into(),
            source: "x".into(),
            when: when.clone(),
            from: None,
            until: None,
        };
        let rules = (0..).zip(when).map(rule).collect();
        let (facts, parameters) = (facts.collect(), [limit].into());
        let spec = RuleSetSpec { name: "x".into(), facts, parameters, rules, checked_until: None, cases: None };
        RuleSet::load(&spec).unwrap()
    }

    /// What each rule says, by itself, with the facts that are missing.
    type Answers = Vec<(Option<bool>, Vec<String>)>;
    type Case = (Vec<Condition>, [Option<i64>; 5], i64);
    type Ask = fn(&[Condition], &BTreeMap<String, Scalar>, Date) -> Answers;

    fn by_place(when: &[Condition], given: &BTreeMap<String, Scalar>, on: Date) -> Answers {
        let rules = rules(when);
        let compiled = rules.compile(on).unwrap();
        let known = rules.read(given).unwrap();
        let seen: Vec<_> = compiled.facts().iter().map(|name| known.get(name).map(Value::seen)).collect();
        let answers = compiled.ask(&seen).enumerate();
        answers
            .map(|(rule, holds)| (holds, if holds.is_none() { compiled.missing(rule, &seen) } else { Vec::new() }))
            .collect()
    }

    fn by_evaluating(when: &Condition, given: &BTreeMap<String, Scalar>, on: Date) -> (Option<bool>, Vec<String>) {
        match rules(core::slice::from_ref(when)).evaluate(given, on) {
            Ok(evaluation) => (Some(evaluation.outcomes[0].holds), Vec::new()),
            Err(refusal) => {
                assert!(refusal.faults().iter().all(|fault| fault.code() == Code::RulebookFactMissing));
                let name = |fault: &Fault| fault.path().as_str().trim_start_matches('/').to_string();
                (None, refusal.faults().iter().map(name).collect())
            }
        }
    }

    fn law_by_place_is_by_name(ask: Ask) -> impl Fn(Case) -> TestCaseResult {
        move |(when, numbers, on)| {
            let given: BTreeMap<String, Scalar> = (0..)
                .zip(numbers)
                .filter_map(|(fact, number)| Some((FACTS[fact].0.to_string(), value(fact, number?))))
                .collect();
            let wanted: Answers = when.iter().map(|when| by_evaluating(when, &given, day(on))).collect();
            prop_assert_eq!(ask(&when, &given, day(on)), wanted);
            Ok(())
        }
    }

    fn run(ask: Ask) -> bool {
        let known = || prop::option::of(0..4_i64);
        let facts = [known(), known(), known(), known(), known()];
        let cases = (prop::collection::vec(a_condition(), 1..4), facts, 1..3_i64);
        let config = Config { failure_persistence: None, ..Config::default() };
        TestRunner::new(config).run(&cases, law_by_place_is_by_name(ask)).is_ok()
    }

    #[test]
    fn asking_by_place_is_evaluating_by_name() {
        assert!(run(by_place));
    }

    #[test]
    fn asking_by_place_is_evaluating_by_name_catches_what_is_not_known_and_what_is_not_today() {
        let mutants: [Ask; 2] = [
            // What is not known does not hold.
            |when, given, on| {
                let answers = by_place(when, given, on);
                answers.into_iter().map(|(holds, _)| (holds.or(Some(false)), Vec::new())).collect()
            },
            // Takes the dated values of another day.
            |when, given, on| by_place(when, given, if on == day(1) { day(2) } else { day(1) }),
        ];
        for mutant in mutants {
            assert!(!run(mutant));
        }
    }

    #[test]
    fn a_day_without_a_value_is_refused() {
        let when = Condition::Compare {
            fact: "count".into(),
            is: Comparison::AtLeast,
            to: Operand::Parameter { name: "limit".into() },
        };
        assert_eq!(rules(&[when]).compile(day(3)).unwrap_err().code(), Code::RulebookDatedOutside);
    }
}
