//! The report of a book of policy years: its rows in a database, its figures on a page.

use std::collections::{BTreeMap, BTreeSet};

use crm_core::{
    money::Rounding,
    portfolio::{Book, BookSummary, Figure as BookFigure},
};

use crate::{
    analysis::LossRatio,
    customer_review::{Figures, found, quoted},
    mapping::Mapping,
    opening::Opening,
    output::Summary,
    report::page::{
        Bar, Block, Chart, Column, ColumnKind, Direction, Drawing, KeyFigure, Level, Line, MAX_SERIES, Page, Section,
        Table, Value, Words,
    },
    review::Request,
    sight::Lens,
    stop::{Outcome, first, stop},
    store::{Store, Unit},
    wording,
};

/// Every row of a policy year as it is kept. `year` is that of the last renewal.
const TABLE: &str = "CREATE TABLE policy_years (id TEXT PRIMARY KEY, customer TEXT NOT NULL, start TEXT NOT NULL,
    end TEXT NOT NULL, year TEXT NOT NULL, channel TEXT NOT NULL, risk_type TEXT NOT NULL, premium INTEGER NOT NULL,
    claims_cost INTEGER NOT NULL, claims INTEGER NOT NULL) WITHOUT ROWID;
    CREATE INDEX policy_years_customer ON policy_years (customer, year);";

/// Keeps the rows of a book and makes its figures.
///
/// # Errors
/// What the database says; `internal` for a figure that its rows don't add up to.
pub fn keep(
    store: &Store,
    book: &Book,
    summary: &BookSummary,
    written: &Summary,
    mapping: &Mapping,
) -> Outcome<Figures> {
    store.run(TABLE)?;
    let mut groups: BTreeMap<(String, String), LossRatio> = BTreeMap::new();
    for term in book.rows_behind(&BookFigure::Book {}) {
        let year = format!("{:04}", term.start.year());
        let (premium, cost) = (term.premium.minor(), term.claims_cost.minor());
        let part = LossRatio { earned: premium, incurred: cost };
        groups.entry((format!("year.{year}"), year_is(&year))).or_default().add(part);
        let name = format!("year.{year}.channel.{}", term.channel);
        let both = format!("{} AND channel = '{}'", year_is(&year), quoted(&term.channel));
        groups.entry((name, both)).or_default().add(part);
        let days = (term.start.to_string(), term.end.to_string());
        let values: [&dyn rusqlite::ToSql; 10] = [
            &term.id.as_str(),
            &term.customer.as_str(),
            &days.0,
            &days.1,
            &year,
            &term.channel,
            &term.risk_type,
            &premium,
            &cost,
            &term.claims,
        ];
        store.insert("policy_years", &values)?;
    }
    let mut figures = Figures::default();
    let totals = &summary.totals;
    add(
        &mut figures,
        "book",
        "TRUE",
        LossRatio { earned: totals.premium.minor(), incurred: totals.claims_cost.minor() },
    );
    for (code, totals) in &summary.by_channel {
        let part = LossRatio { earned: totals.premium.minor(), incurred: totals.claims_cost.minor() };
        add(&mut figures, &format!("channel.{code}"), &format!("channel = '{}'", quoted(code)), part);
    }
    for (code, totals) in &summary.by_risk_type {
        let part = LossRatio { earned: totals.premium.minor(), incurred: totals.claims_cost.minor() };
        add(&mut figures, &format!("risk_type.{code}"), &format!("risk_type = '{}'", quoted(code)), part);
    }
    for ((name, condition), part) in groups {
        add(&mut figures, &name, &condition, part);
    }
    counts(&mut figures, summary);
    figures.rejected(written.rejected.iter().map(|(code, rows)| (code.as_str(), *rows)));
    figures.notices(summary.warnings.iter().map(|(code, rows)| (code.as_str(), *rows)));
    let rounding = summary.parameters.ratio_rounding;
    ratios(&mut figures, rounding)?;
    figures.prove(store)?;
    for (key, value) in [
        ("name", mapping.name.clone().unwrap_or_default()),
        ("as_of", summary.parameters.as_of.to_string()),
        ("currency", summary.parameters.currency.to_string()),
        ("company", "book".to_owned()),
    ] {
        store.insert("meta", &[&key, &value])?;
    }
    Ok(figures)
}

fn year_is(year: &str) -> String {
    format!("year = '{}'", quoted(year))
}

fn add(figures: &mut Figures, name: &str, condition: &str, part: LossRatio) {
    for (kind, zh, en, value, column) in [
        ("premium", "签单保费", "Written premium", part.earned, "premium"),
        ("claims_cost", "赔款", "Claims cost", part.incurred, "claims_cost"),
    ] {
        let words = wording::group_of_policies(name);
        let title = Words::new(format!("{zh}：{}", words.zh), format!("{en}: {}", words.en));
        let definition = Words::new("各保单年度之和", "The sum over the policy years");
        let query = format!(
            "SELECT 'policy_years' AS of, id, {column} AS adds FROM policy_years WHERE {condition} AND {column} <> 0"
        );
        figures.add(&format!("{kind}.{name}"), Unit::Amount, value, title, definition, query);
    }
}

fn counts(figures: &mut Figures, summary: &BookSummary) {
    let each = || Words::new("每个保单年度计 1", "Each policy year adds 1");
    let rows =
        |condition: &str| format!("SELECT 'policy_years' AS of, id, 1 AS adds FROM policy_years WHERE {condition}");
    let title = Words::new("计入的保单年度", "Policy years used");
    figures.add("rows", Unit::Count, summary.totals.rows, title, each(), rows("TRUE"));
    let title = Words::new("赔案件数", "Claims");
    let definition = Words::new("各保单年度的赔案件数之和", "The sum of the claims of the policy years");
    let query = "SELECT 'policy_years' AS of, id, claims AS adds FROM policy_years WHERE claims <> 0".to_owned();
    figures.add("claims", Unit::Count, summary.totals.claims, title, definition, query);
    let customer =
        || Words::new("每位客户计 1，以其一个保单年度代表", "Each customer adds 1, by one of his policy years");
    let customers = |condition: &str| {
        format!(
            "SELECT 'policy_years' AS of, min(id) AS id, 1 AS adds FROM policy_years y WHERE {condition} GROUP BY customer"
        )
    };
    let title = Words::new("客户", "Customers");
    figures.add("customers", Unit::Count, summary.customers, title, customer(), customers("TRUE"));
    for (year, count) in &summary.renewals {
        let Ok(number) = year.parse::<i64>() else { continue };
        let next = format!(
            "EXISTS (SELECT 1 FROM policy_years n WHERE n.customer = y.customer AND n.year = '{:04}')",
            number + 1
        );
        let due = Words::new(format!("{year} 年应续客户"), format!("Customers due in {year}"));
        figures.add(&format!("due.{year}"), Unit::Count, count.due, due, customer(), customers(&year_is(year)));
        let renewed =
            Words::new(format!("{year} 年应续、次年已续的客户"), format!("Due in {year} and there in the next year"));
        let query = customers(&format!("{} AND {next}", year_is(year)));
        figures.add(&format!("renewed.{year}"), Unit::Count, count.renewed, renewed, customer(), query);
    }
}

fn ratios(figures: &mut Figures, rounding: Rounding) -> Outcome<()> {
    let names: Vec<String> =
        figures.figures.keys().filter_map(|name| name.strip_prefix("premium.")).map(str::to_owned).collect();
    for name in names {
        let words = wording::group_of_policies(&name);
        let title = Words::new(format!("赔付率：{}", words.zh), format!("Loss ratio: {}", words.en));
        let parts = (format!("claims_cost.{name}"), format!("premium.{name}"));
        figures.ratio(&format!("loss_ratio.{name}"), title, (&parts.0, &parts.1), rounding)?;
    }
    let years: Vec<String> =
        figures.figures.keys().filter_map(|name| name.strip_prefix("due.")).map(str::to_owned).collect();
    for year in years {
        let title = Words::new(format!("{year} 年续保率"), format!("Renewal rate of {year}"));
        let parts = (format!("renewed.{year}"), format!("due.{year}"));
        figures.ratio(&format!("renewal.{year}"), title, (&parts.0, &parts.1), rounding)?;
    }
    Ok(())
}

/// Puts the figures on a page.
///
/// # Errors
/// What the database says.
pub fn page(
    store: &Store,
    figures: &Figures,
    summary: &BookSummary,
    mapping: &Mapping,
    request: &Request,
) -> Outcome<Page> {
    let lens = Lens::masked();
    let mut open = Opening::new(store, figures, &lens, mapping.written.currency);
    let sections = vec![
        overview(&mut open, summary)?,
        loss(&mut open, summary)?,
        renewals(&mut open, summary)?,
        warnings(&mut open)?,
    ];
    Ok(Page {
        title: Words::new("账册分析", "Portfolio review"),
        book: mapping.name.clone().unwrap_or_default(),
        as_of: request.as_of,
        currency: mapping.written.currency,
        viewer: Words::new("账册只有代码，没有姓名与证件", "The book holds codes, no names and no documents"),
        parameters: Vec::new(),
        lang: request.lang,
        sections,
        rows: open.into_rows(),
    })
}

fn overview(open: &mut Opening<'_>, summary: &BookSummary) -> Outcome<Section> {
    let of = |zh: &str, en: &str, cell| KeyFigure::new(Words::new(zh, en), cell);
    let figures = vec![
        of("保单年度", "Policy years", open.cell("rows")?),
        of("客户", "Customers", open.cell("customers")?),
        of("签单保费", "Written premium", open.cell("premium.book")?),
        of("赔款", "Claims cost", open.cell("claims_cost.book")?),
        of("赔案件数", "Claims", open.cell("claims")?),
        of("赔付率", "Loss ratio", open.ratio("loss_ratio.book")?),
        of("被拒绝的行", "Rows rejected", open.cell("rejected")?),
    ];
    let mut bars = Vec::new();
    for code in summary.by_risk_type.keys() {
        let values = vec![
            open.cell(&format!("premium.risk_type.{code}"))?,
            open.cell(&format!("claims_cost.risk_type.{code}"))?,
        ];
        bars.push(Bar { label: wording::line(code), values });
    }
    let chart = Chart {
        id: "risk-types".into(),
        title: Words::new("各险种的签单保费与赔款", "Written premium and claims cost by type of risk"),
        lead: Words::new("赔款为已决与未决之和。", "Claims cost is paid and outstanding."),
        drawing: Drawing::Bars {
            direction: Direction::Horizontal,
            stacked: false,
            series: vec![Words::new("签单保费", "Written premium"), Words::new("赔款", "Claims cost")],
            bars,
        },
    };
    Ok(Section {
        id: "overview".into(),
        title: Words::new("总览", "Overview"),
        lead: Words::new("点击数字可查看其构成行。", "Each number opens to its rows."),
        blocks: vec![Block::Figures(figures), Block::Chart(chart)],
    })
}

fn loss(open: &mut Opening<'_>, summary: &BookSummary) -> Outcome<Section> {
    let years: BTreeSet<String> = open
        .figures
        .figures
        .keys()
        .filter_map(|name| name.strip_prefix("premium.year.")?.split('.').next())
        .map(str::to_owned)
        .collect();
    let channels: Vec<&String> = summary.by_channel.keys().collect();
    let mut rows = Vec::new();
    let mut lines = vec![Line { name: Words::new("全部渠道", "All channels"), values: Vec::new() }];
    lines.extend(
        channels.iter().take(MAX_SERIES - 1).map(|code| Line { name: wording::channel(code), values: Vec::new() }),
    );
    for year in &years {
        let groups = std::iter::once((None, format!("year.{year}")))
            .chain(channels.iter().map(|code| (Some(*code), format!("year.{year}.channel.{code}"))));
        for (place, (channel, name)) in groups.enumerate() {
            let ratio = open.ratio(&format!("loss_ratio.{name}"))?;
            if let Some(line) = lines.get_mut(place) {
                line.values.push(ratio.clone());
            }
            let channel = channel.map_or_else(|| Words::new("全部", "all"), |code| wording::channel(code));
            rows.push(vec![
                Value::Words(Words::both(year)).into(),
                Value::Words(channel).into(),
                open.cell(&format!("premium.{name}"))?,
                open.cell(&format!("claims_cost.{name}"))?,
                ratio,
            ]);
        }
    }
    let hundred = crm_core::money::Decimal::parse("100.0000").map_err(|refusal| stop(None, first(refusal)))?;
    let chart = Chart {
        id: "loss-ratio".into(),
        title: Words::new("赔付率：按年份与渠道", "Loss ratio by year and channel"),
        lead: Words::new("年份为最近一次续保的年份。", "The year is that of the last renewal."),
        drawing: Drawing::Lines {
            times: years.iter().map(Words::both).collect(),
            lines,
            level: Some(Level { name: Words::new("盈亏线", "break-even"), value: Value::Percent(hundred) }),
        },
    };
    let money = |zh: &str, en: &str| Column::new(Words::new(zh, en), ColumnKind::Money);
    let table = Table {
        id: "loss-table".into(),
        title: Words::new("各年各渠道的保费与赔款", "Premium and claims by year and channel"),
        lead: None,
        columns: vec![
            Column::new(Words::new("年份", "Year"), ColumnKind::Words),
            Column::new(Words::new("渠道", "Channel"), ColumnKind::Words),
            money("签单保费", "Written premium"),
            money("赔款", "Claims cost"),
            Column::new(Words::new("赔付率", "Loss ratio"), ColumnKind::Percent),
        ],
        count: i64::try_from(rows.len()).unwrap_or_default(),
        rows,
        total: None,
        command: None,
    };
    Ok(Section {
        id: "loss".into(),
        title: Words::new("赔付率", "Loss ratio"),
        lead: Words::new("赔款除以签单保费。", "Claims cost by written premium."),
        blocks: vec![Block::Chart(chart), Block::Table(table)],
    })
}

fn renewals(open: &mut Opening<'_>, summary: &BookSummary) -> Outcome<Section> {
    let mut rows = Vec::new();
    let mut bars = Vec::new();
    for year in summary.renewals.keys() {
        let rate = open.ratio(&format!("renewal.{year}"))?;
        bars.push(Bar { label: Words::both(year), values: vec![rate.clone()] });
        rows.push(vec![
            Value::Words(Words::both(year)).into(),
            open.cell(&format!("due.{year}"))?,
            open.cell(&format!("renewed.{year}"))?,
            rate,
        ]);
    }
    let chart = Chart {
        id: "renewal-rate".into(),
        title: Words::new("续保率", "Renewal rate"),
        lead: Words::new(
            "应续客户中次年仍有保单的比例。",
            "Of the customers due, those who are there in the next year.",
        ),
        drawing: Drawing::Bars {
            direction: Direction::Vertical,
            stacked: false,
            series: vec![Words::new("续保率", "Renewal rate")],
            bars,
        },
    };
    let count = |zh: &str, en: &str| Column::new(Words::new(zh, en), ColumnKind::Count);
    let table = Table {
        id: "renewal-table".into(),
        title: Words::new("续保（按客户计）", "Renewals, by customer"),
        lead: None,
        columns: vec![
            Column::new(Words::new("年份", "Year"), ColumnKind::Words),
            count("应续", "Due"),
            count("已续", "Renewed"),
            Column::new(Words::new("续保率", "Rate"), ColumnKind::Percent),
        ],
        count: i64::try_from(rows.len()).unwrap_or_default(),
        rows,
        total: None,
        command: None,
    };
    Ok(Section {
        id: "renewals".into(),
        title: Words::new("续保", "Renewals"),
        lead: Words::new("没有次年数据的年份不列。", "Years without a next year in the book are left out."),
        blocks: vec![Block::Chart(chart), Block::Table(table)],
    })
}

/// Rows that count and deserve a look, and rows that count nowhere, with their sentences.
fn warnings(open: &mut Opening<'_>) -> Outcome<Section> {
    let noticed = found(
        open,
        "notice",
        Words::new("各类预警的行数", "Rows with each warning"),
        Words::new("这些行仍计入，请核实。", "These rows are counted and should be looked at."),
    )?;
    let rejected = found(
        open,
        "rejected",
        Words::new("被拒绝的行：按首个问题", "Rows rejected, by their first fault"),
        Words::new("这些行不计入任何指标。", "These rows count nowhere."),
    )?;
    Ok(Section {
        id: "warnings".into(),
        title: Words::new("预警与数据质量", "Warnings and rows"),
        lead: Words::new("逐行见 warnings.csv 与 rejected.csv。", "Each row stands in warnings.csv and rejected.csv."),
        blocks: vec![Block::Table(noticed), Block::Table(rejected)],
    })
}
