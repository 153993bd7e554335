//! Dated values: what a parameter is on a day, who says so, and until when that was checked.

use alloc::{string::String, vec::Vec};

use serde::{Deserialize, Serialize};

use super::{Scalar, Value, ValueType, fact::length_fault};
use crate::{
    calendar::Date,
    refusal::{Code, Fault, Refusal},
};

/// Most values of one parameter: one a day for 27 years.
const MAX_VALUES: usize = 10_000;

/// A value that an authority or a manager may change, with its history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parameter {
    /// The name, in snake_case.
    pub name: String,
    /// The type of its values.
    pub value_type: ValueType,
    /// What its values count or measure: `CNY`, `%`.
    pub unit: Option<String>,
    /// The values, each from a day on; without a gap and without an overlap.
    pub values: Vec<DatedValue>,
    /// The last day for which somebody has checked that the newest value is still the valid one; later answers are
    /// marked stale.
    pub checked_until: Date,
}

/// One value of a parameter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DatedValue {
    /// The value.
    pub value: Scalar,
    /// The first day on which it is valid.
    pub from: Date,
    /// The first day on which it is no longer valid; none while no end is known.
    pub until: Option<Date>,
    /// Who says so: the rule, circular or decision.
    pub source: String,
}

/// What a parameter is on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KnownValue {
    /// The name of the parameter.
    pub name: String,
    /// The value.
    pub value: Value,
    /// What the value counts or measures.
    pub unit: Option<String>,
    /// The first day on which it is valid.
    pub from: Date,
    /// The first day on which it is no longer valid; none while no end is known.
    pub until: Option<Date>,
    /// Who says so.
    pub source: String,
    /// Whether the day lies after the last check of the data.
    pub stale: bool,
}

/// A checked parameter: values typed, in order of time, without gap or overlap.
#[derive(Debug, Clone)]
pub(crate) struct Dated {
    name: String,
    pub(crate) value_type: ValueType,
    pub(super) unit: Option<String>,
    spans: Vec<Span>,
    checked_until: Date,
}

#[derive(Debug, Clone)]
struct Span {
    value: Value,
    from: Date,
    until: Option<Date>,
    source: String,
}

impl Dated {
    /// Checks a parameter; all its faults are reported at once.
    pub(crate) fn check(parameter: &Parameter) -> Result<Self, Refusal> {
        let mut faults = Vec::new();
        let mut spans: Vec<Span> = Vec::new();
        if parameter.values.len() > MAX_VALUES {
            return Err(Fault::new(Code::RulebookTooMany).with("limit", MAX_VALUES).at("values").into());
        }
        faults.extend(parameter.unit.as_deref().and_then(length_fault).map(|fault| fault.at("unit")));
        if parameter.values.is_empty() {
            faults.push(Fault::new(Code::RulebookDatedEmpty).at("values"));
        }
        for (index, dated) in parameter.values.iter().enumerate() {
            let at = |fault: Fault, field: &str| fault.at(field).at_index(index).at("values");
            if dated.source.trim().is_empty() {
                faults.push(at(Fault::new(Code::RulebookSourceMissing), "source"));
            }
            faults.extend(length_fault(&dated.source).map(|fault| at(fault, "source")));
            if let Scalar::Text(text) = &dated.value {
                faults.extend(length_fault(text).map(|fault| at(fault, "value")));
            }
            if dated.until.is_some_and(|until| until <= dated.from) {
                faults.push(at(Fault::new(Code::CalendarPeriodEmpty), "until"));
            }
            match parameter.value_type.read(&dated.value) {
                Ok(value) => {
                    spans.push(Span { value, from: dated.from, until: dated.until, source: dated.source.clone() });
                }
                Err(refusal) => faults.extend(refusal.at("value").at_index(index).at("values").into_faults()),
            }
        }
        let days = parameter.values.iter().enumerate().map(|(index, dated)| (index, dated.from, dated.until));
        faults
            .extend(span_faults(days).into_iter().map(|(index, fault)| fault.at("from").at_index(index).at("values")));
        spans.sort_by_key(|span| span.from);
        Refusal::unless_empty(faults)?;
        Ok(Self {
            name: parameter.name.clone(),
            value_type: parameter.value_type,
            unit: parameter.unit.clone(),
            spans,
            checked_until: parameter.checked_until,
        })
    }

    /// The value on a day.
    pub(crate) fn at(&self, on: Date) -> Result<KnownValue, Refusal> {
        let after = self.spans.partition_point(|span| span.from <= on);
        let span = after.checked_sub(1).and_then(|index| self.spans.get(index));
        match span {
            Some(span) if span.until.is_none_or(|until| on < until) => Ok(KnownValue {
                name: self.name.clone(),
                value: span.value.clone(),
                unit: self.unit.clone(),
                from: span.from,
                until: span.until,
                source: span.source.clone(),
                stale: on > self.checked_until,
            }),
            _ => Err(self.outside(on)),
        }
    }

    /// The days on which the value changes, begins or ends.
    pub(crate) fn edges(&self) -> impl Iterator<Item = Date> + '_ {
        self.spans.iter().flat_map(|span| [Some(span.from), span.until]).flatten()
    }

    fn outside(&self, on: Date) -> Refusal {
        let first = self.spans.first().map_or(Date::MIN, |span| span.from);
        outside(&self.name, on, first, self.spans.last().and_then(|span| span.until))
    }
}

/// The refusal of a day on which something dated has no answer.
pub(super) fn outside(name: &str, on: Date, first: Date, last: Option<Date>) -> Refusal {
    let from = if first == Date::MIN { "-".into() } else { alloc::format!("{first}") };
    Fault::new(Code::RulebookDatedOutside)
        .with_name("name", name)
        .with("date", alloc::format!("{on}"))
        .with("from", from)
        .with("until", last.map_or_else(|| "-".into(), |until| alloc::format!("{until}")))
        .into()
}

/// Where a day has no answer or two (law 11): spans by their first day and the first day after them, each fault with the
/// index of the span that leaves the gap before it or overlaps what stands already. Spans of no length are left out.
pub(crate) fn span_faults(spans: impl Iterator<Item = (usize, Date, Option<Date>)>) -> Vec<(usize, Fault)> {
    let mut ordered: Vec<_> = spans.filter(|(_, from, until)| until.is_none_or(|until| *from < until)).collect();
    ordered.sort_by_key(|(_, from, _)| *from);
    let mut faults = Vec::new();
    // The first day that nothing so far covers; none when something has no end.
    let mut covered: Option<Option<Date>> = None;
    for (index, from, until) in ordered {
        let found = match covered {
            Some(Some(end)) if end < from => Some((Code::RulebookDatedGap, end)),
            Some(Some(end)) if end == from => None,
            Some(_) => Some((Code::RulebookDatedOverlap, from)),
            None => None,
        };
        if let Some((code, day)) = found {
            faults.push((index, Fault::new(code).with("from", alloc::format!("{day}"))));
        }
        covered = match (covered, until) {
            (Some(None), _) | (_, None) => Some(None),
            (Some(Some(before)), Some(until)) => Some(Some(before.max(until))),
            (None, until) => Some(until),
        };
    }
    faults
}

impl Parameter {
    /// What the parameter is on a day.
    ///
    /// ```
    /// use crm_core::{calendar::Date, rulebook::Parameter, wire};
    ///
    /// let cap: Parameter = wire::from_json(r#"{
    ///     "name": "fee_cap", "value_type": "decimal", "unit": "%", "checked_until": "2026-12-31",
    ///     "values": [{"value": "15", "from": "2009-01-01", "until": "2019-01-01", "source": "财税〔2009〕29号"},
    ///                {"value": "18", "from": "2019-01-01", "until": null, "source": "公告2019年72号"}]
    /// }"#.as_bytes())?;
    /// assert_eq!(cap.at(Date::parse("2018-12-31")?)?.value.to_string(), "15");
    /// assert_eq!(cap.at(Date::parse("2019-01-01")?)?.value.to_string(), "18");
    /// assert!(cap.at(Date::parse("2027-01-01")?)?.stale);
    /// assert_eq!(cap.at(Date::parse("2008-12-31")?).unwrap_err().code().as_str(), "rulebook.dated.outside");
    /// # Ok::<(), crm_core::refusal::Refusal>(())
    /// ```
    ///
    /// # Errors
    /// `rulebook.dated.outside` before the first and after the last day; the faults of the parameter itself:
    /// `rulebook.dated.gap`, `.overlap`, `.empty`, `rulebook.source.missing`, `calendar.period.empty`.
    pub fn at(&self, on: Date) -> Result<KnownValue, Refusal> {
        Dated::check(self)?.at(on)
    }
}
