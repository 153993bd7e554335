//! Passports (护照).
//!
//! Chinese passports, those of Hong Kong and Macao included: one letter of E K G D S P H and eight digits, or two
//! characters (EA to EF, DE, SE, PE, KJ, MA, 14, 15) and seven digits (any-rule, `RULES.js`). Series run out and new
//! ones are opened without notice: another letter after E, I and O excepted, is accepted and deserves a look.
//! A foreign passport has five to twenty letters and digits and nothing to check.

use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::{
    permit::{length_among, notice},
    spelling::{all_capitals_or_digits, all_digits, in_capitals},
};
use crate::{
    privacy::Personal,
    refusal::{Code, Fault, Notice, Refusal},
};

const FOREIGN_SHORTEST: usize = 5;
const FOREIGN_LONGEST: usize = 20;

/// What kind of Chinese passport a number belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PassportKind {
    /// Ordinary passport (普通护照): E, G, 14, 15.
    Ordinary,
    /// Diplomatic passport (外交护照): D, DE.
    Diplomatic,
    /// Service passport (公务护照): S, SE.
    Service,
    /// Passport for public affairs (公务普通护照): P, PE.
    PublicAffairs,
    /// Passport of the Hong Kong region (香港特别行政区护照): H, K, KJ.
    HongKong,
    /// Passport of the Macao region (澳门特别行政区护照): MA.
    Macao,
    /// Passport of another country (外国护照).
    Foreign,
}

/// What the number of a passport tells. `Debug` shows none of it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Passport {
    /// The number in capitals. Personal.
    pub number: Personal,
    /// Whose passport it is. Personal.
    pub passport_kind: PassportKind,
    /// What deserves a look: `party.document.series`.
    pub notices: Vec<Notice>,
}

hidden!(Passport);

/// Checks the number of a Chinese passport, those of Hong Kong and Macao included (中国护照).
///
/// ```
/// use crm_core::party::{PassportKind, check_chinese_passport};
///
/// assert_eq!(check_chinese_passport("e12345678")?.passport_kind, PassportKind::Ordinary);
/// assert_eq!(check_chinese_passport("E1234567").unwrap_err().code().as_str(), "party.document.length");
/// # Ok::<(), crm_core::refusal::Refusal>(())
/// ```
///
/// # Errors
/// `party.document.length` unless there are 9 characters; `party.document.characters`.
pub fn check_chinese_passport(number: &str) -> Result<Passport, Refusal> {
    let number = in_capitals(number);
    length_among(&number, &[9])?;
    let wrong = || Refusal::new(Code::PartyDocumentCharacters);
    if !number.get(2..).is_some_and(all_digits) {
        return Err(wrong());
    }
    let mut notices = Vec::new();
    let series = number.get(..2).map(str::as_bytes).unwrap_or_default();
    let passport_kind = match series {
        [b'E', second] if second.is_ascii_uppercase() && !matches!(second, b'I' | b'O') => {
            if *second > b'F' {
                notices.push(notice(Code::PartyDocumentSeries));
            }
            PassportKind::Ordinary
        }
        [b'E' | b'G', b'0'..=b'9'] | [b'1', b'4' | b'5'] => PassportKind::Ordinary,
        [b'D', b'0'..=b'9' | b'E'] => PassportKind::Diplomatic,
        [b'S', b'0'..=b'9' | b'E'] => PassportKind::Service,
        [b'P', b'0'..=b'9' | b'E'] => PassportKind::PublicAffairs,
        [b'K', b'0'..=b'9' | b'J'] | [b'H', b'0'..=b'9'] => PassportKind::HongKong,
        [b'M', b'A'] => PassportKind::Macao,
        _ => return Err(wrong()),
    };
    Ok(Passport { number: Personal::from(number), passport_kind, notices })
}

/// Checks the number of a foreign passport (外国护照): its shape alone.
///
/// # Errors
/// `party.document.length` unless there are 5 to 20 characters; `party.document.characters`.
pub fn check_foreign_passport(number: &str) -> Result<Passport, Refusal> {
    let number = in_capitals(number);
    if !(FOREIGN_SHORTEST..=FOREIGN_LONGEST).contains(&number.chars().count()) {
        let expected = alloc::format!("{FOREIGN_SHORTEST} - {FOREIGN_LONGEST}");
        return Err(Fault::new(Code::PartyDocumentLength).with("expected", expected).into());
    }
    if !all_capitals_or_digits(&number) {
        return Err(Refusal::new(Code::PartyDocumentCharacters));
    }
    Ok(Passport { number: Personal::from(number), passport_kind: PassportKind::Foreign, notices: Vec::new() })
}
