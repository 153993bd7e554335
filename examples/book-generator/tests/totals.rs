//! The truth's totals are those of the files.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod reading;

use std::collections::{BTreeMap, BTreeSet};

use book_generator::{Encoding, Plan};
use proptest::prelude::*;
use reading::{FILES, Planted, Read, Row, cents};
use serde_json::{Value, json};

/// The totals added up from the files.
fn added(read: &Read) -> Value {
    let mut rows = BTreeMap::new();
    let mut planted: BTreeMap<&str, i64> = BTreeMap::new();
    for entry in &read.truth.planted {
        let (Planted::Row { kind, .. } | Planted::Story { kind, .. }) = entry;
        *planted.entry(kind).or_default() += 1;
    }
    for file in FILES {
        let count = |wanted: &str| {
            read.truth
                .planted
                .iter()
                .filter(
                    |entry| matches!(entry, Planted::Row { file: own, effect, .. } if own == file && effect == wanted),
                )
                .count()
        };
        let (rejected, contradictions) = (count("rejected"), count("contradiction"));
        let used = read.lines[file].len() - 1 - rejected - contradictions;
        assert_eq!(used, read.of(file).len());
        let of_file = json!({
            "used": used, "noticed": count("notice"), "rejected": rejected, "contradictions": contradictions,
        });
        if used + rejected + contradictions > 0 {
            rows.insert(file, of_file);
        }
    }
    let customers = read.of("customers.csv");
    let having = |column: &str, text: &str| customers.iter().filter(|row| row[column] == text).count();
    let several = |column: &'static str| {
        let named: BTreeSet<&str> = customers.iter().map(|row| row[column].as_str()).collect();
        named.iter().filter(|name| !name.is_empty()).count()
    };
    let policies = read.by("policies.csv", "id");
    let claims = read.by("claims.csv", "policy");
    let sums = |key: &dyn Fn(&Row) -> String| {
        let mut out: BTreeMap<String, [i64; 5]> = BTreeMap::new();
        for (id, policy) in &policies {
            let sums = out.entry(key(policy[0])).or_default();
            sums[0] += 1;
            sums[1] += cents(&policy[0]["premium"]);
            for claim in claims.get(id).into_iter().flatten() {
                sums[2] += 1;
                sums[3] += cents(&claim["paid"]);
                sums[4] += cents(&claim["reserve"]);
            }
        }
        out
    };
    let named = |sums: &[i64; 5]| json!({ "policies": sums[0], "premium_cents": sums[1], "claims": sums[2], "paid_cents": sums[3], "reserve_cents": sums[4] });
    let grouped = |key: &dyn Fn(&Row) -> String| {
        sums(key).iter().map(|(key, sums)| (key.clone(), named(sums))).collect::<BTreeMap<_, _>>()
    };
    let mut by_year: BTreeMap<String, (i64, i64, i64)> = BTreeMap::new();
    for claim in read.of("claims.csv") {
        let year = by_year.entry(claim["occurred"][..4].to_owned()).or_default();
        *year = (year.0 + 1, year.1 + cents(&claim["paid"]), year.2 + cents(&claim["reserve"]));
    }
    let sum = |file: &'static str, column: &str, wanted: &dyn Fn(i64) -> bool| -> i64 {
        read.of(file).iter().map(|row| cents(&row[column])).filter(|cents| wanted(*cents)).sum()
    };
    let count =
        |file: &'static str, wanted: &dyn Fn(&Row) -> bool| read.of(file).iter().filter(|row| wanted(row)).count();
    json!({
        "rows": rows,
        "persons": having("party_kind", "person"),
        "organisations": having("party_kind", "organisation"),
        "prospects": having("prospect", "true"),
        "blacklisted": having("blacklisted", "true"),
        "households": several("household"),
        "groups": several("group"),
        "policies": named(&sums(&|_| String::new()).get("").copied().unwrap_or_default()),
        "by_line": grouped(&|policy| policy["line"].clone()),
        "by_channel": grouped(&|policy| policy["channel"].clone()),
        "by_start_year": grouped(&|policy| policy["start"][..4].to_owned()),
        "claims_by_year": by_year,
        "renewals": count("policies.csv", &|row| !row["renewal_of"].is_empty()),
        "cancelled": count("endorsements.csv", &|row| row["code"].starts_with("cancel")),
        "endorsed_cents": sum("endorsements.csv", "premium_change", &|_| true),
        "received_cents": sum("receipts.csv", "amount", &|cents| cents >= 0),
        "refunded_cents": -sum("receipts.csv", "amount", &|cents| cents < 0),
        "costs_cents": sum("costs.csv", "amount", &|_| true),
        "complaints_open": count("complaints.csv", &|row| row["resolved_on"].is_empty()),
        "fraud": count("claims.csv", &|row| row["fraud"] == "true"),
        "planted": planted,
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn law_the_totals_are_those_of_the_files(
        customers in 1_u64..700, seed: u64, from in 2000_i64..2040, years in 1_i64..8, clean: bool, gb18030: bool,
    ) {
        let encoding = if gb18030 { Encoding::Gb18030 } else { Encoding::Utf8 };
        let read = reading::book("totals", &Plan { customers, seed, from, years, encoding, clean });
        prop_assert_eq!(added(&read), read.truth.totals.clone());
        let noticed = read.truth.planted.iter().filter(|entry| {
            matches!(entry, Planted::Row { effect, file, .. } if effect == "notice" && file == "customers.csv")
        });
        prop_assert_eq!(read.of("customers.csv").len() - noticed.count(), usize::try_from(customers).unwrap());
    }
}

/// Mutants: a reader that keeps contradictions, or loses a row, or reads a sum a cent wrong, gets other totals.
#[test]
fn the_law_catches_readers_that_are_wrong() {
    let plan = reading::plan(500, 9);
    let mut lost = reading::book("mutant", &plan);
    assert_eq!(added(&lost), lost.truth.totals);
    lost.rows.get_mut("receipts.csv").unwrap().last_mut().unwrap().insert("amount", "0.01".into());
    assert_ne!(added(&lost), lost.truth.totals);

    let mut wrong = reading::book("mutant", &plan);
    wrong.rows.get_mut("policies.csv").unwrap()[0].insert("channel", "pigeon".into());
    assert_ne!(added(&wrong), wrong.truth.totals);

    let mut kept = reading::book("mutant", &plan);
    let contradiction = kept
        .truth
        .planted
        .iter()
        .position(|entry| matches!(entry, Planted::Row { effect, .. } if effect == "contradiction"));
    kept.truth.planted.remove(contradiction.unwrap());
    assert!(std::panic::catch_unwind(|| added(&kept)).map_or(true, |totals| totals != kept.truth.totals));
}
