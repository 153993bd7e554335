//! The check of a whole customer record.

use alloc::{string::String, vec::Vec};

use serde::{Deserialize, Serialize};

use super::{CustomerKind, CustomerRecord, Document, Profile, contact::check_documents};
use crate::{
    calendar::{AgeConvention, Date},
    party::{
        document::DocumentNumber,
        findings::{Findings, MAX_NAME, Place},
        resident_id::Sex,
        vin::VinCheck,
    },
    refusal::{Code, Fault, Notice, Refusal},
};

/// How records are captured: what a host decides once (录入选项).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CaptureOptions {
    /// What is put before a plate that is none as keyed (默认号牌前缀), such as `粤B`; always with a notice, and refused
    /// where the province alone would make a plate of it too.
    pub plate_prefix: Option<String>,
    /// What is put before a VIN that is too short as keyed (默认车架号前缀), such as `LSV`.
    pub vin_prefix: Option<String>,
    /// Where the check digit of a VIN must fit.
    pub vin_check: VinCheck,
    /// On which day a year of age is complete.
    pub age_convention: AgeConvention,
    /// The age in years from which on it deserves a look.
    pub oldest: i64,
}

impl Default for CaptureOptions {
    /// No prefixes, VIN check digits in China and the United States, the birthday counts, a look from 110 years on.
    fn default() -> Self {
        Self {
            plate_prefix: None,
            vin_prefix: None,
            vin_check: VinCheck::ByOrigin,
            age_convention: AgeConvention::BirthdayCounts,
            oldest: 110,
        }
    }
}

/// A customer whose record was checked: every number of it is right and as it should be kept. `Debug` shows none of it.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Customer {
    /// The record as it should be kept.
    record: CustomerRecord,
    /// What deserves a look and stops nothing.
    notices: Vec<Notice>,
    /// The birth date, from the record or a document's number. Personal.
    birth: Option<Date>,
    /// The sex, from the record or a document's number. Personal.
    sex: Option<Sex>,
}

hidden!(Customer);

impl Customer {
    /// Checks a record and says everything that is wrong with it at once; what deserves a look are notices.
    ///
    /// Numbers are put as they should be kept, spaces around texts left out. Checking the answer's record again changes
    /// nothing. `as_of` is the day of capture: nothing in the record happened after it.
    ///
    /// ```
    /// use crm_core::{calendar::Date, privacy::Personal};
    /// use crm_core::party::{CaptureOptions, Contact, Customer, CustomerRecord, PartyId};
    ///
    /// let today = Date::parse("2026-11-21")?;
    /// let mut record = CustomerRecord::person(PartyId::new("C-0042")?, Personal::from(" 张三 "));
    /// record.contacts.push(Contact::Mobile { number: "+86 138 0013 8000".into(), usual: true });
    /// let customer = Customer::check(&record, today, &CaptureOptions::default())?;
    /// assert_eq!(customer.record().profile.name().reveal(), "张三");
    ///
    /// record.contacts.push(Contact::Email { address: "zhang".into() });
    /// record.tags.push(String::new());
    /// let refusal = Customer::check(&record, today, &CaptureOptions::default()).unwrap_err();
    /// let found: Vec<String> = refusal.faults().iter().map(|fault| format!("{} {}", fault.code(), fault.path())).collect();
    /// assert_eq!(found, ["party.email.at /contacts/1/email/address", "party.text.empty /tags/0"]);
    /// # Ok::<(), crm_core::refusal::Refusal>(())
    /// ```
    ///
    /// # Errors
    /// Those of every number in it; `party.text.empty`, `party.text.length`, `party.text.characters`,
    /// `party.list.length`, `party.date.later`, `party.number.range`, `party.amount.negative`;
    /// `party.customer.agent_missing`, `party.customer.through_missing`, `party.customer.intermediary_self`,
    /// `party.customer.direct_intermediary`, `party.customer.group_person`, `party.document.holder`,
    /// `party.document.duplicate`, `party.document.validity`, `party.document.before_birth`,
    /// `party.plate.prefix_ambiguous`, `party.organisation.codes_differ`,
    /// `party.person.birth_differs`, `party.person.sex_differs`, `party.health.consent_missing`,
    /// `party.health.consent_later`, `party.vehicle.unidentified`, `party.vehicle.duplicate`,
    /// `party.vehicle.user_missing`, `party.vehicle.user_organisation`, `party.tag.duplicate`,
    /// `party.interaction.time`.
    pub fn check(record: &CustomerRecord, as_of: Date, options: &CaptureOptions) -> Result<Self, Refusal> {
        let mut record = record.clone();
        let mut findings = Findings::new(as_of);
        let root = Place::root();
        let organisation = record.profile.is_organisation();

        if record.kind == CustomerKind::Group && !organisation {
            findings.code(&root.field("kind"), Code::PartyCustomerGroupPerson);
        }
        record.profile.check(&root.field("profile"), &mut findings);
        let contacts = root.field("contacts");
        for (index, contact) in findings.entries(&contacts, &mut record.contacts).iter_mut().enumerate() {
            contact.check(&contacts.entry(index), &mut findings);
        }
        let documents = root.field("documents");
        let numbers = check_documents(&mut record.documents, organisation, &documents, &mut findings);
        let (birth, sex) = told_by_documents(&record.profile, &record.documents, &numbers, &root, &mut findings);
        check_age(birth, options, &root, &mut findings);
        let accounts = root.field("accounts");
        for (index, account) in findings.entries(&accounts, &mut record.accounts).iter_mut().enumerate() {
            account.check(&accounts.entry(index), &mut findings);
        }
        check_vehicles(&mut record, options, &root.field("vehicles"), &mut findings);
        if let Some(channel) = &mut record.source_channel {
            findings.words(&root.field("source_channel"), channel, MAX_NAME);
        }
        check_intermediaries(&record, &root, &mut findings);
        check_tags(&mut record.tags, &root.field("tags"), &mut findings);
        let needs = root.field("needs");
        for (index, need) in findings.entries(&needs, &mut record.needs).iter_mut().enumerate() {
            need.check(&needs.entry(index), &mut findings);
        }
        let interactions = root.field("interactions");
        for (index, interaction) in findings.entries(&interactions, &mut record.interactions).iter_mut().enumerate() {
            interaction.check(&interactions.entry(index), &mut findings);
        }
        Ok(Self { notices: findings.settle()?, record, birth, sex })
    }

    /// The record as it should be kept.
    #[must_use]
    pub const fn record(&self) -> &CustomerRecord {
        &self.record
    }

    /// The record as it should be kept.
    #[must_use]
    pub fn into_record(self) -> CustomerRecord {
        self.record
    }

    /// What deserves a look and stops nothing.
    #[must_use]
    pub fn notices(&self) -> &[Notice] {
        &self.notices
    }

    /// The birth date, from the record or a document's number.
    #[must_use]
    pub const fn birth(&self) -> Option<Date> {
        self.birth
    }

    /// The sex, from the record or a document's number.
    #[must_use]
    pub const fn sex(&self) -> Option<Sex> {
        self.sex
    }

    /// The age in completed years on a day; none for an organisation and while the birth date is not known.
    ///
    /// # Errors
    /// `calendar.age.before_birth`.
    pub fn age(&self, on: Date, convention: AgeConvention) -> Result<Option<i64>, Refusal> {
        self.birth.map(|birth| convention.completed_years(birth, on)).transpose()
    }
}

/// The birth date and sex; what a number tells and what was keyed must not contradict each other.
fn told_by_documents(
    profile: &Profile,
    documents: &[Document],
    numbers: &[(usize, DocumentNumber)],
    root: &Place,
    findings: &mut Findings,
) -> (Option<Date>, Option<Sex>) {
    let Profile::Person { details } = profile else { return (None, None) };
    let (mut birth, mut sex) = (details.birth, details.sex);
    for (index, number) in numbers {
        let place = root.field("documents").entry(*index).field("number");
        if number.birth.is_some() {
            if birth.is_some() && birth != number.birth {
                findings.code(&place, Code::PartyPersonBirthDiffers);
            }
            birth = birth.or(number.birth);
        }
        if number.sex.is_some() {
            if sex.is_some() && sex != number.sex {
                findings.code(&place, Code::PartyPersonSexDiffers);
            }
            sex = sex.or(number.sex);
        }
    }
    // Documents whose number tells a birth date were held against that one already.
    for (index, _) in numbers.iter().filter(|(_, number)| number.birth.is_none()) {
        let from = documents.get(*index).and_then(|document| document.valid_from);
        if let (Some(birth), Some(from)) = (birth, from)
            && from < birth
        {
            findings.code(&root.field("documents").entry(*index).field("valid_from"), Code::PartyDocumentBeforeBirth);
        }
    }
    (birth, sex)
}

/// A customer comes through nobody, an agent or another business, and never through himself.
fn check_intermediaries(record: &CustomerRecord, root: &Place, findings: &mut Findings) {
    for (field, party, missing) in [
        ("agent", &record.agent, (CustomerKind::Agent, Code::PartyCustomerAgentMissing)),
        ("through", &record.through, (CustomerKind::Indirect, Code::PartyCustomerThroughMissing)),
    ] {
        let place = root.field(field);
        match party {
            None if record.kind == missing.0 => findings.code(&place, missing.1),
            None => {}
            Some(party) if *party == record.id => findings.code(&place, Code::PartyCustomerIntermediarySelf),
            Some(_) if record.kind == CustomerKind::Direct => {
                findings.code(&place, Code::PartyCustomerDirectIntermediary);
            }
            Some(_) => {}
        }
    }
}

fn check_age(birth: Option<Date>, options: &CaptureOptions, root: &Place, findings: &mut Findings) {
    // A birth after the day of capture has its own fault.
    let age = birth.and_then(|birth| options.age_convention.completed_years(birth, findings.as_of()).ok());
    if age.is_some_and(|age| age >= options.oldest) {
        findings.notice(&root.field("profile"), Fault::new(Code::PartyPersonAge).with("limit", options.oldest));
    }
}

fn check_vehicles(record: &mut CustomerRecord, options: &CaptureOptions, place: &Place, findings: &mut Findings) {
    let organisation = record.profile.is_organisation();
    let vehicles = findings.entries(place, &mut record.vehicles);
    for index in 0..vehicles.len() {
        let (before, rest) = vehicles.split_at_mut(index);
        let Some(vehicle) = rest.first_mut() else { continue };
        let place = place.entry(index);
        vehicle.check(organisation, options, &place, findings);
        if vehicle.object.is_some() && before.iter().any(|other| other.object == vehicle.object) {
            findings.code(&place.field("object"), Code::PartyVehicleDuplicate);
        }
        if vehicle.vin.is_some() && before.iter().any(|other| other.vin == vehicle.vin) {
            findings.code(&place.field("vin"), Code::PartyVehicleDuplicate);
        }
        if vehicle.plate.is_some() && before.iter().any(|other| other.plate == vehicle.plate) {
            findings.code(&place.field("plate"), Code::PartyVehicleDuplicate);
        }
    }
}

fn check_tags(tags: &mut [String], place: &Place, findings: &mut Findings) {
    let tags = findings.entries(place, tags);
    for index in 0..tags.len() {
        let (before, rest) = tags.split_at_mut(index);
        let Some(tag) = rest.first_mut() else { continue };
        findings.words(&place.entry(index), tag, MAX_NAME);
        if before.contains(tag) {
            findings.code(&place.entry(index), Code::PartyTagDuplicate);
        }
    }
}
