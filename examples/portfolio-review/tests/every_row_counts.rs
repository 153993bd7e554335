//! Law: rows in = rows used + rows rejected, whatever happens to a file.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod fixture;

use fixture::{file, review_of, row, table};
use proptest::{prelude::*, test_runner::TestRunner};

/// What happens to a file.
#[derive(Debug, Clone)]
enum Change {
    Delete(usize, usize),
    Insert(usize, Vec<u8>),
    Repeat(usize, usize),
}

fn some_change() -> impl Strategy<Value = Change> {
    let piece = prop::sample::select(vec![
        b";".to_vec(),
        b"\n".to_vec(),
        b"\r\n".to_vec(),
        b"\"".to_vec(),
        b"\"\"".to_vec(),
        b"x".to_vec(),
        b"-".to_vec(),
        b"\xff".to_vec(),
        b"\0".to_vec(),
        "张".as_bytes().to_vec(),
        vec![b'9'; 70_000],
    ]);
    prop_oneof![
        (any::<usize>(), 1..80_usize).prop_map(|(at, length)| Change::Delete(at, length)),
        (any::<usize>(), piece).prop_map(|(at, piece)| Change::Insert(at, piece)),
        (any::<usize>(), 1..300_usize).prop_map(|(at, length)| Change::Repeat(at, length)),
    ]
}

/// A small book whose rows (not its header) went through some changes.
fn some_book() -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(some_change(), 0..12).prop_map(|changes| {
        let whole = file(&(1..20).map(row).collect::<Vec<_>>());
        let start = whole.iter().position(|byte| *byte == b'\n').unwrap() + 1;
        let mut rows = whole[start..].to_vec();
        for change in changes {
            let at = |place: usize, rows: &Vec<u8>| place % (rows.len() + 1);
            match change {
                Change::Delete(place, length) => {
                    let from = at(place, &rows);
                    let to = (from + length).min(rows.len());
                    rows.drain(from..to);
                }
                Change::Insert(place, piece) => {
                    let from = at(place, &rows);
                    rows.splice(from..from, piece);
                }
                Change::Repeat(place, length) => {
                    let from = at(place, &rows);
                    let to = (from + length).min(rows.len());
                    let piece = rows[from..to].to_vec();
                    rows.splice(from..from, piece);
                }
            }
        }
        [&whole[..start], &rows].concat()
    })
}

/// Rows in, rows used, rows rejected.
type Count = (usize, usize, usize);

fn by_the_program(test: &str, book: &[u8]) -> Option<Count> {
    let review = review_of(test, book).ok()?;
    let number = |count: i64| usize::try_from(count).unwrap();
    let listed = table(test, "rejected.csv").len();
    assert_eq!(
        review.summary.rejected.values().sum::<i64>(),
        i64::try_from(listed).unwrap(),
        "each row is listed once"
    );
    Some((number(review.summary.rows_in), number(review.summary.rows), listed))
}

/// Lines that can be rows, counted without the program's reader.
fn lines(book: &[u8]) -> usize {
    let is_row = |line: &&[u8]| line.iter().any(|byte| !matches!(byte, b' ' | b'\t' | b'\r'));
    book.split(|byte| *byte == b'\n').skip(1).filter(is_row).count()
}

fn holds(book: &[u8], count: Option<Count>) -> bool {
    match count {
        // A book without any row is refused.
        None => lines(book) == 0,
        Some((rows_in, used, rejected)) => {
            let physical = lines(book);
            let fits = if book.contains(&b'"') { rows_in <= physical } else { rows_in == physical };
            fits && rows_in > 0 && rows_in == used + rejected
        }
    }
}

#[test]
fn every_row_is_used_or_rejected() {
    let mut runner =
        TestRunner::new(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() });
    runner
        .run(&some_book(), |book| {
            prop_assert!(holds(&book, by_the_program("law_rows", &book)));
            Ok(())
        })
        .unwrap();
}

#[test]
fn a_mutant_that_skips_short_rows_is_caught() {
    // As a reader does that is set to be flexible: a row without all columns is no row.
    let mutant = |book: &[u8]| {
        let (rows_in, used, rejected) = by_the_program("law_mutant", book)?;
        let short = table("law_mutant", "rejected.csv").iter().filter(|row| row[3] == "csv.row.columns").count();
        Some((rows_in - short, used, rejected - short))
    };
    let mut runner =
        TestRunner::new(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() });
    let caught = runner.run(&some_book(), |book| {
        prop_assert!(holds(&book, mutant(&book)));
        Ok(())
    });
    assert!(caught.is_err());
}
