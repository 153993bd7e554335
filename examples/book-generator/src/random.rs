//! SplitMix64: a small, fixed generator, so that a seed means the same book for ever. Whole numbers only.

/// The generator of Steele, Lea and Flood (2014), "Fast splittable pseudorandom number generators".
#[derive(Debug, Clone)]
pub struct SplitMix64(u64);

impl SplitMix64 {
    /// From a seed.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A generator of its own for the part `number` of what `seed` gives: parts do not depend on one another.
    #[must_use]
    pub const fn of_part(seed: u64, number: u64) -> Self {
        let mut mixed = Self(seed ^ number.wrapping_mul(0xd6e8_feb8_6659_fd93));
        Self(mixed.next())
    }

    /// The next 64 bits.
    pub const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ (bits >> 31)
    }

    /// A number from `from` to `to`, both included; `from` where `to` is below it. The bias of the remainder is far
    /// below what a book could show.
    pub fn between(&mut self, from: i64, to: i64) -> i64 {
        let span = u64::try_from(to - from + 1).unwrap_or(1).max(1);
        from + i64::try_from(self.next() % span).unwrap_or_default()
    }

    /// True in so many cases of a hundred.
    pub fn percent(&mut self, cases: i64) -> bool {
        self.between(1, 100) <= cases
    }

    /// True in so many cases of a million.
    pub fn per_million(&mut self, cases: i64) -> bool {
        self.between(1, 1_000_000) <= cases
    }

    /// One of these, each as likely; the default of nothing.
    pub fn pick<T: Copy + Default>(&mut self, from: &[T]) -> T {
        let last = i64::try_from(from.len()).unwrap_or_default() - 1;
        let place = usize::try_from(self.between(0, last)).unwrap_or_default();
        from.get(place).copied().unwrap_or_default()
    }

    /// One of these by weight; the default of nothing.
    pub fn weighted<T: Copy + Default>(&mut self, from: &[(i64, T)]) -> T {
        let mut left = self.between(1, from.iter().map(|(weight, _)| weight).sum());
        for (weight, value) in from {
            left -= weight;
            if left <= 0 {
                return *value;
            }
        }
        T::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_the_published_generator() {
        // First outputs for seed 1234567, as in the reference implementation's test vectors.
        let mut random = SplitMix64::new(1_234_567);
        let first: Vec<u64> = (0..3).map(|_| random.next()).collect();
        assert_eq!(first, [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]);
    }

    #[test]
    fn weights_are_kept() {
        let mut random = SplitMix64::new(1);
        let drawn: Vec<i64> = (0..10_000).map(|_| random.weighted(&[(1, 1), (0, 2), (3, 3)])).collect();
        let ones = drawn.iter().filter(|value| **value == 1).count();
        assert!((2_300..2_700).contains(&ones), "{ones}");
        assert!(!drawn.contains(&2));
    }
}
