//! A made-up page as a book would give it, and what it is made of.

use crm_core::{
    calendar::Date,
    money::{Currency, Decimal, Money},
    refusal::Lang,
};
use portfolio_review::report::page::*;

pub fn yuan(text: &str) -> Value {
    Value::Money(Money::new(Decimal::parse(text).unwrap(), Currency::parse("CNY").unwrap()).unwrap())
}

pub fn share(text: &str) -> Value {
    Value::Percent(Decimal::parse(text).unwrap())
}

pub fn w(zh: &str, en: &str) -> Words {
    Words::new(zh, en)
}

pub fn absent(zh: &str, en: &str) -> Cell {
    Value::Absent(w(zh, en)).into()
}

pub fn cells<V: Into<Value>>(values: impl IntoIterator<Item = V>) -> Vec<Cell> {
    values.into_iter().map(Cell::from).collect()
}

pub fn chart(id: &str, title: Words, lead: Words, drawing: Drawing) -> Block {
    Block::Chart(Chart { id: id.into(), title, lead, drawing })
}

pub fn bars(direction: Direction, series: Vec<Words>, stacked: bool, bars: Vec<(Words, Vec<Cell>)>) -> Drawing {
    let bars = bars.into_iter().map(|(label, values)| Bar { label, values }).collect();
    Drawing::Bars { direction, stacked, series, bars }
}

pub fn page(lang: Lang, sections: Vec<Section>, rows: Vec<Rows>) -> Page {
    Page {
        title: w("客户经营分析", "Portfolio review"),
        book: "示范账册 2025".into(),
        as_of: Date::parse("2025-12-31").unwrap(),
        currency: Currency::parse("CNY").unwrap(),
        viewer: w("公司级查看权限，个人信息已脱敏", "Company level, personal data masked"),
        parameters: vec![
            Parameter {
                name: w("优质客户的赔付率上限", "Highest loss ratio of a good customer"),
                value: share("20"),
                source: Some(w(
                    "本方案的起始值，无公开规定；自 2000-01-01 起有效",
                    "starting value of this pack, no public text states one; since 2000-01-01",
                )),
            },
            Parameter { name: w("观察窗口", "Window"), value: Value::text("12"), source: None },
        ],
        lang,
        sections,
        rows,
    }
}

pub fn premium_rows() -> Rows {
    let row = |at: i64, premium: &str| {
        vec![
            Value::text(format!("P-2025-{at:06}")),
            Value::text("王**"),
            Value::Date(Date::parse("2025-03-01").unwrap().plus_days(at).unwrap()),
            yuan(premium),
        ]
    };
    Rows {
        id: "premium".into(),
        what: w("签单保费", "Written premium"),
        definition: w(
            "起保日期不晚于统计日期的保单，按签单时的保费相加。",
            "Policies that start on or before the day of the report, their premium as signed.",
        ),
        count: 61_234,
        columns: vec![
            Column::new(w("保单号", "Policy"), ColumnKind::Text),
            Column::new(w("投保人", "Policyholder"), ColumnKind::Text),
            Column::new(w("起保日期", "Start"), ColumnKind::Date),
            Column::new(w("签单保费", "Written premium"), ColumnKind::Money),
        ],
        first: vec![row(1, "1200.00"), row(2, "-300.50"), row(3, "98765.43")],
        rest: vec![None, None, None, Some(yuan("33244373.95"))],
        total: vec![None, None, None, Some(yuan("33344038.88"))],
        command: "portfolio-review rows --database out/book.sqlite --figure premium".into(),
    }
}

pub fn customers_table(id: &str, many: i64, count: i64) -> Table {
    let surnames = ["王", "李", "张", "刘", "陈", "欧阳"];
    let rows = (0..many).map(|at| {
        let name = surnames[usize::try_from(at).unwrap() % surnames.len()];
        let premium = 9_000_000 - at * 7_919;
        vec![
            Cell::from(Value::text(format!("C{at:06}"))),
            Value::text(format!("{name}**")).into(),
            Value::Words(if at % 2 == 0 { w("企业", "organisation") } else { w("个人", "person") }).into(),
            (at % 7).into(),
            yuan(&format!("{}.{:02}", premium / 100, premium.abs() % 100)).into(),
            if at % 5 == 4 {
                absent("无满期保费", "nothing earned")
            } else {
                share(&format!("{}.{:02}", at % 140, at % 100)).into()
            },
            Date::parse("2024-02-29").unwrap().plus_days(at * 3).unwrap().into(),
        ]
    });
    Table {
        id: id.into(),
        title: w("大客户", "Large customers"),
        lead: Some(w("按签单保费从高到低。", "By written premium, the largest first.")),
        columns: vec![
            Column::new(w("客户", "Customer"), ColumnKind::Text),
            Column::new(w("名称", "Name"), ColumnKind::Text),
            Column::new(w("类型", "Kind"), ColumnKind::Words),
            Column::new(w("赔案", "Claims"), ColumnKind::Count),
            Column::new(w("签单保费", "Written premium"), ColumnKind::Money),
            Column::new(w("赔付率", "Loss ratio"), ColumnKind::Percent)
                .note(w("赔款 ÷ 满期保费", "claims ÷ earned premium")),
            Column::new(w("客户起始日", "Since"), ColumnKind::Date),
        ],
        rows: rows.collect(),
        total: None,
        count,
        command: Some("portfolio-review list --database out/book.sqlite --segment large".into()),
    }
}

pub fn years() -> Vec<Words> {
    ["2021", "2022", "2023", "2024", "2025"].map(Words::both).to_vec()
}

/// A page as a book gives it.
pub fn typical(lang: Lang) -> Page {
    let overview = vec![Block::Figures(vec![
        KeyFigure::new(w("客户", "Customers"), Cell::from(20_000)).unit(w("户", "customers")),
        KeyFigure::new(w("签单保费", "Written premium"), Cell::from(yuan("33344038.88")).opens("premium"))
            .note(w("较上年 +4.2%", "+4.2% on the year before")),
        KeyFigure::new(w("赔款", "Claims cost"), Cell::from(yuan("20814990.07"))),
        KeyFigure::new(w("赔付率", "Loss ratio"), Cell::from(share("62.42")))
            .note(w("赔款 ÷ 满期保费", "claims ÷ earned premium")),
        KeyFigure::new(w("续保率", "Renewal rate"), absent("无应续保单", "nobody was due")),
        KeyFigure::new(w("承保结果", "Result"), Cell::from(yuan("-1204551.90")))
            .attention(w("费用高于满期保费与赔款之差", "costs are above earned premium less claims")),
        KeyFigure::new(w("未确认预警", "Open warnings"), Cell::from(1_284)).unit(w("条", "warnings")),
    ])];
    let channels = [
        ("直销", "Direct", ["58.10", "61.02", "57.44", "60.91", "58.21"]),
        ("个人代理", "Agent", ["66.30", "67.95", "71.20", "69.08", "72.94"]),
        ("经纪", "Broker", ["49.85", "52.40", "55.12", "80.33", "61.77"]),
        ("电销", "Telephone", ["70.15", "68.80", "66.01", "64.45", "63.02"]),
        ("网销", "Online", ["90.42", "84.10", "101.77", "92.30", "88.64"]),
    ];
    let lines = channels.iter().map(|(zh, en, values)| Line { name: w(zh, en), values: cells(values.map(share)) });
    let segments = [
        ("新保", "Newly insured", 2_310),
        ("续保", "Renewal", 11_204),
        ("出险", "Had a claim", 4_018),
        ("优质", "Good", 1_377),
        ("大客户", "Large", 61),
        ("劣质", "Poor", 408),
        ("潜在", "Prospect", 905),
    ];
    let segments = segments.into_iter().map(|(zh, en, many)| (w(zh, en), vec![Cell::from(many).opens("premium")]));
    let premium = ["5801234.10", "6204410.00", "6650012.55", "7012345.67", "7676036.56"];
    let warnings = vec![
        (w("多次出险", "Several claims"), cells([120, 41])),
        (w("赔付率过高", "Loss ratio too high"), cells([208, 77])),
        (w("保单将到期", "Cover expires"), cells([760, 12])),
        (w("保费逾期", "Premium overdue"), cells([196, 9])),
    ];
    let places = |zh: &str, en: &str| {
        let grades = [("顶级", "Top", 1), ("大", "Big", 2), ("中", "Medium", 3), ("小", "Small", 4)];
        let mut places: Vec<Place> = grades.map(|(zh, en, rank)| Place { name: w(zh, en), rank: Some(rank) }).to_vec();
        places.push(Place { name: w(zh, en), rank: None });
        places
    };
    let counts = [
        [150, 22, 3, 0, 1],
        [31, 540, 88, 4, 6],
        [6, 120, 2_104, 390, 51],
        [1, 9, 412, 14_950, 702],
        [0, 2, 44, 364, 0],
    ];
    let charts = vec![
        chart(
            "loss-years",
            w("各渠道历年赔付率", "Loss ratio by year and channel"),
            w("网销高于其他渠道，2023 年超过 100%。", "Online is above all other channels and passed 100 % in 2023."),
            Drawing::Lines {
                times: years(),
                lines: lines.collect(),
                level: Some(Level { name: w("盈亏线", "break-even"), value: share("100") }),
            },
        ),
        chart(
            "premium-years",
            w("历年签单保费", "Written premium by year"),
            w("五年来逐年增长。", "It grew in each of five years."),
            bars(
                Direction::Vertical,
                vec![w("签单保费", "Written premium")],
                false,
                years().into_iter().zip(premium).map(|(year, premium)| (year, cells([yuan(premium)]))).collect(),
            ),
        ),
        chart(
            "segments",
            w("客户群", "Groups"),
            w("一户可属多群。", "A customer may be in several."),
            bars(Direction::Horizontal, vec![w("客户", "Customers")], false, segments.collect()),
        ),
        chart(
            "warnings",
            w("预警", "Warnings"),
            w("多数为即将到期。", "Most are of cover that expires."),
            bars(Direction::Horizontal, vec![w("未确认", "open"), w("已确认", "acknowledged")], true, warnings),
        ),
    ];
    let band = |zh, en, shares: [&str; 3], many: i64, amounts: [&str; 2]| Band {
        name: w(zh, en),
        shares: cells(shares.map(share)),
        amounts: vec![many.into(), yuan(amounts[0]).into(), yuan(amounts[1]).into()],
    };
    let pyramid = Drawing::Pyramid {
        measures: vec![w("客户", "Customers"), w("签单保费", "Written premium"), w("承保结果", "Result")],
        bands: vec![
            band("顶级", "Top", ["1.00", "21.40", "61.02"], 190, ["7135624.32", "2410030.00"]),
            band("大", "Big", ["4.00", "24.11", "55.81"], 760, ["8039247.77", "2204010.10"]),
            band("中", "Medium", ["15.00", "29.35", "20.17"], 2_850, ["9786475.41", "796540.30"]),
            band("小", "Small", ["80.00", "25.14", "-37.00"], 15_200, ["8382691.38", "-1461090.00"]),
        ],
    };
    let moves = Drawing::Moves {
        before: places("新客户", "new"),
        after: places("已离开", "left"),
        counts: counts.map(cells).to_vec(),
    };
    let section = |id: &str, title, lead, blocks| Section { id: id.into(), title, lead, blocks };
    let sections = vec![
        section(
            "overview",
            w("总览", "Overview"),
            w(
                "全部业务的主要指标，点击数字查看其构成的行。",
                "The main figures of the book; a number opens to its rows.",
            ),
            overview,
        ),
        section(
            "development",
            w("发展", "Development"),
            w("各渠道、各年的变化。", "How channels and years went."),
            charts,
        ),
        section(
            "pyramid",
            w("客户金字塔", "Pyramid"),
            w("少数客户贡献大部分收入。", "A few customers bring most of the revenue."),
            vec![
                chart(
                    "bands",
                    w("客户层级", "Grades"),
                    w("最底层 80% 的客户合计亏损。", "The lowest 80 % of customers lose together."),
                    pyramid,
                ),
                chart(
                    "moves",
                    w("层级变动", "Moves between grades"),
                    w("2024-12-31 至 2025-12-31。", "From 2024-12-31 to 2025-12-31."),
                    moves,
                ),
                Block::Note(w(
                    "层级按全部账册排定，与查看权限无关。",
                    "Grades are ranked over the whole book, whoever looks.",
                )),
            ],
        ),
        section(
            "customers",
            w("客户名单", "Customers"),
            w("需要关注的客户。", "Customers to look at."),
            vec![Block::Table(customers_table("large", 60, 61_000))],
        ),
    ];
    page(lang, sections, vec![premium_rows()])
}
