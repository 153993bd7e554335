//! Balances, trial balances, statements and the merged view.

use std::collections::BTreeMap;

use crm_core::{
    access::{SightLevel, Viewer},
    calendar::Period,
    ledger::{
        AccountKind, Chart, ChartSpec, DimensionCode, Entry, Journal, JournalName, MergedJournals, OwnerDimensions,
        Side, StatementQuery, china,
    },
    money::{Currency, Money},
    refusal::Code,
};

use super::{
    small::{chart, cny, code, credit, day, debit, event, journal, receipt},
    told,
};

#[test]
fn a_balance_takes_in_its_day() {
    let mut journal = journal();
    // Not in the order of the days.
    journal.post(receipt("E-2", "2026-01-10", 20)).unwrap();
    journal.post(receipt("E-1", "2026-01-05", 1)).unwrap();
    journal.post(receipt("E-3", "2026-01-07", 300)).unwrap();
    journal.post(receipt("E-4", "2026-01-07", 4_000)).unwrap();
    journal.post(receipt("E-5", "2026-01-10", 50_000)).unwrap();
    for (on, expected) in [
        ("2026-01-04", 0),
        ("2026-01-05", 1),
        ("2026-01-06", 1),
        ("2026-01-07", 4_301),
        ("2026-01-09", 4_301),
        ("2026-01-10", 54_321),
        ("9999-12-31", 54_321),
    ] {
        let held = journal.balance(&code("bank"), Currency::CNY, day(on)).unwrap();
        assert_eq!((held.balance, held.debit, held.credit), (cny(expected), cny(expected), cny(0)), "{on}");
        let held = journal.balance(&code("income"), Currency::CNY, day(on)).unwrap();
        assert_eq!((held.balance, held.debit, held.credit), (cny(-expected), cny(0), cny(expected)), "{on}");
    }
    assert_eq!(journal.balance(&code("tax"), Currency::CNY, day("2026-01-10")).unwrap().balance, cny(0));
    let usd = journal.balance(&code("bank"), Currency::USD, day("2026-01-10")).unwrap();
    assert_eq!(usd.balance, Money::zero(Currency::USD));
    let refusal = journal.balance(&code("cash"), Currency::CNY, day("2026-01-10")).unwrap_err();
    assert_eq!(told(&refusal), ["ledger.account.unknown /account"]);
}

#[test]
fn there_is_a_trial_balance_for_each_currency() {
    let mut journal = journal();
    let usd = |minor| Money::from_minor(minor, Currency::USD);
    let lines = vec![debit("bank", cny(106)), credit("income", cny(100)), credit("tax", cny(6))];
    journal.post(Entry::new(event("E-1"), day("2026-01-05"), None, "receipt", lines).unwrap()).unwrap();
    let lines =
        vec![debit("income", cny(10)), credit("bank", cny(10)), debit("bank", usd(7)), credit("income", usd(7))];
    journal.post(Entry::new(event("E-2"), day("2026-01-06"), None, "exchange", lines).unwrap()).unwrap();
    let balances = journal.trial_balances(day("2026-01-06")).unwrap();
    assert_eq!(balances.iter().map(|balance| balance.currency).collect::<Vec<_>>(), [Currency::CNY, Currency::USD]);
    let first = &balances[0];
    assert_eq!((first.debit, first.credit), (cny(116), cny(116)));
    assert_eq!((first.debit_balances, first.credit_balances), (cny(96), cny(96)));
    let rows: Vec<_> = first.accounts.iter().map(|row| (row.account.as_str(), row.balance)).collect();
    assert_eq!(rows, [("bank", cny(96)), ("income", cny(-90)), ("tax", cny(-6))]);
    assert_eq!(journal.trial_balances(day("2026-01-05")).unwrap().len(), 1);
    assert_eq!(journal.trial_balances(day("2026-01-04")).unwrap(), []);
}

#[test]
fn a_sum_that_is_no_amount_is_refused() {
    let mut journal = journal();
    for id in ["E-1", "E-2"] {
        journal.post(receipt(id, "2026-01-05", i64::MAX)).unwrap();
    }
    let bank = code("bank");
    let on = day("2026-01-05");
    assert_eq!(journal.balance(&bank, Currency::CNY, on).unwrap_err().code(), Code::MoneyAmountRange);
    assert_eq!(journal.trial_balances(on).unwrap_err().code(), Code::MoneyAmountRange);
    // What is out of range on the way is fine in the end.
    let back = journal.entry(1).unwrap().reversal(event("R-1"), on).unwrap();
    journal.post(back).unwrap();
    assert_eq!(journal.balance(&bank, Currency::CNY, on).unwrap().balance, cny(i64::MAX));
}

#[test]
fn a_statement_runs() {
    let mut journal = journal();
    let with = |mut entry_lines: Vec<crm_core::ledger::EntryLine>, customer: &str| {
        for line in &mut entry_lines {
            line.dimensions = BTreeMap::from([("customer".to_owned(), DimensionCode::new(customer).unwrap())]);
        }
        entry_lines
    };
    let mut post = |id: &str, on: &str, customer: &str, minor: i64| {
        let lines = if minor < 0 {
            vec![debit("income", cny(-minor)), credit("bank", cny(-minor))]
        } else {
            vec![debit("bank", cny(minor)), credit("income", cny(minor))]
        };
        journal.post(Entry::new(event(id), day(on), None, "receipt", with(lines, customer)).unwrap()).unwrap();
    };
    post("E-1", "2026-01-31", "C-1", 100);
    post("E-2", "2026-02-28", "C-1", 20);
    post("E-3", "2026-02-01", "C-2", -50);
    post("E-4", "2026-02-01", "C-1", 7);
    post("E-5", "2026-03-01", "C-1", 1_000);
    let back = journal.entry(2).unwrap().reversal(event("R-2"), day("2026-02-28")).unwrap();
    journal.post(back).unwrap();
    let mut query = StatementQuery {
        account: code("bank"),
        currency: Currency::CNY,
        period: Period::new(day("2026-02-01"), day("2026-03-01")).unwrap(),
        dimensions: BTreeMap::new(),
    };
    let statement = journal.statement(query.clone(), &viewer(SightLevel::Company), &owners()).unwrap();
    assert_eq!((statement.opening, statement.closing), (cny(100), cny(57)));
    let rows: Vec<_> =
        statement.lines.iter().map(|line| (line.event.as_str(), line.side, line.red, line.balance.minor())).collect();
    assert_eq!(
        rows,
        [
            ("E-3", Side::Credit, false, 50),
            ("E-4", Side::Debit, false, 57),
            ("E-2", Side::Debit, false, 77),
            ("R-2", Side::Debit, true, 57)
        ]
    );
    query.dimensions = BTreeMap::from([("customer".to_owned(), DimensionCode::new("C-2").unwrap())]);
    let statement = journal.statement(query.clone(), &viewer(SightLevel::Company), &owners()).unwrap();
    assert_eq!((statement.opening, statement.lines.len(), statement.closing), (cny(0), 1, cny(-50)));
    query.dimensions.insert("branch".to_owned(), DimensionCode::new("B").unwrap());
    assert!(journal.statement(query.clone(), &viewer(SightLevel::Company), &owners()).unwrap().lines.is_empty());
    query.account = code("tax");
    assert!(journal.statement(query.clone(), &viewer(SightLevel::Company), &owners()).unwrap().lines.is_empty());
    query.account = code("cash");
    assert_eq!(
        told(&journal.statement(query, &viewer(SightLevel::Company), &owners()).unwrap_err()),
        ["ledger.account.unknown /account"]
    );
}

fn viewer(level: SightLevel) -> Viewer {
    Viewer {
        person: "op-17".parse().unwrap(),
        roles: Vec::new(),
        department: None,
        branch: Some("north".parse().unwrap()),
        company: "one".parse().unwrap(),
        level: Some(level),
    }
}

fn owners() -> OwnerDimensions {
    OwnerDimensions {
        company: "one".parse().unwrap(),
        branch: Some("branch".to_owned()),
        department: None,
        person: Some("agent".to_owned()),
    }
}

#[test]
fn a_viewer_sees_his_own_lines_of_a_statement() {
    let mut journal = journal();
    let lines =
        [("E-1", "2026-01-31", 1), ("E-2", "2026-02-01", 20), ("E-3", "2026-02-02", 300), ("E-4", "2026-02-28", 4_000)];
    let owner = [("south", "op-3"), ("north", "op-3"), ("south", "op-17"), ("south", "op-3")];
    for ((id, on, minor), (branch, agent)) in lines.into_iter().zip(owner) {
        let mut lines = vec![debit("bank", cny(minor)), credit("income", cny(minor))];
        let dimension = |name: &str, code: &str| (name.to_owned(), DimensionCode::new(code).unwrap());
        lines[0].dimensions = BTreeMap::from([dimension("branch", branch), dimension("agent", agent)]);
        journal.post(Entry::new(event(id), day(on), None, "receipt", lines).unwrap()).unwrap();
    }
    let query = StatementQuery {
        account: code("bank"),
        currency: Currency::CNY,
        period: Period::new(day("2026-02-01"), day("2026-03-01")).unwrap(),
        dimensions: BTreeMap::new(),
    };
    let seen = |viewer: &Viewer| {
        let statement = journal.statement(query.clone(), viewer, &owners()).unwrap();
        let events: Vec<String> = statement.lines.iter().map(|line| line.event.as_str().to_owned()).collect();
        (statement.opening.minor(), events, statement.closing.minor(), statement.withheld.rows)
    };
    let all = vec!["E-2".to_owned(), "E-3".to_owned(), "E-4".to_owned()];
    assert_eq!(seen(&viewer(SightLevel::Company)), (1, all, 4_321, 0));
    assert_eq!(seen(&viewer(SightLevel::Branch)), (0, vec!["E-2".to_owned(), "E-3".to_owned()], 320, 1));
    assert_eq!(seen(&viewer(SightLevel::Own)), (0, vec!["E-3".to_owned()], 300, 2));
    let stranger = Viewer { company: "two".parse().unwrap(), ..viewer(SightLevel::Company) };
    assert_eq!(seen(&stranger), (0, Vec::new(), 0, 3));

    let booked = journal.clone();
    let entry = |sequence, viewer: &Viewer| booked.visible_entry(sequence, viewer, &owners());
    // The line of income names nobody: it is seen with the line of the bank, of "north" and "op-3".
    assert_eq!(entry(2, &viewer(SightLevel::Branch)).unwrap(), journal.entry(2));
    assert_eq!(entry(3, &viewer(SightLevel::Own)).unwrap(), journal.entry(3));
    assert_eq!(entry(9, &viewer(SightLevel::Own)).unwrap(), None);
    let withheld = [
        (1, viewer(SightLevel::Branch), "other_branch"),
        (2, viewer(SightLevel::Own), "other_department"),
        (2, stranger, "other_company"),
    ];
    for (sequence, who, reason) in withheld {
        let refusal = entry(sequence, &who).unwrap_err();
        assert_eq!(refusal.code(), Code::AccessRowWithheld);
        assert!(refusal.to_string().contains(reason), "{refusal}");
    }
    journal.post(receipt("E-5", "2026-03-01", 7)).unwrap();
    assert!(journal.visible_entry(5, &viewer(SightLevel::Company), &owners()).is_ok());
    assert!(journal.visible_entry(5, &viewer(SightLevel::Branch), &owners()).is_err());
}

#[test]
fn journals_merge_into_a_view() {
    let mut north = journal();
    let mut south = Journal::new(JournalName::new("south").unwrap(), chart());
    // The same event id in two journals is two events.
    north.post(receipt("E-1", "2026-01-05", 100)).unwrap();
    south.post(receipt("E-1", "2026-01-06", 11)).unwrap();
    let heads = [north.head().clone(), south.head().clone()];
    let merged = MergedJournals::new(vec![&north, &south]).unwrap();
    assert_eq!(merged.heads().cloned().collect::<Vec<_>>(), heads);
    let balances = merged.trial_balances(day("2026-01-06")).unwrap();
    assert_eq!((balances[0].debit, balances[0].credit, balances[0].debit_balances), (cny(111), cny(111), cny(111)));
    assert_eq!(balances[0].accounts[0].balance, cny(111));
    assert_eq!(merged.trial_balances(day("2026-01-05")).unwrap()[0].debit, cny(100));
}

#[test]
fn journals_that_do_not_fit_do_not_merge() {
    let north = journal();
    assert_eq!(told(&MergedJournals::new(vec![&north, &north]).unwrap_err()), ["ledger.merge.twice /1"]);
    let mut spec: ChartSpec = china::chart_spec().unwrap();
    spec.accounts.truncate(1);
    spec.accounts[0].code = code("tax");
    spec.accounts[0].kind = AccountKind::Expense;
    let other = Journal::new(JournalName::new("south").unwrap(), Chart::load(&spec).unwrap());
    assert_eq!(told(&MergedJournals::new(vec![&north, &other]).unwrap_err()), ["ledger.merge.kind /1"]);
}
