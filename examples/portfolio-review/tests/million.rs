//! A million bad rows: counted, listed, and held in bounded memory.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod fixture;

use std::{
    fs::{self, File},
    io::{BufRead as _, BufReader, BufWriter, Write as _},
    time::{Duration, Instant},
};

use crm_core::{calendar::Date, refusal::Lang};
use fixture::{HEADER, MAP, Quiet, folder, row};
use portfolio_review::{
    mapping,
    review::{Request, review},
};

const ROWS: i64 = 1_000_000;

/// Largest memory of this process so far, in KiB, where the system says it.
fn peak_memory() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

#[test]
fn a_million_bad_rows_are_rejected_in_bounded_memory() {
    let folder = folder("million");
    let mut to = BufWriter::new(File::create(folder.join("book.csv")).unwrap());
    writeln!(to, "{HEADER}").unwrap();
    for number in 0..ROWS {
        writeln!(to, "{number};x").unwrap();
    }
    writeln!(to, "{}", row(1)).unwrap();
    to.flush().unwrap();
    drop(to);
    let before = peak_memory();
    let started = Instant::now();
    let request = Request {
        book: folder.clone(),
        as_of: Date::parse("2025-12-31").unwrap(),
        out: folder.join("out"),
        lang: Lang::En,
    };
    let review = review(&request, &mapping::read(MAP).unwrap(), &mut Quiet).unwrap();
    let taken = started.elapsed();
    assert_eq!((review.summary.rows_in, review.summary.rows), (ROWS + 1, 1));
    assert_eq!(review.summary.rejected["csv.row.columns"], ROWS);
    let listed = BufReader::new(File::open(folder.join("out/rejected.csv")).unwrap()).lines().count();
    assert_eq!(i64::try_from(listed).unwrap(), ROWS + 1);
    if let (Some(before), Some(after)) = (before, peak_memory()) {
        assert!(after - before < 32 * 1024, "{} KiB more", after - before);
    }
    println!("{ROWS} bad rows in {taken:?}");
    assert!(taken < Duration::from_secs(120), "{taken:?}");
    fs::remove_dir_all(folder).unwrap();
}
