//! The shipped segment model loads, and what is wrong with a model is said where it is.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use crm_core::{
    portfolio::{CHINA_SEGMENTS, SegmentModel, SegmentModelSpec, WarningList, china_segment_model, china_segments},
    rulebook::Scalar,
    wire,
};

fn refused(change: impl Fn(&mut SegmentModelSpec)) -> Vec<(String, String)> {
    let mut spec = china_segments().unwrap();
    change(&mut spec);
    let refusal = SegmentModel::load(&spec).unwrap_err();
    let told = |fault: &crm_core::refusal::Fault| (fault.code().to_string(), fault.path().to_string());
    refusal.faults().iter().map(told).collect()
}

fn only(code: &str, path: &str) -> Vec<(String, String)> {
    vec![(code.into(), path.into())]
}

#[test]
fn the_shipped_model_meets_its_cases() {
    let model = china_segment_model().unwrap();
    assert_eq!(
        model.segments(),
        [
            "newly_insured",
            "renewal",
            "prospect",
            "had_claim",
            "blacklisted",
            "good",
            "large",
            "poor",
            "large_enterprise",
            "system_customer",
            "large_project"
        ]
    );
    let spec = china_segments().unwrap();
    assert!(spec.cases.len() >= 11);
    let stored = wire::to_stored(&spec).unwrap();
    assert_eq!(wire::from_stored::<SegmentModelSpec>(stored.as_bytes()).unwrap(), spec);
    SegmentModel::from_stored(CHINA_SEGMENTS.as_bytes()).unwrap();
}

#[test]
fn a_case_that_fails_is_named() {
    let found = refused(|spec| spec.cases[1].holds = vec!["good".into()]);
    assert_eq!(found, only("portfolio.case.failed", "/cases/1"));
}

#[test]
fn a_threshold_that_moves_fails_its_cases() {
    let found = refused(|spec| {
        let years = spec.parameters.iter_mut().find(|one| one.name == "good_clean_years").unwrap();
        years.values[0].value = Scalar::Integer(4);
    });
    let failed = |case: &str| ("portfolio.case.failed".to_string(), case.to_string());
    assert_eq!(found, [failed("/cases/0"), failed("/cases/2")]);
}

/// What every model has is asked for when it is loaded, not when it is used.
#[test]
fn the_parameters_of_every_model_are_there() {
    let names = [
        "window_months",
        "expiring_within_days",
        "overdue_after_days",
        "cover_gap_days",
        "ratio_years",
        "rank_cover_days",
        "nil_claims_count",
    ];
    for name in names {
        let found = refused(|spec| spec.parameters.retain(|one| one.name != name));
        assert_eq!(found, only("rulebook.parameter.undeclared", "/parameters"), "{name}");
        let place = china_segments().unwrap().parameters.iter().position(|one| one.name == name).unwrap();
        let found = refused(|spec| {
            spec.parameters[place].value_type = crm_core::rulebook::ValueType::Decimal;
            spec.parameters[place].values[0].value = "1".into();
        });
        let code = if name == "nil_claims_count" { "wire.boolean.expected" } else { "wire.integer.expected" };
        assert_eq!(found, only(code, &format!("/parameters/{place}/value_type")));
        if name != "nil_claims_count" {
            let found = refused(|spec| spec.parameters[place].values[0].value = Scalar::Integer(-1));
            assert_eq!(found, only("portfolio.parameter.range", &format!("/parameters/{place}/values/0/value")));
        }
    }
}

/// The version of a model is that of its contents.
#[test]
fn a_model_that_changes_has_another_fingerprint() {
    let mut spec = china_segments().unwrap();
    let before = SegmentModel::load(&spec).unwrap();
    assert_eq!((before.name(), before.fingerprint().len()), ("cn_segments", 64));
    assert_eq!(before.fingerprint(), china_segment_model().unwrap().fingerprint());
    spec.parameters[0].values[0].source.push('.');
    assert_ne!(SegmentModel::load(&spec).unwrap().fingerprint(), before.fingerprint());
}

#[test]
fn shares_of_the_pyramid_add_up_on_every_day() {
    let set = |name: &'static str, value: &'static str| {
        move |spec: &mut SegmentModelSpec| {
            let share = spec.parameters.iter_mut().find(|one| one.name == name).unwrap();
            share.values[0].value = value.into();
        }
    };
    assert_eq!(refused(set("share_small", "79.99")), only("portfolio.pyramid.shares", "/pyramid"));
    let zero = refused(|spec| {
        set("share_top", "0")(spec);
        set("share_small", "81")(spec);
    });
    assert_eq!(zero, only("portfolio.pyramid.shares", "/pyramid"));
    // A later change of one share alone is found on its day.
    let later = refused(|spec| {
        let share = spec.parameters.iter_mut().find(|one| one.name == "share_top").unwrap();
        let mut changed = share.values[0].clone();
        changed.from = "2026-01-01".parse_day();
        share.values[0].until = Some(changed.from);
        changed.value = "2".into();
        share.values.push(changed);
    });
    assert_eq!(later, only("portfolio.pyramid.shares", "/pyramid"));
    assert_eq!(refused(|spec| spec.pyramid.clear()), only("portfolio.pyramid.shares", "/pyramid"));
}

trait Day {
    fn parse_day(self) -> crm_core::calendar::Date;
}

impl Day for &str {
    fn parse_day(self) -> crm_core::calendar::Date {
        crm_core::calendar::Date::parse(self).unwrap()
    }
}

#[test]
fn thresholds_that_overlap_are_refused() {
    let found = refused(|spec| {
        let leave = spec.parameters.iter_mut().find(|one| one.name == "loss_ratio_leave").unwrap();
        leave.values[0].value = "80.0001".into();
    });
    assert_eq!(found, only("portfolio.warning.thresholds", "/warnings/1/leave"));
    // The other way round for a warning on the other side.
    let found = refused(|spec| spec.warnings[1].side = crm_core::portfolio::WarningSide::Below);
    assert_eq!(found, only("portfolio.warning.thresholds", "/warnings/1/leave"));
}

#[test]
fn names_that_lead_nowhere_are_told_at_their_place() {
    let found = refused(|spec| {
        spec.warnings[0].fact = "luck".into();
        spec.warnings[1].enter = "nothing".into();
        spec.warnings[3].name = "cover_expiring".into();
        spec.score[0].fact = "party_kind".into();
        spec.score[1].weight = "window_months".into();
        spec.pyramid[2].share = "nothing".into();
        spec.pyramid[1].grade = "A".into();
    });
    let wanted = [
        ("rulebook.fact.undeclared", "/warnings/0/fact"),
        ("rulebook.parameter.undeclared", "/warnings/1/enter"),
        ("rulebook.name.duplicate", "/warnings/3/name"),
        ("rulebook.fact.undeclared", "/score/0/fact"),
        ("rulebook.parameter.undeclared", "/score/1/weight"),
        ("rulebook.name.duplicate", "/pyramid/1/grade"),
        ("rulebook.parameter.undeclared", "/pyramid/2/share"),
    ];
    assert_eq!(found, wanted.map(|(code, path)| (code.to_string(), path.to_string())));
    let found = refused(|spec| spec.facts[0].name = "claims".into());
    assert_eq!(found, only("rulebook.name.duplicate", "/facts/0/name"));
    let found = refused(|spec| spec.rules[0].source = String::new());
    assert_eq!(found, only("rulebook.source.missing", "/rules/0/source"));
}

#[test]
fn parameters_of_facts_are_dated() {
    let model = china_segment_model().unwrap();
    let parameters = model.fact_parameters("2025-12-31".parse_day()).unwrap();
    assert_eq!((parameters.window_months, parameters.expiring_within_days), (12, 60));
    let refusal = model.fact_parameters("1999-12-31".parse_day()).unwrap_err();
    assert_eq!(refusal.code().as_str(), "rulebook.dated.outside");
}

/// Law 14 for the formats of this room: what the first release stored loads, and is written as it was.
#[test]
fn stored_models_and_lists_still_load() {
    let stored = |release: &str, name: &str| {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/stored/");
        std::fs::read(format!("{path}{release}/{name}")).unwrap().trim_ascii_end().to_vec()
    };
    let sample = |name: &str| stored("0.1.0", name);
    let model: SegmentModelSpec = wire::from_stored(&sample("segment_model.json")).unwrap();
    SegmentModel::load(&model).unwrap();
    // Version 1 counted every claim and ranked whoever had a policy: that is a parameter now.
    let value = |name: &str| &model.parameters.iter().find(|one| one.name == name).unwrap().values[0].value;
    assert_eq!((value("nil_claims_count"), value("rank_cover_days")), (&Scalar::Boolean(true), &Scalar::Integer(0)));
    let newer = stored("0.2.0", "segment_model.json");
    assert_eq!(wire::from_stored::<SegmentModelSpec>(&newer).unwrap(), model);
    assert_eq!(wire::to_stored(&model).unwrap().as_bytes(), newer);
    let list: WarningList = wire::from_stored(&sample("warning_list.json")).unwrap();
    assert_eq!((list.raised.len(), list.raised[0].acknowledged.is_some()), (2, true));
    assert_eq!(wire::to_stored(&list).unwrap().as_bytes(), sample("warning_list.json"));
    // A list is no model.
    let refusal = wire::from_stored::<SegmentModelSpec>(&sample("warning_list.json")).unwrap_err();
    assert_eq!(refusal.code().as_str(), "wire.stored.format");
}
