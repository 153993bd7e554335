//! Rows of a customer system's tables: each value as its field wants it.

use crm_core::{
    calendar::Date,
    money::{Currency, Money},
    refusal::{self, Refusal},
};

use super::cell::{Bound, amount, date, encoding_fault, first, mapped, whole_number};
use crate::{
    csv::Row,
    finding::{Code, Finding},
    mapping::{FieldSpec, Kind, TableMap, TableName, Written},
};

/// Where in a file's rows each field of a table stands.
pub struct TableLayout<'m> {
    table: TableName,
    written: &'m Written,
    bound: Vec<Option<Bound<'m>>>,
}

/// One value.
#[derive(Clone, PartialEq, Eq)]
enum Cell {
    Text(String),
    Date(Date),
    Amount(Money),
    Count(i64),
}

/// The values of a row, by field.
#[derive(Clone, PartialEq, Eq)]
pub struct Cells {
    /// On which line it starts.
    pub line: u64,
    table: TableName,
    values: Vec<Option<Cell>>,
}

impl<'m> TableLayout<'m> {
    /// Finds the mapped columns in a header; `None` when one is not there.
    #[must_use]
    pub fn new(table: TableName, map: &'m TableMap, written: &'m Written, header: &Row) -> Option<Self> {
        let bind = |source: &'m Option<_>| match source {
            Some(source) => Bound::new(source, header).map(Some),
            None => Some(None),
        };
        Some(Self { table, written, bound: map.fields.iter().map(bind).collect::<Option<_>>()? })
    }

    /// The values of a row.
    ///
    /// # Errors
    /// Every fault of the row, each with its path and column.
    pub fn read(&self, row: &Row) -> Result<Cells, Vec<Finding>> {
        if row.faulty_text {
            return Err(vec![self.encoding_fault(row)]);
        }
        let mut faults = Vec::new();
        let mut currency = self.written.currency;
        let mut values = Vec::with_capacity(self.bound.len());
        for (spec, bound) in self.table.fields().iter().zip(&self.bound) {
            let Some(bound) = bound else {
                values.push(None);
                continue;
            };
            match self.value(spec, bound, row, &mut currency) {
                Ok(value) => values.push(value),
                Err(finding) => {
                    faults.push(finding.at(format!("/{}", spec.name)).in_column(&bound.column()));
                    values.push(None);
                }
            }
        }
        if faults.is_empty() { Ok(Cells { line: row.line, table: self.table, values }) } else { Err(faults) }
    }

    fn value(
        &self,
        spec: &FieldSpec,
        bound: &Bound<'_>,
        row: &Row,
        currency: &mut Currency,
    ) -> Result<Option<Cell>, Finding> {
        let Some(text) = bound.text(row, self.written)? else {
            return if spec.filled { Err(Finding::new(Code::CsvMissing)) } else { Ok(None) };
        };
        let value = match spec.kind {
            Kind::Text | Kind::List => Cell::Text(mapped(&text, bound.source)?.to_owned()),
            Kind::Choice(codes) => {
                let code = mapped(&text, bound.source)?;
                if !codes.contains(&code) {
                    return Err(Finding::new(Code::CsvUnmapped));
                }
                Cell::Text(code.to_owned())
            }
            Kind::Currency => {
                // Amounts stand behind it in the table of fields and are read in it.
                *currency = Currency::parse(mapped(&text, bound.source)?).map_err(first)?;
                Cell::Text(currency.to_string())
            }
            Kind::Date => Cell::Date(date(&text, bound.source)?),
            Kind::Amount => Cell::Amount(amount(&text, self.written, *currency)?),
            Kind::Count => Cell::Count(whole_number(&text)?),
        };
        Ok(Some(value))
    }

    /// Faults of the core in the words of the file. `fields` says at which field a path of the core's record stands.
    #[must_use]
    pub fn locate(&self, refusal: Refusal, field_of: impl Fn(&str) -> Option<&'static str>) -> Vec<Finding> {
        let locate = |fault: refusal::Fault| self.placed(Finding::from(fault), &field_of);
        refusal.into_faults().into_iter().map(locate).collect()
    }

    /// A finding at its field of the row, with its column.
    #[must_use]
    pub fn placed(&self, finding: Finding, field_of: impl Fn(&str) -> Option<&'static str>) -> Finding {
        let first = finding.path.trim_start_matches('/').split('/').next().unwrap_or_default();
        let field = field_of(&finding.path).unwrap_or(first).to_owned();
        match self.column(&field) {
            Some(column) => finding.at(format!("/{field}")).in_column(&column),
            None => finding,
        }
    }

    /// A finding of this program at a field.
    #[must_use]
    pub fn at(&self, finding: Finding, field: &'static str) -> Finding {
        let finding = finding.at(format!("/{field}"));
        match self.column(field) {
            Some(column) => finding.in_column(&column),
            None => finding,
        }
    }

    fn column(&self, field: &str) -> Option<String> {
        let index = self.table.fields().iter().position(|spec| spec.name == field)?;
        self.bound.get(index)?.as_ref().map(|bound| bound.column().into_owned())
    }

    fn encoding_fault(&self, row: &Row) -> Finding {
        let finding = encoding_fault(self.written.encoding);
        let fields = self.table.fields().iter().zip(&self.bound);
        let mut mapped = fields.filter_map(|(spec, bound)| bound.as_ref().map(|bound| (spec, bound)));
        match mapped.find(|(_, bound)| bound.is_faulty(row)) {
            Some((spec, bound)) => finding.at(format!("/{}", spec.name)).in_column(&bound.column()),
            None => finding,
        }
    }
}

/// A value as a database keeps it.
pub enum Stored<'c> {
    /// Nothing.
    Nothing,
    /// A text, a code or a day.
    Text(std::borrow::Cow<'c, str>),
    /// A whole number, or an amount in minor units.
    Integer(i64),
}

impl Cells {
    /// Every value in the order of the table's fields.
    pub fn stored(&self) -> impl Iterator<Item = Stored<'_>> {
        self.values.iter().map(|value| match value {
            None => Stored::Nothing,
            Some(Cell::Text(text)) => Stored::Text(text.into()),
            Some(Cell::Date(date)) => Stored::Text(date.to_string().into()),
            Some(Cell::Amount(amount)) => Stored::Integer(amount.minor()),
            Some(Cell::Count(count)) => Stored::Integer(*count),
        })
    }

    /// Hands the row on as bytes, each value apart from the next.
    pub fn feed(&self, mut to: impl FnMut(&[u8])) {
        for value in self.stored() {
            match value {
                Stored::Nothing => to(&[0]),
                Stored::Text(text) => {
                    to(&[1]);
                    to(&(text.len() as u64).to_le_bytes());
                    to(text.as_bytes());
                }
                Stored::Integer(number) => {
                    to(&[2]);
                    to(&number.to_le_bytes());
                }
            }
        }
    }

    /// Puts a text in its right spelling.
    pub fn set_text(&mut self, field: &str, text: &str) {
        let index = self.table.fields().iter().position(|spec| spec.name == field);
        if let Some(value @ Some(_)) = index.and_then(|index| self.values.get_mut(index)) {
            *value = Some(Cell::Text(text.to_owned()));
        }
    }

    fn cell(&self, field: &str) -> Option<&Cell> {
        let index = self.table.fields().iter().position(|spec| spec.name == field)?;
        self.values.get(index)?.as_ref()
    }

    /// The number of the row: its table's first field.
    #[must_use]
    pub fn number(&self) -> &str {
        match self.values.first() {
            Some(Some(Cell::Text(text))) => text,
            _ => "",
        }
    }

    /// A text or code; none where it is empty.
    #[must_use]
    pub fn text(&self, field: &str) -> Option<&str> {
        match self.cell(field)? {
            Cell::Text(text) => Some(text),
            _ => None,
        }
    }

    /// A text or code that may be empty, of its own.
    #[must_use]
    pub fn owned(&self, field: &str) -> Option<String> {
        self.text(field).map(str::to_owned)
    }

    /// A text that the row must fill; it was checked when the row was read.
    #[must_use]
    pub fn filled(&self, field: &str) -> &str {
        self.text(field).unwrap_or_default()
    }

    /// Whether a flag is set; one that is empty is not.
    #[must_use]
    pub fn flag(&self, field: &str) -> bool {
        self.text(field) == Some("true")
    }

    /// A day.
    #[must_use]
    pub fn date(&self, field: &str) -> Option<Date> {
        match self.cell(field)? {
            Cell::Date(date) => Some(*date),
            _ => None,
        }
    }

    /// An amount.
    #[must_use]
    pub fn amount(&self, field: &str) -> Option<Money> {
        match self.cell(field)? {
            Cell::Amount(amount) => Some(*amount),
            _ => None,
        }
    }
}
