//! Records in which every field stands, and records with anything in them.

use crm_core::{
    calendar::Date,
    money::{Currency, Money},
    party::{
        BankAccount, Contact, CustomerKind, CustomerRecord, CustomerVehicle, Document, DocumentKind, FamilyFacts,
        HealthFact, HealthFacts, Interaction, MaritalStatus, Need, OrganisationDetails, PartyId, PersonDetails,
        Profile, Sex, VehicleUser,
    },
    privacy::Personal,
};
use proptest::prelude::*;

pub fn today() -> Date {
    Date::parse("2026-11-21").unwrap()
}

pub fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

pub fn text(words: &str) -> Personal {
    Personal::from(words)
}

/// A record in which every field stands.
pub fn whole(organisation: bool) -> CustomerRecord {
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
        registered_capital: Some(Money::from_minor(99_887_700, Currency::CNY)),
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
            object: None,
        }],
        source_channel: Some("branch-east".into()),
        agent: Some(PartyId::new("A-99887").unwrap()),
        through: None,
        tags: vec!["会员标签".into()],
        needs: vec![Need {
            noted_on: day("2026-01-01"),
            cover: "life-cover".into(),
            amount: Some(Money::from_minor(50_011_100, Currency::CNY)),
            term_months: Some(239),
            price: Some(Money::from_minor(522_200, Currency::CNY)),
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

/// Any record, right or wrong: history keeps what was there.
pub fn any_record() -> impl Strategy<Value = CustomerRecord> {
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
