//! One product as it is loaded: its history in order, its rules typed.

use alloc::{
    collections::{BTreeMap, BTreeSet},
    format,
    string::String,
    vec::Vec,
};

use super::{
    check::{self, Days, MAX_PARTS, Spanned},
    cover::{BenefitCondition, CoverAmount, CoverFigure, ProductCover, WaitingPeriod},
    load::{Known, overlaps},
    rule::{CompiledRule, Words, at_least, at_most, equals},
    spec::{BuyerKind, BuyerRules, ListPrice, ProductDiscount, ProductSpec, ProductStatus, ProductTerms, StatusSpan},
};
use crate::{
    money::{Decimal, Money},
    refusal::{Code, Fault, Path},
    rulebook::{Condition, Rule, Scalar, name_faults},
};

/// The oldest age that a rule may name.
const MAX_AGE: i64 = 150;
/// Longest waiting period, in days.
const MAX_WAITING_DAYS: i64 = 3_650;
/// Longest term of insurance, in months.
const MAX_TERM_MONTHS: i64 = 1_200;
/// Most covers of a product.
const MAX_COVERS: usize = 200;
/// Most covers that one cover requires.
const MAX_REQUIRED: usize = 20;
/// Most kinds of customers and classes of occupation of a product, each.
const MAX_CHOSEN: usize = 100;
/// Largest number of days of a limit or deductible.
const MAX_FIGURE_DAYS: i64 = 36_500;

/// Names of the rules that the catalogue itself makes of the fields of [`BuyerRules`].
const OWN_RULES: [&str; 5] = ["on_sale", "buyers", "customer_kinds", "entry_age", "occupation_classes"];

/// A product with its history in order.
#[derive(Debug, Clone)]
pub(super) struct LoadedProduct {
    pub(super) spec: ProductSpec,
    /// The rules of the terms, in the order of [`ProductSpec::terms`].
    pub(super) rules: Vec<TermsRules>,
    /// The rules of the discounts, in the order of [`ProductSpec::discounts`].
    pub(super) discounts: Vec<CompiledRule>,
}

/// The typed rules of some terms.
#[derive(Debug, Clone)]
pub(super) struct TermsRules {
    pub(super) buyers: Vec<CompiledRule>,
    pub(super) benefits: BTreeMap<String, Vec<CompiledRule>>,
}

macro_rules! spanned {
    ($($name:ident),*) => { $(
        impl Spanned for $name {
            fn days(&self) -> Days {
                Days { from: self.from, until: self.until }
            }
        }
    )* };
}

spanned!(StatusSpan, ProductTerms, ListPrice, ProductDiscount);

/// Checks a product; what has faults is loaded as far as it goes and never asked.
pub(super) fn load_product(product: &ProductSpec, known: &Known<'_>, faults: &mut Vec<Fault>) -> LoadedProduct {
    let whole = Days { from: product.valid_from, until: product.valid_until };
    check::texts(&[("name", &product.name), ("name_zh", &product.name_zh)], faults);
    faults.extend(check::reference(&known.lines, "lines", &product.line).map(|fault| fault.at("line")));
    let no_days = check::empty_days(whole);
    let valid = no_days.is_none();
    faults.extend(no_days.map(|fault| fault.within(Path::root()).at("valid_until")));
    statuses(product, faults);
    let mut terms = Vec::new();
    check::each(&product.terms, "terms", MAX_PARTS, faults, |one: &ProductTerms, found| {
        terms.push((one.clone(), load_terms(one, known, found)));
    });
    check::each(&product.prices, "prices", MAX_PARTS, faults, |price: &ListPrice, found| {
        let basis = [("basis", price.basis.as_str()), ("basis_zh", &price.basis_zh), ("source", &price.source)];
        check::texts(&basis, found);
        if price.amount.is_negative() {
            found.push(range("0", None).at("amount"));
        }
        found.extend(check::outside(price.days(), whole).map(|fault| fault.at("from")));
    });
    check::in_a_row(&product.prices, "prices", faults);
    let mut discounts = Vec::new();
    check::each(&product.discounts, "discounts", MAX_PARTS, faults, |discount: &ProductDiscount, found| {
        let ProductDiscount { name, text, text_zh, source, .. } = discount;
        name_faults(name, false, found);
        check::texts(&[("text", text), ("text_zh", text_zh), ("source", source)], found);
        found.extend(percent_fault(discount.percent).map(|fault| fault.at("percent")));
        found.extend(check::outside(discount.days(), whole).map(|fault| fault.at("from")));
        let words = Words { name, text, text_zh, source };
        match known.vocabulary.compile(&words, discount.when.as_ref()) {
            Ok(rule) => discounts.push((discount.clone(), rule)),
            Err(more) => found.extend(more.into_iter().map(|fault| fault.at("when"))),
        }
    });
    check::empties(&product.discounts, "discounts", faults);
    let names = product.discounts.iter().map(|discount| discount.name.as_str());
    overlaps(names.zip(product.discounts.iter().map(Spanned::days)), "discounts", faults);
    if valid {
        check::covers(&product.statuses, whole, "statuses", faults);
        check::covers(&product.terms, whole, "terms", faults);
    }
    in_order(product, terms, discounts)
}

/// The same product whatever the order of its lists was.
fn in_order(
    product: &ProductSpec,
    mut terms: Vec<(ProductTerms, TermsRules)>,
    mut discounts: Vec<(ProductDiscount, CompiledRule)>,
) -> LoadedProduct {
    let mut spec = product.clone();
    spec.statuses.sort_by_key(|one| one.from);
    spec.prices.sort_by_key(|one| one.from);
    terms.sort_by_key(|(one, _)| one.from);
    discounts.sort_by(|(a, _), (b, _)| (&a.name, a.from).cmp(&(&b.name, b.from)));
    let rules;
    (spec.terms, rules) = terms.into_iter().unzip();
    let discount_rules;
    (spec.discounts, discount_rules) = discounts.into_iter().unzip();
    for terms in &mut spec.terms {
        terms.covers.sort_by(|a, b| a.cover.cmp(&b.cover));
        terms.clauses.sort();
        terms.term_months.sort_unstable();
        for cover in &mut terms.covers {
            cover.requires.sort();
            cover.clauses.sort();
        }
    }
    LoadedProduct { spec, rules, discounts: discount_rules }
}

/// Filed first, withdrawn last.
fn statuses(product: &ProductSpec, faults: &mut Vec<Fault>) {
    let first = product.statuses.iter().map(|span| span.from).min();
    let last = product.statuses.iter().map(|span| span.from).max();
    check::each(&product.statuses, "statuses", MAX_PARTS, faults, |span: &StatusSpan, found| {
        check::texts(&[("source", &span.source)], found);
        let misplaced = match span.status {
            ProductStatus::Filed => Some(span.from) != first,
            ProductStatus::Withdrawn => Some(span.from) != last,
            ProductStatus::OnSale | ProductStatus::Suspended => false,
        };
        if misplaced {
            found.push(Fault::new(Code::CatalogueStatusOrder).at("status"));
        }
    });
}

fn load_terms(terms: &ProductTerms, known: &Known<'_>, faults: &mut Vec<Fault>) -> TermsRules {
    check::texts(&[("source", &terms.source)], faults);
    check::unique(terms.clauses.iter().map(String::as_str), "clauses", None, faults);
    check::each(&terms.clauses, "clauses", MAX_PARTS, faults, |clause, found| {
        found.extend(match known.clauses.get(clause.as_str()) {
            Some(usable) => check::outside(terms.days(), *usable),
            None => Some(check::unknown("clauses", clause)),
        });
    });
    if terms.covers.is_empty() {
        faults.push(Fault::new(Code::CatalogueCoverNone).at("covers"));
    }
    check::unique(terms.covers.iter().map(|cover| cover.cover.as_str()), "covers", Some("cover"), faults);
    let mut circular = Required::of(terms).circular().into_iter();
    let beside = Beside {
        covers: terms.covers.iter().map(|one| one.cover.as_str()).collect(),
        clauses: terms.clauses.iter().map(String::as_str).collect(),
    };
    let mut benefits = BTreeMap::new();
    check::each(&terms.covers, "covers", MAX_COVERS, faults, |cover: &ProductCover, found| {
        let rules = load_cover(cover, &beside, known, found);
        if circular.next().unwrap_or_default() {
            found.push(Fault::new(Code::CatalogueCoverCircular).at("requires"));
        }
        benefits.insert(cover.cover.clone(), rules);
    });
    let mut of_buyers = Vec::new();
    let buyers = load_buyers(&terms.buyers, &terms.source, known, &mut of_buyers);
    faults.extend(of_buyers.into_iter().map(|fault| fault.at("buyers")));
    check::each(&terms.term_months, "term_months", MAX_PARTS, faults, |months, found| {
        found.extend(whole_fault(*months, 1, MAX_TERM_MONTHS));
    });
    let class = check::reference(&known.classes, "commission_classes", &terms.commission_class);
    faults.extend(class.map(|fault| fault.at("commission_class")));
    if let Some(plan) = &terms.rate_plan {
        let mut found = Vec::new();
        name_faults(plan, false, &mut found);
        faults.extend(found.into_iter().map(|fault| fault.within(Path::root()).at("rate_plan")));
    }
    TermsRules { buyers, benefits }
}

/// What stands in the same terms.
struct Beside<'a> {
    covers: BTreeSet<&'a str>,
    clauses: BTreeSet<&'a str>,
}

fn load_cover(
    cover: &ProductCover,
    beside: &Beside<'_>,
    known: &Known<'_>,
    faults: &mut Vec<Fault>,
) -> Vec<CompiledRule> {
    faults.extend(check::reference(&known.covers, "covers", &cover.cover).map(|fault| fault.at("cover")));
    check::each(&cover.requires, "requires", MAX_REQUIRED, faults, |code, found| {
        found.extend(check::reference(&beside.covers, "covers", code));
    });
    check::each(&cover.clauses, "clauses", MAX_PARTS, faults, |code, found| {
        found.extend(check::reference(&beside.clauses, "clauses", code));
    });
    if let Some(limit) = &cover.limit {
        let mut found = Vec::new();
        figure(limit, false, &mut found);
        faults.extend(found.into_iter().map(|fault| fault.at("limit")));
    }
    amounts(&cover.sub_limits, "sub_limits", false, faults);
    amounts(&cover.deductibles, "deductibles", true, faults);
    if let Some(WaitingPeriod { days, .. }) = cover.waiting {
        faults.extend(whole_fault(days, 1, MAX_WAITING_DAYS).map(|fault| fault.at("days").at("waiting")));
    }
    let mut rules = Vec::new();
    let mut seen = BTreeSet::new();
    check::each(&cover.benefit_conditions, "benefit_conditions", MAX_PARTS, faults, |one: &BenefitCondition, found| {
        let BenefitCondition { name, text, text_zh, source, when } = one;
        name_faults(name, !seen.insert(name.clone()), found);
        check::texts(&[("text", text), ("text_zh", text_zh), ("source", source)], found);
        match known.vocabulary.compile(&Words { name, text, text_zh, source }, when.as_ref()) {
            Ok(rule) => rules.push(rule),
            Err(more) => found.extend(more.into_iter().map(|fault| fault.at("when"))),
        }
    });
    rules.sort_by(|a, b| a.name.cmp(&b.name));
    rules
}

fn amounts(list: &[CoverAmount], field: &str, deductible: bool, faults: &mut Vec<Fault>) {
    let mut seen = BTreeSet::new();
    check::each(list, field, MAX_PARTS, faults, |amount: &CoverAmount, found| {
        name_faults(&amount.name, !seen.insert(amount.name.clone()), found);
        check::texts(&[("title", &amount.title), ("title_zh", &amount.title_zh)], found);
        let mut of_figure = Vec::new();
        figure(&amount.figure, deductible, &mut of_figure);
        found.extend(of_figure.into_iter().map(|fault| fault.at("figure")));
    });
}

fn figure(figure: &CoverFigure, deductible: bool, faults: &mut Vec<Fault>) {
    // A deductible of zero says that there is none; a limit of zero would say that nothing is covered.
    let too_small = |amount: &Money| amount.is_negative() || (!deductible && amount.is_zero());
    let least = if deductible { "0" } else { "0.01" };
    match figure {
        CoverFigure::Fixed { amount } if too_small(amount) => {
            faults.push(range(least, None).at("amount").at("fixed"));
        }
        CoverFigure::Chosen { lowest, highest } => {
            if too_small(lowest) {
                faults.push(range(least, None).at("lowest").at("chosen"));
            }
            match lowest.compare(*highest) {
                Ok(order) if order.is_lt() => {}
                Ok(_) => faults.push(range(&format!("{lowest}"), None).at("highest").at("chosen")),
                Err(refusal) => faults.extend(refusal.at("highest").at("chosen").into_faults()),
            }
        }
        CoverFigure::Percent { percent, of, of_zh } => {
            let mut found = Vec::new();
            found.extend(percent_fault(*percent).map(|fault| fault.at("percent")));
            check::texts(&[("of", of), ("of_zh", of_zh)], &mut found);
            faults.extend(found.into_iter().map(|fault| fault.at("percent")));
        }
        CoverFigure::Days { days } => {
            let least = i64::from(!deductible);
            faults.extend(whole_fault(*days, least, MAX_FIGURE_DAYS).map(|fault| fault.at("days").at("days")));
        }
        CoverFigure::Unlimited {} if deductible => {
            faults.push(Fault::new(Code::CatalogueDeductibleUnlimited).at("unlimited"));
        }
        CoverFigure::Fixed { .. } | CoverFigure::Unlimited {} => {}
    }
}

fn range(min: &str, max: Option<&str>) -> Fault {
    Fault::new(Code::CatalogueFigureRange).with("min", String::from(min)).with("max", String::from(max.unwrap_or("-")))
}

fn whole_fault(value: i64, min: i64, max: i64) -> Option<Fault> {
    (!(min..=max).contains(&value)).then(|| range(&format!("{min}"), Some(&format!("{max}"))))
}

fn percent_fault(percent: Decimal) -> Option<Fault> {
    let inside = !percent.is_negative() && !percent.is_zero() && percent <= Decimal::from(100);
    (!inside).then(|| range("0", Some("100")))
}

/// Who may buy, as rules over facts.
fn load_buyers(buyers: &BuyerRules, source: &str, known: &Known<'_>, faults: &mut Vec<Fault>) -> Vec<CompiledRule> {
    let mut rules = Vec::new();
    if let Some(age) = buyers.entry_age {
        let youngest = whole_fault(age.youngest, 0, MAX_AGE).map(|fault| fault.at("youngest"));
        let oldest = whole_fault(age.oldest, age.youngest.max(0), MAX_AGE).map(|fault| fault.at("oldest"));
        faults.extend(youngest.or(oldest).map(|fault| fault.at("entry_age")));
    }
    check::unique(buyers.customer_kinds.iter().map(String::as_str), "customer_kinds", None, faults);
    for (field, count) in
        [("customer_kinds", buyers.customer_kinds.len()), ("occupation_classes", buyers.occupation_classes.len())]
    {
        if count > MAX_CHOSEN {
            faults.push(Fault::new(Code::CatalogueTooMany).with("limit", MAX_CHOSEN).at(field));
            return rules;
        }
    }
    for (name, text, text_zh, when) in own_rules(buyers) {
        let words = Words { name, text: &text, text_zh: &text_zh, source };
        match known.vocabulary.compile(&words, Some(&when)) {
            Ok(rule) => rules.push(rule),
            // The author wrote a field, not a condition: one fault says what is wrong with it.
            Err(more) => faults.extend(more.into_iter().take(1).map(|fault| fault.within(Path::root()).at(name))),
        }
    }
    let mut seen: BTreeSet<&str> = OWN_RULES.into_iter().collect();
    let conditions = &buyers.conditions;
    let taken: Vec<bool> = conditions.iter().map(|rule| !seen.insert(rule.name.as_str())).collect();
    let mut taken = taken.into_iter();
    check::each(conditions, "conditions", MAX_PARTS, faults, |rule: &Rule, found| {
        name_faults(&rule.name, taken.next().unwrap_or_default(), found);
        check::texts(&[("text", &rule.text), ("text_zh", &rule.text_zh), ("source", &rule.source)], found);
        let words = Words { name: &rule.name, text: &rule.text, text_zh: &rule.text_zh, source: &rule.source };
        match known.vocabulary.compile(&words, Some(&rule.when)) {
            Ok(rule) => rules.push(rule),
            Err(more) => found.extend(more.into_iter().map(|fault| fault.at("when"))),
        }
    });
    rules.sort_by(|a, b| a.name.cmp(&b.name));
    rules
}

/// The fields of [`BuyerRules`] as conditions, each with its words.
fn own_rules(buyers: &BuyerRules) -> Vec<(&'static str, String, String, Condition)> {
    let mut rules = Vec::new();
    match buyers.buyers {
        BuyerKind::Anyone => {}
        BuyerKind::Persons => rules.push((
            "buyers",
            String::from("persons only"),
            String::from("仅限个人"),
            equals("is_organisation", false),
        )),
        BuyerKind::Organisations => rules.push((
            "buyers",
            String::from("organisations only"),
            String::from("仅限单位"),
            equals("is_organisation", true),
        )),
    }
    if !buyers.customer_kinds.is_empty() {
        let kinds = buyers.customer_kinds.join(", ");
        let values = buyers.customer_kinds.iter().map(|kind| Scalar::from(kind.as_str())).collect();
        rules.push((
            "customer_kinds",
            format!("customers of these kinds only: {kinds}"),
            format!("仅限以下客户类别：{kinds}"),
            Condition::OneOf { fact: "customer_kind".into(), values },
        ));
    }
    if let Some(age) = buyers.entry_age {
        let of = alloc::vec![at_least("age", age.youngest), at_most("age", age.oldest)];
        rules.push((
            "entry_age",
            format!("age at entry from {} to {} completed years", age.youngest, age.oldest),
            format!("投保年龄 {} 至 {} 周岁", age.youngest, age.oldest),
            Condition::All { of },
        ));
    }
    if !buyers.occupation_classes.is_empty() {
        let shown: Vec<String> = buyers.occupation_classes.iter().map(|class| format!("{class}")).collect();
        let shown = shown.join(", ");
        let values = buyers.occupation_classes.iter().map(|class| Scalar::Integer(*class)).collect();
        rules.push((
            "occupation_classes",
            format!("occupations of these classes only: {shown}"),
            format!("仅限以下职业类别：{shown}"),
            Condition::OneOf { fact: "occupation_class".into(), values },
        ));
    }
    rules
}

/// Which covers of some terms require which.
pub(super) struct Required<'a> {
    codes: Vec<&'a str>,
    /// For each cover, the positions of those that it requires.
    direct: Vec<Vec<usize>>,
}

impl<'a> Required<'a> {
    pub(super) fn of(terms: &'a ProductTerms) -> Self {
        // What is beyond the limits is refused for that and not followed.
        let covers = terms.covers.get(..MAX_COVERS.min(terms.covers.len())).unwrap_or_default();
        let codes: Vec<&str> = covers.iter().map(|cover| cover.cover.as_str()).collect();
        let places: BTreeMap<&str, usize> = codes.iter().enumerate().map(|(place, code)| (*code, place)).collect();
        let required = |cover: &ProductCover| {
            let known = cover.requires.iter().take(MAX_REQUIRED).filter_map(|code| places.get(code.as_str()));
            known.copied().collect()
        };
        Self { direct: covers.iter().map(required).collect(), codes }
    }

    /// Every cover that is required, directly or through others.
    pub(super) fn all(&self, cover: &str) -> BTreeSet<&'a str> {
        let place = self.codes.iter().position(|code| *code == cover);
        let reached = place.map(|place| self.reached(place)).unwrap_or_default();
        self.codes.iter().zip(reached).filter(|(_, reached)| *reached).map(|(code, _)| *code).collect()
    }

    /// The covers that require themselves, by position.
    fn circular(&self) -> Vec<bool> {
        let leads_back = |place| self.reached(place).get(place).copied().unwrap_or_default();
        (0..self.codes.len()).map(leads_back).collect()
    }

    fn reached(&self, place: usize) -> Vec<bool> {
        let direct = |place: usize| self.direct.get(place).map(Vec::as_slice).unwrap_or_default();
        let mut reached = alloc::vec![false; self.codes.len()];
        let mut open = direct(place).to_vec();
        while let Some(next) = open.pop() {
            if let Some(before @ false) = reached.get_mut(next) {
                *before = true;
                open.extend(direct(next));
            }
        }
        reached
    }
}
