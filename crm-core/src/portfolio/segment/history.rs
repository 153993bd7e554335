//! The history of one customer: into which groups he came, out of which he went, on which day and why (H1, H7).

use alloc::{string::String, vec::Vec};

use serde::{Deserialize, Serialize};

use super::{
    moves::{MoveKind, SegmentMove, both_groups, moves_of},
    snapshot::SegmentSnapshot,
};
use crate::{
    access::Viewer,
    calendar::Date,
    party::PartyId,
    refusal::{Code, Refusal},
};

/// How one customer stood from review to review (客户细分历史).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SegmentHistory {
    /// Who.
    pub customer: PartyId,
    /// The days of the snapshots, in order.
    pub reviews: Vec<Date>,
    /// What changed, in the order of the days. The groups that he was in when he was first seen stand there as entered, with
    /// the facts that decided it.
    pub moves: Vec<HistoryMove>,
    /// His grades: the first, and each that followed.
    pub grades: Vec<HistoryGrade>,
}

/// One change of a customer's groups.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HistoryMove {
    /// The review that found it.
    pub on: Date,
    /// The review before, after which it happened; none for the first.
    pub after: Option<Date>,
    /// Into which group or out of which, and why.
    pub change: SegmentMove,
}

/// One change of a customer's grade.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HistoryGrade {
    /// The review that found it.
    pub on: Date,
    /// The grade from then on; none where he had none.
    pub grade: Option<String>,
}

impl SegmentHistory {
    /// The history of a customer over snapshots in the order of their days; none when he is in none of them, or the viewer
    /// does not see him in the last in which he is.
    ///
    /// # Errors
    /// `portfolio.states.order` at the index of a snapshot that is not of a later day than the one before it;
    /// `portfolio.snapshot.model` for models of different names or currencies.
    pub fn of(snapshots: &[&SegmentSnapshot], viewer: &Viewer, customer: &PartyId) -> Result<Option<Self>, Refusal> {
        for (index, pair) in snapshots.windows(2).enumerate() {
            let [before, after] = pair else { continue };
            if before.on() >= after.on() {
                return Err(Refusal::new(Code::PortfolioStatesOrder).at_index(index + 1));
            }
            before.require_model_of(after).map_err(|refusal| refusal.at_index(index + 1))?;
        }
        let last = snapshots.iter().rev().find_map(|snapshot| snapshot.customers.get(customer));
        if !last.is_some_and(|row| viewer.sees(&row.owner)) {
            return Ok(None);
        }
        let reviews = snapshots.iter().map(|snapshot| snapshot.on()).collect();
        let mut history = Self { customer: customer.clone(), reviews, moves: Vec::new(), grades: Vec::new() };
        let mut before: Option<&SegmentSnapshot> = None;
        for snapshot in snapshots {
            let (on, after) = (snapshot.on(), before.map(SegmentSnapshot::on));
            let changes = match before {
                Some(before) => {
                    let groups = both_groups(before, *snapshot)?;
                    let (was, is) = (before.stand(customer), snapshot.stand(customer));
                    moves_of(before, *snapshot, &groups, customer, [was.as_ref(), is.as_ref()])?
                }
                None => first(snapshot, customer),
            };
            history.moves.extend(changes.into_iter().map(|change| HistoryMove { on, after, change }));
            let grade = snapshot.customers.get(customer).and_then(|row| row.grade.clone());
            let held = history.grades.last().map(|one| &one.grade);
            if held.map_or(grade.is_some(), |held| *held != grade) {
                history.grades.push(HistoryGrade { on, grade });
            }
            before = Some(snapshot);
        }
        Ok(Some(history))
    }
}

/// The groups of a customer in the first snapshot.
fn first(snapshot: &SegmentSnapshot, customer: &PartyId) -> Vec<SegmentMove> {
    let segments = snapshot.customers.get(customer).into_iter().flat_map(|row| &row.segments);
    let entered = segments.map(|one| SegmentMove {
        customer: customer.clone(),
        segment: one.segment.clone(),
        direction: MoveKind::Entered,
        because: Vec::new(),
        thresholds: Vec::new(),
        deciding: one.deciding.clone(),
    });
    entered.collect()
}
