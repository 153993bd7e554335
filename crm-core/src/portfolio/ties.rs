//! Whether claims by part add up to the claims cost of the policy years.

use alloc::{
    collections::{BTreeMap, BTreeSet},
    vec::Vec,
};
use core::cmp::Ordering;

use serde::{Deserialize, Serialize};

use super::{Book, CustomerId};
use crate::{
    money::{Currency, Money},
    refusal::{Code, Refusal},
};

/// One part of a policy year's claims cost, as a second file gives it (赔款明细).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClaimPart {
    /// Whose policy year.
    pub customer: CustomerId,
    /// Claims cost of the whole policy year, repeated on each of its parts.
    pub total: Money,
    /// Cost of this part.
    pub part: Money,
}

/// How a group of parts ties to its total.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tie {
    /// To the minor unit.
    Exact,
    /// The parts are one minor unit above the total.
    OneUp,
    /// The parts are one minor unit below the total.
    OneDown,
    /// Further off.
    Other,
    /// No policy year of the book has this customer and total.
    NotFound,
}

/// How many groups tie, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClaimTieCount {
    /// Groups of parts: one customer, one total.
    pub groups: i64,
    /// Groups whose policy year is in the book.
    pub found: i64,
    /// Of those: to the minor unit.
    pub exact: i64,
    /// Of those: one minor unit above.
    pub one_up: i64,
    /// Of those: one minor unit below.
    pub one_down: i64,
    /// Of those: further off.
    pub other: i64,
}

/// A group that does not tie exactly.
#[derive(Clone, PartialEq, Eq)]
pub struct TieDifference {
    /// Whose.
    pub customer: CustomerId,
    /// The total as both files give it.
    pub total: Money,
    /// What the parts add up to.
    pub parts: Money,
    /// How it ties.
    pub tie: Tie,
}

/// Collects claims by part and compares them with a book. Parts may come in any order.
///
/// ```
/// use crm_core::money::{Currency, Money};
/// use crm_core::portfolio::{ClaimPart, ClaimTies, CustomerId};
/// use crm_core::refusal::Code;
///
/// let eur = |minor| Money::from_minor(minor, Currency::EUR);
/// let mut ties = ClaimTies::new(Currency::EUR);
/// let customer = CustomerId::new("C-0042")?;
/// ties.add(&ClaimPart { customer: customer.clone(), total: eur(100), part: eur(60) })?;
/// ties.add(&ClaimPart { customer: customer.clone(), total: eur(100), part: eur(41) })?;
/// let dollars = ClaimPart { customer, total: eur(100), part: Money::from_minor(1, Currency::USD) };
/// assert_eq!(ties.add(&dollars).unwrap_err().code(), Code::MoneyCurrencyMixed);
/// # Ok::<(), crm_core::refusal::Refusal>(())
/// ```
#[derive(Clone)]
pub struct ClaimTies {
    currency: Currency,
    groups: BTreeMap<(CustomerId, i64), i128>,
}

impl ClaimTies {
    /// Nothing collected yet.
    #[must_use]
    pub const fn new(currency: Currency) -> Self {
        Self { currency, groups: BTreeMap::new() }
    }

    /// Adds one part.
    ///
    /// # Errors
    /// `money.currency.mixed` at `/total` or `/part`.
    pub fn add(&mut self, part: &ClaimPart) -> Result<(), Refusal> {
        part.total.require(self.currency).map_err(|refusal| refusal.at("total"))?;
        part.part.require(self.currency).map_err(|refusal| refusal.at("part"))?;
        // 2⁶⁴ parts of 2⁶³ each stay below 2¹²⁷.
        *self.groups.entry((part.customer.clone(), part.total.minor())).or_default() += i128::from(part.part.minor());
        Ok(())
    }

    /// How many groups tie to the book, and how.
    #[must_use]
    pub fn count(&self, book: &Book) -> ClaimTieCount {
        let mut count = ClaimTieCount::default();
        for (_, _, tie) in self.compare(book) {
            count.groups += 1;
            count.found += i64::from(tie != Tie::NotFound);
            match tie {
                Tie::Exact => count.exact += 1,
                Tie::OneUp => count.one_up += 1,
                Tie::OneDown => count.one_down += 1,
                Tie::Other => count.other += 1,
                Tie::NotFound => {}
            }
        }
        count
    }

    /// Every group that does not tie exactly, by customer and total.
    ///
    /// # Errors
    /// `money.amount.range` when the parts of a group add up to more than 2⁶³ minor units.
    pub fn differences(&self, book: &Book) -> Result<Vec<TieDifference>, Refusal> {
        self.compare(book)
            .filter(|(_, _, tie)| *tie != Tie::Exact)
            .map(|((customer, total), parts, tie)| {
                let parts = i64::try_from(parts).map_err(|_| Refusal::new(Code::MoneyAmountRange))?;
                Ok(TieDifference {
                    customer: customer.clone(),
                    total: Money::from_minor(*total, self.currency),
                    parts: Money::from_minor(parts, self.currency),
                    tie,
                })
            })
            .collect()
    }

    fn compare<'a>(&'a self, book: &'a Book) -> impl Iterator<Item = (&'a (CustomerId, i64), i128, Tie)> + 'a {
        let held: BTreeSet<(&CustomerId, i64)> = if book.parameters().currency == self.currency {
            book.terms().map(|term| (&term.customer, term.claims_cost.minor())).collect()
        } else {
            BTreeSet::new()
        };
        self.groups.iter().map(move |(group, parts)| {
            let (customer, total) = group;
            let off = parts - i128::from(*total);
            let tie = match (held.contains(&(customer, *total)), off.cmp(&0), off.abs()) {
                (false, _, _) => Tie::NotFound,
                (true, Ordering::Equal, _) => Tie::Exact,
                (true, Ordering::Greater, 1) => Tie::OneUp,
                (true, Ordering::Less, 1) => Tie::OneDown,
                (true, _, _) => Tie::Other,
            };
            (group, *parts, tie)
        })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
mod tests {
    use super::*;
    use crate::portfolio::laws::{book_of, cny, term};

    fn ties(parts: &[(&str, i64, i64)]) -> ClaimTies {
        let mut ties = ClaimTies::new(Currency::CNY);
        for (customer, total, part) in parts {
            let customer = CustomerId::new(customer).unwrap();
            ties.add(&ClaimPart { customer, total: cny(*total), part: cny(*part) }).unwrap();
        }
        ties
    }

    #[test]
    fn groups_tie_or_say_how_far_off_they_are() {
        let mut rows = Vec::new();
        for (customer, cost) in [("A", 100), ("B", 100), ("C", 100), ("D", 100)] {
            let mut row = term(customer, customer, 2025);
            row.claims_cost = cny(cost);
            rows.push(row);
        }
        let book = book_of(rows);
        let parts = [
            ("A", 100, 60),
            ("A", 100, 40),
            ("B", 100, 101),
            ("C", 100, 99),
            ("D", 100, 98),
            ("A", 7, 7),
            ("E", 100, 100),
        ];
        let ties = ties(&parts);
        let count = ties.count(&book);
        let wanted = ClaimTieCount { groups: 6, found: 4, exact: 1, one_up: 1, one_down: 1, other: 1 };
        assert_eq!(count, wanted);
        let kinds: Vec<Tie> = ties.differences(&book).unwrap().iter().map(|difference| difference.tie).collect();
        assert_eq!(kinds, [Tie::NotFound, Tie::OneUp, Tie::OneDown, Tie::Other, Tie::NotFound]);
        // The order of the parts makes no difference.
        let mut turned = parts;
        turned.reverse();
        assert_eq!(super::tests::ties(&turned).count(&book), count);
    }

    #[test]
    fn parts_in_another_currency_are_refused() {
        let mut ties = ClaimTies::new(Currency::EUR);
        let part = ClaimPart { customer: CustomerId::new("A").unwrap(), total: cny(1), part: cny(1) };
        let refusal = ties.add(&part).unwrap_err();
        assert_eq!((refusal.code(), refusal.path().as_str()), (Code::MoneyCurrencyMixed, "/total"));
    }

    #[test]
    fn a_sum_beyond_all_amounts_is_refused() {
        let book = book_of(Vec::new());
        let ties = ties(&[("A", 1, i64::MAX), ("A", 1, i64::MAX)]);
        assert_eq!(ties.count(&book).groups, 1);
        assert_eq!(ties.differences(&book).err().unwrap().code(), Code::MoneyAmountRange);
    }
}
