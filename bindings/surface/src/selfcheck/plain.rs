//! From the Node dialect back to canonical text without knowing a type, as `docs/conformance.md` promises that it can be
//! done for the answers of the kit.

use crm_core::wire::snake_of;
use serde_json::{Map, Value};

/// Tags of a traced value.
const VALUE_TAGS: &[&str] = &["text", "integer", "decimal", "date", "boolean"];

/// The canonical text of an answer in the Node dialect.
pub fn canonical(node: &str) -> Result<String, String> {
    let value: Value = serde_json::from_str(node).map_err(|error| format!("an answer is no JSON: {error}"))?;
    Ok(back(value).to_string())
}

fn back(value: Value) -> Value {
    match value {
        Value::Array(items) => Value::Array(items.into_iter().map(back).collect()),
        // The tag stands first; a record's own `kind` never does.
        Value::Object(object) if object.keys().next().is_none_or(|first| first != "kind") => fields(object),
        Value::Object(mut object) => match object.shift_remove("kind") {
            Some(Value::String(kind)) if VALUE_TAGS.contains(&kind.as_str()) && is_value(&object) => {
                Value::Object(object.into_iter().map(|(_, inside)| (kind.clone(), inside)).collect())
            }
            Some(Value::String(kind)) => Value::Object(Map::from_iter([(kind, fields(object))])),
            _ => fields(object),
        },
        plain => plain,
    }
}

fn is_value(object: &Map<String, Value>) -> bool {
    object.len() == 1 && object.contains_key("value")
}

fn fields(object: Map<String, Value>) -> Value {
    // No field begins with a capital letter: such a key is a map's.
    let spelled =
        |key: String| if key.starts_with(|first: char| first.is_ascii_uppercase()) { key } else { snake_of(&key) };
    Value::Object(object.into_iter().map(|(key, inside)| (spelled(key), back(inside))).collect())
}
