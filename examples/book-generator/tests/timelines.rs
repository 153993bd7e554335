//! Everything in a book happens in an order that can be.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod reading;

use std::collections::{BTreeMap, BTreeSet};

use book_generator::{Encoding, Plan};
use proptest::prelude::*;
use reading::{Planted, Read, Row, cents};

/// What can't be, in the order of the files. Days are compared as text: `YYYY-MM-DD` sorts as time runs.
fn breaches(read: &Read) -> Vec<String> {
    let mut out = Vec::new();
    let as_of = read.truth.as_of.as_str();
    let first_day = read.truth.first_day.as_str();
    let mut need = |right: bool, row: &Row, what: &str| {
        if !right {
            out.push(format!("{}: {what}", row["id"]));
        }
    };
    let customers = read.by("customers.csv", "id");
    let policies = read.by("policies.csv", "id");
    let endorsements = read.by("endorsements.csv", "policy");
    let branches: BTreeSet<&str> = read.of("branches.csv").iter().map(|row| row["code"].as_str()).collect();
    let agents: BTreeMap<&str, &Row> = read.of("agents.csv").iter().map(|row| (row["code"].as_str(), row)).collect();
    for file in [
        "customers.csv",
        "vehicles.csv",
        "policies.csv",
        "endorsements.csv",
        "receipts.csv",
        "claims.csv",
        "costs.csv",
        "complaints.csv",
    ] {
        for (_, rows) in read.by(file, "id") {
            need(rows.len() == 1, rows[0], "the id stands twice");
        }
    }
    for row in read.of("agents.csv") {
        let superior = row["superior"].as_str();
        let led = superior.is_empty() || agents.get(superior).is_some_and(|other| other["branch"] == row["branch"]);
        let row: Row = row.clone().into_iter().chain([("id", row["code"].clone())]).collect();
        need(led && branches.contains(row["branch"].as_str()), &row, "the hierarchy is broken");
    }
    for row in read.of("customers.csv") {
        need(row["since"].as_str() <= as_of, row, "came after the book");
        need(row["birth"] <= row["since"], row, "came before birth");
        need(branches.contains(row["branch"].as_str()), row, "branch unknown");
    }
    let mut owners: BTreeMap<&str, Vec<(&str, &str, &str)>> = BTreeMap::new();
    for row in read.of("vehicles.csv") {
        let until = if row["owner_until"].is_empty() { "9999" } else { &row["owner_until"] };
        need(row["first_registered"] <= row["owner_from"], row, "owned before it was registered");
        need(row["owner_from"].as_str() < until, row, "owned backwards");
        need(row["owner_from"].as_str() <= as_of && (until == "9999" || until <= as_of), row, "owned after the book");
        need(customers.contains_key(row["customer"].as_str()), row, "owner unknown");
        let others = owners.entry(&row["vin"]).or_default();
        let apart = others.iter().all(|(from, other, _)| row["owner_from"].as_str() >= *other || until <= *from);
        need(apart, row, "two own it on a day");
        others.push((&row["owner_from"], until, &row["customer"]));
    }
    for row in read.of("policies.csv") {
        let Some(customer) = customers.get(row["customer"].as_str()) else {
            need(false, row, "customer unknown");
            continue;
        };
        need(branches.contains(row["branch"].as_str()), row, "branch unknown");
        need(customer[0]["prospect"] == "false", row, "a prospect has bought");
        need(row["signed_on"] >= customer[0]["since"], row, "signed before the customer came");
        need(row["signed_on"] <= row["start"] && row["start"] < row["end"], row, "signed late or ends early");
        need((first_day..=as_of).contains(&row["start"].as_str()), row, "starts outside the book");
        need(cents(&row["premium"]) > 0 && cents(&row["sum_insured"]) > 0, row, "costs nothing");
        let agent = agents.get(row["agent"].as_str());
        let by_agent = matches!(row["channel"].as_str(), "agent" | "broker");
        need(
            by_agent != row["agent"].is_empty() && by_agent == agent.is_some(),
            row,
            "the agent is not of the channel",
        );
        need(
            agent.is_none_or(|agent| agent["kind"] == row["channel"] && agent["branch"] == row["branch"]),
            row,
            "another agent",
        );
        if !row["vin"].is_empty() {
            let owned = owners.get(row["vin"].as_str()).is_some_and(|owners| {
                let start = row["start"].as_str();
                owners.iter().any(|(from, until, who)| *who == row["customer"] && *from <= start && start < *until)
            });
            need(owned, row, "insures a vehicle of another");
        }
        if !row["renewal_of"].is_empty() {
            let renewed = policies.get(row["renewal_of"].as_str()).is_some_and(|before| {
                let same = |column: &str| before[0][column] == row[column];
                before[0]["end"] == row["start"] && ["customer", "product", "vin"].into_iter().all(same)
            });
            need(renewed, row, "renews nothing");
        }
    }
    // First day without cover.
    let until = |policy: &Row| {
        let cancelled = endorsements.get(policy["id"].as_str()).into_iter().flatten();
        let mut cancelled =
            cancelled.filter(|row| row["code"].starts_with("cancel")).map(|row| row["effective"].clone());
        cancelled.next().unwrap_or_else(|| policy["end"].clone())
    };
    for row in read.of("endorsements.csv") {
        let policy = policies.get(row["policy"].as_str());
        let inside =
            policy.is_some_and(|policy| policy[0]["start"] < row["effective"] && row["effective"] < policy[0]["end"]);
        need(inside, row, "changes no policy in force");
        need(row["effective"] <= row["booked"] && row["booked"].as_str() <= as_of, row, "booked early or late");
    }
    for row in read.of("receipts.csv") {
        let Some(policy) = policies.get(row["policy"].as_str()) else {
            need(false, row, "policy unknown");
            continue;
        };
        need(row["received_on"] >= policy[0]["signed_on"], row, "paid before signing");
        need(
            row["received_on"].as_str() <= as_of && cents(&row["amount"]) != 0,
            row,
            "paid after the book, or nothing",
        );
        if cents(&row["amount"]) < 0 {
            let changes = endorsements.get(row["policy"].as_str()).into_iter().flatten();
            let mut booked =
                changes.filter(|change| cents(&change["premium_change"]) < 0).map(|change| &change["booked"]);
            need(booked.any(|booked| *booked < row["received_on"]), row, "given back without a reason");
        }
    }
    for row in read.of("claims.csv") {
        let Some(policy) = policies.get(row["policy"].as_str()) else {
            need(false, row, "policy unknown");
            continue;
        };
        let occurred = &row["occurred"];
        need(policy[0]["start"] <= *occurred && *occurred < until(policy[0]), row, "occurred outside cover");
        need(*occurred <= row["reported"] && row["reported"] <= row["opened"], row, "opened before it was known");
        need(row["opened"].as_str() <= as_of && row["closed"].as_str() <= as_of, row, "later than the book");
        let closed = !row["closed"].is_empty();
        need(!closed || (row["opened"] <= row["closed"] && cents(&row["reserve"]) == 0), row, "closed too early");
        need(cents(&row["paid"]) >= 0 && cents(&row["reserve"]) >= 0, row, "less than nothing");
        need(closed || cents(&row["reserve"]) > 0, row, "open without a reserve");
    }
    for row in read.of("costs.csv").iter().chain(read.of("complaints.csv")) {
        let on = row["on"].as_str();
        let known = customers.get(row["customer"].as_str()).is_some_and(|customer| customer[0]["since"].as_str() <= on);
        need(known && (first_day..=as_of).contains(&on), row, "nobody's, or not in the book");
    }
    for row in read.of("complaints.csv") {
        need(row["resolved_on"].is_empty() || row["on"] < row["resolved_on"], row, "resolved before");
    }
    out
}

/// A policy is paid in full or in part, and never more than it costs.
fn overpaid(read: &Read) -> Vec<String> {
    let sum = |rows: Option<&Vec<&Row>>, column: &str| -> i64 {
        rows.into_iter().flatten().map(|row| cents(&row[column])).sum()
    };
    let (receipts, changes) = (read.by("receipts.csv", "policy"), read.by("endorsements.csv", "policy"));
    read.of("policies.csv")
        .iter()
        .filter(|policy| {
            let id = policy["id"].as_str();
            let owed = cents(&policy["premium"]) + sum(changes.get(id), "premium_change");
            // A refund may still be on its way on the book's day.
            let refunds: i64 =
                changes.get(id).into_iter().flatten().map(|row| cents(&row["premium_change"]).min(0)).sum();
            sum(receipts.get(id), "amount") > owed - refunds || owed < 0
        })
        .map(|policy| policy["id"].clone())
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn law_everything_happens_in_order(
        customers in 1_u64..600, seed: u64, from in 2000_i64..2040, years in 1_i64..9,
    ) {
        let plan = Plan { customers, seed, from, years, encoding: Encoding::Utf8, clean: false };
        let read = reading::book("order", &plan);
        prop_assert_eq!(breaches(&read), Vec::<String>::new());
        prop_assert_eq!(overpaid(&read), Vec::<String>::new());
    }
}

/// A company that joins on one of the last days of a short book: its fleet is owned by then.
#[test]
fn a_late_fleet_is_owned_within_the_book() {
    let plan = Plan {
        customers: 226,
        seed: 14_920_798_057_232_245_307,
        from: 2000,
        years: 2,
        encoding: Encoding::Utf8,
        clean: false,
    };
    assert_eq!(breaches(&reading::book("late_fleet", &plan)), Vec::<String>::new());
}

/// The mutants are the planted contradictions: a reader that takes them in breaks the law, by each kind of them.
#[test]
fn the_law_catches_each_kind_of_contradiction() {
    let plan = reading::plan(3_000, 31);
    let read = reading::read("contradictions", &plan, &["rejected"]);
    let found = breaches(&read);
    let mut seen = BTreeSet::new();
    for planted in &read.truth.planted {
        let Planted::Row { effect, kind, id, file, .. } = planted else { continue };
        // Birth dates are compared with documents where rows are checked one by one.
        if effect == "contradiction" && kind != "birth_differs_from_document" && file != "agents.csv" {
            let is_caught = found.iter().any(|breach| breach.starts_with(id.as_str()));
            assert!(is_caught, "{file} {id}: {kind} was not caught");
            seen.insert(kind.as_str());
        }
    }
    assert!(seen.len() > 8, "{seen:?}");
    assert!(found.iter().any(|breach| breach.ends_with("the hierarchy is broken")));
}
