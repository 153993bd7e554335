//! Runs a compiled program over a block of rows. Nothing here allocates once the registers stand, and nothing refuses: a
//! row that can't be answered is *bad*, and the model says why.

use alloc::vec::Vec;

use super::{
    RatePlan,
    blocks::{Values, divide, gather, operate, select, select_bad, stretch},
    columns::Column,
    index::{Index, Stretches},
    input::Input,
    program::{Holds, Instruction, Join, NO, Program, Register, Second, UNKNOWN, YES},
    proof::{Found, Tree},
};

/// The values of one input for the rows of a block.
#[derive(Debug, Clone, Copy)]
pub(super) struct Points<'a> {
    pub(super) points: &'a [i64],
    /// Which are known; none for all.
    pub(super) known: Option<&'a [bool]>,
}

/// A register for a block of rows.
#[derive(Debug, Clone, Default)]
pub(super) struct Cells {
    pub(super) narrow: Vec<i64>,
    pub(super) wide: Vec<i128>,
    pub(super) rows: Vec<u32>,
    pub(super) marks: Vec<u8>,
    /// Rows without a value, where `spoiled` says that there are any.
    pub(super) bad: Vec<u8>,
    pub(super) spoiled: bool,
}

/// Registers that are used again and again.
#[derive(Debug, Clone, Default)]
pub(super) struct Workspace {
    pub(super) cells: Vec<Cells>,
    /// Rows with a value outside its bounds.
    pub(super) outside: Vec<u8>,
    count: usize,
    /// For which registers room was made.
    shape: Vec<Holds>,
}

impl Workspace {
    /// Makes room for the registers of a program over so many rows; allocates only where there was less.
    pub(super) fn prepare(&mut self, program: &Program, count: usize) {
        self.outside.fill(0);
        if self.count == count && self.shape == program.registers {
            self.cells.iter_mut().for_each(|cells| cells.spoiled = false);
            return;
        }
        self.count = count;
        self.shape.clone_from(&program.registers);
        if self.cells.len() < program.registers.len() {
            self.cells.resize_with(program.registers.len(), Cells::default);
        }
        self.outside.clear();
        self.outside.resize(count, 0);
        for (cells, holds) in self.cells.iter_mut().zip(&program.registers) {
            // What another program kept here is forgotten, its room stays.
            cells.narrow.clear();
            cells.wide.clear();
            cells.rows.clear();
            cells.marks.clear();
            match holds {
                Holds::Narrow => cells.narrow.resize(count, 0),
                Holds::Wide => cells.wide.resize(count, 0),
                Holds::Rows => cells.rows.resize(count, 0),
                Holds::Mark => cells.marks.resize(count, 0),
            }
            cells.bad.resize(count, 0);
            cells.spoiled = false;
        }
    }

    pub(super) fn get(&self, register: Register) -> Option<&Cells> {
        self.cells.get(register)
    }

    /// Runs every instruction over the block.
    pub(super) fn run<'a>(
        &mut self,
        plan: &RatePlan,
        program: &Program,
        points: impl Fn(usize) -> Option<Points<'a>>,
    ) -> Option<()> {
        for instruction in &program.instructions {
            self.step(plan, instruction, &points)?;
        }
        Some(())
    }

    fn step<'a>(
        &mut self,
        plan: &RatePlan,
        instruction: &Instruction,
        points: &impl Fn(usize) -> Option<Points<'a>>,
    ) -> Option<()> {
        match instruction {
            Instruction::Amount { of, signed } => {
                self.cells.get_mut(*of)?.check_amount(*signed);
                return Some(());
            }
            Instruction::Input { to, input } => {
                let cells = self.cells.get_mut(*to)?;
                cells.take(plan.inputs.get(*input)?, points(*input)?, &mut self.outside);
                return Some(());
            }
            _ => {}
        }
        let to = match instruction {
            Instruction::Rows { to, .. }
            | Instruction::Places { to, .. }
            | Instruction::Blame { to, .. }
            | Instruction::Load { to, .. }
            | Instruction::Operate { to, .. }
            | Instruction::Divide { to, .. }
            | Instruction::Between { to, .. }
            | Instruction::Spoil { to }
            | Instruction::Test { to, .. }
            | Instruction::Known { to, .. }
            | Instruction::Constantly { to, .. }
            | Instruction::Joined { to, .. }
            | Instruction::Not { to, .. }
            | Instruction::Select { to, .. }
            | Instruction::Amount { of: to, .. }
            | Instruction::Input { to, .. } => *to,
        };
        // The register is taken out while the others are read; no instruction reads what it writes.
        let mut out = core::mem::take(self.cells.get_mut(to)?);
        let done = self.write(plan, instruction, &mut out);
        if let Some(cells) = self.cells.get_mut(to) {
            *cells = out;
        }
        done
    }

    fn write(&self, plan: &RatePlan, instruction: &Instruction, out: &mut Cells) -> Option<()> {
        match instruction {
            Instruction::Rows { table, version, keys, .. } => {
                out.blame(keys.iter().filter_map(|key| self.cells.get(*key)));
                let tree = &plan.tables.get(*table)?.versions.get(*version)?.tree;
                let index = plan.compiled.indexes.get(*table)?.get(*version)?;
                self.find(index, tree, keys, &mut out.rows)
            }
            Instruction::Places { input, low, .. } => {
                let from = self.cells.get(*input)?;
                out.blame([from]);
                out.rows.iter_mut().zip(&from.narrow).for_each(|(to, point)| *to = point.wrapping_sub(*low) as u32);
                Some(())
            }
            Instruction::Blame { of, .. } => {
                out.blame([self.cells.get(*of)?]);
                Some(())
            }
            Instruction::Load { from, .. } => {
                let column = self.blame(plan, from, out)?;
                match (out.narrow.is_empty(), from) {
                    (true, Second::Register(from)) => {
                        let from = self.cells.get(*from)?;
                        if from.wide.is_empty() {
                            out.wide.iter_mut().zip(&from.narrow).for_each(|(to, from)| *to = i128::from(*from));
                        } else {
                            out.wide.copy_from_slice(&from.wide);
                        }
                    }
                    (false, Second::Register(from)) => {
                        // Bounds were proven or checked before.
                        let from = self.cells.get(*from)?;
                        if from.wide.is_empty() {
                            out.narrow.copy_from_slice(&from.narrow);
                        } else {
                            out.narrow.iter_mut().zip(&from.wide).for_each(|(to, from)| *to = *from as i64);
                        }
                    }
                    (true, Second::Constant(value)) => out.wide.fill(*value),
                    (false, Second::Constant(value)) => out.narrow.fill(*value as i64),
                    (wide, Second::Cell { rows, .. }) => {
                        let (rows, column) = (&self.cells.get(*rows)?.rows, column?);
                        if wide {
                            gather(&mut out.wide, rows, &column.wide);
                        } else {
                            gather(&mut out.narrow, rows, &column.narrow);
                        }
                    }
                }
                Some(())
            }
            Instruction::Operate { op, first, second, .. } => {
                let column = self.blame(plan, second, out)?;
                let first = self.cells.get(*first)?;
                out.blame([first]);
                let second = match second {
                    Second::Register(register) => {
                        let cells = self.cells.get(*register)?;
                        if cells.wide.is_empty() { Values::Narrow(&cells.narrow) } else { Values::Wide(&cells.wide) }
                    }
                    Second::Constant(value) => Values::Constant(*value),
                    Second::Cell { rows, .. } => {
                        let (rows, column) = (&self.cells.get(*rows)?.rows, column?);
                        if column.wide.is_empty() {
                            Values::NarrowCells(rows, &column.narrow)
                        } else {
                            Values::WideCells(rows, &column.wide)
                        }
                    }
                };
                operate(*op, out, first, second);
                Some(())
            }
            Instruction::Divide { from, by, .. } => {
                let from = self.cells.get(*from)?;
                out.blame([from]);
                divide(out, from, by);
                Some(())
            }
            Instruction::Between { table, version, column, keys, unit, .. } => {
                out.blame(keys.iter().filter_map(|key| self.cells.get(*key)));
                let tree = &plan.tables.get(*table)?.versions.get(*version)?.tree;
                let column = plan.compiled.columns.get(*column)?;
                self.between(tree, column, keys, *unit, out);
                Some(())
            }
            Instruction::Spoil { .. } => {
                out.narrow.fill(0);
                out.bad.fill(1);
                out.spoiled = true;
                Some(())
            }
            Instruction::Test { input, stretches, .. } => {
                out.spoiled = false;
                let from = self.cells.get(*input)?;
                for (mark, point) in out.marks.iter_mut().zip(&from.narrow) {
                    *mark = u8::from(stretches.iter().any(|(low, high)| low <= point && point <= high));
                }
                if from.spoiled {
                    out.marks
                        .iter_mut()
                        .zip(&from.bad)
                        .filter(|(_, bad)| **bad != 0)
                        .for_each(|(mark, _)| *mark = UNKNOWN);
                }
                Some(())
            }
            Instruction::Known { input, .. } => {
                out.spoiled = false;
                let from = self.cells.get(*input)?;
                out.marks.fill(YES);
                if from.spoiled {
                    out.marks.iter_mut().zip(&from.bad).for_each(|(mark, bad)| *mark = u8::from(*bad == 0));
                }
                Some(())
            }
            Instruction::Constantly { mark, bad, .. } => {
                out.marks.fill(*mark);
                out.bad.fill(u8::from(*bad));
                out.spoiled = *bad;
                Some(())
            }
            Instruction::Joined { join, of, .. } => {
                out.blame(of.iter().filter_map(|of| self.cells.get(*of)));
                let (start, decides) = if *join == Join::All { (YES, NO) } else { (NO, YES) };
                out.marks.fill(start);
                for of in of {
                    for (mark, one) in out.marks.iter_mut().zip(&self.cells.get(*of)?.marks) {
                        *mark = if *mark == decides || *one == decides {
                            decides
                        } else if *mark == UNKNOWN || *one == UNKNOWN {
                            UNKNOWN
                        } else {
                            start
                        };
                    }
                }
                Some(())
            }
            Instruction::Not { of, .. } => {
                let of = self.cells.get(*of)?;
                out.blame([of]);
                for (mark, one) in out.marks.iter_mut().zip(&of.marks) {
                    *mark = match *one {
                        NO => YES,
                        YES => NO,
                        _ => UNKNOWN,
                    };
                }
                Some(())
            }
            Instruction::Select { mark, yes, no, .. } => {
                let (mark, yes, no) = (self.cells.get(*mark)?, self.cells.get(*yes)?, self.cells.get(*no)?);
                select(&mut out.narrow, &mark.marks, &yes.narrow, &no.narrow);
                select(&mut out.wide, &mark.marks, &yes.wide, &no.wide);
                select_bad(out, mark, yes, no);
                Some(())
            }
            Instruction::Input { .. } | Instruction::Amount { .. } => None,
        }
    }

    /// Takes over what is bad of a second operand; gives its column.
    fn blame<'p>(&self, plan: &'p RatePlan, second: &Second, out: &mut Cells) -> Option<Option<&'p Column>> {
        out.spoiled = false;
        match second {
            Second::Constant(_) => {}
            Second::Register(register) => out.blame([self.cells.get(*register)?]),
            Second::Cell { rows, column } => {
                let (rows, column) = (self.cells.get(*rows)?, plan.compiled.columns.get(*column)?);
                out.blame([rows]);
                if !column.missing.is_empty() {
                    out.start_blame();
                    for (bad, row) in out.bad.iter_mut().zip(&rows.rows) {
                        *bad |= column.missing.get(*row as usize).copied().unwrap_or(1);
                    }
                }
                return Some(Some(column));
            }
        }
        Some(None)
    }

    /// The rows of a table.
    fn find(&self, index: &Index, tree: &Tree, keys: &[Register], rows: &mut [u32]) -> Option<()> {
        match index {
            Index::Single => rows.fill(0),
            Index::Direct { low, rows: places } => {
                let points = &self.cells.get(*keys.first()?)?.narrow;
                for (row, point) in rows.iter_mut().zip(points) {
                    *row = places.get(point.wrapping_sub(*low) as usize).copied().unwrap_or(0);
                }
            }
            Index::From { starts, rows: places } => {
                let points = &self.cells.get(*keys.first()?)?.narrow;
                rows.fill(0);
                stretch(starts, points, rows, 1);
                if places.iter().zip(0_u32..).any(|(place, number)| *place != number) {
                    for row in rows.iter_mut() {
                        *row = places.get(*row as usize).copied().unwrap_or(0);
                    }
                }
            }
            Index::Grid { keys: stretches, rows: places } => {
                rows.fill(0);
                for (of, key) in stretches.iter().zip(keys) {
                    let points = &self.cells.get(*key)?.narrow;
                    match of {
                        Stretches::Direct { low, numbers } => {
                            let count = of.count() as u32;
                            for (row, point) in rows.iter_mut().zip(points) {
                                let number = numbers.get(point.wrapping_sub(*low) as usize).copied().unwrap_or(0);
                                *row = row.wrapping_mul(count).wrapping_add(number);
                            }
                        }
                        Stretches::From { starts } => {
                            stretch(starts, points, rows, starts.len() as u32);
                        }
                    }
                }
                for row in rows.iter_mut() {
                    *row = places.get(*row as usize).copied().unwrap_or(0);
                }
            }
            Index::Tree => {
                for (at, row) in rows.iter_mut().enumerate() {
                    let point = |key: usize| self.key(keys, key, at);
                    if let Some(Found::Row(found)) = tree.find(point) {
                        *row = found;
                    }
                }
            }
        }
        Some(())
    }

    fn key(&self, keys: &[Register], key: usize, at: usize) -> i64 {
        let cells = keys.get(key).and_then(|key| self.cells.get(*key));
        cells.and_then(|cells| cells.narrow.get(at)).copied().unwrap_or(0)
    }

    fn between(&self, tree: &Tree, column: &Column, keys: &[Register], unit: i128, out: &mut Cells) {
        let value = |row: u32| {
            let there = column.missing.get(row as usize).is_none_or(|missing| *missing == 0);
            let narrow = column.narrow.get(row as usize).map(|value| i128::from(*value));
            narrow.or_else(|| column.wide.get(row as usize).copied()).filter(|_| there)
        };
        for at in 0..self.count {
            let x = self.key(keys, keys.len().saturating_sub(1), at);
            let found = tree.find(|key| self.key(keys, key, at));
            let y = found.and_then(|found| {
                let Found::Points(points, rows) = found else { return None };
                let after = points.partition_point(|point| *point <= x);
                let before = after.checked_sub(1)?;
                let (low_at, low) = (*points.get(before)?, value(*rows.get(before)?)?);
                if low_at == x {
                    return low.checked_mul(unit);
                }
                let (high_at, high) = (*points.get(after)?, value(*rows.get(after)?)?);
                let width = i128::from(high_at - low_at);
                let part = (unit / width) * i128::from(x - low_at);
                low.checked_mul(unit)?.checked_add((high - low).checked_mul(part)?)
            });
            if y.is_none() {
                out.start_blame();
                if let Some(bad) = out.bad.get_mut(at) {
                    *bad = 1;
                }
            }
            if let Some(wide) = out.wide.get_mut(at) {
                *wide = y.unwrap_or(0);
            }
        }
    }
}

impl Cells {
    /// Bad where one of these is.
    fn blame<'a>(&mut self, of: impl IntoIterator<Item = &'a Self>) {
        for one in of {
            if one.spoiled {
                self.start_blame();
                self.bad.iter_mut().zip(&one.bad).for_each(|(bad, one)| *bad |= one);
            }
        }
    }

    fn start_blame(&mut self) {
        if !self.spoiled {
            self.spoiled = true;
            self.bad.fill(0);
        }
    }

    fn take(&mut self, input: &Input, from: Points<'_>, outside: &mut [u8]) {
        self.spoiled = false;
        let inside = |point: &i64| input.low <= *point && *point <= input.high;
        let all = from.known.is_none_or(|known| known.iter().all(|known| *known));
        if all && from.points.iter().fold(true, |all, point| all & inside(point)) {
            self.narrow.iter_mut().zip(from.points).for_each(|(to, point)| *to = *point);
            return;
        }
        self.start_blame();
        let known = from.known.unwrap_or_default();
        let cells = self.narrow.iter_mut().zip(&mut self.bad).zip(outside);
        for ((at, point), ((to, bad), outside)) in from.points.iter().enumerate().zip(cells) {
            let known = from.known.is_none() || known.get(at).copied().unwrap_or(false);
            let inside = inside(point);
            *to = if known && inside { *point } else { input.low };
            *bad = u8::from(!(known && inside));
            *outside |= u8::from(known && !inside);
        }
    }

    fn check_amount(&mut self, signed: bool) {
        let least = if signed { i64::MIN + 1 } else { 0 };
        let narrow = self.wide.is_empty();
        let wrong = |value: i128| value < i128::from(least) || value > i128::from(i64::MAX);
        let any = if narrow {
            self.narrow.iter().any(|value| *value < least)
        } else {
            self.wide.iter().any(|value| wrong(*value))
        };
        if !any {
            return;
        }
        self.start_blame();
        for (value, bad) in self.narrow.iter_mut().zip(&mut self.bad).filter(|(value, _)| **value < least) {
            (*value, *bad) = (0, 1);
        }
        for (value, bad) in self.wide.iter_mut().zip(&mut self.bad).filter(|(value, _)| wrong(**value)) {
            (*value, *bad) = (0, 1);
        }
    }
}
