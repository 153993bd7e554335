//! A customer of the book.

use alloc::string::String;
use core::fmt;

use serde::{Deserialize, Serialize};

use super::code_faults;
use crate::{
    access::{Owned, RowOwner},
    calendar::Date,
    party::PartyId,
    refusal::Refusal,
};

/// What a customer is (客户性质).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PartyKind {
    /// A natural person (个人).
    Person,
    /// A company, an office or another organisation (单位).
    Organisation,
}

impl PartyKind {
    /// The name on the wire and in conditions.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Organisation => "organisation",
        }
    }
}

/// One customer with what conditions ask about him and no policy says.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CustomerRow {
    /// His code (客户代码); unique in a book.
    pub id: PartyId,
    /// Person or organisation.
    pub party_kind: PartyKind,
    /// Who manages him (归属): company, branch, department and customer manager.
    pub owner: RowOwner,
    /// The day since which he is known as a customer or prospect (建档日期).
    pub since: Date,
    /// Whether he has standing by brand, image or place in his industry (品牌、形象或行业地位).
    pub standing: bool,
    /// The host's code of his commercial credit (商业信用等级), where it is known.
    pub commercial_credit: Option<String>,
    /// Whether he is filed as a prospect (潜在客户).
    pub prospect: bool,
    /// Whether he stands on the blacklist (黑名单).
    pub blacklisted: bool,
}

impl CustomerRow {
    /// Every fault of the row at once.
    ///
    /// # Errors
    /// `portfolio.code.invalid` at `/commercial_credit`.
    pub fn check(&self) -> Result<(), Refusal> {
        Refusal::unless_empty(code_faults([("commercial_credit", self.commercial_credit.as_ref())]))
    }
}

impl Owned for CustomerRow {
    fn owner(&self) -> &RowOwner {
        &self.owner
    }
}

impl fmt::Debug for CustomerRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CustomerRow").field("party_kind", &self.party_kind).finish_non_exhaustive()
    }
}
