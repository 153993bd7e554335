//! Tables in the model: which row fits, what lies between two rows.

use alloc::{boxed::Box, string::String, vec::Vec};

use super::{
    UsedKey, UsedRow, UsedValue,
    model::Run,
    proof::Found,
    table::{Table, Version},
};
use crate::{
    money::Unrounded,
    refusal::{Code, Fault, Refusal},
    rulebook::Value,
};

/// A table looked into.
pub(super) struct LookUp<'a> {
    index: usize,
    table: &'a Table,
    /// Which version.
    number: usize,
    version: &'a Version,
    /// The keys as they were handed in.
    values: Vec<(String, Value)>,
    /// The last key's point.
    axis: i64,
    pub(super) found: Found<'a>,
}

impl Run<'_> {
    pub(super) fn look_up(&self, index: usize) -> Result<LookUp<'_>, Refusal> {
        let internal = || Refusal::new(Code::Internal);
        let table = self.plan.tables.get(index).ok_or_else(internal)?;
        let (number, version) =
            table.version(self.business, self.asked.on).ok_or_else(|| table.outside(self.asked.on))?;
        let mut points = Vec::with_capacity(table.keys.len());
        let mut values = Vec::with_capacity(table.keys.len());
        let mut missing = Vec::new();
        for key in &table.keys {
            let input = self.plan.inputs.get(*key).ok_or_else(internal)?;
            match self.asked.known.get(&input.name) {
                Some(value) => {
                    points.push(input.point(value).map_err(|fault| fault.at(&input.name))?);
                    values.push((input.name.clone(), value.clone()));
                }
                None => missing.push(Fault::new(Code::RulebookFactMissing).at(&input.name)),
            }
        }
        Refusal::unless_empty(missing)?;
        let found = version.tree.find(|key| points.get(key).copied().unwrap_or(i64::MIN)).ok_or_else(internal)?;
        Ok(LookUp { index, table, number, version, values, axis: points.last().copied().unwrap_or(0), found })
    }

    pub(super) fn row(&self, lookup: &LookUp<'_>, row: u32, column: usize) -> Result<UsedRow, Refusal> {
        let internal = || Refusal::new(Code::Internal);
        let written = self.plan.spec.tables.get(lookup.index).ok_or_else(internal)?;
        let version = written.versions.get(lookup.number).ok_or_else(internal)?;
        let keys = &version.rows.get(row as usize).ok_or_else(internal)?.keys;
        let head = written.columns.get(column).ok_or_else(internal)?;
        let number = i64::from(row) + 1;
        let value = lookup.version.value(row, column, lookup.table.columns.len()).ok_or_else(|| {
            Fault::new(Code::ProductQuoteNotOffered).with_name("table", &written.name).with("row", number)
        })?;
        let (from, until) = lookup.version.valid.span(self.business);
        let both = lookup.values.iter().zip(keys);
        Ok(UsedRow {
            table: written.name.clone(),
            title: written.title.clone(),
            title_zh: written.title_zh.clone(),
            row: number,
            keys: both
                .map(|((input, value), row)| UsedKey { input: input.clone(), value: value.clone(), row: row.clone() })
                .collect(),
            column: head.name.clone(),
            unit: head.unit.clone(),
            value,
            source: version.source.clone(),
            from,
            until,
        })
    }

    pub(super) fn between(&self, table: usize, column: usize) -> Result<(Unrounded, UsedValue), Refusal> {
        let lookup = self.look_up(table)?;
        let Found::Points(at, rows) = lookup.found else { return Err(Refusal::new(Code::Internal)) };
        let beyond = || Fault::new(Code::ProductQuoteBeyond).with_name("table", &lookup.table.name);
        let x = lookup.axis;
        let after = at.partition_point(|point| *point <= x);
        let low = after.checked_sub(1).and_then(|index| Some((*at.get(index)?, *rows.get(index)?)));
        let (low_at, low_row) = low.ok_or_else(beyond)?;
        let below = self.row(&lookup, low_row, column)?;
        if low_at == x {
            return Ok((Unrounded::from(below.value), UsedValue::Row { row: below }));
        }
        let high = at.get(after).zip(rows.get(after));
        let (high_at, high_row) = high.ok_or_else(beyond)?;
        let above = self.row(&lookup, *high_row, column)?;
        let part = Unrounded::ratio(i128::from(x - low_at), i128::from(high_at - low_at))?;
        let rise = Unrounded::from(above.value).minus(below.value)?;
        let exact = Unrounded::from(below.value).plus(rise.times(part)?)?;
        let Some((input, at)) = lookup.values.last().cloned() else { return Err(Refusal::new(Code::Internal)) };
        let used =
            UsedValue::Between { input, at, below: Box::new(below), above: Box::new(above), exact: exact.exact_text() };
        Ok((exact, used))
    }
}
