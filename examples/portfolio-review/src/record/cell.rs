//! One value of a row: where it stands, its text, and what the text says.

use std::borrow::Cow;

use crm_core::{
    calendar::Date,
    money::{Currency, Decimal, Money},
    refusal::{self, Refusal},
};

use crate::{
    csv::{MAX_VALUE_BYTES, Row},
    finding::{Code, Finding},
    mapping::{Encoding, Origin, Source, Written},
};

/// A field's place in the rows of a file.
pub(super) struct Bound<'m> {
    pub(super) source: &'m Source,
    place: Place<'m>,
}

enum Place<'m> {
    Constant(&'m str),
    Column { name: &'m str, index: usize },
    Columns { names: &'m [String], indexes: Vec<usize>, join: &'m str },
}

impl<'m> Bound<'m> {
    /// Finds the columns of a field in a header; `None` when one is not there.
    pub(super) fn new(source: &'m Source, header: &Row) -> Option<Self> {
        let index_of = |name: &str| header.iter().position(|column| column == name);
        let place = match &source.origin {
            Origin::Constant(text) => Place::Constant(text),
            Origin::Columns { names, join } => match names.as_slice() {
                [name] => Place::Column { name, index: index_of(name)? },
                _ => Place::Columns {
                    names,
                    indexes: names.iter().map(|name| index_of(name)).collect::<Option<_>>()?,
                    join,
                },
            },
        };
        Some(Self { source, place })
    }

    /// The column, or the columns joined; empty for a constant.
    pub(super) fn column(&self) -> Cow<'m, str> {
        match &self.place {
            Place::Constant(_) => Cow::Borrowed(""),
            Place::Column { name, .. } => Cow::Borrowed(name),
            Place::Columns { names, .. } => Cow::Owned(names.join(" + ")),
        }
    }

    /// Whether bytes of no character stand in it.
    pub(super) fn is_faulty(&self, row: &Row) -> bool {
        let is_faulty = |index: &usize| row.get(*index).is_some_and(|text| text.contains('\u{fffd}'));
        match &self.place {
            Place::Constant(_) => false,
            Place::Column { index, .. } => is_faulty(index),
            Place::Columns { indexes, .. } => indexes.iter().any(is_faulty),
        }
    }

    /// The text of the field; `None` when it is one of the texts that mean nothing.
    pub(super) fn text<'r>(&self, row: &'r Row, written: &Written) -> Result<Option<Cow<'r, str>>, Finding>
    where
        'm: 'r,
    {
        match &self.place {
            Place::Constant(text) => Ok(Some(Cow::Borrowed(*text))),
            Place::Column { index, .. } => self.value(row, *index, written).map(|text| text.map(Cow::Borrowed)),
            Place::Columns { indexes, join, .. } => {
                let mut whole = String::new();
                for (position, index) in indexes.iter().enumerate() {
                    let Some(part) = self.value(row, *index, written)? else { return Ok(None) };
                    if position > 0 {
                        whole.push_str(join);
                    }
                    whole.push_str(part);
                }
                Ok(Some(Cow::Owned(whole)))
            }
        }
    }

    fn value<'r>(&self, row: &'r Row, index: usize, written: &Written) -> Result<Option<&'r str>, Finding> {
        let text = row.get(index).unwrap_or_default();
        if text.len() > MAX_VALUE_BYTES {
            return Err(too_long());
        }
        // A map of values may give a meaning to an empty text.
        let named = self.source.values.as_ref().is_some_and(|values| values.contains_key(text));
        let empty = !named && written.empty.iter().any(|empty| empty == text);
        Ok((!empty && (named || !text.is_empty())).then_some(text))
    }
}

pub(super) fn too_long() -> Finding {
    refusal::Fault::new(refusal::Code::WireTextTooLong).with("limit", MAX_VALUE_BYTES).into()
}

/// The names that a header lacks and those that it has more than once.
#[must_use]
pub fn missing_columns<'n>(wanted: &[&'n str], header: &Row) -> (Vec<&'n str>, Vec<&'n str>) {
    let count = |name: &str| header.iter().filter(|column| *column == name).count();
    let missing = wanted.iter().filter(|name| count(name) == 0).copied().collect();
    let twice = wanted.iter().filter(|name| count(name) > 1).copied().collect();
    (missing, twice)
}

pub(super) fn encoding_fault(encoding: Encoding) -> Finding {
    Finding::new(Code::CsvEncoding).with("encoding", encoding.name().to_ascii_uppercase())
}

pub(super) fn mapped<'t>(text: &'t str, source: &'t Source) -> Result<&'t str, Finding> {
    match &source.values {
        None => Ok(text),
        Some(values) => values.get(text).map(String::as_str).ok_or_else(|| Finding::new(Code::CsvUnmapped)),
    }
}

pub(super) fn date(text: &str, source: &Source) -> Result<Date, Finding> {
    let form = &source.date_form;
    let Some((year, month, day)) = form.digits(text) else {
        return Err(Finding::new(Code::CsvDateForm).with("format", form));
    };
    let date =
        Date::from_ymd(year, month, day).ok_or_else(|| Finding::new(Code::CsvDateInvalid).with("format", form))?;
    if source.last_day { date.plus_days(1).map_err(first) } else { Ok(date) }
}

pub(super) fn amount(text: &str, written: &Written, currency: Currency) -> Result<Money, Finding> {
    // The core reads `5E+2` as 500; in a file it is what a spreadsheet left of a number.
    if is_scientific(text) {
        return Err(Finding::new(Code::CsvAmountExponent));
    }
    let plain = plain_decimal(text, written.decimal_mark, written.thousands_mark);
    let plain = plain.ok_or_else(|| Finding::from(refusal::Fault::new(refusal::Code::WireDecimalInvalid)))?;
    Decimal::parse(&plain).and_then(|decimal| Money::new(decimal, currency)).map_err(first)
}

/// Digits, with marks or without, then `E` and a whole number: `5E+2`, `1.23e05`, `1,2E-3`.
fn is_scientific(text: &str) -> bool {
    let unsigned = |text: &'_ str| text.strip_prefix(['-', '+']).unwrap_or(text).to_owned();
    text.split_once(['e', 'E']).is_some_and(|(digits, power)| {
        let (digits, power) = (unsigned(digits.trim()), unsigned(power.trim()));
        let marked = |letter: char| letter.is_ascii_digit() || matches!(letter, '.' | ',' | '\'' | ' ');
        digits.contains(|letter: char| letter.is_ascii_digit())
            && digits.chars().all(marked)
            && !power.is_empty()
            && power.bytes().all(|byte| byte.is_ascii_digit())
    })
}

/// The amount with a point before its decimals and nothing between its digits; `None` when the marks don't stand where
/// they can stand, so that `1,5` is not taken for fifteen.
fn plain_decimal(text: &str, decimal_mark: char, thousands_mark: Option<char>) -> Option<Cow<'_, str>> {
    if decimal_mark == '.' && thousands_mark.is_none_or(|mark| !text.contains(mark)) {
        return Some(Cow::Borrowed(text));
    }
    let (sign, digits) = match text.strip_prefix(['-', '+']) {
        Some(digits) => (text.get(..1)?, digits),
        None => ("", text),
    };
    let (whole, decimals) = match digits.split_once(decimal_mark) {
        Some((whole, decimals)) => (whole, Some(decimals)),
        None => (digits, None),
    };
    let mut out = String::from(sign);
    match thousands_mark {
        Some(mark) if whole.contains(mark) => {
            for (index, group) in whole.split(mark).enumerate() {
                let fits = if index == 0 { (1..=3).contains(&group.len()) } else { group.len() == 3 };
                if !fits || !group.bytes().all(|byte| byte.is_ascii_digit()) {
                    return None;
                }
                out.push_str(group);
            }
        }
        _ => out.push_str(whole),
    }
    if decimal_mark != '.' && out.contains('.') {
        return None;
    }
    if let Some(decimals) = decimals {
        if !decimals.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        out.push('.');
        out.push_str(decimals);
    }
    Some(Cow::Owned(out))
}

pub(super) fn whole_number(text: &str) -> Result<i64, Finding> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    let value = if plain { text.parse().ok() } else { None };
    value.ok_or_else(|| Finding::new(Code::CsvInteger))
}

pub(super) fn first(refusal: Refusal) -> Finding {
    match refusal.into_faults().into_iter().next() {
        Some(fault) => fault.into(),
        None => Finding::from(refusal::Fault::new(refusal::Code::Internal)),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn marks_stand_where_they_can_stand() {
        let german = |text| plain_decimal(text, ',', Some('.')).map(Cow::into_owned);
        assert_eq!(german("1.234.567,89").unwrap(), "1234567.89");
        assert_eq!(german("-12,3").unwrap(), "-12.3");
        assert_eq!(german("1.5"), None);
        assert_eq!(german("12.34,5"), None);
        let chinese = |text| plain_decimal(text, '.', Some(',')).map(Cow::into_owned);
        assert_eq!(chinese("4,310.00").unwrap(), "4310.00");
        assert_eq!(chinese("431000").unwrap(), "431000");
        assert_eq!(chinese("1,5"), None);
        assert_eq!(chinese("1,234.5,6"), None);
        assert_eq!(plain_decimal("1.5", ',', None), None);
    }

    #[test]
    fn scientific_notation_is_known_by_its_shape() {
        for text in ["5E+2", "1.23E+05", "1e5", "-1,23E+05", "+1E-2", "1E+200000000", "1.E5", "1 234E5"] {
            assert!(is_scientific(text), "{text}");
        }
        for text in ["500", "1.23", "E5", "1E", "1E+", "1E+5.5", "EUR 5", "5 EUR", "NaN", "1E5E5", "0x1E5", ""] {
            assert!(!is_scientific(text), "{text}");
        }
    }

    #[test]
    fn whole_numbers_are_digits() {
        assert_eq!(whole_number("-3").unwrap(), -3);
        for text in ["", "-", "1.0", "+1", "１", "1e3", "99999999999999999999"] {
            assert_eq!(whole_number(text).unwrap_err().code(), "csv.integer.invalid", "{text}");
        }
    }
}
