//! Case files of `tests/cases/access` and `tests/cases/privacy`: every check, with source and confidence of each case.

use std::{fs, path::Path};

use crm_core::{
    access::{Keyed, Viewer},
    calendar::Date,
    privacy::Mask,
    refusal::Refusal,
};
use toml::{Table, Value};

use super::{of, staff};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/cases");
const CONFIDENCE: [&str; 3] = ["verified-from-source", "computed-from-rule", "from-memory"];

fn text<'a>(case: &'a Table, key: &str) -> &'a str {
    case[key].as_str().unwrap_or_else(|| panic!("{key} in {case}"))
}

fn mask(case: &Table) -> Result<String, Refusal> {
    let mask: Mask = of(&format!("\"{}\"", text(case, "mask")));
    let shown = mask.apply(text(case, "input"));
    let in_view = case.get("view").and_then(Value::as_str).unwrap_or(&shown);
    assert_eq!(mask.in_view(text(case, "input")), in_view, "{case}");
    Ok(shown)
}

/// The viewer of every case is `p` of the department `motor` of the branch `north` of the company `one`.
fn sight(case: &Table) -> Result<String, Refusal> {
    let mut viewer: Viewer = of(r#"{"person":"p","roles":[],"department":"motor","branch":"north","company":"one"}"#);
    viewer.level = Some(of(&format!("\"{}\"", text(case, "level"))));
    let why = viewer.withheld_because(&of(text(case, "owner")));
    Ok(why.map_or_else(|| "seen".to_owned(), |why| crm_core::wire::to_json(&why).unwrap().replace('"', "")))
}

fn verify(case: &Table) -> Result<String, Refusal> {
    let day = |key: &str| Date::parse(text(case, key)).unwrap();
    let mut makers = case["keyed_by"].as_array().unwrap().iter().map(|code| staff(code.as_str().unwrap()));
    let first = Keyed::new((), makers.next().unwrap(), day("keyed_on"));
    let keyed = makers.fold(first, |keyed, maker| keyed.amend((), maker, day("keyed_on")).unwrap());
    keyed.verify(staff(text(case, "by")), day("on")).map(|_| "verified".to_owned())
}

fn check(file: &Path) -> usize {
    let table: Table = fs::read_to_string(file).unwrap().parse().unwrap();
    let cases = table["case"].as_array().unwrap();
    for case in cases {
        let case = case.as_table().unwrap();
        assert!(!text(case, "source").trim().is_empty() && CONFIDENCE.contains(&text(case, "confidence")), "{case}");
        let answer = match text(&table, "check") {
            "mask" => mask(case),
            "sight" => sight(case),
            "verify" => verify(case),
            other => panic!("no check is called {other}"),
        };
        match answer {
            Ok(answer) => assert_eq!(answer, text(case, "expected"), "{case}"),
            Err(refusal) => {
                let codes: Vec<Value> = refusal.faults().iter().map(|fault| fault.code().as_str().into()).collect();
                assert_eq!(Some(&Value::Array(codes)), case.get("codes"), "{case}");
            }
        }
    }
    cases.len()
}

#[test]
fn every_case_holds() {
    let mut count = 0;
    for folder in ["access/good", "access/bad", "privacy/good"] {
        let files = fs::read_dir(Path::new(FOLDER).join(folder)).unwrap();
        count += files.map(|file| check(&file.unwrap().path())).sum::<usize>();
    }
    assert!(count >= 45, "{count} cases");
}
