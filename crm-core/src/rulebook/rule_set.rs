//! A rule set: facts, parameters and rules, loaded once and checked whole.

use alloc::{
    collections::{BTreeMap, BTreeSet},
    string::String,
    vec::Vec,
};

use serde::{Deserialize, Serialize};

use super::{
    Condition, FactDeclaration, KnownValue, Parameter, Scalar, Step, Trace,
    dated::{Dated, outside, span_faults},
    fact::{Declared, length_fault, read_facts},
    typed::{Asked, Names, Typed, size_of},
};
use crate::{
    calendar::Date,
    refusal::{Code, Fault, MAX_FAULTS, Refusal},
    wire,
};

/// Most facts, parameters or rules of one rule set.
const MAX_ENTRIES: usize = 10_000;
/// Most tests and values of all conditions of one rule set: each of them becomes a step of a trace.
const MAX_TESTS: usize = 20_000;
/// Most tests that all cases of a rule set run, together.
const MAX_CASE_TESTS: usize = 2_000_000;
/// Longest name.
const MAX_NAME: usize = 64;

/// A rule set as it is written (规则集).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleSetSpec {
    /// The name, in snake_case.
    pub name: String,
    /// The facts that its conditions may test.
    pub facts: Vec<FactDeclaration>,
    /// The dated values that its conditions may use.
    pub parameters: Vec<Parameter>,
    /// The rules. Several of one name are the versions of one rule: on every day between the first and the last exactly
    /// one is valid.
    pub rules: Vec<Rule>,
    /// The last day for which somebody has checked the rules; later outcomes are marked stale. None where nobody says.
    pub checked_until: Option<Date>,
    /// Cases that the rules must meet when they are loaded.
    pub cases: Option<Vec<RuleCase>>,
}

/// A named condition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// The name, in snake_case.
    pub name: String,
    /// What it says, in English.
    pub text: String,
    /// What it says, in Chinese (说明).
    pub text_zh: String,
    /// Who says so.
    pub source: String,
    /// When it holds.
    pub when: Condition,
    /// The first day on which it is valid; none for ever since.
    pub from: Option<Date>,
    /// The first day on which it is no longer valid; none while no end is known.
    pub until: Option<Date>,
}

impl Rule {
    fn days(&self) -> (Date, Option<Date>) {
        (self.from.unwrap_or(Date::MIN), self.until)
    }
}

/// A case that a rule set must meet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleCase {
    /// The name, in snake_case.
    pub name: String,
    /// Who says what must come out.
    pub source: String,
    /// The day.
    pub as_of: Date,
    /// What is known.
    pub facts: BTreeMap<String, Scalar>,
    /// The rules that hold.
    pub holds: Vec<String>,
    /// The rules of which it can't be said.
    pub undecided: Vec<String>,
}

/// What the rules say about facts on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Evaluation {
    /// The day for which dated values were looked up.
    pub as_of: Date,
    /// Every rule, in the order of the rule set.
    pub outcomes: Vec<RuleOutcome>,
}

/// What one rule says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleOutcome {
    /// The name of the rule.
    pub rule: String,
    /// Which version of it was asked; none for what release 0.1.0 stored.
    pub version: Option<RuleVersion>,
    /// Whether it holds.
    pub holds: bool,
    /// Whether the rules, or a dated value that this one used, were last checked before the day asked for.
    pub stale: bool,
    /// How it came about; its last step is `holds`.
    pub trace: Trace,
}

/// The version of a rule that was asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleVersion {
    /// The first day on which it is valid; none for ever since.
    pub from: Option<Date>,
    /// The first day on which it is no longer valid; none while no end is known.
    pub until: Option<Date>,
    /// Who says so.
    pub source: String,
}

/// A loaded rule set: checked whole, immutable, shareable between threads.
///
/// ```
/// use crm_core::{calendar::Date, rulebook::{RuleSet, Scalar}};
///
/// let rules = RuleSet::from_json(r#"{
///   "name": "good_customer",
///   "facts": [{"name": "clean_years", "value_type": "integer", "unit": "years", "meaning": "consecutive years without a claim",
///              "meaning_zh": "连续未出险年数", "personal": false, "choices": [], "minimum": 0}],
///   "parameters": [{"name": "good_after", "value_type": "integer", "unit": "years", "checked_until": "2026-12-31",
///                   "values": [{"value": 3, "from": "2020-01-01", "source": "requirements H2"}]}],
///   "rules": [{"name": "good", "text": "good customer", "text_zh": "优质客户", "source": "requirements H2",
///              "when": {"compare": {"fact": "clean_years", "is": "at_least", "to": {"parameter": {"name": "good_after"}}}}}]
/// }"#.as_bytes())?;
/// let answer = rules.evaluate(&[("clean_years".into(), Scalar::Integer(4))].into(), Date::parse("2026-03-01")?)?;
/// assert!(answer.outcomes[0].holds);
///
/// let refusal = rules.evaluate(&[].into(), Date::parse("2026-03-01")?).unwrap_err();
/// assert_eq!((refusal.code().as_str(), refusal.path().as_str()), ("rulebook.fact.missing", "/clean_years"));
/// # Ok::<(), crm_core::refusal::Refusal>(())
/// ```
#[derive(Debug, Clone)]
pub struct RuleSet {
    pub(super) facts: BTreeMap<String, Declared>,
    parameters: BTreeMap<String, Dated>,
    pub(super) rules: Vec<Versions>,
    checked_until: Option<Date>,
}

/// A rule with its versions, in order of time.
#[derive(Debug, Clone)]
pub(super) struct Versions {
    name: String,
    versions: Vec<(RuleVersion, Typed)>,
}

impl Versions {
    /// The version that is valid on a day.
    pub(super) fn on(&self, on: Date) -> Result<&(RuleVersion, Typed), Refusal> {
        let valid = |(version, _): &&(RuleVersion, Typed)| {
            version.from.is_none_or(|from| from <= on) && version.until.is_none_or(|until| on < until)
        };
        self.versions.iter().find(valid).ok_or_else(|| {
            let first = self.versions.first().and_then(|(version, _)| version.from).unwrap_or(Date::MIN);
            let last = self.versions.last().and_then(|(version, _)| version.until);
            outside(&self.name, on, first, last)
        })
    }
}

impl RuleSet {
    /// Checks a rule set; every fault of facts, parameters and rules at once.
    ///
    /// # Errors
    /// `rulebook.*` with the path in the specification; `wire.<type>.expected` for values of the wrong type.
    pub fn load(spec: &RuleSetSpec) -> Result<Self, Refusal> {
        let mut faults = Vec::new();
        for (field, count) in
            [("facts", spec.facts.len()), ("parameters", spec.parameters.len()), ("rules", spec.rules.len())]
        {
            if count > MAX_ENTRIES {
                return Err(Fault::new(Code::RulebookTooMany).with("limit", MAX_ENTRIES).at(field).into());
            }
        }
        let mut left = MAX_TESTS;
        for (index, rule) in spec.rules.iter().enumerate() {
            match left.checked_sub(size_of(&rule.when, left)) {
                Some(rest) => left = rest,
                None => {
                    let fault = Fault::new(Code::RulebookTooMany).with("limit", MAX_TESTS);
                    return Err(fault.at("when").at_index(index).at("rules").into());
                }
            }
        }
        if !is_name(&spec.name) {
            faults.push(Fault::new(Code::RulebookName).with("limit", MAX_NAME).at("name"));
        }
        let mut facts = BTreeMap::new();
        let mut parameters = BTreeMap::new();
        // A fact or a parameter with a fault of its own is left out; rules that name it are not blamed for that.
        let mut faulty = BTreeSet::new();
        for (index, declaration) in spec.facts.iter().enumerate() {
            let mut found = Vec::new();
            let declared = Declared::check(declaration, &mut found);
            name_faults(&declaration.name, facts.contains_key(&declaration.name), &mut found);
            facts.insert(declaration.name.clone(), declared);
            faults.extend(found.into_iter().map(|fault| fault.at_index(index).at("facts")));
        }
        for (index, parameter) in spec.parameters.iter().enumerate() {
            let mut found = Vec::new();
            name_faults(&parameter.name, parameters.contains_key(&parameter.name), &mut found);
            match Dated::check(parameter) {
                Ok(dated) => _ = parameters.insert(parameter.name.clone(), dated),
                Err(refusal) => {
                    faulty.insert(parameter.name.as_str());
                    found.extend(refusal.into_faults());
                }
            }
            faults.extend(found.into_iter().map(|fault| fault.at_index(index).at("parameters")));
        }
        let names = Names { facts: &facts, parameters: &parameters };
        let mut rules: Vec<Versions> = Vec::with_capacity(spec.rules.len());
        let mut places: BTreeMap<&str, usize> = BTreeMap::new();
        for (index, rule) in spec.rules.iter().enumerate() {
            let mut found = Vec::new();
            name_faults(&rule.name, false, &mut found);
            let (from, until) = rule.days();
            if until.is_some_and(|until| until <= from) {
                found.push(Fault::new(Code::CalendarPeriodEmpty).at("until"));
            }
            if rule.source.trim().is_empty() {
                found.push(Fault::new(Code::RulebookSourceMissing).at("source"));
            }
            for (field, text) in [("text", &rule.text), ("text_zh", &rule.text_zh), ("source", &rule.source)] {
                found.extend(length_fault(text).map(|fault| fault.at(field)));
            }
            match Typed::check(&rule.when, &names) {
                Ok(typed) => {
                    let place = *places.entry(&rule.name).or_insert(rules.len());
                    if place == rules.len() {
                        rules.push(Versions { name: rule.name.clone(), versions: Vec::new() });
                    }
                    let version = RuleVersion { from: rule.from, until, source: rule.source.clone() };
                    if let Some(rule) = rules.get_mut(place) {
                        rule.versions.push((version, typed));
                    }
                }
                Err(more) => found.extend(more.into_iter().map(|fault| fault.at("when"))),
            }
            found.retain(|fault| !(fault.code() == Code::RulebookParameterUndeclared && blames(fault, &faulty)));
            faults.extend(found.into_iter().map(|fault| fault.at_index(index).at("rules")));
        }
        faults.extend(version_faults(&spec.rules));
        Refusal::unless_empty(faults)?;
        rules.iter_mut().for_each(|rule| rule.versions.sort_by_key(|(version, _)| version.from));
        let rules = Self { facts, parameters, rules, checked_until: spec.checked_until };
        rules.run_cases(spec.cases.as_deref().unwrap_or_default(), MAX_TESTS - left)?;
        Ok(rules)
    }

    /// Reads a rule set from canonical JSON and checks it.
    ///
    /// # Errors
    /// `wire.*` and everything of [`RuleSet::load`].
    pub fn from_json(text: &[u8]) -> Result<Self, Refusal> {
        Self::load(&wire::from_json(text)?)
    }

    /// What every rule says about these facts, with dated values as of a day.
    ///
    /// # Errors
    /// `rulebook.fact.unknown`, `rulebook.fact.choice`, `rulebook.fact.range`, `wire.<type>.expected` at the fact;
    /// `rulebook.fact.missing` at each fact on which an answer depends; `rulebook.dated.outside` for a parameter or a rule
    /// that has no value or version on the day. All at once.
    pub fn evaluate(&self, facts: &BTreeMap<String, Scalar>, as_of: Date) -> Result<Evaluation, Refusal> {
        let known = read_facts(&self.facts, facts)?;
        let asked = Asked { known: &known, parameters: &self.parameters, on: as_of };
        let mut outcomes = Vec::with_capacity(self.rules.len());
        let mut missing = BTreeSet::new();
        let mut faults: Vec<Fault> = Vec::new();
        for rule in &self.rules {
            let mut trace = Trace::default();
            let (version, condition) = match rule.on(as_of) {
                Ok((version, condition)) => (version, condition),
                Err(refusal) => {
                    faults.extend(refusal.into_faults());
                    continue;
                }
            };
            let passed = match condition.run(&asked, &mut trace) {
                Ok((_, passed)) => passed,
                Err(refusal) => {
                    // Several rules can name the parameter that has no value on this day.
                    faults.extend(refusal.into_faults());
                    None
                }
            };
            let Some(holds) = passed else {
                condition.missing(&known, &mut missing);
                continue;
            };
            let unchecked = self.checked_until.is_some_and(|checked| as_of > checked);
            let stale =
                unchecked || trace.steps.iter().any(|step| matches!(step, Step::Parameter { known } if known.stale));
            let version = Some(version.clone());
            outcomes.push(RuleOutcome { rule: rule.name.clone(), version, holds, stale, trace });
        }
        let mut told = BTreeSet::new();
        faults.retain(|fault| told.insert(alloc::format!("{fault}")));
        faults.extend(missing.iter().map(|name| Fault::new(Code::RulebookFactMissing).at(name)));
        Refusal::unless_empty(faults)?;
        Ok(Evaluation { as_of, outcomes })
    }

    /// What a parameter is on a day.
    ///
    /// # Errors
    /// `rulebook.parameter.undeclared`, `rulebook.dated.outside`.
    pub fn parameter(&self, name: &str, as_of: Date) -> Result<KnownValue, Refusal> {
        let dated = self.parameters.get(name);
        dated.ok_or_else(|| Fault::new(Code::RulebookParameterUndeclared).with_name("name", name))?.at(as_of)
    }
}

fn blames(fault: &Fault, faulty: &BTreeSet<&str>) -> bool {
    fault.params().iter().any(|(_, value)| faulty.contains(alloc::format!("{value}").as_str()))
}

/// A name in snake_case: small letters, digits and underscores, beginning with a letter.
pub(crate) fn is_name(name: &str) -> bool {
    let starts = name.bytes().next().is_some_and(|byte| byte.is_ascii_lowercase());
    let rest = name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
    starts && rest && name.len() <= MAX_NAME
}

pub(crate) fn name_faults(name: &str, taken: bool, faults: &mut Vec<Fault>) {
    if !is_name(name) {
        faults.push(Fault::new(Code::RulebookName).with("limit", MAX_NAME).at("name"));
    } else if taken {
        faults.push(Fault::new(Code::RulebookNameTwice).with_name("name", name).at("name"));
    }
}

/// Where a day has no version of a rule or two; a rule without a day of its own is valid for ever.
fn version_faults(rules: &[Rule]) -> Vec<Fault> {
    let mut named: BTreeMap<&str, Vec<(usize, &Rule)>> = BTreeMap::new();
    for (index, rule) in rules.iter().enumerate() {
        named.entry(&rule.name).or_default().push((index, rule));
    }
    let mut faults = Vec::new();
    for versions in named.into_values() {
        // Without days of their own two rules of one name are a slip, not versions.
        let undated = versions.iter().filter(|(_, rule)| rule.from.is_none() && rule.until.is_none());
        let twice: Vec<_> = if versions.len() > 1 { undated.collect() } else { Vec::new() };
        if !twice.is_empty() {
            for (index, rule) in versions.iter().skip(1) {
                let fault = Fault::new(Code::RulebookNameTwice).with_name("name", &rule.name);
                faults.push(fault.at("name").at_index(*index).at("rules"));
            }
            continue;
        }
        let days = versions.iter().map(|(index, rule)| (*index, rule.days().0, rule.until));
        let found = span_faults(days);
        faults.extend(found.into_iter().map(|(index, fault)| fault.at("from").at_index(index).at("rules")));
    }
    faults
}

impl RuleSet {
    /// Runs the cases that the specification carries; every one that fails is told.
    fn run_cases(&self, cases: &[RuleCase], tests: usize) -> Result<(), Refusal> {
        let too_many = |limit: usize| Err(Fault::new(Code::RulebookTooMany).with("limit", limit).at("cases").into());
        if cases.len() > MAX_ENTRIES {
            return too_many(MAX_ENTRIES);
        }
        if cases.len().saturating_mul(tests) > MAX_CASE_TESTS {
            return too_many(MAX_CASE_TESTS / tests.max(1));
        }
        let mut faults = Vec::new();
        let mut names = BTreeSet::new();
        for (index, case) in cases.iter().enumerate() {
            if faults.len() > MAX_FAULTS {
                break;
            }
            let mut found = Vec::new();
            name_faults(&case.name, !names.insert(case.name.as_str()), &mut found);
            if case.source.trim().is_empty() {
                found.push(Fault::new(Code::RulebookSourceMissing).at("source"));
            }
            found.extend(self.case_faults(case));
            faults.extend(found.into_iter().map(|fault| fault.at_index(index).at("cases")));
        }
        Refusal::unless_empty(faults)
    }

    fn case_faults(&self, case: &RuleCase) -> Vec<Fault> {
        let known = match read_facts(&self.facts, &case.facts) {
            Ok(known) => known,
            Err(refusal) => return refusal.at("facts").into_faults(),
        };
        let asked = Asked { known: &known, parameters: &self.parameters, on: case.as_of };
        let (mut holds, mut undecided) = (BTreeSet::new(), BTreeSet::new());
        let mut faults = Vec::new();
        for rule in &self.rules {
            let run = rule.on(case.as_of).and_then(|(_, condition)| condition.run(&asked, &mut Trace::default()));
            match run {
                Ok((_, Some(true))) => _ = holds.insert(rule.name.as_str()),
                Ok((_, None)) => _ = undecided.insert(rule.name.as_str()),
                Ok((_, Some(false))) => {}
                Err(refusal) => faults.extend(refusal.into_faults().into_iter().map(|fault| fault.at("as_of"))),
            }
        }
        if !faults.is_empty() {
            return faults;
        }
        for (field, expected, found) in [("holds", &case.holds, &holds), ("undecided", &case.undecided, &undecided)] {
            let expected: BTreeSet<&str> = expected.iter().map(String::as_str).collect();
            for name in expected.symmetric_difference(found).take(MAX_FAULTS) {
                let fault = Fault::new(Code::RulebookCaseFailed).with_name("name", &case.name).with_name("rule", name);
                faults.push(fault.at(field));
            }
        }
        faults
    }
}
