//! Generated histories of a journal: entries, repeats, other content under a known id, reversals, closings.

use crm_core::{
    calendar::Date,
    ledger::{Entry, EntryLine, Journal, Side},
    money::{Currency, Money},
};
use proptest::prelude::*;

use super::small::{code, day, event};

pub const ACCOUNTS: [&str; 3] = ["bank", "income", "tax"];
pub const CURRENCIES: [Currency; 3] = [Currency::CNY, Currency::USD, Currency::KWD];

/// What a host asks of a journal.
#[derive(Debug, Clone)]
pub enum Step {
    Post(Entry),
    /// Takes back the entry of the event with this number, this many days after it.
    Reverse(usize, i64),
    Close(Date),
}

pub fn some_day() -> impl Strategy<Value = Date> {
    (0..40_i64).prop_map(|days| day("2026-01-01").plus_days(days).unwrap())
}

/// Parts of an entry that balance: a debit, and credits that add up to it, some of them over red lines.
fn balanced_part() -> impl Strategy<Value = Vec<EntryLine>> {
    let amounts = prop::collection::vec(1..1_000_000_i64, 1..4);
    (amounts, 0..3_usize, 0..3_usize, any::<bool>(), any::<bool>(), 0..5_usize).prop_map(
        |(amounts, currency, first, swap, red, tip)| {
            let money = |minor| Money::from_minor(minor, CURRENCIES[currency]);
            let line = |account: usize, side, minor| EntryLine::new(code(ACCOUNTS[account % 3]), side, money(minor));
            let (one, many) = if swap { (Side::Credit, Side::Debit) } else { (Side::Debit, Side::Credit) };
            let mut lines = vec![line(first, one, amounts.iter().sum())];
            lines.extend(amounts.iter().enumerate().map(|(index, minor)| line(first + index, many, *minor)));
            if red {
                // The same amount red on the other side: as good as on this one.
                let last = lines.last_mut().unwrap();
                last.side = one;
                last.red = true;
            }
            if tip == 0 {
                lines.iter_mut().for_each(|line| line.red = !line.red);
            }
            lines
        },
    )
}

pub fn balanced_lines() -> impl Strategy<Value = Vec<EntryLine>> {
    prop::collection::vec(balanced_part(), 1..3).prop_map(|parts| parts.concat())
}

pub fn some_entry() -> impl Strategy<Value = Entry> {
    (0..12_usize, some_day(), balanced_lines())
        .prop_map(|(id, on, lines)| Entry::new(event(&format!("E-{id}")), on, None, "something", lines).unwrap())
}

pub fn some_steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        8 => some_entry().prop_map(Step::Post),
        2 => (0..12_usize, -1..5_i64).prop_map(|(id, days)| Step::Reverse(id, days)),
        1 => some_day().prop_map(Step::Close),
    ];
    prop::collection::vec(step, 1..30)
}

/// Entries each of which may come again as it was.
pub fn entries_with_repeats() -> impl Strategy<Value = Vec<Entry>> {
    prop::collection::vec(some_entry(), 1..25).prop_map(|entries| {
        let mut first: Vec<Entry> = Vec::new();
        entries
            .into_iter()
            .map(|entry| match first.iter().find(|held| held.event() == entry.event()) {
                Some(held) => held.clone(),
                None => {
                    first.push(entry.clone());
                    entry
                }
            })
            .collect()
    })
}

/// Asks a step of a journal; gives back the entry that was posted fresh.
pub fn take(journal: &mut Journal, number: usize, step: &Step) -> Option<Entry> {
    let entry = match step {
        Step::Post(entry) => entry.clone(),
        Step::Reverse(id, days) => {
            let target = journal.entry_of(&event(&format!("E-{id}")))?;
            let on = target.booked_on().plus_days(*days).unwrap();
            target.reversal(event(&format!("R-{number}")), on).ok()?
        }
        Step::Close(through) => {
            drop(journal.close(event(&format!("close {number}")), *through));
            return None;
        }
    };
    journal.post(entry.clone()).ok()?.record.map(|_| entry)
}
