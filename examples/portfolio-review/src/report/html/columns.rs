//! Vertical bars, for ordered classes with short names. Widths follow the page, heights are fixed.

use std::io::{self, Write};

use crm_core::{money::Decimal, refusal::Lang};

use super::{
    axis::{Axis, WHOLE},
    bars::{self, tip},
    chart::{self, gutter, linked, mark, open_svg, percent},
    markup::Text,
    number::{self, axis_labels, grouped, short, width},
};
use crate::{
    report::page::{Bar, Cell, Chart, ColumnKind, Words},
    wording::two_places,
};

/// Most bars that stand side by side.
const MOST: usize = 14;
/// The narrowest drawing, in pixels: labels must have room in it.
const NARROW: i64 = 300;
const TOP: i64 = 18;
const HEIGHT: i64 = 180;
const BELOW: i64 = 24;

/// Whether the names have room under the bars on a narrow page.
pub(super) fn have_room(bars: &[Bar]) -> bool {
    let slots = i64::try_from(bars.len()).unwrap_or(i64::MAX).max(1);
    let widest = bars.iter().flat_map(|bar| [&bar.label.zh, &bar.label.en]).map(|text| width(text)).max();
    bars.len() <= MOST && widest.unwrap_or_default() * 12 / 10 + 4 <= NARROW / slots
}

pub(super) fn write(
    chart: &Chart,
    series: &[Words],
    bars: &[Bar],
    stacked: bool,
    to: &mut impl Write,
) -> io::Result<()> {
    let kind = chart::kind(&chart.drawing).unwrap_or(ColumnKind::Number);
    let axis = Axis::of(bars::ends(bars, stacked).into_iter());
    for lang in [Lang::Zh, Lang::En] {
        let labels = axis_labels(&axis.ticks(), kind, lang);
        let left = gutter(labels.iter().map(|label| width(label)).max().unwrap_or_default(), 128);
        open_svg(chart, lang, (TOP + HEIGHT + BELOW, left, 0), to)?;
        grid(axis, &labels, (TOP, HEIGHT), to)?;
        let slots = i64::try_from(bars.len()).unwrap_or(i64::MAX).max(1);
        let each = if stacked { 1 } else { i64::try_from(series.len()).unwrap_or(1).max(1) };
        let tops = tops(bars, stacked, kind, lang, NARROW / (slots * each));
        for (at, bar) in (0..).zip(bars) {
            let start = at * WHOLE / slots;
            let room = (at + 1) * WHOLE / slots - start;
            let middle = percent(start + room / 2);
            write!(
                to,
                "<text class=\"x\" text-anchor=\"middle\" x=\"{middle}\" y=\"{}\">{}</text>",
                TOP + HEIGHT + 17,
                Text(bar.label.get(lang))
            )?;
            // A single bar is no wall.
            let wide = (room * 70 / 100).min(WHOLE * 16 / 100);
            let left = start + (room - wide) / 2;
            if stacked {
                for (at, from, until) in bars::parts(&bar.values) {
                    if let (Some(cell), Some(name)) = (bar.values.get(at), series.get(at)) {
                        upright(
                            axis,
                            (left, wide),
                            (from, until),
                            (at, false),
                            cell,
                            &tip(name, &cell.value, lang),
                            to,
                        )?;
                    }
                }
                let highest = bars::parts(&bar.values).into_iter().map(|(_, _, until)| until).max();
                let top = bars::total(&bar.values).zip(highest);
                if let (Some(tops), Some((total, highest))) = (&tops, top) {
                    label(axis, start + room / 2, highest, &tops(total), to)?;
                }
                continue;
            }
            for ((at, cell), name) in (0..).zip(&bar.values).zip(series) {
                let Some(number) = chart::of(cell) else { continue };
                let left = left + wide * at / each;
                let series_at = usize::try_from(at).unwrap_or_default();
                let words = if each == 1 { number::read(&cell.value, lang) } else { tip(name, &cell.value, lang) };
                upright(axis, (left, wide / each), (Decimal::ZERO, number), (series_at, each == 1), cell, &words, to)?;
                if let Some(tops) = &tops {
                    label(axis, left + wide / each / 2, number, &tops(number), to)?;
                }
            }
        }
        to.write_all(b"</svg>\n")?;
    }
    Ok(())
}

/// Lines across at the round numbers, with their labels at the left.
pub(super) fn grid(axis: Axis, labels: &[String], (top, height): (i64, i64), to: &mut impl Write) -> io::Result<()> {
    for (tick, label) in axis.ticks().into_iter().zip(labels) {
        let y = down(axis, tick, (top, height));
        let class = if tick.is_zero() { "zero" } else { "grid" };
        write!(
            to,
            "<line class=\"{class}\" x1=\"0\" x2=\"100%\" y1=\"{y}\" y2=\"{y}\"/>\
             <text class=\"y\" text-anchor=\"end\" x=\"-8\" y=\"{}\">{}</text>",
            y + 4,
            Text(label)
        )?;
    }
    Ok(())
}

/// How far from the top a number lies.
pub(super) fn down(axis: Axis, number: Decimal, (top, height): (i64, i64)) -> i64 {
    top + height - axis.at(number) * height / WHOLE
}

/// How the numbers over the bars are written: exactly where they have room, else shortly, else not at all.
fn tops(bars: &[Bar], stacked: bool, kind: ColumnKind, lang: Lang, room: i64) -> Option<impl Fn(Decimal) -> String> {
    let numbers: Vec<Decimal> = if stacked {
        bars.iter().filter_map(|bar| bars::total(&bar.values)).collect()
    } else {
        bars.iter().flat_map(|bar| &bar.values).filter_map(chart::of).collect()
    };
    let exact = move |number: Decimal| {
        if kind == ColumnKind::Percent { grouped(two_places(number)) + "%" } else { grouped(number) }
    };
    let brief = move |number: Decimal| short(number, kind, lang).unwrap_or_default();
    let fits = |text: String| width(&text) * 11 / 10 <= room;
    let exactly = numbers.iter().all(|number| fits(exact(*number)));
    let briefly = numbers.iter().all(|number| fits(brief(*number)));
    (exactly || briefly).then_some(move |number| if exactly { exact(number) } else { brief(number) })
}

fn upright(
    axis: Axis,
    (left, wide): (i64, i64),
    (from, until): (Decimal, Decimal),
    (at, alone): (usize, bool),
    cell: &Cell,
    tip: &str,
    to: &mut impl Write,
) -> io::Result<()> {
    let [from, end] = [from, until].map(|number| down(axis, number, (TOP, HEIGHT)));
    let class = if alone && until.is_negative() { "loss".into() } else { format!("k{0} f{0}", mark(at)) };
    let rect = format!(
        "<rect class=\"{class}\" x=\"{}\" width=\"{}\" y=\"{}\" height=\"{}\"><title>{}</title></rect>",
        percent(left),
        percent(wide),
        from.min(end),
        (from - end).abs(),
        Text(tip)
    );
    linked(cell, &rect, to)
}

fn label(axis: Axis, middle: i64, number: Decimal, text: &str, to: &mut impl Write) -> io::Result<()> {
    let y = down(axis, number, (TOP, HEIGHT));
    // Above what rises, below what falls.
    let y = if number.is_negative() { y + 12 } else { y - 4 };
    let class = if number.is_negative() { "top negative" } else { "top" };
    write!(
        to,
        "<text class=\"{class}\" text-anchor=\"middle\" x=\"{}\" y=\"{y}\">{}</text>",
        percent(middle),
        Text(text)
    )
}
