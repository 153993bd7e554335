//! Identifiers and codes of the ledger: short texts that stand for something.

use alloc::string::String;

use crate::{
    refusal::{Code, Fault},
    wire,
};

/// Longest identifier, reference or dimension, in bytes of UTF-8.
pub const MAX_OPAQUE_BYTES: usize = 128;
/// Longest code of an account, name of a journal, narrative or amount.
pub const MAX_ACCOUNT_BYTES: usize = 64;

wire::identifier! {
    /// The id of the business event behind an entry (业务事件号), given by the host: booking it again changes nothing.
    ///
    /// 1 to 128 bytes of UTF-8 without control characters, without invisible ones and without spaces at its ends. `Debug` does not show it: it
    /// may lead to a person.
    EventId = opaque_fault, hidden;
    /// The document behind an entry (单据号): a policy, an endorsement, a receipt. The ledger knows nothing else of it.
    ///
    /// Written as [`EventId`]; `Debug` does not show it.
    DocumentReference = opaque_fault, hidden;
    /// One value of a dimension (辅助核算): the code of a branch, a customer, an agent.
    ///
    /// Written as [`EventId`]; `Debug` does not show it.
    DimensionCode = opaque_fault, hidden;
    /// The code of an account (科目代码): `1122`, `2221.01`, `Assets:Bank`.
    ///
    /// 1 to 64 ASCII letters, digits and `. _ : -`. It belongs to the chart and is shown.
    AccountCode = code_fault, shown;
    /// The name of a journal (账簿): one per branch or company, unique where journals are merged.
    ///
    /// 1 to 64 ASCII letters, digits and `. _ : -`.
    JournalName = code_fault, shown;
}

fn opaque_fault(text: &str) -> Option<Fault> {
    (!wire::is_plain(text, MAX_OPAQUE_BYTES)).then(|| Fault::new(Code::LedgerIdInvalid).with("limit", MAX_OPAQUE_BYTES))
}

fn code_fault(text: &str) -> Option<Fault> {
    let plain = (1..=MAX_ACCOUNT_BYTES).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b':' | b'-'));
    (!plain).then(|| Fault::new(Code::LedgerCodeInvalid).with("limit", MAX_ACCOUNT_BYTES))
}

/// The fault of a name that is not in snake_case; `None` when it is fine.
pub(super) fn name_fault(name: &str) -> Option<Fault> {
    let starts = name.bytes().next().is_some_and(|byte| byte.is_ascii_lowercase());
    let rest = name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
    let fine = starts && rest && name.len() <= MAX_ACCOUNT_BYTES;
    (!fine).then(|| Fault::new(Code::RulebookName).with("limit", MAX_ACCOUNT_BYTES))
}

/// The fault of an empty source; `None` when there is one.
pub(super) fn source_fault(source: &str) -> Option<Fault> {
    source.trim().is_empty().then(|| Fault::new(Code::RulebookSourceMissing).at("source"))
}

/// Names of a set of dimensions, for a param.
pub(super) fn listed<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let mut out = String::new();
    for name in names {
        if !out.is_empty() {
            out.push_str(", ");
        }
        out.push_str(name);
    }
    out
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]
mod tests {
    use super::*;
    use alloc::format;

    #[test]
    fn codes_are_shown_and_ids_are_not() {
        assert_eq!(format!("{:?}", EventId::new("planted").unwrap()), "EventId(***)");
        assert_eq!(format!("{:?}", DimensionCode::new("planted").unwrap()), "DimensionCode(***)");
        assert_eq!(format!("{:?}", AccountCode::new("2221.01").unwrap()), "AccountCode(2221.01)");
    }

    #[test]
    fn only_short_plain_texts_are_taken() {
        for text in ["", " a", "a ", "a\nb", "\u{0}", &"x".repeat(129), &"保".repeat(43)] {
            assert_eq!(EventId::new(text).unwrap_err().code(), Code::LedgerIdInvalid, "{text:?}");
        }
        for text in ["", "应收", "11 22", "a/b", &"1".repeat(65)] {
            assert_eq!(AccountCode::new(text).unwrap_err().code(), Code::LedgerCodeInvalid, "{text:?}");
        }
        assert_eq!(EventId::new("保单 1/批 2").unwrap().as_str(), "保单 1/批 2");
        assert_eq!(AccountCode::new("Assets:Receivable:C00001").unwrap().as_str(), "Assets:Receivable:C00001");
        for name in ["", "1a", "A", "a-b", "收"] {
            assert!(name_fault(name).is_some(), "{name}");
        }
    }
}
