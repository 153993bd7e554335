//! The business: the main figures, loss ratios, profit and loss.

use std::collections::BTreeSet;

use super::builder::Builder;
use crate::{
    opening::command,
    report::page::{
        Bar, Block, Cell, Chart, Column, ColumnKind, Direction, Drawing, KeyFigure, Level, Line, MAX_SERIES, Section,
        Table, Value, Words,
    },
    stop::Outcome,
    wording,
};

/// The main figures of the book.
pub(super) fn overview(builder: &mut Builder<'_>) -> Outcome<Section> {
    let of = |zh: &str, en: &str, cell: Cell| KeyFigure::new(Words::new(zh, en), cell);
    let unit = |zh: &str, en: &str| Words::new(zh, en);
    let mut figures = vec![
        of("客户", "Customers", builder.open.cell("rows.customers")?).unit(unit("户", "customers")),
        of("有效保单", "Policies in force", builder.open.cell("policies.in_force")?).unit(unit("件", "policies")),
        of("期内签单保费", "Written premium of the last year", builder.open.cell("premium.window")?),
        of("签单保费", "Written premium", builder.open.cell("premium.written")?).note(unit("全部年度", "all years")),
        of("满期保费", "Earned premium", builder.open.cell("premium.earned")?).note(unit("全部年度", "all years")),
        of("已发生赔款", "Claims incurred", builder.open.cell("claims.incurred")?).note(unit("全部年度", "all years")),
        of("满期赔付率", "Loss ratio, earned basis", builder.open.ratio("loss_ratio")?),
        of("盈亏（满期口径）", "Result, earned basis", builder.open.cell("result.earned")?)
            .note(unit("全部年度", "all years")),
        of("应收保费余额", "Premium owed", builder.open.cell("receivable.open")?),
    ];
    let overdue = of("逾期应收保费", "Premium overdue", builder.open.cell("receivable.overdue")?);
    figures.push(if builder.open.figures.value("receivable.overdue") > 0 {
        overdue.attention(unit("起保已逾三十天仍未收到", "not received 30 days and more after the start of cover"))
    } else {
        overdue
    });
    let rejected = of("被拒绝的行", "Rows rejected", builder.open.cell("rejected")?);
    figures.push(if builder.open.figures.value("rejected") > 0 {
        rejected.attention(unit("这些行不计入任何指标", "these rows count nowhere"))
    } else {
        rejected
    });
    Ok(Section {
        id: "overview".into(),
        title: Words::new("总览", "Overview"),
        lead: Words::new(
            "全部业务的主要指标；点击数字可查看其构成行。",
            "The main figures of the whole book; each number opens to its rows.",
        ),
        blocks: [Some(Block::Figures(figures)), tax_note(builder), Some(by_year(builder)?), Some(by_line(builder)?)]
            .into_iter()
            .flatten()
            .collect(),
    })
}

/// What a manager has to know of premiums that hold a tax: it is no income.
fn tax_note(builder: &Builder<'_>) -> Option<Block> {
    builder.with_tax.then(|| {
        Block::Note(Words::new(
            "本册保费为客户应付金额（价税合计）：保费、赔付率与盈亏均含增值税，增值税不是收入；账簿已将其分入 2221，见试算平衡表。",
            "Premiums of this book are what customers pay, value added tax included: so are premium, loss ratio and result, though the tax is no income. The journal parts it to account 2221, see the trial balance.",
        ))
    })
}

/// The lines of business, the one with most premium first.
fn lines(builder: &Builder<'_>) -> Vec<String> {
    let mut lines: Vec<(&String, i64)> =
        builder.made.pieces.by_line.iter().map(|(line, part)| (line, part.earned)).collect();
    lines.sort_by_key(|(line, earned)| (std::cmp::Reverse(*earned), *line));
    lines.into_iter().map(|(line, _)| line.clone()).collect()
}

fn by_year(builder: &mut Builder<'_>) -> Outcome<Block> {
    let years: Vec<String> = builder.made.pieces.written_by_year.keys().cloned().collect();
    let mut bars = Vec::new();
    for year in years {
        let values = vec![builder.open.cell(&format!("premium.written.year.{year}"))?];
        bars.push(Bar { label: Words::both(year), values });
    }
    Ok(Block::Chart(Chart {
        id: "by-year".into(),
        title: Words::new("各年签单保费", "Written premium by year"),
        lead: Words::new("按起保年份归类，含批单增减。", "By the year in which cover starts, endorsements included."),
        drawing: Drawing::Bars {
            direction: Direction::Vertical,
            stacked: false,
            series: vec![Words::new("签单保费", "Written premium")],
            bars,
        },
    }))
}

/// How the lines of business compare.
fn ratio_by_line(builder: &mut Builder<'_>) -> Outcome<Block> {
    let mut bars = Vec::new();
    for line in lines(builder) {
        let values = vec![builder.open.ratio(&format!("loss_ratio.line.{line}"))?];
        bars.push(Bar { label: wording::line(&line), values });
    }
    Ok(Block::Chart(Chart {
        id: "loss-by-line".into(),
        title: Words::new("各险类的满期赔付率", "Loss ratio by line"),
        lead: Words::new("按满期保费从大到小排列。", "The line with most earned premium first."),
        drawing: Drawing::Bars {
            direction: Direction::Horizontal,
            stacked: false,
            series: vec![Words::new("满期赔付率", "Loss ratio")],
            bars,
        },
    }))
}

fn by_line(builder: &mut Builder<'_>) -> Outcome<Block> {
    let mut bars = Vec::new();
    for line in lines(builder) {
        let values = vec![
            builder.open.cell(&format!("earned.line.{line}"))?,
            builder.open.cell(&format!("incurred.line.{line}"))?,
        ];
        bars.push(Bar { label: wording::line(&line), values });
    }
    Ok(Block::Chart(Chart {
        id: "by-line".into(),
        title: Words::new("各险类的满期保费与已发生赔款", "Earned premium and claims incurred by line"),
        lead: Words::new(
            "按满期保费从大到小排列；赔款高于保费的险类在亏损。",
            "The line with most premium first; one whose claims exceed its premium loses money.",
        ),
        drawing: Drawing::Bars {
            direction: Direction::Horizontal,
            stacked: false,
            series: vec![Words::new("满期保费", "Earned premium"), Words::new("已发生赔款", "Claims incurred")],
            bars,
        },
    }))
}

/// Loss ratios by year of the start of cover and by channel.
pub(super) fn loss(builder: &mut Builder<'_>) -> Outcome<Section> {
    let keys: Vec<(String, String)> = builder.made.pieces.by_year_and_channel.keys().cloned().collect();
    let years: BTreeSet<String> = keys.iter().map(|(year, _)| year.clone()).collect();
    let channels: BTreeSet<String> = keys.iter().map(|(_, channel)| channel.clone()).collect();
    let mut lines = Vec::new();
    let mut all = Vec::new();
    for year in &years {
        all.push(builder.open.ratio(&format!("loss_ratio.year.{year}"))?);
    }
    lines.push(Line { name: Words::new("全部渠道", "All channels"), values: all });
    for channel in channels.iter().take(MAX_SERIES - 1) {
        let mut values = Vec::new();
        for year in &years {
            values.push(builder.open.ratio(&format!("loss_ratio.year.{year}.channel.{channel}"))?);
        }
        lines.push(Line { name: wording::channel(channel), values });
    }
    let hundred = crm_core::money::Decimal::parse("100.0000").map_err(super::unfit)?;
    let chart = Chart {
        id: "loss-ratio".into(),
        title: Words::new("满期赔付率：按起保年份与渠道", "Loss ratio by year of the start of cover and channel"),
        lead: Words::new(
            "高于 100% 的年份赔款超过已赚保费。",
            "Above 100 % the claims of a year exceed its earned premium.",
        ),
        drawing: Drawing::Lines {
            times: years.iter().map(Words::both).collect(),
            lines,
            level: Some(Level { name: Words::new("盈亏线", "break-even"), value: Value::Percent(hundred) }),
        },
    };
    let mut rows = Vec::new();
    let mut groups: Vec<(Words, Words, String)> = Vec::new();
    for year in &years {
        groups.push((Words::both(year), Words::new("全部", "all"), format!("year.{year}")));
        for channel in &channels {
            let name = format!("year.{year}.channel.{channel}");
            groups.push((Words::both(year), wording::channel(channel), name));
        }
    }
    for channel in &channels {
        groups.push((Words::new("全部", "all"), wording::channel(channel), format!("channel.{channel}")));
    }
    for (year, channel, name) in groups {
        if builder.open.figures.ratios.contains_key(&format!("loss_ratio.{name}")) {
            rows.push(vec![
                Value::Words(year).into(),
                Value::Words(channel).into(),
                builder.open.cell(&format!("earned.{name}"))?,
                builder.open.cell(&format!("incurred.{name}"))?,
                builder.open.ratio(&format!("loss_ratio.{name}"))?,
            ]);
        }
    }
    let count = i64::try_from(rows.len()).unwrap_or_default();
    let total = vec![
        Value::Words(Words::new("合计", "Total")).into(),
        Value::text("").into(),
        builder.open.cell("premium.earned")?,
        builder.open.cell("claims.incurred")?,
        builder.open.ratio("loss_ratio")?,
    ];
    Ok(Section {
        id: "loss".into(),
        title: Words::new("赔付率", "Loss ratio"),
        lead: Words::new(
            "已决与未决赔款之和除以满期保费；保单按起保年份归类。",
            "Claims paid and outstanding by earned premium; policies stand in the year in which their cover starts.",
        ),
        blocks: vec![
            Block::Chart(chart),
            ratio_by_line(builder)?,
            Block::Table(Table {
                id: "loss-table".into(),
                title: Words::new("各年各渠道的保费与赔款", "Premium and claims by year and channel"),
                lead: None,
                columns: vec![
                    Column::new(Words::new("起保年份", "Year"), ColumnKind::Words),
                    Column::new(Words::new("渠道", "Channel"), ColumnKind::Words),
                    Column::new(Words::new("满期保费", "Earned premium"), ColumnKind::Money),
                    Column::new(Words::new("已发生赔款", "Claims incurred"), ColumnKind::Money),
                    Column::new(Words::new("满期赔付率", "Loss ratio"), ColumnKind::Percent),
                ],
                rows,
                total: Some(total),
                count,
                command: None,
            }),
        ],
    })
}

/// Profit and loss of the book, and of the customers who bring and cost most.
pub(super) fn profit(builder: &mut Builder<'_>) -> Outcome<Section> {
    let mut rows = Vec::new();
    for (basis, zh, en) in [("earned", "满期口径", "Earned basis"), ("collected", "实收口径", "Collected basis")]
    {
        let mut row = vec![Value::Words(Words::new(zh, en)).into()];
        for part in ["premium", "claims", "commission", "cost", "result"] {
            row.push(builder.open.cell(&format!("profit.{basis}.{part}"))?);
        }
        rows.push(row);
    }
    let money = |zh: &str, en: &str| Column::new(Words::new(zh, en), ColumnKind::Money);
    let parts = || {
        vec![
            money("保费", "Premium"),
            money("赔款", "Claims"),
            money("手续费", "Commission"),
            money("服务成本", "Cost to serve"),
            money("盈亏", "Result"),
        ]
    };
    let mut columns = vec![Column::new(Words::new("口径", "Basis"), ColumnKind::Words)];
    columns.extend(parts());
    let book = Table {
        id: "profit-book".into(),
        title: Words::new("全部客户", "All customers"),
        lead: None,
        columns,
        rows,
        total: None,
        count: 2,
        command: None,
    };
    let mut blocks = vec![Block::Table(book)];
    for (id, zh, en, order) in [
        ("profit-best", "贡献最大的客户", "Customers who bring most", "DESC"),
        ("profit-worst", "亏损最大的客户", "Customers who cost most", "ASC"),
    ] {
        let names = builder.open.store.texts(&format!(
            "SELECT customer FROM profit WHERE basis = 'earned' ORDER BY result {order}, customer LIMIT 10"
        ))?;
        let mut rows = Vec::new();
        for name in names.into_iter().flatten() {
            let who = builder.open.who(&name)?;
            let mut row: Vec<Cell> = vec![Value::text(name.clone()).into(), Value::text(who).into()];
            for part in ["premium", "claims", "result"] {
                row.push(builder.open.cell(&format!("customer.{name}.{part}"))?);
            }
            rows.push(row);
        }
        let count = builder.open.figures.value("rows.customers");
        blocks.push(Block::Table(Table {
            id: id.into(),
            title: Words::new(zh, en),
            lead: Some(Words::new("满期口径。", "On the earned basis.")),
            columns: vec![
                Column::new(Words::new("客户代码", "Customer"), ColumnKind::Text),
                Column::new(Words::new("名称", "Name"), ColumnKind::Text),
                money("满期保费", "Earned premium"),
                money("已发生赔款", "Claims incurred"),
                money("盈亏", "Result"),
            ],
            rows,
            total: None,
            count,
            command: Some(command("profit.earned.result")),
        }));
    }
    Ok(Section {
        id: "profit".into(),
        title: Words::new("客户盈亏", "Profit and loss"),
        lead: Words::new(
            "盈亏 = 保费 − 赔款 − 手续费 − 服务成本。",
            "Result = premium − claims − commission − cost to serve.",
        ),
        blocks,
    })
}
