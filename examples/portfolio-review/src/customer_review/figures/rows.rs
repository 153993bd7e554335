//! Figures of rows: in, used, noticed, rejected, by table, file and code.

use std::collections::BTreeMap;

use super::{Figures, Made, quoted};
use crate::{mapping::TableName, report::page::Words, store::Unit, wording};

impl Figures {
    pub(super) fn rows(&mut self, made: &Made<'_>) {
        let mut rejected: BTreeMap<&str, i64> = BTreeMap::new();
        let mut used: BTreeMap<TableName, i64> = BTreeMap::new();
        let mut noticed = 0;
        for file in &made.intake.files {
            *used.entry(file.table).or_default() += file.used;
            noticed += file.noticed;
            for (code, rows) in &file.rejected {
                *rejected.entry(code).or_default() += rows;
            }
        }
        for (table, rows) in used {
            let number = table.fields().first().map_or("id", |field| field.name);
            let words = wording::table(table.name());
            let title = Words::new(format!("{}：计入的行", words.zh), format!("{}: rows used", words.en));
            let definition = Words::new("本表中计入的每一行计 1", "Each row of the table that counts adds 1");
            let query = format!("SELECT '{0}' AS of, \"{number}\" AS id, 1 AS adds FROM {0}", table.name());
            self.add(&format!("rows.{}", table.name()), Unit::Count, rows, title, definition, query);
        }
        self.rejected(rejected.iter().map(|(code, rows)| (*code, *rows)));
        let title = Words::new("计入并附提示的行", "Rows used with a notice");
        let definition = Words::new("每一行计入且附提示的数据计 1", "Each row that counts and deserves a look adds 1");
        let query = "SELECT 'notice' AS of, CAST(rowid AS TEXT) AS id, 1 AS adds FROM notice".to_owned();
        self.add("noticed", Unit::Count, noticed, title, definition, query);
        self.files(made);
    }

    /// Rows rejected, in all and by the code of their first fault.
    pub fn rejected<'c>(&mut self, codes: impl Iterator<Item = (&'c str, i64)>) {
        let query = "SELECT 'rejected' AS of, CAST(rowid AS TEXT) AS id, 1 AS adds FROM rejected";
        let definition =
            || Words::new("每一行被拒绝的数据计 1，按首个问题归类", "Each rejected row adds 1, under its first fault");
        let mut all = 0;
        for (code, rows) in codes {
            all += rows;
            let title = Words::new(format!("被拒绝：{code}"), format!("Rejected: {code}"));
            let query = format!("{query} WHERE code = '{}'", quoted(code));
            self.add(&format!("rejected.{code}"), Unit::Count, rows, title, definition(), query);
        }
        let title = Words::new("被拒绝的行", "Rows rejected");
        self.add("rejected", Unit::Count, all, title, definition(), query.to_owned());
    }

    /// Rows that count and deserve a look, by the code of what is told about them.
    pub fn notices<'c>(&mut self, codes: impl Iterator<Item = (&'c str, i64)>) {
        for (code, rows) in codes {
            let title = Words::new(format!("提示：{code}"), format!("Notice: {code}"));
            let definition = Words::new("每条提示计 1", "Each notice adds 1");
            let query = format!(
                "SELECT 'notice' AS of, CAST(rowid AS TEXT) AS id, 1 AS adds FROM notice WHERE code = '{}'",
                quoted(code)
            );
            self.add(&format!("notice.{code}"), Unit::Count, rows, title, definition, query);
        }
    }

    /// What came of the rows of each file.
    fn files(&mut self, made: &Made<'_>) {
        let mut everywhere = (Vec::new(), 0, 0);
        for file in &made.intake.files {
            let (name, table) = (quoted(&file.file), file.table.name());
            let number = file.table.fields().first().map_or("id", |field| field.name);
            let used = format!(
                "SELECT '{table}' AS of, \"{number}\" AS id, 1 AS adds FROM {table} WHERE file_name = '{name}'"
            );
            let found = |of: &str| {
                format!("SELECT '{of}' AS of, CAST(rowid AS TEXT) AS id, 1 AS adds FROM {of} WHERE file = '{name}'")
            };
            let all = format!("{used} UNION ALL {}", found("rejected"));
            everywhere.0.push(used.clone());
            everywhere.1 += file.used;
            everywhere.2 += file.rows_in;
            for (part, zh, en, rows, query) in [
                ("rows_in", "读入的行", "rows in", file.rows_in, all),
                ("used", "计入的行", "rows used", file.used, used),
                ("noticed", "附提示的行", "rows with a notice", file.noticed, found("notice")),
                ("rejected", "被拒绝的行", "rows rejected", file.rejected_rows(), found("rejected")),
            ] {
                let title = Words::new(format!("{}：{zh}", file.file), format!("{}: {en}", file.file));
                let definition = Words::new("每一行计 1", "Each row adds 1");
                self.add(&format!("file.{}.{part}", file.file), Unit::Count, rows, title, definition, query);
            }
        }
        let (used, rows_used, rows_in) = everywhere;
        let used = used.join(" UNION ALL ");
        let all = format!("{used} UNION ALL SELECT 'rejected', CAST(rowid AS TEXT), 1 FROM rejected");
        let definition = || Words::new("每一行计 1", "Each row adds 1");
        self.add("rows_in", Unit::Count, rows_in, Words::new("读入的行", "Rows in"), definition(), all);
        self.add("rows_used", Unit::Count, rows_used, Words::new("计入的行", "Rows used"), definition(), used);
    }
}
