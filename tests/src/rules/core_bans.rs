//! What the core may not name: floats, clocks, std, panics, unsafe, global state.

use crate::{
    tokens::{Word, test_files, words},
    tree::{Breach, File, Tree},
};

const SOURCES: &str = "crm-core/src/";

/// serde's traits want these functions to name a float; the wire refuses it inside.
const REFUSES_FLOATS: [&str; 6] =
    ["visit_f32", "visit_f64", "serialize_f32", "serialize_f64", "deserialize_f32", "deserialize_f64"];
/// Clocks, and what has the time of day.
const CLOCKS: [&str; 7] = ["SystemTime", "Instant", "Utc", "Local", "NaiveTime", "NaiveDateTime", "DateTime"];
/// Global state.
const GLOBALS: [&str; 6] = ["thread_local", "OnceCell", "OnceLock", "LazyLock", "LazyCell", "Mutex"];
/// Macros that end the process of the host. `debug_assert!` is no part of what a host gets.
const PANICS: [&str; 7] = ["panic", "todo", "unimplemented", "unreachable", "assert", "assert_eq", "assert_ne"];
/// Lints that nothing in the core may switch off.
const FIRM_LINTS: [&str; 9] = [
    "missing_docs",
    "unsafe_code",
    "unwrap_used",
    "expect_used",
    "panic",
    "indexing_slicing",
    "float_arithmetic",
    "todo",
    "unimplemented",
];

/// Reads every file below `crm-core/src` without its tests.
#[must_use]
pub fn check(tree: &Tree) -> Vec<Breach> {
    let tests = test_files(tree, SOURCES);
    let mut breaches = Vec::new();
    for file in tree.below(SOURCES, &["rs"]).filter(|file| !tests.contains(&file.path)) {
        match words(file, false) {
            Ok(words) => judge(file, &words, &mut breaches),
            Err(breach) => breaches.push(breach),
        }
    }
    breaches
}

fn judge(file: &File, words: &[Word], breaches: &mut Vec<Breach>) {
    let mut at = 0;
    while let Some(word) = words.get(at) {
        let is = |offset: usize, text: &str| words.get(at + offset).is_some_and(|next| next.text == text);
        let previous = at.checked_sub(1).and_then(|before| words.get(before)).map_or("", |before| &before.text);
        let name = word.text.as_str();
        // In a signature, or in the list of a macro that writes such functions; never a call.
        let refuses = REFUSES_FLOATS.contains(&name) && previous != "." && previous != ":";
        if refuses || name == "forward_to_deserialize_any" {
            at = behind_group(words, at);
            continue;
        }
        let what = if word.literal {
            (previous != "." && is_float(name)).then_some("a float literal: amounts and rates are exact decimals")
        } else if matches!(name, "f32" | "f64") {
            Some("a float: amounts and rates are exact decimals")
        } else if name == "std" && is(1, ":") && is(2, ":") || name == "std" && previous == "crate" {
            Some("`std`: the core is no_std; use `core` or `alloc`")
        } else if CLOCKS.contains(&name) {
            Some("a clock or a time of day: dates come in as arguments")
        } else if GLOBALS.contains(&name) || name.starts_with("Atomic") || name == "static" && is(1, "mut") {
            Some("global state: what a function needs comes in as an argument")
        } else if name == "unsafe" {
            Some("`unsafe`: the core is safe Rust")
        } else if PANICS.contains(&name) && is(1, "!") {
            Some("a panic: refuse with a code")
        } else if matches!(name, "unwrap" | "expect") && previous == "." && is(1, "(") {
            Some("`unwrap` or `expect`: refuse with a code, or make the case impossible by type")
        } else if matches!(name, "allow" | "warn" | "cfg_attr") && is(1, "(") && switches_off(words, at + 1) {
            Some("a firm lint switched off outside tests")
        } else {
            None
        };
        if let Some(what) = what {
            breaches.push(Breach::new(&file.path, word.line, format!("{what} (`{name}`)")));
        }
        at += 1;
    }
}

fn is_float(literal: &str) -> bool {
    if !literal.starts_with(|first: char| first.is_ascii_digit())
        || ["0x", "0b", "0o"].iter().any(|radix| literal.starts_with(radix))
    {
        return false;
    }
    let exponent = literal.contains(['e', 'E']) && !literal.contains(['u', 'i']);
    literal.contains('.') || exponent || literal.ends_with("f32") || literal.ends_with("f64")
}

/// The first word behind the next group: the arguments of a function, the body of a macro.
fn behind_group(words: &[Word], at: usize) -> usize {
    let mut open = 0_usize;
    for (offset, word) in words.get(at..).unwrap_or_default().iter().enumerate() {
        match word.text.as_str() {
            "(" | "{" => open += 1,
            ")" | "}" => {
                open = open.saturating_sub(1);
                if open == 0 {
                    return at + offset + 1;
                }
            }
            _ => {}
        }
    }
    words.len()
}

fn switches_off(words: &[Word], open: usize) -> bool {
    let end = behind_group(words, open);
    let inside = words.get(open..end).unwrap_or_default();
    inside.iter().any(|word| FIRM_LINTS.contains(&word.text.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn breaches_of(source: &str) -> Vec<Breach> {
        check(&Tree::of(&[("crm-core/src/money/amount.rs", source)]))
    }

    #[test]
    fn catches_each_ban() {
        for source in [
            "fn f(x: f64) {}",
            "const X: u8 = 1.5 as u8;",
            "const X: u8 = 1e3 as u8;",
            "const X: u8 = 1f32 as u8;",
            "use std::fmt;",
            "extern crate std;",
            "fn f() { let x: std::string::String; }",
            "use chrono::Utc;",
            "fn f() { SystemTime::now() }",
            "static mut X: u8 = 0;",
            "static X: AtomicU64 = START;",
            "fn f() { unsafe { g() } }",
            "fn f() { panic!() }",
            "fn f() { vec![unreachable!()] }",
            "fn f() { assert!(x > 0) }",
            "fn f() { assert_eq!(x, y) }",
            "fn f() { core::assert_ne!(x, y) }",
            "fn f() { x.unwrap() }",
            "macro_rules! m { ($x:expr) => { $x.expect(\"y\") } }",
            "#[allow(clippy::unwrap_used)] fn f() {}",
            "#![allow(missing_docs)]",
            "fn visit_u64(self, x: f64) {}",
            "fn f() { out.serialize_f64(x as f64) }",
        ] {
            assert_eq!(breaches_of(source).len(), 1, "{source}");
        }
    }

    #[test]
    fn leaves_tests_docs_and_refusals_alone() {
        for source in [
            "//! A `f64`, `std::time` and `unwrap()` in prose.\n/// x.unwrap()\nfn f() {}",
            "#[cfg(test)]\nextern crate std;\n#[cfg(test)]\n#[allow(clippy::unwrap_used)]\nmod tests { fn f() { std::x().unwrap() } }",
            "fn visit_f64<E>(self, _: f64) -> Result<Self::Value, E> { refuse() }",
            "forward_to_deserialize_any! { bool f32 f64 str }",
            "unsupported! { serialize_u64(u64) serialize_f32(f32) serialize_f64(f64) }",
            "const X: u64 = 0x1e3; const Y: u8 = 7u8; const Z: i128 = 1_000i128; const S: &str = \"1.5\";",
            "fn f() { x.unwrap_or(0); x.expected(); a.0.1; }",
            "fn f() { debug_assert!(x > 0); debug_assert_eq!(x, y); assert(x); }",
            "#[allow(clippy::too_many_lines)] fn f() {}",
        ] {
            assert_eq!(breaches_of(source), [], "{source}");
        }
        let tree =
            Tree::of(&[("crm-core/src/lib.rs", "#[cfg(test)] mod model;"), ("crm-core/src/model.rs", "use std::fmt;")]);
        assert_eq!(check(&tree), []);
    }
}
