//! Customers' records, their search keys and history, and the attributes that a host defines (客户信息).

use std::collections::BTreeMap;

use crm_core::access::{RowOwner, Viewer};
use crm_core::calendar::Date;
use crm_core::party::{
    self, AttributeBook, AttributeCode, AttributeCommand, AttributeEvent, CaptureOptions, ChangeEntry, Customer,
    CustomerFactCodes, CustomerRecord, FieldChange, PartyId, RecordEvent, RecordRef, SearchField, SearchKey, attribute,
};
use crm_core::refusal::{Code, Refusal};
use crm_core::rulebook::{FactDeclaration, Scalar};

use crate::placed::placed;

/// Checks a customer's record as it was keyed and says everything that is wrong with it at once (客户信息校验).
///
/// The answer holds the record as it should be kept, what deserves a look, and what the documents tell. `as_of` is the
/// day of capture: nothing in the record happened after it. Checking the answer's record again changes nothing.
///
/// # Errors
/// Those of every number in it; `party.text.empty`, `party.text.length`, `party.text.characters`, `party.list.length`,
/// `party.date.later`, `party.number.range`, `party.amount.negative`, `party.customer.agent_missing`,
/// `party.customer.through_missing`, `party.customer.intermediary_self`, `party.customer.direct_intermediary`,
/// `party.customer.group_person`, `party.document.holder`, `party.document.duplicate`, `party.document.validity`,
/// `party.document.before_birth`, `party.plate.prefix_ambiguous`,
/// `party.organisation.codes_differ`, `party.person.birth_differs`, `party.person.sex_differs`,
/// `party.health.consent_missing`, `party.health.consent_later`, `party.vehicle.unidentified`,
/// `party.vehicle.duplicate`, `party.vehicle.user_missing`, `party.vehicle.user_organisation`, `party.tag.duplicate`,
/// `party.interaction.time`.
pub fn check_customer(record: CustomerRecord, as_of: Date, options: CaptureOptions) -> Result<Customer, Refusal> {
    Customer::check(&record, as_of, &options)
}

/// What conditions may test of a customer on the day `as_of`; what is not known is left out (客户指标).
///
/// # Errors
/// Those of `check_customer`.
pub fn customer_facts(
    record: CustomerRecord,
    as_of: Date,
    options: CaptureOptions,
) -> Result<BTreeMap<String, Scalar>, Refusal> {
    Customer::check(&record, as_of, &options)?.facts(as_of, options.age_convention)
}

/// The declarations of what `customer_facts` tells, for the rule sets that test it (客户指标目录).
pub fn customer_fact_declarations() -> Vec<FactDeclaration> {
    party::customer_facts()
}

/// What `customer_facts` tells, and of each code of the host whether that cover is wanted or that social attribute is
/// noted, with amount, term, price and service of the newest need (需求与社会属性指标).
///
/// # Errors
/// Those of `check_customer`; at the code: `party.facts.code_duplicate`, `rulebook.name.duplicate`, `party.list.length`,
/// `party.text.empty`, `party.text.length`, `party.text.characters`.
pub fn customer_facts_of(
    record: CustomerRecord,
    as_of: Date,
    options: CaptureOptions,
    codes: CustomerFactCodes,
) -> Result<BTreeMap<String, Scalar>, Refusal> {
    let customer = Customer::check(&record, as_of, &options)?;
    customer.facts_of(&codes, as_of, options.age_convention).map_err(|refusal| refusal.at("codes"))
}

/// The declarations of what `customer_facts_of` tells for these codes (指标目录).
pub fn customer_fact_declarations_of(codes: CustomerFactCodes) -> Vec<FactDeclaration> {
    codes.declarations()
}

/// Every key under which a customer is found, in order and each once: names, documents, plates, VINs, telephones
/// (查询键). A vehicle that is linked to its insured object is found by `object_search_keys`.
///
/// The host stores the keys beside the record and looks up the `search_key` of what a user typed.
///
/// # Errors
/// Those of `check_customer`.
pub fn customer_search_keys(
    record: CustomerRecord,
    as_of: Date,
    options: CaptureOptions,
) -> Result<Vec<SearchKey>, Refusal> {
    Ok(Customer::check(&record, as_of, &options)?.search_keys())
}

/// The key of what somebody typed; the key of a key is the key (查询键).
pub fn search_key(text: String, field: SearchField) -> SearchKey {
    SearchKey::of(field, &text)
}

/// The changes from one version of a customer's record to the next, in the order in which they apply (变更历史).
///
/// Paths of changes and their values are personal; keep them as you keep the record. Each change names the customer.
///
/// # Errors
/// `party.change.record` at `/id` for records of two customers; at `/entry/reason`: `party.text.empty`,
/// `party.text.length`, `party.text.characters`.
pub fn customer_changes(
    before: CustomerRecord,
    after: CustomerRecord,
    entry: ChangeEntry,
) -> Result<Vec<FieldChange>, Refusal> {
    party::changes_between(&customer(&before), &before, &after, &entry)
}

/// The version of a customer's record after changes.
///
/// # Errors
/// At the change: `party.change.record` when it is another customer's, `party.change.stale` when what stands in the record isn't the change's old value,
/// `party.change.path` when the record has no such field, `party.change.value` for a value that is no canonical JSON;
/// `wire.*` in the record when a new value is none of its field.
pub fn apply_customer_changes(record: CustomerRecord, changes: Vec<FieldChange>) -> Result<CustomerRecord, Refusal> {
    party::apply_changes(&customer(&record), &record, &changes).map_err(|refusal| placed(refusal, change_fault))
}

/// What a command does to the attributes that a host defines, or why it can't be (自定义属性). `entry` says when it is
/// given, by whom and why.
///
/// The host stores the events and applies them with `apply_attributes`. A command that changes nothing gives no event.
///
/// # Errors
/// `party.attribute.limit`, `party.attribute.unknown`, `party.attribute.name_duplicate`,
/// `party.attribute.value_duplicate`, `party.attribute.value_unknown`, `party.attribute.in_use`,
/// `party.attribute.values_empty`, `party.list.length`, `party.text.empty`, `party.text.length`,
/// `party.text.characters`.
pub fn decide_attributes(
    command: AttributeCommand,
    book: AttributeBook,
    entry: ChangeEntry,
) -> Result<Vec<RecordEvent<AttributeEvent>>, Refusal> {
    attribute::decide(&book, &command, &entry)
}

/// The attributes after events, which happened: no rule is asked.
///
/// # Errors
/// `party.change.record` at `/events/0/record` for an event of another record; what release 0.1.0 stored names none.
pub fn apply_attributes(
    book: AttributeBook,
    events: Vec<RecordEvent<AttributeEvent>>,
) -> Result<AttributeBook, Refusal> {
    let mut book = book;
    for (index, event) in events.iter().enumerate() {
        attribute::apply(&mut book, event).map_err(|refusal| at_event(refusal, index))?;
    }
    Ok(book)
}

/// The values of attributes that a customer has (客户属性值); none of a customer whom the viewer does not see.
///
/// `managers` says who manages each customer; who isn't among them is shown to nobody.
pub fn attribute_values(
    book: AttributeBook,
    party: PartyId,
    managers: BTreeMap<PartyId, RowOwner>,
    viewer: Viewer,
) -> BTreeMap<AttributeCode, String> {
    viewer.attribute_values(&book, &party, &managers)
}

/// Where an event stands among the arguments.
pub(super) fn at_event(refusal: Refusal, index: usize) -> Refusal {
    refusal.at_index(index).at("events")
}

/// A change's own fault stands at the change, any other in the record.
pub(super) fn change_fault(code: Code) -> Option<&'static str> {
    let own = [Code::PartyChangeRecord, Code::PartyChangeStale, Code::PartyChangePath, Code::PartyChangeValue];
    own.contains(&code).then_some("changes")
}

fn customer(record: &CustomerRecord) -> RecordRef {
    RecordRef::Customer { customer: record.id.clone() }
}
