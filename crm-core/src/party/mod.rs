//! Who people and organisations are, and how they prove it (当事人).
//!
//! # Numbers
//! A check takes what was keyed, puts its spelling right (capitals, spaces, hyphens, prefixes), and answers with the
//! number as it should be kept and what it tells, or refuses with every fault at once. What is unusual and can be right
//! is a notice beside the answer, never a refusal.
//!
//! | number | check |
//! |---|---|
//! | resident identity number (居民身份证) | [`check_resident_id`] |
//! | permits of residents of Hong Kong, Macao, Taiwan and of foreigners | [`check_hmt_residence_permit`], [`check_hk_macao_travel_permit`], [`check_taiwan_travel_permit`], [`check_permanent_residence`] |
//! | passports (护照) | [`check_chinese_passport`], [`check_foreign_passport`] |
//! | organisations (统一社会信用代码, 组织机构代码) | [`check_social_credit_code`], [`check_organisation_code`] |
//! | any of these by its declared kind | [`check_document`] |
//! | telephones, e-mail (手机, 电话, 电子邮箱) | [`check_mobile`], [`check_phone`], [`check_email`] |
//! | bank cards and accounts (银行卡, 账号) | [`check_bank_card`], [`check_account_number`] |
//! | vehicles (号牌, 车架号, 发动机号) | [`check_plate`], [`check_vin`], [`check_engine_number`] |
//!
//! # Records
//! - [`Customer::check`] takes a [`CustomerRecord`] as it was keyed, with everything that is wrong with it at once.
//! - [`Customer::facts`] tells what conditions may test.
//! - [`Customer::facts_of`] adds facts about single needs and social attributes; [`ProductFactors`] maps facts to products.
//! - [`object`]: insured objects, who owned them when, what was repaired and what covered them.
//! - [`attribute`]: attributes that the host defines, with closed lists of values.
//! - [`relation`]: relations, households, corporate groups.
//! - [`SearchKey`]: keys by which the host's store finds a customer.
//! - [`changes_between`]: the dated, attributed changes from one version of a record to the next; [`RecordEvent`]: the
//!   same for what happened to objects, attributes and relations.
//!
//! Every record hides itself in `Debug`: none of it gets into a log by accident (law 10).

/// `Debug` that tells the type and nothing of what stands in it.
macro_rules! hidden {
    ($($type:ident),* $(,)?) => { $(
        impl core::fmt::Debug for $type {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.write_str(concat!(stringify!($type), "(…)"))
            }
        }
    )* };
}

pub mod attribute;
mod bank_card;
mod change;
mod customer;
mod document;
mod email;
mod findings;
mod group_total;
mod history;
mod identifier;
pub mod object;
mod organisation_code;
mod passport;
mod permit;
mod phone;
mod plate;
mod product_factors;
pub mod relation;
mod resident_id;
mod search_key;
mod spelling;
mod tree;
mod vin;

pub use attribute::{Attribute, AttributeBook, AttributeCommand, AttributeEvent};
pub use bank_card::{AccountNumber, BankCard, CardNetwork, check_account_number, check_bank_card};
pub use change::{ChangeEntry, FieldChange, apply_changes, changes_between};
pub use customer::{
    BankAccount, CaptureOptions, Contact, Customer, CustomerFactCode, CustomerFactCodes, CustomerKind, CustomerRecord,
    CustomerVehicle, Document, FamilyFacts, HealthFact, HealthFacts, Interaction, MaritalStatus, Need,
    OrganisationDetails, PersonDetails, Profile, VehicleUser, customer_facts,
};
pub use document::{DocumentKind, DocumentNumber, check_document};
pub use email::{EmailAddress, check_email};
pub use group_total::{GroupCount, GroupTotal, count_of, total_of};
pub use history::{RecordEvent, RecordRef};
pub use identifier::{AttributeCode, HouseholdId, MAX_ID_BYTES, ObjectEntryId, ObjectId, PartyId, StaffId};
pub use object::{
    CoverRecord, InsuredObject, ObjectCommand, ObjectDescription, ObjectEvent, OwnerKind, Ownership, RepairRecord,
    objects_of,
};
pub use organisation_code::{OrganisationCode, SocialCreditCode, check_organisation_code, check_social_credit_code};
pub use passport::{Passport, PassportKind, check_chinese_passport, check_foreign_passport};
pub use permit::{
    PermanentResidence, PermitHome, TravelPermit, check_hk_macao_travel_permit, check_hmt_residence_permit,
    check_permanent_residence, check_taiwan_travel_permit,
};
pub use phone::{MobileNumber, PhoneNumber, check_mobile, check_phone};
pub use plate::{Plate, PlateClass, PlateEnergy, check_plate};
pub use product_factors::{
    FactorOutcome, ProductFactor, ProductFactorCase, ProductFactorVersion, ProductFactors, ProductFactorsSpec,
    ProductRanking, ProductReason, ProductWeight, RankedProduct,
};
pub use relation::{HouseholdMember, Relation, RelationBook, RelationCommand, RelationEvent, RelationKind};
pub use resident_id::{Holder, ResidentId, Sex, check_resident_id};
pub use search_key::{SearchField, SearchKey};
pub use vin::{EngineNumber, Vin, VinCheck, VinOrigin, check_engine_number, check_vin};

crate::wire::stored_first_version! {
    AttributeBook = "attribute_book",
    RelationBook = "relation_book",
    ProductFactorsSpec = "product_factors",
}
