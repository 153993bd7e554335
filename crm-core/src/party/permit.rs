//! Permits of people who are no mainland residents: travel permits, residence permits, permanent residence cards.
//!
//! - Mainland travel permit for Hong Kong and Macao residents (港澳居民来往内地通行证, "home return permit"): `H` or `M`,
//!   eight digits that a person keeps for life, and on older cards two digits of the re-issue. The first nine
//!   characters identify the person (公安部 rule of the number, <http://lhoil.com/law/law_view.asp?id=324224>).
//! - Mainland travel permit for Taiwan residents (台湾居民来往大陆通行证): eight digits for life, older cards with two
//!   digits of the re-issue. No check digit.
//! - Residence permits for residents of Hong Kong, Macao and Taiwan (港澳台居民居住证): eighteen characters as a
//!   resident identity number, regions 81, 82 and 83.
//! - Permanent residence card of a foreigner (外国人永久居留身份证): since 2023-12-01 eighteen characters as a resident
//!   identity number with a 9 in front; before, three letters and twelve digits. Both stay valid
//!   (<http://www.eastcoms.com/service/pro/840.html>).

use alloc::{
    string::{String, ToString},
    vec::Vec,
};

use serde::{Deserialize, Serialize};

use super::{
    resident_id::{Holder, ResidentId, Sex, check_resident_id},
    spelling::{all_digits, in_capitals},
};
use crate::{
    calendar::Date,
    privacy::Personal,
    refusal::{Code, Fault, Notice, Refusal},
};

/// Characters of a travel permit that a person keeps for life: a letter and eight digits.
const HK_MACAO_FOR_LIFE: usize = 9;
/// Digits of a Taiwan travel permit that a person keeps for life.
const TAIWAN_FOR_LIFE: usize = 8;

/// Where the holder of a travel permit is at home.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PermitHome {
    /// Hong Kong (香港): the number begins with H.
    HongKong,
    /// Macao (澳门): the number begins with M.
    Macao,
    /// Taiwan (台湾).
    Taiwan,
}

/// What the number of a mainland travel permit tells. `Debug` shows none of it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TravelPermit {
    /// The number as printed, in capitals. Personal.
    pub number: Personal,
    /// The part that stays when the permit is issued again: compare people by it. Personal.
    pub identity: Personal,
    /// How often the permit was issued again (换证次数), where the number tells it. Personal.
    pub reissue: Option<i64>,
    /// Where the holder is at home. Personal.
    pub home: PermitHome,
}

/// What the number of a permanent residence card of a foreigner tells. `Debug` shows none of it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PermanentResidence {
    /// The number with eighteen or fifteen characters, in capitals. Personal.
    pub number: Personal,
    /// Two digits of the issuing area (签发地), of the new card. Personal.
    pub issuing_area: Option<String>,
    /// The nationality (国籍): three digits of ISO 3166-1 on the new card, three letters on the old one.
    /// Personal.
    pub nationality: String,
    /// The birth date, of the new card. Personal.
    pub birth: Option<Date>,
    /// The sex, of the new card. Personal.
    pub sex: Option<Sex>,
}

hidden!(TravelPermit, PermanentResidence);

/// Checks the number of a mainland travel permit for Hong Kong and Macao residents (港澳居民来往内地通行证).
///
/// ```
/// use crm_core::party::check_hk_macao_travel_permit;
///
/// let permit = check_hk_macao_travel_permit("h1234567801")?;
/// assert_eq!((permit.identity.reveal(), permit.reissue), ("H12345678", Some(1)));
/// let refusal = check_hk_macao_travel_permit("A1234567800").unwrap_err();
/// assert_eq!(refusal.code().as_str(), "party.document.characters");
/// # Ok::<(), crm_core::refusal::Refusal>(())
/// ```
///
/// # Errors
/// `party.document.length` unless there are 9 or 11 characters; `party.document.characters`.
pub fn check_hk_macao_travel_permit(number: &str) -> Result<TravelPermit, Refusal> {
    let number = in_capitals(number);
    length_among(&number, &[9, 11])?;
    let home = match number.chars().next() {
        Some('H') => PermitHome::HongKong,
        Some('M') => PermitHome::Macao,
        _ => return Err(Refusal::new(Code::PartyDocumentCharacters)),
    };
    travel_permit(number, home, 1, HK_MACAO_FOR_LIFE)
}

/// Checks the number of a mainland travel permit for Taiwan residents (台湾居民来往大陆通行证, 台胞证).
///
/// # Errors
/// `party.document.length` unless there are 8 or 10 characters; `party.document.characters`.
pub fn check_taiwan_travel_permit(number: &str) -> Result<TravelPermit, Refusal> {
    let number = in_capitals(number);
    length_among(&number, &[8, 10])?;
    travel_permit(number, PermitHome::Taiwan, 0, TAIWAN_FOR_LIFE)
}

fn travel_permit(number: String, home: PermitHome, letters: usize, life: usize) -> Result<TravelPermit, Refusal> {
    let wrong = || Refusal::new(Code::PartyDocumentCharacters);
    if !number.get(letters..).is_some_and(all_digits) {
        return Err(wrong());
    }
    let (identity, reissue) = number.split_at_checked(life).ok_or_else(wrong)?;
    Ok(TravelPermit {
        identity: Personal::from(identity),
        reissue: reissue.parse().ok(),
        home,
        number: Personal::from(number),
    })
}

/// Checks the number of a residence permit for residents of Hong Kong, Macao or Taiwan (港澳台居民居住证).
///
/// # Errors
/// Those of [`check_resident_id`]; `party.document.other_kind` when the region is none of 81, 82 and 83.
pub fn check_hmt_residence_permit(number: &str, as_of: Date) -> Result<ResidentId, Refusal> {
    let permit = eighteen(number, as_of)?;
    match permit.holder {
        Holder::HongKong | Holder::Macao | Holder::Taiwan => Ok(permit),
        Holder::Resident | Holder::Foreigner => Err(other_kind("81, 82, 83")),
    }
}

/// Checks the number of a permanent residence card of a foreigner (外国人永久居留身份证), new or old.
///
/// The old number (three letters, twelve digits) has no check character; only its shape is checked.
///
/// # Errors
/// Those of [`check_resident_id`]; `party.document.length` unless there are 15 or 18 characters;
/// `party.document.other_kind` when eighteen characters don't begin with 9.
pub fn check_permanent_residence(number: &str, as_of: Date) -> Result<PermanentResidence, Refusal> {
    let given = in_capitals(number);
    length_among(&given, &[15, 18])?;
    if given.chars().count() == 15 {
        let (letters, digits) = given.split_at_checked(3).ok_or_else(|| Refusal::new(Code::PartyDocumentCharacters))?;
        if !letters.bytes().all(|byte| byte.is_ascii_uppercase()) || !all_digits(digits) {
            return Err(Refusal::new(Code::PartyDocumentCharacters));
        }
        let nationality = letters.to_string();
        return Ok(PermanentResidence {
            number: Personal::from(given),
            issuing_area: None,
            nationality,
            birth: None,
            sex: None,
        });
    }
    let card = check_resident_id(&given, as_of)?;
    if card.holder != Holder::Foreigner {
        return Err(other_kind("9"));
    }
    let part = |from, until| card.number.reveal().get(from..until).unwrap_or_default().to_string();
    Ok(PermanentResidence {
        issuing_area: Some(part(1, 3)),
        nationality: part(3, 6),
        birth: Some(card.birth),
        sex: Some(card.sex),
        number: card.number.clone(),
    })
}

/// Checks a number of a resident identity card (居民身份证) and of nothing else.
pub(super) fn check_own_resident_id(number: &str, as_of: Date) -> Result<ResidentId, Refusal> {
    let id = check_resident_id(number, as_of)?;
    // A province that nobody knows deserves a look; one of another document is a wrong kind.
    if id.holder == Holder::Resident { Ok(id) } else { Err(other_kind("11 - 71")) }
}

fn eighteen(number: &str, as_of: Date) -> Result<ResidentId, Refusal> {
    length_among(number.trim(), &[18])?;
    check_resident_id(number, as_of)
}

fn other_kind(expected: &'static str) -> Refusal {
    Fault::new(Code::PartyDocumentOtherKind).with("expected", expected).into()
}

/// `party.document.length` unless the number has one of the lengths.
pub(super) fn length_among(number: &str, lengths: &[usize]) -> Result<(), Refusal> {
    if lengths.contains(&number.chars().count()) {
        return Ok(());
    }
    let expected: Vec<String> = lengths.iter().map(ToString::to_string).collect();
    Err(Fault::new(Code::PartyDocumentLength).with("expected", expected.join(", ")).into())
}

/// A notice at the root of what was checked.
pub(super) fn notice(code: Code) -> Notice {
    Notice::from(&Fault::new(code))
}
