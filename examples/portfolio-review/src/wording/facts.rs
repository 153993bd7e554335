//! Facts in the words and units of the catalogue.

use crm_core::{
    money::Currency,
    portfolio::fact_catalogue,
    rulebook::{FactDeclaration, Value},
};

use super::two_places;
use crate::report::{html::grouped, page::Words};

/// The declared facts, by name.
pub struct FactWords {
    declared: Vec<FactDeclaration>,
    currency: Currency,
}

impl FactWords {
    /// The catalogue with the facts that a model adds.
    #[must_use]
    pub fn new(currency: Currency, own: &[FactDeclaration]) -> Self {
        let mut declared = fact_catalogue(currency);
        declared.extend(own.iter().cloned());
        Self { declared, currency }
    }

    /// What a fact is called; its name where nobody declared it.
    #[must_use]
    pub fn name(&self, fact: &str) -> Words {
        self.of(fact).map_or_else(|| Words::both(fact), |own| Words::new(own.meaning_zh.clone(), own.meaning.clone()))
    }

    /// The unit of a fact; nothing where it has none.
    #[must_use]
    pub fn unit(&self, fact: &str) -> &str {
        self.of(fact).and_then(|own| own.unit.as_deref()).unwrap_or_default()
    }

    /// A fact with its value and unit: `满期赔付率 48.61%`, `claims paid 1,200.00 CNY`.
    #[must_use]
    pub fn told(&self, fact: &str, of: Option<&Value>) -> Words {
        let name = self.name(fact);
        let value = self.value(fact, of);
        let mark = if matches!(of, Some(Value::Boolean(_))) { "：" } else { " " };
        Words::new(format!("{}{mark}{}", name.zh, value.zh), format!("{}: {}", name.en, value.en))
    }

    /// The value of a fact with its unit; a dash where it is absent.
    #[must_use]
    pub fn value(&self, fact: &str, of: Option<&Value>) -> Words {
        let unit = self.unit(fact);
        of.map_or_else(|| Words::both("–"), |of| value(of, unit, self.currency))
    }

    fn of(&self, fact: &str) -> Option<&FactDeclaration> {
        self.declared.iter().find(|own| own.name == fact)
    }
}

/// A value with its unit, with two places at most.
#[must_use]
pub fn value(value: &Value, unit: &str, currency: Currency) -> Words {
    let number = match value {
        Value::Boolean(true) => return Words::new("是", "yes"),
        Value::Boolean(false) => return Words::new("否", "no"),
        Value::Date(day) => return Words::both(day.to_string()),
        Value::Text(text) => return super::choice(text),
        Value::Integer(number) => grouped((*number).into()),
        Value::Decimal(number) => grouped(two_places(*number)),
    };
    if unit == currency.as_str() && currency == Currency::CNY {
        return Words::new(format!("{number} 元"), format!("{number} CNY"));
    }
    let one = number == "1";
    let (zh, en) = match unit {
        "" => return Words::both(number),
        "%" => return Words::both(format!("{number}%")),
        "years" => ("年", if one { "year" } else { unit }),
        "months" => ("个月", if one { "month" } else { unit }),
        "days" => ("天", if one { "day" } else { unit }),
        "policies" => ("件", if one { "policy" } else { unit }),
        "claims" => ("次", if one { "claim" } else { unit }),
        "claims a year" => ("次/年", unit),
        "complaints" => ("件", if one { "complaint" } else { unit }),
        other => (other, other),
    };
    Words::new(format!("{number} {zh}"), format!("{number} {en}"))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use crm_core::money::Decimal;

    use super::*;

    #[test]
    fn facts_are_told_in_the_words_of_the_catalogue_with_their_unit() {
        let words = FactWords::new(Currency::CNY, &[]);
        let decimal = |text| Some(Value::Decimal(Decimal::parse(text).unwrap()));
        for (fact, value, zh, en) in [
            (
                "loss_ratio_earned",
                decimal("110.8772"),
                "满期赔付率 110.88%",
                "claims paid and outstanding ÷ earned premium: 110.88%",
            ),
            ("claims_paid", decimal("1234567.80"), "已决赔款 1,234,567.80 元", "claims paid: 1,234,567.80 CNY"),
            (
                "claims_in_window",
                Some(Value::Integer(1)),
                "期内出险次数 1 次",
                "claims reported whose loss occurred in the window: 1 claim",
            ),
            ("prospect", Some(Value::Boolean(true)), "潜在客户：是", "filed as a prospect: yes"),
            ("claims_paid", None, "已决赔款 –", "claims paid: –"),
            ("unheard_of", Some(Value::Integer(2)), "unheard_of 2", "unheard_of: 2"),
        ] {
            assert_eq!(words.told(fact, value.as_ref()), Words::new(zh, en));
        }
    }

    #[test]
    fn every_unit_of_the_catalogue_has_chinese_words() {
        for fact in fact_catalogue(Currency::CNY) {
            let unit = fact.unit.unwrap_or_default();
            let told = value(&Value::Integer(2), &unit, Currency::CNY).zh;
            let letters = told.chars().any(|letter| letter.is_ascii_alphabetic());
            assert!(!letters, "{}: {told}", fact.name);
        }
    }
}
