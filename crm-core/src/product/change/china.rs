//! China's pack: short-period tables and refund rules.
//!
//! All are data: a host with other contract terms loads its own. Every row names its source and says how sure it is.

use super::{RefundRules, RefundRulesSpec, ShortRateTable};
use crate::{refusal::Refusal, wire::from_stored};

/// The short-period table of ordinary lines, by months (短期费率表): a stored document `short_rate_table`.
pub const SHORT_PERIOD: &str = include_str!("../../../packs/cn/short-period.json");
/// The short-period table of accident and health lines (意外险、健康险短期费率表).
pub const SHORT_PERIOD_ACCIDENT: &str = include_str!("../../../packs/cn/short-period-accident.json");
/// Refund rules of compulsory motor (交强险退保规则): a stored document `refund_rules`.
pub const COMPULSORY_MOTOR_REFUNDS: &str = include_str!("../../../packs/cn/refunds-compulsory-motor.json");
/// Refund rules of commercial motor (商业车险退保规则).
pub const COMMERCIAL_MOTOR_REFUNDS: &str = include_str!("../../../packs/cn/refunds-commercial-motor.json");
/// The cooling-off period of personal cover of more than a year (一年期以上人身保险犹豫期).
pub const COOLING_OFF_REFUNDS: &str = include_str!("../../../packs/cn/refunds-cooling-off.json");

/// The short-period table of ordinary lines.
///
/// # Errors
/// None for the pack as shipped.
pub fn short_period_table() -> Result<ShortRateTable, Refusal> {
    from_stored(SHORT_PERIOD.as_bytes())
}

/// The short-period table of accident and health lines.
///
/// # Errors
/// None for the pack as shipped.
pub fn short_period_accident_table() -> Result<ShortRateTable, Refusal> {
    from_stored(SHORT_PERIOD_ACCIDENT.as_bytes())
}

/// Refund rules of compulsory motor, checked.
///
/// # Errors
/// None for the pack as shipped.
pub fn compulsory_motor_refunds() -> Result<RefundRules, Refusal> {
    RefundRules::load(from_stored::<RefundRulesSpec>(COMPULSORY_MOTOR_REFUNDS.as_bytes())?)
}

/// Refund rules of commercial motor, checked.
///
/// # Errors
/// None for the pack as shipped.
pub fn commercial_motor_refunds() -> Result<RefundRules, Refusal> {
    RefundRules::load(from_stored::<RefundRulesSpec>(COMMERCIAL_MOTOR_REFUNDS.as_bytes())?)
}

/// The cooling-off period of personal cover of more than a year, checked.
///
/// # Errors
/// None for the pack as shipped.
pub fn cooling_off_refunds() -> Result<RefundRules, Refusal> {
    RefundRules::load(from_stored::<RefundRulesSpec>(COOLING_OFF_REFUNDS.as_bytes())?)
}
