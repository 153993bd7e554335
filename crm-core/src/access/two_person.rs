//! Two people for one record: who keyed it and who verified it (录入与复核分离).

use alloc::vec::Vec;

use serde::{Deserialize, Deserializer, Serialize};

use crate::{
    calendar::Date,
    party::StaffId,
    refusal::{Code, Fault, Refusal},
    wire,
};

/// A record as it was keyed, with everybody who had a hand in it (录入). Nobody has verified it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Keyed<T> {
    record: T,
    keyed_by: Vec<StaffId>,
    keyed_on: Date,
}

/// A record that one person keyed and another verified (已复核).
///
/// There is no way to one with a single person: not by this API, and not by a stored document, which is checked when it
/// is read. What is to be issued, paid or entered takes a `Verified` record and nothing else.
///
/// ```
/// use crm_core::{access::Keyed, calendar::Date};
///
/// let (monday, tuesday) = (Date::parse("2026-03-02")?, Date::parse("2026-03-03")?);
/// let keyed = Keyed::new("a record", "op-17".parse()?, monday);
/// assert_eq!(keyed.clone().verify("OP-17 ".trim().parse()?, tuesday).unwrap_err().code().as_str(), "access.check.self");
/// let verified = keyed.verify("op-23".parse()?, tuesday)?;
/// assert_eq!(*verified.record(), "a record");
/// # Ok::<(), crm_core::refusal::Refusal>(())
/// ```
///
/// It can't be written down with one person:
/// ```compile_fail
/// let verified = crm_core::access::Verified { record: 1, keyed_by: vec![], verified_by: "op-17".parse().unwrap() };
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Verified<T> {
    record: T,
    keyed_by: Vec<StaffId>,
    keyed_on: Date,
    verified_by: StaffId,
    verified_on: Date,
}

/// What stands on the wire.
#[derive(Deserialize)]
#[serde(rename = "Keyed", deny_unknown_fields)]
struct KeyedForm<T> {
    record: T,
    keyed_by: Vec<StaffId>,
    keyed_on: Date,
}

/// What stands on the wire.
#[derive(Deserialize)]
#[serde(rename = "Verified", deny_unknown_fields)]
struct VerifiedForm<T> {
    record: T,
    keyed_by: Vec<StaffId>,
    keyed_on: Date,
    verified_by: StaffId,
    verified_on: Date,
}

impl<T> Keyed<T> {
    /// A record, the person who keyed it, and the day.
    #[must_use]
    pub fn new(record: T, by: StaffId, on: Date) -> Self {
        Self { record, keyed_by: alloc::vec![by], keyed_on: on }
    }

    /// The record.
    #[must_use]
    pub fn record(&self) -> &T {
        &self.record
    }

    /// Everybody who keyed a part of it, in order; never empty.
    #[must_use]
    pub fn keyed_by(&self) -> &[StaffId] {
        &self.keyed_by
    }

    /// The day of the last keying.
    #[must_use]
    pub fn keyed_on(&self) -> Date {
        self.keyed_on
    }

    /// Keys the record anew. Whoever had a hand in it before keeps it: parts of it may still be his.
    ///
    /// # Errors
    /// `access.check.early` for a day before the last keying.
    pub fn amend(self, record: T, by: StaffId, on: Date) -> Result<Self, Refusal> {
        not_before(on, self.keyed_on)?;
        let mut keyed_by = self.keyed_by;
        if !keyed_by.iter().any(|hand| hand.may_be(&by)) {
            keyed_by.push(by);
        }
        Ok(Self { record, keyed_by, keyed_on: on })
    }

    /// Another person has compared the record with its documents and found it right.
    ///
    /// # Errors
    /// `access.check.self` when the person had a hand in it, codes compared without case, width and spaces;
    /// `access.check.early` for a day before the keying; both at once.
    pub fn verify(self, by: StaffId, on: Date) -> Result<Verified<T>, Refusal> {
        other_person(&self.keyed_by, &by, self.keyed_on, on)?;
        let Self { record, keyed_by, keyed_on } = self;
        Ok(Verified { record, keyed_by, keyed_on, verified_by: by, verified_on: on })
    }
}

impl<T> Verified<T> {
    /// The record.
    #[must_use]
    pub fn record(&self) -> &T {
        &self.record
    }

    /// Everybody who keyed a part of it.
    #[must_use]
    pub fn keyed_by(&self) -> &[StaffId] {
        &self.keyed_by
    }

    /// The day of the last keying.
    #[must_use]
    pub fn keyed_on(&self) -> Date {
        self.keyed_on
    }

    /// Who verified it.
    #[must_use]
    pub fn verified_by(&self) -> &StaffId {
        &self.verified_by
    }

    /// The day of the verification.
    #[must_use]
    pub fn verified_on(&self) -> Date {
        self.verified_on
    }

    /// The record alone.
    #[must_use]
    pub fn into_record(self) -> T {
        self.record
    }

    /// Changes the record: it is no longer verified, and whoever verified it may do so again unless he keyed the change.
    ///
    /// # Errors
    /// `access.check.early` for a day before the verification.
    pub fn amend(self, record: T, by: StaffId, on: Date) -> Result<Keyed<T>, Refusal> {
        not_before(on, self.verified_on)?;
        Keyed { record: self.record, keyed_by: self.keyed_by, keyed_on: self.keyed_on }.amend(record, by, on)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Keyed<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let form = KeyedForm::deserialize(deserializer)?;
        somebody(&form.keyed_by).map_err(wire::custom)?;
        Ok(Self { record: form.record, keyed_by: form.keyed_by, keyed_on: form.keyed_on })
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Verified<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let form = VerifiedForm::deserialize(deserializer)?;
        somebody(&form.keyed_by).map_err(wire::custom)?;
        let keyed = Keyed { record: form.record, keyed_by: form.keyed_by, keyed_on: form.keyed_on };
        keyed.verify(form.verified_by, form.verified_on).map_err(wire::custom)
    }
}

fn somebody(keyed_by: &[StaffId]) -> Result<(), Refusal> {
    if keyed_by.is_empty() {
        return Err(Fault::new(Code::AccessCheckNobody).at("keyed_by").into());
    }
    Ok(())
}

fn not_before(on: Date, earliest: Date) -> Result<(), Refusal> {
    if on < earliest { Err(early(earliest).into()) } else { Ok(()) }
}

fn early(earliest: Date) -> Fault {
    Fault::new(Code::AccessCheckEarly).with("earliest", alloc::format!("{earliest}")).at("on")
}

/// The rule of two people: the checker is none of the makers and does not check before there is something to check.
pub(super) fn other_person(makers: &[StaffId], checker: &StaffId, made: Date, checked: Date) -> Result<(), Refusal> {
    let mut faults = Vec::new();
    if makers.iter().any(|maker| maker.may_be(checker)) {
        faults.push(Fault::new(Code::AccessCheckSelf).at("by"));
    }
    if checked < made {
        faults.push(early(made));
    }
    Refusal::unless_empty(faults)
}
