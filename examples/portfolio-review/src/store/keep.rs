//! Rows of the book on their way into the database.

use crm_core::refusal::Lang;
use rusqlite::types::{ToSqlOutput, Value, ValueRef};

use super::{Store, database, schema};
use crate::{
    finding::Finding,
    mapping::TableName,
    record::{Cells, Stored},
    stop::Outcome,
};

impl Store {
    /// Puts a used row into its table.
    ///
    /// # Errors
    /// What the database says.
    pub fn used(&self, table: TableName, file: &str, cells: &Cells) -> Outcome<()> {
        let mut statement = self.db.prepare_cached(&schema::insert(table)).map_err(database)?;
        statement.raw_bind_parameter(1, file).map_err(database)?;
        statement.raw_bind_parameter(2, i64::try_from(cells.line).unwrap_or(i64::MAX)).map_err(database)?;
        for (index, value) in cells.stored().enumerate() {
            let value = match &value {
                Stored::Nothing => ToSqlOutput::Owned(Value::Null),
                Stored::Text(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
                Stored::Integer(number) => ToSqlOutput::Owned(Value::Integer(*number)),
            };
            statement.raw_bind_parameter(index + 3, value).map_err(database)?;
        }
        statement.raw_execute().map_err(database)?;
        Ok(())
    }

    /// Puts a rejected row or a notice into its table: where it is and what is wrong, never what it says.
    ///
    /// # Errors
    /// What the database says.
    pub fn found(
        &self,
        into: &str,
        table: &str,
        (file, line, id): (&str, u64, &str),
        findings: &[Finding],
    ) -> Outcome<()> {
        let Some(first) = findings.first() else { return Ok(()) };
        let count = i64::try_from(findings.len()).unwrap_or(i64::MAX);
        let column = first.column.as_deref().unwrap_or_default();
        self.insert(
            into,
            &[
                &table,
                &file,
                &i64::try_from(line).unwrap_or(i64::MAX),
                &id,
                &first.code(),
                &column,
                &first.path,
                &first.text(Lang::En),
                &first.text(Lang::Zh),
                &count,
            ],
        )
    }
}
