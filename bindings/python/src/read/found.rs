//! What a Python object is: its word of ADR 2, and the text of a native decimal or date.

use crm_core::{
    refusal::{Code, Fault},
    wire::{Error, INTEGER_MAX, INTEGER_MIN, MAX_DEPTH, MAX_TEXT},
};
use pyo3::{
    prelude::*,
    types::{
        PyBool, PyByteArray, PyBytes, PyDate, PyDateAccess, PyDict, PyFloat, PyInt, PyList, PyMemoryView, PyString,
        PyTuple,
    },
};

use crate::{classes::Classes, given};

/// The word for what was found.
pub(super) fn word(classes: &Classes, value: &Bound<'_, PyAny>) -> &'static str {
    if value.is_none() {
        "null"
    } else if value.is_instance_of::<PyBool>() {
        "boolean"
    } else if value.is_instance_of::<PyInt>() {
        "integer"
    } else if let Ok(float) = value.cast::<PyFloat>() {
        if float.value().is_finite() { "float" } else { "nan" }
    } else if value.is_instance_of::<PyString>() {
        "text"
    } else if value.is_instance_of::<PyList>() || value.is_instance_of::<PyTuple>() {
        "list"
    } else if let Ok(dict) = value.cast::<PyDict>() {
        // Keys that are no texts: what JavaScript says with a Map.
        if dict.keys().iter().all(|key| key.is_instance_of::<PyString>()) { "object" } else { "map" }
    } else if is_mapping(classes, value) || classes.is_generated(value) {
        "object"
    } else if is_decimal(classes, value) {
        "decimal"
    } else if value.get_type().is_subclass(classes.datetime.bind(value.py())).unwrap_or(false) {
        "datetime"
    } else if is_date(classes, value) {
        "date"
    } else if value.is_instance_of::<PyBytes>()
        || value.is_instance_of::<PyByteArray>()
        || value.is_instance_of::<PyMemoryView>()
    {
        "bytes"
    } else if given::is_engine(classes, value) {
        "engine"
    } else if value.is_callable() {
        "function"
    } else {
        "other"
    }
}

/// The tag that a native value has in canonical JSON as a typed value.
pub(super) fn value_tag(classes: &Classes, value: &Bound<'_, PyAny>) -> Option<&'static str> {
    match word(classes, value) {
        tag @ ("text" | "integer" | "boolean" | "decimal" | "date") => Some(tag),
        _ => None,
    }
}

/// The refusal of a value that is not of the expected kind.
pub(super) fn mismatch(
    classes: &Classes,
    value: &Bound<'_, PyAny>,
    refused: impl FnOnce(&'static str) -> Error,
) -> Error {
    // Half of a surrogate pair is refused as such wherever it stands: no other host can hand it over as a text.
    if let Ok(given) = value.cast::<PyString>()
        && given.to_str().is_err()
    {
        return Error::new(Code::WireTextSurrogate);
    }
    refused(word(classes, value))
}

/// A text within the limits.
pub(super) fn text<'t>(text: &'t Bound<'_, PyString>) -> Result<&'t str, Error> {
    // Counted in code points first: a text of ten megabytes is not even encoded.
    let long = text.code_point_len().is_ok_and(|points| points > MAX_TEXT);
    let read =
        if long { Err(text_too_long()) } else { text.to_str().map_err(|_| Error::new(Code::WireTextSurrogate)) }?;
    if read.len() > MAX_TEXT { Err(text_too_long()) } else { Ok(read) }
}

/// A `Mapping` by its class; the object itself is not asked.
pub(super) fn is_mapping(classes: &Classes, value: &Bound<'_, PyAny>) -> bool {
    let class = value.get_type();
    class.is_subclass(classes.mapping.bind(value.py())).unwrap_or(false)
}

/// A `decimal.Decimal`.
pub(super) fn is_decimal(classes: &Classes, value: &Bound<'_, PyAny>) -> bool {
    let class = value.get_type();
    class.is(&classes.decimal) || class.mro().iter().any(|base| base.is(&classes.decimal))
}

/// A `datetime.date` that has no time.
pub(super) fn is_date(classes: &Classes, value: &Bound<'_, PyAny>) -> bool {
    let class = value.get_type();
    class.is(&classes.date)
        || class.mro().iter().any(|base| base.is(&classes.date))
            && !class.mro().iter().any(|base| base.is(&classes.datetime))
}

/// The text of a `Decimal`.
///
/// Python writes a large exponent as an exponent, so the text has as many digits as the number and nothing is expanded
/// on the way to the core, which knows the notation and its limits.
pub(super) fn decimal_text(classes: &Classes, value: &Bound<'_, PyAny>) -> Result<String, Error> {
    let written = classes.decimal_text.bind(value.py()).call1((value,)).and_then(|text| text.extract::<String>());
    written.map_err(|_| Error::new(Code::WireDecimalInvalid))
}

/// The text of a `date`, read through `date` itself: a subclass can't say another day than the one it holds.
pub(super) fn date_text(classes: &Classes, value: &Bound<'_, PyAny>) -> Result<String, Error> {
    if let Ok(date) = value.cast_exact::<PyDate>() {
        return Ok(format!("{:04}-{:02}-{:02}", date.get_year(), date.get_month(), date.get_day()));
    }
    let written = classes.date_text.bind(value.py()).call1((value,)).and_then(|text| text.extract::<String>());
    written.map_err(|_| Error::new(Code::CalendarDateInvalid))
}

pub(super) fn depth_error() -> Error {
    Fault::new(Code::WireDepth).with("limit", MAX_DEPTH).into()
}

pub(super) fn integer_range() -> Error {
    Fault::new(Code::WireIntegerRange).with("min", INTEGER_MIN).with("max", INTEGER_MAX).into()
}

fn text_too_long() -> Error {
    Fault::new(Code::WireTextTooLong).with("limit", MAX_TEXT).into()
}
