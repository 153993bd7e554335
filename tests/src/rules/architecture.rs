//! Documents that name code: every name in backticks is a path, an item, a crate or a command that exists.

use std::collections::BTreeSet;

use crate::{
    rules::rooms,
    tokens::words,
    tree::{Breach, Tree},
};

const MAP: &str = "docs/ARCHITECTURE.md";
/// Documents that are checked name by name.
pub const DOCUMENTS: [&str; 2] = [MAP, "CONTRIBUTING.md"];
/// Words that stand before the name of what they define.
const DEFINES: [&str; 11] =
    ["fn", "struct", "enum", "trait", "type", "const", "static", "mod", "union", "macro_rules", "macro"];
/// What the language and its tools define.
const GIVEN: [&str; 10] = [
    "no_std",
    "std",
    "use",
    "unwrap",
    "extern crate std",
    "Debug",
    "i64",
    "deny_unknown_fields",
    "unsafe_code",
    "venv",
];

/// Reads each document.
#[must_use]
pub fn check(tree: &Tree) -> Vec<Breach> {
    let known = known(tree);
    let mut breaches = Vec::new();
    for path in DOCUMENTS {
        let Some(document) = tree.get(path) else {
            breaches.push(Breach::new(path, 0, "this document is missing"));
            continue;
        };
        let names = named(document.text());
        if path == MAP {
            let rooms = tree.get("crm-core/src/lib.rs").map_or_else(Vec::new, |lib| rooms::table(lib.text()));
            let paths = rooms.iter().map(|room| format!("crm-core/src/{room}"));
            let unnamed = paths.filter(|path| !names.iter().any(|(_, name)| name == path));
            breaches.extend(unnamed.map(|room| Breach::new(path, 0, format!("the map has no line on `{room}`"))));
        }
        for (line, name) in names {
            if let Some(what) = fault_of(&name, tree, &known) {
                breaches.push(Breach::new(path, line, format!("`{name}`: {what}")));
            }
        }
    }
    breaches
}

/// Names in backticks outside fenced blocks, with their lines.
#[must_use]
pub fn named(markdown: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut fenced = false;
    for (index, line) in markdown.lines().enumerate() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        } else if !fenced {
            let names = line.split('`').skip(1).step_by(2).filter(|name| !name.is_empty());
            found.extend(names.map(|name| (index + 1, name.to_owned())));
        }
    }
    found
}

fn fault_of(name: &str, tree: &Tree, known: &BTreeSet<String>) -> Option<&'static str> {
    if let Some(command) = name.strip_prefix("cargo ") {
        let mut words = command.split(' ');
        return match (words.next(), words.next()) {
            (Some("xtask"), Some(subcommand)) => {
                let usage = tree.get("xtask/src/main.rs").map_or("", |main| main.text());
                let listed = usage.lines().any(|line| line.trim_start().split(' ').next() == Some(subcommand));
                (!listed).then_some("xtask has no such command")
            }
            _ => None,
        };
    }
    if GIVEN.contains(&name) {
        return None;
    }
    if name.contains('/') || name.starts_with('.') {
        return (!tree.holds(name)).then_some("no file or folder stands there");
    }
    // A code, an item or a method of one: each part has to be defined somewhere.
    let bare = name.trim_start_matches("#[").trim_end_matches(']').trim_end_matches("()").trim_end_matches('!');
    if known.contains(bare) || tree.holds(bare) {
        return None;
    }
    let parts = bare.split("::").flat_map(|part| part.split('.')).map(|part| part.split('<').next().unwrap_or(part));
    let missing = parts.filter(|part| !part.is_empty()).any(|part| !known.contains(part) && !GIVEN.contains(&part));
    missing.then_some("no item, crate, code or file has this name")
}

/// Everything that Rust files define, every package and every dependency, every code.
fn known(tree: &Tree) -> BTreeSet<String> {
    let mut known = BTreeSet::new();
    for file in tree.files.iter().filter(|file| file.has_extension(&["rs"])) {
        for pair in words(file, true).unwrap_or_default().windows(3) {
            let [keyword, name, after] = pair else { continue };
            if DEFINES.contains(&keyword.text.as_str()) {
                let macro_name = keyword.text == "macro_rules" && name.text == "!";
                known.insert(if macro_name { after.text.clone() } else { name.text.clone() });
            }
            if keyword.text == "pub" && after.text == ":" {
                known.insert(name.text.clone());
            }
            if name.literal && after.text == "(" && keyword.text == "=" {
                known.insert(name.text.trim_matches('"').to_owned());
            }
        }
    }
    for file in tree.files.iter().filter(|file| file.path.ends_with("Cargo.toml")) {
        let Ok(manifest) = file.text().parse::<toml::Table>() else { continue };
        let package = manifest.get("package").and_then(|package| package.get("name")).and_then(toml::Value::as_str);
        if let Some(package) = package {
            known.insert(package.to_owned());
            known.insert(package.replace('-', "_"));
        }
        let table = manifest.get("workspace").and_then(|workspace| workspace.get("dependencies"));
        known.extend(table.and_then(toml::Value::as_table).into_iter().flat_map(|table| table.keys().cloned()));
    }
    known
}

#[cfg(test)]
mod tests {
    use super::*;

    fn breaches_of(text: &str) -> Vec<String> {
        let tree = Tree::of(&[
            ("docs/ARCHITECTURE.md", text),
            ("CONTRIBUTING.md", ""),
            ("Cargo.toml", "[workspace.dependencies]\nsyn = \"1\""),
            ("a/Cargo.toml", "[package]\nname = \"crm-a\""),
            (
                "a/src/lib.rs",
                "pub struct Money { pub minor: i64 } impl Money { pub fn split() {} } macro_rules! m { () => {} } c! { X = \"money.lost\" () }",
            ),
            ("xtask/src/main.rs", "const USAGE: &str = \"\n  demo   runs\n\";"),
        ]);
        check(&tree).iter().map(|breach| breach.what.clone()).collect()
    }

    #[test]
    fn takes_names_that_exist() {
        let text = "`a/src/lib.rs` `a/` `Money` `minor` `Money::split` `crm_a::Money` `m!` `syn` `crm-a` `money.lost` `cargo xtask demo` `#[no_std]`\n```\n`nothing`\n```";
        assert_eq!(breaches_of(text), [""; 0]);
    }

    #[test]
    fn catches_names_that_do_not() {
        for name in ["a/src/main.rs", "b/", "Gold", "Money::melt", "syn2", "money.found", "cargo xtask fly", "melt()"] {
            assert_eq!(breaches_of(&format!("see `{name}`")).len(), 1, "{name}");
        }
        assert_eq!(check(&Tree::default()).len(), DOCUMENTS.len());
        let room = |text| [("crm-core/src/lib.rs", "//! | `low` | a |"), ("crm-core/src/low/mod.rs", ""), (MAP, text)];
        assert_eq!(check(&Tree::of(&room("see `crm-core/src/low`"))).len(), 1, "only CONTRIBUTING.md is missing");
        assert_eq!(check(&Tree::of(&room("no rooms here"))).len(), 2);
    }
}
