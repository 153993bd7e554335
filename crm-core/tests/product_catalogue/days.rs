//! What the catalogue says on a day: terms, status, price, who may buy, what a benefit depends on.

use crm_core::{
    product::{
        BenefitRequest, CodeFilter, CoverFigure, Eligibility, ProductList, ProductQuery, ProductStatus, PurchaseCheck,
    },
    refusal::Lang,
    rulebook::Value,
};

use super::sample::{catalogue, cny, cover, day, facts, product, spec, told};

fn codes(list: &ProductList) -> Vec<&str> {
    list.products.iter().map(|product| product.code.as_str()).collect()
}

fn limit(product: &str, cover: usize, on: &str) -> Option<CoverFigure> {
    catalogue().on_day(product, day(on)).unwrap().terms.covers[cover].limit.clone()
}

#[test]
fn each_day_has_its_terms() {
    // The first day of the newer terms and the last of the older ones.
    assert_eq!(limit("JQX", 0, "2020-09-18"), Some(CoverFigure::Fixed { amount: cny(110_000) }));
    assert_eq!(limit("JQX", 0, "2020-09-19"), Some(CoverFigure::Fixed { amount: cny(180_000) }));
    let newer = catalogue().on_day("YWA", day("2026-05-15")).unwrap();
    let names: Vec<&str> = newer.discounts.iter().map(|discount| discount.name.as_str()).collect();
    assert_eq!(names, ["family", "spring"]);
    assert_eq!(newer.list_price.unwrap().amount, cny(260));
    assert_eq!((newer.status.status, newer.status.from), (ProductStatus::OnSale, day("2018-03-01")));
    // A product that is filed and not sold has no list price yet: that is absent, not zero.
    let filed = catalogue().on_day("YWA", day("2018-02-28")).unwrap();
    assert_eq!((filed.status.status, filed.list_price, filed.stale), (ProductStatus::Filed, None, false));
}

#[test]
fn days_without_an_answer_are_refused() {
    let catalogue = catalogue();
    let refused = |product: &str, on: &str| told(&catalogue.on_day(product, day(on)).unwrap_err());
    assert_eq!(refused("LDC", "2019-12-31"), ["product.catalogue.product_outside"]);
    assert_eq!(refused("JQX", "2014-12-31"), ["product.catalogue.before"]);
    assert_eq!(refused("XXX", "2020-01-01"), ["product.catalogue.product_unknown"]);
    assert!(catalogue.on_day("JQX", day("2014-12-31")).unwrap_err().text(Lang::En).contains("2015-01-01"));
    // The text of the code is the caller's own: what does not look like a name is not repeated.
    let text = catalogue.on_day("11010519491231002X", day("2020-01-01")).unwrap_err().text(Lang::Zh);
    assert!(!text.contains("1101"), "{text}");
    assert!(!catalogue.on_day("JQX", day("2026-12-31")).unwrap().stale);
    assert!(catalogue.on_day("JQX", day("2027-01-01")).unwrap().stale);
    assert_eq!(told(&catalogue.on_sale(day("2014-12-31")).unwrap_err()), ["product.catalogue.before"]);
}

#[test]
fn what_is_on_sale() {
    let catalogue = catalogue();
    let on = |text: &str| catalogue.on_sale(day(text)).unwrap();
    assert_eq!(codes(&on("2018-01-01")), ["HZA", "JQX", "LDA", "LDB", "YTA"]);
    assert_eq!(codes(&on("2023-12-31")), ["HZA", "JQX", "JSA", "JSY", "LDA", "LDC", "YTA", "YWA"]);
    assert_eq!(codes(&on("2024-01-01")), ["HZA", "JQX", "JSY", "LDA", "LDC", "YTA", "YWA"]);
    assert_eq!(codes(&on("2024-07-01")), ["HZA", "JQX", "JSA", "JSY", "LDA", "LDC", "YTA", "YWA"]);
    assert!(codes(&on("2015-01-01")) == ["JQX"] && !on("2015-01-01").stale && on("2027-01-01").stale);
}

#[test]
fn lists_by_line_code_and_status() {
    let catalogue = catalogue();
    let list = |line: Option<&str>, codes: Option<&str>, statuses: &[ProductStatus]| {
        let query = ProductQuery {
            as_of: day("2024-03-01"),
            line: line.map(String::from),
            codes: codes.map(|typed| CodeFilter::parse(typed).unwrap()),
            statuses: statuses.to_vec(),
        };
        super::days::codes(&catalogue.list(&query).unwrap()).join(" ")
    };
    assert_eq!(list(Some("motor"), None, &[]), "JQX JSA JSY");
    assert_eq!(list(None, Some("$L*"), &[]), "LDA LDB LDC");
    assert_eq!(list(None, Some("$L*"), &[ProductStatus::Withdrawn, ProductStatus::Suspended]), "LDB");
    assert_eq!(list(Some("motor"), Some("=LDA"), &[]), "");
    let empty = ProductQuery {
        as_of: day("2024-03-01"),
        line: None,
        codes: Some(CodeFilter::Pattern { pattern: String::new() }),
        statuses: vec![],
    };
    assert_eq!(told(&catalogue.list(&empty).unwrap_err()), ["product.catalogue.filter_empty /codes/pattern/pattern"]);
}

#[test]
fn history_is_in_order_of_time() {
    let mut mixed = spec();
    product(&mut mixed, "YWA").terms.reverse();
    product(&mut mixed, "YWA").prices.reverse();
    product(&mut mixed, "JSA").statuses.rotate_left(1);
    let mixed = crm_core::product::Catalogue::load(&mixed).unwrap();
    for code in ["YWA", "JSA"] {
        assert_eq!(mixed.history(code).unwrap(), catalogue().history(code).unwrap());
    }
    let prices: Vec<_> = mixed.history("YWA").unwrap().prices.iter().map(|price| price.amount).collect();
    assert_eq!(prices, [cny(200), cny(260)]);
    assert_eq!(told(&mixed.history("Y").unwrap_err()), ["product.catalogue.product_unknown"]);
}

fn buys(product: &str, json: &str, on: &str) -> PurchaseCheck {
    catalogue().eligibility(product, &facts(json), day(on)).unwrap()
}

fn failing(check: &PurchaseCheck) -> Vec<&str> {
    check.checks.iter().filter(|one| one.holds != Some(true)).map(|one| one.name.as_str()).collect()
}

#[test]
fn who_may_buy() {
    let person = r#"{"is_organisation": false, "age": 30, "occupation_class": 4, "customer_kind": "direct"}"#;
    let check = buys("YWA", person, "2026-05-15");
    assert_eq!((check.eligibility, failing(&check)), (Eligibility::Eligible, vec![]));
    // Class 4 was not taken under the older terms.
    let check = buys("YWA", person, "2023-12-31");
    assert_eq!((check.eligibility, failing(&check)), (Eligibility::NotEligible, vec!["occupation_classes"]));
    // Ages at entry are inclusive at both ends.
    let aged = |age: i64| {
        let json = format!(r#"{{"is_organisation": false, "age": {age}, "occupation_class": 1}}"#);
        buys("YWA", &json, "2026-05-15").eligibility
    };
    use Eligibility::{Eligible, NotEligible};
    assert_eq!([17, 18, 65, 66].map(aged), [NotEligible, Eligible, Eligible, NotEligible]);
    let check = buys("LDB", person, "2026-05-15");
    assert_eq!((check.eligibility, failing(&check)), (NotEligible, vec!["on_sale"]));
    assert_eq!(buys("JSA", person, "2024-02-01").eligibility, NotEligible);
    // Conditions of the host's own.
    let firm = |employees: i64| {
        let json = format!(r#"{{"is_organisation": true, "employees": {employees}}}"#);
        buys("YTA", &json, "2026-05-15").eligibility
    };
    assert_eq!([4, 5].map(firm), [NotEligible, Eligible]);
}

#[test]
fn what_is_not_known_is_not_taken_for_something() {
    let check = buys("YWA", r#"{"is_organisation": false, "occupation_class": 1}"#, "2026-05-15");
    assert_eq!((check.eligibility, failing(&check)), (Eligibility::Undecided, vec!["entry_age"]));
    assert_eq!(check.checks.iter().find(|one| one.name == "entry_age").unwrap().missing, ["age"]);
    // A rule that fails decides, whatever is not known beside it.
    let check = buys("YWA", r#"{"is_organisation": true}"#, "2026-05-15");
    assert_eq!(check.eligibility, Eligibility::NotEligible);
}

#[test]
fn facts_are_read_against_their_declarations() {
    let refused = |json: &str| told(&catalogue().eligibility("YWA", &facts(json), day("2026-05-15")).unwrap_err());
    assert_eq!(refused(r#"{"age": "30"}"#), ["wire.integer.expected /facts/age"]);
    assert_eq!(
        refused(r#"{"luck": 1, "customer_kind": "cousin"}"#),
        ["rulebook.fact.choice /facts/customer_kind", "rulebook.fact.unknown /facts/luck"]
    );
    // The status of a product is the catalogue's business.
    assert_eq!(refused(r#"{"product_status": "on_sale"}"#), ["rulebook.fact.unknown /facts/product_status"]);
}

#[test]
fn reasons_say_who_says_so_and_hide_what_is_personal() {
    let check = buys("LDB", r#"{"is_organisation": false}"#, "2026-05-15");
    let status = &check.checks[0];
    assert_eq!((status.name.as_str(), status.source.as_str()), ("on_sale", "example of this library, no filed figure"));
    assert_eq!(status.trace.text(Lang::En)[0], "#0 product_status = withdrawn");
    let check = buys("YWA", r#"{"is_organisation": false, "age": 66, "occupation_class": 1}"#, "2026-05-15");
    let age = check.checks.iter().find(|one| one.name == "entry_age").unwrap();
    assert_eq!(
        (age.text.as_str(), age.text_zh.as_str()),
        ("age at entry from 18 to 65 completed years", "投保年龄 18 至 65 周岁")
    );
    assert!(!age.trace.text(Lang::En).join("\n").contains("66"), "{:?}", age.trace.text(Lang::En));
    assert_eq!(age.trace.replay().unwrap(), Value::Boolean(false));
}

fn case(occurred_on: &str, json: &str) -> BenefitRequest {
    BenefitRequest {
        product: "HZA".into(),
        cover: "critical_illness".into(),
        cover_from: day("2026-01-01"),
        occurred_on: day(occurred_on),
        accident: false,
        renewal: false,
        facts: facts(json),
    }
}

#[test]
fn waiting_periods_end_on_their_day() {
    let catalogue = catalogue();
    let ask = |occurred_on: &str| catalogue.benefit(&case(occurred_on, "{}")).unwrap();
    // 90 days: 1 January is the first, 31 March the last of them.
    let (last, first) = (ask("2026-03-31"), ask("2026-04-01"));
    assert_eq!((last.in_waiting, last.eligibility), (true, Eligibility::NotEligible));
    assert_eq!((first.in_waiting, first.waiting_until), (false, Some(day("2026-04-01"))));
    for exempt in [|case: &mut BenefitRequest| case.accident = true, |case: &mut BenefitRequest| case.renewal = true] {
        let mut case = case("2026-01-01", "{}");
        exempt(&mut case);
        let check = catalogue.benefit(&case).unwrap();
        assert_eq!((check.in_waiting, check.waiting_until, check.waiting.unwrap().days), (false, None, 90));
    }
    // The terms are those of the first day of cover: 180 days under the older ones.
    let older = BenefitRequest { cover_from: day("2021-01-01"), ..case("2021-04-01", "{}") };
    assert_eq!(catalogue.benefit(&older).unwrap().waiting_until, Some(day("2021-06-30")));
}

#[test]
fn benefits_depend_on_their_conditions() {
    let ask = |json: &str| catalogue().benefit(&case("2026-06-01", json)).unwrap();
    let refused = ask(r#"{"hospital_grade": 1}"#);
    assert_eq!(refused.eligibility, Eligibility::NotEligible);
    let names: Vec<_> = refused.conditions.iter().map(|one| (one.name.as_str(), one.holds)).collect();
    assert_eq!(names, [("hospital", Some(false)), ("listed_illness", None)]);
    // A condition that only a person can judge leaves it open.
    assert_eq!(ask(r#"{"hospital_grade": 3}"#).eligibility, Eligibility::Undecided);
    let mut without = spec();
    cover(&mut without, "HZA", "critical_illness").benefit_conditions.pop();
    let without = crm_core::product::Catalogue::load(&without).unwrap();
    let check = without.benefit(&case("2026-06-01", r#"{"hospital_grade": 3}"#)).unwrap();
    assert_eq!((check.eligibility, check.stale), (Eligibility::Eligible, false));
    assert!(without.benefit(&case("2027-01-01", r#"{"hospital_grade": 3}"#)).unwrap().stale);
}

#[test]
fn benefits_of_nothing_are_refused() {
    let refused = |change: fn(&mut BenefitRequest)| {
        let mut case = case("2026-06-01", "{}");
        change(&mut case);
        told(&catalogue().benefit(&case).unwrap_err())
    };
    assert_eq!(refused(|case| case.cover = "wheels".into()), ["product.catalogue.cover_unknown /cover"]);
    assert_eq!(refused(|case| case.product = "X".into()), ["product.catalogue.product_unknown /product"]);
    assert_eq!(refused(|case| case.occurred_on = day("2025-12-31")), ["product.catalogue.loss_before /occurred_on"]);
    assert_eq!(refused(|case| case.cover_from = day("2014-12-31")), ["product.catalogue.before /cover_from"]);
    assert_eq!(refused(|case| case.cover_from = day("2017-12-31")), ["product.catalogue.product_outside /product"]);
    assert_eq!(refused(|case| case.facts = facts(r#"{"a": 1}"#)), ["rulebook.fact.unknown /facts/a"]);
}
