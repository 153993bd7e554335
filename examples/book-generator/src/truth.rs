//! What is true of a book, added up while it is written. Amounts are whole cents (分), so that a reader's figures can be
//! compared exactly.
//!
//! What was planted is written as it comes, the totals stand behind it: the truth of ten million customers needs no more
//! memory than that of ten.

use std::{
    collections::BTreeMap,
    fs::{self, File},
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
};

use serde::Serialize;

use crate::{
    fault::{Effect, Fault, Needs},
    plan::Plan,
};

/// The truth's file.
pub const TRUTH: &str = "truth.json";
const UNFINISHED: &str = "truth.json.part";

/// Something planted.
#[derive(Debug, Serialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Planted<'a> {
    /// A faulty row.
    Row {
        /// In which file.
        file: &'a str,
        /// On which line, from 1; the header is line 1.
        line: u64,
        /// The id that stands in it; empty where it has none.
        id: &'a str,
        /// Its name in the table of faults.
        kind: &'a str,
        /// The column at fault; empty for the whole row.
        column: &'a str,
        /// What must come of it.
        effect: Effect,
        /// The code that says so.
        code: Option<&'a str>,
    },
    /// Something that a reader of the whole book should find.
    Story {
        /// Which.
        kind: &'a str,
        /// The customers it is about.
        customers: &'a [String],
        /// Its policies, where it is about these.
        policies: &'a [String],
        /// Its claims, where it is about these.
        claims: &'a [String],
        /// Its amount in cents, where it has one.
        cents: Option<i64>,
    },
}

/// Rows of a file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Rows {
    /// Rows that count: sound ones and those with a notice.
    pub used: i64,
    /// Of these with a notice.
    pub noticed: i64,
    /// Planted rows that must be refused.
    pub rejected: i64,
    /// Planted rows that contradict others.
    pub contradictions: i64,
}

/// Sums over policies and their claims.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Sums {
    /// Policies.
    pub policies: i64,
    /// Their written premium as it was at signing.
    pub premium_cents: i64,
    /// Claims.
    pub claims: i64,
    /// Paid on them.
    pub paid_cents: i64,
    /// Reserved on them.
    pub reserve_cents: i64,
}

/// Sums over the book.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Totals {
    /// Rows by file.
    pub rows: BTreeMap<&'static str, Rows>,
    /// People among the customers.
    pub persons: i64,
    /// Organisations among the customers.
    pub organisations: i64,
    /// Prospects among the customers.
    pub prospects: i64,
    /// Blacklisted among the customers.
    pub blacklisted: i64,
    /// Households of two and more customers.
    pub households: i64,
    /// Corporate groups.
    pub groups: i64,
    /// Policies and their claims.
    pub policies: Sums,
    /// The same by line of business.
    pub by_line: BTreeMap<&'static str, Sums>,
    /// The same by the policy's channel.
    pub by_channel: BTreeMap<&'static str, Sums>,
    /// The same by the year in which the policy starts.
    pub by_start_year: BTreeMap<i64, Sums>,
    /// Claims by the year in which they occurred: number, paid and reserved cents.
    pub claims_by_year: BTreeMap<i64, (i64, i64, i64)>,
    /// Policies that renew another.
    pub renewals: i64,
    /// Policies ended before their end.
    pub cancelled: i64,
    /// Changes of premium by endorsement.
    pub endorsed_cents: i64,
    /// Money received.
    pub received_cents: i64,
    /// Money given back, as a positive sum.
    pub refunded_cents: i64,
    /// Costs.
    pub costs_cents: i64,
    /// Complaints that are not resolved.
    pub complaints_open: i64,
    /// Claims known to be fraud.
    pub fraud: i64,
    /// Planted rows by kind, and stories by kind.
    pub planted: BTreeMap<&'static str, i64>,
}

/// The truth while it is written.
#[derive(Debug)]
pub struct Truth {
    out: BufWriter<File>,
    directory: PathBuf,
    any: bool,
    /// The sums so far.
    pub totals: Totals,
}

impl Truth {
    /// Begins the truth of a book. A finished one of an earlier book in this directory is taken away first.
    ///
    /// # Errors
    /// What the file system says.
    pub fn create(directory: &Path, plan: &Plan) -> io::Result<Self> {
        match fs::remove_file(directory.join(TRUTH)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let mut out = BufWriter::new(File::create(directory.join(UNFINISHED))?);
        write!(
            out,
            "{{\"format\":1,\"seed\":{},\"customers\":{},\"first_day\":\"{}\",\"as_of\":\"{}\",\"encoding\":\"{}\",\n\"planted\":[",
            plan.seed,
            plan.customers,
            plan.first_day(),
            plan.as_of(),
            plan.encoding.name()
        )?;
        Ok(Self { out, directory: directory.to_owned(), any: false, totals: Totals::default() })
    }

    /// A row that counts.
    pub fn row(&mut self, file: &'static str) {
        self.totals.rows.entry(file).or_default().used += 1;
    }

    /// A planted row.
    ///
    /// # Errors
    /// What the file system says.
    pub fn bad_row(&mut self, file: &'static str, line: u64, fault: &'static Fault, id: String) -> io::Result<()> {
        let rows = self.totals.rows.entry(file).or_default();
        match fault.effect {
            Effect::Rejected => rows.rejected += 1,
            Effect::Contradiction => rows.contradictions += 1,
            Effect::Notice => rows.noticed += 1,
        }
        let Fault { name: kind, effect, code, .. } = *fault;
        *self.totals.planted.entry(kind).or_default() += 1;
        self.planted(&Planted::Row { file, line, id: &id, kind, column: fault.column(), effect, code })
    }

    /// A used row with a notice: customers count among their own kind, as prospects.
    pub fn noticed(&mut self, fault: &Fault) {
        if fault.files.contains(&crate::sheet::CUSTOMERS.file) {
            let company = fault.needs.contains(&Needs::Is("document_kind", "social_credit_code"));
            let count = if company { &mut self.totals.organisations } else { &mut self.totals.persons };
            *count += 1;
            self.totals.prospects += 1;
        }
    }

    /// A planted story.
    ///
    /// # Errors
    /// What the file system says.
    pub fn story(
        &mut self,
        kind: &'static str,
        customers: &[String],
        policies: &[String],
        claims: &[String],
        cents: Option<i64>,
    ) -> io::Result<()> {
        *self.totals.planted.entry(kind).or_default() += 1;
        self.planted(&Planted::Story { kind, customers, policies, claims, cents })
    }

    fn planted(&mut self, planted: &Planted<'_>) -> io::Result<()> {
        self.out.write_all(if self.any { b",\n" } else { b"\n" })?;
        self.any = true;
        serde_json::to_writer(&mut self.out, planted)?;
        Ok(())
    }

    /// Ends the truth: from here on it stands under its name, and the book is whole.
    ///
    /// # Errors
    /// What the file system says.
    pub fn finish(mut self) -> io::Result<Totals> {
        self.out.write_all(b"\n],\n\"totals\":")?;
        serde_json::to_writer_pretty(&mut self.out, &self.totals)?;
        self.out.write_all(b"}\n")?;
        self.out.flush()?;
        fs::rename(self.directory.join(UNFINISHED), self.directory.join(TRUTH))?;
        Ok(self.totals)
    }
}
