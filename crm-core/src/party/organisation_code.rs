//! Numbers of organisations: the unified social credit code and the older organisation code.
//!
//! Unified social credit code (统一社会信用代码, GB 32100-2015): one character of the registering department, one of the
//! type, six digits of region, nine characters of the organisation code, one check character. The alphabet has no
//! I O S V Z; the weights are 3^i mod 31; the check is (31 − sum mod 31) mod 31. Letters may stand in the first two places.
//!
//! Regions that began before the standard (Fujian, in 2015) gave numbers whose check character follows another rule.
//! They are real and stay valid. Their organisation code is of the series `M0`, before the national series `MA`, and
//! keeps its own check character: such a number passes with a notice
//! (bluesky335/IDCheck: 91350211M0000XUF46, 91350100M0001TGQXM, 91350203M0001FUE2P; hutool: 91350211M00013FA1N).
//!
//! Organisation code (组织机构代码, GB 11714-1997): eight characters and a check character; letters count as in base 36;
//! weights 3 7 9 10 5 8 4 2; 11 − (sum mod 11), 10 is X and 11 is 0. PDY00001 to PDY99999 are for private use.

use alloc::{
    string::{String, ToString as _},
    vec::Vec,
};

use serde::{Deserialize, Serialize};

use super::{
    permit::{length_among, notice},
    spelling::{all_capitals_or_digits, all_digits, in_capitals},
};
use crate::{
    privacy::Personal,
    refusal::{Code, Notice, Refusal},
};

const ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
const CREDIT_WEIGHTS: [usize; 17] = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
const ORGANISATION_WEIGHTS: [u32; 8] = [3, 7, 9, 10, 5, 8, 4, 2];
/// Series of organisation codes that pilot regions gave before the standard.
const PILOT_SERIES: &str = "M0";
const PRIVATE_SERIES: &str = "PDY";

/// What a unified social credit code tells. `Debug` shows none of it: behind a sole trader stands a person.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SocialCreditCode {
    /// The code in capitals. Personal.
    pub number: Personal,
    /// The registering department (登记管理部门代码): 1 establishment office, 5 civil affairs, 9 commerce, N agriculture,
    /// Y others.
    pub department: String,
    /// The type of organisation within the department (机构类别代码).
    pub category: String,
    /// Six digits of the region (行政区划码); not checked against its history.
    pub region: String,
    /// The organisation code inside (组织机构代码), with its hyphen. Personal.
    pub organisation_code: Personal,
    /// What deserves a look: `party.organisation.early_code`, `party.organisation.code_inside`.
    pub notices: Vec<Notice>,
}

/// What an organisation code tells. `Debug` shows none of it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OrganisationCode {
    /// The code in capitals, with the hyphen before its check character. Personal.
    pub number: Personal,
    /// Whether it is of the series for private use: no authority gave it.
    pub private_use: bool,
    /// What deserves a look: `party.organisation.private_use`.
    pub notices: Vec<Notice>,
}

hidden!(SocialCreditCode, OrganisationCode);

/// Checks a unified social credit code (统一社会信用代码).
///
/// ```
/// use crm_core::party::check_social_credit_code;
///
/// let code = check_social_credit_code("91110000600037341l")?;
/// assert_eq!(code.organisation_code.reveal(), "60003734-1");
/// let early = check_social_credit_code("91350211M00013FA1N")?;
/// assert_eq!(early.notices[0].code, "party.organisation.early_code");
/// let refusal = check_social_credit_code("91110000600037341N").unwrap_err();
/// assert_eq!(refusal.code().as_str(), "party.document.check_digit");
/// # Ok::<(), crm_core::refusal::Refusal>(())
/// ```
///
/// # Errors
/// `party.document.length`, `party.document.characters`, `party.document.check_digit`.
pub fn check_social_credit_code(code: &str) -> Result<SocialCreditCode, Refusal> {
    let number = in_capitals(code);
    length_among(&number, &[18])?;
    let part = |from, until| number.get(from..until).unwrap_or_default();
    let (region, inside) = (part(2, 8), part(8, 17));
    let known = number.bytes().all(|byte| ALPHABET.contains(&byte));
    if !known || !all_digits(region) {
        return Err(Refusal::new(Code::PartyDocumentCharacters));
    }
    let inside_fits = organisation_check(inside.get(..8).unwrap_or_default()) == inside.bytes().next_back();
    let mut notices = Vec::new();
    if credit_check(part(0, 17)) != number.bytes().next_back() {
        if !(inside_fits && inside.starts_with(PILOT_SERIES)) {
            return Err(Refusal::new(Code::PartyDocumentCheckDigit));
        }
        notices.push(notice(Code::PartyOrganisationEarlyCode));
    }
    if !inside_fits {
        notices.push(notice(Code::PartyOrganisationCodeInside));
    }
    Ok(SocialCreditCode {
        department: part(0, 1).to_string(),
        category: part(1, 2).to_string(),
        region: region.to_string(),
        organisation_code: Personal::from(hyphenated(inside)),
        notices,
        number: Personal::from(number),
    })
}

/// Checks an organisation code (组织机构代码), with or without the hyphen before its check character.
///
/// # Errors
/// `party.document.length`, `party.document.characters`, `party.document.check_digit`.
pub fn check_organisation_code(code: &str) -> Result<OrganisationCode, Refusal> {
    let given = in_capitals(code);
    let number = match given.split_once('-') {
        Some((body, check)) if body.len() == 8 => alloc::format!("{body}{check}"),
        _ => given,
    };
    length_among(&number, &[9])?;
    if !all_capitals_or_digits(&number) {
        return Err(Refusal::new(Code::PartyDocumentCharacters));
    }
    let body = number.get(..8).unwrap_or_default();
    if organisation_check(body) != number.bytes().next_back() {
        return Err(Refusal::new(Code::PartyDocumentCheckDigit));
    }
    // PDY00000 would be the first of the series, but the standard begins with 00001.
    let private_use = body.strip_prefix(PRIVATE_SERIES).is_some_and(|serial| all_digits(serial) && serial != "00000");
    let notices = if private_use { alloc::vec![notice(Code::PartyOrganisationPrivateUse)] } else { Vec::new() };
    Ok(OrganisationCode { number: Personal::from(hyphenated(&number)), private_use, notices })
}

fn credit_check(body: &str) -> Option<u8> {
    let sum = body.bytes().zip(CREDIT_WEIGHTS).try_fold(0, |sum, (byte, weight)| {
        ALPHABET.iter().position(|letter| *letter == byte).map(|value| sum + value * weight)
    })?;
    ALPHABET.get((31 - sum % 31) % 31).copied()
}

fn organisation_check(body: &str) -> Option<u8> {
    let sum = body
        .chars()
        .zip(ORGANISATION_WEIGHTS)
        .try_fold(0, |sum, (letter, weight)| letter.to_digit(36).map(|value| sum + value * weight))?;
    match 11 - sum % 11 {
        10 => Some(b'X'),
        11 => Some(b'0'),
        digit => u8::try_from(digit).ok().map(|digit| b'0' + digit),
    }
}

fn hyphenated(code: &str) -> String {
    match code.split_at_checked(8) {
        Some((body, check)) => alloc::format!("{body}-{check}"),
        None => code.to_string(),
    }
}
