//! The three entries of every binding.

use crm_core::refusal::Refusal;
use crm_core::wire::Error;
use serde::{Deserializer, Serializer};

use crate::generated::{self, Engine};
use crate::guard::guard;

/// An operation that panics on purpose, so that the conformance kit can show in every language that a panic becomes the
/// refusal `internal` and the process lives on. It stands in no binding's list of calls.
const PANIC: &str = "selfcheck.panic";

/// Calls a function of [`crate::calls`] by its name; arguments come as a list.
///
/// # Errors
/// `wire.call.unknown`, what the reader refuses, what the function refuses, and `internal` in place of a panic.
pub fn call<'de, D, S>(op: &str, args: D, out: S) -> Result<S::Ok, Refusal>
where
    D: Deserializer<'de, Error = Error>,
    S: Serializer<Error = Error>,
{
    guard(|| if op == PANIC { panic_on_purpose() } else { generated::call(op, args, out).map_err(Refusal::from) })
}

/// Loads an engine: `RuleSet.load`.
///
/// # Errors
/// As [`call`].
pub fn load<'de, D>(op: &str, args: D) -> Result<Engine, Refusal>
where
    D: Deserializer<'de, Error = Error>,
{
    guard(|| generated::load(op, args).map_err(Refusal::from))
}

/// Calls a method of a loaded engine: `RuleSet.evaluate`.
///
/// # Errors
/// As [`call`].
pub fn engine_call<'de, D, S>(engine: &Engine, op: &str, args: D, out: S) -> Result<S::Ok, Refusal>
where
    D: Deserializer<'de, Error = Error>,
    S: Serializer<Error = Error>,
{
    guard(|| generated::engine_call(engine, op, args, out).map_err(Refusal::from))
}

#[allow(clippy::panic, reason = "this is the injected panic of the conformance kit")]
fn panic_on_purpose<T>() -> T {
    panic!("张三 13812345678: a text that must never be seen")
}
