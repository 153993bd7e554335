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

/// How a closed case ended (结案方式).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClaimOutcome {
    /// Paid, in full or in part (赔付).
    Accepted,
    /// Refused (拒赔).
    Rejected,
    /// Taken back by the customer (注销 / 撤案).
    Withdrawn,
    /// Covered, and nothing was due (零结案).
    Nil,
}

impl ClaimOutcome {
    /// Whether the case ended without a payment.
    #[must_use]
    pub const fn is_nil(self) -> bool {
        !matches!(self, Self::Accepted)
    }
}

/// One claims case (赔案) as it stands.
///
/// `paid` and `reserve` are what stands in the host's system when the rows are taken: the row holds no single payments, so
/// a review of an earlier day counts the amounts as they stand now. `valued_on` says as of which day they stand; where it
/// lies after the day of the review, the case counts all the same and the notice `portfolio.claim.valued_later` says so. A
/// host that wants the amounts of an earlier day hands in rows of that day.
///
/// ```
/// use crm_core::{portfolio::ClaimRow, refusal::Code, wire};
///
/// let mut claim: ClaimRow = wire::from_json(br#"{"id":"L-1","policy":"P-1","occurred":"2025-06-01","reported":"2025-06-02",
///     "opened":"2025-06-03","closed":null,"paid":{"amount":"0.00","currency":"CNY"},
///     "reserve":{"amount":"1500.00","currency":"CNY"},"fraud":false,"outcome":null,"valued_on":"2025-12-31"}"#)?;
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
    /// The day of the loss (出险日期). A claim for a day without cover is no claim of the customer's record; what was paid
    /// and reserved for it counts in profit and loss alone, with the notice `portfolio.claim.outside_cover`.
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
    /// How the case ended; none while it is open, or where the host does not say. It is known from the day of closing on.
    pub outcome: Option<ClaimOutcome>,
    /// As of which day the two amounts stand (估值日期), where the host says.
    pub valued_on: Option<Date>,
}

impl ClaimRow {
    /// Every fault of the row at once.
    ///
    /// # Errors
    /// `portfolio.dates.order` at `/reported`, `/opened` or `/closed` when it lies before the day it follows;
    /// `money.currency.mixed`, `portfolio.amount.negative` and `portfolio.claim.closed_with_reserve` at `/reserve`;
    /// `portfolio.claim.outcome_open` at `/outcome` of a case that is not closed, `portfolio.claim.outcome_paid` at `/paid`
    /// of one that ended without a payment and was paid.
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
        if self.outcome.is_some() && self.closed.is_none() {
            faults.push(Fault::new(Code::PortfolioClaimOutcomeOpen).at("outcome"));
        }
        if self.outcome.is_some_and(ClaimOutcome::is_nil) && !self.paid.is_negative() && !self.paid.is_zero() {
            faults.push(Fault::new(Code::PortfolioClaimOutcomePaid).at("paid"));
        }
        Refusal::unless_empty(faults)
    }

    /// Whether it had ended without a payment by the end of a day.
    #[must_use]
    pub fn is_nil_on(&self, day: Date) -> bool {
        self.outcome.is_some_and(ClaimOutcome::is_nil) && self.closed.is_some_and(|closed| closed <= day)
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
    /// For which of his policies, where it was for one. One that is not his in the book gives the notice
    /// `portfolio.cost.policy_other`: the cost then counts for the customer alone.
    pub policy: Option<PolicyId>,
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
