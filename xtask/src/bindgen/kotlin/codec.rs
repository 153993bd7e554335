//! `wire/Codec.kt`: every type of the wire to and from canonical JSON.
//!
//! Writers take `null` for every type: Java can hand it in anywhere, and the core refuses it with code and path.

use super::super::model::{Enum, Field, Identifier, Model, Record, Type};
use super::head;
use super::names::{constant, member};
use super::spelling::{Scope, nullable};

/// The whole file.
pub fn codec(model: &Model) -> String {
    let mut out = head("io.crmcore.wire", &imports(model));
    for each in &model.identifiers {
        out.push_str(&identifier(each));
    }
    for each in &model.records {
        out.push_str(&record(each));
    }
    for each in &model.enums {
        out.push_str(&if each.unit { constants(each) } else { sealed(each) });
    }
    out
}

/// Every type by its name: a type of the wire may be called like one of Kotlin's.
pub fn imports(model: &Model) -> Vec<String> {
    let own = ["java.math.BigDecimal", "java.time.LocalDate"].map(str::to_owned);
    let identifiers = model.identifiers.iter().map(|each| &each.name);
    let records = model.records.iter().map(|each| &each.name);
    let enums = model.enums.iter().map(|each| &each.name);
    let types = identifiers.chain(records).chain(enums).map(|name| format!("io.crmcore.{name}"));
    own.into_iter().chain(types).collect()
}

fn identifier(identifier: &Identifier) -> String {
    let name = &identifier.name;
    format!(
        "\ninternal fun textOf{name}(value: {name}?): String? = value?.value\n\ninternal fun write{name}(out: Writer, value: {name}?) = out.text(value?.value)\n\ninternal fun read{name}(json: Any?): {name} = {name}(Read.text(json))\n"
    )
}

fn constants(choices: &Enum) -> String {
    let name = &choices.name;
    let mut out = format!(
        "\ninternal fun textOf{name}(value: {name}?): String? = value?.wire\n\ninternal fun write{name}(out: Writer, value: {name}?) = out.text(value?.wire)\n\ninternal fun read{name}(json: Any?): {name} =\n    when (Read.text(json)) {{\n"
    );
    for variant in &choices.variants {
        out.push_str(&format!("        \"{}\" -> {name}.{}\n", variant.wire, constant(&variant.wire)));
    }
    out.push_str("        else -> throw Unreadable(\"an unknown choice\")\n    }\n");
    out
}

fn record(record: &Record) -> String {
    let name = &record.name;
    let with = |each: &dyn Fn(&String) -> String| record.parameters.iter().map(each).collect::<Vec<_>>().join(", ");
    let list = with(&String::clone);
    let (declared, applied) =
        if list.is_empty() { (String::new(), name.clone()) } else { (format!(" <{list}>"), format!("{name}<{list}>")) };
    let writers = with(&|own| format!(", write{own}: ({own}?) -> Unit")).replace(", ,", ",");
    let readers = with(&|own| format!(", read{own}: (Any?) -> {own}")).replace(", ,", ",");
    let mut out = format!(
        "\ninternal fun{declared} write{name}(out: Writer, value: {applied}?{writers}) {{\n    if (value == null) return out.nothing()\n{}}}\n",
        structure(&record.fields, 4)
    );
    out.push_str(&format!("\ninternal fun{declared} read{name}(json: Any?{readers}): {applied} {{\n"));
    out.push_str(&taken(name, &record.fields, "json", 4, "return "));
    out.push_str("}\n");
    out
}

fn sealed(choices: &Enum) -> String {
    let name = &choices.name;
    let mut out = format!(
        "\ninternal fun write{name}(out: Writer, value: {name}?) {{\n    when (value) {{\n        null -> out.nothing()\n"
    );
    for variant in &choices.variants {
        out.push_str(&format!(
            "        is {name}.{} -> out.tagged(\"{}\") {{\n{}        }}\n",
            variant.name,
            variant.wire,
            structure(&variant.fields, 12)
        ));
    }
    out.push_str("    }\n}\n");
    out.push_str(&format!(
        "\ninternal fun read{name}(json: Any?): {name} {{\n    val (tag, content) = Read.variant(json)\n    return when (tag) {{\n"
    ));
    for variant in &choices.variants {
        out.push_str(&format!("        \"{}\" -> {{\n", variant.wire));
        out.push_str(&taken(&format!("{name}.{}", variant.name), &variant.fields, "content", 12, ""));
        out.push_str("        }\n");
    }
    out.push_str("        else -> throw Unreadable(\"an unknown choice\")\n    }\n}\n");
    out
}

/// Writes the fields of `value`.
fn structure(fields: &[Field], indent: usize) -> String {
    let pad = " ".repeat(indent);
    if fields.is_empty() {
        return format!("{pad}out.structure {{}}\n");
    }
    let mut out = format!("{pad}out.structure {{\n");
    for field in fields {
        let value = format!("value.{}", member(&field.name));
        out.push_str(&format!("{pad}    out.name(\"{}\")\n{pad}    {}\n", field.name, write(&field.ty, &value, 0)));
    }
    out.push_str(&format!("{pad}}}\n"));
    out
}

/// Reads `from` as the fields of a class and makes it.
fn taken(class: &str, fields: &[Field], from: &str, indent: usize, result: &str) -> String {
    let pad = " ".repeat(indent);
    if fields.is_empty() {
        return format!("{pad}Read.fields({from})\n{pad}{result}{class}\n");
    }
    let names = fields.iter().map(|field| format!("\"{}\"", field.name)).collect::<Vec<_>>().join(", ");
    let mut out = format!("{pad}val fields = Read.fields({from}, {names})\n{pad}{result}{class}(\n");
    for field in fields {
        let value = read(&field.ty, &format!("fields[\"{}\"]", field.name), 0);
        out.push_str(&format!("{pad}    {value},\n"));
    }
    out.push_str(&format!("{pad})\n"));
    out
}

/// The statement that writes `value`; `depth` counts the lambdas around it.
pub fn write(ty: &Type, value: &str, depth: usize) -> String {
    let inner = format!("it{depth}");
    match ty {
        Type::Boolean => format!("out.boolean({value})"),
        Type::Integer => format!("out.integer({value})"),
        Type::Text => format!("out.text({value})"),
        Type::Decimal => format!("out.decimal({value})"),
        Type::Date => format!("out.date({value})"),
        Type::Scalar => format!("out.scalar({value})"),
        Type::Value => format!("out.value({value})"),
        Type::Nothing => "out.nothing()".to_owned(),
        Type::Engine(name) => format!("out.engine({name}.handleOf({value}))"),
        Type::Identifier(name) => format!("write{name}(out, {value})"),
        Type::Parameter(name) => format!("write{name}({value})"),
        Type::Named(name, arguments) => {
            let writers: String = arguments
                .iter()
                .map(|argument| format!(", {{ {inner} -> {} }}", write(argument, &inner, depth + 1)))
                .collect();
            format!("write{name}(out, {value}{writers})")
        }
        Type::Optional(held) => write(held, value, depth),
        // Any item may be null when it comes from Java: its type says so, or an unboxing would fail.
        Type::List(item) => {
            format!("out.list<{}>({value}) {{ {inner} -> {} }}", held(item), write(item, &inner, depth + 1))
        }
        Type::Map(key, item) => format!(
            "out.map<{}, {}>({value}, {{ {inner} -> {} }}) {{ {inner} -> {} }}",
            Scope::default().spell(key),
            held(item),
            key_text(key, &inner),
            write(item, &inner, depth + 1)
        ),
    }
}

fn held(item: &Type) -> String {
    nullable(Scope::default().spell(item))
}

/// The expression that reads `json`.
pub fn read(ty: &Type, json: &str, depth: usize) -> String {
    let inner = format!("it{depth}");
    match ty {
        Type::Boolean => format!("Read.boolean({json})"),
        Type::Integer => format!("Read.integer({json})"),
        Type::Text => format!("Read.text({json})"),
        Type::Decimal => format!("Read.decimal({json})"),
        Type::Date => format!("Read.date({json})"),
        Type::Scalar => format!("Read.scalar({json})"),
        Type::Value => format!("Read.value({json})"),
        Type::Nothing => format!("Read.nothing({json})"),
        Type::Engine(name) => format!("Read.engine<{name}>({json})"),
        Type::Identifier(name) => format!("read{name}({json})"),
        Type::Parameter(name) => format!("read{name}({json})"),
        Type::Named(name, arguments) => {
            let readers: String = arguments
                .iter()
                .map(|argument| format!(", {{ {inner} -> {} }}", read(argument, &inner, depth + 1)))
                .collect();
            format!("read{name}({json}{readers})")
        }
        Type::Optional(held) => format!("Read.optional({json}) {{ {inner} -> {} }}", read(held, &inner, depth + 1)),
        Type::List(item) => format!("Read.list({json}) {{ {inner} -> {} }}", read(item, &inner, depth + 1)),
        Type::Map(key, item) => format!(
            "Read.map({json}, {{ {inner} -> {} }}) {{ {inner} -> {} }}",
            key_read(key, &inner),
            read(item, &inner, depth + 1)
        ),
    }
}

fn key_text(key: &Type, value: &str) -> String {
    match key {
        Type::Identifier(name) | Type::Named(name, _) => format!("textOf{name}({value})"),
        Type::Date => format!("{value}.toString()"),
        _ => value.to_owned(),
    }
}

fn key_read(key: &Type, text: &str) -> String {
    match key {
        Type::Text => text.to_owned(),
        other => read(other, text, 0),
    }
}
