//! Account statements: the lines of one account with a running balance.

use alloc::{collections::BTreeMap, string::String, vec::Vec};

use serde::{Deserialize, Serialize};

use super::{AccountCode, DimensionCode, DocumentReference, EventId, Journal, Side, balance::amount, books::Turnover};
use crate::{
    calendar::{Date, Period},
    money::{Currency, Money},
    refusal::Refusal,
};

/// Which lines a statement shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StatementQuery {
    /// The account.
    pub account: AccountCode,
    /// The currency.
    pub currency: Currency,
    /// The booking days.
    pub period: Period,
    /// Only lines with all of these dimensions; empty for every line.
    pub dimensions: BTreeMap<String, DimensionCode>,
}

/// The lines of an account over a period (明细账).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AccountStatement {
    /// Which lines these are.
    pub query: StatementQuery,
    /// The balance before the first day, debit above zero (期初余额).
    pub opening: Money,
    /// The lines by booking day, those of a day by their number.
    pub lines: Vec<StatementLine>,
    /// The balance after the last day, debit above zero (期末余额).
    pub closing: Money,
}

/// One line of a statement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StatementLine {
    /// The number of its entry in the journal.
    pub sequence: i64,
    /// The business event of its entry.
    pub event: EventId,
    /// The day on which it counts.
    pub booked_on: Date,
    /// The document behind it.
    pub reference: Option<DocumentReference>,
    /// What happened.
    pub narrative: String,
    /// Debit or credit.
    pub side: Side,
    /// Whether it is taken off its side.
    pub red: bool,
    /// The amount, above zero.
    pub amount: Money,
    /// The balance after it, debit above zero.
    pub balance: Money,
}

impl Journal {
    /// The statement of an account.
    ///
    /// # Errors
    /// `ledger.account.unknown` at `/account`; `money.amount.range` when a balance is beyond 2⁶³ minor units.
    pub fn statement(&self, query: StatementQuery) -> Result<AccountStatement, Refusal> {
        self.require_account(&query.account)?;
        let currency = query.currency;
        let mut balance = 0_i128;
        let mut shown = Vec::new();
        if let Some(sums) = self.books.sums(&query.account, currency) {
            for (entry, line) in self.books.lines_in(sums) {
                let Some(dimensions) = self.books.dimensions_of(line) else { continue };
                if query.dimensions.iter().any(|(name, code)| dimensions.get(name) != Some(code)) {
                    continue;
                }
                if entry.booked_on < query.period.start() {
                    balance += Turnover::of(line.side, line.red, line.amount).balance();
                } else if query.period.contains(entry.booked_on) {
                    shown.push((entry, line));
                }
            }
        }
        shown.sort_by_key(|(entry, _)| (entry.booked_on, entry.sequence));
        let opening = amount(balance, currency)?;
        let mut lines = Vec::with_capacity(shown.len());
        for (entry, line) in shown {
            balance += Turnover::of(line.side, line.red, line.amount).balance();
            lines.push(StatementLine {
                sequence: entry.sequence,
                event: entry.event.clone(),
                booked_on: entry.booked_on,
                reference: entry.reference.clone(),
                narrative: String::from(&*entry.narrative),
                side: line.side,
                red: line.red,
                amount: line.amount,
                balance: amount(balance, currency)?,
            });
        }
        Ok(AccountStatement { query, opening, lines, closing: amount(balance, currency)? })
    }
}
