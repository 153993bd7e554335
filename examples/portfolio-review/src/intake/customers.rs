//! Customers: the record of each is checked whole by the core.

use crm_core::{
    access::RowOwner,
    calendar::Date,
    party::{
        CaptureOptions, Contact, Customer, CustomerKind, CustomerRecord, Document, DocumentKind, PartyId, Profile,
        SearchField, SearchKey,
    },
    portfolio::{CustomerRow, PartyKind},
    privacy::Personal,
    refusal::Refusal,
};

use super::Known;
use crate::{
    finding::{Code, Finding},
    mapping::CustomerMap,
    record::{Cells, TableLayout},
    stop::first,
};

/// What became of a row.
pub(super) struct Taken {
    pub(super) row: CustomerRow,
    pub(super) notices: Vec<Finding>,
    pub(super) keys: Vec<SearchKey>,
}

/// Checks a customer; texts are put as they should be kept.
pub(super) fn take(
    cells: &mut Cells,
    layout: &TableLayout<'_>,
    map: &CustomerMap,
    known: &Known,
    as_of: Date,
) -> Result<Taken, Vec<Finding>> {
    if let Some(branch) = cells.text("branch")
        && !known.has_branch(branch)
    {
        return Err(vec![layout.at(Finding::new(Code::RowBranchUnknown), "branch")]);
    }
    let id = PartyId::new(cells.filled("id")).map_err(|refusal| vec![layout.at(first(refusal), "id")])?;
    let record = record_of(cells, id.clone());
    let customer = Customer::check(&record, as_of, &CaptureOptions::default())
        .map_err(|refusal| layout.locate(refusal, field_of))?;
    let owner = owner_of(cells, map).map_err(|(refusal, field)| vec![layout.at(first(refusal), field)])?;
    let notices = customer.notices().iter().map(|notice| layout.placed(Finding::from(notice), field_of)).collect();
    let keys = keys_of(&customer);
    let Some(since) = cells.date("since") else { return Err(vec![layout.at(Finding::new(Code::CsvMissing), "since")]) };
    if since > as_of {
        return Err(vec![layout.at(super::after_as_of(), "since")]);
    }
    let row = CustomerRow {
        id,
        party_kind: if customer.record().profile.is_organisation() {
            PartyKind::Organisation
        } else {
            PartyKind::Person
        },
        owner,
        since,
        standing: cells.flag("standing"),
        commercial_credit: cells.owned("commercial_credit"),
        prospect: cells.flag("prospect"),
        blacklisted: cells.flag("blacklisted"),
    };
    put_right(cells, &customer);
    Ok(Taken { row, notices, keys })
}

/// The record as it was keyed.
fn record_of(cells: &Cells, id: PartyId) -> CustomerRecord {
    let personal = |field: &str| cells.text(field).map(Personal::from);
    let name = Personal::from(cells.filled("name"));
    let mut record = if cells.text("party_kind") == Some("organisation") {
        CustomerRecord::organisation(id, name)
    } else {
        CustomerRecord::person(id, name)
    };
    match &mut record.profile {
        Profile::Person { details } => {
            details.short_name = personal("short_name");
            details.birth = cells.date("birth");
            details.occupation = personal("occupation");
            details.income_band = cells.owned("income_band");
        }
        Profile::Organisation { details } => {
            details.short_name = personal("short_name");
            details.industry = cells.owned("industry");
        }
    }
    record.kind = match cells.text("came") {
        Some("indirect") => CustomerKind::Indirect,
        Some("agent") => CustomerKind::Agent,
        Some("group") => CustomerKind::Group,
        _ => CustomerKind::Direct,
    };
    record.source_channel = cells.owned("source_channel");
    // A book that keeps the channel and not the single business names the channel.
    if record.kind == CustomerKind::Indirect {
        record.through = record.source_channel.as_deref().and_then(|channel| PartyId::new(channel).ok());
    }
    if let Some(number) = personal("mobile") {
        record.contacts.push(Contact::Mobile { number, usual: true });
    }
    if let Some(number) = personal("phone") {
        record.contacts.push(Contact::Phone { number, usual: cells.text("mobile").is_none() });
    }
    if let Some(address) = personal("email") {
        record.contacts.push(Contact::Email { address });
    }
    if let Some(address) = personal("address") {
        record.contacts.push(Contact::Address { address, postcode: None });
    }
    if let Some(number) = personal("document") {
        record.documents.push(Document::new(document_kind(cells.text("document_kind")), number));
    }
    record
}

/// The kind as the mapping file names it; its choices are those of the core.
fn document_kind(code: Option<&str>) -> DocumentKind {
    match code {
        Some("resident_id") => DocumentKind::ResidentId,
        Some("hmt_residence_permit") => DocumentKind::HmtResidencePermit,
        Some("permanent_residence") => DocumentKind::PermanentResidence,
        Some("hk_macao_travel_permit") => DocumentKind::HkMacaoTravelPermit,
        Some("taiwan_travel_permit") => DocumentKind::TaiwanTravelPermit,
        Some("chinese_passport") => DocumentKind::ChinesePassport,
        Some("foreign_passport") => DocumentKind::ForeignPassport,
        Some("social_credit_code") => DocumentKind::SocialCreditCode,
        Some("organisation_code") => DocumentKind::OrganisationCode,
        _ => DocumentKind::Other,
    }
}

fn owner_of(cells: &Cells, map: &CustomerMap) -> Result<RowOwner, (Refusal, &'static str)> {
    fn code<T: std::str::FromStr<Err = Refusal>>(
        cells: &Cells,
        field: &'static str,
    ) -> Result<Option<T>, (Refusal, &'static str)> {
        cells.text(field).map(str::parse).transpose().map_err(|refusal| (refusal, field))
    }
    Ok(RowOwner {
        person: code(cells, "manager")?,
        department: code(cells, "department")?,
        branch: code(cells, "branch")?,
        company: map.company.clone(),
    })
}

/// The keys under which the same person comes to light twice: documents, and the name together with a mobile.
fn keys_of(customer: &Customer) -> Vec<SearchKey> {
    let mut keys = customer.search_keys();
    keys.retain(|key| matches!(key.field, SearchField::Document | SearchField::Name));
    for contact in &customer.record().contacts {
        if let Contact::Mobile { number, .. } = contact {
            keys.push(SearchKey::of(SearchField::Phone, number.reveal()));
        }
    }
    keys
}

/// Texts as the core keeps them: spaces gone, fifteen digits made eighteen.
fn put_right(cells: &mut Cells, customer: &Customer) {
    let record = customer.record();
    cells.set_text("name", record.profile.name().reveal());
    if let Some(document) = record.documents.first() {
        cells.set_text("document", document.number.reveal());
    }
    for contact in &record.contacts {
        match contact {
            Contact::Mobile { number, .. } => cells.set_text("mobile", number.reveal()),
            Contact::Phone { number, .. } => cells.set_text("phone", number.reveal()),
            Contact::Email { address } => cells.set_text("email", address.reveal()),
            Contact::Address { address, .. } => cells.set_text("address", address.reveal()),
        }
    }
}

/// At which field of the row a path of the record stands.
fn field_of(path: &str) -> Option<&'static str> {
    let parts: Vec<&str> = path.trim_start_matches('/').split('/').collect();
    Some(match parts.as_slice() {
        ["kind", ..] => "came",
        ["agent" | "through", ..] => "came",
        ["profile"] => "birth",
        ["profile", _, "details", "full_name" | "name", ..] => "name",
        ["profile", _, "details", "short_name", ..] => "short_name",
        ["profile", _, "details", "birth", ..] => "birth",
        ["profile", _, "details", "occupation", ..] => "occupation",
        ["profile", _, "details", "income_band", ..] => "income_band",
        ["profile", _, "details", "industry", ..] => "industry",
        ["contacts", _, "mobile", ..] => "mobile",
        ["contacts", _, "phone", ..] => "phone",
        ["contacts", _, "email", ..] => "email",
        ["contacts", _, "address", ..] => "address",
        ["documents", ..] => "document",
        ["source_channel", ..] => "source_channel",
        _ => return None,
    })
}
