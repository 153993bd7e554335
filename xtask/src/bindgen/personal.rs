//! Which fields hold a value of a person.
//!
//! A field is personal by its type `Personal`, or because its documentation ends with the word "Personal." That nobody
//! forgets the word is checked against the core's own tables of fields, and by the names that such fields have.

use super::field_tables::{self, Table};
use super::model::{Field, Model, Record, Type};

/// Where the tables of fields stand.
pub const TABLES: &[&str] =
    &["crm-core/src/access/fields.rs", "crm-core/src/access/record_fields.rs", "crm-core/src/access/number_fields.rs"];

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

/// Every field that a table calls personal or sensitive is marked, or stands inside one that is; every marked field of a
/// record with a table has a line, there or inside; every field with one of the names is marked.
///
/// # Errors
/// The fields without a mark, those without a line, and lines without a field.
pub fn check(model: &Model, sources: &[String]) -> Result<(), String> {
    let mut forgotten = Vec::new();
    for (file, source) in TABLES.iter().zip(sources) {
        let tables = field_tables::read(source).map_err(|error| format!("{file}: {error}"))?;
        if tables.is_empty() {
            return Err(format!("{file}: no table of fields was found"));
        }
        for table in &tables {
            compare(model, file, table, &mut forgotten);
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
        "fields without the word \"Personal.\" at the end of their documentation, or without a line in a table:\n  {}",
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

/// A table against its record. A record that does not cross has no marks: the tests of its table tell.
fn compare(model: &Model, file: &str, table: &Table, forgotten: &mut Vec<String>) {
    let Type::Named(record, inside) = &table.record else { return };
    if model.record(record).is_none() {
        return;
    }
    let shown = inside.iter().fold(record.clone(), |shown, ty| match ty {
        Type::Named(name, _) => format!("{shown}<{name}>"),
        _ => shown,
    });
    for line in table.lines.iter().filter(|line| line.personal) {
        let steps: Vec<&str> = line.path.split('/').skip(1).collect();
        match is_marked_at(model, &table.record, &steps, false) {
            Some(true) => {}
            Some(false) => forgotten.push(format!("{shown}{} is personal in {file}", line.path)),
            None => forgotten.push(format!("{shown}{} stands in {file} and not in the record", line.path)),
        }
    }
    let mut marked = Vec::new();
    marked_fields(model, &table.record, "", &mut Vec::new(), &mut marked);
    for path in marked {
        let inside = format!("{path}/");
        if !table.lines.iter().any(|line| line.path == path || line.path.starts_with(&inside)) {
            forgotten.push(format!("{shown}{path} is marked and has no line in {file}"));
        }
    }
}

/// The type of a field where the type parameter of its record is given.
fn given(record: &Record, inside: &[Type], ty: &Type) -> Type {
    let again = |ty: &Type| Box::new(given(record, inside, ty));
    match ty {
        Type::Parameter(name) => {
            let place = record.parameters.iter().position(|parameter| parameter == name);
            place.and_then(|place| inside.get(place)).unwrap_or(ty).clone()
        }
        Type::Optional(ty) => Type::Optional(again(ty)),
        Type::List(ty) => Type::List(again(ty)),
        Type::Map(key, value) => Type::Map(key.clone(), again(value)),
        ty => ty.clone(),
    }
}

/// Whether the field at a path is marked, or one on the way to it; nothing when there is no such field.
fn is_marked_at(model: &Model, ty: &Type, steps: &[&str], marked: bool) -> Option<bool> {
    let [step, rest @ ..] = steps else { return Some(marked) };
    match bare(ty) {
        Type::List(item) if *step == "*" => is_marked_at(model, item, rest, marked),
        Type::Map(_, value) if *step == "*" => is_marked_at(model, value, rest, marked),
        // Keys have no documentation of their own to end with a word.
        Type::Map(..) if *step == "#" && rest.is_empty() => Some(true),
        Type::Named(name, inside) => {
            if let Some(record) = model.record(name) {
                let field = record.fields.iter().find(|field| field.name == *step)?;
                return is_marked_at(model, &given(record, inside, &field.ty), rest, marked || field.personal);
            }
            let variant = model.enumeration(name)?.variants.iter().find(|variant| variant.wire == *step)?;
            // A variant is a step of its own: its fields follow.
            let [step, rest @ ..] = rest else { return Some(marked) };
            let field = variant.fields.iter().find(|field| field.name == *step)?;
            is_marked_at(model, &field.ty, rest, marked || field.personal)
        }
        _ => None,
    }
}

/// The paths of the marked fields of a type, the outermost of each way.
fn marked_fields(model: &Model, ty: &Type, at: &str, way: &mut Vec<String>, found: &mut Vec<String>) {
    match bare(ty) {
        Type::List(item) => marked_fields(model, item, &format!("{at}/*"), way, found),
        Type::Map(_, value) => marked_fields(model, value, &format!("{at}/*"), way, found),
        Type::Named(name, inside) if !way.contains(name) => {
            way.push(name.clone());
            let mut look = |path: String, field: &Field, ty: &Type| {
                if field.personal { found.push(path) } else { marked_fields(model, ty, &path, way, found) }
            };
            if let Some(record) = model.record(name) {
                for field in &record.fields {
                    look(format!("{at}/{}", field.name), field, &given(record, inside, &field.ty));
                }
            } else if let Some(choice) = model.enumeration(name) {
                for variant in &choice.variants {
                    for field in &variant.fields {
                        look(format!("{at}/{}/{}", variant.wire, field.name), field, &field.ty);
                    }
                }
            }
            way.pop();
        }
        _ => {}
    }
}

fn bare(ty: &Type) -> &Type {
    match ty {
        Type::Optional(inside) => bare(inside),
        ty => ty,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::bindgen::model::Record;

    /// Three files: parts with a name, parts at places, the macro.
    const CUSTOMERS: &str = r#"
        const CUSTOMER_RECORD: &[Row] = &[
            ("/id", Internal, None),
            ("/name", Personal, Some(Mask::Name)),
            ("/cars/*/plate_number", Sensitive, None),
        ];
        impl Viewed for CustomerRecord {
            const RECORD: &'static str = "customer_record";
            fn field_classes() -> Vec<FieldClass> { classes("", CUSTOMER_RECORD) }
        }"#;
    const EVENTS: &str = r#"
        impl Viewed for RecordEvent<Sold> {
            const RECORD: &'static str = "sold";
            fn field_classes() -> Vec<FieldClass> {
                const CAR: &[Row] = &[("/plate_number", Personal, None)];
                parts(&[("", &[("/on", Internal, None)]), ("/event/car", CAR)])
            }
        }"#;
    const NUMBERS: &str = r#"viewed! { Vin = "vin", &[], [("/number", Personal, Some(Mask::Vin))]; }"#;

    fn sources() -> Vec<String> {
        [CUSTOMERS, EVENTS, NUMBERS].map(str::to_owned).to_vec()
    }

    fn record(name: &str, fields: Vec<Field>) -> Record {
        Record { name: name.to_owned(), docs: Vec::new(), parameters: Vec::new(), fields }
    }

    fn model(marked: bool) -> Model {
        let field = |name: &str, ty| Field { personal: marked, ..Field::new(name, Vec::new(), ty) };
        let cars = Type::List(Box::new(Type::Named("Car".to_owned(), Vec::new())));
        let customer = vec![field("name", Type::Text), Field::new("cars", Vec::new(), cars)];
        let car = Type::Named("Car".to_owned(), Vec::new());
        let event = Record {
            parameters: vec!["E".to_owned()],
            ..record("RecordEvent", vec![Field::new("event", Vec::new(), Type::Parameter("E".to_owned()))])
        };
        Model {
            records: vec![
                record("CustomerRecord", customer),
                record("Car", vec![field("plate_number", Type::Text)]),
                event,
                record("Sold", vec![Field::new("car", Vec::new(), car)]),
                record("Vin", vec![field("number", Type::Text)]),
            ],
            ..Model::default()
        }
    }

    #[test]
    fn a_forgotten_mark_is_told() {
        assert_eq!(check(&model(true), &sources()), Ok(()));
        let told = check(&model(false), &sources()).unwrap_err();
        for field in [
            "CustomerRecord/name",
            "CustomerRecord/cars/*/plate_number",
            "RecordEvent<Sold>/event/car/plate_number",
            "Vin/number",
        ] {
            assert!(told.contains(&format!("{field} is personal")), "{field}: {told}");
        }
    }

    /// The mutants: each file without one of its lines, with a line for no field, and with a table that can't be read.
    #[test]
    fn a_forgotten_line_is_told_in_every_file() {
        let mutants = [
            (r#"("/name", Personal, Some(Mask::Name)),"#, "", "CustomerRecord/name is marked"),
            (r#"("/event/car", CAR)"#, "", "RecordEvent<Sold>/event/car/plate_number is marked"),
            (r#"("/number", Personal, Some(Mask::Vin))"#, "", "Vin/number is marked"),
            ("/cars/*/plate_number", "/cars/plate_number", "CustomerRecord/cars/plate_number stands in"),
            (r#"classes("", CUSTOMER_RECORD)"#, "elsewhere()", "can't be read"),
            (r#"("/event/car", CAR)"#, r#"("/event/car", ELSEWHERE)"#, "can't be read"),
        ];
        for (line, without, expected) in mutants {
            let mutant: Vec<String> = sources().iter().map(|source| source.replace(line, without)).collect();
            assert_ne!(mutant, sources(), "{line}");
            let told = check(&model(true), &mutant).unwrap_err();
            assert!(told.contains(expected), "{line}: {told}");
        }
        let nothing = [CUSTOMERS.to_owned(), "// moved".to_owned(), NUMBERS.to_owned()];
        assert!(check(&model(true), &nothing).unwrap_err().contains("record_fields.rs: no table"));
    }

    #[test]
    fn some_names_are_always_personal() {
        let mut model = model(true);
        model.records.push(record("Policy", vec![Field::new("vin", Vec::new(), Type::Optional(Box::new(Type::Text)))]));
        assert!(check(&model, &sources()).unwrap_err().contains("Policy.vin"));
    }

    #[test]
    fn the_mark_is_the_type_or_the_last_word() {
        let docs = |text: &str| vec!["Birth (出生日期).".to_owned(), text.to_owned()];
        assert!(is_marked(&docs("Personal."), &Type::Date) && !is_marked(&docs("Personal. Or not."), &Type::Date));
        assert!(is_marked(&[], &Type::List(Box::new(Type::Identifier("Personal".to_owned())))));
    }
}
