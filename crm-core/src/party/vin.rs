//! Vehicle identification numbers and engine numbers (车架号 / 车辆识别代号, 发动机号).
//!
//! A VIN has 17 characters without I, O and Q (GB 16735-2019, ISO 3779). Position 9 is a check digit, which the law of
//! China and of the United States demands; many European makers put another character there. The last characters are
//! digits: four of large makers, three of small ones.
//!
//! Engine numbers have no national form: they are put into capitals and kept.

use alloc::{
    string::{String, ToString as _},
    vec::Vec,
};

use serde::{Deserialize, Serialize};

use super::spelling::in_capitals;
use crate::{
    privacy::Personal,
    refusal::{Code, Fault, Notice, Refusal},
};

const LENGTH: usize = 17;
const CHECK_AT: usize = 8;
const WEIGHTS: [u32; LENGTH] = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];
/// Characters at the end that are digits whoever made the vehicle.
const SERIAL_DIGITS: usize = 3;
const ENGINE_LONGEST: usize = 30;

/// Where the check digit of a VIN must fit (校验位规则).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VinCheck {
    /// In vehicles made in China or the United States; elsewhere a wrong one deserves a look.
    #[default]
    ByOrigin,
    /// In every vehicle.
    Everywhere,
    /// In none; a wrong one always deserves a look.
    Nowhere,
}

/// Where a vehicle was made, by the first character of its VIN.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VinOrigin {
    /// China (中国): L.
    China,
    /// United States (美国): 1, 4, 5.
    UnitedStates,
    /// Anywhere else.
    Elsewhere,
}

/// What a VIN tells. `Debug` shows none of it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Vin {
    /// The number in capitals. Personal.
    pub number: Personal,
    /// The maker (世界制造厂识别代号, WMI): the first three characters.
    pub maker: String,
    /// Where the vehicle was made.
    pub origin: VinOrigin,
    /// Whether the check digit fits.
    pub check_digit_fits: bool,
    /// What deserves a look: `party.vin.check_digit`, `party.vin.serial`.
    pub notices: Vec<Notice>,
}

/// A checked engine number. `Debug` does not show it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EngineNumber {
    /// The number in capitals, white space in it reduced to single spaces. Personal.
    pub number: Personal,
}

hidden!(Vin, EngineNumber);

/// Checks a vehicle identification number.
///
/// ```
/// use crm_core::party::{VinCheck, VinOrigin, check_vin};
///
/// assert_eq!(check_vin("lsvaa49j132047371", VinCheck::ByOrigin)?.origin, VinOrigin::China);
/// assert!(!check_vin("WP0ZZZ99ZTS392124", VinCheck::ByOrigin)?.check_digit_fits);
/// let refusal = check_vin("WP0ZZZ99ZTS392124", VinCheck::Everywhere).unwrap_err();
/// assert_eq!(refusal.code().as_str(), "party.vin.check_digit");
/// # Ok::<(), crm_core::refusal::Refusal>(())
/// ```
///
/// # Errors
/// `party.vin.length`, `party.vin.characters`, `party.vin.check_digit`, `party.vin.serial`.
pub fn check_vin(vin: &str, rule: VinCheck) -> Result<Vin, Refusal> {
    let number = in_capitals(vin);
    if number.chars().count() != LENGTH {
        return Err(Fault::new(Code::PartyVinLength).with("expected", LENGTH).into());
    }
    let values = number
        .chars()
        .map(value_of)
        .collect::<Option<Vec<u32>>>()
        .ok_or_else(|| Refusal::new(Code::PartyVinCharacters))?;
    let origin = match number.bytes().next() {
        Some(b'L') => VinOrigin::China,
        Some(b'1' | b'4' | b'5') => VinOrigin::UnitedStates,
        _ => VinOrigin::Elsewhere,
    };
    let mandatory = match rule {
        VinCheck::ByOrigin => origin != VinOrigin::Elsewhere,
        VinCheck::Everywhere => true,
        VinCheck::Nowhere => false,
    };
    let sum: u32 = values.iter().zip(WEIGHTS).map(|(value, weight)| value * weight).sum();
    let check = if sum % 11 == 10 { Some('X') } else { char::from_digit(sum % 11, 10) };
    let check_digit_fits = number.chars().nth(CHECK_AT) == check;
    let serial = number.bytes().rev().take(SERIAL_DIGITS).all(|byte| byte.is_ascii_digit());
    let mut faults = Vec::new();
    if !check_digit_fits {
        faults.push(Fault::new(Code::PartyVinCheckDigit));
    }
    if !serial {
        faults.push(Fault::new(Code::PartyVinSerial).with("digits", SERIAL_DIGITS));
    }
    if mandatory {
        Refusal::unless_empty(core::mem::take(&mut faults))?;
    }
    Ok(Vin {
        maker: number.get(..3).unwrap_or_default().to_string(),
        number: Personal::from(number),
        origin,
        check_digit_fits,
        notices: faults.iter().map(Notice::from).collect(),
    })
}

/// Checks an engine number: any 1 to 30 visible characters.
///
/// # Errors
/// `party.engine.length`, `party.engine.characters`.
pub fn check_engine_number(number: &str) -> Result<EngineNumber, Refusal> {
    let words: Vec<&str> = number.split_whitespace().collect();
    let number = words.join(" ").to_uppercase();
    if number.chars().any(char::is_control) {
        return Err(Refusal::new(Code::PartyEngineCharacters));
    }
    if number.is_empty() || number.chars().count() > ENGINE_LONGEST {
        return Err(Fault::new(Code::PartyEngineLength).with("limit", ENGINE_LONGEST).into());
    }
    Ok(EngineNumber { number: Personal::from(number) })
}

/// Digits count themselves; letters count 1 to 9 in rows of the keyboard of punched cards, with holes.
fn value_of(letter: char) -> Option<u32> {
    match letter {
        '0'..='9' => letter.to_digit(10),
        'A' | 'J' => Some(1),
        'B' | 'K' | 'S' => Some(2),
        'C' | 'L' | 'T' => Some(3),
        'D' | 'M' | 'U' => Some(4),
        'E' | 'N' | 'V' => Some(5),
        'F' | 'W' => Some(6),
        'G' | 'P' | 'X' => Some(7),
        'H' | 'Y' => Some(8),
        'R' | 'Z' => Some(9),
        _ => None,
    }
}
