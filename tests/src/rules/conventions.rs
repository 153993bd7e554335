//! Wire types: what serde may be asked for (design: one reader, three dialects, native values).
//!
//! The generator refuses what it can't write in another language; this rule reads every derived type of the core and of
//! the surface, also those that nothing exports yet.

use std::collections::BTreeMap;

use syn::{
    Attribute, Field, Fields, GenericArgument, Item, ItemEnum, ItemStruct, PathArguments, Type, punctuated::Punctuated,
    spanned::Spanned as _, token::Comma,
};

use crate::{
    tokens::test_files,
    tree::{Breach, File, Tree},
};

const SOURCES: [&str; 2] = ["crm-core/src/", "bindings/surface/src/"];
/// serde features that a native reader or writer can't tell apart or carry a path through.
const BANNED_ATTRIBUTES: [&str; 11] = [
    "flatten",
    "untagged",
    "tag",
    "content",
    "transparent",
    "try_from",
    "from",
    "into",
    "skip_serializing_if",
    "borrow",
    "other",
];
/// Kinds of keys that every language has: text, identifier, all-unit enum, date; these are none.
const BANNED_KEYS: [&str; 9] = ["bool", "char", "i64", "Option", "Vec", "BTreeMap", "Money", "Decimal", "Value"];
const BANNED_SCALARS: [&str; 14] =
    ["u8", "u16", "u32", "u64", "u128", "usize", "i128", "isize", "f32", "f64", "char", "HashMap", "HashSet", "Cow"];

/// Every type that derives `Serialize` or `Deserialize`.
#[must_use]
pub fn check(tree: &Tree) -> Vec<Breach> {
    let mut reader = Reader::default();
    for folder in SOURCES {
        let tests = test_files(tree, folder);
        for file in tree.below(folder, &["rs"]).filter(|file| !tests.contains(&file.path)) {
            match syn::parse_file(file.text()) {
                Ok(parsed) => reader.items(file, &parsed.items),
                Err(error) => reader.breach(file, error.span().start().line, "this is not Rust that can be read"),
            }
        }
    }
    reader.breaches
}

#[derive(Default)]
struct Reader {
    names: BTreeMap<String, String>,
    breaches: Vec<Breach>,
}

impl Reader {
    fn breach(&mut self, file: &File, line: usize, what: impl Into<String>) {
        self.breaches.push(Breach::new(&file.path, line, what));
    }

    fn items(&mut self, file: &File, items: &[Item]) {
        for item in items {
            match item {
                Item::Struct(item) if derives(&item.attrs, "Serialize") || derives(&item.attrs, "Deserialize") => {
                    self.name(file, &item.ident);
                    self.record(file, item);
                }
                Item::Enum(item) if derives(&item.attrs, "Serialize") || derives(&item.attrs, "Deserialize") => {
                    self.name(file, &item.ident);
                    self.choice(file, item);
                }
                Item::Mod(item) if !is_test(&item.attrs) => {
                    if let Some((_, items)) = &item.content {
                        self.items(file, items);
                    }
                }
                _ => {}
            }
        }
    }

    fn name(&mut self, file: &File, ident: &syn::Ident) {
        if let Some(other) = self.names.insert(ident.to_string(), file.path.clone()) {
            let what =
                format!("`{ident}` is a wire type in {other} too; names are unique, every language has one room");
            self.breach(file, ident.span().start().line, what);
        }
    }

    fn record(&mut self, file: &File, item: &ItemStruct) {
        let line = item.ident.span().start().line;
        self.attributes(file, &item.attrs);
        match &item.fields {
            Fields::Named(fields) => {
                if derives(&item.attrs, "Deserialize")
                    && !serde_words(&item.attrs).any(|word| word == "deny_unknown_fields")
                {
                    self.breach(file, line, format!("`{}` lets unknown fields pass: deny_unknown_fields", item.ident));
                }
                self.fields(file, &item.ident.to_string(), &fields.named, false);
            }
            Fields::Unnamed(fields) if fields.unnamed.len() == 1 && is_native(&item.attrs) => {}
            Fields::Unnamed(_) | Fields::Unit => {
                let what = format!("`{}`: a wire struct has named fields, or is a newtype named `$crm::…`", item.ident);
                self.breach(file, line, what);
            }
        }
    }

    fn choice(&mut self, file: &File, item: &ItemEnum) {
        let line = item.ident.span().start().line;
        self.attributes(file, &item.attrs);
        let snake = serde_text(&item.attrs, "rename_all").is_some_and(|style| style == "snake_case");
        if !snake && !item.variants.iter().all(|variant| serde_text(&variant.attrs, "rename").is_some()) {
            self.breach(file, line, format!("`{}`: rename_all = \"snake_case\"", item.ident));
        }
        let unit = item.variants.iter().filter(|variant| matches!(variant.fields, Fields::Unit)).count();
        if unit != 0 && unit != item.variants.len() {
            self.breach(
                file,
                line,
                format!("`{}`: all variants are units, or all have named fields (`Lapsed {{}}`)", item.ident),
            );
        }
        if unit == 0
            && derives(&item.attrs, "Deserialize")
            && !serde_words(&item.attrs).any(|word| word == "deny_unknown_fields")
        {
            self.breach(file, line, format!("`{}` lets unknown fields pass: deny_unknown_fields", item.ident));
        }
        for variant in &item.variants {
            self.attributes(file, &variant.attrs);
            match &variant.fields {
                Fields::Named(fields) => self.fields(file, &variant.ident.to_string(), &fields.named, true),
                Fields::Unnamed(_) => {
                    let what = format!("`{}`: a tuple variant; name its fields", variant.ident);
                    self.breach(file, variant.ident.span().start().line, what);
                }
                Fields::Unit => {}
            }
        }
    }

    fn fields(&mut self, file: &File, owner: &str, fields: &Punctuated<Field, Comma>, in_variant: bool) {
        for field in fields {
            let line = field.span().start().line;
            let name = field.ident.as_ref().map(ToString::to_string).unwrap_or_default();
            self.attributes(file, &field.attrs);
            if in_variant && name == "kind" {
                self.breach(file, line, "a field `kind` in a variant: Node names the variant so");
            }
            if name == "message" && ["Error", "Fault", "Refusal"].iter().any(|end| owner.ends_with(end)) {
                self.breach(file, line, "a field `message` in an error: the host exception has one already");
            }
            if let Some(what) = fault_of(&field.ty, false) {
                self.breach(file, line, format!("`{name}`: {what}"));
            }
        }
    }

    fn attributes(&mut self, file: &File, attributes: &[Attribute]) {
        for word in serde_words(attributes).filter(|word| BANNED_ATTRIBUTES.contains(&word.as_str())) {
            let line = attributes.first().map_or(0, |attribute| attribute.span().start().line);
            self.breach(file, line, format!("serde({word}) can't cross every binding"));
        }
    }
}

fn fault_of(ty: &Type, in_option: bool) -> Option<String> {
    match ty {
        Type::Path(path) => {
            let last = path.path.segments.last()?;
            let name = last.ident.to_string();
            if BANNED_SCALARS.contains(&name.as_str()) {
                return Some(format!(
                    "`{name}` has no equal in every language; whole numbers are i64, numbers with a point decimals, maps ordered, texts owned"
                ));
            }
            if name == "Option" && in_option {
                return Some("an option in an option: absent has one meaning".to_owned());
            }
            let PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
            let types = arguments.args.iter().filter_map(|argument| match argument {
                GenericArgument::Type(ty) => Some(ty),
                _ => None,
            });
            for (index, inner) in types.enumerate() {
                if name == "BTreeMap"
                    && index == 0
                    && let Some(key) = banned_key(inner)
                {
                    return Some(format!("`{key}` is no key: text, identifier, all-unit enum or date"));
                }
                if let Some(fault) = fault_of(inner, name == "Option" || name == "Box" && in_option) {
                    return Some(fault);
                }
            }
            None
        }
        Type::Array(_) | Type::Slice(_) => Some("a list is a `Vec`".to_owned()),
        Type::Tuple(_) => Some("a tuple has no names; write a struct".to_owned()),
        Type::Reference(_) => Some("a borrowed value; own it".to_owned()),
        _ => Some("not a type of the wire".to_owned()),
    }
}

fn banned_key(ty: &Type) -> Option<String> {
    let Type::Path(path) = ty else { return Some("this type".to_owned()) };
    let name = path.path.segments.last()?.ident.to_string();
    BANNED_KEYS.contains(&name.as_str()).then_some(name)
}

fn derives(attributes: &[Attribute], name: &str) -> bool {
    attributes.iter().filter(|attribute| attribute.path().is_ident("derive")).any(|attribute| {
        let parsed = attribute.parse_args_with(Punctuated::<syn::Path, Comma>::parse_terminated);
        parsed.is_ok_and(|paths| paths.iter().any(|path| path.segments.last().is_some_and(|last| last.ident == name)))
    })
}

fn is_test(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("cfg") && attribute.parse_args::<syn::Path>().is_ok_and(|path| path.is_ident("test"))
    })
}

fn serde_metas(attributes: &[Attribute]) -> impl Iterator<Item = syn::Meta> {
    let serde = attributes.iter().filter(|attribute| attribute.path().is_ident("serde"));
    serde
        .filter_map(|attribute| attribute.parse_args_with(Punctuated::<syn::Meta, Comma>::parse_terminated).ok())
        .flatten()
}

fn serde_words(attributes: &[Attribute]) -> impl Iterator<Item = String> {
    serde_metas(attributes).filter_map(|meta| meta.path().get_ident().map(ToString::to_string))
}

fn serde_text(attributes: &[Attribute], name: &str) -> Option<String> {
    serde_metas(attributes).find_map(|meta| match meta {
        syn::Meta::NameValue(pair) if pair.path.is_ident(name) => match pair.value {
            syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) => Some(text.value()),
            _ => None,
        },
        _ => None,
    })
}

fn is_native(attributes: &[Attribute]) -> bool {
    serde_text(attributes, "rename").is_some_and(|name| name.starts_with("$crm::"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn breaches_of(source: &str) -> Vec<Breach> {
        check(&Tree::of(&[("crm-core/src/party/person.rs", source)]))
    }

    #[test]
    fn takes_what_the_conventions_allow() {
        for source in [
            "#[derive(Serialize, Deserialize)] #[serde(deny_unknown_fields)] struct A { a: i64, b: Option<Money>, c: Vec<B>, d: BTreeMap<String, Vec<Date>>, e: bool }",
            "#[derive(serde::Serialize)] struct A { a: Box<A> }",
            "#[derive(Serialize)] #[serde(rename_all = \"snake_case\")] enum A { B, C }",
            "#[derive(Serialize, Deserialize)] #[serde(rename_all = \"snake_case\", deny_unknown_fields)] enum A { B { x: i64 }, C {} }",
            "#[derive(Serialize)] #[serde(rename = \"$crm::Id\")] struct A(String);",
            "#[derive(Debug)] struct A(u64);",
            "#[cfg(test)] mod tests { #[derive(Serialize)] struct A(u64); }",
        ] {
            assert_eq!(breaches_of(source), [], "{source}");
        }
    }

    #[test]
    fn catches_each_banned_convention() {
        for field in [
            "a: u64",
            "a: usize",
            "a: i128",
            "a: f64",
            "a: char",
            "a: &'static str",
            "a: Cow<'static, str>",
            "a: Option<Option<i64>>",
            "a: Option<Box<Option<i64>>>",
            "a: Vec<u8>",
            "a: (i64, i64)",
            "a: [i64; 2]",
            "a: HashMap<String, i64>",
            "a: BTreeMap<i64, i64>",
            "a: BTreeMap<(A, B), i64>",
            "a: BTreeMap<String, u8>",
            "#[serde(flatten)] a: B",
            "#[serde(skip_serializing_if = \"f\")] a: B",
            "#[serde(borrow)] a: B",
        ] {
            let source = format!("#[derive(Serialize)] struct A {{ {field} }}");
            assert_eq!(breaches_of(&source).len(), 1, "{source}");
        }
        for source in [
            "#[derive(Deserialize)] struct A { a: i64 }",
            "#[derive(Serialize)] struct A(String);",
            "#[derive(Serialize)] struct A;",
            "#[derive(Serialize)] #[serde(rename = \"$crm::Id\", transparent)] struct A(String);",
            "#[derive(Serialize)] #[serde(try_from = \"String\", rename = \"$crm::Id\")] struct A(String);",
            "#[derive(Serialize)] enum A { B, C }",
            "#[derive(Serialize)] #[serde(rename_all = \"snake_case\")] enum A { B, C {} }",
            "#[derive(Serialize)] #[serde(rename_all = \"snake_case\")] enum A { B(i64) }",
            "#[derive(Serialize)] #[serde(rename_all = \"snake_case\", tag = \"t\")] enum A { B {} }",
            "#[derive(Serialize)] #[serde(rename_all = \"snake_case\", untagged)] enum A { B {} }",
            "#[derive(Serialize)] #[serde(rename_all = \"snake_case\")] enum A { B { kind: String } }",
            "#[derive(Deserialize)] #[serde(rename_all = \"snake_case\")] enum A { B { x: i64 } }",
            "#[derive(Serialize)] struct LoadError { message: String }",
            "#[derive(Serialize)] struct A { a: i64 } mod b { #[derive(Serialize)] struct A { a: i64 } }",
            "not rust",
        ] {
            assert_eq!(breaches_of(source).len(), 1, "{source}");
        }
    }
}
