//! A part of the compulsory motor tariff, by hand.

use std::collections::BTreeMap;

use crm_core::{
    calendar::Date,
    product::{BatchRequests, Business, PointColumn, Quote, RatePlan, RateRequest},
    refusal::{Lang, Refusal},
    rulebook::Scalar,
};

pub fn plan() -> RatePlan {
    RatePlan::from_json(include_bytes!("motor.json")).unwrap()
}

pub fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

pub fn new_on(text: &str) -> RateRequest {
    RateRequest { business: Business::New, inception: day(text), signed_on: None }
}

pub fn risk(values: &[(&str, Scalar)]) -> BTreeMap<String, Scalar> {
    values.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect()
}

fn private(clean_years: i64) -> BTreeMap<String, Scalar> {
    risk(&[("use", "private".into()), ("seats", 5.into()), ("clean_years", clean_years.into())])
}

/// Quotes by the model and by the compiled plan, which must say the same.
fn both(plan: &RatePlan, risk: &BTreeMap<String, Scalar>, request: &RateRequest) -> Result<Quote, Refusal> {
    let explained = plan.quote_explained(risk, request);
    let quote = plan.quote(risk, request);
    let mut record = plan.record();
    let set = risk.iter().try_for_each(|(name, value)| match plan.input(name) {
        Some(input) => plan.set(&mut record, input, value),
        None => Ok(()),
    });
    if set.is_ok() && risk.keys().all(|name| plan.input(name).is_some()) {
        let price = plan.price(&mut record, request);
        match (&quote, &price) {
            (Ok(quote), Ok(price)) => assert_eq!((quote.net, quote.total), (price.net, price.total)),
            (Err(one), Err(other)) => assert_eq!(one, other),
            other => panic!("{other:?}"),
        }
    }
    if let Ok(explained) = &explained {
        assert_eq!(explained.trace.replay().unwrap(), explained.quote);
    }
    assert_eq!(explained.map(|explained| explained.quote), quote);
    quote
}

#[test]
fn a_quote_tells_each_step() {
    let plan = plan();
    let explained = plan.quote_explained(&private(3), &new_on("2026-03-01")).unwrap();
    let quote = &explained.quote;
    assert_eq!(quote.net.to_string(), "CNY 475.00");
    assert_eq!(quote.charges[0].amount.to_string(), "CNY 28.50");
    assert_eq!(quote.total.to_string(), "CNY 503.50");
    assert_eq!(quote.coverages.len(), 1);
    assert_eq!(quote.coverages[0].limits[0].amount.to_string(), "200000");
    let shares: Vec<String> = quote.shares.iter().map(|share| share.amount.to_string()).collect();
    assert_eq!(shares, ["CNY 332.50", "CNY 142.50"]);
    assert!(!quote.stale);
    assert_eq!(
        explained.trace.text(Lang::En),
        [
            "compulsory_motor (交强险基础费率表（2008版）; 2020-09-19 scheme A), rated on 2026-03-01",
            "Liability: [base premium: no]: 950.00 base premium (table base, row 1, use private, seats 5, since 2008-02-01) \
             × 0.50 claims record (table float, row 4, clean_years 3, since 2020-09-19) [short term: no] \
             = 475 → rounded half up to 2 decimals 475.00 = 475",
            "Limit: 200000",
            "Passengers: not part of the quote",
            "Net premium: 475.00 ≥ 100.00 minimum premium (least, since 2008-02-01), no effect = 475",
            "Value added tax: 475.00 × 0.06 6 % = 28.5 → rounded half up to 2 decimals 28.50 = 28.5",
        ]
    );
    assert!(explained.trace.text(Lang::Zh)[1].contains("950.00 基础保费 (表 base，第 1 行"));
}

#[test]
fn the_day_decides() {
    let plan = plan();
    let net =
        |risk: &BTreeMap<String, Scalar>, request: &RateRequest| both(&plan, risk, request).unwrap().net.to_string();
    assert_eq!(net(&private(3), &new_on("2020-09-18")), "CNY 665.00");
    assert_eq!(net(&private(3), &new_on("2020-09-19")), "CNY 475.00");
    // Renewals look at the day of signing, and change over later.
    let renewal = |inception: &str, signed: Option<&str>| RateRequest {
        business: Business::Renewal,
        inception: day(inception),
        signed_on: signed.map(day),
    };
    assert_eq!(net(&private(3), &renewal("2020-09-30", None)), "CNY 665.00");
    assert_eq!(net(&private(3), &renewal("2020-10-01", None)), "CNY 475.00");
    assert_eq!(net(&private(3), &renewal("2020-10-20", Some("2020-09-30"))), "CNY 665.00");
    // Before the first version there is no price; after the last check it is stale.
    let refusal = both(&plan, &private(3), &new_on("2008-01-31")).unwrap_err();
    assert_eq!(refusal.code().as_str(), "product.quote.outside");
    assert!(both(&plan, &private(3), &new_on("2027-01-01")).unwrap().stale);
}

#[test]
fn expiring_premiums_cap_the_change() {
    let plan = plan();
    let mut risk = private(0);
    let renewal = RateRequest { business: Business::Renewal, inception: day("2026-03-01"), signed_on: None };
    risk.insert("expiring".into(), "700.00".into());
    assert_eq!(both(&plan, &risk, &renewal).unwrap().net.to_string(), "CNY 910.00");
    assert_eq!(both(&plan, &risk, &new_on("2026-03-01")).unwrap().net.to_string(), "CNY 950.00");
    risk.insert("expiring".into(), "2000.00".into());
    assert_eq!(both(&plan, &risk, &renewal).unwrap().net.to_string(), "CNY 1000.00");
    risk.remove("expiring");
    assert_eq!(both(&plan, &risk, &renewal).unwrap().net.to_string(), "CNY 950.00");
}

#[test]
fn short_terms_are_interpolated() {
    let plan = plan();
    let mut risk = private(0);
    for (months, net) in [(1, "CNY 100.00"), (2, "CNY 190.00"), (11, "CNY 902.50"), (12, "CNY 950.00")] {
        risk.insert("months".into(), months.into());
        assert_eq!(both(&plan, &risk, &new_on("2026-03-01")).unwrap().net.to_string(), net, "{months}");
    }
}

#[test]
fn what_is_not_offered_missing_or_wrong_is_refused() {
    let plan = plan();
    let on = new_on("2026-03-01");
    let mut lorry = private(0);
    lorry.insert("use".into(), "lorry".into());
    let refused = |risk: &BTreeMap<String, Scalar>| {
        let refusal = both(&plan, risk, &on).unwrap_err();
        format!("{} {}", refusal.code(), refusal.path())
    };
    assert_eq!(refused(&lorry), "rulebook.fact.missing /tonnes");
    lorry.insert("tonnes".into(), "5.0".into());
    assert_eq!(both(&plan, &lorry, &on).unwrap().net.to_string(), "CNY 1650.00");
    lorry.insert("tonnes".into(), "5.0001".into());
    assert_eq!(refused(&lorry), "product.input.digits /tonnes");
    lorry.insert("tonnes".into(), "100".into());
    assert_eq!(refused(&lorry), "rulebook.fact.range /tonnes");
    assert_eq!(refused(&risk(&[("colour", "red".into())])), "rulebook.fact.unknown /colour");
    let mut bus = private(0);
    bus.insert("use".into(), "bus".into());
    assert_eq!(refused(&bus), "rulebook.fact.choice /use");
    bus.insert("use".into(), 5.into());
    assert_eq!(refused(&bus), "wire.text.expected /use");
    let mut nobody = private(0);
    nobody.insert("seats".into(), 0.into());
    assert_eq!(refused(&nobody), "rulebook.fact.range /seats");
    nobody.insert("seats".into(), Scalar::Null);
    assert_eq!(refused(&nobody), "rulebook.fact.missing /seats");
}

#[test]
fn a_batch_keeps_its_order_and_tells_refusals_by_row() {
    let plan = plan();
    let all = BatchRequests::Same { request: new_on("2026-03-01") };
    let (use_, seats, clean, none) = ([0, 7, 1, 2, 0], [5, 5, 30, 2, 99], [3, 3, 0, 0, 3], [0; 5]);
    let known = |points| PointColumn { points, known: None };
    let absent = PointColumn { points: &none, known: Some(&[false; 5]) };
    let columns = [known(&use_), known(&seats), absent, known(&clean), absent, absent];
    let prices = plan.price_batch(&columns, all).unwrap();
    assert_eq!(prices.net, [47_500, 0, 164_500, 0, 0]);
    let refused: Vec<String> =
        (prices.refused.iter()).map(|(row, refusal)| format!("{row} {} {}", refusal.code(), refusal.path())).collect();
    assert_eq!(
        refused,
        ["1 rulebook.fact.choice /use", "3 rulebook.fact.missing /tonnes", "4 rulebook.fact.range /seats"]
    );
    // A column too few, one too short, one whose marks are too short.
    let code = |columns: &[PointColumn<'_>]| {
        let refusal = plan.price_batch(columns, all).unwrap_err();
        format!("{} {}", refusal.code(), refusal.path())
    };
    assert_eq!(code(&columns[..5]), "product.batch.columns ");
    let mut short = columns;
    short[3] = known(&clean[..4]);
    assert_eq!(code(&short), "product.batch.columns /3");
    let mut marks = columns;
    marks[2] = PointColumn { points: &none, known: Some(&[false; 4]) };
    assert_eq!(code(&marks), "product.batch.columns /2");
    assert_eq!(plan.price_batch(&[known(&[]); 6], all).unwrap().net, [0_i64; 0]);
}
