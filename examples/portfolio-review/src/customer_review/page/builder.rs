//! What the sections of the page of a customer book are made from.

use crm_core::portfolio::SegmentModelSpec;

use super::Shown;
use crate::{
    customer_review::figures::{Figures, Made},
    opening::Opening,
    report::page::Rows,
    store::Store,
    wording::FactWords,
};

/// Puts a page together.
pub(super) struct Builder<'a> {
    pub(super) open: Opening<'a>,
    pub(super) made: &'a Made<'a>,
    pub(super) spec: &'a SegmentModelSpec,
    pub(super) words: FactWords,
}

impl<'a> Builder<'a> {
    pub(super) fn new(store: &'a Store, made: &'a Made<'a>, figures: &'a Figures, shown: &'a Shown<'a>) -> Self {
        let currency = shown.map.written.currency;
        let words = FactWords::new(currency, &made.spec.facts);
        Self { open: Opening::new(store, figures, shown.lens, currency), made, spec: made.spec, words }
    }

    pub(super) fn into_rows(self) -> Vec<Rows> {
        self.open.into_rows()
    }
}
