//! Warnings: a row is used and should be looked at.

use serde::{Deserialize, Serialize};

use super::PolicyTerm;
use crate::refusal::{Code, Fault};

/// Something about a policy year that is possible on its own and odd together (预警). A warning is not an error: the row
/// counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Warning {
    /// The contract begins after its last renewal (首次起保日期晚于最近续保日).
    StartAfterLastRenewal,
    /// The driving licence was obtained after the contract began (领证晚于首次起保).
    LicenceAfterStart,
    /// The contract lapsed before its last renewal (失效早于最近续保日).
    LapseBeforeLastRenewal,
}

impl Warning {
    /// Every warning.
    pub const ALL: [Self; 3] = [Self::StartAfterLastRenewal, Self::LicenceAfterStart, Self::LapseBeforeLastRenewal];

    /// Its permanent code.
    #[must_use]
    pub const fn code(self) -> Code {
        match self {
            Self::StartAfterLastRenewal => Code::PortfolioStartAfterLastRenewal,
            Self::LicenceAfterStart => Code::PortfolioLicenceAfterStart,
            Self::LapseBeforeLastRenewal => Code::PortfolioLapseBeforeLastRenewal,
        }
    }

    /// The code at the field that it is about, with its sentences.
    ///
    /// ```
    /// use crm_core::portfolio::Warning;
    /// use crm_core::refusal::Lang;
    ///
    /// let fault = Warning::LicenceAfterStart.fault();
    /// assert_eq!(fault.path().as_str(), "/licensed_on");
    /// assert!(fault.text(Lang::Zh).contains("驾驶证"));
    /// ```
    #[must_use]
    pub fn fault(self) -> Fault {
        Fault::new(self.code()).at(match self {
            Self::StartAfterLastRenewal => "inception",
            Self::LicenceAfterStart => "licensed_on",
            Self::LapseBeforeLastRenewal => "lapsed_on",
        })
    }

    /// Whether the policy year has it.
    #[must_use]
    pub fn applies_to(self, term: &PolicyTerm) -> bool {
        match self {
            Self::StartAfterLastRenewal => term.inception > term.start,
            Self::LicenceAfterStart => term.licensed_on.is_some_and(|day| day > term.inception),
            Self::LapseBeforeLastRenewal => term.lapsed_on.is_some_and(|day| day < term.start),
        }
    }
}
