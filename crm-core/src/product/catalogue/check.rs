//! What every part of a catalogue is held against when it is loaded: codes, texts, days, references.

use alloc::{collections::BTreeSet, format, string::String, vec::Vec};

use crate::{
    calendar::Date,
    refusal::{Code, Fault},
    rulebook::{length_fault, span_faults},
    wire,
};

/// Longest code, in bytes.
const MAX_CODE_BYTES: usize = 64;
/// Most products, clauses, covers, needs or rules of a catalogue, each.
pub(super) const MAX_ENTRIES: usize = 10_000;
/// Most entries of a list within a product.
pub(super) const MAX_PARTS: usize = 1_000;

/// A half-open stretch of days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Days {
    pub(super) from: Date,
    pub(super) until: Option<Date>,
}

impl Days {
    pub(super) fn contains(&self, day: Date) -> bool {
        self.from <= day && self.until.is_none_or(|until| day < until)
    }

    /// Whether every day of the other lies inside.
    fn holds(&self, other: Self) -> bool {
        let end = match (self.until, other.until) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(own), Some(other)) => other <= own,
        };
        self.from <= other.from && end
    }

    fn is_empty(&self) -> bool {
        self.until.is_some_and(|until| until <= self.from)
    }
}

/// Something that is there for some days.
pub(super) trait Spanned {
    fn days(&self) -> Days;
}

/// Checks every entry of a list, and that there are not too many; the faults get the path of their entry.
pub(super) fn each<T>(
    list: &[T],
    field: &str,
    limit: usize,
    faults: &mut Vec<Fault>,
    mut check: impl FnMut(&T, &mut Vec<Fault>),
) {
    if list.len() > limit {
        faults.push(Fault::new(Code::CatalogueTooMany).with("limit", limit).at(field));
        return;
    }
    for (index, entry) in list.iter().enumerate() {
        let mut found = Vec::new();
        check(entry, &mut found);
        faults.extend(found.into_iter().map(|fault| fault.at_index(index).at(field)));
    }
}

/// A list of codes or names, each of its own: the faults of form and of standing twice, at `part` of the entry (at the entry
/// itself where it has no parts).
pub(super) fn unique<'a>(
    codes: impl Iterator<Item = &'a str>,
    field: &str,
    part: Option<&str>,
    faults: &mut Vec<Fault>,
) {
    let mut seen = BTreeSet::new();
    for (index, code) in codes.enumerate().take(MAX_ENTRIES) {
        let fault = if !wire::is_plain(code, MAX_CODE_BYTES) {
            Fault::new(Code::CatalogueCodeInvalid).with("limit", MAX_CODE_BYTES)
        } else if !seen.insert(code) {
            Fault::new(Code::CatalogueCodeTwice).with_name("code", code)
        } else {
            continue;
        };
        let fault = part.into_iter().fold(fault, |fault, part| fault.at(part));
        faults.push(fault.at_index(index).at(field));
    }
}

/// Texts that say something and are not too long.
pub(super) fn texts(fields: &[(&str, &str)], faults: &mut Vec<Fault>) {
    for (field, text) in fields {
        if text.trim().is_empty() {
            let code = if *field == "source" { Code::RulebookSourceMissing } else { Code::CatalogueTextMissing };
            faults.push(Fault::new(code).at(field));
        }
        faults.extend(length_fault(text).map(|fault| fault.at(field)));
    }
}

/// A code that must stand in another list.
pub(super) fn reference(known: &BTreeSet<&str>, list: &'static str, code: &str) -> Option<Fault> {
    (!known.contains(code)).then(|| unknown(list, code))
}

/// The fault of a code that does not stand in its list.
pub(super) fn unknown(list: &'static str, code: &str) -> Fault {
    Fault::new(Code::CatalogueReferenceUnknown).with("list", list).with_name("code", code)
}

/// The fault of days that are none.
pub(super) fn empty_days(days: Days) -> Option<Fault> {
    days.is_empty().then(|| Fault::new(Code::CalendarPeriodEmpty).at("until"))
}

/// Law 11: days that follow each other without gap or overlap.
pub(super) fn in_a_row<T: Spanned>(list: &[T], field: &str, faults: &mut Vec<Fault>) {
    empties(list, field, faults);
    let days = list.iter().map(Spanned::days).enumerate().map(|(index, days)| (index, days.from, days.until));
    faults.extend(span_faults(days).into_iter().map(|(index, fault)| fault.at("from").at_index(index).at(field)));
}

/// Law 11 from the first day to the last: days in a row that are exactly those of the whole.
pub(super) fn covers<T: Spanned>(list: &[T], whole: Days, field: &str, faults: &mut Vec<Fault>) {
    in_a_row(list, field, faults);
    let spans = list.iter().map(Spanned::days).filter(|days| !days.is_empty());
    let ends: Vec<Option<Date>> = spans.clone().map(|days| days.until).collect();
    let first = spans.map(|days| days.from).min();
    let last = if ends.contains(&None) { None } else { ends.into_iter().flatten().max() };
    if first != Some(whole.from) || last != whole.until {
        let shown = |day: Option<Date>| day.map_or_else(|| String::from("-"), |day| format!("{day}"));
        let fault = Fault::new(Code::CatalogueDatesUncovered);
        faults.push(fault.with("from", format!("{}", whole.from)).with("until", shown(whole.until)).at(field));
    }
}

/// The fault of days that are not all inside others.
pub(super) fn outside(days: Days, whole: Days) -> Option<Fault> {
    let shown = |day: Option<Date>| day.map_or_else(|| String::from("-"), |day| format!("{day}"));
    (!days.is_empty() && !whole.holds(days)).then(|| {
        Fault::new(Code::CatalogueDatesOutside)
            .with("from", format!("{}", whole.from))
            .with("until", shown(whole.until))
    })
}

pub(super) fn empties<T: Spanned>(list: &[T], field: &str, faults: &mut Vec<Fault>) {
    let empty = |(index, entry): (usize, &T)| empty_days(entry.days()).map(|fault| fault.at_index(index).at(field));
    faults.extend(list.iter().enumerate().filter_map(empty));
}
