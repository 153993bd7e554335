//! Law 14, yesterday still loads: rules, tables and changes as releases have stored them.

use std::{fs, path::PathBuf};

use crm_core::{
    product::{ChangeEvent, PolicyChanges, RefundRules, RefundRulesSpec, ShortRateTable, apply_change},
    refusal::Code,
    wire::{Stored, from_stored, to_stored},
};

use crate::{cny, date};

fn sample(name: &str) -> Vec<u8> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../tests/stored/0.1.0");
    fs::read(folder.join(name)).unwrap().trim_ascii_end().to_vec()
}

/// Reads a sample; what is written now is what was written then, to the byte.
fn loaded<T: Stored>(name: &str) -> T {
    let value: T = from_stored(&sample(name)).unwrap();
    assert_eq!(to_stored(&value).unwrap().as_bytes(), sample(name), "{name}");
    value
}

#[test]
fn law_14_changes_of_yesterday_still_load() {
    let rules = RefundRules::load(loaded::<RefundRulesSpec>("refund_rules.json")).unwrap();
    assert_eq!(rules.version(date("2026-01-01")).unwrap().grounds[0].code, "on_request");
    let table: ShortRateTable = loaded("short_rate_table.json");
    assert_eq!(table.percent(date("2026-01-01"), date("2026-01-17")).unwrap(), 20.into());
    let policy: PolicyChanges = loaded("policy_changes.json");
    assert_eq!(
        policy.price().unwrap().total.minor(),
        policy.charges.iter().map(|charge| charge.amount.minor()).sum::<i64>()
    );
    let event: ChangeEvent = loaded("policy_change_event.json");
    let after = apply_change(Some(policy), &event).unwrap();
    assert_eq!(after.price().unwrap().total, after.charges.last().unwrap().after);
    // 1000 and 365 after four months are kept whole; of 612.00 for ten months two months keep 30 %.
    assert_eq!(after.price().unwrap().total, cny(154_860));
}

/// The mutant: a sample of a version that no release has written, and one with another name in it.
#[test]
fn law_14_of_changes_catches_a_changed_format() {
    let text = String::from_utf8(sample("policy_changes.json")).unwrap();
    let newer = from_stored::<PolicyChanges>(text.replacen("\"version\":1", "\"version\":2", 1).as_bytes());
    assert_eq!(newer.unwrap_err().code(), Code::WireStoredVersion);
    assert!(from_stored::<PolicyChanges>(text.replacen("recorded_on", "entered_on", 1).as_bytes()).is_err());
}
