//! Law 14: plans, quotes and their traces of every release load and say the same.

use std::{fs, path::PathBuf};

use crm_core::{
    product::{Quote, QuoteTrace, RatePlan, RatePlanSpec},
    wire::{Stored, from_stored, to_stored},
};

use crate::motor::new_on;

fn sample(release: &str, name: &str) -> Vec<u8> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../tests/stored").join(release);
    fs::read(folder.join(name)).unwrap().trim_ascii_end().to_vec()
}

/// A risk that goes through a branch, a figure, an interpolation and a cap.
fn explained(plan: &RatePlan) -> (Quote, QuoteTrace) {
    let risk = [
        ("use".into(), "company".into()),
        ("seats".into(), 12.into()),
        ("clean_years".into(), 2.into()),
        ("months".into(), 11.into()),
    ];
    let explained = plan.quote_explained(&risk.into(), &new_on("2027-03-01")).unwrap();
    (explained.quote, explained.trace)
}

fn same<T: Stored + PartialEq + std::fmt::Debug>(stored: &[u8], value: &T) {
    assert_eq!(&from_stored::<T>(stored).unwrap(), value);
    assert_eq!(to_stored(value).unwrap().as_bytes(), stored);
}

#[test]
fn law_14_plans_and_quotes_of_yesterday_still_load() {
    let plan = RatePlan::from_json(&sample("0.1.0", "rate_plan.json")).unwrap();
    let (quote, trace) = explained(&plan);
    same(&sample("0.1.0", "quote.json"), &quote);
    same(&sample("0.1.0", "quote_trace.json"), &trace);
    same(&sample("0.1.0", "rate_plan.json"), plan.spec());
    assert_eq!(from_stored::<QuoteTrace>(&sample("0.1.0", "quote_trace.json")).unwrap().replay().unwrap(), quote);
}

#[test]
fn law_14_catches_a_changed_format() {
    let text = String::from_utf8(sample("0.1.0", "rate_plan.json")).unwrap();
    assert!(from_stored::<RatePlanSpec>(text.replacen("\"checked_until\"", "\"checked\"", 1).as_bytes()).is_err());
    let newer = text.replacen("\"version\":1", "\"version\":2", 1);
    assert_eq!(RatePlan::from_json(newer.as_bytes()).unwrap_err().code().as_str(), "wire.stored.version");
}

/// Writes the samples of this version; run by hand, once a release.
#[test]
#[ignore = "writes files"]
fn write_samples() {
    let plan = crate::motor::plan();
    let (quote, trace) = explained(&plan);
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../tests/stored/0.1.0");
    let write = |name: &str, text: String| fs::write(folder.join(name), text + "\n").unwrap();
    write("rate_plan.json", to_stored(plan.spec()).unwrap());
    write("quote.json", to_stored(&quote).unwrap());
    write("quote_trace.json", to_stored(&trace).unwrap());
}
