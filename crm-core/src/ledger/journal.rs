//! The journal: append only, each event once, corrections by reversal, periods that close.

use alloc::{
    collections::{BTreeMap, BTreeSet},
    vec::Vec,
};
use core::fmt;

use serde::{Deserialize, Serialize};

use super::{
    ChainHead, Chart, Entry, EventId, JournalEvent, JournalName, JournalRecord, OwnerDimensions, SealedRecord,
    books::{Books, Place},
    chain::{broken, walk},
    entry::early,
};
use crate::{
    access::{RowOwner, Viewer},
    calendar::Date,
    refusal::{Code, Fault, Refusal},
};

/// What a journal is asked to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum JournalCommand {
    /// Post entries, all of them or none.
    Post {
        /// The entries, in the order in which they get their numbers.
        entries: Vec<Entry>,
    },
    /// Close every day up to and including a day (结账).
    Close {
        /// The business event of the closing.
        event: EventId,
        /// The last day that is closed.
        through: Date,
    },
}

/// What became of an entry or a closing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PostingOutcome {
    /// Its number in the journal; for an event that had been posted before, the number it got then.
    pub sequence: i64,
    /// The record that the host has to keep; none when the event had been posted before and nothing changed.
    pub record: Option<SealedRecord>,
}

/// A journal of one branch or company (账簿 / 日记账).
///
/// It only grows. The host keeps every [`SealedRecord`] that comes back; [`Journal::load`] makes the same journal of
/// them again. Rules are in [`Journal::decide`] (and in [`Journal::post`], which calls them); [`Journal::apply`] holds none.
///
/// ```
/// use crm_core::{calendar::Date, money::{Currency, Money}, refusal::Code};
/// use crm_core::ledger::{AccountCode, Entry, EntryLine, EventId, Journal, JournalName, Side, china};
///
/// let mut journal = Journal::new(JournalName::new("head-office")?, china::chart()?);
/// let premium = Money::from_minor(500_000, Currency::CNY);
/// let (bank, income) = (AccountCode::new("1002")?, AccountCode::new("6031")?);
/// let lines = vec![EntryLine::new(bank.clone(), Side::Debit, premium), EntryLine::new(income, Side::Credit, premium)];
/// let entry = Entry::new(EventId::new("E-1")?, Date::parse("2026-01-05")?, None, "premium_collected", lines)?;
///
/// let posted = journal.post(entry.clone())?;
/// assert_eq!((posted.sequence, posted.record.is_some()), (1, true));
/// // The same event again changes nothing.
/// let again = journal.post(entry.clone())?;
/// assert_eq!((again.sequence, again.record.is_some()), (1, false));
/// // The same id with other content is refused.
/// let other = Entry::new(EventId::new("E-1")?, Date::parse("2026-01-06")?, None, "other", entry.lines().to_vec())?;
/// assert_eq!(journal.post(other).unwrap_err().code(), Code::LedgerEventConflict);
/// assert_eq!(journal.balance(&bank, Currency::CNY, Date::parse("2026-01-05")?)?.balance, premium);
/// # Ok::<(), crm_core::refusal::Refusal>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Journal {
    chart: Chart,
    head: ChainHead,
    pub(super) books: Books,
}

/// A head, and the records that lead to it, as they are and as they are stored.
type Sealed = (ChainHead, Vec<JournalRecord>, Vec<SealedRecord>);

/// Entries of the same command that were found fit before.
#[derive(Default)]
struct Staged<'a> {
    entries: BTreeMap<&'a EventId, &'a Entry>,
    reversed: BTreeSet<&'a EventId>,
}

impl Journal {
    /// An empty journal.
    #[must_use]
    pub fn new(name: JournalName, chart: Chart) -> Self {
        Self { chart, head: ChainHead::start(name), books: Books::default() }
    }

    /// The journal that these records make, from the first to the last, after checking their chain; `kept` is a head of
    /// any age that the host kept elsewhere. The chart is the one for what is posted from now on: an account that has
    /// ended since stays where it was booked to.
    ///
    /// # Errors
    /// As [`super::verify`]; `ledger.chain.broken` also for a record whose event is there already, or that takes back
    /// what is not there.
    pub fn load<'a>(
        name: JournalName,
        chart: Chart,
        records: impl IntoIterator<Item = &'a SealedRecord>,
        kept: Option<&ChainHead>,
    ) -> Result<Self, Refusal> {
        let mut books = Books::default();
        let head = walk(ChainHead::start(name), records, kept, |record| {
            if !follows(&books, &Pending::default(), &record.event) {
                return Err(broken(record.sequence));
            }
            books.take(record.sequence, record.event);
            Ok(())
        })?;
        Ok(Self { chart, head, books })
    }

    /// Takes in records that were stored after the head of this journal, all of them or none: what [`Journal::load`]
    /// would make of all records, without reading the old ones again.
    ///
    /// # Errors
    /// As [`Journal::load`], with the index among these records; nothing changes then.
    ///
    /// ```
    /// use crm_core::{calendar::Date, ledger::{EventId, Journal, JournalName, china}, refusal::Code};
    ///
    /// let mut journal = Journal::new(JournalName::new("head-office")?, china::chart()?);
    /// // Foretold, stored by the host, and taken in when the store has it.
    /// let stored = journal.closing(EventId::new("close-2026-01")?, Date::parse("2026-01-31")?)?.record;
    /// journal.extend(&stored)?;
    /// assert_eq!(journal.closed_through(), Some(Date::parse("2026-01-31")?));
    /// assert_eq!(journal.extend(&stored).unwrap_err().code(), Code::LedgerChainBroken);
    /// # Ok::<(), crm_core::refusal::Refusal>(())
    /// ```
    pub fn extend<'a>(&mut self, records: impl IntoIterator<Item = &'a SealedRecord>) -> Result<(), Refusal> {
        let mut pending = Pending::default();
        let mut read = Vec::new();
        let head = walk(self.head.clone(), records, None, |record| {
            if !follows(&self.books, &pending, &record.event) {
                return Err(broken(record.sequence));
            }
            pending.take(&record.event);
            read.push(record);
            Ok(())
        })?;
        for record in read {
            self.books.take(record.sequence, record.event);
        }
        self.head = head;
        Ok(())
    }

    /// How far it goes, with the hash that seals all of it.
    #[must_use]
    pub const fn head(&self) -> &ChainHead {
        &self.head
    }

    /// The chart for what is posted.
    #[must_use]
    pub const fn chart(&self) -> &Chart {
        &self.chart
    }

    /// The last closed day, when there is one.
    #[must_use]
    pub const fn closed_through(&self) -> Option<Date> {
        self.books.closed_through
    }

    /// Entries posted, reversals among them.
    #[must_use]
    pub const fn entries(&self) -> usize {
        self.books.count()
    }

    /// The number of an event, when it stands in the journal.
    #[must_use]
    pub fn sequence_of(&self, event: &EventId) -> Option<i64> {
        match self.books.place(event)? {
            Place::Entry(index) => self.books.entry(index).map(|entry| entry.sequence),
            Place::Closing { sequence, .. } => Some(sequence),
        }
    }

    /// The entry with this number, for a host that books: to take it back, to compare it with a document. What is shown to
    /// people comes from [`Journal::visible_entry`]. None for the number of a closing.
    #[must_use]
    pub fn entry(&self, sequence: i64) -> Option<Entry> {
        let held = self.books.entry(self.books.index_of(sequence)?)?;
        Some(self.books.rebuilt(held))
    }

    /// The entry with this number for a viewer, who sees it when he sees each of its lines that says who manages it; none
    /// for the number of a closing. `owners` says how a line tells that.
    ///
    /// # Errors
    /// `access.row.withheld` with the reason, the outermost that holds for one of its lines.
    pub fn visible_entry(
        &self,
        sequence: i64,
        viewer: &Viewer,
        owners: &OwnerDimensions,
    ) -> Result<Option<Entry>, Refusal> {
        let Some(entry) = self.entry(sequence) else { return Ok(None) };
        let mut owned =
            entry.lines().iter().map(|line| owners.owner(&line.dimensions)).collect::<Result<Vec<_>, _>>()?;
        // Lines that name nobody (income, tax) follow those that do; where none does, the company manages all of it.
        if owned.iter().any(is_named) {
            owned.retain(is_named);
        }
        let outermost = owned.iter().filter_map(|owner| viewer.withheld_because(owner)).min();
        match outermost {
            Some(reason) => Err(Fault::new(Code::AccessRowWithheld).with("reason", reason.as_str()).into()),
            None => Ok(Some(entry)),
        }
    }

    /// The entry of an event; as [`Journal::entry`].
    #[must_use]
    pub fn entry_of(&self, event: &EventId) -> Option<Entry> {
        match self.books.place(event)? {
            Place::Entry(index) => self.books.entry(index).map(|held| self.books.rebuilt(held)),
            Place::Closing { .. } => None,
        }
    }

    /// What a command leads to; nothing changes. What had been posted before leads to nothing.
    ///
    /// # Errors
    /// For entries those of [`Journal::post`], below `/post/entries/…`, all at once; for a closing those of
    /// [`Journal::close`], below `/close`.
    pub fn decide(&self, command: JournalCommand) -> Result<Vec<JournalEvent>, Refusal> {
        match command {
            JournalCommand::Post { entries } => {
                self.decide_entries(entries).map_err(|refusal| refusal.at("entries").at("post"))
            }
            JournalCommand::Close { event, through } => {
                let fresh = self.admit_closing(&event, through).map_err(|refusal| refusal.at("close"))?;
                Ok(if fresh { alloc::vec![JournalEvent::Closed { event, through }] } else { Vec::new() })
            }
        }
    }

    /// Takes in what [`Journal::decide`] gave for this state and seals it; the host keeps the records. Holds no rules.
    ///
    /// # Errors
    /// `wire.integer.range` for a number of a record beyond 2⁵³−1; nothing is taken in then.
    pub fn apply(&mut self, events: Vec<JournalEvent>) -> Result<Vec<SealedRecord>, Refusal> {
        let (head, records, sealed) = self.sealed(events)?;
        self.head = head;
        for record in records {
            self.books.take(record.sequence, record.event);
        }
        Ok(sealed)
    }

    /// What [`Journal::post_all`] would answer. Nothing is taken in: for a host that shares a loaded journal between
    /// threads, adds the records to its store and loads them from there.
    ///
    /// # Errors
    /// As [`Journal::post_all`].
    ///
    /// ```
    /// use crm_core::{calendar::Date, ledger::{EventId, Journal, JournalName, china}};
    ///
    /// let mut journal = Journal::new(JournalName::new("head-office")?, china::chart()?);
    /// let (event, through) = (EventId::new("close-2026-01")?, Date::parse("2026-01-31")?);
    /// let foretold = journal.closing(event.clone(), through)?;
    /// assert_eq!((foretold.sequence, journal.head().sequence), (1, 0));
    /// assert_eq!(journal.close(event.clone(), through)?, foretold);
    /// assert_eq!(journal.closing(event, through.plus_days(1)?).unwrap_err().code().as_str(), "ledger.event.conflict");
    /// # Ok::<(), crm_core::refusal::Refusal>(())
    /// ```
    pub fn posting(&self, entries: Vec<Entry>) -> Result<Vec<PostingOutcome>, Refusal> {
        let events: Vec<EventId> = entries.iter().map(|entry| entry.event().clone()).collect();
        let decided = self.decide_entries(entries)?;
        let (_, records, sealed) = self.sealed(decided)?;
        let numbers: BTreeMap<&EventId, i64> =
            records.iter().map(|record| (record.event.id(), record.sequence)).collect();
        let mut fresh: BTreeMap<i64, SealedRecord> = sealed.into_iter().map(|seal| (seal.sequence, seal)).collect();
        let outcome = |event: &EventId| match numbers.get(event) {
            Some(sequence) => PostingOutcome { sequence: *sequence, record: fresh.remove(sequence) },
            None => self.posted_before(event),
        };
        Ok(events.iter().map(outcome).collect())
    }

    /// What [`Journal::close`] would answer; nothing is taken in, as with [`Journal::posting`].
    ///
    /// # Errors
    /// As [`Journal::close`].
    pub fn closing(&self, event: EventId, through: Date) -> Result<PostingOutcome, Refusal> {
        if !self.admit_closing(&event, through)? {
            return Ok(self.posted_before(&event));
        }
        let (head, _, mut sealed) = self.sealed(alloc::vec![JournalEvent::Closed { event, through }])?;
        Ok(PostingOutcome { sequence: head.sequence, record: sealed.pop() })
    }

    /// The records of these events, sealed, and the head behind them.
    fn sealed(&self, events: Vec<JournalEvent>) -> Result<Sealed, Refusal> {
        let mut head = self.head.clone();
        let mut records = Vec::with_capacity(events.len());
        let mut sealed = Vec::with_capacity(events.len());
        for event in events {
            let record = JournalRecord { sequence: head.sequence + 1, event };
            let seal = head.seal(&record)?;
            head.advance(&seal);
            records.push(record);
            sealed.push(seal);
        }
        Ok((head, records, sealed))
    }

    /// Posts an entry. The same event with the same content changes nothing and gets the number that it has, even when
    /// its period has been closed since.
    ///
    /// # Errors
    /// `ledger.event.conflict` at `/event` when the event stands in the journal with other content;
    /// `ledger.period.closed` at `/booked_on`; but for a reversal `ledger.account.unknown` and `.outside` at
    /// `/lines/…/account`; for a reversal `ledger.reversal.unknown`, `.twice`, `.of_reversal` at `/reverses`, `.early` at
    /// `/booked_on`, `.differs` at `/lines`. All at once; nothing changes then.
    pub fn post(&mut self, entry: Entry) -> Result<PostingOutcome, Refusal> {
        if !self.admit(&entry, &Staged::default())? {
            return Ok(self.posted_before(entry.event()));
        }
        self.apply_one(JournalEvent::Posted { entry })
    }

    /// Posts entries, all of them or none. An entry may take back one that stands before it.
    ///
    /// # Errors
    /// As [`Journal::post`], at the index of the entry, those of all entries at once.
    pub fn post_all(&mut self, entries: Vec<Entry>) -> Result<Vec<PostingOutcome>, Refusal> {
        let events: Vec<EventId> = entries.iter().map(|entry| entry.event().clone()).collect();
        let decided = self.decide_entries(entries)?;
        let mut fresh = self.apply(decided)?.into_iter().peekable();
        Ok(events
            .iter()
            .map(|event| {
                let before = self.posted_before(event);
                let record = fresh.next_if(|record| record.sequence == before.sequence);
                PostingOutcome { record, ..before }
            })
            .collect())
    }

    /// Closes every day up to and including a day: nothing more is booked there (结账).
    ///
    /// # Errors
    /// `ledger.event.conflict` at `/event`; `ledger.close.earlier` at `/through` when that day is closed already.
    pub fn close(&mut self, event: EventId, through: Date) -> Result<PostingOutcome, Refusal> {
        if !self.admit_closing(&event, through)? {
            return Ok(self.posted_before(&event));
        }
        self.apply_one(JournalEvent::Closed { event, through })
    }

    fn apply_one(&mut self, event: JournalEvent) -> Result<PostingOutcome, Refusal> {
        let record = self.apply(alloc::vec![event])?.pop();
        Ok(PostingOutcome { sequence: self.head.sequence, record })
    }

    fn posted_before(&self, event: &EventId) -> PostingOutcome {
        PostingOutcome { sequence: self.sequence_of(event).unwrap_or_default(), record: None }
    }

    fn decide_entries(&self, entries: Vec<Entry>) -> Result<Vec<JournalEvent>, Refusal> {
        let mut staged = Staged::default();
        let mut faults = Vec::new();
        let mut fresh = Vec::with_capacity(entries.len());
        for (index, entry) in entries.iter().enumerate() {
            let admitted = self.admit(entry, &staged);
            fresh.push(matches!(admitted, Ok(true)));
            match admitted {
                Ok(true) => {
                    staged.entries.insert(entry.event(), entry);
                    staged.reversed.extend(entry.reverses());
                }
                Ok(false) => {}
                Err(refusal) => faults.extend(refusal.at_index(index).into_faults()),
            }
        }
        drop(staged);
        Refusal::unless_empty(faults)?;
        let decided = entries.into_iter().zip(fresh).filter(|(_, fresh)| *fresh);
        Ok(decided.map(|(entry, _)| JournalEvent::Posted { entry }).collect())
    }

    /// Whether an entry is to be posted; not when it had been before.
    fn admit(&self, entry: &Entry, staged: &Staged<'_>) -> Result<bool, Refusal> {
        let conflict = || Err(Fault::new(Code::LedgerEventConflict).at("event").into());
        if let Some(place) = self.books.place(entry.event()) {
            let same = matches!(place, Place::Entry(index)
                if self.books.entry(index).is_some_and(|held| self.books.is_same(held, entry)));
            return if same { Ok(false) } else { conflict() };
        }
        if let Some(before) = staged.entries.get(entry.event()) {
            return if *before == entry { Ok(false) } else { conflict() };
        }
        let mut faults = Vec::new();
        let on = entry.booked_on();
        if let Some(through) = self.books.closed_through.filter(|through| on <= *through) {
            faults.push(
                Fault::new(Code::LedgerPeriodClosed).with("through", alloc::format!("{through}")).at("booked_on"),
            );
        }
        if let Some(target) = entry.reverses() {
            // What it takes back was booked to valid accounts. One of them may have ended since, and its last days may be
            // closed: an error would then stay in the books for ever.
            faults.extend(self.reversal_fault(entry, target, staged));
        } else {
            for (index, line) in entry.lines().iter().enumerate() {
                let fault = self.chart.booking_fault(&line.account, on);
                faults.extend(fault.map(|fault| fault.at("account").at_index(index).at("lines")));
            }
        }
        Refusal::unless_empty(faults)?;
        Ok(true)
    }

    fn reversal_fault(&self, entry: &Entry, target: &EventId, staged: &Staged<'_>) -> Option<Fault> {
        let at_target = |code: Code| Some(Fault::new(code).at("reverses"));
        let (booked_on, reverses, reversed, fits) = if let Some(held) = staged.entries.get(target) {
            let fits = held.reversal(entry.event().clone(), held.booked_on());
            let fits = fits.is_ok_and(|mirror| mirror.lines() == entry.lines());
            (held.booked_on(), held.reverses().is_some(), staged.reversed.contains(target), fits)
        } else if let Some(Place::Entry(index)) = self.books.place(target) {
            let held = self.books.entry(index)?;
            let reversed = held.reversed || staged.reversed.contains(target);
            let fits = self.books.is_taken_back_by(held, entry.lines());
            (held.booked_on, held.reverses.is_some(), reversed, fits)
        } else {
            return at_target(Code::LedgerReversalUnknown);
        };
        if reverses {
            at_target(Code::LedgerReversalOfReversal)
        } else if reversed {
            at_target(Code::LedgerReversalTwice)
        } else if entry.booked_on() < booked_on {
            Some(early(booked_on))
        } else if fits {
            None
        } else {
            Some(Fault::new(Code::LedgerReversalDiffers).at("lines"))
        }
    }

    /// Whether a closing is to be recorded; not when it had been before.
    fn admit_closing(&self, event: &EventId, through: Date) -> Result<bool, Refusal> {
        match self.books.place(event) {
            Some(Place::Closing { through: held, .. }) if held == through => return Ok(false),
            Some(_) => return Err(Fault::new(Code::LedgerEventConflict).at("event").into()),
            None => {}
        }
        match self.books.closed_through {
            Some(closed) if through <= closed => Err(Fault::new(Code::LedgerCloseEarlier)
                .with("through", alloc::format!("{closed}"))
                .at("through")
                .into()),
            _ => Ok(true),
        }
    }
}

/// Whether a line says who manages it.
const fn is_named(owner: &RowOwner) -> bool {
    owner.person.is_some() || owner.department.is_some() || owner.branch.is_some()
}

/// Stored events that were read and are not in the books yet.
#[derive(Default)]
struct Pending {
    /// Every event; whether it is an entry that nothing took back.
    events: BTreeMap<EventId, bool>,
    /// Entries of the books that were taken back.
    reversed: BTreeSet<EventId>,
}

impl Pending {
    fn take(&mut self, event: &JournalEvent) {
        let (id, reverses) = match event {
            JournalEvent::Closed { event, .. } => (event, None),
            JournalEvent::Posted { entry } => (entry.event(), entry.reverses()),
        };
        if let Some(target) = reverses {
            match self.events.get_mut(target) {
                Some(standing) => *standing = false,
                None => _ = self.reversed.insert(target.clone()),
            }
        }
        self.events.insert(id.clone(), matches!(event, JournalEvent::Posted { .. }));
    }
}

/// Whether a stored event can have followed: its id is new, and what it takes back is there and was not taken back.
fn follows(books: &Books, pending: &Pending, event: &JournalEvent) -> bool {
    let fresh = |id: &EventId| books.place(id).is_none() && !pending.events.contains_key(id);
    let stands = |id: &EventId| match (pending.events.get(id), books.place(id)) {
        (Some(standing), _) => *standing,
        (None, Some(Place::Entry(index))) => {
            books.entry(index).is_some_and(|held| !held.reversed) && !pending.reversed.contains(id)
        }
        (None, _) => false,
    };
    match event {
        JournalEvent::Closed { event, .. } => fresh(event),
        JournalEvent::Posted { entry } => fresh(entry.event()) && entry.reverses().is_none_or(stands),
    }
}

/// How far it goes, not what it holds.
impl fmt::Debug for Journal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Journal").field("head", &self.head).finish_non_exhaustive()
    }
}
