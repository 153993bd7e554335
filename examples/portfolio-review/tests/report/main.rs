//! The written page: well-formed, safe, in both languages, exact.
//!
//! The pages are left in the target's `tmp` directory, to be looked at in a browser.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, missing_docs)]

mod contrast;
mod fabricated;
mod faults;
mod hard;
mod script;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
};

use crm_core::refusal::Lang;
use fabricated::typical;
use hard::{HOSTILE, hard};
use portfolio_review::report::{
    html::{MAX_TABLE_ROWS, write},
    page::*,
};
use proptest::prelude::*;
use roxmltree::{Document, Node, ParsingOptions};

fn written(page: &Page) -> String {
    let mut out = Vec::new();
    write(page, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn parse(text: &str) -> Document<'_> {
    Document::parse_with_options(text, ParsingOptions { allow_dtd: true, ..ParsingOptions::default() }).unwrap()
}

fn pages() -> [(&'static str, Page); 4] {
    [
        ("typical-zh", typical(Lang::Zh)),
        ("typical-en", typical(Lang::En)),
        ("hard-zh", hard(Lang::Zh)),
        ("hard-en", hard(Lang::En)),
    ]
}

fn named<'a, 'i>(document: &'a Document<'i>, name: &'a str) -> impl Iterator<Item = Node<'a, 'i>> + 'a {
    document.descendants().filter(move |node| node.has_tag_name(name) || node.tag_name().name() == name)
}

/// What a reader of this language sees below a node.
fn seen(node: Node<'_, '_>, lang: &str) -> String {
    let hidden = if lang == "zh" { "en" } else { "zh" };
    if node.is_text() {
        return node.text().unwrap_or_default().to_owned();
    }
    let classes = node.attribute("class").unwrap_or_default();
    // A strip is drawn once for both languages; its tips say both.
    if node.tag_name().name() == "svg" && classes == "strip" {
        return String::new();
    }
    if classes.split(' ').any(|class| class == hidden) || matches!(node.tag_name().name(), "style" | "script") {
        return String::new();
    }
    node.children().map(|child| seen(child, lang)).collect()
}

#[test]
fn every_page_is_well_formed_and_left_to_be_looked_at() {
    for (name, page) in pages() {
        let text = written(&page);
        fs::write(format!("{}/report-{name}.html", env!("CARGO_TARGET_TMPDIR")), &text).unwrap();
        let document = parse(&text);
        assert_eq!(named(&document, "html").count(), 1);
        assert_eq!(named(&document, "section").count(), page.sections.len() + 1, "{name}");
    }
}

#[test]
fn nothing_hostile_becomes_markup() {
    let text = written(&hard(Lang::En));
    let document = parse(&text);
    let allowed: BTreeSet<&str> = [
        "html",
        "head",
        "meta",
        "title",
        "style",
        "body",
        "svg",
        "defs",
        "pattern",
        "rect",
        "path",
        "a",
        "header",
        "div",
        "h1",
        "h2",
        "h3",
        "span",
        "fieldset",
        "legend",
        "input",
        "label",
        "dl",
        "dt",
        "dd",
        "time",
        "nav",
        "ul",
        "li",
        "main",
        "section",
        "p",
        "data",
        "small",
        "b",
        "figure",
        "figcaption",
        "table",
        "caption",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "th",
        "td",
        "line",
        "text",
        "desc",
        "g",
        "use",
        "circle",
        "details",
        "summary",
        "code",
        "dialog",
        "script",
    ]
    .into();
    for node in document.descendants().filter(Node::is_element) {
        assert!(allowed.contains(node.tag_name().name()), "{node:?}");
        for attribute in node.attributes() {
            assert!(!attribute.name().starts_with("on") && attribute.name() != "style", "{node:?}");
            if matches!(attribute.name(), "href" | "src" | "action") {
                assert!(attribute.value().starts_with('#'), "{node:?}");
            }
        }
    }
    assert_eq!(named(&document, "script").count(), 1);
    // As a browser reads it: the script ends where it should.
    assert_eq!(text.matches("<script").count(), 1);
    assert_eq!(text.matches("</script").count(), 1);
    assert_eq!(text.matches("</style").count(), 1);
    // It is all there, as text.
    let shown = seen(document.root_element(), "en");
    for hostile in &HOSTILE[..7] {
        assert!(shown.contains(hostile), "{hostile}");
    }
    assert!(shown.contains("\u{fffd}gnirts") && !text.contains('\u{202e}') && !text.contains('\u{1b}'));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn any_text_stays_text(zh in "\\PC{0,9}|.{0,9}", en in any::<String>(), code in any::<String>()) {
        let words = Words::new(format!("文{zh}"), format!("x{en}"));
        let mut page = typical(Lang::Zh);
        page.title = words.clone();
        page.book = code.clone();
        page.viewer = words.clone();
        page.rows[0].what = words.clone();
        page.rows[0].command = format!("x{code}");
        page.rows[0].first[0][0] = Value::text(&code);
        page.sections[0].lead = words.clone();
        if let Block::Chart(chart) = &mut page.sections[1].blocks[0] {
            chart.title = words.clone();
            chart.lead = words.clone();
        }
        let before = parse(&written(&typical(Lang::Zh))).descendants().filter(Node::is_element).count();
        let text = written(&page);
        let document = parse(&text);
        // Equal texts in both languages need no pair of spans, so there may be fewer elements, never more.
        prop_assert!(document.descendants().filter(Node::is_element).count() <= before);
        let kept = |text: &str| text.chars().filter(|letter| !letter.is_control() && !letter.is_whitespace()).collect::<String>();
        let wanted: String = kept(&words.en).chars().filter(|letter| letter.is_alphanumeric()).collect();
        let found: String = kept(&seen(document.root_element(), "en")).chars().filter(|letter| letter.is_alphanumeric()).collect();
        prop_assert!(found.contains(&wanted));
    }
}

#[test]
fn the_file_needs_nothing_else_and_says_so() {
    for (_, page) in pages() {
        let text = written(&page);
        let document = parse(&text);
        let policy = named(&document, "meta")
            .find(|meta| meta.attribute("http-equiv") == Some("Content-Security-Policy"))
            .and_then(|meta| meta.attribute("content"))
            .unwrap();
        assert!(policy.starts_with("default-src 'none';") && !policy.contains("unsafe"), "{policy}");
        for name in ["style", "script"] {
            let inner = text.split_once(&format!("<{name}>")).unwrap().1.split_once(&format!("</{name}>")).unwrap().0;
            assert!(policy.contains(&format!("{name}-src 'sha256-{}'", sha256(inner))), "{name}");
            for reaches_out in ["http:", "https:", "//", "@import", "fetch", "XMLHttp", "WebSocket", "import("] {
                let comments_out = inner.replace("// ", "").replace("/*", "").replace("*/", "");
                assert!(!comments_out.contains(reaches_out), "{name} {reaches_out}");
            }
            assert!(!inner.contains("url(") || inner.matches("url(").count() == inner.matches("url(#").count());
        }
        for name in ["link", "img", "iframe", "object", "embed", "base", "form"] {
            assert_eq!(named(&document, name).count(), 0, "{name}");
        }
    }
}

fn sha256(text: &str) -> String {
    use base64::{Engine as _, engine::general_purpose::STANDARD};
    use sha2::{Digest as _, Sha256};
    STANDARD.encode(Sha256::digest(text.as_bytes()))
}

#[test]
fn the_script_never_turns_an_amount_into_a_float() {
    let script = include_str!("../../src/report/html/page.js");
    for float in ["parseFloat", "parseInt", "Number(", "Number.", "Math.", "+cell", "toFixed"] {
        assert!(!script.contains(float), "{float}");
    }
    assert!(script.contains("BigInt"));
}

#[test]
fn both_languages_are_whole() {
    for (name, page) in pages() {
        let text = written(&page);
        let document = parse(&text);
        let count = |class: &str, tag: &str| {
            document
                .descendants()
                .filter(|node| {
                    node.tag_name().name() == tag
                        && node.attribute("class").is_some_and(|own| own.split(' ').any(|one| one == class))
                })
                .inspect(|node| assert_eq!(node.attribute("lang"), Some(if class == "zh" { "zh-CN" } else { "en" })))
                .count()
        };
        for tag in ["span", "svg"] {
            assert!(count("zh", tag) > 0, "{name} {tag}");
            assert_eq!(count("zh", tag), count("en", tag), "{name} {tag}");
        }
        for section in &page.sections {
            assert!(
                seen(document.root_element(), "zh")
                    .contains(section.title.zh.replace(['\u{202e}', '\0'], "\u{fffd}").as_str())
            );
            assert!(seen(document.root_element(), "en").contains(section.title.en.as_str()));
        }
        let root = document.root_element();
        let wanted = if page.lang == Lang::Zh { ("zh-CN", "zh") } else { ("en", "en") };
        assert_eq!((root.attribute("lang"), root.attribute("data-lang")), (Some(wanted.0), Some(wanted.1)));
        let checked = named(&document, "input").find(|input| input.has_attribute("checked")).unwrap();
        assert_eq!(checked.attribute("value"), Some(wanted.1));
    }
    // A reader of English meets no Chinese but names and the other language's switch.
    let text = written(&typical(Lang::En));
    let document = parse(&text);
    let english = seen(named(&document, "main").next().unwrap(), "en");
    let chinese: String = english.chars().filter(|letter| ('\u{4e00}'..='\u{9fff}').contains(letter)).collect();
    let names: BTreeSet<char> = "王李张刘陈欧阳".chars().collect();
    assert!(chinese.chars().all(|letter| names.contains(&letter)), "{chinese}");
}

#[test]
fn every_number_of_a_chart_stands_in_its_table() {
    for (name, page) in pages() {
        let text = written(&page);
        let document = parse(&text);
        let figures: BTreeMap<&str, Node<'_, '_>> =
            named(&document, "figure").map(|node| (node.attribute("id").unwrap(), node)).collect();
        let charts = page.sections.iter().flat_map(|section| &section.blocks).filter_map(|block| match block {
            Block::Chart(chart) => Some(chart),
            _ => None,
        });
        for chart in charts {
            let figure = figures[format!("c-{}", chart.id).as_str()];
            let table: Vec<&str> = figure
                .descendants()
                .filter(|node| node.tag_name().name() == "data")
                .filter_map(|node| node.attribute("value"))
                .collect();
            let cells: Vec<&Cell> = match &chart.drawing {
                Drawing::Bars { bars, .. } => bars.iter().flat_map(|bar| &bar.values).collect(),
                Drawing::Lines { lines, .. } => lines.iter().flat_map(|line| &line.values).collect(),
                Drawing::Pyramid { bands, .. } => {
                    bands.iter().flat_map(|band| band.shares.iter().chain(&band.amounts)).collect()
                }
                Drawing::Moves { counts, .. } => counts.iter().flatten().collect(),
            };
            for cell in cells {
                let exact = match &cell.value {
                    Value::Count(count) => count.to_string(),
                    Value::Money(money) => money.amount().to_string(),
                    Value::Percent(number) | Value::Number(number) => number.to_string(),
                    Value::Absent(why) => {
                        assert!(seen(figure, "en").contains(&why.en), "{name} {}", chart.id);
                        continue;
                    }
                    other => panic!("{other:?}"),
                };
                assert!(table.contains(&exact.as_str()), "{name} {} {exact}", chart.id);
            }
            assert!(seen(figure, "zh").contains(&chart.lead.zh), "{name} {}", chart.id);
        }
        // A drawing says what it is.
        for plot in named(&document, "svg").filter(|svg| svg.attribute("role") == Some("img")) {
            let inner: Vec<&str> =
                plot.children().filter(Node::is_element).map(|node| node.tag_name().name()).collect();
            assert_eq!(inner[..2], ["title", "desc"], "{name}");
            let said = plot
                .attribute("aria-labelledby")
                .unwrap()
                .split(' ')
                .all(|id| document.descendants().any(|node| node.attribute("id") == Some(id)));
            assert!(said, "{name}");
        }
    }
}

#[test]
fn no_drawing_leaves_its_place() {
    for (name, page) in pages() {
        let text = written(&page);
        let document = parse(&text);
        for node in document.descendants().filter(Node::is_element) {
            for attribute in node.attributes() {
                if let Some(percent) = attribute.value().strip_suffix('%') {
                    let (whole, _) = percent.split_once('.').unwrap_or((percent, ""));
                    assert!((0..=100).contains(&whole.parse::<i64>().unwrap()), "{name} {node:?}");
                }
                if matches!(attribute.name(), "height" | "width" | "r") {
                    assert!(!attribute.value().starts_with('-'), "{name} {node:?}");
                }
            }
        }
    }
}

#[test]
fn ids_are_unique_and_every_link_leads_somewhere() {
    for (name, page) in pages() {
        let text = written(&page);
        let document = parse(&text);
        let mut ids = BTreeSet::new();
        for id in document.descendants().filter_map(|node| node.attribute("id")) {
            assert!(ids.insert(id), "{name} {id}");
        }
        for node in document.descendants() {
            if let Some(href) = node.attribute("href") {
                assert!(ids.contains(&href[1..]), "{name} {href}");
            }
            for list in
                ["aria-labelledby", "aria-describedby", "for"].into_iter().filter_map(|name| node.attribute(name))
            {
                assert!(list.split(' ').all(|id| ids.contains(id)), "{name} {list}");
            }
        }
    }
}

#[test]
fn numbers_read_in_groups_and_are_kept_exactly() {
    let text = written(&hard(Lang::En));
    for (exact, shown) in [
        ("-92233720368547758.07", "\u{2212}92,233,720,368,547,758.07"),
        ("0.01", "0.01"),
        ("9223372036854775807", "9,223,372,036,854,775,807"),
        ("-0.0000000000000000000000000001", "\u{2212}0.0000000000000000000000000001"),
        ("1234.56", "<small>USD</small> 1,234.56"),
    ] {
        let class = if exact.starts_with('-') { "number negative" } else { "number" };
        assert!(text.contains(&format!("<data class=\"{class}\" value=\"{exact}\">{shown}</data>")), "{exact}");
    }
}

#[test]
fn what_sorts_as_numbers_holds_exact_numbers() {
    let number = |text: &str| {
        let digits = text.strip_prefix('-').unwrap_or(text);
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
        !whole.is_empty()
            && !fraction.is_empty()
            && fraction.len() <= 28
            && whole.bytes().chain(fraction.bytes()).all(|byte| byte.is_ascii_digit())
    };
    for (name, page) in pages() {
        let text = written(&page);
        let document = parse(&text);
        let mut sorted = 0;
        for table in named(&document, "table").filter(|table| table.attribute("class") == Some("sortable")) {
            let headings: Vec<&str> = table
                .descendants()
                .filter(|node| node.tag_name().name() == "th" && node.attribute("scope") == Some("col"))
                .map(|node| node.attribute("data-sort").unwrap())
                .collect();
            let body = table.children().find(|node| node.tag_name().name() == "tbody").unwrap();
            for row in body.children().filter(Node::is_element) {
                let cells: Vec<Node<'_, '_>> = row.children().filter(Node::is_element).collect();
                assert_eq!(cells.len(), headings.len(), "{name}");
                for (cell, heading) in cells.iter().zip(&headings) {
                    let held = cell.descendants().find(|node| matches!(node.tag_name().name(), "data" | "time"));
                    let absent = cell
                        .descendants()
                        .any(|node| node.attribute("class").is_some_and(|class| class.starts_with("absent")));
                    match held {
                        Some(held) if held.tag_name().name() == "data" => {
                            assert!(number(held.attribute("value").unwrap()))
                        }
                        Some(held) => assert_eq!(held.attribute("datetime").unwrap().len(), 10),
                        None => assert!(absent || *heading == "text", "{name}"),
                    }
                    sorted += 1;
                }
            }
        }
        assert!(sorted > 100, "{name}");
    }
}

#[test]
fn a_long_table_shows_its_first_rows_and_says_how_many_more_there_are() {
    let text = written(&hard(Lang::En));
    let document = parse(&text);
    let table = document.descendants().find(|node| node.attribute("id") == Some("t-big")).unwrap();
    let body = table.descendants().find(|node| node.tag_name().name() == "tbody").unwrap();
    assert_eq!(body.children().filter(Node::is_element).count(), MAX_TABLE_ROWS);
    assert!(seen(table, "en").contains("19,500 more of 20,000 rows are not listed here"));
    assert!(seen(table, "zh").contains("共 20,000 行，另有 19,500 行未列出"));
    assert!(seen(table, "en").contains("portfolio-review list --database"));
}

#[test]
fn a_number_opens_to_its_rows_their_rest_and_their_total() {
    let text = written(&typical(Lang::En));
    let document = parse(&text);
    let opener = named(&document, "a").find(|link| link.attribute("href") == Some("#r-premium")).unwrap();
    assert_eq!(seen(opener, "en"), "33,344,038.88");
    let panel = document.descendants().find(|node| node.attribute("id") == Some("r-premium")).unwrap();
    assert_eq!(panel.tag_name().name(), "dialog");
    let foot = panel.descendants().find(|node| node.tag_name().name() == "tfoot").unwrap();
    let lines: Vec<String> = foot.children().filter(Node::is_element).map(|row| seen(row, "en")).collect();
    assert_eq!(lines, ["61,231 more rows33,244,373.95", "All 61,234 rows33,344,038.88"]);
    assert!(seen(panel, "en").contains("portfolio-review rows --database out/book.sqlite --figure premium"));
}

#[test]
fn the_same_page_gives_the_same_bytes() {
    assert_eq!(written(&hard(Lang::Zh)), written(&hard(Lang::Zh)));
}
