//! The resident identity number of mainland China, GB 11643 (公民身份号码).
//!
//! Eighteen characters: six of region, eight of birth date, three of sequence (odd: male), one check character with the
//! weights 7 9 10 5 8 4 2 1 6 3 7 9 10 5 8 4 2, sum mod 11 → `10X98765432`. Until 1999 numbers had fifteen digits: two
//! of the year and no check character; they are read as 19yy. Residence permits for Hong Kong (81), Macao (82) and
//! Taiwan (83) and, since 2023-12-01, permanent residence cards of foreigners (9) follow the same scheme.
//!
//! The region is a soft check: real, valid numbers carry regions that were abolished, or created after the birth.

use alloc::{
    string::{String, ToString},
    vec::Vec,
};
use core::fmt;

use serde::{Deserialize, Serialize};

use crate::{
    calendar::{AgeConvention, Date},
    privacy::Personal,
    refusal::{Code, Fault, Notice, Refusal},
};

const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK: &[u8; 11] = b"10X98765432";
/// First two digits of the provinces, regions and cities under the central government, of Hong Kong, Macao and Taiwan.
const PROVINCES: [u32; 36] = [
    11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52, 53, 54, 61, 62, 63,
    64, 65, 71, 81, 82, 83, 91,
];
/// Fifteen-digit sequences from here on were given to centenarians, born in 18yy.
const CENTENARIANS: u32 = 996;

/// What the document of such a number is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Holder {
    /// Resident identity card (居民身份证).
    Resident,
    /// Residence permit for Hong Kong residents (港澳居民居住证, 81).
    HongKong,
    /// Residence permit for Macao residents (港澳居民居住证, 82).
    Macao,
    /// Residence permit for Taiwan residents (台湾居民居住证, 83).
    Taiwan,
    /// Permanent residence card of a foreigner (外国人永久居留身份证, 9).
    Foreigner,
}

/// The sex that a number tells (性别).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sex {
    /// Male (男): the sequence is odd.
    Male,
    /// Female (女): the sequence is even.
    Female,
}

/// What a valid number tells. `Debug` shows none of it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResidentId {
    /// The number with eighteen characters, an `X` at its end in capitals. Personal.
    pub number: Personal,
    /// What the document is.
    pub holder: Holder,
    /// The first six digits (行政区划代码); not checked against the region's history. Personal.
    pub region: String,
    /// The birth date (出生日期). Personal.
    pub birth: Date,
    /// The sex. Personal.
    pub sex: Sex,
    /// Whether the number was given with fifteen digits and completed.
    pub completed: bool,
    /// What deserves a look: `party.document.region`, `party.document.century`.
    pub notices: Vec<Notice>,
}

impl ResidentId {
    /// The age in completed years on a day.
    ///
    /// # Errors
    /// `calendar.age.before_birth` when the day is before the birth.
    pub fn age(&self, on: Date, convention: AgeConvention) -> Result<i64, Refusal> {
        convention.completed_years(self.birth, on)
    }

    /// The number with fifteen digits, as it was until 1999; none for a birth outside 1900 to 1999.
    #[must_use]
    pub fn with_fifteen_digits(&self) -> Option<Personal> {
        let number = self.number.reveal();
        let (region, rest) = number.split_at_checked(6)?;
        let rest = rest.strip_prefix("19")?;
        Some(Personal::from(alloc::format!("{region}{}", rest.get(..9)?)))
    }
}

impl fmt::Debug for ResidentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ResidentId(…)")
    }
}

/// Checks a resident identity number and says what it tells.
///
/// Fifteen digits are completed to eighteen characters. White space around the number and a small `x` are accepted and
/// put right; nothing else is.
///
/// `as_of` is the day on which the number is looked at: nobody is born after it.
///
/// ```
/// use crm_core::{calendar::{AgeConvention, Date}, party::{Sex, check_resident_id}};
///
/// let today = Date::parse("2026-03-01")?;
/// let id = check_resident_id("11010519491231002x", today)?;
/// assert_eq!((id.birth.to_string().as_str(), id.sex), ("1949-12-31", Sex::Female));
/// assert_eq!(id.age(today, AgeConvention::BirthdayCounts)?, 76);
///
/// let refusal = check_resident_id("11010119900307867X", today).unwrap_err();
/// assert_eq!(refusal.code().as_str(), "party.document.check_digit");
/// # Ok::<(), crm_core::refusal::Refusal>(())
/// ```
///
/// # Errors
/// `party.document.length`, `party.document.characters`, `party.document.birth_date`, `party.document.birth_later`,
/// `party.document.check_digit`; all that apply at once.
pub fn check_resident_id(number: &str, as_of: Date) -> Result<ResidentId, Refusal> {
    let given = number.trim();
    let length = given.chars().count();
    if length != 15 && length != 18 {
        return Err(Fault::new(Code::PartyDocumentLength).with("expected", "15, 18").into());
    }
    let (digits, check) = digits_of(given).ok_or_else(|| Refusal::new(Code::PartyDocumentCharacters))?;
    let completed = check.is_none();
    let body = if completed { with_century(&digits) } else { digits };

    let mut faults = Vec::new();
    let right = check_character(&body);
    if check.is_some_and(|check| check != right) {
        faults.push(Fault::new(Code::PartyDocumentCheckDigit));
    }
    let birth = date_of(&body);
    match birth {
        None => faults.push(Fault::new(Code::PartyDocumentBirthDate)),
        Some(birth) if birth > as_of => {
            faults.push(Fault::new(Code::PartyDocumentBirthLater).with("as_of", as_of.to_string()));
        }
        Some(_) => {}
    }
    Refusal::unless_empty(faults)?;
    // `birth` is known when there is no fault.
    let birth = birth.ok_or_else(|| Refusal::new(Code::PartyDocumentBirthDate))?;

    let sequence = figure(&body, 14, 17);
    let text: String = body.iter().filter_map(|digit| char::from_digit(*digit, 10)).collect();
    let region = text.get(..6).unwrap_or_default().to_string();
    let province = figure(&body, 0, 2);
    let holder = match province {
        81 => Holder::HongKong,
        82 => Holder::Macao,
        83 => Holder::Taiwan,
        90..=99 => Holder::Foreigner,
        _ => Holder::Resident,
    };
    let mut notices = Vec::new();
    if holder == Holder::Resident && !PROVINCES.contains(&province) {
        notices.push(Notice::from(&Fault::new(Code::PartyDocumentRegion)));
    }
    if completed && sequence >= CENTENARIANS {
        notices.push(Notice::from(&Fault::new(Code::PartyDocumentCentury)));
    }
    Ok(ResidentId {
        number: Personal::from(alloc::format!("{text}{}", char::from(right))),
        holder,
        region,
        birth,
        sex: if sequence % 2 == 1 { Sex::Male } else { Sex::Female },
        completed,
        notices,
    })
}

/// The digits of the body and, with eighteen characters, the check character.
fn digits_of(given: &str) -> Option<(Vec<u32>, Option<u8>)> {
    let bytes = given.as_bytes();
    let (body, check) = match bytes.split_last() {
        Some((last, body)) if bytes.len() == 18 => (body, Some(last.to_ascii_uppercase())),
        _ => (bytes, None),
    };
    if check.is_some_and(|check| check != b'X' && !check.is_ascii_digit()) {
        return None;
    }
    let digits = body.iter().map(|byte| char::from(*byte).to_digit(10)).collect::<Option<Vec<_>>>()?;
    Some((digits, check))
}

/// Fifteen digits to seventeen: "19" after the region.
fn with_century(digits: &[u32]) -> Vec<u32> {
    let (region, rest) = digits.split_at_checked(6).unwrap_or((digits, &[]));
    region.iter().chain(&[1, 9]).chain(rest).copied().collect()
}

fn check_character(body: &[u32]) -> u8 {
    let sum: u32 = body.iter().zip(WEIGHTS).map(|(digit, weight)| digit * weight).sum();
    usize::try_from(sum % 11).ok().and_then(|rest| CHECK.get(rest)).copied().unwrap_or(b'?')
}

fn date_of(body: &[u32]) -> Option<Date> {
    let year = i32::try_from(figure(body, 6, 10)).ok()?;
    Date::from_ymd(year, figure(body, 10, 12), figure(body, 12, 14))
}

fn figure(digits: &[u32], from: usize, until: usize) -> u32 {
    digits.get(from..until).unwrap_or_default().iter().fold(0, |sum, digit| sum * 10 + digit)
}
