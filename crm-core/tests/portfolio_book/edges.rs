//! Bad rows, empty books, books of one, books without claims, amounts beyond all measure, nothing that leaks.

use crm_core::{
    money::{Currency, Decimal, Money},
    party::PartyId,
    portfolio::*,
};

use super::{
    rows::*,
    segments::{a_row_of, assigned},
};

fn codes(rows: BookRows) -> Vec<String> {
    let refused = CustomerBook::new(Currency::CNY).load(rows);
    let told = |refused: &RefusedRow| {
        let faults = refused.1.faults().iter().map(|fault| format!("{} {}", fault.code(), fault.path()));
        faults.collect::<Vec<_>>().join(", ")
    };
    refused.iter().map(told).collect()
}

#[test]
fn every_fault_of_a_row_is_told_at_its_place() {
    let mut bad = policy(0, 0, "2025-01-01");
    bad.end = bad.start;
    bad.line = String::new();
    bad.agent = Some(" x".into());
    bad.sum_insured = Money::from_minor(-1, Currency::USD);
    bad.renewal_of = Some(bad.id.clone());
    let mut late = claim(0, "P0", "2025-01-02", 0, -1);
    late.reported = day("2025-01-01");
    late.opened = Some(day("2024-12-31"));
    late.closed = Some(day("2024-12-30"));
    let mut reserved = claim(1, "P0", "2025-01-02", 0, 1);
    reserved.closed = Some(day("2025-02-01"));
    let mut dollars = receipt(0, "P0", "2025-01-01", 1);
    dollars.amount = Money::from_minor(1, Currency::USD);
    let mut credit = customer(0);
    credit.commercial_credit = Some("\n".into());
    let cost = CostRow {
        id: CostId::new("K").unwrap(),
        customer: id(0),
        policy: None,
        on: as_of(),
        kind: String::new(),
        amount: cny(1),
    };
    let complaint = ComplaintRow {
        id: ComplaintId::new("M").unwrap(),
        customer: id(0),
        on: as_of(),
        kind: "x".into(),
        resolved_on: Some(day("2025-12-30")),
    };
    let endorsement = EndorsementRow {
        id: EndorsementId::new("E").unwrap(),
        policy: PolicyId::new("P0").unwrap(),
        code: "a".repeat(65),
        effect: EndorsementEffect::Change,
        effective: as_of(),
        booked: as_of(),
        premium_change: cny(1),
    };
    let rows = BookRows {
        customers: vec![credit],
        policies: vec![bad],
        endorsements: vec![endorsement],
        receipts: vec![dollars],
        claims: vec![late, reserved],
        costs: vec![cost],
        complaints: vec![complaint],
    };
    let wanted = [
        "portfolio.code.invalid /customers/0/commercial_credit",
        "portfolio.code.invalid /policies/0/line, portfolio.code.invalid /policies/0/agent, \
         calendar.period.empty /policies/0/end, money.currency.mixed /policies/0/sum_insured, \
         portfolio.amount.negative /policies/0/sum_insured, portfolio.renewal.self /policies/0/renewal_of",
        "portfolio.code.invalid /endorsements/0/code",
        "money.currency.mixed /receipts/0/amount",
        "portfolio.dates.order /claims/0/reported, portfolio.dates.order /claims/0/opened, \
         portfolio.dates.order /claims/0/closed, portfolio.amount.negative /claims/0/reserve",
        "portfolio.claim.closed_with_reserve /claims/1/reserve",
        "portfolio.code.invalid /costs/0/kind",
        "portfolio.dates.order /complaints/0/resolved_on",
    ];
    assert_eq!(codes(rows), wanted);
}

#[test]
fn rows_of_nobody_and_rows_to_come_are_counted() {
    let mut rows = BookRows { customers: vec![customer(0)], ..BookRows::default() };
    rows.policies = vec![policy(0, 0, "2025-01-01"), policy(1, 5, "2025-01-01"), policy(2, 0, "2026-01-01")];
    rows.receipts = vec![
        receipt(0, "P0", "2025-01-01", 1),
        receipt(1, "P1", "2025-01-01", 1),
        receipt(2, "P2", "2025-01-01", 1),
        receipt(3, "P9", "2025-01-01", 1),
        receipt(4, "P0", "2026-01-01", 1),
    ];
    let facts = facts_of(rows.clone());
    let of = |table: BookTable| {
        facts.left_out()[&table].iter().map(|(code, rows)| format!("{code} {rows}")).collect::<Vec<_>>()
    };
    assert_eq!(of(BookTable::Policies), ["portfolio.row.after_as_of 1", "portfolio.row.customer_unknown 1"]);
    let receipts =
        ["portfolio.row.after_as_of 2", "portfolio.row.customer_unknown 1", "portfolio.row.policy_unknown 1"];
    assert_eq!(of(BookTable::Receipts), receipts);
    assert_eq!((facts.used()[&BookTable::Policies], facts.used()[&BookTable::Receipts]), (1, 1));
    // Two rows of one number that differ: the first stands, and parts with the two don't merge.
    let mut other = rows.clone();
    other.receipts[0].amount = cny(2);
    let mut book = book_of(rows.clone());
    let refused = book.load(other.clone());
    let conflict = refused.iter().find(|refused| refused.1.code().as_str() == "portfolio.row.conflict").unwrap();
    assert_eq!((conflict.0, conflict.1.path().as_str()), (BookTable::Receipts, "/receipts/0/id"));
    let mut book = book_of(rows);
    let before = book.clone();
    let refusal = book.merge(book_of(other)).unwrap_err();
    assert_eq!((refusal.code().as_str(), refusal.path().as_str()), ("portfolio.row.conflict", "/receipts"));
    assert!(book == before);
    let refusal = book.merge(CustomerBook::new(Currency::USD)).unwrap_err();
    assert_eq!(refusal.code().as_str(), "portfolio.books.different");
}

#[test]
fn an_empty_book_has_no_ratios() {
    let assignment = assigned(BookRows::default());
    let report = assignment.report(&everything()).unwrap();
    assert_eq!((report.customers, report.ungraded), (0, 0));
    for band in &report.bands {
        assert_eq!(band.customer_share, Proportion::Absent { reason: Absence::NoCustomers });
        assert_eq!(band.revenue_share, Proportion::Absent { reason: Absence::NothingWritten });
        assert_eq!(band.result_share, Proportion::Absent { reason: Absence::NoProfit });
    }
    let statements = assignment.statements(None, Decimal::parse("80").unwrap(), &everything()).unwrap();
    let absent = |one: &Statement| one.figures.iter().all(|figure| figure.value.value().is_none());
    assert!(statements.statements.iter().all(absent));
    assert_eq!(assignment.facts().profit(&everything(), ProfitBasis::Earned).unwrap().total.result, cny(0));
}

#[test]
fn a_book_of_one_without_claims() {
    let mut rows = BookRows { customers: vec![customer(0)], ..BookRows::default() };
    let nothing = facts_of(rows.clone());
    let facts = nothing.customer(&everything(), &id(0)).unwrap();
    assert_eq!(facts.loss_ratio_earned, Proportion::Absent { reason: Absence::NothingEarned });
    assert_eq!(facts.loss_ratio_collected, Proportion::Absent { reason: Absence::NothingCollected });
    assert_eq!(facts.claim_frequency, Proportion::Absent { reason: Absence::NoCover });
    assert_eq!(facts.growth, Proportion::Absent { reason: Absence::NothingBefore });
    rows.policies.push(policy(0, 0, "2025-12-22"));
    let facts = facts_of(rows);
    let facts = facts.customer(&everything(), &id(0)).unwrap();
    // Ten of 365 days of 3650.00 have passed, the day of the review included.
    assert_eq!((facts.premium_earned, facts.premium_unearned), (cny(10_000), cny(355_000)));
    assert_eq!(facts.loss_ratio_earned.value().unwrap().to_string(), "0.0000");
    assert_eq!(facts.loss_ratio_collected.value(), None);
    assert_eq!((facts.receivable_open, facts.receivable_overdue), (cny(365_000), cny(0)));
}

/// Shares of nobody are absent: neither 0 nor 100.
#[test]
fn small_books_and_books_without_claims_say_that_there_is_nobody() {
    let on = |rows: &BookRows, date: &str| {
        let parameters = FactParameters { as_of: day(date), ..parameters() };
        china().assign(Facts::of(&book_of(rows.clone())).at(&parameters).unwrap(), HostFacts::new()).unwrap()
    };
    let nobody = Proportion::Absent { reason: Absence::NobodySuch };
    for customers in [1, 4, 5] {
        let rows = a_row_of(customers);
        let (before, after) = (on(&rows, "2025-11-30"), on(&rows, "2025-12-31"));
        let report = after.statements(Some(&before), Decimal::parse("80").unwrap(), &everything()).unwrap();
        let figures = |name: StatementName| {
            let one = report.statements.iter().find(|one| one.name == name).unwrap();
            one.figures.iter().map(|figure| figure.value).collect::<Vec<_>>()
        };
        // The top 20 % of fewer than five are nobody.
        for name in [StatementName::TopRevenue, StatementName::TopResult] {
            assert_eq!(figures(name)[0] == nobody, customers < 5, "{customers}");
        }
        assert_eq!(figures(StatementName::TwoPercentUp), [nobody, nobody]);
        // Nobody had a claim, nobody complained, nothing was spent on anybody: there is nobody to take a share of.
        assert_eq!(figures(StatementName::OthersMatter)[0], nobody);
        assert_eq!(figures(StatementName::ContentMoveUp)[1], nobody);
        assert_eq!(figures(StatementName::CareMovesUp)[0], nobody);
        let reason = Absence::NothingSpent;
        assert_eq!(figures(StatementName::SpentOnOthers), [Proportion::Absent { reason }]);
        // Those without a claim are all of them, and none of them left.
        assert_eq!(figures(StatementName::OthersMatter)[1].value().unwrap().to_string(), "0.0000");
    }
}

#[test]
fn facts_of_other_days_or_currencies_do_not_mix() {
    let mut facts = facts_of(a_row_of(2));
    let other = FactParameters { expiring_within_days: 1, ..parameters() };
    let refusal = facts.merge(Facts::of(&book_of(BookRows::default())).at(&other).unwrap()).unwrap_err();
    assert_eq!(refusal.code().as_str(), "portfolio.books.different");
    let dollars = FactParameters { currency: Currency::USD, ..parameters() };
    let refusal = Facts::of(&book_of(BookRows::default())).at(&dollars).unwrap_err();
    assert_eq!(refusal.code().as_str(), "portfolio.books.different");
    let book = CustomerBook::new(Currency::USD);
    let facts = Facts::of(&book).at(&dollars).unwrap();
    let refusal = china().assign(facts, HostFacts::new()).unwrap_err();
    assert_eq!(refusal.code().as_str(), "portfolio.books.different");
}

#[test]
fn sums_beyond_all_amounts_are_refused_not_wrapped() {
    let mut rows = a_row_of(1);
    rows.receipts = (0..3).map(|number| receipt(number, "P0", "2025-01-01", i64::MAX)).collect();
    let refusal = Facts::of(&book_of(rows.clone())).at(&parameters()).unwrap_err();
    assert_eq!(refusal.code().as_str(), "money.amount.range");
    rows.receipts = vec![receipt(0, "P0", "2025-01-01", i64::MIN)];
    assert_eq!(Facts::of(&book_of(rows)).at(&parameters()).unwrap_err().code().as_str(), "money.amount.range");
    for as_of in [crm_core::calendar::Date::MAX, crm_core::calendar::Date::MIN] {
        let parameters = FactParameters { as_of, ..parameters() };
        let refusal = Facts::of(&book_of(BookRows::default())).at(&parameters).unwrap_err();
        assert_eq!(refusal.code().as_str(), "calendar.date.range");
    }
    let endless = FactParameters { window_months: i64::MIN, ..parameters() };
    assert!(Facts::of(&book_of(BookRows::default())).at(&endless).is_err());
}

#[test]
fn nothing_of_anybody_stands_in_debug_or_refusals() {
    let secret = "planted";
    let mut rows = a_row_of(1);
    rows.customers[0].id = PartyId::new("planted-c").unwrap();
    rows.policies[0].customer = rows.customers[0].id.clone();
    rows.policies[0].vin = Some("planted-vin".into());
    rows.policies[0].plate = Some("planted-plate".into());
    rows.claims.push(claim(0, "P0", "2025-05-05", 31_415_926, 0));
    let mut shown = format!("{rows:?}");
    let book = book_of(rows.clone());
    let source = Facts::of(&book);
    let assignment = assigned(rows.clone());
    let model = china();
    let list = model.review(&WarningList::default(), &assignment).unwrap();
    let customer = rows.customers[0].id.clone();
    let why = model.why(&assignment, &everything(), &customer).unwrap().unwrap();
    let basis = source.explain(&everything(), &customer, "claims_paid", &parameters()).unwrap();
    let facts = assignment.facts().customer(&everything(), &customer);
    shown += &format!("{book:?}{source:?}{assignment:?}{list:?}{:?}{:?}{facts:?}", why[0].deciding, why[0].changes);
    shown += &format!("{:?}", basis.map(|basis| basis.terms[0].rows.clone()));
    shown += &format!("{:?}", CustomerBook::new(Currency::USD).load(rows));
    assert!(!shown.contains(secret), "{shown}");
    assert!(!shown.contains("314159"), "{shown}");
}
