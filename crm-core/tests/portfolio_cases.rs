//! Case files of `tests/cases/portfolio`: every check, with source and confidence of each case.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use std::fs;

use crm_core::{calendar::Date, portfolio::*, wire};
use toml::{Table, Value};

#[path = "portfolio_book/rows.rs"]
#[allow(dead_code)]
mod rows;

use rows::*;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/cases/portfolio");
const CONFIDENCE: [&str; 3] = ["verified-from-source", "computed-from-rule", "from-memory"];

fn text<'a>(table: &'a Table, key: &str) -> &'a str {
    table[key].as_str().unwrap()
}

fn texts(value: &Value) -> Vec<String> {
    value.as_array().unwrap().iter().map(|item| item.as_str().unwrap().to_owned()).collect()
}

fn tables<'a>(case: &'a Table, key: &str) -> Vec<&'a Table> {
    case.get(key)
        .map_or_else(Vec::new, |rows| rows.as_array().unwrap().iter().map(|row| row.as_table().unwrap()).collect())
}

fn minor(amount: &str) -> i64 {
    amount.replace('.', "").parse().unwrap()
}

/// A book of one customer with one policy.
fn book(case: &Table) -> BookRows {
    let given = case["policy"].as_table().unwrap();
    let policy = PolicyRow {
        signed_on: day(text(given, "signed_on")),
        end: day(text(given, "end")),
        premium: cny(minor(text(given, "premium"))),
        ..policy(0, 0, text(given, "start"))
    };
    let endorsements = tables(case, "endorsements").into_iter().zip(0..).map(|(given, number)| {
        let effect = wire::from_json(format!("\"{}\"", text(given, "effect")).as_bytes()).unwrap();
        let row = endorsement(number, "P0", effect, text(given, "effective"), minor(text(given, "change")));
        EndorsementRow { booked: day(text(given, "booked")), ..row }
    });
    let claims = tables(case, "claims").into_iter().zip(0..);
    BookRows {
        customers: vec![customer(0)],
        policies: vec![policy],
        endorsements: endorsements.collect(),
        claims: claims.map(|(given, number)| claim(number, "P0", text(given, "occurred"), 100, 0)).collect(),
        ..BookRows::default()
    }
}

/// A figure as it stands in a case; `-` where there is none.
fn figure(facts: &CustomerFacts, name: &str) -> String {
    let json: serde_json::Value = serde_json::from_str(&wire::to_json(facts).unwrap()).unwrap();
    let value = &json[name];
    let of_amount = value.get("amount").or_else(|| value.get("known").map(|known| &known["value"]));
    match of_amount.unwrap_or(value) {
        serde_json::Value::String(text) => text.clone(),
        serde_json::Value::Number(number) => number.to_string(),
        _ => "-".into(),
    }
}

fn check(case: &Table, place: &str) {
    let as_of: Date = day(text(case, "as_of"));
    let mut book = CustomerBook::new(crm_core::money::Currency::CNY);
    assert!(book.load(self::book(case)).is_empty(), "{place}");
    let facts = Facts::of(&book).at(&FactParameters { as_of, ..parameters() }).unwrap();
    let row = facts.customer(&everything(), &id(0)).unwrap();
    for wanted in texts(&case["answer"]) {
        let (name, _) = wanted.split_once(' ').unwrap();
        assert_eq!(format!("{name} {}", figure(row, name)), wanted, "{place}");
    }
    for (name, rows) in [("left_out", facts.left_out()), ("noticed", facts.noticed())] {
        let told = rows.iter().flat_map(|(table, codes)| {
            let table = wire::to_json(table).unwrap();
            codes.iter().map(move |(code, rows)| format!("{} {code} {rows}", table.trim_matches('"')))
        });
        let wanted = case.get(name).map_or_else(Vec::new, texts);
        assert_eq!(told.collect::<Vec<_>>(), wanted, "{place} {name}");
    }
    assert!(!text(case, "source").is_empty() && CONFIDENCE.contains(&text(case, "confidence")), "{place}");
}

fn run(kind: &str) -> usize {
    let mut cases = 0;
    for file in fs::read_dir(format!("{FOLDER}/{kind}")).unwrap() {
        let path = file.unwrap().path();
        let file: Table = fs::read_to_string(&path).unwrap().parse().unwrap();
        assert_eq!(text(&file, "check"), "facts", "{}", path.display());
        for (index, case) in file["case"].as_array().unwrap().iter().enumerate() {
            check(case.as_table().unwrap(), &format!("{} case {index}", path.display()));
            cases += 1;
        }
    }
    cases
}

#[test]
fn good_cases() {
    assert!(run("good") >= 10);
}

#[test]
fn bad_cases() {
    assert!(run("bad") >= 6);
}
