//! A pack's shape with the host's rates.

use alloc::{collections::BTreeSet, string::String, vec::Vec};

use serde::{Deserialize, Serialize};

use super::super::{RateCase, RatePlan, RatePlanSpec, TableVersion};
use crate::{
    calendar::Date,
    refusal::{Code, Fault, Refusal},
};

/// Versions of the host that take the place of all versions of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SuppliedTable {
    /// The name of the table in the pack.
    pub table: String,
    /// The host's versions, each with its source.
    pub versions: Vec<TableVersion>,
}

/// A pack with the host's tables: the shape stays, rates, source and cases are the host's.
///
/// The pack's own cases are left out, as they are about its own rates. Tables that are not supplied stay as they are.
///
/// # Errors
/// `product.reference.unknown` at `/tables/<n>/table` for a table that the pack has not, `rulebook.name.duplicate` for one
/// that is supplied twice; then everything of [`RatePlan::load`] with the path in the plan: a hole in a table, a case
/// that is not met.
///
/// ```
/// use crm_core::{calendar::Date, product::china, wire};
///
/// let rates = wire::from_json(br#"{"table": "group_rate", "versions": [{"valid": {"from": "2026-01-01"},
///     "source": "filed 2025-11-03", "rows": [{"keys": [{"any": {}}], "values": ["0.50", "4.00"]}]}]}"#)?;
/// let pack = china::group_accident()?;
/// let checked = Date::parse("2026-12-31")?;
/// let plan = china::with_rates(pack.spec().clone(), "filed 2025-11-03", checked, vec![rates], vec![])?;
/// assert_eq!(plan.spec().source, "filed 2025-11-03");
///
/// let rates = china::SuppliedTable { table: "no_such".into(), versions: vec![] };
/// let refusal = china::with_rates(pack.spec().clone(), "x", checked, vec![rates], vec![]).unwrap_err();
/// assert_eq!((refusal.code().as_str(), refusal.path().as_str()), ("product.reference.unknown", "/tables/0/table"));
/// # Ok::<(), crm_core::refusal::Refusal>(())
/// ```
pub fn with_rates(
    mut pack: RatePlanSpec,
    source: &str,
    checked_until: Date,
    tables: Vec<SuppliedTable>,
    cases: Vec<RateCase>,
) -> Result<RatePlan, Refusal> {
    let mut faults = Vec::new();
    let mut seen = BTreeSet::new();
    for (index, supplied) in tables.into_iter().enumerate() {
        let at = |fault: Fault| fault.at("table").at_index(index).at("tables");
        if seen.contains(&supplied.table) {
            faults.push(at(Fault::new(Code::RulebookNameTwice).with_name("name", &supplied.table)));
        }
        match pack.tables.iter_mut().find(|table| table.name == supplied.table) {
            Some(table) => table.versions = supplied.versions,
            None => {
                let fault = Fault::new(Code::ProductReferenceUnknown).with("what", "table");
                faults.push(at(fault.with_name("name", &supplied.table)));
            }
        }
        seen.insert(supplied.table);
    }
    Refusal::unless_empty(faults)?;
    pack.source = source.into();
    pack.checked_until = checked_until;
    pack.cases = cases;
    RatePlan::load(&pack)
}
