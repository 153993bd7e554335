//! Rights, who holds them, from when until when, and who says so.

use alloc::string::String;

use serde::{Deserialize, Serialize};

use super::{ActCode, GrantId, RoleCode, SightLevel, TemplateCode};
use crate::{
    calendar::Date,
    money::Money,
    party::StaffId,
    privacy::{Mask, Sensitivity, Showing},
};

/// What somebody may (权限). Rights add up; none takes another away.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Right {
    /// See rows as far as this level (数据范围).
    SeeRows {
        /// How far.
        level: SightLevel,
    },
    /// See fields of a class, in full or masked (字段级别).
    ShowClass {
        /// The class.
        sensitivity: Sensitivity,
        /// How much of them.
        showing: Showing,
    },
    /// See fields of one kind, whatever their class (字段种类).
    ShowKind {
        /// The kind, named by its mask; not `whole`, which is no kind.
        mask: Mask,
        /// How much of them.
        showing: Showing,
    },
    /// Do something (操作).
    Act {
        /// What.
        act: ActCode,
        /// Up to which amount alone; none for any amount, and for what has none.
        limit: Option<Money>,
    },
    /// Approve what another person proposes (审批).
    Approve {
        /// What.
        act: ActCode,
        /// Up to which amount; none for any amount, and for what has none.
        limit: Option<Money>,
    },
    /// Everything that a role may (角色).
    Role {
        /// The role. A role can't hold a role.
        role: RoleCode,
    },
}

/// Who holds a right (被授权人).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum GrantHolder {
    /// One person.
    Person {
        /// Who.
        person: StaffId,
    },
    /// Everybody in a role.
    Role {
        /// Which.
        role: RoleCode,
    },
    /// Nobody: a template user whose rights are copied to new ones (模板用户).
    Template {
        /// Which.
        template: TemplateCode,
    },
}

/// A right given to a holder (授权).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Grant {
    /// The host's number of the grant.
    pub id: GrantId,
    /// Who holds it.
    pub holder: GrantHolder,
    /// What he may.
    pub right: Right,
    /// The first day on which he may.
    pub from: Date,
    /// The first day on which he no longer may; none while no end is known.
    pub until: Option<Date>,
    /// Who decided so: the order, the decision, the request.
    pub source: String,
    /// Who entered the grant; not its holder.
    pub granted_by: StaffId,
    /// The day on which it was entered; not after its first day.
    pub granted_on: Date,
    /// How it was ended before its time; none while it was not.
    pub ended: Option<GrantEnd>,
}

/// How a grant was ended (收回).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GrantEnd {
    /// Who ended it.
    pub by: StaffId,
    /// The day on which that was entered.
    pub on: Date,
    /// Who decided so.
    pub source: String,
}

impl Grant {
    /// Whether the right is held on a day.
    #[must_use]
    pub fn valid_on(&self, day: Date) -> bool {
        self.from <= day && self.until.is_none_or(|until| day < until)
    }

    /// Whether the right is held on some day that both grants share.
    pub(super) fn meets(&self, other: &Self) -> bool {
        let empty = |grant: &Self| grant.until.is_some_and(|until| until <= grant.from);
        let begins_in_time = |one: &Self, other: &Self| other.until.is_none_or(|until| one.from < until);
        !empty(self) && !empty(other) && begins_in_time(self, other) && begins_in_time(other, self)
    }
}
