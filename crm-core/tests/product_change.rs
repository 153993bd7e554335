//! Refund rules, prorations, charges and timelines by themselves; the law of the path stands in `product_change_laws`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use std::{collections::BTreeMap, fs, path::PathBuf};

use crm_core::{
    calendar::{Date, EndOfMonth, Period},
    money::{Currency, Decimal, Money, RoundingMode, Unrounded},
    product::{
        BeforeStartFee, CancellationRequest, ChangeAction, ChangeCommand, ChangeEvent, ChangeId, ChangeRules,
        ChargeNature, ChargeSettlement, CoverStep, EffectiveChange, EffectiveTimeline, InsuredRisk, MAX_CHANGES,
        PinnedBy, PinnedPrice, PolicyChanges, PolicySetup, Proration, RateVersion, RecordedChange, RefundRules,
        RefundRulesSpec, RetentionMethod, ShortRateTable, SideCharge, StatedPrices, apply_change, china_refunds,
        decide_change, international_refunds,
    },
    refusal::{Code, Refusal},
    rulebook::{DatedValue, Parameter, Scalar, Value, ValueType},
    wire::{Stored, from_stored, to_stored},
};
use proptest::prelude::*;

fn date(text: &str) -> Date {
    Date::parse(text).unwrap()
}

fn cny(minor: i64) -> Money {
    Money::from_minor(minor, Currency::CNY)
}

fn year() -> Period {
    Period::new(date("2026-01-01"), date("2027-01-01")).unwrap()
}

fn terms(premium: &str) -> BTreeMap<String, Scalar> {
    BTreeMap::from([("annual_premium".to_owned(), Scalar::Text(premium.to_owned()))])
}

const fn stated() -> StatedPrices {
    StatedPrices { plan: String::new(), currency: Currency::CNY }
}

fn setup(proration: Proration, term: Period) -> PolicySetup {
    let covers = BTreeMap::from([("a".to_owned(), terms("1000.00")), ("b".to_owned(), terms("365.00"))]);
    PolicySetup {
        term,
        currency: Currency::CNY,
        proration,
        rounding: RoundingMode::HalfUp,
        rates_pinned_by: PinnedBy::Inception,
        risk: InsuredRisk { terms: BTreeMap::new(), covers },
    }
}

fn told(refusal: &Refusal) -> Vec<String> {
    refusal.faults().iter().map(|fault| format!("{} {}", fault.code(), fault.path())).collect()
}

fn request(ground: &str, effective: &str) -> CancellationRequest {
    CancellationRequest {
        ground: ground.to_owned(),
        asked_on: date(effective),
        effective: date(effective),
        receipt_signed_on: None,
    }
}

fn change(id: &str, effective: Date, action: ChangeAction) -> EffectiveChange {
    EffectiveChange { id: ChangeId::new(id).unwrap(), effective, place: 0, action }
}

fn issued(setup: PolicySetup) -> PolicyChanges {
    let refunds = china_refunds::commercial_motor_refunds().unwrap();
    let rules = ChangeRules { prices: &stated(), refunds: &refunds };
    let command = ChangeCommand::Issue { setup, recorded_on: date("2026-01-01") };
    decide_change(None, &command, rules).unwrap().iter().fold(None, apply_change).unwrap()
}

fn decided(policy: Option<&PolicyChanges>, command: &ChangeCommand) -> Result<Vec<ChangeEvent>, Refusal> {
    let refunds = china_refunds::commercial_motor_refunds().unwrap();
    decide_change(policy, command, ChangeRules { prices: &stated(), refunds: &refunds })
}

/// Every day has one answer: a version for each day inside, none outside.
fn one_answer(rules: &RefundRulesSpec, version: impl Fn(Date) -> Option<String>) -> Result<(), String> {
    let first = rules.versions.iter().map(|version| version.from).min().unwrap();
    for days in -400..9_000 {
        let day = first.plus_days(days).unwrap();
        let fit: Vec<_> = rules
            .versions
            .iter()
            .filter(|version| version.from <= day && version.until.is_none_or(|until| day < until))
            .map(|version| version.source.clone())
            .collect();
        let expected = match fit.as_slice() {
            [] => None,
            [one] => Some(one.clone()),
            _ => return Err(format!("{day}: two answers")),
        };
        if version(day) != expected {
            return Err(format!("{day}: {:?} instead of {expected:?}", version(day)));
        }
    }
    Ok(())
}

#[test]
fn law_11_every_day_has_one_refund_rule() {
    for rules in [
        china_refunds::cooling_off_refunds().unwrap(),
        china_refunds::compulsory_motor_refunds().unwrap(),
        china_refunds::commercial_motor_refunds().unwrap(),
    ] {
        let answer = |day| rules.version(day).ok().map(|version| version.source.clone());
        assert_eq!(one_answer(rules.spec(), answer), Ok(()));
    }
}

/// Mutants: the newest version whatever the day; the first version before it began; the last day taken in.
#[test]
fn law_11_of_refund_rules_catches_its_mutants() {
    let rules = china_refunds::cooling_off_refunds().unwrap();
    let versions = &rules.spec().versions;
    let newest = |_: Date| versions.last().map(|version| version.source.clone());
    assert!(one_answer(rules.spec(), newest).is_err());
    let lenient = |day: Date| {
        let found = versions.iter().rfind(|version| version.from <= day).or(versions.first());
        found.map(|version| version.source.clone())
    };
    assert!(one_answer(rules.spec(), lenient).is_err());
    let inclusive = |day: Date| {
        let found =
            versions.iter().find(|version| version.from <= day && version.until.is_none_or(|until| day <= until));
        found.map(|version| version.source.clone())
    };
    assert!(one_answer(rules.spec(), inclusive).is_err());
}

#[test]
fn rules_are_chosen_by_inception_or_effect_and_marked_stale() {
    let rules = china_refunds::cooling_off_refunds().unwrap();
    let term = |start: &str| Period::months_from(date(start), 240, EndOfMonth::Clamp).unwrap();
    let end = |start: &str, effective: &str| {
        let request =
            CancellationRequest { receipt_signed_on: Some(date(effective)), ..request("cooling_off", effective) };
        rules.end(&term(start), &request).unwrap().retention
    };
    // Signed before the change of the rules, cancelled after it: the contract keeps its own.
    assert_eq!(end("2017-09-28", "2017-10-03").from, date("2000-08-01"));
    assert_eq!(end("2017-10-01", "2017-10-03").from, date("2017-10-01"));
    assert!(!end("2026-03-31", "2026-04-02").stale);
    assert!(end("2026-04-01", "2026-04-02").stale);

    // Compulsory motor follows the day of effect.
    let motor = china_refunds::compulsory_motor_refunds().unwrap();
    let before = Period::new(date("2006-06-30"), date("2007-06-30")).unwrap();
    assert!(motor.end(&before, &request("lost", "2006-07-01")).is_ok());
    assert_eq!(motor.end(&before, &request("lost", "2006-06-30")).unwrap_err().code(), Code::RulebookDatedOutside);
}

#[test]
fn a_refused_ground_names_those_that_are_allowed() {
    let motor = china_refunds::compulsory_motor_refunds().unwrap();
    let refusal = motor.end(&year(), &request("no_longer_wanted", "2026-05-01")).unwrap_err();
    let text = refusal.text(crm_core::refusal::Lang::En);
    assert!(text.contains("deregistered, laid_up, lost, duplicate_cover, not_disclosed"), "{text}");
}

#[test]
fn a_fee_before_the_start_has_a_cap() {
    let mut spec = china_refunds::commercial_motor_refunds().unwrap().spec().clone();
    let part = Decimal::parse("0.03").unwrap();
    spec.versions[0].grounds[0].before_start = BeforeStartFee { part, at_most: Some(cny(10_000)) };
    let rules = RefundRules::load(spec).unwrap();
    let end = rules.end(&year(), &request("policyholder_request", "2025-12-24")).unwrap();
    assert!(matches!(end.retention.rule.method, RetentionMethod::HandlingFee { .. }));
    let kept = |premium: i64| {
        let single = EffectiveTimeline::single("a", cny(premium), year(), RoundingMode::HalfUp);
        let price = EffectiveTimeline { end: Some(end.clone()), ..single }.price().unwrap();
        (price.total.minor(), price.retention.unwrap().fee.unwrap().minor())
    };
    assert_eq!(kept(100_000), (3_000, 3_000));
    assert_eq!(kept(1_000_000), (10_000, 10_000));
}

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

/// The exact price of a coverage over its segments: a change to the same price must change nothing, however it is cut.
fn exact(timeline: &EffectiveTimeline) -> Unrounded {
    let price = timeline.price().unwrap();
    let mut sum = Unrounded::ZERO;
    for segment in &price.coverages[0].segments {
        for share in &segment.shares {
            let share = Unrounded::ratio(share.parts.into(), share.of.into()).unwrap();
            sum = sum.plus(share.times(segment.price.annual).unwrap()).unwrap();
        }
    }
    sum
}

proptest! {
    /// Parts of a term add up to the whole under every proration, wherever the term is cut.
    #[test]
    fn law_4_cutting_a_term_changes_nothing(
        which in 0_usize..6, start in 18_000_i64..22_000, months in 1_i64..13, cuts in prop::collection::vec(1_i64..400, 0..6),
    ) {
        let start = Date::from_epoch_days(start).unwrap();
        // Up to three years where no table ends after one.
        let months = if which < 4 { months * 3 } else { months };
        let term = Period::months_from(start, months, EndOfMonth::Clamp).unwrap();
        let mut timeline = EffectiveTimeline::single("a", cny(123_457), term, RoundingMode::HalfUp);
        timeline.proration = prorations()[which].clone();
        let whole = (exact(&timeline), timeline.price().unwrap().total);
        let mut days: Vec<_> = cuts.iter().map(|cut| start.plus_days(cut % term.days()).unwrap()).collect();
        days.extend([start]);
        days.sort();
        days.dedup();
        let price = timeline.steps[0].price.clone().unwrap();
        timeline.steps = days.iter().map(|from| {
            // Another version each time, so that no cut is left out.
            let version = RateVersion { rated_on: *from, ..price.version.clone() };
            CoverStep { coverage: "a".to_owned(), from: *from, price: Some(PinnedPrice { version, ..price.clone() }) }
        }).collect();
        prop_assert_eq!((exact(&timeline), timeline.price().unwrap().total), whole);
    }

    /// What is charged is paid, or stands on account; nothing vanishes, and only small refunds stay.
    #[test]
    fn law_1_what_is_kept_on_account_is_not_lost(charges in prop::collection::vec(-2_000_i64..2_000, 1..20), limit in 0_i64..1_500) {
        let (mut on_account, mut paid) = (cny(0), 0);
        for minor in &charges {
            let settled = ChargeSettlement::of(cny(*minor), on_account, Some(cny(limit))).unwrap();
            prop_assert_eq!(
                settled.payment.minor() + settled.on_account.minor(),
                settled.charge.minor() + settled.brought_forward.minor()
            );
            prop_assert!(settled.on_account.minor() <= 0 && -settled.on_account.minor() < limit.max(1));
            (on_account, paid) = (settled.on_account, paid + settled.payment.minor());
        }
        prop_assert_eq!(paid + on_account.minor(), charges.iter().sum::<i64>());
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
        use crm_core::product::{ElapsedTime, GracePeriod, InstalmentDates, InstalmentInterval, InstalmentPlan,
            InstalmentRemainder, ShortRateRow, UnearnedBasis, UnearnedMethod};
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

/// Mutants of the cut: rounding each part, and months counted anew from each cut.
#[test]
fn law_4_of_cuts_catches_its_mutants() {
    let term = year();
    let annual = cny(100_000);
    let cuts = [date("2026-01-01"), date("2026-04-15"), date("2026-08-20"), term.end()];
    let rounded: i64 = cuts
        .windows(2)
        .map(|part| annual.part(part[0].days_until(part[1]), 365, RoundingMode::HalfUp).unwrap().minor())
        .sum();
    let anew: i64 = cuts
        .windows(2)
        .map(|part| part[0].completed_months(part[1].plus_days(-1).unwrap(), EndOfMonth::Clamp).unwrap() + 1)
        .sum();
    assert!(rounded != annual.minor() || anew != 12);
    assert_eq!(anew, 14);
}

#[test]
fn the_largest_refunds_and_the_smallest() {
    // A removed cover gets nothing back when the policy ends later; what was added counts from its day.
    let policy = issued(setup(Proration::Daily {}, year()));
    let remove = change("E1", date("2026-07-02"), ChangeAction::RemoveCover { coverage: "b".to_owned() });
    let command = ChangeCommand::Record { change: remove, recorded_on: date("2026-07-02") };
    let policy = decided(Some(&policy), &command).unwrap().iter().fold(Some(policy), apply_change).unwrap();
    assert_eq!(policy.charges.last().unwrap().amount, cny(-18_300));
    let action = ChangeAction::Cancel {
        ground: "policyholder_request".to_owned(),
        asked_on: date("2026-10-01"),
        receipt_signed_on: None,
    };
    let cancel =
        ChangeCommand::Record { change: change("E2", date("2026-10-01"), action), recorded_on: date("2026-10-01") };
    let policy = decided(Some(&policy), &cancel).unwrap().iter().fold(Some(policy), apply_change).unwrap();
    let refunded: Vec<_> =
        policy.price().unwrap().coverages.iter().map(|one| (one.coverage.clone(), one.refunded.minor())).collect();
    assert_eq!(refunded, [("a".to_owned(), 25_205), ("b".to_owned(), 0)]);
}

#[test]
fn taxes_are_charges_of_their_own_at_the_rate_of_their_day() {
    let dated = |value: &str, from: &str, until: Option<&str>| DatedValue {
        value: Scalar::Text(value.to_owned()),
        from: date(from),
        until: until.map(date),
        source: "test".to_owned(),
    };
    let rate = |values: Vec<DatedValue>| Parameter {
        name: "vat_rate".to_owned(),
        value_type: ValueType::Decimal,
        unit: None,
        values,
        checked_until: date("2027-01-01"),
    };
    let rates = rate(vec![dated("0.06", "2016-05-01", Some("2026-07-01")), dated("0.05", "2026-07-01", None)]);
    let tax = |premium: i64, on: &str, rates: &Parameter| {
        SideCharge::rated("vat", ChargeNature::Tax, cny(premium), date(on), rates, RoundingMode::HalfUp)
    };
    let before = tax(-50_411, "2026-06-30", &rates).unwrap();
    assert_eq!(before.amount, cny(-3_025));
    assert_eq!(before.trace.replay().unwrap(), Value::Decimal(before.amount.amount()));
    assert_eq!(tax(-50_411, "2026-07-01", &rates).unwrap().amount, cny(-2_521));
    assert_eq!(tax(1, "2015-01-01", &rates).unwrap_err().code(), Code::RulebookDatedOutside);
    let negative = rate(vec![dated("-0.06", "2016-05-01", None)]);
    assert_eq!(told(&tax(1, "2026-01-01", &negative).unwrap_err()), ["product.charge.rate /rate"]);
}

#[test]
fn a_timeline_from_outside_is_checked() {
    let good = EffectiveTimeline::single("a", cny(100), year(), RoundingMode::HalfUp);
    let step = |coverage: &str, from: &str, annual: Money| CoverStep {
        coverage: coverage.to_owned(),
        from: date(from),
        price: Some(PinnedPrice { annual, version: RateVersion { plan: String::new(), rated_on: date(from) } }),
    };
    let refused = |steps: Vec<CoverStep>| told(&EffectiveTimeline { steps, ..good.clone() }.price().unwrap_err());
    assert_eq!(
        refused(vec![step("b", "2026-01-01", cny(1)), step("a", "2026-01-01", cny(1))]),
        ["product.change.order /steps/1/from"]
    );
    assert_eq!(
        refused(vec![step("a", "2026-02-01", cny(1)), step("a", "2026-02-01", cny(2))]),
        ["product.change.order /steps/1/from"]
    );
    assert_eq!(refused(vec![step("a", "2027-01-01", cny(1))]), ["product.change.outside_term /steps/0/from"]);
    assert_eq!(refused(vec![step("a", "2026-01-01", cny(-1))]), ["product.change.price_negative /steps/0/price"]);
    let dollars = Money::from_minor(1, Currency::USD);
    assert_eq!(refused(vec![step("a", "2026-01-01", dollars)]), ["money.currency.mixed /steps/0/price"]);
    let rules = china_refunds::commercial_motor_refunds().unwrap();
    let mut end = rules.end(&year(), &request("insurer_notice", "2026-05-01")).unwrap();
    end.effective = date("2027-01-02");
    end.retention.table = Some(ShortRateTable { rows: Vec::new(), ..china_refunds::short_period_table().unwrap() });
    let outside = EffectiveTimeline { end: Some(end), ..good }.price().unwrap_err();
    assert_eq!(
        told(&outside),
        ["product.short_rate.rows /end/retention/table/rows", "product.change.outside_term /end/effective"]
    );
    // Nothing insured costs nothing.
    let empty =
        EffectiveTimeline { steps: Vec::new(), ..EffectiveTimeline::single("a", cny(1), year(), RoundingMode::Up) };
    assert_eq!(empty.price().unwrap().total, cny(0));
}

#[test]
fn commands_that_do_not_fit() {
    let policy = issued(setup(Proration::Daily {}, year()));
    let issue = ChangeCommand::Issue { setup: policy.setup.clone(), recorded_on: date("2026-01-01") };
    assert_eq!(decided(Some(&policy), &issue).unwrap_err().code(), Code::ProductChangeIssued);
    let withdraw = ChangeCommand::Withdraw { id: ChangeId::new("E1").unwrap(), recorded_on: date("2026-01-01") };
    assert_eq!(decided(None, &withdraw).unwrap_err().code(), Code::ProductChangeUnknown);
    let early = ChangeAction::Reinstate { undoes: ChangeId::new("E1").unwrap() };
    let record = |change| ChangeCommand::Record { change, recorded_on: date("2026-01-01") };
    assert_eq!(
        decided(None, &record(change("E2", date("2026-05-01"), early))).unwrap_err().code(),
        Code::ProductChangeUnknown
    );

    let mut full = policy;
    let place = |place: usize| EffectiveChange {
        place: i64::try_from(place).unwrap(),
        ..change(&format!("E{place}"), date("2026-05-01"), ChangeAction::ChangePolicy { terms: BTreeMap::new() })
    };
    full.changes = (0..MAX_CHANGES)
        .map(|number| RecordedChange { change: place(number), recorded_on: date("2026-01-01"), end: None })
        .collect();
    let refusal = decided(Some(&full), &record(place(MAX_CHANGES))).unwrap_err();
    assert_eq!(told(&refusal), ["product.change.too_many /change"]);
    full.changes.pop();
    assert!(decided(Some(&full), &record(place(MAX_CHANGES))).is_ok());
}

/// A cancellation that the rules move to the first day of cover can't be undone before that day.
#[test]
fn a_reinstatement_before_the_end_is_refused() {
    let policy = issued(setup(Proration::Daily {}, year()));
    let cancel = ChangeAction::Cancel {
        ground: "policyholder_request".to_owned(),
        asked_on: date("2025-12-20"),
        receipt_signed_on: None,
    };
    let record = |change| ChangeCommand::Record { change, recorded_on: date("2025-12-20") };
    let cancelled = decided(Some(&policy), &record(change("E1", date("2025-12-20"), cancel))).unwrap();
    let cancelled = cancelled.iter().fold(Some(policy), apply_change).unwrap();
    // 3 % of 1365.
    assert_eq!(cancelled.price().unwrap().total, cny(4_095));
    let reinstate = |effective: &str| {
        let action = ChangeAction::Reinstate { undoes: ChangeId::new("E1").unwrap() };
        decided(Some(&cancelled), &record(change("E2", date(effective), action)))
    };
    assert_eq!(told(&reinstate("2025-12-25").unwrap_err()), ["product.change.outside_term /change/effective"]);
    let back = reinstate("2026-01-01").unwrap().iter().fold(Some(cancelled.clone()), apply_change).unwrap();
    assert_eq!(back.price().unwrap().total, cny(136_500));
}

#[test]
fn packs_hold_what_their_sources_say() {
    let china = china_refunds::short_period_table().unwrap();
    let percents: Vec<String> = china.rows.iter().map(|row| row.percent.to_string()).collect();
    assert_eq!(percents.join(" "), "10 20 30 40 50 60 70 80 85 90 95 100");
    let accident = china_refunds::short_period_accident_table().unwrap();
    let percents: Vec<String> = accident.rows.iter().map(|row| row.percent.to_string()).collect();
    assert_eq!(percents.join(" "), "25 35 45 55 65 70 75 80 85 90 95 100");
    let wheel = international_refunds::short_rate_365().unwrap();
    let start = date("2026-01-01");
    // Never less for a longer time, 25 at least, all in the end.
    let percents: Vec<Decimal> =
        (1..=366).map(|days| wheel.percent(start, start.plus_days(days).unwrap()).unwrap()).collect();
    assert!(percents.is_sorted() && percents[0] == 25.into() && percents[365] == 100.into());
    assert_eq!(percents.iter().collect::<std::collections::BTreeSet<_>>().len(), 76);
}

fn sample(name: &str) -> Vec<u8> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../tests/stored/0.1.0");
    fs::read(folder.join(name)).unwrap().trim_ascii_end().to_vec()
}

/// Reads a sample; what is written now is what was written then, to the byte.
fn loaded<T: Stored>(name: &str) -> T {
    let value: T = from_stored(&sample(name)).unwrap();
    assert_eq!(to_stored(&value).unwrap().as_bytes(), sample(name), "{name}");
    value
}

#[test]
fn law_14_changes_of_yesterday_still_load() {
    let rules = RefundRules::load(loaded::<RefundRulesSpec>("refund_rules.json")).unwrap();
    assert_eq!(rules.version(date("2026-01-01")).unwrap().grounds[0].code, "on_request");
    let table: ShortRateTable = loaded("short_rate_table.json");
    assert_eq!(table.percent(date("2026-01-01"), date("2026-01-17")).unwrap(), 20.into());
    let policy: PolicyChanges = loaded("policy_changes.json");
    assert_eq!(
        policy.price().unwrap().total.minor(),
        policy.charges.iter().map(|charge| charge.amount.minor()).sum::<i64>()
    );
    let event: ChangeEvent = loaded("policy_change_event.json");
    let after = apply_change(Some(policy), &event).unwrap();
    assert_eq!(after.price().unwrap().total, after.charges.last().unwrap().after);
    // 1000 and 365 after four months are kept whole; of 612.00 for ten months two months keep 30 %.
    assert_eq!(after.price().unwrap().total, cny(154_860));
}

/// The mutant: a sample of a version that no release has written, and one with another name in it.
#[test]
fn law_14_of_changes_catches_a_changed_format() {
    let text = String::from_utf8(sample("policy_changes.json")).unwrap();
    let newer = from_stored::<PolicyChanges>(text.replacen("\"version\":1", "\"version\":2", 1).as_bytes());
    assert_eq!(newer.unwrap_err().code(), Code::WireStoredVersion);
    assert!(from_stored::<PolicyChanges>(text.replacen("recorded_on", "entered_on", 1).as_bytes()).is_err());
}
