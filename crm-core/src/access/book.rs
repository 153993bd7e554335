//! The book of rights: who may what on a day, and because of which grant.

use alloc::{
    collections::{BTreeMap, BTreeSet},
    string::String,
    vec::Vec,
};

use serde::{Deserialize, Serialize};

use super::{
    ActCode, BranchCode, CompanyCode, DepartmentCode, Grant, GrantHolder, GrantId, Right, RoleCode, SightLevel, Viewer,
};
use crate::{
    calendar::Date,
    money::Money,
    party::StaffId,
    privacy::{Clearance, Mask},
    refusal::{Code, Fault, Refusal},
};

/// Most grants of a book.
const MAX_GRANTS: usize = 100_000;
/// Most grants of one holder.
const MAX_HELD: usize = 1000;

/// The rights of a company as they are stored (权限表).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RightsSpec {
    /// The grants in the order in which they were entered, ended ones included.
    pub grants: Vec<Grant>,
    /// The last day for which somebody has checked that the grants are still right; later answers are marked stale.
    pub checked_until: Date,
}

/// Where a person works (任职).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Posting {
    /// The person.
    pub person: StaffId,
    /// The department.
    pub department: Option<DepartmentCode>,
    /// The branch.
    pub branch: Option<BranchCode>,
    /// The company.
    pub company: CompanyCode,
}

/// Whether somebody may do something (权限判断).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Permission {
    /// He may.
    Allowed,
    /// He may do such things, but not for this amount; somebody with a higher limit must.
    AboveLimit,
    /// He may not.
    NoRight,
}

/// The answer of a book of rights, with the grants that it rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PermissionAnswer {
    /// The answer.
    pub permission: Permission,
    /// The grants that allow it, or whose limits are too low.
    pub grants: Vec<GrantId>,
    /// Whether the day lies after the last check of the rights.
    pub stale: bool,
}

/// The rights of a company, checked (权限簿).
#[derive(Debug, Clone)]
pub struct RightsBook {
    /// In the order in which they were entered.
    grants: Vec<Grant>,
    by_id: BTreeMap<GrantId, usize>,
    by_holder: BTreeMap<GrantHolder, Vec<usize>>,
    /// Grants of roles, by the person who gets them, however he is written.
    memberships: BTreeMap<String, Vec<usize>>,
    checked_until: Date,
}

impl RightsBook {
    /// A book without rights: nobody may anything.
    #[must_use]
    pub fn new(checked_until: Date) -> Self {
        Self {
            grants: Vec::new(),
            by_id: BTreeMap::new(),
            by_holder: BTreeMap::new(),
            memberships: BTreeMap::new(),
            checked_until,
        }
    }

    /// Checks the rights of a company; all faults are reported at once.
    ///
    /// # Errors
    /// At each grant: `access.grant.id_taken`, `access.grant.self` when somebody grants to himself or to a role of his,
    /// `access.grant.overlap` for the same right twice on one day, `access.grant.backdated`,
    /// `access.grant.role_in_role`, `access.right.kind_whole`, `access.right.limit_negative`, `calendar.period.empty`,
    /// `rulebook.source.missing`; `access.grant.too_many`.
    ///
    /// ```
    /// use crm_core::{access::{Permission, Posting, RightsBook, RightsSpec, SightLevel}, calendar::Date, wire};
    ///
    /// let spec: RightsSpec = wire::from_json(r#"{"checked_until":"2026-12-31","grants":[
    ///     {"id":"1","holder":{"role":{"role":"manager"}},"right":{"see_rows":{"level":"own"}},"from":"2026-01-01",
    ///      "source":"order 7","granted_by":"admin-1","granted_on":"2025-12-20"},
    ///     {"id":"2","holder":{"role":{"role":"manager"}},"right":{"act":{"act":"customer.create"}},"from":"2026-01-01",
    ///      "source":"order 7","granted_by":"admin-1","granted_on":"2025-12-20"},
    ///     {"id":"3","holder":{"person":{"person":"op-17"}},"right":{"role":{"role":"manager"}},"from":"2026-03-01",
    ///      "source":"order 9","granted_by":"admin-1","granted_on":"2026-02-20"}]}"#.as_bytes())?;
    /// let book = RightsBook::load(&spec)?;
    /// let posting: Posting = wire::from_json(br#"{"person":"op-17","company":"one"}"#)?;
    /// let march = Date::parse("2026-03-01")?;
    /// let viewer = book.viewer(&posting, march);
    /// assert_eq!(viewer.level, Some(SightLevel::Own));
    /// assert_eq!(book.may(&viewer, &"customer.create".parse()?, None, march).permission, Permission::Allowed);
    ///
    /// let before = book.viewer(&posting, march.plus_days(-1)?);
    /// assert_eq!(book.may(&before, &"customer.create".parse()?, None, march).permission, Permission::NoRight);
    /// # Ok::<(), crm_core::refusal::Refusal>(())
    /// ```
    pub fn load(spec: &RightsSpec) -> Result<Self, Refusal> {
        if spec.grants.len() > MAX_GRANTS {
            return Err(Fault::new(Code::AccessGrantTooMany).with("limit", MAX_GRANTS).at("grants").into());
        }
        let mut book = Self::new(spec.checked_until);
        let mut faults = Vec::new();
        for (index, grant) in spec.grants.iter().enumerate() {
            faults.extend(book.faults_of(grant).into_iter().map(|fault| fault.at_index(index).at("grants")));
            book.add(grant.clone());
        }
        Refusal::unless_empty(faults)?;
        Ok(book)
    }

    /// The rights as they are stored.
    #[must_use]
    pub fn spec(&self) -> RightsSpec {
        RightsSpec { grants: self.grants.clone(), checked_until: self.checked_until }
    }

    /// Every grant that was ever entered, in order (授权清单).
    #[must_use]
    pub fn grants(&self) -> &[Grant] {
        &self.grants
    }

    /// What a holder holds directly on a day, in the order of entry.
    pub fn held<'a>(&'a self, holder: &GrantHolder, on: Date) -> impl Iterator<Item = &'a Grant> {
        self.of_holder(holder).filter(move |grant| grant.valid_on(on))
    }

    /// Everything that a viewer may on a day: his own grants, and those of the roles in which he looks.
    #[must_use]
    pub fn rights_of(&self, viewer: &Viewer, on: Date) -> Vec<&Grant> {
        let own = GrantHolder::Person { person: viewer.person.clone() };
        // A role that is named twice counts once.
        let roles: BTreeSet<&RoleCode> = viewer.roles.iter().collect();
        let roles = roles.into_iter().map(|role| GrantHolder::Role { role: role.clone() });
        core::iter::once(own).chain(roles).flat_map(|holder| self.held(&holder, on).collect::<Vec<_>>()).collect()
    }

    /// Somebody as a viewer on a day, with the roles and the level of sight that this book gives him.
    #[must_use]
    pub fn viewer(&self, posting: &Posting, on: Date) -> Viewer {
        let own = GrantHolder::Person { person: posting.person.clone() };
        let roles = self.held(&own, on).filter_map(|grant| match &grant.right {
            Right::Role { role } => Some(role.clone()),
            _ => None,
        });
        let mut viewer = Viewer {
            person: posting.person.clone(),
            roles: roles.collect(),
            department: posting.department.clone(),
            branch: posting.branch.clone(),
            company: posting.company.clone(),
            level: None,
        };
        viewer.level = self.level(&viewer, on);
        viewer
    }

    /// How far a viewer sees on a day; none when he has no right to see rows.
    #[must_use]
    pub fn level(&self, viewer: &Viewer, on: Date) -> Option<SightLevel> {
        let levels = self.rights_of(viewer, on).into_iter().filter_map(|grant| match grant.right {
            Right::SeeRows { level } => Some(level),
            _ => None,
        });
        levels.max()
    }

    /// How much of each class and kind of field a viewer is shown on a day.
    #[must_use]
    pub fn clearance(&self, viewer: &Viewer, on: Date) -> Clearance {
        let mut clearance = Clearance::default();
        for grant in self.rights_of(viewer, on) {
            let (held, showing) = match grant.right {
                Right::ShowClass { sensitivity, showing } => {
                    (clearance.classes.entry(sensitivity).or_default(), showing)
                }
                Right::ShowKind { mask, showing } => (clearance.kinds.entry(mask).or_default(), showing),
                _ => continue,
            };
            *held = (*held).max(showing);
        }
        clearance
    }

    /// Whether a viewer may do something alone, for an amount where there is one.
    ///
    /// A right with a limit needs the amount, and in the currency of the limit: an amount that is not told, or told in
    /// another currency, is above every limit.
    #[must_use]
    pub fn may(&self, viewer: &Viewer, act: &ActCode, amount: Option<Money>, on: Date) -> PermissionAnswer {
        self.answer(viewer, amount, on, |right| match right {
            Right::Act { act: held, limit } if held == act => Some(*limit),
            _ => None,
        })
    }

    /// Whether a viewer may approve what another person proposes; amounts as in [`RightsBook::may`].
    #[must_use]
    pub fn may_approve(&self, viewer: &Viewer, act: &ActCode, amount: Option<Money>, on: Date) -> PermissionAnswer {
        self.answer(viewer, amount, on, |right| match right {
            Right::Approve { act: held, limit } if held == act => Some(*limit),
            _ => None,
        })
    }

    fn answer(
        &self,
        viewer: &Viewer,
        amount: Option<Money>,
        on: Date,
        limit_of: impl Fn(&Right) -> Option<Option<Money>>,
    ) -> PermissionAnswer {
        let (mut enough, mut too_low) = (Vec::new(), Vec::new());
        for grant in self.rights_of(viewer, on) {
            match limit_of(&grant.right) {
                None => {}
                Some(limit) if within(amount, limit) => enough.push(grant.id.clone()),
                Some(_) => too_low.push(grant.id.clone()),
            }
        }
        let (permission, grants) = match (enough.is_empty(), too_low.is_empty()) {
            (false, _) => (Permission::Allowed, enough),
            (true, false) => (Permission::AboveLimit, too_low),
            (true, true) => (Permission::NoRight, Vec::new()),
        };
        PermissionAnswer { permission, grants, stale: self.is_stale(on) }
    }

    /// Whether a day lies after the last check of the rights.
    #[must_use]
    pub fn is_stale(&self, on: Date) -> bool {
        on > self.checked_until
    }

    pub(super) fn grant(&self, id: &GrantId) -> Option<&Grant> {
        self.by_id.get(id).and_then(|index| self.grants.get(*index))
    }

    pub(super) fn grant_mut(&mut self, id: &GrantId) -> Option<&mut Grant> {
        self.by_id.get(id).and_then(|index| self.grants.get_mut(*index))
    }

    fn of_holder(&self, holder: &GrantHolder) -> impl Iterator<Item = &Grant> {
        let held = self.by_holder.get(holder).map(Vec::as_slice).unwrap_or_default();
        held.iter().filter_map(|index| self.grants.get(*index))
    }

    pub(super) fn add(&mut self, grant: Grant) {
        let index = self.grants.len();
        self.by_id.entry(grant.id.clone()).or_insert(index);
        self.by_holder.entry(grant.holder.clone()).or_default().push(index);
        if let (GrantHolder::Person { person }, Right::Role { .. }) = (&grant.holder, &grant.right) {
            self.memberships.entry(person.folded()).or_default().push(index);
        }
        self.grants.push(grant);
    }

    /// What is wrong with one more grant.
    pub(super) fn faults_of(&self, grant: &Grant) -> Vec<Fault> {
        let mut faults = Vec::new();
        if self.by_id.contains_key(&grant.id) {
            faults.push(Fault::new(Code::AccessGrantIdTaken).at("id"));
        }
        faults.extend(right_faults(grant));
        if self.holder_of(grant, &grant.granted_by) {
            faults.push(Fault::new(Code::AccessGrantSelf).at("granted_by"));
        }
        let empty = grant.until.is_some_and(|until| until < grant.from || until == grant.from && grant.ended.is_none());
        if empty {
            faults.push(Fault::new(Code::CalendarPeriodEmpty).at("until"));
        }
        if grant.from < grant.granted_on {
            faults.push(backdated(grant.granted_on).at("from"));
        }
        if grant.source.trim().is_empty() {
            faults.push(Fault::new(Code::RulebookSourceMissing).at("source"));
        }
        if self.by_holder.get(&grant.holder).is_some_and(|held| held.len() >= MAX_HELD) {
            faults.push(Fault::new(Code::AccessGrantTooMany).with("limit", MAX_HELD).at("holder"));
        } else if self.of_holder(&grant.holder).any(|held| held.right == grant.right && held.meets(grant)) {
            faults.push(Fault::new(Code::AccessGrantOverlap).at("from"));
        }
        faults
    }

    /// Whether a grant would be to a person's own good: to himself, or to a role that he is or will be in.
    fn holder_of(&self, grant: &Grant, person: &StaffId) -> bool {
        match &grant.holder {
            GrantHolder::Person { person: holder } => holder.may_be(person),
            GrantHolder::Template { .. } => false,
            GrantHolder::Role { role } => {
                let memberships = self.memberships.get(&person.folded()).map(Vec::as_slice).unwrap_or_default();
                memberships
                    .iter()
                    .filter_map(|index| self.grants.get(*index))
                    .any(|held| matches!(&held.right, Right::Role { role: held } if held == role) && held.meets(grant))
            }
        }
    }
}

pub(super) fn backdated(on: Date) -> Fault {
    Fault::new(Code::AccessGrantBackdated).with("on", alloc::format!("{on}"))
}

fn right_faults(grant: &Grant) -> Vec<Fault> {
    let at = |code: Code, field: &str, variant: &str| Fault::new(code).at(field).at(variant).at("right");
    let negative = |limit: &Option<Money>| limit.is_some_and(|limit| limit.is_negative());
    let fault = match &grant.right {
        Right::ShowKind { mask: Mask::Whole, .. } => Some(at(Code::AccessRightKindWhole, "mask", "show_kind")),
        Right::Act { limit, .. } if negative(limit) => Some(at(Code::AccessRightLimitNegative, "limit", "act")),
        Right::Approve { limit, .. } if negative(limit) => Some(at(Code::AccessRightLimitNegative, "limit", "approve")),
        Right::Role { .. } if matches!(grant.holder, GrantHolder::Role { .. }) => {
            Some(at(Code::AccessGrantRoleInRole, "role", "role"))
        }
        _ => None,
    };
    fault.into_iter().collect()
}

fn within(amount: Option<Money>, limit: Option<Money>) -> bool {
    match (amount, limit) {
        (_, None) => true,
        (None, Some(_)) => false,
        (Some(amount), Some(limit)) => {
            amount.currency() == limit.currency() && amount.minor().unsigned_abs() <= limit.minor().unsigned_abs()
        }
    }
}
