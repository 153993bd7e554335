//! The conformance kit's runner for Rust; `docs/conformance.md` describes the kit.
//!
//! The kit's inputs are spelled as text in a dialect with foreign tokens, so that what only another language can hold is
//! there too, and go through the same entries as the calls of Node and the JVM.

mod notation;
mod plain;

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crm_core::refusal::Refusal;
use crm_core::wire::Dialect;
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use crate::generated::{Engine, MAKERS};
use crate::{refusal_text, text};

/// What a run of the kit gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// SHA-256 over every answer that was given; 64 lower-case hexadecimal digits.
    pub digest: String,
    /// How many vectors there are.
    pub vectors: usize,
    /// The vectors whose answer is not the expected one.
    pub failures: Vec<Failure>,
}

/// A vector whose answer is not the expected one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The vector.
    pub id: String,
    /// The canonical answer that the kit states.
    pub expected: String,
    /// The canonical answer that was given.
    pub given: String,
}

/// Runs the kit.
///
/// # Errors
/// A sentence when the kit itself is wrong: no JSON, a name given twice, an unknown notation, an engine that does not load.
pub fn run(kit: &str) -> Result<Report, String> {
    run_in(kit, Dialect::Jvm)
}

/// Runs the kit in one of the dialects that have foreign tokens.
///
/// # Errors
/// As [`run`].
pub fn run_in(kit: &str, dialect: Dialect) -> Result<Report, String> {
    let kit: Value = serde_json::from_str(kit).map_err(|error| format!("the kit is no JSON: {error}"))?;
    let engines = load_engines(&kit, dialect)?;
    let vectors = kit.get("vectors").and_then(Value::as_array).ok_or("the kit has no list `vectors`")?;
    let mut seen = BTreeSet::new();
    let mut failures = Vec::new();
    let mut digest = Sha256::new();
    for vector in vectors {
        let id = text_at(vector, "id")?;
        if !id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte)) || !seen.insert(id) {
            return Err(format!("the id `{id}` is given twice or holds something else than letters, digits and . _ -"));
        }
        let wrong = |problem: String| format!("{id}: {problem}");
        let expected = expected(vector).map_err(wrong)?;
        let given = given(vector, &engines, dialect).map_err(wrong)?;
        digest.update(id.as_bytes());
        digest.update(b"\n");
        digest.update(given.as_bytes());
        digest.update(b"\n");
        if given != expected {
            failures.push(Failure { id: id.to_owned(), expected, given });
        }
    }
    Ok(Report { digest: hex(&digest.finalize()), vectors: vectors.len(), failures })
}

/// The engines of the kit by name, in the order of the kit: one may be made from those before it.
#[derive(Default)]
struct Engines<'k> {
    names: Vec<&'k str>,
    loaded: Vec<Engine>,
}

impl Engines<'_> {
    fn get(&self, name: &str) -> Result<&Engine, String> {
        let place = self.names.iter().position(|known| *known == name);
        place.and_then(|place| self.loaded.get(place)).ok_or_else(|| format!("no engine `{name}`"))
    }

    /// All of them: an engine among the arguments is spelled as its place here.
    fn handed_over(&self) -> Vec<&Engine> {
        self.loaded.iter().collect()
    }
}

fn load_engines(kit: &Value, dialect: Dialect) -> Result<Engines<'_>, String> {
    let mut engines = Engines::default();
    let Some(declared) = kit.get("engines").and_then(Value::as_object) else { return Ok(engines) };
    for (name, engine) in declared {
        let wrong = |problem: String| format!("engine {name}: {problem}");
        let loaded = made(engine, &engines, dialect).map_err(wrong)?.map_err(|refusal| wrong(refusal.to_string()))?;
        engines.names.push(name);
        engines.loaded.push(loaded);
    }
    Ok(engines)
}

/// The engine that an operation makes, on its own or on an engine before it.
fn made(spec: &Value, engines: &Engines<'_>, dialect: Dialect) -> Result<Result<Engine, Refusal>, String> {
    let op = text_at(spec, "op")?;
    let args = arguments(spec, engines, dialect)?;
    let others = engines.handed_over();
    Ok(match spec.get("engine").and_then(Value::as_str) {
        Some(name) => text::made(engines.get(name)?, dialect, op, &args, &others),
        None => text::loaded(dialect, op, &args, &others),
    })
}

/// The answer that the kit states, as canonical text.
fn expected(vector: &Value) -> Result<String, String> {
    let expect = vector.get("expect").and_then(Value::as_object).ok_or("no `expect`")?;
    match (expect.get("ok"), expect.get("refusal")) {
        (Some(answer), None) => Ok(answer.to_string()),
        (None, Some(Value::Array(faults))) => Ok(format!("[{}]", list_of_faults(faults)?)),
        (None, Some(fault)) => Ok(format!("[{}]", list_of_faults(std::slice::from_ref(fault))?)),
        _ => Err("`expect` holds either `ok` or `refusal`".to_owned()),
    }
}

fn list_of_faults(faults: &[Value]) -> Result<String, String> {
    let mut out = String::new();
    for fault in faults {
        if !out.is_empty() {
            out.push(',');
        }
        let code = fault.get("code").ok_or("a refusal has a `code`")?;
        let path = fault.get("path").ok_or("a refusal has a `path`")?;
        let params = fault.get("params").ok_or("a refusal has `params`")?;
        out.push_str(&format!("{{\"code\":{code},\"path\":{path},\"params\":{params}}}"));
    }
    Ok(out)
}

/// The answer that the core gives, as canonical text.
fn given(vector: &Value, engines: &Engines<'_>, dialect: Dialect) -> Result<String, String> {
    let op = text_at(vector, "op")?;
    let answer = if MAKERS.contains(&op) {
        made(vector, engines, dialect)?.map(|_| "null".to_owned())
    } else {
        let args = arguments(vector, engines, dialect)?;
        match vector.get("engine").and_then(Value::as_str) {
            Some(name) => text::engine_called(engines.get(name)?, dialect, op, &args, &engines.handed_over()),
            None => text::called(dialect, op, &args),
        }
    };
    written(answer, dialect)
}

fn written(answer: Result<String, Refusal>, dialect: Dialect) -> Result<String, String> {
    match answer {
        Ok(text) if dialect == Dialect::Node => plain::canonical(&text),
        Ok(text) => Ok(text),
        Err(refusal) => Ok(refusal_text::bare(&refusal)),
    }
}

/// The list of arguments as bytes: spelled from kit notation, or stated as text.
fn arguments(vector: &Value, engines: &Engines<'_>, dialect: Dialect) -> Result<Vec<u8>, String> {
    match (vector.get("args"), vector.get("text")) {
        (Some(args @ Value::Array(_)), None) => {
            let spelled = notation::spell(&notation::numbered(args, &engines.names)?, dialect);
            spelled.map(String::into_bytes)
        }
        (None, Some(Value::Array(pieces))) => notation::join(pieces),
        _ => Err("a vector has a list of `args` or of `text` pieces".to_owned()),
    }
}

fn text_at<'a>(value: &'a Value, key: &str) -> Result<&'a str, String> {
    value.get(key).and_then(Value::as_str).ok_or_else(|| format!("`{key}` must be a text in {value:.80}"))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut out, byte| {
        // Writing to a String cannot fail.
        let _ = write!(out, "{byte:02x}");
        out
    })
}
