//! Records with a table of fields, and how a table is put together from parts that several records share.

use alloc::vec::Vec;

use serde::Serialize;

use crate::{
    privacy::{Clearance, FieldClass, FieldTable, Mask, MaskedView, Sensitivity},
    refusal::Refusal,
};

/// One line as it is written here.
pub(super) type Row = (&'static str, Sensitivity, Option<Mask>);

/// The lines of a part, each behind the place where the record has it.
pub(super) fn classes(place: &str, rows: &[Row]) -> Vec<FieldClass> {
    rows.iter().map(|(field, class, mask)| FieldClass::new(&alloc::format!("{place}{field}"), *class, *mask)).collect()
}

/// A record of the core with a table of its fields (字段表): what of it a role sees, the table and a clearance say.
///
/// ```
/// use crm_core::{access::Viewed, party::{Plate, check_plate}, privacy::{Clearance, Sensitivity, Showing}};
///
/// let mut clerk = Clearance::default();
/// clerk.classes.insert(Sensitivity::Personal, Showing::Masked);
/// let view = check_plate("陕A12345D")?.view_by(&clerk)?;
/// assert!(view.view.reveal().contains("陕A1****D") && view.hidden.contains(&"/class".into()));
/// assert!(Plate::fields()?.fields().count() > 3);
/// # Ok::<(), crm_core::refusal::Refusal>(())
/// ```
pub trait Viewed: Serialize {
    /// The type of record, as views and audit entries name it.
    const RECORD: &'static str;

    /// The lines of the table.
    fn field_classes() -> Vec<FieldClass>;

    /// The table.
    ///
    /// # Errors
    /// None: the tables are proven by tests.
    fn fields() -> Result<FieldTable, Refusal> {
        FieldTable::load(Self::RECORD, &Self::field_classes())
    }

    /// The record as a clearance shows it.
    ///
    /// # Errors
    /// As [`FieldTable::view`].
    fn view_by(&self, clearance: &Clearance) -> Result<MaskedView, Refusal> {
        Self::fields()?.view(self, clearance)
    }
}
