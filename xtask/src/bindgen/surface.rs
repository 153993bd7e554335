//! The dispatchers of `crm-surface`: from the name of a call to its Rust function.

use std::path::PathBuf;

use super::NOTICE;
use super::model::{Call, Engine, Model};

/// `bindings/surface/src/generated.rs`.
pub fn files(model: &Model) -> Vec<(PathBuf, String)> {
    vec![(PathBuf::from("bindings/surface/src/generated.rs"), generated(model))]
}

fn generated(model: &Model) -> String {
    let mut out = format!(
        "// {NOTICE}
//! Dispatchers: an operation's name, its arguments by position, and where the result goes.

use crm_core::refusal::Code;
use crm_core::wire::Error;
use serde::{{Deserializer, Serialize as _, Serializer}};

use crate::arguments::read;
use crate::{{calls, engines}};

/// Every operation and the names of its params.
pub const OPERATIONS: &[(&str, &[&str])] = &[
"
    );
    for call in all_calls(model) {
        out.push_str(&format!("    ({:?}, &[{}]),\n", call.op, names(call)));
    }
    out.push_str("];\n\n/// Any loaded engine.\n#[derive(Debug)]\npub enum Engine {\n");
    for engine in &model.engines {
        out.push_str(&format!("    /// {}\n    {name}(engines::{name}),\n", summary(engine), name = engine.name));
    }
    out.push_str(
        "}

// Engines are shared between threads; one that can't be does not compile.
const _: () = {
    const fn shareable<T: Send + Sync>() {}
    shareable::<Engine>();
};

impl Engine {
    /// The name of the engine's type, as the operations have it.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match *self {
",
    );
    for engine in &model.engines {
        out.push_str(&format!("            Self::{name}(_) => {name:?},\n", name = engine.name));
    }
    out.push_str("        }\n    }\n}\n\n");
    out.push_str(
        "/// Calls a function of [`calls`].
///
/// # Errors
/// `wire.call.unknown`, what the reader refuses, and what the function refuses.
pub fn call<'de, D, S>(op: &str, args: D, out: S) -> Result<S::Ok, Error>
where
    D: Deserializer<'de, Error = Error>,
    S: Serializer<Error = Error>,
{
    match op {
",
    );
    for call in &model.calls {
        out.push_str(&arm(call, &format!("calls::{}", call.name), ".serialize(out)"));
    }
    out.push_str("        _ => Err(Error::new(Code::WireCallUnknown)),\n    }\n}\n\n");
    out.push_str(
        "/// Loads an engine.
///
/// # Errors
/// `wire.call.unknown`, what the reader refuses, and every fault of what is loaded.
pub fn load<'de, D>(op: &str, args: D) -> Result<Engine, Error>
where
    D: Deserializer<'de, Error = Error>,
{
    match op {
",
    );
    for engine in &model.engines {
        let load = &engine.load;
        out.push_str(&format!(
            "        {:?} => {{\n{}            Ok(Engine::{name}(engines::{name}::load({})?))\n        }}\n",
            load.op,
            reading(load),
            passed(load),
            name = engine.name,
        ));
    }
    out.push_str("        _ => Err(Error::new(Code::WireCallUnknown)),\n    }\n}\n\n");
    out.push_str(
        "/// Calls a method of a loaded engine.
///
/// # Errors
/// `wire.call.unknown`, also for a method of another engine, what the reader refuses, and what the method refuses.
pub fn engine_call<'de, D, S>(engine: &Engine, op: &str, args: D, out: S) -> Result<S::Ok, Error>
where
    D: Deserializer<'de, Error = Error>,
    S: Serializer<Error = Error>,
{
    match *engine {
",
    );
    for engine in &model.engines {
        out.push_str(&format!("        Engine::{}(ref engine) => match op {{\n", engine.name));
        for method in &engine.methods {
            for line in arm(method, &format!("engine.{}", method.name), ".serialize(out)").lines() {
                out.push_str(&format!("    {line}\n"));
            }
        }
        out.push_str("            _ => Err(Error::new(Code::WireCallUnknown)),\n        },\n");
    }
    out.push_str("    }\n}\n");
    out
}

fn all_calls(model: &Model) -> impl Iterator<Item = &Call> {
    model
        .calls
        .iter()
        .chain(model.engines.iter().flat_map(|engine| std::iter::once(&engine.load).chain(&engine.methods)))
}

fn summary(engine: &Engine) -> &str {
    engine.docs.first().map_or("A loaded engine.", String::as_str)
}

fn names(call: &Call) -> String {
    call.params.iter().map(|param| format!("{:?}", param.name)).collect::<Vec<_>>().join(", ")
}

fn passed(call: &Call) -> String {
    call.params.iter().map(|param| param.name.clone()).collect::<Vec<_>>().join(", ")
}

fn reading(call: &Call) -> String {
    let pattern = match call.params.as_slice() {
        [one] => format!("({},)", one.name),
        _ => format!("({})", passed(call)),
    };
    format!("            let {pattern} = read(args, &[{}])?;\n", names(call))
}

fn arm(call: &Call, function: &str, end: &str) -> String {
    let refuses = if call.fallible { "?" } else { "" };
    format!(
        "        {:?} => {{\n{}            {function}({}){refuses}{end}\n        }}\n",
        call.op,
        reading(call),
        passed(call),
    )
}
