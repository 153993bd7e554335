//! Moves between two days: who entered or left which group and why, who went up or down in the pyramid.

use alloc::{
    collections::{BTreeMap, BTreeSet},
    string::String,
    vec::Vec,
};

use serde::{Deserialize, Serialize};

use super::{
    asking::Reading,
    assign::{Assignment, CustomerSegments, known},
    model::{Group, SegmentModel},
    snapshot::SnapshotGroup,
    why::DecidingFact,
};
use crate::{
    access::{RowOwner, Viewer, Withheld},
    calendar::Date,
    party::PartyId,
    portfolio::ReviewBasis,
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
    /// The thresholds of its condition that are not what they were.
    pub thresholds: Vec<ThresholdShift>,
    /// The facts that decide that he is in it now; none where he left.
    pub deciding: Vec<DecidingFact>,
}

/// A fact that is not what it was; ratios as they are shown, rounded. Where neither a fact nor a threshold is, the
/// condition itself was changed between the two days, or a ratio in a place that is not shown.
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

/// A threshold that is not what it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ThresholdShift {
    /// The name of the parameter.
    pub parameter: String,
    /// What it was; none where the condition did not name it.
    pub before: Option<Value>,
    /// What it is; none where the condition no longer names it.
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
    /// Parameters and rows of the earlier day.
    pub before: ReviewBasis,
    /// Parameters and rows of the later day.
    pub after: ReviewBasis,
    /// Moves between groups, by customer and in the order of the model.
    pub moves: Vec<SegmentMove>,
    /// Moves between grades, by customer.
    pub grades: Vec<GradeMove>,
    /// Customers of either day whom the viewer does not see.
    pub withheld: Withheld,
}

/// Where a customer stood on a day.
pub(super) struct Stand<'a> {
    pub(super) owner: &'a RowOwner,
    pub(super) segments: Vec<&'a str>,
    pub(super) grade: Option<&'a String>,
}

/// Where everybody stood on a day: an assignment or a snapshot of one.
pub(super) trait State {
    fn review(&self) -> ReviewBasis;

    /// The groups of the model, in its order.
    fn groups(&self) -> Result<Vec<SnapshotGroup>, Refusal>;

    fn stands(&self) -> BTreeMap<&PartyId, Stand<'_>>;

    /// What a fact was, as it is shown.
    fn value(&self, customer: &PartyId, fact: &str) -> Result<Option<Value>, Refusal>;

    /// The facts that decided that a customer was in a group.
    fn deciding(&self, customer: &PartyId, segment: &str) -> Result<Vec<DecidingFact>, Refusal>;
}

/// An assignment with the model that made it.
pub(super) struct Assigned<'a> {
    pub(super) model: &'a SegmentModel,
    pub(super) assignment: &'a Assignment,
}

impl State for Assigned<'_> {
    fn review(&self) -> ReviewBasis {
        self.assignment.facts.review()
    }

    fn groups(&self) -> Result<Vec<SnapshotGroup>, Refusal> {
        let on = self.assignment.as_of();
        let group = |group: &Group| {
            let value = |name: &String| Ok((name.clone(), self.model.parameter(name, on)?));
            Ok(SnapshotGroup {
                segment: group.rule.name.clone(),
                facts: group.facts.iter().cloned().collect(),
                parameters: group.parameters.iter().map(value).collect::<Result<_, Refusal>>()?,
            })
        };
        self.model.groups.iter().map(group).collect()
    }

    fn stands(&self) -> BTreeMap<&PartyId, Stand<'_>> {
        self.assignment.rows.iter().map(|row| (&row.customer, row.stand())).collect()
    }

    fn value(&self, customer: &PartyId, fact: &str) -> Result<Option<Value>, Refusal> {
        self.model.value(self.assignment, customer, fact, Reading::Shown)
    }

    fn deciding(&self, customer: &PartyId, segment: &str) -> Result<Vec<DecidingFact>, Refusal> {
        self.model.deciding(self.assignment, customer, segment)
    }
}

impl CustomerSegments {
    fn stand(&self) -> Stand<'_> {
        Stand {
            owner: &self.owner,
            segments: self.segments.iter().map(String::as_str).collect(),
            grade: self.grade.as_ref(),
        }
    }
}

/// Who moved between two states, as a viewer sees it.
pub(super) fn moves(before: &dyn State, after: &dyn State, viewer: &Viewer) -> Result<MoveReport, Refusal> {
    let (earlier, later) = (before.review(), after.review());
    let (from, until) = (earlier.parameters.as_of, later.parameters.as_of);
    if from >= until {
        return Err(Refusal::new(Code::PortfolioStatesOrder));
    }
    let (was, is) = (before.stands(), after.stands());
    let (mut moves, mut grades, mut withheld) = (Vec::new(), Vec::new(), Withheld::default());
    let groups = both_groups(before, after)?;
    let customers: BTreeSet<&PartyId> = was.keys().chain(is.keys()).copied().collect();
    for customer in customers {
        let stands = [was.get(customer), is.get(customer)];
        let [earlier, later] = stands;
        let Some(owner) = later.or(earlier).map(|stand| stand.owner) else { continue };
        if let Some(reason) = viewer.withheld_because(owner) {
            withheld.count(reason);
            continue;
        }
        moves.extend(moves_of(before, after, &groups, customer, stands)?);
        let grade = |stand: Option<&Stand<'_>>| stand.and_then(|stand| stand.grade.cloned());
        let (was, is) = (grade(earlier), grade(later));
        if was != is {
            grades.push(GradeMove { customer: customer.clone(), before: was, after: is });
        }
    }
    Ok(MoveReport { from, until, before: earlier, after: later, moves, grades, withheld })
}

/// A group as it was and as it is.
pub(super) type GroupPair = (String, [Option<SnapshotGroup>; 2]);

/// Every group of either state, in the order of the later one; those that it no longer has behind.
pub(super) fn both_groups(before: &dyn State, after: &dyn State) -> Result<Vec<GroupPair>, Refusal> {
    let (was, is) = (before.groups()?, after.groups()?);
    let find = |groups: &[SnapshotGroup], name: &str| groups.iter().find(|group| group.segment == name).cloned();
    let gone = was.iter().filter(|group| find(&is, &group.segment).is_none());
    let names = is.iter().chain(gone).map(|group| &group.segment);
    Ok(names.map(|name| (name.clone(), [find(&was, name), find(&is, name)])).collect())
}

/// The moves of one customer.
pub(super) fn moves_of(
    before: &dyn State,
    after: &dyn State,
    groups: &[GroupPair],
    customer: &PartyId,
    [earlier, later]: [Option<&Stand<'_>>; 2],
) -> Result<Vec<SegmentMove>, Refusal> {
    let mut moves = Vec::new();
    for (name, sides) in groups {
        let is_in = |stand: Option<&Stand<'_>>| stand.is_some_and(|stand| stand.segments.contains(&name.as_str()));
        let direction = match (is_in(earlier), is_in(later)) {
            (false, true) => MoveKind::Entered,
            (true, false) => MoveKind::Left,
            _ => continue,
        };
        let facts: BTreeSet<&String> = sides.iter().flatten().flat_map(|group| &group.facts).collect();
        let mut because = Vec::new();
        for fact in facts {
            let (was, is) = (before.value(customer, fact)?, after.value(customer, fact)?);
            if was != is {
                because.push(FactShift { fact: fact.clone(), before: was, after: is });
            }
        }
        let deciding = match direction {
            MoveKind::Entered => after.deciding(customer, name)?,
            MoveKind::Left => Vec::new(),
        };
        let (customer, segment, thresholds) = (customer.clone(), name.clone(), threshold_shifts(sides));
        moves.push(SegmentMove { customer, segment, direction, because, thresholds, deciding });
    }
    Ok(moves)
}

fn threshold_shifts([before, after]: &[Option<SnapshotGroup>; 2]) -> Vec<ThresholdShift> {
    let names: BTreeSet<&String> =
        [before, after].into_iter().flatten().flat_map(|group| group.parameters.keys()).collect();
    let value = |group: &Option<SnapshotGroup>, name: &str| group.as_ref()?.parameters.get(name).cloned();
    let shift = |name: &String| {
        let (was, is) = (value(before, name), value(after, name));
        (was != is).then(|| ThresholdShift { parameter: name.clone(), before: was, after: is })
    };
    names.into_iter().filter_map(shift).collect()
}

impl SegmentModel {
    /// Who moved between two days, and why. A customer is shown when the viewer sees him on the later day; one who is no
    /// longer in the book, when he saw him on the earlier. [`SegmentSnapshot::moves`](super::SegmentSnapshot::moves) says
    /// the same of days that were kept.
    ///
    /// An assignment of an earlier day that is made today knows what the rows hold without a date (standing, credit,
    /// prospect, blacklist, amounts of claims) as it is today; a snapshot that was taken then knows it as it was.
    ///
    /// # Errors
    /// `portfolio.states.order` unless the earlier day comes first; those of [`SegmentModel::assign`].
    pub fn moves(&self, before: &Assignment, after: &Assignment, viewer: &Viewer) -> Result<MoveReport, Refusal> {
        let state = |assignment| Assigned { model: self, assignment };
        moves(&state(before), &state(after), viewer)
    }

    /// The value of one fact of one customer in an assignment.
    pub(super) fn value(
        &self,
        of: &Assignment,
        customer: &PartyId,
        fact: &str,
        reading: Reading,
    ) -> Result<Option<Value>, Refusal> {
        let Some(row) = of.facts.find(customer) else { return Ok(None) };
        let own = of.host.get(customer);
        let known = known(row, own, &of.totals, of.facts.parameters(), reading, |name| name == fact)?;
        match (known.get(fact), self.types.get(fact)) {
            (None | Some(Scalar::Null), _) | (_, None) => Ok(None),
            (Some(scalar), Some(value_type)) => value_type.read(scalar).map(Some),
        }
    }
}
