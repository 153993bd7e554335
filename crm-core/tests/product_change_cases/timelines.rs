//! Policies that change: the charge of each recording and the price in the end.

use crm_core::{
    money::{Currency, Money},
    product::{
        ChangeCommand, ChangeRules, PolicyChanges, RefundRules, RefundRulesSpec, StatedPrices, apply_change,
        decide_change,
    },
    refusal::Refusal,
};
use toml::{Table, Value};

use crate::{Answer, date, of_wire, short_rate, text};

/// One ground, `on_request`, with the rule of the case.
fn rules(case: &Table) -> Result<RefundRules, Refusal> {
    let mut spec: RefundRulesSpec = of_wire(&Value::Table(
        r#"
        name = "case"
        title = "case"
        title_zh = "案例"
        pinned_by = "inception"
        tables = []
        checked_until = "2030-01-01"
        [[versions]]
        from = "2000-01-01"
        source = "case"
        [[versions.grounds]]
        code = "on_request"
        title = "on request"
        title_zh = "投保人要求"
        ended_by = "policyholder"
        source = "case"
        after_start = { method = { unearned_share = { kept = "0" } }, base = "unearned_share" }
        before_start = { part = "0" }
        "#
        .parse()
        .unwrap(),
    ))?;
    if let Some(rule) = case.get("retention") {
        spec.versions[0].grounds[0].after_start = of_wire(rule)?;
    }
    spec.tables.extend(case.get("table").map(short_rate::table).transpose()?);
    RefundRules::load(spec)
}

pub fn check(case: &Table) -> Answer {
    let refunds = rules(case)?;
    let prices = StatedPrices { plan: "case".to_owned(), currency: Currency::parse(text(case, "currency"))? };
    let rules = ChangeRules { prices: &prices, refunds: &refunds };
    let recorded_on = date("2026-06-15")?;
    let mut policy: Option<PolicyChanges> = None;
    let mut answer = Vec::new();
    let issue = ChangeCommand::Issue { setup: of_wire(&case["setup"])?, recorded_on };
    let mut commands = vec![issue];
    for value in case["changes"].as_array().unwrap() {
        commands.push(match value.as_str() {
            Some(id) => ChangeCommand::Withdraw { id: id.parse()?, recorded_on },
            None => ChangeCommand::Record { change: of_wire(value)?, recorded_on },
        });
    }
    for command in commands {
        for event in decide_change(policy.as_ref(), &command, rules)? {
            policy = apply_change(policy, &event);
        }
        let charge = policy.as_ref().unwrap().charges.last().unwrap();
        answer.push(charge.amount.amount().to_string());
    }
    let policy = policy.unwrap();
    let price = policy.price()?;
    assert_eq!(price.total, Money::sum(prices.currency, policy.charges.iter().map(|charge| charge.amount))?);
    answer.push(format!("price {}", price.total.amount()));
    Ok(answer)
}
