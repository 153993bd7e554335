//! Proposals and approvals: two people, the right to approve, and the limit.

use crm_core::{
    access::{Approved, Proposed, RightsBook, RightsSpec},
    money::{Currency, Money},
    wire,
};
use proptest::prelude::*;

use super::{config, day, faults, of, posting, staff, viewer};

const RIGHTS: &str = r#"{"checked_until":"2026-12-31","grants":[
    {"id":"1","holder":{"role":{"role":"head"}},"right":{"approve":{"act":"ledger.write_off","limit":{"amount":"500.00","currency":"CNY"}}},
     "from":"2026-01-01","source":"order 7","granted_by":"admin-1","granted_on":"2025-12-20"},
    {"id":"2","holder":{"person":{"person":"op-31"}},"right":{"role":{"role":"head"}},
     "from":"2026-01-01","source":"order 7","granted_by":"admin-1","granted_on":"2025-12-20"},
    {"id":"3","holder":{"person":{"person":"op-32"}},"right":{"approve":{"act":"ledger.write_off"}},
     "from":"2026-01-11","until":"2026-01-21","source":"order 8","granted_by":"admin-1","granted_on":"2025-12-20"},
    {"id":"4","holder":{"person":{"person":"op-32"}},"right":{"approve":{"act":"blacklist.enter"}},
     "from":"2026-01-01","source":"order 8","granted_by":"admin-1","granted_on":"2025-12-20"}]}"#;

fn book() -> RightsBook {
    RightsBook::load(&of::<RightsSpec>(RIGHTS)).unwrap()
}

fn proposal(act: &str, amount: Option<Money>, by: &str) -> Proposed<String> {
    Proposed {
        subject: "receivable 12".to_owned(),
        act: act.parse().unwrap(),
        amount,
        proposed_by: staff(by),
        proposed_on: day(5),
    }
}

fn cny(minor: i64) -> Option<Money> {
    Some(Money::from_minor(minor, Currency::CNY))
}

fn decide(proposal: Proposed<String>, by: &str, on: i64) -> Result<Approved<String>, Vec<String>> {
    let book = book();
    let approver = book.viewer(&posting(by), day(on));
    proposal.approve(&book, &approver, day(on)).map_err(|refusal| faults(&refusal))
}

#[test]
fn another_person_with_the_right_and_the_limit_approves() {
    let write_off = |minor| proposal("ledger.write_off", cny(minor), "op-17");
    let approved = decide(write_off(50_000), "op-31", 6).unwrap();
    assert_eq!(approved.proposal(), &write_off(50_000));
    assert_eq!((approved.approved_by(), approved.approved_on()), (&staff("op-31"), day(6)));
    assert_eq!(of::<Approved<String>>(&wire::to_json(&approved).unwrap()), approved);
    assert_eq!(approved.into_subject(), "receivable 12");
    assert_eq!(decide(write_off(50_001), "op-31", 6).unwrap_err(), ["access.approval.above_limit /by"]);
    // A loss is as large as a gain.
    assert_eq!(decide(write_off(-50_001), "op-31", 6).unwrap_err(), ["access.approval.above_limit /by"]);
    // Without an amount, or in another currency, a limit says nothing.
    let without = proposal("ledger.write_off", None, "op-17");
    assert_eq!(decide(without, "op-31", 6).unwrap_err(), ["access.approval.above_limit /by"]);
    let dollars = Some(Money::from_minor(1, Currency::USD));
    let foreign = proposal("ledger.write_off", dollars, "op-17");
    assert_eq!(decide(foreign, "op-31", 6).unwrap_err(), ["access.approval.above_limit /by"]);
    // The right has a first and a last day.
    for (on, allowed) in [(9, false), (10, true), (19, true), (20, false)] {
        assert_eq!(decide(write_off(99_999_999), "op-32", on).is_ok(), allowed, "{on}");
    }
    assert_eq!(decide(write_off(1), "op-33", 6).unwrap_err(), ["access.approval.no_right /by"]);
    assert!(decide(proposal("blacklist.enter", None, "op-17"), "op-32", 6).is_ok());
    assert_eq!(
        decide(proposal("ledger.write_off", cny(50_001), "ＯＰ-31"), "op-31", 4).unwrap_err(),
        ["access.check.self /by", "access.check.early /on", "access.approval.above_limit /by"]
    );
}

#[test]
fn a_stored_approval_names_two_people() {
    let approved = decide(proposal("blacklist.enter", None, "op-17"), "op-32", 6).unwrap();
    let text = wire::to_json(&approved).unwrap();
    for (from, to, code) in [
        ("\"approved_by\":\"op-32\"", "\"approved_by\":\"OP 17\"", None),
        ("\"approved_by\":\"op-32\"", "\"approved_by\":\"OP-17\"", Some("access.check.self /by")),
        ("\"approved_on\":\"2026-01-07\"", "\"approved_on\":\"2026-01-05\"", Some("access.check.early /on")),
    ] {
        let forged = text.replace(from, to);
        assert_ne!(forged, text);
        let read = wire::from_json::<Approved<String>>(forged.as_bytes());
        assert_eq!(read.err().map(|refusal| faults(&refusal)), code.map(|code| vec![code.to_owned()]));
    }
}

proptest! {
    #![proptest_config(config(500))]

    /// Law 9 for approvals: whoever approves, it is not who proposed, whatever the rights say.
    #[test]
    fn law_9_nobody_approves_his_own_proposal(
        proposer in proptest::sample::select(vec!["op-31", "OP-31", "op -31", "op-32", "Ｏp-32", "op-17"]),
        approver in proptest::sample::select(vec!["op-31", "op-32"]),
        on in 0_i64..25,
        act in proptest::sample::select(vec!["ledger.write_off", "blacklist.enter"]),
        minor in -100_000_i64..100_000,
    ) {
        let result = decide(proposal(act, cny(minor), proposer), approver, on);
        let same = staff(proposer).may_be(&staff(approver));
        if let Ok(approved) = &result {
            prop_assert!(!same && !approved.proposal().proposed_by.may_be(approved.approved_by()));
        }
        // The mutant: rights alone decide.
        let mutant = book().may_approve(&book().viewer(&posting(approver), day(on)), &act.parse().unwrap(), cny(minor), day(on));
        let rights_allow = mutant.permission == crm_core::access::Permission::Allowed;
        prop_assert_eq!(result.is_ok(), rights_allow && !same && on >= 5);
    }
}

#[test]
fn law_9_catches_rights_that_decide_alone() {
    let book = book();
    let approver = book.viewer(&posting("op-31"), day(6));
    let own = proposal("ledger.write_off", cny(1), "OP-31");
    assert_eq!(book.may_approve(&approver, &own.act, own.amount, day(6)).grants.len(), 1);
    assert!(own.approve(&book, &approver, day(6)).is_err());
    assert!(book.rights_of(&viewer("op-31"), day(6)).len() == 1);
}
