//! What a plan answers.

use alloc::{string::String, vec::Vec};

use serde::{Deserialize, Serialize};

use super::{Business, ChargeNature, QuoteTrace};
use crate::{
    calendar::Date,
    money::{Currency, Decimal, Money},
    refusal::{Code, Refusal},
};

/// A price (报价): what each coverage costs and carries, what is due beside it, and which day decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quote {
    /// The name of the plan.
    pub plan: String,
    /// New business or renewal.
    pub business: Business,
    /// The day whose tables and parameters were used.
    pub rated_on: Date,
    /// Whether that day lies after the last check of something dated in the plan.
    pub stale: bool,
    /// The coverages that are part of the quote, in the order of the plan.
    pub coverages: Vec<QuotedCoverage>,
    /// The net premium (净保费): what the policyholder pays for the cover, without charges.
    pub net: Money,
    /// Taxes, levies and fees (税费).
    pub charges: Vec<QuotedCharge>,
    /// The parts of the net premium; they add up to it.
    pub shares: Vec<QuotedShare>,
    /// Net premium and charges (应付总额).
    pub total: Money,
}

/// A coverage of a quote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuotedCoverage {
    /// The code of the coverage.
    pub code: String,
    /// What it is called, in English.
    pub title: String,
    /// What it is called, in Chinese.
    pub title_zh: String,
    /// What its own steps come to.
    pub premium: Money,
    /// Its part of the net premium; with steps over the sum, they are spread in proportion to the cent.
    pub net: Money,
    /// Its limits and deductibles.
    pub limits: Vec<QuotedLimit>,
}

/// A limit or deductible of a quote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuotedLimit {
    /// The name.
    pub name: String,
    /// What it is, in English.
    pub title: String,
    /// What it is, in Chinese.
    pub title_zh: String,
    /// The amount or the per cent.
    pub amount: Decimal,
}

/// A charge of a quote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuotedCharge {
    /// The code of the charge.
    pub code: String,
    /// What it is called, in English.
    pub title: String,
    /// What it is called, in Chinese.
    pub title_zh: String,
    /// What it is.
    pub nature: ChargeNature,
    /// The amount; below zero for what is given back, as a subsidy.
    pub amount: Money,
}

/// A share of the net premium.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuotedShare {
    /// Whose.
    pub code: String,
    /// The amount.
    pub amount: Money,
}

/// A quote with the steps that made it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExplainedQuote {
    /// The quote.
    pub quote: Quote,
    /// How it came about; [`QuoteTrace::replay`] gives the quote again.
    pub trace: QuoteTrace,
}

/// A coverage that was worked out, before the net premium is known.
pub(super) struct Priced {
    pub(super) code: String,
    pub(super) title: String,
    pub(super) title_zh: String,
    pub(super) premium: Money,
    pub(super) limits: Vec<QuotedLimit>,
}

/// The sum of the coverages.
pub(super) fn sum_of(currency: Currency, coverages: &[Priced]) -> Result<Money, Refusal> {
    Money::sum(currency, coverages.iter().map(|coverage| coverage.premium)).map_err(bare)
}

/// A refusal of a sum says nothing about the record that was handed in.
fn bare(refusal: Refusal) -> Refusal {
    Refusal::new(refusal.code())
}

/// Spreads the net premium over the coverages: in proportion, to the cent; in equal parts where they cost nothing.
pub(super) fn spread(coverages: Vec<Priced>, net: Money) -> Result<Vec<QuotedCoverage>, Refusal> {
    let sum = sum_of(net.currency(), &coverages)?;
    let parts = if sum == net {
        coverages.iter().map(|coverage| coverage.premium).collect()
    } else if coverages.is_empty() {
        return Err(Refusal::new(Code::ProductQuoteNothing));
    } else if sum.is_zero() {
        net.split(i64::try_from(coverages.len()).unwrap_or(i64::MAX))?
    } else {
        let weights: Vec<Decimal> = coverages.iter().map(|coverage| coverage.premium.minor().into()).collect();
        net.allocate(&weights)?
    };
    let both = coverages.into_iter().zip(parts);
    Ok(both
        .map(|(Priced { code, title, title_zh, premium, limits }, net)| QuotedCoverage {
            code,
            title,
            title_zh,
            premium,
            net,
            limits,
        })
        .collect())
}

/// Splits the net premium into its shares.
pub(super) fn share<'a>(
    net: Money,
    shares: impl Iterator<Item = (&'a String, Decimal)> + Clone,
) -> Result<Vec<QuotedShare>, Refusal> {
    let weights: Vec<Decimal> = shares.clone().map(|(_, part)| part).collect();
    if weights.is_empty() {
        return Ok(Vec::new());
    }
    let amounts = net.allocate(&weights)?;
    Ok(shares.zip(amounts).map(|((code, _), amount)| QuotedShare { code: code.clone(), amount }).collect())
}

/// Net premium and charges together.
pub(super) fn total_of(net: Money, charges: &[QuotedCharge]) -> Result<Money, Refusal> {
    let amounts = core::iter::once(net).chain(charges.iter().map(|charge| charge.amount));
    Money::sum(net.currency(), amounts).map_err(bare)
}
