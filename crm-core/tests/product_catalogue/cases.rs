//! Case files `tests/cases/product/{good,bad}/catalogue*.toml`: limits on a day, who may buy, codes as typed.

use std::{collections::BTreeMap, fs};

use crm_core::{
    product::{CodeFilter, CoverFigure, Eligibility},
    refusal::Refusal,
    rulebook::Scalar,
};
use toml::{Table, Value};

use super::sample::{catalogue, day, told};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/cases/product");
const CONFIDENCE: [&str; 3] = ["verified-from-source", "computed-from-rule", "from-memory"];

fn text<'a>(case: &'a Table, key: &str) -> &'a str {
    case[key].as_str().unwrap_or_else(|| panic!("{key} in {case}"))
}

fn texts(value: &Value) -> Vec<String> {
    value.as_array().unwrap().iter().map(|item| item.as_str().unwrap().to_owned()).collect()
}

fn limit(case: &Table) -> Result<Vec<String>, Refusal> {
    let product = catalogue().on_day(text(case, "product"), day(text(case, "on")))?;
    let cover = product.terms.covers.iter().find(|cover| cover.cover == text(case, "cover")).unwrap();
    Ok(match &cover.limit {
        Some(CoverFigure::Fixed { amount }) => vec![amount.to_string()],
        other => vec![format!("{other:?}")],
    })
}

fn buy(case: &Table) -> Result<Vec<String>, Refusal> {
    let fact = |(name, value): (&String, &Value)| {
        let value = match value {
            Value::Integer(value) => Scalar::Integer(*value),
            Value::Boolean(value) => Scalar::Boolean(*value),
            Value::String(value) => Scalar::from(value.as_str()),
            other => panic!("{other}"),
        };
        (name.clone(), value)
    };
    let facts: BTreeMap<String, Scalar> = case["facts"].as_table().unwrap().iter().map(fact).collect();
    let check = catalogue().eligibility(text(case, "product"), &facts, day(text(case, "on")))?;
    let verdict = match check.eligibility {
        Eligibility::Eligible => "eligible",
        Eligibility::NotEligible => "not_eligible",
        Eligibility::Undecided => "undecided",
    };
    let open = check.checks.iter().filter(|one| one.holds != Some(true)).map(|one| one.name.clone());
    Ok([verdict.to_owned()].into_iter().chain(open).collect())
}

fn codes(case: &Table) -> Result<Vec<String>, Refusal> {
    let filter = CodeFilter::parse(text(case, "typed"))?;
    Ok(texts(&case["codes"]).into_iter().filter(|code| filter.admits(code)).collect())
}

type Check = fn(&Table) -> Result<Vec<String>, Refusal>;

fn run(folder: &str) -> usize {
    let checks = BTreeMap::from([("limit", limit as Check), ("buy", buy), ("codes", codes)]);
    let mut cases = 0;
    for file in fs::read_dir(format!("{FOLDER}/{folder}")).unwrap() {
        let path = file.unwrap().path();
        if !path.file_name().unwrap().to_str().unwrap().starts_with("catalogue") {
            continue;
        }
        let file: Table = fs::read_to_string(&path).unwrap().parse().unwrap();
        let check = checks[text(&file, "check")];
        for (index, case) in file["case"].as_array().unwrap().iter().enumerate() {
            let case = case.as_table().unwrap();
            assert!(!text(case, "source").trim().is_empty() && CONFIDENCE.contains(&text(case, "confidence")));
            let place = format!("{} case {index}", path.display());
            match (check(case), case.get("answer")) {
                (Ok(answer), Some(expected)) => assert_eq!(answer, texts(expected), "{place}"),
                (Err(refusal), None) => assert_eq!(told(&refusal), texts(&case["refused"]), "{place}"),
                (answer, _) => panic!("{place}: {answer:?}"),
            }
            cases += 1;
        }
    }
    cases
}

#[test]
fn good_cases() {
    assert!(run("good") >= 20);
}

#[test]
fn bad_cases() {
    assert!(run("bad") >= 6);
}
