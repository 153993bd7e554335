//! What was planted against what was found: every faulty row on its line, every sum to the cent, every story.

use std::collections::{BTreeMap, BTreeSet};

use super::truth::{Effect, Planted, Truth};
use crate::{customer_review::CustomerSummary, stop::Outcome, store::Store};

/// What came of what was planted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Found {
    /// Planted rows that were found.
    pub rows: i64,
    /// Sums that are equal.
    pub sums: i64,
    /// Stories found, of those planted, by kind.
    pub stories: BTreeMap<String, (i64, i64)>,
    /// Everything that differs, in words for the developer; empty when everything came out.
    pub differences: Vec<String>,
}

/// Compares the results in a database with the truth.
///
/// # Errors
/// What the database says.
pub fn compare(truth: &Truth, summary: &CustomerSummary, store: &Store) -> Outcome<Found> {
    let mut found = Found::default();
    rows(truth, store, &mut found)?;
    sums(truth, summary, store, &mut found)?;
    stories(truth, store, &mut found)?;
    Ok(found)
}

type Places = BTreeMap<(String, u64), BTreeSet<String>>;

fn places(store: &Store, table: &str) -> Outcome<Places> {
    let mut places: Places = BTreeMap::new();
    for row in store.texts(&format!("SELECT file, line, code FROM {table}"))? {
        let [file, line, code] = row.as_slice() else { continue };
        places.entry((file.clone(), line.parse().unwrap_or_default())).or_default().insert(code.clone());
    }
    Ok(places)
}

/// Every planted row on its line with its code, and no other row rejected.
fn rows(truth: &Truth, store: &Store, found: &mut Found) -> Outcome<()> {
    let (mut rejected, noticed) = (places(store, "rejected")?, places(store, "notice")?);
    for planted in &truth.planted {
        let Planted::Row { file, line, kind, effect, code, .. } = planted else { continue };
        let at = (file.clone(), *line);
        let held = if *effect == Effect::Notice { noticed.get(&at).cloned() } else { rejected.remove(&at) };
        let right = match (&held, code) {
            (Some(codes), Some(code)) => codes.contains(code),
            (Some(_), None) => true,
            // A notice without a code is a row that is simply used.
            (None, code) => *effect == Effect::Notice && code.is_none(),
        };
        if right {
            found.rows += 1;
        } else {
            let held =
                held.map_or_else(|| "nothing".to_owned(), |codes| codes.into_iter().collect::<Vec<_>>().join(", "));
            let wanted = code.as_deref().unwrap_or("any code");
            found.differences.push(format!("{file} line {line} ({kind}): {wanted} planted, {held} found"));
        }
    }
    for ((file, line), codes) in rejected {
        let codes = codes.into_iter().collect::<Vec<_>>().join(", ");
        found.differences.push(format!("{file} line {line}: nothing planted, {codes} found"));
    }
    Ok(())
}

fn sums(truth: &Truth, summary: &CustomerSummary, store: &Store, found: &mut Found) -> Outcome<()> {
    let totals = &truth.totals;
    let mut same = |name: &str, planted: i64, read: i64| {
        if planted == read {
            found.sums += 1;
        } else {
            found.differences.push(format!("{name}: {planted} planted, {read} found"));
        }
    };
    for (file, rows) in &totals.rows {
        let read = summary.files.iter().find(|own| own.file == *file);
        same(&format!("{file} used"), rows.used, read.map_or(0, |own| own.used));
        let rejected = read.map_or(0, |own| own.rejected.values().sum());
        same(&format!("{file} rejected"), rows.rejected + rows.contradictions, rejected);
    }
    let count = |name: &str| summary.counts.get(name).copied().unwrap_or_default();
    same("persons", totals.persons, count("customers.persons"));
    same("organisations", totals.organisations, count("customers.organisations"));
    same("prospects", totals.prospects, count("customers.prospects"));
    same("blacklisted", totals.blacklisted, count("customers.blacklisted"));
    same("claims", totals.policies.claims, count("claims.number"));
    let cents = |name: &str| summary.amounts.get(name).map_or(0, |amount| cents_of(amount));
    same("premium", totals.policies.premium_cents + totals.endorsed_cents, cents("premium.written"));
    same("received", totals.received_cents - totals.refunded_cents, cents("premium.collected"));
    same("paid", totals.policies.paid_cents, cents("claims.paid"));
    same("reserve", totals.policies.reserve_cents, cents("claims.outstanding"));
    same("costs", totals.costs_cents, cents("cost.to_serve"));
    for (kind, sql, planted) in [
        ("households", "SELECT count(DISTINCT household) FROM customers", totals.households),
        ("groups", "SELECT count(DISTINCT \"group\") FROM customers", totals.groups),
        ("renewals", "SELECT count(*) FROM policies WHERE renewal_of IS NOT NULL", totals.renewals),
        ("cancelled", "SELECT count(*) FROM endorsements WHERE effect = 'cancellation'", totals.cancelled),
        ("fraud", "SELECT count(*) FROM claims WHERE fraud = 'true'", totals.fraud),
        ("complaints", "SELECT count(*) FROM complaints WHERE resolved_on IS NULL", totals.complaints_open),
    ] {
        same(kind, planted, store.number(sql)?);
    }
    for (column, groups) in
        [("line", &totals.by_line), ("channel", &totals.by_channel), ("substr(start, 1, 4)", &totals.by_start_year)]
    {
        for (key, planted) in groups {
            let own = format!("FROM policies WHERE {column} = '{key}'");
            same(&format!("{key} policies"), planted.policies, store.number(&format!("SELECT count(*) {own}"))?);
            let premium = store.number(&format!("SELECT coalesce(sum(premium), 0) {own}"))?;
            same(&format!("{key} premium"), planted.premium_cents, premium);
            let claims = format!("FROM claims WHERE policy IN (SELECT id {own})");
            same(&format!("{key} claims"), planted.claims, store.number(&format!("SELECT count(*) {claims}"))?);
            let paid = store.number(&format!("SELECT coalesce(sum(paid), 0) {claims}"))?;
            same(&format!("{key} paid"), planted.paid_cents, paid);
            let reserve = store.number(&format!("SELECT coalesce(sum(reserve), 0) {claims}"))?;
            same(&format!("{key} reserve"), planted.reserve_cents, reserve);
        }
    }
    for (year, (number, paid, reserve)) in &totals.claims_by_year {
        let own = format!("FROM claims WHERE substr(occurred, 1, 4) = '{year}'");
        same(&format!("losses of {year}"), *number, store.number(&format!("SELECT count(*) {own}"))?);
        same(&format!("paid for {year}"), *paid, store.number(&format!("SELECT coalesce(sum(paid), 0) {own}"))?);
        same(
            &format!("reserve for {year}"),
            *reserve,
            store.number(&format!("SELECT coalesce(sum(reserve), 0) {own}"))?,
        );
    }
    Ok(())
}

fn cents_of(amount: &str) -> i64 {
    amount.replace('.', "").parse().unwrap_or_default()
}

/// Each story by the list in which a reader finds it. Names that are nearly the same, and the others of a ring, are for
/// screening.
fn stories(truth: &Truth, store: &Store, found: &mut Found) -> Outcome<()> {
    let set = |sql: &str| -> Outcome<BTreeSet<String>> {
        Ok(store.texts(sql)?.into_iter().filter_map(|row| row.into_iter().next()).collect())
    };
    let group = |name: &str| set(&format!("SELECT customer FROM membership WHERE segment = '{name}'"));
    let warned =
        |name: &str| set(&format!("SELECT customer FROM warning WHERE warning = '{name}' AND cleared_on IS NULL"));
    let (good, poor, large) = (group("good")?, group("poor")?, group("large")?);
    // The grade says what a customer is worth in the window; a large policy may have been signed before it.
    let top =
        set("SELECT customer FROM fact WHERE grade = 'A' UNION SELECT customer FROM (SELECT customer FROM fact \
                   ORDER BY premium_written DESC LIMIT (SELECT MAX(1, COUNT(*) / 100) FROM fact))")?;
    let (overdue, often) = (warned("premium_overdue")?, warned("many_claims")?);
    let mut twins: BTreeMap<String, BTreeSet<(String, String)>> = BTreeMap::new();
    for row in store.texts("SELECT kind, first, second FROM twin")? {
        let [kind, first, second] = row.as_slice() else { continue };
        twins.entry(kind.clone()).or_default().insert((first.clone(), second.clone()));
    }
    let mut planted_twins: BTreeMap<String, i64> = BTreeMap::new();
    for planted in &truth.planted {
        let Planted::Story { kind, customers, cents, .. } = planted else { continue };
        let Some(customer) = customers.first() else { continue };
        let right = match kind.as_str() {
            "same_document" | "same_name_and_mobile" => {
                *planted_twins.entry(kind.clone()).or_default() += 1;
                let [first, second] = customers.as_slice() else { continue };
                let pair =
                    if first < second { (first.clone(), second.clone()) } else { (second.clone(), first.clone()) };
                twins.get(kind).is_some_and(|pairs| pairs.contains(&pair))
            }
            "frequent_claimant" => often.contains(customer) && poor.contains(customer),
            "large_customer" => large.contains(customer) || top.contains(customer),
            "good_customer" => good.contains(customer),
            "poor_customer" => poor.contains(customer),
            "unpaid_premium" => {
                let owed = "SELECT receivable_overdue FROM fact WHERE customer = ";
                let owed = store.number(&format!("{owed}'{customer}'"))?;
                overdue.contains(customer) && Some(owed) == *cents
            }
            // One of the ring was found out.
            "fraud_ring" => customers.iter().any(|customer| poor.contains(customer)),
            _ => continue,
        };
        let (held, all) = found.stories.entry(kind.clone()).or_default();
        *all += 1;
        if right {
            *held += 1;
        } else {
            found.differences.push(format!("{kind}: the story of {customer} was not found"));
        }
    }
    for (kind, pairs) in twins {
        let planted = planted_twins.get(&kind).copied().unwrap_or_default();
        let held = i64::try_from(pairs.len()).unwrap_or(i64::MAX);
        if planted != held {
            found.differences.push(format!("{kind}: {planted} pairs planted, {held} found"));
        }
    }
    Ok(())
}
