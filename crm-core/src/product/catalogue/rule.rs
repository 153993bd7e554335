//! Conditions of a catalogue, typed when it is loaded, asked with their reasons.

use alloc::{
    collections::{BTreeMap, BTreeSet},
    string::String,
    vec::Vec,
};

use serde::{Deserialize, Serialize};

use crate::{
    calendar::Date,
    refusal::{Fault, Refusal},
    rulebook::{
        Asked, Comparison, Condition, Dated, Declared, FactDeclaration, Known, Names, Operand, Scalar, Step, Trace,
        Typed, ValueType,
    },
};

/// The status of a product as its first rule tests it; no catalogue declares a fact of this name.
pub(super) const STATUS_FACT: &str = "product_status";

/// A rule that was asked, with its reasons.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CheckedCondition {
    /// The name of the rule.
    pub name: String,
    /// What it says, in English.
    pub text: String,
    /// What it says, in Chinese (说明).
    pub text_zh: String,
    /// Who says so.
    pub source: String,
    /// Whether it holds; none where that depends on facts that are not known, or only a person can judge it.
    pub holds: Option<bool>,
    /// The facts that are not known and on which the answer depends.
    pub missing: Vec<String>,
    /// Whether a dated value that it used was last checked before the day asked for.
    pub stale: bool,
    /// How it came about; replays to `holds` where that is decided. Empty where only a person can judge it.
    pub trace: Trace,
}

/// Whether somebody may have something: a product, a benefit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Eligibility {
    /// Every rule holds.
    Eligible,
    /// At least one rule does not hold.
    NotEligible,
    /// No rule fails, but some could not be decided.
    Undecided,
}

impl Eligibility {
    /// The answer of several rules together; their order makes no difference.
    pub(super) fn of(checks: &[CheckedCondition]) -> Self {
        if checks.iter().any(|check| check.holds == Some(false)) {
            Self::NotEligible
        } else if checks.iter().all(|check| check.holds == Some(true)) {
            Self::Eligible
        } else {
            Self::Undecided
        }
    }
}

/// A rule with its words.
#[derive(Debug, Clone)]
pub(super) struct CompiledRule {
    pub(super) name: String,
    text: String,
    text_zh: String,
    source: String,
    condition: Option<Typed>,
}

/// The words of a rule.
pub(super) struct Words<'a> {
    pub(super) name: &'a str,
    pub(super) text: &'a str,
    pub(super) text_zh: &'a str,
    pub(super) source: &'a str,
}

/// Declared facts and parameters of a catalogue.
#[derive(Debug, Clone, Default)]
pub(super) struct Vocabulary {
    pub(super) facts: BTreeMap<String, Declared>,
    pub(super) parameters: BTreeMap<String, Dated>,
}

/// What is known about a customer on a day.
pub(super) struct Situation<'a> {
    pub(super) vocabulary: &'a Vocabulary,
    pub(super) known: &'a Known,
    pub(super) on: Date,
}

impl Vocabulary {
    /// Types a rule; the faults are those of its condition.
    pub(super) fn compile(&self, words: &Words<'_>, when: Option<&Condition>) -> Result<CompiledRule, Vec<Fault>> {
        let names = Names { facts: &self.facts, parameters: &self.parameters };
        Ok(CompiledRule {
            name: words.name.into(),
            text: words.text.into(),
            text_zh: words.text_zh.into(),
            source: words.source.into(),
            condition: when.map(|when| Typed::check(when, &names)).transpose()?,
        })
    }
}

impl CompiledRule {
    /// Whether a person has to judge it.
    pub(super) fn is_open(&self) -> bool {
        self.condition.is_none()
    }

    /// What the rule says.
    ///
    /// # Errors
    /// `rulebook.dated.outside`.
    pub(super) fn ask(&self, situation: &Situation<'_>) -> Result<CheckedCondition, Refusal> {
        let mut trace = Trace::default();
        let mut missing = BTreeSet::new();
        let mut holds = None;
        if let Some(condition) = &self.condition {
            let Situation { vocabulary, known, on } = *situation;
            let asked = Asked { known, parameters: &vocabulary.parameters, on };
            (_, holds) = condition.run(&asked, &mut trace)?;
            if holds.is_none() {
                condition.missing(known, &mut missing);
            }
        }
        let stale = trace.steps.iter().any(|step| matches!(step, Step::Parameter { known } if known.stale));
        Ok(CheckedCondition {
            name: self.name.clone(),
            text: self.text.clone(),
            text_zh: self.text_zh.clone(),
            source: self.source.clone(),
            holds,
            missing: missing.into_iter().collect(),
            stale,
            trace,
        })
    }
}

/// The declaration of [`STATUS_FACT`].
pub(super) fn status_declaration() -> FactDeclaration {
    FactDeclaration {
        name: STATUS_FACT.into(),
        value_type: ValueType::Text,
        unit: None,
        meaning: "status of the product".into(),
        meaning_zh: "产品状态".into(),
        personal: false,
        choices: Vec::new(),
        minimum: None,
        maximum: None,
    }
}

pub(super) fn equals(fact: &str, value: impl Into<Scalar>) -> Condition {
    Condition::Compare { fact: fact.into(), is: Comparison::Equal, to: Operand::Value { value: value.into() } }
}

pub(super) fn at_least(fact: &str, value: i64) -> Condition {
    let to = Operand::Value { value: Scalar::Integer(value) };
    Condition::Compare { fact: fact.into(), is: Comparison::AtLeast, to }
}

pub(super) fn at_most(fact: &str, value: i64) -> Condition {
    let to = Operand::Value { value: Scalar::Integer(value) };
    Condition::Compare { fact: fact.into(), is: Comparison::AtMost, to }
}
