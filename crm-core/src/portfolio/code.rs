//! Identifiers and codes: short texts that stand for something.

use crate::{
    refusal::{Code, Fault},
    wire,
};

/// Longest identifier, in bytes of UTF-8.
pub const MAX_ID_BYTES: usize = 128;
/// Longest code of a channel, risk type or coverage, in bytes of UTF-8.
pub const MAX_CODE_BYTES: usize = 64;

wire::identifier! {
    /// The number of a policy (保单号): each policy year of a renewed policy has its own.
    ///
    /// 1 to 128 bytes of UTF-8 without control characters, without invisible ones and without spaces at its ends. `Debug`
    /// does not show it: it leads to a person.
    PolicyId = id_fault, hidden;
    /// The number of an endorsement (批单号).
    ///
    /// Written as [`PolicyId`].
    EndorsementId = id_fault, hidden;
    /// The number of a receipt or of a refund (收付款凭证号).
    ///
    /// Written as [`PolicyId`].
    ReceiptId = id_fault, hidden;
    /// The number of a claims case (立案号 / 报案号).
    ///
    /// Written as [`PolicyId`].
    ClaimId = id_fault, hidden;
    /// The number of a cost entry (费用单号).
    ///
    /// Written as [`PolicyId`].
    CostId = id_fault, hidden;
    /// The number of a complaint (投诉编号).
    ///
    /// Written as [`PolicyId`].
    ComplaintId = id_fault, hidden;
}

fn id_fault(text: &str) -> Option<Fault> {
    (!wire::is_plain(text, MAX_ID_BYTES)).then(|| Fault::new(Code::PortfolioIdInvalid).with("limit", MAX_ID_BYTES))
}

/// The fault of a code that is empty, too long or not plain text; `None` when it is fine.
pub(super) fn code_fault(text: &str) -> Option<Fault> {
    (!wire::is_plain(text, MAX_CODE_BYTES))
        .then(|| Fault::new(Code::PortfolioCodeInvalid).with("limit", MAX_CODE_BYTES))
}
