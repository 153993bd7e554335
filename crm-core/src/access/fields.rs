//! The fields of the records that the core itself knows: how sensitive each is, and how it is masked.
//!
//! The tests prove each table against samples with a value in every field; a field that is added to a record and not to
//! its table is shown to nobody and fails them.

use alloc::vec::Vec;

use crate::{
    privacy::{
        FieldClass, FieldTable, Mask,
        Sensitivity::{self, Internal, Personal, Sensitive},
    },
    refusal::Refusal,
};

/// One line as it is written here.
type Row = (&'static str, Sensitivity, Option<Mask>);

/// What a number of identity tells. Document numbers are sensitive: a leaked one lets somebody pass as the person
/// (GB/T 35273-2020 appendix B: 身份证 among sensitive personal information).
const RESIDENT_ID: &[Row] = &[
    ("/number", Sensitive, Some(Mask::Document)),
    ("/holder", Internal, None),
    // Region, birth and sex are parts of the number: shown beside its mask they would give most of it away.
    ("/region", Sensitive, None),
    ("/birth", Personal, Some(Mask::BirthDate)),
    ("/sex", Personal, None),
    ("/completed", Internal, None),
    ("/notices/*/code", Internal, None),
    ("/notices/*/path", Internal, None),
    ("/notices/*/text", Internal, None),
    ("/notices/*/text_zh", Internal, None),
];

/// The fields of a [`ResidentId`](crate::party::ResidentId).
///
/// # Errors
/// None: the table is proven by a test.
///
/// ```
/// use crm_core::{access::resident_id_fields, calendar::Date, party::check_resident_id, privacy::{Clearance, Sensitivity, Showing}};
///
/// let id = check_resident_id("11010519491231002X", Date::parse("2026-03-01")?)?;
/// let mut clearance = Clearance::default();
/// clearance.classes.insert(Sensitivity::Personal, Showing::Masked);
/// clearance.classes.insert(Sensitivity::Sensitive, Showing::Masked);
/// let seen = resident_id_fields()?.view(&id, &clearance)?;
/// assert!(seen.view.reveal().starts_with(r#"{"number":"1***************2X","holder":null,"region":null,"birth":"1949-**-**""#));
/// # Ok::<(), crm_core::refusal::Refusal>(())
/// ```
pub fn resident_id_fields() -> Result<FieldTable, Refusal> {
    table("resident_id", RESIDENT_ID)
}

fn table(record: &str, rows: &[Row]) -> Result<FieldTable, Refusal> {
    let classes: Vec<FieldClass> =
        rows.iter().map(|(field, class, mask)| FieldClass::new(field, *class, *mask)).collect();
    FieldTable::load(record, &classes)
}
