//! A segment model as it is written.

use alloc::{collections::BTreeMap, string::String, vec::Vec};

use serde::{Deserialize, Deserializer, Serialize};

use super::assign::RANK_COVER_DAYS;

use crate::{
    calendar::Date,
    money::{Currency, Decimal},
    rulebook::{DatedValue, FactDeclaration, Parameter, Rule, Scalar, ValueType},
    wire::Stored,
};

/// A segment model (客户细分模型): groups, value score, pyramid and early warnings over the facts of
/// [`fact_catalogue`](crate::portfolio::fact_catalogue), all thresholds as dated parameters.
///
/// Besides what its rules name it has the parameters `window_months`, `expiring_within_days`, `overdue_after_days`,
/// `cover_gap_days` and `ratio_years`, whole numbers, and `nil_claims_count`, true or false, from which
/// [`SegmentModel::fact_parameters`](super::SegmentModel::fact_parameters) makes the parameters of facts; and
/// `rank_cover_days`, a whole number: customers with fewer days of cover in the window are not ranked in the pyramid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SegmentModelSpec {
    /// The name, in snake_case.
    pub name: String,
    /// The currency of its thresholds; books in another are refused.
    pub currency: Currency,
    /// Facts that the host hands in beside those of the catalogue.
    pub facts: Vec<FactDeclaration>,
    /// Every threshold, weight and share.
    pub parameters: Vec<Parameter>,
    /// The groups (客户群): a customer is in each whose condition holds.
    pub rules: Vec<Rule>,
    /// The value of a customer (客户价值): the sum of facts times weights. Facts of the window say what he is worth now; sums
    /// over all years rank by the length of the relation.
    pub score: Vec<ScoreTerm>,
    /// The pyramid (客户金字塔), from the top.
    pub pyramid: Vec<PyramidBand>,
    /// Early warnings (预警).
    pub warnings: Vec<WarningRule>,
    /// Cases that the model must meet when it is loaded.
    pub cases: Vec<SegmentCase>,
}

/// One term of the value score.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScoreTerm {
    /// The fact: an amount, a ratio or a whole number.
    pub fact: String,
    /// The parameter that holds its weight, a decimal.
    pub weight: String,
    /// What stands for the fact where it is absent; none when the customer then has no score and no grade.
    pub when_absent: Option<Decimal>,
}

/// One band of the pyramid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PyramidBand {
    /// Its grade: a short code.
    pub grade: String,
    /// Its name, in English.
    pub name: String,
    /// Its name, in Chinese.
    pub name_zh: String,
    /// The parameter that holds its share of the customers, in per cent.
    pub share: String,
}

/// Which way a fact goes when a warning is called for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WarningSide {
    /// Raised at the threshold and above, left below the other (过高预警).
    Above,
    /// Raised at the threshold and below, left above the other (过低预警).
    Below,
}

/// An early warning with hysteresis: raised at one threshold, left beyond another, unchanged between the two, so that a
/// figure that moves about one threshold does not raise and clear it each day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WarningRule {
    /// The name, in snake_case.
    pub name: String,
    /// What it says, in English.
    pub text: String,
    /// What it says, in Chinese.
    pub text_zh: String,
    /// Who says so.
    pub source: String,
    /// The fact that it watches.
    pub fact: String,
    /// Which way.
    pub side: WarningSide,
    /// The parameter with the threshold for raising it.
    pub enter: String,
    /// The parameter with the threshold beyond which it is left.
    pub leave: String,
}

/// A case of a segment model.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SegmentCase {
    /// The name.
    pub name: String,
    /// Who says so.
    pub source: String,
    /// The day.
    pub as_of: Date,
    /// What is known.
    pub facts: BTreeMap<String, Scalar>,
    /// The groups that must hold, in the order of the model, and no other.
    pub holds: Vec<String>,
    /// The groups that must be undecided, in the order of the model, and no other.
    pub undecided: Vec<String>,
}

/// Version 2: versions of rules by date, and parameters for what version 1 did by itself.
impl Stored for SegmentModelSpec {
    const FORMAT: &'static str = "segment_model";
    const VERSION: i64 = 2;

    fn read_version<'de, D: Deserializer<'de>>(version: i64, content: D) -> Result<Self, D::Error> {
        let mut spec = Self::deserialize(content)?;
        if version == 1 {
            spec.bring_up_to_date();
        }
        Ok(spec)
    }
}

impl SegmentModelSpec {
    /// Says as parameters what version 1 did: every claim counts, whoever has a policy is ranked. Its rules ask for no loss
    /// ratio over years.
    fn bring_up_to_date(&mut self) {
        let Some(window) = self.parameters.iter().find(|one| one.name == "window_months").cloned() else { return };
        let Some(first) = window.values.iter().min_by_key(|dated| dated.from) else { return };
        for (name, value_type, value, unit) in [
            ("ratio_years", ValueType::Integer, Scalar::Integer(3), Some("years")),
            ("nil_claims_count", ValueType::Boolean, Scalar::Boolean(true), None),
            (RANK_COVER_DAYS, ValueType::Integer, Scalar::Integer(0), Some("days")),
        ] {
            if self.parameters.iter().any(|one| one.name == name) {
                continue;
            }
            let source = "as models of version 1 counted".into();
            self.parameters.push(Parameter {
                name: name.into(),
                value_type,
                unit: unit.map(Into::into),
                values: alloc::vec![DatedValue { value, from: first.from, until: None, source }],
                checked_until: window.checked_until,
            });
        }
    }
}
