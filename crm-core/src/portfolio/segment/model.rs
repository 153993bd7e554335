//! A loaded segment model: checked whole, cases met, asked often.

use alloc::{
    collections::{BTreeMap, BTreeSet},
    string::{String, ToString as _},
    vec::Vec,
};

use sha2::{Digest as _, Sha256};

use super::assign::RANK_COVER_DAYS;
use super::spec::{PyramidBand, ScoreTerm, SegmentModelSpec, WarningRule, WarningSide};
use crate::{
    calendar::Date,
    money::{Currency, Decimal, Rounding, RoundingMode, Unrounded},
    portfolio::{
        FactParameters,
        facts::{WHOLE_PARAMETERS, fact_catalogue},
    },
    refusal::{Code, Fault, Path, Refusal},
    rulebook::{
        Comparison, Compiled, Condition, FactDeclaration, Operand, Parameter, Rule, RuleOutcome, RuleSet, RuleSetSpec,
        Scalar, Seen, Value, ValueType,
    },
    wire,
};

/// Facts of one customer by name, as conditions see them.
pub(super) type Known = BTreeMap<String, Scalar>;

/// A segment model, loaded: every threshold typed, every share adding up, every warning free of flicker, every case met.
///
/// ```
/// use crm_core::portfolio::{SegmentModel, china_segments};
///
/// let mut spec = china_segments()?;
/// SegmentModel::load(&spec)?;
/// spec.pyramid.pop();
/// let refused = SegmentModel::load(&spec).unwrap_err();
/// assert_eq!((refused.code().as_str(), refused.path().as_str()), ("portfolio.pyramid.shares", "/pyramid"));
/// # Ok::<(), crm_core::refusal::Refusal>(())
/// ```
#[derive(Debug, Clone)]
pub struct SegmentModel {
    pub(super) name: String,
    pub(super) fingerprint: String,
    pub(super) currency: Currency,
    pub(super) groups: Vec<Group>,
    pub(super) score: Vec<ScoreTerm>,
    pub(super) pyramid: Vec<PyramidBand>,
    pub(super) warnings: Vec<LoadedWarning>,
    pub(super) types: BTreeMap<String, ValueType>,
    /// Every fact, parameter and rule.
    pub(super) whole: RuleSet,
}

/// A group with its condition.
#[derive(Debug, Clone)]
pub(super) struct Group {
    /// Its newest version.
    pub(super) rule: Rule,
    versions: Vec<Rule>,
    /// The facts that any version names.
    pub(super) facts: BTreeSet<String>,
    /// The parameters that its condition names.
    pub(super) parameters: BTreeSet<String>,
    set: RuleSet,
}

impl Group {
    /// The version that is valid on a day; the newest where none is, since asking is refused then anyway.
    pub(super) fn rule_on(&self, on: Date) -> &Rule {
        let valid = |rule: &&Rule| rule.from.is_none_or(|from| from <= on) && rule.until.is_none_or(|until| on < until);
        self.versions.iter().find(valid).unwrap_or(&self.rule)
    }
}

/// A warning with its two conditions.
#[derive(Debug, Clone)]
pub(super) struct LoadedWarning {
    pub(super) rule: WarningRule,
    enter: RuleSet,
    leave: RuleSet,
}

/// What a condition says: it holds or not, or the facts on which that depends are not known.
pub(super) enum Answer {
    Decided(RuleOutcome),
    Undecided(Vec<String>),
}

impl SegmentModel {
    /// Checks a model and runs its cases; every fault at once.
    ///
    /// # Errors
    /// Those of [`RuleSet::load`]; `rulebook.name.duplicate` for a fact that the catalogue has; `rulebook.fact.undeclared`
    /// and `rulebook.parameter.undeclared` in score, pyramid and warnings; `portfolio.pyramid.shares`;
    /// `portfolio.warning.thresholds`; `portfolio.case.failed`. Of the parameters that every model has, as
    /// [`SegmentModelSpec`] lists them: `rulebook.parameter.undeclared` at `/parameters` for one that is missing,
    /// `wire.integer.expected` or `wire.boolean.expected` at its `/value_type`, `portfolio.parameter.range` at a value.
    pub fn load(spec: &SegmentModelSpec) -> Result<Self, Refusal> {
        let catalogue = fact_catalogue(spec.currency);
        let mut faults = Vec::new();
        for (index, fact) in spec.facts.iter().enumerate() {
            if catalogue.iter().any(|known| known.name == fact.name) {
                let fault = Fault::new(Code::RulebookNameTwice).with_name("name", &fact.name);
                faults.push(fault.at("name").at_index(index).at("facts"));
            }
        }
        Refusal::unless_empty(core::mem::take(&mut faults))?;
        // The host's facts first, so that indexes in refusals are those of the specification.
        let facts: Vec<FactDeclaration> = spec.facts.iter().chain(&catalogue).cloned().collect();
        let set = |rules: Vec<Rule>| {
            let (name, parameters) = (spec.name.clone(), spec.parameters.clone());
            let facts = facts.clone();
            RuleSet::load(&RuleSetSpec { name, facts, parameters, rules, checked_until: None, cases: None })
        };
        let whole = set(spec.rules.clone())?;
        let mut groups: Vec<Group> = Vec::with_capacity(spec.rules.len());
        for rule in &spec.rules {
            if groups.iter().any(|group| group.rule.name == rule.name) {
                continue;
            }
            let versions: Vec<Rule> = spec.rules.iter().filter(|other| other.name == rule.name).cloned().collect();
            let (mut named, mut parameters) = (BTreeSet::new(), BTreeSet::new());
            versions.iter().for_each(|version| facts_of(&version.when, &mut named, &mut parameters));
            let newest = versions.iter().max_by_key(|version| version.from).unwrap_or(rule).clone();
            groups.push(Group { rule: newest, facts: named, parameters, set: set(versions.clone())?, versions });
        }
        let types: BTreeMap<_, _> = facts.iter().map(|fact| (fact.name.clone(), fact.value_type)).collect();
        let mut warnings = Vec::with_capacity(spec.warnings.len());
        for (index, rule) in spec.warnings.iter().enumerate() {
            match load_warning(rule, &set) {
                Ok(warning) => warnings.push(warning),
                Err(found) => faults.extend(found.into_iter().map(|fault| fault.at_index(index).at("warnings"))),
            }
            let taken = spec.warnings.iter().take(index).any(|other| other.name == rule.name);
            if taken {
                let fault = Fault::new(Code::RulebookNameTwice).with_name("name", &rule.name);
                faults.push(fault.at("name").at_index(index).at("warnings"));
            }
        }
        let (score, pyramid) = (spec.score.clone(), spec.pyramid.clone());
        let (name, fingerprint) = (spec.name.clone(), fingerprint(spec)?);
        let model = Self { name, fingerprint, currency: spec.currency, groups, score, pyramid, warnings, types, whole };
        check_parameters(spec, &mut faults);
        model.check_score(spec, &mut faults);
        model.check_pyramid(spec, &mut faults);
        model.check_warnings(spec, &mut faults);
        Refusal::unless_empty(faults)?;
        model.run_cases(spec)?;
        Ok(model)
    }

    /// Reads a stored model and checks it.
    ///
    /// # Errors
    /// `wire.*` and everything of [`SegmentModel::load`].
    pub fn from_stored(text: &[u8]) -> Result<Self, Refusal> {
        Self::load(&wire::from_stored(text)?)
    }

    /// The currency of its thresholds.
    #[must_use]
    pub const fn currency(&self) -> Currency {
        self.currency
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its version: the SHA-256 of the model as it is stored, in hexadecimal digits. Whatever changes in it gives another.
    #[must_use]
    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    /// The names of the groups, in order.
    #[must_use]
    pub fn segments(&self) -> Vec<&str> {
        self.groups.iter().map(|group| group.rule.name.as_str()).collect()
    }

    /// The group of this name, as it is written.
    #[must_use]
    pub fn segment(&self, name: &str) -> Option<&Rule> {
        self.groups.iter().map(|group| &group.rule).find(|rule| rule.name == name)
    }

    /// The parameters of facts for a review on a day, from the model's dated values.
    ///
    /// # Errors
    /// `rulebook.dated.outside` for a day on which one of them has no value.
    pub fn fact_parameters(&self, as_of: Date) -> Result<FactParameters, Refusal> {
        let whole = |name: &str| self.whole_number(name, as_of);
        let nil_claims_count = match self.parameter(NIL_CLAIMS_COUNT, as_of)? {
            Value::Boolean(value) => value,
            _ => return Err(Refusal::new(Code::Internal)),
        };
        Ok(FactParameters {
            as_of,
            currency: self.currency,
            window_months: whole("window_months")?,
            expiring_within_days: whole("expiring_within_days")?,
            overdue_after_days: whole("overdue_after_days")?,
            cover_gap_days: whole("cover_gap_days")?,
            ratio_years: whole("ratio_years")?,
            nil_claims_count,
            ratio_rounding: Rounding { mode: RoundingMode::HalfUp, place: 4 },
        })
    }

    pub(super) fn parameter(&self, name: &str, on: Date) -> Result<Value, Refusal> {
        Ok(self.whole.parameter(name, on)?.value)
    }

    pub(super) fn whole_number(&self, name: &str, on: Date) -> Result<i64, Refusal> {
        match self.parameter(name, on)? {
            Value::Integer(value) => Ok(value),
            _ => Err(Refusal::new(Code::Internal)),
        }
    }

    pub(super) fn decimal(&self, name: &str, on: Date) -> Result<Decimal, Refusal> {
        match self.parameter(name, on)? {
            Value::Decimal(value) => Ok(value),
            _ => Err(Fault::new(Code::WireDecimalExpected).with("found", "integer").at(name).into()),
        }
    }

    fn check_score(&self, spec: &SegmentModelSpec, faults: &mut Vec<Fault>) {
        for (index, term) in spec.score.iter().enumerate() {
            let at = |fault: Fault, field: &str| fault.at(field).at_index(index).at("score");
            let numeric =
                self.types.get(&term.fact).map(|kind| matches!(kind, ValueType::Decimal | ValueType::Integer));
            if numeric != Some(true) {
                let fault = Fault::new(Code::RulebookFactUndeclared).with_name("name", &term.fact);
                faults.push(at(fault, "fact"));
            }
            if !is_decimal(&spec.parameters, &term.weight) {
                faults.push(at(undeclared(&term.weight), "weight"));
            }
        }
    }

    fn check_pyramid(&self, spec: &SegmentModelSpec, faults: &mut Vec<Fault>) {
        let mut named = true;
        for (index, band) in spec.pyramid.iter().enumerate() {
            let at = |fault: Fault, field: &str| fault.at(field).at_index(index).at("pyramid");
            if !is_decimal(&spec.parameters, &band.share) {
                faults.push(at(undeclared(&band.share), "share"));
                named = false;
            }
            if spec.pyramid.iter().take(index).any(|other| other.grade == band.grade) {
                faults.push(at(Fault::new(Code::RulebookNameTwice).with_name("name", &band.grade), "grade"));
            }
        }
        if !named {
            return;
        }
        let shares: Vec<&str> = spec.pyramid.iter().map(|band| band.share.as_str()).collect();
        if shares.is_empty() || days_of_change(spec, &shares).into_iter().any(|day| !self.adds_up(&shares, day)) {
            faults.push(Fault::new(Code::PortfolioPyramidShares).at("pyramid"));
        }
    }

    /// Whether the shares are above zero and 100 together; a day on which one has no value is refused when it is asked
    /// for.
    fn adds_up(&self, shares: &[&str], day: Date) -> bool {
        let Ok(values) = shares.iter().map(|name| self.decimal(name, day)).collect::<Result<Vec<_>, _>>() else {
            return true;
        };
        let positive = values.iter().all(|share| !share.is_negative() && !share.is_zero());
        let sum = values.iter().try_fold(Unrounded::ZERO, |sum, share| sum.plus(*share));
        positive && sum.is_ok_and(|sum| sum == Unrounded::from(100))
    }

    fn check_warnings(&self, spec: &SegmentModelSpec, faults: &mut Vec<Fault>) {
        for (index, rule) in spec.warnings.iter().enumerate() {
            let crossed = days_of_change(spec, &[&rule.enter, &rule.leave]).into_iter().find(|day| {
                let threshold = |name: &str| self.parameter(name, *day).ok();
                let order = threshold(&rule.leave).zip(threshold(&rule.enter)).and_then(|(a, b)| a.order(&b));
                order
                    == Some(match rule.side {
                        WarningSide::Above => core::cmp::Ordering::Greater,
                        WarningSide::Below => core::cmp::Ordering::Less,
                    })
            });
            if let Some(day) = crossed {
                let fault = Fault::new(Code::PortfolioWarningThresholds).with("date", day.to_string());
                faults.push(fault.at("leave").at_index(index).at("warnings"));
            }
        }
    }

    fn run_cases(&self, spec: &SegmentModelSpec) -> Result<(), Refusal> {
        let mut faults = Vec::new();
        for (index, case) in spec.cases.iter().enumerate() {
            let (mut holds, mut undecided) = (Vec::new(), Vec::new());
            for group in &self.groups {
                match group.ask(&case.facts, case.as_of) {
                    Ok(Answer::Decided(outcome)) if outcome.holds => holds.push(group.rule.name.clone()),
                    Ok(Answer::Decided(_)) => {}
                    Ok(Answer::Undecided(_)) => undecided.push(group.rule.name.clone()),
                    Err(refusal) => {
                        let within = refusal.at("facts").at_index(index).at("cases");
                        faults.extend(within.into_faults());
                    }
                }
            }
            if holds != case.holds || undecided != case.undecided {
                let fault = Fault::new(Code::PortfolioCaseFailed).with_name("name", &case.name);
                faults.push(fault.at_index(index).at("cases"));
            }
        }
        Refusal::unless_empty(faults)
    }
}

impl Group {
    /// What the group's condition says about these facts; facts that it does not name are not looked at.
    pub(super) fn ask(&self, known: &Known, on: Date) -> Result<Answer, Refusal> {
        let named =
            |(name, value): (&String, &Scalar)| self.facts.contains(name).then(|| (name.clone(), value.clone()));
        ask(&self.set, &known.iter().filter_map(named).collect(), on)
    }
}

impl LoadedWarning {
    /// Its two conditions on a day.
    pub(super) fn on(&self, on: Date) -> Result<WarningOn, Refusal> {
        Ok(WarningOn { enter: self.enter.compile(on)?, leave: self.leave.compile(on)? })
    }
}

/// The two conditions of a warning on a day; each asks for one fact.
pub(super) struct WarningOn {
    enter: Compiled,
    leave: Compiled,
}

impl WarningOn {
    /// Whether the fact calls for the warning, and whether it lets go of it; neither where it is not known.
    pub(super) fn ask(&self, fact: Option<Seen<'_>>) -> (bool, bool) {
        let holds = |side: &Compiled| side.ask(&[fact]).next().flatten() == Some(true);
        (holds(&self.enter), holds(&self.leave))
    }
}

fn ask(set: &RuleSet, known: &Known, on: Date) -> Result<Answer, Refusal> {
    match set.evaluate(known, on) {
        Ok(evaluation) => match evaluation.outcomes.into_iter().next() {
            Some(outcome) => Ok(Answer::Decided(outcome)),
            None => Err(Refusal::new(Code::Internal)),
        },
        Err(refusal) if is_missing(&refusal) => {
            let name = |fault: &Fault| fault.path().as_str().trim_start_matches('/').to_string();
            Ok(Answer::Undecided(refusal.faults().iter().map(name).collect()))
        }
        Err(refusal) => Err(refusal),
    }
}

/// Whether nothing is wrong but that facts are not known.
fn is_missing(refusal: &Refusal) -> bool {
    refusal.faults().iter().all(|fault| fault.code() == Code::RulebookFactMissing)
}

fn load_warning(
    rule: &WarningRule,
    set: &dyn Fn(Vec<Rule>) -> Result<RuleSet, Refusal>,
) -> Result<LoadedWarning, Vec<Fault>> {
    let side = |parameter: &str, is: Comparison, field: &str| {
        let (fact, to) = (rule.fact.clone(), Operand::Parameter { name: parameter.into() });
        let when = Condition::Compare { fact, is, to };
        let WarningRule { name, text, text_zh, source, .. } = rule.clone();
        set(alloc::vec![Rule { name, text, text_zh, source, when, from: None, until: None }]).map_err(|refusal| {
            let at = |fault: Fault| match fault.code() {
                Code::RulebookFactUndeclared => fault.within(Path::root()).at("fact"),
                Code::RulebookName => fault.within(Path::root()).at("name"),
                Code::RulebookSourceMissing => fault.within(Path::root()).at("source"),
                _ => fault.within(Path::root()).at(field),
            };
            refusal.into_faults().into_iter().map(at).collect::<Vec<_>>()
        })
    };
    let (enter, leave) = match rule.side {
        WarningSide::Above => (Comparison::AtLeast, Comparison::LessThan),
        WarningSide::Below => (Comparison::AtMost, Comparison::MoreThan),
    };
    let enter = side(&rule.enter, enter, "enter")?;
    let leave = side(&rule.leave, leave, "leave")?;
    Ok(LoadedWarning { rule: rule.clone(), enter, leave })
}

/// Every day on which one of the parameters takes a new value.
fn days_of_change(spec: &SegmentModelSpec, names: &[&str]) -> BTreeSet<Date> {
    let named = spec.parameters.iter().filter(|parameter| names.contains(&parameter.name.as_str()));
    named.flat_map(|parameter| parameter.values.iter().map(|value| value.from)).collect()
}

fn is_decimal(parameters: &[Parameter], name: &str) -> bool {
    parameters.iter().any(|parameter| parameter.name == name && parameter.value_type == ValueType::Decimal)
}

/// The parameter that says whether claims without a payment count.
const NIL_CLAIMS_COUNT: &str = "nil_claims_count";

/// The parameters that every model has: there, of their type, and on every day large enough.
fn check_parameters(spec: &SegmentModelSpec, faults: &mut Vec<Fault>) {
    let whole = WHOLE_PARAMETERS.into_iter().chain([(RANK_COVER_DAYS, 0)]);
    let whole = whole.map(|(name, min)| (name, ValueType::Integer, Code::WireIntegerExpected, min));
    for (name, value_type, code, min) in
        whole.chain([(NIL_CLAIMS_COUNT, ValueType::Boolean, Code::WireBooleanExpected, 0)])
    {
        let found = spec.parameters.iter().enumerate().find(|(_, parameter)| parameter.name == name);
        let Some((index, parameter)) = found else {
            faults.push(undeclared(name).at("parameters"));
            continue;
        };
        if parameter.value_type != value_type {
            let fault = Fault::new(code).with("found", parameter.value_type.as_str());
            faults.push(fault.at("value_type").at_index(index).at("parameters"));
            continue;
        }
        for (place, dated) in parameter.values.iter().enumerate() {
            if matches!(dated.value, Scalar::Integer(value) if value < min) {
                let fault = Fault::new(Code::PortfolioParameterRange).with("min", min).at("value");
                faults.push(fault.at_index(place).at("values").at_index(index).at("parameters"));
            }
        }
    }
}

/// SHA-256 of the model as it is stored.
fn fingerprint(spec: &SegmentModelSpec) -> Result<String, Refusal> {
    let digest = Sha256::digest(wire::to_stored(spec)?.as_bytes());
    Ok(digest.iter().fold(String::with_capacity(64), |text, byte| text + &alloc::format!("{byte:02x}")))
}

fn undeclared(name: &str) -> Fault {
    Fault::new(Code::RulebookParameterUndeclared).with_name("name", name)
}

/// The facts and the parameters that a condition names.
fn facts_of(condition: &Condition, facts: &mut BTreeSet<String>, parameters: &mut BTreeSet<String>) {
    match condition {
        Condition::All { of } | Condition::Any { of } => {
            of.iter().for_each(|test| facts_of(test, facts, parameters));
        }
        Condition::Not { of } => facts_of(of, facts, parameters),
        Condition::Compare { fact, to, .. } => {
            facts.insert(fact.clone());
            if let Operand::Parameter { name } = to {
                parameters.insert(name.clone());
            }
        }
        Condition::OneOf { fact, .. }
        | Condition::Within { fact, .. }
        | Condition::Matches { fact, .. }
        | Condition::Known { fact } => _ = facts.insert(fact.clone()),
    }
}
