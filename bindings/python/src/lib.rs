//! `crm_core._native`: crm-core as Python sees it, through four entries that know no type of the domain.
//!
//! `call`, `load` and `engine_call` take the arguments as a tuple of Python objects and give Python objects; their
//! `_text` forms take and give canonical JSON and let other threads run meanwhile. A refusal is raised as
//! `crm_core.CrmError`.
// pyo3's macros write the bridge to C; what is unsafe here by hand says why it is sound.
#![deny(unsafe_op_in_unsafe_fn)]

mod classes;
mod raise;
mod read;
mod write;

use crm_core::{refusal::Refusal, wire::Dialect};
use crm_surface::{Engine, guard::guard};
use pyo3::{prelude::*, types::PyTuple};

use crate::{classes::classes, read::Reader, read::Scope, write::Writer};

/// A loaded engine: immutable, shared between threads.
#[pyclass(frozen, module = "crm_core._native")]
struct Handle {
    engine: Engine,
}

/// Reads, works and writes under the guard, and raises what was refused.
fn crossing<'py, T>(
    py: Python<'py>,
    args: &Bound<'py, PyTuple>,
    work: impl FnOnce(Reader<'_, 'py>, Writer<'py>) -> Result<T, Refusal>,
) -> PyResult<T> {
    let classes = classes(py)?;
    let scope = Scope::new(classes);
    let result = guard(|| work(Reader::new(&scope, args.clone().into_any()), Writer::new(py, classes)));
    if let Some(interrupt) = scope.take_interrupt() {
        return Err(interrupt);
    }
    result.map_err(|refusal| raise::refusal(py, classes, &refusal))
}

/// Calls a function by its name with a tuple of arguments.
#[pyfunction]
#[pyo3(signature = (op, args, /))]
fn call<'py>(py: Python<'py>, op: &str, args: &Bound<'py, PyTuple>) -> PyResult<Bound<'py, PyAny>> {
    crossing(py, args, |reader, writer| crm_surface::call(op, reader, writer))
}

/// Loads an engine.
#[pyfunction]
#[pyo3(signature = (op, args, /))]
fn load<'py>(py: Python<'py>, op: &str, args: &Bound<'py, PyTuple>) -> PyResult<Handle> {
    crossing(py, args, |reader, _| crm_surface::load(op, reader)).map(|engine| Handle { engine })
}

/// Calls a method of a loaded engine.
#[pyfunction]
#[pyo3(signature = (handle, op, args, /))]
fn engine_call<'py>(
    py: Python<'py>,
    handle: &Bound<'py, Handle>,
    op: &str,
    args: &Bound<'py, PyTuple>,
) -> PyResult<Bound<'py, PyAny>> {
    crossing(py, args, |reader, writer| crm_surface::engine_call(&handle.get().engine, op, reader, writer))
}

/// Calls a function; arguments and result are canonical JSON.
#[pyfunction]
#[pyo3(signature = (op, args, /))]
fn call_text(py: Python<'_>, op: &str, args: &[u8]) -> PyResult<String> {
    let answer = py.detach(|| crm_surface::text::call(Dialect::Canonical, op, args));
    answer.map_err(|refusal| raise::text(py, &refusal))
}

/// Loads an engine from canonical JSON.
#[pyfunction]
#[pyo3(signature = (op, args, /))]
fn load_text(py: Python<'_>, op: &str, args: &[u8]) -> PyResult<Handle> {
    let engine = py.detach(|| crm_surface::text::load(Dialect::Canonical, op, args));
    engine.map(|engine| Handle { engine }).map_err(|refusal| raise::text(py, &refusal))
}

/// Calls a method of a loaded engine; arguments and result are canonical JSON.
#[pyfunction]
#[pyo3(signature = (handle, op, args, /))]
fn engine_call_text(py: Python<'_>, handle: &Bound<'_, Handle>, op: &str, args: &[u8]) -> PyResult<String> {
    let engine = &handle.get().engine;
    let answer = py.detach(|| crm_surface::text::engine_call(engine, Dialect::Canonical, op, args));
    answer.map_err(|refusal| raise::text(py, &refusal))
}

/// The native half of `crm_core`.
#[pymodule]
fn _native(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_class::<Handle>()?;
    module.add_function(wrap_pyfunction!(call, module)?)?;
    module.add_function(wrap_pyfunction!(load, module)?)?;
    module.add_function(wrap_pyfunction!(engine_call, module)?)?;
    module.add_function(wrap_pyfunction!(call_text, module)?)?;
    module.add_function(wrap_pyfunction!(load_text, module)?)?;
    module.add_function(wrap_pyfunction!(engine_call_text, module)?)?;
    module.add("__version__", env!("CARGO_PKG_VERSION"))
}
