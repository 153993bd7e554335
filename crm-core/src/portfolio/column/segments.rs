//! RFM of a whole book in columns: what was paid in and out, years since the last loss, recency, frequency and premium by
//! fifths, marks of activity, and bands by premium.
//!
//! These are the measures of the benchmark beside dataframes, in terms of sale and loss rows alone. They are **not** the
//! groups of a segment model (new, renewed, had a claim… by its rules): those of a whole book in columns are
//! [`SegmentModel::group_columns`](crate::portfolio::SegmentModel::group_columns).

use alloc::vec::Vec;

use super::{
    blocks::{BlockRow, Blocks},
    one_length,
    order::{ABSENT, Cut, behind, cuts_at},
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

/// Bits of [`SegmentColumns::activity`]: marks of the benchmark, counted from rows; no group of a segment model.
pub struct ActivityBits;

impl ActivityBits {
    /// No policy at all.
    pub const NO_POLICY: u8 = 1;
    /// Exactly one policy, whether it was new in the window or not.
    pub const ONE_POLICY: u8 = 2;
    /// Several policies, whether one renews another or not.
    pub const SEVERAL_POLICIES: u8 = 4;
    /// A loss in the window.
    pub const LOSS_IN_WINDOW: u8 = 8;
    /// On the blacklist.
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
    /// Completed years since the first start of cover or the last loss, whichever is later, stops in cover not looked at; 0
    /// without a policy.
    pub claim_free_years: Vec<i32>,
    /// Completed years since the first start of cover; 0 without a policy.
    pub tenure_years: Vec<i32>,
    /// Fifth by last start of cover, 5 the latest; equals by number; 0 without a policy.
    pub recency: Vec<u8>,
    /// Fifth by number of policies.
    pub frequency: Vec<u8>,
    /// Fifth by premium collected.
    pub monetary: Vec<u8>,
    /// Marks as [`ActivityBits`]; several at once.
    pub activity: Vec<u8>,
    /// Band by premium collected, 0 the top; equals by number.
    pub band: Vec<u8>,
}

/// Customers whose sums are made together: 2¹⁴ of them take 640 KiB, which stay in a processor's cache.
const BLOCK_BITS: u32 = 14;

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
/// use crm_core::portfolio::column::{ActivityBits, LossColumns, SaleColumns, segment_columns};
///
/// let sales = SaleColumns { customer: &[1, 1], start: &[19_000, 19_365], collected: &[100_00, 300_00] };
/// let losses = LossColumns { customer: &[1], occurred: &[19_400], paid: &[100_00] };
/// let out = segment_columns(&[false, false], &sales, &losses, 19_800, 19_435, &[50])?;
/// assert_eq!((out.loss_ratio[1], out.claim_free_years[1], out.tenure_years[1], out.band[1]), (2_500, 1, 2, 0));
/// assert_eq!(out.activity, [ActivityBits::NO_POLICY, ActivityBits::SEVERAL_POLICIES]);
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
    one_length(&[sales.customer.len(), sales.start.len(), sales.collected.len()])?;
    one_length(&[losses.customer.len(), losses.occurred.len(), losses.paid.len()])?;
    in_blocks(BLOCK_BITS, blacklisted, sales, losses, &Days { as_of: Civil::of(as_of), window_after }, shares)
}

/// The days of the review.
struct Days {
    as_of: Civil,
    window_after: i32,
}

fn in_blocks(
    bits: u32,
    blacklisted: &[bool],
    sales: &SaleColumns<'_>,
    losses: &LossColumns<'_>,
    days: &Days,
    shares: &[u32],
) -> Result<SegmentColumns, Refusal> {
    let count = blacklisted.len();
    let all_sales = Blocks::of(count, bits, sales.customer, sales.start, sales.collected)?;
    let all_losses = Blocks::of(count, bits, losses.customer, losses.occurred, losses.paid)?;
    let mut gathered = Gathered::with_room_for(count);
    let mut sums = alloc::vec![Sums::NONE; count.min(1 << bits)];
    for (number, blacklisted) in blacklisted.chunks(1 << bits).enumerate() {
        sums.fill(Sums::NONE);
        add_sales(&mut sums, all_sales.block(number), bits)?;
        add_losses(&mut sums, all_losses.block(number), bits, days.window_after)?;
        for (of, blacklisted) in sums.iter().zip(blacklisted) {
            gathered.push(of, *blacklisted, days)?;
        }
    }
    drop((all_sales, all_losses));
    gathered.ranked(shares)
}

/// The sums of a customer in the table of his block.
fn of_block(sums: &mut [Sums], customer: u32, bits: u32) -> Option<&mut Sums> {
    sums.get_mut(usize::try_from(customer & !(u32::MAX << bits)).ok()?)
}

fn add_sales(sums: &mut [Sums], rows: &[BlockRow], bits: u32) -> Result<(), Refusal> {
    for (customer, start, collected) in rows {
        let Some(of) = of_block(sums, *customer, bits) else { continue };
        of.collected = of.collected.checked_add(*collected).ok_or_else(too_large)?;
        of.first_start = of.first_start.min(*start);
        of.last_start = of.last_start.max(*start);
        of.policies = of.policies.saturating_add(1);
    }
    Ok(())
}

fn add_losses(sums: &mut [Sums], rows: &[BlockRow], bits: u32, window_after: i32) -> Result<(), Refusal> {
    for (customer, occurred, paid) in rows {
        let Some(of) = of_block(sums, *customer, bits) else { continue };
        of.paid = of.paid.checked_add(*paid).ok_or_else(too_large)?;
        of.last_claim = of.last_claim.max(*occurred);
        of.claims_in_window = of.claims_in_window.saturating_add(i32::from(*occurred > window_after));
    }
    Ok(())
}

/// The columns that need no rank, and what the others are ranked by.
struct Gathered {
    out: SegmentColumns,
    last_start: Vec<i32>,
    policies: Vec<u32>,
}

impl Gathered {
    fn with_room_for(count: usize) -> Self {
        let out = SegmentColumns {
            collected: Vec::with_capacity(count),
            paid: Vec::with_capacity(count),
            loss_ratio: Vec::with_capacity(count),
            claims_in_window: Vec::with_capacity(count),
            claim_free_years: Vec::with_capacity(count),
            tenure_years: Vec::with_capacity(count),
            activity: Vec::with_capacity(count),
            ..SegmentColumns::default()
        };
        Self { out, last_start: Vec::with_capacity(count), policies: Vec::with_capacity(count) }
    }

    fn push(&mut self, of: &Sums, blacklisted: bool, days: &Days) -> Result<(), Refusal> {
        let out = &mut self.out;
        out.collected.push(of.collected);
        out.paid.push(of.paid);
        out.loss_ratio.push(ratio(of.paid, 10_000, of.collected)?);
        out.claims_in_window.push(of.claims_in_window);
        let since = |day: i32| if of.policies == 0 { 0 } else { days.as_of.years_since(Civil::of(day)) };
        let tenure = since(of.first_start);
        out.tenure_years.push(tenure);
        out.claim_free_years.push(if of.last_claim > of.first_start { since(of.last_claim) } else { tenure });
        let by_policies = match of.policies {
            0 => ActivityBits::NO_POLICY,
            1 => ActivityBits::ONE_POLICY,
            _ => ActivityBits::SEVERAL_POLICIES,
        };
        let lost = if of.claims_in_window > 0 { ActivityBits::LOSS_IN_WINDOW } else { 0 };
        out.activity.push(by_policies | lost | if blacklisted { ActivityBits::BLACKLISTED } else { 0 });
        self.last_start.push(of.last_start);
        self.policies.push(of.policies);
        Ok(())
    }

    fn ranked(self, shares: &[u32]) -> Result<SegmentColumns, Refusal> {
        let Self { mut out, last_start, policies } = self;
        let having = policies.iter().filter(|policies| **policies > 0).count();
        let key = |key: i64, policies: &u32| if *policies == 0 { ABSENT } else { key };
        out.recency = fifths(last_start.iter().zip(&policies).map(|(start, of)| key(i64::from(*start), of)), having);
        drop(last_start);
        out.frequency = fifths(policies.iter().map(|of| key(i64::from(*of), of)), having);
        out.monetary = fifths(out.collected.iter().zip(&policies).map(|(collected, of)| key(*collected, of)), having);
        // The highest premium first; the lowest amount of all has no opposite and goes with the one above it.
        let downwards = out.collected.iter().map(|collected| collected.checked_neg().unwrap_or(i64::MAX));
        out.band = bands(downwards, policies.len(), shares);
        Ok(out)
    }
}

/// Fifths of those who take part: as equal as can be, the lower ones larger; 0 for the others.
fn fifths(keys: impl Iterator<Item = i64> + Clone, present: usize) -> Vec<u8> {
    let (small, more) = (present / 5, present % 5);
    // The last of each of the first four.
    let last = |fifth: usize| (fifth * small + fifth.min(more)).checked_sub(1);
    let ends: Vec<usize> = (1..5).filter_map(last).collect();
    let cuts: Vec<Cut> = cuts_at(keys.clone(), &ends).into_iter().flatten().collect();
    behind(keys, &cuts, 1)
}

/// The band of each, lowest keys in band 0.
fn bands(keys: impl Iterator<Item = i64> + Clone, count: usize, shares: &[u32]) -> Vec<u8> {
    let mut until = 0_u64;
    let ends = shares.iter().map(|share| {
        until = until.saturating_add(u64::from(*share)).min(100);
        // Rank × 100 ≤ share × customers.
        let count = u64::try_from(count).unwrap_or(u64::MAX);
        usize::try_from(u128::from(until) * u128::from(count) / 100).unwrap_or(usize::MAX)
    });
    let ends: Vec<usize> = ends.collect();
    let ranks: Vec<usize> = ends.iter().filter_map(|end| end.checked_sub(1)).collect();
    let empty = u8::try_from(ends.len() - ranks.len()).unwrap_or(u8::MAX);
    let cuts: Vec<Cut> = cuts_at(keys.clone(), &ranks).into_iter().flatten().collect();
    behind(keys, &cuts, empty)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
mod tests {
    use super::*;
    use proptest::{
        prelude::*,
        test_runner::{Config, TestCaseResult, TestRunner},
    };

    /// How many customers, and rows of both tables.
    type Case = (usize, Vec<BlockRow>, Vec<BlockRow>, u32);
    type Segment = fn(u32, usize, &[BlockRow], &[BlockRow]) -> SegmentColumns;

    fn columns(rows: &[BlockRow]) -> (Vec<u32>, Vec<i32>, Vec<i64>) {
        let days = rows.iter().map(|row| (row.1, row.2));
        let (day, amount) = days.unzip();
        (rows.iter().map(|row| row.0).collect(), day, amount)
    }

    fn segment(bits: u32, customers: usize, sales: &[BlockRow], losses: &[BlockRow]) -> SegmentColumns {
        let ((customer, start, collected), (of, occurred, paid)) = (columns(sales), columns(losses));
        let sales = SaleColumns { customer: &customer, start: &start, collected: &collected };
        let losses = LossColumns { customer: &of, occurred: &occurred, paid: &paid };
        let days = Days { as_of: Civil::of(20_453), window_after: 20_088 };
        in_blocks(bits, &alloc::vec![false; customers], &sales, &losses, &days, &[1, 4, 15]).unwrap()
    }

    fn some_rows() -> impl Strategy<Value = Case> {
        (1..40_u32).prop_flat_map(|customers| {
            let row = || (0..customers, 15_000..20_453_i32, 0..5_000_i64);
            let (sales, losses) = (prop::collection::vec(row(), 0..80), prop::collection::vec(row(), 0..20));
            (Just(customers as usize), sales, losses, 0..6_u32)
        })
    }

    /// Law 7: however many customers are summed together, the book comes out the same.
    fn law_7_blocks_make_the_whole(segment_in: Segment) -> impl Fn(Case) -> TestCaseResult {
        move |(customers, sales, losses, bits)| {
            let whole = segment(BLOCK_BITS, customers, &sales, &losses);
            prop_assert_eq!(segment_in(bits, customers, &sales, &losses), whole);
            Ok(())
        }
    }

    fn run(segment_in: Segment) -> bool {
        let config = Config { failure_persistence: None, ..Config::default() };
        TestRunner::new(config).run(&some_rows(), law_7_blocks_make_the_whole(segment_in)).is_ok()
    }

    #[test]
    fn blocks_make_the_whole() {
        assert!(run(segment));
    }

    #[test]
    fn blocks_make_the_whole_catches_what_is_ranked_by_block() {
        // Ranks each block by itself.
        let mutant: Segment = |bits, customers, sales, losses| {
            let mut out = SegmentColumns::default();
            for first in (0..customers).step_by(1 << bits) {
                let count = (customers - first).min(1 << bits);
                let own = |rows: &[BlockRow]| -> Vec<BlockRow> {
                    let first = u32::try_from(first).unwrap();
                    let here = rows.iter().filter(|row| (first..first + count as u32).contains(&row.0));
                    here.map(|(of, day, amount)| (of - first, *day, *amount)).collect()
                };
                let part = segment(BLOCK_BITS, count, &own(sales), &own(losses));
                macro_rules! append {
                    ($($column:ident)*) => { $( out.$column.extend(part.$column); )* };
                }
                append! {
                    collected paid loss_ratio claims_in_window claim_free_years tenure_years recency frequency monetary
                    activity band
                }
            }
            out
        };
        assert!(!run(mutant));
    }

    #[test]
    fn more_bands_than_numbers_for_them_are_one_at_the_end() {
        let shares = [alloc::vec![0; 255], alloc::vec![50, 50]].concat();
        assert_eq!(bands([1, 2].into_iter(), 2, &shares), [255, 255]);
    }
}
