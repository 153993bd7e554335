//! Shares that add up to the cent (law 1).

use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::{Decimal, Money, wide::Wide, wide::gcd};
use crate::refusal::{Code, Fault, Refusal};

/// The largest number of parts.
pub const MAX_PARTS: i64 = 1_000_000;

/// Which instalment takes the minor units that do not divide evenly (尾差归入).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RemainderIn {
    /// The first (首期).
    First,
    /// The last (末期).
    Last,
}

impl Money {
    /// Splits into equal parts that add up exactly; the parts differ by one minor unit at most, the larger ones first.
    ///
    /// A negative amount is split like the positive one with the signs changed.
    ///
    /// # Errors
    /// `money.split.parts` for less than one part or more than [`MAX_PARTS`].
    ///
    /// ```
    /// use crm_core::money::{Currency, Money};
    /// use crm_core::refusal::Code;
    ///
    /// let parts = Money::from_minor(10_000, Currency::CNY).split(3)?;
    /// assert_eq!(parts.iter().map(Money::minor).collect::<Vec<_>>(), [3334, 3333, 3333]);
    /// assert_eq!(parts[0].split(0).unwrap_err().code(), Code::MoneySplitParts);
    /// # Ok::<(), crm_core::refusal::Refusal>(())
    /// ```
    pub fn split(&self, parts: i64) -> Result<Vec<Self>, Refusal> {
        check_parts(parts)?;
        let (base, rest) = (self.minor() / parts, self.minor() % parts);
        let one = rest.signum();
        Ok((0..parts)
            .map(|index| Self::from_minor(if index < rest.abs() { base + one } else { base }, self.currency()))
            .collect())
    }

    /// Splits into equal instalments (分期) and puts what does not divide evenly into the first or the last.
    ///
    /// The equal share is cut toward zero, so no instalment ever changes sign.
    ///
    /// # Errors
    /// `money.split.parts` for less than one part or more than [`MAX_PARTS`].
    ///
    /// ```
    /// use crm_core::money::{Currency, Money, RemainderIn};
    ///
    /// let premium = Money::from_minor(64_646, Currency::USD);
    /// let parts = premium.instalments(12, RemainderIn::Last)?;
    /// assert_eq!((parts[0].to_string(), parts[11].to_string()), ("USD 53.87".into(), "USD 53.89".into()));
    /// # Ok::<(), crm_core::refusal::Refusal>(())
    /// ```
    pub fn instalments(&self, parts: i64, remainder: RemainderIn) -> Result<Vec<Self>, Refusal> {
        check_parts(parts)?;
        let (base, rest) = (self.minor() / parts, self.minor() % parts);
        let odd = match remainder {
            RemainderIn::First => 0,
            RemainderIn::Last => parts - 1,
        };
        Ok((0..parts)
            .map(|index| Self::from_minor(if index == odd { base + rest } else { base }, self.currency()))
            .collect())
    }

    /// Allocates by weights (按权重分摊); the parts add up exactly.
    ///
    /// Largest remainder: each part first gets its exact share cut toward zero, then the minor units left over go one
    /// each to the parts that lost the largest fraction; of equal fractions the earlier part comes first. A weight of
    /// zero gets zero. A negative amount is allocated like the positive one with the signs changed.
    ///
    /// # Errors
    /// `money.split.weights` without weights or when all are zero; `money.split.weight_negative` at the weight's index;
    /// `money.split.parts` above [`MAX_PARTS`]; `money.exact.range` at `/weights` when they have too many digits together.
    ///
    /// ```
    /// use crm_core::money::{Currency, Decimal, Money};
    /// use crm_core::refusal::Code;
    ///
    /// let premium = Money::from_minor(10_000, Currency::CNY);
    /// let weights = ["0.5", "0.3333", "0.1667", "0"].map(|weight| Decimal::parse(weight).unwrap());
    /// let parts = premium.allocate(&weights)?;
    /// assert_eq!(parts.iter().map(Money::minor).collect::<Vec<_>>(), [5000, 3333, 1667, 0]);
    /// assert_eq!(premium.allocate(&[Decimal::ZERO]).unwrap_err().code(), Code::MoneySplitWeights);
    /// # Ok::<(), crm_core::refusal::Refusal>(())
    /// ```
    pub fn allocate(&self, weights: &[Decimal]) -> Result<Vec<Self>, Refusal> {
        let (weights, total) = whole_weights(weights)?;
        let size = u128::from(self.minor().unsigned_abs());
        let mut left = size;
        let mut parts = Vec::with_capacity(weights.len());
        for weight in &weights {
            let (quotient, rest) = Wide::product(size, *weight).divided_by(total);
            // A share of the size is not larger than the size.
            let quotient = quotient.narrow().unwrap_or_default();
            left = left.saturating_sub(quotient);
            parts.push((quotient, rest));
        }
        let mut order: Vec<usize> = (0..parts.len()).collect();
        // The sort is stable: of equal fractions the earlier part stays first.
        order.sort_by_key(|index| core::cmp::Reverse(parts.get(*index).map_or(0, |(_, rest)| *rest)));
        // Fewer units are left than there are parts with a fraction.
        for index in order.into_iter().take(usize::try_from(left).unwrap_or(usize::MAX)) {
            if let Some((quotient, _)) = parts.get_mut(index) {
                *quotient += 1;
            }
        }
        let sign = i128::from(self.minor().signum());
        parts
            .into_iter()
            .map(|(part, _)| Self::from_wide(sign * i128::try_from(part).unwrap_or_default(), self.currency()))
            .collect()
    }
}

fn check_parts(parts: i64) -> Result<(), Refusal> {
    if (1..=MAX_PARTS).contains(&parts) {
        return Ok(());
    }
    Err(Fault::new(Code::MoneySplitParts).with("limit", MAX_PARTS).into())
}

/// The weights as whole numbers in the same proportion, as small as can be, and their sum.
fn whole_weights(weights: &[Decimal]) -> Result<(Vec<u128>, u128), Refusal> {
    if weights.is_empty() || weights.iter().all(Decimal::is_zero) {
        return Err(Refusal::new(Code::MoneySplitWeights));
    }
    check_parts(i64::try_from(weights.len()).unwrap_or(i64::MAX))?;
    let faults = weights.iter().enumerate().filter(|(_, weight)| weight.is_negative());
    Refusal::unless_empty(
        faults.map(|(index, _)| Fault::new(Code::MoneySplitWeightNegative).at_index(index)).collect(),
    )?;
    let out_of_range = || Refusal::new(Code::MoneyExactRange).at("weights");
    let weights: Vec<Decimal> = weights.iter().map(Decimal::without_trailing_zeros).collect();
    let scale = weights.iter().map(Decimal::scale).max().unwrap_or_default();
    let mut whole = Vec::with_capacity(weights.len());
    for weight in &weights {
        let factor = 10_u128.pow(scale - weight.scale());
        whole.push(weight.mantissa().unsigned_abs().checked_mul(factor).ok_or_else(out_of_range)?);
    }
    let divisor = whole.iter().fold(0, |divisor, weight| gcd(divisor, *weight)).max(1);
    let mut total = 0_u128;
    for weight in &mut whole {
        *weight /= divisor;
        total = total.checked_add(*weight).ok_or_else(out_of_range)?;
    }
    Ok((whole, total))
}
