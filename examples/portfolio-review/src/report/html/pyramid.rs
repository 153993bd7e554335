//! Bands of customers from the best to the last: how many they are beside what they bring.

use std::io::{self, Write};

use crm_core::{
    money::{Currency, Decimal},
    refusal::Lang,
};

use super::{
    axis::{Axis, WHOLE},
    chart::{self, linked, percent},
    markup::{Both, Text},
    number::{self, Shown},
};
use crate::report::page::{Band, Cell, Chart, Value, Words};

pub(super) fn write(
    chart: &Chart,
    measures: &[Words],
    bands: &[Band],
    currency: Currency,
    to: &mut impl Write,
) -> io::Result<()> {
    let first: Vec<Decimal> = bands.iter().filter_map(|band| band.shares.first()).filter_map(chart::of).collect();
    let others: Vec<Decimal> = bands.iter().flat_map(|band| band.shares.iter().skip(1)).filter_map(chart::of).collect();
    // The pyramid fills its column; what the bands bring is drawn along one axis, so that measures can be compared.
    let centred = first.iter().all(|share| !share.is_negative());
    let (own, common) = (Axis::tight(first.into_iter()), Axis::tight(others.into_iter()));
    write!(
        to,
        "<table class=\"pyramid\"><caption class=\"sr\">{}</caption><thead><tr><th scope=\"col\">{}</th>",
        Both(&chart.title),
        Both(&Words::new("层级", "Grade"))
    )?;
    for (at, name) in measures.iter().enumerate() {
        write!(to, "<th scope=\"col\">{}", Both(name))?;
        let money = bands.iter().filter_map(|band| band.amounts.get(at)).find_map(|cell| match &cell.value {
            Value::Money(money) => Some(money.currency()),
            _ => None,
        });
        if let Some(currency) = money {
            write!(to, " <small>{currency}</small>")?;
        }
        to.write_all(b"</th>")?;
    }
    to.write_all(b"</tr></thead><tbody>\n")?;
    for band in bands {
        write!(to, "<tr><th scope=\"row\">{}</th>", Both(&band.name))?;
        for (at, ((share, amount), name)) in band.shares.iter().zip(&band.amounts).zip(measures).enumerate() {
            let centre = at == 0 && centred;
            write!(to, "<td><span class=\"measure\" aria-hidden=\"true\">{}</span>", Both(name))?;
            strip(share, if at == 0 { own } else { common }, (at, centre), to)?;
            let (share, amount) = (Shown::cell(share, currency), Shown::cell(amount, currency));
            let class = if centre { "pair centre" } else { "pair" };
            write!(to, "<span class=\"{class}\"><b>{share}</b> <span>{amount}</span></span></td>")?;
        }
        to.write_all(b"</tr>\n")?;
    }
    to.write_all(b"</tbody></table>\n")
}

fn strip(share: &Cell, axis: Axis, (measure, centred): (usize, bool), to: &mut impl Write) -> io::Result<()> {
    to.write_all(b"<svg class=\"strip\" width=\"100%\" height=\"22\" aria-hidden=\"true\" focusable=\"false\">")?;
    if let Some(number) = chart::of(share) {
        let (zero, end) = (axis.zero(), axis.at(number));
        // A band that is too thin to see is drawn as a hair.
        let wide = (zero - end).abs().max(if number.is_zero() { 0 } else { 40 });
        let left = if centred { (WHOLE - wide) / 2 } else { zero.min(end) };
        let class = if number.is_negative() { "loss".into() } else { format!("k{0} f{0}", 2 * measure.min(3) + 1) };
        let rect = format!(
            "<rect class=\"{class}\" x=\"{}\" width=\"{}\" y=\"1\" height=\"20\"><title>{}</title></rect>",
            percent(left),
            percent(wide),
            Text(&number::read(&share.value, Lang::En))
        );
        linked(share, &rect, to)?;
    }
    if !centred {
        let zero = percent(axis.zero());
        write!(to, "<line class=\"zero\" x1=\"{zero}\" x2=\"{zero}\" y1=\"0\" y2=\"22\"/>")?;
    }
    to.write_all(b"</svg>")
}
