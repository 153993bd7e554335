//! Reads a mapping file and reports every fault at once.

use std::collections::BTreeMap;

use crm_core::money::Currency;
use toml::de::DeTable;

use super::{
    DateForm, Encoding, Field, Kind, Mapping, Origin, Source, Ties,
    toml_tree::{Faults, Node, Table},
};
use crate::finding::{Code, Finding};

/// The version of mapping files that this program reads.
const FORMAT: i64 = 1;

/// Reads a mapping file.
///
/// # Errors
/// Every fault of the file, in the order in which they stand in it.
pub fn read(text: &str) -> Result<Mapping, Vec<Finding>> {
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
    let mapping = read_document(Table::root(&document), &mut faults);
    match mapping {
        Some(mapping) if faults.found.is_empty() => Ok(mapping),
        _ => {
            faults.found.sort_by_key(|finding| finding.line);
            Err(faults.found)
        }
    }
}

fn read_document(mut root: Table<'_, '_>, faults: &mut Faults<'_>) -> Option<Mapping> {
    let format = root.need("format", ("format = 1", "format = 1"), faults);
    if let Some(node) = format
        && node.integer("/format", faults).is_some_and(|format| format != FORMAT)
    {
        faults.add(node.offset(), "/format", Finding::new(Code::MapValue).with("expected", FORMAT));
    }
    let name = root.take("name").and_then(|node| node.text("/name", faults));
    let source = root
        .need("source", ("[source] with files, encoding, separator", "[source]，含 files、encoding、separator"), faults)
        .and_then(|node| node.table("/source", faults))
        .and_then(|table| read_source(table, faults));
    let mut constants = BTreeMap::new();
    let currency = root
        .need("constants", ("[constants] with currency", "[constants]，含 currency"), faults)
        .and_then(|node| node.table("/constants", faults))
        .and_then(|table| read_constants(table, &mut constants, faults));
    let date_form = source.as_ref().and_then(|source| source.date_form.clone());
    let fields = root
        .need("fields", ("[fields] with a column for each field", "[fields]，为每个字段给出列名"), faults)
        .and_then(|node| node.table("/fields", faults))
        .map(|table| read_fields(table, date_form.as_ref(), constants, faults));
    let ties = root
        .take("claim_ties")
        .and_then(|node| node.table("/claim_ties", faults))
        .and_then(|table| read_ties(table, faults));
    root.finish(Code::MapKeyUnknown, faults);
    let source = source?;
    Some(Mapping {
        name,
        files: source.files,
        encoding: source.encoding?,
        separator: source.separator?,
        decimal_mark: source.decimal_mark?,
        thousands_mark: source.thousands_mark,
        empty: source.empty,
        currency: currency?,
        fields: fields?,
        ties,
    })
}

struct SourceKeys {
    files: Vec<String>,
    encoding: Option<Encoding>,
    separator: Option<char>,
    decimal_mark: Option<char>,
    thousands_mark: Option<char>,
    date_form: Option<DateForm>,
    empty: Vec<String>,
}

fn read_source(mut table: Table<'_, '_>, faults: &mut Faults<'_>) -> Option<SourceKeys> {
    let files = table.need("files", ("a list of file names", "文件名列表"), faults).and_then(|node| {
        let files = node.texts("/source/files", faults)?;
        if files.is_empty() || !files.iter().all(|file| is_plain_file(file)) {
            faults.add(node.offset(), "/source/files", file_name_expected());
            return None;
        }
        Some(files)
    });
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
    Some(SourceKeys { files: files?, encoding, separator, decimal_mark, thousands_mark, date_form, empty: empty? })
}

fn file_name_expected() -> Finding {
    Finding::new(Code::MapValue).with_words(
        "expected",
        "names of files inside the book's directory, without \"..\"",
        "账册目录内的文件名，不含 \"..\"",
    )
}

/// A name inside the book's directory: a mapping file cannot reach out of it.
fn is_plain_file(name: &str) -> bool {
    use std::path::{Component, Path};
    !name.is_empty() && Path::new(name).components().all(|part| matches!(part, Component::Normal(_)))
}

fn one_of(node: Node<'_, '_>, path: &str, allowed: &[char], shown: &str, faults: &mut Faults<'_>) -> Option<char> {
    let text = node.text(path, faults)?;
    let mut letters = text.chars();
    match (letters.next(), letters.next()) {
        (Some(letter), None) if allowed.contains(&letter) => Some(letter),
        _ => {
            faults.add(node.offset(), path, Finding::new(Code::MapValue).with("expected", shown));
            None
        }
    }
}

fn read_date_form(node: Node<'_, '_>, path: &str, faults: &mut Faults<'_>) -> Option<DateForm> {
    let text = node.text(path, faults)?;
    let form = DateForm::read(&text);
    if form.is_none() {
        let finding = Finding::new(Code::MapValue).with_words(
            "expected",
            "YYYY, MM (or M) and DD (or D) once each with marks between, such as \"DD/MM/YYYY\"",
            "YYYY、MM（或 M）、DD（或 D）各一次，可带分隔符，例如 \"DD/MM/YYYY\"",
        );
        faults.add(node.offset(), path, finding);
    }
    form
}

fn read_constants(
    mut table: Table<'_, '_>,
    constants: &mut BTreeMap<Field, (usize, String)>,
    faults: &mut Faults<'_>,
) -> Option<Currency> {
    let currency = table.need("currency", ("such as \"CNY\"", "例如 \"CNY\""), faults).and_then(|node| {
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
    });
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
            (Some(node), None) => read_field(field, node, date_form, faults),
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

fn plain_source(origin: Origin, date_form: Option<&DateForm>) -> Source {
    Source {
        origin,
        values: None,
        // Without a form for the files the mapping is refused; any form serves to go on looking for faults.
        date_form: date_form.cloned().unwrap_or_else(DateForm::iso),
        last_day: false,
        split: "|".to_owned(),
    }
}

fn read_field(
    field: Field,
    node: Node<'_, '_>,
    date_form: Option<&DateForm>,
    faults: &mut Faults<'_>,
) -> Option<Source> {
    let path = format!("/fields/{}", field.name());
    let one = |name: String| Origin::Columns { names: vec![name], join: String::new() };
    if node.is_text() {
        let name = column_name(node, &path, faults)?;
        return Some(plain_source(one(name), date_form));
    }
    let mut table = node.table(&path, faults)?;
    let kind = field.kind();
    let origin = if kind == Kind::Text && table.take("columns").is_some() {
        read_columns(&mut table, &path, faults)
    } else {
        table
            .need("column", ("the name of the column", "列名"), faults)
            .and_then(|node| column_name(node, &format!("{path}/column"), faults))
            .map(one)
    };
    let mut source = plain_source(origin.unwrap_or_else(|| one(String::new())), date_form);
    if matches!(kind, Kind::Text | Kind::List)
        && let Some(node) = table.take("values")
    {
        source.values = read_values(node, &format!("{path}/values"), faults);
    }
    if kind == Kind::Date
        && let Some(node) = table.take("date_format")
        && let Some(form) = read_date_form(node, &format!("{path}/date_format"), faults)
    {
        source.date_form = form;
    }
    if field == Field::End
        && let Some(node) = table.take("last_day")
    {
        source.last_day = node.boolean(&format!("{path}/last_day"), faults).unwrap_or_default();
    }
    if kind == Kind::List
        && let Some(node) = table.take("split")
        && let Some(split) = node.text(&format!("{path}/split"), faults)
    {
        if split.is_empty() {
            let finding =
                Finding::new(Code::MapValue).with_words("expected", "a mark such as \"|\"", "分隔符，例如 \"|\"");
            faults.add(node.offset(), &format!("{path}/split"), finding);
        }
        source.split = split;
    }
    table.finish(Code::MapOptionUnfit, faults);
    Some(source)
}

fn column_name(node: Node<'_, '_>, path: &str, faults: &mut Faults<'_>) -> Option<String> {
    let name = node.text(path, faults)?;
    if name.trim().is_empty() {
        let finding = Finding::new(Code::MapValue).with_words("expected", "the name of a column", "列名");
        faults.add(node.offset(), path, finding);
        return None;
    }
    Some(name.trim().to_owned())
}

fn read_columns(table: &mut Table<'_, '_>, path: &str, faults: &mut Faults<'_>) -> Option<Origin> {
    let join = table.take("join").and_then(|node| node.text(&format!("{path}/join"), faults));
    let node = table.take("columns")?;
    let path = format!("{path}/columns");
    let names = node.texts(&path, faults)?;
    if names.is_empty() || names.iter().any(|name| name.trim().is_empty()) {
        let finding = Finding::new(Code::MapValue).with_words("expected", "names of columns", "列名列表");
        faults.add(node.offset(), &path, finding);
        return None;
    }
    let names = names.iter().map(|name| name.trim().to_owned()).collect();
    Some(Origin::Columns { names, join: join.unwrap_or_else(|| "/".to_owned()) })
}

fn read_values(node: Node<'_, '_>, path: &str, faults: &mut Faults<'_>) -> Option<BTreeMap<String, String>> {
    let table = node.table(path, faults)?;
    let values = table
        .entries()
        .filter_map(|(from, node)| {
            let to = node.text(&table.path_of(&from), faults)?;
            Some((from, to))
        })
        .collect();
    Some(values)
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
