//! Where a fault is: a JSON pointer (RFC 6901) in canonical names.

use alloc::{borrow::ToOwned, format, string::String};
use core::fmt;

/// Longest name that a path or a param repeats.
const MAX_SHOWN: usize = 64;
/// More digits could be a document, phone or card number or a birth date, however they are grouped.
const MAX_DIGITS: usize = 5;

/// A JSON pointer into the record that was handed in, e.g. `/rules/2/when/all/of/0`; empty for the record itself.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Path(String);

impl Path {
    /// The record itself.
    #[must_use]
    pub fn root() -> Self {
        Self(String::new())
    }

    /// Whether the path names the record itself.
    #[must_use]
    pub fn is_root(&self) -> bool {
        self.0.is_empty()
    }

    /// The pointer as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// A path as an adapter carried it.
    pub(crate) fn from_pointer(pointer: &str) -> Self {
        Self(pointer.to_owned())
    }

    pub(crate) fn put_before(&mut self, name: &str) {
        let shown = shown_name(name);
        let escaped =
            if shown.contains(['~', '/']) { shown.replace('~', "~0").replace('/', "~1") } else { shown.to_owned() };
        self.0 = format!("/{escaped}{}", self.0);
    }

    pub(crate) fn put_index_before(&mut self, index: usize) {
        self.0 = format!("/{}{}", index, self.0);
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The name itself when it looks like one (ASCII letters, digits, `_ - .`, at most 64, few of them digits), else `*`.
///
/// A key that a caller made up may be a name or a number of a person; such a key is not repeated.
///
/// ```
/// use crm_core::refusal::shown_name;
///
/// assert_eq!(shown_name("vehicle_class"), "vehicle_class");
/// assert_eq!(shown_name("张三"), "*");
/// assert_eq!(shown_name("13812345678"), "*");
/// ```
#[must_use]
pub fn shown_name(name: &str) -> &str {
    let mut digits = 0_usize;
    let plain = !name.is_empty()
        && name.len() <= MAX_SHOWN
        && name.bytes().all(|byte| {
            digits += usize::from(byte.is_ascii_digit());
            digits <= MAX_DIGITS && (byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.'))
        });
    if plain { name } else { "*" }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString as _;

    #[test]
    fn builds_from_the_inside_out() {
        let mut path = Path::root();
        assert!(path.is_root());
        path.put_before("amount");
        path.put_index_before(3);
        path.put_before("parts");
        assert_eq!(path.to_string(), "/parts/3/amount");
    }

    #[test]
    fn hides_what_may_be_a_person() {
        for secret in [
            "张三",
            "11010119900307867X",
            "6222026006705354217",
            "a b",
            "x@y.cn",
            "",
            "H1234567800",
            "138-0013-8000",
            "6222.0260.0670",
            "1949-12-31",
        ] {
            assert_eq!(shown_name(secret), "*", "{secret}");
        }
        for name in ["C-0042", "seats", "vehicleClass", "CN-15", "v1.2"] {
            assert_eq!(shown_name(name), name);
        }
    }
}
