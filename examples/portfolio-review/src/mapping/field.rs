//! Reads where one field of a mapping file comes from, and the small values around it.

use std::collections::BTreeMap;

use super::{
    DateForm, Kind, Origin, Source,
    toml_tree::{Faults, Node, Table},
};
use crate::finding::{Code, Finding};

pub(super) fn file_name_expected() -> Finding {
    Finding::new(Code::MapValue).with_words(
        "expected",
        "names of files inside the book's directory, without \"..\"",
        "账册目录内的文件名，不含 \"..\"",
    )
}

/// A name inside the book's directory: a mapping file cannot reach out of it.
pub(super) fn is_plain_file(name: &str) -> bool {
    use std::path::{Component, Path};
    !name.is_empty() && Path::new(name).components().all(|part| matches!(part, Component::Normal(_)))
}

pub(super) fn one_of(
    node: Node<'_, '_>,
    path: &str,
    allowed: &[char],
    shown: &str,
    faults: &mut Faults<'_>,
) -> Option<char> {
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

pub(super) fn read_date_form(node: Node<'_, '_>, path: &str, faults: &mut Faults<'_>) -> Option<DateForm> {
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

pub(super) fn plain_source(origin: Origin, date_form: Option<&DateForm>) -> Source {
    Source {
        origin,
        values: None,
        // Without a form for the files the mapping is refused; any form serves to go on looking for faults.
        date_form: date_form.cloned().unwrap_or_else(DateForm::iso),
        last_day: false,
        split: "|".to_owned(),
    }
}

/// Reads where a field of this kind comes from. A field that is an `end` may name the last day instead.
pub(super) fn read_field(
    (path, kind, is_end): (&str, Kind, bool),
    node: Node<'_, '_>,
    date_form: Option<&DateForm>,
    faults: &mut Faults<'_>,
) -> Option<Source> {
    let one = |name: String| Origin::Columns { names: vec![name], join: String::new() };
    if node.is_text() {
        let name = column_name(node, path, faults)?;
        return Some(plain_source(one(name), date_form));
    }
    let mut table = node.table(path, faults)?;
    let origin = if kind == Kind::Text && table.take("columns").is_some() {
        read_columns(&mut table, path, faults)
    } else {
        table
            .need("column", ("the name of the column", "列名"), faults)
            .and_then(|node| column_name(node, &format!("{path}/column"), faults))
            .map(one)
    };
    let mut source = plain_source(origin.unwrap_or_else(|| one(String::new())), date_form);
    if matches!(kind, Kind::Text | Kind::List | Kind::Choice(_) | Kind::Currency)
        && let Some(node) = table.take("values")
    {
        source.values = read_values(node, &format!("{path}/values"), kind, faults);
    }
    if kind == Kind::Date
        && let Some(node) = table.take("date_format")
        && let Some(form) = read_date_form(node, &format!("{path}/date_format"), faults)
    {
        source.date_form = form;
    }
    if is_end && let Some(node) = table.take("last_day") {
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

pub(super) fn column_name(node: Node<'_, '_>, path: &str, faults: &mut Faults<'_>) -> Option<String> {
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

fn read_values(
    node: Node<'_, '_>,
    path: &str,
    kind: Kind,
    faults: &mut Faults<'_>,
) -> Option<BTreeMap<String, String>> {
    let table = node.table(path, faults)?;
    let values = table
        .entries()
        .filter_map(|(from, node)| {
            let to = node.text(&table.path_of(&from), faults)?;
            if let Kind::Choice(codes) = kind
                && !codes.contains(&to.as_str())
            {
                let finding = Finding::new(Code::MapValue).with("expected", codes.join(", "));
                faults.add(node.offset(), &table.path_of(&from), finding);
                return None;
            }
            Some((from, to))
        })
        .collect();
    Some(values)
}
