//! Assignment: every customer's groups, score, rank and grade on a day.

use alloc::{collections::BTreeMap, string::String, vec::Vec};
use core::fmt;

use serde::{Deserialize, Serialize};

use super::{
    asking::{HostKnown, Reader, Reading},
    model::{Known, SegmentModel},
    spec::ScoreTerm,
};
use crate::{
    access::{Owned, RowOwner, Viewer, Visible},
    calendar::Date,
    money::{Decimal, Money, Unrounded},
    party::PartyId,
    portfolio::{Absence, CustomerFacts, FactParameters, Facts, Proportion, facts::FACTS},
    refusal::{Code, Refusal},
    rulebook::{Scalar, Seen},
};

/// The parameter of a model: how many days of cover in the window make a customer one who is ranked.
pub(super) const RANK_COVER_DAYS: &str = "rank_cover_days";

/// Facts that the host hands in, by customer and name.
pub type HostFacts = BTreeMap<PartyId, BTreeMap<String, Scalar>>;

/// The segments of every customer of a book on a day. The same for every viewer: who looks decides what he gets to see
/// of it, never where somebody stands.
///
/// Customers with a policy, and with at least as many days of cover in the window as the model's `rank_cover_days` says,
/// are ranked by score, the highest first; equal scores by the code of the customer, in the order of its bytes. So who has
/// left is not ranked among those who are there. A band of the pyramid holds those whose rank lies within its share and the shares above
/// it: rank × 100 ≤ shares × customers. So no band ever holds more than its share, and what does not divide falls
/// to the band below.
#[derive(Clone, PartialEq, Eq)]
pub struct Assignment {
    pub(super) facts: Facts,
    pub(super) host: HostFacts,
    pub(super) totals: Totals,
    /// Beside each row of the facts.
    pub(super) rows: Vec<CustomerSegments>,
    pub(super) grades: Vec<String>,
    pub(super) rank_cover_days: i64,
}

/// Where a customer stands.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CustomerSegments {
    /// Who.
    pub customer: PartyId,
    /// Who manages him.
    pub owner: RowOwner,
    /// The groups that he is in, in the order of the model.
    pub segments: Vec<String>,
    /// The groups of which the book does not know enough to say, each with the facts that are missing.
    pub undecided: BTreeMap<String, Vec<String>>,
    /// His value; none for who is not ranked (too few days of cover in the window), or where a fact of it is absent.
    pub score: Option<Decimal>,
    /// His rank by value, from 1; none without a score.
    pub rank: Option<i64>,
    /// His grade in the pyramid; none without a rank.
    pub grade: Option<String>,
}

impl Owned for CustomerSegments {
    fn owner(&self) -> &RowOwner {
        &self.owner
    }
}

impl fmt::Debug for CustomerSegments {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CustomerSegments").field("segments", &self.segments).finish_non_exhaustive()
    }
}

impl fmt::Debug for Assignment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Assignment").field("facts", &self.facts).finish_non_exhaustive()
    }
}

/// Sums over the whole book, of which customers have shares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Totals {
    in_window: i128,
    result: i128,
    collected: i128,
}

impl Totals {
    fn of(facts: &Facts) -> Self {
        let sum = |minor: fn(&CustomerFacts) -> i64| facts.rows().iter().map(|row| i128::from(minor(row))).sum();
        Self {
            in_window: sum(|row| row.premium_in_window.minor()),
            result: sum(|row| row.result_earned.minor()),
            collected: sum(|row| row.premium_collected.minor()),
        }
    }
}

impl SegmentModel {
    /// Puts every customer where he belongs.
    ///
    /// # Errors
    /// `portfolio.books.different` when the facts are in another currency than the model; `rulebook.*` at a fact that
    /// the host hands in; `rulebook.dated.outside` for a day that the model knows nothing about.
    pub fn assign(&self, facts: Facts, host: HostFacts) -> Result<Assignment, Refusal> {
        if facts.parameters().currency != self.currency {
            return Err(Refusal::new(Code::PortfolioBooksDifferent));
        }
        let on = facts.parameters().as_of;
        let totals = Totals::of(&facts);
        let groups = self.groups_on(on)?;
        let score = self.score_on(on)?;
        let least = self.whole_number(RANK_COVER_DAYS, on)?;
        let mut rows = Vec::with_capacity(facts.rows().len());
        for row in facts.rows() {
            let known = self.host_known(&groups, host.get(&row.customer))?;
            let (segments, undecided) = self.groups_of(&groups, row, &known, &totals, facts.parameters())?;
            let is_ranked = row.policies > 0 && row.cover_days_in_window >= least;
            let score = if is_ranked { score.of(row, &known, &totals, facts.parameters())? } else { None };
            let (customer, owner) = (row.customer.clone(), row.owner.clone());
            rows.push(CustomerSegments { customer, owner, segments, undecided, score, rank: None, grade: None });
        }
        self.rank(&mut rows, on)?;
        let grades = self.pyramid.iter().map(|band| band.grade.clone()).collect();
        Ok(Assignment { facts, host, totals, rows, grades, rank_cover_days: least })
    }

    fn score_on(&self, on: Date) -> Result<Score<'_>, Refusal> {
        Ok(Score {
            terms: &self.score,
            weights: self.score.iter().map(|term| self.decimal(&term.weight, on)).collect::<Result<_, _>>()?,
            reader: Reader::of(self.score.iter().map(|term| term.fact.as_str()), Reading::Compared),
        })
    }

    fn rank(&self, rows: &mut [CustomerSegments], on: Date) -> Result<(), Refusal> {
        let mut ranked: Vec<&mut CustomerSegments> = rows.iter_mut().filter(|row| row.score.is_some()).collect();
        // The rows are in the order of the customers, and a stable sort keeps it among equals.
        ranked.sort_by_key(|row| core::cmp::Reverse(row.score));
        let count = i64::try_from(ranked.len()).unwrap_or(i64::MAX);
        let mut shares = Vec::with_capacity(self.pyramid.len());
        let mut above = Unrounded::ZERO;
        for band in &self.pyramid {
            above = above.plus(self.decimal(&band.share, on)?)?;
            shares.push((above.times(count)?, &band.grade));
        }
        for (index, row) in ranked.into_iter().enumerate() {
            let rank = i64::try_from(index).unwrap_or(i64::MAX).saturating_add(1);
            let places = Unrounded::from(rank).times(100)?;
            row.rank = Some(rank);
            row.grade = shares.iter().find(|(until, _)| places <= *until).map(|(_, grade)| (*grade).clone());
        }
        Ok(())
    }
}

/// The value of customers on a day.
struct Score<'m> {
    terms: &'m [ScoreTerm],
    weights: Vec<Decimal>,
    reader: Reader,
}

impl Score<'_> {
    /// The sum of facts times weights, exactly; none where a fact is absent and nothing stands for it.
    fn of(
        &self,
        row: &CustomerFacts,
        host: &HostKnown,
        totals: &Totals,
        parameters: &FactParameters,
    ) -> Result<Option<Decimal>, Refusal> {
        let mut sum = Unrounded::ZERO;
        let facts = self.reader.read(row, host, totals, parameters)?;
        for ((term, weight), fact) in self.terms.iter().zip(&self.weights).zip(facts) {
            let value = match (fact, term.when_absent) {
                (Some(Seen::Decimal(value)), _) => Unrounded::from(value),
                (Some(Seen::Integer(value)), _) => Unrounded::from(value),
                (_, Some(instead)) => Unrounded::from(instead),
                _ => return Ok(None),
            };
            sum = sum.plus(value.times(*weight)?)?;
        }
        Ok(Some(sum.to_decimal()?.without_trailing_zeros()))
    }
}

/// A part of a sum over the whole book, the sum, and why there is no share where the sum is nothing.
pub(super) type ShareOf = fn(&CustomerFacts, &Totals) -> (Money, i128, Absence);

/// Facts about a customer's place in the whole book.
pub(super) const SHARES: [(&str, ShareOf); 3] = [
    ("premium_share", |row, totals| (row.premium_in_window, totals.in_window, Absence::NothingWritten)),
    ("result_share", |row, totals| (row.result_earned, totals.result, Absence::NoProfit)),
    ("collected_share", |row, totals| (row.premium_collected, totals.collected, Absence::NothingCollected)),
];

/// A share in per cent, as it is compared or as it is shown.
pub(super) fn share(
    of: ShareOf,
    row: &CustomerFacts,
    totals: &Totals,
    parameters: &FactParameters,
    reading: Reading,
) -> Result<Option<Decimal>, Refusal> {
    let (part, whole, reason) = of(row, totals);
    let part = i128::from(part.minor());
    match reading {
        Reading::Compared => Ok(Proportion::compared(part, whole, 100)),
        Reading::Shown => Ok(Proportion::of(part, whole, 100, parameters.ratio_rounding, reason)?.value()),
    }
}

/// The facts of a customer as conditions compare them or as they are shown, as far as they are wanted.
pub(super) fn known(
    row: &CustomerFacts,
    own: Option<&Known>,
    totals: &Totals,
    parameters: &FactParameters,
    reading: Reading,
    wanted: impl Fn(&str) -> bool,
) -> Result<Known, Refusal> {
    let mut known = own.cloned().unwrap_or_default();
    let scalar = |seen: Option<Seen<'_>>| match seen {
        None => Scalar::Null,
        Some(Seen::Decimal(value)) if reading == Reading::Compared => Scalar::Decimal(value.without_trailing_zeros()),
        Some(seen) => seen.scalar(),
    };
    for fact in FACTS.iter().filter(|fact| wanted(fact.name)) {
        let read = if reading == Reading::Compared { fact.compared() } else { fact.read };
        known.insert(fact.name.into(), scalar(read(row)));
    }
    for (name, of) in SHARES.into_iter().filter(|(name, _)| wanted(name)) {
        let value = share(of, row, totals, parameters, reading)?;
        known.insert(name.into(), scalar(value.map(Seen::Decimal)));
    }
    Ok(known)
}

impl Assignment {
    /// The facts that it rests on.
    #[must_use]
    pub const fn facts(&self) -> &Facts {
        &self.facts
    }

    /// The day.
    #[must_use]
    pub fn as_of(&self) -> Date {
        self.facts.parameters().as_of
    }

    /// The customers that the viewer sees, by code, and how many he does not.
    #[must_use]
    pub fn visible(&self, viewer: &Viewer) -> Visible<'_, CustomerSegments> {
        viewer.sift(&self.rows)
    }

    /// Where one customer stands; none when there is no such customer or the viewer does not see him.
    #[must_use]
    pub fn customer(&self, viewer: &Viewer, customer: &PartyId) -> Option<&CustomerSegments> {
        self.facts.customer(viewer, customer)?;
        self.find(customer)
    }

    pub(super) fn find(&self, customer: &PartyId) -> Option<&CustomerSegments> {
        let at = self.rows.binary_search_by(|row| row.customer.cmp(customer)).ok()?;
        self.rows.get(at)
    }

    /// Facts and place of every customer, side by side.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (&CustomerFacts, &CustomerSegments)> {
        self.facts.rows().iter().zip(&self.rows)
    }
}
