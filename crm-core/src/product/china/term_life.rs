//! Term life from a table that the host supplies.

use alloc::{collections::BTreeSet, string::String, vec, vec::Vec};

use serde::{Deserialize, Serialize};

use super::super::{
    CoverLimit, CoveragePlan, PlanAction, PlanOperand, PlanStep, RateCase, RatePlan, RatePlanSpec, RateTable,
    RatingDate, RatingDates, RowKey, TableColumn, TableRow, TableVersion, ValidDates,
};
use crate::{
    calendar::Date,
    money::{Currency, Decimal, Rounding, RoundingMode},
    refusal::{Code, Fault, Refusal},
    rulebook::{FactDeclaration, Scalar, ValueType},
};

/// The sex by which a life table tells (性别).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LifeSex {
    /// Female (女).
    Female,
    /// Male (男).
    Male,
}

impl LifeSex {
    /// The choice in the plan.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Female => "female",
            Self::Male => "male",
        }
    }
}

/// A rate of a term life table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TermLifeRate {
    /// The first age in completed years (投保年龄).
    pub age_from: i64,
    /// The first age that it is no longer for.
    pub age_until: i64,
    /// The sex.
    pub sex: LifeSex,
    /// The class of health (健康等级), in snake_case: `preferred`, `standard`, `smoker`.
    pub health: String,
    /// The years of the term (保险期间).
    pub years: i64,
    /// Annual premium per mille of the sum insured; none where it is not offered.
    pub per_mille: Option<Decimal>,
}

/// A host's table of term life (定期寿险费率表), of which a plan is built.
///
/// The plan asks for `age`, `sex`, `health`, `years` and `sum_insured`. Ages reach from the lowest to the highest of the
/// rates, classes of health and terms are those that occur; each combination must stand in the table once, with a rate or
/// with none. A term between two that occur is not offered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TermLifeTable {
    /// The name of the plan, in snake_case.
    pub name: String,
    /// What it is called, in English.
    pub title: String,
    /// What it is called, in Chinese.
    pub title_zh: String,
    /// The currency of sums and premiums.
    pub currency: Currency,
    /// Who says so: the filing.
    pub source: String,
    /// The last day for which somebody has checked it.
    pub checked_until: Date,
    /// For which first days of cover it is valid.
    pub valid: ValidDates,
    /// The smallest sum insured, inclusive.
    pub smallest_sum: Decimal,
    /// The largest sum insured, inclusive.
    pub largest_sum: Decimal,
    /// The least annual premium; none for no least.
    pub least_premium: Option<Decimal>,
    /// The rates.
    pub rates: Vec<TermLifeRate>,
    /// Cases that the plan must meet.
    pub cases: Vec<RateCase>,
}

impl TermLifeTable {
    /// The plan of this table, checked and proven.
    ///
    /// # Errors
    /// `product.table.empty` at `/rates` without a rate; then everything of [`RatePlan::load`] with the path in the plan,
    /// where the rates stand at `/tables/0/versions/0/rows` in their order: `product.table.hole`,
    /// `product.table.overlap`, `rulebook.range.empty` for ages that end before they begin.
    ///
    /// ```
    /// use crm_core::{calendar::Date, product::{Business, RateRequest, china::TermLifeTable}, wire};
    ///
    /// let table: TermLifeTable = wire::from_json(r#"{
    ///     "name": "term_life", "title": "Term life", "title_zh": "定期寿险", "currency": "CNY", "source": "filed 2025",
    ///     "checked_until": "2026-12-31", "valid": {"from": "2025-01-01"}, "smallest_sum": "10000.00",
    ///     "largest_sum": "5000000.00", "least_premium": null, "cases": [], "rates": [
    ///         {"age_from": 18, "age_until": 40, "sex": "female", "health": "standard", "years": 20, "per_mille": "0.80"},
    ///         {"age_from": 40, "age_until": 61, "sex": "female", "health": "standard", "years": 20, "per_mille": "2.10"}
    ///     ]}"#.as_bytes())?;
    /// let plan = table.plan()?;
    /// let request = RateRequest { business: Business::New, inception: Date::parse("2026-03-01")?, signed_on: None };
    /// let mut risk = [
    ///     ("age".into(), 39.into()), ("sex".into(), "female".into()), ("health".into(), "standard".into()),
    ///     ("years".into(), 20.into()), ("sum_insured".into(), "500000".into()),
    /// ]
    /// .into();
    /// assert_eq!(plan.quote(&risk, &request)?.net.to_string(), "CNY 400.00");
    ///
    /// risk.insert("age".into(), 61.into());
    /// assert_eq!(plan.quote(&risk, &request).unwrap_err().code().as_str(), "rulebook.fact.range");
    /// # Ok::<(), crm_core::refusal::Refusal>(())
    /// ```
    pub fn plan(&self) -> Result<RatePlan, Refusal> {
        RatePlan::load(&self.spec()?)
    }

    /// The plan of this table as it is written, not yet checked.
    ///
    /// # Errors
    /// `product.table.empty` at `/rates` without a rate.
    pub fn spec(&self) -> Result<RatePlanSpec, Refusal> {
        let terms: BTreeSet<i64> = self.rates.iter().map(|rate| rate.years).collect();
        let sexes: BTreeSet<LifeSex> = self.rates.iter().map(|rate| rate.sex).collect();
        let youngest = self.rates.iter().map(|rate| rate.age_from).min();
        let oldest = self.rates.iter().map(|rate| rate.age_until.saturating_sub(1)).max();
        let (Some(youngest), Some(oldest), Some(shortest), Some(longest)) =
            (youngest, oldest, terms.first(), terms.last())
        else {
            return Err(Fault::new(Code::ProductTableEmpty).at("rates").into());
        };
        let mut seen = BTreeSet::new();
        let health = self.rates.iter().map(|rate| &rate.health).filter(|health| seen.insert(*health));
        let health = health.cloned().collect();
        let age = Bounds { unit: "years", minimum: youngest.into(), maximum: oldest.into() };
        let years = Bounds { unit: "years", minimum: (*shortest).into(), maximum: (*longest).into() };
        let sum = Bounds {
            unit: self.currency.as_str(),
            minimum: Scalar::Decimal(self.smallest_sum),
            maximum: Scalar::Decimal(self.largest_sum),
        };
        let inputs = vec![
            number("age", ValueType::Integer, ("age in completed years", "投保年龄（周岁）"), age),
            choice("sex", ("sex", "性别"), sexes.into_iter().map(|sex| sex.as_str().into()).collect()),
            choice("health", ("class of health", "健康等级"), health),
            number("years", ValueType::Integer, ("years of the term", "保险期间（年）"), years),
            number("sum_insured", ValueType::Decimal, ("sum insured", "保险金额"), sum),
        ];
        Ok(RatePlanSpec {
            name: self.name.clone(),
            title: self.title.clone(),
            title_zh: self.title_zh.clone(),
            currency: self.currency,
            source: self.source.clone(),
            checked_until: self.checked_until,
            rated_on: RatingDates { new_business: RatingDate::Inception, renewal: RatingDate::Inception },
            inputs,
            parameters: Vec::new(),
            tables: vec![self.table(&terms)],
            figures: Vec::new(),
            coverages: vec![self.coverage()],
            net: Vec::new(),
            charges: Vec::new(),
            shares: Vec::new(),
            cases: self.cases.clone(),
        })
    }

    fn table(&self, terms: &BTreeSet<i64>) -> RateTable {
        let is = |value: Scalar| RowKey::Is { value };
        let span = |from: i64, until: i64| RowKey::Range { from: Some(from.into()), until: Some(until.into()) };
        let mut rows: Vec<TableRow> = (self.rates.iter())
            .map(|rate| TableRow {
                keys: vec![
                    span(rate.age_from, rate.age_until),
                    is(rate.sex.as_str().into()),
                    is(Scalar::Text(rate.health.clone())),
                    is(rate.years.into()),
                ],
                values: vec![rate.per_mille],
            })
            .collect();
        // Terms between two that are sold are allowed values of the input: they are not offered.
        for (term, next) in terms.iter().zip(terms.iter().skip(1)) {
            let from = term.saturating_add(1);
            if from < *next {
                let keys = vec![RowKey::Any {}, RowKey::Any {}, RowKey::Any {}, span(from, *next)];
                rows.push(TableRow { keys, values: vec![None] });
            }
        }
        RateTable {
            name: "rate".into(),
            title: "Annual premium per mille of the sum insured".into(),
            title_zh: "年缴费率（‰）".into(),
            keys: ["age", "sex", "health", "years"].map(String::from).into(),
            columns: vec![TableColumn { name: "per_mille".into(), unit: Some("‰".into()) }],
            versions: vec![TableVersion { valid: self.valid, source: self.source.clone(), rows }],
        }
    }

    fn coverage(&self) -> CoveragePlan {
        let sum = || PlanOperand::Input { name: "sum_insured".into() };
        let rate = PlanOperand::Table { name: "rate".into(), column: "per_mille".into() };
        let nothing = PlanAction::Take { amount: PlanOperand::Value { value: Decimal::ZERO } };
        let rated = PlanAction::PerUnit { units: sum(), size: Decimal::from(1_000), rate };
        let round = PlanAction::Round { rounding: Rounding::minor_unit(RoundingMode::HalfUp, self.currency) };
        let mut steps = vec![
            step("nothing", "from nothing", "从零起", nothing),
            step("rated", "sum insured ÷ 1000 × rate", "保险金额 ÷ 1000 × 费率", rated),
        ];
        if let Some(value) = self.least_premium {
            let least = PlanAction::AtLeast { amount: PlanOperand::Value { value } };
            steps.push(step("least", "least premium", "最低保费", least));
        }
        steps.push(step("rounded", "to the smallest unit", "四舍五入到最小货币单位", round));
        CoveragePlan {
            code: "death".into(),
            title: "Death within the term".into(),
            title_zh: "定期身故保险".into(),
            included: None,
            limits: vec![CoverLimit {
                name: "sum_insured".into(),
                title: "sum insured".into(),
                title_zh: "保险金额".into(),
                amount: sum(),
            }],
            steps,
        }
    }
}

/// What a number may be.
struct Bounds<'a> {
    unit: &'a str,
    minimum: Scalar,
    maximum: Scalar,
}

fn number(name: &str, value_type: ValueType, (en, zh): (&str, &str), bounds: Bounds<'_>) -> FactDeclaration {
    FactDeclaration {
        name: name.into(),
        value_type,
        unit: Some(bounds.unit.into()),
        meaning: en.into(),
        meaning_zh: zh.into(),
        personal: false,
        choices: Vec::new(),
        minimum: Some(bounds.minimum),
        maximum: Some(bounds.maximum),
    }
}

fn choice(name: &str, (en, zh): (&str, &str), choices: Vec<String>) -> FactDeclaration {
    FactDeclaration {
        name: name.into(),
        value_type: ValueType::Text,
        unit: None,
        meaning: en.into(),
        meaning_zh: zh.into(),
        personal: false,
        choices,
        minimum: None,
        maximum: None,
    }
}

fn step(name: &str, text: &str, text_zh: &str, action: PlanAction) -> PlanStep {
    PlanStep { name: name.into(), text: text.into(), text_zh: text_zh.into(), valid: None, action }
}
