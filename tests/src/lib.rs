//! What crosses crates: the rules of the house and the documents that name code.
//!
//! A rule is a function from a [`tree::Tree`] (paths and texts) to [`tree::Breach`]es. The tests of this package run every
//! rule on the workspace itself; beside each rule stand small trees that break it, so that a rule that no longer bites
//! fails too. `cargo xtask tidy` prints the same breaches.

pub mod errors_page;
pub mod rules;
pub mod tokens;
pub mod tree;

/// The code of `README.md`, run as written.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
pub struct ReadmeEnglish;

/// The code of `README.zh-CN.md`, run as written.
#[cfg(doctest)]
#[doc = include_str!("../../README.zh-CN.md")]
pub struct ReadmeChinese;
