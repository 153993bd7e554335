//! JSON Schema of every type of the wire, for hosts that check or document what they send.

use std::path::PathBuf;

use serde_json::{Map, Value, json};

use super::NOTICE;
use super::model::{Call, Enum, Field, Model, Record, Type};

/// `docs/wire.schema.json`: one document, a definition for each type and for the arguments of each call.
pub fn files(model: &Model) -> Vec<(PathBuf, String)> {
    let mut definitions = Map::new();
    for identifier in &model.identifiers {
        definitions
            .insert(identifier.name.clone(), json!({ "description": prose(&identifier.docs), "type": "string" }));
    }
    for record in model.records.iter().filter(|record| record.parameters.is_empty()) {
        definitions.insert(record.name.clone(), object(&record.docs, &record.fields, &[]));
    }
    for choice in &model.enums {
        definitions.insert(choice.name.clone(), enumeration(choice));
    }
    for (record, argument) in instances(model) {
        definitions.insert(
            instance_name(&record.name, std::slice::from_ref(&argument)),
            object(&record.docs, &record.fields, &[(record.parameters.first().cloned().unwrap_or_default(), argument)]),
        );
    }
    let mut calls = Map::new();
    for call in model.operations() {
        calls.insert(call.op.clone(), operation(call));
    }
    let document = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$comment": NOTICE,
        "title": "crm-core: canonical JSON",
        "$defs": definitions,
        "operations": calls,
    });
    let text = format!("{document:#}\n");
    vec![(PathBuf::from("docs/wire.schema.json"), text)]
}

/// Every use of a generic record with its argument, once each.
fn instances(model: &Model) -> Vec<(&Record, Type)> {
    let mut found: Vec<(&Record, Type)> = Vec::new();
    let fields = model.records.iter().flat_map(|record| &record.fields);
    let variants = model.enums.iter().flat_map(|choice| &choice.variants).flat_map(|variant| &variant.fields);
    let params = model.operations().flat_map(|call| &call.params);
    let types = fields.chain(variants).chain(params).map(|field| &field.ty);
    for ty in types.chain(model.operations().map(|call| &call.result)) {
        collect(model, ty, &mut found);
    }
    found
}

fn collect<'m>(model: &'m Model, ty: &Type, found: &mut Vec<(&'m Record, Type)>) {
    match ty {
        Type::Optional(inside) | Type::List(inside) => collect(model, inside, found),
        Type::Map(_, value) => collect(model, value, found),
        Type::Named(name, arguments) => {
            if let (Some(record), [argument]) = (model.record(name), arguments.as_slice()) {
                let known = found.iter().any(|(other, own)| other.name == record.name && own == argument);
                if !known && !matches!(argument, Type::Parameter(_)) {
                    found.push((record, argument.clone()));
                }
                collect(model, argument, found);
            }
        }
        _ => {}
    }
}

fn operation(call: &Call) -> Value {
    let required = call.params.iter().filter(|param| !matches!(param.ty, Type::Optional(_))).count();
    let items: Vec<Value> = call
        .params
        .iter()
        .map(|param| {
            let mut schema = schema(&param.ty, &[]);
            if let Some(object) = schema.as_object_mut() {
                object.insert("title".to_owned(), json!(param.name));
            }
            schema
        })
        .collect();
    let mut arguments = Map::new();
    arguments.insert("type".to_owned(), json!("array"));
    if !items.is_empty() {
        arguments.insert("prefixItems".to_owned(), json!(items));
    }
    arguments.insert("items".to_owned(), json!(false));
    arguments.insert("minItems".to_owned(), json!(required));
    json!({ "description": prose(&call.docs), "arguments": arguments, "result": schema(&call.result, &[]) })
}

fn object(docs: &[String], fields: &[Field], bound: &[(String, Type)]) -> Value {
    let mut properties = Map::new();
    for field in fields {
        let mut schema = schema(&field.ty, bound);
        if let (Some(object), false) = (schema.as_object_mut(), field.docs.is_empty()) {
            object.insert("description".to_owned(), json!(prose(&field.docs)));
        }
        properties.insert(field.name.clone(), schema);
    }
    let required: Vec<&str> =
        fields.iter().filter(|field| !matches!(field.ty, Type::Optional(_))).map(|field| field.name.as_str()).collect();
    json!({
        "description": prose(docs), "type": "object", "properties": properties, "required": required,
        "additionalProperties": false,
    })
}

fn enumeration(choice: &Enum) -> Value {
    if choice.unit {
        let names: Vec<Value> = choice
            .variants
            .iter()
            .map(|variant| json!({ "const": variant.wire, "description": prose(&variant.docs) }))
            .collect();
        return json!({ "description": prose(&choice.docs), "type": "string", "oneOf": names });
    }
    let variants: Vec<Value> = choice
        .variants
        .iter()
        .map(|variant| {
            let mut properties = Map::new();
            properties.insert(variant.wire.clone(), object(&variant.docs, &variant.fields, &[]));
            json!({
                "type": "object", "properties": properties, "required": [variant.wire], "additionalProperties": false,
            })
        })
        .collect();
    json!({ "description": prose(&choice.docs), "oneOf": variants })
}

fn schema(ty: &Type, bound: &[(String, Type)]) -> Value {
    match ty {
        Type::Boolean => json!({ "type": "boolean" }),
        Type::Integer => {
            json!({ "type": "integer", "minimum": -9_007_199_254_740_991_i64, "maximum": 9_007_199_254_740_991_i64 })
        }
        Type::Text => json!({ "type": "string" }),
        Type::Decimal => json!({ "type": "string", "pattern": "^-?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?$" }),
        Type::Date => json!({ "type": "string", "format": "date" }),
        Type::Scalar => json!({ "type": ["string", "integer", "boolean", "null"] }),
        Type::Value => {
            json!({ "type": "object", "minProperties": 1, "maxProperties": 1 })
        }
        Type::Identifier(name) => reference(name),
        Type::Named(name, arguments) if arguments.is_empty() => reference(name),
        Type::Named(name, arguments) => reference(&instance_name(name, arguments)),
        Type::Parameter(name) => {
            bound.iter().find(|(own, _)| own == name).map_or(json!({}), |(_, argument)| schema(argument, &[]))
        }
        Type::Optional(inside) => json!({ "anyOf": [schema(inside, bound), { "type": "null" }] }),
        Type::List(inside) => json!({ "type": "array", "items": schema(inside, bound) }),
        Type::Map(_, value) => json!({ "type": "object", "additionalProperties": schema(value, bound) }),
        Type::Engine(name) => {
            json!({ "description": format!("A loaded {name}: a handle, which stands in no document.") })
        }
        Type::Nothing => json!({ "type": "null" }),
    }
}

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/$defs/{name}") })
}

/// `Explained<Money>` → `Explained_Money`.
fn instance_name(name: &str, arguments: &[Type]) -> String {
    let mut out = name.to_owned();
    for argument in arguments {
        out.push('_');
        out.push_str(&argument_name(argument));
    }
    out
}

fn argument_name(ty: &Type) -> String {
    match ty {
        Type::Named(name, arguments) => instance_name(name, arguments),
        Type::Identifier(name) | Type::Parameter(name) => name.clone(),
        Type::Optional(inside) => format!("Optional_{}", argument_name(inside)),
        Type::List(inside) => format!("List_{}", argument_name(inside)),
        Type::Map(key, value) => format!("Map_{}_{}", argument_name(key), argument_name(value)),
        plain => format!("{plain:?}"),
    }
}

fn prose(docs: &[String]) -> String {
    docs.join("\n")
}
