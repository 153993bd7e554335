//! Period balances: what every account held before a period, what moved in it, and what it held after.

use alloc::{collections::BTreeMap, vec::Vec};

use serde::{Deserialize, Serialize};

use super::{AccountCode, Journal, balance::amount, books::Turnover};
use crate::{
    calendar::Period,
    money::{Currency, Money},
    refusal::Refusal,
};

/// One account over a period, in one currency (科目发生额及余额).
///
/// `opening` + `debit` − `credit` is `closing`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AccountMovement {
    /// The account.
    pub account: AccountCode,
    /// The balance before the first day: above zero a debit balance, below zero a credit balance (期初余额).
    pub opening: Money,
    /// Debits inside the period, red lines taken off (本期借方发生额).
    pub debit: Money,
    /// Credits inside the period, red lines taken off (本期贷方发生额).
    pub credit: Money,
    /// The balance after the last day, signed as `opening` (期末余额).
    pub closing: Money,
}

/// The trial balance of one currency over a period (发生额及余额试算平衡表).
///
/// Both sides are equal in each of the three pairs of columns: before, inside and after the period (law 5).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PeriodBalance {
    /// The booking days.
    pub period: Period,
    /// The currency of every amount.
    pub currency: Currency,
    /// Every account that was booked to before the end of the period, in the order of the codes.
    pub accounts: Vec<AccountMovement>,
    /// All debit balances before the period.
    pub opening_debit: Money,
    /// All credit balances before the period, without their sign.
    pub opening_credit: Money,
    /// All debits inside the period.
    pub debit: Money,
    /// All credits inside the period.
    pub credit: Money,
    /// All debit balances after the period.
    pub closing_debit: Money,
    /// All credit balances after the period, without their sign.
    pub closing_credit: Money,
}

impl Journal {
    /// One trial balance over a period for every currency that was booked before its end, in the order of the
    /// currencies.
    ///
    /// # Errors
    /// `money.amount.range` when a sum is beyond 2⁶³ minor units.
    ///
    /// ```
    /// use crm_core::{calendar::{Date, Period}, money::{Currency, Money}};
    /// use crm_core::ledger::{AccountCode, Entry, EntryLine, EventId, Journal, JournalName, Side, china};
    ///
    /// let mut journal = Journal::new(JournalName::new("head-office")?, china::chart()?);
    /// let (bank, income) = (AccountCode::new("1002")?, AccountCode::new("6031")?);
    /// for (event, day, minor) in [("E-1", "2026-01-31", 500), ("E-2", "2026-02-01", 70)] {
    ///     let premium = Money::from_minor(minor, Currency::CNY);
    ///     let lines = vec![EntryLine::new(bank.clone(), Side::Debit, premium),
    ///         EntryLine::new(income.clone(), Side::Credit, premium)];
    ///     journal.post(Entry::new(EventId::new(event)?, Date::parse(day)?, None, "premium", lines)?)?;
    /// }
    /// let february = Period::new(Date::parse("2026-02-01")?, Date::parse("2026-03-01")?)?;
    /// let balances = journal.period_balances(february)?;
    /// let row = &balances[0].accounts[0];
    /// assert_eq!((row.opening.minor(), row.debit.minor(), row.closing.minor()), (500, 70, 570));
    /// # Ok::<(), crm_core::refusal::Refusal>(())
    /// ```
    pub fn period_balances(&self, period: Period) -> Result<Vec<PeriodBalance>, Refusal> {
        period_balances(self.books.movements(period), period)
    }
}

/// Period balances of movements; those of the same account are added up.
pub(super) fn period_balances<'a>(
    movements: impl Iterator<Item = (Currency, &'a AccountCode, (Turnover, Turnover))>,
    period: Period,
) -> Result<Vec<PeriodBalance>, Refusal> {
    let mut currencies: BTreeMap<Currency, BTreeMap<&AccountCode, (Turnover, Turnover)>> = BTreeMap::new();
    for (currency, account, (before, inside)) in movements {
        let sums = currencies.entry(currency).or_default().entry(account).or_default();
        *sums = (sums.0.plus(before), sums.1.plus(inside));
    }
    currencies.into_iter().map(|(currency, accounts)| period_balance(period, currency, accounts)).collect()
}

/// Balances by side: those above zero, and those below without their sign.
#[derive(Default)]
struct Sides {
    debit: i128,
    credit: i128,
}

impl Sides {
    fn add(&mut self, balance: i128) {
        if balance > 0 { self.debit += balance } else { self.credit -= balance }
    }
}

fn period_balance(
    period: Period,
    currency: Currency,
    sums: BTreeMap<&AccountCode, (Turnover, Turnover)>,
) -> Result<PeriodBalance, Refusal> {
    let (mut opening, mut closing, mut all) = (Sides::default(), Sides::default(), Turnover::default());
    let mut accounts = Vec::with_capacity(sums.len());
    for (account, (before, inside)) in sums {
        let after = before.plus(inside);
        opening.add(before.balance());
        closing.add(after.balance());
        all = all.plus(inside);
        accounts.push(AccountMovement {
            account: account.clone(),
            opening: amount(before.balance(), currency)?,
            debit: amount(inside.debit, currency)?,
            credit: amount(inside.credit, currency)?,
            closing: amount(after.balance(), currency)?,
        });
    }
    Ok(PeriodBalance {
        period,
        currency,
        accounts,
        opening_debit: amount(opening.debit, currency)?,
        opening_credit: amount(opening.credit, currency)?,
        debit: amount(all.debit, currency)?,
        credit: amount(all.credit, currency)?,
        closing_debit: amount(closing.debit, currency)?,
        closing_credit: amount(closing.credit, currency)?,
    })
}
