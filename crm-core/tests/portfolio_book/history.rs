//! Snapshots and histories: kept states give the same moves as live ones, and keep what rows forget.

use crm_core::{access::Viewer, portfolio::*, rulebook::Scalar, wire};
use proptest::{prelude::*, test_runner::TestCaseResult};

use super::{facts::runner, rows::*};

fn at(rows: BookRows, on: &str) -> Assignment {
    let parameters = FactParameters { as_of: day(on), ..parameters() };
    china().assign(Facts::of(&book_of(rows)).at(&parameters).unwrap(), HostFacts::new()).unwrap()
}

fn kept(snapshot: &SegmentSnapshot) -> SegmentSnapshot {
    wire::from_stored(wire::to_stored(snapshot).unwrap().as_bytes()).unwrap()
}

type Keep = fn(&SegmentSnapshot) -> SegmentSnapshot;

/// Moves between stored snapshots are those between the assignments of which they were taken.
fn law_kept_states_move_as_live_ones(keep: Keep) -> impl Fn(u64) -> TestCaseResult {
    move |seed| {
        let rows = some_book(seed);
        let (before, after) = (at(rows.clone(), "2025-03-31"), at(rows, "2025-12-31"));
        let model = china();
        let stored = |assignment| keep(&model.snapshot(assignment).unwrap());
        for viewer in [everything(), of_branch("b1")] {
            let live = model.moves(&before, &after, &viewer).unwrap();
            prop_assert_eq!(stored(&before).moves(&stored(&after), &viewer).unwrap(), live);
        }
        Ok(())
    }
}

#[test]
fn kept_states_move_as_live_ones() {
    runner().run(&any::<u64>(), law_kept_states_move_as_live_ones(kept)).unwrap();
    let mutants: [Keep; 2] = [
        // Keeps no facts.
        |snapshot| {
            let mut out = kept(snapshot);
            out.customers.values_mut().for_each(|row| row.facts.clear());
            out
        },
        // Keeps the groups of whoever comes first for everybody.
        |snapshot| {
            let mut out = kept(snapshot);
            let first = out.customers.values().next().map(|row| row.segments.clone());
            out.customers.values_mut().for_each(|row| row.segments = first.clone().unwrap());
            out
        },
    ];
    for mutant in mutants {
        assert!(runner().run(&any::<u64>(), law_kept_states_move_as_live_ones(mutant)).is_err());
    }
}

/// One customer who is blacklisted between two reviews.
fn before_and_after() -> (BookRows, BookRows) {
    let before =
        BookRows { customers: vec![customer(0)], policies: vec![policy(0, 0, "2025-02-01")], ..BookRows::default() };
    let mut after = before.clone();
    after.customers[0].blacklisted = true;
    after.claims = vec![claim(0, "P0", "2025-08-01", 100, 0)];
    (before, after)
}

#[test]
fn a_snapshot_remembers_what_rows_forget() {
    let (before, after) = before_and_after();
    let model = china();
    let spring = kept(&model.snapshot(&at(before, "2025-03-31")).unwrap());
    let winter = kept(&model.snapshot(&at(after.clone(), "2025-12-31")).unwrap());
    let entered = |report: &MoveReport| report.moves.iter().map(|one| one.segment.clone()).collect::<Vec<_>>();
    // Computed again from the rows of today, he stood on the list in spring already.
    let again = model.moves(&at(after.clone(), "2025-03-31"), &at(after, "2025-12-31"), &everything()).unwrap();
    assert_eq!(entered(&again), ["had_claim"]);
    let report = spring.moves(&winter, &everything()).unwrap();
    assert_eq!(entered(&report), ["had_claim", "blacklisted"]);
    let because: Vec<_> = report.moves[1]
        .because
        .iter()
        .map(|shift| {
            (shift.fact.as_str(), [&shift.before, &shift.after].map(|value| value.as_ref().unwrap().to_string()))
        })
        .collect();
    assert_eq!(because, [("blacklisted", ["false".to_string(), "true".to_string()])]);
    assert_eq!(report.moves[1].deciding[0].fact, "blacklisted");
    // The way back is refused.
    assert_eq!(winter.moves(&spring, &everything()).unwrap_err().code().as_str(), "portfolio.states.order");
    // Another branch sees nothing of it.
    let other = spring.moves(&winter, &of_branch("b2")).unwrap();
    assert_eq!((other.moves.len(), other.withheld.rows), (0, 1));
    assert_eq!(spring.visible(&of_branch("b2")).0.len(), 0);
    assert_eq!(spring.visible(&everything()).0.len(), 1);
}

#[test]
fn a_history_tells_each_change_with_its_day_and_reason() {
    let (before, after) = before_and_after();
    let model = china();
    let take = |rows: &BookRows, on: &str| kept(&model.snapshot(&at(rows.clone(), on)).unwrap());
    let (one, two, three) = (take(&before, "2025-03-31"), take(&after, "2025-12-31"), take(&after, "2026-12-31"));
    let history = |viewer: &Viewer| SegmentHistory::of(&[&one, &two, &three], viewer, &id(0)).unwrap();
    let history_of = history(&everything()).unwrap();
    let told: Vec<_> = history_of
        .moves
        .iter()
        .map(|step| (step.on.to_string(), step.after.is_some(), step.change.segment.as_str(), step.change.direction))
        .collect();
    let step = |on: &str, after: bool, segment: &'static str, direction| (on.to_string(), after, segment, direction);
    assert_eq!(
        told,
        [
            step("2025-03-31", false, "newly_insured", MoveKind::Entered),
            step("2025-12-31", true, "had_claim", MoveKind::Entered),
            step("2025-12-31", true, "blacklisted", MoveKind::Entered),
            step("2026-12-31", true, "newly_insured", MoveKind::Left),
        ]
    );
    let deciding: Vec<&str> = history_of.moves[0].change.deciding.iter().map(|fact| fact.fact.as_str()).collect();
    assert_eq!(deciding, ["new_in_window", "policies_before_window"]);
    let left: Vec<&str> = history_of.moves[3].change.because.iter().map(|shift| shift.fact.as_str()).collect();
    assert_eq!(left, ["new_in_window", "policies_before_window"]);
    // Graded while he had cover in the window.
    let grades: Vec<_> = history_of.grades.iter().map(|step| (step.on.to_string(), step.grade.clone())).collect();
    assert_eq!(grades, [("2025-03-31".to_string(), Some("D".to_string()))]);
    assert_eq!(history_of.reviews.len(), 3);
    assert!(history(&of_branch("b2")).is_none());
    assert!(SegmentHistory::of(&[&one], &everything(), &id(9)).unwrap().is_none());
    let refusal = SegmentHistory::of(&[&one, &three, &two], &everything(), &id(0)).unwrap_err();
    assert_eq!((refusal.code().as_str(), refusal.path().as_str()), ("portfolio.states.order", "/2"));
}

#[test]
fn a_threshold_that_moved_is_named() {
    let mut rows = BookRows { customers: vec![customer(0)], ..BookRows::default() };
    rows.policies.push(policy(0, 0, "2025-01-01"));
    for number in 0..2 {
        rows.claims.push(claim(number, "P0", "2025-02-01", 100, 0));
    }
    let mut spec = china_segments().unwrap();
    let claims = spec.parameters.iter_mut().find(|one| one.name == "poor_claims").unwrap();
    let mut later = claims.values[0].clone();
    (later.from, later.value) = (day("2025-07-01"), Scalar::Integer(2));
    claims.values[0].until = Some(later.from);
    claims.values.push(later);
    spec.cases.clear();
    let model = SegmentModel::load(&spec).unwrap();
    let take = |on: &str| {
        let parameters = FactParameters { as_of: day(on), ..parameters() };
        let facts = Facts::of(&book_of(rows.clone())).at(&parameters).unwrap();
        model.snapshot(&model.assign(facts, HostFacts::new()).unwrap()).unwrap()
    };
    let report = take("2025-06-30").moves(&take("2025-07-01"), &everything()).unwrap();
    let [entered] = report.moves.as_slice() else { panic!("one move") };
    let [threshold] = entered.thresholds.as_slice() else { panic!("one threshold") };
    let values = [&threshold.before, &threshold.after].map(|value| value.as_ref().unwrap().to_string());
    assert_eq!((entered.segment.as_str(), threshold.parameter.as_str()), ("poor", "poor_claims"));
    assert_eq!(values, ["3", "2"]);
    // A model of another name has no history with it.
    spec.name = "other".into();
    let other = SegmentModel::load(&spec).unwrap();
    let facts = Facts::of(&book_of(rows.clone())).at(&parameters()).unwrap();
    let other = other.snapshot(&other.assign(facts, HostFacts::new()).unwrap()).unwrap();
    let refusal = take("2025-06-30").moves(&other, &everything()).unwrap_err();
    assert_eq!(refusal.code().as_str(), "portfolio.snapshot.model");
}

#[test]
fn snapshots_in_parts_are_the_whole() {
    let rows = (0..).map(some_book).find(|rows| rows.customers.len() > 3).unwrap();
    let whole = china().snapshot(&at(rows.clone(), "2025-12-31")).unwrap();
    let part = |odd: bool| {
        let mut part = whole.clone();
        let mut number = 0;
        part.customers.retain(|_, _| {
            number += 1;
            (number % 2 == 1) == odd
        });
        part
    };
    let mut merged = part(false);
    merged.merge(part(true)).unwrap();
    assert!(merged == whole);
    assert_eq!(merged.merge(part(true)).unwrap_err().code().as_str(), "portfolio.facts.customer_twice");
    let other = china().snapshot(&at(rows, "2025-11-30")).unwrap();
    assert_eq!(merged.merge(other).unwrap_err().code().as_str(), "portfolio.snapshot.model");
}

/// Law 14: a snapshot that was stored loads and is written as it was; it is that of the same rows today.
#[test]
fn a_stored_snapshot_still_loads() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/stored/0.2.0/segment_snapshot.json");
    let bytes = std::fs::read(path).unwrap().trim_ascii_end().to_vec();
    let snapshot: SegmentSnapshot = wire::from_stored(&bytes).unwrap();
    assert_eq!(wire::to_stored(&snapshot).unwrap().as_bytes(), bytes);
    assert_eq!((snapshot.on(), snapshot.model.as_str()), (day("2025-12-31"), "cn_segments"));
    let row = &snapshot.customers[&id(0)];
    assert_eq!(
        row.segments.iter().map(|one| one.segment.as_str()).collect::<Vec<_>>(),
        ["newly_insured", "had_claim", "blacklisted"]
    );
    assert_eq!((row.grade.as_deref(), row.facts["claims"].to_string().as_str()), (Some("D"), "1"));
    assert_eq!(row.segments[2].deciding[0].fact, "blacklisted");
}
