//! Balances and trial balances: what every account holds on a day.

use alloc::{collections::BTreeMap, vec::Vec};

use serde::{Deserialize, Serialize};

use super::{AccountCode, Journal, books::Turnover};
use crate::{
    calendar::Date,
    money::{Currency, Money},
    refusal::{Code, Fault, Refusal},
};

/// What an account holds in one currency at the end of a day (科目余额).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AccountBalance {
    /// The account.
    pub account: AccountCode,
    /// Debits up to and on the day, red lines taken off (借方发生额).
    pub debit: Money,
    /// Credits up to and on the day, red lines taken off (贷方发生额).
    pub credit: Money,
    /// Debit − credit: above zero a debit balance (借方余额), below zero a credit balance (贷方余额).
    pub balance: Money,
}

/// The trial balance of one currency at the end of a day (试算平衡表).
///
/// The sums of the two sides are equal: `debit` is `credit`, and `debit_balances` is `credit_balances` (law 5).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TrialBalance {
    /// The day; what was booked on it is in.
    pub as_of: Date,
    /// The currency of every amount.
    pub currency: Currency,
    /// Every account that was booked to, in the order of the codes.
    pub accounts: Vec<AccountBalance>,
    /// All debits.
    pub debit: Money,
    /// All credits.
    pub credit: Money,
    /// All debit balances.
    pub debit_balances: Money,
    /// All credit balances, without their sign.
    pub credit_balances: Money,
}

impl AccountBalance {
    fn of(account: AccountCode, turnover: Turnover, currency: Currency) -> Result<Self, Refusal> {
        Ok(Self {
            account,
            debit: amount(turnover.debit, currency)?,
            credit: amount(turnover.credit, currency)?,
            balance: amount(turnover.balance(), currency)?,
        })
    }
}

impl Journal {
    /// What an account holds at the end of a day; zero when nothing was booked.
    ///
    /// # Errors
    /// `ledger.account.unknown` for an account that is neither in the chart nor ever booked to; `money.amount.range`
    /// when a sum is beyond 2⁶³ minor units.
    pub fn balance(&self, account: &AccountCode, currency: Currency, on: Date) -> Result<AccountBalance, Refusal> {
        self.require_account(account)?;
        let turnover = self.books.sums(account, currency).and_then(|sums| sums.until(on)).unwrap_or_default();
        AccountBalance::of(account.clone(), turnover, currency)
    }

    /// One trial balance for every currency that was booked up to and on a day, in the order of the currencies.
    ///
    /// # Errors
    /// `money.amount.range` when a sum is beyond 2⁶³ minor units.
    ///
    /// ```
    /// # use crm_core::{calendar::Date, ledger::{Journal, JournalName, china}};
    /// let journal = Journal::new(JournalName::new("head-office")?, china::chart()?);
    /// assert!(journal.trial_balances(Date::parse("2026-12-31")?)?.is_empty());
    /// # Ok::<(), crm_core::refusal::Refusal>(())
    /// ```
    pub fn trial_balances(&self, on: Date) -> Result<Vec<TrialBalance>, Refusal> {
        trial_balances(self.books.turnovers(on), on)
    }

    pub(super) fn require_account(&self, account: &AccountCode) -> Result<(), Refusal> {
        if self.books.knows(account) || self.chart().account(account).is_some() {
            return Ok(());
        }
        Err(Fault::new(Code::LedgerAccountUnknown).with_name("account", account.as_str()).at("account").into())
    }
}

/// Trial balances of turnovers; those of the same account are added up.
pub(super) fn trial_balances<'a>(
    turnovers: impl Iterator<Item = (Currency, &'a AccountCode, Turnover)>,
    as_of: Date,
) -> Result<Vec<TrialBalance>, Refusal> {
    let mut currencies: BTreeMap<Currency, BTreeMap<&AccountCode, Turnover>> = BTreeMap::new();
    for (currency, account, turnover) in turnovers {
        let sum = currencies.entry(currency).or_default().entry(account).or_default();
        *sum = sum.plus(turnover);
    }
    currencies.into_iter().map(|(currency, accounts)| trial_balance(as_of, currency, accounts)).collect()
}

fn trial_balance(
    as_of: Date,
    currency: Currency,
    sums: BTreeMap<&AccountCode, Turnover>,
) -> Result<TrialBalance, Refusal> {
    let mut all = Turnover::default();
    let (mut debit_balances, mut credit_balances) = (0_i128, 0_i128);
    let mut accounts = Vec::with_capacity(sums.len());
    for (account, turnover) in sums {
        all = all.plus(turnover);
        match turnover.balance() {
            balance if balance > 0 => debit_balances += balance,
            balance => credit_balances -= balance,
        }
        accounts.push(AccountBalance::of(account.clone(), turnover, currency)?);
    }
    Ok(TrialBalance {
        as_of,
        currency,
        accounts,
        debit: amount(all.debit, currency)?,
        credit: amount(all.credit, currency)?,
        debit_balances: amount(debit_balances, currency)?,
        credit_balances: amount(credit_balances, currency)?,
    })
}

pub(super) fn amount(minor: i128, currency: Currency) -> Result<Money, Refusal> {
    let minor = i64::try_from(minor).map_err(|_| Refusal::new(Code::MoneyAmountRange))?;
    Ok(Money::from_minor(minor, currency))
}
