//! Why a customer has his grade, and what would lift it.

use alloc::{string::String, vec::Vec};
use core::fmt;

use serde::{Deserialize, Serialize};

use super::{asking::Reading, assign::Assignment, model::SegmentModel};
use crate::{
    access::Viewer,
    money::{Decimal, Unrounded},
    party::PartyId,
    refusal::Refusal,
    rulebook::Value,
};

/// Why a customer has his grade: what his value is made of, and how far the next band is.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GradeReason {
    /// His grade; none without a score.
    pub grade: Option<String>,
    /// His rank by value among the ranked.
    pub rank: Option<i64>,
    /// How many are ranked.
    pub ranked: i64,
    /// His value: the sum of the terms.
    pub score: Option<Decimal>,
    /// What his value is made of.
    pub terms: Vec<ScorePart>,
    /// The band above; none in the first, and none where nobody is in a band above.
    pub above: Option<BandAbove>,
}

/// One term of a value.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScorePart {
    /// The fact.
    pub fact: String,
    /// Its value, a ratio before it is rounded; none where it is absent.
    pub value: Option<Value>,
    /// Its weight.
    pub weight: Decimal,
    /// What it adds to the value; none where the fact is absent and nothing stands for it.
    pub adds: Option<Decimal>,
}

/// The nearest band above a customer in which somebody is.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BandAbove {
    /// Its grade.
    pub grade: String,
    /// The lowest value in it. Whoever passes it takes its place, as a band holds no more than its share.
    pub lowest: Decimal,
    /// What the customer's value lacks of that.
    pub lacks: Decimal,
}

macro_rules! quiet {
    ($($name:ident)*) => { $(
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(***)"))
            }
        }
    )* };
}

quiet! { GradeReason ScorePart BandAbove }

impl SegmentModel {
    /// Why a customer has his grade; none when there is no such customer or the viewer does not see him.
    ///
    /// # Errors
    /// Those of [`SegmentModel::assign`].
    pub fn why_grade(
        &self,
        assignment: &Assignment,
        viewer: &Viewer,
        customer: &PartyId,
    ) -> Result<Option<GradeReason>, Refusal> {
        let Some(place) = assignment.customer(viewer, customer) else { return Ok(None) };
        let on = assignment.as_of();
        let mut terms = Vec::with_capacity(self.score.len());
        for term in &self.score {
            let weight = self.decimal(&term.weight, on)?;
            let value = self.value(assignment, customer, &term.fact, Reading::Compared)?;
            let number = match (&value, term.when_absent) {
                (Some(Value::Decimal(value)), _) => Some(Unrounded::from(*value)),
                (Some(Value::Integer(value)), _) => Some(Unrounded::from(*value)),
                (_, Some(instead)) => Some(Unrounded::from(instead)),
                _ => None,
            };
            let product = number.map(|number| number.times(weight)?.to_decimal()).transpose()?;
            let adds = product.map(|product| product.without_trailing_zeros());
            terms.push(ScorePart { fact: term.fact.clone(), value, weight, adds });
        }
        let ranked = assignment.rows.iter().filter(|row| row.rank.is_some()).count();
        let own = place.grade.as_ref().and_then(|grade| assignment.grades.iter().position(|one| one == grade));
        let lowest_of = |grade: &String| {
            let members = assignment.rows.iter().filter(|row| row.grade.as_ref() == Some(grade));
            members.filter_map(|row| row.score).min().map(|lowest| (grade.clone(), lowest))
        };
        let above = assignment.grades.iter().take(own.unwrap_or_default()).rev().find_map(lowest_of);
        let above = above.zip(place.score).map(|((grade, lowest), score)| {
            let lacks = Unrounded::from(lowest).minus(score)?.to_decimal()?.without_trailing_zeros();
            Ok::<_, Refusal>(BandAbove { grade, lowest, lacks })
        });
        Ok(Some(GradeReason {
            grade: place.grade.clone(),
            rank: place.rank,
            ranked: i64::try_from(ranked).unwrap_or(i64::MAX),
            score: place.score,
            terms,
            above: above.transpose()?,
        }))
    }
}
