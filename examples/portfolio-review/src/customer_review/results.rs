//! What the core said about each customer, kept beside his rows.

use std::{
    collections::{BTreeMap, BTreeSet},
    thread,
};

use crm_core::{
    money::Money,
    portfolio::{CustomerFacts, CustomerSegments, MoveKind, ProfitBasis, SegmentReason},
    refusal::Refusal,
    rulebook::{Condition, Operand, Value},
};

use super::figures::GradeMove;
use crate::{
    analysis::{AMOUNTS, Analysis, COUNTS, FactColumn, Twin, fact_columns},
    report::page::Words,
    stop::{Outcome, first, stop},
    store::Store,
    wording::FactWords,
};

/// Keeps facts and places of all customers, warnings, profit and loss, and moves.
///
/// # Errors
/// What the core refuses, or the database.
pub fn keep(store: &Store, analysis: &Analysis<'_>, twins: &[Twin], words: &FactWords) -> Outcome<()> {
    facts(store, analysis)?;
    memberships(store, analysis, words)?;
    for twin in twins {
        store.insert("twin", &[&twin.kind.name(), &twin.first.as_str(), &twin.second.as_str()])?;
    }
    for warning in analysis.warnings.list.visible(&analysis.viewer).rows() {
        let value = value_text(&warning.value);
        let raised = warning.raised_on.to_string();
        store.insert("warning", &[&warning.customer.as_str(), &warning.warning, &raised, &value, &None::<String>])?;
    }
    for cleared in &analysis.warnings.cleared {
        let warning = &cleared.warning;
        let (raised, gone) = (warning.raised_on.to_string(), cleared.cleared_on.to_string());
        let value = value_text(&warning.value);
        store.insert("warning", &[&warning.customer.as_str(), &warning.warning, &raised, &value, &Some(gone)])?;
    }
    for customer in &analysis.statements.within_reach {
        store.insert("within_reach", &[&customer.as_str()])?;
    }
    for report in &analysis.profit {
        let basis = match report.basis {
            ProfitBasis::Earned => "earned",
            ProfitBasis::Collected => "collected",
        };
        for row in &report.rows {
            let parts = [row.parts.premium, row.parts.claims, row.parts.commission, row.parts.cost, row.parts.result];
            let [premium, claims, commission, cost, result] = parts.map(|part| part.minor());
            store
                .insert("profit", &[&row.customer.as_str(), &basis, &premium, &claims, &commission, &cost, &result])?;
        }
    }
    for moved in &analysis.moves.moves {
        let direction = match moved.direction {
            MoveKind::Entered => "entered",
            MoveKind::Left => "left",
        };
        let because: Vec<Words> = moved
            .because
            .iter()
            .map(|shift| {
                let told = words.told(&shift.fact, shift.before.as_ref());
                let now = words.value(&shift.fact, shift.after.as_ref());
                Words::new(format!("{} → {}", told.zh, now.zh), format!("{} → {}", told.en, now.en))
            })
            .collect();
        let reason = joined(&because);
        let (customer, segment) = (moved.customer.as_str(), &moved.segment);
        store.insert("segment_move", &[&customer, segment, &direction, &reason.en, &reason.zh])?;
    }
    Ok(())
}

/// Each customer's grade a year before and now, kept and given back; `-` without one.
///
/// # Errors
/// What the database says; `internal` when those who moved are not those of the core's report.
pub fn keep_grades(store: &Store, analysis: &Analysis<'_>) -> Outcome<Vec<GradeMove>> {
    let name = |grade: Option<&String>| grade.cloned().unwrap_or_else(|| "-".to_owned());
    let before: BTreeMap<_, _> =
        analysis.before.visible(&analysis.viewer).rows().iter().map(|row| (&row.customer, row.grade.clone())).collect();
    let facts = analysis.before.facts().visible(&analysis.viewer);
    let in_force: BTreeSet<_> =
        facts.rows().iter().filter(|facts| facts.policies_in_force > 0).map(|facts| &facts.customer).collect();
    let mut places = Vec::new();
    for row in analysis.now.visible(&analysis.viewer).rows() {
        let was = before.get(&row.customer).and_then(Option::as_ref);
        places.push(GradeMove {
            customer: row.customer.as_str().to_owned(),
            before: name(was),
            after: name(row.grade.as_ref()),
            in_force_before: in_force.contains(&row.customer),
        });
    }
    let moved = places.iter().filter(|place| place.before != place.after).count();
    if moved != analysis.moves.grades.len() {
        return Err(stop(None, super::internal()));
    }
    for GradeMove { customer, before, after, in_force_before } in &places {
        store.insert("grade_move", &[customer, before, after, in_force_before])?;
    }
    Ok(places)
}

fn facts(store: &Store, analysis: &Analysis<'_>) -> Outcome<()> {
    let columns: Vec<String> = fact_columns().map(|column| format!("{} INTEGER NOT NULL", column.name)).collect();
    store.run(&format!(
        "CREATE TABLE fact (customer TEXT PRIMARY KEY, party_kind TEXT NOT NULL, branch TEXT, department TEXT,
         manager TEXT, {}, loss_ratio TEXT, score TEXT, place INTEGER, grade TEXT) WITHOUT ROWID",
        columns.join(", ")
    ))?;
    let places = analysis.now.visible(&analysis.viewer);
    let facts = analysis.now.facts().visible(&analysis.viewer);
    for (facts, place) in facts.rows().iter().zip(places.rows()) {
        let code = |text: Option<&str>| text.map(str::to_owned);
        let owner = &facts.owner;
        let (branch, department, manager) = (
            code(owner.branch.as_ref().map(|code| code.as_str())),
            code(owner.department.as_ref().map(|code| code.as_str())),
            code(owner.person.as_ref().map(|code| code.as_str())),
        );
        let numbers: Vec<i64> = COUNTS.iter().chain(AMOUNTS).map(|column| (column.read)(facts)).collect();
        let ratio = facts.loss_ratio_earned.value().map(|ratio| ratio.to_string());
        let score = place.score.map(|score| score.to_string());
        let (customer, kind) = (facts.customer.as_str(), facts.party_kind.as_str());
        let mut values: Vec<&dyn rusqlite::ToSql> = vec![&customer, &kind, &branch, &department, &manager];
        values.extend(numbers.iter().map(|number| number as &dyn rusqlite::ToSql));
        values.extend([&ratio as &dyn rusqlite::ToSql, &score, &place.rank, &place.grade]);
        store.insert("fact", &values)?;
        for (segment, missing) in &place.undecided {
            store.insert("undecided", &[&customer, segment, &missing.join(", ")])?;
        }
    }
    Ok(())
}

/// Who is in which group, and why. Where a threshold decides the core is asked for the reasons, on two threads; elsewhere
/// the facts that the group's condition names say all.
fn memberships(store: &Store, analysis: &Analysis<'_>, words: &FactWords) -> Outcome<()> {
    let rules: Vec<(&str, bool, Vec<&str>)> = analysis
        .model
        .segments()
        .into_iter()
        .filter_map(|name| {
            let rule = analysis.model.segment(name)?;
            let mut facts = Vec::new();
            let judged = named(&rule.when, &mut facts);
            Some((name, judged, facts))
        })
        .collect();
    let visible = analysis.now.visible(&analysis.viewer);
    let facts = analysis.now.facts().visible(&analysis.viewer);
    let is_judged = |row: &CustomerSegments| {
        rules.iter().any(|(name, judged, _)| *judged && row.segments.iter().any(|segment| segment == name))
    };
    let judged: Vec<&CustomerSegments> = visible.rows().iter().copied().filter(|row| is_judged(row)).collect();
    let (left, right) = judged.split_at_checked(judged.len() / 2).unwrap_or((&judged, &[]));
    let ask = |rows: &[&CustomerSegments]| -> Result<Vec<Vec<SegmentReason>>, Refusal> {
        rows.iter().map(|row| analysis.reasons(&row.customer)).collect()
    };
    let answers = thread::scope(|scope| {
        let other = scope.spawn(|| ask(right));
        let own = ask(left);
        let other = other.join().unwrap_or_else(|_| Err(Refusal::new(crm_core::refusal::Code::Internal)));
        own.and_then(|mut own| {
            own.extend(other?);
            Ok(own)
        })
    });
    let answers = answers.map_err(|refusal| stop(None, first(refusal)))?;
    let mut reasons: BTreeMap<(&str, String), Words> = BTreeMap::new();
    for (row, answer) in judged.iter().zip(answers) {
        for reason in answer {
            let told: Vec<Words> =
                reason.deciding.iter().map(|fact| words.told(&fact.fact, fact.value.as_ref())).collect();
            reasons.insert((row.customer.as_str(), reason.segment), joined(&told));
        }
    }
    for (row, facts) in visible.rows().iter().zip(facts.rows()) {
        let customer = row.customer.as_str();
        for (name, _, named) in rules.iter().filter(|(name, ..)| row.segments.iter().any(|segment| segment == name)) {
            let told = |fact: &&str| words.told(fact, known(facts, fact).as_ref());
            let simple = || joined(&named.iter().map(told).collect::<Vec<_>>());
            let reason = reasons.remove(&(customer, (*name).to_owned())).unwrap_or_else(simple);
            store.insert("membership", &[&customer, name, &reason.en, &reason.zh])?;
        }
    }
    Ok(())
}

/// The facts that a condition names, and whether a threshold of the model decides.
fn named<'c>(condition: &'c Condition, facts: &mut Vec<&'c str>) -> bool {
    match condition {
        Condition::All { of } | Condition::Any { of } => {
            let judged: Vec<bool> = of.iter().map(|test| named(test, facts)).collect();
            judged.contains(&true)
        }
        Condition::Not { of } => named(of, facts),
        Condition::Compare { fact, to, .. } => {
            facts.push(fact);
            matches!(to, Operand::Parameter { .. })
        }
        Condition::OneOf { fact, .. }
        | Condition::Within { fact, .. }
        | Condition::Matches { fact, .. }
        | Condition::Known { fact } => {
            facts.push(fact);
            false
        }
    }
}

/// A fact of a customer, as far as conditions without a threshold name it.
fn known(facts: &CustomerFacts, name: &str) -> Option<Value> {
    let of =
        |columns: &[FactColumn]| columns.iter().find(|column| column.name == name).map(|column| (column.read)(facts));
    match name {
        "prospect" => Some(Value::Boolean(facts.prospect)),
        "blacklisted" => Some(Value::Boolean(facts.blacklisted)),
        "standing" => Some(Value::Boolean(facts.standing)),
        _ => of(COUNTS).map(Value::Integer).or_else(|| {
            let currency = facts.premium_written.currency();
            of(AMOUNTS).map(|minor| Value::Decimal(Money::from_minor(minor, currency).amount()))
        }),
    }
}

/// Several facts in one line.
fn joined(told: &[Words]) -> Words {
    let join = |pick: fn(&Words) -> &str, mark: &str| told.iter().map(pick).collect::<Vec<_>>().join(mark);
    Words::new(join(|words| &words.zh, "；"), join(|words| &words.en, "; "))
}

/// A value of a fact; nothing personal stands in the catalogue.
fn value_text(value: &Value) -> String {
    match value {
        Value::Decimal(value) => value.to_string(),
        Value::Integer(value) => value.to_string(),
        Value::Boolean(value) => value.to_string(),
        Value::Date(value) => value.to_string(),
        Value::Text(value) => value.clone(),
    }
}
