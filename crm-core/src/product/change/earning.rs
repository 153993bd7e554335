//! What a policy that changed has earned on a day.

use alloc::{string::String, vec::Vec};

use serde::{Deserialize, Serialize};

use super::{
    price::{CoveragePrice, plus},
    timeline::{CoverStep, EffectiveTimeline, Segment},
};
use crate::{
    calendar::Date,
    money::Money,
    product::reckoning::{Figure, Reckoning},
    refusal::Refusal,
    rulebook::Trace,
};

/// What a policy has earned on a day, and what it has not (已赚、未到期保费).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TimelineEarning {
    /// The day at whose beginning it is asked.
    pub on: Date,
    /// The price of the timeline.
    pub price: Money,
    /// What is earned.
    pub earned: Money,
    /// What is not; both make the price.
    pub unearned: Money,
    /// Each coverage, in the order of their codes.
    pub coverages: Vec<CoverageEarning>,
}

/// What a coverage has earned on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CoverageEarning {
    /// Its code.
    pub coverage: String,
    /// Its price.
    pub price: Money,
    /// What is earned: the price of its days so far, rounded once, never more than its price; all of it from the day on
    /// which the policy ends.
    pub earned: Money,
    /// What is not.
    pub unearned: Money,
    /// The steps to what is earned.
    pub trace: Trace,
}

impl EffectiveTimeline {
    /// What the policy has earned at the beginning of the day `on`: each price for its own days, by the proration of the
    /// policy. What is kept of a policy that ends before its time is earned on the day on which it ends.
    ///
    /// # Errors
    /// As [`EffectiveTimeline::price`].
    ///
    /// ```
    /// use crm_core::calendar::{Date, Period};
    /// use crm_core::money::{Currency, Money, RoundingMode};
    /// use crm_core::product::EffectiveTimeline;
    ///
    /// let term = Period::new(Date::parse("2027-03-01")?, Date::parse("2028-03-01")?)?;
    /// let mut policy = EffectiveTimeline::single("tpl", Money::from_minor(36_600, Currency::CNY), term, RoundingMode::HalfUp);
    /// let half = policy.earning(Date::parse("2027-08-31")?)?;
    /// assert_eq!((half.earned.to_string(), half.unearned.to_string()), ("CNY 183.00".into(), "CNY 183.00".into()));
    ///
    /// policy.steps[0].from = Date::parse("2027-01-01")?;
    /// assert!(policy.earning(Date::parse("2027-08-31")?).is_err());
    /// # Ok::<(), crm_core::refusal::Refusal>(())
    /// ```
    pub fn earning(&self, on: Date) -> Result<TimelineEarning, Refusal> {
        let price = self.price()?;
        let over = self.end.as_ref().map_or(self.term.end(), |end| end.effective);
        let mut coverages = Vec::with_capacity(price.coverages.len());
        for (steps, coverage) in self.coverages().zip(&price.coverages) {
            coverages.push(self.earned(steps, coverage, on, on >= over)?);
        }
        let earned = Money::sum(self.currency, coverages.iter().map(|one| one.earned))?;
        Ok(TimelineEarning { on, price: price.total, earned, unearned: price.total.minus(earned)?, coverages })
    }

    fn earned(
        &self,
        steps: &[CoverStep],
        price: &CoveragePrice,
        on: Date,
        over: bool,
    ) -> Result<CoverageEarning, Refusal> {
        let coverage = price.coverage.clone();
        let whole = |trace: Trace| CoverageEarning {
            coverage: coverage.clone(),
            price: price.price,
            earned: price.price,
            unearned: Money::zero(self.currency),
            trace,
        };
        if over {
            return Ok(whole(price.trace.clone()));
        }
        let mut reckoning = Reckoning::default();
        let mut sum: Option<Figure> = None;
        for Segment { from, until, price } in self.segments(steps).filter(|segment| segment.from < on) {
            let shares = self.proration.shares(&self.term, from, until.min(on))?;
            let exact = self.exact(&mut reckoning, price.annual, &shares)?;
            sum = plus(&mut reckoning, sum, exact)?;
        }
        let sum = sum.unwrap_or_else(|| reckoning.amount(Money::zero(self.currency)));
        let (_, earned) = reckoning.round(sum, self.currency, self.rounding)?;
        if earned.minor() > price.price.minor() {
            return Ok(whole(price.trace.clone()));
        }
        let unearned = price.price.minus(earned)?;
        Ok(CoverageEarning { coverage, price: price.price, earned, unearned, trace: reckoning.into_trace() })
    }
}
