//! One risk made ready: read once, priced often, without allocating.

use alloc::{collections::BTreeMap, string::String, vec::Vec};

use super::{
    Business, Quote, QuotedCharge, QuotedLimit, RatePlan, RateRequest,
    kernel::{Points, Workspace},
    program::{Output, Program, YES},
    quote::{Priced, share, spread, total_of},
};
use crate::{
    calendar::Date,
    money::{Decimal, Money, Unrounded},
    refusal::{Code, Fault, Refusal},
    rulebook::{self, Scalar, Value, ValueType},
};

/// What a risk costs, without the steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Price {
    /// The net premium (净保费).
    pub net: Money,
    /// Net premium and charges (应付总额).
    pub total: Money,
    /// The day whose tables and parameters were used.
    pub rated_on: Date,
    /// Whether that day lies after the last check of something dated in the plan.
    pub stale: bool,
}

/// A risk in the form in which a plan works: one whole number for each input. Made by [`RatePlan::record`], used again
/// for one risk after the other.
#[derive(Debug, Clone)]
pub struct RiskRecord {
    points: Vec<i64>,
    known: Vec<bool>,
    workspace: Workspace,
}

impl RiskRecord {
    /// Forgets every value; the room stays.
    pub fn clear(&mut self) {
        self.known.fill(false);
    }

    /// Whether an input has a value.
    #[must_use]
    pub fn is_known(&self, input: usize) -> bool {
        self.known.get(input).copied().unwrap_or(false)
    }
}

/// Whether a figure is part of the quote of the one risk.
fn included(workspace: &Workspace, output: &Output) -> bool {
    output.included.is_none_or(|mark| workspace.get(mark).is_some_and(|mark| mark.marks.first() == Some(&YES)))
}

impl RatePlan {
    /// The price of a risk: premium per coverage, limits, charges, shares, total.
    ///
    /// Dates in the request are days; the plan says which of them decides the version. An input that the way taken does
    /// not need may be absent, and so may the expiring premium of a cap on change.
    ///
    /// # Errors
    /// `rulebook.fact.unknown`, `.choice`, `.range`, `product.input.digits`, `wire.<type>.expected` at the input, all at
    /// once; `rulebook.fact.missing` at an input that is needed; `product.quote.outside`, `rulebook.dated.outside` for a
    /// day without a version; `product.quote.not_offered`, `.beyond`, `.negative`, `.nothing`; `money.division.zero`,
    /// `money.exact.range`, `money.amount.range`.
    pub fn quote(&self, risk: &BTreeMap<String, Scalar>, request: &RateRequest) -> Result<Quote, Refusal> {
        let known = self.read_risk(risk)?;
        let on = self.rated_on(request);
        match self.quote_compiled(&known, request.business, on) {
            Some(quote) => Ok(quote),
            None => Ok(self.explain(&known, request.business, on)?.quote),
        }
    }

    /// The quote by the compiled plan; none where the model must answer.
    fn quote_compiled(&self, known: &rulebook::Known, business: Business, on: Date) -> Option<Quote> {
        let program = self.compiled.program(business, on)?;
        let points: Vec<Option<i64>> = (self.inputs.iter())
            .map(|input| known.get(&input.name).and_then(|value| input.point(value).ok()))
            .collect();
        let there: Vec<bool> = points.iter().map(Option::is_some).collect();
        let points: Vec<i64> = points.into_iter().map(Option::unwrap_or_default).collect();
        let mut workspace = Workspace::default();
        self.run_one(program, &points, &there, &mut workspace)?;
        let currency = self.spec.currency;
        let amount = |output: &Output| {
            let minor = *workspace.get(output.register)?.narrow.first()?;
            Some(Money::from_minor(minor, currency))
        };
        let mut limits = program.limits.iter();
        let mut priced = Vec::with_capacity(self.coverages.len());
        for (written, output) in self.spec.coverages.iter().zip(&program.coverages) {
            let limits: Vec<_> = written.limits.iter().zip(limits.by_ref()).collect();
            if !included(&workspace, output) {
                continue;
            }
            let limits = limits.into_iter().map(|(limit, output)| {
                let cells = workspace.get(output.register)?;
                let value = match cells.wide.first() {
                    Some(value) => *value,
                    None => cells.narrow.first().copied().map(i128::from)?,
                };
                Some(QuotedLimit {
                    name: limit.name.clone(),
                    title: limit.title.clone(),
                    title_zh: limit.title_zh.clone(),
                    amount: Unrounded::ratio(value, output.denominator).ok()?.to_decimal().ok()?,
                })
            });
            priced.push(Priced {
                code: written.code.clone(),
                title: written.title.clone(),
                title_zh: written.title_zh.clone(),
                premium: amount(output)?,
                limits: limits.collect::<Option<_>>()?,
            });
        }
        let charges = self.spec.charges.iter().zip(&program.charges).filter(|(_, output)| included(&workspace, output));
        let charges: Option<Vec<QuotedCharge>> = charges
            .map(|(written, output)| {
                Some(QuotedCharge {
                    code: written.code.clone(),
                    title: written.title.clone(),
                    title_zh: written.title_zh.clone(),
                    nature: written.nature,
                    amount: amount(output)?,
                })
            })
            .collect();
        let charges = charges?;
        let net = Money::from_minor(*workspace.get(program.net)?.narrow.first()?, currency);
        Some(Quote {
            plan: self.spec.name.clone(),
            business,
            rated_on: on,
            stale: on > self.checked_until,
            coverages: spread(priced, net).ok()?,
            net,
            total: total_of(net, &charges).ok()?,
            charges,
            shares: share(net, self.spec.shares.iter().map(|share| (&share.code, share.part))).ok()?,
        })
    }

    /// Whether prices of this day and business come from the compiled plan. What divides by an input or a table, or needs
    /// more than 127 bits, is priced by the model: as right, not as quick.
    #[must_use]
    pub fn is_compiled(&self, request: &RateRequest) -> bool {
        self.compiled.program(request.business, self.rated_on(request)).is_some()
    }

    /// A record without values.
    #[must_use]
    pub fn record(&self) -> RiskRecord {
        RiskRecord {
            points: alloc::vec![0; self.inputs.len()],
            known: alloc::vec![false; self.inputs.len()],
            workspace: Workspace::default(),
        }
    }

    /// The place of an input in a record and in the columns of a batch.
    #[must_use]
    pub fn input(&self, name: &str) -> Option<usize> {
        self.inputs.iter().position(|input| input.name == name)
    }

    /// The whole number that stands for a value of an input: the place of a choice in the list, a decimal without its
    /// point at the digits of the input's bounds, a day counted from 1970-01-01, 0 and 1 for false and true.
    ///
    /// # Errors
    /// `wire.<type>.expected`, `rulebook.fact.choice`, `rulebook.fact.range`, `product.input.digits`, all at the input;
    /// `rulebook.fact.unknown` for a place without an input.
    pub fn point(&self, input: usize, value: &Scalar) -> Result<i64, Refusal> {
        let Some(of) = self.inputs.get(input) else { return Err(Refusal::new(Code::RulebookFactUnknown)) };
        let at = |refusal: Refusal| refusal.at(&of.name);
        let declared = self.facts.get(&of.name).ok_or_else(|| Refusal::new(Code::Internal))?;
        let value = declared.read(value).map_err(at)?;
        of.point(&value).map_err(|fault| at(fault.into()))
    }

    /// Puts a value into a record.
    ///
    /// # Errors
    /// Those of [`RatePlan::point`].
    pub fn set(&self, record: &mut RiskRecord, input: usize, value: &Scalar) -> Result<(), Refusal> {
        let point = self.point(input, value)?;
        self.set_point(record, input, point)
    }

    /// Puts the place of a choice into a record, without allocating.
    ///
    /// # Errors
    /// `rulebook.fact.choice` at the input; `rulebook.fact.unknown` for a place without an input.
    pub fn set_text(&self, record: &mut RiskRecord, input: usize, value: &str) -> Result<(), Refusal> {
        let Some(of) = self.inputs.get(input) else { return Err(Refusal::new(Code::RulebookFactUnknown)) };
        match of.choice(value) {
            Some(point) => self.set_point(record, input, point),
            None => self.set(record, input, &Scalar::Text(value.into())),
        }
    }

    /// Puts a whole number into a record, without allocating: the value of a whole number, of others what
    /// [`RatePlan::point`] says.
    ///
    /// # Errors
    /// `rulebook.fact.range` at the input; `rulebook.fact.unknown` for a place without an input.
    pub fn set_point(&self, record: &mut RiskRecord, input: usize, point: i64) -> Result<(), Refusal> {
        let Some(of) = self.inputs.get(input) else { return Err(Refusal::new(Code::RulebookFactUnknown)) };
        if point < of.low || point > of.high {
            return Err(self.outside(input).into());
        }
        if let (Some(slot), Some(known)) = (record.points.get_mut(input), record.known.get_mut(input)) {
            (*slot, *known) = (point, true);
        }
        Ok(())
    }

    /// Puts a decimal into a record, without allocating.
    ///
    /// # Errors
    /// Those of [`RatePlan::point`].
    pub fn set_decimal(&self, record: &mut RiskRecord, input: usize, value: Decimal) -> Result<(), Refusal> {
        self.set(record, input, &Scalar::Decimal(value))
    }

    /// What is wrong with a point outside its bounds.
    pub(super) fn outside(&self, input: usize) -> Fault {
        let Some(of) = self.inputs.get(input) else { return Fault::new(Code::Internal) };
        let fault = if of.value_type == ValueType::Text {
            Fault::new(Code::RulebookFactChoice).with("expected", of.choices.join(", "))
        } else {
            let shown = |point| alloc::format!("{}", of.value(point));
            Fault::new(Code::RulebookFactRange).with("min", shown(of.low)).with("max", shown(of.high))
        };
        fault.at(&of.name)
    }

    /// What a risk costs; allocates nothing where the compiled plan can answer.
    ///
    /// # Errors
    /// Those of [`RatePlan::quote`].
    ///
    /// ```
    /// use crm_core::{calendar::Date, product::{Business, RatePlan, RateRequest}};
    ///
    /// let plan = RatePlan::from_json(include_bytes!("../../../tests/product_plan/motor.json"))?;
    /// let request = RateRequest { business: Business::New, inception: Date::parse("2026-03-01")?, signed_on: None };
    /// let mut record = plan.record();
    /// let of = |name| plan.input(name).unwrap();
    /// plan.set_text(&mut record, of("use"), "private")?;
    /// plan.set_point(&mut record, of("seats"), 5)?;
    /// plan.set_point(&mut record, of("clean_years"), 3)?;
    /// assert_eq!(plan.price(&mut record, &request)?.net.to_string(), "CNY 475.00");
    ///
    /// assert_eq!(plan.set_point(&mut record, of("seats"), 0).unwrap_err().code().as_str(), "rulebook.fact.range");
    /// # Ok::<(), crm_core::refusal::Refusal>(())
    /// ```
    pub fn price(&self, record: &mut RiskRecord, request: &RateRequest) -> Result<Price, Refusal> {
        let on = self.rated_on(request);
        if let Some((net, total)) = self.price_compiled(record, request, on) {
            let currency = self.spec.currency;
            let money = |minor| Money::from_minor(minor, currency);
            return Ok(Price { net: money(net), total: money(total), rated_on: on, stale: on > self.checked_until });
        }
        let quote = self.explain(&self.known(record), request.business, on)?.quote;
        Ok(Price { net: quote.net, total: quote.total, rated_on: on, stale: quote.stale })
    }

    /// Net and total by the compiled plan; none where the model must answer.
    fn price_compiled(&self, record: &mut RiskRecord, request: &RateRequest, on: Date) -> Option<(i64, i64)> {
        let program = self.compiled.program(request.business, on)?;
        let RiskRecord { points, known, workspace } = record;
        self.run_one(program, points, known, workspace)?;
        let amount = |register| workspace.get(register)?.narrow.first().copied();
        Some((amount(program.net)?, amount(program.total)?))
    }

    /// Runs a program for one risk; none where it has no answer.
    fn run_one(&self, program: &Program, points: &[i64], known: &[bool], workspace: &mut Workspace) -> Option<()> {
        workspace.prepare(program, 1);
        let column = |input: usize| {
            let points = points.get(input).map(core::slice::from_ref)?;
            Some(Points { points, known: known.get(input).map(core::slice::from_ref) })
        };
        workspace.run(self, program, column)?;
        let bad = |register| workspace.get(register).is_none_or(|cells| cells.spoiled && cells.bad.first() != Some(&0));
        let limit = program.limits.iter().any(|limit| included(workspace, limit) && bad(limit.register));
        let outside = workspace.outside.first() != Some(&0);
        (!outside && !limit && !program.vital.iter().any(|register| bad(*register))).then_some(())
    }

    /// The values of a record.
    fn known(&self, record: &RiskRecord) -> rulebook::Known {
        let both = self.inputs.iter().zip(record.points.iter().zip(&record.known));
        both.filter(|(_, (_, known))| **known)
            .map(|(input, (point, _))| (input.name.clone(), input.value(*point)))
            .collect()
    }

    /// Points as values, for the model.
    pub(super) fn values(&self, points: impl Iterator<Item = Option<i64>>) -> BTreeMap<String, Value> {
        let both = self.inputs.iter().zip(points);
        both.filter_map(|(input, point)| point.map(|point| (input.name.clone(), input.value(point)))).collect()
    }
}
