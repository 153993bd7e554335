//! Segments: groups, value, pyramid, warnings, moves, and why (客户细分).

mod asking;
mod assign;
mod china;
mod early_warning;
mod grade;
mod model;
mod moves;
mod pyramid;
mod spec;
mod statement;
mod why;

pub use assign::{Assignment, CustomerSegments, HostFacts};
pub use china::{CHINA_SEGMENTS, china_segment_model, china_segments};
pub use early_warning::{Acknowledgement, ClearedWarning, RaisedWarning, WarningList, WarningReview};
pub use grade::{BandAbove, GradeReason, ScorePart};
pub use model::SegmentModel;
pub use moves::{FactShift, GradeMove, MoveKind, MoveReport, SegmentMove};
pub use pyramid::{BandFigures, SegmentReport};
pub use spec::{PyramidBand, ScoreTerm, SegmentCase, SegmentModelSpec, WarningRule, WarningSide};
pub use statement::{
    SATISFIED, Statement, StatementBasis, StatementFigure, StatementMeasure, StatementName, StatementReport,
};
pub use why::{DecidingFact, FactChange, Membership, SegmentReason};

crate::wire::stored_first_version! {
    WarningList = "warning_list",
}

// Version 2: versions of rules by date.
crate::wire::stored_with_more_fields! {
    SegmentModelSpec = "segment_model", 2,
}
