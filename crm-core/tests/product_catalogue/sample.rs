//! The catalogue of these tests: the stored sample of the release, which is also the sample of law 14.

use std::{collections::BTreeMap, fs, path::PathBuf, sync::LazyLock};

use crm_core::{
    calendar::Date,
    money::{Currency, Money},
    product::{Catalogue, CatalogueSpec, ProductCover, ProductSpec, ProductTerms},
    refusal::Refusal,
    rulebook::Scalar,
    wire,
};

pub fn stored() -> Vec<u8> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../tests/stored/0.2.0/product_catalogue.json");
    fs::read(path).unwrap().trim_ascii_end().to_vec()
}

static SPEC: LazyLock<CatalogueSpec> = LazyLock::new(|| wire::from_stored(&stored()).unwrap());
static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(|| Catalogue::load(&SPEC).unwrap());

pub fn spec() -> CatalogueSpec {
    SPEC.clone()
}

pub fn catalogue() -> &'static Catalogue {
    &CATALOGUE
}

pub fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

pub fn cny(yuan: i64) -> Money {
    Money::from_minor(yuan * 100, Currency::CNY)
}

/// Facts of a customer as JSON gives them.
pub fn facts(json: &str) -> BTreeMap<String, Scalar> {
    wire::from_json(json.as_bytes()).unwrap()
}

/// `code path` of each fault.
pub fn told(refusal: &Refusal) -> Vec<String> {
    refusal.faults().iter().map(|fault| format!("{} {}", fault.code(), fault.path()).trim_end().to_owned()).collect()
}

/// What is wrong with the sample after a change.
pub fn faults(change: impl FnOnce(&mut CatalogueSpec)) -> Vec<String> {
    let mut spec = spec();
    change(&mut spec);
    told(&Catalogue::load(&spec).unwrap_err())
}

pub fn product<'a>(spec: &'a mut CatalogueSpec, code: &str) -> &'a mut ProductSpec {
    spec.products.iter_mut().find(|product| product.code == code).unwrap()
}

/// The newest terms of a product.
pub fn terms<'a>(spec: &'a mut CatalogueSpec, code: &str) -> &'a mut ProductTerms {
    product(spec, code).terms.last_mut().unwrap()
}

pub fn cover<'a>(spec: &'a mut CatalogueSpec, code: &str, cover: &str) -> &'a mut ProductCover {
    terms(spec, code).covers.iter_mut().find(|one| one.cover == cover).unwrap()
}
