//! Facts of a whole book in columns.

use alloc::{vec, vec::Vec};

use super::{
    beyond, one_length, too_large,
    whole::{Civil, ratio},
};
use crate::{
    money::batch::share,
    portfolio::{
        EndorsementEffect, FactParameters,
        cover::{Cover, DAYS_OF_A_YEAR, Endorsed, Term, outside},
    },
    refusal::{Code, Refusal},
};

/// Policies, one a row.
#[derive(Debug, Clone, Copy)]
pub struct PolicyColumns<'a> {
    /// Number of the customer.
    pub customer: &'a [u32],
    /// Day of signing.
    pub signed_on: &'a [i32],
    /// First day of cover.
    pub start: &'a [i32],
    /// First day after cover.
    pub end: &'a [i32],
    /// Written premium as issued.
    pub premium: &'a [i64],
    /// Whether it renews another; of policies that renew each other in a circle none does.
    pub renews: &'a [bool],
}

/// Endorsements, one a row.
#[derive(Debug, Clone, Copy)]
pub struct EndorsementColumns<'a> {
    /// Number of the policy.
    pub policy: &'a [u32],
    /// What it does to the cover.
    pub effect: &'a [EndorsementEffect],
    /// First day of the change; of a cancellation the first day without cover.
    pub effective: &'a [i32],
    /// Day of booking.
    pub booked: &'a [i32],
    /// Change of the written premium.
    pub premium_change: &'a [i64],
}

/// Receipts, one a row.
#[derive(Debug, Clone, Copy)]
pub struct ReceiptColumns<'a> {
    /// Number of the policy.
    pub policy: &'a [u32],
    /// Day on which the money moved.
    pub received_on: &'a [i32],
    /// Amount; below zero for a refund.
    pub amount: &'a [i64],
}

/// Claims, one a row.
#[derive(Debug, Clone, Copy)]
pub struct ClaimColumns<'a> {
    /// Number of the policy.
    pub policy: &'a [u32],
    /// Day of the loss.
    pub occurred: &'a [i32],
    /// Day of the report.
    pub reported: &'a [i32],
    /// Paid.
    pub paid: &'a [i64],
    /// Outstanding.
    pub reserve: &'a [i64],
    /// Whether it had ended without a payment by the day of the review: rejected, withdrawn or nil.
    pub nil: &'a [bool],
}

/// One value a customer, by number; the facts of [`CustomerFacts`](crate::portfolio::CustomerFacts) of the same names.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FactColumns {
    /// Policies signed.
    pub policies: Vec<i64>,
    /// Policies that renew another, signed in the window.
    pub renewals_in_window: Vec<i64>,
    /// Policies that renew none, signed in the window.
    pub new_in_window: Vec<i64>,
    /// Policies signed before the window.
    pub policies_before_window: Vec<i64>,
    /// Policies in force.
    pub policies_in_force: Vec<i64>,
    /// Policies cancelled and not reinstated.
    pub policies_cancelled: Vec<i64>,
    /// Written premium.
    pub premium_written: Vec<i64>,
    /// Earned premium.
    pub premium_earned: Vec<i64>,
    /// Earned premium of the years of the loss ratio.
    pub premium_earned_in_years: Vec<i64>,
    /// Money received less money paid back.
    pub premium_collected: Vec<i64>,
    /// Written and not received.
    pub receivable_open: Vec<i64>,
    /// Claims reported whose loss occurred on a day of cover.
    pub claims: Vec<i64>,
    /// Claims that occurred in the window.
    pub claims_in_window: Vec<i64>,
    /// Claims paid.
    pub claims_paid: Vec<i64>,
    /// Paid and outstanding.
    pub claims_incurred: Vec<i64>,
    /// Paid and outstanding for losses in the years of the loss ratio.
    pub claims_incurred_in_years: Vec<i64>,
    /// Incurred ÷ earned in ten-thousandths of a per cent, half up; [`NO_RATIO`](super::NO_RATIO) where nothing is
    /// earned.
    pub loss_ratio_earned: Vec<i64>,
    /// Paid ÷ collected, likewise.
    pub loss_ratio_collected: Vec<i64>,
    /// Incurred ÷ earned of the years of the loss ratio, likewise.
    pub loss_ratio_years: Vec<i64>,
    /// Completed years of 365 days with cover, without a longer stop.
    pub cover_years: Vec<i64>,
    /// The same since the last claim.
    pub clean_years: Vec<i64>,
}

/// The facts of every customer, in one pass over each table. Ratios have four places whatever the parameters say.
///
/// # Errors
/// Those of [`FactParameters::check`];
/// `portfolio.columns.length`; `portfolio.columns.customer` for a row that names a customer or a policy beyond the last;
/// `calendar.period.empty` for a policy that ends before it starts; `money.amount.range`; `calendar.date.range`.
pub fn fact_columns(
    customers: usize,
    policies: &PolicyColumns<'_>,
    endorsements: &EndorsementColumns<'_>,
    receipts: &ReceiptColumns<'_>,
    claims: &ClaimColumns<'_>,
    parameters: &FactParameters,
) -> Result<FactColumns, Refusal> {
    parameters.check()?;
    check_lengths(policies, endorsements, receipts, claims)?;
    let day = |date: crate::calendar::Date| i32::try_from(date.epoch_days()).map_err(|_| too_large());
    let as_of = day(parameters.as_of)?;
    let back =
        |months: i64| day(parameters.as_of.plus_months(months.saturating_neg(), crate::calendar::EndOfMonth::Clamp)?);
    let window_after = back(parameters.window_months)?;
    let years_after = back(parameters.ratio_years.saturating_mul(12))?;
    let mut out = FactColumns::of(customers);
    let covers = Covers::of(policies, endorsements, as_of)?;
    // What is still due on each policy; none where it does not count.
    let mut due: Vec<Option<i64>> = Vec::with_capacity(policies.customer.len());
    for ((number, policy), row) in (0_u32..).zip(policies.rows()).zip(0..) {
        if policy.end <= policy.start {
            return Err(Refusal::new(Code::CalendarPeriodEmpty));
        }
        if policy.signed_on > as_of {
            due.push(None);
            continue;
        }
        due.push(Some(policy.premium));
        let of = usize::try_from(policy.customer).unwrap_or(usize::MAX);
        let cover = covers.find(number);
        let in_force = cover.map_or(policy.start <= as_of && as_of < policy.end, |cover| cover.holds_on(as_of));
        let (is_void, cancelled) =
            cover.map_or((false, false), |cover| (cover.is_void(), cover.is_cancelled_by(as_of)));
        *out.policies.get_mut(of).ok_or_else(|| beyond(row))? += i64::from(!is_void);
        let signed = match (policy.signed_on > window_after, policy.renews) {
            (true, true) => &mut out.renewals_in_window,
            (true, false) => &mut out.new_in_window,
            (false, _) => &mut out.policies_before_window,
        };
        add(signed, of, i64::from(!is_void))?;
        add(&mut out.policies_in_force, of, i64::from(in_force))?;
        add(&mut out.policies_cancelled, of, i64::from(cancelled))?;
        add(&mut out.premium_written, of, policy.premium)?;
        let part = |day: i32| match cover.is_some_and(|cover| cover.is_cancelled_by(day)) {
            true => Ok(policy.premium),
            false => earned(policy.premium, policy.start, policy.end, day),
        };
        let whole = part(as_of)?;
        add(&mut out.premium_earned, of, whole)?;
        add(&mut out.premium_earned_in_years, of, whole.checked_sub(part(years_after)?).ok_or_else(too_large)?)?;
    }
    for (row, (number, endorsed, change)) in endorsements.rows().enumerate() {
        let (open, policy) = policies.find(number, &mut due).ok_or_else(|| beyond(row))?;
        let Some(open) = open.as_mut().filter(|_| !covers.leaves_out(row)) else { continue };
        if outside(&policy.term(), &endorsed, as_of).is_some() {
            continue;
        }
        *open = open.checked_add(change).ok_or_else(too_large)?;
        let of = usize::try_from(policy.customer).unwrap_or(usize::MAX);
        add(&mut out.premium_written, of, change)?;
        let from = policy.start.max(endorsed.effective);
        let part = |day: i32| match covers.find(number).is_some_and(|cover| cover.is_cancelled_by(day)) {
            true => Ok(change),
            false => earned(change, from, policy.end, day),
        };
        let whole = part(as_of)?;
        add(&mut out.premium_earned, of, whole)?;
        add(&mut out.premium_earned_in_years, of, whole.checked_sub(part(years_after)?).ok_or_else(too_large)?)?;
    }
    let rows = receipts.policy.iter().zip(receipts.received_on).zip(receipts.amount);
    for (row, ((number, received_on), amount)) in rows.enumerate() {
        let (open, policy) = policies.find(*number, &mut due).ok_or_else(|| beyond(row))?;
        let (Some(open), true) = (open, *received_on <= as_of) else { continue };
        *open = open.checked_sub(*amount).ok_or_else(too_large)?;
        add(&mut out.premium_collected, usize::try_from(policy.customer).unwrap_or(usize::MAX), *amount)?;
    }
    for (open, customer) in due.iter().zip(policies.customer) {
        let of = usize::try_from(*customer).unwrap_or(usize::MAX);
        if let Some(open) = open.filter(|open| *open > 0) {
            add(&mut out.receivable_open, of, open)?;
        }
    }
    let mut last_claim = vec![i32::MIN; customers];
    let rows = claims.policy.iter().zip(claims.occurred).zip(claims.reported).zip(claims.paid).zip(claims.reserve);
    for (row, (((((number, occurred), reported), paid), reserve), nil)) in rows.zip(claims.nil).enumerate() {
        let (open, policy) = policies.find(*number, &mut due).ok_or_else(|| beyond(row))?;
        let covered = match covers.find(*number) {
            None => policy.start <= *occurred && *occurred < policy.end,
            Some(cover) => cover.holds_on(*occurred),
        };
        if open.is_none() || *reported > as_of || !covered {
            continue;
        }
        let of = usize::try_from(policy.customer).unwrap_or(usize::MAX);
        let incurred = paid.checked_add(*reserve).ok_or_else(too_large)?;
        add(&mut out.claims_paid, of, *paid)?;
        add(&mut out.claims_incurred, of, incurred)?;
        if *occurred > years_after {
            add(&mut out.claims_incurred_in_years, of, incurred)?;
        }
        if *nil && !parameters.nil_claims_count {
            continue;
        }
        add(&mut out.claims, of, 1)?;
        add(&mut out.claims_in_window, of, i64::from(*occurred > window_after))?;
        if let Some(last) = last_claim.get_mut(of) {
            *last = (*last).max(*occurred);
        }
    }
    out.loss_ratio_earned = ratios(&out.claims_incurred, &out.premium_earned)?;
    out.loss_ratio_years = ratios(&out.claims_incurred_in_years, &out.premium_earned_in_years)?;
    out.loss_ratio_collected = ratios(&out.claims_paid, &out.premium_collected)?;
    years_of_cover(&mut out, policies, &covers, &last_claim, as_of, parameters.cover_gap_days);
    Ok(out)
}

impl FactColumns {
    fn of(customers: usize) -> Self {
        let zeros = || vec![0; customers];
        Self {
            policies: zeros(),
            renewals_in_window: zeros(),
            new_in_window: zeros(),
            policies_before_window: zeros(),
            policies_in_force: zeros(),
            policies_cancelled: zeros(),
            premium_written: zeros(),
            premium_earned: zeros(),
            premium_earned_in_years: zeros(),
            premium_collected: zeros(),
            receivable_open: zeros(),
            claims: zeros(),
            claims_in_window: zeros(),
            claims_paid: zeros(),
            claims_incurred: zeros(),
            claims_incurred_in_years: zeros(),
            loss_ratio_earned: Vec::new(),
            loss_ratio_years: Vec::new(),
            loss_ratio_collected: Vec::new(),
            cover_years: zeros(),
            clean_years: zeros(),
        }
    }
}

struct Policy {
    customer: u32,
    signed_on: i32,
    start: i32,
    end: i32,
    premium: i64,
    renews: bool,
}

impl Policy {
    const fn term(&self) -> Term<i32> {
        Term { signed_on: self.signed_on, start: self.start, end: self.end }
    }
}

impl EndorsementColumns<'_> {
    /// Number of the policy, what happened to its cover, and the change of its premium.
    fn rows(&self) -> impl Iterator<Item = (u32, Endorsed<i32>, i64)> {
        let rows = self.policy.iter().zip(self.effect).zip(self.effective).zip(self.booked).zip(self.premium_change);
        rows.map(|((((policy, effect), effective), booked), change)| {
            (*policy, Endorsed { effect: *effect, effective: *effective, booked: *booked }, *change)
        })
    }
}

/// Covers of the policies that were cancelled or reinstated, by number, and the endorsements that count nowhere for it.
struct Covers {
    covers: Vec<(u32, Cover<i32>)>,
    left_out: Vec<usize>,
}

impl Covers {
    fn of(policies: &PolicyColumns<'_>, endorsements: &EndorsementColumns<'_>, as_of: i32) -> Result<Self, Refusal> {
        let rows = endorsements.rows().enumerate();
        let switches = rows.filter(|(_, (_, endorsed, _))| endorsed.effect != EndorsementEffect::Change);
        let mut switches: Vec<(u32, usize, Endorsed<i32>)> =
            switches.map(|(row, (number, endorsed, _))| (number, row, endorsed)).collect();
        switches.sort_by_key(|(number, ..)| *number);
        let (mut covers, mut all_left_out) = (Vec::new(), Vec::new());
        for of_policy in switches.chunk_by(|a, b| a.0 == b.0) {
            let Some((number, row, _)) = of_policy.first().copied() else { continue };
            let policy = policies.row(number).ok_or_else(|| beyond(row))?;
            let endorsed: Vec<Endorsed<i32>> = of_policy.iter().map(|switch| switch.2).collect();
            let (cover, left_out) = Cover::of(policy.term(), &endorsed, as_of);
            covers.push((number, cover));
            let codes = of_policy.iter().zip(left_out);
            all_left_out.extend(codes.filter(|(_, code)| code.is_some()).map(|(switch, _)| switch.1));
        }
        all_left_out.sort_unstable();
        Ok(Self { covers, left_out: all_left_out })
    }

    /// The cover of a policy; none where nothing has ended it before its time.
    fn find(&self, number: u32) -> Option<&Cover<i32>> {
        let at = self.covers.binary_search_by_key(&number, |cover| cover.0).ok()?;
        self.covers.get(at).map(|cover| &cover.1)
    }

    fn leaves_out(&self, row: usize) -> bool {
        self.left_out.binary_search(&row).is_ok()
    }
}

impl PolicyColumns<'_> {
    fn rows(&self) -> impl Iterator<Item = Policy> {
        let rows = self.customer.iter().zip(self.signed_on).zip(self.start).zip(self.end).zip(self.premium);
        rows.zip(self.renews).map(|(((((customer, signed_on), start), end), premium), renews)| Policy {
            customer: *customer,
            signed_on: *signed_on,
            start: *start,
            end: *end,
            premium: *premium,
            renews: *renews,
        })
    }

    fn row(&self, number: u32) -> Option<Policy> {
        let at = usize::try_from(number).ok()?;
        Some(Policy {
            customer: *self.customer.get(at)?,
            signed_on: *self.signed_on.get(at)?,
            start: *self.start.get(at)?,
            end: *self.end.get(at)?,
            premium: *self.premium.get(at)?,
            renews: *self.renews.get(at)?,
        })
    }

    /// A policy by number, with what is due on it.
    fn find<'d>(&self, number: u32, due: &'d mut [Option<i64>]) -> Option<(&'d mut Option<i64>, Policy)> {
        Some((due.get_mut(usize::try_from(number).ok()?)?, self.row(number)?))
    }
}

fn check_lengths(
    policies: &PolicyColumns<'_>,
    endorsements: &EndorsementColumns<'_>,
    receipts: &ReceiptColumns<'_>,
    claims: &ClaimColumns<'_>,
) -> Result<(), Refusal> {
    let PolicyColumns { customer, signed_on, start, end, premium, renews } = policies;
    one_length(&[customer.len(), signed_on.len(), start.len(), end.len(), premium.len(), renews.len()])?;
    let EndorsementColumns { policy, effect, effective, booked, premium_change } = endorsements;
    one_length(&[policy.len(), effect.len(), effective.len(), booked.len(), premium_change.len()])?;
    one_length(&[receipts.policy.len(), receipts.received_on.len(), receipts.amount.len()])?;
    let ClaimColumns { policy, occurred, reported, paid, reserve, nil } = claims;
    one_length(&[policy.len(), occurred.len(), reported.len(), paid.len(), reserve.len(), nil.len()])
}

fn add(column: &mut [i64], of: usize, more: i64) -> Result<(), Refusal> {
    let sum = column.get_mut(of).ok_or_else(|| Refusal::new(Code::Internal))?;
    *sum = sum.checked_add(more).ok_or_else(too_large)?;
    Ok(())
}

/// What has been earned of an amount by the end of a day.
fn earned(amount: i64, from: i32, end: i32, as_of: i32) -> Result<i64, Refusal> {
    let (passed, whole) = (i64::from(as_of) + 1 - i64::from(from), i64::from(end) - i64::from(from));
    if passed <= 0 {
        return Ok(0);
    }
    if passed >= whole {
        return Ok(amount);
    }
    share(amount, passed, whole).ok_or_else(too_large)
}

/// In ten-thousandths of a per cent.
fn ratios(parts: &[i64], wholes: &[i64]) -> Result<Vec<i64>, Refusal> {
    parts.iter().zip(wholes).map(|(part, whole)| ratio(*part, 1_000_000, *whole)).collect()
}

/// Brings the covers of each customer together, in the order of their start, and walks over them.
fn years_of_cover(
    out: &mut FactColumns,
    policies: &PolicyColumns<'_>,
    covers: &Covers,
    last_claim: &[i32],
    as_of: i32,
    gap: i64,
) {
    let mut spans: Vec<(u32, i32, i32)> = Vec::with_capacity(policies.customer.len());
    for (number, policy) in (0..).zip(policies.rows()).filter(|(_, policy)| policy.signed_on <= as_of) {
        match covers.find(number) {
            None => spans.push((policy.customer, policy.start, policy.end)),
            Some(cover) => spans.extend(cover.spans().map(|(from, until)| (policy.customer, from, until))),
        }
    }
    spans.retain(|(_, from, _)| *from <= as_of);
    spans.sort_unstable();
    for run in spans.chunk_by(|a, b| a.0 == b.0) {
        let Some((customer, mut from, mut until)) = run.first().copied() else { continue };
        for (_, start, end) in run {
            if i64::from(*start) - i64::from(until) > gap {
                from = *start;
            }
            until = until.max(*end);
        }
        let of = usize::try_from(customer).unwrap_or(usize::MAX);
        let until = until.min(as_of);
        // Days with cover from a day on, each once, as completed years up to the end.
        let years = |first: i32| {
            let (mut covered, mut days) = (first, 0);
            for (_, start, end) in run {
                let (start, end) = ((*start).max(covered), (*end).min(until));
                if start < end {
                    days += Civil::of(end).plain_day() - Civil::of(start).plain_day();
                    covered = end;
                }
            }
            days / DAYS_OF_A_YEAR
        };
        if let Some(column) = out.cover_years.get_mut(of) {
            *column = years(from);
        }
        if let Some(column) = out.clean_years.get_mut(of) {
            *column = years(last_claim.get(of).copied().unwrap_or(i32::MIN).max(from));
        }
    }
}
