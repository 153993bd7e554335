//! Double-entry bookkeeping: accounts, balanced entries, an append-only journal, balances and statements.
//!
//! * [`Chart`]: the accounts (科目表), dated data.
//! * [`PostingRules`]: which lines each kind of event makes (入账规则), dated data; proved to balance when loaded.
//! * [`Entry`]: a journal entry (凭证) whose debits equal its credits in every currency, to the last minor unit (law 5).
//! * [`Journal`]: each event once (law 6), corrections by [`Entry::reversal`], periods that close, every record sealed
//!   with all before it; [`verify`] names the first that was touched.
//! * [`TrialBalance`], [`PeriodBalance`], [`AccountBalance`], [`AccountStatement`]: what the accounts hold on any day and
//!   what moved between two.
//! * [`MergedJournals`]: several journals seen as one.
//! * [`china`]: chart and rules of China's pack.
//!
//! The ledger knows no policies: documents, customers and branches are opaque codes of the host.

mod balance;
mod books;
mod chain;
mod chart;
pub mod china;
mod code;
mod entry;
mod journal;
mod merged;
mod movement;
mod posting;
mod proof;
mod rule;
mod statement;
mod tax;

pub use balance::{AccountBalance, TrialBalance};
pub use chain::{ChainHash, ChainHead, JournalEvent, JournalRecord, SealedRecord, verify};
pub use chart::{Account, AccountKind, Chart, ChartSpec, MAX_ACCOUNTS};
pub use code::{
    AccountCode, DimensionCode, DocumentReference, EventId, JournalName, MAX_ACCOUNT_BYTES, MAX_OPAQUE_BYTES,
};
pub use entry::{Entry, EntryLine, MAX_DIMENSIONS, MAX_LINES, Side};
pub use journal::{Journal, JournalCommand, PostingOutcome};
pub use merged::MergedJournals;
pub use movement::{AccountMovement, PeriodBalance};
pub use posting::PostingRules;
pub use rule::{
    AmountDeclaration, BookingEvent, ExplainedEntry, PostingCase, PostingLine, PostingRule, PostingRulesSpec, UsedRule,
};
pub use statement::{AccountStatement, OwnerDimensions, StatementLine, StatementQuery};
pub use tax::TaxSplit;

crate::wire::stored_first_version! {
    ChartSpec = "chart_of_accounts",
    PostingRulesSpec = "posting_rules",
    JournalRecord = "journal_record",
}
