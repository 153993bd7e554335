//! Rows become records: each value is read as its field wants it, and every fault of a row is found.

mod cell;
mod table;

use crm_core::{
    calendar::Date,
    money::Money,
    party::PartyId,
    portfolio::{PolicyId, PolicyTerm},
    refusal::{self, Refusal},
};

use crate::{
    csv::{MAX_VALUE_BYTES, Row},
    finding::{Code, Finding},
    mapping::{Field, Kind, Mapping, Ties},
};
use cell::{Bound, amount, date, encoding_fault, first, mapped, too_long, whole_number};

pub use cell::missing_columns;
pub use table::{Cells, Stored, TableLayout};

/// Where in a file's rows each field stands.
pub struct Layout<'m> {
    mapping: &'m Mapping,
    bound: Vec<(Field, Bound<'m>)>,
}

impl<'m> Layout<'m> {
    /// Finds the mapped columns in a header; `None` when one is not there (see [`missing_columns`]).
    #[must_use]
    pub fn new(mapping: &'m Mapping, header: &Row) -> Option<Self> {
        let bound = mapping.fields.iter().map(|(field, source)| Some((*field, Bound::new(source, header)?)));
        let bound = bound.collect::<Option<_>>()?;
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
        for (field, bound) in &self.bound {
            if let Err(finding) = self.read_field(*field, bound, row, &mut draft) {
                faults.push(finding.at(format!("/{}", field.name())).in_column(&bound.column()));
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
            match self.bound.iter().find(|(field, _)| field.name() == first) {
                Some((_, bound)) => finding.in_column(&bound.column()),
                None => finding,
            }
        };
        refusal.into_faults().into_iter().map(locate).collect()
    }

    /// The column that maps to a field.
    #[must_use]
    pub fn column_of(&self, path: &str) -> Option<String> {
        let name = path.trim_start_matches('/');
        self.bound.iter().find(|(field, _)| field.name() == name).map(|(_, bound)| bound.column().into_owned())
    }

    fn encoding_fault(&self, row: &Row) -> Finding {
        let finding = encoding_fault(self.mapping.written.encoding);
        match self.bound.iter().find(|(_, bound)| bound.is_faulty(row)) {
            Some((field, bound)) => finding.at(format!("/{}", field.name())).in_column(&bound.column()),
            None => finding,
        }
    }

    fn read_field(&self, field: Field, bound: &Bound<'_>, row: &Row, draft: &mut Draft) -> Result<(), Finding> {
        let written = &self.mapping.written;
        let Some(text) = bound.text(row, written)? else {
            return if field.optional() { Ok(()) } else { Err(Finding::new(Code::CsvMissing)) };
        };
        match field.kind() {
            Kind::Text | Kind::Choice(_) | Kind::Currency => {
                let text = mapped(&text, bound.source)?;
                match field {
                    Field::Id => draft.id = Some(PolicyId::new(text).map_err(first)?),
                    Field::Customer => draft.customer = Some(PartyId::new(text).map_err(first)?),
                    Field::Channel => draft.channel = Some(text.to_owned()),
                    _ => draft.risk_type = Some(text.to_owned()),
                }
            }
            Kind::Date => {
                let day = Some(date(&text, bound.source)?);
                match field {
                    Field::Inception => draft.inception = day,
                    Field::Start => draft.start = day,
                    Field::End => draft.end = day,
                    Field::LapsedOn => draft.lapsed_on = day,
                    Field::Birth => draft.birth = day,
                    _ => draft.licensed_on = day,
                }
            }
            Kind::Amount => {
                let amount = Some(amount(&text, written, written.currency)?);
                match field {
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
            return Err(vec![encoding_fault(self.mapping.written.encoding)]);
        }
        let value = |index: usize| {
            let text = row.get(index).unwrap_or_default();
            if text.len() > MAX_VALUE_BYTES {
                return Err(too_long());
            }
            let empty = text.is_empty() || self.mapping.written.empty.iter().any(|empty| empty == text);
            if empty { Err(Finding::new(Code::CsvMissing)) } else { Ok(text) }
        };
        let customer = value(self.customer).and_then(|text| PartyId::new(text).map_err(first));
        let total =
            value(self.total).and_then(|text| amount(text, &self.mapping.written, self.mapping.written.currency));
        let part = value(self.part).and_then(|text| amount(text, &self.mapping.written, self.mapping.written.currency));
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
