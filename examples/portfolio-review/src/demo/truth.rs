//! The truth of a generated book, as `book-generator` writes it.

use std::{collections::BTreeMap, fs, io, path::Path};

use serde::Deserialize;

/// What is true of a book.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Truth {
    /// The version of the file's form.
    pub format: i64,
    /// The seed.
    pub seed: u64,
    /// Customers asked for.
    pub customers: u64,
    /// First day of the book.
    pub first_day: String,
    /// Last day of the book.
    pub as_of: String,
    /// Encoding of its files.
    pub encoding: String,
    /// Faulty rows and stories.
    pub planted: Vec<Planted>,
    /// Sums.
    pub totals: Totals,
}

/// What must come of a planted row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// Refused with its code.
    Rejected,
    /// Counts nowhere.
    Contradiction,
    /// Used, with its code as a notice.
    Notice,
}

/// Something planted.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case", deny_unknown_fields)]
pub enum Planted {
    /// A faulty row.
    Row {
        /// In which file.
        file: String,
        /// On which line, from 1.
        line: u64,
        /// The number that stands in it.
        id: String,
        /// Its name among the faults.
        kind: String,
        /// The column at fault.
        column: String,
        /// What must come of it.
        effect: Effect,
        /// The code that says so.
        code: Option<String>,
    },
    /// Something that a reader of the whole book should find.
    Story {
        /// Which.
        kind: String,
        /// About whom.
        customers: Vec<String>,
        /// About which policies.
        policies: Vec<String>,
        /// About which claims.
        claims: Vec<String>,
        /// Its amount in cents.
        cents: Option<i64>,
    },
}

/// Rows of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rows {
    /// Rows that count.
    pub used: i64,
    /// Of these with a notice.
    pub noticed: i64,
    /// Rows that must be refused.
    pub rejected: i64,
    /// Rows that contradict others.
    pub contradictions: i64,
}

/// Sums over policies and their claims, in cents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sums {
    /// Policies.
    pub policies: i64,
    /// Their premium at signing.
    pub premium_cents: i64,
    /// Claims.
    pub claims: i64,
    /// Paid on them.
    pub paid_cents: i64,
    /// Reserved on them.
    pub reserve_cents: i64,
}

/// Sums over the book, in cents.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Totals {
    /// Rows by file.
    pub rows: BTreeMap<String, Rows>,
    /// Persons.
    pub persons: i64,
    /// Organisations.
    pub organisations: i64,
    /// Prospects.
    pub prospects: i64,
    /// Blacklisted.
    pub blacklisted: i64,
    /// Households.
    pub households: i64,
    /// Groups of companies.
    pub groups: i64,
    /// Policies and their claims.
    pub policies: Sums,
    /// By line.
    pub by_line: BTreeMap<String, Sums>,
    /// By channel.
    pub by_channel: BTreeMap<String, Sums>,
    /// By year of the start of cover.
    pub by_start_year: BTreeMap<String, Sums>,
    /// Claims by year of the loss: number, paid, reserved.
    pub claims_by_year: BTreeMap<String, (i64, i64, i64)>,
    /// Policies that renew another.
    pub renewals: i64,
    /// Policies ended before their end.
    pub cancelled: i64,
    /// Changes of premium.
    pub endorsed_cents: i64,
    /// Money received.
    pub received_cents: i64,
    /// Money given back, above zero.
    pub refunded_cents: i64,
    /// Costs.
    pub costs_cents: i64,
    /// Complaints that are not resolved.
    pub complaints_open: i64,
    /// Claims known to be fraud.
    pub fraud: i64,
    /// What was planted, by kind.
    pub planted: BTreeMap<String, i64>,
}

impl Truth {
    /// Reads the truth beside a generated book.
    ///
    /// # Errors
    /// What the file system says, or that the file is not a truth.
    pub fn read(directory: &Path) -> io::Result<Self> {
        Ok(serde_json::from_slice(&fs::read(directory.join(book_generator::TRUTH))?)?)
    }
}
