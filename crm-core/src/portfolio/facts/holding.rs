//! What one customer holds: his rows brought together.

use alloc::{collections::BTreeMap, vec::Vec};

use crate::{
    party::PartyId,
    portfolio::{
        BookTable, ClaimRow, ComplaintRow, CostRow, CustomerBook, CustomerRow, EndorsementRow, PolicyId, PolicyRow,
        ReceiptRow,
        customer_book::{LeftOut, count_left_out},
    },
    refusal::Code,
};

/// A customer with all his rows.
pub(in crate::portfolio) struct Holding<'a> {
    pub(in crate::portfolio) customer: &'a CustomerRow,
    pub(in crate::portfolio) policies: Vec<HeldPolicy<'a>>,
    pub(in crate::portfolio) costs: Vec<&'a CostRow>,
    pub(in crate::portfolio) complaints: Vec<&'a ComplaintRow>,
}

/// A policy with all its rows.
pub(in crate::portfolio) struct HeldPolicy<'a> {
    pub(in crate::portfolio) policy: &'a PolicyRow,
    pub(in crate::portfolio) endorsements: Vec<&'a EndorsementRow>,
    pub(in crate::portfolio) receipts: Vec<&'a ReceiptRow>,
    pub(in crate::portfolio) claims: Vec<&'a ClaimRow>,
    /// Whether another policy of the book renews it.
    pub(in crate::portfolio) renewed: bool,
}

pub(in crate::portfolio) type Holdings<'a> = BTreeMap<&'a PartyId, Holding<'a>>;

/// Brings the rows of every customer together, one pass over each table; rows that lead nowhere are counted.
pub(super) fn holdings<'a>(book: &'a CustomerBook, left_out: &mut LeftOut) -> Holdings<'a> {
    let mut policies: BTreeMap<&PolicyId, HeldPolicy<'_>> = BTreeMap::new();
    for (id, policy) in &book.policies {
        let held =
            HeldPolicy { policy, endorsements: Vec::new(), receipts: Vec::new(), claims: Vec::new(), renewed: false };
        policies.insert(id, held);
    }
    for policy in book.policies.values() {
        if let Some(before) = policy.renewal_of.as_ref().and_then(|id| policies.get_mut(id)) {
            before.renewed = true;
        }
    }
    macro_rules! attach {
        ($($table:ident $rows:ident;)*) => { $(
            for row in book.$rows.values() {
                match policies.get_mut(&row.policy) {
                    Some(held) => held.$rows.push(row),
                    None => count_left_out(left_out, BookTable::$table, Code::PortfolioRowPolicyUnknown, 1),
                }
            }
        )* };
    }
    attach! {
        Endorsements endorsements;
        Receipts receipts;
        Claims claims;
    }
    let mut holdings: Holdings<'_> = BTreeMap::new();
    for (id, customer) in &book.customers {
        let holding = Holding { customer, policies: Vec::new(), costs: Vec::new(), complaints: Vec::new() };
        holdings.insert(id, holding);
    }
    let mut lost = |table: BookTable, rows: usize| {
        if rows > 0 {
            let rows = i64::try_from(rows).unwrap_or(i64::MAX);
            count_left_out(left_out, table, Code::PortfolioRowCustomerUnknown, rows);
        }
    };
    for (_, held) in policies {
        match holdings.get_mut(&held.policy.customer) {
            Some(holding) => holding.policies.push(held),
            None => {
                lost(BookTable::Policies, 1);
                lost(BookTable::Endorsements, held.endorsements.len());
                lost(BookTable::Receipts, held.receipts.len());
                lost(BookTable::Claims, held.claims.len());
            }
        }
    }
    for row in book.costs.values() {
        match holdings.get_mut(&row.customer) {
            Some(holding) => holding.costs.push(row),
            None => lost(BookTable::Costs, 1),
        }
    }
    for row in book.complaints.values() {
        match holdings.get_mut(&row.customer) {
            Some(holding) => holding.complaints.push(row),
            None => lost(BookTable::Complaints, 1),
        }
    }
    holdings
}
