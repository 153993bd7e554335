//! The catalogue of products: loading, days, code filters, comparison, recommendation, benefits, laws.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

#[path = "product_catalogue/cases.rs"]
mod cases;
#[path = "product_catalogue/compare.rs"]
mod compare;
#[path = "product_catalogue/days.rs"]
mod days;
#[path = "product_catalogue/filter.rs"]
mod filter;
#[path = "product_catalogue/laws.rs"]
mod laws;
#[path = "product_catalogue/load.rs"]
mod load;
#[path = "product_catalogue/recommend.rs"]
mod recommend;
#[path = "product_catalogue/sample.rs"]
mod sample;
