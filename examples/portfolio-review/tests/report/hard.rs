//! A page with everything that a page has to withstand: hostile and long texts, extremes, nothing, too much.

use crm_core::{
    money::{Currency, Decimal, Money},
    refusal::Lang,
};
use portfolio_review::report::page::*;

use crate::fabricated::{absent, bars, cells, chart, customers_table, page, premium_rows, share, w, years, yuan};

/// Texts that try to be something else.
pub const HOSTILE: [&str; 9] = [
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "\"><svg onload=alert(1)>",
    "' autofocus onfocus='alert(1)",
    "]]><!-- --><![CDATA[",
    "&lt;b&gt; &amp; &#60;",
    "javascript:alert(1)",
    "\u{202e}gnirts desrever\u{0}\u{1b}[31m\u{fffe}",
    "=HYPERLINK(\"http://example.com\")",
];

/// Everything that a page has to withstand.
pub fn hard(lang: Lang) -> Page {
    let hostile = |at: usize| Words::new(format!("文{}", HOSTILE[at]), HOSTILE[at]);
    let long = w(
        "某某某某集团股份有限公司华东区域分公司营业部第一营销服务部代理渠道合作业务团队二组",
        "Commercial motor business written through the co-operation of brokers and agencies in the eastern provinces, team two",
    );
    let unbroken = Words::both("Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft");
    let mut hostile_rows = premium_rows();
    hostile_rows.id = "hostile.A.rows_1".into();
    hostile_rows.what = hostile(0);
    hostile_rows.definition = hostile(4);
    hostile_rows.command = HOSTILE[0].into();
    hostile_rows.first[0][0] = Value::text(HOSTILE[1]);
    let empty_rows = Rows {
        id: "empty".into(),
        count: 0,
        first: vec![],
        rest: vec![None; 4],
        total: vec![None, None, None, Some(yuan("0.00"))],
        ..premium_rows()
    };
    let one = |label: Words, value: Cell| vec![(label, vec![value])];
    let plain = || vec![w("金额", "Amount")];
    let extremes = vec![
        (w("最大", "largest"), cells([yuan("92233720368547758.07")])),
        (w("最小", "smallest"), cells([yuan("-92233720368547758.07")])),
        (w("一分", "a cent"), cells([yuan("0.01")])),
        (w("没有", "none"), vec![absent("期内无签单保费", "no premium was written in the window")]),
    ];
    let signs = || {
        vec![
            (long.clone(), cells([yuan("120000.00"), yuan("-45000.00"), yuan("0.00")])),
            (unbroken.clone(), cells([yuan("-20000.00"), yuan("-5000.10"), yuan("61000.00")])),
            (hostile(1), vec![yuan("10.00").into(), absent("无", "none"), yuan("75000.00").into()]),
        ]
    };
    let three = || vec![w("保费", "Premium"), long.clone(), hostile(2)];
    let eight: Vec<Line> = (0..8)
        .map(|at| Line {
            name: if at == 3 { long.clone() } else { Words::both(format!("{at} {}", HOSTILE[at])) },
            values: (0..12)
                .map(|x| {
                    if (x + at) % 7 == 3 {
                        absent("无满期保费", "nothing earned")
                    } else {
                        share(&format!("{}", 50 + at)).into()
                    }
                })
                .collect(),
        })
        .collect();
    let months: Vec<Words> =
        (1..=12).map(|month| Words::new(format!("2025年{month}月"), format!("2025-{month:02}"))).collect();
    let h = Direction::Horizontal;
    let v = Direction::Vertical;
    let title = |text: &str| Words::both(text);
    let lead = || w("边界情形。", "An edge.");
    let year = || vec![Words::both("2025")];
    let charts = vec![
        chart("empty", title("empty"), lead(), bars(h, plain(), false, vec![])),
        chart(
            "absent",
            title("absent"),
            lead(),
            bars(v, plain(), false, one(w("甲", "a"), absent("无满期保费", "nothing earned"))),
        ),
        chart(
            "one-h",
            title("one horizontal"),
            lead(),
            bars(h, plain(), false, one(w("甲", "a"), yuan("1234567.89").into())),
        ),
        chart(
            "one-v",
            title("one vertical"),
            lead(),
            bars(v, plain(), false, one(w("甲", "a"), yuan("1234567.89").into())),
        ),
        chart(
            "zeros-h",
            title("zeros horizontal"),
            lead(),
            bars(h, plain(), false, vec![(w("甲", "a"), cells([0])), (w("乙", "b"), cells([0]))]),
        ),
        chart(
            "zeros-v",
            title("zeros vertical"),
            lead(),
            bars(v, plain(), false, vec![(w("甲", "a"), cells([yuan("0.00")])), (w("乙", "b"), cells([yuan("0.00")]))]),
        ),
        chart("extremes", title("extremes"), lead(), bars(h, plain(), false, extremes.clone())),
        chart("extremes-v", title("extremes vertical"), lead(), bars(v, plain(), false, extremes)),
        chart("signs", title("grouped, long names, below zero"), lead(), bars(h, three(), false, signs())),
        chart("signs-stacked", title("stacked, below zero"), lead(), bars(h, three(), true, signs())),
        chart(
            "grouped-v",
            title("grouped vertical"),
            lead(),
            bars(
                v,
                vec![w("甲", "a"), w("乙", "b")],
                false,
                years().into_iter().map(|year| (year, cells([share("-12.5"), share("48.6106")]))).collect(),
            ),
        ),
        chart(
            "stacked-v",
            title("stacked vertical"),
            lead(),
            bars(
                v,
                vec![w("甲", "a"), w("乙", "b"), w("丙", "c"), w("丁", "d")],
                true,
                years().into_iter().map(|year| (year, cells([30, 20, 25, 7]))).collect(),
            ),
        ),
        chart(
            "vertical-long",
            title("vertical with long names"),
            lead(),
            bars(v, plain(), false, vec![(long.clone(), cells([1])), (unbroken.clone(), cells([2]))]),
        ),
        chart(
            "eight",
            title("eight lines at one place"),
            lead(),
            Drawing::Lines { times: months, lines: eight, level: None },
        ),
        chart(
            "one-point",
            title("one point"),
            lead(),
            Drawing::Lines {
                times: year(),
                lines: vec![Line { name: w("甲", "a"), values: cells([share("48.61")]) }],
                level: None,
            },
        ),
        chart("no-lines", title("no lines"), lead(), Drawing::Lines { times: years(), lines: vec![], level: None }),
        chart(
            "losses",
            title("lines below zero"),
            lead(),
            Drawing::Lines {
                times: years(),
                lines: vec![Line {
                    name: long.clone(),
                    values: cells(["-500000.00", "20000.00", "-30000.00", "1200000.00", "-1.00"].map(yuan)),
                }],
                level: Some(Level { name: long.clone(), value: yuan("0.00") }),
            },
        ),
        chart(
            "odd-pyramid",
            title("pyramid of nobody"),
            lead(),
            Drawing::Pyramid {
                measures: vec![w("客户", "Customers"), hostile(3)],
                bands: vec![
                    Band {
                        name: long.clone(),
                        shares: vec![share("0").into(), absent("总盈利不为正", "the result of all is not above zero")],
                        amounts: vec![0.into(), yuan("-9.99").into()],
                    },
                    Band {
                        name: unbroken.clone(),
                        shares: vec![share("100").into(), share("-340.5").into()],
                        amounts: vec![7.into(), yuan("-1000000.00").into()],
                    },
                ],
            },
        ),
        chart(
            "odd-moves",
            title("moves of nobody"),
            lead(),
            Drawing::Moves {
                before: vec![
                    Place { name: long.clone(), rank: Some(1) },
                    Place { name: unbroken.clone(), rank: Some(2) },
                ],
                after: vec![Place { name: long.clone(), rank: Some(1) }, Place { name: hostile(0), rank: None }],
                counts: vec![cells([0, 0]), cells([0, i64::MAX])],
            },
        ),
    ];
    let hostile_table = Table {
        id: "hostile".into(),
        title: hostile(0),
        lead: Some(hostile(5)),
        columns: vec![
            Column::new(hostile(2), ColumnKind::Text).note(hostile(3)),
            Column::new(hostile(4), ColumnKind::Words),
        ],
        rows: (0..HOSTILE.len())
            .map(|at| vec![Cell::from(Value::text(HOSTILE[at])).opens("hostile.A.rows_1"), hostile(at).into()])
            .collect(),
        total: Some(vec![Value::Words(w("合计", "Total")).into(), absent("不可相加", "can't be added")]),
        count: 10_000,
        command: Some(HOSTILE[2].into()),
    };
    let empty_table =
        Table { rows: vec![], count: 0, command: None, id: "nobody".into(), ..customers_table("x", 0, 0) };
    let one_row = Table { id: "one-row".into(), ..customers_table("x", 1, 1) };
    let figures = vec![
        KeyFigure::new(long.clone(), Cell::from(yuan("-92233720368547758.07")).opens("hostile.A.rows_1"))
            .note(long.clone())
            .attention(long.clone()),
        KeyFigure::new(hostile(1), Cell::from(0).opens("empty")).unit(hostile(2)),
        KeyFigure::new(w("外币", "foreign"), Cell::from(Money::from_minor(123_456, Currency::parse("USD").unwrap()))),
        KeyFigure::new(
            w("小数", "number"),
            Cell::from(Value::Number(Decimal::parse("-0.0000000000000000000000000001").unwrap())),
        ),
    ];
    let section = |id: &str, blocks| Section { id: id.into(), title: hostile(6), lead: hostile(7), blocks };
    let sections = vec![
        section("figures", vec![Block::Figures(figures), Block::Figures(vec![])]),
        section("charts", charts),
        section(
            "tables",
            vec![
                Block::Table(hostile_table),
                Block::Table(empty_table),
                Block::Table(one_row),
                Block::Table(customers_table("big", 20_000, 20_000)),
            ],
        ),
        section("nothing", vec![Block::Note(hostile(8))]),
    ];
    page(lang, sections, vec![hostile_rows, empty_rows])
}
