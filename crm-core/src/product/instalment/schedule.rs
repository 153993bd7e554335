//! The schedule: who owes what on which day.

use alloc::{collections::BTreeSet, string::String, vec::Vec};

use serde::{Deserialize, Serialize};

use super::plan::{ChargePlacement, ChargeToPlace, FirstInstalment, InstalmentPlan, InstalmentRemainder};
use crate::{
    calendar::Date,
    money::{Money, Rounded, Rounding, RoundingMode, Unrounded},
    refusal::{Code, Fault, Refusal},
};

/// A schedule of instalments (分期缴费计划). Instalments and what is written off add up to the total (law 1).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InstalmentSchedule {
    /// Premium and charges together.
    pub total: Money,
    /// The instalments in the order of their due dates; each is above zero.
    pub instalments: Vec<Instalment>,
    /// What is written off the premium (抹零); zero unless the plan says so.
    pub written_off: Money,
    /// How the amounts came about.
    pub working: InstalmentWorking,
}

/// One instalment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Instalment {
    /// Its number, from 1.
    pub number: i64,
    /// The day on which it is due (应缴日).
    pub due_on: Date,
    /// The last day on which payment is in time: the last day of grace (宽限期届满日), inclusive.
    pub pay_by: Date,
    /// The first day on which cover has lapsed when it is not paid (保单失效日).
    pub lapses_on: Date,
    /// What is to be paid: premium and charges.
    pub amount: Money,
    /// The premium in it.
    pub premium: Money,
    /// The charges in it, in the order in which they were handed in.
    pub charges: Vec<InstalmentCharge>,
}

/// A charge in an instalment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InstalmentCharge {
    /// Its code.
    pub code: String,
    /// The amount in this instalment.
    pub amount: Money,
}

/// How the amounts of a schedule came about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InstalmentWorking {
    /// Charges that fall due with the first instalment.
    pub with_first: Money,
    /// What is divided: the premium and the charges that are spread.
    pub divided: Money,
    /// The first instalment of what is divided, where the plan states it.
    pub first: Option<Money>,
    /// The rounding of a first instalment by per cent.
    pub first_rounding: Option<Rounded>,
    /// How many instalments are equal.
    pub equal_count: i64,
    /// The equal share, cut to the minor unit.
    pub equal: Money,
    /// What does not divide evenly.
    pub remainder: Money,
    /// Where it went.
    pub remainder_to: InstalmentRemainder,
}

/// What is divided, in whole minor units of one currency.
struct Division {
    amounts: Vec<Money>,
    written_off: Money,
    working: InstalmentWorking,
}

impl InstalmentPlan {
    /// The schedule of a premium and the charges that are paid with it.
    ///
    /// What is divided is divided as one amount; each instalment then shows how much of it is premium and how much of each
    /// charge: in proportion to what has fallen due so far, rounded half up, charges in their order and the premium last,
    /// so that rows and columns add up.
    ///
    /// # Errors
    /// `product.instalment.count`, `product.instalment.dates`, `product.instalment.grace`; `product.instalment.first`
    /// when the first instalment is not between zero and what is divided, or is the only one;
    /// `product.instalment.negative` for a premium or charge below zero; `product.instalment.charge_twice`;
    /// `product.instalment.too_small` when an instalment would be zero; `product.instalment.write_off` when more would be
    /// written off than there is premium; `money.currency.mixed`, `calendar.date.range`, `calendar.month.no_day`.
    ///
    /// ```
    /// use crm_core::calendar::{Date, EndOfMonth};
    /// use crm_core::money::{Currency, Money};
    /// use crm_core::product::{
    ///     FirstInstalment, GracePeriod, InstalmentDates, InstalmentInterval, InstalmentPlan, InstalmentRemainder,
    /// };
    /// use crm_core::refusal::Code;
    ///
    /// let mut plan = InstalmentPlan {
    ///     dates: InstalmentDates::Regular {
    ///         first_due: Date::parse("2026-01-31")?,
    ///         interval: InstalmentInterval::Monthly,
    ///         count: 3,
    ///         end_of_month: EndOfMonth::Clamp,
    ///     },
    ///     first: None,
    ///     remainder: InstalmentRemainder::Last,
    ///     grace: GracePeriod::Days { days: 60 },
    /// };
    /// let schedule = plan.schedule(Money::from_minor(10_000, Currency::CNY), &[])?;
    /// let shown: Vec<_> = schedule.instalments.iter().map(|one| format!("{} {}", one.due_on, one.amount)).collect();
    /// assert_eq!(shown, ["2026-01-31 CNY 33.33", "2026-02-28 CNY 33.33", "2026-03-31 CNY 33.34"]);
    /// assert_eq!(schedule.instalments[0].lapses_on.to_string(), "2026-04-02");
    ///
    /// plan.first = Some(FirstInstalment::Amount { amount: Money::from_minor(10_001, Currency::CNY) });
    /// let refused = plan.schedule(Money::from_minor(10_000, Currency::CNY), &[]).unwrap_err();
    /// assert_eq!(refused.code(), Code::ProductInstalmentFirst);
    /// # Ok::<(), crm_core::refusal::Refusal>(())
    /// ```
    pub fn schedule(&self, premium: Money, charges: &[ChargeToPlace]) -> Result<InstalmentSchedule, Refusal> {
        let mut faults = self.faults();
        faults.extend(amount_faults(premium, charges));
        Refusal::unless_empty(faults)?;
        let due_dates = self.dates.due_dates()?;
        let currency = premium.currency();
        let of_placement = |placement: ChargePlacement| {
            let placed = charges.iter().filter(move |charge| charge.placement == placement);
            Money::sum(currency, placed.map(|charge| charge.amount))
        };
        let with_first = of_placement(ChargePlacement::First)?;
        let divided = premium.plus(of_placement(ChargePlacement::Spread)?)?;
        let total = divided.plus(with_first)?;
        let division = self.divide(divided, with_first, due_dates.len())?;
        if division.written_off.minor() > premium.minor() {
            return Err(Refusal::new(Code::ProductInstalmentWriteOff).at("remainder"));
        }
        let spread = columns(&division, charges)?;
        let mut instalments = Vec::with_capacity(due_dates.len());
        for (index, (due_on, share)) in due_dates.iter().zip(&division.amounts).enumerate() {
            let pay_by = self.grace.last_day(*due_on).map_err(|refusal| refusal.at("grace"))?;
            let first = index == 0;
            let mut parts = Vec::with_capacity(charges.len());
            for (charge, column) in charges.iter().zip(&spread) {
                let amount = match charge.placement {
                    ChargePlacement::Spread => column.get(index).copied().unwrap_or(Money::zero(currency)),
                    ChargePlacement::First if first => charge.amount,
                    ChargePlacement::First => Money::zero(currency),
                };
                parts.push(InstalmentCharge { code: charge.code.clone(), amount });
            }
            let amount = if first { share.plus(with_first)? } else { *share };
            instalments.push(Instalment {
                number: i64::try_from(index).unwrap_or(i64::MAX).saturating_add(1),
                due_on: *due_on,
                pay_by,
                lapses_on: pay_by.plus_days(1)?,
                amount,
                premium: amount.minus(Money::sum(currency, parts.iter().map(|part| part.amount))?)?,
                charges: parts,
            });
        }
        Ok(InstalmentSchedule { total, instalments, written_off: division.written_off, working: division.working })
    }

    /// The amounts of what is divided.
    fn divide(&self, divided: Money, with_first: Money, count: usize) -> Result<Division, Refusal> {
        let currency = divided.currency();
        let refused = |field: &str| Refusal::new(Code::ProductInstalmentFirst).at(field).at(field).at("first");
        let (first, first_rounding) = match &self.first {
            None => (None, None),
            Some(FirstInstalment::Amount { amount }) => {
                amount.require(currency).map_err(|refusal| refusal.at("amount").at("amount").at("first"))?;
                if amount.minor() <= 0 || amount.minor() >= divided.minor() || count < 2 {
                    return Err(refused("amount"));
                }
                (Some(*amount), None)
            }
            Some(FirstInstalment::Percent { percent }) => {
                let exact = Unrounded::from(divided).times(*percent)?.divided_by(100)?;
                let cents = Rounding::minor_unit(RoundingMode::HalfUp, currency);
                let rounded = exact.into_money(currency, cents)?;
                if rounded.money.minor() <= 0 || rounded.money.minor() >= divided.minor() || count < 2 {
                    return Err(refused("percent"));
                }
                (Some(rounded.money), Some(rounded.rounding))
            }
        };
        let rest = divided.minus(first.unwrap_or(Money::zero(currency)))?;
        let equal_count = i64::try_from(count).unwrap_or(i64::MAX) - i64::from(first.is_some());
        // At least one: a stated first instalment is never alone.
        let equal = Money::from_minor(rest.minor() / equal_count.max(1), currency);
        let remainder = rest.minus(equal.times(equal_count)?)?;
        let mut amounts: Vec<Money> = first.into_iter().collect();
        let mut written_off = Money::zero(currency);
        match self.remainder {
            InstalmentRemainder::Spread => amounts.extend(rest.split(equal_count)?),
            InstalmentRemainder::First => {
                amounts.extend(rest.instalments(equal_count, crate::money::RemainderIn::First)?);
            }
            InstalmentRemainder::Last => {
                amounts.extend(rest.instalments(equal_count, crate::money::RemainderIn::Last)?);
            }
            InstalmentRemainder::WrittenOff => {
                written_off = remainder;
                amounts.extend((0..equal_count).map(|_| equal));
            }
        }
        if amounts.iter().any(|amount| amount.minor() <= 0) {
            return Err(Fault::new(Code::ProductInstalmentTooSmall).with("count", count).at("dates").into());
        }
        let remainder_to = self.remainder;
        let working = InstalmentWorking {
            with_first,
            divided,
            first,
            first_rounding,
            equal_count,
            equal,
            remainder,
            remainder_to,
        };
        Ok(Division { amounts, written_off, working })
    }
}

fn amount_faults(premium: Money, charges: &[ChargeToPlace]) -> Vec<Fault> {
    let mut faults = Vec::new();
    if premium.is_negative() {
        faults.push(Fault::new(Code::ProductInstalmentNegative).at("premium"));
    }
    let mut codes = BTreeSet::new();
    for (index, charge) in charges.iter().enumerate() {
        let mut put = |fault: Fault, field: &str| faults.push(fault.at(field).at_index(index).at("charges"));
        if charge.amount.is_negative() {
            put(Fault::new(Code::ProductInstalmentNegative), "amount");
        }
        if !codes.insert(charge.code.as_str()) {
            put(Fault::new(Code::ProductInstalmentChargeTwice), "code");
        }
        if let Err(refusal) = charge.amount.require(premium.currency()) {
            refusal.into_faults().into_iter().for_each(|fault| put(fault, "amount"));
        }
    }
    faults
}

/// How much of each spread charge falls due with each instalment; an empty column for the others.
///
/// What has fallen due of a charge grows with what has fallen due of everything that is not yet taken by a charge before
/// it, in proportion; so no part is negative, a charge is complete with the last instalment, and the premium takes the
/// rest. What is written off is no part of it.
fn columns(division: &Division, charges: &[ChargeToPlace]) -> Result<Vec<Vec<Money>>, Refusal> {
    let mut due: Vec<Money> = Vec::with_capacity(division.amounts.len());
    let mut so_far = Money::zero(division.written_off.currency());
    for amount in &division.amounts {
        so_far = so_far.plus(*amount)?;
        due.push(so_far);
    }
    let mut whole = so_far;
    let mut out = Vec::with_capacity(charges.len());
    for charge in charges {
        let mut column = Vec::new();
        if charge.placement == ChargePlacement::Spread && !whole.is_zero() {
            column.reserve(due.len());
            let mut before = Money::zero(whole.currency());
            for due in &mut due {
                let taken = due.part(charge.amount.minor(), whole.minor(), RoundingMode::HalfUp)?;
                column.push(taken.minus(before)?);
                *due = due.minus(taken)?;
                before = taken;
            }
            whole = whole.minus(charge.amount)?;
        }
        out.push(column);
    }
    Ok(out)
}
