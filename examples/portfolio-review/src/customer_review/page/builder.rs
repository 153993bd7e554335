//! What the sections of the page of a customer book are made from.

use crm_core::portfolio::SegmentModelSpec;

use super::Shown;
use crate::{
    customer_review::figures::{Figures, Made},
    mapping::Vat,
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
    /// Whether premiums are as the customer pays them, with value added tax.
    pub(super) with_tax: bool,
}

impl<'a> Builder<'a> {
    pub(super) fn new(store: &'a Store, made: &'a Made<'a>, figures: &'a Figures, shown: &'a Shown<'a>) -> Self {
        let currency = shown.map.written.currency;
        let words = FactWords::new(currency, &made.spec.facts);
        let with_tax = shown.map.vat == Vat::Included;
        Self { open: Opening::new(store, figures, shown.lens, currency), made, spec: made.spec, words, with_tax }
    }

    pub(super) fn into_rows(self) -> Vec<Rows> {
        self.open.into_rows()
    }
}
