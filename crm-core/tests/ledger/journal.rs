//! The journal: each event once, reversals, closed periods, all or none.

use std::collections::BTreeMap;

use crm_core::{
    ledger::{
        DimensionCode, DocumentReference, Entry, Journal, JournalCommand, JournalName, MAX_DIMENSIONS, MAX_LINES, china,
    },
    money::{Currency, Money},
    refusal::{Code, Lang},
    wire,
};

use super::{
    small::{chart, cny, code, credit, day, debit, event, journal, receipt},
    told,
};

#[test]
fn the_same_event_again_changes_nothing() {
    let mut journal = journal();
    let first = journal.post(receipt("E-1", "2026-01-05", 500)).unwrap();
    let before = journal.clone();
    let again = journal.post(receipt("E-1", "2026-01-05", 500)).unwrap();
    assert_eq!((again.sequence, again.record), (first.sequence, None));
    assert_eq!(journal, before);
    // Also when its period is closed by now.
    journal.close(event("close 1"), day("2026-01-31")).unwrap();
    assert_eq!(journal.post(receipt("E-1", "2026-01-05", 500)).unwrap().sequence, 1);
}

#[test]
fn the_same_event_with_other_content_is_refused() {
    let mut journal = journal();
    let line = |minor| vec![debit("bank", cny(minor)), credit("income", cny(minor))];
    let make = |on: &str, reference: Option<&str>, narrative: &str, minor| {
        let reference = reference.map(|text| DocumentReference::new(text).unwrap());
        Entry::new(event("E-1"), day(on), reference, narrative, line(minor)).unwrap()
    };
    journal.post(make("2026-01-05", Some("P-1"), "receipt", 500)).unwrap();
    let mut with_branch = line(500);
    with_branch[0].dimensions = BTreeMap::from([("branch".to_owned(), DimensionCode::new("B1").unwrap())]);
    let mut more = line(500);
    more.extend(line(1));
    let reference = DocumentReference::new("P-1").unwrap();
    for other in [
        make("2026-01-06", Some("P-1"), "receipt", 500),
        make("2026-01-05", Some("P-2"), "receipt", 500),
        make("2026-01-05", None, "receipt", 500),
        make("2026-01-05", Some("P-1"), "refund", 500),
        make("2026-01-05", Some("P-1"), "receipt", 501),
        Entry::new(event("E-1"), day("2026-01-05"), Some(reference.clone()), "receipt", with_branch).unwrap(),
        Entry::new(event("E-1"), day("2026-01-05"), Some(reference), "receipt", more).unwrap(),
    ] {
        let before = journal.clone();
        assert_eq!(told(&journal.post(other).unwrap_err()), ["ledger.event.conflict /event"]);
        assert_eq!(journal, before);
    }
    assert_eq!(told(&journal.close(event("E-1"), day("2026-01-31")).unwrap_err()), ["ledger.event.conflict /event"]);
    journal.close(event("close"), day("2025-12-31")).unwrap();
    assert_eq!(told(&journal.post(receipt("close", "2026-01-06", 1)).unwrap_err()), ["ledger.event.conflict /event"]);
}

#[test]
fn an_entry_is_taken_back_once() {
    let mut journal = journal();
    let entry = receipt("E-1", "2026-01-05", 500);
    journal.post(entry.clone()).unwrap();
    let reversal = entry.reversal(event("R-1"), day("2026-01-06")).unwrap();
    assert_eq!(reversal.narrative(), "reversal");
    assert!(reversal.lines().iter().all(|line| line.red && line.amount == cny(500)));
    journal.post(reversal.clone()).unwrap();
    let bank = journal.balance(&code("bank"), Currency::CNY, day("2026-01-06")).unwrap();
    // As if nothing had been booked: the turnover is empty too.
    assert_eq!((bank.debit, bank.credit, bank.balance), (cny(0), cny(0), cny(0)));
    assert_eq!(journal.balance(&code("bank"), Currency::CNY, day("2026-01-05")).unwrap().balance, cny(500));
    // The same reversal again is the same event again.
    assert_eq!(journal.post(reversal.clone()).unwrap().record, None);
    let second = entry.reversal(event("R-2"), day("2026-01-07")).unwrap();
    assert_eq!(told(&journal.post(second).unwrap_err()), ["ledger.reversal.twice /reverses"]);
    assert_eq!(
        told(&reversal.reversal(event("R-3"), day("2026-01-01")).unwrap_err()),
        ["ledger.reversal.early /booked_on", "ledger.reversal.of_reversal /reverses"]
    );
}

/// A reversal as a host could write it by hand.
fn by_hand(entry: &Entry, from: &str, to: &str) -> Entry {
    let json = wire::to_json(entry).unwrap();
    assert!(json.contains(from), "{json}");
    wire::from_json(json.replace(from, to).as_bytes()).unwrap()
}

#[test]
fn a_reversal_must_be_of_the_entry() {
    let mut journal = journal();
    let entry = receipt("E-1", "2026-01-05", 500);
    journal.post(entry.clone()).unwrap();
    let reversal = entry.reversal(event("R-1"), day("2026-01-06")).unwrap();
    for (from, to, expected) in [
        (r#""reverses":"E-1""#, r#""reverses":"E-2""#, "ledger.reversal.unknown /reverses"),
        ("2026-01-06", "2026-01-04", "ledger.reversal.early /booked_on"),
        ("5.00", "6.00", "ledger.reversal.differs /lines"),
        (r#""red":true"#, r#""red":false"#, "ledger.reversal.differs /lines"),
        (r#""account":"bank""#, r#""account":"tax""#, "ledger.reversal.differs /lines"),
    ] {
        let wrong = by_hand(&reversal, from, to);
        assert_eq!(told(&journal.post(wrong).unwrap_err()), [expected]);
    }
    journal.post(reversal.clone()).unwrap();
    // Taking back a reversal: by hand, since the entry itself refuses to make one.
    let again = by_hand(&reversal, r#""event":"R-1""#, r#""event":"R-2""#);
    let again = by_hand(&again, r#""reverses":"E-1""#, r#""reverses":"R-1""#);
    assert_eq!(told(&journal.post(again).unwrap_err()), ["ledger.reversal.of_reversal /reverses"]);
    let of_closing = by_hand(&reversal, r#""reverses":"E-1""#, r#""reverses":"close""#);
    let of_closing = by_hand(&of_closing, r#""event":"R-1""#, r#""event":"R-9""#);
    journal.close(event("close"), day("2025-12-31")).unwrap();
    assert_eq!(told(&journal.post(of_closing).unwrap_err()), ["ledger.reversal.unknown /reverses"]);
}

#[test]
fn a_closed_period_takes_nothing_more() {
    let mut journal = journal();
    journal.post(receipt("E-1", "2026-01-31", 500)).unwrap();
    let closed = journal.close(event("close 1"), day("2026-01-31")).unwrap();
    assert_eq!((closed.sequence, closed.record.is_some()), (2, true));
    assert_eq!(journal.close(event("close 1"), day("2026-01-31")).unwrap().record, None);
    assert_eq!(journal.sequence_of(&event("close 1")), Some(2));
    assert_eq!(journal.closed_through(), Some(day("2026-01-31")));
    let refusal = journal.post(receipt("E-2", "2026-01-31", 1)).unwrap_err();
    assert_eq!(told(&refusal), ["ledger.period.closed /booked_on"]);
    assert!(refusal.text(Lang::Zh).contains("2026-01-31"));
    journal.post(receipt("E-2", "2026-02-01", 1)).unwrap();
    for through in ["2026-01-31", "2025-12-31"] {
        let refusal = journal.close(event("close 2"), day(through)).unwrap_err();
        assert_eq!(told(&refusal), ["ledger.close.earlier /through"]);
    }
    let moved = journal.close(event("close 1"), day("2026-02-28")).unwrap_err();
    assert_eq!(told(&moved), ["ledger.event.conflict /event"]);
    // A reversal of a closed day is booked on an open one.
    let entry = journal.entry_of(&event("E-1")).unwrap();
    let early = entry.reversal(event("R-1"), day("2026-01-31")).unwrap();
    assert_eq!(journal.post(early).unwrap_err().code(), Code::LedgerPeriodClosed);
    journal.post(entry.reversal(event("R-1"), day("2026-02-01")).unwrap()).unwrap();
}

#[test]
fn accounts_have_to_be_in_the_chart_and_valid() {
    let mut journal = journal();
    let lines = vec![debit("cash", cny(1)), credit("old", cny(1))];
    let entry = Entry::new(event("E-1"), day("2020-01-01"), None, "receipt", lines).unwrap();
    assert_eq!(
        told(&journal.post(entry).unwrap_err()),
        ["ledger.account.unknown /lines/0/account", "ledger.account.outside /lines/1/account"]
    );
    let lines = vec![debit("bank", cny(1)), credit("old", cny(1))];
    journal.post(Entry::new(event("E-1"), day("2019-12-31"), None, "receipt", lines).unwrap()).unwrap();
}

#[test]
fn all_entries_are_posted_or_none() {
    let mut journal = journal();
    journal.post(receipt("E-1", "2026-01-05", 500)).unwrap();
    let before = journal.clone();
    let refusal = journal
        .post_all(vec![
            receipt("E-2", "2026-01-05", 1),
            receipt("E-1", "2026-01-05", 501),
            receipt("E-2", "2026-01-05", 2),
        ])
        .unwrap_err();
    assert_eq!(told(&refusal), ["ledger.event.conflict /1/event", "ledger.event.conflict /2/event"]);
    assert_eq!(journal, before);

    let third = receipt("E-3", "2026-01-05", 3);
    let back = third.reversal(event("R-3"), day("2026-01-05")).unwrap();
    let twice = third.reversal(event("R-4"), day("2026-01-05")).unwrap();
    let refusal = journal.post_all(vec![third.clone(), back.clone(), twice.clone()]).unwrap_err();
    assert_eq!(told(&refusal), ["ledger.reversal.twice /2/reverses"]);
    let refusal = journal.post_all(vec![back.clone(), third.clone()]).unwrap_err();
    assert_eq!(told(&refusal), ["ledger.reversal.unknown /0/reverses"]);
    let wrong = by_hand(&back, "0.03", "0.04");
    let refusal = journal.post_all(vec![third.clone(), wrong]).unwrap_err();
    assert_eq!(told(&refusal), ["ledger.reversal.differs /1/lines"]);

    let batch = vec![receipt("E-1", "2026-01-05", 500), third.clone(), receipt("E-2", "2026-01-05", 1), third, back];
    let foretold = journal.posting(batch.clone()).unwrap();
    assert_eq!(journal, before);
    let posted = journal.post_all(batch).unwrap();
    assert_eq!(foretold, posted);
    let told: Vec<_> = posted.iter().map(|posted| (posted.sequence, posted.record.is_some())).collect();
    assert_eq!(told, [(1, false), (2, true), (3, true), (2, false), (4, true)]);
    for posted in posted.iter().filter_map(|posted| posted.record.as_ref()) {
        assert!(posted.text.contains(&format!("\"sequence\":{}", posted.sequence)));
    }
    // What was posted alone can be taken back by one of a batch, once.
    let one = journal.entry(1).unwrap();
    let backs = ["R-5", "R-6"].map(|id| one.reversal(event(id), day("2026-01-05")).unwrap());
    let refusal = journal.post_all(backs.to_vec()).unwrap_err();
    assert_eq!(super::told(&refusal), ["ledger.reversal.twice /1/reverses"]);
    assert_eq!(journal.post(twice).unwrap_err().code(), Code::LedgerReversalTwice);
}

#[test]
fn deciding_changes_nothing_and_applying_decides_nothing() {
    let mut decided = journal();
    let mut posted = journal();
    let commands = [
        JournalCommand::Post { entries: vec![receipt("E-1", "2026-01-05", 500), receipt("E-2", "2026-01-06", 1)] },
        JournalCommand::Close { event: event("close"), through: day("2026-01-31") },
        JournalCommand::Post { entries: vec![receipt("E-1", "2026-01-05", 500)] },
        JournalCommand::Close { event: event("close"), through: day("2026-01-31") },
    ];
    for (command, count) in commands.into_iter().zip([2, 1, 0, 0]) {
        let before = decided.clone();
        let events = decided.decide(command.clone()).unwrap();
        assert_eq!((events.len(), &decided), (count, &before));
        decided.apply(events).unwrap();
        match command {
            JournalCommand::Post { entries } => drop(posted.post_all(entries).unwrap()),
            JournalCommand::Close { event, through } => drop(posted.close(event, through).unwrap()),
        }
    }
    assert_eq!(decided, posted);
    let late = JournalCommand::Post { entries: vec![receipt("E-3", "2026-01-05", 500)] };
    assert_eq!(told(&decided.decide(late).unwrap_err()), ["ledger.period.closed /post/entries/0/booked_on"]);
    let close = JournalCommand::Close { event: event("close 2"), through: day("2026-01-31") };
    assert_eq!(told(&decided.decide(close).unwrap_err()), ["ledger.close.earlier /close/through"]);
}

#[test]
fn what_was_posted_is_read_back() {
    let mut journal = journal();
    let mut lines = vec![debit("bank", cny(5)), credit("income", cny(4)), credit("tax", cny(2)), credit("tax", cny(1))];
    lines[3].red = true;
    lines[1].dimensions = BTreeMap::from([("customer".to_owned(), DimensionCode::new("客户 1").unwrap())]);
    let reference = Some(DocumentReference::new("P-1").unwrap());
    let entry = Entry::new(event("E-1"), day("2026-01-05"), reference, "premium_collected", lines).unwrap();
    let sequence = journal.post(entry.clone()).unwrap().sequence;
    assert_eq!(journal.entry(sequence).as_ref(), Some(&entry));
    assert_eq!(journal.entry_of(entry.event()).as_ref(), Some(&entry));
    assert_eq!(wire::from_json::<Entry>(wire::to_json(&entry).unwrap().as_bytes()).unwrap(), entry);
    let closing = journal.close(event("close"), day("2026-01-31")).unwrap().sequence;
    assert_eq!((journal.entry(closing), journal.entry_of(&event("close"))), (None, None));
    assert_eq!(
        (journal.entry(99), journal.entry_of(&event("E-9")), journal.sequence_of(&event("E-9"))),
        (None, None, None)
    );
    assert_eq!((journal.entries(), journal.head().sequence), (1, 2));
}

#[test]
fn an_entry_has_limits() {
    let many = |count: usize| {
        let half = count / 2;
        let lines = (0..half).flat_map(|_| [debit("bank", cny(1)), credit("income", cny(1))]).collect();
        Entry::new(event("E-1"), day("2026-01-05"), None, "receipt", lines)
    };
    let largest = many(MAX_LINES).unwrap();
    assert_eq!(told(&many(MAX_LINES + 2).unwrap_err()), ["ledger.entry.lines /lines"]);
    // The largest entry with the longest codes is still one text of the wire.
    let longest = DimensionCode::new(&"\"".repeat(128)).unwrap();
    let dimensions: BTreeMap<_, _> =
        (0..MAX_DIMENSIONS).map(|index| (format!("{}{index}", "n".repeat(63)), longest.clone())).collect();
    let account = "a".repeat(64);
    let lines = largest.lines().iter().map(|line| {
        let mut line = line.clone();
        line.account = code(&account);
        line.amount = Money::from_minor(i64::MAX, Currency::CNY);
        line.dimensions = dimensions.clone();
        line
    });
    let entry = Entry::new(event("E-1"), day("2026-01-05"), None, "receipt", lines.collect()).unwrap();
    assert!(wire::to_json(&entry).unwrap().len() < wire::MAX_TEXT);

    let mut line = debit("bank", cny(1));
    line.dimensions = (0..=MAX_DIMENSIONS).map(|index| (format!("n{index}"), longest.clone())).collect();
    let mut unnamed = credit("income", cny(1));
    unnamed.dimensions = BTreeMap::from([("Customer".to_owned(), longest)]);
    let refusal = Entry::new(event("E-1"), day("2026-01-05"), None, "A receipt", vec![line, unnamed]).unwrap_err();
    assert_eq!(
        told(&refusal),
        [
            "rulebook.name.invalid /narrative",
            "ledger.entry.dimensions /lines/0/dimensions",
            "rulebook.name.invalid /lines/1/dimensions/Customer"
        ]
    );
}

#[test]
fn nothing_of_a_person_is_shown() {
    let mut line = debit("bank", cny(4_711));
    line.dimensions = BTreeMap::from([("customer".to_owned(), DimensionCode::new("planted").unwrap())]);
    let reference = Some(DocumentReference::new("planted").unwrap());
    let lines = vec![line, credit("income", cny(4_711))];
    let entry = Entry::new(event("planted"), day("2026-01-05"), reference, "receipt", lines).unwrap();
    let mut journal = Journal::new(JournalName::new("north").unwrap(), chart());
    let posted = journal.post(entry.clone()).unwrap();
    let other = receipt("planted", "2026-01-05", 1);
    let refusal = journal.post(other).unwrap_err();
    let shown = format!("{entry:?} {posted:?} {journal:?} {refusal:?} {refusal}");
    assert!(!shown.contains("planted") && !shown.contains("47.11"), "{shown}");
    assert!(china::chart().is_ok());
}

#[test]
fn an_error_on_an_account_that_ended_can_be_taken_back() {
    let mut journal = journal();
    let lines = vec![debit("bank", cny(1)), credit("old", cny(1))];
    let entry = Entry::new(event("E-1"), day("2019-12-20"), None, "receipt", lines.clone()).unwrap();
    journal.post(entry.clone()).unwrap();
    journal.close(event("close-2019"), day("2019-12-31")).unwrap();
    // The account has ended and its days are closed: nothing new is booked there, but what was wrong is taken back.
    let again = Entry::new(event("E-2"), day("2020-01-02"), None, "receipt", lines).unwrap();
    assert_eq!(told(&journal.post(again).unwrap_err()), ["ledger.account.outside /lines/1/account"]);
    let reversal = |on: &str| entry.reversal(event("R-1"), day(on)).unwrap();
    assert_eq!(told(&journal.post(reversal("2019-12-31")).unwrap_err()), ["ledger.period.closed /booked_on"]);
    journal.post(reversal("2020-01-02")).unwrap();
    assert_eq!(journal.balance(&code("old"), Currency::CNY, day("2020-01-02")).unwrap().balance, cny(0));
}
