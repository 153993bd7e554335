//! Row A13: facts of single needs and social attributes, and the table that maps facts to products.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use std::collections::BTreeMap;

use crm_core::{
    calendar::{AgeConvention, Date},
    party::{
        CaptureOptions, Customer, CustomerFactCodes, CustomerRecord, ProductFactors, ProductFactorsSpec, ProductRanking,
    },
    refusal::Refusal,
    rulebook::{RuleSet, Scalar, Value as Known},
    wire,
};
use proptest::prelude::*;
use serde_json::{Value, json};

fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

fn today() -> Date {
    day("2026-11-21")
}

fn found(refusal: &Refusal) -> Vec<String> {
    refusal.faults().iter().map(|fault| format!("{} {}", fault.code(), fault.path())).collect()
}

fn codes() -> Value {
    json!({"currency": "CNY",
        "covers": [{"name": "medical", "code": "医疗", "meaning": "medical expenses", "meaning_zh": "医疗费用"},
                   {"name": "pension", "code": "养老", "meaning": "pension", "meaning_zh": "养老"}],
        "social_attributes": [{"name": "teacher", "code": "教师", "meaning": "teacher", "meaning_zh": "教师"}]})
}

fn compare(fact: &str, is: &str, value: Value) -> Value {
    json!({"compare": {"fact": fact, "is": is, "to": {"value": {"value": value}}}})
}

fn version(from: &str, until: Option<&str>, when: Value, products: &[(&str, i64)]) -> Value {
    let products: Vec<Value> =
        products.iter().map(|(product, weight)| json!({"product": product, "weight": weight})).collect();
    json!({"from": from, "until": until, "source": "needs guide 2026", "when": when, "products": products})
}

fn factor(name: &str, versions: &[Value]) -> Value {
    json!({"name": name, "text": format!("because of {name}"), "text_zh": "理由", "versions": versions})
}

/// Wants medical cover and enough of it; is married; social attribute; holds a pension already.
fn table() -> Value {
    let threshold =
        json!({"compare": {"fact": "need_medical_amount", "is": "at_least", "to": {"parameter": {"name": "large"}}}});
    json!({
        "name": "personal_lines", "from": "2026-01-01", "until": "2028-01-01", "checked_until": "2026-12-31",
        "age_convention": "birthday_counts", "codes": codes(),
        "facts": [{"name": "holds_pension", "value_type": "boolean", "meaning": "holds a pension", "meaning_zh": "已有养老险",
                   "personal": true, "choices": []}],
        "parameters": [{"name": "large", "value_type": "decimal", "unit": "CNY", "checked_until": "2027-06-30",
            "values": [{"value": "300000", "from": "2026-01-01", "source": "needs guide 2026"}]}],
        "factors": [
            factor("wants_medical", &[
                version("2026-01-01", Some("2027-01-01"), compare("need_medical", "equal", json!(true)), &[("MED-BASIC", 40), ("MED-PLUS", 30)]),
                version("2027-01-01", None, compare("need_medical", "equal", json!(true)), &[("MED-PLUS", 50)])]),
            factor("wants_much", &[version("2026-01-01", None, threshold, &[("MED-PLUS", 25), ("MED-BASIC", -40)])]),
            factor("married", &[version("2026-01-01", None, compare("marital_status", "equal", json!("married")), &[("TERM-LIFE", 15)])]),
            factor("teacher", &[version("2026-01-01", None, compare("social_teacher", "equal", json!(true)), &[("TERM-LIFE", -15), ("PENSION", 5)])]),
            factor("no_pension", &[version("2026-01-01", None, compare("holds_pension", "equal", json!(false)), &[("PENSION", 10)])]),
            factor("by_text", &[version("2026-01-01", None, json!({"matches": {"fact": "need_medical_service", "pattern": "*短信*"}}), &[("SMS", 1)])]),
            factor("old_rule", &[version("2020-01-01", Some("2026-06-01"), compare("need_medical", "equal", json!(true)), &[("GONE", 99)])])
        ],
        "cases": [{"name": "wants_little", "source": "needs guide 2026", "on": "2026-03-01",
            "facts": {"need_medical": true, "need_medical_amount": "100000", "social_teacher": false, "marital_status": "single"},
            "products": [{"product": "GONE", "weight": 99}, {"product": "MED-BASIC", "weight": 40}, {"product": "MED-PLUS", "weight": 30}],
            "undecided": ["no_pension", "by_text"]}]
    })
}

fn spec(value: &Value) -> ProductFactorsSpec {
    wire::from_json(value.to_string().as_bytes()).unwrap_or_else(|refusal| panic!("{refusal}"))
}

fn load(value: &Value) -> Result<ProductFactors, Refusal> {
    ProductFactors::load(&spec(value))
}

fn customer() -> Customer {
    let record = json!({"id": "C-1", "kind": "direct",
        "profile": {"person": {"details": {"name": "张三", "birth": "1980-01-01", "marital_status": "married",
            "social_attributes": ["教师", "校友"]}}},
        "contacts": [], "documents": [], "accounts": [], "vehicles": [], "tags": [], "interactions": [],
        "needs": [
            {"noted_on": "2026-01-02", "cover": "医疗", "amount": {"amount": "100000.00", "currency": "CNY"}, "term_months": 12},
            {"noted_on": "2026-05-01", "cover": "医疗", "amount": {"amount": "500000.00", "currency": "CNY"}, "term_months": 240,
             "price": {"amount": "900.00", "currency": "USD"}, "service": "只接受短信"},
            {"noted_on": "2026-05-01", "cover": "财产"}]});
    let record: CustomerRecord = wire::from_json(record.to_string().as_bytes()).unwrap();
    Customer::check(&record, today(), &CaptureOptions::default()).unwrap()
}

fn facts_on(on: &str) -> BTreeMap<String, Scalar> {
    let codes: CustomerFactCodes = wire::from_json(codes().to_string().as_bytes()).unwrap();
    customer().facts_of(&codes, day(on), AgeConvention::BirthdayCounts).unwrap()
}

#[test]
fn the_newest_need_of_each_cover_and_social_attributes_are_facts() {
    let facts = facts_on("2026-11-21");
    assert_eq!(facts["need_medical"], Scalar::Boolean(true));
    assert_eq!(facts["need_medical_amount"], Scalar::Decimal(crm_core::money::Decimal::parse("500000.00").unwrap()));
    assert_eq!(facts["need_medical_term_months"], Scalar::Integer(240));
    assert_eq!(facts["need_medical_service"], Scalar::Text("只接受短信".into()));
    // 900 dollars are no number of yuan.
    assert!(!facts.contains_key("need_medical_price"));
    assert_eq!((&facts["need_pension"], facts.get("need_pension_amount")), (&Scalar::Boolean(false), None));
    assert_eq!(facts["social_teacher"], Scalar::Boolean(true));
    // Spaces around a code are none of it, as in a checked record.
    let spaced =
        codes().to_string().replace("医疗\",", " 医疗 \",").replace("\"教师\",\"meaning\"", "\" 教师\",\"meaning\"");
    assert!(spaced.contains(" 医疗 \"") && spaced.contains("\" 教师"));
    let spaced: CustomerFactCodes = wire::from_json(spaced.as_bytes()).unwrap();
    assert_eq!(customer().facts_of(&spaced, today(), AgeConvention::BirthdayCounts).unwrap(), facts);
    // What was noted later was not known then.
    assert_eq!(facts_on("2026-04-30")["need_medical_term_months"], Scalar::Integer(12));
    assert_eq!(facts_on("2026-01-01")["need_medical"], Scalar::Boolean(false));
    // Every fact that is told is declared, and in its type.
    let codes: CustomerFactCodes = wire::from_json(codes().to_string().as_bytes()).unwrap();
    let rules = json!({"name": "all", "facts": serde_json::from_str::<Value>(&wire::to_json(&codes.declarations()).unwrap()).unwrap(),
        "parameters": [], "rules": []});
    RuleSet::from_json(rules.to_string().as_bytes()).unwrap().evaluate(&facts, today()).unwrap();
}

#[test]
fn an_organisation_has_no_social_attribute() {
    let record = json!({"id": "C-2", "kind": "direct", "profile": {"organisation": {"details": {"full_name": "某某有限公司"}}},
        "contacts": [], "documents": [], "accounts": [], "vehicles": [], "tags": [], "needs": [], "interactions": []});
    let record: CustomerRecord = wire::from_json(record.to_string().as_bytes()).unwrap();
    let codes: CustomerFactCodes = wire::from_json(codes().to_string().as_bytes()).unwrap();
    let company = Customer::check(&record, today(), &CaptureOptions::default()).unwrap();
    let facts = company.facts_of(&codes, today(), AgeConvention::BirthdayCounts).unwrap();
    assert_eq!(facts["social_teacher"], Scalar::Boolean(false));
}

/// Product, place, sum.
fn shown(ranking: &ProductRanking) -> Vec<(&str, i64, i64)> {
    ranking.products.iter().map(|each| (each.product.as_str(), each.rank, each.weight)).collect()
}

#[test]
fn products_are_ranked_with_reasons_and_traces() {
    let table = load(&table()).unwrap();
    let host = BTreeMap::from([("holds_pension".to_owned(), Scalar::Boolean(false))]);
    let ranking = table.rank(&customer(), &host, day("2026-11-21")).unwrap();
    assert_eq!(
        shown(&ranking),
        [("MED-PLUS", 1, 55), ("PENSION", 2, 15), ("SMS", 3, 1), ("MED-BASIC", 4, 0), ("TERM-LIFE", 4, 0)]
    );
    assert!(!ranking.stale);
    let reasons: Vec<_> =
        ranking.products[0].reasons.iter().map(|reason| (reason.factor.as_str(), reason.weight)).collect();
    assert_eq!(reasons, [("wants_medical", 30), ("wants_much", 25)]);
    assert_eq!(ranking.products[0].reasons[0].source, "needs guide 2026");
    // Each factor in force explains itself, the one that ended is not asked, and no trace shows what the person said.
    let names: Vec<&str> = ranking.factors.iter().map(|outcome| outcome.factor.as_str()).collect();
    assert_eq!(names, ["wants_medical", "wants_much", "married", "teacher", "no_pension", "by_text"]);
    for outcome in &ranking.factors {
        let replayed = outcome.trace.as_ref().unwrap().replay().unwrap();
        assert_eq!(Some(replayed), outcome.holds.map(Known::Boolean));
    }
    let written = wire::to_json(&ranking).unwrap();
    assert!(!written.contains("只接受") && !written.contains("500000"), "{written}");

    // Another version from 2027 on; after the last check the answer is stale, by the table or by a parameter.
    let later = table.rank(&customer(), &host, day("2027-01-01")).unwrap();
    assert_eq!(shown(&later)[0], ("MED-PLUS", 1, 75));
    assert!(later.stale && !later.factors[1].stale);
    assert!(table.rank(&customer(), &host, day("2027-07-01")).unwrap().factors[1].stale);
    // What is not known decides nothing.
    let unknown = table.rank(&customer(), &BTreeMap::new(), day("2026-11-21")).unwrap();
    assert_eq!(
        (unknown.factors[4].holds, unknown.factors[4].missing.as_slice()),
        (None, &["holds_pension".to_owned()][..])
    );
    assert_eq!(shown(&unknown)[1], ("PENSION", 2, 5));
}

#[test]
fn outside_its_validity_and_with_facts_of_others_it_refuses() {
    let table = load(&table()).unwrap();
    for on in ["2025-12-31", "2028-01-01"] {
        let refusal = table.rank(&customer(), &BTreeMap::new(), day(on)).unwrap_err();
        assert_eq!(found(&refusal), ["rulebook.dated.outside "], "{on}");
    }
    let with = |name: &str, value: Scalar| {
        found(&table.rank(&customer(), &BTreeMap::from([(name.to_owned(), value)]), today()).unwrap_err())
    };
    assert_eq!(with("age", Scalar::Integer(4)), ["rulebook.fact.unknown /age"]);
    assert_eq!(with("holds_pension", Scalar::Integer(4)), ["wire.boolean.expected /holds_pension"]);
    let early = table.rank(&customer(), &BTreeMap::new(), day("2026-01-01"));
    assert!(early.is_ok());
}

#[test]
fn a_wrong_table_tells_every_fault_at_once() {
    let edited = |edits: &[(&str, Value)]| {
        let mut value = table();
        for (path, new) in edits {
            *value.pointer_mut(path).unwrap_or_else(|| panic!("{path}")) = new.clone();
        }
        found(&load(&value).map(|_| ()).unwrap_err())
    };
    for (path, value, expected) in [
        ("/name", json!("Personal Lines"), "rulebook.name.invalid /name"),
        ("/until", json!("2026-01-01"), "calendar.period.empty /until"),
        ("/codes/covers/1/code", json!(" 医疗 "), "party.facts.code_duplicate /codes/covers/1/code"),
        ("/codes/covers/1/code", json!(""), "party.text.empty /codes/covers/1/code"),
        ("/codes/covers/1/name", json!("medical"), "rulebook.name.duplicate /codes/covers/1/name"),
        ("/codes/covers/1/name", json!("medical_amount"), "rulebook.name.duplicate /codes/covers/1/name"),
        ("/codes/covers/1/name", json!("P"), "rulebook.name.invalid /codes/covers/1/name"),
        ("/facts/0/name", json!("age"), "rulebook.name.duplicate /facts/0/name"),
        ("/parameters/0/values/0/source", json!(""), "rulebook.source.missing /parameters/0/values/0/source"),
        ("/factors/2/name", json!("teacher"), "rulebook.name.duplicate /factors/3/name"),
        ("/factors/0/name", json!("Wants"), "rulebook.name.invalid /factors/0/name"),
        ("/factors/0/versions", json!([]), "rulebook.dated.empty /factors/0/versions"),
        ("/factors/0/versions/1/from", json!("2027-01-02"), "rulebook.dated.gap /factors/0/versions/1/from"),
        ("/factors/0/versions/1/from", json!("2026-12-31"), "rulebook.dated.overlap /factors/0/versions/1/from"),
        ("/factors/0/versions/1/until", json!("2026-12-31"), "calendar.period.empty /factors/0/versions/1/until"),
        ("/factors/0/versions/1/source", json!(" "), "rulebook.source.missing /factors/0/versions/1/source"),
        ("/factors/0/versions/1/products", json!([]), "party.factors.no_product /factors/0/versions/1/products"),
        (
            "/factors/0/versions/0/products/1/product",
            json!("MED-BASIC"),
            "party.factors.product_duplicate /factors/0/versions/0/products/1/product",
        ),
        (
            "/factors/0/versions/0/products/1/product",
            json!(""),
            "party.text.empty /factors/0/versions/0/products/1/product",
        ),
        (
            "/factors/0/versions/0/products/1/weight",
            json!(1001),
            "party.number.range /factors/0/versions/0/products/1/weight",
        ),
        (
            "/factors/0/versions/0/when/compare/fact",
            json!("nothing"),
            "rulebook.fact.undeclared /factors/0/versions/0/when/compare/fact",
        ),
        (
            "/factors/0/versions/0/when/compare/to/value/value",
            json!(3),
            "wire.boolean.expected /factors/0/versions/0/when/compare/to/value/value",
        ),
        (
            "/factors/1/versions/0/when/compare/to/parameter/name",
            json!("none"),
            "rulebook.parameter.undeclared /factors/1/versions/0/when/compare/to/parameter/name",
        ),
        ("/cases/0/products/0/weight", json!(98), "party.factors.case /cases/0/products"),
        ("/cases/0/products", json!([]), "party.factors.case /cases/0/products"),
        ("/cases/0/undecided", json!(["no_pension"]), "party.factors.case /cases/0/undecided"),
        ("/cases/0/source", json!(""), "rulebook.source.missing /cases/0/source"),
        ("/cases/0/on", json!("2025-01-01"), "rulebook.dated.outside /cases/0/on"),
        ("/cases/0/facts", json!({"nothing": 1}), "rulebook.fact.unknown /cases/0/facts/nothing"),
    ] {
        assert_eq!(edited(&[(path, value)]), [expected], "{path}");
    }
    assert_eq!(
        edited(&[
            ("/facts/0/name", json!("Holds")),
            ("/factors/2/versions/0/products", json!([])),
            ("/factors/4/versions/0/source", json!("")),
        ]),
        [
            "rulebook.name.invalid /facts/0/name",
            "party.factors.no_product /factors/2/versions/0/products",
            "rulebook.source.missing /factors/4/versions/0/source",
        ]
    );
    let mut many = table();
    many["factors"] = json!(vec![factor("one", &[]); 1001]);
    assert_eq!(found(&load(&many).map(|_| ()).unwrap_err()), ["rulebook.too_many /factors"]);
}

/// Sum of the weights of the factors that hold, counted again by hand.
fn counted_again(value: &Value, ranking: &ProductRanking, on: Date) -> BTreeMap<String, i64> {
    let mut sums = BTreeMap::new();
    for factor in value["factors"].as_array().unwrap() {
        let holds =
            ranking.factors.iter().any(|each| factor["name"] == each.factor.as_str() && each.holds == Some(true));
        for version in factor["versions"].as_array().unwrap() {
            let starts = day(version["from"].as_str().unwrap()) <= on;
            let lasts = version["until"].as_str().is_none_or(|until| on < day(until));
            for product in version["products"].as_array().unwrap().iter().filter(|_| holds && starts && lasts) {
                *sums.entry(product["product"].as_str().unwrap().to_owned()).or_default() +=
                    product["weight"].as_i64().unwrap();
            }
        }
    }
    sums
}

fn adds_up(value: &Value, ranking: &ProductRanking, on: Date) -> bool {
    let told: BTreeMap<String, i64> = ranking.products.iter().map(|each| (each.product.clone(), each.weight)).collect();
    let reasons =
        ranking.products.iter().all(|each| each.reasons.iter().map(|reason| reason.weight).sum::<i64>() == each.weight);
    let in_order = ranking.products.windows(2).all(|pair| {
        pair[0].weight > pair[1].weight && pair[0].rank < pair[1].rank
            || pair[0].weight == pair[1].weight && pair[0].rank == pair[1].rank && pair[0].product < pair[1].product
    });
    told == counted_again(value, ranking, on) && reasons && in_order
}

proptest! {
    #[test]
    fn a_ranking_is_the_sum_of_its_reasons(
        medical in any::<Option<bool>>(), amount in prop::option::of(0_i64..600_000), married in any::<Option<bool>>(),
        teacher in any::<bool>(), pension in any::<Option<bool>>(), days in 0_i64..730,
    ) {
        let mut facts = BTreeMap::from([("social_teacher".to_owned(), Scalar::Boolean(teacher))]);
        let mut tell = |name: &str, value: Option<Scalar>| if let Some(value) = value { facts.insert(name.to_owned(), value); };
        tell("need_medical", medical.map(Scalar::Boolean));
        tell("need_medical_amount", amount.map(|amount| Scalar::Text(amount.to_string())));
        tell("marital_status", married.map(|married| Scalar::Text(if married { "married" } else { "single" }.into())));
        tell("holds_pension", pension.map(Scalar::Boolean));
        let on = day("2026-01-01").plus_days(days).unwrap();
        let value = table();
        let ranking = load(&value).unwrap().rank_facts(&facts, on).unwrap();
        prop_assert!(adds_up(&value, &ranking, on));
        // A mutant that ranks by the best single reason is caught wherever reasons add up.
        let mut mutant = ranking.clone();
        for each in &mut mutant.products {
            each.weight = each.reasons.iter().map(|reason| reason.weight).max().unwrap();
        }
        let several = ranking.products.iter().any(|each| each.reasons.len() > 1);
        prop_assert!(!several || !adds_up(&value, &mutant, on));
    }
}

/// Law 13: versions that name a long list hold a copy of it each; together they hold no more than the limit.
#[test]
fn many_versions_of_a_long_list_are_refused() {
    let first = day("2026-01-01");
    let dated = |n: i64| first.plus_days(n).unwrap().to_string();
    let values: Vec<Value> = (0..10_000)
        .map(|n| json!({"value": n, "from": dated(n), "until": dated(n + 1), "source": "needs guide 2026"}))
        .collect();
    let when = json!({"compare": {"fact": "children", "is": "at_least", "to": {"parameter": {"name": "many"}}}});
    let factors = |count: i64| -> Vec<Value> {
        (0..count)
            .map(|n| factor(&format!("f{n}"), &[version("2026-01-01", None, when.clone(), &[("P", 1)])]))
            .collect()
    };
    let table = |count: i64| {
        json!({"name": "long", "from": "2026-01-01", "checked_until": "2026-12-31", "age_convention": "birthday_counts",
            "codes": codes(), "facts": [], "factors": factors(count), "cases": [],
            "parameters": [{"name": "many", "value_type": "integer", "checked_until": "2027-06-30", "values": values}]})
    };
    // Nine copies and nine comparisons fit; ten copies fill the limit, and their comparisons are too many.
    assert!(load(&table(9)).is_ok());
    assert_eq!(found(&load(&table(10)).unwrap_err()), ["rulebook.too_many /factors"]);
}
