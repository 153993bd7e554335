//! What does not load, and where it says so.

use crm_core::{
    product::{RatePlan, RatePlanSpec},
    refusal::Lang,
    wire,
};
use serde_json::{Value, json};

fn content() -> Value {
    let stored: Value = serde_json::from_slice(include_bytes!("motor.json")).unwrap();
    stored["content"].clone()
}

fn load(content: &Value) -> Vec<(String, String)> {
    let spec: RatePlanSpec = wire::from_json(content.to_string().as_bytes()).unwrap();
    match RatePlan::load(&spec) {
        Ok(_) => Vec::new(),
        Err(refusal) => {
            for fault in refusal.faults() {
                assert!(!fault.text(Lang::En).contains('?') && !fault.text(Lang::Zh).contains('?'), "{fault}");
            }
            refusal.faults().iter().map(|one| (one.code().to_string(), one.path().to_string())).collect()
        }
    }
}

/// A change of the plan and the first fault that it brings.
fn check(change: impl FnOnce(&mut Value), code: &str, path: &str) {
    let mut content = content();
    change(&mut content);
    let faults = load(&content);
    assert_eq!(faults.first(), Some(&(code.to_owned(), path.to_owned())), "{faults:?}");
}

fn put(pointer: &'static str, value: Value) -> impl FnOnce(&mut Value) {
    move |content| {
        let (parent, name) = pointer.rsplit_once('/').unwrap();
        let parent = content.pointer_mut(parent).unwrap_or_else(|| panic!("{pointer}"));
        match parent {
            Value::Array(list) if name == "-" => list.push(value),
            Value::Array(list) => list[name.parse::<usize>().unwrap()] = value,
            parent => parent[name] = value,
        }
    }
}

fn value(value: &str) -> Value {
    json!({"value": {"value": value}})
}

fn step(name: &str, action: Value) -> Value {
    json!({"name": name, "text": "t", "text_zh": "t", "action": action})
}

#[test]
fn the_plan_itself_loads() {
    assert_eq!(load(&content()), []);
}

#[test]
fn inputs_are_bounded_and_impersonal() {
    check(put("/inputs/0/choices", json!([])), "product.input.unbounded", "/inputs/0/choices");
    check(put("/inputs/1/maximum", Value::Null), "product.input.unbounded", "/inputs/1/maximum");
    check(put("/inputs/3/personal", json!(true)), "product.input.personal", "/inputs/3/personal");
    check(put("/inputs/2/maximum", json!("1E+18")), "product.input.too_wide", "/inputs/2/maximum");
    check(put("/inputs/0/choices", json!(["private", "private"])), "rulebook.name.duplicate", "/inputs/0/choices/1");
    check(put("/inputs/1/name", json!("use")), "rulebook.name.duplicate", "/inputs/1/name");
    check(put("/inputs/1/name", json!("Seats")), "rulebook.name.invalid", "/inputs/1/name");
    check(put("/inputs/1/minimum", json!("1")), "wire.integer.expected", "/inputs/1/minimum");
    check(put("/inputs/1/minimum", json!(61)), "rulebook.range.empty", "/inputs/1/maximum");
    check(put("/inputs/5/unit", json!("USD")), "money.currency.mixed", "/inputs/5/unit");
    check(put("/tables/0/columns/0/unit", json!("EUR")), "money.currency.mixed", "/tables/0/columns/0/unit");
}

#[test]
fn names_stand_for_something_before() {
    let by = "/coverages/0/steps/1/action/multiply/by";
    check(
        put(by, json!({"table": {"name": "flaot", "column": "value"}})),
        "product.reference.unknown",
        "/coverages/0/steps/1/action/multiply/by/table/name",
    );
    check(
        put(by, json!({"table": {"name": "float", "column": "v"}})),
        "product.reference.unknown",
        "/coverages/0/steps/1/action/multiply/by/table/column",
    );
    check(
        put(by, json!({"input": {"name": "colour"}})),
        "product.reference.unknown",
        "/coverages/0/steps/1/action/multiply/by/input/name",
    );
    check(
        put(by, json!({"input": {"name": "use"}})),
        "product.reference.type",
        "/coverages/0/steps/1/action/multiply/by/input/name",
    );
    check(
        put(by, json!({"parameter": {"name": "most"}})),
        "product.reference.unknown",
        "/coverages/0/steps/1/action/multiply/by/parameter/name",
    );
    check(
        put(by, json!({"figure": {"name": "nothing"}})),
        "product.reference.unknown",
        "/coverages/0/steps/1/action/multiply/by/figure/name",
    );
    check(
        put(by, json!({"step": {"name": "cents"}})),
        "product.reference.later",
        "/coverages/0/steps/1/action/multiply/by/step/name",
    );
    // What stands in a branch is not surely done.
    check(
        put(by, json!({"step": {"name": "base_lorry"}})),
        "product.reference.later",
        "/coverages/0/steps/1/action/multiply/by/step/name",
    );
    check(
        put(by, json!({"coverage": {"code": "passengers"}})),
        "product.reference.later",
        "/coverages/0/steps/1/action/multiply/by/coverage/code",
    );
    check(
        put(by, json!({"coverage": {"code": "theft"}})),
        "product.reference.unknown",
        "/coverages/0/steps/1/action/multiply/by/coverage/code",
    );
    check(put("/tables/1/keys/0", json!("weight")), "product.reference.unknown", "/tables/1/keys/0");
    check(
        put("/coverages/0/steps/0/action/when/condition/compare/fact", json!("colour")),
        "rulebook.fact.undeclared",
        "/coverages/0/steps/0/action/when/condition/compare/fact",
    );
    check(
        put("/coverages/1/included/compare/to", json!({"value": {"value": "ten"}})),
        "wire.integer.expected",
        "/coverages/1/included/compare/to/value/value",
    );
    check(put("/coverages/1/steps/1/name", json!("cents")), "rulebook.name.duplicate", "/coverages/1/steps/1/name");
    check(put("/coverages/1/code", json!("liability")), "rulebook.name.duplicate", "/coverages/1/code");
}

#[test]
fn figures_do_not_go_in_circles() {
    let figure = |name: &str, other: &str| {
        json!({"name": name, "title": "t", "title_zh": "t",
               "steps": [step(&format!("take_{name}"), json!({"take": {"amount": {"figure": {"name": other}}}}))]})
    };
    let circle = |content: &mut Value| {
        let figures = content["figures"].as_array_mut().unwrap();
        figures.extend([figure("one", "two"), figure("two", "three"), figure("three", "one")]);
    };
    check(circle, "product.figure.circular", "/figures/1/steps");
    let chain = |content: &mut Value| {
        let figures = content["figures"].as_array_mut().unwrap();
        figures.extend((0..40).map(|index| {
            let other = if index == 0 { "part_of_year".to_owned() } else { format!("f{}", index - 1) };
            figure(&format!("f{index}"), &other)
        }));
    };
    check(chain, "wire.depth", "/figures/32/steps");
}

#[test]
fn tables_are_whole() {
    check(put("/tables/3/versions", json!([])), "product.table.empty", "/tables/3/versions");
    check(
        put("/tables/0/versions/0/rows/0/keys", json!([])),
        "product.table.row_length",
        "/tables/0/versions/0/rows/0/keys",
    );
    check(
        put("/tables/0/versions/0/rows/0/values", json!(["1", "2"])),
        "product.table.row_length",
        "/tables/0/versions/0/rows/0/values",
    );
    check(
        put("/tables/0/versions/0/rows/0/keys/0", json!({"is": {"value": "tram"}})),
        "rulebook.fact.choice",
        "/tables/0/versions/0/rows/0/keys/0/is/value",
    );
    check(
        put("/tables/0/versions/0/rows/0/keys/0", json!({"range": {"from": "private"}})),
        "rulebook.order.none",
        "/tables/0/versions/0/rows/0/keys/0/range",
    );
    check(
        put("/tables/0/versions/0/rows/0/keys/1", json!({"range": {"from": 6, "until": 6}})),
        "rulebook.range.empty",
        "/tables/0/versions/0/rows/0/keys/1/range/until",
    );
    check(
        put("/tables/0/versions/0/rows/0/keys/1", json!({"range": {"from": 61}})),
        "product.table.unreachable",
        "/tables/0/versions/0/rows/0/keys/1/range/until",
    );
    check(
        put("/tables/2/versions/0/rows/0/keys/0", json!({"is": {"value": 51}})),
        "product.table.unreachable",
        "/tables/2/versions/0/rows/0/keys/0/is/value",
    );
    check(
        put("/tables/2/versions/0/rows/0/keys/0", json!({"one_of": {"values": []}})),
        "rulebook.condition.empty",
        "/tables/2/versions/0/rows/0/keys/0/one_of/values",
    );
    check(
        put("/tables/2/versions/0/rows/0/keys/0", json!({"one_of": {"values": [0, 0]}})),
        "rulebook.name.duplicate",
        "/tables/2/versions/0/rows/0/keys/0/one_of/values",
    );
    check(
        put("/tables/1/versions/0/rows/0/keys/0", json!({"range": {"until": "2.0005"}})),
        "product.input.digits",
        "/tables/1/versions/0/rows/0/keys/0/range/until",
    );
    check(
        put("/tables/0/versions/0/rows/1/keys/1", json!({"range": {"from": 7}})),
        "product.table.hole",
        "/tables/0/versions/0/rows",
    );
    check(
        put("/tables/0/versions/0/rows/1/keys/1", json!({"range": {"from": 5}})),
        "product.table.overlap",
        "/tables/0/versions/0/rows",
    );
    check(put("/tables/0/versions/0/source", json!(" ")), "rulebook.source.missing", "/tables/0/versions/0/source");
    check(
        put("/tables/2/versions/1/valid/from", json!("2020-09-20")),
        "rulebook.dated.gap",
        "/tables/2/versions/1/valid/from",
    );
    check(
        put("/tables/2/versions/1/valid/from", json!("2020-09-18")),
        "rulebook.dated.overlap",
        "/tables/2/versions/1/valid/from",
    );
    // For renewals apart.
    check(
        put("/tables/2/versions/1/valid/renewals_from", json!("2020-10-02")),
        "rulebook.dated.gap",
        "/tables/2/versions/1/valid/renewals_from",
    );
    check(
        put("/tables/2/versions/0/valid/until", json!("2008-02-01")),
        "calendar.period.empty",
        "/tables/2/versions/0/valid/until",
    );
}

#[test]
fn interpolation_needs_points() {
    check(
        put("/tables/3/versions/0/rows/0/keys/0", json!({"any": {}})),
        "product.table.interpolation",
        "/tables/3/versions/0/rows/0/keys/0",
    );
    check(
        put("/tables/3/versions/0/rows/1/keys/0", json!({"is": {"value": 1}})),
        "product.table.overlap",
        "/tables/3/versions/0/rows",
    );
    check(
        put("/coverages/0/steps/1/action/multiply/by", json!({"table": {"name": "short_term", "column": "percent"}})),
        "product.table.interpolation",
        "/coverages/0/steps/1/action/multiply/by/table/name",
    );
}

#[test]
fn calculations_begin_and_end_well() {
    check(put("/coverages/1/steps", json!([])), "product.steps.begin", "/coverages/1/steps");
    check(
        |content| _ = content["coverages"][1]["steps"].as_array_mut().unwrap().remove(0),
        "product.steps.begin",
        "/coverages/1/steps/0",
    );
    // Valid only later: on earlier days nothing is there to begin with.
    check(
        put("/coverages/1/steps/0/valid", json!({"from": "2015-01-01"})),
        "product.steps.begin",
        "/coverages/1/steps/1",
    );
    check(
        |content| _ = content["coverages"][0]["steps"].as_array_mut().unwrap().pop(),
        "product.steps.unrounded",
        "/coverages/0/steps",
    );
    check(
        put("/coverages/0/steps/4/action/round/rounding/place", json!(3)),
        "product.steps.unrounded",
        "/coverages/0/steps",
    );
    check(
        put("/coverages/0/steps/4/action/round/rounding/place", json!(29)),
        "money.rounding.place",
        "/coverages/0/steps/4/action/round/rounding/place",
    );
    check(put("/net/-", step("third", json!({"divide": {"by": value("3")}}))), "product.steps.unrounded", "/net");
    check(
        |content| _ = content["charges"][0]["steps"].as_array_mut().unwrap().pop(),
        "product.steps.unrounded",
        "/charges/0/steps",
    );
    check(
        put("/coverages/1/steps/1/action/per_unit/size", json!("0")),
        "product.steps.size",
        "/coverages/1/steps/1/action/per_unit/size",
    );
    check(
        put("/figures/0/steps/1/action/divide/by", value("0.00")),
        "money.division.zero",
        "/figures/0/steps/1/action/divide/by",
    );
    check(
        put("/coverages/0/steps/2/action", json!({"choose": {"branches": [], "otherwise": []}})),
        "rulebook.condition.empty",
        "/coverages/0/steps/2/action/choose/branches",
    );
    check(
        put("/coverages/0/limits/0/amount", json!({"figure": {"name": "third"}})),
        "product.reference.unknown",
        "/coverages/0/limits/0/amount/figure/name",
    );
    // Halves are exact, thirds are not; what cancels needs no rounding.
    let mut exact = content();
    put("/net/-", step("half", json!({"multiply": {"by": value("0.5")}})))(&mut exact);
    put("/net/-", step("whole", json!({"multiply": {"by": value("2")}})))(&mut exact);
    assert_eq!(load(&exact), []);
}

#[test]
fn shares_add_up_to_one() {
    check(put("/shares/1/part", json!("0.2999")), "product.shares.sum", "/shares");
    check(put("/shares/1/part", json!("0")), "product.share.part", "/shares/1/part");
}

#[test]
fn cases_are_met() {
    check(put("/cases/0/expect/premium/net/amount", json!("475.01")), "product.case.failed", "/cases/0/expect");
    check(
        put("/cases/1/expect/premium/coverages/passengers/amount", json!("1.00")),
        "product.case.failed",
        "/cases/1/expect",
    );
    check(put("/cases/2/expect/refused/code", json!("rulebook.fact.range")), "product.case.failed", "/cases/2/expect");
    check(put("/cases/0/source", json!("")), "rulebook.source.missing", "/cases/0/source");
    let mut wrong = content();
    put("/cases/0/expect/premium/net/amount", json!("475.01"))(&mut wrong);
    let spec: RatePlanSpec = wire::from_json(wrong.to_string().as_bytes()).unwrap();
    let text = RatePlan::load(&spec).unwrap_err().text(Lang::En);
    assert!(
        text.contains("must come to CNY 475.01, liability CNY 475.00 and comes to CNY 475.00, liability CNY 475.00"),
        "{text}"
    );
}

#[test]
fn every_fault_is_told_at_once() {
    let mut content = content();
    put("/inputs/3/personal", json!(true))(&mut content);
    put("/tables/0/versions/0/rows/1/keys/1", json!({"range": {"from": 7}}))(&mut content);
    put("/coverages/0/steps/1/action/multiply/by", json!({"input": {"name": "colour"}}))(&mut content);
    put("/shares/1/part", json!("0.2999"))(&mut content);
    let codes: Vec<String> = load(&content).into_iter().map(|(code, _)| code).collect();
    assert_eq!(
        codes,
        ["product.input.personal", "product.reference.unknown", "product.shares.sum", "product.table.hole"]
    );
}

#[test]
fn quotes_say_why_not() {
    let plan = |change: &dyn Fn(&mut Value)| {
        let mut content = content();
        change(&mut content);
        content["cases"] = json!([]);
        let spec: RatePlanSpec = wire::from_json(content.to_string().as_bytes()).unwrap();
        RatePlan::load(&spec).unwrap()
    };
    let risk = |text: &str| {
        serde_json::from_str::<Value>(text)
            .unwrap()
            .as_object()
            .unwrap()
            .iter()
            .map(|(name, value)| {
                let value = match value {
                    Value::String(text) => text.as_str().into(),
                    value => value.as_i64().unwrap().into(),
                };
                (name.clone(), value)
            })
            .collect()
    };
    let on = crate::motor::new_on("2026-03-01");
    let private = risk(r#"{"use":"private","seats":5,"clean_years":0}"#);
    let code = |plan: &RatePlan, risk| plan.quote(risk, &on).unwrap_err().code().to_string();
    // Lorries have no rate in the table of buses.
    let buses = plan(&|content| {
        content["coverages"][0]["steps"][0]["action"]["when"]["then"][0]["action"]["take"]["amount"]["table"]["name"] =
            json!("base")
    });
    let lorry = risk(r#"{"use":"lorry","seats":5,"clean_years":0}"#);
    assert_eq!(code(&buses, &lorry), "product.quote.not_offered");
    let short = plan(&|content| _ = content["tables"][3]["versions"][0]["rows"].as_array_mut().unwrap().pop());
    let mut months = private.clone();
    months.insert("months".into(), 11.into());
    assert_eq!(code(&short, &months), "product.quote.beyond");
    let less = plan(&|content| {
        put("/coverages/0/steps/-", step("less", json!({"subtract": {"amount": value("2000.00")}})))(content)
    });
    assert_eq!(code(&less, &private), "product.quote.negative");
    let nothing = plan(&|content| {
        content["coverages"][0]["included"] = json!({"known": {"fact": "months"}});
    });
    assert_eq!(code(&nothing, &private), "product.quote.nothing");
    let by_tonnes = plan(&|content| {
        let divide = step("by_tonnes", json!({"divide": {"by": {"input": {"name": "tonnes"}}}}));
        content["coverages"][0]["steps"].as_array_mut().unwrap().insert(1, divide);
    });
    let mut zero = private.clone();
    zero.insert("tonnes".into(), "0".into());
    assert_eq!(code(&by_tonnes, &zero), "money.division.zero");
    assert_eq!(
        plan(&|_| ()).quote(&private, &crate::motor::new_on("2008-01-31")).unwrap_err().code().as_str(),
        "product.quote.outside"
    );
}
