//! The history of a record's changes: what was changed, by whom, when and why (变更历史).
//!
//! Works on every record of the wire. Two versions are compared as they cross the wire, field by field; applied to the
//! old version, the changes give the new one, and a change whose old value isn't there is refused. Values are personal
//! texts, whatever field they come from: canonical JSON, as on the wire.

use alloc::{borrow::ToOwned as _, string::String, vec::Vec};

use serde::{Deserialize, Serialize, de::DeserializeOwned};

use super::{
    findings::{Findings, Place},
    history::RecordRef,
    identifier::StaffId,
    tree::Tree,
};
use crate::{
    calendar::Date,
    privacy::Personal,
    refusal::{Code, Refusal},
    wire,
};

/// Who changed a record, when and why (变更信息).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChangeEntry {
    /// The day.
    pub on: Date,
    /// Who.
    pub by: StaffId,
    /// Why (变更原因). Personal: people write what they like.
    pub reason: Personal,
}

impl ChangeEntry {
    /// A change says why.
    ///
    /// # Errors
    /// At `/reason`: `party.text.empty`, `party.text.length`, `party.text.characters`.
    pub(super) fn check(&self) -> Result<(), Refusal> {
        let mut findings = Findings::new(self.on);
        findings.note(&Place::root().field("reason"), &mut self.reason.clone());
        findings.settle().map(|_| ())
    }
}

/// The change of one field (字段变更). `Debug` shows neither value.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FieldChange {
    /// Whose record was changed; none for what release 0.1.0 stored, which did not say.
    pub record: Option<RecordRef>,
    /// The field, as a JSON pointer in canonical names. Keys of maps are data: personal.
    pub path: Personal,
    /// What stood there, as canonical JSON; none when there was nothing. Personal.
    pub old: Option<Personal>,
    /// What stands there, as canonical JSON; none when there is nothing. Personal.
    pub new: Option<Personal>,
    /// The day of the change.
    pub on: Date,
    /// Who changed it.
    pub by: StaffId,
    /// Why. Personal.
    pub reason: Personal,
}

hidden!(FieldChange);

/// The changes from one version of a record to the next, in the order in which they apply; none when nothing changed.
///
/// ```
/// use crm_core::{calendar::Date, privacy::Personal};
/// use crm_core::party::{ChangeEntry, CustomerRecord, PartyId, RecordRef, StaffId, apply_changes, changes_between};
///
/// let old = CustomerRecord::person(PartyId::new("C-1")?, Personal::from("张三"));
/// let mut new = old.clone();
/// new.tags.push("vip".into());
/// let entry = ChangeEntry { on: Date::parse("2026-11-21")?, by: StaffId::new("op-17")?, reason: "called".into() };
/// let record = RecordRef::Customer { customer: old.id.clone() };
/// let changes = changes_between(&record, &old, &new, &entry)?;
/// assert_eq!(changes[0].path.reveal(), "/tags/0");
/// assert!(apply_changes(&record, &old, &changes)? == new);
/// assert_eq!(apply_changes(&record, &new, &changes).unwrap_err().code().as_str(), "party.change.stale");
/// let other = RecordRef::Customer { customer: PartyId::new("C-2")? };
/// assert_eq!(apply_changes(&other, &old, &changes).unwrap_err().code().as_str(), "party.change.record");
/// # Ok::<(), crm_core::refusal::Refusal>(())
/// ```
///
/// `of` says whose record it is.
///
/// # Errors
/// `party.change.record` at `/of` when that is another record, at `/id` for versions of two records; in the entry: `party.text.empty`, `party.text.length`,
/// `party.text.characters` at `/entry/reason`; `wire.unsupported` for a record outside the conventions of the wire.
pub fn changes_between<T: Serialize>(
    of: &RecordRef,
    old: &T,
    new: &T,
    entry: &ChangeEntry,
) -> Result<Vec<FieldChange>, Refusal> {
    entry.check().map_err(|refusal| refusal.at("entry"))?;
    let (old, new) = (Tree::of(old)?, Tree::of(new)?);
    check_named(of, &old)?;
    if old.child("id") != new.child("id") {
        return Err(Refusal::new(Code::PartyChangeRecord).at("id"));
    }
    let mut changes = Vec::new();
    compare(&old, &new, &mut String::new(), &mut |path, old, new| {
        changes.push(FieldChange {
            record: Some(of.clone()),
            path: Personal::from(path),
            old: old.map(|tree| Personal::from(tree.text())),
            new: new.map(|tree| Personal::from(tree.text())),
            on: entry.on,
            by: entry.by.clone(),
            reason: entry.reason.clone(),
        });
    });
    Ok(changes)
}

/// The version of a record after changes.
///
/// `of` says whose record it is; changes that release 0.1.0 stored don't, and are taken for its own.
///
/// # Errors
/// `party.change.record` at `/of` when that is another record; at the change: `party.change.record` when it is another record's or would change the identifier, `party.change.stale`
/// when what stands in the record isn't the change's old value, `party.change.path` when the record has no such field,
/// `party.change.value` for a value that is no canonical JSON; `wire.*` when a new value is none of its field.
pub fn apply_changes<T: Serialize + DeserializeOwned>(
    of: &RecordRef,
    record: &T,
    changes: &[FieldChange],
) -> Result<T, Refusal> {
    let mut tree = Tree::of(record)?;
    check_named(of, &tree)?;
    let id = tree.child("id").cloned();
    for (index, change) in changes.iter().enumerate() {
        if change.record.as_ref().is_some_and(|record| record != of) {
            return Err(Refusal::new(Code::PartyChangeRecord).at("record").at_index(index));
        }
        apply_one(&mut tree, change).map_err(|refusal| refusal.at_index(index))?;
        if tree.child("id") != id.as_ref() {
            return Err(Refusal::new(Code::PartyChangeRecord).at("path").at_index(index));
        }
    }
    wire::from_json(tree.text().as_bytes())
}

/// A customer and an object are known by their identifier; the books are one each and have none.
fn check_named(of: &RecordRef, record: &Tree) -> Result<(), Refusal> {
    let id = match of {
        RecordRef::Customer { customer } => Some(Tree::of(customer)?),
        RecordRef::InsuredObject { object } => Some(Tree::of(object)?),
        RecordRef::Attributes {} | RecordRef::Relations {} => None,
    };
    if record.child("id") == id.as_ref() { Ok(()) } else { Err(Refusal::new(Code::PartyChangeRecord).at("of")) }
}

fn apply_one(tree: &mut Tree, change: &FieldChange) -> Result<(), Refusal> {
    let read = |value: &Option<Personal>, name| {
        let text = value.as_ref().map(Personal::reveal);
        text.map(|text| Tree::read(text).ok_or_else(|| Refusal::new(Code::PartyChangeValue).at(name))).transpose()
    };
    let (old, new) = (read(&change.old, "old")?, read(&change.new, "new")?);
    let nowhere = || Refusal::new(Code::PartyChangePath).at("path");
    let stale = || Refusal::new(Code::PartyChangeStale).at("old");
    let path = change.path.reveal();
    let Some((above, last)) = path.rsplit_once('/') else {
        // The whole record: it can be replaced, not removed.
        let new = new.filter(|_| path.is_empty()).ok_or_else(nowhere)?;
        if old.as_ref() != Some(tree) {
            return Err(stale());
        }
        *tree = new;
        return Ok(());
    };
    let place = tree.at_mut(above).ok_or_else(nowhere)?;
    let key = unescaped(last);
    if place.child(&key) != old.as_ref() {
        return Err(stale());
    }
    if place.put(&key, new) { Ok(()) } else { Err(nowhere()) }
}

/// Takes the path, what stood there and what stands there.
type Found<'f, 'a> = dyn FnMut(&str, Option<&'a Tree>, Option<&'a Tree>) + 'f;

/// Calls `found` for every difference: fields and entries that both have are compared inside, the end of a longer list
/// is added from its start or removed from its end, everything else is replaced whole.
fn compare<'a>(old: &'a Tree, new: &'a Tree, path: &mut String, found: &mut Found<'_, 'a>) {
    let length = path.len();
    match (old, new) {
        (Tree::Fields(before), Tree::Fields(after)) => {
            for (key, old) in before {
                step(path, key);
                match after.iter().find(|(name, _)| name == key) {
                    Some((_, new)) => compare(old, new, path, found),
                    None => found(path, Some(old), None),
                }
                path.truncate(length);
            }
            for (key, new) in after.iter().filter(|(key, _)| !before.iter().any(|(name, _)| name == key)) {
                step(path, key);
                found(path, None, Some(new));
                path.truncate(length);
            }
        }
        // Entries that move up or down didn't change: such a list is replaced whole, or history would say that they did.
        (Tree::List(before), Tree::List(after)) if before.len() != after.len() && before.last() == after.last() => {
            found(path, Some(old), Some(new));
        }
        (Tree::List(before), Tree::List(after)) => {
            for (index, (old, new)) in before.iter().zip(after).enumerate() {
                step(path, &alloc::format!("{index}"));
                compare(old, new, path, found);
                path.truncate(length);
            }
            for (index, old) in before.iter().enumerate().skip(after.len()).rev() {
                step(path, &alloc::format!("{index}"));
                found(path, Some(old), None);
                path.truncate(length);
            }
            for (index, new) in after.iter().enumerate().skip(before.len()) {
                step(path, &alloc::format!("{index}"));
                found(path, None, Some(new));
                path.truncate(length);
            }
        }
        (old, new) if old == new => {}
        (old, new) => found(path, Some(old), Some(new)),
    }
}

fn step(path: &mut String, key: &str) {
    path.push('/');
    path.push_str(&key.replace('~', "~0").replace('/', "~1"));
}

/// A step of a JSON pointer as a key.
pub(super) fn unescaped(step: &str) -> String {
    if step.contains('~') { step.replace("~1", "/").replace("~0", "~") } else { step.to_owned() }
}
