//! The exact number in which figures are worked out.

use alloc::string::{String, ToString as _};
use core::{cmp::Ordering, fmt, hash};

use super::{
    Currency, Decimal, MAX_PLACE, Money, Rounded, RoundedMoney, Rounding,
    decimal::DecimalText,
    rounding::Rest,
    wide::{Wide, gcd},
};
use crate::{
    calendar::DayFraction,
    refusal::{Code, Fault, Refusal},
};

/// An exact number that no rounding has touched: a fraction of two whole numbers of 127 bits.
///
/// It is what stands between a rate and an amount. Each step is exact or refused with `money.exact.range`, which happens
/// exactly when the reduced result has a numerator or denominator of more than 127 bits (about 38 digits). It becomes a
/// [`Decimal`] or [`Money`] only through a [`Rounding`] that names mode and place.
///
/// ```
/// use crm_core::money::{Currency, Decimal, Rounding, RoundingMode, Unrounded};
/// use crm_core::refusal::Code;
///
/// // 1000 for a year, split on 1 July by days: 1000 × 181/365.
/// let earned = Unrounded::from(1000).times(Unrounded::ratio(181, 365)?)?;
/// let rounded = earned.into_money(Currency::USD, Rounding::minor_unit(RoundingMode::HalfUp, Currency::USD))?;
/// assert_eq!(rounded.money.to_string(), "USD 495.89");
/// assert_eq!(rounded.rounding.before, "36200/73");
///
/// let refused = earned.divided_by(Unrounded::from(0)).unwrap_err();
/// assert_eq!(refused.code(), Code::MoneyDivisionZero);
/// # Ok::<(), crm_core::refusal::Refusal>(())
/// ```
#[derive(Clone, Copy)]
pub struct Unrounded {
    /// Never `i128::MIN`, so that its sign can always be changed.
    numerator: i128,
    /// Positive. Not necessarily reduced: reducing costs more than most steps.
    denominator: i128,
}

impl Unrounded {
    /// Zero.
    pub const ZERO: Self = Self { numerator: 0, denominator: 1 };
    /// One.
    pub const ONE: Self = Self { numerator: 1, denominator: 1 };

    /// `numerator` / `denominator`, exactly.
    ///
    /// # Errors
    /// `money.division.zero`; `money.exact.range` when one of them has more than 127 bits.
    pub fn ratio(numerator: i128, denominator: i128) -> Result<Self, Refusal> {
        if denominator == 0 {
            return Err(Refusal::new(Code::MoneyDivisionZero));
        }
        let divisor = gcd(numerator.unsigned_abs(), denominator.unsigned_abs());
        Self::signed(
            (numerator < 0) != (denominator < 0),
            numerator.unsigned_abs() / divisor,
            denominator.unsigned_abs() / divisor,
        )
    }

    fn signed(negative: bool, numerator: u128, denominator: u128) -> Result<Self, Refusal> {
        match (i128::try_from(numerator), i128::try_from(denominator)) {
            (Ok(numerator), Ok(denominator)) => {
                Ok(Self { numerator: if negative { -numerator } else { numerator }, denominator })
            }
            _ => Err(out_of_range()),
        }
    }

    /// The numerator of the reduced fraction.
    #[must_use]
    pub fn numerator(&self) -> i128 {
        self.reduced().numerator
    }

    /// The denominator of the reduced fraction, positive.
    #[must_use]
    pub fn denominator(&self) -> i128 {
        self.reduced().denominator
    }

    /// Whether the value is zero.
    #[must_use]
    pub const fn is_zero(&self) -> bool {
        self.numerator == 0
    }

    /// Whether the value is below zero.
    #[must_use]
    pub const fn is_negative(&self) -> bool {
        self.numerator < 0
    }

    /// The sum.
    ///
    /// # Errors
    /// `money.exact.range`.
    pub fn plus(&self, other: impl Into<Self>) -> Result<Self, Refusal> {
        let other = other.into();
        if self.denominator == other.denominator {
            if let Some(sum) = narrow_sum(self.numerator, other.numerator) {
                return Ok(Self { numerator: sum, denominator: self.denominator });
            }
        } else if let Some(sum) = self.plus_narrow(&other) {
            return Ok(sum);
        }
        self.reduced().plus_wide(other.reduced())
    }

    /// The difference.
    ///
    /// # Errors
    /// `money.exact.range`.
    pub fn minus(&self, other: impl Into<Self>) -> Result<Self, Refusal> {
        self.plus(other.into().negated())
    }

    /// The product.
    ///
    /// # Errors
    /// `money.exact.range`.
    pub fn times(&self, other: impl Into<Self>) -> Result<Self, Refusal> {
        let other = other.into();
        if let (Some(numerator), Some(denominator)) =
            (self.numerator.checked_mul(other.numerator), self.denominator.checked_mul(other.denominator))
            && numerator != i128::MIN
        {
            return Ok(Self { numerator, denominator });
        }
        let (a, b) = (self.reduced(), other.reduced());
        let first = gcd(a.numerator.unsigned_abs(), b.denominator.unsigned_abs());
        let second = gcd(b.numerator.unsigned_abs(), a.denominator.unsigned_abs());
        let numerator = (a.numerator.unsigned_abs() / first).checked_mul(b.numerator.unsigned_abs() / second);
        let denominator = (a.denominator.unsigned_abs() / second).checked_mul(b.denominator.unsigned_abs() / first);
        match (numerator, denominator) {
            (Some(numerator), Some(denominator)) => {
                Self::signed(a.is_negative() != b.is_negative(), numerator, denominator)
            }
            _ => Err(out_of_range()),
        }
    }

    /// The quotient, kept as a fraction: nothing is rounded.
    ///
    /// # Errors
    /// `money.division.zero`, `money.exact.range`.
    pub fn divided_by(&self, other: impl Into<Self>) -> Result<Self, Refusal> {
        let other = other.into();
        if other.numerator == 0 {
            return Err(Refusal::new(Code::MoneyDivisionZero));
        }
        let numerator = if other.numerator < 0 { -other.denominator } else { other.denominator };
        self.times(Self { numerator, denominator: other.numerator.abs() })
    }

    /// The same number with the other sign.
    #[must_use]
    pub const fn negated(&self) -> Self {
        Self { numerator: -self.numerator, denominator: self.denominator }
    }

    /// The number without its sign.
    #[must_use]
    pub const fn abs(&self) -> Self {
        Self { numerator: self.numerator.abs(), denominator: self.denominator }
    }

    /// Rounds as told; what happened comes back as a record.
    ///
    /// # Errors
    /// `money.rounding.place` at `/place`; `money.exact.range` when the result is no decimal of 96 bits.
    pub fn round(&self, rounding: Rounding) -> Result<Rounded, Refusal> {
        Ok(self.record(self.rounded(rounding)?, rounding))
    }

    /// Rounds to an amount in major units of `currency`.
    ///
    /// # Errors
    /// `money.rounding.place` at `/place`, also when the place is finer than the currency's minor unit;
    /// `money.amount.range`.
    pub fn into_money(self, currency: Currency, rounding: Rounding) -> Result<RoundedMoney, Refusal> {
        let digits = i64::from(currency.digits());
        if rounding.place > digits {
            return Err(Fault::new(Code::MoneyRoundingPlace)
                .with("min", -MAX_PLACE)
                .with("max", digits)
                .at("place")
                .into());
        }
        let after = self.rounded(rounding).map_err(|refusal| match refusal.code() {
            // What has no room in a decimal has none in an amount either.
            Code::MoneyExactRange => Refusal::new(Code::MoneyAmountRange),
            _ => refusal,
        })?;
        Ok(RoundedMoney { money: Money::new(after, currency)?, rounding: self.record(after, rounding) })
    }

    /// The number as a decimal, when it is one.
    ///
    /// # Errors
    /// `money.exact.endless` when it has no end as a decimal or does not fit in one: it needs a rounding.
    ///
    /// ```
    /// use crm_core::money::Unrounded;
    /// use crm_core::refusal::Code;
    ///
    /// assert_eq!(Unrounded::ratio(7, 40)?.to_decimal()?.to_string(), "0.175");
    /// assert_eq!(Unrounded::ratio(1, 3)?.to_decimal().unwrap_err().code(), Code::MoneyExactEndless);
    /// # Ok::<(), crm_core::refusal::Refusal>(())
    /// ```
    pub fn to_decimal(&self) -> Result<Decimal, Refusal> {
        self.finite()
            .and_then(|(mantissa, scale)| Decimal::of(mantissa, scale))
            .ok_or_else(|| Refusal::new(Code::MoneyExactEndless))
    }

    fn record(&self, after: Decimal, rounding: Rounding) -> Rounded {
        Rounded { before: self.to_string(), after, mode: rounding.mode, place: rounding.place }
    }

    fn rounded(&self, rounding: Rounding) -> Result<Decimal, Refusal> {
        let place = rounding.checked_place()?;
        let power = 10_u128.pow(place.unsigned_abs());
        let (quotient, rest) = if place >= 0 {
            let denominator = self.denominator.unsigned_abs();
            let (quotient, rest) = Wide::product(self.numerator.unsigned_abs(), power).divided_by(denominator);
            (quotient.narrow().ok_or_else(out_of_range)?, Rest::of(rest, denominator))
        } else {
            match self.denominator.unsigned_abs().checked_mul(power) {
                Some(unit) => {
                    let numerator = self.numerator.unsigned_abs();
                    (numerator / unit, Rest::of(numerator % unit, unit))
                }
                // The unit has more than 128 bits, the numerator less than 127.
                None => (0, if self.is_zero() { Rest::None } else { Rest::BelowHalf }),
            }
        };
        let up = rounding.mode.goes_up(self.is_negative(), quotient % 2 == 1, rest);
        let units = quotient.checked_add(u128::from(up)).ok_or_else(out_of_range)?;
        let (units, scale) = match u32::try_from(place) {
            Ok(scale) => (units, scale),
            Err(_) => (units.checked_mul(power).ok_or_else(out_of_range)?, 0),
        };
        let units = i128::try_from(units).map_err(|_| out_of_range())?;
        Decimal::of(if self.is_negative() { -units } else { units }, scale).ok_or_else(out_of_range)
    }

    fn reduced(&self) -> Self {
        let divisor = gcd(self.numerator.unsigned_abs(), self.denominator.unsigned_abs());
        // The divisor divides the denominator, which is positive and has at most 127 bits.
        match i128::try_from(divisor) {
            Ok(divisor) if divisor > 1 => {
                Self { numerator: self.numerator / divisor, denominator: self.denominator / divisor }
            }
            _ => *self,
        }
    }

    fn plus_narrow(&self, other: &Self) -> Option<Self> {
        let numerator =
            narrow_sum(self.numerator.checked_mul(other.denominator)?, other.numerator.checked_mul(self.denominator)?)?;
        Some(Self { numerator, denominator: self.denominator.checked_mul(other.denominator)? })
    }

    /// The sum of two reduced fractions with 256 bits in between, so that only the result decides whether it fits.
    fn plus_wide(self, other: Self) -> Result<Self, Refusal> {
        let (b, d) = (self.denominator.unsigned_abs(), other.denominator.unsigned_abs());
        let common = gcd(b, d);
        let first = Wide::product(self.numerator.unsigned_abs(), d / common);
        let second = Wide::product(other.numerator.unsigned_abs(), b / common);
        let (negative, sum) = match (self.is_negative(), other.is_negative()) {
            (a, b) if a == b => (a, first.plus(second)),
            (a, _) if first >= second => (a, first.minus(second)),
            (a, _) => (!a, second.minus(first)),
        };
        let sum = sum.ok_or_else(out_of_range)?;
        // Any factor that sum and denominator still share divides `common`.
        let shared = gcd(sum.divided_by(common).1, common);
        let numerator = sum.divided_by(shared).0.narrow().ok_or_else(out_of_range)?;
        let denominator = (b / common).checked_mul(d / shared).ok_or_else(out_of_range)?;
        if numerator == 0 {
            return Ok(Self::ZERO);
        }
        Self::signed(negative, numerator, denominator)
    }

    /// Mantissa and scale when the number ends as a decimal and fits in 127 bits.
    fn finite(&self) -> Option<(i128, u32)> {
        let Self { numerator, denominator } = self.reduced();
        let twos = denominator.trailing_zeros();
        let mut rest = denominator >> twos;
        let mut fives = 0;
        while rest % 5 == 0 {
            rest /= 5;
            fives += 1;
        }
        let scale = twos.max(fives);
        if rest != 1 || scale > 38 {
            return None;
        }
        let factor = 10_i128.checked_pow(scale)? / denominator;
        Some((numerator.checked_mul(factor)?, scale))
    }

    /// The exact value as text: a decimal, or a reduced fraction where that would not end.
    #[must_use]
    pub fn exact_text(&self) -> String {
        self.to_string()
    }
}

fn out_of_range() -> Refusal {
    Refusal::new(Code::MoneyExactRange)
}

/// The sum unless it is beyond ±(2¹²⁷ − 1).
fn narrow_sum(a: i128, b: i128) -> Option<i128> {
    a.checked_add(b).filter(|sum| *sum != i128::MIN)
}

impl From<i64> for Unrounded {
    fn from(value: i64) -> Self {
        Self { numerator: i128::from(value), denominator: 1 }
    }
}

impl From<Decimal> for Unrounded {
    fn from(value: Decimal) -> Self {
        // At most 10²⁸.
        Self { numerator: value.mantissa(), denominator: 10_i128.pow(value.scale()) }
    }
}

/// The amount in major units.
impl From<Money> for Unrounded {
    fn from(value: Money) -> Self {
        Self { numerator: i128::from(value.minor()), denominator: 10_i128.pow(value.currency().digits()) }
    }
}

impl TryFrom<DayFraction> for Unrounded {
    type Error = Refusal;

    fn try_from(part: DayFraction) -> Result<Self, Refusal> {
        Self::ratio(i128::from(part.days), i128::from(part.of_days))
    }
}

impl PartialEq for Unrounded {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Unrounded {}

impl PartialOrd for Unrounded {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Unrounded {
    fn cmp(&self, other: &Self) -> Ordering {
        let by_size = || {
            Wide::product(self.numerator.unsigned_abs(), other.denominator.unsigned_abs())
                .cmp(&Wide::product(other.numerator.unsigned_abs(), self.denominator.unsigned_abs()))
        };
        match (self.is_negative(), other.is_negative()) {
            (false, false) => by_size(),
            (true, true) => by_size().reverse(),
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
        }
    }
}

impl hash::Hash for Unrounded {
    fn hash<H: hash::Hasher>(&self, state: &mut H) {
        let reduced = self.reduced();
        (reduced.numerator, reduced.denominator).hash(state);
    }
}

impl fmt::Display for Unrounded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.finite() {
            Some((mantissa, scale)) => f.pad(DecimalText::of(mantissa, scale).as_str()),
            None => write!(f, "{}/{}", self.numerator(), self.denominator()),
        }
    }
}

impl fmt::Debug for Unrounded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
