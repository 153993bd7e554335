//! Figures of a book (业务汇总).

use crm_core::portfolio::{Book, BookParameters, BookSummary, PolicyTerm, Warning};
use crm_core::refusal::{Code, Refusal};

use crate::placed::placed;

/// Checks one policy year and says what looks odd about it; an odd row counts all the same (保单年度校验).
///
/// # Errors
/// `calendar.period.empty` at `/end`, `money.currency.mixed` at `/claims_cost`, `portfolio.claims.range` at `/claims`,
/// `portfolio.code.invalid`, `portfolio.coverages.many`; all at once.
pub fn check_policy_term(term: PolicyTerm) -> Result<Vec<Warning>, Refusal> {
    term.check()?;
    Ok(term.warnings().collect())
}

/// The figures of a book of policy years: rows, customers, premium, claims cost, loss ratio, renewals, warnings (业务汇总).
///
/// Rows that can't be used are left out and counted by the code of the reason, so that rows in = rows used + rows left out.
/// A row that is given twice counts once.
///
/// # Errors
/// `money.amount.range` when a total is too large; `money.rounding.place` at `/parameters/ratio_rounding/place`.
pub fn summarise(terms: Vec<PolicyTerm>, parameters: BookParameters) -> Result<BookSummary, Refusal> {
    let mut book = Book::new(parameters);
    for term in terms {
        // The book counts what it refuses; the summary tells.
        let _ = book.add(term);
    }
    book.summary().map_err(|refusal| {
        let rounding = |code| (code == Code::MoneyRoundingPlace).then_some("ratio_rounding");
        let inside = |code| (code == Code::MoneyRoundingPlace).then_some("parameters");
        placed(placed(refusal, rounding), inside)
    })
}
