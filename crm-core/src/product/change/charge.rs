//! Charges: the premium of a recording, taxes and fees beside it, what stays on account.

use alloc::{string::String, vec::Vec};

use serde::{Deserialize, Serialize};

use super::{action::ChangeId, price::TimelinePrice};
use crate::{
    calendar::Date,
    money::{Money, RoundingMode},
    product::{ChargeNature, reckoning::Reckoning},
    refusal::{Code, Fault, Refusal},
    rulebook::{KnownValue, Operation, Parameter, Trace, Value},
};

/// The premium that a recording charges or gives back: the price after it less the price before it (批改保费).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PremiumCharge {
    /// The change; none for the issue of the policy.
    pub change: Option<ChangeId>,
    /// The day on which it was recorded.
    pub recorded_on: Date,
    /// The price before.
    pub before: Money,
    /// The price after.
    pub after: Money,
    /// The charge; below zero for a refund.
    pub amount: Money,
    /// Each coverage that has a price before or after; their charges add up.
    pub coverages: Vec<CoverageCharge>,
}

/// The charge of a coverage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CoverageCharge {
    /// Its code.
    pub coverage: String,
    /// Its price before; zero when it was not insured.
    pub before: Money,
    /// Its price after.
    pub after: Money,
    /// The charge.
    pub amount: Money,
}

impl PremiumCharge {
    /// The charge between two prices.
    pub(super) fn between(
        before: Option<&TimelinePrice>,
        after: &TimelinePrice,
        change: Option<ChangeId>,
        recorded_on: Date,
    ) -> Result<Self, Refusal> {
        let zero = Money::zero(after.total.currency());
        let priced = |price: &TimelinePrice| -> alloc::collections::BTreeMap<String, Money> {
            price.coverages.iter().map(|one| (one.coverage.clone(), one.price)).collect()
        };
        let (mut then, now) = (before.map(priced).unwrap_or_default(), priced(after));
        let mut coverages = Vec::new();
        for (coverage, after) in now {
            let before = then.remove(&coverage).unwrap_or(zero);
            coverages.push(CoverageCharge { coverage, before, after, amount: after.minus(before)? });
        }
        for (coverage, before) in then {
            coverages.push(CoverageCharge { coverage, before, after: zero, amount: zero.minus(before)? });
        }
        coverages.sort_by(|one, other| one.coverage.cmp(&other.coverage));
        let (before, after) = (before.map_or(zero, |price| price.total), after.total);
        Ok(Self { change, recorded_on, before, after, amount: after.minus(before)?, coverages })
    }
}

/// A tax, levy or fee beside the premium, with a day of its own (税费).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SideCharge {
    /// Its code.
    pub code: String,
    /// What it is.
    pub nature: ChargeNature,
    /// The day whose rate applies.
    pub on: Date,
    /// The amount; below zero where a refund takes it back.
    pub amount: Money,
    /// The rate of the day with its source.
    pub rate: KnownValue,
    /// The steps to the amount.
    pub trace: Trace,
}

impl SideCharge {
    /// A charge at the rate of its day, a part of a premium charge, rounded once to the minor unit.
    ///
    /// # Errors
    /// Those of [`Parameter::at`]: `rulebook.dated.outside` and the faults of the parameter; `product.charge.rate` when
    /// its value is no decimal of zero or more.
    pub fn rated(
        code: &str,
        nature: ChargeNature,
        premium: Money,
        on: Date,
        rate: &Parameter,
        rounding: RoundingMode,
    ) -> Result<Self, Refusal> {
        let rate = rate.at(on).map_err(|refusal| refusal.at("rate"))?;
        let factor = match &rate.value {
            Value::Decimal(factor) if !factor.is_negative() => *factor,
            _ => return Err(Fault::new(Code::ProductChargeRate).at("rate").into()),
        };
        let mut reckoning = Reckoning::default();
        let base = reckoning.amount(premium);
        let factor = reckoning.factor(factor);
        let exact = reckoning.combine(Operation::Multiply, base, factor)?;
        let (_, amount) = reckoning.round(exact, premium.currency(), rounding)?;
        Ok(Self { code: String::from(code), nature, on, amount, rate, trace: reckoning.into_trace() })
    }
}

/// What is paid of a charge now and what stays on account (结算).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChargeSettlement {
    /// The charge; it is charged to the account whole, also where nothing is paid.
    pub charge: Money,
    /// What stood on account: below zero what the customer has to get.
    pub brought_forward: Money,
    /// What is paid now: above zero by the customer, below zero to him.
    pub payment: Money,
    /// What stays on account; both make the charge and what stood there.
    pub on_account: Money,
}

impl ChargeSettlement {
    /// Settles a charge: a refund below `keep_below` stays on account until there is more (小额退费挂账).
    ///
    /// # Errors
    /// `money.currency.mixed`, `money.amount.range`.
    ///
    /// ```
    /// use crm_core::money::{Currency, Money};
    /// use crm_core::product::ChargeSettlement;
    ///
    /// let cny = |minor| Money::from_minor(minor, Currency::CNY);
    /// let small = ChargeSettlement::of(cny(-300), cny(0), Some(cny(500)))?;
    /// assert_eq!((small.payment, small.on_account), (cny(0), cny(-300)));
    /// let more = ChargeSettlement::of(cny(-250), small.on_account, Some(cny(500)))?;
    /// assert_eq!((more.payment, more.on_account), (cny(-550), cny(0)));
    /// assert!(ChargeSettlement::of(cny(-300), Money::zero(Currency::USD), None).is_err());
    /// # Ok::<(), crm_core::refusal::Refusal>(())
    /// ```
    pub fn of(charge: Money, brought_forward: Money, keep_below: Option<Money>) -> Result<Self, Refusal> {
        let due = brought_forward.plus(charge)?;
        let kept = match keep_below {
            Some(limit) => due.is_negative() && due.abs()?.compare(limit)?.is_lt(),
            None => false,
        };
        let zero = Money::zero(charge.currency());
        let (payment, on_account) = if kept { (zero, due) } else { (due, zero) };
        Ok(Self { charge, brought_forward, payment, on_account })
    }
}
