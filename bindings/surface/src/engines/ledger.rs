//! Bookkeeping engines: chart of accounts, posting rules, journal (记账).

use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard};

use crm_core::access::Viewer;
use crm_core::calendar::{Date, Period};
use crm_core::ledger::{
    self, Account, AccountBalance, AccountCode, AccountStatement, BookingEvent, ChainHead, Chart, ChartSpec, Entry,
    EventId, ExplainedEntry, JournalName, OwnerDimensions, PeriodBalance, PostingOutcome, PostingRulesSpec,
    SealedRecord, StatementQuery, TrialBalance,
};
use crm_core::money::Currency;
use crm_core::refusal::{Code, Fault, Refusal};
use crm_core::rulebook::KnownValue;

use super::rulebook::dated_fault;
use crate::calls::head_fault;
use crate::placed::{placed, renamed};

/// A loaded chart of accounts, checked whole (科目表).
#[derive(Debug)]
pub struct ChartOfAccounts(Chart);

impl ChartOfAccounts {
    /// Checks a chart of accounts; every fault is reported at once.
    ///
    /// # Errors
    /// `ledger.too_many`, `ledger.code.invalid`, `ledger.account.duplicate`, `ledger.account.nameless`,
    /// `rulebook.source.missing`, `calendar.period.empty`.
    pub fn load(spec: ChartSpec) -> Result<Self, Refusal> {
        Chart::load(&spec).map(Self)
    }

    /// The account with this code, whenever it is valid; nothing when there is none.
    pub fn account(&self, code: AccountCode) -> Option<Account> {
        self.0.account(&code).cloned()
    }

    /// The accounts that can be booked to on a day, in the order of the chart (有效科目).
    pub fn accounts_on(&self, day: Date) -> Vec<Account> {
        self.0.accounts().iter().filter(|account| account.is_valid_on(day)).cloned().collect()
    }

    /// Whether a day lies after the last check of the chart.
    pub fn is_stale(&self, on: Date) -> bool {
        self.0.is_stale(on)
    }
}

/// Loaded posting rules, proved to balance whatever the amounts are (入账规则).
#[derive(Debug)]
pub struct PostingRules(ledger::PostingRules);

impl PostingRules {
    /// Checks posting rules against the chart that they name, their cases included; every fault is reported at once.
    ///
    /// # Errors
    /// `ledger.rule.*`, `ledger.account.unknown`, `ledger.account.outside`, `ledger.entry.*`, `ledger.amount.*`,
    /// `ledger.dimension.*`, `rulebook.*`; below `/accounts` those of the chart.
    pub fn load(spec: PostingRulesSpec, accounts: ChartSpec) -> Result<Self, Refusal> {
        let chart = Chart::load(&accounts).map_err(|refusal| refusal.at("accounts"))?;
        ledger::PostingRules::load(&spec, &chart).map(Self)
    }

    /// The entry that an event makes (凭证). The host posts it.
    ///
    /// # Errors
    /// In the event: `ledger.rule.unknown`, `ledger.rule.outside`, `ledger.amount.missing`, `ledger.amount.unknown`,
    /// `ledger.amount.sign`, `ledger.amount.exceeds`, `ledger.amount.nothing`, `ledger.dimension.missing`,
    /// `ledger.dimension.unknown`, `money.currency.mixed`, `money.amount.range`.
    pub fn entry(&self, event: BookingEvent) -> Result<Entry, Refusal> {
        self.0.entry(&event)
    }

    /// The entry that an event makes, with the rule that made it, its source and whether it is stale (入账依据).
    ///
    /// # Errors
    /// As `entry`.
    pub fn explained_entry(&self, event: BookingEvent) -> Result<ExplainedEntry, Refusal> {
        self.0.explained_entry(&event)
    }

    /// The entries of many events, in their order; all of them or none.
    ///
    /// # Errors
    /// As `entry`, at the index of the event, those of all events at once.
    pub fn entries(&self, events: Vec<BookingEvent>) -> Result<Vec<Entry>, Refusal> {
        self.0.entries(&events)
    }

    /// The kinds of event that there are rules for (业务事件).
    pub fn kinds(&self) -> Vec<String> {
        self.0.kinds().map(str::to_owned).collect()
    }

    /// What a parameter is on a day, with its source and whether it is stale (参数在某日的取值).
    ///
    /// # Errors
    /// `rulebook.parameter.undeclared`; at `/as_of`: `rulebook.dated.outside`.
    pub fn parameter(&self, name: String, as_of: Date) -> Result<KnownValue, Refusal> {
        self.0.parameter(&name, as_of).map_err(|refusal| placed(refusal, dated_fault))
    }

    /// Whether a day lies after the last check of the rules.
    pub fn is_stale(&self, on: Date) -> bool {
        self.0.is_stale(on)
    }
}

/// A journal as its stored records make it, up to the last of them (账簿).
///
/// `post` and `close_period` change nothing: they answer with the records that the host has to add to its store, in one
/// transaction. What is stored then comes in with `add`; a journal loaded from all records is the same. A record that
/// somebody else added meanwhile shows: its number is taken, and the chain does not verify with both.
#[derive(Debug)]
pub struct Journal(Arc<RwLock<ledger::Journal>>);

impl Journal {
    /// What is known now. Whoever fails while he holds it has only looked: records are checked whole before the first is
    /// taken in, and taking in has nothing that can fail.
    fn known(&self) -> RwLockReadGuard<'_, ledger::Journal> {
        self.0.read().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Journal {
    /// Loads a journal from its stored records, after checking their chain; none for a new one.
    ///
    /// `chart` is for what is posted from now on. `kept` is a head of any age that the host kept elsewhere.
    ///
    /// # Errors
    /// At the first record that does not follow from those before it: `ledger.chain.broken`; at `/kept`:
    /// `ledger.chain.head`; below `/chart` those of the chart; `wire.stored.version` for a record of a newer core.
    pub fn load(
        records: Vec<SealedRecord>,
        name: JournalName,
        chart: ChartSpec,
        kept: Option<ChainHead>,
    ) -> Result<Self, Refusal> {
        let chart = Chart::load(&chart).map_err(|refusal| refusal.at("chart"))?;
        let loaded = ledger::Journal::load(name, chart, &records, kept.as_ref());
        loaded.map(|journal| Self(Arc::new(RwLock::new(journal)))).map_err(|refusal| placed(refusal, head_fault))
    }

    /// Takes in records that were stored since, all of them or none, and answers with the new head: what loading all
    /// records would make, without reading the old ones again. Whoever shares the journal sees them from then on.
    ///
    /// # Errors
    /// At the first record that does not follow: `ledger.chain.broken`; `wire.stored.version` for a record of a newer
    /// core.
    pub fn add(&self, records: Vec<SealedRecord>) -> Result<ChainHead, Refusal> {
        let mut journal = self.0.write().unwrap_or_else(PoisonError::into_inner);
        journal.extend(&records)?;
        Ok(journal.head().clone())
    }

    /// How far the journal goes, with the hash that seals all of it. Keep heads elsewhere, too.
    pub fn head(&self) -> ChainHead {
        self.known().head().clone()
    }

    /// The last closed day, nothing while none is (已结账日期).
    pub fn closed_through(&self) -> Option<Date> {
        self.known().closed_through()
    }

    /// What became of each entry: its number and the record to store, all of them or none (过账).
    ///
    /// An event that had been posted before, with the same content, has its number and no record. An entry may take
    /// back one that stands before it.
    ///
    /// # Errors
    /// At the entry, those of all entries at once: `ledger.event.conflict`, `ledger.period.closed`,
    /// `ledger.account.unknown`, `ledger.account.outside`, `ledger.reversal.unknown`, `ledger.reversal.twice`,
    /// `ledger.reversal.of_reversal`, `ledger.reversal.early`, `ledger.reversal.differs`.
    pub fn post(&self, entries: Vec<Entry>) -> Result<Vec<PostingOutcome>, Refusal> {
        self.known().posting(entries)
    }

    /// What became of closing every day up to and including `through`: its number and the record to store (结账).
    ///
    /// # Errors
    /// `ledger.event.conflict` for an event that stands in the journal as something else; at `/through`:
    /// `ledger.close.earlier` when that day is closed already.
    pub fn close_period(&self, event: EventId, through: Date) -> Result<PostingOutcome, Refusal> {
        self.known().closing(event, through).map_err(|refusal| renamed(refusal, "/event", None))
    }

    /// The entry with this number for a viewer, who sees it when he sees each of its lines that says who manages it;
    /// nothing for the number of a closing or of none.
    ///
    /// # Errors
    /// `access.row.withheld` with the reason.
    pub fn visible_entry(
        &self,
        sequence: i64,
        viewer: Viewer,
        owners: OwnerDimensions,
    ) -> Result<Option<Entry>, Refusal> {
        self.known().visible_entry(sequence, &viewer, &owners)
    }

    /// The entry with this number, nothing for the number of a closing or of none; for a host that books. What is shown
    /// to people comes from `visible_entry`.
    pub fn entry(&self, sequence: i64) -> Option<Entry> {
        self.known().entry(sequence)
    }

    /// The entry of a business event, nothing when there is none.
    pub fn entry_of(&self, event: EventId) -> Option<Entry> {
        self.known().entry_of(&event)
    }

    /// The number of a business event, nothing when it does not stand in the journal (凭证序号).
    pub fn sequence_of(&self, event: EventId) -> Option<i64> {
        self.known().sequence_of(&event)
    }

    /// What an account holds at the end of a day; zero when nothing was booked (科目余额).
    ///
    /// # Errors
    /// `ledger.account.unknown` for an account that is neither in the chart nor ever booked to; `money.amount.range`.
    pub fn balance(&self, account: AccountCode, currency: Currency, on: Date) -> Result<AccountBalance, Refusal> {
        self.known().balance(&account, currency, on).map_err(|refusal| renamed(refusal, "/account", None))
    }

    /// One trial balance for every currency that was booked up to and on a day, in the order of the currencies (试算平衡表).
    ///
    /// # Errors
    /// `money.amount.range` when a sum is beyond 2⁶³ minor units.
    pub fn trial_balances(&self, on: Date) -> Result<Vec<TrialBalance>, Refusal> {
        self.known().trial_balances(on)
    }

    /// One trial balance over a period for every currency that was booked before its end: opening balances, movements
    /// and closing balances (发生额及余额试算平衡表).
    ///
    /// # Errors
    /// `money.amount.range` when a sum is beyond 2⁶³ minor units.
    pub fn period_balances(&self, period: Period) -> Result<Vec<PeriodBalance>, Refusal> {
        self.known().period_balances(period)
    }

    /// The lines of an account over a period, as far as the viewer sees them, with a running balance (明细账).
    ///
    /// `owners` says which dimensions of a line tell who manages it.
    ///
    /// # Errors
    /// `ledger.account.unknown` at `/account`; `money.amount.range`.
    pub fn statement(
        &self,
        query: StatementQuery,
        viewer: Viewer,
        owners: OwnerDimensions,
    ) -> Result<AccountStatement, Refusal> {
        self.known().statement(query, &viewer, &owners)
    }
}

/// Several journals seen as one book (合并账簿): nothing is copied or posted, each journal keeps its chain and head.
///
/// What a journal takes in later is in the book, too.
#[derive(Debug)]
pub struct MergedJournals(Vec<Arc<RwLock<ledger::Journal>>>);

impl MergedJournals {
    /// A book of these journals.
    ///
    /// # Errors
    /// At the journal: `ledger.merge.twice` when one of its name is in already, since its entries would count twice;
    /// `ledger.merge.kind` when its chart says of an account that it is of another kind.
    pub fn of(journals: Vec<&Journal>) -> Result<Self, Refusal> {
        let same = |at: usize, own: &Journal| journals.iter().take(at).any(|other| Arc::ptr_eq(&other.0, &own.0));
        // Before the book reads them: who reads a journal twice at once could wait for a writer that waits for him.
        let twice = journals.iter().enumerate().filter(|(at, journal)| same(*at, journal));
        let faults = twice.map(|(at, _)| Fault::new(Code::LedgerMergeTwice).at_index(at)).collect();
        if let Some(refusal) = Refusal::from_faults(faults) {
            return Err(refusal);
        }
        let book = Self(journals.iter().map(|journal| journal.0.clone()).collect());
        book.seen(|_| Ok(()))?;
        Ok(book)
    }

    /// How far each journal goes, in their order.
    ///
    /// # Errors
    /// None for a book that was made.
    pub fn heads(&self) -> Result<Vec<ChainHead>, Refusal> {
        self.seen(|book| Ok(book.heads().cloned().collect()))
    }

    /// The trial balances of all journals together, each the sum of the parts (合并试算平衡表).
    ///
    /// # Errors
    /// `money.amount.range` when a sum is beyond 2⁶³ minor units.
    pub fn trial_balances(&self, on: Date) -> Result<Vec<TrialBalance>, Refusal> {
        self.seen(|book| book.trial_balances(on))
    }

    /// The balances of all journals together over a period, each the sum of the parts (合并发生额及余额试算平衡表).
    ///
    /// # Errors
    /// `money.amount.range` when a sum is beyond 2⁶³ minor units.
    pub fn period_balances(&self, period: Period) -> Result<Vec<PeriodBalance>, Refusal> {
        self.seen(|book| book.period_balances(period))
    }

    /// The journals as they are now. None of them stands here twice: `of` has seen to it.
    fn seen<T>(&self, ask: impl FnOnce(ledger::MergedJournals<'_>) -> Result<T, Refusal>) -> Result<T, Refusal> {
        // Every question takes the journals in one order, whatever the host's is: two that wait for each other's writers
        // would wait for ever.
        let mut order: Vec<usize> = (0..self.0.len()).collect();
        order.sort_by_key(|at| self.0.get(*at).map(Arc::as_ptr));
        let read = |at: &usize| Some((*at, self.0.get(*at)?.read().unwrap_or_else(PoisonError::into_inner)));
        let mut known: Vec<_> = order.iter().filter_map(read).collect();
        known.sort_by_key(|(at, _)| *at);
        ledger::MergedJournals::new(known.iter().map(|(_, journal)| &**journal).collect()).and_then(ask)
    }
}
