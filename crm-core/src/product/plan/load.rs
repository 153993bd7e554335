//! Loading: every fault of a plan at once, each with its path.

use alloc::{
    collections::{BTreeMap, BTreeSet},
    string::String,
    vec::Vec,
};

use super::{
    RatePlanSpec,
    input::Input,
    program::{Compiled, compile},
    steps::{Known, Operand, Reader, Step},
    table::{MAX_ROWS, Table},
};
use crate::{
    calendar::Date,
    money::{Currency, Decimal, Unrounded},
    refusal::{Code, Fault, MAX_FAULTS, Refusal},
    rulebook::{Dated, Declared, Typed, length_fault, name_faults},
    wire,
};

/// Most inputs of a plan.
const MAX_INPUTS: usize = 1_000;
/// Most parameters, tables, figures, coverages, charges, shares of a plan, each.
const MAX_PARTS: usize = 1_000;
/// Most limits of a coverage.
const MAX_LIMITS: usize = 100;
/// Longest chain of figures of which each uses the one before.
const MAX_FIGURE_DEPTH: usize = 32;
/// Most cases of a plan.
const MAX_CASES: usize = 10_000;

/// A loaded rate plan: proven whole, its cases met, immutable, shareable between threads.
///
/// ```
/// use crm_core::{calendar::Date, product::{Business, RatePlan, RateRequest}};
///
/// let plan = RatePlan::from_json(include_bytes!("../../../tests/product_plan/motor.json"))?;
/// let request = RateRequest { business: Business::New, inception: Date::parse("2026-03-01")?, signed_on: None };
/// let risk = [("use".into(), "private".into()), ("seats".into(), 5.into()), ("clean_years".into(), 3.into())].into();
/// let quote = plan.quote(&risk, &request)?;
/// assert_eq!(quote.net.to_string(), "CNY 475.00");
///
/// let refusal = plan.quote(&[("colour".into(), "red".into())].into(), &request).unwrap_err();
/// assert_eq!((refusal.code().as_str(), refusal.path().as_str()), ("rulebook.fact.unknown", "/colour"));
/// # Ok::<(), crm_core::refusal::Refusal>(())
/// ```
#[derive(Debug, Clone)]
pub struct RatePlan {
    pub(super) spec: RatePlanSpec,
    pub(super) facts: BTreeMap<String, Declared>,
    pub(super) inputs: Vec<Input>,
    pub(super) dated: BTreeMap<String, Dated>,
    /// Parameters in the order of the specification.
    pub(super) parameters: Vec<String>,
    pub(super) tables: Vec<Table>,
    pub(super) figures: Vec<Vec<Step>>,
    pub(super) coverages: Vec<Coverage>,
    pub(super) net: Vec<Step>,
    pub(super) charges: Vec<Charge>,
    /// The last day for which everything in the plan was checked.
    pub(super) checked_until: Date,
    pub(super) compiled: Compiled,
}

/// A coverage as it runs.
#[derive(Debug, Clone)]
pub(super) struct Coverage {
    pub(super) included: Option<Typed>,
    pub(super) steps: Vec<Step>,
    pub(super) limits: Vec<Operand>,
}

/// A charge as it runs.
#[derive(Debug, Clone)]
pub(super) struct Charge {
    pub(super) included: Option<Typed>,
    pub(super) steps: Vec<Step>,
}

impl RatePlan {
    /// Checks, proves and compiles a plan, and runs its cases; every fault at once.
    ///
    /// # Errors
    /// `product.*`, `rulebook.*`, `wire.*`, `money.*` and `calendar.*` with the path in the specification;
    /// `product.case.failed` for each case that comes to something else.
    pub fn load(spec: &RatePlanSpec) -> Result<Self, Refusal> {
        // Only what was read to its depth is copied.
        let plan = Self::prepare(spec)?;
        plan.finish(spec.clone())
    }

    /// Reads a plan as it is stored (`rate_plan`) and loads it.
    ///
    /// # Errors
    /// `wire.*` and everything of [`RatePlan::load`], with paths inside `/content`.
    pub fn from_json(text: &[u8]) -> Result<Self, Refusal> {
        let spec = wire::from_stored(text)?;
        Self::prepare(&spec).and_then(|plan| plan.finish(spec)).map_err(|refusal| refusal.at("content"))
    }

    fn prepare(spec: &RatePlanSpec) -> Result<Self, Refusal> {
        count_faults(spec)?;
        let mut faults = Vec::new();
        let plan = read(spec, &mut faults);
        Refusal::unless_empty(faults)?;
        plan.ok_or_else(|| Refusal::new(Code::Internal))
    }

    fn finish(mut self, spec: RatePlanSpec) -> Result<Self, Refusal> {
        self.spec = spec;
        let mut faults = Vec::new();
        self.compiled = compile(&self, &mut faults);
        Refusal::unless_empty(faults)?;
        Refusal::unless_empty(self.case_faults())?;
        Ok(self)
    }

    /// The plan as it was written.
    #[must_use]
    pub fn spec(&self) -> &RatePlanSpec {
        &self.spec
    }
}

fn count_faults(spec: &RatePlanSpec) -> Result<(), Refusal> {
    let rows: usize = spec.tables.iter().flat_map(|table| &table.versions).map(|version| version.rows.len()).sum();
    let limits = spec.coverages.iter().map(|coverage| coverage.limits.len()).max().unwrap_or(0);
    let counts = [
        ("inputs", spec.inputs.len(), MAX_INPUTS),
        ("parameters", spec.parameters.len(), MAX_PARTS),
        ("tables", spec.tables.len(), MAX_PARTS),
        ("figures", spec.figures.len(), MAX_PARTS),
        ("coverages", spec.coverages.len(), MAX_PARTS),
        ("coverages", limits, MAX_LIMITS),
        ("charges", spec.charges.len(), MAX_PARTS),
        ("shares", spec.shares.len(), MAX_PARTS),
        ("cases", spec.cases.len(), MAX_CASES),
        ("tables", rows, MAX_ROWS),
    ];
    let over = counts.iter().filter(|(_, count, limit)| count > limit);
    Refusal::unless_empty(
        over.map(|(field, _, limit)| Fault::new(Code::ProductPlanTooMany).with("limit", *limit).at(field)).collect(),
    )
}

/// Faults of names: no name, twice the same.
struct Unique<'a>(BTreeSet<&'a str>);

impl<'a> Unique<'a> {
    fn check(&mut self, name: &'a str, field: &str, found: &mut Vec<Fault>) {
        let mut faults = Vec::new();
        name_faults(name, !self.0.insert(name), &mut faults);
        // The field of a name is `name` there.
        let code = |fault: Fault| if field == "name" { fault } else { fault.within(Default::default()).at(field) };
        found.extend(faults.into_iter().map(code));
    }
}

fn texts<'a>(texts: impl IntoIterator<Item = (&'static str, &'a String)>, found: &mut Vec<Fault>) {
    for (field, text) in texts {
        found.extend(length_fault(text).map(|fault| fault.at(field)));
    }
}

fn source(text: &str, found: &mut Vec<Fault>) {
    if text.trim().is_empty() {
        found.push(Fault::new(Code::RulebookSourceMissing).at("source"));
    }
    found.extend(length_fault(text).map(|fault| fault.at("source")));
}

fn unit(text: Option<&String>, currency: Currency, found: &mut Vec<Fault>) {
    let Some(text) = text else { return };
    found.extend(length_fault(text).map(|fault| fault.at("unit")));
    if let Ok(other) = Currency::parse(text)
        && other != currency
    {
        let fault = Fault::new(Code::MoneyCurrencyMixed).with("expected", String::from(currency.as_str()));
        found.push(fault.with("found", text.clone()).at("unit"));
    }
}

fn tell(faults: &mut Vec<Fault>, found: Vec<Fault>, index: usize, field: &str) {
    if faults.len() <= MAX_FAULTS {
        faults.extend(found.into_iter().map(|fault| fault.at_index(index).at(field)));
    }
}

/// Everything of a plan; none where something has a fault that keeps it from being read.
fn read(spec: &RatePlanSpec, faults: &mut Vec<Fault>) -> Option<RatePlan> {
    let mut head = Vec::new();
    name_faults(&spec.name, false, &mut head);
    texts([("title", &spec.title), ("title_zh", &spec.title_zh)], &mut head);
    source(&spec.source, &mut head);
    faults.extend(head);

    let (mut names, mut facts, mut inputs) = (Unique(BTreeSet::new()), BTreeMap::new(), Vec::new());
    for (index, declaration) in spec.inputs.iter().enumerate() {
        let mut found = Vec::new();
        names.check(&declaration.name, "name", &mut found);
        unit(declaration.unit.as_ref(), spec.currency, &mut found);
        facts.insert(declaration.name.clone(), Declared::check(declaration, &mut found));
        inputs.push(Input::check(declaration, &mut found));
        tell(faults, found, index, "inputs");
    }
    let (mut names, mut dated, mut faulty) = (Unique(BTreeSet::new()), BTreeMap::new(), BTreeSet::new());
    for (index, parameter) in spec.parameters.iter().enumerate() {
        let mut found = Vec::new();
        names.check(&parameter.name, "name", &mut found);
        unit(parameter.unit.as_ref(), spec.currency, &mut found);
        match Dated::check(parameter) {
            Ok(one) => _ = dated.insert(parameter.name.clone(), one),
            Err(refusal) => {
                faulty.insert(parameter.name.as_str());
                found.extend(refusal.into_faults());
            }
        }
        tell(faults, found, index, "parameters");
    }
    let known = Known {
        inputs: spec.inputs.iter().enumerate().map(|(index, input)| (input.name.as_str(), index)).collect(),
        typed_inputs: &inputs,
        parameters: (spec.parameters.iter().enumerate())
            .map(|(index, parameter)| (parameter.name.as_str(), (index, parameter.value_type)))
            .collect(),
        tables: (spec.tables.iter().enumerate())
            .map(|(index, table)| {
                let columns = table.columns.iter().enumerate().map(|(index, column)| (column.name.as_str(), index));
                (table.name.as_str(), (index, columns.collect()))
            })
            .collect(),
        figures: spec.figures.iter().enumerate().map(|(index, figure)| (figure.name.as_str(), index)).collect(),
        coverages: spec.coverages.iter().enumerate().map(|(index, one)| (one.code.as_str(), index)).collect(),
        facts: &facts,
        dated: &dated,
        faulty,
    };
    let mut reader = Reader::new(&known);
    let figures = read_figures(spec, &mut reader, faults);
    let coverages = read_coverages(spec, &mut reader, faults);
    reader.coverages = spec.coverages.len();
    let mut found = Vec::new();
    let net = if spec.net.is_empty() { Some(Vec::new()) } else { reader.net(&spec.net, &mut found) };
    faults.extend(found);
    let charges = read_charges(spec, &mut reader, faults);
    share_faults(spec, faults);
    let interpolated = core::mem::take(&mut reader.interpolated);
    let mut tables = Vec::with_capacity(spec.tables.len());
    let mut names = Unique(BTreeSet::new());
    for (index, table) in spec.tables.iter().enumerate() {
        let mut found = Vec::new();
        names.check(&table.name, "name", &mut found);
        texts([("title", &table.title), ("title_zh", &table.title_zh)], &mut found);
        let mut columns = Unique(BTreeSet::new());
        for (index, column) in table.columns.iter().enumerate() {
            let mut told = Vec::new();
            columns.check(&column.name, "name", &mut told);
            unit(column.unit.as_ref(), spec.currency, &mut told);
            found.extend(told.into_iter().map(|fault| fault.at_index(index).at("columns")));
        }
        let find = |name: &str| known.inputs.get(name).copied();
        tables.extend(Table::check(table, &inputs, find, interpolated.contains(&index), &mut found));
        tell(faults, found, index, "tables");
    }
    if !faults.is_empty() || tables.len() != spec.tables.len() {
        return None;
    }
    let inputs: Vec<Input> = inputs.iter().flatten().cloned().collect();
    let checked = spec.parameters.iter().map(|parameter| parameter.checked_until);
    Some(RatePlan {
        spec: empty_spec(spec),
        inputs,
        parameters: spec.parameters.iter().map(|parameter| parameter.name.clone()).collect(),
        tables,
        figures: figures?,
        coverages: coverages?,
        net: net?,
        charges: charges?,
        checked_until: checked.fold(spec.checked_until, Date::min),
        compiled: Compiled::default(),
        facts,
        dated,
    })
}

/// What stands in the plan until the specification is moved in.
fn empty_spec(spec: &RatePlanSpec) -> RatePlanSpec {
    RatePlanSpec {
        name: String::new(),
        title: String::new(),
        title_zh: String::new(),
        currency: spec.currency,
        source: String::new(),
        checked_until: spec.checked_until,
        rated_on: spec.rated_on,
        inputs: Vec::new(),
        parameters: Vec::new(),
        tables: Vec::new(),
        figures: Vec::new(),
        coverages: Vec::new(),
        net: Vec::new(),
        charges: Vec::new(),
        shares: Vec::new(),
        cases: Vec::new(),
    }
}

fn read_figures<'a>(
    spec: &'a RatePlanSpec,
    reader: &mut Reader<'a>,
    faults: &mut Vec<Fault>,
) -> Option<Vec<Vec<Step>>> {
    let mut names = Unique(BTreeSet::new());
    let (mut figures, mut uses) = (Vec::new(), Vec::new());
    for (index, figure) in spec.figures.iter().enumerate() {
        let mut found = Vec::new();
        names.check(&figure.name, "name", &mut found);
        texts([("title", &figure.title), ("title_zh", &figure.title_zh)], &mut found);
        figures.extend(reader.calculation(&figure.steps, &mut found));
        uses.push(reader.used.clone());
        tell(faults, found, index, "figures");
    }
    if let Some(circle) = circle(&uses) {
        let names = circle.iter().filter_map(|index| spec.figures.get(*index)).map(|figure| figure.name.as_str());
        let names = names.collect::<Vec<_>>().join(" → ");
        let fault = Fault::new(Code::ProductFigureCircular).with("names", names);
        tell(faults, alloc::vec![fault.at("steps")], circle.first().copied().unwrap_or(0), "figures");
    }
    if circle(&uses).is_none()
        && let Some(deep) = too_deep(&uses)
    {
        let fault = Fault::new(Code::WireDepth).with("limit", MAX_FIGURE_DEPTH);
        tell(faults, alloc::vec![fault.at("steps")], deep, "figures");
    }
    (figures.len() == spec.figures.len()).then_some(figures)
}

/// A figure at the end of a chain that is too long: each uses the one before.
fn too_deep(uses: &[BTreeSet<usize>]) -> Option<usize> {
    let mut depths = alloc::vec![1_usize; uses.len()];
    for _ in 0..=MAX_FIGURE_DEPTH {
        let mut changed = false;
        for (index, of) in uses.iter().enumerate() {
            let below = of.iter().filter_map(|figure| depths.get(*figure)).max().copied().unwrap_or(0);
            if let Some(depth) = depths.get_mut(index) {
                changed |= *depth < below + 1;
                *depth = below + 1;
            }
        }
        if !changed {
            break;
        }
    }
    depths.iter().position(|depth| *depth > MAX_FIGURE_DEPTH)
}

/// A circle of figures, beginning and ending with the same one.
fn circle(uses: &[BTreeSet<usize>]) -> Option<Vec<usize>> {
    let mut done = alloc::vec![false; uses.len()];
    for start in 0..uses.len() {
        // The way from `start`, each with what is still to be tried.
        let mut way: Vec<(usize, Vec<usize>)> = Vec::new();
        let mut next = Some(start);
        loop {
            if let Some(figure) = next.take() {
                if let Some(at) = way.iter().position(|(on_way, _)| *on_way == figure) {
                    let mut circle: Vec<usize> = way.iter().skip(at).map(|(figure, _)| *figure).collect();
                    circle.push(figure);
                    return Some(circle);
                }
                if done.get(figure) == Some(&false) {
                    way.push((figure, uses.get(figure).map(|of| of.iter().copied().collect()).unwrap_or_default()));
                }
            }
            let Some((figure, left)) = way.last_mut() else { break };
            next = left.pop();
            if next.is_none() {
                if let Some(done) = done.get_mut(*figure) {
                    *done = true;
                }
                way.pop();
            }
        }
    }
    None
}

fn read_coverages<'a>(
    spec: &'a RatePlanSpec,
    reader: &mut Reader<'a>,
    faults: &mut Vec<Fault>,
) -> Option<Vec<Coverage>> {
    let mut codes = Unique(BTreeSet::new());
    let mut coverages = Vec::new();
    for (index, coverage) in spec.coverages.iter().enumerate() {
        reader.coverages = index;
        let mut found = Vec::new();
        codes.check(&coverage.code, "code", &mut found);
        texts([("title", &coverage.title), ("title_zh", &coverage.title_zh)], &mut found);
        let included = reader.included(coverage.included.as_ref(), &mut found);
        let steps = reader.calculation(&coverage.steps, &mut found);
        let (mut names, mut limits) = (Unique(BTreeSet::new()), Vec::new());
        for (index, limit) in coverage.limits.iter().enumerate() {
            let (mut told, mut wrong) = (Vec::new(), Vec::new());
            names.check(&limit.name, "name", &mut told);
            texts([("title", &limit.title), ("title_zh", &limit.title_zh)], &mut told);
            limits.extend(reader.operand(&limit.amount, &mut wrong));
            told.extend(wrong.into_iter().map(|fault| fault.at("amount")));
            found.extend(told.into_iter().map(|fault| fault.at_index(index).at("limits")));
        }
        if let (Some(included), Some(steps), true) = (included, steps, limits.len() == coverage.limits.len()) {
            coverages.push(Coverage { included, steps, limits });
        }
        tell(faults, found, index, "coverages");
    }
    (coverages.len() == spec.coverages.len()).then_some(coverages)
}

fn read_charges<'a>(spec: &'a RatePlanSpec, reader: &mut Reader<'a>, faults: &mut Vec<Fault>) -> Option<Vec<Charge>> {
    let mut codes = Unique(BTreeSet::new());
    let mut charges = Vec::new();
    for (index, charge) in spec.charges.iter().enumerate() {
        let mut found = Vec::new();
        codes.check(&charge.code, "code", &mut found);
        texts([("title", &charge.title), ("title_zh", &charge.title_zh)], &mut found);
        let included = reader.included(charge.included.as_ref(), &mut found);
        let steps = reader.calculation(&charge.steps, &mut found);
        if let (Some(included), Some(steps)) = (included, steps) {
            charges.push(Charge { included, steps });
        }
        tell(faults, found, index, "charges");
    }
    (charges.len() == spec.charges.len()).then_some(charges)
}

fn share_faults(spec: &RatePlanSpec, faults: &mut Vec<Fault>) {
    let mut codes = Unique(BTreeSet::new());
    let mut sum = Ok(Unrounded::ZERO);
    for (index, share) in spec.shares.iter().enumerate() {
        let mut found = Vec::new();
        codes.check(&share.code, "code", &mut found);
        if share.part <= Decimal::ZERO || share.part > Decimal::ONE {
            found.push(Fault::new(Code::ProductSharePart).at("part"));
        }
        sum = sum.and_then(|sum| sum.plus(share.part));
        tell(faults, found, index, "shares");
    }
    match sum {
        Ok(sum) if spec.shares.is_empty() || sum == Unrounded::ONE => {}
        Ok(sum) => faults.push(Fault::new(Code::ProductSharesSum).with("sum", sum.exact_text()).at("shares")),
        Err(refusal) => faults.extend(refusal.at("shares").into_faults()),
    }
}
