//! What is sold and what it costs.
//!
//! * [`RatePlanSpec`]: a rate plan (费率方案) as actuaries write it: inputs, tables, coverages, charges, all dated, with its
//!   own cases.
//! * [`Catalogue`]: the catalogue of products (产品目录): lines, coverages, clauses, who may buy, what meets which need.
//! * [`EffectiveTimeline`]: what a policy costs that changes or ends before its time (批改、退保); [`RefundRules`] and
//!   [`ShortRateTable`] say what is kept.
//! * [`china`]: plans for China that ship with the crate (中国费率包).
//! * [`InstalmentPlan`]: a premium in instalments (分期缴费), to the cent, with due dates, grace and lapse.
//! * [`UnearnedBasis`]: unearned premium (未到期保费) of a policy or a book at a day.
//!
//! A price holds no personal data: no input of a plan may be personal, and nothing here knows a party.

mod catalogue;
mod change;
pub mod china;
mod instalment;
mod plan;
mod reckoning;
mod unearned;

pub use catalogue::{
    BenefitCheck, BenefitCondition, BenefitRequest, BuyerKind, BuyerRules, Catalogue, CatalogueSpec, CheckedCondition,
    CodeFilter, CommissionClass, ComparedCover, ComparedProduct, ComparisonRequest, CoverAmount, CoverCell,
    CoverDefinition, CoverFigure, DiscountOffer, Eligibility, EntryAge, GapState, HeldCover, ListPrice, MetNeed,
    NeedAmount, NeedGap, NeedKind, NeedReason, NeedRule, ProductClause, ProductComparison, ProductCover,
    ProductDiscount, ProductEntry, ProductLine, ProductList, ProductOnDay, ProductQuery, ProductSetAside, ProductSpec,
    ProductStatus, ProductTerms, PurchaseCheck, Recommendation, RecommendationRequest, RecommendedProduct, StatedNeed,
    StatusSpan, UnclearNeed, WaitingPeriod,
};
pub use change::{
    BeforeStartFee, CancellationGround, CancellationRequest, ChangeAction, ChangeCommand, ChangeEvent, ChangeId,
    ChangeRules, ChargeSettlement, CoolingOff, CoverPrices, CoverStep, CoverageCharge, CoverageEarning, CoveragePrice,
    EffectiveChange, EffectiveTimeline, ElapsedTime, EndedBy, InsuredRisk, MAX_CHANGE_ID_BYTES, MAX_CHANGES,
    MAX_SHORT_RATE_ROWS, MinimumRetained, PinnedBy, PinnedPrice, PinnedRetention, PolicyChanges, PolicySetup,
    PremiumCharge, PriceShare, PricedSegment, Proration, RateVersion, RecordedChange, RefundRules, RefundRulesSpec,
    RefundRulesVersion, RetentionBase, RetentionMethod, RetentionRule, RetentionWorking, ShortRateRow, ShortRateTable,
    ShortTermPremium, SideCharge, StatedPrices, TimelineEarning, TimelineEnd, TimelinePrice, apply_change,
    china as china_refunds, decide_change, international as international_refunds,
};
pub use instalment::{
    ChargePlacement, ChargeToPlace, FirstInstalment, GracePeriod, Instalment, InstalmentCharge, InstalmentDates,
    InstalmentInterval, InstalmentPlan, InstalmentReceipt, InstalmentRemainder, InstalmentSchedule, InstalmentStanding,
    InstalmentState, InstalmentWorking, MAX_INSTALMENTS, ScheduleStanding,
};
pub use plan::{
    BatchBreakdown, BatchPrices, BatchRequests, Business, Calculation, CalculationSubject, ChargeNature, CoverLimit,
    CoveragePlan, ExplainedQuote, Impact, ImpactReason, ImpactRow, InputChange, InputEffect, PlanAction, PlanBranch,
    PlanCharge, PlanDifference, PlanFigure, PlanOperand, PlanShare, PlanStep, PointColumn, PolicyImpact, Price, Quote,
    QuoteTrace, QuotedCharge, QuotedCoverage, QuotedLimit, QuotedShare, RateCase, RateExpectation, RatePlan,
    RatePlanSpec, RateRequest, RateTable, RatingDate, RatingDates, RiskRecord, RowKey, RunningAmounts, RunningValues,
    StepWork, TableColumn, TableRow, TableVersion, UsedKey, UsedRow, UsedValue, ValidDates, WhatIf, WorkedStep,
};
pub use unearned::{
    RefusedRow, UnearnedBasis, UnearnedColumns, UnearnedMethod, UnearnedPart, UnearnedPremium, UnearnedRows,
    UnearnedTotal,
};
