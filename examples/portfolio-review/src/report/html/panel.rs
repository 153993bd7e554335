//! The rows behind a number, shown when the number is opened.

use std::io::{self, Write};

use crm_core::money::Currency;

use super::{
    markup::{Both, Text},
    number::{Shown, grouped},
    table,
};
use crate::report::page::{Column, Rows, Value, Words};

pub(super) fn write(rows: &Rows, currency: Currency, to: &mut impl Write) -> io::Result<()> {
    let count = grouped(rows.count.into());
    let counted =
        Words::new(format!("{count} 行"), if rows.count == 1 { "1 row".into() } else { format!("{count} rows") });
    writeln!(
        to,
        "<dialog class=\"rows\" id=\"r-{0}\" aria-labelledby=\"r-{0}-t\"><div class=\"bar\"><h2 id=\"r-{0}-t\">{1} \
         <small>{2}</small></h2><a class=\"close\" href=\"#main\" role=\"button\" autofocus=\"autofocus\">{3}</a></div>\n<p>{4}</p>",
        Text(&rows.id),
        Both(&rows.what),
        Both(&counted),
        Both(&Words::new("关闭", "Close")),
        Both(&rows.definition),
    )?;
    if rows.first.is_empty() {
        writeln!(to, "<p class=\"nothing\">{}</p>", Both(&Words::new("没有对应的行。", "No row is behind it.")))?;
    } else {
        body(rows, &count, currency, to)?;
    }
    writeln!(
        to,
        "<p class=\"more\">{}<code>{}</code></p></dialog>",
        Both(&Words::new("列出全部：", "To list all: ")),
        Text(&rows.command)
    )
}

fn body(rows: &Rows, count: &str, currency: Currency, to: &mut impl Write) -> io::Result<()> {
    to.write_all(b"<div class=\"scroll\" tabindex=\"0\"><table class=\"sortable\">")?;
    table::head(&rows.columns, currency, to)?;
    to.write_all(b"<tbody>\n")?;
    for row in &rows.first {
        table::line(&rows.columns, row.iter().map(|value| Some(shown(value, currency))), to)?;
    }
    to.write_all(b"</tbody>")?;
    let here = i64::try_from(rows.first.len()).unwrap_or(i64::MAX);
    let rest = rows.count - here;
    let sums = |values: &[Option<Value>]| values.iter().any(Option::is_some);
    if rest > 0 || sums(&rows.total) {
        to.write_all(b"<tfoot>")?;
        if rest > 0 {
            let rest = grouped(rest.into());
            let words = Words::new(format!("其余 {rest} 行"), format!("{rest} more rows"));
            sum(&rows.columns, words, &rows.rest, currency, to)?;
        }
        if sums(&rows.total) {
            let words = Words::new(format!("全部 {count} 行"), format!("All {count} rows"));
            sum(&rows.columns, words, &rows.total, currency, to)?;
        }
        to.write_all(b"</tfoot>")?;
    }
    to.write_all(b"</table></div>\n")
}

/// A line of sums. Its name stands in the first column, or before its sum where that column adds up itself.
fn sum(
    columns: &[Column],
    name: Words,
    sums: &[Option<Value>],
    currency: Currency,
    to: &mut impl Write,
) -> io::Result<()> {
    let name = Value::Words(name);
    let mut cells: Vec<Option<&Value>> = sums.iter().map(Option::as_ref).collect();
    match cells.first_mut() {
        Some(first) if first.is_none() => *first = Some(&name),
        _ => {
            write!(to, "<tr><th class=\"t\" colspan=\"{}\">{}</th></tr>", columns.len(), shown(&name, currency))?;
        }
    }
    table::line(columns, cells.into_iter().map(|value| value.map(|value| shown(value, currency))), to)
}

fn shown(value: &Value, currency: Currency) -> Shown<'_> {
    Shown { value, rows: None, currency }
}
