//! Policies, their endorsements, and the money received for them.

use alloc::{string::String, vec::Vec};
use core::fmt;

use serde::{Deserialize, Serialize};

use super::code_faults;
use crate::{
    calendar::Date,
    money::Money,
    party::PartyId,
    portfolio::{EndorsementId, PolicyId, ReceiptId},
    refusal::{Code, Fault, Refusal},
};

/// One policy (保单): each year of a renewed contract is a policy of its own.
///
/// ```
/// use crm_core::{portfolio::PolicyRow, refusal::Code, wire};
///
/// let mut policy: PolicyRow = wire::from_json(br#"{"id":"P-1","customer":"C-1","product":"motor_commercial","line":"motor",
///     "branch":"CN-11","department":"d1","handler":"op-17","agent":null,"channel":"agent","signed_on":"2025-02-20",
///     "start":"2025-03-01","end":"2026-03-01","premium":{"amount":"4310.00","currency":"CNY"},
///     "sum_insured":{"amount":"200000.00","currency":"CNY"},"vin":null,"plate":null,"renewal_of":"P-0"}"#)?;
/// policy.check()?;
/// policy.end = policy.start;
/// let refused = policy.check().unwrap_err();
/// assert_eq!((refused.code(), refused.path().as_str()), (Code::CalendarPeriodEmpty, "/end"));
/// # Ok::<(), crm_core::refusal::Refusal>(())
/// ```
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PolicyRow {
    /// Number (保单号); unique in a book.
    pub id: PolicyId,
    /// Policyholder (投保人).
    pub customer: PartyId,
    /// Product (险种), a code of the host.
    pub product: String,
    /// Line (险类), a code of the host.
    pub line: String,
    /// Branch (机构) that the policy belongs to.
    pub branch: String,
    /// Department (科室).
    pub department: String,
    /// Handler (经办人 / 业务员).
    pub handler: String,
    /// Agent (代理人), where one brought it.
    pub agent: Option<String>,
    /// Distribution channel (渠道).
    pub channel: String,
    /// The day on which it was signed (签单日期): written premium counts from here.
    pub signed_on: Date,
    /// The first day of cover (起保日期).
    pub start: Date,
    /// The first day after cover (终保日期的次日).
    pub end: Date,
    /// Written premium as issued (签单保费), net of tax.
    pub premium: Money,
    /// Sum insured (保险金额).
    pub sum_insured: Money,
    /// Vehicle identification number (车架号), for motor. Personal.
    pub vin: Option<String>,
    /// Licence plate (车牌号), for motor. Personal.
    pub plate: Option<String>,
    /// The policy that it renews (续保自), where it renews one.
    pub renewal_of: Option<PolicyId>,
}

impl PolicyRow {
    /// Every fault of the row at once.
    ///
    /// # Errors
    /// `calendar.period.empty` at `/end`; `portfolio.code.invalid` at a code; `money.currency.mixed` at `/sum_insured`;
    /// `portfolio.amount.negative` at `/sum_insured`; `portfolio.renewal.self` at `/renewal_of` when it renews itself.
    pub fn check(&self) -> Result<(), Refusal> {
        let mut faults: Vec<Fault> = code_faults([
            ("product", Some(&self.product)),
            ("line", Some(&self.line)),
            ("branch", Some(&self.branch)),
            ("department", Some(&self.department)),
            ("handler", Some(&self.handler)),
            ("agent", self.agent.as_ref()),
            ("channel", Some(&self.channel)),
            ("vin", self.vin.as_ref()),
            ("plate", self.plate.as_ref()),
        ]);
        if self.end <= self.start {
            faults.push(Fault::new(Code::CalendarPeriodEmpty).at("end"));
        }
        if let Err(refusal) = self.sum_insured.require(self.premium.currency()) {
            faults.extend(refusal.at("sum_insured").into_faults());
        }
        if self.sum_insured.is_negative() {
            faults.push(Fault::new(Code::PortfolioAmountNegative).at("sum_insured"));
        }
        if self.renewal_of.as_ref() == Some(&self.id) {
            faults.push(Fault::new(Code::PortfolioRenewalSelf).at("renewal_of"));
        }
        Refusal::unless_empty(faults)
    }
}

/// What an endorsement does to the cover of its policy (批改效力).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EndorsementEffect {
    /// Cover goes on, on other terms (批改).
    Change,
    /// No cover from the effective day on: surrendered (退保), cancelled by the insurer (解除合同), or, on the first day of
    /// cover and before, as if it had never been (注销).
    Cancellation,
    /// Cover again from the effective day on (复效); on the day of the cancellation, as if that had not been.
    Reinstatement,
}

/// One endorsement (批单) as far as it changes the premium or ends the cover.
///
/// Which cover a policy gives is told by its cancellations and reinstatements together, as booked by the day of the
/// review: on each day of its term the latest of them by effective date decides, of those of one effective date the one
/// that was booked last. An endorsement that contradicts its policy or another endorsement counts nowhere and stands among
/// the rows left out: `portfolio.endorsement.outside_cover` where it takes effect before the policy was signed or after its
/// end; `portfolio.endorsement.contradiction` for a cancellation and a reinstatement of the same effective and the same
/// booked day; `portfolio.reinstatement.not_cancelled` for a reinstatement of cover that had not ended.
///
/// ```
/// use crm_core::{portfolio::{EndorsementEffect, EndorsementRow}, wire};
///
/// let row: EndorsementRow = wire::from_json(br#"{"id":"E-1","policy":"P-1","code":"21","effect":"cancellation",
///     "effective":"2025-06-01","booked":"2025-06-03","premium_change":{"amount":"-730.00","currency":"CNY"}}"#)?;
/// assert_eq!(row.effect, EndorsementEffect::Cancellation);
/// let refused = wire::from_json::<EndorsementRow>(br#"{"effect":"refund"}"#).unwrap_err();
/// assert_eq!((refused.code().as_str(), refused.path().as_str()), ("wire.variant.unknown", "/effect"));
/// # Ok::<(), crm_core::refusal::Refusal>(())
/// ```
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EndorsementRow {
    /// Number (批单号); unique in a book.
    pub id: EndorsementId,
    /// The policy that it changes.
    pub policy: PolicyId,
    /// The host's code of what it changes (批改类型代码).
    pub code: String,
    /// What it does to the cover.
    pub effect: EndorsementEffect,
    /// The day from which the change holds (批改生效日期): its premium is earned from here to the end of the policy; of a
    /// cancellation the first day without cover.
    pub effective: Date,
    /// The day on which it was booked (批改日期): its premium is written from here on.
    pub booked: Date,
    /// What it adds to the written premium; below zero for a return (保费变化量).
    pub premium_change: Money,
}

impl EndorsementRow {
    /// Every fault of the row at once.
    ///
    /// # Errors
    /// `portfolio.code.invalid` at `/code`.
    pub fn check(&self) -> Result<(), Refusal> {
        Refusal::unless_empty(code_faults([("code", Some(&self.code))]))
    }
}

/// Money received for a policy, or paid back (实收 / 退费).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReceiptRow {
    /// Number (收付款凭证号); unique in a book.
    pub id: ReceiptId,
    /// The policy that it is for.
    pub policy: PolicyId,
    /// The day on which the money moved (实收付日期).
    pub received_on: Date,
    /// The amount; below zero for a refund.
    pub amount: Money,
}

macro_rules! quiet {
    ($($name:ident { $($field:ident),* })*) => { $(
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct(stringify!($name))$(.field(stringify!($field), &self.$field))*.finish_non_exhaustive()
            }
        }
    )* };
}

quiet! {
    PolicyRow { product, line, channel, start, end }
    EndorsementRow { code, effect, effective, booked }
    ReceiptRow { received_on }
}
