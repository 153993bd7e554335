//! Notices: what deserves a look but stops nothing.

use alloc::string::{String, ToString};

use serde::{Deserialize, Serialize};

use super::{Fault, Lang};

/// A warning beside an answer (提示): the code, place and sentences of a fault that did not stop anything.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Notice {
    /// The permanent code, from the same catalogue as refusals.
    pub code: String,
    /// Where in the record, as a JSON pointer in canonical names.
    pub path: String,
    /// The sentence in English.
    pub text: String,
    /// The sentence in Chinese (说明).
    pub text_zh: String,
}

impl From<&Fault> for Notice {
    fn from(fault: &Fault) -> Self {
        Self {
            code: fault.code().to_string(),
            path: fault.path().to_string(),
            text: fault.text(Lang::En),
            text_zh: fault.text(Lang::Zh),
        }
    }
}
