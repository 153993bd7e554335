//! Measuring: seeded inputs, contestants in turn, medians, lines that `cargo xtask bench` puts into a table.
//!
//! The machine's speed drifts, so contestants of a group run in turn within each round and only their ratio is worth
//! reading. The first contestant of a group is its floor: the least that the work can cost.

use std::hint::black_box;
use std::time::Instant;

/// Rounds of a group; the median is reported.
const ROUNDS: usize = 15;

/// `count` numbers of one seed (SplitMix64 in counter mode), each in `low..high`; the same in every language.
#[must_use]
pub fn seeded(seed: u64, count: usize, low: i64, high: i64) -> Vec<i64> {
    let width = (high - low).unsigned_abs();
    let numbers = (1..=count as u64).map(|index| {
        let mut z = seed.wrapping_add(index.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    });
    numbers.map(|number| low + i64::try_from((number >> 33) % width).unwrap_or(0)).collect()
}

type Work<'a> = Box<dyn FnMut() -> i64 + 'a>;

/// Contestants that do the same work.
pub struct Group<'a> {
    name: &'static str,
    items: usize,
    contestants: Vec<(&'static str, Work<'a>)>,
}

impl<'a> Group<'a> {
    /// A group whose work has so many items.
    #[must_use]
    pub fn new(name: &'static str, items: usize) -> Self {
        Self { name, items, contestants: Vec::new() }
    }

    /// Adds a contestant; what it returns is compared, so that nobody wins by being wrong.
    #[must_use]
    pub fn with(mut self, name: &'static str, work: impl FnMut() -> i64 + 'a) -> Self {
        self.contestants.push((name, Box::new(work)));
        self
    }

    /// Runs all in turn and prints `bench<TAB>group<TAB>name<TAB>picoseconds an item`.
    ///
    /// # Errors
    /// When two contestants come to different results.
    pub fn run(mut self) -> Result<(), String> {
        let mut times = vec![Vec::with_capacity(ROUNDS); self.contestants.len()];
        let mut agreed = None;
        for _ in 0..ROUNDS {
            for ((name, work), times) in self.contestants.iter_mut().zip(&mut times) {
                let start = Instant::now();
                let result = black_box(work());
                times.push(start.elapsed().as_nanos());
                if *agreed.get_or_insert(result) != result {
                    return Err(format!("{}: {name} comes to another result", self.name));
                }
            }
        }
        for ((name, _), mut times) in self.contestants.into_iter().zip(times) {
            times.sort_unstable();
            let median = times.get(ROUNDS / 2).copied().unwrap_or_default();
            println!("bench\t{}\t{name}\t{}", self.name, median * 1000 / self.items.max(1) as u128);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seeds_repeat_and_stay_in_range() {
        let numbers = seeded(1, 1000, 5_000, 900_000);
        assert_eq!(numbers, seeded(1, 1000, 5_000, 900_000));
        assert_ne!(numbers, seeded(2, 1000, 5_000, 900_000));
        assert!(numbers.iter().all(|number| (5_000..900_000).contains(number)));
    }

    #[test]
    fn who_is_wrong_does_not_win() {
        assert_eq!(Group::new("sum", 1).with("a", || 1).with("b", || 1).run(), Ok(()));
        assert!(Group::new("sum", 1).with("a", || 1).with("b", || 2).run().is_err());
    }
}
