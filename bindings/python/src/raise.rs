//! A refusal as `crm_core.CrmError`.

use crm_core::refusal::{Code, Fault, Lang, Param, Refusal};
use crm_surface::guard::guard;
use pyo3::{
    exceptions::{PyException, PyMemoryError},
    prelude::*,
    types::{PyDict, PyTuple},
};

use crate::classes::{Classes, classes};

/// The exception of a refusal.
pub(crate) fn refusal(py: Python<'_>, classes: &Classes, refusal: &Refusal) -> PyErr {
    built(py, || exception(py, classes, refusal))
}

/// The exception of a refusal that crossed as text (ADR 2).
pub(crate) fn text(py: Python<'_>, text: &str) -> PyErr {
    built(py, || {
        let class = py.import("crm_core._errors")?.getattr("CrmError")?;
        Ok(PyErr::from_value(class.call_method1("_of_text", (text,))?))
    })
}

/// Builds an exception under the guard. A failure on the way (a long list of faults may not fit into the memory) is the
/// refusal `internal`, whose exception is the smallest there is.
fn built(py: Python<'_>, build: impl FnOnce() -> PyResult<PyErr>) -> PyErr {
    match guard(|| Ok(build())) {
        Ok(Ok(error)) => error,
        // `KeyboardInterrupt` and its like are nobody's fault: they go on.
        Ok(Err(interrupt)) if !interrupt.is_instance_of::<PyException>(py) => interrupt,
        _ => {
            let smallest = || exception(py, classes(py)?, &Refusal::new(Code::Internal));
            guard(|| Ok(smallest())).map_or_else(|_| PyMemoryError::new_err(()), |built| built.unwrap_or_else(|e| e))
        }
    }
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
