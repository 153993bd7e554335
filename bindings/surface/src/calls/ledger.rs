//! Entries, chains of records and China's pack (记账).

use crm_core::calendar::Date;
use crm_core::ledger::{
    self, ChainHead, ChartSpec, Entry, EventId, JournalName, PostingRulesSpec, SealedRecord, TaxSplit, china,
};
use crm_core::money::{Decimal, Money, RoundingMode};
use crm_core::refusal::{Code, Refusal};

use crate::placed::{placed, renamed};

/// The entry that takes another one back on the day `on`, line by line in red (红字冲销).
///
/// `reversal_event` is the business event of the reversal. A reversal can't be taken back: post the entry anew.
///
/// # Errors
/// `ledger.reversal.early` at `/on` for a day before the entry's; `ledger.reversal.of_reversal` at `/reverses`; both at
/// once.
pub fn reverse_entry(entry: Entry, reversal_event: EventId, on: Date) -> Result<Entry, Refusal> {
    entry.reversal(reversal_event, on).map_err(|refusal| renamed(refusal, "/booked_on", Some("on")))
}

/// Checks the chain of a journal over its stored records, from the first on, and says how far it goes (链式校验).
///
/// `kept` is a head of any age that the host kept elsewhere: with it shows whether the whole chain was rewritten, or
/// its end cut off. Records are judged as they are stored, byte for byte.
///
/// # Errors
/// At the first record that does not follow from those before it: `ledger.chain.broken`; at `/kept`:
/// `ledger.chain.head` when the records do not lead through the head; `wire.stored.version` for a record of a newer core.
pub fn verify_journal(
    records: Vec<SealedRecord>,
    journal: JournalName,
    kept: Option<ChainHead>,
) -> Result<ChainHead, Refusal> {
    ledger::verify(&journal, &records, kept.as_ref()).map_err(|refusal| placed(refusal, head_fault))
}

/// The head of a journal without records: what its first record is chained to.
pub fn journal_start(journal: JournalName) -> ChainHead {
    ChainHead::start(journal)
}

/// Splits an amount that includes tax; the net amount is rounded to the minor unit, the tax is the rest (价税分离).
///
/// CNY 950.00 at `0.06`: net CNY 896.23, tax CNY 53.77.
///
/// # Errors
/// `ledger.tax.rate` at `/rate` for a rate below zero; `money.exact.range` for a rate with too many digits.
pub fn split_tax(gross: Money, rate: Decimal, mode: RoundingMode) -> Result<TaxSplit, Refusal> {
    TaxSplit::of_gross(gross, rate, mode)
}

/// The chart of accounts of China's pack, as data to load or to start one's own from (科目表).
///
/// # Errors
/// None for the pack as shipped.
pub fn china_chart_of_accounts() -> Result<ChartSpec, Refusal> {
    china::chart_spec()
}

/// The posting rules of China's pack, as data to load or to start one's own from (入账规则).
///
/// # Errors
/// None for the pack as shipped.
pub fn china_posting_rules() -> Result<PostingRulesSpec, Refusal> {
    china::posting_rules_spec()
}

/// A head that does not fit stands under its own name, a record that does not at its place.
pub(crate) fn head_fault(code: Code) -> Option<&'static str> {
    (code == Code::LedgerChainHead).then_some("kept")
}
