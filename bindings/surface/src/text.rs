//! The three entries over text, for hosts that cross as JSON (Node, the JVM).
//!
//! Everything, the reading and the writing included, runs under the guard; a refusal comes back as the text of
//! [`crate::refusal_text::of`].

use crm_core::refusal::Refusal;
use crm_core::wire::{Dialect, Error, Reader, Writer};

use crate::generated::Engine;
use crate::{dispatch, guard::guard, refusal_text};

/// Calls a function; `args` is the JSON list of its arguments, the answer is the JSON of its result.
///
/// # Errors
/// The text of the refusal.
///
/// ```
/// use crm_core::wire::Dialect;
///
/// assert!(crm_surface::text::call(Dialect::Canonical, "version", b"[]").is_ok());
/// let refused = crm_surface::text::call(Dialect::Canonical, "versoin", b"[]").unwrap_err();
/// assert!(refused.contains(r#""code":"wire.call.unknown""#));
/// ```
pub fn call(dialect: Dialect, op: &str, args: &[u8]) -> Result<String, String> {
    refused(|| answer(dialect, args, |reader, writer| dispatch::call(op, reader, writer)))
}

/// Loads an engine from the JSON list of the arguments of its `load`.
///
/// # Errors
/// The text of the refusal.
pub fn load(dialect: Dialect, op: &str, args: &[u8]) -> Result<Engine, String> {
    refused(|| {
        let mut reader = Reader::new(args, dialect)?;
        let engine = dispatch::load(op, &mut reader)?;
        reader.end()?;
        Ok(engine)
    })
}

/// Calls a method of a loaded engine.
///
/// # Errors
/// The text of the refusal.
pub fn engine_call(engine: &Engine, dialect: Dialect, op: &str, args: &[u8]) -> Result<String, String> {
    refused(|| answer(dialect, args, |reader, writer| dispatch::engine_call(engine, op, reader, writer)))
}

fn answer(
    dialect: Dialect,
    args: &[u8],
    work: impl FnOnce(&mut Reader<'_>, &mut Writer) -> Result<(), Refusal>,
) -> Result<String, Error> {
    let mut reader = Reader::new(args, dialect)?;
    let mut writer = Writer::new(dialect);
    work(&mut reader, &mut writer)?;
    reader.end()?;
    Ok(writer.into_text())
}

fn refused<T>(work: impl FnOnce() -> Result<T, Error>) -> Result<T, String> {
    guard(|| work().map_err(Refusal::from)).map_err(|refusal| refusal_text::of(&refusal))
}
