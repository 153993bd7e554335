//! Law 10 for customers: nothing leaks.

use crm_core::{
    calendar::Date,
    party::{
        self, AttributeBook, AttributeCode, AttributeCommand, CaptureOptions, ChangeEntry, Customer, CustomerRecord,
        DocumentKind, HouseholdId, InsuredObject, ObjectCommand, ObjectDescription, ObjectId, PartyId, Profile,
        RecordRef, Relation, RelationBook, RelationCommand, RelationKind, StaffId, VinCheck, attribute,
        changes_between, object, relation,
    },
    refusal::{Lang, Refusal},
    wire,
};
use serde_json::Value;

use super::sample::{day, text, today, whole};

/// Every text, number and date in a record, with the pointer to it.
fn leaves(value: &Value, path: String, out: &mut Vec<(String, String)>) {
    match value {
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(at, item)| leaves(item, format!("{path}/{at}"), out))
        }
        Value::Object(fields) => fields.iter().for_each(|(name, item)| leaves(item, format!("{path}/{name}"), out)),
        Value::String(text) => out.push((path, text.clone())),
        Value::Number(number) => out.push((path, number.to_string())),
        Value::Bool(_) | Value::Null => {}
    }
}

fn json<T: serde::Serialize>(value: &T) -> Value {
    serde_json::from_str(&wire::to_json(value).unwrap()).unwrap()
}

/// Everything that a refusal shows.
fn shown(refusal: &Refusal) -> String {
    let texts: Vec<String> = refusal.faults().iter().map(|fault| fault.text(Lang::Zh)).collect();
    format!("{refusal} {refusal:?} {texts:?} {:?}", wire::Error::from(refusal.clone()))
}

/// The secrets that stand in what is shown.
fn leaked<'a>(secrets: &'a [(String, String)], shown: &str) -> Vec<&'a String> {
    secrets.iter().map(|(_, secret)| secret).filter(|secret| shown.contains(secret.as_str())).collect()
}

/// Law 10: no Debug text of anything that holds a customer shows any of its values.
#[test]
fn law_10_debug_shows_nothing() {
    for organisation in [false, true] {
        let record = whole(organisation);
        let customer = Customer::check(&record, today(), &CaptureOptions::default()).unwrap();
        let mut secrets = Vec::new();
        leaves(&json(&record), String::new(), &mut secrets);
        assert!(secrets.len() > 40);
        let description = ObjectDescription::Vehicle { details: record.vehicles[0].clone() };
        let command = ObjectCommand::Register {
            id: ObjectId::new("O-44556").unwrap(),
            description: Box::new(description),
            owner: record.id.clone(),
            owner_kind: record.profile.owner_kind(),
            from: day("2015-06-01"),
        };
        let entry = ChangeEntry { on: today(), by: StaffId::new("op-17").unwrap(), reason: text("谈到续保事宜") };
        let events = object::decide(None, &command, &entry, &CaptureOptions::default()).unwrap();
        let owned: Option<InsuredObject> = events.iter().try_fold(None, object::apply).unwrap();
        let mut other = record.clone();
        other.profile = whole(!organisation).profile;
        let changes =
            changes_between(&RecordRef::Customer { customer: record.id.clone() }, &record, &other, &entry).unwrap();
        assert!(!changes.is_empty());
        let mut debug =
            format!("{record:?} {customer:?} {command:?} {events:?} {owned:?} {changes:?} {:?}", record.profile);
        let parts = (
            &record.contacts,
            &record.documents,
            &record.accounts,
            &record.vehicles,
            &record.needs,
            &record.interactions,
        );
        debug += &format!("{parts:?} {:?} {:?}", customer.search_keys(), entry.reason);
        if let Profile::Person { details } = &record.profile {
            debug += &format!("{details:?} {:?} {:?}", details.family, details.health);
        }
        assert_eq!(leaked(&secrets, &debug), Vec::<&String>::new(), "{debug}");
        for number in ["13800138000", "11010519491231002X", "LSVAA49J132047371", "京A12345", "91110000600037341L"] {
            let checked = format!(
                "{:?} {:?} {:?} {:?} {:?}",
                party::check_mobile(number),
                party::check_document(DocumentKind::ResidentId, number, today()),
                party::check_vin(number, VinCheck::ByOrigin),
                party::check_plate(number),
                party::check_social_credit_code(number),
            );
            assert!(!checked.contains(number), "{checked}");
        }
    }
    attributes_and_relations_show_nothing();
    // The mutant: a record whose Debug is derived is seen by this test.
    #[derive(Debug)]
    struct Mutant(#[allow(dead_code)] Option<Date>);
    let secrets = [(String::new(), "1949-12-31".to_owned())];
    assert_eq!(leaked(&secrets, &format!("{:?}", Mutant(Some(day("1949-12-31"))))).len(), 1);
}

fn attributes_and_relations_show_nothing() {
    let code = |text: &str| PartyId::new(text).unwrap();
    let entry = ChangeEntry { on: today(), by: StaffId::new("op-99117").unwrap(), reason: text("谈到续保事宜") };
    let assign = AttributeCommand::Assign {
        attribute: AttributeCode::new("A01").unwrap(),
        parties: vec![code("C-55667")],
        value: Some("高净值客户".into()),
    };
    let define = AttributeCommand::Define { name: "层级".into(), values: vec!["高净值客户".into()] };
    let mut book = AttributeBook::default();
    let mut debug = format!("{define:?} {assign:?}");
    for command in [define, assign] {
        for event in attribute::decide(&book, &command, &entry).unwrap() {
            attribute::apply(&mut book, &event).unwrap();
            debug += &format!("{event:?} {:?}", event.event);
        }
    }
    debug += &format!("{book:?}");
    let joint = Relation {
        relation: RelationKind::Guardian,
        from: code("C-55667"),
        to: code("C-55668"),
        since: Some(day("2011-04-05")),
        until: None,
    };
    let home = HouseholdId::new("H-44332").unwrap();
    let join = RelationCommand::Join { household: home, party: code("C-55667"), on: day("2011-04-05") };
    let relate = RelationCommand::Relate { relation: joint.clone() };
    let mut relations = RelationBook::default();
    debug += &format!("{joint:?} {join:?} {relate:?}");
    for command in [join, relate] {
        for event in relation::decide(&relations, &command, &entry).unwrap() {
            relation::apply(&mut relations, &event).unwrap();
            debug += &format!("{event:?} {:?}", event.event);
        }
    }
    debug += &format!("{relations:?} {:?}", relations.households);
    for secret in ["高净值客户", "55667", "55668", "44332", "2011-04-05", "Guardian", "谈到续保", "99117"] {
        assert!(!debug.contains(secret), "{secret}: {debug}");
    }
}

/// Law 10: whatever is planted in whichever field, no refusal and no notice repeats it.
#[test]
fn law_10_no_refusal_repeats_what_was_planted() {
    let plants = ["Zq-secret-93417", "93417934179341793", "秘密九三四一七", "93417@@秘密", "\u{1}Zq-secret", ""];
    let told = ["93417", "secret", "秘密"];
    let mut refused = 0;
    for organisation in [false, true] {
        let record = json(&whole(organisation));
        let mut fields = Vec::new();
        leaves(&record, String::new(), &mut fields);
        // Names of choices stand in sentences; short codes and numbers do by chance.
        let choice =
            |path: &str| ["/document", "/kind", "/sex", "/marital_status"].iter().any(|end| path.ends_with(end));
        let secrets: Vec<(String, String)> =
            fields.iter().filter(|(path, was)| !choice(path) && was.chars().count() > 5).cloned().collect();
        for (path, _) in &fields {
            for plant in plants {
                let mut planted = record.clone();
                *planted.pointer_mut(path).unwrap() = Value::String(plant.into());
                let checked = wire::from_json::<CustomerRecord>(planted.to_string().as_bytes())
                    .and_then(|record| Customer::check(&record, today(), &CaptureOptions::default()));
                let shown = match checked {
                    Ok(customer) => format!("{:?} {customer:?}", customer.notices()),
                    Err(refusal) => {
                        refused += 1;
                        shown(&refusal)
                    }
                };
                assert!(!told.iter().any(|secret| shown.contains(secret)), "{path}: {shown}");
                assert_eq!(leaked(&secrets, &shown), Vec::<&String>::new(), "{path}");
            }
        }
    }
    assert!(refused > 200, "{refused}");
    // The mutant: a refusal that repeats a value is seen.
    let repeating = Refusal::from(crm_core::refusal::Fault::new(crm_core::refusal::Code::PartyIdInvalid).at("secret"));
    assert!(told.iter().any(|secret| shown(&repeating).contains(secret)));
}
