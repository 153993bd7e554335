//! Cover: on which days a policy gives it, as known on the day of the review.

use alloc::vec::Vec;

use super::EndorsementEffect;
use crate::refusal::Code;

/// Between which days a policy was agreed: days as dates, or as numbers in columns.
#[derive(Debug, Clone, Copy)]
pub(super) struct Term<D> {
    pub(super) signed_on: D,
    pub(super) start: D,
    pub(super) end: D,
}

/// An endorsement as far as cover depends on it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Endorsed<D> {
    pub(super) effect: EndorsementEffect,
    pub(super) effective: D,
    pub(super) booked: D,
}

/// Days of cover: from `start` up to, not including, `end`, without the gaps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cover<D> {
    start: D,
    end: D,
    /// From a cancellation to the reinstatement after it, inside and in order.
    gaps: Vec<(D, D)>,
    /// Since when it is cancelled for good, where it is.
    cancelled: Option<D>,
}

impl<D: Copy + Ord> Cover<D> {
    /// The cover of a policy that nothing has ended before its time.
    pub(super) const fn whole(term: Term<D>) -> Self {
        Self { start: term.start, end: term.end, gaps: Vec::new(), cancelled: None }
    }

    /// The cover of a policy by the endorsements that were booked by the day, and beside each endorsement the reason for
    /// which it counts nowhere, where there is one; as [`EndorsementRow`](super::EndorsementRow) says.
    pub(super) fn of(term: Term<D>, rows: &[Endorsed<D>], as_of: D) -> (Self, Vec<Option<Code>>) {
        let mut cover = Self::whole(term);
        let mut left_out: Vec<Option<Code>> = rows.iter().map(|row| outside(&term, row, as_of)).collect();
        let mut switches: Vec<(&Endorsed<D>, &mut Option<Code>)> = rows.iter().zip(&mut left_out).collect();
        switches.retain(|(row, left_out)| left_out.is_none() && row.effect != EndorsementEffect::Change);
        switches.sort_by_key(|(row, _)| (row.effective, row.booked));
        for (from, until) in gaps(&mut switches, term.end) {
            cover.cut(from, until);
        }
        (cover, left_out)
    }

    fn cut(&mut self, from: D, until: D) {
        if until >= self.end {
            self.cancelled = Some(from);
            self.end = from;
        } else if from <= self.start {
            self.start = self.start.max(until);
        } else {
            self.gaps.push((from, until));
        }
    }

    /// Whether there was not one day of cover (注销).
    pub(super) fn is_void(&self) -> bool {
        self.end <= self.start
    }

    /// Whether it is cancelled for good by the end of a day.
    pub(super) fn is_cancelled_by(&self, day: D) -> bool {
        self.cancelled.is_some_and(|since| since <= day)
    }

    /// Since when it is cancelled for good; before that day it still gives cover.
    pub(super) const fn cancelled(&self) -> Option<D> {
        self.cancelled
    }

    /// The first day of cover.
    pub(super) const fn start(&self) -> D {
        self.start
    }

    /// The first day after the last day of cover.
    pub(super) const fn end(&self) -> D {
        self.end
    }

    /// Whether the policy gives cover on a day.
    pub(super) fn holds_on(&self, day: D) -> bool {
        self.start <= day && day < self.end && !self.gaps.iter().any(|(from, until)| *from <= day && day < *until)
    }

    /// Cover without a gap, each from its first day up to, not including, its last, in order.
    pub(super) fn spans(&self) -> impl Iterator<Item = (D, D)> + '_ {
        let starts = core::iter::once(self.start).chain(self.gaps.iter().map(|gap| gap.1));
        let ends = self.gaps.iter().map(|gap| gap.0).chain(core::iter::once(self.end));
        starts.zip(ends).filter(|(from, until)| from < until)
    }
}

/// Days to a year of cover.
pub(super) const DAYS_OF_A_YEAR: i64 = 365;

/// A day counted without the days of 29 February: from one day to another there are as many more as there are days between
/// them that are none. So a year of cover has 365 such days whichever year it is.
pub(super) fn plain_day(year: i64, month: i64, day: i64) -> i64 {
    const BEFORE: [i64; 12] = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
    let before = usize::try_from(month - 1).ok().and_then(|month| BEFORE.get(month)).copied().unwrap_or_default();
    // The leap day begins where the first of March does, as nothing is counted between them.
    year * DAYS_OF_A_YEAR + before + day - 1
}

/// Why an endorsement does not count, by itself.
pub(super) fn outside<D: Copy + Ord>(term: &Term<D>, row: &Endorsed<D>, as_of: D) -> Option<Code> {
    if row.booked > as_of {
        return Some(Code::PortfolioRowAfterAsOf);
    }
    // Cover may be cancelled between signing and its start; what is signed late covers days before.
    let known_from = term.signed_on.min(term.start);
    (row.effective < known_from || row.effective > term.end).then_some(Code::PortfolioEndorsementOutsideCover)
}

/// Goes through cancellations and reinstatements in the order of their effect and gives the days between them, in order
/// and apart from each other. Those of one effective and one booked day are one.
fn gaps<D: Copy + Ord>(switches: &mut [(&Endorsed<D>, &mut Option<Code>)], end: D) -> Vec<(D, D)> {
    let mut gaps: Vec<(D, D)> = Vec::new();
    let mut off: Option<D> = None;
    for same in switches.chunk_by_mut(|a, b| (a.0.effective, a.0.booked) == (b.0.effective, b.0.booked)) {
        let Some(Endorsed { effect, effective, .. }) = same.first().map(|switch| *switch.0) else { continue };
        let left_out = match (effect, off) {
            _ if same.iter().any(|switch| switch.0.effect != effect) => Some(Code::PortfolioEndorsementContradiction),
            (EndorsementEffect::Reinstatement, None) => Some(Code::PortfolioReinstatementNotCancelled),
            (EndorsementEffect::Reinstatement, Some(since)) => {
                off = None;
                gaps.push((since, effective));
                None
            }
            (_, None) => {
                // Cancelled again on the day on which it was reinstated, it was not reinstated.
                off = Some(gaps.pop_if(|gap| gap.1 == effective).map_or(effective, |gap| gap.0));
                None
            }
            // Cover that has ended does not end again.
            (_, Some(_)) => None,
        };
        if left_out.is_some() {
            same.iter_mut().for_each(|switch| *switch.1 = left_out);
        }
    }
    gaps.extend(off.map(|since| (since, end)));
    gaps.retain(|(from, until)| from < until);
    gaps
}
