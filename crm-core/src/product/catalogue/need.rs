//! What is asked and answered about a customer's needs.

use alloc::{boxed::Box, collections::BTreeMap, string::String, vec::Vec};

use serde::{Deserialize, Serialize};

use super::{
    cover::CoverFigure,
    day::PurchaseCheck,
    rule::{CheckedCondition, Eligibility},
};
use crate::{
    calendar::Date,
    money::Money,
    rulebook::{KnownValue, Scalar, Trace},
};

/// Whom to recommend what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecommendationRequest {
    /// The day.
    pub as_of: Date,
    /// What is known about the customer.
    pub facts: BTreeMap<String, Scalar>,
    /// The needs that the customer states (客户需求), each kind once.
    pub stated: Vec<StatedNeed>,
    /// The covers that the customer has, with us or elsewhere.
    pub held: Vec<HeldCover>,
    /// What products would cost this customer, as their rate plans say, by code.
    pub prices: BTreeMap<String, Money>,
}

/// A need that the customer states.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StatedNeed {
    /// The code of the kind of need (保障需求).
    pub need: String,
    /// How much cover is looked for (期望保额).
    pub amount: Option<Money>,
    /// The term that is looked for, in months (期望期限).
    pub term_months: Option<i64>,
    /// What it may cost (可接受的保费), for as long as the prices that are handed in are for.
    pub price: Option<Money>,
}

/// A cover that the customer has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HeldCover {
    /// The code of the cover (险别).
    pub cover: String,
    /// Its limit or sum insured; none where it is not known.
    pub amount: Option<Money>,
    /// The first day of cover.
    pub from: Date,
    /// The first day without it.
    pub until: Date,
}

/// What is recommended (按需推荐), and what is not, with every reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recommendation {
    /// The day.
    pub as_of: Date,
    /// Whether the catalogue or a dated value was last checked before the day.
    pub stale: bool,
    /// Where cover is missing (保障缺口), the most urgent first: by priority, then what is not covered at all, then by code.
    pub gaps: Vec<NeedGap>,
    /// Needs that the covers held meet, by code.
    pub met: Vec<MetNeed>,
    /// What could not be said, by need: it is neither a gap nor met.
    pub unclear: Vec<UnclearNeed>,
    /// Every product that stands in a gap, by code, and whether the customer may buy it.
    pub purchases: Vec<PurchaseCheck>,
}

/// How a gap is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GapState {
    /// Nothing that meets the need is held (无保障).
    NotHeld,
    /// What is held is less than what is called for (保额不足).
    Short,
}

/// A need that the covers held do not meet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NeedGap {
    /// The code of the need.
    pub need: String,
    /// What it is called, in English.
    pub name: String,
    /// What it is called, in Chinese.
    pub name_zh: String,
    /// How it is one.
    pub state: GapState,
    /// The largest priority of its reasons.
    pub priority: i64,
    /// The largest amount that a reason calls for; none where any cover would do.
    pub called_for: Option<Money>,
    /// What is held against it, by cover.
    pub held: Vec<HeldCover>,
    /// What is called for less what is held.
    pub missing: Option<Money>,
    /// How `missing` was worked out; replays to it.
    pub reckoning: Option<Trace>,
    /// Why it is needed.
    pub reasons: Vec<NeedReason>,
    /// What the customer may buy against it, the best first.
    pub recommended: Vec<RecommendedProduct>,
    /// What would meet it and may not be bought, or not for certain, by code.
    pub set_aside: Vec<ProductSetAside>,
}

/// Why something is needed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum NeedReason {
    /// A rule of the catalogue holds.
    Rule {
        /// The rule, with its trace.
        check: Box<CheckedCondition>,
        /// How urgent it makes the need.
        priority: i64,
        /// The dated value that says how much is called for.
        parameter: Option<Box<KnownValue>>,
        /// How much is called for.
        called_for: Option<Money>,
    },
    /// The customer says so.
    Stated {
        /// How urgent that makes the need.
        priority: i64,
        /// How much is looked for.
        called_for: Option<Money>,
    },
}

/// A product that the customer may buy against a gap.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecommendedProduct {
    /// The code of the product.
    pub product: String,
    /// What it is called, in English.
    pub name: String,
    /// What it is called, in Chinese.
    pub name_zh: String,
    /// The code of the cover that meets the need.
    pub cover: String,
    /// Covers of the product that must be bought with it, by code.
    pub with_covers: Vec<String>,
    /// Up to how much the cover pays.
    pub limit: Option<CoverFigure>,
    /// Whether that is enough for what is missing; none where it cannot be said.
    pub sufficient: Option<bool>,
    /// What it costs this customer; none where no price was handed in.
    pub price: Option<Money>,
    /// Whether the price is within what the customer wants to pay; none where it cannot be said.
    pub within_budget: Option<bool>,
    /// Whether it is offered for the term that the customer looks for; none where no term is looked for.
    pub fits_term: Option<bool>,
}

/// A product that would meet a need and is not recommended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProductSetAside {
    /// The code of the product.
    pub product: String,
    /// The code of the cover that would meet the need.
    pub cover: String,
    /// Whether the customer may not buy it, or it could not be said.
    pub eligibility: Eligibility,
    /// The rules that do not hold or could not be decided.
    pub because: Vec<CheckedCondition>,
}

/// A need that the covers held meet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MetNeed {
    /// The code of the need.
    pub need: String,
    /// The largest amount that a reason calls for.
    pub called_for: Option<Money>,
    /// What is held against it, by cover.
    pub held: Vec<HeldCover>,
    /// Why it is needed.
    pub reasons: Vec<NeedReason>,
}

/// Something about a need that could not be said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum UnclearNeed {
    /// A rule depends on facts that are not known.
    FactsMissing {
        /// The code of the need.
        need: String,
        /// The rule, with the facts that are missing.
        check: CheckedCondition,
    },
    /// How much is held is not known for every cover, and what is known is not enough.
    AmountUnknown {
        /// The code of the need.
        need: String,
        /// What is called for.
        called_for: Money,
        /// What is held against it.
        held: Vec<HeldCover>,
        /// Why it is needed.
        reasons: Vec<NeedReason>,
    },
    /// Amounts are in different currencies, which are not compared.
    OtherCurrency {
        /// The code of the need.
        need: String,
        /// What is held against it.
        held: Vec<HeldCover>,
        /// Why it is needed.
        reasons: Vec<NeedReason>,
    },
}

impl UnclearNeed {
    /// The code of the need.
    #[must_use]
    pub fn need(&self) -> &str {
        match self {
            Self::FactsMissing { need, .. } | Self::AmountUnknown { need, .. } | Self::OtherCurrency { need, .. } => {
                need
            }
        }
    }
}

impl NeedReason {
    /// How urgent it makes the need.
    #[must_use]
    pub const fn priority(&self) -> i64 {
        match self {
            Self::Rule { priority, .. } | Self::Stated { priority, .. } => *priority,
        }
    }

    /// How much it calls for.
    #[must_use]
    pub const fn called_for(&self) -> Option<Money> {
        match self {
            Self::Rule { called_for, .. } | Self::Stated { called_for, .. } => *called_for,
        }
    }
}
