//! Engines among the arguments of a call.

use pyo3::{
    intern,
    prelude::*,
    types::{PyList, PyTuple},
};

use crate::{Handle, classes::Classes};

/// The handles of the engines that stand among the arguments or in a list there, in their order.
pub(crate) fn handles<'py>(classes: &Classes, args: &Bound<'py, PyTuple>) -> PyResult<Vec<Bound<'py, Handle>>> {
    let mut handles = Vec::new();
    for argument in args.iter() {
        if is_engine(classes, &argument) {
            handles.extend(handle(&argument));
        } else if let Ok(list) = argument.cast::<PyList>() {
            collect(classes, list.iter(), &mut handles);
        } else if let Ok(list) = argument.cast::<PyTuple>() {
            collect(classes, list.iter(), &mut handles);
        }
    }
    Ok(handles)
}

/// The engines of a list, up to the first item that is none: there the reader refuses the list.
fn collect<'py>(
    classes: &Classes,
    items: impl Iterator<Item = Bound<'py, PyAny>>,
    handles: &mut Vec<Bound<'py, Handle>>,
) {
    handles.extend(items.take_while(|item| is_engine(classes, item)).filter_map(|item| handle(&item)));
}

/// Whether a value is an engine of the package.
pub(crate) fn is_engine(classes: &Classes, value: &Bound<'_, PyAny>) -> bool {
    value.get_type().is_subclass(classes.engine.bind(value.py())).unwrap_or(false)
}

/// The native half of an engine; none for one that was made around its own constructors.
pub(crate) fn handle<'py>(engine: &Bound<'py, PyAny>) -> Option<Bound<'py, Handle>> {
    engine.getattr(intern!(engine.py(), "_handle")).ok()?.cast_into::<Handle>().ok()
}
