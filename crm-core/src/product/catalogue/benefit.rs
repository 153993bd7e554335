//! Whether a cover pays on a day: waiting period and conditions of the benefit.

use alloc::{collections::BTreeMap, string::String, vec::Vec};

use serde::{Deserialize, Serialize};

use super::{
    cover::WaitingPeriod,
    load::Catalogue,
    rule::{CheckedCondition, Eligibility, Situation},
};
use crate::{
    calendar::Date,
    refusal::{Code, Fault, Refusal},
    rulebook::Scalar,
};

/// What happened to which cover.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BenefitRequest {
    /// The code of the product.
    pub product: String,
    /// The code of the cover (险别).
    pub cover: String,
    /// The first day of cover (起保日期); decides the terms.
    pub cover_from: Date,
    /// The day of the loss (出险日期); dated values are those of this day.
    pub occurred_on: Date,
    /// Whether an accident caused it (意外).
    pub accident: bool,
    /// Whether the policy renews one without a break (续保).
    pub renewal: bool,
    /// What is known about the case.
    pub facts: BTreeMap<String, Scalar>,
}

/// What the catalogue says about a benefit. Whether a claim is paid is for the claims department to say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BenefitCheck {
    /// The waiting period of the cover; none where it has none.
    pub waiting: Option<WaitingPeriod>,
    /// The first day after the waiting period; none where it has none or this case is exempt.
    pub waiting_until: Option<Date>,
    /// Whether the loss lies in the waiting period.
    pub in_waiting: bool,
    /// Whether waiting period and conditions allow a benefit.
    pub eligibility: Eligibility,
    /// Whether the catalogue or a dated value was last checked before the day of the loss.
    pub stale: bool,
    /// Every condition, by name.
    pub conditions: Vec<CheckedCondition>,
}

impl Catalogue {
    /// Whether waiting period (等待期) and benefit conditions (给付条件) of a cover are met.
    ///
    /// The terms are those of the first day of cover. A loss on the first day after the waiting period is covered.
    ///
    /// # Errors
    /// As [`Catalogue::on_day`] for the first day of cover; `product.catalogue.cover_unknown`;
    /// `product.catalogue.loss_before`; those of [`Catalogue::eligibility`] at `/facts`; `calendar.date.range`.
    pub fn benefit(&self, request: &BenefitRequest) -> Result<BenefitCheck, Refusal> {
        self.stale_on(request.cover_from).map_err(|refusal| refusal.at("cover_from"))?;
        let day = self.find_on(&request.product, request.cover_from).map_err(|refusal| refusal.at("product"))?;
        let unknown = || Fault::new(Code::CatalogueCoverUnknown).with_name("code", &request.cover).at("cover");
        let cover = day.terms.covers.iter().find(|cover| cover.cover == request.cover).ok_or_else(unknown)?;
        if request.occurred_on < request.cover_from {
            return Err(Fault::new(Code::CatalogueLossBefore).at("occurred_on").into());
        }
        let known = self.known(&request.facts)?;
        let exempt = |waiting: &WaitingPeriod| {
            waiting.accidents_exempt && request.accident || waiting.renewals_exempt && request.renewal
        };
        let waits = cover.waiting.filter(|waiting| !exempt(waiting));
        let waiting_until = waits.map(|waiting| request.cover_from.plus_days(waiting.days)).transpose()?;
        let in_waiting = waiting_until.is_some_and(|until| request.occurred_on < until);
        let situation = Situation { vocabulary: &self.vocabulary, known: &known, on: request.occurred_on };
        let mut conditions = Vec::new();
        for rule in day.rules.benefits.get(&request.cover).into_iter().flatten() {
            conditions.push(rule.ask(&situation)?);
        }
        let eligibility = if in_waiting { Eligibility::NotEligible } else { Eligibility::of(&conditions) };
        let stale = self.stale_on(request.occurred_on)? || conditions.iter().any(|check| check.stale);
        Ok(BenefitCheck { waiting: cover.waiting, waiting_until, in_waiting, eligibility, stale, conditions })
    }
}
