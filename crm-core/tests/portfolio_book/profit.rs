//! Profit and loss by policy, vehicle, handler and agent; households; what reports rest on; who sees rows.

use std::collections::BTreeMap;

use crm_core::{
    access::{RowOwner, WithheldReason},
    calendar::Date,
    money::{Currency, Decimal},
    portfolio::*,
    wire,
};

use super::{
    rows::*,
    segments::{a_row_of, assigned},
};

fn cost(number: i64, policy: Option<&str>, kind: &str, minor: i64) -> CostRow {
    CostRow {
        id: CostId::new(&format!("K{number}")).unwrap(),
        customer: id(0),
        policy: policy.map(|policy| PolicyId::new(policy).unwrap()),
        on: day("2025-03-01"),
        kind: kind.into(),
        amount: cny(minor),
    }
}

/// Two years of one car, a home, a loss outside cover, and costs of every kind.
fn rows() -> BookRows {
    let mut car = policy(0, 0, "2023-06-01");
    (car.vin, car.plate, car.agent) = (Some("VIN1".into()), Some("A1".into()), Some("a1".into()));
    let mut again = policy(1, 0, "2024-06-01");
    (again.vin, again.handler) = (Some("VIN1".into()), "h2".into());
    let mut home = policy(2, 0, "2024-01-01");
    home.line = "home".into();
    BookRows {
        customers: vec![customer(0), CustomerRow { owner: owner("b2"), ..customer(1) }],
        policies: vec![car, again, home, policy(3, 1, "2024-01-01")],
        claims: vec![claim(0, "P0", "2023-07-01", 10_000, 0), claim(1, "P1", "2025-07-01", 5_000, 1_000)],
        costs: vec![
            cost(0, Some("P0"), CostRow::COMMISSION, 7_000),
            cost(1, None, "visit", 300),
            cost(2, Some("P3"), "visit", 40),
        ],
        ..BookRows::default()
    }
}

fn told(report: &ProfitBreakdown) -> Vec<(&str, i64, i64)> {
    report.rows.iter().map(|row| (row.code.as_str(), row.policies, row.parts.result.minor())).collect()
}

#[test]
fn profit_is_parted_by_policy_vehicle_handler_and_agent() {
    let book = book_of(rows());
    let source = Facts::of(&book);
    let viewer = of_branch("b1");
    let by = |key| source.profit_by(&viewer, key, ProfitBasis::Earned, &parameters()).unwrap();
    let vehicles = by(ProfitKey::Vehicle);
    // Twice 3650.00 less 100.00 and the 60.00 outside cover, less the commission of the first policy.
    assert_eq!(told(&vehicles), [("VIN1", 2, 730_000 - 10_000 - 6_000 - 7_000)]);
    // The home, the visit, and the visit for a policy of another customer.
    assert_eq!(vehicles.unallocated.result, cny(365_000 - 300 - 40));
    assert_eq!(told(&by(ProfitKey::Policy)), [("P0", 1, 348_000), ("P1", 1, 359_000), ("P2", 1, 365_000)]);
    assert_eq!(told(&by(ProfitKey::Handler)), [("h1", 2, 713_000), ("h2", 1, 359_000)]);
    assert_eq!(told(&by(ProfitKey::Agent)), [("a1", 1, 348_000)]);
    // Another branch's customer counts nowhere.
    assert_eq!((vehicles.withheld.rows, vehicles.review.used[&BookTable::Policies]), (1, 3));
    let noticed: Vec<&String> = vehicles.review.noticed.values().flat_map(|codes| codes.keys()).collect();
    assert_eq!(noticed, ["portfolio.claim.outside_cover", "portfolio.cost.policy_other"]);
    assert_eq!(vehicles.total.result, cny(730_000 + 365_000 - 16_000 - 7_000 - 340));
    // Paid alone, where money is asked for.
    let paid = source.profit_by(&viewer, ProfitKey::Policy, ProfitBasis::Collected, &parameters()).unwrap();
    assert_eq!(paid.rows[1].parts.claims, cny(5_000));
    assert!(!format!("{vehicles:?} {:?}", vehicles.rows).contains("VIN1"));
}

#[test]
fn money_paid_outside_cover_leaves_profit_and_no_record() {
    let book = book_of(rows());
    let facts = Facts::of(&book).at(&parameters()).unwrap();
    let row = facts.customer(&everything(), &id(0)).unwrap();
    assert_eq!((row.claims, row.claims_incurred, row.claims_outside_cover), (1, cny(10_000), cny(6_000)));
    let report = facts.profit(&of_branch("b1"), ProfitBasis::Earned).unwrap();
    assert_eq!(report.total.claims, cny(16_000));
    assert_eq!(facts.profit(&of_branch("b1"), ProfitBasis::Collected).unwrap().total.claims, cny(15_000));
    assert_eq!(facts.noticed()[&BookTable::Claims]["portfolio.claim.outside_cover"], 1);
    let one = Facts::of(&book);
    let one = one.profit(&everything(), &id(0), ProfitBasis::Earned, &parameters()).unwrap().unwrap();
    assert_eq!((one.by_line["motor"].commission, one.by_line["home"].contribution), (cny(7_000), cny(365_000)));
    assert_eq!((one.unallocated.cost, one.review.used[&BookTable::Costs]), (cny(340), 3));
}

#[test]
fn a_household_adds_up() {
    let book = book_of(rows());
    let facts = Facts::of(&book).at(&parameters()).unwrap();
    let all = facts.of_group(&everything(), &[id(0), id(1), id(9)].into()).unwrap();
    assert_eq!((all.members, all.counted, all.unknown.as_slice()), (3, 2, &[id(9)][..]));
    assert_eq!((all.policies, all.premium_earned, all.claims_incurred), (4, cny(4 * 365_000), cny(10_000)));
    assert_eq!(all.loss_ratio_earned.value().unwrap().to_string(), "0.6849");
    let rows = facts.visible(&everything()).into_rows();
    let minor: i64 = rows.iter().map(|row| row.result_earned.minor()).sum();
    assert_eq!(all.result_earned, cny(minor));
    // Who sees one branch gets its member, and a count of the others.
    let part = facts.of_group(&of_branch("b2"), &[id(0), id(1)].into()).unwrap();
    assert_eq!((part.counted, part.policies, part.withheld.by_reason[&WithheldReason::OtherBranch]), (1, 1, 1));
    assert_eq!(part.loss_ratio_collected, Proportion::Absent { reason: Absence::NothingCollected });
    assert_eq!(part.review.parameters, parameters());
}

#[test]
fn shares_of_the_book_are_explained() {
    let mut rows = a_row_of(4);
    rows.costs.push(CostRow { customer: rows.customers[0].id.clone(), ..cost(0, None, "visit", 1_000) });
    let book = book_of(rows.clone());
    let source = Facts::of(&book);
    let who = &rows.customers[0].id;
    let basis = |name| source.explain(&everything(), who, name, &parameters()).unwrap().unwrap();
    for (name, whole, rows) in
        [("premium_share", 100_000, 1), ("result_share", 99_000, 1), ("collected_share", 100_000, 1)]
    {
        let basis = basis(name);
        assert_eq!((basis.fact.as_str(), basis.whole), (name, Some(cny(whole))));
        assert_eq!((basis.terms[0].rows.len(), basis.terms[0].amount), (rows, Some(cny(40_000))));
    }
    // Every fact of the catalogue is explained.
    for fact in fact_catalogue(Currency::CNY) {
        assert!(source.explain(&everything(), who, &fact.name, &parameters()).unwrap().is_some(), "{}", fact.name);
    }
    assert_eq!(basis("claims").whole, None);
}

#[test]
fn reports_say_what_they_rest_on() {
    let rows = rows();
    let assignment = assigned(rows.clone());
    let earlier = FactParameters { as_of: day("2025-06-30"), ..parameters() };
    let before = china().assign(Facts::of(&book_of(rows)).at(&earlier).unwrap(), HostFacts::new()).unwrap();
    let review = assignment.facts().review();
    assert_eq!((review.parameters, review.used[&BookTable::Policies]), (parameters(), 4));
    let profit = assignment.facts().profit(&everything(), ProfitBasis::Earned).unwrap();
    assert_eq!(profit.review, review);
    let reach = Decimal::parse("80").unwrap();
    let statements = assignment.statements(Some(&before), reach, &everything()).unwrap();
    assert_eq!((&statements.review, statements.reach), (&review, reach));
    assert_eq!(statements.earlier.unwrap().parameters, earlier);
    let moves = china().moves(&before, &assignment, &everything()).unwrap();
    assert_eq!((moves.before.parameters, &moves.after), (earlier, &review));
    let report = assignment.report(&everything()).unwrap();
    assert_eq!(report.noticed, review.noticed);
    // The claim of July was not reported in June.
    assert_eq!(moves.before.left_out[&BookTable::Claims]["portfolio.row.after_as_of"], 1);
}

fn term(number: i64, of: i64, cost: i64) -> PolicyTerm {
    let start: Date = day("2025-01-01");
    PolicyTerm {
        id: PolicyId::new(&format!("P{number}")).unwrap(),
        customer: id(of),
        inception: start,
        start,
        end: day("2026-01-01"),
        lapsed_on: None,
        birth: None,
        licensed_on: None,
        channel: "agent".into(),
        risk_type: "car".into(),
        coverages: vec![],
        premium: cny(100),
        claims_cost: cny(cost),
        claims: 0,
    }
}

#[test]
fn rows_of_policy_years_go_through_the_viewer() {
    let mut book = Book::new(BookParameters::new(as_of(), Currency::CNY));
    for (number, of) in [(0, 0), (1, 1), (2, 2)] {
        book.add(term(number, of, 50)).unwrap();
    }
    let owners: BTreeMap<_, RowOwner> = [(id(0), owner("b1")), (id(1), owner("b2"))].into();
    let (rows, withheld) = book.visible_behind(&of_branch("b1"), &owners, &Figure::Book {});
    assert_eq!(rows.iter().map(|row| row.id.as_str()).collect::<Vec<_>>(), ["P0"]);
    // One of another branch, and one of whom nobody says who manages him.
    let reasons = [(WithheldReason::NoSight, 1), (WithheldReason::OtherBranch, 1)];
    assert_eq!((withheld.rows, withheld.by_reason), (2, reasons.into()));
    assert_eq!(book.rows_behind(&Figure::Book {}).len(), 3);
    let mut ties = ClaimTies::new(Currency::CNY);
    for of in [0, 1] {
        ties.add(&ClaimPart { customer: id(of), total: cny(50), part: cny(49) }).unwrap();
    }
    let (seen, withheld) = ties.visible_differences(&book, &of_branch("b2"), &owners).unwrap();
    assert_eq!((seen.len(), &seen[0].customer, withheld.rows), (1, &id(1), 1));
    assert_eq!(ties.differences(&book).unwrap().len(), 2);
}

#[test]
fn new_reports_cross_the_wire() {
    let book = book_of(rows());
    let source = Facts::of(&book);
    let parted = source.profit_by(&everything(), ProfitKey::Vehicle, ProfitBasis::Earned, &parameters()).unwrap();
    let text = wire::to_json(&parted).unwrap();
    assert!(wire::from_json::<ProfitBreakdown>(text.as_bytes()).unwrap() == parted);
    let together = source.at(&parameters()).unwrap().of_group(&everything(), &[id(0)].into()).unwrap();
    let text = wire::to_json(&together).unwrap();
    assert!(wire::from_json::<GroupFacts>(text.as_bytes()).unwrap() == together);
}
