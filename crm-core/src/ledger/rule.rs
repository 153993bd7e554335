//! Posting rules as they are written: which lines each kind of event makes.

use alloc::{collections::BTreeMap, string::String, vec::Vec};
use core::fmt;

use serde::{Deserialize, Serialize};

use super::{AccountCode, DimensionCode, DocumentReference, Entry, EntryLine, EventId, Side};
use crate::{calendar::Date, money::Money, rulebook::Parameter};

/// Posting rules as they are written (入账规则): data of the host or of a pack.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PostingRulesSpec {
    /// The name, in snake_case.
    pub name: String,
    /// The name of the chart whose accounts the rules use.
    pub chart: String,
    /// Dated values beside the rules: rates of tax.
    pub parameters: Vec<Parameter>,
    /// The rules. A kind of event may have several that follow each other in time.
    pub rules: Vec<PostingRule>,
    /// Events with the lines that they must make; all are run when the rules are loaded.
    pub cases: Vec<PostingCase>,
    /// The last day for which somebody has checked that the rules are still the valid ones.
    pub checked_until: Date,
}

/// The lines of one kind of event (一类业务的会计分录).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PostingRule {
    /// The kind of event, in snake_case; the narrative of its entries.
    pub event_kind: String,
    /// What happens, in English.
    pub text: String,
    /// What happens, in Chinese (业务说明).
    pub text_zh: String,
    /// Who says so.
    pub source: String,
    /// The first booking day for which it is valid.
    pub from: Date,
    /// The first booking day for which it is no longer valid; none while no end is known.
    pub until: Option<Date>,
    /// The amounts that an event of this kind has to give, all of them.
    pub amounts: Vec<AmountDeclaration>,
    /// The lines, in the order of the entry.
    pub lines: Vec<PostingLine>,
}

/// An amount that an event gives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AmountDeclaration {
    /// The name, in snake_case.
    pub name: String,
    /// What it is, in English.
    pub meaning: String,
    /// What it is, in Chinese.
    pub meaning_zh: String,
    /// Whether it may be zero; it may never be below.
    pub zero_allowed: bool,
}

/// A line that a rule makes: a sum of amounts less other amounts. A line that comes to zero is left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PostingLine {
    /// The account.
    pub account: AccountCode,
    /// Debit or credit.
    pub side: Side,
    /// Whether it is taken off its side (红字).
    pub red: bool,
    /// The names of the amounts that are added; at least one.
    pub plus: Vec<String>,
    /// The names of the amounts that are taken off.
    pub minus: Vec<String>,
    /// The names of the dimensions that the event has to give for this line.
    pub dimensions: Vec<String>,
}

/// An event with the lines that it must make.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PostingCase {
    /// Who worked it out.
    pub source: String,
    /// The event.
    pub event: BookingEvent,
    /// The lines, in order.
    pub lines: Vec<EntryLine>,
}

/// Something that happened and has to be booked (业务事件). The ledger knows nothing of it but this.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BookingEvent {
    /// The id, given by the host: booking it again changes nothing.
    pub id: EventId,
    /// The kind of event, in snake_case; a rule has it.
    pub event_kind: String,
    /// The day on which it counts (记账日期).
    pub on: Date,
    /// The document behind it (单据号).
    pub reference: Option<DocumentReference>,
    /// The amounts by the names that the rule declares; none below zero, all in one currency.
    pub amounts: BTreeMap<String, Money>,
    /// Whom or what it concerns, by the name of the dimension.
    pub dimensions: BTreeMap<String, DimensionCode>,
}

/// Whom it concerns and how much is not shown.
impl fmt::Debug for BookingEvent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BookingEvent")
            .field("event_kind", &self.event_kind)
            .field("on", &self.on)
            .finish_non_exhaustive()
    }
}

/// An entry with the rule that made it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExplainedEntry {
    /// The entry.
    pub entry: Entry,
    /// The rule.
    pub rule: UsedRule,
}

/// The posting rule behind an entry (入账依据).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UsedRule {
    /// The kind of event that it is for.
    pub event_kind: String,
    /// The first booking day for which it is valid.
    pub from: Date,
    /// The first booking day for which it is no longer valid; none while no end is known.
    pub until: Option<Date>,
    /// Who says so.
    pub source: String,
    /// Whether the booking day lies after the last check of the rules.
    pub stale: bool,
}
