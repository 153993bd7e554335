//! Crossing the surface as text, beside the same call without crossing: what reading and writing cost in Rust alone.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::hint::black_box;

use crm_benches::Group;
use crm_core::{calendar::Date, rulebook::Scalar, wire::Dialect};
use crm_surface::{calls, text};
use serde_json::Value;

const CALLS: usize = 10_000;

fn main() -> Result<(), String> {
    let work: Value = serde_json::from_str(include_str!("crossing.json")).map_err(|error| error.to_string())?;
    let spec = format!("[{}]", work["spec"]);
    let arguments = format!("[{},{}]", work["facts"], work["as_of"]);

    Group::new("Rust: no-op (version)", CALLS)
        .with("floor: the function itself", || (0..CALLS).map(|_| size(black_box(calls::version()).len() + 2)).sum())
        .with("as text", || {
            let call = |_| text::call(Dialect::Canonical, black_box("version"), black_box(b"[]")).expect("a version");
            (0..CALLS).map(|call_number| size(call(call_number).len())).sum()
        })
        .run()?;

    let engine = text::load(Dialect::Canonical, "RuleSet.load", spec.as_bytes(), &[])?;
    let spec = serde_json::to_vec(&work["spec"]).map_err(|error| error.to_string())?;
    let bare = crm_core::rulebook::RuleSet::from_json(&spec).map_err(|refusal| refusal.to_string())?;
    let facts = [
        ("clean_years", Scalar::Integer(3)),
        ("seats", Scalar::Integer(5)),
        ("loss_ratio", Scalar::Text("48.61".to_owned())),
        ("vehicle_class", Scalar::Text("private_car".to_owned())),
        ("since", Scalar::Text("2020-03-01".to_owned())),
        ("fleet", Scalar::Boolean(false)),
    ];
    let facts = facts.map(|(name, value)| (name.to_owned(), value)).into();
    let as_of = Date::parse("2026-03-01").map_err(|refusal| refusal.to_string())?;
    Group::new("Rust: six fields in, thirty values out (RuleSet.evaluate)", CALLS)
        .with("floor: the function itself", || {
            let holds = |_| bare.evaluate(black_box(&facts), as_of).expect("an answer").outcomes[0].holds;
            (0..CALLS).map(|call_number| i64::from(holds(call_number))).sum()
        })
        .with("as text", || {
            let call = || {
                let answer =
                    text::engine_call(&engine, Dialect::Canonical, "RuleSet.evaluate", arguments.as_bytes(), &[]);
                answer.expect("an answer").contains(r#""holds":true"#)
            };
            (0..CALLS).map(|_| i64::from(black_box(call()))).sum()
        })
        .run()
}

fn size(length: usize) -> i64 {
    i64::try_from(length).unwrap_or(0)
}
