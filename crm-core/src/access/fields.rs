//! The fields of the records that the core itself knows: how sensitive each is, and how it is masked.
//!
//! The tests prove each table against samples with a value in every field; a field that is added to a record and not to
//! its table is shown to nobody and fails them.

use alloc::vec::Vec;

use super::viewed::{Row, Viewed, classes};
use crate::{
    party::{CustomerRecord, FieldChange, InsuredObject, ResidentId},
    privacy::{
        FieldClass, FieldTable, Mask,
        Sensitivity::{Internal, Personal, Sensitive},
    },
    refusal::Refusal,
};

/// What a number of identity tells. Document numbers are sensitive: a leaked one lets somebody pass as the person
/// (GB/T 35273-2020 appendix B: 身份证 among sensitive personal information).
const RESIDENT_ID: &[Row] = &[
    ("/number", Sensitive, Some(Mask::Document)),
    ("/holder", Internal, None),
    // Region, birth and sex are parts of the number: shown beside its mask they would give most of it away.
    ("/region", Sensitive, None),
    ("/birth", Personal, Some(Mask::BirthDate)),
    ("/sex", Personal, None),
    ("/completed", Internal, None),
    ("/notices/*/code", Internal, None),
    ("/notices/*/path", Internal, None),
    ("/notices/*/text", Internal, None),
    ("/notices/*/text_zh", Internal, None),
];

/// Everything that is kept about a customer.
///
/// Sensitive are what GB/T 35273-2020 appendix B lists (identity documents, property and accounts, health) and free
/// text, which may hold any of it. The rest of what is known about the person is personal; what the company made itself is internal.
const CUSTOMER_RECORD: &[Row] = &[
    ("/id", Internal, None),
    ("/kind", Internal, None),
    ("/profile/person/details/name", Personal, Some(Mask::Name)),
    ("/profile/person/details/short_name", Personal, Some(Mask::Name)),
    ("/profile/person/details/birth", Personal, Some(Mask::BirthDate)),
    ("/profile/person/details/sex", Personal, None),
    ("/profile/person/details/marital_status", Personal, None),
    ("/profile/person/details/occupation", Personal, Some(Mask::Whole)),
    ("/profile/person/details/occupation_class", Personal, None),
    ("/profile/person/details/income_band", Sensitive, None),
    ("/profile/person/details/family", Personal, None),
    ("/profile/person/details/family/household_size", Personal, None),
    ("/profile/person/details/family/children", Personal, None),
    ("/profile/person/details/family/dependants", Personal, None),
    ("/profile/person/details/health", Sensitive, None),
    ("/profile/person/details/health/consented_on", Sensitive, None),
    ("/profile/person/details/health/facts/*/noted_on", Sensitive, None),
    ("/profile/person/details/health/facts/*/fact", Sensitive, Some(Mask::Whole)),
    ("/profile/person/details/social_attributes/*", Personal, Some(Mask::Whole)),
    ("/profile/organisation/details/full_name", Personal, Some(Mask::Name)),
    ("/profile/organisation/details/short_name", Personal, Some(Mask::Name)),
    ("/profile/organisation/details/industry", Internal, None),
    ("/profile/organisation/details/employees", Internal, None),
    ("/profile/organisation/details/founded_on", Internal, None),
    ("/profile/organisation/details/registered_capital/amount", Internal, None),
    ("/profile/organisation/details/registered_capital/currency", Internal, None),
    ("/profile/organisation/details/legal_representative", Personal, Some(Mask::Name)),
    ("/profile/organisation/details/contact_person", Personal, Some(Mask::Name)),
    ("/contacts/*/mobile/number", Personal, Some(Mask::Mobile)),
    ("/contacts/*/mobile/usual", Internal, None),
    ("/contacts/*/phone/number", Personal, Some(Mask::Landline)),
    ("/contacts/*/phone/usual", Internal, None),
    ("/contacts/*/email/address", Personal, Some(Mask::Email)),
    ("/contacts/*/address/address", Personal, Some(Mask::Address)),
    ("/contacts/*/address/postcode", Personal, Some(Mask::Whole)),
    ("/documents/*/document", Internal, None),
    ("/documents/*/number", Sensitive, Some(Mask::Document)),
    ("/documents/*/valid_from", Personal, None),
    ("/documents/*/valid_until", Personal, None),
    ("/accounts/*/card/number", Sensitive, Some(Mask::BankCard)),
    ("/accounts/*/card/bank", Personal, Some(Mask::Whole)),
    ("/accounts/*/account/number", Sensitive, Some(Mask::BankCard)),
    ("/accounts/*/account/bank", Personal, Some(Mask::Whole)),
    ("/vehicles/*/plate", Personal, Some(Mask::Plate)),
    ("/vehicles/*/vin", Personal, Some(Mask::Vin)),
    ("/vehicles/*/engine_number", Personal, Some(Mask::Whole)),
    ("/vehicles/*/make_and_model", Internal, None),
    ("/vehicles/*/first_registered", Internal, None),
    ("/vehicles/*/user/person/name", Personal, Some(Mask::Name)),
    ("/vehicles/*/user/person/phone", Personal, Some(Mask::Mobile)),
    ("/vehicles/*/user/person/document/document", Internal, None),
    ("/vehicles/*/user/person/document/number", Sensitive, Some(Mask::Document)),
    ("/vehicles/*/user/person/document/valid_from", Personal, None),
    ("/vehicles/*/user/person/document/valid_until", Personal, None),
    ("/vehicles/*/object", Internal, None),
    ("/source_channel", Internal, None),
    ("/agent", Internal, None),
    ("/through", Internal, None),
    ("/tags/*", Personal, Some(Mask::Whole)),
    ("/needs/*/noted_on", Internal, None),
    ("/needs/*/cover", Personal, Some(Mask::Whole)),
    ("/needs/*/amount", Personal, None),
    ("/needs/*/amount/amount", Personal, None),
    ("/needs/*/amount/currency", Personal, None),
    ("/needs/*/term_months", Personal, None),
    ("/needs/*/price", Personal, None),
    ("/needs/*/price/amount", Personal, None),
    ("/needs/*/price/currency", Personal, None),
    ("/needs/*/service", Sensitive, Some(Mask::Whole)),
    ("/interactions/*/on", Internal, None),
    ("/interactions/*/time", Internal, None),
    ("/interactions/*/channel", Internal, None),
    ("/interactions/*/content", Sensitive, Some(Mask::Whole)),
    ("/interactions/*/feedback", Sensitive, Some(Mask::Whole)),
    ("/interactions/*/questions/*", Sensitive, Some(Mask::Whole)),
];

/// The fields of a [`CustomerRecord`](crate::party::CustomerRecord).
///
/// # Errors
/// None: the table is proven by a test.
///
/// ```
/// use crm_core::{access::customer_fields, party::CustomerRecord, privacy::{Clearance, Sensitivity, Showing}, wire};
///
/// let record: CustomerRecord = wire::from_json(r#"{"id":"C-0042","kind":"direct",
///     "profile":{"person":{"details":{"name":"段正淳","social_attributes":[]}}},
///     "contacts":[{"mobile":{"number":"18049531999","usual":true}}],
///     "documents":[],"accounts":[],"vehicles":[],"tags":[],"needs":[],"interactions":[]}"#.as_bytes())?;
/// let mut clearance = Clearance::default();
/// clearance.classes.insert(Sensitivity::Internal, Showing::Full);
/// clearance.classes.insert(Sensitivity::Personal, Showing::Masked);
/// let seen = customer_fields()?.view(&record, &clearance)?;
/// assert!(seen.view.reveal().contains(r#""name":"段**""#));
/// assert!(seen.view.reveal().contains(r#""number":"180****1999""#));
/// # Ok::<(), crm_core::refusal::Refusal>(())
/// ```
pub fn customer_fields() -> Result<FieldTable, Refusal> {
    CustomerRecord::fields()
}

/// The fields of an [`InsuredObject`](crate::party::InsuredObject).
///
/// # Errors
/// None: the table is proven by a test.
///
/// ```
/// use crm_core::access::insured_object_fields;
///
/// assert!(insured_object_fields()?.fields().any(|line| line.field == "/covers/*/policy_number"));
/// # Ok::<(), crm_core::refusal::Refusal>(())
/// ```
pub fn insured_object_fields() -> Result<FieldTable, Refusal> {
    InsuredObject::fields()
}

/// The fields of a [`FieldChange`](crate::party::FieldChange).
///
/// # Errors
/// None: the table is proven by a test.
///
/// ```
/// use crm_core::access::field_change_fields;
///
/// assert_eq!(field_change_fields()?.fields().count(), 8);
/// # Ok::<(), crm_core::refusal::Refusal>(())
/// ```
pub fn field_change_fields() -> Result<FieldTable, Refusal> {
    FieldChange::fields()
}

/// The fields of a [`ResidentId`](crate::party::ResidentId).
///
/// # Errors
/// None: the table is proven by a test.
///
/// ```
/// use crm_core::{access::resident_id_fields, calendar::Date, party::check_resident_id, privacy::{Clearance, Sensitivity, Showing}};
///
/// let id = check_resident_id("11010519491231002X", Date::parse("2026-03-01")?)?;
/// let mut clearance = Clearance::default();
/// clearance.classes.insert(Sensitivity::Personal, Showing::Masked);
/// clearance.classes.insert(Sensitivity::Sensitive, Showing::Masked);
/// let seen = resident_id_fields()?.view(&id, &clearance)?;
/// assert!(seen.view.reveal().starts_with(r#"{"number":"1***************2X","holder":null,"region":null,"birth":"1949-**-**""#));
/// # Ok::<(), crm_core::refusal::Refusal>(())
/// ```
pub fn resident_id_fields() -> Result<FieldTable, Refusal> {
    ResidentId::fields()
}

impl Viewed for CustomerRecord {
    const RECORD: &'static str = "customer_record";

    fn field_classes() -> Vec<FieldClass> {
        classes("", CUSTOMER_RECORD)
    }
}

impl Viewed for ResidentId {
    const RECORD: &'static str = "resident_id";

    fn field_classes() -> Vec<FieldClass> {
        classes("", RESIDENT_ID)
    }
}
