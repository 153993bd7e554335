//! What a check of a whole record finds: every fault and every notice, each with its place.

use alloc::{string::String, vec::Vec};

use crate::{
    calendar::Date,
    privacy::Personal,
    refusal::{Code, Fault, Notice, Path, Refusal},
};

/// Longest list in a record.
pub(super) const MAX_ENTRIES: usize = 1000;
/// Longest name, in characters.
pub(super) const MAX_NAME: usize = 200;
/// Longest text of a field of its own, in characters.
pub(super) const MAX_WORDS: usize = 500;
/// Longest note, in characters.
pub(super) const MAX_NOTE: usize = 20_000;

/// A place in a record.
#[derive(Clone)]
pub(super) struct Place(Vec<Way>);

#[derive(Clone, Copy)]
enum Way {
    Field(&'static str),
    Entry(usize),
}

impl Place {
    /// The record itself.
    pub(super) const fn root() -> Self {
        Self(Vec::new())
    }

    /// A field below.
    pub(super) fn field(&self, name: &'static str) -> Self {
        self.below(Way::Field(name))
    }

    /// An entry of the list.
    pub(super) fn entry(&self, index: usize) -> Self {
        self.below(Way::Entry(index))
    }

    fn below(&self, way: Way) -> Self {
        let mut ways = self.0.clone();
        ways.push(way);
        Self(ways)
    }

    fn of(&self, fault: Fault) -> Fault {
        self.0.iter().rev().fold(fault, |fault, way| match way {
            Way::Field(name) => fault.at(name),
            Way::Entry(index) => fault.at_index(*index),
        })
    }

    fn path(&self) -> Path {
        self.of(Fault::new(Code::Internal)).path().clone()
    }
}

/// Faults and notices of one record, in its order.
pub(super) struct Findings {
    as_of: Date,
    faults: Vec<Fault>,
    notices: Vec<Notice>,
}

impl Findings {
    pub(super) const fn new(as_of: Date) -> Self {
        Self { as_of, faults: Vec::new(), notices: Vec::new() }
    }

    /// The day on which the record is looked at.
    pub(super) const fn as_of(&self) -> Date {
        self.as_of
    }

    /// The notices, or every fault.
    pub(super) fn settle(self) -> Result<Vec<Notice>, Refusal> {
        Refusal::unless_empty(self.faults)?;
        Ok(self.notices)
    }

    /// Every fault, for whoever has more to look at.
    pub(super) fn into_faults(self) -> Vec<Fault> {
        self.faults
    }

    pub(super) fn fault(&mut self, place: &Place, fault: Fault) {
        self.faults.push(place.of(fault));
    }

    pub(super) fn code(&mut self, place: &Place, code: Code) {
        self.fault(place, Fault::new(code));
    }

    pub(super) fn notice(&mut self, place: &Place, fault: Fault) {
        self.notices.push(Notice::from(&place.of(fault)));
    }

    /// Notices of a check inside, put where they belong.
    pub(super) fn look(&mut self, place: &Place, notices: Vec<Notice>) {
        let path = place.path();
        self.notices.extend(
            notices
                .into_iter()
                .map(|notice| Notice { path: alloc::format!("{}{}", path.as_str(), notice.path), ..notice }),
        );
    }

    /// What a check inside answered; its faults are put where they belong.
    pub(super) fn take<T>(&mut self, place: &Place, outcome: Result<T, Refusal>) -> Option<T> {
        match outcome {
            Ok(value) => Some(value),
            Err(refusal) => {
                self.faults.extend(refusal.into_faults().into_iter().map(|fault| place.of(fault)));
                None
            }
        }
    }

    /// The entries of a list that are looked at: all of them, or none where the list as a whole is too long, so that the
    /// faults of its entries don't hide what else is wrong.
    pub(super) fn entries<'l, T>(&mut self, place: &Place, list: &'l mut [T]) -> &'l mut [T] {
        self.length(place, list.len());
        let looked_at = if list.len() > MAX_ENTRIES { 0 } else { list.len() };
        list.split_at_mut(looked_at).0
    }

    /// A list that is no longer than a list may be.
    pub(super) fn length(&mut self, place: &Place, length: usize) {
        if length > MAX_ENTRIES {
            self.fault(place, Fault::new(Code::PartyListLength).with("limit", MAX_ENTRIES));
        }
    }

    /// A list that has room for one more entry.
    pub(super) fn room<T>(&mut self, place: &Place, list: &[T]) {
        if list.len() >= MAX_ENTRIES {
            self.fault(place, Fault::new(Code::PartyListLength).with("limit", MAX_ENTRIES));
        }
    }

    /// A day that has come.
    pub(super) fn past(&mut self, place: &Place, date: Option<Date>) {
        if date.is_some_and(|date| date > self.as_of) {
            let as_of = alloc::string::ToString::to_string(&self.as_of);
            self.fault(place, Fault::new(Code::PartyDateLater).with("as_of", as_of));
        }
    }

    /// A number between two others, both inclusive.
    pub(super) fn range(&mut self, place: &Place, number: Option<i64>, min: i64, max: i64) {
        if number.is_some_and(|number| !(min..=max).contains(&number)) {
            self.fault(place, Fault::new(Code::PartyNumberRange).with("min", min).with("max", max));
        }
    }

    /// A text of one line: without spaces at its ends, not empty, not too long.
    pub(super) fn words(&mut self, place: &Place, text: &mut String, limit: usize) {
        trim(text);
        self.text(place, text, limit, char::is_control);
    }

    /// A personal text of one line.
    pub(super) fn personal(&mut self, place: &Place, text: &mut Personal, limit: usize) {
        let mut words = String::from(text.reveal());
        self.words(place, &mut words, limit);
        *text = Personal::from(words);
    }

    /// A personal text of many lines.
    pub(super) fn note(&mut self, place: &Place, text: &mut Personal) {
        let mut words = String::from(text.reveal());
        trim(&mut words);
        self.text(place, &words, MAX_NOTE, |letter| letter.is_control() && !matches!(letter, '\n' | '\r' | '\t'));
        *text = Personal::from(words);
    }

    fn text(&mut self, place: &Place, text: &str, limit: usize, banned: impl Fn(char) -> bool) {
        if text.is_empty() {
            self.code(place, Code::PartyTextEmpty);
        } else if text.chars().count() > limit {
            self.fault(place, Fault::new(Code::PartyTextLength).with("limit", limit));
        }
        if text.chars().any(banned) {
            self.code(place, Code::PartyTextCharacters);
        }
    }
}

fn trim(text: &mut String) {
    if text.trim().len() != text.len() {
        *text = String::from(text.trim());
    }
}
