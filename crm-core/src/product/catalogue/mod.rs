//! The catalogue of products: what is sold, to whom, on which wording, and which needs it meets.

mod benefit;
mod check;
mod code;
mod compare;
mod cover;
mod day;
mod load;
mod need;
mod product;
mod recommend;
mod rule;
mod spec;

pub use benefit::{BenefitCheck, BenefitRequest};
pub use code::CodeFilter;
pub use compare::{ComparedCover, ComparedProduct, ComparisonRequest, CoverCell, DiscountOffer, ProductComparison};
pub use cover::{BenefitCondition, CoverAmount, CoverDefinition, CoverFigure, ProductCover, WaitingPeriod};
pub use day::{ProductEntry, ProductList, ProductOnDay, ProductQuery, PurchaseCheck};
pub use load::Catalogue;
pub use need::{
    GapState, HeldCover, MetNeed, NeedGap, NeedReason, ProductSetAside, Recommendation, RecommendationRequest,
    RecommendedProduct, StatedNeed, UnclearNeed,
};
pub use rule::{CheckedCondition, Eligibility};
pub use spec::{
    BuyerKind, BuyerRules, CatalogueSpec, CommissionClass, EntryAge, ListPrice, NeedAmount, NeedKind, NeedRule,
    ProductClause, ProductDiscount, ProductLine, ProductSpec, ProductStatus, ProductTerms, StatusSpan,
};

crate::wire::stored_first_version! {
    CatalogueSpec = "product_catalogue",
}
