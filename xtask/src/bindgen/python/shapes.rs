//! The shapes of values as data: with them `crm_core.selfcheck` writes canonical JSON without the native library.

use std::{collections::HashMap, fmt::Write as _};

use super::{Named, header, named, tuple, variant_class};
use crate::bindgen::model::{Field, Model, Type};

pub(super) fn module(model: &Model) -> String {
    let named = named(model);
    let mut out = header("The shapes of values, for the self-check.", "from typing import Any\n");
    out.push_str("\nRECORDS: dict[str, tuple[tuple[str, ...], tuple[Any, ...]]] = {\n");
    for record in &model.records {
        let parameters: Vec<String> = record.parameters.iter().map(|name| format!("{name:?}")).collect();
        _ = writeln!(out, "    {:?}: ({}, {}),", record.name, tuple(&parameters), fields(&named, &record.fields));
    }
    out.push_str("}\n\nVARIANTS: dict[str, dict[str, tuple[str, tuple[Any, ...]]]] = {\n");
    for item in model.enums.iter().filter(|item| !item.unit) {
        _ = writeln!(out, "    {:?}: {{", item.name);
        for variant in &item.variants {
            let class = variant_class(item, &variant.name);
            _ = writeln!(out, "        {:?}: ({class:?}, {}),", variant.wire, fields(&named, &variant.fields));
        }
        out.push_str("    },\n");
    }
    out.push_str("}\n\nOPS: dict[str, tuple[tuple[Any, ...], Any]] = {\n");
    for call in model.operations() {
        let (params, result) = (fields(&named, &call.params), shape(&named, &call.result));
        _ = writeln!(out, "    {:?}: ({params}, {result}),", call.op);
    }
    out.push_str("}\n");
    out
}

fn fields(named: &HashMap<&str, Named>, fields: &[Field]) -> String {
    tuple(&fields.iter().map(|field| format!("({:?}, {})", field.name, shape(named, &field.ty))).collect::<Vec<_>>())
}

fn shape(named: &HashMap<&str, Named>, ty: &Type) -> String {
    let inner = |ty: &Type| shape(named, ty);
    match ty {
        Type::Boolean => r#"("boolean",)"#.into(),
        Type::Integer => r#"("integer",)"#.into(),
        Type::Text | Type::Identifier(_) => r#"("text",)"#.into(),
        Type::Decimal => r#"("decimal",)"#.into(),
        Type::Date => r#"("date",)"#.into(),
        Type::Scalar => r#"("scalar",)"#.into(),
        Type::Value => r#"("value",)"#.into(),
        Type::Engine(name) => format!("(\"engine\", {name:?})"),
        Type::Nothing => r#"("nothing",)"#.into(),
        Type::Parameter(name) => format!("(\"parameter\", {name:?})"),
        Type::Optional(item) => format!("(\"optional\", {})", inner(item)),
        Type::List(item) => format!("(\"list\", {})", inner(item)),
        Type::Map(key, value) => format!("(\"map\", {}, {})", inner(key), inner(value)),
        Type::Named(name, arguments) => match named.get(name.as_str()) {
            Some(Named::Choice) => format!("(\"choice\", {name:?})"),
            Some(Named::Union) => format!("(\"union\", {name:?})"),
            Some(Named::Record) | None => {
                format!("(\"record\", {name:?}, {})", tuple(&arguments.iter().map(inner).collect::<Vec<_>>()))
            }
        },
    }
}
