//! The intake of a customer system's tables: every row is used or rejected, by itself and against the others.
//!
//! Files are read row by row. What stays in memory is the [`CustomerBook`] of the core, the numbers that other rows refer
//! to, and a digest of each row by which a second copy is known.

mod contracts;
mod customers;
mod events;
mod keep;
mod seen;
mod tally;
mod vehicles;

use std::collections::{BTreeMap, HashMap};

use crm_core::{
    calendar::Date,
    party::{PartyId, SearchKey},
    portfolio::{
        BookTable, ClaimRow, ComplaintRow, CostRow, CustomerBook, EndorsementEffect, EndorsementRow, PolicyId,
        PolicyRow, ReceiptRow,
    },
    refusal::{self, Refusal},
};

pub use keep::Keep;
pub use tally::FileTally;

use crate::{
    finding::{Code, Finding},
    mapping::{CustomerMap, TableName},
    record::{Cells, TableLayout},
    review::Progress,
    source::OpenFile,
    stop::{Outcome, not_read, stop},
};
use contracts::own;
use seen::{RowDigest, Seen};
use vehicles::Vehicles;

/// How often progress is told, in rows.
const TELL_EVERY: i64 = 4096;

/// A book that was read.
pub struct Intake {
    /// The rows that count.
    pub book: CustomerBook,
    /// Rows of each file, in the order in which they were read.
    pub files: Vec<FileTally>,
    /// Vehicles in the book; a vehicle that was sold counts once.
    pub vehicles: usize,
    /// The search keys of each customer: names, documents, mobiles.
    pub keys: Vec<(PartyId, Vec<SearchKey>)>,
    /// Each policy's place in the business, by number.
    pub policies: HashMap<String, PolicyPlace>,
    /// The policy of each endorsement, receipt and claim.
    pub policy_of: HashMap<(BookTable, String), String>,
}

/// Where a policy belongs.
pub struct PolicyPlace {
    /// Line (险类).
    pub line: String,
    /// Channel (渠道).
    pub channel: String,
    /// The year in which its cover starts.
    pub year: String,
}

/// What is known of a policy to rows that refer to it.
struct KnownPolicy {
    signed_on: Date,
    start: Date,
    /// The first day after its term.
    end: Date,
    /// The first day without cover, cancellations included.
    until: Date,
}

/// What rows may refer to.
#[derive(Default)]
struct Known {
    seen: BTreeMap<TableName, Seen>,
    policies: HashMap<PolicyId, KnownPolicy>,
}

impl Known {
    fn has(&self, table: TableName, id: &str) -> bool {
        // A table that is not mapped refers to nothing that could be missing.
        self.seen.get(&table).is_none_or(|seen| seen.has(id))
    }

    fn has_branch(&self, code: &str) -> bool {
        self.has(TableName::Branches, code)
    }

    fn has_agent(&self, code: &str) -> bool {
        self.has(TableName::Agents, code)
    }

    fn has_customer(&self, id: &str) -> bool {
        self.has(TableName::Customers, id)
    }
}

fn after_as_of() -> Finding {
    refusal::Fault::new(refusal::Code::PortfolioRowAfterAsOf).into()
}

/// The opened files of each mapped table.
pub type OpenTables = Vec<(TableName, Vec<OpenFile>)>;

/// Opens every file of a book and checks the headers.
///
/// # Errors
/// Every file that can't be read or lacks columns.
pub fn open(book: &std::path::Path, map: &CustomerMap) -> Outcome<OpenTables> {
    let mut stops = Vec::new();
    let mut tables = Vec::new();
    for (name, table) in &map.tables {
        let mut files = Vec::new();
        for file in &table.files {
            match OpenFile::open(book, &map.written, file, &table.columns()) {
                Ok(file) => files.push(file),
                Err(found) => stops.extend(found),
            }
        }
        tables.push((*name, files));
    }
    if stops.is_empty() { Ok(tables) } else { Err(stops) }
}

/// Reads every table of a book.
///
/// # Errors
/// A file that can't be read to its end, or a row that can't be kept.
pub fn read(
    tables: OpenTables,
    map: &CustomerMap,
    as_of: Date,
    keep: &mut dyn Keep,
    progress: &mut dyn Progress,
) -> Outcome<Intake> {
    let mut run = Run {
        map,
        as_of,
        keep,
        progress,
        known: Known::default(),
        vehicles: Vehicles::default(),
        intake: Intake {
            book: CustomerBook::new(map.written.currency),
            files: Vec::new(),
            vehicles: 0,
            keys: Vec::new(),
            policies: HashMap::new(),
            policy_of: HashMap::new(),
        },
        bytes_before: 0,
    };
    run.progress.start(tables.iter().flat_map(|(_, files)| files).map(|file| file.bytes).sum());
    for (table, files) in tables {
        run.table(table, files)?;
    }
    run.progress.finish();
    if run.intake.files.iter().all(|file| file.rows_in == 0) {
        return Err(stop(None, Finding::new(Code::BookEmpty)));
    }
    run.intake.vehicles = run.vehicles.count();
    Ok(run.intake)
}

struct Run<'r> {
    map: &'r CustomerMap,
    as_of: Date,
    keep: &'r mut dyn Keep,
    progress: &'r mut dyn Progress,
    known: Known,
    vehicles: Vehicles,
    intake: Intake,
    bytes_before: u64,
}

/// A row that is right by itself.
enum Sound {
    /// One of which only its number is needed.
    Listed,
    Customer(Box<customers::Taken>),
    Vehicle(Vec<Finding>),
    Policy(Box<PolicyRow>),
    Endorsement(EndorsementRow),
    Receipt(ReceiptRow),
    Claim(ClaimRow),
    Cost(CostRow),
    Complaint(ComplaintRow),
}

/// A sound row that refers to a row of its own table which has not come yet.
struct Waiting {
    cells: Cells,
    digest: RowDigest,
    sound: Sound,
}

impl Run<'_> {
    fn table(&mut self, table: TableName, files: Vec<OpenFile>) -> Outcome<()> {
        self.known.seen.insert(table, Seen::default());
        for file in files {
            self.file(table, file)?;
        }
        Ok(())
    }

    fn file(&mut self, table: TableName, mut file: OpenFile) -> Outcome<()> {
        let map = self.map;
        let internal = || stop(Some(&file.name), Finding::from(refusal::Fault::new(refusal::Code::Internal)));
        let layout = map.tables.get(&table).and_then(|own| TableLayout::new(table, own, &map.written, &file.header));
        // The header was checked when the file was opened.
        let Some(layout) = layout else { return Err(internal()) };
        let mut tally = FileTally::new(table, &file.name, file.bytes);
        let mut waiting = Vec::new();
        while let Some(row) = file.rows.next_row().map_err(not_read(&file.name))? {
            tally.rows_in += 1;
            match row {
                Err(finding) => {
                    let line = finding.line.unwrap_or_default();
                    self.reject(&mut tally, line, "", &[finding])?;
                }
                Ok(row) => {
                    let line = row.line;
                    match layout.read(row) {
                        Err(findings) => self.reject(&mut tally, line, "", &findings)?,
                        Ok(cells) => self.row(&mut tally, &layout, cells, &mut waiting)?,
                    }
                }
            }
            if tally.rows_in % TELL_EVERY == 0 {
                let done = |part: fn(&FileTally) -> i64| self.intake.files.iter().map(part).sum::<i64>() + part(&tally);
                let (used, rejected) = (done(|tally| tally.used), done(FileTally::rejected_rows));
                self.progress.tell(self.bytes_before + file.rows.bytes_read(), used, rejected);
            }
        }
        self.settle(&mut tally, &layout, waiting)?;
        if !tally.adds_up() {
            // A fault of this program: no figures are better than wrong ones.
            return Err(internal());
        }
        self.bytes_before += file.bytes;
        self.intake.files.push(tally);
        Ok(())
    }

    /// A row that could be read: used, rejected, or waiting for the end of its file.
    fn row(
        &mut self,
        tally: &mut FileTally,
        layout: &TableLayout<'_>,
        mut cells: Cells,
        waiting: &mut Vec<Waiting>,
    ) -> Outcome<()> {
        let digest = seen::digest(&cells);
        match self.judge(tally.table, layout, &mut cells, &digest) {
            Err(findings) => self.reject(tally, cells.line, cells.number(), &findings),
            Ok(sound) if self.missing(tally.table, &cells).is_some() => {
                waiting.push(Waiting { cells, digest, sound });
                Ok(())
            }
            Ok(sound) => self.accept(tally, layout, &cells, digest, sound),
        }
    }

    /// What a row is, or everything that is wrong with it.
    fn judge(
        &mut self,
        table: TableName,
        layout: &TableLayout<'_>,
        cells: &mut Cells,
        digest: &RowDigest,
    ) -> Result<Sound, Vec<Finding>> {
        self.once(table, layout, cells, digest)?;
        let (known, as_of) = (&self.known, self.as_of);
        Ok(match table {
            TableName::Branches => Sound::Listed,
            TableName::Agents => {
                if cells.text("branch").is_some_and(|branch| !known.has_branch(branch)) {
                    return Err(vec![layout.at(Finding::new(Code::RowBranchUnknown), "branch")]);
                }
                Sound::Listed
            }
            TableName::Customers => Sound::Customer(Box::new(customers::take(cells, layout, self.map, known, as_of)?)),
            TableName::Vehicles => Sound::Vehicle(self.vehicles.take(cells, layout, known, as_of)?),
            TableName::Policies => Sound::Policy(Box::new(contracts::policy(cells, layout, known, as_of)?)),
            TableName::Endorsements => Sound::Endorsement(contracts::endorsement(cells, layout, known, as_of)?),
            TableName::Receipts => Sound::Receipt(contracts::receipt(cells, layout, known, as_of)?),
            TableName::Claims => Sound::Claim(events::claim(cells, layout, known, as_of)?),
            TableName::Costs => Sound::Cost(events::cost(cells, layout, known, as_of)?),
            TableName::Complaints => Sound::Complaint(events::complaint(cells, layout, known, as_of)?),
        })
    }

    /// A row whose number is there already is none.
    fn once(
        &self,
        table: TableName,
        layout: &TableLayout<'_>,
        cells: &Cells,
        digest: &RowDigest,
    ) -> Result<(), Vec<Finding>> {
        let number = table.fields().first().map_or("id", |field| field.name);
        let Some(seen) = self.known.seen.get(&table) else { return Ok(()) };
        seen.check(cells.number(), digest).map_err(|finding| vec![layout.at(finding, number)])
    }

    /// The field of a row that refers to a row of its own table which is not there (yet).
    fn missing(&self, table: TableName, cells: &Cells) -> Option<&'static str> {
        let field = match table {
            TableName::Branches => "parent",
            TableName::Agents => "superior",
            TableName::Policies => "renewal_of",
            _ => return None,
        };
        cells.text(field).filter(|number| !self.known.has(table, number)).map(|_| field)
    }

    /// Takes in the rows that waited for others, until no more of them fits; the rest refers to nothing.
    fn settle(&mut self, tally: &mut FileTally, layout: &TableLayout<'_>, mut waiting: Vec<Waiting>) -> Outcome<()> {
        let table = tally.table;
        loop {
            let (ready, rest): (Vec<_>, Vec<_>) =
                waiting.into_iter().partition(|row| self.missing(table, &row.cells).is_none());
            waiting = rest;
            if ready.is_empty() {
                break;
            }
            for Waiting { cells, digest, sound } in ready {
                match self.once(table, layout, &cells, &digest) {
                    Err(findings) => self.reject(tally, cells.line, cells.number(), &findings)?,
                    Ok(()) => self.accept(tally, layout, &cells, digest, sound)?,
                }
            }
        }
        for Waiting { cells, .. } in waiting {
            let code = match table {
                TableName::Branches => Code::RowBranchUnknown,
                TableName::Agents => Code::RowAgentUnknown,
                _ => Code::RowRenewalUnknown,
            };
            let field = self.missing(table, &cells).unwrap_or("id");
            self.reject(tally, cells.line, cells.number(), &[layout.at(Finding::new(code), field)])?;
        }
        Ok(())
    }

    fn reject(&mut self, tally: &mut FileTally, line: u64, number: &str, findings: &[Finding]) -> Outcome<()> {
        tally.reject(findings);
        self.keep.rejected(tally.table, &tally.file, line, number, findings)
    }

    fn accept(
        &mut self,
        tally: &mut FileTally,
        layout: &TableLayout<'_>,
        cells: &Cells,
        digest: RowDigest,
        sound: Sound,
    ) -> Outcome<()> {
        let notices = match self.add(sound) {
            Err(refusal) => return self.reject(tally, cells.line, cells.number(), &own(layout, refusal)),
            Ok(notices) => notices,
        };
        tally.used += 1;
        if let Some(seen) = self.known.seen.get_mut(&tally.table) {
            seen.insert(cells.number(), digest);
        }
        self.keep.used(tally.table, &tally.file, cells)?;
        if notices.is_empty() {
            return Ok(());
        }
        tally.noticed += 1;
        self.keep.noticed(tally.table, &tally.file, cells.line, cells.number(), &notices)
    }

    /// Adds a sound row to the book; gives what deserves a look.
    fn add(&mut self, sound: Sound) -> Result<Vec<Finding>, Refusal> {
        let book = &mut self.intake.book;
        match sound {
            Sound::Listed => {}
            Sound::Customer(taken) => {
                let customers::Taken { row, notices, keys } = *taken;
                let id = row.id.clone();
                book.add_customer(row)?;
                self.intake.keys.push((id, keys));
                return Ok(notices);
            }
            Sound::Vehicle(notices) => return Ok(notices),
            Sound::Policy(row) => {
                let known = KnownPolicy { signed_on: row.signed_on, start: row.start, end: row.end, until: row.end };
                let id = row.id.clone();
                let (line, channel, year) = (row.line.clone(), row.channel.clone(), format!("{:04}", row.start.year()));
                book.add_policy(*row)?;
                self.intake.policies.insert(id.as_str().to_owned(), PolicyPlace { line, channel, year });
                self.known.policies.insert(id, known);
            }
            Sound::Endorsement(row) => {
                let (policy, effect, effective) = (row.policy.clone(), row.effect, row.effective);
                let place = place(BookTable::Endorsements, row.id.as_str(), &row.policy);
                book.add_endorsement(row)?;
                self.intake.policy_of.extend(place);
                if let Some(policy) = self.known.policies.get_mut(&policy) {
                    match effect {
                        EndorsementEffect::Change => {}
                        EndorsementEffect::Cancellation => policy.until = policy.until.min(effective),
                        EndorsementEffect::Reinstatement => policy.until = policy.end,
                    }
                }
            }
            Sound::Receipt(row) => {
                let place = place(BookTable::Receipts, row.id.as_str(), &row.policy);
                book.add_receipt(row)?;
                self.intake.policy_of.extend(place);
            }
            Sound::Claim(row) => {
                let place = place(BookTable::Claims, row.id.as_str(), &row.policy);
                book.add_claim(row)?;
                self.intake.policy_of.extend(place);
            }
            Sound::Cost(row) => book.add_cost(row)?,
            Sound::Complaint(row) => book.add_complaint(row)?,
        }
        Ok(Vec::new())
    }
}

fn place(table: BookTable, id: &str, policy: &PolicyId) -> [((BookTable, String), String); 1] {
    [((table, id.to_owned()), policy.as_str().to_owned())]
}
