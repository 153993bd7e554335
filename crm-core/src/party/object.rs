//! Insured objects and their history: who owned them when, what was repaired, what covered them (标的历史).
//!
//! Functional core: [`decide`] holds the rules and answers with events; [`apply`] holds none. Ownership periods are
//! half-open: the day of a change of hands is the first day of the new owner. The history stays when hands change.
//!
//! What was keyed wrong is put right in the record, which [`InsuredObject::check`] then judges as a whole;
//! [`super::changes_between`] says what was changed, by whom and why.

use alloc::{boxed::Box, collections::BTreeSet, string::String, vec::Vec};

use serde::{Deserialize, Serialize};

use super::{
    change::ChangeEntry,
    customer::{CaptureOptions, CustomerVehicle, VehicleUser, check_organisation_user},
    findings::{Findings, MAX_ENTRIES, MAX_NAME, MAX_NOTE, MAX_WORDS, Place},
    history::{RecordEvent, RecordRef},
    identifier::{ObjectEntryId, ObjectId, PartyId},
};
use crate::{
    calendar::{Date, Period},
    money::Money,
    privacy::Personal,
    refusal::{Code, Refusal},
};

/// What an object is (标的). `Debug` does not show it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum ObjectDescription {
    /// A vehicle (车辆).
    Vehicle {
        /// Its plate, VIN, engine, model and user: who the owner is, [`Ownership`] says, and an organisation names the
        /// user. Its `object` stays out: it is this one.
        details: CustomerVehicle,
    },
    /// A building or other real estate (房屋).
    Property {
        /// Where it stands. Personal.
        address: Personal,
    },
    /// Anything else that is insured (其他标的): cargo, a ship, a machine.
    Other {
        /// What it is. Personal.
        name: Personal,
    },
}

/// What an owner is (所有人性质).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OwnerKind {
    /// A person (个人).
    Person,
    /// A company, authority or association (单位).
    Organisation,
}

/// One ownership (所有权记录). `Debug` does not show it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ownership {
    /// The owner.
    pub owner: PartyId,
    /// What the owner is; none for what release 0.1.0 stored, which did not say.
    pub owner_kind: Option<OwnerKind>,
    /// The first day.
    pub from: Date,
    /// The first day after; none while it lasts.
    pub until: Option<Date>,
}

/// One repair (维修记录). `Debug` does not show it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RepairRecord {
    /// Its number.
    pub id: ObjectEntryId,
    /// The day.
    pub on: Date,
    /// The workshop (修理厂).
    pub workshop: String,
    /// What was done. Personal.
    pub work: Personal,
    /// What it cost.
    pub cost: Option<Money>,
}

/// One cover (承保记录). `Debug` does not show it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CoverRecord {
    /// Its number in this history.
    pub id: ObjectEntryId,
    /// The insurer (承保公司).
    pub insurer: String,
    /// The number of the policy (保单号). Personal.
    pub policy_number: Personal,
    /// What is covered (险种), a code of the host.
    pub cover: String,
    /// From when to when.
    pub period: Period,
}

/// An object and its history. `Debug` shows none of it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InsuredObject {
    /// Its number.
    pub id: ObjectId,
    /// What it is, as last described.
    pub description: ObjectDescription,
    /// Who owned it, in the order of time, without overlaps.
    pub ownerships: Vec<Ownership>,
    /// Its repairs, as recorded.
    pub repairs: Vec<RepairRecord>,
    /// Its covers, as recorded.
    pub covers: Vec<CoverRecord>,
}

/// What somebody wants to do to an object. `Debug` does not show it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum ObjectCommand {
    /// Enter a new object with its first known owner.
    Register {
        /// Its number.
        id: ObjectId,
        /// What it is.
        description: Box<ObjectDescription>,
        /// The owner.
        owner: PartyId,
        /// What the owner is.
        owner_kind: OwnerKind,
        /// The first day of the ownership.
        from: Date,
    },
    /// Describe it anew: another plate, another engine. The same description is no event.
    Describe {
        /// What it is now.
        description: Box<ObjectDescription>,
    },
    /// It changes hands (过户): the last owner's time ends where the new one's begins.
    ChangeHands {
        /// The new owner.
        to: PartyId,
        /// What the new owner is.
        owner_kind: OwnerKind,
        /// Who uses a vehicle from then on: an organisation names a person (A3). The former owner's user does not stay.
        user: Option<VehicleUser>,
        /// The first day of the new owner.
        on: Date,
    },
    /// The owner gives it up and the next one isn't known: sold away, scrapped.
    Release {
        /// The first day without the owner.
        on: Date,
    },
    /// A repair becomes known.
    AddRepair {
        /// The repair.
        repair: RepairRecord,
    },
    /// A cover becomes known.
    AddCover {
        /// The cover.
        cover: CoverRecord,
    },
}

/// What happened to an object. `Debug` does not show it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum ObjectEvent {
    /// It was entered.
    Registered {
        /// Its number.
        id: ObjectId,
        /// What it is, numbers as they should be kept.
        description: Box<ObjectDescription>,
    },
    /// It was described anew.
    Described {
        /// What it is.
        description: Box<ObjectDescription>,
        /// What it was before; none for what release 0.1.0 stored, which did not keep it.
        old: Option<Box<ObjectDescription>>,
    },
    /// An owner's time ended.
    OwnershipEnded {
        /// Whose; none for what release 0.1.0 stored, which did not say.
        owner: Option<PartyId>,
        /// The first day after.
        on: Date,
    },
    /// An owner's time began.
    OwnershipBegan {
        /// The owner.
        owner: PartyId,
        /// What the owner is; none for what release 0.1.0 stored, which did not say.
        owner_kind: Option<OwnerKind>,
        /// The first day.
        on: Date,
    },
    /// A repair was added.
    RepairAdded {
        /// The repair.
        repair: RepairRecord,
    },
    /// A cover was added.
    CoverAdded {
        /// The cover.
        cover: CoverRecord,
    },
}

hidden!(ObjectDescription, Ownership, RepairRecord, CoverRecord, InsuredObject, ObjectCommand, ObjectEvent,);

impl Ownership {
    /// Whether the day lies inside.
    #[must_use]
    pub fn contains(&self, day: Date) -> bool {
        self.from <= day && self.until.is_none_or(|until| day < until)
    }
}

impl InsuredObject {
    /// Checks a history that a host kept or put right: the description, the order of the ownerships, each repair and
    /// cover once and in order.
    ///
    /// # Errors
    /// Those of the description; `party.vehicle.user_missing`, `party.vehicle.user_organisation` where an organisation
    /// owns a vehicle; `calendar.period.empty`, `party.ownership.overlap` at the ownership;
    /// `party.object.entry_duplicate` at the repair or cover and those of its texts; `party.list.length`.
    pub fn check(&self, as_of: Date, options: &CaptureOptions) -> Result<(), Refusal> {
        let mut findings = Findings::new(as_of);
        let root = Place::root();
        let mut description = self.description.clone();
        let kind = self.ownerships.last().filter(|last| last.until.is_none()).and_then(|last| last.owner_kind);
        let known = Known { id: &self.id, owner_kind: kind };
        check_description(&mut description, &known, options, &root.field("description"), &mut findings);
        let ownerships = root.field("ownerships");
        findings.length(&ownerships, self.ownerships.len());
        for (index, ownership) in self.ownerships.iter().enumerate().take(MAX_ENTRIES) {
            let place = ownerships.entry(index);
            if ownership.until.is_some_and(|until| until <= ownership.from) {
                findings.code(&place.field("until"), Code::CalendarPeriodEmpty);
            }
            let before = index.checked_sub(1).and_then(|before| self.ownerships.get(before));
            if before.is_some_and(|before| before.until.is_none_or(|until| until > ownership.from)) {
                findings.code(&place.field("from"), Code::PartyOwnershipOverlap);
            }
        }
        let mut object = self.clone();
        let place = root.field("repairs");
        let mut known = BTreeSet::new();
        for (index, repair) in findings.entries(&place, &mut object.repairs).iter_mut().enumerate() {
            let place = place.entry(index);
            if !known.insert(repair.id.clone()) {
                findings.code(&place.field("id"), Code::PartyObjectEntryDuplicate);
            }
            check_repair(repair, &place, &mut findings);
        }
        let place = root.field("covers");
        let mut known = BTreeSet::new();
        for (index, cover) in findings.entries(&place, &mut object.covers).iter_mut().enumerate() {
            let place = place.entry(index);
            if !known.insert(cover.id.clone()) {
                findings.code(&place.field("id"), Code::PartyObjectEntryDuplicate);
            }
            check_cover(cover, &place, &mut findings);
        }
        findings.settle().map(|_| ())
    }

    /// The owner on a day.
    #[must_use]
    pub fn owner_on(&self, day: Date) -> Option<&PartyId> {
        self.ownerships.iter().find(|ownership| ownership.contains(day)).map(|ownership| &ownership.owner)
    }

    /// The covers in force on a day.
    #[must_use]
    pub fn covers_on(&self, day: Date) -> Vec<&CoverRecord> {
        self.covers.iter().filter(|cover| cover.period.contains(day)).collect()
    }
}

/// The objects that a party owns on a day, in the order given.
///
/// For engines; a query by a person takes the viewer: [`objects_of`](crate::access::Viewer::objects_of).
#[must_use]
pub fn objects_of<'a>(owner: &PartyId, day: Date, objects: &'a [InsuredObject]) -> Vec<&'a InsuredObject> {
    objects.iter().filter(|object| object.owner_on(day) == Some(owner)).collect()
}

/// Says what a command does to an object, or why it can't be. `object` is `None` before it is entered. `entry` says when
/// the command is given, by whom and why: what it tells has happened by that day.
///
/// ```
/// use crm_core::{calendar::Date, privacy::Personal};
/// use crm_core::party::{
///     CaptureOptions, ChangeEntry, ObjectCommand, ObjectDescription, ObjectId, OwnerKind, PartyId, StaffId, object,
/// };
///
/// let options = CaptureOptions::default();
/// let entry = ChangeEntry { on: Date::parse("2026-11-21")?, by: StaffId::new("op-17")?, reason: "deed shown".into() };
/// let house = ObjectDescription::Property { address: Personal::from("杭州市西湖区文三路 1 号") };
/// let register = ObjectCommand::Register {
///     id: ObjectId::new("O-1")?,
///     description: Box::new(house),
///     owner: PartyId::new("C-1")?,
///     owner_kind: OwnerKind::Person,
///     from: Date::parse("2020-01-01")?,
/// };
/// let mut history = None;
/// for event in object::decide(history.as_ref(), &register, &entry, &options)? {
///     history = object::apply(history, &event)?;
/// }
/// let hands = |to: &str| -> Result<ObjectCommand, crm_core::refusal::Refusal> {
///     let (to, on) = (PartyId::new(to)?, Date::parse("2024-06-01")?);
///     Ok(ObjectCommand::ChangeHands { to, owner_kind: OwnerKind::Person, user: None, on })
/// };
/// let sold = hands("C-2")?;
/// for event in object::decide(history.as_ref(), &sold, &entry, &options)? {
///     history = object::apply(history, &event)?;
/// }
/// let history = history.expect("it was entered");
/// assert_eq!(history.owner_on(Date::parse("2024-05-31")?), Some(&PartyId::new("C-1")?));
/// assert_eq!(history.owner_on(Date::parse("2024-06-01")?), Some(&PartyId::new("C-2")?));
/// let early = hands("C-3")?;
/// let refusal = object::decide(Some(&history), &early, &entry, &options).unwrap_err();
/// assert_eq!(refusal.code().as_str(), "party.ownership.overlap");
/// # Ok::<(), crm_core::refusal::Refusal>(())
/// ```
///
/// # Errors
/// `party.object.registered`, `party.object.unregistered`, `party.ownership.overlap`, `party.ownership.same_owner`,
/// `party.ownership.none`, `party.object.entry_duplicate`, `party.date.later`, `party.amount.negative`,
/// `party.list.length`, and those of the texts and numbers; `party.vehicle.user_missing`,
/// `party.vehicle.user_organisation` where an organisation owns a vehicle, `party.vehicle.user_unexpected`,
/// `party.vehicle.object_other`; at `/entry/reason`: `party.text.empty`.
pub fn decide(
    object: Option<&InsuredObject>,
    command: &ObjectCommand,
    entry: &ChangeEntry,
    options: &CaptureOptions,
) -> Result<Vec<RecordEvent<ObjectEvent>>, Refusal> {
    let root = Place::root();
    let mut findings = Findings::new(entry.on);
    findings.take(&root.field("entry"), entry.check());
    let told = |id: &ObjectId, events: Vec<ObjectEvent>| {
        let record = RecordRef::InsuredObject { object: id.clone() };
        events.into_iter().map(|event| RecordEvent::new(record.clone(), entry, event)).collect()
    };
    if let ObjectCommand::Register { id, description, owner, owner_kind, from } = command {
        let place = root.field("register");
        if object.is_some() {
            findings.code(&place.field("id"), Code::PartyObjectRegistered);
        }
        findings.past(&place.field("from"), Some(*from));
        let mut description = description.clone();
        let known = Known { id, owner_kind: Some(*owner_kind) };
        check_description(&mut description, &known, options, &place.field("description"), &mut findings);
        findings.settle()?;
        let began = ObjectEvent::OwnershipBegan { owner: owner.clone(), owner_kind: Some(*owner_kind), on: *from };
        return Ok(told(id, alloc::vec![ObjectEvent::Registered { id: id.clone(), description }, began]));
    }
    let object = object.ok_or_else(|| Refusal::new(Code::PartyObjectUnregistered))?;
    let events = match command {
        ObjectCommand::Register { .. } => Vec::new(),
        ObjectCommand::Describe { description } => {
            let mut description = description.clone();
            let place = root.field("describe").field("description");
            let kind = object.ownerships.last().filter(|last| last.until.is_none()).and_then(|last| last.owner_kind);
            let known = Known { id: &object.id, owner_kind: kind };
            check_description(&mut description, &known, options, &place, &mut findings);
            described(object, description).into_iter().collect()
        }
        ObjectCommand::ChangeHands { to, owner_kind, user, on } => {
            let place = root.field("change_hands");
            findings.room(&place, &object.ownerships);
            findings.past(&place.field("on"), Some(*on));
            let last = object.ownerships.last();
            if last.is_some_and(|last| last.until.is_none() && last.owner == *to) {
                findings.code(&place.field("to"), Code::PartyOwnershipSameOwner);
            }
            // The last owner has at least one day, and a released object begins again at its release or later.
            if last.is_some_and(|last| last.until.map_or(*on <= last.from, |until| *on < until)) {
                findings.code(&place.field("on"), Code::PartyOwnershipOverlap);
            }
            let ended = last.filter(|last| last.until.is_none());
            let ended = ended.map(|last| ObjectEvent::OwnershipEnded { owner: Some(last.owner.clone()), on: *on });
            let began = ObjectEvent::OwnershipBegan { owner: to.clone(), owner_kind: Some(*owner_kind), on: *on };
            let described = used_by(object, *owner_kind, user.as_ref(), &place.field("user"), &mut findings);
            ended.into_iter().chain([began]).chain(described).collect()
        }
        ObjectCommand::Release { on } => {
            let place = root.field("release").field("on");
            findings.past(&place, Some(*on));
            let last = object.ownerships.last().filter(|last| last.until.is_none());
            match last {
                None => findings.code(&place, Code::PartyOwnershipNone),
                Some(last) if *on <= last.from => findings.code(&place, Code::PartyOwnershipOverlap),
                Some(_) => {}
            }
            alloc::vec![ObjectEvent::OwnershipEnded { owner: last.map(|last| last.owner.clone()), on: *on }]
        }
        ObjectCommand::AddRepair { repair } => {
            let place = root.field("add_repair").field("repair");
            findings.room(&place, &object.repairs);
            if object.repairs.iter().any(|known| known.id == repair.id) {
                findings.code(&place.field("id"), Code::PartyObjectEntryDuplicate);
            }
            let mut repair = repair.clone();
            check_repair(&mut repair, &place, &mut findings);
            alloc::vec![ObjectEvent::RepairAdded { repair }]
        }
        ObjectCommand::AddCover { cover } => {
            let place = root.field("add_cover").field("cover");
            findings.room(&place, &object.covers);
            if object.covers.iter().any(|known| known.id == cover.id) {
                findings.code(&place.field("id"), Code::PartyObjectEntryDuplicate);
            }
            let mut cover = cover.clone();
            check_cover(&mut cover, &place, &mut findings);
            alloc::vec![ObjectEvent::CoverAdded { cover }]
        }
    };
    findings.settle()?;
    Ok(told(&object.id, events))
}

/// The object after an event. No rule is asked: what [`decide`] answered fits.
///
/// # Errors
/// `party.change.record` at `/record` for an event that names another record; what release 0.1.0 stored names none.
pub fn apply(
    object: Option<InsuredObject>,
    event: &RecordEvent<ObjectEvent>,
) -> Result<Option<InsuredObject>, Refusal> {
    let entered = match &event.event {
        ObjectEvent::Registered { id, .. } => Some(id),
        _ => object.as_ref().map(|object| &object.id),
    };
    if let Some(id) = entered {
        event.is_of(&RecordRef::InsuredObject { object: id.clone() })?;
    }
    let event = &event.event;
    if let ObjectEvent::Registered { id, description } = event {
        return Ok(Some(InsuredObject {
            id: id.clone(),
            description: (**description).clone(),
            ownerships: Vec::new(),
            repairs: Vec::new(),
            covers: Vec::new(),
        }));
    }
    let Some(mut object) = object else { return Ok(None) };
    match event {
        ObjectEvent::Registered { .. } => {}
        ObjectEvent::Described { description, .. } => object.description = (**description).clone(),
        ObjectEvent::OwnershipEnded { on, .. } => {
            if let Some(last) = object.ownerships.last_mut() {
                last.until = Some(*on);
            }
        }
        ObjectEvent::OwnershipBegan { owner, owner_kind, on } => {
            let (owner, owner_kind) = (owner.clone(), *owner_kind);
            object.ownerships.push(Ownership { owner, owner_kind, from: *on, until: None });
        }
        ObjectEvent::RepairAdded { repair } => object.repairs.push(repair.clone()),
        ObjectEvent::CoverAdded { cover } => object.covers.push(cover.clone()),
    }
    Ok(Some(object))
}

/// What is known about an object beside its description.
struct Known<'a> {
    id: &'a ObjectId,
    /// What its owner is; none while it has none or nobody said.
    owner_kind: Option<OwnerKind>,
}

fn check_description(
    description: &mut ObjectDescription,
    known: &Known<'_>,
    options: &CaptureOptions,
    place: &Place,
    findings: &mut Findings,
) {
    match description {
        ObjectDescription::Vehicle { details } => {
            let place = place.field("vehicle").field("details");
            // It is the object; a description that says so says nothing more.
            if details.object.take().is_some_and(|object| object != *known.id) {
                findings.code(&place.field("object"), Code::PartyVehicleObjectOther);
            }
            if known.owner_kind == Some(OwnerKind::Organisation) {
                check_organisation_user(details.user.as_ref(), &place.field("user"), findings);
            }
            details.check_as_object(options, &place, findings);
        }
        ObjectDescription::Property { address } => {
            findings.personal(&place.field("property").field("address"), address, MAX_WORDS);
        }
        ObjectDescription::Other { name } => {
            findings.personal(&place.field("other").field("name"), name, MAX_WORDS);
        }
    }
}

/// What changes in the description when somebody else owns a vehicle: its user.
fn used_by(
    object: &InsuredObject,
    owner_kind: OwnerKind,
    user: Option<&VehicleUser>,
    place: &Place,
    findings: &mut Findings,
) -> Option<ObjectEvent> {
    let ObjectDescription::Vehicle { details } = &object.description else {
        if user.is_some() {
            findings.code(place, Code::PartyVehicleUserUnexpected);
        }
        return None;
    };
    if owner_kind == OwnerKind::Organisation {
        check_organisation_user(user, place, findings);
    }
    let mut details = CustomerVehicle { user: user.cloned(), ..details.clone() };
    details.check_user(place, findings);
    described(object, Box::new(ObjectDescription::Vehicle { details }))
}

/// A description that says what was known is no event.
fn described(object: &InsuredObject, description: Box<ObjectDescription>) -> Option<ObjectEvent> {
    let old = Some(Box::new(object.description.clone()));
    (*description != object.description).then_some(ObjectEvent::Described { description, old })
}

fn check_repair(repair: &mut RepairRecord, place: &Place, findings: &mut Findings) {
    findings.past(&place.field("on"), Some(repair.on));
    findings.words(&place.field("workshop"), &mut repair.workshop, MAX_NAME);
    findings.personal(&place.field("work"), &mut repair.work, MAX_NOTE);
    if repair.cost.is_some_and(|cost| cost.is_negative()) {
        findings.code(&place.field("cost").field("amount"), Code::PartyAmountNegative);
    }
}

fn check_cover(cover: &mut CoverRecord, place: &Place, findings: &mut Findings) {
    findings.words(&place.field("insurer"), &mut cover.insurer, MAX_NAME);
    findings.personal(&place.field("policy_number"), &mut cover.policy_number, MAX_NAME);
    findings.words(&place.field("cover"), &mut cover.cover, MAX_NAME);
}
