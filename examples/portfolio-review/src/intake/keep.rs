//! Where rows go: used ones, rejected ones, and what deserves a look.

use crate::{finding::Finding, mapping::TableName, record::Cells, stop::Outcome};

/// Keeps what the intake reads.
pub trait Keep {
    /// A row that counts. `values` are as they should be kept.
    ///
    /// # Errors
    /// Why it can't be kept.
    fn used(&mut self, table: TableName, file: &str, values: &Cells) -> Outcome<()>;

    /// A row that counts nowhere, with everything that is wrong with it.
    ///
    /// # Errors
    /// Why it can't be kept.
    fn rejected(&mut self, table: TableName, file: &str, line: u64, id: &str, findings: &[Finding]) -> Outcome<()>;

    /// A row that counts and deserves a look.
    ///
    /// # Errors
    /// Why it can't be kept.
    fn noticed(&mut self, table: TableName, file: &str, line: u64, id: &str, findings: &[Finding]) -> Outcome<()>;
}
