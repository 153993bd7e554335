//! Walks a TOML document and collects every fault with its line and key path.

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use crate::finding::{Code, Finding};

/// A value with its key path.
#[derive(Clone, Copy)]
pub struct Node<'t, 'i> {
    value: &'t Spanned<DeValue<'i>>,
}

/// A table whose keys are taken one by one; what is left at the end is unknown.
pub struct Table<'t, 'i> {
    table: &'t DeTable<'i>,
    path: String,
    offset: usize,
    known: Vec<&'static str>,
}

/// The document's text and what was found wrong in it.
pub struct Faults<'i> {
    text: &'i str,
    /// In the order in which they were found.
    pub found: Vec<Finding>,
}

impl<'i> Faults<'i> {
    /// No faults yet.
    pub fn new(text: &'i str) -> Self {
        Self { text, found: Vec::new() }
    }

    /// Adds a fault at a byte offset of the document.
    pub fn add(&mut self, offset: usize, path: &str, finding: Finding) {
        let before = self.text.get(..offset).unwrap_or_default();
        let line = before.bytes().filter(|byte| *byte == b'\n').count() as u64 + 1;
        self.found.push(finding.at(path).on_line(line));
    }

    fn wrong_kind(&mut self, node: Node<'_, '_>, path: &str, en: &str, zh: &str) {
        self.add(node.offset(), path, Finding::new(Code::MapKeyType).with_words("expected", en, zh));
    }
}

impl<'t, 'i> Node<'t, 'i> {
    /// The value where it stands.
    pub fn new(value: &'t Spanned<DeValue<'i>>) -> Self {
        Self { value }
    }

    /// Byte offset in the document.
    pub fn offset(self) -> usize {
        self.value.span().start
    }

    /// Whether it is a text.
    pub fn is_text(self) -> bool {
        self.value.get_ref().is_str()
    }

    /// As a text.
    pub fn text(self, path: &str, faults: &mut Faults<'_>) -> Option<String> {
        let text = self.value.get_ref().as_str().map(str::to_owned);
        if text.is_none() {
            faults.wrong_kind(self, path, "A text in quotes", "带引号的文本");
        }
        text
    }

    /// As true or false.
    pub fn boolean(self, path: &str, faults: &mut Faults<'_>) -> Option<bool> {
        let value = self.value.get_ref().as_bool();
        if value.is_none() {
            faults.wrong_kind(self, path, "true or false", "true 或 false");
        }
        value
    }

    /// As a whole number.
    pub fn integer(self, path: &str, faults: &mut Faults<'_>) -> Option<i64> {
        let value = self.value.get_ref().as_integer().and_then(|n| i64::from_str_radix(n.as_str(), n.radix()).ok());
        if value.is_none() {
            faults.wrong_kind(self, path, "A whole number", "整数");
        }
        value
    }

    /// As a list of texts; one text counts as a list of one.
    pub fn texts(self, path: &str, faults: &mut Faults<'_>) -> Option<Vec<String>> {
        if let Some(text) = self.value.get_ref().as_str() {
            return Some(vec![text.to_owned()]);
        }
        let Some(items) = self.value.get_ref().as_array() else {
            faults.wrong_kind(self, path, "A text or a list of texts", "文本或文本列表");
            return None;
        };
        let before = faults.found.len();
        let texts = items
            .iter()
            .enumerate()
            .filter_map(|(index, item)| Node::new(item).text(&format!("{path}/{index}"), faults))
            .collect();
        (faults.found.len() == before).then_some(texts)
    }

    /// As a table.
    pub fn table(self, path: &str, faults: &mut Faults<'_>) -> Option<Table<'t, 'i>> {
        let Some(table) = self.value.get_ref().as_table() else {
            faults.wrong_kind(self, path, "A table", "表");
            return None;
        };
        Some(Table { table, path: path.to_owned(), offset: self.offset(), known: Vec::new() })
    }
}

impl<'t, 'i> Table<'t, 'i> {
    /// The whole document.
    pub fn root(table: &'t Spanned<DeTable<'i>>) -> Self {
        Self { table: table.get_ref(), path: String::new(), offset: 0, known: Vec::new() }
    }

    /// The key path of an entry.
    pub fn path_of(&self, key: &str) -> String {
        format!("{}/{}", self.path, key.replace('~', "~0").replace('/', "~1"))
    }

    /// Byte offset in the document.
    pub fn offset(&self) -> usize {
        self.offset
    }

    /// Takes an entry that may be absent.
    pub fn take(&mut self, key: &'static str) -> Option<Node<'t, 'i>> {
        self.known.push(key);
        self.table.iter().find(|(name, _)| name.get_ref() == key).map(|(_, value)| Node::new(value))
    }

    /// Takes an entry that must be there.
    pub fn need(&mut self, key: &'static str, (en, zh): (&str, &str), faults: &mut Faults<'_>) -> Option<Node<'t, 'i>> {
        let node = self.take(key);
        if node.is_none() {
            let finding = Finding::new(Code::MapKeyMissing).with_words("expected", en, zh);
            faults.add(self.offset, &self.path_of(key), finding);
        }
        node
    }

    /// Every entry, for a table whose keys are values.
    pub fn entries(&self) -> impl Iterator<Item = (String, Node<'t, 'i>)> + use<'t, 'i> {
        self.table.iter().map(|(name, value)| (name.get_ref().to_string(), Node::new(value)))
    }

    /// Reports each key that nobody took; `code` says whether it is unknown or only unfit here.
    pub fn finish(self, code: Code, faults: &mut Faults<'_>) {
        for (name, _) in self.table.iter() {
            if !self.known.iter().any(|known| name.get_ref() == *known) {
                let finding = Finding::new(code).with("known", self.known.join(", "));
                faults.add(name.span().start, &self.path_of(name.get_ref()), finding);
            }
        }
    }
}
