//! Objects, attributes and relations: what is decided, what is refused, and models beside them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use std::collections::{BTreeMap, BTreeSet};

use crm_core::{
    calendar::{Date, Period},
    money::{Currency, Money},
    party::{
        AttributeBook, AttributeCode, AttributeCommand, AttributeEvent, CaptureOptions, CoverRecord, CustomerVehicle,
        HouseholdId, InsuredObject, ObjectCommand, ObjectDescription, ObjectEntryId, ObjectEvent, ObjectId, Ownership,
        PartyId, Relation, RelationBook, RelationCommand, RelationKind, RepairRecord, attribute, object, objects_of,
        relation, total_of,
    },
    refusal::Refusal,
    wire,
};
use proptest::prelude::*;

fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

fn nth(n: i64) -> Date {
    day("2020-01-01").plus_days(n).unwrap()
}

fn today() -> Date {
    day("2026-11-21")
}

fn party(n: usize) -> PartyId {
    PartyId::new(&format!("C-{n}")).unwrap()
}

fn found(refusal: &Refusal) -> Vec<String> {
    refusal.faults().iter().map(|fault| format!("{} {}", fault.code(), fault.path())).collect()
}

// ---- objects

fn car(vin: &str) -> Box<ObjectDescription> {
    Box::new(ObjectDescription::Vehicle {
        details: CustomerVehicle {
            plate: None,
            vin: Some(vin.into()),
            engine_number: None,
            make_and_model: None,
            first_registered: None,
            user: None,
        },
    })
}

fn register(owner: usize, from: Date) -> ObjectCommand {
    ObjectCommand::Register {
        id: ObjectId::new("O-1").unwrap(),
        description: car("lsvaa49j132047371"),
        owner: party(owner),
        from,
    }
}

fn step(object: Option<InsuredObject>, command: &ObjectCommand) -> Result<Option<InsuredObject>, Refusal> {
    let events = object::decide(object.as_ref(), command, today(), &CaptureOptions::default())?;
    Ok(events.iter().fold(object, object::apply))
}

fn refused(object: &InsuredObject, command: ObjectCommand) -> Vec<String> {
    found(&step(Some(object.clone()), &command).map(|_| ()).unwrap_err())
}

fn repair(id: &str) -> RepairRecord {
    RepairRecord {
        id: ObjectEntryId::new(id).unwrap(),
        on: day("2025-01-01"),
        workshop: "某某修理厂".into(),
        work: "更换保险杠".into(),
        cost: Some(Money::from_minor(1200_00, Currency::CNY)),
    }
}

fn cover(id: &str) -> CoverRecord {
    CoverRecord {
        id: ObjectEntryId::new(id).unwrap(),
        insurer: "某某财险".into(),
        policy_number: "PDAA2025".into(),
        cover: "compulsory".into(),
        period: Period::new(day("2025-01-01"), day("2026-01-01")).unwrap(),
    }
}

/// Row A5: ownership changes hands, the history stays, with repairs and covers.
#[test]
fn an_object_changes_hands_and_keeps_its_history() {
    let mut car = step(None, &register(1, day("2020-01-01"))).unwrap();
    for command in [
        ObjectCommand::AddRepair { repair: repair("R-1") },
        ObjectCommand::AddCover { cover: cover("K-1") },
        ObjectCommand::ChangeHands { to: party(2), on: day("2022-01-01") },
        ObjectCommand::Release { on: day("2023-01-01") },
        ObjectCommand::ChangeHands { to: party(1), on: day("2024-01-01") },
    ] {
        car = step(car, &command).unwrap();
    }
    let car = car.unwrap();
    car.check(today(), &CaptureOptions::default()).unwrap();
    for (on, owner) in [
        ("2019-12-31", None),
        ("2020-01-01", Some(1)),
        ("2021-12-31", Some(1)),
        ("2022-01-01", Some(2)),
        ("2022-12-31", Some(2)),
        ("2023-01-01", None),
        ("2024-01-01", Some(1)),
        ("2030-01-01", Some(1)),
    ] {
        assert_eq!(car.owner_on(day(on)), owner.map(party).as_ref(), "{on}");
    }
    assert_eq!(
        (car.repairs.len(), car.covers_on(day("2025-12-31")).len(), car.covers_on(day("2026-01-01")).len()),
        (1, 1, 0)
    );
    let ObjectDescription::Vehicle { details } = &car.description else { panic!() };
    assert_eq!(details.vin.as_ref().unwrap().reveal(), "LSVAA49J132047371");
    let objects = [car];
    assert_eq!(objects_of(&party(2), day("2022-06-01"), &objects).len(), 1);
    assert!(objects_of(&party(2), day("2024-06-01"), &objects).is_empty());
}

#[test]
fn what_no_object_can_do() {
    let fresh = step(None, &register(1, day("2020-01-01"))).unwrap().unwrap();
    let hands = |to, on: &str| ObjectCommand::ChangeHands { to: party(to), on: day(on) };
    let unregistered = step(None, &hands(2, "2022-01-01")).map(|_| ()).unwrap_err();
    assert_eq!(found(&unregistered), ["party.object.unregistered "]);
    assert_eq!(
        refused(&fresh, register(2, day("2027-01-01"))),
        ["party.object.registered /register/id", "party.date.later /register/from"]
    );
    assert_eq!(refused(&fresh, hands(2, "2020-01-01")), ["party.ownership.overlap /change_hands/on"]);
    assert_eq!(refused(&fresh, hands(1, "2022-01-01")), ["party.ownership.same_owner /change_hands/to"]);
    assert_eq!(refused(&fresh, hands(2, "2026-11-22")), ["party.date.later /change_hands/on"]);
    let release = |on: &str| ObjectCommand::Release { on: day(on) };
    assert_eq!(refused(&fresh, release("2020-01-01")), ["party.ownership.overlap /release/on"]);
    let gone = step(Some(fresh.clone()), &release("2022-01-01")).unwrap().unwrap();
    assert_eq!(refused(&gone, release("2023-01-01")), ["party.ownership.none /release/on"]);
    assert_eq!(refused(&gone, hands(2, "2021-12-31")), ["party.ownership.overlap /change_hands/on"]);
    let twice = step(Some(fresh.clone()), &ObjectCommand::AddRepair { repair: repair("R-1") }).unwrap().unwrap();
    let bad = RepairRecord {
        on: day("2027-01-01"),
        workshop: String::new(),
        cost: Some(Money::from_minor(-1, Currency::CNY)),
        ..repair("R-1")
    };
    assert_eq!(
        refused(&twice, ObjectCommand::AddRepair { repair: bad }),
        [
            "party.object.entry_duplicate /add_repair/repair/id",
            "party.date.later /add_repair/repair/on",
            "party.text.empty /add_repair/repair/workshop",
            "party.amount.negative /add_repair/repair/cost/amount",
        ]
    );
    let twice = step(Some(fresh.clone()), &ObjectCommand::AddCover { cover: cover("K-1") }).unwrap().unwrap();
    assert_eq!(
        refused(&twice, ObjectCommand::AddCover { cover: CoverRecord { policy_number: "".into(), ..cover("K-1") } }),
        ["party.object.entry_duplicate /add_cover/cover/id", "party.text.empty /add_cover/cover/policy_number"]
    );
    assert_eq!(
        refused(&fresh, ObjectCommand::Describe { description: car("I") }),
        ["party.vin.length /describe/description/vehicle/details/vin"]
    );
    let mut full = fresh;
    full.repairs = (0..1000).map(|n| repair(&n.to_string())).collect();
    assert_eq!(
        refused(&full, ObjectCommand::AddRepair { repair: repair("x") }),
        ["party.list.length /add_repair/repair"]
    );
}

#[test]
fn overlapping_ownership_in_a_kept_history_is_refused() {
    let owned = |from: &str, until: Option<&str>| Ownership { owner: party(1), from: day(from), until: until.map(day) };
    let mut car = step(None, &register(1, day("2020-01-01"))).unwrap().unwrap();
    for (ownerships, expected) in [
        (vec![owned("2020-01-01", Some("2021-01-01")), owned("2021-01-01", None)], vec![]),
        (
            vec![owned("2020-01-01", Some("2021-01-02")), owned("2021-01-01", None)],
            vec!["party.ownership.overlap /ownerships/1/from"],
        ),
        (
            vec![owned("2020-01-01", None), owned("2021-01-01", None)],
            vec!["party.ownership.overlap /ownerships/1/from"],
        ),
        (vec![owned("2020-01-01", Some("2020-01-01"))], vec!["calendar.period.empty /ownerships/0/until"]),
    ] {
        car.ownerships = ownerships;
        let outcome = car.check(today(), &CaptureOptions::default());
        assert_eq!(outcome.map_or_else(|refusal| found(&refusal), |()| vec![]), expected);
    }
    car.ownerships.clear();
    car.repairs = vec![repair("R-1"), repair("R-1")];
    car.covers = vec![cover("K-1"), cover("K-1")];
    let refusal = car.check(today(), &CaptureOptions::default()).unwrap_err();
    assert_eq!(
        found(&refusal),
        ["party.object.entry_duplicate /repairs/1/id", "party.object.entry_duplicate /covers/1/id"]
    );
}

/// The naive model: the owner of each of sixty days.
fn by_day(events: &[(i64, Option<usize>)]) -> Vec<Option<usize>> {
    (0..60).map(|at| events.iter().rev().find(|(from, _)| *from <= at).and_then(|(_, owner)| *owner)).collect()
}

/// Runs commands (day, new owner or none) and compares with the model; `apply` is what is tried.
fn ownership_law(
    commands: &[(i64, Option<usize>)],
    apply: impl Fn(Option<InsuredObject>, &ObjectEvent) -> Option<InsuredObject>,
) -> Result<(), String> {
    let options = CaptureOptions::default();
    let events = object::decide(None, &register(9, nth(0)), today(), &options).unwrap();
    let mut state = events.iter().fold(None, &apply);
    let mut model = vec![(0, Some(9))];
    for (at, owner) in commands {
        let command = match owner {
            Some(to) => ObjectCommand::ChangeHands { to: party(*to), on: nth(*at) },
            None => ObjectCommand::Release { on: nth(*at) },
        };
        let (last, held) = *model.last().unwrap();
        let fits = (*at > last || *at == last && held.is_none()) && held != *owner;
        match object::decide(state.as_ref(), &command, today(), &options) {
            Ok(events) => {
                if !fits {
                    return Err(format!("{at} {owner:?} was accepted"));
                }
                state = events.iter().fold(state, &apply);
                model.push((*at, *owner));
            }
            Err(refusal) if fits => return Err(refusal.to_string()),
            Err(_) => {}
        }
    }
    let object = state.unwrap();
    object.check(today(), &options).map_err(|refusal| refusal.to_string())?;
    let told: Vec<Option<PartyId>> = (0..60).map(|at| object.owner_on(nth(at)).cloned()).collect();
    let expected: Vec<Option<PartyId>> = by_day(&model).into_iter().map(|owner| owner.map(party)).collect();
    if told == expected { Ok(()) } else { Err("another owner".into()) }
}

// ---- attributes

fn define(name: &str, values: &[&str]) -> AttributeCommand {
    AttributeCommand::Define { name: name.into(), values: values.iter().map(|value| (*value).to_owned()).collect() }
}

fn run(book: &mut AttributeBook, command: &AttributeCommand) -> Result<Vec<AttributeEvent>, Refusal> {
    let events = attribute::decide(book, command)?;
    events.iter().for_each(|event| attribute::apply(book, event));
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
    let failing =
        |book: &AttributeBook, command: AttributeCommand| found(&attribute::decide(book, &command).unwrap_err());
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

/// Every value that a customer has is one of its attribute's list, and codes are unique.
fn attribute_law(
    commands: &[AttributeCommand],
    decide: impl Fn(&AttributeBook, &AttributeCommand) -> Result<Vec<AttributeEvent>, Refusal>,
) -> bool {
    let mut book = AttributeBook::new(3);
    let mut codes = BTreeSet::new();
    commands.iter().all(|command| {
        for event in decide(&book, command).unwrap_or_default() {
            if let AttributeEvent::Defined { attribute } = &event
                && !codes.insert(attribute.code.clone())
            {
                return false;
            }
            attribute::apply(&mut book, &event);
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

// ---- relations

fn relate(relation: RelationKind, from: usize, to: usize, since: Option<i64>, until: Option<i64>) -> Relation {
    Relation { relation, from: party(from), to: party(to), since: since.map(nth), until: until.map(nth) }
}

fn tell(book: &mut RelationBook, command: &RelationCommand) -> Result<(), Refusal> {
    for event in relation::decide(book, command)? {
        relation::apply(book, &event);
    }
    Ok(())
}

fn know(book: &mut RelationBook, relation: Relation) -> Result<(), Refusal> {
    tell(book, &RelationCommand::Relate { relation })
}

/// Row A10: value adds up over a group, each member once.
#[test]
fn groups_count_each_member_once() {
    let company = RelationKind::ParentCompany;
    let mut book = RelationBook::default();
    // 1 owns 2 and 3, both own 4 (a joint venture), 4 owned 5 until day 100.
    for (from, to, until) in [(1, 2, None), (1, 3, None), (2, 4, None), (3, 4, None), (4, 5, Some(100))] {
        know(&mut book, relate(company, from, to, None, until)).unwrap();
    }
    let group = book.corporate_group(&party(1), nth(99));
    assert_eq!(group, [1, 2, 3, 4, 5].map(party));
    assert_eq!(book.corporate_group(&party(1), nth(100)), [1, 2, 3, 4].map(party));
    assert_eq!(book.group_heads(&party(5), nth(99)), [party(1)]);
    assert_eq!(book.group_heads(&party(5), nth(100)), [party(5)]);
    let premiums: BTreeMap<PartyId, Money> =
        (1..=4).map(|n| (party(n), Money::from_minor(100_00, Currency::CNY))).collect();
    assert_eq!(total_of(&group, &premiums, Currency::CNY).unwrap(), Money::from_minor(400_00, Currency::CNY));
    let twice = [group.clone(), group].concat();
    assert_eq!(total_of(&twice, &premiums, Currency::CNY).unwrap(), Money::from_minor(400_00, Currency::CNY));
    assert_eq!(total_of(&twice, &premiums, Currency::USD).unwrap_err().code().as_str(), "money.currency.mixed");
}

#[test]
fn what_no_relation_can_be() {
    let (parent, spouse, company) = (RelationKind::Parent, RelationKind::Spouse, RelationKind::ParentCompany);
    let mut book = RelationBook::default();
    know(&mut book, relate(parent, 1, 2, None, None)).unwrap();
    know(&mut book, relate(parent, 2, 3, None, None)).unwrap();
    know(&mut book, relate(spouse, 1, 4, Some(0), None)).unwrap();
    know(&mut book, relate(company, 10, 11, Some(0), Some(10))).unwrap();
    let failing = |command: RelationCommand| found(&relation::decide(&book, &command).unwrap_err());
    let relating = |relation| failing(RelationCommand::Relate { relation });
    assert_eq!(relating(relate(parent, 1, 1, None, None)), ["party.relation.self /relate/relation"]);
    assert_eq!(relating(relate(parent, 3, 1, None, None)), ["party.relation.cycle /relate/relation"]);
    assert_eq!(relating(relate(parent, 1, 2, None, None)), ["party.relation.duplicate /relate/relation"]);
    assert_eq!(relating(relate(parent, 1, 3, Some(1), None)), ["party.relation.parent_time /relate/relation/since"]);
    assert_eq!(relating(relate(spouse, 4, 1, Some(5), None)), ["party.relation.duplicate /relate/relation"]);
    assert_eq!(relating(relate(company, 11, 10, Some(9), None)), ["party.relation.cycle /relate/relation"]);
    assert_eq!(relating(relate(company, 11, 12, Some(9), Some(9))), ["calendar.period.empty /relate/relation/until"]);
    // The other way round when the first has ended is no cycle on any day.
    assert!(
        relation::decide(&book, &RelationCommand::Relate { relation: relate(company, 11, 10, Some(10), None) }).is_ok()
    );

    let part =
        |relation, from, to, on| RelationCommand::Part { relation, from: party(from), to: party(to), on: nth(on) };
    assert_eq!(failing(part(parent, 1, 2, 5)), ["party.relation.unknown /part"]);
    assert_eq!(failing(part(spouse, 1, 9, 5)), ["party.relation.unknown /part"]);
    assert_eq!(failing(part(spouse, 4, 1, 0)), ["calendar.period.empty /part/on"]);
    let never = RelationCommand::Retract { relation: relate(spouse, 1, 5, None, None) };
    assert_eq!(failing(never), ["party.relation.unknown /retract/relation"]);
    tell(&mut book, &part(spouse, 4, 1, 5)).unwrap();
    know(&mut book, relate(spouse, 1, 4, Some(5), None)).unwrap();
    tell(&mut book, &RelationCommand::Retract { relation: relate(parent, 1, 2, None, None) }).unwrap();
    know(&mut book, relate(parent, 3, 1, None, None)).unwrap();
}

#[test]
fn a_person_lives_in_one_household_at_a_time() {
    let home = |n: usize| HouseholdId::new(&format!("H-{n}")).unwrap();
    let join = |home_of, who, on| RelationCommand::Join { household: home(home_of), party: party(who), on: nth(on) };
    let leave = |home_of, who, on| RelationCommand::Leave { household: home(home_of), party: party(who), on: nth(on) };
    let mut book = RelationBook::default();
    for command in [join(1, 1, 0), join(1, 2, 0), leave(1, 2, 10), join(2, 2, 10), leave(2, 2, 20), join(1, 2, 30)] {
        tell(&mut book, &command).unwrap();
    }
    assert_eq!(book.household(&home(1), nth(9)), [party(1), party(2)]);
    assert_eq!(book.household(&home(1), nth(10)), [party(1)]);
    assert_eq!(book.household_of(&party(2), nth(10)), Some(&home(2)));
    assert_eq!(book.household_of(&party(2), nth(25)), None);
    let failing = |command| found(&relation::decide(&book, &command).unwrap_err());
    assert_eq!(failing(join(2, 1, 5)), ["party.household.member /join/party"]);
    assert_eq!(failing(join(2, 2, 25)), ["party.household.member /join/party"]);
    assert_eq!(failing(leave(2, 1, 5)), ["party.household.not_member /leave/party"]);
    assert_eq!(failing(leave(1, 1, 0)), ["calendar.period.empty /leave/on"]);
}

/// The naive model: on no day of the span does a company reach itself.
fn has_cycle(relations: &[Relation]) -> bool {
    (0..12).any(|at| {
        let holding: Vec<&Relation> = relations.iter().filter(|each| each.holds_on(nth(at))).collect();
        let mut pairs: BTreeSet<(PartyId, PartyId)> =
            holding.iter().map(|each| (each.from.clone(), each.to.clone())).collect();
        loop {
            let more: Vec<_> = pairs
                .iter()
                .flat_map(|(from, to)| {
                    pairs.iter().filter(move |(next, _)| next == to).map(move |(_, end)| (from.clone(), end.clone()))
                })
                .filter(|pair| !pairs.contains(pair))
                .collect();
            if more.is_empty() {
                break pairs.iter().any(|(from, to)| from == to);
            }
            pairs.extend(more);
        }
    })
}

fn cycle_law(edges: &[(usize, usize, i64, i64)], refuses: impl Fn(&RelationBook, &Relation) -> bool) -> bool {
    let mut book = RelationBook::default();
    edges.iter().filter(|(from, to, ..)| from != to).all(|(from, to, since, days)| {
        let relation = relate(RelationKind::ParentCompany, *from, *to, Some(*since), Some(since + days));
        let with: Vec<Relation> = book.relations.iter().cloned().chain([relation.clone()]).collect();
        let refused = refuses(&book, &relation);
        if !refused {
            book.relations.push(relation);
        }
        refused == has_cycle(&with)
    })
}

fn by_the_core(book: &RelationBook, relation: &Relation) -> bool {
    match relation::decide(book, &RelationCommand::Relate { relation: relation.clone() }) {
        Ok(_) => false,
        Err(refusal) => refusal.code().as_str() == "party.relation.cycle",
    }
}

/// Wrong: looks at the other direction of the same pair alone.
fn looks_one_step(book: &RelationBook, relation: &Relation) -> bool {
    book.relations.iter().any(|each| each.from == relation.to && each.to == relation.from)
}

proptest! {
    #[test]
    fn law_11_every_day_has_one_owner(commands in prop::collection::vec((0_i64..50, prop::option::of(0_usize..3)), 0..12)) {
        prop_assert_eq!(ownership_law(&commands, object::apply), Ok(()));
    }

    #[test]
    fn values_in_use_stay(commands in prop::collection::vec(any_attribute_command(), 0..40)) {
        prop_assert!(attribute_law(&commands, attribute::decide));
    }

    #[test]
    fn nobody_is_his_own_parent(edges in prop::collection::vec((0_usize..5, 0_usize..5, 0_i64..8, 1_i64..5), 0..12)) {
        prop_assert!(cycle_law(&edges, by_the_core));
    }
}

/// The mutants: an owner's time that ends a day late, a value in use that is removed, cycles looked for one step far.
#[test]
fn the_laws_catch_their_mutants() {
    let late = |object: Option<InsuredObject>, event: &ObjectEvent| match event {
        ObjectEvent::OwnershipEnded { on } => {
            object::apply(object, &ObjectEvent::OwnershipEnded { on: on.plus_days(1).unwrap() })
        }
        event => object::apply(object, event),
    };
    assert!(ownership_law(&[(10, Some(1))], late).is_err());
    assert!(ownership_law(&[(10, None)], late).is_err());

    let assign = AttributeCommand::Assign {
        attribute: AttributeCode::new("A01").unwrap(),
        parties: vec![party(1)],
        value: Some("a".into()),
    };
    let remove = AttributeCommand::RemoveValue { attribute: AttributeCode::new("A01").unwrap(), value: "a".into() };
    let commands = [define("x", &["a", "b"]), assign, remove];
    assert!(attribute_law(&commands, attribute::decide));
    let careless = |book: &AttributeBook, command: &AttributeCommand| match command {
        AttributeCommand::RemoveValue { attribute, .. } => {
            Ok(vec![AttributeEvent::ValuesChanged { attribute: attribute.clone(), values: vec!["b".into()] }])
        }
        command => attribute::decide(book, command),
    };
    assert!(!attribute_law(&commands, careless));
    let again = [
        define("x", &["a"]),
        AttributeCommand::Remove { attribute: AttributeCode::new("A01").unwrap() },
        define("y", &["a"]),
    ];
    let reusing = |book: &AttributeBook, command: &AttributeCommand| {
        attribute::decide(&AttributeBook { generated: 0, ..book.clone() }, command)
    };
    assert!(attribute_law(&again, attribute::decide) && !attribute_law(&again, reusing));

    let three = [(1, 2, 0, 4), (2, 3, 0, 4), (3, 1, 3, 4)];
    assert!(cycle_law(&three, by_the_core) && !cycle_law(&three, looks_one_step));
    let apart = [(1, 2, 0, 2), (2, 1, 2, 2)];
    assert!(cycle_law(&apart, by_the_core) && !cycle_law(&apart, looks_one_step));
}

/// Law 13: a chain of twenty thousand companies is walked without recursion, and closed by nobody.
#[test]
fn law_13_long_chains_do_not_fall_over() {
    let company = RelationKind::ParentCompany;
    let relations = (0..20_000).map(|n| relate(company, n, n + 1, None, None)).collect();
    let book = RelationBook { relations, households: BTreeMap::new() };
    assert_eq!(book.corporate_group(&party(0), nth(0)).len(), 20_001);
    assert_eq!(book.group_heads(&party(20_000), nth(0)), [party(0)]);
    let closing = RelationCommand::Relate { relation: relate(company, 20_000, 0, Some(0), None) };
    assert_eq!(relation::decide(&book, &closing).unwrap_err().code().as_str(), "party.relation.cycle");
}
