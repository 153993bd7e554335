//! Short-rate tables from outside China, as public sources print them.

use super::ShortRateTable;
use crate::{refusal::Refusal, wire::from_stored};

/// The old short-rate table of a 365-day term with 25 per cent kept from the first day: a stored document
/// `short_rate_table`.
pub const SHORT_RATE_365: &str = include_str!("../../../packs/international/short-rate-365.json");
/// A Canadian short-rate table of a 365-day term that begins at 8 per cent.
pub const SHORT_RATE_CANADA: &str = include_str!("../../../packs/international/short-rate-canada.json");
/// The short-period scale of Indian motor tariffs.
pub const SHORT_PERIOD_INDIA: &str = include_str!("../../../packs/international/short-period-india.json");

/// The old short-rate table of a 365-day term.
///
/// # Errors
/// None for the pack as shipped.
pub fn short_rate_365() -> Result<ShortRateTable, Refusal> {
    from_stored(SHORT_RATE_365.as_bytes())
}

/// The Canadian short-rate table.
///
/// # Errors
/// None for the pack as shipped.
pub fn short_rate_canada() -> Result<ShortRateTable, Refusal> {
    from_stored(SHORT_RATE_CANADA.as_bytes())
}

/// The Indian short-period scale.
///
/// # Errors
/// None for the pack as shipped.
pub fn short_period_india() -> Result<ShortRateTable, Refusal> {
    from_stored(SHORT_PERIOD_INDIA.as_bytes())
}
