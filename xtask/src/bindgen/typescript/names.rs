//! Names as JavaScript writes them.

/// `as_of` → `asOf`.
pub fn camel(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut upper = false;
    for letter in name.chars() {
        if letter == '_' {
            upper = true;
        } else if upper {
            out.extend(letter.to_uppercase());
            upper = false;
        } else {
            out.push(letter);
        }
    }
    out
}

/// A name that can stand for a variable.
pub fn identifier(name: &str) -> String {
    let name = camel(name);
    const RESERVED: [&str; 24] = [
        "arguments",
        "await",
        "case",
        "catch",
        "class",
        "const",
        "default",
        "delete",
        "enum",
        "eval",
        "export",
        "extends",
        "function",
        "import",
        "in",
        "interface",
        "new",
        "package",
        "switch",
        "this",
        "typeof",
        "var",
        "void",
        "with",
    ];
    if RESERVED.contains(&name.as_str()) { format!("{name}_") } else { name }
}
