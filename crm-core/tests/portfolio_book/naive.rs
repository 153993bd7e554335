//! An independent count of the facts of one customer: it filters the flat tables again for each figure, in plain numbers
//! and exact fractions, and shares no code with the measuring.

use std::collections::{BTreeMap, BTreeSet};

use crm_core::{calendar::Date, party::PartyId, portfolio::*};
use num_rational::BigRational;
use num_traits::{Signed, ToPrimitive};

/// Figures by name: amounts in minor units, ratios in ten-thousandths of a per cent, none where absent.
pub type Figures = BTreeMap<&'static str, Option<i128>>;

fn ratio(part: i128, whole: i128) -> BigRational {
    BigRational::new(part.into(), whole.into())
}

/// Half up, away from zero.
fn rounded(exact: &BigRational) -> i128 {
    let half = ratio(1, 2);
    let whole = (exact.abs() + half).floor().to_integer().to_i128().unwrap();
    if exact.is_negative() { -whole } else { whole }
}

fn percent(part: i128, whole: i128) -> Option<i128> {
    (whole > 0).then(|| rounded(&(ratio(part, whole) * ratio(1_000_000, 1))))
}

/// Whole anniversaries passed: compares month and day as numbers.
fn years(from: Date, to: Date) -> Option<i128> {
    let number = |date: Date| date.year() * 10_000 + (date.month() * 100 + date.day()) as i32;
    let mut from_number = number(from);
    // Who began on 29 February has the anniversary on the 28th of a common year.
    if from.month() == 2 && from.day() == 29 && to.year() % 4 != 0 {
        from_number -= 1;
    }
    (from <= to).then(|| i128::from((number(to) - from_number) / 10_000))
}

/// Rows that a book keeps: sound, each once, in its currency.
pub fn sound(rows: &BookRows) -> BookRows {
    let mut kept = rows.clone();
    let cny = crm_core::money::Currency::CNY;
    let mut seen = BTreeSet::new();
    kept.customers.retain(|row| seen.insert(row.id.clone()));
    let mut seen = BTreeSet::new();
    kept.policies.retain(|row| {
        let sound = row.end > row.start
            && row.premium.currency() == cny
            && row.renewal_of.as_ref() != Some(&row.id)
            && row.sum_insured.currency() == cny;
        sound && seen.insert(row.id.clone())
    });
    kept.claims.retain(|row| {
        let reserve = if row.closed.is_some() { 0..=0 } else { 0..=i64::MAX };
        row.reported >= row.occurred
            && row.closed.is_none_or(|day| day >= row.reported)
            && reserve.contains(&row.reserve.minor())
            && (row.outcome.is_none() || row.closed.is_some())
            && !(row.outcome.is_some_and(ClaimOutcome::is_nil) && row.paid.minor() > 0)
    });
    let policies: BTreeSet<PolicyId> = kept.policies.iter().map(|row| row.id.clone()).collect();
    // Who comes back to himself, going from policy to policy before, renews nobody.
    let before: BTreeMap<PolicyId, PolicyId> =
        kept.policies.iter().filter_map(|row| Some((row.id.clone(), row.renewal_of.clone()?))).collect();
    for row in &mut kept.policies {
        let mut at = before.get(&row.id);
        for _ in 0..before.len() {
            if at == Some(&row.id) {
                row.renewal_of = None;
            }
            at = at.and_then(|id| before.get(id));
        }
    }
    kept.endorsements.retain(|row| policies.contains(&row.policy));
    kept.receipts.retain(|row| policies.contains(&row.policy));
    kept.claims.retain(|row| policies.contains(&row.policy));
    kept
}

/// What is known of a policy's cover on a day: each day of its term is looked at by itself.
pub struct DayByDay<'a> {
    policy: &'a PolicyRow,
    /// Cancellations and reinstatements in the order of their effect, without those that contradict each other.
    switches: Vec<&'a EndorsementRow>,
}

impl<'a> DayByDay<'a> {
    pub fn of(rows: &'a BookRows, policy: &'a PolicyRow, as_of: Date) -> Self {
        let mut switches: Vec<&EndorsementRow> = rows
            .endorsements
            .iter()
            .filter(|row| row.policy == policy.id && in_term(policy, row, as_of))
            .filter(|row| row.effect != EndorsementEffect::Change)
            .collect();
        let all = switches.clone();
        switches.retain(|row| {
            all.iter().all(|other| {
                (other.effective, other.booked) != (row.effective, row.booked) || other.effect == row.effect
            })
        });
        switches.sort_by_key(|row| (row.effective, row.booked));
        Self { policy, switches }
    }

    /// Whether the last that takes effect by the day is a cancellation.
    fn off(&self, day: Date) -> bool {
        let last = self.switches.iter().rfind(|row| row.effective <= day);
        last.is_some_and(|row| row.effect == EndorsementEffect::Cancellation)
    }

    pub fn covers(&self, day: Date) -> bool {
        self.policy.start <= day && day < self.policy.end && !self.off(day)
    }

    pub fn days(&self) -> Vec<Date> {
        let count = self.policy.start.days_until(self.policy.end);
        let days = (0..count).map(|day| self.policy.start.plus_days(day).unwrap());
        days.filter(|day| self.covers(*day)).collect()
    }

    /// The first day of those, up to the end of the term, on all of which it is off.
    pub fn cancelled(&self) -> Option<Date> {
        let mut day = self.policy.end.plus_days(-1).unwrap();
        let known_from =
            if self.policy.signed_on < self.policy.start { self.policy.signed_on } else { self.policy.start };
        let mut since = None;
        while day >= known_from && self.off(day) {
            since = Some(day);
            day = day.plus_days(-1).unwrap();
        }
        since
    }

    /// Whether an endorsement of the policy counts.
    pub fn counts(&self, row: &EndorsementRow, as_of: Date) -> bool {
        if row.effect == EndorsementEffect::Change || !in_term(self.policy, row, as_of) {
            return in_term(self.policy, row, as_of);
        }
        let before = self.switches.iter().rfind(|other| (other.effective, other.booked) < (row.effective, row.booked));
        let ended = before.is_some_and(|before| before.effect == EndorsementEffect::Cancellation);
        self.switches.iter().any(|other| other.id == row.id) && (row.effect == EndorsementEffect::Cancellation || ended)
    }
}

fn in_term(policy: &PolicyRow, row: &EndorsementRow, as_of: Date) -> bool {
    let early = row.effective < policy.start && row.effective < policy.signed_on;
    row.booked <= as_of && !early && row.effective <= policy.end
}

pub fn figures(rows: &BookRows, of: &PartyId, parameters: &FactParameters) -> Figures {
    let rows = sound(rows);
    let as_of = parameters.as_of;
    let tomorrow = as_of.plus_days(1).unwrap();
    let window = day_back(as_of, 1);
    let prior = day_back(as_of, 2);
    let policies: Vec<&PolicyRow> =
        rows.policies.iter().filter(|row| row.customer == *of && row.signed_on <= as_of).collect();
    let is_his = |id: &PolicyId| policies.iter().any(|row| row.id == *id);
    let policy = |id: &PolicyId| *policies.iter().find(|row| row.id == *id).unwrap();
    let cover = |policy| DayByDay::of(&rows, policy, as_of);
    let covers: BTreeMap<&PolicyId, (Vec<Date>, Option<Date>)> =
        policies.iter().map(|row| (&row.id, (cover(row).days(), cover(row).cancelled()))).collect();
    // A policy without a day of cover is none.
    let real: Vec<&PolicyRow> = policies.iter().filter(|row| !covers[&row.id].0.is_empty()).copied().collect();
    let endorsements: Vec<_> = rows
        .endorsements
        .iter()
        .filter(|row| is_his(&row.policy) && cover(policy(&row.policy)).counts(row, as_of))
        .collect();
    let receipts: Vec<_> = rows.receipts.iter().filter(|row| is_his(&row.policy) && row.received_on <= as_of).collect();
    let reported: Vec<&ClaimRow> =
        rows.claims.iter().filter(|row| is_his(&row.policy) && row.reported <= as_of).collect();
    let (covered, outside): (Vec<&ClaimRow>, Vec<&ClaimRow>) =
        reported.into_iter().partition(|row| covers[&row.policy].0.contains(&row.occurred));
    let is_nil = |row: &&&ClaimRow| {
        let nil = [Some(ClaimOutcome::Rejected), Some(ClaimOutcome::Withdrawn), Some(ClaimOutcome::Nil)];
        nil.contains(&row.outcome) && row.closed.is_some_and(|day| day <= as_of)
    };
    let claims: Vec<&ClaimRow> =
        covered.iter().filter(|row| parameters.nil_claims_count || !is_nil(row)).copied().collect();
    let count = |number: usize| Some(number as i128);
    let sum = |amounts: &mut dyn Iterator<Item = i64>| amounts.map(i128::from).sum::<i128>();

    // Everything written, with its day and the span over which it is earned.
    let gone = |id: &PolicyId| covers[id].1.is_some_and(|since| since <= as_of);
    let mut written: Vec<(i128, Date, Date, Date, Option<Date>)> = policies
        .iter()
        .map(|row| (i128::from(row.premium.minor()), row.signed_on, row.start, row.end, covers[&row.id].1))
        .collect();
    for row in &endorsements {
        let changed = policy(&row.policy);
        let from = if row.effective > changed.start { row.effective } else { changed.start };
        written.push((i128::from(row.premium_change.minor()), row.booked, from, changed.end, covers[&row.policy].1));
    }
    let total: i128 = written.iter().map(|row| row.0).sum();
    let earned_by = |day: Date| -> i128 {
        let part = |(amount, _, from, end, gone): &(i128, Date, Date, Date, Option<Date>)| {
            let passed = i128::from(from.days_until(day.plus_days(1).unwrap())).max(0);
            let whole = i128::from(from.days_until(*end));
            match passed {
                _ if gone.is_some_and(|since| since <= day) => *amount,
                0 => 0,
                _ if whole <= passed => *amount,
                _ => rounded(&(ratio(*amount, 1) * ratio(passed, whole))),
            }
        };
        written.iter().map(part).sum()
    };
    let earned = earned_by(as_of);
    let long_ago = day_back(as_of, i32::try_from(parameters.ratio_years).unwrap());
    let incurred_since = |rows: &[&ClaimRow], day: Date| -> i128 {
        let since = rows.iter().filter(|row| row.occurred > day);
        since.map(|row| i128::from(row.paid.minor()) + i128::from(row.reserve.minor())).sum()
    };
    let days_since = |day: Option<Date>| {
        let of = |row: &&PolicyRow| covers[&row.id].0.iter().filter(|one| day.is_none_or(|day| **one > day)).copied();
        real.iter().flat_map(|row| of(row).collect::<Vec<_>>()).filter(|one| *one < tomorrow).count()
    };
    let in_window: i128 = written.iter().filter(|row| row.1 > window).map(|row| row.0).sum();
    let before: i128 = written.iter().filter(|row| row.1 > prior && row.1 <= window).map(|row| row.0).sum();
    let collected = sum(&mut receipts.iter().map(|row| row.amount.minor()));
    let open = |row: &PolicyRow| {
        let changes = sum(&mut endorsements.iter().filter(|e| e.policy == row.id).map(|e| e.premium_change.minor()));
        let paid = sum(&mut receipts.iter().filter(|r| r.policy == row.id).map(|r| r.amount.minor()));
        (i128::from(row.premium.minor()) + changes - paid).max(0)
    };
    let overdue =
        |row: &&&PolicyRow| i128::from(row.start.days_until(as_of)) > i128::from(parameters.overdue_after_days);
    let paid = sum(&mut covered.iter().map(|row| row.paid.minor()));
    let reserved = sum(&mut covered.iter().map(|row| row.reserve.minor()));
    let paid_outside = sum(&mut outside.iter().map(|row| row.paid.minor()));
    let all_outside = paid_outside + sum(&mut outside.iter().map(|row| row.reserve.minor()));
    let costs: Vec<_> = rows.costs.iter().filter(|row| row.customer == *of && row.on <= as_of).collect();
    let commission = sum(&mut costs.iter().filter(|row| row.kind == "commission").map(|row| row.amount.minor()));
    let cost = sum(&mut costs.iter().filter(|row| row.kind != "commission").map(|row| row.amount.minor()));
    let spent_in_window = |commission: bool| {
        let rows = costs.iter().filter(|row| row.on > window && (row.kind == "commission") == commission);
        sum(&mut rows.map(|row| row.amount.minor()))
    };
    let (earned_in_window, earned_in_years) = (earned - earned_by(window), earned - earned_by(long_ago));
    let in_years = incurred_since(&covered, long_ago);
    let (cover_years, clean_years) = years_of_cover(&real, &covers, &claims, parameters);
    let complaints: Vec<_> = rows.complaints.iter().filter(|row| row.customer == *of && row.on <= as_of).collect();
    let in_force = |row: &&&PolicyRow| covers[&row.id].0.contains(&as_of);
    let renewed = |row: &PolicyRow| {
        let renewals = rows.policies.iter().filter(|other| other.renewal_of.as_ref() == Some(&row.id));
        renewals.into_iter().any(|other| other.signed_on <= as_of && !cover(other).days().is_empty())
    };
    let end = |row: &PolicyRow| covers[&row.id].0.last().unwrap().plus_days(1).unwrap();
    let expiring = real.iter().filter(in_force).filter(|row| {
        i128::from(as_of.days_until(end(row))) <= i128::from(parameters.expiring_within_days) && !renewed(row)
    });
    let cancelled = policies.iter().filter(|row| gone(&row.id));
    let passed = days_since(None) as i128;
    let since = rows.customers.iter().find(|row| row.id == *of).unwrap().since;
    let renewing = |row: &&&PolicyRow| row.renewal_of.is_some();
    [
        ("years_as_customer", years(since, as_of)),
        ("policies", count(real.len())),
        ("policies_in_force", count(real.iter().filter(in_force).count())),
        ("policies_expiring", count(expiring.count())),
        ("renewals", count(real.iter().filter(renewing).count())),
        ("renewals_in_window", count(real.iter().filter(renewing).filter(|row| row.signed_on > window).count())),
        ("new_in_window", count(real.iter().filter(|row| row.renewal_of.is_none() && row.signed_on > window).count())),
        ("policies_before_window", count(real.iter().filter(|row| row.signed_on <= window).count())),
        ("policies_cancelled", count(cancelled.clone().count())),
        (
            "cancelled_in_window",
            count(cancelled.filter(|row| covers[&row.id].1.is_some_and(|since| since > window)).count()),
        ),
        ("cover_days", count(days_since(None))),
        ("cover_days_in_window", count(days_since(Some(window)))),
        ("cover_years", Some(cover_years)),
        ("first_start", real.iter().map(|row| i128::from(covers[&row.id].0[0].epoch_days())).min()),
        ("last_end", real.iter().map(|row| i128::from(end(row).epoch_days())).max()),
        ("premium_written", Some(total)),
        ("premium_in_window", Some(in_window)),
        ("premium_before", Some(before)),
        ("premium_change", Some(in_window - before)),
        ("growth", percent(in_window - before, before)),
        ("premium_earned", Some(earned)),
        ("premium_growth", (before > 0).then_some(in_window - before)),
        ("premium_earned_in_window", Some(earned_in_window)),
        ("premium_earned_in_years", Some(earned_in_years)),
        ("premium_unearned", Some(total - earned)),
        ("premium_collected", Some(collected)),
        ("refunds", Some(-sum(&mut receipts.iter().map(|row| row.amount.minor().min(0))))),
        ("receivable_open", Some(policies.iter().map(|row| open(row)).sum())),
        ("receivable_overdue", Some(policies.iter().filter(overdue).map(|row| open(row)).sum())),
        ("claims", count(claims.len())),
        ("claims_in_window", count(claims.iter().filter(|row| row.occurred > window).count())),
        ("claims_open", count(covered.iter().filter(|row| row.closed.is_none_or(|day| day > as_of)).count())),
        ("fraud_claims", count(covered.iter().filter(|row| row.fraud).count())),
        ("claims_nil", count(covered.iter().filter(is_nil).count())),
        ("claims_paid", Some(paid)),
        ("claims_outstanding", Some(reserved)),
        ("claims_incurred", Some(paid + reserved)),
        ("claims_incurred_in_window", Some(incurred_since(&covered, window))),
        ("claims_incurred_in_years", Some(in_years)),
        ("claims_outside_cover", Some(all_outside)),
        (
            "claim_frequency",
            (passed > 0).then(|| rounded(&(ratio(claims.len() as i128 * 365, passed) * ratio(10_000, 1)))),
        ),
        ("loss_ratio_earned", percent(paid + reserved, earned)),
        ("loss_ratio_years", percent(in_years, earned_in_years)),
        ("loss_ratio_collected", percent(paid, collected)),
        ("clean_years", Some(clean_years)),
        ("commission", Some(commission)),
        ("commission_in_window", Some(spent_in_window(true))),
        ("cost_to_serve", Some(cost)),
        ("cost_in_window", Some(spent_in_window(false))),
        ("complaints", count(complaints.len())),
        (
            "complaints_open",
            count(complaints.iter().filter(|row| row.resolved_on.is_none_or(|day| day > as_of)).count()),
        ),
        ("result_earned", Some(earned - paid - reserved - all_outside - commission - cost)),
        (
            "result_in_window",
            Some(
                earned_in_window
                    - incurred_since(&covered, window)
                    - incurred_since(&outside, window)
                    - spent_in_window(true)
                    - spent_in_window(false),
            ),
        ),
        ("result_collected", Some(collected - paid - paid_outside - commission - cost)),
    ]
    .into()
}

/// The day some years back; the 29th of February becomes the 28th.
fn day_back(day: Date, years: i32) -> Date {
    Date::new(day.year() - years, day.month(), day.day())
        .or_else(|_| Date::new(day.year() - years, day.month(), 28))
        .unwrap()
}

/// Walks back day by day from the end of cover, or from the review, until a stop in cover that is too long.
fn years_of_cover(
    policies: &[&PolicyRow],
    covers: &BTreeMap<&PolicyId, (Vec<Date>, Option<Date>)>,
    claims: &[&ClaimRow],
    parameters: &FactParameters,
) -> (i128, i128) {
    let as_of = parameters.as_of;
    // Each stretch of cover that has begun, to its end.
    let days: BTreeSet<Date> = policies
        .iter()
        .flat_map(|row| {
            let days = &covers[&row.id].0;
            let stretches = days.chunk_by(|a, b| a.days_until(*b) == 1);
            stretches.filter(|days| days[0] <= as_of).flatten().copied()
        })
        .collect();
    let Some(last) = days.last().map(|day| day.plus_days(1).unwrap()) else { return (0, 0) };
    let until = if last < as_of { last } else { as_of };
    let (mut day, mut from, mut gap) = (until, until, 0);
    while day >= *days.first().unwrap() {
        if days.contains(&day) {
            gap = 0;
            from = day;
        } else if day < last {
            gap += 1;
            if gap > parameters.cover_gap_days {
                break;
            }
        }
        day = day.plus_days(-1).unwrap();
    }
    let last_claim = claims.iter().map(|row| row.occurred).max();
    let since_claim = last_claim.filter(|claim| *claim > from).unwrap_or(from);
    // Only days with cover make years.
    let complete = |from: Date| {
        let leap = |day: &Date| (day.month(), day.day()) == (2, 29);
        let covered = days.iter().filter(|day| from <= **day && **day < until && !leap(day));
        covered.count() as i128 / 365
    };
    (complete(from), complete(since_claim))
}
