//! Schedules: `due amount` a line, and what is written off where something is.

use crm_core::product::{ChargeToPlace, InstalmentPlan};
use toml::Table;

use crate::{Answer, money, of_wire, text};

pub fn check(case: &Table) -> Answer {
    let plan: InstalmentPlan = of_wire(&case["plan"])?;
    let charges: Vec<ChargeToPlace> = case.get("charges").map_or(Ok(Vec::new()), of_wire)?;
    let schedule = plan.schedule(money(text(case, "premium"))?, &charges)?;
    let mut lines: Vec<String> = Vec::new();
    for one in &schedule.instalments {
        lines.push(format!("{} {} {}", one.due_on, one.amount.amount(), one.lapses_on));
    }
    if !schedule.written_off.is_zero() {
        lines.push(format!("written off {}", schedule.written_off.amount()));
    }
    Ok(lines)
}
