//! The generated part of the Node binding: declarations, functions and engine classes.
//!
//! A record that goes both ways and is easier to write than it is read (plain strings for decimals, dates and
//! identifiers, options left out) has two declarations: `Money` for what comes back, `MoneyInput` for what goes in. A
//! record that goes one way only, or is the same both ways, has one.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::PathBuf;

use super::NOTICE;
use super::model::{Call, Engine, Enum, Field, Model, Record, Type};

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

/// The direction in which a value crosses.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    /// From JavaScript to the core.
    In,
    /// From the core to JavaScript.
    Out,
}

/// Which types go in, which come out, and which look different on their two ways.
struct Types<'a> {
    model: &'a Model,
    going_in: BTreeSet<&'a str>,
    coming_out: BTreeSet<&'a str>,
    different: BTreeSet<&'a str>,
}

impl<'a> Types<'a> {
    fn of(model: &'a Model) -> Self {
        let mut types =
            Self { model, going_in: BTreeSet::new(), coming_out: BTreeSet::new(), different: BTreeSet::new() };
        let calls = || {
            let methods = model.engines.iter().flat_map(|engine| &engine.methods);
            model.calls.iter().chain(methods)
        };
        let loads = model.engines.iter().map(|engine| &engine.load);
        let mut going_in = BTreeSet::new();
        for param in calls().chain(loads).flat_map(|call| &call.params) {
            types.reach(&param.ty, &mut going_in);
        }
        let mut coming_out = BTreeSet::new();
        for call in calls() {
            types.reach(&call.result, &mut coming_out);
        }
        types.going_in = going_in;
        types.coming_out = coming_out;
        types.find_different();
        types
    }

    fn fields_of(&self, name: &str) -> Vec<&'a Field> {
        let records = self.model.records.iter().filter(|record| record.name == name).flat_map(|record| &record.fields);
        let variants = self.model.enums.iter().filter(|one| one.name == name).flat_map(|one| &one.variants);
        records.chain(variants.flat_map(|variant| &variant.fields)).collect()
    }

    fn name(&self, name: &str) -> Option<&'a str> {
        let records = self.model.records.iter().map(|record| record.name.as_str());
        records.chain(self.model.enums.iter().map(|one| one.name.as_str())).find(|known| *known == name)
    }

    fn reach(&self, ty: &Type, reached: &mut BTreeSet<&'a str>) {
        match ty {
            Type::Named(name, arguments) => {
                for argument in arguments {
                    self.reach(argument, reached);
                }
                if let Some(known) = self.name(name)
                    && reached.insert(known)
                {
                    for field in self.fields_of(known) {
                        self.reach(&field.ty, reached);
                    }
                }
            }
            Type::Optional(inner) | Type::List(inner) => self.reach(inner, reached),
            Type::Map(key, value) => {
                self.reach(key, reached);
                self.reach(value, reached);
            }
            _ => {}
        }
    }

    /// A type is different when a field is; types may contain each other, so until nothing is added.
    fn find_different(&mut self) {
        let names: Vec<&'a str> = self.going_in.intersection(&self.coming_out).copied().collect();
        loop {
            let before = self.different.len();
            for name in &names {
                if self.fields_of(name).iter().any(|field| self.differs(&field.ty)) {
                    self.different.insert(name);
                }
            }
            if self.different.len() == before {
                return;
            }
        }
    }

    fn differs(&self, ty: &Type) -> bool {
        match ty {
            Type::Boolean | Type::Integer | Type::Text | Type::Scalar | Type::Value | Type::Nothing => false,
            Type::Decimal | Type::Date | Type::Identifier(_) | Type::Optional(_) | Type::Parameter(_) => true,
            Type::Named(name, arguments) => {
                self.different.contains(name.as_str()) || arguments.iter().any(|argument| self.differs(argument))
            }
            Type::List(inner) => self.differs(inner),
            Type::Map(_, value) => self.differs(value),
        }
    }

    /// The sides on which a type is declared.
    fn sides(&self, name: &str) -> &'static [Side] {
        if self.different.contains(name) {
            &[Side::Out, Side::In]
        } else if self.going_in.contains(name) && !self.coming_out.contains(name) {
            &[Side::In]
        } else {
            &[Side::Out]
        }
    }

    fn named(&self, name: &str, side: Side) -> String {
        if side == Side::In && self.different.contains(name) { format!("{name}Input") } else { name.to_owned() }
    }

    fn is_unit_enum(&self, ty: &Type) -> bool {
        matches!(ty, Type::Named(name, _) if self.model.enums.iter().any(|one| one.unit && one.name == *name))
    }

    /// The TypeScript type of a place.
    fn show(&self, ty: &Type, side: Side) -> String {
        match (ty, side) {
            (Type::Boolean, _) => "boolean".to_owned(),
            (Type::Integer, _) => "number".to_owned(),
            (Type::Text, _) => "string".to_owned(),
            (Type::Decimal, Side::In) => "DecimalInput".to_owned(),
            (Type::Decimal, Side::Out) => "DecimalString".to_owned(),
            (Type::Date, Side::In) => "DateInput".to_owned(),
            (Type::Date, Side::Out) => "DateString".to_owned(),
            (Type::Identifier(_), Side::In) => "string".to_owned(),
            (Type::Identifier(name), Side::Out) => name.clone(),
            (Type::Scalar, _) => "Scalar".to_owned(),
            (Type::Value, _) => "Value".to_owned(),
            (Type::Parameter(name), _) => name.clone(),
            (Type::Nothing, _) => "void".to_owned(),
            (Type::Named(name, arguments), _) => {
                let name = self.named(name, side);
                let arguments: Vec<String> = arguments.iter().map(|argument| self.show(argument, side)).collect();
                if arguments.is_empty() { name } else { format!("{name}<{}>", arguments.join(", ")) }
            }
            (Type::Optional(inner), _) => format!("{} | null", self.show(inner, side)),
            (Type::List(inner), _) => match inner.as_ref() {
                Type::Optional(_) => format!("readonly ({})[]", self.show(inner, side)),
                _ => format!("readonly {}[]", self.show(inner, side)),
            },
            (Type::Map(key, value), _) => {
                let value = self.show(value, side);
                if self.is_unit_enum(key) {
                    format!("Readonly<Partial<Record<{}, {value}>>>", self.show(key, side))
                } else {
                    // Identifiers and dates too: a brand on a key would only keep `facts['C-0042']` from compiling.
                    format!("Readonly<Record<string, {value}>>")
                }
            }
        }
    }

    fn field(&self, field: &Field, side: Side) -> String {
        let name = camel(&field.name);
        let ty = self.show(&field.ty, side);
        match (&field.ty, side) {
            (Type::Optional(_), Side::In) => format!("readonly {name}?: {ty} | undefined;"),
            _ => format!("readonly {name}: {ty};"),
        }
    }

    fn params(&self, call: &Call) -> String {
        let trailing = call.params.iter().rev().take_while(|param| matches!(param.ty, Type::Optional(_))).count();
        let params = call.params.iter().enumerate().map(|(index, param)| {
            let (name, ty) = (identifier(&param.name), self.show(&param.ty, Side::In));
            match param.ty {
                Type::Optional(_) if index + trailing >= call.params.len() => format!("{name}?: {ty}"),
                Type::Optional(_) => format!("{name}: {ty} | undefined"),
                _ => format!("{name}: {ty}"),
            }
        });
        params.collect::<Vec<_>>().join(", ")
    }
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
        docs(&mut body, &call.docs, "");
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
    docs(out, &record.docs, "");
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
    docs(out, &one.docs, "");
    line(out, &format!("export declare const {name}: {{"));
    for variant in &one.variants {
        docs(out, &variant.docs, "  ");
        line(out, &format!("  readonly {}: '{}';", variant.name, variant.wire));
    }
    line(out, "};\n");
}

fn union(out: &mut String, types: &Types<'_>, one: &Enum, side: Side) {
    docs(out, &one.docs, "");
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
    docs(out, &engine.load.docs, "  ");
    let mut params = types.params(&engine.load);
    if takes_document(&engine.load) {
        // The document itself, as it was read from a file.
        params.push_str(" | string | Uint8Array");
    }
    line(out, &format!("  static load({params}): {name};"));
    for method in &engine.methods {
        docs(out, &method.docs, "  ");
        let (call, params) = (camel(&method.name), types.params(method));
        line(out, &format!("  {call}({params}): {};", types.show(&method.result, Side::Out)));
    }
    line(out, "}\n");
}

/// A load from one record can also take that record as a document of canonical JSON.
fn takes_document(load: &Call) -> bool {
    matches!(load.params.as_slice(), [Field { ty: Type::Named(..), .. }])
}

fn module(model: &Model) -> String {
    let mut out = format!(
        "// {NOTICE}\n'use strict';\n\nconst {{ call, callEngine, Engine, load, loadDocument }} = require('../lib/core.cjs');\n\n"
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
        line(&mut out, &format!("  {}call('{}', [{}]);", returning(call), call.op, values(call)));
        line(&mut out, "};\n");
    }
    for engine in &model.engines {
        let (name, load) = (&engine.name, &engine.load);
        line(&mut out, &format!("exports.{name} = class {name} extends Engine {{"));
        line(&mut out, &format!("  static load({}) {{", names(load)));
        let open = if takes_document(load) {
            format!("loadDocument('{}', {})", load.op, values(load))
        } else {
            format!("load('{}', [{}])", load.op, values(load))
        };
        line(&mut out, &format!("    return new {name}({open});"));
        line(&mut out, "  }");
        for method in &engine.methods {
            let engine_call = format!("callEngine(this, '{}', [{}])", method.op, values(method));
            line(&mut out, &format!("\n  {}({}) {{", camel(&method.name), names(method)));
            line(&mut out, &format!("    {}{engine_call};", returning(method)));
            line(&mut out, "  }");
        }
        line(&mut out, "};\n");
    }
    out.trim_end().to_owned() + "\n"
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

/// The arguments; an option left out is `null`, anything else left out is for the core to refuse.
fn values(call: &Call) -> String {
    let value = |param: &Field| match param.ty {
        Type::Optional(_) => format!("{} ?? null", identifier(&param.name)),
        _ => identifier(&param.name),
    };
    call.params.iter().map(value).collect::<Vec<_>>().join(", ")
}

fn returning(call: &Call) -> &'static str {
    if call.result == Type::Nothing { "" } else { "return " }
}

fn line(out: &mut String, text: &str) {
    out.push_str(text);
    out.push('\n');
}

/// `as_of` → `asOf`.
fn camel(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut upper = false;
    for letter in name.chars() {
        if letter == '_' {
            upper = true;
        } else if upper {
            out.extend(letter.to_uppercase());
            upper = false;
        } else {
            out.push(letter);
        }
    }
    out
}

/// A name that can stand for a variable.
fn identifier(name: &str) -> String {
    let name = camel(name);
    const RESERVED: [&str; 24] = [
        "arguments",
        "await",
        "case",
        "catch",
        "class",
        "const",
        "default",
        "delete",
        "enum",
        "eval",
        "export",
        "extends",
        "function",
        "import",
        "in",
        "interface",
        "new",
        "package",
        "switch",
        "this",
        "typeof",
        "var",
        "void",
        "with",
    ];
    if RESERVED.contains(&name.as_str()) { format!("{name}_") } else { name }
}

/// Prose as TSDoc: `# Errors` becomes `@throws`.
fn docs(out: &mut String, docs: &[String], indent: &str) {
    let mut lines: Vec<String> = Vec::new();
    let mut in_errors = false;
    for doc in docs {
        let text = doc.trim().replace("*/", "*\\/");
        if text == "# Errors" {
            in_errors = true;
        } else if in_errors && !text.is_empty() {
            lines.push(format!("@throws {{CrmError}} {text}"));
            in_errors = false;
        } else if let Some(heading) = text.strip_prefix("# ") {
            lines.push(format!("**{heading}**"));
        } else {
            lines.push(text);
        }
    }
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    match lines.as_slice() {
        [] => {}
        [only] => {
            let _ = writeln!(out, "{indent}/** {only} */");
        }
        many => {
            let _ = writeln!(out, "{indent}/**");
            for text in many {
                let _ = writeln!(out, "{}", format!("{indent} * {text}").trim_end());
            }
            let _ = writeln!(out, "{indent} */");
        }
    }
}

#[cfg(test)]
#[path = "typescript_tests.rs"]
mod tests;
