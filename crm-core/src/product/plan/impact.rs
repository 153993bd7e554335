//! An old plan against a new one over a book: who pays more, by how much, why.

use alloc::{
    collections::BTreeMap,
    string::{String, ToString as _},
    vec::Vec,
};

use serde::{Deserialize, Serialize};

use super::{CalculationSubject, ExplainedQuote, QuoteTrace, RatePlan, RateRequest, StepWork, UsedValue, WorkedStep};
use crate::{money::Money, refusal::Refusal, rulebook::Scalar};

/// Most reasons that are told of one policy.
const MAX_REASONS: usize = 20;

/// A policy of the book.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ImpactRow {
    /// What it is known by; an opaque reference.
    pub id: String,
    /// The risk.
    pub risk: BTreeMap<String, Scalar>,
    /// New business or renewal, and its days.
    pub request: RateRequest,
}

/// What a new plan does to a book.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Impact {
    /// The net premiums by the old plan, of policies that both plans price.
    pub before: Money,
    /// The net premiums by the new plan, of the same policies.
    pub after: Money,
    /// How many pay more.
    pub more: i64,
    /// How many pay less.
    pub less: i64,
    /// How many pay the same.
    pub same: i64,
    /// How many the new plan refuses and the old one prices.
    pub newly_refused: i64,
    /// How many the old plan refuses and the new one prices.
    pub newly_offered: i64,
    /// How many both plans refuse.
    pub refused: i64,
    /// The policies, the largest move first; of equal moves in the order of the book. Those that stay the same are left out.
    pub policies: Vec<PolicyImpact>,
}

/// What a new plan does to a policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PolicyImpact {
    /// What the policy is known by.
    pub id: String,
    /// The net premium by the old plan; none where it refuses.
    pub before: Option<Money>,
    /// The net premium by the new plan; none where it refuses.
    pub after: Option<Money>,
    /// By how much that is more, below zero for less; none where one of them refuses.
    pub change: Option<Money>,
    /// The code with which one of them refuses.
    pub refused: Option<String>,
    /// The values of steps that differ, in the order of the calculation; at most 20.
    pub reasons: Vec<ImpactReason>,
}

/// A step that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ImpactReason {
    /// The coverage, figure or charge; `net` for the steps over the sum.
    pub subject: String,
    /// The name of the step.
    pub step: String,
    /// What it does, in English.
    pub text: String,
    /// What it does, in Chinese.
    pub text_zh: String,
    /// Its value by the old plan; none where it has no such step, or did not do it.
    pub before: Option<String>,
    /// Its value by the new plan.
    pub after: Option<String>,
}

impl RatePlan {
    /// What another plan, priced for the same risks and days, does to a book.
    ///
    /// # Errors
    /// `money.currency.mixed` when the plans are in different currencies; `money.amount.range` for sums beyond an amount.
    /// A risk that a plan refuses is counted, not refused.
    pub fn impact_of(&self, new: &Self, book: &[ImpactRow]) -> Result<Impact, Refusal> {
        let currency = self.spec.currency;
        Money::zero(currency).require(new.spec.currency)?;
        let zero = Money::zero(currency);
        let mut impact = Impact {
            before: zero,
            after: zero,
            more: 0,
            less: 0,
            same: 0,
            newly_refused: 0,
            newly_offered: 0,
            refused: 0,
            policies: Vec::new(),
        };
        for row in book {
            // Most policies only need the prices; the traces are made where these differ.
            let (old_quote, new_quote) = (self.quote(&row.risk, &row.request), new.quote(&row.risk, &row.request));
            let (before, after) =
                (old_quote.as_ref().ok().map(|one| one.net), new_quote.as_ref().ok().map(|one| one.net));
            let mut change = None;
            match (before, after) {
                (Some(one), Some(other)) => {
                    impact.before = impact.before.plus(one)?;
                    impact.after = impact.after.plus(other)?;
                    let difference = other.minus(one)?;
                    change = Some(difference);
                    match difference.minor() {
                        0 => {
                            impact.same += 1;
                            continue;
                        }
                        1.. => impact.more += 1,
                        _ => impact.less += 1,
                    }
                }
                (Some(_), None) => impact.newly_refused += 1,
                (None, Some(_)) => impact.newly_offered += 1,
                (None, None) => {
                    impact.refused += 1;
                    continue;
                }
            }
            let refused = old_quote.err().or(new_quote.err()).map(|refusal| refusal.code().to_string());
            let reasons = match change {
                Some(_) => reasons(
                    &self.quote_explained(&row.risk, &row.request)?,
                    &new.quote_explained(&row.risk, &row.request)?,
                ),
                None => Vec::new(),
            };
            impact.policies.push(PolicyImpact { id: row.id.clone(), before, after, change, refused, reasons });
        }
        let size = |policy: &PolicyImpact| policy.change.map_or(u64::MAX, |change| change.minor().unsigned_abs());
        impact.policies.sort_by_key(|policy| core::cmp::Reverse(size(policy)));
        Ok(impact)
    }
}

/// A value that a step used of its own, with the words of the step.
struct Used<'a> {
    subject: String,
    step: &'a WorkedStep,
    value: String,
}

fn reasons(old: &ExplainedQuote, new: &ExplainedQuote) -> Vec<ImpactReason> {
    let (old, new) = (used(&old.trace), used(&new.trace));
    let told = |used: &Used<'_>, before: Option<String>, after: Option<String>| ImpactReason {
        subject: used.subject.clone(),
        step: used.step.name.clone(),
        text: used.step.text.clone(),
        text_zh: used.step.text_zh.clone(),
        before,
        after,
    };
    let key = |used: &Used<'_>| (used.subject.clone(), used.step.name.clone());
    let mut left: BTreeMap<(String, String), &Used<'_>> = old.iter().map(|one| (key(one), one)).collect();
    let mut reasons = Vec::new();
    for one in &new {
        match left.remove(&key(one)) {
            Some(before) if before.value == one.value => {}
            Some(before) => reasons.push(told(one, Some(before.value.clone()), Some(one.value.clone()))),
            None => reasons.push(told(one, None, Some(one.value.clone()))),
        }
    }
    for one in &old {
        if left.contains_key(&key(one)) {
            reasons.push(told(one, Some(one.value.clone()), None));
        }
    }
    reasons.truncate(MAX_REASONS);
    reasons
}

/// What each step used of tables, parameters, inputs and the plan itself; what was worked out is told where that was.
fn used(trace: &QuoteTrace) -> Vec<Used<'_>> {
    let mut found = Vec::new();
    for calculation in &trace.calculations {
        let subject = match &calculation.subject {
            CalculationSubject::Figure { name } => name.clone(),
            CalculationSubject::Coverage { code } | CalculationSubject::Charge { code, .. } => code.clone(),
            CalculationSubject::Net {} => String::from("net"),
            CalculationSubject::Limit { .. } => continue,
        };
        let mut open: Vec<&WorkedStep> = calculation.steps.iter().rev().collect();
        while let Some(step) = open.pop() {
            let value = match &step.work {
                StepWork::Branch { steps, .. } => {
                    open.extend(steps.iter().rev());
                    continue;
                }
                StepWork::NotValid {} | StepWork::CapChange { expiring: None, .. } => continue,
                StepWork::Take { amount }
                | StepWork::Add { amount }
                | StepWork::Subtract { amount }
                | StepWork::AtLeast { amount, .. }
                | StepWork::AtMost { amount, .. }
                | StepWork::Multiply { by: amount }
                | StepWork::Divide { by: amount } => own(amount),
                StepWork::PerUnit { size, rate, .. } => own(rate).map(|rate| alloc::format!("{rate} / {size}")),
                StepWork::CapChange { down, up, .. } => {
                    let part = |part: &Option<UsedValue>| part.as_ref().and_then(own).unwrap_or_default();
                    Some(alloc::format!("-{} +{}", part(down), part(up)))
                }
                StepWork::Round { rounding } => Some(alloc::format!("{}", rounding.place)),
            };
            if let Some(value) = value {
                found.push(Used { subject: subject.clone(), step, value });
            }
        }
    }
    found
}

fn own(value: &UsedValue) -> Option<String> {
    match value {
        UsedValue::Value { value } => Some(value.without_trailing_zeros().to_string()),
        UsedValue::Input { value, .. } => Some(value.to_string()),
        UsedValue::Parameter { known } => Some(known.value.to_string()),
        UsedValue::Row { row } => Some(row.value.without_trailing_zeros().to_string()),
        UsedValue::Between { exact, .. } => Some(exact.clone()),
        UsedValue::Figure { .. } | UsedValue::Step { .. } | UsedValue::Coverage { .. } => None,
    }
}
