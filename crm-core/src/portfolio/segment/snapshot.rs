//! Snapshots: where everybody stood on a day and why, to be kept by the host and compared later (H1, H7).

use alloc::{
    collections::BTreeMap,
    string::{String, ToString as _},
    vec::Vec,
};
use core::fmt;

use serde::{Deserialize, Serialize};

use super::{
    asking::Reading,
    assign::Assignment,
    model::SegmentModel,
    moves::{Assigned, MoveReport, Stand, State, moves},
    why::DecidingFact,
};
use crate::{
    access::{Owned, RowOwner, Viewer, Withheld},
    calendar::Date,
    money::Decimal,
    party::PartyId,
    portfolio::ReviewBasis,
    refusal::{Code, Refusal},
    rulebook::Value,
};

/// Where every customer of a book stood on a day, and why (客户细分快照): a stored document `segment_snapshot`.
///
/// What the rows of a book hold without a date (standing, credit, prospect, blacklist, amounts of claims) is lost when it
/// changes; a snapshot keeps the facts by which its day was decided. The host takes one at each review and keeps it.
/// Snapshots of parts of a book [merge](Self::merge), so that a large one can be stored in parts.
///
/// The record holds every customer. People get what [`SegmentSnapshot::visible`], [`SegmentSnapshot::moves`] and
/// [`SegmentHistory`](super::SegmentHistory) give them.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SegmentSnapshot {
    /// The name of the model.
    pub model: String,
    /// Its version: [`SegmentModel::fingerprint`].
    pub fingerprint: String,
    /// Parameters and rows of the review.
    pub review: ReviewBasis,
    /// The groups, in the order of the model.
    pub groups: Vec<SnapshotGroup>,
    /// The grades, from the top.
    pub grades: Vec<String>,
    /// The customers.
    pub customers: BTreeMap<PartyId, CustomerSnapshot>,
}

/// What a group asked for on the day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SnapshotGroup {
    /// Its name.
    pub segment: String,
    /// The facts that its condition names.
    pub facts: Vec<String>,
    /// The thresholds that it names, as they were on the day.
    pub parameters: BTreeMap<String, Value>,
}

/// Where one customer stood.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CustomerSnapshot {
    /// Who managed him.
    pub owner: RowOwner,
    /// The groups that he was in, in the order of the model, each with the facts that decided it.
    pub segments: Vec<SnapshotSegment>,
    /// The groups of which it was not known, each with the facts that were missing.
    pub undecided: BTreeMap<String, Vec<String>>,
    /// His value; none where he was not ranked.
    pub score: Option<Decimal>,
    /// His rank.
    pub rank: Option<i64>,
    /// His grade.
    pub grade: Option<String>,
    /// Every fact that a group or the value names, as far as it was known; ratios as they are shown, rounded.
    pub facts: BTreeMap<String, Value>,
}

/// A group that a customer was in.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SnapshotSegment {
    /// The group.
    pub segment: String,
    /// The facts that decided it.
    pub deciding: Vec<DecidingFact>,
}

impl Owned for CustomerSnapshot {
    fn owner(&self) -> &RowOwner {
        &self.owner
    }
}

impl fmt::Debug for SegmentSnapshot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SegmentSnapshot").field("model", &self.model).field("on", &self.on()).finish_non_exhaustive()
    }
}

impl fmt::Debug for CustomerSnapshot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CustomerSnapshot(***)")
    }
}

impl fmt::Debug for SnapshotSegment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SnapshotSegment").field("segment", &self.segment).finish_non_exhaustive()
    }
}

impl SegmentModel {
    /// Keeps where everybody stands and why.
    ///
    /// # Errors
    /// Those of [`SegmentModel::assign`].
    pub fn snapshot(&self, assignment: &Assignment) -> Result<SegmentSnapshot, Refusal> {
        let state = Assigned { model: self, assignment };
        let groups = state.groups()?;
        let named = groups.iter().flat_map(|group| &group.facts).chain(self.score.iter().map(|term| &term.fact));
        let named: alloc::collections::BTreeSet<&String> = named.collect();
        let mut customers = BTreeMap::new();
        for row in &assignment.rows {
            let mut facts = BTreeMap::new();
            for name in &named {
                if let Some(value) = self.value(assignment, &row.customer, name, Reading::Shown)? {
                    facts.insert((*name).clone(), value);
                }
            }
            let segment = |segment: &String| {
                let deciding = self.deciding(assignment, &row.customer, segment)?;
                Ok(SnapshotSegment { segment: segment.clone(), deciding })
            };
            let standing = CustomerSnapshot {
                owner: row.owner.clone(),
                segments: row.segments.iter().map(segment).collect::<Result<_, Refusal>>()?,
                undecided: row.undecided.clone(),
                score: row.score,
                rank: row.rank,
                grade: row.grade.clone(),
                facts,
            };
            customers.insert(row.customer.clone(), standing);
        }
        Ok(SegmentSnapshot {
            model: self.name().to_string(),
            fingerprint: self.fingerprint().to_string(),
            review: assignment.facts.review(),
            groups,
            grades: assignment.grades.clone(),
            customers,
        })
    }
}

impl SegmentSnapshot {
    /// The day.
    #[must_use]
    pub const fn on(&self) -> Date {
        self.review.parameters.as_of
    }

    /// The customers that the viewer sees, and how many he does not.
    #[must_use]
    pub fn visible(&self, viewer: &Viewer) -> (BTreeMap<&PartyId, &CustomerSnapshot>, Withheld) {
        let (mut seen, mut withheld) = (BTreeMap::new(), Withheld::default());
        for (customer, row) in &self.customers {
            match viewer.withheld_because(&row.owner) {
                None => _ = seen.insert(customer, row),
                Some(reason) => withheld.count(reason),
            }
        }
        (seen, withheld)
    }

    /// Adds the customers of another part of the same snapshot.
    ///
    /// # Errors
    /// `portfolio.snapshot.model` when anything but the customers differs; `portfolio.facts.customer_twice` when both
    /// parts hold one. Nothing changes then.
    pub fn merge(&mut self, other: Self) -> Result<(), Refusal> {
        let same = self.fingerprint == other.fingerprint
            && self.review == other.review
            && (&self.model, &self.groups, &self.grades) == (&other.model, &other.groups, &other.grades);
        if !same {
            return Err(Refusal::new(Code::PortfolioSnapshotModel));
        }
        if other.customers.keys().any(|customer| self.customers.contains_key(customer)) {
            return Err(Refusal::new(Code::PortfolioFactsCustomerTwice));
        }
        self.customers.extend(other.customers);
        Ok(())
    }

    /// Who moved from here to a later snapshot, and why. A customer is shown when the viewer sees him in the later one; one
    /// who is no longer there, when he sees him in the earlier. The model may have changed in between: a threshold that did
    /// is named, and a group that only one of the two has is entered or left without one.
    ///
    /// # Errors
    /// `portfolio.states.order` unless this one is of an earlier day; `portfolio.snapshot.model` for snapshots of models of
    /// different names or in different currencies.
    pub fn moves(&self, after: &Self, viewer: &Viewer) -> Result<MoveReport, Refusal> {
        self.require_model_of(after)?;
        moves(self, after, viewer)
    }

    pub(super) fn require_model_of(&self, other: &Self) -> Result<(), Refusal> {
        let currency = |one: &Self| one.review.parameters.currency;
        if self.model == other.model && currency(self) == currency(other) {
            return Ok(());
        }
        Err(Refusal::new(Code::PortfolioSnapshotModel))
    }

    pub(super) fn stand(&self, customer: &PartyId) -> Option<Stand<'_>> {
        self.customers.get(customer).map(CustomerSnapshot::stand)
    }
}

impl CustomerSnapshot {
    fn stand(&self) -> Stand<'_> {
        Stand {
            owner: &self.owner,
            segments: self.segments.iter().map(|one| one.segment.as_str()).collect(),
            grade: self.grade.as_ref(),
        }
    }
}

impl State for SegmentSnapshot {
    fn review(&self) -> ReviewBasis {
        self.review.clone()
    }

    fn groups(&self) -> Result<Vec<SnapshotGroup>, Refusal> {
        Ok(self.groups.clone())
    }

    fn stands(&self) -> BTreeMap<&PartyId, Stand<'_>> {
        self.customers.iter().map(|(customer, row)| (customer, row.stand())).collect()
    }

    fn value(&self, customer: &PartyId, fact: &str) -> Result<Option<Value>, Refusal> {
        Ok(self.customers.get(customer).and_then(|row| row.facts.get(fact).cloned()))
    }

    fn deciding(&self, customer: &PartyId, segment: &str) -> Result<Vec<DecidingFact>, Refusal> {
        let row = self.customers.get(customer);
        let of = row.and_then(|row| row.segments.iter().find(|one| one.segment == segment));
        Ok(of.map(|one| one.deciding.clone()).unwrap_or_default())
    }
}
