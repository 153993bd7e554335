//! Customers with a value in every field: all variants, all options, all lists.

use crm_core::{
    party::{
        AttributeBook, AttributeEvent, CustomerRecord, FieldChange, InsuredObject, ObjectEvent, ObjectId, RecordEvent,
        RecordRef, Relation, RelationBook, RelationEvent,
    },
    wire,
};

const PERSON: &str = r#"{"id":"C-0042","kind":"direct",
    "profile":{"person":{"details":{"name":"段正淳","short_name":"段二","birth":"1990-03-07","sex":"male",
        "marital_status":"married","occupation":"掌柜","occupation_class":2,"income_band":"20-30万",
        "family":{"household_size":4,"children":2,"dependants":1},
        "health":{"consented_on":"2025-01-02","facts":[{"noted_on":"2025-01-02","fact":"高血压"}]},
        "social_attributes":["商会成员"]}}},
    "contacts":[{"mobile":{"number":"18049531999","usual":true}},{"phone":{"number":"09157518479","usual":false}},
        {"email":{"address":"duandazhi@gmail.com.cn"}},
        {"address":{"address":"北京市海淀区马连洼街道289号","postcode":"100094"}}],
    "documents":[{"document":"resident_id","number":"51343620000320711X","valid_from":"2020-01-01","valid_until":"2040-01-01"}],
    "accounts":[{"card":{"number":"6227880100100105123","bank":"建设银行"}},{"account":{"number":"44001234567890123","bank":"农业银行"}}],
    "vehicles":[{"plate":"陕A12345D","vin":"LSVAA4187C2184841","engine_number":"BKL123456","make_and_model":"大众",
        "first_registered":"2019-05-06","user":{"person":{"name":"段誉","phone":"13912345678",
            "document":{"document":"resident_id","number":"11010519491231002X","valid_from":"2021-01-01","valid_until":"2041-01-01"}}}},
        {"plate":"陕A54321D","vin":null,"engine_number":null,"make_and_model":null,"first_registered":null,
            "user":{"same_as_owner":{}},"object":"V-1"}],
    "source_channel":"walk_in","agent":"A-7","through":"B-7","tags":["续保"],
    "needs":[{"noted_on":"2026-01-02","cover":"health","amount":{"amount":"500000.00","currency":"CNY"},"term_months":240,
        "price":{"amount":"6000.00","currency":"CNY"},"service":"只接受短信"}],
    "interactions":[{"on":"2026-02-03","time":"09:30","channel":"telephone","content":"问及理赔","feedback":"满意","questions":["何时到账"]}]}"#;

const ORGANISATION: &str = r#"{"id":"C-0043","kind":"group",
    "profile":{"organisation":{"details":{"full_name":"大理镖局有限公司","short_name":"镖局","industry":"G54","employees":30,
        "founded_on":"2001-02-03","registered_capital":{"amount":"1000000.00","currency":"CNY"},
        "legal_representative":"高升泰","contact_person":"朱丹臣"}}},
    "contacts":[],"documents":[{"document":"social_credit_code","number":"91350211M000100Y43","valid_from":null,"valid_until":null}],
    "accounts":[],"vehicles":[],"source_channel":null,"agent":null,"tags":[],"needs":[],"interactions":[]}"#;

/// A person and an organisation.
pub fn customers() -> Vec<CustomerRecord> {
    [PERSON, ORGANISATION].map(|json| wire::from_json(json.as_bytes()).unwrap()).into()
}

const OBJECTS: [&str; 3] = [
    r#"{"id":"V-1","description":{"vehicle":{"details":{"plate":"陕A12345D","vin":"LSVAA4187C2184841","engine_number":"BKL123456",
        "make_and_model":"大众","first_registered":"2019-05-06","user":{"person":{"name":"段誉","phone":"13912345678",
            "document":{"document":"resident_id","number":"11010519491231002X","valid_from":"2021-01-01","valid_until":"2041-01-01"}}},
            "object":"V-2"}}},
        "ownerships":[{"owner":"C-0042","owner_kind":"person","from":"2019-05-06","until":"2025-01-01"}],
        "repairs":[{"id":"R-1","on":"2020-01-02","workshop":"W-3","work":"换前杠","cost":{"amount":"800.00","currency":"CNY"}}],
        "covers":[{"id":"P-1","insurer":"I-9","policy_number":"PDAA202537010000012345","cover":"motor",
            "period":{"start":"2020-01-01","end":"2021-01-01"}}]}"#,
    r#"{"id":"H-1","description":{"property":{"address":"北京市海淀区马连洼街道289号"}},"ownerships":[],"repairs":[],"covers":[]}"#,
    r#"{"id":"O-1","description":{"other":{"name":"段家祖传玉佩"}},"ownerships":[],"repairs":[],"covers":[]}"#,
];

/// A vehicle, a house, and something else.
pub fn objects() -> Vec<InsuredObject> {
    OBJECTS.map(|json| wire::from_json(json.as_bytes()).unwrap()).into()
}

/// A changed name.
pub fn changes() -> Vec<FieldChange> {
    let json = r#"{"record":{"customer":{"customer":"C-0042"}},"path":"/profile/person/details/name","old":"\"段正淳\"","new":"\"段淳\"","on":"2026-01-02","by":"op-17",
        "reason":"客户更名"}"#;
    let mut change: FieldChange = wire::from_json(json.as_bytes()).unwrap();
    let of_customer = change.clone();
    change.record = Some(RecordRef::InsuredObject { object: ObjectId::new("V-1").unwrap() });
    vec![of_customer, change]
}

fn read<T: serde::de::DeserializeOwned>(json: &str) -> T {
    wire::from_json(json.as_bytes()).unwrap_or_else(|refusal| panic!("{refusal}: {json}"))
}

const ENTRY: &str = r#""entry":{"on":"2026-01-02","by":"op-17","reason":"客户来电"}"#;

/// Everything that can happen to an object.
pub fn object_events() -> Vec<RecordEvent<ObjectEvent>> {
    let descriptions = objects().into_iter().map(|object| wire::to_json(&object.description).unwrap());
    let mut events: Vec<String> = descriptions
        .flat_map(|description| {
            [
                format!(r#"{{"registered":{{"id":"V-1","description":{description}}}}}"#),
                format!(r#"{{"described":{{"description":{description},"old":{description}}}}}"#),
            ]
        })
        .collect();
    let car = &objects()[0];
    events.extend([
        r#"{"ownership_ended":{"owner":"C-0042","on":"2025-01-01"}}"#.to_owned(),
        r#"{"ownership_began":{"owner":"C-0043","owner_kind":"organisation","on":"2025-01-01"}}"#.to_owned(),
        format!(r#"{{"repair_added":{{"repair":{}}}}}"#, wire::to_json(&car.repairs[0]).unwrap()),
        format!(r#"{{"cover_added":{{"cover":{}}}}}"#, wire::to_json(&car.covers[0]).unwrap()),
    ]);
    let whole = |event: String| {
        read(&format!(r#"{{"record":{{"insured_object":{{"object":"V-1"}}}},{ENTRY},"event":{event}}}"#))
    };
    events.into_iter().map(whole).collect()
}

const ATTRIBUTE: &str = r#"{"code":"A01","name":"会员等级","values":["金卡","银卡"]}"#;

/// Attributes and who has which value.
pub fn attribute_books() -> Vec<AttributeBook> {
    vec![read(&format!(
        r#"{{"limit":20,"generated":1,"attributes":[{ATTRIBUTE}],"holders":{{"A01":{{"C-0042":"金卡"}}}}}}"#
    ))]
}

/// Everything that can happen to attributes.
pub fn attribute_events() -> Vec<RecordEvent<AttributeEvent>> {
    let events = [
        format!(r#"{{"defined":{{"attribute":{ATTRIBUTE}}}}}"#),
        r#"{"renamed":{"attribute":"A01","name":"等级","old":"会员等级"}}"#.to_owned(),
        r#"{"values_changed":{"attribute":"A01","values":["金卡"],"old":["金卡","银卡"]}}"#.to_owned(),
        format!(r#"{{"removed":{{"attribute":"A01","old":{ATTRIBUTE}}}}}"#),
        r#"{"assigned":{"attribute":"A01","parties":["C-0042"],"value":"金卡","old":{"C-0042":"银卡"}}}"#.to_owned(),
    ];
    let whole = |event: String| read(&format!(r#"{{"record":{{"attributes":{{}}}},{ENTRY},"event":{event}}}"#));
    events.into_iter().map(whole).collect()
}

const RELATION: &str =
    r#"{"relation":"guardian","from":"C-0042","to":"C-0044","since":"2020-01-01","until":"2026-01-01"}"#;

/// A relation.
pub fn relations() -> Vec<Relation> {
    vec![read(RELATION)]
}

/// Relations and a household.
pub fn relation_books() -> Vec<RelationBook> {
    vec![read(&format!(
        r#"{{"relations":[{RELATION}],"households":{{"H-1":[{{"party":"C-0042","since":"2020-01-01","until":"2026-01-01"}}]}}}}"#
    ))]
}

/// Everything that can happen to relations.
pub fn relation_events() -> Vec<RecordEvent<RelationEvent>> {
    let events = [
        format!(r#"{{"related":{{"relation":{RELATION}}}}}"#),
        format!(r#"{{"retracted":{{"relation":{RELATION}}}}}"#),
        r#"{"parted":{"relation":"spouse","from":"C-0042","to":"C-0044","on":"2026-01-01"}}"#.to_owned(),
        r#"{"joined":{"household":"H-1","party":"C-0042","on":"2026-01-01"}}"#.to_owned(),
        r#"{"left":{"household":"H-1","party":"C-0042","on":"2026-01-01"}}"#.to_owned(),
    ];
    let whole = |event: String| read(&format!(r#"{{"record":{{"relations":{{}}}},{ENTRY},"event":{event}}}"#));
    events.into_iter().map(whole).collect()
}
