//! Case files of `tests/cases/money` and `tests/cases/calendar`: every check, with source and confidence of each case.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use std::{fs, path::Path};

use crm_core::{
    calendar::{AgeConvention, Date, DayCount, EndOfMonth, Period},
    money::{Currency, Decimal, Money, RemainderIn, Rounding, Unrounded},
    refusal::Refusal,
    wire,
};
use serde::de::DeserializeOwned;
use toml::{Table, Value};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/cases");
const CONFIDENCE: [&str; 3] = ["verified-from-source", "computed-from-rule", "from-memory"];

/// What a check answers: one figure or a list of them.
type Answer = Result<Vec<String>, Refusal>;

fn text<'a>(case: &'a Table, key: &str) -> &'a str {
    case[key].as_str().unwrap()
}

fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![text.clone()],
        list => list.as_array().unwrap().iter().map(|item| item.as_str().unwrap().to_owned()).collect(),
    }
}

/// A name or a record of the case, read as the wire reads it.
fn of_wire<T: DeserializeOwned>(json: &str) -> T {
    wire::from_json(json.as_bytes()).unwrap()
}

fn named<T: DeserializeOwned>(case: &Table, key: &str) -> T {
    of_wire(&format!("\"{}\"", text(case, key)))
}

fn operand(text: &str) -> Result<Unrounded, Refusal> {
    match text.split_once('/') {
        Some((days, of_days)) => Unrounded::ratio(days.parse().unwrap(), of_days.parse().unwrap()),
        None => Decimal::parse(text).map(Unrounded::from),
    }
}

fn round(case: &Table) -> Answer {
    let words = texts(&case["input"]);
    let mut number = operand(&words[0])?;
    for step in words[1..].chunks(2) {
        let by = operand(&step[1])?;
        number = match step[0].as_str() {
            "+" => number.plus(by),
            "-" => number.minus(by),
            "*" => number.times(by),
            "/" => number.divided_by(by),
            other => panic!("no step is called {other}"),
        }?;
    }
    let rounding = &case["rounding"];
    let rounding: Rounding = of_wire(&format!(r#"{{"mode":{},"place":{}}}"#, rounding["mode"], rounding["place"]));
    Ok(vec![number.round(rounding)?.after.to_string()])
}

fn share(case: &Table) -> Answer {
    let (currency, amount) = text(case, "input").split_once(' ').unwrap();
    let total = Money::new(Decimal::parse(amount)?, Currency::parse(currency)?)?;
    let parts = if let Some(count) = case.get("instalments") {
        total.instalments(count.as_integer().unwrap(), named::<RemainderIn>(case, "remainder"))?
    } else {
        let weights: Result<Vec<Decimal>, Refusal> =
            texts(&case["weights"]).iter().map(|weight| Decimal::parse(weight)).collect();
        total.allocate(&weights?)?
    };
    Ok(parts.iter().map(|part| part.amount().to_string()).collect())
}

fn age(case: &Table) -> Answer {
    let (birth, on) = (Date::parse(text(case, "birth"))?, Date::parse(text(case, "on"))?);
    Ok(vec![named::<AgeConvention>(case, "convention").completed_years(birth, on)?.to_string()])
}

fn term(case: &Table) -> Answer {
    let months = case["months"].as_integer().unwrap();
    let term = Period::months_from(Date::parse(text(case, "start"))?, months, EndOfMonth::Clamp)?;
    let passed = DayCount::ActualTerm.fraction(&term, Date::parse(text(case, "until"))?)?;
    Ok(vec![format!("{}/{}", passed.days, passed.of_days)])
}

/// Where the case is wrong, `None` when the check does what it says.
fn breach(check: &str, case: &Table, good: bool) -> Option<String> {
    assert!(CONFIDENCE.contains(&text(case, "confidence")) && !text(case, "source").is_empty(), "{case}");
    let answer = match check {
        "round" => round(case),
        "share" => share(case),
        "age" => age(case),
        "term" => term(case),
        other => panic!("no check is called {other}"),
    };
    match answer {
        Ok(found) if good => (found != texts(&case["answer"])).then(|| format!("answered {found:?}")),
        Ok(found) => Some(format!("accepted: {found:?}")),
        Err(refusal) => {
            let codes: Vec<String> = refusal.faults().iter().map(|fault| fault.code().to_string()).collect();
            (good || codes != texts(&case["codes"])).then(|| format!("refused: {codes:?}"))
        }
    }
}

/// Runs every file of a folder; how many cases there were, and what was wrong.
fn run(folder: &str, good: bool) -> (usize, Vec<String>) {
    let mut files: Vec<_> =
        fs::read_dir(Path::new(FOLDER).join(folder)).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let (mut count, mut breaches) = (0, Vec::new());
    for file in files {
        let document: Table = fs::read_to_string(&file).unwrap().parse().unwrap();
        for case in document["case"].as_array().unwrap() {
            let case = case.as_table().unwrap();
            count += 1;
            breaches.extend(breach(text(&document, "check"), case, good).map(|what| format!("{case}\n{what}")));
        }
    }
    (count, breaches)
}

#[test]
fn every_case_does_what_it_says() {
    for (folder, good, least) in
        [("money/good", true, 16), ("money/bad", false, 8), ("calendar/good", true, 8), ("calendar/bad", false, 6)]
    {
        let (count, breaches) = run(folder, good);
        assert!(breaches.is_empty(), "{folder}\n{}", breaches.join("\n"));
        assert!(count >= least, "{folder}: only {count} cases");
    }
}

#[test]
fn a_wrong_case_is_noticed() {
    let mut case: Table = "birth = '2000-01-01'\non = '2020-01-01'\nconvention = 'birthday_counts'\nanswer = '19'\nsource = 'x'\nconfidence = 'from-memory'"
        .parse()
        .unwrap();
    assert!(breach("age", &case, true).is_some());
    case.insert("codes".into(), Value::Array(vec!["calendar.age.before_birth".into()]));
    assert!(breach("age", &case, false).is_some());
    case.insert("answer".into(), "20".into());
    assert_eq!(breach("age", &case, true), None);
}
