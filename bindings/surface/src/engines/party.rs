//! Which facts of a customer speak for which products (需求因素与产品对照).

use std::collections::BTreeMap;

use crm_core::calendar::Date;
use crm_core::party::{self, CaptureOptions, Customer, CustomerRecord, ProductFactorsSpec, ProductRanking};
use crm_core::refusal::{Code, Refusal};
use crm_core::rulebook::Scalar;

use crate::placed::placed;

/// A loaded table of product factors, checked whole, its cases met (需求因素与产品对照表).
#[derive(Debug)]
pub struct ProductFactors(party::ProductFactors);

impl ProductFactors {
    /// Checks a table and runs its cases; every fault is reported at once, those of the cases when nothing else is wrong.
    ///
    /// # Errors
    /// `rulebook.*` and `wire.<type>.expected` at facts, parameters and conditions; `calendar.period.empty`,
    /// `rulebook.dated.empty`, `rulebook.dated.gap`, `rulebook.dated.overlap`, `rulebook.source.missing` at versions;
    /// `party.factors.no_product`, `party.factors.product_duplicate`, `party.number.range`, `party.text.empty`,
    /// `party.text.length`, `party.text.characters` at products; `party.facts.code_duplicate` at codes;
    /// `party.factors.case` at cases.
    pub fn load(spec: ProductFactorsSpec) -> Result<Self, Refusal> {
        party::ProductFactors::load(&spec).map(Self)
    }

    /// What suits a customer on a day, in its order and with its reasons; every factor in force with its trace (产品推荐).
    ///
    /// `host_facts` are the facts that the table takes from the host, as far as they are known. A factor that depends on
    /// something that is not known is undecided and says what is missing.
    ///
    /// # Errors
    /// Those of `check_customer`; at `/on`: `rulebook.dated.outside`, `calendar.age.before_birth`; at the fact of
    /// `/host_facts`: `rulebook.fact.unknown`, `rulebook.fact.choice`, `rulebook.fact.range`, `wire.<type>.expected`.
    pub fn rank(
        &self,
        record: CustomerRecord,
        host_facts: BTreeMap<String, Scalar>,
        on: Date,
        options: CaptureOptions,
    ) -> Result<ProductRanking, Refusal> {
        let customer = Customer::check(&record, on, &options)?;
        self.0.rank(&customer, &host_facts, on).map_err(|refusal| placed(refusal, param_of))
    }

    /// The same for facts that are known already: those of `customer_facts_of` and of the host, by name.
    ///
    /// # Errors
    /// At the fact: `rulebook.fact.unknown`, `rulebook.fact.choice`, `rulebook.fact.range`, `wire.<type>.expected`; at
    /// `/on`: `rulebook.dated.outside`.
    pub fn rank_facts(&self, facts: BTreeMap<String, Scalar>, on: Date) -> Result<ProductRanking, Refusal> {
        let outside = |code: Code| (code == Code::RulebookDatedOutside).then_some("on");
        self.0.rank_facts(&facts, on).map_err(|refusal| placed(refusal, outside))
    }
}

/// The customer was checked before: what is wrong is the day or a fact of the host.
fn param_of(code: Code) -> Option<&'static str> {
    Some(match code {
        Code::RulebookDatedOutside | Code::CalendarAgeBeforeBirth => "on",
        _ => "host_facts",
    })
}
