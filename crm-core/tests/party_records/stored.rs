//! Law 14, yesterday still loads: customers, their history, objects, attributes and relations as releases stored them.

use std::{collections::BTreeMap, fs, path::PathBuf};

use crm_core::{
    party::{
        AttributeBook, AttributeCode, AttributeCommand, AttributeEvent, CaptureOptions, ChangeEntry, CustomerRecord,
        FieldChange, HouseholdId, InsuredObject, ObjectCommand, ObjectDescription, ObjectEvent, ObjectId, PartyId,
        Relation, RelationBook, RelationCommand, RelationEvent, RelationKind, StaffId, apply_changes, attribute,
        changes_between, object, relation,
    },
    wire::{Stored, from_stored, to_stored},
};

use super::sample::{day, text, today, whole};

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../tests/stored/0.1.0")
}

fn bytes(name: &str) -> Vec<u8> {
    fs::read(folder().join(name)).unwrap().trim_ascii_end().to_vec()
}

/// Reads a sample; what is written now is what was written then, to the byte.
fn loaded<T: Stored>(name: &str) -> T {
    let value: T = from_stored(&bytes(name)).unwrap();
    assert_eq!(to_stored(&value).unwrap().as_bytes(), bytes(name), "{name}");
    value
}

fn party(name: &str) -> PartyId {
    PartyId::new(name).unwrap()
}

/// The work that made the samples.
struct Made {
    record: CustomerRecord,
    change: FieldChange,
    object: InsuredObject,
    object_event: ObjectEvent,
    attributes: AttributeBook,
    attribute_event: AttributeEvent,
    relations: RelationBook,
    relation_event: RelationEvent,
}

fn made() -> Made {
    let record = whole(false);
    let mut renamed = record.clone();
    renamed.source_channel = None;
    let entry = ChangeEntry { on: today(), by: StaffId::new("op-17").unwrap(), reason: text("客户来电") };
    let change = changes_between(&record, &renamed, &entry).unwrap().remove(0);

    let register = ObjectCommand::Register {
        id: ObjectId::new("O-1").unwrap(),
        description: Box::new(ObjectDescription::Vehicle { details: record.vehicles[0].clone() }),
        owner: party("C-1"),
        from: day("2015-06-01"),
    };
    let options = CaptureOptions::default();
    let object = object::decide(None, &register, today(), &options).unwrap().iter().fold(None, object::apply).unwrap();
    let sold = ObjectCommand::ChangeHands { to: party("C-2"), on: day("2020-01-01") };
    let object_event = object::decide(Some(&object), &sold, today(), &options).unwrap().remove(1);

    let mut attributes = AttributeBook::default();
    let define =
        AttributeCommand::Define { name: "会员等级".into(), values: vec!["金卡".into(), "银卡".into()] };
    let assign = AttributeCommand::Assign {
        attribute: AttributeCode::new("A01").unwrap(),
        parties: vec![party("C-1")],
        value: Some("金卡".into()),
    };
    let mut attribute_event = attribute::decide(&attributes, &define).unwrap().remove(0);
    attribute::apply(&mut attributes, &attribute_event);
    attribute_event = attribute::decide(&attributes, &assign).unwrap().remove(0);
    attribute::apply(&mut attributes, &attribute_event);

    let mut relations = RelationBook::default();
    let spouse = Relation {
        relation: RelationKind::Spouse,
        from: party("C-1"),
        to: party("C-2"),
        since: Some(day("2010-10-10")),
        until: None,
    };
    let join = RelationCommand::Join {
        household: HouseholdId::new("H-1").unwrap(),
        party: party("C-1"),
        on: day("2010-10-10"),
    };
    let mut relation_event =
        relation::decide(&relations, &RelationCommand::Relate { relation: spouse }).unwrap().remove(0);
    relation::apply(&mut relations, &relation_event);
    relation_event = relation::decide(&relations, &join).unwrap().remove(0);
    relation::apply(&mut relations, &relation_event);
    Made { record, change, object, object_event, attributes, attribute_event, relations, relation_event }
}

#[test]
fn law_14_records_of_yesterday_still_load() {
    let made = made();
    let record: CustomerRecord = loaded("customer_record.json");
    assert!(record == made.record);
    let changed = apply_changes(&record, &[loaded::<FieldChange>("field_change.json")]).unwrap();
    assert!(changed.source_channel.is_none() && record.source_channel.is_some());
    let object: InsuredObject = loaded("insured_object.json");
    assert!(object == made.object);
    let ended = object::apply(Some(object), &ObjectEvent::OwnershipEnded { on: day("2020-01-01") });
    let sold = object::apply(ended, &loaded::<ObjectEvent>("object_event.json")).unwrap();
    let owner = |on| sold.owner_on(day(on)).unwrap().as_str();
    assert_eq!((owner("2019-12-31"), owner("2020-01-01")), ("C-1", "C-2"));
    let mut attributes: AttributeBook = loaded("attribute_book.json");
    assert_eq!(attributes, made.attributes);
    attribute::apply(&mut attributes, &loaded::<AttributeEvent>("attribute_event.json"));
    assert_eq!(attributes.values_of(&party("C-1")), BTreeMap::from([(&AttributeCode::new("A01").unwrap(), "金卡")]));
    let mut relations: RelationBook = loaded("relation_book.json");
    assert_eq!(relations, made.relations);
    relation::apply(&mut relations, &loaded::<RelationEvent>("relation_event.json"));
    assert_eq!(relations.household(&HouseholdId::new("H-1").unwrap(), day("2011-01-01")), [party("C-1")]);
    assert!(made.change == loaded::<FieldChange>("field_change.json"));
    assert!(made.object_event == loaded::<ObjectEvent>("object_event.json"));
    assert_eq!(made.attribute_event, loaded::<AttributeEvent>("attribute_event.json"));
    assert_eq!(made.relation_event, loaded::<RelationEvent>("relation_event.json"));
}

/// The mutant: a sample of a version that no release has written, and one of a renamed field.
#[test]
fn law_14_catches_a_changed_format() {
    let newer = String::from_utf8(bytes("customer_record.json")).unwrap();
    let refused = |text: String| from_stored::<CustomerRecord>(text.as_bytes()).map(|_| ()).unwrap_err().code();
    assert_eq!(refused(newer.replacen("\"version\":1", "\"version\":2", 1)).as_str(), "wire.stored.version");
    assert_eq!(refused(newer.replacen("\"tags\"", "\"labels\"", 1)).as_str(), "wire.field.unknown");
}
