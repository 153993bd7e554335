//! The rows behind a figure in columns: what a reader asks about a row of each table, its codes in words.

use crm_core::calendar::Date;

use crate::{
    report::page::{Column, ColumnKind, Value, Words},
    store::OpenedRow,
    wording,
};

/// How the text of a column reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reads {
    Text,
    Day,
    /// The database holds the first day after it.
    LastDay,
    Line,
    Channel,
    Choice,
    /// Chinese and English stand in columns of their own, with these ends to their names.
    Both,
}

/// A column: heading in Chinese and English, the first column of the database that the row has of these, how it reads.
struct Field(&'static str, &'static str, &'static [&'static str], Reads);

const LINE: Field = Field("险种", "Line", &["line"], Reads::Line);
const CHANNEL: Field = Field("渠道", "Channel", &["channel"], Reads::Channel);
const START: Field = Field("起保", "Start", &["start"], Reads::Day);
const END: Field = Field("终保（含）", "Last day", &["end"], Reads::LastDay);
const CUSTOMER: Field = Field("客户", "Customer", &["customer"], Reads::Text);
const POLICY: Field = Field("保单号", "Policy", &["policy"], Reads::Text);
const KIND: Field = Field("类别", "Kind", &["kind"], Reads::Choice);

const CUSTOMERS: &[Field] = &[
    Field("名称", "Name", &["name"], Reads::Text),
    Field("性质", "Kind", &["party_kind"], Reads::Choice),
    Field("机构", "Branch", &["branch"], Reads::Text),
    Field("建档日期", "Known since", &["since"], Reads::Day),
];
const POLICIES: &[Field] = &[LINE, CHANNEL, START, END, CUSTOMER];
const ENDORSEMENTS: &[Field] = &[
    POLICY,
    LINE,
    CHANNEL,
    Field("批改类型", "Change", &["code"], Reads::Choice),
    Field("批改日期", "Booked", &["booked"], Reads::Day),
    CUSTOMER,
];
const RECEIPTS: &[Field] =
    &[POLICY, LINE, CHANNEL, Field("收付日期", "Received", &["received_on"], Reads::Day), CUSTOMER];
const CLAIMS: &[Field] = &[
    POLICY,
    LINE,
    CHANNEL,
    Field("出险日期", "Occurred", &["occurred"], Reads::Day),
    Field("结案日期", "Closed", &["closed"], Reads::Day),
    CUSTOMER,
];
const COSTS: &[Field] = &[KIND, Field("日期", "Day", &["on"], Reads::Day), CUSTOMER];
const VEHICLES: &[Field] = &[
    Field("厂牌型号", "Model", &["make_model"], Reads::Text),
    Field("号牌", "Plate", &["plate"], Reads::Text),
    Field("所有权起", "Owner from", &["owner_from"], Reads::Day),
    CUSTOMER,
];
const AGENTS: &[Field] = &[
    Field("名称", "Name", &["name"], Reads::Text),
    Field("类别", "Kind", &["kind"], Reads::Channel),
    Field("机构", "Branch", &["branch"], Reads::Text),
];
const BRANCHES: &[Field] = &[Field("名称", "Name", &["name"], Reads::Text)];
const FOUND: &[Field] = &[
    Field("文件", "File", &["file"], Reads::Text),
    Field("行号", "Line no.", &["line"], Reads::Text),
    Field("列", "Column", &["column_name"], Reads::Text),
    Field("说明", "What it says", &["text"], Reads::Both),
    Field("代码", "Code", &["code"], Reads::Text),
];
const ENTRIES: &[Field] = &[
    Field("摘要", "What happened", &["what"], Reads::Both),
    Field("记账日期", "Booked on", &["booked_on"], Reads::Day),
    Field("原始单号", "Document", &["reference"], Reads::Text),
];
const ACCOUNTS: &[Field] = &[
    Field("科目代码", "Account", &["account"], Reads::Text),
    Field("科目", "Name", &["name"], Reads::Both),
    Field("日期", "Day", &["as_of"], Reads::Day),
];
const PAIRS: &[Field] =
    &[Field("客户甲", "First", &["first"], Reads::Text), Field("客户乙", "Second", &["second"], Reads::Text)];
const YEARS: &[Field] = &[
    Field("险种", "Risk type", &["risk_type"], Reads::Line),
    Field("渠道", "Channel", &["channel"], Reads::Channel),
    START,
    END,
    CUSTOMER,
];
/// What rows of several tables have in common.
const MIXED: &[Field] = &[
    POLICY,
    LINE,
    CHANNEL,
    Field("日期", "Day", &["start", "booked", "received_on", "occurred", "on", "owner_from", "since"], Reads::Day),
    CUSTOMER,
];

/// What the number of a row is called, where it says something, and its columns.
fn of(table: &str) -> (Option<(&'static str, &'static str)>, &'static [Field]) {
    match table {
        "customers" => (Some(("客户代码", "Customer")), CUSTOMERS),
        "policies" => (Some(("保单号", "Policy")), POLICIES),
        "endorsements" => (Some(("批单号", "Endorsement")), ENDORSEMENTS),
        "receipts" => (Some(("收付款编号", "Receipt")), RECEIPTS),
        "claims" => (Some(("赔案号", "Claim")), CLAIMS),
        "costs" => (Some(("费用编号", "Cost")), COSTS),
        "complaints" => (Some(("投诉编号", "Complaint")), COSTS),
        "vehicles" => (Some(("车辆编号", "Vehicle")), VEHICLES),
        "agents" => (Some(("代码", "Agent")), AGENTS),
        "branches" => (Some(("代码", "Branch")), BRANCHES),
        "rejected" | "notice" => (None, FOUND),
        "entry" => (Some(("凭证号", "Entry")), ENTRIES),
        "trial_balance" => (None, ACCOUNTS),
        "twin" => (None, PAIRS),
        "policy_years" => (Some(("保单年度", "Policy year")), YEARS),
        _ => (Some(("编号", "Number")), &[]),
    }
}

/// The columns of these rows and what stands in them. A column in which nothing stands is left out.
pub(super) fn columns(rows: &[OpenedRow]) -> (Vec<Column>, Vec<Vec<Value>>) {
    let one = rows.first().map(|row| row.of.as_str()).filter(|first| rows.iter().all(|row| row.of == *first));
    let (number, fields) = match (one, rows.is_empty()) {
        (Some(table), _) => of(table),
        (None, true) => (Some(("编号", "Number")), &[] as &[Field]),
        (None, false) => (Some(("编号", "Number")), MIXED),
    };
    let mut columns = Vec::new();
    let mut out: Vec<Vec<Value>> = rows.iter().map(|_| Vec::new()).collect();
    let mut put = |column: Column, values: Vec<Value>| {
        columns.push(column);
        out.iter_mut().zip(values).for_each(|(row, value)| row.push(value));
    };
    if one.is_none() && !rows.is_empty() {
        let tables = rows.iter().map(|row| Value::Words(wording::table(&row.of))).collect();
        put(Column::new(Words::new("表", "Table"), ColumnKind::Words), tables);
    }
    if let Some((zh, en)) = number {
        let numbers = rows.iter().map(|row| Value::text(row.id.clone())).collect();
        put(Column::new(Words::new(zh, en), ColumnKind::Text), numbers);
    }
    for Field(zh, en, names, reads) in fields {
        // A policy among rows of other tables is its own policy.
        let own = |row: &OpenedRow| if one.is_none() && row.of == "policies" { row.id.clone() } else { String::new() };
        let text = |row: &OpenedRow| {
            let ends: &[&str] = if *reads == Reads::Both { &["_zh", "_en"] } else { &[""] };
            let read = |end: &str| {
                let held = names.iter().find_map(|name| row.columns.get(&format!("{name}{end}")));
                held.cloned().unwrap_or_else(|| if names.contains(&"policy") { own(row) } else { String::new() })
            };
            ends.iter().map(|end| read(end)).collect::<Vec<String>>()
        };
        let texts: Vec<Vec<String>> = rows.iter().map(text).collect();
        if texts.iter().flatten().all(String::is_empty) {
            continue;
        }
        let kind = if *reads == Reads::Text {
            ColumnKind::Text
        } else if matches!(reads, Reads::Day | Reads::LastDay) {
            ColumnKind::Date
        } else {
            ColumnKind::Words
        };
        let values = texts.iter().map(|text| value(text, *reads)).collect();
        put(Column::new(Words::new(*zh, *en), kind), values);
    }
    (columns, out)
}

fn value(text: &[String], reads: Reads) -> Value {
    let (Some(first), Some(last)) = (text.first(), text.last()) else { return Value::text("") };
    if first.is_empty() {
        return Value::text("");
    }
    match reads {
        Reads::Text => Value::text(first.clone()),
        Reads::Day => Date::parse(first).map_or_else(|_| Value::text(""), Value::Date),
        Reads::LastDay => {
            Date::parse(first).and_then(|end| end.plus_days(-1)).map_or_else(|_| Value::text(""), Value::Date)
        }
        Reads::Line => Value::Words(wording::line(first)),
        Reads::Channel => Value::Words(wording::channel(first)),
        Reads::Choice => Value::Words(wording::choice(first)),
        Reads::Both => Value::Words(Words::new(first.clone(), last.clone())),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
    use super::*;

    fn row(of: &str, id: &str, columns: &[(&str, &str)]) -> OpenedRow {
        let columns = columns.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
        OpenedRow { of: of.into(), id: id.into(), adds: 1, columns }
    }

    fn headings(columns: &[Column]) -> Vec<&str> {
        columns.iter().map(|column| column.name.zh.as_str()).collect()
    }

    #[test]
    fn rows_of_one_table_have_its_columns_and_empty_ones_are_left_out() {
        let rows = [
            row("claims", "L1", &[("policy", "P1"), ("line", "health"), ("occurred", "2025-03-01"), ("closed", "")]),
            row("claims", "L2", &[("policy", "P2"), ("line", "own_line"), ("occurred", "2025-03-02"), ("closed", "")]),
        ];
        let (columns, values) = columns(&rows);
        assert_eq!(headings(&columns), ["赔案号", "保单号", "险种", "出险日期"]);
        assert_eq!(values[0][2], Value::Words(Words::new("健康险", "Health")));
        assert_eq!(values[1][2], Value::Words(Words::both("own_line")));
        assert_eq!(values[1][3], Value::Date(Date::parse("2025-03-02").unwrap()));
    }

    #[test]
    fn rows_of_several_tables_share_their_columns() {
        let rows = [
            row("policies", "P1", &[("line", "health"), ("start", "2025-01-01"), ("customer", "C1")]),
            row("costs", "K1", &[("on", "2025-02-01"), ("customer", "C1")]),
        ];
        let (columns, values) = columns(&rows);
        assert_eq!(headings(&columns), ["表", "编号", "保单号", "险种", "日期", "客户"]);
        assert_eq!(values[0][2], Value::text("P1"));
        assert_eq!(values[1][2], Value::text(""));
        assert_eq!(values[1][4], Value::Date(Date::parse("2025-02-01").unwrap()));
    }
}
