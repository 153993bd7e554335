//! Law 4, the path doesn't matter: the price of a policy depends on its effective timeline alone.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod model;
mod orders;
mod world;
