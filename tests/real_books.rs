//! Real books: published and computed figures of a real portfolio must come out exactly.
//!
//! The data is not part of the repository. It is looked for beside it, in `../shared/data`, or where `CRM_SHARED` points.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::{
    collections::BTreeMap,
    env,
    fs::{self, File},
    io::{self, BufReader, Write as _},
    path::{Path, PathBuf},
};

use crm_core::{
    calendar::Date,
    money::Currency,
    portfolio::{Book, BookParameters, BookSummary, Figure, PolicyTerm, Warning},
    refusal::{Code, Lang},
};
use portfolio_review::{
    csv::Rows,
    mapping::{self, Mapping},
    output::Summary,
    record::Layout,
    review::{Progress, Request, review},
};

struct Quiet;

impl Progress for Quiet {
    fn start(&mut self, _bytes: u64) {}
    fn tell(&mut self, _bytes: u64, _rows: i64, _rejected: i64) {}
    fn finish(&mut self) {}
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

/// The Spanish motor book; `None`, said aloud, where it is not there.
fn es_motor() -> Option<PathBuf> {
    let shared = env::var_os("CRM_SHARED").map_or_else(|| root().join("../shared"), PathBuf::from);
    let book = shared.join("data/es-motor");
    if book.join("Motor_vehicle_insurance_data.csv").is_file() {
        return Some(book);
    }
    // Not `eprintln!`, which is swallowed when a test passes.
    let told =
        "skipped: the real book es-motor is not here (set CRM_SHARED to the directory that holds data/es-motor)\n";
    io::stderr().write_all(told.as_bytes()).unwrap();
    None
}

fn es_map() -> Mapping {
    let text = fs::read_to_string(root().join("examples/portfolio-review/maps/es-motor.toml")).unwrap();
    mapping::read(&text).unwrap()
}

fn as_of() -> Date {
    Date::parse("2018-12-31").unwrap()
}

#[test]
fn es_motor_gives_its_figures() {
    let Some(book) = es_motor() else { return };
    let out = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("es-motor");
    let request = Request { book, as_of: as_of(), out: out.clone(), lang: Lang::En };
    review(&request, &es_map(), &mut Quiet).unwrap();
    // What was written, not what was in memory.
    let summary: Summary = serde_json::from_slice(&fs::read(out.join("summary.json")).unwrap()).unwrap();

    assert_eq!((summary.rows_in, summary.rows, summary.customers), (105_555, 105_555, 53_502));
    assert_eq!(summary.rejected, BTreeMap::new());
    assert_eq!((summary.premium.as_str(), summary.claims_cost.as_str()), ("33344038.88", "16208741.37"));
    assert_eq!((summary.loss_ratio.as_deref(), summary.claims), (Some("48.6106"), 41_662));
    let rows = |code: &str| summary.by_risk_type[code].rows;
    let by_risk_type = [rows("motorbike"), rows("van"), rows("passenger_car"), rows("agricultural_vehicle")];
    assert_eq!((by_risk_type, summary.by_risk_type.len()), ([8_502, 13_212, 82_990, 851], 4));
    let channel = |code: &str| {
        let group = &summary.by_channel[code];
        (group.premium.clone(), group.loss_ratio.clone().unwrap())
    };
    assert_eq!(channel("agent"), ("17618477.68".to_owned(), "44.3004".to_owned()));
    assert_eq!(channel("broker"), ("15725561.20".to_owned(), "53.4396".to_owned()));
    let renewals: Vec<(&str, i64, i64, &str)> = summary
        .renewals
        .iter()
        .map(|(year, count)| (year.as_str(), count.renewed, count.due, count.rate.as_deref().unwrap()))
        .collect();
    assert_eq!(
        renewals,
        [("2015", 3_333, 4_559, "73.1081"), ("2016", 24_248, 31_428, "77.1541"), ("2017", 24_472, 33_753, "72.5032")]
    );
    let warnings =
        ["portfolio.start.after_last_renewal", "portfolio.licence.after_start", "portfolio.lapse.before_last_renewal"];
    assert_eq!(warnings.map(|code| summary.warnings[code]), [68, 226, 404]);
    let ties = summary.claim_ties.unwrap();
    assert_eq!((ties.groups, ties.found, ties.exact, ties.other), (5_255, 5_255, 5_229, 0));
    assert_eq!((ties.off_by_one_cent.up, ties.off_by_one_cent.down), (14, 12));
    // Reported, not hidden: one line each, below the header.
    assert_eq!(fs::read_to_string(out.join("claim_ties.csv")).unwrap().lines().count(), 1 + 26);
    assert_eq!(fs::read_to_string(out.join("warnings.csv")).unwrap().lines().count(), 1 + 68 + 226 + 404);
}

/// The book's policy years.
fn terms(book: &Path) -> Vec<PolicyTerm> {
    let mapping = es_map();
    let from = BufReader::new(File::open(book.join(&mapping.files[0])).unwrap());
    let mut rows = Rows::new(from, mapping.written.separator, mapping.written.encoding);
    let header = rows.next_row().unwrap().unwrap().unwrap().clone();
    let layout = Layout::new(&mapping, &header).unwrap();
    let mut terms = Vec::new();
    while let Some(row) = rows.next_row().unwrap() {
        terms.push(layout.read(row.unwrap()).unwrap());
    }
    terms
}

fn parameters() -> BookParameters {
    BookParameters::new(as_of(), Currency::EUR)
}

fn book_of<'t>(terms: impl IntoIterator<Item = &'t PolicyTerm>) -> Book {
    let mut book = Book::new(parameters());
    for term in terms {
        book.add(term.clone()).unwrap();
    }
    book
}

#[test]
fn es_motor_is_the_sum_of_its_parts() {
    let Some(folder) = es_motor() else { return };
    let terms = terms(&folder);
    let whole = book_of(&terms);
    let summary = whole.summary().unwrap();

    // Law 7: seven parts by row number, so that the years of a customer are torn apart, merged backwards.
    let mut merged = Book::new(parameters());
    for part in (0..7).rev() {
        merged.merge(book_of(terms.iter().skip(part).step_by(7))).unwrap();
    }
    assert_eq!(merged.summary().unwrap(), summary);

    // Law 6: the whole book once more changes nothing but the count of duplicates.
    merged.merge(whole.clone()).unwrap();
    let BookSummary { rows_in, left_out, .. } = merged.summary().unwrap();
    assert_eq!((rows_in, left_out[Code::PortfolioRowDuplicate.as_str()]), (211_110, 105_555));
    assert_eq!(BookSummary { rows_in: 105_555, left_out: BTreeMap::new(), ..merged.summary().unwrap() }, summary);

    // A figure opens to its rows.
    let warned = whole.rows_behind(&Figure::Warned { warning: Warning::LicenceAfterStart });
    assert_eq!(warned.len(), 226);
    assert_eq!(whole.rows_behind(&Figure::NotRenewed { year: 2016 }).len(), 31_428 - 24_248);
    let broker = whole.rows_behind(&Figure::Channel { code: "broker".to_owned() });
    assert_eq!(broker.iter().map(|term| term.premium.minor()).sum::<i64>(), 1_572_556_120);
}
