//! The program as its users start it: exit codes, what it says in both languages, what it writes.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod fixture;

use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

use fixture::{MAP, file, folder, row, row_with};
use portfolio_review::output::Summary;

fn start(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_portfolio-review")).args(arguments).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// A directory with a book and its map.
fn book(test: &str, map: &str, rows: &[String]) -> std::path::PathBuf {
    let folder = folder(test);
    fs::write(folder.join("map.toml"), map).unwrap();
    fs::write(folder.join("book.csv"), file(rows)).unwrap();
    folder
}

fn review(folder: &Path, more: &[&str]) -> Output {
    let (map, out) = (folder.join("map.toml"), folder.join("out"));
    let mut arguments = vec!["--book", folder.to_str().unwrap(), "--map", map.to_str().unwrap()];
    arguments.extend(["--as-of", "2025-12-31", "--out", out.to_str().unwrap()]);
    arguments.extend(more);
    start(&arguments)
}

#[test]
fn a_review_with_rejected_rows_is_done() {
    let folder = book("cli_good", MAP, &[row(1), row(2), row_with("premium", "planted")]);
    let output = review(&folder, &[]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    // Standard error is no terminal here: no bar, nothing at all.
    assert_eq!(text(&output.stderr), "");
    let shown = text(&output.stdout);
    assert!(shown.contains("3 read = 2 used + 1 rejected"), "{shown}");
    assert!(!shown.contains("planted"), "{shown}");
    let summary: Summary = serde_json::from_slice(&fs::read(folder.join("out/summary.json")).unwrap()).unwrap();
    assert_eq!((summary.rows, summary.premium.as_str(), summary.loss_ratio.as_deref()), (2, "950.00", Some("2.5895")));
    assert_eq!(summary.by_channel["agent"].claims_cost, "24.60");
    assert!(summary.claim_ties.is_none() && !folder.join("out/claim_ties.csv").exists());
}

#[test]
fn it_speaks_chinese() {
    let folder = book("cli_zh", MAP, &[row(1), row_with("start", "2025-02-30")]);
    let output = review(&folder, &["--lang", "zh"]);
    let shown = text(&output.stdout);
    assert!(shown.contains("读入 2 = 计入 1 + 拒绝 1"), "{shown}");
    let rejected = fs::read_to_string(folder.join("out/rejected.csv")).unwrap();
    assert!(rejected.starts_with("\u{feff}file,line,column,code,path,sentence\n"));
    assert!(rejected.contains("book.csv,3,start,calendar.date.invalid,/start,日历中没有这一天"), "{rejected}");
    // In English there is no mark at the start.
    review(&folder, &["--lang", "en"]);
    assert!(fs::read_to_string(folder.join("out/rejected.csv")).unwrap().starts_with("file,"));
}

#[test]
fn wrong_options_and_maps_end_with_two() {
    let output = start(&["--book", "x"]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(text(&output.stderr).matches("usage.option.missing").count(), 3);
    assert!(text(&output.stderr).contains("--help"));

    let folder = book("cli_map", &MAP.replace("premium = \"premium\"", "premum = \"premium\""), &[row(1)]);
    let output = review(&folder, &["--lang", "zh"]);
    assert_eq!(output.status.code(), Some(2));
    let shown = text(&output.stderr);
    assert!(shown.contains("map.toml: 第 13 行 /fields/premium [map.key.missing] 缺少此键"), "{shown}");
    assert!(shown.contains("/fields/premum [map.key.unknown] 没有这个键"), "{shown}");
    assert!(!folder.join("out").exists());

    for (bytes, reason) in [(vec![b' '; (1 << 20) + 1], "it is too large"), (vec![0xff], "it is not text in UTF-8")] {
        fs::write(folder.join("map.toml"), bytes).unwrap();
        let output = review(&folder, &[]);
        assert_eq!(output.status.code(), Some(2));
        assert!(text(&output.stderr).contains(reason), "{}", text(&output.stderr));
    }

    fs::remove_file(folder.join("map.toml")).unwrap();
    let output = review(&folder, &[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("[map.unreadable] The mapping file can't be read (not found)"));
}

#[test]
fn an_unreadable_book_ends_with_one() {
    let folder = book("cli_book", MAP, &[row(1)]);
    fs::remove_file(folder.join("book.csv")).unwrap();
    let output = review(&folder, &[]);
    assert_eq!(output.status.code(), Some(1));
    let shown = text(&output.stderr);
    assert!(shown.contains("book.csv: [book.file.unreadable] The file can't be read (not found)"), "{shown}");
    assert!(!folder.join("out").exists());

    fs::create_dir(folder.join("book.csv")).unwrap();
    let output = review(&folder, &["--lang", "zh"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("无法读取该文件（这是一个目录）"));
}

#[test]
fn results_that_cannot_be_written_end_with_one() {
    let folder = book("cli_out", MAP, &[row(1)]);
    fs::write(folder.join("out"), "a file stands where the directory should be").unwrap();
    let output = review(&folder, &[]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("[book.output]"), "{}", text(&output.stderr));
}

#[test]
fn a_stopped_review_leaves_the_earlier_results_alone() {
    let folder = book("cli_half", MAP, &[row(1)]);
    assert_eq!(review(&folder, &[]).status.code(), Some(0));
    let before = fs::read(folder.join("out/summary.json")).unwrap();
    // The header is good and all rows are gone: the review stops after it has begun to write.
    fs::write(folder.join("book.csv"), fixture::HEADER).unwrap();
    assert_eq!(review(&folder, &[]).status.code(), Some(1));
    assert_eq!(fs::read(folder.join("out/summary.json")).unwrap(), before);
    let mut names: Vec<String> = fs::read_dir(folder.join("out"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(names, ["book.sqlite", "rejected.csv", "report.html", "summary.json", "warnings.csv"]);
}

#[test]
fn a_book_of_which_no_row_can_be_used_says_so() {
    let folder = book("cli_none", MAP, &[row_with("channel", "Z")]);
    let output = review(&folder, &[]);
    assert_eq!(output.status.code(), Some(0));
    let shown = text(&output.stdout);
    assert!(
        shown.contains("No row could be used") && shown.contains("none: there is no premium to divide by"),
        "{shown}"
    );
    let summary = fs::read_to_string(folder.join("out/summary.json")).unwrap();
    assert!(
        summary.contains("\"loss_ratio\": null") && summary.contains("\"loss_ratio_absent\": \"no_premium\""),
        "{summary}"
    );
}

#[test]
fn help_is_in_both_languages() {
    let output = start(&["--help"]);
    assert_eq!(output.status.code(), Some(0));
    let shown = text(&output.stdout);
    assert!(shown.contains("--as-of DAY") && shown.contains("统计日期"), "{shown}");
}
