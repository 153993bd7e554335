//! Each row once: which numbers a table has, and what their rows said.

use std::collections::HashMap;

use crm_core::refusal;
use sha2::{Digest as _, Sha256};

use crate::{finding::Finding, record::Cells};

/// The rows of a table by number, as digests.
#[derive(Default)]
pub struct Seen(HashMap<String, RowDigest>);

/// What a row says, in 32 bytes.
pub type RowDigest = [u8; 32];

/// The digest of a row as it was read.
#[must_use]
pub fn digest(cells: &Cells) -> RowDigest {
    let mut hasher = Sha256::new();
    cells.feed(|bytes| hasher.update(bytes));
    hasher.finalize().into()
}

impl Seen {
    /// Checks that the number of a row is new.
    ///
    /// # Errors
    /// `portfolio.row.duplicate` for the same row again, `portfolio.row.conflict` for another row with the number.
    pub fn check(&self, id: &str, digest: &RowDigest) -> Result<(), Finding> {
        let code = match self.0.get(id) {
            None => return Ok(()),
            Some(held) if held == digest => refusal::Code::PortfolioRowDuplicate,
            Some(_) => refusal::Code::PortfolioRowConflict,
        };
        Err(refusal::Fault::new(code).into())
    }

    /// Takes in a row that counts.
    pub fn insert(&mut self, id: &str, digest: RowDigest) {
        self.0.insert(id.to_owned(), digest);
    }

    /// Whether a number is there.
    #[must_use]
    pub fn has(&self, id: &str) -> bool {
        self.0.contains_key(id)
    }
}
