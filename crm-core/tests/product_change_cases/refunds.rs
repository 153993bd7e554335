//! Refunds of a premium that was never changed: what is kept and what is given back.

use crm_core::{
    calendar::Period,
    money::RoundingMode,
    product::{
        CancellationRequest, EffectiveTimeline, EndedBy, PinnedRetention, RefundRules, TimelineEnd, china_refunds,
    },
    refusal::Refusal,
    rulebook::Value as Answered,
};
use toml::Table;

use crate::{Answer, date, money, of_wire, short_rate, text};

fn pack(name: &str) -> Result<RefundRules, Refusal> {
    match name {
        "cn_compulsory_motor_refunds" => china_refunds::compulsory_motor_refunds(),
        "cn_commercial_motor_refunds" => china_refunds::commercial_motor_refunds(),
        "cn_cooling_off_refunds" => china_refunds::cooling_off_refunds(),
        other => panic!("no rules are called {other}"),
    }
}

/// By the rules of a pack, or by a rule that the case writes itself.
fn end(case: &Table, term: &Period) -> Result<TimelineEnd, Refusal> {
    let effective = match case.get("elapsed_days") {
        Some(days) => term.start().plus_days(days.as_integer().unwrap())?,
        None => date(text(case, "effective"))?,
    };
    if let Some(rules) = case.get("rules") {
        let request = CancellationRequest {
            ground: text(case, "ground").to_owned(),
            asked_on: case.get("asked_on").map_or(Ok(effective), |day| date(day.as_str().unwrap()))?,
            effective,
            receipt_signed_on: case.get("signed").map(|day| date(day.as_str().unwrap())).transpose()?,
        };
        return match rules.as_str() {
            Some(name) => pack(name)?.end(term, &request),
            None => RefundRules::load(of_wire(rules)?)?.end(term, &request),
        };
    }
    let retention = PinnedRetention {
        rules: "case".to_owned(),
        from: term.start(),
        source: text(case, "source").to_owned(),
        stale: false,
        rule: of_wire(&case["retention"])?,
        table: case.get("table").map(short_rate::table).transpose()?,
    };
    Ok(TimelineEnd { ground: "case".to_owned(), ended_by: EndedBy::Policyholder, effective, retention })
}

pub fn check(case: &Table) -> Answer {
    let term = Period::new(date(text(case, "start"))?, date(text(case, "end"))?)?;
    let premium = money(text(case, "premium"))?;
    let mut timeline = EffectiveTimeline::single("premium", premium, term, RoundingMode::HalfUp);
    timeline.end = Some(end(case, &term)?);
    let price = timeline.price()?;
    assert_eq!(price.total.plus(price.refunded)?, premium);
    for coverage in &price.coverages {
        assert_eq!(coverage.trace.replay()?, Answered::Decimal(coverage.price.amount()));
    }
    Ok(vec![price.total.amount().to_string(), price.refunded.amount().to_string()])
}
