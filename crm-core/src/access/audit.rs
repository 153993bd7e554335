//! The audit trail: who saw and changed what, as records that the host stores (审计日志).

use alloc::{string::String, vec::Vec};

use serde::{Deserialize, Serialize};

use super::{ActCode, Permission, RecordId, RightsEvent, Viewer, Withheld};
use crate::{
    calendar::Date,
    party::StaffId,
    privacy::{FieldTable, MaskedView},
    refusal::Refusal,
};

/// One line of the audit trail. It names fields, never values: it can be read by people who may not see the record.
///
/// The time of day is the host's to add; the core has no clock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AuditEntry {
    /// Who.
    pub by: StaffId,
    /// The day.
    pub on: Date,
    /// What for: the task, the customer's request, the order.
    pub purpose: String,
    /// What happened.
    pub event: AuditEvent,
}

/// What happened (审计事件).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum AuditEvent {
    /// Somebody looked at a record (查看).
    Viewed {
        /// The type of record.
        record: String,
        /// Which one.
        id: RecordId,
        /// Personal and sensitive fields that he saw in full.
        revealed: Vec<String>,
        /// Fields that he saw masked.
        masked: Vec<String>,
    },
    /// Somebody ran a query over many records (查询).
    Listed {
        /// The query.
        query: ActCode,
        /// The rows that he saw.
        rows: i64,
        /// The rows that he did not.
        withheld: Withheld,
    },
    /// Somebody changed a record (修改).
    Changed {
        /// The type of record.
        record: String,
        /// Which one.
        id: RecordId,
        /// The fields that are different now.
        fields: Vec<String>,
    },
    /// Somebody did something, or tried to (操作).
    Acted {
        /// What.
        act: ActCode,
        /// With which record.
        id: Option<RecordId>,
        /// Whether he was allowed to.
        permission: Permission,
    },
    /// Rights were changed (权限变更).
    RightsChanged {
        /// How.
        change: RightsEvent,
    },
}

impl AuditEvent {
    /// Somebody looked at a record: what the view shows is what he saw.
    #[must_use]
    pub fn viewed(view: &MaskedView, id: RecordId) -> Self {
        Self::Viewed { record: view.record.clone(), id, revealed: view.revealed.clone(), masked: view.masked.clone() }
    }

    /// Somebody changed a record: the fields in which it differs now.
    ///
    /// # Errors
    /// As [`FieldTable::view`].
    ///
    /// ```
    /// use crm_core::{access::AuditEvent, privacy::{FieldTable, Personal}};
    ///
    /// #[derive(serde::Serialize)]
    /// struct Contact { name: Personal, phones: Vec<Personal> }
    ///
    /// let before = Contact { name: "段正淳".into(), phones: vec!["18049531999".into()] };
    /// let after = Contact { name: "段正淳".into(), phones: vec!["18049532000".into()] };
    /// let event = AuditEvent::changed(&FieldTable::load("contact", &[])?, "C-0042".parse()?, &before, &after)?;
    /// assert!(matches!(event, AuditEvent::Changed { fields, .. } if fields == ["/phones/*"]));
    /// # Ok::<(), crm_core::refusal::Refusal>(())
    /// ```
    pub fn changed<T: Serialize + ?Sized>(
        table: &FieldTable,
        id: RecordId,
        before: &T,
        after: &T,
    ) -> Result<Self, Refusal> {
        Ok(Self::Changed { record: table.record().into(), id, fields: table.changed(before, after)? })
    }

    /// The line of the trail for this viewer and day.
    #[must_use]
    pub fn by(self, viewer: &Viewer, on: Date, purpose: &str) -> AuditEntry {
        AuditEntry { by: viewer.person.clone(), on, purpose: purpose.into(), event: self }
    }
}
