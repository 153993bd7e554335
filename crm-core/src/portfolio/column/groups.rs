//! The groups of a segment model over a whole book in columns.

use alloc::{string::String, vec::Vec};

use super::{FactColumns, one_length};
use crate::{
    calendar::Date,
    money::Money,
    portfolio::{Proportion, SegmentModel},
    refusal::Refusal,
    rulebook::Seen,
};

/// What no table of events says about customers, one value each, by number.
#[derive(Debug, Clone, Copy)]
pub struct CustomerColumns<'a> {
    /// Whether he is filed as a prospect.
    pub prospect: &'a [bool],
    /// Whether he stands on the blacklist.
    pub blacklisted: &'a [bool],
    /// Whether he has standing.
    pub standing: &'a [bool],
}

/// Values of [`GroupColumn::marks`].
pub struct GroupMark;

impl GroupMark {
    /// Not in the group.
    pub const OUT: u8 = 0;
    /// In the group.
    pub const IN: u8 = 1;
    /// It depends on facts that are not known, or that the columns do not hold.
    pub const UNDECIDED: u8 = 2;
}

/// One group of a model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupColumn {
    /// Its name.
    pub segment: String,
    /// For each customer, by number, a [`GroupMark`].
    pub marks: Vec<u8>,
}

/// Where a fact stands in columns.
enum Source<'a> {
    Number(&'a [i64]),
    Mark(&'a [bool]),
    Amount(&'a [i64]),
    /// A part and a whole, in per cent, compared before it is rounded.
    Ratio(&'a [i64], &'a [i64]),
    /// Not in columns.
    Absent,
}

impl Source<'_> {
    fn at(&self, number: usize, zero: Money) -> Option<Seen<'static>> {
        let of = |column: &[i64]| column.get(number).copied();
        match self {
            Self::Number(column) => of(column).map(Seen::Integer),
            Self::Mark(column) => column.get(number).copied().map(Seen::Boolean),
            Self::Amount(column) => {
                of(column).map(|minor| Seen::Decimal(Money::from_minor(minor, zero.currency()).amount()))
            }
            Self::Ratio(part, whole) => {
                Proportion::compared(of(part)?.into(), of(whole)?.into(), 100).map(Seen::Decimal)
            }
            Self::Absent => None,
        }
    }
}

impl SegmentModel {
    /// The groups of the model for every customer of a book in columns, each as [`SegmentModel::assign`] finds it. A group
    /// that names a fact which columns do not hold (credit, shares of the book, facts of the host…) is undecided wherever
    /// its answer depends on it.
    ///
    /// # Errors
    /// `portfolio.columns.length`; `rulebook.dated.outside` for a day that the model knows nothing about.
    pub fn group_columns(
        &self,
        facts: &FactColumns,
        customers: &CustomerColumns<'_>,
        on: Date,
    ) -> Result<Vec<GroupColumn>, Refusal> {
        let CustomerColumns { prospect, blacklisted, standing } = *customers;
        let count = facts.policies.len();
        one_length(&[count, prospect.len(), blacklisted.len(), standing.len()])?;
        let rules = self.compiled(on)?;
        let source = |name: &String| match name.as_str() {
            "prospect" => Source::Mark(prospect),
            "blacklisted" => Source::Mark(blacklisted),
            "standing" => Source::Mark(standing),
            "loss_ratio_earned" => Source::Ratio(&facts.claims_incurred, &facts.premium_earned),
            "loss_ratio_years" => Source::Ratio(&facts.claims_incurred_in_years, &facts.premium_earned_in_years),
            "loss_ratio_collected" => Source::Ratio(&facts.claims_paid, &facts.premium_collected),
            name => facts.named(name),
        };
        let sources: Vec<Source<'_>> = rules.facts().iter().map(source).collect();
        let mut columns: Vec<GroupColumn> = self
            .segments()
            .into_iter()
            .map(|name| GroupColumn { segment: name.into(), marks: Vec::with_capacity(count) })
            .collect();
        let zero = Money::zero(self.currency());
        let mut known = Vec::with_capacity(sources.len());
        for number in 0..count {
            known.clear();
            known.extend(sources.iter().map(|source| source.at(number, zero)));
            for (column, holds) in columns.iter_mut().zip(rules.ask(&known)) {
                column.marks.push(match holds {
                    Some(true) => GroupMark::IN,
                    Some(false) => GroupMark::OUT,
                    None => GroupMark::UNDECIDED,
                });
            }
        }
        Ok(columns)
    }
}

impl FactColumns {
    fn named(&self, name: &str) -> Source<'_> {
        macro_rules! columns {
            (numbers $($number:ident)* ; amounts $($amount:ident)*) => {
                match name {
                    $( stringify!($number) => Source::Number(&self.$number), )*
                    $( stringify!($amount) => Source::Amount(&self.$amount), )*
                    _ => Source::Absent,
                }
            };
        }
        columns! {
            numbers policies renewals_in_window new_in_window policies_before_window policies_in_force policies_cancelled
                claims claims_in_window cover_years clean_years;
            amounts premium_written premium_earned premium_earned_in_years premium_collected receivable_open claims_paid
                claims_incurred claims_incurred_in_years
        }
    }
}
