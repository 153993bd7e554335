//! Products side by side for one customer.

use alloc::{
    boxed::Box,
    collections::{BTreeMap, BTreeSet},
    string::String,
    vec::Vec,
};

use serde::{Deserialize, Serialize};

use super::{
    check::Spanned as _,
    cover::ProductCover,
    day::{ProductDay, PurchaseCheck},
    load::Catalogue,
    rule::{CheckedCondition, Eligibility, Situation},
    spec::{ListPrice, ProductDiscount, ProductStatus},
};
use crate::{
    calendar::Date,
    money::Money,
    refusal::{Code, Fault, Refusal},
    rulebook::{Known, Scalar},
};

/// Most products that are held side by side.
const MAX_COMPARED: usize = 100;

/// What is to be compared, for whom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ComparisonRequest {
    /// The day.
    pub as_of: Date,
    /// The codes of the products, at least one, in the order of the columns.
    pub products: Vec<String>,
    /// What is known about the customer.
    pub facts: BTreeMap<String, Scalar>,
    /// What each product would cost this customer, as its rate plan says, by code; a product without a price has none.
    pub prices: BTreeMap<String, Money>,
}

/// Products side by side (产品对比).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProductComparison {
    /// The day.
    pub as_of: Date,
    /// Whether the catalogue or a dated value was last checked before the day.
    pub stale: bool,
    /// The columns, in the order of the request.
    pub products: Vec<ComparedProduct>,
    /// The rows: every cover that at least one of the products has, by code.
    pub covers: Vec<ComparedCover>,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ComparedProduct {
    /// The code of the product.
    pub product: String,
    /// What it is called, in English.
    pub name: String,
    /// What it is called, in Chinese.
    pub name_zh: String,
    /// Its status on the day.
    pub status: ProductStatus,
    /// Whether the customer may buy it, with every reason.
    pub purchase: PurchaseCheck,
    /// What it costs this customer; none where no price was handed in.
    pub price: Option<Money>,
    /// 1 for the cheapest; equal prices have one rank. None for a product without a price, and for all where the prices are
    /// in different currencies, which are not compared.
    pub price_rank: Option<i64>,
    /// Its list price on the day; none where the list has none.
    pub list_price: Option<ListPrice>,
    /// The discounts of the day, by name.
    pub discounts: Vec<DiscountOffer>,
}

/// A discount of the day and whether this customer gets it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DiscountOffer {
    /// The discount.
    pub discount: ProductDiscount,
    /// Whether the customer gets it.
    pub eligibility: Eligibility,
    /// Why; none for a discount for everybody.
    pub check: Option<CheckedCondition>,
}

/// A row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ComparedCover {
    /// The code of the cover.
    pub cover: String,
    /// What it is called, in English.
    pub name: String,
    /// What it is called, in Chinese.
    pub name_zh: String,
    /// One cell for each product, in the order of the columns.
    pub cells: Vec<CoverCell>,
}

/// What a product says about a cover.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum CoverCell {
    /// The product does not have it. That is no limit of zero: nothing is stated.
    Missing {},
    /// The product has it.
    Covered {
        /// With these limits, deductibles, waiting period and conditions.
        terms: Box<ProductCover>,
    },
}

impl Catalogue {
    /// Holds products side by side for one customer: by cover, limit, deductible and price.
    ///
    /// # Errors
    /// `product.catalogue.before`; `product.catalogue.comparison_empty`, `product.catalogue.too_many`,
    /// `product.catalogue.code_duplicate`, `product.catalogue.product_unknown` and `product.catalogue.product_outside` at
    /// the product; `product.catalogue.figure_range` at a price below zero; those of [`Catalogue::eligibility`] at `/facts`.
    pub fn compare(&self, request: &ComparisonRequest) -> Result<ProductComparison, Refusal> {
        let as_of = request.as_of;
        let mut stale = self.stale_on(as_of)?;
        let days = self.compared(request)?;
        let known = self.known(&request.facts)?;
        let mut ranks = price_ranks(&days, &request.prices);
        let mut products = Vec::with_capacity(days.len());
        for day in &days {
            let product = self.column(day, &known, request, &mut ranks)?;
            let of_discounts = product.discounts.iter().filter_map(|offer| offer.check.as_ref());
            stale |= product.purchase.stale || of_discounts.into_iter().any(|check| check.stale);
            products.push(product);
        }
        Ok(ProductComparison { as_of, stale, products, covers: self.rows(&days) })
    }

    fn compared(&self, request: &ComparisonRequest) -> Result<Vec<ProductDay<'_>>, Refusal> {
        let wanted = &request.products;
        if wanted.is_empty() {
            return Err(Fault::new(Code::CatalogueComparisonEmpty).at("products").into());
        }
        if wanted.len() > MAX_COMPARED {
            return Err(Fault::new(Code::CatalogueTooMany).with("limit", MAX_COMPARED).at("products").into());
        }
        let mut faults = Vec::new();
        let mut days = Vec::with_capacity(wanted.len());
        let mut seen = BTreeSet::new();
        for (index, code) in wanted.iter().enumerate() {
            if !seen.insert(code) {
                let fault = Fault::new(Code::CatalogueCodeTwice).with_name("code", code);
                faults.push(fault.at_index(index).at("products"));
                continue;
            }
            match self.find_on(code, request.as_of) {
                Ok(day) => days.push(day),
                Err(refusal) => faults.extend(refusal.at_index(index).at("products").into_faults()),
            }
        }
        self.price_faults(&request.prices, &mut faults);
        Refusal::unless_empty(faults)?;
        Ok(days)
    }

    /// Prices are of products of the catalogue and not below zero.
    pub(super) fn price_faults(&self, prices: &BTreeMap<String, Money>, faults: &mut Vec<Fault>) {
        for (code, price) in prices {
            if let Err(refusal) = self.find(code) {
                faults.extend(refusal.at(code).at("prices").into_faults());
            } else if price.is_negative() {
                let fault = Fault::new(Code::CatalogueFigureRange).with("min", "0").with("max", "-");
                faults.push(fault.at(code).at("prices"));
            }
        }
    }

    fn column(
        &self,
        day: &ProductDay<'_>,
        known: &Known,
        request: &ComparisonRequest,
        ranks: &mut BTreeMap<String, i64>,
    ) -> Result<ComparedProduct, Refusal> {
        let spec = &day.product.spec;
        let situation = Situation { vocabulary: &self.vocabulary, known, on: request.as_of };
        let mut discounts = Vec::new();
        let announced = spec.discounts.iter().zip(&day.product.discounts);
        for (discount, rule) in announced.filter(|(discount, _)| discount.days().contains(request.as_of)) {
            let check = if rule.is_open() { None } else { Some(rule.ask(&situation)?) };
            let eligibility = Eligibility::of(check.as_slice());
            discounts.push(DiscountOffer { discount: discount.clone(), eligibility, check });
        }
        Ok(ComparedProduct {
            product: spec.code.clone(),
            name: spec.name.clone(),
            name_zh: spec.name_zh.clone(),
            status: day.status.status,
            purchase: self.purchase(day, known, request.as_of)?,
            price: request.prices.get(&spec.code).copied(),
            price_rank: ranks.remove(&spec.code),
            list_price: day.product.price_on(request.as_of).cloned(),
            discounts,
        })
    }

    fn rows(&self, days: &[ProductDay<'_>]) -> Vec<ComparedCover> {
        let codes: BTreeSet<&String> =
            days.iter().flat_map(|day| day.terms.covers.iter().map(|cover| &cover.cover)).collect();
        let row = |code: &String| {
            let cell = |day: &ProductDay<'_>| {
                let found = day.terms.covers.iter().find(|cover| cover.cover == *code);
                found.map_or(CoverCell::Missing {}, |terms| CoverCell::Covered { terms: Box::new(terms.clone()) })
            };
            let definition = self.covers.get(code)?;
            Some(ComparedCover {
                cover: code.clone(),
                name: definition.name.clone(),
                name_zh: definition.name_zh.clone(),
                cells: days.iter().map(cell).collect(),
            })
        };
        codes.into_iter().filter_map(row).collect()
    }
}

/// The rank of each product that has a price; none where the prices are in different currencies.
fn price_ranks(days: &[ProductDay<'_>], prices: &BTreeMap<String, Money>) -> BTreeMap<String, i64> {
    let priced = days.iter().filter_map(|day| Some((&day.product.spec.code, *prices.get(&day.product.spec.code)?)));
    let priced: Vec<(&String, Money)> = priced.collect();
    let currencies: BTreeSet<_> = priced.iter().map(|(_, price)| price.currency()).collect();
    if currencies.len() > 1 {
        return BTreeMap::new();
    }
    let rank = |price: &Money| priced.iter().filter(|(_, other)| other.minor() < price.minor()).count();
    let ranked = |(code, price): &(&String, Money)| Some(((*code).clone(), i64::try_from(rank(price)).ok()? + 1));
    priced.iter().filter_map(ranked).collect()
}
