//! One person proposes, another with the authority approves (审批): write-offs, blacklist entries, and whatever is above
//! somebody's limit.

use serde::{Deserialize, Deserializer, Serialize};

use super::{ActCode, Permission, RightsBook, Viewer, two_person::other_person};
use crate::{
    calendar::Date,
    money::Money,
    party::StaffId,
    refusal::{Code, Fault, Refusal},
    wire,
};

/// An action that somebody proposes (申请). It has no effect yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Proposed<T> {
    /// What is to be done.
    pub subject: T,
    /// The act that has to be approved.
    pub act: ActCode,
    /// The amount at stake, where there is one.
    pub amount: Option<Money>,
    /// Who proposes it.
    pub proposed_by: StaffId,
    /// The day of the proposal.
    pub proposed_on: Date,
}

/// An action that one person proposed and another approved (已审批).
///
/// As with [`Verified`](super::Verified), there is no way to one with a single person. A write-off or a blacklist entry
/// takes an `Approved` action and nothing else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Approved<T> {
    proposal: Proposed<T>,
    approved_by: StaffId,
    approved_on: Date,
}

/// What stands on the wire.
#[derive(Deserialize)]
#[serde(rename = "Approved", deny_unknown_fields)]
struct ApprovedForm<T> {
    proposal: Proposed<T>,
    approved_by: StaffId,
    approved_on: Date,
}

impl<T> Proposed<T> {
    /// Another person with the right to approve such acts, up to at least this amount on that day, approves.
    ///
    /// # Errors
    /// All at once: `access.check.self`, `access.check.early`, `access.approval.no_right`,
    /// `access.approval.above_limit`.
    ///
    /// ```
    /// use crm_core::{access::{Posting, Proposed, RightsBook, RightsSpec}, calendar::Date, wire};
    ///
    /// let spec: RightsSpec = wire::from_json(r#"{"checked_until":"2026-12-31","grants":[{"id":"1",
    ///     "holder":{"person":{"person":"op-31"}},"right":{"approve":{"act":"ledger.write_off","limit":{"amount":"500.00","currency":"CNY"}}},
    ///     "from":"2026-01-01","source":"order 7","granted_by":"admin-1","granted_on":"2025-12-20"}]}"#.as_bytes())?;
    /// let book = RightsBook::load(&spec)?;
    /// let approver: Posting = wire::from_json(br#"{"person":"op-31","company":"one"}"#)?;
    /// let day = Date::parse("2026-03-02")?;
    /// let mut proposal: Proposed<String> = wire::from_json(br#"{"subject":"receivable 12","act":"ledger.write_off",
    ///     "amount":{"amount":"499.00","currency":"CNY"},"proposed_by":"op-17","proposed_on":"2026-03-01"}"#)?;
    /// assert!(proposal.clone().approve(&book, &book.viewer(&approver, day), day).is_ok());
    /// proposal.proposed_by = "OP-31".parse()?;
    /// let refusal = proposal.approve(&book, &book.viewer(&approver, day), day).unwrap_err();
    /// assert_eq!(refusal.code().as_str(), "access.check.self");
    /// # Ok::<(), crm_core::refusal::Refusal>(())
    /// ```
    pub fn approve(self, rights: &RightsBook, by: &Viewer, on: Date) -> Result<Approved<T>, Refusal> {
        let mut faults = match other_person(core::slice::from_ref(&self.proposed_by), &by.person, self.proposed_on, on)
        {
            Ok(()) => alloc::vec::Vec::new(),
            Err(refusal) => refusal.into_faults(),
        };
        match rights.may_approve(by, &self.act, self.amount, on).permission {
            Permission::Allowed => {}
            Permission::AboveLimit => faults.push(Fault::new(Code::AccessApprovalAboveLimit).at("by")),
            Permission::NoRight => {
                faults.push(Fault::new(Code::AccessApprovalNoRight).with_name("act", self.act.as_str()).at("by"))
            }
        }
        Refusal::unless_empty(faults)?;
        Ok(Approved { proposal: self, approved_by: by.person.clone(), approved_on: on })
    }
}

impl<T> Approved<T> {
    /// What was approved, with who proposed it and when.
    #[must_use]
    pub fn proposal(&self) -> &Proposed<T> {
        &self.proposal
    }

    /// Who approved it.
    #[must_use]
    pub fn approved_by(&self) -> &StaffId {
        &self.approved_by
    }

    /// The day of the approval.
    #[must_use]
    pub fn approved_on(&self) -> Date {
        self.approved_on
    }

    /// What was approved, alone.
    #[must_use]
    pub fn into_subject(self) -> T {
        self.proposal.subject
    }
}

/// A stored approval is taken as given as far as the right goes, which may have ended since; the two people are checked.
impl<'de, T: Deserialize<'de>> Deserialize<'de> for Approved<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let ApprovedForm { proposal, approved_by, approved_on } = ApprovedForm::deserialize(deserializer)?;
        let maker = core::slice::from_ref(&proposal.proposed_by);
        other_person(maker, &approved_by, proposal.proposed_on, approved_on).map_err(wire::custom)?;
        Ok(Self { proposal, approved_by, approved_on })
    }
}
