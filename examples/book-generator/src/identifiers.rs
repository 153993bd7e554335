//! Numbers of people, organisations and vehicles: valid by their check digits, each given once, none of a real person.
//!
//! Every number is drawn from the running number of its owner by a step that runs through all values of its range before
//! one comes again, so that no two owners share one by chance: a number that stands twice in a book was planted.
//!
//! - Resident identity numbers and social credit codes carry a region whose third and fourth digits are 98. GB/T 2260
//!   gives 01 to 20, 51 to 70, 21 to 50 and 90: no such number was ever issued.
//! - Mobile numbers begin with 154, 161 or 164, which no carrier had been given in July 2022 (public lists); landlines
//!   begin with 1 behind the area code, as no landline does.
//! - Passports, travel permits, plates, VINs and engine numbers have no such gap. They are drawn at random and may be
//!   those of a real document or vehicle by chance.

use crate::{day::Day, random::SplitMix64};

/// Most customers of a book: up to here every kind of number is given once only.
pub const MOST_CUSTOMERS: u64 = 20_000_000;

/// First two digits of the provinces, regions and cities under the central government.
const PROVINCES: [i64; 31] = [
    11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52, 53, 54, 61, 62, 63,
    64, 65,
];
/// Third and fourth digit of a region that GB/T 2260 gives to nothing.
const NOWHERE: i64 = 98;
const COUNTIES: i64 = 80;
const SEQUENCES: i64 = 499;
/// Birth days are brought to one of so many classes, so that region, birth and sequence together tell people apart.
const BIRTH_CLASSES: i64 = 100;

const CREDIT_ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
const CREDIT_WEIGHTS: [i64; 17] = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
const ORGANISATION_WEIGHTS: [i64; 8] = [3, 7, 9, 10, 5, 8, 4, 2];
const RESIDENT_WEIGHTS: [i64; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const VIN_WEIGHTS: [i64; 17] = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];
const VIN_LETTERS: &[u8; 33] = b"0123456789ABCDEFGHJKLMNPRSTUVWXYZ";
/// Model years from 2001 on, in order (GB 16735-2019, table 2); they come again after 30 years.
const VIN_YEARS: &[u8; 30] = b"123456789ABCDEFGHJKLMNPRSTVWXY";
/// Letters of plates, without I and O; the digits stand behind them.
const PLATE_LETTERS: &[u8; 34] = b"ABCDEFGHJKLMNPQRSTUVWXYZ0123456789";
const ENERGY_LETTERS: &[u8; 10] = b"DABCEFGHJK";
const MOBILE_PREFIXES: [&str; 3] = ["154", "161", "164"];

/// Gives numbers; the same seed, the same numbers.
#[derive(Debug, Clone)]
pub struct Identifiers {
    shift: i64,
}

impl Identifiers {
    /// For a book with this seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self { shift: SplitMix64::of_part(seed, u64::MAX).between(0, 999_999_999) }
    }

    /// The place of `number` when all of `0..range` are gone through in steps; `step` has no divisor with `range`.
    const fn scattered(&self, number: i64, step: i64, range: i64) -> i64 {
        (number % range * step + self.shift) % range
    }

    /// A resident identity number (居民身份证号) and its birth date, at most 99 days before the wanted one.
    #[must_use]
    pub fn resident(&self, customer: i64, wanted_birth: Day, male: bool) -> (String, Day) {
        let place = self.scattered(customer, 77_777_777, COUNTIES * SEQUENCES * 31 * BIRTH_CLASSES);
        let (sequence, rest) = (place % SEQUENCES + 1, place / SEQUENCES);
        let (county, rest) = (rest % COUNTIES + 1, rest / COUNTIES);
        let (province, class) = (nth(&PROVINCES, rest % 31), rest / 31);
        let birth = wanted_birth.plus(-(wanted_birth.number() - class).rem_euclid(BIRTH_CLASSES));
        let (year, month, day) = birth.parts();
        let sequence = sequence * 2 + i64::from(male);
        let body = format!("{province}{NOWHERE}{county:02}{year:04}{month:02}{day:02}{sequence:03}");
        (with_resident_check(&body), birth)
    }

    /// A unified social credit code (统一社会信用代码) of a company.
    #[must_use]
    pub fn credit_code(&self, customer: i64) -> String {
        let mut place = self.scattered(customer, 77_777_777, 31_i64.pow(6));
        let mut inside = String::from("MA");
        for _ in 0..6 {
            inside.push(char::from(nth(CREDIT_ALPHABET, place % 31)));
            place /= 31;
        }
        let check = organisation_check(&inside);
        let province = nth(&PROVINCES, customer % 31);
        with_credit_check(&format!("91{province}{NOWHERE}{:02}{inside}{check}", customer % COUNTIES + 1))
    }

    /// A mobile number (手机号码).
    #[must_use]
    pub fn mobile(&self, customer: i64) -> String {
        let place = self.scattered(customer, 77_777_777, 300_000_000);
        format!("{}{:08}", nth(&MOBILE_PREFIXES, place / 100_000_000), place % 100_000_000)
    }

    /// Eight digits, as passports and travel permits have them.
    #[must_use]
    pub fn eight_digits(&self, customer: i64) -> String {
        format!("{:08}", self.scattered(customer, 77_777_777, 100_000_000))
    }

    /// A landline (固定电话) with its area code.
    #[must_use]
    pub fn landline(&self, customer: i64, area: &str) -> String {
        format!("{area}-1{:07}", self.scattered(customer, 7_777_777, 10_000_000))
    }

    /// A VIN (车辆识别代号) with its check digit. `maker` has three characters, `model` four.
    #[must_use]
    pub fn vin(&self, vehicle: i64, maker: &str, model: &str, model_year: i64) -> String {
        let place = self.scattered(vehicle, 7_777_777, 1_000_000 * 33);
        let year = char::from(nth(VIN_YEARS, (model_year - 2001).rem_euclid(30)));
        let plant = char::from(nth(VIN_LETTERS, place / 1_000_000));
        // The fifth character of the model tells one million of serials from the next where vehicles are very many.
        let more = char::from(nth(VIN_LETTERS, vehicle / 33_000_000));
        with_vin_check(&format!("{maker}{model}{more}0{year}{plant}{:06}", place % 1_000_000))
    }

    /// A plate (号牌号码) of a province; ordinary, or new energy (新能源).
    #[must_use]
    pub fn plate(&self, vehicle: i64, province: &str, new_energy: bool) -> String {
        let letter = |place: i64| char::from(nth(PLATE_LETTERS, place));
        if new_energy {
            let place = self.scattered(vehicle, 7_777_777, 24 * 10 * 34 * 10_000);
            let (digits, rest) = (place % 10_000, place / 10_000);
            let (second, rest) = (letter(rest % 34), rest / 34);
            let energy = char::from(nth(ENERGY_LETTERS, rest % 10));
            return format!("{province}{}{energy}{second}{digits:04}", letter(rest / 10));
        }
        let place = self.scattered(vehicle, 7_777_777, 24 * FORMS);
        let (office, place) = (letter(place / FORMS), place % FORMS);
        let (a, b) = (letter(place / 1_000 % 24), letter(place / 24_000 % 24));
        let serial = match place {
            0..576_000 => format!("{a}{b}{:03}", place % 1_000),
            576_000..816_000 => format!("{}{:04}", letter((place - 576_000) / 10_000), place % 10_000),
            816_000..1_056_000 => {
                let (place, letter) = (place - 816_000, letter((place - 816_000) / 10_000));
                format!("{}{letter}{:03}", place / 1_000 % 10, place % 1_000)
            }
            1_056_000..1_296_000 => {
                let place = place - 1_056_000;
                format!("{:04}{}", place % 10_000, letter(place / 10_000))
            }
            _ => format!("{:05}", place - 1_296_000),
        };
        format!("{province}{office}{serial}")
    }
}

/// Serials of one letter of a province: two letters, one letter in three places, digits alone.
const FORMS: i64 = 576_000 + 3 * 240_000 + 100_000;

/// Seventeen digits of a resident identity number and the character that checks them (GB 11643).
#[must_use]
pub fn with_resident_check(body: &str) -> String {
    let sum: i64 = body.bytes().zip(RESIDENT_WEIGHTS).map(|(digit, weight)| i64::from(digit - b'0') * weight).sum();
    format!("{body}{}", char::from(nth(b"10X98765432", sum % 11)))
}

/// Seventeen characters of a social credit code and the character that checks them (GB 32100-2015).
#[must_use]
pub fn with_credit_check(body: &str) -> String {
    let value = |byte: u8| CREDIT_ALPHABET.iter().position(|letter| *letter == byte).unwrap_or_default();
    let sum: i64 =
        body.bytes().zip(CREDIT_WEIGHTS).map(|(byte, weight)| i64::try_from(value(byte)).unwrap_or(0) * weight).sum();
    format!("{body}{}", char::from(nth(CREDIT_ALPHABET, (31 - sum % 31) % 31)))
}

/// The character that checks eight characters of an organisation code (GB 11714-1997).
#[must_use]
pub fn organisation_check(body: &str) -> char {
    let value = |letter: char| i64::from(letter.to_digit(36).unwrap_or_default());
    let sum: i64 = body.chars().zip(ORGANISATION_WEIGHTS).map(|(letter, weight)| value(letter) * weight).sum();
    char::from(nth(b"0X987654321", (sum % 11) % 11))
}

/// A VIN with its ninth character put right (GB 16735-2019).
#[must_use]
pub fn with_vin_check(vin: &str) -> String {
    let sum: i64 = vin.bytes().zip(VIN_WEIGHTS).map(|(byte, weight)| vin_value(byte) * weight).sum();
    let check = char::from(nth(b"0123456789X", sum % 11));
    vin.chars().enumerate().map(|(at, letter)| if at == 8 { check } else { letter }).collect()
}

const fn vin_value(byte: u8) -> i64 {
    match byte {
        b'0'..=b'9' => (byte - b'0') as i64,
        b'A'..=b'H' => (byte - b'A') as i64 + 1,
        b'J'..=b'N' => (byte - b'J') as i64 + 1,
        b'P' => 7,
        b'R' => 9,
        b'S'..=b'Z' => (byte - b'S') as i64 + 2,
        _ => 0,
    }
}

/// One of a table by its place; the default outside it.
fn nth<T: Copy + Default>(table: &[T], place: i64) -> T {
    usize::try_from(place).ok().and_then(|place| table.get(place)).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::collections::BTreeSet;

    use crm_core::{
        calendar::Date,
        party::{
            PlateClass, Sex, VinCheck, check_mobile, check_phone, check_plate, check_resident_id,
            check_social_credit_code, check_vin,
        },
    };

    use super::*;

    fn given(draw: impl Fn(&Identifiers, i64) -> String) -> Vec<String> {
        let identifiers = Identifiers::new(7);
        // The first ones and the last ones that a book can have.
        (0..20_000).chain(19_980_000..20_000_000).map(|number| draw(&identifiers, number)).collect()
    }

    fn distinct(numbers: &[String]) -> bool {
        numbers.iter().collect::<BTreeSet<_>>().len() == numbers.len()
    }

    #[test]
    fn resident_numbers_pass_the_core_and_tell_what_was_asked() {
        let today = Date::parse("2025-12-31").unwrap();
        let identifiers = Identifiers::new(7);
        for number in 0..5_000 {
            let wanted = Day::new(1950 + number % 60, 6, 15);
            let (text, birth) = identifiers.resident(number, wanted, number % 3 == 0);
            let read = check_resident_id(&text, today).unwrap();
            assert!(read.notices.is_empty());
            assert_eq!(read.birth.to_string(), birth.to_string());
            assert_eq!(read.sex == Sex::Male, number % 3 == 0);
            assert!((0..100).contains(&wanted.since(birth)));
            assert_eq!(text.get(2..4), Some("98"), "a region that is given to nothing");
        }
        assert!(distinct(&given(|identifiers, number| identifiers.resident(number, Day::new(1980, 1, 1), true).0)));
    }

    #[test]
    fn credit_codes_pass_the_core() {
        let codes = given(Identifiers::credit_code);
        for code in codes.iter().step_by(7) {
            assert!(check_social_credit_code(code).unwrap().notices.is_empty(), "{code}");
        }
        assert!(distinct(&codes));
    }

    #[test]
    fn telephones_pass_the_core() {
        let mobiles = given(Identifiers::mobile);
        assert!(mobiles.iter().all(|mobile| check_mobile(mobile).is_ok()));
        assert!(distinct(&mobiles));
        assert!(check_phone(&Identifiers::new(1).landline(5, "0571")).is_ok());
        assert!(distinct(&given(Identifiers::eight_digits)));
    }

    #[test]
    fn vins_pass_the_core() {
        let vins = given(|identifiers, number| identifiers.vin(number, "LZX", "AB1C", 2001 + number % 25));
        for vin in &vins {
            let read = check_vin(vin, VinCheck::Everywhere).unwrap();
            assert!(read.check_digit_fits && read.notices.is_empty(), "{vin}");
        }
        assert!(distinct(&given(|identifiers, number| identifiers.vin(number, "LZX", "AB1C", 2020))));
    }

    #[test]
    fn plates_pass_the_core() {
        let classes: [(bool, PlateClass); 2] = [(false, PlateClass::Ordinary), (true, PlateClass::NewEnergySmall)];
        for (new_energy, class) in classes {
            let plates = given(|identifiers, number| identifiers.plate(number, "浙", new_energy));
            assert!(distinct(&plates));
            for plate in &plates {
                assert_eq!(check_plate(plate).unwrap().class, class, "{plate}");
            }
        }
    }
}
