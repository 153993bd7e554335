//! Posting journal entries of three and four lines with 5,000 accounts, and the balances after: the core (checked,
//! once, numbered, stored and sealed) beside a bare sum per account.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::collections::HashMap;

use crm_benches::{Group, seeded};
use crm_core::{
    calendar::Date,
    ledger::{
        Account, AccountCode, AccountKind, Chart, ChartSpec, Entry, EntryLine, EventId, Journal, JournalName,
        SealedRecord, Side,
    },
    money::{Currency, Money},
};

const ENTRIES: usize = 100_000;
const CUSTOMERS: usize = 4_496;
const AGENTS: usize = 500;

/// An entry as columns have it: the day, then accounts with signed cents.
type Plain = (i64, Vec<(usize, i64)>);

/// Kind 0, a policy booked: receivable against premium and stamp duty. Kind 1, cash in with commission: bank and
/// commission against receivable and agent.
fn plain() -> Vec<Plain> {
    let columns = [(31, 5_000, 900_000), (32, 0, 2), (33, 0, 4_496), (34, 0, 500), (35, 0, 365)];
    let columns = columns.map(|(seed, low, high)| seeded(seed, ENTRIES, low, high));
    let mut days = columns[4].clone();
    days.sort_unstable();
    let at = |column: usize, row: usize| usize::try_from(columns[column][row]).expect("small");
    (0..ENTRIES)
        .map(|row| {
            let premium = columns[0][row];
            let (customer, agent) = (4 + at(2, row), 4 + CUSTOMERS + at(3, row));
            let lines = if columns[1][row] == 0 {
                vec![(customer, premium + 1_000), (1, -premium), (2, -1_000)]
            } else {
                let commission = premium * 12 / 100;
                vec![(0, premium), (3, commission), (customer, -premium), (agent, -commission)]
            };
            (days[row], lines)
        })
        .collect()
}

fn codes() -> Vec<AccountCode> {
    let general = ["Assets:Bank", "Income:Premium", "Liabilities:StampDuty", "Expenses:Commission"];
    let customers = (0..CUSTOMERS).map(|number| format!("Assets:Receivable:C{number:05}"));
    let agents = (0..AGENTS).map(|number| format!("Liabilities:AgentPayable:A{number:04}"));
    let all = general.iter().map(ToString::to_string).chain(customers).chain(agents);
    all.map(|code| AccountCode::new(&code).expect("plain")).collect()
}

fn chart(codes: &[AccountCode]) -> Chart {
    let from = Date::parse("2000-01-01").expect("a day");
    let accounts = codes.iter().map(|code| Account {
        code: code.clone(),
        name: code.as_str().to_owned(),
        name_zh: code.as_str().to_owned(),
        kind: AccountKind::Asset,
        source: "bench".to_owned(),
        from,
        until: None,
    });
    Chart::load(&ChartSpec { name: "bench".to_owned(), accounts: accounts.collect(), checked_until: from })
        .expect("a chart")
}

fn entries(plain: &[Plain], codes: &[AccountCode]) -> Vec<Entry> {
    let first = Date::parse("2025-01-01").expect("a day");
    let line = |(account, cents): &(usize, i64)| {
        let side = if *cents > 0 { Side::Debit } else { Side::Credit };
        EntryLine::new(codes[*account].clone(), side, Money::from_minor(cents.abs(), Currency::CNY))
    };
    let entry = |(number, (day, lines)): (usize, &Plain)| {
        let event = EventId::new(&format!("event-{number:07}")).expect("plain");
        let on = first.plus_days(*day).expect("in range");
        let lines = lines.iter().filter(|(_, cents)| *cents != 0).map(line).collect();
        Entry::new(event, on, None, "bench", lines).expect("balanced")
    };
    plain.iter().enumerate().map(entry).collect()
}

/// The sum of all debit balances, in cents: what every contestant has to come to.
fn debit_balances(journal: &Journal) -> i64 {
    journal.trial_balances(Date::MAX).expect("in range")[0].debit_balances.minor()
}

fn main() -> Result<(), String> {
    let (plain, codes) = (plain(), codes());
    let (chart, entries) = (chart(&codes), entries(&plain, &codes));
    let name = JournalName::new("bench").expect("plain");
    let mut journal = Journal::new(name.clone(), chart.clone());
    let records: Vec<SealedRecord> =
        entries.iter().filter_map(|entry| journal.post(entry.clone()).expect("fit").record).collect();

    Group::new("ledger: post, balances, an entry", ENTRIES)
        .with("floor: i64 by account number", || {
            let mut balances = vec![0_i64; codes.len()];
            for (_, lines) in &plain {
                assert_eq!(lines.iter().map(|(_, cents)| cents).sum::<i64>(), 0);
                lines.iter().for_each(|(account, cents)| balances[*account] += cents);
            }
            balances.iter().filter(|balance| **balance > 0).sum()
        })
        .with("floor: i64 by account code and day", || {
            let mut balances: HashMap<(&str, i64), i64> = HashMap::new();
            for (day, lines) in &plain {
                assert_eq!(lines.iter().map(|(_, cents)| cents).sum::<i64>(), 0);
                for (account, cents) in lines {
                    *balances.entry((codes[*account].as_str(), *day)).or_default() += cents;
                }
            }
            let mut sums: HashMap<&str, i64> = HashMap::new();
            balances.iter().for_each(|((account, _), cents)| *sums.entry(account).or_default() += cents);
            sums.values().filter(|balance| **balance > 0).sum()
        })
        .with("crm-core: Journal::post, sealed", || {
            let mut journal = Journal::new(name.clone(), chart.clone());
            for entry in &entries {
                journal.post(entry.clone()).expect("fit");
            }
            debit_balances(&journal)
        })
        .with("crm-core: Journal::load, verified", || {
            debit_balances(&Journal::load(name.clone(), chart.clone(), &records, None).expect("whole"))
        })
        .run()
}
