//! Replay: the quote of a trace, worked out again from what stands in it, every step checked on the way.

use alloc::{collections::BTreeMap, string::ToString as _, vec::Vec};

use super::{
    Calculation, CalculationSubject, Quote, QuoteTrace, QuotedCharge, QuotedLimit, RowKey, StepWork, UsedKey, UsedRow,
    UsedValue, WorkedStep,
    input::number,
    model::exact_amount,
    quote::{Priced, share, spread, sum_of, total_of},
    steps::MAX_STEP_DEPTH,
};
use crate::{
    money::{Money, Rounding, Unrounded},
    refusal::{Code, Fault, Refusal},
    rulebook::{Scalar, Trace, Value},
};

impl QuoteTrace {
    /// Works the quote out again from the values that stand in the trace (law 3).
    ///
    /// # Errors
    /// `product.trace.broken` with the first step or calculation that does not follow from what stands before it.
    pub fn replay(&self) -> Result<Quote, Refusal> {
        let mut replay = Replay { trace: self, ..Replay::new(self) };
        for calculation in &self.calculations {
            replay.calculation(calculation)?;
        }
        let (coverages, charges) = (replay.coverages, replay.charges);
        let broken = |_| broken("net");
        let sum = sum_of(self.currency, &coverages).map_err(broken)?;
        let net = replay.net.unwrap_or(sum);
        Ok(Quote {
            plan: self.plan.clone(),
            business: self.business,
            rated_on: self.rated_on,
            stale: self.stale,
            coverages: spread(coverages, net).map_err(broken)?,
            net,
            total: total_of(net, &charges).map_err(broken)?,
            charges,
            shares: share(net, self.shares.iter().map(|share| (&share.code, share.part))).map_err(broken)?,
        })
    }
}

struct Replay<'a> {
    trace: &'a QuoteTrace,
    figures: BTreeMap<&'a str, Unrounded>,
    steps: BTreeMap<&'a str, Unrounded>,
    premiums: BTreeMap<&'a str, Money>,
    coverages: Vec<Priced>,
    net: Option<Money>,
    charges: Vec<QuotedCharge>,
}

fn broken(step: &str) -> Refusal {
    Fault::new(Code::ProductTraceBroken).with_name("step", step).into()
}

impl<'a> Replay<'a> {
    fn new(trace: &'a QuoteTrace) -> Self {
        Self {
            trace,
            figures: BTreeMap::new(),
            steps: BTreeMap::new(),
            premiums: BTreeMap::new(),
            coverages: Vec::new(),
            net: None,
            charges: Vec::new(),
        }
    }

    fn calculation(&mut self, calculation: &'a Calculation) -> Result<(), Refusal> {
        let name = match &calculation.subject {
            CalculationSubject::Figure { name } | CalculationSubject::Limit { name, .. } => name.as_str(),
            CalculationSubject::Coverage { code } | CalculationSubject::Charge { code, .. } => code.as_str(),
            CalculationSubject::Net {} => "net",
        };
        self.subject(calculation, name).ok_or_else(|| broken(name)).and_then(|done| done)
    }

    /// `None` where the calculation itself does not follow; a refusal where one of its steps does not.
    fn subject(&mut self, calculation: &'a Calculation, name: &'a str) -> Option<Result<(), Refusal>> {
        let currency = self.trace.currency;
        if let CalculationSubject::Limit { amount, .. } = &calculation.subject {
            let value = self.value(amount)?;
            (calculation.result.as_deref() == Some(value.exact_text().as_str())).then_some(())?;
            self.coverages.last_mut()?.limits.push(QuotedLimit {
                name: name.into(),
                title: calculation.title.clone(),
                title_zh: calculation.title_zh.clone(),
                amount: value.to_decimal().ok()?,
            });
            return Some(Ok(()));
        }
        let begins = match &calculation.subject {
            CalculationSubject::Net {} => Some(sum_of(currency, &self.coverages).ok()?),
            CalculationSubject::Charge { .. } => {
                let sum = sum_of(currency, &self.coverages).ok()?;
                Some(*self.net.get_or_insert(sum))
            }
            _ => None,
        };
        let result = match &calculation.included {
            Some(test) if !holds(test)? => {
                (calculation.steps.is_empty() && calculation.result.is_none()).then_some(())?;
                None
            }
            _ => {
                (calculation.begins == begins).then_some(())?;
                let result = match self.list(&calculation.steps, begins.map(Unrounded::from), 1) {
                    Ok(result) => result?,
                    Err(refusal) => return Some(Err(refusal)),
                };
                (calculation.result.as_deref() == Some(result.exact_text().as_str())).then_some(())?;
                Some(result)
            }
        };
        match (&calculation.subject, result) {
            (CalculationSubject::Figure { .. }, Some(result)) => _ = self.figures.insert(name, result),
            (CalculationSubject::Coverage { .. }, None) => _ = self.premiums.insert(name, Money::zero(currency)),
            (CalculationSubject::Coverage { .. }, Some(result)) => {
                let premium = exact_amount(result, currency).ok().filter(|premium| !premium.is_negative())?;
                self.premiums.insert(name, premium);
                self.coverages.push(Priced {
                    code: name.into(),
                    title: calculation.title.clone(),
                    title_zh: calculation.title_zh.clone(),
                    premium,
                    limits: Vec::new(),
                });
            }
            (CalculationSubject::Net {}, Some(result)) => {
                self.net = Some(exact_amount(result, currency).ok().filter(|net| !net.is_negative())?);
            }
            (CalculationSubject::Charge { nature, .. }, Some(result)) => self.charges.push(QuotedCharge {
                code: name.into(),
                title: calculation.title.clone(),
                title_zh: calculation.title_zh.clone(),
                nature: *nature,
                amount: exact_amount(result, currency).ok()?,
            }),
            (CalculationSubject::Charge { .. }, None) => {}
            _ => return None,
        }
        Some(Ok(()))
    }

    /// A refusal names the step that does not follow.
    fn list(
        &mut self,
        steps: &'a [WorkedStep],
        mut running: Option<Unrounded>,
        depth: usize,
    ) -> Result<Option<Unrounded>, Refusal> {
        for step in steps {
            if depth > MAX_STEP_DEPTH {
                return Err(broken(&step.name));
            }
            running = match &step.work {
                StepWork::Branch { tests, holds: stated, steps } => {
                    branch(tests, *stated).ok_or_else(|| broken(&step.name))?;
                    self.list(steps, running, depth + 1)?
                }
                work => self.act(work, running).ok_or_else(|| broken(&step.name))?,
            };
            if step.after != running.map(|running| running.exact_text()) {
                return Err(broken(&step.name));
            }
            if let Some(running) = running {
                self.steps.insert(&step.name, running);
            }
        }
        Ok(running)
    }

    fn act(&self, work: &StepWork, running: Option<Unrounded>) -> Option<Option<Unrounded>> {
        let after = match work {
            StepWork::NotValid {} => return Some(running),
            StepWork::Take { amount } => self.value(amount)?,
            StepWork::Multiply { by } => running?.times(self.value(by)?).ok()?,
            StepWork::Divide { by } => running?.divided_by(self.value(by)?).ok()?,
            StepWork::Add { amount } => running?.plus(self.value(amount)?).ok()?,
            StepWork::Subtract { amount } => running?.minus(self.value(amount)?).ok()?,
            StepWork::PerUnit { units, size, rate } => {
                let more = self.value(units)?.divided_by(*size).ok()?.times(self.value(rate)?).ok()?;
                running?.plus(more).ok()?
            }
            StepWork::AtLeast { amount, applied } => {
                let after = running?.max(self.value(amount)?);
                ((Some(after) != running) == *applied).then_some(after)?
            }
            StepWork::AtMost { amount, applied } => {
                let after = running?.min(self.value(amount)?);
                ((Some(after) != running) == *applied).then_some(after)?
            }
            StepWork::CapChange { expiring: None, applied, .. } => (!applied).then_some(running)??,
            StepWork::CapChange { expiring: Some(expiring), down, up, applied } => {
                let (last, mut after) = (self.value(expiring)?, running?);
                if let Some(down) = down {
                    after = after.max(last.times(Unrounded::ONE.minus(self.value(down)?).ok()?).ok()?);
                }
                if let Some(up) = up {
                    after = after.min(last.times(Unrounded::ONE.plus(self.value(up)?).ok()?).ok()?);
                }
                ((Some(after) != running) == *applied).then_some(after)?
            }
            StepWork::Round { rounding } => {
                let how = Rounding { mode: rounding.mode, place: rounding.place };
                let rounded = running?.round(how).ok()?;
                (rounded == *rounding).then(|| Unrounded::from(rounded.after))?
            }
            StepWork::Branch { .. } => return None,
        };
        Some(Some(after))
    }

    fn value(&self, used: &UsedValue) -> Option<Unrounded> {
        match used {
            UsedValue::Value { value } => Some(Unrounded::from(*value)),
            UsedValue::Input { value, .. } => number(value),
            UsedValue::Parameter { known } => number(&known.value),
            UsedValue::Row { row } => fits(row, row.keys.len()).then(|| Unrounded::from(row.value)),
            UsedValue::Between { at, below, above, exact, .. } => {
                let axis = below.keys.len().checked_sub(1)?;
                (fits(below, axis) && fits(above, axis)).then_some(())?;
                let (x, low, high) = (place(at)?, end(below, at)?, end(above, at)?);
                (low < x && x < high).then_some(())?;
                let part = x.minus(low).ok()?.divided_by(high.minus(low).ok()?).ok()?;
                let rise = Unrounded::from(above.value).minus(below.value).ok()?;
                let value = Unrounded::from(below.value).plus(rise.times(part).ok()?).ok()?;
                (value.exact_text() == *exact).then_some(value)
            }
            UsedValue::Figure { name, exact } => self.figures.get(name.as_str()).copied().filter(same(exact)),
            UsedValue::Step { name, exact } => self.steps.get(name.as_str()).copied().filter(same(exact)),
            UsedValue::Coverage { code, premium } => {
                let known = self.premiums.get(code.as_str())?;
                (known == premium).then(|| Unrounded::from(*premium))
            }
        }
    }
}

fn same(exact: &str) -> impl Fn(&Unrounded) -> bool + '_ {
    move |value| value.to_string() == *exact
}

/// Whether the conditions that were tried say what is stated.
fn branch(tests: &[Trace], stated: bool) -> Option<()> {
    let (last, before) = tests.split_last()?;
    for test in before {
        (!holds(test)?).then_some(())?;
    }
    (holds(last)? == stated).then_some(())
}

fn holds(test: &Trace) -> Option<bool> {
    match test.replay() {
        Ok(Value::Boolean(holds)) => Some(holds),
        _ => None,
    }
}

/// Whether the first keys of a row are for what was handed in.
fn fits(row: &UsedRow, keys: usize) -> bool {
    row.keys.iter().take(keys).all(|UsedKey { value, row, .. }| {
        let read = |scalar: &Scalar| value.value_type().read(scalar).ok();
        let equal =
            |scalar: &Scalar| read(scalar).is_some_and(|one| one.order(value) == Some(core::cmp::Ordering::Equal));
        match row {
            RowKey::Any {} => true,
            RowKey::Is { value } => equal(value),
            RowKey::OneOf { values } => values.iter().any(equal),
            RowKey::Range { from, until } => {
                let bound = |bound: &Option<Scalar>| bound.as_ref().filter(|one| **one != Scalar::Null).map(read);
                match (bound(from), bound(until)) {
                    (Some(None), _) | (_, Some(None)) => false,
                    (from, until) => {
                        let (from, until) = (from.flatten(), until.flatten());
                        value.seen().lies_within(from.as_ref(), until.as_ref())
                            && value.seen().compares(crate::rulebook::Comparison::Equal, value.seen())
                    }
                }
            }
        }
    })
}

/// The single value that a row's last key is for.
fn end(row: &UsedRow, like: &Value) -> Option<Unrounded> {
    match &row.keys.last()?.row {
        RowKey::Is { value } => place(&like.value_type().read(value).ok()?),
        _ => None,
    }
}

/// A number, or a day as the days since 1970.
fn place(value: &Value) -> Option<Unrounded> {
    match value {
        Value::Date(day) => Some(Unrounded::from(day.epoch_days())),
        value => number(value),
    }
}
