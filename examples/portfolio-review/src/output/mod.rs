//! Results: written beside their final names and moved there together, so that nothing stands half done.

mod staged;
mod summary;
mod table;
mod terminal;

pub use staged::Staged;
pub use summary::{ClaimTies, Group, OffByOneCent, Parameters, Renewal, SourceFile, Summary};
pub use table::FaultTable;
pub use terminal::print;

/// The figures.
pub const SUMMARY: &str = "summary.json";
/// Every rejected row.
pub const REJECTED: &str = "rejected.csv";
/// Every row with a warning.
pub const WARNINGS: &str = "warnings.csv";
/// Every group of claims that does not tie.
pub const CLAIM_TIES: &str = "claim_ties.csv";
/// Everything that the program may write.
pub const ALL: [&str; 4] = [SUMMARY, REJECTED, WARNINGS, CLAIM_TIES];
