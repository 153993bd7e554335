//! Packs of rates for China: case files of `tests/cases/product`, honest sources, ranges of the law.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod asked;
mod cases;
mod grids;
mod supplied;

use crm_core::{
    product::{RatePlan, RatePlanSpec, china},
    refusal::Refusal,
};

type Load = fn() -> Result<RatePlan, Refusal>;

/// Every pack by the name of its plan, with the least number of cases that it carries.
const PACKS: [(&str, Load, usize); 6] = [
    ("cn_compulsory_motor", china::compulsory_motor, 60),
    ("cn_commercial_motor", china::commercial_motor, 20),
    ("cn_property", china::property, 6),
    ("cn_accident_health", china::accident_health, 8),
    ("cn_group_accident", china::group_accident, 6),
    ("tw_compulsory_motorcycle", china::taiwan_compulsory_motorcycle, 2),
];

pub fn pack(name: &str) -> RatePlan {
    PACKS.iter().find(|(pack, ..)| *pack == name).unwrap_or_else(|| panic!("no pack is called {name}")).1().unwrap()
}

#[test]
fn every_pack_loads_and_meets_its_cases() {
    for (name, load, cases) in PACKS {
        let plan = load().unwrap_or_else(|refusal| panic!("{name}: {refusal:?}"));
        assert_eq!(plan.spec().name, name);
        assert!(plan.spec().cases.len() >= cases, "{name}: {}", plan.spec().cases.len());
    }
}

#[test]
fn a_pack_with_a_wrong_figure_does_not_load() {
    let wrong = china::COMPULSORY_MOTOR.replacen("\"values\": [\"950\"]", "\"values\": [\"951\"]", 1);
    assert_ne!(wrong, china::COMPULSORY_MOTOR);
    let refusal = RatePlan::from_json(wrong.as_bytes()).unwrap_err();
    assert!(refusal.faults().iter().all(|fault| fault.code().as_str() == "product.case.failed"), "{refusal:?}");
}

/// Sources of a plan: of tables and parameters.
fn sources(spec: &RatePlanSpec) -> Vec<&str> {
    let tables = spec.tables.iter().flat_map(|table| &table.versions).map(|version| version.source.as_str());
    let parameters = spec.parameters.iter().flat_map(|parameter| &parameter.values);
    tables.chain(parameters.map(|value| value.source.as_str())).chain([spec.source.as_str()]).collect()
}

#[test]
fn every_source_says_how_sure_it_is() {
    const WORDS: [&str; 4] = ["二手来源", "二手來源", "凭记忆", "示例费率"];
    for (name, load, _) in PACKS {
        let plan = load().unwrap();
        for source in sources(plan.spec()) {
            let press = source.contains("新华社");
            assert!(press || WORDS.iter().any(|word| source.contains(word)), "{name}: {source}");
        }
    }
}

#[test]
fn after_the_last_check_a_quote_is_stale() {
    let (_, risk, mut request) = asked::private_car("jiangsu");
    let plan = pack("cn_compulsory_motor");
    assert!(!plan.quote(&risk, &request).unwrap().stale);
    request.inception = plan.spec().checked_until.plus_days(1).unwrap();
    assert!(plan.quote(&risk, &request).unwrap().stale);
}
