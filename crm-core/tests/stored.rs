//! Law 14, yesterday still loads: every stored sample of every release loads and gives the same state.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use std::{collections::BTreeMap, fs, path::PathBuf};

use crm_core::{
    calendar::Date,
    money::{Currency, Decimal, Money, Rounding, RoundingMode},
    rulebook::{Evaluation, RuleSet, RuleSetSpec, Scalar, Trace, Value, explained_product},
    wire::{Stored, from_stored, to_stored},
};
use serde::{Deserialize, Deserializer, Serialize};

fn samples(release: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../tests/stored").join(release)
}

fn sample(release: &str, name: &str) -> Vec<u8> {
    fs::read(samples(release).join(name)).unwrap().trim_ascii_end().to_vec()
}

/// The same work as when the samples were made; it runs on what was stored.
fn evaluate(spec: &RuleSetSpec) -> Evaluation {
    let facts = BTreeMap::from([
        ("clean_years".to_owned(), Scalar::Integer(3)),
        ("loss_ratio".to_owned(), Scalar::from("0.7000")),
        ("phone".to_owned(), Scalar::from("planted")),
    ]);
    RuleSet::load(spec).unwrap().evaluate(&facts, Date::parse("2026-03-01").unwrap()).unwrap()
}

#[test]
fn law_14_yesterday_still_loads() {
    let releases: Vec<String> =
        fs::read_dir(samples("")).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    assert!(releases.contains(&"0.1.0".to_owned()));
    for release in &releases {
        let spec: RuleSetSpec = from_stored(&sample(release, "rule_set.json")).unwrap();
        let evaluation: Evaluation = from_stored(&sample(release, "evaluation.json")).unwrap();
        let mut again = evaluate(&spec);
        if release == "0.1.0" {
            // It did not say which version of a rule was asked.
            again.outcomes.iter_mut().for_each(|outcome| outcome.version = None);
        }
        assert_eq!(again, evaluation, "{release}");
        for outcome in &evaluation.outcomes {
            assert_eq!(outcome.trace.replay().unwrap(), Value::Boolean(outcome.holds));
        }
        let trace: Trace = from_stored(&sample(release, "trace.json")).unwrap();
        assert_eq!(trace.replay().unwrap(), Value::Decimal(Decimal::parse("1068.75").unwrap()));
        assert_eq!(trace.text(crm_core::refusal::Lang::En).len(), 4);
    }
    // What is written now is what was written in the release of this version, to the byte.
    let old: RuleSetSpec = from_stored(&sample("0.1.0", "rule_set.json")).unwrap();
    let spec: RuleSetSpec = from_stored(&sample("0.2.0", "rule_set.json")).unwrap();
    assert_eq!(spec, old);
    assert_eq!(to_stored(&spec).unwrap().as_bytes(), sample("0.2.0", "rule_set.json"));
    assert_eq!(to_stored(&evaluate(&spec)).unwrap().as_bytes(), sample("0.2.0", "evaluation.json"));
    let base = Money::from_minor(95_000, Currency::CNY);
    let cents = Rounding::minor_unit(RoundingMode::HalfUp, Currency::CNY);
    let product = explained_product(base, Decimal::parse("1.125").unwrap(), cents).unwrap();
    assert_eq!(to_stored(&product.trace).unwrap().as_bytes(), sample("0.1.0", "trace.json"));
}

/// A format with a past: version 1 kept a limit in yuan, version 2 keeps it as money.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Limit {
    amount: Money,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LimitV1 {
    yuan: i64,
}

impl Stored for Limit {
    const FORMAT: &'static str = "limit";
    const VERSION: i64 = 2;

    fn read_version<'de, D: Deserializer<'de>>(version: i64, content: D) -> Result<Self, D::Error> {
        match version {
            1 => LimitV1::deserialize(content)
                .map(|old| Self { amount: Money::from_minor(old.yuan * 100, Currency::CNY) }),
            _ => Self::deserialize(content),
        }
    }
}

/// The mutant: reads every version as if it were the newest.
#[derive(Debug, PartialEq, Serialize)]
struct Forgetful(Limit);

impl Stored for Forgetful {
    const FORMAT: &'static str = "limit";
    const VERSION: i64 = 2;

    fn read_version<'de, D: Deserializer<'de>>(_version: i64, content: D) -> Result<Self, D::Error> {
        Limit::deserialize(content).map(Self)
    }
}

const OLD: &[u8] = br#"{"format":"limit","version":1,"content":{"yuan":50000}}"#;
const NEW: &[u8] = br#"{"format":"limit","version":2,"content":{"amount":{"amount":"50000.00","currency":"CNY"}}}"#;

#[test]
fn old_versions_are_brought_up_to_date() {
    let limit: Limit = from_stored(OLD).unwrap();
    assert_eq!(limit, from_stored(NEW).unwrap());
    assert_eq!(to_stored(&limit).unwrap().as_bytes(), NEW);
    assert!(from_stored::<Forgetful>(OLD).is_err(), "the mutant is caught");
}

#[test]
fn what_is_not_stored_like_that_is_refused() {
    for (text, code, path) in [
        (r#"{"format":"limits","version":1,"content":{"yuan":1}}"#, "wire.stored.format", "/format"),
        (r#"{"format":"limit","version":3,"content":{"yuan":1}}"#, "wire.stored.version", "/version"),
        (r#"{"format":"limit","version":0,"content":{"yuan":1}}"#, "wire.stored.version", "/version"),
        (r#"{"format":"limit","version":"1","content":{"yuan":1}}"#, "wire.integer.expected", "/version"),
        (r#"{"version":1,"format":"limit","content":{"yuan":1}}"#, "wire.field.missing", "/format"),
        (r#"{"format":"limit","content":{"yuan":1}}"#, "wire.field.missing", "/version"),
        (r#"{"format":"limit","version":1}"#, "wire.field.missing", "/content"),
        (r#"{"format":"limit","version":1,"content":{"yuan":1},"more":1}"#, "wire.field.unknown", "/more"),
        (r#"{"format":"limit","version":1,"content":{"yuan":1},"version":1}"#, "wire.field.duplicate", "/version"),
        (r#"{"format":"limit","version":1,"content":{"yuan":1.5}}"#, "wire.integer.expected", "/content/yuan"),
        (r#"{"format":"limit","version":1,"content":{"yuan":1}}}"#, "wire.syntax", ""),
        ("[]", "wire.object.expected", ""),
    ] {
        let refusal = from_stored::<Limit>(text.as_bytes()).unwrap_err();
        assert_eq!((refusal.code().as_str(), refusal.path().as_str()), (code, path), "{text}");
    }
}
