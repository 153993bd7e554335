//! Figures about a whole book: how many, how much, how well, and from which rows.
//!
//! * [`PolicyTerm`]: one policy year of one customer, as a host's system holds it.
//! * [`Book`]: takes policy years one by one, each once (law 6), and merges with other parts of the same book in any
//!   order (law 7).
//! * [`BookSummary`]: the figures of a book, with its parameters and the rows left out and why.
//! * [`Figure`]: names a figure; [`Book::rows_behind`] opens it to the rows that make it.
//! * [`ClaimTies`]: whether the parts of claims add up to the claims cost of the policy years.
//!
//! A row that is refused changes nothing. A row that is used and looks odd gets a [`Warning`].

mod book;
mod code;
mod figure;
mod summary;
mod term;
mod ties;
mod warning;

#[cfg(test)]
mod laws;

pub use book::{Book, BookParameters};
pub use code::{CustomerId, MAX_CODE_BYTES, MAX_ID_BYTES, PolicyId};
pub use figure::Figure;
pub use summary::{BookSummary, BookTotals, Ratio, RatioAbsence, RenewalCount};
pub use term::{MAX_CLAIMS, MAX_COVERAGES, PolicyTerm};
pub use ties::{ClaimPart, ClaimTieCount, ClaimTies, Tie, TieDifference};
pub use warning::Warning;
