//! What stands around the sections: head, header, navigation, key figures, parameters, end.

use std::io::{self, Write};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use crm_core::{money::Currency, refusal::Lang};
use sha2::{Digest as _, Sha256};

use super::{
    markup::{Both, Text},
    number::Shown,
};
use crate::report::page::{KeyFigure, MAX_SERIES, Page, Section, Value, Words};

/// Both between comments that hide the start and end of a CDATA section: HTML ignores it, XML needs it.
const STYLE: &str = concat!("/*<![CDATA[*/\n", include_str!("page.css"), "/*]]>*/");
const SCRIPT: &str = concat!("/*<![CDATA[*/\n", include_str!("page.js"), "/*]]>*/");

pub(super) fn open(page: &Page, to: &mut impl Write) -> io::Result<()> {
    let (tag, short) = match page.lang {
        Lang::Zh => ("zh-CN", "zh"),
        Lang::En => ("en", "en"),
    };
    let Words { zh, en } = &page.title;
    let (zh, en) = (format!("{zh} · {}", page.book), format!("{en} · {}", page.book));
    let title = if page.lang == Lang::Zh { &zh } else { &en };
    let hash = |text: &str| STANDARD.encode(Sha256::digest(text.as_bytes()));
    writeln!(
        to,
        "<!DOCTYPE html>\n<html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"{tag}\" data-lang=\"{short}\">\n<head>\n\
         <meta charset=\"utf-8\"/>\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-{}'; \
         script-src 'sha256-{}'; base-uri 'none'; form-action 'none'\"/>\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n\
         <meta name=\"referrer\" content=\"no-referrer\"/>\n<meta name=\"color-scheme\" content=\"light dark\"/>\n\
         <title data-zh=\"{}\" data-en=\"{}\">{}</title>\n<style>{STYLE}</style>\n</head>\n<body>",
        hash(STYLE),
        hash(SCRIPT),
        Text(&zh),
        Text(&en),
        Text(title),
    )?;
    definitions(to)?;
    let checked = |lang| if page.lang == lang { " checked=\"checked\"" } else { "" };
    write!(
        to,
        "<a class=\"skip\" href=\"#main\">{}</a>\n<header>\n<div class=\"title\"><h1>{}</h1>\n\
         <fieldset class=\"lang\"><legend class=\"sr\">语言 / Language</legend>\
         <input type=\"radio\" name=\"lang\" id=\"lang-zh\" value=\"zh\" autocomplete=\"off\"{}/>\
         <label for=\"lang-zh\" lang=\"zh-CN\">中文</label>\
         <input type=\"radio\" name=\"lang\" id=\"lang-en\" value=\"en\" autocomplete=\"off\"{}/>\
         <label for=\"lang-en\" lang=\"en\">English</label></fieldset></div>\n<dl class=\"about\">",
        Both(&Words::new("跳到正文", "Skip to the content")),
        Both(&page.title),
        checked(Lang::Zh),
        checked(Lang::En),
    )?;
    for (name, value) in [
        (Words::new("账册", "Book"), Text(&page.book).to_string()),
        (Words::new("统计日期", "As of"), format!("<time datetime=\"{0}\">{0}</time>", page.as_of)),
        (Words::new("币种", "Currency"), page.currency.to_string()),
        (Words::new("查看权限", "Viewer"), Both(&page.viewer).to_string()),
    ] {
        write!(to, "<div><dt>{}</dt><dd>{value}</dd></div>", Both(&name))?;
    }
    write!(to, "</dl>\n</header>\n<nav aria-label=\"章节 / Sections\"><ul>")?;
    for section in &page.sections {
        write!(to, "<li><a href=\"#s-{}\">{}</a></li>", Text(&section.id), Both(&section.title))?;
    }
    if !page.parameters.is_empty() {
        write!(to, "<li><a href=\"#parameters\">{}</a></li>", Both(&parameters_title()))?;
    }
    to.write_all(b"</ul></nav>\n<main id=\"main\">\n")
}

/// Fillings and marks that drawings share: told apart by pattern and shape, not by colour alone.
fn definitions(to: &mut impl Write) -> io::Result<()> {
    to.write_all(b"<svg class=\"definitions\" width=\"0\" height=\"0\" aria-hidden=\"true\"><defs>\n")?;
    // In the order of the series: plain and patterned in turn, so that neighbours differ in grey print too.
    let patterns =
        ["", "M-2 2l4-4M0 8l8-8M6 10l4-4", "", "M-2 6l4 4M0 0l8 8M6-2l4 4", "", "M2 0v8M6 0v8", "", "M0 2h8M0 6h8"];
    for (at, path) in (1..=MAX_SERIES).zip(patterns) {
        if !path.is_empty() {
            write!(
                to,
                "<pattern id=\"p{at}\" class=\"k{at}\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\">\
                 <rect class=\"fill faint\" width=\"8\" height=\"8\"/><path class=\"stroke\" d=\"{path}\"/></pattern>"
            )?;
        }
    }
    to.write_all(
        b"<pattern id=\"minus\" class=\"loss\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\">\
          <rect class=\"fill faint\" width=\"6\" height=\"6\"/><path class=\"stroke\" d=\"M-1 1l2-2M0 6l6-6M5 7l2-2\"/></pattern>\n",
    )?;
    let marks = [
        "M0-4a4 4 0 1 0 .01 0z",
        "M-3.5-3.5h7v7h-7z",
        "M0-5L5 4H-5z",
        "M0-5L5 0L0 5L-5 0z",
        "M0 5L5-4H-5z",
        "M-1.5-5h3v3.5h3.5v3h-3.5v3.5h-3v-3.5h-3.5v-3h3.5z",
        "M-5-2h10v4h-10z",
        "M-2-5h4v10h-4z",
    ];
    for (at, path) in (1..=MAX_SERIES).zip(marks) {
        write!(to, "<path id=\"m{at}\" d=\"{path}\"/>")?;
    }
    to.write_all(b"</defs></svg>\n")
}

pub(super) fn open_section(section: &Section, to: &mut impl Write) -> io::Result<()> {
    writeln!(
        to,
        "<section id=\"s-{0}\" aria-labelledby=\"s-{0}-t\"><h2 id=\"s-{0}-t\">{1}</h2>\n<p class=\"lead\">{2}</p>",
        Text(&section.id),
        Both(&section.title),
        Both(&section.lead),
    )
}

pub(super) fn figures(figures: &[KeyFigure], currency: Currency, to: &mut impl Write) -> io::Result<()> {
    to.write_all(b"<dl class=\"figures\">\n")?;
    for figure in figures {
        let class = if figure.attention.is_some() { "figure attention" } else { "figure" };
        write!(to, "<div class=\"{class}\"><dt>{}", Both(&figure.label))?;
        if matches!(&figure.figure.value, Value::Money(money) if money.currency() == currency && figure.unit.is_none())
        {
            write!(to, " <small>{currency}</small>")?;
        }
        write!(to, "</dt><dd><span class=\"big\">{}</span>", Shown::cell(&figure.figure, currency))?;
        if let (Some(unit), false) = (&figure.unit, matches!(figure.figure.value, Value::Absent(_))) {
            write!(to, " <span class=\"unit\">{}</span>", Both(unit))?;
        }
        to.write_all(b"</dd>")?;
        if let Some(note) = &figure.note {
            write!(to, "<dd class=\"note\">{}</dd>", Both(note))?;
        }
        if let Some(why) = &figure.attention {
            write!(to, "<dd class=\"why\"><span aria-hidden=\"true\">▲</span> {}</dd>", Both(why))?;
        }
        to.write_all(b"</div>\n")?;
    }
    to.write_all(b"</dl>\n")
}

pub(super) fn note(words: &Words, to: &mut impl Write) -> io::Result<()> {
    writeln!(to, "<p class=\"remark\">{}</p>", Both(words))
}

fn parameters_title() -> Words {
    Words::new("口径与参数", "Parameters")
}

/// What the figures depend on, at the end of the page.
pub(super) fn parameters(page: &Page, to: &mut impl Write) -> io::Result<()> {
    if page.parameters.is_empty() {
        return Ok(());
    }
    write!(
        to,
        "<section id=\"parameters\" aria-labelledby=\"parameters-t\"><h2 id=\"parameters-t\">{}</h2>\n\
         <p class=\"lead\">{}</p>\n<div class=\"scroll\" tabindex=\"0\"><table class=\"parameters\"><thead><tr>",
        Both(&parameters_title()),
        Both(&Words::new(
            "本页数字除账册各行之外所依据的一切。",
            "Everything that the figures of this page depend on besides the rows of the book."
        )),
    )?;
    for name in
        [Words::new("名称", "Name"), Words::new("取值", "Value"), Words::new("来源与有效期", "Source and validity")]
    {
        write!(to, "<th scope=\"col\">{}</th>", Both(&name))?;
    }
    to.write_all(b"</tr></thead><tbody>\n")?;
    for parameter in &page.parameters {
        let value = Shown { value: &parameter.value, rows: None, currency: page.currency };
        write!(to, "<tr><th scope=\"row\">{}</th><td>{value}</td><td>", Both(&parameter.name))?;
        match &parameter.source {
            Some(source) => write!(to, "{}", Both(source))?,
            None => write!(to, "{}", Both(&Words::new("生成报告时指定", "chosen for this report")))?,
        }
        to.write_all(b"</td></tr>\n")?;
    }
    to.write_all(b"</tbody></table></div></section>\n")
}

pub(super) fn close_main(to: &mut impl Write) -> io::Result<()> {
    to.write_all(b"</main>\n")
}

pub(super) fn close(to: &mut impl Write) -> io::Result<()> {
    writeln!(to, "<script>{SCRIPT}</script>\n</body>\n</html>")
}
