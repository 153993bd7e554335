//! Rust doc comments as Python docstrings.

use std::fmt::Write as _;

pub(super) type Section<'a> = (&'a str, &'a [(String, &'a [String])]);

/// A docstring of the docs, then the named sections that are not empty, then what is raised (`# Errors` in Rust).
/// Nothing when there is nothing to say.
pub(super) fn docstring(out: &mut String, indent: usize, docs: &[String], sections: &[Section<'_>]) {
    let (docs, errors) = match docs.iter().position(|line| line == "# Errors") {
        Some(at) => docs.split_at(at),
        None => (docs, &[][..]),
    };
    let mut lines: Vec<String> = docs.iter().map(|line| escape(line)).collect();
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    let raised: Vec<String> = errors.iter().skip(1).cloned().collect();
    let raises = [("CrmError".to_owned(), raised.as_slice())];
    let raises: Section<'_> = ("Raises", if raised.is_empty() { &[] } else { &raises });
    for (title, entries) in sections.iter().chain([&raises]).filter(|(_, entries)| !entries.is_empty()) {
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.push(format!("{title}:"));
        for (name, docs) in *entries {
            let first = docs.first().map_or(String::new(), |line| format!(" {}", escape(line)));
            lines.push(format!("    {name}:{first}"));
            lines.extend(docs.iter().skip(1).map(|line| {
                let line = escape(line);
                if line.is_empty() { line } else { format!("        {line}") }
            }));
        }
    }
    let pad = " ".repeat(indent);
    match lines.as_slice() {
        [] => {}
        [one] => _ = writeln!(out, "{pad}\"\"\"{one}\"\"\""),
        [first, rest @ ..] => {
            _ = writeln!(out, "{pad}\"\"\"{first}");
            for line in rest {
                if line.is_empty() {
                    out.push('\n');
                } else {
                    _ = writeln!(out, "{pad}{line}");
                }
            }
            _ = writeln!(out, "{pad}\"\"\"");
        }
    }
}

/// Text inside a docstring; a quote at the end of a line must not close it.
fn escape(line: &str) -> String {
    let text = line.replace('\\', "\\\\").replace("\"\"\"", "\\\"\\\"\\\"");
    match text.strip_suffix('"') {
        Some(rest) if !rest.ends_with('\\') => format!("{rest}\\\""),
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn docs_cannot_end_their_docstring() {
        let mut out = String::new();
        docstring(&mut out, 4, &[r#"says """x""" and "y""#.into()], &[]);
        assert_eq!(out, "    \"\"\"says \\\"\\\"\\\"x\\\"\\\"\\\" and \"y\\\"\"\"\"\n");
    }

    #[test]
    fn errors_become_what_is_raised() {
        let mut out = String::new();
        docstring(&mut out, 0, &["Adds.".into(), String::new(), "# Errors".into(), "`a`;".into(), "`b`.".into()], &[]);
        assert_eq!(out, "\"\"\"Adds.\n\nRaises:\n    CrmError: `a`;\n        `b`.\n\"\"\"\n");
    }
}
