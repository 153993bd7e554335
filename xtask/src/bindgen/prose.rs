//! Doc comments as plain prose: what rustdoc alone understands is flattened.

use syn::{Attribute, Expr, Lit, Meta};

/// The doc comment of an item, line by line, without code examples and with intra-doc links as plain names.
pub fn of(attributes: &[Attribute]) -> Vec<String> {
    let mut lines = Vec::new();
    let mut fenced = false;
    for line in attributes.iter().filter_map(doc_line).flat_map(|text| split(&text)) {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        } else if !fenced {
            lines.push(flatten(&line));
        }
    }
    while lines.first().is_some_and(String::is_empty) {
        lines.remove(0);
    }
    while lines.last().is_some_and(|line| line.is_empty() || line.starts_with("# Example")) {
        lines.pop();
    }
    lines.dedup_by(|next, kept| next.is_empty() && kept.is_empty());
    lines
}

fn doc_line(attribute: &Attribute) -> Option<String> {
    let Meta::NameValue(pair) = &attribute.meta else { return None };
    if !pair.path.is_ident("doc") {
        return None;
    }
    let Expr::Lit(literal) = &pair.value else { return None };
    let Lit::Str(text) = &literal.lit else { return None };
    Some(text.value())
}

fn split(text: &str) -> Vec<String> {
    text.split('\n').map(|line| line.strip_prefix(' ').unwrap_or(line).trim_end().to_owned()).collect()
}

/// ``[`money::Money`]`` → `` `Money` ``, `[text](crate::path)` → `text`; links to the web stay.
fn flatten(line: &str) -> String {
    let mut out = String::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('[') {
        let Some((label, tail)) = after.split_once(']') else { break };
        out.push_str(before);
        let (target, following) = target_of(tail);
        match target {
            Some(target) if target.contains("://") => out.push_str(&format!("[{label}]({target})")),
            Some(_) => out.push_str(label),
            None if label.starts_with('`') && label.ends_with('`') && label.len() > 2 => out.push_str(&plain(label)),
            None => out.push_str(&format!("[{label}]")),
        }
        rest = following;
    }
    out.push_str(rest);
    out
}

fn target_of(tail: &str) -> (Option<&str>, &str) {
    match tail.strip_prefix('(').and_then(|inside| inside.split_once(')')) {
        Some((target, following)) => (Some(target), following),
        None => (None, tail),
    }
}

/// `` `crate::money::Money` `` → `` `Money` ``.
fn plain(label: &str) -> String {
    let path = label.trim_matches('`');
    format!("`{}`", path.rsplit("::").find(|part| !part.is_empty()).unwrap_or(path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_become_names() {
        assert_eq!(flatten("See [`crate::money::Money`] and [the mode](Rounding)."), "See `Money` and the mode.");
        assert_eq!(flatten("[CBIRC](https://x.cn/a) 1[a], a [b"), "[CBIRC](https://x.cn/a) 1[a], a [b");
        assert_eq!(flatten("half-open [`start`, `end`)"), "half-open [`start`, `end`)");
    }

    #[test]
    fn examples_are_left_out() {
        let item: syn::ItemStruct = syn::parse_quote! {
            /// A rate.
            ///
            /// ```
            /// let x = [1];
            /// ```
            struct Rate {}
        };
        assert_eq!(of(&item.attrs), ["A rate."]);
    }
}
