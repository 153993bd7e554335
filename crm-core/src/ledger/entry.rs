//! Journal entries: lines of debit and credit that balance to the last minor unit.

use alloc::{
    collections::BTreeMap,
    string::{String, ToString as _},
    vec::Vec,
};
use core::fmt;

use serde::{Deserialize, Deserializer, Serialize};

use super::{AccountCode, DimensionCode, DocumentReference, EventId, code::name_fault};
use crate::{
    calendar::Date,
    money::{Currency, Money},
    refusal::{Code, Fault, Refusal},
    wire,
};

/// Most lines of an entry.
pub const MAX_LINES: usize = 400;
/// Most dimensions of a line.
pub const MAX_DIMENSIONS: usize = 6;
/// The narrative of an entry that takes another one back.
const REVERSAL: &str = "reversal";

/// The two sides of an account (记账方向).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// 借.
    Debit,
    /// 贷.
    Credit,
}

/// One line of an entry (分录行).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EntryLine {
    /// The account.
    pub account: AccountCode,
    /// Debit or credit.
    pub side: Side,
    /// Red (红字): the amount is taken off its side instead of added to it. The amount itself stays above zero.
    pub red: bool,
    /// The amount, above zero.
    pub amount: Money,
    /// Whom or what it concerns (辅助核算), by the name of the dimension: `branch`, `customer`; opaque codes of the host.
    pub dimensions: BTreeMap<String, DimensionCode>,
}

impl EntryLine {
    /// An ordinary line (蓝字) without dimensions.
    #[must_use]
    pub const fn new(account: AccountCode, side: Side, amount: Money) -> Self {
        Self { account, side, red: false, amount, dimensions: BTreeMap::new() }
    }

    /// What it adds to debit − credit, in minor units.
    fn effect(&self) -> i128 {
        let minor = i128::from(self.amount.minor());
        if (self.side == Side::Debit) != self.red { minor } else { -minor }
    }
}

/// Who is behind a dimension is not shown.
impl fmt::Debug for EntryLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EntryLine")
            .field("account", &self.account)
            .field("side", &self.side)
            .field("red", &self.red)
            .finish_non_exhaustive()
    }
}

/// A journal entry (记账凭证) that balances: in every currency debits equal credits, exactly.
///
/// There is no tolerance. Every amount is above zero; what is taken off a side says so ([`EntryLine::red`]).
///
/// ```
/// use crm_core::{calendar::Date, money::{Currency, Money}, refusal::Code};
/// use crm_core::ledger::{AccountCode, Entry, EntryLine, EventId, Side};
///
/// let line = |code, side, minor| Ok::<_, crm_core::refusal::Refusal>(
///     EntryLine::new(AccountCode::new(code)?, side, Money::from_minor(minor, Currency::CNY)));
/// let on = Date::parse("2026-01-11")?;
/// let lines = vec![line("2203", Side::Debit, 500_000)?, line("6031", Side::Credit, 500_000)?];
/// let entry = Entry::new(EventId::new("E-1")?, on, None, "policy_start", lines)?;
/// assert_eq!(entry.lines().len(), 2);
///
/// let lines = vec![line("2203", Side::Debit, 20_000)?, line("6031", Side::Credit, 20_001)?];
/// let refusal = Entry::new(EventId::new("E-2")?, on, None, "policy_start", lines).unwrap_err();
/// assert_eq!((refusal.code(), refusal.path().as_str()), (Code::LedgerEntryUnbalanced, "/lines"));
/// # Ok::<(), crm_core::refusal::Refusal>(())
/// ```
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Entry {
    event: EventId,
    booked_on: Date,
    reference: Option<DocumentReference>,
    narrative: String,
    reverses: Option<EventId>,
    lines: Vec<EntryLine>,
}

/// What stands on the wire.
#[derive(Deserialize)]
#[serde(rename = "Entry", deny_unknown_fields)]
struct EntryForm {
    /// The business event (业务事件号): the entry stands in a journal at most once.
    event: EventId,
    /// The day on which it counts (记账日期).
    booked_on: Date,
    /// The document behind it (单据号).
    reference: Option<DocumentReference>,
    /// What happened (摘要代码), a name in snake_case.
    narrative: String,
    /// The event whose entry this one takes back (冲销).
    reverses: Option<EventId>,
    /// The lines: 2 to 400.
    lines: Vec<EntryLine>,
}

impl Entry {
    /// An entry that takes nothing back.
    ///
    /// # Errors
    /// `rulebook.name.invalid` at `/narrative`; `ledger.entry.lines` at `/lines` for less than 2 or more than 400;
    /// `ledger.entry.amount` at `/lines/…/amount` for zero or less; `ledger.entry.dimensions` and
    /// `rulebook.name.invalid` at `/lines/…/dimensions`; `ledger.entry.unbalanced` at `/lines` for each currency whose
    /// debits are not its credits. All at once.
    pub fn new(
        event: EventId,
        booked_on: Date,
        reference: Option<DocumentReference>,
        narrative: &str,
        lines: Vec<EntryLine>,
    ) -> Result<Self, Refusal> {
        let narrative = String::from(narrative);
        Self { event, booked_on, reference, narrative, reverses: None, lines }.checked()
    }

    /// The entry that takes this one back (红字冲销): the same lines on the same sides, red where they were not and the
    /// other way round, so that turnover and balance are as if nothing had been booked.
    ///
    /// # Errors
    /// `ledger.reversal.early` at `/booked_on` before this entry's own day; `ledger.reversal.of_reversal` at `/reverses`:
    /// what was taken back by mistake is booked again under an id of its own.
    pub fn reversal(&self, event: EventId, booked_on: Date) -> Result<Self, Refusal> {
        let mut faults = Vec::new();
        if booked_on < self.booked_on {
            faults.push(early(self.booked_on));
        }
        if self.reverses.is_some() {
            faults.push(Fault::new(Code::LedgerReversalOfReversal).at("reverses"));
        }
        Refusal::unless_empty(faults)?;
        let lines = self.lines.iter().map(|line| EntryLine { red: !line.red, ..line.clone() }).collect();
        Ok(Self {
            event,
            booked_on,
            reference: self.reference.clone(),
            narrative: REVERSAL.to_string(),
            reverses: Some(self.event.clone()),
            lines,
        })
    }

    /// The business event (业务事件号).
    #[must_use]
    pub const fn event(&self) -> &EventId {
        &self.event
    }

    /// The day on which it counts (记账日期).
    #[must_use]
    pub const fn booked_on(&self) -> Date {
        self.booked_on
    }

    /// The document behind it (单据号).
    #[must_use]
    pub const fn reference(&self) -> Option<&DocumentReference> {
        self.reference.as_ref()
    }

    /// What happened (摘要代码).
    #[must_use]
    pub fn narrative(&self) -> &str {
        &self.narrative
    }

    /// The event whose entry this one takes back (冲销).
    #[must_use]
    pub const fn reverses(&self) -> Option<&EventId> {
        self.reverses.as_ref()
    }

    /// The lines.
    #[must_use]
    pub fn lines(&self) -> &[EntryLine] {
        &self.lines
    }

    /// An entry as a journal holds it: it was checked when it came in.
    pub(super) const fn held(
        event: EventId,
        booked_on: Date,
        reference: Option<DocumentReference>,
        narrative: String,
        reverses: Option<EventId>,
        lines: Vec<EntryLine>,
    ) -> Self {
        Self { event, booked_on, reference, narrative, reverses, lines }
    }

    fn checked(self) -> Result<Self, Refusal> {
        let mut faults: Vec<Fault> =
            name_fault(&self.narrative).map(|fault| fault.at("narrative")).into_iter().collect();
        if !(2..=MAX_LINES).contains(&self.lines.len()) {
            faults.push(Fault::new(Code::LedgerEntryLines).with("limit", MAX_LINES).at("lines"));
        }
        for (index, line) in self.lines.iter().enumerate().take(MAX_LINES) {
            let at = |fault: Fault| fault.at_index(index).at("lines");
            if line.amount.minor() <= 0 {
                faults.push(at(Fault::new(Code::LedgerEntryAmount).at("amount")));
            }
            if line.dimensions.len() > MAX_DIMENSIONS {
                faults.push(at(Fault::new(Code::LedgerEntryDimensions).with("limit", MAX_DIMENSIONS).at("dimensions")));
            }
            let names = line.dimensions.keys().take(MAX_DIMENSIONS);
            faults.extend(names.filter_map(|name| Some(at(name_fault(name)?.at(name).at("dimensions")))));
        }
        if faults.is_empty() {
            faults.extend(unbalanced(&self.lines).into_iter().map(|currency| {
                let fault = Fault::new(Code::LedgerEntryUnbalanced).with("currency", String::from(currency.as_str()));
                fault.at("lines")
            }));
        }
        Refusal::unless_empty(faults)?;
        Ok(self)
    }
}

/// The fault of a reversal that is booked before what it takes back.
pub(super) fn early(booked_on: Date) -> Fault {
    Fault::new(Code::LedgerReversalEarly).with("from", alloc::format!("{booked_on}")).at("booked_on")
}

/// The currencies in which debits are not credits. 400 amounts of 2⁶³ each stay far below 2¹²⁷.
fn unbalanced(lines: &[EntryLine]) -> Vec<Currency> {
    let Some(first) = lines.first().map(|line| line.amount.currency()) else { return Vec::new() };
    if lines.iter().all(|line| line.amount.currency() == first) {
        let hole: i128 = lines.iter().map(EntryLine::effect).sum();
        return if hole == 0 { Vec::new() } else { alloc::vec![first] };
    }
    let mut sums: BTreeMap<Currency, i128> = BTreeMap::new();
    for line in lines {
        *sums.entry(line.amount.currency()).or_default() += line.effect();
    }
    sums.into_iter().filter(|(_, sum)| *sum != 0).map(|(currency, _)| currency).collect()
}

impl<'de> Deserialize<'de> for Entry {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let EntryForm { event, booked_on, reference, narrative, reverses, lines } =
            EntryForm::deserialize(deserializer)?;
        Self { event, booked_on, reference, narrative, reverses, lines }.checked().map_err(wire::custom)
    }
}

/// Whom it concerns and how much is not shown.
impl fmt::Debug for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Entry")
            .field("booked_on", &self.booked_on)
            .field("narrative", &self.narrative)
            .field("lines", &self.lines)
            .finish_non_exhaustive()
    }
}
