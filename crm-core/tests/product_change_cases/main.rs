//! Case files of `tests/cases/product` about instalments, unearned premium, refunds and changes.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod instalments;
mod refunds;
mod short_rate;
mod timelines;
mod unearned;

use std::fs;

use crm_core::{
    calendar::Date,
    money::{Currency, Decimal, Money},
    refusal::Refusal,
    wire,
};
use serde::de::DeserializeOwned;
use toml::{Table, Value};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/cases/product");
const CONFIDENCE: [&str; 3] = ["verified-from-source", "computed-from-rule", "from-memory"];

/// What a check answers: figures in words.
type Answer = Result<Vec<String>, Refusal>;
type Check = fn(&Table) -> Answer;

const CHECKS: [(&str, Check); 5] = [
    ("unearned", unearned::check),
    ("instalments", instalments::check),
    ("short_rate", short_rate::check),
    ("refunds", refunds::check),
    ("timelines", timelines::check),
];

fn text<'a>(case: &'a Table, key: &str) -> &'a str {
    case[key].as_str().unwrap_or_else(|| panic!("{key} of {case}"))
}

fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![text.clone()],
        list => list.as_array().unwrap().iter().map(|item| item.as_str().unwrap().to_owned()).collect(),
    }
}

fn date(text: &str) -> Result<Date, Refusal> {
    Date::parse(text)
}

/// `CNY 950.00`.
fn money(text: &str) -> Result<Money, Refusal> {
    let (currency, amount) = text.split_once(' ').unwrap();
    Money::new(Decimal::parse(amount)?, Currency::parse(currency)?)
}

/// A record of the case, written in TOML as it stands on the wire.
fn of_wire<T: DeserializeOwned>(value: &Value) -> Result<T, Refusal> {
    wire::from_json(serde_json::to_string(value).unwrap().as_bytes())
}

/// `code` or `code path`; without a path the fault stands at the root.
fn told(refusal: &Refusal) -> Vec<String> {
    let one = |code: String, path: &str| if path.is_empty() { code } else { format!("{code} {path}") };
    refusal.faults().iter().map(|fault| one(fault.code().to_string(), fault.path().as_str())).collect()
}

/// Where the case is wrong, `None` when the check does what it says.
fn breach(check: Check, case: &Table, good: bool) -> Option<String> {
    assert!(CONFIDENCE.contains(&text(case, "confidence")) && !text(case, "source").is_empty(), "{case}");
    match check(case) {
        Ok(found) if good => (found != texts(&case["answer"])).then(|| format!("answered {found:?}")),
        Ok(found) => Some(format!("accepted: {found:?}")),
        Err(refusal) => {
            (good || told(&refusal) != texts(&case["codes"])).then(|| format!("refused: {:?}", told(&refusal)))
        }
    }
}

fn run(check: &str, kind: &str) -> (usize, Vec<String>) {
    let file = fs::read_to_string(format!("{FOLDER}/{kind}/{check}.toml")).unwrap();
    let document: Table = file.parse().unwrap();
    assert_eq!(text(&document, "check"), check);
    let found = CHECKS.iter().find(|(name, _)| *name == check).unwrap().1;
    let cases = document["case"].as_array().unwrap();
    let breaches = cases.iter().filter_map(|case| {
        let case = case.as_table().unwrap();
        breach(found, case, kind == "good").map(|what| format!("{case}\n{what}"))
    });
    (cases.len(), breaches.collect())
}

#[test]
fn every_case_does_what_it_says() {
    let mut breaches = Vec::new();
    for (check, _) in CHECKS {
        for (kind, least) in [("good", 6), ("bad", 3)] {
            let (count, found) = run(check, kind);
            assert!(count >= least, "{check} {kind}: only {count}");
            breaches.extend(found);
        }
    }
    assert!(breaches.is_empty(), "{}", breaches.join("\n\n"));
}

#[test]
fn a_wrong_case_is_noticed() {
    let mut case: Table = "premium = 'CNY 3650.00'\nstart = '2023-01-01'\nend = '2024-01-01'\non = '2023-12-31'\nmethod = 'daily_actual'\nanswer = '10.01'\nsource = 'x'\nconfidence = 'from-memory'"
        .parse()
        .unwrap();
    assert!(breach(unearned::check, &case, true).is_some());
    assert!(breach(unearned::check, &case, false).is_some());
    case.insert("answer".into(), "10.00".into());
    assert_eq!(breach(unearned::check, &case, true), None);
}
