//! The four entries over text, for hosts that cross as JSON (Node, the JVM).
//!
//! Everything, the reading and the writing included, runs under the guard; a refusal comes back as the text of
//! [`crate::refusal_text::of`].

use crm_core::refusal::Refusal;
use crm_core::wire::{Dialect, Reader, Writer};

use crate::generated::Engine;
use crate::given::With;
use crate::{dispatch, document, guard::guard, refusal_text};

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
    called(dialect, op, args).map_err(|refusal| refusal_text::of(&refusal))
}

/// Makes an engine from the JSON list of the arguments. An engine among them is its place in `engines`, `~engine"0"`.
///
/// # Errors
/// The text of the refusal.
pub fn load(dialect: Dialect, op: &str, args: &[u8], engines: &[&Engine]) -> Result<Engine, String> {
    loaded(dialect, op, args, engines).map_err(|refusal| refusal_text::of(&refusal))
}

/// Calls a method of a loaded engine that makes another one; arguments as in [`load`].
///
/// # Errors
/// The text of the refusal.
pub fn make(engine: &Engine, dialect: Dialect, op: &str, args: &[u8], engines: &[&Engine]) -> Result<Engine, String> {
    made(engine, dialect, op, args, engines).map_err(|refusal| refusal_text::of(&refusal))
}

/// Loads an engine from one record that stands in a document of canonical JSON by itself; sizes and positions in
/// refusals are those of the document.
///
/// # Errors
/// The text of the refusal.
pub fn load_document(op: &str, document: &[u8]) -> Result<Engine, String> {
    document::load(op, document).map_err(|refusal| refusal_text::of(&refusal))
}

/// Calls a method of a loaded engine; arguments as in [`load`].
///
/// # Errors
/// The text of the refusal.
pub fn engine_call(
    engine: &Engine,
    dialect: Dialect,
    op: &str,
    args: &[u8],
    engines: &[&Engine],
) -> Result<String, String> {
    engine_called(engine, dialect, op, args, engines).map_err(|refusal| refusal_text::of(&refusal))
}

/// As [`call`], with the refusal itself.
pub(crate) fn called(dialect: Dialect, op: &str, args: &[u8]) -> Result<String, Refusal> {
    answer(dialect, args, |reader, writer| dispatch::call(op, reader, writer))
}

/// As [`load`], with the refusal itself.
pub(crate) fn loaded(dialect: Dialect, op: &str, args: &[u8], engines: &[&Engine]) -> Result<Engine, Refusal> {
    making(dialect, args, |reader| dispatch::load(op, reader, &With::engines(engines)))
}

/// As [`make`], with the refusal itself.
pub(crate) fn made(
    engine: &Engine,
    dialect: Dialect,
    op: &str,
    args: &[u8],
    engines: &[&Engine],
) -> Result<Engine, Refusal> {
    making(dialect, args, |reader| dispatch::make(engine, op, reader, &With::engines(engines)))
}

fn making(
    dialect: Dialect,
    args: &[u8],
    work: impl FnOnce(&mut Reader<'_>) -> Result<Engine, Refusal>,
) -> Result<Engine, Refusal> {
    guard(|| {
        let mut reader = Reader::new(args, dialect)?;
        let engine = work(&mut reader)?;
        reader.end()?;
        Ok(engine)
    })
}

/// As [`engine_call`], with the refusal itself.
pub(crate) fn engine_called(
    engine: &Engine,
    dialect: Dialect,
    op: &str,
    args: &[u8],
    engines: &[&Engine],
) -> Result<String, Refusal> {
    answer(dialect, args, |reader, writer| dispatch::engine_call(engine, op, reader, &With::engines(engines), writer))
}

fn answer(
    dialect: Dialect,
    args: &[u8],
    work: impl FnOnce(&mut Reader<'_>, &mut Writer) -> Result<(), Refusal>,
) -> Result<String, Refusal> {
    guard(|| {
        let mut reader = Reader::new(args, dialect)?;
        let mut writer = Writer::new(dialect);
        work(&mut reader, &mut writer)?;
        reader.end()?;
        Ok(writer.into_text())
    })
}
