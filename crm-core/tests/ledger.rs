//! The ledger: case files, entries, the journal, the chain, charts and posting rules, each refusal with its place.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

#[path = "ledger/balances.rs"]
mod balances;
#[path = "ledger/cases.rs"]
mod cases;
#[path = "ledger/chain.rs"]
mod chain;
#[path = "ledger/journal.rs"]
mod journal;
#[path = "ledger/rules.rs"]
mod rules;
#[path = "ledger/small.rs"]
mod small;

use crm_core::refusal::Refusal;

/// `code path` of each fault.
fn told(refusal: &Refusal) -> Vec<String> {
    refusal.faults().iter().map(|fault| format!("{} {}", fault.code(), fault.path()).trim_end().to_owned()).collect()
}
