//! Moves between two days: a row for where they were, a column for where they are.

use std::io::{self, Write};

use crm_core::money::Currency;

use super::{
    chart,
    markup::Both,
    number::{Shown, grouped},
    table::text_class,
};
use crate::report::page::{Cell, Chart, Place, Value, Words};

/// Which way a move goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Up,
    Down,
    Stays,
    Aside,
}

fn way(before: &Place, after: &Place) -> Way {
    match (before.rank, after.rank) {
        (Some(was), Some(is)) if is < was => Way::Up,
        (Some(was), Some(is)) if is > was => Way::Down,
        (Some(_), Some(_)) => Way::Stays,
        (None, None) if before.name == after.name => Way::Stays,
        _ => Way::Aside,
    }
}

pub(super) fn write(
    chart: &Chart,
    before: &[Place],
    after: &[Place],
    counts: &[Vec<Cell>],
    currency: Currency,
    to: &mut impl Write,
) -> io::Result<()> {
    let cells = || {
        before
            .iter()
            .zip(counts)
            .flat_map(|(was, row)| row.iter().zip(after).map(move |(cell, is)| (way(was, is), cell)))
    };
    let sum = |wanted: Way| cells().filter(|(way, _)| *way == wanted).map(|(_, cell)| count(cell)).sum::<i128>();
    let [up, down, stay, aside] = [Way::Up, Way::Down, Way::Stays, Way::Aside].map(|way| whole(sum(way)));
    let told = Words::new(
        format!("▲ 上升 {up} · ▼ 下降 {down} · ＝ 未变 {stay} · 其他 {aside}"),
        format!("▲ up {up} · ▼ down {down} · ＝ unchanged {stay} · other {aside}"),
    );
    writeln!(to, "<p class=\"told\">{}</p>", Both(&told))?;
    // Those who stay are most of all: they would leave the others without shade.
    let most =
        cells().filter(|(way, _)| *way != Way::Stays).map(|(_, cell)| count(cell)).max().unwrap_or_default().max(1);
    write!(
        to,
        "<div class=\"scroll\" tabindex=\"0\"><table class=\"moves\"><caption class=\"sr\">{}</caption><thead><tr>\
         <th class=\"corner\">{}</th>",
        Both(&chart.title),
        Both(&Words::new("从 ↓ 到 →", "from ↓ to →"))
    )?;
    let total = Words::new("合计", "Total");
    for place in after {
        write!(
            to,
            "<th scope=\"col\" class=\"{}\">{}</th>",
            text_class(&[&place.name.zh, &place.name.en]),
            Both(&place.name)
        )?;
    }
    writeln!(to, "<th scope=\"col\" class=\"sum\">{}</th></tr></thead><tbody>", Both(&total))?;
    for (was, row) in before.iter().zip(counts) {
        write!(
            to,
            "<tr><th scope=\"row\" class=\"{}\">{}</th>",
            text_class(&[&was.name.zh, &was.name.en]),
            Both(&was.name)
        )?;
        for (cell, is) in row.iter().zip(after) {
            one(cell, way(was, is), most, currency, to)?;
        }
        writeln!(to, "<td class=\"n sum\">{}</td></tr>", data(row.iter().map(count).sum()))?;
    }
    write!(to, "</tbody><tfoot><tr><th scope=\"row\">{}</th>", Both(&total))?;
    for at in 0..after.len() {
        let column = counts.iter().filter_map(|row| row.get(at)).map(count).sum();
        write!(to, "<td class=\"n sum\">{}</td>", data(column))?;
    }
    let all = counts.iter().flatten().map(count).sum();
    writeln!(to, "<td class=\"n sum\">{}</td></tr></tfoot></table></div>", data(all))
}

fn one(cell: &Cell, way: Way, most: i128, currency: Currency, to: &mut impl Write) -> io::Result<()> {
    let number = chart::of(cell).map(|number| number.mantissa());
    let (class, sign) = match way {
        Way::Up => ("up", "▲"),
        Way::Down => ("down", "▼"),
        Way::Stays => ("stays", "＝"),
        Way::Aside => ("aside", ""),
    };
    match number {
        Some(0) if way != Way::Stays => {
            write!(to, "<td class=\"n none\">{}</td>", Shown::cell(cell, currency))
        }
        Some(number) => {
            // 1 to 4.
            let shade = if way == Way::Stays { 0 } else { (number.clamp(0, most) * 4 - 1).max(0) / most + 1 };
            write!(to, "<td class=\"n {class} shade{shade}\">{}", Shown::cell(cell, currency))?;
            if !sign.is_empty() {
                write!(to, "<span class=\"sign\" aria-hidden=\"true\">{sign}</span>")?;
            }
            to.write_all(b"</td>")
        }
        None => write!(to, "<td class=\"n\">{}</td>", Shown::cell(cell, currency)),
    }
}

fn count(cell: &Cell) -> i128 {
    match cell.value {
        Value::Count(count) => i128::from(count),
        _ => 0,
    }
}

fn whole(count: i128) -> String {
    crm_core::money::Decimal::from_parts(count, 0).map(grouped).unwrap_or_default()
}

fn data(count: i128) -> String {
    format!("<data class=\"number\" value=\"{count}\">{}</data>", whole(count))
}
