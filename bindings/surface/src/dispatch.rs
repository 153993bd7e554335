//! The four entries of every binding.

use crm_core::refusal::Refusal;
use crm_core::wire::Error;
use serde::{Deserializer, Serializer};

use crate::generated::{self, Engine};
use crate::given::{Run, With};
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

/// Makes an engine: `RuleSet.load`, `Facts.of`.
///
/// # Errors
/// As [`call`].
pub fn load<'de, D, R>(op: &str, args: D, with: &With<'_, R>) -> Result<Engine, Refusal>
where
    D: Deserializer<'de, Error = Error>,
    R: Run,
{
    guard(|| generated::load(op, args, with).map_err(Refusal::from))
}

/// Calls a method of a loaded engine that makes another: `SegmentModel.assign`.
///
/// # Errors
/// As [`call`].
pub fn make<'de, D, R>(engine: &Engine, op: &str, args: D, with: &With<'_, R>) -> Result<Engine, Refusal>
where
    D: Deserializer<'de, Error = Error>,
    R: Run,
{
    guard(|| generated::make(engine, op, args, with).map_err(Refusal::from))
}

/// Calls a method of a loaded engine: `RuleSet.evaluate`.
///
/// # Errors
/// As [`call`].
pub fn engine_call<'de, D, S, R>(
    engine: &Engine,
    op: &str,
    args: D,
    with: &With<'_, R>,
    out: S,
) -> Result<S::Ok, Refusal>
where
    D: Deserializer<'de, Error = Error>,
    S: Serializer<Error = Error>,
    R: Run,
{
    guard(|| generated::engine_call(engine, op, args, with, out).map_err(Refusal::from))
}

#[allow(clippy::panic, reason = "this is the injected panic of the conformance kit")]
fn panic_on_purpose<T>() -> T {
    panic!("张三 13812345678: a text that must never be seen")
}
