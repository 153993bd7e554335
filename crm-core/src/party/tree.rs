//! A record as the tree of its canonical JSON, in which values can be replaced.

use alloc::{borrow::ToOwned as _, string::String, vec::Vec};

use serde::Serialize;

use super::change::unescaped;
use crate::{refusal::Refusal, wire};

/// Deepest nesting that is read.
const MAX_DEPTH: usize = wire::MAX_DEPTH;

/// Canonical JSON taken apart. No `Debug`: it holds everything.
#[derive(Clone, PartialEq)]
pub(super) enum Tree {
    /// Anything but a list or object, as its text.
    Leaf(String),
    /// A list.
    List(Vec<Tree>),
    /// An object; its keys in their order, without quotes.
    Fields(Vec<(String, Tree)>),
}

impl Tree {
    /// The tree of a record.
    pub(super) fn of<T: Serialize>(record: &T) -> Result<Self, Refusal> {
        let text = wire::to_json(record)?;
        Ok(Self::read(&text).unwrap_or(Self::Leaf(text)))
    }

    /// The tree of a text; `None` for what is no canonical JSON. What it holds is checked by whoever reads the record.
    pub(super) fn read(text: &str) -> Option<Self> {
        let mut rest = text;
        let tree = read_value(&mut rest, 0)?;
        rest.is_empty().then_some(tree)
    }

    /// Canonical JSON.
    pub(super) fn text(&self) -> String {
        let mut out = String::new();
        self.write(&mut out);
        out
    }

    fn write(&self, out: &mut String) {
        match self {
            Self::Leaf(text) => out.push_str(text),
            Self::List(items) => {
                out.push('[');
                for (index, item) in items.iter().enumerate() {
                    if index > 0 {
                        out.push(',');
                    }
                    item.write(out);
                }
                out.push(']');
            }
            Self::Fields(fields) => {
                out.push('{');
                for (index, (key, value)) in fields.iter().enumerate() {
                    if index > 0 {
                        out.push(',');
                    }
                    // A text is always written.
                    out.push_str(&wire::to_json(key).unwrap_or_default());
                    out.push(':');
                    value.write(out);
                }
                out.push('}');
            }
        }
    }

    /// What stands below a key or index.
    pub(super) fn child(&self, key: &str) -> Option<&Self> {
        match self {
            Self::Leaf(_) => None,
            Self::List(items) => items.get(index_of(key)?),
            Self::Fields(fields) => fields.iter().find(|(name, _)| name == key).map(|(_, value)| value),
        }
    }

    /// The place that a JSON pointer names.
    pub(super) fn at_mut(&mut self, pointer: &str) -> Option<&mut Self> {
        let mut place = self;
        for step in pointer.split('/').skip(1) {
            let key = unescaped(step);
            place = match place {
                Self::Leaf(_) => return None,
                Self::List(items) => items.get_mut(index_of(&key)?)?,
                Self::Fields(fields) => &mut fields.iter_mut().find(|(name, _)| *name == key)?.1,
            };
        }
        Some(place)
    }

    /// Replaces, adds or removes what stands below a key or index; `false` where that can't be.
    pub(super) fn put(&mut self, key: &str, value: Option<Self>) -> bool {
        match self {
            Self::Leaf(_) => false,
            Self::List(items) => {
                let Some(index) = index_of(key) else { return false };
                match (value, items.len()) {
                    (Some(value), length) if index == length => items.push(value),
                    (Some(value), _) => match items.get_mut(index) {
                        Some(item) => *item = value,
                        None => return false,
                    },
                    (None, length) if index + 1 == length => _ = items.pop(),
                    (None, _) => return false,
                }
                true
            }
            Self::Fields(fields) => {
                let at = fields.iter().position(|(name, _)| name == key);
                match (value, at.and_then(|at| fields.get_mut(at))) {
                    (Some(value), Some(field)) => field.1 = value,
                    (Some(value), None) => {
                        // Maps are written in the order of their keys, and so are objects with one field.
                        let before = fields.iter().position(|(name, _)| name.as_str() > key);
                        fields.insert(before.unwrap_or(fields.len()), (key.to_owned(), value));
                    }
                    (None, Some(_)) => fields.retain(|(name, _)| name != key),
                    (None, None) => return false,
                }
                true
            }
        }
    }
}

fn index_of(key: &str) -> Option<usize> {
    let plain = key == "0" || !key.starts_with('0') && key.bytes().all(|byte| byte.is_ascii_digit());
    if plain { key.parse().ok() } else { None }
}

fn read_value(rest: &mut &str, depth: usize) -> Option<Tree> {
    if depth > MAX_DEPTH {
        return None;
    }
    match rest.bytes().next()? {
        b'[' => {
            let mut items = Vec::new();
            read_entries(rest, ']', |rest| {
                items.push(read_value(rest, depth + 1)?);
                Some(())
            })?;
            Some(Tree::List(items))
        }
        b'{' => {
            let mut fields: Vec<(String, Tree)> = Vec::new();
            read_entries(rest, '}', |rest| {
                let key = wire::from_json::<String>(take_text(rest)?.as_bytes()).ok()?;
                *rest = rest.strip_prefix(':')?;
                fields.push((key, read_value(rest, depth + 1)?));
                Some(())
            })?;
            Some(Tree::Fields(fields))
        }
        b'"' => take_text(rest).map(|text| Tree::Leaf(text.to_owned())),
        _ => {
            let end = rest.find([',', ']', '}', '"', '[', '{', ':']).unwrap_or(rest.len());
            let (word, after) = rest.split_at_checked(end)?;
            *rest = after;
            let number = word.strip_prefix('-').unwrap_or(word);
            let digits = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
            (digits || matches!(word, "null" | "true" | "false")).then(|| Tree::Leaf(word.to_owned()))
        }
    }
}

/// Entries between brackets, with commas between them.
fn read_entries(rest: &mut &str, close: char, mut entry: impl FnMut(&mut &str) -> Option<()>) -> Option<()> {
    *rest = rest.get(1..)?;
    if let Some(after) = rest.strip_prefix(close) {
        *rest = after;
        return Some(());
    }
    loop {
        entry(rest)?;
        if let Some(after) = rest.strip_prefix(close) {
            *rest = after;
            return Some(());
        }
        *rest = rest.strip_prefix(',')?;
    }
}

/// A text with its quotes.
fn take_text<'a>(rest: &mut &'a str) -> Option<&'a str> {
    let mut escaped = false;
    let end = rest.bytes().enumerate().skip(1).find_map(|(at, byte)| {
        let ends = byte == b'"' && !escaped;
        escaped = byte == b'\\' && !escaped;
        ends.then_some(at + 1)
    })?;
    let (text, after) = rest.split_at_checked(end)?;
    if !text.starts_with('"') {
        return None;
    }
    *rest = after;
    Some(text)
}
