//! Who sees what, who may what, and what takes two people (law 9).
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use crm_core::{
    access::{Posting, Viewer},
    calendar::Date,
    party::StaffId,
    refusal::Refusal,
    wire,
};
use proptest::prelude::*;
use serde::de::DeserializeOwned;

#[path = "access/approval.rs"]
mod approval;
#[path = "access/audit.rs"]
mod audit;
#[path = "access/cases.rs"]
mod cases;
#[path = "access/party_sight.rs"]
mod party_sight;
#[path = "access/rights.rs"]
mod rights;
#[path = "access/sight.rs"]
mod sight;
#[path = "access/stored.rs"]
mod stored;
#[path = "access/two_person.rs"]
mod two_person;

fn times() -> u32 {
    std::env::var("CRM_LAWS").ok().and_then(|times| times.parse().ok()).unwrap_or(1)
}

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig { cases: cases * times(), failure_persistence: None, ..Default::default() }
}

fn of<T: DeserializeOwned>(json: &str) -> T {
    wire::from_json(json.as_bytes()).unwrap()
}

fn day(number: i64) -> Date {
    Date::parse("2026-01-01").unwrap().plus_days(number).unwrap()
}

fn staff(code: &str) -> StaffId {
    code.parse().unwrap()
}

/// Somebody without roles in the head office.
fn viewer(code: &str) -> Viewer {
    Viewer {
        person: staff(code),
        roles: Vec::new(),
        department: None,
        branch: None,
        company: "one".parse().unwrap(),
        level: None,
    }
}

fn posting(code: &str) -> Posting {
    Posting { person: staff(code), department: None, branch: None, company: "one".parse().unwrap() }
}

fn faults(refusal: &Refusal) -> Vec<String> {
    refusal.faults().iter().map(|fault| format!("{} {}", fault.code(), fault.path())).collect()
}
