//! Codes: each one is refused with somewhere, and tested somewhere.

use std::collections::BTreeMap;

use crate::{
    tokens::{test_files, words},
    tree::{Breach, File, Tree},
};

const CATALOGUE: &str = "crm-core/src/refusal/catalogue/";
/// Folders of sources whose inline tests and doc examples count.
const SOURCES: [&str; 3] = ["crm-core/src/", "bindings/", "examples/"];

/// Every code of the catalogue.
#[must_use]
pub fn check(tree: &Tree) -> Vec<Breach> {
    let mut codes = Vec::new();
    for file in tree.files.iter().filter(|file| file.path.starts_with(CATALOGUE)) {
        match entries(file) {
            Ok(found) => codes.extend(found),
            Err(breach) => return vec![breach],
        }
    }
    if codes.is_empty() {
        return vec![Breach::new(CATALOGUE, 0, "the codes stand here")];
    }
    let uses = Uses::of(tree);
    let mut breaches = Vec::new();
    for code in codes {
        if !uses.in_sources.contains_key(&code.name) && !uses.in_sources.contains_key(&code.text) {
            breaches.push(Breach::new(&code.file, code.line, format!("nothing refuses with `{}`", code.text)));
        }
        if !uses.in_tests.contains_key(&code.name) && !uses.in_tests.contains_key(&code.text) {
            breaches.push(Breach::new(&code.file, code.line, format!("no test names `{}`", code.text)));
        }
    }
    breaches
}

struct Entry {
    file: String,
    name: String,
    text: String,
    line: usize,
}

/// `Name = "code" (`, as the macro of the catalogue takes it.
fn entries(catalogue: &File) -> Result<Vec<Entry>, Breach> {
    let words = words(catalogue, false)?;
    let entries = words.windows(4).filter_map(|entry| match entry {
        [name, equals, text, open] if equals.text == "=" && text.literal && open.text == "(" => Some(Entry {
            file: catalogue.path.clone(),
            name: name.text.clone(),
            text: text.text.trim_matches('"').to_owned(),
            line: name.line,
        }),
        _ => None,
    });
    Ok(entries.collect())
}

#[derive(Default)]
struct Uses {
    in_sources: BTreeMap<String, usize>,
    in_tests: BTreeMap<String, usize>,
}

impl Uses {
    fn of(tree: &Tree) -> Self {
        let mut uses = Self::default();
        let tests: Vec<_> = SOURCES.iter().flat_map(|folder| test_files(tree, folder)).collect();
        for file in tree.files.iter().filter(|file| !file.path.starts_with(CATALOGUE)) {
            let rust = file.has_extension(&["rs"]);
            let source = rust && SOURCES.iter().any(|folder| file.path.starts_with(folder));
            if source && !file.path.contains("/tests/") && !tests.contains(&file.path) {
                uses.source(file);
            } else if !file.is_generated() && is_test_path(&file.path) || tests.contains(&file.path) {
                count(file.text(), 1, &mut uses.in_tests);
            }
        }
        uses
    }

    /// What stands outside tests and docs is the source; the rest of the file is a test or an example.
    fn source(&mut self, file: &File) {
        let mut outside = BTreeMap::new();
        for word in words(file, false).unwrap_or_default() {
            count(&word.text, 1, &mut outside);
        }
        let mut all = BTreeMap::new();
        count(file.text(), 1, &mut all);
        for (name, times) in all {
            if times > outside.get(&name).copied().unwrap_or(0) {
                self.in_tests.insert(name, times);
            }
        }
        self.in_sources.extend(outside);
    }
}

fn is_test_path(path: &str) -> bool {
    let rules = path.starts_with("tests/src/rules/");
    !rules && path.split('/').any(|part| matches!(part, "tests" | "test" | "conformance" | "cases"))
}

/// Words of letters, digits, `_` and `.`, so that codes and Rust names both count.
fn count(text: &str, times: usize, into: &mut BTreeMap<String, usize>) {
    let words = text.split(|c: char| !(c.is_alphanumeric() || c == '_' || c == '.'));
    for word in words.map(|word| word.trim_matches('.')).filter(|word| !word.is_empty()) {
        *into.entry(word.to_owned()).or_default() += times;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CODES: &str = "catalogue! { /// Lost.\n Lost = \"money.lost\" () \"a\" \"b\"; }";

    fn breaches_of(path: &str, source: &str) -> usize {
        check(&Tree::of(&[("crm-core/src/refusal/catalogue/money.rs", CODES), (path, source)])).len()
    }

    #[test]
    fn wants_a_use_and_a_test() {
        let used = "fn f() { refuse(Code::Lost) }";
        assert_eq!(
            breaches_of(
                "crm-core/src/money/a.rs",
                &format!("{used}\n#[cfg(test)] mod tests {{ fn t() {{ Code::Lost }} }}")
            ),
            0
        );
        assert_eq!(breaches_of("crm-core/src/money/a.rs", &format!("/// `Code::Lost` comes back.\n{used}")), 0);
        assert_eq!(breaches_of("crm-core/src/money/a.rs", used), 1);
        assert_eq!(breaches_of("tests/conformance/a.json", "{\"code\": \"money.lost\"}"), 1);
        assert_eq!(breaches_of("tests/conformance/a.json", "{\"code\": \"money.lost.more\"}"), 2);
        assert_eq!(breaches_of("crm-core/src/money/a.rs", "fn f() { Lostness }"), 2);
        assert_eq!(check(&Tree::default()).len(), 1);
    }
}
