//! Account statements: the lines of one account with a running balance.

use alloc::{collections::BTreeMap, string::String, vec::Vec};

use serde::{Deserialize, Serialize};

use super::{AccountCode, DimensionCode, DocumentReference, EventId, Journal, Side, balance::amount, books::Turnover};
use crate::{
    access::{BranchCode, CompanyCode, DepartmentCode, RowOwner, Viewer, Withheld, WithheldReason},
    calendar::{Date, Period},
    money::{Currency, Money},
    party::StaffId,
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

/// Which dimensions of a line say who manages it (归属维度): with them a viewer sees the lines of his own, of his
/// department or of his branch. A line without such a dimension is managed by the company itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OwnerDimensions {
    /// The company whose journal it is.
    pub company: CompanyCode,
    /// The dimension that holds the branch. The rules of China's pack carry none, for one journal a branch; a host that
    /// keeps one journal for several adds it to its rules.
    pub branch: Option<String>,
    /// The dimension that holds the department.
    pub department: Option<String>,
    /// The dimension that holds the responsible person.
    pub person: Option<String>,
}

impl OwnerDimensions {
    /// Who manages a line with these dimensions.
    pub(super) fn owner(&self, dimensions: &BTreeMap<String, DimensionCode>) -> Result<RowOwner, Refusal> {
        let code =
            |name: &Option<String>| name.as_ref().and_then(|name| dimensions.get(name)).map(DimensionCode::as_str);
        Ok(RowOwner {
            person: code(&self.person).map(StaffId::new).transpose()?,
            department: code(&self.department).map(DepartmentCode::new).transpose()?,
            branch: code(&self.branch).map(BranchCode::new).transpose()?,
            company: self.company.clone(),
        })
    }
}

/// The lines of an account over a period, as far as a viewer sees them (明细账).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AccountStatement {
    /// Which lines these are.
    pub query: StatementQuery,
    /// The balance of what he sees before the first day, debit above zero (期初余额).
    pub opening: Money,
    /// The lines by booking day, those of a day by their number.
    pub lines: Vec<StatementLine>,
    /// The balance of what he sees after the last day, debit above zero (期末余额).
    pub closing: Money,
    /// Lines of the period that he does not see. While there are any before or inside it, the balances are not those of
    /// the account.
    pub withheld: Withheld,
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
    /// The statement of an account for a viewer; `owners` says how a line tells who manages it.
    ///
    /// # Errors
    /// `ledger.account.unknown` at `/account`; `money.amount.range` when a balance is beyond 2⁶³ minor units.
    pub fn statement(
        &self,
        query: StatementQuery,
        viewer: &Viewer,
        owners: &OwnerDimensions,
    ) -> Result<AccountStatement, Refusal> {
        self.require_account(&query.account)?;
        let currency = query.currency;
        let mut balance = 0_i128;
        let mut shown = Vec::new();
        let mut withheld = Withheld::default();
        // Few sets of dimensions, many lines: each set is looked at once.
        let mut sight: BTreeMap<usize, Option<WithheldReason>> = BTreeMap::new();
        let lines = self.books.sums(&query.account, currency).map(|sums| self.books.lines_in(sums));
        for (entry, line) in lines.into_iter().flatten() {
            let Some(dimensions) = self.books.dimensions_of(line) else { continue };
            if query.dimensions.iter().any(|(name, code)| dimensions.get(name) != Some(code)) {
                continue;
            }
            let reason = match sight.get(&line.dimensions) {
                Some(reason) => *reason,
                None => {
                    let reason = viewer.withheld_because(&owners.owner(dimensions)?);
                    sight.insert(line.dimensions, reason);
                    reason
                }
            };
            let inside = query.period.contains(entry.booked_on);
            match reason {
                Some(reason) if inside => withheld.count(reason),
                Some(_) => {}
                None if inside => shown.push((entry, line)),
                None if entry.booked_on < query.period.start() => {
                    balance += Turnover::of(line.side, line.red, line.amount).balance();
                }
                None => {}
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
        Ok(AccountStatement { query, opening, lines, closing: amount(balance, currency)?, withheld })
    }
}
