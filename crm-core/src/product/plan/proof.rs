//! The proof that each combination of keys fits one row, and the tree that it leaves behind.
//!
//! Key by key, the allowed values fall into stretches over which the same rows are left; a stretch without rows is a hole,
//! rows that are still two after the last key are an overlap. Stretches are tried from the smallest value on, so what is
//! found first is the smallest counter-example. Stretches with the same rows as one shortly before are not looked into again.

use alloc::{collections::VecDeque, vec::Vec};

/// Most visits of a row during the proof of one table.
pub(super) const MAX_VISITS: usize = 5_000_000;

/// Stretches of a key whose rows are remembered, in case they come again.
const REMEMBERED: usize = 32;

/// The points of one key of one row, as stretches with both ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Reach {
    /// One stretch.
    One(i64, i64),
    /// Several, none of them touching another one twice.
    Many(Vec<(i64, i64)>),
}

impl Reach {
    fn stretches(&self) -> &[(i64, i64)] {
        match self {
            Self::One(..) => &[],
            Self::Many(stretches) => stretches,
        }
    }

    fn each(&self, mut tell: impl FnMut(i64, i64)) {
        if let Self::One(low, high) = self {
            tell(*low, *high);
        }
        for (low, high) in self.stretches() {
            tell(*low, *high);
        }
    }
}

/// Where a key leads.
#[derive(Debug, Clone)]
pub(super) enum Node {
    /// To a row.
    Row(u32),
    /// From each first point on to the node at the same place.
    Split { starts: Vec<i64>, to: Vec<u32> },
    /// To rows at single points, between which is interpolated.
    Points { at: Vec<i64>, rows: Vec<u32> },
}

/// The tree over a table's keys.
#[derive(Debug, Clone, Default)]
pub(super) struct Tree {
    pub(super) nodes: Vec<Node>,
    pub(super) root: u32,
}

/// What a point comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Found<'a> {
    Row(u32),
    Points(&'a [i64], &'a [u32]),
}

impl Tree {
    /// Follows the keys; they must lie inside their bounds.
    pub(super) fn find(&self, mut key: impl FnMut(usize) -> i64) -> Option<Found<'_>> {
        let mut node = self.nodes.get(self.root as usize)?;
        let mut depth = 0;
        loop {
            match node {
                Node::Row(row) => return Some(Found::Row(*row)),
                Node::Points { at, rows } => return Some(Found::Points(at, rows)),
                Node::Split { starts, to } => {
                    let point = key(depth);
                    let after = starts.partition_point(|start| *start <= point);
                    let next = after.checked_sub(1).and_then(|index| to.get(index))?;
                    node = self.nodes.get(*next as usize)?;
                    depth += 1;
                }
            }
        }
    }
}

/// Why there is no proof.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Counterexample {
    /// No row fits.
    Hole(Vec<i64>),
    /// Two rows fit.
    Overlap(Vec<i64>, u32, u32),
    /// It would take too long.
    Tangled,
}

/// The bounds of a key.
pub(super) type Bounds = (i64, i64);

/// Proves a table; `rows` gives the reach of each row, one for each key. With `interpolated` the last key leads to points.
pub(super) fn prove(keys: &[Bounds], rows: &[Vec<Reach>], interpolated: bool) -> Result<Tree, Counterexample> {
    let mut proof = Proof { keys, rows, interpolated, visits: 0, point: Vec::new(), nodes: Vec::new() };
    let all: Vec<u32> = (0..u32::try_from(rows.len()).unwrap_or(u32::MAX)).collect();
    let root = proof.below(&all)?;
    Ok(Tree { nodes: proof.nodes, root })
}

struct Proof<'a> {
    keys: &'a [Bounds],
    rows: &'a [Vec<Reach>],
    interpolated: bool,
    visits: usize,
    /// The keys so far.
    point: Vec<i64>,
    nodes: Vec<Node>,
}

impl Proof<'_> {
    fn below(&mut self, left: &[u32]) -> Result<u32, Counterexample> {
        let depth = self.point.len();
        let Some((low, high)) = self.keys.get(depth).copied() else {
            return match left {
                [row] => Ok(self.node(Node::Row(*row))),
                [first, second, ..] => Err(Counterexample::Overlap(self.point.clone(), *first, *second)),
                [] => Err(Counterexample::Hole(self.point.clone())),
            };
        };
        if left.is_empty() {
            return Err(Counterexample::Hole(self.smallest()));
        }
        if self.interpolated && depth + 1 == self.keys.len() {
            return self.points(left);
        }
        let mut stretches: Vec<(i64, i64, u32)> = Vec::with_capacity(left.len());
        for row in left {
            let reach = self.rows.get(*row as usize).and_then(|keys| keys.get(depth));
            if let Some(reach) = reach {
                reach.each(|from, to| stretches.push((from.max(low), to.min(high), *row)));
            }
        }
        stretches.retain(|(from, to, _)| from <= to);
        stretches.sort_unstable();
        let mut edges: Vec<i64> = stretches.iter().flat_map(|(from, to, _)| [*from, to.saturating_add(1)]).collect();
        edges.push(low);
        edges.sort_unstable();
        edges.dedup();
        edges.retain(|edge| *edge <= high);
        let (mut starts, mut to) = (Vec::new(), Vec::new());
        // The last stretches with the node of each: rows mostly come back soon or never.
        let mut known: VecDeque<(Vec<u32>, u32)> = VecDeque::with_capacity(REMEMBERED);
        let mut open: Vec<(i64, u32)> = Vec::new();
        let mut coming = stretches.into_iter().peekable();
        for edge in edges {
            open.retain(|(until, _)| *until >= edge);
            while let Some((_, until, row)) = coming.next_if(|(from, _, _)| *from <= edge) {
                open.push((until, row));
            }
            self.visits += open.len() + 1;
            if self.visits > MAX_VISITS {
                return Err(Counterexample::Tangled);
            }
            let mut rows: Vec<u32> = open.iter().map(|(_, row)| *row).collect();
            rows.sort_unstable();
            let node = if let Some((_, node)) = known.iter().rev().find(|(of, _)| *of == rows) {
                *node
            } else {
                self.point.push(edge);
                let node = self.below(&rows)?;
                self.point.pop();
                if known.len() == REMEMBERED {
                    known.pop_front();
                }
                known.push_back((rows, node));
                node
            };
            if to.last() != Some(&node) {
                starts.push(edge);
                to.push(node);
            }
        }
        Ok(self.node(Node::Split { starts, to }))
    }

    /// Rows at single points of the last key.
    fn points(&mut self, left: &[u32]) -> Result<u32, Counterexample> {
        self.visits += left.len();
        let mut at: Vec<(i64, u32)> = Vec::with_capacity(left.len());
        for row in left {
            if let Some(Reach::One(point, _)) = self.rows.get(*row as usize).and_then(|keys| keys.last()) {
                at.push((*point, *row));
            }
        }
        at.sort_unstable();
        for pair in at.windows(2) {
            if let [(one, first), (other, second)] = pair
                && one == other
            {
                self.point.push(*one);
                return Err(Counterexample::Overlap(self.point.clone(), *first, *second));
            }
        }
        let (at, rows) = at.into_iter().unzip();
        Ok(self.node(Node::Points { at, rows }))
    }

    /// The smallest point that begins with the keys so far.
    fn smallest(&self) -> Vec<i64> {
        let rest = self.keys.iter().skip(self.point.len()).map(|(low, _)| *low);
        self.point.iter().copied().chain(rest).collect()
    }

    fn node(&mut self, node: Node) -> u32 {
        self.nodes.push(node);
        u32::try_from(self.nodes.len()).map_or(u32::MAX, |count| count - 1)
    }
}
