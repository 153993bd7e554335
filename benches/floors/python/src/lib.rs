//! Functions that do nothing but cross: what pyo3 itself costs.

use pyo3::{prelude::*, types::PyDict};

/// Nothing in, nothing out.
#[pyfunction]
fn noop() {}

/// Six fields in, thirty integers out: every field is read, every value is made.
#[pyfunction]
fn six_in_thirty_out<'py>(py: Python<'py>, facts: &Bound<'py, PyDict>) -> PyResult<Bound<'py, PyDict>> {
    let mut size = 0_i64;
    for (name, value) in facts {
        let name: &Bound<'py, PyAny> = &name;
        size += i64::try_from(name.len()?)?;
        size += match value.extract::<i64>() {
            Ok(number) => number,
            Err(_) => i64::try_from(value.str()?.len()?)?,
        };
    }
    let out = PyDict::new(py);
    for index in 0..30_i64 {
        out.set_item(index, size + index)?;
    }
    Ok(out)
}

/// What pyo3 itself costs.
#[pymodule]
fn crm_floor_python(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(noop, module)?)?;
    module.add_function(wrap_pyfunction!(six_in_thirty_out, module)?)
}
