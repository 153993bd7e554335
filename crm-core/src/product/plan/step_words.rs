//! Steps as they are written, in signs that every reader knows: `× table float.value`.

use alloc::{
    format,
    string::{String, ToString as _},
    vec::Vec,
};

use super::{PlanAction, PlanOperand, PlanStep, difference::json};

/// What a step does.
pub(super) fn action_in_words(action: &PlanAction) -> String {
    match action {
        PlanAction::Take { amount } => format!(":= {}", operand_in_words(amount)),
        PlanAction::Multiply { by } => format!("× {}", operand_in_words(by)),
        PlanAction::Divide { by } => format!("÷ {}", operand_in_words(by)),
        PlanAction::Add { amount } => format!("+ {}", operand_in_words(amount)),
        PlanAction::Subtract { amount } => format!("− {}", operand_in_words(amount)),
        PlanAction::PerUnit { units, size, rate } => {
            format!("+ {} ÷ {size} × {}", operand_in_words(units), operand_in_words(rate))
        }
        PlanAction::AtLeast { amount } => format!("≥ {}", operand_in_words(amount)),
        PlanAction::AtMost { amount } => format!("≤ {}", operand_in_words(amount)),
        PlanAction::CapChange { expiring, down, up } => {
            let part = |part: &Option<PlanOperand>| part.as_ref().map_or_else(|| String::from("…"), operand_in_words);
            format!("{expiring} −{} +{}", part(down), part(up))
        }
        PlanAction::Round { rounding } => json(rounding),
        PlanAction::When { condition, then, otherwise } => {
            format!("{} ? {} : {}", json(condition), list_in_words(then), list_in_words(otherwise))
        }
        PlanAction::Choose { branches, otherwise } => {
            let branches = branches.iter();
            let branches = branches.map(|one| format!("{} ? {}", json(&one.condition), list_in_words(&one.steps)));
            format!("{} : {}", branches.collect::<Vec<_>>().join(" : "), list_in_words(otherwise))
        }
    }
}

fn list_in_words(steps: &[PlanStep]) -> String {
    let step = |step: &PlanStep| format!("{} {}", step.name, action_in_words(&step.action));
    format!("[{}]", steps.iter().map(step).collect::<Vec<_>>().join("; "))
}

/// Where a value comes from.
pub(super) fn operand_in_words(operand: &PlanOperand) -> String {
    match operand {
        PlanOperand::Value { value } => value.to_string(),
        PlanOperand::Input { name } => format!("input {name}"),
        PlanOperand::Parameter { name } => format!("parameter {name}"),
        PlanOperand::Table { name, column } => format!("table {name}.{column}"),
        PlanOperand::Between { name, column } => format!("between {name}.{column}"),
        PlanOperand::Figure { name } => format!("figure {name}"),
        PlanOperand::Step { name } => format!("step {name}"),
        PlanOperand::Coverage { code } => format!("coverage {code}"),
    }
}
