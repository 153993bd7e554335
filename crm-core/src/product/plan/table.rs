//! Tables as they run: versions by day, rows by key, each version proven.

use alloc::{
    string::{String, ToString as _},
    vec::Vec,
};

use super::{
    Business, RateTable, RowKey, TableVersion, ValidDates,
    input::Input,
    proof::{Bounds, Counterexample, MAX_VISITS, Reach, Tree, prove},
};
use crate::{
    calendar::Date,
    money::Decimal,
    refusal::{Code, Fault, MAX_FAULTS},
    rulebook::{Scalar, Value, ValueType, length_fault, span_faults},
};

/// Most keys of a table.
pub(super) const MAX_KEYS: usize = 16;
/// Most value columns of a table.
const MAX_COLUMNS: usize = 100;
/// Most rows of all tables of a plan.
pub(super) const MAX_ROWS: usize = 1_000_000;
/// Most versions of a table.
const MAX_VERSIONS: usize = 1_000;

/// A table whose versions are typed and proven.
#[derive(Debug, Clone)]
pub(super) struct Table {
    pub(super) name: String,
    /// The inputs by which it is looked up.
    pub(super) keys: Vec<usize>,
    pub(super) columns: Vec<String>,
    pub(super) versions: Vec<Version>,
    /// Whether it is interpolated along its last key.
    pub(super) interpolated: bool,
}

/// A version of a table; it stands at the same place as in the specification.
#[derive(Debug, Clone)]
pub(super) struct Version {
    pub(super) valid: Valid,
    pub(super) tree: Tree,
    /// Row by row, column by column.
    pub(super) values: Vec<Option<Decimal>>,
    pub(super) rows: usize,
}

impl Version {
    pub(super) fn value(&self, row: u32, column: usize, columns: usize) -> Option<Decimal> {
        (row as usize).checked_mul(columns).and_then(|at| self.values.get(at + column)).copied().flatten()
    }
}

/// From when to when, for new business and for renewals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Valid {
    new: (Date, Option<Date>),
    renewal: (Date, Option<Date>),
}

impl Valid {
    pub(super) fn of(dates: &ValidDates) -> Self {
        Self {
            new: (dates.from, dates.until),
            renewal: (dates.renewals_from.unwrap_or(dates.from), dates.renewals_until.or(dates.until)),
        }
    }

    /// The first day, and the first day after the last one.
    pub(super) const fn span(&self, business: Business) -> (Date, Option<Date>) {
        match business {
            Business::New => self.new,
            Business::Renewal => self.renewal,
        }
    }

    pub(super) fn holds(&self, business: Business, on: Date) -> bool {
        let (from, until) = self.span(business);
        from <= on && until.is_none_or(|until| on < until)
    }
}

/// Whether spans of both kinds of business have days.
pub(super) fn valid_faults(dates: &ValidDates) -> Vec<Fault> {
    let valid = Valid::of(dates);
    let empty = |(from, until): (Date, Option<Date>)| until.is_some_and(|until| until <= from);
    let mut faults = Vec::new();
    if empty(valid.new) {
        faults.push(Fault::new(Code::CalendarPeriodEmpty).at("until"));
    }
    if empty(valid.renewal) && (dates.renewals_from.is_some() || dates.renewals_until.is_some()) {
        faults.push(Fault::new(Code::CalendarPeriodEmpty).at("renewals_until"));
    }
    faults
}

impl Table {
    /// The version that is valid for a kind of business on a day.
    pub(super) fn version(&self, business: Business, on: Date) -> Option<(usize, &Version)> {
        self.versions.iter().enumerate().find(|(_, version)| version.valid.holds(business, on))
    }

    pub(super) fn outside(&self, on: Date) -> Fault {
        Fault::new(Code::ProductQuoteOutside).with_name("table", &self.name).with("date", on.to_string())
    }

    /// Types and proves a table; none where its keys can't be told.
    pub(super) fn check(
        table: &RateTable,
        inputs: &[Option<Input>],
        find: impl Fn(&str) -> Option<usize>,
        interpolated: bool,
        faults: &mut Vec<Fault>,
    ) -> Option<Self> {
        let before = faults.len();
        for (field, count, limit) in [
            ("keys", table.keys.len(), MAX_KEYS),
            ("columns", table.columns.len(), MAX_COLUMNS),
            ("versions", table.versions.len(), MAX_VERSIONS),
        ] {
            if count > limit {
                faults.push(Fault::new(Code::ProductPlanTooMany).with("limit", limit).at(field));
                return None;
            }
        }
        if table.columns.is_empty() || table.versions.is_empty() {
            let field = if table.columns.is_empty() { "columns" } else { "versions" };
            faults.push(Fault::new(Code::ProductTableEmpty).at(field));
        }
        let mut keys = Vec::with_capacity(table.keys.len());
        for (index, name) in table.keys.iter().enumerate() {
            match find(name) {
                Some(key) => keys.push(key),
                None => {
                    let fault = Fault::new(Code::ProductReferenceUnknown).with("what", "input");
                    faults.push(fault.with_name("name", name).at_index(index).at("keys"));
                }
            }
        }
        for (index, version) in table.versions.iter().enumerate() {
            let at = |fault: Fault| fault.at_index(index).at("versions");
            faults.extend(valid_faults(&version.valid).into_iter().map(|fault| at(fault.at("valid"))));
            if version.source.trim().is_empty() {
                faults.push(at(Fault::new(Code::RulebookSourceMissing).at("source")));
            }
            faults.extend(length_fault(&version.source).map(|fault| at(fault.at("source"))));
        }
        for (business, field) in [(Business::New, "from"), (Business::Renewal, "renewals_from")] {
            let spans = table.versions.iter().enumerate().map(|(index, version)| {
                let (from, until) = Valid::of(&version.valid).span(business);
                (index, from, until)
            });
            let apart = table
                .versions
                .iter()
                .any(|version| version.valid.renewals_from.is_some() || version.valid.renewals_until.is_some());
            if business == Business::New || apart {
                let told = span_faults(spans).into_iter();
                faults.extend(told.map(|(index, fault)| fault.at(field).at("valid").at_index(index).at("versions")));
            }
        }
        if keys.len() != table.keys.len() {
            return None;
        }
        let typed: Option<Vec<&Input>> = keys.iter().map(|key| inputs.get(*key).and_then(Option::as_ref)).collect();
        let typed = typed?;
        if interpolated && !typed.last().is_some_and(|axis| axis.has_distance()) {
            faults.push(Fault::new(Code::ProductTableInterpolation).at("keys"));
            return None;
        }
        let mut versions = Vec::with_capacity(table.versions.len());
        for (index, version) in table.versions.iter().enumerate() {
            if faults.len() > before + MAX_FAULTS {
                break;
            }
            let mut found = Vec::new();
            versions.extend(check_version(version, table, &typed, interpolated, &mut found));
            faults.extend(found.into_iter().map(|fault| fault.at_index(index).at("versions")));
        }
        let columns = table.columns.iter().map(|column| column.name.clone()).collect();
        (versions.len() == table.versions.len() && faults.len() == before).then(|| Self {
            name: table.name.clone(),
            keys,
            columns,
            versions,
            interpolated,
        })
    }
}

fn check_version(
    version: &TableVersion,
    table: &RateTable,
    keys: &[&Input],
    interpolated: bool,
    faults: &mut Vec<Fault>,
) -> Option<Version> {
    let mut reaches = Vec::with_capacity(version.rows.len());
    let mut values = Vec::with_capacity(version.rows.len().saturating_mul(table.columns.len()));
    for (number, row) in version.rows.iter().enumerate() {
        if faults.len() > MAX_FAULTS {
            break;
        }
        let at = |fault: Fault| fault.at_index(number).at("rows");
        for (field, found, expected) in
            [("keys", row.keys.len(), keys.len()), ("values", row.values.len(), table.columns.len())]
        {
            if found != expected {
                let fault = Fault::new(Code::ProductTableRowLength).with("expected", expected).with("found", found);
                faults.push(at(fault.at(field)));
            }
        }
        let mut reach = Vec::with_capacity(keys.len());
        for (index, (key, input)) in row.keys.iter().zip(keys).enumerate() {
            let axis = interpolated && index + 1 == keys.len();
            match reach_of(key, input, axis) {
                Ok(one) => reach.push(one),
                Err(found) => {
                    faults.extend(found.into_iter().map(|fault| at(fault.at_index(index).at("keys"))));
                }
            }
        }
        reaches.push(reach);
        values.extend(row.values.iter().copied());
    }
    if !faults.is_empty() {
        return None;
    }
    let bounds: Vec<Bounds> = keys.iter().map(|key| (key.low, key.high)).collect();
    let shown = |point: &[i64]| {
        let shown = point.iter().zip(keys).map(|(point, key)| key.shown(*point));
        let shown = shown.collect::<Vec<_>>().join(", ");
        if shown.is_empty() { String::from("-") } else { shown }
    };
    let fault = match prove(&bounds, &reaches, interpolated) {
        Ok(tree) => {
            return Some(Version { valid: Valid::of(&version.valid), tree, values, rows: version.rows.len() });
        }
        Err(Counterexample::Hole(point)) => Fault::new(Code::ProductTableHole).with("point", shown(&point)),
        Err(Counterexample::Overlap(point, first, second)) => Fault::new(Code::ProductTableOverlap)
            .with("point", shown(&point))
            .with("first", i64::from(first) + 1)
            .with("second", i64::from(second) + 1),
        Err(Counterexample::Tangled) => Fault::new(Code::ProductTableTangled).with("limit", MAX_VISITS),
    };
    faults.push(fault.at("rows"));
    None
}

/// The points of an input that a key is for.
fn reach_of(key: &RowKey, input: &Input, axis: bool) -> Result<Reach, Vec<Fault>> {
    if axis && !matches!(key, RowKey::Is { .. }) {
        return Err(alloc::vec![Fault::new(Code::ProductTableInterpolation)]);
    }
    match key {
        RowKey::Any {} => Ok(Reach::One(input.low, input.high)),
        RowKey::Is { value } => {
            let point = point_of(value, input).map_err(|fault| alloc::vec![fault.at("value").at("is")])?;
            Ok(Reach::One(point, point))
        }
        RowKey::OneOf { values } => {
            let mut faults = Vec::new();
            if values.is_empty() {
                faults.push(Fault::new(Code::RulebookConditionEmpty).at("values").at("one_of"));
            }
            let mut points = Vec::with_capacity(values.len());
            for (index, value) in values.iter().enumerate() {
                match point_of(value, input) {
                    Ok(point) => points.push(point),
                    Err(fault) => faults.push(fault.at_index(index).at("values").at("one_of")),
                }
            }
            points.sort_unstable();
            if points.windows(2).any(|pair| pair.first() == pair.last()) {
                faults
                    .push(Fault::new(Code::RulebookNameTwice).with_name("name", &input.name).at("values").at("one_of"));
            }
            if faults.is_empty() {
                Ok(Reach::Many(points.into_iter().map(|point| (point, point)).collect()))
            } else {
                Err(faults)
            }
        }
        RowKey::Range { from, until } => {
            let at = |fault: Fault, field: &str| alloc::vec![fault.at(field).at("range")];
            if matches!(input.value_type, ValueType::Text | ValueType::Boolean) {
                let fault = Fault::new(Code::RulebookOrder).with("type", input.value_type.as_str());
                return Err(alloc::vec![fault.at("range")]);
            }
            let bound = |scalar: &Option<Scalar>, field: &str| match scalar.as_ref().filter(|one| **one != Scalar::Null)
            {
                None => Ok(None),
                Some(scalar) => typed(scalar, input).map(Some).map_err(|fault| at(fault, field)),
            };
            let (from, until) = (bound(from, "from")?, bound(until, "until")?);
            if let (Some(from), Some(until)) = (&from, &until)
                && from.order(until) != Some(core::cmp::Ordering::Less)
            {
                return Err(at(Fault::new(Code::RulebookRangeEmpty), "until"));
            }
            let low = from.map_or(input.low, |from| input.ceiling(&from).max(input.low));
            let high = until.map_or(input.high, |until| input.ceiling(&until).saturating_sub(1).min(input.high));
            if low > high {
                return Err(at(Fault::new(Code::ProductTableUnreachable), "until"));
            }
            Ok(Reach::One(low, high))
        }
    }
}

fn typed(scalar: &Scalar, input: &Input) -> Result<Value, Fault> {
    let value = input.value_type.read(scalar).map_err(first)?;
    // A bound between two points would say more than the input can.
    if matches!(value, Value::Decimal(_)) && input.exactly(&value).is_none() {
        return Err(Fault::new(Code::ProductInputDigits).with("digits", i64::from(input.digits)));
    }
    Ok(value)
}

fn point_of(scalar: &Scalar, input: &Input) -> Result<i64, Fault> {
    let value = typed(scalar, input)?;
    if let Value::Text(_) = &value
        && input.exactly(&value).is_none()
    {
        return Err(Fault::new(Code::RulebookFactChoice).with("expected", input.choices.join(", ")));
    }
    let point = input.point(&value)?;
    if point < input.low || point > input.high {
        return Err(Fault::new(Code::ProductTableUnreachable));
    }
    Ok(point)
}

/// The one fault of reading a single value.
fn first(refusal: crate::refusal::Refusal) -> Fault {
    refusal.into_faults().into_iter().next().unwrap_or_else(|| Fault::new(Code::Internal))
}
