//! The generated part of the Kotlin and Java binding: records, choices, calls, engines and their codec.
//!
//! What Java sees decides the form: JVM records with `amount()`, sealed interfaces that a `switch` can exhaust, static
//! functions, overloads without the optional arguments, builders where there are many; no value classes, no unsigned.

mod calls;
mod codec;
mod names;
mod records;
mod spelling;
#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;

use std::path::PathBuf;

use super::NOTICE;
use super::model::{Field, Model};

const DIRECTORY: &str = "bindings/uniffi/kotlin/src/main/kotlin/io/crmcore";

/// The generated files, each with its path from the workspace root.
pub fn files(model: &Model) -> Vec<(PathBuf, String)> {
    [
        ("Records.kt", records::records(model)),
        ("Choices.kt", records::choices(model)),
        ("Crm.kt", calls::calls(model)),
        ("Engines.kt", calls::engines(model)),
        ("wire/Codec.kt", codec::codec(model)),
        ("wire/Typed.kt", calls::typed(model)),
    ]
    .into_iter()
    .map(|(name, text)| (PathBuf::from(DIRECTORY).join(name), text))
    .collect()
}

/// The head of a generated file: notice, package, imports.
fn head(package: &str, imports: &[String]) -> String {
    let mut out =
        format!("// {NOTICE}\n@file:Suppress(\"RedundantVisibilityModifier\", \"unused\")\n\npackage {package}\n");
    let mut imports = imports.to_vec();
    imports.sort_unstable();
    imports.dedup();
    if !imports.is_empty() {
        out.push('\n');
    }
    for import in imports {
        out.push_str(&format!("import {import}\n"));
    }
    out
}

/// The lines with the names of `fields` as Kotlin spells them: `` `as_of` `` → `` `asOf` ``.
fn respelled(lines: &[String], fields: &[Field]) -> Vec<String> {
    let respell = |line: &String| {
        fields.iter().fold(line.clone(), |line, field| {
            line.replace(&format!("`{}`", field.name), &format!("`{}`", names::camel(&field.name)))
        })
    };
    lines.iter().map(respell).collect()
}

/// A KDoc comment at `indent` spaces; nothing when there is nothing to say.
fn kdoc(lines: &[String], indent: usize) -> String {
    if lines.is_empty() {
        return String::new();
    }
    let pad = " ".repeat(indent);
    let safe = |line: &String| line.replace("*/", "*&#47;").replace("/*", "&#47;*");
    if let [only] = lines {
        return format!("{pad}/** {} */\n", safe(only));
    }
    let mut out = format!("{pad}/**\n");
    for line in lines {
        out.push_str(format!("{pad} * {}", safe(line)).trim_end());
        out.push('\n');
    }
    out.push_str(&format!("{pad} */\n"));
    out
}
