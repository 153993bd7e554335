//! Mapping files of the tables of a customer system.

use std::collections::BTreeMap;

use crm_core::access::CompanyCode;

use super::{
    FieldSpec, Source, TableName, Written, columns_of,
    field::read_field,
    read::{Head, read_currency, read_files},
    toml_tree::{Faults, Node, Table},
};
use crate::finding::{Code, Finding};

/// Whether the premiums of a book hold value added tax (增值税).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Vat {
    /// They are net, and the receipts hold no tax: nothing is booked for tax.
    #[default]
    None,
    /// Premiums and receipts hold the tax: the journal parts it from the income (价税分离).
    Included,
}

/// A checked mapping file of the tables of a customer system.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomerMap {
    /// What the book is called in the report.
    pub name: Option<String>,
    /// How the files are written.
    pub written: Written,
    /// The company whose book it is, as rights name it.
    pub company: CompanyCode,
    /// Whether premiums hold tax.
    pub vat: Vat,
    /// The mapped tables, in the order in which they are read.
    pub tables: BTreeMap<TableName, TableMap>,
}

/// Where a table comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableMap {
    /// File names inside the book's directory, read in this order.
    pub files: Vec<String>,
    /// For each field of [`TableName::fields`] where it comes from; none where it is not mapped.
    pub fields: Vec<Option<Source>>,
}

impl TableMap {
    /// Every column that the files of the table must have, once each.
    #[must_use]
    pub fn columns(&self) -> Vec<&str> {
        columns_of(self.fields.iter().flatten())
    }
}

/// Reads the keys behind the head.
pub(super) fn read_customers(
    root: Table<'_, '_>,
    mut head: Head<'_, '_>,
    tables: Node<'_, '_>,
    faults: &mut Faults<'_>,
) -> Option<CustomerMap> {
    if let Some(node) = head.files {
        // Each table names its own files.
        faults.add(node.offset(), "/source/files", Finding::new(Code::MapOptionUnfit).with("known", "tables.*.files"));
    }
    let constants = head.constants.take();
    let (currency, company, vat) = match constants {
        None => (None, None, Vat::None),
        Some(mut table) => {
            let currency = read_currency(&mut table, faults);
            let company = table
                .need("company", ("the code of the company", "公司代码"), faults)
                .and_then(|node| read_company(node, faults));
            let vat = table.take("vat").and_then(|node| read_vat(node, faults)).unwrap_or_default();
            table.finish(Code::MapKeyUnknown, faults);
            (currency, company, vat)
        }
    };
    let tables = read_tables(tables, &head, faults);
    root.finish(Code::MapKeyUnknown, faults);
    Some(CustomerMap {
        name: head.name,
        written: head.source?.written(currency?)?,
        company: company?,
        vat,
        tables: tables?,
    })
}

fn read_company(node: Node<'_, '_>, faults: &mut Faults<'_>) -> Option<CompanyCode> {
    let text = node.text("/constants/company", faults)?;
    let company = text.parse().ok();
    if company.is_none() {
        let finding = Finding::new(Code::MapValue).with_words("expected", "a short code", "简短的代码");
        faults.add(node.offset(), "/constants/company", finding);
    }
    company
}

fn read_vat(node: Node<'_, '_>, faults: &mut Faults<'_>) -> Option<Vat> {
    match node.text("/constants/vat", faults)?.as_str() {
        "none" => Some(Vat::None),
        "included" => Some(Vat::Included),
        _ => {
            faults.add(
                node.offset(),
                "/constants/vat",
                Finding::new(Code::MapValue).with("expected", "none, included"),
            );
            None
        }
    }
}

fn read_tables(
    node: Node<'_, '_>,
    head: &Head<'_, '_>,
    faults: &mut Faults<'_>,
) -> Option<BTreeMap<TableName, TableMap>> {
    let mut tables = node.table("/tables", faults)?;
    let mut out = BTreeMap::new();
    for name in TableName::ALL {
        let node = if name.needed() {
            tables.need(name.name(), ("[tables.…] with files and fields", "[tables.…]，含 files 与 fields"), faults)
        } else {
            tables.take(name.name())
        };
        if let Some(node) = node
            && let Some(table) = read_table(name, node, head, faults)
        {
            out.insert(name, table);
        }
    }
    tables.finish(Code::MapKeyUnknown, faults);
    Some(out)
}

fn read_table(name: TableName, node: Node<'_, '_>, head: &Head<'_, '_>, faults: &mut Faults<'_>) -> Option<TableMap> {
    let path = format!("/tables/{}", name.name());
    let mut table = node.table(&path, faults)?;
    let files = table
        .need("files", ("a list of file names", "文件名列表"), faults)
        .and_then(|node| read_files(node, &format!("{path}/files"), faults));
    let fields = table
        .need("fields", ("a column for each field", "为每个字段给出列名"), faults)
        .and_then(|node| node.table(&format!("{path}/fields"), faults))
        .map(|fields| read_table_fields(name, fields, head, faults));
    table.finish(Code::MapKeyUnknown, faults);
    Some(TableMap { files: files?, fields: fields? })
}

fn read_table_fields(
    name: TableName,
    mut table: Table<'_, '_>,
    head: &Head<'_, '_>,
    faults: &mut Faults<'_>,
) -> Vec<Option<Source>> {
    let date_form = head.date_form();
    let mut fields = Vec::with_capacity(name.fields().len());
    for FieldSpec { name: field, kind, mapped, .. } in name.fields() {
        let node = if *mapped {
            table.need(field, ("the name of its column", "对应的列名"), faults)
        } else {
            table.take(field)
        };
        let path = table.path_of(field);
        let ends = matches!(*field, "end" | "owner_until" | "until");
        fields.push(node.and_then(|node| read_field((&path, *kind, ends), node, date_form.as_ref(), faults)));
    }
    table.finish(Code::MapKeyUnknown, faults);
    fields
}
