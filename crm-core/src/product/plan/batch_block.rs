//! One block of a book: its rows through a program, and the rows that only the model can answer.

use alloc::vec::Vec;

use super::{
    BatchBreakdown, BatchRequests, PointColumn, RatePlan, RunningValues,
    kernel::{Cells, Points, Workspace},
    program::{Output, Program, YES},
};
use crate::refusal::Refusal;

/// Where a running amount of one edition goes.
pub(super) struct Target {
    pub(super) column: usize,
    pub(super) output: Output,
    pub(super) factor: i128,
}

/// The programs that a batch needs, and the columns that they fill.
pub(super) struct Job<'a> {
    pub(super) plan: &'a RatePlan,
    pub(super) columns: &'a [PointColumn<'a>],
    pub(super) requests: BatchRequests<'a>,
    pub(super) workspace: Workspace,
    /// Columns of a block whose rows do not stand together.
    pub(super) gathered: Vec<(Vec<i64>, Vec<bool>)>,
}

/// Rows of one block.
#[derive(Clone, Copy)]
pub(super) enum Rows<'a> {
    Stretch { at: usize, end: usize },
    These(&'a [usize]),
}

impl Rows<'_> {
    fn count(self) -> usize {
        match self {
            Self::Stretch { at, end } => end - at,
            Self::These(rows) => rows.len(),
        }
    }

    fn row(self, index: usize) -> usize {
        match self {
            Self::Stretch { at, .. } => at + index,
            Self::These(rows) => rows.get(index).copied().unwrap_or(usize::MAX),
        }
    }

    fn put<V: Copy>(self, column: &mut [V], values: &[V]) {
        match self {
            Self::Stretch { at, end } => {
                if let Some(column) = column.get_mut(at..end) {
                    column.iter_mut().zip(values).for_each(|(to, from)| *to = *from);
                }
            }
            Self::These(rows) => {
                for (row, value) in rows.iter().zip(values) {
                    if let Some(slot) = column.get_mut(*row) {
                        *slot = *value;
                    }
                }
            }
        }
    }

    fn each(self, mut tell: impl FnMut(usize, usize)) {
        (0..self.count()).for_each(|index| tell(index, self.row(index)));
    }
}

impl Job<'_> {
    pub(super) fn block(
        &mut self,
        program: Option<&Program>,
        rows: Rows<'_>,
        targets: &[Target],
        out: &mut BatchBreakdown,
        unsolved: &mut Vec<usize>,
    ) {
        let Some(program) = program else {
            rows.each(|_, row| unsolved.push(row));
            return;
        };
        self.workspace.prepare(program, rows.count());
        if let Rows::These(these) = rows {
            for (column, (points, known)) in self.columns.iter().zip(&mut self.gathered) {
                points.clear();
                points.extend(these.iter().map(|row| column.points.get(*row).copied().unwrap_or(0)));
                known.clear();
                known.extend(these.iter().map(|row| column.known.is_none_or(|known| known.get(*row) == Some(&true))));
            }
        }
        let (columns, gathered) = (self.columns, &self.gathered);
        let input = |input: usize| match rows {
            Rows::Stretch { at, end } => {
                let column = columns.get(input)?;
                let known = column.known.map(|known| known.get(at..end).unwrap_or_default());
                Some(Points { points: column.points.get(at..end)?, known })
            }
            Rows::These(_) => gathered.get(input).map(|(points, known)| Points { points, known: Some(known) }),
        };
        let answered = self.workspace.run(self.plan, program, input).and_then(|()| {
            let net = self.workspace.get(program.net)?;
            let total = self.workspace.get(program.total)?;
            Some((net, total))
        });
        let Some((net, total)) = answered else {
            rows.each(|_, row| unsolved.push(row));
            return;
        };
        rows.put(&mut out.prices.net, &net.narrow);
        rows.put(&mut out.prices.total, &total.narrow);
        for (column, output) in out.coverages.iter_mut().zip(&program.coverages) {
            if let Some(cells) = self.workspace.get(output.register) {
                rows.put(column, &cells.narrow);
            }
        }
        for target in targets {
            if let Some(column) = out.running.get_mut(target.column) {
                self.running(target, rows, &mut column.values);
            }
        }
        let vital = || program.vital.iter().filter_map(|register| self.workspace.get(*register));
        let mut limits = program.limits.iter().filter_map(|limit| self.workspace.get(limit.register));
        let spoiled = vital().any(|cells| cells.spoiled) || limits.any(|cells| cells.spoiled);
        if spoiled || self.workspace.outside.contains(&1) {
            let bad = |cells: &Cells, index: usize| cells.spoiled && cells.bad.get(index) != Some(&0);
            rows.each(|index, row| {
                let outside = self.workspace.outside.get(index) != Some(&0);
                let limit = program.limits.iter().any(|limit| {
                    self.included(limit, index)
                        && self.workspace.get(limit.register).is_some_and(|cells| bad(cells, index))
                });
                if outside || limit || vital().any(|cells| bad(cells, index)) {
                    unsolved.push(row);
                }
            });
        }
    }

    fn included(&self, output: &Output, index: usize) -> bool {
        let mark = output.included.map(|mark| self.workspace.get(mark).and_then(|cells| cells.marks.get(index)));
        mark.is_none_or(|mark| mark == Some(&YES))
    }

    fn running(&self, target: &Target, rows: Rows<'_>, values: &mut RunningValues) {
        let Some(cells) = self.workspace.get(target.output.register) else { return };
        let plain = target.factor == 1 && target.output.included.is_none();
        match values {
            RunningValues::Narrow(column) if plain && cells.wide.is_empty() => rows.put(column, &cells.narrow),
            RunningValues::Wide(column) if plain && !cells.wide.is_empty() => rows.put(column, &cells.wide),
            values => rows.each(|index, row| {
                let value = match cells.wide.get(index) {
                    Some(value) => *value,
                    None => cells.narrow.get(index).copied().map_or(0, i128::from),
                };
                let value = if self.included(&target.output, index) { value.wrapping_mul(target.factor) } else { 0 };
                put(values, row, value);
            }),
        }
    }

    /// A row for which the compiled plan has no answer: the model says the price or the reason.
    pub(super) fn solve(&self, row: usize, out: &mut BatchBreakdown, breakdown: bool) {
        let request = match self.requests {
            BatchRequests::Same { request } => request,
            BatchRequests::Each { requests } => match requests.get(row) {
                Some(request) => *request,
                None => return,
            },
        };
        let on = self.plan.rated_on(&request);
        let answer = self.row(row).and_then(|known| self.plan.explain(&known, request.business, on));
        let (net, total) = match &answer {
            Ok(explained) => (explained.quote.net.minor(), explained.quote.total.minor()),
            Err(_) => (0, 0),
        };
        for (column, value) in [(&mut out.prices.net, net), (&mut out.prices.total, total)] {
            if let Some(slot) = column.get_mut(row) {
                *slot = value;
            }
        }
        if breakdown {
            for (column, written) in out.coverages.iter_mut().zip(&self.plan.spec.coverages) {
                let quoted = answer.as_ref().ok().and_then(|explained| {
                    explained.quote.coverages.iter().find(|coverage| coverage.code == written.code)
                });
                if let Some(slot) = column.get_mut(row) {
                    *slot = quoted.map_or(0, |coverage| coverage.premium.minor());
                }
            }
            for column in &mut out.running {
                put(&mut column.values, row, 0);
            }
            if answer.is_ok() {
                out.without_running.push(row);
            }
        }
        if let Err(refusal) = answer {
            out.prices.refused.push((row, refusal));
        }
    }

    /// The values of a row.
    fn row(&self, row: usize) -> Result<crate::rulebook::Known, Refusal> {
        let mut faults = Vec::new();
        let points = self.columns.iter().enumerate().map(|(index, column)| {
            let point = *column.points.get(row)?;
            let known = column.known.is_none_or(|known| known.get(row) == Some(&true));
            let input = self.plan.inputs.get(index).filter(|_| known)?;
            if point < input.low || point > input.high {
                faults.push(self.plan.outside(index));
            }
            Some(point)
        });
        let values = self.plan.values(points);
        Refusal::unless_empty(faults)?;
        Ok(values)
    }
}

fn put(values: &mut RunningValues, row: usize, value: i128) {
    match values {
        RunningValues::Narrow(column) => {
            if let Some(slot) = column.get_mut(row) {
                *slot = value as i64;
            }
        }
        RunningValues::Wide(column) => {
            if let Some(slot) = column.get_mut(row) {
                *slot = value;
            }
        }
    }
}
