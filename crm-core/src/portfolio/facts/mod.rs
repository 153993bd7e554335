//! Facts: what the book says about each customer on a day.

mod catalogue;
mod explanation;
mod holding;
mod measure;
mod parameters;
mod places;
mod term;

use alloc::{collections::BTreeMap, vec::Vec};
use core::fmt;

pub(super) use catalogue::{FACTS, FactRead, fact_named};
pub use catalogue::{TermRole, fact_catalogue};
pub use explanation::{BasisRow, BasisTerm, FactBasis};
use holding::Holdings;
pub use measure::CustomerFacts;
pub(super) use measure::TermSums;
use measure::{Counted, measure};
use parameters::Days;
pub use parameters::FactParameters;
pub use term::FactTerm;
pub(super) use term::{Piece, amount};

use super::{
    BookTable, CustomerBook,
    customer_book::{LeftOut, count_left_out},
};
use crate::{
    access::{Viewer, Visible},
    party::PartyId,
    refusal::{Code, Refusal},
};

const TABLES: [BookTable; 7] = [
    BookTable::Customers,
    BookTable::Policies,
    BookTable::Endorsements,
    BookTable::Receipts,
    BookTable::Claims,
    BookTable::Costs,
    BookTable::Complaints,
];

/// The facts of every customer of a book, or of a part of it; parts merge (law 7).
///
/// Rows are only given out through a [`Viewer`].
#[derive(Clone, PartialEq, Eq)]
pub struct Facts {
    parameters: FactParameters,
    /// By customer.
    rows: Vec<CustomerFacts>,
    used: BTreeMap<BookTable, i64>,
    left_out: LeftOut,
}

/// A book whose rows are brought together by customer, once; figures of any day are read from it.
pub struct FactSource<'a> {
    book: &'a CustomerBook,
    holdings: Holdings<'a>,
    left_out: LeftOut,
}

impl Facts {
    /// Brings the rows of each customer together. One pass over each table.
    #[must_use]
    pub fn of(book: &CustomerBook) -> FactSource<'_> {
        let mut left_out = book.left_out().clone();
        FactSource { book, holdings: Holdings::of(book, &mut left_out), left_out }
    }

    /// What the figures depend on besides the rows.
    #[must_use]
    pub const fn parameters(&self) -> &FactParameters {
        &self.parameters
    }

    /// How many customers.
    #[must_use]
    pub fn customers(&self) -> i64 {
        i64::try_from(self.rows.len()).unwrap_or(i64::MAX)
    }

    /// Rows used, by table.
    #[must_use]
    pub const fn used(&self) -> &BTreeMap<BookTable, i64> {
        &self.used
    }

    /// Rows left out, by table and code: refused when added, without a policy or customer in the book, dated after the
    /// review (`portfolio.row.after_as_of`), or in contradiction to others as known on that day: a claim outside the
    /// cover of its policy (`portfolio.claim.outside_cover`), and endorsements as
    /// [`EndorsementRow`](super::EndorsementRow) says.
    #[must_use]
    pub const fn left_out(&self) -> &LeftOut {
        &self.left_out
    }

    /// The customers that the viewer sees, by code, and how many he does not.
    #[must_use]
    pub fn visible(&self, viewer: &Viewer) -> Visible<'_, CustomerFacts> {
        viewer.sift(&self.rows)
    }

    /// The facts of one customer; none when there is no such customer or the viewer does not see him.
    #[must_use]
    pub fn customer(&self, viewer: &Viewer, customer: &PartyId) -> Option<&CustomerFacts> {
        self.find(customer).filter(|facts| viewer.sees(&facts.owner))
    }

    pub(super) fn find(&self, customer: &PartyId) -> Option<&CustomerFacts> {
        let at = self.rows.binary_search_by(|facts| facts.customer.cmp(customer)).ok()?;
        self.rows.get(at)
    }

    pub(super) fn rows(&self) -> &[CustomerFacts] {
        &self.rows
    }

    /// Adds the facts of other customers of the same book.
    ///
    /// # Errors
    /// `portfolio.books.different` when the parameters differ; `portfolio.facts.customer_twice` when both parts hold a
    /// customer: neither part knows all his rows. Nothing changes then.
    pub fn merge(&mut self, other: Self) -> Result<(), Refusal> {
        if self.parameters != other.parameters {
            return Err(Refusal::new(Code::PortfolioBooksDifferent));
        }
        if other.rows.iter().any(|facts| self.find(&facts.customer).is_some()) {
            return Err(Refusal::new(Code::PortfolioFactsCustomerTwice));
        }
        self.rows.extend(other.rows);
        self.rows.sort_by(|a, b| a.customer.cmp(&b.customer));
        for (table, rows) in other.used {
            *self.used.entry(table).or_default() += rows;
        }
        for (table, codes) in other.left_out {
            let held = self.left_out.entry(table).or_default();
            for (code, rows) in codes {
                *held.entry(code).or_default() += rows;
            }
        }
        Ok(())
    }
}

impl FactSource<'_> {
    /// The facts of every customer on a day.
    ///
    /// # Errors
    /// `portfolio.books.different` when the parameters name another currency than the book's; `calendar.date.range`
    /// when a window leaves the calendar; `money.amount.range` when a sum is beyond 2⁶³ minor units;
    /// `money.rounding.place`.
    pub fn at(&self, parameters: &FactParameters) -> Result<Facts, Refusal> {
        let days = self.days(parameters)?;
        let mut left_out = self.left_out.clone();
        let mut rows = Vec::with_capacity(self.holdings.len());
        let mut counted = Counted::new(days.as_of);
        for holding in self.holdings.each() {
            rows.push(measure(&holding, parameters, &days, &mut counted)?);
        }
        for ((table, code), rows) in counted.left_out {
            count_left_out(&mut left_out, table, code, rows);
        }
        let used = TABLES.into_iter().zip(counted.used).collect();
        Ok(Facts { parameters: *parameters, rows, used, left_out })
    }

    fn days(&self, parameters: &FactParameters) -> Result<Days, Refusal> {
        if parameters.currency != self.book.currency() {
            return Err(Refusal::new(Code::PortfolioBooksDifferent));
        }
        Days::of(parameters)
    }
}

impl fmt::Debug for Facts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Facts").field("parameters", &self.parameters).field("used", &self.used).finish_non_exhaustive()
    }
}

impl fmt::Debug for FactSource<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FactSource").field("book", self.book).finish_non_exhaustive()
    }
}
