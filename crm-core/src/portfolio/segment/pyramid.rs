//! The customer pyramid of what a viewer sees: bands with their shares of revenue and result, and group counts.

use alloc::{collections::BTreeMap, string::String, vec::Vec};

use serde::{Deserialize, Serialize};

use super::assign::{Assignment, CustomerSegments};
use crate::{
    access::{Viewer, Withheld},
    money::Money,
    portfolio::{Absence, BookTable, CustomerFacts, FactParameters, LeftOut, Proportion, facts::amount},
    refusal::Refusal,
};

/// Groups and pyramid of the customers that a viewer sees (客户细分汇总).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SegmentReport {
    /// As of when, and everything else that the figures depend on.
    pub parameters: FactParameters,
    /// Rows used of the whole book, by table.
    pub used: BTreeMap<BookTable, i64>,
    /// Rows left out of the whole book, by table and code.
    pub left_out: LeftOut,
    /// Rows of the whole book that count and should be looked at, by table and code.
    pub noticed: LeftOut,
    /// Days of cover in the window from which a customer is ranked.
    pub rank_cover_days: i64,
    /// Customers that the viewer sees: what the figures below count.
    pub customers: i64,
    /// Customers whom he does not see, and why.
    pub withheld: Withheld,
    /// Customers in each group. A customer may be in several.
    pub segments: BTreeMap<String, i64>,
    /// Customers of whom it is not known whether they are in the group.
    pub undecided: BTreeMap<String, i64>,
    /// The pyramid, from the top.
    pub bands: Vec<BandFigures>,
    /// Customers without a grade: with too few days of cover in the window, or without a score.
    pub ungraded: i64,
}

/// One band of the pyramid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BandFigures {
    /// Its grade.
    pub grade: String,
    /// Its customers.
    pub customers: i64,
    /// Their share of the graded customers, in per cent.
    pub customer_share: Proportion,
    /// Written premium of the window.
    pub revenue: Money,
    /// Its share, in per cent.
    pub revenue_share: Proportion,
    /// Result of the window, on the earned basis.
    pub result: Money,
    /// Its share, in per cent; above 100 where other bands lose. Absent when all together earn nothing.
    pub result_share: Proportion,
}

/// Sums over some customers.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Worth {
    pub(super) customers: i128,
    pub(super) revenue: i128,
    pub(super) result: i128,
}

impl Worth {
    pub(super) fn add(&mut self, facts: &CustomerFacts) {
        self.customers += 1;
        self.revenue += i128::from(facts.premium_in_window.minor());
        self.result += i128::from(facts.result_in_window.minor());
    }
}

/// What a viewer sees of an assignment: facts and place of each customer.
pub(super) fn seen<'a>(
    assignment: &'a Assignment,
    viewer: &Viewer,
) -> (Vec<(&'a CustomerFacts, &'a CustomerSegments)>, Withheld) {
    let mut withheld = Withheld::default();
    let mut pairs = Vec::new();
    for pair in assignment.pairs() {
        match viewer.withheld_because(&pair.0.owner) {
            None => pairs.push(pair),
            Some(reason) => withheld.count(reason),
        }
    }
    (pairs, withheld)
}

impl Assignment {
    /// Groups and pyramid of the customers that the viewer sees. Where somebody stands was decided on the whole book.
    ///
    /// # Errors
    /// `money.amount.range` when a sum is beyond 2⁶³ minor units.
    pub fn report(&self, viewer: &Viewer) -> Result<SegmentReport, Refusal> {
        let parameters = *self.facts.parameters();
        let (pairs, withheld) = seen(self, viewer);
        let mut segments: BTreeMap<String, i64> = BTreeMap::new();
        let mut undecided: BTreeMap<String, i64> = BTreeMap::new();
        let mut bands: BTreeMap<&str, Worth> = BTreeMap::new();
        let mut all = Worth::default();
        for (facts, place) in &pairs {
            for name in &place.segments {
                *segments.entry(name.clone()).or_default() += 1;
            }
            for name in place.undecided.keys() {
                *undecided.entry(name.clone()).or_default() += 1;
            }
            if let Some(grade) = &place.grade {
                bands.entry(grade).or_default().add(facts);
                all.add(facts);
            }
        }
        let share = |part, whole, reason| Proportion::of(part, whole, 100, parameters.ratio_rounding, reason);
        let figures = self.grades.iter().map(|grade| {
            let band = bands.get(grade.as_str()).copied().unwrap_or_default();
            Ok(BandFigures {
                grade: grade.clone(),
                customers: count(band.customers),
                customer_share: share(band.customers, all.customers, Absence::NoCustomers)?,
                revenue: amount(band.revenue, parameters.currency)?,
                revenue_share: share(band.revenue, all.revenue, Absence::NothingWritten)?,
                result: amount(band.result, parameters.currency)?,
                result_share: share(band.result, all.result, Absence::NoProfit)?,
            })
        });
        let customers = i64::try_from(pairs.len()).unwrap_or(i64::MAX);
        Ok(SegmentReport {
            parameters,
            used: self.facts.used().clone(),
            left_out: self.facts.left_out().clone(),
            noticed: self.facts.noticed().clone(),
            rank_cover_days: self.rank_cover_days,
            customers,
            withheld,
            segments,
            undecided,
            bands: figures.collect::<Result<_, Refusal>>()?,
            ungraded: customers - count(all.customers),
        })
    }
}

pub(super) fn count(number: i128) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
