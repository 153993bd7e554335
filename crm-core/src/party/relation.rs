//! Relations between parties, households and corporate groups (客户关系, 家庭, 集团).
//!
//! Nobody is related to himself; nobody is, over any number of steps, his own parent, and no company its own parent
//! company on any day. A household has each person once, and a person is in one household at a time. A corporate group
//! is a company and everything below it; whoever is reached over two ways is counted once.
//!
//! Functional core: [`decide`] holds the rules, [`apply`] none. Periods are half-open.

use alloc::{
    collections::{BTreeMap, BTreeSet},
    vec::Vec,
};

use serde::{Deserialize, Serialize};

use super::{
    change::ChangeEntry,
    history::{RecordEvent, RecordRef},
    identifier::{HouseholdId, PartyId},
};
use crate::{
    calendar::Date,
    refusal::{Code, Refusal},
};

/// What one party is to another: `from` is the … of `to`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RelationKind {
    /// Mother or father (父母). It does not end.
    Parent,
    /// Husband or wife (配偶); holds both ways.
    Spouse,
    /// Brother or sister (兄弟姐妹); holds both ways.
    Sibling,
    /// Guardian (监护人).
    Guardian,
    /// Employer (雇主).
    Employer,
    /// Parent company (母公司).
    ParentCompany,
    /// Whoever brought the other as a customer (介绍人).
    Referrer,
}

/// A relation and its time. `Debug` does not show it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Relation {
    /// What `from` is to `to`. Personal.
    pub relation: RelationKind,
    /// The one side.
    pub from: PartyId,
    /// The other side.
    pub to: PartyId,
    /// The first day; none when it is not known or was always so. Personal.
    pub since: Option<Date>,
    /// The first day after; none while it lasts. Personal.
    pub until: Option<Date>,
}

/// One membership of a household. `Debug` does not show it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HouseholdMember {
    /// The person.
    pub party: PartyId,
    /// The first day. Personal.
    pub since: Date,
    /// The first day after; none while it lasts. Personal.
    pub until: Option<Date>,
}

/// Every relation and household that is known. `Debug` shows none of it.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RelationBook {
    /// The relations, in the order in which they became known.
    pub relations: Vec<Relation>,
    /// The households and their members.
    pub households: BTreeMap<HouseholdId, Vec<HouseholdMember>>,
}

/// What somebody wants to do to relations. `Debug` does not show it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum RelationCommand {
    /// A relation becomes known.
    Relate {
        /// The relation.
        relation: Relation,
    },
    /// A relation that lasts ends.
    Part {
        /// What `from` is to `to`.
        relation: RelationKind,
        /// The one side.
        from: PartyId,
        /// The other side.
        to: PartyId,
        /// The first day after.
        on: Date,
    },
    /// A relation that was never true is taken back.
    Retract {
        /// The relation as it is known.
        relation: Relation,
    },
    /// A person joins a household; the first one founds it.
    Join {
        /// The household.
        household: HouseholdId,
        /// The person.
        party: PartyId,
        /// The first day.
        on: Date,
    },
    /// A person leaves a household.
    Leave {
        /// The household.
        household: HouseholdId,
        /// The person.
        party: PartyId,
        /// The first day after.
        on: Date,
    },
}

/// What happened to relations. `Debug` does not show it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum RelationEvent {
    /// A relation became known.
    Related {
        /// The relation.
        relation: Relation,
    },
    /// A relation ended.
    Parted {
        /// What `from` is to `to`. Personal.
        relation: RelationKind,
        /// The one side.
        from: PartyId,
        /// The other side.
        to: PartyId,
        /// The first day after. Personal.
        on: Date,
    },
    /// A relation was taken back.
    Retracted {
        /// The relation.
        relation: Relation,
    },
    /// A person joined a household.
    Joined {
        /// The household.
        household: HouseholdId,
        /// The person.
        party: PartyId,
        /// The first day. Personal.
        on: Date,
    },
    /// A person left a household.
    Left {
        /// The household.
        household: HouseholdId,
        /// The person.
        party: PartyId,
        /// The first day after. Personal.
        on: Date,
    },
}

hidden!(Relation, HouseholdMember, RelationBook, RelationCommand, RelationEvent);

impl RelationEvent {
    /// Whether a party stands on either side, or joined or left.
    #[must_use]
    pub fn concerns(&self, other: &PartyId) -> bool {
        match self {
            Self::Related { relation } | Self::Retracted { relation } => {
                relation.from == *other || relation.to == *other
            }
            Self::Parted { from, to, .. } => from == other || to == other,
            Self::Joined { party, .. } | Self::Left { party, .. } => party == other,
        }
    }
}

impl RelationKind {
    /// Whether it holds both ways.
    #[must_use]
    pub const fn is_mutual(self) -> bool {
        matches!(self, Self::Spouse | Self::Sibling)
    }

    /// Whether nobody can have it to himself over any number of steps.
    #[must_use]
    pub const fn is_descent(self) -> bool {
        matches!(self, Self::Parent | Self::ParentCompany)
    }
}

impl Relation {
    fn start(&self) -> Date {
        self.since.unwrap_or(Date::MIN)
    }

    /// Whether it holds on a day.
    #[must_use]
    pub fn holds_on(&self, day: Date) -> bool {
        self.start() <= day && self.until.is_none_or(|until| day < until)
    }

    fn joins(&self, relation: RelationKind, from: &PartyId, to: &PartyId) -> bool {
        let straight = self.from == *from && self.to == *to;
        self.relation == relation && (straight || relation.is_mutual() && self.from == *to && self.to == *from)
    }

    /// Whether both hold on some day.
    fn meets(&self, other: &Self) -> bool {
        self.until.is_none_or(|until| other.start() < until) && other.until.is_none_or(|until| self.start() < until)
    }
}

impl HouseholdMember {
    fn is_on(&self, day: Date) -> bool {
        self.since <= day && self.until.is_none_or(|until| day < until)
    }
}

/// For engines: a query by a person takes the viewer ([`Viewer::household`](crate::access::Viewer::household) and its
/// neighbours).
impl RelationBook {
    /// The members of a household on a day, each once, in the order of their codes.
    #[must_use]
    pub fn household(&self, household: &HouseholdId, day: Date) -> Vec<PartyId> {
        let members = self.households.get(household).map(Vec::as_slice).unwrap_or_default();
        let members: BTreeSet<&PartyId> =
            members.iter().filter(|member| member.is_on(day)).map(|member| &member.party).collect();
        members.into_iter().cloned().collect()
    }

    /// The household of a person on a day.
    #[must_use]
    pub fn household_of(&self, party: &PartyId, day: Date) -> Option<&HouseholdId> {
        let lives_in =
            |members: &[HouseholdMember]| members.iter().any(|member| member.party == *party && member.is_on(day));
        self.households.iter().find(|(_, members)| lives_in(members)).map(|(household, _)| household)
    }

    /// A company and everything below it on a day, each once, in the order of their codes (集团成员).
    #[must_use]
    pub fn corporate_group(&self, head: &PartyId, day: Date) -> Vec<PartyId> {
        let below = self.links(RelationKind::ParentCompany, |each| each.holds_on(day), |each| (&each.from, &each.to));
        reached(&below, head).into_iter().cloned().collect()
    }

    /// Who is above a company on a day and has nobody above (集团母公司): more than one for a joint venture, the company
    /// itself when it stands alone.
    #[must_use]
    pub fn group_heads(&self, company: &PartyId, day: Date) -> Vec<PartyId> {
        let above = self.links(RelationKind::ParentCompany, |each| each.holds_on(day), |each| (&each.to, &each.from));
        reached(&above, company).into_iter().filter(|party| !above.contains_key(party)).cloned().collect()
    }

    fn links<'a>(
        &'a self,
        relation: RelationKind,
        holds: impl Fn(&Relation) -> bool,
        way: impl Fn(&'a Relation) -> (&'a PartyId, &'a PartyId),
    ) -> BTreeMap<&'a PartyId, Vec<&'a PartyId>> {
        let mut links: BTreeMap<&PartyId, Vec<&PartyId>> = BTreeMap::new();
        for each in self.relations.iter().filter(|each| each.relation == relation && holds(each)) {
            let (one, other) = way(each);
            links.entry(one).or_default().push(other);
        }
        links
    }
}

/// The start and whoever can be reached from there, each once. No recursion: chains are as long as they like.
fn reached<'a>(links: &BTreeMap<&'a PartyId, Vec<&'a PartyId>>, start: &'a PartyId) -> BTreeSet<&'a PartyId> {
    let mut seen = BTreeSet::from([start]);
    let mut open = alloc::vec![start];
    while let Some(party) = open.pop() {
        let next = links.get(party).map(Vec::as_slice).unwrap_or_default();
        open.extend(next.iter().copied().filter(|party| seen.insert(party)));
    }
    seen
}

/// Says what a command does, or why it can't be. `entry` says when it is given, by whom and why.
///
/// ```
/// use crm_core::calendar::Date;
/// use crm_core::party::{
///     ChangeEntry, PartyId, Relation, RelationBook, RelationCommand, RelationKind, StaffId, relation,
/// };
///
/// let entry = ChangeEntry { on: Date::parse("2026-11-21")?, by: StaffId::new("op-17")?, reason: "told at a visit".into() };
/// let (mother, child) = (PartyId::new("C-1")?, PartyId::new("C-2")?);
/// let parent = |from: &PartyId, to: &PartyId| RelationCommand::Relate {
///     relation: Relation { relation: RelationKind::Parent, from: from.clone(), to: to.clone(), since: None, until: None },
/// };
/// let mut book = RelationBook::default();
/// for event in relation::decide(&book, &parent(&mother, &child), &entry)? {
///     relation::apply(&mut book, &event)?;
/// }
/// let refusal = relation::decide(&book, &parent(&child, &mother), &entry).unwrap_err();
/// assert_eq!(refusal.code().as_str(), "party.relation.cycle");
/// # Ok::<(), crm_core::refusal::Refusal>(())
/// ```
///
/// # Errors
/// `party.relation.self`, `party.relation.parent_time`, `party.relation.duplicate`, `party.relation.cycle`, `party.relation.unknown`,
/// `party.household.member`, `party.household.not_member`, `calendar.period.empty`; at `/entry/reason`:
/// `party.text.empty`, `party.text.length`, `party.text.characters`.
pub fn decide(
    book: &RelationBook,
    command: &RelationCommand,
    entry: &ChangeEntry,
) -> Result<Vec<RecordEvent<RelationEvent>>, Refusal> {
    entry.check().map_err(|refusal| refusal.at("entry"))?;
    let event = match command {
        RelationCommand::Relate { relation } => {
            check_relation(book, relation).map_err(|refusal| refusal.at("relation").at("relate"))?;
            RelationEvent::Related { relation: relation.clone() }
        }
        RelationCommand::Part { relation, from, to, on } => {
            let lasting = book.relations.iter().find(|each| each.until.is_none() && each.joins(*relation, from, to));
            // Parents stay parents.
            let lasting = lasting.filter(|_| *relation != RelationKind::Parent);
            let lasting = lasting.ok_or_else(|| Refusal::new(Code::PartyRelationUnknown).at("part"))?;
            if *on <= lasting.start() {
                return Err(Refusal::new(Code::CalendarPeriodEmpty).at("on").at("part"));
            }
            RelationEvent::Parted { relation: *relation, from: from.clone(), to: to.clone(), on: *on }
        }
        RelationCommand::Retract { relation } => {
            if !book.relations.contains(relation) {
                return Err(Refusal::new(Code::PartyRelationUnknown).at("relation").at("retract"));
            }
            RelationEvent::Retracted { relation: relation.clone() }
        }
        RelationCommand::Join { household, party, on } => {
            // Any time that isn't over by then would overlap.
            let mut members = book.households.values().flatten();
            if members.any(|member| member.party == *party && member.until.is_none_or(|until| until > *on)) {
                return Err(Refusal::new(Code::PartyHouseholdMember).at("party").at("join"));
            }
            RelationEvent::Joined { household: household.clone(), party: party.clone(), on: *on }
        }
        RelationCommand::Leave { household, party, on } => {
            let members = book.households.get(household).map(Vec::as_slice).unwrap_or_default();
            let member = members
                .iter()
                .find(|member| member.party == *party && member.until.is_none())
                .ok_or_else(|| Refusal::new(Code::PartyHouseholdNotMember).at("party").at("leave"))?;
            if *on <= member.since {
                return Err(Refusal::new(Code::CalendarPeriodEmpty).at("on").at("leave"));
            }
            RelationEvent::Left { household: household.clone(), party: party.clone(), on: *on }
        }
    };
    Ok(alloc::vec![RecordEvent::new(RecordRef::Relations {}, entry, event)])
}

/// The relations after an event. No rule is asked.
///
/// # Errors
/// `party.change.record` at `/record` for an event that names another record; what release 0.1.0 stored names none.
pub fn apply(book: &mut RelationBook, event: &RecordEvent<RelationEvent>) -> Result<(), Refusal> {
    event.is_of(&RecordRef::Relations {})?;
    match &event.event {
        RelationEvent::Related { relation } => book.relations.push(relation.clone()),
        RelationEvent::Parted { relation, from, to, on } => {
            let lasting =
                book.relations.iter_mut().find(|each| each.until.is_none() && each.joins(*relation, from, to));
            if let Some(lasting) = lasting {
                lasting.until = Some(*on);
            }
        }
        RelationEvent::Retracted { relation } => book.relations.retain(|each| each != relation),
        RelationEvent::Joined { household, party, on } => {
            let member = HouseholdMember { party: party.clone(), since: *on, until: None };
            book.households.entry(household.clone()).or_default().push(member);
        }
        RelationEvent::Left { household, party, on } => {
            let members = book.households.get_mut(household).into_iter().flatten();
            for member in members.filter(|member| member.party == *party && member.until.is_none()) {
                member.until = Some(*on);
            }
        }
    }
    Ok(())
}

fn check_relation(book: &RelationBook, new: &Relation) -> Result<(), Refusal> {
    if new.from == new.to {
        return Err(Refusal::new(Code::PartyRelationSelf));
    }
    if new.until.is_some_and(|until| until <= new.start()) {
        return Err(Refusal::new(Code::CalendarPeriodEmpty).at("until"));
    }
    if new.relation == RelationKind::Parent && (new.since.is_some() || new.until.is_some()) {
        return Err(Refusal::new(Code::PartyRelationParentTime).at("since"));
    }
    if book.relations.iter().any(|each| each.joins(new.relation, &new.from, &new.to) && each.meets(new)) {
        return Err(Refusal::new(Code::PartyRelationDuplicate));
    }
    if !new.relation.is_descent() {
        return Ok(());
    }
    // Whoever stands between the two at any time: mostly nobody, and then no day need be tried.
    let below = book.links(new.relation, |_| true, |each| (&each.from, &each.to));
    let below = reached(&below, &new.to);
    if !below.contains(&new.from) {
        return Ok(());
    }
    let above = book.links(new.relation, |_| true, |each| (&each.to, &each.from));
    let above = reached(&above, &new.from);
    let between = |party: &PartyId| below.contains(party) && above.contains(party);
    let standing: Vec<&Relation> = book
        .relations
        .iter()
        .filter(|each| each.relation == new.relation && each.meets(new) && between(&each.from) && between(&each.to))
        .collect();
    // Relations that hold on one day all hold on the day on which the last of them begins: no other day need be tried.
    let starts = standing.iter().map(|each| each.start()).chain([new.start()]);
    let days: BTreeSet<Date> = starts.filter(|day| new.holds_on(*day)).collect();
    for day in days {
        let mut children: BTreeMap<&PartyId, Vec<&PartyId>> = BTreeMap::new();
        for each in standing.iter().filter(|each| each.holds_on(day)) {
            children.entry(&each.from).or_default().push(&each.to);
        }
        if reached(&children, &new.to).contains(&new.from) {
            return Err(Refusal::new(Code::PartyRelationCycle));
        }
    }
    Ok(())
}
