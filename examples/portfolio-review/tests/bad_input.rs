//! Every kind of bad input: its code, its place, and that the rest of the book still comes out.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod fixture;

use std::{collections::BTreeSet, fs};

use fixture::{HEADER, MAP, ROW, file, folder, review_by, review_of, row, row_with, table};
use portfolio_review::{
    finding::{Code, Finding},
    mapping,
};

/// A row between two sound ones; gives line, column, code and path of the one rejected row.
fn rejected(test: &str, bad: &[u8]) -> (String, String, String, String) {
    let mut book = file(&[row(101)]);
    book.extend_from_slice(bad);
    book.extend_from_slice(format!("\n{}\n", row(102)).as_bytes());
    let review = review_of(test, &book).unwrap();
    assert_eq!((review.summary.rows_in, review.summary.rows), (3, 2), "{test}");
    let rows = table(test, "rejected.csv");
    assert_eq!(rows.len(), 1, "{test}");
    assert!(rows[0].iter().take(5).all(|text| !text.contains("planted")), "{test}");
    assert!(!rows[0][5].contains("planted") && rows[0][5].len() > 20, "{test}: {}", rows[0][5]);
    (rows[0][1].clone(), rows[0][2].clone(), rows[0][3].clone(), rows[0][4].clone())
}

#[test]
fn each_kind_of_bad_row_has_its_code_and_place() {
    let long = "planted".repeat(200);
    let endless = "planted;".repeat(20_000);
    let mut latin = ROW.replacen("C1", "C\u{0}", 1).into_bytes();
    latin.iter_mut().filter(|byte| **byte == 0).for_each(|byte| *byte = 0xe9);
    let cases: [(&str, Vec<u8>, &str, &str, &str); 30] = [
        ("impossible_day", row_with("start", "2025-02-30").into(), "start", "calendar.date.invalid", "/start"),
        ("year_zero", row_with("birth", "0000-01-01").into(), "birth", "calendar.date.invalid", "/birth"),
        ("other_form", row_with("end", "01/02/2026").into(), "end", "csv.date.form", "/end"),
        ("date_time", row_with("start", "2025-01-01 00:00").into(), "start", "csv.date.form", "/start"),
        ("no_date", row_with("inception", "NA").into(), "inception", "csv.value.missing", "/inception"),
        ("ends_before", row_with("end", "2025-01-01").into(), "end", "calendar.period.empty", "/end"),
        (
            "later",
            row_with("start", "2026-01-01").replace("2026-01-01;;", "2027-01-01;;").into(),
            "start",
            "portfolio.row.after_as_of",
            "/start",
        ),
        ("decimals", row_with("premium", "475.001").into(), "premium", "money.amount.precision", "/premium"),
        ("zeros", row_with("cost", "12.300").into(), "cost", "money.amount.precision", "/claims_cost"),
        ("comma", row_with("premium", "475,00").into(), "premium", "wire.decimal.invalid", "/premium"),
        ("words", row_with("premium", "planted").into(), "premium", "wire.decimal.invalid", "/premium"),
        ("nan", row_with("premium", "NaN").into(), "premium", "wire.decimal.invalid", "/premium"),
        ("exponent", row_with("premium", "1E+200000000").into(), "premium", "csv.amount.exponent", "/premium"),
        ("five_hundred", row_with("premium", "5E+2").into(), "premium", "csv.amount.exponent", "/premium"),
        ("spreadsheet", row_with("cost", "1.23E+05").into(), "cost", "csv.amount.exponent", "/claims_cost"),
        ("long", row_with("premium", &"9".repeat(60)).into(), "premium", "wire.decimal.range", "/premium"),
        ("huge", row_with("premium", "99999999999999999999.00").into(), "premium", "money.amount.range", "/premium"),
        ("no_premium", row_with("premium", "").into(), "premium", "csv.value.missing", "/premium"),
        ("no_count", row_with("claims", "1.0").into(), "claims", "csv.integer.invalid", "/claims"),
        ("negative", row_with("claims", "-1").into(), "claims", "portfolio.claims.range", "/claims"),
        ("unmapped", row_with("channel", "planted").into(), "channel", "csv.value.unmapped", "/channel"),
        ("no_id", row_with("policy", "").into(), "policy", "csv.value.missing", "/id"),
        ("long_id", row_with("policy", &long[..200]).into(), "policy", "portfolio.id.invalid", "/id"),
        ("long_code", row_with("risk", &long[..70]).into(), "risk", "portfolio.code.invalid", "/risk_type"),
        ("long_value", row_with("customer", &long).into(), "customer", "wire.text.too_long", "/customer"),
        ("long_row", endless.into(), "", "csv.row.too_long", ""),
        ("short_row", "planted;2".into(), "", "csv.row.columns", ""),
        ("latin", latin, "customer", "csv.text.encoding", "/customer"),
        ("open_quote", row_with("note", "\"planted").into(), "", "csv.quote.open", ""),
        ("stray_quote", row_with("note", "\"planted\" text").into(), "", "csv.quote.stray", ""),
    ];
    for (test, bad, column, code, path) in cases {
        let wanted = ("3".to_owned(), column.to_owned(), code.to_owned(), path.to_owned());
        assert_eq!(rejected(&format!("row_{test}"), &bad), wanted, "{test}");
    }
}

#[test]
fn a_second_row_with_an_id_is_rejected() {
    let copies = [row(1), row(1), row(2), row(2).replace("475.00", "475.01"), row(3)];
    let review = review_of("copies", &file(&copies)).unwrap();
    assert_eq!(review.summary.rows, 3);
    assert_eq!(review.summary.premium, "1425.00");
    let codes: Vec<String> =
        table("copies", "rejected.csv").into_iter().map(|row| format!("{} {}", row[1], row[3])).collect();
    assert_eq!(codes, ["3 portfolio.row.duplicate", "5 portfolio.row.conflict"]);
}

#[test]
fn every_fault_of_a_row_is_told_on_its_line() {
    let bad = row_with("premium", "x").replace("2025-01-01;2026", "2025-13-01;2026");
    review_of("many_faults", &file(&[row(5), bad])).unwrap();
    let rows = table("many_faults", "rejected.csv");
    assert_eq!(rows.len(), 1);
    assert_eq!((rows[0][2].as_str(), rows[0][3].as_str()), ("start", "calendar.date.invalid"));
    assert!(rows[0][5].contains("Also in premium:") && rows[0][5].contains("[wire.decimal.invalid]"), "{}", rows[0][5]);
}

#[test]
fn a_warned_row_counts_and_is_listed() {
    let review = review_of("warned", &file(&[row(5), row_with("licence", "2024-06-01")])).unwrap();
    assert_eq!(review.summary.rows, 2);
    assert_eq!(review.summary.warnings["portfolio.licence.after_start"], 1);
    let rows = table("warned", "warnings.csv");
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0][..5], ["book.csv", "3", "licence", "portfolio.licence.after_start", "/licensed_on"]);
}

/// The codes and sentences of a book that can't be read; nothing is written then.
fn stopped(test: &str, map: &str, book: &[u8]) -> Vec<Finding> {
    let stops = review_by(test, map, book).expect_err(test);
    let out = folder_of(test);
    assert!(!out.exists(), "{test}: something was written");
    stops.into_iter().map(|stop| stop.finding).collect()
}

fn folder_of(test: &str) -> std::path::PathBuf {
    std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(test).join("out")
}

fn sentence(finding: &Finding) -> String {
    format!("{:?}", finding)
}

#[test]
fn a_book_that_does_not_fit_its_map_is_refused_with_a_hint() {
    let good = String::from_utf8(file(&[row(1)])).unwrap();
    let commas = stopped("commas", MAP, good.replace(';', ",").as_bytes());
    assert_eq!(commas[0].code(), "book.header.other");
    assert!(sentence(&commas[0]).contains("separator = \",\""), "{commas:?}");

    let missing = stopped("missing", MAP, good.replacen("premium", "prem", 1).replacen("claims", "n", 1).as_bytes());
    assert_eq!(missing[0].code(), "book.column.missing");
    assert!(sentence(&missing[0]).contains("lacks: premium, claims"), "{missing:?}");

    let twice = stopped("twice", MAP, good.replacen("note", "premium", 1).as_bytes());
    assert_eq!(twice[0].code(), "book.column.twice");

    let utf16: Vec<u8> = [0xff, 0xfe].into_iter().chain(good.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    assert_eq!(stopped("utf16", MAP, &utf16)[0].code(), "book.encoding.utf16");

    for (test, book) in [("nothing", ""), ("blank", "\n\n  \n"), ("header_only", HEADER)] {
        assert_eq!(stopped(test, MAP, book.as_bytes())[0].code(), "book.empty", "{test}");
    }
}

#[test]
fn a_file_in_another_encoding_is_refused_with_a_hint() {
    let map = MAP.replace("id = \"policy\"", "id = \"保单号\"");
    let gb18030 = map.replace("separator = \";\"", "separator = \";\"\nencoding = \"gb18030\"");
    let utf8 = String::from_utf8(file(&[row(1)])).unwrap().replacen("policy;", "保单号;", 1);
    let encoded = encoding_rs::GB18030.encode(&utf8).0.into_owned();
    for (test, map, book, hint) in [
        ("gb_as_utf8", &map, encoded, "encoding = \"gb18030\""),
        ("utf8_as_gb", &gb18030, utf8.into_bytes(), "encoding = \"utf-8\""),
    ] {
        let found = stopped(test, map, &book);
        assert_eq!(found[0].code(), "book.header.other", "{test}");
        assert!(sentence(&found[0]).contains(hint), "{found:?}");
    }
}

#[test]
fn a_header_of_another_file_is_not_shown() {
    // The first row of a file without a header is a person's.
    let found = stopped("no_header", MAP, b"planted;13800000000\n1;2\n");
    assert_eq!(found[0].code(), "book.column.missing");
    assert!(!sentence(&found[0]).contains("planted"), "{found:?}");
}

#[test]
fn a_mapping_file_tells_every_fault_at_once_with_its_line_and_key() {
    let map = r#"format = 2
nmae = "typo"

[source]
files = ["../book.csv"]
encoding = "big5"
separator = ";;"
decimal_mark = ","
thousands_mark = ","
date_format = "YY-MM-DD"
empty = [1]

[constants]
currency = "RMB"
channel = "agent"

[fields]
id = { columns = [], join = "/" }
customer = 7
inception = { column = "a", values = { "x" = "y" } }
start = { column = "b", date_format = "?" }
end = { column = "c", last_day = "yes" }
channel = "d"
coverages = { column = "e", split = "" }
premium = { colum = "f" }
claims_cost = ""
extra = "g"

[claim_ties]
file = "/claims.csv"
customer = "ID"
"#;
    let faults = mapping::read(map).unwrap_err();
    let told: Vec<String> =
        faults.iter().map(|fault| format!("{} {} {}", fault.line.unwrap(), fault.code(), fault.path)).collect();
    assert_eq!(
        told,
        [
            "1 map.value /format",
            "2 map.key.unknown /nmae",
            "5 map.value /source/files",
            "6 map.value /source/encoding",
            "7 map.value /source/separator",
            "9 map.value /source/thousands_mark",
            "10 map.value /source/date_format",
            "11 map.key.type /source/empty/0",
            "14 map.value /constants/currency",
            "17 map.key.missing /fields/risk_type",
            "17 map.key.missing /fields/claims",
            "18 map.value /fields/id/columns",
            "19 map.key.type /fields/customer",
            "20 map.option.unfit /fields/inception/values",
            "21 map.value /fields/start/date_format",
            "22 map.key.type /fields/end/last_day",
            "23 map.field.twice /fields/channel",
            "24 map.value /fields/coverages/split",
            "25 map.key.missing /fields/premium/column",
            "25 map.option.unfit /fields/premium/colum",
            "26 map.value /fields/claims_cost",
            "27 map.key.unknown /fields/extra",
            "29 map.key.missing /claim_ties/total",
            "29 map.key.missing /claim_ties/part",
            "30 map.value /claim_ties/file",
        ]
    );
}

#[test]
fn a_mapping_file_that_is_no_toml_tells_every_place() {
    let faults = mapping::read("format = \n[source\nfiles = [\"a\"\n").unwrap_err();
    assert!(faults.len() > 1, "{faults:?}");
    assert!(faults.iter().all(|fault| fault.code() == "map.syntax" && fault.line.is_some()), "{faults:?}");
    assert_eq!(mapping::read("").unwrap_err().len(), 4);
}

#[test]
fn results_never_replace_a_file_of_the_book() {
    let folder = folder("clash");
    fs::write(folder.join("rejected.csv"), file(&[row(1)])).unwrap();
    let map = mapping::read(&MAP.replace("book.csv", "rejected.csv")).unwrap();
    let as_of = crm_core::calendar::Date::parse("2025-12-31").unwrap();
    let request = portfolio_review::review::Request {
        book: folder.clone(),
        as_of,
        out: folder.clone(),
        lang: crm_core::refusal::Lang::En,
    };
    let stops = portfolio_review::review::review(&request, &map, &mut fixture::Quiet).unwrap_err();
    assert_eq!(stops[0].finding.code(), "book.output");
    assert_eq!(fs::read(folder.join("rejected.csv")).unwrap(), file(&[row(1)]));
}

#[test]
fn every_code_of_the_catalogue_is_produced_by_a_test() {
    let sources = [
        include_str!("bad_input.rs"),
        include_str!("command_line.rs"),
        include_str!("customer_book.rs"),
        include_str!("../src/args.rs"),
    ];
    let untested: BTreeSet<&str> = Code::ALL
        .iter()
        .map(|code| code.as_str())
        .filter(|code| {
            let told = [format!("{code}\""), format!("{code}]"), format!(" {code} ")];
            !sources.iter().any(|source| told.iter().any(|told| source.contains(told)))
        })
        .collect();
    assert!(untested.is_empty(), "{untested:?}");
}
