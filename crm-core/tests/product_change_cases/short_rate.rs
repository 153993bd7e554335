//! Short-rate tables: the per cent after a time, and what a policy of that time costs.

use crm_core::{
    calendar::Period,
    money::RoundingMode,
    product::{ShortRateTable, china_refunds, international_refunds},
    refusal::Refusal,
};
use toml::{Table, Value};

use crate::{Answer, date, money, of_wire, text};

/// A table of a pack by its name, or one that the case writes itself.
pub fn table(value: &Value) -> Result<ShortRateTable, Refusal> {
    match value.as_str() {
        Some("cn_short_period") => china_refunds::short_period_table(),
        Some("cn_short_period_accident") => china_refunds::short_period_accident_table(),
        Some("short_rate_365") => international_refunds::short_rate_365(),
        Some("short_rate_canada") => international_refunds::short_rate_canada(),
        Some("short_period_india") => international_refunds::short_period_india(),
        Some(other) => panic!("no table is called {other}"),
        None => of_wire(value),
    }
}

pub fn check(case: &Table) -> Answer {
    let table = table(&case["table"])?;
    let start = date(text(case, "start"))?;
    let until = match case.get("days") {
        Some(days) => start.plus_days(days.as_integer().unwrap())?,
        None => date(text(case, "until"))?,
    };
    let mut answer = vec![table.percent(start, until)?.to_string()];
    if let Some(annual) = case.get("annual") {
        let annual = money(annual.as_str().unwrap())?;
        let short = table.premium(annual, Period::new(start, until)?, RoundingMode::HalfUp)?;
        assert_eq!(short.percent.to_string(), answer[0]);
        answer.push(short.premium.amount().to_string());
    }
    Ok(answer)
}
