//! China's pack: the chart and the posting rules of a non-life and life insurer under the standards of 2006.
//!
//! Both are data: a host with another chart (its own sub-accounts, or the accounts for the insurance contract standard
//! of 2020) loads its own. Every row names its source; where a figure or a number was not found in a public text, the
//! source says so.

use super::{Chart, ChartSpec, PostingRules, PostingRulesSpec};
use crate::{refusal::Refusal, wire::from_stored};

/// The chart of accounts, a stored document `chart_of_accounts` (科目表).
pub const CHART: &str = include_str!("../../packs/cn/ledger-chart.json");
/// The posting rules, a stored document `posting_rules` (入账规则).
pub const POSTING: &str = include_str!("../../packs/cn/ledger-posting.json");

/// The chart as it is written.
///
/// # Errors
/// None for the pack as shipped.
pub fn chart_spec() -> Result<ChartSpec, Refusal> {
    from_stored(CHART.as_bytes())
}

/// The chart, checked.
///
/// # Errors
/// None for the pack as shipped.
pub fn chart() -> Result<Chart, Refusal> {
    Chart::load(&chart_spec()?)
}

/// The posting rules as they are written.
///
/// # Errors
/// None for the pack as shipped.
pub fn posting_rules_spec() -> Result<PostingRulesSpec, Refusal> {
    from_stored(POSTING.as_bytes())
}

/// The posting rules, checked against the chart, cases included.
///
/// # Errors
/// None for the pack as shipped.
pub fn posting_rules() -> Result<PostingRules, Refusal> {
    PostingRules::load(&posting_rules_spec()?, &chart()?)
}
