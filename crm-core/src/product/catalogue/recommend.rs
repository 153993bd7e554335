//! Recommendation by need: what the facts of a customer call for, less what is held, met by what may be bought.

use alloc::{
    boxed::Box,
    collections::{BTreeMap, BTreeSet},
    string::String,
    vec::Vec,
};
use core::cmp::Reverse;

use super::{
    check::{MAX_PARTS, Spanned as _, unknown},
    cover::{CoverFigure, ProductCover},
    day::{ProductDay, PurchaseCheck},
    load::Catalogue,
    need::{
        GapState, HeldCover, MetNeed, NeedGap, NeedReason, ProductSetAside, Recommendation, RecommendationRequest,
        RecommendedProduct, StatedNeed, UnclearNeed,
    },
    product::Required,
    rule::{Eligibility, Situation},
    spec::NeedKind,
};
use crate::{
    money::{Money, Unrounded},
    refusal::{Code, Fault, Refusal},
    rulebook::{Known, Operation, Step, Trace, Value},
};

/// The products of a day by the covers that they have.
type ByCover<'a> = BTreeMap<&'a str, Vec<(&'a ProductDay<'a>, &'a ProductCover)>>;

/// What the covers held say about a need.
enum Held {
    Gap { state: GapState, missing: Option<(Money, Trace)> },
    Met,
    AmountUnknown { called_for: Money },
    OtherCurrency,
}

impl Catalogue {
    /// What a customer with these facts and covers should be offered on a day, and why.
    ///
    /// A need is there when one of its rules holds or the customer states it. Covers held on the day that meet it are set
    /// against the largest amount called for. A product is recommended when it is on sale and every rule about its buyers
    /// holds; where a rule fails, or cannot be decided because a fact is not known, it is set aside and the rule is shown.
    ///
    /// # Errors
    /// `product.catalogue.before`; those of [`Catalogue::eligibility`] at `/facts`; `product.catalogue.reference_unknown`,
    /// `product.catalogue.code_duplicate`, `product.catalogue.product_unknown`, `product.catalogue.figure_range`,
    /// `product.catalogue.too_many` and `calendar.period.empty` in what is stated, held and priced;
    /// `rulebook.dated.outside` where a dated value has none for the day; `money.amount.range`.
    pub fn recommend(&self, request: &RecommendationRequest) -> Result<Recommendation, Refusal> {
        let as_of = request.as_of;
        let mut stale = self.stale_on(as_of)?;
        self.check_request(request)?;
        let known = self.known(&request.facts)?;
        let mut unclear = Vec::new();
        let reasons = self.reasons(request, &known, &mut unclear, &mut stale)?;
        let days: Vec<ProductDay<'_>> = self.products.values().filter_map(|product| product.on(as_of)).collect();
        let mut by_cover = ByCover::new();
        for day in &days {
            for cover in &day.terms.covers {
                by_cover.entry(cover.cover.as_str()).or_default().push((day, cover));
            }
        }
        let (mut gaps, mut met) = (Vec::new(), Vec::new());
        let mut purchases = BTreeMap::new();
        for (code, reasons) in reasons {
            let Some(kind) = self.needs.get(code) else { continue };
            let held = held_against(kind, request);
            let need = kind.code.clone();
            let Some(called_for) = largest(&reasons) else {
                unclear.push(UnclearNeed::OtherCurrency { need, held, reasons });
                continue;
            };
            match set_against(called_for, &held)? {
                Held::Met => met.push(MetNeed { need, called_for, held, reasons }),
                Held::AmountUnknown { called_for } => {
                    unclear.push(UnclearNeed::AmountUnknown { need, called_for, held, reasons });
                }
                Held::OtherCurrency => unclear.push(UnclearNeed::OtherCurrency { need, held, reasons }),
                Held::Gap { state, missing } => {
                    let mut gap = gap(kind, state, called_for, held, missing, reasons);
                    self.fill(&mut gap, kind, (&by_cover, &known), request, &mut purchases)?;
                    gaps.push(gap);
                }
            }
        }
        gaps.sort_by_key(|gap| (Reverse(gap.priority), gap.state));
        unclear.sort_by(|a, b| a.need().cmp(b.need()));
        let purchases: Vec<PurchaseCheck> = purchases.into_values().collect();
        stale |= purchases.iter().any(|check| check.stale);
        Ok(Recommendation { as_of, stale, gaps, met, unclear, purchases })
    }

    /// What is stated, held and priced leads somewhere.
    fn check_request(&self, request: &RecommendationRequest) -> Result<(), Refusal> {
        for (field, count) in [("stated", request.stated.len()), ("held", request.held.len())] {
            if count > MAX_PARTS {
                return Err(Fault::new(Code::CatalogueTooMany).with("limit", MAX_PARTS).at(field).into());
            }
        }
        let mut faults = Vec::new();
        let above_zero = || Fault::new(Code::CatalogueFigureRange).with("min", "0.01").with("max", "-");
        let mut seen = BTreeSet::new();
        for (index, stated) in request.stated.iter().enumerate() {
            let StatedNeed { need, amount, term_months, price } = stated;
            let mut found = Vec::new();
            if !self.needs.contains_key(need) {
                found.push(unknown("needs", need).at("need"));
            } else if !seen.insert(need) {
                found.push(Fault::new(Code::CatalogueCodeTwice).with_name("code", need).at("need"));
            }
            for (field, money) in [("amount", amount), ("price", price)] {
                if money.is_some_and(|money| money.is_negative() || money.is_zero()) {
                    found.push(above_zero().at(field));
                }
            }
            if term_months.is_some_and(|months| months < 1) {
                found.push(Fault::new(Code::CatalogueFigureRange).with("min", "1").with("max", "-").at("term_months"));
            }
            faults.extend(found.into_iter().map(|fault| fault.at_index(index).at("stated")));
        }
        for (index, held) in request.held.iter().enumerate() {
            let mut found = Vec::new();
            if !self.covers.contains_key(&held.cover) {
                found.push(unknown("covers", &held.cover).at("cover"));
            }
            if held.amount.is_some_and(|amount| amount.is_negative()) {
                found.push(Fault::new(Code::CatalogueFigureRange).with("min", "0").with("max", "-").at("amount"));
            }
            if held.until <= held.from {
                found.push(Fault::new(Code::CalendarPeriodEmpty).at("until"));
            }
            faults.extend(found.into_iter().map(|fault| fault.at_index(index).at("held")));
        }
        self.price_faults(&request.prices, &mut faults);
        Refusal::unless_empty(faults)
    }

    /// Why each need is there; the rules by name, then what is stated.
    fn reasons(
        &self,
        request: &RecommendationRequest,
        known: &Known,
        unclear: &mut Vec<UnclearNeed>,
        stale: &mut bool,
    ) -> Result<BTreeMap<&str, Vec<NeedReason>>, Refusal> {
        let on = request.as_of;
        let situation = Situation { vocabulary: &self.vocabulary, known, on };
        let mut reasons: BTreeMap<&str, Vec<NeedReason>> = BTreeMap::new();
        for loaded in self.need_rules.iter().filter(|loaded| loaded.spec.days().contains(on)) {
            let check = loaded.rule.ask(&situation)?;
            let spec = &loaded.spec;
            // Also a rule that does not hold may rest on a value that nobody has checked for this day.
            *stale |= check.stale;
            match check.holds {
                Some(false) => continue,
                None => {
                    unclear.push(UnclearNeed::FactsMissing { need: spec.need.clone(), check });
                    continue;
                }
                Some(true) => {}
            }
            let (mut parameter, mut called_for) = (None, None);
            if let Some(amount) = &spec.amount {
                let dated = self.vocabulary.parameters.get(&amount.parameter);
                let value = dated.ok_or_else(|| Refusal::new(Code::Internal))?.at(on)?;
                *stale |= value.stale;
                if let Value::Decimal(decimal) = value.value {
                    called_for = Some(Money::new(decimal, amount.currency)?);
                }
                parameter = Some(Box::new(value));
            }
            let reason = NeedReason::Rule { check: Box::new(check), priority: spec.priority, parameter, called_for };
            reasons.entry(&spec.need).or_default().push(reason);
        }
        for stated in &request.stated {
            let reason = NeedReason::Stated { priority: self.stated_priority, called_for: stated.amount };
            if let Some(kind) = self.needs.get(&stated.need) {
                reasons.entry(&kind.code).or_default().push(reason);
            }
        }
        Ok(reasons)
    }

    /// Which products meet a gap, and which the customer may not buy.
    fn fill(
        &self,
        gap: &mut NeedGap,
        kind: &NeedKind,
        (by_cover, known): (&ByCover<'_>, &Known),
        request: &RecommendationRequest,
        purchases: &mut BTreeMap<String, PurchaseCheck>,
    ) -> Result<(), Refusal> {
        let stated = request.stated.iter().find(|stated| stated.need == kind.code);
        for (day, cover) in kind.covers.iter().filter_map(|code| by_cover.get(code.as_str())).flatten() {
            let product = &day.product.spec.code;
            if !purchases.contains_key(product) {
                purchases.insert(product.clone(), self.purchase(day, known, request.as_of)?);
            }
            let Some(purchase) = purchases.get(product) else { continue };
            if purchase.eligibility == Eligibility::Eligible {
                gap.recommended.push(recommended(day, cover, gap.missing, stated, request));
                continue;
            }
            gap.set_aside.push(ProductSetAside {
                product: product.clone(),
                cover: cover.cover.clone(),
                eligibility: purchase.eligibility,
                because: purchase.checks.iter().filter(|check| check.holds != Some(true)).cloned().collect(),
            });
        }
        rank(&mut gap.recommended);
        gap.set_aside.sort_by(|a, b| (&a.product, &a.cover).cmp(&(&b.product, &b.cover)));
        Ok(())
    }
}

/// The largest amount of the reasons, if they call for one; none where they are in different currencies.
fn largest(reasons: &[NeedReason]) -> Option<Option<Money>> {
    let mut found: Option<Money> = None;
    for amount in reasons.iter().filter_map(NeedReason::called_for) {
        found = match found {
            Some(before) if before.compare(amount).ok()?.is_ge() => Some(before),
            _ => Some(amount),
        };
    }
    Some(found)
}

/// The covers in force on the day that meet a need, by cover and days.
fn held_against(kind: &NeedKind, request: &RecommendationRequest) -> Vec<HeldCover> {
    let in_force = |held: &&HeldCover| held.from <= request.as_of && request.as_of < held.until;
    let meets = |held: &&HeldCover| kind.covers.contains(&held.cover);
    let mut held: Vec<HeldCover> = request.held.iter().filter(in_force).filter(meets).cloned().collect();
    held.sort_by(|a, b| order_of(a).cmp(&order_of(b)));
    held
}

fn order_of(held: &HeldCover) -> impl Ord + '_ {
    let amount = held.amount.map(|amount| (amount.currency(), amount.minor()));
    (&held.cover, held.from, held.until, amount)
}

/// Sets what is held against what is called for.
fn set_against(called_for: Option<Money>, held: &[HeldCover]) -> Result<Held, Refusal> {
    let Some(called_for) = called_for else {
        let gap = Held::Gap { state: GapState::NotHeld, missing: None };
        return Ok(if held.is_empty() { gap } else { Held::Met });
    };
    let comparable = |amount: &Money| amount.currency() == called_for.currency();
    let amounts: Vec<Money> = held.iter().filter_map(|one| one.amount).filter(comparable).collect();
    let (missing, reckoning) = reckon(called_for, &amounts)?;
    if missing.is_negative() || missing.is_zero() {
        return Ok(Held::Met);
    }
    if held.iter().any(|one| one.amount.is_none()) {
        return Ok(Held::AmountUnknown { called_for });
    }
    if amounts.len() < held.len() {
        return Ok(Held::OtherCurrency);
    }
    let state = if held.is_empty() { GapState::NotHeld } else { GapState::Short };
    Ok(Held::Gap { state, missing: Some((missing, reckoning)) })
}

/// What is called for less what is held, with every step.
fn reckon(called_for: Money, held: &[Money]) -> Result<(Money, Trace), Refusal> {
    let mut steps = alloc::vec![Step::Amount { amount: called_for }];
    let mut missing = called_for;
    let mut left = 0;
    for amount in held {
        missing = missing.minus(*amount)?;
        steps.push(Step::Amount { amount: *amount });
        let exact = Unrounded::from(missing).exact_text();
        let right = number(steps.len())?;
        steps.push(Step::Calculate { operation: Operation::Subtract, left, right, exact });
        left = number(steps.len())?;
    }
    Ok((missing, Trace { steps }))
}

/// The number of the last of so many steps.
fn number(steps: usize) -> Result<i64, Refusal> {
    i64::try_from(steps).map(|count| count - 1).map_err(|_| Refusal::new(Code::Internal))
}

fn gap(
    kind: &NeedKind,
    state: GapState,
    called_for: Option<Money>,
    held: Vec<HeldCover>,
    missing: Option<(Money, Trace)>,
    reasons: Vec<NeedReason>,
) -> NeedGap {
    let (missing, reckoning) = missing.unzip();
    NeedGap {
        need: kind.code.clone(),
        name: kind.name.clone(),
        name_zh: kind.name_zh.clone(),
        state,
        priority: reasons.iter().map(NeedReason::priority).max().unwrap_or_default(),
        called_for,
        held,
        missing,
        reckoning,
        reasons,
        recommended: Vec::new(),
        set_aside: Vec::new(),
    }
}

fn recommended(
    day: &ProductDay<'_>,
    cover: &ProductCover,
    missing: Option<Money>,
    stated: Option<&StatedNeed>,
    request: &RecommendationRequest,
) -> RecommendedProduct {
    let spec = &day.product.spec;
    let price = request.prices.get(&spec.code).copied();
    let budget = stated.and_then(|stated| stated.price);
    let within = |price: Money, budget: Money| price.compare(budget).ok().map(|order| order.is_le());
    let offered = &day.terms.term_months;
    let term = stated.and_then(|stated| stated.term_months);
    let required: Vec<String> = Required::of(day.terms).all(&cover.cover).into_iter().map(String::from).collect();
    RecommendedProduct {
        product: spec.code.clone(),
        name: spec.name.clone(),
        name_zh: spec.name_zh.clone(),
        cover: cover.cover.clone(),
        with_covers: with_covers(day, cover, required),
        limit: cover.limit.clone(),
        sufficient: missing.and_then(|missing| sufficient(cover.limit.as_ref()?, missing)),
        price,
        within_budget: price.zip(budget).and_then(|(price, budget)| within(price, budget)),
        fits_term: term.map(|term| offered.is_empty() || offered.contains(&term)),
    }
}

/// The covers that cannot be left out, and those that this one requires.
fn with_covers(day: &ProductDay<'_>, cover: &ProductCover, required: Vec<String>) -> Vec<String> {
    let fixed = day.terms.covers.iter().filter(|one| !one.optional).map(|one| one.cover.clone());
    let mut with: BTreeSet<String> = fixed.chain(required).collect();
    with.remove(&cover.cover);
    with.into_iter().collect()
}

fn sufficient(limit: &CoverFigure, missing: Money) -> Option<bool> {
    match limit {
        CoverFigure::Fixed { amount } | CoverFigure::Chosen { highest: amount, .. } => {
            amount.compare(missing).ok().map(|order| order.is_ge())
        }
        CoverFigure::Unlimited {} => Some(true),
        CoverFigure::Percent { .. } | CoverFigure::Days { .. } => None,
    }
}

/// The best first: what is enough, what is within the budget, what fits the term, what is cheap; then by code. What cannot be
/// said comes between yes and no. Prices in different currencies are not compared.
fn rank(recommended: &mut [RecommendedProduct]) {
    let currencies: BTreeSet<_> =
        recommended.iter().filter_map(|one| one.price).map(|price| price.currency()).collect();
    let comparable = currencies.len() == 1;
    let said = |answer: Option<bool>| match answer {
        Some(true) => 0,
        None => 1,
        Some(false) => 2,
    };
    let cost = |price: Option<Money>| match price {
        Some(price) if comparable => (0, price.minor()),
        _ => (1, 0),
    };
    let key = |one: &RecommendedProduct| {
        (said(one.sufficient), said(one.within_budget), said(one.fits_term), cost(one.price))
    };
    recommended.sort_by(|a, b| (key(a), &a.product, &a.cover).cmp(&(key(b), &b.product, &b.cover)));
}
