//! Moves between two days: who entered or left which group and why, who went up or down in the pyramid.

use alloc::{collections::BTreeMap, string::String, vec::Vec};

use serde::{Deserialize, Serialize};

use super::{
    assign::{Assignment, CustomerSegments, known},
    model::SegmentModel,
};
use crate::{
    access::{Viewer, Withheld},
    calendar::Date,
    party::PartyId,
    refusal::{Code, Refusal},
    rulebook::{Scalar, Value},
};

/// How somebody moved (变动方向).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MoveKind {
    /// Into the group (进入).
    Entered,
    /// Out of the group (离开).
    Left,
}

/// One move between two days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SegmentMove {
    /// Who.
    pub customer: PartyId,
    /// The group.
    pub segment: String,
    /// Into it or out of it.
    pub direction: MoveKind,
    /// The facts of its condition that are not what they were.
    pub because: Vec<FactShift>,
}

/// A fact that is not what it was. Where none is, a threshold has changed between the two days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FactShift {
    /// Its name.
    pub fact: String,
    /// What it was; none where it was absent or the customer not in the book.
    pub before: Option<Value>,
    /// What it is; none where it is absent or the customer no longer in the book.
    pub after: Option<Value>,
}

/// Somebody whose grade is not what it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GradeMove {
    /// Who.
    pub customer: PartyId,
    /// What it was; none without one.
    pub before: Option<String>,
    /// What it is; none without one.
    pub after: Option<String>,
}

/// The moves that a viewer sees (客户变动表).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MoveReport {
    /// The earlier day.
    pub from: Date,
    /// The later day.
    pub until: Date,
    /// Moves between groups, by customer and in the order of the model.
    pub moves: Vec<SegmentMove>,
    /// Moves between grades, by customer.
    pub grades: Vec<GradeMove>,
    /// Customers of either day whom the viewer does not see.
    pub withheld: Withheld,
}

impl SegmentModel {
    /// Who moved between two days, and why. A customer is shown when the viewer sees him on the later day; one who is no
    /// longer in the book, when he saw him on the earlier.
    ///
    /// # Errors
    /// `portfolio.states.order` unless the earlier day comes first; those of [`SegmentModel::assign`].
    pub fn moves(&self, before: &Assignment, after: &Assignment, viewer: &Viewer) -> Result<MoveReport, Refusal> {
        if before.as_of() >= after.as_of() {
            return Err(Refusal::new(Code::PortfolioStatesOrder));
        }
        let mut both: BTreeMap<&PartyId, [Option<&CustomerSegments>; 2]> = BTreeMap::new();
        for row in &before.rows {
            both.insert(&row.customer, [Some(row), None]);
        }
        for row in &after.rows {
            let [earlier, _] = both.get(&row.customer).copied().unwrap_or_default();
            both.insert(&row.customer, [earlier, Some(row)]);
        }
        let mut report = MoveReport {
            from: before.as_of(),
            until: after.as_of(),
            moves: Vec::new(),
            grades: Vec::new(),
            withheld: Withheld::default(),
        };
        for (customer, [earlier, later]) in both {
            let Some(owner) = later.or(earlier).map(|row| &row.owner) else { continue };
            if let Some(reason) = viewer.withheld_because(owner) {
                report.withheld.count(reason);
                continue;
            }
            for group in &self.groups {
                let name = &group.rule.name;
                let is_in = |row: Option<&CustomerSegments>| row.is_some_and(|row| row.segments.contains(name));
                let direction = match (is_in(earlier), is_in(later)) {
                    (false, true) => MoveKind::Entered,
                    (true, false) => MoveKind::Left,
                    _ => continue,
                };
                let mut because = Vec::new();
                for fact in &group.facts {
                    let (was, is) = (self.value(before, customer, fact)?, self.value(after, customer, fact)?);
                    if was != is {
                        because.push(FactShift { fact: fact.clone(), before: was, after: is });
                    }
                }
                report.moves.push(SegmentMove {
                    customer: customer.clone(),
                    segment: name.clone(),
                    direction,
                    because,
                });
            }
            let grade = |row: Option<&CustomerSegments>| row.and_then(|row| row.grade.clone());
            let (was, is) = (grade(earlier), grade(later));
            if was != is {
                report.grades.push(GradeMove { customer: customer.clone(), before: was, after: is });
            }
        }
        Ok(report)
    }

    /// The value of one fact of one customer in an assignment.
    pub(super) fn value(&self, of: &Assignment, customer: &PartyId, fact: &str) -> Result<Option<Value>, Refusal> {
        let Some(row) = of.facts.find(customer) else { return Ok(None) };
        let own = of.host.get(customer);
        let known = known(row, own, &of.totals, of.facts.parameters(), |name| name == fact)?;
        match (known.get(fact), self.types.get(fact)) {
            (None | Some(Scalar::Null), _) | (_, None) => Ok(None),
            (Some(scalar), Some(value_type)) => value_type.read(scalar).map(Some),
        }
    }
}
