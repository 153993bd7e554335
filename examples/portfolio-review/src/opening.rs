//! Figures as cells of a page, and the rows that each opens to.

use std::collections::BTreeMap;

use crm_core::{
    money::{Currency, Decimal, Money},
    portfolio::{Absence, Proportion},
};

use crate::{
    customer_review::Figures,
    report::page::{Cell, Column, ColumnKind, MAX_FIRST_ROWS, Rows, Value, Words},
    sight::Lens,
    stop::Outcome,
    store::{OpenedRow, Store, Unit},
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
        let absent = || Value::Absent(Words::new("分母不大于零", "nothing to divide by"));
        let value = percent.map_or_else(absent, Value::Percent);
        if let Some(id) = self.ids.get(name) {
            return Ok(Cell::from(value).opens(id.clone()));
        }
        let mut first = Vec::new();
        for part in [&ratio.above, &ratio.below] {
            if let Some(figure) = self.figures.figures.get(part) {
                first.push(vec![
                    Value::Words(figure.title.clone()),
                    Value::text(part.clone()),
                    self.value(figure.value, figure.unit),
                ]);
            }
        }
        let counted = self.figures.figures.get(&ratio.below).is_some_and(|figure| figure.unit == Unit::Count);
        let kind = if counted { ColumnKind::Count } else { ColumnKind::Money };
        let id = self.new_id(name);
        self.rows.push(Rows {
            id: id.clone(),
            what: ratio.title.clone(),
            definition: Words::new(
                "第一行 ÷ 第二行 × 100，四舍五入保留四位",
                "The first line ÷ the second × 100, half up to four places",
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
            command: command(&ratio.above),
        });
        Ok(Cell::from(value).opens(id))
    }

    /// A share that the core gave, opening to the rows of a figure.
    ///
    /// # Errors
    /// What the database says.
    pub fn share(&mut self, share: &Proportion, name: &str) -> Outcome<Cell> {
        let id = self.open(name)?;
        Ok(Cell::from(proportion(share)).opens(id))
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
        let first: Vec<Vec<Value>> = opened
            .rows
            .iter()
            .map(|row| {
                vec![
                    Value::text(row.of.clone()),
                    Value::text(row.id.clone()),
                    Value::text(told(row)),
                    self.value(row.adds, unit),
                ]
            })
            .collect();
        let more = opened.count > i64::try_from(opened.rows.len()).unwrap_or_default();
        let rest = more.then(|| self.value(opened.value - here, unit));
        let (en, zh) = opened.title;
        let (definition_en, definition_zh) = opened.definition;
        self.rows.push(Rows {
            id: id.clone(),
            what: Words::new(zh, en),
            definition: Words::new(definition_zh, definition_en),
            count: opened.count,
            columns: vec![
                Column::new(Words::new("表", "Table"), ColumnKind::Text),
                Column::new(Words::new("编号", "Number"), ColumnKind::Text),
                Column::new(Words::new("内容", "Content"), ColumnKind::Text),
                Column::new(Words::new("计入", "Adds"), kind),
            ],
            first,
            rest: vec![None, None, None, rest],
            total: vec![None, None, None, Some(self.value(opened.value, unit))],
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

/// A share as a value.
#[must_use]
pub fn proportion(share: &Proportion) -> Value {
    match share {
        Proportion::Known { value } => Value::Percent(*value),
        Proportion::Absent { reason } => Value::Absent(absence(*reason)),
    }
}

#[allow(unreachable_patterns, reason = "the core may learn more reasons")]
fn absence(reason: Absence) -> Words {
    match reason {
        Absence::NothingEarned => Words::new("无满期保费", "no premium has been earned"),
        Absence::NothingCollected => Words::new("无实收保费", "no premium has been collected"),
        Absence::NothingWritten => Words::new("期内无签单保费", "no premium was written in the window"),
        Absence::NoProfit => Words::new("总盈利不为正", "all together earn nothing"),
        Absence::NoEarlierState => Words::new("无前期数据", "no earlier state to compare with"),
        Absence::NobodySuch => Words::new("无此类客户", "nobody of this kind"),
        _ => Words::new("没有可作分母的数", "nothing to divide by"),
    }
}

/// What a row says, in the order of a reader's questions; as the lens shows it.
fn told(row: &OpenedRow) -> String {
    let names: &[&str] = match row.of.as_str() {
        "customers" => &["name", "party_kind", "branch", "since"],
        "policies" => &["line", "channel", "start", "end", "customer"],
        "endorsements" => &["code", "booked", "policy"],
        "receipts" => &["received_on", "policy"],
        "claims" => &["occurred", "closed", "policy"],
        "costs" | "complaints" => &["kind", "on", "customer"],
        "vehicles" => &["make_model", "plate", "owner_from"],
        "agents" | "branches" => &["name"],
        "rejected" | "notice" => &["file", "line", "code", "column_name"],
        "entry" => &["narrative", "booked_on", "reference"],
        "twin" => &["first", "second"],
        "policy_years" => &["risk_type", "channel", "start", "end", "customer"],
        _ => &[],
    };
    let parts: Vec<&str> = names
        .iter()
        .filter_map(|name| row.columns.get(*name))
        .filter(|text| !text.is_empty())
        .map(String::as_str)
        .collect();
    parts.join(" · ")
}
