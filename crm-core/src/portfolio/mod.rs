//! Figures about a whole book: how many, how much, how well, and from which rows.
//!
//! * [`PolicyTerm`]: one policy year of one customer, as a host's system holds it.
//! * [`Book`]: takes policy years one by one, each once (law 6), and merges with other parts of the same book in any
//!   order (law 7).
//! * [`BookSummary`]: the figures of a book, with its parameters and the rows left out and why.
//! * [`Figure`]: names a figure; [`Book::rows_behind`] opens it to the rows that make it.
//! * [`CustomerBook`]: the tables of a host (customers, policies, endorsements, receipts, claims, costs, complaints).
//! * [`Facts`]: what they say about each customer on a day; [`fact_catalogue`] declares every fact for conditions.
//! * [`Proportion`]: a figure that can be absent, with the reason.
//! * [`SegmentModel`]: groups, value, pyramid and early warnings as dated data; [`SegmentModel::assign`] puts every customer
//!   where he belongs, [`SegmentModel::why`] says why and what would change it.
//! * [`ProfitReport`]: profit and loss by customer; [`ProfitBreakdown`]: by policy, vehicle, handler or agent.
//! * [`GroupFacts`]: several customers together: a household, a group of companies.
//! * [`SegmentSnapshot`]: where everybody stood on a day, to be kept; [`SegmentHistory`]: how one customer moved, and why.
//! * [`column`]: facts and segments of whole books over plain slices.
//! * [`ClaimTies`]: whether the parts of claims add up to the claims cost of the policy years.
//!
//! A row that is refused changes nothing. A row that is used and looks odd gets a [`Warning`].

mod book;
mod code;
pub mod column;
mod cover;
mod customer_book;
mod facts;
mod figure;
mod profit;
mod profit_by;
mod proportion;
mod row;
mod segment;
mod summary;
mod term;
mod ties;
mod warning;

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
mod laws;

pub use book::{Book, BookParameters};
pub use code::{ClaimId, ComplaintId, CostId, EndorsementId, MAX_CODE_BYTES, MAX_ID_BYTES, PolicyId, ReceiptId};
pub use customer_book::{CustomerBook, LeftOut, RefusedRow};
pub use facts::{
    BasisRow, BasisTerm, CustomerFacts, FactBasis, FactParameters, FactSource, FactTerm, Facts, GroupFacts,
    ReviewBasis, TermRole, fact_catalogue,
};
pub use figure::Figure;
pub use profit::{Contribution, CustomerProfit, ProfitBasis, ProfitParts, ProfitReport, ProfitRow};
pub use profit_by::{ProfitBreakdown, ProfitByRow, ProfitKey};
pub use proportion::{Absence, Proportion};
pub use row::{
    BookRows, BookTable, ClaimOutcome, ClaimRow, ComplaintRow, CostRow, CustomerRow, EndorsementEffect, EndorsementRow,
    PartyKind, PolicyRow, ReceiptRow,
};
pub use segment::{
    Acknowledgement, Assignment, BandAbove, BandFigures, CHINA_SEGMENTS, ClearedWarning, CustomerSegments,
    CustomerSnapshot, DecidingFact, FactChange, FactShift, GradeMove, GradeReason, HistoryGrade, HistoryMove,
    HostFacts, MAX_TOGETHER, Membership, MoveKind, MoveReport, PyramidBand, RaisedWarning, SATISFIED, ScorePart,
    ScoreTerm, SegmentCase, SegmentHistory, SegmentModel, SegmentModelSpec, SegmentMove, SegmentReason, SegmentReport,
    SegmentSnapshot, SnapshotGroup, SnapshotSegment, Statement, StatementBasis, StatementFigure, StatementMeasure,
    StatementName, StatementReport, ThresholdShift, WarningList, WarningReview, WarningRule, WarningSide,
    china_segment_model, china_segments,
};
pub use summary::{BookSummary, BookTotals, Ratio, RatioAbsence, RenewalCount};
pub use term::{MAX_CLAIMS, MAX_COVERAGES, PolicyTerm};
pub use ties::{ClaimPart, ClaimTieCount, ClaimTies, Tie, TieDifference};
pub use warning::Warning;
