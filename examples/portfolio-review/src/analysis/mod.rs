//! What the core says about a customer book on a day: facts, groups, value, warnings, moves, profit and loss.
//!
//! Everything here is the core's answer; this module asks, keeps and adds up whole numbers.

mod columns;
pub mod ledger;
mod pieces;
mod twins;

use crm_core::{
    access::{CompanyCode, SightLevel, Viewer},
    calendar::{Date, EndOfMonth},
    money::Decimal,
    party::PartyId,
    portfolio::{
        Assignment, CustomerBook, FactSource, Facts, HostFacts, Membership, MoveReport, ProfitBasis, ProfitReport,
        SegmentModel, SegmentReason, SegmentReport, StatementReport, WarningList, WarningReview, china_segment_model,
        china_segments,
    },
    refusal::Refusal,
};

pub use columns::{AMOUNTS, COUNTS, FactColumn, fact_columns};
pub use pieces::{LossRatio, Pieces, ratio_of};
pub use twins::{Twin, TwinKind, twins};

/// Months between two looks at the warnings.
const REVIEW_EVERY: i64 = 3;
/// From this part of the lowest value of the next band, in per cent, a customer could move up.
const REACH: &str = "80";

/// The core's answers about a book.
pub struct Analysis<'b> {
    /// The rows of each customer brought together.
    pub source: FactSource<'b>,
    /// The segment model.
    pub model: SegmentModel,
    /// Who looks.
    pub viewer: Viewer,
    /// Where everybody stood a year before.
    pub before: Assignment,
    /// Where everybody stands.
    pub now: Assignment,
    /// Groups and pyramid.
    pub report: SegmentReport,
    /// The ten statements of the pyramid.
    pub statements: StatementReport,
    /// Who moved since the year before.
    pub moves: MoveReport,
    /// The warnings that stand, and those of the last year that were cleared.
    pub warnings: WarningReview,
    /// Profit and loss on both bases.
    pub profit: [ProfitReport; 2],
    /// Unearned premium at the end of each quarter of the last year, for the journal.
    pub unearned: Vec<(Date, i64)>,
}

/// The shipped model of segments and its spec.
///
/// # Errors
/// None for the pack as shipped.
pub fn shipped_model() -> Result<SegmentModel, Refusal> {
    china_segment_model()
}

/// Names and words of the model's groups, warnings and grades, with the sources of its thresholds.
///
/// # Errors
/// None for the pack as shipped.
pub fn shipped_spec() -> Result<crm_core::portfolio::SegmentModelSpec, Refusal> {
    china_segments()
}

/// Somebody who sees the whole company.
///
/// # Errors
/// None: the code of the person is a sound one.
pub fn company_viewer(company: &CompanyCode) -> Result<Viewer, Refusal> {
    Ok(Viewer {
        person: "portfolio-review".parse()?,
        roles: Vec::new(),
        department: None,
        branch: None,
        company: company.clone(),
        level: Some(SightLevel::Company),
    })
}

/// Asks the core everything about a book on a day.
///
/// # Errors
/// What the core refuses: a book in another currency than the model, sums beyond 2⁶³ minor units.
pub fn analyse<'b>(
    book: &'b CustomerBook,
    company: &CompanyCode,
    as_of: Date,
    mut told: impl FnMut(u64, u64),
) -> Result<Analysis<'b>, Refusal> {
    let model = shipped_model()?;
    let viewer = company_viewer(company)?;
    let source = Facts::of(book);
    let months = model.fact_parameters(as_of)?.window_months;
    let looks = months / REVIEW_EVERY;
    let steps = u64::try_from(looks).unwrap_or_default() + 1;
    let mut warnings = WarningReview { list: WarningList::default(), cleared: Vec::new() };
    let mut before = None;
    let mut now = None;
    let mut unearned = Vec::new();
    for look in 0..=looks {
        let back = REVIEW_EVERY.saturating_mul(looks - look);
        let on = as_of.plus_months(-back, EndOfMonth::Clamp)?;
        let facts = source.at(&model.fact_parameters(on)?)?;
        let rows = facts.visible(&viewer).into_rows();
        unearned.push((on, rows.iter().map(|row| row.premium_unearned.minor()).sum()));
        let assignment = model.assign(facts, HostFacts::new())?;
        let mut review = model.review(&warnings.list, &assignment)?;
        warnings.cleared.append(&mut review.cleared);
        warnings.list = review.list;
        if look == looks {
            now = Some(assignment);
        } else if look == 0 {
            before = Some(assignment);
        }
        told(u64::try_from(look).unwrap_or_default() + 1, steps);
    }
    let missing = || Refusal::new(crm_core::refusal::Code::Internal);
    let (before, now) = (before.ok_or_else(missing)?, now.ok_or_else(missing)?);
    let report = now.report(&viewer)?;
    let statements = now.statements(Some(&before), Decimal::parse(REACH)?, &viewer)?;
    let moves = model.moves(&before, &now, &viewer)?;
    let profit =
        [now.facts().profit(&viewer, ProfitBasis::Earned)?, now.facts().profit(&viewer, ProfitBasis::Collected)?];
    Ok(Analysis { source, model, viewer, before, now, report, statements, moves, warnings, profit, unearned })
}

impl Analysis<'_> {
    /// Why a customer is in the groups that he is in.
    ///
    /// # Errors
    /// What the core refuses.
    pub fn reasons(&self, customer: &PartyId) -> Result<Vec<SegmentReason>, Refusal> {
        let mut reasons = self.model.why(&self.now, &self.viewer, customer)?.unwrap_or_default();
        reasons.retain(|reason| reason.membership == Membership::In);
        Ok(reasons)
    }
}
