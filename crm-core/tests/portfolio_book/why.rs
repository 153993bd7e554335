//! Why, and what would change it: against trying every value.

use std::collections::BTreeMap;

use crm_core::{
    money::{Decimal, Unrounded},
    portfolio::*,
    rulebook::{Comparison, Condition, Operand, Scalar, Value},
};
use proptest::{prelude::*, test_runner::TestCaseResult};

use super::{facts::runner, rows::*, segments::assigned};

const FACTS: [&str; 3] = ["claims", "clean_years", "policies"];

fn a_test() -> impl Strategy<Value = Condition> {
    let fact = prop::sample::select(&FACTS[..]).prop_map(String::from);
    let is = prop::sample::select(vec![
        Comparison::Equal,
        Comparison::NotEqual,
        Comparison::LessThan,
        Comparison::AtMost,
        Comparison::AtLeast,
        Comparison::MoreThan,
    ]);
    let compare = (fact.clone(), is, 0..8_i64).prop_map(|(fact, is, value)| Condition::Compare {
        fact,
        is,
        to: Operand::Value { value: value.into() },
    });
    let within = (fact, 0..4_i64, 4..8_i64).prop_map(|(fact, from, until)| Condition::Within {
        fact,
        from: Some(from.into()),
        until: Some(until.into()),
    });
    prop_oneof![compare, within]
}

fn a_condition() -> impl Strategy<Value = Condition> {
    a_test().prop_recursive(2, 8, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 1..4).prop_map(|of| Condition::All { of }),
            prop::collection::vec(inner.clone(), 1..4).prop_map(|of| Condition::Any { of }),
            inner.prop_map(|of| Condition::Not { of: Box::new(of) }),
        ]
    })
}

fn model_of(when: Condition) -> SegmentModel {
    let mut spec = china_segments().unwrap();
    spec.rules.truncate(1);
    spec.rules[0].when = when;
    spec.cases.clear();
    SegmentModel::load(&spec).unwrap()
}

fn holds(when: &Condition, known: &BTreeMap<String, i64>) -> bool {
    match when {
        Condition::All { of } => of.iter().all(|test| holds(test, known)),
        Condition::Any { of } => of.iter().any(|test| holds(test, known)),
        Condition::Not { of } => !holds(of, known),
        Condition::Compare { fact, is, to: Operand::Value { value: Scalar::Integer(value) } } => match is {
            Comparison::Equal => known[fact] == *value,
            Comparison::NotEqual => known[fact] != *value,
            Comparison::LessThan => known[fact] < *value,
            Comparison::AtMost => known[fact] <= *value,
            Comparison::AtLeast => known[fact] >= *value,
            Comparison::MoreThan => known[fact] > *value,
        },
        Condition::Within { fact, from: Some(Scalar::Integer(from)), until: Some(Scalar::Integer(until)) } => {
            (*from..*until).contains(&known[fact])
        }
        _ => unreachable!(),
    }
}

/// For each fact, how far the nearest value is that turns the answer, by trying them all. The facts are counts: none is
/// below zero.
fn nearest(when: &Condition, known: &BTreeMap<String, i64>) -> BTreeMap<String, i64> {
    let now = holds(when, known);
    let mut out = BTreeMap::new();
    for fact in FACTS {
        let turns = |value: &i64| {
            let mut changed = known.clone();
            changed.insert(fact.into(), *value);
            holds(when, &changed) != now
        };
        if let Some(far) = (0..40).filter(turns).map(|value: i64| (value - known[fact]).abs()).min() {
            out.insert(fact.into(), far);
        }
    }
    out
}

type Changes = fn(&SegmentReason) -> Vec<FactChange>;

fn law_the_change_is_the_smallest(changes: Changes) -> impl Fn((Condition, [i64; 3])) -> TestCaseResult {
    move |(when, values)| {
        let known: BTreeMap<String, i64> = FACTS.iter().map(|name| name.to_string()).zip(values).collect();
        let given = known.iter().map(|(name, value)| (name.clone(), Scalar::Integer(*value))).collect();
        let model = model_of(when.clone());
        let reason = model.why_of(model.segments()[0], &given, as_of()).unwrap();
        let is_in = reason.membership == Membership::In;
        prop_assert_eq!(is_in, holds(&when, &known));
        let found: BTreeMap<String, i64> = changes(&reason)
            .iter()
            .map(|change| match (&change.from, &change.to) {
                (Some(Value::Integer(from)), Value::Integer(to)) => (change.fact.clone(), (to - from).abs()),
                _ => unreachable!(),
            })
            .collect();
        prop_assert_eq!(found, nearest(&when, &known));
        for change in &reason.changes {
            let mut then = known.clone();
            let Value::Integer(to) = change.to else { unreachable!() };
            then.insert(change.fact.clone(), to);
            prop_assert_ne!(holds(&when, &then), is_in);
        }
        // What does not decide can be anything, one fact at a time.
        for fact in FACTS.iter().filter(|name| reason.deciding.iter().all(|one| one.fact != **name)) {
            for value in [0, 3, 50] {
                let mut then = known.clone();
                then.insert(fact.to_string(), value);
                prop_assert_eq!(holds(&when, &then), is_in);
            }
        }
        Ok(())
    }
}

#[test]
fn the_change_is_the_smallest() {
    let space = (a_condition(), [0..10_i64, 0..10_i64, 0..10_i64]);
    runner().run(&space, law_the_change_is_the_smallest(|reason| reason.changes.clone())).unwrap();
    let mutant: Changes = |reason| {
        // One step too far.
        let mut changes = reason.changes.clone();
        for change in &mut changes {
            if let (Some(Value::Integer(from)), Value::Integer(to)) = (&change.from, &change.to) {
                change.to = Value::Integer(to + (to - from).signum());
            }
        }
        changes
    };
    assert!(runner().run(&space, law_the_change_is_the_smallest(mutant)).is_err());
}

#[test]
fn a_good_customer_and_what_he_lacks() {
    let mut rows = BookRows { customers: vec![customer(0)], ..BookRows::default() };
    rows.customers[0].commercial_credit = Some("A".into());
    let mut one = policy(0, 0, "2023-12-01");
    one.end = day("2026-12-01");
    rows.policies.push(one);
    rows.claims.push(claim(0, "P0", "2023-12-01", 100_000, 0));
    let model = china();
    let assignment = assigned(rows);
    let reasons = model.why(&assignment, &everything(), &id(0)).unwrap().unwrap();
    let good = reasons.iter().find(|reason| reason.segment == "good").unwrap();
    assert_eq!(good.membership, Membership::Out);
    let deciding: Vec<&str> = good.deciding.iter().map(|fact| fact.fact.as_str()).collect();
    assert_eq!(deciding, ["clean_years", "cover_years", "loss_ratio_years"]);
    let changes: Vec<_> = good
        .changes
        .iter()
        .map(|change| (change.fact.as_str(), change.from.as_ref().unwrap().to_string(), change.to.to_string()))
        .collect();
    // 2 years on the way to 3. The loss ratio alone does not do: it would have to be low over three years.
    assert_eq!(changes, [("clean_years", "2".to_string(), "3".to_string())]);
    assert!(good.together.is_empty());
    assert!(!good.stale && good.trace.as_ref().unwrap().replay().is_ok());
    // Another branch asks in vain.
    assert!(model.why(&assignment, &of_branch("b2"), &id(0)).unwrap().is_none());
    let refusal = model.why_of("lucky", &BTreeMap::new(), as_of()).unwrap_err();
    assert_eq!(refusal.code().as_str(), "rulebook.fact.undeclared");
}

/// Who fails two tests learns what would have to change together.
#[test]
fn who_fails_two_tests_learns_both() {
    let mut rows = BookRows { customers: vec![customer(0)], ..BookRows::default() };
    rows.customers[0].commercial_credit = Some("C".into());
    let mut one = policy(0, 0, "2024-06-01");
    one.end = day("2026-12-01");
    rows.policies.push(one);
    rows.claims.push(claim(0, "P0", "2024-06-01", 300_000, 0));
    let reasons = china().why(&assigned(rows), &everything(), &id(0)).unwrap().unwrap();
    let good = reasons.iter().find(|reason| reason.segment == "good").unwrap();
    assert_eq!((good.membership, good.changes.len()), (Membership::Out, 0));
    let told: Vec<_> = good.together.iter().map(|one| (one.fact.as_str(), one.to.to_string())).collect();
    assert_eq!(told, [("clean_years", "3".to_string()), ("commercial_credit", "AAA".to_string())]);
    assert!(good.together.iter().all(|one| one.membership == Membership::In));
}

type Together = fn(&SegmentReason) -> Vec<FactChange>;

/// Changes that are told together turn the answer, and fewer facts never do; against trying every value.
fn law_no_fewer_facts_turn_the_answer(together: Together) -> impl Fn((Condition, [i64; 3])) -> TestCaseResult {
    move |(when, values)| {
        let known: BTreeMap<String, i64> = FACTS.iter().map(|name| name.to_string()).zip(values).collect();
        let given = known.iter().map(|(name, value)| (name.clone(), Scalar::Integer(*value))).collect();
        let model = model_of(when.clone());
        let reason = model.why_of(model.segments()[0], &given, as_of()).unwrap();
        let now = holds(&when, &known);
        // The fewest facts by trying all values about the thresholds.
        let mut fewest: Option<usize> = None;
        for a in 0..9_i64 {
            for b in 0..9_i64 {
                for c in 0..9_i64 {
                    let then: BTreeMap<String, i64> =
                        FACTS.iter().map(|name| name.to_string()).zip([a, b, c]).collect();
                    if holds(&when, &then) != now {
                        let changed = then.iter().filter(|(name, value)| known[*name] != **value).count();
                        fewest = Some(fewest.map_or(changed, |held| held.min(changed)));
                    }
                }
            }
        }
        let changes = together(&reason);
        prop_assert_eq!(changes.len(), fewest.filter(|fewest| *fewest > 1).unwrap_or(0));
        let mut then = known.clone();
        for change in &changes {
            let Value::Integer(to) = change.to else { unreachable!() };
            then.insert(change.fact.clone(), to);
        }
        prop_assert!(changes.is_empty() || holds(&when, &then) != now);
        Ok(())
    }
}

#[test]
fn no_fewer_facts_turn_the_answer() {
    let values = || prop_oneof![Just(0_i64), Just(8), 0..8_i64];
    // Two tests of different facts that both fail, more often than chance has it.
    let of = |fact: usize, value: i64| Condition::Compare {
        fact: FACTS[fact].into(),
        is: Comparison::AtLeast,
        to: Operand::Value { value: value.into() },
    };
    let both = (0..8_i64, 0..8_i64, 0..3_usize)
        .prop_map(move |(a, b, from)| Condition::All { of: vec![of(from, a), of((from + 1) % 3, b)] });
    let space = (prop_oneof![a_condition(), both], [values(), values(), values()]);
    runner().run(&space, law_no_fewer_facts_turn_the_answer(|reason| reason.together.clone())).unwrap();
    // Tells one change of two.
    let mutant: Together = |reason| reason.together.iter().take(1).cloned().collect();
    assert!(runner().run(&space, law_no_fewer_facts_turn_the_answer(mutant)).is_err());
}

#[test]
fn what_is_not_known_is_named_and_can_decide() {
    let mut rows = BookRows { customers: vec![customer(0)], ..BookRows::default() };
    let mut one = policy(0, 0, "2020-01-01");
    one.end = day("2026-12-01");
    rows.policies.push(one);
    let model = china();
    let assignment = assigned(rows);
    let place = assignment.customer(&everything(), &id(0)).unwrap();
    assert_eq!(place.undecided["good"], ["commercial_credit"]);
    let reasons = model.why(&assignment, &everything(), &id(0)).unwrap().unwrap();
    let good = reasons.iter().find(|reason| reason.segment == "good").unwrap();
    assert_eq!((good.membership, good.trace.is_none()), (Membership::Undecided, true));
    let change = good.changes.iter().find(|change| change.fact == "commercial_credit").unwrap();
    assert_eq!((change.from.is_none(), change.to.to_string(), change.membership), (true, "AAA".into(), Membership::In));
}

/// What a value is made of adds up to it, and the band above begins where its lowest member stands.
fn law_a_value_is_its_terms(parts: fn(&GradeReason) -> Vec<Decimal>) -> impl Fn(u64) -> TestCaseResult {
    move |seed| {
        let assignment = assigned(some_book(seed));
        let model = china();
        let all = assignment.visible(&everything()).into_rows();
        for row in &all {
            let reason = model.why_grade(&assignment, &everything(), &row.customer).unwrap().unwrap();
            let Some(score) = reason.score else { continue };
            let sum = parts(&reason).iter().try_fold(Unrounded::ZERO, |sum, part| sum.plus(*part)).unwrap();
            prop_assert_eq!(sum, Unrounded::from(score));
            let better = all.iter().filter(|other| other.rank < row.rank && other.grade != row.grade);
            let lowest = better.filter(|other| other.rank.is_some()).filter_map(|other| other.score).min();
            prop_assert_eq!(reason.above.as_ref().map(|above| above.lowest), lowest);
            if let Some(above) = &reason.above {
                prop_assert_eq!(Unrounded::from(score).plus(above.lacks).unwrap(), Unrounded::from(above.lowest));
            }
        }
        Ok(())
    }
}

#[test]
fn a_value_is_its_terms() {
    let parts = |reason: &GradeReason| reason.terms.iter().filter_map(|term| term.adds).collect::<Vec<_>>();
    runner().run(&any::<u64>(), law_a_value_is_its_terms(parts)).unwrap();
    // Takes the first term for the whole value.
    let mutant = |reason: &GradeReason| reason.terms.iter().filter_map(|term| term.adds).take(1).collect::<Vec<_>>();
    assert!(runner().run(&any::<u64>(), law_a_value_is_its_terms(mutant)).is_err());
}

#[test]
fn the_next_band_is_so_far_away() {
    let rows = super::segments::a_row_of(100);
    let assignment = assigned(rows.clone());
    let model = china();
    let reason = model.why_grade(&assignment, &everything(), &rows.customers[20].id).unwrap().unwrap();
    assert_eq!((reason.grade.as_deref(), reason.rank, reason.ranked), (Some("D"), Some(21), 100));
    // He pays 8,000.00, counted once though all of it is new; the last of the band above pays 8,100.00.
    let above = reason.above.unwrap();
    assert_eq!((above.grade.as_str(), above.lowest.to_string().as_str()), ("C", "8100"));
    assert_eq!((reason.score.unwrap().to_string().as_str(), above.lacks.to_string().as_str()), ("8000", "100"));
    assert!(model.why_grade(&assignment, &of_branch("b2"), &rows.customers[20].id).unwrap().is_none());
}
