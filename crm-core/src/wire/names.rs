//! snake_case and camelCase: the two spellings of a field.

use alloc::string::String;

/// The camelCase spelling of a snake_case name: `as_of` → `asOf`.
#[must_use]
pub fn camel_of(snake: &str) -> String {
    let mut out = String::with_capacity(snake.len());
    let mut up = false;
    for letter in snake.chars() {
        if letter == '_' {
            up = true;
        } else {
            out.push(if up { letter.to_ascii_uppercase() } else { letter });
            up = false;
        }
    }
    out
}

/// Whether `camel` is the camelCase spelling of `snake`, without building it.
#[must_use]
pub fn camel_eq(snake: &str, camel: &str) -> bool {
    let mut given = camel.bytes();
    let mut up = false;
    for byte in snake.bytes() {
        if byte == b'_' {
            up = true;
            continue;
        }
        let wanted = if up { byte.to_ascii_uppercase() } else { byte };
        up = false;
        if given.next() != Some(wanted) {
            return false;
        }
    }
    given.next().is_none()
}

/// The snake_case spelling of a camelCase name, for the path of an unknown field: `asOf` → `as_of`.
#[must_use]
pub fn snake_of(camel: &str) -> String {
    let mut out = String::with_capacity(camel.len() + 4);
    for letter in camel.chars() {
        if letter.is_ascii_uppercase() {
            out.push('_');
        }
        out.push(letter.to_ascii_lowercase());
    }
    out
}

/// Whether a name is spelled as a field of JavaScript is: `regionCode`, not `VIN` or `toJSON`.
#[must_use]
pub fn is_camel(name: &str) -> bool {
    let upper = |at: usize| name.as_bytes().get(at).is_some_and(u8::is_ascii_uppercase);
    (0..name.len()).all(|at| !upper(at) || (at > 0 && !upper(at + 1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_agree() {
        for (snake, camel) in [("as_of", "asOf"), ("seats", "seats"), ("text_zh", "textZh"), ("line2", "line2")] {
            assert_eq!(camel_of(snake), camel);
            assert!(camel_eq(snake, camel), "{snake}");
            assert_eq!(snake_of(camel), snake);
        }
        assert!(is_camel("asOf") && is_camel("seats") && !is_camel("VIN") && !is_camel("toJSON") && !is_camel("AsOf"));
        assert!(!camel_eq("as_of", "as_of"));
        assert!(!camel_eq("as_of", "asOff"));
        assert!(!camel_eq("as_of", "asO"));
    }
}
