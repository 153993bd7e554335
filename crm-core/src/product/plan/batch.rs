//! Whole books: columns of points in, columns of amounts out, block by block.

use alloc::{string::String, vec::Vec};

use super::{
    Business, RatePlan, RateRequest,
    batch_block::{Job, Rows, Target},
    kernel::Workspace,
    program::{Output, Program},
};
use crate::{
    calendar::Date,
    money::Unrounded,
    refusal::{Code, Fault, Refusal},
};

/// Rows that are worked out together: their registers stay in the nearest cache.
const BLOCK: usize = 128;

/// The values of one input over the rows of a book, as [`RatePlan::point`] gives them.
#[derive(Debug, Clone, Copy)]
pub struct PointColumn<'a> {
    /// A whole number for each row.
    pub points: &'a [i64],
    /// Which of them are known; none for all.
    pub known: Option<&'a [bool]>,
}

/// For which policies prices are asked.
#[derive(Debug, Clone, Copy)]
pub enum BatchRequests<'a> {
    /// The same for every row.
    Same {
        /// The request.
        request: RateRequest,
    },
    /// One for each row.
    Each {
        /// The requests, in the order of the rows.
        requests: &'a [RateRequest],
    },
}

/// Prices of the rows of a book, in their order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BatchPrices {
    /// The net premiums in minor units; zero where the row is refused.
    pub net: Vec<i64>,
    /// Net premiums and charges in minor units; zero where the row is refused.
    pub total: Vec<i64>,
    /// The rows that have no price, in ascending order, with the reason.
    pub refused: Vec<(usize, Refusal)>,
}

/// Prices with what they are made of.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BatchBreakdown {
    /// The prices.
    pub prices: BatchPrices,
    /// The premium of each coverage of the plan before the steps over the sum, in minor units; zero where it is not part.
    pub coverages: Vec<Vec<i64>>,
    /// The running amounts after each step outside of branches.
    pub running: Vec<RunningAmounts>,
    /// Rows whose running amounts are left out, in ascending order: only [`RatePlan::quote_explained`] tells them.
    pub without_running: Vec<usize>,
}

/// The exact running amounts after a step; zero where its coverage is not part of the quote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunningAmounts {
    /// The name of the step.
    pub step: String,
    /// The amount of a row is its value over this.
    pub denominator: i128,
    /// The values.
    pub values: RunningValues,
}

/// Values of a width that was known beforehand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RunningValues {
    /// All of them fit in 64 bits.
    Narrow(Vec<i64>),
    /// Some may need more.
    Wide(Vec<i128>),
}

impl RatePlan {
    /// The prices of a book. Each row comes to what [`RatePlan::price`] says for it alone; a row that is refused stands
    /// beside the others with its reason. Columns stand in the order of the plan's inputs.
    ///
    /// # Errors
    /// `product.batch.columns` when a column is missing or has another length, at the column; then no row is priced.
    ///
    /// ```
    /// use crm_core::{calendar::Date, product::{BatchRequests, Business, PointColumn, RatePlan, RateRequest}};
    ///
    /// let plan = RatePlan::from_json(include_bytes!("../../../tests/product_plan/motor.json"))?;
    /// let request = RateRequest { business: Business::New, inception: Date::parse("2026-03-01")?, signed_on: None };
    /// let (use_, seats, clean, none) = ([0, 1], [5, 30], [3, 0], [0, 0]);
    /// let absent = PointColumn { points: &none, known: Some(&[false, false]) };
    /// let known = |points| PointColumn { points, known: None };
    /// let columns = [known(&use_), known(&seats), absent, known(&clean), absent, absent];
    /// let prices = plan.price_batch(&columns, BatchRequests::Same { request })?;
    /// assert_eq!((prices.net, prices.refused.len()), (vec![47_500, 164_500], 0));
    ///
    /// let refusal = plan.price_batch(&columns[..5], BatchRequests::Same { request }).unwrap_err();
    /// assert_eq!(refusal.code().as_str(), "product.batch.columns");
    /// # Ok::<(), crm_core::refusal::Refusal>(())
    /// ```
    pub fn price_batch(
        &self,
        columns: &[PointColumn<'_>],
        requests: BatchRequests<'_>,
    ) -> Result<BatchPrices, Refusal> {
        let mut out = BatchPrices::default();
        self.price_batch_into(columns, requests, &mut out)?;
        Ok(out)
    }

    /// As [`RatePlan::price_batch`], into room that is used again.
    ///
    /// # Errors
    /// As [`RatePlan::price_batch`]; then nothing was written.
    pub fn price_batch_into(
        &self,
        columns: &[PointColumn<'_>],
        requests: BatchRequests<'_>,
        out: &mut BatchPrices,
    ) -> Result<(), Refusal> {
        let mut all = BatchBreakdown { prices: core::mem::take(out), ..BatchBreakdown::default() };
        let done = self.run_batch(columns, requests, &mut all, false);
        *out = all.prices;
        done
    }

    /// The prices of a book with the premium of each coverage and the running amounts of the steps.
    ///
    /// # Errors
    /// As [`RatePlan::price_batch`].
    pub fn price_batch_with_breakdown(
        &self,
        columns: &[PointColumn<'_>],
        requests: BatchRequests<'_>,
    ) -> Result<BatchBreakdown, Refusal> {
        let mut out = BatchBreakdown::default();
        self.run_batch(columns, requests, &mut out, true)?;
        Ok(out)
    }

    /// As [`RatePlan::price_batch_with_breakdown`], into room that is used again.
    ///
    /// # Errors
    /// As [`RatePlan::price_batch`]; then nothing was written.
    pub fn price_batch_with_breakdown_into(
        &self,
        columns: &[PointColumn<'_>],
        requests: BatchRequests<'_>,
        out: &mut BatchBreakdown,
    ) -> Result<(), Refusal> {
        self.run_batch(columns, requests, out, true)
    }

    fn run_batch(
        &self,
        columns: &[PointColumn<'_>],
        requests: BatchRequests<'_>,
        out: &mut BatchBreakdown,
        breakdown: bool,
    ) -> Result<(), Refusal> {
        let rows = self.row_count(columns, requests)?;
        let gathered = alloc::vec![(Vec::new(), Vec::new()); self.inputs.len()];
        let mut job = Job { plan: self, columns, requests, workspace: Workspace::default(), gathered };
        // Every row of every column is written below.
        out.prices.net.resize(rows, 0);
        out.prices.total.resize(rows, 0);
        out.prices.refused.clear();
        out.without_running.clear();
        if breakdown {
            out.coverages.resize_with(self.coverages.len(), Vec::new);
            out.coverages.iter_mut().for_each(|column| column.resize(rows, 0));
        }
        // Programs by their place, found once for a whole batch.
        let mut programs: Vec<(usize, Option<&Program>)> = Vec::new();
        let mut which: Vec<usize> = Vec::new();
        match requests {
            BatchRequests::Same { request } => {
                let on = self.rated_on(&request);
                programs.push((usize::MAX, self.compiled.program(request.business, on)));
            }
            BatchRequests::Each { requests } => {
                which.reserve(rows);
                for request in requests {
                    let place = self.compiled.edition(request.business, self.rated_on(request));
                    let found = programs.iter().position(|(known, _)| *known == place);
                    which.push(found.unwrap_or_else(|| {
                        let on = self.rated_on(request);
                        programs.push((place, self.compiled.program(request.business, on)));
                        programs.len() - 1
                    }));
                }
            }
        }
        let targets = if breakdown { self.targets(&programs, rows, &mut out.running) } else { Vec::new() };
        let mut unsolved = Vec::new();
        let mut at = 0;
        let mut members: Vec<usize> = Vec::with_capacity(BLOCK);
        while at < rows {
            let end = rows.min(at + BLOCK);
            let first = which.get(at).copied().unwrap_or(0);
            let uniform = which.get(at..end).is_none_or(|block| block.iter().all(|one| *one == first));
            if uniform {
                let targets = targets.get(first).map(Vec::as_slice).unwrap_or_default();
                let program = programs.get(first).and_then(|(_, program)| *program);
                job.block(program, Rows::Stretch { at, end }, targets, out, &mut unsolved);
            } else {
                for (number, (_, program)) in programs.iter().enumerate() {
                    members.clear();
                    members.extend((at..end).filter(|row| which.get(*row) == Some(&number)));
                    if !members.is_empty() {
                        let targets = targets.get(number).map(Vec::as_slice).unwrap_or_default();
                        job.block(*program, Rows::These(&members), targets, out, &mut unsolved);
                    }
                }
            }
            at = end;
        }
        unsolved.sort_unstable();
        for row in unsolved {
            job.solve(row, out, breakdown);
        }
        Ok(())
    }

    fn row_count(&self, columns: &[PointColumn<'_>], requests: BatchRequests<'_>) -> Result<usize, Refusal> {
        let wrong = |expected: usize, found: usize| {
            Fault::new(Code::ProductBatchColumns).with("expected", expected).with("found", found)
        };
        if columns.len() != self.inputs.len() {
            return Err(wrong(self.inputs.len(), columns.len()).into());
        }
        let rows = match requests {
            BatchRequests::Each { requests } => requests.len(),
            BatchRequests::Same { .. } => columns.first().map_or(0, |column| column.points.len()),
        };
        let lengths = columns.iter().enumerate().flat_map(|(index, column)| {
            let known = column.known.map(<[bool]>::len);
            [Some(column.points.len()), known].into_iter().flatten().map(move |length| (index, length))
        });
        let faults = lengths.filter(|(_, length)| *length != rows);
        Refusal::unless_empty(faults.map(|(index, length)| wrong(rows, length).at_index(index)).collect())?;
        Ok(rows)
    }

    /// One column for each step that all programs tell, wide enough and at a scale that fits all of them.
    fn targets(
        &self,
        programs: &[(usize, Option<&Program>)],
        rows: usize,
        running: &mut Vec<RunningAmounts>,
    ) -> Vec<Vec<Target>> {
        let mut kept = core::mem::take(running).into_iter();
        let mut targets: Vec<Vec<Target>> = programs.iter().map(|_| Vec::new()).collect();
        for (step, name) in self.compiled.step_names.iter().enumerate() {
            let told =
                |program: &&Program| program.running.iter().find(|(id, _)| *id == step).map(|(_, output)| *output);
            let outputs: Vec<Option<Output>> =
                programs.iter().map(|(_, program)| program.as_ref().and_then(told)).collect();
            let denominator = outputs
                .iter()
                .flatten()
                .try_fold(1_i128, |common, output| super::scale::common(common, output.denominator));
            let Some(denominator) = denominator.filter(|_| outputs.iter().any(Option::is_some)) else { continue };
            let bounds = outputs.iter().flatten().try_fold((0_i128, 0_i128), |(low, high), output| {
                let factor = denominator / output.denominator;
                Some((low.min(output.low.checked_mul(factor)?), high.max(output.high.checked_mul(factor)?)))
            });
            let Some((low, high)) = bounds else { continue };
            let narrow = super::scale::Scaled::fits_narrow(low, high);
            // A program that does not tell this step leaves zeros.
            let all = outputs.iter().all(Option::is_some);
            let values = RunningValues::with_room(kept.next().map(|kept| kept.values), narrow, rows, all);
            running.push(RunningAmounts { step: name.clone(), denominator, values });
            for (targets, output) in targets.iter_mut().zip(outputs) {
                if let Some(output) = output {
                    let factor = denominator / output.denominator;
                    targets.push(Target { column: running.len() - 1, output, factor });
                }
            }
        }
        targets
    }
}

impl RunningValues {
    /// Room for so many rows, of another column where there is one; zeros unless all rows will be written.
    fn with_room(kept: Option<Self>, narrow: bool, rows: usize, all: bool) -> Self {
        match (kept, narrow) {
            (Some(Self::Narrow(mut values)), true) if all => {
                values.resize(rows, 0);
                Self::Narrow(values)
            }
            (Some(Self::Wide(mut values)), false) if all => {
                values.resize(rows, 0);
                Self::Wide(values)
            }
            (_, true) => Self::Narrow(alloc::vec![0; rows]),
            (_, false) => Self::Wide(alloc::vec![0; rows]),
        }
    }

    /// The value of a row.
    #[must_use]
    pub fn get(&self, row: usize) -> Option<i128> {
        match self {
            Self::Narrow(values) => values.get(row).copied().map(i128::from),
            Self::Wide(values) => values.get(row).copied(),
        }
    }
}

impl RunningAmounts {
    /// The exact running amount of a row.
    ///
    /// # Errors
    /// `money.exact.range` for a row that there is not.
    pub fn amount(&self, row: usize) -> Result<Unrounded, Refusal> {
        let value = self.values.get(row).ok_or_else(|| Refusal::new(Code::MoneyExactRange))?;
        Unrounded::ratio(value, self.denominator)
    }
}

impl super::program::Compiled {
    /// A number for the edition of a day, the same for all days of it.
    fn edition(&self, business: Business, on: Date) -> usize {
        match business {
            Business::New => self.new.partition_point(|edition| edition.from <= on),
            Business::Renewal => self.new.len() + 1 + self.renewal.partition_point(|edition| edition.from <= on),
        }
    }
}
