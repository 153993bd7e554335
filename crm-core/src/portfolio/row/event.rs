//! Claims, costs and complaints.

use alloc::{string::String, vec::Vec};
use core::fmt;

use serde::{Deserialize, Serialize};

use super::code_faults;
use crate::{
    calendar::Date,
    money::Money,
    party::PartyId,
    portfolio::{ClaimId, ComplaintId, CostId, PolicyId},
    refusal::{Code, Fault, Refusal},
};

/// One claims case (赔案) as it stands.
///
/// ```
/// use crm_core::{portfolio::ClaimRow, refusal::Code, wire};
///
/// let mut claim: ClaimRow = wire::from_json(br#"{"id":"L-1","policy":"P-1","occurred":"2025-06-01","reported":"2025-06-02",
///     "opened":"2025-06-03","closed":null,"paid":{"amount":"0.00","currency":"CNY"},
///     "reserve":{"amount":"1500.00","currency":"CNY"},"fraud":false}"#)?;
/// claim.check()?;
/// claim.reported = claim.occurred.plus_days(-1)?;
/// let refused = claim.check().unwrap_err();
/// assert_eq!((refused.code(), refused.path().as_str()), (Code::PortfolioDatesOrder, "/reported"));
/// # Ok::<(), crm_core::refusal::Refusal>(())
/// ```
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClaimRow {
    /// Number of the case; unique in a book.
    pub id: ClaimId,
    /// The policy that it is under.
    pub policy: PolicyId,
    /// The day of the loss (出险日期); a claim for a day without cover counts nowhere
    /// (`portfolio.claim.outside_cover` among the rows left out).
    pub occurred: Date,
    /// The day on which it was reported (报案日期): the case counts from here on.
    pub reported: Date,
    /// The day on which the case was opened (立案日期), when it was.
    pub opened: Option<Date>,
    /// The day on which the case was closed (结案日期), when it was.
    pub closed: Option<Date>,
    /// Paid so far (已决赔款), net of recoveries.
    pub paid: Money,
    /// Outstanding (未决赔款).
    pub reserve: Money,
    /// Whether fraud was found (欺诈).
    pub fraud: bool,
}

impl ClaimRow {
    /// Every fault of the row at once.
    ///
    /// # Errors
    /// `portfolio.dates.order` at `/reported`, `/opened` or `/closed` when it lies before the day it follows;
    /// `money.currency.mixed`, `portfolio.amount.negative` and `portfolio.claim.closed_with_reserve` at `/reserve`.
    pub fn check(&self) -> Result<(), Refusal> {
        let mut faults: Vec<Fault> = Vec::new();
        let mut follows = |later: Option<Date>, earlier: Date, field: &str| {
            if later.is_some_and(|later| later < earlier) {
                faults.push(Fault::new(Code::PortfolioDatesOrder).at(field));
            }
        };
        follows(Some(self.reported), self.occurred, "reported");
        follows(self.opened, self.reported, "opened");
        follows(self.closed, self.opened.unwrap_or(self.reported), "closed");
        if let Err(refusal) = self.reserve.require(self.paid.currency()) {
            faults.extend(refusal.at("reserve").into_faults());
        }
        if self.reserve.is_negative() {
            faults.push(Fault::new(Code::PortfolioAmountNegative).at("reserve"));
        } else if self.closed.is_some() && !self.reserve.is_zero() {
            faults.push(Fault::new(Code::PortfolioClaimClosedWithReserve).at("reserve"));
        }
        Refusal::unless_empty(faults)
    }
}

/// What was spent on a customer (费用), commission included.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CostRow {
    /// Number of the entry; unique in a book.
    pub id: CostId,
    /// For whom.
    pub customer: PartyId,
    /// When.
    pub on: Date,
    /// The host's code of what for (费用类别). [`CostRow::COMMISSION`] is commission; every other code is cost to serve.
    pub kind: String,
    /// How much; below zero when it was taken back.
    pub amount: Money,
}

impl CostRow {
    /// The code of commission (手续费 / 佣金), which stands apart in profit and loss.
    pub const COMMISSION: &'static str = "commission";

    /// Every fault of the row at once.
    ///
    /// # Errors
    /// `portfolio.code.invalid` at `/kind`.
    pub fn check(&self) -> Result<(), Refusal> {
        Refusal::unless_empty(code_faults([("kind", Some(&self.kind))]))
    }

    /// Whether it is commission.
    #[must_use]
    pub fn is_commission(&self) -> bool {
        self.kind == Self::COMMISSION
    }
}

/// One complaint (投诉).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ComplaintRow {
    /// Number; unique in a book.
    pub id: ComplaintId,
    /// Who complained.
    pub customer: PartyId,
    /// When.
    pub on: Date,
    /// The host's code of what about (投诉类别).
    pub kind: String,
    /// The day on which it was resolved (办结日期), when it was.
    pub resolved_on: Option<Date>,
}

impl ComplaintRow {
    /// Every fault of the row at once.
    ///
    /// # Errors
    /// `portfolio.code.invalid` at `/kind`; `portfolio.dates.order` at `/resolved_on`.
    pub fn check(&self) -> Result<(), Refusal> {
        let mut faults = code_faults([("kind", Some(&self.kind))]);
        if self.resolved_on.is_some_and(|resolved| resolved < self.on) {
            faults.push(Fault::new(Code::PortfolioDatesOrder).at("resolved_on"));
        }
        Refusal::unless_empty(faults)
    }
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
    ClaimRow { reported, opened, closed }
    CostRow { on, kind }
    ComplaintRow { on, kind, resolved_on }
}
