//! The customer book: every table, each row once, in parts that merge.

use alloc::{
    collections::{BTreeMap, btree_map::Entry},
    string::{String, ToString as _},
};
use core::fmt;

use super::{
    BookRows, BookTable, ClaimId, ClaimRow, ComplaintId, ComplaintRow, CostId, CostRow, CustomerRow, EndorsementId,
    EndorsementRow, PolicyId, PolicyRow, ReceiptId, ReceiptRow,
};
use crate::{
    money::{Currency, Money},
    party::PartyId,
    refusal::{Code, Refusal},
};

/// How many rows were left out, by table and by the code of the reason.
pub type LeftOut = BTreeMap<BookTable, BTreeMap<String, i64>>;

/// The rows of customers, checked, each once (law 6). Parts merge in any order (law 7).
///
/// Rows may come in any order. Which policy a receipt is for and whose a policy is gets resolved when figures are asked
/// for, so that a part may hold rows whose policy or customer stands in another.
///
/// ```
/// use crm_core::{money::Currency, portfolio::{BookRows, CustomerBook, Facts, FactParameters}, calendar::Date, wire};
///
/// let rows: BookRows = wire::from_json(br#"{"customers":[{"id":"C-1","party_kind":"person","owner":{"person":"op-17",
///     "department":"d1","branch":"CN-11","company":"one"},"since":"2024-01-01","standing":false,"commercial_credit":null,
///     "prospect":true,"blacklisted":false}],"policies":[],"endorsements":[],"receipts":[],"claims":[],"costs":[],
///     "complaints":[]}"#)?;
/// let mut book = CustomerBook::new(Currency::CNY);
/// assert_eq!(book.load(rows.clone()).len(), 0);
/// assert_eq!(book.load(rows).iter().map(|refused| refused.1.code().as_str()).collect::<Vec<_>>(), ["portfolio.row.duplicate"]);
/// let facts = Facts::of(&book).at(&FactParameters::new(Date::parse("2025-12-31")?, Currency::CNY))?;
/// assert_eq!(facts.customers(), 1);
/// # Ok::<(), crm_core::refusal::Refusal>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct CustomerBook {
    currency: Currency,
    pub(super) customers: BTreeMap<PartyId, CustomerRow>,
    pub(super) policies: BTreeMap<PolicyId, PolicyRow>,
    pub(super) endorsements: BTreeMap<EndorsementId, EndorsementRow>,
    pub(super) receipts: BTreeMap<ReceiptId, ReceiptRow>,
    pub(super) claims: BTreeMap<ClaimId, ClaimRow>,
    pub(super) costs: BTreeMap<CostId, CostRow>,
    pub(super) complaints: BTreeMap<ComplaintId, ComplaintRow>,
    left_out: LeftOut,
}

/// A row that was refused: its table and why, with the path in the row.
pub type RefusedRow = (BookTable, Refusal);

impl CustomerBook {
    /// An empty book in one currency.
    #[must_use]
    pub fn new(currency: Currency) -> Self {
        Self {
            currency,
            customers: BTreeMap::new(),
            policies: BTreeMap::new(),
            endorsements: BTreeMap::new(),
            receipts: BTreeMap::new(),
            claims: BTreeMap::new(),
            costs: BTreeMap::new(),
            complaints: BTreeMap::new(),
            left_out: LeftOut::new(),
        }
    }

    /// The one currency of the book (币种).
    #[must_use]
    pub const fn currency(&self) -> Currency {
        self.currency
    }

    /// Adds the rows of every table; gives back those that were refused, each with its table and the path in the row
    /// behind its index. Sound rows beside them are added.
    pub fn load(&mut self, rows: BookRows) -> alloc::vec::Vec<RefusedRow> {
        let mut refused = alloc::vec::Vec::new();
        macro_rules! each {
            ($($table:ident $rows:ident $add:ident;)*) => { $(
                for (index, row) in rows.$rows.into_iter().enumerate() {
                    if let Err(refusal) = self.$add(row) {
                        refused.push((BookTable::$table, refusal.at_index(index).at(stringify!($rows))));
                    }
                }
            )* };
        }
        each! {
            Customers customers add_customer;
            Policies policies add_policy;
            Endorsements endorsements add_endorsement;
            Receipts receipts add_receipt;
            Claims claims add_claim;
            Costs costs add_cost;
            Complaints complaints add_complaint;
        }
        refused
    }

    fn require(&self, amount: Money, field: &str) -> Result<(), Refusal> {
        amount.require(self.currency).map_err(|refusal| refusal.at(field))
    }

    /// Adds a customer.
    ///
    /// # Errors
    /// Those of [`CustomerRow::check`]; `portfolio.row.duplicate` or `portfolio.row.conflict` at `/id`. A refused row
    /// is counted as left out and changes nothing else; so for every other table.
    pub fn add_customer(&mut self, row: CustomerRow) -> Result<(), Refusal> {
        let outcome = row.check().and_then(|()| insert(&mut self.customers, row.id.clone(), row));
        self.counted(BookTable::Customers, outcome)
    }

    /// Adds a policy.
    ///
    /// # Errors
    /// Those of [`PolicyRow::check`]; `money.currency.mixed` at `/premium`; a repeated id.
    pub fn add_policy(&mut self, row: PolicyRow) -> Result<(), Refusal> {
        let sound = row.check().and_then(|()| self.require(row.premium, "premium"));
        let outcome = sound.and_then(|()| insert(&mut self.policies, row.id.clone(), row));
        self.counted(BookTable::Policies, outcome)
    }

    /// Adds an endorsement.
    ///
    /// # Errors
    /// Those of [`EndorsementRow::check`]; `money.currency.mixed` at `/premium_change`; a repeated id.
    pub fn add_endorsement(&mut self, row: EndorsementRow) -> Result<(), Refusal> {
        let sound = row.check().and_then(|()| self.require(row.premium_change, "premium_change"));
        let outcome = sound.and_then(|()| insert(&mut self.endorsements, row.id.clone(), row));
        self.counted(BookTable::Endorsements, outcome)
    }

    /// Adds a receipt or a refund.
    ///
    /// # Errors
    /// `money.currency.mixed` at `/amount`; a repeated id.
    pub fn add_receipt(&mut self, row: ReceiptRow) -> Result<(), Refusal> {
        let sound = self.require(row.amount, "amount");
        let outcome = sound.and_then(|()| insert(&mut self.receipts, row.id.clone(), row));
        self.counted(BookTable::Receipts, outcome)
    }

    /// Adds a claim.
    ///
    /// # Errors
    /// Those of [`ClaimRow::check`]; `money.currency.mixed` at `/paid`; a repeated id.
    pub fn add_claim(&mut self, row: ClaimRow) -> Result<(), Refusal> {
        let sound = row.check().and_then(|()| self.require(row.paid, "paid"));
        let outcome = sound.and_then(|()| insert(&mut self.claims, row.id.clone(), row));
        self.counted(BookTable::Claims, outcome)
    }

    /// Adds a cost.
    ///
    /// # Errors
    /// Those of [`CostRow::check`]; `money.currency.mixed` at `/amount`; a repeated id.
    pub fn add_cost(&mut self, row: CostRow) -> Result<(), Refusal> {
        let sound = row.check().and_then(|()| self.require(row.amount, "amount"));
        let outcome = sound.and_then(|()| insert(&mut self.costs, row.id.clone(), row));
        self.counted(BookTable::Costs, outcome)
    }

    /// Adds a complaint.
    ///
    /// # Errors
    /// Those of [`ComplaintRow::check`]; a repeated id.
    pub fn add_complaint(&mut self, row: ComplaintRow) -> Result<(), Refusal> {
        let outcome = row.check().and_then(|()| insert(&mut self.complaints, row.id.clone(), row));
        self.counted(BookTable::Complaints, outcome)
    }

    fn counted(&mut self, table: BookTable, outcome: Result<(), Refusal>) -> Result<(), Refusal> {
        if let Err(refusal) = &outcome {
            count_left_out(&mut self.left_out, table, refusal.code(), 1);
        }
        outcome
    }

    /// Adds another part of the same book. A row that both parts hold counts once; its second copy is left out as
    /// `portfolio.row.duplicate`.
    ///
    /// # Errors
    /// `portfolio.books.different` when the currencies differ; `portfolio.row.conflict` when the parts hold different
    /// rows with the same id: which of them is right is not for a merge to decide. Nothing changes then.
    pub fn merge(&mut self, other: Self) -> Result<(), Refusal> {
        if self.currency != other.currency {
            return Err(Refusal::new(Code::PortfolioBooksDifferent));
        }
        macro_rules! tables {
            ($($table:ident $rows:ident;)*) => {{
                $( if conflict(&self.$rows, &other.$rows) {
                    return Err(Refusal::new(Code::PortfolioRowConflict).at(stringify!($rows)));
                } )*
                $( let twice = unite(&mut self.$rows, other.$rows);
                if twice > 0 {
                    count_left_out(&mut self.left_out, BookTable::$table, Code::PortfolioRowDuplicate, twice);
                } )*
            }};
        }
        tables! {
            Customers customers;
            Policies policies;
            Endorsements endorsements;
            Receipts receipts;
            Claims claims;
            Costs costs;
            Complaints complaints;
        }
        for (table, codes) in other.left_out {
            let held = self.left_out.entry(table).or_default();
            for (code, count) in codes {
                *held.entry(code).or_default() += count;
            }
        }
        Ok(())
    }

    /// Rows that the book holds, by table.
    #[must_use]
    pub fn rows(&self) -> BTreeMap<BookTable, i64> {
        let count = |rows: usize| i64::try_from(rows).unwrap_or(i64::MAX);
        [
            (BookTable::Customers, count(self.customers.len())),
            (BookTable::Policies, count(self.policies.len())),
            (BookTable::Endorsements, count(self.endorsements.len())),
            (BookTable::Receipts, count(self.receipts.len())),
            (BookTable::Claims, count(self.claims.len())),
            (BookTable::Costs, count(self.costs.len())),
            (BookTable::Complaints, count(self.complaints.len())),
        ]
        .into()
    }

    /// Rows that were refused when they were added or merged.
    #[must_use]
    pub const fn left_out(&self) -> &LeftOut {
        &self.left_out
    }
}

/// Counts rows that were left out.
pub(super) fn count_left_out(left_out: &mut LeftOut, table: BookTable, code: Code, rows: i64) {
    *left_out.entry(table).or_default().entry(code.to_string()).or_default() += rows;
}

fn insert<K: Ord, V: Eq>(rows: &mut BTreeMap<K, V>, id: K, row: V) -> Result<(), Refusal> {
    match rows.entry(id) {
        Entry::Vacant(place) => {
            place.insert(row);
            Ok(())
        }
        Entry::Occupied(held) if *held.get() == row => Err(Refusal::new(Code::PortfolioRowDuplicate).at("id")),
        Entry::Occupied(_) => Err(Refusal::new(Code::PortfolioRowConflict).at("id")),
    }
}

fn conflict<K: Ord, V: Eq>(held: &BTreeMap<K, V>, more: &BTreeMap<K, V>) -> bool {
    more.iter().any(|(id, row)| held.get(id).is_some_and(|held| held != row))
}

/// Adds rows of which none is in conflict; how many were there already.
fn unite<K: Ord, V>(held: &mut BTreeMap<K, V>, mut more: BTreeMap<K, V>) -> i64 {
    let before = held.len() + more.len();
    held.append(&mut more);
    i64::try_from(before - held.len()).unwrap_or(i64::MAX)
}

impl fmt::Debug for CustomerBook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CustomerBook").field("rows", &self.rows()).finish_non_exhaustive()
    }
}
