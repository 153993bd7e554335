//! The Rust sources by name: every struct, enum, alias and identifier that could cross the wire.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use syn::parse::{Parse, ParseStream};
use syn::{Attribute, Ident, Item, ItemEnum, ItemStruct, ItemType, Meta, Token, Type, Visibility};

use super::prose;
use crate::workspace;

/// What an item is.
pub enum Shape {
    Struct(ItemStruct),
    Enum(ItemEnum),
    Alias(ItemType),
    /// Declared by `identifier!`.
    Identifier,
}

/// A named item and where it stands.
pub struct Definition {
    /// From the workspace root.
    pub file: PathBuf,
    pub line: usize,
    pub docs: Vec<String>,
    pub shape: Shape,
}

impl Definition {
    /// The attributes of the item.
    pub fn attributes(&self) -> &[Attribute] {
        match &self.shape {
            Shape::Struct(item) => &item.attrs,
            Shape::Enum(item) => &item.attrs,
            Shape::Alias(item) => &item.attrs,
            Shape::Identifier => &[],
        }
    }

    /// Whether serde's derive writes or reads it.
    pub fn derives_serde(&self) -> bool {
        self.attributes().iter().any(|attribute| {
            let mut found = false;
            if attribute.path().is_ident("derive") {
                // A derive list that does not parse is rustc's to report.
                let _ = attribute.parse_nested_meta(|meta| {
                    found |= meta
                        .path
                        .segments
                        .last()
                        .is_some_and(|last| last.ident == "Serialize" || last.ident == "Deserialize");
                    Ok(())
                });
            }
            found
        })
    }
}

/// The index.
#[derive(Default)]
pub struct Sources {
    definitions: BTreeMap<String, Vec<Definition>>,
    hand_written: BTreeSet<String>,
}

impl Sources {
    /// Reads every Rust file below `directory`, which stands below `root`.
    pub fn read(root: &Path, directory: &str) -> Result<Self, String> {
        let mut sources = Self::default();
        for path in workspace::files_below(&root.join(directory), "rs")? {
            let relative = path.strip_prefix(root).unwrap_or(&path).to_path_buf();
            sources.add(&relative, &workspace::text_of(&path)?)?;
        }
        Ok(sources)
    }

    /// Adds one file.
    pub fn add(&mut self, file: &Path, text: &str) -> Result<(), String> {
        let parsed = syn::parse_file(text)
            .map_err(|error| format!("{}:{}: {error}", file.display(), error.span().start().line))?;
        self.items(file, parsed.items);
        Ok(())
    }

    /// The definitions of this name; more than one is a breach when the name crosses the wire.
    pub fn of(&self, name: &str) -> &[Definition] {
        self.definitions.get(name).map_or(&[], Vec::as_slice)
    }

    /// Whether serde is implemented by hand for this name.
    pub fn is_hand_written(&self, name: &str) -> bool {
        self.hand_written.contains(name)
    }

    fn items(&mut self, file: &Path, items: Vec<Item>) {
        for item in items {
            match item {
                Item::Struct(item) => {
                    self.put(file, item.ident.clone(), prose::of(&item.attrs), Shape::Struct(item));
                }
                Item::Enum(item) => self.put(file, item.ident.clone(), prose::of(&item.attrs), Shape::Enum(item)),
                // A private alias is a name of its own module; no signature that crosses can have it.
                Item::Type(item) if matches!(item.vis, Visibility::Public(_)) => {
                    self.put(file, item.ident.clone(), prose::of(&item.attrs), Shape::Alias(item));
                }
                Item::Mod(item) if !is_test(&item.attrs) => {
                    if let Some((_, inside)) = item.content {
                        self.items(file, inside);
                    }
                }
                Item::Impl(item) => {
                    let serde = item
                        .trait_
                        .as_ref()
                        .and_then(|(path, _)| path.segments.last())
                        .is_some_and(|last| last.ident == "Serialize" || last.ident == "Deserialize");
                    if let (true, Type::Path(path)) = (serde, &*item.self_ty)
                        && let Some(last) = path.path.segments.last()
                    {
                        self.hand_written.insert(last.ident.to_string());
                    }
                }
                Item::Macro(item) if item.mac.path.segments.last().is_some_and(|last| last.ident == "identifier") => {
                    let Ok(declared) = item.mac.parse_body::<Identifiers>() else { continue };
                    for (docs, name) in declared.0 {
                        self.put(file, name, docs, Shape::Identifier);
                    }
                }
                _ => {}
            }
        }
    }

    fn put(&mut self, file: &Path, name: Ident, docs: Vec<String>, shape: Shape) {
        let definition = Definition { file: file.to_path_buf(), line: name.span().start().line, docs, shape };
        self.definitions.entry(name.to_string()).or_default().push(definition);
    }
}

fn is_test(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| match &attribute.meta {
        Meta::List(list) if list.path.is_ident("cfg") => list.tokens.to_string() == "test",
        _ => false,
    })
}

/// The body of `identifier! { /// doc  Name … ; /// doc  Other … }`; what follows a name is the macro's own matter.
struct Identifiers(Vec<(Vec<String>, Ident)>);

impl Parse for Identifiers {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let mut found = Vec::new();
        while !input.is_empty() {
            let attributes = input.call(Attribute::parse_outer)?;
            let _: Visibility = input.parse()?;
            let _: Option<Token![struct]> = input.parse()?;
            found.push((prose::of(&attributes), input.parse()?));
            while !input.is_empty() && !input.peek(Token![;]) {
                let _: proc_macro2::TokenTree = input.parse()?;
            }
            let _: Option<Token![;]> = input.parse()?;
        }
        Ok(Self(found))
    }
}

/// The line on which something stands.
pub fn line_of(node: &impl syn::spanned::Spanned) -> usize {
    node.span().start().line
}
