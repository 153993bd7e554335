//! How a quote came about: calculations, each a chain of steps with the rows and parameters that it used.

use alloc::{boxed::Box, string::String, vec::Vec};

use serde::{Deserialize, Serialize};

use super::{Business, ChargeNature, PlanShare, RowKey};
use crate::{
    calendar::Date,
    money::{Currency, Decimal, Money, Rounded},
    rulebook::{KnownValue, Trace, Value},
};

/// The steps to a quote (计算过程). Nothing in it refers to the plan: it can be read and replayed years later.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuoteTrace {
    /// The name of the plan.
    pub plan: String,
    /// Who says so.
    pub source: String,
    /// New business or renewal.
    pub business: Business,
    /// The day whose tables and parameters were used.
    pub rated_on: Date,
    /// Whether that day lies after the last check of something dated in the plan.
    pub stale: bool,
    /// The currency of every amount.
    pub currency: Currency,
    /// What was worked out, in that order: a figure before what uses it.
    pub calculations: Vec<Calculation>,
    /// Into which shares the net premium was split.
    pub shares: Vec<PlanShare>,
}

/// One thing that was worked out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Calculation {
    /// What.
    pub subject: CalculationSubject,
    /// What it is called, in English.
    pub title: String,
    /// What it is called, in Chinese.
    pub title_zh: String,
    /// The test whether it is part of the quote; none for always.
    pub included: Option<Trace>,
    /// What it begins with: the sum of the coverages, the net premium; none for nothing.
    pub begins: Option<Money>,
    /// The steps; none when it is not part of the quote.
    pub steps: Vec<WorkedStep>,
    /// The exact result; none when it is not part of the quote.
    pub result: Option<String>,
}

/// What was worked out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum CalculationSubject {
    /// A shared figure.
    Figure {
        /// Its name.
        name: String,
    },
    /// A coverage.
    Coverage {
        /// Its code.
        code: String,
    },
    /// A limit of the coverage before it.
    Limit {
        /// Its name.
        name: String,
        /// Where its value comes from.
        amount: UsedValue,
    },
    /// The net premium.
    Net {},
    /// A charge.
    Charge {
        /// Its code.
        code: String,
        /// What it is.
        nature: ChargeNature,
    },
}

/// A step as it happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WorkedStep {
    /// The name of the step.
    pub name: String,
    /// What it does, in English.
    pub text: String,
    /// What it does, in Chinese.
    pub text_zh: String,
    /// What was done.
    pub work: StepWork,
    /// The exact running amount afterwards; none while there is none.
    pub after: Option<String>,
}

/// What a step did to the running amount.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum StepWork {
    /// Nothing: the step is not valid on that day.
    NotValid {},
    /// It became this.
    Take {
        /// What.
        amount: UsedValue,
    },
    /// Times.
    Multiply {
        /// By what.
        by: UsedValue,
    },
    /// Divided.
    Divide {
        /// By what.
        by: UsedValue,
    },
    /// Plus.
    Add {
        /// What.
        amount: UsedValue,
    },
    /// Minus.
    Subtract {
        /// What.
        amount: UsedValue,
    },
    /// Plus so much for each unit.
    PerUnit {
        /// How many.
        units: UsedValue,
        /// How many make one unit.
        size: Decimal,
        /// So much for each.
        rate: UsedValue,
    },
    /// No less than this.
    AtLeast {
        /// The smallest amount.
        amount: UsedValue,
        /// Whether it took effect.
        applied: bool,
    },
    /// No more than this.
    AtMost {
        /// The largest amount.
        amount: UsedValue,
        /// Whether it took effect.
        applied: bool,
    },
    /// Kept near the expiring premium.
    CapChange {
        /// The expiring premium; none when it is not known or the business is new: then nothing was done.
        expiring: Option<UsedValue>,
        /// The largest decrease, as a part of it.
        down: Option<UsedValue>,
        /// The largest increase, as a part of it.
        up: Option<UsedValue>,
        /// Whether it took effect.
        applied: bool,
    },
    /// Rounded.
    Round {
        /// Before, after, how and to which place.
        rounding: Rounded,
    },
    /// A branch was taken.
    Branch {
        /// The conditions that were tried, in this order; each but the last says no.
        tests: Vec<Trace>,
        /// Whether the last of them says yes; if not, the steps for all other cases were taken.
        holds: bool,
        /// The steps of the branch.
        steps: Vec<WorkedStep>,
    },
}

/// A value that a step used, and where it comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum UsedValue {
    /// Written in the plan.
    Value {
        /// The value.
        value: Decimal,
    },
    /// Handed in.
    Input {
        /// The name of the input.
        name: String,
        /// The value.
        value: Value,
    },
    /// A dated value of the plan.
    Parameter {
        /// The value with source and validity.
        known: KnownValue,
    },
    /// A row of a table.
    Row {
        /// The row.
        row: UsedRow,
    },
    /// Between two rows of a table.
    Between {
        /// The input along which is interpolated.
        input: String,
        /// Its value.
        at: Value,
        /// The row below.
        below: Box<UsedRow>,
        /// The row above.
        above: Box<UsedRow>,
        /// The exact value on the straight line between the two.
        exact: String,
    },
    /// A figure that was worked out before.
    Figure {
        /// Its name.
        name: String,
        /// The exact value.
        exact: String,
    },
    /// The running amount after an earlier step.
    Step {
        /// Its name.
        name: String,
        /// The exact value.
        exact: String,
    },
    /// The premium of a coverage before.
    Coverage {
        /// Its code.
        code: String,
        /// The premium; zero when it is not part of the quote.
        premium: Money,
    },
}

/// A row of a table that was used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UsedRow {
    /// The name of the table.
    pub table: String,
    /// What it holds, in English.
    pub title: String,
    /// What it holds, in Chinese.
    pub title_zh: String,
    /// The number of the row, from 1.
    pub row: i64,
    /// The keys: what was handed in, and what the row is for.
    pub keys: Vec<UsedKey>,
    /// The column.
    pub column: String,
    /// What the value counts or measures.
    pub unit: Option<String>,
    /// The value.
    pub value: Decimal,
    /// Who says so.
    pub source: String,
    /// The first day on which it is valid for this kind of business.
    pub from: Date,
    /// The first day on which it is no longer valid; none while no end is known.
    pub until: Option<Date>,
}

/// A key of a row that was used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UsedKey {
    /// The name of the input.
    pub input: String,
    /// What was handed in.
    pub value: Value,
    /// What the row is for.
    pub row: RowKey,
}
