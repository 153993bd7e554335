//! What is insured, and who prices it.

use alloc::{collections::BTreeMap, string::String};

use serde::{Deserialize, Serialize};

use super::timeline::{PinnedPrice, RateVersion};
use crate::{
    calendar::Date,
    money::{Currency, Decimal, Money},
    refusal::{Code, Fault, Refusal},
    rulebook::Scalar,
};

/// What is insured on a day: terms of the whole policy, and the coverages in force with terms of their own.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InsuredRisk {
    /// Terms of the whole policy.
    pub terms: BTreeMap<String, Scalar>,
    /// The coverages in force, by code, with their own terms.
    pub covers: BTreeMap<String, BTreeMap<String, Scalar>>,
}

/// Prices a coverage: a rate plan, or amounts that somebody worked out elsewhere.
///
/// The answer depends on the risk and the day alone. A plan whose versions stand as dated data gives the same answer
/// whenever it is asked; that is what law 4 rests on.
pub trait CoverPrices {
    /// The net premium of a year of the coverage `coverage` of `risk`, from the version that is valid on `rated_on`.
    ///
    /// # Errors
    /// Those of whoever prices.
    fn annual(&self, risk: &InsuredRisk, coverage: &str, rated_on: Date) -> Result<PinnedPrice, Refusal>;
}

/// Prices as amounts: the coverage's term `annual_premium` is its price.
///
/// For a host that rates elsewhere and keeps its changes here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatedPrices {
    /// The name that stands in the version.
    pub plan: String,
    /// The currency of the amounts.
    pub currency: Currency,
}

impl StatedPrices {
    /// The term that holds the amount.
    pub const TERM: &'static str = "annual_premium";
}

impl CoverPrices for StatedPrices {
    fn annual(&self, risk: &InsuredRisk, coverage: &str, rated_on: Date) -> Result<PinnedPrice, Refusal> {
        let stated = risk.covers.get(coverage).and_then(|terms| terms.get(Self::TERM));
        let amount = match stated {
            Some(Scalar::Decimal(amount)) => Ok(*amount),
            Some(Scalar::Integer(amount)) => Ok(Decimal::from(*amount)),
            Some(Scalar::Text(amount)) => Decimal::parse(amount),
            _ => Err(Fault::new(Code::ProductChangePriceMissing).with_name("coverage", coverage).into()),
        };
        let annual = Money::new(amount?, self.currency)?;
        Ok(PinnedPrice { annual, version: RateVersion { plan: self.plan.clone(), rated_on } })
    }
}
