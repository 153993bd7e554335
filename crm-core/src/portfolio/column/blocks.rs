//! Rows brought together by blocks of customers.
//!
//! Rows come in any order. To add each to the sums of its customer where they stand means to wait for memory at every row
//! once the sums of all customers are more than a processor's cache holds. So the rows are first written behind each other
//! by block of customers, front to back, and then summed block by block in a table that stays in the cache: the cost a
//! customer hardly grows with the book.

use alloc::{vec, vec::Vec};

use super::beyond;
use crate::refusal::Refusal;

/// A row: customer, day, amount. A tuple, because zeros of it cost no pass over the memory.
pub(super) type BlockRow = (u32, i32, i64);

/// Rows by block of 2ᵇⁱᵗˢ customers, in the order in which they came within each.
pub(super) struct Blocks {
    entries: Vec<BlockRow>,
    /// Where each block ends.
    ends: Vec<usize>,
}

impl Blocks {
    /// Brings the rows of three columns of one length together.
    ///
    /// # Errors
    /// `portfolio.columns.customer` for a row that names a customer beyond the last.
    pub(super) fn of(
        customers: usize,
        bits: u32,
        customer: &[u32],
        day: &[i32],
        amount: &[i64],
    ) -> Result<Self, Refusal> {
        let block = |customer: u32| usize::try_from(customer >> bits).unwrap_or(usize::MAX);
        let mut ends = vec![0_usize; (customers >> bits) + 1];
        for (row, of) in customer.iter().enumerate() {
            let there = usize::try_from(*of).is_ok_and(|of| of < customers);
            *ends.get_mut(block(*of)).filter(|_| there).ok_or_else(|| beyond(row))? += 1;
        }
        let mut before = 0;
        for end in &mut ends {
            before += core::mem::replace(end, before);
        }
        // From where each block starts to where it ends, one row after another.
        let mut entries: Vec<BlockRow> = vec![(0, 0, 0); customer.len()];
        for ((of, day), amount) in customer.iter().zip(day).zip(amount) {
            if let Some(at) = ends.get_mut(block(*of)) {
                if let Some(entry) = entries.get_mut(*at) {
                    *entry = (*of, *day, *amount);
                }
                *at += 1;
            }
        }
        Ok(Self { entries, ends })
    }

    /// The rows of a block.
    pub(super) fn block(&self, number: usize) -> &[BlockRow] {
        let from = number.checked_sub(1).map_or(Some(0), |before| self.ends.get(before).copied());
        let bounds = from.zip(self.ends.get(number));
        bounds.and_then(|(from, until)| self.entries.get(from..*until)).unwrap_or_default()
    }
}
