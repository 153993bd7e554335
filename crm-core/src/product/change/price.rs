//! The price of a timeline.

use alloc::{string::String, vec::Vec};

use serde::{Deserialize, Serialize};

use super::{
    proration::PriceShare,
    retention::{MinimumRetained, RetentionBase, RetentionMethod},
    timeline::{CoverStep, EffectiveTimeline, PinnedPrice, Segment, TimelineEnd},
};
use crate::{
    calendar::{Date, Period},
    money::{Decimal, Money, Rounded, RoundedMoney, Rounding, RoundingMode, Unrounded},
    product::reckoning::{Figure, Reckoning},
    refusal::Refusal,
    rulebook::{Operation, Trace},
};

/// What a policy costs, with its reasons: the net premium in the currency of the policy. Taxes, levies and fees are
/// charges of their own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TimelinePrice {
    /// The price: what was charged less what is refunded.
    pub total: Money,
    /// What the policy costs when it runs to the end of its term.
    pub charged: Money,
    /// What is given back because it ended before.
    pub refunded: Money,
    /// Each coverage, in the order of their codes; their prices add up to the total.
    pub coverages: Vec<CoveragePrice>,
    /// What is kept, where the policy ended before its time.
    pub retention: Option<RetentionWorking>,
}

/// What a coverage costs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CoveragePrice {
    /// Its code.
    pub coverage: String,
    /// The parts of the term in which it has one price, as if the policy ran to its end.
    pub segments: Vec<PricedSegment>,
    /// What it costs when the policy runs to its end, rounded once.
    pub charged: Money,
    /// What is given back, rounded once, less its part of a fee or minimum.
    pub refunded: Money,
    /// Its price.
    pub price: Money,
    /// The steps to the price.
    pub trace: Trace,
}

/// A part of the term with one price.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PricedSegment {
    /// From when to when.
    pub period: Period,
    /// The annual price and its version.
    pub price: PinnedPrice,
    /// The parts of the annual price that belong to it.
    pub shares: Vec<PriceShare>,
}

/// What is kept of a policy that ended before its time (退保扣费过程).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RetentionWorking {
    /// How it ended and by which rule.
    pub end: TimelineEnd,
    /// What the method keeps.
    pub by_method: Money,
    /// The handling fee, where the method is one: its part, rounded half up, up to its cap.
    pub fee: Option<Money>,
    /// How its part was rounded.
    pub fee_rounding: Option<Rounded>,
    /// The least that is to be kept, no more than was charged.
    pub minimum: Option<Money>,
    /// How it was rounded, where it is a part of what was charged.
    pub minimum_rounding: Option<Rounded>,
    /// What is added for the fee or the minimum; it is spread over the coverages in proportion to their refunds.
    pub added: Money,
    /// What is kept: the price.
    pub retained: Money,
}

/// A coverage under way.
struct Work<'a> {
    steps: &'a [CoverStep],
    reckoning: Reckoning,
    charged_figure: Figure,
    charged: Money,
    refund: Option<(Figure, Money)>,
    segments: Vec<PricedSegment>,
}

impl EffectiveTimeline {
    /// The price, a function of the timeline alone (law 4).
    ///
    /// Each coverage is worked out exactly over all its segments and rounded once; where the policy ended before its
    /// time, its refund is worked out exactly and rounded once.
    ///
    /// # Errors
    /// For a timeline that is none: `product.change.order`, `product.change.outside_term`,
    /// `product.change.price_negative`, `money.currency.mixed`, the faults of its retention. `product.short_rate.outside`
    /// where a table ends; `calendar.date.range`; `money.exact.range` and `money.amount.range`.
    ///
    /// ```
    /// use crm_core::calendar::{Date, Period};
    /// use crm_core::money::{Currency, Money, RoundingMode};
    /// use crm_core::product::EffectiveTimeline;
    /// use crm_core::refusal::Code;
    ///
    /// let term = Period::new(Date::parse("2026-03-01")?, Date::parse("2027-03-01")?)?;
    /// let mut policy = EffectiveTimeline::single("tpl", Money::from_minor(95_000, Currency::CNY), term, RoundingMode::HalfUp);
    /// assert_eq!(policy.price()?.total.to_string(), "CNY 950.00");
    ///
    /// policy.steps[0].from = Date::parse("2027-03-01")?;
    /// assert_eq!(policy.price().unwrap_err().code(), Code::ProductChangeOutsideTerm);
    /// # Ok::<(), crm_core::refusal::Refusal>(())
    /// ```
    pub fn price(&self) -> Result<TimelinePrice, Refusal> {
        self.check()?;
        let mut work = self.coverages().map(|steps| self.work(steps)).collect::<Result<Vec<_>, _>>()?;
        let charged = Money::sum(self.currency, work.iter().map(|one| one.charged))?;
        let mut retention = None;
        let mut added = Vec::new();
        if let Some(end) = &self.end {
            for one in &mut work {
                let (figure, refund) = self.refund(one, end)?;
                one.refund = Some((figure, refund));
            }
            let refunds: Vec<Money> = work.iter().filter_map(|one| one.refund.map(|(_, refund)| refund)).collect();
            let refunded = Money::sum(self.currency, refunds.iter().copied())?;
            let working = self.required(end, charged, charged.minus(refunded)?)?;
            if !working.added.is_zero() {
                let weights: Vec<Decimal> = refunds.iter().map(|refund| refund.minor().into()).collect();
                added = working.added.allocate(&weights)?;
            }
            retention = Some(working);
        }
        let mut added = added.into_iter();
        let coverages =
            work.into_iter().map(|one| one.finish(added.next(), self)).collect::<Result<Vec<_>, Refusal>>()?;
        let total = Money::sum(self.currency, coverages.iter().map(|one| one.price))?;
        Ok(TimelinePrice { total, charged, refunded: charged.minus(total)?, coverages, retention })
    }

    /// What a coverage costs when the policy runs to its end.
    fn work<'a>(&'a self, steps: &'a [CoverStep]) -> Result<Work<'a>, Refusal> {
        let mut reckoning = Reckoning::default();
        let mut segments = Vec::new();
        let mut whole: Option<Figure> = None;
        for segment in self.segments(steps) {
            let period = Period::new(segment.from, segment.until)?;
            let shares = self.proration.shares(&self.term, segment.from, segment.until)?;
            let exact = self.exact(&mut reckoning, segment.price.annual, &shares)?;
            whole = plus(&mut reckoning, whole, exact)?;
            segments.push(PricedSegment { period, price: segment.price.clone(), shares });
        }
        let whole = whole.unwrap_or_else(|| reckoning.amount(Money::zero(self.currency)));
        let (charged_figure, charged) = reckoning.round(whole, self.currency, self.rounding)?;
        Ok(Work { steps, reckoning, charged_figure, charged, refund: None, segments })
    }

    /// Parts of an annual price, exactly.
    pub(super) fn exact(
        &self,
        reckoning: &mut Reckoning,
        annual: Money,
        shares: &[PriceShare],
    ) -> Result<Figure, Refusal> {
        let mut whole = reckoning.amount(annual);
        if let Some(percent) = self.proration.percent(&self.term)? {
            whole = reckoning.percent(whole, percent)?;
        }
        let mut sum: Option<Figure> = None;
        for share in shares {
            let part = if *share == (PriceShare { parts: 1, of: 1 }) {
                whole
            } else {
                reckoning.part(whole, share.parts, share.of)?
            };
            sum = plus(reckoning, sum, part)?;
        }
        Ok(sum.unwrap_or_else(|| reckoning.amount(Money::zero(self.currency))))
    }

    /// What a coverage gets back, exactly and rounded: never below zero, never more than was charged.
    fn refund(&self, work: &mut Work<'_>, end: &TimelineEnd) -> Result<(Figure, Money), Refusal> {
        let zero = Money::zero(self.currency);
        let (charged, charged_figure, steps) = (work.charged, work.charged_figure, work.steps);
        let reckoning = &mut work.reckoning;
        let exact = match (&end.retention.rule.method, end.retention.rule.base) {
            (RetentionMethod::Nothing {} | RetentionMethod::HandlingFee { .. }, _) => charged_figure,
            (RetentionMethod::Everything {}, _) => return Ok((reckoning.amount(zero), zero)),
            (RetentionMethod::UnearnedShare { kept }, _) => {
                let unearned = self.unearned(reckoning, steps, end.effective)?;
                let one = reckoning.factor(Decimal::ONE);
                let kept = reckoning.factor(*kept);
                let given = reckoning.combine(Operation::Subtract, one, kept)?;
                reckoning.combine(Operation::Multiply, unearned, given)?
            }
            (_, RetentionBase::AnnualAtCancellation) => {
                let last = self.segments(steps).find(|one| one.from < end.effective && end.effective <= one.until);
                let Some(last) = last else { return Ok((reckoning.amount(zero), zero)) };
                let shares = self.proration.shares(&self.term, self.term.start(), self.term.end())?;
                let base = self.exact(reckoning, last.price.annual, &shares)?;
                let kept = end.retention.kept(reckoning, base, &self.term, end.effective)?;
                reckoning.combine(Operation::Subtract, charged_figure, kept)?
            }
            (_, RetentionBase::PerLayer) => {
                let kept = self.kept_of_layers(reckoning, steps, end)?;
                reckoning.combine(Operation::Subtract, charged_figure, kept)?
            }
            (_, RetentionBase::AllCharged | RetentionBase::UnearnedShare) => {
                let kept = end.retention.kept(reckoning, charged_figure, &self.term, end.effective)?;
                reckoning.combine(Operation::Subtract, charged_figure, kept)?
            }
        };
        let (figure, refund) = reckoning.round(exact, self.currency, self.rounding)?;
        if refund.is_negative() {
            return Ok((reckoning.amount(zero), zero));
        }
        Ok(if refund.minor() > charged.minor() { (charged_figure, charged) } else { (figure, refund) })
    }

    /// What is not yet earned on a day, exactly.
    fn unearned(&self, reckoning: &mut Reckoning, steps: &[CoverStep], on: Date) -> Result<Figure, Refusal> {
        let mut sum: Option<Figure> = None;
        for Segment { from, until, price } in self.segments(steps).filter(|segment| segment.until > on) {
            let shares = self.proration.shares(&self.term, from.max(on), until)?;
            let exact = self.exact(reckoning, price.annual, &shares)?;
            sum = plus(reckoning, sum, exact)?;
        }
        Ok(sum.unwrap_or_else(|| reckoning.amount(Money::zero(self.currency))))
    }

    /// Each change of the annual price runs from its day to the end of the term.
    fn kept_of_layers(
        &self,
        reckoning: &mut Reckoning,
        steps: &[CoverStep],
        end: &TimelineEnd,
    ) -> Result<Figure, Refusal> {
        let mut before = Money::zero(self.currency);
        let mut sum: Option<Figure> = None;
        for step in steps.iter().filter(|step| step.from < end.effective) {
            let now = step.price.as_ref().map_or(Money::zero(self.currency), |price| price.annual);
            let layer = now.minus(before)?;
            before = now;
            if layer.is_zero() {
                continue;
            }
            let period = Period::new(step.from, self.term.end())?;
            let shares = self.proration.shares(&self.term, step.from, self.term.end())?;
            let base = self.exact(reckoning, layer, &shares)?;
            let kept = end.retention.kept(reckoning, base, &period, end.effective)?;
            sum = plus(reckoning, sum, kept)?;
        }
        Ok(sum.unwrap_or_else(|| reckoning.amount(Money::zero(self.currency))))
    }

    /// What fee and minimum add to what the method keeps.
    fn required(&self, end: &TimelineEnd, charged: Money, by_method: Money) -> Result<RetentionWorking, Refusal> {
        let cents = Rounding::minor_unit(RoundingMode::HalfUp, self.currency);
        let part_of = |part: Decimal| Unrounded::from(charged).times(part)?.into_money(self.currency, cents);
        let less = |one: Money, other: Money| -> Result<Money, Refusal> {
            Ok(if one.compare(other)?.is_gt() { other } else { one })
        };
        let (mut fee, mut fee_rounding) = (None, None);
        if let RetentionMethod::HandlingFee { part, at_most } = &end.retention.rule.method {
            let RoundedMoney { money, rounding } = part_of(*part)?;
            fee = Some(at_most.map_or(Ok(money), |most| less(money, most))?);
            fee_rounding = Some(rounding);
        }
        let (mut minimum, mut minimum_rounding) = (None, None);
        match &end.retention.rule.minimum {
            None => {}
            Some(MinimumRetained::Amount { amount }) => minimum = Some(less(*amount, charged)?),
            Some(MinimumRetained::Part { part }) => {
                let RoundedMoney { money, rounding } = part_of(*part)?;
                (minimum, minimum_rounding) = (Some(money), Some(rounding));
            }
        }
        let mut retained = by_method;
        for least in [fee, minimum].into_iter().flatten() {
            if least.compare(retained)?.is_gt() {
                retained = least;
            }
        }
        let added = retained.minus(by_method)?;
        Ok(RetentionWorking {
            end: end.clone(),
            by_method,
            fee,
            fee_rounding,
            minimum,
            minimum_rounding,
            added,
            retained,
        })
    }
}

impl Work<'_> {
    fn finish(self, added: Option<Money>, timeline: &EffectiveTimeline) -> Result<CoveragePrice, Refusal> {
        let Self { steps, mut reckoning, charged_figure, charged, refund, segments } = self;
        let zero = Money::zero(timeline.currency);
        let added = added.unwrap_or(zero);
        let refunded = refund.map_or(zero, |(_, refund)| refund).minus(added)?;
        if let Some((figure, _)) = refund {
            let price = reckoning.combine(Operation::Subtract, charged_figure, figure)?;
            if !added.is_zero() {
                let added = reckoning.amount(added);
                reckoning.combine(Operation::Add, price, added)?;
            }
        }
        let coverage = steps.first().map(|step| step.coverage.clone()).unwrap_or_default();
        let price = charged.minus(refunded)?;
        Ok(CoveragePrice { coverage, segments, charged, refunded, price, trace: reckoning.into_trace() })
    }
}

pub(super) fn plus(reckoning: &mut Reckoning, sum: Option<Figure>, next: Figure) -> Result<Option<Figure>, Refusal> {
    match sum {
        None => Ok(Some(next)),
        Some(sum) => reckoning.combine(Operation::Add, sum, next).map(Some),
    }
}
