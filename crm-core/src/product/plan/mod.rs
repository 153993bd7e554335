//! Rate plans: written, proven, compiled, asked.

mod spec;

pub use spec::{
    Business, ChargeNature, CoverLimit, CoveragePlan, PlanAction, PlanBranch, PlanCharge, PlanFigure, PlanOperand,
    PlanShare, PlanStep, RateCase, RateExpectation, RatePlanSpec, RateRequest, RateTable, RatingDate, RatingDates,
    RowKey, TableColumn, TableRow, TableVersion, ValidDates,
};
