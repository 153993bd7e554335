//! Whether claims by part add up to the claims cost of the policy years.
//!
//! A part names its policy year by customer and claims cost alone. Policy years of one customer with the same cost can't
//! be told apart: they are one group. Its parts tie when they add up to the cost of one of these years, of two, … or of
//! all of them, because a year whose claims the second file does not hold raises no alarm elsewhere either. How far off a
//! group is, is told from the nearest of these sums. So a book that is right raises no alarm; but parts too many in one
//! such year and too few in another go unseen, and a cent off in each of two years is further off or nothing at all.

use alloc::{collections::BTreeMap, vec::Vec};
use core::cmp::Ordering;

use serde::{Deserialize, Serialize};

use super::{Book, book::seen};
use crate::{
    access::{RowOwner, Viewer, Withheld},
    money::{Currency, Money},
    party::PartyId,
    refusal::{Code, Refusal},
};

/// One part of a policy year's claims cost, as a second file gives it (赔款明细).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClaimPart {
    /// Whose policy year.
    pub customer: PartyId,
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
    /// The parts are one minor unit above.
    OneUp,
    /// The parts are one minor unit below.
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
    /// Groups of parts: one customer, one total, however many policy years have it.
    pub groups: i64,
    /// Groups with at least one policy year in the book.
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
    pub customer: PartyId,
    /// The total of a policy year, as both files give it.
    pub total: Money,
    /// How many policy years of this customer and total the parts come nearest to, the fewer of two: they should add up to
    /// so many totals. 0 when the book has none.
    pub years: i64,
    /// What the parts add up to.
    pub parts: Money,
    /// How it ties.
    pub tie: Tie,
}

/// Collects claims by part and compares them with a book. Parts may come in any order.
///
/// ```
/// use crm_core::money::{Currency, Money};
/// use crm_core::party::PartyId;
/// use crm_core::portfolio::{ClaimPart, ClaimTies};
/// use crm_core::refusal::Code;
///
/// let eur = |minor| Money::from_minor(minor, Currency::EUR);
/// let mut ties = ClaimTies::new(Currency::EUR);
/// let customer = PartyId::new("C-0042")?;
/// ties.add(&ClaimPart { customer: customer.clone(), total: eur(100), part: eur(60) })?;
/// ties.add(&ClaimPart { customer: customer.clone(), total: eur(100), part: eur(41) })?;
/// let dollars = ClaimPart { customer, total: eur(100), part: Money::from_minor(1, Currency::USD) };
/// assert_eq!(ties.add(&dollars).unwrap_err().code(), Code::MoneyCurrencyMixed);
/// # Ok::<(), crm_core::refusal::Refusal>(())
/// ```
#[derive(Clone)]
pub struct ClaimTies {
    currency: Currency,
    groups: BTreeMap<(PartyId, i64), i128>,
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
        for (_, _, _, tie) in self.compare(book) {
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

    /// The groups that do not tie exactly and that the viewer sees, and how many he does not; who manages each customer is
    /// the host's to say, as for [`Book::visible_behind`].
    ///
    /// # Errors
    /// Those of [`ClaimTies::differences`].
    pub fn visible_differences(
        &self,
        book: &Book,
        viewer: &Viewer,
        owners: &BTreeMap<PartyId, RowOwner>,
    ) -> Result<(Vec<TieDifference>, Withheld), Refusal> {
        Ok(seen(viewer, owners, self.differences(book)?, |difference| &difference.customer))
    }

    /// Every group that does not tie exactly, by customer and total. For the host's own work on the whole book; what goes to
    /// a person comes from [`ClaimTies::visible_differences`].
    ///
    /// # Errors
    /// `money.amount.range` when the parts of a group add up to more than 2⁶³ minor units.
    pub fn differences(&self, book: &Book) -> Result<Vec<TieDifference>, Refusal> {
        self.compare(book)
            .filter(|(_, _, _, tie)| *tie != Tie::Exact)
            .map(|((customer, total), years, parts, tie)| {
                let parts = i64::try_from(parts).map_err(|_| Refusal::new(Code::MoneyAmountRange))?;
                Ok(TieDifference {
                    customer: customer.clone(),
                    total: Money::from_minor(*total, self.currency),
                    years,
                    parts: Money::from_minor(parts, self.currency),
                    tie,
                })
            })
            .collect()
    }

    /// Each group: its key, the policy years that its parts come nearest to, the sum of the parts, and how it ties.
    fn compare<'a>(&'a self, book: &'a Book) -> impl Iterator<Item = (&'a (PartyId, i64), i64, i128, Tie)> + 'a {
        let mut held: BTreeMap<(&PartyId, i64), i64> = BTreeMap::new();
        if book.parameters().currency == self.currency {
            for term in book.terms() {
                *held.entry((&term.customer, term.claims_cost.minor())).or_default() += 1;
            }
        }
        self.groups.iter().map(move |(group, parts)| {
            let (customer, total) = group;
            let Some(held) = held.get(&(customer, *total)) else { return (group, 0, *parts, Tie::NotFound) };
            let years = nearest_years(*parts, *total, *held);
            let off = off_by(*parts, *total, years);
            let tie = match (off.cmp(&0), off.unsigned_abs()) {
                (Ordering::Equal, _) => Tie::Exact,
                (Ordering::Greater, 1) => Tie::OneUp,
                (Ordering::Less, 1) => Tie::OneDown,
                (_, _) => Tie::Other,
            };
            (group, years, *parts, tie)
        })
    }
}

/// How far the parts are above so many totals.
fn off_by(parts: i128, total: i64, years: i64) -> i128 {
    // Two numbers of 64 bits: their product stays below 2¹²⁷.
    parts.saturating_sub(i128::from(total) * i128::from(years))
}

/// Which number of years, from one to all that are held, has the sum nearest to the parts; of two the smaller.
fn nearest_years(parts: i128, total: i64, held: i64) -> i64 {
    // A total of nothing says nothing about the number of years.
    let whole = parts.checked_div(i128::from(total)).unwrap_or(1);
    // The quotient was cut toward zero: the nearest number is it or a neighbour.
    let near = [whole.saturating_sub(1), whole, whole.saturating_add(1)];
    let years = near.map(|years| i64::try_from(years.clamp(1, i128::from(held.max(1)))).unwrap_or(held));
    years.into_iter().min_by_key(|years| (off_by(parts, total, *years).unsigned_abs(), *years)).unwrap_or(held)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::portfolio::laws::{book_of, cny, term};

    fn ties(parts: &[(&str, i64, i64)]) -> ClaimTies {
        let mut ties = ClaimTies::new(Currency::CNY);
        for (customer, total, part) in parts {
            let customer = PartyId::new(customer).unwrap();
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
    fn policy_years_of_the_same_cost_are_one_group() {
        let mut rows = Vec::new();
        for customer in ["A", "B", "C", "D", "E", "F"] {
            for year in [2023, 2024] {
                let mut row = term(&alloc::format!("{customer}{year}"), customer, year);
                row.claims_cost = cny(100);
                rows.push(row);
            }
        }
        let book = book_of(rows);
        let parts = [
            ("A", 100, 60),
            ("A", 100, 100),
            ("A", 100, 40),
            ("B", 100, 199),
            // The file holds one of the two years.
            ("C", 100, 100),
            // Between one year and two.
            ("D", 100, 150),
            // More than both years.
            ("E", 100, 300),
            ("F", 100, -1),
        ];
        let ties = ties(&parts);
        let wanted = ClaimTieCount { groups: 6, found: 6, exact: 2, one_down: 1, other: 3, ..Default::default() };
        assert_eq!(ties.count(&book), wanted);
        let told = ties.differences(&book).unwrap();
        let told: Vec<_> = told.iter().map(|told| (told.years, told.parts.minor(), told.tie)).collect();
        assert_eq!(told, [(2, 199, Tie::OneDown), (1, 150, Tie::Other), (2, 300, Tie::Other), (1, -1, Tie::Other)]);
    }

    /// A policy year: its customer, its cost, and its cuts into parts where the second file holds it.
    type Year = (usize, i64, Option<Vec<i64>>);

    /// Few customers and costs, so that many years are alike.
    fn some_years() -> impl Strategy<Value = Vec<Year>> {
        let cuts = prop::option::weighted(0.8, prop::collection::vec(-50_i64..150, 0..4));
        prop::collection::vec((0..3_usize, prop::sample::select([0_i64, 1, 100, 101].as_slice()), cuts), 0..12)
    }

    /// The book of these years, and parts that make it up exactly.
    fn true_book(years: &[Year]) -> (Book, ClaimTies) {
        let (mut rows, mut parts) = (Vec::new(), Vec::new());
        for (index, (customer, cost, cuts)) in years.iter().enumerate() {
            let customer = ["A", "B", "C"][*customer];
            let mut row = term(&alloc::format!("P{index}"), customer, 2021);
            row.claims_cost = cny(*cost);
            rows.push(row);
            if let Some(cuts) = cuts {
                parts.extend(cuts.iter().map(|cut| (customer, *cost, *cut)));
                parts.push((customer, *cost, cost - cuts.iter().sum::<i64>()));
            }
        }
        (book_of(rows), ties(&parts))
    }

    /// Groups that one way to compare calls wrong.
    fn alarms(years: &[Year], count: impl Fn(&ClaimTies, &Book) -> i64) -> i64 {
        let (book, ties) = true_book(years);
        count(&ties, &book)
    }

    proptest! {
        #[test]
        fn true_books_raise_no_alarm(years in some_years()) {
            let alarms = alarms(&years, |ties, book| {
                let count = ties.count(book);
                count.groups - count.exact
            });
            prop_assert_eq!(alarms, 0);
        }
    }

    #[test]
    fn true_books_catch_mutants_that_want_one_total_or_all_of_them() {
        let wrong = |ties: &ClaimTies, wanted: &dyn Fn(&PartyId, i64) -> i128| {
            let wrong = ties.groups.iter().filter(|((customer, total), parts)| wanted(customer, *total) != **parts);
            i64::try_from(wrong.count()).unwrap()
        };
        let one = |ties: &ClaimTies, _: &Book| wrong(ties, &|_, total| i128::from(total));
        let all = |ties: &ClaimTies, book: &Book| {
            wrong(ties, &|customer, total| {
                let years = book.terms().filter(|term| term.customer == *customer && term.claims_cost == cny(total));
                years.map(|term| i128::from(term.claims_cost.minor())).sum()
            })
        };
        type Count<'a> = &'a dyn Fn(&ClaimTies, &Book) -> i64;
        let mutants: [Count<'_>; 2] = [&one, &all];
        for mutant in mutants {
            let config = ProptestConfig { failure_persistence: None, ..ProptestConfig::default() };
            let verdict = proptest::test_runner::TestRunner::new(config).run(&some_years(), |years| {
                prop_assert_eq!(alarms(&years, mutant), 0);
                Ok(())
            });
            assert!(verdict.is_err());
        }
    }

    #[test]
    fn parts_in_another_currency_are_refused() {
        let mut ties = ClaimTies::new(Currency::EUR);
        let part = ClaimPart { customer: PartyId::new("A").unwrap(), total: cny(1), part: cny(1) };
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
