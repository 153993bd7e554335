//! What a change does: of one input, of the plan, over a book.

use crm_core::{
    product::{ImpactRow, RatePlan, RatePlanSpec},
    rulebook::Scalar,
};

use crate::motor::{new_on, plan, risk};

fn changed(change: impl FnOnce(&mut RatePlanSpec)) -> RatePlan {
    let mut spec = plan().spec().clone();
    spec.cases.clear();
    change(&mut spec);
    RatePlan::load(&spec).unwrap()
}

#[test]
fn the_input_that_moves_most_comes_first() {
    let risk = risk(&[("use", "private".into()), ("seats", 5.into()), ("clean_years", 3.into())]);
    let what_if = plan().what_if(&risk, &new_on("2026-03-01")).unwrap();
    assert_eq!(what_if.net.to_string(), "CNY 475.00");
    let told: Vec<String> = (what_if.effects.iter())
        .map(|effect| {
            let change = |change: &Option<crm_core::product::InputChange>| {
                change.as_ref().map_or("-".to_owned(), |one| format!("{} {} ({})", one.value, one.net, one.change))
            };
            format!("{} {}: {} | {}", effect.input, effect.largest, change(&effect.least), change(&effect.most))
        })
        .collect();
    assert_eq!(
        told,
        [
            "seats CNY 825.00: 1 CNY 475.00 (CNY 0.00) | 60 CNY 1300.00 (CNY 825.00)",
            "clean_years CNY 475.00: 4 CNY 475.00 (CNY 0.00) | 0 CNY 950.00 (CNY 475.00)",
            "use CNY 25.00: company CNY 500.00 (CNY 25.00) | company CNY 500.00 (CNY 25.00)",
        ]
    );
    // A lorry without tonnage has no price: that is counted.
    let used = what_if.effects.iter().find(|effect| effect.input == "use").unwrap();
    assert_eq!((used.tried, used.refused), (2, 1));
    assert_eq!(plan().what_if(&[].into(), &new_on("2026-03-01")).unwrap_err().code().as_str(), "rulebook.fact.missing");
}

#[test]
fn wide_inputs_are_tried_where_tables_change() {
    let lorry =
        risk(&[("use", "lorry".into()), ("seats", 2.into()), ("clean_years", 0.into()), ("tonnes", "3.5".into())]);
    let what_if = plan().what_if(&lorry, &new_on("2026-03-01")).unwrap();
    let tonnes = what_if.effects.iter().find(|effect| effect.input == "tonnes").unwrap();
    let (least, most) = (tonnes.least.as_ref().unwrap(), tonnes.most.as_ref().unwrap());
    assert_eq!((least.net.to_string(), most.net.to_string()), ("CNY 1200.00".into(), "CNY 2220.00".into()));
}

#[test]
fn the_difference_of_two_plans_in_words() {
    assert_eq!(plan().differences(&plan()), []);
    let new = changed(|spec| {
        spec.tables[2].versions[1].rows[3].values[0] = Some("0.45".parse().unwrap());
        spec.tables[2].versions[1].source = "2027 scheme".into();
        spec.inputs[1].maximum = Some(Scalar::Integer(50));
        spec.coverages[0].steps.remove(3);
        let least = &mut spec.parameters[0].values[0];
        least.value = "120.00".into();
        spec.coverages[1].steps.swap(0, 1);
        spec.coverages[1].steps.swap(0, 1);
        spec.shares[0].part = "0.6".parse().unwrap();
        spec.shares[1].part = "0.4".parse().unwrap();
        let cents = spec.coverages[0].steps.last_mut().unwrap();
        cents.valid = None;
        spec.charges.clear();
    });
    let told: Vec<String> = plan()
        .differences(&new)
        .into_iter()
        .map(|one| format!("{}: {} | {}", one.place, one.text, one.text_zh))
        .collect();
    assert_eq!(
        told,
        [
            "inputs/seats: bounds: 1 … 60 → 1 … 50 | 界限：1 … 60 → 1 … 50",
            "parameters/least: value: \"100.00\" (2008-02-01 – …) → \"120.00\" (2008-02-01 – …) \
             | 取值：\"100.00\" (2008-02-01 – …) → \"120.00\" (2008-02-01 – …)",
            "tables/float/2020-09-19: source: 2020 scheme A → 2027 scheme | 来源：2020 scheme A → 2027 scheme",
            "tables/float/2020-09-19: row clean_years [3, …): 0.50 → 0.45 | 行 clean_years [3, …)：0.50 → 0.45",
            "coverages/liability/steps/capped: taken away | 已删除",
            "charges/vat: taken away | 已删除",
            "shares/us: part: 0.7 → 0.6 | 份额：0.7 → 0.6",
            "shares/pool: part: 0.3 → 0.4 | 份额：0.3 → 0.4",
        ]
    );
    let moved = changed(|spec| spec.coverages[0].steps.swap(1, 2));
    assert_eq!(
        plan().differences(&moved)[0].text,
        "order: by_use, floated, short, capped, cents → by_use, short, floated, capped, cents"
    );
    let otherwise = changed(|spec| {
        spec.net[0].action = crm_core::product::PlanAction::AtMost {
            amount: crm_core::product::PlanOperand::Value { value: "9000".parse().unwrap() },
        };
    });
    assert_eq!(plan().differences(&otherwise)[0].text, "step: ≥ parameter least → ≤ 9000");
}

#[test]
fn who_pays_more_and_why() {
    let new = changed(|spec| {
        spec.tables[2].versions[1].rows[3].values[0] = Some("0.45".parse().unwrap());
        spec.tables[0].versions[0].rows[1].values[0] = Some("1210.00".parse().unwrap());
        spec.tables[0].versions[0].rows[5].values[0] = None;
    });
    let row = |id: &str, kind: &str, seats: i64, years: i64| ImpactRow {
        id: id.into(),
        risk: risk(&[("use", kind.into()), ("seats", seats.into()), ("clean_years", years.into())]),
        request: new_on("2026-03-01"),
    };
    let book = [
        row("a", "private", 5, 3),
        row("b", "private", 7, 1),
        row("c", "company", 30, 0),
        row("d", "private", 5, 0),
        row("e", "lorry", 2, 0),
    ];
    let impact = plan().impact_of(&new, &book).unwrap();
    let counts = (impact.more, impact.less, impact.same, impact.newly_refused, impact.newly_offered, impact.refused);
    assert_eq!(counts, (1, 1, 1, 1, 0, 1));
    assert_eq!((impact.before.to_string(), impact.after.to_string()), ("CNY 2195.00".into(), "CNY 2224.50".into()));
    let ids: Vec<&str> = impact.policies.iter().map(|policy| policy.id.as_str()).collect();
    assert_eq!(ids, ["c", "b", "a"]);
    assert_eq!(impact.policies[0].refused.as_deref(), Some("product.quote.not_offered"));
    let b = &impact.policies[1];
    assert_eq!(b.change.unwrap().to_string(), "CNY 77.00");
    let reasons: Vec<String> = (b.reasons.iter())
        .map(|one| format!("{} {} ({}): {:?} → {:?}", one.subject, one.step, one.text_zh, one.before, one.after))
        .collect();
    assert_eq!(reasons, ["liability base_bus (基础保费): Some(\"1100\") → Some(\"1210\")"]);
    assert_eq!(impact.policies[2].reasons[0].step, "floated");
}

#[test]
fn plans_in_other_currencies_have_no_impact() {
    let dollars = changed(|spec| {
        spec.currency = crm_core::money::Currency::USD;
        spec.inputs[5].unit = None;
        spec.parameters[0].unit = None;
        spec.tables.iter_mut().flat_map(|table| &mut table.columns).for_each(|column| column.unit = None);
    });
    assert_eq!(plan().impact_of(&dollars, &[]).unwrap_err().code().as_str(), "money.currency.mixed");
}
