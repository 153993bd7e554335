//! The check of a whole customer record: every fault at once, each with code and path; notices apart.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use crm_core::{
    calendar::{AgeConvention, Date},
    party::{CaptureOptions, Customer, CustomerRecord, SearchField, Sex, VinCheck, customer_facts},
    refusal::{Lang, Refusal},
    rulebook::RuleSet,
    wire,
};
use serde_json::{Value, json};

fn today() -> Date {
    Date::parse("2026-11-21").unwrap()
}

fn person() -> Value {
    json!({
        "id": "C-1", "kind": "direct",
        "profile": {"person": {"details": {
            "name": "张三", "short_name": null, "birth": "1949-12-31", "sex": "female", "marital_status": "married",
            "occupation": "教师", "occupation_class": 1, "income_band": "B3",
            "family": {"household_size": 3, "children": 1, "dependants": 1},
            "health": {"consented_on": "2020-01-01", "facts": [{"noted_on": "2020-01-02", "fact": "高血压"}]},
            "social_attributes": ["teacher"]
        }}},
        "contacts": [
            {"mobile": {"number": "13800138000", "usual": true}},
            {"phone": {"number": "057187654321-801", "usual": false}},
            {"email": {"address": "zhang.san@example.cn"}},
            {"address": {"address": "杭州市西湖区文三路 1 号", "postcode": "310012"}}
        ],
        "documents": [
            {"document": "resident_id", "number": "11010519491231002X", "valid_from": "2010-01-01", "valid_until": null}
        ],
        "accounts": [
            {"card": {"number": "6228480402564890018", "bank": "农业银行"}},
            {"account": {"number": "79927398713", "bank": null}}
        ],
        "vehicles": [{
            "plate": "京A12345", "vin": "LSVAA49J132047371", "engine_number": "B48B20A", "make_and_model": "大众途观",
            "first_registered": "2015-06-01", "user": {"same_as_owner": {}}
        }],
        "source_channel": "branch", "agent": null, "tags": ["vip", "motor"],
        "needs": [{
            "noted_on": "2026-01-01", "cover": "life", "amount": {"amount": "500000.00", "currency": "CNY"},
            "term_months": 240, "price": {"amount": "5000.00", "currency": "CNY"}, "service": "晚上联系"
        }],
        "interactions": [{
            "on": "2026-01-01", "time": "09:30", "channel": "visit", "content": "谈续保\n明年再谈", "feedback": "满意",
            "questions": ["保费为何上涨？"]
        }]
    })
}

fn company() -> Value {
    let mut company = person();
    company["kind"] = json!("group");
    company["profile"] = json!({"organisation": {"details": {
        "full_name": "杭州某某汽车有限公司", "short_name": "某某汽车", "industry": "C36", "employees": 120,
        "founded_on": "2001-01-01", "registered_capital": {"amount": "1000000.00", "currency": "CNY"},
        "legal_representative": "李四", "contact_person": "王五"
    }}});
    company["documents"] = json!([{"document": "social_credit_code", "number": "91110000600037341L"}]);
    company["vehicles"][0]["user"] = json!({"person": {
        "name": "赵六", "phone": "13900139000", "document": {"document": "hk_macao_travel_permit", "number": "H1234567801"}
    }});
    company
}

fn record(value: &Value) -> CustomerRecord {
    wire::from_json(value.to_string().as_bytes()).unwrap_or_else(|refusal| panic!("{refusal}: {value}"))
}

fn check(value: &Value) -> Result<Customer, Refusal> {
    Customer::check(&record(value), today(), &CaptureOptions::default())
}

/// What is found after edits: faults, or notices when there is no fault.
fn found(mut value: Value, edits: &[(&str, Value)]) -> Vec<String> {
    for (path, new) in edits {
        *value.pointer_mut(path).unwrap_or_else(|| panic!("{path}")) = new.clone();
    }
    match check(&value) {
        Ok(customer) => customer.notices().iter().map(|each| format!("look: {} {}", each.code, each.path)).collect(),
        Err(refusal) => refusal.faults().iter().map(|each| format!("{} {}", each.code(), each.path())).collect(),
    }
}

#[test]
fn right_records_pass() {
    assert_eq!(found(person(), &[]), [""; 0]);
    assert_eq!(found(company(), &[]), [""; 0]);
    let customer = check(&person()).unwrap();
    assert_eq!(
        (customer.birth().map(|day| day.to_string()), customer.sex()),
        (Some("1949-12-31".into()), Some(Sex::Female))
    );
    assert_eq!(customer.age(today(), AgeConvention::BirthdayCounts).unwrap(), Some(76));
    assert_eq!(check(&company()).unwrap().age(today(), AgeConvention::BirthdayCounts).unwrap(), None);
    assert!(customer.clone().into_record() == *customer.record());
}

#[test]
fn each_fault_stands_where_it_belongs() {
    const DETAILS: &str = "/profile/person/details";
    let long = "长".repeat(201);
    let person_cases: Vec<(String, Value, Vec<String>)> = [
        ("/name", json!(" "), "party.text.empty"),
        ("/name", json!(long), "party.text.length"),
        ("/name", json!("张\u{0}三"), "party.text.characters"),
        ("/short_name", json!(""), "party.text.empty"),
        ("/occupation", json!(""), "party.text.empty"),
        ("/occupation_class", json!(0), "party.number.range"),
        ("/income_band", json!(""), "party.text.empty"),
        ("/family/household_size", json!(0), "party.number.range"),
        ("/family/children", json!(-1), "party.number.range"),
        ("/family/dependants", json!(101), "party.number.range"),
        ("/health/consented_on", Value::Null, "party.health.consent_missing"),
        ("/health/consented_on", json!("2026-11-22"), "party.date.later"),
        ("/health/facts/0/noted_on", json!("2019-12-31"), "party.health.consent_later"),
        ("/health/facts/0/fact", json!(""), "party.text.empty"),
        ("/social_attributes/0", json!(""), "party.text.empty"),
    ]
    .into_iter()
    .map(|(path, value, code)| (format!("{DETAILS}{path}"), value, vec![format!("{code} {DETAILS}{path}")]))
    .collect();
    for (path, value, mut expected) in person_cases {
        // A consent that is still to come is later than every fact, too.
        if value == json!("2026-11-22") {
            expected.push(format!("party.health.consent_later {DETAILS}/health/facts/0/noted_on"));
        }
        assert_eq!(found(person(), &[(&path, value)]), expected);
    }
    for (path, value, expected) in [
        ("/kind", json!("group"), "party.customer.group_person /kind"),
        ("/kind", json!("agent"), "party.customer.agent_missing /agent"),
        ("/contacts/0/mobile/number", json!("12800138000"), "party.mobile.prefix /contacts/0/mobile/number"),
        ("/contacts/1/phone/number", json!("110"), "party.phone.length /contacts/1/phone/number"),
        ("/contacts/2/email/address", json!("x"), "party.email.at /contacts/2/email/address"),
        ("/contacts/3/address/address", json!(""), "party.text.empty /contacts/3/address/address"),
        ("/contacts/3/address/postcode", json!(""), "party.text.empty /contacts/3/address/postcode"),
        ("/documents/0/number", json!("110105194912310021"), "party.document.check_digit /documents/0/number"),
        ("/documents/0/document", json!("chinese_passport"), "party.document.length /documents/0/number"),
        ("/documents/0/document", json!("hmt_residence_permit"), "party.document.other_kind /documents/0/number"),
        ("/documents/0/valid_from", json!("2027-01-01"), "party.date.later /documents/0/valid_from"),
        ("/documents/0/valid_until", json!("2009-12-31"), "party.document.validity /documents/0/valid_until"),
        ("/accounts/0/card/number", json!("6228480402564890019"), "party.card.check_digit /accounts/0/card/number"),
        ("/accounts/0/card/bank", json!(""), "party.text.empty /accounts/0/card/bank"),
        ("/accounts/1/account/number", json!("1"), "party.card.length /accounts/1/account/number"),
        ("/vehicles/0/plate", json!("京A1234"), "party.plate.shape /vehicles/0/plate"),
        ("/vehicles/0/vin", json!("LSVAA49J132047372"), "party.vin.check_digit /vehicles/0/vin"),
        ("/vehicles/0/engine_number", json!(""), "party.engine.length /vehicles/0/engine_number"),
        ("/vehicles/0/make_and_model", json!(""), "party.text.empty /vehicles/0/make_and_model"),
        ("/vehicles/0/first_registered", json!("2027-01-01"), "party.date.later /vehicles/0/first_registered"),
        ("/source_channel", json!(""), "party.text.empty /source_channel"),
        ("/tags/1", json!(" vip"), "party.tag.duplicate /tags/1"),
        ("/needs/0/noted_on", json!("2027-01-01"), "party.date.later /needs/0/noted_on"),
        ("/needs/0/cover", json!(""), "party.text.empty /needs/0/cover"),
        ("/needs/0/amount/amount", json!("-1.00"), "party.amount.negative /needs/0/amount/amount"),
        ("/needs/0/price/amount", json!("-1.00"), "party.amount.negative /needs/0/price/amount"),
        ("/needs/0/term_months", json!(0), "party.number.range /needs/0/term_months"),
        ("/needs/0/service", json!(""), "party.text.empty /needs/0/service"),
        ("/interactions/0/on", json!("2027-01-01"), "party.date.later /interactions/0/on"),
        ("/interactions/0/channel", json!(""), "party.text.empty /interactions/0/channel"),
        ("/interactions/0/content", json!("a\u{1}"), "party.text.characters /interactions/0/content"),
        ("/interactions/0/feedback", json!(""), "party.text.empty /interactions/0/feedback"),
        ("/interactions/0/questions/0", json!("问".repeat(20_001)), "party.text.length /interactions/0/questions/0"),
        ("/tags", json!((0..1001).map(|n| n.to_string()).collect::<Vec<_>>()), "party.list.length /tags"),
    ] {
        assert_eq!(found(person(), &[(path, value)]), [expected]);
    }
    for time in ["9:30", "24:00", "12:60", "12-30", "", "12:3", "ab:cd", "12:30:00"] {
        let path = "/interactions/0/time";
        assert_eq!(found(person(), &[(path, json!(time))]), [format!("party.interaction.time {path}")], "{time}");
    }
    for time in ["00:00", "23:59", "19:05"] {
        assert_eq!(found(person(), &[("/interactions/0/time", json!(time))]), [""; 0], "{time}");
    }
    const ORGANISATION: &str = "/profile/organisation/details";
    for (path, value, code) in [
        ("/full_name", json!(""), "party.text.empty"),
        ("/short_name", json!(""), "party.text.empty"),
        ("/industry", json!(""), "party.text.empty"),
        ("/employees", json!(-1), "party.number.range"),
        ("/founded_on", json!("2027-01-01"), "party.date.later"),
        ("/registered_capital/amount", json!("-1.00"), "party.amount.negative"),
        ("/legal_representative", json!(""), "party.text.empty"),
        ("/contact_person", json!(""), "party.text.empty"),
    ] {
        let path = format!("{ORGANISATION}{path}");
        assert_eq!(found(company(), &[(&path, value)]), [format!("{code} {path}")]);
    }
}

/// Row A3: a company names the person who uses the vehicle; a person may be the same as the owner.
#[test]
fn a_company_names_the_user_of_a_vehicle() {
    let user = "/vehicles/0/user";
    for (value, expected) in [
        (Value::Null, "party.vehicle.user_missing /vehicles/0/user"),
        (json!({"same_as_owner": {}}), "party.vehicle.user_organisation /vehicles/0/user"),
        (json!({"person": {"name": ""}}), "party.text.empty /vehicles/0/user/person/name"),
        (json!({"person": {"name": "赵六", "phone": "1"}}), "party.phone.length /vehicles/0/user/person/phone"),
        (
            json!({"person": {"name": "赵六", "document": {"document": "social_credit_code", "number": "91110000600037341L"}}}),
            "party.document.holder /vehicles/0/user/person/document/document",
        ),
    ] {
        assert_eq!(found(company(), &[(user, value)]), [expected]);
    }
    assert_eq!(found(person(), &[(user, json!({"person": {"name": "赵六"}}))]), [""; 0]);
    assert_eq!(found(person(), &[(user, Value::Null)]), ["look: party.vehicle.user_unknown /vehicles/0/user"]);
    // "Same as owner" needs no second entry, and takes none.
    let both = person().to_string().replace("\"same_as_owner\":{}", "\"same_as_owner\":{\"name\":\"张三\"}");
    assert_eq!(
        wire::from_json::<CustomerRecord>(both.as_bytes()).map(|_| ()).unwrap_err().code().as_str(),
        "wire.field.unknown"
    );
}

#[test]
fn what_contradicts_itself_is_refused() {
    let details = "/profile/person/details";
    let birth = format!("{details}/birth");
    let sex = format!("{details}/sex");
    assert_eq!(found(person(), &[(&birth, json!("1949-12-30"))]), ["party.person.birth_differs /documents/0/number"]);
    assert_eq!(found(person(), &[(&sex, json!("male"))]), ["party.person.sex_differs /documents/0/number"]);
    let resident = person()["documents"][0].clone();
    let other = json!({"document": "resident_id", "number": "440308199901101512"});
    assert_eq!(
        found(person(), &[("/documents", json!([resident, other])), (&birth, Value::Null), (&sex, Value::Null)]),
        ["party.person.birth_differs /documents/1/number", "party.person.sex_differs /documents/1/number"]
    );
    let again = json!({"document": "resident_id", "number": " 11010519491231002x"});
    assert_eq!(
        found(person(), &[("/documents", json!([resident, again]))]),
        ["party.document.duplicate /documents/1/number"]
    );
    let code = json!({"document": "social_credit_code", "number": "91110000600037341L"});
    assert_eq!(found(person(), &[("/documents", json!([code]))]), ["party.document.holder /documents/0/document"]);
    assert_eq!(found(company(), &[("/documents", json!([resident]))]), ["party.document.holder /documents/0/document"]);
    for (number, expected) in
        [("60003734-1", vec![]), ("D2143569X", vec!["party.organisation.codes_differ /documents/1/number".to_owned()])]
    {
        let older = json!({"document": "organisation_code", "number": number});
        assert_eq!(found(company(), &[("/documents", json!([code, older]))]), expected);
    }
    let vehicle = person()["vehicles"][0].clone();
    assert_eq!(
        found(person(), &[("/vehicles", json!([vehicle, vehicle]))]),
        ["party.vehicle.duplicate /vehicles/1/vin", "party.vehicle.duplicate /vehicles/1/plate"]
    );
    let nothing = [("/vehicles/0/plate", Value::Null), ("/vehicles/0/vin", Value::Null)];
    assert_eq!(found(person(), &nothing), ["party.vehicle.unidentified /vehicles/0"]);
    assert_eq!(found(person(), &nothing[..1]), [""; 0]);
}

#[test]
fn notices_stop_nothing() {
    for (path, value, expected) in [
        ("/documents/0/valid_until", json!("2020-01-01"), "party.document.expired /documents/0/valid_until"),
        ("/accounts/1/account/number", json!("79927398714"), "party.account.check_digit /accounts/1/account/number"),
        ("/vehicles/0/vin", json!("WP0ZZZ99ZTS392124"), "party.vin.check_digit /vehicles/0/vin"),
        ("/vehicles/0/plate", json!("使014578"), "party.plate.unchecked /vehicles/0/plate"),
        ("/contacts/2/email/address", json!("张@例子.中国"), "party.email.not_ascii /contacts/2/email/address"),
    ] {
        assert_eq!(found(person(), &[(path, value)]), [format!("look: {expected}")]);
    }
    for (document, number, code) in [
        ("social_credit_code", "91350211M00013FA1N", "party.organisation.early_code"),
        ("organisation_code", "PDY00001X", "party.organisation.private_use"),
    ] {
        let shown = json!([{"document": document, "number": number}]);
        assert_eq!(found(company(), &[("/documents", shown)]), [format!("look: {code} /documents/0/number")]);
    }
    let passport = json!([{"document": "chinese_passport", "number": "EJ1234567"}]);
    assert_eq!(found(person(), &[("/documents", passport)]), ["look: party.document.series /documents/0/number"]);
    let old = [("/profile/person/details/birth", json!("1900-01-01")), ("/documents", json!([]))];
    assert_eq!(found(person(), &old), ["look: party.person.age /profile"]);
    // A social credit code that fits around an organisation code that doesn't.
    let credit = (0..31)
        .filter_map(|n| "0123456789ABCDEFGHJKLMNPQRTUWXY".get(n..=n))
        .filter_map(|last| crm_core::party::check_social_credit_code(&format!("91110000600037342{last}")).ok())
        .next()
        .unwrap();
    assert_eq!(credit.notices[0].code, "party.organisation.code_inside");
}

/// Row A2: every fault of the record at once, each with both sentences.
#[test]
fn every_fault_is_reported_at_once() {
    let edits = [
        ("/profile/person/details/name", json!("")),
        ("/contacts/0/mobile/number", json!("1")),
        ("/documents/0/number", json!("440308199902301512")),
        ("/vehicles/0/plate", json!("京A0059I")),
        ("/vehicles/0/vin", json!("I")),
        ("/tags/0", json!("")),
    ];
    assert_eq!(
        found(person(), &edits),
        [
            "party.text.empty /profile/person/details/name",
            "party.mobile.length /contacts/0/mobile/number",
            "party.document.check_digit /documents/0/number",
            "party.document.birth_date /documents/0/number",
            "party.plate.letter /vehicles/0/plate",
            "party.vin.length /vehicles/0/vin",
            "party.text.empty /tags/0",
        ]
    );
    let mut value = person();
    value["tags"][0] = json!("");
    let refusal = check(&value).unwrap_err();
    for (lang, word) in [(Lang::En, "empty"), (Lang::Zh, "为空")] {
        assert!(refusal.text(lang).contains(word));
    }
}

/// Row A6: default prefixes for plate and VIN.
#[test]
fn the_hosts_prefixes_complete_what_was_keyed() {
    let options = CaptureOptions {
        plate_prefix: Some("粤B".into()),
        vin_prefix: Some("LSVAA".into()),
        vin_check: VinCheck::ByOrigin,
        ..CaptureOptions::default()
    };
    let kept = |plate: &str, vin: &str| {
        let mut value = person();
        value["vehicles"][0]["plate"] = json!(plate);
        value["vehicles"][0]["vin"] = json!(vin);
        let customer = Customer::check(&record(&value), today(), &options);
        customer.map(|customer| {
            let vehicle = &customer.record().vehicles[0];
            let shown = |number: &Option<crm_core::privacy::Personal>| number.as_ref().unwrap().reveal().to_owned();
            (shown(&vehicle.plate), shown(&vehicle.vin))
        })
    };
    let whole = |plate: &str| (plate.to_owned(), "LSVAA49J132047371".to_owned());
    assert_eq!(kept("12345", "49j132047371").unwrap(), whole("粤B12345"));
    assert_eq!(kept(" d1234挂 ", "LSVAA49J132047371").map(|_| ()).unwrap_err().code().as_str(), "party.plate.shape");
    assert_eq!(kept("京A12345", "49J132047371").unwrap(), whole("京A12345"));
    let codes = |refusal: Refusal| refusal.faults().iter().map(|each| each.code().to_string()).collect::<Vec<_>>();
    assert_eq!(codes(kept("1234", "49J132047372").unwrap_err()), ["party.plate.shape", "party.vin.check_digit"]);
    assert_eq!(codes(kept("12345", "132047371").unwrap_err()), ["party.vin.length"]);
    // A letter and five: 粤B12345 or 粤BB12345, 粤D12345 or 粤BD12345. Nobody can tell which.
    for ambiguous in ["B12345", "A12345", " d12345 ", "b·12345"] {
        let refused = codes(kept(ambiguous, "LSVAA49J132047371").unwrap_err());
        assert_eq!(refused, ["party.plate.prefix_ambiguous"], "{ambiguous}");
    }
    // L means no energy: behind the prefix it is no plate, and the province alone is not the host's default.
    assert_eq!(codes(kept("L12345", "LSVAA49J132047371").unwrap_err()), ["party.plate.shape"]);
    let looks = |options: &CaptureOptions, plate: &str, vin: &str| {
        let mut value = person();
        value["vehicles"][0]["plate"] = json!(plate);
        value["vehicles"][0]["vin"] = json!(vin);
        let customer = Customer::check(&record(&value), today(), options).unwrap();
        let again = Customer::check(customer.record(), today(), options).unwrap();
        assert!(again.notices().is_empty());
        customer.notices().iter().map(|each| format!("{} {}", each.code, each.path)).collect::<Vec<_>>()
    };
    assert_eq!(
        looks(&options, "12345", "49J132047371"),
        ["party.plate.prefix_added /vehicles/0/plate", "party.vin.prefix_added /vehicles/0/vin"]
    );
    assert_eq!(looks(&options, "粤B12345", "LSVAA49J132047371"), [""; 0]);
    // A prefix that is the province alone leaves nothing to choose.
    let province = CaptureOptions { plate_prefix: Some("粤".into()), ..options };
    assert_eq!(looks(&province, "B12345", "LSVAA49J132047371"), ["party.plate.prefix_added /vehicles/0/plate"]);
}

/// Row A1: who came through whom.
#[test]
fn a_customer_comes_through_those_whom_the_kind_names() {
    let with = |kind: &str, agent: Option<&str>, through: Option<&str>| {
        let mut value = person();
        value["kind"] = json!(kind);
        value["agent"] = json!(agent);
        value["through"] = json!(through);
        found(value, &[])
    };
    for (kind, agent, through, expected) in [
        ("direct", None, None, vec![]),
        ("direct", Some("A-1"), None, vec!["party.customer.direct_intermediary /agent"]),
        ("direct", None, Some("B-1"), vec!["party.customer.direct_intermediary /through"]),
        ("direct", Some("C-1"), None, vec!["party.customer.intermediary_self /agent"]),
        ("agent", Some("A-1"), None, vec![]),
        ("agent", Some("C-1"), None, vec!["party.customer.intermediary_self /agent"]),
        ("indirect", None, Some("B-1"), vec![]),
        ("indirect", Some("A-1"), Some("B-1"), vec![]),
        ("indirect", None, None, vec!["party.customer.through_missing /through"]),
        ("indirect", None, Some("C-1"), vec!["party.customer.intermediary_self /through"]),
    ] {
        assert_eq!(with(kind, agent, through), expected, "{kind} {agent:?} {through:?}");
    }
}

/// Nobody has a document before he is born.
#[test]
fn documents_are_not_older_than_their_holder() {
    let shown = |document: Value| found(person(), &[("/documents", json!([document]))]);
    let code = "party.document.before_birth /documents/0/valid_from";
    assert_eq!(
        shown(json!({"document": "resident_id", "number": "11010519491231002X", "valid_from": "1949-12-30"})),
        [code]
    );
    assert_eq!(
        shown(json!({"document": "resident_id", "number": "11010519491231002X", "valid_from": "1949-12-31"})),
        [""; 0]
    );
    // A passport tells no birth: the record's counts.
    assert_eq!(shown(json!({"document": "other", "number": "1", "valid_from": "1949-12-30"})), [code]);
    let user = json!({"person": {"name": "赵六", "document":
        {"document": "resident_id", "number": "11010519491231002X", "valid_from": "1949-12-30"}}});
    assert_eq!(
        found(company(), &[("/vehicles/0/user", user)]),
        ["party.document.before_birth /vehicles/0/user/person/document/valid_from"]
    );
}

#[test]
fn numbers_are_kept_as_they_should_be() {
    let mut value = person();
    value["profile"]["person"]["details"]["name"] = json!(" 张三 ");
    value["contacts"][0]["mobile"]["number"] = json!("+86 138-0013-8000");
    value["contacts"][1]["phone"]["number"] = json!("(0571) 8765 4321 转 801");
    value["contacts"][2]["email"]["address"] = json!("zhang.san@Example.CN");
    value["documents"][0]["number"] = json!(" 11010519491231002x");
    value["accounts"][0]["card"]["number"] = json!("6228 4804 0256 4890 018");
    value["vehicles"][0]["plate"] = json!("京a·12345");
    value["vehicles"][0]["vin"] = json!("lsvaa49j132047371");
    value["vehicles"][0]["engine_number"] = json!("b48b20a ");
    value["tags"] = json!([" vip", "motor "]);
    let kept = check(&value).unwrap().into_record();
    assert!(kept == record(&person()));
    // Once more changes nothing.
    let again = Customer::check(&kept, today(), &CaptureOptions::default()).unwrap();
    assert!(*again.record() == kept);
}

/// Row A8: what is stored is hit by what is typed.
#[test]
fn search_keys_of_a_customer() {
    let mut value = company();
    value["documents"] = json!([{"document": "other", "number": "x-1"}]);
    let keys = |value: &Value| -> Vec<(SearchField, String)> {
        let keys = check(value).unwrap().search_keys();
        keys.iter().map(|key| (key.field, key.key.reveal().to_owned())).collect()
    };
    let expected = [
        (SearchField::Name, "杭州某某汽车有限公司"),
        (SearchField::Name, "某某汽车"),
        (SearchField::Document, "X1"),
        (SearchField::Plate, "京A12345"),
        (SearchField::Vin, "LSVAA49J132047371"),
        (SearchField::Phone, "057187654321"),
        (SearchField::Phone, "13800138000"),
    ];
    assert_eq!(keys(&value), expected.map(|(field, key)| (field, key.to_owned())));
    let mut value = person();
    value["profile"]["person"]["details"]["birth"] = Value::Null;
    value["profile"]["person"]["details"]["sex"] = Value::Null;
    for (document, number, found) in [
        ("taiwan_travel_permit", "1234567802", vec!["12345678", "1234567802"]),
        ("hk_macao_travel_permit", "h1234567802", vec!["H12345678"]),
        ("resident_id", "150102880730303", vec!["150102198807303035"]),
    ] {
        value["documents"] = json!([{"document": document, "number": number}]);
        let documents: Vec<String> =
            keys(&value).into_iter().filter(|(field, _)| *field == SearchField::Document).map(|(_, key)| key).collect();
        assert_eq!(documents, found);
    }
}

/// What a customer's facts are called is what their declarations say.
#[test]
fn facts_fit_their_declarations() {
    let mut rules = json!({"name": "customer", "facts": [], "parameters": [], "rules": []});
    rules["facts"] = serde_json::from_str(&wire::to_json(&customer_facts()).unwrap()).unwrap();
    let rules = RuleSet::from_json(rules.to_string().as_bytes()).unwrap();
    let mut told = std::collections::BTreeSet::new();
    for value in [person(), company()] {
        let facts = check(&value).unwrap().facts(today(), AgeConvention::BirthdayCounts).unwrap();
        // A fact of another name or type is refused.
        rules.evaluate(&facts, today()).unwrap();
        told.extend(facts.into_keys());
    }
    let declared: std::collections::BTreeSet<String> = customer_facts().into_iter().map(|fact| fact.name).collect();
    assert_eq!(told, declared);
}
