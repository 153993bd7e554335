//! Codes of changes, instalments and unearned premium.

/// Adds its codes to those gathered so far.
macro_rules! product_change_codes {
    ($rest:tt { $($before:tt)* }) => { gather! { $rest { $($before)*
    } } };
}
