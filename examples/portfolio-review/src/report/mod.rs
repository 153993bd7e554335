//! The report of a review as one page: what stands on it ([`page`]), whether it holds together ([`check`]) and how it is
//! written ([`html`]).
//!
//! The page knows nothing of books or databases: whoever has the figures fills a [`page::Page`]. Amounts and ratios come
//! as exact values of `crm-core` and are never turned into binary floating point, not even to draw them.

pub mod check;
pub mod html;
pub mod page;
mod shares;
