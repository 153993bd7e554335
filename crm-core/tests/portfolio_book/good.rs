//! Good customers (H2), years of cover, exact ratios, value of the window: each against what went wrong without it.

use crm_core::{money::Currency, portfolio::*};

use super::{rows::*, segments::assigned};

/// One customer of good credit with these policies.
fn with(policies: Vec<PolicyRow>) -> BookRows {
    let mut one = customer(0);
    one.commercial_credit = Some("A".into());
    BookRows { customers: vec![one], policies, ..BookRows::default() }
}

fn until(mut row: PolicyRow, end: &str) -> PolicyRow {
    row.end = day(end);
    row
}

fn groups(rows: BookRows) -> Vec<String> {
    assigned(rows).customer(&everything(), &id(0)).unwrap().segments.clone()
}

fn facts_at(rows: BookRows, parameters: &FactParameters) -> CustomerFacts {
    let facts = Facts::of(&book_of(rows)).at(parameters).unwrap();
    facts.customer(&everything(), &id(0)).unwrap().clone()
}

#[test]
fn one_day_of_cover_is_no_record() {
    let rows = with(vec![policy(0, 0, "2025-12-31")]);
    let facts = facts_at(rows.clone(), &parameters());
    assert_eq!((facts.loss_ratio_years.value().unwrap().to_string().as_str(), facts.cover_years), ("0.0000", 0));
    assert_eq!(groups(rows), ["newly_insured"]);
}

#[test]
fn who_left_is_no_good_customer() {
    let years = |last: &str| with(vec![until(policy(0, 0, "2012-01-01"), last)]);
    assert_eq!(facts_at(years("2015-12-01"), &parameters()).clean_years, 3);
    assert_eq!(groups(years("2015-12-01")), [""; 0]);
    assert_eq!(groups(years("2026-12-01")), ["good"]);
}

#[test]
fn a_low_ratio_counts_over_its_years() {
    // 3650.00 for 3650 days; a claim each year, so that no year is clean.
    let mut rows = with(vec![until(policy(0, 0, "2016-01-01"), "2025-12-29")]);
    rows.policies.push(until(policy(1, 0, "2025-12-29"), "2026-12-29"));
    rows.policies[0].premium = cny(1_000_000);
    let in_years = |minor: i64| {
        let mut rows = rows.clone();
        rows.claims = vec![claim(0, "P0", "2025-06-01", minor, 0)];
        rows
    };
    // About 3000.00 were earned in three years.
    let facts = facts_at(in_years(50_000), &parameters());
    assert_eq!((facts.clean_years, facts.cover_years), (0, 9));
    assert_eq!(facts.premium_earned_in_years, cny(302_452));
    assert!(groups(in_years(50_000)).contains(&"good".to_string()));
    // 700.00 is little of the 10,000.00 ever earned and too much of three years.
    let facts = facts_at(in_years(70_000), &parameters());
    assert_eq!(facts.loss_ratio_earned.value().unwrap().to_string(), "6.9791");
    assert_eq!(facts.loss_ratio_years.value().unwrap().to_string(), "23.1442");
    assert!(!groups(in_years(70_000)).contains(&"good".to_string()));
    // Over more years it is low again.
    let ten = FactParameters { ratio_years: 10, ..parameters() };
    assert_eq!(facts_at(in_years(70_000), &ten).loss_ratio_years.value().unwrap().to_string(), "6.9791");
}

#[test]
fn years_of_cover_are_days_with_cover() {
    // A week of cover every twelve weeks for three years: the stops are within the gap, the days are not there.
    let week = |number: i64| {
        let start = day("2022-12-01").plus_days(84 * number).unwrap();
        PolicyRow { end: start.plus_days(7).unwrap(), signed_on: start, start, ..policy(number, 0, "2022-12-01") }
    };
    let facts = facts_at(with((0..14).map(week).collect()), &parameters());
    assert_eq!((facts.clean_years, facts.cover_years, facts.cover_days), (0, 0, 98));
    // Policies of a year with a month between them are three years, not the longer span; days with two policies count once.
    let year = |number: i64, start: &str| policy(number, 0, start);
    let mut rows =
        with(vec![year(0, "2022-09-01"), year(1, "2023-10-01"), year(2, "2024-11-01"), year(3, "2024-11-01")]);
    rows.policies[1].end = day("2024-10-01");
    let facts = facts_at(rows.clone(), &parameters());
    assert_eq!((facts.clean_years, facts.cover_years, facts.cover_days), (3, 3, 4 * 365 + 1));
    // The leap day was in none of them: three years all the same.
    let starts = ["2022-01-20", "2023-01-20", "2024-03-20"];
    let plain = with(starts.iter().zip(0..).map(|(start, number)| year(number, start)).collect());
    assert_eq!(facts_at(plain, &parameters()).cover_years, 3);
    rows.claims.push(claim(0, "P1", "2023-10-02", 1, 0));
    let facts = facts_at(rows, &parameters());
    assert_eq!((facts.clean_years, facts.cover_years), (1, 3));
}

#[test]
fn a_ratio_that_rounds_to_the_threshold_is_not_at_it() {
    let mut rows = with(vec![until(policy(0, 0, "2025-01-01"), "2026-01-01")]);
    rows.policies[0].premium = cny(10_000_000);
    let of = |minor: i64| {
        let mut rows = rows.clone();
        rows.claims = vec![claim(0, "P0", "2025-06-01", minor, 0)];
        (facts_at(rows.clone(), &parameters()).loss_ratio_earned.value().unwrap().to_string(), groups(rows))
    };
    // 99.99996 % is shown as 100.0000 % and is below 100 %.
    assert_eq!(of(9_999_996), ("100.0000".into(), vec!["newly_insured".into(), "had_claim".into()]));
    assert_eq!(of(10_000_000).1, ["newly_insured", "had_claim", "poor"]);
    // So it is for warnings: raised at 80 % and no hair before, and shown rounded.
    let mut raised = |minor: i64| {
        rows.claims = vec![claim(0, "P0", "2025-06-01", minor, 0)];
        china().review(&WarningList::default(), &assigned(rows.clone())).unwrap().list.raised
    };
    assert!(raised(7_999_999).iter().all(|one| one.warning != "high_loss_ratio"));
    let warned = raised(8_000_001);
    let warned = warned.iter().find(|one| one.warning == "high_loss_ratio").unwrap();
    assert_eq!(warned.value.to_string(), "80.0000");
}

#[test]
fn who_left_is_not_ranked_and_new_premium_counts_once() {
    let mut rows = BookRows { customers: (0..3).map(customer).collect(), ..BookRows::default() };
    // He paid most, long ago; one who pays since years; one who is new.
    rows.policies = vec![
        policy(0, 0, "2020-01-01"),
        policy(1, 1, "2024-02-01"),
        policy(2, 1, "2025-02-01"),
        policy(3, 2, "2025-03-01"),
    ];
    rows.policies[0].premium = cny(99_000_000);
    rows.policies[2].premium = cny(400_000);
    rows.policies[3].premium = cny(420_000);
    rows.receipts = vec![receipt(0, "P0", "2020-01-01", 99_000_000)];
    rows.costs = [("2021-01-01", 9_000_000), ("2025-06-01", 5_000)]
        .into_iter()
        .zip(0..)
        .map(|((on, minor), number)| CostRow {
            id: CostId::new(&format!("K{number}")).unwrap(),
            customer: id(1),
            policy: None,
            on: day(on),
            kind: "visit".into(),
            amount: cny(minor),
        })
        .collect();
    let assignment = assigned(rows);
    let place = |number: i64| {
        let row = assignment.customer(&everything(), &id(number)).unwrap();
        (row.rank, row.score.map(|score| score.to_string()))
    };
    assert_eq!(place(0), (None, None));
    // 4000.00 and 350.00 more than the year before, less the 50.00 of the window.
    assert_eq!(place(1), (Some(1), Some("4300".into())));
    assert_eq!(place(2), (Some(2), Some("4200".into())));
    let report = assignment.report(&everything()).unwrap();
    assert_eq!((report.ungraded, report.rank_cover_days), (1, 1));
    let graded: i64 = report.bands.iter().map(|band| band.revenue.minor()).sum();
    assert_eq!(graded, 820_000);
    // A model that wants half a year of cover in the window ranks who has it.
    let mut spec = china_segments().unwrap();
    let least = spec.parameters.iter_mut().find(|one| one.name == "rank_cover_days").unwrap();
    least.values[0].value = crm_core::rulebook::Scalar::Integer(320);
    let model = SegmentModel::load(&spec).unwrap();
    let assignment = model.assign(assignment.facts().clone(), HostFacts::new()).unwrap();
    assert_eq!(assignment.customer(&everything(), &id(2)).unwrap().rank, None);
    assert_eq!(assignment.customer(&everything(), &id(1)).unwrap().rank, Some(1));
}

#[test]
fn a_claim_that_cost_nothing_ends_no_clean_years_unless_asked() {
    let mut rows = with(vec![until(policy(0, 0, "2020-01-01"), "2026-06-01")]);
    let mut rejected = claim(0, "P0", "2025-06-01", 0, 0);
    (rejected.closed, rejected.outcome) = (Some(day("2025-07-01")), Some(ClaimOutcome::Rejected));
    rejected.fraud = true;
    rows.claims.push(rejected);
    let facts = facts_at(rows.clone(), &parameters());
    assert_eq!((facts.clean_years, facts.claims, facts.claims_nil, facts.fraud_claims), (5, 0, 1, 1));
    let strict = FactParameters { nil_claims_count: true, ..parameters() };
    let facts = facts_at(rows.clone(), &strict);
    assert_eq!((facts.clean_years, facts.claims, facts.claims_nil), (0, 1, 1));
    // Before it was closed nobody knew.
    let early = FactParameters { as_of: day("2025-06-30"), ..parameters() };
    assert_eq!(facts_at(rows.clone(), &early).claims, 1);
    // A case that was paid counts as ever.
    rows.claims[0].outcome = Some(ClaimOutcome::Accepted);
    assert_eq!(facts_at(rows.clone(), &parameters()).claims, 1);
    let codes = |row: &ClaimRow| {
        let refusal = row.check().unwrap_err();
        (refusal.code().to_string(), refusal.path().to_string())
    };
    let mut open = rows.claims[0].clone();
    open.closed = None;
    assert_eq!(codes(&open), ("portfolio.claim.outcome_open".into(), "/outcome".into()));
    let mut paid = rows.claims[0].clone();
    (paid.outcome, paid.paid) = (Some(ClaimOutcome::Nil), cny(1));
    assert_eq!(codes(&paid), ("portfolio.claim.outcome_paid".into(), "/paid".into()));
}

#[test]
fn parameters_that_cannot_be_are_refused() {
    let wrong = FactParameters {
        window_months: 0,
        expiring_within_days: -1,
        overdue_after_days: -1,
        cover_gap_days: -1,
        ratio_years: 0,
        ..FactParameters::new(as_of(), Currency::CNY)
    };
    let refusal = Facts::of(&book_of(BookRows::default())).at(&wrong).unwrap_err();
    let told: Vec<String> = refusal.faults().iter().map(|fault| format!("{} {}", fault.code(), fault.path())).collect();
    let names = ["window_months", "expiring_within_days", "overdue_after_days", "cover_gap_days", "ratio_years"];
    assert_eq!(told, names.map(|name| format!("portfolio.parameter.range /{name}")));
}

#[test]
fn rows_that_count_and_look_odd_are_noticed() {
    let noticed = |rows: BookRows| {
        let facts = facts_of(rows);
        let codes =
            facts.noticed().values().flat_map(|codes| codes.iter().map(|(code, rows)| format!("{code} {rows}")));
        (codes.collect::<Vec<_>>(), facts.customer(&everything(), &id(0)).unwrap().clone())
    };
    // Two policies that renew each other renew none, a third that renews one of them does.
    let renewing = |number: i64, before: &str| PolicyRow {
        renewal_of: Some(PolicyId::new(before).unwrap()),
        ..policy(number, 0, "2025-01-01")
    };
    let (codes, facts) = noticed(with(vec![renewing(1, "P2"), renewing(2, "P1"), renewing(3, "P1")]));
    assert_eq!((codes, facts.renewals), (vec!["portfolio.renewal.cycle 2".to_string()], 1));
    // A renewal of somebody else's policy counts and is told.
    let mut rows = with(vec![renewing(1, "P7")]);
    rows.customers.push(customer(1));
    rows.policies.push(policy(7, 1, "2024-01-01"));
    let (codes, facts) = noticed(rows);
    assert_eq!((codes, facts.renewals), (vec!["portfolio.renewal.other_customer 1".to_string()], 1));
    // Amounts of a later day count and are told.
    let mut rows = with(vec![policy(0, 0, "2025-01-01")]);
    rows.claims.push(ClaimRow { valued_on: Some(day("2026-01-01")), ..claim(0, "P0", "2025-06-01", 7, 0) });
    let (codes, facts) = noticed(rows.clone());
    assert_eq!((codes, facts.claims_paid), (vec!["portfolio.claim.valued_later 1".to_string()], cny(7)));
    rows.claims[0].valued_on = Some(as_of());
    assert_eq!(noticed(rows).0, [""; 0]);
}
