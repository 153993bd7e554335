//! Facts about single needs and social attributes: codes of the host that become facts of their own (需求与社会属性指标).
//!
//! A condition names facts, and covers and social attributes are codes of the host: [`CustomerFactCodes`] says which of
//! them become facts, under which names.

use alloc::{
    collections::{BTreeMap, BTreeSet},
    string::String,
    vec::Vec,
};

use serde::{Deserialize, Serialize};

use super::{Customer, Need, Profile, facts::customer_facts};
use crate::{
    calendar::{AgeConvention, Date},
    money::{Currency, Money},
    party::findings::{Findings, MAX_NAME, MAX_WORDS, Place},
    refusal::{Code, Fault, Refusal},
    rulebook::{FactDeclaration, Scalar, ValueType},
};

/// What a fact about a need ends with: its type and its meaning.
const ABOUT_NEED: [(&str, ValueType, &str, &str); 5] = [
    ("", ValueType::Boolean, "whether the cover is wanted", "是否需要该保障"),
    ("_amount", ValueType::Decimal, "sum insured that is looked for", "期望保额"),
    ("_term_months", ValueType::Integer, "term that is looked for", "期望期限"),
    ("_price", ValueType::Decimal, "what it may cost a year", "可接受的年保费"),
    ("_service", ValueType::Text, "what matters in service", "服务偏好"),
];

/// Which codes of the host become facts of a customer (指标代码).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CustomerFactCodes {
    /// The currency of the facts that are amounts; an amount in another one is not known to conditions.
    pub currency: Currency,
    /// Covers that needs name (保障需求). A code `medical` gives the facts `need_medical` (true or false),
    /// `need_medical_amount`, `need_medical_term_months`, `need_medical_price` and `need_medical_service`.
    pub covers: Vec<CustomerFactCode>,
    /// Social attributes (社会属性). A code `teacher` gives the fact `social_teacher`, true or false.
    pub social_attributes: Vec<CustomerFactCode>,
}

/// One code and the name that facts about it have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CustomerFactCode {
    /// The name, in snake_case.
    pub name: String,
    /// The code as it stands in records.
    pub code: String,
    /// What the code means, in English.
    pub meaning: String,
    /// What the code means, in Chinese (含义).
    pub meaning_zh: String,
}

impl CustomerFactCodes {
    /// The declarations of everything that [`Customer::facts_of`] tells, those of [`customer_facts`] first.
    #[must_use]
    pub fn declarations(&self) -> Vec<FactDeclaration> {
        let mut all = customer_facts();
        all.extend(self.placed().map(|(_, _, declaration)| declaration));
        all
    }

    /// Each declaration that comes from a code, with the list and the index of the code.
    pub(in crate::party) fn placed(&self) -> impl Iterator<Item = (&'static str, usize, FactDeclaration)> {
        let currency = self.currency;
        let needs = self.covers.iter().enumerate().flat_map(move |(index, code)| {
            ABOUT_NEED.iter().map(move |(end, value_type, meaning, meaning_zh)| {
                let unit = match *end {
                    "_amount" | "_price" => Some(String::from(currency.as_str())),
                    "_term_months" => Some("months".into()),
                    _ => None,
                };
                let meanings = (
                    alloc::format!("{}: {meaning}", code.meaning),
                    alloc::format!("{}：{meaning_zh}", code.meaning_zh),
                );
                let name = alloc::format!("need_{}{end}", code.name);
                ("covers", index, declared(name, *value_type, unit, meanings))
            })
        });
        let social = self.social_attributes.iter().enumerate().map(|(index, code)| {
            let meanings = (code.meaning.clone(), code.meaning_zh.clone());
            let name = alloc::format!("social_{}", code.name);
            ("social_attributes", index, declared(name, ValueType::Boolean, None, meanings))
        });
        needs.chain(social)
    }

    /// Each code once, and texts as they stand in checked records; names are checked with the facts.
    pub(in crate::party) fn check(&self, place: &Place, findings: &mut Findings) {
        let lists = [("covers", &self.covers, MAX_NAME), ("social_attributes", &self.social_attributes, MAX_WORDS)];
        for (field, list, limit) in lists {
            let place = place.field(field);
            let mut list = list.clone();
            let mut seen = BTreeSet::new();
            for (index, code) in findings.entries(&place, &mut list).iter_mut().enumerate() {
                let place = place.entry(index);
                findings.words(&place.field("code"), &mut code.code, limit);
                if !seen.insert(code.code.clone()) {
                    findings.code(&place.field("code"), Code::PartyFactsCodeDuplicate);
                }
            }
        }
    }

    /// The need for a cover that counts on a day.
    fn newest<'n>(needs: &'n [Need], code: &str, on: Date) -> Option<&'n Need> {
        // Of two needs of one day the later entry counts.
        let wanted = needs.iter().filter(|need| need.cover == code.trim() && need.noted_on <= on);
        wanted.max_by_key(|need| need.noted_on)
    }
}

fn declared(
    name: String,
    value_type: ValueType,
    unit: Option<String>,
    (meaning, meaning_zh): (String, String),
) -> FactDeclaration {
    let (choices, minimum, maximum) = (Vec::new(), None, None);
    FactDeclaration { name, value_type, unit, meaning, meaning_zh, personal: true, choices, minimum, maximum }
}

impl Customer {
    /// What conditions may test of this customer on a day: everything of [`Customer::facts`], and of each code whether
    /// the cover is wanted or the social attribute is noted, and what is known about the need.
    ///
    /// The newest need for a cover counts, of those noted by that day. What is not known is left out, an amount in
    /// another currency too.
    ///
    /// ```
    /// use crm_core::{calendar::{AgeConvention, Date}, money::{Currency, Money}, privacy::Personal, rulebook::Scalar};
    /// use crm_core::party::{
    ///     CaptureOptions, Customer, CustomerFactCode, CustomerFactCodes, CustomerRecord, Need, PartyId,
    /// };
    ///
    /// let (today, by_birthday) = (Date::parse("2026-11-21")?, AgeConvention::BirthdayCounts);
    /// let mut record = CustomerRecord::person(PartyId::new("C-0042")?, Personal::from("张三"));
    /// record.needs.push(Need {
    ///     noted_on: Date::parse("2026-01-02")?,
    ///     cover: "医疗".into(),
    ///     amount: Some(Money::from_minor(500_000_00, Currency::CNY)),
    ///     term_months: None,
    ///     price: None,
    ///     service: None,
    /// });
    /// let medical = CustomerFactCode {
    ///     name: "medical".into(),
    ///     code: "医疗".into(),
    ///     meaning: "medical expenses".into(),
    ///     meaning_zh: "医疗费用".into(),
    /// };
    /// let mut codes = CustomerFactCodes { currency: Currency::CNY, covers: vec![medical], social_attributes: vec![] };
    /// let customer = Customer::check(&record, today, &CaptureOptions::default())?;
    /// let facts = customer.facts_of(&codes, today, by_birthday)?;
    /// assert_eq!(facts.get("need_medical"), Some(&Scalar::Boolean(true)));
    /// assert!(facts.contains_key("need_medical_amount") && !facts.contains_key("need_medical_price"));
    ///
    /// codes.covers.push(codes.covers[0].clone());
    /// let refusal = customer.facts_of(&codes, today, by_birthday).unwrap_err();
    /// assert_eq!(refusal.code().as_str(), "party.facts.code_duplicate");
    /// # Ok::<(), crm_core::refusal::Refusal>(())
    /// ```
    ///
    /// # Errors
    /// `calendar.age.before_birth`; at the code: `party.facts.code_duplicate`, `rulebook.name.duplicate`,
    /// `party.list.length`, `party.text.empty`, `party.text.length`, `party.text.characters`.
    pub fn facts_of(
        &self,
        codes: &CustomerFactCodes,
        on: Date,
        convention: AgeConvention,
    ) -> Result<BTreeMap<String, Scalar>, Refusal> {
        let mut findings = Findings::new(on);
        codes.check(&Place::root(), &mut findings);
        let mut names: BTreeSet<String> = customer_facts().into_iter().map(|fact| fact.name).collect();
        for (field, index, fact) in codes.placed() {
            if !names.insert(fact.name.clone()) {
                let fault = Fault::new(Code::RulebookNameTwice).with_name("name", &fact.name);
                findings.fault(&Place::root().field(field).entry(index).field("name"), fault);
            }
        }
        findings.settle()?;
        let mut facts = self.facts(on, convention)?;
        for code in &codes.covers {
            let need = CustomerFactCodes::newest(&self.record().needs, &code.code, on);
            let mut tell = |end: &str, value: Option<Scalar>| {
                if let Some(value) = value {
                    facts.insert(alloc::format!("need_{}{end}", code.name), value);
                }
            };
            tell("", Some(Scalar::Boolean(need.is_some())));
            let Some(need) = need else { continue };
            let amount = |money: Option<Money>| {
                let money = money.filter(|money| money.currency() == codes.currency);
                money.map(|money| Scalar::Decimal(money.amount()))
            };
            tell("_amount", amount(need.amount));
            tell("_term_months", need.term_months.map(Scalar::Integer));
            tell("_price", amount(need.price));
            tell("_service", need.service.as_ref().map(|service| Scalar::Text(service.reveal().into())));
        }
        for code in &codes.social_attributes {
            let noted = match &self.record().profile {
                Profile::Person { details } => details.social_attributes.iter().any(|noted| noted == code.code.trim()),
                Profile::Organisation { .. } => false,
            };
            facts.insert(alloc::format!("social_{}", code.name), Scalar::Boolean(noted));
        }
        Ok(facts)
    }
}
