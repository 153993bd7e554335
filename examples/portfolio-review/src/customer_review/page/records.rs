//! The records: the journal, and the rows of every file.

use std::collections::BTreeMap;

use crm_core::{
    ledger::AccountBalance,
    refusal::{self, Lang},
};

use super::builder::Builder;
use crate::{
    finding,
    report::page::{Block, Cell, Column, ColumnKind, KeyFigure, Section, Table, Value, Words},
    stop::Outcome,
};

/// The trial balance at the end, with the opening beside it.
pub(super) fn journal(builder: &mut Builder<'_>) -> Outcome<Section> {
    let books = builder.made.books;
    let [opening, end] = &books.balances;
    let mut accounts: BTreeMap<&str, Option<&AccountBalance>> = BTreeMap::new();
    for balance in opening.iter().chain(end) {
        balance.accounts.iter().for_each(|account| _ = accounts.entry(account.account.as_str()).or_default());
    }
    for account in end.iter().flat_map(|balance| &balance.accounts) {
        accounts.insert(account.account.as_str(), Some(account));
    }
    let mut rows = Vec::new();
    for (code, account) in &accounts {
        let name = account.and_then(|account| books.chart.account(&account.account));
        let words = name.map_or_else(|| Words::both(*code), |name| Words::new(name.name_zh.clone(), name.name.clone()));
        let mut row: Vec<Cell> = vec![Value::text(*code).into(), Value::Words(words).into()];
        for part in ["balance.opening", "debit", "credit", "balance"] {
            let name = format!("account.{code}.{part}");
            row.push(if builder.open.figures.figures.contains_key(&name) {
                builder.open.cell(&name)?
            } else {
                builder.open.value(0, crate::store::Unit::Amount).into()
            });
        }
        rows.push(row);
    }
    let money = |zh: &str, en: &str| Column::new(Words::new(zh, en), ColumnKind::Money);
    let total = end.first().map(|balance| {
        vec![
            Cell::from(Value::text("")),
            Value::Words(Words::new("合计", "Total")).into(),
            Value::Absent(Words::new("各科目方向不同", "accounts have different sides")).into(),
            balance.debit.into(),
            balance.credit.into(),
            Value::Absent(Words::new("借贷相抵为零", "debits less credits are nothing")).into(),
        ]
    });
    let (from, until) = (builder.made.analysis.before.as_of(), builder.made.analysis.now.as_of());
    let table = Table {
        id: "trial-balance".into(),
        title: Words::new(format!("试算平衡表（{until}）"), format!("Trial balance on {until}")),
        lead: Some(Words::new(
            "借方与贷方合计相等；余额为正是借方余额，为负是贷方余额。",
            "Debits and credits are equal; a balance above zero is a debit balance, below zero a credit balance.",
        )),
        columns: vec![
            Column::new(Words::new("科目代码", "Account"), ColumnKind::Text),
            Column::new(Words::new("科目", "Name"), ColumnKind::Words),
            money(&format!("{from} 余额"), &format!("Balance on {from}")),
            money("借方发生额", "Debits"),
            money("贷方发生额", "Credits"),
            money("余额", "Balance"),
        ],
        count: i64::try_from(rows.len()).unwrap_or_default(),
        rows,
        total,
        command: None,
    };
    let entries = i64::try_from(books.entries).unwrap_or(i64::MAX);
    let figures = vec![
        KeyFigure::new(Words::new("凭证", "Entries"), Cell::from(entries))
            .note(Words::new("每张凭证由一项业务生成，借贷相等", "each made by one event, debits equal to credits")),
    ];
    let note = Words::new(
        format!("全部凭证已从存储的字节重新读出并逐条验证；链末摘要 {}。", books.head.hash),
        format!("Every entry was read back from its stored bytes and proved; the chain ends with {}.", books.head.hash),
    );
    Ok(Section {
        id: "journal".into(),
        title: Words::new("账务", "Journal"),
        lead: Words::new(
            "保单、批单、收付款、赔款与费用按入账规则生成的凭证。",
            "What the posting rules make of policies, endorsements, receipts, claims and costs.",
        ),
        blocks: vec![Block::Figures(figures), Block::Table(table), Block::Note(note)],
    })
}

/// Rows in, used and rejected, by file and by reason.
pub(super) fn rows(builder: &mut Builder<'_>) -> Outcome<Section> {
    let count = |zh: &str, en: &str| Column::new(Words::new(zh, en), ColumnKind::Count);
    let mut files = Vec::new();
    let (mut all_in, mut all_used) = (0, 0);
    for file in &builder.made.intake.files {
        all_in += file.rows_in;
        all_used += file.used;
        let used = builder.open.cell(&format!("rows.{}", file.table.name()))?;
        // A table of several files opens as a whole.
        let used = if used.value == Value::Count(file.used) { used } else { Cell::from(file.used) };
        files.push(vec![
            Value::text(file.file.clone()).into(),
            Cell::from(file.rows_in),
            used,
            Cell::from(file.noticed),
            Cell::from(file.rejected_rows()),
        ]);
    }
    let total = vec![
        Value::Words(Words::new("合计", "Total")).into(),
        Cell::from(all_in),
        Cell::from(all_used),
        builder.open.cell("noticed")?,
        builder.open.cell("rejected")?,
    ];
    let files = Table {
        id: "files".into(),
        title: Words::new("文件", "Files"),
        lead: Some(Words::new("读入 = 计入 + 拒绝。", "Rows in = used + rejected.")),
        columns: vec![
            Column::new(Words::new("文件", "File"), ColumnKind::Text),
            count("读入", "Rows in"),
            count("计入", "Used"),
            count("附提示", "With a notice"),
            count("拒绝", "Rejected"),
        ],
        count: i64::try_from(files.len()).unwrap_or_default(),
        rows: files,
        total: Some(total),
        command: None,
    };
    let codes: Vec<String> = builder
        .open
        .figures
        .figures
        .keys()
        .filter_map(|name| name.strip_prefix("rejected."))
        .map(str::to_owned)
        .collect();
    let mut rejected = Vec::new();
    for code in codes {
        rejected.push(vec![
            Value::text(code.clone()).into(),
            Value::Words(sentence(&code)).into(),
            builder.open.cell(&format!("rejected.{code}"))?,
        ]);
    }
    let reasons = Table {
        id: "rejected".into(),
        title: Words::new("被拒绝的行：按首个问题", "Rows rejected, by their first fault"),
        lead: Some(Words::new(
            "每一行及其列、行号见 rejected.csv。",
            "Each row with its line and column stands in rejected.csv.",
        )),
        columns: vec![
            Column::new(Words::new("代码", "Code"), ColumnKind::Text),
            Column::new(Words::new("原因", "Reason"), ColumnKind::Words),
            count("行数", "Rows"),
        ],
        count: i64::try_from(rejected.len()).unwrap_or_default(),
        rows: rejected,
        total: None,
        command: None,
    };
    Ok(Section {
        id: "rows".into(),
        title: Words::new("数据质量", "Rows"),
        lead: Words::new("每一行要么计入，要么被拒绝并说明原因。", "Every row is used, or rejected with a reason."),
        blocks: vec![Block::Table(files), Block::Table(reasons)],
    })
}

/// The sentence of a code without its params.
fn sentence(code: &str) -> Words {
    let plain = |text: &str| text.replace(['{', '}'], "");
    if let Some(own) = finding::Code::ALL.iter().find(|own| own.as_str() == code) {
        return Words::new(plain(own.template(Lang::Zh)), plain(own.template(Lang::En)));
    }
    match refusal::Code::from_text(code) {
        Some(code) => Words::new(plain(code.template(Lang::Zh)), plain(code.template(Lang::En))),
        None => Words::both(code),
    }
}
