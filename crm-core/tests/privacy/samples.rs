//! Customers with a value in every field: all variants, all options, all lists.

use crm_core::{
    party::{CustomerRecord, FieldChange, InsuredObject},
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
        {"plate":"陕A54321D","vin":null,"engine_number":null,"make_and_model":null,"first_registered":null,"user":{"same_as_owner":{}}}],
    "source_channel":"walk_in","agent":"A-7","tags":["续保"],
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
            "document":{"document":"resident_id","number":"11010519491231002X","valid_from":"2021-01-01","valid_until":"2041-01-01"}}}}}},
        "ownerships":[{"owner":"C-0042","from":"2019-05-06","until":"2025-01-01"}],
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
    let json = r#"{"path":"/profile/person/details/name","old":"\"段正淳\"","new":"\"段淳\"","on":"2026-01-02","by":"op-17",
        "reason":"客户更名"}"#;
    vec![wire::from_json(json.as_bytes()).unwrap()]
}
