//! The laws of the ledger: debits equal credits (5), once is enough (6), it does not fall over (13), yesterday still
//! loads (14), each with an independent model or mutants that it must catch.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

#[path = "ledger/balance_laws.rs"]
mod balance_laws;
#[path = "ledger/endurance.rs"]
mod endurance;
#[path = "ledger/history.rs"]
mod history;
#[path = "ledger/naive.rs"]
mod naive;
#[path = "ledger/once.rs"]
mod once;
#[path = "ledger/reload.rs"]
mod reload;
#[path = "ledger/rule_laws.rs"]
mod rule_laws;
#[path = "ledger/small.rs"]
mod small;

use proptest::test_runner::{Config, TestRunner};

/// As many cases as proptest takes by itself, so many times with `CRM_LAWS=10`.
fn runner() -> TestRunner {
    let times: u32 = std::env::var("CRM_LAWS").ok().and_then(|times| times.parse().ok()).unwrap_or(1);
    let usual = Config::default();
    TestRunner::new(Config { cases: usual.cases.saturating_mul(times), failure_persistence: None, ..usual })
}
