//! Laws over generated timelines and settlements.

use crm_core::{
    calendar::{Date, EndOfMonth, Period},
    money::{Money, RoundingMode, Unrounded},
    product::{
        CancellationRequest, ChargeSettlement, CoverStep, EffectiveTimeline, ElapsedTime, GracePeriod, InstalmentDates,
        InstalmentInterval, InstalmentPlan, InstalmentRemainder, PinnedPrice, Proration, RateVersion, ShortRateRow,
        ShortRateTable, UnearnedBasis, UnearnedMethod, china_refunds,
    },
    rulebook::Value,
};
use proptest::prelude::*;

use crate::{cny, request, year};

fn prorations() -> Vec<Proration> {
    let table = china_refunds::short_period_table().unwrap();
    vec![
        Proration::Daily {},
        Proration::Daily365 {},
        Proration::Monthly {},
        Proration::WholeTerm {},
        Proration::ShortTerm { table: table.clone() },
        Proration::ShortRate { table },
    ]
}

/// What a cover costs from a day up to another, exactly.
fn exact(proration: &Proration, term: Period, from: Date, until: Date) -> Unrounded {
    let mut timeline = EffectiveTimeline::single("a", cny(123_457), term, RoundingMode::HalfUp);
    timeline.proration = proration.clone();
    timeline.steps[0].from = from;
    if until < term.end() {
        timeline.steps.push(CoverStep { coverage: "a".to_owned(), from: until, price: None });
    }
    let mut sum = Unrounded::ZERO;
    for segment in &timeline.price().unwrap().coverages[0].segments {
        for share in &segment.shares {
            let share = Unrounded::ratio(share.parts.into(), share.of.into()).unwrap();
            sum = sum.plus(share.times(segment.price.annual).unwrap()).unwrap();
        }
    }
    sum
}

/// Whether the parts of a term between cuts add up to the whole.
fn adds_up(term: Period, cuts: &[i64], part: impl Fn(Date, Date) -> Unrounded) -> bool {
    let mut days: Vec<Date> = cuts.iter().map(|cut| term.start().plus_days(cut % term.days()).unwrap()).collect();
    days.extend([term.start(), term.end()]);
    days.sort();
    days.dedup();
    let parts = days.windows(2).map(|pair| part(pair[0], pair[1]));
    parts.fold(Unrounded::ZERO, |sum, part| sum.plus(part).unwrap()) == part(term.start(), term.end())
}

/// Whether all that is charged is paid or stands on account, and only small refunds stay there.
fn nothing_vanishes(charges: &[i64], limit: i64, settle: impl Fn(Money, Money, Money) -> (Money, Money)) -> bool {
    let (mut on_account, mut paid) = (cny(0), 0);
    for minor in charges {
        let payment;
        (payment, on_account) = settle(cny(*minor), on_account, cny(limit));
        paid += payment.minor();
        if on_account.minor() > 0 || -on_account.minor() >= limit.max(1) {
            return false;
        }
    }
    paid + on_account.minor() == charges.iter().sum::<i64>()
}

fn settled(charge: Money, on_account: Money, limit: Money) -> (Money, Money) {
    let settled = ChargeSettlement::of(charge, on_account, Some(limit)).unwrap();
    (settled.payment, settled.on_account)
}

proptest! {
    /// Parts of a term add up to the whole under every proration, wherever the term is cut.
    #[test]
    fn law_4_cutting_a_term_changes_nothing(
        which in 0_usize..6, start in 18_000_i64..22_000, months in 1_i64..13, cuts in prop::collection::vec(1_i64..400, 0..6),
    ) {
        // Up to three years where no table ends after one.
        let months = if which < 4 { months * 3 } else { months };
        let term = Period::months_from(Date::from_epoch_days(start).unwrap(), months, EndOfMonth::Clamp).unwrap();
        let proration = &prorations()[which];
        prop_assert!(adds_up(term, &cuts, |from, until| exact(proration, term, from, until)));
    }

    #[test]
    fn law_1_what_is_kept_on_account_is_not_lost(charges in prop::collection::vec(-2_000_i64..2_000, 1..20), limit in 0_i64..1_500) {
        prop_assert!(nothing_vanishes(&charges, limit, settled));
    }
}

/// Texts, numbers and days as large as they come: refused with a code, or answered.
fn hostile() -> impl Strategy<Value = i64> {
    prop_oneof![
        Just(i64::MIN),
        Just(i64::MAX),
        Just(0),
        Just(-1),
        Just(1),
        Just(9_007_199_254_740_991),
        any::<i64>(),
        -400_i64..4_000,
        0_i64..100,
    ]
}

fn hostile_days() -> impl Strategy<Value = Date> {
    prop_oneof![
        Just(Date::MIN),
        Just(Date::MAX),
        (-719_162_i64..2_932_896).prop_map(|days| Date::from_epoch_days(days).unwrap())
    ]
}

proptest! {
    #[test]
    fn law_13_no_change_makes_it_fall_over(
        which in 0_usize..6, from in hostile_days(), to in hostile_days(), on in hostile_days(), minor in hostile(),
        length in hostile(), percent in 0_i64..101, ended in any::<bool>(),
    ) {
        let Ok(term) = Period::new(from.min(to), from.max(to)) else { return Ok(()) };
        let rows = [ElapsedTime::Days { days: length }, ElapsedTime::Months { months: length }];
        for up_to in rows {
            let table = ShortRateTable {
                rows: vec![ShortRateRow { up_to, percent: percent.into() }],
                beyond: Some(100.into()),
                ..china_refunds::short_period_table().unwrap()
            };
            let _ = table.percent(from, on);
            let _ = table.premium(cny(minor), term, RoundingMode::HalfUp);
            let mut timeline = EffectiveTimeline::single("a", cny(minor), term, RoundingMode::HalfUp);
            timeline.proration = prorations()[which].clone();
            if let (5, Proration::ShortRate { table: own }) = (which, &mut timeline.proration) {
                *own = table;
            }
            if ended && term.contains(on) {
                let rules = china_refunds::commercial_motor_refunds().unwrap();
                timeline.end = rules.end(&term, &CancellationRequest { effective: on, ..request("policyholder_request", "2026-01-01") }).ok();
            }
            if let Ok(price) = timeline.price() {
                prop_assert_eq!(price.total.plus(price.refunded).unwrap(), price.charged);
            }
            let _ = timeline.earning(on);
        }
        let method = [UnearnedMethod::Daily365, UnearnedMethod::TwentyFourths, UnearnedMethod::Half, UnearnedMethod::RuleOf78,
            UnearnedMethod::Twelfths, UnearnedMethod::DailyActual][which];
        if let Ok(unearned) = (UnearnedBasis { method, rounding: RoundingMode::HalfEven }).of(cny(minor), term, on) {
            prop_assert_eq!(unearned.earned.plus(unearned.unearned).unwrap(), cny(minor));
        }
        let dates = InstalmentDates::Regular {
            first_due: from, interval: InstalmentInterval::Yearly, count: percent, end_of_month: EndOfMonth::Stick,
        };
        for grace in [GracePeriod::Days { days: length }, GracePeriod::Months { months: length }] {
            let plan = InstalmentPlan { dates: dates.clone(), first: None, remainder: InstalmentRemainder::Spread, grace };
            let _ = plan.schedule(cny(minor), &[]);
        }
    }

    /// Over time a policy earns its price and no cent more; each figure replays.
    #[test]
    fn law_1_a_changed_policy_earns_its_price(days in prop::collection::vec((1_i64..365, 0_i64..200_000), 1..5), ended in 1_i64..365, ends in any::<bool>()) {
        let mut days = days;
        days.sort();
        days.dedup_by_key(|day| day.0);
        let price = |annual: i64| {
            Some(PinnedPrice { annual: cny(annual), version: RateVersion { plan: String::new(), rated_on: year().start() } })
        };
        let mut timeline = EffectiveTimeline::single("a", cny(100_003), year(), RoundingMode::HalfUp);
        timeline.proration = Proration::Daily {};
        for (day, annual) in &days {
            let from = year().start().plus_days(*day).unwrap();
            timeline.steps.push(CoverStep { coverage: "a".to_owned(), from, price: price(*annual) });
        }
        let end = year().start().plus_days(ended).unwrap();
        if ends {
            let rules = china_refunds::commercial_motor_refunds().unwrap();
            let request = CancellationRequest { effective: end, ..request("policyholder_request", "2026-01-01") };
            timeline.end = Some(rules.end(&year(), &request).unwrap());
        }
        let total = timeline.price().unwrap().total;
        let mut before = cny(0);
        for day in 0..=366 {
            let earning = timeline.earning(year().start().plus_days(day).unwrap()).unwrap();
            prop_assert_eq!(earning.earned.plus(earning.unearned).unwrap(), total);
            prop_assert!(earning.earned.minor() >= before.minor() && !earning.unearned.is_negative());
            prop_assert_eq!(earning.coverages[0].trace.replay().unwrap(), Value::Decimal(earning.earned.amount()));
            before = earning.earned;
        }
        prop_assert_eq!(before, total);
        prop_assert_eq!(timeline.earning(year().start()).unwrap().earned, cny(0));
    }
}

/// Mutants of the cut: each part rounded by itself; months counted anew from each cut.
#[test]
fn law_4_of_cuts_catches_its_mutants() {
    let cuts = [104, 231];
    let rounded = |from: Date, until: Date| {
        Unrounded::from(cny(100).part(from.days_until(until), 365, RoundingMode::HalfUp).unwrap())
    };
    assert!(!adds_up(year(), &[1, 2], rounded));
    let anew = |from: Date, until: Date| {
        let last = until.plus_days(-1).unwrap();
        Unrounded::from(from.completed_months(last, EndOfMonth::Clamp).unwrap() + 1)
    };
    assert!(!adds_up(year(), &cuts, anew));
    assert!(adds_up(year(), &cuts, |from, until| exact(&Proration::Monthly {}, year(), from, until)));
}

/// Mutants of the settlement: a small refund is forgotten; what stands on account is paid but not taken off it.
#[test]
fn law_1_of_settlements_catches_its_mutants() {
    let charges = [-300, 1_000, -400, -250];
    assert!(nothing_vanishes(&charges, 500, settled));
    let forgotten = |charge: Money, on_account: Money, limit: Money| {
        let (payment, _) = settled(charge, on_account, limit);
        (payment, cny(0))
    };
    assert!(!nothing_vanishes(&charges, 500, forgotten));
    let twice = |charge: Money, on_account: Money, limit: Money| {
        let (payment, left) = settled(charge, on_account, limit);
        (payment, if left.is_zero() { on_account } else { left })
    };
    assert!(!nothing_vanishes(&charges, 500, twice));
}
