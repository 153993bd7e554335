//! `summary.json` of a customer book: every figure by its name.

use std::collections::BTreeMap;

use crm_core::{calendar::Date, money::Money};
use serde::{Deserialize, Serialize};

use super::figures::{Figures, Made};
use crate::{mapping::CustomerMap, store::Unit};

/// The figures of a review, as they stand in `summary.json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CustomerSummary {
    /// What the mapping file calls the book.
    pub name: Option<String>,
    /// The day of the review.
    pub as_of: String,
    /// The earlier day with which it compares.
    pub compared_with: String,
    /// Of every amount.
    pub currency: String,
    /// Rows of each file.
    pub files: Vec<FileRows>,
    /// Vehicles; one that changed hands counts once.
    pub vehicles: i64,
    /// Counts by the name of the figure.
    pub counts: BTreeMap<String, i64>,
    /// Amounts by the name of the figure.
    pub amounts: BTreeMap<String, String>,
    /// Ratios in per cent by their name; `null` where one has no meaning.
    pub ratios: BTreeMap<String, Option<String>>,
    /// The journal.
    pub journal: JournalFacts,
}

/// Rows of one file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileRows {
    /// Of which table.
    pub table: String,
    /// Its name in the mapping file.
    pub file: String,
    /// Rows in it.
    pub rows_in: i64,
    /// Rows used.
    pub used: i64,
    /// Of these with a notice.
    pub noticed: i64,
    /// Rows rejected, by the code of their first fault.
    pub rejected: BTreeMap<String, i64>,
}

/// The journal of the book.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct JournalFacts {
    /// Entries.
    pub entries: i64,
    /// The hash that seals all of it.
    pub head: String,
    /// All debits on the day of the review, which are all credits.
    pub debit: String,
    /// All credits.
    pub credit: String,
}

impl CustomerSummary {
    /// The figures in the form of the file.
    #[must_use]
    pub fn new(map: &CustomerMap, as_of: Date, made: &Made<'_>, figures: &Figures) -> Self {
        let currency = map.written.currency;
        let amount = |minor| Money::from_minor(minor, currency).amount().to_string();
        let of = |unit| figures.figures.values().filter(move |figure| figure.unit == unit);
        let [_, last] = &made.books.balances;
        let zero = Money::zero(currency);
        let (debit, credit) = last.first().map_or((zero, zero), |balance| (balance.debit, balance.credit));
        Self {
            name: map.name.clone(),
            as_of: as_of.to_string(),
            compared_with: made.analysis.before.as_of().to_string(),
            currency: currency.to_string(),
            files: made
                .intake
                .files
                .iter()
                .map(|file| FileRows {
                    table: file.table.name().to_owned(),
                    file: file.file.clone(),
                    rows_in: file.rows_in,
                    used: file.used,
                    noticed: file.noticed,
                    rejected: file.rejected.clone(),
                })
                .collect(),
            vehicles: i64::try_from(made.intake.vehicles).unwrap_or(i64::MAX),
            counts: of(Unit::Count).map(|figure| (figure.name.clone(), figure.value)).collect(),
            amounts: of(Unit::Amount).map(|figure| (figure.name.clone(), amount(figure.value))).collect(),
            ratios: figures.ratios.values().map(|ratio| (ratio.name.clone(), ratio.value.clone())).collect(),
            journal: JournalFacts {
                entries: i64::try_from(made.books.entries).unwrap_or(i64::MAX),
                head: made.books.head.hash.to_string(),
                debit: debit.amount().to_string(),
                credit: credit.amount().to_string(),
            },
        }
    }
}
