//! What a policy costs, worked out day by day in fractions. It shares no code with the timeline: no step, no segment, no
//! trace; every day is looked at from the beginning.

use std::collections::BTreeMap;

use crm_core::{
    calendar::{Date, EndOfMonth},
    product::{
        ChangeAction, EffectiveChange, MinimumRetained, PinnedBy, Proration, RetentionBase, RetentionMethod,
        RetentionRule,
    },
    rulebook::Scalar,
};
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{Signed as _, ToPrimitive as _, Zero as _};

use crate::world::{World, retentions, tariff, tariff_change};

fn fraction(numerator: i64, denominator: i64) -> BigRational {
    BigRational::new(BigInt::from(numerator), BigInt::from(denominator))
}

/// Half away from zero.
fn cents(exact: &BigRational) -> i64 {
    let half = fraction(1, 2);
    let size = (exact.abs() + half).floor().to_integer().to_i64().unwrap();
    if exact.is_negative() { -size } else { size }
}

/// What is insured on a day, coverage by coverage: the annual price in cents. None while nothing is in force.
fn insured_on(world: &World, changes: &[EffectiveChange], day: Date) -> Option<BTreeMap<String, i64>> {
    let value = |terms: &BTreeMap<String, Scalar>, name: &str, before: i64| match terms.get(name) {
        Some(Scalar::Integer(value)) => *value,
        _ => before,
    };
    let start = world.setup.term.start();
    let pin = |day: Date| if world.setup.rates_pinned_by == PinnedBy::Inception { start } else { day };
    let mut covers: BTreeMap<String, (i64, Date)> =
        world.setup.risk.covers.iter().map(|(name, terms)| (name.clone(), (value(terms, "level", 0), start))).collect();
    let mut usage = 0;
    let mut in_force = true;
    for change in changes.iter().filter(|change| change.effective <= day) {
        match &change.action {
            ChangeAction::AddCover { coverage, terms } => {
                covers.insert(coverage.clone(), (value(terms, "level", 0), pin(change.effective)));
            }
            ChangeAction::ChangeCover { coverage, terms } => {
                let cover = covers.get_mut(coverage).unwrap();
                *cover = (value(terms, "level", cover.0), pin(change.effective));
            }
            ChangeAction::RemoveCover { coverage } => {
                covers.remove(coverage).unwrap();
            }
            ChangeAction::ChangePolicy { terms } => {
                usage = value(terms, "usage", usage);
                covers.values_mut().for_each(|cover| cover.1 = pin(change.effective));
            }
            ChangeAction::Cancel { .. } => in_force = false,
            ChangeAction::Reinstate { .. } => in_force = true,
        }
    }
    let priced = |(name, (level, rated_on)): (String, (i64, Date))| {
        let annual = tariff(rated_on >= tariff_change(), &name, level, usage);
        (name, annual)
    };
    in_force.then(|| covers.into_iter().map(priced).collect())
}

/// The part of an annual price that one day costs.
fn day_share(world: &World, day: Date) -> BigRational {
    let term = world.setup.term;
    if matches!(world.setup.proration, Proration::WholeTerm {}) {
        return fraction(1, term.days());
    }
    let mut year = 0;
    loop {
        let begins = term.start().plus_months(12 * year, EndOfMonth::Clamp).unwrap();
        let ends = term.start().plus_months(12 * (year + 1), EndOfMonth::Clamp).unwrap();
        if begins <= day && day < ends {
            return fraction(1, begins.days_until(ends));
        }
        year += 1;
    }
}

/// The per cent of the wheel after so long, by hand.
fn wheel_percent(start: Date, until: Date) -> i64 {
    if until <= start {
        0
    } else if start.days_until(until) <= 20 {
        20
    } else if until <= start.plus_months(3, EndOfMonth::Clamp).unwrap() {
        40
    } else if until <= start.plus_months(9, EndOfMonth::Clamp).unwrap() {
        85
    } else {
        100
    }
}

/// The part that a method of time keeps.
fn kept_part(rule: &RetentionRule, start: Date, end: Date, until: Date) -> BigRational {
    match &rule.method {
        RetentionMethod::Daily { .. } => fraction(start.days_until(until), start.days_until(end)),
        RetentionMethod::ShortRate { .. } => fraction(wheel_percent(start, until), wheel_percent(start, end)),
        other => panic!("{other:?} is no method of time"),
    }
}

/// The price of each coverage and in all, in cents.
pub fn price(world: &World) -> (BTreeMap<String, i64>, i64) {
    let term = world.setup.term;
    // A cancellation that is not undone decides over the rest; without it the policy runs on.
    let undone: Vec<_> = world
        .changes
        .iter()
        .filter_map(|change| match &change.action {
            ChangeAction::Reinstate { undoes } => Some(undoes.clone()),
            _ => None,
        })
        .collect();
    let (ends, lasting): (Vec<_>, Vec<_>) = world
        .changes
        .iter()
        .cloned()
        .partition(|change| matches!(change.action, ChangeAction::Cancel { .. }) && !undone.contains(&change.id));
    let mut annual: BTreeMap<String, Vec<(Date, i64)>> = BTreeMap::new();
    let mut day = term.start();
    while day < term.end() {
        for (name, price) in insured_on(world, &lasting, day).unwrap_or_default() {
            annual.entry(name).or_default().push((day, price));
        }
        day = day.plus_days(1).unwrap();
    }
    let sum = |days: &[(Date, i64)], from: Date| {
        let days = days.iter().filter(|(day, _)| *day >= from);
        days.fold(BigRational::zero(), |sum, (day, price)| sum + day_share(world, *day) * fraction(*price, 1))
    };
    let share_from = |from: Date| {
        let mut share = BigRational::zero();
        let mut day = from;
        while day < term.end() {
            share += day_share(world, day);
            day = day.plus_days(1).unwrap();
        }
        share
    };
    let mut charged: BTreeMap<String, i64> = BTreeMap::new();
    let mut refunds: BTreeMap<String, i64> = BTreeMap::new();
    for (name, days) in &annual {
        charged.insert(name.clone(), cents(&sum(days, term.start())));
    }
    let Some(end) = ends.first() else { return (charged.clone(), charged.values().sum()) };
    let ChangeAction::Cancel { ground, .. } = &end.action else { unreachable!() };
    let rule = &retentions()[ground.strip_prefix("ground_").unwrap().parse::<usize>().unwrap()];
    let until = end.effective;
    for (name, days) in &annual {
        let all = fraction(charged[name], 1);
        let on = |day: Date| days.iter().find(|(on, _)| *on == day).map_or(0, |(_, price)| *price);
        let exact = match (&rule.method, rule.base) {
            (RetentionMethod::Nothing {}, _) => all,
            (RetentionMethod::Everything {}, _) => BigRational::zero(),
            (RetentionMethod::UnearnedShare { kept }, _) => {
                let kept: BigRational = fraction(i64::try_from(kept.mantissa()).unwrap(), 10_i64.pow(kept.scale()));
                sum(days, until) * (fraction(1, 1) - kept)
            }
            (_, RetentionBase::AllCharged) => &all - &all * kept_part(rule, term.start(), term.end(), until),
            (_, RetentionBase::AnnualAtCancellation) => {
                let last = on(until.plus_days(-1).unwrap());
                let base = fraction(last, 1) * share_from(term.start());
                let kept = base * kept_part(rule, term.start(), term.end(), until);
                if last == 0 { BigRational::zero() } else { all - kept }
            }
            (_, RetentionBase::PerLayer) => {
                let mut kept = BigRational::zero();
                let (mut day, mut before) = (term.start(), 0);
                while day < until {
                    let now = on(day);
                    if now != before {
                        let layer = fraction(now - before, 1) * share_from(day);
                        kept += layer * kept_part(rule, day, term.end(), until);
                    }
                    before = now;
                    day = day.plus_days(1).unwrap();
                }
                all - kept
            }
            (_, RetentionBase::UnearnedShare) => unreachable!(),
        };
        refunds.insert(name.clone(), cents(&exact).clamp(0, charged[name]));
    }
    let prices: BTreeMap<String, i64> = charged.iter().map(|(name, all)| (name.clone(), all - refunds[name])).collect();
    let all: i64 = charged.values().sum();
    let least = match &rule.minimum {
        Some(MinimumRetained::Amount { amount }) => amount.minor().min(all),
        Some(MinimumRetained::Part { part }) => {
            cents(&fraction(all * i64::try_from(part.mantissa()).unwrap(), 10_i64.pow(part.scale())))
        }
        None => 0,
    };
    let total = prices.values().sum::<i64>().max(least);
    (prices, total)
}
