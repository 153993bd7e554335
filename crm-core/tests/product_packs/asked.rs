//! Risks that are asked about.

use std::collections::BTreeMap;

use crm_core::{
    calendar::Date,
    product::{Business, Quote, RatePlan, RateRequest},
    refusal::Refusal,
    rulebook::Scalar,
};

pub type Risk = BTreeMap<String, Scalar>;

pub fn new_on(day: &str) -> Result<RateRequest, Refusal> {
    Ok(RateRequest { business: Business::New, inception: Date::parse(day)?, signed_on: None })
}

/// A private car of five seats, three years without an accident.
pub fn private_car(region: &str) -> (&'static str, Risk, RateRequest) {
    let counts = [("seats", 5), ("clean_years", 3), ("at_fault_accidents", 0), ("drink_driving", 0)];
    let counts = counts.into_iter().chain([("drunk_driving", 0), ("months", 12)]);
    let mut risk: Risk = counts.map(|(name, count)| (name.to_owned(), count.into())).collect();
    risk.insert("use".into(), "private".into());
    risk.insert("region".into(), region.into());
    risk.insert("fatal_accident".into(), false.into());
    ("cn_compulsory_motor", risk, new_on("2026-03-01").unwrap())
}

/// The quote, for new business and for renewals, by the compiled plan and by the model, whose trace replays to it.
pub fn quote(plan: &RatePlan, risk: &Risk, request: &RateRequest) -> Result<Quote, Refusal> {
    let quote = plan.quote(risk, request);
    let explained = plan.quote_explained(risk, request);
    if let Ok(explained) = &explained {
        assert_eq!(explained.trace.replay().unwrap(), explained.quote);
    }
    assert_eq!(explained.map(|explained| explained.quote), quote);
    let renewed = plan.quote(risk, &RateRequest { business: Business::Renewal, ..*request });
    assert_eq!(quote.as_ref().map(|quote| quote.net), renewed.as_ref().map(|quote| quote.net));
    quote
}
