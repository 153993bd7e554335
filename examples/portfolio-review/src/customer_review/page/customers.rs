//! The customers: groups, pyramid, warnings, moves.

use crm_core::{money::Money, portfolio::WarningRule};

use super::{builder::Builder, statements};
use crate::{
    analysis::TwinKind,
    customer_review::grade_move,
    opening::command,
    report::page::{
        Band, Bar, Block, Cell, Chart, Column, ColumnKind, Direction, Drawing, Place, Section, Table, Value, Words,
    },
    stop::Outcome,
    wording,
};

/// Most customers of a group that a table shows.
const LISTED: i64 = 50;

/// Groups of customers, who came and who left.
pub(super) fn segments(builder: &mut Builder<'_>) -> Outcome<Section> {
    let names: Vec<String> = builder.made.analysis.model.segments().into_iter().map(str::to_owned).collect();
    let (mut bars, mut rows) = (Vec::new(), Vec::new());
    for name in &names {
        let rule = builder.made.analysis.model.segment(name);
        let (words, meaning) = (wording::name(name, rule), wording::meaning(name, rule));
        bars.push(Bar { label: words.clone(), values: vec![builder.open.cell(&format!("segment.{name}"))?] });
        rows.push(vec![
            Value::Words(words).into(),
            builder.open.cell(&format!("segment.{name}"))?,
            builder.open.cell(&format!("move.entered.{name}"))?,
            builder.open.cell(&format!("move.left.{name}"))?,
            builder.open.cell(&format!("undecided.{name}"))?,
            Value::Words(meaning).into(),
        ]);
    }
    let count = |zh: &str, en: &str| Column::new(Words::new(zh, en), ColumnKind::Count);
    let table = Table {
        id: "segment-table".into(),
        title: Words::new(
            "各群客户数与一年内的进出",
            "Customers in each group, and who entered and left within the year",
        ),
        lead: None,
        columns: vec![
            Column::new(Words::new("客户群", "Group"), ColumnKind::Words),
            count("客户数", "Customers"),
            count("进入", "Entered"),
            count("离开", "Left"),
            count("未定", "Undecided").note(Words::new("资料不足，无法判断", "not enough is known to say")),
            Column::new(Words::new("含义", "Who is in it"), ColumnKind::Words),
        ],
        rows,
        total: None,
        count: i64::try_from(names.len()).unwrap_or_default(),
        command: None,
    };
    let chart = Chart {
        id: "segment-chart".into(),
        title: Words::new("客户群", "Groups of customers"),
        lead: Words::new("一位客户可同时属于多个群。", "A customer may be in several groups."),
        drawing: Drawing::Bars {
            direction: Direction::Horizontal,
            stacked: false,
            series: vec![Words::new("客户数", "Customers")],
            bars,
        },
    };
    let mut blocks = vec![Block::Chart(chart), Block::Table(table)];
    for (name, zh, en) in [("large", "大客户", "Large customers"), ("poor", "劣质客户", "Poor customers")] {
        blocks.push(members(builder, name, Words::new(zh, en))?);
    }
    Ok(Section {
        id: "segments".into(),
        title: Words::new("客户细分", "Segments"),
        lead: Words::new(
            "每位客户属于哪些群、为什么；门槛列于页末。",
            "Who is in which group, and why; the thresholds stand at the end of the page.",
        ),
        blocks,
    })
}

/// The customers of a group with the facts that decide.
fn members(builder: &mut Builder<'_>, name: &str, title: Words) -> Outcome<Block> {
    let found = builder.open.store.texts(&format!(
        "SELECT m.customer, coalesce(f.grade, ''), m.reason_zh, m.reason_en FROM membership m JOIN fact f ON f.customer = m.customer
         WHERE m.segment = '{name}' ORDER BY f.premium_in_window DESC, m.customer LIMIT {LISTED}"
    ))?;
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    for row in found {
        let [customer, grade, zh, en] = row.as_slice() else { continue };
        let who = builder.open.who(customer)?;
        let mut cells: Vec<Cell> = [customer, &who, grade].map(|text| Value::text(text).into()).into();
        cells.push(Value::Words(Words::new(zh, en)).into());
        rows.push(cells);
    }
    let text = |zh: &str, en: &str| Column::new(Words::new(zh, en), ColumnKind::Text);
    Ok(Block::Table(Table {
        id: format!("members-{name}"),
        title,
        lead: Some(Words::new("按期内签单保费排序。", "By written premium of the last year.")),
        columns: vec![
            text("客户代码", "Customer"),
            text("名称", "Name"),
            text("等级", "Grade"),
            Column::new(Words::new("原因", "Why"), ColumnKind::Words)
                .note(Words::new("起决定作用的指标及其值", "the facts that decide, and their values")),
        ],
        count: builder.open.figures.value(&format!("segment.{name}")),
        rows,
        total: None,
        command: Some(command(&format!("segment.{name}"))),
    }))
}

/// The pyramid and its ten statements.
pub(super) fn pyramid(builder: &mut Builder<'_>) -> Outcome<Section> {
    let report = &builder.made.analysis.report;
    let mut bands = Vec::new();
    for band in &report.bands {
        let grade = &band.grade;
        let figure = |part: &str| format!("grade.{grade}.{part}");
        bands.push(Band {
            name: grade_words(builder, grade),
            shares: vec![
                builder.open.share(&band.customer_share, &figure("customers"))?,
                builder.open.share(&band.revenue_share, &figure("revenue"))?,
                builder.open.share(&band.result_share, &figure("result"))?,
            ],
            amounts: vec![
                builder.open.cell(&figure("customers"))?,
                builder.open.cell(&figure("revenue"))?,
                builder.open.cell(&figure("result"))?,
            ],
        });
    }
    let chart = Chart {
        id: "pyramid-chart".into(),
        title: Words::new("客户金字塔", "Customer pyramid"),
        lead: Words::new("各级客户带来多少收入与利润。", "What each grade brings in revenue and result."),
        drawing: Drawing::Pyramid {
            measures: vec![
                Words::new("客户数", "Customers"),
                Words::new("期内签单保费", "Written premium of the last year"),
                Words::new("盈亏（满期口径）", "Result, earned basis"),
            ],
            bands,
        },
    };
    let mut rows = Vec::new();
    let report = &builder.made.analysis.statements;
    for statement in &report.statements {
        for figure in &statement.figures {
            rows.push(vec![
                Value::Count(statement.number).into(),
                Value::Words(Words::new(statement.name.text_zh(), statement.name.text())).into(),
                Value::Words(statements::measure(statement.name, figure)).into(),
                statements::cell(builder, statement.name, figure)?,
            ]);
        }
    }
    let count = i64::try_from(rows.len()).unwrap_or_default();
    let table = Table {
        id: "statements".into(),
        title: Words::new(
            "金字塔的十条结论与本账册的数字",
            "The ten statements of the pyramid, as figures of this book",
        ),
        lead: Some(Words::new(
            "结论引自 Jay Curry（2000）；数字是本账册的。",
            "The statements are Jay Curry's (2000); the figures are this book's.",
        )),
        columns: vec![
            Column::new(Words::new("条", "No."), ColumnKind::Count),
            Column::new(Words::new("结论", "Statement"), ColumnKind::Words),
            Column::new(Words::new("口径", "Measure"), ColumnKind::Words),
            Column::new(Words::new("本账册", "This book"), ColumnKind::Percent),
        ],
        rows,
        total: None,
        count,
        command: None,
    };
    let near = crate::report::page::KeyFigure::new(
        Words::new("可上升一级的客户", "Customers within reach of the next grade"),
        builder.open.cell("customers.within_reach")?,
    );
    let none = crate::report::page::KeyFigure::new(
        Words::new("未评级客户", "Customers without a grade"),
        builder.open.cell("grade.none")?,
    )
    .note(Words::new("没有保单", "without a policy"));
    Ok(Section {
        id: "pyramid".into(),
        title: Words::new("价值与金字塔", "Value and pyramid"),
        lead: Words::new(
            "价值 = 实收保费 − 服务成本 + 保费增长。",
            "Value = premium collected − cost to serve + growth of premium.",
        ),
        blocks: vec![Block::Chart(chart), Block::Figures(vec![near, none]), Block::Table(table)],
    })
}

fn grade_words(builder: &Builder<'_>, grade: &str) -> Words {
    let band = builder.spec.pyramid.iter().find(|band| band.grade == grade);
    band.map_or_else(
        || Words::both(grade),
        |band| Words::new(format!("{grade} {}", band.name_zh), format!("{grade} {}", band.name)),
    )
}

/// Warnings that stand, and pairs of customers who are probably one.
pub(super) fn warnings(builder: &mut Builder<'_>) -> Outcome<Section> {
    let rules = builder.spec.warnings.clone();
    let mut bars = Vec::new();
    for rule in &rules {
        let values = vec![
            builder.open.cell(&format!("warning.{}", rule.name))?,
            builder.open.cell(&format!("warning.{}.cleared", rule.name))?,
        ];
        bars.push(Bar { label: Words::new(rule.text_zh.clone(), rule.text.clone()), values });
    }
    let chart = Chart {
        id: "warning-chart".into(),
        title: Words::new("预警", "Warnings"),
        lead: Words::new(
            "每季度检查一次；解除的门槛低于提示的门槛。",
            "Looked at each quarter; a warning is left at another threshold than it is raised.",
        ),
        drawing: Drawing::Bars {
            direction: Direction::Horizontal,
            stacked: false,
            series: vec![Words::new("现有", "Standing"), Words::new("一年内解除", "Cleared within the year")],
            bars,
        },
    };
    let mut blocks = vec![Block::Chart(chart)];
    for rule in &rules {
        // What is about to expire is the daily list of a manager, not of a report.
        if rule.name == "cover_expiring" {
            continue;
        }
        blocks.push(standing(builder, rule)?);
    }
    let mut pairs = Vec::new();
    for (kind, zh, en) in [
        (TwinKind::SameDocument, "同一证件", "the same document"),
        (TwinKind::SameNameAndMobile, "同名同手机", "the same name and mobile"),
    ] {
        pairs.push(crate::report::page::KeyFigure::new(
            Words::new(format!("疑似同一客户：{zh}"), format!("Probably one customer: {en}")),
            builder.open.cell(&format!("twin.{}", kind.name()))?,
        ));
    }
    blocks.push(Block::Figures(pairs));
    Ok(Section {
        id: "warnings".into(),
        title: Words::new("预警", "Warnings"),
        lead: Words::new("需要跟进的客户。", "Customers to look after."),
        blocks,
    })
}

fn standing(builder: &mut Builder<'_>, rule: &WarningRule) -> Outcome<Block> {
    let (name, title) = (&rule.name, Words::new(rule.text_zh.clone(), rule.text.clone()));
    let watched = builder.words.name(&rule.fact);
    let kind = match builder.words.unit(&rule.fact) {
        "%" => ColumnKind::Percent,
        unit if unit == builder.open.currency.as_str() => ColumnKind::Money,
        _ => ColumnKind::Number,
    };
    let found = builder.open.store.texts(&format!(
        "SELECT customer, raised_on, value FROM warning WHERE warning = '{name}' AND cleared_on IS NULL
         ORDER BY raised_on, CAST(value AS INTEGER) DESC, customer LIMIT {LISTED}"
    ))?;
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    for row in found {
        let [customer, raised, value] = row.as_slice() else { continue };
        let who = builder.open.who(customer)?;
        let raised = crm_core::calendar::Date::parse(raised).map_err(super::unfit)?;
        let value = crm_core::money::Decimal::parse(value).map_err(super::unfit)?;
        let value = match kind {
            ColumnKind::Money => Value::Money(Money::new(value, builder.open.currency).map_err(super::unfit)?),
            ColumnKind::Percent => Value::Percent(value),
            _ => Value::Number(value),
        };
        rows.push(vec![
            Value::text(customer.clone()).into(),
            Value::text(who).into(),
            Value::Date(raised).into(),
            value.into(),
        ]);
    }
    Ok(Block::Table(Table {
        id: format!("warning-{}", name.replace('_', "-")),
        title,
        lead: Some(Words::new("最早提示的在前。", "The longest standing first.")),
        columns: vec![
            Column::new(Words::new("客户代码", "Customer"), ColumnKind::Text),
            Column::new(Words::new("名称", "Name"), ColumnKind::Text),
            Column::new(Words::new("提示日期", "Since"), ColumnKind::Date),
            Column::new(Words::new("当时的值", "Value then"), kind).note(watched),
        ],
        count: builder.open.figures.value(&format!("warning.{name}")),
        rows,
        total: None,
        command: Some(command(&format!("warning.{name}"))),
    }))
}

/// Moves between grades within the year.
pub(super) fn moves(builder: &mut Builder<'_>) -> Outcome<Section> {
    let grades: Vec<String> = builder.spec.pyramid.iter().map(|band| band.grade.clone()).collect();
    let mut places: Vec<(String, Place)> = (1_i64..)
        .zip(&grades)
        .map(|(rank, grade)| (grade.clone(), Place { name: grade_words(builder, grade), rank: Some(rank) }))
        .collect();
    places.push(("-".to_owned(), Place { name: Words::new("未评级", "No grade"), rank: None }));
    let mut counts = Vec::new();
    for (before, _) in &places {
        let mut row = Vec::new();
        for (after, _) in &places {
            row.push(builder.open.cell(&grade_move(before, after))?);
        }
        counts.push(row);
    }
    let all = || places.iter().map(|(_, place)| place.clone()).collect();
    let chart = Chart {
        id: "move-chart".into(),
        title: Words::new("一年内的等级变动", "Moves between grades within the year"),
        lead: Words::new("从左侧的等级变到右侧的等级。", "From the grade at the left to that at the right."),
        drawing: Drawing::Moves { before: all(), after: all(), counts },
    };
    Ok(Section {
        id: "moves".into(),
        title: Words::new("变动", "Moves"),
        lead: Words::new("谁上升了，谁下降了。", "Who moved up, and who moved down."),
        blocks: vec![Block::Chart(chart)],
    })
}
