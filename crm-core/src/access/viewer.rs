//! Who looks, who manages a row, and whether the one sees the other's.

use crate::party::StaffId;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::{BranchCode, CompanyCode, DepartmentCode, RoleCode};

/// How far somebody sees (查看级别); each level includes the ones before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SightLevel {
    /// What one manages oneself (本人).
    Own,
    /// What one's department manages (本部门).
    Department,
    /// What one's branch manages (本机构).
    Branch,
    /// What one's company manages (本公司).
    Company,
}

/// Who looks (查看人). The host has made sure that it is he; every query takes one and never returns more than he sees.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Viewer {
    /// The person.
    pub person: StaffId,
    /// The roles in which he looks.
    pub roles: Vec<RoleCode>,
    /// His department.
    pub department: Option<DepartmentCode>,
    /// His branch.
    pub branch: Option<BranchCode>,
    /// His company.
    pub company: CompanyCode,
    /// How far he sees; none sees no row.
    pub level: Option<SightLevel>,
}

/// Who manages a row (归属).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RowOwner {
    /// The responsible person (客户经理); none while nobody is.
    pub person: Option<StaffId>,
    /// The department.
    pub department: Option<DepartmentCode>,
    /// The branch; none for what the head office manages itself.
    pub branch: Option<BranchCode>,
    /// The company.
    pub company: CompanyCode,
}

/// Why a row is not shown (不可见原因): the first that holds, from the outermost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WithheldReason {
    /// Another company manages it.
    OtherCompany,
    /// The viewer has no right to see rows.
    NoSight,
    /// Another branch, or the head office, manages it.
    OtherBranch,
    /// Another department of the branch manages it.
    OtherDepartment,
    /// Somebody else in the department manages it, or nobody yet.
    OtherPerson,
    /// It was not said who manages it (归属不明).
    UnknownOwner,
}

impl WithheldReason {
    /// The name on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::OtherCompany => "other_company",
            Self::NoSight => "no_sight",
            Self::OtherBranch => "other_branch",
            Self::OtherDepartment => "other_department",
            Self::OtherPerson => "other_person",
            Self::UnknownOwner => "unknown_owner",
        }
    }
}

impl Viewer {
    /// Whether the viewer sees a row of this owner.
    ///
    /// Nobody sees another company's rows. Codes of departments count within their branch, codes of branches within
    /// their company. What is one's own one sees wherever it is filed.
    ///
    /// ```
    /// use crm_core::{access::{RowOwner, Viewer}, wire};
    ///
    /// let viewer: Viewer = wire::from_json(br#"{"person":"op-17","roles":["sales"],"department":"motor","branch":"CN-11",
    ///     "company":"one","level":"department"}"#)?;
    /// let mut owner: RowOwner = wire::from_json(br#"{"person":"op-3","department":"motor","branch":"CN-11","company":"one"}"#)?;
    /// assert!(viewer.sees(&owner));
    /// owner.branch = Some("CN-31".parse()?);
    /// assert!(!viewer.sees(&owner)); // the motor department of another branch
    /// # Ok::<(), crm_core::refusal::Refusal>(())
    /// ```
    #[must_use]
    pub fn sees(&self, owner: &RowOwner) -> bool {
        self.withheld_because(owner).is_none()
    }

    /// Why the viewer does not see a row of this owner; none when he does.
    #[must_use]
    pub fn withheld_because(&self, owner: &RowOwner) -> Option<WithheldReason> {
        if self.company != owner.company {
            return Some(WithheldReason::OtherCompany);
        }
        let Some(level) = self.level else { return Some(WithheldReason::NoSight) };
        if level == SightLevel::Company || owner.person.as_ref() == Some(&self.person) {
            return None;
        }
        // A missing code equals nothing, not another missing code.
        let branch = self.branch.is_some() && self.branch == owner.branch;
        if !branch {
            return Some(WithheldReason::OtherBranch);
        }
        if level == SightLevel::Branch {
            return None;
        }
        let department = self.department.is_some() && self.department == owner.department;
        match (department, level) {
            (false, _) => Some(WithheldReason::OtherDepartment),
            (true, SightLevel::Own) => Some(WithheldReason::OtherPerson),
            (true, _) => None,
        }
    }
}
