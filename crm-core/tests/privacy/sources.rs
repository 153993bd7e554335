//! The sources themselves: every field of type `Personal` of every type of the core stands in a table.

use std::{fs, path::Path};

use crm_core::access::Viewed;

use super::{Each, every_record};

/// Types that are part of a record with a table.
const TABLES: &[(&str, &[&str])] = &[
    (
        "customer_record",
        &[
            "PersonDetails",
            "OrganisationDetails",
            "HealthFact",
            "Contact",
            "Document",
            "BankAccount",
            "CustomerVehicle",
            "VehicleUser",
            "Need",
            "Interaction",
        ],
    ),
    ("insured_object", &["ObjectDescription", "RepairRecord", "CoverRecord"]),
    ("field_change", &["FieldChange"]),
    ("resident_id", &["ResidentId"]),
    ("object_event", &["ChangeEntry"]),
    ("document_number", &["DocumentNumber"]),
    ("travel_permit", &["TravelPermit"]),
    ("permanent_residence", &["PermanentResidence"]),
    ("passport", &["Passport"]),
    ("social_credit_code", &["SocialCreditCode"]),
    ("organisation_code", &["OrganisationCode"]),
    ("mobile_number", &["MobileNumber"]),
    ("phone_number", &["PhoneNumber"]),
    ("email_address", &["EmailAddress"]),
    ("bank_card", &["BankCard"]),
    ("account_number", &["AccountNumber"]),
    ("plate", &["Plate"]),
    ("vin", &["Vin"]),
    ("engine_number", &["EngineNumber"]),
];

/// Types that nobody views: what the host looks up by; a view itself.
const NOT_VIEWED: &[&str] = &["MaskedView", "SearchKey"];

/// Type and field of everything declared `Personal`, in all sources of the core.
fn personal_fields(folder: &Path, found: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            personal_fields(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            of_source(&fs::read_to_string(&path).unwrap(), found);
        }
    }
}

fn of_source(source: &str, found: &mut Vec<(String, String)>) {
    let mut declared = None;
    for line in source.lines() {
        let head = line.strip_prefix("pub struct ").or_else(|| line.strip_prefix("pub enum "));
        if let Some(head) = head {
            let name: String = head.chars().take_while(|letter| letter.is_alphanumeric()).collect();
            declared = Some(name);
        } else if line.starts_with('}') {
            declared = None;
        } else if let Some(name) = &declared
            && let Some((field, ty)) = line.trim().trim_start_matches("pub ").split_once(": ")
            && !line.trim().starts_with("//")
            && ty.split(|letter: char| !letter.is_alphanumeric()).any(|word| word == "Personal")
        {
            found.push((name.clone(), field.to_owned()));
        }
    }
}

/// The lines of the table of a record.
fn lines_of(record: &str) -> Vec<String> {
    struct Wanted<'r>(&'r str, Vec<String>);
    impl Each for Wanted<'_> {
        fn look<T: Viewed>(&mut self, _: &[T]) {
            if T::RECORD == self.0 {
                self.1 = T::fields().unwrap().fields().map(|line| line.field.clone()).collect();
            }
        }
    }
    let mut wanted = Wanted(record, Vec::new());
    every_record(&mut wanted);
    assert!(!wanted.1.is_empty(), "{record} has no table");
    wanted.1
}

/// What a table or a list forgets.
fn forgotten(found: &[(String, String)], not_viewed: &[&str]) -> Vec<String> {
    let mut forgotten = Vec::new();
    for (name, field) in found.iter().filter(|(name, _)| !not_viewed.contains(&name.as_str())) {
        let lines: Vec<String> = match TABLES.iter().find(|(_, types)| types.contains(&name.as_str())) {
            Some((record, _)) => lines_of(record),
            None => Vec::new(),
        };
        let ends = [format!("/{field}"), format!("/{field}/*")];
        if !lines.iter().any(|line| ends.iter().any(|end| line.ends_with(end))) {
            forgotten.push(format!("{name}.{field}"));
        }
    }
    forgotten
}

#[test]
fn every_personal_field_of_the_sources_has_a_line() {
    let mut found = Vec::new();
    personal_fields(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
    assert!(found.len() > 30 && found.contains(&("VehicleUser".to_owned(), "name".to_owned())), "{found:?}");
    assert_eq!(forgotten(&found, NOT_VIEWED), Vec::<String>::new());
    // No list names what is not there.
    let known = |name: &str| found.iter().any(|(found, _)| found == name);
    for name in NOT_VIEWED.iter().chain(TABLES.iter().flat_map(|(_, types)| types.iter())) {
        assert!(known(name), "{name} has no personal field");
    }
}

/// The mutant: a field that is added to a record and not to its table.
#[test]
fn a_field_without_a_line_is_found_in_the_sources() {
    let mut found = Vec::new();
    of_source(
        "/// A person.\npub struct PersonDetails {\n    /// Also: Personal.\n    pub nickname: Option<Personal>,\n}\npub struct New {\n    pub name: Personal,\n}\n",
        &mut found,
    );
    assert_eq!(forgotten(&found, NOT_VIEWED), ["PersonDetails.nickname", "New.name"]);
}
