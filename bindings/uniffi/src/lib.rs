//! The native half of the Kotlin and Java binding: handles, text and one error.
//!
//! Types and their codec are on the other side, generated from the same Rust types as the surface. What crosses is
//! canonical JSON in UTF-8 with foreign tokens for what JSON can't say (ADR 2).

use std::fmt;
use std::sync::Arc;

use crm_core::wire::Dialect;
use crm_surface::{Engine, text};

uniffi::setup_scaffolding!("crm_jvm");

/// A refusal on its way to the JVM.
#[derive(uniffi::Error)]
pub enum Fault {
    /// The core refused.
    Refused {
        /// All faults, as the text of ADR 2.
        refusal: String,
    },
}

impl From<String> for Fault {
    fn from(refusal: String) -> Self {
        Self::Refused { refusal }
    }
}

impl fmt::Debug for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self::Refused { refusal } = self;
        f.write_str(refusal)
    }
}

impl std::error::Error for Fault {}

/// A loaded engine.
#[derive(uniffi::Object)]
pub struct Handle {
    engine: Engine,
}

/// Calls a function of the surface.
///
/// # Errors
/// Every refusal of the core, and `internal` in place of a panic.
#[uniffi::export]
pub fn call(op: &str, args: Vec<u8>) -> Result<String, Fault> {
    Ok(text::call(Dialect::Jvm, op, &args)?)
}

/// Loads an engine.
///
/// # Errors
/// As [`call`].
#[uniffi::export]
pub fn load(op: &str, args: Vec<u8>, engines: Vec<Arc<Handle>>) -> Result<Arc<Handle>, Fault> {
    Ok(Arc::new(Handle { engine: text::load(Dialect::Jvm, op, &args, &inside(&engines))? }))
}

/// The engines that were handed over beside the arguments.
fn inside(handles: &[Arc<Handle>]) -> Vec<&Engine> {
    handles.iter().map(|handle| &handle.engine).collect()
}

/// Loads an engine from one record that stands in a document of canonical JSON by itself.
///
/// # Errors
/// As [`call`].
#[uniffi::export]
pub fn load_document(op: &str, document: Vec<u8>) -> Result<Arc<Handle>, Fault> {
    Ok(Arc::new(Handle { engine: text::load_document(op, &document)? }))
}

#[uniffi::export]
impl Handle {
    /// Calls a method of the engine.
    ///
    /// # Errors
    /// As [`call`].
    pub fn call(&self, op: &str, args: Vec<u8>, engines: Vec<Arc<Handle>>) -> Result<String, Fault> {
        Ok(text::engine_call(&self.engine, Dialect::Jvm, op, &args, &inside(&engines))?)
    }

    /// Calls a method of the engine that makes another one.
    ///
    /// # Errors
    /// As [`call`].
    pub fn make(&self, op: &str, args: Vec<u8>, engines: Vec<Arc<Handle>>) -> Result<Arc<Handle>, Fault> {
        Ok(Arc::new(Handle { engine: text::make(&self.engine, Dialect::Jvm, op, &args, &inside(&engines))? }))
    }
}
