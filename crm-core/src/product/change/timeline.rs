//! The effective timeline: all that the price of a policy depends on.

use alloc::{string::String, vec::Vec};

use serde::{Deserialize, Serialize};

use super::{proration::Proration, retention::PinnedRetention};
use crate::{
    calendar::{Date, Period},
    money::{Currency, Money, RoundingMode},
    refusal::{Code, Fault, Refusal},
};

/// What was insured from when to when at which annual price, and how it ended (保单有效时间线).
///
/// The price of a policy is a function of it alone (law 4): when and in which order changes were recorded does not stand
/// here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EffectiveTimeline {
    /// The term.
    pub term: Period,
    /// The currency of every price.
    pub currency: Currency,
    /// How an annual price becomes the price of some days.
    pub proration: Proration,
    /// How the price of a coverage and its refund are rounded, each once, to the minor unit.
    pub rounding: RoundingMode,
    /// From when on a coverage costs what, by coverage and day; the first of a coverage has a price.
    pub steps: Vec<CoverStep>,
    /// How the policy ended before its time; none when it runs to the end of its term.
    pub end: Option<TimelineEnd>,
}

/// From a day on a coverage costs so much.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CoverStep {
    /// The code of the coverage.
    pub coverage: String,
    /// The first day.
    pub from: Date,
    /// The price; none for no cover from this day on.
    pub price: Option<PinnedPrice>,
}

/// An annual price and the version of the rates from which it comes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PinnedPrice {
    /// The net premium of a year, zero or more; of the whole term where the proration says so.
    pub annual: Money,
    /// The version.
    pub version: RateVersion,
}

/// A version of rates (费率版本).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RateVersion {
    /// The name of the rate plan.
    pub plan: String,
    /// The day that chose the version: the first day of cover, or the one on which the price took effect.
    pub rated_on: Date,
}

/// How a policy ended before its time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TimelineEnd {
    /// The code of the ground (退保原因).
    pub ground: String,
    /// Who ended it.
    pub ended_by: EndedBy,
    /// The first day without cover; the first day of the term when cover never began.
    pub effective: Date,
    /// What is kept.
    pub retention: PinnedRetention,
}

/// Who ended a policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EndedBy {
    /// The policyholder (投保人).
    Policyholder,
    /// The insurer (保险人).
    Insurer,
}

/// A part of the term in which a coverage has one price.
#[derive(Debug, Clone, Copy)]
pub(super) struct Segment<'a> {
    pub(super) from: Date,
    pub(super) until: Date,
    pub(super) price: &'a PinnedPrice,
}

impl EffectiveTimeline {
    /// The timeline of one price for one term: a premium that was never changed.
    #[must_use]
    pub fn single(coverage: &str, premium: Money, term: Period, rounding: RoundingMode) -> Self {
        let version = RateVersion { plan: String::from("stated"), rated_on: term.start() };
        let price = Some(PinnedPrice { annual: premium, version });
        let steps = alloc::vec![CoverStep { coverage: String::from(coverage), from: term.start(), price }];
        Self { term, currency: premium.currency(), proration: Proration::WholeTerm {}, rounding, steps, end: None }
    }

    /// The steps of each coverage, in the order of their codes.
    pub(super) fn coverages(&self) -> impl Iterator<Item = &[CoverStep]> {
        self.steps.chunk_by(|before, after| before.coverage == after.coverage)
    }

    /// The parts of the term in which a coverage has a price.
    pub(super) fn segments<'a>(&'a self, steps: &'a [CoverStep]) -> impl Iterator<Item = Segment<'a>> {
        let ends = steps.iter().skip(1).map(|next| next.from).chain([self.term.end()]);
        steps
            .iter()
            .zip(ends)
            .filter_map(|(step, until)| step.price.as_ref().map(|price| Segment { from: step.from, until, price }))
    }

    /// What is wrong with a timeline that came from outside.
    pub(super) fn faults(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        let mut before: Option<&CoverStep> = None;
        for (index, step) in self.steps.iter().enumerate() {
            let mut put = |fault: Fault, field: &str| faults.push(fault.at(field).at_index(index).at("steps"));
            if !self.term.contains(step.from) {
                put(Fault::new(Code::ProductChangeOutsideTerm), "from");
            }
            if before.is_some_and(|before| (&before.coverage, before.from) >= (&step.coverage, step.from)) {
                put(Fault::new(Code::ProductChangeOrder), "from");
            }
            if let Some(price) = &step.price {
                if price.annual.is_negative() {
                    put(Fault::new(Code::ProductChangePriceNegative), "price");
                }
                if let Err(refusal) = price.annual.require(self.currency) {
                    refusal.into_faults().into_iter().for_each(|fault| put(fault, "price"));
                }
            }
            before = Some(step);
        }
        if let Some(end) = &self.end {
            let rule = end.retention.rule.faults(end.retention.table.as_slice()).into_iter();
            faults.extend(rule.map(|fault| fault.at("rule").at("retention").at("end")));
            if let Some(table) = &end.retention.table {
                let found = table.faults().into_iter();
                faults.extend(found.map(|fault| fault.at("table").at("retention").at("end")));
            }
            // On the day after the term nothing is left to give back; that is a figure too.
            if end.effective < self.term.start() || end.effective > self.term.end() {
                faults.push(Fault::new(Code::ProductChangeOutsideTerm).at("effective").at("end"));
            }
        }
        faults
    }

    /// Refuses a timeline that came from outside and is none.
    pub(super) fn check(&self) -> Result<(), Refusal> {
        Refusal::unless_empty(self.faults())
    }
}
