//! Law 14, yesterday still loads: customers, their history, objects, attributes and relations as releases stored them.

use std::{collections::BTreeMap, fs, path::PathBuf};

use crm_core::{
    party::{
        AttributeBook, AttributeCode, AttributeCommand, AttributeEvent, CaptureOptions, ChangeEntry, CustomerRecord,
        FieldChange, HouseholdId, InsuredObject, ObjectCommand, ObjectDescription, ObjectEvent, ObjectId, OwnerKind,
        PartyId, ProductFactors, ProductFactorsSpec, RecordEvent, RecordRef, Relation, RelationBook, RelationCommand,
        RelationEvent, RelationKind, StaffId, VehicleUser, apply_changes, attribute, changes_between, object, relation,
    },
    rulebook::Scalar,
    wire::{Stored, from_stored, to_stored},
};

use super::sample::{day, text, today, whole};

fn bytes(release: &str, name: &str) -> Vec<u8> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../tests/stored").join(release);
    fs::read(folder.join(name)).unwrap().trim_ascii_end().to_vec()
}

/// What a release stored, as it is now.
fn old<T: Stored>(release: &str, name: &str) -> T {
    from_stored(&bytes(release, name)).unwrap()
}

/// Reads a sample of the newest release; what is written now is what was written then, to the byte.
fn newest<T: Stored>(release: &str, name: &str) -> T {
    let value: T = old(release, name);
    assert_eq!(to_stored(&value).unwrap().as_bytes(), bytes(release, name), "{name}");
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
    object_event: RecordEvent<ObjectEvent>,
    attributes: AttributeBook,
    attribute_event: RecordEvent<AttributeEvent>,
    relations: RelationBook,
    relation_event: RecordEvent<RelationEvent>,
}

fn made() -> Made {
    let mut record = whole(false);
    record.through = Some(party("B-77"));
    record.vehicles[0].object = Some(ObjectId::new("O-1").unwrap());
    let mut renamed = record.clone();
    renamed.source_channel = None;
    let entry = ChangeEntry { on: today(), by: StaffId::new("op-17").unwrap(), reason: text("客户来电") };
    let of = RecordRef::Customer { customer: record.id.clone() };
    let change = changes_between(&of, &record, &renamed, &entry).unwrap().remove(0);

    let register = ObjectCommand::Register {
        id: ObjectId::new("O-1").unwrap(),
        description: Box::new(ObjectDescription::Vehicle { details: record.vehicles[0].clone() }),
        owner: party("C-1"),
        owner_kind: OwnerKind::Person,
        from: day("2015-06-01"),
    };
    let options = CaptureOptions::default();
    let object = object::decide(None, &register, &entry, &options)
        .unwrap()
        .iter()
        .try_fold(None, object::apply)
        .unwrap()
        .unwrap();
    let sold = ObjectCommand::ChangeHands {
        to: party("C-2"),
        owner_kind: OwnerKind::Organisation,
        user: Some(VehicleUser::Person { name: text("孙大七"), phone: None, document: None }),
        on: day("2020-01-01"),
    };
    let object_event = object::decide(Some(&object), &sold, &entry, &options).unwrap().remove(1);

    let mut attributes = AttributeBook::default();
    let define =
        AttributeCommand::Define { name: "会员等级".into(), values: vec!["金卡".into(), "银卡".into()] };
    let assign = |value: &str| AttributeCommand::Assign {
        attribute: AttributeCode::new("A01").unwrap(),
        parties: vec![party("C-1")],
        value: Some(value.into()),
    };
    let mut attribute_event = attribute::decide(&attributes, &define, &entry).unwrap().remove(0);
    attribute::apply(&mut attributes, &attribute_event).unwrap();
    attribute_event = attribute::decide(&attributes, &assign("金卡"), &entry).unwrap().remove(0);
    attribute::apply(&mut attributes, &attribute_event).unwrap();
    attribute_event = attribute::decide(&attributes, &assign("银卡"), &entry).unwrap().remove(0);

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
        relation::decide(&relations, &RelationCommand::Relate { relation: spouse }, &entry).unwrap().remove(0);
    relation::apply(&mut relations, &relation_event).unwrap();
    relation_event = relation::decide(&relations, &join, &entry).unwrap().remove(0);
    Made { record, change, object, object_event, attributes, attribute_event, relations, relation_event }
}

/// An event whose author and record nobody stored.
fn unsaid<E>(event: E) -> RecordEvent<E> {
    RecordEvent { record: None, entry: None, event }
}

/// Release 0.1.0 stored events alone, and no record, link or kind of owner: what it did not say is not known, and
/// everything that it said leads to the same state.
#[test]
fn law_14_records_of_yesterday_still_load() {
    const RELEASE: &str = "0.1.0";
    let record: CustomerRecord = old(RELEASE, "customer_record.json");
    assert!(record == whole(false));
    let change: FieldChange = old(RELEASE, "field_change.json");
    assert_eq!(change.record, None);
    let of = RecordRef::Customer { customer: record.id.clone() };
    let changed = apply_changes(&of, &record, &[change]).unwrap();
    assert!(changed.source_channel.is_none() && record.source_channel.is_some());
    let object: InsuredObject = old(RELEASE, "insured_object.json");
    let Made { object: now, .. } = made();
    assert!(object.ownerships[0].owner_kind.is_none() && object.description == now.description);
    object.check(today(), &CaptureOptions::default()).unwrap();
    let ended = ObjectEvent::OwnershipEnded { owner: None, on: day("2020-01-01") };
    let ended = object::apply(Some(object), &unsaid(ended)).unwrap();
    let began: RecordEvent<ObjectEvent> = old(RELEASE, "object_event.json");
    assert!((&began.record, &began.entry) == (&None, &None));
    let sold = object::apply(ended, &began).unwrap().unwrap();
    let owner = |on| sold.owner_on(day(on)).unwrap().as_str();
    assert_eq!((owner("2019-12-31"), owner("2020-01-01")), ("C-1", "C-2"));
    let mut attributes: AttributeBook = newest(RELEASE, "attribute_book.json");
    assert_eq!(attributes, made().attributes);
    let assigned: RecordEvent<AttributeEvent> = old(RELEASE, "attribute_event.json");
    assert!(matches!(&assigned.event, AttributeEvent::Assigned { old: None, .. }) && assigned.entry.is_none());
    attribute::apply(&mut attributes, &assigned).unwrap();
    assert_eq!(attributes.values_of(&party("C-1")), BTreeMap::from([(&AttributeCode::new("A01").unwrap(), "金卡")]));
    let mut relations: RelationBook = newest(RELEASE, "relation_book.json");
    relation::apply(&mut relations, &old::<RecordEvent<RelationEvent>>(RELEASE, "relation_event.json")).unwrap();
    assert!(relations.household(&HouseholdId::new("H-1").unwrap(), day("2011-01-01")).contains(&party("C-1")));
    // What it says now is stored in the newest version, and read again.
    let again: RecordEvent<AttributeEvent> = from_stored(to_stored(&assigned).unwrap().as_bytes()).unwrap();
    assert_eq!(again, assigned);
}

/// The newest formats, with the table of product factors.
#[test]
fn law_14_records_of_today_still_load() {
    const RELEASE: &str = "0.2.0";
    let made = made();
    assert!(newest::<CustomerRecord>(RELEASE, "customer_record.json") == made.record);
    assert!(newest::<FieldChange>(RELEASE, "field_change.json") == made.change);
    assert!(newest::<InsuredObject>(RELEASE, "insured_object.json") == made.object);
    assert_eq!(newest::<RecordEvent<ObjectEvent>>(RELEASE, "object_event.json"), made.object_event);
    assert_eq!(newest::<RecordEvent<AttributeEvent>>(RELEASE, "attribute_event.json"), made.attribute_event);
    assert_eq!(newest::<RecordEvent<RelationEvent>>(RELEASE, "relation_event.json"), made.relation_event);
    assert_eq!(newest::<AttributeBook>(RELEASE, "attribute_book.json"), made.attributes);
    assert_eq!(newest::<RelationBook>(RELEASE, "relation_book.json"), made.relations);
    let factors = ProductFactors::load(&newest::<ProductFactorsSpec>(RELEASE, "product_factors.json")).unwrap();
    let facts = BTreeMap::from([("children".to_owned(), Scalar::Integer(1))]);
    let ranking = factors.rank_facts(&facts, day("2026-03-01")).unwrap();
    assert_eq!((ranking.products[0].product.as_str(), ranking.products[0].weight), ("TERM-LIFE", 30));
}

/// The mutant: a sample of a version that no release has written, and one of a renamed field.
#[test]
fn law_14_catches_a_changed_format() {
    let newer = String::from_utf8(bytes("0.2.0", "customer_record.json")).unwrap();
    let refused = |text: String| from_stored::<CustomerRecord>(text.as_bytes()).map(|_| ()).unwrap_err().code();
    assert_eq!(refused(newer.replacen("\"version\":2", "\"version\":3", 1)).as_str(), "wire.stored.version");
    assert_eq!(refused(newer.replacen("\"tags\"", "\"labels\"", 1)).as_str(), "wire.field.unknown");
    // A version that is read as if it were the newest.
    let event = String::from_utf8(bytes("0.1.0", "object_event.json")).unwrap();
    assert!(from_stored::<RecordEvent<ObjectEvent>>(event.as_bytes()).is_ok());
    let forgetful = event.replacen("\"version\":1", "\"version\":2", 1);
    assert!(from_stored::<RecordEvent<ObjectEvent>>(forgetful.as_bytes()).is_err());
}
