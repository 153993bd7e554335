//! What is recorded, refused and charged.

use std::collections::BTreeMap;

use crm_core::{
    money::{Currency, Money, RoundingMode},
    product::{
        ChangeAction, ChangeCommand, ChangeId, ChargeNature, CoverStep, EffectiveChange, EffectiveTimeline,
        MAX_CHANGES, PinnedPrice, Proration, RateVersion, RecordedChange, ShortRateTable, SideCharge, apply_change,
        china_refunds,
    },
    refusal::Code,
    rulebook::{DatedValue, Parameter, Scalar, Value, ValueType},
};

use crate::{change, cny, date, decided, issued, request, setup, told, year};

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
