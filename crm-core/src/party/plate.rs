//! Licence plates of mainland China (号牌号码).
//!
//! - Ordinary: province, letter without I and O, five letters or digits without I and O, of which the last may be one of
//!   挂 学 警 港 澳 使 领 (any-rule `RULES.js`, hutool `RegexPool`).
//! - New energy (新能源): eight characters; small cars have a letter and a letter or digit before four digits, large ones
//!   five digits before a letter. The letters are A to E for pure electric cars and F to K for others, without I; they
//!   were D and F alone at first (yuyouke.com/jxwd/1626; that A to E means pure electric is from memory).
//! - Consular, old style: province, four to six digits, 领 (hutool, 闽20401领).
//! - Embassies (使 and six digits), armed forces (two letters and five digits, `VA12345`), armed police (WJ) and emergency
//!   services (应急) have rules of their own: such a plate passes unchecked, with a notice (facts from memory). Behind
//!   some provinces a plate of the armed forces would be one of new energy: the notice says so.
//!
//! A vehicle with a temporary plate or none is known by its VIN: leave the plate out.

use alloc::{
    string::{String, ToString as _},
    vec::Vec,
};

use serde::{Deserialize, Serialize};

use super::permit::notice;
use crate::{
    privacy::{PLATE_PROVINCES, Personal},
    refusal::{Code, Notice, Refusal},
};

const DOT: [char; 5] = ['·', '•', '・', '‧', ' '];
/// First letters of plates of the armed forces (军车号牌, from memory): V the central command, K air force, H navy, the
/// others regions.
const ARMED_FORCES: &str = "VKHBSLJNGC";
const SPECIAL_SHORTEST: usize = 5;
const SPECIAL_LONGEST: usize = 9;

/// The class of a plate (号牌种类).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlateClass {
    /// Ordinary (普通).
    Ordinary,
    /// Trailer (挂车): ends with 挂.
    Trailer,
    /// Driving school (教练): ends with 学.
    DrivingSchool,
    /// Police (警用): ends with 警.
    Police,
    /// Hong Kong vehicle on the mainland (港): ends with 港.
    HongKong,
    /// Macao vehicle on the mainland (澳): ends with 澳.
    Macao,
    /// Embassy (使馆): ends with 使.
    Embassy,
    /// Consulate (领馆): ends with 领, old style included.
    Consulate,
    /// New energy, small (小型新能源).
    NewEnergySmall,
    /// New energy, large (大型新能源).
    NewEnergyLarge,
    /// Embassy of the old style, armed forces (军用), armed police (武警), emergency services (应急): not checked.
    Special,
}

/// What drives a vehicle with a new energy plate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlateEnergy {
    /// Battery alone (纯电动): A to E.
    Electric,
    /// Hybrid, fuel cell (非纯电动): F to K.
    NotOnlyElectric,
}

/// What a plate tells. `Debug` shows none of it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plate {
    /// The plate in capitals, without the dot. Personal.
    pub number: Personal,
    /// Its class.
    pub class: PlateClass,
    /// The province's character (省份简称); none for special plates.
    pub province: Option<String>,
    /// What drives the vehicle, where the plate tells it.
    pub energy: Option<PlateEnergy>,
    /// What deserves a look: `party.plate.unchecked`.
    pub notices: Vec<Notice>,
}

hidden!(Plate);

/// Checks a licence plate of mainland China. The dot or a space between the parts is accepted and left out.
///
/// ```
/// use crm_core::party::{PlateClass, check_plate};
///
/// assert_eq!(check_plate("京a·12345d")?.class, PlateClass::NewEnergyLarge);
/// assert_eq!(check_plate("京A0059I").unwrap_err().code().as_str(), "party.plate.letter");
/// # Ok::<(), crm_core::refusal::Refusal>(())
/// ```
///
/// # Errors
/// `party.plate.letter` for a plate that would be right without its I or O; `party.plate.shape`.
pub fn check_plate(plate: &str) -> Result<Plate, Refusal> {
    let number: String = plate.trim().to_uppercase().chars().filter(|letter| !DOT.contains(letter)).collect();
    let letters: Vec<char> = number.chars().collect();
    if let Some(class) = class_of(&letters) {
        let province = letters.first().map(char::to_string);
        return Ok(Plate {
            number: Personal::from(number),
            class,
            province,
            energy: energy_of(class, &letters),
            notices: Vec::new(),
        });
    }
    if is_special(&number, &letters) {
        let notices = alloc::vec![notice(Code::PartyPlateUnchecked)];
        return Ok(Plate {
            number: Personal::from(number),
            class: PlateClass::Special,
            province: None,
            energy: None,
            notices,
        });
    }
    // With 1 and 0 in the place of I and O it would be a plate, or with another letter behind the province.
    let without: Vec<char> = letters
        .iter()
        .enumerate()
        .map(|(at, letter)| match (at, letter) {
            (1, 'I' | 'O') => 'A',
            (_, 'I') => '1',
            (_, 'O') => '0',
            (_, other) => *other,
        })
        .collect();
    Err(Refusal::new(if class_of(&without).is_some() { Code::PartyPlateLetter } else { Code::PartyPlateShape }))
}

fn class_of(letters: &[char]) -> Option<PlateClass> {
    let [province, rest @ ..] = letters else { return None };
    if !PLATE_PROVINCES.contains(*province) {
        return None;
    }
    if let [digits @ .., '领'] = rest
        && (4..=6).contains(&digits.len())
        && digits.iter().all(char::is_ascii_digit)
    {
        return Some(PlateClass::Consulate);
    }
    let [office, sequence @ ..] = rest else { return None };
    if !is_letter(*office) {
        return None;
    }
    let digits = |part: &[char]| part.iter().all(char::is_ascii_digit);
    match sequence {
        [first, second, tail @ ..] if tail.len() == 4 && is_energy(*first) && is_either(*second) && digits(tail) => {
            Some(PlateClass::NewEnergySmall)
        }
        [head @ .., last] if head.len() == 5 && is_energy(*last) && digits(head) => Some(PlateClass::NewEnergyLarge),
        [head @ .., last] if head.len() == 4 && head.iter().all(|letter| is_either(*letter)) => suffix_class(*last),
        _ => None,
    }
}

fn suffix_class(last: char) -> Option<PlateClass> {
    match last {
        '挂' => Some(PlateClass::Trailer),
        '学' => Some(PlateClass::DrivingSchool),
        '警' => Some(PlateClass::Police),
        '港' => Some(PlateClass::HongKong),
        '澳' => Some(PlateClass::Macao),
        '使' => Some(PlateClass::Embassy),
        '领' => Some(PlateClass::Consulate),
        last => is_either(last).then_some(PlateClass::Ordinary),
    }
}

/// The letter that tells the energy stands first of six on small cars and last of six on large ones.
fn energy_of(class: PlateClass, letters: &[char]) -> Option<PlateEnergy> {
    let letter = match class {
        PlateClass::NewEnergySmall => letters.get(2),
        PlateClass::NewEnergyLarge => letters.last(),
        _ => None,
    }?;
    Some(if matches!(letter, 'A'..='E') { PlateEnergy::Electric } else { PlateEnergy::NotOnlyElectric })
}

fn is_special(number: &str, letters: &[char]) -> bool {
    let marked = number.strip_prefix('使').is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()))
        || number.strip_prefix("WJ").is_some()
        || number.strip_suffix("应急").is_some()
        || matches!(letters, [arm, unit, digits @ ..]
            if ARMED_FORCES.contains(*arm) && is_letter(*unit) && digits.len() == 5 && digits.iter().all(char::is_ascii_digit));
    let digits = letters.iter().filter(|letter| letter.is_ascii_digit()).count();
    let known = |letter: &char| {
        letter.is_ascii_alphanumeric() || "使应急".contains(*letter) || PLATE_PROVINCES.contains(*letter)
    };
    marked && digits >= 4 && (SPECIAL_SHORTEST..=SPECIAL_LONGEST).contains(&letters.len()) && letters.iter().all(known)
}

fn is_letter(letter: char) -> bool {
    letter.is_ascii_uppercase() && !matches!(letter, 'I' | 'O')
}

fn is_either(letter: char) -> bool {
    letter.is_ascii_digit() || is_letter(letter)
}

fn is_energy(letter: char) -> bool {
    matches!(letter, 'A'..='H' | 'J' | 'K')
}
