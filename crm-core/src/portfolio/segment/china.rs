//! The shipped segment model: a start for a Chinese non-life insurer, every threshold a dated value with its source.
//!
//! What the trade's texts state is marked with where it comes from; most thresholds are stated nowhere in public and say
//! so. A host keeps the shape and sets its own.

use super::{model::SegmentModel, spec::SegmentModelSpec};
use crate::{refusal::Refusal, wire::from_stored};

/// The model, a stored document `segment_model` (客户细分模型).
pub const CHINA_SEGMENTS: &str = include_str!("../../../packs/portfolio/segments-cn.json");

/// The shipped model as it is written.
///
/// # Errors
/// None for the pack as shipped.
pub fn china_segments() -> Result<SegmentModelSpec, Refusal> {
    from_stored(CHINA_SEGMENTS.as_bytes())
}

/// The shipped model, checked, its cases met.
///
/// # Errors
/// None for the pack as shipped.
pub fn china_segment_model() -> Result<SegmentModel, Refusal> {
    SegmentModel::load(&china_segments()?)
}
