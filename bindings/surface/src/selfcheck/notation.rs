//! Kit notation, spelled as text in a dialect with foreign tokens.

use crm_core::wire::{Dialect, camel_of};
use serde_json::{Map, Value};

/// Spells a value in kit notation.
pub fn spell(value: &Value, dialect: Dialect) -> Result<String, String> {
    let mut out = String::new();
    put(value, dialect, &mut out)?;
    Ok(out)
}

/// The same notation with the place of each engine instead of its name.
pub fn numbered(value: &Value, names: &[&str]) -> Result<Value, String> {
    Ok(match value {
        Value::Array(items) => Value::Array(items.iter().map(|item| numbered(item, names)).collect::<Result<_, _>>()?),
        Value::Object(object) => match object.get("$engine").and_then(Value::as_str) {
            Some(name) => {
                let place = names.iter().position(|known| *known == name);
                let place = place.ok_or_else(|| format!("no engine `{name}`"))?;
                Value::Object(Map::from_iter([("$engine".to_owned(), Value::from(place))]))
            }
            None => {
                let fields = object.iter().map(|(key, inside)| Ok((key.clone(), numbered(inside, names)?)));
                Value::Object(fields.collect::<Result<_, String>>()?)
            }
        },
        plain => plain.clone(),
    })
}

/// Joins the pieces of a vector's `text`.
pub fn join(pieces: &[Value]) -> Result<Vec<u8>, String> {
    let mut out = Vec::new();
    for piece in pieces {
        match piece {
            Value::String(text) => out.extend_from_slice(text.as_bytes()),
            Value::Object(object) => match object.iter().next() {
                Some((key, Value::String(digits))) if key == "$hex" => out.extend(from_hex(digits)?),
                Some((key, Value::Object(what))) if key == "$repeat" => {
                    out.extend(text_of(what, "text")?.as_bytes().repeat(times_of(what)?));
                }
                _ => return Err(format!("unknown piece of text {piece:.80}")),
            },
            _ => return Err(format!("unknown piece of text {piece:.80}")),
        }
    }
    Ok(out)
}

fn put(value: &Value, dialect: Dialect, out: &mut String) -> Result<(), String> {
    match value {
        Value::Array(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                put(item, dialect, out)?;
            }
            out.push(']');
            Ok(())
        }
        Value::Object(object) => match object.iter().next() {
            Some((key, inside)) if key.starts_with('$') => put_tagged(key, inside, object, dialect, out),
            _ => {
                out.push('{');
                put_fields(object, dialect, true, out)?;
                out.push('}');
                Ok(())
            }
        },
        plain => {
            out.push_str(&plain.to_string());
            Ok(())
        }
    }
}

fn put_fields(object: &Map<String, Value>, dialect: Dialect, fields: bool, out: &mut String) -> Result<(), String> {
    for (index, (key, inside)) in object.iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        let key = if fields && dialect == Dialect::Node { camel_of(key) } else { key.clone() };
        out.push_str(&format!("{}:", Value::String(key)));
        put(inside, dialect, out)?;
    }
    Ok(())
}

fn put_tagged(
    key: &str,
    inside: &Value,
    object: &Map<String, Value>,
    dialect: Dialect,
    out: &mut String,
) -> Result<(), String> {
    match (key, inside) {
        // What Python and the JVM hold natively; JavaScript holds texts.
        ("$decimal", Value::String(_)) if dialect == Dialect::Jvm => out.push_str(&format!("~decimal{inside}")),
        ("$date", Value::String(_)) if dialect == Dialect::Jvm => out.push_str(&format!("~date{inside}")),
        ("$decimal" | "$date", Value::String(_)) => out.push_str(&inside.to_string()),
        ("$float", _) => out.push_str("~float"),
        ("$integer", _) => out.push_str("~integer"),
        ("$nan" | "$infinity", _) => out.push_str("~nan"),
        ("$datetime", _) => out.push_str("~datetime"),
        ("$function", _) => out.push_str("~function"),
        ("$map", _) => out.push_str("~map"),
        ("$bytes", _) => out.push_str("~bytes"),
        ("$surrogate", _) => out.push_str("~surrogate"),
        ("$engine", Value::Number(place)) => out.push_str(&format!("~engine\"{place}\"")),
        ("$entries", Value::Object(entries)) => {
            out.push('{');
            put_fields(entries, dialect, false, out)?;
            out.push('}');
        }
        ("$variant", Value::String(variant)) => {
            let fields = object.get("fields").and_then(Value::as_object).ok_or("a `$variant` has `fields`")?;
            if dialect == Dialect::Node {
                out.push_str(&format!("{{\"kind\":{inside}{}", if fields.is_empty() { "" } else { "," }));
                put_fields(fields, dialect, true, out)?;
                out.push('}');
            } else {
                out.push_str(&format!("{{{}:{{", Value::String(variant.clone())));
                put_fields(fields, dialect, true, out)?;
                out.push_str("}}");
            }
        }
        ("$value", Value::Object(value)) => {
            let (tag, held) = value.iter().next().ok_or("a `$value` has a tag")?;
            if dialect == Dialect::Node {
                out.push_str(&format!("{{\"kind\":{},\"value\":", Value::String(tag.clone())));
            } else {
                out.push_str(&format!("{{{}:", Value::String(tag.clone())));
            }
            put(held, dialect, out)?;
            out.push('}');
        }
        ("$repeat", Value::Object(what)) => {
            let text = Value::String(text_of(what, "text")?.repeat(times_of(what)?));
            out.push_str(&text.to_string());
        }
        ("$list", Value::Object(what)) => {
            let item = spell(what.get("item").ok_or("a `$list` has an `item`")?, dialect)?;
            out.push('[');
            out.push_str(&vec![item; times_of(what)?].join(","));
            out.push(']');
        }
        ("$nest", Value::Object(what)) => put_nest(what, dialect, out)?,
        _ => return Err(format!("unknown notation `{key}`")),
    }
    Ok(())
}

/// `core` inside so many of `around`; spelled once and repeated, whatever the depth.
fn put_nest(what: &Map<String, Value>, dialect: Dialect, out: &mut String) -> Result<(), String> {
    const MARK: &str = "\u{1}hole\u{1}";
    let mut around = what.get("around").ok_or("a `$nest` has `around`")?.clone();
    if mark(&mut around, MARK) != 1 {
        return Err("`around` has exactly one `$hole`".to_owned());
    }
    let around = spell(&around, dialect)?;
    let hole = Value::String(MARK.to_owned()).to_string();
    let (before, after) = around.split_once(&hole).ok_or("the hole is lost")?;
    let times = times_of(what)?;
    out.push_str(&before.repeat(times));
    put(what.get("core").ok_or("a `$nest` has a `core`")?, dialect, out)?;
    out.push_str(&after.repeat(times));
    Ok(())
}

/// Puts a mark where `{"$hole": true}` stands; how many there were.
fn mark(value: &mut Value, with: &str) -> usize {
    match value {
        Value::Object(object) if object.contains_key("$hole") => {
            *value = Value::String(with.to_owned());
            1
        }
        Value::Object(object) => object.values_mut().map(|inside| mark(inside, with)).sum(),
        Value::Array(items) => items.iter_mut().map(|inside| mark(inside, with)).sum(),
        _ => 0,
    }
}

fn text_of<'a>(what: &'a Map<String, Value>, key: &str) -> Result<&'a str, String> {
    what.get(key).and_then(Value::as_str).ok_or_else(|| format!("`{key}` must be a text"))
}

fn times_of(what: &Map<String, Value>) -> Result<usize, String> {
    let times = what.get("times").and_then(Value::as_u64).and_then(|times| usize::try_from(times).ok());
    times.ok_or_else(|| "`times` must be a whole number".to_owned())
}

fn from_hex(digits: &str) -> Result<Vec<u8>, String> {
    let wrong = || format!("`{digits}` is not hexadecimal");
    let pairs = digits.as_bytes().chunks(2);
    pairs
        .map(|pair| {
            let pair = std::str::from_utf8(pair).map_err(|_| wrong())?;
            u8::from_str_radix(pair, 16).map_err(|_| wrong())
        })
        .collect()
}
