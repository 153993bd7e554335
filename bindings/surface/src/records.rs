//! Records that only the surface needs: answers with two parts, and rows with their faults.

use std::collections::BTreeMap;

use crm_core::access::Withheld;
use crm_core::party::PartyId;
use crm_core::portfolio::{BookTable, ClearedWarning, CustomerSnapshot, PolicyTerm, RaisedWarning, WarningList};
use crm_core::refusal::Notice;
use serde::{Deserialize, Serialize};

/// A row of a book that was refused (被拒绝的行).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RejectedRow {
    /// Its table.
    pub table: BookTable,
    /// Everything that is wrong with it; paths begin with the table and the position of the row in it, from 0.
    pub faults: Vec<Notice>,
}

/// The rows that a viewer sees, and how many he does not (可见行).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SiftedRows {
    /// The positions of the rows that he sees, from 0.
    pub rows: Vec<i64>,
    /// The others, counted by reason; never which. For reports on a whole book, not for the answer to a search.
    pub withheld: Withheld,
}

/// The warnings that a viewer sees, and how many he does not (可见预警).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VisibleWarnings {
    /// The warnings, by customer.
    pub raised: Vec<RaisedWarning>,
    /// The others, counted by reason.
    pub withheld: Withheld,
}

/// The policy years behind a figure that a viewer sees, and how many he does not (可见保单年度).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VisibleTerms {
    /// A page of them, in the order of their ids.
    pub rows: Vec<PolicyTerm>,
    /// The others of the whole figure, counted by reason; never which.
    pub withheld: Withheld,
}

/// Where the customers that a viewer sees stood on a day, and how many he does not see (可见快照).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VisibleSnapshot {
    /// The customers that he sees.
    pub customers: BTreeMap<PartyId, CustomerSnapshot>,
    /// The others, counted by reason; never which.
    pub withheld: Withheld,
}

/// What a review did to a list of warnings (预警复核结果).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReviewedWarnings {
    /// The list after it, for the host to keep. What the review raised is in it with the day of the review.
    pub list: WarningList,
    /// What the review let go of.
    pub cleared: Vec<ClearedWarning>,
}
