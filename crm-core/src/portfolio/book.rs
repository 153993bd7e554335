//! The book: policy years, each once, in parts that merge.

use alloc::{
    collections::{BTreeMap, BTreeSet, btree_map::Entry},
    string::{String, ToString as _},
    vec::Vec,
};
use core::fmt;

use serde::{Deserialize, Serialize};

use super::{BookSummary, Figure, PolicyId, PolicyTerm, RenewalCount, Warning, summary::Sums};
use crate::{
    access::{RowOwner, Viewer, Withheld, WithheldReason},
    calendar::Date,
    money::{Currency, Rounding, RoundingMode},
    party::PartyId,
    refusal::{Code, Refusal},
};

/// What the figures of a book depend on besides its rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BookParameters {
    /// The day of the review (统计日期): policy years that start later are left out.
    pub as_of: Date,
    /// The one currency of the book (币种).
    pub currency: Currency,
    /// How ratios in per cent are rounded.
    pub ratio_rounding: Rounding,
}

impl BookParameters {
    /// Ratios in per cent are rounded half up to four places.
    #[must_use]
    pub const fn new(as_of: Date, currency: Currency) -> Self {
        Self { as_of, currency, ratio_rounding: Rounding { mode: RoundingMode::HalfUp, place: 4 } }
    }
}

/// Policy years of one book, or of a part of it; [`Book::summary`] gives its figures.
///
/// Rows are unique by [`PolicyTerm::id`]. A refused row changes nothing but the count of rows left out, which holds one
/// number per code however many rows are refused.
///
/// ```
/// use crm_core::{calendar::Date, money::{Currency, Money}, refusal::Code};
/// use crm_core::party::PartyId;
/// use crm_core::portfolio::{Book, BookParameters, PolicyId, PolicyTerm};
///
/// let term = PolicyTerm {
///     id: PolicyId::new("P-2025-1")?,
///     customer: PartyId::new("C-0042")?,
///     inception: Date::parse("2023-03-01")?,
///     start: Date::parse("2025-03-01")?,
///     end: Date::parse("2026-03-01")?,
///     lapsed_on: None,
///     birth: None,
///     licensed_on: None,
///     channel: "agent".into(),
///     risk_type: "private_car".into(),
///     coverages: vec![],
///     premium: Money::from_minor(300_00, Currency::CNY),
///     claims_cost: Money::from_minor(100_00, Currency::CNY),
///     claims: 1,
/// };
/// let mut book = Book::new(BookParameters::new(Date::parse("2025-12-31")?, Currency::CNY));
/// book.add(term.clone())?;
/// assert_eq!(book.add(term).unwrap_err().code(), Code::PortfolioRowDuplicate);
///
/// let summary = book.summary()?;
/// assert_eq!(summary.totals.loss_ratio.percent().map(|percent| percent.to_string()), Some("33.3333".into()));
/// assert_eq!((summary.rows_in, summary.totals.rows), (2, 1));
/// # Ok::<(), crm_core::refusal::Refusal>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Book {
    parameters: BookParameters,
    terms: BTreeMap<PolicyId, PolicyTerm>,
    left_out: BTreeMap<Code, i64>,
}

impl Book {
    /// An empty book.
    #[must_use]
    pub const fn new(parameters: BookParameters) -> Self {
        Self { parameters, terms: BTreeMap::new(), left_out: BTreeMap::new() }
    }

    /// What its figures depend on.
    #[must_use]
    pub const fn parameters(&self) -> &BookParameters {
        &self.parameters
    }

    /// Policy years used.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.terms.len()
    }

    /// Adds one policy year.
    ///
    /// # Errors
    /// Those of [`PolicyTerm::check`]; `money.currency.mixed` at `/premium` when it is not in the book's currency;
    /// `portfolio.row.after_as_of` at `/start`; `portfolio.row.duplicate` at `/id` when the same row is in the book
    /// already, `portfolio.row.conflict` at `/id` when another row with its id is. A refused row is counted as left out
    /// under the first code.
    pub fn add(&mut self, term: PolicyTerm) -> Result<(), Refusal> {
        let outcome = self.admit(&term).and_then(|()| self.insert(term));
        if let Err(refusal) = &outcome {
            *self.left_out.entry(refusal.code()).or_default() += 1;
        }
        outcome
    }

    fn admit(&self, term: &PolicyTerm) -> Result<(), Refusal> {
        term.check()?;
        term.premium.require(self.parameters.currency).map_err(|refusal| refusal.at("premium"))?;
        if term.start > self.parameters.as_of {
            return Err(Refusal::new(Code::PortfolioRowAfterAsOf).at("start"));
        }
        Ok(())
    }

    fn insert(&mut self, term: PolicyTerm) -> Result<(), Refusal> {
        match self.terms.entry(term.id.clone()) {
            Entry::Vacant(place) => {
                place.insert(term);
                Ok(())
            }
            Entry::Occupied(held) => Err(Refusal::new(repeated(held.get(), &term)).at("id")),
        }
    }

    /// Adds another part of the same book. A row that both parts hold counts once; its second copy is left out as
    /// `portfolio.row.duplicate`.
    ///
    /// # Errors
    /// `portfolio.books.different` when the parts have other parameters; `portfolio.row.conflict` when they hold
    /// different rows with the same id: which of them is right is not for a merge to decide. Nothing changes then.
    pub fn merge(&mut self, other: Self) -> Result<(), Refusal> {
        if self.parameters != other.parameters {
            return Err(Refusal::new(Code::PortfolioBooksDifferent));
        }
        let conflict = |(id, term): (&PolicyId, &PolicyTerm)| self.terms.get(id).is_some_and(|held| held != term);
        if other.terms.iter().any(conflict) {
            return Err(Refusal::new(Code::PortfolioRowConflict));
        }
        for (code, count) in other.left_out {
            *self.left_out.entry(code).or_default() += count;
        }
        for (_, term) in other.terms {
            if let Err(refusal) = self.insert(term) {
                *self.left_out.entry(refusal.code()).or_default() += 1;
            }
        }
        Ok(())
    }

    /// The figures.
    ///
    /// # Errors
    /// `money.amount.range` when a total is beyond 2⁶³ minor units; `money.rounding.place` when the parameters name a
    /// place that there is not.
    pub fn summary(&self) -> Result<BookSummary, Refusal> {
        let mut totals = Sums::default();
        let mut by_risk_type: BTreeMap<&str, Sums> = BTreeMap::new();
        let mut by_channel: BTreeMap<&str, Sums> = BTreeMap::new();
        let mut warnings = [0_i64; Warning::ALL.len()];
        for term in self.terms.values() {
            let add = |sums: &mut Sums| sums.add(term.premium, term.claims_cost, term.claims);
            add(&mut totals);
            add(by_risk_type.entry(&term.risk_type).or_default());
            add(by_channel.entry(&term.channel).or_default());
            for (count, warning) in warnings.iter_mut().zip(Warning::ALL) {
                *count += i64::from(warning.applies_to(term));
            }
        }
        let years = self.customer_years();
        Ok(BookSummary {
            parameters: self.parameters,
            rows_in: totals.rows + self.left_out.values().sum::<i64>(),
            left_out: self.left_out.iter().map(|(code, count)| (code.to_string(), *count)).collect(),
            customers: customers(&years),
            totals: totals.totals(&self.parameters)?,
            by_risk_type: self.groups(by_risk_type)?,
            by_channel: self.groups(by_channel)?,
            renewals: self.renewals(&years)?,
            warnings: Warning::ALL
                .iter()
                .zip(warnings)
                .map(|(warning, count)| (warning.code().to_string(), count))
                .collect(),
        })
    }

    fn groups(&self, sums: BTreeMap<&str, Sums>) -> Result<BTreeMap<String, super::BookTotals>, Refusal> {
        sums.into_iter().map(|(code, sums)| Ok((String::from(code), sums.totals(&self.parameters)?))).collect()
    }

    /// Each customer with each year of last renewal, once, in order.
    fn customer_years(&self) -> Vec<(&PartyId, i32)> {
        let mut years: Vec<_> = self.terms.values().map(|term| (&term.customer, term.renewal_year())).collect();
        years.sort_unstable();
        years.dedup();
        years
    }

    fn renewals(&self, years: &[(&PartyId, i32)]) -> Result<BTreeMap<String, RenewalCount>, Refusal> {
        let mut counts: BTreeMap<i32, (i64, i64)> = BTreeMap::new();
        for (index, (customer, year)) in years.iter().enumerate() {
            let (due, renewed) = counts.entry(*year).or_default();
            *due += 1;
            if years.get(index + 1) == Some(&(*customer, year + 1)) {
                *renewed += 1;
            }
        }
        let followed = |year: &i32| counts.contains_key(&(year + 1));
        counts
            .iter()
            .filter(|(year, _)| followed(year))
            .map(|(year, (due, renewed))| {
                // Four digits, so that the order of the keys is the order of the years.
                let count = RenewalCount::of(*due, *renewed, self.parameters.ratio_rounding)?;
                Ok((alloc::format!("{year:04}"), count))
            })
            .collect()
    }

    /// The rows that make a figure and that the viewer sees, in the order of their ids, and how many he does not; together
    /// they add up to it. A policy year does not say who manages it, so the host hands in who manages each customer; rows of a
    /// customer of whom it does not say so are shown to nobody and counted under
    /// [`NoSight`](crate::access::WithheldReason::NoSight).
    ///
    /// ```
    /// # use crm_core::{access::{RowOwner, SightLevel, Viewer}, calendar::Date, money::Currency};
    /// # use crm_core::portfolio::{Book, BookParameters, Figure};
    /// # let book = Book::new(BookParameters::new(Date::parse("2025-12-31")?, Currency::CNY));
    /// # let viewer = Viewer { person: "op-1".parse()?, roles: vec![], department: None, branch: None,
    /// #     company: "one".parse()?, level: Some(SightLevel::Company) };
    /// let owners = std::collections::BTreeMap::new(); // who manages each customer
    /// let (rows, withheld) = book.visible_behind(&viewer, &owners, &Figure::Book {});
    /// assert_eq!((rows.len(), withheld.rows), (0, 0));
    /// # Ok::<(), crm_core::refusal::Refusal>(())
    /// ```
    #[must_use]
    pub fn visible_behind(
        &self,
        viewer: &Viewer,
        owners: &BTreeMap<PartyId, RowOwner>,
        figure: &Figure,
    ) -> (Vec<&PolicyTerm>, Withheld) {
        seen(viewer, owners, self.rows_behind(figure), |term| &term.customer)
    }

    /// The rows that make a figure, in the order of their ids; they add up to it. **For the host's own work on the whole
    /// book**: it shows every row; what goes to a person comes from [`Book::visible_behind`].
    ///
    /// ```
    /// # use crm_core::{calendar::Date, money::Currency, portfolio::{Book, BookParameters, Figure}};
    /// # let book = Book::new(BookParameters::new(Date::parse("2025-12-31")?, Currency::CNY));
    /// for term in book.rows_behind(&Figure::Channel { code: "agent".into() }) {
    ///     println!("{}", term.id.as_str());
    /// }
    /// # Ok::<(), crm_core::refusal::Refusal>(())
    /// ```
    #[must_use]
    pub fn rows_behind(&self, figure: &Figure) -> Vec<&PolicyTerm> {
        let in_year = |wanted: i64| move |term: &&PolicyTerm| i64::from(term.renewal_year()) == wanted;
        let rows = self.terms.values();
        match figure {
            Figure::Book {} => rows.collect(),
            Figure::RiskType { code } => rows.filter(|term| term.risk_type == *code).collect(),
            Figure::Channel { code } => rows.filter(|term| term.channel == *code).collect(),
            Figure::Warned { warning } => rows.filter(|term| warning.applies_to(term)).collect(),
            Figure::Due { year } => rows.filter(in_year(*year)).collect(),
            Figure::Renewed { year } | Figure::NotRenewed { year } => {
                let next = year.saturating_add(1);
                let stayed: BTreeSet<&PartyId> =
                    self.terms.values().filter(in_year(next)).map(|term| &term.customer).collect();
                let wanted = matches!(figure, Figure::Renewed { .. });
                rows.filter(in_year(*year)).filter(|term| stayed.contains(&term.customer) == wanted).collect()
            }
        }
    }

    /// Every row used, in the order of their ids. For the host's own work, as [`Book::rows_behind`].
    pub fn terms(&self) -> impl Iterator<Item = &PolicyTerm> {
        self.terms.values()
    }
}

/// Parts rows of customers into those that a viewer sees and a count of the others.
pub(super) fn seen<T>(
    viewer: &Viewer,
    owners: &BTreeMap<PartyId, RowOwner>,
    rows: Vec<T>,
    customer: impl Fn(&T) -> &PartyId,
) -> (Vec<T>, Withheld) {
    let mut withheld = Withheld::default();
    let mut keep = |row: &T| {
        let owner = owners.get(customer(row));
        let reason = owner.map_or(Some(WithheldReason::NoSight), |owner| viewer.withheld_because(owner));
        reason.is_none_or(|reason| {
            withheld.count(reason);
            false
        })
    };
    let rows = rows.into_iter().filter(|row| keep(row)).collect();
    (rows, withheld)
}

/// The code for a second row with the id of `held`.
fn repeated(held: &PolicyTerm, term: &PolicyTerm) -> Code {
    if held == term { Code::PortfolioRowDuplicate } else { Code::PortfolioRowConflict }
}

fn customers(years: &[(&PartyId, i32)]) -> i64 {
    let mut count = 0;
    let mut last = None;
    for (customer, _) in years {
        if last != Some(customer) {
            count += 1;
        }
        last = Some(customer);
    }
    count
}

impl fmt::Debug for Book {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Book").field("parameters", &self.parameters).field("rows", &self.rows()).finish_non_exhaustive()
    }
}
