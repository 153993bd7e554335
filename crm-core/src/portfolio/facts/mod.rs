//! Facts: what the book says about each customer on a day.

mod catalogue;
mod explanation;
mod holding;
mod measure;
mod parameters;
mod places;
mod term;
mod together;

use alloc::{collections::BTreeMap, vec::Vec};
use core::fmt;

use serde::{Deserialize, Serialize};

pub(super) use catalogue::{FACTS, FactRead, fact_named};
pub use catalogue::{TermRole, fact_catalogue};
pub use explanation::{BasisRow, BasisTerm, FactBasis};
use holding::Holdings;
pub use measure::CustomerFacts;
pub(super) use measure::TermSums;
use measure::{Counted, measure};
use parameters::Days;
pub use parameters::FactParameters;
pub(super) use parameters::WHOLE_PARAMETERS;
pub use term::FactTerm;
pub(super) use term::{Piece, amount};
pub use together::GroupFacts;

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
    noticed: LeftOut,
}

/// What the figures of a report rest on (J4): the parameters, and the rows by table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReviewBasis {
    /// As of when, and everything else that the figures depend on. Books have one currency: there is no exchange rate.
    pub parameters: FactParameters,
    /// Rows used.
    pub used: BTreeMap<BookTable, i64>,
    /// Rows left out, by the code of the reason.
    pub left_out: LeftOut,
    /// Rows that count and should be looked at, by code.
    pub noticed: LeftOut,
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
    /// review (`portfolio.row.after_as_of`), or in contradiction to others as known on that day: endorsements as
    /// [`EndorsementRow`](super::EndorsementRow) says.
    #[must_use]
    pub const fn left_out(&self) -> &LeftOut {
        &self.left_out
    }

    /// Rows that count and should be looked at, by table and code (提示): `portfolio.claim.outside_cover`,
    /// `portfolio.claim.valued_later`, `portfolio.cost.policy_other`, `portfolio.renewal.cycle`,
    /// `portfolio.renewal.other_customer`.
    #[must_use]
    pub const fn noticed(&self) -> &LeftOut {
        &self.noticed
    }

    /// What the figures rest on: parameters and rows (J4).
    #[must_use]
    pub fn review(&self) -> ReviewBasis {
        ReviewBasis {
            parameters: self.parameters,
            used: self.used.clone(),
            left_out: self.left_out.clone(),
            noticed: self.noticed.clone(),
        }
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
        for (held, more) in [(&mut self.left_out, other.left_out), (&mut self.noticed, other.noticed)] {
            for (table, codes) in more {
                let held = held.entry(table).or_default();
                for (code, rows) in codes {
                    *held.entry(code).or_default() += rows;
                }
            }
        }
        Ok(())
    }
}

impl FactSource<'_> {
    /// The facts of every customer on a day.
    ///
    /// # Errors
    /// Those of [`FactParameters::check`];
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
        let mut noticed = LeftOut::new();
        for (into, codes) in [(&mut left_out, counted.left_out), (&mut noticed, counted.noticed)] {
            for ((table, code), rows) in codes {
                count_left_out(into, table, code, rows);
            }
        }
        let used = TABLES.into_iter().zip(counted.used).collect();
        Ok(Facts { parameters: *parameters, rows, used, left_out, noticed })
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
