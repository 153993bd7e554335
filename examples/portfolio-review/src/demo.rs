//! The demo: a generated book, its review, and whether what was planted came out.

use std::{
    collections::BTreeMap,
    fs,
    io::{self, Write as _},
    path::Path,
};

use crate::{
    args::Generate,
    generate::{BookFiles, CLAIMS, MAP, POLICIES, Truth, generate, map_text},
    output::{Group, Staged, Summary},
};

/// Directory of the book inside the demo's.
pub const BOOK: &str = "book";
/// What must come out.
const TRUTH: &str = "truth.json";

/// Generates a book into a directory: its files, its mapping file and its truth.
///
/// # Errors
/// What the file system says.
pub fn write_book(directory: &Path, asked: &Generate) -> io::Result<BookFiles> {
    let files = generate(asked.seed, asked.customers, asked.encoding);
    let mut staged = Staged::new(directory)?;
    let map = map_text(asked.encoding);
    let mut truth = serde_json::to_vec_pretty(&files.truth)?;
    truth.push(b'\n');
    let contents = [
        (POLICIES, files.policies.as_slice()),
        (CLAIMS, files.claims.as_slice()),
        (MAP, map.as_bytes()),
        (TRUTH, truth.as_slice()),
    ];
    for (name, bytes) in contents {
        let mut to = staged.create(name)?;
        to.write_all(bytes)?;
        to.flush()?;
    }
    staged.commit(&[])?;
    Ok(files)
}

/// What differs between the truth and a summary, in words for the developer; empty when everything came out.
#[must_use]
pub fn differences(truth: &Truth, summary: &Summary) -> Vec<String> {
    let mut out = Vec::new();
    let mut compare = |name: &str, wanted: String, found: String| {
        if wanted != found {
            out.push(format!("{name}: {wanted} planted, {found} found"));
        }
    };
    for (name, wanted, found) in [
        ("rows_in", truth.rows_in, summary.rows_in),
        ("rows", truth.rows, summary.rows),
        ("customers", truth.customers, summary.customers),
        ("claims", truth.claims, summary.claims),
    ] {
        compare(name, wanted.to_string(), found.to_string());
    }
    compare("premium", yuan(truth.premium), summary.premium.clone());
    compare("claims_cost", yuan(truth.claims_cost), summary.claims_cost.clone());
    let groups = |groups: &BTreeMap<String, Group>| {
        groups
            .iter()
            .map(|(code, group)| format!("{code} {} {}", group.rows, group.premium))
            .collect::<Vec<_>>()
            .join("; ")
    };
    let planted = |groups: &BTreeMap<String, (i64, i64)>| {
        groups
            .iter()
            .map(|(code, (rows, premium))| format!("{code} {rows} {}", yuan(*premium)))
            .collect::<Vec<_>>()
            .join("; ")
    };
    compare("by_risk_type", planted(&truth.by_risk_type), groups(&summary.by_risk_type));
    compare("by_channel", planted(&truth.by_channel), groups(&summary.by_channel));
    let renewals: BTreeMap<&String, (i64, i64)> =
        summary.renewals.iter().map(|(year, count)| (year, (count.due, count.renewed))).collect();
    compare("renewals", format!("{:?}", truth.renewals), format!("{renewals:?}"));
    let warnings =
        ["portfolio.start.after_last_renewal", "portfolio.licence.after_start", "portfolio.lapse.before_last_renewal"]
            .map(|code| summary.warnings.get(code).copied().unwrap_or_default());
    compare("warnings", format!("{:?}", truth.warnings), format!("{warnings:?}"));
    let ties =
        summary.claim_ties.as_ref().map(|ties| (ties.groups, ties.off_by_one_cent.up, ties.off_by_one_cent.down));
    compare("claim_ties", format!("{:?}", Some(truth.claim_groups)), format!("{ties:?}"));
    let mut rejected: BTreeMap<String, i64> = BTreeMap::new();
    for row in &truth.planted {
        *rejected.entry(row.code.clone()).or_default() += 1;
    }
    compare("rejected", format!("{rejected:?}"), format!("{:?}", summary.rejected));
    out
}

/// Reads the truth beside a generated book.
///
/// # Errors
/// What the file system says, or that the file is not a truth.
pub fn read_truth(directory: &Path) -> io::Result<Truth> {
    Ok(serde_json::from_slice(&fs::read(directory.join(TRUTH))?)?)
}

fn yuan(fen: i64) -> String {
    let sign = if fen < 0 { "-" } else { "" };
    format!("{sign}{}.{:02}", fen.unsigned_abs() / 100, fen.unsigned_abs() % 100)
}
