//! What the catalogue says on a day.

use alloc::{
    collections::BTreeMap,
    format,
    string::{String, ToString as _},
    vec::Vec,
};

use serde::{Deserialize, Serialize};

use super::{
    check::Spanned as _,
    code::CodeFilter,
    load::Catalogue,
    product::{LoadedProduct, TermsRules},
    rule::{CheckedCondition, Eligibility, STATUS_FACT, Situation},
    spec::{ListPrice, ProductDiscount, ProductSpec, ProductStatus, ProductTerms, StatusSpan},
};
use crate::{
    calendar::Date,
    refusal::{Code, Fault, Refusal},
    rulebook::{Known, Scalar, Value, read_facts},
};

/// Which products are asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProductQuery {
    /// The day.
    pub as_of: Date,
    /// The code of the line (险类); none for all.
    pub line: Option<String>,
    /// The codes (险种代码); none for all.
    pub codes: Option<CodeFilter>,
    /// The statuses; empty for all.
    pub statuses: Vec<ProductStatus>,
}

/// The products that were asked for, by code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProductList {
    /// The day.
    pub as_of: Date,
    /// Whether the day lies after the last check of the catalogue.
    pub stale: bool,
    /// The products.
    pub products: Vec<ProductEntry>,
}

/// A product in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProductEntry {
    /// Its code.
    pub code: String,
    /// What it is called, in English.
    pub name: String,
    /// What it is called, in Chinese.
    pub name_zh: String,
    /// The code of its line.
    pub line: String,
    /// Its status on the day.
    pub status: ProductStatus,
}

/// A product as it is on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProductOnDay {
    /// The day.
    pub as_of: Date,
    /// Whether the day lies after the last check of the catalogue.
    pub stale: bool,
    /// Its code.
    pub code: String,
    /// What it is called, in English.
    pub name: String,
    /// What it is called, in Chinese.
    pub name_zh: String,
    /// The code of its line.
    pub line: String,
    /// Its status, since when and by whom.
    pub status: StatusSpan,
    /// Its terms, their covers by code.
    pub terms: ProductTerms,
    /// Its list price; none where the list has none for the day.
    pub list_price: Option<ListPrice>,
    /// The discounts that are announced for the day, by name.
    pub discounts: Vec<ProductDiscount>,
}

/// Whether a customer may buy a product on a day, with every reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PurchaseCheck {
    /// The day.
    pub as_of: Date,
    /// The code of the product.
    pub product: String,
    /// The answer.
    pub eligibility: Eligibility,
    /// Whether the catalogue or a dated value was last checked before the day.
    pub stale: bool,
    /// Every rule: the status of the product first, then who may buy it, by name.
    pub checks: Vec<CheckedCondition>,
}

/// A product with what is valid on one day.
pub(super) struct ProductDay<'a> {
    pub(super) product: &'a LoadedProduct,
    pub(super) status: &'a StatusSpan,
    pub(super) terms: &'a ProductTerms,
    pub(super) rules: &'a TermsRules,
}

impl LoadedProduct {
    /// The product on a day; none outside its validity.
    pub(super) fn on(&self, day: Date) -> Option<ProductDay<'_>> {
        let status = self.spec.statuses.iter().find(|one| one.days().contains(day))?;
        let mut terms = self.spec.terms.iter().zip(&self.rules);
        let (terms, rules) = terms.find(|(one, _)| one.days().contains(day))?;
        Some(ProductDay { product: self, status, terms, rules })
    }

    pub(super) fn price_on(&self, day: Date) -> Option<&ListPrice> {
        self.spec.prices.iter().find(|one| one.days().contains(day))
    }
}

impl Catalogue {
    /// The codes of all products, also of those that are not sold yet or any more, in their order.
    ///
    /// # Errors
    /// Those of [`CodeFilter::check`].
    pub fn codes(&self, filter: Option<&CodeFilter>) -> Result<Vec<String>, Refusal> {
        filter.map_or(Ok(()), CodeFilter::check)?;
        let fits = |code: &&String| filter.is_none_or(|filter| filter.admits(code));
        Ok(self.products.keys().filter(fits).cloned().collect())
    }

    /// A product with its whole history, in order of time.
    ///
    /// # Errors
    /// `product.catalogue.product_unknown`.
    pub fn history(&self, product: &str) -> Result<ProductSpec, Refusal> {
        Ok(self.find(product)?.spec.clone())
    }

    /// A product as it is on a day.
    ///
    /// # Errors
    /// `product.catalogue.product_unknown`; `product.catalogue.before` on a day before the catalogue,
    /// `product.catalogue.product_outside` on a day on which the product does not exist.
    pub fn on_day(&self, product: &str, as_of: Date) -> Result<ProductOnDay, Refusal> {
        let stale = self.stale_on(as_of)?;
        let ProductDay { product, status, terms, .. } = self.find_on(product, as_of)?;
        let spec = &product.spec;
        let discounts = spec.discounts.iter().filter(|one| one.days().contains(as_of)).cloned().collect();
        Ok(ProductOnDay {
            as_of,
            stale,
            code: spec.code.clone(),
            name: spec.name.clone(),
            name_zh: spec.name_zh.clone(),
            line: spec.line.clone(),
            status: status.clone(),
            terms: terms.clone(),
            list_price: product.price_on(as_of).cloned(),
            discounts,
        })
    }

    /// The products that exist on a day and fit a query, by code.
    ///
    /// # Errors
    /// `product.catalogue.before`; those of [`CodeFilter::check`] at `/codes`.
    pub fn list(&self, query: &ProductQuery) -> Result<ProductList, Refusal> {
        let ProductQuery { as_of, line, codes, statuses } = query;
        let stale = self.stale_on(*as_of)?;
        codes.as_ref().map_or(Ok(()), CodeFilter::check).map_err(|refusal| refusal.at("codes"))?;
        let wanted = |day: &ProductDay<'_>| {
            let ProductSpec { code, line: own, .. } = &day.product.spec;
            line.as_ref().is_none_or(|line| line == own)
                && codes.as_ref().is_none_or(|codes| codes.admits(code))
                && (statuses.is_empty() || statuses.contains(&day.status.status))
        };
        let days = self.products.values().filter_map(|product| product.on(*as_of)).filter(wanted);
        let products = days.map(|day| ProductEntry {
            code: day.product.spec.code.clone(),
            name: day.product.spec.name.clone(),
            name_zh: day.product.spec.name_zh.clone(),
            line: day.product.spec.line.clone(),
            status: day.status.status,
        });
        Ok(ProductList { as_of: *as_of, stale, products: products.collect() })
    }

    /// What is on sale on a day (在售产品), by code.
    ///
    /// # Errors
    /// `product.catalogue.before`.
    pub fn on_sale(&self, as_of: Date) -> Result<ProductList, Refusal> {
        let statuses = alloc::vec![ProductStatus::OnSale];
        self.list(&ProductQuery { as_of, line: None, codes: None, statuses })
    }

    /// Whether a customer with these facts may buy a product on a day, with every reason.
    ///
    /// Facts that are not known leave a rule undecided; they are never taken for something.
    ///
    /// # Errors
    /// As [`Catalogue::on_day`]; at `/facts`: `rulebook.fact.unknown`, `rulebook.fact.choice`, `rulebook.fact.range`,
    /// `wire.<type>.expected`; `rulebook.dated.outside`.
    pub fn eligibility(
        &self,
        product: &str,
        facts: &BTreeMap<String, Scalar>,
        as_of: Date,
    ) -> Result<PurchaseCheck, Refusal> {
        self.stale_on(as_of)?;
        let known = self.known(facts)?;
        self.purchase(&self.find_on(product, as_of)?, &known, as_of)
    }

    /// The rules of a product about a customer.
    pub(super) fn purchase(&self, day: &ProductDay<'_>, known: &Known, as_of: Date) -> Result<PurchaseCheck, Refusal> {
        let status = Known::from([(STATUS_FACT.into(), Value::Text(day.status.status.as_str().into()))]);
        let about_status = Situation { vocabulary: &self.vocabulary, known: &status, on: as_of };
        let mut on_sale = self.on_sale.ask(&about_status)?;
        on_sale.source.clone_from(&day.status.source);
        let about_customer = Situation { vocabulary: &self.vocabulary, known, on: as_of };
        let mut checks = alloc::vec![on_sale];
        for rule in &day.rules.buyers {
            checks.push(rule.ask(&about_customer)?);
        }
        let stale = self.stale_on(as_of)? || checks.iter().any(|check| check.stale);
        let product = day.product.spec.code.clone();
        Ok(PurchaseCheck { as_of, product, eligibility: Eligibility::of(&checks), stale, checks })
    }

    /// What a host knows of a customer, read against its declarations.
    pub(super) fn known(&self, facts: &BTreeMap<String, Scalar>) -> Result<Known, Refusal> {
        read_facts(&self.vocabulary.facts, facts).map_err(|refusal| refusal.at("facts"))
    }

    /// Whether the catalogue was last checked before the day; a day before the catalogue is refused.
    pub(super) fn stale_on(&self, as_of: Date) -> Result<bool, Refusal> {
        if as_of < self.valid_from {
            return Err(Fault::new(Code::CatalogueBefore).with("from", format!("{}", self.valid_from)).into());
        }
        Ok(as_of > self.checked_until)
    }

    pub(super) fn find(&self, product: &str) -> Result<&LoadedProduct, Refusal> {
        let unknown = || Fault::new(Code::CatalogueProductUnknown).with_name("code", product);
        self.products.get(product).ok_or_else(|| unknown().into())
    }

    pub(super) fn find_on(&self, product: &str, as_of: Date) -> Result<ProductDay<'_>, Refusal> {
        let found = self.find(product)?;
        let outside = || {
            let ProductSpec { valid_from, valid_until, .. } = &found.spec;
            let until = valid_until.map_or_else(|| String::from("-"), |until| until.to_string());
            Fault::new(Code::CatalogueProductOutside)
                .with_name("code", product)
                .with("from", valid_from.to_string())
                .with("until", until)
        };
        found.on(as_of).ok_or_else(|| outside().into())
    }
}
