//! A whole book at a day: columns in, a column out, sums by currency.

use alloc::{collections::BTreeMap, vec::Vec};

use serde::{Deserialize, Serialize};

use super::UnearnedBasis;
use crate::{
    calendar::{Date, Period},
    money::{Currency, Money},
    refusal::{Code, Fault, Refusal},
};

/// The columns of a book, a policy a row.
#[derive(Debug, Clone, Copy)]
pub struct UnearnedColumns<'a> {
    /// The premium of the whole term, in whole minor units of the row's currency.
    pub premiums: &'a [i64],
    /// Its currency.
    pub currencies: &'a [Currency],
    /// The first day of cover, in days since 1970-01-01 (Arrow's `date32`).
    pub starts: &'a [i32],
    /// The first day after cover, in the same count.
    pub ends: &'a [i32],
}

/// A row that has no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefusedRow {
    /// Its number, from 0.
    pub row: usize,
    /// Why; the path begins with the number of the row.
    pub refusal: Refusal,
}

/// The unearned premium of a book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnearnedRows {
    /// For each row the unearned premium in whole minor units; none where the row is refused.
    pub unearned: Vec<Option<i64>>,
    /// The refused rows, in their order.
    pub refused: Vec<RefusedRow>,
    /// The sums of the rows that are not refused, one a currency in the order of their codes.
    pub totals: Vec<UnearnedTotal>,
}

/// The sums of one currency. Premiums of different currencies are never added.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnearnedTotal {
    /// How many policies.
    pub policies: i64,
    /// Their premium.
    pub premium: Money,
    /// The part that is unearned.
    pub unearned: Money,
    /// The part that is earned; both add up to the premium.
    pub earned: Money,
}

/// Sums while they are gathered: nothing of 2⁶⁴ rows overflows.
#[derive(Default)]
struct Sums {
    policies: i64,
    premium: i128,
    unearned: i128,
}

impl UnearnedColumns<'_> {
    /// The unearned premium of every row at the beginning of the day `on`, as [`UnearnedBasis::of`] gives it for the row
    /// alone.
    ///
    /// # Errors
    /// `product.unearned.columns` when the columns have different lengths; `money.amount.range` when a sum is too large.
    /// A row's own faults stand in [`UnearnedRows::refused`]: `calendar.period.empty`, `calendar.date.range`.
    ///
    /// ```
    /// use crm_core::calendar::Date;
    /// use crm_core::money::{Currency, RoundingMode};
    /// use crm_core::product::{UnearnedBasis, UnearnedColumns, UnearnedMethod};
    ///
    /// let basis = UnearnedBasis { method: UnearnedMethod::DailyActual, rounding: RoundingMode::HalfUp };
    /// let columns = UnearnedColumns {
    ///     premiums: &[365_000, 10_000],
    ///     currencies: &[Currency::CNY, Currency::USD],
    ///     starts: &[19_539, 19_539],
    ///     ends: &[19_905, 19_539],
    /// };
    /// let rows = columns.at(Date::parse("2024-01-01")?, basis)?;
    /// assert_eq!(rows.unearned, [Some(181_503), None]);
    /// assert_eq!(rows.refused[0].refusal.to_string().split(':').next(), Some("calendar.period.empty at /1"));
    /// assert_eq!(rows.totals[0].earned.to_string(), "CNY 1834.97");
    /// # Ok::<(), crm_core::refusal::Refusal>(())
    /// ```
    pub fn at(&self, on: Date, basis: UnearnedBasis) -> Result<UnearnedRows, Refusal> {
        let expected = self.premiums.len();
        for found in [self.currencies.len(), self.starts.len(), self.ends.len()] {
            if found != expected {
                return Err(Fault::new(Code::ProductUnearnedColumns)
                    .with("expected", expected)
                    .with("found", found)
                    .into());
            }
        }
        let mut unearned = Vec::with_capacity(expected);
        let mut refused = Vec::new();
        let mut sums: BTreeMap<Currency, Sums> = BTreeMap::new();
        let rows = self.premiums.iter().zip(self.currencies).zip(self.starts.iter().zip(self.ends));
        for (row, ((premium, currency), (start, end))) in rows.enumerate() {
            match row_at(*premium, *currency, *start, *end, on, basis) {
                Ok(left) => {
                    let sum = sums.entry(*currency).or_default();
                    sum.policies += 1;
                    sum.premium += i128::from(*premium);
                    sum.unearned += i128::from(left);
                    unearned.push(Some(left));
                }
                Err(refusal) => {
                    refused.push(RefusedRow { row, refusal: refusal.at_index(row) });
                    unearned.push(None);
                }
            }
        }
        let totals = sums.into_iter().map(|(currency, sum)| sum.total(currency)).collect::<Result<_, _>>()?;
        Ok(UnearnedRows { unearned, refused, totals })
    }
}

#[inline]
fn row_at(
    premium: i64,
    currency: Currency,
    start: i32,
    end: i32,
    on: Date,
    basis: UnearnedBasis,
) -> Result<i64, Refusal> {
    let term = Period::new(Date::from_epoch_days(start.into())?, Date::from_epoch_days(end.into())?)?;
    let part = basis.method.part(&term, on)?;
    Ok(Money::from_minor(premium, currency).part(part.left, part.of, basis.rounding)?.minor())
}

impl Sums {
    fn total(self, currency: Currency) -> Result<UnearnedTotal, Refusal> {
        let amount = |sum: i128| {
            i64::try_from(sum)
                .map(|minor| Money::from_minor(minor, currency))
                .map_err(|_| Refusal::new(Code::MoneyAmountRange))
        };
        let (premium, unearned) = (amount(self.premium)?, amount(self.unearned)?);
        Ok(UnearnedTotal { policies: self.policies, premium, unearned, earned: premium.minus(unearned)? })
    }
}
