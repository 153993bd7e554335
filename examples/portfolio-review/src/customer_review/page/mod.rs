//! The report of a customer book: its figures put on a page, each with the rows behind it.

mod builder;
mod business;
mod customers;
mod records;
mod statements;

use crm_core::{
    money::Decimal,
    refusal::Lang,
    rulebook::{Scalar, Value as Fact, ValueType},
};

use super::figures::{Figures, Made};
use crate::{
    mapping::CustomerMap,
    report::page::{Page, Parameter, Value, Words},
    sight::Lens,
    stop::{Outcome, first, stop},
    store::Store,
    wording,
};
use builder::Builder;
pub(crate) use records::found;

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
    let mut builder = Builder::new(store, made, figures, shown);
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
            value: Value::Words(Words::new("四舍五入，保留四位；显示两位", "half up, four places; shown with two")),
            source: None,
        },
    ];
    for parameter in &made.spec.parameters {
        let Some(dated) = parameter.values.iter().rev().find(|value| value.from <= facts.as_of) else { continue };
        let unit = parameter.unit.clone().unwrap_or_default();
        let value = match &dated.value {
            // As it is written, a decimal is a text.
            Scalar::Text(text) => match Decimal::parse(text) {
                Ok(number) if parameter.value_type == ValueType::Decimal => Fact::Decimal(number),
                _ => Fact::Text(text.clone()),
            },
            Scalar::Integer(number) => Fact::Integer(*number),
            Scalar::Decimal(number) => Fact::Decimal(*number),
            _ => continue,
        };
        let source = wording::source(&dated.source);
        let until = dated.until.map_or_else(
            || Words::new("起有效", "on"),
            |until| Words::new(format!("起、{until} 前有效"), format!("to before {until}")),
        );
        let from = dated.from;
        parameters.push(Parameter {
            name: wording::parameter(&parameter.name),
            value: Value::Words(wording::fact_value(&value, &unit, shown.map.written.currency)),
            source: Some(Words::new(
                format!("{}；{from} {}", source.zh, until.zh),
                format!("{}; valid from {from} {}", source.en, until.en),
            )),
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
