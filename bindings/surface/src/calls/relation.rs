//! Relations between parties, households, corporate groups (客户关系).

use std::collections::BTreeMap;

use crm_core::access::{RowOwner, SeenParties, Viewer};
use crm_core::calendar::Date;
use crm_core::money::{Currency, Money};
use crm_core::party::{
    self, ChangeEntry, GroupCount, GroupTotal, HouseholdId, PartyId, RecordEvent, RelationBook, RelationCommand,
    RelationEvent, relation,
};
use crm_core::refusal::Refusal;

use super::customer::at_event;
use crate::placed::renamed;

/// What a command does to relations and households, or why it can't be (客户关系).
///
/// `entry` says when the command is given, by whom and why. The host stores the events and applies them with `apply_relations`.
///
/// # Errors
/// `party.relation.self`, `party.relation.parent_time`, `party.relation.duplicate`, `party.relation.cycle`,
/// `party.relation.unknown`, `party.household.member`, `party.household.not_member`, `calendar.period.empty`; at
/// `/entry/reason`: `party.text.empty`, `party.text.length`, `party.text.characters`.
pub fn decide_relations(
    command: RelationCommand,
    book: RelationBook,
    entry: ChangeEntry,
) -> Result<Vec<RecordEvent<RelationEvent>>, Refusal> {
    relation::decide(&book, &command, &entry)
}

/// The relations after events, which happened: no rule is asked.
///
/// # Errors
/// `party.change.record` at `/events/0/record` for an event of another record; what release 0.1.0 stored names none.
pub fn apply_relations(book: RelationBook, events: Vec<RecordEvent<RelationEvent>>) -> Result<RelationBook, Refusal> {
    let mut book = book;
    for (index, event) in events.iter().enumerate() {
        relation::apply(&mut book, event).map_err(|refusal| at_event(refusal, index))?;
    }
    Ok(book)
}

/// The members of a household on a day whom the viewer sees, and how many he does not (家庭成员).
///
/// `managers` says who manages each party; who isn't among them is shown to nobody. Of a household of which he sees
/// nobody he is told nothing.
pub fn household_members(
    book: RelationBook,
    household: HouseholdId,
    day: Date,
    managers: BTreeMap<PartyId, RowOwner>,
    viewer: Viewer,
) -> SeenParties {
    viewer.household(&book, &household, day, &managers)
}

/// The household of a person on a day (所属家庭); nothing when he is in none, or the viewer does not see him.
pub fn household_of(
    book: RelationBook,
    party: PartyId,
    day: Date,
    managers: BTreeMap<PartyId, RowOwner>,
    viewer: Viewer,
) -> Option<HouseholdId> {
    viewer.household_of(&book, &party, day, &managers).cloned()
}

/// A company and everything below it on a day, as far as the viewer sees them (集团成员); as `household_members`. Nobody
/// below a company that he does not see.
pub fn corporate_group(
    book: RelationBook,
    head: PartyId,
    day: Date,
    managers: BTreeMap<PartyId, RowOwner>,
    viewer: Viewer,
) -> SeenParties {
    viewer.corporate_group(&book, &head, day, &managers)
}

/// Who is above a company on a day and has nobody above, as far as the viewer sees them; the company itself when it
/// stands alone (集团母公司).
pub fn group_heads(
    book: RelationBook,
    company: PartyId,
    day: Date,
    managers: BTreeMap<PartyId, RowOwner>,
    viewer: Viewer,
) -> SeenParties {
    viewer.group_heads(&book, &company, day, &managers)
}

/// The sum of the amounts of some parties, each counted once; who has no amount is named (金额合计).
///
/// # Errors
/// At `/amounts`: `money.currency.mixed`, `money.amount.range`.
pub fn total_of(
    parties: Vec<PartyId>,
    amounts: BTreeMap<PartyId, Money>,
    currency: Currency,
) -> Result<GroupTotal, Refusal> {
    // Which of the amounts it is, only a party's code could say.
    party::total_of(&parties, &amounts, currency).map_err(|refusal| renamed(refusal, "", Some("amounts")))
}

/// The sum of the counts of some parties, each counted once; who has no count is named (数量合计).
///
/// # Errors
/// At `/counts`: `party.count.range`.
pub fn count_of(parties: Vec<PartyId>, counts: BTreeMap<PartyId, i64>) -> Result<GroupCount, Refusal> {
    party::count_of(&parties, &counts).map_err(|refusal| renamed(refusal, "", Some("counts")))
}
