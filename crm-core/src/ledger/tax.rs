//! Splitting an amount that includes tax (价税分离).

use serde::{Deserialize, Serialize};

use crate::{
    money::{Decimal, Money, Rounded, Rounding, RoundingMode, Unrounded},
    refusal::{Code, Fault, Refusal},
};

/// An amount including tax, and the two amounts that add up to it (价税分离).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TaxSplit {
    /// The amount including tax (含税金额).
    pub gross: Money,
    /// The rate of tax on the net amount: `0.06` is 6 %.
    pub rate: Decimal,
    /// The amount without tax (不含税金额): gross ÷ (1 + rate), rounded to the minor unit.
    pub net: Money,
    /// The tax (税额): what is left, so that no cent is lost.
    pub tax: Money,
    /// How the net amount was rounded.
    pub rounding: Rounded,
}

impl TaxSplit {
    /// Splits an amount that includes tax; the net amount is rounded to the minor unit, the tax is the rest.
    ///
    /// ```
    /// use crm_core::{ledger::TaxSplit, money::{Currency, Decimal, Money, RoundingMode}};
    ///
    /// let split = TaxSplit::of_gross(Money::from_minor(95_000, Currency::CNY), Decimal::parse("0.06")?, RoundingMode::HalfUp)?;
    /// assert_eq!((split.net.to_string(), split.tax.to_string()), ("CNY 896.23".into(), "CNY 53.77".into()));
    /// let refusal = TaxSplit::of_gross(split.gross, Decimal::parse("-0.06")?, RoundingMode::HalfUp).unwrap_err();
    /// assert_eq!((refusal.code().as_str(), refusal.path().as_str()), ("ledger.tax.rate", "/rate"));
    /// # Ok::<(), crm_core::refusal::Refusal>(())
    /// ```
    ///
    /// # Errors
    /// `ledger.tax.rate` at `/rate` for a rate below zero; `money.exact.range` for a rate with too many digits.
    pub fn of_gross(gross: Money, rate: Decimal, mode: RoundingMode) -> Result<Self, Refusal> {
        if rate.is_negative() {
            return Err(Fault::new(Code::LedgerTaxRate).at("rate").into());
        }
        let currency = gross.currency();
        let exact = Unrounded::from(gross).divided_by(Unrounded::ONE.plus(rate)?)?;
        let net = exact.into_money(currency, Rounding::minor_unit(mode, currency))?;
        Ok(Self { gross, rate, net: net.money, tax: gross.minus(net.money)?, rounding: net.rounding })
    }
}
