//! The wire: what it reads, what it refuses, with code and path, in both dialects.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use std::collections::BTreeMap;

use crm_core::{
    refusal::Code,
    wire::{self, Dialect, MAX_DEPTH, MAX_TEXT},
};
use serde::{Deserialize, Serialize};

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Risk {
    seats: i64,
    region_code: String,
    clean: bool,
    note: Option<String>,
    parts: Vec<Part>,
    extra: BTreeMap<String, i64>,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Part {
    kind_of: PartKind,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
enum PartKind {
    FixedSum { of_units: i64 },
    Nested { inner: Vec<PartKind> },
    Lapsed {},
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Grade {
    High,
    VeryLow,
}

const CANONICAL: &str = r#"{"seats":5,"region_code":"CN-15","clean":true,"note":null,"parts":[{"kind_of":{"fixed_sum":{"of_units":2}}},{"kind_of":{"lapsed":{}}}],"extra":{"a_b":1,"丙":-2}}"#;
const NODE: &str = r#"{"seats":5,"regionCode":"CN-15","clean":true,"note":null,"parts":[{"kindOf":{"kind":"fixed_sum","ofUnits":2}},{"kindOf":{"kind":"lapsed"}}],"extra":{"a_b":1,"丙":-2}}"#;

#[track_caller]
fn refused<T: serde::de::DeserializeOwned + std::fmt::Debug>(text: &str, dialect: Dialect, code: &str, path: &str) {
    let refusal = wire::read::<T>(text.as_bytes(), dialect).unwrap_err();
    assert_eq!((refusal.code().as_str(), refusal.path().as_str()), (code, path), "{text}");
}

#[test]
fn both_dialects_say_the_same() {
    let canonical: Risk = wire::from_json(CANONICAL.as_bytes()).unwrap();
    let node: Risk = wire::read(NODE.as_bytes(), Dialect::Node).unwrap();
    assert_eq!(canonical, node);
    assert_eq!(wire::to_json(&node).unwrap(), CANONICAL);
    assert_eq!(wire::write(&canonical, Dialect::Node).unwrap(), NODE);
}

#[test]
fn white_space_and_order_do_not_matter() {
    let text = " { \"clean\" : true ,\n\t\"extra\":{ } , \"parts\" : [ ] , \"region_code\":\"\\u4fdd\\ud83d\\ude97\\n\" , \"seats\" : -0 }\r\n";
    let risk: Risk = wire::from_json(text.as_bytes()).unwrap();
    assert_eq!(risk.region_code, "保🚗\n");
    assert_eq!((risk.seats, risk.note), (0, None));
}

#[test]
fn every_fault_has_its_code_and_canonical_path() {
    for (from, to, code, path) in [
        (r#""seats":5"#, r#""seats":5.0"#, "wire.integer.expected", "/seats"),
        (r#""seats":5"#, r#""seats":"5""#, "wire.integer.expected", "/seats"),
        (r#""seats":5"#, r#""seats":5e0"#, "wire.integer.expected", "/seats"),
        (r#""seats":5"#, r#""seats":null"#, "wire.integer.expected", "/seats"),
        (r#""seats":5"#, r#""seats":9007199254740992"#, "wire.integer.range", "/seats"),
        (r#""seats":5"#, r#""seats":-99999999999999999999999999"#, "wire.integer.range", "/seats"),
        (r#""seats":5,"#, "", "wire.field.missing", "/seats"),
        (r#""clean":true"#, r#""clean":1"#, "wire.boolean.expected", "/clean"),
        (r#""clean":true"#, r#""clean":"true""#, "wire.boolean.expected", "/clean"),
        (r#""note":null"#, r#""note":{}"#, "wire.text.expected", "/note"),
        (r#""note":null"#, r#""note":"\ud83d""#, "wire.text.surrogate", "/note"),
        (r#""note":null"#, r#""note":"\ude97\ud83d""#, "wire.text.surrogate", "/note"),
        (r#""note":null"#, r#""note":null,"note":null"#, "wire.field.duplicate", "/note"),
        (r#""note":null"#, r#""remark":null"#, "wire.field.unknown", "/remark"),
        (r#""note":null"#, r#""张三":null"#, "wire.field.unknown", "/*"),
        (r#"{"of_units":2}"#, r#"{"of_units":true}"#, "wire.integer.expected", "/parts/0/kind_of/fixed_sum/of_units"),
        (r#"{"of_units":2}"#, "7", "wire.object.expected", "/parts/0/kind_of/fixed_sum"),
        (r#""fixed_sum":"#, r#""fixed":"#, "wire.variant.unknown", "/parts/0/kind_of"),
        (r#"{"fixed_sum":{"of_units":2}}"#, r#""fixed_sum""#, "wire.object.expected", "/parts/0/kind_of"),
        (r#"{"fixed_sum":{"of_units":2}}"#, "[]", "wire.variant.expected", "/parts/0/kind_of"),
        (r#"{"fixed_sum":{"of_units":2}}"#, "{}", "wire.variant.expected", "/parts/0/kind_of"),
        (r#""of_units":2}"#, r#""of_units":2},"lapsed":{}"#, "wire.variant.expected", "/parts/0/kind_of"),
        (r#""extra":{"#, r#""extra":{"a_b":0,"#, "wire.field.duplicate", "/extra/a_b"),
        (r#""丙":-2"#, r#""丙":-2.5"#, "wire.integer.expected", "/extra/*"),
        (r#""parts":["#, r#""parts":{"x":["#, "wire.list.expected", "/parts"),
        ("}}", "}} x", "wire.syntax", "/parts/0"),
        (r#""丙":-2}}"#, r#""丙":-2}} x"#, "wire.syntax", ""),
        ("[{", "[,{", "wire.syntax", "/parts/0"),
        ("true", "tru", "wire.syntax", "/clean"),
        ("true", "~float", "wire.syntax", "/clean"),
        ("5,", "05,", "wire.syntax", "/seats"),
        ("5,", "NaN,", "wire.syntax", "/seats"),
        ("5,", "5.,", "wire.syntax", "/seats"),
        ("CN-15", "CN\u{1}15", "wire.syntax", "/region_code"),
        ("CN-15", r"CN\x15", "wire.syntax", "/region_code"),
        ("CN-15", r"CN\u12", "wire.syntax", "/region_code"),
    ] {
        assert!(CANONICAL.contains(from), "{from}");
        let text = CANONICAL.replacen(from, to, 1);
        refused::<Risk>(&text, Dialect::Canonical, code, path);
    }
}

#[test]
fn the_node_dialect_keeps_canonical_paths() {
    for (from, to, code, path) in [
        (r#""regionCode":"CN-15""#, r#""regionCode":5"#, "wire.text.expected", "/region_code"),
        (r#""regionCode""#, r#""region_code""#, "wire.field.unknown", "/region_code"),
        (r#""regionCode""#, r#""regionCodes""#, "wire.field.unknown", "/region_codes"),
        (r#""ofUnits":2"#, r#""ofUnits":~float"#, "wire.integer.expected", "/parts/0/kind_of/fixed_sum/of_units"),
        (r#""ofUnits":2"#, r#""ofUnits":~integer"#, "wire.integer.range", "/parts/0/kind_of/fixed_sum/of_units"),
        (r#""ofUnits":2"#, r#""ofUnits":2,"x":1"#, "wire.field.unknown", "/parts/0/kind_of/fixed_sum/x"),
        (r#""kind":"fixed_sum","#, "", "wire.variant.expected", "/parts/0/kind_of"),
        (r#""fixed_sum""#, "7", "wire.variant.expected", "/parts/0/kind_of"),
        (r#""fixed_sum""#, r#""nix""#, "wire.variant.unknown", "/parts/0/kind_of"),
        (r#""note":null"#, r#""note":~surrogate"#, "wire.text.surrogate", "/note"),
        (r#""note":null"#, r#""note":~depth"#, "wire.depth", "/note"),
        (r#""note":null"#, r#""note":~function"#, "wire.text.expected", "/note"),
        (r#""note":null"#, r#""note":~nonsense"#, "wire.syntax", "/note"),
    ] {
        assert!(NODE.contains(from), "{from}");
        refused::<Risk>(&NODE.replacen(from, to, 1), Dialect::Node, code, path);
    }
    for (text, found) in [("~decimal\"1.5\"", "decimal"), ("~date\"2026-02-28\"", "date"), ("~datetime", "datetime")] {
        let refusal = wire::read::<String>(text.as_bytes(), Dialect::Jvm).unwrap_err();
        assert_eq!((refusal.code(), refusal.params()[0].1.to_string().as_str()), (Code::WireTextExpected, found));
    }
    refused::<String>("~decimal", Dialect::Jvm, "wire.syntax", "");
    refused::<String>("~decimal\"1\"", Dialect::Canonical, "wire.syntax", "");
    let refusal = wire::read::<i64>(b"~function", Dialect::Jvm).unwrap_err();
    assert_eq!(refusal.params()[0].1.to_string(), "function");
}

#[test]
fn unit_enums_are_texts() {
    assert_eq!(wire::from_json::<Grade>(br#""very_low""#).unwrap(), Grade::VeryLow);
    assert_eq!(wire::to_json(&Grade::High).unwrap(), r#""high""#);
    refused::<Grade>(r#""VeryLow""#, Dialect::Canonical, "wire.variant.unknown", "");
    refused::<Grade>(r#"{"high":{}}"#, Dialect::Canonical, "wire.text.expected", "");
    refused::<Grade>("3", Dialect::Canonical, "wire.variant.expected", "");
    let map: BTreeMap<String, Vec<Grade>> = wire::from_json(br#"{"a":["high"]}"#).unwrap();
    assert_eq!(map["a"], [Grade::High]);
}

#[test]
fn tuples_have_their_length() {
    assert_eq!(wire::from_json::<(i64, bool)>(b"[1,true]").unwrap(), (1, true));
    refused::<(i64, bool)>("[1,true,2]", Dialect::Canonical, "wire.list.length", "");
    refused::<(i64, bool)>("[1]", Dialect::Canonical, "wire.list.length", "");
    refused::<Vec<i64>>("[1,]", Dialect::Canonical, "wire.syntax", "");
}

#[test]
fn limits_hold() {
    let nested = |levels: usize| format!("{}{}", r#"{"nested":{"inner":["#.repeat(levels), "]}}".repeat(levels));
    let fits = MAX_DEPTH / 3;
    assert!(wire::from_json::<PartKind>(nested(fits).as_bytes()).is_ok());
    for levels in [fits + 1, 10_000, 1_000_000] {
        let refusal = wire::from_json::<PartKind>(nested(levels).as_bytes()).unwrap_err();
        assert_eq!(refusal.code(), Code::WireDepth);
    }
    let node = |levels: usize| format!("{}{}", r#"{"kind":"nested","inner":["#.repeat(levels), "]}".repeat(levels));
    assert!(wire::read::<PartKind>(node(fits).as_bytes(), Dialect::Node).is_ok());
    let canonical_path = wire::from_json::<PartKind>(nested(fits + 1).as_bytes()).unwrap_err().path().clone();
    let refusal = wire::read::<PartKind>(node(fits + 1).as_bytes(), Dialect::Node).unwrap_err();
    assert_eq!((refusal.code(), refusal.path()), (Code::WireDepth, &canonical_path));

    let text = |length: usize| format!("\"{}\"", "x".repeat(length));
    assert!(wire::from_json::<String>(text(MAX_TEXT).as_bytes()).is_ok());
    refused::<String>(&text(MAX_TEXT + 1), Dialect::Canonical, "wire.text.too_long", "");
    refused::<String>(&text(10_000_000), Dialect::Canonical, "wire.text.too_long", "");

    let refusal = wire::from_json::<String>(&vec![b' '; wire::MAX_BYTES + 1]).unwrap_err();
    assert_eq!(refusal.code(), Code::WireSize);
    let refusal = wire::from_json::<String>(b"\"a\xFF\"").unwrap_err();
    assert_eq!((refusal.code(), refusal.params()[0].1.to_string()), (Code::WireUtf8, "2".into()));
}

#[test]
fn syntax_is_shown_by_line_and_column() {
    let refusal = wire::from_json::<Vec<String>>("[\n  \"保\", x]".as_bytes()).unwrap_err();
    let shown: Vec<String> = refusal.params().iter().map(|(name, value)| format!("{name} {value}")).collect();
    assert_eq!(shown, ["line 2", "column 8"]);
}

#[test]
fn what_the_wire_does_not_allow_is_refused_both_ways() {
    assert_eq!(wire::to_json(&1.5_f64).unwrap_err().code(), Code::WireUnsupported);
    assert_eq!(wire::to_json(&7_u64).unwrap_err().code(), Code::WireUnsupported);
    assert_eq!(wire::to_json(&i64::MAX).unwrap_err().code(), Code::WireIntegerRange);
    assert_eq!(wire::to_json(&BTreeMap::from([(1_i64, 2_i64)])).unwrap_err().code(), Code::WireUnsupported);
    assert_eq!(wire::from_json::<f64>(b"1.5").unwrap_err().code(), Code::WireUnsupported);
    assert_eq!(wire::from_json::<u32>(b"1").unwrap_err().code(), Code::WireUnsupported);

    #[derive(Debug, Deserialize)]
    #[serde(untagged)]
    enum Tripwire {
        #[allow(dead_code)]
        A(i64),
    }
    assert_eq!(wire::from_json::<Tripwire>(b"1").unwrap_err().code(), Code::WireUnsupported);
    assert_eq!(wire::from_json::<()>(b"1").unwrap_err().code(), Code::WireNullExpected);
}

/// Law 13, it does not fall over: no text makes the reader panic or run without bound.
mod law_13_it_does_not_fall_over {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn any_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            for dialect in [Dialect::Canonical, Dialect::Node, Dialect::Jvm] {
                _ = wire::read::<Risk>(&bytes, dialect);
            }
        }

        #[test]
        fn nearly_right_text(at in 0..CANONICAL.len(), with in any::<u8>(), cut in any::<bool>(), node in any::<bool>()) {
            let (text, dialect) = if node { (NODE, Dialect::Node) } else { (CANONICAL, Dialect::Canonical) };
            let mut bytes = text.as_bytes().to_vec();
            let at = at % bytes.len();
            if cut { bytes.truncate(at) } else { bytes[at] = with }
            _ = wire::read::<Risk>(&bytes, dialect);
        }

        /// What was written reads back to the same value and the same bytes.
        #[test]
        fn written_text_reads_back(seats in wire::INTEGER_MIN..=wire::INTEGER_MAX, note in proptest::option::of(any::<String>()), extra in any::<BTreeMap<String, i32>>(), units in proptest::collection::vec(-9_i64..9, 0..4)) {
            let risk = Risk {
                seats, region_code: note.clone().unwrap_or_default(), clean: true, note,
                parts: vec![Part { kind_of: PartKind::Nested { inner: units.into_iter().map(|of_units| PartKind::FixedSum { of_units }).collect() } }],
                extra: extra.into_iter().map(|(k, v)| (k, i64::from(v))).collect(),
            };
            for dialect in [Dialect::Canonical, Dialect::Node, Dialect::Jvm] {
                let text = wire::write(&risk, dialect).unwrap();
                let back: Risk = wire::read(text.as_bytes(), dialect).unwrap();
                prop_assert_eq!(&back, &risk);
                prop_assert_eq!(wire::write(&back, dialect).unwrap(), text);
            }
        }
    }
}
