//! What a product covers: limits, deductibles, waiting periods, conditions of a benefit.

use alloc::{string::String, vec::Vec};

use serde::{Deserialize, Serialize};

use crate::{
    money::{Decimal, Money},
    rulebook::Condition,
};

/// A coverage (险别) that products may have, defined once so that products can be held side by side.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CoverDefinition {
    /// Its code (险别代码), a short plain text of the host.
    pub code: String,
    /// What it is called, in English.
    pub name: String,
    /// What it is called, in Chinese (名称).
    pub name_zh: String,
    /// What it pays for, in English.
    pub meaning: String,
    /// What it pays for, in Chinese (保险责任).
    pub meaning_zh: String,
}

/// A coverage as one product has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProductCover {
    /// The code of its [`CoverDefinition`].
    pub cover: String,
    /// Whether the customer may leave it out (可选 / 附加险).
    pub optional: bool,
    /// Covers of the same product without which it is not sold (须先投保的主险).
    pub requires: Vec<String>,
    /// Up to how much it pays (保险金额 / 责任限额); none where the wording states no limit of its own.
    pub limit: Option<CoverFigure>,
    /// Limits below that one: per accident, per person, per item (分项限额).
    pub sub_limits: Vec<CoverAmount>,
    /// What the customer bears (免赔额、免赔率、免赔天数).
    pub deductibles: Vec<CoverAmount>,
    /// The waiting period; none where cover begins with the policy.
    pub waiting: Option<WaitingPeriod>,
    /// On what a benefit depends (给付条件).
    pub benefit_conditions: Vec<BenefitCondition>,
    /// The codes of the clauses that say so; each stands in the terms as well.
    pub clauses: Vec<String>,
}

/// A named limit or deductible.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CoverAmount {
    /// The name, in snake_case: `per_accident`, `per_person`.
    pub name: String,
    /// What it is, in English.
    pub title: String,
    /// What it is, in Chinese.
    pub title_zh: String,
    /// How much.
    pub figure: CoverFigure,
}

/// How much a cover pays or leaves to the customer. What is not stated is absent, never zero.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum CoverFigure {
    /// One amount.
    Fixed {
        /// The amount.
        amount: Money,
    },
    /// An amount that the customer chooses.
    Chosen {
        /// The smallest, inclusive.
        lowest: Money,
        /// The largest, inclusive; in the same currency.
        highest: Money,
    },
    /// A part of something.
    Percent {
        /// The per cent, above 0 and at most 100.
        percent: Decimal,
        /// Of what, in English: the loss, the actual value.
        of: String,
        /// Of what, in Chinese.
        of_zh: String,
    },
    /// A number of days.
    Days {
        /// How many.
        days: i64,
    },
    /// No limit is set. Not for a deductible.
    Unlimited {},
}

/// A waiting period (等待期): what happens in it is not covered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WaitingPeriod {
    /// Its length in days; the first day of cover is the first of them.
    pub days: i64,
    /// Whether an accident is covered from the first day on (意外不设等待期).
    pub accidents_exempt: bool,
    /// Whether a renewal without a break has none (续保不设等待期).
    pub renewals_exempt: bool,
}

/// A condition of a benefit (给付条件).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BenefitCondition {
    /// The name, in snake_case, unique within the cover.
    pub name: String,
    /// What it says, in English.
    pub text: String,
    /// What it says, in Chinese.
    pub text_zh: String,
    /// Who says so: the article of the wording.
    pub source: String,
    /// The condition over declared facts; none where only a person can judge it.
    pub when: Option<Condition>,
}
