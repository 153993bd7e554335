//! Profit and loss by policy, vehicle, handler or agent (J1).

use alloc::{borrow::ToOwned as _, collections::BTreeMap, string::String, vec::Vec};
use core::fmt;

use serde::{Deserialize, Serialize};

use super::{
    PolicyRow, ProfitBasis, ProfitParts, ReviewBasis,
    facts::{Piece, TermSums},
    profit::parts,
};
use crate::{access::Withheld, refusal::Refusal};

/// By what profit and loss is parted (盈亏维度).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProfitKey {
    /// Policy (保单), by its number.
    Policy,
    /// Vehicle over its life (车辆), by its identification number; by its plate where that is not known. A vehicle of which
    /// some rows have the one and some only the other stands twice: the book does not say that the two are one.
    Vehicle,
    /// Handler (经办人).
    Handler,
    /// Agent (代理人).
    Agent,
}

impl ProfitKey {
    fn of(self, policy: &PolicyRow) -> Option<&str> {
        match self {
            Self::Policy => Some(policy.id.as_str()),
            Self::Vehicle => policy.vin.as_deref().or(policy.plate.as_deref()),
            Self::Handler => Some(&policy.handler),
            Self::Agent => policy.agent.as_deref(),
        }
    }
}

/// Profit and loss of the customers that a viewer sees, parted (分项盈亏表). The vehicle, the policy and what they bring
/// are as personal as the customer: the report goes to the viewer for whom it was made.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProfitBreakdown {
    /// By what.
    pub key: ProfitKey,
    /// Which premium and which claims.
    pub basis: ProfitBasis,
    /// The parameters, and the rows of the customers that the viewer sees.
    pub review: ReviewBasis,
    /// In the order of the codes.
    pub rows: Vec<ProfitByRow>,
    /// What belongs to none: policies without a vehicle or an agent, and what was spent on customers and for no policy.
    pub unallocated: ProfitParts,
    /// All rows and what belongs to none.
    pub total: ProfitParts,
    /// Customers whom the viewer does not see.
    pub withheld: Withheld,
}

/// One policy, vehicle, handler or agent of the report.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProfitByRow {
    /// Its number or code.
    pub code: String,
    /// Policies of it, each once.
    pub policies: i64,
    /// Its figures. Commission and cost are those booked for its policies.
    pub parts: ProfitParts,
}

impl fmt::Debug for ProfitBreakdown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ProfitBreakdown").field("key", &self.key).field("basis", &self.basis).finish_non_exhaustive()
    }
}

impl fmt::Debug for ProfitByRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ProfitByRow(***)")
    }
}

/// Adds up pieces by key.
pub(super) struct BreakdownSums<'a> {
    key: ProfitKey,
    basis: ProfitBasis,
    rows: BTreeMap<&'a str, (alloc::collections::BTreeSet<&'a str>, TermSums)>,
    unallocated: TermSums,
    total: TermSums,
}

impl<'a> BreakdownSums<'a> {
    pub(super) const fn new(key: ProfitKey, basis: ProfitBasis) -> Self {
        Self { key, basis, rows: BTreeMap::new(), unallocated: TermSums::new(), total: TermSums::new() }
    }

    pub(super) fn add(&mut self, piece: &Piece<'a>) {
        self.total.add(piece.term, piece.minor);
        let of = piece.policy.and_then(|policy| Some((policy.id.as_str(), self.key.of(policy)?)));
        let Some((policy, code)) = of else { return self.unallocated.add(piece.term, piece.minor) };
        let (policies, sums) = self.rows.entry(code).or_insert_with(|| (Default::default(), TermSums::new()));
        policies.insert(policy);
        sums.add(piece.term, piece.minor);
    }

    pub(super) fn finish(self, review: ReviewBasis, withheld: Withheld) -> Result<ProfitBreakdown, Refusal> {
        let Self { key, basis, rows, unallocated, total } = self;
        let currency = review.parameters.currency;
        let row = |(code, (policies, sums)): (&str, (alloc::collections::BTreeSet<&str>, TermSums))| {
            let policies = i64::try_from(policies.len()).unwrap_or(i64::MAX);
            Ok(ProfitByRow { code: code.to_owned(), policies, parts: parts(basis, &sums, currency)? })
        };
        Ok(ProfitBreakdown {
            key,
            basis,
            rows: rows.into_iter().map(row).collect::<Result<_, Refusal>>()?,
            unallocated: parts(basis, &unallocated, currency)?,
            total: parts(basis, &total, currency)?,
            review,
            withheld,
        })
    }
}
