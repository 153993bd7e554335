//! Law 6: once is enough. The same event posted again changes nothing, in any order and in any batch.

use crm_core::{
    calendar::Date,
    ledger::{Entry, Journal},
    money::Currency,
};
use proptest::{prelude::*, test_runner::TestCaseResult};

use super::{
    history::{entries_with_repeats, some_steps, take},
    runner,
    small::{code, event, journal},
};

type Load = fn(&[Entry]) -> Journal;

/// Posting everything again, one by one or at once, gives the journal that posting each event once gives.
fn law_once_is_enough(load: Load) -> impl Fn(Vec<Entry>) -> TestCaseResult {
    move |entries| {
        let mut once: Vec<Entry> = Vec::new();
        for entry in &entries {
            if once.iter().all(|held| held.event() != entry.event()) {
                once.push(entry.clone());
            }
        }
        let twice: Vec<Entry> = entries.iter().chain(&entries).cloned().collect();
        let (expected, found) = (load(&once), load(&twice));
        prop_assert_eq!(found.head(), expected.head());
        prop_assert_eq!(&found, &expected);
        // Numbers without gaps, in the order of first arrival.
        for (index, entry) in once.iter().enumerate() {
            prop_assert_eq!(found.sequence_of(entry.event()), Some(i64::try_from(index).unwrap() + 1));
        }
        prop_assert_eq!(
            found.balance(&code("bank"), Currency::CNY, Date::MAX).unwrap(),
            expected.balance(&code("bank"), Currency::CNY, Date::MAX).unwrap()
        );
        Ok(())
    }
}

fn one_by_one(entries: &[Entry]) -> Journal {
    let mut journal = journal();
    for entry in entries {
        journal.post(entry.clone()).unwrap();
    }
    journal
}

fn at_once(entries: &[Entry]) -> Journal {
    let mut journal = journal();
    journal.post_all(entries.to_vec()).unwrap();
    journal
}

#[test]
fn once_is_enough() {
    for load in [one_by_one as Load, at_once] {
        runner().run(&entries_with_repeats(), law_once_is_enough(load)).unwrap();
    }
}

#[test]
fn once_is_enough_catches_posting_again() {
    // Gives every delivery an id of its own, as a host does that has no key.
    let mutant: Load = |entries| {
        let mut journal = journal();
        for (index, entry) in entries.iter().enumerate() {
            let id = event(&format!("delivery {index}"));
            let own = Entry::new(id, entry.booked_on(), None, entry.narrative(), entry.lines().to_vec()).unwrap();
            journal.post(own).unwrap();
        }
        journal
    };
    assert!(runner().run(&entries_with_repeats(), law_once_is_enough(mutant)).is_err());
    // Recognises a repeat by its neighbour only, as a consumer does that keeps the last key.
    let mutant: Load = |entries| {
        let mut journal = journal();
        let mut last = None;
        for (index, entry) in entries.iter().enumerate() {
            if last == Some(entry) {
                continue;
            }
            last = Some(entry);
            let held = journal.sequence_of(entry.event()).is_some();
            let id = if held { event(&format!("delivery {index}")) } else { entry.event().clone() };
            let own = Entry::new(id, entry.booked_on(), None, entry.narrative(), entry.lines().to_vec()).unwrap();
            journal.post(own).unwrap();
        }
        journal
    };
    assert!(runner().run(&entries_with_repeats(), law_once_is_enough(mutant)).is_err());
}

#[test]
fn what_is_refused_changes_nothing() {
    runner()
        .run(&some_steps(), |steps| {
            let mut journal = journal();
            for (number, step) in steps.iter().enumerate() {
                let before = journal.clone();
                let posted = take(&mut journal, number, step);
                if posted.is_none() && journal.head() == before.head() {
                    prop_assert_eq!(&journal, &before);
                }
            }
            Ok(())
        })
        .unwrap();
}
