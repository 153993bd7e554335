//! Engines that cross, a file for each subject: loaded once, checked whole, shareable between threads. None
//! changes but a journal, which takes in what the host has stored since.
//!
//! The generator reads this file and the modules that it declares, in their order.

mod access;
mod ledger;
mod party;
mod portfolio;
mod privacy;
mod rulebook;
mod segments;

pub use access::*;
pub use ledger::*;
pub use party::*;
pub use portfolio::*;
pub use privacy::*;
pub use rulebook::*;
pub use segments::*;
