//! Faults that a core function found in one of its params, put under that param's name.

use crm_core::refusal::{Code, Fault, Refusal};

/// The same refusal with each fault under the param that `param_of` names for its code; the others stay in the record.
pub(crate) fn placed(refusal: Refusal, param_of: impl Fn(Code) -> Option<&'static str>) -> Refusal {
    let faults = refusal.faults().iter().cloned().map(|fault| match param_of(fault.code()) {
        Some(param) => fault.at(param),
        None => fault,
    });
    Refusal::from_faults(faults.collect()).unwrap_or(refusal)
}

/// The same refusal with each fault whose path begins with `path` at a param, or at the record itself: a core function
/// may call a param otherwise than a call does.
pub(crate) fn renamed(refusal: Refusal, path: &str, param: Option<&str>) -> Refusal {
    let faults = refusal.faults().iter().map(|fault| {
        if !fault.path().as_str().starts_with(path) {
            return fault.clone();
        }
        let params = fault.params().to_vec();
        let bare = params.into_iter().fold(Fault::new(fault.code()), |fault, (name, value)| fault.with(name, value));
        match param {
            Some(param) => bare.at(param),
            None => bare,
        }
    });
    Refusal::from_faults(faults.collect()).unwrap_or(refusal)
}
