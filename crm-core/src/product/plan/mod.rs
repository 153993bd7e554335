//! Rate plans: written, proven, compiled, asked.
//!
//! Loading reads a [`RatePlanSpec`] into typed steps ([`steps`]) and proven tables ([`table`], [`proof`]), goes through
//! every edition ([`program`], [`emit`]) to prove that amounts are rounded, and runs the plan's cases. Questions are
//! answered twice: by the readable model, which tells each step ([`model`]), and by compiled programs ([`kernel`]), which
//! are quick and say the same.

mod arithmetic;
mod batch;
mod batch_block;
mod blocks;
mod cases;
mod columns;
mod difference;
mod emit;
mod impact;
mod index;
mod input;
mod kernel;
mod load;
mod lookup;
mod model;
mod program;
mod proof;
mod quote;
mod record;
mod replay;
mod rows;
mod scale;
mod spec;
mod step_words;
mod steps;
mod table;
mod trace;
mod what_if;
mod words;

pub use batch::{BatchBreakdown, BatchPrices, BatchRequests, PointColumn, RunningAmounts, RunningValues};
pub use difference::PlanDifference;
pub use impact::{Impact, ImpactReason, ImpactRow, PolicyImpact};
pub use load::RatePlan;
pub use quote::{ExplainedQuote, Quote, QuotedCharge, QuotedCoverage, QuotedLimit, QuotedShare};
pub use record::{Price, RiskRecord};
pub use spec::{
    Business, ChargeNature, CoverLimit, CoveragePlan, PlanAction, PlanBranch, PlanCharge, PlanFigure, PlanOperand,
    PlanShare, PlanStep, RateCase, RateExpectation, RatePlanSpec, RateRequest, RateTable, RatingDate, RatingDates,
    RowKey, TableColumn, TableRow, TableVersion, ValidDates,
};
pub use trace::{Calculation, CalculationSubject, QuoteTrace, StepWork, UsedKey, UsedRow, UsedValue, WorkedStep};
pub use what_if::{InputChange, InputEffect, WhatIf};

crate::wire::stored_first_version! {
    RatePlanSpec = "rate_plan",
    Quote = "quote",
    QuoteTrace = "quote_trace",
}
