//! Recording changes: what is decided, and what has happened.

use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::{
    action::{ChangeAction, ChangeId, EffectiveChange, PolicySetup, RecordedChange},
    charge::PremiumCharge,
    fold,
    price::TimelinePrice,
    risk::CoverPrices,
    rules::RefundRules,
    timeline::EffectiveTimeline,
};
use crate::{
    calendar::Date,
    refusal::{Code, Fault, Refusal},
};

/// Most changes of a policy.
pub const MAX_CHANGES: usize = 1_000;

/// What somebody wants to record (批改操作).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum ChangeCommand {
    /// A policy begins (出单).
    Issue {
        /// What is insured, and how it is priced.
        setup: PolicySetup,
        /// The day on which it is recorded.
        recorded_on: Date,
    },
    /// A change, in any order (录入批改).
    Record {
        /// The change.
        change: EffectiveChange,
        /// The day on which it is recorded.
        recorded_on: Date,
    },
    /// A change was recorded in error and is taken back (撤销批改).
    Withdraw {
        /// Its number.
        id: ChangeId,
        /// The day on which that is recorded.
        recorded_on: Date,
    },
}

/// What has happened. Each event carries the timeline that holds from then on and the charge of the recording.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum ChangeEvent {
    /// The policy has begun.
    Issued {
        /// What is insured, and how it is priced.
        setup: PolicySetup,
        /// The timeline.
        timeline: EffectiveTimeline,
        /// The premium of the policy.
        charge: PremiumCharge,
    },
    /// A change was recorded.
    Recorded {
        /// The change.
        change: RecordedChange,
        /// The timeline with it.
        timeline: EffectiveTimeline,
        /// The price after it less the price before it.
        charge: PremiumCharge,
    },
    /// A change was taken back.
    Withdrawn {
        /// Its number, which is not used again.
        id: ChangeId,
        /// The timeline without it.
        timeline: EffectiveTimeline,
        /// The price after it less the price before it.
        charge: PremiumCharge,
    },
}

/// A policy with all that was recorded about it (保单批改记录).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PolicyChanges {
    /// What was insured when it began.
    pub setup: PolicySetup,
    /// The changes that stand, in the order in which they were recorded.
    pub changes: Vec<RecordedChange>,
    /// The numbers of the changes that were taken back.
    pub withdrawn: Vec<ChangeId>,
    /// The timeline that follows from them.
    pub timeline: EffectiveTimeline,
    /// The charges, in the order in which they were recorded; they add up to the price of the timeline.
    pub charges: Vec<PremiumCharge>,
}

/// What a decision needs beside the policy.
#[derive(Clone, Copy)]
pub struct ChangeRules<'a> {
    /// Who prices coverages.
    pub prices: &'a dyn CoverPrices,
    /// On which grounds the policy may end, and what is kept.
    pub refunds: &'a RefundRules,
}

/// Decides a command.
///
/// The price after a recording is that of the timeline alone; so every order of recording that gives the same timeline
/// charges the same in sum, to the cent (law 4).
///
/// # Errors
/// `product.change.issued` and `product.change.unknown` for a command that does not fit; `product.change.id_taken`;
/// `product.change.same_instant` when another change takes effect on that day at that place;
/// `product.change.outside_term`; what can't stand where it takes effect: `product.change.cover_present`,
/// `.cover_missing`, `.no_cover`, `.ended`, `.not_ended`; `product.change.built_on` when a change that
/// is recorded already could no longer stand; the faults of prices and refund rules: `product.refund.*`,
/// `product.change.price_negative`, `money.currency.mixed`; `product.change.too_many`.
pub fn decide_change(
    policy: Option<&PolicyChanges>,
    command: &ChangeCommand,
    rules: ChangeRules<'_>,
) -> Result<Vec<ChangeEvent>, Refusal> {
    match (policy, command) {
        (None, ChangeCommand::Issue { setup, recorded_on }) => {
            let timeline = fold::timeline(setup, &[], rules.prices).map_err(|fault| fault.refusal.at("setup"))?;
            let charge = PremiumCharge::between(None, &timeline.price()?, None, *recorded_on)?;
            Ok(alloc::vec![ChangeEvent::Issued { setup: setup.clone(), timeline, charge }])
        }
        (Some(_), ChangeCommand::Issue { .. }) => Err(Refusal::new(Code::ProductChangeIssued)),
        (None, ChangeCommand::Record { .. } | ChangeCommand::Withdraw { .. }) => {
            Err(Refusal::new(Code::ProductChangeUnknown))
        }
        (Some(policy), ChangeCommand::Record { change, recorded_on }) => {
            policy.record(change, *recorded_on, rules).map_err(|refusal| refusal.at("change"))
        }
        (Some(policy), ChangeCommand::Withdraw { id, recorded_on }) => policy.withdraw(id, *recorded_on, rules),
    }
}

/// What is so after an event. It decides nothing: an event that does not fit changes nothing.
#[must_use]
pub fn apply_change(policy: Option<PolicyChanges>, event: &ChangeEvent) -> Option<PolicyChanges> {
    match (policy, event) {
        (None, ChangeEvent::Issued { setup, timeline, charge }) => Some(PolicyChanges {
            setup: setup.clone(),
            changes: Vec::new(),
            withdrawn: Vec::new(),
            timeline: timeline.clone(),
            charges: alloc::vec![charge.clone()],
        }),
        (Some(mut policy), ChangeEvent::Recorded { change, timeline, charge }) => {
            policy.changes.push(change.clone());
            policy.timeline = timeline.clone();
            policy.charges.push(charge.clone());
            Some(policy)
        }
        (Some(mut policy), ChangeEvent::Withdrawn { id, timeline, charge }) => {
            policy.changes.retain(|recorded| recorded.change.id != *id);
            policy.withdrawn.push(id.clone());
            policy.timeline = timeline.clone();
            policy.charges.push(charge.clone());
            Some(policy)
        }
        (policy, _) => policy,
    }
}

impl PolicyChanges {
    /// What the policy costs as it stands.
    ///
    /// # Errors
    /// As [`EffectiveTimeline::price`].
    pub fn price(&self) -> Result<TimelinePrice, Refusal> {
        self.timeline.price()
    }

    fn record(
        &self,
        change: &EffectiveChange,
        recorded_on: Date,
        rules: ChangeRules<'_>,
    ) -> Result<Vec<ChangeEvent>, Refusal> {
        if self.changes.len() >= MAX_CHANGES {
            return Err(Fault::new(Code::ProductChangeTooMany).with("limit", MAX_CHANGES).into());
        }
        let taken = self.changes.iter().map(|recorded| &recorded.change.id).chain(&self.withdrawn);
        if taken.into_iter().any(|id| *id == change.id) {
            return Err(Refusal::new(Code::ProductChangeIdTaken).at("id"));
        }
        if self.changes.iter().any(|recorded| recorded.change.instant() == change.instant()) {
            return Err(Refusal::new(Code::ProductChangeSameInstant).at("effective"));
        }
        let cancels = matches!(change.action, ChangeAction::Cancel { .. });
        // A policy may be cancelled before it begins; nothing else happens outside its term.
        if change.effective >= self.setup.term.end() || change.effective < self.setup.term.start() && !cancels {
            return Err(Refusal::new(Code::ProductChangeOutsideTerm).at("effective"));
        }
        let end = match change.cancellation() {
            Some(request) => {
                let end = rules.refunds.end(&self.setup.term, &request);
                Some(end.map_err(|refusal| refusal.at("cancel").at("action"))?)
            }
            None => None,
        };
        let recorded = RecordedChange { change: change.clone(), recorded_on, end };
        let mut changes = self.changes.clone();
        changes.push(recorded.clone());
        let timeline = fold::timeline(&self.setup, &changes, rules.prices).map_err(|fault| {
            if fault.change.as_ref() == Some(&change.id) { fault.refusal } else { built_on(fault.refusal) }
        })?;
        let charge = self.charge(&timeline, &change.id, recorded_on)?;
        Ok(alloc::vec![ChangeEvent::Recorded { change: recorded, timeline, charge }])
    }

    fn withdraw(&self, id: &ChangeId, recorded_on: Date, rules: ChangeRules<'_>) -> Result<Vec<ChangeEvent>, Refusal> {
        let left: Vec<RecordedChange> =
            self.changes.iter().filter(|recorded| recorded.change.id != *id).cloned().collect();
        if left.len() == self.changes.len() {
            return Err(Refusal::new(Code::ProductChangeUnknown).at("id"));
        }
        let timeline =
            fold::timeline(&self.setup, &left, rules.prices).map_err(|fault| built_on(fault.refusal).at("id"))?;
        let charge = self.charge(&timeline, id, recorded_on)?;
        Ok(alloc::vec![ChangeEvent::Withdrawn { id: id.clone(), timeline, charge }])
    }

    fn charge(&self, after: &EffectiveTimeline, id: &ChangeId, recorded_on: Date) -> Result<PremiumCharge, Refusal> {
        PremiumCharge::between(Some(&self.price()?), &after.price()?, Some(id.clone()), recorded_on)
    }
}

/// Another change could no longer stand: it says why, and that is what is built on.
fn built_on(why: Refusal) -> Refusal {
    Fault::new(Code::ProductChangeBuiltOn).with("code", why.code().as_str()).into()
}
