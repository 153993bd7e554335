//! Amounts of money.

use core::{cmp::Ordering, fmt};

use alloc::string::String;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Currency, Decimal, decimal::DecimalText};
use crate::{
    refusal::{Code, Fault, Refusal},
    wire,
};

/// An amount in one currency, held as whole minor units (金额，以最小货币单位计，如分).
///
/// The largest amount is 2⁶³ − 1 minor units, 92,233,720,368,547,758.07 in a currency with two decimals; what would be
/// larger is refused. On the wire it is `{"amount":"12.30","currency":"CNY"}`; the amount is written with exactly the
/// currency's decimals and read with at most as many.
///
/// Amounts of different currencies are neither added nor compared; there is no order over all amounts.
///
/// ```
/// use crm_core::money::{Currency, Decimal, Money};
/// use crm_core::refusal::Code;
///
/// let premium = Money::new(Decimal::parse("475")?, Currency::CNY)?;
/// assert_eq!(premium.to_string(), "CNY 475.00");
/// assert_eq!(premium.plus(Money::from_minor(5, Currency::CNY))?.to_string(), "CNY 475.05");
///
/// let refused = Money::new(Decimal::parse("0.005")?, Currency::CNY).unwrap_err();
/// assert_eq!(refused.code(), Code::MoneyAmountPrecision);
/// let refused = premium.plus(Money::from_minor(1, Currency::USD)).unwrap_err();
/// assert_eq!(refused.code(), Code::MoneyCurrencyMixed);
/// # Ok::<(), crm_core::refusal::Refusal>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Money {
    minor: i64,
    currency: Currency,
}

/// What stands on the wire.
#[derive(Serialize, Deserialize)]
#[serde(rename = "Money", deny_unknown_fields)]
struct MoneyForm {
    amount: Decimal,
    currency: Currency,
}

impl Money {
    /// The amount in major units (元).
    ///
    /// # Errors
    /// `money.amount.precision` when it has more decimals than the currency, even if they are zeros;
    /// `money.amount.range` when it is too large.
    pub fn new(amount: Decimal, currency: Currency) -> Result<Self, Refusal> {
        let digits = currency.digits();
        let Some(missing) = digits.checked_sub(amount.scale()) else {
            return Err(Fault::new(Code::MoneyAmountPrecision).with("digits", i64::from(digits)).into());
        };
        let minor = 10_i128.checked_pow(missing).and_then(|factor| amount.mantissa().checked_mul(factor));
        minor.map_or_else(|| Err(out_of_range()), |minor| Self::from_wide(minor, currency))
    }

    /// An amount of whole minor units (分): 47,500 of CNY are 475.00 yuan.
    #[must_use]
    pub const fn from_minor(minor: i64, currency: Currency) -> Self {
        Self { minor, currency }
    }

    /// Nothing, in this currency.
    #[must_use]
    pub const fn zero(currency: Currency) -> Self {
        Self { minor: 0, currency }
    }

    pub(super) fn from_wide(minor: i128, currency: Currency) -> Result<Self, Refusal> {
        i64::try_from(minor).map(|minor| Self { minor, currency }).map_err(|_| out_of_range())
    }

    /// The amount in whole minor units.
    #[must_use]
    pub const fn minor(&self) -> i64 {
        self.minor
    }

    /// The currency.
    #[must_use]
    pub const fn currency(&self) -> Currency {
        self.currency
    }

    /// The amount in major units with the currency's decimals.
    #[must_use]
    pub fn amount(&self) -> Decimal {
        // 63 bits and at most four decimals always fit.
        Decimal::of(i128::from(self.minor), self.currency.digits()).unwrap_or_default()
    }

    /// Whether the amount is zero.
    #[must_use]
    pub const fn is_zero(&self) -> bool {
        self.minor == 0
    }

    /// Whether the amount is below zero.
    #[must_use]
    pub const fn is_negative(&self) -> bool {
        self.minor < 0
    }

    /// The sum.
    ///
    /// # Errors
    /// `money.currency.mixed`, `money.amount.range`.
    pub fn plus(&self, other: Self) -> Result<Self, Refusal> {
        self.require(other.currency)?;
        Self::from_wide(i128::from(self.minor) + i128::from(other.minor), self.currency)
    }

    /// The difference.
    ///
    /// # Errors
    /// `money.currency.mixed`, `money.amount.range`.
    pub fn minus(&self, other: Self) -> Result<Self, Refusal> {
        self.require(other.currency)?;
        Self::from_wide(i128::from(self.minor) - i128::from(other.minor), self.currency)
    }

    /// The same amount with the other sign.
    ///
    /// # Errors
    /// `money.amount.range` for the one amount that has no counterpart, −2⁶³ minor units.
    pub fn negated(&self) -> Result<Self, Refusal> {
        Self::from_wide(-i128::from(self.minor), self.currency)
    }

    /// The amount without its sign.
    ///
    /// # Errors
    /// As [`Money::negated`].
    pub fn abs(&self) -> Result<Self, Refusal> {
        Self::from_wide(i128::from(self.minor).abs(), self.currency)
    }

    /// The amount so many times, exactly.
    ///
    /// # Errors
    /// `money.amount.range`.
    pub fn times(&self, count: i64) -> Result<Self, Refusal> {
        Self::from_wide(i128::from(self.minor) * i128::from(count), self.currency)
    }

    /// The sum of all amounts, zero when there is none. The order of the amounts makes no difference, not even to a
    /// refusal for range.
    ///
    /// # Errors
    /// `money.currency.mixed` at the index of the amount that is not in `currency`; `money.amount.range`.
    ///
    /// ```
    /// use crm_core::money::{Currency, Money};
    ///
    /// let parts = [10_000, -2_500, 1].map(|minor| Money::from_minor(minor, Currency::CNY));
    /// assert_eq!(Money::sum(Currency::CNY, parts)?.to_string(), "CNY 75.01");
    /// assert_eq!(Money::sum(Currency::USD, parts).unwrap_err().path().as_str(), "/0");
    /// # Ok::<(), crm_core::refusal::Refusal>(())
    /// ```
    pub fn sum(currency: Currency, amounts: impl IntoIterator<Item = Self>) -> Result<Self, Refusal> {
        let mut total = 0_i128;
        for (index, amount) in amounts.into_iter().enumerate() {
            amount.require(currency).map_err(|refusal| refusal.at_index(index))?;
            // 2⁶⁴ amounts of 2⁶³ each stay below 2¹²⁷.
            total += i128::from(amount.minor);
        }
        Self::from_wide(total, currency)
    }

    /// Which of two amounts of the same currency is larger.
    ///
    /// # Errors
    /// `money.currency.mixed`.
    pub fn compare(&self, other: Self) -> Result<Ordering, Refusal> {
        self.require(other.currency)?;
        Ok(self.minor.cmp(&other.minor))
    }

    /// `Ok` when the amount is in this currency.
    ///
    /// # Errors
    /// `money.currency.mixed`.
    pub fn require(&self, currency: Currency) -> Result<(), Refusal> {
        if self.currency == currency {
            return Ok(());
        }
        Err(Fault::new(Code::MoneyCurrencyMixed)
            .with("expected", String::from(currency.as_str()))
            .with("found", String::from(self.currency.as_str()))
            .into())
    }
}

pub(super) fn out_of_range() -> Refusal {
    Refusal::new(Code::MoneyAmountRange)
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let amount = DecimalText::of(i128::from(self.minor), self.currency.digits());
        write!(f, "{} {}", self.currency, amount.as_str())
    }
}

impl fmt::Debug for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Money {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        MoneyForm { amount: self.amount(), currency: self.currency }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Money {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let form = MoneyForm::deserialize(deserializer)?;
        Self::new(form.amount, form.currency).map_err(|refusal| wire::custom(refusal.at("amount")))
    }
}
