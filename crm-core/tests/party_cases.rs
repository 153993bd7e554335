//! Case files of `tests/cases/party`: every check, with source and confidence of each case.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use std::{fs, path::Path};

use crm_core::{
    calendar::{AgeConvention, Date},
    party::{self, VinCheck},
    refusal::Refusal,
    wire,
};
use serde::Serialize;
use serde_json::Value;
use toml::Table;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/cases/party");
const CONFIDENCE: [&str; 3] = ["verified-from-source", "computed-from-rule", "from-memory"];

/// What a check answers, as it crosses the wire.
fn told<T: Serialize>(answer: Result<T, Refusal>) -> Result<Value, Refusal> {
    answer.map(|answer| serde_json::from_str(&wire::to_json(&answer).unwrap()).unwrap())
}

fn run(check: &str, case: &Table, as_of: Date) -> Result<Value, Refusal> {
    let input = case["input"].as_str().unwrap();
    match check {
        "resident_id" => told(party::check_resident_id(input, as_of)),
        "fifteen_digits" => {
            let id = party::check_resident_id(input, as_of)?;
            Ok(serde_json::json!({ "number": id.with_fifteen_digits().unwrap().reveal() }))
        }
        "age" => {
            let convention: AgeConvention = wire::from_json(case["convention"].to_string().as_bytes()).unwrap();
            let on = Date::parse(case["on"].as_str().unwrap()).unwrap();
            let age = party::check_resident_id(input, as_of)?.age(on, convention)?;
            Ok(serde_json::json!({ "number": age.to_string() }))
        }
        "hmt_residence_permit" => told(party::check_hmt_residence_permit(input, as_of)),
        "permanent_residence" => told(party::check_permanent_residence(input, as_of)),
        "hk_macao_travel_permit" => told(party::check_hk_macao_travel_permit(input)),
        "taiwan_travel_permit" => told(party::check_taiwan_travel_permit(input)),
        "chinese_passport" => told(party::check_chinese_passport(input)),
        "foreign_passport" => told(party::check_foreign_passport(input)),
        "social_credit_code" => told(party::check_social_credit_code(input)),
        "organisation_code" => told(party::check_organisation_code(input)),
        "mobile" => told(party::check_mobile(input)),
        "phone" => told(party::check_phone(input)),
        "email" => told(party::check_email(input)),
        "bank_card" => told(party::check_bank_card(input)),
        "account_number" => told(party::check_account_number(input)),
        "plate" => told(party::check_plate(input)),
        "vin" => told(party::check_vin(input, VinCheck::ByOrigin)),
        "engine_number" => told(party::check_engine_number(input)),
        other => panic!("no check is called {other}"),
    }
}

/// Where the case is wrong, `None` when the check does what it says.
fn breach(check: &str, case: &Table, as_of: Date, good: bool) -> Option<String> {
    let confidence = case["confidence"].as_str().unwrap();
    assert!(CONFIDENCE.contains(&confidence) && !case["source"].as_str().unwrap().is_empty(), "{case}");
    let text = |key: &str| case.get(key).and_then(toml::Value::as_str);
    let list = |key: &str| -> Vec<String> {
        let items = case.get(key).and_then(toml::Value::as_array).map(Vec::as_slice).unwrap_or_default();
        items.iter().map(|item| item.as_str().unwrap().to_owned()).collect()
    };
    match run(check, case, as_of) {
        Err(refusal) => {
            let codes: Vec<String> = refusal.faults().iter().map(|fault| fault.code().to_string()).collect();
            (good || codes != list("codes")).then(|| format!("refused: {codes:?}"))
        }
        Ok(answer) if !good => Some(format!("accepted: {answer}")),
        Ok(answer) => {
            let number = answer.get("number").or_else(|| answer.get("address")).and_then(Value::as_str).unwrap();
            if text("number").is_some_and(|expected| expected != number) {
                return Some(format!("number: {number}"));
            }
            let notices: Vec<&str> = answer
                .get("notices")
                .and_then(Value::as_array)
                .map(|notices| notices.iter().map(|notice| notice["code"].as_str().unwrap()).collect())
                .unwrap_or_default();
            if notices != list("notices") {
                return Some(format!("notices: {notices:?}"));
            }
            let tells = case.get("tells").and_then(toml::Value::as_table).cloned().unwrap_or_default();
            let wrong = |(key, value): (&String, &toml::Value)| {
                let expected: Value = serde_json::from_str(&value.to_string()).unwrap();
                answer.get(key) != Some(&expected)
            };
            tells.iter().any(wrong).then(|| format!("tells: {answer}"))
        }
    }
}

#[test]
fn check() {
    let mut cases = 0;
    let mut breaches = Vec::new();
    for (folder, good) in [("good", true), ("bad", false)] {
        for entry in fs::read_dir(Path::new(FOLDER).join(folder)).unwrap() {
            let path = entry.unwrap().path();
            let file: Table = fs::read_to_string(&path).unwrap().parse().unwrap();
            let as_of = Date::parse(file["as_of"].as_str().unwrap()).unwrap();
            for case in file["case"].as_array().unwrap() {
                cases += 1;
                let case = case.as_table().unwrap();
                if let Some(breach) = breach(file["check"].as_str().unwrap(), case, as_of, good) {
                    breaches.push(format!("{}: {}: {breach}", path.display(), case["input"]));
                }
            }
        }
    }
    assert!(breaches.is_empty(), "{}", breaches.join("\n"));
    assert!(cases > 200, "{cases} cases were read");
}

/// The mutant: a case that says the opposite is seen.
#[test]
fn a_wrong_case_is_seen() {
    let as_of = Date::parse("2026-11-21").unwrap();
    for (check, case, good) in [
        ("vin", "input = 'LSVAA49J132047371'\ncodes = ['party.vin.length']", false),
        ("vin", "input = 'LSVAA49J132047372'", true),
        ("vin", "input = 'LSVAA49J13204737'\ncodes = ['party.vin.characters']", false),
        ("vin", "input = 'WP0ZZZ99ZTS392124'", true),
        ("plate", "input = '京A12345'\nnumber = '京A12346'", true),
        ("plate", "input = '京A12345'\ntells = { class = 'trailer' }", true),
    ] {
        let case: Table = format!("source = 'none'\nconfidence = 'from-memory'\n{case}").parse().unwrap();
        assert!(breach(check, &case, as_of, good).is_some(), "{case}");
    }
}
