//! Codes of roles, places and records: the host's own, opaque to the core.

use crate::{
    refusal::{Code, Fault},
    wire,
};

/// Longest code, in bytes of UTF-8.
const MAX_BYTES: usize = 128;

wire::identifier! {
    /// A role (角色).
    ///
    /// 1 to 128 bytes of UTF-8 without control characters, without invisible ones and without spaces at its ends.
    RoleCode = code_fault, shown;
    /// A template of rights, to be copied (权限模板用户).
    ///
    /// Written as [`RoleCode`].
    TemplateCode = code_fault, shown;
    /// A department (部门).
    ///
    /// Written as [`RoleCode`].
    DepartmentCode = code_fault, shown;
    /// A branch (机构).
    ///
    /// Written as [`RoleCode`].
    BranchCode = code_fault, shown;
    /// A company (公司): what one company holds no other ever sees.
    ///
    /// Written as [`RoleCode`].
    CompanyCode = code_fault, shown;
    /// Something that may be done (操作), `customer.create`: the core's own and those that the host adds.
    ///
    /// Written as [`RoleCode`].
    ActCode = code_fault, shown;
    /// One grant of a right (授权编号).
    ///
    /// Written as [`RoleCode`].
    GrantId = code_fault, shown;
    /// A record that somebody looked at or changed (记录编号).
    ///
    /// Written as [`RoleCode`]. It leads to a person, so `Debug` does not show it.
    RecordId = code_fault, hidden;
}

fn code_fault(text: &str) -> Option<Fault> {
    (!wire::is_plain(text, MAX_BYTES)).then(|| Fault::new(Code::AccessCodeInvalid).with("limit", MAX_BYTES))
}
