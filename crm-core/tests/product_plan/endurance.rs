//! Law 13: no plan and no risk makes it fall over.

use crm_core::{
    money::Decimal,
    product::{PlanAction, PlanOperand, PlanStep, RatePlan, RatePlanSpec, RowKey, TableRow},
    refusal::Code,
    rulebook::{Condition, DatedValue, Scalar},
    wire,
};
use proptest::prelude::*;

use crate::motor::{new_on, plan};

const MOTOR: &[u8] = include_bytes!("motor.json");

fn spec() -> RatePlanSpec {
    plan().spec().clone()
}

proptest! {
    /// Bytes changed, cut out, doubled: a plan loads or is refused, and then still answers.
    #[test]
    fn law_13_no_text_makes_loading_panic(
        edits in prop::collection::vec((any::<prop::sample::Index>(), 0_u8..4, any::<u8>()), 1..4),
    ) {
        let mut text = MOTOR.to_vec();
        for (at, what, byte) in edits {
            let at = at.index(text.len());
            match what {
                0 => text[at] = byte,
                1 => text[at] = b"0123456789-.,:{}[]\""[usize::from(byte) % 19],
                2 => _ = text.remove(at),
                _ => text.insert(at, text[at]),
            }
        }
        if let Ok(plan) = RatePlan::from_json(&text) {
            let risk = [("use".into(), "private".into()), ("seats".into(), 5.into())].into();
            _ = plan.quote(&risk, &new_on("2026-03-01"));
        }
    }

    /// Any value for any input.
    #[test]
    fn law_13_no_risk_makes_a_quote_panic(
        seats in any::<i64>(), tonnes in "-?[0-9]{0,30}(\\.[0-9]{0,30})?([eE][+-]?[0-9]{1,10})?", text in any::<String>(),
    ) {
        let plan = plan();
        let risk = [
            ("use".to_owned(), Scalar::Text(text.clone())),
            ("seats".to_owned(), Scalar::Integer(seats)),
            ("tonnes".to_owned(), Scalar::Text(tonnes)),
            (text, Scalar::Foreign("float")),
        ];
        let refusal = plan.quote(&risk.into(), &new_on("2026-03-01")).unwrap_err();
        prop_assert!(refusal.faults().len() <= 4);
        let mut record = plan.record();
        prop_assert!(plan.set_point(&mut record, usize::try_from(seats.unsigned_abs()).unwrap(), seats).is_err());
    }
}

#[test]
fn law_13_catches_a_reader_that_trusts_its_text() {
    // What the law looks for: text that is cut makes a trusting reader panic, and this one refuse.
    let cut = &MOTOR[..MOTOR.len() / 2];
    assert!(std::panic::catch_unwind(|| serde_json::from_slice::<serde_json::Value>(cut).unwrap()).is_err());
    assert!(RatePlan::from_json(cut).is_err());
}

#[test]
fn deep_steps_and_conditions_are_refused() {
    let mut deep = spec();
    let step = |name: String, action: PlanAction| PlanStep {
        text: name.clone(),
        text_zh: name.clone(),
        name,
        valid: None,
        action,
    };
    let mut inner = step("innermost".into(), PlanAction::Multiply { by: PlanOperand::Value { value: 1.into() } });
    for depth in 0..10_000 {
        let condition = Condition::Known { fact: "seats".into() };
        let action = PlanAction::When { condition, then: vec![inner], otherwise: Vec::new() };
        inner = step(format!("s{depth}"), action);
    }
    deep.coverages[0].steps.push(inner);
    let refusal = RatePlan::load(&deep).unwrap_err();
    assert!(refusal.faults().iter().any(|fault| fault.code() == Code::WireDepth), "{refusal}");

    let mut deep = spec();
    let mut condition = Condition::Known { fact: "seats".into() };
    for _ in 0..10_000 {
        condition = Condition::Not { of: Box::new(condition) };
    }
    deep.coverages[1].included = Some(condition);
    let refusal = RatePlan::load(&deep).unwrap_err();
    assert_eq!(refusal.code(), Code::WireDepth);
}

#[test]
fn too_many_of_anything_is_refused() {
    let refused = |change: &dyn Fn(&mut RatePlanSpec)| {
        let mut spec = spec();
        change(&mut spec);
        let refusal = RatePlan::load(&spec).unwrap_err();
        assert_eq!(refusal.code(), Code::ProductPlanTooMany, "{refusal}");
        refusal.path().to_string()
    };
    let many = |spec: &mut RatePlanSpec| {
        let input = spec.inputs[0].clone();
        spec.inputs = vec![input; 1_001];
    };
    assert_eq!(refused(&many), "/inputs");
    assert_eq!(refused(&|spec| spec.cases = vec![spec.cases[0].clone(); 10_001]), "/cases");
    assert_eq!(
        refused(&|spec| spec.coverages[0].limits = vec![spec.coverages[0].limits[0].clone(); 101]),
        "/coverages"
    );
    assert_eq!(refused(&|spec| spec.tables[0].keys = vec!["seats".into(); 17]), "/tables/0/keys");
    // Every day a version, and many steps: more editions than can be proven.
    let daily = |spec: &mut RatePlanSpec| {
        let one = spec.parameters[0].values[0].clone();
        spec.parameters[0].values = (0..9_000)
            .map(|index| {
                let mut dated = one.clone();
                dated.from = one.from.plus_days(index).unwrap();
                dated.until = (index < 8_999).then(|| one.from.plus_days(index + 1).unwrap());
                dated
            })
            .collect();
        let steps = spec.coverages[1].steps[1].clone();
        spec.coverages[1]
            .steps
            .extend((0..200).map(|index| PlanStep { name: format!("more{index}"), ..steps.clone() }));
    };
    assert_eq!(refused(&daily), "");
}

#[test]
fn numbers_beyond_what_is_exact_are_refused() {
    let mut long = spec();
    let by = PlanOperand::Value { value: "1.0000000000000000000000000001".parse().unwrap() };
    let steps = &mut long.coverages[0].steps;
    let end = steps.len() - 1;
    for index in 0..6 {
        let name = format!("long{index}");
        let action = PlanAction::Multiply { by: by.clone() };
        steps.insert(end, PlanStep { text: name.clone(), text_zh: name.clone(), name, valid: None, action });
    }
    long.cases.clear();
    let plan = RatePlan::load(&long).unwrap();
    let risk = [("use".into(), "private".into()), ("seats".into(), 5.into()), ("clean_years".into(), 3.into())].into();
    assert_eq!(plan.quote(&risk, &new_on("2026-03-01")).unwrap_err().code(), Code::MoneyExactRange);
    assert!(!plan.is_compiled(&new_on("2026-03-01")));

    let mut large = spec();
    let name = String::from("large");
    let action = PlanAction::Multiply { by: PlanOperand::Value { value: "10000000000000000".parse().unwrap() } };
    large.coverages[0].steps.push(PlanStep { text: name.clone(), text_zh: name.clone(), name, valid: None, action });
    large.cases.clear();
    let plan = RatePlan::load(&large).unwrap();
    assert!(plan.is_compiled(&new_on("2026-03-01")));
    assert_eq!(plan.quote(&risk, &new_on("2026-03-01")).unwrap_err().code(), Code::MoneyAmountRange);

    let text = String::from_utf8(MOTOR.to_vec()).unwrap();
    for (number, code) in [
        ("1E+200000000", "wire.decimal.range"),
        ("NaN", "wire.decimal.invalid"),
        ("1e99999999999", "wire.decimal.range"),
    ] {
        let hostile = text.replace("\"950.00\"", &format!("\"{number}\""));
        assert_eq!(RatePlan::from_json(hostile.as_bytes()).unwrap_err().code().as_str(), code);
    }
    assert_eq!(wire::from_json::<RatePlanSpec>(b"[]").unwrap_err().code().as_str(), "wire.object.expected");
}

/// A table of many rows in a plan of many editions is kept once, not once an edition.
#[test]
fn editions_share_their_tables() {
    let mut spec = spec();
    spec.cases.clear();
    spec.inputs[3].maximum = Some(Scalar::Integer(29_999));
    for version in &mut spec.tables[2].versions {
        version.rows = (0..30_000)
            .map(|years| TableRow {
                keys: vec![RowKey::Is { value: years.into() }],
                values: vec![Some(Decimal::from_parts(i128::from(years), 4).unwrap())],
            })
            .collect();
    }
    let one = spec.parameters[0].values[0].clone();
    spec.parameters[0].values = (0..3_000)
        .map(|index| DatedValue {
            from: one.from.plus_days(index).unwrap(),
            until: (index < 2_999).then(|| one.from.plus_days(index + 1).unwrap()),
            ..one.clone()
        })
        .collect();
    let plan = RatePlan::load(&spec).unwrap();
    let risk =
        [("use".into(), "private".into()), ("seats".into(), 5.into()), ("clean_years".into(), 20_000.into())].into();
    for day in ["2008-02-02", "2012-07-01", "2026-03-01"] {
        assert!(plan.is_compiled(&new_on(day)), "{day}");
        assert_eq!(plan.quote(&risk, &new_on(day)).unwrap().net.to_string(), "CNY 1900.00");
    }
}
