//! Whether a page holds together: ids, both languages, references to rows, shapes, kinds, and sums that must meet.

use std::{collections::BTreeSet, fmt};

use crm_core::money::{Currency, Money};

use super::page::{
    Block, Cell, Chart, Column, ColumnKind, Drawing, KeyFigure, MAX_FIRST_ROWS, MAX_SERIES, Page, Rows, Table, Value,
    Words,
};

/// What is wrong with a page: for whoever fills it, not for whoever reads it. It names places, never values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageFault {
    /// Where: `chart losses`, `rows premium`.
    pub place: String,
    /// What.
    pub what: &'static str,
}

impl fmt::Display for PageFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.what)
    }
}

impl Page {
    /// Every fault of the page; none when it can be written.
    #[must_use]
    pub fn faults(&self) -> Vec<PageFault> {
        let mut check = Check { faults: Vec::new(), place: "page".into(), rows: BTreeSet::new(), ids: BTreeSet::new() };
        for rows in &self.rows {
            check.place = format!("rows {}", rows.id);
            check.id_form(&rows.id);
            if !check.rows.insert(&rows.id) {
                check.fault("the id stands twice");
            }
        }
        check.place = "page".into();
        check.words(&self.title);
        check.words(&self.viewer);
        for parameter in &self.parameters {
            check.words(&parameter.name);
            check.value(&parameter.value);
            parameter.source.iter().for_each(|source| check.words(source));
        }
        for section in &self.sections {
            check.place = format!("section {}", section.id);
            check.id(&section.id);
            check.words(&section.title);
            check.words(&section.lead);
            for block in &section.blocks {
                match block {
                    Block::Figures(figures) => {
                        check.place = format!("figures of {}", section.id);
                        figures.iter().for_each(|figure| check.key_figure(figure));
                    }
                    Block::Chart(chart) => check.chart(chart),
                    Block::Table(table) => check.table(table),
                    Block::Note(words) => check.words(words),
                }
            }
        }
        self.rows.iter().for_each(|rows| check.rows(rows));
        check.faults
    }
}

struct Check<'a> {
    faults: Vec<PageFault>,
    place: String,
    rows: BTreeSet<&'a str>,
    ids: BTreeSet<&'a str>,
}

impl<'a> Check<'a> {
    fn fault(&mut self, what: &'static str) {
        self.faults.push(PageFault { place: self.place.clone(), what });
    }

    fn expect(&mut self, holds: bool, otherwise: &'static str) {
        if !holds {
            self.fault(otherwise);
        }
    }

    fn id_form(&mut self, id: &str) {
        let form = id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._".contains(&byte));
        let letter = id.bytes().next().is_some_and(|byte| byte.is_ascii_alphabetic());
        self.expect(
            form && letter,
            "an id is letters of English, digits, hyphens, points and underscores, a letter first",
        );
    }

    fn id(&mut self, id: &'a str) {
        self.id_form(id);
        let new = self.ids.insert(id);
        self.expect(new, "the id stands twice");
    }

    fn words(&mut self, words: &Words) {
        let both = !words.zh.trim().is_empty() && !words.en.trim().is_empty();
        self.expect(both, "a text is missing in one of the languages");
    }

    fn value(&mut self, value: &Value) {
        if let Value::Words(words) | Value::Absent(words) = value {
            self.words(words);
        }
    }

    fn cell(&mut self, cell: &Cell) {
        self.value(&cell.value);
        if let Some(rows) = &cell.rows {
            let known = self.rows.contains(rows.as_str());
            self.expect(known, "a number opens to rows that are not on the page");
        }
    }

    fn key_figure(&mut self, figure: &KeyFigure) {
        self.words(&figure.label);
        self.cell(&figure.figure);
        [&figure.unit, &figure.note, &figure.attention].into_iter().flatten().for_each(|words| self.words(words));
    }

    fn chart(&mut self, chart: &'a Chart) {
        self.place = format!("chart {}", chart.id);
        self.id(&chart.id);
        self.words(&chart.title);
        self.words(&chart.lead);
        match &chart.drawing {
            Drawing::Bars { series, bars, .. } => {
                self.expect(!series.is_empty(), "a chart has at least one series");
                self.expect(series.len() <= MAX_SERIES, "too many series");
                series.iter().for_each(|name| self.words(name));
                bars.iter().for_each(|bar| self.words(&bar.label));
                self.grid(bars.iter().map(|bar| bar.values.as_slice()), series.len());
                self.one_kind(bars.iter().flat_map(|bar| &bar.values).map(|cell| &cell.value));
            }
            Drawing::Lines { times, lines, level } => {
                self.expect(lines.len() <= MAX_SERIES, "too many lines");
                times.iter().for_each(|name| self.words(name));
                lines.iter().for_each(|line| self.words(&line.name));
                level.iter().for_each(|level| self.words(&level.name));
                self.grid(lines.iter().map(|line| line.values.as_slice()), times.len());
                let values = lines.iter().flat_map(|line| &line.values).map(|cell| &cell.value);
                self.one_kind(values.chain(level.iter().map(|level| &level.value)));
            }
            Drawing::Pyramid { measures, bands } => {
                self.expect(!measures.is_empty(), "a pyramid has at least one measure");
                measures.iter().for_each(|name| self.words(name));
                bands.iter().for_each(|band| self.words(&band.name));
                self.grid(bands.iter().map(|band| band.shares.as_slice()), measures.len());
                self.grid(bands.iter().map(|band| band.amounts.as_slice()), measures.len());
                let shares = bands.iter().flat_map(|band| &band.shares);
                let in_per_cent = shares.map(|cell| &cell.value).all(|value| fits(ColumnKind::Percent, value));
                self.expect(in_per_cent, "the shares of a pyramid are in per cent");
                for at in 0..measures.len() {
                    self.one_kind(bands.iter().filter_map(|band| band.amounts.get(at)).map(|cell| &cell.value));
                }
            }
            Drawing::Moves { before, after, counts } => {
                before.iter().chain(after).for_each(|place| self.words(&place.name));
                self.expect(counts.len() == before.len(), "moves have a row for each place before");
                self.grid(counts.iter().map(Vec::as_slice), after.len());
                let counted = counts.iter().flatten().all(|cell| fits(ColumnKind::Count, &cell.value));
                self.expect(counted, "moves are counted");
            }
        }
    }

    fn grid<'c>(&mut self, rows: impl Iterator<Item = &'c [Cell]>, width: usize) {
        for row in rows {
            self.expect(row.len() == width, "a row of numbers is not as long as its headings");
            row.iter().for_each(|cell| self.cell(cell));
        }
    }

    /// All numbers that can be drawn along one axis: the same kind, amounts of the same currency.
    fn one_kind<'v>(&mut self, values: impl Iterator<Item = &'v Value>) {
        let mut first: Option<(ColumnKind, Option<Currency>)> = None;
        for value in values {
            let own = match value {
                Value::Absent(_) => continue,
                Value::Count(_) => (ColumnKind::Count, None),
                Value::Money(money) => (ColumnKind::Money, Some(money.currency())),
                Value::Percent(_) => (ColumnKind::Percent, None),
                Value::Number(_) => (ColumnKind::Number, None),
                Value::Text(_) | Value::Words(_) | Value::Date(_) => {
                    self.fault("a chart draws numbers only");
                    continue;
                }
            };
            let same = *first.get_or_insert(own) == own;
            self.expect(same, "the numbers along one axis are of one kind and currency");
        }
    }

    fn columns(&mut self, columns: &[Column]) {
        self.expect(!columns.is_empty(), "a table has at least one column");
        for column in columns {
            self.words(&column.name);
            column.note.iter().for_each(|note| self.words(note));
        }
    }

    fn table(&mut self, table: &'a Table) {
        self.place = format!("table {}", table.id);
        self.id(&table.id);
        self.words(&table.title);
        table.lead.iter().for_each(|lead| self.words(lead));
        self.columns(&table.columns);
        for row in &table.rows {
            self.grid(std::iter::once(row.as_slice()), table.columns.len());
            let kinds = row.iter().zip(&table.columns).all(|(cell, column)| fits(column.kind, &cell.value));
            self.expect(kinds, "a value is not of the kind of its column");
        }
        if let Some(total) = &table.total {
            self.grid(std::iter::once(total.as_slice()), table.columns.len());
        }
        let here = length(table.rows.len());
        self.expect(table.count >= here, "a table has more rows than it counts");
        self.expect(table.count <= here || table.command.is_some(), "rows are missing and no command lists them");
    }

    fn rows(&mut self, rows: &Rows) {
        self.place = format!("rows {}", rows.id);
        self.words(&rows.what);
        self.words(&rows.definition);
        self.columns(&rows.columns);
        self.expect(!rows.command.trim().is_empty(), "the command is missing");
        let here = length(rows.first.len());
        self.expect(rows.first.len() <= MAX_FIRST_ROWS, "too many first rows");
        self.expect(rows.count >= here, "there are more first rows than rows");
        self.expect(rows.count == 0 || here > 0, "there are rows and none is shown");
        let width = rows.columns.len();
        let shaped = rows.first.iter().all(|row| row.len() == width);
        self.expect(shaped, "a row is not as long as its headings");
        self.expect(rows.rest.len() == width && rows.total.len() == width, "sums are not as long as the headings");
        for value in rows.first.iter().flatten().chain(rows.rest.iter().flatten()).chain(rows.total.iter().flatten()) {
            self.value(value);
        }
        let rest = rows.rest.iter().any(Option::is_some);
        self.expect(!rest || rows.count > here, "there is a sum of the rest and no rest");
        for (at, column) in rows.columns.iter().enumerate() {
            let values = || rows.first.iter().filter_map(|row| row.get(at));
            let sums = [&rows.rest, &rows.total].map(|sums| sums.get(at).and_then(Option::as_ref));
            let kinds = values().chain(sums.into_iter().flatten()).all(|value| fits(column.kind, value));
            self.expect(kinds, "a value is not of the kind of its column");
            let [rest, total] = sums;
            let whole = rows.count == here;
            let Some(total) = total.filter(|_| whole || rest.is_some()) else { continue };
            let meets = match total {
                Value::Money(total) => {
                    let parts = values().chain(rest).filter_map(|value| match value {
                        Value::Money(money) => Some(*money),
                        _ => None,
                    });
                    Money::sum(total.currency(), parts).is_ok_and(|sum| sum == *total)
                }
                Value::Count(total) => {
                    let parts = values().chain(rest).filter_map(|value| match value {
                        Value::Count(count) => Some(i128::from(*count)),
                        _ => None,
                    });
                    parts.sum::<i128>() == i128::from(*total)
                }
                _ => false,
            };
            self.expect(meets, "the rows here and the rest are not the total");
        }
    }
}

fn fits(kind: ColumnKind, value: &Value) -> bool {
    // A side of an account that holds nothing is left empty.
    let empty = matches!(value, Value::Text(text) if text.is_empty());
    empty
        || matches!(
            (kind, value),
            (_, Value::Absent(_))
                | (ColumnKind::Text, Value::Text(_))
                | (ColumnKind::Words, Value::Words(_))
                | (ColumnKind::Count, Value::Count(_))
                | (ColumnKind::Money, Value::Money(_))
                | (ColumnKind::Percent, Value::Percent(_))
                | (ColumnKind::Number, Value::Number(_))
                | (ColumnKind::Date, Value::Date(_))
        )
}

fn length(rows: usize) -> i64 {
    i64::try_from(rows).unwrap_or(i64::MAX)
}
