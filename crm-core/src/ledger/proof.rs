//! The proof that posting rules are sound: accounts there, days covered, debits equal to credits whatever the amounts.

use alloc::{
    collections::{BTreeMap, BTreeSet},
    string::String,
    vec::Vec,
};
use core::fmt::Write as _;

use super::{
    Chart, MAX_DIMENSIONS, MAX_LINES, PostingRule, PostingRulesSpec, Side,
    code::{listed, name_fault, source_fault},
};
use crate::{
    calendar::Date,
    refusal::{Code, Fault, shown_name},
    rulebook::{Parameter, span_faults},
};

/// Most rules, parameters or cases.
const MAX_RULES: usize = 10_000;

/// Every fault of posting rules, cases apart.
pub(super) fn rule_faults(spec: &PostingRulesSpec, chart: &Chart) -> Vec<Fault> {
    for (field, count) in
        [("rules", spec.rules.len()), ("parameters", spec.parameters.len()), ("cases", spec.cases.len())]
    {
        if count > MAX_RULES {
            return alloc::vec![Fault::new(Code::LedgerTooMany).with("limit", MAX_RULES).at(field)];
        }
    }
    let mut faults: Vec<Fault> = name_fault(&spec.name).map(|fault| fault.at("name")).into_iter().collect();
    if spec.chart != chart.name() {
        faults.push(Fault::new(Code::LedgerRuleChart).with_name("expected", chart.name()).at("chart"));
    }
    let mut names = BTreeSet::new();
    for (index, parameter) in spec.parameters.iter().enumerate() {
        let found = parameter_faults(parameter, &mut names);
        faults.extend(found.into_iter().map(|fault| fault.at_index(index).at("parameters")));
    }
    for (index, rule) in spec.rules.iter().enumerate() {
        let found = one_rule_faults(rule, chart);
        faults.extend(found.into_iter().map(|fault| fault.at_index(index).at("rules")));
    }
    faults.extend(time_faults(&spec.rules));
    for (index, case) in spec.cases.iter().enumerate() {
        faults.extend(source_fault(&case.source).map(|fault| fault.at_index(index).at("cases")));
    }
    faults
}

fn parameter_faults<'a>(parameter: &'a Parameter, names: &mut BTreeSet<&'a str>) -> Vec<Fault> {
    let mut faults: Vec<Fault> = name_fault(&parameter.name).map(|fault| fault.at("name")).into_iter().collect();
    if !names.insert(&parameter.name) {
        faults.push(Fault::new(Code::RulebookNameTwice).with_name("name", &parameter.name).at("name"));
    }
    // Asked for its first day, a parameter either answers or tells what is wrong with it.
    let first = parameter.values.iter().map(|dated| dated.from).min().unwrap_or(Date::MIN);
    if let Err(refusal) = parameter.at(first) {
        faults.extend(refusal.into_faults());
    }
    faults
}

/// Rules of one kind must follow each other without a gap and without an overlap (law 11).
fn time_faults(rules: &[PostingRule]) -> Vec<Fault> {
    let mut kinds: BTreeMap<&str, Vec<(usize, &PostingRule)>> = BTreeMap::new();
    for (index, rule) in rules.iter().enumerate() {
        kinds.entry(&rule.event_kind).or_default().push((index, rule));
    }
    let days = |(index, rule): (usize, &PostingRule)| (index, rule.from, rule.until);
    let found = kinds.into_values().flat_map(|rules| span_faults(rules.into_iter().map(days)));
    found.map(|(index, fault)| fault.at("from").at_index(index).at("rules")).collect()
}

fn one_rule_faults(rule: &PostingRule, chart: &Chart) -> Vec<Fault> {
    let mut faults: Vec<Fault> = name_fault(&rule.event_kind).map(|fault| fault.at("event_kind")).into_iter().collect();
    faults.extend(source_fault(&rule.source));
    if rule.until.is_some_and(|until| until <= rule.from) {
        faults.push(Fault::new(Code::CalendarPeriodEmpty).at("until"));
    }
    let mut declared = BTreeSet::new();
    for (index, amount) in rule.amounts.iter().enumerate() {
        let at = |fault: Fault| fault.at("name").at_index(index).at("amounts");
        faults.extend(name_fault(&amount.name).map(at));
        if !declared.insert(amount.name.as_str()) {
            faults.push(at(Fault::new(Code::LedgerRuleAmountDuplicate)));
        }
        let named = |line: &super::PostingLine| line.plus.contains(&amount.name) || line.minus.contains(&amount.name);
        if !rule.lines.iter().any(named) {
            faults.push(at(Fault::new(Code::LedgerRuleAmountUnused)));
        }
    }
    if !(2..=MAX_LINES).contains(&rule.lines.len()) {
        faults.push(Fault::new(Code::LedgerEntryLines).with("limit", MAX_LINES).at("lines"));
    }
    for (index, line) in rule.lines.iter().enumerate().take(MAX_LINES) {
        let at = |fault: Fault| fault.at_index(index).at("lines");
        if let Err(fault) = chart.require(&line.account, rule.from, rule.until) {
            faults.push(at(fault.at("account")));
        }
        for (field, names) in [("plus", &line.plus), ("minus", &line.minus)] {
            for (place, name) in names.iter().enumerate().filter(|(_, name)| !declared.contains(name.as_str())) {
                let fault = Fault::new(Code::LedgerRuleAmountUndeclared).with_name("name", name);
                faults.push(at(fault.at_index(place).at(field)));
            }
        }
        if coefficients(core::slice::from_ref(line)).is_empty() {
            faults.push(at(Fault::new(Code::LedgerRuleLineEmpty)));
        }
        if line.dimensions.len() > MAX_DIMENSIONS {
            faults.push(at(Fault::new(Code::LedgerEntryDimensions).with("limit", MAX_DIMENSIONS).at("dimensions")));
        }
        for (place, name) in line.dimensions.iter().enumerate().take(MAX_DIMENSIONS) {
            faults.extend(name_fault(name).map(|fault| at(fault.at_index(place).at("dimensions"))));
        }
    }
    let hole = coefficients(&rule.lines);
    if !hole.is_empty() {
        faults.push(Fault::new(Code::LedgerRuleUnbalanced).with("hole", written(&hole)).at("lines"));
    }
    faults
}

/// How often each amount stands in debit − credit; amounts that cancel are left out. Empty for lines that balance
/// whatever the amounts are.
fn coefficients(lines: &[super::PostingLine]) -> BTreeMap<&str, i64> {
    let mut sums: BTreeMap<&str, i64> = BTreeMap::new();
    for line in lines {
        let sign = if (line.side == Side::Debit) == line.red { -1 } else { 1 };
        for (names, sign) in [(&line.plus, sign), (&line.minus, -sign)] {
            for name in names {
                let sum = sums.entry(name).or_default();
                *sum = sum.saturating_add(sign);
            }
        }
    }
    sums.retain(|_, sum| *sum != 0);
    sums
}

/// `+1 premium, -1 tax`.
fn written(hole: &BTreeMap<&str, i64>) -> String {
    let terms: Vec<String> = hole
        .iter()
        .map(|(name, times)| {
            let mut term = String::new();
            // Writing to a String cannot fail.
            _ = write!(term, "{times:+} {}", shown_name(name));
            term
        })
        .collect();
    listed(terms.iter().map(String::as_str))
}
