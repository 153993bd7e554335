//! Functions that cross, a file for each subject. The first param is the record in which paths start; every other one
//! stands under its name.
//!
//! The generator reads this file and the modules that it declares, in their order.

mod access;
mod calendar;
mod customer;
mod identity;
mod insured_object;
mod ledger;
mod money;
mod portfolio;
mod privacy;
mod relation;
mod rulebook;

pub use access::*;
pub use calendar::*;
pub use customer::*;
pub use identity::*;
pub use insured_object::*;
pub use ledger::*;
pub use money::*;
pub use portfolio::*;
pub use privacy::*;
pub use relation::*;
pub use rulebook::*;

/// The version of the library, e.g. `0.1.0`.
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}
