//! Laws of numbers and keys: what is normal stays normal, keys hit, nothing falls over.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use crm_core::{
    calendar::Date,
    party::{self, DocumentKind, PartyId, SearchField, SearchKey, VinCheck},
    privacy::MatchingKey,
    wire,
};
use proptest::prelude::*;

fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

type Check = fn(&str) -> Option<String>;

/// Every check of a number: what was keyed to what is kept.
fn checks() -> Vec<(&'static str, Check)> {
    fn document(kind: DocumentKind, number: &str) -> Option<String> {
        party::check_document(kind, number, day("2026-11-21")).ok().map(|checked| checked.number.reveal().to_owned())
    }
    macro_rules! kept {
        ($call:expr, $field:ident) => {
            |number| $call(number).ok().map(|checked| checked.$field.reveal().to_owned())
        };
    }
    vec![
        ("resident_id", |number| document(DocumentKind::ResidentId, number)),
        ("hmt_residence_permit", |number| document(DocumentKind::HmtResidencePermit, number)),
        ("permanent_residence", |number| document(DocumentKind::PermanentResidence, number)),
        ("hk_macao_travel_permit", |number| document(DocumentKind::HkMacaoTravelPermit, number)),
        ("taiwan_travel_permit", |number| document(DocumentKind::TaiwanTravelPermit, number)),
        ("chinese_passport", |number| document(DocumentKind::ChinesePassport, number)),
        ("foreign_passport", |number| document(DocumentKind::ForeignPassport, number)),
        ("social_credit_code", |number| document(DocumentKind::SocialCreditCode, number)),
        ("organisation_code", |number| document(DocumentKind::OrganisationCode, number)),
        ("other", |number| document(DocumentKind::Other, number)),
        ("mobile", kept!(party::check_mobile, number)),
        ("phone", |number| party::check_phone(number).ok().map(|phone| phone.whole().reveal().to_owned())),
        ("email", kept!(party::check_email, address)),
        ("bank_card", kept!(party::check_bank_card, number)),
        ("account", kept!(party::check_account_number, number)),
        ("plate", kept!(party::check_plate, number)),
        ("vin", |number| party::check_vin(number, VinCheck::Nowhere).ok().map(|vin| vin.number.reveal().to_owned())),
        ("engine", kept!(party::check_engine_number, number)),
    ]
}

/// What is kept is kept as it is when it is checked again.
fn normal_stays_normal(check: Check, keyed: &str) -> Result<(), String> {
    match check(keyed) {
        None => Ok(()),
        Some(kept) if check(&kept).as_ref() == Some(&kept) => Ok(()),
        Some(kept) => Err(format!("{keyed:?} is kept as {kept:?}, which is kept as {:?}", check(&kept))),
    }
}

/// Texts near every kind of number.
fn near() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[ ]?(0|86|\\+86|0086|00|\\+)?[ -]?1[3-9][0-9]([ -]?[0-9]{4}){2}",
        "(\\+|00|0)?[0-9]{0,4}[-() ]{0,2}[0-9]{3,9}(-|转|ext|x|#)?[0-9]{0,7}",
        "[京粤沪][·]?[A-Za-z][A-HJ-NP-Z0-9]{4,6}[挂学警领]?",
        "[HMhm][0-9]{8,10}",
        "[EGDSPHKM1][A-J0-9][0-9]{7}",
        "[0-9A-Z]{8}-?[0-9X]",
        "[A-HJ-NPR-Za-z0-9]{14}[0-9]{3}",
        "[a-zA-Z0-9.]{1,8}@[a-zA-ZÀ-ÿ0-9-]{1,8}\\.[a-zA-Z]{2,4}",
        "[0-9]{4}([ -]?[0-9]{4}){3}",
        "[a-zß-ÿŉǰ ]{1,12}",
        "[0-9]{14,18}[0-9xX]?",
    ]
}

/// The key of a key is the key.
fn keys_are_normal(key: impl Fn(SearchField, &str) -> String, typed: &str) -> bool {
    FIELDS.iter().all(|field| {
        let once = key(*field, typed);
        key(*field, &once) == once
    })
}

/// Width, case and spaces do not change a key.
fn keys_hit(key: impl Fn(SearchField, &str) -> String, kept: &str) -> bool {
    let wide: String = kept
        .chars()
        .map(|letter| match letter {
            '!'..='~' => char::from_u32(u32::from(letter) + 0xFEE0).unwrap(),
            other => other,
        })
        .collect();
    let spaced: String = kept.chars().flat_map(|letter| [' ', letter]).collect();
    FIELDS.iter().all(|field| {
        let plain = key(*field, kept);
        [wide.clone(), kept.to_lowercase(), spaced.clone(), format!("\u{3000}{kept} ")]
            .iter()
            .all(|typed| key(*field, typed) == plain)
    })
}

const FIELDS: [SearchField; 6] = [
    SearchField::Name,
    SearchField::Document,
    SearchField::PolicyNumber,
    SearchField::Plate,
    SearchField::Vin,
    SearchField::Phone,
];

fn by_the_core(field: SearchField, typed: &str) -> String {
    SearchKey::of(field, typed).key.reveal().to_owned()
}

proptest! {
    #[test]
    fn law_13_no_number_makes_it_fall_over(keyed in near()) {
        for (_, check) in checks() {
            _ = check(&keyed);
        }
        _ = party::check_vin(&keyed, VinCheck::Everywhere);
    }

    #[test]
    fn what_is_normal_stays_normal(keyed in near()) {
        for (name, check) in checks() {
            prop_assert_eq!(normal_stays_normal(check, &keyed), Ok(()), "{}", name);
        }
        prop_assert!(keys_are_normal(by_the_core, &keyed), "{:?}", keyed);
    }

    #[test]
    fn keys_hit_whatever_is_typed(kept in "[A-Z0-9张三京]{1,12}") {
        prop_assert!(keys_hit(by_the_core, &kept), "{:?}", kept);
    }
}

/// The mutants: a spelling that isn't final, keys that see case or width.
#[test]
fn the_laws_catch_their_mutants() {
    let cuts: Check = |number| Some(number.strip_prefix("86").unwrap_or(number).to_owned());
    assert!(normal_stays_normal(cuts, "868613800138000").is_err());
    assert!(!keys_are_normal(|_, typed| typed.strip_prefix('0').unwrap_or(typed).to_owned(), "0013800138000"));
    assert!(!keys_hit(|_, typed| typed.split_whitespace().collect(), "京A12345"));
    assert!(!keys_hit(|_, typed| typed.trim().to_uppercase(), "京A12345"));
}

/// Row A8: what users type hits what is stored; digests hit without showing it.
#[test]
fn keys_of_what_users_type() {
    for (field, typed, key) in [
        (SearchField::Name, " 张　三 ", "张三"),
        (SearchField::Name, "阿卜杜拉·买买提", "阿卜杜拉买买提"),
        (SearchField::Name, "John  Smith", "JOHNSMITH"),
        (SearchField::Document, "11010519491231002x", "11010519491231002X"),
        (SearchField::Document, "150102 880730303", "150102198807303035"),
        (SearchField::Document, "Ｈ１２３４５６７８０１", "H12345678"),
        (SearchField::Document, "H1234567 8", "H12345678"),
        (SearchField::PolicyNumber, "pdaa-2025/0001", "PDAA20250001"),
        (SearchField::Plate, "京ａ·１２３４５", "京A12345"),
        (SearchField::Vin, "lsv aa49j132047371", "LSVAA49J132047371"),
        (SearchField::Phone, "8613800138000", "13800138000"),
        (SearchField::Phone, "+86-138 0013 8000", "13800138000"),
        (SearchField::Phone, "（０５７１）８７６５４３２１", "057187654321"),
        (SearchField::Phone, "057187654321-801", "057187654321"),
    ] {
        assert_eq!(SearchKey::of(field, typed).key.reveal(), key, "{typed}");
    }
    let secret = MatchingKey::new(&[7; 32]).unwrap();
    let digest = |field, typed: &str| SearchKey::of(field, typed).digest(&secret);
    assert_eq!(digest(SearchField::Plate, " 京ａ12345"), digest(SearchField::Plate, "京A12345"));
    assert_ne!(digest(SearchField::Plate, "12345678"), digest(SearchField::Phone, "12345678"));
    assert_ne!(
        digest(SearchField::Plate, "京A12345"),
        SearchKey::of(SearchField::Plate, "京A12345").digest(&MatchingKey::new(&[8; 32]).unwrap())
    );
}

/// Law 13: ten megabytes of anything are answered, and identifiers keep their limits.
#[test]
fn law_13_long_texts_do_not_fall_over() {
    for (letter, bytes) in
        [("9", 10_000_000), ("京", 10_000_000), ("@", 100_000), ("\u{0}", 100_000), (" ", 100_000), ("-", 100_000)]
    {
        let long = letter.repeat(bytes / letter.len());
        for (name, check) in checks() {
            assert!(check(&long).is_none(), "{name}");
        }
        assert_eq!(PartyId::new(&long).unwrap_err().code().as_str(), "party.id.invalid");
    }
    for id in ["", " ", "a ", "a\n", &"x".repeat(129)] {
        assert_eq!(PartyId::new(id).unwrap_err().code().as_str(), "party.id.invalid");
    }
    let id: PartyId = wire::from_json(b"\"C-1\"").unwrap();
    assert_eq!(wire::to_json(&id).unwrap(), "\"C-1\"");
    assert_eq!(wire::from_json::<PartyId>(b"\"\"").unwrap_err().code().as_str(), "party.id.invalid");
}

/// The same for every character there is: some have capitals that have capitals of their own.
#[test]
fn every_character_stays_normal() {
    let engine = checks().into_iter().find(|(name, _)| *name == "engine").unwrap().1;
    for letter in '\u{0}'..=char::MAX {
        let keyed = letter.to_string();
        let key = by_the_core(SearchField::Name, &keyed);
        assert_eq!(by_the_core(SearchField::Name, &key), key, "{letter:?}");
        assert_eq!(normal_stays_normal(engine, &keyed), Ok(()), "{letter:?}");
    }
}
