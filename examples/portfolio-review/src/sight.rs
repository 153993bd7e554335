//! Who looks, and how much of a row he is shown: rights of roles, and the class of every column of the database.

use std::{collections::BTreeMap, fs};

use crm_core::{
    access::{CompanyCode, RightsBook, RightsSpec, RoleCode, SightLevel, Viewer},
    calendar::Date,
    privacy::{Clearance, FieldClass, FieldTable, Mask, Personal, Sensitivity, Showing},
    refusal::Refusal,
    wire,
};

use crate::{
    args::Sight,
    finding::{Code, Finding},
    report::page::Words,
    stop::{first, with_reason},
};

/// The rights that ship: an example.
const RIGHTS: &str = include_str!("../maps/rights.json");

/// Columns with personal data, by table; everything else in the database is internal.
const PERSONAL: [(&str, &str, Sensitivity, Mask); 15] = [
    ("customers", "name", Sensitivity::Personal, Mask::Name),
    ("customers", "short_name", Sensitivity::Personal, Mask::Name),
    ("customers", "document", Sensitivity::Sensitive, Mask::Document),
    ("customers", "phone", Sensitivity::Personal, Mask::Landline),
    ("customers", "mobile", Sensitivity::Personal, Mask::Mobile),
    ("customers", "email", Sensitivity::Personal, Mask::Email),
    ("customers", "address", Sensitivity::Personal, Mask::Address),
    ("customers", "birth", Sensitivity::Personal, Mask::BirthDate),
    ("customers", "occupation", Sensitivity::Personal, Mask::Whole),
    ("customers", "income_band", Sensitivity::Sensitive, Mask::Whole),
    ("vehicles", "plate", Sensitivity::Personal, Mask::Plate),
    ("vehicles", "vin", Sensitivity::Personal, Mask::Vin),
    ("vehicles", "engine", Sensitivity::Personal, Mask::Whole),
    ("policies", "vin", Sensitivity::Personal, Mask::Vin),
    ("policies", "plate", Sensitivity::Personal, Mask::Plate),
];
/// Agents are people as well.
const NAMES: [(&str, &str); 1] = [("agents", "name")];

/// How much somebody is shown.
#[derive(Debug, Clone)]
pub struct Lens {
    /// In words, for the head of a report.
    pub words: Words,
    clearance: Clearance,
}

impl Lens {
    /// The lens of whoever is asked for: without a role personal data is masked.
    ///
    /// # Errors
    /// `usage.rights` for a file of rights that can't be used, `usage.role` for a role that may not see the rows.
    pub fn of(sight: &Sight, company: &CompanyCode, on: Date) -> Result<Self, Finding> {
        let Some(role) = &sight.role else { return Ok(Self::masked()) };
        let text = match &sight.rights {
            None => RIGHTS.to_owned(),
            Some(path) => {
                fs::read_to_string(path).map_err(|error| with_reason(Finding::new(Code::UsageRights), &error))?
            }
        };
        let unfit = |refusal: Refusal| {
            let code = first(refusal).code().to_owned();
            Finding::new(Code::UsageRights).with("reason", code)
        };
        let spec: RightsSpec = wire::from_json(text.as_bytes()).map_err(unfit)?;
        let book = RightsBook::load(&spec).map_err(unfit)?;
        let mut known: Vec<&str> = Vec::new();
        for grant in book.grants() {
            if let crm_core::access::GrantHolder::Role { role } = &grant.holder
                && !known.contains(&role.as_str())
            {
                known.push(role.as_str());
            }
        }
        let refused = || {
            let shown = crm_core::refusal::shown_name(role);
            Finding::new(Code::UsageRole).with("role", shown).with("known", known.join(", "))
        };
        let code: RoleCode = role.parse().map_err(|_| refused())?;
        let viewer = Viewer {
            person: "portfolio-review".parse().map_err(unfit)?,
            roles: vec![code],
            department: None,
            branch: None,
            company: company.clone(),
            level: None,
        };
        if book.level(&viewer, on) != Some(SightLevel::Company) {
            return Err(refused());
        }
        let words = Words::new(
            format!("按角色 {role} 的权限显示个人信息"),
            format!("Personal data as the role {role} may see it"),
        );
        Ok(Self { words, clearance: book.clearance(&viewer, on) })
    }

    /// Personal data masked.
    #[must_use]
    pub fn masked() -> Self {
        let masked = [
            (Sensitivity::Internal, Showing::Full),
            (Sensitivity::Personal, Showing::Masked),
            (Sensitivity::Sensitive, Showing::Masked),
        ];
        Self {
            words: Words::new("全公司数据，个人信息已脱敏", "The whole company, personal data masked"),
            clearance: Clearance { classes: masked.into(), kinds: BTreeMap::new() },
        }
    }

    /// A row of the database as it may be shown; what is hidden is empty.
    ///
    /// # Errors
    /// What the core refuses of a table of fields: none for those here.
    pub fn view(&self, table: &str, row: &BTreeMap<String, String>) -> Result<BTreeMap<String, String>, Refusal> {
        let fields = field_table(table, row.keys())?;
        let personal: BTreeMap<&String, Personal> = row
            .iter()
            .filter(|(column, _)| class_of(table, column).0 != Sensitivity::Internal)
            .map(|(column, text)| (column, Personal::from(text.as_str())))
            .collect();
        // What is internal needs no view; what is personal is shown through the core's.
        let view = fields.view(&personal, &self.clearance)?;
        let shown: BTreeMap<String, Option<String>> = serde_json::from_str(view.view.reveal()).unwrap_or_default();
        let mut out = row.clone();
        for column in personal.keys() {
            let text = shown.get(*column).cloned().flatten().unwrap_or_default();
            let masked = row.get(*column) != Some(&text);
            let name = class_of(table, column).1 == Some(Mask::Name);
            out.insert((*column).clone(), if masked && name { shortened(&text) } else { text });
        }
        Ok(out)
    }
}

/// A masked name with no more than three stars together: how long it is says nothing, and a company's fills a line.
fn shortened(masked: &str) -> String {
    let mut out = String::new();
    let mut stars = 0;
    for letter in masked.chars() {
        stars = if letter == '*' { stars + 1 } else { 0 };
        if stars <= 3 {
            out.push(letter);
        }
    }
    out
}

/// How sensitive a column is, and how it is masked.
fn class_of(table: &str, column: &str) -> (Sensitivity, Option<Mask>) {
    let listed = PERSONAL.iter().find(|(own, name, ..)| *own == table && *name == column);
    match listed {
        Some((_, _, class, mask)) => (*class, Some(*mask)),
        None if NAMES.contains(&(table, column)) => (Sensitivity::Personal, Some(Mask::Name)),
        None => (Sensitivity::Internal, None),
    }
}

fn field_table<'c>(table: &str, columns: impl Iterator<Item = &'c String>) -> Result<FieldTable, Refusal> {
    let mut fields = vec![FieldClass::new("/#", Sensitivity::Public, None)];
    for column in columns {
        let (class, mask) = class_of(table, column);
        fields.push(FieldClass::new(&format!("/{column}"), class, mask));
    }
    FieldTable::load(table, &fields)
}
