//! Who sees which rows and fields, and what takes two people (权限与双人控制).

use std::collections::BTreeMap;

use crm_core::access::{
    self, AuditEntry, AuditEvent, Grant, Keyed, RecordId, RightsBook, RightsEvent, RightsSpec, RowOwner, Verified,
    Viewed as _, Viewer, Withheld, WithheldReason,
};
use crm_core::calendar::Date;
use crm_core::party::StaffId;
use crm_core::party::{
    AttributeBook, AttributeEvent, CustomerRecord, DocumentNumber, FieldChange, InsuredObject, ObjectEvent, PartyId,
    RecordEvent, RelationBook, RelationEvent,
};
use crm_core::privacy::{Clearance, FieldClass, MaskedView};
use crm_core::refusal::Refusal;

use crate::records::SiftedRows;

/// Why a viewer does not see a row of this owner, nothing when he does (不可见原因).
///
/// Nobody sees another company's rows; what is one's own one sees wherever it is filed.
pub fn withheld_because(owner: RowOwner, viewer: Viewer) -> Option<WithheldReason> {
    viewer.withheld_because(&owner)
}

/// The positions, from 0, of the rows that a viewer sees, given the owner of each row (可见行).
pub fn visible_rows(owners: Vec<RowOwner>, viewer: Viewer) -> Vec<i64> {
    let rows = owners.iter().zip(0_i64..).filter(|(owner, _)| viewer.sees(owner));
    rows.map(|(_, position)| position).collect()
}

/// How many rows a viewer does not see, and why; never which (未显示的行数).
///
/// For reports on a whole book. Not for the answer to a search: "one row left out" under a name tells that the person
/// is another branch's customer.
pub fn withheld_rows(owners: Vec<RowOwner>, viewer: Viewer) -> Withheld {
    viewer.sift(&owners).withheld().clone()
}

/// The positions of the rows that a viewer sees, given the owner of each row, and how many he does not (可见行).
pub fn sift(owners: Vec<RowOwner>, viewer: Viewer) -> SiftedRows {
    let withheld = viewer.sift(&owners).withheld().clone();
    SiftedRows { rows: visible_rows(owners, viewer), withheld }
}

/// A customer's record as a clearance shows it (脱敏视图): masked, hidden or in full, field by field.
///
/// `view` in the answer is canonical JSON of the record's shape: a masked field is the text of its mask, a hidden one
/// `null`. Nothing of the record stands anywhere else in the answer. On a day on which the customer is a child under 14,
/// as far as the record or its documents tell, whatever is personal is sensitive (个人信息保护法 art. 28).
///
/// # Errors
/// None for a record that was read.
pub fn view_customer(record: CustomerRecord, clearance: Clearance, on: Date) -> Result<MaskedView, Refusal> {
    access::customer_view(&record, on, &clearance)
}

/// The record of a child under 14 as a clearance shows it, as `view_customer`: whatever is personal is sensitive
/// (个人信息保护法 art. 28).
///
/// # Errors
/// None for a record that was read.
pub fn view_child(record: CustomerRecord, clearance: Clearance) -> Result<MaskedView, Refusal> {
    access::customer_fields()?.for_child().view(&record, &clearance)
}

/// An insured object as a clearance shows it, as `view_customer`.
///
/// # Errors
/// None for a record that was read.
pub fn view_object(object: InsuredObject, clearance: Clearance) -> Result<MaskedView, Refusal> {
    access::insured_object_fields()?.view(&object, &clearance)
}

/// A change of a customer's record as a clearance shows it, as `view_customer`.
///
/// It tells no birth: for a child under 14 give a clearance that shows what is personal as you show what is sensitive.
///
/// # Errors
/// None for a change that was read.
pub fn view_change(change: FieldChange, clearance: Clearance) -> Result<MaskedView, Refusal> {
    access::field_change_fields()?.view(&change, &clearance)
}

/// An event of an insured object as a clearance shows it, as `view_customer`.
///
/// It tells no birth: for a child under 14 give a clearance that shows what is personal as you show what is sensitive.
///
/// # Errors
/// None for an event that was read.
pub fn view_object_event(event: RecordEvent<ObjectEvent>, clearance: Clearance) -> Result<MaskedView, Refusal> {
    event.view_by(&clearance)
}

/// The host's attributes and which value those have whom the viewer sees, as a clearance shows them, as `view_customer`.
///
/// `managers` says who manages each customer; who isn't among them is shown to nobody.
///
/// # Errors
/// None for a book that was read.
pub fn view_attributes(
    book: AttributeBook,
    managers: BTreeMap<PartyId, RowOwner>,
    viewer: Viewer,
    clearance: Clearance,
) -> Result<MaskedView, Refusal> {
    viewer.attribute_book(&book, &managers).view_by(&clearance)
}

/// An event of the host's attributes as a clearance shows it, as `view_customer`.
///
/// It tells no birth: for a child under 14 give a clearance that shows what is personal as you show what is sensitive.
///
/// # Errors
/// None for an event that was read.
pub fn view_attribute_event(event: RecordEvent<AttributeEvent>, clearance: Clearance) -> Result<MaskedView, Refusal> {
    event.view_by(&clearance)
}

/// Relations and households of those whom the viewer sees, as a clearance shows them, as `view_customer`.
///
/// A relation is shown to whoever sees both sides. `managers` says who manages each party; who isn't among them is shown
/// to nobody.
///
/// # Errors
/// None for a book that was read.
pub fn view_relations(
    book: RelationBook,
    managers: BTreeMap<PartyId, RowOwner>,
    viewer: Viewer,
    clearance: Clearance,
) -> Result<MaskedView, Refusal> {
    viewer.relation_book(&book, &managers).view_by(&clearance)
}

/// An event of relations as a clearance shows it, as `view_customer`.
///
/// It tells no birth: for a child under 14 give a clearance that shows what is personal as you show what is sensitive.
///
/// # Errors
/// None for an event that was read.
pub fn view_relation_event(event: RecordEvent<RelationEvent>, clearance: Clearance) -> Result<MaskedView, Refusal> {
    event.view_by(&clearance)
}

/// What a document's number tells, as a clearance shows it on a day, as `view_customer`; by the birth date in the number.
///
/// # Errors
/// None for an answer of `check_document`.
pub fn view_document(number: DocumentNumber, clearance: Clearance, on: Date) -> Result<MaskedView, Refusal> {
    access::document_view(&number, on, &clearance)
}

/// The fields of a customer's record: how sensitive each is, and how it is masked (字段敏感级别).
///
/// # Errors
/// None.
pub fn customer_fields() -> Result<Vec<FieldClass>, Refusal> {
    Ok(access::customer_fields()?.fields().cloned().collect())
}

/// The fields of an insured object's record, as `customer_fields`.
///
/// # Errors
/// None.
pub fn insured_object_fields() -> Result<Vec<FieldClass>, Refusal> {
    Ok(access::insured_object_fields()?.fields().cloned().collect())
}

/// A customer's record as somebody keyed it (录入); nobody has verified it.
pub fn key_customer(record: CustomerRecord, by: StaffId, on: Date) -> Keyed<CustomerRecord> {
    Keyed::new(record, by, on)
}

/// Keys a customer's record anew. Whoever had a hand in it before keeps it: parts of it may still be his.
///
/// # Errors
/// `access.check.early` at `/on` for a day before the last keying.
pub fn amend_keyed_customer(
    keyed: Keyed<CustomerRecord>,
    corrected: CustomerRecord,
    by: StaffId,
    on: Date,
) -> Result<Keyed<CustomerRecord>, Refusal> {
    keyed.amend(corrected, by, on)
}

/// Another person has compared a customer's record with its documents and found it right (复核).
///
/// # Errors
/// At `/by`: `access.check.self` when the person had a hand in it, codes compared without case, width and spaces; at
/// `/on`: `access.check.early` for a day before the keying; both at once. In a stored record: `access.check.nobody`.
pub fn verify_customer(
    keyed: Keyed<CustomerRecord>,
    by: StaffId,
    on: Date,
) -> Result<Verified<CustomerRecord>, Refusal> {
    keyed.verify(by, on)
}

/// Changes a verified record: it is no longer verified, and whoever keyed the change can't verify it.
///
/// # Errors
/// `access.check.early` at `/on` for a day before the verification.
pub fn amend_verified_customer(
    verified: Verified<CustomerRecord>,
    corrected: CustomerRecord,
    by: StaffId,
    on: Date,
) -> Result<Keyed<CustomerRecord>, Refusal> {
    verified.amend(corrected, by, on)
}

/// The rights of a company after events, which happened: no rule is asked (权限表).
///
/// # Errors
/// Those of `RightsBook.load`, for the rights before.
pub fn apply_rights(rights: RightsSpec, events: Vec<RightsEvent>) -> Result<RightsSpec, Refusal> {
    let mut book = RightsBook::load(&rights)?;
    events.iter().for_each(|event| book.apply(event));
    Ok(book.spec())
}

/// The grants of the roles of the customer file, to begin with: creator, collector, operator, administrator (客户档案岗位).
///
/// `first_day` is the first day of the rights, `source` who decided so, `by` and `on` who enters them and when.
///
/// # Errors
/// None.
pub fn customer_file_roles(first_day: Date, source: String, by: StaffId, on: Date) -> Result<Vec<Grant>, Refusal> {
    access::customer_file_roles(first_day, &source, &by, on)
}

/// The line of the audit trail for a record that was looked at: what the view shows is what the viewer saw (审计日志).
///
/// The time of day is the host's to add.
pub fn audit_viewed(view: MaskedView, id: RecordId, viewer: Viewer, on: Date, purpose: String) -> AuditEntry {
    AuditEvent::viewed(&view, id).by(&viewer, on, &purpose)
}

/// The line of the audit trail for a customer's record that was changed: which fields, never their values (审计日志).
///
/// # Errors
/// None for records that were read.
pub fn audit_customer_change(
    before: CustomerRecord,
    after: CustomerRecord,
    record_id: RecordId,
    viewer: Viewer,
    on: Date,
    purpose: String,
) -> Result<AuditEntry, Refusal> {
    let event = AuditEvent::changed(&access::customer_fields()?, record_id, &before, &after)?;
    Ok(event.by(&viewer, on, &purpose))
}
