//! Insured objects and their history (标的历史).

use crm_core::calendar::Date;
use crm_core::party::{
    self, CaptureOptions, ChangeEntry, CoverRecord, FieldChange, InsuredObject, ObjectCommand, ObjectEvent, PartyId,
    object,
};
use crm_core::refusal::Refusal;

use super::customer::change_fault;
use crate::placed::placed;

/// What a command does to an insured object, or why it can't be; `object` is left out before it is registered (标的).
///
/// The host stores the events and applies them with `apply_object`. `as_of` is the day on which the command is given:
/// what it tells has happened by then.
///
/// # Errors
/// `party.object.registered`, `party.object.unregistered`, `party.ownership.overlap`, `party.ownership.same_owner`,
/// `party.ownership.none`, `party.object.entry_duplicate`, `party.date.later`, `party.amount.negative`,
/// `party.list.length`, and those of the texts and numbers.
pub fn decide_object(
    command: ObjectCommand,
    as_of: Date,
    options: CaptureOptions,
    object: Option<InsuredObject>,
) -> Result<Vec<ObjectEvent>, Refusal> {
    object::decide(object.as_ref(), &command, as_of, &options)
}

/// The insured object after events, which happened: no rule is asked. Nothing when it was never registered.
pub fn apply_object(events: Vec<ObjectEvent>, object: Option<InsuredObject>) -> Option<InsuredObject> {
    events.iter().fold(object, object::apply)
}

/// Checks the history of an object that a host kept or put right (标的历史校验).
///
/// # Errors
/// Those of the description; `calendar.period.empty`, `party.ownership.overlap` at the ownership;
/// `party.object.entry_duplicate` at the repair or cover and those of its texts; `party.list.length`.
pub fn check_object(object: InsuredObject, as_of: Date, options: CaptureOptions) -> Result<(), Refusal> {
    object.check(as_of, &options)
}

/// The owner of an object on a day, nothing when there is none (所有人).
pub fn owner_on(object: InsuredObject, day: Date) -> Option<PartyId> {
    object.owner_on(day).cloned()
}

/// The covers of an object that are in force on a day (有效承保).
pub fn covers_on(object: InsuredObject, day: Date) -> Vec<CoverRecord> {
    object.covers_on(day).into_iter().cloned().collect()
}

/// The objects that a party owns on a day, in the order given (名下标的).
pub fn objects_of(objects: Vec<InsuredObject>, owner: PartyId, day: Date) -> Vec<InsuredObject> {
    party::objects_of(&owner, day, &objects).into_iter().cloned().collect()
}

/// The changes from one version of an object's record to the next, as `customer_changes` (变更历史).
///
/// # Errors
/// None for records that were read.
pub fn object_changes(
    before: InsuredObject,
    after: InsuredObject,
    entry: ChangeEntry,
) -> Result<Vec<FieldChange>, Refusal> {
    party::changes_between(&before, &after, &entry)
}

/// The version of an object's record after changes, as `apply_customer_changes`.
///
/// # Errors
/// At the change: `party.change.stale`, `party.change.path`, `party.change.value`; `wire.*` in the record when a new
/// value is none of its field.
pub fn apply_object_changes(object: InsuredObject, changes: Vec<FieldChange>) -> Result<InsuredObject, Refusal> {
    party::apply_changes(&object, &changes).map_err(|refusal| placed(refusal, change_fault))
}
