//! Laws of the room: nothing leaks, it does not fall over, what is normal stays normal, changes lead from old to new.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use crm_core::{
    calendar::Date,
    money::{Currency, Money},
    party::{
        self, AttributeBook, AttributeCode, BankAccount, CaptureOptions, ChangeEntry, Contact, Customer, CustomerKind,
        CustomerRecord, CustomerVehicle, Document, DocumentKind, EditorId, FamilyFacts, FieldChange, HealthFact,
        HealthFacts, InsuredObject, Interaction, MaritalStatus, Need, ObjectCommand, ObjectDescription, ObjectId,
        OrganisationDetails, PartyId, PersonDetails, Profile, SearchField, SearchKey, Sex, VehicleUser, VinCheck,
        apply_changes, changes_between, object,
    },
    privacy::{MatchingKey, Personal},
    refusal::{Lang, Refusal},
    wire,
};
use proptest::prelude::*;
use serde_json::Value;

fn today() -> Date {
    Date::parse("2026-11-21").unwrap()
}

fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

fn text(words: &str) -> Personal {
    Personal::from(words)
}

/// A record in which every field stands.
fn whole(organisation: bool) -> CustomerRecord {
    let document = Document {
        valid_from: Some(day("2010-01-01")),
        valid_until: Some(day("2030-01-01")),
        ..Document::new(DocumentKind::ResidentId, text("11010519491231002X"))
    };
    let code = Document::new(DocumentKind::SocialCreditCode, text("91110000600037341L"));
    let person = PersonDetails {
        short_name: Some(text("小张儿")),
        birth: Some(day("1949-12-31")),
        sex: Some(Sex::Female),
        marital_status: Some(MaritalStatus::Widowed),
        occupation: Some(text("潜水教练")),
        occupation_class: Some(4),
        income_band: Some("band-77".into()),
        family: Some(FamilyFacts { household_size: Some(83), children: Some(41), dependants: Some(42) }),
        health: Some(HealthFacts {
            consented_on: Some(day("2020-01-01")),
            facts: vec![HealthFact { noted_on: day("2020-01-02"), fact: text("心律不齐") }],
        }),
        social_attributes: vec!["volunteer-x".into()],
        ..PersonDetails::named(text("张大三"))
    };
    let company = OrganisationDetails {
        short_name: Some(text("某某汽车")),
        industry: Some("C36-99".into()),
        employees: Some(1234),
        founded_on: Some(day("2001-01-01")),
        registered_capital: Some(Money::from_minor(998_877_00, Currency::CNY)),
        legal_representative: Some(text("李大四")),
        contact_person: Some(text("王大五")),
        ..OrganisationDetails::named(text("杭州某某汽车有限公司"))
    };
    CustomerRecord {
        id: PartyId::new("C-55667").unwrap(),
        kind: CustomerKind::Agent,
        profile: if organisation {
            Profile::Organisation { details: company }
        } else {
            Profile::Person { details: person }
        },
        contacts: vec![
            Contact::Mobile { number: text("13800138000"), usual: true },
            Contact::Phone { number: text("057187654321-801"), usual: false },
            Contact::Email { address: text("zhang.san@example.cn") },
            Contact::Address { address: text("杭州市西湖区文三路"), postcode: Some(text("310012")) },
        ],
        documents: vec![if organisation { code } else { document.clone() }],
        accounts: vec![
            BankAccount::Card { number: text("6228480402564890018"), bank: Some("农业银行".into()) },
            BankAccount::Account { number: text("79927398713"), bank: Some("工商银行".into()) },
        ],
        vehicles: vec![CustomerVehicle {
            plate: Some(text("京A12345")),
            vin: Some(text("LSVAA49J132047371")),
            engine_number: Some(text("B48B20A")),
            make_and_model: Some("大众途观".into()),
            first_registered: Some(day("2015-06-01")),
            user: Some(VehicleUser::Person {
                name: text("赵大六"),
                phone: Some(text("13900139000")),
                document: Some(document),
            }),
        }],
        source_channel: Some("branch-east".into()),
        agent: Some(PartyId::new("A-99887").unwrap()),
        tags: vec!["会员标签".into()],
        needs: vec![Need {
            noted_on: day("2026-01-01"),
            cover: "life-cover".into(),
            amount: Some(Money::from_minor(500_111_00, Currency::CNY)),
            term_months: Some(239),
            price: Some(Money::from_minor(5_222_00, Currency::CNY)),
            service: Some(text("晚上联系我")),
        }],
        interactions: vec![Interaction {
            on: day("2026-01-01"),
            time: Some("09:31".into()),
            channel: "visit-home".into(),
            content: text("谈到续保事宜"),
            feedback: Some(text("非常满意")),
            questions: vec![text("保费为何上涨")],
        }],
    }
}

/// Every text, number and date in a record, with the pointer to it.
fn leaves(value: &Value, path: String, out: &mut Vec<(String, String)>) {
    match value {
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(at, item)| leaves(item, format!("{path}/{at}"), out))
        }
        Value::Object(fields) => fields.iter().for_each(|(name, item)| leaves(item, format!("{path}/{name}"), out)),
        Value::String(text) => out.push((path, text.clone())),
        Value::Number(number) => out.push((path, number.to_string())),
        Value::Bool(_) | Value::Null => {}
    }
}

fn json<T: serde::Serialize>(value: &T) -> Value {
    serde_json::from_str(&wire::to_json(value).unwrap()).unwrap()
}

/// Everything that a refusal shows.
fn shown(refusal: &Refusal) -> String {
    let texts: Vec<String> = refusal.faults().iter().map(|fault| fault.text(Lang::Zh)).collect();
    format!("{refusal} {refusal:?} {texts:?} {:?}", wire::Error::from(refusal.clone()))
}

/// The secrets that stand in what is shown.
fn leaked<'a>(secrets: &'a [(String, String)], shown: &str) -> Vec<&'a String> {
    secrets.iter().map(|(_, secret)| secret).filter(|secret| shown.contains(secret.as_str())).collect()
}

/// Law 10: no Debug text of anything that holds a customer shows any of its values.
#[test]
fn law_10_debug_shows_nothing() {
    for organisation in [false, true] {
        let record = whole(organisation);
        let customer = Customer::check(&record, today(), &CaptureOptions::default()).unwrap();
        let mut secrets = Vec::new();
        leaves(&json(&record), String::new(), &mut secrets);
        assert!(secrets.len() > 40);
        let description = ObjectDescription::Vehicle { details: record.vehicles[0].clone() };
        let command = ObjectCommand::Register {
            id: ObjectId::new("O-44556").unwrap(),
            description: Box::new(description),
            owner: record.id.clone(),
            from: day("2015-06-01"),
        };
        let events = object::decide(None, &command, today(), &CaptureOptions::default()).unwrap();
        let owned: Option<InsuredObject> = events.iter().fold(None, object::apply);
        let entry =
            ChangeEntry { on: today(), by: EditorId::new("op-17").unwrap(), reason: text("谈到续保事宜") };
        let mut other = record.clone();
        other.profile = whole(!organisation).profile;
        let changes = changes_between(&record, &other, &entry).unwrap();
        assert!(!changes.is_empty());
        let mut debug =
            format!("{record:?} {customer:?} {command:?} {events:?} {owned:?} {changes:?} {:?}", record.profile);
        let parts = (
            &record.contacts,
            &record.documents,
            &record.accounts,
            &record.vehicles,
            &record.needs,
            &record.interactions,
        );
        debug += &format!("{parts:?} {:?} {:?}", customer.search_keys(), entry.reason);
        if let Profile::Person { details } = &record.profile {
            debug += &format!("{details:?} {:?} {:?}", details.family, details.health);
        }
        assert_eq!(leaked(&secrets, &debug), Vec::<&String>::new(), "{debug}");
        for number in ["13800138000", "11010519491231002X", "LSVAA49J132047371", "京A12345", "91110000600037341L"] {
            let checked = format!(
                "{:?} {:?} {:?} {:?} {:?}",
                party::check_mobile(number),
                party::check_document(DocumentKind::ResidentId, number, today()),
                party::check_vin(number, VinCheck::ByOrigin),
                party::check_plate(number),
                party::check_social_credit_code(number),
            );
            assert!(!checked.contains(number), "{checked}");
        }
    }
    // The mutant: a record whose Debug is derived is seen by this test.
    #[derive(Debug)]
    struct Mutant(#[allow(dead_code)] Option<Date>);
    let secrets = [(String::new(), "1949-12-31".to_owned())];
    assert_eq!(leaked(&secrets, &format!("{:?}", Mutant(Some(day("1949-12-31"))))).len(), 1);
}

/// Law 10: whatever is planted in whichever field, no refusal and no notice repeats it.
#[test]
fn law_10_no_refusal_repeats_what_was_planted() {
    let plants = ["Zq-secret-93417", "93417934179341793", "秘密九三四一七", "93417@@秘密", "\u{1}Zq-secret", ""];
    let told = ["93417", "secret", "秘密"];
    let mut refused = 0;
    for organisation in [false, true] {
        let record = json(&whole(organisation));
        let mut fields = Vec::new();
        leaves(&record, String::new(), &mut fields);
        // Names of choices stand in sentences; short codes and numbers do by chance.
        let choice =
            |path: &str| ["/document", "/kind", "/sex", "/marital_status"].iter().any(|end| path.ends_with(end));
        let secrets: Vec<(String, String)> =
            fields.iter().filter(|(path, was)| !choice(path) && was.chars().count() > 5).cloned().collect();
        for (path, _) in &fields {
            for plant in plants {
                let mut planted = record.clone();
                *planted.pointer_mut(path).unwrap() = Value::String(plant.into());
                let checked = wire::from_json::<CustomerRecord>(planted.to_string().as_bytes())
                    .and_then(|record| Customer::check(&record, today(), &CaptureOptions::default()));
                let shown = match checked {
                    Ok(customer) => format!("{:?} {customer:?}", customer.notices()),
                    Err(refusal) => {
                        refused += 1;
                        shown(&refusal)
                    }
                };
                assert!(!told.iter().any(|secret| shown.contains(secret)), "{path}: {shown}");
                assert_eq!(leaked(&secrets, &shown), Vec::<&String>::new(), "{path}");
            }
        }
    }
    assert!(refused > 200, "{refused}");
    // The mutant: a refusal that repeats a value is seen.
    let repeating = Refusal::from(crm_core::refusal::Fault::new(crm_core::refusal::Code::PartyIdInvalid).at("secret"));
    assert!(told.iter().any(|secret| shown(&repeating).contains(secret)));
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

fn entry() -> ChangeEntry {
    ChangeEntry { on: today(), by: EditorId::new("op-17").unwrap(), reason: text("客户来电") }
}

/// Applied to the old version, the changes give the new one, each with day, author and reason.
fn changes_lead_on(
    old: &CustomerRecord,
    new: &CustomerRecord,
    apply: impl Fn(&CustomerRecord, &[FieldChange]) -> Result<CustomerRecord, Refusal>,
) -> bool {
    let changes = changes_between(old, new, &entry()).unwrap();
    let attributed = changes.iter().all(|change| {
        change.on == today()
            && change.by.as_str() == "op-17"
            && change.reason.reveal() == "客户来电"
            && change.old != change.new
    });
    attributed && changes.is_empty() == (old == new) && apply(old, &changes).is_ok_and(|applied| applied == *new)
}

/// Any record, right or wrong: history keeps what was there.
fn any_record() -> impl Strategy<Value = CustomerRecord> {
    let words = || prop_oneof![any::<String>(), "[a-c/~\"\\\\ 张]{0,3}"];
    let contact = prop_oneof![
        (words(), any::<bool>()).prop_map(|(number, usual)| Contact::Mobile { number: number.into(), usual }),
        words().prop_map(|address| Contact::Email { address: address.into() }),
        (words(), prop::option::of(words())).prop_map(|(address, postcode)| Contact::Address {
            address: address.into(),
            postcode: postcode.map(Personal::from)
        }),
    ];
    let tags = prop::collection::vec(words(), 0..4);
    let contacts = prop::collection::vec(contact, 0..4);
    (any::<bool>(), words(), contacts, tags, prop::option::of(words()), 0_i64..3, any::<bool>()).prop_map(
        |(organisation, name, contacts, tags, source_channel, children, bare)| {
            let mut record = whole(organisation);
            match &mut record.profile {
                Profile::Person { details } => {
                    details.name = name.into();
                    details.family = (!bare).then_some(FamilyFacts {
                        household_size: None,
                        children: Some(children),
                        dependants: None,
                    });
                }
                Profile::Organisation { details } => details.short_name = Some(name.into()),
            }
            if bare {
                record.vehicles.clear();
            }
            CustomerRecord { contacts, tags, source_channel, ..record }
        },
    )
}

proptest! {
    #[test]
    fn law_13_it_does_not_fall_over(keyed in near(), record in any_record()) {
        for (_, check) in checks() {
            _ = check(&keyed);
        }
        _ = party::check_vin(&keyed, VinCheck::Everywhere);
        _ = Customer::check(&record, today(), &CaptureOptions { plate_prefix: Some(keyed.clone()), vin_prefix: Some(keyed), ..CaptureOptions::default() });
    }

    #[test]
    fn what_is_normal_stays_normal(keyed in near()) {
        for (name, check) in checks() {
            prop_assert_eq!(normal_stays_normal(check, &keyed), Ok(()), "{}", name);
        }
        prop_assert!(keys_are_normal(by_the_core, &keyed), "{:?}", keyed);
    }

    #[test]
    fn a_checked_record_stays_as_it_is(record in any_record(), name in "[ 张a-c]{1,4}", phone in "[0-9]{7,12}") {
        let mut record = record;
        record.contacts.retain(|contact| matches!(contact, Contact::Address { .. }));
        record.contacts.push(Contact::Phone { number: phone.into(), usual: true });
        if let Profile::Person { details } = &mut record.profile {
            details.name = name.into();
        }
        if let Ok(customer) = Customer::check(&record, today(), &CaptureOptions::default()) {
            let again = Customer::check(customer.record(), today(), &CaptureOptions::default());
            prop_assert!(again.is_ok_and(|again| again == customer));
        }
    }

    #[test]
    fn keys_hit_whatever_is_typed(kept in "[A-Z0-9张三京]{1,12}") {
        prop_assert!(keys_hit(by_the_core, &kept), "{:?}", kept);
    }

    #[test]
    fn changes_lead_from_old_to_new(old in any_record(), new in any_record()) {
        prop_assert!(changes_lead_on(&old, &new, apply_changes));
        prop_assert!(changes_lead_on(&old, &old, apply_changes));
    }

    /// Records with maps, whose keys may hold anything that a path is made of.
    #[test]
    fn changes_of_maps_lead_on_too(keys in prop::collection::btree_map("[a-c/~\"]{1,3}", "[ab]", 0..4), others in prop::collection::btree_map("[a-c/~\"]{1,3}", "[ab]", 0..4)) {
        let book = |keys: &std::collections::BTreeMap<String, String>| {
            let holders = keys.iter().map(|(key, value)| (PartyId::new(key).unwrap(), value.clone())).collect();
            let mut book = AttributeBook::new(3);
            book.holders.insert(AttributeCode::new("A/01").unwrap(), holders);
            book
        };
        let (old, new) = (book(&keys), book(&others));
        let changes = changes_between(&old, &new, &entry()).unwrap();
        prop_assert_eq!(apply_changes(&old, &changes), Ok(new));
    }
}

/// The mutants: a spelling that isn't final, keys that see case or width, changes that are lost.
#[test]
fn the_laws_catch_their_mutants() {
    let cuts: Check = |number| Some(number.strip_prefix("86").unwrap_or(number).to_owned());
    assert!(normal_stays_normal(cuts, "868613800138000").is_err());
    assert!(!keys_are_normal(|_, typed| typed.strip_prefix('0').unwrap_or(typed).to_owned(), "0013800138000"));
    assert!(!keys_hit(|_, typed| typed.split_whitespace().collect(), "京A12345"));
    assert!(!keys_hit(|_, typed| typed.trim().to_uppercase(), "京A12345"));
    let (old, mut new) = (whole(false), whole(false));
    new.tags.clear();
    new.contacts.remove(0);
    assert!(changes_lead_on(&old, &new, apply_changes));
    assert!(!changes_lead_on(&old, &new, |record, changes| {
        let kept: Vec<FieldChange> = changes.iter().filter(|change| change.new.is_some()).cloned().collect();
        apply_changes(record, &kept)
    }));
    assert!(!changes_lead_on(&old, &new, |record, changes| {
        let reversed: Vec<FieldChange> = changes.iter().rev().skip(1).cloned().collect();
        apply_changes(record, &reversed)
    }));
}

#[test]
fn changes_that_do_not_fit_are_refused() {
    let (old, mut new) = (whole(false), whole(false));
    new.tags.push("新的".into());
    let changes = changes_between(&old, &new, &entry()).unwrap();
    assert_eq!(changes.len(), 1);
    assert_eq!(
        (changes[0].path.reveal(), changes[0].new.as_ref().map(Personal::reveal)),
        ("/tags/1", Some("\"新的\""))
    );
    let failing = |change: FieldChange| {
        let refusal = apply_changes(&old, &[change]).map(|_| ()).unwrap_err();
        format!("{} {}", refusal.code(), refusal.path())
    };
    let change = |path: &str, old: Option<&str>, new: Option<&str>| FieldChange {
        path: path.into(),
        old: old.map(Personal::from),
        new: new.map(Personal::from),
        ..changes[0].clone()
    };
    assert_eq!(failing(change("/tags/0", Some("\"别的\""), None)), "party.change.stale /0/old");
    assert_eq!(failing(change("/tags/1", Some("\"会员标签\""), None)), "party.change.stale /0/old");
    assert_eq!(failing(change("/tags/7", None, Some("\"x\""))), "party.change.path /0/path");
    assert_eq!(failing(change("/nothing/7", None, Some("\"x\""))), "party.change.path /0/path");
    assert_eq!(failing(change("tags", None, Some("\"x\""))), "party.change.path /0/path");
    assert_eq!(failing(change("/contacts/0", Some("{}"), None)), "party.change.stale /0/old");
    assert_eq!(failing(change("/tags/0", Some("\"会员标签\""), Some("{\"x\":"))), "party.change.value /0/new");
    let deep = "[".repeat(100_000);
    assert_eq!(failing(change("/tags/0", Some(&deep), None)), "party.change.value /0/old");
    assert_eq!(failing(change("/tags/0", Some("\"会员标签\""), Some("5"))), "wire.text.expected /tags/0");
    assert_eq!(failing(change("/unknown", None, Some("5"))), "wire.field.unknown /unknown");
    // An entry that went from the middle of a list changed no other entry.
    let mut shorter = old.clone();
    shorter.contacts.remove(1);
    let gone = changes_between(&old, &shorter, &entry()).unwrap();
    assert_eq!((gone.len(), gone[0].path.reveal()), (1, "/contacts"));
    assert!(apply_changes(&old, &gone).unwrap() == shorter);
    // A whole record can be replaced.
    let replaced = change("", Some(&wire::to_json(&old).unwrap()), Some(&wire::to_json(&new).unwrap()));
    assert!(apply_changes(&old, &[replaced]).unwrap() == new);
    assert_eq!(failing(change("", None, None)), "party.change.path /0/path");
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

/// Everything that crosses is read as it was written.
#[test]
fn records_cross_the_wire() {
    for organisation in [false, true] {
        let record = whole(organisation);
        let again: CustomerRecord = wire::from_json(wire::to_json(&record).unwrap().as_bytes()).unwrap();
        assert!(again == record);
        let node = wire::write(&record, wire::Dialect::Node).unwrap();
        let again: CustomerRecord = wire::read(node.as_bytes(), wire::Dialect::Node).unwrap();
        assert!(again == record);
    }
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
