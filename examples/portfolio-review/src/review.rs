//! The review itself: files in, figures and every rejected row out.

use std::{
    collections::BTreeMap,
    io::{self, Write},
    path::PathBuf,
};

use crm_core::{
    calendar::Date,
    party::PartyId,
    portfolio::{self, Book, BookParameters, ClaimPart, Tie, TieDifference, Warning},
    refusal::{self, Lang},
};

use crate::{
    finding::{Code, Finding},
    mapping::{Mapping, Ties},
    output::{self, ClaimTies, FaultTable, SourceFile, Staged, Summary},
    record::{Layout, TiesLayout},
    source::OpenFile,
    stages::Stages,
    stop::{Outcome, first, not_read, not_written, stop},
    store::Store,
    year_review,
};

/// How often progress is told, in rows.
const TELL_EVERY: i64 = 4096;

/// What to review and where to put the results.
#[derive(Debug, Clone)]
pub struct Request {
    /// Directory of the book's files.
    pub book: PathBuf,
    /// Day of the review.
    pub as_of: Date,
    /// Directory of the results.
    pub out: PathBuf,
    /// Language of the sentences.
    pub lang: Lang,
}

pub use crate::stop::{Stop, with_reason};

/// Told about progress: bytes read of all files, rows used, rows rejected.
pub trait Progress {
    /// How many bytes there are to read.
    fn start(&mut self, bytes: u64);
    /// How far the review has come.
    fn tell(&mut self, bytes: u64, rows: i64, rejected: i64);
    /// A stage behind the reading begins, in Chinese and English.
    fn stage(&mut self, words: (&'static str, &'static str)) {
        let _ = words;
    }
    /// How far it has come.
    fn step(&mut self, done: u64, all: u64) {
        let _ = (done, all);
    }
    /// No more rows follow.
    fn finish(&mut self);
}

/// A finished review.
#[derive(Debug)]
pub struct Review {
    /// The figures, as they were written.
    pub summary: Summary,
    /// The first rejected row of each code, for showing.
    pub first_rejected: BTreeMap<String, FirstRejected>,
    /// How long each stage took.
    pub stages: Stages,
}

/// The first row that was rejected with a code.
#[derive(Debug)]
pub struct FirstRejected {
    /// In which file.
    pub file: String,
    /// On which line.
    pub line: u64,
    /// What is wrong with it.
    pub finding: Finding,
}

/// Reviews a book.
///
/// # Errors
/// Every reason for which the book as a whole can't be read, or why the results can't be written.
pub fn review(request: &Request, mapping: &Mapping, progress: &mut dyn Progress) -> Outcome<Review> {
    let mut stages = Stages::new();
    let mut stops = Vec::new();
    let columns = mapping.columns();
    let mut files = Vec::new();
    for name in &mapping.files {
        collect(OpenFile::open(&request.book, &mapping.written, name, &columns), &mut files, &mut stops);
    }
    let mut tie_files = Vec::new();
    if let Some(ties) = &mapping.ties {
        let columns = [ties.customer.as_str(), ties.total.as_str(), ties.part.as_str()];
        collect(OpenFile::open(&request.book, &mapping.written, &ties.file, &columns), &mut tie_files, &mut stops);
    }
    let names = mapping.files.iter().chain(mapping.ties.as_ref().map(|ties| &ties.file));
    stops.extend(output::overwritten(&request.book, &request.out, names));
    if !stops.is_empty() {
        return Err(stops);
    }
    let mut staged = Staged::new(&request.out).map_err(not_written)?;
    progress.start(files.iter().map(|file| file.bytes).sum());
    let store = Store::create(&staged.claim(output::BOOK).map_err(not_written)?)?;
    let parameters = BookParameters::new(request.as_of, mapping.written.currency);
    let mut run = Run {
        book: Book::new(parameters),
        rejected: BTreeMap::new(),
        first_rejected: BTreeMap::new(),
        rejected_table: table(&mut staged, output::REJECTED, request.lang)?,
        warnings_table: table(&mut staged, output::WARNINGS, request.lang)?,
        sources: Vec::new(),
        bytes_before: 0,
        store: &store,
        progress,
    };
    for file in files {
        run.read(mapping, file)?;
    }
    run.progress.finish();
    if run.sources.iter().all(|source| source.rows_in == 0) {
        return Err(vec![Stop { file: None, finding: Finding::new(Code::BookEmpty) }]);
    }
    let ties = match (&mapping.ties, tie_files.pop()) {
        (Some(ties), Some(file)) => Some(run.read_ties(mapping, ties, file, &mut staged)?),
        _ => None,
    };
    let figures = run.book.summary().map_err(|refusal| stop(None, first(refusal)))?;
    stages.done("read", ("读入与汇总", "reading and adding up"));
    let mut summary = Summary::new(&figures, mapping.name.clone(), run.rejected, run.sources);
    summary.claim_ties = ties;
    if !summary.adds_up() {
        // A fault of this program: no figures are better than wrong ones.
        return Err(stop(None, Finding::from(refusal::Fault::new(refusal::Code::Internal))));
    }
    run.rejected_table.finish().map_err(not_written)?;
    run.warnings_table.finish().map_err(not_written)?;
    write_summary(&mut staged, &summary).map_err(not_written)?;
    let kept = year_review::keep(&store, &run.book, &figures, &summary, mapping)?;
    let page = year_review::page(&store, &kept, &figures, mapping, request)?;
    let first_rejected = run.first_rejected;
    store.finish()?;
    output::write_report(&mut staged, &page)?;
    stages.done("report", ("数据库与报告", "database and report"));
    staged.commit(&output::ALL).map_err(not_written)?;
    Ok(Review { summary, first_rejected, stages })
}

fn write_summary(staged: &mut Staged, summary: &Summary) -> io::Result<()> {
    let mut to = staged.create(output::SUMMARY)?;
    serde_json::to_writer_pretty(&mut to, summary)?;
    to.write_all(b"\n")?;
    to.flush()
}

fn table(staged: &mut Staged, name: &str, lang: Lang) -> Outcome<FaultTable<impl Write + use<>>> {
    staged.create(name).and_then(|to| FaultTable::new(to, lang)).map_err(not_written)
}

fn collect<T>(outcome: Outcome<T>, good: &mut Vec<T>, stops: &mut Vec<Stop>) {
    match outcome {
        Ok(value) => good.push(value),
        Err(found) => stops.extend(found),
    }
}

struct Run<'p, W> {
    book: Book,
    rejected: BTreeMap<String, i64>,
    first_rejected: BTreeMap<String, FirstRejected>,
    rejected_table: FaultTable<W>,
    warnings_table: FaultTable<W>,
    sources: Vec<SourceFile>,
    bytes_before: u64,
    store: &'p Store,
    progress: &'p mut dyn Progress,
}

impl<W: Write> Run<'_, W> {
    fn read(&mut self, mapping: &Mapping, mut file: OpenFile) -> Outcome<()> {
        let Some(layout) = Layout::new(mapping, &file.header) else {
            // The header was checked when the file was opened.
            return Err(stop(Some(&file.name), Finding::from(refusal::Fault::new(refusal::Code::Internal))));
        };
        let mut source = SourceFile { file: file.name.clone(), bytes: file.bytes, rows_in: 0, rows: 0, rejected: 0 };
        loop {
            let row = match file.rows.next_row().map_err(not_read(&file.name))? {
                None => break,
                Some(row) => row,
            };
            source.rows_in += 1;
            let (line, outcome) = match row {
                Err(finding) => (finding.line.unwrap_or_default(), Err(vec![finding])),
                Ok(row) => (row.line, layout.read(row)),
            };
            let outcome = outcome.and_then(|term| {
                let (id, warnings): (_, Vec<Warning>) = (term.id.clone(), term.warnings().collect());
                self.book.add(term).map(|()| (id, warnings)).map_err(|refusal| layout.locate(refusal))
            });
            match outcome {
                Ok((id, warnings)) => {
                    source.rows += 1;
                    for warning in warnings {
                        let finding = layout.locate(warning.fault().into());
                        self.warnings_table.add(&file.name, line, &finding).map_err(not_written)?;
                        self.store.found("notice", "policy_years", (&file.name, line, id.as_str()), &finding)?;
                    }
                }
                Err(findings) => {
                    source.rejected += 1;
                    if count(&mut self.rejected, &findings)
                        && let Some(finding) = findings.first()
                    {
                        let first = FirstRejected { file: file.name.clone(), line, finding: finding.clone() };
                        self.first_rejected.insert(finding.code().to_owned(), first);
                    }
                    self.rejected_table.add(&file.name, line, &findings).map_err(not_written)?;
                    self.store.found("rejected", "policy_years", (&file.name, line, ""), &findings)?;
                }
            }
            if source.rows_in % TELL_EVERY == 0 {
                let done = |part: fn(&SourceFile) -> i64| self.sources.iter().map(part).sum::<i64>() + part(&source);
                let bytes = self.bytes_before + file.rows.bytes_read();
                self.progress.tell(bytes, done(|source| source.rows), done(|source| source.rejected));
            }
        }
        self.bytes_before += file.bytes;
        self.sources.push(source);
        Ok(())
    }

    fn read_ties(
        &mut self,
        mapping: &Mapping,
        ties: &Ties,
        mut file: OpenFile,
        staged: &mut Staged,
    ) -> Outcome<ClaimTies> {
        let Some(layout) = TiesLayout::new(mapping, ties, &file.header) else {
            return Err(stop(Some(&file.name), Finding::from(refusal::Fault::new(refusal::Code::Internal))));
        };
        let mut collected = portfolio::ClaimTies::new(mapping.written.currency);
        let mut lines: BTreeMap<(PartyId, i64), u64> = BTreeMap::new();
        let mut rejected = BTreeMap::new();
        while let Some(row) = file.rows.next_row().map_err(not_read(&file.name))? {
            let (line, outcome) = match row {
                Err(finding) => (finding.line.unwrap_or_default(), Err(vec![finding])),
                Ok(row) => (row.line, layout.read(row)),
            };
            let outcome = outcome.and_then(|(customer, total, part)| {
                lines.entry((customer.clone(), total.minor())).or_insert(line);
                let part = ClaimPart { customer, total, part };
                collected.add(&part).map_err(|refusal| refusal.into_faults().into_iter().map(Finding::from).collect())
            });
            if let Err(findings) = outcome {
                count(&mut rejected, &findings);
                self.rejected_table.add(&file.name, line, &findings).map_err(not_written)?;
            }
        }
        let differences =
            collected.differences(&self.book).map_err(|refusal| stop(Some(&file.name), first(refusal)))?;
        let mut told: Vec<(u64, TieDifference)> = differences
            .into_iter()
            .map(|difference| {
                let line =
                    lines.get(&(difference.customer.clone(), difference.total.minor())).copied().unwrap_or_default();
                (line, difference)
            })
            .collect();
        told.sort_by_key(|(line, ..)| *line);
        let mut to = staged.create(output::CLAIM_TIES).map_err(not_written)?;
        let write = |to: &mut dyn Write| -> io::Result<()> {
            writeln!(to, "file,line,tie,years,total,parts")?;
            for (line, TieDifference { tie, years, total, parts, .. }) in told {
                writeln!(to, "{},{line},{},{years},{},{}", file.name, tie_name(tie), total.amount(), parts.amount())?;
            }
            to.flush()
        };
        write(&mut to).map_err(not_written)?;
        Ok(ClaimTies::new(collected.count(&self.book), rejected))
    }
}

const fn tie_name(tie: Tie) -> &'static str {
    match tie {
        Tie::Exact => "exact",
        Tie::OneUp => "one_up",
        Tie::OneDown => "one_down",
        Tie::Other => "other",
        Tie::NotFound => "not_found",
    }
}

/// Counts a row under its first fault; gives whether it is the first one with that code.
fn count(rejected: &mut BTreeMap<String, i64>, findings: &[Finding]) -> bool {
    let code = findings.first().map_or("internal", Finding::code);
    match rejected.get_mut(code) {
        Some(count) => {
            *count += 1;
            false
        }
        None => rejected.insert(code.to_owned(), 1).is_none(),
    }
}
