//! A customer's record as somebody may see it on a day, a child's more closely kept (客户脱敏视图).

use super::viewed::Viewed;
use crate::{
    calendar::{AgeConvention, Date},
    party::{CustomerRecord, Profile, check_document},
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

/// Whether the customer is a child under 14 on a day, as far as the record tells; who is not born yet is one.
fn is_child(record: &CustomerRecord, on: Date) -> bool {
    let Profile::Person { details } = &record.profile else { return false };
    // A number that was never checked may still tell a birth.
    let numbers = record.documents.iter().filter_map(|document| {
        check_document(document.document, document.number.reveal(), Date::MAX).ok().and_then(|number| number.birth)
    });
    let youngest = details.birth.into_iter().chain(numbers).max();
    youngest.is_some_and(|birth| {
        AgeConvention::DayAfterBirthday.completed_years(birth, on).map_or(true, |age| age < CHILD_UNDER)
    })
}
