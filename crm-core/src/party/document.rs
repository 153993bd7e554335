//! Documents by which people and organisations prove who they are (证件).

use alloc::{string::String, vec::Vec};

use serde::{Deserialize, Serialize};

use super::{
    organisation_code::{check_organisation_code, check_social_credit_code},
    passport::{check_chinese_passport, check_foreign_passport},
    permit::{
        check_hk_macao_travel_permit, check_hmt_residence_permit, check_own_resident_id, check_permanent_residence,
        check_taiwan_travel_permit,
    },
    resident_id::{ResidentId, Sex},
    spelling::in_capitals,
};
use crate::{
    calendar::Date,
    privacy::Personal,
    refusal::{Code, Fault, Notice, Refusal},
};

const OTHER_LONGEST: usize = 64;

/// The kind of a document (证件类型).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DocumentKind {
    /// Resident identity card (居民身份证), 18 or 15 characters.
    ResidentId,
    /// Residence permit for residents of Hong Kong, Macao, Taiwan (港澳台居民居住证).
    HmtResidencePermit,
    /// Permanent residence card of a foreigner (外国人永久居留身份证).
    PermanentResidence,
    /// Mainland travel permit for Hong Kong and Macao residents (港澳居民来往内地通行证).
    HkMacaoTravelPermit,
    /// Mainland travel permit for Taiwan residents (台湾居民来往大陆通行证).
    TaiwanTravelPermit,
    /// Chinese passport (中国护照).
    ChinesePassport,
    /// Foreign passport (外国护照).
    ForeignPassport,
    /// Unified social credit code (统一社会信用代码).
    SocialCreditCode,
    /// Organisation code (组织机构代码).
    OrganisationCode,
    /// Another document, its number unchecked (其他证件): birth certificate, officer's card.
    Other,
}

impl DocumentKind {
    /// Whether it proves who an organisation is; none of these belongs to a person. `Other` belongs to either.
    #[must_use]
    pub const fn is_of_organisation(self) -> bool {
        matches!(self, Self::SocialCreditCode | Self::OrganisationCode)
    }

    /// Whether it proves who a person is; none of these belongs to an organisation.
    #[must_use]
    pub const fn is_of_person(self) -> bool {
        !self.is_of_organisation() && !matches!(self, Self::Other)
    }
}

/// What a document number of any kind tells. `Debug` shows none of it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DocumentNumber {
    /// The kind that was declared.
    pub document: DocumentKind,
    /// The number as it should be kept: capitals, 15 digits completed to 18. Personal.
    pub number: Personal,
    /// What stays when the document is issued again: compare people by it. Personal.
    pub identity: Personal,
    /// Six digits of a region, where the number tells them. Personal.
    pub region: Option<String>,
    /// The birth date, where the number tells it. Personal.
    pub birth: Option<Date>,
    /// The sex, where the number tells it. Personal.
    pub sex: Option<Sex>,
    /// What deserves a look.
    pub notices: Vec<Notice>,
}

hidden!(DocumentNumber);

impl DocumentNumber {
    fn new(document: DocumentKind, number: Personal) -> Self {
        let identity = number.clone();
        Self { document, number, identity, region: None, birth: None, sex: None, notices: Vec::new() }
    }

    fn of_resident(document: DocumentKind, id: ResidentId) -> Self {
        Self {
            region: Some(id.region),
            birth: Some(id.birth),
            sex: Some(id.sex),
            notices: id.notices,
            ..Self::new(document, id.number)
        }
    }
}

/// Checks the number of a document of a declared kind and says what it tells.
///
/// `as_of` is the day on which the number is looked at: nobody is born after it.
///
/// ```
/// use crm_core::{calendar::Date, party::{DocumentKind, check_document}};
///
/// let today = Date::parse("2026-11-21")?;
/// let permit = check_document(DocumentKind::HkMacaoTravelPermit, "H1234567801", today)?;
/// assert_eq!(permit.identity.reveal(), "H12345678");
///
/// let refusal = check_document(DocumentKind::ResidentId, "810000199408230021", today).unwrap_err();
/// assert_eq!(refusal.code().as_str(), "party.document.other_kind");
/// # Ok::<(), crm_core::refusal::Refusal>(())
/// ```
///
/// # Errors
/// `party.document.length`, `party.document.characters`, `party.document.check_digit`, `party.document.birth_date`,
/// `party.document.birth_later`, `party.document.other_kind`.
pub fn check_document(document: DocumentKind, number: &str, as_of: Date) -> Result<DocumentNumber, Refusal> {
    Ok(match document {
        DocumentKind::ResidentId => DocumentNumber::of_resident(document, check_own_resident_id(number, as_of)?),
        DocumentKind::HmtResidencePermit => {
            DocumentNumber::of_resident(document, check_hmt_residence_permit(number, as_of)?)
        }
        DocumentKind::PermanentResidence => {
            let card = check_permanent_residence(number, as_of)?;
            DocumentNumber { birth: card.birth, sex: card.sex, ..DocumentNumber::new(document, card.number) }
        }
        DocumentKind::HkMacaoTravelPermit => {
            let permit = check_hk_macao_travel_permit(number)?;
            DocumentNumber { identity: permit.identity, ..DocumentNumber::new(document, permit.number) }
        }
        DocumentKind::TaiwanTravelPermit => {
            let permit = check_taiwan_travel_permit(number)?;
            DocumentNumber { identity: permit.identity, ..DocumentNumber::new(document, permit.number) }
        }
        DocumentKind::ChinesePassport => {
            let passport = check_chinese_passport(number)?;
            DocumentNumber { notices: passport.notices, ..DocumentNumber::new(document, passport.number) }
        }
        DocumentKind::ForeignPassport => DocumentNumber::new(document, check_foreign_passport(number)?.number),
        DocumentKind::SocialCreditCode => {
            let code = check_social_credit_code(number)?;
            DocumentNumber {
                region: Some(code.region),
                notices: code.notices,
                ..DocumentNumber::new(document, code.number)
            }
        }
        DocumentKind::OrganisationCode => {
            let code = check_organisation_code(number)?;
            DocumentNumber { notices: code.notices, ..DocumentNumber::new(document, code.number) }
        }
        DocumentKind::Other => DocumentNumber::new(document, other_number(number)?),
    })
}

fn other_number(number: &str) -> Result<Personal, Refusal> {
    let number = in_capitals(number);
    let length = number.chars().count();
    if !(1..=OTHER_LONGEST).contains(&length) {
        let expected = alloc::format!("1 - {OTHER_LONGEST}");
        return Err(Fault::new(Code::PartyDocumentLength).with("expected", expected).into());
    }
    if number.chars().any(char::is_control) {
        return Err(Refusal::new(Code::PartyDocumentCharacters));
    }
    Ok(Personal::from(number))
}
