//! A table of product factors as it is written.

use alloc::{collections::BTreeMap, string::String, vec::Vec};

use serde::{Deserialize, Serialize};

use crate::{
    calendar::{AgeConvention, Date},
    party::customer::CustomerFactCodes,
    rulebook::{Condition, FactDeclaration, Parameter, Scalar},
};

/// Which facts of a customer speak for which products, as dated data (需求因素与产品对照表). The host owns it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProductFactorsSpec {
    /// The name, in snake_case.
    pub name: String,
    /// The first day for which the table answers.
    pub from: Date,
    /// The first day for which it no longer answers; none while no end is known.
    pub until: Option<Date>,
    /// The last day for which somebody has checked the table; later answers are marked stale.
    pub checked_until: Date,
    /// On which day a year of age is complete.
    pub age_convention: AgeConvention,
    /// Codes of the host that become facts.
    pub codes: CustomerFactCodes,
    /// Facts that the host hands in beside those of the customer: covers held, attributes, figures of the book.
    pub facts: Vec<FactDeclaration>,
    /// Dated thresholds that conditions name.
    pub parameters: Vec<Parameter>,
    /// The factors.
    pub factors: Vec<ProductFactor>,
    /// Cases that the table must meet when it is loaded.
    pub cases: Vec<ProductFactorCase>,
}

/// One factor (需求因素): a condition over facts that speaks for products, or against them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProductFactor {
    /// The name, in snake_case.
    pub name: String,
    /// Why it speaks for its products, in English: the reason that a customer is told.
    pub text: String,
    /// The same in Chinese (推荐理由).
    pub text_zh: String,
    /// What it says from when on, without a gap and without an overlap.
    pub versions: Vec<ProductFactorVersion>,
}

/// What a factor says in a time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProductFactorVersion {
    /// The first day.
    pub from: Date,
    /// The first day after; none while no end is known.
    pub until: Option<Date>,
    /// Who says so.
    pub source: String,
    /// When it holds.
    pub when: Condition,
    /// The products for which it speaks then; at least one.
    pub products: Vec<ProductWeight>,
}

/// How much a factor speaks for a product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProductWeight {
    /// The product (产品代码), a code of the host.
    pub product: String,
    /// How much (权重), from -1000 to 1000; below zero it speaks against the product.
    pub weight: i64,
}

/// A case of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProductFactorCase {
    /// The name, in snake_case.
    pub name: String,
    /// Who says so.
    pub source: String,
    /// The day.
    pub on: Date,
    /// What is known: facts of the customer, of codes and of the host by name.
    pub facts: BTreeMap<String, Scalar>,
    /// The products in the order of the ranking with the sum of their weights, and no other.
    pub products: Vec<ProductWeight>,
    /// The factors that must be undecided, in the order of the table, and no other.
    pub undecided: Vec<String>,
}
