//! Telephones: mobile numbers of mainland China and numbers of any other telephone (电话).
//!
//! A mobile number has eleven digits, begins with 13 to 19 and may be written with 0, 86, +86 or 0086 in front (hutool,
//! any-rule). Prefixes of carriers are not checked: new ones are opened every year.

use alloc::{
    string::{String, ToString as _},
    vec::Vec,
};

use serde::{Deserialize, Serialize};

use super::spelling::{all_digits, grouped_digits};
use crate::{
    privacy::Personal,
    refusal::{Code, Fault, Refusal},
};

/// Fewest digits of a telephone.
const SHORTEST: usize = 7;
/// Most digits of a telephone with its country (ITU-T E.164).
const LONGEST: usize = 15;
/// Most digits of an extension.
const LONGEST_EXTENSION: usize = 6;
/// Digits of a Chinese mobile number.
const MOBILE: usize = 11;

/// A mobile number of mainland China (手机号码). `Debug` does not show it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MobileNumber {
    /// Eleven digits. Personal.
    pub number: Personal,
}

/// A telephone of any kind (电话号码). `Debug` does not show it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PhoneNumber {
    /// Digits alone; a number of another country begins with +. Personal.
    pub number: Personal,
    /// The extension (分机). Personal.
    pub extension: Option<Personal>,
}

hidden!(MobileNumber, PhoneNumber);

impl PhoneNumber {
    /// The number, and an extension behind `-`: what [`check_phone`] reads again.
    #[must_use]
    pub fn whole(&self) -> Personal {
        match &self.extension {
            Some(extension) => Personal::from(alloc::format!("{}-{}", self.number.reveal(), extension.reveal())),
            None => self.number.clone(),
        }
    }
}

/// Checks a mobile number of mainland China.
///
/// One space or hyphen between digits is accepted and left out, and so is 0, 86, +86 or 0086 in front.
///
/// ```
/// use crm_core::party::check_mobile;
///
/// assert_eq!(check_mobile("+86 138-0013-8000")?.number.reveal(), "13800138000");
/// assert_eq!(check_mobile("12900000000").unwrap_err().code().as_str(), "party.mobile.prefix");
/// # Ok::<(), crm_core::refusal::Refusal>(())
/// ```
///
/// # Errors
/// `party.phone.characters`, `party.mobile.length`, `party.mobile.prefix`.
pub fn check_mobile(number: &str) -> Result<MobileNumber, Refusal> {
    let given = number.trim();
    let (abroad, rest) = given.strip_prefix('+').map_or((false, given), |rest| (true, rest));
    let digits = grouped_digits(rest).ok_or_else(|| Refusal::new(Code::PartyPhoneCharacters))?;
    let prefixes: &[&str] = if abroad { &["86"] } else { &["", "0", "86", "0086"] };
    let national = prefixes
        .iter()
        .filter_map(|prefix| digits.strip_prefix(prefix))
        .find(|national| national.len() == MOBILE)
        .ok_or_else(|| Fault::new(Code::PartyMobileLength).with("expected", MOBILE))?;
    if !is_mobile(national) {
        return Err(Refusal::new(Code::PartyMobilePrefix));
    }
    Ok(MobileNumber { number: Personal::from(national) })
}

/// Checks a telephone of any kind: landline, service line, mobile, abroad; seven digits and more.
///
/// Spaces, hyphens and brackets between digits are accepted and left out; an extension stands after 转, `#`, `x` or
/// `ext`, or after a hyphen behind seven or more digits. +86 and 0086 become the 0 of the trunk, except before a mobile
/// number; 00 becomes the + of another country.
///
/// ```
/// use crm_core::party::check_phone;
///
/// let phone = check_phone("(0571) 8765-4321 转 801")?;
/// assert_eq!(phone.number.reveal(), "057187654321");
/// assert_eq!(phone.extension.map(|extension| extension.reveal().to_owned()), Some("801".into()));
/// assert_eq!(check_phone("+86 571 87654321")?.number.reveal(), "057187654321");
/// assert_eq!(check_phone("110").unwrap_err().code().as_str(), "party.phone.length");
/// # Ok::<(), crm_core::refusal::Refusal>(())
/// ```
///
/// # Errors
/// `party.phone.characters`, `party.phone.length`.
pub fn check_phone(number: &str) -> Result<PhoneNumber, Refusal> {
    let wrong = || Refusal::new(Code::PartyPhoneCharacters);
    let given = number.trim().to_lowercase();
    let (main, marked) = split_extension(&given);
    let main = main.trim();
    let (abroad, main) = main.strip_prefix('+').map_or((false, main), |rest| (true, rest));
    let mut groups: Vec<String> = Vec::new();
    for group in main.split(['-', ')', '）']) {
        let digits: String = group.chars().filter(|letter| !matches!(letter, ' ' | '(' | '（')).collect();
        if digits.is_empty() || !all_digits(&digits) {
            return Err(wrong());
        }
        groups.push(digits);
    }
    let mut extension = marked.map(|text| text.trim().to_string());
    let hyphened =
        matches!(groups.as_slice(), [.., before, last] if before.len() >= SHORTEST && last.len() <= LONGEST_EXTENSION);
    if extension.is_none() && hyphened {
        extension = groups.pop();
    }
    if extension.as_ref().is_some_and(|digits| digits.is_empty() || !all_digits(digits)) {
        return Err(wrong());
    }
    let digits = groups.concat();
    let number = national_form(abroad, &digits);
    let length = number.trim_start_matches('+').len();
    let long = extension.as_ref().is_some_and(|digits| digits.len() > LONGEST_EXTENSION);
    if !(SHORTEST..=LONGEST).contains(&length) || long {
        return Err(Fault::new(Code::PartyPhoneLength).with("min", SHORTEST).with("max", LONGEST).into());
    }
    Ok(PhoneNumber { number: Personal::from(number), extension: extension.map(Personal::from) })
}

/// Eleven digits from 13 to 19 on.
pub(super) fn is_mobile(digits: &str) -> bool {
    digits.len() == MOBILE && matches!(digits.as_bytes(), [b'1', b'3'..=b'9', ..]) && all_digits(digits)
}

fn national_form(abroad: bool, digits: &str) -> String {
    let (abroad, digits) = match digits.strip_prefix("00") {
        Some(rest) if !abroad => (true, rest),
        _ => (abroad, digits),
    };
    if !abroad {
        return digits.strip_prefix('0').filter(|mobile| is_mobile(mobile)).unwrap_or(digits).to_string();
    }
    // No country's code begins with 0, and no area's after +86.
    let digits = digits.trim_start_matches('0');
    match digits.strip_prefix("86").map(|rest| rest.trim_start_matches('0')) {
        Some(mobile) if is_mobile(mobile) => mobile.to_string(),
        Some(landline) => alloc::format!("0{landline}"),
        None => alloc::format!("+{digits}"),
    }
}

/// What stands before and after the word or sign for an extension.
fn split_extension(given: &str) -> (&str, Option<&str>) {
    for mark in ["转", "轉", "ext.", "ext", "#", "x"] {
        if let Some((main, extension)) = given.split_once(mark) {
            return (main, Some(extension));
        }
    }
    (given, None)
}
