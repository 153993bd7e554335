//! The table of faults.
//!
//! Codes that begin with `csv.` are those of a reader of CSV files, the others the core's. A fault without a code
//! contradicts other rows; what to call that is for the host that keeps them.

use crate::fault::{
    Edit::{
        AsOf, Day, EarlyCode, End, FifteenDigits, Long, NoCharacter, OpenQuote, Over, OverResident, Set, Shorter,
        StrayQuote, WrongCheck,
    },
    Effect, Fault,
    Needs::{Before, Is, IsNot},
};

const CUSTOMERS: &[&str] = &["customers.csv"];
const VEHICLES: &[&str] = &["vehicles.csv"];
const POLICIES: &[&str] = &["policies.csv"];
const ENDORSEMENTS: &[&str] = &["endorsements.csv"];
const RECEIPTS: &[&str] = &["receipts.csv"];
const CLAIMS: &[&str] = &["claims.csv"];
const COSTS: &[&str] = &["costs.csv"];
const COMPLAINTS: &[&str] = &["complaints.csv"];
const AGENTS: &[&str] = &["agents.csv"];
const OF_POLICIES: &[&str] = &["endorsements.csv", "receipts.csv", "claims.csv"];
const OF_CUSTOMERS: &[&str] = &["vehicles.csv", "policies.csv", "costs.csv", "complaints.csv"];
const WITH_ID: &[&str] = &[
    "customers.csv",
    "vehicles.csv",
    "policies.csv",
    "endorsements.csv",
    "receipts.csv",
    "claims.csv",
    "costs.csv",
    "complaints.csv",
];

type Edits = &'static [(&'static str, crate::fault::Edit)];
type Conditions = &'static [crate::fault::Needs];
type Files = &'static [&'static str];

const fn fault(files: Files, name: &'static str, code: &'static str, edits: Edits) -> Fault {
    Fault { files, name, effect: Effect::Rejected, code: Some(code), same_id: false, needs: &[], edits }
}

const fn of(needs: Conditions, fault: Fault) -> Fault {
    Fault { needs, ..fault }
}

const fn again(fault: Fault) -> Fault {
    Fault { same_id: true, ..fault }
}

const fn contradiction(files: Files, name: &'static str, needs: Conditions, edits: Edits) -> Fault {
    Fault { files, name, effect: Effect::Contradiction, code: None, same_id: false, needs, edits }
}

const fn notice(
    files: Files,
    name: &'static str,
    code: Option<&'static str>,
    needs: Conditions,
    edits: Edits,
) -> Fault {
    Fault { files, name, effect: Effect::Notice, code, same_id: false, needs, edits }
}

const RESIDENT: Conditions = &[Is("document_kind", "resident_id")];
/// Born in 19yy, as the fifteen digits say.
const RESIDENT_OLD: Conditions = &[Is("document_kind", "resident_id"), Before("birth", "2000")];
const COMPANY: Conditions = &[Is("document_kind", "social_credit_code")];
const MOBILE: Conditions = &[IsNot("mobile", "")];

/// Every fault.
#[rustfmt::skip]
pub static FAULTS: &[Fault] = &[
    // ---- the file
    fault(WITH_ID, "too_few_columns", "csv.row.columns", &[("", End)]),
    fault(CUSTOMERS, "quote_open", "csv.quote.open", &[("name", OpenQuote)]),
    fault(POLICIES, "quote_open", "csv.quote.open", &[("product", OpenQuote)]),
    fault(CUSTOMERS, "quote_stray", "csv.quote.stray", &[("name", StrayQuote)]),
    fault(CLAIMS, "quote_stray", "csv.quote.stray", &[("fraud", StrayQuote)]),
    fault(WITH_ID, "other_encoding", "csv.text.encoding", &[("id", NoCharacter)]),
    fault(WITH_ID, "id_missing", "csv.value.missing", &[("id", Set(""))]),
    fault(AGENTS, "code_missing", "csv.value.missing", &[("code", Set(""))]),
    fault(WITH_ID, "id_too_long", "wire.text.too_long", &[("id", Long(10_000))]),
    fault(POLICIES, "row_too_long", "csv.row.too_long", &[("vin", Long(120_000))]),
    again(fault(WITH_ID, "row_again", "portfolio.row.duplicate", &[])),
    again(fault(AGENTS, "row_again", "portfolio.row.duplicate", &[])),
    again(of(&[IsNot("name", "示例冲突")], fault(CUSTOMERS, "row_conflict", "portfolio.row.conflict", &[("name", Set("示例冲突"))]))),
    again(of(&[IsNot("premium", "1.23")], fault(POLICIES, "row_conflict", "portfolio.row.conflict", &[("premium", Set("1.23"))]))),
    again(of(&[IsNot("amount", "1.23")], fault(RECEIPTS, "row_conflict", "portfolio.row.conflict", &[("amount", Set("1.23"))]))),
    again(of(&[IsNot("paid", "1.23")], fault(CLAIMS, "row_conflict", "portfolio.row.conflict", &[("paid", Set("1.23"))]))),

    // ---- customers
    of(RESIDENT, fault(CUSTOMERS, "resident_check_digit", "party.document.check_digit", &[("document", WrongCheck)])),
    of(RESIDENT, fault(CUSTOMERS, "resident_length", "party.document.length", &[("document", Shorter)])),
    of(RESIDENT, fault(CUSTOMERS, "resident_characters", "party.document.characters", &[("document", Over(16, "A"))])),
    of(RESIDENT, fault(CUSTOMERS, "resident_birth", "party.document.birth_date", &[("document", OverResident(10, "0231"))])),
    of(RESIDENT, fault(CUSTOMERS, "resident_born_later", "party.document.birth_later", &[("document", OverResident(6, "2099"))])),
    of(RESIDENT, fault(CUSTOMERS, "resident_of_hong_kong", "party.document.other_kind", &[("document", OverResident(0, "810000"))])),
    of(COMPANY, fault(CUSTOMERS, "credit_check_digit", "party.document.check_digit", &[("document", WrongCheck)])),
    of(COMPANY, fault(CUSTOMERS, "credit_characters", "party.document.characters", &[("document", Over(10, "I"))])),
    of(COMPANY, fault(CUSTOMERS, "credit_length", "party.document.length", &[("document", Shorter)])),
    of(MOBILE, fault(CUSTOMERS, "mobile_length", "party.mobile.length", &[("mobile", Shorter)])),
    of(MOBILE, fault(CUSTOMERS, "mobile_prefix", "party.mobile.prefix", &[("mobile", Over(1, "2"))])),
    of(MOBILE, fault(CUSTOMERS, "mobile_characters", "party.phone.characters", &[("mobile", Over(4, "O"))])),
    fault(CUSTOMERS, "phone_length", "party.phone.length", &[("phone", Set("12345"))]),
    fault(CUSTOMERS, "email_without_at", "party.email.at", &[("email", Set("nobody.example.com"))]),
    fault(CUSTOMERS, "email_domain", "party.email.domain", &[("email", Set("nobody@localhost"))]),
    fault(CUSTOMERS, "name_missing", "csv.value.missing", &[("name", Set(""))]),
    fault(CUSTOMERS, "party_kind_unknown", "csv.value.unmapped", &[("party_kind", Set("robot"))]),
    fault(CUSTOMERS, "since_impossible", "calendar.date.invalid", &[("since", Set("2023-02-29"))]),
    fault(CUSTOMERS, "since_other_form", "csv.date.form", &[("since", Set("2023/3/1"))]),
    fault(CUSTOMERS, "flag_unknown", "csv.value.unmapped", &[("prospect", Set("maybe"))]),
    contradiction(CUSTOMERS, "birth_differs_from_document", RESIDENT, &[("birth", Day("birth", 1)), ("mobile", Set(""))]),
    contradiction(CUSTOMERS, "branch_unknown", &[], &[("branch", Set("9999")), ("document_kind", Set("")), ("document", Set("")), ("mobile", Set(""))]),
    notice(CUSTOMERS, "region_unknown", Some("party.document.region"), RESIDENT,
        &[("document", OverResident(0, "10")), ("mobile", Set("")), ("household", Set("")), ("prospect", Set("true")), ("blacklisted", Set("false"))]),
    notice(CUSTOMERS, "early_code", Some("party.organisation.early_code"), COMPANY,
        &[("document", EarlyCode), ("mobile", Set("")), ("group", Set("")), ("prospect", Set("true")), ("blacklisted", Set("false"))]),

    // ---- vehicles
    fault(VEHICLES, "vin_check_digit", "party.vin.check_digit", &[("vin", Over(8, "Z"))]),
    fault(VEHICLES, "vin_length", "party.vin.length", &[("vin", Shorter)]),
    fault(VEHICLES, "vin_characters", "party.vin.characters", &[("vin", Over(4, "O"))]),
    fault(VEHICLES, "plate_shape", "party.plate.shape", &[("plate", Set("浙A12"))]),
    fault(VEHICLES, "plate_letter", "party.plate.letter", &[("plate", Set("浙A1234O"))]),
    fault(VEHICLES, "owned_backwards", "calendar.period.empty", &[("owner_until", Day("owner_from", -1))]),
    fault(VEHICLES, "registered_impossible", "calendar.date.invalid", &[("first_registered", Set("2019-13-01"))]),
    contradiction(VEHICLES, "owned_twice", &[IsNot("customer", "C0000000001"), Is("owner_until", "")], &[("customer", Set("C0000000001"))]),
    notice(VEHICLES, "foreign_vin", Some("party.vin.check_digit"), &[],
        &[("vin", Over(0, "WP0ZZZ99Z")), ("plate", Set("")), ("owner_from", AsOf(-30)), ("first_registered", AsOf(-30)), ("owner_until", Set(""))]),

    // ---- policies
    fault(POLICIES, "start_impossible", "calendar.date.invalid", &[("start", Set("2023-02-30"))]),
    fault(POLICIES, "start_other_form", "csv.date.form", &[("start", Set("2023/3/1"))]),
    fault(POLICIES, "end_before_start", "calendar.period.empty", &[("end", Day("start", -1))]),
    fault(POLICIES, "end_on_start", "calendar.period.empty", &[("end", Day("start", 0))]),
    fault(POLICIES, "starts_after_the_book", "portfolio.row.after_as_of", &[("start", AsOf(1)), ("end", AsOf(366)), ("renewal_of", Set(""))]),
    fault(POLICIES, "premium_three_places", "money.amount.precision", &[("premium", Set("475.125"))]),
    fault(POLICIES, "premium_no_number", "wire.decimal.invalid", &[("premium", Set("面议"))]),
    fault(POLICIES, "premium_missing", "csv.value.missing", &[("premium", Set(""))]),
    fault(POLICIES, "premium_too_large", "wire.decimal.range", &[("premium", Set("99999999999999999999999999999999999999.00"))]),
    fault(POLICIES, "currency_unknown", "money.currency.unknown", &[("currency", Set("RMB"))]),
    fault(POLICIES, "channel_unknown", "csv.value.unmapped", &[("channel", Set("pigeon"))]),
    contradiction(POLICIES, "renewal_of_nothing", &[], &[("renewal_of", Set("P9999999999"))]),
    contradiction(POLICIES, "branch_unknown", &[], &[("branch", Set("9999"))]),

    // ---- endorsements
    fault(ENDORSEMENTS, "change_no_number", "wire.decimal.invalid", &[("premium_change", Set("无"))]),
    fault(ENDORSEMENTS, "change_three_places", "money.amount.precision", &[("premium_change", Set("-0.005"))]),
    fault(ENDORSEMENTS, "effective_impossible", "calendar.date.invalid", &[("effective", Set("2024-04-31"))]),
    contradiction(ENDORSEMENTS, "effective_outside_cover", &[], &[("effective", Set("1999-06-01"))]),

    // ---- receipts
    fault(RECEIPTS, "amount_no_number", "wire.decimal.invalid", &[("amount", Set("一百"))]),
    fault(RECEIPTS, "amount_three_places", "money.amount.precision", &[("amount", Set("100.001"))]),
    fault(RECEIPTS, "amount_missing", "csv.value.missing", &[("amount", Set(""))]),
    fault(RECEIPTS, "received_impossible", "calendar.date.invalid", &[("received_on", Set("2023-00-10"))]),
    contradiction(RECEIPTS, "received_before_signing", &[], &[("received_on", Set("1999-06-01"))]),

    // ---- claims
    fault(CLAIMS, "occurred_impossible", "calendar.date.invalid", &[("occurred", Set("2023-06-31"))]),
    fault(CLAIMS, "paid_no_number", "wire.decimal.invalid", &[("paid", Set("赔"))]),
    fault(CLAIMS, "paid_missing", "csv.value.missing", &[("paid", Set(""))]),
    fault(CLAIMS, "fraud_unknown", "csv.value.unmapped", &[("fraud", Set("perhaps"))]),
    contradiction(CLAIMS, "occurred_outside_cover", &[], &[("occurred", Set("1999-06-01"))]),
    contradiction(CLAIMS, "reported_before_occurred", &[], &[("reported", Day("occurred", -1))]),
    contradiction(CLAIMS, "closed_before_opened", &[], &[("closed", Day("opened", -1))]),
    contradiction(CLAIMS, "closed_with_reserve", &[IsNot("closed", "")], &[("reserve", Set("500.00"))]),
    contradiction(CLAIMS, "paid_less_than_nothing", &[], &[("paid", Set("-500.00"))]),

    // ---- costs, complaints, agents
    fault(COSTS, "amount_no_number", "wire.decimal.invalid", &[("amount", Set("n/a"))]),
    fault(COSTS, "amount_three_places", "money.amount.precision", &[("amount", Set("0.125"))]),
    fault(COSTS, "on_impossible", "calendar.date.invalid", &[("on", Set("2022-02-29"))]),
    fault(COMPLAINTS, "on_impossible", "calendar.date.invalid", &[("on", Set("2022-11-31"))]),
    contradiction(COMPLAINTS, "resolved_before", &[], &[("resolved_on", Day("on", -1))]),
    contradiction(AGENTS, "superior_unknown", &[], &[("superior", Set("A99999999"))]),
    contradiction(AGENTS, "branch_unknown", &[], &[("branch", Set("9999"))]),

    // ---- rows of nobody
    contradiction(OF_CUSTOMERS, "customer_unknown", &[], &[("customer", Set("C9999999999"))]),
    contradiction(OF_POLICIES, "policy_unknown", &[], &[("policy", Set("P9999999999"))]),
    notice(CUSTOMERS, "fifteen_digits", None, RESIDENT_OLD,
        &[("document", OverResident(4, "99")), ("document", FifteenDigits), ("mobile", Set("")), ("household", Set("")), ("prospect", Set("true")), ("blacklisted", Set("false"))]),
];
