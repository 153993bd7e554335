//! A document of any shape: what a host keeps and the core has no type for.

use std::collections::BTreeSet;
use std::fmt;

use crm_core::privacy::{FIELDS, FieldTable};
use crm_core::refusal::{Code, Fault, Refusal};
use crm_core::wire::{INTEGER_MAX, INTEGER_MIN, MAX_BYTES, MAX_DEPTH};
use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, Serializer};

/// One value of a document, keys in their order.
pub(crate) enum Tree {
    Null,
    Boolean(bool),
    Integer(i64),
    Text(String),
    List(Vec<Tree>),
    Object(Vec<(String, Tree)>),
}

impl Tree {
    /// Reads a document of JSON. What is refused says where and never repeats a value.
    pub(crate) fn read(document: &str) -> Result<Self, Refusal> {
        if document.len() > MAX_BYTES {
            return Err(Fault::new(Code::WireSize).with("limit", MAX_BYTES).into());
        }
        let syntax = |error: &serde_json::Error| {
            let place = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
            Fault::new(Code::WireSyntax).with("line", place(error.line())).with("column", place(error.column()))
        };
        serde_json::from_str(document).map_err(|error| {
            // A visitor speaks through serde only in words: these are its own.
            let words = error.to_string();
            let fault = match words.split(' ').next() {
                Some("fraction") => Fault::new(Code::WireIntegerExpected).with("found", "float"),
                Some("range") => Fault::new(Code::WireIntegerRange).with("min", INTEGER_MIN).with("max", INTEGER_MAX),
                Some("twice") => Fault::new(Code::WireFieldDuplicate),
                Some("recursion") => Fault::new(Code::WireDepth).with("limit", MAX_DEPTH),
                _ => syntax(&error),
            };
            fault.into()
        })
    }
}

impl<'de> Deserialize<'de> for Tree {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TreeVisitor)
    }
}

struct TreeVisitor;

impl<'de> Visitor<'de> for TreeVisitor {
    type Value = Tree;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Tree, E> {
        Ok(Tree::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Tree, E> {
        Ok(Tree::Boolean(value))
    }

    fn visit_i64<E: serde::de::Error>(self, value: i64) -> Result<Tree, E> {
        if (INTEGER_MIN..=INTEGER_MAX).contains(&value) { Ok(Tree::Integer(value)) } else { Err(E::custom("range")) }
    }

    fn visit_u64<E: serde::de::Error>(self, value: u64) -> Result<Tree, E> {
        i64::try_from(value).map_err(|_| E::custom("range")).and_then(|value| self.visit_i64(value))
    }

    fn visit_f64<E: serde::de::Error>(self, _: f64) -> Result<Tree, E> {
        Err(E::custom("fraction"))
    }

    fn visit_str<E>(self, text: &str) -> Result<Tree, E> {
        Ok(Tree::Text(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Tree, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = list.next_element()? {
            items.push(item);
        }
        Ok(Tree::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Tree, A::Error> {
        let mut seen = BTreeSet::new();
        let mut fields = Vec::new();
        while let Some((key, value)) = object.next_entry::<String, Tree>()? {
            if !seen.insert(key.clone()) {
                return Err(A::Error::custom("twice"));
            }
            fields.push((key, value));
        }
        Ok(Tree::Object(fields))
    }
}

/// A document as the table of its fields sees it.
///
/// Which objects are records and which are maps, a document doesn't say: the keys that the table names are fields. What
/// else stands in an object could be data and is left out, keys and values.
pub(crate) struct Shaped<'t> {
    tree: &'t Tree,
    /// Where it stands, as a pattern of the table.
    at: String,
    table: &'t FieldTable,
}

impl<'t> Shaped<'t> {
    pub(crate) fn new(tree: &'t Tree, table: &'t FieldTable) -> Self {
        Self { tree, at: String::new(), table }
    }

    /// The patterns of objects with keys that the table doesn't name.
    pub(crate) fn unlisted(&self) -> Vec<String> {
        let mut found = BTreeSet::new();
        self.look(&mut found);
        found.into_iter().collect()
    }

    fn look(&self, into: &mut BTreeSet<String>) {
        match self.tree {
            Tree::List(items) => items.iter().for_each(|item| self.below(item, "*").look(into)),
            Tree::Object(fields) if !self.is_map() => {
                for (key, value) in fields {
                    if self.names(key) {
                        self.below(value, key).look(into);
                    } else {
                        into.insert(format!("{}/#", self.at));
                    }
                }
            }
            _ => {}
        }
    }

    fn below(&self, tree: &'t Tree, step: &str) -> Self {
        Self { tree, at: format!("{}/{step}", self.at), table: self.table }
    }

    /// Whether the table has a line for this field, or for something inside it.
    fn names(&self, key: &str) -> bool {
        let field = format!("{}/{key}", self.at);
        self.lines().any(|line| line.strip_prefix(&field).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')))
    }

    fn is_map(&self) -> bool {
        let keys = format!("{}/#", self.at);
        self.lines().any(|line| line == keys)
    }

    fn lines(&self) -> impl Iterator<Item = &'t str> {
        self.table.fields().map(|line| line.field.as_str())
    }
}

impl Serialize for Shaped<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.tree {
            Tree::Null => serializer.serialize_none(),
            Tree::Boolean(value) => serializer.serialize_bool(*value),
            Tree::Integer(value) => serializer.serialize_i64(*value),
            Tree::Text(text) => serializer.serialize_str(text),
            Tree::List(items) => serializer.collect_seq(items.iter().map(|item| self.below(item, "*"))),
            Tree::Object(entries) if self.is_map() => {
                serializer.collect_map(entries.iter().map(|(key, value)| (key, self.below(value, "#"))))
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
        let named = entries.iter().filter(|(key, _)| self.0.names(key));
        serializer.collect_map(named.map(|(key, value)| (key, self.0.below(value, key))))
    }
}
