//! Row B3: what the facts call for, less what is held, met by what may be bought.

use crm_core::{
    money::{Currency, Money},
    product::{
        Catalogue, Eligibility, GapState, HeldCover, NeedGap, NeedReason, Recommendation, RecommendationRequest,
        StatedNeed, UnclearNeed,
    },
    rulebook::Value,
};

use super::sample::{catalogue, cny, day, facts, spec, told};

const FAMILY: &str = r#"{"customer_kind": "direct", "is_organisation": false, "age": 35, "occupation_class": 3,
    "dependants": 2, "children": 1, "vehicles": 1}"#;

pub fn request(json: &str) -> RecommendationRequest {
    RecommendationRequest {
        as_of: day("2026-05-15"),
        facts: facts(json),
        stated: vec![],
        held: vec![],
        prices: [("LDA".to_owned(), cny(900)), ("LDC".to_owned(), cny(300))].into(),
    }
}

pub fn held(cover: &str, amount: Option<Money>) -> HeldCover {
    HeldCover { cover: cover.into(), amount, from: day("2026-01-01"), until: day("2027-01-01") }
}

fn recommend(request: &RecommendationRequest) -> Recommendation {
    catalogue().recommend(request).unwrap()
}

fn gap<'a>(answer: &'a Recommendation, need: &str) -> &'a NeedGap {
    answer.gaps.iter().find(|gap| gap.need == need).unwrap()
}

fn needs(answer: &Recommendation) -> Vec<(&str, i64)> {
    answer.gaps.iter().map(|gap| (gap.need.as_str(), gap.priority)).collect()
}

fn products(gap: &NeedGap) -> Vec<&str> {
    gap.recommended.iter().map(|one| one.product.as_str()).collect()
}

#[test]
fn the_most_urgent_gap_comes_first() {
    let answer = recommend(&request(FAMILY));
    let wanted = [("compulsory", 100), ("life", 85), ("accident", 70), ("motor", 60), ("health", 50)];
    assert_eq!(needs(&answer), wanted);
    assert!(answer.met.is_empty() && answer.unclear.is_empty() && !answer.stale);
    let life = gap(&answer, "life");
    // The larger of two rules: 800,000 for dependants, 1,000,000 for children.
    assert_eq!(
        (life.called_for, life.missing, life.state),
        (Some(cny(1_000_000)), Some(cny(1_000_000)), GapState::NotHeld)
    );
    let names: Vec<&str> = life
        .reasons
        .iter()
        .map(|reason| match reason {
            NeedReason::Rule { check, .. } => check.name.as_str(),
            NeedReason::Stated { .. } => "stated",
        })
        .collect();
    assert_eq!(names, ["dependants", "parent"]);
    // Enough before cheap: the small one costs less and is not enough.
    assert_eq!(products(life), ["LDA", "LDC"]);
    assert_eq!((life.recommended[0].sufficient, life.recommended[1].sufficient), (Some(true), Some(false)));
}

#[test]
fn what_may_not_be_bought_is_never_recommended() {
    let answer = recommend(&request(FAMILY));
    let life = gap(&answer, "life");
    // The old product would pay three millions; it is no longer sold.
    let aside: Vec<_> = life.set_aside.iter().map(|one| (one.product.as_str(), one.because[0].name.as_str())).collect();
    assert_eq!(aside, [("LDB", "on_sale")]);
    let accident = gap(&answer, "accident");
    assert_eq!(products(accident), ["YWA"]);
    let group = &accident.set_aside[0];
    assert_eq!((group.product.as_str(), group.eligibility), ("YTA", Eligibility::NotEligible));
    let failing: Vec<_> = group.because.iter().map(|one| (one.name.as_str(), one.holds)).collect();
    assert_eq!(failing, [("buyers", Some(false)), ("headcount", None)]);
    // Too old, wrong occupation, wrong kind of customer: each with its reason.
    let old = r#"{"customer_kind": "indirect", "is_organisation": false, "age": 59, "occupation_class": 5}"#;
    let answer = recommend(&request(old));
    let because = |need: &str| {
        let gap = gap(&answer, need);
        assert!(gap.recommended.iter().all(|one| one.product == "none"), "{:?}", products(gap));
        gap.set_aside.last().unwrap().because.iter().map(|one| one.name.clone()).collect::<Vec<_>>()
    };
    assert_eq!(because("accident"), ["occupation_classes"]);
    assert_eq!(because("health"), ["customer_kinds", "entry_age"]);
}

#[test]
fn what_is_held_is_set_against_it() {
    let with = |held: Vec<HeldCover>| {
        let mut request = request(FAMILY);
        request.held = held;
        recommend(&request)
    };
    let answer = with(vec![held("term_death", Some(cny(300_000))), held("term_death", Some(cny(500_000)))]);
    let life = gap(&answer, "life");
    assert_eq!((life.state, life.missing, life.held.len()), (GapState::Short, Some(cny(200_000)), 2));
    assert_eq!(life.reckoning.as_ref().unwrap().replay().unwrap(), Value::Decimal(cny(200_000).amount()));
    // What is missing is small enough for the cheap one now.
    assert_eq!(products(life), ["LDC", "LDA"]);
    let answer = with(vec![held("term_death", Some(cny(1_000_000))), held("ctp_death", None)]);
    let met: Vec<_> = answer.met.iter().map(|met| met.need.as_str()).collect();
    assert_eq!(met, ["compulsory", "life"]);
    assert_eq!(answer.met[1].called_for, Some(cny(1_000_000)));
    // What ended or has not begun is not held.
    let mut ended = held("term_death", Some(cny(1_000_000)));
    ended.until = day("2026-05-15");
    let mut later = held("term_death", Some(cny(1_000_000)));
    later.from = day("2026-05-16");
    assert_eq!(gap(&with(vec![ended, later]), "life").state, GapState::NotHeld);
}

#[test]
fn what_cannot_be_said_is_unclear() {
    let with = |held: Vec<HeldCover>| {
        let mut request = request(FAMILY);
        request.held = held;
        let answer = recommend(&request);
        assert!(answer.gaps.iter().all(|gap| gap.need != "life") && answer.met.iter().all(|met| met.need != "life"));
        answer.unclear
    };
    let unknown = with(vec![held("term_death", None), held("term_death", Some(cny(300_000)))]);
    assert!(matches!(&unknown[..], [UnclearNeed::AmountUnknown { held, .. }] if held.len() == 2));
    let dollars = with(vec![held("term_death", Some(Money::from_minor(100_000_000, Currency::USD)))]);
    assert!(matches!(&dollars[..], [UnclearNeed::OtherCurrency { need, .. }] if need == "life"));
    // A rule whose facts are not known: neither a need nor none.
    let answer = recommend(&request(r#"{"vehicles": 1, "children": 0}"#));
    let missing: Vec<_> = answer
        .unclear
        .iter()
        .map(|unclear| match unclear {
            UnclearNeed::FactsMissing { need, check } => (need.as_str(), check.missing.join(" ")),
            other => panic!("{other:?}"),
        })
        .collect();
    let wanted = [("accident", "occupation_class"), ("health", "age"), ("life", "dependants")];
    assert_eq!(missing, wanted.map(|(need, fact)| (need, fact.to_owned())));
    // Nobody knows who it is: what only persons may buy is set aside as undecided.
    let motor = gap(&answer, "motor");
    assert_eq!(products(motor), ["JSY"]);
    assert_eq!(motor.set_aside[0].eligibility, Eligibility::Undecided);
}

#[test]
fn stated_needs_count_with_budget_and_term() {
    let mut request = request(
        r#"{"customer_kind": "direct", "is_organisation": false, "age": 35, "occupation_class": 1,
        "dependants": 0, "children": 0, "vehicles": 0}"#,
    );
    assert_eq!(needs(&recommend(&request)), [("health", 50)]);
    request.stated = vec![StatedNeed {
        need: "life".into(),
        amount: Some(cny(200_000)),
        term_months: Some(12),
        price: Some(cny(500)),
    }];
    let answer = recommend(&request);
    assert_eq!(needs(&answer), [("life", 90), ("health", 50)]);
    let life = gap(&answer, "life");
    let told: Vec<_> =
        life.recommended.iter().map(|one| (one.product.as_str(), one.within_budget, one.fits_term)).collect();
    assert_eq!(told, [("LDC", Some(true), Some(true)), ("LDA", Some(false), Some(false))]);
    // Without a price it cannot be said; what cannot be said comes before no.
    request.prices.remove("LDC");
    let answer = recommend(&request);
    assert_eq!(gap(&answer, "life").recommended[0].within_budget, None);
    assert_eq!(gap(&answer, "life").recommended[0].product, "LDC");
    // Without an amount any cover will do.
    request.stated[0].amount = None;
    request.held = vec![held("term_death", None)];
    assert_eq!(recommend(&request).met[0].need, "life");
}

#[test]
fn rules_and_amounts_are_dated() {
    let mut request = request(r#"{"dependants": 1}"#);
    let called = |request: &RecommendationRequest| gap(&recommend(request), "life").called_for;
    request.as_of = day("2025-12-31");
    assert_eq!(called(&request), Some(cny(500_000)));
    request.as_of = day("2026-01-01");
    assert_eq!(called(&request), Some(cny(800_000)));
    request.as_of = day("2027-01-01");
    assert!(recommend(&request).stale);
    let mut ended = spec();
    ended.need_rules[2].until = Some(day("2026-05-15"));
    request.as_of = day("2026-05-15");
    let answer = Catalogue::load(&ended).unwrap().recommend(&request).unwrap();
    assert!(answer.gaps.iter().all(|gap| gap.need != "life"));
    // A dated value that has ended is refused, not carried on.
    let mut short = spec();
    short.parameters[0].values[1].until = Some(day("2026-05-15"));
    let refusal = Catalogue::load(&short).unwrap().recommend(&request).unwrap_err();
    assert_eq!(told(&refusal), ["rulebook.dated.outside"]);
}

#[test]
fn what_has_to_be_bought_with_it_is_said() {
    let mut changed = spec();
    changed.needs[1].covers = vec!["wheels".into()];
    let answer = Catalogue::load(&changed).unwrap().recommend(&request(FAMILY)).unwrap();
    let motor = gap(&answer, "motor");
    assert_eq!(motor.recommended[0].with_covers, ["own_damage", "third_party"]);
}

#[test]
fn what_leads_nowhere_is_refused() {
    let mut request = request(FAMILY);
    let stated = |need: &str| StatedNeed { need: need.into(), amount: None, term_months: None, price: None };
    request.stated = vec![stated("life"), stated("fame"), stated("life")];
    request.stated[0].amount = Some(cny(0));
    request.stated[0].term_months = Some(0);
    request.held = vec![held("roof", Some(cny(-1)))];
    request.held[0].until = request.held[0].from;
    request.prices.insert("X".into(), cny(1));
    let wanted = [
        "product.catalogue.figure_range /stated/0/amount",
        "product.catalogue.figure_range /stated/0/term_months",
        "product.catalogue.reference_unknown /stated/1/need",
        "product.catalogue.code_duplicate /stated/2/need",
        "product.catalogue.reference_unknown /held/0/cover",
        "product.catalogue.figure_range /held/0/amount",
        "calendar.period.empty /held/0/until",
        "product.catalogue.product_unknown /prices/X",
    ];
    assert_eq!(told(&catalogue().recommend(&request).unwrap_err()), wanted);
    request.held = vec![held("wheels", None); 1_001];
    assert_eq!(told(&catalogue().recommend(&request).unwrap_err()), ["product.catalogue.too_many /held"]);
}
