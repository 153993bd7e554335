//! Row B2: products side by side for one customer.

use crm_core::{
    money::{Currency, Money},
    product::{ComparisonRequest, CoverCell, CoverFigure, Eligibility, ProductComparison},
};

use super::sample::{catalogue, cny, day, facts, told};

fn request(products: &[&str], prices: &[(&str, Money)]) -> ComparisonRequest {
    ComparisonRequest {
        as_of: day("2026-05-15"),
        products: products.iter().map(|code| (*code).to_owned()).collect(),
        facts: facts(r#"{"is_organisation": false, "age": 35, "occupation_class": 2, "children": 1}"#),
        prices: prices.iter().map(|(code, price)| ((*code).to_owned(), *price)).collect(),
    }
}

fn compare(products: &[&str], prices: &[(&str, Money)]) -> ProductComparison {
    catalogue().compare(&request(products, prices)).unwrap()
}

/// The row of a cover: `-` where it is missing.
fn row(comparison: &ProductComparison, cover: &str) -> Vec<String> {
    let found = comparison.covers.iter().find(|row| row.cover == cover).unwrap();
    let cell = |cell: &CoverCell| match cell {
        CoverCell::Missing {} => "-".to_owned(),
        CoverCell::Covered { terms } => match &terms.limit {
            Some(CoverFigure::Fixed { amount }) => amount.to_string(),
            Some(CoverFigure::Chosen { lowest, highest }) => format!("{lowest}..{highest}"),
            Some(CoverFigure::Percent { percent, .. }) => format!("{percent} %"),
            Some(_) => "?".to_owned(),
            None => "no limit stated".to_owned(),
        },
    };
    found.cells.iter().map(cell).collect()
}

#[test]
fn covers_stand_side_by_side() {
    let comparison = compare(&["JSY", "JSA", "YWA"], &[]);
    let rows: Vec<&str> = comparison.covers.iter().map(|row| row.cover.as_str()).collect();
    let wanted = ["accident_death", "accident_medical", "occupants", "own_damage", "third_party", "wheels"];
    assert_eq!(rows, wanted);
    assert_eq!(row(&comparison, "third_party"), ["CNY 100000.00..CNY 10000000.00", "CNY 2000000.00", "-"]);
    assert_eq!(row(&comparison, "own_damage"), ["100 %", "-", "-"]);
    // A cover without a limit of its own is there; a missing one is missing.
    assert_eq!(row(&comparison, "wheels"), ["no limit stated", "-", "-"]);
    assert_eq!(comparison.covers[4].name_zh, "机动车第三者责任保险");
    // Deductibles: one of zero that is stated, and none that is stated.
    let stated = |column: usize| match &comparison.covers[4].cells[column] {
        CoverCell::Covered { terms } => terms.deductibles.len(),
        CoverCell::Missing {} => panic!("missing"),
    };
    assert_eq!((stated(0), stated(1)), (0, 1));
}

#[test]
fn prices_are_ranked_where_they_can_be() {
    let ranks = |prices: &[(&str, Money)]| {
        let comparison = compare(&["JSY", "JSA", "YWA"], prices);
        comparison.products.iter().map(|product| product.price_rank).collect::<Vec<_>>()
    };
    assert_eq!(ranks(&[("JSY", cny(3_000)), ("JSA", cny(900)), ("YWA", cny(260))]), [Some(3), Some(2), Some(1)]);
    assert_eq!(ranks(&[("JSY", cny(900)), ("JSA", cny(900)), ("YWA", cny(1_000))]), [Some(1), Some(1), Some(3)]);
    // No price is no price, not the cheapest one.
    assert_eq!(ranks(&[("JSY", cny(900))]), [Some(1), None, None]);
    assert_eq!(ranks(&[]), [None; 3]);
    let dollars = Money::from_minor(100, Currency::USD);
    assert_eq!(ranks(&[("JSY", cny(900)), ("JSA", dollars)]), [None; 3]);
    // A price of a product that is not compared changes nothing.
    assert_eq!(ranks(&[("JSY", cny(900)), ("LDA", dollars)]), [Some(1), None, None]);
}

#[test]
fn the_customer_is_the_one_who_buys() {
    let comparison = compare(&["LDB", "YWA"], &[]);
    let eligible: Vec<_> = comparison.products.iter().map(|product| product.purchase.eligibility).collect();
    assert_eq!(eligible, [Eligibility::NotEligible, Eligibility::Eligible]);
    let offers = &comparison.products[1].discounts;
    let told: Vec<_> = offers.iter().map(|one| (one.discount.name.as_str(), one.eligibility)).collect();
    assert_eq!(told, [("family", Eligibility::Eligible), ("spring", Eligibility::Eligible)]);
    assert!(offers[0].check.is_some() && offers[1].check.is_none());
    assert_eq!(offers[0].discount.percent.to_string(), "12.5");
    let mut unknown = request(&["YWA"], &[]);
    unknown.facts.remove("children");
    let comparison = catalogue().compare(&unknown).unwrap();
    assert_eq!(comparison.products[0].discounts[0].eligibility, Eligibility::Undecided);
    assert_eq!(comparison.products[0].list_price.as_ref().unwrap().amount, cny(260));
}

#[test]
fn comparisons_of_nothing_are_refused() {
    let refused = |products: &[&str], prices: &[(&str, Money)]| {
        told(&catalogue().compare(&request(products, prices)).unwrap_err())
    };
    assert_eq!(refused(&[], &[]), ["product.catalogue.comparison_empty /products"]);
    assert_eq!(refused(&["JSY"; 101], &[]), ["product.catalogue.too_many /products"]);
    assert_eq!(
        refused(&["JSY", "X", "JSY"], &[("Y", cny(1)), ("LDA", cny(-1))]),
        [
            "product.catalogue.product_unknown /products/1",
            "product.catalogue.code_duplicate /products/2",
            "product.catalogue.figure_range /prices/LDA",
            "product.catalogue.product_unknown /prices/Y",
        ]
    );
    let mut early = request(&["LDC", "JQX"], &[]);
    early.as_of = day("2019-12-31");
    assert_eq!(told(&catalogue().compare(&early).unwrap_err()), ["product.catalogue.product_outside /products/0"]);
    early.as_of = day("2014-12-31");
    assert_eq!(told(&catalogue().compare(&early).unwrap_err()), ["product.catalogue.before"]);
}
