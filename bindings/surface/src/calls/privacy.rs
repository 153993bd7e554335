//! What may be shown (脱敏).

use crm_core::privacy::Mask;

/// The masked view of a personal text: enough to recognise what one knows already (脱敏显示).
///
/// `18049531999` as `mobile` is `180****1999`. Masking again changes nothing; a text too short for its pattern is hidden whole,
/// except the beginning of a plate (`京A123`).
pub fn mask(text: String, kind: Mask) -> String {
    kind.apply(&text)
}
