//! Rows counted: in = used + rejected, in each file.

use std::collections::BTreeMap;

use crate::{finding::Finding, mapping::TableName};

/// Rows of one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileTally {
    /// Of which table.
    pub table: TableName,
    /// Its name in the mapping file.
    pub file: String,
    /// Its size.
    pub bytes: u64,
    /// Rows in it.
    pub rows_in: i64,
    /// Rows used.
    pub used: i64,
    /// Of these with a notice.
    pub noticed: i64,
    /// Rows rejected, by the code of their first fault.
    pub rejected: BTreeMap<String, i64>,
}

impl FileTally {
    /// Nothing read yet.
    #[must_use]
    pub fn new(table: TableName, file: &str, bytes: u64) -> Self {
        Self { table, file: file.to_owned(), bytes, rows_in: 0, used: 0, noticed: 0, rejected: BTreeMap::new() }
    }

    /// Rows rejected.
    #[must_use]
    pub fn rejected_rows(&self) -> i64 {
        self.rejected.values().sum()
    }

    /// Whether every row is used or rejected.
    #[must_use]
    pub fn adds_up(&self) -> bool {
        self.rows_in == self.used + self.rejected_rows()
    }

    pub(super) fn reject(&mut self, findings: &[Finding]) {
        let code = findings.first().map_or("internal", Finding::code);
        *self.rejected.entry(code.to_owned()).or_default() += 1;
    }
}
