//! Reviews an insurer's book: CSV files by a mapping file in, totals and every rejected row with its reason out.
//!
//! A host of `crm-core`: this crate reads files, shows progress and writes results; every figure is the core's.

pub mod analysis;
pub mod args;
pub mod csv;
pub mod customer_review;
pub mod demo;
pub mod finding;
pub mod intake;
pub mod mapping;
pub mod opening;
pub mod output;
pub mod progress;
pub mod record;
pub mod report;
pub mod review;
pub mod rows;
pub mod sight;
pub mod source;
pub mod stages;
pub mod stop;
pub mod store;
pub mod wording;
pub mod year_review;
