//! Facts: laws 3, 6 and 7, an independent count, and what each figure comes from.

use std::collections::BTreeMap;

use crm_core::{
    party::PartyId,
    portfolio::*,
    rulebook::{RuleSet, RuleSetSpec},
    wire,
};
use proptest::{
    prelude::*,
    test_runner::{Config, TestCaseResult, TestRunner},
};

use super::{
    naive::{Figures, figures},
    rows::*,
};

pub fn runner() -> TestRunner {
    TestRunner::new(Config { failure_persistence: None, ..Config::default() })
}

/// The figures of a customer as numbers, in the form of the independent count.
fn numbers(facts: &CustomerFacts) -> Figures {
    let json: BTreeMap<String, serde_json::Value> = serde_json::from_str(&wire::to_json(facts).unwrap()).unwrap();
    let mut out = Figures::new();
    for name in figures(&BookRows { customers: vec![customer(0)], ..BookRows::default() }, &id(0), &parameters()).keys()
    {
        let digits = |text: &serde_json::Value| text.as_str().unwrap().replace('.', "").parse::<i128>().unwrap();
        let number = match &json[*name] {
            serde_json::Value::Null => None,
            serde_json::Value::Number(number) => Some(i128::from(number.as_i64().unwrap())),
            serde_json::Value::String(date) => Some(i128::from(day(date).epoch_days())),
            object if object.get("amount").is_some() => Some(digits(&object["amount"])),
            object if object.get("known").is_some() => Some(digits(&object["known"]["value"])),
            _ => None,
        };
        out.insert(name, number);
    }
    out
}

type Count = fn(&BookRows, &PartyId, &FactParameters) -> Figures;

fn law_facts_are_what_counting_again_gives(count: Count) -> impl Fn(u64) -> TestCaseResult {
    move |seed| {
        let rows = some_book(seed);
        let facts = facts_of(rows.clone());
        for row in facts.visible(&everything()).rows() {
            prop_assert_eq!(numbers(row), count(&rows, &row.customer, &parameters()));
        }
        Ok(())
    }
}

#[test]
fn facts_are_what_counting_again_gives() {
    runner().run(&any::<u64>(), law_facts_are_what_counting_again_gives(figures)).unwrap();
}

#[test]
fn facts_are_what_counting_again_gives_catches_wrong_counts() {
    let mutants: [Count; 8] = [
        // Earned without the day of the review.
        |rows, of, parameters| {
            let mut wrong = figures(rows, of, parameters);
            let mut early = *parameters;
            early.as_of = parameters.as_of.plus_days(-1).unwrap();
            wrong.insert("premium_earned", figures(rows, of, &early)["premium_earned"]);
            wrong
        },
        // A ratio of nothing is 0.
        |rows, of, parameters| {
            let mut wrong = figures(rows, of, parameters);
            for name in ["loss_ratio_earned", "loss_ratio_collected", "growth"] {
                let figure = wrong[name].unwrap_or(0);
                wrong.insert(name, Some(figure));
            }
            wrong
        },
        // Clean years run on through any stop in cover.
        |rows, of, parameters| {
            let mut wrong = figures(rows, of, parameters);
            let patient = FactParameters { cover_gap_days: 100_000, ..*parameters };
            wrong.insert("clean_years", figures(rows, of, &patient)["clean_years"]);
            wrong
        },
        // One policy that is overpaid pays for another.
        |rows, of, parameters| {
            let mut wrong = figures(rows, of, parameters);
            let open = wrong["premium_written"].unwrap() - wrong["premium_collected"].unwrap();
            wrong.insert("receivable_open", Some(open.max(0)));
            wrong
        },
        // A cancelled policy gives cover to its end.
        |rows, of, parameters| {
            let mut rows = rows.clone();
            rows.endorsements.iter_mut().for_each(|row| row.effect = EndorsementEffect::Change);
            figures(&rows, of, parameters)
        },
        // An endorsement is known from the day of its effect on.
        |rows, of, parameters| {
            let mut early = rows.clone();
            early.endorsements.iter_mut().for_each(|row| row.booked = row.booked.min(row.effective));
            figures(&early, of, parameters)
        },
        // A claim counts on whatever day the loss occurred.
        |rows, of, parameters| {
            let mut wrong = figures(rows, of, parameters);
            let held = rows.policies.iter().filter(|row| row.customer == *of && row.signed_on <= parameters.as_of);
            let held: Vec<_> = held.map(|row| &row.id).collect();
            let known = super::naive::sound(rows).claims;
            let reported = known.iter().filter(|row| held.contains(&&row.policy) && row.reported <= parameters.as_of);
            let counts = reported.filter(|row| !row.is_nil_on(parameters.as_of));
            wrong.insert("claims", Some(counts.count() as i128));
            wrong
        },
        // Commission is a cost to serve too.
        |rows, of, parameters| {
            let mut wrong = figures(rows, of, parameters);
            let both = wrong["cost_to_serve"].zip(wrong["commission"]).map(|(cost, commission)| cost + commission);
            wrong.insert("cost_to_serve", both);
            wrong
        },
    ];
    for mutant in mutants {
        assert!(runner().run(&any::<u64>(), law_facts_are_what_counting_again_gives(mutant)).is_err());
    }
}

#[test]
fn earned_and_unearned_are_written() {
    let law = |seed: u64| {
        for row in facts_of(some_book(seed)).visible(&everything()).rows() {
            prop_assert_eq!(row.premium_earned.plus(row.premium_unearned).unwrap(), row.premium_written);
        }
        Ok(())
    };
    runner().run(&any::<u64>(), law).unwrap();
}

/// Splits rows by customer into parts; what leads nowhere goes to the last.
fn split(rows: &BookRows, parts: u64, seed: u64) -> Vec<BookRows> {
    let mut out = vec![BookRows::default(); parts as usize];
    let part_of = |customer: &PartyId| {
        let digits: u64 = customer.as_str().trim_start_matches('C').parse().unwrap();
        (Seeded(seed ^ (digits << 3)).below(parts as i64)) as usize
    };
    let policy_part: BTreeMap<&PolicyId, usize> =
        rows.policies.iter().map(|row| (&row.id, part_of(&row.customer))).collect();
    let by_policy = |id: &PolicyId| policy_part.get(id).copied().unwrap_or(parts as usize - 1);
    rows.customers.iter().for_each(|row| out[part_of(&row.id)].customers.push(row.clone()));
    rows.policies.iter().for_each(|row| out[part_of(&row.customer)].policies.push(row.clone()));
    rows.endorsements.iter().for_each(|row| out[by_policy(&row.policy)].endorsements.push(row.clone()));
    rows.receipts.iter().for_each(|row| out[by_policy(&row.policy)].receipts.push(row.clone()));
    rows.claims.iter().for_each(|row| out[by_policy(&row.policy)].claims.push(row.clone()));
    rows.costs.iter().for_each(|row| out[part_of(&row.customer)].costs.push(row.clone()));
    rows.complaints.iter().for_each(|row| out[part_of(&row.customer)].complaints.push(row.clone()));
    out
}

/// A renewal by somebody else's policy crosses parts; the law speaks of books in which it doesn't.
fn without_renewals_across(mut rows: BookRows) -> BookRows {
    let holder: BTreeMap<PolicyId, PartyId> =
        rows.policies.iter().map(|row| (row.id.clone(), row.customer.clone())).collect();
    for row in &mut rows.policies {
        if row.renewal_of.as_ref().is_some_and(|before| holder.get(before) != Some(&row.customer)) {
            row.renewal_of = None;
        }
    }
    rows
}

type Merge = fn(Vec<Facts>) -> Facts;

fn merged(parts: Vec<Facts>) -> Facts {
    let mut parts = parts.into_iter();
    let mut whole = parts.next().unwrap();
    parts.for_each(|part| whole.merge(part).unwrap());
    whole
}

fn law_the_parts_make_the_whole(merge: Merge) -> impl Fn((u64, u64)) -> TestCaseResult {
    move |(seed, how)| {
        let rows = without_renewals_across(some_book(seed));
        let mut parts: Vec<Facts> = split(&rows, 4, how).into_iter().map(facts_of).collect();
        let first = (how % 4) as usize;
        parts.rotate_left(first);
        prop_assert_eq!(merge(parts), facts_of(rows.clone()));
        // Books merge too, before anything is measured.
        let mut books = split(&rows, 3, how ^ 7).into_iter().map(book_of);
        let mut book = books.next().unwrap();
        books.for_each(|part| book.merge(part).unwrap());
        prop_assert_eq!(Facts::of(&book).at(&parameters()).unwrap(), facts_of(rows));
        Ok(())
    }
}

#[test]
fn the_parts_make_the_whole() {
    runner().run(&any::<(u64, u64)>(), law_the_parts_make_the_whole(merged)).unwrap();
}

#[test]
fn the_parts_make_the_whole_catches_a_lost_part() {
    let mutant: Merge = |mut parts| {
        parts.pop();
        merged(parts)
    };
    assert!(runner().run(&any::<(u64, u64)>(), law_the_parts_make_the_whole(mutant)).is_err());
}

fn law_once_is_enough(load: fn(&mut CustomerBook, BookRows)) -> impl Fn(u64) -> TestCaseResult {
    move |seed| {
        let rows = some_book(seed);
        let mut once = book_of(rows.clone());
        let before = Facts::of(&once).at(&parameters()).unwrap();
        load(&mut once, rows.clone());
        let after = Facts::of(&once).at(&parameters()).unwrap();
        let rows_of = |facts: &Facts| facts.visible(&everything()).into_rows().into_iter().cloned().collect::<Vec<_>>();
        prop_assert_eq!(rows_of(&before), rows_of(&after));
        prop_assert_eq!(before.used(), after.used());
        Ok(())
    }
}

#[test]
fn once_is_enough() {
    runner().run(&any::<u64>(), law_once_is_enough(|book, rows| drop(book.load(rows)))).unwrap();
}

#[test]
fn once_is_enough_catches_new_numbers() {
    // Numbers receipts anew instead of keeping the host's.
    let mutant = |book: &mut CustomerBook, mut rows: BookRows| {
        for row in &mut rows.receipts {
            row.id = ReceiptId::new(&format!("again-{}", row.id.as_str())).unwrap();
        }
        drop(book.load(rows));
    };
    assert!(runner().run(&any::<u64>(), law_once_is_enough(mutant)).is_err());
    // Books an endorsement once more on the next day.
    let mutant = |book: &mut CustomerBook, mut rows: BookRows| {
        for row in &mut rows.endorsements {
            row.id = EndorsementId::new(&format!("again-{}", row.id.as_str())).unwrap();
            row.booked = row.booked.plus_days(1).unwrap();
        }
        drop(book.load(rows));
    };
    assert!(runner().run(&any::<u64>(), law_once_is_enough(mutant)).is_err());
}

fn law_the_order_of_rows_makes_no_difference(turn: fn(&mut BookRows)) -> impl Fn(u64) -> TestCaseResult {
    move |seed| {
        let rows = some_book(seed);
        let mut turned = rows.clone();
        turn(&mut turned);
        prop_assert_eq!(facts_of(turned), facts_of(rows));
        Ok(())
    }
}

#[test]
fn the_order_of_rows_makes_no_difference() {
    let turn = |rows: &mut BookRows| {
        rows.policies.reverse();
        rows.receipts.reverse();
        rows.claims.reverse();
        rows.endorsements.reverse();
        rows.costs.reverse();
    };
    runner().run(&any::<u64>(), law_the_order_of_rows_makes_no_difference(turn)).unwrap();
    let mutant = |rows: &mut BookRows| _ = rows.receipts.pop();
    assert!(runner().run(&any::<u64>(), law_the_order_of_rows_makes_no_difference(mutant)).is_err());
}

#[test]
fn rows_used_and_left_out_are_all_rows() {
    let law = |seed: u64| {
        let rows = some_book(seed);
        let tables = [
            (BookTable::Customers, rows.customers.len()),
            (BookTable::Policies, rows.policies.len()),
            (BookTable::Endorsements, rows.endorsements.len()),
            (BookTable::Receipts, rows.receipts.len()),
            (BookTable::Claims, rows.claims.len()),
            (BookTable::Costs, rows.costs.len()),
            (BookTable::Complaints, rows.complaints.len()),
        ];
        let facts = facts_of(rows);
        for (table, rows) in tables {
            let left_out: i64 = facts.left_out().get(&table).map_or(0, |codes| codes.values().sum());
            prop_assert_eq!(facts.used()[&table] + left_out, rows as i64, "{:?}", table);
        }
        Ok(())
    };
    runner().run(&any::<u64>(), law).unwrap();
}

fn law_rows_behind_add_up(terms: fn(&FactBasis) -> Vec<BasisTerm>) -> impl Fn(u64) -> TestCaseResult {
    move |seed| {
        let book = book_of(some_book(seed));
        let source = Facts::of(&book);
        let facts = source.at(&parameters()).unwrap();
        let viewer = everything();
        for row in facts.visible(&viewer).rows() {
            for (name, figure) in numbers(row) {
                let dated =
                    ["years_as_customer", "clean_years", "cover_years", "first_start", "last_end"].contains(&name);
                let Some(basis) = source.explain(&viewer, &row.customer, name, &parameters()).ok().flatten() else {
                    prop_assert!(false, "{} is not explained", name);
                    return Ok(());
                };
                let terms = terms(&basis);
                let below: i128 = sum(&terms, &[TermRole::Below]);
                let top = sum(&terms, &[TermRole::Plus]) - sum(&terms, &[TermRole::Minus]);
                let is_ratio = terms.iter().any(|term| term.role == TermRole::Below);
                let no_day = ["first_start", "last_end", "premium_growth"].contains(&name);
                prop_assert_eq!(is_ratio && below <= 0, figure.is_none() && !no_day, "{}", name);
                if !is_ratio && !dated && figure.is_some() {
                    prop_assert_eq!(Some(top), figure, "{}", name);
                }
            }
        }
        Ok(())
    }
}

fn sum(terms: &[BasisTerm], roles: &[TermRole]) -> i128 {
    let of = terms.iter().filter(|term| roles.contains(&term.role));
    of.flat_map(|term| &term.rows).map(|row| i128::from(row.adds)).sum()
}

#[test]
fn rows_behind_add_up() {
    let law = law_rows_behind_add_up(|basis| basis.terms.clone());
    runner().run(&any::<u64>().prop_filter("known since", known_since), law).unwrap();
}

/// Whether everybody is known on the day of the review; who is not has no number of years, which no row explains.
fn known_since(seed: &u64) -> bool {
    some_book(*seed).customers.iter().all(|row| row.since <= as_of())
}

#[test]
fn rows_behind_add_up_catches_a_lost_row() {
    let mutant = |basis: &FactBasis| {
        let mut terms = basis.terms.clone();
        terms.iter_mut().for_each(|term| drop(term.rows.pop()));
        terms
    };
    let law = law_rows_behind_add_up(mutant);
    assert!(runner().run(&any::<u64>().prop_filter("known since", known_since), law).is_err());
}

#[test]
fn every_fact_can_stand_in_a_condition() {
    let facts = fact_catalogue(crm_core::money::Currency::CNY);
    let (parameters, rules) = (vec![], vec![]);
    let spec = RuleSetSpec { name: "facts".into(), facts, parameters, rules, checked_until: None, cases: None };
    RuleSet::load(&spec).unwrap();
    let facts = spec.facts;
    for fact in &facts {
        assert!(!fact.meaning.is_empty() && !fact.meaning_zh.is_empty(), "{}", fact.name);
    }
    // Every figure of the wire type that is no name of anybody is in the catalogue.
    let json = wire::to_json(
        facts_of(BookRows { customers: vec![customer(0)], ..BookRows::default() }).visible(&everything()).rows()[0],
    )
    .unwrap();
    let fields: BTreeMap<String, serde_json::Value> = serde_json::from_str(&json).unwrap();
    for name in fields.keys().filter(|name| !["customer", "owner"].contains(&name.as_str())) {
        assert!(facts.iter().any(|fact| fact.name == *name), "{name}");
    }
}

#[test]
fn profit_adds_up() {
    let law = |seed: u64| {
        let book = book_of(some_book(seed));
        let source = Facts::of(&book);
        let facts = source.at(&parameters()).unwrap();
        let viewer = everything();
        for basis in [ProfitBasis::Earned, ProfitBasis::Collected] {
            let report = facts.profit(&viewer, basis).unwrap();
            let minor = |parts: &ProfitParts| {
                [parts.premium, parts.claims, parts.commission, parts.cost, parts.result].map(|part| part.minor())
            };
            let mut sums = [0; 5];
            for row in &report.rows {
                let [premium, claims, commission, cost, result] = minor(&row.parts);
                prop_assert_eq!(premium - claims - commission - cost, result);
                sums.iter_mut().zip(minor(&row.parts)).for_each(|(sum, part)| *sum += part);
                let whole = source.profit(&viewer, &row.customer, basis, &parameters()).unwrap().unwrap();
                prop_assert_eq!(whole.total, row.parts);
                let minor_of = |part: &Contribution| {
                    [part.premium, part.claims, part.commission, part.cost, part.contribution].map(|part| part.minor())
                };
                for parts in [&whole.by_line, &whole.by_year] {
                    let mut sums = minor_of(&whole.unallocated);
                    parts.values().for_each(|part| {
                        sums.iter_mut().zip(minor_of(part)).for_each(|(sum, part)| *sum += part);
                    });
                    prop_assert_eq!(sums, minor(&row.parts));
                }
            }
            prop_assert_eq!(sums, minor(&report.total));
            for key in [ProfitKey::Policy, ProfitKey::Vehicle, ProfitKey::Handler, ProfitKey::Agent] {
                let parted = source.profit_by(&viewer, key, basis, &parameters()).unwrap();
                let mut sums = minor(&parted.unallocated);
                for row in &parted.rows {
                    sums.iter_mut().zip(minor(&row.parts)).for_each(|(sum, part)| *sum += part);
                }
                prop_assert_eq!(sums, minor(&parted.total));
                prop_assert_eq!(parted.total, report.total);
            }
        }
        Ok(())
    };
    runner().run(&any::<u64>(), law).unwrap();
}

/// Commission stands apart from the cost to serve and is taken off once, whichever way the result is asked for.
#[test]
fn commission_is_counted_once() {
    let cost = |number: i64, kind: &str, minor: i64| CostRow {
        id: CostId::new(&format!("K{number}")).unwrap(),
        customer: id(0),
        policy: None,
        on: day("2025-03-01"),
        kind: kind.into(),
        amount: cny(minor),
    };
    let rows = BookRows {
        customers: vec![customer(0)],
        policies: vec![policy(0, 0, "2025-01-01")],
        receipts: vec![receipt(0, "P0", "2025-01-01", 365_000)],
        costs: vec![cost(0, CostRow::COMMISSION, 50_000), cost(1, "acquisition", 7_000), cost(2, "commission", -1_000)],
        ..BookRows::default()
    };
    let book = book_of(rows);
    let source = Facts::of(&book);
    let facts = source.at(&parameters()).unwrap();
    let row = facts.customer(&everything(), &id(0)).unwrap();
    assert_eq!((row.commission, row.cost_to_serve), (cny(49_000), cny(7_000)));
    assert_eq!((row.result_earned, row.result_collected), (cny(309_000), cny(309_000)));
    let wanted = ProfitParts {
        premium: cny(365_000),
        claims: cny(0),
        commission: cny(49_000),
        cost: cny(7_000),
        result: cny(309_000),
    };
    for basis in [ProfitBasis::Earned, ProfitBasis::Collected] {
        assert_eq!(facts.profit(&everything(), basis).unwrap().total, wanted);
        let whole = source.profit(&everything(), &id(0), basis, &parameters()).unwrap().unwrap();
        assert_eq!(whole.total, wanted);
        // Booked for the customer: no line has a part of it.
        let motor = whole.by_line["motor"];
        assert_eq!((motor.commission, motor.contribution), (cny(0), cny(365_000)));
        assert_eq!((whole.unallocated.commission, whole.unallocated.contribution), (cny(49_000), cny(-56_000)));
    }
}

/// A term of a basis is an amount or a number, and says its sum.
#[test]
fn a_basis_says_its_sums() {
    let rows = BookRows {
        customers: vec![customer(0)],
        policies: vec![policy(0, 0, "2025-01-01")],
        receipts: vec![receipt(0, "P0", "2025-01-02", 365_000)],
        claims: vec![claim(0, "P0", "2025-06-01", 50_000, 23_000)],
        ..BookRows::default()
    };
    let book = book_of(rows);
    let source = Facts::of(&book);
    let basis = source.explain(&everything(), &id(0), "loss_ratio_earned", &parameters()).unwrap().unwrap();
    let told: Vec<_> = basis.terms.iter().map(|term| (term.role, term.term, term.amount)).collect();
    assert_eq!(
        told,
        [
            (TermRole::Plus, FactTerm::Paid, Some(cny(50_000))),
            (TermRole::Plus, FactTerm::Outstanding, Some(cny(23_000))),
            (TermRole::Below, FactTerm::Earned, Some(cny(365_000))),
        ]
    );
    assert_eq!(basis.terms[0].rows[0].id, "L0");
    let facts = source.at(&parameters()).unwrap();
    let ratio = facts.customer(&everything(), &id(0)).unwrap().loss_ratio_earned;
    assert_eq!(ratio.value().unwrap().to_string(), "20.0000");
    let refusal = source.explain(&everything(), &id(0), "luck", &parameters()).unwrap_err();
    assert_eq!((refusal.code().as_str(), refusal.path().as_str()), ("rulebook.fact.unknown", "/fact"));
    assert!(source.explain(&of_branch("b2"), &id(0), "claims", &parameters()).unwrap().is_none());
}
