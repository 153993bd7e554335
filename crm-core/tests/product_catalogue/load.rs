//! What is wrong with a catalogue is said where it is, all at once.

use crm_core::{
    money::{Currency, Decimal, Money},
    party::customer_facts,
    product::{
        Catalogue, CatalogueSpec, CoverFigure, EntryAge, ProductStatus, ProductTerms, StatusSpan, WaitingPeriod,
    },
    rulebook::{Condition, Scalar},
    wire,
};

use super::sample::{cny, cover, day, faults, product, spec, stored, terms, told};

/// Law 14 for the catalogue: what the first release stored loads, and is written as it was.
#[test]
fn law_14_the_catalogue_of_yesterday_still_loads() {
    let spec: CatalogueSpec = wire::from_stored(&stored()).unwrap();
    assert_eq!(wire::to_stored(&spec).unwrap(), String::from_utf8(stored()).unwrap());
    assert_eq!(Catalogue::from_stored(&stored()).unwrap().codes(None).unwrap().len(), 9);
}

/// The mutants: a newer version, and a field that was renamed.
#[test]
fn law_14_catches_a_changed_catalogue() {
    let text = String::from_utf8(stored()).unwrap();
    let newer = text.replacen("\"version\":1", "\"version\":2", 1);
    assert_eq!(Catalogue::from_stored(newer.as_bytes()).unwrap_err().code().as_str(), "wire.stored.version");
    let renamed = text.replacen("\"wording\":", "\"document\":", 1);
    assert_eq!(Catalogue::from_stored(renamed.as_bytes()).unwrap_err().code().as_str(), "wire.field.unknown");
}

#[test]
fn the_facts_of_the_sample_are_those_of_a_customer() {
    let declared = spec().facts;
    for fact in customer_facts() {
        assert!(declared.contains(&fact), "{}", fact.name);
    }
}

#[test]
fn codes_and_names_are_their_own() {
    let found = faults(|spec| {
        spec.lines[1].code = "motor".into();
        spec.covers[0].code = " ctp".into();
        spec.covers[1].meaning_zh = "  ".into();
        spec.clauses[2].wording = String::new();
        spec.clauses[3].source = String::new();
        spec.commission_classes[0].name = "x".repeat(1_025);
        spec.products[1].code = "JQX".into();
        spec.products[2].code = "保".repeat(22);
        spec.needs[0].code = String::new();
    });
    let wanted = [
        "product.catalogue.code_duplicate /lines/1/code",
        "product.catalogue.code_invalid /covers/0/code",
        "product.catalogue.text_missing /covers/1/meaning_zh",
        "product.catalogue.text_missing /clauses/2/wording",
        "rulebook.source.missing /clauses/3/source",
        "rulebook.text.too_long /commission_classes/0/name",
        "product.catalogue.code_duplicate /products/1/code",
        "product.catalogue.code_invalid /products/2/code",
        // What names the codes that were changed.
        "product.catalogue.reference_unknown /products/0/terms/0/covers/0/cover",
        "product.catalogue.reference_unknown /products/0/terms/1/covers/0/cover",
        "product.catalogue.reference_unknown /products/3/line",
        "product.catalogue.reference_unknown /products/4/line",
        "product.catalogue.reference_unknown /products/5/line",
        "product.catalogue.code_invalid /needs/0/code",
        "product.catalogue.reference_unknown /needs/0/covers/0",
        "product.catalogue.reference_unknown /need_rules/0/need",
    ];
    assert_eq!(found, wanted);
}

#[test]
fn references_lead_somewhere() {
    let found = faults(|spec| {
        let terms = terms(spec, "JSY");
        terms.clauses.push("M-2030".into());
        terms.commission_class = "Z".into();
        terms.rate_plan = Some("Motor 2020".into());
        terms.covers[0].clauses = vec!["CTP".into()];
        terms.covers[3].requires = vec!["roof".into()];
        spec.need_rules[1].need = "fame".into();
        spec.need_rules[2].amount.as_mut().unwrap().parameter = "nothing".into();
        spec.need_rules[5].amount.as_mut().unwrap().parameter = "risky_class".into();
        spec.needs[1].covers.clear();
        spec.needs[2].covers.push("term_death".into());
    });
    let wanted = [
        "product.catalogue.reference_unknown /products/1/terms/0/clauses/1",
        "product.catalogue.reference_unknown /products/1/terms/0/covers/0/clauses/0",
        "product.catalogue.reference_unknown /products/1/terms/0/covers/3/requires/0",
        "product.catalogue.reference_unknown /products/1/terms/0/commission_class",
        "rulebook.name.invalid /products/1/terms/0/rate_plan",
        "product.catalogue.cover_none /needs/1/covers",
        "product.catalogue.code_duplicate /needs/2/covers/1",
        "product.catalogue.reference_unknown /need_rules/1/need",
        "rulebook.parameter.undeclared /need_rules/2/amount/parameter",
        "wire.decimal.expected /need_rules/5/amount/parameter",
    ];
    assert_eq!(found, wanted);
}

#[test]
fn an_empty_catalogue_is_refused() {
    assert_eq!(faults(|spec| spec.products.clear()), ["product.catalogue.empty /products"]);
    assert_eq!(
        faults(|spec| terms(spec, "LDA").covers.clear()),
        ["product.catalogue.cover_none /products/6/terms/0/covers"]
    );
}

#[test]
fn every_day_of_a_product_has_one_status() {
    // The status of JSA: on sale, suspended, on sale again.
    let change =
        |change: fn(&mut Vec<StatusSpan>)| move |spec: &mut CatalogueSpec| change(&mut product(spec, "JSA").statuses);
    let gap = faults(change(|statuses| statuses[1].from = day("2024-01-02")));
    assert_eq!(gap, ["rulebook.dated.gap /products/2/statuses/1/from"]);
    let overlap = faults(change(|statuses| statuses[1].until = Some(day("2024-07-02"))));
    assert_eq!(overlap, ["rulebook.dated.overlap /products/2/statuses/2/from"]);
    let late = faults(change(|statuses| statuses[0].from = day("2020-09-20")));
    assert_eq!(late, ["product.catalogue.dates_uncovered /products/2/statuses"]);
    let ends = faults(change(|statuses| statuses[2].until = Some(day("2025-01-01"))));
    assert_eq!(ends, ["product.catalogue.dates_uncovered /products/2/statuses"]);
    let none = faults(change(Vec::clear));
    assert_eq!(none, ["product.catalogue.dates_uncovered /products/2/statuses"]);
    let empty = faults(change(|statuses| statuses[1].until = Some(statuses[1].from)));
    assert_eq!(
        empty,
        ["calendar.period.empty /products/2/statuses/1/until", "rulebook.dated.gap /products/2/statuses/2/from"]
    );
    let order = faults(change(|statuses| {
        statuses[0].status = ProductStatus::Withdrawn;
        statuses[2].status = ProductStatus::Filed;
    }));
    assert_eq!(
        order,
        [
            "product.catalogue.status_order /products/2/statuses/0/status",
            "product.catalogue.status_order /products/2/statuses/2/status"
        ]
    );
}

#[test]
fn dates_lie_inside_what_they_belong_to() {
    let ended = faults(|spec| product(spec, "YWA").valid_until = Some(day("2026-04-01")));
    let wanted = [
        "product.catalogue.dates_outside /products/3/prices/1/from",
        "product.catalogue.dates_outside /products/3/discounts/1/from",
        "product.catalogue.dates_outside /products/3/discounts/2/from",
        "product.catalogue.dates_uncovered /products/3/statuses",
        "product.catalogue.dates_uncovered /products/3/terms",
    ];
    assert_eq!(ended, wanted);
    let never = faults(|spec| product(spec, "LDC").valid_until = Some(day("2020-01-01")));
    assert_eq!(never, ["calendar.period.empty /products/8/valid_until"]);
    let clause = faults(|spec| spec.clauses[1].from = day("2020-10-01"));
    let wanted = [
        "product.catalogue.dates_outside /products/1/terms/0/clauses/0",
        "product.catalogue.dates_outside /products/2/terms/0/clauses/0",
    ];
    assert_eq!(clause, wanted);
}

#[test]
fn prices_and_discounts_do_not_contradict_each_other() {
    let found = faults(|spec| {
        let product = product(spec, "YWA");
        product.prices[1].from = day("2024-02-01");
        product.prices[0].amount = cny(-1);
        product.discounts[1].from = day("2024-06-30");
        product.discounts[2].percent = Decimal::parse("100.01").unwrap();
    });
    let wanted = [
        "product.catalogue.figure_range /products/3/prices/0/amount",
        "rulebook.dated.gap /products/3/prices/1/from",
        "product.catalogue.figure_range /products/3/discounts/2/percent",
        "rulebook.dated.overlap /products/3/discounts/1/from",
    ];
    assert_eq!(found, wanted);
}

#[test]
fn figures_can_be() {
    let figures = [
        (CoverFigure::Fixed { amount: cny(0) }, "product.catalogue.figure_range", "/fixed/amount"),
        (CoverFigure::Fixed { amount: cny(-1) }, "product.catalogue.figure_range", "/fixed/amount"),
        (CoverFigure::Chosen { lowest: cny(5), highest: cny(5) }, "product.catalogue.figure_range", "/chosen/highest"),
        (
            CoverFigure::Chosen { lowest: cny(5), highest: Money::from_minor(900, Currency::USD) },
            "money.currency.mixed",
            "/chosen/highest",
        ),
        (
            CoverFigure::Percent { percent: Decimal::from(0), of: "the loss".into(), of_zh: "损失".into() },
            "product.catalogue.figure_range",
            "/percent/percent",
        ),
        (
            CoverFigure::Percent { percent: Decimal::from(100), of: String::new(), of_zh: "损失".into() },
            "product.catalogue.text_missing",
            "/percent/of",
        ),
        (CoverFigure::Days { days: 0 }, "product.catalogue.figure_range", "/days/days"),
    ];
    for (figure, code, path) in figures {
        let found = faults(|spec| cover(spec, "LDC", "term_death").limit = Some(figure));
        assert_eq!(found, [format!("{code} /products/8/terms/0/covers/0/limit{path}")]);
    }
    let found = faults(|spec| {
        let cover = cover(spec, "JSA", "third_party");
        cover.deductibles[0].figure = CoverFigure::Unlimited {};
        cover.sub_limits.push(cover.deductibles[0].clone());
        cover.sub_limits.push(cover.deductibles[0].clone());
        cover.waiting = Some(WaitingPeriod { days: 0, accidents_exempt: false, renewals_exempt: false });
    });
    let wanted = [
        "rulebook.name.duplicate /products/2/terms/0/covers/0/sub_limits/1/name",
        "product.catalogue.deductible_unlimited /products/2/terms/0/covers/0/deductibles/0/figure/unlimited",
        "product.catalogue.figure_range /products/2/terms/0/covers/0/waiting/days",
    ];
    assert_eq!(found, wanted);
}

#[test]
fn covers_that_require_each_other_are_refused() {
    let found = faults(|spec| {
        cover(spec, "JSY", "own_damage").requires = vec!["occupants".into()];
        cover(spec, "JSY", "occupants").requires = vec!["wheels".into()];
        cover(spec, "JSY", "third_party").requires = vec!["wheels".into()];
    });
    // `third_party` is stuck behind the circle and not in it.
    let circular = |index: u8| format!("product.catalogue.cover_circular /products/1/terms/0/covers/{index}/requires");
    assert_eq!(found, [1, 2, 3].map(circular));
    let own = faults(|spec| cover(spec, "JSY", "wheels").requires = vec!["wheels".into()]);
    assert_eq!(own, [circular(3)]);
}

#[test]
fn rules_about_buyers_are_typed() {
    let found = faults(|spec| {
        spec.facts.retain(|fact| fact.name != "age");
        let buyers = &mut terms(spec, "YTA").buyers;
        buyers.conditions[0].name = "entry_age".into();
        buyers.conditions[0].when = Condition::Known { fact: "luck".into() };
        buyers.customer_kinds = vec!["cousin".into()];
        terms(spec, "HZA").buyers.entry_age = Some(EntryAge { youngest: 60, oldest: 59 });
        spec.need_rules.truncate(5);
    });
    let wanted = [
        "rulebook.fact.undeclared /products/3/terms/0/buyers/entry_age",
        "rulebook.fact.undeclared /products/3/terms/1/buyers/entry_age",
        "rulebook.fact.choice /products/4/terms/0/buyers/customer_kinds",
        "rulebook.name.duplicate /products/4/terms/0/buyers/conditions/0/name",
        "rulebook.fact.undeclared /products/4/terms/0/buyers/conditions/0/when/known/fact",
        "rulebook.fact.undeclared /products/5/terms/0/buyers/entry_age",
        "product.catalogue.figure_range /products/5/terms/1/buyers/entry_age/oldest",
        "rulebook.fact.undeclared /products/5/terms/1/buyers/entry_age",
        "rulebook.fact.undeclared /products/6/terms/0/buyers/entry_age",
        "rulebook.fact.undeclared /products/8/terms/0/buyers/entry_age",
    ];
    assert_eq!(found, wanted);
}

#[test]
fn needs_are_dated_and_called_for_by_amounts() {
    let found = faults(|spec| {
        let mut again = spec.need_rules[0].clone();
        again.priority = 101;
        spec.need_rules.push(again);
        spec.parameters[0].values[1].value = Scalar::from("-1");
        spec.parameters[2].values[0].value = Scalar::from("0.001");
        spec.stated_priority = 0;
        spec.need_rules[3].until = Some(day("2015-01-01"));
    });
    let wanted = [
        "product.catalogue.figure_range /need_rules/2/amount/parameter",
        "money.amount.precision /need_rules/5/amount/parameter",
        "product.catalogue.figure_range /need_rules/6/priority",
        "calendar.period.empty /need_rules/3/until",
        "rulebook.dated.overlap /need_rules/6/from",
        "product.catalogue.figure_range /stated_priority",
    ];
    assert_eq!(found, wanted);
}

#[test]
fn a_rule_is_not_blamed_for_its_parameter() {
    let found = faults(|spec| {
        spec.parameters[3].values[0].source = String::new();
        spec.name = "Sample".into();
        spec.facts[1].name = "product_status".into();
        spec.source = String::new();
    });
    assert_eq!(
        found[..4],
        [
            "rulebook.source.missing /source",
            "rulebook.name.invalid /name",
            "rulebook.source.missing /parameters/3/values/0/source",
            "rulebook.name.duplicate /facts/1/name",
        ]
    );
    assert!(found.iter().all(|fault| !fault.starts_with("rulebook.parameter.undeclared")), "{found:?}");
}

#[test]
fn law_13_no_catalogue_makes_it_fall_over() {
    let many = faults(|spec| {
        let one = spec.products[0].clone();
        spec.products.resize(10_001, one);
    });
    assert_eq!(many, ["product.catalogue.too_many /products"]);
    let parts = faults(|spec| {
        let cover = cover(spec, "JSY", "wheels");
        cover.requires = vec!["own_damage".into(); 21];
        let terms: &mut ProductTerms = terms(spec, "LDC");
        terms.buyers.occupation_classes = vec![1; 101];
        terms.term_months = vec![12; 1_001];
    });
    let wanted = [
        "product.catalogue.too_many /products/1/terms/0/covers/3/requires",
        "product.catalogue.too_many /products/8/terms/0/buyers/occupation_classes",
        "product.catalogue.too_many /products/8/terms/0/term_months",
    ];
    assert_eq!(parts, wanted);
    // A chain of requirements as long as a list may be, each cover requiring the twenty before it.
    let mut spec = spec();
    let template = cover(&mut spec, "LDC", "term_death").clone();
    let codes: Vec<String> = (0..200).map(|number| format!("c{number}")).collect();
    for code in &codes {
        let mut definition = spec.covers[0].clone();
        definition.code.clone_from(code);
        spec.covers.push(definition);
    }
    terms(&mut spec, "LDC").covers.clear();
    for (number, code) in codes.iter().enumerate() {
        let mut cover = template.clone();
        cover.cover.clone_from(code);
        cover.requires = codes[number.saturating_sub(20)..number].to_vec();
        terms(&mut spec, "LDC").covers.push(cover);
    }
    Catalogue::load(&spec).unwrap();
    // One that closes the chain makes a circle of all of them.
    terms(&mut spec, "LDC").covers[0].requires = vec!["c199".into()];
    let circle = told(&Catalogue::load(&spec).unwrap_err());
    assert_eq!(
        (circle.len(), circle[199].as_str()),
        (200, "product.catalogue.cover_circular /products/8/terms/0/covers/199/requires")
    );
    let more = terms(&mut spec, "LDC").covers[1].clone();
    terms(&mut spec, "LDC").covers.push(more);
    let many = told(&Catalogue::load(&spec).unwrap_err());
    assert!(many.contains(&"product.catalogue.too_many /products/8/terms/0/covers".to_owned()));
}
