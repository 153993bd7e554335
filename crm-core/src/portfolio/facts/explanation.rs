//! Explanations: from which rows a figure comes (J5). The rows of a term add up to it.

use alloc::{string::String, vec::Vec};
use core::fmt;

use serde::{Deserialize, Serialize};

use super::{
    FactParameters, FactSource, FactTerm, TermRole, amount, fact_named,
    term::{Piece, Sink, visit},
};
use crate::{
    access::Viewer,
    money::{Currency, Money},
    party::PartyId,
    portfolio::{BookTable, CustomerProfit, ProfitBasis, profit::profit_of},
    refusal::{Code, Fault, Refusal},
};

/// What a fact of one customer is made of (指标构成).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FactBasis {
    /// The fact.
    pub fact: String,
    /// Its terms; none for what the customer's own row says.
    pub terms: Vec<BasisTerm>,
}

/// One term with the rows that add up to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BasisTerm {
    /// How it enters the figure.
    pub role: TermRole,
    /// Which sum it is.
    pub term: FactTerm,
    /// The sum, where it is an amount.
    pub amount: Option<Money>,
    /// The sum, where it is a number.
    pub count: Option<i64>,
    /// The rows, by table and number.
    pub rows: Vec<BasisRow>,
}

/// One row and what it adds.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BasisRow {
    /// The table.
    pub table: BookTable,
    /// The number of the row in the table.
    pub id: String,
    /// What it adds: minor units of the currency for an amount, a number otherwise.
    pub adds: i64,
}

impl fmt::Debug for BasisRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BasisRow").field("table", &self.table).finish_non_exhaustive()
    }
}

struct Collected<'a> {
    pieces: Vec<Piece<'a>>,
}

impl<'a> Sink<'a> for Collected<'a> {
    fn piece(&mut self, piece: Piece<'a>) {
        self.pieces.push(piece);
    }
}

impl FactSource<'_> {
    /// From which rows a fact of a customer comes; none when there is no such customer or the viewer does not see him.
    ///
    /// # Errors
    /// `rulebook.fact.unknown` for a name that is not in the catalogue; those of [`FactSource::at`].
    pub fn explain(
        &self,
        viewer: &Viewer,
        customer: &PartyId,
        fact: &str,
        parameters: &FactParameters,
    ) -> Result<Option<FactBasis>, Refusal> {
        let named = fact_named(fact).ok_or_else(|| Fault::new(Code::RulebookFactUnknown).at("fact"))?;
        let Some(pieces) = self.pieces(viewer, customer, parameters)? else { return Ok(None) };
        let terms = named.terms.iter().map(|(role, term)| basis_term(*role, *term, &pieces, parameters.currency));
        Ok(Some(FactBasis { fact: named.name.into(), terms: terms.collect::<Result<_, _>>()? }))
    }

    /// Profit and loss of one customer over all lines and years, with its parts by line and by year of the start of
    /// cover; none when there is no such customer or the viewer does not see him.
    ///
    /// # Errors
    /// Those of [`FactSource::at`].
    pub fn profit(
        &self,
        viewer: &Viewer,
        customer: &PartyId,
        basis: ProfitBasis,
        parameters: &FactParameters,
    ) -> Result<Option<CustomerProfit>, Refusal> {
        let Some(pieces) = self.pieces(viewer, customer, parameters)? else { return Ok(None) };
        profit_of(customer, basis, &pieces, parameters.currency).map(Some)
    }

    fn pieces(
        &self,
        viewer: &Viewer,
        customer: &PartyId,
        parameters: &FactParameters,
    ) -> Result<Option<Vec<Piece<'_>>>, Refusal> {
        let days = self.days(parameters)?;
        let Some(holding) = self.holdings.find(customer).filter(|holding| viewer.sees(&holding.customer.owner)) else {
            return Ok(None);
        };
        let mut collected = Collected { pieces: Vec::new() };
        visit(&holding, &days, &mut collected)?;
        Ok(Some(collected.pieces))
    }
}

fn basis_term(role: TermRole, term: FactTerm, pieces: &[Piece<'_>], currency: Currency) -> Result<BasisTerm, Refusal> {
    let of_term = || pieces.iter().filter(|piece| piece.term == term);
    let sum = of_term().map(|piece| i128::from(piece.minor)).sum();
    let mut rows: Vec<BasisRow> =
        of_term().map(|piece| BasisRow { table: piece.table, id: piece.id.into(), adds: piece.minor }).collect();
    rows.sort();
    let total = amount(sum, currency)?;
    Ok(BasisTerm {
        role,
        term,
        amount: term.is_money().then_some(total),
        count: (!term.is_money()).then_some(total.minor()),
        rows,
    })
}
