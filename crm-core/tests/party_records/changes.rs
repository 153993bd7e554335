//! The history of changes: from old to new, each change with day, author and reason.

use std::collections::BTreeMap;

use crm_core::{
    party::{
        AttributeBook, AttributeCode, ChangeEntry, CustomerRecord, FieldChange, ObjectId, PartyId, RecordRef, StaffId,
        apply_changes, changes_between,
    },
    privacy::Personal,
    refusal::Refusal,
    wire,
};
use proptest::prelude::*;

use super::sample::{any_record, text, today, whole};

fn entry() -> ChangeEntry {
    ChangeEntry { on: today(), by: StaffId::new("op-17").unwrap(), reason: text("客户来电") }
}

fn record() -> RecordRef {
    RecordRef::Customer { customer: PartyId::new("C-55667").unwrap() }
}

fn as_it_is(old: &CustomerRecord, changes: &[FieldChange]) -> Result<CustomerRecord, Refusal> {
    apply_changes(&record(), old, changes)
}

/// Applied to the old version, the changes give the new one, each with day, author and reason.
fn changes_lead_on(
    old: &CustomerRecord,
    new: &CustomerRecord,
    apply: impl Fn(&CustomerRecord, &[FieldChange]) -> Result<CustomerRecord, Refusal>,
) -> bool {
    let changes = changes_between(&record(), old, new, &entry()).unwrap();
    let attributed = changes.iter().all(|change| {
        change.on == today()
            && change.record == Some(record())
            && change.by.as_str() == "op-17"
            && change.reason.reveal() == "客户来电"
            && change.old != change.new
    });
    attributed && changes.is_empty() == (old == new) && apply(old, &changes).is_ok_and(|applied| applied == *new)
}

proptest! {
    #[test]
    fn changes_lead_from_old_to_new(old in any_record(), new in any_record()) {
        prop_assert!(changes_lead_on(&old, &new, as_it_is));
        prop_assert!(changes_lead_on(&old, &old, as_it_is));
    }

    /// Records with maps, whose keys may hold anything that a path is made of.
    #[test]
    fn changes_of_maps_lead_on_too(keys in any_keys(), others in any_keys()) {
        let book = |keys: &BTreeMap<String, String>| {
            let holders = keys.iter().map(|(key, value)| (PartyId::new(key).unwrap(), value.clone())).collect();
            let mut book = AttributeBook::new(3);
            book.holders.insert(AttributeCode::new("A/01").unwrap(), holders);
            book
        };
        let (old, new) = (book(&keys), book(&others));
        let attributes = RecordRef::Attributes {};
        let changes = changes_between(&attributes, &old, &new, &entry()).unwrap();
        prop_assert_eq!(apply_changes(&attributes, &old, &changes), Ok(new));
    }
}

fn any_keys() -> impl Strategy<Value = BTreeMap<String, String>> {
    prop::collection::btree_map("[a-c/~\"]{1,3}", "[ab]", 0..4)
}

/// The mutants: changes that are lost.
#[test]
fn the_law_catches_its_mutants() {
    let (old, mut new) = (whole(false), whole(false));
    new.tags.clear();
    new.contacts.remove(0);
    assert!(changes_lead_on(&old, &new, as_it_is));
    assert!(!changes_lead_on(&old, &new, |record, changes| {
        let kept: Vec<FieldChange> = changes.iter().filter(|change| change.new.is_some()).cloned().collect();
        apply_changes(&self::record(), record, &kept)
    }));
    assert!(!changes_lead_on(&old, &new, |record, changes| {
        let reversed: Vec<FieldChange> = changes.iter().rev().skip(1).cloned().collect();
        apply_changes(&self::record(), record, &reversed)
    }));
}

#[test]
fn changes_that_do_not_fit_are_refused() {
    let (old, mut new) = (whole(false), whole(false));
    new.tags.push("新的".into());
    let changes = changes_between(&record(), &old, &new, &entry()).unwrap();
    assert_eq!(changes.len(), 1);
    assert_eq!(
        (changes[0].path.reveal(), changes[0].new.as_ref().map(Personal::reveal)),
        ("/tags/1", Some("\"新的\""))
    );
    let failing = |change: FieldChange| {
        let refusal = apply_changes(&record(), &old, &[change]).map(|_| ()).unwrap_err();
        format!("{} {}", refusal.code(), refusal.path())
    };
    let change = |path: &str, old: Option<&str>, new: Option<&str>| FieldChange {
        path: path.into(),
        old: old.map(Personal::from),
        new: new.map(Personal::from),
        ..changes[0].clone()
    };
    assert_eq!(failing(change("/tags/0", Some("\"别的\""), None)), "party.change.stale /0/old");
    assert_eq!(failing(change("/tags/1", Some("\"会员标签\""), None)), "party.change.stale /0/old");
    assert_eq!(failing(change("/tags/7", None, Some("\"x\""))), "party.change.path /0/path");
    assert_eq!(failing(change("/nothing/7", None, Some("\"x\""))), "party.change.path /0/path");
    assert_eq!(failing(change("tags", None, Some("\"x\""))), "party.change.path /0/path");
    assert_eq!(failing(change("/contacts/0", Some("{}"), None)), "party.change.stale /0/old");
    assert_eq!(failing(change("/tags/0", Some("\"会员标签\""), Some("{\"x\":"))), "party.change.value /0/new");
    let deep = "[".repeat(100_000);
    assert_eq!(failing(change("/tags/0", Some(&deep), None)), "party.change.value /0/old");
    assert_eq!(failing(change("/tags/0", Some("\"会员标签\""), Some("5"))), "wire.text.expected /tags/0");
    assert_eq!(failing(change("/unknown", None, Some("5"))), "wire.field.unknown /unknown");
    // An entry that went from the middle of a list changed no other entry.
    let mut shorter = old.clone();
    shorter.contacts.remove(1);
    let gone = changes_between(&record(), &old, &shorter, &entry()).unwrap();
    assert_eq!((gone.len(), gone[0].path.reveal()), (1, "/contacts"));
    assert!(apply_changes(&record(), &old, &gone).unwrap() == shorter);
    // A change goes to the record that it names, and to no other.
    let other = RecordRef::Customer { customer: PartyId::new("C-2").unwrap() };
    let named = |change: &FieldChange| FieldChange { record: Some(other.clone()), ..change.clone() };
    assert_eq!(failing(named(&changes[0])), "party.change.record /0/record");
    let unnamed = FieldChange { record: None, ..changes[0].clone() };
    assert!(apply_changes(&record(), &old, &[unnamed]).unwrap() == new);
    // Whoever says whose record it is says so of this one: not of another, and not of the host's books.
    for wrong in [other, RecordRef::Attributes {}, RecordRef::InsuredObject { object: ObjectId::new("O-1").unwrap() }] {
        let told = |refusal: Refusal| format!("{} {}", refusal.code(), refusal.path());
        let between = changes_between(&wrong, &old, &new, &entry()).map(|_| ()).map_err(told);
        let applied = apply_changes(&wrong, &old, &[]).map(|_| ()).map_err(told);
        let expected = Err("party.change.record /of".to_owned());
        assert_eq!((between, applied), (expected.clone(), expected));
    }
    let id = wire::to_json(&old.id).unwrap();
    assert_eq!(failing(change("/id", Some(&id), Some("\"C-2\""))), "party.change.record /0/path");
    let stranger = CustomerRecord { id: PartyId::new("C-2").unwrap(), ..new.clone() };
    let refusal = changes_between(&record(), &old, &stranger, &entry()).unwrap_err();
    assert_eq!((refusal.code().as_str(), refusal.path().as_str()), ("party.change.record", "/id"));
    let silent = ChangeEntry { reason: text(" "), ..entry() };
    let refusal = changes_between(&record(), &old, &new, &silent).unwrap_err();
    assert_eq!((refusal.code().as_str(), refusal.path().as_str()), ("party.text.empty", "/entry/reason"));
    // A whole record can be replaced.
    let replaced = change("", Some(&wire::to_json(&old).unwrap()), Some(&wire::to_json(&new).unwrap()));
    assert!(apply_changes(&record(), &old, &[replaced]).unwrap() == new);
    assert_eq!(failing(change("", None, None)), "party.change.path /0/path");
}
