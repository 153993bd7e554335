//! Results: written beside their final names and moved there together, so that nothing stands half done.

mod customers;
mod staged;
mod summary;
mod table;
mod terminal;

pub use customers::{print_customers, print_found};
pub use staged::Staged;
pub use summary::{ClaimTies, Group, OffByOneCent, Parameters, Renewal, SourceFile, Summary};
pub use table::FaultTable;
pub use terminal::print;

use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
};

use crate::{
    customer_review::internal,
    finding::{Code, Finding},
    report::{html, page::Page},
    stop::{Outcome, Stop, not_written, stop},
};

/// The figures.
pub const SUMMARY: &str = "summary.json";
/// Every rejected row.
pub const REJECTED: &str = "rejected.csv";
/// Every row with a warning.
pub const WARNINGS: &str = "warnings.csv";
/// Every group of claims that does not tie.
pub const CLAIM_TIES: &str = "claim_ties.csv";
/// The database of a customer book.
pub const BOOK: &str = "book.sqlite";
/// The report.
pub const REPORT: &str = "report.html";
/// Everything that the program may write.
pub const ALL: [&str; 6] = [SUMMARY, REJECTED, WARNINGS, CLAIM_TIES, BOOK, REPORT];

/// Writes the report under its temporary name.
///
/// # Errors
/// What the file system says; `internal` at the place of the page that does not hold together.
pub(crate) fn write_report(staged: &mut Staged, page: &Page) -> Outcome<()> {
    if let Some(fault) = page.faults().first() {
        return Err(stop(Some(&fault.to_string()), internal()));
    }
    let mut to = staged.create(REPORT).map_err(not_written)?;
    html::write(page, &mut to).and_then(|()| to.flush()).map_err(not_written)
}

/// The results that would be written over a file of the book.
pub(crate) fn overwritten<'n>(book: &Path, out: &Path, files: impl Iterator<Item = &'n String>) -> Vec<Stop> {
    let sources: Vec<PathBuf> = files.filter_map(|name| fs::canonicalize(book.join(name)).ok()).collect();
    let clash = |name: &&&str| fs::canonicalize(out.join(name)).is_ok_and(|path| sources.contains(&path));
    ALL.iter()
        .filter(clash)
        .map(|name| Stop {
            file: Some((*name).to_owned()),
            finding: Finding::new(Code::BookOutput).with_words(
                "reason",
                "it would replace a file of the book",
                "会覆盖账册文件",
            ),
        })
        .collect()
}
