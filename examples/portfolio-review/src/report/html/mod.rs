//! A page as one HTML file that needs nothing else: no network, no font, no image, no other file.
//!
//! Both languages stand in the file and are switched in place. Without a script everything is readable and every number
//! opens to its rows; the script sorts, filters and shows the rows in a dialog. The policy in its head lets the browser
//! run this script and use this style sheet alone, by their hashes, and forbids every connection.
//!
//! The file is well-formed XML as well as HTML, so that other programs can read its figures: each number is
//! `<data value="33344038.88">`, each day `<time datetime="2025-12-31">`, exact and without separators.

mod axis;
mod bars;
mod chart;
mod columns;
mod frame;
mod lines;
mod markup;
mod moves;
mod number;
mod panel;
mod pyramid;
mod table;

use std::io::{self, Write};

pub use number::grouped;

use super::page::{Block, Page, Section};

/// Most rows of one table that are written into the file; how many more there are is said under it.
pub const MAX_TABLE_ROWS: usize = 500;

/// Writes a page. It is written as it goes: no more than a line of it is held in memory.
///
/// ```
/// use crm_core::{calendar::Date, money::Currency, refusal::Lang};
/// use portfolio_review::report::{html, page::{Page, Words}};
///
/// let mut page = Page {
///     title: Words::new("客户经营分析", "Portfolio review"),
///     book: "<demo>".into(),
///     as_of: Date::parse("2025-12-31")?,
///     currency: Currency::parse("CNY")?,
///     viewer: Words::new("按公司级权限查看", "Seen at company level"),
///     parameters: vec![],
///     lang: Lang::Zh,
///     sections: vec![],
///     rows: vec![],
/// };
/// let mut file = Vec::new();
/// html::write(&page, &mut file).unwrap();
/// let file = String::from_utf8(file).unwrap();
/// assert!(file.contains("&lt;demo&gt;") && !file.contains("<demo>"));
///
/// page.title.en.clear(); // both languages or none
/// assert!(html::write(&page, &mut Vec::new()).is_err());
/// # Ok::<(), crm_core::refusal::Refusal>(())
/// ```
///
/// # Errors
/// What the writer says; `InvalidData` with every fault of the page, before anything is written, when it does not hold
/// together ([`Page::faults`]).
pub fn write(page: &Page, to: &mut impl Write) -> io::Result<()> {
    let faults = page.faults();
    if !faults.is_empty() {
        let told: Vec<String> = faults.iter().map(ToString::to_string).collect();
        return Err(io::Error::new(io::ErrorKind::InvalidData, told.join("; ")));
    }
    frame::open(page, to)?;
    for section in &page.sections {
        write_section(page, section, to)?;
    }
    frame::parameters(page, to)?;
    frame::close_main(to)?;
    for rows in &page.rows {
        panel::write(rows, page.currency, to)?;
    }
    frame::close(to)
}

fn write_section(page: &Page, section: &Section, to: &mut impl Write) -> io::Result<()> {
    frame::open_section(section, to)?;
    let mut blocks = section.blocks.as_slice();
    while let Some((block, rest)) = blocks.split_first() {
        let charts = blocks.iter().take_while(|block| matches!(block, Block::Chart(_))).count();
        if charts > 0 {
            let (together, others) = blocks.split_at(charts);
            let class = if charts == 1 { "charts alone" } else { "charts" };
            writeln!(to, "<div class=\"{class}\">")?;
            for block in together {
                if let Block::Chart(chart) = block {
                    chart::write(chart, page.currency, to)?;
                }
            }
            to.write_all(b"</div>\n")?;
            blocks = others;
            continue;
        }
        match block {
            Block::Figures(figures) => frame::figures(figures, page.currency, to)?,
            Block::Table(table) => table::write(table, page.currency, to)?,
            Block::Note(words) => frame::note(words, to)?,
            Block::Chart(_) => {}
        }
        blocks = rest;
    }
    to.write_all(b"</section>\n")
}
