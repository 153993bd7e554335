//! Whether a table speaks of every field of its records, and which fields two records differ in.

use alloc::{string::String, vec::Vec};

use serde::Serialize;

use super::{
    FieldTable, Sensitivity,
    field::{Way, pattern},
    tree::Node,
    view::is_container,
};
use crate::refusal::{Code, Fault, Refusal};

impl FieldTable {
    /// Checks the table against sample records which together have a value in every field: each field has a line, each
    /// line has a field, and no [`Personal`](super::Personal) text is said to be less than personal.
    ///
    /// A table for records that a host defines is checked so when the host is tested; the tables of this crate are
    /// checked so in its own tests. Paths name fields, not values.
    ///
    /// # Errors
    /// All at once: `privacy.field.unlisted` for a field without a line, `privacy.field.unmatched` for a line without a
    /// field, `privacy.field.understated` for a personal text with a lower class, `privacy.field.unsampled` for an
    /// option, list or map that is empty in every sample.
    ///
    /// ```
    /// use crm_core::privacy::{FieldClass, FieldTable, Personal, Sensitivity};
    ///
    /// #[derive(serde::Serialize)]
    /// struct Contact { name: Personal, phone: Option<Personal> }
    ///
    /// let table = FieldTable::load("contact", &[FieldClass::new("/name", Sensitivity::Internal, None)])?;
    /// let refusal = table.prove(&[Contact { name: "段正淳".into(), phone: None }]).unwrap_err();
    /// let told: Vec<String> = refusal.faults().iter().map(|fault| format!("{} {}", fault.code(), fault.path())).collect();
    /// assert_eq!(told, ["privacy.field.understated /name", "privacy.field.unlisted /phone", "privacy.field.unsampled /phone"]);
    /// # Ok::<(), crm_core::refusal::Refusal>(())
    /// ```
    pub fn prove<T: Serialize>(&self, samples: &[T]) -> Result<(), Refusal> {
        let mut proof = Proof::of(self);
        for sample in samples {
            proof.look(&Node::of(sample)?, &[]);
        }
        Refusal::unless_empty(proof.faults())
    }

    /// The fields in which two records of the table differ, as patterns: what an audit trail says of a change.
    ///
    /// # Errors
    /// As [`FieldTable::view`].
    pub fn changed<T: Serialize + ?Sized>(&self, before: &T, after: &T) -> Result<Vec<String>, Refusal> {
        let mut changed = Vec::new();
        compare(&Node::of(before)?, &Node::of(after)?, &[], &mut changed);
        Ok(changed)
    }
}

struct Proof<'t> {
    table: &'t FieldTable,
    met: Vec<bool>,
    unlisted: Vec<String>,
    understated: Vec<String>,
    /// Seen empty, and seen with a value.
    empty: Vec<String>,
    filled: Vec<String>,
}

impl<'t> Proof<'t> {
    fn of(table: &'t FieldTable) -> Self {
        Self {
            table,
            met: alloc::vec![false; table.fields().count()],
            unlisted: Vec::new(),
            understated: Vec::new(),
            empty: Vec::new(),
            filled: Vec::new(),
        }
    }

    fn look(&mut self, node: &Node, way: &[Way<'_>]) {
        self.place(node, way);
        let into = |step| {
            let mut inside = way.to_vec();
            inside.push(step);
            inside
        };
        match node {
            Node::List(items) => items.iter().for_each(|item| self.look(item, &into(Way::Entry))),
            Node::Fields(fields) => fields.iter().for_each(|(name, value)| self.look(value, &into(Way::Field(name)))),
            Node::Map { entries, personal } => {
                if !entries.is_empty() {
                    let keys = Node::Text { text: String::new(), personal: *personal };
                    self.place(&keys, &into(Way::Keys));
                }
                entries.iter().for_each(|(key, value)| self.look(value, &into(Way::Key(key))));
            }
            _ => {}
        }
    }

    fn place(&mut self, node: &Node, way: &[Way<'_>]) {
        let empty = match node {
            Node::Nothing => true,
            Node::List(items) => items.is_empty(),
            Node::Map { entries, .. } => entries.is_empty(),
            _ => false,
        };
        add(if empty { &mut self.empty } else { &mut self.filled }, way);
        match self.table.find(way) {
            Some((number, line)) => {
                if let Some(met) = self.met.get_mut(number) {
                    *met = true;
                }
                let understated = line.class.sensitivity < Sensitivity::Personal;
                if understated && matches!(node, Node::Text { personal: true, .. }) {
                    add(&mut self.understated, way);
                }
            }
            None if is_container(node) || *node == Node::Nothing && self.table.goes_inside(way) => {}
            None => add(&mut self.unlisted, way),
        }
    }

    fn faults(self) -> Vec<Fault> {
        let at = |code: Code, field: &str| {
            let steps = field.split('/').skip(1).map(|step| step.replace("~1", "/").replace("~0", "~"));
            steps.collect::<Vec<_>>().iter().rev().fold(Fault::new(code), |fault, step| fault.at(step))
        };
        let mut faults = Vec::new();
        faults.extend(self.understated.iter().map(|field| at(Code::PrivacyFieldUnderstated, field)));
        faults.extend(self.unlisted.iter().map(|field| at(Code::PrivacyFieldUnlisted, field)));
        let unmet = self.table.fields().zip(&self.met).filter(|(_, met)| !**met);
        faults.extend(unmet.map(|(line, _)| at(Code::PrivacyFieldUnmatched, &line.field)));
        let unsampled = self.empty.iter().filter(|field| !self.filled.contains(field));
        faults.extend(unsampled.map(|field| at(Code::PrivacyFieldUnsampled, field)));
        faults
    }
}

fn add(list: &mut Vec<String>, way: &[Way<'_>]) {
    let field = pattern(way);
    if !field.is_empty() && !list.contains(&field) {
        list.push(field);
    }
}

fn compare(before: &Node, after: &Node, way: &[Way<'_>], changed: &mut Vec<String>) {
    let into = |step| {
        let mut inside = way.to_vec();
        inside.push(step);
        inside
    };
    match (before, after) {
        _ if before == after => {}
        (Node::List(old), Node::List(new)) if old.len() == new.len() => {
            old.iter().zip(new).for_each(|(old, new)| compare(old, new, &into(Way::Entry), changed));
        }
        (Node::Fields(old), Node::Fields(new)) if same_names(old, new) => {
            for ((name, old), (_, new)) in old.iter().zip(new) {
                compare(old, new, &into(Way::Field(name)), changed);
            }
        }
        (Node::Map { entries: old, .. }, Node::Map { entries: new, .. }) if same_names(old, new) => {
            for ((key, old), (_, new)) in old.iter().zip(new) {
                compare(old, new, &into(Way::Key(key)), changed);
            }
        }
        _ => add(changed, way),
    }
}

fn same_names(old: &[(String, Node)], new: &[(String, Node)]) -> bool {
    old.len() == new.len() && old.iter().zip(new).all(|((old, _), (new, _))| old == new)
}
