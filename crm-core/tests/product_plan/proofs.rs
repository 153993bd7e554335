//! Law 11: each combination of keys has one row, or the smallest one that has none or two is shown.

use crm_core::{
    product::{RatePlan, RatePlanSpec, RowKey, TableRow},
    refusal::{Code, Param},
    rulebook::Scalar,
    wire,
};
use proptest::prelude::*;

use crate::generated::Dice;

const CHOICES: [&str; 3] = ["north", "south", "west"];

/// A plan with one table over a text, a number from 0 to 5 and a truth value.
fn spec(rows: Vec<TableRow>) -> RatePlanSpec {
    let text = r#"{"name":"p","title":"p","title_zh":"p","currency":"CNY","source":"s","checked_until":"2026-12-31",
      "rated_on":{"new_business":"inception","renewal":"inception"},
      "inputs":[
        {"name":"area","value_type":"text","meaning":"m","meaning_zh":"m","personal":false,"choices":["north","south","west"]},
        {"name":"age","value_type":"integer","meaning":"m","meaning_zh":"m","personal":false,"choices":[],"minimum":0,"maximum":5},
        {"name":"fleet","value_type":"boolean","meaning":"m","meaning_zh":"m","personal":false,"choices":[]}],
      "parameters":[],
      "tables":[{"name":"t","title":"t","title_zh":"t","keys":["area","age","fleet"],"columns":[{"name":"v"}],
        "versions":[{"valid":{"from":"2020-01-01"},"source":"s","rows":[]}]}],
      "figures":[],
      "coverages":[{"code":"c","title":"c","title_zh":"c","limits":[],"steps":[
        {"name":"a","text":"a","text_zh":"a","action":{"take":{"amount":{"table":{"name":"t","column":"v"}}}}}]}],
      "net":[],"charges":[],"shares":[],"cases":[]}"#;
    let mut spec: RatePlanSpec = wire::from_json(text.as_bytes()).unwrap();
    spec.tables[0].versions[0].rows = rows;
    spec
}

fn rows(dice: &mut Dice) -> Vec<TableRow> {
    // Begins with a table without fault and damages it, so that good, nearly good and bad ones come up.
    let cut = dice.number(1, 5);
    let mut rows = Vec::new();
    for area in CHOICES {
        let ages: Vec<RowKey> = match dice.below(3) {
            0 => vec![RowKey::Any {}],
            1 => vec![
                RowKey::Range { from: None, until: Some(cut.into()) },
                RowKey::Range { from: Some(cut.into()), until: None },
            ],
            _ => vec![
                RowKey::OneOf { values: vec![0.into(), 5.into(), 2.into()] },
                RowKey::OneOf { values: vec![1.into(), 4.into(), 3.into()] },
            ],
        };
        for age in ages {
            let fleets = if dice.one_in(2) { vec![None] } else { vec![Some(true), Some(false)] };
            for fleet in fleets {
                let fleet = fleet.map_or(RowKey::Any {}, |fleet| RowKey::Is { value: fleet.into() });
                let area = RowKey::Is { value: area.into() };
                rows.push(TableRow { keys: vec![area, age.clone(), fleet], values: vec![Some(1.into())] });
            }
        }
    }
    for _ in 0..dice.below(3) {
        let index = dice.below(rows.len());
        match dice.below(4) {
            0 => _ = rows.remove(index),
            1 => rows.push(rows[index].clone()),
            2 => rows[index].keys[1] = RowKey::Range { from: Some(dice.number(0, 5).into()), until: None },
            _ => rows[index].keys[0] = RowKey::Any {},
        }
        if rows.is_empty() {
            break;
        }
    }
    for at in (1..rows.len()).rev() {
        rows.swap(at, dice.below(at + 1));
    }
    rows
}

fn fits(key: &RowKey, value: &Scalar) -> bool {
    let number = |value: &Scalar| match value {
        Scalar::Integer(value) => *value,
        other => panic!("{other:?}"),
    };
    match key {
        RowKey::Any {} => true,
        RowKey::Is { value: one } => one == value,
        RowKey::OneOf { values } => values.contains(value),
        RowKey::Range { from, until } => {
            from.as_ref().is_none_or(|from| number(value) >= number(from))
                && until.as_ref().is_none_or(|until| number(value) < number(until))
        }
    }
}

/// What tries every combination, in order, says: the code and the smallest combination.
fn by_trying(rows: &[TableRow], keys: usize) -> Option<(Code, String)> {
    for area in CHOICES {
        for age in 0..6 {
            for fleet in [false, true] {
                let point = [Scalar::from(area), Scalar::Integer(age), Scalar::Boolean(fleet)];
                let fitting =
                    |row: &&TableRow| row.keys.iter().zip(&point).take(keys).all(|(key, value)| fits(key, value));
                let code = match rows.iter().filter(fitting).count() {
                    0 => Code::ProductTableHole,
                    1 => continue,
                    _ => Code::ProductTableOverlap,
                };
                return Some((code, format!("area = {area}, age = {age}, fleet = {fleet}")));
            }
        }
    }
    None
}

fn proven(rows: &[TableRow]) -> Option<(Code, String)> {
    let refusal = RatePlan::load(&spec(rows.to_vec())).err()?;
    assert_eq!(refusal.path().as_str(), "/tables/0/versions/0/rows");
    let point = refusal.params().iter().find(|(name, _)| *name == "point");
    match point {
        Some((_, Param::Text(point))) => Some((refusal.code(), point.to_string())),
        other => panic!("{refusal} {other:?}"),
    }
}

proptest! {
    #[test]
    fn law_11_each_combination_has_one_row(seed in any::<u64>()) {
        let rows = rows(&mut Dice(seed));
        prop_assert_eq!(proven(&rows), by_trying(&rows, 3));
    }
}

#[test]
fn law_11_catches_a_proof_that_forgets_a_key() {
    let tables: Vec<Vec<TableRow>> = (0..200).map(|seed| rows(&mut Dice(seed))).collect();
    assert!(tables.iter().any(|rows| proven(rows) != by_trying(rows, 2)));
    // Good and bad tables both come up.
    assert!(tables.iter().any(|rows| proven(rows).is_none()));
    assert!(tables.iter().any(|rows| proven(rows).is_some()));
}

#[test]
fn a_hundred_thousand_rows_are_proven() {
    let mut spec = spec(Vec::new());
    spec.inputs[1].maximum = Some(19_999.into());
    let row = |area: &str, age: i64, fleet: bool| TableRow {
        keys: vec![
            RowKey::Is { value: area.into() },
            RowKey::Is { value: age.into() },
            RowKey::Is { value: fleet.into() },
        ],
        values: vec![Some(age.into())],
    };
    let mut rows: Vec<TableRow> = CHOICES
        .iter()
        .flat_map(|area| (0..20_000).flat_map(|age| [true, false].map(|fleet| row(area, age, fleet))))
        .collect();
    spec.tables[0].versions[0].rows = rows.clone();
    let plan = RatePlan::load(&spec).unwrap();
    let risk = [("area".into(), "west".into()), ("age".into(), 12_345.into()), ("fleet".into(), true.into())].into();
    assert_eq!(plan.quote(&risk, &crate::motor::new_on("2026-01-01")).unwrap().net.to_string(), "CNY 12345.00");

    let gone = rows.iter().position(|one| *one == row("south", 777, true)).unwrap();
    rows.remove(gone);
    spec.tables[0].versions[0].rows = rows;
    let refusal = RatePlan::load(&spec).unwrap_err();
    assert_eq!(refusal.params()[0].1.to_string(), "area = south, age = 777, fleet = true");
}

/// Rows that cross each other in the first key: the proof gives up in bounded time and says what helps.
#[test]
fn law_13_tangled_tables_are_refused() {
    let table = |keys: [&str; 2]| {
        let mut spec = spec(Vec::new());
        for (name, maximum) in [("number", 1_999), ("worth", 100_000)] {
            let mut input = spec.inputs[1].clone();
            input.name = name.into();
            input.maximum = Some(maximum.into());
            spec.inputs.push(input);
        }
        spec.tables[0].keys = keys.map(String::from).into();
        let row = |number: i64, from: Option<i64>, until: Option<i64>| {
            let worth = RowKey::Range { from: from.map(Scalar::Integer), until: until.map(Scalar::Integer) };
            let number = RowKey::Is { value: number.into() };
            let keys = if keys[0] == "number" { vec![number, worth] } else { vec![worth, number] };
            TableRow { keys, values: vec![None] }
        };
        spec.tables[0].versions[0].rows = (0..2_000)
            .flat_map(|number| [row(number, None, Some(number * 10 + 5)), row(number, Some(number * 10 + 5), None)])
            .collect();
        RatePlan::load(&spec)
    };
    assert_eq!(table(["worth", "number"]).unwrap_err().code(), Code::ProductTableTangled);
    assert!(table(["number", "worth"]).is_ok());
}
