//! Columns: equal to the readable facts, order statistics equal to sorting, mutants beside.

use std::collections::BTreeMap;

use crm_core::party::PartyId;
use crm_core::portfolio::{column::*, *};
use proptest::{prelude::*, test_runner::TestCaseResult};

use super::{facts::runner, naive::sound, rows::*};

fn epoch(date: crm_core::calendar::Date) -> i32 {
    i32::try_from(date.epoch_days()).unwrap()
}

/// A book as columns: customers and policies by their place.
fn columns_of(rows: &BookRows, as_of: &FactParameters) -> Result<FactColumns, crm_core::refusal::Refusal> {
    let mut rows = sound(rows);
    let known: Vec<PartyId> = rows.customers.iter().map(|row| row.id.clone()).collect();
    rows.policies.retain(|row| known.contains(&row.customer));
    let place: BTreeMap<&PartyId, u32> = rows.customers.iter().zip(0..).map(|(row, at)| (&row.id, at)).collect();
    let number: BTreeMap<&PolicyId, u32> = rows.policies.iter().zip(0..).map(|(row, at)| (&row.id, at)).collect();
    let endorsements: Vec<_> = rows.endorsements.iter().filter(|row| number.contains_key(&row.policy)).collect();
    let receipts: Vec<_> = rows.receipts.iter().filter(|row| number.contains_key(&row.policy)).collect();
    let claims: Vec<_> = rows.claims.iter().filter(|row| number.contains_key(&row.policy)).collect();
    macro_rules! column {
        ($rows:expr, $row:ident => $value:expr) => {
            &$rows.iter().map(|$row| $value).collect::<Vec<_>>()
        };
    }
    fact_columns(
        rows.customers.len(),
        &PolicyColumns {
            customer: column!(rows.policies, row => place[&row.customer]),
            signed_on: column!(rows.policies, row => epoch(row.signed_on)),
            start: column!(rows.policies, row => epoch(row.start)),
            end: column!(rows.policies, row => epoch(row.end)),
            premium: column!(rows.policies, row => row.premium.minor()),
            renews: column!(rows.policies, row => row.renewal_of.is_some()),
        },
        &EndorsementColumns {
            policy: column!(endorsements, row => number[&row.policy]),
            effect: column!(endorsements, row => row.effect),
            effective: column!(endorsements, row => epoch(row.effective)),
            booked: column!(endorsements, row => epoch(row.booked)),
            premium_change: column!(endorsements, row => row.premium_change.minor()),
        },
        &ReceiptColumns {
            policy: column!(receipts, row => number[&row.policy]),
            received_on: column!(receipts, row => epoch(row.received_on)),
            amount: column!(receipts, row => row.amount.minor()),
        },
        &ClaimColumns {
            policy: column!(claims, row => number[&row.policy]),
            occurred: column!(claims, row => epoch(row.occurred)),
            reported: column!(claims, row => epoch(row.reported)),
            paid: column!(claims, row => row.paid.minor()),
            reserve: column!(claims, row => row.reserve.minor()),
            nil: column!(claims, row => row.is_nil_on(as_of.as_of)),
        },
        as_of,
    )
}

type Columns = fn(&BookRows, &FactParameters) -> Result<FactColumns, crm_core::refusal::Refusal>;

fn law_columns_are_the_readable_facts(columns: Columns) -> impl Fn(u64) -> TestCaseResult {
    move |seed| {
        let rows = some_book(seed);
        let facts = facts_of(rows.clone());
        let out = columns(&rows, &parameters()).unwrap();
        let of = |proportion: &Proportion| proportion.value().map_or(NO_RATIO, |value| value.mantissa() as i64);
        for (at, row) in facts.visible(&everything()).rows().iter().enumerate() {
            let wanted = [
                row.policies,
                row.renewals_in_window,
                row.new_in_window,
                row.policies_before_window,
                row.policies_in_force,
                row.policies_cancelled,
                row.premium_written.minor(),
                row.premium_earned.minor(),
                row.premium_earned_in_years.minor(),
                row.premium_collected.minor(),
                row.receivable_open.minor(),
                row.claims,
                row.claims_in_window,
                row.claims_paid.minor(),
                row.claims_incurred.minor(),
                of(&row.loss_ratio_earned),
                row.claims_incurred_in_years.minor(),
                of(&row.loss_ratio_years),
                of(&row.loss_ratio_collected),
                row.cover_years,
                row.clean_years,
            ];
            let found = [
                out.policies[at],
                out.renewals_in_window[at],
                out.new_in_window[at],
                out.policies_before_window[at],
                out.policies_in_force[at],
                out.policies_cancelled[at],
                out.premium_written[at],
                out.premium_earned[at],
                out.premium_earned_in_years[at],
                out.premium_collected[at],
                out.receivable_open[at],
                out.claims[at],
                out.claims_in_window[at],
                out.claims_paid[at],
                out.claims_incurred[at],
                out.loss_ratio_earned[at],
                out.claims_incurred_in_years[at],
                out.loss_ratio_years[at],
                out.loss_ratio_collected[at],
                out.cover_years[at],
                out.clean_years[at],
            ];
            prop_assert_eq!(found, wanted);
        }
        Ok(())
    }
}

#[test]
fn columns_are_the_readable_facts() {
    runner().run(&any::<u64>(), law_columns_are_the_readable_facts(columns_of)).unwrap();
}

#[test]
fn columns_are_the_readable_facts_catches_wrong_columns() {
    let mutants: [Columns; 2] = [
        // Counts the day of the review as still to come.
        |rows, parameters| {
            let mut out = columns_of(rows, parameters)?;
            let early = FactParameters { as_of: parameters.as_of.plus_days(-1).unwrap(), ..*parameters };
            out.premium_earned = columns_of(rows, &early)?.premium_earned;
            Ok(out)
        },
        // Takes any stop in cover for none.
        |rows, parameters| columns_of(rows, &FactParameters { cover_gap_days: 100_000, ..*parameters }),
    ];
    for mutant in mutants {
        assert!(runner().run(&any::<u64>(), law_columns_are_the_readable_facts(mutant)).is_err());
    }
}

type Groups = fn(&BookRows) -> Vec<GroupColumn>;

fn groups_of_columns(rows: &BookRows) -> Vec<GroupColumn> {
    let customers = sound(rows).customers;
    let marks = |of: fn(&CustomerRow) -> bool| customers.iter().map(of).collect::<Vec<_>>();
    let (prospect, blacklisted) = (marks(|row| row.prospect), marks(|row| row.blacklisted));
    let standing = marks(|row| row.standing);
    let known = CustomerColumns { prospect: &prospect, blacklisted: &blacklisted, standing: &standing };
    china().group_columns(&columns_of(rows, &parameters()).unwrap(), &known, as_of()).unwrap()
}

/// Every group of the model over columns is that of the model over rows; where columns don't say, they say so. The five
/// groups of customers (new, renewed, prospect, claim, blacklist) are said by them always.
fn law_groups_of_columns_are_those_of_rows(groups: Groups) -> impl Fn(u64) -> TestCaseResult {
    move |seed| {
        let rows = some_book(seed);
        let assignment = china().assign(facts_of(rows.clone()), HostFacts::new()).unwrap();
        for (index, column) in groups(&rows).iter().enumerate() {
            for (row, mark) in assignment.visible(&everything()).rows().iter().zip(&column.marks) {
                let name = &column.segment;
                let wanted = match (row.segments.contains(name), row.undecided.contains_key(name)) {
                    (true, _) => GroupMark::IN,
                    (_, true) => GroupMark::UNDECIDED,
                    _ => GroupMark::OUT,
                };
                prop_assert!(*mark == wanted || (index >= 5 && *mark == GroupMark::UNDECIDED), "{}", name);
            }
        }
        Ok(())
    }
}

#[test]
fn groups_of_columns_are_those_of_rows() {
    runner().run(&any::<u64>(), law_groups_of_columns_are_those_of_rows(groups_of_columns)).unwrap();
    let mutants: [Groups; 2] = [
        // One policy is a new customer, several are a renewal, and a claim counts in the window only.
        |rows| {
            let mut out = groups_of_columns(rows);
            let facts = columns_of(rows, &parameters()).unwrap();
            out[0].marks = facts.policies.iter().map(|count| u8::from(*count == 1)).collect();
            out[1].marks = facts.policies.iter().map(|count| u8::from(*count > 1)).collect();
            out[3].marks = facts.claims_in_window.iter().map(|count| u8::from(*count > 0)).collect();
            out
        },
        // Whoever can't be told is in.
        |rows| {
            let mut out = groups_of_columns(rows);
            out.iter_mut().flat_map(|column| &mut column.marks).for_each(|mark| *mark = (*mark).min(1));
            out
        },
    ];
    for mutant in mutants {
        assert!(runner().run(&any::<u64>(), law_groups_of_columns_are_those_of_rows(mutant)).is_err());
    }
    let refused = china().group_columns(
        &FactColumns::default(),
        &CustomerColumns { prospect: &[true], blacklisted: &[], standing: &[] },
        as_of(),
    );
    assert_eq!(refused.unwrap_err().code().as_str(), "portfolio.columns.length");
}

type AtRanks = fn(&[i64], &[usize]) -> Vec<Option<(i64, u32)>>;

fn law_ranks_are_those_of_sorting(find: AtRanks) -> impl Fn((Vec<i64>, Vec<usize>)) -> TestCaseResult {
    move |(keys, ranks)| {
        let mut sorted: Vec<(i64, u32)> = keys.iter().copied().zip(0..).filter(|(key, _)| *key != i64::MIN).collect();
        sorted.sort_unstable();
        let wanted: Vec<_> = ranks.iter().map(|rank| sorted.get(*rank).copied()).collect();
        prop_assert_eq!(find(&keys, &ranks), wanted);
        Ok(())
    }
}

fn keys_and_ranks() -> impl Strategy<Value = (Vec<i64>, Vec<usize>)> {
    let key =
        prop_oneof![-5..5_i64, -200_000..200_000_i64, any::<i64>(), Just(i64::MIN), Just(i64::MAX), Just(i64::MIN + 1)];
    let near = prop_oneof![-5..5_i64, Just(i64::MIN)];
    let keys = prop_oneof![prop::collection::vec(key, 0..60), prop::collection::vec(near, 0..60)];
    (keys, prop::collection::vec(0..70_usize, 0..6))
}

#[test]
fn ranks_are_those_of_sorting() {
    runner().run(&keys_and_ranks(), law_ranks_are_those_of_sorting(at_ranks)).unwrap();
    let mutant: AtRanks = |keys, ranks| {
        // Among equals the last comes first.
        let mut sorted: Vec<(i64, u32)> = keys.iter().copied().zip(0..).filter(|(key, _)| *key != i64::MIN).collect();
        sorted.sort_by_key(|(key, number)| (*key, u32::MAX - number));
        ranks.iter().map(|rank| sorted.get(*rank).copied()).collect()
    };
    assert!(runner().run(&keys_and_ranks(), law_ranks_are_those_of_sorting(mutant)).is_err());
}

/// Customers with the rows of their policies and claims.
type Sales = (Vec<bool>, Vec<(u32, i32, i64)>, Vec<(u32, i32, i64)>);

fn some_sales() -> impl Strategy<Value = Sales> {
    (1..30_u32).prop_flat_map(|customers| {
        let row = (0..customers, 15_000..20_453_i32, 0..5_000_i64);
        (
            prop::collection::vec(any::<bool>(), customers as usize),
            prop::collection::vec(row.clone(), 0..60),
            prop::collection::vec(row, 0..20),
        )
    })
}

fn segmented((blacklisted, sales, losses): &Sales) -> SegmentColumns {
    let (a, b): (Vec<u32>, Vec<(i32, i64)>) = sales.iter().map(|row| (row.0, (row.1, row.2))).unzip();
    let (c, d): (Vec<u32>, Vec<(i32, i64)>) = losses.iter().map(|row| (row.0, (row.1, row.2))).unzip();
    let (start, collected): (Vec<i32>, Vec<i64>) = b.into_iter().unzip();
    let (occurred, paid): (Vec<i32>, Vec<i64>) = d.into_iter().unzip();
    let sales = SaleColumns { customer: &a, start: &start, collected: &collected };
    let losses = LossColumns { customer: &c, occurred: &occurred, paid: &paid };
    segment_columns(blacklisted, &sales, &losses, 20_453, 20_088, &[1, 4, 15]).unwrap()
}

/// The same with sorts and filters.
fn segmented_plainly((blacklisted, sales, losses): &Sales) -> SegmentColumns {
    let count = blacklisted.len();
    let mut out = SegmentColumns::default();
    let mut keys = Vec::new();
    for number in 0..count as u32 {
        let own: Vec<_> = sales.iter().filter(|row| row.0 == number).collect();
        let lost: Vec<_> = losses.iter().filter(|row| row.0 == number).collect();
        let (collected, paid): (i64, i64) = (own.iter().map(|row| row.2).sum(), lost.iter().map(|row| row.2).sum());
        let recent = lost.iter().filter(|row| row.1 > 20_088).count() as i32;
        let years = |from: i32| {
            let date = |day: i32| crm_core::calendar::Date::from_epoch_days(day.into()).unwrap();
            (0..200)
                .take_while(|years| {
                    let on = date(from).plus_months((years + 1) * 12, crm_core::calendar::EndOfMonth::Clamp).unwrap();
                    on <= date(20_453)
                })
                .count() as i32
        };
        let first = own.iter().map(|row| row.1).min();
        let last_claim = lost.iter().map(|row| row.1).max();
        out.collected.push(collected);
        out.paid.push(paid);
        out.loss_ratio.push(if collected > 0 { (2 * paid * 10_000 + collected) / (2 * collected) } else { NO_RATIO });
        out.claims_in_window.push(recent);
        out.tenure_years.push(first.map_or(0, years));
        out.claim_free_years.push(first.map_or(0, |first| years(last_claim.map_or(first, |claim| claim.max(first)))));
        let by_policies = [ActivityBits::NO_POLICY, ActivityBits::ONE_POLICY, ActivityBits::SEVERAL_POLICIES];
        let lost = if recent > 0 { ActivityBits::LOSS_IN_WINDOW } else { 0 };
        let black = if blacklisted[number as usize] { ActivityBits::BLACKLISTED } else { 0 };
        out.activity.push(by_policies[own.len().min(2)] | lost | black);
        let last = own.iter().map(|row| row.1).max();
        keys.push((last, own.len(), collected));
    }
    let fifth = |key: &dyn Fn(usize) -> i64| {
        let mut having: Vec<usize> = (0..count).filter(|at| keys[*at].1 > 0).collect();
        having.sort_by_key(|at| (key(*at), *at));
        let mut labels = vec![0_u8; count];
        let (small, more) = (having.len() / 5, having.len() % 5);
        let mut members = having.into_iter();
        for label in 1..=5_u8 {
            let size = small + usize::from(usize::from(label) <= more);
            members.by_ref().take(size).for_each(|at| labels[at] = label);
        }
        labels
    };
    out.recency = fifth(&|at| i64::from(keys[at].0.unwrap()));
    out.frequency = fifth(&|at| keys[at].1 as i64);
    out.monetary = fifth(&|at| keys[at].2);
    let mut order: Vec<usize> = (0..count).collect();
    order.sort_by_key(|at| (-keys[*at].2, *at));
    out.band = vec![0; count];
    for (index, at) in order.into_iter().enumerate() {
        let places = (index + 1) * 100;
        out.band[at] = [1, 5, 20].iter().filter(|share| places > *share * count).count() as u8;
    }
    out
}

#[test]
fn segments_of_columns_are_those_of_sorting() {
    let law = |mutate: fn(&mut SegmentColumns)| {
        move |sales: Sales| {
            let mut found = segmented(&sales);
            mutate(&mut found);
            prop_assert_eq!(found, segmented_plainly(&sales));
            Ok(())
        }
    };
    runner().run(&some_sales(), law(|_| {})).unwrap();
    let mutant: fn(&mut SegmentColumns) = |out| out.band.iter_mut().for_each(|band| *band = (*band).max(1));
    // With a hundred customers and more somebody is in the top band.
    let many = some_sales().prop_map(|(mut blacklisted, sales, losses)| {
        blacklisted.resize(120, false);
        (blacklisted, sales, losses)
    });
    runner().run(&many, law(|_| {})).unwrap();
    assert!(runner().run(&many, law(mutant)).is_err());
}

#[test]
fn wrong_columns_are_refused() {
    let sales = |customer: &'static [u32]| SaleColumns { customer, start: &[0, 0], collected: &[i64::MAX, 1] };
    let none = LossColumns { customer: &[], occurred: &[], paid: &[] };
    let refused = |sales, losses| segment_columns(&[false], &sales, &losses, 0, 0, &[]).unwrap_err();
    assert_eq!(refused(sales(&[0]), none).code().as_str(), "portfolio.columns.length");
    let refusal = refused(sales(&[0, 1]), none);
    assert_eq!(refusal.code().as_str(), "portfolio.columns.customer");
    assert_eq!(refusal.params()[0].1.to_string(), "1");
    assert_eq!(refused(sales(&[0, 0]), none).code().as_str(), "money.amount.range");
    let lost = LossColumns { customer: &[7], occurred: &[0], paid: &[0] };
    assert_eq!(
        refused(SaleColumns { customer: &[], start: &[], collected: &[] }, lost).code().as_str(),
        "portfolio.columns.customer"
    );
    // Nobody at all is no fault.
    let empty = SaleColumns { customer: &[], start: &[], collected: &[] };
    assert_eq!(segment_columns(&[], &empty, &none, 0, 0, &[1, 99]).unwrap(), SegmentColumns::default());
}
