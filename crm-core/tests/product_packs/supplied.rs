//! Rates that the host supplies: tables in a pack's shape, and term life.

use crm_core::{
    calendar::Date,
    money::Decimal,
    product::china::{self, CompulsoryLimits, LifeSex, SuppliedTable, TermLifeRate, TermLifeTable},
    refusal::Refusal,
    wire,
};

use crate::asked::{Risk, new_on, quote};

fn told(refusal: &Refusal) -> Vec<String> {
    refusal.faults().iter().map(|fault| format!("{} {}", fault.code(), fault.path())).collect()
}

fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

fn rate(ages: (i64, i64), sex: LifeSex, health: &str, years: i64, per_mille: Option<&str>) -> TermLifeRate {
    TermLifeRate {
        age_from: ages.0,
        age_until: ages.1,
        sex,
        health: health.to_owned(),
        years,
        per_mille: per_mille.map(|text| Decimal::parse(text).unwrap()),
    }
}

/// Ten and twenty years, two classes of health, ages 18 to 60.
fn life() -> TermLifeTable {
    let mut rates = Vec::new();
    for (sex, part) in [(LifeSex::Female, "0.5"), (LifeSex::Male, "0.9")] {
        for (health, digits) in [("standard", "1"), ("smoker", "7")] {
            for years in [10, 20] {
                let young = format!("{part}{digits}");
                rates.push(rate((18, 40), sex, health, years, Some(&young)));
                let old = (years == 10).then(|| format!("3{digits}.25"));
                rates.push(rate((40, 61), sex, health, years, old.as_deref()));
            }
        }
    }
    wire::from_json::<TermLifeTable>(
        r#"{"name": "term_life", "title": "Term life", "title_zh": "定期寿险", "currency": "CNY", "source": "filed 2025",
            "checked_until": "2026-12-31", "valid": {"from": "2025-01-01"}, "smallest_sum": "10000.00",
            "largest_sum": "5000000.00", "least_premium": "50.00", "rates": [], "cases": []}"#
            .as_bytes(),
    )
    .map(|table| TermLifeTable { rates, ..table })
    .unwrap()
}

fn person(age: i64, sex: &str, health: &str, years: i64, sum: &str) -> Risk {
    let texts = [("sex", sex), ("health", health), ("sum_insured", sum)];
    let texts = texts.into_iter().map(|(name, value)| (name.to_owned(), value.into()));
    texts.chain([("age".to_owned(), age.into()), ("years".to_owned(), years.into())]).collect()
}

fn life_premium(table: &TermLifeTable, risk: &Risk) -> Result<String, Refusal> {
    let quote = quote(&table.plan()?, risk, &new_on("2026-03-01")?)?;
    Ok(quote.net.amount().to_string())
}

#[test]
fn term_life_is_priced_by_the_hosts_table() {
    let table = life();
    let premium = |risk| life_premium(&table, &risk);
    assert_eq!(premium(person(18, "female", "standard", 20, "500000")).unwrap(), "255.00");
    assert_eq!(premium(person(39, "male", "smoker", 10, "123456.78")).unwrap(), "119.75");
    assert_eq!(premium(person(40, "male", "smoker", 10, "10000")).unwrap(), "372.50");
    assert_eq!(premium(person(18, "female", "standard", 10, "10000")).unwrap(), "50.00");
    for (risk, expected) in [
        (person(40, "female", "standard", 20, "500000"), "product.quote.not_offered "),
        (person(30, "female", "standard", 15, "500000"), "product.quote.not_offered "),
        (person(61, "female", "standard", 10, "500000"), "rulebook.fact.range /age"),
        (person(30, "female", "standard", 30, "500000"), "rulebook.fact.range /years"),
        (person(30, "female", "preferred", 10, "500000"), "rulebook.fact.choice /health"),
        (person(30, "female", "standard", 10, "5000000.01"), "rulebook.fact.range /sum_insured"),
    ] {
        assert_eq!(told(&premium(risk).unwrap_err()), [expected]);
    }
}

#[test]
fn a_hole_or_an_overlap_of_a_life_table_is_shown() {
    let mut table = life();
    table.rates.retain(|rate| (rate.age_from, rate.years, rate.sex) != (40, 10, LifeSex::Male));
    assert_eq!(told(&table.plan().unwrap_err()), ["product.table.hole /tables/0/versions/0/rows"]);
    let mut table = life();
    table.rates.push(rate((30, 31), LifeSex::Male, "smoker", 10, Some("1")));
    assert_eq!(told(&table.plan().unwrap_err()), ["product.table.overlap /tables/0/versions/0/rows"]);
    let mut table = life();
    table.rates[0].age_until = 18;
    assert!(told(&table.plan().unwrap_err())[0].starts_with("rulebook.range.empty /tables/0/versions/0/rows/0/keys/0"));
    let table = TermLifeTable { rates: Vec::new(), ..life() };
    assert_eq!(told(&table.plan().unwrap_err()), ["product.table.empty /rates"]);
}

#[test]
fn extreme_ages_and_terms_of_a_life_table_are_refused() {
    for (ages, years) in [((i64::MIN, i64::MAX), 10), ((18, i64::MIN), 10), ((18, 61), i64::MAX), ((18, 61), i64::MIN)]
    {
        let mut table = life();
        table.rates.push(rate(ages, LifeSex::Male, "smoker", years, None));
        assert!(table.plan().is_err(), "{ages:?} {years}");
    }
}

fn group_rates(per_mille: &str) -> SuppliedTable {
    let text = format!(
        r#"{{"table": "group_rate", "versions": [{{"valid": {{"from": "2026-01-01"}}, "source": "filed",
            "rows": [{{"keys": [{{"any": {{}}}}], "values": ["{per_mille}", null]}}]}}]}}"#
    );
    wire::from_json(text.as_bytes()).unwrap()
}

#[test]
fn the_hosts_rates_take_the_place_of_the_examples() {
    let pack = china::group_accident().unwrap().spec().clone();
    let supply = |tables| china::with_rates(pack.clone(), "filed", day("2027-06-30"), tables, Vec::new());
    let plan = supply(vec![group_rates("0.30")]).unwrap();
    let mut risk: Risk = [("sum_per_head", "100000"), ("term", "annual")]
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value.into()))
        .collect();
    risk.insert("headcount".into(), 10.into());
    risk.insert("occupation_class".into(), 6.into());
    let asked = quote(&plan, &risk, &new_on("2026-03-01").unwrap()).unwrap();
    assert_eq!((asked.net.to_string(), asked.stale), ("CNY 300.00".to_owned(), false));
    let early = quote(&plan, &risk, &new_on("2025-12-31").unwrap()).unwrap_err();
    assert_eq!(early.code().as_str(), "product.quote.outside");

    let twice = supply(vec![group_rates("0.30"), group_rates("0.40")]).unwrap_err();
    assert_eq!(told(&twice), ["rulebook.name.duplicate /tables/1/table"]);
    let unknown = SuppliedTable { table: "rates".into(), ..group_rates("0.30") };
    assert_eq!(told(&supply(vec![unknown]).unwrap_err()), ["product.reference.unknown /tables/0/table"]);
    let mut hole = group_rates("0.30");
    hole.versions[0].rows.clear();
    assert!(told(&supply(vec![hole]).unwrap_err())[0].starts_with("product.table.hole"));
}

#[test]
fn limits_need_a_plan_that_has_them() {
    let plan = china::property().unwrap();
    let refusal = CompulsoryLimits::on(&plan, day("2026-01-01")).unwrap_err();
    assert_eq!(told(&refusal), ["product.reference.unknown "]);

    let mut spec = china::compulsory_motor().unwrap().spec().clone();
    let limits = CompulsoryLimits::on(&china::compulsory_motor().unwrap(), day("2020-09-19")).unwrap();
    assert_eq!(limits.not_at_fault().unwrap().to_string(), "CNY 19900.00");
    assert!(!limits.stale);
    let death = spec.parameters.iter_mut().find(|parameter| parameter.name == "limit_death").unwrap();
    death.checked_until = day("2020-09-18");
    let plan = crm_core::product::RatePlan::load(&spec).unwrap();
    assert!(CompulsoryLimits::on(&plan, day("2020-09-19")).unwrap().stale);
}
