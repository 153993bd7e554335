//! Case files of `tests/cases/product` about packs of rates.

use std::{collections::BTreeMap, fs};

use crm_core::{
    calendar::Date,
    money::Money,
    product::{
        RatePlan, StepWork, UsedValue, WorkedStep,
        china::{self, CompulsoryLimits},
    },
    refusal::Refusal,
    rulebook::Scalar,
};
use toml::{Table, Value};

use crate::{
    PACKS,
    asked::{Risk, new_on, private_car, quote},
};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/cases/product");
const CONFIDENCE: [&str; 3] = ["verified-from-source", "computed-from-rule", "from-memory"];

type Packs = BTreeMap<&'static str, RatePlan>;
type Answer = Result<Vec<String>, Refusal>;
type Check = fn(&Packs, &Table) -> Answer;

const CHECKS: [(&str, Check); 4] = [("premium", premium), ("scheme", scheme), ("limit", limit), ("ncd", ncd)];
/// Files with the least number of good and of bad cases.
const FILES: [(&str, usize, usize); 9] = [
    ("ctpl", 120, 16),
    ("ctpl_schemes", 18, 2),
    ("ctpl_limits", 9, 1),
    ("commercial", 12, 15),
    ("commercial_ncd", 21, 2),
    ("property_rates", 5, 3),
    ("accident", 8, 3),
    ("group_rates", 5, 3),
    ("ctpl_taiwan", 2, 2),
];

fn packs() -> Packs {
    PACKS.iter().map(|(name, load, _)| (*name, load().unwrap())).collect()
}

fn text<'a>(case: &'a Table, key: &str) -> &'a str {
    case[key].as_str().unwrap_or_else(|| panic!("{key} of {case}"))
}

fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![text.clone()],
        list => list.as_array().unwrap().iter().map(|item| item.as_str().unwrap().to_owned()).collect(),
    }
}

fn risk(case: &Table) -> Risk {
    let scalar = |value: &Value| -> Scalar {
        match value {
            Value::String(text) => text.as_str().into(),
            Value::Integer(value) => (*value).into(),
            Value::Boolean(value) => (*value).into(),
            other => panic!("{other}"),
        }
    };
    case["risk"].as_table().unwrap().iter().map(|(name, value)| (name.clone(), scalar(value))).collect()
}

/// The net premium, then the coverages that the case names.
fn premium(packs: &Packs, case: &Table) -> Answer {
    let plan = &packs[text(case, "plan")];
    let quote = quote(plan, &risk(case), &new_on(text(case, "inception"))?)?;
    if let Some(total) = case.get("total") {
        assert_eq!(Some(quote.total.amount().to_string().as_str()), total.as_str(), "{case}");
    }
    let named = case.get("answer").map(texts).unwrap_or_default();
    let named = named.iter().skip(1).map(|named| named.split_once(' ').unwrap().0.to_owned());
    let found = named.map(|code| {
        let coverage = quote.coverages.iter().find(|coverage| coverage.code == code);
        coverage.map_or(code, |coverage| format!("{} {}", coverage.code, coverage.premium.amount()))
    });
    Ok([quote.net.amount().to_string()].into_iter().chain(found).collect())
}

/// The letter of the scheme whose float three clean years have.
fn scheme(packs: &Packs, case: &Table) -> Answer {
    let (name, risk, _) = private_car(text(case, "region"));
    let net = quote(&packs[name], &risk, &new_on(text(case, "on"))?)?.net;
    let letters = [("A", "475.00"), ("B", "522.50"), ("C", "570.00"), ("D", "617.50"), ("E", "665.00")];
    let found = letters.iter().find(|(_, premium)| *premium == net.amount().to_string());
    Ok(vec![found.unwrap_or_else(|| panic!("{net}")).0.to_owned()])
}

/// A limit on the day of an accident, in whole yuan.
fn limit(packs: &Packs, case: &Table) -> Answer {
    let limits = CompulsoryLimits::on(&packs["cn_compulsory_motor"], Date::parse(text(case, "on"))?)?;
    let limit = match text(case, "limit") {
        "death" => limits.death,
        "medical" => limits.medical,
        "property" => limits.property,
        "no_fault_death" => limits.no_fault_death,
        "no_fault_medical" => limits.no_fault_medical,
        "no_fault_property" => limits.no_fault_property,
        "total" => limits.at_fault()?,
        other => panic!("{other}"),
    };
    Ok(vec![limit.amount().to_string().trim_end_matches(".00").to_owned()])
}

/// The tables of no-claim factors that a calculation used, with the row.
fn rows(steps: &[WorkedStep], found: &mut Vec<(String, usize)>) {
    for step in steps {
        match &step.work {
            StepWork::Branch { steps, .. } => rows(steps, found),
            StepWork::Multiply { by: UsedValue::Row { row } } if row.table.starts_with("ncd") => {
                found.push((row.table.clone(), usize::try_from(row.row).unwrap() - 1));
            }
            _ => {}
        }
    }
}

/// The values of the row of no-claim factors: grade and factor, or the factor alone before 2020. Everything else is one.
fn ncd(packs: &Packs, case: &Table) -> Answer {
    let plan = &packs["cn_commercial_motor"];
    let mut asked = risk(case);
    for (name, value) in [
        ("region", "guangdong"),
        ("third_party_pure_risk", "10000"),
        ("additional_expense_rate", "0"),
        ("violation_factor", "1"),
        ("autonomous_factor", "1"),
        ("underwriting_factor", "1"),
        ("channel_factor", "1"),
        ("term", "annual"),
    ] {
        asked.entry(name.into()).or_insert_with(|| value.into());
    }
    asked.insert("new_energy".into(), false.into());
    let request = new_on(text(case, "on"))?;
    let net = quote(plan, &asked, &request)?.net;
    let trace = plan.quote_explained(&asked, &request)?.trace;
    let mut found = Vec::new();
    trace.calculations.iter().for_each(|calculation| rows(&calculation.steps, &mut found));
    let [(table, row)] = found.as_slice() else { panic!("{found:?}") };
    let table = plan.spec().tables.iter().find(|one| one.name == *table).unwrap();
    let values = &table.versions[0].rows[*row].values;
    let factor = values.last().unwrap().unwrap();
    let ten_thousand = Money::from_minor(1_000_000, plan.spec().currency);
    let by_hand = ten_thousand.minor() / 100 * i64::try_from(factor.mantissa()).unwrap() / 10_i64.pow(factor.scale());
    assert_eq!(net.minor() / 100, by_hand);
    Ok(values.iter().map(|value| value.unwrap().to_string()).collect())
}

/// `code` or `code path`; without a path the fault stands at the root.
fn told(refusal: &Refusal) -> Vec<String> {
    let one = |code: String, path: &str| if path.is_empty() { code } else { format!("{code} {path}") };
    refusal.faults().iter().map(|fault| one(fault.code().to_string(), fault.path().as_str())).collect()
}

/// Where the case is wrong, `None` when the check does what it says.
fn breach(packs: &Packs, check: Check, case: &Table, good: bool) -> Option<String> {
    assert!(CONFIDENCE.contains(&text(case, "confidence")) && !text(case, "source").is_empty(), "{case}");
    match check(packs, case) {
        Ok(found) if good => (found != texts(&case["answer"])).then(|| format!("answered {found:?}")),
        Ok(found) => Some(format!("accepted: {found:?}")),
        Err(refusal) => {
            (good || told(&refusal) != texts(&case["codes"])).then(|| format!("refused: {:?}", told(&refusal)))
        }
    }
}

fn read(kind: &str, file: &str) -> (Check, Vec<Table>) {
    let document: Table = fs::read_to_string(format!("{FOLDER}/{kind}/{file}.toml")).unwrap().parse().unwrap();
    let name = text(&document, "check");
    let check = CHECKS.iter().find(|(check, _)| *check == name).unwrap().1;
    let cases = document["case"].as_array().unwrap();
    (check, cases.iter().map(|case| case.as_table().unwrap().clone()).collect())
}

#[test]
fn every_case_does_what_it_says() {
    let packs = packs();
    let mut breaches = Vec::new();
    for (file, good, bad) in FILES {
        for (kind, least) in [("good", good), ("bad", bad)] {
            let (check, cases) = read(kind, file);
            assert!(cases.len() >= least, "{file} {kind}: only {}", cases.len());
            for case in &cases {
                breaches.extend(breach(&packs, check, case, kind == "good").map(|what| format!("{case}\n{what}")));
            }
        }
    }
    assert!(breaches.is_empty(), "{}", breaches.join("\n\n"));
}

#[test]
fn a_wrong_case_is_noticed() {
    let packs = packs();
    let (check, cases) = read("good", "ctpl");
    let mut case = cases[0].clone();
    assert_eq!(breach(&packs, check, &case, true), None);
    assert!(breach(&packs, check, &case, false).is_some());
    case.insert("answer".into(), "0.01".into());
    assert!(breach(&packs, check, &case, true).is_some());
}

#[test]
fn the_uplift_for_drunk_driving_has_the_bounds_of_the_law() {
    let plan = china::compulsory_motor().unwrap();
    let bounds = |name: &str| {
        let input = plan.spec().inputs.iter().find(|input| input.name == name).unwrap();
        (input.minimum.clone().unwrap(), input.maximum.clone().unwrap())
    };
    assert!(bounds("drink_percent") == ("10.00".into(), "15.00".into()));
    assert!(bounds("drunk_percent") == ("20.00".into(), "30.00".into()));
    let cap = plan.spec().parameters.iter().find(|parameter| parameter.name == "uplift_cap").unwrap();
    assert_eq!(cap.values[0].from.to_string(), "2010-03-01");
    assert!(cap.values[0].value == "60".into());
}
