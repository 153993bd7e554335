//! A document of any shape: what a host keeps and the core has no type for.

use std::collections::BTreeSet;
use std::fmt;

use crm_core::refusal::{Code, Fault, Refusal};
use crm_core::wire::{INTEGER_MAX, INTEGER_MIN, MAX_BYTES, MAX_DEPTH};
use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};

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
