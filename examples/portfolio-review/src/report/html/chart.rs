//! What every chart has: title and lead, the drawing, and its numbers in a table.

use std::io::{self, Write};

use crm_core::{
    money::{Currency, Decimal},
    refusal::Lang,
};

use super::{
    axis::WHOLE,
    bars, columns, lines,
    markup::{Both, Text},
    moves,
    number::{self, Shown},
    pyramid, table,
};
use crate::report::page::{Cell, Chart, Column, ColumnKind, Direction, Drawing, Value, Words};

pub(super) fn write(chart: &Chart, currency: Currency, to: &mut impl Write) -> io::Result<()> {
    let id = Text(&chart.id);
    write!(
        to,
        "<figure class=\"chart\" id=\"c-{id}\" aria-labelledby=\"c-{id}-t\" aria-describedby=\"c-{id}-d\">\n\
         <figcaption><h3 id=\"c-{id}-t\">{}",
        Both(&chart.title)
    )?;
    if kind(&chart.drawing) == Some(ColumnKind::Money) && !matches!(chart.drawing, Drawing::Pyramid { .. }) {
        write!(to, " <small>{}</small>", own_currency(&chart.drawing).unwrap_or(currency))?;
    }
    writeln!(to, "</h3><p id=\"c-{id}-d\">{}</p></figcaption>", Both(&chart.lead))?;
    if values(&chart.drawing).any(|value| number::number(value).is_some()) {
        draw(chart, currency, to)?;
    } else {
        writeln!(
            to,
            "<p class=\"nothing\">{}</p>",
            Both(&Words::new("没有可以绘制的数字。", "There is no number to draw."))
        )?;
        if let Some(Value::Absent(why)) = values(&chart.drawing).next() {
            writeln!(to, "<p class=\"nothing\">{}</p>", Both(why))?;
        }
    }
    to.write_all(b"</figure>\n")
}

fn draw(chart: &Chart, currency: Currency, to: &mut impl Write) -> io::Result<()> {
    match &chart.drawing {
        Drawing::Bars { direction, stacked, series, bars } => {
            let stacked = *stacked && series.len() > 1;
            if series.len() > 1 {
                legend(series, to)?;
            }
            let upright = *direction == Direction::Vertical && columns::have_room(bars);
            if upright {
                columns::write(chart, series, bars, stacked, to)?;
            } else {
                bars::write(chart, series, bars, stacked, currency, to)?;
            }
            // Plain horizontal bars are a table that shows every number already.
            if upright || stacked {
                let rows = bars.iter().map(|bar| (&bar.label, bar.values.iter().collect()));
                numbers(&chart.drawing, series.iter(), rows, currency, to)?;
            }
            Ok(())
        }
        Drawing::Lines { times, lines, level } => {
            lines::write(chart, times, lines, level.as_ref(), to)?;
            let row = |at: usize| lines.iter().filter_map(|line| line.values.get(at)).collect();
            let rows = times.iter().enumerate().map(|(at, time)| (time, row(at)));
            numbers(&chart.drawing, lines.iter().map(|line| &line.name), rows, currency, to)
        }
        Drawing::Pyramid { measures, bands } => pyramid::write(chart, measures, bands, currency, to),
        Drawing::Moves { before, after, counts } => moves::write(chart, before, after, counts, currency, to),
    }
}

/// All values of a drawing.
fn values(drawing: &Drawing) -> Box<dyn Iterator<Item = &Value> + '_> {
    match drawing {
        Drawing::Bars { bars, .. } => Box::new(bars.iter().flat_map(|bar| &bar.values).map(|cell| &cell.value)),
        Drawing::Lines { lines, .. } => Box::new(lines.iter().flat_map(|line| &line.values).map(|cell| &cell.value)),
        Drawing::Pyramid { bands, .. } => {
            let cells = bands.iter().flat_map(|band| band.shares.iter().chain(&band.amounts));
            Box::new(cells.map(|cell| &cell.value))
        }
        Drawing::Moves { counts, .. } => Box::new(counts.iter().flatten().map(|cell| &cell.value)),
    }
}

/// The kind of the numbers of a drawing.
pub(super) fn kind(drawing: &Drawing) -> Option<ColumnKind> {
    values(drawing).find_map(number::kind)
}

fn own_currency(drawing: &Drawing) -> Option<Currency> {
    values(drawing).find_map(|value| match value {
        Value::Money(money) => Some(money.currency()),
        _ => None,
    })
}

/// The number of a cell, when there is one.
pub(super) fn of(cell: &Cell) -> Option<Decimal> {
    number::number(&cell.value)
}

/// Parts of ten thousand as a percentage for a drawing: `37.25%`.
pub(super) fn percent(part: i64) -> String {
    let part = part.clamp(0, WHOLE);
    format!("{}.{:02}%", part / 100, part % 100)
}

/// Which mark and filling a series has, from 1.
pub(super) fn mark(at: usize) -> usize {
    at % crate::report::page::MAX_SERIES + 1
}

fn legend(series: &[Words], to: &mut impl Write) -> io::Result<()> {
    to.write_all(b"<ul class=\"legend\" aria-hidden=\"true\">")?;
    for (at, name) in series.iter().enumerate() {
        write!(to, "<li>{}{}</li>", key(at), Both(name))?;
    }
    to.write_all(b"</ul>\n")
}

/// A swatch of a series.
pub(super) fn key(at: usize) -> String {
    let at = mark(at);
    format!(
        "<svg class=\"key\" width=\"12\" height=\"12\" aria-hidden=\"true\"><rect class=\"k{at} f{at}\" width=\"12\" height=\"12\"/></svg>"
    )
}

/// Opens a drawing with texts, which is written once for each language.
pub(super) fn open_svg(
    chart: &Chart,
    lang: Lang,
    (height, left, right): (i64, i64, i64),
    to: &mut impl Write,
) -> io::Result<()> {
    let (short, tag) = match lang {
        Lang::Zh => ("zh", "zh-CN"),
        Lang::En => ("en", "en"),
    };
    let id = Text(&chart.id);
    writeln!(
        to,
        "<svg class=\"plot {short} l{left} r{right}\" lang=\"{tag}\" height=\"{height}\" role=\"img\" \
         aria-labelledby=\"c-{id}-{short}-t c-{id}-{short}-d\"><title id=\"c-{id}-{short}-t\">{}</title>\
         <desc id=\"c-{id}-{short}-d\">{}</desc>",
        Text(chart.title.get(lang)),
        Text(chart.lead.get(lang)),
    )
}

/// A width in pixels for texts of this size, in steps that the style sheet knows, beside a drawing.
pub(super) fn gutter(widest: i64, most: i64) -> i64 {
    ((widest * 12 / 10 + 10 + 7) / 8 * 8).min(most)
}

/// Wraps a part of a drawing in a link to its rows. The keyboard finds the same link in the table.
pub(super) fn linked(cell: &Cell, inner: &str, to: &mut impl Write) -> io::Result<()> {
    match &cell.rows {
        Some(rows) => write!(to, "<a class=\"open\" href=\"#r-{}\" tabindex=\"-1\">{inner}</a>", Text(rows)),
        None => to.write_all(inner.as_bytes()),
    }
}

/// The numbers of a drawing in a table, folded away.
fn numbers<'a>(
    drawing: &Drawing,
    series: impl Iterator<Item = &'a Words>,
    rows: impl Iterator<Item = (&'a Words, Vec<&'a Cell>)>,
    currency: Currency,
    to: &mut impl Write,
) -> io::Result<()> {
    let kind = kind(drawing).unwrap_or(ColumnKind::Number);
    let mut columns = vec![Column::new(Words::new("项目", "Item"), ColumnKind::Words)];
    columns.extend(series.map(|name| Column::new(name.clone(), kind)));
    write!(to, "<details class=\"numbers\"><summary>{}</summary>", Both(&Words::new("数字表", "The numbers")))?;
    to.write_all(b"<div class=\"scroll\" tabindex=\"0\"><table class=\"sortable\">")?;
    table::head(&columns, currency, to)?;
    to.write_all(b"<tbody>\n")?;
    for (name, cells) in rows {
        let name = Value::Words(name.clone());
        let first = Shown { value: &name, rows: None, currency };
        let cells = std::iter::once(first).chain(cells.into_iter().map(|cell| Shown::cell(cell, currency)));
        table::line(&columns, cells.map(Some), to)?;
    }
    to.write_all(b"</tbody></table></div></details>\n")
}
