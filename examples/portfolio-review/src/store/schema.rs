//! The tables of the database.
//!
//! Amounts are whole minor units (分), days are texts `YYYY-MM-DD`, flags are `true` or `false`, ratios are texts as the
//! core gives them. A table of the book has the fields of its mapping, with the file and line of each row.

use crate::mapping::{Kind, TableName};

/// The version of the database's form, kept as `user_version`.
pub const FORMAT: i32 = 2;

/// Everything but the tables of the book.
pub const RESULTS: &str = "
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE file (table_name TEXT NOT NULL, file TEXT NOT NULL, bytes INTEGER NOT NULL, rows_in INTEGER NOT NULL,
    used INTEGER NOT NULL, noticed INTEGER NOT NULL, rejected INTEGER NOT NULL);
CREATE TABLE rejected (table_name TEXT NOT NULL, file TEXT NOT NULL, line INTEGER NOT NULL, id TEXT NOT NULL,
    code TEXT NOT NULL, column_name TEXT NOT NULL, path TEXT NOT NULL, text_en TEXT NOT NULL, text_zh TEXT NOT NULL,
    faults INTEGER NOT NULL);
CREATE TABLE notice (table_name TEXT NOT NULL, file TEXT NOT NULL, line INTEGER NOT NULL, id TEXT NOT NULL,
    code TEXT NOT NULL, column_name TEXT NOT NULL, path TEXT NOT NULL, text_en TEXT NOT NULL, text_zh TEXT NOT NULL,
    faults INTEGER NOT NULL);
CREATE TABLE fact_row (customer TEXT NOT NULL, term TEXT NOT NULL, of TEXT NOT NULL, id TEXT NOT NULL,
    adds INTEGER NOT NULL, line TEXT, channel TEXT, year TEXT);
CREATE TABLE membership (customer TEXT NOT NULL, segment TEXT NOT NULL, reason_en TEXT NOT NULL, reason_zh TEXT NOT NULL);
CREATE TABLE undecided (customer TEXT NOT NULL, segment TEXT NOT NULL, missing TEXT NOT NULL);
CREATE TABLE warning (customer TEXT NOT NULL, warning TEXT NOT NULL, raised_on TEXT NOT NULL, value TEXT NOT NULL,
    cleared_on TEXT);
CREATE TABLE profit (customer TEXT NOT NULL, basis TEXT NOT NULL, premium INTEGER NOT NULL, claims INTEGER NOT NULL,
    commission INTEGER NOT NULL, cost INTEGER NOT NULL, result INTEGER NOT NULL);
CREATE TABLE segment_move (customer TEXT NOT NULL, segment TEXT NOT NULL, direction TEXT NOT NULL, reason_en TEXT NOT NULL,
    reason_zh TEXT NOT NULL);
CREATE TABLE grade_move (customer TEXT NOT NULL, before TEXT NOT NULL, after TEXT NOT NULL, in_force_before INTEGER NOT NULL);
CREATE TABLE within_reach (customer TEXT NOT NULL);
CREATE TABLE twin (kind TEXT NOT NULL, first TEXT NOT NULL, second TEXT NOT NULL);
CREATE TABLE journal_record (sequence INTEGER PRIMARY KEY, text TEXT NOT NULL, hash TEXT NOT NULL);
CREATE TABLE entry (sequence INTEGER PRIMARY KEY, event TEXT NOT NULL, booked_on TEXT NOT NULL, narrative TEXT NOT NULL,
    reference TEXT);
CREATE TABLE event_kind (kind TEXT PRIMARY KEY, text_en TEXT NOT NULL, text_zh TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE entry_line (entry INTEGER NOT NULL, account TEXT NOT NULL, debit INTEGER NOT NULL, credit INTEGER NOT NULL,
    customer TEXT, agent TEXT);
CREATE TABLE trial_balance (as_of TEXT NOT NULL, currency TEXT NOT NULL, account TEXT NOT NULL, name_en TEXT NOT NULL,
    name_zh TEXT NOT NULL, debit INTEGER NOT NULL, credit INTEGER NOT NULL, balance INTEGER NOT NULL);
CREATE TABLE figure (name TEXT PRIMARY KEY, title_en TEXT NOT NULL, title_zh TEXT NOT NULL, definition_en TEXT NOT NULL,
    definition_zh TEXT NOT NULL, unit TEXT NOT NULL, value INTEGER NOT NULL, rows TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE ratio (name TEXT PRIMARY KEY, title_en TEXT NOT NULL, title_zh TEXT NOT NULL, value TEXT, absent_en TEXT,
    absent_zh TEXT, above TEXT NOT NULL, below TEXT NOT NULL) WITHOUT ROWID;
";

/// What is made when all rows are in: lookups by number and by figure.
pub const INDEXES: &str = "
CREATE INDEX fact_row_term ON fact_row (term, customer);
CREATE INDEX entry_line_account ON entry_line (account);
";

/// The statement that makes a table of the book.
#[must_use]
pub fn create(table: TableName) -> String {
    let columns: Vec<String> = table
        .fields()
        .iter()
        .map(|field| {
            let kind = if matches!(field.kind, Kind::Amount | Kind::Count) { "INTEGER" } else { "TEXT" };
            format!("\"{}\" {kind}", field.name)
        })
        .collect();
    format!(
        "CREATE TABLE {} (file_name TEXT NOT NULL, file_line INTEGER NOT NULL, {});",
        table.name(),
        columns.join(", ")
    )
}

/// The statement that finds a table's rows by their number.
#[must_use]
pub fn index(table: TableName) -> String {
    let number = table.fields().first().map_or("id", |field| field.name);
    format!("CREATE UNIQUE INDEX {0}_number ON {0} (\"{number}\");", table.name())
}

/// The statement that puts a row into a table of the book.
#[must_use]
pub fn insert(table: TableName) -> String {
    let fields = table.fields().len();
    let marks = vec!["?"; fields + 2].join(", ");
    format!("INSERT INTO {} VALUES ({marks})", table.name())
}
