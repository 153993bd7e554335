//! Facts of several customers together: a household, a group of companies (A10).

use alloc::{collections::BTreeSet, vec::Vec};
use core::fmt;

use serde::{Deserialize, Serialize};

use super::{CustomerFacts, Facts, ReviewBasis, amount};
use crate::{
    access::{Viewer, Withheld},
    money::Money,
    party::PartyId,
    portfolio::{Absence, Proportion},
    refusal::Refusal,
};

/// What the book says about a household or a group of companies on a day (家庭 / 集团指标): the sums of those members whom
/// the viewer sees, and ratios of the sums.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GroupFacts {
    /// The parameters, and the rows of the whole book.
    pub review: ReviewBasis,
    /// Members asked for, each once.
    pub members: i64,
    /// Members that the figures count.
    pub counted: i64,
    /// Members whom the viewer does not see, and why. The figures lack what they hold.
    pub withheld: Withheld,
    /// Members who are not in the book.
    pub unknown: Vec<PartyId>,
    /// Counted members who stand on the blacklist.
    pub blacklisted: i64,
    /// Policies signed.
    pub policies: i64,
    /// Policies in force.
    pub policies_in_force: i64,
    /// Written premium.
    pub premium_written: Money,
    /// Written premium of the window.
    pub premium_in_window: Money,
    /// Written premium of the window before.
    pub premium_before: Money,
    /// Change of written premium against the window before, in per cent.
    pub growth: Proportion,
    /// Earned premium.
    pub premium_earned: Money,
    /// Money received less money paid back.
    pub premium_collected: Money,
    /// Written and not received.
    pub receivable_open: Money,
    /// Of that, overdue.
    pub receivable_overdue: Money,
    /// Claims reported.
    pub claims: i64,
    /// Claims that occurred in the window.
    pub claims_in_window: i64,
    /// Claims with fraud.
    pub fraud_claims: i64,
    /// Claims paid.
    pub claims_paid: Money,
    /// Claims outstanding.
    pub claims_outstanding: Money,
    /// Paid and outstanding.
    pub claims_incurred: Money,
    /// Incurred ÷ earned, in per cent.
    pub loss_ratio_earned: Proportion,
    /// The same of the years of the loss ratio.
    pub loss_ratio_years: Proportion,
    /// Paid ÷ collected, in per cent.
    pub loss_ratio_collected: Proportion,
    /// Commission.
    pub commission: Money,
    /// Cost to serve.
    pub cost_to_serve: Money,
    /// Complaints.
    pub complaints: i64,
    /// Result on the earned basis.
    pub result_earned: Money,
    /// Result on the collected basis.
    pub result_collected: Money,
}

impl fmt::Debug for GroupFacts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("GroupFacts").field("members", &self.members).finish_non_exhaustive()
    }
}

impl Facts {
    /// The facts of several customers together. Who belongs together says the host, from its register of relations.
    ///
    /// # Errors
    /// `money.amount.range` when a sum is beyond 2⁶³ minor units; `money.rounding.place`.
    ///
    /// ```
    /// # use crm_core::{access::{SightLevel, Viewer}, calendar::Date, money::Currency, party::PartyId};
    /// use crm_core::portfolio::{CustomerBook, FactParameters, Facts};
    ///
    /// # let viewer = Viewer { person: "op-1".parse()?, roles: vec![], department: None, branch: None,
    /// #     company: "one".parse()?, level: Some(SightLevel::Company) };
    /// let book = CustomerBook::new(Currency::CNY);
    /// let facts = Facts::of(&book).at(&FactParameters::new(Date::parse("2025-12-31")?, Currency::CNY))?;
    /// let household = facts.of_group(&viewer, &[PartyId::new("C-1")?, PartyId::new("C-2")?].into())?;
    /// assert_eq!((household.members, household.counted, household.unknown.len()), (2, 0, 2));
    /// assert_eq!(household.loss_ratio_earned.value(), None);
    /// # Ok::<(), crm_core::refusal::Refusal>(())
    /// ```
    pub fn of_group(&self, viewer: &Viewer, members: &BTreeSet<PartyId>) -> Result<GroupFacts, Refusal> {
        let mut rows: Vec<&CustomerFacts> = Vec::new();
        let (mut withheld, mut unknown) = (Withheld::default(), Vec::new());
        for member in members {
            match self.find(member) {
                None => unknown.push(member.clone()),
                Some(facts) => match viewer.withheld_because(&facts.owner) {
                    None => rows.push(facts),
                    Some(reason) => withheld.count(reason),
                },
            }
        }
        let parameters = self.parameters();
        let minor = |of: fn(&CustomerFacts) -> Money| rows.iter().map(|row| i128::from(of(row).minor())).sum::<i128>();
        let sum = |of| amount(minor(of), parameters.currency);
        let count = |of: fn(&CustomerFacts) -> i64| rows.iter().map(|row| of(row)).fold(0, i64::saturating_add);
        let ratio = |part, whole, reason| Proportion::of(part, minor(whole), 100, parameters.ratio_rounding, reason);
        let incurred = minor(|row| row.claims_incurred);
        let change = minor(|row| row.premium_in_window) - minor(|row| row.premium_before);
        Ok(GroupFacts {
            review: self.review(),
            members: i64::try_from(members.len()).unwrap_or(i64::MAX),
            counted: i64::try_from(rows.len()).unwrap_or(i64::MAX),
            withheld,
            unknown,
            blacklisted: count(|row| i64::from(row.blacklisted)),
            policies: count(|row| row.policies),
            policies_in_force: count(|row| row.policies_in_force),
            premium_written: sum(|row| row.premium_written)?,
            premium_in_window: sum(|row| row.premium_in_window)?,
            premium_before: sum(|row| row.premium_before)?,
            growth: ratio(change, |row| row.premium_before, Absence::NothingBefore)?,
            premium_earned: sum(|row| row.premium_earned)?,
            premium_collected: sum(|row| row.premium_collected)?,
            receivable_open: sum(|row| row.receivable_open)?,
            receivable_overdue: sum(|row| row.receivable_overdue)?,
            claims: count(|row| row.claims),
            claims_in_window: count(|row| row.claims_in_window),
            fraud_claims: count(|row| row.fraud_claims),
            claims_paid: sum(|row| row.claims_paid)?,
            claims_outstanding: sum(|row| row.claims_outstanding)?,
            claims_incurred: sum(|row| row.claims_incurred)?,
            loss_ratio_earned: ratio(incurred, |row| row.premium_earned, Absence::NothingEarned)?,
            loss_ratio_years: ratio(
                minor(|row| row.claims_incurred_in_years),
                |row| row.premium_earned_in_years,
                Absence::NothingEarned,
            )?,
            loss_ratio_collected: ratio(
                minor(|row| row.claims_paid),
                |row| row.premium_collected,
                Absence::NothingCollected,
            )?,
            commission: sum(|row| row.commission)?,
            cost_to_serve: sum(|row| row.cost_to_serve)?,
            complaints: count(|row| row.complaints),
            result_earned: sum(|row| row.result_earned)?,
            result_collected: sum(|row| row.result_collected)?,
        })
    }
}
