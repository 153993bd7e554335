//! A whole book: its rows, the facts of its customers, profit and loss (客户账簿与客户指标).

use std::collections::BTreeMap;
use std::sync::Arc;

use crm_core::access::{RowOwner, Viewer, Visible, Withheld};
use crm_core::money::Currency;
use crm_core::party::PartyId;
use crm_core::portfolio::{
    self, BookParameters, BookRows, BookSummary, BookTable, ClaimPart, ClaimTieCount, ClaimTies, CustomerFacts,
    CustomerProfit, FactBasis, FactParameters, Figure, GroupFacts, LeftOut, PolicyTerm, ProfitBasis, ProfitBreakdown,
    ProfitKey, ProfitParts, ProfitRow,
};
use crm_core::refusal::{Code, Notice, Refusal};
use self_cell::self_cell;

use crate::placed::placed;
use crate::records::{RejectedRow, VisibleTerms};

/// The rows of a host's tables, checked, each once (客户账簿).
///
/// It never changes: `with_rows` and `merge` answer with another book.
#[derive(Debug)]
pub struct CustomerBook {
    book: Arc<portfolio::CustomerBook>,
    rejected: Vec<RejectedRow>,
}

impl CustomerBook {
    /// Takes the rows of every table of a book in one currency. A row that can't be used is left out and told by
    /// `rejected_rows`; sound rows beside it count.
    ///
    /// Rows may come in any order, and a policy or customer that a row names may stand in another part of the book.
    ///
    /// # Errors
    /// Those of the reader. What is wrong with a single row is no refusal of the book.
    pub fn load(rows: BookRows, currency: Currency) -> Result<Self, Refusal> {
        let mut book = portfolio::CustomerBook::new(currency);
        let rejected = take(&mut book, rows);
        Ok(Self { book: Arc::new(book), rejected })
    }

    /// The book with more rows. Of rows that it holds already, a copy is left out as `portfolio.row.duplicate` and
    /// another row of the same id as `portfolio.row.conflict`.
    pub fn with_rows(&self, rows: BookRows) -> CustomerBook {
        let mut book = portfolio::CustomerBook::clone(&self.book);
        let rejected = take(&mut book, rows);
        Self { book: Arc::new(book), rejected }
    }

    /// The book with other parts of it, in any order. A row that two parts hold counts once.
    ///
    /// # Errors
    /// At the part: `portfolio.books.different` when its currency differs; `portfolio.row.conflict` at the table when
    /// it holds another row with the same id.
    pub fn merge(&self, parts: Vec<&CustomerBook>) -> Result<CustomerBook, Refusal> {
        let mut book = portfolio::CustomerBook::clone(&self.book);
        for (index, part) in parts.into_iter().enumerate() {
            let part = portfolio::CustomerBook::clone(&part.book);
            book.merge(part).map_err(|refusal| refusal.at_index(index))?;
        }
        Ok(Self { book: Arc::new(book), rejected: Vec::new() })
    }

    /// The currency of the book (币种).
    pub fn currency(&self) -> Currency {
        self.book.currency()
    }

    /// How many rows the book holds, by table.
    pub fn rows(&self) -> BTreeMap<BookTable, i64> {
        self.book.rows()
    }

    /// How many rows were left out, by table and by the code of the reason.
    pub fn left_out(&self) -> LeftOut {
        self.book.left_out().clone()
    }

    /// The rows of the last load that were refused, each with everything that is wrong with it (被拒绝的行).
    pub fn rejected_rows(&self) -> Vec<RejectedRow> {
        self.rejected.clone()
    }
}

fn take(book: &mut portfolio::CustomerBook, rows: BookRows) -> Vec<RejectedRow> {
    let refused = book.load(rows).into_iter();
    refused
        .map(|(table, refusal)| RejectedRow { table, faults: refusal.faults().iter().map(Notice::from).collect() })
        .collect()
}

self_cell! {
    /// A book with its rows brought together by customer.
    struct Together {
        owner: Arc<portfolio::CustomerBook>,
        #[covariant]
        dependent: FactSourceOf,
    }
}

type FactSourceOf<'a> = portfolio::FactSource<'a>;

/// A book whose rows are brought together by customer, once; facts of any day are read from it (指标来源).
pub struct FactSource(Arc<Together>);

impl FactSource {
    /// The facts of every customer on a day (客户指标).
    ///
    /// # Errors
    /// `portfolio.books.different` at `/currency` when it is not the book's; `calendar.date.range` when a window leaves
    /// the calendar; `money.amount.range` when a sum is beyond 2⁶³ minor units; `money.rounding.place` at
    /// `/ratio_rounding/place`.
    pub fn at(&self, parameters: FactParameters) -> Result<Facts, Refusal> {
        let facts = self.0.borrow_dependent().at(&parameters).map_err(|refusal| placed(refusal, parameter_fault))?;
        Ok(Facts { facts: Arc::new(facts), sources: vec![self.0.clone()] })
    }

    /// Profit and loss of the customers that a viewer sees by policy, vehicle, handler or agent (分项盈亏表). Rows and
    /// what belongs to none are together their profit and loss. A book that comes in parts is merged first.
    ///
    /// # Errors
    /// `portfolio.books.different` at `/currency` when it is not the book's; `calendar.date.range` when a window leaves
    /// the calendar; `money.amount.range` when a sum is beyond 2⁶³ minor units.
    pub fn profit_by(
        &self,
        parameters: FactParameters,
        viewer: Viewer,
        key: ProfitKey,
        basis: ProfitBasis,
    ) -> Result<ProfitBreakdown, Refusal> {
        let report = self.0.borrow_dependent().profit_by(&viewer, key, basis, &parameters);
        report.map_err(|refusal| placed(refusal, parameter_fault))
    }
}

impl std::fmt::Debug for FactSource {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.borrow_owner().fmt(f)
    }
}

fn parameter_fault(code: Code) -> Option<&'static str> {
    match code {
        Code::MoneyRoundingPlace => Some("ratio_rounding"),
        Code::PortfolioBooksDifferent => Some("currency"),
        _ => None,
    }
}

/// The facts of every customer of a book on a day, or of a part of it (客户指标).
///
/// Facts of people are only given out through `seen_by`.
pub struct Facts {
    pub(super) facts: Arc<portfolio::Facts>,
    /// Where the parts come from, for explanations.
    sources: Vec<Arc<Together>>,
}

impl Facts {
    /// Brings the rows of each customer together, in one pass over each table. `at` gives the facts of a day.
    pub fn of(book: &CustomerBook) -> FactSource {
        FactSource(Arc::new(Together::new(book.book.clone(), |book| portfolio::Facts::of(book))))
    }

    /// What the figures depend on besides the rows.
    pub fn parameters(&self) -> FactParameters {
        *self.facts.parameters()
    }

    /// How many customers there are, seen or not.
    pub fn customers(&self) -> i64 {
        self.facts.customers()
    }

    /// How many rows are used, by table.
    pub fn used(&self) -> BTreeMap<BookTable, i64> {
        self.facts.used().clone()
    }

    /// How many rows are left out, by table and code: refused, without a policy or customer in the book, or dated after
    /// the review (`portfolio.row.after_as_of`).
    pub fn left_out(&self) -> LeftOut {
        self.facts.left_out().clone()
    }

    /// How many rows count and should be looked at, by table and code (提示): a claim outside its cover or valued after
    /// the review, a cost booked for a policy of somebody else, renewals in a circle or of another customer's policy.
    pub fn noticed(&self) -> LeftOut {
        self.facts.noticed().clone()
    }

    /// These facts with those of other customers of the same book (指标合并).
    ///
    /// # Errors
    /// At the part: `portfolio.books.different` when its parameters differ; `portfolio.facts.customer_twice` when
    /// another part has a customer of it: neither knows all his rows.
    pub fn merge(&self, parts: Vec<&Facts>) -> Result<Facts, Refusal> {
        let mut facts = portfolio::Facts::clone(&self.facts);
        let mut sources = self.sources.clone();
        for (index, part) in parts.into_iter().enumerate() {
            facts.merge(portfolio::Facts::clone(&part.facts)).map_err(|refusal| refusal.at_index(index))?;
            sources.extend(part.sources.iter().cloned());
        }
        Ok(Self { facts: Arc::new(facts), sources })
    }

    /// The facts that a viewer sees (可见指标).
    pub fn seen_by(&self, viewer: Viewer) -> FactsView {
        let seen = Seen::new(self.facts.clone(), |facts| facts.visible(&viewer));
        FactsView { seen, viewer, sources: self.sources.clone() }
    }
}

impl std::fmt::Debug for Facts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.facts.fmt(f)
    }
}

self_cell! {
    /// Facts with the rows that a viewer sees.
    struct Seen {
        owner: Arc<portfolio::Facts>,
        #[covariant]
        dependent: VisibleFacts,
    }
}

type VisibleFacts<'a> = Visible<'a, CustomerFacts>;

/// The facts that one viewer sees (可见指标).
pub struct FactsView {
    seen: Seen,
    viewer: Viewer,
    sources: Vec<Arc<Together>>,
}

impl FactsView {
    /// The facts of one customer; nothing when there is no such customer or the viewer does not see him.
    pub fn get(&self, customer: PartyId) -> Option<CustomerFacts> {
        self.seen.borrow_owner().customer(&self.viewer, &customer).cloned()
    }

    /// How many customers the viewer sees.
    pub fn count(&self) -> i64 {
        i64::try_from(self.seen.borrow_dependent().rows().len()).unwrap_or(i64::MAX)
    }

    /// How many customers he does not see, and why; never which.
    pub fn withheld(&self) -> Withheld {
        self.seen.borrow_dependent().withheld().clone()
    }

    /// A page of the customers that he sees, by code: at most `limit` from the position `first` on, which counts from 0.
    pub fn page(&self, first: i64, limit: i64) -> Vec<CustomerFacts> {
        page(self.seen.borrow_dependent().rows(), first, limit).iter().copied().cloned().collect()
    }

    /// The facts of several customers together: a household, a group of companies (家庭 / 集团指标). Who belongs together
    /// says the host, from its register of relations; one who is named twice counts once, members that the viewer does
    /// not see are counted and their figures left out.
    ///
    /// # Errors
    /// `money.amount.range` when a sum is beyond 2⁶³ minor units.
    pub fn of_group(&self, members: Vec<PartyId>) -> Result<GroupFacts, Refusal> {
        self.seen.borrow_owner().of_group(&self.viewer, &members.into_iter().collect())
    }

    /// From which rows a fact of a customer comes (指标依据); nothing when there is no such customer or the viewer does
    /// not see him.
    ///
    /// # Errors
    /// `rulebook.fact.unknown` at `/fact` for a name that is not in the catalogue.
    pub fn explain(&self, customer: PartyId, fact: String) -> Result<Option<FactBasis>, Refusal> {
        let parameters = self.seen.borrow_owner().parameters();
        self.first_of(|source| source.explain(&self.viewer, &customer, &fact, parameters))
    }

    /// Profit and loss of every customer that he sees (客户盈亏表).
    ///
    /// # Errors
    /// `money.amount.range` when a sum is beyond 2⁶³ minor units.
    pub fn profit(&self, basis: ProfitBasis) -> Result<ProfitReport, Refusal> {
        self.seen.borrow_owner().profit(&self.viewer, basis).map(ProfitReport)
    }

    /// Profit and loss of one customer over all lines and years, with its parts by line and by year of the start of
    /// cover; nothing when there is no such customer or the viewer does not see him.
    ///
    /// # Errors
    /// `money.amount.range` when a sum is beyond 2⁶³ minor units.
    pub fn profit_of(&self, customer: PartyId, basis: ProfitBasis) -> Result<Option<CustomerProfit>, Refusal> {
        let parameters = self.seen.borrow_owner().parameters();
        self.first_of(|source| source.profit(&self.viewer, &customer, basis, parameters))
    }

    /// The answer of the part that has the customer.
    fn first_of<T>(
        &self,
        ask: impl Fn(&portfolio::FactSource<'_>) -> Result<Option<T>, Refusal>,
    ) -> Result<Option<T>, Refusal> {
        let answers = self.sources.iter().map(|source| ask(source.borrow_dependent()));
        answers.filter_map(Result::transpose).next().transpose()
    }
}

impl std::fmt::Debug for FactsView {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.seen.borrow_owner().fmt(f)
    }
}

/// Profit and loss of the customers of a book that a viewer sees (客户盈亏表).
#[derive(Debug)]
pub struct ProfitReport(portfolio::ProfitReport);

impl ProfitReport {
    /// Which premium and which claims the results are made of.
    pub fn basis(&self) -> ProfitBasis {
        self.0.basis
    }

    /// All customers that the viewer sees together.
    pub fn total(&self) -> ProfitParts {
        self.0.total
    }

    /// How many customers he does not see, and why; never which.
    pub fn withheld(&self) -> Withheld {
        self.0.withheld.clone()
    }

    /// How many customers there are in the report.
    pub fn count(&self) -> i64 {
        i64::try_from(self.0.rows.len()).unwrap_or(i64::MAX)
    }

    /// The figures of one customer; nothing when there is no such customer or the viewer does not see him.
    pub fn get(&self, customer: PartyId) -> Option<ProfitParts> {
        let rows = &self.0.rows;
        let at = rows.binary_search_by(|row| row.customer.cmp(&customer)).ok()?;
        rows.get(at).map(|row| row.parts)
    }

    /// A page of the rows, by customer: at most `limit` from the position `first` on, which counts from 0.
    pub fn page(&self, first: i64, limit: i64) -> Vec<ProfitRow> {
        page(&self.0.rows, first, limit).to_vec()
    }
}

/// A book of policy years, each once, that can be opened to the rows behind a figure (业务年度账簿).
#[derive(Debug)]
pub struct Book(Arc<portfolio::Book>);

impl Book {
    /// Takes policy years. Rows that can't be used are left out and counted by the code of the reason; a row that is
    /// given twice counts once.
    ///
    /// # Errors
    /// Those of the reader. What is wrong with a single row is no refusal of the book.
    pub fn load(terms: Vec<PolicyTerm>, parameters: BookParameters) -> Result<Self, Refusal> {
        let mut book = portfolio::Book::new(parameters);
        for term in terms {
            // The book counts what it refuses; the summary tells.
            let _ = book.add(term);
        }
        Ok(Self(Arc::new(book)))
    }

    /// The book with other parts of it, in any order.
    ///
    /// # Errors
    /// At the part: `portfolio.books.different` when its parameters differ.
    pub fn merge(&self, parts: Vec<&Book>) -> Result<Book, Refusal> {
        let mut book = portfolio::Book::clone(&self.0);
        for (index, part) in parts.into_iter().enumerate() {
            book.merge(portfolio::Book::clone(&part.0)).map_err(|refusal| refusal.at_index(index))?;
        }
        Ok(Self(Arc::new(book)))
    }

    /// The figures of the book, as `summarise` (业务汇总).
    ///
    /// # Errors
    /// `money.amount.range` when a total is too large; `money.rounding.place` for the rounding of its parameters.
    pub fn summary(&self) -> Result<BookSummary, Refusal> {
        self.0.summary()
    }

    /// A page of the policy years behind a figure (钻取), **whoever manages them**: for the host's own work on the whole
    /// book. What goes to a person comes from `visible_behind`. At most `limit` rows from the position `first` on, which
    /// counts from 0.
    pub fn rows_behind(&self, figure: Figure, first: i64, limit: i64) -> Vec<PolicyTerm> {
        page(&self.0.rows_behind(&figure), first, limit).iter().copied().cloned().collect()
    }

    /// A page of the policy years behind a figure that a viewer sees, and how many he does not (可见钻取): at most `limit`
    /// from the position `first` on among those that he sees, which counts from 0.
    ///
    /// A policy year does not say who manages it: `owners` says it of each customer. Rows of a customer of whom it does
    /// not are shown to nobody and counted as `no_sight`.
    pub fn visible_behind(
        &self,
        figure: Figure,
        viewer: Viewer,
        owners: BTreeMap<PartyId, RowOwner>,
        first: i64,
        limit: i64,
    ) -> VisibleTerms {
        let (rows, withheld) = self.0.visible_behind(&viewer, &owners, &figure);
        VisibleTerms { rows: page(&rows, first, limit).iter().copied().cloned().collect(), withheld }
    }

    /// How many groups of claims by part add up to the claims cost of the policy years that they belong to (勾稽).
    ///
    /// # Errors
    /// At the part: `money.currency.mixed` when it is not in the currency of the book.
    pub fn tie_claims(&self, parts: Vec<ClaimPart>, currency: Currency) -> Result<ClaimTieCount, Refusal> {
        let mut ties = ClaimTies::new(currency);
        for (index, part) in parts.iter().enumerate() {
            ties.add(part).map_err(|refusal| refusal.at_index(index))?;
        }
        Ok(ties.count(&self.0))
    }
}

/// The rows of a page; fewer, or none, where the rows end before it does.
pub(super) fn page<T>(rows: &[T], first: i64, limit: i64) -> &[T] {
    let place = |number: i64| usize::try_from(number.max(0)).unwrap_or(usize::MAX);
    let rest = rows.get(place(first)..).unwrap_or_default();
    rest.get(..place(limit)).unwrap_or(rest)
}
