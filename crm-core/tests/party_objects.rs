//! Insured objects: what is decided, what is refused, and a model of who owned what beside it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use crm_core::{
    calendar::{Date, Period},
    money::{Currency, Money},
    party::{
        CaptureOptions, ChangeEntry, CoverRecord, Customer, CustomerRecord, CustomerVehicle, InsuredObject,
        ObjectCommand, ObjectDescription, ObjectEntryId, ObjectEvent, ObjectId, OwnerKind, Ownership, PartyId,
        RecordEvent, RecordRef, RepairRecord, SearchField, StaffId, VehicleUser, object, objects_of,
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

fn entry() -> ChangeEntry {
    ChangeEntry {
        on: Date::parse("2026-11-21").unwrap(),
        by: StaffId::new("op-17").unwrap(),
        reason: "客户来电".into(),
    }
}

fn hands(to: PartyId, on: Date) -> ObjectCommand {
    ObjectCommand::ChangeHands { to, owner_kind: OwnerKind::Person, user: None, on }
}

fn found(refusal: &Refusal) -> Vec<String> {
    refusal.faults().iter().map(|fault| format!("{} {}", fault.code(), fault.path())).collect()
}

fn car(vin: &str) -> Box<ObjectDescription> {
    Box::new(ObjectDescription::Vehicle {
        details: CustomerVehicle {
            plate: None,
            vin: Some(vin.into()),
            engine_number: None,
            make_and_model: None,
            first_registered: None,
            user: None,
            object: None,
        },
    })
}

fn register(owner: usize, from: Date) -> ObjectCommand {
    ObjectCommand::Register {
        id: ObjectId::new("O-1").unwrap(),
        description: car("lsvaa49j132047371"),
        owner: party(owner),
        owner_kind: OwnerKind::Person,
        from,
    }
}

fn step(object: Option<InsuredObject>, command: &ObjectCommand) -> Result<Option<InsuredObject>, Refusal> {
    let events = object::decide(object.as_ref(), command, &entry(), &CaptureOptions::default())?;
    events.iter().try_fold(object, object::apply)
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
        cost: Some(Money::from_minor(120_000, Currency::CNY)),
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
        hands(party(2), day("2022-01-01")),
        ObjectCommand::Release { on: day("2023-01-01") },
        hands(party(1), day("2024-01-01")),
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
    let hands = |to, on: &str| hands(party(to), day(on));
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
    let owned = |from: &str, until: Option<&str>| Ownership {
        owner: party(1),
        owner_kind: Some(OwnerKind::Person),
        from: day(from),
        until: until.map(day),
    };
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
    car.repairs = vec![RepairRecord { workshop: " ".into(), ..repair("R-2") }];
    car.covers = vec![CoverRecord { insurer: String::new(), ..cover("K-2") }];
    let refusal = car.check(today(), &CaptureOptions::default()).unwrap_err();
    assert_eq!(found(&refusal), ["party.text.empty /repairs/0/workshop", "party.text.empty /covers/0/insurer"]);
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
    apply: impl Fn(Option<InsuredObject>, &RecordEvent<ObjectEvent>) -> Result<Option<InsuredObject>, Refusal>,
) -> Result<(), String> {
    let options = CaptureOptions::default();
    let events = object::decide(None, &register(9, nth(0)), &entry(), &options).unwrap();
    let mut state = events.iter().try_fold(None, &apply).unwrap();
    let mut model = vec![(0, Some(9))];
    for (at, owner) in commands {
        let command = match owner {
            Some(to) => hands(party(*to), nth(*at)),
            None => ObjectCommand::Release { on: nth(*at) },
        };
        let (last, held) = *model.last().unwrap();
        let fits = (*at > last || *at == last && held.is_none()) && held != *owner;
        match object::decide(state.as_ref(), &command, &entry(), &options) {
            Ok(events) => {
                if !fits {
                    return Err(format!("{at} {owner:?} was accepted"));
                }
                state = events.iter().try_fold(state, &apply).unwrap();
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

proptest! {
    #[test]
    fn law_11_every_day_has_one_owner(commands in prop::collection::vec((0_i64..50, prop::option::of(0_usize..3)), 0..12)) {
        prop_assert_eq!(ownership_law(&commands, object::apply), Ok(()));
    }
}

/// The mutant: an owner's time that ends a day late.
#[test]
fn the_law_catches_its_mutants() {
    let late = |object: Option<InsuredObject>, event: &RecordEvent<ObjectEvent>| {
        let mut event = event.clone();
        if let ObjectEvent::OwnershipEnded { on, .. } = &mut event.event {
            *on = on.plus_days(1).unwrap();
        }
        object::apply(object, &event)
    };
    assert!(ownership_law(&[(10, Some(1))], late).is_err());
    assert!(ownership_law(&[(10, None)], late).is_err());
}

fn user(name: &str) -> VehicleUser {
    VehicleUser::Person { name: name.into(), phone: None, document: None }
}

fn to_company(user: Option<VehicleUser>) -> ObjectCommand {
    ObjectCommand::ChangeHands { to: party(2), owner_kind: OwnerKind::Organisation, user, on: day("2024-01-01") }
}

fn details(object: &InsuredObject) -> &CustomerVehicle {
    match &object.description {
        ObjectDescription::Vehicle { details } => details,
        _ => panic!(),
    }
}

/// Row A3 where hands change: a company names the user, and the former owner's user does not go with the vehicle.
#[test]
fn a_company_that_buys_a_vehicle_names_its_user() {
    let mut keyed = car("LSVAA49J132047371");
    if let ObjectDescription::Vehicle { details } = keyed.as_mut() {
        details.user = Some(VehicleUser::SameAsOwner {});
    }
    let mine = step(
        None,
        &ObjectCommand::Register {
            id: ObjectId::new("O-1").unwrap(),
            description: keyed.clone(),
            owner: party(1),
            owner_kind: OwnerKind::Person,
            from: day("2020-01-01"),
        },
    );
    let mine = mine.unwrap().unwrap();
    assert_eq!(refused(&mine, to_company(None)), ["party.vehicle.user_missing /change_hands/user"]);
    let same = to_company(Some(VehicleUser::SameAsOwner {}));
    assert_eq!(refused(&mine, same), ["party.vehicle.user_organisation /change_hands/user"]);
    assert_eq!(refused(&mine, to_company(Some(user(" ")))), ["party.text.empty /change_hands/user/person/name"]);
    let theirs = step(Some(mine.clone()), &to_company(Some(user("赵六")))).unwrap().unwrap();
    assert!(details(&theirs).user == Some(user("赵六")));
    assert_eq!(theirs.ownerships.last().unwrap().owner_kind, Some(OwnerKind::Organisation));
    theirs.check(today(), &CaptureOptions::default()).unwrap();
    // What it is afterwards is held against the same rule, by every way in.
    assert_eq!(
        refused(&theirs, ObjectCommand::Describe { description: keyed.clone() }),
        ["party.vehicle.user_organisation /describe/description/vehicle/details/user"]
    );
    let mut kept = theirs.clone();
    kept.description = *keyed.clone();
    let refusal = kept.check(today(), &CaptureOptions::default()).unwrap_err();
    assert_eq!(found(&refusal), ["party.vehicle.user_organisation /description/vehicle/details/user"]);
    let company = ObjectCommand::Register {
        id: ObjectId::new("O-2").unwrap(),
        description: keyed,
        owner: party(2),
        owner_kind: OwnerKind::Organisation,
        from: day("2020-01-01"),
    };
    let refusal = step(None, &company).map(|_| ()).unwrap_err();
    assert_eq!(found(&refusal), ["party.vehicle.user_organisation /register/description/vehicle/details/user"]);
    // To a person again: nobody says yet who uses it.
    let back = step(Some(theirs), &hands(party(3), day("2025-01-01"))).unwrap().unwrap();
    assert!(details(&back).user.is_none());
    let house = ObjectCommand::Register {
        id: ObjectId::new("O-3").unwrap(),
        description: Box::new(ObjectDescription::Property { address: "文三路 1 号".into() }),
        owner: party(1),
        owner_kind: OwnerKind::Person,
        from: day("2020-01-01"),
    };
    let house = step(None, &house).unwrap().unwrap();
    assert_eq!(refused(&house, to_company(Some(user("赵六")))), ["party.vehicle.user_unexpected /change_hands/user"]);
    assert!(step(Some(house), &to_company(None)).is_ok());
}

/// Row A11: each event says of which object, when, by whom, why, and what was there.
#[test]
fn events_of_objects_are_attributed() {
    let fresh = step(None, &register(1, day("2020-01-01"))).unwrap().unwrap();
    let command = to_company(Some(user("赵六")));
    let events = object::decide(Some(&fresh), &command, &entry(), &CaptureOptions::default()).unwrap();
    let record = RecordRef::InsuredObject { object: ObjectId::new("O-1").unwrap() };
    assert!(events.iter().all(|event| event.record.as_ref() == Some(&record) && event.entry == Some(entry())));
    let [ended, began, described] = events.as_slice() else { panic!() };
    assert!(ended.event == ObjectEvent::OwnershipEnded { owner: Some(party(1)), on: day("2024-01-01") });
    let kind = Some(OwnerKind::Organisation);
    assert!(began.event == ObjectEvent::OwnershipBegan { owner: party(2), owner_kind: kind, on: day("2024-01-01") });
    let ObjectEvent::Described { old, .. } = &described.event else { panic!() };
    assert!(old.as_deref() == Some(&fresh.description));
    let silent = ChangeEntry { reason: "\n".into(), ..entry() };
    let refusal = object::decide(Some(&fresh), &command, &silent, &CaptureOptions::default()).unwrap_err();
    assert_eq!(found(&refusal), ["party.text.empty /entry/reason"]);
}

fn record(vehicles: &str) -> CustomerRecord {
    let text = format!(
        r#"{{"id":"C-1","kind":"direct","profile":{{"person":{{"details":{{"name":"张三","social_attributes":[]}}}}}},
        "contacts":[],"documents":[],"accounts":[],"vehicles":{vehicles},"tags":[],"needs":[],"interactions":[]}}"#
    );
    wire::from_json(text.as_bytes()).unwrap()
}

fn keys(record: &CustomerRecord) -> Vec<SearchField> {
    let customer = Customer::check(record, today(), &CaptureOptions::default()).unwrap();
    customer.search_keys().iter().map(|key| key.field).collect()
}

/// Rows A5 and A8: a vehicle leads to whoever owns it, not to whoever once had it keyed.
#[test]
fn a_sold_vehicle_leads_to_its_new_owner() {
    let before = record(r#"[{"plate":"京A12345","vin":"LSVAA49J132047371","user":{"same_as_owner":{}}}]"#);
    assert_eq!(keys(&before), [SearchField::Name, SearchField::Plate, SearchField::Vin]);
    let fresh = step(None, &register(1, day("2020-01-01"))).unwrap().unwrap();
    let insured = step(Some(fresh), &ObjectCommand::AddCover { cover: cover("K-1") }).unwrap().unwrap();
    let told: Vec<(SearchField, String)> =
        insured.search_keys().iter().map(|key| (key.field, key.key.reveal().to_owned())).collect();
    assert_eq!(
        told,
        [(SearchField::PolicyNumber, "PDAA2025".to_owned()), (SearchField::Vin, "LSVAA49J132047371".to_owned())]
    );
    // Linked, the record's copy is no key any more: the object is.
    let linked = before.with_objects(std::slice::from_ref(&insured), today());
    assert_eq!(linked.vehicles.len(), 1);
    assert_eq!(linked.vehicles[0].object.as_ref().map(ObjectId::as_str), Some("O-1"));
    assert_eq!(keys(&linked), [SearchField::Name]);
    assert!(linked.with_objects(std::slice::from_ref(&insured), today()) == linked);
    let sold = step(Some(insured), &hands(party(2), day("2024-01-01"))).unwrap().unwrap();
    let objects = [sold];
    for copy in [&before, &linked] {
        assert_eq!(copy.with_objects(&objects, day("2023-12-31")).vehicles.len(), 1);
        assert_eq!(copy.with_objects(&objects, day("2024-01-01")).vehicles.len(), 0);
    }
    // The new owner gets it, once; what is no object stays as it was keyed, and so does what isn't among the objects.
    let mut other = record(r#"[{"plate":"京B00001","vin":null}]"#);
    other.id = party(2);
    let theirs = other.with_objects(&objects, day("2024-01-01"));
    assert_eq!(theirs.vehicles.len(), 2);
    assert!(theirs.vehicles[0] == other.vehicles[0] && theirs.vehicles[1].object.is_some());
    assert!(linked.with_objects(&[], day("2024-01-01")) == linked);
    // The plate went to the next vehicle: another VIN is another vehicle.
    let next = record(r#"[{"plate":"京A12345","vin":"1M8GDM9AXKP042788","user":{"same_as_owner":{}}}]"#);
    assert!(next.with_objects(&objects, today()) == next);
    // Found by its plate where nothing else is known of it.
    let mut plated = objects[0].clone();
    if let ObjectDescription::Vehicle { details } = &mut plated.description {
        (details.plate, details.vin) = (Some("京A12345".into()), None);
    }
    assert!(next.with_objects(&[plated], today()).vehicles.is_empty());
}

#[test]
fn a_link_is_one_vehicle_and_a_description_links_to_no_other() {
    let twice = r#"[{"plate":"京A12345","object":"O-1"},{"vin":"LSVAA49J132047371","object":"O-1"}]"#;
    let refusal = Customer::check(&record(twice), today(), &CaptureOptions::default()).unwrap_err();
    assert_eq!(found(&refusal), ["party.vehicle.duplicate /vehicles/1/object"]);
    let mut keyed = car("LSVAA49J132047371");
    if let ObjectDescription::Vehicle { details } = keyed.as_mut() {
        details.object = Some(ObjectId::new("O-2").unwrap());
    }
    let fresh = step(None, &register(1, day("2020-01-01"))).unwrap().unwrap();
    assert_eq!(
        refused(&fresh, ObjectCommand::Describe { description: keyed.clone() }),
        ["party.vehicle.object_other /describe/description/vehicle/details/object"]
    );
    if let ObjectDescription::Vehicle { details } = keyed.as_mut() {
        details.object = Some(ObjectId::new("O-1").unwrap());
    }
    let own = step(Some(fresh), &ObjectCommand::Describe { description: keyed }).unwrap().unwrap();
    assert!(details(&own).object.is_none());
}

/// An event goes to the record that it names; what release 0.1.0 stored names none.
#[test]
fn an_event_of_another_object_is_refused() {
    let object = step(None, &register(1, day("2020-01-01"))).unwrap().unwrap();
    let events =
        object::decide(Some(&object), &hands(party(2), day("2024-01-01")), &entry(), &CaptureOptions::default());
    let mut event = events.unwrap().remove(0);
    assert!(object::apply(Some(object.clone()), &event).is_ok());
    for other in [RecordRef::InsuredObject { object: ObjectId::new("O-2").unwrap() }, RecordRef::Relations {}] {
        event.record = Some(other);
        let refusal = object::apply(Some(object.clone()), &event).map(|_| ()).unwrap_err();
        assert_eq!(found(&refusal), ["party.change.record /record"]);
    }
    event.record = None;
    assert!(object::apply(Some(object), &event).is_ok());
}

/// Describing an object as it is described is no event (law 6).
#[test]
fn the_same_description_is_no_event() {
    let object = step(None, &register(1, day("2020-01-01"))).unwrap().unwrap();
    let described = |description| {
        let command = ObjectCommand::Describe { description };
        object::decide(Some(&object), &command, &entry(), &CaptureOptions::default()).unwrap().len()
    };
    assert_eq!(described(car("lsvaa49j132047371")), 0);
    assert_eq!(described(Box::new(ObjectDescription::Other { name: "货物".into() })), 1);
}

fn vehicle(vin: Option<String>, plate: Option<String>) -> CustomerVehicle {
    let ObjectDescription::Vehicle { details } = *car("LSVAA49J132047371") else { panic!("a vehicle") };
    CustomerVehicle { vin: vin.map(Into::into), plate: plate.map(Into::into), ..details }
}

fn owned(n: usize, vehicle: CustomerVehicle) -> InsuredObject {
    let ownership = Ownership { owner: party(1), owner_kind: None, from: day("2020-01-01"), until: None };
    InsuredObject {
        id: ObjectId::new(&format!("O-{n}")).unwrap(),
        description: ObjectDescription::Vehicle { details: vehicle },
        ownerships: vec![ownership],
        repairs: vec![],
        covers: vec![],
    }
}

/// Which object a vehicle is, each compared with each: the VIN decides where both have one, and the first object wins.
fn same(kept: &CustomerVehicle, object: &InsuredObject) -> bool {
    let other = details(object);
    match (&kept.vin, &other.vin, &kept.plate, &other.plate) {
        (Some(one), Some(other), _, _) => one == other,
        (_, _, Some(one), Some(other)) => one == other,
        _ => false,
    }
}

proptest! {
    #[test]
    fn vehicles_are_found_as_if_each_were_compared_with_each(
        kept in prop::collection::vec(prop::option::of(0_usize..3), 1..4),
        known in prop::collection::vec((prop::option::of(0_usize..3), prop::option::of(0_usize..3)), 0..5),
        plate in prop::option::of(0_usize..3),
    ) {
        let vin = |n: Option<usize>| n.map(|n| format!("LSVAA49J13204737{n}"));
        let number = |n: Option<usize>| n.map(|n| format!("京A1234{n}"));
        let mut record = record("[]");
        record.vehicles = kept.iter().map(|n| vehicle(vin(*n), number(plate))).collect();
        let objects: Vec<InsuredObject> =
            known.iter().enumerate().map(|(n, (v, p))| owned(n, vehicle(vin(*v), number(*p)))).collect();
        let mut expected: Vec<Option<ObjectId>> = Vec::new();
        for each in &record.vehicles {
            let found = objects.iter().find(|object| same(each, object)).map(|object| object.id.clone());
            if found.is_none() || !expected.contains(&found) {
                expected.push(found);
            }
        }
        let linked = record.with_objects(&objects, today());
        let told: Vec<Option<ObjectId>> = linked.vehicles.iter().map(|each| each.object.clone()).collect();
        prop_assert_eq!(&told[..expected.len()], &expected[..]);
    }
}

/// A fleet: its vehicles and objects are looked up, not compared pair by pair, which would take minutes.
#[test]
fn a_fleet_is_linked_in_the_time_of_its_length() {
    let mut record = record("[]");
    let each = |n: usize| vehicle(Some(format!("VIN{n}")), None);
    record.vehicles = (0..6000).map(each).collect();
    let objects: Vec<InsuredObject> = (0..6000).rev().map(|n| owned(n, each(n))).collect();
    let begun = std::time::Instant::now();
    let linked = record.with_objects(&objects, today());
    assert!(begun.elapsed().as_secs() < 10, "{:?}", begun.elapsed());
    assert!(linked.vehicles.iter().all(|each| each.object.is_some()) && linked.vehicles.len() == 6000);
}
