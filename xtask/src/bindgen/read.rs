//! From the Rust sources to the [`Model`]: starts at the signatures of the surface and follows the types from there.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use syn::{
    FnArg, GenericArgument, ImplItem, Item, Pat, PathArguments, ReceiverKind, ReturnType, Signature, Visibility,
};

use super::conventions::{self, Breaches};
use super::model::{Call, Engine, Enum, Field, Identifier, Model, Record, Type, Variant};
use super::personal;
use super::prose;
use super::sources::{Definition, Shape, Sources, line_of};
use crate::workspace;

/// Where the surface stands.
const CALLS: &str = "bindings/surface/src/calls.rs";
const ENGINES: &str = "bindings/surface/src/engines.rs";
const RECORDS: &str = "bindings/surface/src/records.rs";
const CORE: &str = "crm-core/src";

/// Types whose wire form is a reserved name of serde (ADR 2) and not their fields.
fn leaf(name: &str) -> Option<Type> {
    Some(match name {
        "bool" => Type::Boolean,
        "i64" => Type::Integer,
        "String" => Type::Text,
        "Decimal" => Type::Decimal,
        "Date" => Type::Date,
        "Scalar" => Type::Scalar,
        "Value" => Type::Value,
        _ => return None,
    })
}

/// Types that cross as identifiers without coming from `identifier!`.
const IDENTIFIERS: &[&str] = &["Currency", "Personal", "MatchingDigest", "ChainHash"];

/// Reads the model of the workspace.
///
/// # Errors
/// Every breach of the wire's conventions at once, each with file and line.
pub fn read(root: &Path) -> Result<Model, String> {
    let mut sources = Sources::read(root, CORE)?;
    // A record that only the surface needs, such as an answer with two parts.
    let records = Path::new(RECORDS);
    sources.add(records, &workspace::text_of(&root.join(records))?)?;
    let model = read_from(&sources, &with_modules(root, CALLS)?, &with_modules(root, ENGINES)?)?;
    let tables = personal::TABLES.iter().map(|file| workspace::text_of(&root.join(file)));
    personal::check(&model, &tables.collect::<Result<Vec<_>, _>>()?)?;
    Ok(model)
}

/// A file of the surface: from the workspace root, and its text.
pub type SurfaceFile = (PathBuf, String);

/// A file and those of the modules that it declares, in their order.
fn with_modules(root: &Path, file: &str) -> Result<Vec<SurfaceFile>, String> {
    let text = workspace::text_of(&root.join(file))?;
    let inside = Path::new(file).with_extension("");
    let declared = parse(Path::new(file), &text)?.items.into_iter().filter_map(|item| match item {
        Item::Mod(module) if module.content.is_none() => Some(inside.join(format!("{}.rs", module.ident))),
        _ => None,
    });
    let modules = declared.map(|path| Ok((path.clone(), workspace::text_of(&root.join(&path))?)));
    std::iter::once(Ok((PathBuf::from(file), text))).chain(modules).collect()
}

/// Reads the model from texts.
pub fn read_from(sources: &Sources, calls: &[SurfaceFile], engines: &[SurfaceFile]) -> Result<Model, String> {
    let engine_names = engine_names(engines)?;
    let mut reader = Reader {
        sources,
        engines: engine_names,
        breaches: Breaches::default(),
        open: Vec::new(),
        seen: BTreeSet::new(),
    };
    let mut model = Model::default();
    for (file, text) in calls {
        reader.calls(file, text, &mut model)?;
    }
    for (file, text) in engines {
        reader.engines(file, text, &mut model)?;
    }
    reader.types(&mut model);
    reader.every_engine_is_made(&model);
    reader.record_is_not_shadowed(&model);
    reader.breaches.into_result()?;
    Ok(model)
}

struct Reader<'a> {
    sources: &'a Sources,
    /// The public structs of the engines' files.
    engines: BTreeSet<String>,
    breaches: Breaches,
    /// Names still to be read.
    open: Vec<String>,
    seen: BTreeSet<String>,
}

/// Where a type stands, for its breaches and its type parameters.
struct Place<'p> {
    file: &'p Path,
    parameters: &'p [String],
}

impl<'a> Reader<'a> {
    fn calls(&mut self, file: &Path, text: &str, model: &mut Model) -> Result<(), String> {
        for item in parse(file, text)?.items {
            let Item::Fn(function) = item else { continue };
            if matches!(function.vis, Visibility::Public(_)) {
                let docs = prose::of(&function.attrs);
                model.calls.push(self.call(file, &function.sig, docs, None));
            }
        }
        Ok(())
    }

    fn engines(&mut self, file: &Path, text: &str, model: &mut Model) -> Result<(), String> {
        let items = parse(file, text)?.items;
        for item in &items {
            let Item::Struct(handle) = item else { continue };
            if !matches!(handle.vis, Visibility::Public(_)) {
                continue;
            }
            let name = handle.ident.to_string();
            let (mut makers, mut methods) = (Vec::new(), Vec::new());
            for (function, docs) in methods_of(&items, &name) {
                let call = self.call(file, function, docs, Some(&name));
                let of_the_type = function.receiver().is_none();
                if of_the_type { makers.push(call) } else { methods.push(call) }
            }
            model.engines.push(Engine { name, docs: prose::of(&handle.attrs), makers, methods });
        }
        Ok(())
    }

    fn call(&mut self, file: &Path, signature: &Signature, docs: Vec<String>, engine: Option<&str>) -> Call {
        let name = signature.ident.to_string();
        let line = line_of(&signature.ident);
        if docs.is_empty() {
            self.breaches.add(file, line, "a call of the surface has no documentation");
        }
        if !signature.generics.params.is_empty() {
            self.breaches.add(file, line, "a call of the surface can't be generic");
        }
        let place = Place { file, parameters: &[] };
        let mut params = Vec::new();
        let mut receiver = false;
        for input in &signature.inputs {
            match input {
                FnArg::Receiver(own) => {
                    receiver = true;
                    if !matches!(own.kind, ReceiverKind::Reference(_, _, None)) {
                        self.breaches.add(
                            file,
                            line_of(own),
                            "a method of an engine takes `&self`: engines are shared",
                        );
                    }
                }
                FnArg::Typed(typed) => {
                    let Pat::Ident(pattern) = &*typed.pat else {
                        self.breaches.add(file, line_of(typed), "a param needs a name");
                        continue;
                    };
                    let name = pattern.ident.to_string();
                    conventions::field_name(&mut self.breaches, file, line_of(typed), &name);
                    let ty = self.resolve(&typed.ty, &place);
                    params.push(Field { name, docs: Vec::new(), ty, personal: false });
                }
            }
        }
        self.optional_params_stand_last(file, line, &params);
        let (result, fallible) = self.result(signature, &place, engine);
        let makes = matches!(result, Type::Engine(_));
        if engine.is_some() && !receiver && !makes {
            self.breaches.add(file, line, "a function of an engine without `&self` makes an engine");
        }
        if name == "load" && (receiver || !fallible || result != Type::Engine(engine.unwrap_or_default().to_owned())) {
            self.breaches.add(file, line, "`load` has no `&self` and returns `Result<Self, Refusal>`");
        }
        if engine.is_none() && (makes || params.iter().any(|param| param.ty.engine().is_some())) {
            self.breaches.add(file, line, "engines are taken and made by engines");
        }
        let op = engine.map_or_else(|| name.clone(), |engine| format!("{engine}.{name}"));
        Call { op, name, docs, params, result, fallible }
    }

    fn optional_params_stand_last(&mut self, file: &Path, line: usize, params: &[Field]) {
        let optional = |field: &&Field| matches!(field.ty, Type::Optional(_));
        if params.iter().skip_while(|field| !optional(field)).any(|field| !optional(&field)) {
            self.breaches.add(file, line, "params cross by position: optional ones stand last");
        }
    }

    fn result(&mut self, signature: &Signature, place: &Place<'_>, engine: Option<&str>) -> (Type, bool) {
        let ReturnType::Type(_, ty) = &signature.output else { return (Type::Nothing, false) };
        if let Some(("Result", [ok, error])) = generic(ty).as_ref().map(|(name, args)| (name.as_str(), args.as_slice()))
        {
            if generic(error).is_none_or(|(name, _)| name != "Refusal") {
                self.breaches.add(place.file, line_of(error), "a call refuses with `Refusal` and nothing else");
            }
            return (self.result_type(ok, place, engine), true);
        }
        (self.result_type(ty, place, engine), false)
    }

    fn result_type(&mut self, ty: &syn::Type, place: &Place<'_>, engine: Option<&str>) -> Type {
        match (ty, generic(ty), engine) {
            (syn::Type::Tuple(tuple), ..) if tuple.elems.is_empty() => Type::Nothing,
            (_, Some((name, _)), Some(own)) if name == "Self" => Type::Engine(own.to_owned()),
            (_, Some((name, _)), _) if self.engines.contains(&name) => Type::Engine(name),
            _ => self.resolve(ty, place),
        }
    }

    /// The wire type of a Rust type; a breach gives `Nothing`, which never leaves this module.
    fn resolve(&mut self, ty: &syn::Type, place: &Place<'_>) -> Type {
        let line = line_of(ty);
        if let syn::Type::Reference(reference) = ty
            && let Some((name, _)) = generic(&reference.elem)
            && self.engines.contains(&name)
        {
            return Type::Engine(name);
        }
        let Some((name, arguments)) = generic(ty) else {
            self.breaches.add(place.file, line, conventions::why_not_a_wire_type(ty));
            return Type::Nothing;
        };
        match (name.as_str(), arguments.as_slice()) {
            ("Box", [inside]) => self.resolve(inside, place),
            ("Option", [inside]) => {
                let inside = self.resolve(inside, place);
                if matches!(inside, Type::Optional(_)) {
                    self.breaches.add(
                        place.file,
                        line,
                        "an Option in an Option can't be told apart from null on the wire",
                    );
                }
                Type::Optional(Box::new(inside))
            }
            ("Vec", [inside]) => Type::List(Box::new(self.resolve(inside, place))),
            ("BTreeMap", [key, value]) => {
                let key = self.resolve(key, place);
                let value = self.resolve(value, place);
                self.check_key(&key, place, line);
                Type::Map(Box::new(key), Box::new(value))
            }
            (_, []) if place.parameters.contains(&name) => Type::Parameter(name),
            (_, []) if leaf(&name).is_some() => leaf(&name).unwrap_or(Type::Nothing),
            (_, arguments) => {
                if let Some(why) = conventions::banned(&name) {
                    self.breaches.add(place.file, line, why);
                    return Type::Nothing;
                }
                let arguments = arguments.iter().map(|argument| self.resolve(argument, place)).collect();
                self.named(name, arguments, place, line)
            }
        }
    }

    fn named(&mut self, name: String, arguments: Vec<Type>, place: &Place<'_>, line: usize) -> Type {
        let Some(definition) = self.definition(&name, place.file, line) else { return Type::Nothing };
        if let Shape::Alias(alias) = &definition.shape {
            let inside = Place { file: &definition.file, parameters: &[] };
            return self.resolve(&alias.ty, &inside);
        }
        let identifier = matches!(definition.shape, Shape::Identifier) || IDENTIFIERS.contains(&name.as_str());
        if self.seen.insert(name.clone()) {
            self.open.push(name.clone());
        }
        if identifier { Type::Identifier(name) } else { Type::Named(name, arguments) }
    }

    fn check_key(&mut self, key: &Type, place: &Place<'_>, line: usize) {
        let fits = match key {
            Type::Text | Type::Identifier(_) | Type::Date => true,
            Type::Named(name, _) => self.sources.of(name).iter().any(
                |definition| matches!(&definition.shape, Shape::Enum(item) if item.variants.iter().all(|variant| variant.fields.is_empty())),
            ),
            _ => false,
        };
        if !fits {
            self.breaches.add(
                place.file,
                line,
                "the key of a map is a text, an identifier, an all-unit enum or a date",
            );
        }
    }

    /// The one definition of a name that crosses the wire.
    fn definition(&mut self, name: &str, file: &Path, line: usize) -> Option<&'a Definition> {
        let sources: &'a Sources = self.sources;
        let all = sources.of(name);
        let mut crossing: Vec<&Definition> = all
            .iter()
            .filter(|definition| {
                definition.derives_serde()
                    || matches!(definition.shape, Shape::Identifier | Shape::Alias(_))
                    || sources.is_hand_written(name)
            })
            .collect();
        if let [_, second, ..] = crossing.as_slice() {
            self.breaches.add(
                &second.file,
                second.line,
                format!("the name `{name}` is taken: names on the wire are unique"),
            );
        }
        if crossing.is_empty() {
            let why = if all.is_empty() {
                format!("`{name}` is no type of crm-core")
            } else {
                format!("`{name}` has neither serde's derive nor a hand-written Serialize or Deserialize")
            };
            self.breaches.add(file, line, why);
            return None;
        }
        Some(crossing.swap_remove(0))
    }

    fn types(&mut self, model: &mut Model) {
        let mut identifiers = BTreeMap::new();
        let mut records = BTreeMap::new();
        let mut enums = BTreeMap::new();
        while let Some(name) = self.open.pop() {
            let Some(definition) = self.definition(&name, Path::new(CORE), 1) else { continue };
            let position = (definition.file.clone(), definition.line);
            let docs = definition.docs.clone();
            if matches!(definition.shape, Shape::Identifier) || IDENTIFIERS.contains(&name.as_str()) {
                identifiers.insert(position, Identifier { name, docs });
                continue;
            }
            let Some(shape) = self.wire_shape(&name, definition) else { continue };
            match &shape.shape {
                Shape::Struct(item) => {
                    let record = self.record(&name, docs, shape, item);
                    records.insert(position, record);
                }
                Shape::Enum(item) => {
                    let read = self.enumeration(&name, docs, shape, item);
                    enums.insert(position, read);
                }
                Shape::Alias(_) | Shape::Identifier => {}
            }
        }
        model.identifiers = identifiers.into_values().collect();
        model.records = records.into_values().collect();
        model.enums = enums.into_values().collect();
    }

    /// The type itself, or, where serde is written by hand, its private form beside it (`X` → `XForm`).
    fn wire_shape(&mut self, name: &str, definition: &'a Definition) -> Option<&'a Definition> {
        if !self.sources.is_hand_written(name) {
            return Some(definition);
        }
        let form = format!("{name}Form");
        let sources: &'a Sources = self.sources;
        let found = sources.of(&form).iter().find(|other| other.file == definition.file && other.derives_serde());
        match found {
            Some(found) => {
                if conventions::renamed(found.attributes()).as_deref() != Some(name) {
                    let text = format!("`{form}` needs `#[serde(rename = \"{name}\")]`");
                    self.breaches.add(&found.file, found.line, text);
                }
                Some(found)
            }
            None => {
                let text = format!(
                    "serde of `{name}` is written by hand: a private `{form}` beside it must show its wire form"
                );
                self.breaches.add(&definition.file, definition.line, text);
                None
            }
        }
    }

    fn record(&mut self, name: &str, docs: Vec<String>, shape: &Definition, item: &syn::ItemStruct) -> Record {
        conventions::record(&mut self.breaches, shape, item);
        let parameters: Vec<String> = item.generics.type_params().map(|own| own.ident.to_string()).collect();
        let fields = self.fields(&shape.file, &item.fields, &parameters);
        Record { name: name.to_owned(), docs, parameters, fields }
    }

    fn enumeration(&mut self, name: &str, docs: Vec<String>, shape: &Definition, item: &syn::ItemEnum) -> Enum {
        conventions::enumeration(&mut self.breaches, shape, item);
        let unit = item.variants.iter().all(|variant| matches!(variant.fields, syn::Fields::Unit));
        let variants = item
            .variants
            .iter()
            .map(|variant| Variant {
                name: variant.ident.to_string(),
                wire: conventions::wire_name(variant),
                docs: prose::of(&variant.attrs),
                fields: self.fields(&shape.file, &variant.fields, &[]),
            })
            .collect();
        Enum { name: name.to_owned(), docs, variants, unit }
    }

    fn fields(&mut self, file: &Path, fields: &syn::Fields, parameters: &[String]) -> Vec<Field> {
        let place = Place { file, parameters };
        fields
            .iter()
            .filter_map(|field| {
                let name = field.ident.as_ref()?.to_string();
                let ty = self.resolve(&field.ty, &place);
                conventions::field(&mut self.breaches, file, field, &name, &ty);
                let docs = prose::of(&field.attrs);
                let personal = personal::is_marked(&docs, &ty);
                Some(Field { name, docs, ty, personal })
            })
            .collect()
    }

    fn every_engine_is_made(&mut self, model: &Model) {
        let made: BTreeSet<&str> = model.operations().filter_map(Call::makes).collect();
        for engine in &model.engines {
            if model.record(&engine.name).is_some() || model.enumeration(&engine.name).is_some() {
                let text = format!("the name `{}` is taken: names on the wire are unique", engine.name);
                self.breaches.add(Path::new(ENGINES), 1, text);
            }
        }
        for engine in model.engines.iter().filter(|engine| !made.contains(engine.name.as_str())) {
            self.breaches.add(Path::new(ENGINES), 1, format!("nothing makes the engine `{}`", engine.name));
        }
    }

    /// ADR 1: paths start inside the first param, other params stand under their name, so the two must differ.
    fn record_is_not_shadowed(&mut self, model: &Model) {
        let of_engines = model.engines.iter().flat_map(|engine| engine.calls().map(|call| (ENGINES, call)));
        for (file, call) in model.calls.iter().map(|call| (CALLS, call)).chain(of_engines) {
            let Some((Field { ty: Type::Named(record, _), .. }, others)) = call.params.split_first() else { continue };
            let inside: Vec<&str> = match (model.record(record), model.enumeration(record)) {
                (Some(record), _) => record.fields.iter().map(|field| field.name.as_str()).collect(),
                (_, Some(choice)) => choice.variants.iter().map(|variant| variant.wire.as_str()).collect(),
                _ => Vec::new(),
            };
            for other in others.iter().filter(|other| inside.contains(&other.name.as_str())) {
                let text = format!(
                    "`{}`: the param `{}` has the name of a field of `{record}`, so a path could mean either",
                    call.op, other.name
                );
                self.breaches.add(Path::new(file), 1, text);
            }
        }
    }
}

fn parse(file: &Path, text: &str) -> Result<syn::File, String> {
    syn::parse_file(text).map_err(|error| format!("{}:{}: {error}", file.display(), error.span().start().line))
}

/// The names of the engines: they may take and make each other, whatever the order of the files.
fn engine_names(files: &[SurfaceFile]) -> Result<BTreeSet<String>, String> {
    let mut names = BTreeSet::new();
    for (file, text) in files {
        names.extend(parse(file, text)?.items.into_iter().filter_map(|item| match item {
            Item::Struct(item) if matches!(item.vis, Visibility::Public(_)) => Some(item.ident.to_string()),
            _ => None,
        }));
    }
    Ok(names)
}

fn methods_of<'a>(items: &'a [Item], name: &str) -> Vec<(&'a Signature, Vec<String>)> {
    let mut found = Vec::new();
    for item in items {
        let Item::Impl(block) = item else { continue };
        if block.trait_.is_some() || generic(&block.self_ty).is_none_or(|(own, _)| own != name) {
            continue;
        }
        for inside in &block.items {
            if let ImplItem::Fn(function) = inside
                && matches!(function.vis, Visibility::Public(_))
            {
                found.push((&function.sig, prose::of(&function.attrs)));
            }
        }
    }
    found
}

/// The last name of a path and its type arguments.
fn generic(ty: &syn::Type) -> Option<(String, Vec<syn::Type>)> {
    let syn::Type::Path(path) = ty else { return None };
    let last = path.path.segments.last()?;
    let arguments = match &last.arguments {
        PathArguments::AngleBracketed(list) => list
            .args
            .iter()
            .filter_map(|argument| match argument {
                GenericArgument::Type(inside) => Some(inside.clone()),
                _ => None,
            })
            .collect(),
        _ => Vec::new(),
    };
    Some((last.ident.to_string(), arguments))
}

#[cfg(test)]
mod tests;
