//! Where a row stands: a direct index over the keys of a table, made from the tree that its proof left behind.

use alloc::vec::Vec;

use super::{
    input::Input,
    proof::{Found, Node},
    table::{Table, Version},
};

/// Widest key for which each value has its own place.
const DIRECT_WIDTH: u64 = 4_096;
/// Most places of all grids of a plan.
const ROOM_FOR_GRIDS: usize = 4_000_000;

/// How the rows of a version are found.
#[derive(Debug, Clone)]
pub(super) enum Index {
    /// The only row.
    Single,
    /// One key: a place for each value.
    Direct { low: i64, rows: Vec<u32> },
    /// One key: the row from each value on.
    From { starts: Vec<i64>, rows: Vec<u32> },
    /// Several keys: a place for each combination of stretches.
    Grid { keys: Vec<Stretches>, rows: Vec<u32> },
    /// Through the tree.
    Tree,
}

/// The stretches of one key, numbered.
#[derive(Debug, Clone)]
pub(super) enum Stretches {
    /// A number for each value.
    Direct { low: i64, numbers: Vec<u32> },
    /// The first value of each.
    From { starts: Vec<i64> },
}

impl Index {
    pub(super) fn of(table: &Table, version: &Version, inputs: &[Input], cells: &mut usize) -> Self {
        if table.interpolated {
            return Self::Tree;
        }
        let keys: Vec<&Input> = table.keys.iter().filter_map(|key| inputs.get(*key)).collect();
        if keys.is_empty() {
            return Self::Single;
        }
        let mut starts: Vec<Vec<i64>> = alloc::vec![Vec::new(); keys.len()];
        collect(version, &mut starts);
        let size = starts.iter().try_fold(1_usize, |size, starts| size.checked_mul(starts.len()));
        let Some(size) = size.filter(|size| *size <= ROOM_FOR_GRIDS.saturating_sub(*cells)) else { return Self::Tree };
        *cells += size;
        let mut rows = Vec::with_capacity(size);
        let mut at = alloc::vec![0_usize; starts.len()];
        loop {
            let point = |key: usize| -> i64 {
                starts.get(key).zip(at.get(key)).and_then(|(starts, at)| starts.get(*at)).copied().unwrap_or(0)
            };
            let Some(Found::Row(row)) = version.tree.find(point) else { return Self::Tree };
            rows.push(row);
            // The next combination, the last key first.
            let mut key = starts.len();
            while let Some(before) = key.checked_sub(1) {
                key = before;
                if let (Some(at), Some(starts)) = (at.get_mut(key), starts.get(key)) {
                    *at += 1;
                    if *at < starts.len() {
                        break;
                    }
                    *at = 0;
                }
                if key == 0 {
                    return Self::complete(&keys, starts, rows);
                }
            }
        }
    }

    fn complete(keys: &[&Input], starts: Vec<Vec<i64>>, rows: Vec<u32>) -> Self {
        if let ([key], [starts]) = (keys, starts.as_slice()) {
            if key.width() <= DIRECT_WIDTH {
                let numbers = direct(key, starts);
                let rows = numbers.iter().map(|number| rows.get(*number as usize).copied().unwrap_or(0)).collect();
                return Self::Direct { low: key.low, rows };
            }
            return Self::From { starts: starts.clone(), rows };
        }
        let stretches = keys.iter().zip(starts).map(|(key, starts)| {
            if key.width() <= DIRECT_WIDTH {
                Stretches::Direct { low: key.low, numbers: direct(key, &starts) }
            } else {
                Stretches::From { starts }
            }
        });
        Self::Grid { keys: stretches.collect(), rows }
    }
}

impl Stretches {
    pub(super) fn count(&self) -> usize {
        match self {
            Self::Direct { numbers, .. } => numbers.iter().max().map_or(0, |last| *last as usize + 1),
            Self::From { starts } => starts.len(),
        }
    }
}

/// The number of the stretch of each value.
fn direct(key: &Input, starts: &[i64]) -> Vec<u32> {
    let mut number = 0_u32;
    (key.low..=key.high)
        .map(|point| {
            while starts.get(number as usize + 1).is_some_and(|next| *next <= point) {
                number += 1;
            }
            number
        })
        .collect()
}

/// The first values of all stretches of each key, whatever stands before them.
fn collect(version: &Version, starts: &mut [Vec<i64>]) {
    let mut seen = alloc::vec![false; version.tree.nodes.len()];
    let mut open = alloc::vec![(version.tree.root, 0_usize)];
    while let Some((node, depth)) = open.pop() {
        match seen.get_mut(node as usize) {
            Some(seen) if !*seen => *seen = true,
            _ => continue,
        }
        if let Some(Node::Split { starts: here, to }) = version.tree.nodes.get(node as usize) {
            if let Some(starts) = starts.get_mut(depth) {
                starts.extend(here);
            }
            open.extend(to.iter().map(|node| (*node, depth + 1)));
        }
    }
    for starts in starts {
        starts.sort_unstable();
        starts.dedup();
    }
}
