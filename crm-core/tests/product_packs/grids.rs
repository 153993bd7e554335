//! Whole grids of the motor packs against rules written by hand: every region and record, every count of years and claims.

use crm_core::{
    product::{RatePlan, RateRequest},
    refusal::Refusal,
};

use crate::{
    asked::{Risk, new_on, private_car},
    pack,
};

const A: [&str; 4] = ["neimenggu", "hainan", "qinghai", "xizang"];
const B: [&str; 3] = ["shaanxi", "yunnan", "guangxi"];
const C: [&str; 5] = ["gansu", "jilin", "shanxi", "heilongjiang", "xinjiang"];
const D: [&str; 4] = ["beijing", "tianjin", "hebei", "ningxia"];

fn regions(plan: &RatePlan) -> Vec<String> {
    plan.spec().inputs.iter().find(|input| input.name == "region").unwrap().choices.clone()
}

/// Per cent of the base premium; none for a record that contradicts itself.
fn percent(region: &str, five_schemes: bool, clean: i64, accidents: i64, fatal: bool) -> Option<i64> {
    let first = match region {
        _ if !five_schemes => 10,
        region if A.contains(&region) => 30,
        region if B.contains(&region) => 25,
        region if C.contains(&region) => 20,
        region if D.contains(&region) => 15,
        _ => 10,
    };
    match (accidents, fatal, clean) {
        (0, true, _) => None,
        (1.., _, 1..) => None,
        (1.., true, _) => Some(130),
        (2.., false, _) => Some(110),
        (1, false, _) | (0, false, 0) => Some(100),
        _ => Some(100 - first - 10 * (clean.min(3) - 1)),
    }
}

fn net(plan: &RatePlan, risk: &Risk, request: &RateRequest) -> Result<String, Refusal> {
    Ok(plan.quote(risk, request)?.net.amount().to_string())
}

#[test]
fn every_region_and_record_floats_as_its_scheme_says() {
    let plan = pack("cn_compulsory_motor");
    let regions = regions(&plan);
    assert_eq!(regions.len(), 36);
    let mut priced = 0;
    for (day, five_schemes) in [("2008-02-01", false), ("2020-09-18", false), ("2020-09-19", true)] {
        let request = new_on(day).unwrap();
        for region in &regions {
            for (clean, accidents, fatal) in (0..5)
                .flat_map(|clean| (0..4).map(move |accidents| (clean, accidents)))
                .flat_map(|(clean, accidents)| [false, true].map(|fatal| (clean, accidents, fatal)))
            {
                let (_, mut risk, _) = private_car(region);
                risk.insert("clean_years".into(), clean.into());
                risk.insert("at_fault_accidents".into(), accidents.into());
                risk.insert("fatal_accident".into(), fatal.into());
                let found = net(&plan, &risk, &request);
                match percent(region, five_schemes, clean, accidents, fatal) {
                    None => assert_eq!(found.unwrap_err().code().as_str(), "product.quote.not_offered"),
                    Some(percent) => {
                        let fen = 950 * percent;
                        assert_eq!(found.unwrap(), format!("{}.{:02}", fen / 100, fen % 100), "{day} {region}");
                        priced += 1;
                    }
                }
            }
        }
    }
    assert_eq!(priced, 3 * 36 * (5 + 6));
}

/// Tenths.
fn factor(region: &str, years: i64, claims: i64, clean: i64) -> i64 {
    let most = if ["beijing", "xiamen"].contains(&region) { 5 } else { 4 };
    let grade = if claims == 0 && years >= 4 { -clean.clamp(3, most) } else { (claims - years.min(3)).min(5) };
    if grade < 0 { 9 + grade } else { 10 + 2 * grade }
}

#[test]
fn every_count_of_years_and_claims_has_its_grade() {
    let plan = pack("cn_commercial_motor");
    let request = new_on("2026-03-01").unwrap();
    for region in regions(&plan) {
        for (years, claims) in (0..8).flat_map(|years| (0..12).map(move |claims| (years, claims))) {
            for clean in if claims == 0 { years.min(3)..years + 1 } else { 0..1 } {
                let texts = [("region", region.as_str()), ("third_party_pure_risk", "750"), ("term", "annual")];
                let texts = texts.into_iter().chain([("additional_expense_rate", "0.25"), ("violation_factor", "1")]);
                let mut risk: Risk = texts.map(|(name, value)| (name.to_owned(), value.into())).collect();
                risk.insert("autonomous_factor".into(), "1".into());
                risk.insert("new_energy".into(), true.into());
                risk.insert("insured_years".into(), years.into());
                risk.insert("claims_3y".into(), claims.into());
                risk.insert("clean_years".into(), clean.into());
                let expected = format!("{}.00", 100 * factor(&region, years, claims, clean));
                assert_eq!(net(&plan, &risk, &request).unwrap(), expected, "{region} {years} {claims} {clean}");
            }
        }
    }
}
