//! Search keys: texts under which a host's store finds a customer however the words were typed (查询键).
//!
//! The host stores the key beside the record and looks it up by the key of what the user typed. Full-width characters
//! become half-width, letters capitals; white space and separators go. A document's key is that of the person: fifteen
//! digits become eighteen, a travel permit's re-issue goes. With a [`MatchingKey`] the key becomes a digest that tells
//! nothing (A9).

use alloc::{
    string::{String, ToString as _},
    vec::Vec,
};

use serde::{Deserialize, Serialize};

use super::{
    customer::{Contact, Customer},
    document::{DocumentKind, check_document},
    object::{InsuredObject, ObjectDescription},
    phone::{check_phone, is_mobile},
    resident_id::check_resident_id,
};
use crate::{
    calendar::Date,
    privacy::{MatchingDigest, MatchingKey, Personal},
};

/// What is looked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SearchField {
    /// A name, full or short (名称).
    Name,
    /// A document's number (证件号码).
    Document,
    /// A policy's number (保单号).
    PolicyNumber,
    /// A plate (号牌).
    Plate,
    /// A vehicle identification number (车架号).
    Vin,
    /// A telephone (电话).
    Phone,
}

/// A key to store and to look up. `Debug` does not show the text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SearchKey {
    /// What it is a key of.
    pub field: SearchField,
    /// The key. Personal.
    pub key: Personal,
}

impl SearchField {
    /// The name of the field in digests.
    const fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Document => "document",
            Self::PolicyNumber => "policy_number",
            Self::Plate => "plate",
            Self::Vin => "vin",
            Self::Phone => "phone",
        }
    }
}

impl SearchKey {
    /// The key of what was typed or kept; the key of a key is the key.
    ///
    /// ```
    /// use crm_core::party::{SearchField, SearchKey};
    ///
    /// let typed = SearchKey::of(SearchField::Plate, " 京ａ·１２３４５ ");
    /// assert_eq!(typed, SearchKey::of(SearchField::Plate, "京A12345"));
    /// assert_eq!(SearchKey::of(SearchField::Phone, "+86 138-0013-8000").key.reveal(), "13800138000");
    /// ```
    #[must_use]
    pub fn of(field: SearchField, text: &str) -> Self {
        let plain = plain(text);
        let key = match field {
            SearchField::Name | SearchField::PolicyNumber | SearchField::Plate | SearchField::Vin => plain,
            SearchField::Document => document_key(plain),
            SearchField::Phone => phone_key(text, plain),
        };
        Self { field, key: Personal::from(key) }
    }

    /// The digest of the key, for stores that shall not hold the data.
    #[must_use]
    pub fn digest(&self, key: &MatchingKey) -> MatchingDigest {
        key.digest(self.field.name(), self.key.reveal())
    }
}

impl Customer {
    /// Every key under which this customer is found, in order and each once: names, documents, plates, VINs, telephones.
    /// Policy numbers belong to policies: their keys are made by [`SearchKey::of`]. A vehicle that is linked to its
    /// insured object is found by [`InsuredObject::search_keys`], which leads to whoever owns it.
    #[must_use]
    pub fn search_keys(&self) -> Vec<SearchKey> {
        let record = self.record();
        let mut keys = Vec::new();
        let mut add = |field, text: &Personal| keys.push(SearchKey::of(field, text.reveal()));
        add(SearchField::Name, record.profile.name());
        if let Some(name) = record.profile.short_name() {
            add(SearchField::Name, name);
        }
        for contact in &record.contacts {
            if let Contact::Mobile { number, .. } | Contact::Phone { number, .. } = contact {
                add(SearchField::Phone, number);
            }
        }
        for document in &record.documents {
            add(SearchField::Document, &document.number);
            // A Taiwan permit's ten digits may be another document's: only the kind tells that two are a re-issue.
            if document.document == DocumentKind::TaiwanTravelPermit
                && let Ok(number) = check_document(document.document, document.number.reveal(), Date::MAX)
            {
                add(SearchField::Document, &number.identity);
            }
        }
        for vehicle in record.vehicles.iter().filter(|vehicle| vehicle.object.is_none()) {
            if let Some(plate) = &vehicle.plate {
                add(SearchField::Plate, plate);
            }
            if let Some(vin) = &vehicle.vin {
                add(SearchField::Vin, vin);
            }
        }
        keys.sort();
        keys.dedup();
        keys
    }
}

impl InsuredObject {
    /// Every key under which this object is found, in order and each once: the plate and VIN of a vehicle, the numbers of
    /// the policies that cover or covered it. Who is found by it is whoever owns it on the day:
    /// [`InsuredObject::owner_on`].
    ///
    /// ```
    /// use crm_core::{party::{InsuredObject, SearchField, SearchKey}, wire};
    ///
    /// let car: InsuredObject = wire::from_json(r#"{"id":"O-1","ownerships":[],"repairs":[],"covers":[],
    ///     "description":{"vehicle":{"details":{"plate":"京A12345","vin":"LSVAA49J132047371"}}}}"#.as_bytes())?;
    /// assert!(car.search_keys().contains(&SearchKey::of(SearchField::Plate, "京a·12345")));
    /// # Ok::<(), crm_core::refusal::Refusal>(())
    /// ```
    #[must_use]
    pub fn search_keys(&self) -> Vec<SearchKey> {
        let mut keys = Vec::new();
        let mut add = |field, text: &Personal| keys.push(SearchKey::of(field, text.reveal()));
        if let ObjectDescription::Vehicle { details } = &self.description {
            if let Some(plate) = &details.plate {
                add(SearchField::Plate, plate);
            }
            if let Some(vin) = &details.vin {
                add(SearchField::Vin, vin);
            }
        }
        for cover in &self.covers {
            add(SearchField::PolicyNumber, &cover.policy_number);
        }
        keys.sort();
        keys.dedup();
        keys
    }
}

/// Half-width capitals without white space, separators and invisible characters.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars().map(half_width) {
        // An upper case may be a lower case of another letter's; twice is enough for every letter there is.
        for upper in letter.to_uppercase().flat_map(char::to_uppercase).map(half_width) {
            if upper.is_alphanumeric() {
                out.push(upper);
            }
        }
    }
    out
}

/// U+FF01 to U+FF5E are ASCII in full width.
fn half_width(letter: char) -> char {
    match u32::from(letter) {
        code @ 0xFF01..=0xFF5E => char::from_u32(code - 0xFEE0).unwrap_or(letter),
        _ => letter,
    }
}

fn document_key(plain: String) -> String {
    if plain.len() == 15
        && plain.bytes().all(|byte| byte.is_ascii_digit())
        && let Ok(id) = check_resident_id(&plain, Date::MAX)
    {
        return id.number.reveal().to_string();
    }
    match plain.split_at_checked(9) {
        Some((identity, reissue))
            if identity.starts_with(['H', 'M'])
                && reissue.len() == 2
                && plain.bytes().skip(1).all(|byte| byte.is_ascii_digit()) =>
        {
            identity.to_string()
        }
        _ => plain,
    }
}

/// The digits without prefix and extension; what is no telephone keeps its plain form.
fn phone_key(text: &str, plain: String) -> String {
    let half: String = text.chars().map(half_width).collect();
    match check_phone(&half).or_else(|_| check_phone(&plain)) {
        Ok(phone) => {
            let number = phone.number.reveal().trim_start_matches('+');
            // As typed without +: 8613800138000.
            number.strip_prefix("86").filter(|mobile| is_mobile(mobile)).unwrap_or(number).to_string()
        }
        Err(_) => plain,
    }
}
