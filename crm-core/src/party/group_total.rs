//! What adds up over a household or a corporate group, and of whom it is not known (合计).

use alloc::{
    collections::{BTreeMap, BTreeSet},
    vec::Vec,
};

use serde::{Deserialize, Serialize};

use super::identifier::PartyId;
use crate::{
    money::{Currency, Money},
    refusal::{Code, Refusal},
};

/// The sum of amounts over a group (金额合计).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GroupTotal {
    /// The sum of the amounts that are known.
    pub total: Money,
    /// How many members have an amount.
    pub known: i64,
    /// The members without one, in the order of their codes: the sum is theirs no more than nothing is.
    pub unknown: Vec<PartyId>,
}

/// The sum of counts over a group (数量合计).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GroupCount {
    /// The sum of the counts that are known.
    pub total: i64,
    /// How many members have a count.
    pub known: i64,
    /// The members without one, in the order of their codes.
    pub unknown: Vec<PartyId>,
}

/// The sum of the amounts of some parties, each counted once (金额合计). Whoever has no amount is named, not taken to have
/// none: nothing is an amount of its own.
///
/// ```
/// use std::collections::BTreeMap;
/// use crm_core::{calendar::Date, money::{Currency, Money}};
/// use crm_core::party::{PartyId, total_of};
///
/// let (mother, son) = (PartyId::new("C-1")?, PartyId::new("C-2")?);
/// let premiums = BTreeMap::from([(mother.clone(), Money::from_minor(100_00, Currency::CNY))]);
/// let sum = total_of(&[mother.clone(), son.clone(), mother.clone()], &premiums, Currency::CNY)?;
/// assert_eq!((sum.total, sum.known, sum.unknown), (Money::from_minor(100_00, Currency::CNY), 1, vec![son]));
/// let refusal = total_of(&[mother], &premiums, Currency::USD).unwrap_err();
/// assert_eq!(refusal.code().as_str(), "money.currency.mixed");
/// # Ok::<(), crm_core::refusal::Refusal>(())
/// ```
///
/// # Errors
/// `money.currency.mixed`, `money.amount.range`.
pub fn total_of(
    parties: &[PartyId],
    amounts: &BTreeMap<PartyId, Money>,
    currency: Currency,
) -> Result<GroupTotal, Refusal> {
    let (known, unknown) = parted(parties, amounts);
    let total = Money::sum(currency, known.iter().map(|amount| **amount))?;
    Ok(GroupTotal { total, known: whole(known.len()), unknown })
}

/// The sum of the counts of some parties, policies or claims for example, each party counted once (数量合计).
///
/// ```
/// use std::collections::BTreeMap;
/// use crm_core::party::{PartyId, count_of};
///
/// let (mother, son) = (PartyId::new("C-1")?, PartyId::new("C-2")?);
/// let mut policies = BTreeMap::from([(mother.clone(), 3)]);
/// let sum = count_of(&[mother.clone(), son.clone()], &policies)?;
/// assert_eq!((sum.total, sum.unknown), (3, vec![son.clone()]));
/// policies.insert(son.clone(), i64::MAX);
/// assert_eq!(count_of(&[mother, son], &policies).unwrap_err().code().as_str(), "party.count.range");
/// # Ok::<(), crm_core::refusal::Refusal>(())
/// ```
///
/// # Errors
/// `party.count.range` for a sum beyond ±(2⁵³−1), which not every language can hold.
pub fn count_of(parties: &[PartyId], counts: &BTreeMap<PartyId, i64>) -> Result<GroupCount, Refusal> {
    let (known, unknown) = parted(parties, counts);
    let total = known.iter().try_fold(0_i64, |sum, count| sum.checked_add(**count));
    let total = total.filter(|total| (crate::wire::INTEGER_MIN..=crate::wire::INTEGER_MAX).contains(total));
    let total = total.ok_or_else(|| Refusal::new(Code::PartyCountRange))?;
    Ok(GroupCount { total, known: whole(known.len()), unknown })
}

fn parted<'a, T>(parties: &[PartyId], values: &'a BTreeMap<PartyId, T>) -> (Vec<&'a T>, Vec<PartyId>) {
    let each: BTreeSet<&PartyId> = parties.iter().collect();
    let (mut known, mut unknown) = (Vec::new(), Vec::new());
    for party in each {
        match values.get(party) {
            Some(value) => known.push(value),
            None => unknown.push(party.clone()),
        }
    }
    (known, unknown)
}

fn whole(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
