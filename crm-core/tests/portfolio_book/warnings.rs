//! Early warnings: hysteresis, acknowledgement, and a naive watcher beside them.

use crm_core::{portfolio::*, wire};
use proptest::{prelude::*, test_runner::TestCaseResult};

use super::{facts::runner, rows::*};

/// A customer with one policy and so many claims in the window.
fn with_claims(claims: i64) -> BookRows {
    let mut rows = BookRows { customers: vec![customer(0)], ..BookRows::default() };
    let mut one = policy(0, 0, "2025-01-01");
    one.end = day("2030-01-01");
    one.premium = cny(100_000_000);
    rows.receipts.push(receipt(0, "P0", "2025-01-01", one.premium.minor()));
    rows.policies.push(one);
    for number in 0..claims {
        rows.claims.push(claim(number, "P0", "2025-06-01", 100, 0));
    }
    rows
}

fn on(rows: BookRows, date: crm_core::calendar::Date) -> Assignment {
    let parameters = FactParameters { as_of: date, ..parameters() };
    let facts = Facts::of(&book_of(rows)).at(&parameters).unwrap();
    china().assign(facts, HostFacts::new()).unwrap()
}

type Review = fn(&WarningList, &Assignment) -> WarningList;

fn review(list: &WarningList, assignment: &Assignment) -> WarningList {
    china().review(list, assignment).unwrap().list
}

/// Day by day: raised at 3 claims, cleared below 2, unchanged in between.
fn law_warnings_do_not_flicker(review: Review) -> impl Fn(Vec<i64>) -> TestCaseResult {
    move |claims| {
        let mut list = WarningList::default();
        let mut stands: Option<crm_core::calendar::Date> = None;
        for (index, claims) in claims.into_iter().enumerate() {
            let today = day("2025-07-01").plus_days(index as i64).unwrap();
            if claims >= 3 {
                stands = stands.or(Some(today));
            } else if claims < 2 {
                stands = None;
            }
            list = review(&list, &on(with_claims(claims), today));
            prop_assert_eq!(list.raised.first().map(|raised| raised.raised_on), stands);
            prop_assert!(list.raised.len() <= 1);
        }
        Ok(())
    }
}

#[test]
fn warnings_do_not_flicker() {
    let days = prop::collection::vec(0..5_i64, 1..8);
    runner().run(&days, law_warnings_do_not_flicker(review)).unwrap();
    let mutant: Review = |_, assignment| review(&WarningList::default(), assignment);
    assert!(runner().run(&days, law_warnings_do_not_flicker(mutant)).is_err());
}

#[test]
fn the_same_review_twice_changes_nothing() {
    let law = |seed: u64| {
        let assignment = on(some_book(seed), as_of());
        let once = review(&WarningList::default(), &assignment);
        prop_assert_eq!(&review(&once, &assignment), &once);
        let text = wire::to_stored(&once).unwrap();
        prop_assert_eq!(wire::from_stored::<WarningList>(text.as_bytes()).unwrap(), once);
        Ok(())
    };
    runner().run(&any::<u64>(), law).unwrap();
}

#[test]
fn a_warning_is_acknowledged_once_and_opens_again_when_raised_anew() {
    let mut list = review(&WarningList::default(), &on(with_claims(3), as_of()));
    assert_eq!(list.visible(&everything()).rows()[0].warning, "many_claims");
    assert_eq!(list.visible(&of_branch("b2")).rows().len(), 0);
    let of = |list: &mut WarningList, viewer: &crm_core::access::Viewer, warning: &str| {
        list.acknowledge(viewer, &id(0), warning, as_of())
    };
    let unknown = of(&mut list, &everything(), "high_loss_ratio").unwrap_err();
    assert_eq!(unknown.code().as_str(), "portfolio.warning.not_raised");
    // Whoever does not see the customer can't tell whether there is one.
    let unseen = of(&mut list, &of_branch("b2"), "many_claims").unwrap_err();
    assert_eq!(unseen.code().as_str(), "portfolio.warning.not_raised");
    // Nobody takes note of what is not there yet.
    let early = list.acknowledge(&everything(), &id(0), "many_claims", as_of().plus_days(-1).unwrap()).unwrap_err();
    assert_eq!((early.code().as_str(), early.path().as_str()), ("portfolio.dates.order", "/on"));
    of(&mut list, &of_branch("b1"), "many_claims").unwrap();
    let again = of(&mut list, &everything(), "many_claims").unwrap_err();
    assert_eq!(again.code().as_str(), "portfolio.warning.acknowledged");
    assert_eq!(list.raised[0].acknowledged.as_ref().unwrap().by.as_str(), "boss");

    let tomorrow = as_of().plus_days(1).unwrap();
    let model = china();
    let stays = model.review(&list, &on(with_claims(2), tomorrow)).unwrap();
    assert!(stays.list.raised[0].acknowledged.is_some() && stays.cleared.is_empty());
    let gone = model.review(&list, &on(with_claims(1), tomorrow)).unwrap();
    assert_eq!((gone.list.raised.len(), gone.cleared[0].cleared_on), (0, tomorrow));
    // What was cleared is shown to whoever sees the customer.
    assert_eq!(gone.visible_cleared(&of_branch("b1")).rows().len(), 1);
    let unseen = gone.visible_cleared(&of_branch("b2"));
    assert_eq!((unseen.rows().len(), unseen.withheld().rows), (0, 1));
    let anew = review(&gone.list, &on(with_claims(4), tomorrow));
    assert!(anew.raised[0].acknowledged.is_none());
    // A customer who is no longer in the book takes his warnings with him.
    let empty = model.review(&list, &on(BookRows::default(), tomorrow)).unwrap();
    assert_eq!((empty.list.raised.len(), empty.cleared.len()), (0, 1));
    let backwards = model.review(&gone.list, &on(with_claims(1), as_of())).unwrap_err();
    assert_eq!(backwards.code().as_str(), "portfolio.states.order");
}

#[test]
fn every_warning_has_its_occasion() {
    let mut rows = with_claims(0);
    rows.policies[0].end = day("2026-01-10");
    rows.policies[0].premium = cny(10_000);
    rows.receipts[0].amount = cny(4_000);
    rows.claims.push(claim(0, "P0", "2025-06-01", 9_000, 0));
    let list = review(&WarningList::default(), &on(rows.clone(), as_of()));
    let names = |list: &WarningList| list.raised.iter().map(|raised| raised.warning.clone()).collect::<Vec<_>>();
    assert_eq!(names(&list), ["high_loss_ratio", "cover_expiring", "premium_overdue"]);
    // A renewal, a receipt and a loss ratio below 70 clear them.
    rows.receipts.push(receipt(1, "P0", "2025-12-31", 6_000));
    rows.claims[0].paid = cny(6_000);
    let mut next = policy(1, 0, "2026-01-10");
    next.renewal_of = Some(PolicyId::new("P0").unwrap());
    next.signed_on = as_of().plus_days(1).unwrap();
    rows.policies.push(next);
    let after = review(&list, &on(rows.clone(), as_of().plus_days(1).unwrap()));
    assert_eq!(names(&after), [""; 0]);
    // A renewal that is signed later is not known, and one that was cancelled before its first day is none.
    let mut later = rows.clone();
    later.policies[1].signed_on = as_of().plus_days(2).unwrap();
    assert_eq!(names(&review(&list, &on(later, as_of().plus_days(1).unwrap()))), ["cover_expiring"]);
    rows.endorsements.push(endorsement(0, "P1", EndorsementEffect::Cancellation, "2026-01-01", -365_000));
    assert_eq!(names(&review(&list, &on(rows, as_of().plus_days(1).unwrap()))), ["cover_expiring"]);
}
