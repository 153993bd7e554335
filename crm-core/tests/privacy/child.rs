//! A child's record is kept more closely, by its age on the day (个人信息保护法 art. 28).

use crm_core::{
    access::{customer_fields, customer_view},
    calendar::Date,
    party::{CustomerRecord, Document, DocumentKind, Profile},
    privacy::{Clearance, MaskedView, Sensitivity, Showing},
};
use proptest::prelude::*;

use super::samples;

fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

/// Shows personal data in full, sensitive data not at all.
fn clerk() -> Clearance {
    let classes = [(Sensitivity::Internal, Showing::Full), (Sensitivity::Personal, Showing::Full)];
    Clearance { classes: classes.into(), ..Clearance::default() }
}

fn born(birth: Option<&str>, documents: &[&str]) -> CustomerRecord {
    let mut record = samples::customers().remove(0);
    if let Profile::Person { details } = &mut record.profile {
        details.birth = birth.map(day);
    }
    let of = |number: &&str| Document::new(DocumentKind::ResidentId, (*number).into());
    record.documents = documents.iter().map(of).collect();
    record
}

fn shows_the_name(view: &MaskedView) -> bool {
    view.view.reveal().contains("段正淳")
}

#[test]
fn the_day_after_the_fourteenth_birthday_ends_it() {
    let seen = |record: &CustomerRecord, on: &str| shows_the_name(&customer_view(record, day(on), &clerk()).unwrap());
    let child = born(Some("2012-03-07"), &[]);
    for (on, expected) in [("2011-01-01", false), ("2012-03-07", false), ("2026-03-07", false), ("2026-03-08", true)] {
        assert_eq!(seen(&child, on), expected, "{on}");
    }
    // Of a child whose birth only a document tells, the document tells it; where they differ the youngest counts.
    let number = "110105201203070027";
    let number = (0..10)
        .map(|last| format!("{}{last}", &number[..17]))
        .chain([format!("{}X", &number[..17])])
        .find(|number| crm_core::party::check_resident_id(number, day("2026-01-01")).is_ok())
        .unwrap();
    assert!(!seen(&born(None, &[&number]), "2026-03-07") && seen(&born(None, &[&number]), "2026-03-08"));
    assert!(!seen(&born(Some("1990-01-01"), &[&number]), "2026-03-07"));
    // Nobody knows; and an organisation is no child.
    assert!(seen(&born(None, &[]), "2026-03-07") && seen(&born(None, &["no number"]), "2026-03-07"));
    let company = samples::customers().remove(1);
    assert!(customer_view(&company, day("2001-02-04"), &clerk()).unwrap().view.reveal().contains("镖局"));
}

proptest! {
    #[test]
    fn a_view_is_by_one_of_the_two_tables(days in 0_i64..12_000) {
        let birth = day("2000-02-29");
        let on = birth.plus_days(days).unwrap();
        let record = born(Some("2000-02-29"), &[]);
        let seen = customer_view(&record, on, &clerk()).unwrap();
        let fields = customer_fields().unwrap();
        let fields = if on <= day("2014-02-28") { fields.for_child() } else { fields };
        // In a year without 29 February the day after it is the first of March.
        if on != day("2014-03-01") {
            prop_assert_eq!(seen, fields.view(&record, &clerk()).unwrap());
        }
    }
}
