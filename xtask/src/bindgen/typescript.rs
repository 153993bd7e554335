//! The generated part of the Node binding: declarations, functions and engine classes.
//!
//! A record that goes both ways and is easier to write than it is read (plain strings for decimals, dates and
//! identifiers, options left out) has two declarations: `Money` for what comes back, `MoneyInput` for what goes in. A
//! record that goes one way only, or is the same both ways, has one.

mod directions;
mod names;
mod tsdoc;

use std::path::PathBuf;

use super::NOTICE;
use super::model::{Call, Engine, Enum, Field, Model, Record, Type};
use directions::{Side, Types};
use names::{camel, identifier};
use tsdoc::{call_docs, docs, type_docs};

const DIRECTORY: &str = "bindings/node/generated";

/// The generated files, each with its path from the workspace root.
pub fn files(model: &Model) -> Vec<(PathBuf, String)> {
    let types = Types::of(model);
    let file = |name: &str, text: String| (PathBuf::from(DIRECTORY).join(name), text);
    vec![
        file("api.cjs", module(model)),
        file("api.mjs", wrapper(model)),
        file("api.d.cts", declarations(model, &types)),
        file("api.d.mts", format!("// {NOTICE}\nexport * from './api.cjs';\n")),
    ]
}

fn declarations(model: &Model, types: &Types<'_>) -> String {
    let mut body = String::new();
    for identifier in &model.identifiers {
        docs(&mut body, &identifier.docs, "");
        let name = &identifier.name;
        line(&mut body, &format!("export type {name} = Branded<'{name}'>;\n"));
    }
    for record in &model.records {
        for side in types.sides(&record.name) {
            interface(&mut body, types, record, *side);
        }
    }
    for one in &model.enums {
        if one.unit {
            choices(&mut body, one);
        } else {
            for side in types.sides(&one.name) {
                union(&mut body, types, one, *side);
            }
        }
    }
    for call in &model.calls {
        docs(&mut body, &call_docs(call), "");
        let (name, params, result) = (identifier(&call.name), types.params(call), types.show(&call.result, Side::Out));
        line(&mut body, &format!("export declare function {name}({params}): {result};\n"));
    }
    for engine in &model.engines {
        class(&mut body, types, engine);
    }
    let used: Vec<&str> = ["Branded", "DateInput", "DateString", "DecimalInput", "DecimalString", "Scalar", "Value"]
        .into_iter()
        .filter(|name| mentions(&body, name))
        .collect();
    let imports = if used.is_empty() {
        String::new()
    } else {
        format!("import type {{ {} }} from '../index.cjs';\n", used.join(", "))
    };
    format!("// {NOTICE}\n{imports}\n{}", body.trim_end().to_owned() + "\n")
}

fn mentions(text: &str, name: &str) -> bool {
    text.split(|letter: char| !letter.is_alphanumeric()).any(|word| word == name)
}

fn interface(out: &mut String, types: &Types<'_>, record: &Record, side: Side) {
    type_docs(out, types, &record.name, &record.docs, side);
    let parameters =
        if record.parameters.is_empty() { String::new() } else { format!("<{}>", record.parameters.join(", ")) };
    line(out, &format!("export interface {}{parameters} {{", types.named(&record.name, side)));
    for field in &record.fields {
        docs(out, &field.docs, "  ");
        line(out, &format!("  {}", types.field(field, side)));
    }
    line(out, "}\n");
}

/// An all-unit enum: a union of texts and an object of constants of the same name.
fn choices(out: &mut String, one: &Enum) {
    let name = &one.name;
    docs(out, &one.docs, "");
    let texts: Vec<String> = one.variants.iter().map(|variant| format!("'{}'", variant.wire)).collect();
    line(out, &format!("export type {name} = {};", texts.join(" | ")));
    line(out, &format!("export declare const {name}: {{"));
    for variant in &one.variants {
        docs(out, &variant.docs, "  ");
        line(out, &format!("  readonly {}: '{}';", variant.name, variant.wire));
    }
    line(out, "};\n");
}

fn union(out: &mut String, types: &Types<'_>, one: &Enum, side: Side) {
    type_docs(out, types, &one.name, &one.docs, side);
    line(out, &format!("export type {} =", types.named(&one.name, side)));
    for (index, variant) in one.variants.iter().enumerate() {
        docs(out, &variant.docs, "  ");
        line(out, "  | {");
        line(out, &format!("      readonly kind: '{}';", variant.wire));
        for field in &variant.fields {
            docs(out, &field.docs, "      ");
            line(out, &format!("      {}", types.field(field, side)));
        }
        line(out, if index + 1 == one.variants.len() { "    };\n" } else { "    }" });
    }
}

fn class(out: &mut String, types: &Types<'_>, engine: &Engine) {
    let name = &engine.name;
    docs(out, &engine.docs, "");
    line(out, &format!("export declare class {name} {{"));
    line(out, "  #private;");
    line(out, "  private constructor();");
    for maker in &engine.makers {
        docs(out, &call_docs(maker), "  ");
        let mut params = types.params(maker);
        if maker.takes_document() {
            // The document itself, as it was read from a file.
            params.push_str(" | string | Uint8Array");
        }
        line(out, &format!("  static {}({params}): {};", camel(&maker.name), types.show(&maker.result, Side::Out)));
    }
    for method in &engine.methods {
        docs(out, &call_docs(method), "  ");
        let (call, params) = (camel(&method.name), types.params(method));
        line(out, &format!("  {call}({params}): {};", types.show(&method.result, Side::Out)));
    }
    line(out, "}\n");
}

fn module(model: &Model) -> String {
    let mut out = format!(
        "// {NOTICE}\n'use strict';\n\nconst {{ call, callEngine, Engine, load, loadDocument, make }} = require('../lib/core.cjs');\n\n"
    );
    for one in model.enums.iter().filter(|one| one.unit) {
        line(&mut out, &format!("exports.{} = Object.freeze({{", one.name));
        for variant in &one.variants {
            line(&mut out, &format!("  {}: '{}',", variant.name, variant.wire));
        }
        line(&mut out, "});\n");
    }
    for call in &model.calls {
        let name = identifier(&call.name);
        line(&mut out, &format!("exports.{name} = function {name}({}) {{", names(call)));
        line(&mut out, &format!("  {}call('{}', {});", returning(call), call.op, values(call)));
        line(&mut out, "};\n");
    }
    for engine in &model.engines {
        let name = &engine.name;
        line(&mut out, &format!("exports.{name} = class {name} extends Engine {{"));
        let mut first = true;
        for maker in &engine.makers {
            let entry = if maker.takes_document() { "loadDocument" } else { "load" };
            let open = format!("{entry}('{}', {})", maker.op, values(maker));
            method(&mut out, &mut first, &format!("static {}", camel(&maker.name)), maker, &made(maker, &open));
        }
        for own in &engine.methods {
            let answer = if own.makes().is_some() {
                made(own, &format!("make(this, '{}', {})", own.op, values(own)))
            } else {
                format!("{}callEngine(this, '{}', {})", returning(own), own.op, values(own))
            };
            method(&mut out, &mut first, &camel(&own.name), own, &answer);
        }
        line(&mut out, "};\n");
    }
    out.trim_end().to_owned() + "\n"
}

/// An engine around the handle that `open` gives.
fn made(call: &Call, open: &str) -> String {
    format!("return new exports.{}({open})", call.makes().unwrap_or_default())
}

fn method(out: &mut String, first: &mut bool, head: &str, call: &Call, body: &str) {
    if !std::mem::take(first) {
        out.push('\n');
    }
    line(out, &format!("  {head}({}) {{", names(call)));
    line(out, &format!("    {body};"));
    line(out, "  }");
}

/// The same names for `import`.
fn wrapper(model: &Model) -> String {
    let constants = model.enums.iter().filter(|one| one.unit).map(|one| one.name.clone());
    let calls = model.calls.iter().map(|call| identifier(&call.name));
    let engines = model.engines.iter().map(|engine| engine.name.clone());
    let mut out = format!("// {NOTICE}\nimport api from './api.cjs';\n\nexport const {{\n");
    for name in constants.chain(calls).chain(engines) {
        line(&mut out, &format!("  {name},"));
    }
    line(&mut out, "} = api;");
    out
}

fn names(call: &Call) -> String {
    call.params.iter().map(|param| identifier(&param.name)).collect::<Vec<_>>().join(", ")
}

/// Everything that was handed over, so that the core counts it, and the places of the options.
fn values(call: &Call) -> String {
    let is_option = |(at, param): (usize, &Field)| matches!(param.ty, Type::Optional(_)).then(|| at.to_string());
    let options: Vec<String> = call.params.iter().enumerate().filter_map(is_option).collect();
    if options.is_empty() { "arguments".into() } else { format!("arguments, [{}]", options.join(", ")) }
}

fn returning(call: &Call) -> &'static str {
    if call.result == Type::Nothing { "" } else { "return " }
}

fn line(out: &mut String, text: &str) {
    out.push_str(text);
    out.push('\n');
}

#[cfg(test)]
mod tests;
