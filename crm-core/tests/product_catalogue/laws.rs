//! The laws of the catalogue, each with its mutants: one answer a day, reasons that replay, order that changes nothing, never
//! what may not be bought.

use std::collections::BTreeMap;

use crm_core::{
    calendar::Date,
    product::{
        Catalogue, CatalogueSpec, CheckedCondition, ComparisonRequest, Eligibility, NeedReason, ProductStatus,
        Recommendation, RecommendationRequest, RecommendedProduct, StatedNeed, StatusSpan, UnclearNeed,
    },
    rulebook::{Condition, Rule, Scalar, Step, Value},
    wire,
};
use proptest::prelude::*;

use super::{
    recommend::{held, request},
    sample::{catalogue, cny, day, product, spec, terms},
};

/// Facts of some customer; each may be unknown.
fn customers() -> impl Strategy<Value = BTreeMap<String, Scalar>> {
    let some = |values: std::ops::Range<i64>| proptest::option::of(values.prop_map(Scalar::Integer));
    let kind = proptest::option::of(prop_oneof![Just("direct"), Just("indirect"), Just("agent"), Just("group")]);
    let organisation = proptest::option::of(any::<bool>());
    let whole = (some(0..80), some(1..7), some(0..3), some(0..3), some(0..2), some(0..10));
    (kind, organisation, whole).prop_map(
        |(kind, organisation, (age, class, dependants, children, vehicles, employees))| {
            let mut facts = BTreeMap::new();
            let mut tell = |name: &str, value: Option<Scalar>| value.map(|value| facts.insert(name.to_owned(), value));
            tell("customer_kind", kind.map(Scalar::from));
            tell("is_organisation", organisation.map(Scalar::Boolean));
            tell("age", age);
            tell("occupation_class", class);
            tell("dependants", dependants);
            tell("children", children);
            tell("vehicles", vehicles);
            tell("employees", employees);
            facts
        },
    )
}

fn days() -> impl Strategy<Value = Date> {
    (0_i64..4_700).prop_map(|number| day("2015-01-01").plus_days(number).unwrap())
}

fn requests() -> impl Strategy<Value = RecommendationRequest> {
    let covers = prop_oneof![Just("term_death"), Just("third_party"), Just("accident_death"), Just("ctp_death")];
    let amounts = proptest::option::of((1_i64..12).prop_map(|count| cny(count * 100_000)));
    let holds = proptest::collection::vec((covers, amounts), 0..4);
    (customers(), days(), holds, any::<bool>()).prop_map(|(facts, as_of, holds, stated)| {
        let mut request = request("{}");
        request.facts = facts;
        request.as_of = as_of;
        request.held = holds.into_iter().map(|(cover, amount)| held(cover, amount)).collect();
        for one in &mut request.held {
            (one.from, one.until) = (as_of.plus_days(-30).unwrap(), as_of.plus_days(30).unwrap());
        }
        if stated {
            let need = |need: &str, amount| StatedNeed {
                need: need.into(),
                amount,
                term_months: Some(12),
                price: Some(cny(500)),
            };
            request.stated = vec![need("life", Some(cny(250_000))), need("motor", None)];
        }
        request
    })
}

/// Law 11, on a line of days: each has exactly one status, the one that is written for it, or the product is not there.
fn one_answer(spans: &[StatusSpan], answer: impl Fn(Date) -> Option<ProductStatus>, days: &[Date]) -> bool {
    days.iter().all(|on| {
        let inside = |span: &&StatusSpan| span.from <= *on && span.until.is_none_or(|until| *on < until);
        let valid: Vec<_> = spans.iter().filter(inside).map(|span| span.status).collect();
        valid.len() <= 1 && answer(*on) == valid.first().copied()
    })
}

fn find(spans: &[StatusSpan], valid: impl Fn(&StatusSpan) -> bool) -> Option<ProductStatus> {
    spans.iter().find(|span| valid(span)).map(|span| span.status)
}

/// A line of statuses of the given lengths, the last without end.
fn line_of(lengths: &[(i64, bool)]) -> Vec<StatusSpan> {
    let mut from = day("2020-01-01");
    let mut spans = Vec::new();
    for (index, (length, sold)) in lengths.iter().enumerate() {
        let until = from.plus_days(*length).unwrap();
        let last = index + 1 == lengths.len();
        let status = if *sold { ProductStatus::OnSale } else { ProductStatus::Suspended };
        spans.push(StatusSpan { status, from, until: (!last).then_some(until), source: "law".into() });
        from = until;
    }
    spans
}

fn with_line(spans: &[StatusSpan]) -> CatalogueSpec {
    let mut spec = spec();
    let product = product(&mut spec, "LDC");
    product.statuses = spans.to_vec();
    product.valid_from = day("2020-01-01");
    spec
}

proptest! {
    #[test]
    fn law_11_every_day_has_one_status(
        lengths in proptest::collection::vec((1_i64..40, any::<bool>()), 1..6),
        turn in 0_usize..6,
    ) {
        let spans = line_of(&lengths);
        let mut written = spans.clone();
        written.rotate_left(turn % spans.len());
        let catalogue = Catalogue::load(&with_line(&written)).unwrap();
        let days: Vec<Date> = (-3..200).map(|number| day("2020-01-01").plus_days(number).unwrap()).collect();
        let answer = |on: Date| catalogue.on_day("LDC", on).ok().map(|product| product.status.status);
        prop_assert!(one_answer(&spans, answer, &days));
        // The mutants: one that begins a day late; one that gives a span its last day too; one that never looks at the end.
        let late = |on: Date| find(&spans, |span| span.from < on && span.until.is_none_or(|until| on <= until));
        let closed = |on: Date| find(&spans, |span| span.from <= on && span.until.is_none_or(|until| on <= until));
        let endless = |on: Date| find(&spans, |span| span.from <= on);
        prop_assert!(!one_answer(&spans, late, &days));
        if spans.windows(2).any(|pair| pair[0].status != pair[1].status) {
            prop_assert!(!one_answer(&spans, closed, &days));
            prop_assert!(!one_answer(&spans, endless, &days));
        }
    }

    /// A day moved by one leaves a gap, an overlap or a day without an answer: it does not load.
    #[test]
    fn law_11_a_moved_day_does_not_load(
        lengths in proptest::collection::vec((2_i64..40, any::<bool>()), 2..6),
        which in 0_usize..6,
        later in any::<bool>(),
    ) {
        let mut spans = line_of(&lengths);
        let which = which % spans.len();
        spans[which].from = spans[which].from.plus_days(if later { 1 } else { -1 }).unwrap();
        let refusal = Catalogue::load(&with_line(&spans)).unwrap_err();
        let codes = ["rulebook.dated.gap", "rulebook.dated.overlap", "product.catalogue.dates_uncovered"];
        prop_assert!(refusal.faults().iter().all(|fault| codes.contains(&fault.code().as_str())));
    }
}

/// Every check of an answer.
fn checks(answer: &Recommendation) -> Vec<&CheckedCondition> {
    let of_reason = |reason: &'_ NeedReason| match reason {
        NeedReason::Rule { .. } => true,
        NeedReason::Stated { .. } => false,
    };
    let mut all: Vec<&CheckedCondition> = answer.purchases.iter().flat_map(|purchase| &purchase.checks).collect();
    all.extend(answer.gaps.iter().flat_map(|gap| gap.set_aside.iter().flat_map(|aside| &aside.because)));
    let reasons = answer.gaps.iter().flat_map(|gap| &gap.reasons).chain(answer.met.iter().flat_map(|met| &met.reasons));
    for reason in reasons.filter(|reason| of_reason(reason)) {
        if let NeedReason::Rule { check, .. } = reason {
            all.push(check);
        }
    }
    all.extend(answer.unclear.iter().filter_map(|unclear| match unclear {
        UnclearNeed::FactsMissing { check, .. } => Some(check),
        _ => None,
    }));
    all
}

/// Law 3: a check is what its trace replays to, a gap what its reckoning replays to, and every answer has its reason.
fn explains_itself(answer: &Recommendation) -> bool {
    let replays = |check: &CheckedCondition| match check.holds {
        Some(holds) => check.trace.replay().ok() == Some(Value::Boolean(holds)) && check.missing.is_empty(),
        None => !check.missing.is_empty(),
    };
    let eligible = |code: &str| {
        let found = answer.purchases.iter().find(|purchase| purchase.product == code);
        found.is_some_and(|purchase| {
            purchase.eligibility == Eligibility::Eligible
                && purchase.checks.iter().all(|check| check.holds == Some(true))
        })
    };
    checks(answer).into_iter().all(replays)
        && answer.gaps.iter().all(|gap| {
            let reckoned = gap.reckoning.as_ref().map(|trace| trace.replay().ok());
            let called: Vec<_> = gap.reasons.iter().filter_map(NeedReason::called_for).collect();
            reckoned == gap.missing.map(|missing| Some(Value::Decimal(missing.amount())))
                && !gap.reasons.is_empty()
                && gap.called_for.is_none_or(|amount| called.contains(&amount))
                && gap.priority == gap.reasons.iter().map(NeedReason::priority).max().unwrap()
                && gap.recommended.iter().all(|one| eligible(&one.product))
                && gap.set_aside.iter().all(|one| !eligible(&one.product) && !one.because.is_empty())
        })
}

/// What a mutant of the recommendation would answer.
fn mutants(answer: &Recommendation) -> Vec<Recommendation> {
    let mut mutants = Vec::new();
    for (index, gap) in answer.gaps.iter().enumerate() {
        if let Some(aside) = gap.set_aside.first() {
            // One that recommends what may not be bought.
            let mut mutant = answer.clone();
            if let Some(mut one) = answer.gaps.iter().flat_map(|gap| &gap.recommended).next().cloned() {
                one.product.clone_from(&aside.product);
                mutant.gaps[index].recommended.push(one);
                mutants.push(mutant);
            }
            // One that sets aside without saying why.
            let mut mutant = answer.clone();
            mutant.gaps[index].set_aside[0].because.clear();
            mutants.push(mutant);
        }
        if let Some(missing) = gap.missing {
            // One that is a cent off.
            let mut mutant = answer.clone();
            mutant.gaps[index].missing =
                Some(missing.plus(crm_core::money::Money::from_minor(1, missing.currency())).unwrap());
            mutants.push(mutant);
        }
        // One without a reason.
        let mut mutant = answer.clone();
        mutant.gaps[index].reasons.clear();
        mutant.gaps[index].called_for = None;
        mutant.gaps[index].priority = 0;
        if !gap.reasons.is_empty() {
            mutants.push(mutant);
        }
    }
    // One whose trace says something else.
    for (index, purchase) in answer.purchases.iter().enumerate() {
        let mut mutant = answer.clone();
        let check = &mut mutant.purchases[index].checks[0];
        if let Some(Step::Compare { passed: Some(passed), .. }) = check.trace.steps.last_mut() {
            *passed = !*passed;
            mutants.push(mutant);
        }
        assert!(!purchase.checks.is_empty());
    }
    mutants
}

proptest! {
    #[test]
    fn law_3_every_recommendation_explains_itself(request in requests()) {
        let answer = catalogue().recommend(&request).unwrap();
        prop_assert!(explains_itself(&answer));
        for mutant in mutants(&answer) {
            prop_assert!(!explains_itself(&mutant), "a mutant explains itself");
        }
        // What is stored replays too.
        let text = wire::to_json(&answer).unwrap();
        prop_assert_eq!(wire::from_json::<Recommendation>(text.as_bytes()).unwrap(), answer);
    }

    /// An independent reading of who may buy, by hand over the sample.
    #[test]
    fn nobody_is_offered_what_he_may_not_buy(request in requests()) {
        let answer = catalogue().recommend(&request).unwrap();
        prop_assert!(offers_what_may_be_bought(&answer, &request));
        // The mutants: one that offers what was set aside, and so one that takes what is not known for a yes.
        for (index, gap) in answer.gaps.iter().enumerate() {
            for aside in &gap.set_aside {
                let mut mutant = answer.clone();
                mutant.gaps[index].recommended.push(offer(&aside.product, &aside.cover));
                prop_assert!(!offers_what_may_be_bought(&mutant, &request), "{} passes", aside.product);
            }
        }
    }

    /// The order in which a catalogue and a question are written changes no answer.
    #[test]
    fn order_makes_no_difference(request in requests(), turn in 1_usize..7) {
        let catalogue = catalogue();
        let answer = catalogue.recommend(&request).unwrap();
        let turned = Catalogue::load(&turned(spec(), turn)).unwrap();
        prop_assert_eq!(&turned.recommend(&request).unwrap(), &answer);
        let mut asked = request.clone();
        asked.held.reverse();
        asked.stated.reverse();
        prop_assert_eq!(&catalogue.recommend(&asked).unwrap(), &answer);
        prop_assert_eq!(turned.on_sale(request.as_of).unwrap(), catalogue.on_sale(request.as_of).unwrap());
        let compared = ComparisonRequest {
            as_of: day("2026-05-15"),
            products: ["JSY", "YWA", "LDA"].map(String::from).to_vec(),
            facts: request.facts,
            prices: request.prices,
        };
        let (there, here) = (turned.compare(&compared).unwrap(), catalogue.compare(&compared).unwrap());
        prop_assert_eq!(&there, &here);
        // The columns stand as they are asked for.
        let mut reversed = compared;
        reversed.products.reverse();
        let mut back = catalogue.compare(&reversed).unwrap();
        back.products.reverse();
        back.covers.iter_mut().for_each(|row| row.cells.reverse());
        prop_assert_eq!(back, here);
    }
}

/// The same catalogue in another order.
fn turned(mut spec: CatalogueSpec, turn: usize) -> CatalogueSpec {
    fn turn_by<T>(list: &mut [T], turn: usize) {
        let length = list.len().max(1);
        list.rotate_left(turn % length);
    }
    turn_by(&mut spec.facts, turn);
    turn_by(&mut spec.parameters, turn);
    turn_by(&mut spec.lines, turn);
    turn_by(&mut spec.covers, turn);
    turn_by(&mut spec.clauses, turn);
    turn_by(&mut spec.commission_classes, turn);
    turn_by(&mut spec.products, turn);
    turn_by(&mut spec.needs, turn);
    turn_by(&mut spec.need_rules, turn);
    for product in &mut spec.products {
        turn_by(&mut product.statuses, turn);
        turn_by(&mut product.prices, turn);
        turn_by(&mut product.discounts, turn);
        turn_by(&mut product.terms, turn);
        for terms in &mut product.terms {
            turn_by(&mut terms.covers, turn);
            turn_by(&mut terms.clauses, turn);
            turn_by(&mut terms.term_months, turn);
        }
    }
    spec
}

/// The mutant of the order law: a catalogue in which the first rule of a need wins gives another answer when it is turned.
#[test]
fn order_makes_no_difference_catches_the_first_one_wins() {
    let first_wins = |spec: &CatalogueSpec| {
        let life = spec.need_rules.iter().find(|rule| rule.need == "life").unwrap();
        life.amount.clone().unwrap().parameter
    };
    let spec = spec();
    assert!((1..7).any(|turn| first_wins(&turned(spec.clone(), turn)) != first_wins(&spec)));
}

fn offers_what_may_be_bought(answer: &Recommendation, request: &RecommendationRequest) -> bool {
    let mut offered = answer.gaps.iter().flat_map(|gap| &gap.recommended);
    offered.all(|one| may_buy(&spec(), &one.product, &request.facts, request.as_of))
}

fn offer(product: &str, cover: &str) -> RecommendedProduct {
    RecommendedProduct {
        product: product.into(),
        name: String::new(),
        name_zh: String::new(),
        cover: cover.into(),
        with_covers: vec![],
        limit: None,
        sufficient: None,
        price: None,
        within_budget: None,
        fits_term: None,
    }
}

/// Law 10: a personal value that a customer's facts hold stands in no answer and no refusal.
#[test]
fn law_10_nothing_leaks_in_the_catalogue() {
    const SECRET: &str = "planted-secret";
    let mut spec = spec();
    let when = Condition::Matches { fact: "income_band".into(), pattern: "planted*".into() };
    let rule = Rule {
        name: "income".into(),
        text: "t".into(),
        text_zh: "t".into(),
        source: "s".into(),
        when,
        from: None,
        until: None,
    };
    terms(&mut spec, "LDA").buyers.conditions.push(rule.clone());
    spec.need_rules[2].rule = rule.clone();
    let discount = &mut product(&mut spec, "YWA").discounts[1];
    discount.when = Some(rule.when);
    let leaks = |spec: &CatalogueSpec| {
        let catalogue = Catalogue::load(spec).unwrap();
        let mut request = request(r#"{"is_organisation": false, "age": 30}"#);
        request.facts.insert("income_band".into(), Scalar::from(SECRET));
        let recommended = catalogue.recommend(&request).unwrap();
        let life = recommended.gaps.iter().find(|gap| gap.need == "life").unwrap();
        assert!(life.recommended.iter().any(|one| one.product == "LDA"));
        let compared = ComparisonRequest {
            as_of: request.as_of,
            products: vec!["YWA".into(), "LDA".into()],
            facts: request.facts.clone(),
            prices: BTreeMap::new(),
        };
        let comparison = catalogue.compare(&compared).unwrap();
        request.facts.insert("age".into(), Scalar::from(SECRET));
        let refusal = catalogue.recommend(&request).unwrap_err();
        let told = [wire::to_json(&recommended).unwrap(), wire::to_json(&comparison).unwrap()].concat();
        format!("{told}{recommended:?}{comparison:?}{request:?}{refusal:?}").contains(SECRET)
    };
    assert!(!leaks(&spec));
    // The mutant: a declaration that forgets that the fact is personal.
    spec.facts.iter_mut().find(|fact| fact.name == "income_band").unwrap().personal = false;
    assert!(leaks(&spec));
}

/// Who may buy, read from the specification without the catalogue's own rules: what is not known is no.
fn may_buy(spec: &CatalogueSpec, code: &str, facts: &BTreeMap<String, Scalar>, on: Date) -> bool {
    let product = spec.products.iter().find(|product| product.code == code).unwrap();
    let valid = |from: Date, until: Option<Date>| from <= on && until.is_none_or(|until| on < until);
    let sold = product.statuses.iter().any(|span| valid(span.from, span.until) && span.status == ProductStatus::OnSale);
    let Some(terms) = product.terms.iter().find(|terms| valid(terms.from, terms.until)) else { return false };
    let whole = |name: &str| match facts.get(name) {
        Some(Scalar::Integer(value)) => Some(*value),
        _ => None,
    };
    let rules = &terms.buyers;
    let organisation = facts.get("is_organisation");
    let kind = match rules.buyers {
        crm_core::product::BuyerKind::Anyone => true,
        crm_core::product::BuyerKind::Persons => organisation == Some(&Scalar::Boolean(false)),
        crm_core::product::BuyerKind::Organisations => organisation == Some(&Scalar::Boolean(true)),
    };
    let age = rules
        .entry_age
        .is_none_or(|age| whole("age").is_some_and(|years| age.youngest <= years && years <= age.oldest));
    let class = rules.occupation_classes.is_empty()
        || whole("occupation_class").is_some_and(|class| rules.occupation_classes.contains(&class));
    let came = rules.customer_kinds.is_empty()
        || matches!(facts.get("customer_kind"), Some(Scalar::Text(kind)) if rules.customer_kinds.contains(kind));
    let enough = code != "YTA" || whole("employees").is_some_and(|count| count >= 5);
    sold && kind && age && class && came && enough
}
