//! The chart of accounts: which accounts there are, what they are, from when until when.

use alloc::{
    collections::{BTreeMap, BTreeSet},
    string::String,
    vec::Vec,
};

use serde::{Deserialize, Serialize};

use super::{
    AccountCode,
    code::{name_fault, source_fault},
};
use crate::{
    calendar::Date,
    refusal::{Code, Fault, Refusal},
    wire,
};

/// Most accounts of a chart.
pub const MAX_ACCOUNTS: usize = 100_000;

/// What an account is (科目类别).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccountKind {
    /// What we have and what is owed to us (资产).
    Asset,
    /// What we owe (负债).
    Liability,
    /// What belongs to the owners (所有者权益).
    Equity,
    /// What comes in (收入).
    Income,
    /// What it costs (费用).
    Expense,
}

/// One account of a chart (会计科目).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Account {
    /// Its code (科目代码), unique in the chart.
    pub code: AccountCode,
    /// Its name in English, unique in the chart.
    pub name: String,
    /// Its name in Chinese (科目名称), unique in the chart.
    pub name_zh: String,
    /// What it is.
    pub kind: AccountKind,
    /// Who says so.
    pub source: String,
    /// The first day on which it may be booked to.
    pub from: Date,
    /// The first day on which it may no longer be booked to; none while no end is known.
    pub until: Option<Date>,
}

impl Account {
    /// Whether it may be booked to on this day.
    #[must_use]
    pub fn is_valid_on(&self, on: Date) -> bool {
        self.from <= on && self.until.is_none_or(|until| on < until)
    }
}

/// A chart of accounts as it is written (科目表). An account that gets another name or kind gets another code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChartSpec {
    /// The name of the chart, in snake_case; posting rules name it.
    pub name: String,
    /// The accounts.
    pub accounts: Vec<Account>,
    /// The last day for which somebody has checked that the chart is still the valid one.
    pub checked_until: Date,
}

/// A loaded chart of accounts: checked whole, immutable.
///
/// ```
/// use crm_core::{ledger::{AccountCode, Chart}, wire};
///
/// let chart = Chart::from_json(r#"{"name": "small", "checked_until": "2026-12-31", "accounts": [
///     {"code": "1002", "name": "bank", "name_zh": "银行存款", "kind": "asset", "source": "own", "from": "2007-01-01"},
///     {"code": "6031", "name": "premium income", "name_zh": "保费收入", "kind": "income", "source": "own", "from": "2007-01-01"}
/// ]}"#.as_bytes())?;
/// assert_eq!(chart.account(&AccountCode::new("6031")?).map(|account| account.name_zh.as_str()), Some("保费收入"));
///
/// let twice = br#"{"name": "small", "checked_until": "2026-12-31", "accounts": [
///     {"code": "1002", "name": "bank", "name_zh": "b", "kind": "asset", "source": "own", "from": "2007-01-01"},
///     {"code": "1002", "name": "cash", "name_zh": "c", "kind": "asset", "source": "own", "from": "2007-01-01"}]}"#;
/// let refusal = Chart::from_json(twice).unwrap_err();
/// assert_eq!((refusal.code().as_str(), refusal.path().as_str()), ("ledger.account.duplicate", "/accounts/1/code"));
/// # Ok::<(), crm_core::refusal::Refusal>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chart {
    name: String,
    accounts: Vec<Account>,
    by_code: BTreeMap<AccountCode, usize>,
    checked_until: Date,
}

impl Chart {
    /// Checks a chart; every fault at once.
    ///
    /// # Errors
    /// `rulebook.name.invalid` at `/name`; `ledger.too_many`; for an account `ledger.account.duplicate` at its code or
    /// name, `ledger.account.nameless`, `rulebook.source.missing`, `calendar.period.empty` at `until`.
    pub fn load(spec: &ChartSpec) -> Result<Self, Refusal> {
        if spec.accounts.len() > MAX_ACCOUNTS {
            return Err(Fault::new(Code::LedgerTooMany).with("limit", MAX_ACCOUNTS).at("accounts").into());
        }
        let mut faults: Vec<Fault> = name_fault(&spec.name).map(|fault| fault.at("name")).into_iter().collect();
        let mut by_code = BTreeMap::new();
        let (mut names, mut names_zh) = (BTreeSet::new(), BTreeSet::new());
        for (index, account) in spec.accounts.iter().enumerate() {
            let mut found = Vec::new();
            if by_code.insert(account.code.clone(), index).is_some() {
                found.push(Fault::new(Code::LedgerAccountDuplicate).at("code"));
            }
            for (field, name, seen) in
                [("name", &account.name, &mut names), ("name_zh", &account.name_zh, &mut names_zh)]
            {
                if name.trim().is_empty() {
                    found.push(Fault::new(Code::LedgerAccountNameless).at(field));
                } else if !seen.insert(name.as_str()) {
                    found.push(Fault::new(Code::LedgerAccountDuplicate).at(field));
                }
            }
            found.extend(source_fault(&account.source));
            if account.until.is_some_and(|until| until <= account.from) {
                found.push(Fault::new(Code::CalendarPeriodEmpty).at("until"));
            }
            faults.extend(found.into_iter().map(|fault| fault.at_index(index).at("accounts")));
        }
        Refusal::unless_empty(faults)?;
        Ok(Self {
            name: spec.name.clone(),
            accounts: spec.accounts.clone(),
            by_code,
            checked_until: spec.checked_until,
        })
    }

    /// Reads a chart from canonical JSON and checks it.
    ///
    /// # Errors
    /// `wire.*` and everything of [`Chart::load`].
    pub fn from_json(text: &[u8]) -> Result<Self, Refusal> {
        Self::load(&wire::from_json(text)?)
    }

    /// The name of the chart.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The account with this code, whatever its validity.
    #[must_use]
    pub fn account(&self, code: &AccountCode) -> Option<&Account> {
        self.by_code.get(code).and_then(|index| self.accounts.get(*index))
    }

    /// Every account, in the order of the chart.
    #[must_use]
    pub fn accounts(&self) -> &[Account] {
        &self.accounts
    }

    /// Whether the day lies after the last check of the chart.
    #[must_use]
    pub fn is_stale(&self, on: Date) -> bool {
        on > self.checked_until
    }

    /// The account, when it may be booked to on every day from `from` until `until` (none: without end).
    pub(super) fn require(&self, code: &AccountCode, from: Date, until: Option<Date>) -> Result<&Account, Fault> {
        let account = self
            .account(code)
            .ok_or_else(|| Fault::new(Code::LedgerAccountUnknown).with_name("account", code.as_str()))?;
        let ends_in_time = match (account.until, until) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(end), Some(until)) => until <= end,
        };
        if account.from <= from && ends_in_time { Ok(account) } else { Err(outside(account)) }
    }

    /// The fault of an account that may not be booked to on this day; `None` when it may.
    pub(super) fn booking_fault(&self, code: &AccountCode, on: Date) -> Option<Fault> {
        match self.account(code) {
            None => Some(Fault::new(Code::LedgerAccountUnknown).with_name("account", code.as_str())),
            Some(account) if !account.is_valid_on(on) => Some(outside(account)),
            Some(_) => None,
        }
    }
}

fn outside(account: &Account) -> Fault {
    Fault::new(Code::LedgerAccountOutside)
        .with_name("account", account.code.as_str())
        .with("from", alloc::format!("{}", account.from))
        .with("until", account.until.map_or_else(|| "-".into(), |until| alloc::format!("{until}")))
}
