//! The demo: a generated book, its review, and whether what was planted came out.

mod compare;
mod truth;

use std::{io, path::Path};

use book_generator::{Encoding as Written, Plan};

pub use compare::{Found, compare};
pub use truth::{Effect, Planted, Truth};

use crate::{
    args::Generate,
    finding::Finding,
    mapping::{self, CustomerMap, Encoding},
};

/// Directory of the book inside the demo's.
pub const BOOK: &str = "book";
/// The mapping file of generated books.
pub const MAP: &str = include_str!("../../maps/cn-book.toml");
/// First year of a generated book.
const FROM: i64 = 2021;
/// Its years.
const YEARS: i64 = 5;

/// What is generated.
#[must_use]
pub fn plan(asked: &Generate) -> Plan {
    let encoding = match asked.encoding {
        Encoding::Utf8 => Written::Utf8,
        Encoding::Gb18030 => Written::Gb18030,
    };
    Plan { customers: asked.customers.into(), seed: asked.seed, from: FROM, years: YEARS, encoding, clean: false }
}

/// Generates the book of a demo into a directory. `progress` is told how many customers are done.
///
/// # Errors
/// What the file system says.
pub fn generate(directory: &Path, asked: &Generate, progress: impl FnMut(u64)) -> io::Result<()> {
    book_generator::generate(&plan(asked), directory, progress).map(drop)
}

/// The mapping of a generated book in this encoding.
///
/// # Errors
/// None for the mapping file as it ships.
pub fn map(encoding: Encoding) -> Result<CustomerMap, Vec<Finding>> {
    match mapping::read_any(MAP)? {
        mapping::BookMap::Customers(mut map) => {
            map.written.encoding = encoding;
            Ok(map)
        }
        mapping::BookMap::PolicyYears(_) => Err(vec![crate::customer_review::internal()]),
    }
}
