//! Rust as a flat list of words, so that a rule sees macros, types, patterns and expressions alike.

use std::{collections::BTreeSet, str::FromStr as _};

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use crate::tree::{Breach, File, Tree};

/// One token; a group's delimiters are words of their own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// As written; `::` is two words.
    pub text: String,
    /// From 1.
    pub line: usize,
    /// How many inline modules stand around it.
    pub inline_modules: usize,
    /// A number, a text or a character.
    pub literal: bool,
}

/// The words of a file, doc comments left out.
///
/// # Errors
/// A breach when the file is not Rust.
pub fn words(file: &File, with_tests: bool) -> Result<Vec<Word>, Breach> {
    let stream = TokenStream::from_str(file.text())
        .map_err(|error| Breach::new(&file.path, error.span().start().line, "this is not Rust that can be read"))?;
    let trees: Vec<TokenTree> = stream.into_iter().collect();
    let mut out = Vec::new();
    if with_tests || !starts_as_test(&trees) {
        flatten(&trees, 0, with_tests, &mut out);
    }
    Ok(out)
}

/// Files that exist for tests only: `#[cfg(test)] mod name;` and everything below.
#[must_use]
pub fn test_files(tree: &Tree, folder: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for file in tree.below(folder, &["rs"]) {
        let Ok(stream) = TokenStream::from_str(file.text()) else { continue };
        let trees: Vec<TokenTree> = stream.into_iter().collect();
        let home = match file.path.rsplit_once('/') {
            Some((home, "mod.rs" | "lib.rs" | "main.rs")) => home.to_owned(),
            _ => file.path.trim_end_matches(".rs").to_owned(),
        };
        for (at, _) in trees.iter().enumerate() {
            if !is_test_attribute(&trees, at) {
                continue;
            }
            let (_, end) = item_after(&trees, at);
            let item: Vec<String> = trees.get(at..end).unwrap_or_default().iter().map(ToString::to_string).collect();
            if let [.., keyword, name, semicolon] = item.as_slice()
                && keyword == "mod"
                && semicolon == ";"
            {
                let below = format!("{home}/{name}/");
                found.extend(tree.files.iter().map(|file| file.path.clone()).filter(|path| path.starts_with(&below)));
                found.insert(format!("{home}/{name}.rs"));
            }
        }
    }
    found
}

fn starts_as_test(trees: &[TokenTree]) -> bool {
    matches!(trees, [TokenTree::Punct(hash), TokenTree::Punct(bang), TokenTree::Group(group), ..]
        if hash.as_char() == '#' && bang.as_char() == '!' && is_test_cfg(group.stream()))
}

fn is_test_cfg(attribute: TokenStream) -> bool {
    let mut parts = attribute.into_iter();
    let named = matches!(parts.next(), Some(TokenTree::Ident(name)) if name == "cfg");
    let Some(TokenTree::Group(condition)) = parts.next() else { return false };
    let condition = condition.stream().to_string();
    named && (condition == "test" || condition.starts_with("all") && condition.contains("test"))
}

fn is_test_attribute(trees: &[TokenTree], at: usize) -> bool {
    matches!((trees.get(at), trees.get(at + 1)), (Some(TokenTree::Punct(hash)), Some(TokenTree::Group(group)))
        if hash.as_char() == '#' && is_test_cfg(group.stream()))
}

/// Where the item behind the attribute at `at` starts and ends.
fn item_after(trees: &[TokenTree], at: usize) -> (usize, usize) {
    let mut start = at;
    while matches!(trees.get(start), Some(TokenTree::Punct(hash)) if hash.as_char() == '#') {
        start += 2;
    }
    // The braces of an import are not its end.
    let imports = trees.get(start..).unwrap_or_default().iter().take(3).any(|word| word.to_string() == "use");
    let mut end = start;
    while let Some(tree) = trees.get(end) {
        end += 1;
        match tree {
            TokenTree::Punct(mark) if mark.as_char() == ';' => break,
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace && !imports => break,
            _ => {}
        }
    }
    (start, end)
}

fn flatten(trees: &[TokenTree], inline_modules: usize, with_tests: bool, out: &mut Vec<Word>) {
    let mut at = 0;
    while let Some(tree) = trees.get(at) {
        if !with_tests && is_test_attribute(trees, at) {
            at = item_after(trees, at).1;
            continue;
        }
        if is_doc(trees, at) {
            at += 2;
            continue;
        }
        let line = tree.span().start().line;
        let mut word = |text: String, literal: bool| out.push(Word { text, line, inline_modules, literal });
        match tree {
            TokenTree::Ident(ident) => word(ident.to_string(), false),
            TokenTree::Punct(mark) => word(mark.to_string(), false),
            TokenTree::Literal(literal) => word(literal.to_string(), true),
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Brace => ("{", "}"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::None => ("", ""),
                };
                let module = group.delimiter() == Delimiter::Brace && is_module_body(trees, at);
                word(open.to_owned(), false);
                let inside: Vec<TokenTree> = group.stream().into_iter().collect();
                flatten(&inside, inline_modules + usize::from(module), with_tests, out);
                let line = group.span_close().start().line;
                out.push(Word { text: close.to_owned(), line, inline_modules, literal: false });
            }
        }
        at += 1;
    }
}

fn is_module_body(trees: &[TokenTree], at: usize) -> bool {
    at >= 2
        && matches!((trees.get(at - 2), trees.get(at - 1)), (Some(TokenTree::Ident(keyword)), Some(TokenTree::Ident(_)))
            if keyword == "mod")
}

/// Doc comments are prose: examples in them are tests, sentences in them may name what code may not.
fn is_doc(trees: &[TokenTree], at: usize) -> bool {
    let Some(TokenTree::Punct(hash)) = trees.get(at) else { return false };
    let group = match trees.get(at + 1) {
        Some(TokenTree::Group(group)) if hash.as_char() == '#' => group,
        _ => return false,
    };
    let mut parts = group.stream().into_iter();
    matches!(parts.next(), Some(TokenTree::Ident(name)) if name == "doc")
        && matches!(parts.next(), Some(TokenTree::Punct(mark)) if mark.as_char() == '=')
}

#[cfg(test)]
#[allow(clippy::expect_used)]
mod tests {
    use super::*;

    fn texts(source: &str, with_tests: bool) -> String {
        let file = Tree::of(&[("a.rs", source)]).files.remove(0);
        let words = words(&file, with_tests).expect("Rust");
        words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn leaves_tests_and_docs_out() {
        let source = "/// `f64` here\n#[cfg(test)]\nuse a::{b, c};\nfn x() {}\n#[cfg(test)]\n#[allow(x)]\nmod tests { fn y() {} }\nfn z() {}";
        assert_eq!(texts(source, false), "fn x ( ) { } fn z ( ) { }");
        assert!(texts(source, true).contains("fn y"));
        assert_eq!(texts("#![cfg(test)] fn a() {}", false), "");
        assert_eq!(texts("#[cfg(not(test))] fn a() {}", false), "# [ cfg ( not ( test ) ) ] fn a ( ) { }");
    }

    #[test]
    fn counts_inline_modules_and_lines() {
        let file = Tree::of(&[("a.rs", "mod a {\n mod b { x }\n}")]).files.remove(0);
        let words = words(&file, true).expect("Rust");
        let x = words.iter().find(|word| word.text == "x").expect("x");
        assert_eq!((x.line, x.inline_modules), (2, 2));
    }

    #[test]
    fn finds_files_of_tests() {
        let tree = Tree::of(&[
            ("c/src/lib.rs", "#[cfg(test)]\nmod tests;\nmod real;"),
            ("c/src/tests.rs", ""),
            ("c/src/tests/more.rs", ""),
            ("c/src/real.rs", "#[cfg(test)] mod model;"),
        ]);
        let found: Vec<String> = test_files(&tree, "c/src").into_iter().collect();
        assert_eq!(found, ["c/src/real/model.rs", "c/src/tests.rs", "c/src/tests/more.rs"]);
    }
}
