//! The record of a customer as it is keyed and kept.

use alloc::{string::String, vec::Vec};

use serde::{Deserialize, Serialize};

use super::{BankAccount, Contact, CustomerVehicle, Document, OrganisationDetails, PersonDetails, Profile};
use crate::{
    calendar::Date,
    money::Money,
    party::{
        findings::{Findings, MAX_NAME, MAX_WORDS, Place},
        identifier::PartyId,
    },
    privacy::Personal,
    refusal::Code,
};

/// Longest term of a need: a hundred years.
const MAX_TERM_MONTHS: i64 = 1200;

/// How a customer came to the company (客户类别).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CustomerKind {
    /// Direct (直接客户).
    Direct,
    /// Indirect, through another business (间接客户).
    Indirect,
    /// Through an agent (代理客户).
    Agent,
    /// A group that insures its members (集团客户): an organisation.
    Group,
}

/// Everything that is kept about a customer. `Debug` shows none of it.
///
/// Attributes that the host defines stand in [`crate::party::AttributeBook`], relations in
/// [`crate::party::RelationBook`], the history of vehicles in [`crate::party::InsuredObject`].
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CustomerRecord {
    /// The customer's code.
    pub id: PartyId,
    /// How the customer came.
    pub kind: CustomerKind,
    /// Who it is.
    pub profile: Profile,
    /// How to reach them.
    pub contacts: Vec<Contact>,
    /// What they prove themselves by.
    pub documents: Vec<Document>,
    /// Where they bank.
    pub accounts: Vec<BankAccount>,
    /// Their vehicles.
    pub vehicles: Vec<CustomerVehicle>,
    /// Where they were won (来源渠道), a code of the host.
    pub source_channel: Option<String>,
    /// The agent through whom they came (代理人).
    pub agent: Option<PartyId>,
    /// The business through which an indirect customer came (经由单位): a dealer, a bank, another customer.
    pub through: Option<PartyId>,
    /// Tags (标签). Personal.
    pub tags: Vec<String>,
    /// What they need (客户需求).
    pub needs: Vec<Need>,
    /// What was said (沟通历史).
    pub interactions: Vec<Interaction>,
}

/// A need for cover (客户需求). `Debug` does not show it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Need {
    /// The day on which it was noted.
    pub noted_on: Date,
    /// The cover (保障需求), a code of the host: life, accident, health, motor. Personal.
    pub cover: String,
    /// The sum insured that is looked for (期望保额). Personal.
    pub amount: Option<Money>,
    /// The term that is looked for (期望期限), in months. Personal.
    pub term_months: Option<i64>,
    /// What it may cost a year (可接受的年保费). Personal.
    pub price: Option<Money>,
    /// What matters in service (服务偏好). Personal.
    pub service: Option<Personal>,
}

/// One talk with a customer (沟通记录). `Debug` does not show it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Interaction {
    /// The day.
    pub on: Date,
    /// The time of day where the customer is, `HH:MM`.
    pub time: Option<String>,
    /// The channel (沟通渠道), a code of the host: visit, telephone, wechat.
    pub channel: String,
    /// What was talked about (内容). Personal.
    pub content: Personal,
    /// What the customer said to it (反馈). Personal.
    pub feedback: Option<Personal>,
    /// What the customer asked (提出的问题). Personal.
    pub questions: Vec<Personal>,
}

hidden!(CustomerRecord, Need, Interaction);

impl CustomerRecord {
    /// A direct customer, a person, of whom the name alone is known.
    #[must_use]
    pub const fn person(id: PartyId, name: Personal) -> Self {
        Self::of(id, Profile::Person { details: PersonDetails::named(name) })
    }

    /// A direct customer, an organisation, of which the full name alone is known.
    #[must_use]
    pub const fn organisation(id: PartyId, full_name: Personal) -> Self {
        Self::of(id, Profile::Organisation { details: OrganisationDetails::named(full_name) })
    }

    const fn of(id: PartyId, profile: Profile) -> Self {
        Self {
            id,
            kind: CustomerKind::Direct,
            profile,
            contacts: Vec::new(),
            documents: Vec::new(),
            accounts: Vec::new(),
            vehicles: Vec::new(),
            source_channel: None,
            agent: None,
            through: None,
            tags: Vec::new(),
            needs: Vec::new(),
            interactions: Vec::new(),
        }
    }
}

impl Need {
    pub(super) fn check(&mut self, place: &Place, findings: &mut Findings) {
        findings.past(&place.field("noted_on"), Some(self.noted_on));
        findings.words(&place.field("cover"), &mut self.cover, MAX_NAME);
        for (name, money) in [("amount", self.amount), ("price", self.price)] {
            if money.is_some_and(|money| money.is_negative()) {
                findings.code(&place.field(name).field("amount"), Code::PartyAmountNegative);
            }
        }
        findings.range(&place.field("term_months"), self.term_months, 1, MAX_TERM_MONTHS);
        if let Some(service) = &mut self.service {
            findings.personal(&place.field("service"), service, MAX_WORDS);
        }
    }
}

impl Interaction {
    pub(super) fn check(&mut self, place: &Place, findings: &mut Findings) {
        findings.past(&place.field("on"), Some(self.on));
        if self.time.as_deref().is_some_and(|time| !is_time(time)) {
            findings.code(&place.field("time"), Code::PartyInteractionTime);
        }
        findings.words(&place.field("channel"), &mut self.channel, MAX_NAME);
        findings.note(&place.field("content"), &mut self.content);
        if let Some(feedback) = &mut self.feedback {
            findings.note(&place.field("feedback"), feedback);
        }
        let questions = place.field("questions");
        for (index, question) in findings.entries(&questions, &mut self.questions).iter_mut().enumerate() {
            findings.note(&questions.entry(index), question);
        }
    }
}

/// `00:00` to `23:59`.
fn is_time(text: &str) -> bool {
    let [h1, h2, b':', m1, m2] = text.as_bytes() else { return false };
    let hour = matches!((h1, h2), (b'0' | b'1', b'0'..=b'9') | (b'2', b'0'..=b'3'));
    hour && matches!((m1, m2), (b'0'..=b'5', b'0'..=b'9'))
}
