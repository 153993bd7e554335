//! The generated Python classes, looked up once per process by their Rust name.

use std::collections::HashMap;

use crm_surface::guard::guard;
use pyo3::{
    exceptions::PyMemoryError,
    prelude::*,
    sync::PyOnceLock,
    types::{PyDict, PyString, PyTuple, PyType},
};

/// A generated dataclass and its fields in the order of the Rust fields.
pub(crate) struct Record {
    pub(crate) class: Py<PyType>,
    pub(crate) fields: Vec<FieldName>,
}

/// A field: its name on the wire and the Python attribute (`from` is `from_` in Python).
pub(crate) struct FieldName {
    pub(crate) wire: String,
    pub(crate) attribute: Py<PyString>,
}

/// What the reader and the writer need from Python's side.
pub(crate) struct Classes {
    records: HashMap<String, Record>,
    variants: HashMap<String, Vec<(String, Record)>>,
    choices: HashMap<String, HashMap<String, Py<PyAny>>>,
    /// `decimal.Decimal`
    pub(crate) decimal: Py<PyType>,
    /// `decimal.Decimal.__str__`, unbound, so that a subclass can't put words in a number's mouth.
    pub(crate) decimal_text: Py<PyAny>,
    /// `datetime.date`
    pub(crate) date: Py<PyType>,
    /// `datetime.datetime`
    pub(crate) datetime: Py<PyType>,
    /// `datetime.date.isoformat`, unbound.
    pub(crate) date_text: Py<PyAny>,
    /// `datetime.date.fromisoformat`
    pub(crate) date_parse: Py<PyAny>,
    /// `collections.abc.Mapping`
    pub(crate) mapping: Py<PyType>,
    /// `object.__new__`
    pub(crate) allocate: Py<PyAny>,
    /// `crm_core._engine.Engine`, the base of every engine.
    pub(crate) engine: Py<PyType>,
    /// `crm_core.CrmError.of`
    pub(crate) error: Py<PyAny>,
}

static CLASSES: PyOnceLock<Classes> = PyOnceLock::new();

/// The classes; imported on the first call, when the package is complete.
pub(crate) fn classes(py: Python<'_>) -> PyResult<&'static Classes> {
    // A `static` gives `'static`; the cell itself is only read while attached.
    // A panic here is pyo3's answer to an allocation that failed.
    let read = || Ok(CLASSES.get_or_try_init(py, || Classes::import(py)));
    guard(read).unwrap_or_else(|_| Err(PyMemoryError::new_err(())))
}

impl Classes {
    fn import(py: Python<'_>) -> PyResult<Self> {
        let registry = py.import("crm_core._registry")?;
        let mut records = HashMap::new();
        for (name, entry) in dict(&registry, "RECORDS")?.iter() {
            records.insert(name.extract::<String>()?, record(&entry)?);
        }
        let mut variants = HashMap::new();
        for (name, entries) in dict(&registry, "VARIANTS")?.iter() {
            let mut list = Vec::new();
            for (wire, entry) in entries.cast::<PyDict>()?.iter() {
                list.push((wire.extract::<String>()?, record(&entry)?));
            }
            variants.insert(name.extract::<String>()?, list);
        }
        let mut choices = HashMap::new();
        for (name, entries) in dict(&registry, "CHOICES")?.iter() {
            let mut members = HashMap::new();
            for (wire, member) in entries.cast::<PyDict>()?.iter() {
                members.insert(wire.extract::<String>()?, member.unbind());
            }
            choices.insert(name.extract::<String>()?, members);
        }
        let decimal = class(py, "decimal", "Decimal")?;
        let date = class(py, "datetime", "date")?;
        Ok(Self {
            records,
            variants,
            choices,
            decimal_text: decimal.getattr("__str__")?.unbind(),
            decimal: decimal.unbind(),
            date_text: date.getattr("isoformat")?.unbind(),
            date_parse: date.getattr("fromisoformat")?.unbind(),
            date: date.unbind(),
            datetime: class(py, "datetime", "datetime")?.unbind(),
            mapping: class(py, "collections.abc", "Mapping")?.unbind(),
            allocate: class(py, "builtins", "object")?.getattr("__new__")?.unbind(),
            engine: class(py, "crm_core._engine", "Engine")?.unbind(),
            error: py.import("crm_core._errors")?.getattr("CrmError")?.getattr("_of")?.unbind(),
        })
    }

    /// The dataclass of a struct.
    pub(crate) fn record(&self, name: &str) -> Option<&Record> {
        self.records.get(name)
    }

    /// The dataclass of a variant that holds data; `index` is its place among the variants.
    pub(crate) fn variant(&self, name: &str, index: u32, variant: &str) -> Option<&Record> {
        let entry = self.variants.get(name)?.get(usize::try_from(index).ok()?);
        entry.filter(|(wire, _)| wire == variant).map(|(_, record)| record)
    }

    /// The variant of an enum whose dataclass `value` is.
    pub(crate) fn variant_of(&self, name: &str, value: &Bound<'_, PyAny>) -> Option<(&str, &Record)> {
        let class = value.get_type();
        let list = self.variants.get(name)?;
        let found = list.iter().find(|(_, record)| record.class.is(&class));
        found.map(|(wire, record)| (wire.as_str(), record))
    }

    /// The member of an enum without data.
    pub(crate) fn choice(&self, name: &str, variant: &str) -> Option<&Py<PyAny>> {
        self.choices.get(name)?.get(variant)
    }

    /// Whether `value` is an instance of any generated dataclass.
    pub(crate) fn is_generated(&self, value: &Bound<'_, PyAny>) -> bool {
        let class = value.get_type();
        let mut all = self.records.values().chain(self.variants.values().flatten().map(|(_, record)| record));
        all.any(|record| record.class.is(&class))
    }
}

fn class<'py>(py: Python<'py>, module: &str, name: &str) -> PyResult<Bound<'py, PyType>> {
    Ok(py.import(module)?.getattr(name)?.cast_into::<PyType>()?)
}

fn dict<'py>(module: &Bound<'py, PyModule>, name: &str) -> PyResult<Bound<'py, PyDict>> {
    Ok(module.getattr(name)?.cast_into::<PyDict>()?)
}

/// Reads `(class, ((wire, attribute), …))`.
fn record(entry: &Bound<'_, PyAny>) -> PyResult<Record> {
    let (class, names) = entry.extract::<(Bound<'_, PyType>, Bound<'_, PyTuple>)>()?;
    let mut fields = Vec::with_capacity(names.len());
    for name in names.iter() {
        let (wire, attribute) = name.extract::<(String, String)>()?;
        fields.push(FieldName { wire, attribute: PyString::intern(entry.py(), &attribute).unbind() });
    }
    Ok(Record { class: class.unbind(), fields })
}
