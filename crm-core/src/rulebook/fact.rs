//! Declarations of facts: name, type, unit, meaning, what values they may take.

use alloc::{collections::BTreeMap, string::String, vec::Vec};

use serde::{Deserialize, Serialize};

use super::{Scalar, Value, ValueType};
use crate::refusal::{Code, Fault, Refusal};

/// Longest text of a rule set and of a fact, in bytes: names of sources, choices, patterns, values.
pub const MAX_RULE_TEXT: usize = 1_024;

/// Most choices of a fact.
const MAX_CHOICES: usize = 1_000;

/// The fault of a text that is too long.
pub(crate) fn length_fault(text: &str) -> Option<Fault> {
    (text.len() > MAX_RULE_TEXT).then(|| Fault::new(Code::RulebookTextTooLong).with("limit", MAX_RULE_TEXT))
}

/// A fact that conditions may test (事实 / 指标).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FactDeclaration {
    /// The name, in snake_case.
    pub name: String,
    /// The type of its values.
    pub value_type: ValueType,
    /// What its values count or measure: `CNY`, `years`, `%`.
    pub unit: Option<String>,
    /// What it means, in English.
    pub meaning: String,
    /// What it means, in Chinese (含义).
    pub meaning_zh: String,
    /// Whether its values are personal data: then they stand in no trace and in no refusal.
    pub personal: bool,
    /// The closed list of its values; empty when any value of the type may stand. Only for texts.
    pub choices: Vec<String>,
    /// The smallest allowed value, inclusive; none for no bound.
    pub minimum: Option<Scalar>,
    /// The largest allowed value, inclusive; none for no bound.
    pub maximum: Option<Scalar>,
}

/// A declaration whose bounds are typed.
#[derive(Debug, Clone)]
pub(crate) struct Declared {
    pub(crate) value_type: ValueType,
    pub(crate) personal: bool,
    pub(super) unit: Option<String>,
    choices: Vec<String>,
    minimum: Option<Value>,
    maximum: Option<Value>,
}

impl Declared {
    /// Types a declaration; faults are put on the heap of the caller.
    pub(crate) fn check(declaration: &FactDeclaration, faults: &mut Vec<Fault>) -> Self {
        let mut bound = |scalar: &Option<Scalar>, field: &str| {
            let value = scalar.as_ref().map(|scalar| declaration.value_type.read(scalar)).transpose();
            value.unwrap_or_else(|refusal| {
                faults.extend(refusal.at(field).into_faults());
                None
            })
        };
        let minimum = bound(&declaration.minimum, "minimum");
        let maximum = bound(&declaration.maximum, "maximum");
        let unordered = matches!(declaration.value_type, ValueType::Text | ValueType::Boolean);
        if unordered && (minimum.is_some() || maximum.is_some()) {
            let field = if minimum.is_some() { "minimum" } else { "maximum" };
            faults.push(Fault::new(Code::RulebookOrder).with("type", declaration.value_type.as_str()).at(field));
        } else if let (Some(low), Some(high)) = (&minimum, &maximum)
            && low.order(high) == Some(core::cmp::Ordering::Greater)
        {
            faults.push(Fault::new(Code::RulebookRangeEmpty).at("maximum"));
        }
        let texts = [
            ("meaning", Some(&declaration.meaning)),
            ("meaning_zh", Some(&declaration.meaning_zh)),
            ("unit", declaration.unit.as_ref()),
        ];
        for (field, text) in texts {
            faults.extend(text.and_then(|text| length_fault(text)).map(|fault| fault.at(field)));
        }
        if declaration.choices.len() > MAX_CHOICES {
            faults.push(Fault::new(Code::RulebookTooMany).with("limit", MAX_CHOICES).at("choices"));
        }
        for (index, choice) in declaration.choices.iter().enumerate().take(MAX_CHOICES) {
            faults.extend(length_fault(choice).map(|fault| fault.at_index(index).at("choices")));
        }
        if !declaration.choices.is_empty() && declaration.value_type != ValueType::Text {
            faults.push(Fault::new(Code::RulebookChoicesType).at("choices"));
        }
        let FactDeclaration { value_type, personal, .. } = *declaration;
        let unit = declaration.unit.clone();
        Self { value_type, personal, unit, choices: declaration.choices.clone(), minimum, maximum }
    }

    /// Reads a host's value of this fact.
    pub(crate) fn read(&self, scalar: &Scalar) -> Result<Value, Refusal> {
        if let Scalar::Text(text) = scalar
            && let Some(fault) = length_fault(text)
        {
            return Err(fault.into());
        }
        let value = self.value_type.read(scalar)?;
        self.allows(&value)?;
        Ok(value)
    }

    /// Whether the value is among the choices and inside the bounds.
    pub(crate) fn allows(&self, value: &Value) -> Result<(), Refusal> {
        if let Value::Text(text) = value
            && !self.choices.is_empty()
            && !self.choices.contains(text)
        {
            return Err(Fault::new(Code::RulebookFactChoice).with("expected", self.choices.join(", ")).into());
        }
        let outside =
            |bound: &Option<Value>, wrong| bound.as_ref().is_some_and(|bound| value.order(bound) == Some(wrong));
        if outside(&self.minimum, core::cmp::Ordering::Less) || outside(&self.maximum, core::cmp::Ordering::Greater) {
            let shown = |bound: &Option<Value>| bound.as_ref().map_or("-".into(), alloc::string::ToString::to_string);
            return Err(Fault::new(Code::RulebookFactRange)
                .with("min", shown(&self.minimum))
                .with("max", shown(&self.maximum))
                .into());
        }
        Ok(())
    }
}

/// The values of facts about one customer, vehicle, agent… by name.
pub(crate) type Known = BTreeMap<String, Value>;

/// Reads what a host knows; every fault at once, each at its fact.
pub(crate) fn read_facts(
    declared: &BTreeMap<String, Declared>,
    given: &BTreeMap<String, Scalar>,
) -> Result<Known, Refusal> {
    let mut faults = Vec::new();
    let mut known = Known::new();
    for (name, scalar) in given {
        let Some(fact) = declared.get(name) else {
            faults.push(Fault::new(Code::RulebookFactUnknown).at(name));
            continue;
        };
        // Null is "not known", as a missing key is.
        if *scalar == Scalar::Null {
            continue;
        }
        match fact.read(scalar) {
            Ok(value) => _ = known.insert(name.clone(), value),
            Err(refusal) => faults.extend(refusal.at(name).into_faults()),
        }
    }
    Refusal::unless_empty(faults)?;
    Ok(known)
}
