//! What happened to a record, when, by whom and why (变更历史).
//!
//! The rooms decide on events; each goes into the host's store inside a [`RecordEvent`], so that the history of every
//! record is dated and attributed (A11). Changes of single fields are [`super::FieldChange`]s.

use serde::{Deserialize, Serialize};

use super::{
    attribute::AttributeEvent,
    change::ChangeEntry,
    identifier::{ObjectId, PartyId},
    object::ObjectEvent,
    relation::RelationEvent,
};
use crate::{
    refusal::{Code, Refusal},
    wire::{Stored, stored_with_more_fields},
};

/// Whose record it is (记录).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum RecordRef {
    /// The record of a customer (客户).
    Customer {
        /// Which one.
        customer: PartyId,
    },
    /// The history of an insured object (标的).
    InsuredObject {
        /// Which one.
        object: ObjectId,
    },
    /// The host's book of attributes (自定义属性).
    Attributes {},
    /// The host's book of relations (客户关系).
    Relations {},
}

/// One event of a record's history (变更事件).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordEvent<E> {
    /// Whose record; none for what release 0.1.0 stored, which did not say.
    pub record: Option<RecordRef>,
    /// When it was done, by whom and why; none for what release 0.1.0 stored, which did not say.
    pub entry: Option<ChangeEntry>,
    /// What happened.
    pub event: E,
}

impl<E> RecordEvent<E> {
    /// An event of a record.
    pub(super) fn new(record: RecordRef, entry: &ChangeEntry, event: E) -> Self {
        Self { record: Some(record), entry: Some(entry.clone()), event }
    }

    /// An event that says whose it is belongs to that record alone.
    pub(super) fn is_of(&self, record: &RecordRef) -> Result<(), Refusal> {
        if self.record.as_ref().is_some_and(|named| named != record) {
            return Err(Refusal::new(Code::PartyChangeRecord).at("record"));
        }
        Ok(())
    }
}

/// Version 1 held the event alone.
macro_rules! stored_events {
    ($($event:ty = $format:literal),* $(,)?) => { $(
        impl Stored for RecordEvent<$event> {
            const FORMAT: &'static str = $format;
            const VERSION: i64 = 2;

            fn read_version<'de, D: serde::Deserializer<'de>>(version: i64, content: D) -> Result<Self, D::Error> {
                match version {
                    1 => <$event>::deserialize(content).map(|event| Self { record: None, entry: None, event }),
                    _ => Self::deserialize(content),
                }
            }
        }
    )* };
}

stored_events! {
    ObjectEvent = "object_event",
    AttributeEvent = "attribute_event",
    RelationEvent = "relation_event",
}

stored_with_more_fields! {
    // 2: `through`, the objects of vehicles.
    super::CustomerRecord = "customer_record", 2,
    // 2: whose record.
    super::FieldChange = "field_change", 2,
    // 2: what owners are.
    super::InsuredObject = "insured_object", 2,
}
