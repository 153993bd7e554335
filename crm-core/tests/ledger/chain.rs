//! The chain: what was stored is what is sealed, and every touch shows.

use std::fs;

use crm_core::{
    ledger::{ChainHash, ChainHead, Journal, JournalName, JournalRecord, SealedRecord, china, verify},
    refusal::Code,
    wire,
};
use sha2::{Digest as _, Sha256};

use super::{
    small::{chart, cny, credit, day, debit, event, journal, receipt},
    told,
};

fn name() -> JournalName {
    JournalName::new("north").unwrap()
}

/// Five records, one of them a closing.
fn written() -> (Journal, Vec<SealedRecord>) {
    let mut journal = journal();
    let mut records = Vec::new();
    for (id, on) in [("E-1", "2026-01-05"), ("E-2", "2026-01-06"), ("E-3", "2026-02-01")] {
        records.extend(journal.post(receipt(id, on, 500)).unwrap().record);
    }
    records.extend(journal.close(event("close"), day("2026-01-31")).unwrap().record);
    let back = journal.entry(3).unwrap().reversal(event("R-3"), day("2026-02-02")).unwrap();
    records.extend(journal.post(back).unwrap().record);
    (journal, records)
}

#[test]
fn the_hash_is_sha_256_of_the_hash_before_and_the_bytes() {
    let (journal, records) = written();
    let mut hash: [u8; 32] = Sha256::digest(b"crm-core journal 1\0north").into();
    for record in &records {
        hash = Sha256::digest([&hash[..], record.text.as_bytes()].concat()).into();
        let digits: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(record.hash.to_string(), digits);
        assert_eq!(ChainHash::parse(&digits).unwrap(), record.hash);
    }
    assert_eq!(journal.head().hash, records[4].hash);
    assert_eq!(verify(&name(), &records, None).unwrap(), *journal.head());
    assert_eq!(Journal::load(name(), chart(), &records, Some(journal.head())).unwrap(), journal);
}

#[test]
fn what_is_no_hash_is_refused() {
    for text in ["", "12", &"g".repeat(64), &"A".repeat(64), &"0".repeat(65)] {
        assert_eq!(ChainHash::parse(text).unwrap_err().code(), Code::LedgerHashInvalid, "{text}");
    }
    assert_eq!(told(&wire::from_json::<ChainHash>(b"\"12\"").unwrap_err()), ["ledger.hash.invalid"]);
    let hash = ChainHash::start(&name());
    assert_eq!(wire::from_json::<ChainHash>(wire::to_json(&hash).unwrap().as_bytes()).unwrap(), hash);
}

type Tampering = fn(&mut Vec<SealedRecord>);

#[test]
fn the_first_touched_record_is_named() {
    let (_, records) = written();
    let cases: [(Tampering, &str, i64); 7] = [
        (|records| records[1].text = records[1].text.replace("5.00", "6.00"), "/1", 2),
        (|records| records[1].text.push(' '), "/1", 2),
        (|records| drop(records.remove(2)), "/2", 3),
        (|records| records.swap(1, 2), "/1", 2),
        (|records| records.insert(1, records[0].clone()), "/1", 2),
        (|records| records[3].hash = records[2].hash, "/3", 4),
        (|records| records[4].sequence = 6, "/4", 5),
    ];
    for (tamper, path, sequence) in cases {
        let mut touched = records.clone();
        tamper(&mut touched);
        let refusal = verify(&name(), &touched, None).unwrap_err();
        assert_eq!(told(&refusal), [format!("ledger.chain.broken {path}")]);
        assert_eq!(refusal.params()[0].1.to_string(), sequence.to_string());
        assert_eq!(Journal::load(name(), chart(), &touched, None).unwrap_err(), refusal);
    }
    // The records of one journal are not those of another.
    let other = JournalName::new("south").unwrap();
    assert_eq!(told(&verify(&other, &records, None).unwrap_err()), ["ledger.chain.broken /0"]);
}

/// Seals texts anew, as somebody would who rewrites a whole journal.
fn resealed(texts: impl IntoIterator<Item = String>) -> Vec<SealedRecord> {
    let mut hash = ChainHash::start(&name());
    let sealed = texts.into_iter().zip(1..).map(|(text, sequence)| {
        hash = hash.after(text.as_bytes());
        SealedRecord { sequence, text, hash }
    });
    sealed.collect()
}

#[test]
fn a_kept_head_finds_what_was_rewritten_or_cut_off() {
    let (journal, records) = written();
    let kept = journal.head();
    let rewritten = resealed(records.iter().map(|record| record.text.replace("5.00", "6.00")));
    assert!(verify(&name(), &rewritten, None).is_ok());
    assert_eq!(told(&verify(&name(), &rewritten, Some(kept)).unwrap_err()), ["ledger.chain.head"]);
    assert_eq!(told(&verify(&name(), &records[..4], Some(kept)).unwrap_err()), ["ledger.chain.head"]);
    assert_eq!(told(&Journal::load(name(), chart(), &records[..4], Some(kept)).unwrap_err()), ["ledger.chain.head"]);
    // An older head is as good for what came before it.
    let older = ChainHead { journal: name(), sequence: 2, hash: records[1].hash };
    assert_eq!(verify(&name(), &records, Some(&older)).unwrap(), *kept);
    assert_eq!(told(&verify(&name(), &rewritten, Some(&older)).unwrap_err()), ["ledger.chain.head"]);
    let start = ChainHead { journal: name(), sequence: 0, hash: records[1].hash };
    assert_eq!(told(&verify(&name(), &records, Some(&start)).unwrap_err()), ["ledger.chain.head"]);
    assert!(verify(&name(), &records, Some(&ChainHead::start(name()))).is_ok());
}

#[test]
fn a_chain_that_was_made_up_does_not_load() {
    let (_, records) = written();
    let texts: Vec<String> = records.iter().map(|record| record.text.clone()).collect();
    let with = |index: usize, from: &str, to: &str| {
        let mut texts = texts.clone();
        assert!(texts[index].contains(from), "{}", texts[index]);
        texts[index] = texts[index].replacen(from, to, 1);
        resealed(texts)
    };
    for (index, from, to) in [
        // The number inside, an event twice, a closing under a known id, a reversal of nothing, no balance, no record.
        (1, "\"sequence\":2", "\"sequence\":3"),
        (1, "\"E-2\"", "\"E-1\""),
        (3, "\"close\"", "\"E-1\""),
        (4, "\"reverses\":\"E-3\"", "\"reverses\":\"E-9\""),
        (4, "\"reverses\":\"E-3\"", "\"reverses\":\"close\""),
        (2, "5.00", "5.01"),
        (2, "journal_record", "journal_entry"),
        (2, "\"posted\"", "\"lost\""),
    ] {
        let refusal = Journal::load(name(), chart(), &with(index, from, to), None).unwrap_err();
        assert_eq!(told(&refusal), [format!("ledger.chain.broken /{index}")], "{from} {to}");
    }
    // Written by a newer core: nothing is wrong with it.
    let newer = with(2, "\"version\":1", "\"version\":2");
    let refusal = Journal::load(name(), chart(), &newer, None).unwrap_err();
    assert_eq!(told(&refusal), ["wire.stored.version /2/text/version"]);
}

#[test]
fn an_account_that_ended_stays_where_it_was_booked_to() {
    let mut journal = journal();
    let lines = vec![debit("bank", cny(1)), credit("old", cny(1))];
    let entry = crm_core::ledger::Entry::new(event("E-1"), day("2019-12-31"), None, "receipt", lines).unwrap();
    let records = [journal.post(entry).unwrap().record.unwrap()];
    let loaded = Journal::load(name(), china::chart().unwrap(), &records, None).unwrap();
    assert_eq!(loaded.trial_balances(day("2026-01-01")).unwrap(), journal.trial_balances(day("2026-01-01")).unwrap());
    assert!(loaded.balance(&super::small::code("old"), crm_core::money::Currency::CNY, day("2026-01-01")).is_ok());
}

/// Law 14: what release 0.1.0 stored.
#[test]
fn yesterdays_journal_still_loads() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/stored/0.1.0/journal.json");
    let stored = fs::read(path).unwrap();
    let records: Vec<SealedRecord> = wire::from_json(stored.trim_ascii_end()).unwrap();
    let (journal, written) = written();
    assert_eq!(Journal::load(name(), chart(), &records, Some(journal.head())).unwrap(), journal);
    // What is written now is what was written then, to the byte.
    assert_eq!(records, written);
    for record in &records {
        let read: JournalRecord = wire::from_stored(record.text.as_bytes()).unwrap();
        assert_eq!(wire::to_stored(&read).unwrap(), record.text);
    }
}
