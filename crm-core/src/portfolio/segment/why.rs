//! Why a customer is in a group or not, and what would change it (H7).

use alloc::{
    collections::BTreeMap,
    string::{String, ToString as _},
    vec::Vec,
};
use core::fmt;

use serde::{Deserialize, Serialize};

use super::{
    asking::Reading,
    assign::{Assignment, known},
    model::{Answer, Group, Known, SegmentModel},
};
use crate::{
    access::Viewer,
    calendar::Date,
    money::{Decimal, Unrounded},
    party::PartyId,
    refusal::{Code, Fault, Refusal},
    rulebook::{Condition, Operand, Scalar, Step, Trace, Value, ValueType},
};

/// Whether a customer is in a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Membership {
    /// The condition holds (属于).
    In,
    /// The condition does not hold (不属于).
    Out,
    /// It depends on facts that are not known (未定).
    Undecided,
}

/// Why a customer is in a group or not, and what would change it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SegmentReason {
    /// The group.
    pub segment: String,
    /// Whether he is in it.
    pub membership: Membership,
    /// The facts that decide: the tests that must come out as they did for the answer to stand.
    pub deciding: Vec<DecidingFact>,
    /// The facts that are missing, where it is undecided.
    pub missing: Vec<String>,
    /// For each fact that can change the answer alone, the change that is the smallest.
    pub changes: Vec<FactChange>,
    /// Where no fact can change the answer alone: the fewest facts that can change it together, each as near to what it is
    /// as the others allow. None where a fact can alone, and where not even [`MAX_TOGETHER`] facts can.
    pub together: Vec<FactChange>,
    /// How the answer came about; none where it is undecided.
    pub trace: Option<Trace>,
    /// Whether a threshold was last checked before the day.
    pub stale: bool,
}

/// A fact that decides.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DecidingFact {
    /// Its name.
    pub fact: String,
    /// Its value; none where it is absent or personal. A ratio is shown rounded; the trace has it as it was compared.
    pub value: Option<Value>,
}

/// A change of a fact that turns the answer, alone or together with others; all the rest stays as it is.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FactChange {
    /// Its name.
    pub fact: String,
    /// What it is, a ratio rounded; none where it is absent.
    pub from: Option<Value>,
    /// What it would have to become.
    pub to: Value,
    /// What the answer would then be.
    pub membership: Membership,
}

impl fmt::Debug for DecidingFact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DecidingFact({})", self.fact)
    }
}

impl fmt::Debug for FactChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FactChange({})", self.fact)
    }
}

impl SegmentModel {
    /// Why a customer is in each group or not, and what would change it; none when there is no such customer or the
    /// viewer does not see him.
    ///
    /// # Errors
    /// Those of [`SegmentModel::assign`].
    pub fn why(
        &self,
        assignment: &Assignment,
        viewer: &Viewer,
        customer: &PartyId,
    ) -> Result<Option<Vec<SegmentReason>>, Refusal> {
        let Some(row) = assignment.facts.customer(viewer, customer) else { return Ok(None) };
        let parameters = assignment.facts.parameters();
        let own = assignment.host.get(customer);
        let read = |reading| known(row, own, &assignment.totals, parameters, reading, |_| true);
        let (compared, shown) = (read(Reading::Compared)?, read(Reading::Shown)?);
        let reasons = self.groups.iter().map(|group| self.reason(group, &compared, &shown, parameters.as_of));
        reasons.collect::<Result<_, _>>().map(Some)
    }

    /// The facts that decide that a customer is in a group, as they are shown.
    pub(super) fn deciding(
        &self,
        assignment: &Assignment,
        customer: &PartyId,
        segment: &str,
    ) -> Result<Vec<DecidingFact>, Refusal> {
        let (Some(row), Some(group)) =
            (assignment.facts.find(customer), self.groups.iter().find(|group| group.rule.name == segment))
        else {
            return Ok(Vec::new());
        };
        let parameters = assignment.facts.parameters();
        let own = assignment.host.get(customer);
        let read =
            |reading| known(row, own, &assignment.totals, parameters, reading, |name| group.facts.contains(name));
        match group.ask(&read(Reading::Compared)?, parameters.as_of)? {
            Answer::Decided(outcome) => self.as_shown(deciding(&outcome.trace), &read(Reading::Shown)?),
            Answer::Undecided(_) => Ok(Vec::new()),
        }
    }

    fn as_shown(&self, mut facts: Vec<DecidingFact>, shown: &Known) -> Result<Vec<DecidingFact>, Refusal> {
        for fact in facts.iter_mut().filter(|fact| matches!(fact.value, Some(Value::Decimal(_)))) {
            fact.value = self.typed(&fact.fact, shown)?;
        }
        Ok(facts)
    }

    /// The value of a fact by its declaration; none where it is absent.
    fn typed(&self, fact: &str, known: &Known) -> Result<Option<Value>, Refusal> {
        match (known.get(fact), self.types.get(fact)) {
            (None | Some(Scalar::Null), _) | (_, None) => Ok(None),
            (Some(scalar), Some(value_type)) => value_type.read(scalar).map(Some),
        }
    }

    /// The same for facts by name, without a book: what a group says about them.
    ///
    /// # Errors
    /// `rulebook.fact.undeclared` for a group that there is not; those of [`SegmentModel::assign`].
    pub fn why_of(&self, segment: &str, known: &BTreeMap<String, Scalar>, on: Date) -> Result<SegmentReason, Refusal> {
        let group = self.groups.iter().find(|group| group.rule.name == segment);
        let unknown = || Fault::new(Code::RulebookFactUndeclared).with_name("name", segment).at("segment");
        self.reason(group.ok_or_else(unknown)?, known, known, on)
    }

    fn reason(&self, group: &Group, known: &Known, shown: &Known, on: Date) -> Result<SegmentReason, Refusal> {
        let answer = group.ask(known, on)?;
        let membership = membership(&answer);
        let tries = self.tries(group, known, shown, on)?;
        let changes = changes(group, known, on, membership, &tries);
        let together = if changes.is_empty() { together(group, known, on, membership, &tries) } else { Vec::new() };
        let segment = group.rule.name.clone();
        Ok(match answer {
            Answer::Decided(outcome) => SegmentReason {
                segment,
                membership,
                deciding: self.as_shown(deciding(&outcome.trace), shown)?,
                missing: Vec::new(),
                changes,
                together,
                trace: Some(outcome.trace),
                stale: outcome.stale,
            },
            Answer::Undecided(missing) => {
                let (deciding, trace) = (Vec::new(), None);
                SegmentReason { segment, membership, deciding, missing, changes, together, trace, stale: false }
            }
        })
    }

    /// For each fact of the group, the values that can make a difference, the nearest first. Between two thresholds of a
    /// condition nothing changes, so these are the thresholds and the values beside them.
    fn tries(&self, group: &Group, known: &Known, shown: &Known, on: Date) -> Result<Vec<Tries>, Refusal> {
        let mut all = Vec::new();
        for fact in &group.facts {
            let Some(value_type) = self.types.get(fact) else { continue };
            let (now, from) = (self.typed(fact, known)?, self.typed(fact, shown)?);
            let mut candidates = Vec::new();
            self.thresholds(&group.rule_on(on).when, fact, on, &mut candidates)?;
            let mut to: Vec<Value> = candidates.iter().flat_map(|value| beside(value, from.as_ref())).collect();
            if *value_type == ValueType::Boolean {
                to = [true, false].into_iter().map(Value::Boolean).collect();
            }
            to.retain(|value| Some(value) != now.as_ref());
            // The order of those equally far, and of texts, is that of the condition.
            to.sort_by_key(|value| now.as_ref().and_then(|now| distance(now, value)));
            all.push(Tries { fact: fact.clone(), from, to });
        }
        Ok(all)
    }

    /// Every value that a condition holds a fact against.
    fn thresholds(&self, of: &Condition, wanted: &str, on: Date, into: &mut Vec<Value>) -> Result<(), Refusal> {
        let mut read = |fact: &str, scalar: &Scalar| {
            if let Some(value_type) = self.types.get(fact) {
                into.push(value_type.read(scalar)?);
            }
            Ok::<(), Refusal>(())
        };
        match of {
            Condition::All { of } | Condition::Any { of } => {
                of.iter().try_for_each(|test| self.thresholds(test, wanted, on, into))?;
            }
            Condition::Not { of } => self.thresholds(of, wanted, on, into)?,
            Condition::Compare { fact, to: Operand::Value { value }, .. } if fact == wanted => read(fact, value)?,
            Condition::Compare { fact, to: Operand::Parameter { name }, .. } if fact == wanted => {
                into.push(self.parameter(name, on)?);
            }
            Condition::OneOf { fact, values } if fact == wanted => {
                values.iter().try_for_each(|value| read(fact, value))?;
            }
            Condition::Within { fact, from, until } if fact == wanted => {
                from.iter().chain(until).try_for_each(|value| read(fact, value))?;
            }
            _ => {}
        }
        Ok(())
    }
}

/// Most facts that are changed together.
pub const MAX_TOGETHER: usize = 4;
/// Most sets of values that are tried for a set of changes.
const MAX_TRIES: usize = 20_000;

/// The values of a fact that can make a difference.
struct Tries {
    fact: String,
    from: Option<Value>,
    to: Vec<Value>,
}

impl Tries {
    fn change(&self, to: &Value, membership: Membership) -> FactChange {
        FactChange { fact: self.fact.clone(), from: self.from.clone(), to: to.clone(), membership }
    }
}

/// What the answer turns to; none where it stays, or where nobody can say. A value that the declaration of a fact forbids
/// changes nothing.
fn turns(group: &Group, changed: &Known, on: Date, now: Membership) -> Option<Membership> {
    let then = membership(&group.ask(changed, on).ok()?);
    (then != now && then != Membership::Undecided).then_some(then)
}

/// For each fact the nearest value that turns the answer alone.
fn changes(group: &Group, known: &Known, on: Date, now: Membership, tries: &[Tries]) -> Vec<FactChange> {
    let nearest = |tried: &Tries| {
        tried.to.iter().find_map(|to| {
            let mut changed = known.clone();
            changed.insert(tried.fact.clone(), scalar(to));
            turns(group, &changed, on, now).map(|then| tried.change(to, then))
        })
    };
    tries.iter().filter_map(nearest).collect()
}

/// The first of the smallest sets of facts that turn the answer together, their values the nearest in the order of the
/// facts.
fn together(group: &Group, known: &Known, on: Date, now: Membership, tries: &[Tries]) -> Vec<FactChange> {
    let mut left = MAX_TRIES;
    for size in 2..=MAX_TOGETHER.min(tries.len()) {
        let mut picked = Vec::with_capacity(size);
        if let Some(then) = pick(group, known, on, now, tries, size, &mut picked, &mut left) {
            return picked.into_iter().map(|(tried, to)| tried.change(to, then)).collect();
        }
    }
    Vec::new()
}

/// Picks so many facts, each of those behind the one before, and a value for each.
#[allow(clippy::too_many_arguments)]
fn pick<'t>(
    group: &Group,
    known: &Known,
    on: Date,
    now: Membership,
    tries: &'t [Tries],
    size: usize,
    picked: &mut Vec<(&'t Tries, &'t Value)>,
    left: &mut usize,
) -> Option<Membership> {
    if size == 0 {
        *left = left.checked_sub(1)?;
        return turns(group, known, on, now);
    }
    for (index, tried) in tries.iter().enumerate() {
        for to in &tried.to {
            let mut changed = known.clone();
            changed.insert(tried.fact.clone(), scalar(to));
            picked.push((tried, to));
            let behind = tries.get(index + 1..).unwrap_or_default();
            let then = pick(group, &changed, on, now, behind, size - 1, picked, left);
            if then.is_some() || *left == 0 {
                return then;
            }
            picked.pop();
        }
    }
    None
}

fn membership(answer: &Answer) -> Membership {
    match answer {
        Answer::Decided(outcome) if outcome.holds => Membership::In,
        Answer::Decided(_) => Membership::Out,
        Answer::Undecided(_) => Membership::Undecided,
    }
}

fn scalar(value: &Value) -> Scalar {
    match value {
        Value::Text(value) => Scalar::Text(value.clone()),
        Value::Integer(value) => Scalar::Integer(*value),
        Value::Decimal(value) => Scalar::Decimal(*value),
        Value::Date(value) => Scalar::Date(*value),
        Value::Boolean(value) => Scalar::Boolean(*value),
    }
}

/// A threshold and the nearest values on its two sides: one unit of a whole number, a day, and for a decimal one unit of
/// its last place, or of the fact's when that is finer.
fn beside(value: &Value, from: Option<&Value>) -> Vec<Value> {
    let mut all = alloc::vec![value.clone()];
    match value {
        Value::Integer(value) => {
            all.extend(value.checked_sub(1).map(Value::Integer));
            all.extend(value.checked_add(1).map(Value::Integer));
        }
        Value::Date(value) => {
            all.extend(value.plus_days(-1).ok().map(Value::Date));
            all.extend(value.plus_days(1).ok().map(Value::Date));
        }
        Value::Decimal(value) => {
            let finer = match from {
                Some(Value::Decimal(from)) => from.scale(),
                _ => 0,
            };
            let scale = value.scale().max(finer);
            let step = |sign: i128| {
                let step = Decimal::from_parts(sign, scale).ok()?;
                Unrounded::from(*value).plus(step).ok()?.to_decimal().ok()
            };
            all.extend([-1, 1].into_iter().filter_map(step).map(Value::Decimal));
        }
        Value::Text(_) | Value::Boolean(_) => {}
    }
    all
}

fn distance(from: &Value, to: &Value) -> Option<Unrounded> {
    match (from, to) {
        (Value::Integer(from), Value::Integer(to)) => Unrounded::ratio(i128::from(*to) - i128::from(*from), 1).ok(),
        (Value::Decimal(from), Value::Decimal(to)) => Unrounded::from(*to).minus(*from).ok(),
        (Value::Date(from), Value::Date(to)) => Some(Unrounded::from(from.days_until(*to))),
        _ => None,
    }
    .map(|distance| distance.abs())
}

/// The facts of the tests that carry the answer: below a passed `any` the passed tests, below a failed one all of them;
/// below a failed `all` the failed tests, below a passed one all of them.
fn deciding(trace: &Trace) -> Vec<DecidingFact> {
    let mut facts = Vec::new();
    let mut open: Vec<i64> = i64::try_from(trace.steps.len()).ok().map(|count| count - 1).into_iter().collect();
    let step = |number: i64| usize::try_from(number).ok().and_then(|number| trace.steps.get(number));
    let passed = |number: &i64| match step(*number) {
        Some(
            Step::Compare { passed, .. }
            | Step::OneOf { passed, .. }
            | Step::Within { passed, .. }
            | Step::Matches { passed, .. }
            | Step::All { passed, .. }
            | Step::Any { passed, .. }
            | Step::Not { passed, .. },
        ) => *passed,
        Some(Step::Known { passed, .. }) => Some(*passed),
        _ => None,
    };
    while let Some(number) = open.pop() {
        match step(number) {
            Some(Step::All { of, passed: Some(false) }) => {
                open.extend(of.iter().rev().filter(|test| passed(test) == Some(false)));
            }
            Some(Step::Any { of, passed: Some(true) }) => {
                open.extend(of.iter().rev().filter(|test| passed(test) == Some(true)));
            }
            Some(Step::All { of, .. } | Step::Any { of, .. }) => open.extend(of.iter().rev()),
            Some(Step::Not { of, .. }) => open.push(*of),
            Some(
                Step::Compare { left, .. }
                | Step::OneOf { left, .. }
                | Step::Within { left, .. }
                | Step::Matches { left, .. }
                | Step::Known { left, .. },
            ) => open.push(*left),
            Some(Step::Fact { name, value, .. }) => {
                let fact = DecidingFact { fact: name.to_string(), value: value.clone() };
                if !facts.contains(&fact) {
                    facts.push(fact);
                }
            }
            _ => {}
        }
    }
    facts
}
