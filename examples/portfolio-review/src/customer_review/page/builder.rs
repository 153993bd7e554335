//! What the sections of the page of a customer book are made from.

use crm_core::portfolio::SegmentModelSpec;

use super::Shown;
use crate::{
    customer_review::figures::{Figures, Made},
    opening::Opening,
    report::page::Rows,
    store::Store,
};

/// Puts a page together.
pub(super) struct Builder<'a> {
    pub(super) open: Opening<'a>,
    pub(super) made: &'a Made<'a>,
    pub(super) spec: &'a SegmentModelSpec,
}

impl<'a> Builder<'a> {
    pub(super) fn new(
        store: &'a Store,
        made: &'a Made<'a>,
        figures: &'a Figures,
        shown: &'a Shown<'a>,
        spec: &'a SegmentModelSpec,
    ) -> Self {
        Self { open: Opening::new(store, figures, shown.lens, shown.map.written.currency), made, spec }
    }

    pub(super) fn into_rows(self) -> Vec<Rows> {
        self.open.into_rows()
    }
}
