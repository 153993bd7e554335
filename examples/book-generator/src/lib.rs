//! A seeded Chinese insurance book (账册) of any size: people, companies, households, groups of companies, vehicles,
//! agents in branches, policies with their renewals and endorsements, receipts, claims, costs and complaints.
//!
//! The same plan gives the same bytes. Everything is whole numbers: amounts in cents, chances in a million, days as days.
//! Faulty rows and stories are planted and written into `truth.json` with the totals of the book, so that a reader's
//! figures and findings can be checked exactly. Nothing here uses the core: what it makes can accuse the core.
//!
//! Nobody in a book is real: see [`identifiers`] on how numbers are drawn, and on which of them may be those of a real
//! document or vehicle by chance. Names are put together from small tables of common ones.

mod book;
mod claims;
mod clusters;
mod contracts;
mod customers;
mod day;
mod fault;
mod fault_table;
pub mod identifiers;
mod motor;
mod names;
mod places;
mod plan;
mod products;
pub mod random;
mod service;
mod sheet;
mod stories;
mod truth;

pub use book::generate;
pub use day::Day;
pub use fault::Effect;
pub use plan::{Plan, Unfit};
pub use sheet::{
    AGENTS, BRANCHES, CLAIMS, COMPLAINTS, COSTS, CUSTOMERS, ENDORSEMENTS, Encoding, Layout, POLICIES, RECEIPTS,
    VEHICLES,
};
pub use truth::{Rows, Sums, TRUTH, Totals};
