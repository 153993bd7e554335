//! What is asked for.

use crate::{day::Day, identifiers::MOST_CUSTOMERS, sheet::Encoding};

/// What to generate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plan {
    /// Number of customers (客户数), 1 to 20,000,000: sound rows of `customers.csv`, noticed ones not counted.
    pub customers: u64,
    /// The same seed gives the same bytes (随机种子).
    pub seed: u64,
    /// First year of the book (起始年).
    pub from: i64,
    /// Years of the book (年数), 1 to 30.
    pub years: i64,
    /// Encoding of the files (编码).
    pub encoding: Encoding,
    /// Without faulty rows (不含坏行); stories are planted all the same.
    pub clean: bool,
}

/// What is wrong with a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unfit {
    /// The number of customers.
    Customers,
    /// The first year.
    From,
    /// The number of years.
    Years,
}

impl Plan {
    /// Checks the bounds.
    ///
    /// # Errors
    /// The first number that is out of bounds.
    pub fn check(&self) -> Result<(), Unfit> {
        if !(1..=MOST_CUSTOMERS).contains(&self.customers) {
            return Err(Unfit::Customers);
        }
        if !(1990..=2100).contains(&self.from) {
            return Err(Unfit::From);
        }
        if !(1..=30).contains(&self.years) {
            return Err(Unfit::Years);
        }
        Ok(())
    }

    /// First day of the book.
    #[must_use]
    pub const fn first_day(&self) -> Day {
        Day::new(self.from, 1, 1)
    }

    /// Last day of the book (统计日期): nothing that happened later stands in it.
    #[must_use]
    pub const fn as_of(&self) -> Day {
        Day::new(self.from + self.years - 1, 12, 31)
    }
}
