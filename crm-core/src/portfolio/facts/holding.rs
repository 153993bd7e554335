//! What one customer holds: his rows brought together.

use alloc::vec::Vec;

use super::places::Places;
use crate::{
    calendar::Date,
    party::PartyId,
    portfolio::{
        BookTable, ClaimRow, ComplaintRow, CostRow, CustomerBook, CustomerRow, EndorsementRow, PolicyId, PolicyRow,
        ReceiptRow,
        cover::{Cover, Endorsed, Term},
        customer_book::{LeftOut, count_left_out},
    },
    refusal::Code,
};

/// Every row of a book beside what it belongs to. Customers and policies are numbered in the order of their identifiers.
pub(in crate::portfolio) struct Holdings<'a> {
    customers: Vec<&'a CustomerRow>,
    customer_places: Places<'a>,
    policies: Vec<&'a PolicyRow>,
    policy_places: Places<'a>,
    /// Number of the customer of each policy, where he is in the book.
    customer_of: Vec<Option<usize>>,
    /// What each policy renews.
    links: Vec<Link>,
    /// Numbers of policies by the number of their customer.
    held: Grouped<usize>,
    /// Numbers of policies by the number of the policy that they renew.
    renewals: Grouped<usize>,
    endorsements: Grouped<&'a EndorsementRow>,
    receipts: Grouped<&'a ReceiptRow>,
    claims: Grouped<&'a ClaimRow>,
    costs: Grouped<&'a CostRow>,
    complaints: Grouped<&'a ComplaintRow>,
}

/// What a policy renews.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Link {
    Nothing,
    Renewal,
    /// A policy of another customer.
    OtherCustomer,
    /// Over others or not, itself: the link counts nowhere.
    Cycle,
}

/// A customer with all his rows.
pub(in crate::portfolio) struct Holding<'a, 'h> {
    pub(in crate::portfolio) customer: &'a CustomerRow,
    number: usize,
    of: &'h Holdings<'a>,
}

/// A policy with all its rows.
#[derive(Clone, Copy)]
pub(in crate::portfolio) struct HeldPolicy<'a, 'h> {
    pub(in crate::portfolio) policy: &'a PolicyRow,
    pub(super) endorsements: &'h [(usize, &'a EndorsementRow)],
    pub(super) receipts: &'h [(usize, &'a ReceiptRow)],
    pub(super) claims: &'h [(usize, &'a ClaimRow)],
    number: usize,
    link: Link,
}

impl<'a> Holdings<'a> {
    /// Brings the rows of every customer together, one pass over each table; rows that lead nowhere are counted.
    pub(super) fn of(book: &'a CustomerBook, left_out: &mut LeftOut) -> Self {
        let policy_places = Places::of(book.policies.keys().map(|id| id.as_str()));
        let customer_places = Places::of(book.customers.keys().map(|id| id.as_str()));
        let policies: Vec<&PolicyRow> = book.policies.values().collect();
        let customer_of: Vec<Option<usize>> =
            policies.iter().map(|policy| customer_places.find(policy.customer.as_str())).collect();
        let mut lost = |table, code| count_left_out(left_out, table, code, 1);
        macro_rules! by_policy {
            ($table:ident $rows:ident) => {
                Grouped::of(
                    policy_places.len(),
                    book.$rows.values().filter_map(|row| {
                        let number = policy_places.find(row.policy.as_str());
                        match number.map(|number| customer_of.get(number).copied().flatten()) {
                            Some(Some(_)) => {}
                            // The policy may still renew somebody else's.
                            Some(None) => lost(BookTable::$table, Code::PortfolioRowCustomerUnknown),
                            None => lost(BookTable::$table, Code::PortfolioRowPolicyUnknown),
                        }
                        number.map(|number| (number, row))
                    }),
                )
            };
        }
        macro_rules! by_customer {
            ($table:ident $rows:ident) => {
                Grouped::of(
                    customer_places.len(),
                    book.$rows.values().filter_map(|row| {
                        let number = customer_places.find(row.customer.as_str());
                        if number.is_none() {
                            lost(BookTable::$table, Code::PortfolioRowCustomerUnknown);
                        }
                        number.map(|number| (number, row))
                    }),
                )
            };
        }
        let endorsements = by_policy!(Endorsements endorsements);
        let receipts = by_policy!(Receipts receipts);
        let claims = by_policy!(Claims claims);
        let costs = by_customer!(Costs costs);
        let complaints = by_customer!(Complaints complaints);
        let held = customer_of.iter().enumerate().filter_map(|(number, customer)| {
            if customer.is_none() {
                lost(BookTable::Policies, Code::PortfolioRowCustomerUnknown);
            }
            customer.map(|customer| (customer, number))
        });
        let held = Grouped::of(customer_places.len(), held);
        let renewed = |policy: &PolicyRow| policy.renewal_of.as_ref().and_then(|id| policy_places.find(id.as_str()));
        let before: Vec<Option<usize>> = policies.iter().map(|policy| renewed(policy)).collect();
        let in_cycle = cycles(&before);
        let of = |number: usize| customer_of.get(number).copied().flatten();
        let link = |(number, policy): (usize, &&PolicyRow)| {
            let earlier = before.get(number).copied().flatten();
            match earlier {
                _ if policy.renewal_of.is_none() => Link::Nothing,
                _ if in_cycle.get(number) == Some(&true) => Link::Cycle,
                Some(earlier) if of(earlier) != of(number) => Link::OtherCustomer,
                _ => Link::Renewal,
            }
        };
        let links: Vec<Link> = policies.iter().enumerate().map(link).collect();
        let renewals = before.iter().zip(&links).enumerate().filter(|(_, (_, link))| **link != Link::Cycle);
        let renewals = renewals.filter_map(|(number, (before, _))| before.map(|before| (before, number)));
        let renewals = Grouped::of(policy_places.len(), renewals);
        let customers = book.customers.values().collect();
        Self {
            customers,
            customer_places,
            policies,
            policy_places,
            customer_of,
            links,
            held,
            renewals,
            endorsements,
            receipts,
            claims,
            costs,
            complaints,
        }
    }

    pub(super) fn len(&self) -> usize {
        self.customers.len()
    }

    /// Every customer, in the order of the identifiers.
    pub(super) fn each(&self) -> impl Iterator<Item = Holding<'a, '_>> {
        self.customers.iter().enumerate().map(|(number, customer)| Holding { customer, number, of: self })
    }

    pub(super) fn find(&self, customer: &PartyId) -> Option<Holding<'a, '_>> {
        let number = self.customer_places.find(customer.as_str())?;
        self.customers.get(number).map(|customer| Holding { customer, number, of: self })
    }

    fn policy(&self, number: usize) -> Option<HeldPolicy<'a, '_>> {
        Some(HeldPolicy {
            policy: self.policies.get(number)?,
            endorsements: self.endorsements.of_number(number),
            receipts: self.receipts.of_number(number),
            claims: self.claims.of_number(number),
            number,
            link: self.links.get(number).copied().unwrap_or(Link::Nothing),
        })
    }

    /// Whether somebody has renewed a policy by the day of the review: signed, and not as if it had never been.
    pub(super) fn is_renewed(&self, held: &HeldPolicy<'a, '_>, as_of: Date) -> bool {
        let renewals = self.renewals.of_number(held.number).iter().filter_map(|(_, number)| self.policy(*number));
        renewals.into_iter().any(|renewal| renewal.policy.signed_on <= as_of && !renewal.cover(as_of).0.is_void())
    }
}

impl HeldPolicy<'_, '_> {
    /// Whether it renews another.
    pub(super) fn renews(&self) -> bool {
        matches!(self.link, Link::Renewal | Link::OtherCustomer)
    }

    /// What is odd about what it renews.
    pub(super) fn notice(&self) -> Option<Code> {
        match self.link {
            Link::Cycle => Some(Code::PortfolioRenewalCycle),
            Link::OtherCustomer => Some(Code::PortfolioRenewalOtherCustomer),
            Link::Nothing | Link::Renewal => None,
        }
    }

    /// Its cover as known on a day, and beside each endorsement why it does not count, where it doesn't.
    pub(super) fn cover(&self, as_of: Date) -> (Cover<Date>, Vec<Option<Code>>) {
        let PolicyRow { signed_on, start, end, .. } = *self.policy;
        let term = Term { signed_on, start, end };
        if self.endorsements.is_empty() {
            return (Cover::whole(term), Vec::new());
        }
        let endorsed = |(_, row): &(usize, &EndorsementRow)| {
            let EndorsementRow { effect, effective, booked, .. } = **row;
            Endorsed { effect, effective, booked }
        };
        let rows: Vec<Endorsed<Date>> = self.endorsements.iter().map(endorsed).collect();
        Cover::of(term, &rows, as_of)
    }
}

impl<'a, 'h> Holding<'a, 'h> {
    pub(super) fn policies(&self) -> impl Iterator<Item = HeldPolicy<'a, 'h>> + use<'a, 'h> {
        let of = self.of;
        of.held.of_number(self.number).iter().filter_map(|(_, number)| of.policy(*number))
    }

    /// One of his policies by its number.
    pub(super) fn policy(&self, id: &PolicyId) -> Option<&'a PolicyRow> {
        let number = self.of.policy_places.find(id.as_str())?;
        let is_his = self.of.customer_of.get(number).copied().flatten() == Some(self.number);
        self.of.policies.get(number).copied().filter(|_| is_his)
    }

    pub(super) fn costs(&self) -> impl Iterator<Item = &'a CostRow> + use<'a, 'h> {
        self.of.costs.of_number(self.number).iter().map(|(_, row)| *row)
    }

    pub(super) fn complaints(&self) -> impl Iterator<Item = &'a ComplaintRow> + use<'a, 'h> {
        self.of.complaints.of_number(self.number).iter().map(|(_, row)| *row)
    }

    pub(super) fn is_renewed(&self, held: &HeldPolicy<'a, '_>, as_of: Date) -> bool {
        self.of.is_renewed(held, as_of)
    }
}

/// Which of those who each have at most one before them come before themselves. Each is looked at twice at most.
fn cycles(before: &[Option<usize>]) -> Vec<bool> {
    let mut in_cycle = alloc::vec![false; before.len()];
    // From where each was first reached.
    let mut reached = alloc::vec![usize::MAX; before.len()];
    for from in 0..before.len() {
        let mut at = Some(from);
        while let Some(mark) = at.and_then(|at| reached.get_mut(at)).filter(|mark| **mark == usize::MAX) {
            *mark = from;
            at = at.and_then(|at| before.get(at).copied().flatten());
        }
        // Where it meets its own way, it goes round.
        let mut round = at.filter(|at| reached.get(*at) == Some(&from));
        while let Some(mark) = round.and_then(|at| in_cycle.get_mut(at)).filter(|mark| !**mark) {
            *mark = true;
            round = round.and_then(|at| before.get(at).copied().flatten());
        }
    }
    in_cycle
}

/// Rows by the number of what they belong to, those of one in the order in which they came.
struct Grouped<T> {
    rows: Vec<(usize, T)>,
    /// Where the rows of each begin, and where the last end.
    starts: Vec<usize>,
}

impl<T> Grouped<T> {
    fn of(numbers: usize, rows: impl Iterator<Item = (usize, T)>) -> Self {
        let mut rows: Vec<(usize, T)> = rows.collect();
        rows.sort_by_key(|row| row.0);
        let mut starts = Vec::with_capacity(numbers + 1);
        for (at, (number, _)) in rows.iter().enumerate() {
            while starts.len() <= *number {
                starts.push(at);
            }
        }
        starts.resize(numbers + 1, rows.len());
        Self { rows, starts }
    }

    fn of_number(&self, number: usize) -> &[(usize, T)] {
        let bounds = self.starts.get(number).zip(self.starts.get(number + 1));
        bounds.and_then(|(from, until)| self.rows.get(*from..*until)).unwrap_or_default()
    }
}
