//! Functions that do nothing but cross: what napi itself costs.
// The exports that `#[napi]` writes are unsafe by nature.
#![allow(unsafe_code)]

use napi_derive::napi;

/// Nothing in, nothing out.
#[napi]
pub fn noop() {}

/// A text in, the same text out.
#[napi]
pub fn echo(text: String) -> String {
    text
}
