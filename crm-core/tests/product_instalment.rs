//! Instalments: laws over generated schedules, refusals, standing.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use crm_core::{
    calendar::{Date, EndOfMonth},
    money::{Currency, Decimal, Money},
    product::{
        ChargePlacement, ChargeToPlace, FirstInstalment, GracePeriod, InstalmentDates, InstalmentInterval,
        InstalmentPlan, InstalmentReceipt, InstalmentRemainder, InstalmentSchedule, InstalmentState,
    },
    refusal::{Code, Refusal},
    wire,
};
use proptest::prelude::*;

fn cny(minor: i64) -> Money {
    Money::from_minor(minor, Currency::CNY)
}

fn date(text: &str) -> Date {
    Date::parse(text).unwrap()
}

fn plan(count: i64, remainder: InstalmentRemainder) -> InstalmentPlan {
    let dates = InstalmentDates::Regular {
        first_due: date("2026-01-31"),
        interval: InstalmentInterval::Monthly,
        count,
        end_of_month: EndOfMonth::Clamp,
    };
    InstalmentPlan { dates, first: None, remainder, grace: GracePeriod::Days { days: 0 } }
}

fn charge(code: &str, minor: i64, placement: ChargePlacement) -> ChargeToPlace {
    ChargeToPlace { code: code.to_owned(), amount: cny(minor), placement }
}

fn plans() -> impl Strategy<Value = InstalmentPlan> {
    let remainder = prop::sample::select(vec![
        InstalmentRemainder::First,
        InstalmentRemainder::Last,
        InstalmentRemainder::Spread,
        InstalmentRemainder::WrittenOff,
    ]);
    let first = prop_oneof![
        Just(None),
        (1_i64..100_000).prop_map(|minor| Some(FirstInstalment::Amount { amount: cny(minor) })),
        (1_i128..9_999)
            .prop_map(|percent| Some(FirstInstalment::Percent { percent: Decimal::from_parts(percent, 2).unwrap() })),
    ];
    (1_i64..40, remainder, first)
        .prop_map(|(count, remainder, first)| InstalmentPlan { first, ..plan(count, remainder) })
}

fn charges() -> impl Strategy<Value = Vec<ChargeToPlace>> {
    let placement = prop::sample::select(vec![ChargePlacement::Spread, ChargePlacement::First]);
    prop::collection::vec((0_i64..50_000, placement), 0..4).prop_map(|list| {
        let list = list.into_iter().enumerate();
        list.map(|(index, (minor, placement))| charge(&format!("charge_{index}"), minor, placement)).collect()
    })
}

/// Rows and columns add up, nothing is negative, no instalment is nothing.
fn no_cent_is_lost(schedule: &InstalmentSchedule, premium: Money, charges: &[ChargeToPlace]) -> Result<(), String> {
    let sum = |amounts: &mut dyn Iterator<Item = Money>| amounts.map(|amount| amount.minor()).sum::<i64>();
    let paid = sum(&mut schedule.instalments.iter().map(|one| one.amount));
    let owed = premium.minor() + charges.iter().map(|charge| charge.amount.minor()).sum::<i64>();
    if paid + schedule.written_off.minor() != owed || schedule.total.minor() != owed {
        return Err(format!("{paid} and {} of {owed}", schedule.written_off));
    }
    if schedule.written_off.is_negative() || schedule.written_off.minor() >= schedule.instalments.len() as i64 {
        return Err(format!("{} written off", schedule.written_off));
    }
    if sum(&mut schedule.instalments.iter().map(|one| one.premium)) + schedule.written_off.minor() != premium.minor() {
        return Err("premium lost".to_owned());
    }
    for (index, charge) in charges.iter().enumerate() {
        if sum(&mut schedule.instalments.iter().map(|one| one.charges[index].amount)) != charge.amount.minor() {
            return Err(format!("{} lost", charge.code));
        }
    }
    for one in &schedule.instalments {
        let parts = one.premium.minor() + sum(&mut one.charges.iter().map(|charge| charge.amount));
        if parts != one.amount.minor() || one.amount.minor() <= 0 {
            return Err(format!("instalment {} of {}", one.number, one.amount));
        }
        if one.premium.is_negative() || one.charges.iter().any(|charge| charge.amount.is_negative()) {
            return Err(format!("instalment {} has a negative part", one.number));
        }
    }
    Ok(())
}

proptest! {
    #[test]
    fn law_1_no_cent_is_lost_in_instalments(minor in 0_i64..1_000_000, plan in plans(), charges in charges()) {
        match plan.schedule(cny(minor), &charges) {
            Ok(schedule) => {
                prop_assert_eq!(no_cent_is_lost(&schedule, cny(minor), &charges), Ok(()));
                let json = wire::to_json(&schedule).unwrap();
                prop_assert_eq!(wire::from_json::<InstalmentSchedule>(json.as_bytes()).unwrap(), schedule);
            }
            Err(refusal) => {
                let code = refusal.code();
                let too_little = [Code::ProductInstalmentFirst, Code::ProductInstalmentTooSmall, Code::ProductInstalmentWriteOff];
                prop_assert!(too_little.contains(&code), "{code}");
            }
        }
    }

    /// What is received is somewhere: paid, or in excess.
    #[test]
    fn law_1_receipts_are_all_accounted_for(minor in 100_i64..1_000_000, plan in plans(), receipts in prop::collection::vec((0_i64..900, 1_i64..200_000), 0..6), on in 0_i64..900) {
        let Ok(schedule) = plan.schedule(cny(minor), &[]) else { return Ok(()) };
        let start = date("2026-01-01");
        let receipts: Vec<_> = receipts.iter().map(|(day, minor)| InstalmentReceipt { on: start.plus_days(*day).unwrap(), amount: cny(*minor) }).collect();
        let standing = schedule.standing(&receipts, start.plus_days(on).unwrap()).unwrap();
        let open: i64 = standing.instalments.iter().map(|one| one.open.minor()).sum();
        prop_assert_eq!(standing.due.minor() + standing.not_yet_due.minor(), open);
        prop_assert_eq!(open + standing.received.minor(), schedule.total.minor() - schedule.written_off.minor() + standing.excess.minor());
        for (one, instalment) in standing.instalments.iter().zip(&schedule.instalments) {
            prop_assert!(one.days_overdue == 0 || instalment.due_on < standing.on && one.open.minor() > 0);
        }
    }
}

/// Each share rounded by itself; a remainder that nobody gets; a remainder that is written off and not shown.
#[test]
fn law_1_of_instalments_catches_its_mutants() {
    let premium = cny(10_001);
    let right = plan(3, InstalmentRemainder::WrittenOff).schedule(premium, &[]).unwrap();
    assert_eq!(no_cent_is_lost(&right, premium, &[]), Ok(()));
    assert_eq!(right.written_off, cny(2));
    let mut unseen = right.clone();
    unseen.written_off = cny(0);
    assert!(no_cent_is_lost(&unseen, premium, &[]).is_err());
    let mut rounded = plan(3, InstalmentRemainder::Last).schedule(premium, &[]).unwrap();
    assert_eq!(no_cent_is_lost(&rounded, premium, &[]), Ok(()));
    for one in &mut rounded.instalments {
        (one.amount, one.premium) = (cny(3_334), cny(3_334));
    }
    assert!(no_cent_is_lost(&rounded, premium, &[]).is_err());
    // A fixed first instalment that drives the last one below zero (OCA/account-payment#924).
    let mut negative = plan(2, InstalmentRemainder::Last).schedule(premium, &[]).unwrap();
    (negative.instalments[0].amount, negative.instalments[0].premium) = (cny(10_002), cny(10_002));
    (negative.instalments[1].amount, negative.instalments[1].premium) = (cny(-1), cny(-1));
    assert!(no_cent_is_lost(&negative, premium, &[]).is_err());
}

#[test]
fn charges_are_spread_or_fall_due_first() {
    let charges = [charge("vat", 601, ChargePlacement::Spread), charge("vehicle_tax", 42_000, ChargePlacement::First)];
    let schedule = plan(4, InstalmentRemainder::Last).schedule(cny(10_000), &charges).unwrap();
    let shown: Vec<_> = schedule
        .instalments
        .iter()
        .map(|one| {
            (one.amount.minor(), one.premium.minor(), one.charges[0].amount.minor(), one.charges[1].amount.minor())
        })
        .collect();
    // 10,601 in four is 2,650 and one over.
    assert_eq!(
        shown,
        [(44_650, 2_500, 150, 42_000), (2_650, 2_500, 150, 0), (2_650, 2_499, 151, 0), (2_651, 2_501, 150, 0)]
    );
    assert_eq!(schedule.working.with_first, cny(42_000));
}

#[test]
fn every_refusal_of_a_schedule() {
    let last = InstalmentRemainder::Last;
    let told = |refusal: Refusal| format!("{} {}", refusal.code(), refusal.path());
    let refused = |plan: InstalmentPlan, minor: i64, charges: &[ChargeToPlace]| {
        told(plan.schedule(cny(minor), charges).unwrap_err())
    };
    let first = |first| InstalmentPlan { first: Some(first), ..plan(12, last) };
    let custom = |dates: &[&str]| InstalmentPlan {
        dates: InstalmentDates::Custom { dates: dates.iter().map(|text| date(text)).collect() },
        ..plan(1, last)
    };
    assert_eq!(refused(plan(0, last), 100, &[]), "product.instalment.count /dates/regular/count");
    assert_eq!(refused(plan(1_201, last), 100, &[]), "product.instalment.count /dates/regular/count");
    assert_eq!(refused(custom(&[]), 100, &[]), "product.instalment.count /dates/custom/dates");
    assert_eq!(
        refused(custom(&["2026-01-01", "2026-01-01"]), 100, &[]),
        "product.instalment.dates /dates/custom/dates/1"
    );
    let grace = InstalmentPlan { grace: GracePeriod::Months { months: -1 }, ..plan(1, last) };
    assert_eq!(refused(grace, 100, &[]), "product.instalment.grace /grace");
    for amount in [0, -1, 10_000, 10_001] {
        let stated = first(FirstInstalment::Amount { amount: cny(amount) });
        assert_eq!(refused(stated, 10_000, &[]), "product.instalment.first /first/amount/amount");
    }
    for percent in ["0", "100", "-3", "250"] {
        let stated = first(FirstInstalment::Percent { percent: Decimal::parse(percent).unwrap() });
        assert_eq!(refused(stated, 10_000, &[]), "product.instalment.first /first/percent/percent");
    }
    let alone = InstalmentPlan { first: Some(FirstInstalment::Amount { amount: cny(1) }), ..plan(1, last) };
    assert_eq!(refused(alone, 10_000, &[]), "product.instalment.first /first/amount/amount");
    assert_eq!(refused(plan(2, last), -10_000, &[]), "product.instalment.negative /premium");
    let negative = [charge("fee", -1, ChargePlacement::First)];
    assert_eq!(refused(plan(2, last), 10_000, &negative), "product.instalment.negative /charges/0/amount");
    let twice = [charge("fee", 1, ChargePlacement::First), charge("fee", 1, ChargePlacement::Spread)];
    assert_eq!(refused(plan(2, last), 10_000, &twice), "product.instalment.charge_twice /charges/1/code");
    assert_eq!(refused(plan(2, last), 0, &[]), "product.instalment.too_small /dates");
    assert_eq!(refused(plan(12, InstalmentRemainder::Spread), 11, &[]), "product.instalment.too_small /dates");
    let tax = [charge("vat", 101, ChargePlacement::Spread)];
    assert_eq!(refused(plan(2, InstalmentRemainder::WrittenOff), 0, &tax), "product.instalment.write_off /remainder");
    let mixed = plan(2, last)
        .schedule(cny(100), &[ChargeToPlace { amount: Money::from_minor(1, Currency::USD), ..tax[0].clone() }]);
    assert_eq!(told(mixed.unwrap_err()), "money.currency.mixed /charges/0/amount");
    let mode = InstalmentPlan {
        dates: InstalmentDates::Regular {
            first_due: date("2026-01-31"),
            interval: InstalmentInterval::Quarterly,
            count: 3,
            end_of_month: EndOfMonth::Refuse,
        },
        ..plan(1, last)
    };
    assert_eq!(refused(mode, 100, &[]), "calendar.month.no_day ");
}

#[test]
fn standing_tells_due_from_not_due() {
    let plan = InstalmentPlan { grace: GracePeriod::Months { months: 1 }, ..plan(3, InstalmentRemainder::Last) };
    let schedule = plan.schedule(cny(300), &[]).unwrap();
    let at = |on: &str, receipts: &[(&str, i64)]| {
        let receipts: Vec<_> =
            receipts.iter().map(|(on, minor)| InstalmentReceipt { on: date(on), amount: cny(*minor) }).collect();
        schedule.standing(&receipts, date(on)).unwrap()
    };
    let before = at("2026-01-30", &[]);
    assert!(before.instalments.iter().all(|one| one.state == InstalmentState::NotYetDue && one.days_overdue == 0));
    assert_eq!((before.due, before.not_yet_due), (cny(0), cny(300)));
    let on_the_day = at("2026-01-31", &[]);
    assert_eq!(
        (on_the_day.instalments[0].state, on_the_day.instalments[0].days_overdue),
        (InstalmentState::InGrace, 0)
    );
    let last_day = at("2026-02-28", &[]);
    assert_eq!((last_day.instalments[0].state, last_day.lapsed_on), (InstalmentState::InGrace, None));
    assert_eq!((last_day.instalments[0].days_overdue, last_day.due), (28, cny(200)));
    assert_eq!(at("2026-03-01", &[]).lapsed_on, Some(date("2026-03-01")));
    // Paid on the last day of grace: in time. Paid a day later: lapsed, whatever comes after.
    assert_eq!(at("2026-03-01", &[("2026-02-28", 100)]).lapsed_on, None);
    let late = at("2026-04-01", &[("2026-03-01", 350)]);
    assert_eq!(late.lapsed_on, Some(date("2026-03-01")));
    assert_eq!((late.excess, late.due), (cny(50), cny(0)));
    // Receipts of later days don't count yet.
    assert_eq!(at("2026-02-01", &[("2026-02-02", 100)]).received, cny(0));
    let refused =
        schedule.standing(&[InstalmentReceipt { on: date("2026-02-02"), amount: cny(0) }], date("2026-03-01"));
    assert_eq!(refused.unwrap_err().code(), Code::ProductInstalmentReceipt);
}
