//! Limits: `docs/limits.md` gives each with its constant; the numbers are equal, and no limit of the core is left out.

use std::collections::BTreeSet;

use crate::{
    rules::architecture::named,
    tree::{Breach, Tree},
};

const PAGE: &str = "docs/limits.md";
const CORE: &str = "crm-core/src/";

/// Every line of the page, and every limit of the core.
#[must_use]
pub fn check(tree: &Tree) -> Vec<Breach> {
    let Some(page) = tree.get(PAGE) else { return vec![Breach::new(PAGE, 0, "the limits stand here")] };
    let mut breaches = Vec::new();
    let mut told = BTreeSet::new();
    for (index, line) in page.text().lines().enumerate() {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let [_, _, limit, constant, _] = cells.as_slice() else { continue };
        let names = named(constant);
        let Some((_, name)) = names.first() else { continue };
        let found = name.split_once("::").and_then(|(path, name)| constants(tree.get(path)?.text()).find(name));
        match (found, number(limit)) {
            (None, _) => {
                breaches.push(Breach::new(PAGE, index + 1, format!("`{name}` is no constant; write path::NAME")))
            }
            (Some(found), stated) if stated != Some(found) => {
                breaches.push(Breach::new(PAGE, index + 1, format!("`{name}` is {found}, the page says {limit}")));
            }
            _ => {}
        }
        told.insert(name.clone());
    }
    for file in tree.below(CORE, &["rs"]) {
        for (name, _) in constants(file.text()).0 {
            let full = format!("{}::{name}", file.path);
            if name.starts_with("MAX_") && !told.contains(&full) {
                breaches.push(Breach::new(&file.path, 0, format!("`{full}` has no line in {PAGE}")));
            }
        }
    }
    breaches
}

/// Constants that are whole numbers, by name.
struct Constants(Vec<(String, i128)>);

impl Constants {
    fn find(&self, wanted: &str) -> Option<i128> {
        self.0.iter().find(|(name, _)| name == wanted).map(|(_, value)| *value)
    }
}

/// What a file defines. A constant that is another one by name is that one's limit, and not told again.
fn constants(source: &str) -> Constants {
    let of_line = |line: &str| {
        let line = line.trim();
        let (before, rest) = line.split_once("const ")?;
        let (name, rest) = rest.split_once(':')?;
        let (_, value) = rest.strip_suffix(';')?.split_once('=')?;
        let item = before.is_empty() || before.starts_with("pub");
        Some((name.to_owned(), value_of(value)?)).filter(|_| item)
    };
    Constants(source.lines().filter_map(of_line).collect())
}

/// `128`, `64 * 1024`, `1 << 20`, `(1 << 96) - 1`, `-5`.
fn value_of(expression: &str) -> Option<i128> {
    let expression = expression.trim();
    if let Some((left, right)) = expression.split_once(" - ") {
        return value_of(left)?.checked_sub(value_of(right)?);
    }
    let expression = expression.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')).unwrap_or(expression);
    if let Some((left, right)) = expression.split_once("<<") {
        return 2_i128.checked_pow(u32::try_from(value_of(right)?).ok()?)?.checked_mul(value_of(left)?);
    }
    let mut product = 1_i128;
    for factor in expression.split('*') {
        product = product.checked_mul(factor.trim().replace('_', "").parse().ok()?)?;
    }
    Some(product)
}

/// `1,000`, `64 MiB`.
fn number(cell: &str) -> Option<i128> {
    let (digits, unit) = cell.split_once(' ').unwrap_or((cell, ""));
    let unit = match unit {
        "" => 1,
        "KiB" => 1 << 10,
        "MiB" => 1 << 20,
        _ => return None,
    };
    digits.replace(',', "").parse::<i128>().ok()?.checked_mul(unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str = "pub const MAX_BYTES: usize = 64 * 1024;\n    const MAX_PARTS: i64 = 1_000;\nconst LOW: i64 = -5;\nconst MAX_ALIAS: usize = wire::MAX_BYTES;\nfn f<const N: usize>() {}\n";

    fn breaches_of(page: &str) -> Vec<Breach> {
        check(&Tree::of(&[(PAGE, page), ("crm-core/src/a.rs", SOURCE)]))
    }

    fn row(limit: &str, constant: &str) -> String {
        format!("| what | {limit} | `crm-core/src/a.rs::{constant}` |\n")
    }

    #[test]
    fn takes_numbers_that_agree() {
        let page = [
            "| what | limit | constant |\n|---|---|---|\n".to_owned(),
            row("64 KiB", "MAX_BYTES"),
            row("1,000", "MAX_PARTS"),
            row("-5", "LOW"),
        ];
        assert_eq!(breaches_of(&page.concat()), []);
        assert_eq!(value_of("(1 << 96) - 1"), Some((1 << 96) - 1));
    }

    #[test]
    fn catches_other_numbers_missing_limits_and_names_that_are_none() {
        let bytes = row("64 KiB", "MAX_BYTES");
        for (page, count) in [
            (row("64 MiB", "MAX_BYTES") + &row("1,000", "MAX_PARTS"), 1),
            (row("64", "MAX_BYTES") + &row("a thousand", "MAX_PARTS"), 2),
            (bytes.clone(), 1),
            (bytes.clone() + &row("1,000", "MAX_PARTS") + &row("1", "MAX_GONE"), 1),
            (String::new(), 2),
        ] {
            assert_eq!(breaches_of(&page).len(), count, "{page}");
        }
        assert_eq!(check(&Tree::default()).len(), 1);
    }
}
