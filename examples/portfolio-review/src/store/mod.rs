//! The database of a review: one SQLite file that holds the book, what was found, and the rows behind every figure.
//!
//! It is written under a temporary name and gets its own when everything is in; it holds the book's personal data and
//! has to be kept as the book is.

mod figure;
mod keep;
mod open;
mod schema;

use std::path::Path;

use rusqlite::{Connection, OpenFlags};

pub use figure::{Figure, Ratio, Unit};
pub use open::{Opened, OpenedRow};

pub use schema::FORMAT;

use crate::{
    finding::{Code, Finding},
    mapping::TableName,
    stop::{Outcome, stop},
};

/// A database.
pub struct Store {
    db: Connection,
}

/// What the database says, as a reason to stop. Its own words hold names of tables, never a value.
pub(crate) fn database(error: rusqlite::Error) -> Vec<crate::stop::Stop> {
    let reason = match &error {
        rusqlite::Error::SqliteFailure(_, Some(text)) => text.clone(),
        rusqlite::Error::SqliteFailure(failure, None) => failure.to_string(),
        other => format!("{other:.80}"),
    };
    stop(None, Finding::new(Code::BookDatabase).with("reason", reason))
}

impl Store {
    /// A new database with every table, in a file that is not there yet.
    ///
    /// # Errors
    /// What the database says.
    pub fn create(path: &Path) -> Outcome<Self> {
        let db = Connection::open(path).map_err(database)?;
        // The file gets its name when it is whole: until then nothing has to be kept safe.
        let settings = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE;";
        let tables: String = TableName::ALL.map(schema::create).concat();
        let begin = format!("{settings} PRAGMA user_version = {FORMAT}; BEGIN; {tables} {}", schema::RESULTS);
        db.execute_batch(&begin).map_err(database)?;
        db.set_prepared_statement_cache_capacity(64);
        Ok(Self { db })
    }

    /// A finished database, to read only.
    ///
    /// # Errors
    /// What the database says; `book.database` for a file of another form.
    pub fn open(path: &Path) -> Outcome<Self> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let db = Connection::open_with_flags(path, flags).map_err(database)?;
        let format: i32 = db.query_row("PRAGMA user_version", [], |row| row.get(0)).map_err(database)?;
        if format != FORMAT {
            let reason = ("it was not written by this program", "该文件不是由本程序写出的");
            return Err(stop(None, Finding::new(Code::BookDatabase).with_words("reason", reason.0, reason.1)));
        }
        Ok(Self { db })
    }

    /// Ends the writing.
    ///
    /// # Errors
    /// What the database says.
    pub fn finish(self) -> Outcome<()> {
        self.db.execute_batch("COMMIT; PRAGMA optimize;").map_err(database)?;
        self.db.close().map_err(|(_, error)| database(error))
    }

    /// Makes the lookups by number.
    ///
    /// # Errors
    /// What the database says.
    pub fn index(&self) -> Outcome<()> {
        let indexes = TableName::ALL.map(schema::index).concat();
        self.db.execute_batch(&format!("{indexes} {}", schema::INDEXES)).map_err(database)
    }

    /// Puts one row into a table of results.
    ///
    /// # Errors
    /// What the database says.
    pub fn insert(&self, table: &str, values: &[&dyn rusqlite::ToSql]) -> Outcome<()> {
        let marks = vec!["?"; values.len()].join(", ");
        let mut statement =
            self.db.prepare_cached(&format!("INSERT INTO {table} VALUES ({marks})")).map_err(database)?;
        statement.execute(values).map_err(database)?;
        Ok(())
    }

    /// Runs a statement that makes a table.
    ///
    /// # Errors
    /// What the database says.
    pub fn run(&self, sql: &str) -> Outcome<()> {
        self.db.execute_batch(sql).map_err(database)
    }

    /// One whole number.
    ///
    /// # Errors
    /// What the database says.
    pub fn number(&self, sql: &str) -> Outcome<i64> {
        self.db.query_row(sql, [], |row| row.get(0)).map_err(database)
    }

    /// Rows of texts and whole numbers as texts; nothing is an empty text.
    ///
    /// # Errors
    /// What the database says.
    pub fn texts(&self, sql: &str) -> Outcome<Vec<Vec<String>>> {
        let mut statement = self.db.prepare(sql).map_err(database)?;
        let columns = statement.column_count();
        let mut rows = statement.query([]).map_err(database)?;
        let mut out = Vec::new();
        while let Some(row) = rows.next().map_err(database)? {
            let text = |index| Ok::<_, rusqlite::Error>(open::text_of(row.get_ref(index)?));
            out.push((0..columns).map(text).collect::<Result<_, _>>().map_err(database)?);
        }
        Ok(out)
    }
}
