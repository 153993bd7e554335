//! Profit and loss of customers (J1): every component shown.

use alloc::{collections::BTreeMap, format, string::String, vec::Vec};

use serde::{Deserialize, Serialize};

use super::{
    FactTerm, Facts,
    facts::{Piece, TermSums, amount},
};
use crate::{
    access::{Viewer, Withheld},
    money::{Currency, Money},
    party::PartyId,
    refusal::Refusal,
};

/// Which premium and which claims a result is made of (口径).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProfitBasis {
    /// Earned premium and incurred claims (满期口径).
    Earned,
    /// Collected premium and paid claims (实收口径).
    Collected,
}

impl ProfitBasis {
    fn premium(self) -> FactTerm {
        match self {
            Self::Earned => FactTerm::Earned,
            Self::Collected => FactTerm::Collected,
        }
    }
}

/// Components of a result: result = premium − claims − commission − cost (盈亏).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProfitParts {
    /// Earned or collected premium.
    pub premium: Money,
    /// Incurred or paid claims.
    pub claims: Money,
    /// Commission.
    pub commission: Money,
    /// Every other cost.
    pub cost: Money,
    /// What is left.
    pub result: Money,
}

/// Profit and loss of one customer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CustomerProfit {
    /// Whose.
    pub customer: PartyId,
    /// Over all lines and years.
    pub total: ProfitParts,
    /// By line. Commission and costs are booked for a customer, not for a policy: they stand in the total alone.
    pub by_line: BTreeMap<String, ProfitParts>,
    /// By the year in which cover starts, four digits.
    pub by_year: BTreeMap<String, ProfitParts>,
}

/// Profit and loss of the customers of a book that a viewer sees (客户盈亏表).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProfitReport {
    /// Which premium and which claims.
    pub basis: ProfitBasis,
    /// By customer.
    pub rows: Vec<ProfitRow>,
    /// All rows together.
    pub total: ProfitParts,
    /// Customers whom the viewer does not see.
    pub withheld: Withheld,
}

/// One customer of the report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProfitRow {
    /// Whose.
    pub customer: PartyId,
    /// His figures.
    pub parts: ProfitParts,
}

impl Facts {
    /// Profit and loss of every customer that the viewer sees; the total is the sum of the rows.
    ///
    /// # Errors
    /// `money.amount.range`.
    pub fn profit(&self, viewer: &Viewer, basis: ProfitBasis) -> Result<ProfitReport, Refusal> {
        let visible = self.visible(viewer);
        let mut sums = [0_i128; 5];
        let mut rows = Vec::with_capacity(visible.rows().len());
        for facts in visible.rows() {
            let (premium, claims, result) = match basis {
                ProfitBasis::Earned => (facts.premium_earned, facts.claims_incurred, facts.result_earned),
                ProfitBasis::Collected => (facts.premium_collected, facts.claims_paid, facts.result_collected),
            };
            let (commission, cost) = (facts.commission, facts.cost_to_serve);
            for (sum, part) in sums.iter_mut().zip([premium, claims, commission, cost, result]) {
                *sum += i128::from(part.minor());
            }
            let parts = ProfitParts { premium, claims, commission, cost, result };
            rows.push(ProfitRow { customer: facts.customer.clone(), parts });
        }
        let currency = self.parameters().currency;
        let [premium, claims, commission, cost, result] = sums.map(|sum| amount(sum, currency));
        let total =
            ProfitParts { premium: premium?, claims: claims?, commission: commission?, cost: cost?, result: result? };
        Ok(ProfitReport { basis, rows, total, withheld: visible.withheld().clone() })
    }
}

/// Profit and loss of one customer from the pieces of his rows.
pub(super) fn profit_of(
    customer: &PartyId,
    basis: ProfitBasis,
    pieces: &[Piece<'_>],
    currency: Currency,
) -> Result<CustomerProfit, Refusal> {
    let mut total = TermSums::new();
    let mut by_line: BTreeMap<String, TermSums> = BTreeMap::new();
    let mut by_year: BTreeMap<String, TermSums> = BTreeMap::new();
    for piece in pieces {
        total.add(piece.term, piece.minor);
        if let Some(policy) = piece.policy {
            by_line.entry(policy.line.clone()).or_insert_with(TermSums::new).add(piece.term, piece.minor);
            let year = format!("{:04}", policy.start.year());
            by_year.entry(year).or_insert_with(TermSums::new).add(piece.term, piece.minor);
        }
    }
    let each = |sums: BTreeMap<String, TermSums>| {
        sums.into_iter().map(|(key, sums)| Ok((key, parts(basis, &sums, currency)?))).collect::<Result<_, Refusal>>()
    };
    Ok(CustomerProfit {
        customer: customer.clone(),
        total: parts(basis, &total, currency)?,
        by_line: each(by_line)?,
        by_year: each(by_year)?,
    })
}

fn parts(basis: ProfitBasis, sums: &TermSums, currency: Currency) -> Result<ProfitParts, Refusal> {
    let premium = sums.get(basis.premium());
    let outstanding = if basis == ProfitBasis::Earned { sums.get(FactTerm::Outstanding) } else { 0 };
    let claims = sums.get(FactTerm::Paid) + outstanding;
    let (commission, cost) = (sums.get(FactTerm::Commission), sums.get(FactTerm::CostToServe));
    Ok(ProfitParts {
        premium: amount(premium, currency)?,
        claims: amount(claims, currency)?,
        commission: amount(commission, currency)?,
        cost: amount(cost, currency)?,
        result: amount(premium - claims - commission - cost, currency)?,
    })
}
