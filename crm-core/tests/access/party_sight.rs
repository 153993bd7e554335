//! Row N1: every query over people has a form with the viewer, which shows nobody whom he does not see.

use std::collections::{BTreeMap, BTreeSet};

use crm_core::{
    access::{RowOwner, SightLevel, Viewer, WithheldReason},
    party::{AttributeBook, AttributeCode, HouseholdId, InsuredObject, PartyId, RelationBook},
    wire,
};
use proptest::prelude::*;

use super::day;

fn party(n: usize) -> PartyId {
    PartyId::new(&format!("C-{n}")).unwrap()
}

fn home() -> HouseholdId {
    HouseholdId::new("H-1").unwrap()
}

/// Managed by branch `n`.
fn managed(branch: usize) -> RowOwner {
    let text = format!(r#"{{"person":"op-{branch}","department":"motor","branch":"B-{branch}","company":"one"}}"#);
    wire::from_json(text.as_bytes()).unwrap()
}

fn viewer(level: Option<SightLevel>) -> Viewer {
    let text = br#"{"person":"op-0","roles":[],"department":"motor","branch":"B-0","company":"one","level":null}"#;
    Viewer { level, ..wire::from_json(text).unwrap() }
}

/// Party 1 heads the companies and lives with all the others; each owns one object and has one value.
fn book(members: usize) -> RelationBook {
    let relations: Vec<String> =
        (2..=members).map(|n| format!(r#"{{"relation":"parent_company","from":"C-1","to":"C-{n}"}}"#)).collect();
    let lives: Vec<String> = (1..=members).map(|n| format!(r#"{{"party":"C-{n}","since":"2020-01-01"}}"#)).collect();
    let text = format!(r#"{{"relations":[{}],"households":{{"H-1":[{}]}}}}"#, relations.join(","), lives.join(","));
    wire::from_json(text.as_bytes()).unwrap()
}

fn object(owner: usize) -> InsuredObject {
    let text = format!(
        r#"{{"id":"O-{owner}","description":{{"other":{{"name":"玉佩"}}}},"repairs":[],
        "ownerships":[{{"owner":"C-{owner}","from":"2020-01-01"}}],
        "covers":[{{"id":"K-1","insurer":"甲保险","policy_number":"P-1","cover":"c",
            "period":{{"start":"2020-01-01","end":"2099-01-01"}}}}]}}"#
    );
    wire::from_json(text.as_bytes()).unwrap()
}

fn values(members: usize) -> AttributeBook {
    let code = AttributeCode::new("A01").unwrap();
    let mut book = AttributeBook::default();
    book.holders.insert(code, (1..=members).map(|n| (party(n), "金卡".to_owned())).collect());
    book
}

type Managers = BTreeMap<PartyId, RowOwner>;

/// Everybody whom any query tells of.
fn told(viewer: &Viewer, managers: &Managers, members: usize) -> BTreeSet<PartyId> {
    let (book, on) = (book(members), day(0));
    let objects: Vec<InsuredObject> = (1..=members).map(object).collect();
    let values = values(members);
    let mut told: BTreeSet<PartyId> = viewer.household(&book, &home(), on, managers).parties.into_iter().collect();
    told.extend(viewer.corporate_group(&book, &party(1), on, managers).parties);
    let (relations, attributes) = (viewer.relation_book(&book, managers), viewer.attribute_book(&values, managers));
    told.extend(relations.relations.into_iter().flat_map(|each| [each.from, each.to]));
    told.extend(relations.households.into_values().flatten().map(|member| member.party));
    told.extend(attributes.holders.into_values().flat_map(BTreeMap::into_keys));
    for n in 1..=members {
        told.extend(viewer.group_heads(&book, &party(n), on, managers).parties);
        let mut of = |answered: bool| told.extend(answered.then(|| party(n)));
        of(viewer.household_of(&book, &party(n), on, managers).is_some());
        of(!viewer.objects_of(&party(n), on, &objects, managers).is_empty());
        of(!viewer.covers_on(&objects[n - 1], on, managers).is_empty());
        of(!viewer.attribute_values(&values, &party(n), managers).is_empty());
        told.extend(viewer.owner_on(&objects[n - 1], on, managers).cloned());
    }
    told
}

/// Those whom he sees, by each one's manager alone.
fn seen(viewer: &Viewer, managers: &Managers) -> BTreeSet<PartyId> {
    managers.iter().filter(|(_, owner)| viewer.sees(owner)).map(|(party, _)| party.clone()).collect()
}

fn any_managers() -> impl Strategy<Value = Managers> {
    prop::collection::vec(prop::option::of(0_usize..3), 1..6).prop_map(|branches| {
        let each = branches.into_iter().enumerate();
        each.filter_map(|(n, branch)| Some((party(n + 1), managed(branch?)))).collect()
    })
}

proptest! {
    #[test]
    fn no_query_tells_of_a_party_whom_the_viewer_does_not_see(
        managers in any_managers(),
        level in prop::sample::select(vec![
            None, Some(SightLevel::Own), Some(SightLevel::Department), Some(SightLevel::Branch), Some(SightLevel::Company),
        ]),
    ) {
        let viewer = viewer(level);
        prop_assert_eq!(told(&viewer, &managers, 5), seen(&viewer, &managers));
        // The counts add up, unless he sees nobody and is told nothing.
        let group = viewer.corporate_group(&book(5), &party(1), day(0), &managers);
        let all = i64::try_from(group.parties.len()).unwrap() + group.withheld.rows;
        prop_assert_eq!(all, if group.parties.is_empty() { 0 } else { 5 });
    }
}

/// The mutants: the engine's own functions, which know no viewer; counts for one who sees nobody.
#[test]
fn the_law_of_sight_catches_queries_without_a_viewer() {
    let managers: Managers = [(party(1), managed(0)), (party(2), managed(1))].into();
    let viewer = viewer(Some(SightLevel::Branch));
    let whole: BTreeSet<PartyId> = book(2).household(&home(), day(0)).into_iter().collect();
    assert_ne!(whole, seen(&viewer, &managers));
    assert_eq!(told(&viewer, &managers, 2), seen(&viewer, &managers));
    let two = viewer.household(&book(3), &home(), day(0), &managers).withheld;
    let by_reason = [(WithheldReason::OtherBranch, 1), (WithheldReason::UnknownOwner, 1)];
    assert_eq!((two.rows, two.by_reason), (2, by_reason.into()));
    let strangers: Managers = [(party(1), managed(1)), (party(2), managed(1))].into();
    let nothing = viewer.household(&book(2), &home(), day(0), &strangers);
    assert!(nothing.parties.is_empty() && nothing.withheld.rows == 0 && nothing.withheld.by_reason.is_empty());
}

/// Below a head whom he does not see he is told of nobody, as `household_of` and `group_heads` tell nothing of a party
/// whom he does not see.
#[test]
fn a_group_is_told_to_whoever_sees_its_head() {
    let viewer = viewer(Some(SightLevel::Branch));
    let of = |head: usize| {
        let managers: Managers = [(party(1), managed(head)), (party(2), managed(0))].into();
        viewer.corporate_group(&book(2), &party(1), day(0), &managers)
    };
    assert_eq!((of(1).parties, of(1).withheld.rows), (vec![], 0));
    assert_eq!(of(0).parties, [party(1), party(2)]);
}

/// The books: relations of two whom he sees, no household of strangers, no value of theirs.
#[test]
fn the_books_hold_those_whom_the_viewer_sees() {
    let viewer = viewer(Some(SightLevel::Branch));
    let managers: Managers = [(party(1), managed(0)), (party(2), managed(0)), (party(3), managed(1))].into();
    let relations = viewer.relation_book(&book(3), &managers);
    assert_eq!((relations.relations.len(), relations.households[&home()].len()), (1, 2));
    let attributes = viewer.attribute_book(&values(3), &managers);
    assert_eq!(attributes.holders.into_values().map(|holders| holders.len()).collect::<Vec<_>>(), [2]);
    let strangers: Managers = [(party(1), managed(1))].into();
    assert!(viewer.relation_book(&book(3), &strangers) == RelationBook::default());
    assert!(viewer.attribute_book(&values(3), &strangers).holders.is_empty());
}
