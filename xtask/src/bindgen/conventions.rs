//! The wire's conventions (design §4), checked on every type that the surface reaches.

use std::path::{Path, PathBuf};

use syn::{Attribute, Fields, ItemEnum, ItemStruct, LitStr};

use super::model::Type;
use super::sources::{Definition, line_of};

/// Everything that breaks a convention, reported at once.
#[derive(Default)]
pub struct Breaches(Vec<(PathBuf, usize, String)>);

impl Breaches {
    /// Adds a breach.
    pub fn add(&mut self, file: &Path, line: usize, text: impl Into<String>) {
        self.0.push((file.to_path_buf(), line, text.into()));
    }

    /// `Ok` without breaches, else one line for each in the order of the sources.
    pub fn into_result(mut self) -> Result<(), String> {
        if self.0.is_empty() {
            return Ok(());
        }
        self.0.sort();
        self.0.dedup();
        Err(self.0.iter().map(|(file, line, text)| format!("{}:{line}: {text}\n", file.display())).collect())
    }
}

/// Why a type that is written with a sign instead of a name can't cross.
pub fn why_not_a_wire_type(ty: &syn::Type) -> &'static str {
    match ty {
        syn::Type::Reference(_) => "a borrowed value can't cross the wire: own it",
        syn::Type::Tuple(_) | syn::Type::Array(_) | syn::Type::Slice(_) => {
            "places without names can't cross the wire: use a struct or a Vec"
        }
        _ => "this type can't cross the wire",
    }
}

/// Why a named type of Rust's own can't cross.
pub fn banned(name: &str) -> Option<&'static str> {
    Some(match name {
        "u8" | "u16" | "u32" | "u64" | "usize" => "unsigned integers don't exist in every language: use i64",
        "i8" | "i16" | "i32" | "isize" => "the one integer of the wire is i64: its range is in the refusal",
        "i128" | "u128" => "128-bit integers don't exist in every language: use i64 or Decimal",
        "f32" | "f64" => "a binary float is not exact: use Decimal",
        "str" | "Cow" => "borrowed text can't cross the wire: use String",
        "char" => "a character can't cross the wire: use String",
        "HashMap" | "HashSet" => "an unordered map has no canonical form: use BTreeMap",
        "BTreeSet" => "a set drops what is given twice without a word: use Vec and refuse duplicates",
        "NaiveDate" => "use calendar::Date",
        "Rc" | "Arc" => "shared values can't cross the wire: own it",
        _ => return None,
    })
}

/// A struct: named fields, unknown ones refused, nothing of serde that would change the form.
pub fn record(breaches: &mut Breaches, shape: &Definition, item: &ItemStruct) {
    if !matches!(item.fields, Fields::Named(_)) {
        breaches.add(&shape.file, shape.line, "a struct of the wire has named fields");
    }
    if item.generics.type_params().count() > 1 {
        breaches.add(&shape.file, shape.line, "a struct of the wire has one type parameter at most");
    }
    if item.fields.iter().next().and_then(|first| first.ident.as_ref()).is_some_and(|name| name == "kind") {
        breaches.add(
            &shape.file,
            shape.line,
            "`kind` can't be a struct's first field: Node puts the tag of a choice there",
        );
    }
    let words = container(breaches, shape, &item.attrs);
    if !words.iter().any(|word| word == "deny_unknown_fields") {
        breaches.add(&shape.file, shape.line, "a struct of the wire needs `#[serde(deny_unknown_fields)]`");
    }
}

/// An enum: all-unit or all-struct-variant, in snake_case.
pub fn enumeration(breaches: &mut Breaches, shape: &Definition, item: &ItemEnum) {
    let words = container(breaches, shape, &item.attrs);
    if !words.iter().any(|word| word == "rename_all") {
        breaches.add(&shape.file, shape.line, "an enum of the wire needs `#[serde(rename_all = \"snake_case\")]`");
    }
    if !item.generics.params.is_empty() {
        breaches.add(&shape.file, shape.line, "an enum of the wire has no type parameter");
    }
    let units = item.variants.iter().filter(|variant| matches!(variant.fields, Fields::Unit)).count();
    if units != item.variants.len() && !words.iter().any(|word| word == "deny_unknown_fields") {
        breaches.add(&shape.file, shape.line, "an enum with data needs `#[serde(deny_unknown_fields)]`");
    }
    for variant in &item.variants {
        let line = line_of(&variant.ident);
        match &variant.fields {
            Fields::Unnamed(_) => {
                breaches.add(&shape.file, line, "a variant of the wire names its fields: `Lapsed { on: Date }`");
            }
            Fields::Unit if units != item.variants.len() => {
                breaches.add(&shape.file, line, "beside variants with data, one without data is written `Lapsed {}`");
            }
            Fields::Named(fields) => {
                if fields.named.iter().any(|field| field.ident.as_ref().is_some_and(|name| name == "kind")) {
                    breaches.add(
                        &shape.file,
                        line,
                        "a field of a variant can't be named `kind`: Node puts the tag there",
                    );
                }
            }
            Fields::Unit => {}
        }
        for (word, value) in serde_words(&variant.attrs) {
            if word != "rename" || !value.is_some_and(|name| is_wire_name(&name)) {
                breaches.add(
                    &shape.file,
                    line,
                    format!("`serde({word})` on a variant changes its form on the wire: remove it"),
                );
            }
        }
    }
}

/// A field: no serde attribute that changes the form, a name that every language can use.
pub fn field(breaches: &mut Breaches, file: &Path, field: &syn::Field, name: &str, ty: &Type) {
    let line = line_of(field);
    field_name(breaches, file, line, name);
    for (word, value) in serde_words(&field.attrs) {
        match word.as_str() {
            "default" if value.is_none() && matches!(ty, Type::Optional(_)) => {}
            "default" => breaches.add(file, line, "a default hides that a value is missing: make the field optional"),
            _ => {
                breaches.add(file, line, format!("`serde({word})` on a field changes its form on the wire: remove it"))
            }
        }
    }
}

/// A name that is the same there and back between snake_case and camelCase. A word that one language keeps for itself is
/// spelled by that language's emitter.
pub fn field_name(breaches: &mut Breaches, file: &Path, line: usize, name: &str) {
    if !name.split('_').all(|part| part.starts_with(|first: char| first.is_ascii_lowercase())) {
        breaches.add(
            file,
            line,
            format!("`{name}` can't be turned into camelCase and back: start every word with a letter"),
        );
    }
}

/// The name given by `#[serde(rename = "…")]`.
pub fn renamed(attributes: &[Attribute]) -> Option<String> {
    serde_words(attributes).into_iter().find(|(word, _)| word == "rename").and_then(|(_, value)| value)
}

/// The name of a variant on the wire: its own snake_case name, or the one given by `rename` (`actual_365`).
pub fn wire_name(variant: &syn::Variant) -> String {
    renamed(&variant.attrs).unwrap_or_else(|| snake(&variant.ident.to_string()))
}

fn is_wire_name(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_lowercase())
        && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
}

/// `HalfUp` → `half_up`, as serde does it.
fn snake(name: &str) -> String {
    let mut out = String::new();
    for (index, letter) in name.chars().enumerate() {
        if letter.is_ascii_uppercase() && index > 0 {
            out.push('_');
        }
        out.push(letter.to_ascii_lowercase());
    }
    out
}

fn container(breaches: &mut Breaches, shape: &Definition, attributes: &[Attribute]) -> Vec<String> {
    let words = serde_words(attributes);
    for (word, value) in &words {
        let allowed = match word.as_str() {
            "deny_unknown_fields" | "bound" | "crate" => true,
            "rename_all" => value.as_deref() == Some("snake_case"),
            // A form takes the name of its type; the reader checks that it is that name.
            "rename" => true,
            _ => false,
        };
        if !allowed {
            let text =
                format!("`serde({word})` changes the form on the wire in a way the bindings don't know: remove it");
            breaches.add(&shape.file, shape.line, text);
        }
    }
    words.into_iter().map(|(word, _)| word).collect()
}

/// Every word of the `#[serde(…)]` attributes with its text, if it has one.
fn serde_words(attributes: &[Attribute]) -> Vec<(String, Option<String>)> {
    let mut words = Vec::new();
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("serde")) {
        // What does not parse here does not parse for serde's derive either, which reports it.
        let _ = attribute.parse_nested_meta(|meta| {
            let word = meta.path.segments.last().map(|last| last.ident.to_string()).unwrap_or_default();
            let value = match meta.value() {
                Ok(value) => Some(value.parse::<LitStr>()?.value()),
                Err(_) => None,
            };
            words.push((word, value));
            Ok(())
        });
    }
    words
}
