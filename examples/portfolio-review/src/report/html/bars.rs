//! Horizontal bars: a table with a bar between each name and its number, so that it reads without the drawing too.

use std::io::{self, Write};

use crm_core::{
    money::{Currency, Decimal, Unrounded},
    refusal::Lang,
};

use super::{
    axis::{Axis, WHOLE},
    chart::{self, key, linked, mark, percent},
    markup::{Both, Text},
    number::{self, Shown, grouped},
};
use crate::report::page::{Bar, Cell, Chart, ColumnKind, Value, Words};

pub(super) fn write(
    chart: &Chart,
    series: &[Words],
    bars: &[Bar],
    stacked: bool,
    currency: Currency,
    to: &mut impl Write,
) -> io::Result<()> {
    let axis = Axis::tight(ends(bars, stacked).into_iter());
    writeln!(to, "<table class=\"bars\"><caption class=\"sr\">{}</caption><tbody>", Both(&chart.title))?;
    for bar in bars {
        if stacked {
            write!(
                to,
                "<tr><th scope=\"row\"><span class=\"name\">{}</span></th><td class=\"bar\">",
                Both(&bar.label)
            )?;
            stack(bar, series, axis, to)?;
            to.write_all(b"</td><td class=\"n\">")?;
            if let Some(total) = total(&bar.values) {
                let class = if total.is_negative() { "number negative" } else { "number" };
                write!(to, "<data class=\"{class}\" value=\"{total}\">{}</data>", grouped(total))?;
            }
            to.write_all(b"</td></tr>\n")?;
            continue;
        }
        for (at, cell) in bar.values.iter().enumerate() {
            to.write_all(if at + 1 == bar.values.len() { b"<tr class=\"last\">" } else { b"<tr>" })?;
            if at == 0 {
                write!(
                    to,
                    "<th scope=\"row\" rowspan=\"{}\"><span class=\"name\">{}</span></th>",
                    bar.values.len(),
                    Both(&bar.label)
                )?;
            }
            if let (Some(name), true) = (series.get(at), series.len() > 1) {
                write!(to, "<td class=\"series\">{}<span class=\"sr\">{}</span></td>", key(at), Both(name))?;
            }
            to.write_all(b"<td class=\"bar\">")?;
            let alone = bar.values.len() == 1;
            single(cell, (at, alone), axis, to)?;
            writeln!(to, "</td><td class=\"n\">{}</td></tr>", Shown::cell(cell, currency))?;
        }
    }
    to.write_all(b"</tbody></table>\n")
}

/// Every number that a bar, or a part of a stack, ends at.
pub(super) fn ends(bars: &[Bar], stacked: bool) -> Vec<Decimal> {
    if stacked {
        bars.iter().flat_map(|bar| parts(&bar.values)).map(|(_, _, until)| until).collect()
    } else {
        bars.iter().flat_map(|bar| &bar.values).filter_map(chart::of).collect()
    }
}

/// The parts of a stack: series, from, to. Amounts below zero are stacked below it.
pub(super) fn parts(cells: &[Cell]) -> Vec<(usize, Decimal, Decimal)> {
    let (mut above, mut below) = (Decimal::ZERO, Decimal::ZERO);
    let mut out = Vec::new();
    for (at, cell) in cells.iter().enumerate() {
        let Some(number) = chart::of(cell) else { continue };
        let end = if number.is_negative() { &mut below } else { &mut above };
        // What has no room in a decimal is not drawn; it stands in the table.
        let Ok(next) = Unrounded::from(*end).plus(number).and_then(|sum| sum.to_decimal()) else { continue };
        out.push((at, *end, next));
        *end = next;
    }
    out
}

/// The sum of a stack, where the parts can be added: counts and amounts, not shares.
pub(super) fn total(cells: &[Cell]) -> Option<Decimal> {
    let mut sum = Unrounded::from(0);
    for cell in cells {
        match number::kind(&cell.value) {
            Some(ColumnKind::Count | ColumnKind::Money) => sum = sum.plus(chart::of(cell)?).ok()?,
            _ => return None,
        }
    }
    let digits = cells.iter().filter_map(chart::of).map(|number| number.scale()).max().unwrap_or_default();
    let sum = sum.to_decimal().ok()?;
    // 12.30, not 12.3.
    let lacking = digits.saturating_sub(sum.scale());
    let padded = Decimal::from_parts(sum.mantissa().checked_mul(10_i128.checked_pow(lacking)?)?, sum.scale() + lacking);
    padded.ok()
}

fn single(cell: &Cell, (at, alone): (usize, bool), axis: Axis, to: &mut impl Write) -> io::Result<()> {
    open(to)?;
    if let Some(number) = chart::of(cell) {
        let fill = if alone && number.is_negative() { "loss".into() } else { format!("k{0} f{0}", mark(at)) };
        linked(cell, &rect(axis, Decimal::ZERO, number, &fill, &number::read(&cell.value, Lang::En)), to)?;
    }
    close(axis, to)
}

fn stack(bar: &Bar, series: &[Words], axis: Axis, to: &mut impl Write) -> io::Result<()> {
    open(to)?;
    for (at, from, until) in parts(&bar.values) {
        if let (Some(cell), Some(name)) = (bar.values.get(at), series.get(at)) {
            linked(
                cell,
                &rect(axis, from, until, &format!("k{0} f{0}", mark(at)), &tip_in_both(name, &cell.value)),
                to,
            )?;
        }
    }
    close(axis, to)
}

/// A name and a number for a tip in one language.
pub(super) fn tip(name: &Words, value: &Value, lang: Lang) -> String {
    format!("{}: {}", name.get(lang), number::read(value, lang))
}

/// The same for a drawing that stands once for both languages.
fn tip_in_both(name: &Words, value: &Value) -> String {
    let names = if name.zh == name.en { name.zh.clone() } else { format!("{} / {}", name.zh, name.en) };
    format!("{names}: {}", number::read(value, Lang::En))
}

fn open(to: &mut impl Write) -> io::Result<()> {
    to.write_all(b"<svg class=\"strip\" width=\"100%\" height=\"14\" aria-hidden=\"true\" focusable=\"false\">")
}

fn close(axis: Axis, to: &mut impl Write) -> io::Result<()> {
    let zero = percent(axis.zero());
    write!(to, "<line class=\"zero\" x1=\"{zero}\" x2=\"{zero}\" y1=\"0\" y2=\"14\"/></svg>")
}

fn rect(axis: Axis, from: Decimal, until: Decimal, class: &str, tip: &str) -> String {
    let (from, until) = (axis.at(from), axis.at(until));
    let (left, wide) = (from.min(until), (from - until).abs());
    // What is not zero can be seen.
    let wide = if wide == 0 && from != until { 1 } else { wide };
    format!(
        "<rect class=\"{class}\" x=\"{}\" width=\"{}\" y=\"1\" height=\"12\"><title>{}</title></rect>",
        percent(left),
        percent(wide.min(WHOLE)),
        Text(tip)
    )
}
