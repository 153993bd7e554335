//! Case files of `tests/cases/ledger`: every check, with source and confidence of each case.

use std::{collections::BTreeMap, fs};

use crm_core::{
    calendar::Date,
    ledger::{AccountCode, BookingEvent, DimensionCode, Entry, EventId, Journal, JournalName, Side, TaxSplit, china},
    money::{Currency, Decimal, Money, RoundingMode},
    refusal::Refusal,
    rulebook::Value as RuleValue,
    wire,
};
use toml::{Table, Value};

use super::told;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/cases/ledger");
const CONFIDENCE: [&str; 3] = ["verified-from-source", "computed-from-rule", "from-memory"];

fn text<'a>(case: &'a Table, key: &str) -> &'a str {
    case[key].as_str().unwrap()
}

fn texts(value: &Value) -> Vec<String> {
    value.as_array().unwrap().iter().map(|item| item.as_str().unwrap().to_owned()).collect()
}

fn cny(amount: &str) -> Money {
    Money::new(Decimal::parse(amount).unwrap(), Currency::CNY).unwrap()
}

fn booking_event(number: usize, given: &Table) -> BookingEvent {
    let amounts = given["amounts"].as_table().unwrap();
    let dimensions = ["customer", "agent"].into_iter().filter_map(|name| {
        let code = given.get(name)?.as_str().unwrap();
        Some((name.to_owned(), DimensionCode::new(code).unwrap()))
    });
    BookingEvent {
        id: EventId::new(&format!("event {number}")).unwrap(),
        event_kind: text(given, "kind").to_owned(),
        on: Date::parse(text(given, "on")).unwrap(),
        reference: None,
        amounts: amounts.iter().map(|(name, amount)| (name.clone(), cny(amount.as_str().unwrap()))).collect(),
        dimensions: dimensions.collect(),
    }
}

fn shown(entry: &Entry) -> impl Iterator<Item = String> + '_ {
    entry.lines().iter().map(|line| {
        let side = if line.side == Side::Debit { "D" } else { "C" };
        let red = if line.red { " red" } else { "" };
        format!("{} {side}{red} {} {}", entry.booked_on(), line.account.as_str(), line.amount.amount())
    })
}

/// Events through the rules of China's pack into a journal; the balances of the case are compared here.
fn book(case: &Table) -> Result<Vec<String>, Refusal> {
    let events = case["events"].as_array().unwrap();
    let events: Vec<_> =
        events.iter().enumerate().map(|(number, event)| booking_event(number, event.as_table().unwrap())).collect();
    let entries = china::posting_rules()?.entries(&events)?;
    let lines = entries.iter().flat_map(shown).collect();
    let last = entries.iter().map(Entry::booked_on).max().unwrap();
    let mut journal = Journal::new(JournalName::new("cases").unwrap(), china::chart()?);
    journal.post_all(entries)?;
    for (account, expected) in case["balances"].as_table().unwrap() {
        let held = journal.balance(&AccountCode::new(account).unwrap(), Currency::CNY, last)?;
        assert_eq!(held.balance.amount().to_string(), expected.as_str().unwrap(), "{account}");
    }
    Ok(lines)
}

/// A gross amount with the dated rate of China's pack.
fn split(case: &Table) -> Result<Vec<String>, Refusal> {
    let known = china::posting_rules()?.parameter("vat_rate", Date::parse(text(case, "on")).unwrap())?;
    let RuleValue::Decimal(rate) = known.value else { panic!("a rate is a decimal") };
    let gross = cny(text(case, "input").strip_prefix("CNY ").unwrap());
    let split = TaxSplit::of_gross(gross, rate, RoundingMode::HalfUp)?;
    assert_eq!(split.net.plus(split.tax)?, gross);
    Ok(vec![split.net.amount().to_string(), split.tax.amount().to_string()])
}

/// An entry as it crosses the wire.
fn entry(case: &Table) -> Result<Vec<String>, Refusal> {
    let lines: Vec<String> = texts(&case["lines"])
        .iter()
        .map(|line| {
            let words: Vec<&str> = line.split(' ').collect();
            let side = if words[0] == "D" { "debit" } else { "credit" };
            format!(
                r#"{{"account":"{}","side":"{side}","red":false,"amount":{{"amount":"{}","currency":"{}"}},"dimensions":{{}}}}"#,
                words[1], words[2], words[3]
            )
        })
        .collect();
    let json = format!(
        r#"{{"event":"E-1","booked_on":"2026-03-01","reference":null,"narrative":"case","reverses":null,"lines":[{}]}}"#,
        lines.join(",")
    );
    let entry: Entry = wire::from_json(json.as_bytes())?;
    Ok(shown(&entry).collect())
}

/// What a case gives: lines or amounts.
type Check = fn(&Table) -> Result<Vec<String>, Refusal>;

fn run(kind: &str) -> usize {
    let checks: BTreeMap<&str, Check> = BTreeMap::from([("book", book as Check), ("split", split), ("entry", entry)]);
    let mut cases = 0;
    for file in fs::read_dir(format!("{FOLDER}/{kind}")).unwrap() {
        let path = file.unwrap().path();
        let file: Table = fs::read_to_string(&path).unwrap().parse().unwrap();
        let check = checks[text(&file, "check")];
        for (index, case) in file["case"].as_array().unwrap().iter().enumerate() {
            let case = case.as_table().unwrap();
            assert!(!text(case, "source").is_empty() && CONFIDENCE.contains(&text(case, "confidence")));
            let place = format!("{} case {index}", path.display());
            match (check(case), case.get("answer")) {
                (Ok(answer), Some(expected)) => assert_eq!(answer, texts(expected), "{place}"),
                (Err(refusal), None) => assert_eq!(told(&refusal), codes(case), "{place}"),
                (answer, _) => panic!("{place}: {answer:?}"),
            }
            cases += 1;
        }
    }
    cases
}

/// `code` or `code path`; without a path the fault stands at the root.
fn codes(case: &Table) -> Vec<String> {
    texts(&case["codes"])
}

#[test]
fn good_cases() {
    assert!(run("good") >= 14);
}

#[test]
fn bad_cases() {
    assert!(run("bad") >= 15);
}
