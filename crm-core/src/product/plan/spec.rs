//! A rate plan as it is written.

use alloc::{collections::BTreeMap, string::String, vec::Vec};

use serde::{Deserialize, Serialize};

use crate::{
    calendar::Date,
    money::{Currency, Decimal, Money, Rounding},
    rulebook::{Condition, FactDeclaration, Parameter, Scalar},
};

/// A rate plan (费率方案): what an actuary fills in, a supervisor files and an auditor replays.
///
/// Everything in it is dated; a risk is priced by what is valid on the day that [`RatingDates`] names. The premium of a
/// coverage comes about in [`PlanStep`]s, exactly, rounded only where a step says so (law 2).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RatePlanSpec {
    /// The name, in snake_case.
    pub name: String,
    /// What it is called, in English.
    pub title: String,
    /// What it is called, in Chinese (名称).
    pub title_zh: String,
    /// The currency of every amount.
    pub currency: Currency,
    /// Who says so: the filing, circular or decision.
    pub source: String,
    /// The last day for which somebody has checked the plan; later quotes are marked stale.
    pub checked_until: Date,
    /// Which day decides the version, for new business and for renewals.
    pub rated_on: RatingDates,
    /// What the price depends on. Each is bounded: a text has choices; a number or a day has a smallest and a largest
    /// value, and a decimal no more digits after the point than these. None is personal.
    pub inputs: Vec<FactDeclaration>,
    /// Dated single values: minimum premiums, rates, caps. Looked up on the same day as tables.
    pub parameters: Vec<Parameter>,
    /// Rates by key.
    pub tables: Vec<RateTable>,
    /// Values that several steps use, each worked out once: a bonus factor, a share of expenses.
    pub figures: Vec<PlanFigure>,
    /// The coverages (险别), in the order in which they are shown.
    pub coverages: Vec<CoveragePlan>,
    /// Steps over the sum of the coverages: discounts, minimum premium. Begins with the sum; what it changes is spread over
    /// the coverages in proportion, to the cent. Empty when the net premium is the sum.
    pub net: Vec<PlanStep>,
    /// Taxes, levies and fees, apart from the premium (税费).
    pub charges: Vec<PlanCharge>,
    /// Into which shares the net premium is split: coinsurers, a pool. Empty when it is not.
    pub shares: Vec<PlanShare>,
    /// Cases that the plan must meet when it is loaded.
    pub cases: Vec<RateCase>,
}

/// Which day decides the version of a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RatingDates {
    /// For new business (新保).
    pub new_business: RatingDate,
    /// For renewals (续保).
    pub renewal: RatingDate,
}

/// A day of a policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RatingDate {
    /// The first day of cover (起保日期).
    Inception,
    /// The day on which the policy is signed (签单日期).
    Signing,
}

/// From when to when something is valid, for new business and for renewals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ValidDates {
    /// The first day for new business.
    pub from: Date,
    /// The first day on which it is no longer valid for new business; none while no end is known.
    pub until: Option<Date>,
    /// The first day for renewals; none for the same as new business.
    pub renewals_from: Option<Date>,
    /// The first day on which it is no longer valid for renewals; none for the same as new business.
    pub renewals_until: Option<Date>,
}

/// A table of rates (费率表).
///
/// In each version every combination of allowed key values fits exactly one row: that is proven when the plan is loaded,
/// or the smallest combination that fits none or two is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RateTable {
    /// The name, in snake_case.
    pub name: String,
    /// What it holds, in English.
    pub title: String,
    /// What it holds, in Chinese.
    pub title_zh: String,
    /// The inputs by which it is looked up, in the order of the keys of a row.
    pub keys: Vec<String>,
    /// The names of its value columns, in the order of the values of a row, in snake_case.
    pub columns: Vec<TableColumn>,
    /// Its versions, without gap or overlap between the first day and the last.
    pub versions: Vec<TableVersion>,
}

/// A value column of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TableColumn {
    /// The name, in snake_case.
    pub name: String,
    /// What its values count or measure: `CNY`, `%`; none for a factor.
    pub unit: Option<String>,
}

/// A table as it is valid for some time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TableVersion {
    /// When.
    pub valid: ValidDates,
    /// Who says so, and how sure it is.
    pub source: String,
    /// The rows.
    pub rows: Vec<TableRow>,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TableRow {
    /// One key for each of the table's inputs.
    pub keys: Vec<RowKey>,
    /// One value for each column; none where there is no rate: a risk that comes here is not offered.
    pub values: Vec<Option<Decimal>>,
}

/// Which values of an input a row is for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum RowKey {
    /// Every value.
    Any {},
    /// This value.
    Is {
        /// The value, read as the type of the input.
        value: Scalar,
    },
    /// One of these values.
    OneOf {
        /// The values; at least one, none twice.
        values: Vec<Scalar>,
    },
    /// From a value (inclusive) to another (exclusive).
    Range {
        /// The first value inside; none from the smallest allowed one.
        from: Option<Scalar>,
        /// The first value outside; none up to the largest allowed one.
        until: Option<Scalar>,
    },
}

/// A value that several steps use.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanFigure {
    /// The name, in snake_case.
    pub name: String,
    /// What it is, in English.
    pub title: String,
    /// What it is, in Chinese.
    pub title_zh: String,
    /// How it comes about; begins with nothing, so the first step takes a value.
    pub steps: Vec<PlanStep>,
}

/// What a coverage costs and what it carries.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CoveragePlan {
    /// The code of the coverage (险别代码), in snake_case.
    pub code: String,
    /// What it is called, in English.
    pub title: String,
    /// What it is called, in Chinese.
    pub title_zh: String,
    /// When it is part of the quote; none for always.
    pub included: Option<Condition>,
    /// Its limits, sub-limits and deductibles (限额、免赔), shown with the quote; worked out after the steps.
    pub limits: Vec<CoverLimit>,
    /// How its premium comes about; begins with nothing, ends with an amount that needs no rounding.
    pub steps: Vec<PlanStep>,
}

/// A limit or deductible of a coverage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CoverLimit {
    /// The name, in snake_case: `limit`, `per_accident`, `deductible`.
    pub name: String,
    /// What it is, in English.
    pub title: String,
    /// What it is, in Chinese.
    pub title_zh: String,
    /// The amount or the per cent.
    pub amount: PlanOperand,
}

/// One step of a calculation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanStep {
    /// The name, in snake_case, unique in the plan; later steps may use its result.
    pub name: String,
    /// What it does, in English.
    pub text: String,
    /// What it does, in Chinese (说明).
    pub text_zh: String,
    /// When it is done, of the days that decide the version; none for always. Outside, the running amount stays.
    pub valid: Option<ValidDates>,
    /// What is done to the running amount.
    pub action: PlanAction,
}

/// What is done to the running amount.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum PlanAction {
    /// The amount becomes this.
    Take {
        /// What.
        amount: PlanOperand,
    },
    /// Times.
    Multiply {
        /// By what.
        by: PlanOperand,
    },
    /// Divided, exactly.
    Divide {
        /// By what; zero is refused.
        by: PlanOperand,
    },
    /// Plus.
    Add {
        /// What.
        amount: PlanOperand,
    },
    /// Minus.
    Subtract {
        /// What.
        amount: PlanOperand,
    },
    /// Plus so much for each unit: `units ÷ size × rate`.
    PerUnit {
        /// How many.
        units: PlanOperand,
        /// How many make one unit: 1000 for "per mille of the sum insured". Not zero.
        size: Decimal,
        /// So much for each.
        rate: PlanOperand,
    },
    /// No less than this (最低保费).
    AtLeast {
        /// The smallest amount.
        amount: PlanOperand,
    },
    /// No more than this.
    AtMost {
        /// The largest amount.
        amount: PlanOperand,
    },
    /// No further from the expiring premium than these parts of it. Where no expiring premium is given, or it is new
    /// business, the amount stays.
    CapChange {
        /// The input that holds the expiring premium (上年保费).
        expiring: String,
        /// The largest decrease, as a part of the expiring premium: `0.10`; none for no cap.
        down: Option<PlanOperand>,
        /// The largest increase; none for no cap.
        up: Option<PlanOperand>,
    },
    /// Rounded.
    Round {
        /// How and to which place.
        rounding: Rounding,
    },
    /// These steps when a condition holds, others when not.
    When {
        /// The condition over inputs.
        condition: Condition,
        /// When it holds.
        then: Vec<PlanStep>,
        /// When it does not; empty for nothing.
        otherwise: Vec<PlanStep>,
    },
    /// The steps of the first condition that holds.
    Choose {
        /// Tried in this order; at least one.
        branches: Vec<PlanBranch>,
        /// When none holds; empty for nothing.
        otherwise: Vec<PlanStep>,
    },
}

/// A way that a calculation may take.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanBranch {
    /// When.
    pub condition: Condition,
    /// What is done then.
    pub steps: Vec<PlanStep>,
}

/// A value that a step works with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum PlanOperand {
    /// A fixed value.
    Value {
        /// The value.
        value: Decimal,
    },
    /// A number that the host hands in.
    Input {
        /// Its name.
        name: String,
    },
    /// A dated value of the plan.
    Parameter {
        /// Its name.
        name: String,
    },
    /// The value of the row that fits.
    Table {
        /// The table.
        name: String,
        /// The column.
        column: String,
    },
    /// A value on the straight line between the two rows around the input: the rows give a value for single keys of a
    /// number; below the first and above the last row is refused.
    Between {
        /// The table; its last key is the input along which is interpolated, each row with a single value for it.
        name: String,
        /// The column.
        column: String,
    },
    /// A shared figure.
    Figure {
        /// Its name.
        name: String,
    },
    /// The running amount after an earlier step of the same calculation, not one inside a branch that was left.
    Step {
        /// The name of the step.
        name: String,
    },
    /// The premium of a coverage that stands before, as its own steps make it; zero when it is not included. Not in a figure.
    Coverage {
        /// Its code.
        code: String,
    },
}

/// A tax, levy or fee beside the premium.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanCharge {
    /// The code, in snake_case.
    pub code: String,
    /// What it is called, in English.
    pub title: String,
    /// What it is called, in Chinese.
    pub title_zh: String,
    /// What it is.
    pub nature: ChargeNature,
    /// When it is part of the quote; none for always.
    pub included: Option<Condition>,
    /// How it comes about; begins with the net premium.
    pub steps: Vec<PlanStep>,
}

/// What a charge is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChargeNature {
    /// A tax on the premium (增值税).
    Tax,
    /// A levy for a fund (救助基金).
    Levy,
    /// A fee of the insurer (手续费).
    Fee,
    /// A tax that is only collected with the premium (代收车船税).
    Collected,
}

/// A share of the net premium.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanShare {
    /// Whose, in snake_case.
    pub code: String,
    /// The part, between 0 and 1; the parts of all shares add up to 1.
    pub part: Decimal,
}

/// A case that a plan must meet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RateCase {
    /// What it shows.
    pub text: String,
    /// Where it was found; `own` for one that somebody worked out for the plan.
    pub source: String,
    /// The risk.
    pub risk: BTreeMap<String, Scalar>,
    /// New business or renewal, and its days.
    pub request: RateRequest,
    /// What it must come to.
    pub expect: RateExpectation,
}

/// For which policy a price is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RateRequest {
    /// New business or renewal.
    pub business: Business,
    /// The first day of cover.
    pub inception: Date,
    /// The day of signing; none when it is the first day of cover.
    pub signed_on: Option<Date>,
}

/// Whether somebody insures for the first time or again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Business {
    /// New business (新保).
    New,
    /// Renewal (续保).
    Renewal,
}

/// What a case must come to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum RateExpectation {
    /// A premium.
    Premium {
        /// The net premium.
        net: Money,
        /// The net premiums of these coverages, after the steps over the sum; others are not looked at.
        coverages: BTreeMap<String, Money>,
    },
    /// A refusal.
    Refused {
        /// Its code.
        code: String,
    },
}
