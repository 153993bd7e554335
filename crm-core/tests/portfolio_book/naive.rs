//! An independent count of the facts of one customer: it filters the flat tables again for each figure, in plain numbers
//! and exact fractions, and shares no code with the measuring.

use std::collections::{BTreeMap, BTreeSet};

use crm_core::{calendar::Date, party::PartyId, portfolio::*};
use num_rational::BigRational;
use num_traits::{Signed, ToPrimitive};

/// Figures by name: amounts in minor units, ratios in ten-thousandths of a per cent, none where absent.
pub type Figures = BTreeMap<&'static str, Option<i128>>;

fn ratio(part: i128, whole: i128) -> BigRational {
    BigRational::new(part.into(), whole.into())
}

/// Half up, away from zero.
fn rounded(exact: &BigRational) -> i128 {
    let half = ratio(1, 2);
    let whole = (exact.abs() + half).floor().to_integer().to_i128().unwrap();
    if exact.is_negative() { -whole } else { whole }
}

fn percent(part: i128, whole: i128) -> Option<i128> {
    (whole > 0).then(|| rounded(&(ratio(part, whole) * ratio(1_000_000, 1))))
}

/// Whole anniversaries passed: compares month and day as numbers.
fn years(from: Date, to: Date) -> Option<i128> {
    let number = |date: Date| date.year() * 10_000 + (date.month() * 100 + date.day()) as i32;
    let mut from_number = number(from);
    // Who began on 29 February has the anniversary on the 28th of a common year.
    if from.month() == 2 && from.day() == 29 && to.year() % 4 != 0 {
        from_number -= 1;
    }
    (from <= to).then(|| i128::from((number(to) - from_number) / 10_000))
}

/// Rows that a book keeps: sound, each once, in its currency.
pub fn sound(rows: &BookRows) -> BookRows {
    let mut kept = rows.clone();
    let cny = crm_core::money::Currency::CNY;
    let mut seen = BTreeSet::new();
    kept.customers.retain(|row| seen.insert(row.id.clone()));
    let mut seen = BTreeSet::new();
    kept.policies.retain(|row| {
        let sound = row.end > row.start
            && row.premium.currency() == cny
            && row.renewal_of.as_ref() != Some(&row.id)
            && row.sum_insured.currency() == cny;
        sound && seen.insert(row.id.clone())
    });
    kept.claims.retain(|row| {
        row.reported >= row.occurred && row.closed.is_none_or(|day| day >= row.reported) && row.reserve.minor() >= 0
    });
    let policies: BTreeSet<PolicyId> = kept.policies.iter().map(|row| row.id.clone()).collect();
    kept.endorsements.retain(|row| policies.contains(&row.policy));
    kept.receipts.retain(|row| policies.contains(&row.policy));
    kept.claims.retain(|row| policies.contains(&row.policy));
    kept
}

pub fn figures(rows: &BookRows, of: &PartyId, parameters: &FactParameters) -> Figures {
    let rows = sound(rows);
    let as_of = parameters.as_of;
    let tomorrow = as_of.plus_days(1).unwrap();
    let window = day_back(as_of, 1);
    let prior = day_back(as_of, 2);
    let policies: Vec<&PolicyRow> =
        rows.policies.iter().filter(|row| row.customer == *of && row.signed_on <= as_of).collect();
    let is_his = |id: &PolicyId| policies.iter().any(|row| row.id == *id);
    let policy = |id: &PolicyId| *policies.iter().find(|row| row.id == *id).unwrap();
    let endorsements: Vec<_> =
        rows.endorsements.iter().filter(|row| is_his(&row.policy) && row.booked <= as_of).collect();
    let receipts: Vec<_> = rows.receipts.iter().filter(|row| is_his(&row.policy) && row.received_on <= as_of).collect();
    let claims: Vec<_> = rows.claims.iter().filter(|row| is_his(&row.policy) && row.reported <= as_of).collect();
    let count = |number: usize| Some(number as i128);
    let sum = |amounts: &mut dyn Iterator<Item = i64>| amounts.map(i128::from).sum::<i128>();

    // Everything written, with its day and the span over which it is earned.
    let mut written: Vec<(i128, Date, Date, Date)> =
        policies.iter().map(|row| (i128::from(row.premium.minor()), row.signed_on, row.start, row.end)).collect();
    for row in &endorsements {
        let changed = policy(&row.policy);
        let from = if row.effective > changed.start { row.effective } else { changed.start };
        written.push((i128::from(row.premium_change.minor()), row.booked, from, changed.end));
    }
    let total: i128 = written.iter().map(|row| row.0).sum();
    let earned: i128 = written
        .iter()
        .map(|(amount, _, from, end)| {
            let passed = i128::from(from.days_until(tomorrow)).max(0);
            let whole = i128::from(from.days_until(*end));
            match passed {
                0 => 0,
                _ if whole <= passed => *amount,
                _ => rounded(&(ratio(*amount, 1) * ratio(passed, whole))),
            }
        })
        .sum();
    let in_window: i128 = written.iter().filter(|row| row.1 > window).map(|row| row.0).sum();
    let before: i128 = written.iter().filter(|row| row.1 > prior && row.1 <= window).map(|row| row.0).sum();
    let collected = sum(&mut receipts.iter().map(|row| row.amount.minor()));
    let open = |row: &PolicyRow| {
        let changes = sum(&mut endorsements.iter().filter(|e| e.policy == row.id).map(|e| e.premium_change.minor()));
        let paid = sum(&mut receipts.iter().filter(|r| r.policy == row.id).map(|r| r.amount.minor()));
        (i128::from(row.premium.minor()) + changes - paid).max(0)
    };
    let overdue =
        |row: &&&PolicyRow| i128::from(row.start.days_until(as_of)) > i128::from(parameters.overdue_after_days);
    let paid = sum(&mut claims.iter().map(|row| row.paid.minor()));
    let reserved = sum(&mut claims.iter().map(|row| row.reserve.minor()));
    let costs: Vec<_> = rows.costs.iter().filter(|row| row.customer == *of && row.on <= as_of).collect();
    let commission = sum(&mut costs.iter().filter(|row| row.kind == "commission").map(|row| row.amount.minor()));
    let cost = sum(&mut costs.iter().filter(|row| row.kind != "commission").map(|row| row.amount.minor()));
    let complaints: Vec<_> = rows.complaints.iter().filter(|row| row.customer == *of && row.on <= as_of).collect();
    let in_force = |row: &&&PolicyRow| row.start <= as_of && row.end > as_of;
    let renewed = |row: &PolicyRow| rows.policies.iter().any(|other| other.renewal_of.as_ref() == Some(&row.id));
    let expiring = policies.iter().filter(in_force).filter(|row| {
        i128::from(as_of.days_until(row.end)) <= i128::from(parameters.expiring_within_days) && !renewed(row)
    });
    let cover: i128 = policies
        .iter()
        .map(|row| i128::from(row.start.days_until(if row.end < tomorrow { row.end } else { tomorrow })).max(0))
        .sum();
    let since = rows.customers.iter().find(|row| row.id == *of).unwrap().since;
    let renewing = |row: &&&PolicyRow| row.renewal_of.is_some();
    [
        ("years_as_customer", years(since, as_of)),
        ("policies", count(policies.len())),
        ("policies_in_force", count(policies.iter().filter(in_force).count())),
        ("policies_expiring", count(expiring.count())),
        ("renewals", count(policies.iter().filter(renewing).count())),
        ("renewals_in_window", count(policies.iter().filter(renewing).filter(|row| row.signed_on > window).count())),
        (
            "new_in_window",
            count(policies.iter().filter(|row| row.renewal_of.is_none() && row.signed_on > window).count()),
        ),
        ("policies_before_window", count(policies.iter().filter(|row| row.signed_on <= window).count())),
        ("premium_written", Some(total)),
        ("premium_in_window", Some(in_window)),
        ("premium_before", Some(before)),
        ("premium_change", Some(in_window - before)),
        ("growth", percent(in_window - before, before)),
        ("premium_earned", Some(earned)),
        ("premium_unearned", Some(total - earned)),
        ("premium_collected", Some(collected)),
        ("refunds", Some(-sum(&mut receipts.iter().map(|row| row.amount.minor().min(0))))),
        ("receivable_open", Some(policies.iter().map(|row| open(row)).sum())),
        ("receivable_overdue", Some(policies.iter().filter(overdue).map(|row| open(row)).sum())),
        ("claims", count(claims.len())),
        ("claims_in_window", count(claims.iter().filter(|row| row.occurred > window).count())),
        ("claims_open", count(claims.iter().filter(|row| row.closed.is_none_or(|day| day > as_of)).count())),
        ("fraud_claims", count(claims.iter().filter(|row| row.fraud).count())),
        ("claims_paid", Some(paid)),
        ("claims_outstanding", Some(reserved)),
        ("claims_incurred", Some(paid + reserved)),
        (
            "claim_frequency",
            (cover > 0).then(|| rounded(&(ratio(claims.len() as i128 * 365, cover) * ratio(10_000, 1)))),
        ),
        ("loss_ratio_earned", percent(paid + reserved, earned)),
        ("loss_ratio_collected", percent(paid, collected)),
        ("clean_years", Some(clean_years(&policies, &claims, parameters))),
        ("commission", Some(commission)),
        ("cost_to_serve", Some(cost)),
        ("complaints", count(complaints.len())),
        (
            "complaints_open",
            count(complaints.iter().filter(|row| row.resolved_on.is_none_or(|day| day > as_of)).count()),
        ),
        ("result_earned", Some(earned - paid - reserved - commission - cost)),
        ("result_collected", Some(collected - paid - commission - cost)),
    ]
    .into()
}

/// The day some years back; the 29th of February becomes the 28th.
fn day_back(day: Date, years: i32) -> Date {
    Date::new(day.year() - years, day.month(), day.day())
        .or_else(|_| Date::new(day.year() - years, day.month(), 28))
        .unwrap()
}

/// Walks back day by day from the end of cover, or from the review, until a stop in cover that is too long.
fn clean_years(policies: &[&PolicyRow], claims: &[&ClaimRow], parameters: &FactParameters) -> i128 {
    let as_of = parameters.as_of;
    let started: Vec<_> = policies.iter().filter(|row| row.start <= as_of).collect();
    let Some(last) = started.iter().map(|row| row.end).max() else { return 0 };
    let until = if last < as_of { last } else { as_of };
    let covered = |day: Date| started.iter().any(|row| row.start <= day && day < row.end);
    let (mut day, mut from, mut gap) = (until, until, 0);
    let first = started.iter().map(|row| row.start).min().unwrap();
    while day >= first {
        if covered(day) {
            gap = 0;
            from = day;
        } else if day < last {
            gap += 1;
            if gap > parameters.cover_gap_days {
                break;
            }
        }
        day = day.plus_days(-1).unwrap();
    }
    let last_claim = claims.iter().map(|row| row.occurred).max();
    let from = last_claim.filter(|claim| *claim > from).unwrap_or(from);
    years(from, until).unwrap_or(0)
}
