//! Figures as cells of a page, and the rows that each opens to.

mod columns;

use std::collections::BTreeMap;

use crm_core::{
    money::{Currency, Decimal, Money},
    portfolio::Proportion,
};

use crate::{
    customer_review::Figures,
    report::page::{Cell, Column, ColumnKind, MAX_FIRST_ROWS, Rows, Value, Words},
    sight::Lens,
    stop::Outcome,
    store::{Store, Unit},
};

/// Opens figures to their rows, each once.
pub struct Opening<'a> {
    /// The database with the rows.
    pub store: &'a Store,
    /// The figures.
    pub figures: &'a Figures,
    /// Who looks.
    pub lens: &'a Lens,
    /// Of every amount.
    pub currency: Currency,
    rows: Vec<Rows>,
    /// The id of the rows of each figure that was opened.
    ids: BTreeMap<String, String>,
}

impl<'a> Opening<'a> {
    /// Nothing opened yet.
    #[must_use]
    pub const fn new(store: &'a Store, figures: &'a Figures, lens: &'a Lens, currency: Currency) -> Self {
        Self { store, figures, lens, currency, rows: Vec::new(), ids: BTreeMap::new() }
    }

    /// The rows that were opened.
    #[must_use]
    pub fn into_rows(self) -> Vec<Rows> {
        self.rows
    }

    /// A figure as a cell that opens; nothing where there is no figure of the name.
    ///
    /// # Errors
    /// What the database says.
    pub fn cell(&mut self, name: &str) -> Outcome<Cell> {
        let Some(figure) = self.figures.figures.get(name) else { return Ok(Cell::from(0_i64)) };
        let value = self.value(figure.value, figure.unit);
        let id = self.open(name)?;
        Ok(Cell::from(value).opens(id))
    }

    /// A ratio as a cell that opens to what stands above and below its line.
    ///
    /// # Errors
    /// What the database says.
    pub fn ratio(&mut self, name: &str) -> Outcome<Cell> {
        let Some(ratio) = self.figures.ratios.get(name) else {
            return Ok(Value::Absent(Words::new("没有这样的保单", "there are no such policies")).into());
        };
        let percent = ratio.value.as_ref().and_then(|text| Decimal::parse(text).ok());
        let absent = || ratio.absent.clone().unwrap_or_else(|| Words::new("分母不大于零", "nothing to divide by"));
        let value = percent.map_or_else(|| Value::Absent(absent()), Value::Percent);
        let parts = [&ratio.above, &ratio.below].into_iter().filter_map(|part| {
            let figure = self.figures.figures.get(part)?;
            Some((figure.title.clone(), part.clone(), self.value(figure.value, figure.unit)))
        });
        let parts: Vec<(Words, String, Value)> = parts.collect();
        let (what, above) = (ratio.title.clone(), ratio.above.clone());
        Ok(self.parted(name, what, value, parts, &above))
    }

    /// A share of the core that opens to what was divided by what: the line above, the line below, each with its name as a
    /// figure (empty where it is none).
    pub fn parted(
        &mut self,
        name: &str,
        what: Words,
        value: Value,
        parts: Vec<(Words, String, Value)>,
        above: &str,
    ) -> Cell {
        if let Some(id) = self.ids.get(name) {
            return Cell::from(value).opens(id.clone());
        }
        let counted = matches!(parts.last(), Some((.., Value::Count(_))));
        let kind = if counted { ColumnKind::Count } else { ColumnKind::Money };
        let exact = match &value {
            Value::Percent(percent) => format!(" = {percent}%"),
            _ => String::new(),
        };
        let first: Vec<Vec<Value>> =
            parts.into_iter().map(|(title, name, value)| vec![Value::Words(title), Value::Text(name), value]).collect();
        let id = self.new_id(name);
        self.rows.push(Rows {
            id: id.clone(),
            what,
            definition: Words::new(
                format!("第一行 ÷ 第二行 × 100{exact}（四舍五入保留四位）"),
                format!("The first line ÷ the second × 100{exact} (half up to four places)"),
            ),
            count: i64::try_from(first.len()).unwrap_or_default(),
            columns: vec![
                Column::new(Words::new("构成", "Part"), ColumnKind::Words),
                Column::new(Words::new("指标名", "Figure"), ColumnKind::Text),
                Column::new(Words::new("值", "Value"), kind),
            ],
            first,
            rest: vec![None; 3],
            total: vec![None; 3],
            command: command(above),
        });
        Cell::from(value).opens(id)
    }

    /// A share that the core gave, opening to the rows of a figure.
    ///
    /// # Errors
    /// What the database says.
    pub fn share(&mut self, share: &Proportion, name: &str) -> Outcome<Cell> {
        let id = self.open(name)?;
        Ok(Cell::from(Value::from(*share)).opens(id))
    }

    /// The name of a customer as the lens shows it.
    ///
    /// # Errors
    /// What the database says.
    pub fn who(&self, customer: &str) -> Outcome<String> {
        let row = self.store.viewed("customers", customer, self.lens)?;
        Ok(row.get("name").cloned().unwrap_or_default())
    }

    /// A number in its unit.
    #[must_use]
    pub fn value(&self, value: i64, unit: Unit) -> Value {
        match unit {
            Unit::Count => Value::Count(value),
            Unit::Amount => Value::Money(Money::from_minor(value, self.currency)),
        }
    }

    /// The id of a figure's rows, which are put on the page when it is first opened.
    fn open(&mut self, name: &str) -> Outcome<String> {
        if let Some(id) = self.ids.get(name) {
            return Ok(id.clone());
        }
        let limit = i64::try_from(MAX_FIRST_ROWS).unwrap_or_default();
        let opened = self.store.opened(name, limit, self.lens)?;
        let id = self.new_id(name);
        let Some(opened) = opened else { return Ok(id) };
        let unit = if opened.unit == "amount" { Unit::Amount } else { Unit::Count };
        let kind = if unit == Unit::Amount { ColumnKind::Money } else { ColumnKind::Count };
        let here: i64 = opened.rows.iter().map(|row| row.adds).sum();
        let more = opened.count > i64::try_from(opened.rows.len()).unwrap_or_default();
        let rest = more.then(|| self.value(opened.value - here, unit));
        let (en, zh) = opened.title;
        let (definition_en, definition_zh) = opened.definition;
        let (mut columns, mut first) = columns::columns(&opened.rows);
        for (values, row) in first.iter_mut().zip(&opened.rows) {
            values.push(self.value(row.adds, unit));
        }
        let sums = |last| std::iter::repeat_n(None, columns.len()).chain([last]).collect();
        let (rest, total) = (sums(rest), sums(Some(self.value(opened.value, unit))));
        columns.push(Column::new(Words::new("计入", "Adds"), kind));
        self.rows.push(Rows {
            id: id.clone(),
            what: Words::new(zh, en),
            definition: Words::new(definition_zh, definition_en),
            count: opened.count,
            columns,
            first,
            rest,
            total,
            command: command(name),
        });
        Ok(id)
    }

    /// A new id for the rows of a figure: lower-case letters, digits, hyphens, points.
    fn new_id(&mut self, name: &str) -> String {
        let plain = |letter: char| {
            if letter.is_ascii_alphanumeric() || matches!(letter, '-' | '.' | '_') {
                letter.to_ascii_lowercase()
            } else {
                '-'
            }
        };
        let id: String = format!("f-{}", name.chars().map(plain).collect::<String>());
        let taken = self.ids.values().any(|own| *own == id);
        let id = if taken { format!("{id}-{}", self.ids.len()) } else { id };
        self.ids.insert(name.to_owned(), id.clone());
        id
    }
}

/// The command that lists every row of a figure.
#[must_use]
pub fn command(name: &str) -> String {
    format!("portfolio-review rows --book book.sqlite --figure '{name}'")
}
