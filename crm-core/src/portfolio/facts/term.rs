//! Terms: the sums that facts are made of, and the rows that each row adds to.

use serde::{Deserialize, Serialize};

use super::{
    holding::{HeldPolicy, Holding},
    parameters::Days,
};
use crate::{
    calendar::{Date, DayCount, Period},
    money::{Currency, Money, Rounding, RoundingMode, Unrounded},
    portfolio::{BookTable, PolicyRow},
    refusal::Refusal,
};

macro_rules! terms {
    ($( $(#[$doc:meta])* $name:ident $zh:literal $is_money:literal; )*) => {
        /// A sum over rows of one customer; every figure that is an amount or a count is made of these (构成项).
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum FactTerm { $( $(#[$doc])* #[doc = concat!("(", $zh, ")")] $name, )* }

        impl FactTerm {
            /// Every term.
            pub const ALL: &'static [Self] = &[ $( Self::$name, )* ];

            /// Whether it is an amount of money; a number of rows or of days otherwise.
            #[must_use]
            pub const fn is_money(self) -> bool {
                match self { $( Self::$name => $is_money, )* }
            }

            /// Its name in Chinese.
            #[must_use]
            pub const fn zh(self) -> &'static str {
                match self { $( Self::$name => $zh, )* }
            }
        }
    };
}

terms! {
    /// Policies signed by the day of the review.
    Policies "保单数" false;
    /// Policies in force on the day of the review.
    InForce "有效保单数" false;
    /// Policies in force that end soon and that no policy renews.
    Expiring "即将到期保单数" false;
    /// Policies that renew another.
    Renewals "续保单数" false;
    /// Policies that renew another, signed in the window.
    RenewalsInWindow "期内续保单数" false;
    /// Policies that renew none, signed in the window.
    NewInWindow "期内新保单数" false;
    /// Policies signed before the window.
    BeforeWindow "期前保单数" false;
    /// Days of cover that have passed.
    CoverDays "已承保天数" false;
    /// Written premium: policies and endorsements.
    Written "签单保费" true;
    /// Written premium of the window.
    WrittenInWindow "期内签单保费" true;
    /// Written premium of the window before.
    WrittenBefore "上期签单保费" true;
    /// Written premium that has been earned, by days, each row rounded half up to the minor unit.
    Earned "满期保费" true;
    /// Written premium less what has been earned.
    Unearned "未到期保费" true;
    /// Money received less money paid back.
    Collected "实收保费" true;
    /// Money paid back.
    Refunded "退费" true;
    /// Written and not received, policy by policy; a policy that is overpaid counts as nothing.
    Receivable "应收保费" true;
    /// Of that, for cover that started long ago.
    Overdue "逾期应收保费" true;
    /// Claims reported.
    Claims "赔案数" false;
    /// Claims reported whose loss occurred in the window.
    ClaimsInWindow "期内出险次数" false;
    /// Claims reported and not closed.
    ClaimsOpen "未结赔案数" false;
    /// Claims in which fraud was found.
    Fraud "欺诈赔案数" false;
    /// Claims paid.
    Paid "已决赔款" true;
    /// Claims outstanding.
    Outstanding "未决赔款" true;
    /// Commission.
    Commission "手续费" true;
    /// Every other cost.
    CostToServe "服务成本" true;
    /// Complaints.
    Complaints "投诉数" false;
    /// Complaints that are not resolved.
    ComplaintsOpen "未办结投诉数" false;
}

/// What one row adds to one term: an amount in minor units, a count or days.
pub(in crate::portfolio) struct Piece<'a> {
    pub(in crate::portfolio) term: FactTerm,
    pub(in crate::portfolio) table: BookTable,
    pub(in crate::portfolio) id: &'a str,
    pub(in crate::portfolio) minor: i64,
    pub(in crate::portfolio) policy: Option<&'a PolicyRow>,
}

/// Where pieces go, and rows that are dated after the review.
pub(in crate::portfolio) trait Sink<'a> {
    fn piece(&mut self, piece: Piece<'a>);
    fn used(&mut self, table: BookTable);
    fn after(&mut self, table: BookTable);
}

/// Hands every piece of a customer to the sink. All sums of facts and all rows behind them come from here.
pub(super) fn visit<'a>(holding: &Holding<'a>, days: &Days, sink: &mut impl Sink<'a>) -> Result<(), Refusal> {
    sink.used(BookTable::Customers);
    for held in &holding.policies {
        if held.policy.signed_on > days.as_of {
            // Money for a policy that is not signed yet is received in advance: it is no premium of the book.
            sink.after(BookTable::Policies);
            held.endorsements.iter().for_each(|_| sink.after(BookTable::Endorsements));
            held.receipts.iter().for_each(|_| sink.after(BookTable::Receipts));
            held.claims.iter().for_each(|_| sink.after(BookTable::Claims));
            continue;
        }
        sink.used(BookTable::Policies);
        visit_policy(held, days, sink)?;
    }
    for cost in &holding.costs {
        if cost.on > days.as_of {
            sink.after(BookTable::Costs);
            continue;
        }
        sink.used(BookTable::Costs);
        let term = if cost.is_commission() { FactTerm::Commission } else { FactTerm::CostToServe };
        let minor = cost.amount.minor();
        sink.piece(Piece { term, table: BookTable::Costs, id: cost.id.as_str(), minor, policy: None });
    }
    for complaint in &holding.complaints {
        if complaint.on > days.as_of {
            sink.after(BookTable::Complaints);
            continue;
        }
        sink.used(BookTable::Complaints);
        let mut count = |term| {
            let id = complaint.id.as_str();
            sink.piece(Piece { term, table: BookTable::Complaints, id, minor: 1, policy: None });
        };
        count(FactTerm::Complaints);
        if complaint.resolved_on.is_none_or(|resolved| resolved > days.as_of) {
            count(FactTerm::ComplaintsOpen);
        }
    }
    Ok(())
}

fn visit_policy<'a>(held: &HeldPolicy<'a>, days: &Days, sink: &mut impl Sink<'a>) -> Result<(), Refusal> {
    let policy = held.policy;
    let (currency, id) = (policy.premium.currency(), policy.id.as_str());
    let piece = |term, table, id, minor| Piece { term, table, id, minor, policy: Some(policy) };
    let mut count = |term, minor| sink.piece(piece(term, BookTable::Policies, id, minor));
    count(FactTerm::Policies, 1);
    let in_force = policy.start <= days.as_of && days.as_of < policy.end;
    if in_force {
        count(FactTerm::InForce, 1);
        if policy.end <= days.expiring_until && !held.renewed {
            count(FactTerm::Expiring, 1);
        }
    }
    let (renews, in_window) = (policy.renewal_of.is_some(), policy.signed_on > days.window_after);
    if renews {
        count(FactTerm::Renewals, 1);
    }
    count(
        match (in_window, renews) {
            (true, true) => FactTerm::RenewalsInWindow,
            (true, false) => FactTerm::NewInWindow,
            (false, _) => FactTerm::BeforeWindow,
        },
        1,
    );
    count(FactTerm::CoverDays, policy.start.days_until(days.until.min(policy.end)).max(0));
    let mut due = i128::from(policy.premium.minor());
    written(piece(FactTerm::Written, BookTable::Policies, id, policy.premium.minor()), policy.signed_on, days, sink);
    earned(
        piece(FactTerm::Earned, BookTable::Policies, id, policy.premium.minor()),
        policy.start,
        currency,
        days,
        sink,
    )?;
    for endorsement in &held.endorsements {
        if endorsement.booked > days.as_of {
            sink.after(BookTable::Endorsements);
            continue;
        }
        sink.used(BookTable::Endorsements);
        let (id, minor) = (endorsement.id.as_str(), endorsement.premium_change.minor());
        due += i128::from(minor);
        let from = endorsement.effective.max(policy.start);
        written(piece(FactTerm::Written, BookTable::Endorsements, id, minor), endorsement.booked, days, sink);
        earned(piece(FactTerm::Earned, BookTable::Endorsements, id, minor), from, currency, days, sink)?;
    }
    for receipt in &held.receipts {
        if receipt.received_on > days.as_of {
            sink.after(BookTable::Receipts);
            continue;
        }
        sink.used(BookTable::Receipts);
        let (id, minor) = (receipt.id.as_str(), receipt.amount.minor());
        due -= i128::from(minor);
        sink.piece(piece(FactTerm::Collected, BookTable::Receipts, id, minor));
        if minor < 0 {
            let back = receipt.amount.negated()?.minor();
            sink.piece(piece(FactTerm::Refunded, BookTable::Receipts, id, back));
        }
    }
    if due > 0 {
        let open = amount(due, currency)?.minor();
        sink.piece(piece(FactTerm::Receivable, BookTable::Policies, id, open));
        if policy.start < days.overdue_before {
            sink.piece(piece(FactTerm::Overdue, BookTable::Policies, id, open));
        }
    }
    for claim in &held.claims {
        if claim.reported > days.as_of {
            sink.after(BookTable::Claims);
            continue;
        }
        sink.used(BookTable::Claims);
        let mut add = |term, minor| sink.piece(piece(term, BookTable::Claims, claim.id.as_str(), minor));
        add(FactTerm::Claims, 1);
        if claim.occurred > days.window_after {
            add(FactTerm::ClaimsInWindow, 1);
        }
        if claim.closed.is_none_or(|closed| closed > days.as_of) {
            add(FactTerm::ClaimsOpen, 1);
        }
        if claim.fraud {
            add(FactTerm::Fraud, 1);
        }
        add(FactTerm::Paid, claim.paid.minor());
        add(FactTerm::Outstanding, claim.reserve.minor());
    }
    Ok(())
}

/// A written amount in its windows.
fn written<'a>(piece: Piece<'a>, on: Date, days: &Days, sink: &mut impl Sink<'a>) {
    let Piece { table, id, minor, policy, .. } = piece;
    sink.piece(piece);
    let term = if on > days.window_after {
        FactTerm::WrittenInWindow
    } else if on > days.prior_after {
        FactTerm::WrittenBefore
    } else {
        return;
    };
    sink.piece(Piece { term, table, id, minor, policy });
}

/// What of an amount has been earned between a day and the end of the policy, rounded half up once; the rest is not.
fn earned<'a>(
    piece: Piece<'a>,
    from: Date,
    currency: Currency,
    days: &Days,
    sink: &mut impl Sink<'a>,
) -> Result<(), Refusal> {
    let Piece { table, id, minor, policy, .. } = piece;
    let end = policy.map_or(from, |policy| policy.end);
    let whole = Money::from_minor(minor, currency);
    let part = match Period::new(from, end) {
        _ if days.until <= from => Money::zero(currency),
        // A change that holds from the end of the policy on has nothing left to be earned over.
        Err(_) => whole,
        Ok(term) => {
            let passed = DayCount::ActualTerm.fraction(&term, days.until.min(end))?;
            let exact = Unrounded::from(whole).times(Unrounded::try_from(passed)?)?;
            exact.into_money(currency, Rounding::minor_unit(RoundingMode::HalfUp, currency))?.money
        }
    };
    let rest = whole.minus(part)?.minor();
    sink.piece(Piece { term: FactTerm::Earned, table, id, minor: part.minor(), policy });
    sink.piece(Piece { term: FactTerm::Unearned, table, id, minor: rest, policy });
    Ok(())
}

/// An amount in minor units that stood in a wide sum.
pub(in crate::portfolio) fn amount(minor: i128, currency: Currency) -> Result<Money, Refusal> {
    let minor = i64::try_from(minor).map_err(|_| Refusal::new(crate::refusal::Code::MoneyAmountRange))?;
    Ok(Money::from_minor(minor, currency))
}
