//! What a journal knows: entries, closings and the sums of every account, in a form that takes little room.
//!
//! Accounts and sets of dimensions are numbered once; a line is 48 bytes however long its codes are. Nothing here
//! decides anything.

use alloc::{
    collections::{BTreeMap, BTreeSet},
    string::String,
    sync::Arc,
    vec::Vec,
};
use core::ops::Range;

use super::{AccountCode, DimensionCode, DocumentReference, Entry, EntryLine, EventId, JournalEvent, Side};
use crate::{
    calendar::{Date, Period},
    money::{Currency, Money},
};

/// The dimensions of a line.
type Dimensions = BTreeMap<String, DimensionCode>;

/// Debits and credits, each with its red lines taken off. 2⁶⁴ amounts of 2⁶³ each stay below 2¹²⁷.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Turnover {
    pub(super) debit: i128,
    pub(super) credit: i128,
}

impl Turnover {
    pub(super) const fn balance(self) -> i128 {
        self.debit - self.credit
    }

    pub(super) const fn plus(self, other: Self) -> Self {
        Self { debit: self.debit + other.debit, credit: self.credit + other.credit }
    }

    pub(super) fn of(side: Side, red: bool, amount: Money) -> Self {
        let minor = i128::from(amount.minor());
        let signed = if red { -minor } else { minor };
        match side {
            Side::Debit => Self { debit: signed, credit: 0 },
            Side::Credit => Self { debit: 0, credit: signed },
        }
    }
}

/// An entry as it is held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct HeldEntry {
    pub(super) sequence: i64,
    pub(super) event: EventId,
    pub(super) booked_on: Date,
    pub(super) reference: Option<DocumentReference>,
    pub(super) narrative: Arc<str>,
    pub(super) reverses: Option<EventId>,
    pub(super) reversed: bool,
    lines: Range<usize>,
}

/// A line as it is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct HeldLine {
    pub(super) entry: usize,
    account: usize,
    /// The number of its set of dimensions.
    pub(super) dimensions: usize,
    pub(super) amount: Money,
    pub(super) side: Side,
    pub(super) red: bool,
}

/// Where an event stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Entry(usize),
    Closing { sequence: i64, through: Date },
}

/// An account with its sums.
#[derive(Debug, Clone, PartialEq, Eq)]
struct HeldAccount {
    code: AccountCode,
    sums: Vec<Sums>,
}

/// One account in one currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sums {
    currency: Currency,
    /// What was booked on each day, in order of time.
    days: Vec<(Date, Turnover)>,
    /// Positions of its lines, in the order of posting.
    lines: Vec<usize>,
}

impl Sums {
    fn add(&mut self, on: Date, turnover: Turnover, line: usize) {
        self.lines.push(line);
        match self.days.last_mut() {
            Some((day, sum)) if *day == on => *sum = sum.plus(turnover),
            Some((day, _)) if *day > on => {
                let at = self.days.partition_point(|(day, _)| *day < on);
                match self.days.get_mut(at) {
                    Some((day, sum)) if *day == on => *sum = sum.plus(turnover),
                    _ => self.days.insert(at, (on, turnover)),
                }
            }
            _ => self.days.push((on, turnover)),
        }
    }

    /// What was booked up to and on this day; none when nothing was.
    pub(super) fn until(&self, on: Date) -> Option<Turnover> {
        let days = self.days.iter().take_while(|(day, _)| *day <= on);
        days.map(|(_, turnover)| *turnover).reduce(Turnover::plus)
    }

    /// What was booked before a period and inside it; none when nothing was.
    pub(super) fn around(&self, period: &Period) -> Option<(Turnover, Turnover)> {
        let mut sums = (Turnover::default(), Turnover::default());
        let days = self.days.iter().take_while(|(day, _)| *day < period.end());
        for (day, turnover) in days {
            let sum = if *day < period.start() { &mut sums.0 } else { &mut sums.1 };
            *sum = sum.plus(*turnover);
        }
        self.days.first().is_some_and(|(day, _)| *day < period.end()).then_some(sums)
    }
}

/// Everything that was posted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Books {
    entries: Vec<HeldEntry>,
    lines: Vec<HeldLine>,
    places: BTreeMap<EventId, Place>,
    accounts: Vec<HeldAccount>,
    account_numbers: BTreeMap<AccountCode, usize>,
    dimensions: Vec<Arc<Dimensions>>,
    dimension_numbers: BTreeMap<Arc<Dimensions>, usize>,
    narratives: BTreeSet<Arc<str>>,
    pub(super) closed_through: Option<Date>,
}

impl Books {
    pub(super) fn place(&self, event: &EventId) -> Option<Place> {
        self.places.get(event).copied()
    }

    pub(super) fn entry(&self, index: usize) -> Option<&HeldEntry> {
        self.entries.get(index)
    }

    /// Posted entries.
    pub(super) const fn count(&self) -> usize {
        self.entries.len()
    }

    /// The entry with this number.
    pub(super) fn index_of(&self, sequence: i64) -> Option<usize> {
        self.entries.binary_search_by_key(&sequence, |entry| entry.sequence).ok()
    }

    /// Takes an event in; which number it has is for the caller to say.
    pub(super) fn take(&mut self, sequence: i64, event: JournalEvent) {
        match event {
            JournalEvent::Posted { entry } => self.post(sequence, &entry),
            JournalEvent::Closed { event, through } => {
                self.closed_through = self.closed_through.max(Some(through));
                self.places.insert(event, Place::Closing { sequence, through });
            }
        }
    }

    fn post(&mut self, sequence: i64, entry: &Entry) {
        let index = self.entries.len();
        let start = self.lines.len();
        for line in entry.lines() {
            let account = self.account_number(&line.account);
            let held = HeldLine {
                entry: index,
                account,
                dimensions: self.dimension_number(&line.dimensions),
                amount: line.amount,
                side: line.side,
                red: line.red,
            };
            let position = self.lines.len();
            self.lines.push(held);
            if let Some(account) = self.accounts.get_mut(account) {
                let currency = line.amount.currency();
                let turnover = Turnover::of(line.side, line.red, line.amount);
                match account.sums.iter_mut().find(|sums| sums.currency == currency) {
                    Some(sums) => sums.add(entry.booked_on(), turnover, position),
                    None => account.sums.push(Sums {
                        currency,
                        days: alloc::vec![(entry.booked_on(), turnover)],
                        lines: alloc::vec![position],
                    }),
                }
            }
        }
        if let Some(Place::Entry(target)) = entry.reverses().and_then(|event| self.place(event))
            && let Some(target) = self.entries.get_mut(target)
        {
            target.reversed = true;
        }
        self.places.insert(entry.event().clone(), Place::Entry(index));
        let narrative = self.narrative(entry.narrative());
        self.entries.push(HeldEntry {
            sequence,
            event: entry.event().clone(),
            booked_on: entry.booked_on(),
            reference: entry.reference().cloned(),
            narrative,
            reverses: entry.reverses().cloned(),
            reversed: false,
            lines: start..self.lines.len(),
        });
    }

    fn account_number(&mut self, code: &AccountCode) -> usize {
        if let Some(number) = self.account_numbers.get(code) {
            return *number;
        }
        let number = self.accounts.len();
        self.accounts.push(HeldAccount { code: code.clone(), sums: Vec::new() });
        self.account_numbers.insert(code.clone(), number);
        number
    }

    fn dimension_number(&mut self, dimensions: &Dimensions) -> usize {
        if let Some(number) = self.dimension_numbers.get(dimensions) {
            return *number;
        }
        let number = self.dimensions.len();
        let shared = Arc::new(dimensions.clone());
        self.dimensions.push(Arc::clone(&shared));
        self.dimension_numbers.insert(shared, number);
        number
    }

    fn narrative(&mut self, text: &str) -> Arc<str> {
        if let Some(held) = self.narratives.get(text) {
            return Arc::clone(held);
        }
        let held: Arc<str> = Arc::from(text);
        self.narratives.insert(Arc::clone(&held));
        held
    }

    fn lines_of(&self, entry: &HeldEntry) -> &[HeldLine] {
        self.lines.get(entry.lines.clone()).unwrap_or_default()
    }

    fn same_line(&self, held: &HeldLine, line: &EntryLine, red: bool) -> bool {
        held.amount == line.amount
            && held.side == line.side
            && held.red == red
            && self.accounts.get(held.account).is_some_and(|account| account.code == line.account)
            && self.dimensions_of(held).is_some_and(|dimensions| *dimensions == line.dimensions)
    }

    /// Whether the held entry is this one.
    pub(super) fn is_same(&self, held: &HeldEntry, entry: &Entry) -> bool {
        held.booked_on == entry.booked_on()
            && held.reference.as_ref() == entry.reference()
            && *held.narrative == *entry.narrative()
            && held.reverses.as_ref() == entry.reverses()
            && held.lines.len() == entry.lines().len()
            && self.lines_of(held).iter().zip(entry.lines()).all(|(held, line)| self.same_line(held, line, line.red))
    }

    /// Whether the lines of the held entry are these with the colours changed.
    pub(super) fn is_taken_back_by(&self, held: &HeldEntry, lines: &[EntryLine]) -> bool {
        held.lines.len() == lines.len()
            && self.lines_of(held).iter().zip(lines).all(|(held, line)| self.same_line(held, line, !line.red))
    }

    /// The held entry as it came in.
    pub(super) fn rebuilt(&self, held: &HeldEntry) -> Entry {
        let lines = self.lines_of(held).iter().filter_map(|line| {
            Some(EntryLine {
                account: self.accounts.get(line.account)?.code.clone(),
                side: line.side,
                red: line.red,
                amount: line.amount,
                dimensions: self.dimensions_of(line)?.clone(),
            })
        });
        Entry::held(
            held.event.clone(),
            held.booked_on,
            held.reference.clone(),
            String::from(&*held.narrative),
            held.reverses.clone(),
            lines.collect(),
        )
    }

    pub(super) fn dimensions_of(&self, line: &HeldLine) -> Option<&Dimensions> {
        self.dimensions.get(line.dimensions).map(|dimensions| &**dimensions)
    }

    /// The sums of an account in a currency; none when nothing was ever booked.
    pub(super) fn sums(&self, account: &AccountCode, currency: Currency) -> Option<&Sums> {
        let account = self.accounts.get(*self.account_numbers.get(account)?)?;
        account.sums.iter().find(|sums| sums.currency == currency)
    }

    /// The lines of an account in a currency, in the order of posting.
    pub(super) fn lines_in(&self, sums: &Sums) -> impl Iterator<Item = (&HeldEntry, &HeldLine)> {
        sums.lines.iter().filter_map(|position| {
            let line = self.lines.get(*position)?;
            Some((self.entries.get(line.entry)?, line))
        })
    }

    /// Every account and currency that was booked to up to and on this day.
    pub(super) fn turnovers(&self, on: Date) -> impl Iterator<Item = (Currency, &AccountCode, Turnover)> {
        self.accounts.iter().flat_map(move |account| {
            account.sums.iter().filter_map(move |sums| Some((sums.currency, &account.code, sums.until(on)?)))
        })
    }

    /// Every account and currency that was booked to before the end of a period: before it and inside it.
    pub(super) fn movements(
        &self,
        period: Period,
    ) -> impl Iterator<Item = (Currency, &AccountCode, (Turnover, Turnover))> {
        self.accounts.iter().flat_map(move |account| {
            account.sums.iter().filter_map(move |sums| Some((sums.currency, &account.code, sums.around(&period)?)))
        })
    }

    /// Whether the account was ever booked to.
    pub(super) fn knows(&self, account: &AccountCode) -> bool {
        self.account_numbers.contains_key(account)
    }
}
