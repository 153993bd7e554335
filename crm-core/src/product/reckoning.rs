//! Exact calculation that writes down its steps: what stands behind every figure of changes and unearned premium.

use crate::{
    money::{Currency, Decimal, Money, Rounding, RoundingMode, Unrounded},
    refusal::Refusal,
    rulebook::{Operation, Step, Trace},
};

/// A calculation under way.
#[derive(Default)]
pub(super) struct Reckoning {
    trace: Trace,
}

/// An exact number and the step at which it stands.
#[derive(Clone, Copy)]
pub(super) struct Figure {
    step: i64,
    /// The number, in major units where it is an amount.
    pub(super) exact: Unrounded,
}

impl Reckoning {
    fn push(&mut self, step: Step, exact: Unrounded) -> Figure {
        let number = i64::try_from(self.trace.steps.len()).unwrap_or(i64::MAX);
        self.trace.steps.push(step);
        Figure { step: number, exact }
    }

    /// An amount that was handed in.
    pub(super) fn amount(&mut self, amount: Money) -> Figure {
        self.push(Step::Amount { amount }, amount.into())
    }

    /// A factor that a rule states.
    pub(super) fn factor(&mut self, factor: Decimal) -> Figure {
        self.push(Step::Factor { factor }, factor.into())
    }

    /// Two numbers combined, exactly.
    pub(super) fn combine(&mut self, operation: Operation, left: Figure, right: Figure) -> Result<Figure, Refusal> {
        let exact = match operation {
            Operation::Add => left.exact.plus(right.exact),
            Operation::Subtract => left.exact.minus(right.exact),
            Operation::Multiply => left.exact.times(right.exact),
            Operation::Divide => left.exact.divided_by(right.exact),
        }?;
        let step = Step::Calculate { operation, left: left.step, right: right.step, exact: exact.exact_text() };
        Ok(self.push(step, exact))
    }

    /// `part` of `of_parts` of a number.
    pub(super) fn part(&mut self, whole: Figure, part: i64, of_parts: i64) -> Result<Figure, Refusal> {
        let part = self.factor(part.into());
        let of_parts = self.factor(of_parts.into());
        let times = self.combine(Operation::Multiply, whole, part)?;
        self.combine(Operation::Divide, times, of_parts)
    }

    /// So many per cent of a number.
    pub(super) fn percent(&mut self, whole: Figure, percent: Decimal) -> Result<Figure, Refusal> {
        let percent = self.factor(percent);
        let hundred = self.factor(100.into());
        let times = self.combine(Operation::Multiply, whole, percent)?;
        self.combine(Operation::Divide, times, hundred)
    }

    /// The number as an amount, rounded once to the minor unit of its currency.
    pub(super) fn round(
        &mut self,
        of: Figure,
        currency: Currency,
        mode: RoundingMode,
    ) -> Result<(Figure, Money), Refusal> {
        let rounded = of.exact.into_money(currency, Rounding::minor_unit(mode, currency))?;
        let step = Step::Round { of: of.step, mode, place: rounded.rounding.place, result: rounded.rounding.after };
        Ok((self.push(step, rounded.money.into()), rounded.money))
    }

    /// The steps.
    pub(super) fn into_trace(self) -> Trace {
        self.trace
    }
}
