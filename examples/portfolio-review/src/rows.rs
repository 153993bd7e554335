//! `portfolio-review rows`: a figure opened to its rows, for a person at a terminal.

use std::io::{self, Write};

use crm_core::{
    access::CompanyCode,
    calendar::Date,
    money::{Currency, Money},
    refusal::Lang,
};

use crate::{
    args::Rows,
    finding::{Code, Finding},
    sight::Lens,
    stop::{Stop, stop},
    store::{Opened, Store},
};

/// Why nothing is shown.
#[derive(Debug)]
pub enum Refused {
    /// A wrong name of a figure or a role.
    Usage(Finding),
    /// The database can't be read.
    Stopped(Vec<Stop>),
}

impl From<Vec<Stop>> for Refused {
    fn from(stops: Vec<Stop>) -> Self {
        Self::Stopped(stops)
    }
}

/// Shows what is asked for.
///
/// # Errors
/// Why nothing is shown.
pub fn show(asked: &Rows, lang: Lang, to: &mut dyn Write) -> Result<(), Refused> {
    let store = Store::open(&asked.book)?;
    let meta = store.meta()?;
    let text = |key: &str| meta.get(key).cloned().unwrap_or_default();
    let unfit = || Refused::Stopped(stop(None, crate::customer_review::internal()));
    let as_of = Date::parse(&text("as_of")).map_err(|_| unfit())?;
    let currency = Currency::parse(&text("currency")).map_err(|_| unfit())?;
    let company: CompanyCode = text("company").parse().map_err(|_| unfit())?;
    let lens = Lens::of(&asked.sight, &company, as_of).map_err(Refused::Usage)?;
    let written = match &asked.figure {
        None => list(&store, currency, lang, to)?,
        Some(name) => match store.opened(name, asked.limit, &lens)? {
            None => return Err(Refused::Usage(Finding::new(Code::UsageFigure))),
            Some(opened) => opened_text(&opened, currency, &lens, lang, to),
        },
    };
    // A closed pipe takes the words away; nothing is lost by it.
    drop(written);
    Ok(())
}

/// A value in its unit.
#[must_use]
pub fn value_text(value: i64, unit: &str, currency: Currency) -> String {
    if unit == "amount" { Money::from_minor(value, currency).amount().to_string() } else { value.to_string() }
}

fn list(store: &Store, currency: Currency, lang: Lang, to: &mut dyn Write) -> Result<io::Result<()>, Refused> {
    let figures = store.figures()?;
    let mut write = || -> io::Result<()> {
        for row in &figures {
            let [name, unit, value, en, zh] = row.as_slice() else { continue };
            let title = if lang == Lang::Zh { zh } else { en };
            let value = value_text(value.parse().unwrap_or_default(), unit, currency);
            writeln!(to, "{name:<44} {value:>18}  {title}")?;
        }
        Ok(())
    };
    Ok(write())
}

fn opened_text(opened: &Opened, currency: Currency, lens: &Lens, lang: Lang, to: &mut dyn Write) -> io::Result<()> {
    let pick = |(en, zh): &(String, String)| if lang == Lang::Zh { zh.clone() } else { en.clone() };
    let text = |value| value_text(value, &opened.unit, currency);
    writeln!(to, "{}: {}", opened.name, pick(&opened.title))?;
    writeln!(to, "{}", pick(&opened.definition))?;
    writeln!(to, "{}", lens.words.get(lang))?;
    writeln!(to)?;
    let mut shown = 0_i64;
    for row in &opened.rows {
        shown += row.adds;
        let columns: Vec<String> = row
            .columns
            .iter()
            .filter(|(name, value)| !value.is_empty() && *name != "id" && !name.starts_with("file_"))
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        writeln!(to, "{:>16}  {} {}  {}", text(row.adds), row.of, row.id, columns.join("  "))?;
    }
    let rest = opened.count - i64::try_from(opened.rows.len()).unwrap_or_default();
    if rest > 0 {
        let sum = text(opened.value - shown);
        match lang {
            Lang::En => writeln!(to, "{sum:>16}  {rest} more rows; --limit {} shows all", opened.count)?,
            Lang::Zh => writeln!(to, "{sum:>16}  另有 {rest} 行；--limit {} 可全部显示", opened.count)?,
        }
    }
    match lang {
        Lang::En => writeln!(to, "{:>16}  {} rows altogether", text(opened.value), opened.count),
        Lang::Zh => writeln!(to, "{:>16}  合计 {} 行", text(opened.value), opened.count),
    }
}
