//! Segmentation of a whole book in columns: what was paid in and out, years without a claim, recency, frequency and
//! premium by fifths (RFM), groups, and bands by premium.

use alloc::vec::Vec;

use super::{
    beyond, one_length,
    order::{ABSENT, at_ranks},
    too_large,
    whole::{Civil, ratio},
};
use crate::refusal::Refusal;

/// Policies, one a row.
#[derive(Debug, Clone, Copy)]
pub struct SaleColumns<'a> {
    /// Number of the customer.
    pub customer: &'a [u32],
    /// First day of cover.
    pub start: &'a [i32],
    /// Premium collected for it.
    pub collected: &'a [i64],
}

/// Claims, one a row.
#[derive(Debug, Clone, Copy)]
pub struct LossColumns<'a> {
    /// Number of the customer.
    pub customer: &'a [u32],
    /// Day of the loss.
    pub occurred: &'a [i32],
    /// Amount paid.
    pub paid: &'a [i64],
}

/// Bits of [`SegmentColumns::groups`].
pub struct GroupBits;

impl GroupBits {
    /// No policy (潜在客户).
    pub const PROSPECT: u8 = 1;
    /// One policy (新保客户).
    pub const NEW: u8 = 2;
    /// Several policies (续保客户).
    pub const RENEWAL: u8 = 4;
    /// A claim in the window (出险客户).
    pub const CLAIMED: u8 = 8;
    /// On the blacklist (黑名单客户).
    pub const BLACKLISTED: u8 = 16;
}

/// One value a customer, by number.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SegmentColumns {
    /// Premium collected.
    pub collected: Vec<i64>,
    /// Claims paid.
    pub paid: Vec<i64>,
    /// Claims paid ÷ premium collected in ten-thousandths, half up; [`NO_RATIO`](super::NO_RATIO) without premium.
    pub loss_ratio: Vec<i64>,
    /// Claims in the window.
    pub claims_in_window: Vec<i32>,
    /// Completed years since the first start of cover or the last claim, whichever is later; 0 without a policy.
    pub claim_free_years: Vec<i32>,
    /// Completed years since the first start of cover; 0 without a policy.
    pub tenure_years: Vec<i32>,
    /// Fifth by last start of cover, 5 the latest; equals by number; 0 without a policy.
    pub recency: Vec<u8>,
    /// Fifth by number of policies.
    pub frequency: Vec<u8>,
    /// Fifth by premium collected.
    pub monetary: Vec<u8>,
    /// Groups as [`GroupBits`]; several at once.
    pub groups: Vec<u8>,
    /// Band by premium collected, 0 the top; equals by number.
    pub band: Vec<u8>,
}

/// What is summed for a customer, together in memory because rows come in any order.
#[derive(Clone, Copy)]
struct Sums {
    collected: i64,
    paid: i64,
    first_start: i32,
    last_start: i32,
    last_claim: i32,
    policies: u32,
    claims_in_window: i32,
}

impl Sums {
    const NONE: Self = Self {
        collected: 0,
        paid: 0,
        first_start: i32::MAX,
        last_start: i32::MIN,
        last_claim: i32::MIN,
        policies: 0,
        claims_in_window: 0,
    };
}

/// Segments a book. `blacklisted` says how many customers there are; claims after `window_after` are in the window;
/// `shares` are the shares of the bands in per cent from the top, rank × 100 ≤ shares × customers, what is left is the
/// last band.
///
/// # Errors
/// `portfolio.columns.length`, `portfolio.columns.customer`; `money.amount.range` when a sum is beyond 2⁶³ minor units.
///
/// ```
/// use crm_core::portfolio::column::{GroupBits, LossColumns, SaleColumns, segment_columns};
///
/// let sales = SaleColumns { customer: &[1, 1], start: &[19_000, 19_365], collected: &[100_00, 300_00] };
/// let losses = LossColumns { customer: &[1], occurred: &[19_400], paid: &[100_00] };
/// let out = segment_columns(&[false, false], &sales, &losses, 19_800, 19_435, &[50])?;
/// assert_eq!((out.loss_ratio[1], out.claim_free_years[1], out.tenure_years[1], out.band[1]), (2_500, 1, 2, 0));
/// assert_eq!(out.groups, [GroupBits::PROSPECT, GroupBits::RENEWAL]);
/// let refused = segment_columns(&[false], &sales, &losses, 19_800, 19_435, &[50]).unwrap_err();
/// assert_eq!(refused.code().as_str(), "portfolio.columns.customer");
/// # Ok::<(), crm_core::refusal::Refusal>(())
/// ```
pub fn segment_columns(
    blacklisted: &[bool],
    sales: &SaleColumns<'_>,
    losses: &LossColumns<'_>,
    as_of: i32,
    window_after: i32,
    shares: &[u32],
) -> Result<SegmentColumns, Refusal> {
    let sums = sums(blacklisted.len(), sales, losses, window_after)?;
    let count = sums.len();
    let mut keys: Vec<i64> = Vec::with_capacity(count);
    let mut fifth = |key: fn(&Sums) -> i64| {
        keys.clear();
        keys.extend(sums.iter().map(|of| if of.policies == 0 { ABSENT } else { key(of) }));
        fifths(&keys)
    };
    let recency = fifth(|of| i64::from(of.last_start));
    let frequency = fifth(|of| i64::from(of.policies));
    let monetary = fifth(|of| of.collected);
    keys.clear();
    // The highest premium first; the lowest amount of all has no opposite and goes with the one above it.
    keys.extend(sums.iter().map(|of| of.collected.checked_neg().unwrap_or(i64::MAX)));
    let band = bands(&keys, shares);
    drop(keys);
    let mut out = SegmentColumns { recency, frequency, monetary, band, ..SegmentColumns::default() };
    out.collected.reserve_exact(count);
    out.paid.reserve_exact(count);
    out.loss_ratio.reserve_exact(count);
    out.claims_in_window.reserve_exact(count);
    out.claim_free_years.reserve_exact(count);
    out.tenure_years.reserve_exact(count);
    out.groups.reserve_exact(count);
    let today = Civil::of(as_of);
    for (of, blacklisted) in sums.iter().zip(blacklisted) {
        out.collected.push(of.collected);
        out.paid.push(of.paid);
        out.loss_ratio.push(ratio(of.paid, 10_000, of.collected)?);
        out.claims_in_window.push(of.claims_in_window);
        let since = |day: i32| if of.policies == 0 { 0 } else { today.years_since(Civil::of(day)) };
        let tenure = since(of.first_start);
        out.tenure_years.push(tenure);
        out.claim_free_years.push(if of.last_claim > of.first_start { since(of.last_claim) } else { tenure });
        let by_policies = match of.policies {
            0 => GroupBits::PROSPECT,
            1 => GroupBits::NEW,
            _ => GroupBits::RENEWAL,
        };
        let claimed = if of.claims_in_window > 0 { GroupBits::CLAIMED } else { 0 };
        out.groups.push(by_policies | claimed | if *blacklisted { GroupBits::BLACKLISTED } else { 0 });
    }
    Ok(out)
}

fn sums(
    customers: usize,
    sales: &SaleColumns<'_>,
    losses: &LossColumns<'_>,
    window_after: i32,
) -> Result<Vec<Sums>, Refusal> {
    one_length(&[sales.customer.len(), sales.start.len(), sales.collected.len()])?;
    one_length(&[losses.customer.len(), losses.occurred.len(), losses.paid.len()])?;
    let mut sums = alloc::vec![Sums::NONE; customers];
    let rows = sales.customer.iter().zip(sales.start).zip(sales.collected).enumerate();
    for (row, ((customer, start), collected)) in rows {
        let of = usize::try_from(*customer).ok().and_then(|customer| sums.get_mut(customer));
        let of = of.ok_or_else(|| beyond(row))?;
        of.collected = of.collected.checked_add(*collected).ok_or_else(too_large)?;
        of.first_start = of.first_start.min(*start);
        of.last_start = of.last_start.max(*start);
        of.policies = of.policies.saturating_add(1);
    }
    let rows = losses.customer.iter().zip(losses.occurred).zip(losses.paid).enumerate();
    for (row, ((customer, occurred), paid)) in rows {
        let of = usize::try_from(*customer).ok().and_then(|customer| sums.get_mut(customer));
        let of = of.ok_or_else(|| beyond(row))?;
        of.paid = of.paid.checked_add(*paid).ok_or_else(too_large)?;
        of.last_claim = of.last_claim.max(*occurred);
        of.claims_in_window = of.claims_in_window.saturating_add(i32::from(*occurred > window_after));
    }
    Ok(sums)
}

/// Fifths of those who take part: as equal as can be, the lower ones larger; 0 for the others.
fn fifths(keys: &[i64]) -> Vec<u8> {
    let present = keys.iter().filter(|key| **key != ABSENT).count();
    let (small, more) = (present / 5, present % 5);
    // The last of each of the first four.
    let last = |fifth: usize| (fifth * small + fifth.min(more)).checked_sub(1);
    let ends: Vec<usize> = (1..5).filter_map(last).collect();
    let cuts: Vec<(i64, u32)> = at_ranks(keys, &ends).into_iter().flatten().collect();
    let of = |(number, key): (u32, &i64)| {
        if *key == ABSENT {
            return 0;
        }
        1 + cuts.iter().map(|cut| u8::from((*key, number) > *cut)).sum::<u8>()
    };
    (0_u32..).zip(keys).map(of).collect()
}

/// The band of each, lowest keys in band 0.
fn bands(keys: &[i64], shares: &[u32]) -> Vec<u8> {
    let mut until = 0_u64;
    let ends = shares.iter().map(|share| {
        until = until.saturating_add(u64::from(*share)).min(100);
        // Rank × 100 ≤ share × customers.
        let count = u64::try_from(keys.len()).unwrap_or(u64::MAX);
        usize::try_from(u128::from(until) * u128::from(count) / 100).unwrap_or(usize::MAX)
    });
    let ends: Vec<usize> = ends.collect();
    let ranks: Vec<usize> = ends.iter().filter_map(|end| end.checked_sub(1)).collect();
    let empty = u8::try_from(ends.len() - ranks.len()).unwrap_or(u8::MAX);
    let cuts: Vec<(i64, u32)> = at_ranks(keys, &ranks).into_iter().flatten().collect();
    let of = |(number, key): (u32, &i64)| empty + cuts.iter().map(|cut| u8::from((*key, number) > *cut)).sum::<u8>();
    (0_u32..).zip(keys).map(of).collect()
}
