//! How to reach a customer, what they prove themselves by, and where they bank.

use alloc::{
    string::{String, ToString as _},
    vec::Vec,
};

use serde::{Deserialize, Serialize};

use crate::{
    calendar::Date,
    party::{
        bank_card::{check_account_number, check_bank_card},
        document::{DocumentKind, DocumentNumber, check_document},
        email::check_email,
        findings::{Findings, MAX_NAME, MAX_WORDS, Place},
        organisation_code::check_social_credit_code,
        phone::{check_mobile, check_phone},
    },
    privacy::Personal,
    refusal::{Code, Fault},
};

/// A way to reach a customer (联系方式). `Debug` does not show it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Contact {
    /// A mobile number of mainland China (手机).
    Mobile {
        /// The number. Personal.
        number: Personal,
        /// Whether it is the usual one (常用电话), by which duplicates are found.
        usual: bool,
    },
    /// Any other telephone (电话), fax included.
    Phone {
        /// The number, an extension behind `-`. Personal.
        number: Personal,
        /// Whether it is the usual one (常用电话).
        usual: bool,
    },
    /// An e-mail address (电子邮箱).
    Email {
        /// The address. Personal.
        address: Personal,
    },
    /// A postal address (通讯地址).
    Address {
        /// The address, from the province to the door. Personal.
        address: Personal,
        /// The postcode (邮政编码). Personal.
        postcode: Option<Personal>,
    },
}

/// A document that was shown (证件). `Debug` does not show it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// Its kind.
    pub document: DocumentKind,
    /// Its number. Personal.
    pub number: Personal,
    /// The first day of its validity (有效期起始日). Personal.
    pub valid_from: Option<Date>,
    /// The last day of its validity, as printed (有效期截止日); none when it is valid for good (长期) or not known. Personal.
    pub valid_until: Option<Date>,
}

/// Where a customer banks (银行账户). `Debug` does not show it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum BankAccount {
    /// A bank card (银行卡).
    Card {
        /// The number on the card. Personal.
        number: Personal,
        /// The bank (开户行). Personal.
        bank: Option<String>,
    },
    /// An account (银行账号).
    Account {
        /// The number of the account. Personal.
        number: Personal,
        /// The bank (开户行). Personal.
        bank: Option<String>,
    },
}

hidden!(Contact, Document, BankAccount);

impl Document {
    /// A document of which kind and number are known.
    #[must_use]
    pub const fn new(document: DocumentKind, number: Personal) -> Self {
        Self { document, number, valid_from: None, valid_until: None }
    }

    pub(super) fn check(&mut self, place: &Place, findings: &mut Findings) -> Option<DocumentNumber> {
        findings.past(&place.field("valid_from"), self.valid_from);
        match (self.valid_from, self.valid_until) {
            (Some(from), Some(until)) if from > until => {
                findings.code(&place.field("valid_until"), Code::PartyDocumentValidity);
            }
            (_, Some(until)) if until < findings.as_of() => {
                let as_of = findings.as_of().to_string();
                let expired = Fault::new(Code::PartyDocumentExpired).with("as_of", as_of);
                findings.notice(&place.field("valid_until"), expired);
            }
            _ => {}
        }
        let number = place.field("number");
        let checked = check_document(self.document, self.number.reveal(), findings.as_of());
        let checked = findings.take(&number, checked)?;
        findings.look(&number, checked.notices.clone());
        if let (Some(birth), Some(from)) = (checked.birth, self.valid_from)
            && from < birth
        {
            findings.code(&place.field("valid_from"), Code::PartyDocumentBeforeBirth);
        }
        self.number = checked.number.clone();
        Some(checked)
    }
}

impl Contact {
    pub(super) fn check(&mut self, place: &Place, findings: &mut Findings) {
        match self {
            Self::Mobile { number, .. } => {
                let outcome = check_mobile(number.reveal());
                if let Some(checked) = findings.take(&place.field("mobile").field("number"), outcome) {
                    *number = checked.number;
                }
            }
            Self::Phone { number, .. } => {
                let outcome = check_phone(number.reveal());
                if let Some(checked) = findings.take(&place.field("phone").field("number"), outcome) {
                    *number = checked.whole();
                }
            }
            Self::Email { address } => {
                let place = place.field("email").field("address");
                if let Some(checked) = findings.take(&place, check_email(address.reveal())) {
                    *address = checked.address;
                    findings.look(&place, checked.notices);
                }
            }
            Self::Address { address, postcode } => {
                let place = place.field("address");
                findings.personal(&place.field("address"), address, MAX_WORDS);
                if let Some(postcode) = postcode {
                    findings.personal(&place.field("postcode"), postcode, MAX_NAME);
                }
            }
        }
    }
}

impl BankAccount {
    pub(super) fn check(&mut self, place: &Place, findings: &mut Findings) {
        let (place, bank) = match self {
            Self::Card { number, bank } => {
                let place = place.field("card");
                if let Some(checked) = findings.take(&place.field("number"), check_bank_card(number.reveal())) {
                    *number = checked.number;
                }
                (place, bank)
            }
            Self::Account { number, bank } => {
                let place = place.field("account");
                let at = place.field("number");
                if let Some(checked) = findings.take(&at, check_account_number(number.reveal())) {
                    *number = checked.number;
                    findings.look(&at, checked.notices);
                }
                (place, bank)
            }
        };
        if let Some(bank) = bank {
            findings.words(&place.field("bank"), bank, MAX_NAME);
        }
    }
}

/// What stands in the numbers of all documents together contradicts nothing: twice the same document, a document of a
/// person shown by an organisation, two codes of different organisations.
pub(super) fn check_documents(
    documents: &mut [Document],
    organisation: bool,
    place: &Place,
    findings: &mut Findings,
) -> Vec<(usize, DocumentNumber)> {
    let mut numbers: Vec<(usize, DocumentNumber)> = Vec::new();
    for (index, document) in findings.entries(place, documents).iter_mut().enumerate() {
        let place = place.entry(index);
        let kind = document.document;
        let foreign = if organisation { kind.is_of_person() } else { kind.is_of_organisation() };
        if foreign {
            findings.code(&place.field("document"), Code::PartyDocumentHolder);
        }
        let Some(number) = document.check(&place, findings) else { continue };
        if numbers.iter().any(|(_, other)| other.document == kind && other.number == number.number) {
            findings.code(&place.field("number"), Code::PartyDocumentDuplicate);
        }
        numbers.push((index, number));
    }
    check_codes_agree(&numbers, place, findings);
    numbers
}

fn check_codes_agree(numbers: &[(usize, DocumentNumber)], place: &Place, findings: &mut Findings) {
    let of = |kind| numbers.iter().find(|(_, number)| number.document == kind);
    let (Some((_, credit)), Some((index, older))) =
        (of(DocumentKind::SocialCreditCode), of(DocumentKind::OrganisationCode))
    else {
        return;
    };
    let inside = check_social_credit_code(credit.number.reveal()).map(|code| code.organisation_code);
    if inside.is_ok_and(|inside| inside != older.number) {
        findings.code(&place.entry(*index).field("number"), Code::PartyOrganisationCodesDiffer);
    }
}
