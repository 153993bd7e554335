//! The roles of the customer file, to begin with (客户档案岗位).

use alloc::vec::Vec;

use super::{Grant, GrantHolder, GrantId, Right};
use crate::{calendar::Date, party::StaffId, refusal::Refusal};

/// The roles and what each may do with a customer's file.
///
/// | role | 中文 | acts |
/// |---|---|---|
/// | `creator` | 建立者 (客户经理) | creates the file |
/// | `collector` | 采集者 | proposes data, and nothing else |
/// | `operator` | 操作员 | compares, checks, completes, updates, reports upward |
/// | `administrator` | 管理员 | administers |
pub const CUSTOMER_FILE_ROLES: &[(&str, &[&str])] = &[
    ("creator", &["customer_file.create"]),
    ("collector", &["customer_file.propose"]),
    (
        "operator",
        &[
            "customer_file.compare",
            "customer_file.check",
            "customer_file.complete",
            "customer_file.update",
            "customer_file.report_upward",
        ],
    ),
    ("administrator", &["customer_file.administer"]),
];

/// The grants of [`CUSTOMER_FILE_ROLES`], numbered `customer_file-1`, `customer_file-2`…. How far each role sees and
/// which fields, the company decides and grants beside them.
///
/// # Errors
/// None: the codes are proven by a test.
///
/// ```
/// use crm_core::{access::customer_file_roles, calendar::Date};
///
/// let day = Date::parse("2026-01-01")?;
/// let grants = customer_file_roles(day, "order 7", &"admin-1".parse()?, day)?;
/// assert_eq!(grants.len(), 8);
/// # Ok::<(), crm_core::refusal::Refusal>(())
/// ```
pub fn customer_file_roles(from: Date, source: &str, by: &StaffId, on: Date) -> Result<Vec<Grant>, Refusal> {
    let pairs = CUSTOMER_FILE_ROLES.iter().flat_map(|(role, acts)| acts.iter().map(move |act| (role, act)));
    let grants = pairs.enumerate().map(|(index, (role, act))| {
        Ok(Grant {
            id: GrantId::new(&alloc::format!("customer_file-{}", index + 1))?,
            holder: GrantHolder::Role { role: role.parse()? },
            right: Right::Act { act: act.parse()?, limit: None },
            from,
            until: None,
            source: source.into(),
            granted_by: by.clone(),
            granted_on: on,
            ended: None,
        })
    });
    grants.collect()
}
