//! How exact values read: digits in groups of three, a real minus sign, the currency once.

use std::fmt;

use crm_core::{
    money::{Currency, Decimal, Rounding, RoundingMode, Unrounded},
    refusal::Lang,
};

use super::{
    markup::{Both, Text},
    table::text_class,
};
use crate::{
    report::page::{Cell, ColumnKind, Value},
    wording::two_places,
};

/// The number of a value, for drawing and sorting.
pub(super) fn number(value: &Value) -> Option<Decimal> {
    match value {
        Value::Count(count) => Some(Decimal::from(*count)),
        Value::Money(money) => Some(money.amount()),
        Value::Percent(number) | Value::Number(number) => Some(*number),
        Value::Text(_) | Value::Words(_) | Value::Date(_) | Value::Absent(_) => None,
    }
}

/// The kind of number.
pub(super) fn kind(value: &Value) -> Option<ColumnKind> {
    match value {
        Value::Count(_) => Some(ColumnKind::Count),
        Value::Money(_) => Some(ColumnKind::Money),
        Value::Percent(_) => Some(ColumnKind::Percent),
        Value::Number(_) => Some(ColumnKind::Number),
        Value::Text(_) | Value::Words(_) | Value::Date(_) | Value::Absent(_) => None,
    }
}

/// A decimal with its digits in groups of three and U+2212 for minus.
#[must_use]
pub fn grouped(number: Decimal) -> String {
    let plain = number.to_string();
    let digits = plain.trim_start_matches('-');
    let (whole, fraction) = digits.split_once('.').map_or((digits, None), |(whole, rest)| (whole, Some(rest)));
    let mut out = String::with_capacity(plain.len() + plain.len() / 3 + 2);
    if number.is_negative() {
        out.push('\u{2212}');
    }
    for (at, digit) in whole.char_indices() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if let Some(fraction) = fraction {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

/// A value as it reads in one language, without markup. Amounts stand without their currency, shares with two places.
pub(super) fn read(value: &Value, lang: Lang) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::Words(words) => words.get(lang).to_owned(),
        Value::Date(date) => date.to_string(),
        Value::Absent(why) => format!("— {}", why.get(lang)),
        Value::Percent(percent) => format!("{}%", grouped(two_places(*percent))),
        Value::Count(_) | Value::Money(_) | Value::Number(_) => number(value).map(grouped).unwrap_or_default(),
    }
}

/// The unit in which big numbers are shortened: digits cut off, and its name.
fn big_unit(largest: Decimal, lang: Lang) -> (u32, &'static str) {
    let units: &[(u32, &str)] = match lang {
        Lang::Zh => &[(8, "亿"), (4, "万")],
        Lang::En => &[(9, "bn"), (6, "m"), (3, "k")],
    };
    let whole = largest.mantissa().unsigned_abs() / 10_u128.saturating_pow(largest.scale());
    let fits = |digits: u32| whole >= 10_u128.saturating_pow(digits);
    units.iter().copied().find(|(digits, _)| fits(*digits)).unwrap_or((0, ""))
}

/// A number in a short form of three digits or the whole ones, for where the exact one has no room: the exact one
/// stands in the table beside.
pub(super) fn short(number: Decimal, kind: ColumnKind, lang: Lang) -> Option<String> {
    let (digits, name) = big_unit(number, lang);
    let unit = 10_i64.checked_pow(digits)?;
    let whole =
        number.mantissa().unsigned_abs() / 10_u128.checked_pow(number.scale())? / u128::from(unit.unsigned_abs());
    let place = if whole < 10 { 2 } else { i64::from(whole < 100) };
    let rounding = Rounding { mode: RoundingMode::HalfUp, place };
    let rounded = Unrounded::from(number).divided_by(unit).ok()?.round(rounding).ok()?.after;
    let sign = if kind == ColumnKind::Percent { "%" } else { "" };
    Some(format!("{}{name}{sign}", grouped(rounded.without_trailing_zeros())))
}

/// The labels of an axis, exact, in one unit.
pub(super) fn axis_labels(ticks: &[Decimal], kind: ColumnKind, lang: Lang) -> Vec<String> {
    let largest = ticks.iter().copied().max_by_key(|tick| tick.mantissa().unsigned_abs()).unwrap_or_default();
    let (digits, name) = if kind == ColumnKind::Percent { (0, "%") } else { big_unit(largest, lang) };
    let label = |tick: &Decimal| {
        let tick = tick.without_trailing_zeros();
        let shifted = Decimal::from_parts(tick.mantissa(), tick.scale() + digits).unwrap_or(tick);
        let name = if tick.is_zero() && kind != ColumnKind::Percent { "" } else { name };
        format!("{}{name}", grouped(shifted.without_trailing_zeros()))
    };
    ticks.iter().map(label).collect()
}

/// A value with its markup: red and a minus sign where it is negative, the reason where it is absent, a link where it
/// opens to rows. An amount of another currency than the page's shows its code.
pub(super) struct Shown<'a> {
    pub(super) value: &'a Value,
    pub(super) rows: Option<&'a str>,
    pub(super) currency: Currency,
}

impl<'a> Shown<'a> {
    pub(super) fn cell(cell: &'a Cell, currency: Currency) -> Self {
        Self { value: &cell.value, rows: cell.rows.as_deref(), currency }
    }
}

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(rows) = self.rows {
            write!(f, "<a class=\"open\" href=\"#r-{}\" aria-haspopup=\"dialog\">", Text(rows))?;
        }
        match self.value {
            Value::Text(text) => write!(f, "{}", Text(text))?,
            Value::Words(words) => write!(f, "{}", Both(words))?,
            Value::Date(date) => write!(f, "<time datetime=\"{date}\">{date}</time>")?,
            Value::Absent(why) => {
                let long = if text_class(&[&why.zh, &why.en]) == "t" { "" } else { " long" };
                write!(f, "<span class=\"absent{long}\">— {}</span>", Both(why))?;
            }
            Value::Count(_) | Value::Money(_) | Value::Percent(_) | Value::Number(_) => {
                let exact = number(self.value).unwrap_or_default();
                let class = if exact.is_negative() { "number negative" } else { "number" };
                write!(f, "<data class=\"{class}\" value=\"{exact}\"")?;
                if matches!(self.value, Value::Percent(percent) if two_places(*percent) != *percent) {
                    write!(f, " title=\"{}%\"", grouped(exact))?;
                }
                f.write_str(">")?;
                match self.value {
                    Value::Money(money) if money.currency() != self.currency => {
                        write!(f, "<small>{}</small> ", money.currency())?;
                    }
                    _ => {}
                }
                f.write_str(&read(self.value, Lang::En))?;
                f.write_str("</data>")?;
            }
        }
        if self.rows.is_some() {
            f.write_str("</a>")?;
        }
        Ok(())
    }
}

/// About how wide a text is, in tenths of the size of its letters: Chinese takes ten, others six.
pub(super) fn width(text: &str) -> i64 {
    text.chars().map(|character| if character < '\u{1100}' { 6 } else { 10 }).sum()
}

/// A text cut so that it is no wider, with `…` where something is missing.
pub(super) fn cut(text: &str, most: i64) -> String {
    if width(text) <= most {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut used = 10;
    for character in text.chars() {
        used += width(character.encode_utf8(&mut [0; 4]));
        if used > most {
            break;
        }
        out.push(character);
    }
    out.push('…');
    out
}
