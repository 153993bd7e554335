//! Explanations: from which rows a figure comes (J5). The rows of a term add up to it.

use alloc::{collections::BTreeMap, string::String, vec::Vec};
use core::fmt;

use serde::{Deserialize, Serialize};

use super::{
    FactParameters, FactSource, FactTerm, ReviewBasis, TABLES, TermRole, TermSums, amount,
    catalogue::Fact as CatalogueFact,
    fact_named,
    term::{Piece, Sink, visit},
};
use crate::{
    access::{Viewer, Withheld},
    money::{Currency, Money},
    party::PartyId,
    portfolio::{
        BookTable, CustomerProfit, ProfitBasis, ProfitBreakdown, ProfitKey,
        customer_book::{LeftOut, count_left_out},
        profit::profit_of,
        profit_by::BreakdownSums,
    },
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
    /// For a share of the whole book, the whole: the same sum over all customers. Its rows are not shown.
    pub whole: Option<Money>,
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

/// Shares of the whole book, each with the fact that it is a share of.
const SHARE_PARTS: [(&str, &str); 3] = [
    ("premium_share", "premium_in_window"),
    ("result_share", "result_earned"),
    ("collected_share", "premium_collected"),
];

struct Summed {
    sums: TermSums,
}

impl<'a> Sink<'a> for Summed {
    fn piece(&mut self, piece: Piece<'a>) {
        self.sums.add(piece.term, piece.minor);
    }
}

struct Collected<'a> {
    pieces: Vec<Piece<'a>>,
    used: BTreeMap<BookTable, i64>,
    left_out: LeftOut,
    noticed: LeftOut,
}

impl Collected<'_> {
    fn new() -> Self {
        let used = TABLES.into_iter().map(|table| (table, 0)).collect();
        Self { pieces: Vec::new(), used, left_out: LeftOut::new(), noticed: LeftOut::new() }
    }

    fn review(&self, parameters: &FactParameters) -> ReviewBasis {
        ReviewBasis {
            parameters: *parameters,
            used: self.used.clone(),
            left_out: self.left_out.clone(),
            noticed: self.noticed.clone(),
        }
    }
}

impl<'a> Sink<'a> for Collected<'a> {
    fn piece(&mut self, piece: Piece<'a>) {
        self.pieces.push(piece);
    }

    fn used(&mut self, table: BookTable) {
        *self.used.entry(table).or_default() += 1;
    }

    fn left_out(&mut self, table: BookTable, code: Code) {
        count_left_out(&mut self.left_out, table, code, 1);
    }

    fn noticed(&mut self, table: BookTable, code: Code) {
        count_left_out(&mut self.noticed, table, code, 1);
    }
}

impl FactSource<'_> {
    /// From which rows a fact of a customer comes; none when there is no such customer or the viewer does not see him. The
    /// whole of a share is a sum over every customer of the book, made in one pass over it.
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
        let part_of = |share: &str| SHARE_PARTS.iter().find(|(name, _)| *name == share).map(|(_, part)| *part);
        let named = fact_named(part_of(fact).unwrap_or(fact));
        let named = named.ok_or_else(|| Fault::new(Code::RulebookFactUnknown).at("fact"))?;
        let Some(pieces) = self.pieces(viewer, customer, parameters)? else { return Ok(None) };
        let terms = named.terms.iter().map(|(role, term)| basis_term(*role, *term, &pieces, parameters.currency));
        let terms = terms.collect::<Result<_, _>>()?;
        let whole = part_of(fact).map(|_| self.whole(named, parameters)).transpose()?;
        Ok(Some(FactBasis { fact: fact.into(), terms, whole }))
    }

    /// A sum of terms over every customer.
    fn whole(&self, named: &CatalogueFact, parameters: &FactParameters) -> Result<Money, Refusal> {
        let days = self.days(parameters)?;
        let mut sums = Summed { sums: TermSums::new() };
        self.holdings.each().try_for_each(|holding| visit(&holding, &days, &mut sums))?;
        let signed = |(role, term): &(TermRole, FactTerm)| match role {
            TermRole::Plus => sums.sums.get(*term),
            TermRole::Minus => -sums.sums.get(*term),
            TermRole::Below => 0,
        };
        amount(named.terms.iter().map(signed).sum(), parameters.currency)
    }

    /// Profit and loss of one customer over all lines and years, with what each line and each year of the start of cover
    /// contributes; none when there is no such customer or the viewer does not see him.
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
        let days = self.days(parameters)?;
        let found = self.holdings.find(customer).filter(|holding| viewer.sees(&holding.customer.owner));
        let Some(holding) = found else { return Ok(None) };
        let mut collected = Collected::new();
        visit(&holding, &days, &mut collected)?;
        let review = collected.review(parameters);
        profit_of(customer, basis, &collected.pieces, review).map(Some)
    }

    /// Profit and loss of the customers that a viewer sees by policy, vehicle, handler or agent (J1). Rows and
    /// `unallocated` together are their profit and loss.
    ///
    /// # Errors
    /// Those of [`FactSource::at`].
    pub fn profit_by(
        &self,
        viewer: &Viewer,
        key: ProfitKey,
        basis: ProfitBasis,
        parameters: &FactParameters,
    ) -> Result<ProfitBreakdown, Refusal> {
        let days = self.days(parameters)?;
        let mut withheld = Withheld::default();
        let mut collected = Collected::new();
        let mut sums = BreakdownSums::new(key, basis);
        for holding in self.holdings.each() {
            if let Some(reason) = viewer.withheld_because(&holding.customer.owner) {
                withheld.count(reason);
                continue;
            }
            visit(&holding, &days, &mut collected)?;
            collected.pieces.drain(..).for_each(|piece| sums.add(&piece));
        }
        sums.finish(collected.review(parameters), withheld)
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
        let mut collected = Collected::new();
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
