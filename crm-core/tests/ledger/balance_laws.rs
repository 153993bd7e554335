//! Law 5: debits equal credits, per entry, per currency, at every date; the merged book is the sum of the parts.

use std::collections::BTreeMap;

use crm_core::{
    calendar::{Date, Period},
    ledger::{Entry, EntryLine, Journal, JournalName, MergedJournals, PeriodBalance, Side, TrialBalance},
    money::{Currency, Money},
};
use proptest::{prelude::*, test_runner::TestCaseResult};

use super::{
    history::{ACCOUNTS, CURRENCIES, Step, balanced_lines, some_steps, take},
    naive::{Counts, NaiveBook, NaiveLine, up_to},
    runner,
    small::{chart, code, day, event, journal},
};

/// Whether lines may be booked.
type Accept = fn(&[EntryLine]) -> bool;

fn accepted(lines: &[EntryLine]) -> bool {
    Entry::new(event("E"), day("2026-01-01"), None, "something", lines.to_vec()).is_ok()
}

/// Lines that balance, or nearly: one is off by a minor unit, in another currency, red, or on the other side.
fn nearly_balanced() -> impl Strategy<Value = Vec<EntryLine>> {
    (balanced_lines(), 0..6_usize, any::<prop::sample::Index>()).prop_map(|(mut lines, change, which)| {
        let at = which.index(lines.len());
        let line = &mut lines[at];
        let (minor, currency) = (line.amount.minor(), line.amount.currency());
        match change {
            0 => line.amount = Money::from_minor(minor + 1, currency),
            1 => line.amount = Money::from_minor(minor, CURRENCIES[which.index(3)]),
            2 => line.red = !line.red,
            3 => line.side = if line.side == Side::Debit { Side::Credit } else { Side::Debit },
            _ => {}
        }
        lines
    })
}

fn law_debits_equal_credits(accept: Accept) -> impl Fn(Vec<EntryLine>) -> TestCaseResult {
    move |lines| {
        let mut sums: BTreeMap<Currency, i128> = BTreeMap::new();
        for line in &lines {
            let minor = i128::from(line.amount.minor());
            let debit = matches!((line.side, line.red), (Side::Debit, false) | (Side::Credit, true));
            *sums.entry(line.amount.currency()).or_default() += if debit { minor } else { -minor };
        }
        prop_assert_eq!(accept(&lines), sums.values().all(|sum| *sum == 0));
        Ok(())
    }
}

#[test]
fn debits_equal_credits_in_every_entry() {
    runner().run(&nearly_balanced(), law_debits_equal_credits(accepted)).unwrap();
}

fn sum(lines: &[EntryLine]) -> i128 {
    let signed = |line: &EntryLine| {
        let minor = i128::from(line.amount.minor());
        if (line.side == Side::Debit) != line.red { minor } else { -minor }
    };
    lines.iter().map(signed).sum()
}

#[test]
fn debits_equal_credits_catches_tolerance_and_blindness() {
    // What beancount does: a little is as good as nothing.
    let tolerant: Accept = |lines| sum(lines).abs() <= 1 && (sum(lines) != 0 || accepted(lines));
    // Adds yuan to dollars.
    let blind_to_currency: Accept = |lines| sum(lines) == 0;
    let blind_to_red: Accept = |lines| {
        let black: Vec<EntryLine> = lines.iter().map(|line| EntryLine { red: false, ..line.clone() }).collect();
        accepted(&black)
    };
    for mutant in [tolerant, blind_to_currency, blind_to_red] {
        assert!(runner().run(&nearly_balanced(), law_debits_equal_credits(mutant)).is_err());
    }
}

/// The trial balances of a day, as figures.
fn figures(balances: &[TrialBalance]) -> BTreeMap<(Currency, String), (i128, i128, i128)> {
    let rows = balances.iter().flat_map(|balance| balance.accounts.iter().map(move |row| (balance.currency, row)));
    rows.map(|(currency, row)| {
        let figures = [row.debit, row.credit, row.balance].map(|money| i128::from(money.minor()));
        ((currency, row.account.as_str().to_owned()), figures.into())
    })
    .collect()
}

/// Every day of a history and around it.
fn days() -> impl Iterator<Item = Date> {
    (-1..46).map(|days| day("2026-01-01").plus_days(days).unwrap())
}

/// At every date the two sides of each currency are equal, and every account holds what the list of lines adds up to.
fn law_every_date(counts: Counts) -> impl Fn(Vec<Step>) -> TestCaseResult {
    move |steps| {
        let (mut journal, mut naive) = (journal(), NaiveBook::default());
        for (number, step) in steps.iter().enumerate() {
            if let Some(entry) = take(&mut journal, number, step) {
                naive.write(&entry);
            }
        }
        for on in days() {
            let balances = journal.trial_balances(on).unwrap();
            for balance in &balances {
                prop_assert_eq!(balance.debit, balance.credit);
                prop_assert_eq!(balance.debit_balances, balance.credit_balances);
            }
            let held = figures(&balances);
            for (currency, account) in CURRENCIES.iter().flat_map(|currency| ACCOUNTS.map(|name| (*currency, name))) {
                let (debit, credit) = naive.turnover(account, currency, on, counts);
                let expected = (debit, credit, debit - credit);
                let there =
                    naive.0.iter().any(|line| line.account == account && line.currency == currency && counts(line, on));
                let row = held.get(&(currency, account.to_owned()));
                prop_assert_eq!(row.copied(), there.then_some(expected), "{} {} {}", on, currency, account);
                let one = journal.balance(&code(account), currency, on).unwrap();
                prop_assert_eq!(i128::from(one.balance.minor()), debit - credit);
            }
        }
        Ok(())
    }
}

#[test]
fn debits_equal_credits_at_every_date() {
    runner().run(&some_steps(), law_every_date(up_to)).unwrap();
}

#[test]
fn at_every_date_catches_a_day_left_out() {
    // A balance that leaves its own day out is a balance of the day before.
    let before: Counts = |line: &NaiveLine, on| line.on < on;
    // A balance that forgets what was taken back.
    let without_red: Counts = |line, on| line.on <= on && line.debit >= 0 && line.credit >= 0;
    for mutant in [before, without_red] {
        assert!(runner().run(&some_steps(), law_every_date(mutant)).is_err());
    }
}

/// The sums of one account over a period: opening, debit, credit, closing.
type Movement = (i128, i128, i128, i128);

fn law_every_period(
    movements: impl Fn(&Journal, Period) -> Vec<PeriodBalance>,
) -> impl Fn(Vec<Step>) -> TestCaseResult {
    move |steps| {
        let (mut journal, mut naive) = (journal(), NaiveBook::default());
        for (number, step) in steps.iter().enumerate() {
            if let Some(entry) = take(&mut journal, number, step) {
                naive.write(&entry);
            }
        }
        let all: Vec<Date> = days().collect();
        for (start, end) in
            all.iter().zip(all.iter().skip(1)).chain(all.iter().step_by(5).zip(all.iter().skip(9).step_by(5)))
        {
            let period = Period::new(*start, *end).unwrap();
            let (before, last) = (start.plus_days(-1).unwrap(), end.plus_days(-1).unwrap());
            let balances = movements(&journal, period);
            let mut expected: BTreeMap<(Currency, String), Movement> = BTreeMap::new();
            for line in naive.0.iter().filter(|line| line.on <= last) {
                let old = naive.turnover(&line.account, line.currency, before, up_to);
                let new = naive.turnover(&line.account, line.currency, last, up_to);
                let movement = (old.0 - old.1, new.0 - old.0, new.1 - old.1, new.0 - new.1);
                expected.insert((line.currency, line.account.clone()), movement);
            }
            let mut told: BTreeMap<(Currency, String), Movement> = BTreeMap::new();
            for balance in &balances {
                prop_assert_eq!(balance.opening_debit, balance.opening_credit);
                prop_assert_eq!(balance.debit, balance.credit);
                prop_assert_eq!(balance.closing_debit, balance.closing_credit);
                for row in &balance.accounts {
                    let row_of = [row.opening, row.debit, row.credit, row.closing].map(|sum| i128::from(sum.minor()));
                    told.insert((balance.currency, row.account.as_str().to_owned()), row_of.into());
                }
            }
            prop_assert_eq!(told, expected);
        }
        Ok(())
    }
}

#[test]
fn debits_equal_credits_over_every_period() {
    runner().run(&some_steps(), law_every_period(|journal, period| journal.period_balances(period).unwrap())).unwrap();
    let merged =
        |journal: &Journal, period| MergedJournals::new(vec![journal]).unwrap().period_balances(period).unwrap();
    runner().run(&some_steps(), law_every_period(merged)).unwrap();
}

#[test]
fn over_every_period_catches_an_end_taken_in() {
    // Takes the first day after the period for its last.
    let mutant = |journal: &Journal, period: Period| {
        let longer = Period::new(period.start(), period.end().plus_days(1).unwrap()).unwrap();
        journal.period_balances(longer).unwrap()
    };
    assert!(runner().run(&some_steps(), law_every_period(mutant)).is_err());
}

type Merge = fn(&[&Journal], Date) -> Vec<TrialBalance>;

fn merged(journals: &[&Journal], on: Date) -> Vec<TrialBalance> {
    MergedJournals::new(journals.to_vec()).unwrap().trial_balances(on).unwrap()
}

fn law_sum_of_the_parts(merge: Merge) -> impl Fn((Vec<Step>, Vec<Step>)) -> TestCaseResult {
    move |(north_steps, south_steps)| {
        let mut north = journal();
        let mut south = Journal::new(JournalName::new("south").unwrap(), chart());
        for (journal, steps) in [(&mut north, north_steps), (&mut south, south_steps)] {
            for (number, step) in steps.iter().enumerate() {
                take(journal, number, step);
            }
        }
        let heads = [north.head().clone(), south.head().clone()];
        for on in days() {
            let whole = merge(&[&north, &south], on);
            let mut expected = figures(&north.trial_balances(on).unwrap());
            for (key, (debit, credit, balance)) in figures(&south.trial_balances(on).unwrap()) {
                let sums = expected.entry(key).or_default();
                *sums = (sums.0 + debit, sums.1 + credit, sums.2 + balance);
            }
            prop_assert_eq!(figures(&whole), expected);
            for balance in &whole {
                prop_assert_eq!(balance.debit, balance.credit);
                prop_assert_eq!(balance.debit_balances, balance.credit_balances);
            }
        }
        prop_assert_eq!([north.head(), south.head()], [&heads[0], &heads[1]]);
        Ok(())
    }
}

#[test]
fn the_merged_book_is_the_sum_of_the_parts() {
    runner().run(&(some_steps(), some_steps()), law_sum_of_the_parts(merged)).unwrap();
}

#[test]
fn sum_of_the_parts_catches_the_last_one_wins() {
    // Puts the rows of the second journal over those of the first.
    let mutant: Merge = |journals, on| journals.last().unwrap().trial_balances(on).unwrap();
    assert!(runner().run(&(some_steps(), some_steps()), law_sum_of_the_parts(mutant)).is_err());
}
