//! Refund rules, prorations, charges and timelines by themselves; the law of the path stands in `product_change_laws`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod laws;
mod records;
mod rules;
mod stored;

use std::collections::BTreeMap;

use crm_core::{
    calendar::{Date, Period},
    money::{Currency, Money, RoundingMode},
    product::{
        CancellationRequest, ChangeAction, ChangeCommand, ChangeEvent, ChangeId, ChangeRules, EffectiveChange,
        InsuredRisk, PinnedBy, PolicyChanges, PolicySetup, Proration, StatedPrices, apply_change, china_refunds,
        decide_change,
    },
    refusal::Refusal,
    rulebook::Scalar,
};

pub fn date(text: &str) -> Date {
    Date::parse(text).unwrap()
}

pub fn cny(minor: i64) -> Money {
    Money::from_minor(minor, Currency::CNY)
}

pub fn year() -> Period {
    Period::new(date("2026-01-01"), date("2027-01-01")).unwrap()
}

pub fn terms(premium: &str) -> BTreeMap<String, Scalar> {
    BTreeMap::from([("annual_premium".to_owned(), Scalar::Text(premium.to_owned()))])
}

pub const fn stated() -> StatedPrices {
    StatedPrices { plan: String::new(), currency: Currency::CNY }
}

pub fn setup(proration: Proration, term: Period) -> PolicySetup {
    let covers = BTreeMap::from([("a".to_owned(), terms("1000.00")), ("b".to_owned(), terms("365.00"))]);
    PolicySetup {
        term,
        currency: Currency::CNY,
        proration,
        rounding: RoundingMode::HalfUp,
        rates_pinned_by: PinnedBy::Inception,
        risk: InsuredRisk { terms: BTreeMap::new(), covers },
    }
}

pub fn told(refusal: &Refusal) -> Vec<String> {
    refusal.faults().iter().map(|fault| format!("{} {}", fault.code(), fault.path())).collect()
}

pub fn request(ground: &str, effective: &str) -> CancellationRequest {
    CancellationRequest {
        ground: ground.to_owned(),
        asked_on: date(effective),
        effective: date(effective),
        receipt_signed_on: None,
    }
}

pub fn change(id: &str, effective: Date, action: ChangeAction) -> EffectiveChange {
    EffectiveChange { id: ChangeId::new(id).unwrap(), effective, place: 0, action }
}

pub fn issued(setup: PolicySetup) -> PolicyChanges {
    let refunds = china_refunds::commercial_motor_refunds().unwrap();
    let rules = ChangeRules { prices: &stated(), refunds: &refunds };
    let command = ChangeCommand::Issue { setup, recorded_on: date("2026-01-01") };
    decide_change(None, &command, rules).unwrap().iter().fold(None, apply_change).unwrap()
}

pub fn decided(policy: Option<&PolicyChanges>, command: &ChangeCommand) -> Result<Vec<ChangeEvent>, Refusal> {
    let refunds = china_refunds::commercial_motor_refunds().unwrap();
    decide_change(policy, command, ChangeRules { prices: &stated(), refunds: &refunds })
}
