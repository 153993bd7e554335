//! A refusal as `crm_core.CrmError`.

use crm_core::refusal::{Fault, Lang, Param, Refusal};
use pyo3::{
    prelude::*,
    types::{PyDict, PyTuple},
};

use crate::classes::Classes;

/// The exception of a refusal.
pub(crate) fn refusal(py: Python<'_>, classes: &Classes, refusal: &Refusal) -> PyErr {
    exception(py, classes, refusal).unwrap_or_else(|error| error)
}

/// The exception of a refusal that crossed as text (ADR 2).
pub(crate) fn text(py: Python<'_>, text: &str) -> PyErr {
    let raise = || -> PyResult<PyErr> {
        let class = py.import("crm_core._errors")?.getattr("CrmError")?;
        Ok(PyErr::from_value(class.call_method1("_of_text", (text,))?))
    };
    raise().unwrap_or_else(|error| error)
}

fn exception(py: Python<'_>, classes: &Classes, refusal: &Refusal) -> PyResult<PyErr> {
    let faults = refusal.faults().iter().map(|fault| of(py, fault)).collect::<PyResult<Vec<_>>>()?;
    let error = classes.error.bind(py).call1((PyTuple::new(py, faults)?,))?;
    Ok(PyErr::from_value(error))
}

/// `(code, path, params, english, chinese)`
fn of<'py>(py: Python<'py>, fault: &Fault) -> PyResult<Bound<'py, PyTuple>> {
    let params = PyDict::new(py);
    for (name, value) in fault.params() {
        match value {
            Param::Integer(value) => params.set_item(name, value)?,
            Param::Text(value) => params.set_item(name, value.as_ref())?,
        }
    }
    let (code, path) = (fault.code().as_str(), fault.path().as_str());
    (code, path, params, fault.text(Lang::En), fault.text(Lang::Zh)).into_pyobject(py)
}
