//! The records: the journal, and the rows of every file.

use super::builder::Builder;
use crate::{
    opening::Opening,
    report::page::{Block, Cell, Column, ColumnKind, KeyFigure, Section, Table, Value, Words},
    stop::Outcome,
};

/// The trial balance of the last year: before it, inside it, after it.
pub(super) fn journal(builder: &mut Builder<'_>) -> Outcome<Section> {
    let books = builder.made.books;
    let mut rows = Vec::new();
    for account in books.year.iter().flat_map(|year| &year.accounts) {
        let code = account.account.as_str();
        let mut row: Vec<Cell> = vec![Value::text(code).into(), Value::Words(books.account(&account.account)).into()];
        for (suffix, balance) in [(".opening", account.opening), ("", account.closing)] {
            let sides = if balance.is_negative() {
                [Value::text("").into(), builder.open.cell(&format!("account.{code}.credit_balance{suffix}"))?]
            } else if balance.is_zero() {
                [Value::text("").into(), Value::text("").into()]
            } else {
                [builder.open.cell(&format!("account.{code}.balance{suffix}"))?, Value::text("").into()]
            };
            row.extend(sides);
            if suffix == ".opening" {
                for side in ["debit", "credit"] {
                    row.push(builder.open.cell(&format!("account.{code}.{side}.period"))?);
                }
            }
        }
        rows.push(row);
    }
    let mut total = vec![Cell::from(Value::text("")), Value::Words(Words::new("合计", "Total")).into()];
    for name in [
        "debit_balance.opening",
        "credit_balance.opening",
        "debit.period",
        "credit.period",
        "debit_balance",
        "credit_balance",
    ] {
        total.push(builder.open.cell(&format!("trial_balance.{name}"))?);
    }
    let (from, until) = (builder.made.analysis.before.as_of(), builder.made.analysis.now.as_of());
    let money = |zh: &str, en: &str| Column::new(Words::new(zh, en), ColumnKind::Money);
    let table = Table {
        id: "trial-balance".into(),
        title: Words::new(
            format!("发生额及余额试算平衡表（{from} 之后至 {until}）"),
            format!("Trial balance, after {from} until {until}"),
        ),
        lead: Some(Words::new(
            "期初、本期、期末的借方与贷方合计各自相等。",
            "Debits and credits are equal before, inside and after the year.",
        )),
        columns: vec![
            Column::new(Words::new("科目代码", "Account"), ColumnKind::Text),
            Column::new(Words::new("科目", "Name"), ColumnKind::Words),
            money("期初借方余额", "Opening debit balance"),
            money("期初贷方余额", "Opening credit balance"),
            money("本期借方发生额", "Debits"),
            money("本期贷方发生额", "Credits"),
            money("期末借方余额", "Closing debit balance"),
            money("期末贷方余额", "Closing credit balance"),
        ],
        count: i64::try_from(rows.len()).unwrap_or_default(),
        rows,
        total: Some(total),
        command: None,
    };
    let figures = vec![
        KeyFigure::new(Words::new("凭证", "Entries"), builder.open.cell("journal.entries")?)
            .unit(Words::new("张", "entries"))
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
    for file in &builder.made.intake.files {
        let mut row = vec![Cell::from(Value::text(file.file.clone()))];
        for part in ["rows_in", "used", "noticed", "rejected"] {
            row.push(builder.open.cell(&format!("file.{}.{part}", file.file))?);
        }
        files.push(row);
    }
    let mut total = vec![Cell::from(Value::Words(Words::new("合计", "Total")))];
    for name in ["rows_in", "rows_used", "noticed", "rejected"] {
        total.push(builder.open.cell(name)?);
    }
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
    let reasons = found(
        &mut builder.open,
        "rejected",
        Words::new("被拒绝的行：按首个问题", "Rows rejected, by their first fault"),
        Words::new("每一行及其列、行号见 rejected.csv。", "Each row with its line and column stands in rejected.csv."),
    )?;
    let notices = found(
        &mut builder.open,
        "notice",
        Words::new("计入并附提示的行：按首个提示", "Rows used with a notice, by the first"),
        Words::new("每一行及其列、行号见 warnings.csv。", "Each row with its line and column stands in warnings.csv."),
    )?;
    Ok(Section {
        id: "rows".into(),
        title: Words::new("数据质量", "Rows"),
        lead: Words::new("每一行要么计入，要么被拒绝并说明原因。", "Every row is used, or rejected with a reason."),
        blocks: vec![Block::Table(files), Block::Table(reasons), Block::Table(notices)],
    })
}

/// Rows rejected or noticed, by code. Where the sentence differs from row to row, the first one's is an example.
pub(crate) fn found(open: &mut Opening<'_>, of: &str, title: Words, lead: Words) -> Outcome<Table> {
    let texts = open.store.texts(&format!(
        "SELECT code, text_zh, text_en, count(DISTINCT text_en), min(rowid) FROM {of} GROUP BY code ORDER BY count(*) DESC, code"
    ))?;
    let mut rows = Vec::new();
    for text in texts {
        let [code, zh, en, different, _] = text.as_slice() else { continue };
        let (zh, en) = if different == "1" {
            (zh.clone(), en.clone())
        } else {
            (format!("例如：{zh}"), format!("For example: {en}"))
        };
        rows.push(vec![
            Value::Words(Words::new(zh, en)).into(),
            Value::text(code.clone()).into(),
            open.cell(&format!("{of}.{code}"))?,
        ]);
    }
    Ok(Table {
        id: of.into(),
        title,
        lead: Some(lead),
        columns: vec![
            Column::new(Words::new("原因", "Reason"), ColumnKind::Words),
            Column::new(Words::new("代码", "Code"), ColumnKind::Text),
            Column::new(Words::new("行数", "Rows"), ColumnKind::Count),
        ],
        count: i64::try_from(rows.len()).unwrap_or_default(),
        rows,
        total: None,
        command: None,
    })
}
