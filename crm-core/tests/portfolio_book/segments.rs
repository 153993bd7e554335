//! Groups, pyramid, statements and moves.

use crm_core::{access::WithheldReason, money::Decimal, party::PartyId, portfolio::*, rulebook::Scalar};
use proptest::{prelude::*, test_runner::TestCaseResult};

use super::{facts::runner, rows::*};

pub fn assigned(rows: BookRows) -> Assignment {
    china().assign(facts_of(rows), HostFacts::new()).unwrap()
}

/// So many customers, the first paying most; each pays his policy in full.
pub fn a_row_of(customers: i64) -> BookRows {
    let mut rows = BookRows::default();
    for number in 0..customers {
        rows.customers.push(CustomerRow { id: PartyId::new(&format!("C{number:04}")).unwrap(), ..customer(0) });
        let mut one = policy(number, 0, "2025-01-01");
        one.customer = rows.customers.last().unwrap().id.clone();
        one.premium = cny((customers - number) * 10_000);
        rows.receipts.push(receipt(number, one.id.as_str(), "2025-01-01", one.premium.minor()));
        rows.policies.push(one);
    }
    rows
}

#[test]
fn bands_hold_their_shares() {
    for (customers, wanted) in [(100, [1, 4, 15, 80]), (250, [2, 10, 38, 200]), (19, [0, 0, 3, 16]), (1, [0, 0, 0, 1])]
    {
        let report = assigned(a_row_of(customers)).report(&everything()).unwrap();
        assert_eq!(report.bands.iter().map(|band| band.customers).collect::<Vec<_>>(), wanted);
        assert_eq!(report.ungraded, 0);
    }
}

type Ranks = fn(&Assignment) -> Vec<CustomerSegments>;

fn all(assignment: &Assignment) -> Vec<CustomerSegments> {
    assignment.visible(&everything()).into_rows().into_iter().cloned().collect()
}

/// Nobody outranks somebody of more value, equals stand by code, and no band is above its share.
fn law_ranks_are_by_value(ranks: Ranks) -> impl Fn(u64) -> TestCaseResult {
    move |seed| {
        let rows = ranks(&assigned(some_book(seed)));
        let mut ranked: Vec<&CustomerSegments> = rows.iter().filter(|row| row.score.is_some()).collect();
        ranked.sort_by(|a, b| b.score.cmp(&a.score).then_with(|| a.customer.cmp(&b.customer)));
        for (index, row) in ranked.iter().enumerate() {
            prop_assert_eq!(row.rank, Some(index as i64 + 1));
            let above = [("A", 1), ("B", 5), ("C", 20), ("D", 100)];
            let grade = above.iter().find(|(_, share)| (index + 1) * 100 <= share * ranked.len()).unwrap().0;
            prop_assert_eq!(row.grade.as_deref(), Some(grade));
        }
        prop_assert!(
            rows.iter().filter(|row| row.score.is_none()).all(|row| row.rank.is_none() && row.grade.is_none())
        );
        Ok(())
    }
}

#[test]
fn ranks_are_by_value() {
    runner().run(&any::<u64>(), law_ranks_are_by_value(all)).unwrap();
    let mutant: Ranks = |assignment| {
        // Equals in the opposite order.
        let mut rows = all(assignment);
        rows.iter_mut().for_each(|row| row.rank = row.rank.map(|rank| -rank));
        rows
    };
    assert!(runner().run(&any::<u64>(), law_ranks_are_by_value(mutant)).is_err());
}

/// Groups by hand: what the rows of requirement H1 say, over the facts.
fn groups_by_hand(facts: &CustomerFacts) -> Vec<&'static str> {
    let mut groups = Vec::new();
    if facts.new_in_window > 0 && facts.policies_before_window == 0 {
        groups.push("newly_insured");
    }
    if facts.renewals_in_window > 0 {
        groups.push("renewal");
    }
    if facts.prospect || facts.policies == 0 {
        groups.push("prospect");
    }
    if facts.claims > 0 {
        groups.push("had_claim");
    }
    if facts.blacklisted {
        groups.push("blacklisted");
    }
    // Of the exact sums: 20 % and no more.
    let (incurred, earned) = (facts.claims_incurred_in_years.minor(), facts.premium_earned_in_years.minor());
    let low = facts.cover_years >= 3 && earned > 0 && i128::from(incurred) * 5 <= i128::from(earned);
    let credit = facts.commercial_credit.as_deref() == Some("A");
    if (facts.clean_years >= 3 || low) && credit && facts.policies_in_force > 0 {
        groups.push("good");
    }
    let (incurred, earned) = (facts.claims_incurred.minor(), facts.premium_earned.minor());
    let high = earned > 0 && incurred >= earned;
    if facts.claims_in_window >= 3 || high || facts.fraud_claims > 0 {
        groups.push("poor");
    }
    groups
}

#[test]
fn groups_are_those_of_reading_the_rules() {
    let law = |seed: u64| {
        let assignment = assigned(some_book(seed));
        for facts in assignment.facts().visible(&everything()).rows() {
            let place = assignment.customer(&everything(), &facts.customer).unwrap();
            let small: Vec<&str> =
                place.segments.iter().map(String::as_str).filter(|name| !name.starts_with("large")).collect();
            prop_assert_eq!(small, groups_by_hand(facts));
        }
        Ok(())
    };
    runner().run(&any::<u64>(), law).unwrap();
}

type Place = fn(&CustomerSegments) -> CustomerSegments;

/// Facts that a host knows of some customers.
fn some_host(seed: u64) -> HostFacts {
    let mut from = Seeded(seed ^ 0x5EED);
    let mut host = HostFacts::new();
    for number in 0..4 {
        let own = host.entry(id(number)).or_default();
        if from.one_in(2) {
            let kinds = ["large_enterprise", "system_customer", "large_project"];
            own.insert("large_customer_kind".into(), kinds[from.below(3) as usize].into());
        }
        if from.one_in(3) {
            own.insert("satisfied".into(), [Scalar::Boolean(true), Scalar::Null][from.below(2) as usize].clone());
        }
        if from.one_in(4) {
            // The book knows better.
            own.insert("claims".into(), Scalar::Integer(99));
        }
    }
    host
}

/// The pass over the whole book, which keeps no reasons, puts everybody where the reasons put him.
fn law_places_are_those_of_the_reasons(place: Place) -> impl Fn(u64) -> TestCaseResult {
    move |seed| {
        let model = china();
        let assignment = model.assign(facts_of(some_book(seed)), some_host(seed)).unwrap();
        for row in all(&assignment) {
            let row = place(&row);
            let reasons = model.why(&assignment, &everything(), &row.customer).unwrap().unwrap();
            let of = |membership| reasons.iter().filter(move |reason| reason.membership == membership);
            let segments: Vec<String> = of(Membership::In).map(|reason| reason.segment.clone()).collect();
            let undecided = of(Membership::Undecided).map(|reason| (reason.segment.clone(), reason.missing.clone()));
            prop_assert_eq!(&row.segments, &segments);
            prop_assert_eq!(&row.undecided, &undecided.collect());
            let score = model.why_grade(&assignment, &everything(), &row.customer).unwrap().unwrap().score;
            prop_assert_eq!(row.score, score);
        }
        Ok(())
    }
}

#[test]
fn places_are_those_of_the_reasons() {
    runner().run(&any::<u64>(), law_places_are_those_of_the_reasons(Clone::clone)).unwrap();
    let mutants: [Place; 2] = [
        // What is not known does not hold.
        |row| CustomerSegments { undecided: Default::default(), ..row.clone() },
        // One group too few.
        |row| CustomerSegments { segments: row.segments.iter().skip(1).cloned().collect(), ..row.clone() },
    ];
    for mutant in mutants {
        assert!(runner().run(&any::<u64>(), law_places_are_those_of_the_reasons(mutant)).is_err());
    }
}

#[test]
fn a_fact_of_the_host_is_read_by_its_declaration() {
    let rows = a_row_of(2);
    let refused = |name: &str, value: Scalar| {
        let host = [(rows.customers[1].id.clone(), [(name.to_string(), value)].into())].into();
        let refusal = china().assign(facts_of(rows.clone()), host).unwrap_err();
        (refusal.code().to_string(), refusal.path().to_string())
    };
    let told = |code: &str, path: &str| (code.to_string(), path.to_string());
    assert_eq!(refused("luck", Scalar::Boolean(true)), told("rulebook.fact.unknown", "/luck"));
    assert_eq!(refused("satisfied", Scalar::Integer(1)), told("wire.boolean.expected", "/satisfied"));
    assert_eq!(refused("large_customer_kind", "vip".into()), told("rulebook.fact.choice", "/large_customer_kind"));
}

/// A place in the whole book can be part of a value, as every other fact.
#[test]
fn a_share_counts_in_a_value() {
    let mut spec = china_segments().unwrap();
    for term in &mut spec.score {
        term.fact = "premium_share".into();
    }
    let model = SegmentModel::load(&spec).unwrap();
    let rows = a_row_of(1);
    let assignment = model.assign(facts_of(rows.clone()), HostFacts::new()).unwrap();
    let place = assignment.customer(&everything(), &rows.customers[0].id).unwrap();
    // 100 − 100 + 100 per cent.
    assert_eq!(place.score.unwrap().to_string(), "100");
}

#[test]
fn a_large_customer_has_share_standing_and_result() {
    let mut rows = a_row_of(10);
    rows.customers[0].standing = true;
    let kind = [("large_customer_kind".to_string(), Scalar::from("system_customer"))].into();
    let host = HostFacts::from([(rows.customers[0].id.clone(), kind)]);
    let model = china();
    let assignment = model.assign(facts_of(rows.clone()), host).unwrap();
    let place = assignment.customer(&everything(), &rows.customers[0].id).unwrap();
    assert_eq!(place.segments, ["newly_insured", "large", "system_customer"]);
    // The same share without standing is not enough.
    let other = assignment.customer(&everything(), &rows.customers[1].id).unwrap();
    assert_eq!(other.segments, ["newly_insured"]);
    // A wrong kind is refused where it stands.
    let kind = [("large_customer_kind".to_string(), Scalar::from("planet"))].into();
    let host = HostFacts::from([(rows.customers[0].id.clone(), kind)]);
    let refusal = model.assign(facts_of(rows), host).unwrap_err();
    assert_eq!((refusal.code().as_str(), refusal.path().as_str()), ("rulebook.fact.choice", "/large_customer_kind"));
}

#[test]
fn assignments_of_merged_facts_are_those_of_the_whole() {
    let rows = a_row_of(100);
    let part = |parity: usize| {
        let mut part = rows.clone();
        let keep = |id: &PartyId| id.as_str().trim_start_matches('C').parse::<usize>().unwrap() % 2 == parity;
        part.customers.retain(|row| keep(&row.id));
        part.policies.retain(|row| keep(&row.customer));
        let policies: Vec<PolicyId> = part.policies.iter().map(|row| row.id.clone()).collect();
        part.receipts.retain(|row| policies.contains(&row.policy));
        facts_of(part)
    };
    let mut merged = part(1);
    merged.merge(part(0)).unwrap();
    let model = china();
    let whole = assigned(rows.clone());
    assert_eq!(model.assign(merged.clone(), HostFacts::new()).unwrap(), whole);
    // Ranking each part by itself is what the law forbids.
    let half = model.assign(part(0), HostFacts::new()).unwrap();
    let grade =
        |assignment: &Assignment| assignment.customer(&everything(), &rows.customers[4].id).unwrap().grade.clone();
    assert_ne!(grade(&half), grade(&whole));
    assert_eq!(merged.merge(part(0)).unwrap_err().code().as_str(), "portfolio.facts.customer_twice");
}

#[test]
fn a_viewer_gets_what_he_sees_and_a_count_of_the_rest() {
    let mut rows = a_row_of(10);
    rows.customers[3].owner = owner("b2");
    rows.customers[9].owner = owner("b2");
    let assignment = assigned(rows.clone());
    let viewer = of_branch("b2");
    let report = assignment.report(&viewer).unwrap();
    assert_eq!((report.customers, report.withheld.rows), (2, 8));
    assert_eq!(report.withheld.by_reason[&WithheldReason::OtherBranch], 8);
    assert_eq!(report.segments["newly_insured"], 2);
    // The grade was decided on the whole book.
    assert_eq!(assignment.visible(&viewer).rows()[0].rank, Some(4));
    assert!(assignment.customer(&viewer, &rows.customers[0].id).is_none());
    let profit = assignment.facts().profit(&viewer, ProfitBasis::Collected).unwrap();
    assert_eq!((profit.rows.len(), profit.withheld.rows, profit.total.premium), (2, 8, cny(80_000)));
    let statements = assignment.statements(None, Decimal::parse("80").unwrap(), &viewer).unwrap();
    assert_eq!(statements.withheld.rows, 8);
    let nobody = crm_core::access::Viewer { level: None, ..everything() };
    assert_eq!(assignment.report(&nobody).unwrap().customers, 0);
    assert!(assignment.visible(&nobody).rows().is_empty());
}

fn figure(report: &StatementReport, name: StatementName, at: usize) -> Proportion {
    report.statements.iter().find(|one| one.name == name).unwrap().figures[at].value
}

fn known(value: &str) -> Proportion {
    Proportion::Known { value: Decimal::parse(value).unwrap() }
}

#[test]
fn the_ten_statements_are_figures_of_the_book() {
    let mut rows = a_row_of(100);
    // Somebody who has no policy, on whom a quarter of the cost was spent.
    rows.customers.push(CustomerRow { prospect: true, ..customer(7_000) });
    for (number, (customer, minor)) in
        [(rows.customers[0].id.clone(), 7_500), (id(7_000), 2_500)].into_iter().enumerate()
    {
        let (id, on) = (CostId::new(&format!("K{number}")).unwrap(), day("2025-05-05"));
        rows.costs.push(CostRow { id, customer, policy: None, on, kind: "visit".into(), amount: cny(minor) });
    }
    let assignment = assigned(rows);
    let report = assignment.statements(None, Decimal::parse("90").unwrap(), &everything()).unwrap();
    assert_eq!(report.statements.iter().map(|one| one.number).collect::<Vec<_>>(), (1..=10).collect::<Vec<_>>());
    // 100 + 99 + … + 81 of 5050.
    assert_eq!(figure(&report, StatementName::TopRevenue, 0), known("35.8416"));
    // The cost of 75.00 is the first customer's: (181,000.00 − 75.00) ÷ (505,000.00 − 75.00).
    assert_eq!(figure(&report, StatementName::TopResult, 0), known("35.8321"));
    assert_eq!(figure(&report, StatementName::ExistingRevenue, 0), known("0.0000"));
    assert_eq!(figure(&report, StatementName::SpentOnOthers, 0), known("25.0000"));
    // Scores are the premium of the window less its cost: 90 % of the last A, the first (less the cost), is 90 for the
    // B of 99 to 96; of the last B (96) 86.4 for the C of 95 to 87; of the last C (81) 72.9 for the D of 80 to 73.
    assert_eq!(figure(&report, StatementName::CouldMoveUp, 0), known("21.0000"));
    assert_eq!(report.within_reach.len(), 4 + 9 + 8);
    // One of the D (80) becomes like the average C (88).
    assert_eq!((report.revenue_gain, report.result_gain), (cny(80_000), cny(80_000)));
    assert_eq!(figure(&report, StatementName::TwoPercentUp, 0), known("0.1584"));
    for name in [
        StatementName::ContentMoveUp,
        StatementName::QuietLeave,
        StatementName::CareMovesUp,
        StatementName::OthersMatter,
    ] {
        assert_eq!(figure(&report, name, 0), Proportion::Absent { reason: Absence::NoEarlierState });
        assert!(!name.text().is_empty() && !name.text_zh().is_empty());
    }
}

fn at(rows: BookRows, on: &str) -> Assignment {
    at_with(rows, on, HostFacts::new())
}

fn at_with(rows: BookRows, on: &str, host: HostFacts) -> Assignment {
    let parameters = FactParameters { as_of: day(on), ..parameters() };
    let facts = Facts::of(&book_of(rows)).at(&parameters).unwrap();
    china().assign(facts, host).unwrap()
}

fn measured_by(report: &StatementReport, name: StatementName) -> StatementBasis {
    report.statements.iter().find(|one| one.name == name).unwrap().figures[0].measured_by
}

#[test]
fn who_moved_and_who_left_stands_in_statements_and_moves() {
    let mut rows = a_row_of(10);
    // The last pays most from December on and has a visit; the first complained and is not renewed; the second leaves quietly.
    let mut more = policy(900, 0, "2025-12-01");
    more.customer = rows.customers[9].id.clone();
    more.premium = cny(9_000_000);
    rows.receipts.push(receipt(900, "P900", "2025-12-01", 9_000_000));
    rows.policies.push(more);
    let (id, on, kind) = (CostId::new("K1").unwrap(), day("2025-11-01"), "visit".to_string());
    rows.costs.push(CostRow { id, customer: rows.customers[9].id.clone(), policy: None, on, kind, amount: cny(100) });
    let complaint = ComplaintId::new("M1").unwrap();
    let customer = rows.customers[0].id.clone();
    rows.complaints.push(ComplaintRow { id: complaint, customer, on, kind: "delay".into(), resolved_on: None });
    for gone in [0, 1] {
        rows.policies[gone].end = day("2025-12-15");
    }
    rows.claims.push(claim(1, "P1", "2025-11-20", 900_000, 0));
    let (before, after) = (at(rows.clone(), "2025-10-31"), at(rows.clone(), "2025-12-31"));
    let report = after.statements(Some(&before), Decimal::parse("80").unwrap(), &everything()).unwrap();
    // Nine without a complaint, one of whom moved up (D to C); the one with a complaint fell.
    assert_eq!(figure(&report, StatementName::ContentMoveUp, 0), known("11.1111"));
    assert_eq!(figure(&report, StatementName::ContentMoveUp, 1), known("0.0000"));
    assert_eq!(figure(&report, StatementName::QuietLeave, 0), known("11.1111"));
    assert_eq!(figure(&report, StatementName::QuietLeave, 1), known("100.0000"));
    assert_eq!(figure(&report, StatementName::CareMovesUp, 0), known("100.0000"));
    assert_eq!(figure(&report, StatementName::OthersMatter, 0), known("100.0000"));
    assert_eq!(figure(&report, StatementName::OthersMatter, 1), known("11.1111"));

    for (name, by) in [
        (StatementName::TopRevenue, StatementBasis::WrittenPremium),
        (StatementName::TopResult, StatementBasis::EarnedResult),
        (StatementName::SpentOnOthers, StatementBasis::CostToServe),
        (StatementName::CouldMoveUp, StatementBasis::Score),
        (StatementName::ContentMoveUp, StatementBasis::Complaints),
        (StatementName::QuietLeave, StatementBasis::Complaints),
        (StatementName::OthersMatter, StatementBasis::Claims),
    ] {
        assert_eq!(measured_by(&report, name), by);
    }

    // Where customers were asked, their answers count and nobody else: the last (moved up) and the second (left) are
    // content, the first (left) is not.
    let answers = [(9, true), (1, true), (0, false)].map(|(number, content)| {
        (rows.customers[number].id.clone(), [(SATISFIED.to_string(), Scalar::Boolean(content))].into())
    });
    let asked = at_with(rows.clone(), "2025-12-31", answers.into_iter().collect());
    let report = asked.statements(Some(&before), Decimal::parse("80").unwrap(), &everything()).unwrap();
    assert_eq!(measured_by(&report, StatementName::ContentMoveUp), StatementBasis::Survey);
    assert_eq!(measured_by(&report, StatementName::QuietLeave), StatementBasis::Survey);
    assert_eq!(figure(&report, StatementName::ContentMoveUp, 0), known("50.0000"));
    assert_eq!(figure(&report, StatementName::ContentMoveUp, 1), known("0.0000"));
    assert_eq!(figure(&report, StatementName::QuietLeave, 0), known("50.0000"));
    assert_eq!(figure(&report, StatementName::QuietLeave, 1), known("100.0000"));
    // Who sees none of those who were asked gets what complaints say.
    let unseen = asked.statements(Some(&before), Decimal::parse("80").unwrap(), &of_branch("b2")).unwrap();
    assert_eq!(measured_by(&unseen, StatementName::QuietLeave), StatementBasis::Complaints);

    let model = china();
    let moves = model.moves(&before, &after, &everything()).unwrap();
    let told: Vec<_> =
        moves.moves.iter().map(|one| (one.customer.as_str(), one.segment.as_str(), one.direction)).collect();
    assert_eq!(told, [("C0001", "had_claim", MoveKind::Entered), ("C0001", "poor", MoveKind::Entered)]);
    let because = &moves.moves[0].because[0];
    let values = [&because.before, &because.after].map(|value| value.as_ref().map(ToString::to_string));
    assert_eq!((because.fact.as_str(), values), ("claims", [Some("0".into()), Some("1".into())]));
    let grades: Vec<_> =
        moves.grades.iter().map(|one| (one.customer.as_str(), one.before.as_deref(), one.after.as_deref())).collect();
    assert_eq!(grades, [("C0001", Some("C"), Some("D")), ("C0009", Some("D"), Some("C"))]);
    // The first of ten fills the 20 % with the second; after the last overtook them the second falls.
    let refusal = model.moves(&after, &before, &everything()).unwrap_err();
    assert_eq!(refusal.code().as_str(), "portfolio.states.order");
    let refusal = before.statements(Some(&after), Decimal::parse("80").unwrap(), &everything()).unwrap_err();
    assert_eq!(refusal.code().as_str(), "portfolio.states.order");
    let other = model.moves(&before, &after, &of_branch("b2")).unwrap();
    assert_eq!((other.moves.len(), other.grades.len(), other.withheld.rows), (0, 0, 10));
}
