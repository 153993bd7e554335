//! Groups, pyramid and early warnings of a whole book (客户细分与预警).

use std::collections::BTreeMap;
use std::sync::Arc;

use crm_core::access::{Viewer, Visible, Withheld};
use crm_core::calendar::Date;
use crm_core::money::Decimal;
use crm_core::party::PartyId;
use crm_core::portfolio::{
    self, CustomerSegments, FactParameters, GradeReason, HostFacts, MoveReport, SegmentModelSpec, SegmentReason,
    SegmentReport, SegmentSnapshot, StatementReport, WarningList,
};
use crm_core::refusal::{Code, Refusal};
use crm_core::rulebook::{Rule, Scalar};
use self_cell::self_cell;

use super::portfolio::{Facts, page};
use crate::placed::placed;
use crate::records::ReviewedWarnings;

/// Groups, value, pyramid and early warnings as dated data, checked whole, its cases met (客户细分模型).
#[derive(Debug)]
pub struct SegmentModel(Arc<portfolio::SegmentModel>);

impl SegmentModel {
    /// Checks a model and runs its cases; every fault is reported at once. `china_segment_model` is one to start from.
    ///
    /// # Errors
    /// Those of `RuleSet.load`; `rulebook.name.duplicate` for a fact that the catalogue has; `rulebook.fact.undeclared`
    /// and `rulebook.parameter.undeclared` in score, pyramid and warnings; `portfolio.pyramid.shares`;
    /// `portfolio.warning.thresholds`; `portfolio.case.failed`.
    pub fn load(model: SegmentModelSpec) -> Result<Self, Refusal> {
        portfolio::SegmentModel::load(&model).map(|model| Self(Arc::new(model)))
    }

    /// The names of the groups, in the order of the model (客户群).
    pub fn segments(&self) -> Vec<String> {
        self.0.segments().into_iter().map(str::to_owned).collect()
    }

    /// The group of this name as it is written; nothing when there is none.
    pub fn segment(&self, name: String) -> Option<Rule> {
        self.0.segment(&name).cloned()
    }

    /// Its version (模型版本): the SHA-256 of the model as it is stored, in hexadecimal digits, lower case. Whatever
    /// changes in the model gives another.
    pub fn fingerprint(&self) -> String {
        self.0.fingerprint().to_owned()
    }

    /// The parameters of facts for a review on a day, from the model's dated values.
    ///
    /// # Errors
    /// `rulebook.parameter.undeclared` for one that the model does not have; `rulebook.dated.outside` for a day that
    /// it knows nothing about; `wire.integer.expected` for one that is no whole number.
    pub fn fact_parameters(&self, as_of: Date) -> Result<FactParameters, Refusal> {
        self.0.fact_parameters(as_of)
    }

    /// Puts every customer where he belongs (客户归类). `host` holds facts of the host's own, by customer and name.
    ///
    /// The same for every viewer: `seen_by` decides what somebody gets to see of it, never where a customer stands.
    ///
    /// # Errors
    /// `portfolio.books.different` when the facts are in another currency than the model; below `/host` what is wrong
    /// with a fact that the host hands in; `rulebook.dated.outside` for a day that the model knows nothing about.
    pub fn assign(&self, facts: &Facts, host: Option<HostFacts>) -> Result<Assignment, Refusal> {
        let own = portfolio::Facts::clone(&facts.facts);
        let assigned = self.0.assign(own, host.unwrap_or_default()).map_err(|refusal| placed(refusal, host_fault))?;
        Ok(Assignment { model: self.0.clone(), assigned: Arc::new(assigned) })
    }

    /// Keeps where everybody stands on the day of an assignment and why (客户细分快照), for the host to store at each
    /// review: what rows hold without a date is lost when it changes.
    ///
    /// It holds **every** customer. What goes to a person comes from `visible_snapshot`, `snapshot_moves` and
    /// `segment_history`.
    ///
    /// # Errors
    /// None for an assignment that this model made.
    pub fn snapshot(&self, assignment: &Assignment) -> Result<SegmentSnapshot, Refusal> {
        self.0.snapshot(&assignment.assigned)
    }

    /// What a group says about facts by name, without a book (试算).
    ///
    /// # Errors
    /// At the fact: `rulebook.fact.*`, `wire.<type>.expected`; `rulebook.fact.undeclared` at `/segment` for a group that
    /// there is not; `rulebook.dated.outside` at `/on`.
    pub fn why_of(&self, facts: BTreeMap<String, Scalar>, segment: String, on: Date) -> Result<SegmentReason, Refusal> {
        let outside = |code| (code == Code::RulebookDatedOutside).then_some("on");
        self.0.why_of(&segment, &facts, on).map_err(|refusal| placed(refusal, outside))
    }

    /// Brings a list of warnings up to the day of an assignment; an empty one before the first review (预警复核).
    ///
    /// A warning is raised when its fact reaches the threshold for entering, and cleared when it passes the one for
    /// leaving or the customer is no longer in the book; between the two, and where the fact is not known, it stays as
    /// it is. The same review a second time changes nothing.
    ///
    /// # Errors
    /// `portfolio.states.order` when the list is of a later day; those of `assign`.
    pub fn review(&self, list: WarningList, assignment: &Assignment) -> Result<ReviewedWarnings, Refusal> {
        let review = self.0.review(&list, &assignment.assigned)?;
        Ok(ReviewedWarnings { list: review.list, cleared: review.cleared })
    }
}

/// What the host handed in stands under its own name.
fn host_fault(code: Code) -> Option<&'static str> {
    (!matches!(code, Code::PortfolioBooksDifferent | Code::RulebookDatedOutside)).then_some("host")
}

/// The groups, scores, ranks and grades of every customer of a book on a day (客户归类结果).
///
/// What stands about people is only given out through `seen_by`.
pub struct Assignment {
    model: Arc<portfolio::SegmentModel>,
    assigned: Arc<portfolio::Assignment>,
}

impl Assignment {
    /// The day.
    pub fn as_of(&self) -> Date {
        self.assigned.as_of()
    }

    /// How many customers there are, seen or not.
    pub fn customers(&self) -> i64 {
        self.assigned.facts().customers()
    }

    /// What a viewer sees of it (可见归类).
    pub fn seen_by(&self, viewer: Viewer) -> AssignmentView {
        let seen = Seen::new(self.assigned.clone(), |assigned| assigned.visible(&viewer));
        AssignmentView { model: self.model.clone(), seen, viewer }
    }
}

impl std::fmt::Debug for Assignment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.assigned.fmt(f)
    }
}

self_cell! {
    /// An assignment with the rows that a viewer sees.
    struct Seen {
        owner: Arc<portfolio::Assignment>,
        #[covariant]
        dependent: VisibleSegments,
    }
}

type VisibleSegments<'a> = Visible<'a, CustomerSegments>;

/// What one viewer sees of an assignment: where customers stand, why, and figures over those that he sees (可见归类).
pub struct AssignmentView {
    model: Arc<portfolio::SegmentModel>,
    seen: Seen,
    viewer: Viewer,
}

impl AssignmentView {
    /// Where one customer stands; nothing when there is no such customer or the viewer does not see him.
    pub fn get(&self, customer: PartyId) -> Option<CustomerSegments> {
        self.seen.borrow_owner().customer(&self.viewer, &customer).cloned()
    }

    /// How many customers the viewer sees.
    pub fn count(&self) -> i64 {
        i64::try_from(self.seen.borrow_dependent().rows().len()).unwrap_or(i64::MAX)
    }

    /// How many customers he does not see, and why; never which.
    pub fn withheld(&self) -> Withheld {
        self.seen.borrow_dependent().withheld().clone()
    }

    /// A page of the customers that he sees, by code: at most `limit` from the position `first` on, which counts from 0.
    pub fn page(&self, first: i64, limit: i64) -> Vec<CustomerSegments> {
        page(self.seen.borrow_dependent().rows(), first, limit).iter().copied().cloned().collect()
    }

    /// The customers of a group that he sees, by code; none for a group that there is not (客户群成员).
    pub fn members(&self, segment: String) -> Vec<PartyId> {
        let rows = self.seen.borrow_dependent().rows().iter();
        rows.filter(|row| row.segments.contains(&segment)).map(|row| row.customer.clone()).collect()
    }

    /// Why a customer is in each group or not, and what would change it (归类原因); nothing when there is no such
    /// customer or the viewer does not see him.
    ///
    /// # Errors
    /// None for an assignment that was made.
    pub fn why(&self, customer: PartyId) -> Result<Option<Vec<SegmentReason>>, Refusal> {
        self.model.why(self.seen.borrow_owner(), &self.viewer, &customer)
    }

    /// Why a customer has his grade, and how far the next band is (等级原因); nothing when there is no such customer or
    /// the viewer does not see him.
    ///
    /// # Errors
    /// None for an assignment that was made.
    pub fn why_grade(&self, customer: PartyId) -> Result<Option<GradeReason>, Refusal> {
        self.model.why_grade(self.seen.borrow_owner(), &self.viewer, &customer)
    }

    /// Groups and pyramid of the customers that he sees (客户细分汇总).
    ///
    /// # Errors
    /// `money.amount.range` when a sum is beyond 2⁶³ minor units.
    pub fn report(&self) -> Result<SegmentReport, Refusal> {
        self.seen.borrow_owner().report(&self.viewer)
    }

    /// The ten statements of the pyramid over the customers that he sees (客户金字塔的十条结论).
    ///
    /// `reach` is the part of the lowest score of the next band, in per cent, from which a customer is within reach of
    /// it. Statements about moving and leaving need `earlier`, an assignment of the same book on an earlier day.
    ///
    /// # Errors
    /// `portfolio.states.order` at `/earlier` when it is not earlier; `money.amount.range`, `money.exact.range`.
    pub fn statements(&self, reach: Decimal, earlier: Option<&Assignment>) -> Result<StatementReport, Refusal> {
        let earlier = earlier.map(|earlier| &*earlier.assigned);
        let report = self.seen.borrow_owner().statements(earlier, reach, &self.viewer);
        report.map_err(|refusal| placed(refusal, |code| (code == Code::PortfolioStatesOrder).then_some("earlier")))
    }

    /// Who moved between groups and grades since an earlier day, and why (客户变动表).
    ///
    /// # Errors
    /// `portfolio.states.order` unless the other assignment is of an earlier day.
    pub fn moves_since(&self, earlier: &Assignment) -> Result<MoveReport, Refusal> {
        self.model.moves(&earlier.assigned, self.seen.borrow_owner(), &self.viewer)
    }
}

impl std::fmt::Debug for AssignmentView {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.seen.borrow_owner().fmt(f)
    }
}
