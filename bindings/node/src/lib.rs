//! The Node binding: text in, text out, and one handle class. Nothing here knows a type of the domain.
//!
//! An answer starts with `=`, a refusal with `!`; nothing is thrown across the border. Everything runs under
//! [`crm_surface::guard`]; `catch_unwind` on every export is the second net, for the glue around it.
// The exports that `#[napi]` writes are unsafe by nature.
#![allow(unsafe_code)]

mod outcome;

use crm_core::{calendar::Date, money::Decimal, wire::Dialect};
use crm_surface::{Engine, text};
use napi::bindgen_prelude::{ClassInstance, Either, Uint8Array};
use napi_derive::napi;

/// A loaded engine.
#[napi]
pub struct Handle(Engine);

#[napi]
impl Handle {
    /// Calls a method; arguments and answer in Node dialect.
    #[napi(catch_unwind)]
    pub fn call(&self, op: String, args: String, engines: Vec<ClassInstance<'_, Handle>>) -> String {
        outcome::of(text::engine_call(&self.0, Dialect::Node, &op, args.as_bytes(), &inside(&engines)))
    }

    /// Calls a method that makes another engine; arguments in Node dialect.
    #[napi(catch_unwind)]
    pub fn make(&self, op: String, args: String, engines: Vec<ClassInstance<'_, Handle>>) -> Either<Handle, String> {
        handle(text::make(&self.0, Dialect::Node, &op, args.as_bytes(), &inside(&engines)))
    }

    /// Calls a method; arguments and answer in canonical JSON.
    #[napi(catch_unwind)]
    pub fn call_text(&self, op: String, args: Uint8Array) -> String {
        outcome::of(text::engine_call(&self.0, Dialect::Canonical, &op, &args, &[]))
    }
}

/// Calls a function; arguments and answer in Node dialect.
#[napi(catch_unwind)]
pub fn call(op: String, args: String) -> String {
    outcome::of(text::call(Dialect::Node, &op, args.as_bytes()))
}

/// Calls a function; arguments and answer in canonical JSON.
#[napi(catch_unwind)]
pub fn call_text(op: String, args: Uint8Array) -> String {
    outcome::of(text::call(Dialect::Canonical, &op, &args))
}

/// The engines that were handed over beside the arguments.
fn inside<'e>(handles: &'e [ClassInstance<'_, Handle>]) -> Vec<&'e Engine> {
    handles.iter().map(|handle| &handle.0).collect()
}

/// Makes an engine; arguments in Node dialect.
#[napi(catch_unwind)]
pub fn load(op: String, args: String, engines: Vec<ClassInstance<'_, Handle>>) -> Either<Handle, String> {
    handle(text::load(Dialect::Node, &op, args.as_bytes(), &inside(&engines)))
}

/// Loads an engine; arguments in canonical JSON.
#[napi(catch_unwind)]
pub fn load_text(op: String, args: Uint8Array) -> Either<Handle, String> {
    handle(text::load(Dialect::Canonical, &op, &args, &[]))
}

/// Loads an engine from one record that stands in a document of canonical JSON by itself.
#[napi(catch_unwind)]
pub fn load_document(op: String, document: Uint8Array) -> Either<Handle, String> {
    handle(text::load_document(&op, &document))
}

/// Reads an exact decimal and gives back its canonical form.
#[napi(catch_unwind)]
pub fn decimal(value: String) -> String {
    outcome::canonical::<Decimal>(&value)
}

/// Reads a day and gives back its canonical form.
#[napi(catch_unwind)]
pub fn date(value: String) -> String {
    outcome::canonical::<Date>(&value)
}

/// The refusal `internal`, for what fails in the glue.
#[napi(catch_unwind)]
pub fn internal() -> String {
    outcome::internal()
}

fn handle(loaded: Result<crm_surface::Engine, String>) -> Either<Handle, String> {
    match loaded {
        Ok(engine) => Either::A(Handle(engine)),
        Err(refusal) => Either::B(outcome::of(Err(refusal))),
    }
}
