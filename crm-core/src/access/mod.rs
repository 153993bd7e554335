//! Who may see or do what, and what takes two people (权限与双人控制).
//!
//! - [`Viewer`]: who looks, and how far he sees: own, department, branch, company. Every query takes one;
//!   [`Viewer::sift`] parts rows into those he sees and a count of the others.
//! - [`Viewer::household`] and its neighbours: queries over people as the viewer sees them.
//! - [`customer_view`], [`Viewed`]: what of a record a role sees.
//! - [`RightsBook`]: dated rights of people and roles, each with its source; granted, changed, revoked, copied from a
//!   template user. It gives viewers their level of sight and their [`Clearance`](crate::privacy::Clearance).
//! - [`Verified`], [`Approved`]: what one person keyed or proposed and another checked. They can't be made with one.
//! - [`AuditEntry`]: who saw and changed what, for the host to store.

mod approval;
mod audit;
mod book;
mod change;
mod code;
mod customer_file;
mod customer_view;
mod fields;
mod number_fields;
mod party_sight;
mod record_fields;
mod right;
mod two_person;
mod viewed;
mod viewer;
mod visible;

pub use approval::{Approved, Proposed};
pub use audit::{AuditEntry, AuditEvent};
pub use book::{Permission, PermissionAnswer, Posting, RightsBook, RightsSpec};
pub use change::{RightsCommand, RightsEvent};
pub use code::{ActCode, BranchCode, CompanyCode, DepartmentCode, GrantId, RecordId, RoleCode, TemplateCode};
pub use customer_file::{CUSTOMER_FILE_ROLES, customer_file_roles};
pub use customer_view::{customer_view, document_view};
pub use fields::{customer_fields, field_change_fields, insured_object_fields, resident_id_fields};
pub use party_sight::SeenParties;
pub use right::{Grant, GrantEnd, GrantHolder, Right};
pub use two_person::{Keyed, Verified};
pub use viewed::Viewed;
pub use viewer::{RowOwner, SightLevel, Viewer, WithheldReason};
pub use visible::{Owned, Visible, Withheld};

crate::wire::stored_first_version! {
    RightsSpec = "rights",
    RightsEvent = "rights_event",
    AuditEntry = "audit_entry",
}
