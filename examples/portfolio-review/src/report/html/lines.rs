//! Lines over time, each with its own mark, dashes and a label at its end.

use std::io::{self, Write};

use crm_core::refusal::Lang;

use super::{
    axis::{Axis, WHOLE},
    bars::tip,
    chart::{self, gutter, linked, mark, open_svg, percent},
    columns::{down, grid},
    markup::Text,
    number::{axis_labels, cut, number, read, width},
};
use crate::report::page::{Chart, ColumnKind, Level, Line, Value, Words};

const TOP: i64 = 14;
const HEIGHT: i64 = 196;
const BELOW: i64 = 28;
/// Between two labels at the right.
const APART: i64 = 15;
/// Widest label at the right, in pixels.
const WIDEST: i64 = 136;

pub(super) fn write(
    chart: &Chart,
    times: &[Words],
    lines: &[Line],
    level: Option<&Level>,
    to: &mut impl Write,
) -> io::Result<()> {
    let kind = chart::kind(&chart.drawing).unwrap_or(ColumnKind::Number);
    let numbers = lines.iter().flat_map(|line| &line.values).filter_map(chart::of);
    let axis = Axis::of_lines(numbers.chain(level.and_then(|level| number(&level.value))));
    let place = (TOP, HEIGHT);
    for lang in [Lang::Zh, Lang::En] {
        let labels = axis_labels(&axis.ticks(), kind, lang);
        let left = gutter(labels.iter().map(|label| width(label)).max().unwrap_or_default(), 128);
        let ends = ends(lines, level, axis, lang);
        let right = gutter(ends.iter().map(|end| width(&end.text) + 10).max().unwrap_or_default(), WIDEST + 16);
        open_svg(chart, lang, (TOP + HEIGHT + BELOW, left, right), to)?;
        grid(axis, &labels, place, to)?;
        time_labels(times, lang, to)?;
        for (at, line) in lines.iter().enumerate() {
            one((at, line), times, axis, lang, to)?;
        }
        if let Some(at) = level.and_then(|level| number(&level.value)) {
            let y = down(axis, at, place);
            write!(to, "<line class=\"level\" x1=\"0\" x2=\"100%\" y1=\"{y}\" y2=\"{y}\"/>")?;
        }
        for end in ends {
            let Some(line) = end.line else {
                write!(
                    to,
                    "<text class=\"level\" x=\"100%\" dx=\"16\" y=\"{}\">{}</text>",
                    end.y + 4,
                    Text(&end.text)
                )?;
                continue;
            };
            let (x, at) = (percent(x(end.last, times.len())), mark(line));
            write!(
                to,
                "<line class=\"lead k{at}\" x1=\"{x}\" x2=\"100%\" y1=\"{}\" y2=\"{}\"/>\
                 <use class=\"mark k{at}\" href=\"#m{at}\" x=\"100%\" y=\"{}\" transform=\"translate(8)\"/>\
                 <text class=\"end\" x=\"100%\" dx=\"16\" y=\"{}\">{}</text>",
                end.point,
                end.y,
                end.y,
                end.y + 4,
                Text(&end.text)
            )?;
        }
        to.write_all(b"</svg>\n")?;
    }
    Ok(())
}

/// Where a point of time lies: in the middle of its share of the width.
fn x(at: usize, of: usize) -> i64 {
    let [at, of] = [at, of].map(|number| i64::try_from(number).unwrap_or(1));
    (2 * at + 1) * WHOLE / (2 * of.max(1))
}

/// As many of the points of time as have room, the last one always.
fn time_labels(times: &[Words], lang: Lang, to: &mut impl Write) -> io::Result<()> {
    let widest = times.iter().map(|time| width(time.get(lang))).max().unwrap_or_default() * 12 / 10 + 8;
    let room = usize::try_from((240 / widest.max(1)).max(1)).unwrap_or(1);
    let every = times.len().div_ceil(room).max(1);
    for (at, time) in times.iter().enumerate() {
        if (times.len() - 1 - at).is_multiple_of(every) {
            write!(
                to,
                "<text class=\"x\" text-anchor=\"middle\" x=\"{}\" y=\"{}\">{}</text>",
                percent(x(at, times.len())),
                TOP + HEIGHT + 21,
                Text(time.get(lang))
            )?;
        }
    }
    Ok(())
}

fn one((at, line): (usize, &Line), times: &[Words], axis: Axis, lang: Lang, to: &mut impl Write) -> io::Result<()> {
    let class = mark(at);
    let mut before: Option<(i64, i64)> = None;
    for (index, cell) in line.values.iter().enumerate() {
        let Some(number) = chart::of(cell) else {
            before = None;
            continue;
        };
        let (x, y) = (x(index, times.len()), down(axis, number, (TOP, HEIGHT)));
        if let Some((earlier, height)) = before {
            write!(
                to,
                "<line class=\"line k{class} dash{class}\" x1=\"{}\" x2=\"{}\" y1=\"{height}\" y2=\"{y}\"/>",
                percent(earlier),
                percent(x)
            )?;
        }
        before = Some((x, y));
    }
    // Marks over lines.
    for (index, (cell, time)) in line.values.iter().zip(times).enumerate() {
        let Some(number) = chart::of(cell) else { continue };
        let (x, y) = (percent(x(index, times.len())), down(axis, number, (TOP, HEIGHT)));
        let name = Words::new(format!("{} {}", line.name.zh, time.zh), format!("{} {}", line.name.en, time.en));
        let shape = format!(
            "<g class=\"k{class}\"><use class=\"mark\" href=\"#m{class}\" x=\"{x}\" y=\"{y}\"/>\
             <circle class=\"reach\" cx=\"{x}\" cy=\"{y}\" r=\"9\"><title>{}</title></circle></g>",
            Text(&tip(&name, &cell.value, lang))
        );
        linked(cell, &shape, to)?;
    }
    Ok(())
}

/// A label at the right: of a line, or of the level to compare with.
struct End {
    line: Option<usize>,
    last: usize,
    point: i64,
    y: i64,
    text: String,
}

/// Labels at the height of the last point of each line, moved apart where they would meet.
fn ends(lines: &[Line], level: Option<&Level>, axis: Axis, lang: Lang) -> Vec<End> {
    let end = |line, last, name: &Words, value: &Value| {
        let y = down(axis, number(value)?, (TOP, HEIGHT));
        let value = read(value, lang);
        let name = cut(name.get(lang), (WIDEST * 10 / 12 - 6 - width(&value)).max(30));
        Some(End { line, last, point: y, y, text: cut(&format!("{name} {value}"), WIDEST * 10 / 12) })
    };
    let mut ends: Vec<End> = level.and_then(|level| end(None, 0, &level.name, &level.value)).into_iter().collect();
    for (at, line) in lines.iter().enumerate() {
        let last = line.values.iter().enumerate().rev().find(|(_, cell)| chart::of(cell).is_some());
        ends.extend(last.and_then(|(last, cell)| end(Some(at), last, &line.name, &cell.value)));
    }
    ends.sort_by_key(|end| end.y);
    let mut lowest = i64::MIN;
    for end in &mut ends {
        end.y = end.y.max(lowest);
        lowest = end.y + APART;
    }
    // What was moved below the drawing goes up again, and pushes the others.
    let mut highest = TOP + HEIGHT + 4;
    for end in ends.iter_mut().rev() {
        end.y = end.y.min(highest);
        highest = end.y - APART;
    }
    ends
}
