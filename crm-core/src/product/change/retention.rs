//! What the insurer keeps when a policy ends before its time.

use alloc::{string::String, vec::Vec};

use serde::{Deserialize, Serialize};

use super::short_rate::ShortRateTable;
use crate::{
    calendar::{Date, DayCount, EndOfMonth, Period},
    money::{Decimal, Money},
    product::reckoning::{Figure, Reckoning},
    refusal::{Code, Fault, Refusal},
};

/// What the insurer keeps (退保扣费): a method on a base, and no less than a minimum.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RetentionRule {
    /// How it is reckoned.
    pub method: RetentionMethod,
    /// Of what.
    pub base: RetentionBase,
    /// No less than this of the whole policy, and no more than was charged (最低留存保费); none for no minimum.
    pub minimum: Option<MinimumRetained>,
}

/// How it is reckoned what is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum RetentionMethod {
    /// Nothing: all is refunded (全额退还).
    Nothing {},
    /// Everything: nothing is refunded (不退费).
    Everything {},
    /// A handling fee (手续费): a part of what was charged, up to an amount; for cancellation before cover begins.
    HandlingFee {
        /// The part, 0 to 1: 0.03.
        part: Decimal,
        /// The most; none for no cap.
        at_most: Option<Money>,
    },
    /// The days passed (按日计算).
    Daily {
        /// Of the days of the term, or of 365 a year.
        days: DayCount,
    },
    /// The months passed, a started month counting whole, of the months of the term (按月计算).
    Monthly {},
    /// A short-rate table (短期费率).
    ShortRate {
        /// Its name.
        table: String,
    },
    /// What was earned day by day, and a part of the unearned premium: nothing for pro rata, 0.10 for the 90 % method.
    UnearnedShare {
        /// The part that is kept, 0 to 1.
        kept: Decimal,
    },
}

/// Of what a part is kept (扣费基数). On a policy that was never changed all say the same, apart from roundings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RetentionBase {
    /// All that was charged for the term.
    AllCharged,
    /// The price of the whole term at the annual price on the last day of cover. Never more than was charged is kept; of
    /// a cover that ended before, all.
    AnnualAtCancellation,
    /// Each change of the annual price by itself, for the time from its day to the end of the term.
    PerLayer,
    /// The premium that is not yet earned; only for a share of it.
    UnearnedShare,
}

/// The least that is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum MinimumRetained {
    /// So much.
    Amount {
        /// The amount.
        amount: Money,
    },
    /// A part of what was charged, rounded half up.
    Part {
        /// The part, 0 to 1.
        part: Decimal,
    },
}

/// A rule with the table that it names: all that a price needs of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PinnedRetention {
    /// The name of the rules from which it comes.
    pub rules: String,
    /// The first day of their version.
    pub from: Date,
    /// Who says so.
    pub source: String,
    /// Whether nobody has checked the rules for the day that chose them.
    pub stale: bool,
    /// The rule.
    pub rule: RetentionRule,
    /// The table that it names.
    pub table: Option<ShortRateTable>,
}

/// Whether a part lies between 0 and 1.
pub(super) fn is_part(part: Decimal) -> bool {
    !part.is_negative() && part <= Decimal::ONE
}

impl RetentionRule {
    /// What is wrong with the rule; `tables` are those that it may name.
    pub(super) fn faults(&self, tables: &[ShortRateTable]) -> Vec<Fault> {
        let mut faults = Vec::new();
        let part_fault = || Fault::new(Code::ProductRetentionPart);
        let share = matches!(self.method, RetentionMethod::UnearnedShare { .. });
        let whole = matches!(
            self.method,
            RetentionMethod::Nothing {} | RetentionMethod::Everything {} | RetentionMethod::HandlingFee { .. }
        );
        if share != (self.base == RetentionBase::UnearnedShare) || whole && self.base != RetentionBase::AllCharged {
            faults.push(Fault::new(Code::ProductRetentionBase).at("base"));
        }
        match &self.method {
            RetentionMethod::HandlingFee { part, at_most } => {
                if !is_part(*part) {
                    faults.push(part_fault().at("part").at("handling_fee").at("method"));
                }
                if at_most.is_some_and(|most| most.is_negative()) {
                    faults
                        .push(Fault::new(Code::ProductRetentionMinimum).at("at_most").at("handling_fee").at("method"));
                }
            }
            RetentionMethod::UnearnedShare { kept } if !is_part(*kept) => {
                faults.push(part_fault().at("kept").at("unearned_share").at("method"));
            }
            RetentionMethod::ShortRate { table } if !tables.iter().any(|known| known.name == *table) => {
                let unknown = Fault::new(Code::ProductRetentionTable).with_name("table", table);
                faults.push(unknown.at("table").at("short_rate").at("method"));
            }
            _ => {}
        }
        match &self.minimum {
            Some(MinimumRetained::Amount { amount }) if amount.is_negative() => {
                faults.push(Fault::new(Code::ProductRetentionMinimum).at("amount").at("amount").at("minimum"));
            }
            Some(MinimumRetained::Part { part }) if !is_part(*part) => {
                faults.push(part_fault().at("part").at("part").at("minimum"));
            }
            _ => {}
        }
        faults
    }
}

impl PinnedRetention {
    /// What is kept of a premium for `period` when it ends at `until`, by a method of time.
    pub(super) fn kept(
        &self,
        reckoning: &mut Reckoning,
        premium: Figure,
        period: &Period,
        until: Date,
    ) -> Result<Figure, Refusal> {
        let until = until.clamp(period.start(), period.end());
        match &self.rule.method {
            RetentionMethod::Daily { days } => {
                let passed = period.start().days_until(until);
                let of = match days {
                    DayCount::ActualTerm => period.days(),
                    DayCount::Actual365 => days_at_365(period)?,
                };
                reckoning.part(premium, passed.min(of), of)
            }
            RetentionMethod::Monthly {} => {
                let of = started_months(period, period.end())?;
                reckoning.part(premium, started_months(period, until)?, of)
            }
            RetentionMethod::ShortRate { table } => match &self.table {
                Some(known) if known.name == *table => known.kept(reckoning, premium, period, until),
                _ => Err(Fault::new(Code::ProductRetentionTable).with_name("table", table).into()),
            },
            // The others do not depend on time, or look at the unearned premium.
            _ => Err(Fault::new(Code::ProductRetentionBase).into()),
        }
    }
}

/// 365 for each year of a term of whole years; the days of any other.
fn days_at_365(period: &Period) -> Result<i64, Refusal> {
    let months = period.start().completed_months(period.end(), EndOfMonth::Clamp)?;
    let whole = months % 12 == 0 && period.start().plus_months(months, EndOfMonth::Clamp)? == period.end();
    Ok(if whole { months / 12 * 365 } else { period.days() })
}

/// How many months of a period have begun before `until`.
pub(super) fn started_months(period: &Period, until: Date) -> Result<i64, Refusal> {
    if until <= period.start() {
        return Ok(0);
    }
    Ok(period.start().completed_months(until.plus_days(-1)?, EndOfMonth::Clamp)? + 1)
}
