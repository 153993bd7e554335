//! The plan as it reads: step by step in exact numbers, each step told. What the compiled plan must agree with.

use alloc::{
    collections::{BTreeMap, BTreeSet},
    string::String,
    vec::Vec,
};

use super::{
    Business, Calculation, CalculationSubject, ExplainedQuote, Quote, QuoteTrace, QuotedCharge, QuotedLimit, RatePlan,
    RateRequest, RatingDate, StepWork, UsedValue, WorkedStep,
    input::number,
    proof::Found,
    quote::{Priced, share, spread, sum_of, total_of},
    steps::{Act, Operand, Step},
};
use crate::{
    calendar::Date,
    money::{Money, Rounding, RoundingMode, Unrounded},
    refusal::{Code, Fault, Refusal},
    rulebook::{self, Asked, Scalar, Trace, Typed, Value, read_facts},
};

impl RatePlan {
    /// The day that decides the version.
    pub(super) fn rated_on(&self, request: &RateRequest) -> Date {
        let rule = match request.business {
            Business::New => self.spec.rated_on.new_business,
            Business::Renewal => self.spec.rated_on.renewal,
        };
        match rule {
            RatingDate::Inception => request.inception,
            RatingDate::Signing => request.signed_on.unwrap_or(request.inception),
        }
    }

    /// Reads what a host knows about a risk.
    pub(super) fn read_risk(&self, risk: &BTreeMap<String, Scalar>) -> Result<rulebook::Known, Refusal> {
        let known = read_facts(&self.facts, risk)?;
        let faults = self.inputs.iter().filter_map(|input| {
            let fault = known.get(&input.name).and_then(|value| input.point(value).err());
            fault.map(|fault| fault.at(&input.name))
        });
        Refusal::unless_empty(faults.collect())?;
        Ok(known)
    }

    /// The price of a risk with every step that made it.
    ///
    /// # Errors
    /// As [`RatePlan::quote`].
    pub fn quote_explained(
        &self,
        risk: &BTreeMap<String, Scalar>,
        request: &RateRequest,
    ) -> Result<ExplainedQuote, Refusal> {
        self.explain(&self.read_risk(risk)?, request.business, self.rated_on(request))
    }

    /// The price of a risk whose values were read.
    pub(super) fn explain(
        &self,
        known: &rulebook::Known,
        business: Business,
        on: Date,
    ) -> Result<ExplainedQuote, Refusal> {
        let mut run = Run {
            plan: self,
            asked: Asked { known, parameters: &self.dated, on },
            business,
            figures: alloc::vec![None; self.figures.len()],
            steps: alloc::vec![None; super::steps::MAX_STEPS.min(self.compiled.steps)],
            premiums: Vec::with_capacity(self.coverages.len()),
            calculations: Vec::new(),
        };
        let coverages = run.coverages()?;
        let sum = sum_of(self.spec.currency, &coverages)?;
        let net = run.net(sum)?;
        let charges = run.charges(net)?;
        let shares = share(net, self.spec.shares.iter().map(|share| (&share.code, share.part)))?;
        let stale = on > self.checked_until;
        let quote = Quote {
            plan: self.spec.name.clone(),
            business,
            rated_on: on,
            stale,
            coverages: spread(coverages, net)?,
            net,
            total: total_of(net, &charges)?,
            charges,
            shares,
        };
        let trace = QuoteTrace {
            plan: self.spec.name.clone(),
            source: self.spec.source.clone(),
            business,
            rated_on: on,
            stale,
            currency: self.spec.currency,
            calculations: run.calculations,
            shares: self.spec.shares.clone(),
        };
        Ok(ExplainedQuote { quote, trace })
    }
}

/// One quote under way.
pub(super) struct Run<'a> {
    pub(super) plan: &'a RatePlan,
    pub(super) asked: Asked<'a>,
    pub(super) business: Business,
    figures: Vec<Option<Unrounded>>,
    /// The running amount after each step of the plan that was done.
    steps: Vec<Option<Unrounded>>,
    premiums: Vec<Money>,
    calculations: Vec<Calculation>,
}

type Worked = (Option<Unrounded>, Vec<WorkedStep>);

impl Run<'_> {
    fn coverages(&mut self) -> Result<Vec<Priced>, Refusal> {
        let plan = self.plan;
        let mut priced = Vec::with_capacity(plan.coverages.len());
        for (coverage, written) in plan.coverages.iter().zip(&plan.spec.coverages) {
            let subject = CalculationSubject::Coverage { code: written.code.clone() };
            let titles = (&written.title, &written.title_zh);
            let result = self.part(subject, titles, coverage.included.as_ref(), None, &coverage.steps)?;
            let Some(result) = result else {
                self.premiums.push(Money::zero(plan.spec.currency));
                continue;
            };
            let premium = self.amount(result, &written.code)?;
            let mut limits = Vec::with_capacity(written.limits.len());
            for (limit, operand) in written.limits.iter().zip(&coverage.limits) {
                let (value, amount) = self.value(operand)?;
                self.calculations.push(Calculation {
                    subject: CalculationSubject::Limit { name: limit.name.clone(), amount },
                    title: limit.title.clone(),
                    title_zh: limit.title_zh.clone(),
                    included: None,
                    begins: None,
                    steps: Vec::new(),
                    result: Some(value.exact_text()),
                });
                limits.push(QuotedLimit {
                    name: limit.name.clone(),
                    title: limit.title.clone(),
                    title_zh: limit.title_zh.clone(),
                    amount: value.to_decimal()?,
                });
            }
            self.premiums.push(premium);
            priced.push(Priced {
                code: written.code.clone(),
                title: written.title.clone(),
                title_zh: written.title_zh.clone(),
                premium,
                limits,
            });
        }
        Ok(priced)
    }

    fn net(&mut self, sum: Money) -> Result<Money, Refusal> {
        if self.plan.net.is_empty() {
            return Ok(sum);
        }
        let (title, title_zh) = (String::from("Net premium"), String::from("净保费"));
        let result = self.part(CalculationSubject::Net {}, (&title, &title_zh), None, Some(sum), &self.plan.net)?;
        result.map_or(Ok(sum), |result| self.amount(result, "net"))
    }

    fn charges(&mut self, net: Money) -> Result<Vec<QuotedCharge>, Refusal> {
        let plan = self.plan;
        let mut quoted = Vec::with_capacity(plan.charges.len());
        for (charge, written) in plan.charges.iter().zip(&plan.spec.charges) {
            let subject = CalculationSubject::Charge { code: written.code.clone(), nature: written.nature };
            let titles = (&written.title, &written.title_zh);
            let result = self.part(subject, titles, charge.included.as_ref(), Some(net), &charge.steps)?;
            if let Some(result) = result {
                quoted.push(QuotedCharge {
                    code: written.code.clone(),
                    title: written.title.clone(),
                    title_zh: written.title_zh.clone(),
                    nature: written.nature,
                    amount: exact_amount(result, plan.spec.currency)?,
                });
            }
        }
        Ok(quoted)
    }

    /// Works out a coverage, the net premium or a charge; none when it is not part of the quote.
    fn part(
        &mut self,
        subject: CalculationSubject,
        titles: (&String, &String),
        included: Option<&Typed>,
        begins: Option<Money>,
        steps: &[Step],
    ) -> Result<Option<Unrounded>, Refusal> {
        let (included, holds) = match included {
            None => (None, true),
            Some(condition) => {
                let (trace, holds) = self.test(condition)?;
                (Some(trace), holds)
            }
        };
        let (result, steps) = if holds { self.list(steps, begins.map(Unrounded::from))? } else { (None, Vec::new()) };
        self.calculations.push(Calculation {
            subject,
            title: titles.0.clone(),
            title_zh: titles.1.clone(),
            included,
            begins: begins.filter(|_| holds),
            steps,
            result: result.map(|result| result.exact_text()),
        });
        Ok(result)
    }

    /// A premium: an amount that is not below zero.
    fn amount(&self, exact: Unrounded, name: &str) -> Result<Money, Refusal> {
        if exact.is_negative() {
            return Err(Fault::new(Code::ProductQuoteNegative).with_name("name", name).into());
        }
        exact_amount(exact, self.plan.spec.currency)
    }

    fn test(&self, condition: &Typed) -> Result<(Trace, bool), Refusal> {
        let mut trace = Trace::default();
        let (_, passed) = condition.run(&self.asked, &mut trace)?;
        let Some(passed) = passed else {
            let mut missing = BTreeSet::new();
            condition.missing(self.asked.known, &mut missing);
            let faults = missing.iter().map(|name| Fault::new(Code::RulebookFactMissing).at(name));
            return Err(Refusal::from_faults(faults.collect()).unwrap_or_else(|| Refusal::new(Code::Internal)));
        };
        Ok((trace, passed))
    }

    fn list(&mut self, steps: &[Step], mut running: Option<Unrounded>) -> Result<Worked, Refusal> {
        let mut worked = Vec::with_capacity(steps.len());
        for step in steps {
            let work = if step.valid.is_none_or(|valid| valid.holds(self.business, self.asked.on)) {
                let (after, work) = self.act(&step.act, running)?;
                running = after;
                work
            } else {
                StepWork::NotValid {}
            };
            if let Some(slot) = self.steps.get_mut(step.id) {
                *slot = running;
            }
            worked.push(WorkedStep {
                name: step.name.clone(),
                text: step.text.clone(),
                text_zh: step.text_zh.clone(),
                work,
                after: running.map(|running| running.exact_text()),
            });
        }
        Ok((running, worked))
    }

    fn act(&mut self, act: &Act, running: Option<Unrounded>) -> Result<(Option<Unrounded>, StepWork), Refusal> {
        // Loading proved that no other action meets nothing.
        let before = running.unwrap_or(Unrounded::ZERO);
        let (after, work) = match act {
            Act::Take(operand) => {
                let (value, amount) = self.value(operand)?;
                (value, StepWork::Take { amount })
            }
            Act::Multiply(operand) => {
                let (value, by) = self.value(operand)?;
                (before.times(value)?, StepWork::Multiply { by })
            }
            Act::Divide(operand) => {
                let (value, by) = self.value(operand)?;
                (before.divided_by(value)?, StepWork::Divide { by })
            }
            Act::Add(operand) => {
                let (value, amount) = self.value(operand)?;
                (before.plus(value)?, StepWork::Add { amount })
            }
            Act::Subtract(operand) => {
                let (value, amount) = self.value(operand)?;
                (before.minus(value)?, StepWork::Subtract { amount })
            }
            Act::PerUnit { units, size, rate } => {
                let (count, units) = self.value(units)?;
                let (each, rate) = self.value(rate)?;
                let more = count.divided_by(*size)?.times(each)?;
                (before.plus(more)?, StepWork::PerUnit { units, size: *size, rate })
            }
            Act::AtLeast(operand) => {
                let (value, amount) = self.value(operand)?;
                (before.max(value), StepWork::AtLeast { amount, applied: value > before })
            }
            Act::AtMost(operand) => {
                let (value, amount) = self.value(operand)?;
                (before.min(value), StepWork::AtMost { amount, applied: value < before })
            }
            Act::CapChange { expiring, down, up } => {
                return self.cap_change(before, *expiring, down.as_ref(), up.as_ref());
            }
            Act::Round(rounding) => {
                let rounded = before.round(*rounding)?;
                (Unrounded::from(rounded.after), StepWork::Round { rounding: rounded })
            }
            Act::Choose { branches, otherwise } => {
                let mut tests = Vec::new();
                let mut taken = None;
                for (condition, steps) in branches {
                    let (trace, holds) = self.test(condition)?;
                    tests.push(trace);
                    if holds {
                        taken = Some(steps);
                        break;
                    }
                }
                let (after, steps) = self.list(taken.unwrap_or(otherwise), running)?;
                return Ok((after, StepWork::Branch { tests, holds: taken.is_some(), steps }));
            }
        };
        Ok((Some(after), work))
    }

    fn cap_change(
        &mut self,
        before: Unrounded,
        expiring: usize,
        down: Option<&Operand>,
        up: Option<&Operand>,
    ) -> Result<(Option<Unrounded>, StepWork), Refusal> {
        let known = self.plan.inputs.get(expiring).is_some_and(|input| self.asked.known.contains_key(&input.name));
        if self.business == Business::New || !known {
            let work = StepWork::CapChange { expiring: None, down: None, up: None, applied: false };
            return Ok((Some(before), work));
        }
        let (last, expiring) = self.value(&Operand::Input(expiring))?;
        let mut after = before;
        let down = down.map(|down| self.value(down)).transpose()?;
        if let Some((part, _)) = &down {
            after = after.max(last.times(Unrounded::ONE.minus(*part)?)?);
        }
        let up = up.map(|up| self.value(up)).transpose()?;
        if let Some((part, _)) = &up {
            after = after.min(last.times(Unrounded::ONE.plus(*part)?)?);
        }
        let (down, up) = (down.map(|(_, used)| used), up.map(|(_, used)| used));
        let work = StepWork::CapChange { expiring: Some(expiring), down, up, applied: after != before };
        Ok((Some(after), work))
    }

    fn value(&mut self, operand: &Operand) -> Result<(Unrounded, UsedValue), Refusal> {
        let internal = || Refusal::new(Code::Internal);
        match operand {
            Operand::Value(value) => Ok((Unrounded::from(*value), UsedValue::Value { value: *value })),
            Operand::Input(index) => {
                let (name, value) = self.input(*index)?;
                let exact = number(&value).ok_or_else(internal)?;
                Ok((exact, UsedValue::Input { name, value }))
            }
            Operand::Parameter(index) => {
                let name = self.plan.parameters.get(*index).ok_or_else(internal)?;
                let known = self.plan.dated.get(name).ok_or_else(internal)?.at(self.asked.on)?;
                let exact = number(&known.value).ok_or_else(internal)?;
                Ok((exact, UsedValue::Parameter { known }))
            }
            Operand::Table { table, column } => {
                let lookup = self.look_up(*table)?;
                let Found::Row(row) = lookup.found else { return Err(internal()) };
                let row = self.row(&lookup, row, *column)?;
                Ok((Unrounded::from(row.value), UsedValue::Row { row }))
            }
            Operand::Between { table, column } => self.between(*table, *column),
            Operand::Figure(index) => {
                let written = self.plan.spec.figures.get(*index).ok_or_else(internal)?;
                let exact = match self.figures.get(*index).copied().flatten() {
                    Some(exact) => exact,
                    None => self.figure(*index)?,
                };
                Ok((exact, UsedValue::Figure { name: written.name.clone(), exact: exact.exact_text() }))
            }
            Operand::Step(id) => {
                let exact = self.steps.get(*id).copied().flatten().ok_or_else(internal)?;
                let name = self.plan.compiled.step_names.get(*id).ok_or_else(internal)?.clone();
                Ok((exact, UsedValue::Step { name, exact: exact.exact_text() }))
            }
            Operand::Coverage(index) => {
                let premium = *self.premiums.get(*index).ok_or_else(internal)?;
                let code = self.plan.spec.coverages.get(*index).ok_or_else(internal)?.code.clone();
                Ok((Unrounded::from(premium), UsedValue::Coverage { code, premium }))
            }
        }
    }

    fn figure(&mut self, index: usize) -> Result<Unrounded, Refusal> {
        let plan = self.plan;
        let (Some(steps), Some(written)) = (plan.figures.get(index), plan.spec.figures.get(index)) else {
            return Err(Refusal::new(Code::Internal));
        };
        let subject = CalculationSubject::Figure { name: written.name.clone() };
        let result = self.part(subject, (&written.title, &written.title_zh), None, None, steps)?;
        let exact = result.ok_or_else(|| Refusal::new(Code::Internal))?;
        if let Some(slot) = self.figures.get_mut(index) {
            *slot = Some(exact);
        }
        Ok(exact)
    }

    fn input(&self, index: usize) -> Result<(String, Value), Refusal> {
        let input = self.plan.inputs.get(index).ok_or_else(|| Refusal::new(Code::Internal))?;
        match self.asked.known.get(&input.name) {
            Some(value) => Ok((input.name.clone(), value.clone())),
            None => Err(Fault::new(Code::RulebookFactMissing).at(&input.name).into()),
        }
    }
}

/// An amount that loading proved to need no rounding.
pub(super) fn exact_amount(exact: Unrounded, currency: crate::money::Currency) -> Result<Money, Refusal> {
    let rounding = Rounding::minor_unit(RoundingMode::Down, currency);
    let amount = exact.into_money(currency, rounding)?.money;
    if Unrounded::from(amount) != exact {
        return Err(Refusal::new(Code::Internal));
    }
    Ok(amount)
}
