//! Customer books: facts, profit, segments, warnings, statements, over rows made from a seed, beside an independent count.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

#[path = "portfolio_book/rows.rs"]
mod rows;

#[path = "portfolio_book/columns.rs"]
mod columns;
#[path = "portfolio_book/edges.rs"]
mod edges;
#[path = "portfolio_book/facts.rs"]
mod facts;
#[path = "portfolio_book/good.rs"]
mod good;
#[path = "portfolio_book/history.rs"]
mod history;
#[path = "portfolio_book/naive.rs"]
mod naive;
#[path = "portfolio_book/profit.rs"]
mod profit;
#[path = "portfolio_book/segments.rs"]
mod segments;
#[path = "portfolio_book/warnings.rs"]
mod warnings;
#[path = "portfolio_book/why.rs"]
mod why;
