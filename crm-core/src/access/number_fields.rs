//! The fields of checked numbers: documents, telephones, accounts, vehicles (证件号码校验结果).
//!
//! A number of identity is sensitive, and so is what it tells: shown beside its mask, region, birth and sex would give
//! most of it away.

use alloc::vec::Vec;

use super::viewed::{Row, Viewed, classes};
use crate::{
    party::{
        AccountNumber, BankCard, DocumentNumber, EmailAddress, EngineNumber, MobileNumber, OrganisationCode, Passport,
        PermanentResidence, PhoneNumber, Plate, SocialCreditCode, TravelPermit, Vin,
    },
    privacy::{
        FieldClass, Mask,
        Sensitivity::{Internal, Personal, Sensitive},
    },
};

const NOTICES: &[Row] = &[
    ("/notices/*/code", Internal, None),
    ("/notices/*/path", Internal, None),
    ("/notices/*/text", Internal, None),
    ("/notices/*/text_zh", Internal, None),
];

/// `Type = "record", with notices or without, lines`.
macro_rules! viewed {
    ($($type:ident = $record:literal, $notices:expr, [$($row:expr),* $(,)?];)*) => { $(
        impl Viewed for $type {
            const RECORD: &'static str = $record;

            fn field_classes() -> Vec<FieldClass> {
                let mut all = classes("", &[$($row),*]);
                all.extend(classes("", $notices));
                all
            }
        }
    )* };
}

viewed! {
    DocumentNumber = "document_number", NOTICES, [
        ("/document", Internal, None),
        ("/number", Sensitive, Some(Mask::Document)),
        ("/identity", Sensitive, Some(Mask::Document)),
        ("/region", Sensitive, None),
        ("/birth", Personal, Some(Mask::BirthDate)),
        ("/sex", Personal, None),
    ];
    TravelPermit = "travel_permit", &[], [
        ("/number", Sensitive, Some(Mask::Document)),
        ("/identity", Sensitive, Some(Mask::Document)),
        ("/reissue", Personal, None),
        ("/home", Personal, None),
    ];
    PermanentResidence = "permanent_residence", &[], [
        ("/number", Sensitive, Some(Mask::Document)),
        ("/issuing_area", Sensitive, None),
        ("/nationality", Sensitive, None),
        ("/birth", Personal, Some(Mask::BirthDate)),
        ("/sex", Personal, None),
    ];
    Passport = "passport", NOTICES, [
        ("/number", Sensitive, Some(Mask::Document)),
        ("/passport_kind", Personal, None),
    ];
    SocialCreditCode = "social_credit_code", NOTICES, [
        ("/number", Personal, Some(Mask::Document)),
        ("/department", Internal, None),
        ("/category", Internal, None),
        ("/region", Internal, None),
        ("/organisation_code", Personal, Some(Mask::Document)),
    ];
    OrganisationCode = "organisation_code", NOTICES, [
        ("/number", Personal, Some(Mask::Document)),
        ("/private_use", Internal, None),
    ];
    MobileNumber = "mobile_number", &[], [("/number", Personal, Some(Mask::Mobile))];
    PhoneNumber = "phone_number", &[], [
        ("/number", Personal, Some(Mask::Landline)),
        ("/extension", Personal, Some(Mask::Whole)),
    ];
    EmailAddress = "email_address", NOTICES, [("/address", Personal, Some(Mask::Email))];
    BankCard = "bank_card", &[], [
        ("/number", Sensitive, Some(Mask::BankCard)),
        ("/network", Internal, None),
    ];
    AccountNumber = "account_number", NOTICES, [("/number", Sensitive, Some(Mask::BankCard))];
    Plate = "plate", NOTICES, [
        ("/number", Personal, Some(Mask::Plate)),
        ("/class", Internal, None),
        ("/province", Internal, None),
        ("/energy", Internal, None),
    ];
    Vin = "vin", NOTICES, [
        ("/number", Personal, Some(Mask::Vin)),
        ("/maker", Internal, None),
        ("/origin", Internal, None),
        ("/check_digit_fits", Internal, None),
    ];
    EngineNumber = "engine_number", &[], [("/number", Personal, Some(Mask::Whole))];
}
