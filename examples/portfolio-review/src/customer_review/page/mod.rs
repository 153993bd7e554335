//! The report of a customer book: its figures put on a page, each with the rows behind it.

mod builder;
mod business;
mod customers;
mod records;

use crm_core::{refusal::Lang, rulebook::Scalar};

use super::figures::{Figures, Made};
use crate::{
    analysis,
    mapping::CustomerMap,
    report::page::{Page, Parameter, Value, Words},
    sight::Lens,
    stop::{Outcome, first, stop},
    store::Store,
};
use builder::Builder;

/// What a page is made of, beside the figures.
pub struct Shown<'a> {
    /// The mapping.
    pub map: &'a CustomerMap,
    /// Who looks.
    pub lens: &'a Lens,
    /// The language in which it opens.
    pub lang: Lang,
}

/// Puts the figures on a page.
///
/// # Errors
/// What the database says.
pub fn page(store: &Store, made: &Made<'_>, figures: &Figures, shown: &Shown<'_>) -> Outcome<Page> {
    let spec = analysis::shipped_spec().map_err(|refusal| stop(None, first(refusal)))?;
    let mut builder = Builder::new(store, made, figures, shown, &spec);
    let sections = vec![
        business::overview(&mut builder)?,
        customers::segments(&mut builder)?,
        customers::pyramid(&mut builder)?,
        business::loss(&mut builder)?,
        customers::warnings(&mut builder)?,
        customers::moves(&mut builder)?,
        business::profit(&mut builder)?,
        records::journal(&mut builder)?,
        records::rows(&mut builder)?,
    ];
    let facts = made.analysis.now.facts().parameters();
    let mut parameters = vec![
        Parameter {
            name: Words::new("比较日期", "Compared with"),
            value: Value::Date(made.analysis.before.as_of()),
            source: None,
        },
        Parameter {
            name: Words::new("比率取舍", "Rounding of ratios"),
            value: Value::Words(Words::new("四舍五入，保留四位", "half up, four places")),
            source: None,
        },
    ];
    for parameter in &spec.parameters {
        let Some(dated) = parameter.values.iter().rev().find(|value| value.from <= facts.as_of) else { continue };
        let unit = parameter.unit.clone().unwrap_or_default();
        let value = match &dated.value {
            Scalar::Text(text) => format!("{text} {unit}"),
            Scalar::Integer(number) => format!("{number} {unit}"),
            Scalar::Decimal(number) => format!("{number} {unit}"),
            _ => continue,
        };
        parameters.push(Parameter {
            name: Words::both(parameter.name.clone()),
            value: Value::text(value.trim()),
            source: Some(Words::both(dated.source.clone())),
        });
    }
    Ok(Page {
        title: Words::new("客户经营分析", "Customer portfolio review"),
        book: shown.map.name.clone().unwrap_or_default(),
        as_of: facts.as_of,
        currency: shown.map.written.currency,
        viewer: shown.lens.words.clone(),
        parameters,
        lang: shown.lang,
        sections,
        rows: builder.into_rows(),
    })
}

/// A fault of this program: what is on the page came from the core.
fn unfit(refusal: crm_core::refusal::Refusal) -> Vec<crate::stop::Stop> {
    stop(None, first(refusal))
}
