//! Facts of a whole book in columns.

use alloc::{vec, vec::Vec};

use super::{
    beyond, one_length, too_large,
    whole::{Civil, ratio, share},
};
use crate::{
    portfolio::FactParameters,
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
}

/// Endorsements, one a row.
#[derive(Debug, Clone, Copy)]
pub struct EndorsementColumns<'a> {
    /// Number of the policy.
    pub policy: &'a [u32],
    /// First day of the change.
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
}

/// One value a customer, by number; the facts of [`CustomerFacts`](crate::portfolio::CustomerFacts) of the same names.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FactColumns {
    /// Policies signed.
    pub policies: Vec<i64>,
    /// Policies in force.
    pub policies_in_force: Vec<i64>,
    /// Written premium.
    pub premium_written: Vec<i64>,
    /// Earned premium.
    pub premium_earned: Vec<i64>,
    /// Money received less money paid back.
    pub premium_collected: Vec<i64>,
    /// Written and not received.
    pub receivable_open: Vec<i64>,
    /// Claims reported.
    pub claims: Vec<i64>,
    /// Claims that occurred in the window.
    pub claims_in_window: Vec<i64>,
    /// Claims paid.
    pub claims_paid: Vec<i64>,
    /// Paid and outstanding.
    pub claims_incurred: Vec<i64>,
    /// Incurred ÷ earned in ten-thousandths of a per cent, half up; [`NO_RATIO`](super::NO_RATIO) where nothing is
    /// earned.
    pub loss_ratio_earned: Vec<i64>,
    /// Paid ÷ collected, likewise.
    pub loss_ratio_collected: Vec<i64>,
    /// Completed consecutive years of cover without a claim.
    pub clean_years: Vec<i64>,
}

/// The facts of every customer, in one pass over each table. Ratios have four places whatever the parameters say.
///
/// # Errors
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
    check_lengths(policies, endorsements, receipts, claims)?;
    let day = |date: crate::calendar::Date| i32::try_from(date.epoch_days()).map_err(|_| too_large());
    let as_of = day(parameters.as_of)?;
    let months = parameters.window_months.saturating_neg();
    let window_after = day(parameters.as_of.plus_months(months, crate::calendar::EndOfMonth::Clamp)?)?;
    let mut out = FactColumns::of(customers);
    // What is still due on each policy; none where it does not count.
    let mut due: Vec<Option<i64>> = Vec::with_capacity(policies.customer.len());
    for (row, policy) in policies.rows().enumerate() {
        if policy.end <= policy.start {
            return Err(Refusal::new(Code::CalendarPeriodEmpty));
        }
        if policy.signed_on > as_of {
            due.push(None);
            continue;
        }
        due.push(Some(policy.premium));
        let of = usize::try_from(policy.customer).unwrap_or(usize::MAX);
        let in_force = policy.start <= as_of && as_of < policy.end;
        *out.policies.get_mut(of).ok_or_else(|| beyond(row))? += 1;
        add(&mut out.policies_in_force, of, i64::from(in_force))?;
        add(&mut out.premium_written, of, policy.premium)?;
        add(&mut out.premium_earned, of, earned(policy.premium, policy.start, policy.end, as_of)?)?;
    }
    let rows = endorsements.policy.iter().zip(endorsements.effective).zip(endorsements.booked);
    for (row, (((number, effective), booked), change)) in rows.zip(endorsements.premium_change).enumerate() {
        let (open, policy) = policies.find(*number, &mut due).ok_or_else(|| beyond(row))?;
        let (Some(open), true) = (open, *booked <= as_of) else { continue };
        *open = open.checked_add(*change).ok_or_else(too_large)?;
        let of = usize::try_from(policy.customer).unwrap_or(usize::MAX);
        add(&mut out.premium_written, of, *change)?;
        let from = policy.start.max(*effective);
        add(&mut out.premium_earned, of, earned(*change, from, policy.end, as_of)?)?;
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
    for (row, ((((number, occurred), reported), paid), reserve)) in rows.enumerate() {
        let (open, policy) = policies.find(*number, &mut due).ok_or_else(|| beyond(row))?;
        if open.is_none() || *reported > as_of {
            continue;
        }
        let of = usize::try_from(policy.customer).unwrap_or(usize::MAX);
        add(&mut out.claims, of, 1)?;
        add(&mut out.claims_in_window, of, i64::from(*occurred > window_after))?;
        add(&mut out.claims_paid, of, *paid)?;
        add(&mut out.claims_incurred, of, paid.checked_add(*reserve).ok_or_else(too_large)?)?;
        if let Some(last) = last_claim.get_mut(of) {
            *last = (*last).max(*occurred);
        }
    }
    out.loss_ratio_earned = ratios(&out.claims_incurred, &out.premium_earned)?;
    out.loss_ratio_collected = ratios(&out.claims_paid, &out.premium_collected)?;
    clean_years(&mut out, policies, &last_claim, as_of, parameters.cover_gap_days);
    Ok(out)
}

impl FactColumns {
    fn of(customers: usize) -> Self {
        let zeros = || vec![0; customers];
        Self {
            policies: zeros(),
            policies_in_force: zeros(),
            premium_written: zeros(),
            premium_earned: zeros(),
            premium_collected: zeros(),
            receivable_open: zeros(),
            claims: zeros(),
            claims_in_window: zeros(),
            claims_paid: zeros(),
            claims_incurred: zeros(),
            loss_ratio_earned: Vec::new(),
            loss_ratio_collected: Vec::new(),
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
}

impl PolicyColumns<'_> {
    fn rows(&self) -> impl Iterator<Item = Policy> {
        let rows = self.customer.iter().zip(self.signed_on).zip(self.start).zip(self.end).zip(self.premium);
        rows.map(|((((customer, signed_on), start), end), premium)| Policy {
            customer: *customer,
            signed_on: *signed_on,
            start: *start,
            end: *end,
            premium: *premium,
        })
    }

    /// A policy by number, with what is due on it.
    fn find<'d>(&self, number: u32, due: &'d mut [Option<i64>]) -> Option<(&'d mut Option<i64>, Policy)> {
        let at = usize::try_from(number).ok()?;
        let policy = Policy {
            customer: *self.customer.get(at)?,
            signed_on: *self.signed_on.get(at)?,
            start: *self.start.get(at)?,
            end: *self.end.get(at)?,
            premium: *self.premium.get(at)?,
        };
        Some((due.get_mut(at)?, policy))
    }
}

fn check_lengths(
    policies: &PolicyColumns<'_>,
    endorsements: &EndorsementColumns<'_>,
    receipts: &ReceiptColumns<'_>,
    claims: &ClaimColumns<'_>,
) -> Result<(), Refusal> {
    let PolicyColumns { customer, signed_on, start, end, premium } = policies;
    one_length(&[customer.len(), signed_on.len(), start.len(), end.len(), premium.len()])?;
    let EndorsementColumns { policy, effective, booked, premium_change } = endorsements;
    one_length(&[policy.len(), effective.len(), booked.len(), premium_change.len()])?;
    one_length(&[receipts.policy.len(), receipts.received_on.len(), receipts.amount.len()])?;
    let ClaimColumns { policy, occurred, reported, paid, reserve } = claims;
    one_length(&[policy.len(), occurred.len(), reported.len(), paid.len(), reserve.len()])
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
fn clean_years(out: &mut FactColumns, policies: &PolicyColumns<'_>, last_claim: &[i32], as_of: i32, gap: i64) {
    let started = |policy: &Policy| policy.signed_on <= as_of && policy.start <= as_of;
    let mut covers: Vec<(u32, i32, i32)> =
        policies.rows().filter(started).map(|policy| (policy.customer, policy.start, policy.end)).collect();
    covers.sort_unstable();
    for run in covers.chunk_by(|a, b| a.0 == b.0) {
        let Some((customer, mut from, mut until)) = run.first().copied() else { continue };
        for (_, start, end) in run {
            if i64::from(*start) - i64::from(until) > gap {
                from = *start;
            }
            until = until.max(*end);
        }
        let of = usize::try_from(customer).unwrap_or(usize::MAX);
        let since = last_claim.get(of).copied().unwrap_or(i32::MIN).max(from);
        let until = until.min(as_of);
        if let Some(years) = out.clean_years.get_mut(of).filter(|_| since <= until) {
            *years = i64::from(Civil::of(until).years_since(Civil::of(since)));
        }
    }
}
