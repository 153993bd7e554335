//! The figures of a book.

use alloc::{collections::BTreeMap, string::String};

use serde::{Deserialize, Serialize};

use super::BookParameters;
use crate::{
    money::{Currency, Decimal, Money, Rounding, Unrounded},
    refusal::{Code, Refusal},
};

/// A ratio in per cent, or why there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Ratio {
    /// In per cent: `48.6106` means 48.6106 %.
    Known {
        /// Rounded as the book's parameters say.
        percent: Decimal,
    },
    /// The ratio has no meaning.
    Absent {
        /// Why.
        reason: RatioAbsence,
    },
}

/// Why a ratio is absent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RatioAbsence {
    /// The premium below it is zero or less (保费不为正).
    NoPremium,
    /// Nobody was due (无应续保单).
    NobodyDue,
}

impl Ratio {
    /// The percentage, when there is one.
    #[must_use]
    pub fn percent(&self) -> Option<Decimal> {
        match self {
            Self::Known { percent } => Some(*percent),
            Self::Absent { .. } => None,
        }
    }

    fn of(part: i128, whole: i128, rounding: Rounding, reason: RatioAbsence) -> Result<Self, Refusal> {
        if whole <= 0 {
            return Ok(Self::Absent { reason });
        }
        let percent = Unrounded::ratio(part, whole)?.times(100)?.round(rounding)?.after;
        Ok(Self::Known { percent })
    }
}

/// Totals of a group of policy years.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BookTotals {
    /// Policy years.
    pub rows: i64,
    /// Written premium (签单保费).
    pub premium: Money,
    /// Claims cost: paid and outstanding (赔款).
    pub claims_cost: Money,
    /// Number of claims (赔案件数).
    pub claims: i64,
    /// Claims cost ÷ written premium, in per cent (赔付率，以签单保费为分母).
    pub loss_ratio: Ratio,
}

/// Renewals by customer of the policy years of one year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RenewalCount {
    /// Customers with a policy year whose last renewal lies in the year (应续客户数).
    pub due: i64,
    /// Of those, customers with one in the next year too (续保客户数).
    pub renewed: i64,
    /// Renewed ÷ due, in per cent (续保率).
    pub rate: Ratio,
}

/// The figures of a book, with everything that they depend on.
///
/// Rows in = rows used + rows left out. All amounts are in one currency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BookSummary {
    /// As of when, in which currency, how rounded.
    pub parameters: BookParameters,
    /// Rows handed in.
    pub rows_in: i64,
    /// Rows left out, by the code of the reason.
    pub left_out: BTreeMap<String, i64>,
    /// Customers with at least one row.
    pub customers: i64,
    /// The whole book.
    pub totals: BookTotals,
    /// By type of risk (险种).
    pub by_risk_type: BTreeMap<String, BookTotals>,
    /// By channel (渠道).
    pub by_channel: BTreeMap<String, BookTotals>,
    /// By year of last renewal, for years with a following year in the book.
    pub renewals: BTreeMap<String, RenewalCount>,
    /// Rows with each warning, by its code; a warning that no row has stands with zero.
    pub warnings: BTreeMap<String, i64>,
}

/// Adds up policy years exactly: 2⁶⁴ amounts of 2⁶³ minor units stay below 2¹²⁷, so that no order can overflow.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Sums {
    pub(super) rows: i64,
    premium: i128,
    claims_cost: i128,
    claims: i64,
}

impl Sums {
    pub(super) fn add(&mut self, premium: Money, claims_cost: Money, claims: i64) {
        self.rows += 1;
        self.premium += i128::from(premium.minor());
        self.claims_cost += i128::from(claims_cost.minor());
        self.claims = self.claims.saturating_add(claims);
    }

    pub(super) fn totals(self, parameters: &BookParameters) -> Result<BookTotals, Refusal> {
        let loss_ratio = Ratio::of(self.claims_cost, self.premium, parameters.ratio_rounding, RatioAbsence::NoPremium)?;
        Ok(BookTotals {
            rows: self.rows,
            premium: amount(self.premium, parameters.currency)?,
            claims_cost: amount(self.claims_cost, parameters.currency)?,
            claims: self.claims,
            loss_ratio,
        })
    }
}

fn amount(minor: i128, currency: Currency) -> Result<Money, Refusal> {
    let minor = i64::try_from(minor).map_err(|_| Refusal::new(Code::MoneyAmountRange))?;
    Ok(Money::from_minor(minor, currency))
}

impl RenewalCount {
    pub(super) fn of(due: i64, renewed: i64, rounding: Rounding) -> Result<Self, Refusal> {
        let rate = Ratio::of(i128::from(renewed), i128::from(due), rounding, RatioAbsence::NobodyDue)?;
        Ok(Self { due, renewed, rate })
    }
}
