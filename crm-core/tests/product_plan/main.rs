//! Rate plans: loading, proofs, quotes, traces, compiled plans, batches.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod advice;
mod endurance;
mod faults;
mod generated;
mod laws;
mod motor;
mod naive;
mod proofs;
mod stored;
