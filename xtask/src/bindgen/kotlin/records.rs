//! Identifiers, records and enums as Kotlin classes.

use super::super::model::{Enum, Field, Identifier, Model, Record, Variant};
use super::names::{constant, member};
use super::spelling::{Scope, is_optional};
use super::{head, kdoc, respelled};

/// From this many optional fields on a record gets a builder: Java has no named arguments.
const OPTIONALS_FOR_A_BUILDER: usize = 2;

/// `Records.kt`.
pub fn records(model: &Model) -> String {
    let mut out = head("io.crmcore", &["java.math.BigDecimal".to_owned(), "java.time.LocalDate".to_owned()]);
    for each in &model.identifiers {
        out.push_str(&identifier(each));
    }
    for each in &model.records {
        out.push_str(&record(each));
    }
    out
}

/// `Choices.kt`.
pub fn choices(model: &Model) -> String {
    let mut out = head("io.crmcore", &["java.math.BigDecimal".to_owned(), "java.time.LocalDate".to_owned()]);
    for each in &model.enums {
        out.push_str(&if each.unit { constants(each) } else { sealed(each) });
    }
    out
}

fn identifier(identifier: &Identifier) -> String {
    let name = &identifier.name;
    format!(
        "\n{}@JvmRecord\ndata class {name}(val value: String) {{\n    override fun toString(): String = value\n\n    companion object {{\n        /** The identifier of this text. */\n        @JvmStatic\n        fun of(value: String): {name} = {name}(value)\n    }}\n}}\n",
        kdoc(&identifier.docs, 0)
    )
}

fn record(record: &Record) -> String {
    let scope = Scope::default();
    let name = &record.name;
    let parameters =
        if record.parameters.is_empty() { String::new() } else { format!("<{}>", record.parameters.join(", ")) };
    let mut out = format!("\n{}", kdoc(&with_properties(&record.docs, &record.fields), 0));
    if record.fields.is_empty() {
        out.push_str(&format!("data object {name}\n"));
        return out;
    }
    out.push_str(&format!("@JvmRecord\ndata class {name}{parameters}{}", constructor(&scope, &record.fields, 0)));
    let optionals = record.fields.iter().filter(|field| is_optional(&field.ty)).count();
    if optionals >= OPTIONALS_FOR_A_BUILDER && record.parameters.is_empty() {
        out.push_str(&format!(" {{\n{}}}\n", builder(record)));
    } else {
        out.push('\n');
    }
    out
}

/// The docs of fields stand in the docs of the class, where both KDoc and Javadoc readers find them.
fn with_properties(docs: &[String], fields: &[Field]) -> Vec<String> {
    let mut lines = respelled(docs, fields);
    let documented: Vec<&Field> = fields.iter().filter(|field| !field.docs.is_empty()).collect();
    if !documented.is_empty() && !lines.is_empty() {
        lines.push(String::new());
    }
    for field in documented {
        for (index, line) in respelled(&field.docs, fields).iter().filter(|line| !line.is_empty()).enumerate() {
            lines.push(if index == 0 {
                format!("@property {} {line}", member(&field.name).trim_matches('`'))
            } else {
                format!("  {line}")
            });
        }
    }
    lines
}

fn constructor(scope: &Scope<'_>, fields: &[Field], indent: usize) -> String {
    let pad = " ".repeat(indent);
    let mut out = String::new();
    if fields.iter().any(|field| is_optional(&field.ty)) {
        out.push_str(" @JvmOverloads constructor");
    }
    out.push_str("(\n");
    for field in fields {
        let default = if is_optional(&field.ty) { " = null" } else { "" };
        out.push_str(&format!("{pad}    val {}: {}{default},\n", member(&field.name), scope.spell(&field.ty)));
    }
    out.push_str(&format!("{pad})"));
    out
}

fn builder(record: &Record) -> String {
    let scope = Scope::default();
    let name = &record.name;
    let (optional, required): (Vec<&Field>, Vec<&Field>) =
        record.fields.iter().partition(|field| is_optional(&field.ty));
    let parameter = |field: &&Field| format!("{}: {}", member(&field.name), scope.spell(&field.ty));
    let parameters = required.iter().map(parameter).collect::<Vec<_>>().join(", ");
    let arguments = required.iter().map(|field| member(&field.name)).collect::<Vec<_>>().join(", ");
    let kept = required.iter().map(|field| format!("private val {}", parameter(field))).collect::<Vec<_>>().join(", ");
    let all = record.fields.iter().map(|field| member(&field.name)).collect::<Vec<_>>().join(", ");
    let mut out = format!(
        "    /** Takes the optional values one by one. */\n    class Builder internal constructor({kept}) {{\n"
    );
    for field in &optional {
        out.push_str(&format!("        private var {} = null\n", parameter(field)));
    }
    for field in &optional {
        let own = member(&field.name);
        out.push_str(&format!(
            "\n{}        fun {own}({own}: {}): Builder = apply {{ this.{own} = {own} }}\n",
            kdoc(&field.docs, 8),
            scope.spell(&field.ty)
        ));
    }
    out.push_str(&format!(
        "\n        /** The record. */\n        fun build(): {name} = {name}({all})\n    }}\n\n    companion object {{\n        /** Starts with what cannot be left out. */\n        @JvmStatic\n        fun builder({parameters}): Builder = Builder({arguments})\n    }}\n"
    ));
    out
}

fn constants(choices: &Enum) -> String {
    let name = &choices.name;
    let mut out = format!(
        "\n{}enum class {name}(\n    /** The name on the wire. */\n    @get:JvmName(\"wire\") val wire: String,\n) {{\n",
        kdoc(&choices.docs, 0)
    );
    for variant in &choices.variants {
        out.push_str(&kdoc(&variant.docs, 4));
        out.push_str(&format!("    {}(\"{}\"),\n", constant(&variant.wire), variant.wire));
    }
    out.push_str("}\n");
    out
}

fn sealed(choices: &Enum) -> String {
    let scope = Scope::of(choices);
    let mut out = format!("\n{}sealed interface {} {{\n", kdoc(&choices.docs, 0), choices.name);
    for (index, variant) in choices.variants.iter().enumerate() {
        if index > 0 {
            out.push('\n');
        }
        out.push_str(&choice(&scope, choices, variant));
    }
    out.push_str("}\n");
    out
}

fn choice(scope: &Scope<'_>, choices: &Enum, variant: &Variant) -> String {
    let docs = kdoc(&with_properties(&variant.docs, &variant.fields), 4);
    let (name, parent) = (&variant.name, &choices.name);
    if variant.fields.is_empty() {
        return format!("{docs}    data object {name} : {parent}\n");
    }
    format!("{docs}    @JvmRecord\n    data class {name}{} : {parent}\n", constructor(scope, &variant.fields, 4))
}
