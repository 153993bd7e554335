//! Laws: `docs/laws.md` names the test and the mutant of each; both exist and are tests, and none is left out.

use crate::{
    rules::architecture::named,
    tree::{Breach, Tree},
};

const LAWS: &str = "docs/laws.md";
/// Number of laws of the design.
const COUNT: usize = 14;

/// Every row of the table.
#[must_use]
pub fn check(tree: &Tree) -> Vec<Breach> {
    let Some(document) = tree.get(LAWS) else { return vec![Breach::new(LAWS, 0, "the table of laws stands here")] };
    let mut breaches = Vec::new();
    let mut seen = Vec::new();
    for (index, line) in document.text().lines().enumerate() {
        let Some((number, cells)) = row(line) else { continue };
        let mut breach = |what: String| breaches.push(Breach::new(LAWS, index + 1, what));
        if !seen.contains(&number) {
            seen.push(number);
        }
        let [_, tests, mutants] = cells.as_slice() else {
            breach("a row has four cells: number, law, tests, mutants".to_owned());
            continue;
        };
        // A law whose rooms don't exist yet says so; it names neither.
        let (tests, mutants) = (named(tests), named(mutants));
        if tests.is_empty() != mutants.is_empty() {
            breach("a law has both a test and a mutant that the test catches".to_owned());
        }
        for (_, name) in tests.iter().chain(&mutants) {
            if !is_test(tree, name) {
                breach(format!("`{name}` is no test; write path::name"));
            }
        }
    }
    unlisted(tree, document.text(), &mut breaches);
    for number in (1..=COUNT).filter(|number| !seen.contains(number)) {
        breaches.push(Breach::new(LAWS, 0, format!("law {number} has no row")));
    }
    breaches
}

/// A test that is named for a law stands in the table.
fn unlisted(tree: &Tree, table: &str, breaches: &mut Vec<Breach>) {
    for file in tree.files.iter().filter(|file| file.has_extension(&["rs"])) {
        for (index, line) in file.text().lines().enumerate() {
            let function = line.trim().strip_prefix("fn law_").and_then(|rest| rest.split_once('('));
            let Some((rest, _)) = function.filter(|(rest, _)| rest.starts_with(|first: char| first.is_ascii_digit()))
            else {
                continue;
            };
            let name = format!("{}::law_{rest}", file.path);
            if !table.contains(&format!("`{name}`")) && is_test(tree, &name) {
                breaches.push(Breach::new(&file.path, index + 1, format!("`{name}` has no place in {LAWS}")));
            }
        }
    }
}

fn row(line: &str) -> Option<(usize, Vec<String>)> {
    let mut cells = line.strip_prefix('|')?.trim_end().strip_suffix('|')?.split('|').map(|cell| cell.trim().to_owned());
    let number = cells.next()?.parse().ok()?;
    Some((number, cells.collect()))
}

/// `path::name`, where the file holds a function of that name below a test attribute.
fn is_test(tree: &Tree, name: &str) -> bool {
    let Some((path, function)) = name.split_once("::") else { return false };
    let Some(file) = tree.get(path) else { return false };
    let head = format!("fn {function}(");
    let mut above = Vec::new();
    for line in file.text().lines().map(str::trim) {
        if line.starts_with(&head) {
            return above.contains(&"#[test]") || above.iter().any(|line| line.starts_with("#[should_panic"));
        }
        if line.starts_with("#[") || line.starts_with("///") || line.starts_with("//") {
            above.push(line);
        } else {
            above.clear();
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEST: &str = "proptest! {\n  #[test]\n  /// Says.\n  fn no_cent_is_lost(x in any()) {}\n}\nfn free() {}\n#[test]\nfn mutant_dies() {}\n";

    fn breaches_of(cells: &str) -> usize {
        let rest: String = (2..=COUNT).map(|number| format!("| {number} | x | — | — |\n")).collect();
        let table = format!("| # | law | tests | mutants |\n|---|---|---|---|\n| 1 | No cent | {cells} |\n{rest}");
        check(&Tree::of(&[(LAWS, &table), ("a/b.rs", TEST)])).len()
    }

    #[test]
    fn wants_tests_that_exist() {
        assert_eq!(breaches_of("`a/b.rs::no_cent_is_lost` | `a/b.rs::mutant_dies`"), 0);
        assert_eq!(breaches_of("— | —"), 0);
        for cells in [
            "`a/b.rs::no_cent_is_lost` | —",
            "— | `a/b.rs::mutant_dies`",
            "`a/b.rs::no_cent_is_lost` | `a/b.rs::free`",
            "`a/b.rs::no_cent_is_los` | `a/b.rs::mutant_dies`",
            "`a/c.rs::no_cent_is_lost` | `a/b.rs::mutant_dies`",
            "`no_cent_is_lost` | `a/b.rs::mutant_dies`",
            "x",
        ] {
            assert_eq!(breaches_of(cells), 1, "{cells}");
        }
        assert_eq!(check(&Tree::of(&[(LAWS, "")])).len(), COUNT);
        let named =
            "#[test]\nfn law_1_no_cent_is_lost() {}\nfn law_1_model() {}\n#[test]\nfn law_of_small_numbers() {}\n";
        assert_eq!(check(&Tree::of(&[(LAWS, ""), ("a/b.rs", named)])).len(), COUNT + 1);
    }
}
