//! Unearned premium: of one policy, or of policies written in several months or quarters.

use crm_core::{
    calendar::{EndOfMonth, Period},
    money::{Money, RoundingMode},
    product::{UnearnedBasis, UnearnedColumns},
    refusal::Refusal,
};
use toml::Table;

use crate::{Answer, date, money, of_wire, text, texts};

fn terms(case: &Table) -> Result<Vec<Period>, Refusal> {
    let mut terms = Vec::new();
    for start in texts(&case["start"]) {
        let start = date(&start)?;
        terms.push(match case.get("end") {
            Some(end) => Period::new(start, date(end.as_str().unwrap())?)?,
            None => Period::months_from(start, case["months"].as_integer().unwrap(), EndOfMonth::Clamp)?,
        });
    }
    Ok(terms)
}

pub fn check(case: &Table) -> Answer {
    let basis = UnearnedBasis { method: of_wire(&case["method"])?, rounding: RoundingMode::HalfUp };
    let on = date(text(case, "on"))?;
    let premiums: Vec<Money> = texts(&case["premium"]).iter().map(|amount| money(amount)).collect::<Result<_, _>>()?;
    let terms = terms(case)?;
    let minors: Vec<i64> = premiums.iter().map(Money::minor).collect();
    let currencies: Vec<_> = premiums.iter().map(Money::currency).collect();
    let days = |days: i64| i32::try_from(days).unwrap();
    let starts: Vec<i32> = terms.iter().map(|term| days(term.start().epoch_days())).collect();
    let ends: Vec<i32> = terms.iter().map(|term| days(term.end().epoch_days())).collect();
    let columns = UnearnedColumns { premiums: &minors, currencies: &currencies, starts: &starts, ends: &ends };
    let book = columns.at(on, basis)?;
    for (index, (premium, term)) in premiums.iter().zip(&terms).enumerate() {
        let one = basis.of(*premium, *term, on)?;
        assert_eq!(book.unearned[index], Some(one.unearned.minor()));
    }
    Ok(book.totals.iter().map(|total| total.unearned.amount().to_string()).collect())
}
