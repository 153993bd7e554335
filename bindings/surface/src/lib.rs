//! What crosses: the calls and engines of `crm-core` that every binding offers, and the one guard around them.
//!
//! [`calls`] and [`engines`] are the list; `cargo xtask bindgen` reads them and writes [`generated`] and the bindings'
//! own files. A binding needs four exports ([`call`], [`load`], [`engine_call`], [`make`]), over text ([`text`]) or over its own
//! serde reader and writer, and knows no type of the domain.
#![forbid(unsafe_code)]

mod arguments;
pub mod calls;
mod dispatch;
mod document;
pub mod engines;
#[rustfmt::skip]
pub mod generated;
pub mod given;
pub mod guard;
mod placed;
pub mod records;
pub mod refusal_text;
#[cfg(feature = "selfcheck")]
pub mod selfcheck;
mod shaped;
pub mod text;
mod tree;

pub use dispatch::{call, engine_call, load, make};
pub use generated::Engine;
