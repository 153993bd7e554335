//! A small world: three coverages, a tariff that changes on a day, grounds on which a policy may end.

use std::collections::BTreeMap;

use crm_core::{
    calendar::{Date, Period},
    money::{Currency, Decimal, Money, RoundingMode},
    product::{
        BeforeStartFee, CancellationGround, ChangeAction, ChangeId, CoverPrices, EffectiveChange, ElapsedTime, EndedBy,
        InsuredRisk, MinimumRetained, PinnedBy, PinnedPrice, PolicySetup, Proration, RateVersion, RefundRules,
        RefundRulesSpec, RefundRulesVersion, RetentionBase, RetentionMethod, RetentionRule, ShortRateRow,
        ShortRateTable,
    },
    refusal::Refusal,
    rulebook::Scalar,
};
use proptest::prelude::*;

pub fn date(text: &str) -> Date {
    Date::parse(text).unwrap()
}

pub fn cny(minor: i64) -> Money {
    Money::from_minor(minor, Currency::CNY)
}

/// From this day on the second version of the tariff is valid.
pub fn tariff_change() -> Date {
    date("2027-09-01")
}

/// The tariff: version, coverage, level, use; in cents a year.
pub fn tariff(second: bool, coverage: &str, level: i64, usage: i64) -> i64 {
    let base = [("a", 95_003), ("b", 120_007), ("c", 33_331)].iter().find(|(name, _)| *name == coverage).unwrap().1;
    base + level * 1_117 + usage * 2_221 + if second { base / 7 + 13 } else { 0 }
}

/// The tariff as it is loaded on some day: before the second version is published the first one has no end.
pub struct Tariff {
    pub published: bool,
}

fn whole(terms: &BTreeMap<String, Scalar>, name: &str) -> i64 {
    match terms.get(name) {
        Some(Scalar::Integer(value)) => *value,
        _ => 0,
    }
}

impl CoverPrices for Tariff {
    fn annual(&self, risk: &InsuredRisk, coverage: &str, rated_on: Date) -> Result<PinnedPrice, Refusal> {
        let second = self.published && rated_on >= tariff_change();
        let level = whole(&risk.covers[coverage], "level");
        let annual = cny(tariff(second, coverage, level, whole(&risk.terms, "usage")));
        Ok(PinnedPrice { annual, version: RateVersion { plan: format!("v{}", i64::from(second) + 1), rated_on } })
    }
}

pub fn level(value: i64) -> BTreeMap<String, Scalar> {
    BTreeMap::from([("level".to_owned(), Scalar::Integer(value))])
}

pub fn usage(value: i64) -> BTreeMap<String, Scalar> {
    BTreeMap::from([("usage".to_owned(), Scalar::Integer(value))])
}

/// A wheel by days and months.
pub fn wheel() -> ShortRateTable {
    let row = |up_to, percent: i64| ShortRateRow { up_to, percent: percent.into() };
    let months = |months| ElapsedTime::Months { months };
    ShortRateTable {
        name: "wheel".to_owned(),
        title: "wheel".to_owned(),
        title_zh: "短期费率".to_owned(),
        source: "test".to_owned(),
        rows: vec![row(ElapsedTime::Days { days: 20 }, 20), row(months(3), 40), row(months(9), 85)],
        beyond: Some(100.into()),
    }
}

/// The rules of retention that the law is asked under, one a ground.
pub fn retentions() -> Vec<RetentionRule> {
    use RetentionBase as Base;
    let rule = |method, base| RetentionRule { method, base, minimum: None };
    let part = |text: &str| Decimal::parse(text).unwrap();
    let share = |kept: &str| RetentionMethod::UnearnedShare { kept: part(kept) };
    let daily = RetentionMethod::Daily { days: crm_core::calendar::DayCount::ActualTerm };
    let table = RetentionMethod::ShortRate { table: "wheel".to_owned() };
    let least = |minimum, rule: RetentionRule| RetentionRule { minimum: Some(minimum), ..rule };
    vec![
        rule(share("0"), Base::UnearnedShare),
        rule(share("0.10"), Base::UnearnedShare),
        rule(daily.clone(), Base::AllCharged),
        rule(table.clone(), Base::AllCharged),
        rule(table.clone(), Base::AnnualAtCancellation),
        rule(table, Base::PerLayer),
        rule(daily, Base::PerLayer),
        rule(RetentionMethod::Nothing {}, Base::AllCharged),
        rule(RetentionMethod::Everything {}, Base::AllCharged),
        least(MinimumRetained::Amount { amount: cny(100_000) }, rule(share("0"), Base::UnearnedShare)),
        least(MinimumRetained::Part { part: part("0.25") }, rule(RetentionMethod::Nothing {}, Base::AllCharged)),
    ]
}

pub fn refund_rules() -> RefundRules {
    let before_start = BeforeStartFee { part: Decimal::parse("0.03").unwrap(), at_most: None };
    let grounds = retentions().into_iter().enumerate().map(|(index, after_start)| CancellationGround {
        code: format!("ground_{index}"),
        title: String::new(),
        title_zh: String::new(),
        ended_by: EndedBy::Policyholder,
        source: "test".to_owned(),
        cooling_off: None,
        after_start,
        before_start,
    });
    let version = RefundRulesVersion {
        from: date("2020-01-01"),
        until: None,
        source: "test".to_owned(),
        grounds: grounds.collect(),
        keep_below: None,
    };
    RefundRules::load(RefundRulesSpec {
        name: "test_refunds".to_owned(),
        title: String::new(),
        title_zh: String::new(),
        pinned_by: PinnedBy::Inception,
        tables: vec![wheel()],
        versions: vec![version],
        checked_until: date("2030-01-01"),
    })
    .unwrap()
}

/// A policy and its changes, in the order in which they take effect.
#[derive(Debug, Clone)]
pub struct World {
    pub setup: PolicySetup,
    pub changes: Vec<EffectiveChange>,
}

pub fn setup(months: i64, pinned_by: PinnedBy, proration: Proration) -> PolicySetup {
    let term = Period::months_from(date("2027-03-01"), months, crm_core::calendar::EndOfMonth::Clamp).unwrap();
    let covers = BTreeMap::from([("a".to_owned(), level(0)), ("b".to_owned(), level(2))]);
    PolicySetup {
        term,
        currency: Currency::CNY,
        proration,
        rounding: RoundingMode::HalfUp,
        rates_pinned_by: pinned_by,
        risk: InsuredRisk { terms: BTreeMap::new(), covers },
    }
}

pub fn change(number: usize, effective: Date, place: i64, action: ChangeAction) -> EffectiveChange {
    EffectiveChange { id: ChangeId::new(&format!("E-{number}")).unwrap(), effective, place, action }
}

pub fn cancel(ground: usize, asked_on: Date) -> ChangeAction {
    ChangeAction::Cancel { ground: format!("ground_{ground}"), asked_on, receipt_signed_on: None }
}

/// Changes that can stand one after the other: what is added was not there, what ends was in force.
fn walk(setup: &PolicySetup, days: &[(i64, u8, u8, i64)], retention: usize) -> Vec<EffectiveChange> {
    let mut covers: Vec<&str> = vec!["a", "b"];
    let mut ended: Option<(ChangeId, Date)> = None;
    let mut changes = Vec::new();
    let length = setup.term.days();
    let mut sorted = days.to_vec();
    sorted.sort();
    for (number, (day, what, which, value)) in sorted.into_iter().enumerate() {
        // Some changes share a day; their place tells them apart.
        let effective = setup
            .term
            .start()
            .plus_days(1 + (day * 5) % (length - 1))
            .unwrap()
            .max(changes.last().map_or(setup.term.start(), |last: &EffectiveChange| last.effective));
        let coverage = covers[usize::from(which) % covers.len()].to_owned();
        let missing = ["a", "b", "c"].into_iter().find(|name| !covers.contains(name));
        let action = match (&ended, what % 8) {
            (Some((id, _)), _) => {
                let action = ChangeAction::Reinstate { undoes: id.clone() };
                ended = None;
                action
            }
            (None, 0..=1) => ChangeAction::ChangeCover { coverage, terms: level(value) },
            (None, 2) => ChangeAction::ChangePolicy { terms: usage(value) },
            (None, 3..=4) if missing.is_some() => {
                let name = missing.unwrap();
                covers.push(name);
                ChangeAction::AddCover { coverage: name.to_owned(), terms: level(value) }
            }
            (None, 5) if covers.len() > 1 => {
                covers.retain(|name| *name != coverage);
                ChangeAction::RemoveCover { coverage }
            }
            (None, 6..) => {
                let id = ChangeId::new(&format!("E-{number}")).unwrap();
                ended = Some((id, effective));
                cancel(retention, effective)
            }
            (None, _) => ChangeAction::ChangePolicy { terms: usage(value + 1) },
        };
        changes.push(change(number, effective, i64::try_from(number).unwrap(), action));
    }
    changes
}

pub fn worlds() -> impl Strategy<Value = World> {
    let step = (0_i64..150, any::<u8>(), any::<u8>(), 0_i64..9);
    let months = prop::sample::select(vec![12_i64, 12, 6, 18, 25]);
    let pinned = prop::sample::select(vec![PinnedBy::Inception, PinnedBy::Effective, PinnedBy::Effective]);
    let proration = prop::sample::select(vec![Proration::Daily {}, Proration::WholeTerm {}, Proration::Daily {}]);
    (months, pinned, proration, prop::collection::vec(step, 1..=5), 0..retentions().len()).prop_map(
        |(months, pinned, proration, steps, retention)| {
            let setup = setup(months, pinned, proration);
            let changes = walk(&setup, &steps, retention);
            World { setup, changes }
        },
    )
}
