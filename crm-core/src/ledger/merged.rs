//! Several journals seen as one.

use alloc::{
    collections::{BTreeMap, BTreeSet},
    vec::Vec,
};

use super::{
    AccountCode, AccountKind, ChainHead, Journal, PeriodBalance, TrialBalance, balance::trial_balances,
    movement::period_balances,
};
use crate::{
    calendar::{Date, Period},
    refusal::{Code, Fault, Refusal},
};

/// A view of several journals as one book (合并账): nothing is copied or posted, each journal keeps its chain and head.
///
/// ```
/// use crm_core::ledger::{Journal, JournalName, MergedJournals, china};
///
/// let north = Journal::new(JournalName::new("north")?, china::chart()?);
/// let south = Journal::new(JournalName::new("south")?, china::chart()?);
/// assert_eq!(MergedJournals::new(vec![&north, &south])?.heads().count(), 2);
/// let refusal = MergedJournals::new(vec![&north, &north]).unwrap_err();
/// assert_eq!((refusal.code().as_str(), refusal.path().as_str()), ("ledger.merge.twice", "/1"));
/// # Ok::<(), crm_core::refusal::Refusal>(())
/// ```
#[derive(Debug, Clone)]
pub struct MergedJournals<'a> {
    journals: Vec<&'a Journal>,
}

impl<'a> MergedJournals<'a> {
    /// A view of these journals.
    ///
    /// # Errors
    /// At the index of the journal: `ledger.merge.twice` when one of its name is in already, since its entries would
    /// count twice; `ledger.merge.kind` when its chart says of an account that it is of another kind.
    pub fn new(journals: Vec<&'a Journal>) -> Result<Self, Refusal> {
        let mut names = BTreeSet::new();
        let mut kinds: BTreeMap<&AccountCode, AccountKind> = BTreeMap::new();
        let mut faults = Vec::new();
        for (index, journal) in journals.iter().enumerate() {
            if !names.insert(&journal.head().journal) {
                faults.push(Fault::new(Code::LedgerMergeTwice).at_index(index));
                continue;
            }
            for account in journal.chart().accounts() {
                let kind = *kinds.entry(&account.code).or_insert(account.kind);
                if kind != account.kind {
                    let fault = Fault::new(Code::LedgerMergeKind).with_name("account", account.code.as_str());
                    faults.push(fault.at_index(index));
                }
            }
        }
        Refusal::unless_empty(faults)?;
        Ok(Self { journals })
    }

    /// The head of each journal.
    pub fn heads(&self) -> impl Iterator<Item = &'a ChainHead> {
        self.journals.iter().map(|journal| journal.head())
    }

    /// The trial balances of all journals together, each the sum of the parts.
    ///
    /// # Errors
    /// As [`Journal::trial_balances`].
    pub fn trial_balances(&self, on: Date) -> Result<Vec<TrialBalance>, Refusal> {
        trial_balances(self.journals.iter().flat_map(|journal| journal.books.turnovers(on)), on)
    }

    /// The period balances of all journals together, each the sum of the parts.
    ///
    /// # Errors
    /// As [`Journal::period_balances`].
    pub fn period_balances(&self, period: Period) -> Result<Vec<PeriodBalance>, Refusal> {
        period_balances(self.journals.iter().flat_map(|journal| journal.books.movements(period)), period)
    }
}
