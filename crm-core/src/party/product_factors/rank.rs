//! What a table of product factors says about one customer on a day.

use alloc::{
    collections::BTreeMap,
    string::{String, ToString as _},
    vec::Vec,
};
use core::cmp::Reverse;

use serde::{Deserialize, Serialize};

use super::{
    ProductFactorCase, ProductFactors, ProductWeight,
    table::{Factor, Version},
};
use crate::{
    calendar::Date,
    party::customer::Customer,
    refusal::{Code, Fault, Refusal},
    rulebook::{Scalar, Trace},
};

/// Products that suit a customer, in their order, and why (产品推荐依据).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProductRanking {
    /// The name of the table.
    pub table: String,
    /// The day.
    pub on: Date,
    /// Whether the table, or a parameter that a factor used, was last checked before the day.
    pub stale: bool,
    /// The products for or against which a factor speaks that holds; the largest sum of weights first, equal sums in
    /// the order of the codes.
    pub products: Vec<RankedProduct>,
    /// Every factor in force on the day, in the order of the table, with its trace.
    pub factors: Vec<FactorOutcome>,
}

/// A product in a ranking.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RankedProduct {
    /// The product, a code of the host.
    pub product: String,
    /// Its place, from 1; products with equal sums share a place, and the next one has the place that its number gives.
    pub rank: i64,
    /// The sum of the weights of the factors that hold.
    pub weight: i64,
    /// Why, in the order of the table; the weights add up to the sum.
    pub reasons: Vec<ProductReason>,
}

/// Why a product suits a customer (推荐理由).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProductReason {
    /// The factor that holds.
    pub factor: String,
    /// How much it speaks for the product.
    pub weight: i64,
    /// The reason in English.
    pub text: String,
    /// The reason in Chinese.
    pub text_zh: String,
    /// Who says so.
    pub source: String,
}

/// What one factor says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FactorOutcome {
    /// The name of the factor.
    pub factor: String,
    /// The first day of the version that was asked.
    pub from: Date,
    /// The first day after it; none while no end is known.
    pub until: Option<Date>,
    /// Who says so.
    pub source: String,
    /// Whether it holds; none where that depends on facts that are not known.
    pub holds: Option<bool>,
    /// The facts on which it depends and that are not known.
    pub missing: Vec<String>,
    /// Whether a parameter that it used was last checked before the day.
    pub stale: bool,
    /// How it came about; its last step is `holds`. None where that is not decided.
    pub trace: Option<Trace>,
}

impl ProductFactors {
    /// What suits a customer on a day. `host_facts` are the facts that the table takes from the host, as far as known.
    ///
    /// A factor that depends on something that is not known is undecided and says what is missing; it is never taken to
    /// hold or not to.
    ///
    /// # Errors
    /// `rulebook.dated.outside` for a day outside the validity of the table or of a parameter;
    /// `calendar.age.before_birth`; at the fact: `rulebook.fact.unknown` for one that the table doesn't take from the
    /// host, `rulebook.fact.choice`, `rulebook.fact.range`, `wire.<type>.expected`.
    pub fn rank(
        &self,
        customer: &Customer,
        host_facts: &BTreeMap<String, Scalar>,
        on: Date,
    ) -> Result<ProductRanking, Refusal> {
        let strange = host_facts.keys().filter(|name| !self.host_facts.contains(*name));
        Refusal::unless_empty(strange.map(|name| Fault::new(Code::RulebookFactUnknown).at(name)).collect())?;
        let mut facts = customer.facts_of(&self.codes, on, self.age_convention)?;
        facts.extend(host_facts.iter().map(|(name, value)| (name.clone(), value.clone())));
        self.rank_facts(&facts, on)
    }

    /// The same for facts that are known already: those of [`Customer::facts_of`] and of the host, by name.
    ///
    /// # Errors
    /// Those of [`ProductFactors::rank`], save `calendar.age.before_birth`.
    pub fn rank_facts(&self, facts: &BTreeMap<String, Scalar>, on: Date) -> Result<ProductRanking, Refusal> {
        if on < self.from || self.until.is_some_and(|until| until <= on) {
            return Err(Fault::new(Code::RulebookDatedOutside)
                .with_name("name", &self.name)
                .with("date", on.to_string())
                .with("from", self.from.to_string())
                .with("until", self.until.map_or_else(|| "-".into(), |until| until.to_string()))
                .into());
        }
        self.reader.evaluate(facts, on)?;
        let mut factors = Vec::new();
        let mut products: BTreeMap<&str, (i64, Vec<ProductReason>)> = BTreeMap::new();
        for factor in &self.factors {
            let Some(version) = factor.on(on) else { continue };
            let outcome = ask(factor, version, facts, on)?;
            if outcome.holds == Some(true) {
                for ProductWeight { product, weight } in &version.products {
                    let (sum, reasons) = products.entry(product).or_default();
                    *sum = sum.saturating_add(*weight);
                    reasons.push(ProductReason {
                        factor: factor.name.clone(),
                        weight: *weight,
                        text: factor.text.clone(),
                        text_zh: factor.text_zh.clone(),
                        source: version.source.clone(),
                    });
                }
            }
            factors.push(outcome);
        }
        let stale = on > self.checked_until || factors.iter().any(|outcome| outcome.stale);
        Ok(ProductRanking { table: self.name.clone(), on, stale, products: ranked(products), factors })
    }

    /// Runs the cases of the table itself.
    pub(super) fn run_cases(&self, cases: &[ProductFactorCase]) -> Result<(), Refusal> {
        let mut faults = Vec::new();
        for (index, case) in cases.iter().enumerate() {
            let at = |fault: Fault| fault.at_index(index).at("cases");
            if case.source.trim().is_empty() {
                faults.push(at(Fault::new(Code::RulebookSourceMissing).at("source")));
            }
            let ranking = match self.rank_facts(&case.facts, case.on) {
                Ok(ranking) => ranking,
                Err(refusal) => {
                    let field = |fault: &Fault| if fault.code() == Code::RulebookDatedOutside { "on" } else { "facts" };
                    faults.extend(refusal.into_faults().into_iter().map(|fault| {
                        let field = field(&fault);
                        at(fault.at(field))
                    }));
                    continue;
                }
            };
            let products = ranking.products.iter().map(|each| (&each.product, each.weight));
            let undecided = ranking.factors.iter().filter(|each| each.holds.is_none()).map(|each| &each.factor);
            for (field, met) in [
                ("products", products.eq(case.products.iter().map(|each| (&each.product, each.weight)))),
                ("undecided", undecided.eq(&case.undecided)),
            ] {
                if !met {
                    faults.push(at(Fault::new(Code::PartyFactorsCase).with_name("name", &case.name).at(field)));
                }
            }
        }
        Refusal::unless_empty(faults)
    }
}

fn ask(
    factor: &Factor,
    version: &Version,
    facts: &BTreeMap<String, Scalar>,
    on: Date,
) -> Result<FactorOutcome, Refusal> {
    let named = facts.iter().filter(|(name, _)| version.facts.contains(*name));
    let named: BTreeMap<String, Scalar> = named.map(|(name, value)| (name.clone(), value.clone())).collect();
    let mut outcome = FactorOutcome {
        factor: factor.name.clone(),
        from: version.from,
        until: version.until,
        source: version.source.clone(),
        holds: None,
        missing: Vec::new(),
        stale: false,
        trace: None,
    };
    match version.rule.evaluate(&named, on) {
        Ok(evaluation) => {
            for each in evaluation.outcomes {
                outcome.holds = Some(each.holds);
                outcome.stale = each.stale;
                outcome.trace = Some(each.trace);
            }
        }
        Err(refusal) => {
            if refusal.faults().iter().any(|fault| fault.code() != Code::RulebookFactMissing) {
                return Err(refusal);
            }
            let missing =
                refusal.faults().iter().map(|fault| fault.path().as_str().trim_start_matches('/').to_string());
            outcome.missing = missing.collect();
        }
    }
    Ok(outcome)
}

fn ranked(products: BTreeMap<&str, (i64, Vec<ProductReason>)>) -> Vec<RankedProduct> {
    let mut ranked: Vec<RankedProduct> = products
        .into_iter()
        .map(|(product, (weight, reasons))| RankedProduct { product: product.into(), rank: 1, weight, reasons })
        .collect();
    // Stable: equal sums stay in the order of the codes.
    ranked.sort_by_key(|each| Reverse(each.weight));
    let mut before: Option<(i64, i64)> = None;
    for (each, place) in ranked.iter_mut().zip(1_i64..) {
        each.rank = match before {
            Some((weight, rank)) if weight == each.weight => rank,
            _ => place,
        };
        before = Some((each.weight, each.rank));
    }
    ranked
}
