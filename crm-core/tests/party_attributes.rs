//! Attributes that the host defines: row A6 word by word, and that a value in use stays.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use std::collections::{BTreeMap, BTreeSet};

use crm_core::{
    calendar::Date,
    party::{
        AttributeBook, AttributeCode, AttributeCommand, AttributeEvent, ChangeEntry, PartyId, RecordEvent, RecordRef,
        StaffId, attribute,
    },
    refusal::Refusal,
    wire,
};
use proptest::prelude::*;

fn party(n: usize) -> PartyId {
    PartyId::new(&format!("C-{n}")).unwrap()
}

fn entry() -> ChangeEntry {
    ChangeEntry {
        on: Date::parse("2026-11-21").unwrap(),
        by: StaffId::new("op-17").unwrap(),
        reason: "客户来电".into(),
    }
}

fn decide(book: &AttributeBook, command: &AttributeCommand) -> Result<Vec<RecordEvent<AttributeEvent>>, Refusal> {
    attribute::decide(book, command, &entry())
}

fn found(refusal: &Refusal) -> Vec<String> {
    refusal.faults().iter().map(|fault| format!("{} {}", fault.code(), fault.path())).collect()
}

fn define(name: &str, values: &[&str]) -> AttributeCommand {
    AttributeCommand::Define { name: name.into(), values: values.iter().map(|value| (*value).to_owned()).collect() }
}

fn run(book: &mut AttributeBook, command: &AttributeCommand) -> Result<Vec<RecordEvent<AttributeEvent>>, Refusal> {
    let events = attribute::decide(book, command, &entry())?;
    events.iter().for_each(|event| attribute::apply(book, event).unwrap());
    Ok(events)
}

/// Row A6, word by word.
#[test]
fn attributes_are_closed_lists_with_generated_codes() {
    let a01 = AttributeCode::new("A01").unwrap();
    let value = |value: &str| value.to_owned();
    let mut book = AttributeBook::default();
    assert_eq!(book.limit, 20);
    for n in 1..=20 {
        run(&mut book, &define(&format!("属性{n}"), &["甲", "乙", "丙"])).unwrap();
    }
    assert_eq!(book.attributes[0].code, a01);
    assert_eq!(book.attributes[19].code.as_str(), "A20");
    let failing = |book: &AttributeBook, command: AttributeCommand| {
        found(&attribute::decide(book, &command, &entry()).unwrap_err())
    };
    assert_eq!(failing(&book, define("多余", &["甲"])), ["party.attribute.limit "]);
    assert_eq!(failing(&AttributeBook::new(0), define("多余", &["甲"])), ["party.attribute.limit "]);

    // Bulk set; once more is no event.
    let all: Vec<PartyId> = (0..100).map(party).collect();
    let assign = |parties: &[PartyId], to: Option<&str>| AttributeCommand::Assign {
        attribute: a01.clone(),
        parties: parties.to_vec(),
        value: to.map(value),
    };
    assert_eq!(run(&mut book, &assign(&all, Some("甲"))).unwrap().len(), 1);
    assert_eq!(run(&mut book, &assign(&all, Some("甲"))).unwrap(), []);
    assert_eq!(book.uses(&a01, "甲"), 100);
    assert_eq!(book.values_of(&party(7)), BTreeMap::from([(&a01, "甲")]));
    assert_eq!(failing(&book, assign(&all, Some("丁"))), ["party.attribute.value_unknown /assign/value"]);

    // A value in use can be neither changed nor removed, one that isn't can be both.
    let change = |from: &str, to: &str| AttributeCommand::ChangeValue {
        attribute: a01.clone(),
        value: value(from),
        to: value(to),
    };
    let remove = |from: &str| AttributeCommand::RemoveValue { attribute: a01.clone(), value: value(from) };
    assert_eq!(failing(&book, change("甲", "戊")), ["party.attribute.in_use /change_value/value"]);
    assert_eq!(failing(&book, remove("甲")), ["party.attribute.in_use /remove_value/value"]);
    assert_eq!(
        failing(&book, AttributeCommand::Remove { attribute: a01.clone() }),
        ["party.attribute.in_use /remove/attribute"]
    );
    assert_eq!(failing(&book, change("乙", "丙")), ["party.attribute.value_duplicate /change_value/to"]);
    assert_eq!(failing(&book, change("丁", "戊")), ["party.attribute.value_unknown /change_value/value"]);
    run(&mut book, &change("乙", "戊")).unwrap();
    run(&mut book, &remove("丙")).unwrap();
    assert_eq!(book.attributes[0].values, ["甲", "戊"]);
    run(&mut book, &AttributeCommand::AddValue { attribute: a01.clone(), value: " 己 ".into() }).unwrap();
    assert_eq!(book.attributes[0].values, ["甲", "戊", "己"]);

    run(&mut book, &assign(&all, None)).unwrap();
    assert_eq!((book.uses(&a01, "甲"), book.holders.len()), (0, 0));
    run(&mut book, &remove("甲")).unwrap();
    run(&mut book, &remove("戊")).unwrap();
    assert_eq!(failing(&book, remove("己")), ["party.attribute.values_empty /remove_value/value"]);

    // A removed code is never used again.
    run(&mut book, &AttributeCommand::Remove { attribute: a01.clone() }).unwrap();
    run(&mut book, &define("新的", &["甲"])).unwrap();
    assert_eq!(book.attributes[19].code.as_str(), "A21");
    let rename = |attribute: &str, name: &str| AttributeCommand::Rename {
        attribute: AttributeCode::new(attribute).unwrap(),
        name: name.into(),
    };
    assert_eq!(failing(&book, rename("A01", "旧的")), ["party.attribute.unknown /rename/attribute"]);
    assert_eq!(failing(&book, rename("A21", "属性2")), ["party.attribute.name_duplicate /rename/name"]);
    run(&mut book, &rename("A21", "新的")).unwrap();
    run(&mut book, &rename("A21", "更新的")).unwrap();
    assert_eq!((book.attributes[19].code.as_str(), book.attributes[19].name.as_str()), ("A21", "更新的"));
    let small = AttributeBook::new(3);
    assert_eq!(
        failing(&small, define("", &["甲", "甲 "])),
        ["party.text.empty /define/name", "party.attribute.value_duplicate /define/values/1"]
    );
    assert_eq!(failing(&small, define("空", &[])), ["party.attribute.values_empty /define/values"]);
    let many: Vec<String> = (0..1001).map(|n| n.to_string()).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    assert_eq!(failing(&small, define("多", &many)), ["party.list.length /define/values"]);
}

/// Row A11: each event tells what stood there before it.
fn old_is_what_stood_there(before: &AttributeBook, event: &AttributeEvent) -> bool {
    let known = |code: &AttributeCode| before.attribute(code);
    match event {
        AttributeEvent::Defined { attribute } => known(&attribute.code).is_none(),
        AttributeEvent::Renamed { attribute, old, .. } => *old == known(attribute).map(|known| known.name.clone()),
        AttributeEvent::ValuesChanged { attribute, old, .. } => {
            *old == known(attribute).map(|known| known.values.clone())
        }
        AttributeEvent::Removed { attribute, old } => *old == known(attribute).cloned(),
        AttributeEvent::Assigned { attribute, parties, old, .. } => {
            let nobody = BTreeMap::new();
            let holders = before.holders.get(attribute).unwrap_or(&nobody);
            let held = parties.iter().filter_map(|party| Some((party.clone(), holders.get(party)?.clone())));
            *old == Some(held.collect())
        }
    }
}

/// Every value that a customer has is one of its attribute's list, and codes are unique.
fn attribute_law(
    commands: &[AttributeCommand],
    decide: impl Fn(&AttributeBook, &AttributeCommand) -> Result<Vec<RecordEvent<AttributeEvent>>, Refusal>,
) -> bool {
    let mut book = AttributeBook::new(3);
    let mut codes = BTreeSet::new();
    commands.iter().all(|command| {
        for event in decide(&book, command).unwrap_or_default() {
            if let AttributeEvent::Defined { attribute } = &event.event
                && !codes.insert(attribute.code.clone())
            {
                return false;
            }
            let before = book.clone();
            attribute::apply(&mut book, &event).unwrap();
            let attributed = event.record == Some(RecordRef::Attributes {}) && event.entry == Some(entry());
            if !attributed || !old_is_what_stood_there(&before, &event.event) {
                return false;
            }
        }
        let held = book.holders.iter().all(|(code, holders)| {
            book.attribute(code).is_some_and(|attribute| holders.values().all(|value| attribute.values.contains(value)))
        });
        let again: AttributeBook = wire::from_json(wire::to_json(&book).unwrap().as_bytes()).unwrap();
        held && book.attributes.len() <= 3 && again == book
    })
}

fn any_attribute_command() -> impl Strategy<Value = AttributeCommand> {
    let code = (1..6).prop_map(|n| AttributeCode::new(&format!("A{n:02}")).unwrap());
    let value = prop::sample::select(vec!["a", "b", "c"]).prop_map(str::to_owned);
    (0..6, code, value.clone(), value, prop::option::of(0..3_usize)).prop_map(|(which, attribute, value, to, who)| {
        match which {
            0 => define(&format!("{to}{value}"), &["a", "b"]),
            1 => AttributeCommand::AddValue { attribute, value },
            2 => AttributeCommand::ChangeValue { attribute, value, to },
            3 => AttributeCommand::RemoveValue { attribute, value },
            4 => AttributeCommand::Remove { attribute },
            _ => AttributeCommand::Assign {
                attribute,
                parties: vec![party(who.unwrap_or(0))],
                value: who.map(|_| value),
            },
        }
    })
}

proptest! {
    #[test]
    fn values_in_use_stay(commands in prop::collection::vec(any_attribute_command(), 0..40)) {
        prop_assert!(attribute_law(&commands, decide));
    }
}

/// The mutants: a value in use that is removed, a code that is used again.
#[test]
fn the_law_catches_its_mutants() {
    let assign = AttributeCommand::Assign {
        attribute: AttributeCode::new("A01").unwrap(),
        parties: vec![party(1)],
        value: Some("a".into()),
    };
    let remove = AttributeCommand::RemoveValue { attribute: AttributeCode::new("A01").unwrap(), value: "a".into() };
    let commands = [define("x", &["a", "b"]), assign, remove];
    assert!(attribute_law(&commands, decide));
    let careless = |book: &AttributeBook, command: &AttributeCommand| match command {
        AttributeCommand::RemoveValue { attribute, .. } => {
            let (values, old) = (vec!["b".into()], Some(vec!["a".into(), "b".into()]));
            let event = AttributeEvent::ValuesChanged { attribute: attribute.clone(), values, old };
            Ok(vec![RecordEvent { record: Some(RecordRef::Attributes {}), entry: Some(entry()), event }])
        }
        command => decide(book, command),
    };
    assert!(!attribute_law(&commands, careless));
    let again = [
        define("x", &["a"]),
        AttributeCommand::Remove { attribute: AttributeCode::new("A01").unwrap() },
        define("y", &["a"]),
    ];
    let reusing = |book: &AttributeBook, command: &AttributeCommand| {
        decide(&AttributeBook { generated: 0, ..book.clone() }, command)
    };
    assert!(attribute_law(&again, decide) && !attribute_law(&again, reusing));
    // And an event that keeps no old value, or one without its author, is none of the law's.
    let forgetful = |book: &AttributeBook, command: &AttributeCommand| {
        let mut events = decide(book, command)?;
        for event in &mut events {
            if let AttributeEvent::Assigned { old, .. } = &mut event.event {
                *old = Some(BTreeMap::new());
            }
        }
        Ok(events)
    };
    let twice = |value: &str| AttributeCommand::Assign {
        attribute: AttributeCode::new("A01").unwrap(),
        parties: vec![party(1)],
        value: Some(value.into()),
    };
    let moved = [define("x", &["a", "b"]), twice("a"), twice("b")];
    assert!(attribute_law(&moved, decide) && !attribute_law(&moved, forgetful));
    let anonymous = |book: &AttributeBook, command: &AttributeCommand| {
        let events = decide(book, command)?;
        Ok(events.into_iter().map(|event| RecordEvent { entry: None, ..event }).collect())
    };
    assert!(!attribute_law(&moved, anonymous));
}

/// Row A11: a change says why.
#[test]
fn a_change_without_a_reason_is_refused() {
    let silent = ChangeEntry { reason: " ".into(), ..entry() };
    let refusal = attribute::decide(&AttributeBook::default(), &define("x", &["a"]), &silent).unwrap_err();
    assert_eq!(found(&refusal), ["party.text.empty /entry/reason"]);
    let assigned = decide(&AttributeBook::default(), &define("x", &["a"])).unwrap();
    assert!(!assigned[0].event.concerns(&party(1)));
}

/// An attribute that has the name already is not renamed (law 6).
#[test]
fn the_same_name_is_no_event() {
    let mut book = AttributeBook::new(3);
    run(&mut book, &define("会员等级", &["金卡"])).unwrap();
    let rename =
        |name: &str| AttributeCommand::Rename { attribute: AttributeCode::new("A01").unwrap(), name: name.into() };
    assert_eq!(decide(&book, &rename("会员等级")).unwrap().len(), 0);
    assert_eq!(decide(&book, &rename("等级")).unwrap().len(), 1);
}

/// Events go to the book that they name; what release 0.1.0 stored names none.
#[test]
fn an_event_of_another_record_is_refused() {
    let mut book = AttributeBook::new(3);
    let mut event = decide(&book, &define("会员等级", &["金卡"])).unwrap().remove(0);
    event.record = Some(RecordRef::Relations {});
    let refusal = attribute::apply(&mut book, &event).unwrap_err();
    assert_eq!((refusal.code().as_str(), refusal.path().as_str()), ("party.change.record", "/record"));
    assert!(book.attributes.is_empty());
    event.record = None;
    attribute::apply(&mut book, &event).unwrap();
    assert_eq!(book.attributes.len(), 1);
}
