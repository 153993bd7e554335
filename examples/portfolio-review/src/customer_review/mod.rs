//! The review of a customer book: its tables in; a database, a report and every rejected row out.

mod books;
pub mod figures;
mod page;
mod results;
mod summary;

use std::io::Write as _;

use crm_core::refusal;

pub(crate) use figures::quoted;
pub use figures::{Figures, GradeMove, grade_move, statement_name};
pub(crate) use page::found;
pub use summary::{CustomerSummary, FileRows, JournalFacts};

use crate::{
    analysis::{self, Pieces, ledger::Proved, twins},
    finding::Finding,
    intake::{self, FileTally, Keep},
    mapping::{CustomerMap, TableName},
    output::{self, FaultTable, Staged},
    record::Cells,
    review::{Progress, Request},
    sight::Lens,
    stages::Stages,
    stop::{Outcome, first, not_written, stop},
    store::Store,
    wording::FactWords,
};

/// A finished review.
#[derive(Debug)]
pub struct CustomerReview {
    /// The figures, as they were written.
    pub summary: CustomerSummary,
    /// How long each stage took.
    pub stages: Stages,
}

/// Rows on their way into the database and the tables of faults.
struct Kept<'k, W> {
    store: &'k Store,
    rejected: FaultTable<W>,
    warnings: FaultTable<W>,
}

impl<W: std::io::Write> Keep for Kept<'_, W> {
    fn used(&mut self, table: TableName, file: &str, values: &Cells) -> Outcome<()> {
        self.store.used(table, file, values)
    }

    fn rejected(&mut self, table: TableName, file: &str, line: u64, id: &str, findings: &[Finding]) -> Outcome<()> {
        self.rejected.add(file, line, findings).map_err(not_written)?;
        self.store.found("rejected", table.name(), (file, line, id), findings)
    }

    fn noticed(&mut self, table: TableName, file: &str, line: u64, id: &str, findings: &[Finding]) -> Outcome<()> {
        self.warnings.add(file, line, findings).map_err(not_written)?;
        self.store.found("notice", table.name(), (file, line, id), findings)
    }
}

/// Reviews a customer book.
///
/// # Errors
/// Every reason for which the book as a whole can't be read, or why the results can't be written.
pub fn review(
    request: &Request,
    map: &CustomerMap,
    lens: &Lens,
    progress: &mut dyn Progress,
) -> Outcome<CustomerReview> {
    let mut stages = Stages::new();
    let tables = intake::open(&request.book, map)?;
    overwritten(request, map)?;
    let mut staged = Staged::new(&request.out).map_err(not_written)?;
    let store = Store::create(&staged.claim(output::BOOK).map_err(not_written)?)?;
    let table = |staged: &mut Staged, name| staged.create(name).and_then(|to| FaultTable::new(to, request.lang));
    let mut kept = Kept {
        store: &store,
        rejected: table(&mut staged, output::REJECTED).map_err(not_written)?,
        warnings: table(&mut staged, output::WARNINGS).map_err(not_written)?,
    };
    let intake = intake::read(tables, map, request.as_of, &mut kept, progress)?;
    kept.rejected.finish().map_err(not_written)?;
    kept.warnings.finish().map_err(not_written)?;
    files(&store, &intake.files)?;
    stages.done("read", ("读入与检查", "reading and checking"));

    let refused = |refusal| stop(None, first(refusal));
    let spec = analysis::shipped_spec().map_err(refused)?;
    progress.stage(("指标与细分", "facts and segments"));
    let told = |done, all| progress.step(done, all);
    let analysis = analysis::analyse(&intake.book, &map.company, request.as_of, told).map_err(refused)?;
    stages.done("analyse", ("指标与细分", "facts and segments"));
    progress.stage(("归属原因", "reasons of each group"));
    let twins = twins(&intake.keys);
    results::keep(&store, &analysis, &twins, &FactWords::new(map.written.currency, &spec.facts))?;
    let grades = results::keep_grades(&store, &analysis)?;
    stages.done("why", ("归属原因", "reasons of each group"));
    progress.stage(("指标的构成行", "rows behind each sum"));
    let pieces = Pieces::keep(&analysis, &intake, &store, |done, all| progress.step(done, all))?;
    stages.done("rows", ("指标的构成行", "rows behind each sum"));
    progress.stage(("记账与验证", "journal and its proof"));
    let books = books::keep(&store, map, &analysis, |done, all| progress.step(done, all))?;
    stages.done("journal", ("记账与验证", "journal and its proof"));
    progress.stage(("指标核对", "figures against their rows"));
    store.index()?;
    let made = figures::Made {
        spec: &spec,
        analysis: &analysis,
        intake: &intake,
        pieces: &pieces,
        books: &books,
        twins: &twins,
        grades,
    };
    let figures = Figures::keep(&store, &made)?;
    stages.done("figures", ("指标核对", "figures against their rows"));
    progress.stage(("报告", "report"));
    let summary = CustomerSummary::new(map, request.as_of, &made, &figures);
    write_summary(&mut staged, &summary)?;
    let shown = page::Shown { map, lens, lang: request.lang };
    let report = page::page(&store, &made, &figures, &shown)?;
    output::write_report(&mut staged, &report)?;
    stages.done("report", ("报告", "report"));
    meta(&store, map, request, &books)?;
    store.finish()?;
    stages.done("write", ("写出结果", "writing"));
    staged.commit(&output::ALL).map_err(not_written)?;
    progress.finish();
    Ok(CustomerReview { summary, stages })
}

fn files(store: &Store, files: &[FileTally]) -> Outcome<()> {
    for file in files {
        let bytes = i64::try_from(file.bytes).unwrap_or(i64::MAX);
        let values: [&dyn rusqlite::ToSql; 7] =
            [&file.table.name(), &file.file, &bytes, &file.rows_in, &file.used, &file.noticed, &file.rejected_rows()];
        store.insert("file", &values)?;
    }
    Ok(())
}

/// What the figures depend on besides the rows.
fn meta(store: &Store, map: &CustomerMap, request: &Request, books: &Proved) -> Outcome<()> {
    let name = map.name.clone().unwrap_or_default();
    for (key, value) in [
        ("name", name),
        ("as_of", request.as_of.to_string()),
        ("currency", map.written.currency.to_string()),
        ("company", map.company.as_str().to_owned()),
        ("journal_entries", books.entries.to_string()),
        ("journal_head", books.head.hash.to_string()),
    ] {
        store.insert("meta", &[&key, &value])?;
    }
    Ok(())
}

fn write_summary(staged: &mut Staged, summary: &CustomerSummary) -> Outcome<()> {
    let mut to = staged.create(output::SUMMARY).map_err(not_written)?;
    let write = |to: &mut dyn std::io::Write| -> std::io::Result<()> {
        serde_json::to_writer_pretty(&mut *to, summary)?;
        to.write_all(b"\n")?;
        to.flush()
    };
    write(&mut to).map_err(not_written)?;
    to.flush().map_err(not_written)
}

/// A result that would be written over a file of the book.
fn overwritten(request: &Request, map: &CustomerMap) -> Outcome<()> {
    let sources = map.tables.values().flat_map(|table| &table.files);
    match output::overwritten(&request.book, &request.out, sources) {
        stops if stops.is_empty() => Ok(()),
        stops => Err(stops),
    }
}

/// A fault of this program.
#[must_use]
pub fn internal() -> Finding {
    Finding::from(refusal::Fault::new(refusal::Code::Internal))
}
