//! What a viewer sees of many rows, and how many he does not.

use alloc::{collections::BTreeMap, vec::Vec};

use serde::{Deserialize, Serialize};

use super::{RowOwner, Viewer, WithheldReason};

/// A row that somebody manages.
pub trait Owned {
    /// Who manages it.
    fn owner(&self) -> &RowOwner;
}

impl Owned for RowOwner {
    fn owner(&self) -> &RowOwner {
        self
    }
}

/// Rows that were left out, counted (未显示的行数): how many and why, never which.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Withheld {
    /// All rows that were left out.
    pub rows: i64,
    /// The same by reason.
    pub by_reason: BTreeMap<WithheldReason, i64>,
}

/// The rows that a viewer sees (可见行). There is no other way to it than through [`Viewer::sift`].
pub struct Visible<'a, T> {
    rows: Vec<&'a T>,
    withheld: Withheld,
}

impl<'a, T> Visible<'a, T> {
    /// The rows, in their order.
    #[must_use]
    pub fn rows(&self) -> &[&'a T] {
        &self.rows
    }

    /// What was left out. For a report on a whole book (rows in = rows shown + rows left out).
    ///
    /// Not for the answer to a search: "one row left out" under a name or a number tells that the person is another
    /// branch's customer.
    #[must_use]
    pub fn withheld(&self) -> &Withheld {
        &self.withheld
    }

    /// The rows alone, for the answer to a search.
    #[must_use]
    pub fn into_rows(self) -> Vec<&'a T> {
        self.rows
    }
}

impl Withheld {
    /// Counts one more row.
    pub fn count(&mut self, reason: WithheldReason) {
        self.rows = self.rows.saturating_add(1);
        let rows = self.by_reason.entry(reason).or_default();
        *rows = rows.saturating_add(1);
    }

    /// Adds what another part of the book left out.
    pub fn merge(&mut self, other: &Self) {
        self.rows = self.rows.saturating_add(other.rows);
        for (reason, more) in &other.by_reason {
            let rows = self.by_reason.entry(*reason).or_default();
            *rows = rows.saturating_add(*more);
        }
    }
}

impl Viewer {
    /// Parts rows into those that the viewer sees and a count of the others.
    ///
    /// ```
    /// use crm_core::{access::{RowOwner, Viewer, WithheldReason}, wire};
    ///
    /// let viewer: Viewer = wire::from_json(br#"{"person":"op-17","roles":[],"department":"motor","branch":"CN-11",
    ///     "company":"one","level":"own"}"#)?;
    /// let owners: Vec<RowOwner> = wire::from_json(br#"[
    ///     {"person":"op-17","department":"motor","branch":"CN-11","company":"one"},
    ///     {"person":"op-3","department":"motor","branch":"CN-11","company":"one"},
    ///     {"person":null,"department":null,"branch":"CN-31","company":"one"}]"#)?;
    /// let visible = viewer.sift(&owners);
    /// assert_eq!(visible.rows().len(), 1);
    /// assert_eq!(visible.withheld().rows, 2);
    /// assert_eq!(visible.withheld().by_reason[&WithheldReason::OtherBranch], 1);
    /// # Ok::<(), crm_core::refusal::Refusal>(())
    /// ```
    #[must_use]
    pub fn sift<'a, T: Owned>(&self, rows: &'a [T]) -> Visible<'a, T> {
        self.sift_by(rows, T::owner)
    }

    /// As [`Viewer::sift`], for rows whose owner stands elsewhere.
    #[must_use]
    pub fn sift_by<'a, T>(&self, rows: &'a [T], owner: impl Fn(&'a T) -> &'a RowOwner) -> Visible<'a, T> {
        let mut visible = Visible { rows: Vec::new(), withheld: Withheld::default() };
        for row in rows {
            match self.withheld_because(owner(row)) {
                None => visible.rows.push(row),
                Some(reason) => visible.withheld.count(reason),
            }
        }
        visible
    }
}
