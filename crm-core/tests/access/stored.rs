//! Law 14, yesterday still loads: rights, their events and the audit trail as releases have stored them.

use std::{fs, path::PathBuf};

use crm_core::{
    access::{AuditEntry, RightsBook, RightsEvent, RightsSpec, SightLevel},
    wire::{Stored, from_stored, to_stored},
};

use super::{day, faults, posting};

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
fn law_14_rights_and_audit_entries_of_yesterday_still_load() {
    let mut book = RightsBook::load(&loaded::<RightsSpec>("rights.json")).unwrap();
    let level = |book: &RightsBook, on: i64| book.viewer(&posting("op-17"), day(on)).level;
    assert_eq!(
        [0, 1, 9].map(|on| level(&book, on)),
        [None, Some(SightLevel::Department), Some(SightLevel::Department)]
    );
    book.apply(&loaded::<RightsEvent>("rights_event.json"));
    assert_eq!([8, 9].map(|on| level(&book, on)), [Some(SightLevel::Department), None]);
    let entry: AuditEntry = loaded("audit_entry.json");
    assert_eq!(entry.on, day(2));
}

/// The mutant: a sample of a version that no release has written.
#[test]
fn law_14_catches_a_changed_format() {
    let newer = String::from_utf8(sample("rights.json")).unwrap().replacen("\"version\":1", "\"version\":2", 1);
    let refusal = from_stored::<RightsSpec>(newer.as_bytes()).unwrap_err();
    assert_eq!(faults(&refusal), ["wire.stored.version /version"]);
    let renamed = String::from_utf8(sample("rights.json")).unwrap().replacen("granted_by", "entered_by", 1);
    assert!(from_stored::<RightsSpec>(renamed.as_bytes()).is_err());
}
