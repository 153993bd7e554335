//! The check of a table of product factors.

use alloc::{
    collections::{BTreeMap, BTreeSet},
    string::{String, ToString as _},
    vec::Vec,
};

use super::{ProductFactor, ProductFactorVersion, ProductFactorsSpec, ProductWeight};
use crate::{
    calendar::{AgeConvention, Date},
    party::{
        customer::{CustomerFactCodes, customer_facts},
        findings::{Findings, MAX_NAME, Place},
    },
    refusal::{Code, Fault, Path, Refusal},
    rulebook::{Condition, FactDeclaration, Operand, Parameter, Rule, RuleSet, RuleSetSpec, span_faults},
};

/// Most factors of a table, most versions of a factor, most cases.
const MAX_FACTORS: usize = 1000;
/// Most versions of all factors together: each is loaded as a rule of its own.
const MAX_VERSIONS: usize = 10_000;
/// Most comparisons of all conditions together, with the choices and values of the facts and parameters that each version
/// names: a version holds copies of those, so many versions could multiply one long list.
const MAX_HELD: usize = 100_000;
/// Largest weight, for and against.
const MAX_WEIGHT: i64 = 1000;

/// A loaded table of product factors: checked whole, immutable, shareable between threads.
#[derive(Debug, Clone)]
pub struct ProductFactors {
    pub(super) name: String,
    pub(super) from: Date,
    pub(super) until: Option<Date>,
    pub(super) checked_until: Date,
    pub(super) age_convention: AgeConvention,
    pub(super) codes: CustomerFactCodes,
    /// The names of the facts that the host hands in.
    pub(super) host_facts: BTreeSet<String>,
    /// Facts and parameters without a rule: reads whatever is handed in.
    pub(super) reader: RuleSet,
    pub(super) factors: Vec<Factor>,
}

/// A factor with its versions in the order of time.
#[derive(Debug, Clone)]
pub(super) struct Factor {
    pub(super) name: String,
    pub(super) text: String,
    pub(super) text_zh: String,
    pub(super) versions: Vec<Version>,
}

#[derive(Debug, Clone)]
pub(super) struct Version {
    pub(super) from: Date,
    pub(super) until: Option<Date>,
    pub(super) source: String,
    pub(super) products: Vec<ProductWeight>,
    /// The facts that its condition names.
    pub(super) facts: BTreeSet<String>,
    /// Its condition alone, so that what one factor lacks leaves the others as they are.
    pub(super) rule: RuleSet,
}

impl Factor {
    /// The version in force on a day.
    pub(super) fn on(&self, day: Date) -> Option<&Version> {
        self.versions.iter().find(|version| version.from <= day && version.until.is_none_or(|until| day < until))
    }
}

impl ProductFactors {
    /// Checks a table and runs its cases; every fault is reported at once, those of the cases when nothing else is wrong.
    ///
    /// ```
    /// use crm_core::{calendar::Date, party::{ProductFactors, ProductFactorsSpec}, wire};
    ///
    /// let mut spec: ProductFactorsSpec = wire::from_json(r#"{
    ///   "name": "personal_lines", "from": "2026-01-01", "checked_until": "2026-12-31", "age_convention": "birthday_counts",
    ///   "codes": {"currency": "CNY", "social_attributes": [], "covers": [
    ///     {"name": "medical", "code": "医疗", "meaning": "medical expenses", "meaning_zh": "医疗费用"}]},
    ///   "facts": [], "parameters": [],
    ///   "factors": [{"name": "has_children", "text": "children depend on the income", "text_zh": "子女依赖其收入",
    ///     "versions": [{"from": "2026-01-01", "source": "needs guide 2026, table 1",
    ///       "when": {"compare": {"fact": "children", "is": "at_least", "to": {"value": {"value": 1}}}},
    ///       "products": [{"product": "TERM-LIFE", "weight": 30}]}]}],
    ///   "cases": [{"name": "two_children", "source": "needs guide 2026", "on": "2026-03-01", "facts": {"children": 2},
    ///     "products": [{"product": "TERM-LIFE", "weight": 30}], "undecided": []}]
    /// }"#.as_bytes())?;
    /// let table = ProductFactors::load(&spec)?;
    /// let ranking = table.rank_facts(&[].into(), Date::parse("2026-03-01")?)?;
    /// assert_eq!(ranking.factors[0].missing, ["children"]);
    ///
    /// spec.cases[0].products[0].weight = 31;
    /// let refusal = ProductFactors::load(&spec).unwrap_err();
    /// assert_eq!((refusal.code().as_str(), refusal.path().as_str()), ("party.factors.case", "/cases/0/products"));
    /// # Ok::<(), crm_core::refusal::Refusal>(())
    /// ```
    ///
    /// # Errors
    /// `rulebook.too_many` at `/factors` also where the versions together name too many values; `rulebook.*` and `wire.<type>.expected` at facts, parameters and conditions; `calendar.period.empty`,
    /// `rulebook.dated.empty`, `rulebook.dated.gap`, `rulebook.dated.overlap`, `rulebook.source.missing` at versions;
    /// `party.factors.no_product`, `party.factors.product_duplicate`, `party.number.range`, `party.text.*` at products;
    /// `party.facts.code_duplicate` at codes; `party.factors.case` at cases.
    pub fn load(spec: &ProductFactorsSpec) -> Result<Self, Refusal> {
        let versions: usize = spec.factors.iter().map(|factor| factor.versions.len()).sum();
        for (field, count, limit) in [
            ("factors", spec.factors.len(), MAX_FACTORS),
            ("cases", spec.cases.len(), MAX_FACTORS),
            ("factors", versions, MAX_VERSIONS),
        ] {
            if count > limit {
                return Err(Fault::new(Code::RulebookTooMany).with("limit", limit).at(field).into());
            }
        }
        let mut findings = Findings::new(Date::MAX);
        let root = Place::root();
        spec.codes.check(&root.field("codes"), &mut findings);
        if spec.until.is_some_and(|until| until <= spec.from) {
            findings.code(&root.field("until"), Code::CalendarPeriodEmpty);
        }
        let mut faults = findings.into_faults();
        let (facts, places) = declared(spec);
        let base = RuleSetSpec {
            name: spec.name.clone(),
            facts: facts.clone(),
            parameters: spec.parameters.clone(),
            rules: Vec::new(),
            checked_until: None,
            cases: None,
        };
        let reader = RuleSet::load(&base).map_err(|refusal| at_origin(refusal, &places, &mut faults)).ok();
        // What is wrong with facts and parameters is told once, and no condition is blamed for it.
        let fit = reader.is_some();
        let mut names = BTreeSet::new();
        let once: Vec<FactDeclaration> = facts.into_iter().filter(|fact| names.insert(fact.name.clone())).collect();
        let declarations = Declarations::new(&once, &spec.parameters);
        let mut left = MAX_HELD;
        for version in spec.factors.iter().flat_map(|factor| &factor.versions) {
            let Some(rest) = left.checked_sub(declarations.weight(&Named::of(&version.when))) else {
                return Err(Fault::new(Code::RulebookTooMany).with("limit", MAX_HELD).at("factors").into());
            };
            left = rest;
        }
        let mut factors = Vec::with_capacity(spec.factors.len());
        let mut seen = BTreeSet::new();
        for (index, factor) in spec.factors.iter().enumerate() {
            let mut found = Vec::new();
            if !seen.insert(factor.name.as_str()) {
                found.push(Fault::new(Code::RulebookNameTwice).with_name("name", &factor.name).at("name"));
            }
            let loaded = load_factor(factor, &spec.name, &declarations, fit, &mut found);
            factors.push(loaded);
            faults.extend(found.into_iter().map(|fault| fault.at_index(index).at("factors")));
        }
        // A table whose facts are wrong has no reader, and then it has faults.
        Refusal::unless_empty(faults)?;
        let reader = reader.ok_or_else(|| Refusal::new(Code::Internal))?;
        let table = Self {
            name: spec.name.clone(),
            from: spec.from,
            until: spec.until,
            checked_until: spec.checked_until,
            age_convention: spec.age_convention,
            codes: spec.codes.clone(),
            host_facts: spec.facts.iter().map(|fact| fact.name.clone()).collect(),
            reader,
            factors,
        };
        table.run_cases(&spec.cases)?;
        Ok(table)
    }

    /// The declarations of the facts that conditions of this table may name.
    #[must_use]
    pub fn declarations(spec: &ProductFactorsSpec) -> Vec<FactDeclaration> {
        declared(spec).0
    }
}

/// Every fact, and where in the table it comes from; none for those that the core declares.
fn declared(spec: &ProductFactorsSpec) -> (Vec<FactDeclaration>, Vec<Option<String>>) {
    let mut facts = customer_facts();
    let mut places: Vec<Option<String>> = alloc::vec![None; facts.len()];
    for (field, index, fact) in spec.codes.placed() {
        facts.push(fact);
        places.push(Some(alloc::format!("/codes/{field}/{index}")));
    }
    for (index, fact) in spec.facts.iter().enumerate() {
        facts.push(fact.clone());
        places.push(Some(alloc::format!("/facts/{index}")));
    }
    (facts, places)
}

/// Faults of facts where the table holds them; five facts of one cover have its faults once.
fn at_origin(refusal: Refusal, places: &[Option<String>], faults: &mut Vec<Fault>) {
    for fault in refusal.into_faults() {
        let path = fault.path().as_str().to_string();
        let moved = path.strip_prefix("/facts/").and_then(|rest| {
            let (index, rest) = rest.split_once('/').unwrap_or((rest, ""));
            let place = places.get(index.parse::<usize>().ok()?)?.as_ref()?;
            Some(alloc::format!("{place}/{rest}"))
        });
        let fault = match moved {
            Some(moved) => fault.within(Path::from_pointer(&moved)),
            None => fault,
        };
        let told = |other: &Fault| other.code() == fault.code() && other.path() == fault.path();
        if !faults.iter().any(told) {
            faults.push(fault);
        }
    }
}

fn load_factor(
    factor: &ProductFactor,
    table: &str,
    declarations: &Declarations<'_>,
    fit: bool,
    faults: &mut Vec<Fault>,
) -> Factor {
    if factor.versions.is_empty() {
        faults.push(Fault::new(Code::RulebookDatedEmpty).at("versions"));
    }
    let mut versions = Vec::with_capacity(factor.versions.len());
    for (index, version) in factor.versions.iter().enumerate() {
        let mut found = Vec::new();
        if version.until.is_some_and(|until| until <= version.from) {
            found.push(Fault::new(Code::CalendarPeriodEmpty).at("until"));
        }
        let products = checked_products(version, &mut found);
        let named = Named::of(&version.when);
        let spec = RuleSetSpec {
            name: table.into(),
            facts: declarations.facts(&named).cloned().collect(),
            parameters: declarations.parameters(&named).cloned().collect(),
            rules: alloc::vec![Rule {
                name: factor.name.clone(),
                text: factor.text.clone(),
                text_zh: factor.text_zh.clone(),
                source: version.source.clone(),
                when: version.when.clone(),
                from: None,
                until: None,
            }],
            checked_until: None,
            cases: None,
        };
        match RuleSet::load(&spec) {
            Ok(rule) => versions.push(Version {
                from: version.from,
                until: version.until,
                source: version.source.clone(),
                products,
                facts: named.facts.into_iter().map(Into::into).collect(),
                rule,
            }),
            Err(refusal) => {
                for fault in refusal.into_faults() {
                    let path = fault.path().as_str().to_string();
                    // The same facts and parameters were looked at before.
                    let Some(rest) = path.strip_prefix("/rules/0").filter(|_| fit || !is_of_names(&fault)) else {
                        continue;
                    };
                    // Name and texts stand at the factor; each version would tell their faults again.
                    let at_factor = ["/name", "/text", "/text_zh"].contains(&rest);
                    let fault = fault.within(Path::from_pointer(rest));
                    match at_factor {
                        true if index == 0 => faults.push(fault),
                        true => {}
                        false => found.push(fault),
                    }
                }
            }
        }
        faults.extend(found.into_iter().map(|fault| fault.at_index(index).at("versions")));
    }
    let days = factor.versions.iter().enumerate().map(|(index, version)| (index, version.from, version.until));
    faults.extend(span_faults(days).into_iter().map(|(index, fault)| fault.at("from").at_index(index).at("versions")));
    versions.sort_by_key(|version| version.from);
    Factor { name: factor.name.clone(), text: factor.text.clone(), text_zh: factor.text_zh.clone(), versions }
}

/// A name that is not declared, where the declaration itself may be what is wrong.
fn is_of_names(fault: &Fault) -> bool {
    matches!(fault.code(), Code::RulebookFactUndeclared | Code::RulebookParameterUndeclared)
}

fn checked_products(version: &ProductFactorVersion, faults: &mut Vec<Fault>) -> Vec<ProductWeight> {
    let mut findings = Findings::new(Date::MAX);
    let place = Place::root().field("products");
    if version.products.is_empty() {
        findings.code(&place, Code::PartyFactorsNoProduct);
    }
    let mut products = version.products.clone();
    let mut seen = BTreeSet::new();
    for (index, each) in findings.entries(&place, &mut products).iter_mut().enumerate() {
        let place = place.entry(index);
        findings.words(&place.field("product"), &mut each.product, MAX_NAME);
        findings.range(&place.field("weight"), Some(each.weight), -MAX_WEIGHT, MAX_WEIGHT);
        if !seen.insert(each.product.clone()) {
            findings.code(&place.field("product"), Code::PartyFactorsProductDuplicate);
        }
    }
    faults.extend(findings.into_faults());
    products
}

/// What a condition names, and how many comparisons it has.
struct Named<'c> {
    facts: BTreeSet<&'c str>,
    parameters: BTreeSet<&'c str>,
    tests: usize,
}

impl<'c> Named<'c> {
    /// No recursion: a tree built in Rust has met no limit of depth.
    fn of(condition: &'c Condition) -> Self {
        let mut named = Self { facts: BTreeSet::new(), parameters: BTreeSet::new(), tests: 0 };
        let mut open = alloc::vec![condition];
        while let Some(condition) = open.pop() {
            match condition {
                Condition::All { of } | Condition::Any { of } => open.extend(of),
                Condition::Not { of } => open.push(of),
                Condition::Compare { fact, to, .. } => {
                    named.test(fact);
                    if let Operand::Parameter { name } = to {
                        named.parameters.insert(name);
                    }
                }
                Condition::OneOf { fact, .. }
                | Condition::Within { fact, .. }
                | Condition::Matches { fact, .. }
                | Condition::Known { fact } => named.test(fact),
            }
        }
        named
    }

    fn test(&mut self, fact: &'c str) {
        self.facts.insert(fact);
        self.tests = self.tests.saturating_add(1);
    }
}

/// Facts and parameters by their names.
struct Declarations<'s> {
    facts: BTreeMap<&'s str, &'s FactDeclaration>,
    parameters: BTreeMap<&'s str, &'s Parameter>,
}

impl<'s> Declarations<'s> {
    fn new(facts: &'s [FactDeclaration], parameters: &'s [Parameter]) -> Self {
        Self {
            facts: facts.iter().map(|fact| (fact.name.as_str(), fact)).collect(),
            parameters: parameters.iter().map(|known| (known.name.as_str(), known)).collect(),
        }
    }

    fn facts(&self, named: &Named<'_>) -> impl Iterator<Item = &'s FactDeclaration> {
        named.facts.iter().filter_map(|name| self.facts.get(name).copied())
    }

    fn parameters(&self, named: &Named<'_>) -> impl Iterator<Item = &'s Parameter> {
        named.parameters.iter().filter_map(|name| self.parameters.get(name).copied())
    }

    /// How much a version with such a condition holds.
    fn weight(&self, named: &Named<'_>) -> usize {
        let choices = self.facts(named).map(|fact| fact.choices.len());
        let values = self.parameters(named).map(|known| known.values.len());
        choices.chain(values).fold(named.tests, usize::saturating_add)
    }
}
