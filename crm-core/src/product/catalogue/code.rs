//! Codes as users look for them: `=` exact, `$` by pattern.

use alloc::{borrow::ToOwned as _, string::String};
use core::fmt;

use serde::{Deserialize, Serialize};

use crate::{
    refusal::{Code, Fault, Refusal},
    rulebook::{MAX_PATTERN, MAX_RULE_TEXT, Seen},
};

/// How codes of products are looked for (险种代码条件): `=` for exactly this code, `$` for a pattern.
///
/// A pattern is taken exactly as typed: `*` stands for any text, `?` for one character, every other character for itself.
/// Nothing is added, so that `$JL` finds `JL` alone and `$JL*` everything that begins with it. Capital and small letters
/// differ, spaces count.
///
/// ```
/// use crm_core::product::CodeFilter;
///
/// let (exact, pattern) = (CodeFilter::parse("=JL*")?, CodeFilter::parse("$JL*")?);
/// assert!(exact.admits("JL*") && !exact.admits("JLK"));
/// assert!(pattern.admits("JLK") && pattern.admits("JL") && !pattern.admits("AJLK"));
/// assert!(!CodeFilter::parse("$JL")?.admits("JLK"));
/// assert_eq!(CodeFilter::parse("JLK").unwrap_err().code().as_str(), "product.catalogue.filter_sign");
/// # Ok::<(), crm_core::refusal::Refusal>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum CodeFilter {
    /// `=`: this code.
    Exact {
        /// The code.
        code: String,
    },
    /// `$`: every code that fits.
    Pattern {
        /// The pattern, exactly as typed.
        pattern: String,
    },
}

impl CodeFilter {
    /// Reads a condition as users type it: the sign, then the code or pattern up to the end.
    ///
    /// # Errors
    /// `product.catalogue.filter_sign` without `=` or `$` in front; those of [`CodeFilter::check`].
    pub fn parse(typed: &str) -> Result<Self, Refusal> {
        let filter = if let Some(code) = typed.strip_prefix('=') {
            Self::Exact { code: code.to_owned() }
        } else if let Some(pattern) = typed.strip_prefix('$') {
            Self::Pattern { pattern: pattern.to_owned() }
        } else {
            return Err(Refusal::new(Code::CatalogueFilterSign));
        };
        filter.check()?;
        Ok(filter)
    }

    /// Whether it can be asked at all.
    ///
    /// # Errors
    /// `product.catalogue.filter_empty` for nothing after the sign; `rulebook.pattern.too_long`.
    pub fn check(&self) -> Result<(), Refusal> {
        let (text, field, variant) = match self {
            Self::Exact { code } => (code, "code", "exact"),
            Self::Pattern { pattern } => (pattern, "pattern", "pattern"),
        };
        let fault = if text.is_empty() {
            Fault::new(Code::CatalogueFilterEmpty)
        } else if text.chars().count() > MAX_PATTERN {
            Fault::new(Code::RulebookPatternTooLong).with("limit", MAX_PATTERN)
        } else {
            return Ok(());
        };
        Err(fault.at(field).at(variant).into())
    }

    /// Whether a code fits. A text of more than 1,024 bytes is no code and fits nothing, nor does anything fit a pattern
    /// that [`CodeFilter::check`] refuses; so the answer never takes long.
    #[must_use]
    pub fn admits(&self, code: &str) -> bool {
        match self {
            Self::Exact { code: wanted } => wanted == code,
            Self::Pattern { pattern } => {
                self.check().is_ok() && code.len() <= MAX_RULE_TEXT && Seen::Text(code).fits(pattern)
            }
        }
    }
}

/// As users type it.
impl fmt::Display for CodeFilter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exact { code } => write!(f, "={code}"),
            Self::Pattern { pattern } => write!(f, "${pattern}"),
        }
    }
}
