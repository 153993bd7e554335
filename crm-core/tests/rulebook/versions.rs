//! Versions of rules, cases that a rule set carries, and units.

use std::collections::BTreeMap;

use crm_core::{
    calendar::Date,
    rulebook::{Rule, RuleCase, RuleSet, RuleSetSpec, Scalar},
    wire,
};
use proptest::{
    prelude::*,
    test_runner::{TestCaseResult, TestRunner},
};

use super::{SPEC, date, facts, faults};

fn spec() -> RuleSetSpec {
    wire::from_json(SPEC.as_bytes()).unwrap()
}

/// The rule "good" for at least so many years without a claim.
fn good_after(years: i64, from: Option<&str>, until: Option<&str>) -> Rule {
    let rule = spec().rules[0].clone();
    let when =
        format!(r#"{{"compare":{{"fact":"clean_years","is":"at_least","to":{{"value":{{"value":{years}}}}}}}}}"#);
    Rule { when: wire::from_json(when.as_bytes()).unwrap(), from: from.map(date), until: until.map(date), ..rule }
}

fn with(change: impl FnOnce(&mut RuleSetSpec)) -> Vec<String> {
    let mut spec = spec();
    change(&mut spec);
    RuleSet::load(&spec).map_or_else(|refusal| faults(&refusal), |_| Vec::new())
}

#[test]
fn the_day_decides_which_version_of_a_rule_is_asked() {
    let rules = vec![good_after(5, Some("2020-01-01"), None), good_after(3, Some("2010-01-01"), Some("2020-01-01"))];
    let rules = RuleSet::load(&RuleSetSpec { rules, ..spec() }).unwrap();
    let good = |on: &str| {
        let answer = rules.evaluate(&facts(r#"{"clean_years":4}"#), date(on)).unwrap();
        assert_eq!(answer.outcomes.len(), 1);
        let version = answer.outcomes[0].version.clone().unwrap();
        assert!(version.from.unwrap() <= date(on) && version.until.is_none_or(|until| date(on) < until));
        answer.outcomes[0].holds
    };
    assert!(good("2010-01-01") && good("2019-12-31"));
    assert!(!good("2020-01-01"));
    let refusal = rules.evaluate(&facts(r#"{"clean_years":4}"#), date("2009-12-31")).unwrap_err();
    assert_eq!(faults(&refusal), ["rulebook.dated.outside "]);
    assert!(refusal.to_string().contains("good") && refusal.to_string().contains("2010-01-01"), "{refusal}");
}

#[test]
fn versions_of_a_rule_follow_each_other() {
    let versions = |first: (Option<&str>, Option<&str>), second: (Option<&str>, Option<&str>)| {
        with(|spec| spec.rules = vec![good_after(3, first.0, first.1), good_after(5, second.0, second.1)])
    };
    assert!(versions((None, Some("2020-01-01")), (Some("2020-01-01"), None)).is_empty());
    assert_eq!(versions((None, Some("2020-01-01")), (Some("2020-01-02"), None)), ["rulebook.dated.gap /rules/1/from"]);
    assert_eq!(
        versions((Some("2020-01-01"), None), (Some("2021-01-01"), None)),
        ["rulebook.dated.overlap /rules/1/from"]
    );
    // Two rules of one name without days are no versions.
    assert_eq!(versions((None, None), (None, None)), ["rulebook.name.duplicate /rules/1/name"]);
    assert_eq!(
        with(|spec| spec.rules[0] = good_after(3, Some("2020-01-01"), Some("2020-01-01"))),
        ["calendar.period.empty /rules/0/until"]
    );
    assert_eq!(
        with(|spec| spec.rules[0] = good_after(3, None, Some("0001-01-01"))),
        ["calendar.period.empty /rules/0/until"]
    );
}

#[test]
fn outcomes_after_the_last_check_of_the_rules_are_stale() {
    let rules = RuleSet::load(&RuleSetSpec { checked_until: Some(date("2025-12-31")), ..spec() }).unwrap();
    let known = facts(r#"{"clean_years":4,"loss_ratio":"1","region":"CN-11","phone":"1","since":"2020-01-01"}"#);
    let stale = |on: &str| rules.evaluate(&known, date(on)).unwrap().outcomes.iter().all(|outcome| outcome.stale);
    assert!(!stale("2025-12-31") && stale("2026-01-01"));
}

#[test]
fn what_is_compared_counts_the_same() {
    let unit = |unit: Option<&str>| with(|spec| spec.parameters[0].unit = unit.map(str::to_owned));
    assert!(unit(Some("%")).is_empty() && unit(None).is_empty());
    assert_eq!(unit(Some("CNY")), ["rulebook.unit.differs /rules/1/when/all/of/0/compare/to/parameter/name"]);
}

const CASES: &str = r#"[
    {"name":"clean","source":"worked by hand","as_of":"2023-06-01","facts":{"clean_years":3,"loss_ratio":"80","region":"CN-11"},
     "holds":["good","poor"],"undecided":["old"]},
    {"name":"nothing_known","source":"worked by hand","as_of":"2023-06-01","facts":{},"holds":[],"undecided":["good","poor","old"]}
]"#;

#[test]
fn a_rule_set_carries_its_cases() {
    let cases = |text: &str| with(|spec| spec.cases = Some(wire::from_json(text.as_bytes()).unwrap()));
    // "mobile" asks whether the phone is known, so it fails and is decided.
    assert_eq!(cases(CASES), Vec::<String>::new());
    assert_eq!(
        cases(&CASES.replace(r#""holds":["good","poor"]"#, r#""holds":["good","mobile"]"#)),
        ["rulebook.case.failed /cases/0/holds", "rulebook.case.failed /cases/0/holds"]
    );
    assert_eq!(
        cases(&CASES.replace(r#""undecided":["old"]"#, r#""undecided":[]"#)),
        ["rulebook.case.failed /cases/0/undecided"]
    );
    assert_eq!(
        cases(&CASES.replace(r#""clean_years":3"#, r#""clean_years":"3""#)),
        ["wire.integer.expected /cases/0/facts/clean_years"]
    );
    assert_eq!(cases(&CASES.replacen("2023-06-01", "2019-12-31", 1)), ["rulebook.dated.outside /cases/0/as_of"]);
    assert_eq!(
        cases(&CASES.replace("nothing_known", "clean").replace("worked by hand", " ")),
        [
            "rulebook.source.missing /cases/0/source",
            "rulebook.name.duplicate /cases/1/name",
            "rulebook.source.missing /cases/1/source"
        ]
    );
    let many = |spec: &mut RuleSetSpec| {
        let case = wire::from_json::<Vec<_>>(CASES.as_bytes()).unwrap().remove(0);
        spec.cases = Some(vec![case; 10_001]);
    };
    assert_eq!(with(many), ["rulebook.too_many /cases"]);
}

#[test]
fn what_cases_may_ask_is_bounded() {
    // Ten thousand rules that hold, and cases that say that nothing does: each pair would be a fault.
    let rules = |count: usize| {
        (0..count)
            .map(|number| Rule { name: format!("rule_{number}"), ..good_after(0, None, None) })
            .collect::<Vec<_>>()
    };
    let cases = |count: usize| {
        let case: RuleCase = wire::from_json::<Vec<RuleCase>>(CASES.as_bytes()).unwrap().remove(0);
        let facts = facts(r#"{"clean_years":3}"#);
        (0..count)
            .map(|number| RuleCase {
                name: format!("case_{number}"),
                facts: facts.clone(),
                holds: vec![],
                ..case.clone()
            })
            .collect::<Vec<_>>()
    };
    let load = |rules, cases| {
        let refusal = RuleSet::load(&RuleSetSpec { rules, cases: Some(cases), ..spec() }).unwrap_err();
        (refusal.code().as_str().to_owned(), refusal.faults().len())
    };
    assert_eq!(load(rules(10_000), cases(201)), ("rulebook.too_many".to_owned(), 1));
    let (code, told) = load(rules(10_000), cases(200));
    assert_eq!(code, "rulebook.case.failed");
    assert!(told <= 1_001, "{told}");
}

/// Versions of a rule by the lengths of their spans, in the order of `order`; each wants one more year than the one before.
fn versions(lengths: &[i64], order: &[usize]) -> (Vec<Rule>, Vec<Date>) {
    let mut day = date("2020-01-01");
    let mut starts = Vec::new();
    let mut rules = Vec::new();
    for (years, length) in (1..).zip(lengths) {
        let until = day.plus_days(*length).unwrap();
        let last = usize::try_from(years).unwrap() == lengths.len();
        let mut rule = good_after(years, None, None);
        (rule.from, rule.until) = (Some(day), (!last).then_some(until));
        starts.push(day);
        rules.push(rule);
        day = until;
    }
    (order.iter().map(|at| rules[*at].clone()).collect(), starts)
}

type Asked = fn(&[Rule], i64, Date) -> bool;

fn asked(rules: &[Rule], years: i64, on: Date) -> bool {
    let set = RuleSet::load(&RuleSetSpec { rules: rules.to_vec(), ..spec() }).unwrap();
    set.evaluate(&BTreeMap::from([("clean_years".to_owned(), Scalar::Integer(years))]), on).unwrap().outcomes[0].holds
}

/// Law 11: on every day one version answers, in whatever order they are written.
fn law_one_version(ask: Asked) -> impl Fn((Vec<i64>, Vec<usize>, i64, i64)) -> TestCaseResult {
    move |(lengths, order, after, years)| {
        let (rules, starts) = versions(&lengths, &order);
        let on = date("2020-01-01").plus_days(after).unwrap();
        let wanted = i64::try_from(starts.iter().filter(|start| **start <= on).count()).unwrap();
        prop_assert_eq!(ask(&rules, years, on), years >= wanted);
        Ok(())
    }
}

fn some_versions() -> impl Strategy<Value = (Vec<i64>, Vec<usize>, i64, i64)> {
    prop::collection::vec(1..5_i64, 1..6).prop_flat_map(|lengths| {
        let order = Just((0..lengths.len()).collect::<Vec<_>>()).prop_shuffle();
        (Just(lengths), order, 0..25_i64, 0..7_i64)
    })
}

#[test]
fn law_11_every_day_has_one_version_of_a_rule() {
    TestRunner::default().run(&some_versions(), law_one_version(asked)).unwrap();
}

#[test]
fn law_11_catches_the_newest_version_for_every_day() {
    let newest: Asked = |rules, years, _| {
        let newest = rules.iter().max_by_key(|rule| rule.from).unwrap().clone();
        asked(&[Rule { from: None, until: None, ..newest }], years, date("2020-01-01"))
    };
    assert!(TestRunner::default().run(&some_versions(), law_one_version(newest)).is_err());
}
