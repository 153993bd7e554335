//! Facts about a customer for conditions: rating, underwriting, segments, recommendation by need (指标).

use alloc::{collections::BTreeMap, string::String, vec::Vec};

use super::{Customer, CustomerKind, MaritalStatus, Profile};
use crate::{
    calendar::{AgeConvention, Date},
    party::resident_id::Sex,
    refusal::Refusal,
    rulebook::{FactDeclaration, Scalar, ValueType},
};

/// Name, type, unit, meaning, 中文, whether it is personal, choices.
type Line = (&'static str, ValueType, Option<&'static str>, &'static str, &'static str, bool, &'static [&'static str]);

const LINES: [Line; 13] = [
    (
        "customer_kind",
        ValueType::Text,
        None,
        "how the customer came to the company",
        "客户类别",
        false,
        &["direct", "indirect", "agent", "group"],
    ),
    ("is_organisation", ValueType::Boolean, None, "whether the customer is an organisation", "是否单位", false, &[]),
    ("age", ValueType::Integer, Some("years"), "age in completed years", "周岁年龄", true, &[]),
    ("sex", ValueType::Text, None, "sex", "性别", true, &["male", "female"]),
    (
        "marital_status",
        ValueType::Text,
        None,
        "marital status",
        "婚姻状况",
        true,
        &["single", "married", "divorced", "widowed"],
    ),
    ("occupation_class", ValueType::Integer, None, "class of the occupation by its risk", "职业类别", true, &[]),
    ("income_band", ValueType::Text, None, "band of the income, a code of the host", "收入区间", true, &[]),
    ("household_size", ValueType::Integer, Some("people"), "people in the household", "家庭人口", true, &[]),
    ("children", ValueType::Integer, Some("people"), "children", "子女数", true, &[]),
    ("dependants", ValueType::Integer, Some("people"), "people who depend on the income", "受抚养人数", true, &[]),
    ("employees", ValueType::Integer, Some("people"), "people employed", "员工人数", false, &[]),
    ("vehicles", ValueType::Integer, Some("vehicles"), "vehicles in the record", "车辆数", false, &[]),
    ("needs", ValueType::Integer, None, "needs for cover that are noted", "已记录的保障需求数", false, &[]),
];

/// The declarations of the facts that [`Customer::facts`] tells, for the rule sets that test them.
#[must_use]
pub fn customer_facts() -> Vec<FactDeclaration> {
    let declared = |(name, value_type, unit, meaning, meaning_zh, personal, choices): Line| FactDeclaration {
        name: name.into(),
        value_type,
        unit: unit.map(String::from),
        meaning: meaning.into(),
        meaning_zh: meaning_zh.into(),
        personal,
        choices: choices.iter().copied().map(String::from).collect(),
        minimum: None,
        maximum: None,
    };
    LINES.into_iter().map(declared).collect()
}

impl Customer {
    /// What conditions may test of this customer on a day; what is not known is left out.
    ///
    /// ```
    /// use crm_core::{calendar::{AgeConvention, Date}, privacy::Personal, rulebook::Scalar};
    /// use crm_core::party::{CaptureOptions, Customer, CustomerRecord, Document, DocumentKind, PartyId};
    ///
    /// let today = Date::parse("2026-11-21")?;
    /// let mut record = CustomerRecord::person(PartyId::new("C-0042")?, Personal::from("张三"));
    /// record.documents.push(Document::new(DocumentKind::ResidentId, "11010519491231002X".into()));
    /// let customer = Customer::check(&record, today, &CaptureOptions::default())?;
    /// let facts = customer.facts(today, AgeConvention::BirthdayCounts)?;
    /// assert_eq!(facts.get("age"), Some(&Scalar::Integer(76)));
    /// assert_eq!(facts.get("children"), None);
    /// let before = customer.facts(Date::parse("1949-01-01")?, AgeConvention::BirthdayCounts).unwrap_err();
    /// assert_eq!(before.code().as_str(), "calendar.age.before_birth");
    /// # Ok::<(), crm_core::refusal::Refusal>(())
    /// ```
    ///
    /// # Errors
    /// `calendar.age.before_birth`.
    pub fn facts(&self, on: Date, convention: AgeConvention) -> Result<BTreeMap<String, Scalar>, Refusal> {
        let record = self.record();
        let mut facts = BTreeMap::new();
        let mut tell = |name: &str, value: Option<Scalar>| {
            if let Some(value) = value {
                facts.insert(String::from(name), value);
            }
        };
        let word = |word: &str| Some(Scalar::Text(word.into()));
        let count = |length: usize| i64::try_from(length).ok().map(Scalar::Integer);
        tell("customer_kind", word(kind_word(record.kind)));
        tell("is_organisation", Some(Scalar::Boolean(record.profile.is_organisation())));
        tell("age", self.age(on, convention)?.map(Scalar::Integer));
        tell("sex", self.sex().map(sex_word).and_then(word));
        match &record.profile {
            Profile::Person { details } => {
                tell("marital_status", details.marital_status.map(marital_word).and_then(word));
                tell("occupation_class", details.occupation_class.map(Scalar::Integer));
                tell("income_band", details.income_band.as_deref().and_then(word));
                if let Some(family) = &details.family {
                    tell("household_size", family.household_size.map(Scalar::Integer));
                    tell("children", family.children.map(Scalar::Integer));
                    tell("dependants", family.dependants.map(Scalar::Integer));
                }
            }
            Profile::Organisation { details } => tell("employees", details.employees.map(Scalar::Integer)),
        }
        tell("vehicles", count(record.vehicles.len()));
        tell("needs", count(record.needs.len()));
        Ok(facts)
    }
}

const fn kind_word(kind: CustomerKind) -> &'static str {
    match kind {
        CustomerKind::Direct => "direct",
        CustomerKind::Indirect => "indirect",
        CustomerKind::Agent => "agent",
        CustomerKind::Group => "group",
    }
}

const fn sex_word(sex: Sex) -> &'static str {
    match sex {
        Sex::Male => "male",
        Sex::Female => "female",
    }
}

const fn marital_word(status: MaritalStatus) -> &'static str {
    match status {
        MaritalStatus::Single => "single",
        MaritalStatus::Married => "married",
        MaritalStatus::Divorced => "divorced",
        MaritalStatus::Widowed => "widowed",
    }
}
