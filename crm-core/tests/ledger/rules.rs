//! Charts and posting rules: what does not load, and China's pack.

use std::collections::BTreeSet;

use crm_core::{
    ledger::{
        AccountKind, AmountDeclaration, Chart, ChartSpec, PostingLine, PostingRule, PostingRules, PostingRulesSpec,
        Side, china,
    },
    refusal::Lang,
    wire,
};

use super::{
    small::{code, day},
    told,
};

fn loaded(spec: &PostingRulesSpec) -> Vec<String> {
    PostingRules::load(spec, &china::chart().unwrap()).map_or_else(|refusal| told(&refusal), |_| Vec::new())
}

/// The pack with one change.
fn with(change: impl FnOnce(&mut PostingRulesSpec)) -> Vec<String> {
    let mut spec = china::posting_rules_spec().unwrap();
    change(&mut spec);
    loaded(&spec)
}

#[test]
fn the_pack_loads_and_is_stored_data() {
    let chart = china::chart().unwrap();
    let rules = china::posting_rules().unwrap();
    let kinds: BTreeSet<&str> = rules.kinds().collect();
    for kind in [
        "premium_due",
        "policy_start",
        "premium_received_before_start",
        "premium_collected",
        "endorsement_up",
        "endorsement_down",
        "cancellation_non_life",
        "surrender_life",
        "commission_accrued",
        "commission_paid",
        "claim_approved",
        "claim_paid",
        "unearned_premium_up",
        "unearned_premium_release",
        "bad_debt_provision",
        "bad_debt_write_off",
        "bad_debt_recovered",
        "subrogation_due",
        "subrogation_collected",
    ] {
        assert!(kinds.contains(kind), "{kind}");
    }
    assert_eq!(kinds.len(), 19);
    assert_eq!(chart.account(&code("6531")).unwrap().name_zh, "退保金");
    assert!(!chart.is_stale(day("2025-12-31")) && chart.is_stale(day("2026-01-01")));
    assert!(!rules.is_stale(day("2025-12-31")) && rules.is_stale(day("2026-01-01")));
    let spec = china::posting_rules_spec().unwrap();
    let again: PostingRulesSpec = wire::from_stored(wire::to_stored(&spec).unwrap().as_bytes()).unwrap();
    assert_eq!(again, spec);
    let json = wire::to_json(&spec).unwrap();
    assert!(PostingRules::from_json(json.as_bytes(), &chart).is_ok());
    let rate = |on| rules.parameter("vat_rate", day(on)).map(|known| known.source);
    assert!(rate("2026-01-01").unwrap().contains("增值税法"));
    assert!(rate("2025-12-31").unwrap().contains("36号"));
    assert_eq!(told(&rate("2016-04-30").unwrap_err()), ["rulebook.dated.outside"]);
    assert_eq!(told(&rules.parameter("tax", day("2026-01-01")).unwrap_err()), ["rulebook.parameter.undeclared"]);
}

#[test]
fn a_chart_tells_all_its_faults() {
    let mut spec: ChartSpec = china::chart_spec().unwrap();
    spec.name = "CN".to_owned();
    spec.accounts.truncate(4);
    spec.accounts[1].code = spec.accounts[0].code.clone();
    spec.accounts[1].source = " ".to_owned();
    spec.accounts[2].name = spec.accounts[0].name.clone();
    spec.accounts[2].name_zh = String::new();
    spec.accounts[3].until = Some(spec.accounts[3].from);
    assert_eq!(
        told(&Chart::load(&spec).unwrap_err()),
        [
            "rulebook.name.invalid /name",
            "ledger.account.duplicate /accounts/1/code",
            "rulebook.source.missing /accounts/1/source",
            "ledger.account.duplicate /accounts/2/name",
            "ledger.account.nameless /accounts/2/name_zh",
            "calendar.period.empty /accounts/3/until",
        ]
    );
    spec.accounts = vec![spec.accounts[0].clone(); 100_001];
    assert_eq!(told(&Chart::load(&spec).unwrap_err()), ["ledger.too_many /accounts"]);
    assert!(
        Chart::load(&china::chart_spec().unwrap()).unwrap().accounts().iter().any(|a| a.kind == AccountKind::Equity)
    );
}

#[test]
fn a_rule_that_does_not_balance_shows_the_hole() {
    let mut spec = china::posting_rules_spec().unwrap();
    // premium_due with VAT: the tax is missing on the credit side and the premium stands there twice.
    assert_eq!(spec.rules[1].event_kind, "premium_due");
    spec.rules[1].lines[2].plus = vec!["premium".to_owned()];
    let refusal = PostingRules::load(&spec, &china::chart().unwrap()).unwrap_err();
    assert_eq!(told(&refusal), ["ledger.rule.unbalanced /rules/1/lines"]);
    assert!(refusal.text(Lang::En).contains("-1 premium, +1 tax"), "{refusal}");
    // A line whose colour is wrong is off by twice its amount.
    let mut spec = china::posting_rules_spec().unwrap();
    spec.rules[1].lines[2].red = true;
    let refusal = PostingRules::load(&spec, &china::chart().unwrap()).unwrap_err();
    assert!(refusal.text(Lang::Zh).contains("+2 tax"), "{refusal}");
}

#[test]
fn rules_tell_their_faults() {
    assert_eq!(with(|spec| spec.name = "1".to_owned()), ["rulebook.name.invalid /name"]);
    assert_eq!(with(|spec| spec.chart = "other".to_owned()), ["ledger.rule.chart /chart"]);
    assert_eq!(with(|spec| spec.rules[0].source.clear()), ["rulebook.source.missing /rules/0/source"]);
    assert_eq!(with(|spec| spec.cases[0].source.clear()), ["rulebook.source.missing /cases/0/source"]);
    assert_eq!(
        with(|spec| spec.rules[0].lines[0].account = code("9999")),
        ["ledger.account.unknown /rules/0/lines/0/account"]
    );
    // The VAT accounts begin on 2016-05-01; a rule that begins before can't use them.
    assert_eq!(
        with(|spec| spec.rules[0].lines[0].account = code("2221.01.02")),
        ["ledger.account.outside /rules/0/lines/0/account"]
    );
    assert_eq!(
        with(|spec| spec.rules[0].lines[0].plus.push("tax".to_owned())),
        ["ledger.rule.amount_undeclared /rules/0/lines/0/plus/1", "ledger.rule.unbalanced /rules/0/lines"]
    );
    let spare = AmountDeclaration {
        name: "spare".to_owned(),
        meaning: "spare".to_owned(),
        meaning_zh: "备用".to_owned(),
        zero_allowed: true,
    };
    assert_eq!(
        with(|spec| spec.rules[0].amounts.extend([spare.clone(), AmountDeclaration { name: "S".to_owned(), ..spare }])),
        [
            "ledger.rule.amount_unused /rules/0/amounts/1/name",
            "rulebook.name.invalid /rules/0/amounts/2/name",
            "ledger.rule.amount_unused /rules/0/amounts/2/name"
        ]
    );
    assert_eq!(
        with(|spec| {
            let twice = spec.rules[0].amounts[0].clone();
            spec.rules[0].amounts.push(twice);
        }),
        ["ledger.rule.amount_duplicate /rules/0/amounts/1/name"]
    );
    let empty = |plus: &[&str], minus: &[&str]| PostingLine {
        account: code("1002"),
        side: Side::Debit,
        red: false,
        plus: plus.iter().map(ToString::to_string).collect(),
        minus: minus.iter().map(ToString::to_string).collect(),
        dimensions: vec![],
    };
    assert_eq!(
        with(|spec| spec.rules[0].lines.extend([empty(&[], &[]), empty(&["premium"], &["premium"])])),
        ["ledger.rule.line_empty /rules/0/lines/2", "ledger.rule.line_empty /rules/0/lines/3"]
    );
    assert_eq!(
        with(|spec| spec.rules[0].lines.truncate(1)),
        ["ledger.entry.lines /rules/0/lines", "ledger.rule.unbalanced /rules/0/lines"]
    );
    assert_eq!(
        with(|spec| spec.rules[0].lines[0].dimensions.push("Branch".to_owned())),
        ["rulebook.name.invalid /rules/0/lines/0/dimensions/1"]
    );
    assert_eq!(
        with(|spec| spec.rules[0].lines[0].dimensions = vec!["d".to_owned(); 7]),
        ["ledger.entry.dimensions /rules/0/lines/0/dimensions"]
    );
    assert_eq!(
        with(|spec| spec.rules[0].event_kind = "Premium".to_owned()),
        ["rulebook.name.invalid /rules/0/event_kind"]
    );
    assert_eq!(with(|spec| spec.rules = vec![spec.rules[0].clone(); 10_001]), ["ledger.too_many /rules"]);
}

#[test]
fn every_day_has_one_rule() {
    let from = |spec: &mut PostingRulesSpec, text: &str| spec.rules[1].from = day(text);
    assert_eq!(with(|spec| from(spec, "2016-05-02")), ["rulebook.dated.gap /rules/1/from"]);
    assert_eq!(with(|spec| spec.rules[0].until = Some(day("2016-05-02"))), ["rulebook.dated.overlap /rules/1/from"]);
    assert_eq!(with(|spec| spec.rules[0].until = None), ["rulebook.dated.overlap /rules/1/from"]);
    assert_eq!(with(|spec| spec.rules[0].until = Some(spec.rules[0].from)), ["calendar.period.empty /rules/0/until"]);
    // A rule without an end overlaps every later one, not only its neighbour.
    let endless_first = with(|spec| {
        spec.rules[0].until = None;
        let later = PostingRule { from: day("2020-01-01"), ..spec.rules[1].clone() };
        spec.rules[1].until = Some(later.from);
        spec.rules.insert(2, later);
    });
    assert_eq!(endless_first, ["rulebook.dated.overlap /rules/1/from", "rulebook.dated.overlap /rules/2/from"]);
}

#[test]
fn parameters_and_cases_are_checked() {
    assert_eq!(
        with(|spec| {
            let twice = spec.parameters[0].clone();
            spec.parameters.push(twice);
        }),
        ["rulebook.name.duplicate /parameters/1/name"]
    );
    assert_eq!(
        with(|spec| spec.parameters[0].values[1].from = day("2026-01-02")),
        ["rulebook.dated.gap /parameters/0/values/1/from"]
    );
    assert_eq!(with(|spec| spec.parameters[0].values.clear()), ["rulebook.dated.empty /parameters/0/values"]);
    assert_eq!(with(|spec| drop(spec.cases[3].lines.pop())), ["ledger.rule.case /cases/3/lines"]);
    assert_eq!(
        with(|spec| spec.cases[1].event.amounts.retain(|name, _| name != "premium")),
        ["ledger.amount.missing /cases/1/event/amounts/premium"]
    );
}

#[test]
fn an_event_tells_its_faults() {
    let rules = china::posting_rules().unwrap();
    let spec = china::posting_rules_spec().unwrap();
    let case = |index: usize| spec.cases[index].event.clone();
    let mut event = case(4);
    let usd = crm_core::money::Money::from_minor(6, crm_core::money::Currency::USD);
    event.amounts.insert("tax".to_owned(), usd);
    assert_eq!(told(&rules.entry(&event).unwrap_err()), ["money.currency.mixed /amounts/tax"]);
    let mut event = case(4);
    for name in ["premium", "tax"] {
        event.amounts.insert(name.to_owned(), super::small::cny(i64::MAX));
    }
    assert_eq!(told(&rules.entry(&event).unwrap_err()), ["money.amount.range /amounts"]);
    // Every amount may be zero in such a rule: then there is nothing to book.
    let mut zero = spec.clone();
    zero.rules[1].amounts[0].zero_allowed = true;
    let zero = PostingRules::load(&zero, &china::chart().unwrap()).unwrap();
    let mut event = case(4);
    for name in ["premium", "tax"] {
        event.amounts.insert(name.to_owned(), super::small::cny(0));
    }
    assert_eq!(told(&zero.entry(&event).unwrap_err()), ["ledger.amount.nothing /amounts"]);
    let mut event = case(4);
    event.amounts.clear();
    assert_eq!(
        told(&rules.entry(&event).unwrap_err()),
        ["ledger.amount.missing /amounts/premium", "ledger.amount.missing /amounts/tax"]
    );
    assert_eq!(format!("{event:?}"), "BookingEvent { event_kind: \"premium_due\", on: 2026-03-01, .. }");
}
