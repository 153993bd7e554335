//! Who stands at a rank: exact order statistics without sorting everybody.

use alloc::{vec, vec::Vec};

/// Buckets of the first look.
const BUCKETS: usize = 1 << 16;

/// A key that does not take part.
pub(super) const ABSENT: i64 = i64::MIN;

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
    let present = || keys.iter().copied().filter(|key| *key != ABSENT);
    let (Some(low), Some(high)) = (present().min(), present().max()) else { return vec![None; ranks.len()] };
    // Every key less the lowest fits into 64 bits without a sign.
    let above = |key: i64| key.wrapping_sub(low).cast_unsigned();
    let shift = (64 - above(high).leading_zeros()).saturating_sub(16);
    let bucket = |key: i64| usize::try_from(above(key) >> shift).unwrap_or(usize::MAX);
    let mut sizes = vec![0_usize; BUCKETS];
    for key in present() {
        if let Some(size) = sizes.get_mut(bucket(key)) {
            *size += 1;
        }
    }
    let mut wanted: Vec<Wanted> = ranks.iter().map(|rank| Wanted::find(*rank, &sizes)).collect();
    let mut looked_at = vec![false; BUCKETS];
    for one in &wanted {
        if let Some(mark) = one.bucket.and_then(|bucket| looked_at.get_mut(bucket)) {
            *mark = true;
        }
    }
    if shift == 0 {
        // One key a bucket: counting finds the number.
        for (number, key) in (0_u32..).zip(keys) {
            let of = if *key == ABSENT { BUCKETS } else { bucket(*key) };
            if looked_at.get(of).copied().unwrap_or_default() {
                wanted.iter_mut().filter(|one| one.bucket == Some(of)).for_each(|one| one.count(*key, number));
            }
        }
        return wanted.into_iter().map(|one| one.found).collect();
    }
    let mut near: Vec<(i64, u32)> = (0_u32..)
        .zip(keys)
        .filter(|(_, key)| **key != ABSENT && looked_at.get(bucket(**key)).copied().unwrap_or_default())
        .map(|(number, key)| (*key, number))
        .collect();
    near.sort_unstable();
    let of = |one: &Wanted| {
        let wanted = one.bucket?;
        let first = near.partition_point(|(key, _)| bucket(*key) < wanted);
        near.get(first + one.rest).copied()
    };
    wanted.iter().map(of).collect()
}

/// A rank that is looked for: in which bucket, and after how many others of it.
struct Wanted {
    bucket: Option<usize>,
    rest: usize,
    found: Option<(i64, u32)>,
}

impl Wanted {
    fn find(rank: usize, sizes: &[usize]) -> Self {
        let mut rest = rank;
        for (bucket, size) in sizes.iter().enumerate() {
            if rest < *size {
                return Self { bucket: Some(bucket), rest, found: None };
            }
            rest -= size;
        }
        Self { bucket: None, rest, found: None }
    }

    fn count(&mut self, key: i64, number: u32) {
        if self.found.is_none() {
            match self.rest.checked_sub(1) {
                Some(rest) => self.rest = rest,
                None => self.found = Some((key, number)),
            }
        }
    }
}
