//! The resident identity number: cases with sources, laws 10 and 13.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use crm_core::{
    calendar::{AgeConvention, Date},
    party::{Holder, ResidentId, Sex, check_resident_id},
    privacy::{Mask, Personal},
    refusal::Lang,
    wire,
};
use proptest::prelude::*;

fn today() -> Date {
    Date::parse("2026-11-21").unwrap()
}

fn check(number: &str) -> Result<ResidentId, Vec<String>> {
    check_resident_id(number, today())
        .map_err(|refusal| refusal.faults().iter().map(|fault| fault.code().to_string()).collect())
}

#[test]
fn good_numbers() {
    // Sources: github jxlwqq/id-validator tests, guanguans/id-validator tests, dromara/hutool IdcardUtilTest,
    // python-stdnum 2.2 tests, sample of GB 11643. Regions 440401, 140120 are abolished, 500154 and 411082 do not
    // fit the birth date: a soft check must let them pass.
    for (number, birth, sex, region, holder) in [
        ("440308199901101512", "1999-01-10", Sex::Male, "440308", Holder::Resident),
        ("500154199804106120", "1998-04-10", Sex::Female, "500154", Holder::Resident),
        ("44040119580101000X", "1958-01-01", Sex::Female, "440401", Holder::Resident),
        ("140120197901010008", "1979-01-01", Sex::Female, "140120", Holder::Resident),
        ("360426199101010071", "1991-01-01", Sex::Male, "360426", Holder::Resident),
        ("330329200312314634", "2003-12-31", Sex::Male, "330329", Holder::Resident),
        ("11010519491231002X", "1949-12-31", Sex::Female, "110105", Holder::Resident),
        ("500154199301135886", "1993-01-13", Sex::Female, "500154", Holder::Resident),
        ("411082198901010002", "1989-01-01", Sex::Female, "411082", Holder::Resident),
        ("810000199408230021", "1994-08-23", Sex::Female, "810000", Holder::HongKong),
        ("81000019980902013X", "1998-09-02", Sex::Male, "810000", Holder::HongKong),
        ("820000200009100032", "2000-09-10", Sex::Male, "820000", Holder::Macao),
        ("932682198501010017", "1985-01-01", Sex::Male, "932682", Holder::Foreigner),
    ] {
        let id = check(number).unwrap();
        let told = (id.birth.to_string(), id.sex, id.region.as_str(), id.holder);
        assert_eq!(told, (birth.to_owned(), sex, region, holder), "{number}");
        assert_eq!(id.number.reveal(), number);
        assert!(!id.completed && id.notices.is_empty());
    }
    assert_eq!(check(" 11010519491231002x\n").unwrap().number.reveal(), "11010519491231002X");
}

#[test]
fn bad_numbers() {
    for (number, codes) in [
        ("44030819990110", vec!["party.document.length"]),
        ("", vec!["party.document.length"]),
        ("4403081999011015123", vec!["party.document.length"]),
        ("440308199902301512", vec!["party.document.check_digit", "party.document.birth_date"]),
        ("11010119900307867X", vec!["party.document.check_digit"]),
        ("T60426199101010078", vec!["party.document.characters"]),
        ("360426199113010079", vec!["party.document.birth_date"]),
        ("36042619910102009X", vec!["party.document.check_digit"]),
        ("622223199912051311", vec!["party.document.check_digit"]),
        ("12345619991205131x", vec!["party.document.check_digit"]),
        ("3301022011022000D6", vec!["party.document.characters"]),
        ("3301022011022000１", vec!["party.document.length"]),
        ("33010220110220001１", vec!["party.document.characters"]),
        ("1101051949123100 X", vec!["party.document.characters"]),
        ("610104620932690", vec!["party.document.birth_date"]),
        ("61010462093269X", vec!["party.document.characters"]),
    ] {
        assert_eq!(check(number).unwrap_err(), codes, "{number}");
    }
    let tomorrow = "11010520261122001";
    let number = format!("{tomorrow}{}", other_check(tomorrow));
    assert_eq!(check(&number).unwrap_err(), ["party.document.birth_later"]);
    assert!(check_resident_id(&number, today().plus_days(1).unwrap()).is_ok());
}

#[test]
fn fifteen_digits_are_completed() {
    // hutool IdcardUtilTest; jxlwqq/id-validator
    for (short, long) in [
        ("150102880730303", "150102198807303035"),
        ("330102200403064", "33010219200403064X"),
        ("610104620927690", "610104196209276908"),
    ] {
        let id = check(short).unwrap();
        assert_eq!(id.number.reveal(), long);
        assert!(id.completed);
        assert_eq!(id.with_fifteen_digits().unwrap().reveal(), short);
        assert_eq!(check(long).unwrap().birth, id.birth);
    }
    let id = check("110105260101996").unwrap();
    assert_eq!(id.notices[0].code, "party.document.century");
    assert!(check("330329200312314634").unwrap().with_fifteen_digits().is_none());
}

#[test]
fn an_unknown_region_is_a_notice() {
    let body = "99010119900101001";
    let number =
        (0..10).map(|n| n.to_string()).chain(["X".into()]).find_map(|last| check(&format!("{body}{last}")).ok());
    assert_eq!(number.unwrap().holder, Holder::Foreigner);
    let body = "17010119900101001";
    let number =
        (0..10).map(|n| n.to_string()).chain(["X".into()]).find_map(|last| check(&format!("{body}{last}")).ok());
    let notices = number.unwrap().notices;
    assert_eq!(notices.len(), 1);
    assert_eq!(notices[0].code, "party.document.region");
    assert!(notices[0].text_zh.contains("行政区划"));
}

#[test]
fn age_has_a_named_convention() {
    // hutool IdcardUtilTest (issue3651): on the sixth birthday still 5 by the rule of the courts.
    let id = check("321083197812162119").unwrap();
    assert_eq!(id.age(Date::parse("2017-04-10").unwrap(), AgeConvention::BirthdayCounts).unwrap(), 38);
    let id = check("321083200807112111").unwrap();
    let sixth = Date::parse("2014-07-11").unwrap();
    assert_eq!(id.age(sixth, AgeConvention::DayAfterBirthday).unwrap(), 5);
    assert_eq!(id.age(sixth, AgeConvention::BirthdayCounts).unwrap(), 6);
}

/// The check as the standard's text puts it, in another notation: (1 − 2 · first17 in base 13) mod 11.
fn other_check(body: &str) -> char {
    let value = body.chars().fold(0_u128, |sum, digit| sum * 13 + u128::from(digit.to_digit(10).unwrap()));
    let rest = (1 + 11 * 2 * value - 2 * value).rem_euclid(11);
    if rest == 10 { 'X' } else { char::from_digit(u32::try_from(rest).unwrap(), 10).unwrap() }
}

proptest! {
    /// The weighted sum and the base-13 form agree on every body, and exactly one of the eleven check characters fits.
    #[test]
    fn the_check_character_is_the_standards(region in 110_000_u32..660_000, days in 0_i64..45_000, sequence in 0_u32..1000) {
        let birth = Date::parse("1900-01-01").unwrap().plus_days(days).unwrap().to_string().replace('-', "");
        let body = format!("{region:06}{birth}{sequence:03}");
        let fits: Vec<char> = "0123456789X".chars().filter(|last| check(&format!("{body}{last}")).is_ok()).collect();
        prop_assert_eq!(fits, vec![other_check(&body)]);
    }

    /// Law 13: no text makes the check panic.
    #[test]
    fn law_13_it_does_not_fall_over(text in any::<String>(), near in "[0-9Xx ]{13,20}") {
        _ = check(&text);
        _ = check(&near);
    }

    /// One digit wrong is always found (11 is a prime), and so are two neighbours swapped.
    #[test]
    fn one_slip_is_found(days in 0_i64..45_000, sequence in 0_u32..1000, at in 0_usize..17, by in 1_u32..10) {
        let birth = Date::parse("1900-01-01").unwrap().plus_days(days).unwrap().to_string().replace('-', "");
        let body = format!("110105{birth}{sequence:03}");
        let right = format!("{body}{}", other_check(&body));
        let mut wrong: Vec<char> = right.chars().collect();
        wrong[at] = char::from_digit((wrong[at].to_digit(10).unwrap() + by) % 10, 10).unwrap();
        prop_assert!(check(&wrong.iter().collect::<String>()).is_err());
        let mut swapped: Vec<char> = right.chars().collect();
        if at < 16 && swapped[at] != swapped[at + 1] {
            swapped.swap(at, at + 1);
            prop_assert!(check(&swapped.iter().collect::<String>()).is_err());
        }
    }

    /// Masking twice is masking once, and a mask never shows a text of two or more characters whole.
    #[test]
    fn masks_are_idempotent_and_hide(text in any::<String>(), near in "[0-9A-Z陕京张三@. ]{1,24}") {
        for mask in [Mask::Name, Mask::Document, Mask::Mobile, Mask::Landline, Mask::Email, Mask::BankCard, Mask::Plate, Mask::Address] {
            for text in [&text, &near] {
                let once = mask.apply(text);
                prop_assert_eq!(&mask.apply(&once), &once, "{:?}", mask);
                let shown = once.chars().filter(|letter| *letter != '*').count();
                // A plate that was cut off stays: a province, a letter and nothing but letters and digits.
                let mut letters = text.trim().chars();
                let begins = letters.next().is_some_and(|first| first > '\u{4e00}' && first != '张' && first != '三')
                    && letters.next().is_some_and(|second| second.is_ascii_uppercase())
                    && letters.all(|letter| letter.is_ascii_uppercase() || letter.is_ascii_digit());
                prop_assert!(once.is_empty() || mask == Mask::Plate && begins || shown < once.chars().count());
            }
        }
    }
}

/// Law 10, nothing leaks: a planted number stands in no refusal, no notice and no Debug text.
#[test]
fn law_10_nothing_leaks() {
    let secrets =
        ["11010519491231002X", "11010119900307867X", "440308199902301512", "T60426199101010078", "4403081999011"];
    for secret in secrets {
        let shown = match check_resident_id(secret, today()) {
            Ok(id) => format!("{id:?} {:?}", id.notices),
            Err(refusal) => {
                format!("{refusal} {refusal:?} {} {}", refusal.text(Lang::Zh), wire::Error::from(refusal.clone()))
            }
        };
        for length in 4..=secret.len() {
            assert!(!shown.contains(&secret[..length]), "{shown}");
        }
    }
    assert!(!format!("{:?}", Personal::from("张三")).contains('张'));
    // The mutant: a type that derives Debug over a plain text is seen by this test.
    #[derive(Debug)]
    struct Mutant(#[allow(dead_code)] String);
    assert!(format!("{:?}", Mutant(secrets[0].into())).contains(secrets[0]));
}
