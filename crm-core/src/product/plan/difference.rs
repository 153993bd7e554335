//! Two versions of a plan, their difference in words.

use alloc::{
    collections::{BTreeMap, BTreeSet},
    format,
    string::{String, ToString as _},
    vec::Vec,
};

use serde::{Deserialize, Serialize};

use super::{
    PlanAction, PlanStep, RatePlan, RatePlanSpec, RateTable, RowKey, TableRow, TableVersion,
    step_words::{action_in_words, operand_in_words},
};
use crate::{
    calendar::Date,
    money::Decimal,
    rulebook::{FactDeclaration, Parameter, Scalar},
    wire,
};

/// Most differences that are told; further ones are counted in a last one.
const MAX_DIFFERENCES: usize = 1_000;

/// One difference between two plans.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanDifference {
    /// Where: `tables/base`, `coverages/liability/steps/floated`.
    pub place: String,
    /// What, in English.
    pub text: String,
    /// What, in Chinese (说明).
    pub text_zh: String,
}

impl RatePlan {
    /// What another version says that this one does not, in words, in the order of the plan. Cases, titles and words of
    /// steps are left out: they change no price.
    #[must_use]
    pub fn differences(&self, new: &Self) -> Vec<PlanDifference> {
        // Loaded plans are bounded in depth.
        let (this, new) = (&self.spec, &new.spec);
        let mut told = Told { list: Vec::new(), beyond: 0 };
        told.heads(this, new);
        told.named("inputs", (&this.inputs, &new.inputs), |input| &input.name, Told::input);
        told.named("parameters", (&this.parameters, &new.parameters), |one| &one.name, Told::parameter);
        told.named("tables", (&this.tables, &new.tables), |table| &table.name, Told::table);
        told.named(
            "figures",
            (&this.figures, &new.figures),
            |one| &one.name,
            |told, place, old, new| {
                told.steps(place, &old.steps, &new.steps);
            },
        );
        told.named(
            "coverages",
            (&this.coverages, &new.coverages),
            |one| &one.code,
            |told, place, old, new| {
                told.value(
                    &format!("{place}/included"),
                    ("included when", "纳入条件"),
                    &json(&old.included),
                    &json(&new.included),
                );
                told.named(
                    &format!("{place}/limits"),
                    (&old.limits, &new.limits),
                    |one| &one.name,
                    |told, place, old, new| {
                        let (old, new) = (operand_in_words(&old.amount), operand_in_words(&new.amount));
                        told.value(place, ("amount", "数额"), &old, &new);
                    },
                );
                told.steps(place, &old.steps, &new.steps);
            },
        );
        told.steps("net", &this.net, &new.net);
        told.named(
            "charges",
            (&this.charges, &new.charges),
            |one| &one.code,
            |told, place, old, new| {
                told.value(
                    &format!("{place}/included"),
                    ("included when", "纳入条件"),
                    &json(&old.included),
                    &json(&new.included),
                );
                told.value(&format!("{place}/nature"), ("nature", "性质"), &json(&old.nature), &json(&new.nature));
                told.steps(place, &old.steps, &new.steps);
            },
        );
        told.named(
            "shares",
            (&this.shares, &new.shares),
            |one| &one.code,
            |told, place, old, new| {
                told.value(place, ("part", "份额"), &old.part.to_string(), &new.part.to_string());
            },
        );
        if told.beyond > 0 {
            let (text, text_zh) = (format!("{} more differences", told.beyond), format!("另有 {} 处不同", told.beyond));
            told.list.push(PlanDifference { place: String::new(), text, text_zh });
        }
        told.list
    }
}

struct Told {
    list: Vec<PlanDifference>,
    beyond: usize,
}

/// English and Chinese.
type Words<'a> = (&'a str, &'a str);

impl Told {
    fn tell(&mut self, place: &str, text: String, text_zh: String) {
        if self.list.len() < MAX_DIFFERENCES {
            self.list.push(PlanDifference { place: place.into(), text, text_zh });
        } else {
            self.beyond += 1;
        }
    }

    fn value(&mut self, place: &str, (what, what_zh): Words<'_>, old: &str, new: &str) {
        if old != new {
            self.tell(place, format!("{what}: {old} → {new}"), format!("{what_zh}：{old} → {new}"));
        }
    }

    fn heads(&mut self, old: &RatePlanSpec, new: &RatePlanSpec) {
        self.value("currency", ("currency", "币种"), old.currency.as_str(), new.currency.as_str());
        self.value("source", ("source", "来源"), &old.source, &new.source);
        let (before, after) = (old.checked_until.to_string(), new.checked_until.to_string());
        self.value("checked_until", ("checked until", "核对至"), &before, &after);
        self.value("rated_on", ("rated on", "计价日"), &json(&old.rated_on), &json(&new.rated_on));
    }

    /// What is gone, what is new, and what both have.
    fn named<T>(
        &mut self,
        place: &str,
        (old, new): (&[T], &[T]),
        name: impl Fn(&T) -> &String,
        compare: impl Fn(&mut Self, &str, &T, &T),
    ) {
        let known: BTreeMap<&str, &T> = old.iter().map(|one| (name(one).as_str(), one)).collect();
        let kept: BTreeSet<&str> = new.iter().map(|one| name(one).as_str()).collect();
        for one in old.iter().filter(|one| !kept.contains(name(one).as_str())) {
            self.tell(&format!("{place}/{}", name(one)), "taken away".into(), "已删除".into());
        }
        for one in new {
            let place = format!("{place}/{}", name(one));
            match known.get(name(one).as_str()) {
                Some(before) => compare(self, &place, before, one),
                None => self.tell(&place, "added".into(), "新增".into()),
            }
        }
    }

    fn input(&mut self, place: &str, old: &FactDeclaration, new: &FactDeclaration) {
        self.value(place, ("type", "类型"), old.value_type.as_str(), new.value_type.as_str());
        self.value(place, ("unit", "单位"), &json(&old.unit), &json(&new.unit));
        self.value(place, ("choices", "可选值"), &old.choices.join(", "), &new.choices.join(", "));
        let bounds = |of: &FactDeclaration| format!("{} … {}", bound(&of.minimum), bound(&of.maximum));
        self.value(place, ("bounds", "界限"), &bounds(old), &bounds(new));
    }

    fn parameter(&mut self, place: &str, old: &Parameter, new: &Parameter) {
        let dated = |of: &Parameter| -> BTreeMap<Date, String> {
            let until = |until: Option<Date>| until.map_or_else(|| String::from("…"), |until| until.to_string());
            of.values
                .iter()
                .map(|one| (one.from, format!("{} ({} – {})", json(&one.value), one.from, until(one.until))))
                .collect()
        };
        let (before, after) = (dated(old), dated(new));
        self.dated(place, ("value", "取值"), &before, &after);
        self.value(place, ("checked until", "核对至"), &old.checked_until.to_string(), &new.checked_until.to_string());
    }

    fn dated(&mut self, place: &str, what: Words<'_>, old: &BTreeMap<Date, String>, new: &BTreeMap<Date, String>) {
        let days: BTreeSet<&Date> = old.keys().chain(new.keys()).collect();
        for day in days {
            let none = String::from("–");
            self.value(place, what, old.get(day).unwrap_or(&none), new.get(day).unwrap_or(&none));
        }
    }

    fn table(&mut self, place: &str, old: &RateTable, new: &RateTable) {
        self.value(place, ("keys", "键"), &old.keys.join(", "), &new.keys.join(", "));
        let names = |of: &RateTable| of.columns.iter().map(|one| one.name.as_str()).collect::<Vec<_>>().join(", ");
        self.value(place, ("columns", "数值列"), &names(old), &names(new));
        let days: BTreeSet<Date> = old.versions.iter().chain(&new.versions).map(|one| one.valid.from).collect();
        for day in days {
            let of = |table: &'_ RateTable| table.versions.iter().position(|one| one.valid.from == day);
            let place = format!("{place}/{day}");
            match (of(old).and_then(|at| old.versions.get(at)), of(new).and_then(|at| new.versions.get(at))) {
                (Some(before), Some(after)) => self.version(&place, before, after, new),
                (Some(_), None) => self.tell(&place, "version taken away".into(), "版本已删除".into()),
                (None, Some(_)) => self.tell(&place, "version added".into(), "新增版本".into()),
                (None, None) => {}
            }
        }
    }

    fn version(&mut self, place: &str, old: &TableVersion, new: &TableVersion, table: &RateTable) {
        self.value(place, ("valid", "有效期"), &json(&old.valid), &json(&new.valid));
        self.value(place, ("source", "来源"), &old.source, &new.source);
        let rows = |of: &TableVersion| -> BTreeMap<String, Vec<Option<Decimal>>> {
            of.rows.iter().map(|row| (keys(row, table), row.values.clone())).collect()
        };
        let (before, after) = (rows(old), rows(new));
        let all: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
        for key in all {
            let values = |rows: &BTreeMap<String, Vec<Option<Decimal>>>| {
                rows.get(key).map_or_else(|| String::from("–"), |values| shown(values))
            };
            // 0.50 and 0.5 are the same rate.
            if before.get(key) != after.get(key) {
                let (old, new) = (values(&before), values(&after));
                self.tell(place, format!("row {key}: {old} → {new}"), format!("行 {key}：{old} → {new}"));
            }
        }
    }

    fn steps(&mut self, place: &str, old: &[PlanStep], new: &[PlanStep]) {
        let place = if place == "net" { String::from(place) } else { format!("{place}/steps") };
        self.named(
            &place,
            (old, new),
            |step| &step.name,
            |told, place, old, new| {
                told.value(place, ("valid", "有效期"), &json(&old.valid), &json(&new.valid));
                match (&old.action, &new.action) {
                    (
                        PlanAction::When { condition: one, then: first, otherwise: second },
                        PlanAction::When { condition: other, then, otherwise },
                    ) => {
                        told.value(place, ("condition", "条件"), &json(one), &json(other));
                        told.steps(&format!("{place}/then"), first, then);
                        told.steps(&format!("{place}/otherwise"), second, otherwise);
                    }
                    (one, other) => told.value(place, ("step", "步骤"), &action_in_words(one), &action_in_words(other)),
                }
            },
        );
        let order = |steps: &[PlanStep], others: &[PlanStep]| -> Vec<String> {
            let known: BTreeSet<&str> = others.iter().map(|step| step.name.as_str()).collect();
            steps.iter().filter(|step| known.contains(step.name.as_str())).map(|step| step.name.clone()).collect()
        };
        let (before, after) = (order(old, new).join(", "), order(new, old).join(", "));
        self.value(&place, ("order", "顺序"), &before, &after);
    }
}

/// The keys of a row in words: `use private, seats [6, …)`.
fn keys(row: &TableRow, table: &RateTable) -> String {
    let key = |(name, key): (&String, &RowKey)| match key {
        RowKey::Any {} => format!("{name} *"),
        RowKey::Is { value } => format!("{name} {}", plain(value)),
        RowKey::OneOf { values } => {
            format!("{name} {{{}}}", values.iter().map(plain).collect::<Vec<_>>().join(", "))
        }
        RowKey::Range { from, until } => format!("{name} [{}, {})", bound(from), bound(until)),
    };
    table.keys.iter().zip(&row.keys).map(key).collect::<Vec<_>>().join(", ")
}

fn shown(values: &[Option<Decimal>]) -> String {
    let value = |value: &Option<Decimal>| value.map_or_else(|| String::from("–"), |value| value.to_string());
    values.iter().map(value).collect::<Vec<_>>().join(", ")
}

fn bound(value: &Option<Scalar>) -> String {
    value.as_ref().map_or_else(|| String::from("…"), plain)
}

fn plain(value: &Scalar) -> String {
    match value {
        Scalar::Text(text) => text.clone(),
        value => json(value),
    }
}

/// Canonical text of what has no words of its own.
pub(super) fn json<T: Serialize>(value: &T) -> String {
    wire::to_json(value).unwrap_or_default()
}
