//! Terms: the sums that facts are made of, and the rows that each row adds to.

use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::{
    holding::{HeldPolicy, Holding},
    parameters::Days,
};
use crate::{
    calendar::Date,
    money::{Currency, Money, batch},
    portfolio::{BookTable, ClaimRow, PolicyRow, cover::Cover},
    refusal::{Code, Refusal},
};

/// A sum over rows of one customer; every figure that is an amount or a count is made of these (构成项).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FactTerm {
    /// Policies signed by the day of the review. A policy that was cancelled as if it had never been is none, here and
    /// in every other number of policies but that of the cancelled (保单数).
    Policies,
    /// Policies in force on the day of the review (有效保单数).
    InForce,
    /// Policies in force whose cover ends soon and that no policy renews (即将到期保单数).
    Expiring,
    /// Policies that renew another (续保单数).
    Renewals,
    /// Policies that renew another, signed in the window (期内续保单数).
    RenewalsInWindow,
    /// Policies that renew none, signed in the window (期内新保单数).
    NewInWindow,
    /// Policies signed before the window (期前保单数).
    BeforeWindow,
    /// Policies cancelled by the day of the review and not reinstated (退保注销保单数).
    Cancelled,
    /// Of these, policies whose cover ended in the window (期内退保注销保单数).
    CancelledInWindow,
    /// Days of cover that have passed, policy by policy (已承保天数).
    CoverDays,
    /// Of these, days in the window (期内承保天数).
    CoverDaysInWindow,
    /// Written premium: policies and endorsements (签单保费).
    Written,
    /// Written premium of the window (期内签单保费).
    WrittenInWindow,
    /// Written premium of the window before (上期签单保费).
    WrittenBefore,
    /// Written premium that has been earned, by days, each row rounded half up to the minor unit; all of it where cover
    /// was cancelled for good (满期保费).
    Earned,
    /// Earned premium of the window: earned by its end less earned by its beginning (期内满期保费).
    EarnedInWindow,
    /// Earned premium of the years of the loss ratio, likewise (多年满期保费).
    EarnedInYears,
    /// Written premium less what has been earned (未到期保费).
    Unearned,
    /// Money received less money paid back (实收保费).
    Collected,
    /// Money paid back (退费).
    Refunded,
    /// Written and not received, policy by policy; a policy that is overpaid counts as nothing (应收保费).
    Receivable,
    /// Of that, for cover that started long ago (逾期应收保费).
    Overdue,
    /// Claims reported whose loss occurred on a day of cover, without those that ended without a payment unless the
    /// parameters count them (赔案数).
    Claims,
    /// Claims reported whose loss occurred in the window (期内出险次数).
    ClaimsInWindow,
    /// Claims reported and not closed (未结赔案数).
    ClaimsOpen,
    /// Claims in which fraud was found (欺诈赔案数).
    Fraud,
    /// Claims that ended without a payment: rejected, withdrawn or nil (拒赔、注销及零结案数).
    NilClaims,
    /// Claims paid (已决赔款).
    Paid,
    /// Claims outstanding (未决赔款).
    Outstanding,
    /// Paid and outstanding for losses in the window (期内已发生赔款).
    IncurredInWindow,
    /// Paid and outstanding for losses in the years of the loss ratio (多年已发生赔款).
    IncurredInYears,
    /// Paid for losses on days without cover (保险期间外已决赔款).
    PaidOutside,
    /// Outstanding for losses on days without cover (保险期间外未决赔款).
    OutstandingOutside,
    /// Of both, for losses in the window (期内保险期间外赔款).
    OutsideInWindow,
    /// Commission (手续费).
    Commission,
    /// Commission of the window (期内手续费).
    CommissionInWindow,
    /// Every other cost (服务成本).
    CostToServe,
    /// Every other cost of the window (期内服务成本).
    CostInWindow,
    /// Complaints (投诉数).
    Complaints,
    /// Complaints that are not resolved (未办结投诉数).
    ComplaintsOpen,
}

macro_rules! terms {
    ($( $name:ident $zh:literal $is_money:literal; )*) => {
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
    Policies "保单数" false;
    InForce "有效保单数" false;
    Expiring "即将到期保单数" false;
    Renewals "续保单数" false;
    RenewalsInWindow "期内续保单数" false;
    NewInWindow "期内新保单数" false;
    BeforeWindow "期前保单数" false;
    Cancelled "退保注销保单数" false;
    CancelledInWindow "期内退保注销保单数" false;
    CoverDays "已承保天数" false;
    CoverDaysInWindow "期内承保天数" false;
    Written "签单保费" true;
    WrittenInWindow "期内签单保费" true;
    WrittenBefore "上期签单保费" true;
    Earned "满期保费" true;
    EarnedInWindow "期内满期保费" true;
    EarnedInYears "多年满期保费" true;
    Unearned "未到期保费" true;
    Collected "实收保费" true;
    Refunded "退费" true;
    Receivable "应收保费" true;
    Overdue "逾期应收保费" true;
    Claims "赔案数" false;
    ClaimsInWindow "期内出险次数" false;
    ClaimsOpen "未结赔案数" false;
    Fraud "欺诈赔案数" false;
    NilClaims "拒赔、注销及零结案数" false;
    Paid "已决赔款" true;
    Outstanding "未决赔款" true;
    IncurredInWindow "期内已发生赔款" true;
    IncurredInYears "多年已发生赔款" true;
    PaidOutside "保险期间外已决赔款" true;
    OutstandingOutside "保险期间外未决赔款" true;
    OutsideInWindow "期内保险期间外赔款" true;
    Commission "手续费" true;
    CommissionInWindow "期内手续费" true;
    CostToServe "服务成本" true;
    CostInWindow "期内服务成本" true;
    Complaints "投诉数" false;
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

/// Where pieces go, and what else is met on the way.
pub(in crate::portfolio) trait Sink<'a> {
    fn piece(&mut self, piece: Piece<'a>);

    /// A row that counts.
    fn used(&mut self, _: BookTable) {}

    /// A row that does not, and why.
    fn left_out(&mut self, _: BookTable, _: Code) {}

    /// Something about a row that counts that should be looked at.
    fn noticed(&mut self, _: BookTable, _: Code) {}

    /// The cover of a policy that counts.
    fn cover(&mut self, _: &Cover<Date>) {}

    /// The day of a loss that counts.
    fn loss(&mut self, _: Date) {}
}

/// Hands every piece of a customer to the sink. All sums of facts and all rows behind them come from here.
pub(super) fn visit<'a>(holding: &Holding<'a, '_>, days: &Days, sink: &mut impl Sink<'a>) -> Result<(), Refusal> {
    sink.used(BookTable::Customers);
    for held in holding.policies() {
        if held.policy.signed_on > days.as_of {
            // Money for a policy that is not signed yet is received in advance: it is no premium of the book.
            let mut after =
                |table, rows: usize| (0..rows).for_each(|_| sink.left_out(table, Code::PortfolioRowAfterAsOf));
            after(BookTable::Policies, 1);
            after(BookTable::Endorsements, held.endorsements.len());
            after(BookTable::Receipts, held.receipts.len());
            after(BookTable::Claims, held.claims.len());
            continue;
        }
        sink.used(BookTable::Policies);
        if let Some(code) = held.notice() {
            sink.noticed(BookTable::Policies, code);
        }
        Policy::of(held, days).visit(|| holding.is_renewed(&held, days.as_of), sink)?;
    }
    for cost in holding.costs() {
        if cost.on > days.as_of {
            sink.left_out(BookTable::Costs, Code::PortfolioRowAfterAsOf);
            continue;
        }
        sink.used(BookTable::Costs);
        let (term, in_window) = if cost.is_commission() {
            (FactTerm::Commission, FactTerm::CommissionInWindow)
        } else {
            (FactTerm::CostToServe, FactTerm::CostInWindow)
        };
        let policy = cost.policy.as_ref().and_then(|id| holding.policy(id));
        if policy.is_none() && cost.policy.is_some() {
            sink.noticed(BookTable::Costs, Code::PortfolioCostPolicyOther);
        }
        let (id, minor) = (cost.id.as_str(), cost.amount.minor());
        sink.piece(Piece { term, table: BookTable::Costs, id, minor, policy });
        if cost.on > days.window_after {
            sink.piece(Piece { term: in_window, table: BookTable::Costs, id, minor, policy });
        }
    }
    for complaint in holding.complaints() {
        if complaint.on > days.as_of {
            sink.left_out(BookTable::Complaints, Code::PortfolioRowAfterAsOf);
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

/// A policy on the day of the review.
struct Policy<'a, 'h> {
    held: HeldPolicy<'a, 'h>,
    days: &'h Days,
    cover: Cover<Date>,
    /// Beside each endorsement why it does not count, where it doesn't.
    left_out: Vec<Option<Code>>,
}

impl<'a, 'h> Policy<'a, 'h> {
    fn of(held: HeldPolicy<'a, 'h>, days: &'h Days) -> Self {
        let (cover, left_out) = held.cover(days.as_of);
        Self { held, days, cover, left_out }
    }

    fn piece(&self, term: FactTerm, table: BookTable, id: &'a str, minor: i64) -> Piece<'a> {
        Piece { term, table, id, minor, policy: Some(self.held.policy) }
    }

    fn visit(&self, is_renewed: impl Fn() -> bool, sink: &mut impl Sink<'a>) -> Result<(), Refusal> {
        self.numbers(is_renewed, sink);
        self.money(sink)?;
        self.claims(sink);
        Ok(())
    }

    fn numbers(&self, is_renewed: impl Fn() -> bool, sink: &mut impl Sink<'a>) {
        let Self { held: HeldPolicy { policy, .. }, days, cover, .. } = self;
        let mut count = |term, number| {
            sink.piece(self.piece(term, BookTable::Policies, policy.id.as_str(), number));
        };
        if let Some(since) = cover.cancelled().filter(|since| *since <= days.as_of) {
            count(FactTerm::Cancelled, 1);
            if since > days.window_after {
                count(FactTerm::CancelledInWindow, 1);
            }
        }
        if cover.is_void() {
            return;
        }
        count(FactTerm::Policies, 1);
        if cover.holds_on(days.as_of) {
            count(FactTerm::InForce, 1);
            if cover.end() <= days.expiring_until && !is_renewed() {
                count(FactTerm::Expiring, 1);
            }
        }
        let (renews, in_window) = (self.held.renews(), policy.signed_on > days.window_after);
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
        let passed = |since: Option<Date>| {
            let from = |from: Date| since.map_or(from, |since| from.max(since));
            cover.spans().map(|(start, end)| from(start).days_until(end.min(days.until)).max(0)).sum::<i64>()
        };
        count(FactTerm::CoverDays, passed(None));
        count(FactTerm::CoverDaysInWindow, passed(Some(days.window_from)));
        sink.cover(cover);
    }

    fn money(&self, sink: &mut impl Sink<'a>) -> Result<(), Refusal> {
        let Self { held: HeldPolicy { policy, endorsements, receipts, .. }, days, left_out, .. } = self;
        let (currency, id) = (policy.premium.currency(), policy.id.as_str());
        let mut due = i128::from(policy.premium.minor());
        let premium = self.piece(FactTerm::Written, BookTable::Policies, id, policy.premium.minor());
        self.written(&premium, policy.signed_on, sink);
        self.earned(&premium, policy.start, sink)?;
        for ((_, endorsement), left_out) in endorsements.iter().zip(left_out) {
            if let Some(code) = left_out {
                sink.left_out(BookTable::Endorsements, *code);
                continue;
            }
            sink.used(BookTable::Endorsements);
            let (id, minor) = (endorsement.id.as_str(), endorsement.premium_change.minor());
            due += i128::from(minor);
            let change = self.piece(FactTerm::Written, BookTable::Endorsements, id, minor);
            self.written(&change, endorsement.booked, sink);
            self.earned(&change, endorsement.effective.max(policy.start), sink)?;
        }
        for (_, receipt) in *receipts {
            if receipt.received_on > days.as_of {
                sink.left_out(BookTable::Receipts, Code::PortfolioRowAfterAsOf);
                continue;
            }
            sink.used(BookTable::Receipts);
            let (id, minor) = (receipt.id.as_str(), receipt.amount.minor());
            due -= i128::from(minor);
            sink.piece(self.piece(FactTerm::Collected, BookTable::Receipts, id, minor));
            if minor < 0 {
                let back = receipt.amount.negated()?.minor();
                sink.piece(self.piece(FactTerm::Refunded, BookTable::Receipts, id, back));
            }
        }
        if due > 0 {
            let open = amount(due, currency)?.minor();
            sink.piece(self.piece(FactTerm::Receivable, BookTable::Policies, id, open));
            if policy.start < days.overdue_before {
                sink.piece(self.piece(FactTerm::Overdue, BookTable::Policies, id, open));
            }
        }
        Ok(())
    }

    /// A written amount in its windows.
    fn written(&self, piece: &Piece<'a>, on: Date, sink: &mut impl Sink<'a>) {
        let Piece { table, id, minor, .. } = *piece;
        sink.piece(self.piece(FactTerm::Written, table, id, minor));
        if on > self.days.window_after {
            sink.piece(self.piece(FactTerm::WrittenInWindow, table, id, minor));
        } else if on > self.days.prior_after {
            sink.piece(self.piece(FactTerm::WrittenBefore, table, id, minor));
        }
    }

    /// What of an amount has been earned between a day and the end of the policy, rounded half up once; the rest is not.
    /// Premium and refund of a policy that is cancelled for good have nothing left to be earned over.
    fn earned(&self, piece: &Piece<'a>, from: Date, sink: &mut impl Sink<'a>) -> Result<(), Refusal> {
        let Piece { table, id, minor, policy: _, .. } = *piece;
        let days = self.days;
        let part = self.earned_by(minor, from, days.as_of, days.until)?;
        let rest = minor.checked_sub(part).ok_or_else(too_large)?;
        sink.piece(self.piece(FactTerm::Earned, table, id, part));
        sink.piece(self.piece(FactTerm::Unearned, table, id, rest));
        for (term, before, first) in [
            (FactTerm::EarnedInWindow, days.window_after, days.window_from),
            (FactTerm::EarnedInYears, days.years_after, days.years_from),
        ] {
            let since = part.checked_sub(self.earned_by(minor, from, before, first)?).ok_or_else(too_large)?;
            sink.piece(self.piece(term, table, id, since));
        }
        Ok(())
    }

    /// What was earned by the end of a day; `until` is the day after it.
    fn earned_by(&self, minor: i64, from: Date, day: Date, until: Date) -> Result<i64, Refusal> {
        let end = self.held.policy.end;
        let passed = from.days_until(until);
        if self.cover.is_cancelled_by(day) {
            Ok(minor)
        } else if passed <= 0 {
            Ok(0)
        } else if until >= end {
            Ok(minor)
        } else {
            batch::share(minor, passed, from.days_until(end)).ok_or_else(too_large)
        }
    }

    fn claims(&self, sink: &mut impl Sink<'a>) {
        for (_, claim) in self.held.claims {
            if claim.reported > self.days.as_of {
                sink.left_out(BookTable::Claims, Code::PortfolioRowAfterAsOf);
                continue;
            }
            sink.used(BookTable::Claims);
            if claim.valued_on.is_some_and(|day| day > self.days.as_of) {
                sink.noticed(BookTable::Claims, Code::PortfolioClaimValuedLater);
            }
            self.claim(claim, sink);
        }
    }

    fn claim(&self, claim: &'a ClaimRow, sink: &mut impl Sink<'a>) {
        let days = self.days;
        let in_window = claim.occurred > days.window_after;
        let (paid, reserve) = (claim.paid.minor(), claim.reserve.minor());
        let piece = |term, minor| self.piece(term, BookTable::Claims, claim.id.as_str(), minor);
        if !self.cover.holds_on(claim.occurred) {
            sink.noticed(BookTable::Claims, Code::PortfolioClaimOutsideCover);
            for (term, minor) in [(FactTerm::PaidOutside, paid), (FactTerm::OutstandingOutside, reserve)] {
                sink.piece(piece(term, minor));
                if in_window {
                    sink.piece(piece(FactTerm::OutsideInWindow, minor));
                }
            }
            return;
        }
        let is_nil = claim.is_nil_on(days.as_of);
        if is_nil {
            sink.piece(piece(FactTerm::NilClaims, 1));
        }
        if !is_nil || days.nil_claims_count {
            sink.loss(claim.occurred);
            sink.piece(piece(FactTerm::Claims, 1));
            if in_window {
                sink.piece(piece(FactTerm::ClaimsInWindow, 1));
            }
        }
        if claim.closed.is_none_or(|closed| closed > days.as_of) {
            sink.piece(piece(FactTerm::ClaimsOpen, 1));
        }
        if claim.fraud {
            sink.piece(piece(FactTerm::Fraud, 1));
        }
        for (term, minor) in [(FactTerm::Paid, paid), (FactTerm::Outstanding, reserve)] {
            sink.piece(piece(term, minor));
            if in_window {
                sink.piece(piece(FactTerm::IncurredInWindow, minor));
            }
            if claim.occurred > days.years_after {
                sink.piece(piece(FactTerm::IncurredInYears, minor));
            }
        }
    }
}

#[cold]
fn too_large() -> Refusal {
    Refusal::new(Code::MoneyAmountRange)
}

/// An amount in minor units that stood in a wide sum.
pub(in crate::portfolio) fn amount(minor: i128, currency: Currency) -> Result<Money, Refusal> {
    let minor = i64::try_from(minor).map_err(|_| too_large())?;
    Ok(Money::from_minor(minor, currency))
}
