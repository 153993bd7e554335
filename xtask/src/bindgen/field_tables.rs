//! The core's tables of fields, read from its source: which record has which lines, and which of them are of a person.
//!
//! A table is what `field_classes` of an `impl Viewed` answers, or an entry of the macro `viewed!`. One that can't be read
//! is an error: a table that is skipped would be a check that can't fail.

use std::collections::BTreeMap;

use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{
    Expr, ExprTuple, GenericArgument, Ident, ImplItem, Item, ItemConst, Lit, LitStr, PathArguments, Stmt, Token,
};

use super::model::Type;

/// One line: where, and whether it is personal or sensitive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub path: String,
    pub personal: bool,
}

/// The lines of one record.
#[derive(Debug, Clone)]
pub struct Table {
    pub record: Type,
    pub lines: Vec<Line>,
}

/// The parts of tables that have a name.
type Parts = BTreeMap<String, Vec<Line>>;

/// The tables of a file.
///
/// # Errors
/// What can't be read as a table.
pub fn read(text: &str) -> Result<Vec<Table>, String> {
    let file = syn::parse_file(text).map_err(|error| error.to_string())?;
    let mut parts = Parts::new();
    for item in &file.items {
        if let Item::Const(part) = item {
            add_part(&mut parts, part);
        }
    }
    let mut tables = Vec::new();
    for item in &file.items {
        match item {
            Item::Impl(block) if block.trait_.as_ref().is_some_and(|(path, _)| path.is_ident("Viewed")) => {
                let record = named(&block.self_ty).ok_or("`impl Viewed` for a type without a name")?;
                let body = block.items.iter().find_map(|item| match item {
                    ImplItem::Fn(function) if function.sig.ident == "field_classes" => Some(&function.block.stmts),
                    _ => None,
                });
                let lines = body.and_then(|body| answer(body, parts.clone()));
                tables.push(Table {
                    lines: lines.ok_or_else(|| format!("the table of {record:?} can't be read"))?,
                    record,
                });
            }
            Item::Macro(called) if called.mac.path.is_ident("viewed") => {
                let entries = called.mac.parse_body_with(Punctuated::<Entry, Token![;]>::parse_terminated);
                for entry in entries.map_err(|error| format!("viewed!: {error}"))? {
                    let record = Type::Named(entry.record.to_string(), Vec::new());
                    let lines = rows(&entry.notices, &parts).and_then(|mut lines| {
                        lines.extend(rows(&entry.rows, &parts)?);
                        Some(lines)
                    });
                    tables.push(Table {
                        lines: lines.ok_or_else(|| format!("the table of {record:?} can't be read"))?,
                        record,
                    });
                }
            }
            _ => {}
        }
    }
    Ok(tables)
}

/// `Type = "record", notices, [lines]`
struct Entry {
    record: Ident,
    notices: Expr,
    rows: Expr,
}

impl Parse for Entry {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let record = input.parse()?;
        input.parse::<Token![=]>()?;
        input.parse::<LitStr>()?;
        input.parse::<Token![,]>()?;
        let notices = input.parse()?;
        input.parse::<Token![,]>()?;
        Ok(Self { record, notices, rows: input.parse()? })
    }
}

fn add_part(parts: &mut Parts, part: &ItemConst) {
    // Constants that are no part of a table have no lines.
    if let Some(lines) = rows(&part.expr, parts) {
        parts.insert(part.ident.to_string(), lines);
    }
}

fn named(ty: &syn::Type) -> Option<Type> {
    let syn::Type::Path(path) = ty else { return None };
    let last = path.path.segments.last()?;
    let inside = match &last.arguments {
        PathArguments::AngleBracketed(inside) => inside.args.iter().collect(),
        _ => Vec::new(),
    };
    let inside = inside.into_iter().map(|one| match one {
        GenericArgument::Type(ty) => named(ty),
        _ => None,
    });
    Some(Type::Named(last.ident.to_string(), inside.collect::<Option<_>>()?))
}

/// What a function answers that puts a table together.
fn answer(body: &[Stmt], mut parts: Parts) -> Option<Vec<Line>> {
    for statement in body {
        match statement {
            Stmt::Item(Item::Const(part)) => add_part(&mut parts, part),
            Stmt::Expr(Expr::Call(call), None) => {
                let Expr::Path(function) = &*call.func else { return None };
                return if function.path.is_ident("classes") {
                    placed(call.args.first()?, call.args.get(1)?, &parts)
                } else if function.path.is_ident("parts") {
                    let each = items(call.args.first()?)?.into_iter().map(|part| {
                        let part = tuple(part)?;
                        placed(part.elems.first()?, part.elems.get(1)?, &parts)
                    });
                    Some(each.collect::<Option<Vec<_>>>()?.concat())
                } else {
                    None
                };
            }
            _ => return None,
        }
    }
    None
}

/// Lines behind a place.
fn placed(place: &Expr, lines: &Expr, parts: &Parts) -> Option<Vec<Line>> {
    let place = text(place)?;
    let lines = rows(lines, parts)?.into_iter();
    Some(lines.map(|line| Line { path: format!("{place}{}", line.path), ..line }).collect())
}

fn rows(expr: &Expr, parts: &Parts) -> Option<Vec<Line>> {
    if let Expr::Path(name) = expr {
        return parts.get(&name.path.get_ident()?.to_string()).cloned();
    }
    let line = |row| {
        let row = tuple(row)?;
        let Expr::Path(class) = row.elems.get(1)? else { return None };
        let personal = class.path.is_ident("Personal") || class.path.is_ident("Sensitive");
        Some(Line { path: text(row.elems.first()?)?, personal })
    };
    items(expr)?.into_iter().map(line).collect()
}

fn items(expr: &Expr) -> Option<Vec<&Expr>> {
    match expr {
        Expr::Reference(inside) => items(&inside.expr),
        Expr::Array(array) => Some(array.elems.iter().collect()),
        _ => None,
    }
}

fn tuple(expr: &Expr) -> Option<&ExprTuple> {
    if let Expr::Tuple(tuple) = expr { Some(tuple) } else { None }
}

fn text(expr: &Expr) -> Option<String> {
    match expr {
        Expr::Lit(literal) => match &literal.lit {
            Lit::Str(text) => Some(text.value()),
            _ => None,
        },
        _ => None,
    }
}
