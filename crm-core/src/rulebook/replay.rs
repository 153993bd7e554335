//! Replay: the answer of a trace, worked out again from its inputs, every step checked on the way.

use alloc::vec::Vec;

use super::{
    Step, Trace, Value,
    fact::MAX_RULE_TEXT,
    typed::{MAX_PATTERN, all, any},
};
use crate::{
    money::{Decimal, ExchangeRate, Money, Rounding, Unrounded},
    refusal::{Code, Fault, Refusal},
};

/// What a step stands for while a trace is replayed.
enum Cell {
    Value(Option<Value>),
    /// A personal value that the trace leaves out: the outcome of a test over it is taken as it stands.
    Hidden,
    Passed(Option<bool>),
    Figure(Unrounded),
    Amount(Money),
    Rate(ExchangeRate),
}

impl Trace {
    /// Works the answer out again from the inputs that stand in the trace (law 3).
    ///
    /// The answer of a condition is true or false; of a calculation, the figure of the last step.
    ///
    /// # Errors
    /// `rulebook.trace.broken` with the number of the first step that does not follow from the ones before it.
    pub fn replay(&self) -> Result<Value, Refusal> {
        let mut cells: Vec<Cell> = Vec::with_capacity(self.steps.len());
        for (number, step) in self.steps.iter().enumerate() {
            let broken = || Refusal::from(Fault::new(Code::RulebookTraceBroken).with("step", number));
            let cell = work_out(step, &cells).ok_or_else(broken)?;
            cells.push(cell);
        }
        let last = self.steps.len().saturating_sub(1);
        let answer = match cells.pop() {
            Some(Cell::Passed(Some(passed))) => Some(Value::Boolean(passed)),
            Some(Cell::Value(value)) => value,
            Some(Cell::Figure(figure)) => figure.to_decimal().ok().map(Value::Decimal),
            Some(Cell::Amount(amount)) => Some(Value::Decimal(amount.amount())),
            _ => None,
        };
        answer.ok_or_else(|| Fault::new(Code::RulebookTraceBroken).with("step", last).into())
    }
}

fn cell(cells: &[Cell], number: i64) -> Option<&Cell> {
    usize::try_from(number).ok().and_then(|index| cells.get(index))
}

/// A test over one value: worked out, or taken as it stands where the value is hidden.
fn test(cells: &[Cell], left: i64, stated: Option<bool>, ask: impl Fn(&Value) -> bool) -> Option<Cell> {
    let outcome = match cell(cells, left)? {
        Cell::Value(value) => value.as_ref().map(ask),
        Cell::Hidden => stated,
        Cell::Passed(_) | Cell::Figure(_) | Cell::Amount(_) | Cell::Rate(_) => return None,
    };
    (outcome == stated).then_some(Cell::Passed(outcome))
}

fn outcomes(cells: &[Cell], of: &[i64]) -> Option<Vec<Option<bool>>> {
    of.iter()
        .map(|number| match cell(cells, *number)? {
            Cell::Passed(passed) => Some(*passed),
            _ => None,
        })
        .collect()
}

fn stated(worked_out: Option<bool>, stated: Option<bool>) -> Option<Cell> {
    (worked_out == stated).then_some(Cell::Passed(worked_out))
}

fn figure(cells: &[Cell], number: i64) -> Option<Unrounded> {
    match cell(cells, number)? {
        Cell::Figure(figure) => Some(*figure),
        Cell::Amount(amount) => Some(Unrounded::from(*amount)),
        Cell::Rate(rate) => Some(Unrounded::from(rate.rate)),
        _ => None,
    }
}

/// Whether a rate is applied to an amount of its own currency.
fn same_currency(cells: &[Cell], left: i64, right: i64) -> bool {
    match (cell(cells, left), cell(cells, right)) {
        (Some(Cell::Amount(amount)), Some(Cell::Rate(rate))) => amount.currency() == rate.from,
        (_, Some(Cell::Rate(_))) | (Some(Cell::Rate(_)), _) => false,
        _ => true,
    }
}

fn work_out(step: &Step, cells: &[Cell]) -> Option<Cell> {
    match step {
        Step::Fact { hidden: true, .. } => Some(Cell::Hidden),
        Step::Fact { value, .. } => Some(Cell::Value(value.clone())),
        Step::Parameter { known } => Some(Cell::Value(Some(known.value.clone()))),
        Step::Constant { value } => Some(Cell::Value(Some(value.clone()))),
        Step::Compare { left, is, right, passed } => {
            let Cell::Value(Some(right)) = cell(cells, *right)? else { return None };
            test(cells, *left, *passed, |left| left.seen().compares(*is, right.seen()))
        }
        Step::OneOf { left, values, passed } => test(cells, *left, *passed, |value| value.seen().is_one_of(values)),
        Step::Within { left, from, until, passed } => {
            test(cells, *left, *passed, |value| value.seen().lies_within(from.as_ref(), until.as_ref()))
        }
        Step::Matches { left, pattern, passed } => {
            // A trace from outside may hold what no rule set can: its answer is not worth hours.
            let long = |value: &Value| matches!(value, Value::Text(text) if text.len() > MAX_RULE_TEXT);
            if pattern.chars().count() > MAX_PATTERN
                || matches!(cell(cells, *left)?, Cell::Value(Some(value)) if long(value))
            {
                return None;
            }
            test(cells, *left, *passed, |value| value.seen().fits(pattern))
        }
        Step::Known { left, passed } => {
            let known = match cell(cells, *left)? {
                Cell::Value(value) => value.is_some(),
                Cell::Hidden => true,
                Cell::Passed(_) | Cell::Figure(_) | Cell::Amount(_) | Cell::Rate(_) => return None,
            };
            stated(Some(known), Some(*passed))
        }
        Step::All { of, passed } => stated(all(outcomes(cells, of)?), *passed),
        Step::Any { of, passed } => stated(any(outcomes(cells, of)?), *passed),
        Step::Not { of, passed } => {
            let inner = *outcomes(cells, &[*of])?.first()?;
            stated(inner.map(|passed| !passed), *passed)
        }
        Step::Amount { amount } => Some(Cell::Amount(*amount)),
        Step::Factor { factor } => Some(Cell::Figure(Unrounded::from(*factor))),
        Step::Rate { rate } => Some(Cell::Rate(rate.clone())),
        Step::Calculate { operation, left, right, exact } => {
            if !same_currency(cells, *left, *right) {
                return None;
            }
            let result = operation.of(&figure(cells, *left)?, &figure(cells, *right)?).ok()?;
            (result.exact_text() == *exact).then_some(Cell::Figure(result))
        }
        Step::Round { of, mode, place, result } => {
            let rounded: Decimal = figure(cells, *of)?.round(Rounding { mode: *mode, place: *place }).ok()?.after;
            (rounded == *result).then_some(Cell::Figure(Unrounded::from(rounded)))
        }
    }
}
