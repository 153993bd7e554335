//! Change over time (批改、退保): what a policy costs when it changes or ends before its time.
//!
//! * [`EffectiveTimeline`] is all that a price depends on; [`EffectiveTimeline::price`] is a function of it alone (law 4).
//! * [`decide_change`] and [`apply_change`] record changes in any order; a recording charges the price after it less the
//!   price before it.
//! * [`RefundRules`] say as dated data on which grounds a policy may end and what is kept; [`ShortRateTable`] what part of
//!   a year costs.
//! * [`ChargeSettlement`]: what is paid and what stays on account. [`SideCharge`]: taxes and fees, with days of their own.

mod action;
mod charge;
pub mod china;
mod earning;
mod fold;
pub mod international;
mod price;
mod proration;
mod record;
mod retention;
mod risk;
mod rules;
mod short_rate;
mod timeline;

pub use action::{ChangeAction, ChangeId, EffectiveChange, MAX_CHANGE_ID_BYTES, PolicySetup, RecordedChange};
pub use charge::{ChargeSettlement, CoverageCharge, PremiumCharge, SideCharge};
pub use earning::{CoverageEarning, TimelineEarning};
pub use price::{CoveragePrice, PricedSegment, RetentionWorking, TimelinePrice};
pub use proration::{PriceShare, Proration};
pub use record::{ChangeCommand, ChangeEvent, ChangeRules, MAX_CHANGES, PolicyChanges, apply_change, decide_change};
pub use retention::{MinimumRetained, PinnedRetention, RetentionBase, RetentionMethod, RetentionRule};
pub use risk::{CoverPrices, InsuredRisk, StatedPrices};
pub use rules::{
    BeforeStartFee, CancellationGround, CancellationRequest, CoolingOff, PinnedBy, RefundRules, RefundRulesSpec,
    RefundRulesVersion,
};
pub use short_rate::{ElapsedTime, MAX_SHORT_RATE_ROWS, ShortRateRow, ShortRateTable, ShortTermPremium};
pub use timeline::{CoverStep, EffectiveTimeline, EndedBy, PinnedPrice, RateVersion, TimelineEnd};

crate::wire::stored_first_version! {
    ShortRateTable = "short_rate_table",
    RefundRulesSpec = "refund_rules",
    ChangeEvent = "policy_change_event",
    PolicyChanges = "policy_changes",
}
