//! The generated part of the Python package: frozen dataclasses, enums, functions, engines and the registry by which
//! the native reader and writer find the classes.

mod checks;
mod docstring;
mod shapes;

use std::{
    collections::{HashMap, HashSet},
    fmt::Write as _,
    fs,
    path::PathBuf,
};

use docstring::docstring;

use super::{
    NOTICE,
    model::{Call, Engine, Enum, Field, Model, Record, Type},
};
use crate::workspace;

/// The conformance kit.
const KIT: &str = "tests/conformance/kit.json";
const PACKAGE: &str = "bindings/python/python/crm_core";

/// The generated files, each with its path from the workspace root.
pub fn files(model: &Model) -> Vec<(PathBuf, String)> {
    let emitter = Emitter::new(model);
    let mut files = vec![
        ("_types.py", emitter.types()),
        ("_calls.py", emitter.calls()),
        ("_engines.py", emitter.engines()),
        ("_registry.py", emitter.registry()),
        ("_shapes.py", shapes::module(model)),
        ("__init__.py", emitter.package()),
    ];
    // The kit ships inside the package: a copy, because a wheel can't hold a file from outside its folder.
    if let Ok(kit) = workspace::root().and_then(|root| fs::read_to_string(root.join(KIT)).map_err(|e| e.to_string())) {
        files.push(("kit.json", kit));
    }
    files.into_iter().map(|(name, text)| (PathBuf::from(PACKAGE).join(name), text)).collect()
}

/// A name as Python can say it: a keyword gets an underscore behind it.
fn attribute(wire: &str) -> String {
    const KEYWORDS: &[&str] = &[
        "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del", "elif", "else", "except",
        "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal", "not", "or", "pass",
        "raise", "return", "try", "while", "with", "yield",
    ];
    if KEYWORDS.contains(&wire) { format!("{wire}_") } else { wire.to_owned() }
}

/// The class of a variant that holds data: `ConditionAll`.
fn variant_class(of: &Enum, variant: &str) -> String {
    format!("{}{variant}", of.name)
}

/// What a named type is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Named {
    Record,
    Choice,
    Union,
}

pub(super) fn named(model: &Model) -> HashMap<&str, Named> {
    let records = model.records.iter().map(|record| (record.name.as_str(), Named::Record));
    let enums =
        model.enums.iter().map(|item| (item.name.as_str(), if item.unit { Named::Choice } else { Named::Union }));
    records.chain(enums).collect()
}

struct Emitter<'m> {
    model: &'m Model,
    named: HashMap<&'m str, Named>,
}

impl<'m> Emitter<'m> {
    fn new(model: &'m Model) -> Self {
        Self { model, named: named(model) }
    }

    /// The type of a value that comes out, and of a field.
    fn given(&self, ty: &Type) -> String {
        match ty {
            Type::Boolean => "bool".into(),
            Type::Integer => "int".into(),
            Type::Text => "str".into(),
            Type::Decimal => "Decimal".into(),
            Type::Date => "datetime.date".into(),
            Type::Identifier(name) | Type::Parameter(name) | Type::Engine(name) => name.clone(),
            Type::Scalar => "Scalar".into(),
            Type::Value => "Value".into(),
            Type::Named(name, arguments) if arguments.is_empty() => name.clone(),
            Type::Named(name, arguments) => {
                let arguments: Vec<String> = arguments.iter().map(|argument| self.given(argument)).collect();
                format!("{name}[{}]", arguments.join(", "))
            }
            Type::Optional(inner) => format!("{} | None", self.given(inner)),
            Type::List(inner) => format!("tuple[{}, ...]", self.given(inner)),
            Type::Map(key, value) => format!("Mapping[{}, {}]", self.given(key), self.given(value)),
            Type::Nothing => "None".into(),
        }
    }

    /// The type of what may go in: a dataclass or a mapping, a decimal or its text.
    fn taken(&self, ty: &Type) -> String {
        match ty {
            Type::Decimal => "Decimal | str".into(),
            Type::Date => "datetime.date | str".into(),
            Type::Identifier(_) => "str".into(),
            Type::Named(name, _) if self.named.get(name.as_str()) == Some(&Named::Choice) => format!("{name} | str"),
            Type::Named(..) => format!("{} | Mapping[str, Any]", self.given(ty)),
            Type::Optional(inner) => format!("{} | None", self.taken(inner)),
            Type::List(inner) => format!("Sequence[{}]", self.taken(inner)),
            // The keys of a Mapping are invariant: a mapping by text is a type of its own.
            Type::Map(key, value) if **key == Type::Text => format!("Mapping[str, {}]", self.taken(value)),
            Type::Map(key, value) => {
                let value = self.taken(value);
                format!("Mapping[{}, {value}] | Mapping[str, {value}]", self.given(key))
            }
            other => self.given(other),
        }
    }

    fn types(&self) -> String {
        let mut out = header(
            "Records, choices and identifiers.",
            "import datetime\nfrom collections.abc import Mapping\nfrom dataclasses import KW_ONLY, dataclass\nfrom dataclasses import field as _field\n\
             from decimal import Decimal\nfrom typing import Generic, NewType, TypeAlias, TypeVar, Union\n\n\
             from ._choice import Choice\n",
        );
        out.push_str(checks::IMPORT);
        _ = writeln!(out, "\n__all__ = [\n{}]\n", lines(&self.type_names(), |name| format!("{name:?},")));
        out.push_str("Scalar: TypeAlias = Union[str, int, bool, Decimal, datetime.date, None]\n");
        out.push_str("\"\"\"One value of any kind; what it must be is declared elsewhere.\"\"\"\n\n");
        out.push_str("Value: TypeAlias = Union[str, int, bool, Decimal, datetime.date]\n");
        out.push_str("\"\"\"A value of a declared type.\"\"\"\n");
        for identifier in &self.model.identifiers {
            _ = write!(out, "\n{0} = NewType(\"{0}\", str)\n", identifier.name);
            docstring(&mut out, 0, &identifier.docs, &[]);
        }
        let mut parameters: Vec<&str> =
            self.model.records.iter().flat_map(|record| record.parameters.iter().map(String::as_str)).collect();
        parameters.sort_unstable();
        parameters.dedup();
        for parameter in parameters {
            _ = write!(out, "\n{parameter} = TypeVar({parameter:?})\n");
        }
        for item in self.model.enums.iter().filter(|item| item.unit) {
            choice(&mut out, item);
        }
        for record in &self.model.records {
            self.record(&mut out, record);
        }
        for item in self.model.enums.iter().filter(|item| !item.unit) {
            self.union(&mut out, item);
        }
        out
    }

    fn record(&self, out: &mut String, record: &Record) {
        let base = if record.parameters.is_empty() {
            String::new()
        } else {
            format!("(Generic[{}])", record.parameters.join(", "))
        };
        self.dataclass(out, &format!("{}{base}", record.name), &record.docs, &record.fields);
        checks::checks(out, &record.fields);
    }

    fn union(&self, out: &mut String, item: &Enum) {
        for variant in &item.variants {
            self.dataclass(out, &variant_class(item, &variant.name), &variant.docs, &variant.fields);
            checks::checks(out, &variant.fields);
        }
        _ = writeln!(out, "\n\n{}: TypeAlias = Union[", item.name);
        for variant in &item.variants {
            _ = writeln!(out, "    {},", variant_class(item, &variant.name));
        }
        out.push_str("]\n");
        docstring(out, 0, &item.docs, &[]);
    }

    fn dataclass(&self, out: &mut String, head: &str, docs: &[String], fields: &[Field]) {
        _ = writeln!(out, "\n\n@dataclass(frozen=True, slots=True)\nclass {head}:");
        let named: Vec<(String, &[String])> =
            fields.iter().map(|field| (attribute(&field.name), field.docs.as_slice())).collect();
        docstring(out, 4, docs, &[("Attributes", &named)]);
        if !fields.is_empty() {
            out.push('\n');
        }
        let optional = |field: &Field| matches!(field.ty, Type::Optional(_));
        let first = fields.iter().position(optional);
        // An optional field may be left out; where one that may not follows it, both go by name.
        let by_name = first.filter(|first| fields.iter().skip(*first).any(|field| !optional(field)));
        for (index, field) in fields.iter().enumerate() {
            if by_name == Some(index) {
                out.push_str("    _: KW_ONLY\n");
            }
            // `repr` leaves out what Rust's `Debug` does. A field of a record may be named `field`: `_field` none can be.
            let default = match (optional(field), field.personal) {
                (false, false) => "",
                (true, false) => " = None",
                (false, true) => " = _field(repr=False)",
                (true, true) => " = _field(default=None, repr=False)",
            };
            _ = writeln!(out, "    {}: {}{default}", attribute(&field.name), self.given(&field.ty));
        }
    }

    fn calls(&self) -> String {
        let mut body = String::new();
        for call in &self.model.calls {
            let (name, result) = (attribute(&call.name), self.given(&call.result));
            _ = write!(body, "\n\ndef {name}({}) -> {result}:\n", self.parameters(call));
            self.body(&mut body, 4, call, &format!("_call({:?}, {})", call.op, arguments(call)));
        }
        let names: Vec<String> = self.model.calls.iter().map(|call| attribute(&call.name)).collect();
        self.module("Functions.", "call as _call", &names, &body)
    }

    fn engines(&self) -> String {
        let mut body = String::new();
        for engine in &self.model.engines {
            self.engine(&mut body, engine);
        }
        let calls: Vec<&str> = ["_engine_call", "_load", "_load_document", "_make"]
            .into_iter()
            .filter(|name| body.contains(&format!(" {name}(")))
            .collect();
        let native: Vec<String> =
            calls.iter().map(|name| format!("{} as {name}", name.trim_start_matches('_'))).collect();
        let native = format!("{}\nfrom ._engine import Engine as _Engine", native.join(", "));
        let names: Vec<String> = self.model.engines.iter().map(|engine| engine.name.clone()).collect();
        self.module("Engines: loaded once, immutable, shared between threads.", &native, &names, &body)
    }

    fn engine(&self, out: &mut String, engine: &Engine) {
        let name = &engine.name;
        _ = writeln!(out, "\n\n@final\nclass {name}(_Engine):");
        docstring(out, 4, &engine.docs, &[]);
        // The first operation that makes one, for whoever tries the class itself.
        let maker = self.model.operations().find(|call| call.makes() == Some(name)).map_or("", |call| &call.op);
        _ = write!(
            out,
            "\n    __slots__ = ()\n\n    def __init__(self) -> None:\n        \
             raise TypeError(\"{name} is made by {maker}(…)\")\n"
        );
        for maker in &engine.makers {
            let separator = if maker.params.is_empty() { "" } else { ", " };
            let document = if maker.takes_document() { " | str | bytes" } else { "" };
            let (call, params, made) = (attribute(&maker.name), self.parameters(maker), self.given(&maker.result));
            // A param may be named as the call is.
            _ = write!(out, "\n    @classmethod\n    def {call}(cls{separator}{params}{document}) -> {made}:\n");
            let open = match maker.params.as_slice() {
                [record] if maker.takes_document() => {
                    format!("_load_document({:?}, {})", maker.op, attribute(&record.name))
                }
                _ => format!("_load({:?}, {})", maker.op, arguments(maker)),
            };
            self.making(out, maker, &open);
        }
        for method in &engine.methods {
            let separator = if method.params.is_empty() { "" } else { ", " };
            _ = write!(
                out,
                "\n    def {}(self{separator}{}) -> {}:\n",
                attribute(&method.name),
                self.parameters(method),
                self.given(&method.result)
            );
            let crossing = |entry: &str| format!("{entry}(self._handle, {:?}, {})", method.op, arguments(method));
            if method.makes().is_some() {
                self.making(out, method, &crossing("_make"));
            } else {
                self.body(out, 8, method, &crossing("_engine_call"));
            }
            if let Some(item) = self.item(method) {
                out.push_str(&item);
            }
        }
    }

    /// An engine around the handle that `open` gives.
    fn making(&self, out: &mut String, call: &Call, open: &str) {
        self.call_docstring(out, 8, call);
        let made = self.given(&call.result);
        _ = write!(
            out,
            "        _engine = object.__new__({made})\n        _engine._handle = {open}\n        return _engine\n"
        );
    }

    /// `engine[key]` beside `get`, as a dict has it.
    fn item(&self, method: &Call) -> Option<String> {
        let (Type::Optional(held), [key]) = (&method.result, method.params.as_slice()) else { return None };
        (method.name == "get").then(|| {
            let (name, key_type, held) = (attribute(&key.name), self.taken(&key.ty), self.given(held));
            format!(
                "\n    def __getitem__(self, {name}: {key_type}) -> {held}:\n        \
                 \"\"\"As ``get``, with ``KeyError`` in place of nothing.\"\"\"\n        \
                 _found = self.get({name})\n        if _found is None:\n            \
                 raise KeyError(\"no such entry, or it may not be seen\")\n        return _found\n"
            )
        })
    }

    fn parameters(&self, call: &Call) -> String {
        let last_needed = call.params.iter().rposition(|param| !matches!(param.ty, Type::Optional(_)));
        let mut list = Vec::new();
        for (index, param) in call.params.iter().enumerate() {
            let default = if last_needed.is_none_or(|last| index > last) { " = None" } else { "" };
            list.push(format!("{}: {}{default}", attribute(&param.name), self.taken(&param.ty)));
        }
        list.join(", ")
    }

    fn call_docstring(&self, out: &mut String, indent: usize, call: &Call) {
        let params: Vec<(String, &[String])> = call
            .params
            .iter()
            .filter(|param| !param.docs.is_empty())
            .map(|param| (attribute(&param.name), param.docs.as_slice()))
            .collect();
        let document = [DOCUMENT.to_owned()];
        let params: Vec<(String, &[String])> = match call.params.as_slice() {
            [record] if call.takes_document() => vec![(attribute(&record.name), document.as_slice())],
            _ => params,
        };
        docstring(out, indent, &call.docs, &[("Args", &params)]);
    }

    fn body(&self, out: &mut String, indent: usize, call: &Call, expression: &str) {
        self.call_docstring(out, indent, call);
        let pad = " ".repeat(indent);
        // The annotation, unlike a cast, costs nothing when it runs.
        _ = write!(out, "{pad}_result: {} = {expression}\n{pad}return _result\n", self.given(&call.result));
    }

    /// A module of functions: only what its body names is imported.
    fn module(&self, doc: &str, native: &str, names: &[String], body: &str) -> String {
        let words: HashSet<&str> = body.split(|letter: char| !letter.is_alphanumeric() && letter != '_').collect();
        let used = |wanted: &[&'static str]| -> Vec<&str> {
            wanted.iter().copied().filter(|name| words.contains(name)).collect()
        };
        let mut imports = String::new();
        if words.contains("datetime") {
            imports.push_str("import datetime\n");
        }
        for (module, wanted) in [
            ("collections.abc", used(&["Mapping", "Sequence"])),
            ("decimal", used(&["Decimal"])),
            ("typing", used(&["Any", "final"])),
        ] {
            if !wanted.is_empty() {
                _ = writeln!(imports, "from {module} import {}", wanted.join(", "));
            }
        }
        _ = writeln!(imports, "\nfrom ._native import {native}");
        let types: Vec<String> = self.type_names().into_iter().filter(|name| words.contains(name.as_str())).collect();
        if !types.is_empty() {
            _ = writeln!(imports, "from ._types import (\n{})", lines(&types, |name| format!("{name},")));
        }
        let all = lines(names, |name| format!("{name:?},"));
        format!("{}\n__all__ = [\n{all}]\n{body}", header(doc, &imports))
    }

    /// Every name of `_types.py` that users need.
    fn type_names(&self) -> Vec<String> {
        let mut names: Vec<String> = vec!["Scalar".into(), "Value".into()];
        names.extend(self.model.identifiers.iter().map(|identifier| identifier.name.clone()));
        names.extend(self.model.records.iter().map(|record| record.name.clone()));
        for item in &self.model.enums {
            names.push(item.name.clone());
            if !item.unit {
                names.extend(item.variants.iter().map(|variant| variant_class(item, &variant.name)));
            }
        }
        names.sort();
        names
    }

    fn registry(&self) -> String {
        let mut out = header(
            "The classes by their Rust names, for the native reader and writer.",
            "from typing import Any\n\nfrom . import _types as t\n",
        );
        out.push_str("\nRECORDS: dict[str, tuple[type[Any], tuple[tuple[str, str], ...]]] = {\n");
        for record in &self.model.records {
            _ = writeln!(out, "    {:?}: (t.{}, {}),", record.name, record.name, fields(&record.fields));
        }
        out.push_str("}\n\nVARIANTS: dict[str, dict[str, tuple[type[Any], tuple[tuple[str, str], ...]]]] = {\n");
        for item in self.model.enums.iter().filter(|item| !item.unit) {
            _ = writeln!(out, "    {:?}: {{", item.name);
            for variant in &item.variants {
                let class = variant_class(item, &variant.name);
                _ = writeln!(out, "        {:?}: (t.{class}, {}),", variant.wire, fields(&variant.fields));
            }
            out.push_str("    },\n");
        }
        out.push_str("}\n\nCHOICES: dict[str, dict[str, Any]] = {\n");
        for item in self.model.enums.iter().filter(|item| item.unit) {
            _ = writeln!(out, "    {0:?}: {{member.value: member for member in t.{0}}},", item.name);
        }
        out.push_str("}\n");
        out
    }

    fn package(&self) -> String {
        let sorted = |mut names: Vec<String>| {
            names.sort();
            names
        };
        let calls = sorted(self.model.calls.iter().map(|call| attribute(&call.name)).collect());
        let engines = sorted(self.model.engines.iter().map(|engine| engine.name.clone()).collect());
        let errors = vec!["CrmError".to_owned(), "Fault".to_owned()];
        let modules = [("_calls", calls), ("_engines", engines), ("_errors", errors), ("_types", self.type_names())];
        let mut out = format!("# {NOTICE}\n{PACKAGE_DOC}");
        for (module, names) in modules.iter().filter(|(_, names)| !names.is_empty()) {
            _ = writeln!(out, "from .{module} import (\n{})", lines(names, |name| format!("{name},")));
        }
        let mut all: Vec<String> = modules.into_iter().flat_map(|(_, names)| names).collect();
        all.push("__version__".into());
        _ = write!(
            out,
            "from ._version import __version__\n\n__all__ = [\n{}]\n",
            lines(&sorted(all), |name| format!("{name:?},"))
        );
        out
    }
}

/// What a load from one record takes beside the record.
const DOCUMENT: &str = "The record, or the text or bytes of a document of canonical JSON that holds it.";

/// One name a line.
fn lines(names: &[String], write: impl Fn(&String) -> String) -> String {
    names.iter().map(|name| format!("    {}\n", write(name))).collect()
}

const PACKAGE_DOC: &str = r#"
"""The part of an insurer's customer system that has to be right.

Records go in as the frozen dataclasses of this package or as plain dicts; amounts are ``decimal.Decimal``, days are
``datetime.date``. What the core does not accept raises :class:`CrmError` with a permanent ``code`` and the ``path`` of
the fault. A ``float`` is never taken for an amount, nor a ``datetime`` for a day.

Making a dataclass checks its own decimals and days; everything else is checked by the call that takes the record.
"""

"#;

fn choice(out: &mut String, item: &Enum) {
    _ = writeln!(out, "\n\nclass {}(Choice):", item.name);
    docstring(out, 4, &item.docs, &[]);
    for variant in &item.variants {
        _ = writeln!(out, "\n    {} = {:?}", variant.wire.to_uppercase(), variant.wire);
        docstring(out, 4, &variant.docs, &[]);
    }
}

/// `(("amount", "amount"), ("from", "from_"))`
fn fields(fields: &[Field]) -> String {
    let pairs: Vec<String> =
        fields.iter().map(|field| format!("({:?}, {:?})", field.name, attribute(&field.name))).collect();
    tuple(&pairs)
}

fn arguments(call: &Call) -> String {
    tuple(&call.params.iter().map(|param| attribute(&param.name)).collect::<Vec<_>>())
}

fn tuple(items: &[String]) -> String {
    match items {
        [one] => format!("({one},)"),
        many => format!("({})", many.join(", ")),
    }
}

fn header(doc: &str, imports: &str) -> String {
    format!("# {NOTICE}\n\"\"\"{doc}\"\"\"\n\nfrom __future__ import annotations\n\n{imports}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(name: &str, ty: Type) -> Field {
        Field::new(name, Vec::new(), ty)
    }

    #[test]
    fn a_keyword_keeps_its_name_on_the_wire() {
        assert_eq!(
            fields(&[field("from", Type::Date), field("to", Type::Date)]),
            r#"(("from", "from_"), ("to", "to"))"#
        );
    }

    #[test]
    fn a_persons_value_stays_out_of_repr() {
        let model = Model::default();
        let emitter = Emitter::new(&model);
        let mut out = String::new();
        let mut birth = field("birth", Type::Optional(Box::new(Type::Date)));
        birth.personal = true;
        let mut number = field("number", Type::Identifier("Personal".into()));
        number.personal = true;
        emitter.dataclass(&mut out, "A", &[], &[number, field("region", Type::Text), birth]);
        assert!(out.contains("    number: Personal = _field(repr=False)\n    region: str\n"), "{out}");
        assert!(out.ends_with("    birth: datetime.date | None = _field(default=None, repr=False)\n"), "{out}");
    }

    #[test]
    fn a_field_that_must_be_given_after_one_that_need_not_goes_by_name() {
        let model = Model::default();
        let emitter = Emitter::new(&model);
        let mut out = String::new();
        let optional = Type::Optional(Box::new(Type::Text));
        emitter.dataclass(&mut out, "A", &[], &[field("a", Type::Text), field("b", optional.clone())]);
        assert!(!out.contains("KW_ONLY"), "{out}");
        emitter.dataclass(&mut out, "B", &[], &[field("b", optional), field("a", Type::Text)]);
        assert!(out.contains("    _: KW_ONLY\n    b: str | None = None\n    a: str\n"), "{out}");
    }
}
