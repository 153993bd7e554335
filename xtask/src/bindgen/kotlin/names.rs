//! Names of the wire as names of Kotlin that Java can say too.

/// Words that Java reserves: a member of this name would be out of its reach, so it gets a `_` behind it.
const JAVA: &[&str] = &[
    "abstract",
    "assert",
    "boolean",
    "break",
    "byte",
    "case",
    "catch",
    "char",
    "class",
    "const",
    "continue",
    "default",
    "do",
    "double",
    "else",
    "enum",
    "extends",
    "false",
    "final",
    "finally",
    "float",
    "for",
    "goto",
    "if",
    "implements",
    "import",
    "instanceof",
    "int",
    "interface",
    "long",
    "native",
    "new",
    "null",
    "package",
    "private",
    "protected",
    "public",
    "return",
    "short",
    "static",
    "strictfp",
    "super",
    "switch",
    "synchronized",
    "this",
    "throw",
    "throws",
    "transient",
    "true",
    "try",
    "void",
    "volatile",
    "while",
];
/// Words that a component of a JVM record cannot have as its name.
const RECORD: &[&str] = &["clone", "finalize", "getClass", "hashCode", "notify", "notifyAll", "toString", "wait"];
/// Words that only Kotlin reserves: quoted there, plain in Java.
const KOTLIN: &[&str] = &["as", "fun", "in", "is", "object", "typealias", "typeof", "val", "var", "when"];

/// `as_of` → `asOf`.
pub fn camel(snake: &str) -> String {
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

/// The name of a property, parameter or function.
pub fn member(snake: &str) -> String {
    let name = camel(snake);
    if JAVA.contains(&name.as_str()) || RECORD.contains(&name.as_str()) {
        format!("{name}_")
    } else if KOTLIN.contains(&name.as_str()) {
        format!("`{name}`")
    } else {
        name
    }
}

/// The constant of a unit variant: `half_up` → `HALF_UP`.
pub fn constant(wire: &str) -> String {
    wire.to_ascii_uppercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reserved_words_stay_usable() {
        assert_eq!(member("as_of"), "asOf");
        assert_eq!(member("default"), "default_");
        assert_eq!(member("hash_code"), "hashCode_");
        assert_eq!(member("in"), "`in`");
        assert_eq!(constant("half_up"), "HALF_UP");
    }
}
