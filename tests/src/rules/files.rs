//! Files: small, named for a subject, free of machine paths and of work left open.

use crate::tree::{Breach, File, Tree};

/// Written by hand and read by people.
const CODE: [&str; 7] = ["rs", "py", "ts", "mjs", "js", "kt", "java"];
/// Lines of one subject.
pub const FIRM_LINES: usize = 700;
/// Lines from which a file deserves a second look.
pub const SOFT_LINES: usize = 500;
const MEBIBYTE: u64 = 1 << 20;
/// Names that say nothing about what stands in a file.
const EMPTY_NAMES: [&str; 13] = [
    "util",
    "utils",
    "utility",
    "utilities",
    "common",
    "helper",
    "helpers",
    "misc",
    "types",
    "stuff",
    "shared",
    "base",
    "functions",
];
/// Marks of work left open, in pieces so that this file doesn't break its own rule.
const OPEN_MARKS: [&str; 2] = [concat!("TO", "DO"), concat!("FIX", "ME")];
/// The same, said in a comment.
const OPEN_WORDS: [&str; 2] = [concat!("for ", "now"), concat!("place", "holder")];
/// Where somebody's machine keeps things.
const MACHINE_PATHS: [&str; 9] = [
    concat!("/wo", "rk/"),
    concat!("/far", "m/"),
    concat!("/ro", "ot/"),
    concat!("/tm", "p/"),
    concat!("/ho", "me/"),
    concat!("/Us", "ers/"),
    concat!("/var/", "folders/"),
    concat!("/mn", "t/"),
    concat!("C:\\", "Users\\"),
];

/// Every tracked file.
#[must_use]
pub fn check(tree: &Tree) -> Vec<Breach> {
    let mut breaches = Vec::new();
    for file in &tree.files {
        if file.size > MEBIBYTE {
            breaches.push(Breach::new(&file.path, 0, format!("{} bytes; nothing over 1 MiB is kept here", file.size)));
        }
        let code = file.has_extension(&CODE);
        if code && !file.is_generated() {
            length(file, &mut breaches);
            name(file, &mut breaches);
        }
        if !is_lock(file) {
            lines(file, code, &mut breaches);
        }
    }
    breaches
}

/// Files over [`SOFT_LINES`], longest first: not wrong, but worth a look.
#[must_use]
pub fn long(tree: &Tree) -> Vec<(usize, &str)> {
    let code = tree.files.iter().filter(|file| file.has_extension(&CODE) && !file.is_generated());
    let mut long: Vec<_> = code.map(|file| (file.text().lines().count(), file.path.as_str())).collect();
    long.retain(|(lines, _)| *lines > SOFT_LINES);
    long.sort_unstable_by(|a, b| b.cmp(a));
    long
}

fn length(file: &File, breaches: &mut Vec<Breach>) {
    let lines = file.text().lines().count();
    if lines > FIRM_LINES {
        let what = format!("{lines} lines, at most {FIRM_LINES}: split it, one subject a file");
        breaches.push(Breach::new(&file.path, 0, what));
    }
}

fn name(file: &File, breaches: &mut Vec<Breach>) {
    let parts = file.path.split('/').map(|part| part.split('.').next().unwrap_or_default().to_lowercase());
    for part in parts.filter(|part| EMPTY_NAMES.contains(&part.trim_start_matches('_'))) {
        breaches.push(Breach::new(&file.path, 0, format!("`{part}` says nothing; name it for its subject")));
    }
}

fn is_lock(file: &File) -> bool {
    file.path.ends_with(".lock") || file.path.ends_with("package-lock.json")
}

fn lines(file: &File, code: bool, breaches: &mut Vec<Breach>) {
    for (index, line) in file.text().lines().enumerate() {
        for path in MACHINE_PATHS {
            // A part of a longer path or of an address is not at the root of a machine.
            let rooted = line.match_indices(path).any(|(at, _)| {
                !line
                    .get(..at)
                    .is_some_and(|before| before.ends_with(|c: char| c.is_alphanumeric() || ".-_/".contains(c)))
            });
            if rooted {
                breaches.push(Breach::new(&file.path, index + 1, format!("a path of one machine (`{path}`)")));
            }
        }
        let comment = ["//", "# ", " * "].iter().find_map(|start| line.find(start)).and_then(|at| line.get(at..));
        let said = OPEN_WORDS.iter().filter(|word| has_word(comment.unwrap_or_default(), word));
        for mark in OPEN_MARKS.iter().filter(|mark| has_word(line, mark)).chain(said).filter(|_| code) {
            breaches.push(Breach::new(
                &file.path,
                index + 1,
                format!("work left open (`{mark}`): do it or leave it out"),
            ));
        }
    }
}

fn has_word(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(at, _)| {
        let before = line.get(..at).and_then(|text| text.chars().next_back());
        let after = line.get(at + word.len()..).and_then(|text| text.chars().next());
        ![before, after].into_iter().flatten().any(|c| c.is_alphanumeric() || c == '_')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn breaches_of(path: &str, text: &str) -> usize {
        check(&Tree::of(&[(path, text)])).len()
    }

    #[test]
    fn catches_long_large_and_unnamed_files() {
        let long = "x\n".repeat(FIRM_LINES + 1);
        assert_eq!(breaches_of("a/money.rs", &long), 1);
        assert_eq!(breaches_of("a/money.rs", &"x\n".repeat(FIRM_LINES)), 0);
        assert_eq!(breaches_of("a/money.rs", &format!("// Generated by `cargo xtask bindgen`.\n{long}")), 0);
        assert_eq!(breaches_of("a/table.csv", &long), 0);
        assert_eq!(breaches_of("a/table.csv", &"12345678".repeat(1 << 18)), 1);
        for name in ["a/utils.rs", "a/common/money.py", "src/helpers.ts", "a/_common.py", "a/Types.kt"] {
            assert_eq!(breaches_of(name, ""), 1, "{name}");
        }
        assert_eq!(breaches_of("a/utilisation.rs", ""), 0);
        let middling = Tree::of(&[("a/b.rs", &"x\n".repeat(SOFT_LINES + 1)), ("a/c.rs", "x\n")]);
        assert_eq!(super::long(&middling), [(SOFT_LINES + 1, "a/b.rs")]);
    }

    #[test]
    fn catches_machine_paths_and_open_work() {
        for path in MACHINE_PATHS {
            assert_eq!(breaches_of("docs/a.md", &format!("see `{path}x`")), 1, "{path}");
            assert_eq!(breaches_of("docs/a.md", &format!("see https://example.org{path}x")), 0, "{path}");
        }
        for mark in OPEN_MARKS.into_iter().chain(OPEN_WORDS) {
            assert_eq!(breaches_of("a/b.rs", &format!("// {mark}: later")), 1, "{mark}");
            assert_eq!(breaches_of("docs/b.md", &format!("# {mark}: later")), 0, "{mark}");
            assert_eq!(breaches_of("a/b.rs", &format!("let a{mark}b = 1;")), 0, "{mark}");
        }
        assert_eq!(breaches_of("a/b.py", concat!("x = [now - then for ", "now, then in pairs]")), 0);
    }
}
