//! Which facts of a customer speak for which products (需求因素与产品对照).
//!
//! A [`ProductFactorsSpec`] is dated data of the host: conditions over the facts of [`Customer::facts_of`](super::Customer::facts_of)
//! and facts of the host's own, each with the products for which it speaks, how much, since when and who says so.
//! [`ProductFactors::load`] checks it whole and runs its cases; [`ProductFactors::rank`] answers for one customer on a
//! day: products in their order, each with its reasons, and every factor with its trace.
//!
//! Products are codes of the host: what they are and cost is another room's matter. What the customer holds already
//! comes in as a fact.

mod rank;
mod spec;
mod table;

pub use rank::{FactorOutcome, ProductRanking, ProductReason, RankedProduct};
pub use spec::{ProductFactor, ProductFactorCase, ProductFactorVersion, ProductFactorsSpec, ProductWeight};
pub use table::ProductFactors;
