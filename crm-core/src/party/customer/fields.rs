//! How sensitive each field of a customer record is (字段敏感级别).
//!
//! Classes follow the Personal Information Protection Law (个人信息保护法 art. 28): document and account numbers, and
//! health, are sensitive; the record of a child under 14 is sensitive as a whole ([`FieldTable::for_child`]).

use crate::{
    privacy::{FieldClass, FieldTable, Mask, Sensitivity},
    refusal::Refusal,
};

use Sensitivity::{Internal, Personal, Sensitive};

const LINES: [(&str, Sensitivity, Option<Mask>); 78] = [
    ("/id", Internal, None),
    ("/kind", Internal, None),
    ("/profile/person/details/name", Personal, Some(Mask::Name)),
    ("/profile/person/details/short_name", Personal, Some(Mask::Name)),
    ("/profile/person/details/birth", Personal, Some(Mask::BirthDate)),
    ("/profile/person/details/sex", Personal, None),
    ("/profile/person/details/marital_status", Personal, None),
    ("/profile/person/details/occupation", Personal, Some(Mask::Whole)),
    ("/profile/person/details/occupation_class", Personal, None),
    ("/profile/person/details/income_band", Personal, None),
    ("/profile/person/details/family", Personal, None),
    ("/profile/person/details/family/household_size", Personal, None),
    ("/profile/person/details/family/children", Personal, None),
    ("/profile/person/details/family/dependants", Personal, None),
    ("/profile/person/details/health", Sensitive, None),
    ("/profile/person/details/health/consented_on", Sensitive, None),
    ("/profile/person/details/health/facts", Sensitive, None),
    ("/profile/person/details/health/facts/*/noted_on", Sensitive, None),
    ("/profile/person/details/health/facts/*/fact", Sensitive, Some(Mask::Whole)),
    ("/profile/person/details/social_attributes", Personal, None),
    ("/profile/person/details/social_attributes/*", Personal, None),
    ("/profile/organisation/details/full_name", Personal, Some(Mask::Name)),
    ("/profile/organisation/details/short_name", Personal, Some(Mask::Name)),
    ("/profile/organisation/details/industry", Internal, None),
    ("/profile/organisation/details/employees", Internal, None),
    ("/profile/organisation/details/founded_on", Internal, None),
    ("/profile/organisation/details/registered_capital", Internal, None),
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
    ("/accounts/*/card/bank", Personal, None),
    ("/accounts/*/account/number", Sensitive, Some(Mask::BankCard)),
    ("/accounts/*/account/bank", Personal, None),
    ("/vehicles/*/plate", Personal, Some(Mask::Plate)),
    ("/vehicles/*/vin", Personal, Some(Mask::Vin)),
    ("/vehicles/*/engine_number", Personal, Some(Mask::Document)),
    ("/vehicles/*/make_and_model", Internal, None),
    ("/vehicles/*/first_registered", Internal, None),
    ("/vehicles/*/user", Personal, None),
    ("/vehicles/*/user/person/name", Personal, Some(Mask::Name)),
    ("/vehicles/*/user/person/phone", Personal, Some(Mask::Mobile)),
    ("/vehicles/*/user/person/document/document", Internal, None),
    ("/vehicles/*/user/person/document/number", Sensitive, Some(Mask::Document)),
    ("/vehicles/*/user/person/document/valid_from", Personal, None),
    ("/vehicles/*/user/person/document/valid_until", Personal, None),
    ("/source_channel", Internal, None),
    ("/agent", Internal, None),
    ("/tags", Personal, None),
    ("/tags/*", Personal, Some(Mask::Whole)),
    ("/needs/*/noted_on", Internal, None),
    ("/needs/*/cover", Personal, None),
    ("/needs/*/amount/amount", Personal, None),
    ("/needs/*/amount/currency", Personal, None),
    ("/needs/*/term_months", Personal, None),
    ("/needs/*/price/amount", Personal, None),
    ("/needs/*/price/currency", Personal, None),
    ("/needs/*/service", Personal, Some(Mask::Whole)),
    ("/interactions/*/on", Internal, None),
    ("/interactions/*/time", Internal, None),
    ("/interactions/*/channel", Internal, None),
    ("/interactions/*/content", Personal, Some(Mask::Whole)),
    ("/interactions/*/feedback", Personal, Some(Mask::Whole)),
    ("/interactions/*/questions", Personal, None),
    ("/interactions/*/questions/*", Personal, Some(Mask::Whole)),
    ("/vehicles/*/user/person/document", Personal, None),
];

/// The class and the mask of every field of a [`super::CustomerRecord`], for masked views by role.
///
/// ```
/// use crm_core::privacy::{Clearance, Personal, Sensitivity, Showing};
/// use crm_core::party::{Contact, CustomerRecord, PartyId, customer_fields};
///
/// let mut record = CustomerRecord::person(PartyId::new("C-0042")?, Personal::from("段正淳"));
/// record.contacts.push(Contact::Mobile { number: "18049531999".into(), usual: true });
/// let mut clearance = Clearance::default();
/// clearance.classes.insert(Sensitivity::Personal, Showing::Masked);
/// let seen = customer_fields()?.view(&record, &clearance)?;
/// assert!(seen.view.reveal().contains("段**") && seen.view.reveal().contains("180****1999"));
/// # Ok::<(), crm_core::refusal::Refusal>(())
/// ```
///
/// # Errors
/// None in a released version: the table is checked with this crate's tests.
pub fn customer_fields() -> Result<FieldTable, Refusal> {
    FieldTable::load("customer", &LINES.map(|(field, class, mask)| FieldClass::new(field, class, mask)))
}
