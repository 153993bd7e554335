//! Opening a figure: its rows, masked as the viewer's rights say.

use std::collections::BTreeMap;

use rusqlite::{OptionalExtension as _, types::ValueRef};

use super::{Store, database};
use crate::{
    mapping::TableName,
    sight::Lens,
    stop::{Outcome, first, stop},
};

/// A figure with its first rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    /// Its name.
    pub name: String,
    /// What it is, in English and Chinese.
    pub title: (String, String),
    /// How it comes from its rows, in English and Chinese.
    pub definition: (String, String),
    /// `count` or `amount` (minor units).
    pub unit: String,
    /// The figure.
    pub value: i64,
    /// How many rows it has.
    pub count: i64,
    /// The first of them, by number.
    pub rows: Vec<OpenedRow>,
}

/// One row behind a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenedRow {
    /// The table of the database.
    pub of: String,
    /// The number of the row.
    pub id: String,
    /// What it adds.
    pub adds: i64,
    /// Its columns as they may be shown.
    pub columns: BTreeMap<String, String>,
}

/// A value of the database as text; nothing is an empty text.
pub(super) fn text_of(value: ValueRef<'_>) -> String {
    match value {
        ValueRef::Null => String::new(),
        ValueRef::Integer(number) => number.to_string(),
        ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned(),
        // The tables hold neither.
        ValueRef::Real(_) | ValueRef::Blob(_) => String::new(),
    }
}

impl Store {
    /// Every figure: name, unit, value, title in English and Chinese.
    ///
    /// # Errors
    /// What the database says.
    pub fn figures(&self) -> Outcome<Vec<Vec<String>>> {
        self.texts("SELECT name, unit, value, title_en, title_zh FROM figure ORDER BY name")
    }

    /// What a review depends on: name of the book, day, currency, company.
    ///
    /// # Errors
    /// What the database says.
    pub fn meta(&self) -> Outcome<BTreeMap<String, String>> {
        let rows = self.texts("SELECT key, value FROM meta")?;
        let pair = |row: Vec<String>| <[String; 2]>::try_from(row).ok().map(|[key, value]| (key, value));
        Ok(rows.into_iter().filter_map(pair).collect())
    }

    /// Opens a figure to its first rows; none where there is no figure of this name.
    ///
    /// # Errors
    /// What the database says.
    pub fn opened(&self, name: &str, limit: i64, lens: &Lens) -> Outcome<Option<Opened>> {
        let sql =
            "SELECT title_en, title_zh, definition_en, definition_zh, unit, value, rows FROM figure WHERE name = ?";
        let mut statement = self.db.prepare_cached(sql).map_err(database)?;
        type Line = (String, String, String, String, String, i64, String);
        let line: Option<Line> = statement
            .query_row([name], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?, row.get(6)?))
            })
            .optional()
            .map_err(database)?;
        let Some((title_en, title_zh, definition_en, definition_zh, unit, value, query)) = line else {
            return Ok(None);
        };
        let count = self.number(&format!("SELECT count(*) FROM ({query})"))?;
        let mut rows = Vec::new();
        // The largest first: they say most about the figure.
        let order = if unit == "amount" { "ORDER BY abs(adds) DESC, id" } else { "" };
        for row in self.texts(&format!("SELECT of, id, adds FROM ({query}) {order} LIMIT {limit}"))? {
            let [of, id, adds] = row.as_slice() else { continue };
            let columns = self.viewed(of, id, lens)?;
            rows.push(OpenedRow { of: of.clone(), id: id.clone(), adds: adds.parse().unwrap_or_default(), columns });
        }
        Ok(Some(Opened {
            name: name.to_owned(),
            title: (title_en, title_zh),
            definition: (definition_en, definition_zh),
            unit,
            value,
            count,
            rows,
        }))
    }

    /// One row of a table by its number, as it may be shown; empty where there is none.
    ///
    /// # Errors
    /// What the database says.
    pub fn viewed(&self, of: &str, id: &str, lens: &Lens) -> Outcome<BTreeMap<String, String>> {
        lens.view(of, &self.row(of, id)?).map_err(|refusal| stop(None, first(refusal)))
    }

    /// One row of a table by its number, unmasked: not to be shown as it is.
    fn row(&self, of: &str, id: &str) -> Outcome<BTreeMap<String, String>> {
        let Some(sql) = lookup(of) else { return Ok(BTreeMap::new()) };
        let mut statement = self.db.prepare_cached(&sql).map_err(database)?;
        let names: Vec<String> = statement.column_names().map(str::to_owned).collect();
        let mut rows = statement.query([id]).map_err(database)?;
        let Some(row) = rows.next().map_err(database)? else { return Ok(BTreeMap::new()) };
        let mut out = BTreeMap::new();
        for (index, name) in names.into_iter().enumerate() {
            out.insert(name, text_of(row.get_ref(index).map_err(database)?));
        }
        Ok(out)
    }
}

/// The statement that finds a row; none for a table that figures don't open to.
fn lookup(of: &str) -> Option<String> {
    if let Some(table) = TableName::ALL.into_iter().find(|table| table.name() == of) {
        let number = table.fields().first().map_or("id", |field| field.name);
        return Some(match table {
            // What was paid, changed or lost stands with the policy that it belongs to.
            TableName::Endorsements | TableName::Receipts | TableName::Claims => format!(
                "SELECT t.*, p.customer AS customer, p.line AS line, p.channel AS channel FROM {of} t
                 LEFT JOIN policies p ON p.id = t.policy WHERE t.\"{number}\" = ?"
            ),
            _ => format!("SELECT * FROM {of} WHERE \"{number}\" = ?"),
        });
    }
    match of {
        "rejected" | "notice" | "twin" | "trial_balance" => Some(format!("SELECT * FROM {of} WHERE rowid = ?")),
        "policy_years" => Some("SELECT * FROM policy_years WHERE id = ?".to_owned()),
        "entry" => Some(
            "SELECT e.*, k.text_en AS what_en, k.text_zh AS what_zh FROM entry e
             LEFT JOIN event_kind k ON k.kind = e.narrative WHERE e.sequence = ?"
                .to_owned(),
        ),
        _ => None,
    }
}
