//! Tables: each column sorts by its exact values, long tables show their first rows and say how many more there are.

use std::io::{self, Write};

use crm_core::money::Currency;

use super::{
    MAX_TABLE_ROWS,
    markup::{Both, Text},
    number::{Shown, grouped, width},
};
use crate::report::page::{Cell, Column, ColumnKind, Table, Value, Words};

/// From this width on, in tenths of the size of letters, a text takes several lines.
const LONG: i64 = 150;

/// The class of a column's cells: numbers stand at the right.
pub(super) fn class(kind: ColumnKind) -> &'static str {
    match kind {
        ColumnKind::Text | ColumnKind::Words => "t",
        ColumnKind::Count | ColumnKind::Money | ColumnKind::Percent | ColumnKind::Number => "n",
        ColumnKind::Date => "d",
    }
}

pub(super) fn write(table: &Table, currency: Currency, to: &mut impl Write) -> io::Result<()> {
    writeln!(to, "<div class=\"table\" id=\"t-{0}\"><h3 id=\"t-{0}-t\">{1}</h3>", Text(&table.id), Both(&table.title))?;
    if let Some(lead) = &table.lead {
        writeln!(to, "<p>{}</p>", Both(lead))?;
    }
    if table.rows.is_empty() {
        writeln!(
            to,
            "<p class=\"nothing\">{}</p>",
            Both(&Words::new("没有符合条件的行。", "There is nothing to list."))
        )?;
    } else {
        write!(
            to,
            "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-labelledby=\"t-{}-t\">",
            Text(&table.id)
        )?;
        to.write_all(b"<table class=\"sortable\">")?;
        head(&table.columns, currency, to)?;
        to.write_all(b"<tbody>\n")?;
        for cells in table.rows.iter().take(MAX_TABLE_ROWS) {
            row(&table.columns, cells, currency, to)?;
        }
        to.write_all(b"</tbody>")?;
        if let Some(total) = &table.total {
            to.write_all(b"<tfoot>")?;
            row(&table.columns, total, currency, to)?;
            to.write_all(b"</tfoot>")?;
        }
        to.write_all(b"</table></div>\n")?;
    }
    let here = i64::try_from(table.rows.len().min(MAX_TABLE_ROWS)).unwrap_or(i64::MAX);
    if table.count > here {
        more(table.count - here, table.count, table.command.as_deref(), to)?;
    }
    to.write_all(b"</div>\n")
}

/// How many rows are not here, and where they are.
pub(super) fn more(missing: i64, all: i64, command: Option<&str>, to: &mut impl Write) -> io::Result<()> {
    let (missing, all) = (grouped(missing.into()), grouped(all.into()));
    let words = Words::new(
        format!("共 {all} 行，另有 {missing} 行未列出，见数据库。"),
        format!("{missing} more of {all} rows are not listed here: see the database."),
    );
    write!(to, "<p class=\"more\">{}", Both(&words))?;
    if let Some(command) = command {
        write!(to, " {}<code>{}</code>", Both(&Words::new("列出全部：", "To list all: ")), Text(command))?;
    }
    to.write_all(b"</p>\n")
}

/// The headings. They sort when the script is there.
pub(super) fn head(columns: &[Column], currency: Currency, to: &mut impl Write) -> io::Result<()> {
    to.write_all(b"<thead><tr>")?;
    for column in columns {
        let sorts = if matches!(class(column.kind), "t") { "text" } else { "number" };
        let long = if text_class(&[&column.name.zh, &column.name.en]) == "t" { "" } else { " long" };
        write!(to, "<th scope=\"col\" class=\"{}{long}\" data-sort=\"{sorts}\">", class(column.kind))?;
        write!(to, "<span class=\"name\">{}", Both(&column.name))?;
        if column.kind == ColumnKind::Money {
            write!(to, " <small>{currency}</small>")?;
        }
        to.write_all(b"</span>")?;
        if let Some(note) = &column.note {
            write!(to, "<small class=\"means\">{}</small>", Both(note))?;
        }
        to.write_all(b"</th>")?;
    }
    to.write_all(b"</tr></thead>")
}

fn row(columns: &[Column], cells: &[Cell], currency: Currency, to: &mut impl Write) -> io::Result<()> {
    let cells = cells.iter().map(|cell| Some(Shown::cell(cell, currency)));
    line(columns, cells, to)
}

/// Short texts stand on one line; long ones take several.
pub(super) fn text_class(texts: &[&str]) -> &'static str {
    if texts.iter().any(|text| width(text) > LONG) { "t long" } else { "t" }
}

/// One line of cells; the first names it.
pub(super) fn line<'a>(
    columns: &[Column],
    cells: impl Iterator<Item = Option<Shown<'a>>>,
    to: &mut impl Write,
) -> io::Result<()> {
    to.write_all(b"<tr>")?;
    for (at, (column, cell)) in columns.iter().zip(cells).enumerate() {
        let (open, close) = if at == 0 { ("th scope=\"row\"", "th") } else { ("td", "td") };
        // A total under a column of numbers can be words, and words stand at the left.
        let class = match cell.as_ref().map(|cell| cell.value) {
            Some(Value::Text(text)) => text_class(&[text]),
            Some(Value::Words(words)) => text_class(&[&words.zh, &words.en]),
            _ => class(column.kind),
        };
        write!(to, "<{open} class=\"{class}\">")?;
        if let Some(cell) = cell {
            write!(to, "{cell}")?;
        }
        write!(to, "</{close}>")?;
    }
    to.write_all(b"</tr>\n")
}
