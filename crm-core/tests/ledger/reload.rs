//! Law 14: yesterday still loads. What was stored loads to the same journal, whatever of it was stored when, and the
//! chain is over what was stored.

use crm_core::{
    ledger::{ChainHash, Journal, JournalName, JournalRecord, SealedRecord, verify},
    wire::{from_stored, to_stored},
};
use proptest::{prelude::*, test_runner::TestCaseResult};

use super::{
    history::{Step, some_steps, take},
    runner,
    small::{chart, day, event, journal, receipt},
};

fn name() -> JournalName {
    JournalName::new("north").unwrap()
}

/// Takes a step and keeps its record.
fn keep(journal: &mut Journal, number: usize, step: &Step, records: &mut Vec<SealedRecord>) {
    let before = journal.head().clone();
    let mut copy = journal.clone();
    take(&mut copy, number, step);
    if copy.head().sequence == before.sequence {
        return;
    }
    // The record is what the journal gives to the host when the same is asked of it again.
    let posted = match step {
        Step::Close(through) => journal.close(event(&format!("close {number}")), *through),
        _ => journal.post(copy.entry(copy.head().sequence).unwrap()),
    };
    records.extend(posted.unwrap().record);
}

type Load = fn(&[SealedRecord]) -> Journal;

fn loaded(records: &[SealedRecord]) -> Journal {
    Journal::load(name(), chart(), records, None).unwrap()
}

/// Stopped at any record and loaded again, the journal is the same and goes on in the same way.
fn law_reload(load: Load) -> impl Fn((Vec<Step>, prop::sample::Index)) -> TestCaseResult {
    move |(steps, stop)| {
        let (mut whole, mut records) = (journal(), Vec::new());
        let stop = stop.index(steps.len() + 1);
        let mut stopped = (whole.clone(), 0);
        for (number, step) in steps.iter().enumerate() {
            if number == stop {
                stopped = (whole.clone(), records.len());
            }
            keep(&mut whole, number, step, &mut records);
        }
        if stop < steps.len() {
            let mut again = load(&records[..stopped.1]);
            prop_assert_eq!(&again, &stopped.0);
            for (number, step) in steps.iter().enumerate().skip(stop) {
                take(&mut again, number, step);
            }
            prop_assert_eq!(&again, &whole);
        }
        prop_assert_eq!(load(&records), whole);
        Ok(())
    }
}

#[test]
fn yesterday_still_loads() {
    runner().run(&(some_steps(), any::<prop::sample::Index>()), law_reload(loaded)).unwrap();
}

/// The first half is loaded, the rest taken in record by record and in pieces.
fn extended(records: &[SealedRecord]) -> Journal {
    let (first, rest) = records.split_at(records.len() / 2);
    let mut journal = loaded(first);
    for piece in rest.chunks(3) {
        journal.extend(piece).unwrap();
    }
    journal
}

#[test]
fn what_is_taken_in_later_is_loaded_as_well() {
    runner().run(&(some_steps(), any::<prop::sample::Index>()), law_reload(extended)).unwrap();
}

#[test]
fn records_that_do_not_follow_change_nothing() {
    let (mut whole, mut records) = (journal(), Vec::new());
    for (id, on) in [("E-1", "2026-01-05"), ("E-2", "2026-01-06"), ("E-3", "2026-01-07")] {
        records.extend(whole.post(receipt(id, on, 100)).unwrap().record);
    }
    let taken_back = whole.entry(1).unwrap().reversal(event("R-1"), day("2026-01-08")).unwrap();
    records.extend(whole.post(taken_back.clone()).unwrap().record);
    let mut half = loaded(&records[..1]);
    let before = half.clone();
    let refused = |half: &mut Journal, records: &[SealedRecord]| {
        let refusal = half.extend(records).unwrap_err();
        format!("{} {}", refusal.code().as_str(), refusal.path().as_str())
    };
    assert_eq!(refused(&mut half, &records[2..]), "ledger.chain.broken /0");
    assert_eq!(refused(&mut half, &[records[1].clone(), records[3].clone()]), "ledger.chain.broken /1");
    // Sealed rightly, and yet no journal: an event twice, an entry taken back twice.
    let forged = |entry: crm_core::ledger::Entry| {
        let record = JournalRecord { sequence: 5, event: crm_core::ledger::JournalEvent::Posted { entry } };
        let text = to_stored(&record).unwrap();
        SealedRecord { sequence: 5, hash: records[3].hash.after(text.as_bytes()), text }
    };
    for entry in [
        receipt("E-2", "2026-01-09", 100),
        whole.entry(1).unwrap().reversal(event("R-2"), day("2026-01-09")).unwrap(),
        taken_back.clone(),
    ] {
        let mut with = records[1..].to_vec();
        with.push(forged(entry));
        assert_eq!(refused(&mut half, &with), "ledger.chain.broken /3");
        assert_eq!(half, before);
    }
    half.extend(&records[1..]).unwrap();
    assert_eq!(half, whole);
}

#[test]
fn yesterday_still_loads_catches_lost_closings() {
    // Loads the entries and forgets which periods are closed.
    let mutant: Load = |records| {
        let mut journal = journal();
        for record in records {
            let read: JournalRecord = from_stored(record.text.as_bytes()).unwrap();
            if let crm_core::ledger::JournalEvent::Posted { entry } = read.event {
                journal.post(entry).unwrap();
            }
        }
        journal
    };
    assert!(runner().run(&(some_steps(), any::<prop::sample::Index>()), law_reload(mutant)).is_err());
}

/// How the bytes of a record go into the chain.
type Sealed = fn(&str) -> String;

/// Records as another release may have written them: an absent option left out, white space between.
fn law_chain_over_stored_bytes(sealed: Sealed) -> impl Fn((Vec<Step>, bool)) -> TestCaseResult {
    move |(steps, spaced)| {
        let (mut whole, mut records) = (journal(), Vec::new());
        for (number, step) in steps.iter().enumerate() {
            keep(&mut whole, number, step, &mut records);
        }
        let mut hash = ChainHash::start(&name());
        for record in &mut records {
            let other = record.text.replace(r#""reference":null,"#, "");
            record.text = if spaced { other.replace("\":", "\": ") } else { other };
            hash = hash.after(sealed(&record.text).as_bytes());
            record.hash = hash;
        }
        prop_assert!(verify(&name(), &records, None).is_ok());
        let loaded = loaded(&records);
        prop_assert_eq!(
            loaded.trial_balances(crm_core::calendar::Date::MAX),
            whole.trial_balances(crm_core::calendar::Date::MAX)
        );
        Ok(())
    }
}

#[test]
fn the_chain_is_over_stored_bytes() {
    runner().run(&(some_steps(), any::<bool>()), law_chain_over_stored_bytes(str::to_owned)).unwrap();
}

#[test]
fn the_chain_over_a_re_serialisation_is_caught() {
    // Reads the record and hashes what it would write today.
    let mutant: Sealed = |text| to_stored(&from_stored::<JournalRecord>(text.as_bytes()).unwrap()).unwrap();
    assert!(runner().run(&(some_steps(), any::<bool>()), law_chain_over_stored_bytes(mutant)).is_err());
}
