//! Profit and loss of customers (J1): every component shown.

use alloc::{collections::BTreeMap, format, string::String, vec::Vec};

use serde::{Deserialize, Serialize};

use super::{
    FactTerm, Facts, ReviewBasis,
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
    /// Incurred or paid claims, those for losses on days without cover too: the money left the company.
    pub claims: Money,
    /// Commission.
    pub commission: Money,
    /// Every other cost.
    pub cost: Money,
    /// What is left.
    pub result: Money,
}

/// What a line or a year contributes (贡献): premium − claims − the commission and cost that were booked for one of its
/// policies. What was spent on the customer as a whole is no part of it; so contributions add up to the result only with
/// [`CustomerProfit::unallocated`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contribution {
    /// Earned or collected premium.
    pub premium: Money,
    /// Incurred or paid claims, those outside cover too.
    pub claims: Money,
    /// Commission booked for its policies.
    pub commission: Money,
    /// Every other cost booked for its policies.
    pub cost: Money,
    /// What is left.
    pub contribution: Money,
}

/// Profit and loss of one customer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CustomerProfit {
    /// Whose.
    pub customer: PartyId,
    /// Which premium and which claims.
    pub basis: ProfitBasis,
    /// The parameters, and the rows of this customer.
    pub review: ReviewBasis,
    /// Over all lines and years.
    pub total: ProfitParts,
    /// By line.
    pub by_line: BTreeMap<String, Contribution>,
    /// By the year in which cover starts, four digits.
    pub by_year: BTreeMap<String, Contribution>,
    /// Commission and cost that were booked for the customer and for no policy of his. The contributions of all lines, or
    /// of all years, and this are the total.
    pub unallocated: Contribution,
}

/// Profit and loss of the customers of a book that a viewer sees (客户盈亏表).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProfitReport {
    /// Which premium and which claims.
    pub basis: ProfitBasis,
    /// The parameters, and the rows of the whole book.
    pub review: ReviewBasis,
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
            let (premium, result) = match basis {
                ProfitBasis::Earned => (facts.premium_earned, facts.result_earned),
                ProfitBasis::Collected => (facts.premium_collected, facts.result_collected),
            };
            let (commission, cost) = (facts.commission, facts.cost_to_serve);
            // The result says what was taken off it, claims outside cover too.
            let spent = [premium, result, commission, cost].map(|part| i128::from(part.minor()));
            let [of_premium, of_result, of_commission, of_cost] = spent;
            let claims = amount(of_premium - of_result - of_commission - of_cost, self.parameters().currency)?;
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
        Ok(ProfitReport { basis, review: self.review(), rows, total, withheld: visible.withheld().clone() })
    }
}

/// Profit and loss of one customer from the pieces of his rows.
pub(super) fn profit_of(
    customer: &PartyId,
    basis: ProfitBasis,
    pieces: &[Piece<'_>],
    review: ReviewBasis,
) -> Result<CustomerProfit, Refusal> {
    let currency = review.parameters.currency;
    let mut total = TermSums::new();
    let mut unallocated = TermSums::new();
    let mut by_line: BTreeMap<String, TermSums> = BTreeMap::new();
    let mut by_year: BTreeMap<String, TermSums> = BTreeMap::new();
    for piece in pieces {
        total.add(piece.term, piece.minor);
        if let Some(policy) = piece.policy {
            by_line.entry(policy.line.clone()).or_insert_with(TermSums::new).add(piece.term, piece.minor);
            let year = format!("{:04}", policy.start.year());
            by_year.entry(year).or_insert_with(TermSums::new).add(piece.term, piece.minor);
        } else {
            unallocated.add(piece.term, piece.minor);
        }
    }
    let each = |sums: BTreeMap<String, TermSums>| {
        let contributions = sums.into_iter().map(|(key, sums)| Ok((key, contribution(basis, &sums, currency)?)));
        contributions.collect::<Result<_, Refusal>>()
    };
    Ok(CustomerProfit {
        customer: customer.clone(),
        basis,
        total: parts(basis, &total, currency)?,
        by_line: each(by_line)?,
        by_year: each(by_year)?,
        unallocated: contribution(basis, &unallocated, currency)?,
        review,
    })
}

fn contribution(basis: ProfitBasis, sums: &TermSums, currency: Currency) -> Result<Contribution, Refusal> {
    let ProfitParts { premium, claims, commission, cost, result } = parts(basis, sums, currency)?;
    Ok(Contribution { premium, claims, commission, cost, contribution: result })
}

pub(super) fn parts(basis: ProfitBasis, sums: &TermSums, currency: Currency) -> Result<ProfitParts, Refusal> {
    let premium = sums.get(basis.premium());
    let outstanding = match basis {
        ProfitBasis::Earned => sums.get(FactTerm::Outstanding) + sums.get(FactTerm::OutstandingOutside),
        ProfitBasis::Collected => 0,
    };
    let claims = sums.get(FactTerm::Paid) + sums.get(FactTerm::PaidOutside) + outstanding;
    let (commission, cost) = (sums.get(FactTerm::Commission), sums.get(FactTerm::CostToServe));
    Ok(ProfitParts {
        premium: amount(premium, currency)?,
        claims: amount(claims, currency)?,
        commission: amount(commission, currency)?,
        cost: amount(cost, currency)?,
        result: amount(premium - claims - commission - cost, currency)?,
    })
}
