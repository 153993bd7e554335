//! What is due, in grace or lapsed on a day.

use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::schedule::{Instalment, InstalmentSchedule};
use crate::{
    calendar::Date,
    money::Money,
    refusal::{Code, Fault, Refusal},
};

/// Money received for a schedule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InstalmentReceipt {
    /// The day on which it was received.
    pub on: Date,
    /// How much, above zero. A receipt that was taken back is left out.
    pub amount: Money,
}

/// Where a schedule stands on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScheduleStanding {
    /// The day; what is received on it counts.
    pub on: Date,
    /// Each instalment, in the order of the schedule.
    pub instalments: Vec<InstalmentStanding>,
    /// What was received by then.
    pub received: Money,
    /// What is due by then and not paid.
    pub due: Money,
    /// What is not yet due and not paid.
    pub not_yet_due: Money,
    /// What was received beyond all instalments.
    pub excess: Money,
    /// The first day without cover, when an instalment was not paid in time; later payment does not bring cover back.
    pub lapsed_on: Option<Date>,
}

/// Where one instalment stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InstalmentStanding {
    /// Its number.
    pub number: i64,
    /// How it stands.
    pub state: InstalmentState,
    /// What is not paid of it.
    pub open: Money,
    /// The day on which it was paid in full.
    pub paid_on: Option<Date>,
    /// Days since the due date while something is open; 0 before and on the due date and when it is paid.
    pub days_overdue: i64,
}

/// How an instalment stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InstalmentState {
    /// Not yet due (未到期).
    NotYetDue,
    /// Paid in full, in time or not (已缴).
    Paid,
    /// Due, and payment is in time (应缴，宽限期内).
    InGrace,
    /// Due, and grace is over (宽限期已过).
    Lapsed,
}

impl InstalmentSchedule {
    /// Where the schedule stands at the end of the day `on`. Receipts go to the earliest instalment first; those of later
    /// days are not looked at.
    ///
    /// # Errors
    /// `product.instalment.receipt` for a receipt that is not above zero; `money.currency.mixed`.
    ///
    /// ```
    /// # use crm_core::calendar::{Date, EndOfMonth};
    /// # use crm_core::money::{Currency, Money};
    /// # use crm_core::product::{
    /// #     GracePeriod, InstalmentDates, InstalmentInterval, InstalmentPlan, InstalmentReceipt, InstalmentRemainder,
    /// #     InstalmentState,
    /// # };
    /// # let dates = InstalmentDates::Regular {
    /// #     first_due: Date::parse("2026-01-31")?,
    /// #     interval: InstalmentInterval::Monthly,
    /// #     count: 3,
    /// #     end_of_month: EndOfMonth::Clamp,
    /// # };
    /// # let grace = GracePeriod::Days { days: 60 };
    /// # let plan = InstalmentPlan { dates, first: None, remainder: InstalmentRemainder::Last, grace };
    /// # let schedule = plan.schedule(Money::from_minor(10_000, Currency::CNY), &[])?;
    /// // Three instalments of 33.33, 33.33 and 33.34, due on 31 January, 28 February and 31 March, 60 days of grace.
    /// let paid = InstalmentReceipt { on: Date::parse("2026-02-01")?, amount: Money::from_minor(3_333, Currency::CNY) };
    /// let march = schedule.standing(&[paid], Date::parse("2026-03-01")?)?;
    /// let states: Vec<_> = march.instalments.iter().map(|one| one.state).collect();
    /// assert_eq!(states, [InstalmentState::Paid, InstalmentState::InGrace, InstalmentState::NotYetDue]);
    /// assert_eq!(march.lapsed_on, None);
    /// let june = schedule.standing(&[paid], Date::parse("2026-06-01")?)?;
    /// assert_eq!(june.lapsed_on, Some(Date::parse("2026-04-30")?));
    /// # Ok::<(), crm_core::refusal::Refusal>(())
    /// ```
    pub fn standing(&self, receipts: &[InstalmentReceipt], on: Date) -> Result<ScheduleStanding, Refusal> {
        let currency = self.total.currency();
        for (index, receipt) in receipts.iter().enumerate() {
            let at = |refusal: Refusal| refusal.at("amount").at_index(index).at("receipts");
            receipt.amount.require(currency).map_err(at)?;
            if receipt.amount.minor() <= 0 {
                return Err(at(Fault::new(Code::ProductInstalmentReceipt).into()));
            }
        }
        let mut receipts: Vec<_> = receipts.iter().filter(|receipt| receipt.on <= on).collect();
        receipts.sort_by_key(|receipt| receipt.on);
        let received = Money::sum(currency, receipts.iter().map(|receipt| receipt.amount))?;
        let mut purse =
            Purse { receipts: receipts.iter().map(|receipt| (receipt.on, receipt.amount)).collect(), next: 0 };
        let mut standing = ScheduleStanding {
            on,
            instalments: Vec::with_capacity(self.instalments.len()),
            received,
            due: Money::zero(currency),
            not_yet_due: Money::zero(currency),
            excess: Money::zero(currency),
            lapsed_on: None,
        };
        for instalment in &self.instalments {
            let (open, paid_on) = purse.pay(instalment.amount)?;
            if instalment.due_on <= on {
                standing.due = standing.due.plus(open)?;
            } else {
                standing.not_yet_due = standing.not_yet_due.plus(open)?;
            }
            let in_time = paid_on.is_some_and(|day| day <= instalment.pay_by);
            if !in_time && instalment.lapses_on <= on && standing.lapsed_on.is_none() {
                standing.lapsed_on = Some(instalment.lapses_on);
            }
            standing.instalments.push(one(instalment, open, paid_on, on));
        }
        standing.excess = purse.rest(currency)?;
        Ok(standing)
    }
}

fn one(instalment: &Instalment, open: Money, paid_on: Option<Date>, on: Date) -> InstalmentStanding {
    let state = if open.is_zero() {
        InstalmentState::Paid
    } else if on < instalment.due_on {
        InstalmentState::NotYetDue
    } else if on <= instalment.pay_by {
        InstalmentState::InGrace
    } else {
        InstalmentState::Lapsed
    };
    let days_overdue = if open.is_zero() { 0 } else { instalment.due_on.days_until(on).max(0) };
    InstalmentStanding { number: instalment.number, state, open, paid_on, days_overdue }
}

/// Receipts in the order of their days, spent from the front.
struct Purse {
    receipts: Vec<(Date, Money)>,
    next: usize,
}

impl Purse {
    /// What stays open of an amount, and the day on which it was paid in full.
    fn pay(&mut self, amount: Money) -> Result<(Money, Option<Date>), Refusal> {
        let mut open = amount;
        let mut paid_on = None;
        while !open.is_zero()
            && let Some((day, left)) = self.receipts.get_mut(self.next)
        {
            let taken = if left.minor() < open.minor() { *left } else { open };
            open = open.minus(taken)?;
            *left = left.minus(taken)?;
            paid_on = Some(*day);
            if left.is_zero() {
                self.next += 1;
            }
        }
        Ok((open, if open.is_zero() { paid_on } else { None }))
    }

    fn rest(&self, currency: crate::money::Currency) -> Result<Money, Refusal> {
        Money::sum(currency, self.receipts.iter().skip(self.next).map(|(_, left)| *left))
    }
}
