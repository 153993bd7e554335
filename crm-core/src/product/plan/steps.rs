//! Steps as they run: every name resolved, every condition typed.

use alloc::{
    collections::{BTreeMap, BTreeSet},
    string::String,
    vec::Vec,
};

use super::{
    PlanAction, PlanBranch, PlanOperand, PlanStep,
    input::Input,
    table::{Valid, valid_faults},
};
use crate::{
    money::{Decimal, MAX_PLACE, Rounding},
    refusal::{Code, Fault, MAX_FAULTS},
    rulebook::{Condition, Dated, Declared, Names, Typed, ValueType, length_fault, name_faults, size_of},
};

/// Deepest nesting of steps in branches.
pub(super) const MAX_STEP_DEPTH: usize = 32;
/// Most steps of a plan.
pub(super) const MAX_STEPS: usize = 10_000;
/// Most tests and values in all conditions of a plan.
pub(super) const MAX_PLAN_TESTS: usize = 20_000;

/// One step of a calculation.
#[derive(Debug, Clone)]
pub(super) struct Step {
    /// Its number in the plan.
    pub(super) id: usize,
    pub(super) name: String,
    pub(super) text: String,
    pub(super) text_zh: String,
    pub(super) valid: Option<Valid>,
    pub(super) act: Act,
}

/// What a step does.
#[derive(Debug, Clone)]
pub(super) enum Act {
    Take(Operand),
    Multiply(Operand),
    Divide(Operand),
    Add(Operand),
    Subtract(Operand),
    PerUnit { units: Operand, size: Decimal, rate: Operand },
    AtLeast(Operand),
    AtMost(Operand),
    CapChange { expiring: usize, down: Option<Operand>, up: Option<Operand> },
    Round(Rounding),
    Choose { branches: Vec<(Typed, Vec<Step>)>, otherwise: Vec<Step> },
}

/// Where a value comes from.
#[derive(Debug, Clone, Copy)]
pub(super) enum Operand {
    Value(Decimal),
    Input(usize),
    Parameter(usize),
    Table { table: usize, column: usize },
    Between { table: usize, column: usize },
    Figure(usize),
    Step(usize),
    Coverage(usize),
}

/// What steps may name.
pub(super) struct Known<'a> {
    pub(super) inputs: BTreeMap<&'a str, usize>,
    pub(super) typed_inputs: &'a [Option<Input>],
    pub(super) parameters: BTreeMap<&'a str, (usize, ValueType)>,
    pub(super) tables: BTreeMap<&'a str, (usize, BTreeMap<&'a str, usize>)>,
    pub(super) figures: BTreeMap<&'a str, usize>,
    pub(super) coverages: BTreeMap<&'a str, usize>,
    pub(super) facts: &'a BTreeMap<String, Declared>,
    pub(super) dated: &'a BTreeMap<String, Dated>,
    /// Parameters with faults of their own.
    pub(super) faulty: BTreeSet<&'a str>,
}

/// Reads steps; remembers what it met.
pub(super) struct Reader<'a> {
    pub(super) known: &'a Known<'a>,
    pub(super) names: BTreeSet<&'a str>,
    pub(super) count: usize,
    pub(super) tests: usize,
    /// Steps of the calculation at hand that are surely done, by name.
    visible: Vec<(&'a str, usize)>,
    /// How many coverages stand before.
    pub(super) coverages: usize,
    /// Tables that are interpolated, and tables that are not.
    pub(super) interpolated: BTreeSet<usize>,
    pub(super) stepwise: BTreeSet<usize>,
    /// Figures that the calculation at hand uses.
    pub(super) used: BTreeSet<usize>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(known: &'a Known<'a>) -> Self {
        Self {
            known,
            names: BTreeSet::new(),
            count: 0,
            tests: MAX_PLAN_TESTS,
            visible: Vec::new(),
            coverages: 0,
            interpolated: BTreeSet::new(),
            stepwise: BTreeSet::new(),
            used: BTreeSet::new(),
        }
    }

    /// The steps of a calculation; none where one of them has a fault.
    pub(super) fn calculation(&mut self, steps: &'a [PlanStep], faults: &mut Vec<Fault>) -> Option<Vec<Step>> {
        self.visible.clear();
        self.used.clear();
        self.list(steps, "steps", 1, faults)
    }

    pub(super) fn list(
        &mut self,
        steps: &'a [PlanStep],
        field: &str,
        depth: usize,
        faults: &mut Vec<Fault>,
    ) -> Option<Vec<Step>> {
        if depth > MAX_STEP_DEPTH {
            faults.push(Fault::new(Code::WireDepth).with("limit", MAX_STEP_DEPTH).at(field));
            return None;
        }
        let mut read = Vec::with_capacity(steps.len().min(MAX_STEPS));
        for (index, step) in steps.iter().enumerate() {
            self.count += 1;
            if self.count > MAX_STEPS || faults.len() > MAX_FAULTS {
                if self.count > MAX_STEPS {
                    faults.push(Fault::new(Code::ProductPlanTooMany).with("limit", MAX_STEPS).at(field));
                }
                return None;
            }
            let id = self.count - 1;
            let mut found = Vec::new();
            name_faults(&step.name, !self.names.insert(&step.name), &mut found);
            for (field, text) in [("text", &step.text), ("text_zh", &step.text_zh)] {
                found.extend(length_fault(text).map(|fault| fault.at(field)));
            }
            if let Some(valid) = &step.valid {
                found.extend(valid_faults(valid).into_iter().map(|fault| fault.at("valid")));
            }
            let mut told = Vec::new();
            let act = self.act(&step.action, depth, &mut told);
            found.extend(told.into_iter().map(|fault| fault.at("action")));
            faults.extend(found.into_iter().map(|fault| fault.at_index(index).at(field)));
            self.visible.push((&step.name, id));
            read.extend(act.map(|act| Step {
                id,
                name: step.name.clone(),
                text: step.text.clone(),
                text_zh: step.text_zh.clone(),
                valid: step.valid.as_ref().map(Valid::of),
                act,
            }));
        }
        (read.len() == steps.len()).then_some(read)
    }

    fn act(&mut self, action: &'a PlanAction, depth: usize, faults: &mut Vec<Fault>) -> Option<Act> {
        let mut value = |name: &'static str, field: &'static str, operand: &'a PlanOperand| {
            let mut found = Vec::new();
            let operand = self.operand(operand, &mut found);
            faults.extend(found.into_iter().map(|fault| fault.at(field).at(name)));
            operand
        };
        match action {
            PlanAction::Take { amount } => value("take", "amount", amount).map(Act::Take),
            PlanAction::Multiply { by } => value("multiply", "by", by).map(Act::Multiply),
            PlanAction::Divide { by } => {
                if matches!(by, PlanOperand::Value { value } if value.is_zero()) {
                    faults.push(Fault::new(Code::MoneyDivisionZero).at("by").at("divide"));
                    return None;
                }
                value("divide", "by", by).map(Act::Divide)
            }
            PlanAction::Add { amount } => value("add", "amount", amount).map(Act::Add),
            PlanAction::Subtract { amount } => value("subtract", "amount", amount).map(Act::Subtract),
            PlanAction::PerUnit { units, size, rate } => {
                let (units, rate) = (value("per_unit", "units", units), value("per_unit", "rate", rate));
                if size.is_zero() || size.is_negative() {
                    faults.push(Fault::new(Code::ProductStepsSize).at("size").at("per_unit"));
                    return None;
                }
                Some(Act::PerUnit { units: units?, size: *size, rate: rate? })
            }
            PlanAction::AtLeast { amount } => value("at_least", "amount", amount).map(Act::AtLeast),
            PlanAction::AtMost { amount } => value("at_most", "amount", amount).map(Act::AtMost),
            PlanAction::CapChange { expiring, down, up } => {
                let down = down.as_ref().map(|down| value("cap_change", "down", down));
                let up = up.as_ref().map(|up| value("cap_change", "up", up));
                let expiring = self.input(expiring).map_err(|fault| faults.push(fault.at("expiring").at("cap_change")));
                let whole = |part: Option<Option<Operand>>| match part {
                    Some(None) => None,
                    Some(Some(part)) => Some(Some(part)),
                    None => Some(None),
                };
                Some(Act::CapChange { expiring: expiring.ok()?, down: whole(down)?, up: whole(up)? })
            }
            PlanAction::Round { rounding } => {
                if !(-MAX_PLACE..=MAX_PLACE).contains(&rounding.place) {
                    let fault = Fault::new(Code::MoneyRoundingPlace).with("min", -MAX_PLACE).with("max", MAX_PLACE);
                    faults.push(fault.at("place").at("rounding").at("round"));
                    return None;
                }
                Some(Act::Round(*rounding))
            }
            PlanAction::When { condition, then, otherwise } => {
                let mut found = Vec::new();
                let typed = self.condition(condition, "condition", &mut found);
                let then = self.branch(then, "then", depth, &mut found);
                let otherwise = self.branch(otherwise, "otherwise", depth, &mut found);
                faults.extend(found.into_iter().map(|fault| fault.at("when")));
                Some(Act::Choose { branches: alloc::vec![(typed?, then?)], otherwise: otherwise? })
            }
            PlanAction::Choose { branches, otherwise } => self.choose(branches, otherwise, depth, faults),
        }
    }

    fn choose(
        &mut self,
        branches: &'a [PlanBranch],
        otherwise: &'a [PlanStep],
        depth: usize,
        faults: &mut Vec<Fault>,
    ) -> Option<Act> {
        if branches.is_empty() {
            faults.push(Fault::new(Code::RulebookConditionEmpty).at("branches").at("choose"));
        }
        let mut read = Vec::with_capacity(branches.len());
        for (index, branch) in branches.iter().enumerate() {
            let mut found = Vec::new();
            let typed = self.condition(&branch.condition, "condition", &mut found);
            let steps = self.branch(&branch.steps, "steps", depth, &mut found);
            faults.extend(found.into_iter().map(|fault| fault.at_index(index).at("branches").at("choose")));
            if let (Some(typed), Some(steps)) = (typed, steps) {
                read.push((typed, steps));
            }
        }
        let mut found = Vec::new();
        let otherwise = self.branch(otherwise, "otherwise", depth, &mut found);
        faults.extend(found.into_iter().map(|fault| fault.at("choose")));
        (!branches.is_empty() && read.len() == branches.len())
            .then_some(())
            .and(otherwise.map(|otherwise| Act::Choose { branches: read, otherwise }))
    }

    /// The steps of a branch: nothing in it can be named from outside.
    fn branch(
        &mut self,
        steps: &'a [PlanStep],
        field: &str,
        depth: usize,
        faults: &mut Vec<Fault>,
    ) -> Option<Vec<Step>> {
        let before = self.visible.len();
        let steps = self.list(steps, field, depth + 1, faults);
        self.visible.truncate(before);
        steps
    }

    /// Types a condition that stands in a field.
    fn condition(&mut self, condition: &Condition, field: &str, faults: &mut Vec<Fault>) -> Option<Typed> {
        let size = size_of(condition, self.tests);
        let Some(left) = self.tests.checked_sub(size) else {
            faults.push(Fault::new(Code::ProductPlanTooMany).with("limit", MAX_PLAN_TESTS).at(field));
            return None;
        };
        self.tests = left;
        let names = Names { facts: self.known.facts, parameters: self.known.dated };
        match Typed::check(condition, &names) {
            Ok(typed) => Some(typed),
            Err(found) => {
                let blamed = |fault: &Fault| {
                    let mut params = fault.params().iter();
                    params.any(|(_, name)| self.known.faulty.contains(alloc::format!("{name}").as_str()))
                };
                let found = found
                    .into_iter()
                    .filter(|fault| fault.code() != Code::RulebookParameterUndeclared || !blamed(fault));
                faults.extend(found.map(|fault| fault.at(field)));
                None
            }
        }
    }

    fn input(&self, name: &str) -> Result<usize, Fault> {
        let unknown = || Fault::new(Code::ProductReferenceUnknown).with("what", "input").with_name("name", name);
        let index = *self.known.inputs.get(name).ok_or_else(unknown)?;
        match self.known.typed_inputs.get(index) {
            Some(Some(input)) if !input.is_number() => Err(Fault::new(Code::ProductReferenceType)
                .with_name("name", name)
                .with("type", input.value_type.as_str())),
            _ => Ok(index),
        }
    }

    pub(super) fn operand(&mut self, operand: &'a PlanOperand, faults: &mut Vec<Fault>) -> Option<Operand> {
        let (tag, resolved) = self.resolve(operand);
        resolved.map_err(|fault| faults.push(fault.at(tag))).ok()
    }

    fn resolve(&mut self, operand: &'a PlanOperand) -> (&'static str, Result<Operand, Fault>) {
        let fault = |code, what: &'static str, name: &str| Fault::new(code).with("what", what).with_name("name", name);
        let unknown = |what, name: &str| fault(Code::ProductReferenceUnknown, what, name).at("name");
        let later = |what, name: &str| fault(Code::ProductReferenceLater, what, name);
        match operand {
            PlanOperand::Value { value } => ("value", Ok(Operand::Value(*value))),
            PlanOperand::Input { name } => {
                ("input", self.input(name).map(Operand::Input).map_err(|fault| fault.at("name")))
            }
            PlanOperand::Parameter { name } => (
                "parameter",
                match self.known.parameters.get(name.as_str()) {
                    None => Err(unknown("parameter", name)),
                    Some((index, ValueType::Integer | ValueType::Decimal)) => Ok(Operand::Parameter(*index)),
                    Some((_, value_type)) => {
                        let fault = Fault::new(Code::ProductReferenceType).with_name("name", name);
                        Err(fault.with("type", value_type.as_str()).at("name"))
                    }
                },
            ),
            PlanOperand::Table { name, column } => ("table", self.table(name, column, false)),
            PlanOperand::Between { name, column } => ("between", self.table(name, column, true)),
            PlanOperand::Figure { name } => (
                "figure",
                match self.known.figures.get(name.as_str()) {
                    None => Err(unknown("figure", name)),
                    Some(figure) => {
                        self.used.insert(*figure);
                        Ok(Operand::Figure(*figure))
                    }
                },
            ),
            PlanOperand::Step { name } => {
                let found = self.visible.iter().rev().find(|(visible, _)| *visible == name.as_str());
                ("step", found.map_or_else(|| Err(later("step", name).at("name")), |(_, id)| Ok(Operand::Step(*id))))
            }
            PlanOperand::Coverage { code } => (
                "coverage",
                match self.known.coverages.get(code.as_str()) {
                    None => Err(fault(Code::ProductReferenceUnknown, "coverage", code).at("code")),
                    Some(index) if *index >= self.coverages => Err(later("coverage", code).at("code")),
                    Some(index) => Ok(Operand::Coverage(*index)),
                },
            ),
        }
    }

    fn table(&mut self, name: &str, column: &str, between: bool) -> Result<Operand, Fault> {
        let unknown = |what: &'static str, name: &str| {
            Fault::new(Code::ProductReferenceUnknown).with("what", what).with_name("name", name)
        };
        let (table, columns) = self.known.tables.get(name).ok_or_else(|| unknown("table", name).at("name"))?;
        let column = *columns.get(column).ok_or_else(|| unknown("column", column).at("column"))?;
        let (table, other) = (*table, if between { &self.stepwise } else { &self.interpolated });
        if other.contains(&table) {
            return Err(Fault::new(Code::ProductTableInterpolation).at("name"));
        }
        if between {
            self.interpolated.insert(table);
            return Ok(Operand::Between { table, column });
        }
        self.stepwise.insert(table);
        Ok(Operand::Table { table, column })
    }
}

impl<'a> Reader<'a> {
    /// The steps over the sum of the coverages, at `net`.
    pub(super) fn net(&mut self, steps: &'a [PlanStep], faults: &mut Vec<Fault>) -> Option<Vec<Step>> {
        self.visible.clear();
        self.list(steps, "net", 1, faults)
    }

    /// When a coverage or a charge is part of the quote, at `included`; none where the condition has a fault.
    pub(super) fn included(&mut self, condition: Option<&Condition>, faults: &mut Vec<Fault>) -> Option<Option<Typed>> {
        let Some(condition) = condition else { return Some(None) };
        self.condition(condition, "included", faults).map(Some)
    }
}
