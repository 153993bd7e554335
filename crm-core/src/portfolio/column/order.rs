//! Who stands at a rank: exact order statistics without sorting everybody.

use alloc::{vec, vec::Vec};

/// Buckets of the first look.
const BUCKET_BITS: u32 = 14;
const BUCKETS: usize = 1 << BUCKET_BITS;

/// A key that does not take part.
pub(super) const ABSENT: i64 = i64::MIN;

/// A key and its number; equal keys stand in the order of their numbers.
pub(super) type Cut = (i64, u32);

/// Key and number of those who stand at the given ranks, from 0, in the order of keys and, among equals, of numbers. The
/// keys stand in the order of the numbers; `i64::MIN` takes no part. A rank beyond the last gives none.
///
/// ```
/// use crm_core::portfolio::column::at_ranks;
///
/// assert_eq!(at_ranks(&[30, 10, i64::MIN, 10, 20], &[0, 1, 3, 4]), [Some((10, 1)), Some((10, 3)), Some((30, 0)), None]);
/// ```
#[must_use]
pub fn at_ranks(keys: &[i64], ranks: &[usize]) -> Vec<Option<(i64, u32)>> {
    cuts_at(keys.iter().copied(), ranks)
}

/// The same over keys that are read more than once.
pub(super) fn cuts_at(keys: impl Iterator<Item = i64> + Clone, ranks: &[usize]) -> Vec<Option<Cut>> {
    let Some(buckets) = Buckets::of(keys.clone()) else { return vec![None; ranks.len()] };
    let sizes = buckets.sizes(keys.clone());
    let wanted: Vec<Option<Wanted>> = ranks.iter().map(|rank| Wanted::find(*rank, &sizes)).collect();
    if buckets.shift == 0 {
        // One key a bucket: counting finds the number.
        let of = |one: Option<Wanted>| {
            let Wanted { bucket, rest } = one?;
            let key = buckets.low.wrapping_add_unsigned(u64::try_from(bucket).ok()?);
            let mut equal = (0_u32..).zip(keys.clone()).filter(|(_, one)| *one == key);
            equal.nth(rest).map(|(number, _)| (key, number))
        };
        return wanted.into_iter().map(of).collect();
    }
    let mut looked_at = vec![false; BUCKETS];
    for one in wanted.iter().flatten() {
        if let Some(mark) = looked_at.get_mut(one.bucket) {
            *mark = true;
        }
    }
    let is_near = |key: i64| looked_at.get(buckets.bucket(key)).copied().unwrap_or_default();
    let mut near: Vec<Cut> =
        (0_u32..).zip(keys).filter(|(_, key)| is_near(*key)).map(|(number, key)| (key, number)).collect();
    let of = |one: Option<Wanted>| {
        let Wanted { bucket, rest } = one?;
        let before = sizes.iter().zip(&looked_at).take(bucket).filter(|(_, near)| **near);
        let at = before.map(|(size, _)| *size).sum::<usize>() + rest;
        // In time that grows with their number, whatever the keys are.
        (at < near.len()).then(|| *near.select_nth_unstable(at).1)
    };
    wanted.into_iter().map(of).collect()
}

/// For each key how many of the cuts it stands behind, and `first` more; nothing for one that takes no part.
pub(super) fn behind(keys: impl Iterator<Item = i64> + Clone, cuts: &[Cut], first: u8) -> Vec<u8> {
    let start = |key| if key == ABSENT { 0 } else { first };
    let mut labels: Vec<u8> = keys.clone().map(start).collect();
    for four in cuts.chunks(4) {
        // Nobody stands behind the last of all.
        let mut ends = [(i64::MAX, u32::MAX); 4];
        ends.iter_mut().zip(four).for_each(|(end, cut)| *end = *cut);
        let behind = |key: i64, number: u32, cut: Cut| u8::from((key > cut.0) | ((key == cut.0) & (number > cut.1)));
        for ((number, key), label) in (0_u32..).zip(keys.clone()).zip(&mut labels) {
            *label = label.saturating_add(ends.iter().map(|cut| behind(key, number, *cut)).sum());
        }
    }
    labels
}

/// Keys between the lowest and the highest in buckets of equal width.
struct Buckets {
    low: i64,
    shift: u32,
}

impl Buckets {
    /// None when nobody takes part.
    fn of(keys: impl Iterator<Item = i64>) -> Option<Self> {
        let ends = (i64::MAX, i64::MIN);
        let wider =
            |(low, high): (i64, i64), key: i64| (low.min(if key == ABSENT { i64::MAX } else { key }), high.max(key));
        let (low, high) = keys.fold(ends, wider);
        // Every key less the lowest fits into 64 bits without a sign.
        let span = high.wrapping_sub(low).cast_unsigned();
        (high != ABSENT).then(|| Self { low, shift: (64 - span.leading_zeros()).saturating_sub(BUCKET_BITS) })
    }

    /// Beyond the last for a key that takes no part.
    fn bucket(&self, key: i64) -> usize {
        let bucket = key.wrapping_sub(self.low).cast_unsigned() >> self.shift;
        if key == ABSENT { usize::MAX } else { usize::try_from(bucket).unwrap_or(usize::MAX) }
    }

    fn sizes(&self, keys: impl Iterator<Item = i64>) -> Vec<usize> {
        let mut sizes = vec![0_usize; BUCKETS];
        for key in keys {
            if let Some(size) = sizes.get_mut(self.bucket(key)) {
                *size += 1;
            }
        }
        sizes
    }
}

/// A rank that is looked for: in which bucket, and after how many others of it.
#[derive(Clone, Copy)]
struct Wanted {
    bucket: usize,
    rest: usize,
}

impl Wanted {
    fn find(rank: usize, sizes: &[usize]) -> Option<Self> {
        let mut rest = rank;
        for (bucket, size) in sizes.iter().enumerate() {
            if rest < *size {
                return Some(Self { bucket, rest });
            }
            rest -= size;
        }
        None
    }
}
