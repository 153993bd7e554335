//! The sources themselves: every field of type `Personal` of every type of the core stands in a table.

use std::{fs, path::Path};

use crm_core::{
    access::{customer_fields, field_change_fields, insured_object_fields, resident_id_fields},
    privacy::FieldTable,
};

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
];

/// Types that nobody views: what a check answers to whoever keyed the number, which is then kept in the record of a
/// customer; what goes in with a command; what the host looks up by; a view itself.
const NOT_VIEWED: &[&str] = &[
    "AccountNumber",
    "BankCard",
    "ChangeEntry",
    "DocumentNumber",
    "EmailAddress",
    "EngineNumber",
    "MaskedView",
    "MobileNumber",
    "OrganisationCode",
    "Passport",
    "PermanentResidence",
    "PhoneNumber",
    "Plate",
    "SearchKey",
    "SocialCreditCode",
    "TravelPermit",
    "Vin",
];

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

fn table(record: &str) -> FieldTable {
    let tables = [customer_fields(), insured_object_fields(), field_change_fields(), resident_id_fields()];
    tables.into_iter().map(Result::unwrap).find(|table| table.record() == record).unwrap()
}

/// What a table or a list forgets.
fn forgotten(found: &[(String, String)], not_viewed: &[&str]) -> Vec<String> {
    let mut forgotten = Vec::new();
    for (name, field) in found.iter().filter(|(name, _)| !not_viewed.contains(&name.as_str())) {
        let lines: Vec<String> = match TABLES.iter().find(|(_, types)| types.contains(&name.as_str())) {
            Some((record, _)) => table(record).fields().map(|line| line.field.clone()).collect(),
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
