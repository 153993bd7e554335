//! The kit through the Rust runner: every answer as stated, in every dialect, and a runner that can fail.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::collections::BTreeSet;

use crm_core::wire::Dialect;
use crm_surface::selfcheck::{run, run_in};
use serde_json::Value;

const KIT: &str = include_str!("kit.json");

fn assert_all_as_stated(dialect: Dialect) {
    let report = run_in(KIT, dialect).unwrap();
    let shown: Vec<String> = report
        .failures
        .iter()
        .map(|failure| format!("{}\n  expected {}\n  given    {}", failure.id, failure.expected, failure.given))
        .collect();
    assert!(shown.is_empty(), "{}", shown.join("\n"));
    assert_eq!(report.digest, run(KIT).unwrap().digest);
}

#[test]
fn every_answer_is_as_stated() {
    assert_all_as_stated(Dialect::Jvm);
}

/// Text vectors are written so that they are the same in each dialect; all others are spelled in camelCase with `kind`
/// and their answers turned back, as Node does it.
#[test]
fn the_node_dialect_gives_the_same_bytes() {
    assert_all_as_stated(Dialect::Node);
}

#[test]
fn the_kit_is_large_enough() {
    assert!(run(KIT).unwrap().vectors >= 800);
}

/// The runner must notice a wrong answer, whichever it is, and the digest must not depend on what the kit states.
#[test]
fn a_changed_expectation_is_noticed() {
    let digest = run(KIT).unwrap().digest;
    let kit: Value = serde_json::from_str(KIT).unwrap();
    for vector in kit["vectors"].as_array().unwrap() {
        let mut one = vector.clone();
        let expect = &mut one["expect"];
        if expect.get("ok").is_some() {
            expect["ok"] = Value::from("something else");
        } else {
            let fault = if expect["refusal"].is_array() { &mut expect["refusal"][0] } else { &mut expect["refusal"] };
            fault["path"] = Value::from("/somewhere/else");
        }
        // Only the changed vector and its engines are run: the kit as a whole is run above.
        let mut engines = kit["engines"].clone();
        let needed = engines_of(&kit, &one);
        engines.as_object_mut().unwrap().retain(|name, _| needed.contains(name));
        let changed = serde_json::json!({ "version": 1, "engines": engines, "vectors": [one] });
        if one["id"] == "text.size" || one["id"] == "wire.text.too_long" {
            continue;
        }
        let report = run(&changed.to_string()).unwrap();
        assert_eq!(report.failures.len(), 1, "{}", one["id"]);
        assert_ne!(report.digest, digest);
    }
}

/// The engines that a vector needs, with those that they are made from.
fn engines_of(kit: &Value, of: &Value) -> BTreeSet<String> {
    let mut named = BTreeSet::new();
    name_engines(of, &mut named);
    for name in named.clone() {
        named.extend(engines_of(kit, &kit["engines"][&name]));
    }
    named
}

fn name_engines(value: &Value, into: &mut BTreeSet<String>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| name_engines(item, into)),
        Value::Object(object) => {
            let names = object.iter().filter(|(key, _)| *key == "engine" || *key == "$engine");
            into.extend(names.filter_map(|(_, name)| name.as_str().map(str::to_owned)));
            object.values().for_each(|inside| name_engines(inside, into));
        }
        _ => {}
    }
}

#[test]
fn a_faulty_kit_is_no_result() {
    for (kit, problem) in [
        ("{", "no JSON"),
        (r#"{"vectors":[{"id":"a b","op":"version","args":[],"expect":{"ok":1}}]}"#, "a b"),
        (
            r#"{"vectors":[{"id":"a","op":"version","args":[],"expect":{"ok":"0.1.0"}},
                           {"id":"a","op":"version","args":[],"expect":{"ok":"0.1.0"}}]}"#,
            "given twice",
        ),
        (r#"{"vectors":[{"id":"a","op":"version","args":[{"$what":1}],"expect":{"ok":1}}]}"#, "$what"),
        (r#"{"vectors":[{"id":"a","op":"version","expect":{"ok":1}}]}"#, "`args`"),
        (r#"{"vectors":[{"id":"a","op":"version","args":[],"expect":{}}]}"#, "`expect`"),
        (r#"{"engines":{"e":{"op":"RuleSet.load","args":[1]}},"vectors":[]}"#, "engine e"),
    ] {
        let error = run(kit).unwrap_err();
        assert!(error.contains(problem), "{error}");
    }
}
