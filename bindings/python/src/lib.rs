//! `crm_core._native`: crm-core as Python sees it, through a few entries that know no type of the domain.
//!
//! `call`, `load`, `engine_call` and `make` take the arguments as a tuple of Python objects and give Python objects; what
//! loads and what engines work out lets other threads run between reading and writing. Their
//! `_text` forms take and give canonical JSON and let other threads run meanwhile. `load_document` loads from one record,
//! as an object or as a document; `check_decimal` and `check_date` are what the dataclasses ask when they are made. A
//! refusal is raised as `crm_core.CrmError`; reading, working, writing and raising all run under the guard.
// pyo3's macros write the bridge to C; what is unsafe here by hand says why it is sound.
#![deny(unsafe_op_in_unsafe_fn)]

mod classes;
mod given;
mod raise;
mod read;
mod write;

use crm_core::{
    calendar::Date,
    money::Decimal,
    refusal::Refusal,
    wire::{Dialect, Error},
};
use crm_surface::{
    Engine,
    given::{Run, With},
    guard::guard,
};
use pyo3::{
    prelude::*,
    types::{PyBytes, PyString, PyTuple},
};
use serde::de::DeserializeOwned;

use crate::{classes::classes, read::Reader, read::Scope, write::Writer};

/// A loaded engine: immutable, shared between threads.
#[pyclass(frozen, module = "crm_core._native")]
struct Handle {
    engine: Engine,
}

/// Does the work while other threads of Python run.
struct Detached<'py>(Python<'py>);

impl Run for Detached<'_> {
    fn run<T: Send>(&self, work: impl FnOnce() -> T + Send) -> T {
        self.0.detach(work)
    }
}

/// As [`crossing`], for an operation that may take engines and whose work may be long.
fn working<'py, T>(
    py: Python<'py>,
    args: &Bound<'py, PyTuple>,
    work: impl FnOnce(Reader<'_, 'py>, Writer<'py>, &With<'_, Detached<'py>>) -> Result<T, Refusal>,
) -> PyResult<T> {
    let classes = classes(py)?;
    let handles = given::handles(classes, args)?;
    let engines: Vec<&Engine> = handles.iter().map(|handle| &handle.get().engine).collect();
    let scope = Scope::new(classes, &handles);
    let with = With::new(&engines, Detached(py));
    let result = guard(|| work(Reader::new(&scope, args.clone().into_any()), Writer::new(py, classes), &with));
    if let Some(interrupt) = scope.take_interrupt() {
        return Err(interrupt);
    }
    result.map_err(|refusal| raise::refusal(py, classes, &refusal))
}

/// Reads, works and writes under the guard, and raises what was refused.
fn crossing<'py, T>(
    py: Python<'py>,
    given: &Bound<'py, PyAny>,
    work: impl FnOnce(Reader<'_, 'py>, Writer<'py>) -> Result<T, Refusal>,
) -> PyResult<T> {
    let classes = classes(py)?;
    let scope = Scope::new(classes, &[]);
    let result = guard(|| work(Reader::new(&scope, given.clone()), Writer::new(py, classes)));
    if let Some(interrupt) = scope.take_interrupt() {
        return Err(interrupt);
    }
    result.map_err(|refusal| raise::refusal(py, classes, &refusal))
}

/// Calls a function by its name with a tuple of arguments.
#[pyfunction]
#[pyo3(signature = (op, args, /))]
fn call<'py>(py: Python<'py>, op: &str, args: &Bound<'py, PyTuple>) -> PyResult<Bound<'py, PyAny>> {
    crossing(py, args.as_any(), |reader, writer| crm_surface::call(op, reader, writer))
}

/// Loads an engine.
#[pyfunction]
#[pyo3(signature = (op, args, /))]
fn load<'py>(py: Python<'py>, op: &str, args: &Bound<'py, PyTuple>) -> PyResult<Handle> {
    working(py, args, |reader, _, with| crm_surface::load(op, reader, with)).map(|engine| Handle { engine })
}

/// Calls a method of a loaded engine that makes another.
#[pyfunction]
#[pyo3(signature = (handle, op, args, /))]
fn make<'py>(py: Python<'py>, handle: &Bound<'py, Handle>, op: &str, args: &Bound<'py, PyTuple>) -> PyResult<Handle> {
    let engine = &handle.get().engine;
    working(py, args, |reader, _, with| crm_surface::make(engine, op, reader, with)).map(|engine| Handle { engine })
}

/// Loads an engine from one record: an object, or the text or bytes of the document that holds it as canonical JSON.
#[pyfunction]
#[pyo3(signature = (op, document, /))]
fn load_document<'py>(py: Python<'py>, op: &str, document: &Bound<'py, PyAny>) -> PyResult<Handle> {
    let bytes = match (document.cast::<PyBytes>(), document.cast::<PyString>()) {
        (Ok(bytes), _) => Some(bytes.as_bytes()),
        (_, Ok(text)) => text.to_str().ok().map(str::as_bytes),
        _ => None,
    };
    // Half of a surrogate pair has no bytes: the reader of objects refuses it.
    let Some(bytes) = bytes else { return load(py, op, &PyTuple::new(py, [document])?) };
    let engine = py.detach(|| crm_surface::text::load_document(op, bytes));
    engine.map(|engine| Handle { engine }).map_err(|refusal| raise::text(py, &refusal))
}

/// Whether the core takes a value for a decimal; the refusal stands at the field.
#[pyfunction]
#[pyo3(signature = (field, value, /))]
fn check_decimal<'py>(py: Python<'py>, field: &str, value: &Bound<'py, PyAny>) -> PyResult<()> {
    check::<Decimal>(py, field, value)
}

/// Whether the core takes a value for a day; the refusal stands at the field.
#[pyfunction]
#[pyo3(signature = (field, value, /))]
fn check_date<'py>(py: Python<'py>, field: &str, value: &Bound<'py, PyAny>) -> PyResult<()> {
    check::<Date>(py, field, value)
}

fn check<'py, T: DeserializeOwned>(py: Python<'py>, field: &str, value: &Bound<'py, PyAny>) -> PyResult<()> {
    let at_field = |error: Error| error.at(field).into_refusal();
    crossing(py, value, |reader, _| T::deserialize(reader).map(drop).map_err(at_field))
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
    let engine = &handle.get().engine;
    working(py, args, |reader, writer, with| crm_surface::engine_call(engine, op, reader, with, writer))
}

/// Calls a function; arguments and result are canonical JSON.
#[pyfunction]
#[pyo3(signature = (op, args, /))]
fn call_text<'py>(py: Python<'py>, op: &str, args: &[u8]) -> PyResult<Bound<'py, PyString>> {
    answer(py, py.detach(|| crm_surface::text::call(Dialect::Canonical, op, args)))
}

/// Loads an engine from canonical JSON.
#[pyfunction]
#[pyo3(signature = (op, args, /))]
fn load_text(py: Python<'_>, op: &str, args: &[u8]) -> PyResult<Handle> {
    let engine = py.detach(|| crm_surface::text::load(Dialect::Canonical, op, args, &[]));
    engine.map(|engine| Handle { engine }).map_err(|refusal| raise::text(py, &refusal))
}

/// Calls a method of a loaded engine; arguments and result are canonical JSON.
#[pyfunction]
#[pyo3(signature = (handle, op, args, /))]
fn engine_call_text<'py>(
    py: Python<'py>,
    handle: &Bound<'py, Handle>,
    op: &str,
    args: &[u8],
) -> PyResult<Bound<'py, PyString>> {
    let engine = &handle.get().engine;
    answer(py, py.detach(|| crm_surface::text::engine_call(engine, Dialect::Canonical, op, args, &[])))
}

/// An answer as a Python text, made under the guard: it may be long.
fn answer<'py>(py: Python<'py>, answer: Result<String, String>) -> PyResult<Bound<'py, PyString>> {
    let text = answer.map_err(|refusal| raise::text(py, &refusal))?;
    let classes = classes(py)?;
    guard(|| Ok(PyString::new(py, &text))).map_err(|refusal| raise::refusal(py, classes, &refusal))
}

/// The native half of `crm_core`.
#[pymodule]
fn _native(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_class::<Handle>()?;
    module.add_function(wrap_pyfunction!(call, module)?)?;
    module.add_function(wrap_pyfunction!(load, module)?)?;
    module.add_function(wrap_pyfunction!(load_document, module)?)?;
    module.add_function(wrap_pyfunction!(engine_call, module)?)?;
    module.add_function(wrap_pyfunction!(make, module)?)?;
    module.add_function(wrap_pyfunction!(check_decimal, module)?)?;
    module.add_function(wrap_pyfunction!(check_date, module)?)?;
    module.add_function(wrap_pyfunction!(call_text, module)?)?;
    module.add_function(wrap_pyfunction!(load_text, module)?)?;
    module.add_function(wrap_pyfunction!(engine_call_text, module)?)?;
    module.add("__version__", env!("CARGO_PKG_VERSION"))
}
