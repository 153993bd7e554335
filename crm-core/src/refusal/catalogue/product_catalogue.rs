//! Codes of the catalogue of products.

/// Adds its codes to those gathered so far.
macro_rules! product_catalogue_codes {
    ($rest:tt { $($before:tt)* }) => { gather! { $rest { $($before)*
    } } };
}
