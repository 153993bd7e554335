//! How people and organisations prove who they are: documents, telephones, accounts, vehicles (证件号码).

use crm_core::calendar::Date;
use crm_core::party::{
    self, AccountNumber, BankCard, DocumentKind, DocumentNumber, EmailAddress, EngineNumber, MobileNumber,
    OrganisationCode, Passport, PermanentResidence, PhoneNumber, Plate, ResidentId, SocialCreditCode, TravelPermit,
    Vin, VinCheck,
};
use crm_core::refusal::Refusal;

/// Checks a resident identity number of mainland China and says what it tells (居民身份证号码, GB 11643).
///
/// `as_of` is the day on which the number is looked at: nobody is born after it. Fifteen digits are completed to eighteen
/// characters.
///
/// # Errors
/// `party.document.length`, `party.document.characters`, `party.document.birth_date`, `party.document.birth_later`,
/// `party.document.check_digit`; all that apply at once, and none repeats a digit of the number.
pub fn check_resident_id(number: String, as_of: Date) -> Result<ResidentId, Refusal> {
    party::check_resident_id(&number, as_of)
}

/// Checks the number of a document of a declared kind and says what it tells (证件号码校验).
///
/// `as_of` is the day on which the number is looked at: nobody is born after it. `identity` in the answer stays when
/// the document is issued again: compare people by it.
///
/// # Errors
/// `party.document.length`, `party.document.characters`, `party.document.check_digit`, `party.document.birth_date`,
/// `party.document.birth_later`, `party.document.other_kind`.
pub fn check_document(number: String, document: DocumentKind, as_of: Date) -> Result<DocumentNumber, Refusal> {
    party::check_document(document, &number, as_of)
}

/// Checks the number of a residence permit for residents of Hong Kong, Macao, Taiwan (港澳台居民居住证).
///
/// # Errors
/// Those of `check_resident_id`; `party.document.other_kind` when the region is none of 81, 82 and 83.
pub fn check_hmt_residence_permit(number: String, as_of: Date) -> Result<ResidentId, Refusal> {
    party::check_hmt_residence_permit(&number, as_of)
}

/// Checks the number of a foreigner's permanent residence card, of 18 or 15 characters (外国人永久居留身份证).
///
/// # Errors
/// Those of `check_resident_id`; `party.document.other_kind` when eighteen characters don't begin with 9.
pub fn check_permanent_residence(number: String, as_of: Date) -> Result<PermanentResidence, Refusal> {
    party::check_permanent_residence(&number, as_of)
}

/// Checks the number of a mainland travel permit for Hong Kong and Macao residents (港澳居民来往内地通行证).
///
/// # Errors
/// `party.document.length` unless there are 9 or 11 characters; `party.document.characters`.
pub fn check_hk_macao_travel_permit(number: String) -> Result<TravelPermit, Refusal> {
    party::check_hk_macao_travel_permit(&number)
}

/// Checks the number of a mainland travel permit for Taiwan residents (台湾居民来往大陆通行证).
///
/// # Errors
/// `party.document.length` unless there are 8 or 10 characters; `party.document.characters`.
pub fn check_taiwan_travel_permit(number: String) -> Result<TravelPermit, Refusal> {
    party::check_taiwan_travel_permit(&number)
}

/// Checks the number of a Chinese passport (中国护照).
///
/// # Errors
/// `party.document.length` unless there are 9 characters; `party.document.characters`.
pub fn check_chinese_passport(number: String) -> Result<Passport, Refusal> {
    party::check_chinese_passport(&number)
}

/// Checks the number of a foreign passport, as far as any country's can be checked (外国护照).
///
/// # Errors
/// `party.document.length` unless there are 5 to 20 characters; `party.document.characters`.
pub fn check_foreign_passport(number: String) -> Result<Passport, Refusal> {
    party::check_foreign_passport(&number)
}

/// Checks a unified social credit code and says what it tells (统一社会信用代码, GB 32100).
///
/// # Errors
/// `party.document.length`, `party.document.characters`, `party.document.check_digit`.
pub fn check_social_credit_code(code: String) -> Result<SocialCreditCode, Refusal> {
    party::check_social_credit_code(&code)
}

/// Checks an organisation code (组织机构代码, GB 11714).
///
/// # Errors
/// `party.document.length`, `party.document.characters`, `party.document.check_digit`.
pub fn check_organisation_code(code: String) -> Result<OrganisationCode, Refusal> {
    party::check_organisation_code(&code)
}

/// Checks a mobile number of mainland China (手机号码).
///
/// # Errors
/// `party.phone.characters`, `party.mobile.length`, `party.mobile.prefix`.
pub fn check_mobile(number: String) -> Result<MobileNumber, Refusal> {
    party::check_mobile(&number)
}

/// Checks any telephone number, with its extension (电话号码).
///
/// # Errors
/// `party.phone.characters`, `party.phone.length`.
pub fn check_phone(number: String) -> Result<PhoneNumber, Refusal> {
    party::check_phone(&number)
}

/// Checks an e-mail address (电子邮箱).
///
/// # Errors
/// `party.email.length`, `party.email.at`, `party.email.local`, `party.email.domain`.
pub fn check_email(address: String) -> Result<EmailAddress, Refusal> {
    party::check_email(&address)
}

/// Checks a number that is declared to be a bank card's (银行卡号).
///
/// # Errors
/// `party.card.characters`, `party.card.length`, `party.card.check_digit`.
pub fn check_bank_card(number: String) -> Result<BankCard, Refusal> {
    party::check_bank_card(&number)
}

/// Checks the number of a bank account, which need not have a check digit (银行账号).
///
/// # Errors
/// `party.card.characters`, `party.card.length`.
pub fn check_account_number(number: String) -> Result<AccountNumber, Refusal> {
    party::check_account_number(&number)
}

/// Checks a vehicle's plate and says what it tells (机动车号牌号码, GA 36).
///
/// # Errors
/// `party.plate.letter` for a plate that would be right without its I or O; `party.plate.shape`.
pub fn check_plate(plate: String) -> Result<Plate, Refusal> {
    party::check_plate(&plate)
}

/// Checks a vehicle identification number (车架号, GB 16735); `rule` says where its check digit must fit.
///
/// # Errors
/// `party.vin.length`, `party.vin.characters`; where the check digit must fit: `party.vin.check_digit`,
/// `party.vin.serial`, which are notices elsewhere.
pub fn check_vin(vin: String, rule: VinCheck) -> Result<Vin, Refusal> {
    party::check_vin(&vin, rule)
}

/// Checks an engine number: any 1 to 30 visible characters (发动机号).
///
/// # Errors
/// `party.engine.length`, `party.engine.characters`.
pub fn check_engine_number(number: String) -> Result<EngineNumber, Refusal> {
    party::check_engine_number(&number)
}
