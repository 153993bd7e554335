//! How numbers are spelt: what may stand around and between their characters and means nothing.

use alloc::string::String;

/// Without white space at the ends and with ASCII letters in capitals: what every document number may be put right by.
pub(super) fn in_capitals(text: &str) -> String {
    text.trim().to_ascii_uppercase()
}

/// Digits in groups, as cards and telephones are printed: one space or hyphen between two digits goes. `None` when
/// anything else than a digit is left.
pub(super) fn grouped_digits(text: &str) -> Option<String> {
    let mut digits = String::with_capacity(text.len());
    let mut gap = true;
    for letter in text.chars() {
        match letter {
            '0'..='9' => {
                digits.push(letter);
                gap = false;
            }
            ' ' | '-' if !gap => gap = true,
            _ => return None,
        }
    }
    (!gap).then_some(digits)
}

/// The values of decimal digits.
pub(super) fn digit_values(digits: &str) -> impl DoubleEndedIterator<Item = u32> + '_ {
    digits.chars().filter_map(|digit| digit.to_digit(10))
}

/// Whether all characters are ASCII digits; an empty text has none that isn't.
pub(super) fn all_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether all characters are ASCII capitals or digits.
pub(super) fn all_capitals_or_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase())
}
