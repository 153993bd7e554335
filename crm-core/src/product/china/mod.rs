//! China's packs of rates: plans that ship with the crate as data, each with its sources and its own cases.
//!
//! Every table, version and parameter says who says so and how sure that is: "二手来源" for a secondary source, "凭记忆" for
//! what was not found written, "示例费率" for rates that only show the shape. No regulator's own page was read; whoever
//! sells by a pack checks it against the filing first.
//!
//! * [`compulsory_motor`] (交强险): the base table of 2008, floats by accidents and violations, short terms, vehicle tax
//!   collected beside it. [`CompulsoryLimits`] are limits by the day of the accident. Refunds and the reasons for which
//!   it may end: [`china_refunds::compulsory_motor_refunds`](super::china_refunds::compulsory_motor_refunds).
//! * [`commercial_motor`] (商业车险): benchmark pure risk premium ÷ (1 − additional expense rate) × no-claim factor ×
//!   pricing factors, each inside the range that the law allows on the day.
//! * [`property`], [`accident_health`], [`group_accident`]: the shape, with example rates; [`with_rates`] puts the host's
//!   rates in their place.
//! * [`TermLifeTable`]: term life (定期寿险) from the host's table.
//! * [`taiwan_compulsory_motorcycle`]: in Taiwan dollars.
//!
//! Terms shorter than a year are given in months or days, which [`Period`](crate::calendar::Period) counts; a started
//! month counts whole (不足一个月的按一个月计算).

mod limits;
mod supplied;
mod term_life;

pub use limits::CompulsoryLimits;
pub use supplied::{SuppliedTable, with_rates};
pub use term_life::{LifeSex, TermLifeRate, TermLifeTable};

use super::RatePlan;
use crate::refusal::Refusal;

/// Compulsory motor third-party liability (机动车交通事故责任强制保险): a stored document `rate_plan`.
pub const COMPULSORY_MOTOR: &str = include_str!("../../../packs/cn/rates/compulsory-motor.json");
/// Commercial motor (机动车商业保险).
pub const COMMERCIAL_MOTOR: &str = include_str!("../../../packs/cn/rates/commercial-motor.json");
/// Property (财产保险), with example rates.
pub const PROPERTY: &str = include_str!("../../../packs/cn/rates/property.json");
/// Accident and health (意外伤害及健康保险), with example rates.
pub const ACCIDENT_HEALTH: &str = include_str!("../../../packs/cn/rates/accident-health.json");
/// Group accident by headcount (团体意外伤害保险), with example rates.
pub const GROUP_ACCIDENT: &str = include_str!("../../../packs/cn/rates/group-accident.json");
/// Compulsory liability of motorcycles in Taiwan (臺灣強制汽車責任保險，機車).
pub const TAIWAN_COMPULSORY_MOTORCYCLE: &str = include_str!("../../../packs/tw/rates/compulsory-motorcycle.json");

/// Compulsory motor, in yuan, for covers that begin on 2008-02-01 and later.
///
/// New business and renewals are rated on the first day of cover. The record of accidents is given as it is counted
/// between the issue of the last policy and of this one; a record that contradicts itself has no price.
///
/// ```
/// use crm_core::{
///     calendar::{Date, Period},
///     product::{Business, RateRequest, china},
/// };
///
/// let plan = china::compulsory_motor()?;
/// let request = RateRequest { business: Business::New, inception: Date::parse("2026-03-01")?, signed_on: None };
/// let mut risk = [
///     ("use".into(), "private".into()), ("seats".into(), 5.into()), ("region".into(), "beijing".into()),
///     ("clean_years".into(), 3.into()), ("at_fault_accidents".into(), 0.into()), ("fatal_accident".into(), false.into()),
///     ("drink_driving".into(), 0.into()), ("drunk_driving".into(), 0.into()), ("months".into(), 12.into()),
/// ]
/// .into();
/// assert_eq!(plan.quote(&risk, &request)?.net.to_string(), "CNY 617.50");
///
/// // Two months and a day are three started months; a short term needs one of the regulation's reasons.
/// let term = Period::new(Date::parse("2026-03-01")?, Date::parse("2026-05-02")?)?;
/// risk.insert("months".into(), term.started_months(term.end().plus_days(-1)?)?.into());
/// let refusal = plan.quote(&risk, &request).unwrap_err();
/// assert_eq!((refusal.code().as_str(), refusal.path().as_str()), ("rulebook.fact.missing", "/short_reason"));
/// risk.insert("short_reason".into(), "temporary_road_use".into());
/// assert_eq!(plan.quote(&risk, &request)?.net.to_string(), "CNY 285.00");
/// # Ok::<(), crm_core::refusal::Refusal>(())
/// ```
///
/// # Errors
/// None for the pack as shipped.
pub fn compulsory_motor() -> Result<RatePlan, Refusal> {
    RatePlan::from_json(COMPULSORY_MOTOR.as_bytes())
}

/// Commercial motor, in yuan, for covers that begin on 2015-06-01 and later.
///
/// The host gives the benchmark pure risk premium of each cover that is bought, from the association's table. Factors
/// outside the range of the day are refused with `product.quote.not_offered` and the name of the range.
///
/// ```
/// use crm_core::{calendar::Date, product::{Business, RateRequest, china}};
///
/// let plan = china::commercial_motor()?;
/// let request = RateRequest { business: Business::Renewal, inception: Date::parse("2026-03-01")?, signed_on: None };
/// let mut risk = [
///     ("region".into(), "guangdong".into()), ("new_energy".into(), false.into()), ("term".into(), "annual".into()),
///     ("third_party_pure_risk".into(), "1500.00".into()), ("additional_expense_rate".into(), "0.25".into()),
///     ("insured_years".into(), 3.into()), ("claims_3y".into(), 0.into()), ("violation_factor".into(), "1".into()),
///     ("autonomous_factor".into(), "0.8".into()),
/// ]
/// .into();
/// assert_eq!(plan.quote(&risk, &request)?.net.to_string(), "CNY 960.00");
///
/// risk.insert("autonomous_factor".into(), "0.4999".into());
/// assert_eq!(plan.quote(&risk, &request).unwrap_err().code().as_str(), "product.quote.not_offered");
/// # Ok::<(), crm_core::refusal::Refusal>(())
/// ```
///
/// # Errors
/// None for the pack as shipped.
pub fn commercial_motor() -> Result<RatePlan, Refusal> {
    RatePlan::from_json(COMMERCIAL_MOTOR.as_bytes())
}

/// Property: sum insured × rate, in yuan. Its rates are an example; the host's come in by [`with_rates`].
///
/// # Errors
/// None for the pack as shipped.
pub fn property() -> Result<RatePlan, Refusal> {
    RatePlan::from_json(PROPERTY.as_bytes())
}

/// Accident and health by age and occupational class, in yuan. Its rates are an example, as those of [`property`].
///
/// # Errors
/// None for the pack as shipped.
pub fn accident_health() -> Result<RatePlan, Refusal> {
    RatePlan::from_json(ACCIDENT_HEALTH.as_bytes())
}

/// Group accident by headcount, in yuan; the premium of each head is rounded. Its rates are an example, as those of
/// [`property`].
///
/// # Errors
/// None for the pack as shipped.
pub fn group_accident() -> Result<RatePlan, Refusal> {
    RatePlan::from_json(GROUP_ACCIDENT.as_bytes())
}

/// Compulsory liability of heavy motorcycles in Taiwan, in Taiwan dollars, for covers that begin on 2018-03-01 and later.
///
/// # Errors
/// None for the pack as shipped.
pub fn taiwan_compulsory_motorcycle() -> Result<RatePlan, Refusal> {
    RatePlan::from_json(TAIWAN_COMPULSORY_MOTORCYCLE.as_bytes())
}
