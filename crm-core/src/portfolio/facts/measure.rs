//! The facts of one customer.

use alloc::{collections::BTreeMap, string::String, vec::Vec};
use core::fmt;

use serde::{Deserialize, Serialize};

use super::{
    holding::Holding,
    parameters::{Days, FactParameters},
    term::{FactTerm, Piece, Sink, amount, visit},
};
use crate::{
    access::{Owned, RowOwner},
    calendar::{AgeConvention, Date},
    money::Money,
    party::PartyId,
    portfolio::{
        Absence, BookTable, PartyKind, Proportion,
        cover::{Cover, DAYS_OF_A_YEAR, plain_day},
    },
    refusal::{Code, Refusal},
};

/// What the book says about one customer on a day (客户指标). [`fact_catalogue`](super::fact_catalogue) says what each
/// figure means; "window" is the span of [`FactParameters::window_months`].
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CustomerFacts {
    /// Whose.
    pub customer: PartyId,
    /// Who manages him.
    pub owner: RowOwner,
    /// Person or organisation.
    pub party_kind: PartyKind,
    /// Whether he has standing.
    pub standing: bool,
    /// Code of his commercial credit, where known.
    pub commercial_credit: Option<String>,
    /// Whether he is filed as a prospect.
    pub prospect: bool,
    /// Whether he stands on the blacklist.
    pub blacklisted: bool,
    /// Completed years since he is known; none when that day is still to come.
    pub years_as_customer: Option<i64>,
    /// Policies signed.
    pub policies: i64,
    /// Policies in force.
    pub policies_in_force: i64,
    /// Policies in force that end soon and are not renewed.
    pub policies_expiring: i64,
    /// Policies that renew another.
    pub renewals: i64,
    /// Policies of the window that renew another.
    pub renewals_in_window: i64,
    /// Policies of the window that renew none.
    pub new_in_window: i64,
    /// Policies signed before the window.
    pub policies_before_window: i64,
    /// Policies cancelled and not reinstated.
    pub policies_cancelled: i64,
    /// Of these, policies whose cover ended in the window.
    pub cancelled_in_window: i64,
    /// Days of cover that have passed, policy by policy.
    pub cover_days: i64,
    /// Of these, days in the window.
    pub cover_days_in_window: i64,
    /// Completed years of 365 days with cover, each day once and 29 February aside, without a longer stop.
    pub cover_years: i64,
    /// The first day of cover; none without a policy.
    pub first_start: Option<Date>,
    /// The first day after the last cover; none without a policy.
    pub last_end: Option<Date>,
    /// Written premium.
    pub premium_written: Money,
    /// Written premium of the window.
    pub premium_in_window: Money,
    /// Written premium of the window before.
    pub premium_before: Money,
    /// Written premium of the window less that of the window before.
    pub premium_change: Money,
    /// The same where there was premium in the window before; none otherwise, so that new premium is no growth.
    pub premium_growth: Option<Money>,
    /// The same as a share of the window before, in per cent.
    pub growth: Proportion,
    /// Earned premium.
    pub premium_earned: Money,
    /// Earned premium of the window.
    pub premium_earned_in_window: Money,
    /// Earned premium of the years of the loss ratio.
    pub premium_earned_in_years: Money,
    /// Unearned premium.
    pub premium_unearned: Money,
    /// Money received less money paid back.
    pub premium_collected: Money,
    /// Money paid back.
    pub refunds: Money,
    /// Written and not received.
    pub receivable_open: Money,
    /// Of that, overdue.
    pub receivable_overdue: Money,
    /// Claims reported.
    pub claims: i64,
    /// Claims that occurred in the window.
    pub claims_in_window: i64,
    /// Claims not closed.
    pub claims_open: i64,
    /// Claims with fraud.
    pub fraud_claims: i64,
    /// Claims that ended without a payment.
    pub claims_nil: i64,
    /// Claims paid.
    pub claims_paid: Money,
    /// Claims outstanding.
    pub claims_outstanding: Money,
    /// Paid and outstanding.
    pub claims_incurred: Money,
    /// Paid and outstanding for losses in the window.
    pub claims_incurred_in_window: Money,
    /// Paid and outstanding for losses in the years of the loss ratio.
    pub claims_incurred_in_years: Money,
    /// Paid and outstanding for losses on days without cover.
    pub claims_outside_cover: Money,
    /// Claims per year of cover.
    pub claim_frequency: Proportion,
    /// Incurred ÷ earned, in per cent.
    pub loss_ratio_earned: Proportion,
    /// Incurred ÷ earned of the last [`FactParameters::ratio_years`] years, in per cent.
    pub loss_ratio_years: Proportion,
    /// Paid ÷ collected, in per cent.
    pub loss_ratio_collected: Proportion,
    /// The same since the last claim; the day of the loss counts.
    pub clean_years: i64,
    /// Commission.
    pub commission: Money,
    /// Commission of the window.
    pub commission_in_window: Money,
    /// Cost to serve.
    pub cost_to_serve: Money,
    /// Cost to serve of the window.
    pub cost_in_window: Money,
    /// Complaints.
    pub complaints: i64,
    /// Complaints not resolved.
    pub complaints_open: i64,
    /// Earned premium less incurred claims, those outside cover too, commission and cost.
    pub result_earned: Money,
    /// The same of the window.
    pub result_in_window: Money,
    /// Collected premium less paid claims, those outside cover too, commission and cost.
    pub result_collected: Money,
}

impl Owned for CustomerFacts {
    fn owner(&self) -> &RowOwner {
        &self.owner
    }
}

impl fmt::Debug for CustomerFacts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CustomerFacts(***)")
    }
}

/// Adds up every term. 2⁶⁴ amounts of 2⁶³ stay below 2¹²⁷.
#[derive(Clone)]
pub(in crate::portfolio) struct TermSums {
    sums: [i128; FactTerm::ALL.len()],
}

impl TermSums {
    pub(in crate::portfolio) const fn new() -> Self {
        Self { sums: [0; FactTerm::ALL.len()] }
    }

    pub(in crate::portfolio) fn add(&mut self, term: FactTerm, minor: i64) {
        if let Some(sum) = self.sums.get_mut(term as usize) {
            *sum += i128::from(minor);
        }
    }

    pub(in crate::portfolio) fn get(&self, term: FactTerm) -> i128 {
        self.sums.get(term as usize).copied().unwrap_or_default()
    }
}

/// What is met at one customer, and how many rows were used and left out so far.
pub(super) struct Counted {
    sums: TermSums,
    /// Spans of cover that have begun.
    spans: Vec<(Date, Date)>,
    first_start: Option<Date>,
    last_end: Option<Date>,
    last_loss: Option<Date>,
    as_of: Date,
    pub(super) used: [i64; 7],
    pub(super) left_out: BTreeMap<(BookTable, Code), i64>,
    pub(super) noticed: BTreeMap<(BookTable, Code), i64>,
}

impl Counted {
    pub(super) fn new(as_of: Date) -> Self {
        Self {
            sums: TermSums::new(),
            spans: Vec::new(),
            first_start: None,
            last_end: None,
            last_loss: None,
            as_of,
            used: [0; 7],
            left_out: BTreeMap::new(),
            noticed: BTreeMap::new(),
        }
    }

    /// Makes ready for the next customer.
    fn begin(&mut self) {
        self.sums = TermSums::new();
        self.spans.clear();
        (self.first_start, self.last_end, self.last_loss) = (None, None, None);
    }
}

impl<'a> Sink<'a> for Counted {
    fn piece(&mut self, piece: Piece<'a>) {
        self.sums.add(piece.term, piece.minor);
    }

    fn used(&mut self, table: BookTable) {
        if let Some(rows) = self.used.get_mut(table as usize) {
            *rows += 1;
        }
    }

    fn left_out(&mut self, table: BookTable, code: Code) {
        *self.left_out.entry((table, code)).or_default() += 1;
    }

    fn noticed(&mut self, table: BookTable, code: Code) {
        *self.noticed.entry((table, code)).or_default() += 1;
    }

    fn cover(&mut self, cover: &Cover<Date>) {
        self.first_start = Some(self.first_start.map_or(cover.start(), |first| first.min(cover.start())));
        self.last_end = self.last_end.max(Some(cover.end()));
        self.spans.extend(cover.spans().filter(|(from, _)| *from <= self.as_of));
    }

    fn loss(&mut self, occurred: Date) {
        self.last_loss = self.last_loss.max(Some(occurred));
    }
}

/// Measures one customer.
pub(super) fn measure(
    holding: &Holding<'_, '_>,
    parameters: &FactParameters,
    days: &Days,
    counted: &mut Counted,
) -> Result<CustomerFacts, Refusal> {
    counted.begin();
    visit(holding, days, counted)?;
    let (cover_years, clean_years) = counted.years(parameters);
    let sums = &counted.sums;
    let FactParameters { currency, ratio_rounding, as_of, .. } = *parameters;
    let money = |term| amount(sums.get(term), currency);
    let count = |term| i64::try_from(sums.get(term)).unwrap_or(i64::MAX);
    let customer = holding.customer;
    let of = |terms: &[(i128, FactTerm)]| {
        let sum = terms.iter().map(|(sign, term)| sign * sums.get(*term)).sum::<i128>();
        amount(sum, currency)
    };
    let ratio = |part: i128, whole, times, reason| Proportion::of(part, sums.get(whole), times, ratio_rounding, reason);
    let incurred = sums.get(FactTerm::Paid) + sums.get(FactTerm::Outstanding);
    let change = sums.get(FactTerm::WrittenInWindow) - sums.get(FactTerm::WrittenBefore);
    let costs = [(-1, FactTerm::Commission), (-1, FactTerm::CostToServe)];
    let [commission, cost] = costs;
    Ok(CustomerFacts {
        customer: customer.id.clone(),
        owner: customer.owner.clone(),
        party_kind: customer.party_kind,
        standing: customer.standing,
        commercial_credit: customer.commercial_credit.clone(),
        prospect: customer.prospect,
        blacklisted: customer.blacklisted,
        years_as_customer: years(customer.since, as_of),
        policies: count(FactTerm::Policies),
        policies_in_force: count(FactTerm::InForce),
        policies_expiring: count(FactTerm::Expiring),
        renewals: count(FactTerm::Renewals),
        renewals_in_window: count(FactTerm::RenewalsInWindow),
        new_in_window: count(FactTerm::NewInWindow),
        policies_before_window: count(FactTerm::BeforeWindow),
        policies_cancelled: count(FactTerm::Cancelled),
        cancelled_in_window: count(FactTerm::CancelledInWindow),
        cover_days: count(FactTerm::CoverDays),
        cover_days_in_window: count(FactTerm::CoverDaysInWindow),
        cover_years,
        first_start: counted.first_start,
        last_end: counted.last_end,
        premium_written: money(FactTerm::Written)?,
        premium_in_window: money(FactTerm::WrittenInWindow)?,
        premium_before: money(FactTerm::WrittenBefore)?,
        premium_change: amount(change, currency)?,
        premium_growth: (sums.get(FactTerm::WrittenBefore) > 0).then(|| amount(change, currency)).transpose()?,
        growth: ratio(change, FactTerm::WrittenBefore, 100, Absence::NothingBefore)?,
        premium_earned: money(FactTerm::Earned)?,
        premium_earned_in_window: money(FactTerm::EarnedInWindow)?,
        premium_earned_in_years: money(FactTerm::EarnedInYears)?,
        premium_unearned: money(FactTerm::Unearned)?,
        premium_collected: money(FactTerm::Collected)?,
        refunds: money(FactTerm::Refunded)?,
        receivable_open: money(FactTerm::Receivable)?,
        receivable_overdue: money(FactTerm::Overdue)?,
        claims: count(FactTerm::Claims),
        claims_in_window: count(FactTerm::ClaimsInWindow),
        claims_open: count(FactTerm::ClaimsOpen),
        fraud_claims: count(FactTerm::Fraud),
        claims_nil: count(FactTerm::NilClaims),
        claims_paid: money(FactTerm::Paid)?,
        claims_outstanding: money(FactTerm::Outstanding)?,
        claims_incurred: amount(incurred, currency)?,
        claims_incurred_in_window: money(FactTerm::IncurredInWindow)?,
        claims_incurred_in_years: money(FactTerm::IncurredInYears)?,
        claims_outside_cover: of(&[(1, FactTerm::PaidOutside), (1, FactTerm::OutstandingOutside)])?,
        claim_frequency: ratio(sums.get(FactTerm::Claims), FactTerm::CoverDays, 365, Absence::NoCover)?,
        loss_ratio_earned: ratio(incurred, FactTerm::Earned, 100, Absence::NothingEarned)?,
        loss_ratio_years: ratio(
            sums.get(FactTerm::IncurredInYears),
            FactTerm::EarnedInYears,
            100,
            Absence::NothingEarned,
        )?,
        loss_ratio_collected: ratio(sums.get(FactTerm::Paid), FactTerm::Collected, 100, Absence::NothingCollected)?,
        clean_years,
        commission: money(FactTerm::Commission)?,
        commission_in_window: money(FactTerm::CommissionInWindow)?,
        cost_to_serve: money(FactTerm::CostToServe)?,
        cost_in_window: money(FactTerm::CostInWindow)?,
        complaints: count(FactTerm::Complaints),
        complaints_open: count(FactTerm::ComplaintsOpen),
        result_earned: of(&[
            (1, FactTerm::Earned),
            (-1, FactTerm::Paid),
            (-1, FactTerm::Outstanding),
            (-1, FactTerm::PaidOutside),
            (-1, FactTerm::OutstandingOutside),
            commission,
            cost,
        ])?,
        result_in_window: of(&[
            (1, FactTerm::EarnedInWindow),
            (-1, FactTerm::IncurredInWindow),
            (-1, FactTerm::OutsideInWindow),
            (-1, FactTerm::CommissionInWindow),
            (-1, FactTerm::CostInWindow),
        ])?,
        result_collected: of(&[
            (1, FactTerm::Collected),
            (-1, FactTerm::Paid),
            (-1, FactTerm::PaidOutside),
            commission,
            cost,
        ])?,
    })
}

/// Completed years between two days; none when the later one comes first.
fn years(from: Date, to: Date) -> Option<i64> {
    AgeConvention::BirthdayCounts.completed_years(from, to).ok()
}

impl Counted {
    /// Completed years of cover, and of cover since the last claim, up to the day of the review or the end of cover: 365 days
    /// with cover, each once, days of 29 February aside. A stop within the allowed gap ends nothing and adds nothing.
    fn years(&mut self, parameters: &FactParameters) -> (i64, i64) {
        self.spans.sort_unstable();
        let Some((mut from, mut until)) = self.spans.first().copied() else { return (0, 0) };
        for (start, end) in self.spans.iter().skip(1) {
            if until.days_until(*start) > parameters.cover_gap_days {
                from = *start;
            }
            until = until.max(*end);
        }
        // Cover that has ended gives no more years; the day of the review completes none: a year is complete on its
        // anniversary.
        let until = until.min(parameters.as_of);
        let plain = |day: Date| plain_day(i64::from(day.year()), i64::from(day.month()), i64::from(day.day()));
        let since = |first: Date| {
            let (mut covered, mut days) = (first, 0);
            for (start, end) in &self.spans {
                let (start, end) = ((*start).max(covered), (*end).min(until));
                if start < end {
                    days += plain(end) - plain(start);
                    covered = end;
                }
            }
            days / DAYS_OF_A_YEAR
        };
        (since(from), since(self.last_loss.map_or(from, |loss| loss.max(from))))
    }
}
