//! Law 13: it does not fall over. No text, no record and no amount makes the ledger panic or lose count.

use crm_core::{
    calendar::Date,
    ledger::{
        BookingEvent, ChartSpec, Entry, EntryLine, Journal, JournalName, JournalRecord, PostingRulesSpec, SealedRecord,
        china, verify,
    },
    money::{Currency, Money},
    refusal::Code,
    wire,
};
use proptest::{prelude::*, test_runner::TestCaseResult};

use super::{
    runner,
    small::{chart, code, credit, day, debit, event, journal, receipt},
};

/// Whole texts with a few bytes changed, cut, doubled or put in.
fn nearly_right(text: String) -> impl Strategy<Value = Vec<u8>> {
    let change = (any::<prop::sample::Index>(), any::<u8>(), 0..5_u8);
    prop::collection::vec(change, 1..4).prop_map(move |changes| {
        let mut bytes = text.clone().into_bytes();
        for (at, byte, how) in changes {
            if bytes.is_empty() {
                break;
            }
            let at = at.index(bytes.len());
            match how {
                0 => bytes[at] = byte,
                1 => drop(bytes.remove(at)),
                2 => bytes.insert(at, byte),
                3 => bytes.truncate(at),
                _ => bytes[at] = b"\"{}[]:,0-"[usize::from(byte) % 9],
            }
        }
        bytes
    })
}

fn record() -> SealedRecord {
    journal().post(receipt("E-1", "2026-01-05", 500)).unwrap().record.unwrap()
}

#[test]
fn no_text_makes_a_reader_panic() {
    let entry = wire::to_json(&receipt("E-1", "2026-01-05", 500)).unwrap();
    let of_event = wire::to_json(&china::posting_rules_spec().unwrap().cases[5].event).unwrap();
    let texts = (nearly_right(entry), nearly_right(of_event), nearly_right(record().text));
    runner()
        .run(&texts, |(entry, of_event, record)| {
            if let Ok(entry) = wire::from_json::<Entry>(&entry) {
                drop(journal().post(entry));
            }
            if let Ok(event) = wire::from_json::<BookingEvent>(&of_event) {
                drop(china::posting_rules().unwrap().entry(&event));
            }
            drop(wire::from_stored::<JournalRecord>(&record));
            Ok(())
        })
        .unwrap();
    for (pack, cases) in [(china::CHART, 40), (china::POSTING, 40)] {
        let mut runner = proptest::test_runner::TestRunner::new(proptest::test_runner::Config {
            failure_persistence: None,
            ..proptest::test_runner::Config::with_cases(cases)
        });
        runner
            .run(&nearly_right(pack.to_owned()), |text| {
                if let Ok(spec) = wire::from_stored::<ChartSpec>(&text) {
                    drop(crm_core::ledger::Chart::load(&spec));
                }
                if let Ok(spec) = wire::from_stored::<PostingRulesSpec>(&text) {
                    drop(crm_core::ledger::PostingRules::load(&spec, &china::chart().unwrap()));
                }
                Ok(())
            })
            .unwrap();
    }
}

type Check = fn(&JournalName, &[SealedRecord]) -> bool;

fn whole(name: &JournalName, records: &[SealedRecord]) -> bool {
    verify(name, records, None).is_ok() && Journal::load(name.clone(), chart(), records, None).is_ok()
}

/// A record with any byte changed is never taken for whole.
fn law_tampering_shows(check: Check) -> impl Fn(Vec<u8>) -> TestCaseResult {
    move |bytes| {
        let name = JournalName::new("north").unwrap();
        let right = record();
        let Ok(text) = String::from_utf8(bytes) else { return Ok(()) };
        let same = text == right.text;
        prop_assert_eq!(check(&name, &[SealedRecord { text, ..right }]), same);
        Ok(())
    }
}

#[test]
fn tampering_shows() {
    runner().run(&nearly_right(record().text), law_tampering_shows(whole)).unwrap();
}

#[test]
fn tampering_shows_catches_a_check_of_the_form_alone() {
    let mutant: Check =
        |_, records| records.iter().all(|record| wire::from_stored::<JournalRecord>(record.text.as_bytes()).is_ok());
    let digit = record().text.replace("E-1", "E-2").into_bytes();
    assert!(law_tampering_shows(whole)(digit.clone()).is_ok());
    assert!(law_tampering_shows(mutant)(digit).is_err());
}

/// What an account holds after debits and credits of any size.
type Hold = fn(&[(i64, bool)]) -> Result<i128, Code>;

fn held(movements: &[(i64, bool)]) -> Result<i128, Code> {
    let mut journal = journal();
    for (index, (minor, is_debit)) in movements.iter().enumerate() {
        let amount = Money::from_minor(*minor, Currency::CNY);
        let lines: Vec<EntryLine> = if *is_debit {
            vec![debit("bank", amount), credit("income", amount)]
        } else {
            vec![credit("bank", amount), debit("income", amount)]
        };
        let entry = Entry::new(event(&format!("E-{index}")), day("2026-01-05"), None, "something", lines).unwrap();
        journal.post(entry).unwrap();
    }
    match journal.balance(&code("bank"), Currency::CNY, Date::MAX) {
        Ok(held) => Ok(i128::from(held.balance.minor())),
        Err(refusal) => Err(refusal.code()),
    }
}

fn law_no_amount_is_too_large(hold: Hold) -> impl Fn(Vec<(i64, bool)>) -> TestCaseResult {
    move |movements| {
        let sum = |debit: bool| -> i128 {
            movements.iter().filter(|(_, is_debit)| *is_debit == debit).map(|(minor, _)| i128::from(*minor)).sum()
        };
        let fits = [sum(true), sum(false), sum(true) - sum(false)].iter().all(|sum| i64::try_from(*sum).is_ok());
        let expected = if fits { Ok(sum(true) - sum(false)) } else { Err(Code::MoneyAmountRange) };
        prop_assert_eq!(hold(&movements), expected);
        Ok(())
    }
}

fn some_movements() -> impl Strategy<Value = Vec<(i64, bool)>> {
    let amount = prop_oneof![1..1_000_i64, i64::MAX / 3..i64::MAX, Just(i64::MAX)];
    prop::collection::vec((amount, any::<bool>()), 1..6)
}

#[test]
fn no_amount_is_too_large() {
    runner().run(&some_movements(), law_no_amount_is_too_large(held)).unwrap();
}

#[test]
fn no_amount_is_too_large_catches_plain_sums() {
    // Adds in 64 bits, as a table of whole numbers does.
    let mutant: Hold = |movements| {
        Ok(i128::from(
            movements
                .iter()
                .fold(0_i64, |sum, (minor, is_debit)| sum.wrapping_add(if *is_debit { *minor } else { -*minor })),
        ))
    };
    assert!(runner().run(&some_movements(), law_no_amount_is_too_large(mutant)).is_err());
}
