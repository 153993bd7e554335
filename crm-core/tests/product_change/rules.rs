//! Refund rules and tables as dated data.

use crm_core::{
    calendar::{Date, EndOfMonth, Period},
    money::{Decimal, RoundingMode},
    product::{
        BeforeStartFee, CancellationRequest, EffectiveTimeline, RefundRules, RefundRulesSpec, RetentionMethod,
        china_refunds, international_refunds,
    },
    refusal::Code,
};

use crate::{cny, date, request, year};

/// Every day has one answer: a version for each day inside, none outside.
fn one_answer(rules: &RefundRulesSpec, version: impl Fn(Date) -> Option<String>) -> Result<(), String> {
    let first = rules.versions.iter().map(|version| version.from).min().unwrap();
    for days in -400..9_000 {
        let day = first.plus_days(days).unwrap();
        let fit: Vec<_> = rules
            .versions
            .iter()
            .filter(|version| version.from <= day && version.until.is_none_or(|until| day < until))
            .map(|version| version.source.clone())
            .collect();
        let expected = match fit.as_slice() {
            [] => None,
            [one] => Some(one.clone()),
            _ => return Err(format!("{day}: two answers")),
        };
        if version(day) != expected {
            return Err(format!("{day}: {:?} instead of {expected:?}", version(day)));
        }
    }
    Ok(())
}

#[test]
fn law_11_every_day_has_one_refund_rule() {
    for rules in [
        china_refunds::cooling_off_refunds().unwrap(),
        china_refunds::compulsory_motor_refunds().unwrap(),
        china_refunds::commercial_motor_refunds().unwrap(),
    ] {
        let answer = |day| rules.version(day).ok().map(|version| version.source.clone());
        assert_eq!(one_answer(rules.spec(), answer), Ok(()));
    }
}

/// Mutants: the newest version whatever the day; the first version before it began; the last day taken in.
#[test]
fn law_11_of_refund_rules_catches_its_mutants() {
    let rules = china_refunds::cooling_off_refunds().unwrap();
    let versions = &rules.spec().versions;
    let newest = |_: Date| versions.last().map(|version| version.source.clone());
    assert!(one_answer(rules.spec(), newest).is_err());
    let lenient = |day: Date| {
        let found = versions.iter().rfind(|version| version.from <= day).or(versions.first());
        found.map(|version| version.source.clone())
    };
    assert!(one_answer(rules.spec(), lenient).is_err());
    let inclusive = |day: Date| {
        let found =
            versions.iter().find(|version| version.from <= day && version.until.is_none_or(|until| day <= until));
        found.map(|version| version.source.clone())
    };
    assert!(one_answer(rules.spec(), inclusive).is_err());
}

#[test]
fn rules_are_chosen_by_inception_or_effect_and_marked_stale() {
    let rules = china_refunds::cooling_off_refunds().unwrap();
    let term = |start: &str| Period::months_from(date(start), 240, EndOfMonth::Clamp).unwrap();
    let end = |start: &str, effective: &str| {
        let request =
            CancellationRequest { receipt_signed_on: Some(date(effective)), ..request("cooling_off", effective) };
        rules.end(&term(start), &request).unwrap().retention
    };
    // Signed before the change of the rules, cancelled after it: the contract keeps its own.
    assert_eq!(end("2017-09-28", "2017-10-03").from, date("2000-08-01"));
    assert_eq!(end("2017-10-01", "2017-10-03").from, date("2017-10-01"));
    assert!(!end("2026-03-31", "2026-04-02").stale);
    assert!(end("2026-04-01", "2026-04-02").stale);

    // Compulsory motor follows the day of effect.
    let motor = china_refunds::compulsory_motor_refunds().unwrap();
    let before = Period::new(date("2006-06-30"), date("2007-06-30")).unwrap();
    assert!(motor.end(&before, &request("lost", "2006-07-01")).is_ok());
    assert_eq!(motor.end(&before, &request("lost", "2006-06-30")).unwrap_err().code(), Code::RulebookDatedOutside);
}

#[test]
fn a_refused_ground_names_those_that_are_allowed() {
    let motor = china_refunds::compulsory_motor_refunds().unwrap();
    let refusal = motor.end(&year(), &request("no_longer_wanted", "2026-05-01")).unwrap_err();
    let text = refusal.text(crm_core::refusal::Lang::En);
    assert!(text.contains("deregistered, laid_up, lost, duplicate_cover, not_disclosed"), "{text}");
}

#[test]
fn a_fee_before_the_start_has_a_cap() {
    let mut spec = china_refunds::commercial_motor_refunds().unwrap().spec().clone();
    let part = Decimal::parse("0.03").unwrap();
    spec.versions[0].grounds[0].before_start = BeforeStartFee { part, at_most: Some(cny(10_000)) };
    let rules = RefundRules::load(spec).unwrap();
    let end = rules.end(&year(), &request("policyholder_request", "2025-12-24")).unwrap();
    assert!(matches!(end.retention.rule.method, RetentionMethod::HandlingFee { .. }));
    let kept = |premium: i64| {
        let single = EffectiveTimeline::single("a", cny(premium), year(), RoundingMode::HalfUp);
        let price = EffectiveTimeline { end: Some(end.clone()), ..single }.price().unwrap();
        (price.total.minor(), price.retention.unwrap().fee.unwrap().minor())
    };
    assert_eq!(kept(100_000), (3_000, 3_000));
    assert_eq!(kept(1_000_000), (10_000, 10_000));
}

#[test]
fn packs_hold_what_their_sources_say() {
    let china = china_refunds::short_period_table().unwrap();
    let percents: Vec<String> = china.rows.iter().map(|row| row.percent.to_string()).collect();
    assert_eq!(percents.join(" "), "10 20 30 40 50 60 70 80 85 90 95 100");
    let accident = china_refunds::short_period_accident_table().unwrap();
    let percents: Vec<String> = accident.rows.iter().map(|row| row.percent.to_string()).collect();
    assert_eq!(percents.join(" "), "25 35 45 55 65 70 75 80 85 90 95 100");
    let wheel = international_refunds::short_rate_365().unwrap();
    let start = date("2026-01-01");
    // Never less for a longer time, 25 at least, all in the end.
    let percents: Vec<Decimal> =
        (1..=366).map(|days| wheel.percent(start, start.plus_days(days).unwrap()).unwrap()).collect();
    assert!(percents.is_sorted() && percents[0] == 25.into() && percents[365] == 100.into());
    assert_eq!(percents.iter().collect::<std::collections::BTreeSet<_>>().len(), 76);
}
