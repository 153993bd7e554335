//! Queries over parties as a viewer sees them: households, corporate groups, what somebody owns, which values somebody has
//! (按查看人查询).
//!
//! `party` stands below this room and knows no viewer: its own functions are for engines, which answer with figures
//! (`docs/adr/0009-queries-and-engines.md`). Whoever asks for people asks here, with the managers of the parties: who
//! isn't among them is shown to nobody.

use alloc::{collections::BTreeMap, string::String, vec::Vec};

use serde::{Deserialize, Serialize};

use super::{RowOwner, Viewer, Withheld, WithheldReason};
use crate::{
    calendar::Date,
    party::{self, AttributeBook, AttributeCode, CoverRecord, HouseholdId, InsuredObject, PartyId, RelationBook},
};

/// The members of a group that a viewer sees (可见成员).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeenParties {
    /// Those whom he sees, in the order of their codes.
    pub parties: Vec<PartyId>,
    /// How many he does not, and why. Nothing where he sees nobody of the group: then he isn't told that there is one.
    pub withheld: Withheld,
}

impl Viewer {
    /// Whether the viewer sees a party, by whoever manages it; a party without a manager among these is seen by nobody.
    #[must_use]
    pub fn sees_party(&self, party: &PartyId, managers: &BTreeMap<PartyId, RowOwner>) -> bool {
        managers.get(party).is_some_and(|owner| self.sees(owner))
    }

    /// The members of a household on a day whom the viewer sees (家庭成员).
    ///
    /// ```
    /// use std::collections::BTreeMap;
    /// use crm_core::{access::{RowOwner, Viewer}, calendar::Date, party::{HouseholdId, PartyId, RelationBook}, wire};
    ///
    /// let viewer: Viewer = wire::from_json(br#"{"person":"op-17","roles":[],"branch":"CN-11","company":"one","level":"branch"}"#)?;
    /// let book: RelationBook = wire::from_json(br#"{"relations":[],"households":{"H-1":[
    ///     {"party":"C-1","since":"2020-01-01"},{"party":"C-2","since":"2020-01-01"}]}}"#)?;
    /// let mut managers: BTreeMap<PartyId, RowOwner> = wire::from_json(br#"{
    ///     "C-1":{"branch":"CN-11","company":"one"},"C-2":{"branch":"CN-31","company":"one"}}"#)?;
    /// let (home, day) = (HouseholdId::new("H-1")?, Date::parse("2026-11-21")?);
    /// let seen = viewer.household(&book, &home, day, &managers);
    /// assert_eq!((seen.parties.len(), seen.withheld.rows), (1, 1));
    /// managers.remove(&PartyId::new("C-1")?);
    /// assert_eq!(viewer.household(&book, &home, day, &managers).withheld.rows, 0);
    /// # Ok::<(), crm_core::refusal::Refusal>(())
    /// ```
    #[must_use]
    pub fn household(
        &self,
        book: &RelationBook,
        household: &HouseholdId,
        day: Date,
        managers: &BTreeMap<PartyId, RowOwner>,
    ) -> SeenParties {
        self.seen(book.household(household, day), managers)
    }

    /// The household of a person on a day (所属家庭); none for a person whom the viewer does not see, as for one who is in
    /// no household.
    #[must_use]
    pub fn household_of<'b>(
        &self,
        book: &'b RelationBook,
        party: &PartyId,
        day: Date,
        managers: &BTreeMap<PartyId, RowOwner>,
    ) -> Option<&'b HouseholdId> {
        if self.sees_party(party, managers) { book.household_of(party, day) } else { None }
    }

    /// The companies of a corporate group on a day that the viewer sees (集团成员); nobody under a head that he does not
    /// see, as under one that has no group.
    #[must_use]
    pub fn corporate_group(
        &self,
        book: &RelationBook,
        head: &PartyId,
        day: Date,
        managers: &BTreeMap<PartyId, RowOwner>,
    ) -> SeenParties {
        let members = if self.sees_party(head, managers) { book.corporate_group(head, day) } else { Vec::new() };
        self.seen(members, managers)
    }

    /// Who is above a company on a day and has nobody above, as far as the viewer sees them (集团母公司); nobody for a
    /// company that he does not see.
    #[must_use]
    pub fn group_heads(
        &self,
        book: &RelationBook,
        company: &PartyId,
        day: Date,
        managers: &BTreeMap<PartyId, RowOwner>,
    ) -> SeenParties {
        let heads = if self.sees_party(company, managers) { book.group_heads(company, day) } else { Vec::new() };
        self.seen(heads, managers)
    }

    /// The objects that a party owns on a day, in the order given (名下标的); none of a party whom the viewer does not see.
    #[must_use]
    pub fn objects_of<'o>(
        &self,
        owner: &PartyId,
        day: Date,
        objects: &'o [InsuredObject],
        managers: &BTreeMap<PartyId, RowOwner>,
    ) -> Vec<&'o InsuredObject> {
        if self.sees_party(owner, managers) { party::objects_of(owner, day, objects) } else { Vec::new() }
    }

    /// The owner of an object on a day (所有人); none whom the viewer does not see.
    #[must_use]
    pub fn owner_on<'o>(
        &self,
        object: &'o InsuredObject,
        day: Date,
        managers: &BTreeMap<PartyId, RowOwner>,
    ) -> Option<&'o PartyId> {
        object.owner_on(day).filter(|owner| self.sees_party(owner, managers))
    }

    /// The covers of an object in force on a day (有效承保); none of an object whose owner on that day the viewer does not
    /// see.
    #[must_use]
    pub fn covers_on<'o>(
        &self,
        object: &'o InsuredObject,
        day: Date,
        managers: &BTreeMap<PartyId, RowOwner>,
    ) -> Vec<&'o CoverRecord> {
        if self.owner_on(object, day, managers).is_some() { object.covers_on(day) } else { Vec::new() }
    }

    /// The values of attributes that a customer has (客户属性值); none of a customer whom the viewer does not see.
    #[must_use]
    pub fn attribute_values(
        &self,
        book: &AttributeBook,
        party: &PartyId,
        managers: &BTreeMap<PartyId, RowOwner>,
    ) -> BTreeMap<AttributeCode, String> {
        if !self.sees_party(party, managers) {
            return BTreeMap::new();
        }
        book.values_of(party).into_iter().map(|(code, value)| (code.clone(), value.into())).collect()
    }

    /// The book of relations as far as the viewer sees the parties (客户关系): relations of two whom he sees, memberships of
    /// those whom he sees, no household of which he sees nobody.
    #[must_use]
    pub fn relation_book(&self, book: &RelationBook, managers: &BTreeMap<PartyId, RowOwner>) -> RelationBook {
        let sees = |party: &PartyId| self.sees_party(party, managers);
        let relations = book.relations.iter().filter(|each| sees(&each.from) && sees(&each.to)).cloned().collect();
        let households = book.households.iter().filter_map(|(household, members)| {
            let members: Vec<_> = members.iter().filter(|member| sees(&member.party)).cloned().collect();
            (!members.is_empty()).then(|| (household.clone(), members))
        });
        RelationBook { relations, households: households.collect() }
    }

    /// The host's attributes with the values of those whom the viewer sees (自定义属性).
    #[must_use]
    pub fn attribute_book(&self, book: &AttributeBook, managers: &BTreeMap<PartyId, RowOwner>) -> AttributeBook {
        let mut seen = book.clone();
        seen.holders.retain(|_, holders| {
            holders.retain(|party, _| self.sees_party(party, managers));
            !holders.is_empty()
        });
        seen
    }

    fn seen(&self, members: Vec<PartyId>, managers: &BTreeMap<PartyId, RowOwner>) -> SeenParties {
        let (mut parties, mut withheld) = (Vec::new(), Withheld::default());
        for member in members {
            match managers.get(&member).map(|owner| self.withheld_because(owner)) {
                Some(None) => parties.push(member),
                Some(Some(reason)) => withheld.count(reason),
                None => withheld.count(WithheldReason::UnknownOwner),
            }
        }
        // A count of people of whom one sees none would tell that they are there.
        if parties.is_empty() {
            withheld = Withheld::default();
        }
        SeenParties { parties, withheld }
    }
}
