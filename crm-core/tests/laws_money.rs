//! The laws of money: no cent is lost (1), nothing rounds unseen (2), it does not fall over (13); its wire, codes, cases.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

#[path = "money/cases.rs"]
mod cases;
#[path = "money/chain.rs"]
mod chain;
#[path = "money/codes.rs"]
mod codes;
#[path = "money/endurance.rs"]
mod endurance;
#[path = "money/rounding.rs"]
mod rounding;
#[path = "money/shares.rs"]
mod shares;

/// How many times the usual number of cases: `CRM_LAWS=10` for a long run.
fn times() -> usize {
    std::env::var("CRM_LAWS").ok().and_then(|times| times.parse().ok()).unwrap_or(1)
}
