//! A document as the table of its fields sees it: what is a record, what a map, and what nobody named.

use std::collections::{BTreeMap, BTreeSet};

use crm_core::privacy::{FIELDS, FieldTable};
use serde::ser::{Serialize, Serializer};

use crate::tree::Tree;

/// The lines of a table as a tree of their steps, so that a key is looked up and not sought in every line.
#[derive(Default)]
pub(crate) struct Lines {
    named: BTreeMap<String, Lines>,
    /// Behind `*`.
    any: Option<Box<Lines>>,
    /// Whether `#` stands here.
    keys: bool,
}

impl Lines {
    pub(crate) fn of(table: &FieldTable) -> Self {
        let mut root = Self::default();
        for line in table.fields() {
            let mut at = &mut root;
            for step in line.field.split('/').skip(1) {
                at = match step {
                    "#" => {
                        at.keys = true;
                        break;
                    }
                    "*" => at.any.get_or_insert_default(),
                    name => at.named.entry(name.replace("~1", "/").replace("~0", "~")).or_default(),
                };
            }
        }
        root
    }
}

/// A place in a document.
///
/// Which objects are records and which are maps, a document doesn't say: it is a map where the table has a line for the
/// keys, and elsewhere the keys that the table names are fields. What else stands in an object could be data and is left
/// out, keys and values.
pub(crate) struct Shaped<'t> {
    tree: &'t Tree,
    /// Every line that leads here: a key of a map meets both its name and `*`.
    lines: Vec<&'t Lines>,
}

impl<'t> Shaped<'t> {
    pub(crate) fn new(tree: &'t Tree, lines: &'t Lines) -> Self {
        Self { tree, lines: vec![lines] }
    }

    /// The patterns of objects with keys that the table doesn't name.
    pub(crate) fn unlisted(&self) -> Vec<String> {
        let mut found = BTreeSet::new();
        self.look(&mut String::new(), &mut found);
        found.into_iter().collect()
    }

    fn look(&self, at: &mut String, into: &mut BTreeSet<String>) {
        let length = at.len();
        match self.tree {
            Tree::List(items) => {
                at.push_str("/*");
                items.iter().for_each(|item| self.entry(item).look(at, into));
            }
            Tree::Object(entries) if self.is_map() => {
                at.push_str("/*");
                entries.iter().for_each(|(key, value)| self.value(key, value).look(at, into));
            }
            Tree::Object(entries) => {
                for (key, value) in entries {
                    at.push('/');
                    match self.field(key, value) {
                        Some(field) => {
                            at.push_str(&key.replace('~', "~0").replace('/', "~1"));
                            field.look(at, into);
                        }
                        None => _ = into.insert(format!("{at}#")),
                    }
                    at.truncate(length);
                }
            }
            Tree::Null | Tree::Boolean(_) | Tree::Integer(_) | Tree::Text(_) => {}
        }
        at.truncate(length);
    }

    fn is_map(&self) -> bool {
        self.lines.iter().any(|line| line.keys)
    }

    /// A field of a record; none that the table doesn't name.
    fn field(&self, key: &str, tree: &'t Tree) -> Option<Self> {
        let lines: Vec<&Lines> = self.lines.iter().filter_map(|line| line.named.get(key)).collect();
        (!lines.is_empty()).then_some(Self { tree, lines })
    }

    /// An entry of a list.
    fn entry(&self, tree: &'t Tree) -> Self {
        Self { tree, lines: self.lines.iter().filter_map(|line| line.any.as_deref()).collect() }
    }

    /// A value of a map.
    fn value(&self, key: &str, tree: &'t Tree) -> Self {
        let of = |line: &&'t Lines| line.named.get(key).into_iter().chain(line.any.as_deref());
        Self { tree, lines: self.lines.iter().flat_map(of).collect() }
    }
}

impl Serialize for Shaped<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.tree {
            Tree::Null => serializer.serialize_none(),
            Tree::Boolean(value) => serializer.serialize_bool(*value),
            Tree::Integer(value) => serializer.serialize_i64(*value),
            Tree::Text(text) => serializer.serialize_str(text),
            Tree::List(items) => serializer.collect_seq(items.iter().map(|item| self.entry(item))),
            Tree::Object(entries) if self.is_map() => {
                serializer.collect_map(entries.iter().map(|(key, value)| (key, self.value(key, value))))
            }
            Tree::Object(_) => serializer.serialize_newtype_struct(FIELDS, &Fields(self)),
        }
    }
}

/// The fields of an object that the table names.
struct Fields<'s, 't>(&'s Shaped<'t>);

impl Serialize for Fields<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Tree::Object(entries) = self.0.tree else { return serializer.serialize_none() };
        serializer.collect_map(entries.iter().filter_map(|(key, value)| Some((key, self.0.field(key, value)?))))
    }
}
