//! Arguments by position, paths by name, and the text of a refusal.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::cell::Cell;
use std::collections::BTreeSet;

use crm_core::refusal::{Code, Refusal};
use crm_core::wire::{Dialect, Reader, Writer};
use crm_surface::generated::OPERATIONS;
use crm_surface::given::{Run, With};
use crm_surface::{Engine, call, engine_call, load, make, text};

fn called(op: &str, args: &str) -> Result<String, Refusal> {
    let mut reader = Reader::new(args.as_bytes(), Dialect::Canonical)?;
    let mut writer = Writer::new(Dialect::Canonical);
    call(op, &mut reader, &mut writer)?;
    reader.end()?;
    Ok(writer.into_text())
}

fn fault(op: &str, args: &str) -> (String, String) {
    let refusal = called(op, args).unwrap_err();
    (refusal.code().to_string(), refusal.path().to_string())
}

#[test]
fn the_first_argument_is_the_record_and_others_stand_under_their_name() {
    let money = r#"{"amount":"1.00","currency":"CNY"}"#;
    for (op, args, code, path) in [
        ("multiply", r#"[{"amount":1},"1",{"mode":"up","place":2}]"#.into(), "wire.decimal.expected", "/amount"),
        ("multiply", format!(r#"[{money},1,{{"mode":"up","place":2}}]"#), "wire.decimal.expected", "/by"),
        (
            "multiply",
            format!(r#"[{money},"1",{{"mode":"up","place":"2"}}]"#),
            "wire.integer.expected",
            "/rounding/place",
        ),
        ("allocate", format!(r#"[{money},["1",2]]"#), "wire.decimal.expected", "/weights/1"),
        ("sum", format!(r#"[[{money},1],"CNY"]"#), "wire.object.expected", "/1"),
        ("sum", format!(r#"[[{money}]]"#), "wire.field.missing", "/currency"),
        ("sum", "[]".into(), "wire.field.missing", ""),
        ("sum", "5".into(), "wire.list.expected", ""),
        ("version", "[1]".into(), "wire.list.length", ""),
        ("nothing", "[]".into(), "wire.call.unknown", ""),
    ] {
        assert_eq!(fault(op, &args), (code.to_owned(), path.to_owned()), "{op} {args}");
    }
}

#[test]
fn an_index_of_many_digits_stays_in_the_path() {
    let mut args = String::from("[[");
    for _ in 0..123_456 {
        args.push_str(r#"{"amount":"0.01","currency":"CNY"},"#);
    }
    args.push_str(r#"5],"CNY"]"#);
    assert_eq!(fault("sum", &args), ("wire.object.expected".into(), "/123456".into()));
}

#[test]
fn the_version_is_the_package_s() {
    assert_eq!(called("version", "[]").unwrap(), format!("\"{}\"", env!("CARGO_PKG_VERSION")));
}

#[test]
fn an_engine_is_shared_between_threads() {
    let spec = br#"[{"name":"none","facts":[],"parameters":[],"rules":[]}]"#;
    let engine = text::load(Dialect::Canonical, "RuleSet.load", spec, &[]).unwrap();
    assert_eq!(engine.name(), "RuleSet");
    let ask =
        || text::engine_call(&engine, Dialect::Canonical, "RuleSet.evaluate", br#"[{},"2026-01-01"]"#, &[]).unwrap();
    let answers: Vec<String> = std::thread::scope(|scope| {
        let running: Vec<_> = (0..4).map(|_| scope.spawn(ask)).collect();
        running.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert_eq!(answers, vec![r#"{"as_of":"2026-01-01","outcomes":[]}"#; 4]);
}

#[test]
fn what_is_no_operation_of_the_entry_is_refused() {
    fn reader(text: &'static [u8]) -> Reader<'static> {
        Reader::new(text, Dialect::Canonical).unwrap()
    }
    let mut out = Writer::new(Dialect::Canonical);
    let none = With::engines(&[]);
    assert_eq!(call("RuleSet.load", &mut reader(b"[]"), &mut out).unwrap_err().code(), Code::WireCallUnknown);
    assert_eq!(load("round", &mut reader(b"[]"), &none).unwrap_err().code(), Code::WireCallUnknown);
    let spec = br#"[{"name":"none","facts":[],"parameters":[],"rules":[]}]"#;
    let engine: Engine = load("RuleSet.load", &mut reader(spec), &none).unwrap();
    let refusal = engine_call(&engine, "RuleSet.load", &mut reader(b"[]"), &none, &mut out).unwrap_err();
    assert_eq!(refusal.code(), Code::WireCallUnknown);
    let refusal = make(&engine, "RuleSet.evaluate", &mut reader(b"[]"), &none).unwrap_err();
    assert_eq!(refusal.code(), Code::WireCallUnknown);
}

/// Counts what it runs, as a host that lets go of a lock would.
struct Counted<'c>(&'c Cell<usize>);

impl Run for Counted<'_> {
    fn run<T: Send>(&self, work: impl FnOnce() -> T + Send) -> T {
        self.0.set(self.0.get() + 1);
        work()
    }
}

#[test]
fn engines_are_handed_over_by_their_place_and_the_work_is_run_by_the_host() {
    let rows = br#"[{"customers":[],"policies":[],"endorsements":[],"receipts":[],"claims":[],"costs":[],"complaints":[]},"CNY"]"#;
    let book = text::load(Dialect::Jvm, "CustomerBook.load", rows, &[]).unwrap();
    let runs = Cell::new(0);
    let facts = |args: &'static [u8], engines: &[&Engine]| {
        let mut reader = Reader::new(args, Dialect::Jvm).unwrap();
        load("Facts.of", &mut reader, &With::new(engines, Counted(&runs)))
    };
    let source = facts(br#"[~engine"1"]"#, &[&book, &book]).unwrap();
    assert_eq!((source.name(), runs.get()), ("FactSource", 1));
    for (args, engines) in [
        (&br#"[~engine"1"]"#[..], &[&book][..]),
        (br#"[~engine"-1"]"#, &[&book]),
        (br#"[~engine"0"]"#, &[]),
        (br#"[~engine"0"]"#, &[&source]),
        (br#"[0]"#, &[&book]),
    ] {
        let refusal = facts(args, engines).unwrap_err();
        assert_eq!((refusal.code(), refusal.path().as_str()), (Code::WireEngineExpected, ""), "{args:?}");
    }
    assert_eq!(facts(br#"[~engine"x"]"#, &[&book]).unwrap_err().code(), Code::WireSyntax);
    assert_eq!(runs.get(), 1);
    // Canonical text has no engines.
    let refused = text::load(Dialect::Canonical, "Facts.of", br#"[~engine"0"]"#, &[&book]).unwrap_err();
    assert!(refused.contains("wire.syntax"), "{refused}");
}

#[test]
fn operations_are_listed_once() {
    let names: BTreeSet<&str> = OPERATIONS.iter().map(|(op, _)| *op).collect();
    assert_eq!(names.len(), OPERATIONS.len());
    assert!(names.contains("RuleSet.evaluate") && !names.contains("selfcheck.panic"));
}

#[test]
fn a_refusal_crosses_with_both_sentences() {
    let crossed = text::call(Dialect::Jvm, "split", br#"[{"amount":"1","currency":"CNY"},0]"#).unwrap_err();
    let code = Code::MoneySplitParts;
    assert!(crossed.starts_with(
        r#"{"faults":[{"code":"money.split.parts","path":"/parts","params":{"limit":1000000},"text":{"en":""#
    ));
    let zh = code.template(crm_core::refusal::Lang::Zh).replace("{limit}", "1000000");
    assert!(crossed.contains(&zh), "{crossed}");
}

#[test]
fn foreign_tokens_are_only_for_host_dialects() {
    let args = br#"[~nan,{"mode":"up","place":2}]"#;
    let code = |dialect| -> String {
        let refused = text::call(dialect, "round", args).unwrap_err();
        refused.split('"').nth(5).unwrap().to_owned()
    };
    assert_eq!(code(Dialect::Canonical), "wire.syntax");
    assert_eq!(code(Dialect::Node), "wire.decimal.expected");
    assert_eq!(code(Dialect::Jvm), "wire.decimal.expected");
}
