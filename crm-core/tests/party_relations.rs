//! Relations, households and corporate groups, and a model of cycles beside them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use std::collections::{BTreeMap, BTreeSet};

use crm_core::{
    calendar::Date,
    money::{Currency, Money},
    party::{
        ChangeEntry, HouseholdId, PartyId, RecordRef, Relation, RelationBook, RelationCommand, RelationKind, StaffId,
        count_of, relation, total_of,
    },
    refusal::Refusal,
};
use proptest::prelude::*;

fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

fn nth(n: i64) -> Date {
    day("2020-01-01").plus_days(n).unwrap()
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

fn found(refusal: &Refusal) -> Vec<String> {
    refusal.faults().iter().map(|fault| format!("{} {}", fault.code(), fault.path())).collect()
}

fn relate(relation: RelationKind, from: usize, to: usize, since: Option<i64>, until: Option<i64>) -> Relation {
    Relation { relation, from: party(from), to: party(to), since: since.map(nth), until: until.map(nth) }
}

fn tell(book: &mut RelationBook, command: &RelationCommand) -> Result<(), Refusal> {
    for event in relation::decide(book, command, &entry())? {
        relation::apply(book, &event).unwrap();
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
        (1..=4).map(|n| (party(n), Money::from_minor(10_000, Currency::CNY))).collect();
    // Whoever has no amount is told, not taken to have none.
    let total = total_of(&group, &premiums, Currency::CNY).unwrap();
    assert_eq!((total.total, total.known), (Money::from_minor(40_000, Currency::CNY), 4));
    assert_eq!(total.unknown, [party(5)]);
    let twice = [group.clone(), group.clone()].concat();
    assert_eq!(total_of(&twice, &premiums, Currency::CNY).unwrap(), total);
    let none = total_of(&group, &BTreeMap::new(), Currency::CNY).unwrap();
    assert_eq!((none.total, none.known, none.unknown.len()), (Money::zero(Currency::CNY), 0, 5));
    let claims: BTreeMap<PartyId, i64> = [(party(1), 3), (party(2), 0), (party(9), 7)].into();
    let count = count_of(&twice, &claims).unwrap();
    assert_eq!((count.total, count.known, count.unknown), (3, 2, vec![party(3), party(4), party(5)]));
    for over in [i64::MAX, 9_007_199_254_740_989, i64::MIN] {
        let over: BTreeMap<PartyId, i64> = [(party(1), 3), (party(2), over)].into();
        assert_eq!(count_of(&group, &over).unwrap_err().code().as_str(), "party.count.range");
    }
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
    let failing = |command: RelationCommand| found(&relation::decide(&book, &command, &entry()).unwrap_err());
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
        relation::decide(
            &book,
            &RelationCommand::Relate { relation: relate(company, 11, 10, Some(10), None) },
            &entry()
        )
        .is_ok()
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
    let failing = |command| found(&relation::decide(&book, &command, &entry()).unwrap_err());
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
        // The same relation twice on a day has a refusal of its own.
        let holds =
            |each: &Relation, at| each.from == relation.from && each.to == relation.to && each.holds_on(nth(at));
        if (0..12).any(|at| relation.holds_on(nth(at)) && book.relations.iter().any(|each| holds(each, at))) {
            return true;
        }
        let with: Vec<Relation> = book.relations.iter().cloned().chain([relation.clone()]).collect();
        let refused = refuses(&book, &relation);
        if !refused {
            book.relations.push(relation);
        }
        refused == has_cycle(&with)
    })
}

fn by_the_core(book: &RelationBook, relation: &Relation) -> bool {
    match relation::decide(book, &RelationCommand::Relate { relation: relation.clone() }, &entry()) {
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
    fn nobody_is_his_own_parent(edges in prop::collection::vec((0_usize..5, 0_usize..5, 0_i64..8, 1_i64..5), 0..12)) {
        prop_assert!(cycle_law(&edges, by_the_core));
    }
}

/// The mutant: cycles looked for one step far.
#[test]
fn the_law_catches_its_mutants() {
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
    assert_eq!(relation::decide(&book, &closing, &entry()).unwrap_err().code().as_str(), "party.relation.cycle");
}

/// The same where every company joined on a day of its own.
#[test]
fn law_13_many_days_do_not_fall_over() {
    let company = RelationKind::ParentCompany;
    let at = |n: usize| i64::try_from(n).unwrap();
    let relations = (0..600).map(|n| relate(company, n, n + 1, Some(at(n)), Some(at(n) + 100))).collect();
    let book = RelationBook { relations, households: BTreeMap::new() };
    // Never all of them at a time: no cycle on any day.
    assert!(!by_the_core(&book, &relate(company, 600, 0, None, None)));
    assert!(by_the_core(&book, &relate(company, 100, 0, None, None)));
    assert!(!by_the_core(&book, &relate(company, 101, 0, None, None)));
}

/// Row A11: what happened to relations says when, by whom and why; what happened to a party can be told from the rest.
#[test]
fn relations_change_with_an_author() {
    let joint = RelationCommand::Relate { relation: relate(RelationKind::Spouse, 1, 2, None, None) };
    let events = relation::decide(&RelationBook::default(), &joint, &entry()).unwrap();
    assert_eq!((events[0].record.as_ref(), events[0].entry.as_ref()), (Some(&RecordRef::Relations {}), Some(&entry())));
    let concerned: Vec<bool> = (1..4).map(|n| events[0].event.concerns(&party(n))).collect();
    assert_eq!(concerned, [true, true, false]);
    let silent = ChangeEntry { reason: "".into(), ..entry() };
    let refusal = relation::decide(&RelationBook::default(), &joint, &silent).unwrap_err();
    assert_eq!(found(&refusal), ["party.text.empty /entry/reason"]);
}

/// Events go to the book that they name; what release 0.1.0 stored names none.
#[test]
fn an_event_of_another_record_is_refused() {
    let mut book = RelationBook::default();
    let relation = relate(RelationKind::ParentCompany, 1, 2, None, None);
    let mut event = relation::decide(&book, &RelationCommand::Relate { relation }, &entry()).unwrap().remove(0);
    event.record = Some(RecordRef::Attributes {});
    let refusal = relation::apply(&mut book, &event).unwrap_err();
    assert_eq!(found(&refusal), ["party.change.record /record"]);
    assert!(book.relations.is_empty());
    event.record = None;
    relation::apply(&mut book, &event).unwrap();
    assert_eq!(book.relations.len(), 1);
}
