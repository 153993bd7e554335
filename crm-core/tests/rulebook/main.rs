//! The rule book: what loads, what is refused with which path, what is answered and why.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use std::collections::BTreeMap;

use crm_core::{
    calendar::Date,
    money::{Currency, Decimal, ExchangeRate, Money, Rounding, RoundingMode},
    refusal::Lang,
    rulebook::{
        Comparison, Condition, Evaluation, Operand, Parameter, RuleSet, RuleSetSpec, Scalar, Step, Trace, Value,
        explained_conversion, explained_product,
    },
    wire,
};
use proptest::prelude::*;

const SPEC: &str = r#"{
  "name": "motor_review",
  "facts": [
    {"name":"clean_years","value_type":"integer","unit":"years","meaning":"years without a claim","meaning_zh":"连续未出险年数","personal":false,"choices":[],"minimum":0,"maximum":80},
    {"name":"loss_ratio","value_type":"decimal","unit":"%","meaning":"loss ratio","meaning_zh":"赔付率","personal":false,"choices":[]},
    {"name":"region","value_type":"text","meaning":"region","meaning_zh":"地区","personal":false,"choices":["CN-11","CN-15"]},
    {"name":"since","value_type":"date","meaning":"customer since","meaning_zh":"客户起始日","personal":false,"choices":[]},
    {"name":"vip","value_type":"boolean","meaning":"named by management","meaning_zh":"管理层指定","personal":false,"choices":[]},
    {"name":"phone","value_type":"text","meaning":"usual phone","meaning_zh":"常用电话","personal":true,"choices":[]}
  ],
  "parameters": [
    {"name":"poor_above","value_type":"decimal","unit":"%","checked_until":"2026-12-31","values":[
      {"value":"80","from":"2020-01-01","until":"2023-06-01","source":"board 2019-12"},
      {"value":"70.5","from":"2023-06-01","until":null,"source":"board 2023-05"}]}
  ],
  "rules": [
    {"name":"good","text":"good customer","text_zh":"优质客户","source":"H2","when":{"any":{"of":[
      {"compare":{"fact":"clean_years","is":"at_least","to":{"value":{"value":3}}}},
      {"compare":{"fact":"vip","is":"equal","to":{"value":{"value":true}}}}]}}},
    {"name":"poor","text":"poor customer","text_zh":"劣质客户","source":"ours","when":{"all":{"of":[
      {"compare":{"fact":"loss_ratio","is":"more_than","to":{"parameter":{"name":"poor_above"}}}},
      {"not":{"of":{"one_of":{"fact":"region","values":["CN-15"]}}}}]}}},
    {"name":"mobile","text":"mobile phone","text_zh":"手机","source":"ours","when":{"all":{"of":[
      {"matches":{"fact":"phone","pattern":"1??????????"}},{"known":{"fact":"phone"}}]}}},
    {"name":"old","text":"old customer","text_zh":"老客户","source":"ours","when":{"within":{"fact":"since","until":"2010-01-01"}}}
  ]
}"#;

mod laws;
mod versions;

fn date(text: &str) -> Date {
    Date::parse(text).unwrap()
}

fn facts(json: &str) -> BTreeMap<String, Scalar> {
    wire::from_json(json.as_bytes()).unwrap()
}

const FACTS: &str =
    r#"{"clean_years":2,"loss_ratio":"75.00","region":"CN-11","since":"2009-12-31","vip":false,"phone":"13800138000"}"#;

fn answer(json: &str, on: &str) -> Evaluation {
    RuleSet::from_json(SPEC.as_bytes()).unwrap().evaluate(&facts(json), date(on)).unwrap()
}

fn holds(evaluation: &Evaluation) -> Vec<bool> {
    evaluation.outcomes.iter().map(|outcome| outcome.holds).collect()
}

#[track_caller]
fn faults(refusal: &crm_core::refusal::Refusal) -> Vec<String> {
    refusal.faults().iter().map(|fault| format!("{} {}", fault.code(), fault.path())).collect()
}

#[test]
fn the_day_decides_which_value_is_used() {
    assert_eq!(holds(&answer(FACTS, "2023-05-31")), [false, false, true, true]);
    assert_eq!(holds(&answer(FACTS, "2023-06-01")), [false, true, true, true]);
    assert!(!answer(FACTS, "2026-12-31").outcomes[1].stale);
    assert!(answer(FACTS, "2027-01-01").outcomes[1].stale);
    let rules = RuleSet::from_json(SPEC.as_bytes()).unwrap();
    let refusal = rules.evaluate(&facts(FACTS), date("2019-12-31")).unwrap_err();
    assert_eq!(refusal.code().as_str(), "rulebook.dated.outside");
    assert_eq!(rules.parameter("poor_above", date("2024-01-01")).unwrap().value.to_string(), "70.5");
    assert_eq!(rules.parameter("x", date("2024-01-01")).unwrap_err().code().as_str(), "rulebook.parameter.undeclared");
}

#[test]
fn an_unknown_fact_matters_only_where_it_decides() {
    // Three clean years decide `good` whatever `vip` is; a wrong region decides `poor` whatever the ratio is.
    let enough = r#"{"clean_years":3,"region":"CN-15","since":"2011-01-01","phone":"010-1"}"#;
    assert_eq!(holds(&answer(enough, "2024-01-01")), [true, false, false, false]);
    let rules = RuleSet::from_json(SPEC.as_bytes()).unwrap();
    let refusal = rules.evaluate(&facts(r#"{"clean_years":1,"region":"CN-11","vip":null}"#), date("2024-01-01"));
    let expected = ["rulebook.fact.missing /loss_ratio", "rulebook.fact.missing /since", "rulebook.fact.missing /vip"];
    assert_eq!(faults(&refusal.unwrap_err()), expected);
}

#[test]
fn facts_are_read_against_their_declaration_all_at_once() {
    let given = BTreeMap::from([
        ("clean_years".to_owned(), Scalar::Foreign("float")),
        ("loss_ratio".to_owned(), Scalar::Integer(75)),
        ("region".to_owned(), Scalar::from("CN-99")),
        ("since".to_owned(), Scalar::from("2009-13-31")),
        ("vip".to_owned(), Scalar::from("true")),
        ("phone".to_owned(), Scalar::Integer(1)),
        ("张三".to_owned(), Scalar::Integer(1)),
    ]);
    let rules = RuleSet::from_json(SPEC.as_bytes()).unwrap();
    let refusal = rules.evaluate(&given, date("2024-01-01")).unwrap_err();
    let expected = [
        "wire.integer.expected /clean_years",
        "wire.decimal.expected /loss_ratio",
        "wire.text.expected /phone",
        "rulebook.fact.choice /region",
        "calendar.date.invalid /since",
        "wire.boolean.expected /vip",
        "rulebook.fact.unknown /*",
    ];
    assert_eq!(faults(&refusal), expected);
    for (value, code) in [(-1, "rulebook.fact.range"), (81, "rulebook.fact.range")] {
        let refusal = rules.evaluate(&[("clean_years".to_owned(), Scalar::Integer(value))].into(), date("2024-01-01"));
        assert_eq!(faults(&refusal.unwrap_err()), [format!("{code} /clean_years")]);
    }
}

#[test]
fn loading_reports_every_fault_at_once() {
    for (from, to, expected) in [
        (r#""fact":"vip""#, r#""fact":"vipp""#, "rulebook.fact.undeclared /rules/0/when/any/of/1/compare/fact"),
        (
            r#""value":{"value":3}"#,
            r#""value":{"value":"3"}"#,
            "wire.integer.expected /rules/0/when/any/of/0/compare/to/value/value",
        ),
        (
            r#""value":{"value":3}"#,
            r#""value":{"value":99}"#,
            "rulebook.fact.range /rules/0/when/any/of/0/compare/to/value/value",
        ),
        (
            r#""values":["CN-15"]"#,
            r#""values":["CN-16"]"#,
            "rulebook.fact.choice /rules/1/when/all/of/1/not/of/one_of/values/0",
        ),
        (
            r#""values":["CN-15"]"#,
            r#""values":[]"#,
            "rulebook.condition.empty /rules/1/when/all/of/1/not/of/one_of/values",
        ),
        (r#","until":"2010-01-01""#, "", "rulebook.condition.empty /rules/3/when/within"),
        (
            r#","until":"2010-01-01""#,
            r#","from":"2010-01-01","until":"2010-01-01""#,
            "rulebook.range.empty /rules/3/when/within/until",
        ),
        (r#""fact":"since""#, r#""fact":"vip""#, "rulebook.order.none /rules/3/when/within/fact"),
        (
            r#""fact":"vip","is":"equal""#,
            r#""fact":"vip","is":"at_most""#,
            "rulebook.order.none /rules/0/when/any/of/1/compare/is",
        ),
        (
            r#"{"fact":"phone","pattern""#,
            r#"{"fact":"vip","pattern""#,
            "rulebook.pattern.type /rules/2/when/all/of/0/matches/fact",
        ),
        (
            r#""parameter":{"name":"poor_above"}"#,
            r#""parameter":{"name":"poor"}"#,
            "rulebook.parameter.undeclared /rules/1/when/all/of/0/compare/to/parameter/name",
        ),
        (
            r#""fact":"loss_ratio","is""#,
            r#""fact":"clean_years","is""#,
            "rulebook.type.differs /rules/1/when/all/of/0/compare/to/parameter/name",
        ),
        (r#""until":"2023-06-01""#, r#""until":"2023-05-31""#, "rulebook.dated.gap /parameters/0/values/1/from"),
        (r#""until":"2023-06-01""#, r#""until":"2023-06-02""#, "rulebook.dated.overlap /parameters/0/values/1/from"),
        (r#""until":"2023-06-01""#, r#""until":null"#, "rulebook.dated.overlap /parameters/0/values/1/from"),
        (r#""until":"2023-06-01""#, r#""until":"2020-01-01""#, "calendar.period.empty /parameters/0/values/0/until"),
        (r#""source":"board 2023-05""#, r#""source":" ""#, "rulebook.source.missing /parameters/0/values/1/source"),
        (r#""value":"80""#, r#""value":80"#, "wire.decimal.expected /parameters/0/values/0/value"),
        (r#""name":"region""#, r#""name":"vip""#, "rulebook.name.duplicate /facts/4/name"),
        (r#""name": "motor_review""#, r#""name": "Motor Review""#, "rulebook.name.invalid /name"),
        (r#""minimum":0"#, r#""minimum":81"#, "rulebook.range.empty /facts/0/maximum"),
        (
            r#""choices":["CN-11","CN-15"]"#,
            r#""choices":["CN-11","CN-15"],"minimum":"a""#,
            "rulebook.order.none /facts/2/minimum",
        ),
        (
            r#"years","meaning":"years without a claim","meaning_zh":"连续未出险年数","personal":false,"choices":[]"#,
            r#"years","meaning":"years without a claim","meaning_zh":"连续未出险年数","personal":false,"choices":["1"]"#,
            "rulebook.choices.type /facts/0/choices",
        ),
        (r#""source":"H2""#, r#""source":"""#, "rulebook.source.missing /rules/0/source"),
        (r#""name":"poor","#, r#""name":"good","#, "rulebook.name.duplicate /rules/1/name"),
    ] {
        assert!(SPEC.contains(from), "{from}");
        let refusal = RuleSet::from_json(SPEC.replacen(from, to, 1).as_bytes()).unwrap_err();
        assert!(faults(&refusal).contains(&expected.to_owned()), "{expected}: {:?}", faults(&refusal));
    }
    let two = SPEC.replace(r#""value":"80""#, r#""value":80"#).replace(r#""fact":"vip""#, r#""fact":"vipp""#);
    let refusal = RuleSet::from_json(two.as_bytes()).unwrap_err();
    let expected = [
        "wire.decimal.expected /parameters/0/values/0/value",
        "rulebook.fact.undeclared /rules/0/when/any/of/1/compare/fact",
    ];
    assert_eq!(faults(&refusal), expected, "the parameter's own fault is told once");

    let both = SPEC.replace(r#""value":"80""#, r#""value":80"#).replace(r#""until":"2023-06-01""#, r#""until":null"#);
    let refusal = RuleSet::from_json(both.as_bytes()).unwrap_err();
    let expected =
        ["wire.decimal.expected /parameters/0/values/0/value", "rulebook.dated.overlap /parameters/0/values/1/from"];
    assert_eq!(faults(&refusal), expected, "one fault does not hide another");
}

#[test]
fn sizes_are_bounded() {
    let mut spec: RuleSetSpec = wire::from_json(SPEC.as_bytes()).unwrap();
    let mut deep = Condition::Known { fact: "vip".into() };
    for _ in 0..10_000 {
        deep = Condition::Not { of: Box::new(deep) };
    }
    spec.rules[0].when = deep;
    let refusal = RuleSet::load(&spec).unwrap_err();
    assert_eq!(refusal.code().as_str(), "wire.depth");
    spec.facts = vec![spec.facts[0].clone(); 10_001];
    assert_eq!(faults(&RuleSet::load(&spec).unwrap_err()), ["rulebook.too_many /facts"]);
    // A pattern of stars does not blow up.
    let spec = SPEC.replace("1??????????", &"*a".repeat(128));
    let rules = RuleSet::from_json(spec.as_bytes()).unwrap();
    let long = FACTS.replace("13800138000", &"a".repeat(1_024));
    assert!(rules.evaluate(&facts(&long), date("2024-01-01")).unwrap().outcomes[2].holds);
}

#[test]
fn patterns_mean_what_is_typed() {
    let given = |pattern: &str, text: &str| {
        let spec = SPEC.replace("1??????????", pattern);
        let rules = RuleSet::from_json(spec.as_bytes()).unwrap();
        let facts = facts(&FACTS.replace("13800138000", text));
        rules.evaluate(&facts, date("2024-01-01")).unwrap().outcomes[2].holds
    };
    for (pattern, text, fits) in [
        ("JLA", "JLA", true),
        ("JLA", "JLA1", false),
        ("JLA", "jla", false),
        ("*19*", "X19Y", true),
        ("*19*", "19", true),
        ("*19*", "1x9", false),
        ("J?A", "J保A", true),
        ("J?A", "JA", false),
        ("a*b*c", "aXbYbc", true),
        ("a*b*c", "aXbYb", false),
        ("", "", true),
        ("*", "", true),
        ("?", "", false),
        ("[a-z].+", "[a-z].+", true),
    ] {
        assert_eq!(given(pattern, text), fits, "{pattern} {text}");
    }
}

#[test]
fn traces_read_well_in_both_languages() {
    let poor = &answer(FACTS, "2027-01-01").outcomes[1];
    assert_eq!(
        poor.trace.text(Lang::En),
        [
            "#0 loss_ratio = 75.00",
            "#1 poor_above = 70.5% (board 2023-05, since 2023-06-01, not checked for this day)",
            "#2 #0 > #1: yes",
            "#3 region = CN-11",
            "#4 #3 ∈ {CN-15}: no",
            "#5 not #4: yes",
            "#6 all of #2, #5: yes",
        ]
    );
    assert_eq!(poor.trace.text(Lang::Zh)[1], "#1 poor_above = 70.5% (board 2023-05, 自 2023-06-01，该日未经核对)");
    let mobile = &answer(FACTS, "2024-01-01").outcomes[2];
    assert_eq!(mobile.trace.text(Lang::En)[0], "#0 phone = (hidden)");
    let rate = ExchangeRate {
        from: Currency::EUR,
        to: Currency::CNY,
        rate: Decimal::parse("7.8305").unwrap(),
        on: date("2024-01-02"),
        source: "ECB".into(),
    };
    let whole = Rounding::whole(RoundingMode::HalfEven);
    let converted = explained_conversion(Money::from_minor(10_001, Currency::EUR), &rate, whole).unwrap();
    assert_eq!(
        converted.trace.text(Lang::Zh),
        [
            "#0 金额 EUR 100.01",
            "#1 汇率 1 EUR = 7.8305 CNY (ECB, 2024-01-02)",
            "#2 #0 × #1 = 783.128305",
            "#3 #2 四舍六入五成双至整数 = 783"
        ]
    );
}

#[test]
fn roundings_and_units_read_as_sentences() {
    let base = Money::from_minor(77_777, Currency::CNY);
    let last = |place: i64, lang: Lang| {
        let rounding = Rounding { mode: RoundingMode::HalfUp, place };
        let one = Decimal::parse("1").unwrap();
        explained_product(base, one, rounding).unwrap().trace.text(lang).pop().unwrap()
    };
    assert_eq!(last(2, Lang::En), "#3 #2 rounded half up to 2 decimals = 777.77");
    assert_eq!(last(1, Lang::En), "#3 #2 rounded half up to 1 decimal = 777.8");
    assert_eq!(last(0, Lang::En), "#3 #2 rounded half up to a whole number = 778");
    assert_eq!(last(-2, Lang::En), "#3 #2 rounded half up to multiples of 10^2 = 800");
    assert_eq!(last(1, Lang::Zh), "#3 #2 四舍五入至 1 位小数 = 777.8");
    assert_eq!(last(-2, Lang::Zh), "#3 #2 四舍五入至 10^2 = 800");
    let years = SPEC.replace(r#""unit":"%""#, r#""unit":"points""#);
    let answer = RuleSet::from_json(years.as_bytes()).unwrap().evaluate(&facts(FACTS), date("2024-01-01")).unwrap();
    assert!(answer.outcomes[1].trace.text(Lang::En)[1].starts_with("#1 poor_above = 70.5 points (board"));
}

#[test]
fn faults_of_the_day_and_missing_facts_are_told_together() {
    let rules = RuleSet::from_json(SPEC.as_bytes()).unwrap();
    let refusal = rules.evaluate(&facts(r#"{"clean_years":1,"region":"CN-11","phone":"1"}"#), date("2019-01-01"));
    let expected = [
        "rulebook.dated.outside ",
        "rulebook.fact.missing /loss_ratio",
        "rulebook.fact.missing /since",
        "rulebook.fact.missing /vip",
    ];
    assert_eq!(faults(&refusal.unwrap_err()), expected);
}

#[test]
fn an_endless_value_overlaps_everything_after_it() {
    let three = SPEC.replace(
        r#"{"value":"80","from":"2020-01-01","until":"2023-06-01","source":"board 2019-12"}"#,
        r#"{"value":"80","from":"2020-01-01","until":null,"source":"a"},{"value":"81","from":"2021-01-01","until":"2022-01-01","source":"b"}"#,
    );
    let refusal = RuleSet::from_json(three.as_bytes()).unwrap_err();
    let expected =
        ["rulebook.dated.overlap /parameters/0/values/1/from", "rulebook.dated.overlap /parameters/0/values/2/from"];
    assert_eq!(faults(&refusal), expected);
}

#[test]
fn scalars_and_values_cross_the_wire() {
    for (text, scalar) in [
        ("null", Scalar::Null),
        ("true", Scalar::Boolean(true)),
        ("-3", Scalar::Integer(-3)),
        (r#""1.50""#, Scalar::from("1.50")),
    ] {
        assert_eq!(wire::from_json::<Scalar>(text.as_bytes()).unwrap(), scalar);
        assert_eq!(wire::to_json(&scalar).unwrap(), text);
    }
    assert_eq!(wire::from_json::<Scalar>(b"1.5").unwrap(), Scalar::Foreign("float"));
    assert_eq!(wire::read::<Scalar>(b"~nan", wire::Dialect::Node).unwrap(), Scalar::Foreign("nan"));
    assert_eq!(wire::read::<Scalar>(b"~map", wire::Dialect::Jvm).unwrap(), Scalar::Foreign("map"));
    let decimal = Decimal::parse("1.50").unwrap();
    assert_eq!(wire::read::<Scalar>(b"~decimal\"1.50\"", wire::Dialect::Jvm).unwrap(), Scalar::Decimal(decimal));
    assert_eq!(wire::read::<Decimal>(b"~decimal\"1.50\"", wire::Dialect::Jvm).unwrap(), decimal);
    let day = Date::parse("2026-02-28").unwrap();
    assert_eq!(wire::read::<Scalar>(b"~date\"2026-02-28\"", wire::Dialect::Jvm).unwrap(), Scalar::Date(day));
    assert_eq!(wire::read::<Date>(b"~date\"2026-02-28\"", wire::Dialect::Jvm).unwrap(), day);
    let refusal = wire::read::<Date>(b"~decimal\"1\"", wire::Dialect::Jvm).unwrap_err();
    assert_eq!((refusal.code().as_str(), refusal.params()[0].1.to_string()), ("wire.date.expected", "decimal".into()));
    for (text, code) in [
        ("~surrogate", "wire.text.surrogate"),
        ("~decimal\"x\"", "wire.decimal.invalid"),
        ("~depth", "wire.depth"),
        ("~integer", "wire.integer.range"),
        ("{}", "wire.scalar.expected"),
    ] {
        let refusal = wire::read::<Scalar>(text.as_bytes(), wire::Dialect::Jvm).unwrap_err();
        assert_eq!(refusal.code().as_str(), code, "{text}");
    }
    for (canonical, node) in [
        (r#"{"decimal":"1.50"}"#, r#"{"kind":"decimal","value":"1.50"}"#),
        (r#"{"integer":7}"#, r#"{"kind":"integer","value":7}"#),
        (r#"{"text":"保"}"#, r#"{"kind":"text","value":"保"}"#),
        (r#"{"date":"2026-02-28"}"#, r#"{"kind":"date","value":"2026-02-28"}"#),
        (r#"{"boolean":false}"#, r#"{"kind":"boolean","value":false}"#),
    ] {
        let value: Value = wire::from_json(canonical.as_bytes()).unwrap();
        assert_eq!(wire::read::<Value>(node.as_bytes(), wire::Dialect::Node).unwrap(), value);
        assert_eq!(wire::to_json(&value).unwrap(), canonical);
        assert_eq!(wire::write(&value, wire::Dialect::Node).unwrap(), node);
    }
    assert_eq!(wire::from_json::<Value>(br#"{"float":1}"#).unwrap_err().code().as_str(), "wire.variant.unknown");
}
