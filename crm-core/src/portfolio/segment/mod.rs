//! Segments: groups, value, pyramid, warnings, moves, and why (客户细分).

mod asking;
mod assign;
mod china;
mod early_warning;
mod grade;
mod history;
mod model;
mod moves;
mod pyramid;
mod snapshot;
mod spec;
mod statement;
mod why;

pub use assign::{Assignment, CustomerSegments, HostFacts};
pub use china::{CHINA_SEGMENTS, china_segment_model, china_segments};
pub use early_warning::{Acknowledgement, ClearedWarning, RaisedWarning, WarningList, WarningReview};
pub use grade::{BandAbove, GradeReason, ScorePart};
pub use history::{HistoryGrade, HistoryMove, SegmentHistory};
pub use model::SegmentModel;
pub use moves::{FactShift, GradeMove, MoveKind, MoveReport, SegmentMove, ThresholdShift};
pub use pyramid::{BandFigures, SegmentReport};
pub use snapshot::{CustomerSnapshot, SegmentSnapshot, SnapshotGroup, SnapshotSegment};
pub use spec::{PyramidBand, ScoreTerm, SegmentCase, SegmentModelSpec, WarningRule, WarningSide};
pub use statement::{
    SATISFIED, Statement, StatementBasis, StatementFigure, StatementMeasure, StatementName, StatementReport,
};
pub use why::{DecidingFact, FactChange, MAX_TOGETHER, Membership, SegmentReason};

crate::wire::stored_first_version! {
    SegmentSnapshot = "segment_snapshot",
    WarningList = "warning_list",
}
