//! The prose of the Rust sources as TSDoc.

use std::fmt::Write as _;

use super::directions::{Side, Types};
use super::names::identifier;
use crate::bindgen::model::Call;

pub fn type_docs(out: &mut String, types: &Types<'_>, name: &str, own: &[String], side: Side) {
    if side == Side::In && types.different.contains(name) {
        let text = format!("{{@link {name}}} on its way in: plain strings are taken, options may be left out.");
        docs(out, &[text], "");
    } else {
        docs(out, own, "");
    }
}

/// The prose of a call, with the params as they are called here.
pub fn call_docs(call: &Call) -> Vec<String> {
    let mut lines = call.docs.clone();
    for param in &call.params {
        let (rust, here) = (format!("`{}`", param.name), format!("`{}`", identifier(&param.name)));
        for text in &mut lines {
            *text = text.replace(&rust, &here);
        }
    }
    if let (true, [record]) = (call.takes_document(), call.params.as_slice()) {
        let name = identifier(&record.name);
        let text = "the record, or the text or bytes of a document of canonical JSON (names in snake_case)";
        let place = lines.iter().position(|line| line.starts_with("# ")).unwrap_or(lines.len());
        lines.splice(place..place, [format!("@param {name} {text}")]);
    }
    lines
}

/// Prose as TSDoc: `# Errors` becomes `@throws`.
pub fn docs(out: &mut String, docs: &[String], indent: &str) {
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
