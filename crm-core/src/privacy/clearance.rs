//! What may be shown of a record: by class of data, and by kind.

use alloc::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Mask, Sensitivity};

/// How much of a field is shown (展示程度); in this order each shows more than the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Showing {
    /// Nothing, not even whether there is a value (不可见).
    #[default]
    Hidden,
    /// The mask (脱敏).
    Masked,
    /// The value itself (明文).
    Full,
}

/// What may be shown: how much of each class of data, and of single kinds beyond that (可见范围).
///
/// What is in neither map is hidden, save for public data, which anybody may see. Where both speak the one that shows
/// more counts, so that adding to a clearance never takes anything away.
///
/// ```
/// use crm_core::privacy::{Clearance, Mask, Sensitivity, Showing};
///
/// // Renewal calls: everything personal masked, but the phone is dialled.
/// let mut calls = Clearance::default();
/// calls.classes.insert(Sensitivity::Personal, Showing::Masked);
/// calls.kinds.insert(Mask::Mobile, Showing::Full);
/// assert_eq!(calls.showing(Sensitivity::Personal, Some(Mask::Mobile)), Showing::Full);
/// assert_eq!(calls.showing(Sensitivity::Personal, Some(Mask::Name)), Showing::Masked);
/// assert_eq!(calls.showing(Sensitivity::Sensitive, Some(Mask::Document)), Showing::Hidden);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Clearance {
    /// By class of data. A class does not include the classes below it.
    pub classes: BTreeMap<Sensitivity, Showing>,
    /// By kind, which is named by its mask: phones for those who call, cards for those who pay. [`Mask::Whole`] is no
    /// kind of data, so an entry for it shows nothing.
    pub kinds: BTreeMap<Mask, Showing>,
}

impl Clearance {
    /// Everything in full: the work of the core itself and of tests.
    #[must_use]
    pub fn full() -> Self {
        let classes = [Sensitivity::Internal, Sensitivity::Personal, Sensitivity::Sensitive];
        Self { classes: classes.map(|class| (class, Showing::Full)).into(), kinds: BTreeMap::new() }
    }

    /// How much of a field of this class and kind is shown.
    #[must_use]
    pub fn showing(&self, class: Sensitivity, kind: Option<Mask>) -> Showing {
        if class == Sensitivity::Public {
            return Showing::Full;
        }
        let by_class = self.classes.get(&class).copied().unwrap_or_default();
        let by_kind = kind.filter(|kind| *kind != Mask::Whole).and_then(|kind| self.kinds.get(&kind)).copied();
        by_class.max(by_kind.unwrap_or_default())
    }

    /// Adds what another clearance shows; nothing gets less.
    #[must_use]
    pub fn with(mut self, other: &Self) -> Self {
        for (class, showing) in &other.classes {
            let held = self.classes.entry(*class).or_default();
            *held = (*held).max(*showing);
        }
        for (kind, showing) in &other.kinds {
            let held = self.kinds.entry(*kind).or_default();
            *held = (*held).max(*showing);
        }
        self
    }
}
