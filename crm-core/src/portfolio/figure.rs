//! Names of figures, for opening them to their rows.

use alloc::string::String;

use serde::{Deserialize, Serialize};

use super::Warning;

/// A figure of a [`BookSummary`](super::BookSummary), by which its rows are asked for (钻取).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Figure {
    /// The whole book.
    Book {},
    /// One type of risk.
    RiskType {
        /// The host's code.
        code: String,
    },
    /// One channel.
    Channel {
        /// The host's code.
        code: String,
    },
    /// Policy years that were due for renewal: last renewed in this year.
    Due {
        /// Year of the last renewal.
        year: i64,
    },
    /// Of those, the policy years of customers who are there in the next year too.
    Renewed {
        /// Year of the last renewal.
        year: i64,
    },
    /// Of those, the policy years of customers who are not (流失).
    NotRenewed {
        /// Year of the last renewal.
        year: i64,
    },
    /// Rows with a warning.
    Warned {
        /// Which one.
        warning: Warning,
    },
}
