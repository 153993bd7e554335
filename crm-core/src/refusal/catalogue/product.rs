//! Codes of rate plans and quotes.

/// Adds its codes to those gathered so far.
macro_rules! product_codes {
    ($rest:tt { $($before:tt)* }) => { gather! { $rest { $($before)*
    } } };
}
