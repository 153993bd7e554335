//! Early warnings (I5): raised and left at different thresholds, acknowledged by somebody, kept from day to day.

use alloc::{collections::BTreeMap, string::String, vec::Vec};
use core::fmt;

use serde::{Deserialize, Serialize};

use super::{
    asking::{Reader, Reading},
    assign::Assignment,
    model::SegmentModel,
};
use crate::{
    access::{Owned, RowOwner, Viewer, Visible},
    calendar::Date,
    party::PartyId,
    party::StaffId,
    refusal::{Code, Fault, Refusal},
    rulebook::{Scalar, Seen, Value},
};

/// Somebody has taken note of a warning (确认).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Acknowledgement {
    /// Who.
    pub by: StaffId,
    /// When.
    pub on: Date,
}

/// A warning that stands.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RaisedWarning {
    /// About whom.
    pub customer: PartyId,
    /// Who manages him.
    pub owner: RowOwner,
    /// The name of the warning.
    pub warning: String,
    /// The review that raised it.
    pub raised_on: Date,
    /// What the fact was then; a ratio as it is shown, rounded.
    pub value: Value,
    /// Who has taken note of it; none while nobody has.
    pub acknowledged: Option<Acknowledgement>,
}

/// A warning that a review has let go of (解除).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClearedWarning {
    /// The warning as it stood.
    pub warning: RaisedWarning,
    /// The review that cleared it.
    pub cleared_on: Date,
}

impl Owned for RaisedWarning {
    fn owner(&self) -> &RowOwner {
        &self.owner
    }
}

impl Owned for ClearedWarning {
    /// Who managed the customer when the warning last stood.
    fn owner(&self) -> &RowOwner {
        &self.warning.owner
    }
}

impl fmt::Debug for RaisedWarning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RaisedWarning({} since {})", self.warning, self.raised_on)
    }
}

impl fmt::Debug for ClearedWarning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ClearedWarning({} on {})", self.warning.warning, self.cleared_on)
    }
}

/// The warnings that stand after a review, as the host keeps them (预警清单).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WarningList {
    /// The last review; none before the first.
    pub as_of: Option<Date>,
    /// By customer, then in the order of the model.
    pub raised: Vec<RaisedWarning>,
}

/// What a review did to the list: for the host to keep, of every customer. People get what [`WarningList::visible`] and
/// [`WarningReview::visible_cleared`] give them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WarningReview {
    /// The list after it.
    pub list: WarningList,
    /// What it raised is in the list with its day; what it cleared is here.
    pub cleared: Vec<ClearedWarning>,
}

impl SegmentModel {
    /// Brings a list of warnings up to the day of an assignment. A warning is raised when its fact reaches the
    /// threshold for entering, and cleared when it passes the one for leaving or the customer is no longer in the book;
    /// between the two, and where the fact is not known, it stays as it is. The same review a second time changes
    /// nothing. This is the host's step from one list to the next and speaks of the whole book: no viewer, and nothing to
    /// show to one.
    ///
    /// # Errors
    /// `portfolio.states.order` when the list is of a later day; those of [`SegmentModel::assign`].
    pub fn review(&self, list: &WarningList, assignment: &Assignment) -> Result<WarningReview, Refusal> {
        let on = assignment.as_of();
        if list.as_of.is_some_and(|before| before > on) {
            return Err(Refusal::new(Code::PortfolioStatesOrder));
        }
        let stands = list.raised.iter().map(|raised| ((&raised.customer, raised.warning.as_str()), raised));
        let mut before: BTreeMap<(&PartyId, &str), &RaisedWarning> = stands.collect();
        let mut raised = Vec::new();
        let mut cleared = Vec::new();
        let mut let_go = |warning: &RaisedWarning| {
            cleared.push(ClearedWarning { warning: warning.clone(), cleared_on: on });
        };
        let names = || self.warnings.iter().map(|warning| warning.rule.fact.as_str());
        let (reader, shown) = (Reader::of(names(), Reading::Compared), Reader::of(names(), Reading::Shown));
        let conditions = self.warnings.iter().map(|warning| warning.on(on)).collect::<Result<Vec<_>, _>>()?;
        for row in assignment.facts.rows() {
            let host = self.host_known_of(&reader, assignment.host.get(&row.customer))?;
            let facts = reader.read(row, &host, &assignment.totals, assignment.facts.parameters())?;
            let at = self.warnings.iter().zip(&conditions).zip(facts).enumerate();
            for (place, ((warning, condition), fact)) in at {
                let rule = &warning.rule;
                let (enters, leaves) = condition.ask(fact);
                match before.remove(&(&row.customer, rule.name.as_str())) {
                    Some(held) if leaves => let_go(held),
                    // It may have another manager by now.
                    Some(held) => raised.push(RaisedWarning { owner: row.owner.clone(), ..held.clone() }),
                    None if enters => {
                        let value_type = self.types.get(&rule.fact);
                        let value_type = value_type.ok_or_else(|| Refusal::new(Code::Internal))?;
                        let shown = shown.read(row, &host, &assignment.totals, assignment.facts.parameters())?;
                        let fact = shown.into_iter().nth(place).flatten();
                        raised.push(RaisedWarning {
                            customer: row.customer.clone(),
                            owner: row.owner.clone(),
                            warning: rule.name.clone(),
                            raised_on: on,
                            value: value_type.read(&fact.map_or(Scalar::Null, Seen::scalar))?,
                            acknowledged: None,
                        });
                    }
                    None => {}
                }
            }
        }
        // Of customers who are gone, or warnings that the model no longer has.
        before.into_values().for_each(let_go);
        Ok(WarningReview { list: WarningList { as_of: Some(on), raised }, cleared })
    }
}

impl WarningReview {
    /// What the review cleared among what the viewer sees, and how many it cleared besides.
    #[must_use]
    pub fn visible_cleared(&self, viewer: &Viewer) -> Visible<'_, ClearedWarning> {
        viewer.sift(&self.cleared)
    }
}

impl WarningList {
    /// The warnings that the viewer sees, and how many he does not.
    #[must_use]
    pub fn visible(&self, viewer: &Viewer) -> Visible<'_, RaisedWarning> {
        viewer.sift(&self.raised)
    }

    /// Takes note of a warning, in the viewer's name. It stays until a review clears it; raised anew, it is open again.
    ///
    /// # Errors
    /// `portfolio.warning.not_raised`, also when the viewer does not see the customer;
    /// `portfolio.warning.acknowledged` when somebody has before; `portfolio.dates.order` at `/on` for a day before the
    /// warning was raised.
    pub fn acknowledge(&mut self, viewer: &Viewer, customer: &PartyId, warning: &str, on: Date) -> Result<(), Refusal> {
        let of = |raised: &&mut RaisedWarning| raised.customer == *customer && raised.warning == warning;
        let raised = self.raised.iter_mut().find(of).filter(|raised| viewer.sees(&raised.owner));
        let raised = raised.ok_or_else(|| Refusal::new(Code::PortfolioWarningNotRaised))?;
        if raised.acknowledged.is_some() {
            return Err(Refusal::new(Code::PortfolioWarningAcknowledged));
        }
        if on < raised.raised_on {
            return Err(Fault::new(Code::PortfolioDatesOrder).at("on").into());
        }
        raised.acknowledged = Some(Acknowledgement { by: viewer.person.clone(), on });
        Ok(())
    }
}
