//! Reads a mapping file and reports every fault at once.

use std::collections::BTreeMap;

use crm_core::money::Currency;
use toml::de::DeTable;

use super::{
    BookMap, DateForm, Encoding, Field, Mapping, Origin, Source, Ties, Written,
    customers::read_customers,
    field::{column_name, file_name_expected, is_plain_file, one_of, plain_source, read_date_form, read_field},
    toml_tree::{Faults, Node, Table},
};
use crate::finding::{Code, Finding};

/// The version of mapping files that this program reads.
const FORMAT: i64 = 1;

/// Reads a mapping file of a book of policy years.
///
/// # Errors
/// Every fault of the file, in the order in which they stand in it; one of the tables of a customer system is one.
pub fn read(text: &str) -> Result<Mapping, Vec<Finding>> {
    match read_any(text)? {
        BookMap::PolicyYears(mapping) => Ok(mapping),
        BookMap::Customers(_) => Err(vec![Finding::new(Code::MapKeyUnknown).with("known", "fields").at("/tables")]),
    }
}

/// Reads a mapping file of either form: with `[tables]` it is one of a customer system.
///
/// # Errors
/// Every fault of the file, in the order in which they stand in it.
pub fn read_any(text: &str) -> Result<BookMap, Vec<Finding>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut faults = Faults::new(text);
    let (document, errors) = DeTable::parse_recoverable(text);
    for error in errors {
        faults.add(error.span().map_or(0, |span| span.start), "", Finding::new(Code::MapSyntax));
    }
    if !faults.found.is_empty() {
        // What stands after a syntax error can be anything: its keys are not judged.
        return Err(faults.found);
    }
    let mut root = Table::root(&document);
    let head = read_head(&mut root, &mut faults);
    let map = match root.take("tables") {
        Some(tables) => read_customers(root, head, tables, &mut faults).map(BookMap::Customers),
        None => read_policy_years(root, head, &mut faults).map(BookMap::PolicyYears),
    };
    match map {
        Some(map) if faults.found.is_empty() => Ok(map),
        _ => {
            faults.found.sort_by_key(|finding| finding.line);
            Err(faults.found)
        }
    }
}

/// What the mapping files of both forms have.
pub(super) struct Head<'t, 'i> {
    pub(super) name: Option<String>,
    pub(super) files: Option<Node<'t, 'i>>,
    source_at: Option<usize>,
    pub(super) source: Option<SourceKeys>,
    pub(super) constants: Option<Table<'t, 'i>>,
}

impl Head<'_, '_> {
    /// The form of dates of the files, as far as it could be read.
    pub(super) fn date_form(&self) -> Option<DateForm> {
        self.source.as_ref().and_then(|source| source.date_form.clone())
    }
}

fn read_head<'t, 'i>(root: &mut Table<'t, 'i>, faults: &mut Faults<'_>) -> Head<'t, 'i> {
    let format = root.need("format", ("format = 1", "format = 1"), faults);
    if let Some(node) = format
        && node.integer("/format", faults).is_some_and(|format| format != FORMAT)
    {
        faults.add(node.offset(), "/format", Finding::new(Code::MapValue).with("expected", FORMAT));
    }
    let name = root.take("name").and_then(|node| node.text("/name", faults));
    let mut source = root
        .need("source", ("[source] with files, encoding, separator", "[source]，含 files、encoding、separator"), faults)
        .and_then(|node| node.table("/source", faults));
    let source_at = source.as_ref().map(Table::offset);
    let files = source.as_mut().and_then(|table| table.take("files"));
    let source = source.and_then(|table| read_source(table, faults));
    let constants = root
        .need("constants", ("[constants] with currency", "[constants]，含 currency"), faults)
        .and_then(|node| node.table("/constants", faults));
    Head { name, files, source_at, source, constants }
}

fn read_policy_years(mut root: Table<'_, '_>, head: Head<'_, '_>, faults: &mut Faults<'_>) -> Option<Mapping> {
    let date_form = head.date_form();
    let files = match head.files {
        Some(node) => read_files(node, "/source/files", faults),
        None => {
            // Without [source] that alone is told.
            if let Some(offset) = head.source_at {
                let finding =
                    Finding::new(Code::MapKeyMissing).with_words("expected", "a list of file names", "文件名列表");
                faults.add(offset, "/source/files", finding);
            }
            None
        }
    };
    let mut constants = BTreeMap::new();
    let currency = head.constants.and_then(|table| read_constants(table, &mut constants, faults));
    let fields = root
        .need("fields", ("[fields] with a column for each field", "[fields]，为每个字段给出列名"), faults)
        .and_then(|node| node.table("/fields", faults))
        .map(|table| read_fields(table, date_form.as_ref(), constants, faults));
    let ties = root
        .take("claim_ties")
        .and_then(|node| node.table("/claim_ties", faults))
        .and_then(|table| read_ties(table, faults));
    root.finish(Code::MapKeyUnknown, faults);
    Some(Mapping { name: head.name, files: files?, written: head.source?.written(currency?)?, fields: fields?, ties })
}

/// A list of names of files inside the book's directory.
pub(super) fn read_files(node: Node<'_, '_>, path: &str, faults: &mut Faults<'_>) -> Option<Vec<String>> {
    let files = node.texts(path, faults)?;
    if files.is_empty() || !files.iter().all(|file| is_plain_file(file)) {
        faults.add(node.offset(), path, file_name_expected());
        return None;
    }
    Some(files)
}

pub(super) struct SourceKeys {
    encoding: Option<Encoding>,
    separator: Option<char>,
    decimal_mark: Option<char>,
    thousands_mark: Option<char>,
    date_form: Option<DateForm>,
    empty: Vec<String>,
}

impl SourceKeys {
    /// How the files are written, where nothing about it is wrong.
    pub(super) fn written(self, currency: Currency) -> Option<Written> {
        Some(Written {
            encoding: self.encoding?,
            separator: self.separator?,
            decimal_mark: self.decimal_mark?,
            thousands_mark: self.thousands_mark,
            empty: self.empty,
            currency,
        })
    }
}

fn read_source(mut table: Table<'_, '_>, faults: &mut Faults<'_>) -> Option<SourceKeys> {
    let encoding = match table.take("encoding") {
        None => Some(Encoding::Utf8),
        Some(node) => node.text("/source/encoding", faults).and_then(|text| {
            let lower = text.to_ascii_lowercase();
            let found = Encoding::ALL.into_iter().find(|encoding| encoding.name() == lower);
            if found.is_none() {
                let finding = Finding::new(Code::MapValue).with("expected", "utf-8, gb18030");
                faults.add(node.offset(), "/source/encoding", finding);
            }
            found
        }),
    };
    let separator = table
        .need("separator", ("\",\" or \";\" or \"\\t\" or \"|\"", "\",\"、\";\"、\"\\t\" 或 \"|\""), faults)
        .and_then(|node| one_of(node, "/source/separator", &[',', ';', '\t', '|'], ", ; \\t |", faults));
    let decimal_mark = match table.take("decimal_mark") {
        None => Some('.'),
        Some(node) => one_of(node, "/source/decimal_mark", &['.', ','], ". ,", faults),
    };
    let thousands_mark = table.take("thousands_mark").and_then(|node| {
        let mark = one_of(node, "/source/thousands_mark", &[',', '.', ' ', '\''], ", . ' or a space", faults)?;
        if Some(mark) == decimal_mark {
            let finding = Finding::new(Code::MapValue).with_words(
                "expected",
                "another character than decimal_mark",
                "与 decimal_mark 不同的字符",
            );
            faults.add(node.offset(), "/source/thousands_mark", finding);
        }
        Some(mark)
    });
    let date_form = table
        .need("date_format", ("such as \"YYYY-MM-DD\"", "例如 \"YYYY-MM-DD\""), faults)
        .and_then(|node| read_date_form(node, "/source/date_format", faults));
    let empty = match table.take("empty") {
        None => Some(vec![String::new()]),
        Some(node) => node.texts("/source/empty", faults),
    };
    table.finish(Code::MapKeyUnknown, faults);
    Some(SourceKeys { encoding, separator, decimal_mark, thousands_mark, date_form, empty: empty? })
}

pub(super) fn read_currency(table: &mut Table<'_, '_>, faults: &mut Faults<'_>) -> Option<Currency> {
    table.need("currency", ("such as \"CNY\"", "例如 \"CNY\""), faults).and_then(|node| {
        let text = node.text("/constants/currency", faults)?;
        let currency = Currency::parse(&text);
        if currency.is_err() {
            let finding = Finding::new(Code::MapValue).with_words(
                "expected",
                "an ISO 4217 code such as \"CNY\"",
                "ISO 4217 货币代码，例如 \"CNY\"",
            );
            faults.add(node.offset(), "/constants/currency", finding);
        }
        currency.ok()
    })
}

fn read_constants(
    mut table: Table<'_, '_>,
    constants: &mut BTreeMap<Field, (usize, String)>,
    faults: &mut Faults<'_>,
) -> Option<Currency> {
    let currency = read_currency(&mut table, faults);
    for (field, key) in [(Field::Channel, "channel"), (Field::RiskType, "risk_type")] {
        if let Some(node) = table.take(key)
            && let Some(text) = node.text(&format!("/constants/{key}"), faults)
        {
            constants.insert(field, (node.offset(), text));
        }
    }
    table.finish(Code::MapKeyUnknown, faults);
    currency
}

fn read_fields(
    mut table: Table<'_, '_>,
    date_form: Option<&DateForm>,
    mut constants: BTreeMap<Field, (usize, String)>,
    faults: &mut Faults<'_>,
) -> BTreeMap<Field, Source> {
    let mut fields = BTreeMap::new();
    for field in Field::ALL {
        let constant = constants.remove(&field);
        let node = if field.optional() || constant.is_some() {
            table.take(field.name())
        } else {
            table.need(field.name(), ("the name of its column", "对应的列名"), faults)
        };
        let source = match (node, constant) {
            (Some(node), Some(_)) => {
                let path = format!("/fields/{}", field.name());
                faults.add(node.offset(), &path, Finding::new(Code::MapFieldTwice));
                None
            }
            (Some(node), None) => {
                let path = format!("/fields/{}", field.name());
                read_field((&path, field.kind(), field == Field::End), node, date_form, faults)
            }
            (None, Some((_, text))) => Some(plain_source(Origin::Constant(text), date_form)),
            (None, None) => None,
        };
        if let Some(source) = source {
            fields.insert(field, source);
        }
    }
    table.finish(Code::MapKeyUnknown, faults);
    fields
}

fn read_ties(mut table: Table<'_, '_>, faults: &mut Faults<'_>) -> Option<Ties> {
    let mut text = |key: &'static str, expected, faults: &mut Faults<'_>| {
        let path = table.path_of(key);
        table.need(key, expected, faults).and_then(|node| column_name(node, &path, faults))
    };
    let file = text("file", ("the file of claims by part", "按部分列示赔款的文件"), faults);
    let customer = text("customer", ("the column of the customer", "客户列"), faults);
    let total = text("total", ("the column of the cost of the policy year", "保单年度赔款列"), faults);
    let part = text("part", ("the column of the cost of the part", "该部分赔款列"), faults);
    if let Some(name) = &file
        && !is_plain_file(name)
    {
        let offset = table.take("file").map_or(0, Node::offset);
        faults.add(offset, "/claim_ties/file", file_name_expected());
    }
    table.finish(Code::MapKeyUnknown, faults);
    Some(Ties { file: file?, customer: customer?, total: total?, part: part? })
}
