//! Faults that a core function found in one of its params, put under that param's name.

use crm_core::refusal::{Code, Refusal};

/// The same refusal with each fault under the param that `param_of` names for its code; the others stay in the record.
pub(crate) fn placed(refusal: Refusal, param_of: impl Fn(Code) -> Option<&'static str>) -> Refusal {
    let faults = refusal.faults().iter().cloned().map(|fault| match param_of(fault.code()) {
        Some(param) => fault.at(param),
        None => fault,
    });
    Refusal::from_faults(faults.collect()).unwrap_or(refusal)
}
