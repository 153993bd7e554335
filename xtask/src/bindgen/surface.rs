//! The dispatchers of `crm-surface`: from the name of a call to its Rust function.

use std::path::PathBuf;

use super::NOTICE;
use super::model::{Call, Engine, Model, Type};

/// `bindings/surface/src/generated.rs`.
pub fn files(model: &Model) -> Vec<(PathBuf, String)> {
    vec![(PathBuf::from("bindings/surface/src/generated.rs"), generated(model))]
}

const HEAD: &str = "//! Dispatchers: an operation's name, its arguments by position, and where the result goes.

use crm_core::refusal::Code;
use crm_core::wire::Error;
use serde::{Deserializer, Serialize as _, Serializer};

use crate::arguments::read;
use crate::given::{Kind, Run, With};
use crate::{calls, engines};

/// Every operation and the names of its params.
pub const OPERATIONS: &[(&str, &[&str])] = &[
";

const SHAREABLE: &str = "}

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
";

const CALL: &str = "/// Calls a function of [`calls`].
///
/// # Errors
/// `wire.call.unknown`, what the reader refuses, and what the function refuses.
pub fn call<'de, D, S>(op: &str, args: D, out: S) -> Result<S::Ok, Error>
where
    D: Deserializer<'de, Error = Error>,
    S: Serializer<Error = Error>,
{
    match op {
";

const LOAD: &str = "/// Makes an engine from data or from other engines.
///
/// # Errors
/// `wire.call.unknown`, what the reader refuses, and every fault of what is loaded.
pub fn load<'de, D, R>(op: &str, args: D, with: &With<'_, R>) -> Result<Engine, Error>
where
    D: Deserializer<'de, Error = Error>,
    R: Run,
{
    match op {
";

const MAKE: &str = "/// Calls a method of a loaded engine that makes another one.
///
/// # Errors
/// `wire.call.unknown`, also for a method of another engine, what the reader refuses, and what the method refuses.
pub fn make<'de, D, R>(engine: &Engine, op: &str, args: D, with: &With<'_, R>) -> Result<Engine, Error>
where
    D: Deserializer<'de, Error = Error>,
    R: Run,
{
    match *engine {
";

const ENGINE_CALL: &str = "/// Calls a method of a loaded engine.
///
/// # Errors
/// `wire.call.unknown`, also for a method of another engine, what the reader refuses, and what the method refuses.
pub fn engine_call<'de, D, S, R>(
    engine: &Engine,
    op: &str,
    args: D,
    with: &With<'_, R>,
    out: S,
) -> Result<S::Ok, Error>
where
    D: Deserializer<'de, Error = Error>,
    S: Serializer<Error = Error>,
    R: Run,
{
    match *engine {
";

const UNKNOWN: &str = "_ => Err(Error::new(Code::WireCallUnknown)),\n";

fn generated(model: &Model) -> String {
    let mut out = format!("// {NOTICE}\n{HEAD}");
    for call in model.operations() {
        out.push_str(&format!("    ({:?}, &[{}]),\n", call.op, names(call)));
    }
    out.push_str("];\n\n/// Operations that make an engine.\npub const MAKERS: &[&str] = &[\n");
    for call in model.operations().filter(|call| call.makes().is_some()) {
        out.push_str(&format!("    {:?},\n", call.op));
    }
    out.push_str("];\n\n/// Any loaded engine.\n#[derive(Debug)]\npub enum Engine {\n");
    for engine in &model.engines {
        out.push_str(&format!("    /// {}\n    {name}(engines::{name}),\n", summary(engine), name = engine.name));
    }
    out.push_str(SHAREABLE);
    for engine in &model.engines {
        out.push_str(&format!("            Self::{name}(_) => {name:?},\n", name = engine.name));
    }
    out.push_str("        }\n    }\n}\n\n");
    for engine in &model.engines {
        out.push_str(&kind(&engine.name));
    }
    out.push_str(CALL);
    for call in &model.calls {
        let answer = format!("calls::{}({}){}.serialize(out)", call.name, passed(call), question(call));
        out.push_str(&arm(call, &answer, 8));
    }
    out.push_str(&format!("        {UNKNOWN}    }}\n}}\n\n{LOAD}"));
    for engine in &model.engines {
        for maker in &engine.makers {
            out.push_str(&arm(maker, &made(maker, &format!("engines::{}::{}", engine.name, maker.name)), 8));
        }
    }
    out.push_str(&format!("        {UNKNOWN}    }}\n}}\n\n{MAKE}"));
    out.push_str(&methods(model, |call| call.makes().is_some(), made));
    out.push_str(&format!("    }}\n}}\n\n{ENGINE_CALL}"));
    out.push_str(&methods(
        model,
        |call| call.makes().is_none(),
        |call, function| format!("{}{}.serialize(out)", run(call, function), question(call)),
    ));
    out.push_str("    }\n}\n");
    out
}

/// The methods of every engine that `wanted` keeps.
fn methods(model: &Model, wanted: impl Fn(&Call) -> bool, answer: impl Fn(&Call, &str) -> String) -> String {
    let mut out = String::new();
    let mut others = false;
    for engine in &model.engines {
        let kept: Vec<&Call> = engine.methods.iter().filter(|call| wanted(call)).collect();
        if kept.is_empty() {
            others = true;
            continue;
        }
        out.push_str(&format!("        Engine::{}(ref engine) => match op {{\n", engine.name));
        for method in kept {
            out.push_str(&arm(method, &answer(method, &format!("engine.{}", method.name)), 12));
        }
        out.push_str(&format!("            {UNKNOWN}        }},\n"));
    }
    if others {
        out.push_str(&format!("        {UNKNOWN}"));
    }
    out
}

fn kind(name: &str) -> String {
    format!(
        "impl Kind for engines::{name} {{
    const NAME: &'static str = {name:?};
    const WIRE: &'static str = \"$crm::Engine::{name}\";

    #[allow(unreachable_patterns, reason = \"a surface may have a single engine\")]
    fn of(engine: &Engine) -> Option<&Self> {{
        match engine {{
            Engine::{name}(engine) => Some(engine),
            _ => None,
        }}
    }}
}}

"
    )
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

fn question(call: &Call) -> &'static str {
    if call.fallible { "?" } else { "" }
}

/// The work itself, between reading and writing: a host may let others go on meanwhile.
fn run(call: &Call, function: &str) -> String {
    if call.params.is_empty() && function.starts_with("engines::") {
        return format!("with.run({function})");
    }
    format!("with.run(move || {function}({}))", passed(call))
}

fn made(call: &Call, function: &str) -> String {
    format!("Ok(Engine::{}({}{}))", call.makes().unwrap_or_default(), run(call, function), question(call))
}

fn arm(call: &Call, answer: &str, indent: usize) -> String {
    let pad = " ".repeat(indent);
    let pattern = match call.params.as_slice() {
        [one] => format!("({},)", one.name),
        _ => format!("({})", passed(call)),
    };
    let mut out = format!("{pad}{:?} => {{\n{pad}    let {pattern} = read(args, &[{}])?;\n", call.op, names(call));
    for (index, param) in call.params.iter().enumerate() {
        let how = match &param.ty {
            Type::Engine(_) => "one",
            Type::Optional(inside) if inside.engine().is_some() => "optional",
            Type::List(inside) if inside.engine().is_some() => "list",
            _ => continue,
        };
        // Paths start in the first argument; the others stand under their names.
        let at = if index == 0 { "" } else { param.name.as_str() };
        out.push_str(&format!("{pad}    let {name} = with.{how}({name}, {at:?})?;\n", name = param.name));
    }
    out.push_str(&format!("{pad}    {answer}\n{pad}}}\n"));
    out
}
