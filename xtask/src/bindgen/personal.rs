//! Which fields hold a value of a person.
//!
//! A field is personal by its type `Personal`, or because its documentation ends with the word "Personal." That nobody
//! forgets the word is checked against the core's own tables of fields, and by the names that such fields have.

use syn::{Expr, Item, Lit};

use super::model::{Field, Model, Type};

/// Where the tables of fields stand.
pub const TABLES: &str = "crm-core/src/access/fields.rs";

/// Names of fields that hold a value of a person wherever they stand.
const NAMES: &[&str] = &["birth", "email", "engine_number", "mobile", "phone", "plate", "postcode", "vin"];

/// Types that hold a value of a person and say so in their own `Debug`.
const TYPE: &str = "Personal";

/// Whether a field is marked, by its type or by the end of its documentation.
pub fn is_marked(docs: &[String], ty: &Type) -> bool {
    holds(ty) || docs.last().is_some_and(|line| line.trim_end().ends_with("Personal."))
}

fn holds(ty: &Type) -> bool {
    match ty {
        Type::Identifier(name) => name == TYPE,
        Type::Optional(inside) | Type::List(inside) => holds(inside),
        _ => false,
    }
}

/// Every field that a table calls personal or sensitive is marked, or stands inside one that is; so is every field with
/// one of the names.
///
/// # Errors
/// The fields without a mark.
pub fn check(model: &Model, tables: &str) -> Result<(), String> {
    let mut forgotten = Vec::new();
    for (record, path) in personal_lines(tables)? {
        match is_covered(model, &record, &path) {
            Some(true) => {}
            Some(false) => forgotten.push(format!("{record}{path} is personal in {TABLES}")),
            // A record that does not cross, or a field that the tests of the table tell.
            None => {}
        }
    }
    for (owner, field) in all_fields(model) {
        if NAMES.contains(&field.name.as_str()) && !field.personal && is_text(&field.ty) {
            forgotten.push(format!("{owner}.{} has the name of a personal value", field.name));
        }
    }
    if forgotten.is_empty() {
        return Ok(());
    }
    forgotten.sort();
    forgotten.dedup();
    Err(format!(
        "fields without the word \"Personal.\" at the end of their documentation:\n  {}",
        forgotten.join("\n  ")
    ))
}

fn all_fields(model: &Model) -> impl Iterator<Item = (&str, &Field)> {
    let records =
        model.records.iter().flat_map(|record| record.fields.iter().map(|field| (record.name.as_str(), field)));
    let variants = model.enums.iter().flat_map(|one| {
        one.variants.iter().flat_map(|variant| variant.fields.iter().map(|field| (one.name.as_str(), field)))
    });
    records.chain(variants)
}

fn is_text(ty: &Type) -> bool {
    match ty {
        Type::Text | Type::Date => true,
        Type::Optional(inside) | Type::List(inside) => is_text(inside),
        _ => false,
    }
}

/// Whether the field at a path of a table is marked, or one on the way to it; nothing when there is no such field.
fn is_covered(model: &Model, record: &str, path: &str) -> Option<bool> {
    let mut at = Type::Named(record.to_owned(), Vec::new());
    let mut marked = false;
    for step in path.split('/').skip(1) {
        let inside = bare(&at);
        at = match (inside, step) {
            (Type::List(item), "*") => (**item).clone(),
            (Type::Map(_, value), "#") => (**value).clone(),
            (Type::Named(name, _), step) => {
                if let Some(variant) =
                    model.enumeration(name).and_then(|one| one.variants.iter().find(|v| v.wire == step))
                {
                    // A variant is a step of its own: its fields follow.
                    let fields = variant.fields.clone();
                    at = Type::Nothing;
                    if let Some(rest) = path.split_once(&format!("/{step}/")).map(|(_, rest)| rest) {
                        return through(model, &fields, rest, marked);
                    }
                    continue;
                }
                let field = model.record(name)?.fields.iter().find(|field| field.name == step)?;
                marked |= field.personal;
                field.ty.clone()
            }
            _ => return None,
        };
    }
    Some(marked)
}

/// The rest of a path, from the fields of a variant on.
fn through(model: &Model, fields: &[Field], rest: &str, marked: bool) -> Option<bool> {
    let (first, rest) = rest.split_once('/').unwrap_or((rest, ""));
    let field = fields.iter().find(|field| field.name == first)?;
    let marked = marked || field.personal;
    if rest.is_empty() || marked {
        return Some(marked);
    }
    match bare(&field.ty) {
        Type::Named(name, _) => is_covered(model, name, &format!("/{rest}")),
        _ => Some(marked),
    }
}

fn bare(ty: &Type) -> &Type {
    match ty {
        Type::Optional(inside) => bare(inside),
        ty => ty,
    }
}

/// `("CustomerRecord", "/profile/…")` for every line of a table that is personal or sensitive.
fn personal_lines(tables: &str) -> Result<Vec<(String, String)>, String> {
    let file = syn::parse_file(tables).map_err(|error| format!("{TABLES}: {error}"))?;
    let mut lines = Vec::new();
    for item in file.items {
        let Item::Const(table) = item else { continue };
        let Expr::Reference(reference) = &*table.expr else { continue };
        let Expr::Array(rows) = &*reference.expr else { continue };
        for row in &rows.elems {
            let Expr::Tuple(row) = row else { continue };
            let (Some(Expr::Lit(path)), Some(Expr::Path(class))) = (row.elems.get(0), row.elems.get(1)) else {
                continue;
            };
            let Lit::Str(path) = &path.lit else { continue };
            if class.path.is_ident("Personal") || class.path.is_ident("Sensitive") {
                lines.push((camel(&table.ident.to_string()), path.value()));
            }
        }
    }
    if lines.is_empty() { Err(format!("{TABLES}: no table of fields was found")) } else { Ok(lines) }
}

/// `CUSTOMER_RECORD` → `CustomerRecord`
fn camel(constant: &str) -> String {
    let word = |word: &str| word.get(..1).map_or(String::new(), |first| first.to_owned() + &word[1..].to_lowercase());
    constant.split('_').map(word).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::bindgen::model::Record;

    const TABLE: &str = r#"const CUSTOMER_RECORD: &[Row] = &[
        ("/id", Internal, None),
        ("/name", Personal, Some(Mask::Name)),
        ("/cars/*/plate_number", Sensitive, None),
    ];"#;

    fn record(name: &str, fields: Vec<Field>) -> Record {
        Record { name: name.to_owned(), docs: Vec::new(), parameters: Vec::new(), fields }
    }

    fn model(marked: bool) -> Model {
        let field = |name: &str, ty| Field { personal: marked, ..Field::new(name, Vec::new(), ty) };
        let cars = Type::List(Box::new(Type::Named("Car".to_owned(), Vec::new())));
        let customer = vec![field("name", Type::Text), Field::new("cars", Vec::new(), cars)];
        Model {
            records: vec![record("CustomerRecord", customer), record("Car", vec![field("plate_number", Type::Text)])],
            ..Model::default()
        }
    }

    #[test]
    fn a_forgotten_mark_is_told() {
        assert_eq!(check(&model(true), TABLE), Ok(()));
        let told = check(&model(false), TABLE).unwrap_err();
        assert!(
            told.contains("CustomerRecord/name is") && told.contains("CustomerRecord/cars/*/plate_number is"),
            "{told}"
        );
    }

    #[test]
    fn some_names_are_always_personal() {
        let mut model = model(true);
        model.records.push(record("Policy", vec![Field::new("vin", Vec::new(), Type::Optional(Box::new(Type::Text)))]));
        assert!(check(&model, TABLE).unwrap_err().contains("Policy.vin"));
    }

    #[test]
    fn the_mark_is_the_type_or_the_last_word() {
        let docs = |text: &str| vec!["Birth (出生日期).".to_owned(), text.to_owned()];
        assert!(is_marked(&docs("Personal."), &Type::Date) && !is_marked(&docs("Personal. Or not."), &Type::Date));
        assert!(is_marked(&[], &Type::List(Box::new(Type::Identifier("Personal".to_owned())))));
        assert!(check(&Model::default(), "// nothing").is_err());
    }
}
