//! From changes to the timeline: in the order in which they take effect, whatever the order in which they were recorded.

use alloc::{
    collections::{BTreeMap, BTreeSet},
    string::String,
    vec::Vec,
};

use super::{
    action::{ChangeAction, ChangeId, PolicySetup, RecordedChange},
    risk::{CoverPrices, InsuredRisk},
    rules::PinnedBy,
    timeline::{CoverStep, EffectiveTimeline, PinnedPrice, TimelineEnd},
};
use crate::{
    calendar::Date,
    refusal::{Code, Fault, Refusal},
};

/// A change that can't stand where it takes effect.
pub(super) struct Impossible {
    /// Which one; none for the policy as it begins.
    pub(super) change: Option<ChangeId>,
    pub(super) refusal: Refusal,
}

/// A policy on its way through time.
struct Walk<'a> {
    setup: &'a PolicySetup,
    prices: &'a dyn CoverPrices,
    risk: InsuredRisk,
    /// The day that chooses the version of each coverage.
    pinned: BTreeMap<String, Date>,
    steps: BTreeMap<String, Vec<(Date, Option<PinnedPrice>)>>,
    ended: Option<(ChangeId, TimelineEnd)>,
}

/// The timeline of a policy and its changes.
pub(super) fn timeline(
    setup: &PolicySetup,
    changes: &[RecordedChange],
    prices: &dyn CoverPrices,
) -> Result<EffectiveTimeline, Impossible> {
    let start = setup.term.start();
    let mut walk = Walk {
        setup,
        prices,
        risk: setup.risk.clone(),
        pinned: setup.risk.covers.keys().map(|coverage| (coverage.clone(), start)).collect(),
        steps: BTreeMap::new(),
        ended: None,
    };
    let begun = if walk.risk.covers.is_empty() {
        Err(Refusal::new(Code::ProductChangeNoCover).at("covers").at("risk"))
    } else {
        walk.price(start)
    };
    begun.map_err(|refusal| Impossible { change: None, refusal })?;
    let mut ordered: Vec<&RecordedChange> = changes.iter().collect();
    ordered.sort_by_key(|recorded| recorded.change.instant());
    for recorded in ordered {
        walk.take(recorded).map_err(|refusal| Impossible { change: Some(recorded.change.id.clone()), refusal })?;
    }
    let steps = walk.steps.into_iter().flat_map(|(coverage, steps)| {
        steps.into_iter().map(move |(from, price)| CoverStep { coverage: coverage.clone(), from, price })
    });
    Ok(EffectiveTimeline {
        term: setup.term,
        currency: setup.currency,
        proration: setup.proration.clone(),
        rounding: setup.rounding,
        steps: steps.collect(),
        end: walk.ended.map(|(_, end)| end),
    })
}

impl Walk<'_> {
    fn take(&mut self, recorded: &RecordedChange) -> Result<(), Refusal> {
        let change = &recorded.change;
        let day = change.effective;
        if let (Some(_), false) = (&self.ended, matches!(change.action, ChangeAction::Reinstate { .. })) {
            return Err(Refusal::new(Code::ProductChangeEnded).at("effective"));
        }
        match &change.action {
            ChangeAction::AddCover { coverage, terms } => {
                if self.risk.covers.contains_key(coverage) {
                    return Err(cover_fault(Code::ProductChangeCoverPresent, coverage, "add_cover"));
                }
                self.risk.covers.insert(coverage.clone(), terms.clone());
                self.pin(coverage, day);
            }
            ChangeAction::ChangeCover { coverage, terms } => {
                let Some(known) = self.risk.covers.get_mut(coverage) else {
                    return Err(cover_fault(Code::ProductChangeCoverMissing, coverage, "change_cover"));
                };
                known.extend(terms.clone());
                self.pin(coverage, day);
            }
            ChangeAction::RemoveCover { coverage } => {
                if self.risk.covers.remove(coverage).is_none() {
                    return Err(cover_fault(Code::ProductChangeCoverMissing, coverage, "remove_cover"));
                }
                if self.risk.covers.is_empty() {
                    let none_left = Refusal::new(Code::ProductChangeNoCover);
                    return Err(none_left.at("coverage").at("remove_cover").at("action"));
                }
            }
            ChangeAction::ChangePolicy { terms } => {
                self.risk.terms.extend(terms.clone());
                let covers: Vec<String> = self.risk.covers.keys().cloned().collect();
                covers.iter().for_each(|coverage| self.pin(coverage, day));
            }
            ChangeAction::Cancel { .. } => {
                self.ended = recorded.end.clone().map(|end| (change.id.clone(), end));
                return Ok(());
            }
            ChangeAction::Reinstate { undoes } => return self.reinstate(undoes, day),
        }
        self.price(day)
    }

    fn pin(&mut self, coverage: &str, day: Date) {
        let day = match self.setup.rates_pinned_by {
            PinnedBy::Inception => self.setup.term.start(),
            PinnedBy::Effective => day,
        };
        self.pinned.insert(String::from(coverage), day);
    }

    fn reinstate(&mut self, undoes: &ChangeId, day: Date) -> Result<(), Refusal> {
        let Some((_, end)) = self.ended.take_if(|(id, end)| id == undoes && end.effective <= day) else {
            return Err(Refusal::new(Code::ProductChangeNotEnded).at("undoes").at("reinstate").at("action"));
        };
        if day > end.effective {
            let covers: Vec<String> = self.risk.covers.keys().cloned().collect();
            covers.iter().for_each(|coverage| self.step(coverage, end.effective, None));
        }
        self.price(day)
    }

    /// From `day` on every coverage has the price of the risk as it now is.
    fn price(&mut self, day: Date) -> Result<(), Refusal> {
        let covers: BTreeSet<String> = self.steps.keys().chain(self.risk.covers.keys()).cloned().collect();
        for coverage in covers {
            let price = if self.risk.covers.contains_key(&coverage) {
                let rated_on = self.pinned.get(&coverage).copied().unwrap_or(self.setup.term.start());
                let price = self.prices.annual(&self.risk, &coverage, rated_on)?;
                price.annual.require(self.setup.currency)?;
                if price.annual.is_negative() {
                    return Err(Refusal::new(Code::ProductChangePriceNegative));
                }
                Some(price)
            } else {
                None
            };
            self.step(&coverage, day, price);
        }
        Ok(())
    }

    /// Sets a price from a day on; what says nothing new is left out, so that a timeline has one form.
    fn step(&mut self, coverage: &str, day: Date, price: Option<PinnedPrice>) {
        let steps = self.steps.entry(String::from(coverage)).or_default();
        if steps.last().is_some_and(|(from, _)| *from == day) {
            steps.pop();
        }
        let before = steps.last().and_then(|(_, price)| price.as_ref());
        if before != price.as_ref() {
            steps.push((day, price));
        }
        if steps.is_empty() {
            self.steps.remove(coverage);
        }
    }
}

fn cover_fault(code: Code, coverage: &str, action: &str) -> Refusal {
    Fault::new(code).with_name("coverage", coverage).at("coverage").at(action).at("action").into()
}
