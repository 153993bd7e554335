//! Exports: everything public in the rooms of the core is reached through the surface, or a reason stands here.
//!
//! Reached is a name that the calls, engines and records of the surface say, and a type that crosses. Of a type that does
//! not cross, each public method counts by itself.

use std::{
    collections::{BTreeMap, BTreeSet},
    str::FromStr as _,
};

use proc_macro2::{TokenStream, TokenTree};
use syn::{ImplItem, Item, UseTree, Visibility};

use crate::{
    tokens::test_files,
    tree::{Breach, Tree},
};

const ROOMS: [&str; 8] = ["calendar", "money", "privacy", "rulebook", "party", "access", "ledger", "portfolio"];
const SURFACE: [&str; 3] =
    ["bindings/surface/src/calls/", "bindings/surface/src/engines/", "bindings/surface/src/records.rs"];
const SCHEMA: &str = "docs/wire.schema.json";

/// What no binding reaches, and why. `Type::*` is every method of a type.
const LEFT_OUT: &[(&str, &str)] = &[
    ("access::CUSTOMER_FILE_ROLES", "customer_file_roles reads it"),
    ("access::Owned", "a trait of rows; elsewhere rows are given with their owners"),
    ("access::Viewed", "a trait of records; each record has its own view_ call"),
    ("calendar::Date::*", "a date is native in every language"),
    ("ledger::Chart::from_json", "a load takes a document"),
    (
        "ledger::Journal::*",
        "engines answer with records to store: post, close_period and add are posting, closing, extend",
    ),
    ("ledger::JournalCommand", "post and close_period are the two commands"),
    ("ledger::JournalEvent", "stands inside a sealed record, as text under its hash"),
    ("ledger::JournalRecord", "stands inside a sealed record, as text under its hash"),
    ("ledger::PostingRules::from_json", "a load takes a document"),
    ("money::Decimal::*", "a decimal is native in every language"),
    ("money::Unrounded::*", "an exact value between two steps of Rust; every call rounds once and says how"),
    ("portfolio::CHINA_SEGMENTS", "china_segment_model reads it"),
    (
        "portfolio::ClaimTies::differences",
        "tie_claims counts; which groups differ is asked where both files are, in Rust",
    ),
    ("portfolio::ClaimTies::visible_differences", "as differences"),
    ("portfolio::CustomerBook::*", "CustomerBook.load and with_rows take the rows of every table"),
    ("portfolio::RefusedRow", "RejectedRow, with the sentences"),
    ("portfolio::SATISFIED", "the name of a fact of the shipped model; stands in its record"),
    (
        "portfolio::SegmentModel::group_columns",
        "borrows whole columns; across the wire they would be copied row by row, and assign gives the same groups",
    ),
    ("portfolio::SegmentModel::from_stored", "china_segment_model and load take the record"),
    ("portfolio::Tie", "differences of ties"),
    ("portfolio::TieDifference", "differences of ties"),
    ("portfolio::WarningReview", "ReviewedWarnings, which crosses"),
    ("privacy::FIELDS", "how a document of a host's own is read"),
    ("privacy::FieldTable::prove", "a test of a table against samples in Rust"),
    ("rulebook::RuleSet::from_json", "a load takes a document"),
    ("rulebook::Scalar::*", "a single value is native in every language"),
    ("rulebook::Value::*", "a value is native or says its type"),
];

/// Every public name of the rooms.
#[must_use]
pub fn check(tree: &Tree) -> Vec<Breach> {
    judge(tree, LEFT_OUT)
}

fn judge(tree: &Tree, left_out: &[(&str, &str)]) -> Vec<Breach> {
    let mut names = BTreeSet::new();
    for file in SURFACE.iter().flat_map(|folder| tree.below(folder, &["rs"])) {
        said(TokenStream::from_str(file.text()).unwrap_or_default(), &mut names);
    }
    let crossing = crossing(tree);
    let mut breaches = Vec::new();
    let mut needed = BTreeSet::new();
    for room in ROOMS {
        let folder = format!("crm-core/src/{room}/");
        let entry = format!("{folder}mod.rs");
        let public = tree.get(&entry).map(|file| public_names(file.text())).unwrap_or_default();
        if public.is_empty() {
            breaches.push(Breach::new(&entry, 0, "a room with public names was expected here"));
        }
        let methods = methods(tree, &folder);
        for name in &public {
            let full = format!("{room}::{name}");
            let crosses = crossing.contains(name);
            let missing = !crosses && !names.contains(name);
            if missing {
                tell(&full, &full, left_out, &mut needed, &mut breaches, &entry);
            }
            if crosses || missing {
                continue;
            }
            for method in methods.get(name).into_iter().flatten().filter(|method| !names.contains(*method)) {
                tell(&format!("{full}::{method}"), &format!("{full}::*"), left_out, &mut needed, &mut breaches, &entry);
            }
        }
    }
    let spent = left_out.iter().filter(|(name, _)| !needed.contains(*name));
    breaches.extend(
        spent.map(|(name, _)| Breach::new("tests/src/rules/exports.rs", 0, format!("`{name}` is reached or gone"))),
    );
    breaches
}

fn tell<'l>(
    name: &str,
    all: &str,
    left_out: &[(&'l str, &str)],
    needed: &mut BTreeSet<&'l str>,
    breaches: &mut Vec<Breach>,
    file: &str,
) {
    match left_out.iter().find(|(own, _)| *own == name || *own == all) {
        Some((own, _)) => _ = needed.insert(own),
        None => breaches.push(Breach::new(file, 0, format!("no binding reaches `{name}`: export it, or say why not"))),
    }
}

/// Every name that code says; what is only imported is not said.
fn said(tokens: TokenStream, into: &mut BTreeSet<String>) {
    let mut imports = false;
    for token in tokens {
        match token {
            TokenTree::Ident(ident) if ident == "use" => imports = true,
            TokenTree::Punct(mark) if mark.as_char() == ';' => imports = false,
            TokenTree::Ident(ident) if !imports => _ = into.insert(ident.to_string()),
            TokenTree::Group(group) if !imports => said(group.stream(), into),
            _ => {}
        }
    }
}

/// The types of the schema.
fn crossing(tree: &Tree) -> BTreeSet<String> {
    let schema: Option<serde_json::Value> = tree.get(SCHEMA).and_then(|file| serde_json::from_str(file.text()).ok());
    let types = schema.as_ref().and_then(|schema| schema.get("$defs")).and_then(serde_json::Value::as_object);
    // A record with type parameters stands there once for each use: `Keyed_CustomerRecord`.
    let name = |full: &String| full.split('_').next().unwrap_or_default().to_owned();
    types.map(|types| types.keys().map(name).collect()).unwrap_or_default()
}

/// What a room offers: its `pub use`, without limits.
fn public_names(source: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for item in syn::parse_file(source).map(|file| file.items).unwrap_or_default() {
        if let Item::Use(item) = item
            && matches!(item.vis, Visibility::Public(_))
        {
            leaves(&item.tree, &mut names);
        }
    }
    names.retain(|name| !name.starts_with("MAX_"));
    names
}

fn leaves(tree: &UseTree, into: &mut BTreeSet<String>) {
    match tree {
        UseTree::Path(path) => leaves(&path.tree, into),
        UseTree::Name(name) => _ = into.insert(name.ident.to_string()),
        UseTree::Rename(name) => _ = into.insert(name.rename.to_string()),
        UseTree::Group(group) => group.items.iter().for_each(|item| leaves(item, into)),
        UseTree::Glob(_) => {}
    }
}

/// The public methods of the types of a room.
fn methods(tree: &Tree, folder: &str) -> BTreeMap<String, BTreeSet<String>> {
    let tests = test_files(tree, folder);
    let mut methods: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for file in tree.below(folder, &["rs"]).filter(|file| !tests.contains(&file.path)) {
        for item in syn::parse_file(file.text()).map(|file| file.items).unwrap_or_default() {
            let Item::Impl(block) = item else { continue };
            let syn::Type::Path(path) = &*block.self_ty else { continue };
            let (None, Some(last)) = (&block.trait_, path.path.segments.last()) else { continue };
            let own = methods.entry(last.ident.to_string()).or_default();
            for inside in &block.items {
                if let ImplItem::Fn(function) = inside
                    && matches!(function.vis, Visibility::Public(_))
                {
                    own.insert(function.sig.ident.to_string());
                }
            }
        }
    }
    methods
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    /// The rule can fail: without its reasons it tells each of them.
    #[test]
    fn what_is_left_out_without_a_reason_is_told() {
        let tree = Tree::of_workspace().unwrap();
        let told = judge(&tree, &[]);
        for wanted in
            ["`ledger::JournalCommand`", "`portfolio::ClaimTies::differences`", "`privacy::FieldTable::prove`"]
        {
            assert!(told.iter().any(|breach| format!("{breach:?}").contains(wanted)), "{wanted}");
        }
        let spent = judge(&tree, &[("portfolio::Facts", "no reason")]);
        assert!(spent.iter().any(|breach| format!("{breach:?}").contains("`portfolio::Facts` is reached")));
    }
}
