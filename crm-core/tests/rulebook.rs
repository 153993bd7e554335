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
    let expected = ["rulebook.fact.missing /vip", "rulebook.fact.missing /loss_ratio", "rulebook.fact.missing /since"];
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
    let spec = SPEC.replace("1??????????", &"*a".repeat(2_000));
    let rules = RuleSet::from_json(spec.as_bytes()).unwrap();
    let long = FACTS.replace("13800138000", &"a".repeat(20_000));
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
            "#3 #2 四舍六入五成双至 0 位小数 = 783"
        ]
    );
}

/// Law 3, every figure explains itself: replaying the trace gives the answer, and only an honest trace replays.
mod law_3_every_figure_explains_itself {
    use super::*;

    fn spoil(trace: &Trace) -> Vec<Trace> {
        // Every mutant changes one thing that the answer depends on.
        let mut mutants = Vec::new();
        for (at, step) in trace.steps.iter().enumerate() {
            let mut changed = trace.clone();
            changed.steps[at] = match step.clone() {
                Step::Compare { left, is, right, passed: Some(passed) } => {
                    Step::Compare { left, is, right, passed: Some(!passed) }
                }
                Step::All { of, passed: Some(passed) } => Step::All { of, passed: Some(!passed) },
                Step::Any { of, passed: Some(passed) } => Step::Any { of, passed: Some(!passed) },
                Step::Not { of, passed: Some(passed) } => Step::Not { of, passed: Some(!passed) },
                Step::Known { left, passed } => Step::Known { left, passed: !passed },
                Step::Amount { amount } => {
                    Step::Amount { amount: amount.plus(Money::from_minor(100_000, amount.currency())).unwrap() }
                }
                Step::Calculate { operation, left, right, .. } => {
                    Step::Calculate { operation, left, right, exact: "1/7".into() }
                }
                Step::Round { of, mode, place, .. } => {
                    Step::Round { of, mode, place, result: Decimal::parse("0.07").unwrap() }
                }
                _ => continue,
            };
            mutants.push(changed);
        }
        mutants
    }

    fn condition() -> impl Strategy<Value = Condition> {
        let leaf = prop_oneof![
            (0_i64..9).prop_map(|value| Condition::Compare {
                fact: "clean_years".into(),
                is: Comparison::AtLeast,
                to: Operand::Value { value: Scalar::Integer(value) }
            }),
            Just(Condition::Compare {
                fact: "loss_ratio".into(),
                is: Comparison::MoreThan,
                to: Operand::Parameter { name: "poor_above".into() }
            }),
            Just(Condition::OneOf { fact: "region".into(), values: vec!["CN-15".into(), "CN-11".into()] }),
            Just(Condition::Matches { fact: "phone".into(), pattern: "13*".into() }),
            Just(Condition::Known { fact: "vip".into() }),
            Just(Condition::Within { fact: "since".into(), from: Some("2005-01-01".into()), until: None }),
        ];
        leaf.prop_recursive(4, 24, 4, |inner| {
            prop_oneof![
                proptest::collection::vec(inner.clone(), 1..4).prop_map(|of| Condition::All { of }),
                proptest::collection::vec(inner.clone(), 1..4).prop_map(|of| Condition::Any { of }),
                inner.prop_map(|of| Condition::Not { of: Box::new(of) }),
            ]
        })
    }

    proptest! {
        #[test]
        fn conditions(when in condition(), years in proptest::option::of(0_i64..9), vip in any::<Option<bool>>()) {
            let mut spec: RuleSetSpec = wire::from_json(SPEC.as_bytes()).unwrap();
            spec.rules.truncate(1);
            spec.rules[0].when = when;
            let mut given = facts(FACTS);
            given.insert("clean_years".into(), years.map_or(Scalar::Null, Scalar::Integer));
            given.insert("vip".into(), vip.map_or(Scalar::Null, Scalar::Boolean));
            match RuleSet::load(&spec).unwrap().evaluate(&given, date("2024-01-01")) {
                Ok(answer) => {
                    let outcome = &answer.outcomes[0];
                    prop_assert_eq!(outcome.trace.replay().unwrap(), Value::Boolean(outcome.holds));
                    for mutant in spoil(&outcome.trace) {
                        let replayed = mutant.replay();
                        prop_assert!(replayed.is_err(), "a spoilt trace replayed");
                        prop_assert_eq!(replayed.unwrap_err().code().as_str(), "rulebook.trace.broken");
                    }
                    // What is stored replays too.
                    let stored = wire::to_json(&answer).unwrap();
                    let back: Evaluation = wire::from_json(stored.as_bytes()).unwrap();
                    prop_assert_eq!(back, answer);
                }
                Err(refusal) => prop_assert_eq!(refusal.code().as_str(), "rulebook.fact.missing"),
            }
        }

        #[test]
        fn products(minor in -10_i64.pow(9)..10_i64.pow(9), mantissa in 0_i64..10_i64.pow(9), scale in 0_u32..9, place in -3_i64..=2) {
            let by = Decimal::from_parts(i128::from(mantissa), scale).unwrap();
            let rounding = Rounding { mode: RoundingMode::HalfUp, place };
            let product = explained_product(Money::from_minor(minor, Currency::CNY), by, rounding).unwrap();
            let replayed = product.trace.replay().unwrap();
            prop_assert_eq!(replayed, Value::Decimal(product.value.amount()));
            for mutant in spoil(&product.trace) {
                let same = mutant.replay().is_ok_and(|value| value == Value::Decimal(product.value.amount()));
                // A changed amount that gives the same product is no change: zero times anything.
                prop_assert!(!same || mantissa == 0 || mutant == product.trace);
            }
        }
    }

    #[test]
    fn a_trace_that_names_no_step_is_broken() {
        for steps in [
            vec![],
            vec![Step::Not { of: 0, passed: Some(true) }],
            vec![Step::Not { of: -1, passed: None }],
            vec![Step::All { of: vec![7], passed: Some(true) }],
            vec![Step::Fact { name: "a".into(), value: None, hidden: false }],
        ] {
            assert_eq!(Trace { steps }.replay().unwrap_err().code().as_str(), "rulebook.trace.broken");
        }
    }
}

/// Law 10, nothing leaks: a personal value stands in no trace, no refusal and no Debug text.
#[test]
fn law_10_nothing_leaks() {
    let secret = "13800138000";
    let rules = RuleSet::from_json(SPEC.as_bytes()).unwrap();
    let given = facts(FACTS);
    let answer = rules.evaluate(&given, date("2024-01-01")).unwrap();
    let shown = format!("{answer:?} {given:?} {}", wire::to_json(&answer).unwrap());
    assert!(!shown.contains(secret));
    let mut wrong = given.clone();
    for (key, scalar) in
        [("vip", Scalar::from(secret)), ("region", Scalar::from(secret)), (secret, Scalar::from(secret))]
    {
        wrong.insert(key.into(), scalar);
    }
    let refusal = rules.evaluate(&wrong, date("2024-01-01")).unwrap_err();
    let shown = format!("{refusal} {refusal:?} {}", refusal.text(Lang::Zh));
    assert_eq!(refusal.faults().len(), 3);
    assert!(!shown.contains(secret), "{shown}");
    // The mutant: a fact that is not declared personal does stand in the trace, so the test can see a leak.
    let mutant = SPEC.replace(r#""personal":true"#, r#""personal":false"#);
    let answer = RuleSet::from_json(mutant.as_bytes()).unwrap().evaluate(&given, date("2024-01-01")).unwrap();
    assert!(wire::to_json(&answer).unwrap().contains(secret));
}

/// Law 11, every day has one answer: inside the validity exactly one value, outside a refusal, later marked stale.
mod law_11_every_day_has_one_answer {
    use super::*;

    /// The naive model: look at every value.
    fn model(parameter: &Parameter, on: Date) -> Vec<&Scalar> {
        let valid = |from: Date, until: Option<Date>| from <= on && until.is_none_or(|until| on < until);
        parameter.values.iter().filter(|dated| valid(dated.from, dated.until)).map(|dated| &dated.value).collect()
    }

    fn check(
        parameter: &Parameter,
        ask: impl Fn(&Parameter, Date) -> Option<(i64, bool)>,
        day: i64,
    ) -> Result<(), String> {
        let on = date("2020-01-01").plus_days(day).unwrap();
        let expected = match model(parameter, on).as_slice() {
            [] => None,
            [Scalar::Integer(value)] => Some((*value, on > parameter.checked_until)),
            _ => return Err("two answers".into()),
        };
        if ask(parameter, on) == expected { Ok(()) } else { Err(format!("{on}: {expected:?}")) }
    }

    fn core(parameter: &Parameter, on: Date) -> Option<(i64, bool)> {
        parameter.at(on).ok().map(|known| match known.value {
            Value::Integer(value) => (value, known.stale),
            _ => panic!("integer"),
        })
    }

    /// The mutant: the newest value that has begun, whether it has ended or not, never stale.
    fn mutant(parameter: &Parameter, on: Date) -> Option<(i64, bool)> {
        let begun = parameter.values.iter().filter(|dated| dated.from <= on).max_by_key(|dated| dated.from);
        begun.map(|dated| match dated.value {
            Scalar::Integer(value) => (value, false),
            _ => panic!("integer"),
        })
    }

    fn parameter(lengths: &[i64], open: bool, shuffle: usize) -> Parameter {
        let mut from = date("2020-01-01");
        let mut values = Vec::new();
        for (index, length) in lengths.iter().enumerate() {
            let until = from.plus_days(*length).unwrap();
            let last = index + 1 == lengths.len();
            values.push(crm_core::rulebook::DatedValue {
                value: Scalar::Integer(index as i64),
                from,
                until: if last && open { None } else { Some(until) },
                source: "test".into(),
            });
            from = until;
        }
        let by = shuffle % values.len();
        values.rotate_left(by);
        let checked_until = date("2020-01-01").plus_days(20).unwrap();
        Parameter {
            name: "p".into(),
            value_type: crm_core::rulebook::ValueType::Integer,
            unit: None,
            values,
            checked_until,
        }
    }

    proptest! {
        #[test]
        fn one_answer(lengths in proptest::collection::vec(1_i64..9, 1..6), open in any::<bool>(), shuffle in 0_usize..6, day in -3_i64..60) {
            let parameter = parameter(&lengths, open, shuffle);
            check(&parameter, core, day).map_err(TestCaseError::fail)?;
        }

        #[test]
        fn a_gap_or_an_overlap_does_not_load(lengths in proptest::collection::vec(2_i64..9, 2..6), shift in prop_oneof![Just(-1_i64), Just(1_i64)]) {
            let mut broken = parameter(&lengths, false, 0);
            broken.values[0].until = Some(broken.values[0].until.unwrap().plus_days(shift).unwrap());
            let code = if shift < 0 { "rulebook.dated.gap" } else { "rulebook.dated.overlap" };
            let refusal = broken.at(date("2020-01-01")).unwrap_err();
            prop_assert_eq!(refusal.code().as_str(), code);
        }
    }

    #[test]
    fn the_mutant_is_caught() {
        let closed = parameter(&[3, 4], false, 1);
        assert!((-3..60).all(|day| check(&closed, core, day).is_ok()));
        assert!((-3..60).any(|day| check(&closed, mutant, day).is_err()));
    }

    #[test]
    fn a_parameter_without_values_is_refused() {
        let mut empty = parameter(&[1], true, 0);
        empty.values.clear();
        assert_eq!(empty.at(date("2020-01-01")).unwrap_err().code().as_str(), "rulebook.dated.empty");
    }
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
