//! The part of an insurer's customer system that has to be right.
//!
//! `crm-core` is a library without a clock, a file, a network, a thread or a random number: the host hands records in
//! and gets figures, verdicts and refusals back, each with its reasons. The same core serves Rust, Python, Node and the
//! JVM and gives the same bytes in each.
//!
//! # Rooms
//! A room imports only rooms above it in this table; a test reads the table and checks every `use`.
//!
//! | room | what it is for |
//! |---|---|
//! | `refusal` | codes, paths, params, sentences in English and 中文 |
//! | `wire` | canonical JSON: one strict reader and writer, limits |
//! | `calendar` | dates, half-open periods, month arithmetic, day counts |
//! | `money` | exact amounts, currencies, rates; the only code that rounds |
//! | `privacy` | sensitivity classes and masks; `Debug` that cannot leak |
//! | `rulebook` | dated values with source, typed facts, conditions, traces |
//! | `party` | who people and organisations are and how they prove it |
//! | `access` | who may see or do what; what takes two people |
//! | `product` | what is sold and what it costs: catalogue, rate plans, quotes, changes, unearned premium |
//! | `ledger` | accounts, balanced journal, posting rules, balances, statements |
//! | `portfolio` | figures about a whole book |
#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;

#[cfg(test)]
extern crate std;

pub mod access;
pub mod calendar;
pub mod ledger;
pub mod money;
pub mod party;
pub mod portfolio;
pub mod privacy;
pub mod product;
pub mod refusal;
pub mod rulebook;
pub mod wire;
