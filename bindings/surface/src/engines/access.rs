//! The book of rights (权限簿) and keys for matching across branches (匹配密钥).

use crm_core::access::{
    self, ActCode, Approved, Grant, GrantHolder, PermissionAnswer, Posting, Proposed, RecordId, RightsCommand,
    RightsEvent, RightsSpec, SightLevel, Viewer,
};
use crm_core::calendar::Date;
use crm_core::money::Money;
use crm_core::party::{SearchField, SearchKey};
use crm_core::privacy::{self, Clearance, MatchingDigest};
use crm_core::refusal::Refusal;

/// The rights of a company, loaded and checked whole (权限簿).
#[derive(Debug)]
pub struct RightsBook(access::RightsBook);

impl RightsBook {
    /// Checks the rights of a company; every fault is reported at once.
    ///
    /// # Errors
    /// At each grant: `access.grant.id_taken`, `access.grant.self`, `access.grant.overlap`, `access.grant.backdated`,
    /// `access.grant.role_in_role`, `access.right.kind_whole`, `access.right.limit_negative`, `calendar.period.empty`,
    /// `rulebook.source.missing`; `access.grant.too_many`.
    pub fn load(rights: RightsSpec) -> Result<Self, Refusal> {
        access::RightsBook::load(&rights).map(Self)
    }

    /// Somebody as a viewer on a day, with the roles and the level of sight that the book gives him (查看人).
    pub fn viewer(&self, posting: Posting, on: Date) -> Viewer {
        self.0.viewer(&posting, on)
    }

    /// How much of each class and kind of field a viewer is shown on a day (可见范围).
    pub fn clearance(&self, viewer: Viewer, on: Date) -> Clearance {
        self.0.clearance(&viewer, on)
    }

    /// Whether a viewer may do something alone, for an amount where there is one, and which grants say so (权限判断).
    ///
    /// A right with a limit needs the amount, in the currency of the limit: what is not told is above every limit.
    pub fn may(&self, viewer: Viewer, act: ActCode, on: Date, amount: Option<Money>) -> PermissionAnswer {
        self.0.may(&viewer, &act, amount, on)
    }

    /// Whether a viewer may approve what another person proposes; amounts as in `may` (审批权限).
    pub fn may_approve(&self, viewer: Viewer, act: ActCode, on: Date, amount: Option<Money>) -> PermissionAnswer {
        self.0.may_approve(&viewer, &act, amount, on)
    }

    /// Approves what another person proposed to do with a record (审批).
    ///
    /// # Errors
    /// All at once: at `/by`: `access.check.self`, `access.approval.no_right`, `access.approval.above_limit`; at `/on`:
    /// `access.check.early`.
    pub fn approve(&self, proposal: Proposed<RecordId>, by: Viewer, on: Date) -> Result<Approved<RecordId>, Refusal> {
        proposal.approve(&self.0, &by, on)
    }

    /// How far a viewer sees on a day (可见级别); nothing when the book lets him see no rows.
    pub fn level(&self, viewer: Viewer, on: Date) -> Option<SightLevel> {
        self.0.level(&viewer, on)
    }

    /// Every grant of the book, past and future, in the order of entry (授权清单).
    pub fn grants(&self) -> Vec<Grant> {
        self.0.grants().to_vec()
    }

    /// Everything that a viewer may on a day: his own grants and those of his roles.
    pub fn rights_of(&self, viewer: Viewer, on: Date) -> Vec<Grant> {
        self.0.rights_of(&viewer, on).into_iter().cloned().collect()
    }

    /// What a person, a role or a template user holds directly on a day, in the order of entry.
    pub fn held_by(&self, holder: GrantHolder, on: Date) -> Vec<Grant> {
        self.0.held(&holder, on).cloned().collect()
    }

    /// What granting, changing, revoking or copying rights leads to (授权操作). The host stores the events and applies
    /// them with `apply_rights`. A command that was carried out already leads to nothing more.
    ///
    /// # Errors
    /// Those of `load`, for a new grant; `access.grant.unknown`, `access.grant.over`, `access.template.empty`.
    pub fn decide(&self, command: RightsCommand) -> Result<Vec<RightsEvent>, Refusal> {
        self.0.decide(&command)
    }

    /// Whether a day lies after the last check of the rights.
    pub fn is_stale(&self, on: Date) -> bool {
        self.0.is_stale(on)
    }
}

/// A secret key for digests by which branches match customers without showing them (匹配密钥).
#[derive(Debug)]
pub struct MatchingKey(privacy::MatchingKey);

impl MatchingKey {
    /// Takes the host's secret: good randomness, written as text of at least 32 bytes of UTF-8, such as 64 hexadecimal
    /// digits.
    ///
    /// # Errors
    /// `privacy.key.short`.
    pub fn load(secret: String) -> Result<Self, Refusal> {
        privacy::MatchingKey::new(secret.as_bytes()).map(Self)
    }

    /// The digest of the search key of a text: equal for everything that has the same search key (匹配摘要).
    pub fn digest(&self, text: String, field: SearchField) -> MatchingDigest {
        SearchKey::of(field, &text).digest(&self.0)
    }
}
