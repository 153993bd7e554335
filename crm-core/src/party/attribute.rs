//! Attributes of customers that the host defines (自定义属性).
//!
//! Up to so many attributes (20 unless the host says otherwise), each a closed list of values. The code of an attribute
//! is generated, never changed and never used again. A value that a customer has can be neither changed nor removed,
//! and neither can its attribute be removed.
//!
//! Functional core: [`decide`] holds the rules, [`apply`] none.

use alloc::{
    collections::{BTreeMap, BTreeSet},
    string::String,
    vec::Vec,
};

use serde::{Deserialize, Serialize};

use super::{
    change::ChangeEntry,
    findings::{Findings, MAX_NAME, Place},
    history::{RecordEvent, RecordRef},
    identifier::{AttributeCode, PartyId},
};
use crate::{
    calendar::Date,
    refusal::{Code, Fault, Refusal},
};

/// Attributes unless the host says otherwise.
const USUAL_LIMIT: i64 = 20;
/// Longest list of values.
const MAX_VALUES: usize = 1000;

/// One attribute (属性).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attribute {
    /// Its code (属性代码): `A01`, `A02`, ….
    pub code: AttributeCode,
    /// Its name (属性名称).
    pub name: String,
    /// The values that a customer can have (可选值), in the order of a choice.
    pub values: Vec<String>,
}

/// The attributes of a host and the values of its customers. `Debug` shows none of it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AttributeBook {
    /// Most attributes at a time.
    pub limit: i64,
    /// How many codes were generated.
    pub generated: i64,
    /// The attributes, in the order of their definition.
    pub attributes: Vec<Attribute>,
    /// Who has which value of which attribute. Personal.
    pub holders: BTreeMap<AttributeCode, BTreeMap<PartyId, String>>,
}

/// What somebody wants to do to the attributes. `Debug` does not show it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum AttributeCommand {
    /// Define a new attribute; its code is generated.
    Define {
        /// Its name.
        name: String,
        /// Its values.
        values: Vec<String>,
    },
    /// Give an attribute another name.
    Rename {
        /// The attribute.
        attribute: AttributeCode,
        /// Its new name; the one that it has is no event.
        name: String,
    },
    /// Add a value to an attribute's list.
    AddValue {
        /// The attribute.
        attribute: AttributeCode,
        /// The value.
        value: String,
    },
    /// Change a value that nobody has.
    ChangeValue {
        /// The attribute.
        attribute: AttributeCode,
        /// The value.
        value: String,
        /// What it becomes.
        to: String,
    },
    /// Remove a value that nobody has.
    RemoveValue {
        /// The attribute.
        attribute: AttributeCode,
        /// The value.
        value: String,
    },
    /// Remove an attribute of which nobody has a value.
    Remove {
        /// The attribute.
        attribute: AttributeCode,
    },
    /// Give many customers a value at once, or take theirs away.
    Assign {
        /// The attribute.
        attribute: AttributeCode,
        /// The customers.
        parties: Vec<PartyId>,
        /// The value; none takes theirs away.
        value: Option<String>,
    },
}

/// What happened to the attributes. `Debug` does not show it.
///
/// Old values are absent in what release 0.1.0 stored, which did not keep them.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum AttributeEvent {
    /// An attribute was defined.
    Defined {
        /// The attribute with its code.
        attribute: Attribute,
    },
    /// It got another name.
    Renamed {
        /// The attribute.
        attribute: AttributeCode,
        /// Its name.
        name: String,
        /// Its name before.
        old: Option<String>,
    },
    /// Its list of values changed.
    ValuesChanged {
        /// The attribute.
        attribute: AttributeCode,
        /// Its values.
        values: Vec<String>,
        /// Its values before.
        old: Option<Vec<String>>,
    },
    /// It was removed.
    Removed {
        /// The attribute.
        attribute: AttributeCode,
        /// What it was.
        old: Option<Attribute>,
    },
    /// Customers got a value or lost theirs.
    Assigned {
        /// The attribute.
        attribute: AttributeCode,
        /// The customers whose value changed.
        parties: Vec<PartyId>,
        /// The value; none where theirs was taken away. Personal.
        value: Option<String>,
        /// The value before, of each of these customers who had one. Personal.
        old: Option<BTreeMap<PartyId, String>>,
    },
}

hidden!(AttributeBook, AttributeCommand, AttributeEvent);

impl AttributeEvent {
    /// Whether a customer's own values changed.
    #[must_use]
    pub fn concerns(&self, party: &PartyId) -> bool {
        matches!(self, Self::Assigned { parties, .. } if parties.contains(party))
    }
}

impl Default for AttributeBook {
    fn default() -> Self {
        Self::new(USUAL_LIMIT)
    }
}

impl AttributeBook {
    /// No attributes yet, and at most so many.
    #[must_use]
    pub const fn new(limit: i64) -> Self {
        Self { limit, generated: 0, attributes: Vec::new(), holders: BTreeMap::new() }
    }

    /// The attribute with this code.
    #[must_use]
    pub fn attribute(&self, code: &AttributeCode) -> Option<&Attribute> {
        self.attributes.iter().find(|attribute| attribute.code == *code)
    }

    /// The values that a customer has, by attribute. For engines: a query by a person takes the viewer
    /// ([`Viewer::attribute_values`](crate::access::Viewer::attribute_values)).
    #[must_use]
    pub fn values_of(&self, party: &PartyId) -> BTreeMap<&AttributeCode, &str> {
        self.holders.iter().filter_map(|(code, holders)| Some((code, holders.get(party)?.as_str()))).collect()
    }

    /// How many customers have a value.
    #[must_use]
    pub fn uses(&self, attribute: &AttributeCode, value: &str) -> usize {
        let holders = self.holders.get(attribute);
        holders.map_or(0, |holders| holders.values().filter(|held| *held == value).count())
    }
}

/// Says what a command does, or why it can't be. `entry` says when it is given, by whom and why.
///
/// ```
/// use crm_core::calendar::Date;
/// use crm_core::party::{AttributeBook, AttributeCode, AttributeCommand, ChangeEntry, PartyId, StaffId, attribute};
///
/// let entry = ChangeEntry { on: Date::parse("2026-11-21")?, by: StaffId::new("op-17")?, reason: "members' day".into() };
/// let mut book = AttributeBook::new(20);
/// let level = AttributeCode::new("A01")?;
/// for command in [
///     AttributeCommand::Define { name: "会员等级".into(), values: vec!["金卡".into(), "银卡".into()] },
///     AttributeCommand::Assign { attribute: level.clone(), parties: vec![PartyId::new("C-1")?], value: Some("金卡".into()) },
/// ] {
///     for event in attribute::decide(&book, &command, &entry)? {
///         attribute::apply(&mut book, &event)?;
///     }
/// }
/// let remove = AttributeCommand::RemoveValue { attribute: level, value: "金卡".into() };
/// let refusal = attribute::decide(&book, &remove, &entry).unwrap_err();
/// assert_eq!(refusal.code().as_str(), "party.attribute.in_use");
/// # Ok::<(), crm_core::refusal::Refusal>(())
/// ```
///
/// # Errors
/// `party.attribute.limit`, `party.attribute.unknown`, `party.attribute.name_duplicate`,
/// `party.attribute.value_duplicate`, `party.attribute.value_unknown`, `party.attribute.in_use`,
/// `party.attribute.values_empty`, `party.list.length`, `party.text.empty`, `party.text.length`,
/// `party.text.characters`.
pub fn decide(
    book: &AttributeBook,
    command: &AttributeCommand,
    entry: &ChangeEntry,
) -> Result<Vec<RecordEvent<AttributeEvent>>, Refusal> {
    let mut findings = Findings::new(Date::MAX);
    let root = Place::root();
    findings.take(&root.field("entry"), entry.check());
    let event = match command {
        AttributeCommand::Define { name, values } => {
            let place = root.field("define");
            let count = i64::try_from(book.attributes.len()).unwrap_or(i64::MAX);
            if count >= book.limit {
                findings.fault(&root, Fault::new(Code::PartyAttributeLimit).with("limit", book.limit));
            }
            let name = checked_name(book, None, name, &place.field("name"), &mut findings);
            let values = checked_values(values, &place.field("values"), &mut findings);
            let code = AttributeCode::new(&alloc::format!("A{:02}", book.generated.saturating_add(1)))?;
            AttributeEvent::Defined { attribute: Attribute { code, name, values } }
        }
        AttributeCommand::Rename { attribute, name } => {
            let place = root.field("rename");
            let known = known(book, attribute).map_err(|refusal| refusal.at("attribute").at("rename"))?;
            let old = Some(known.name.clone());
            let name = checked_name(book, Some(attribute), name, &place.field("name"), &mut findings);
            AttributeEvent::Renamed { attribute: attribute.clone(), name, old }
        }
        AttributeCommand::AddValue { attribute, value } => {
            let place = root.field("add_value");
            let known = known(book, attribute).map_err(|refusal| refusal.at("attribute").at("add_value"))?;
            let mut values = known.values.clone();
            values.push(new_value(known, value, &place.field("value"), &mut findings));
            findings.length(&place, values.len());
            AttributeEvent::ValuesChanged { attribute: attribute.clone(), values, old: Some(known.values.clone()) }
        }
        AttributeCommand::ChangeValue { attribute, value, to } => {
            let place = root.field("change_value");
            let known = known(book, attribute).map_err(|refusal| refusal.at("attribute").at("change_value"))?;
            unused(book, known, value).map_err(|refusal| refusal.at("value").at("change_value"))?;
            let to = new_value(known, to, &place.field("to"), &mut findings);
            let values = known.values.iter().map(|held| if held == value { to.clone() } else { held.clone() });
            AttributeEvent::ValuesChanged {
                attribute: attribute.clone(),
                values: values.collect(),
                old: Some(known.values.clone()),
            }
        }
        AttributeCommand::RemoveValue { attribute, value } => {
            let known = known(book, attribute).map_err(|refusal| refusal.at("attribute").at("remove_value"))?;
            unused(book, known, value).map_err(|refusal| refusal.at("value").at("remove_value"))?;
            let values: Vec<String> = known.values.iter().filter(|held| *held != value).cloned().collect();
            if values.is_empty() {
                findings.code(&root.field("remove_value").field("value"), Code::PartyAttributeValuesEmpty);
            }
            AttributeEvent::ValuesChanged { attribute: attribute.clone(), values, old: Some(known.values.clone()) }
        }
        AttributeCommand::Remove { attribute } => {
            let place = root.field("remove").field("attribute");
            let uses = book.holders.get(attribute).map_or(0, BTreeMap::len);
            let known = known(book, attribute).map_err(|refusal| refusal.at("attribute").at("remove"))?;
            if uses > 0 {
                findings.fault(&place, Fault::new(Code::PartyAttributeInUse).with("uses", uses));
            }
            AttributeEvent::Removed { attribute: attribute.clone(), old: Some(known.clone()) }
        }
        AttributeCommand::Assign { attribute, parties, value } => {
            let place = root.field("assign");
            let known = known(book, attribute).map_err(|refusal| refusal.at("attribute").at("assign"))?;
            if value.as_ref().is_some_and(|value| !known.values.contains(value)) {
                findings.code(&place.field("value"), Code::PartyAttributeValueUnknown);
            }
            let holders = book.holders.get(attribute);
            let held = |party: &PartyId| holders.and_then(|holders| holders.get(party));
            let parties: BTreeSet<&PartyId> = parties.iter().filter(|party| held(party) != value.as_ref()).collect();
            let old = parties.iter().filter_map(|party| Some(((*party).clone(), held(party)?.clone())));
            AttributeEvent::Assigned {
                attribute: attribute.clone(),
                old: Some(old.collect()),
                parties: parties.into_iter().cloned().collect(),
                value: value.clone(),
            }
        }
    };
    findings.settle()?;
    // Setting what is set already is no event (law 6).
    let idle = match &event {
        AttributeEvent::Assigned { parties, .. } => parties.is_empty(),
        AttributeEvent::Renamed { name, old, .. } => old.as_ref() == Some(name),
        _ => false,
    };
    Ok(if idle { Vec::new() } else { alloc::vec![RecordEvent::new(RecordRef::Attributes {}, entry, event)] })
}

/// The attributes after an event. No rule is asked.
///
/// # Errors
/// `party.change.record` at `/record` for an event that names another record; what release 0.1.0 stored names none.
pub fn apply(book: &mut AttributeBook, event: &RecordEvent<AttributeEvent>) -> Result<(), Refusal> {
    event.is_of(&RecordRef::Attributes {})?;
    match &event.event {
        AttributeEvent::Defined { attribute } => {
            book.generated = book.generated.saturating_add(1);
            book.attributes.push(attribute.clone());
        }
        AttributeEvent::Renamed { attribute, name, .. } => {
            if let Some(held) = find(book, attribute) {
                held.name.clone_from(name);
            }
        }
        AttributeEvent::ValuesChanged { attribute, values, .. } => {
            if let Some(held) = find(book, attribute) {
                held.values.clone_from(values);
            }
        }
        AttributeEvent::Removed { attribute, .. } => {
            book.attributes.retain(|held| held.code != *attribute);
            book.holders.remove(attribute);
        }
        AttributeEvent::Assigned { attribute, parties, value, .. } => {
            let holders = book.holders.entry(attribute.clone()).or_default();
            for party in parties {
                match value {
                    Some(value) => holders.insert(party.clone(), value.clone()),
                    None => holders.remove(party),
                };
            }
            if holders.is_empty() {
                book.holders.remove(attribute);
            }
        }
    }
    Ok(())
}

fn find<'a>(book: &'a mut AttributeBook, code: &AttributeCode) -> Option<&'a mut Attribute> {
    book.attributes.iter_mut().find(|attribute| attribute.code == *code)
}

fn known<'a>(book: &'a AttributeBook, code: &AttributeCode) -> Result<&'a Attribute, Refusal> {
    book.attribute(code).ok_or_else(|| Refusal::new(Code::PartyAttributeUnknown))
}

fn unused(book: &AttributeBook, attribute: &Attribute, value: &String) -> Result<(), Refusal> {
    if !attribute.values.contains(value) {
        return Err(Refusal::new(Code::PartyAttributeValueUnknown));
    }
    match book.uses(&attribute.code, value) {
        0 => Ok(()),
        uses => Err(Fault::new(Code::PartyAttributeInUse).with("uses", uses).into()),
    }
}

fn checked_name(
    book: &AttributeBook,
    own: Option<&AttributeCode>,
    name: &str,
    place: &Place,
    findings: &mut Findings,
) -> String {
    let mut name = String::from(name);
    findings.words(place, &mut name, MAX_NAME);
    if book.attributes.iter().any(|held| held.name == name && Some(&held.code) != own) {
        findings.code(place, Code::PartyAttributeNameDuplicate);
    }
    name
}

fn checked_values(values: &[String], place: &Place, findings: &mut Findings) -> Vec<String> {
    if values.is_empty() {
        findings.code(place, Code::PartyAttributeValuesEmpty);
    }
    if values.len() > MAX_VALUES {
        findings.fault(place, Fault::new(Code::PartyListLength).with("limit", MAX_VALUES));
        return Vec::new();
    }
    let mut checked: Vec<String> = Vec::with_capacity(values.len());
    for (index, value) in values.iter().enumerate() {
        let mut value = value.clone();
        findings.words(&place.entry(index), &mut value, MAX_NAME);
        if checked.contains(&value) {
            findings.code(&place.entry(index), Code::PartyAttributeValueDuplicate);
        }
        checked.push(value);
    }
    checked
}

fn new_value(attribute: &Attribute, value: &str, place: &Place, findings: &mut Findings) -> String {
    let mut value = String::from(value);
    findings.words(place, &mut value, MAX_NAME);
    if attribute.values.contains(&value) {
        findings.code(place, Code::PartyAttributeValueDuplicate);
    }
    value
}
