//! Columns of tables as whole numbers, kept once for all editions of a plan.

use alloc::{collections::BTreeMap, vec::Vec};

use super::{
    index::Index,
    proof::Node,
    scale::{Scaled, common},
    table::{Table, Version},
};
use crate::money::Decimal;

/// Longest column that is kept at a second scale; of longer ones the values are scaled when they are used.
const SHORT_COLUMN: usize = 512;
/// Values of all columns at a second scale.
const ROOM_FOR_SCALED: usize = 1_000_000;

/// The values of a column, at a scale of its own.
#[derive(Debug, Clone)]
pub(super) struct Column {
    pub(super) narrow: Vec<i64>,
    /// Instead, where one of them needs it.
    pub(super) wide: Vec<i128>,
    /// Where there is no value; empty when there is always one.
    pub(super) missing: Vec<u8>,
}

/// What is known of the values of a column.
#[derive(Debug, Clone, Copy)]
pub(super) struct ColumnScale {
    pub(super) denominator: i128,
    pub(super) low: i128,
    pub(super) high: i128,
}

/// A table, one of its versions, one of its columns.
type Address = (usize, usize, usize);

/// Every column that some program uses.
#[derive(Debug, Default)]
pub(super) struct Columns {
    pub(super) list: Vec<Column>,
    scales: Vec<ColumnScale>,
    known: BTreeMap<Address, Option<usize>>,
    scaled: BTreeMap<(usize, i128), Option<usize>>,
    digits: BTreeMap<Address, u32>,
    distances: BTreeMap<(usize, usize), Option<i128>>,
    used: usize,
}

impl Columns {
    /// A column as it stands; none where its values are too large. With a direct index it is spread over the places.
    pub(super) fn of(&mut self, at: Address, table: &Table, version: &Version, index: Option<&Index>) -> Option<usize> {
        if let Some(known) = self.known.get(&at) {
            return *known;
        }
        let digits = self.digits(at, table, version);
        let found = read(table, version, at.2, digits).map(|(column, scale)| {
            let column = match index {
                Some(Index::Direct { rows, .. }) => column.spread(rows),
                _ => column,
            };
            self.push(column, scale)
        });
        self.known.insert(at, found);
        found
    }

    /// The digits after the point of a column.
    pub(super) fn digits(&mut self, at: Address, table: &Table, version: &Version) -> u32 {
        *self.digits.entry(at).or_insert_with(|| {
            let values = version.values.iter().skip(at.2).step_by(table.columns.len().max(1)).flatten();
            values.map(|value| value.without_trailing_zeros().scale()).max().unwrap_or(0)
        })
    }

    pub(super) fn scale(&self, column: usize) -> Option<ColumnScale> {
        self.scales.get(column).copied()
    }

    pub(super) fn is_wide(&self, column: usize) -> bool {
        self.list.get(column).is_some_and(|column| !column.wide.is_empty())
    }

    /// A column times a factor, as a column of its own; none where there is no room for it.
    pub(super) fn times(&mut self, column: usize, factor: i128) -> Option<usize> {
        if let Some(known) = self.scaled.get(&(column, factor)) {
            return *known;
        }
        let found = self.multiply(column, factor).map(|(column, scale)| self.push(column, scale));
        self.scaled.insert((column, factor), found);
        found
    }

    fn multiply(&mut self, column: usize, factor: i128) -> Option<(Column, ColumnScale)> {
        let (own, scale) = (self.list.get(column)?, self.scales.get(column)?);
        let length = own.narrow.len().max(own.wide.len());
        if length > SHORT_COLUMN || self.used + length > ROOM_FOR_SCALED {
            return None;
        }
        let (low, high) = (scale.low.checked_mul(factor)?, scale.high.checked_mul(factor)?);
        let denominator = scale.denominator.checked_mul(factor)?;
        let narrow = own.narrow.iter().map(|value| i128::from(*value));
        let values = narrow.chain(own.wide.iter().copied()).map(|value| value.checked_mul(factor));
        let values: Option<Vec<i128>> = values.collect();
        let wide = !Scaled::fits_narrow(low, high);
        let scaled = store(values?, own.missing.clone(), wide);
        self.used += length;
        Some((scaled, ColumnScale { denominator, low, high }))
    }

    /// A number that every distance between two neighbours of an interpolated version divides.
    pub(super) fn distance(&mut self, table: usize, number: usize, version: &Version) -> Option<i128> {
        *self.distances.entry((table, number)).or_insert_with(|| {
            let points = version.tree.nodes.iter().filter_map(|node| match node {
                Node::Points { at, .. } => Some(at),
                _ => None,
            });
            let mut pairs = points.flat_map(|at| at.iter().zip(at.iter().skip(1)));
            pairs.try_fold(1_i128, |unit, (low, high)| common(unit, i128::from(high - low)))
        })
    }

    fn push(&mut self, column: Column, scale: ColumnScale) -> usize {
        self.list.push(column);
        self.scales.push(scale);
        self.list.len() - 1
    }
}

impl Column {
    /// The values at the rows of these places.
    fn spread(self, rows: &[u32]) -> Self {
        let at = |row: &u32| *row as usize;
        Self {
            narrow: rows.iter().filter_map(|row| self.narrow.get(at(row)).copied()).collect(),
            wide: rows.iter().filter_map(|row| self.wide.get(at(row)).copied()).collect(),
            missing: rows.iter().filter_map(|row| self.missing.get(at(row)).copied()).collect(),
        }
    }
}

/// A column as whole numbers over one denominator; none where they are too large.
fn read(table: &Table, version: &Version, column: usize, digits: u32) -> Option<(Column, ColumnScale)> {
    let denominator = 10_i128.checked_pow(digits)?;
    let mut values = Vec::with_capacity(version.rows);
    let mut missing = Vec::with_capacity(version.rows);
    let (mut low, mut high): (Option<i128>, Option<i128>) = (None, None);
    for value in version.values.iter().skip(column).step_by(table.columns.len().max(1)) {
        let number = match value {
            Some(value) => scaled(*value, digits)?,
            None => 0,
        };
        missing.push(u8::from(value.is_none()));
        values.push(number);
        low = Some(low.map_or(number, |low| low.min(number)));
        high = Some(high.map_or(number, |high| high.max(number)));
    }
    if !missing.contains(&1) {
        missing.clear();
    }
    let (low, high) = (low.unwrap_or(0), high.unwrap_or(0));
    let wide = !Scaled::fits_narrow(low, high);
    Some((store(values, missing, wide), ColumnScale { denominator, low, high }))
}

fn store(values: Vec<i128>, missing: Vec<u8>, wide: bool) -> Column {
    if wide {
        return Column { narrow: Vec::new(), wide: values, missing };
    }
    let narrow = values.into_iter().map(|value| i64::try_from(value).unwrap_or(0)).collect();
    Column { narrow, wide: Vec::new(), missing }
}

fn scaled(value: Decimal, digits: u32) -> Option<i128> {
    let value = value.without_trailing_zeros();
    10_i128.checked_pow(digits.checked_sub(value.scale())?)?.checked_mul(value.mantissa())
}
