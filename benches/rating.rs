//! Rating a book: 10 × 30 × 8 × 10 × 12 × 10 factors, a minimum, half up to the cent, stamp duty; beside chains in whole
//! numbers of 128 bits that were written by hand for this one plan.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use crm_benches::{Group, seeded};
use crm_core::{
    calendar::Date,
    product::{BatchRequests, Business, PointColumn, RatePlan, RateRequest},
    rulebook::Scalar,
};
use serde_json::{Value, json};
use std::collections::BTreeMap;

const ROWS: usize = 1_000_000;
const BASE: [&str; 10] =
    ["612.50", "735.00", "812.75", "968.40", "1105.00", "1287.30", "1450.00", "1725.60", "2150.00", "2890.90"];
const MINIMUM: [&str; 10] =
    ["350.00", "380.00", "400.00", "450.00", "500.00", "550.00", "600.00", "700.00", "850.00", "1000.00"];
const AGE: [&str; 8] = ["2.100", "1.650", "1.275", "1.100", "1.000", "0.950", "1.025", "1.375"];
const NO_CLAIM: [&str; 10] = ["2.00", "1.75", "1.50", "1.25", "1.00", "0.85", "0.80", "0.70", "0.60", "0.50"];
const VEHICLE_AGE: [&str; 12] =
    ["1.150", "1.125", "1.100", "1.075", "1.050", "1.025", "1.000", "0.975", "0.950", "0.925", "0.900", "0.875"];
const SUM_INSURED: [&str; 10] =
    ["0.820", "0.905", "1.000", "1.095", "1.185", "1.310", "1.475", "1.725", "2.050", "2.400"];
const AGE_FROM: [i64; 8] = [18, 21, 25, 30, 40, 50, 60, 70];
const VEHICLE_AGE_FROM: [i64; 12] = [0, 1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20];
const SUM_INSURED_FROM: [i64; 10] = [0, 10_000, 20_000, 35_000, 50_000, 75_000, 100_000, 150_000, 250_000, 400_000];
/// Ten to the digits of all factors.
const UNIT: i128 = 100_000_000_000_000;

fn region() -> Vec<String> {
    (0..30).map(|index| format!("{}.{:03}", (850 + 25 * index) / 1000, (850 + 25 * index) % 1000)).collect()
}

/// The digits without the point.
fn digits(values: &[impl AsRef<str>]) -> Vec<i128> {
    values.iter().map(|value| value.as_ref().replace('.', "").parse().unwrap()).collect()
}

fn table(name: &str, key: &str, columns: &[&str], rows: Vec<Value>) -> Value {
    json!({
        "name": name, "title": name, "title_zh": name, "keys": [key],
        "columns": columns.iter().map(|name| json!({"name": name})).collect::<Vec<_>>(),
        "versions": [{"valid": {"from": "2020-01-01"}, "source": "bench", "rows": rows}],
    })
}

fn exact(keys: impl Iterator<Item = Value>, values: &[impl AsRef<str>]) -> Vec<Value> {
    let row = |(key, value): (Value, &_)| {
        let value: &str = AsRef::<str>::as_ref(value);
        json!({"keys": [{"is": {"value": key}}], "values": [value]})
    };
    keys.zip(values).map(row).collect()
}

fn bands(from: &[i64], values: &[&str]) -> Vec<Value> {
    let row = |(index, value): (usize, &&str)| match from.get(index + 1) {
        Some(until) => json!({"keys": [{"range": {"from": from[index], "until": until}}], "values": [value]}),
        None => json!({"keys": [{"range": {"from": from[index]}}], "values": [value]}),
    };
    values.iter().enumerate().map(row).collect()
}

fn text(name: &str, choices: Vec<String>) -> Value {
    json!({"name": name, "value_type": "text", "meaning": name, "meaning_zh": name, "personal": false, "choices": choices})
}

fn integer(name: &str, minimum: i64, maximum: i64) -> Value {
    json!({"name": name, "value_type": "integer", "meaning": name, "meaning_zh": name, "personal": false, "choices": [],
           "minimum": minimum, "maximum": maximum})
}

fn step(name: &str, action: Value) -> Value {
    json!({"name": name, "text": name, "text_zh": name, "action": action})
}

fn plan() -> RatePlan {
    let classes: Vec<String> = (0..10).map(|index| format!("VC{index}")).collect();
    let regions: Vec<String> = (0..30).map(|index| format!("R{index:02}")).collect();
    let class_rows = classes
        .iter()
        .zip(BASE.iter().zip(MINIMUM))
        .map(|(class, (base, minimum))| json!({"keys": [{"is": {"value": class}}], "values": [base, minimum]}));
    let named = |name: &str| json!({"table": {"name": name, "column": "value"}});
    let times = |name: &str| step(&format!("times_{name}"), json!({"multiply": {"by": named(name)}}));
    let mut steps = vec![step("base", json!({"take": {"amount": {"table": {"name": "class", "column": "base"}}}}))];
    steps.extend(["region", "driver_age", "ncd", "vehicle_age", "sum_insured"].map(times));
    steps.push(step("floored", json!({"at_least": {"amount": {"table": {"name": "class", "column": "minimum"}}}})));
    steps.push(step("net_cents", json!({"round": {"rounding": {"mode": "half_up", "place": 2}}})));
    let spec = json!({
        "name": "bench_motor", "title": "Motor", "title_zh": "车险", "currency": "CNY", "source": "bench",
        "checked_until": "2030-12-31", "rated_on": {"new_business": "inception", "renewal": "inception"},
        "inputs": [
            text("vehicle_class", classes.clone()), text("region", regions.clone()), integer("driver_age", 18, 85),
            integer("ncd", 0, 9), integer("vehicle_age", 0, 25), integer("sum_insured", 5_000, 499_999),
        ],
        "parameters": [],
        "tables": [
            table("class", "vehicle_class", &["base", "minimum"], class_rows.collect()),
            table("region", "region", &["value"], exact(regions.iter().map(|name| json!(name)), &region())),
            table("driver_age", "driver_age", &["value"], bands(&AGE_FROM, &AGE)),
            table("ncd", "ncd", &["value"], exact((0..10).map(|index| json!(index)), &NO_CLAIM)),
            table("vehicle_age", "vehicle_age", &["value"], bands(&VEHICLE_AGE_FROM, &VEHICLE_AGE)),
            table("sum_insured", "sum_insured", &["value"], bands(&SUM_INSURED_FROM, &SUM_INSURED)),
        ],
        "figures": [],
        "coverages": [{"code": "motor", "title": "Motor", "title_zh": "车险", "limits": [], "steps": steps}],
        "net": [],
        "charges": [{"code": "duty", "title": "Stamp duty", "title_zh": "印花税", "nature": "tax",
            "steps": [step("duty_amount", json!({"take": {"amount": {"value": {"value": "10.00"}}}}))]}],
        "shares": [], "cases": [],
    });
    let stored = json!({"format": "rate_plan", "version": 1, "content": spec});
    // The envelope says first what it is.
    let stored = format!(r#"{{"format":"rate_plan","version":1,"content":{}}}"#, stored["content"]);
    RatePlan::from_json(stored.as_bytes()).unwrap()
}

fn band(from: &[i64], value: i64) -> usize {
    from.iter().filter(|from| **from <= value).count() - 1
}

fn main() -> Result<(), String> {
    let plan = plan();
    let request =
        RateRequest { business: Business::New, inception: Date::parse("2026-03-01").unwrap(), signed_on: None };
    let (class, region_of, claims) = (seeded(11, ROWS, 0, 10), seeded(12, ROWS, 0, 30), seeded(14, ROWS, 0, 10));
    let (age, vehicle, insured) = (seeded(13, ROWS, 18, 86), seeded(15, ROWS, 0, 26), seeded(16, ROWS, 5_000, 500_000));
    let columns = [&class, &region_of, &age, &claims, &vehicle, &insured];
    let columns = columns.map(|points| PointColumn { points, known: None });
    let all = BatchRequests::Same { request };
    let (b, m, r, g) = (digits(&BASE), digits(&MINIMUM), digits(&region()), digits(&AGE));
    let (c, v, s) = (digits(&NO_CLAIM), digits(&VEHICLE_AGE), digits(&SUM_INSURED));
    let chain = |i: usize| {
        let p = b[class[i] as usize]
            * r[region_of[i] as usize]
            * g[band(&AGE_FROM, age[i])]
            * c[claims[i] as usize]
            * v[band(&VEHICLE_AGE_FROM, vehicle[i])]
            * s[band(&SUM_INSURED_FROM, insured[i])];
        ((p.max(m[class[i] as usize] * UNIT) + UNIT / 2) / UNIT) as i64 + 1000
    };
    let steps = |i: usize| {
        let p1 = b[class[i] as usize] * r[region_of[i] as usize];
        let p2 = p1 * g[band(&AGE_FROM, age[i])];
        let p3 = p2 * c[claims[i] as usize];
        let p4 = p3 * v[band(&VEHICLE_AGE_FROM, vehicle[i])];
        let p5 = p4 * s[band(&SUM_INSURED_FROM, insured[i])];
        [p1, p2, p3, p4, p5, p5.max(m[class[i] as usize] * UNIT)]
    };
    let prices = plan.price_batch(&columns, all).unwrap();
    let wrong = (0..ROWS).filter(|row| prices.total[*row] != chain(*row)).count();
    assert_eq!((wrong, prices.refused.len()), (0, 0), "wrong cents");

    let mut prices = prices;
    Group::new("rating: total, a row", ROWS)
        .with("floor: i128 by hand", || (0..ROWS).map(chain).collect::<Vec<i64>>().iter().sum())
        .with("crm-core: price_batch", || plan.price_batch(&columns, all).unwrap().total.iter().sum())
        .with("crm-core: price_batch_into, room kept", || {
            plan.price_batch_into(&columns, all, &mut prices).unwrap();
            prices.total.iter().sum()
        })
        .run()?;

    let mut breakdown = plan.price_batch_with_breakdown(&columns, all).unwrap();
    let mut kept = vec![[0_i128; 6]; ROWS];
    Group::new("rating: with breakdown, a row", ROWS)
        .with("floor: i128 by hand", || {
            let mut out: Vec<[i128; 6]> = Vec::with_capacity(ROWS);
            let mut gross = Vec::with_capacity(ROWS);
            for row in 0..ROWS {
                let steps = steps(row);
                out.push(steps);
                gross.push(((steps[5] + UNIT / 2) / UNIT) as i64 + 1000);
            }
            std::hint::black_box(&out);
            gross.iter().sum()
        })
        .with("floor: i128 by hand, room kept", || {
            let mut gross = Vec::with_capacity(ROWS);
            for (row, kept) in kept.iter_mut().enumerate() {
                *kept = steps(row);
                gross.push(((kept[5] + UNIT / 2) / UNIT) as i64 + 1000);
            }
            std::hint::black_box(&kept);
            gross.iter().sum()
        })
        .with("crm-core: price_batch_with_breakdown", || {
            let out = plan.price_batch_with_breakdown(&columns, all).unwrap();
            std::hint::black_box(&out).prices.total.iter().sum()
        })
        .with("crm-core: price_batch_with_breakdown_into, room kept", || {
            plan.price_batch_with_breakdown_into(&columns, all, &mut breakdown).unwrap();
            std::hint::black_box(&breakdown).prices.total.iter().sum()
        })
        .run()?;

    const CALLS: usize = 20_000;
    let inputs = ["vehicle_class", "region", "driver_age", "ncd", "vehicle_age", "sum_insured"];
    let mut record = plan.record();
    let risks: Vec<BTreeMap<String, Scalar>> = (0..CALLS)
        .map(|row| {
            let texts = [format!("VC{}", class[row]), format!("R{:02}", region_of[row])].map(Scalar::Text);
            let numbers = [age[row], claims[row], vehicle[row], insured[row]].map(Scalar::Integer);
            inputs.iter().map(|name| (*name).to_owned()).zip(texts.into_iter().chain(numbers)).collect()
        })
        .collect();
    Group::new("rating: one call at a time", CALLS)
        .with("floor: i128 by hand", || (0..CALLS).map(chain).sum())
        .with("crm-core: price of a record", || {
            let one = |row: usize| {
                for (input, column) in columns.iter().enumerate() {
                    plan.set_point(&mut record, input, column.points[row]).unwrap();
                }
                plan.price(&mut record, &request).unwrap().total.minor()
            };
            (0..CALLS).map(one).sum()
        })
        .with("crm-core: quote", || risks.iter().map(|risk| plan.quote(risk, &request).unwrap().total.minor()).sum())
        .with("crm-core: quote_explained", || {
            risks.iter().map(|risk| plan.quote_explained(risk, &request).unwrap().quote.total.minor()).sum()
        })
        .run()
}
