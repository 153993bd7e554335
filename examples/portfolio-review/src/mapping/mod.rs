//! The mapping file: which columns of a book's CSV files are which fields of our rows, and how the files are written.
//!
//! A book has one of two forms: a row for each policy year, or the tables of a customer system.
//!
//! A mapping file is TOML, checked as a whole: every fault is reported, each with its line and key path, before a row is
//! read. See the README for the keys.

mod customers;
mod date_form;
mod field;
mod read;
mod table;
mod toml_tree;

use std::collections::BTreeMap;

use crm_core::money::Currency;

pub use customers::{CustomerMap, TableMap, Vat};
pub use date_form::DateForm;
pub use read::{read, read_any};
pub use table::{FieldSpec, TableName};

/// How the bytes of a file become text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, with or without a byte order mark.
    Utf8,
    /// GB18030 (国标), which contains GBK and GB2312.
    Gb18030,
}

impl Encoding {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Utf8, Self::Gb18030];

    /// The name in a mapping file.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "utf-8",
            Self::Gb18030 => "gb18030",
        }
    }
}

/// A field of a policy year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// Policy number of this policy year (保单号).
    Id,
    /// Customer (投保人代码).
    Customer,
    /// First inception (首次起保日期).
    Inception,
    /// Start of this policy year, the last renewal (起保日期).
    Start,
    /// End (终保日期).
    End,
    /// Day of lapse (退保 / 失效日期).
    LapsedOn,
    /// Birth date (出生日期).
    Birth,
    /// Day of the driving licence (初次领证日期).
    LicensedOn,
    /// Distribution channel (渠道).
    Channel,
    /// Type of risk (险种).
    RiskType,
    /// Coverages held (险别).
    Coverages,
    /// Written premium (签单保费).
    Premium,
    /// Claims cost: paid and outstanding (赔款).
    ClaimsCost,
    /// Number of claims (赔案件数).
    Claims,
}

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Text or a code.
    Text,
    /// A day.
    Date,
    /// An amount of money.
    Amount,
    /// A whole number.
    Count,
    /// Several codes in one column.
    List,
    /// One of these codes.
    Choice(&'static [&'static str]),
    /// The code of a currency.
    Currency,
}

impl Field {
    /// Every field, in the order of the record.
    pub const ALL: [Self; 14] = [
        Self::Id,
        Self::Customer,
        Self::Inception,
        Self::Start,
        Self::End,
        Self::LapsedOn,
        Self::Birth,
        Self::LicensedOn,
        Self::Channel,
        Self::RiskType,
        Self::Coverages,
        Self::Premium,
        Self::ClaimsCost,
        Self::Claims,
    ];

    /// The name in the record and in a mapping file.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Customer => "customer",
            Self::Inception => "inception",
            Self::Start => "start",
            Self::End => "end",
            Self::LapsedOn => "lapsed_on",
            Self::Birth => "birth",
            Self::LicensedOn => "licensed_on",
            Self::Channel => "channel",
            Self::RiskType => "risk_type",
            Self::Coverages => "coverages",
            Self::Premium => "premium",
            Self::ClaimsCost => "claims_cost",
            Self::Claims => "claims",
        }
    }

    /// What it holds.
    #[must_use]
    pub const fn kind(self) -> Kind {
        match self {
            Self::Id | Self::Customer | Self::Channel | Self::RiskType => Kind::Text,
            Self::Inception | Self::Start | Self::End | Self::LapsedOn | Self::Birth | Self::LicensedOn => Kind::Date,
            Self::Premium | Self::ClaimsCost => Kind::Amount,
            Self::Claims => Kind::Count,
            Self::Coverages => Kind::List,
        }
    }

    /// Whether a row may leave it empty.
    #[must_use]
    pub const fn optional(self) -> bool {
        matches!(self, Self::LapsedOn | Self::Birth | Self::LicensedOn | Self::Coverages)
    }
}

/// Where the value of a field comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// The same for every row.
    Constant(String),
    /// One or more columns, joined.
    Columns {
        /// Names in the header.
        names: Vec<String>,
        /// What stands between them.
        join: String,
    },
}

/// A field's origin and how its text is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Where it comes from.
    pub origin: Origin,
    /// The file's codes and ours; a value that is not here is refused.
    pub values: Option<BTreeMap<String, String>>,
    /// The form of a date.
    pub date_form: DateForm,
    /// The file names the last day of cover; the record holds the first day after it.
    pub last_day: bool,
    /// Between the items of a list.
    pub split: String,
}

/// The file of claims by part, which must tie to the claims cost of the book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ties {
    /// File name.
    pub file: String,
    /// Column of the customer.
    pub customer: String,
    /// Column of the claims cost of the whole policy year, repeated on every part.
    pub total: String,
    /// Column of the cost of this part.
    pub part: String,
}

/// How the files of a book are written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// Encoding of all files.
    pub encoding: Encoding,
    /// Between columns: an ASCII character.
    pub separator: char,
    /// Before the decimals.
    pub decimal_mark: char,
    /// Between groups of digits, where the file has one.
    pub thousands_mark: Option<char>,
    /// Texts that mean "nothing".
    pub empty: Vec<String>,
    /// Currency of every amount that names none of its own.
    pub currency: Currency,
}

/// A checked mapping file of a book of policy years.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mapping {
    /// What the book is called in the summary.
    pub name: Option<String>,
    /// File names inside the book's directory, read in this order.
    pub files: Vec<String>,
    /// How the files are written.
    pub written: Written,
    /// Mapped fields.
    pub fields: BTreeMap<Field, Source>,
    /// Claims by part.
    pub ties: Option<Ties>,
}

impl Mapping {
    /// Every column that the book's files must have, once each, in the order of the fields.
    #[must_use]
    pub fn columns(&self) -> Vec<&str> {
        columns_of(self.fields.values())
    }
}

/// The columns that these fields come from, once each.
fn columns_of<'m>(sources: impl Iterator<Item = &'m Source>) -> Vec<&'m str> {
    let mut columns: Vec<&str> = Vec::new();
    for source in sources {
        if let Origin::Columns { names, .. } = &source.origin {
            for name in names {
                if !columns.contains(&name.as_str()) {
                    columns.push(name);
                }
            }
        }
    }
    columns
}

/// A checked mapping file of either form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BookMap {
    /// One row for each policy year (`[fields]`).
    PolicyYears(Mapping),
    /// The tables of a host: customers, policies and what belongs to them (`[tables]`).
    Customers(CustomerMap),
}
