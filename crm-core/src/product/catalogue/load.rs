//! A loaded catalogue: checked whole, every fault at once.

use alloc::{
    collections::{BTreeMap, BTreeSet},
    string::String,
    vec::Vec,
};

use super::{
    check::{self, Days, MAX_ENTRIES, MAX_PARTS, Spanned},
    cover::CoverDefinition,
    product::{LoadedProduct, load_product},
    rule::{CompiledRule, STATUS_FACT, Vocabulary, Words, equals, status_declaration},
    spec::{CatalogueSpec, NeedAmount, NeedKind, NeedRule, ProductClause, ProductSpec, ProductStatus},
};
use crate::{
    calendar::Date,
    money::Money,
    refusal::{Code, Fault, Refusal},
    rulebook::{Dated, Declared, RuleSet, RuleSetSpec, Value, ValueType, name_faults, span_faults},
    wire,
};

/// The most urgent priority of a need.
const MAX_PRIORITY: i64 = 100;

/// A catalogue of products, loaded: every reference leads somewhere, every day has one answer, every rule is typed.
///
/// It is asked by [`Catalogue::on_day`], [`Catalogue::list`], [`Catalogue::compare`], [`Catalogue::eligibility`],
/// [`Catalogue::recommend`] and [`Catalogue::benefit`].
///
/// ```
/// use crm_core::{product::{Catalogue, CatalogueSpec}, wire};
///
/// let mut spec: CatalogueSpec = wire::from_json(r#"{
///   "name": "one_product", "source": "the product office", "valid_from": "2020-01-01", "checked_until": "2026-12-31",
///   "facts": [], "parameters": [], "commission_classes": [{"code": "A", "name": "standard", "name_zh": "标准"}],
///   "lines": [{"code": "motor", "name": "Motor", "name_zh": "车险"}],
///   "covers": [{"code": "third_party", "name": "Third party liability", "name_zh": "第三者责任险",
///               "meaning": "damage to others", "meaning_zh": "第三者损失"}],
///   "clauses": [{"code": "M-2020", "name": "Motor wording", "name_zh": "商业车险示范条款", "wording": "doc-17",
///                "filing_number": null, "from": "2020-09-19", "until": null, "source": "the 2020 reform"}],
///   "products": [{"code": "JLK", "name": "Motor", "name_zh": "机动车综合险", "line": "motor",
///     "valid_from": "2020-09-19", "valid_until": null, "prices": [], "discounts": [],
///     "statuses": [{"status": "on_sale", "from": "2020-09-19", "until": null, "source": "decision 1"}],
///     "terms": [{"from": "2020-09-19", "until": null, "source": "decision 1", "clauses": ["M-2020"],
///       "covers": [{"cover": "third_party", "optional": false, "requires": [], "sub_limits": [], "deductibles": [],
///                   "waiting": null, "benefit_conditions": [], "clauses": ["M-2020"],
///                   "limit": {"fixed": {"amount": {"amount": "1000000.00", "currency": "CNY"}}}}],
///       "buyers": {"buyers": "anyone", "customer_kinds": [], "entry_age": null, "occupation_classes": [], "conditions": []},
///       "term_months": [12], "commission_class": "A", "rate_plan": "motor_2020"}]}],
///   "needs": [], "need_rules": [], "stated_priority": 50
/// }"#.as_bytes())?;
/// assert_eq!(Catalogue::load(&spec)?.codes(None)?, ["JLK"]);
///
/// spec.products[0].line = "property".into();
/// spec.products[0].terms[0].from = "2020-10-01".parse()?;
/// let refusal = Catalogue::load(&spec).unwrap_err();
/// let told: Vec<_> = refusal.faults().iter().map(|fault| (fault.code().as_str(), fault.path().as_str())).collect();
/// assert_eq!(told, [
///     ("product.catalogue.reference_unknown", "/products/0/line"),
///     ("product.catalogue.dates_uncovered", "/products/0/terms"),
/// ]);
/// # Ok::<(), crm_core::refusal::Refusal>(())
/// ```
#[derive(Debug, Clone)]
pub struct Catalogue {
    pub(super) valid_from: Date,
    pub(super) checked_until: Date,
    pub(super) vocabulary: Vocabulary,
    pub(super) on_sale: CompiledRule,
    pub(super) covers: BTreeMap<String, CoverDefinition>,
    pub(super) products: BTreeMap<String, LoadedProduct>,
    pub(super) needs: BTreeMap<String, NeedKind>,
    pub(super) need_rules: Vec<LoadedNeedRule>,
    pub(super) stated_priority: i64,
}

/// A rule about needs, its condition typed.
#[derive(Debug, Clone)]
pub(super) struct LoadedNeedRule {
    pub(super) spec: NeedRule,
    pub(super) rule: CompiledRule,
}

/// What products may name.
pub(super) struct Known<'a> {
    pub(super) lines: BTreeSet<&'a str>,
    pub(super) covers: BTreeSet<&'a str>,
    pub(super) clauses: BTreeMap<&'a str, Days>,
    pub(super) classes: BTreeSet<&'a str>,
    pub(super) vocabulary: &'a Vocabulary,
}

impl Spanned for ProductClause {
    fn days(&self) -> Days {
        Days { from: self.from, until: self.until }
    }
}

impl Spanned for NeedRule {
    fn days(&self) -> Days {
        Days { from: self.from, until: self.until }
    }
}

impl Catalogue {
    /// Checks a catalogue; every fault at once.
    ///
    /// # Errors
    /// `product.catalogue.*`, `rulebook.*` and `calendar.period.empty` with the path in the specification:
    /// `rulebook.dated.gap` and `rulebook.dated.overlap` where a day has no answer or two.
    pub fn load(spec: &CatalogueSpec) -> Result<Self, Refusal> {
        let mut faults = Vec::new();
        let counts = [
            ("lines", spec.lines.len()),
            ("covers", spec.covers.len()),
            ("clauses", spec.clauses.len()),
            ("commission_classes", spec.commission_classes.len()),
            ("products", spec.products.len()),
            ("needs", spec.needs.len()),
            ("need_rules", spec.need_rules.len()),
        ];
        let many = counts.into_iter().filter(|(_, count)| *count > MAX_ENTRIES);
        let many = many.map(|(field, _)| Fault::new(Code::CatalogueTooMany).with("limit", MAX_ENTRIES).at(field));
        Refusal::unless_empty(many.collect())?;
        check::texts(&[("source", &spec.source)], &mut faults);
        let vocabulary = vocabulary(spec, &mut faults);
        lists(spec, &mut faults);
        let codes = |list: &mut dyn Iterator<Item = &'_ String>| -> BTreeSet<String> { list.cloned().collect() };
        let lines = codes(&mut spec.lines.iter().map(|line| &line.code));
        let covers = codes(&mut spec.covers.iter().map(|cover| &cover.code));
        let classes = codes(&mut spec.commission_classes.iter().map(|class| &class.code));
        let known = Known {
            lines: lines.iter().map(String::as_str).collect(),
            covers: covers.iter().map(String::as_str).collect(),
            clauses: spec.clauses.iter().map(|clause| (clause.code.as_str(), clause.days())).collect(),
            classes: classes.iter().map(String::as_str).collect(),
            vocabulary: &vocabulary,
        };
        if spec.products.is_empty() {
            faults.push(Fault::new(Code::CatalogueEmpty).at("products"));
        }
        check::unique(spec.products.iter().map(|product| product.code.as_str()), "products", Some("code"), &mut faults);
        let mut products = BTreeMap::new();
        check::each(&spec.products, "products", MAX_ENTRIES, &mut faults, |product: &ProductSpec, found| {
            let loaded = load_product(product, &known, found);
            products.insert(product.code.clone(), loaded);
        });
        let needs = needs(spec, &known, &mut faults);
        let need_rules = need_rules(spec, &known, &mut faults);
        faults.extend(priority_fault(spec.stated_priority).map(|fault| fault.at("stated_priority")));
        blame_once(spec, &mut faults);
        Refusal::unless_empty(faults)?;
        let covers = spec.covers.iter().map(|cover| (cover.code.clone(), cover.clone())).collect();
        Ok(Self {
            valid_from: spec.valid_from,
            checked_until: spec.checked_until,
            on_sale: on_sale_rule()?,
            covers,
            products,
            needs,
            need_rules,
            stated_priority: spec.stated_priority,
            vocabulary,
        })
    }

    /// Reads a stored catalogue and checks it.
    ///
    /// # Errors
    /// `wire.*` and everything of [`Catalogue::load`].
    pub fn from_stored(text: &[u8]) -> Result<Self, Refusal> {
        Self::load(&wire::from_stored(text)?)
    }
}

/// The rule that every sale meets first.
fn on_sale_rule() -> Result<CompiledRule, Refusal> {
    let declared = Declared::check(&status_declaration(), &mut Vec::new());
    let vocabulary = Vocabulary { facts: BTreeMap::from([(STATUS_FACT.into(), declared)]), ..Vocabulary::default() };
    let words = Words {
        name: "on_sale",
        text: "the product is on sale on this day",
        text_zh: "该险种当日在售",
        source: "the status of the product in the catalogue",
    };
    let when = equals(STATUS_FACT, ProductStatus::OnSale.as_str());
    vocabulary.compile(&words, Some(&when)).map_err(|_| Refusal::new(Code::Internal))
}

/// Facts and parameters; their faults are those of a rule set.
fn vocabulary(spec: &CatalogueSpec, faults: &mut Vec<Fault>) -> Vocabulary {
    let set = RuleSetSpec {
        name: spec.name.clone(),
        facts: spec.facts.clone(),
        parameters: spec.parameters.clone(),
        rules: Vec::new(),
        checked_until: None,
        cases: None,
    };
    if let Err(refusal) = RuleSet::load(&set) {
        faults.extend(refusal.into_faults());
    }
    for (index, fact) in spec.facts.iter().enumerate().filter(|(_, fact)| fact.name == STATUS_FACT) {
        let fault = Fault::new(Code::RulebookNameTwice).with_name("name", &fact.name);
        faults.push(fault.at("name").at_index(index).at("facts"));
    }
    let facts = spec.facts.iter().take(MAX_ENTRIES);
    let parameters = spec.parameters.iter().take(MAX_ENTRIES);
    Vocabulary {
        facts: facts.map(|fact| (fact.name.clone(), Declared::check(fact, &mut Vec::new()))).collect(),
        parameters: parameters.filter_map(|one| Some((one.name.clone(), Dated::check(one).ok()?))).collect(),
    }
}

/// A parameter with a fault of its own is not undeclared: rules that name it are not blamed for that.
fn blame_once(spec: &CatalogueSpec, faults: &mut Vec<Fault>) {
    let declared: BTreeSet<&str> = spec.parameters.iter().map(|one| one.name.as_str()).collect();
    let blames = |fault: &Fault| {
        let mut named = fault.params().iter().filter(|(param, _)| *param == "name");
        named.any(|(_, name)| declared.contains(alloc::format!("{name}").as_str()))
    };
    faults.retain(|fault| fault.code() != Code::RulebookParameterUndeclared || !blames(fault));
}

/// Lines, covers, clauses and commission classes.
fn lists(spec: &CatalogueSpec, faults: &mut Vec<Fault>) {
    check::unique(spec.lines.iter().map(|line| line.code.as_str()), "lines", Some("code"), faults);
    check::each(&spec.lines, "lines", MAX_ENTRIES, faults, |line, found| {
        check::texts(&[("name", &line.name), ("name_zh", &line.name_zh)], found);
    });
    check::unique(spec.covers.iter().map(|cover| cover.code.as_str()), "covers", Some("code"), faults);
    check::each(&spec.covers, "covers", MAX_ENTRIES, faults, |cover, found| {
        let names = [("name", cover.name.as_str()), ("name_zh", &cover.name_zh)];
        check::texts(&names, found);
        check::texts(&[("meaning", &cover.meaning), ("meaning_zh", &cover.meaning_zh)], found);
    });
    check::unique(spec.clauses.iter().map(|clause| clause.code.as_str()), "clauses", Some("code"), faults);
    check::each(&spec.clauses, "clauses", MAX_ENTRIES, faults, |clause, found| {
        let names = [("name", clause.name.as_str()), ("name_zh", &clause.name_zh)];
        check::texts(&names, found);
        check::texts(&[("wording", &clause.wording), ("source", &clause.source)], found);
        if let Some(number) = &clause.filing_number {
            check::texts(&[("filing_number", number)], found);
        }
    });
    check::empties(&spec.clauses, "clauses", faults);
    let classes = &spec.commission_classes;
    check::unique(classes.iter().map(|class| class.code.as_str()), "commission_classes", Some("code"), faults);
    check::each(classes, "commission_classes", MAX_ENTRIES, faults, |class, found| {
        check::texts(&[("name", &class.name), ("name_zh", &class.name_zh)], found);
    });
}

fn needs(spec: &CatalogueSpec, known: &Known<'_>, faults: &mut Vec<Fault>) -> BTreeMap<String, NeedKind> {
    check::unique(spec.needs.iter().map(|need| need.code.as_str()), "needs", Some("code"), faults);
    check::each(&spec.needs, "needs", MAX_ENTRIES, faults, |need, found| {
        check::texts(&[("name", &need.name), ("name_zh", &need.name_zh)], found);
        if need.covers.is_empty() {
            found.push(Fault::new(Code::CatalogueCoverNone).at("covers"));
        }
        check::unique(need.covers.iter().map(String::as_str), "covers", None, found);
        check::each(&need.covers, "covers", MAX_PARTS, found, |cover, found| {
            found.extend(check::reference(&known.covers, "covers", cover));
        });
    });
    let sorted = |need: &NeedKind| {
        let mut need = need.clone();
        need.covers.sort();
        (need.code.clone(), need)
    };
    spec.needs.iter().map(sorted).collect()
}

fn need_rules(spec: &CatalogueSpec, known: &Known<'_>, faults: &mut Vec<Fault>) -> Vec<LoadedNeedRule> {
    let codes: BTreeSet<&str> = spec.needs.iter().map(|need| need.code.as_str()).collect();
    let mut loaded = Vec::new();
    check::each(&spec.need_rules, "need_rules", MAX_ENTRIES, faults, |one: &NeedRule, found| {
        found.extend(check::reference(&codes, "needs", &one.need).map(|fault| fault.at("need")));
        let NeedRule { rule, .. } = one;
        let mut of_rule = Vec::new();
        name_faults(&rule.name, false, &mut of_rule);
        check::texts(&[("text", &rule.text), ("text_zh", &rule.text_zh), ("source", &rule.source)], &mut of_rule);
        let words = Words { name: &rule.name, text: &rule.text, text_zh: &rule.text_zh, source: &rule.source };
        match known.vocabulary.compile(&words, Some(&rule.when)) {
            Ok(rule) => loaded.push(LoadedNeedRule { spec: one.clone(), rule }),
            Err(more) => of_rule.extend(more.into_iter().map(|fault| fault.at("when"))),
        }
        found.extend(of_rule.into_iter().map(|fault| fault.at("rule")));
        if let Some(amount) = &one.amount {
            found.extend(amount_fault(spec, known, amount).map(|fault| fault.at("parameter").at("amount")));
        }
        found.extend(priority_fault(one.priority).map(|fault| fault.at("priority")));
    });
    check::empties(&spec.need_rules, "need_rules", faults);
    // A rule may come back under its name, with another threshold, but on no day stand twice.
    let names = spec.need_rules.iter().map(|one| one.rule.name.as_str());
    overlaps(names.zip(spec.need_rules.iter().map(Spanned::days)), "need_rules", faults);
    loaded.sort_by(|a, b| (&a.spec.rule.name, a.spec.from).cmp(&(&b.spec.rule.name, b.spec.from)));
    loaded
}

/// Entries of one name that share a day.
pub(super) fn overlaps<'a>(named: impl Iterator<Item = (&'a str, Days)>, field: &str, faults: &mut Vec<Fault>) {
    let mut by_name: BTreeMap<&str, Vec<_>> = BTreeMap::new();
    for (index, (name, days)) in named.enumerate().take(MAX_ENTRIES) {
        by_name.entry(name).or_default().push((index, days.from, days.until));
    }
    for spans in by_name.into_values() {
        let found = span_faults(spans.into_iter());
        let overlap = found.into_iter().filter(|(_, fault)| fault.code() == Code::RulebookDatedOverlap);
        faults.extend(overlap.map(|(index, fault)| fault.at("from").at_index(index).at(field)));
    }
}

/// The fault of a parameter that is not declared, holds no decimal, or a value that is no amount above zero.
fn amount_fault(spec: &CatalogueSpec, known: &Known<'_>, amount: &NeedAmount) -> Option<Fault> {
    let name = &amount.parameter;
    let Some(declared) = spec.parameters.iter().find(|one| one.name == *name) else {
        return Some(Fault::new(Code::RulebookParameterUndeclared).with_name("name", name));
    };
    let value_type = known.vocabulary.parameters.get(name)?.value_type;
    if value_type != ValueType::Decimal {
        return Some(Fault::new(Code::WireDecimalExpected).with("found", value_type.as_str()));
    }
    declared.values.iter().find_map(|dated| {
        let Ok(Value::Decimal(value)) = value_type.read(&dated.value) else { return None };
        match Money::new(value, amount.currency) {
            Ok(money) if !money.is_negative() && !money.is_zero() => None,
            Ok(_) => Some(Fault::new(Code::CatalogueFigureRange).with("min", "0.01").with("max", "-")),
            Err(refusal) => refusal.into_faults().into_iter().next(),
        }
    })
}

fn priority_fault(priority: i64) -> Option<Fault> {
    let inside = (1..=MAX_PRIORITY).contains(&priority);
    (!inside)
        .then(|| Fault::new(Code::CatalogueFigureRange).with("min", "1").with("max", alloc::format!("{MAX_PRIORITY}")))
}
