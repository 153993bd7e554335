//! Figures with their trace: the exact operations of `money`, step by step.

use super::{Explained, Operation, Step, Trace};
use crate::{
    money::{Decimal, ExchangeRate, Money, Rounded, Rounding, Unrounded},
    refusal::Refusal,
};

impl Operation {
    /// The exact result.
    pub(super) fn of(self, left: &Unrounded, right: &Unrounded) -> Result<Unrounded, Refusal> {
        match self {
            Self::Add => left.plus(*right),
            Self::Subtract => left.minus(*right),
            Self::Multiply => left.times(*right),
            Self::Divide => left.divided_by(*right),
        }
    }
}

/// An amount times a factor, rounded once, with its trace.
///
/// # Errors
/// Those of [`Unrounded::into_money`]: `money.exact.range`, `money.amount.range`, `money.amount.precision` when the
/// rounding keeps more decimals than the currency has, `money.rounding.place`.
pub fn explained_product(amount: Money, factor: Decimal, rounding: Rounding) -> Result<Explained<Money>, Refusal> {
    let exact = Operation::Multiply.of(&Unrounded::from(amount), &Unrounded::from(factor))?;
    let result = exact.into_money(amount.currency(), rounding)?;
    let trace = trace_of(amount, Step::Factor { factor }, result.rounding);
    Ok(Explained { value: result.money, trace })
}

/// An amount in another currency at a dated rate, multiplied exactly and rounded once, with its trace.
///
/// # Errors
/// Those of [`Money::convert`].
pub fn explained_conversion(
    amount: Money,
    rate: &ExchangeRate,
    rounding: Rounding,
) -> Result<Explained<Money>, Refusal> {
    let result = amount.convert(rate, rounding)?;
    let trace = trace_of(amount, Step::Rate { rate: rate.clone() }, result.rounding);
    Ok(Explained { value: result.converted, trace })
}

fn trace_of(amount: Money, by: Step, rounded: Rounded) -> Trace {
    let Rounded { before, after, mode, place } = rounded;
    let mut trace = Trace::default();
    let left = trace.push(Step::Amount { amount });
    let right = trace.push(by);
    let of = trace.push(Step::Calculate { operation: Operation::Multiply, left, right, exact: before });
    trace.push(Step::Round { of, mode, place, result: after });
    trace
}
