//! What each row adds to each sum, as the core explains it, added up by line, channel and year of the start of cover.

use std::collections::BTreeMap;

use crm_core::{
    money::{Decimal, Rounding, Unrounded},
    portfolio::{BasisRow, BookTable, FactParameters, FactTerm},
    refusal::Refusal,
};

use super::Analysis;
use crate::{
    intake::Intake,
    stop::{Outcome, first, stop},
    store::Store,
};

/// Facts whose terms are kept with their rows; every term of money of a review stands in one of them.
const EXPLAINED: [&str; 7] = [
    "result_earned",
    "premium_written",
    "premium_unearned",
    "premium_collected",
    "receivable_open",
    "receivable_overdue",
    "claims",
];

/// Earned premium and incurred claims of a group of policies, in minor units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LossRatio {
    /// Earned premium.
    pub earned: i64,
    /// Claims paid and outstanding.
    pub incurred: i64,
}

/// Sums of pieces.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Pieces {
    /// By year of the start of cover and channel.
    pub by_year_and_channel: BTreeMap<(String, String), LossRatio>,
    /// By line and channel.
    pub by_line: BTreeMap<String, LossRatio>,
    /// Written premium by year of the start of cover.
    pub written_by_year: BTreeMap<String, i64>,
    /// By term, over the whole book.
    pub terms: BTreeMap<String, i64>,
}

impl LossRatio {
    /// Incurred ÷ earned in per cent; none where nothing was earned.
    ///
    /// # Errors
    /// What the core refuses of numbers that are too large.
    pub fn percent(self, rounding: Rounding) -> Result<Option<Decimal>, Refusal> {
        ratio_of(self.incurred, self.earned, rounding)
    }

    /// Adds another group.
    pub fn add(&mut self, other: Self) {
        self.earned += other.earned;
        self.incurred += other.incurred;
    }
}

/// `above` ÷ `below` in per cent, rounded once; none unless `below` is above zero.
///
/// # Errors
/// What the core refuses of numbers that are too large.
pub fn ratio_of(above: i64, below: i64, rounding: Rounding) -> Result<Option<Decimal>, Refusal> {
    if below <= 0 {
        return Ok(None);
    }
    let exact = Unrounded::ratio(above.into(), below.into())?.times(100)?;
    Ok(Some(exact.round(rounding)?.after))
}

impl Pieces {
    /// Asks the core for the rows of every customer's sums and keeps them.
    ///
    /// # Errors
    /// What the core refuses, or the database.
    pub fn keep(
        analysis: &Analysis<'_>,
        intake: &Intake,
        store: &Store,
        mut told: impl FnMut(u64, u64),
    ) -> Outcome<Self> {
        let parameters: FactParameters = *analysis.now.facts().parameters();
        let customers = analysis.now.facts().visible(&analysis.viewer).into_rows();
        let refused = |refusal| stop(None, first(refusal));
        let all = u64::try_from(customers.len()).unwrap_or_default();
        let mut pieces = Self::default();
        for (done, facts) in (1_u64..).zip(customers) {
            for fact in EXPLAINED {
                let basis = analysis.source.explain(&analysis.viewer, &facts.customer, fact, &parameters);
                let Some(basis) = basis.map_err(refused)? else { continue };
                for term in basis.terms {
                    for row in &term.rows {
                        pieces.add(facts.customer.as_str(), term.term, row, intake, store)?;
                    }
                }
            }
            if done % 256 == 0 {
                told(done, all);
            }
        }
        Ok(pieces)
    }

    fn add(&mut self, customer: &str, term: FactTerm, row: &BasisRow, intake: &Intake, store: &Store) -> Outcome<()> {
        let policy = match row.table {
            BookTable::Policies => intake.policies.get(row.id.as_str()),
            _ => intake.policy_of.get(&(row.table, row.id.clone())).and_then(|policy| intake.policies.get(policy)),
        };
        let (line, channel, year) =
            policy.map_or(("", "", ""), |policy| (policy.line.as_str(), policy.channel.as_str(), policy.year.as_str()));
        let (of, name) = (table_name(row.table), term_name(term));
        *self.terms.entry(name.to_owned()).or_default() += row.adds;
        if term == FactTerm::Written {
            *self.written_by_year.entry(year.to_owned()).or_default() += row.adds;
        }
        let part = match term {
            FactTerm::Earned => LossRatio { earned: row.adds, incurred: 0 },
            FactTerm::Paid | FactTerm::Outstanding => LossRatio { earned: 0, incurred: row.adds },
            _ => LossRatio::default(),
        };
        if part != LossRatio::default() {
            self.by_year_and_channel.entry((year.to_owned(), channel.to_owned())).or_default().add(part);
            self.by_line.entry(line.to_owned()).or_default().add(part);
        }
        if row.adds == 0 {
            return Ok(());
        }
        store.insert("fact_row", &[&customer, &name, &of, &row.id, &row.adds, &line, &channel, &year])
    }
}

/// The table of the database that holds a row of the core's book.
#[must_use]
pub const fn table_name(table: BookTable) -> &'static str {
    match table {
        BookTable::Customers => "customers",
        BookTable::Policies => "policies",
        BookTable::Endorsements => "endorsements",
        BookTable::Receipts => "receipts",
        BookTable::Claims => "claims",
        BookTable::Costs => "costs",
        BookTable::Complaints => "complaints",
    }
}

/// The name of a term in the database.
const fn term_name(term: FactTerm) -> &'static str {
    match term {
        FactTerm::Earned => "earned",
        FactTerm::Paid => "paid",
        FactTerm::Outstanding => "outstanding",
        FactTerm::Commission => "commission",
        FactTerm::CostToServe => "cost",
        FactTerm::Written => "written",
        FactTerm::Unearned => "unearned",
        FactTerm::Collected => "collected",
        FactTerm::Receivable => "receivable",
        FactTerm::Overdue => "overdue",
        FactTerm::Claims => "claims",
        _ => "other",
    }
}
