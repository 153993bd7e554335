//! Rows become policy years: each value is read as its field wants it, and every fault of a row is found.

use std::borrow::Cow;

use crm_core::{
    calendar::Date,
    money::{Currency, Decimal, Money},
    party::PartyId,
    portfolio::{PolicyId, PolicyTerm},
    refusal::{self, Refusal},
};

use crate::{
    csv::{MAX_VALUE_BYTES, Row},
    finding::{Code, Finding},
    mapping::{Encoding, Field, Kind, Mapping, Origin, Source, Ties},
};

/// Where in a file's rows each field stands.
pub struct Layout<'m> {
    mapping: &'m Mapping,
    bound: Vec<Bound<'m>>,
}

struct Bound<'m> {
    field: Field,
    source: &'m Source,
    from: Place<'m>,
}

enum Place<'m> {
    Constant(&'m str),
    Column { name: &'m str, index: usize },
    Columns { names: &'m [String], indexes: Vec<usize>, join: &'m str },
}

impl<'m> Layout<'m> {
    /// Finds the mapped columns in a header; `None` when one is not there (see [`missing_columns`]).
    #[must_use]
    pub fn new(mapping: &'m Mapping, header: &Row) -> Option<Self> {
        let index_of = |name: &str| header.iter().position(|column| column == name);
        let bound = mapping
            .fields
            .iter()
            .map(|(field, source)| {
                let from = match &source.origin {
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
                Some(Bound { field: *field, source, from })
            })
            .collect::<Option<_>>()?;
        Some(Self { mapping, bound })
    }

    /// The policy year of a row.
    ///
    /// # Errors
    /// Every fault of the row, each with its path and column.
    pub fn read(&self, row: &Row) -> Result<PolicyTerm, Vec<Finding>> {
        let mut faults = Vec::new();
        if row.faulty_text {
            return Err(vec![self.encoding_fault(row)]);
        }
        let mut draft = Draft::default();
        for bound in &self.bound {
            if let Err(finding) = self.read_field(bound, row, &mut draft) {
                faults.push(finding.at(format!("/{}", bound.field.name())).in_column(&bound.from.column()));
            }
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        draft.finish().ok_or_else(|| vec![Finding::new(Code::CsvMissing)])
    }

    /// A fault of the core in the words of the file: with the column of its field.
    #[must_use]
    pub fn locate(&self, refusal: Refusal) -> Vec<Finding> {
        let locate = |fault: refusal::Fault| {
            let finding = Finding::from(fault);
            let first = finding.path.trim_start_matches('/').split('/').next().unwrap_or_default().to_owned();
            match self.bound.iter().find(|bound| bound.field.name() == first) {
                Some(bound) => finding.in_column(&bound.from.column()),
                None => finding,
            }
        };
        refusal.into_faults().into_iter().map(locate).collect()
    }

    /// The column that maps to a field.
    #[must_use]
    pub fn column_of(&self, path: &str) -> Option<String> {
        let name = path.trim_start_matches('/');
        self.bound.iter().find(|bound| bound.field.name() == name).map(|bound| bound.from.column().into_owned())
    }

    fn encoding_fault(&self, row: &Row) -> Finding {
        let finding = encoding_fault(self.mapping.encoding);
        let is_faulty = |index: &usize| row.get(*index).is_some_and(|text| text.contains('\u{fffd}'));
        for bound in &self.bound {
            if bound.from.indexes().iter().any(is_faulty) {
                return finding.at(format!("/{}", bound.field.name())).in_column(&bound.from.column());
            }
        }
        finding
    }

    fn read_field(&self, bound: &Bound<'_>, row: &Row, draft: &mut Draft) -> Result<(), Finding> {
        let Some(text) = self.text(bound, row)? else {
            return if bound.field.optional() { Ok(()) } else { Err(Finding::new(Code::CsvMissing)) };
        };
        match bound.field.kind() {
            Kind::Text => {
                let text = mapped(&text, bound.source)?;
                match bound.field {
                    Field::Id => draft.id = Some(PolicyId::new(text).map_err(first)?),
                    Field::Customer => draft.customer = Some(PartyId::new(text).map_err(first)?),
                    Field::Channel => draft.channel = Some(text.to_owned()),
                    _ => draft.risk_type = Some(text.to_owned()),
                }
            }
            Kind::Date => {
                let day = Some(date(&text, bound.source)?);
                match bound.field {
                    Field::Inception => draft.inception = day,
                    Field::Start => draft.start = day,
                    Field::End => draft.end = day,
                    Field::LapsedOn => draft.lapsed_on = day,
                    Field::Birth => draft.birth = day,
                    _ => draft.licensed_on = day,
                }
            }
            Kind::Amount => {
                let amount = Some(amount(&text, self.mapping)?);
                match bound.field {
                    Field::Premium => draft.premium = amount,
                    _ => draft.claims_cost = amount,
                }
            }
            Kind::Count => draft.claims = Some(whole_number(&text)?),
            Kind::List => {
                let items = text.split(bound.source.split.as_str()).map(str::trim).filter(|item| !item.is_empty());
                draft.coverages =
                    items.map(|item| mapped(item, bound.source).map(str::to_owned)).collect::<Result<_, _>>()?;
            }
        }
        Ok(())
    }

    /// The text of a field; `None` when it is one of the texts that mean nothing.
    fn text<'r>(&self, bound: &Bound<'r>, row: &'r Row) -> Result<Option<Cow<'r, str>>, Finding> {
        match &bound.from {
            Place::Constant(text) => Ok(Some(Cow::Borrowed(*text))),
            Place::Column { index, .. } => self.value(row, *index, bound.source).map(|text| text.map(Cow::Borrowed)),
            Place::Columns { indexes, join, .. } => {
                let mut whole = String::new();
                for (position, index) in indexes.iter().enumerate() {
                    let Some(part) = self.value(row, *index, bound.source)? else { return Ok(None) };
                    if position > 0 {
                        whole.push_str(join);
                    }
                    whole.push_str(part);
                }
                Ok(Some(Cow::Owned(whole)))
            }
        }
    }

    fn value<'r>(&self, row: &'r Row, index: usize, source: &Source) -> Result<Option<&'r str>, Finding> {
        let text = row.get(index).unwrap_or_default();
        if text.len() > MAX_VALUE_BYTES {
            return Err(refusal::Fault::new(refusal::Code::WireTextTooLong).with("limit", MAX_VALUE_BYTES).into());
        }
        // A map of values may give a meaning to an empty text.
        let named = source.values.as_ref().is_some_and(|values| values.contains_key(text));
        let empty = !named && self.mapping.empty.iter().any(|empty| empty == text);
        Ok((!empty && (named || !text.is_empty())).then_some(text))
    }
}

impl Place<'_> {
    fn column(&self) -> Cow<'_, str> {
        match self {
            Self::Constant(_) => Cow::Borrowed(""),
            Self::Column { name, .. } => Cow::Borrowed(name),
            Self::Columns { names, .. } => Cow::Owned(names.join(" + ")),
        }
    }

    fn indexes(&self) -> &[usize] {
        match self {
            Self::Constant(_) => &[],
            Self::Column { index, .. } => std::slice::from_ref(index),
            Self::Columns { indexes, .. } => indexes,
        }
    }
}

/// A policy year in the making.
#[derive(Default)]
struct Draft {
    id: Option<PolicyId>,
    customer: Option<PartyId>,
    inception: Option<Date>,
    start: Option<Date>,
    end: Option<Date>,
    lapsed_on: Option<Date>,
    birth: Option<Date>,
    licensed_on: Option<Date>,
    channel: Option<String>,
    risk_type: Option<String>,
    coverages: Vec<String>,
    premium: Option<Money>,
    claims_cost: Option<Money>,
    claims: Option<i64>,
}

impl Draft {
    fn finish(self) -> Option<PolicyTerm> {
        Some(PolicyTerm {
            id: self.id?,
            customer: self.customer?,
            inception: self.inception?,
            start: self.start?,
            end: self.end?,
            lapsed_on: self.lapsed_on,
            birth: self.birth,
            licensed_on: self.licensed_on,
            channel: self.channel?,
            risk_type: self.risk_type?,
            coverages: self.coverages,
            premium: self.premium?,
            claims_cost: self.claims_cost?,
            claims: self.claims?,
        })
    }
}

/// One row of the file of claims by part: its customer, the total and the part.
pub struct TiesLayout<'m> {
    ties: &'m Ties,
    mapping: &'m Mapping,
    customer: usize,
    total: usize,
    part: usize,
}

impl<'m> TiesLayout<'m> {
    /// Finds the columns in the header.
    #[must_use]
    pub fn new(mapping: &'m Mapping, ties: &'m Ties, header: &Row) -> Option<Self> {
        let index_of = |name: &str| header.iter().position(|column| column == name);
        Some(Self {
            ties,
            mapping,
            customer: index_of(&ties.customer)?,
            total: index_of(&ties.total)?,
            part: index_of(&ties.part)?,
        })
    }

    /// Reads a row.
    ///
    /// # Errors
    /// Every fault of the row.
    pub fn read(&self, row: &Row) -> Result<(PartyId, Money, Money), Vec<Finding>> {
        if row.faulty_text {
            return Err(vec![encoding_fault(self.mapping.encoding)]);
        }
        let value = |index: usize| {
            let text = row.get(index).unwrap_or_default();
            if text.len() > MAX_VALUE_BYTES {
                return Err(Finding::from(
                    refusal::Fault::new(refusal::Code::WireTextTooLong).with("limit", MAX_VALUE_BYTES),
                ));
            }
            let empty = text.is_empty() || self.mapping.empty.iter().any(|empty| empty == text);
            if empty { Err(Finding::new(Code::CsvMissing)) } else { Ok(text) }
        };
        let customer = value(self.customer).and_then(|text| PartyId::new(text).map_err(first));
        let total = value(self.total).and_then(|text| amount(text, self.mapping));
        let part = value(self.part).and_then(|text| amount(text, self.mapping));
        match (customer, total, part) {
            (Ok(customer), Ok(total), Ok(part)) => Ok((customer, total, part)),
            (customer, total, part) => {
                let faults = [
                    (customer.err(), "/customer", &self.ties.customer),
                    (total.err(), "/total", &self.ties.total),
                    (part.err(), "/part", &self.ties.part),
                ];
                let found =
                    faults.into_iter().filter_map(|(fault, path, column)| Some(fault?.at(path).in_column(column)));
                Err(found.collect())
            }
        }
    }
}

/// The names that a header lacks and those that it has more than once.
#[must_use]
pub fn missing_columns<'n>(wanted: &[&'n str], header: &Row) -> (Vec<&'n str>, Vec<&'n str>) {
    let count = |name: &str| header.iter().filter(|column| *column == name).count();
    let missing = wanted.iter().filter(|name| count(name) == 0).copied().collect();
    let twice = wanted.iter().filter(|name| count(name) > 1).copied().collect();
    (missing, twice)
}

fn encoding_fault(encoding: Encoding) -> Finding {
    Finding::new(Code::CsvEncoding).with("encoding", encoding.name().to_ascii_uppercase())
}

fn mapped<'t>(text: &'t str, source: &'t Source) -> Result<&'t str, Finding> {
    match &source.values {
        None => Ok(text),
        Some(values) => values.get(text).map(String::as_str).ok_or_else(|| Finding::new(Code::CsvUnmapped)),
    }
}

fn date(text: &str, source: &Source) -> Result<Date, Finding> {
    let form = &source.date_form;
    let Some((year, month, day)) = form.digits(text) else {
        return Err(Finding::new(Code::CsvDateForm).with("format", form));
    };
    let date =
        Date::from_ymd(year, month, day).ok_or_else(|| Finding::new(Code::CsvDateInvalid).with("format", form))?;
    if source.last_day { date.plus_days(1).map_err(first) } else { Ok(date) }
}

fn amount(text: &str, mapping: &Mapping) -> Result<Money, Finding> {
    // The core reads `5E+2` as 500; in a file it is what a spreadsheet left of a number.
    if is_scientific(text) {
        return Err(Finding::new(Code::CsvAmountExponent));
    }
    let plain = plain_decimal(text, mapping.decimal_mark, mapping.thousands_mark);
    let plain = plain.ok_or_else(|| Finding::from(refusal::Fault::new(refusal::Code::WireDecimalInvalid)))?;
    let currency: Currency = mapping.currency;
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

fn whole_number(text: &str) -> Result<i64, Finding> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    let value = if plain { text.parse().ok() } else { None };
    value.ok_or_else(|| Finding::new(Code::CsvInteger))
}

fn first(refusal: Refusal) -> Finding {
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
