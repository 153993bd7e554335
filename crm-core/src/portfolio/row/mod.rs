//! Rows of a book as a host's tables hold them: customers, policies, endorsements, receipts, claims, costs, complaints.
//!
//! Fields are public; each row says with `check` what is wrong with it. `Debug` shows no identifier and no amount.

mod contract;
mod customer;
mod event;

use alloc::{string::String, vec::Vec};

use serde::{Deserialize, Serialize};

pub use contract::{EndorsementEffect, EndorsementRow, PolicyRow, ReceiptRow};
pub use customer::{CustomerRow, PartyKind};
pub use event::{ClaimOutcome, ClaimRow, ComplaintRow, CostRow};

use super::code::code_fault;
use crate::refusal::Fault;

/// A table of a book.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BookTable {
    /// [`CustomerRow`] (客户).
    Customers,
    /// [`PolicyRow`] (保单).
    Policies,
    /// [`EndorsementRow`] (批单).
    Endorsements,
    /// [`ReceiptRow`] (收付款).
    Receipts,
    /// [`ClaimRow`] (赔案).
    Claims,
    /// [`CostRow`] (费用).
    Costs,
    /// [`ComplaintRow`] (投诉).
    Complaints,
}

/// The tables of one book, or of a part of it that holds every row of its customers.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BookRows {
    /// Customers.
    pub customers: Vec<CustomerRow>,
    /// Policies.
    pub policies: Vec<PolicyRow>,
    /// Endorsements.
    pub endorsements: Vec<EndorsementRow>,
    /// Receipts and refunds.
    pub receipts: Vec<ReceiptRow>,
    /// Claims.
    pub claims: Vec<ClaimRow>,
    /// Costs.
    pub costs: Vec<CostRow>,
    /// Complaints.
    pub complaints: Vec<ComplaintRow>,
}

/// The faults of several codes, each at its field.
fn code_faults<const N: usize>(codes: [(&str, Option<&String>); N]) -> Vec<Fault> {
    let given = codes.into_iter().filter_map(|(field, code)| code.map(|code| (field, code)));
    given.filter_map(|(field, code)| code_fault(code).map(|fault| fault.at(field))).collect()
}
