//! Rule sets (规则集).

use std::collections::BTreeMap;

use crm_core::calendar::Date;
use crm_core::refusal::{Code, Refusal};
use crm_core::rulebook::{self, Evaluation, KnownValue, RuleSetSpec, Scalar};

use crate::placed::placed;

/// A loaded rule set: facts, dated parameters and rules, checked whole (规则集).
#[derive(Debug)]
pub struct RuleSet(rulebook::RuleSet);

impl RuleSet {
    /// Checks a rule set and makes it ready; every fault of its facts, parameters and rules is reported at once.
    ///
    /// # Errors
    /// `rulebook.*` with the path in the specification; `wire.<type>.expected` for values of the wrong type.
    pub fn load(spec: RuleSetSpec) -> Result<Self, Refusal> {
        rulebook::RuleSet::load(&spec).map(Self)
    }

    /// What every rule says about these facts, with dated values as of a day, and why.
    ///
    /// `as_of` is the day for which parameters are looked up. A fact that is absent or null is not known.
    ///
    /// # Errors
    /// At the fact: `rulebook.fact.unknown`, `rulebook.fact.choice`, `rulebook.fact.range`, `wire.<type>.expected`, and
    /// `rulebook.fact.missing` where an answer depends on it; at `/as_of`: `rulebook.dated.outside`. All at once.
    pub fn evaluate(&self, facts: BTreeMap<String, Scalar>, as_of: Date) -> Result<Evaluation, Refusal> {
        self.0.evaluate(&facts, as_of).map_err(|refusal| placed(refusal, dated_fault))
    }

    /// What a parameter is on a day, with its source and whether it is stale (参数在某日的取值).
    ///
    /// # Errors
    /// `rulebook.parameter.undeclared`; at `/as_of`: `rulebook.dated.outside`.
    pub fn parameter(&self, name: String, as_of: Date) -> Result<KnownValue, Refusal> {
        self.0.parameter(&name, as_of).map_err(|refusal| placed(refusal, dated_fault))
    }
}

/// What is looked up for a day is not there on that day.
pub(super) fn dated_fault(code: Code) -> Option<&'static str> {
    (code == Code::RulebookDatedOutside).then_some("as_of")
}
