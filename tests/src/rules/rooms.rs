//! Rooms of the core: a room imports only rooms above it in the table of `crm-core/src/lib.rs`.

use std::collections::BTreeSet;

use crate::{
    tokens::{Word, words},
    tree::{Breach, File, Tree},
};

const SOURCES: &str = "crm-core/src/";
const LIB: &str = "crm-core/src/lib.rs";

/// Reads the table and every path of every file below `crm-core/src`, tests included.
#[must_use]
pub fn check(tree: &Tree) -> Vec<Breach> {
    let Some(lib) = tree.get(LIB) else { return vec![Breach::new(LIB, 0, "the table of rooms stands here")] };
    let table = table(lib.text());
    let mut breaches = doors(lib, &table);
    for file in tree.below(SOURCES, &["rs"]).filter(|file| file.path != LIB) {
        match words(file, true) {
            Ok(words) => imports(file, &words, &table, &mut breaches),
            Err(breach) => breaches.push(breach),
        }
    }
    breaches
}

/// The rooms in the order of the table.
#[must_use]
pub fn table(lib: &str) -> Vec<String> {
    let rows = lib.lines().filter_map(|line| line.strip_prefix("//! | `"));
    rows.filter_map(|row| row.split_once('`')).map(|(room, _)| room.to_owned()).collect()
}

/// Every `mod` of `lib.rs` is a row, every row is a `mod`.
fn doors(lib: &File, table: &[String]) -> Vec<Breach> {
    let words = match words(lib, false) {
        Ok(words) => words,
        Err(breach) => return vec![breach],
    };
    let mut breaches = Vec::new();
    let mut opened = BTreeSet::new();
    for pair in words.windows(2) {
        if let [keyword, name] = pair
            && keyword.text == "mod"
        {
            opened.insert(name.text.clone());
            if !table.contains(&name.text) {
                breaches.push(Breach::new(LIB, name.line, format!("room `{}` has no row in the table", name.text)));
            }
        }
    }
    let closed = table.iter().filter(|room| !opened.contains(*room));
    breaches
        .extend(closed.map(|room| Breach::new(LIB, 0, format!("the table names `{room}`, which is no module here"))));
    breaches
}

fn imports(file: &File, words: &[Word], table: &[String], breaches: &mut Vec<Breach>) {
    let inside = file.path.trim_start_matches(SOURCES).trim_end_matches(".rs").trim_end_matches("/mod");
    let room = inside.split('/').next().unwrap_or_default();
    let depth = inside.split('/').count();
    let Some(own) = table.iter().position(|row| row == room) else {
        breaches.push(Breach::new(&file.path, 0, format!("room `{room}` has no row in the table")));
        return;
    };
    let mut at = 0;
    while let Some(word) = words.get(at) {
        let (mut next, leaves) = match word.text.as_str() {
            "crate" => (at + 1, true),
            "super" => {
                let (mut steps, mut next) = (1, at + 1);
                while is(words, next, ":") && is(words, next + 2, "super") {
                    steps += 1;
                    next += 3;
                }
                (next, steps >= depth + word.inline_modules)
            }
            _ => (at + 1, false),
        };
        if leaves && is(words, next, ":") && is(words, next + 1, ":") {
            next += 2;
            for name in first_names(words, next) {
                judge(file, name, own, table, breaches);
            }
        }
        at = next;
    }
}

fn judge(file: &File, name: &Word, own: usize, table: &[String], breaches: &mut Vec<Breach>) {
    let room = table.get(own).map_or("", String::as_str);
    match table.iter().position(|row| *row == name.text) {
        Some(other) if other <= own => {}
        Some(_) => breaches.push(Breach::new(
            &file.path,
            name.line,
            format!("room `{room}` imports `{}`, which stands below it in the table of rooms", name.text),
        )),
        None => breaches.push(Breach::new(
            &file.path,
            name.line,
            format!("`{}` is no room; import from the room that defines it", name.text),
        )),
    }
}

/// The first names behind `crate::`: one, or one for each entry of a group.
fn first_names(words: &[Word], at: usize) -> Vec<&Word> {
    if !is(words, at, "{") {
        return words.get(at).into_iter().collect();
    }
    let mut names = Vec::new();
    let (mut open, mut fresh) = (0_usize, false);
    for word in words.get(at..).unwrap_or_default() {
        match word.text.as_str() {
            "{" => {
                open += 1;
                fresh = open == 1;
            }
            "}" => {
                open -= 1;
                if open == 0 {
                    break;
                }
            }
            "," => fresh = open == 1,
            _ if fresh => {
                names.push(word);
                fresh = false;
            }
            _ => {}
        }
    }
    names
}

fn is(words: &[Word], at: usize, text: &str) -> bool {
    words.get(at).is_some_and(|word| word.text == text)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "//! | room | for |\n//! |---|---|\n//! | `low` | a |\n//! | `mid` | b |\n//! | `high` | c |\npub mod low;\npub mod mid;\npub mod high;\n";

    fn breaches_of(path: &str, source: &str) -> Vec<String> {
        let tree = Tree::of(&[(LIB, TABLE), (path, source)]);
        check(&tree).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn allows_rooms_above_and_itself() {
        let source = "use crate::{low::{self, deep::X}, mid::Y};\nuse super::Z;\nmod tests { use super::*; }";
        assert_eq!(breaches_of("crm-core/src/mid/part.rs", source), [""; 0]);
    }

    #[test]
    fn catches_every_way_down() {
        for source in [
            "use crate::high::X;",
            "use crate::{low::A, high::X};",
            "use crate::{low::{A, B}, high};",
            "fn f() { crate::high::x() }",
            "macro_rules! m { () => { $crate::high::x() } }",
            "use super::super::high::X;",
            "mod tests { use super::super::super::high::X; }",
            "use super::super::{low, high};",
            "/// [`x`](crate::low)\npub use crate::high as other;",
        ] {
            assert_eq!(breaches_of("crm-core/src/mid/part.rs", source).len(), 1, "{source}");
        }
        assert_eq!(breaches_of("crm-core/src/mid/mod.rs", "use super::high::X;").len(), 1);
        assert_eq!(breaches_of("crm-core/src/mid.rs", "use super::high::X;").len(), 1);
    }

    #[test]
    fn catches_what_is_no_room() {
        assert_eq!(breaches_of("crm-core/src/mid/part.rs", "use crate::Thing;").len(), 1);
        assert_eq!(breaches_of("crm-core/src/attic/part.rs", "").len(), 1);
        let tree = Tree::of(&[(LIB, "//! | `low` | a |\npub mod other;")]);
        assert_eq!(check(&tree).len(), 2);
        assert_eq!(check(&Tree::default()).len(), 1);
    }
}
