//! A customer's record as somebody may see it on a day, a child's more closely kept (客户脱敏视图).

use super::viewed::Viewed;
use crate::{
    calendar::{AgeConvention, Date},
    party::{CustomerRecord, DocumentNumber, Profile, check_document},
    privacy::{Clearance, MaskedView},
    refusal::Refusal,
};

/// Under this age in completed years what is personal is sensitive (个人信息保护法 art. 28: 不满十四周岁).
const CHILD_UNDER: i64 = 14;

/// A customer's record as a clearance shows it on a day. The record of a child under 14 is viewed by the table for
/// children, in which whatever is personal is sensitive (个人信息保护法 art. 28).
///
/// The age comes from the birth date of the record or from its documents' numbers; where they contradict each other the
/// youngest counts. Years are completed on the day after the birthday, as the law counts them (周岁). Of whom no birth
/// date is known nobody can tell: such a record is viewed as an adult's.
///
/// ```
/// use crm_core::{access::customer_view, calendar::Date, party::CustomerRecord, privacy::{Clearance, Sensitivity, Showing}, wire};
///
/// let record: CustomerRecord = wire::from_json(r#"{"id":"C-0042","kind":"direct",
///     "profile":{"person":{"details":{"name":"段正淳","birth":"2012-11-21","social_attributes":[]}}},"contacts":[],
///     "documents":[],"accounts":[],"vehicles":[],"tags":[],"needs":[],"interactions":[]}"#.as_bytes())?;
/// let mut clerk = Clearance::default();
/// clerk.classes.insert(Sensitivity::Personal, Showing::Full);
/// let child = customer_view(&record, Date::parse("2026-11-21")?, &clerk)?;
/// assert!(child.hidden.contains(&"/profile/person/details/name".into()));
/// let grown = customer_view(&record, Date::parse("2026-11-22")?, &clerk)?;
/// assert!(grown.revealed.contains(&"/profile/person/details/name".into()));
/// # Ok::<(), crm_core::refusal::Refusal>(())
/// ```
///
/// # Errors
/// As [`FieldTable::view`](crate::privacy::FieldTable::view): none for a record that was read.
pub fn customer_view(record: &CustomerRecord, on: Date, clearance: &Clearance) -> Result<MaskedView, Refusal> {
    let fields = CustomerRecord::fields()?;
    if is_child(record, on) { fields.for_child().view(record, clearance) } else { fields.view(record, clearance) }
}

/// What a document's number tells as a clearance shows it on a day, its holder a child under 14 as in [`customer_view`]
/// (证件号码脱敏视图). A number that tells no birth is viewed as an adult's.
///
/// ```
/// use crm_core::{access::document_view, calendar::Date, party::{DocumentKind, check_document}, privacy::{Clearance, Sensitivity, Showing}};
///
/// let number = check_document(DocumentKind::ResidentId, "11010519491231002X", Date::parse("2026-03-01")?)?;
/// let mut clerk = Clearance::default();
/// clerk.classes.insert(Sensitivity::Personal, Showing::Full);
/// let child = document_view(&number, Date::parse("1963-12-31")?, &clerk)?;
/// assert!(child.hidden.contains(&"/birth".into()));
/// let grown = document_view(&number, Date::parse("1964-01-01")?, &clerk)?;
/// assert!(grown.revealed.contains(&"/birth".into()));
/// # Ok::<(), crm_core::refusal::Refusal>(())
/// ```
///
/// # Errors
/// As [`FieldTable::view`](crate::privacy::FieldTable::view): none for a number that was checked.
pub fn document_view(number: &DocumentNumber, on: Date, clearance: &Clearance) -> Result<MaskedView, Refusal> {
    let fields = DocumentNumber::fields()?;
    let child = number.birth.is_some_and(|birth| was_child(birth, on));
    if child { fields.for_child().view(number, clearance) } else { fields.view(number, clearance) }
}

/// Whether somebody born on a day is under 14 on another; who is not born yet is.
fn was_child(birth: Date, on: Date) -> bool {
    AgeConvention::DayAfterBirthday.completed_years(birth, on).map_or(true, |age| age < CHILD_UNDER)
}

/// Whether the customer is a child under 14 on a day, as far as the record tells; who is not born yet is one.
fn is_child(record: &CustomerRecord, on: Date) -> bool {
    let Profile::Person { details } = &record.profile else { return false };
    // A number that was never checked may still tell a birth.
    let numbers = record.documents.iter().filter_map(|document| {
        check_document(document.document, document.number.reveal(), Date::MAX).ok().and_then(|number| number.birth)
    });
    let youngest = details.birth.into_iter().chain(numbers).max();
    youngest.is_some_and(|birth| was_child(birth, on))
}
