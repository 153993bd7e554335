//! What is sold and what it costs.
//!
//! * [`RatePlanSpec`]: a rate plan (费率方案) as actuaries write it: inputs, tables, coverages, charges, all dated, with its
//!   own cases.
//!
//! A price holds no personal data: no input of a plan may be personal, and nothing here knows a party.

mod plan;

pub use plan::{
    Business, ChargeNature, CoverLimit, CoveragePlan, PlanAction, PlanBranch, PlanCharge, PlanFigure, PlanOperand,
    PlanShare, PlanStep, RateCase, RateExpectation, RatePlanSpec, RateRequest, RateTable, RatingDate, RatingDates,
    RowKey, TableColumn, TableRow, TableVersion, ValidDates,
};
