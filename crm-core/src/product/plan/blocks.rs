//! The loops of the kernel: one operation over the rows of a block.

use super::{
    kernel::Cells,
    program::{Op, UNKNOWN, YES},
};
use crate::money::RoundedDivision;

/// The number of the stretch of each point, added to what stands there times `scale`.
pub(super) fn stretch(starts: &[i64], points: &[i64], rows: &mut [u32], scale: u32) {
    /// Up to here counting is quicker than halving.
    const FEW: usize = 24;
    let later = starts.get(1..).unwrap_or_default();
    if scale != 1 {
        rows.iter_mut().for_each(|row| *row = row.wrapping_mul(scale));
    }
    if later.len() <= FEW {
        for start in later {
            rows.iter_mut().zip(points).for_each(|(row, point)| *row = row.wrapping_add(u32::from(point >= start)));
        }
    } else {
        for (row, point) in rows.iter_mut().zip(points) {
            *row = row.wrapping_add(later.partition_point(|start| start <= point) as u32);
        }
    }
}

pub(super) fn gather<V: Copy + Default>(out: &mut [V], rows: &[u32], values: &[V]) {
    for (out, row) in out.iter_mut().zip(rows) {
        *out = values.get(*row as usize).copied().unwrap_or_default();
    }
}

pub(super) fn select<V: Copy>(out: &mut [V], marks: &[u8], yes: &[V], no: &[V]) {
    for (((out, mark), yes), no) in out.iter_mut().zip(marks).zip(yes).zip(no) {
        *out = if *mark == YES { *yes } else { *no };
    }
}

pub(super) fn select_bad(out: &mut Cells, mark: &Cells, yes: &Cells, no: &Cells) {
    out.spoiled = mark.spoiled || yes.spoiled || no.spoiled || mark.marks.contains(&UNKNOWN);
    if !out.spoiled {
        return;
    }
    for (at, bad) in out.bad.iter_mut().enumerate() {
        let one = |cells: &Cells| cells.spoiled && cells.bad.get(at).is_some_and(|bad| *bad != 0);
        let chosen = mark.marks.get(at).copied().unwrap_or(UNKNOWN);
        *bad = u8::from(one(mark) || chosen == UNKNOWN || if chosen == YES { one(yes) } else { one(no) });
    }
}

/// The second operand of a block.
pub(super) enum Values<'a> {
    Narrow(&'a [i64]),
    Wide(&'a [i128]),
    Constant(i128),
    NarrowCells(&'a [u32], &'a [i64]),
    WideCells(&'a [u32], &'a [i128]),
}

/// Loading proved that no result leaves its width, so nothing wraps.
pub(super) fn operate(op: Op, out: &mut Cells, first: &Cells, second: Values<'_>) {
    if !out.narrow.is_empty() {
        let (out, first) = (out.narrow.iter_mut(), first.narrow.iter().copied());
        match op {
            Op::Multiply => narrow(out, first, second, i64::wrapping_mul),
            Op::Add => narrow(out, first, second, i64::wrapping_add),
            Op::Subtract => narrow(out, first, second, i64::wrapping_sub),
            Op::AtLeast => narrow(out, first, second, i64::max),
            Op::AtMost => narrow(out, first, second, i64::min),
        }
        return;
    }
    let out = out.wide.iter_mut();
    match op {
        Op::Multiply => wide(out, first, second, i128::wrapping_mul),
        Op::Add => wide(out, first, second, i128::wrapping_add),
        Op::Subtract => wide(out, first, second, i128::wrapping_sub),
        Op::AtLeast => wide(out, first, second, i128::max),
        Op::AtMost => wide(out, first, second, i128::min),
    }
}

type Out<'a, V> = core::slice::IterMut<'a, V>;

#[inline(always)]
fn narrow(out: Out<'_, i64>, first: impl Iterator<Item = i64>, second: Values<'_>, op: impl Fn(i64, i64) -> i64) {
    let both = out.zip(first);
    match second {
        Values::Narrow(second) => both.zip(second).for_each(|((out, one), other)| *out = op(one, *other)),
        Values::Constant(other) => {
            let other = other as i64;
            both.for_each(|(out, one)| *out = op(one, other));
        }
        Values::NarrowCells(rows, values) => both.zip(rows).for_each(|((out, one), row)| {
            *out = op(one, values.get(*row as usize).copied().unwrap_or(0));
        }),
        // A narrow result has narrow operands.
        Values::Wide(_) | Values::WideCells(..) => {}
    }
}

#[inline(always)]
fn wide(out: Out<'_, i128>, first: &Cells, second: Values<'_>, op: impl Fn(i128, i128) -> i128) {
    if first.wide.is_empty() {
        wide_from(out, first.narrow.iter().map(|one| i128::from(*one)), second, op);
    } else {
        wide_from(out, first.wide.iter().copied(), second, op);
    }
}

#[inline(always)]
fn wide_from(
    out: Out<'_, i128>,
    first: impl Iterator<Item = i128>,
    second: Values<'_>,
    op: impl Fn(i128, i128) -> i128,
) {
    let both = out.zip(first);
    match second {
        Values::Narrow(second) => both.zip(second).for_each(|((out, one), other)| *out = op(one, i128::from(*other))),
        Values::Wide(second) => both.zip(second).for_each(|((out, one), other)| *out = op(one, *other)),
        Values::Constant(other) => both.for_each(|(out, one)| *out = op(one, other)),
        Values::NarrowCells(rows, values) => both.zip(rows).for_each(|((out, one), row)| {
            *out = op(one, i128::from(values.get(*row as usize).copied().unwrap_or(0)));
        }),
        Values::WideCells(rows, values) => both.zip(rows).for_each(|((out, one), row)| {
            *out = op(one, values.get(*row as usize).copied().unwrap_or(0));
        }),
    }
}

pub(super) fn divide(out: &mut Cells, from: &Cells, by: &RoundedDivision) {
    match (out.narrow.is_empty(), from.wide.is_empty()) {
        (false, true) => out.narrow.iter_mut().zip(&from.narrow).for_each(|(out, from)| *out = by.narrow(*from)),
        (false, false) => out.narrow.iter_mut().zip(&from.wide).for_each(|(out, from)| *out = by.wide(*from) as i64),
        (true, true) => {
            out.wide.iter_mut().zip(&from.narrow).for_each(|(out, from)| *out = by.wide(i128::from(*from)));
        }
        (true, false) => out.wide.iter_mut().zip(&from.wide).for_each(|(out, from)| *out = by.wide(*from)),
    }
}
