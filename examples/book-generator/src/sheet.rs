//! The files: rows of text, counted by line, with faults planted among them.

use std::{
    fs::File,
    io::{self, BufWriter, Write},
    path::Path,
};

use crate::{
    day::Day,
    fault::{Effect, Fault, Spoiled, faults_of},
    truth::Truth,
};

/// How the files are written (编码).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Encoding {
    /// UTF-8 without a mark.
    #[default]
    Utf8,
    /// GB 18030.
    Gb18030,
}

impl Encoding {
    /// Its name in the command line and in the truth.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "utf-8",
            Self::Gb18030 => "gb18030",
        }
    }
}

/// A byte that begins no character of UTF-8 or GB 18030.
const NO_CHARACTER: u8 = 0xff;
/// Each fault of a file is planted about so many times…
const TIMES: u64 = 5;
/// …in small books; in large ones a fault follows every so many sound rows.
const FAULT_EVERY: std::ops::RangeInclusive<u64> = 3..=2_000;

/// The name and columns of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layout {
    /// The file's name.
    pub file: &'static str,
    /// Its columns.
    pub columns: &'static [&'static str],
    /// Rows to expect for a hundred customers: says how often faults are planted, nothing else.
    per_hundred: u64,
}

/// Customers (客户).
pub const CUSTOMERS: Layout = Layout {
    file: "customers.csv",
    columns: &[
        "id",
        "party_kind",
        "name",
        "short_name",
        "document_kind",
        "document",
        "phone",
        "mobile",
        "email",
        "address",
        "birth",
        "occupation",
        "industry",
        "income_band",
        "source_channel",
        "manager",
        "department",
        "branch",
        "since",
        "standing",
        "commercial_credit",
        "prospect",
        "household",
        "group",
        "blacklisted",
    ],
    per_hundred: 100,
};
/// Vehicles and who owned them (车辆).
pub const VEHICLES: Layout = Layout {
    file: "vehicles.csv",
    columns: &[
        "id",
        "customer",
        "plate",
        "vin",
        "engine",
        "make_model",
        "first_registered",
        "owner_from",
        "owner_until",
    ],
    per_hundred: 90,
};
/// Policies (保单).
pub const POLICIES: Layout = Layout {
    file: "policies.csv",
    columns: &[
        "id",
        "customer",
        "product",
        "line",
        "branch",
        "department",
        "handler",
        "agent",
        "channel",
        "signed_on",
        "start",
        "end",
        "premium",
        "sum_insured",
        "currency",
        "vin",
        "plate",
        "renewal_of",
    ],
    per_hundred: 500,
};
/// Endorsements (批单).
pub const ENDORSEMENTS: Layout = Layout {
    file: "endorsements.csv",
    columns: &["id", "policy", "code", "effective", "booked", "premium_change"],
    per_hundred: 40,
};
/// Receipts (实收).
pub const RECEIPTS: Layout =
    Layout { file: "receipts.csv", columns: &["id", "policy", "received_on", "amount"], per_hundred: 500 };
/// Claims (赔案).
pub const CLAIMS: Layout = Layout {
    file: "claims.csv",
    columns: &["id", "policy", "occurred", "reported", "opened", "closed", "paid", "reserve", "fraud"],
    per_hundred: 50,
};
/// Costs of serving a customer (费用).
pub const COSTS: Layout =
    Layout { file: "costs.csv", columns: &["id", "customer", "on", "kind", "amount"], per_hundred: 250 };
/// Complaints (投诉).
pub const COMPLAINTS: Layout =
    Layout { file: "complaints.csv", columns: &["id", "customer", "on", "kind", "resolved_on"], per_hundred: 6 };
/// Agents and brokers (代理人, 经纪机构).
pub const AGENTS: Layout = Layout {
    file: "agents.csv",
    columns: &["code", "name", "kind", "branch", "superior", "since", "until"],
    per_hundred: 1,
};
/// Branches (机构).
pub const BRANCHES: Layout =
    Layout { file: "branches.csv", columns: &["code", "name", "level", "parent", "province", "city"], per_hundred: 0 };

/// A row while it is put together.
#[derive(Debug, Default)]
pub struct Line(String);

impl Line {
    fn next(&mut self) -> &mut String {
        if !self.0.is_empty() {
            self.0.push(',');
        }
        &mut self.0
    }

    /// A text. No sound value holds a comma, a quote or a line break.
    pub fn text(&mut self, text: &str) -> &mut Self {
        self.next().push_str(text);
        self
    }

    /// A number behind a letter: `P0000000001`.
    pub fn id(&mut self, letter: char, number: i64) -> &mut Self {
        let text = id(letter, number);
        self.text(&text)
    }

    /// A day.
    pub fn day(&mut self, day: Day) -> &mut Self {
        day.write(self.next());
        self
    }

    /// A day that may be absent.
    pub fn day_if(&mut self, day: Option<Day>) -> &mut Self {
        match day {
            Some(day) => self.day(day),
            None => self.text(""),
        }
    }

    /// An amount in cents, written in yuan with two places.
    pub fn cents(&mut self, cents: i64) -> &mut Self {
        let text = yuan(cents);
        self.text(&text)
    }

    /// `true` or `false`.
    pub fn flag(&mut self, flag: bool) -> &mut Self {
        self.text(if flag { "true" } else { "false" })
    }
}

/// An identifier: a letter and ten digits.
#[must_use]
pub fn id(letter: char, number: i64) -> String {
    format!("{letter}{number:010}")
}

/// Cents as yuan with two places.
#[must_use]
pub fn yuan(cents: i64) -> String {
    let sign = if cents < 0 { "-" } else { "" };
    format!("{sign}{}.{:02}", cents.unsigned_abs() / 100, cents.unsigned_abs() % 100)
}

/// A file of the book.
#[derive(Debug)]
pub struct Sheet {
    layout: Layout,
    out: BufWriter<File>,
    encoding: Encoding,
    line: u64,
    faults: Vec<&'static Fault>,
    every: u64,
    since_fault: u64,
    next_fault: usize,
    planted: i64,
    as_of: Day,
}

impl Sheet {
    /// Begins a file with its header. A clean one gets no faults.
    ///
    /// # Errors
    /// What the file system says.
    pub fn create(directory: &Path, layout: Layout, plan: &crate::plan::Plan) -> io::Result<Self> {
        let faults = if plan.clean { Vec::new() } else { faults_of(layout.file) };
        let expected = plan.customers * layout.per_hundred / 100;
        let kinds = u64::try_from(faults.len()).unwrap_or(u64::MAX).max(1);
        let every = (expected / (kinds * TIMES)).clamp(*FAULT_EVERY.start(), *FAULT_EVERY.end());
        let out = BufWriter::with_capacity(1 << 18, File::create(directory.join(layout.file))?);
        let mut sheet = Self {
            layout,
            out,
            encoding: plan.encoding,
            line: 0,
            faults,
            every,
            since_fault: 0,
            next_fault: 0,
            planted: 0,
            as_of: plan.as_of(),
        };
        sheet.write(&layout.columns.join(","), false)?;
        Ok(sheet)
    }

    /// Writes a row and, when one is due, the faulty row made of it.
    ///
    /// # Errors
    /// What the file system says.
    pub fn push(&mut self, line: &Line, truth: &mut Truth) -> io::Result<()> {
        self.write(&line.0, false)?;
        truth.row(self.layout.file);
        self.since_fault += 1;
        if self.since_fault >= self.every {
            self.plant(&line.0, truth)?;
        }
        Ok(())
    }

    /// Plants the next fault that can be made of this row; the one that can't waits for another row.
    fn plant(&mut self, row: &str, truth: &mut Truth) -> io::Result<()> {
        let fields: Vec<&str> = row.split(',').collect();
        let fits = |at: usize| self.faults.get(at).is_some_and(|fault| fault.fits(self.layout.columns, &fields));
        let count = self.faults.len();
        let Some(at) = (0..count).map(|step| (self.next_fault + step) % count).find(|at| fits(*at)) else {
            return Ok(());
        };
        let Some(fault) = self.faults.get(at).copied() else { return Ok(()) };
        self.faults.swap(at, self.next_fault);
        self.next_fault = (self.next_fault + 1) % count;
        self.since_fault = 0;
        self.planted += 1;
        let spoiled = fault.spoil(self.layout.columns, &fields, self.planted, self.as_of);
        self.write(&spoiled.row, fault.breaks_encoding())?;
        let Spoiled { id, .. } = spoiled;
        truth.bad_row(self.layout.file, self.line, fault, id)?;
        if fault.effect == Effect::Notice {
            truth.row(self.layout.file);
            truth.noticed(fault);
        }
        Ok(())
    }

    /// A row; where the encoding is broken, a byte of no character stands for each U+0000.
    fn write(&mut self, row: &str, broken: bool) -> io::Result<()> {
        self.line += 1;
        for (number, part) in row.split(|letter| broken && letter == '\0').enumerate() {
            if number > 0 {
                self.out.write_all(&[NO_CHARACTER])?;
            }
            match self.encoding {
                Encoding::Utf8 => self.out.write_all(part.as_bytes())?,
                Encoding::Gb18030 => self.out.write_all(&encoding_rs::GB18030.encode(part).0)?,
            }
        }
        self.out.write_all(b"\r\n")
    }

    /// Ends the file.
    ///
    /// # Errors
    /// What the file system says.
    pub fn finish(mut self) -> io::Result<()> {
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_have_two_places() {
        assert_eq!([0, 5, -5, 123_456, -99].map(yuan), ["0.00", "0.05", "-0.05", "1234.56", "-0.99"]);
    }
}
