//! A naive reader of generated books that shares nothing with what wrote them but the names of the files.
#![allow(dead_code, reason = "each test uses its part")]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use book_generator::{Encoding, Plan, generate};
use serde::Deserialize;

/// Every file with rows.
pub const FILES: [&str; 10] = [
    "customers.csv",
    "vehicles.csv",
    "policies.csv",
    "endorsements.csv",
    "receipts.csv",
    "claims.csv",
    "costs.csv",
    "complaints.csv",
    "agents.csv",
    "branches.csv",
];

/// A directory that goes with its test.
pub struct Directory(pub PathBuf);

impl Directory {
    pub fn new(name: &str) -> Self {
        Self(std::env::temp_dir().join(format!("book-generator-{name}-{}", std::process::id())))
    }
}

impl Drop for Directory {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

pub fn plan(customers: u64, seed: u64) -> Plan {
    Plan { customers, seed, from: 2021, years: 5, encoding: Encoding::Utf8, clean: false }
}

/// One entry of the truth.
#[derive(Debug, Clone, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case", deny_unknown_fields)]
pub enum Planted {
    Row { file: String, line: usize, id: String, kind: String, column: String, effect: String, code: Option<String> },
    Story { kind: String, customers: Vec<String>, policies: Vec<String>, claims: Vec<String>, cents: Option<i64> },
}

/// The truth as it stands in its file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Truth {
    pub format: i64,
    pub seed: u64,
    pub customers: u64,
    pub first_day: String,
    pub as_of: String,
    pub encoding: String,
    pub planted: Vec<Planted>,
    pub totals: serde_json::Value,
}

/// A row: column → text.
pub type Row = BTreeMap<&'static str, String>;

/// A book that was read.
pub struct Read {
    pub truth: Truth,
    /// Every line of every file; the header is line 0.
    pub lines: BTreeMap<&'static str, Vec<String>>,
    /// Rows that count.
    pub rows: BTreeMap<&'static str, Vec<Row>>,
}

/// Generates a book and reads it, each contradiction left out.
pub fn book(name: &str, plan: &Plan) -> Read {
    read(name, plan, &["rejected", "contradiction"])
}

/// Generates a book and reads it, rows of these effects left out.
pub fn read(name: &str, plan: &Plan, left_out: &[&str]) -> Read {
    let directory = Directory::new(name);
    generate(plan, &directory.0, |_| {}).unwrap();
    read_directory(&directory.0, plan.encoding, left_out)
}

fn read_directory(directory: &Path, encoding: Encoding, left_out: &[&str]) -> Read {
    let truth: Truth = serde_json::from_slice(&fs::read(directory.join("truth.json")).unwrap()).unwrap();
    let mut lines = BTreeMap::new();
    let mut rows: BTreeMap<&'static str, Vec<Row>> = BTreeMap::new();
    for file in FILES {
        let bytes = fs::read(directory.join(file)).unwrap();
        let text: Vec<String> = bytes
            .split(|byte| *byte == b'\n')
            .map(|line| line.strip_suffix(b"\r").unwrap_or(line))
            .map(|line| match encoding {
                Encoding::Utf8 => String::from_utf8_lossy(line).into_owned(),
                Encoding::Gb18030 => encoding_rs::GB18030.decode(line).0.into_owned(),
            })
            .collect();
        assert_eq!(text.last().map(String::as_str), Some(""), "{file} ends with a line break");
        let text = text[..text.len() - 1].to_vec();
        let names: Vec<&'static str> = columns_of(file).to_vec();
        assert_eq!(text[0], names.join(","));
        let skipped: BTreeSet<usize> = truth
            .planted
            .iter()
            .filter_map(|planted| match planted {
                Planted::Row { file: own, line, effect, .. } if own == file && left_out.contains(&effect.as_str()) => {
                    Some(*line)
                }
                _ => None,
            })
            .collect();
        for (number, line) in text.iter().enumerate().skip(1) {
            if !skipped.contains(&(number + 1)) {
                let values: Vec<String> = line.split(',').map(str::to_owned).collect();
                assert_eq!(values.len(), names.len(), "{file} line {}", number + 1);
                rows.entry(file).or_default().push(names.iter().copied().zip(values).collect());
            }
        }
        lines.insert(file, text);
    }
    Read { truth, lines, rows }
}

/// The columns that were agreed, written down here once more.
pub fn columns_of(file: &str) -> &'static [&'static str] {
    match file {
        "customers.csv" => &[
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
        "vehicles.csv" => {
            &["id", "customer", "plate", "vin", "engine", "make_model", "first_registered", "owner_from", "owner_until"]
        }
        "policies.csv" => &[
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
        "endorsements.csv" => &["id", "policy", "code", "effective", "booked", "premium_change"],
        "receipts.csv" => &["id", "policy", "received_on", "amount"],
        "claims.csv" => &["id", "policy", "occurred", "reported", "opened", "closed", "paid", "reserve", "fraud"],
        "costs.csv" => &["id", "customer", "on", "kind", "amount"],
        "complaints.csv" => &["id", "customer", "on", "kind", "resolved_on"],
        "agents.csv" => &["code", "name", "kind", "branch", "superior", "since", "until"],
        "branches.csv" => &["code", "name", "level", "parent", "province", "city"],
        _ => &[],
    }
}

impl Read {
    pub fn of(&self, file: &'static str) -> &[Row] {
        self.rows.get(file).map_or(&[], Vec::as_slice)
    }

    /// Rows of a file by a column.
    pub fn by(&self, file: &'static str, column: &str) -> BTreeMap<&str, Vec<&Row>> {
        let mut out: BTreeMap<&str, Vec<&Row>> = BTreeMap::new();
        for row in self.of(file) {
            out.entry(row[column].as_str()).or_default().push(row);
        }
        out
    }
}

/// Cents of an amount with two places.
pub fn cents(text: &str) -> i64 {
    let (yuan, rest) = text.split_once('.').unwrap();
    assert_eq!(rest.len(), 2, "{text}");
    format!("{yuan}{rest}").parse().unwrap()
}
