//! Relations between parties, households, corporate groups (客户关系).

use std::collections::BTreeMap;

use crm_core::calendar::Date;
use crm_core::money::{Currency, Money};
use crm_core::party::{self, HouseholdId, PartyId, RelationBook, RelationCommand, RelationEvent, relation};
use crm_core::refusal::Refusal;

use crate::placed::renamed;

/// What a command does to relations and households, or why it can't be (客户关系).
///
/// The host stores the events and applies them with `apply_relations`.
///
/// # Errors
/// `party.relation.self`, `party.relation.parent_time`, `party.relation.duplicate`, `party.relation.cycle`,
/// `party.relation.unknown`, `party.household.member`, `party.household.not_member`, `calendar.period.empty`.
pub fn decide_relations(command: RelationCommand, book: RelationBook) -> Result<Vec<RelationEvent>, Refusal> {
    relation::decide(&book, &command)
}

/// The relations after events, which happened: no rule is asked.
pub fn apply_relations(book: RelationBook, events: Vec<RelationEvent>) -> RelationBook {
    events.iter().fold(book, |mut book, event| {
        relation::apply(&mut book, event);
        book
    })
}

/// The members of a household on a day, each once, in the order of their codes (家庭成员).
pub fn household_members(book: RelationBook, household: HouseholdId, day: Date) -> Vec<PartyId> {
    book.household(&household, day)
}

/// The household of a person on a day, nothing when he is in none (所属家庭).
pub fn household_of(book: RelationBook, party: PartyId, day: Date) -> Option<HouseholdId> {
    book.household_of(&party, day).cloned()
}

/// A company and everything below it on a day, each once, in the order of their codes (集团成员).
pub fn corporate_group(book: RelationBook, head: PartyId, day: Date) -> Vec<PartyId> {
    book.corporate_group(&head, day)
}

/// Who is above a company on a day and has nobody above; the company itself when it stands alone (集团母公司).
pub fn group_heads(book: RelationBook, company: PartyId, day: Date) -> Vec<PartyId> {
    book.group_heads(&company, day)
}

/// The sum of the amounts of some parties, each counted once; who has no amount counts nothing (合计).
///
/// # Errors
/// At `/amounts`: `money.currency.mixed`, `money.amount.range`.
pub fn total_of(
    parties: Vec<PartyId>,
    amounts: BTreeMap<PartyId, Money>,
    currency: Currency,
) -> Result<Money, Refusal> {
    // Which of the amounts it is, only a party's code could say.
    party::total_of(&parties, &amounts, currency).map_err(|refusal| renamed(refusal, "", Some("amounts")))
}
