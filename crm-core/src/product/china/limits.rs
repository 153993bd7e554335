//! Limits of compulsory motor on the day of an accident.

use alloc::string::String;

use serde::{Deserialize, Serialize};

use super::super::RatePlan;
use crate::{
    calendar::Date,
    money::Money,
    refusal::{Code, Fault, Refusal},
    rulebook::{Value, ValueType},
};

/// What compulsory motor pays at most for one accident (交强险责任限额).
///
/// The day of the accident decides, whenever the policy began: policies of both tariffs pay by the higher limits from
/// 2020-09-19 on. A quote shows the limits of the first day of cover.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CompulsoryLimits {
    /// Death and disability (死亡伤残).
    pub death: Money,
    /// Medical expenses (医疗费用).
    pub medical: Money,
    /// Property (财产损失).
    pub property: Money,
    /// Death and disability where the insured is not at fault (无责死亡伤残).
    pub no_fault_death: Money,
    /// Medical expenses where the insured is not at fault (无责医疗费用).
    pub no_fault_medical: Money,
    /// Property where the insured is not at fault (无责财产损失).
    pub no_fault_property: Money,
    /// Who says so.
    pub source: String,
    /// Whether the day lies after the last check of the data.
    pub stale: bool,
}

impl CompulsoryLimits {
    /// The limits of a plan's parameters `limit_death`, `limit_medical`… on the day of an accident.
    ///
    /// # Errors
    /// `rulebook.dated.outside` for a day without a limit; `product.reference.unknown` when the plan has no such
    /// parameter, `product.reference.type` when it is no decimal.
    ///
    /// ```
    /// use crm_core::{calendar::Date, product::china::{CompulsoryLimits, compulsory_motor}};
    ///
    /// let plan = compulsory_motor()?;
    /// let limits = CompulsoryLimits::on(&plan, Date::parse("2020-09-19")?)?;
    /// assert_eq!(limits.death.to_string(), "CNY 180000.00");
    /// assert_eq!(limits.at_fault()?.to_string(), "CNY 200000.00");
    ///
    /// let refusal = CompulsoryLimits::on(&plan, Date::parse("2008-01-31")?).unwrap_err();
    /// assert_eq!(refusal.code().as_str(), "rulebook.dated.outside");
    /// # Ok::<(), crm_core::refusal::Refusal>(())
    /// ```
    pub fn on(plan: &RatePlan, accident: Date) -> Result<Self, Refusal> {
        let (mut source, mut stale) = (String::new(), false);
        let mut limit = |name: &'static str| {
            let unknown =
                || Fault::new(Code::ProductReferenceUnknown).with("what", "parameter").with_name("name", name);
            let found = plan.spec().parameters.iter().find(|parameter| parameter.name == name);
            let parameter = found.ok_or_else(unknown)?;
            let known = parameter.at(accident)?;
            stale |= known.stale;
            source = known.source;
            match (parameter.value_type, known.value) {
                (ValueType::Decimal, Value::Decimal(amount)) => Money::new(amount, plan.spec().currency),
                (other, _) => {
                    let fault = Fault::new(Code::ProductReferenceType).with_name("name", name);
                    Err(fault.with("type", other.as_str()).into())
                }
            }
        };
        Ok(Self {
            death: limit("limit_death")?,
            medical: limit("limit_medical")?,
            property: limit("limit_property")?,
            no_fault_death: limit("limit_no_fault_death")?,
            no_fault_medical: limit("limit_no_fault_medical")?,
            no_fault_property: limit("limit_no_fault_property")?,
            source,
            stale,
        })
    }

    /// The three limits of an insured at fault together (有责总限额).
    ///
    /// # Errors
    /// `money.amount.range`, `money.currency.mixed` for limits that a host made itself.
    pub fn at_fault(&self) -> Result<Money, Refusal> {
        Money::sum(self.death.currency(), [self.death, self.medical, self.property])
    }

    /// The three limits of an insured not at fault together (无责总限额).
    ///
    /// # Errors
    /// Those of [`CompulsoryLimits::at_fault`].
    pub fn not_at_fault(&self) -> Result<Money, Refusal> {
        let parts = [self.no_fault_death, self.no_fault_medical, self.no_fault_property];
        Money::sum(self.no_fault_death.currency(), parts)
    }
}
