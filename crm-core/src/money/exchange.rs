//! Conversion between currencies with a dated rate that stays visible.

use alloc::string::String;

use serde::{Deserialize, Serialize};

use super::{Currency, Decimal, Money, Rate, Rounded, Rounding, Unrounded};
use crate::{
    calendar::Date,
    refusal::{Code, Fault, Refusal},
};

/// A rate of exchange on a day (汇率): one unit of `from` is `rate` units of `to`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExchangeRate {
    /// The currency that is given.
    pub from: Currency,
    /// The currency that is received.
    pub to: Currency,
    /// Major units of `to` for one major unit of `from`; above zero.
    pub rate: Rate,
    /// The day for which the rate was published.
    pub on: Date,
    /// Who published it.
    pub source: String,
}

/// How a rate was applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RateUse {
    /// `from` into `to`: multiplied.
    Direct,
    /// `to` back into `from`: divided.
    Inverse,
}

/// A conversion with everything that it used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Conversion {
    /// The amount that was converted.
    pub original: Money,
    /// The amount that came out.
    pub converted: Money,
    /// The rate.
    pub rate: ExchangeRate,
    /// In which direction the rate was applied.
    pub rate_use: RateUse,
    /// The one rounding.
    pub rounding: Rounded,
}

impl Money {
    /// Converts an amount in the rate's `from` into its `to`: multiplied exactly, rounded once.
    ///
    /// # Errors
    /// `money.currency.mixed` when the amount is not in `from`; inside the rate `money.rate.not_positive` at `/rate` and
    /// `money.rate.same_currency` at `/to`; those of [`Unrounded::into_money`].
    ///
    /// ```
    /// use crm_core::calendar::Date;
    /// use crm_core::money::{Currency, Decimal, ExchangeRate, Money, Rounding, RoundingMode};
    /// use crm_core::refusal::Code;
    ///
    /// let rate = ExchangeRate {
    ///     from: Currency::EUR,
    ///     to: Currency::CNY,
    ///     rate: Decimal::parse("7.8305")?,
    ///     on: Date::parse("2024-01-02")?,
    ///     source: "example".into(),
    /// };
    /// let cents = Rounding::minor_unit(RoundingMode::HalfUp, Currency::CNY);
    /// let result = Money::from_minor(10_001, Currency::EUR).convert(&rate, cents)?;
    /// assert_eq!(result.converted.to_string(), "CNY 783.13");
    /// assert_eq!(result.rounding.before, "783.128305");
    ///
    /// let refused = Money::from_minor(10_001, Currency::USD).convert(&rate, cents).unwrap_err();
    /// assert_eq!(refused.code(), Code::MoneyCurrencyMixed);
    /// # Ok::<(), crm_core::refusal::Refusal>(())
    /// ```
    pub fn convert(&self, rate: &ExchangeRate, rounding: Rounding) -> Result<Conversion, Refusal> {
        rate.check()?;
        self.require(rate.from)?;
        let exact = Unrounded::from(*self).times(rate.rate)?;
        self.converted(exact, rate.to, rate, RateUse::Direct, rounding)
    }

    /// Converts an amount in the rate's `to` back into its `from`: divided exactly, rounded once.
    ///
    /// There and back need not give the first amount: each way rounds.
    ///
    /// # Errors
    /// As [`Money::convert`], with `from` and `to` exchanged.
    pub fn convert_inverse(&self, rate: &ExchangeRate, rounding: Rounding) -> Result<Conversion, Refusal> {
        rate.check()?;
        self.require(rate.to)?;
        let exact = Unrounded::from(*self).divided_by(rate.rate)?;
        self.converted(exact, rate.from, rate, RateUse::Inverse, rounding)
    }

    fn converted(
        &self,
        exact: Unrounded,
        into: Currency,
        rate: &ExchangeRate,
        rate_use: RateUse,
        rounding: Rounding,
    ) -> Result<Conversion, Refusal> {
        let result = exact.into_money(into, rounding)?;
        Ok(Conversion {
            original: *self,
            converted: result.money,
            rate: rate.clone(),
            rate_use,
            rounding: result.rounding,
        })
    }
}

impl ExchangeRate {
    fn check(&self) -> Result<(), Refusal> {
        let mut faults = alloc::vec::Vec::new();
        if self.from == self.to {
            faults.push(Fault::new(Code::MoneyRateSameCurrency).at("to"));
        }
        if self.rate <= Decimal::ZERO {
            faults.push(Fault::new(Code::MoneyRateNotPositive).at("rate"));
        }
        Refusal::unless_empty(faults)
    }
}
