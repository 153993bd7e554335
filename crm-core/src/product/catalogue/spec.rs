//! A catalogue of products as it is written.

use alloc::{string::String, vec::Vec};

use serde::{Deserialize, Serialize};

use super::cover::{CoverDefinition, ProductCover};
use crate::{
    calendar::Date,
    money::{Currency, Decimal, Money},
    rulebook::{Condition, FactDeclaration, Parameter, Rule},
};

/// A catalogue of products (产品目录): what is, was and will be sold, to whom, on which wording, and which needs it meets.
///
/// Everything in it is dated: `from` is the first day, `until` the first day after; none while no end is known. The order
/// of its lists changes no answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CatalogueSpec {
    /// The name, in snake_case.
    pub name: String,
    /// Who keeps it.
    pub source: String,
    /// The first day for which it is kept; questions about earlier days are refused.
    pub valid_from: Date,
    /// The last day for which somebody has checked it; later answers are marked stale.
    pub checked_until: Date,
    /// The facts (指标) that its conditions may test. The rules about buyers test `customer_kind` (text),
    /// `is_organisation` (boolean), `age` and `occupation_class` (integers); a catalogue with such rules declares them.
    pub facts: Vec<FactDeclaration>,
    /// The dated values that its conditions and needs may use.
    pub parameters: Vec<Parameter>,
    /// The lines of business (险类).
    pub lines: Vec<ProductLine>,
    /// The coverages (险别) that products may have.
    pub covers: Vec<CoverDefinition>,
    /// The clauses (条款) that products are sold on.
    pub clauses: Vec<ProductClause>,
    /// The classes by which commission schemes tell products apart (手续费类别).
    pub commission_classes: Vec<CommissionClass>,
    /// The products (险种); at least one.
    pub products: Vec<ProductSpec>,
    /// What customers may need (保障需求).
    pub needs: Vec<NeedKind>,
    /// When a customer needs it.
    pub need_rules: Vec<NeedRule>,
    /// How urgent a need is that the customer states, from 1 to 100; see [`NeedRule::priority`].
    pub stated_priority: i64,
}

/// A line of business (险类): motor, property, accident and health.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProductLine {
    /// Its code, a short plain text of the host.
    pub code: String,
    /// What it is called, in English.
    pub name: String,
    /// What it is called, in Chinese.
    pub name_zh: String,
}

/// A clause (条款): the wording on which a product is sold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProductClause {
    /// Its code (条款代码), a short plain text of the host.
    pub code: String,
    /// What it is called, in English.
    pub name: String,
    /// What it is called, in Chinese.
    pub name_zh: String,
    /// Where its wording is kept: the host's reference of the document.
    pub wording: String,
    /// The number under which it is filed or approved (备案 / 注册编号); none where none is given.
    pub filing_number: Option<String>,
    /// The first day on which it may be used.
    pub from: Date,
    /// The first day on which it may no longer be used; none while no end is known.
    pub until: Option<Date>,
    /// Who says so.
    pub source: String,
}

/// A class of products for commission (手续费类别).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CommissionClass {
    /// Its code, a short plain text of the host.
    pub code: String,
    /// What it is called, in English.
    pub name: String,
    /// What it is called, in Chinese.
    pub name_zh: String,
}

/// A product (险种) with its history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProductSpec {
    /// Its code (险种代码), a short plain text of the host.
    pub code: String,
    /// What it is called, in English.
    pub name: String,
    /// What it is called, in Chinese.
    pub name_zh: String,
    /// The code of its line (险类).
    pub line: String,
    /// The first day on which it exists: the day of its filing.
    pub valid_from: Date,
    /// The first day on which it no longer exists; none while no end is known.
    pub valid_until: Option<Date>,
    /// Its status over time; covers every day of its validity exactly once.
    pub statuses: Vec<StatusSpan>,
    /// Its terms over time; cover every day of its validity exactly once.
    pub terms: Vec<ProductTerms>,
    /// List prices over time, without gap or overlap between the first and the last; empty where only the rate plan says
    /// the price.
    pub prices: Vec<ListPrice>,
    /// Discounts. Two of one name do not overlap; days without one are fine.
    pub discounts: Vec<ProductDiscount>,
}

/// Where a product stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProductStatus {
    /// Filed with the supervisor and not sold yet (已备案). Only at the beginning.
    Filed,
    /// On sale (在售).
    OnSale,
    /// Not sold for the time being (暂停销售).
    Suspended,
    /// No longer sold (停售). Nothing follows it.
    Withdrawn,
}

impl ProductStatus {
    /// The name on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Filed => "filed",
            Self::OnSale => "on_sale",
            Self::Suspended => "suspended",
            Self::Withdrawn => "withdrawn",
        }
    }
}

/// A status for some time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StatusSpan {
    /// The status.
    pub status: ProductStatus,
    /// The first day.
    pub from: Date,
    /// The first day after; none while no end is known.
    pub until: Option<Date>,
    /// Who says so: the filing or the decision.
    pub source: String,
}

/// What is sold under the name of a product for some time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProductTerms {
    /// The first day of policies on these terms.
    pub from: Date,
    /// The first day after; none while no end is known.
    pub until: Option<Date>,
    /// Who says so.
    pub source: String,
    /// What it covers; at least one.
    pub covers: Vec<ProductCover>,
    /// The codes of its clauses (条款), each usable on every day of these terms.
    pub clauses: Vec<String>,
    /// Who may buy it.
    pub buyers: BuyerRules,
    /// The terms of insurance that are offered (保险期间), in months; empty for any.
    pub term_months: Vec<i64>,
    /// The code of its commission class (手续费类别).
    pub commission_class: String,
    /// The name of the rate plan (费率方案) that prices it; none where it is priced by hand.
    pub rate_plan: Option<String>,
}

/// Who may buy a product (投保人 / 被保险人资格). The facts that these rules test are those of the person or organisation to be
/// insured.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BuyerRules {
    /// Persons, organisations or both.
    pub buyers: BuyerKind,
    /// Customers of these kinds only (客户类别); empty for all.
    pub customer_kinds: Vec<String>,
    /// The ages at entry (投保年龄); none for any.
    pub entry_age: Option<EntryAge>,
    /// Classes of occupation (职业类别); empty for all.
    pub occupation_classes: Vec<i64>,
    /// What must hold besides.
    pub conditions: Vec<Rule>,
}

/// Who may be insured by a product.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BuyerKind {
    /// Persons and organisations.
    Anyone,
    /// Persons only (个人).
    Persons,
    /// Organisations only (单位).
    Organisations,
}

/// The ages at which a product may be bought, in completed years (周岁).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EntryAge {
    /// The youngest, inclusive.
    pub youngest: i64,
    /// The oldest, inclusive.
    pub oldest: i64,
}

/// A price of the list (价目): what the product costs where no rate plan is asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListPrice {
    /// The price.
    pub amount: Money,
    /// For what, in English: a person and a year.
    pub basis: String,
    /// For what, in Chinese.
    pub basis_zh: String,
    /// The first day.
    pub from: Date,
    /// The first day after; none while no end is known.
    pub until: Option<Date>,
    /// Who says so.
    pub source: String,
}

/// A discount (折扣 / 优惠) as it is announced; what it does to a premium is the rate plan's business.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProductDiscount {
    /// The name, in snake_case.
    pub name: String,
    /// What it is, in English.
    pub text: String,
    /// What it is, in Chinese.
    pub text_zh: String,
    /// How much is taken off, in per cent, above 0 and at most 100.
    pub percent: Decimal,
    /// For whom; none for everybody.
    pub when: Option<Condition>,
    /// The first day.
    pub from: Date,
    /// The first day after; none while no end is known.
    pub until: Option<Date>,
    /// Who says so.
    pub source: String,
}

/// A need for cover (保障需求), and the covers that meet it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NeedKind {
    /// Its code, a short plain text of the host: `life`, `health`, `motor`; the code under which needs of customers are
    /// noted.
    pub code: String,
    /// What it is called, in English.
    pub name: String,
    /// What it is called, in Chinese.
    pub name_zh: String,
    /// The covers (险别) each of which meets it; at least one.
    pub covers: Vec<String>,
}

/// When customers need a cover.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NeedRule {
    /// The code of the [`NeedKind`].
    pub need: String,
    /// The rule over facts of the customer, with its source.
    pub rule: Rule,
    /// How much cover is called for; none where any cover will do.
    pub amount: Option<NeedAmount>,
    /// How urgent it is, from 1 to 100; the largest number comes first.
    pub priority: i64,
    /// The first day of the rule.
    pub from: Date,
    /// The first day after; none while no end is known.
    pub until: Option<Date>,
}

/// How much cover a need calls for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NeedAmount {
    /// The parameter, a decimal, that holds the amount.
    pub parameter: String,
    /// The currency of the amount.
    pub currency: Currency,
}
