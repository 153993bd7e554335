//! Small entries and charts to test with.

use crm_core::{
    calendar::Date,
    ledger::{
        Account, AccountCode, AccountKind, Chart, ChartSpec, Entry, EntryLine, EventId, Journal, JournalName, Side,
    },
    money::{Currency, Money},
};

pub fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

pub fn event(text: &str) -> EventId {
    EventId::new(text).unwrap()
}

pub fn code(text: &str) -> AccountCode {
    AccountCode::new(text).unwrap()
}

pub fn cny(minor: i64) -> Money {
    Money::from_minor(minor, Currency::CNY)
}

pub fn debit(account: &str, amount: Money) -> EntryLine {
    EntryLine::new(code(account), Side::Debit, amount)
}

pub fn credit(account: &str, amount: Money) -> EntryLine {
    EntryLine::new(code(account), Side::Credit, amount)
}

/// Bank against income.
pub fn receipt(id: &str, on: &str, minor: i64) -> Entry {
    let lines = vec![debit("bank", cny(minor)), credit("income", cny(minor))];
    Entry::new(event(id), day(on), None, "receipt", lines).unwrap()
}

pub fn chart() -> Chart {
    let account = |text: &str, kind, until: Option<&str>| Account {
        code: code(text),
        name: text.to_owned(),
        name_zh: text.to_owned(),
        kind,
        source: "a test".to_owned(),
        from: day("2000-01-01"),
        until: until.map(day),
    };
    Chart::load(&ChartSpec {
        name: "small".to_owned(),
        accounts: vec![
            account("bank", AccountKind::Asset, None),
            account("income", AccountKind::Income, None),
            account("tax", AccountKind::Liability, None),
            account("old", AccountKind::Expense, Some("2020-01-01")),
        ],
        checked_until: day("2026-12-31"),
    })
    .unwrap()
}

pub fn journal() -> Journal {
    Journal::new(JournalName::new("north").unwrap(), chart())
}
