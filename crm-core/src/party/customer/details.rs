//! What is known about the person or the organisation itself.

use alloc::{string::String, vec::Vec};

use serde::{Deserialize, Serialize};

use crate::{
    calendar::Date,
    money::Money,
    party::{
        findings::{Findings, MAX_NAME, MAX_WORDS, Place},
        resident_id::Sex,
    },
    privacy::Personal,
    refusal::Code,
};

/// Most people in a household, and most of any group within it.
const MAX_FAMILY: i64 = 100;
const MAX_EMPLOYEES: i64 = 100_000_000;
/// Occupation classes of accident insurance go from 1 to 6; beyond stand the ones that are refused.
const MAX_OCCUPATION_CLASS: i64 = 9;

/// A person or an organisation (自然人 / 法人或其他组织).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Profile {
    /// A person (个人).
    Person {
        /// What is known about the person.
        details: PersonDetails,
    },
    /// A company, authority or association (单位).
    Organisation {
        /// What is known about the organisation.
        details: OrganisationDetails,
    },
}

/// Marital status (婚姻状况).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MaritalStatus {
    /// Single (未婚).
    Single,
    /// Married (已婚).
    Married,
    /// Divorced (离异).
    Divorced,
    /// Widowed (丧偶).
    Widowed,
}

/// What is known about a person. `Debug` shows none of it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PersonDetails {
    /// The full name (姓名). Personal.
    pub name: Personal,
    /// A short or former name (简称或曾用名). Personal.
    pub short_name: Option<Personal>,
    /// The birth date (出生日期). Personal.
    pub birth: Option<Date>,
    /// The sex (性别). Personal.
    pub sex: Option<Sex>,
    /// The marital status. Personal.
    pub marital_status: Option<MaritalStatus>,
    /// The occupation (职业). Personal.
    pub occupation: Option<Personal>,
    /// The class of the occupation by its risk (职业类别), 1 to 9. Personal.
    pub occupation_class: Option<i64>,
    /// The band of the income (收入区间), a code of the host. Personal.
    pub income_band: Option<String>,
    /// The family (家庭情况). Personal.
    pub family: Option<FamilyFacts>,
    /// Facts about health (健康状况), which need consent. Personal.
    pub health: Option<HealthFacts>,
    /// Social attributes (社会属性), codes of the host. Personal.
    pub social_attributes: Vec<String>,
}

/// The family of a person (家庭情况). `Debug` shows none of it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FamilyFacts {
    /// People in the household (家庭人口).
    pub household_size: Option<i64>,
    /// Children (子女数).
    pub children: Option<i64>,
    /// People who depend on the person's income (受抚养人数).
    pub dependants: Option<i64>,
}

/// Facts about health (健康告知). Sensitive: kept with consent alone (个人信息保护法 art. 29). `Debug` shows none of it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HealthFacts {
    /// The day on which the person agreed that these facts are kept (单独同意日期).
    pub consented_on: Option<Date>,
    /// The facts.
    pub facts: Vec<HealthFact>,
}

/// One fact about health. `Debug` does not show it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HealthFact {
    /// The day on which it was noted (记录日期).
    pub noted_on: Date,
    /// The fact in words. Personal.
    pub fact: Personal,
}

/// What is known about an organisation. `Debug` shows none of it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OrganisationDetails {
    /// The full name (单位全称). Personal: a sole trader has a person's name.
    pub full_name: Personal,
    /// The short name (单位简称). Personal.
    pub short_name: Option<Personal>,
    /// The industry (行业), a code of the host.
    pub industry: Option<String>,
    /// People employed (员工人数).
    pub employees: Option<i64>,
    /// The day of foundation (成立日期).
    pub founded_on: Option<Date>,
    /// The registered capital (注册资本).
    pub registered_capital: Option<Money>,
    /// The legal representative (法定代表人). Personal.
    pub legal_representative: Option<Personal>,
    /// Whom to ask for (联系人). Personal.
    pub contact_person: Option<Personal>,
}

hidden!(Profile, PersonDetails, FamilyFacts, HealthFacts, HealthFact, OrganisationDetails);

impl Profile {
    /// Whether this is an organisation.
    #[must_use]
    pub const fn is_organisation(&self) -> bool {
        matches!(self, Self::Organisation { .. })
    }

    /// The full name.
    #[must_use]
    pub const fn name(&self) -> &Personal {
        match self {
            Self::Person { details } => &details.name,
            Self::Organisation { details } => &details.full_name,
        }
    }

    /// The short name.
    #[must_use]
    pub const fn short_name(&self) -> Option<&Personal> {
        match self {
            Self::Person { details } => details.short_name.as_ref(),
            Self::Organisation { details } => details.short_name.as_ref(),
        }
    }

    pub(super) fn check(&mut self, place: &Place, findings: &mut Findings) {
        match self {
            Self::Person { details } => details.check(&place.field("person").field("details"), findings),
            Self::Organisation { details } => details.check(&place.field("organisation").field("details"), findings),
        }
    }
}

impl PersonDetails {
    /// A person of whom the name alone is known.
    #[must_use]
    pub const fn named(name: Personal) -> Self {
        Self {
            name,
            short_name: None,
            birth: None,
            sex: None,
            marital_status: None,
            occupation: None,
            occupation_class: None,
            income_band: None,
            family: None,
            health: None,
            social_attributes: Vec::new(),
        }
    }

    fn check(&mut self, place: &Place, findings: &mut Findings) {
        findings.personal(&place.field("name"), &mut self.name, MAX_NAME);
        if let Some(name) = &mut self.short_name {
            findings.personal(&place.field("short_name"), name, MAX_NAME);
        }
        findings.past(&place.field("birth"), self.birth);
        if let Some(occupation) = &mut self.occupation {
            findings.personal(&place.field("occupation"), occupation, MAX_WORDS);
        }
        findings.range(&place.field("occupation_class"), self.occupation_class, 1, MAX_OCCUPATION_CLASS);
        if let Some(band) = &mut self.income_band {
            findings.words(&place.field("income_band"), band, MAX_WORDS);
        }
        if let Some(family) = &self.family {
            family.check(&place.field("family"), findings);
        }
        if let Some(health) = &mut self.health {
            health.check(&place.field("health"), findings);
        }
        let attributes = place.field("social_attributes");
        for (index, attribute) in findings.entries(&attributes, &mut self.social_attributes).iter_mut().enumerate() {
            findings.words(&attributes.entry(index), attribute, MAX_WORDS);
        }
    }
}

impl FamilyFacts {
    fn check(&self, place: &Place, findings: &mut Findings) {
        findings.range(&place.field("household_size"), self.household_size, 1, MAX_FAMILY);
        findings.range(&place.field("children"), self.children, 0, MAX_FAMILY);
        findings.range(&place.field("dependants"), self.dependants, 0, MAX_FAMILY);
    }
}

impl HealthFacts {
    fn check(&mut self, place: &Place, findings: &mut Findings) {
        let consent = place.field("consented_on");
        findings.past(&consent, self.consented_on);
        if self.consented_on.is_none() && !self.facts.is_empty() {
            findings.code(&consent, Code::PartyHealthConsentMissing);
        }
        let facts = place.field("facts");
        for (index, fact) in findings.entries(&facts, &mut self.facts).iter_mut().enumerate() {
            let place = facts.entry(index);
            findings.past(&place.field("noted_on"), Some(fact.noted_on));
            if self.consented_on.is_some_and(|consented_on| fact.noted_on < consented_on) {
                findings.code(&place.field("noted_on"), Code::PartyHealthConsentLater);
            }
            findings.note(&place.field("fact"), &mut fact.fact);
        }
    }
}

impl OrganisationDetails {
    /// An organisation of which the full name alone is known.
    #[must_use]
    pub const fn named(full_name: Personal) -> Self {
        Self {
            full_name,
            short_name: None,
            industry: None,
            employees: None,
            founded_on: None,
            registered_capital: None,
            legal_representative: None,
            contact_person: None,
        }
    }

    fn check(&mut self, place: &Place, findings: &mut Findings) {
        findings.personal(&place.field("full_name"), &mut self.full_name, MAX_NAME);
        if let Some(industry) = &mut self.industry {
            findings.words(&place.field("industry"), industry, MAX_WORDS);
        }
        findings.range(&place.field("employees"), self.employees, 0, MAX_EMPLOYEES);
        findings.past(&place.field("founded_on"), self.founded_on);
        if self.registered_capital.is_some_and(|capital| capital.is_negative()) {
            findings.code(&place.field("registered_capital").field("amount"), Code::PartyAmountNegative);
        }
        for (name, person) in [
            ("short_name", &mut self.short_name),
            ("legal_representative", &mut self.legal_representative),
            ("contact_person", &mut self.contact_person),
        ] {
            if let Some(person) = person {
                findings.personal(&place.field(name), person, MAX_NAME);
            }
        }
    }
}
