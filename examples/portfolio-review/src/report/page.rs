//! What stands on the page of a report: texts in both languages, figures, charts, tables, and the rows behind each number.
//!
//! A page is plain data. Every number is a [`Cell`]: an exact [`Value`] and, where it can be opened, the id of the
//! [`Rows`] that it is made of. A figure that has no meaning is [`Value::Absent`] with the reason; it is never 0 or 100.
//!
//! Whoever fills the page decides what the viewer may see: a name or number of a person goes in masked as his role
//! requires; the page itself masks nothing.
//!
//! ```
//! use crm_core::{calendar::Date, money::{Currency, Decimal, Money}, refusal::Lang};
//! use portfolio_review::report::page::*;
//!
//! let premium = Money::new(Decimal::parse("33344038.88")?, Currency::parse("CNY")?)?;
//! let rows = Rows {
//!     id: "premium".into(),
//!     what: Words::new("签单保费", "Written premium"),
//!     definition: Words::new("起保日期不晚于统计日期的全部保单年度之和", "Sum over the policy years that start on or before the day of the report"),
//!     count: 1,
//!     columns: vec![
//!         Column::new(Words::new("保单号", "Policy"), ColumnKind::Text),
//!         Column::new(Words::new("签单保费", "Written premium"), ColumnKind::Money),
//!     ],
//!     first: vec![vec![Value::text("P-0001"), premium.into()]],
//!     rest: vec![None, None],
//!     total: vec![None, Some(premium.into())],
//!     command: "portfolio-review rows --figure premium".into(),
//! };
//! let page = Page {
//!     title: Words::new("客户经营分析", "Portfolio review"),
//!     book: "demo".into(),
//!     as_of: Date::parse("2025-12-31")?,
//!     currency: Currency::parse("CNY")?,
//!     viewer: Words::new("按公司级权限查看，个人信息已脱敏", "Seen at company level, personal data masked"),
//!     parameters: vec![],
//!     lang: Lang::Zh,
//!     sections: vec![Section {
//!         id: "overview".into(),
//!         title: Words::new("总览", "Overview"),
//!         lead: Words::new("全部业务的主要指标。", "The main figures of the whole book."),
//!         blocks: vec![Block::Figures(vec![
//!             KeyFigure::new(Words::new("签单保费", "Written premium"), Cell::from(premium).opens("premium")),
//!             KeyFigure::new(
//!                 Words::new("续保率", "Renewal rate"),
//!                 Value::Absent(Words::new("无应续保单", "nobody was due")),
//!             ),
//!         ])],
//!     }],
//!     rows: vec![rows],
//! };
//! assert_eq!(page.rows.len(), 1);
//! # Ok::<(), crm_core::refusal::Refusal>(())
//! ```

use crm_core::{
    calendar::Date,
    money::{Currency, Decimal, Money},
    refusal::Lang,
};

/// Most rows of a [`Rows`] that stand on the page itself; the rest is told by its total and by the command.
pub const MAX_FIRST_ROWS: usize = 20;

/// Most series of bars and most lines of one chart: more can't be told apart.
pub const MAX_SERIES: usize = 8;

/// A text in both languages. Neither may be empty.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Words {
    /// Chinese as written in mainland China (zh-CN).
    pub zh: String,
    /// English.
    pub en: String,
}

impl Words {
    /// A text in Chinese and in English.
    #[must_use]
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { zh: zh.into(), en: en.into() }
    }

    /// A text that reads the same in both: a year, a code, a name.
    #[must_use]
    pub fn both(text: impl Into<String>) -> Self {
        let text = text.into();
        Self { zh: text.clone(), en: text }
    }

    /// The text in one language.
    #[must_use]
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }
}

/// The whole page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// What the report is.
    pub title: Words,
    /// What the book is called, as its owner calls it.
    pub book: String,
    /// The day of the report (统计日期), inclusive.
    pub as_of: Date,
    /// The currency of the report. An amount in another one shows its code beside it; they are never added.
    pub currency: Currency,
    /// Who sees it and how much: role, level, whether personal data is masked, how many customers are withheld.
    pub viewer: Words,
    /// Everything that the figures depend on besides the rows, with its source.
    pub parameters: Vec<Parameter>,
    /// In which language it opens; the other is one click away.
    pub lang: Lang,
    /// What it says, in order.
    pub sections: Vec<Section>,
    /// The rows behind its numbers; each once, whatever number of numbers opens to it.
    pub rows: Vec<Rows>,
}

/// Something that figures depend on: a threshold, a window, a definition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parameter {
    /// What it is.
    pub name: Words,
    /// Its value.
    pub value: Value,
    /// Where it comes from and since when it is valid; none where the reader chose it himself.
    pub source: Option<Words>,
}

/// A part of the page with a title in its navigation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Unique on the page: letters of English, digits, hyphens, points and underscores, a letter first.
    pub id: String,
    /// Its title.
    pub title: Words,
    /// One sentence that says what is to be learned here.
    pub lead: Words,
    /// What stands in it, in order. Charts that follow each other stand side by side where there is room.
    pub blocks: Vec<Block>,
}

/// A thing in a section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A row of key figures.
    Figures(Vec<KeyFigure>),
    /// A chart.
    Chart(Chart),
    /// A table.
    Table(Table),
    /// A remark in a sentence or two: what to mind when reading.
    Note(Words),
}

/// An exact value. A column of a table and a chart hold values of one kind, apart from absent ones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// A code, a name, a masked number: the same in both languages. It may be empty, then nothing is shown.
    Text(String),
    /// A text that is translated.
    Words(Words),
    /// How many.
    Count(i64),
    /// An amount, exact to its currency's last digit.
    Money(Money),
    /// In per cent: `48.6106` means 48.6106 %. Shown with two places; the exact one is kept beside it.
    Percent(Decimal),
    /// A number of another unit (claims a year, points). Shown with all its digits.
    Number(Decimal),
    /// A day.
    Date(Date),
    /// There is none, and why: a few words that can stand after a dash.
    Absent(Words),
}

impl Value {
    /// A text that is the same in both languages.
    #[must_use]
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }
}

impl From<Money> for Value {
    fn from(money: Money) -> Self {
        Self::Money(money)
    }
}

impl From<i64> for Value {
    fn from(count: i64) -> Self {
        Self::Count(count)
    }
}

impl From<Date> for Value {
    fn from(date: Date) -> Self {
        Self::Date(date)
    }
}

impl From<Words> for Value {
    fn from(words: Words) -> Self {
        Self::Words(words)
    }
}

/// A value, and the rows that it opens to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// The value.
    pub value: Value,
    /// The id of its [`Rows`] in [`Page::rows`]; none where it can't be opened.
    pub rows: Option<String>,
}

impl Cell {
    /// The same value, opening to these rows.
    #[must_use]
    pub fn opens(mut self, rows: impl Into<String>) -> Self {
        self.rows = Some(rows.into());
        self
    }
}

impl<V: Into<Value>> From<V> for Cell {
    fn from(value: V) -> Self {
        Self { value: value.into(), rows: None }
    }
}

/// A figure of the headline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyFigure {
    /// What it is.
    pub label: Words,
    /// The figure.
    pub figure: Cell,
    /// What it counts (户, policies); none where the value says it: amounts show the currency, shares the per cent sign.
    pub unit: Option<Words>,
    /// A few words beside it: of how many, compared with what.
    pub note: Option<Words>,
    /// Why it should be looked at; none where it need not. Shown with a sign, not by colour alone.
    pub attention: Option<Words>,
}

impl KeyFigure {
    /// A figure with its label and nothing else.
    #[must_use]
    pub fn new(label: Words, figure: impl Into<Cell>) -> Self {
        Self { label, figure: figure.into(), unit: None, note: None, attention: None }
    }

    /// The same with a unit.
    #[must_use]
    pub fn unit(mut self, unit: Words) -> Self {
        self.unit = Some(unit);
        self
    }

    /// The same with words beside it.
    #[must_use]
    pub fn note(mut self, note: Words) -> Self {
        self.note = Some(note);
        self
    }

    /// The same with the reason why it should be looked at.
    #[must_use]
    pub fn attention(mut self, why: Words) -> Self {
        self.attention = Some(why);
        self
    }
}

/// A chart. Its numbers stand beside it in a table that the page writes by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chart {
    /// Unique on the page, like a section's.
    pub id: String,
    /// What it shows.
    pub title: Words,
    /// What is to be seen in it, in one sentence; also what a screen reader says about it.
    pub lead: Words,
    /// How it is drawn.
    pub drawing: Drawing,
}

/// The kinds of charts. All numbers of one drawing are of one kind (all amounts, all shares, …), apart from absent ones,
/// but for the measures of a pyramid, which may differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Drawing {
    /// Bars: how much of each.
    Bars {
        /// In which direction.
        direction: Direction,
        /// One bar beside the other or one on top of the other, where there are several series.
        stacked: bool,
        /// The series, at most [`MAX_SERIES`]; one for plain bars.
        series: Vec<Words>,
        /// The bars, in the order in which they are drawn.
        bars: Vec<Bar>,
    },
    /// Lines over time: how a figure went, by group.
    Lines {
        /// The points of time, in order: years, months.
        times: Vec<Words>,
        /// The lines, at most [`MAX_SERIES`].
        lines: Vec<Line>,
        /// A line to compare with (100 % of the loss ratio), and what it means.
        level: Option<Level>,
    },
    /// Bands of customers from the best to the last, and what each brings.
    Pyramid {
        /// What is measured: customers, revenue, result. The first is drawn as the pyramid.
        measures: Vec<Words>,
        /// The bands, from the top.
        bands: Vec<Band>,
    },
    /// Who moved from where to where between two days.
    Moves {
        /// Where they were, from the best; then places without a rank (new, without a grade).
        before: Vec<Place>,
        /// Where they are, likewise.
        after: Vec<Place>,
        /// How many: a row for each of `before` with a count for each of `after`.
        counts: Vec<Vec<Cell>>,
    },
}

/// The direction of bars.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Labels at the left, bars to the right: for names.
    Horizontal,
    /// Bars upwards: for time and other ordered classes with short labels. More than 14 bars, or labels that do not fit
    /// under them, are drawn horizontally.
    Vertical,
}

/// One bar, or one group or stack of bars.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bar {
    /// What it stands for.
    pub label: Words,
    /// One number for each series.
    pub values: Vec<Cell>,
}

/// A line over time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What it stands for.
    pub name: Words,
    /// One number for each point of time. An absent one leaves a gap.
    pub values: Vec<Cell>,
}

/// A line to compare with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Level {
    /// What it means.
    pub name: Words,
    /// Where it lies.
    pub value: Value,
}

/// A band of a pyramid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Band {
    /// Its grade.
    pub name: Words,
    /// For each measure the band's share of the whole, in per cent; it may be absent, negative or above 100.
    pub shares: Vec<Cell>,
    /// For each measure the amount or number itself.
    pub amounts: Vec<Cell>,
}

/// A place from or to which somebody moves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// What it is called.
    pub name: Words,
    /// 1 is the best. Places without a rank (new, left, without a grade) are neither above nor below others.
    pub rank: Option<i64>,
}

/// A table that can be sorted by each column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Unique on the page, like a section's.
    pub id: String,
    /// What it lists.
    pub title: Words,
    /// One sentence more; none where the title says it all.
    pub lead: Option<Words>,
    /// Its columns. The first names the row.
    pub columns: Vec<Column>,
    /// Its rows, the most important first: the page shows a bounded number and says how many more there are.
    pub rows: Vec<Vec<Cell>>,
    /// The line under it, one for each column; none without.
    pub total: Option<Vec<Cell>>,
    /// How many rows there are in all, those that were not handed in included. Never less than the rows here.
    pub count: i64,
    /// The command that lists all; none where all are here.
    pub command: Option<String>,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its heading.
    pub name: Words,
    /// What stands in it.
    pub kind: ColumnKind,
    /// What it means, where the heading does not say it; shown with the heading.
    pub note: Option<Words>,
}

impl Column {
    /// A column with its heading.
    #[must_use]
    pub fn new(name: Words, kind: ColumnKind) -> Self {
        Self { name, kind, note: None }
    }

    /// The same with its meaning.
    #[must_use]
    pub fn note(mut self, note: Words) -> Self {
        self.note = Some(note);
        self
    }
}

/// What stands in a column: the kind of [`Value`] of the same name. An absent value or an empty text may stand in each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnKind {
    /// [`Value::Text`].
    Text,
    /// [`Value::Words`].
    Words,
    /// [`Value::Count`].
    Count,
    /// [`Value::Money`].
    Money,
    /// [`Value::Percent`].
    Percent,
    /// [`Value::Number`].
    Number,
    /// [`Value::Date`].
    Date,
}

/// The rows that a number is made of (钻取): the first of them, the total of the rest, and how to list all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rows {
    /// Unique among the rows of the page: letters of English, digits, hyphens, points and underscores, a letter first.
    pub id: String,
    /// The figure in words.
    pub what: Words,
    /// How the figure comes from the rows: what is added, divided, left out.
    pub definition: Words,
    /// How many rows there are in all.
    pub count: i64,
    /// Their columns.
    pub columns: Vec<Column>,
    /// The first rows, at most [`MAX_FIRST_ROWS`], masked as the viewer's role requires; one value for each column.
    pub first: Vec<Vec<Value>>,
    /// For each column that adds up (counts, amounts) the sum of the rows that are not here; none for other columns and
    /// where all rows are here.
    pub rest: Vec<Option<Value>>,
    /// For each column that adds up the sum of all rows: those here and the rest. Where both are given, the sums must meet.
    pub total: Vec<Option<Value>>,
    /// The command that lists every row.
    pub command: String,
}
