//! Insured objects and their history (标的历史).

use std::collections::BTreeMap;

use crm_core::access::{RowOwner, Viewer};
use crm_core::calendar::Date;
use crm_core::party::{
    self, CaptureOptions, ChangeEntry, CoverRecord, CustomerRecord, FieldChange, InsuredObject, ObjectCommand,
    ObjectEvent, PartyId, RecordEvent, RecordRef, SearchKey, object,
};
use crm_core::refusal::Refusal;

use super::customer::{at_event, change_fault};
use crate::placed::placed;

/// What a command does to an insured object, or why it can't be; `object` is left out before it is registered (标的).
///
/// The host stores the events and applies them with `apply_object`. `entry` says when the command is given, by whom and
/// why: what it tells has happened by that day.
///
/// # Errors
/// `party.object.registered`, `party.object.unregistered`, `party.ownership.overlap`, `party.ownership.same_owner`,
/// `party.ownership.none`, `party.object.entry_duplicate`, `party.date.later`, `party.amount.negative`,
/// `party.list.length`, and those of the texts and numbers; `party.vehicle.user_missing`,
/// `party.vehicle.user_organisation` where an organisation owns a vehicle, `party.vehicle.user_unexpected`,
/// `party.vehicle.object_other`; at `/entry/reason`: `party.text.empty`, `party.text.length`, `party.text.characters`.
pub fn decide_object(
    command: ObjectCommand,
    entry: ChangeEntry,
    options: CaptureOptions,
    object: Option<InsuredObject>,
) -> Result<Vec<RecordEvent<ObjectEvent>>, Refusal> {
    object::decide(object.as_ref(), &command, &entry, &options)
}

/// The insured object after events, which happened: no rule is asked. Nothing when it was never registered.
///
/// # Errors
/// `party.change.record` at `/events/0/record` for an event of another record; what release 0.1.0 stored names none.
pub fn apply_object(
    events: Vec<RecordEvent<ObjectEvent>>,
    object: Option<InsuredObject>,
) -> Result<Option<InsuredObject>, Refusal> {
    let apply = |object, (index, event)| object::apply(object, event).map_err(|refusal| at_event(refusal, index));
    events.iter().enumerate().try_fold(object, apply)
}

/// Checks the history of an object that a host kept or put right (标的历史校验).
///
/// # Errors
/// Those of the description; `calendar.period.empty`, `party.ownership.overlap` at the ownership;
/// `party.object.entry_duplicate` at the repair or cover and those of its texts; `party.list.length`.
pub fn check_object(object: InsuredObject, as_of: Date, options: CaptureOptions) -> Result<(), Refusal> {
    object.check(as_of, &options)
}

/// The owner of an object on a day (所有人); nothing when there is none, or one whom the viewer does not see.
///
/// `managers` says who manages each party; who isn't among them is shown to nobody.
pub fn owner_on(
    object: InsuredObject,
    day: Date,
    managers: BTreeMap<PartyId, RowOwner>,
    viewer: Viewer,
) -> Option<PartyId> {
    viewer.owner_on(&object, day, &managers).cloned()
}

/// The covers of an object that are in force on a day (有效承保); none of an object whose owner the viewer does not see.
pub fn covers_on(
    object: InsuredObject,
    day: Date,
    managers: BTreeMap<PartyId, RowOwner>,
    viewer: Viewer,
) -> Vec<CoverRecord> {
    viewer.covers_on(&object, day, &managers).into_iter().cloned().collect()
}

/// The objects that a party owns on a day, in the order given (名下标的); none of a party whom the viewer does not see.
pub fn objects_of(
    objects: Vec<InsuredObject>,
    owner: PartyId,
    day: Date,
    managers: BTreeMap<PartyId, RowOwner>,
    viewer: Viewer,
) -> Vec<InsuredObject> {
    viewer.objects_of(&owner, day, &objects, &managers).into_iter().cloned().collect()
}

/// Every key under which an object is found, in order and each once: plate, VIN, numbers of policies (查询键).
///
/// Who is found by it is whoever owns the object on the day.
pub fn object_search_keys(object: InsuredObject) -> Vec<SearchKey> {
    object.search_keys()
}

/// A customer's record with its vehicles as the insured objects describe them on a day: what has changed hands is no
/// longer in it (过户). `customer_changes` says what that changes.
///
/// `objects` are those that the customer owns or owned.
pub fn customer_with_objects(record: CustomerRecord, objects: Vec<InsuredObject>, day: Date) -> CustomerRecord {
    record.with_objects(&objects, day)
}

/// The changes from one version of an object's record to the next, as `customer_changes` (变更历史).
///
/// # Errors
/// `party.change.record` at `/id` for records of two objects; at `/entry/reason`: `party.text.empty`,
/// `party.text.length`, `party.text.characters`.
pub fn object_changes(
    before: InsuredObject,
    after: InsuredObject,
    entry: ChangeEntry,
) -> Result<Vec<FieldChange>, Refusal> {
    party::changes_between(&insured(&before), &before, &after, &entry)
}

/// The version of an object's record after changes, as `apply_customer_changes`.
///
/// # Errors
/// At the change: `party.change.record`, `party.change.stale`, `party.change.path`, `party.change.value`; `wire.*` in the record when a new
/// value is none of its field.
pub fn apply_object_changes(object: InsuredObject, changes: Vec<FieldChange>) -> Result<InsuredObject, Refusal> {
    party::apply_changes(&insured(&object), &object, &changes).map_err(|refusal| placed(refusal, change_fault))
}

fn insured(object: &InsuredObject) -> RecordRef {
    RecordRef::InsuredObject { object: object.id.clone() }
}
