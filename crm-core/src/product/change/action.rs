//! Changes: what may be recorded about a policy that runs.

use alloc::{collections::BTreeMap, string::String};

use serde::{Deserialize, Serialize};

use super::{
    proration::Proration,
    risk::InsuredRisk,
    rules::{CancellationRequest, PinnedBy},
    timeline::TimelineEnd,
};
use crate::{
    calendar::{Date, Period},
    money::{Currency, RoundingMode},
    refusal::{Code, Fault},
    rulebook::Scalar,
    wire,
};

/// Longest number of a change, in bytes of UTF-8.
pub const MAX_CHANGE_ID_BYTES: usize = 128;

wire::identifier! {
    /// The number of a change (批单号), the host's own.
    ///
    /// 1 to 128 bytes of UTF-8 without control characters, without invisible ones and without spaces at its ends.
    /// `Debug` does not show it: it leads to a policy.
    ChangeId = id_fault, hidden;
}

fn id_fault(text: &str) -> Option<Fault> {
    let fault = || Fault::new(Code::ProductChangeId).with("limit", MAX_CHANGE_ID_BYTES);
    (!wire::is_plain(text, MAX_CHANGE_ID_BYTES)).then(fault)
}

/// A policy as it begins (承保内容).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PolicySetup {
    /// The term.
    pub term: Period,
    /// The currency of every price.
    pub currency: Currency,
    /// How an annual price becomes the price of some days.
    pub proration: Proration,
    /// How prices are rounded.
    pub rounding: RoundingMode,
    /// Which day chooses the version of the rates for a change: the first day of cover, or the day from which the change
    /// takes effect. Never the day on which it is recorded.
    pub rates_pinned_by: PinnedBy,
    /// What is insured from the first day on; at least one coverage.
    pub risk: InsuredRisk,
}

/// A change with the day from which it takes effect (批改).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EffectiveChange {
    /// Its number, used once in a policy.
    pub id: ChangeId,
    /// The first day on which it is in effect; of a cancellation the first day without cover.
    pub effective: Date,
    /// Its place among the changes of that day; no two changes of a day have the same.
    pub place: i64,
    /// What changes.
    pub action: ChangeAction,
}

/// What changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum ChangeAction {
    /// A coverage is added (加保).
    AddCover {
        /// Its code.
        coverage: String,
        /// Its terms.
        terms: BTreeMap<String, Scalar>,
    },
    /// Terms of a coverage change (变更保险责任); the others stay. Every coverage is priced anew, this one in the version
    /// of the change.
    ChangeCover {
        /// Its code.
        coverage: String,
        /// The terms that change.
        terms: BTreeMap<String, Scalar>,
    },
    /// A coverage is taken out (减保).
    RemoveCover {
        /// Its code.
        coverage: String,
    },
    /// Terms of the whole policy change (变更标的); the others stay. Every coverage is priced in the version of the change.
    ChangePolicy {
        /// The terms that change.
        terms: BTreeMap<String, Scalar>,
    },
    /// The policy ends before its time (退保 / 解除).
    Cancel {
        /// The code of the ground.
        ground: String,
        /// The day on which it was asked for.
        asked_on: Date,
        /// The day on which the policyholder signed for the policy; needed for cooling-off.
        receipt_signed_on: Option<Date>,
    },
    /// A policy that ended is in force again (复效): what was kept is undone, and days without cover cost nothing.
    Reinstate {
        /// The number of the cancellation.
        undoes: ChangeId,
    },
}

/// A change as it was recorded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordedChange {
    /// The change.
    pub change: EffectiveChange,
    /// The day on which it was recorded. No price depends on it.
    pub recorded_on: Date,
    /// Of a cancellation: how the policy ends, by the rules that its own days chose.
    pub end: Option<TimelineEnd>,
}

impl EffectiveChange {
    /// The order in which changes take effect.
    pub(super) fn instant(&self) -> (Date, i64) {
        (self.effective, self.place)
    }

    /// What is asked of the refund rules.
    pub(super) fn cancellation(&self) -> Option<CancellationRequest> {
        match &self.action {
            ChangeAction::Cancel { ground, asked_on, receipt_signed_on } => Some(CancellationRequest {
                ground: ground.clone(),
                asked_on: *asked_on,
                effective: self.effective,
                receipt_signed_on: *receipt_signed_on,
            }),
            _ => None,
        }
    }
}
