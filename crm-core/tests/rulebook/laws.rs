//! The laws of the rule book: 3, 10, 11 and 13, each with its mutants.

use super::*;

/// Law 13, it does not fall over: a rule set and a refusal stay small whatever an author or a host hands in.
mod law_13_it_does_not_fall_over {
    use super::*;
    use crm_core::{
        refusal::{Fault, MAX_FAULTS, MAX_PARAM, Refusal},
        rulebook::MAX_RULE_TEXT,
    };

    fn spec() -> RuleSetSpec {
        wire::from_json(SPEC.as_bytes()).unwrap()
    }

    fn size(refusal: &Refusal) -> usize {
        refusal.faults().iter().map(|fault| fault.text(Lang::Zh).len() + fault.path().as_str().len()).sum()
    }

    /// A refusal of at most so many faults with at most so long texts.
    fn is_small(refusal: &Refusal) -> bool {
        refusal.faults().len() <= MAX_FAULTS + 1 && size(refusal) <= (MAX_FAULTS + 1) * (MAX_PARAM + 1_000)
    }

    #[test]
    fn refusals_are_bounded() {
        let mut wide = spec();
        wide.facts[2].choices = (0..1_000).map(|n| format!("{n:0>1000}")).collect();
        wide.rules[1].when = Condition::OneOf {
            fact: "region".into(),
            values: (0..15_000).map(|n: i64| Scalar::from(&*n.to_string())).collect(),
        };
        let refusal = RuleSet::load(&wide).unwrap_err();
        assert_eq!(refusal.code().as_str(), "rulebook.fact.choice");
        assert_eq!(refusal.faults().last().unwrap().code().as_str(), "faults.more");
        assert!(is_small(&refusal), "{}", size(&refusal));
        // The mutant: a refusal that lists all of them is seen by the same test.
        let all = (0..15_000).map(|_| Fault::new(crm_core::refusal::Code::WireTextSurrogate)).collect::<Vec<_>>();
        assert!(all.len() > MAX_FAULTS + 1 && is_small(&Refusal::from_faults(all).unwrap()));
    }

    #[test]
    fn rule_sets_are_bounded() {
        let long = "长".repeat(MAX_RULE_TEXT / 3 + 1);
        let mut texts = spec();
        texts.facts[0].meaning = long.clone();
        texts.facts[2].choices.push(long.clone());
        texts.parameters[0].values[0].source = long.clone();
        texts.rules[0].text_zh = long.clone();
        texts.rules[1].when = Condition::Matches { fact: "region".into(), pattern: "?".repeat(257) };
        let expected = [
            "rulebook.text.too_long /facts/0/meaning",
            "rulebook.text.too_long /facts/2/choices/2",
            "rulebook.text.too_long /parameters/0/values/0/source",
            "rulebook.text.too_long /rules/0/text_zh",
            "rulebook.pattern.too_long /rules/1/when/matches/pattern",
        ];
        assert_eq!(faults(&RuleSet::load(&texts).unwrap_err()), expected);

        let mut many = spec();
        many.rules[2].when = Condition::OneOf { fact: "clean_years".into(), values: vec![Scalar::Integer(1); 20_000] };
        assert_eq!(faults(&RuleSet::load(&many).unwrap_err()), ["rulebook.too_many /rules/2/when"]);
        let mut many = spec();
        many.facts[2].choices = vec!["a".into(); 1_001];
        assert!(faults(&RuleSet::load(&many).unwrap_err()).contains(&"rulebook.too_many /facts/2/choices".to_owned()));
        let mut many = spec();
        many.parameters[0].values = vec![many.parameters[0].values[0].clone(); 10_001];
        assert!(
            faults(&RuleSet::load(&many).unwrap_err()).contains(&"rulebook.too_many /parameters/0/values".to_owned())
        );

        let rules = RuleSet::from_json(SPEC.as_bytes()).unwrap();
        let refusal = rules.evaluate(&facts(&FACTS.replace("13800138000", &long)), date("2024-01-01")).unwrap_err();
        assert_eq!(faults(&refusal), ["rulebook.text.too_long /phone"]);
    }

    #[test]
    fn a_trace_from_outside_takes_no_hours() {
        let steps = vec![
            Step::Fact { name: "a".into(), value: Some(Value::Text("a".repeat(1_000_000))), hidden: false },
            Step::Matches { left: 0, pattern: "*a".repeat(400_000), passed: Some(true) },
        ];
        assert_eq!(Trace { steps }.replay().unwrap_err().code().as_str(), "rulebook.trace.broken");
    }
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
    fn a_rate_belongs_to_its_currency() {
        let rate = ExchangeRate {
            from: Currency::EUR,
            to: Currency::CNY,
            rate: Decimal::parse("7.8").unwrap(),
            on: date("2024-01-02"),
            source: "ECB".into(),
        };
        let cents = Rounding::minor_unit(RoundingMode::HalfUp, Currency::CNY);
        let converted = explained_conversion(Money::from_minor(10_000, Currency::EUR), &rate, cents).unwrap();
        assert_eq!(converted.trace.replay().unwrap(), Value::Decimal(Decimal::parse("780").unwrap()));
        let mut mutant = converted.trace.clone();
        mutant.steps[0] = Step::Amount { amount: Money::from_minor(10_000, Currency::USD) };
        assert_eq!(mutant.replay().unwrap_err().code().as_str(), "rulebook.trace.broken");
        let mut mutant = converted.trace;
        mutant.steps[1] = Step::Rate { rate: ExchangeRate { rate: Decimal::parse("7.9").unwrap(), ..rate } };
        assert!(mutant.replay().is_err());
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
