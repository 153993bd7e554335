//! Laws of customer records: nothing leaks, what was checked stays, changes lead from old to new.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod changes;
mod leaks;
mod sample;
mod stored;

use crm_core::{
    party::{CaptureOptions, Contact, Customer, CustomerRecord, Profile},
    wire,
};
use proptest::prelude::*;

use sample::{any_record, today, whole};

proptest! {
    #[test]
    fn law_13_no_record_makes_it_fall_over(record in any_record(), prefix in any::<String>()) {
        let options = CaptureOptions { plate_prefix: Some(prefix.clone()), vin_prefix: Some(prefix), ..CaptureOptions::default() };
        _ = Customer::check(&record, today(), &options);
    }

    #[test]
    fn a_checked_record_stays_as_it_is(record in any_record(), name in "[ 张a-c]{1,4}", phone in "[0-9]{7,12}") {
        let mut record = record;
        record.contacts.retain(|contact| matches!(contact, Contact::Address { .. }));
        record.contacts.push(Contact::Phone { number: phone.into(), usual: true });
        if let Profile::Person { details } = &mut record.profile {
            details.name = name.into();
        }
        if let Ok(customer) = Customer::check(&record, today(), &CaptureOptions::default()) {
            let again = Customer::check(customer.record(), today(), &CaptureOptions::default());
            prop_assert!(again.is_ok_and(|again| again == customer));
        }
    }
}

/// Everything that crosses is read as it was written.
#[test]
fn records_cross_the_wire() {
    for organisation in [false, true] {
        let record = whole(organisation);
        let again: CustomerRecord = wire::from_json(wire::to_json(&record).unwrap().as_bytes()).unwrap();
        assert!(again == record);
        let node = wire::write(&record, wire::Dialect::Node).unwrap();
        let again: CustomerRecord = wire::read(node.as_bytes(), wire::Dialect::Node).unwrap();
        assert!(again == record);
    }
}

/// Lists without an end are answered by their length, not entry by entry.
#[test]
fn law_13_endless_lists_do_not_fall_over() {
    let mut record = whole(false);
    record.tags = (0..300_000).map(|_| String::new()).collect();
    record.vehicles = (0..100_000).map(|_| record.vehicles[0].clone()).collect();
    let refusal = Customer::check(&record, today(), &CaptureOptions::default()).unwrap_err();
    let long: Vec<&str> = refusal
        .faults()
        .iter()
        .filter(|fault| fault.code().as_str() == "party.list.length")
        .map(|fault| fault.path().as_str())
        .collect();
    assert_eq!(long, ["/vehicles", "/tags"]);
    assert!(refusal.faults().len() < 5_000);
}
